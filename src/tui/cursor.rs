//! The terminal's cursor is where the learner is: screen magnifiers and screen readers follow it.
//!
//! Where something has the focus, the cursor stands on its first cell, and in a field where the next character goes. Where
//! nothing has it, the cursor stands where reading begins. It is never hidden and never on the title or the hints.

use std::sync::Arc;

use crossterm::event::{Event, KeyCode, KeyModifiers, MouseEvent, MouseEventKind};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::Modifier;

use crate::course::{self, Course};
use crate::tui::colour_alone::go_about;
use crate::tui::message::{Destination, Message};
use crate::tui::screens::samples::{beginning, ready_for_the_assessment, ready_for_the_policy, small_course};
use crate::tui::testing::{Stage, rows};
use crate::tui::theme::Theme;

/// What stands from the cursor on, and what stands before it in its row.
fn at_cursor(terminal: &Terminal<TestBackend>) -> (String, String) {
    let at = terminal.backend().cursor_position();
    let buffer = terminal.backend().buffer();
    let cells = |columns: std::ops::Range<u16>| -> String {
        columns.map(|column| buffer[(column, at.y)].symbol()).collect()
    };
    (cells(0..at.x), cells(at.x..buffer.area.width))
}

/// What takes the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::tui) enum Keys {
    /// The whole screen.
    Screen,
    /// A panel that lies over it.
    Panel,
}

/// Where letters go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::tui) enum Letters {
    /// Into a field.
    Field,
    /// Nowhere, or they are keys.
    Nowhere,
}

/// Whether the cursor stands on the first cell of something that is marked within a text.
fn is_marked(terminal: &Terminal<TestBackend>) -> bool {
    let at = terminal.backend().cursor_position();
    let buffer = terminal.backend().buffer();
    let reversed = |column: u16| buffer[(column, at.y)].modifier.contains(Modifier::REVERSED);
    reversed(at.x) && !at.x.checked_sub(1).is_some_and(reversed)
}

/// Fails when the cursor is not where the learner is.
#[track_caller]
pub(in crate::tui) fn check(terminal: &Terminal<TestBackend>, keys: Keys, letters: Letters) {
    let backend = terminal.backend();
    let screen = rows(backend.buffer());
    let row = usize::from(backend.cursor_position().y);
    let (before, from) = at_cursor(terminal);
    let shown = || format!("cursor {:?} before {from:?}\n{}", backend.cursor_position(), screen.join("\n"));
    assert!(backend.cursor_visible(), "hidden: {}", shown());
    assert!((1..screen.len() - 1).contains(&row), "outside: {}", shown());
    // What lies beside and below a panel takes no keys.
    let left = match keys {
        Keys::Screen => 0,
        Keys::Panel => before.rfind('│').map_or(0, |at| before[..at].chars().count() + 1),
    };
    let inner = |row: &String| {
        let framed = left == 0 || row.chars().nth(left - 1) == Some('│');
        let part: String = row.chars().skip(if framed { left } else { usize::MAX }).collect();
        part.trim_start().to_owned()
    };
    if letters == Letters::Field {
        let begins = ["›", ">", "/", "course /"].iter().any(|sign| inner(&screen[row]).starts_with(sign));
        assert!(begins, "not in a field: {}", shown());
    } else if screen[1..screen.len() - 1].iter().any(|row| inner(row).starts_with('›')) {
        assert!(from.starts_with('›') || before.ends_with('›'), "not on what has the focus: {}", shown());
    } else if !from.starts_with('›') && !is_marked(terminal) {
        let beside = before.rsplit('│').next().unwrap_or_default();
        assert!(!beside.contains(char::is_alphanumeric), "not where reading begins: {}", shown());
    }
}

/// Where a letter goes that means `message`.
pub(in crate::tui) fn letters(message: &impl std::fmt::Debug) -> Letters {
    let said = format!("{message:?}");
    // What lies over the field is read first.
    let is_covered = said.contains("Beneath(");
    if is_covered {
        Letters::Nowhere
    } else if said.contains("Edit(") || said.contains("Type(") {
        Letters::Field
    } else {
        Letters::Nowhere
    }
}

#[track_caller]
fn check_stage(stage: &Stage) {
    let letter = Event::Key(KeyCode::Char('z').into());
    let keys = if stage.model.overlay().is_some() { Keys::Panel } else { Keys::Screen };
    check(&stage.terminal, keys, letters(&stage.model.message_for(&letter, &Vec::new())));
}

#[test]
fn wherever_a_learner_goes_the_cursor_goes_too() {
    for (width, height) in [(80, 24), (40, 12), (120, 40)] {
        let places =
            [Destination::Course, Destination::Check(0), Destination::Assessment, Destination::Policy];
        for (number, destination) in places.into_iter().enumerate() {
            for (nth, begin) in
                [beginning, ready_for_the_assessment, ready_for_the_policy].into_iter().enumerate()
            {
                let mut stage = begin(width, height);
                stage.message(Message::Go(destination));
                let chance =
                    3 * u64::try_from(number).expect("small") + u64::try_from(nth).expect("small") + 7;
                let chance = chance.wrapping_mul(0x9e37_79b9_7f4a_7c15);
                let mut look = |stage: &mut Stage| check_stage(stage);
                go_about(stage, Theme::COLOURED, chance, 60, &mut look);
            }
        }
    }
}

/// Scrolls from where the learner is, there and back, and looks at everything on the way.
fn scroll_about(stage: &mut Stage) {
    let wheel = |kind| Event::Mouse(MouseEvent { kind, column: 9, row: 5, modifiers: KeyModifiers::NONE });
    let key = |code: KeyCode| Event::Key(code.into());
    for event in [
        wheel(MouseEventKind::ScrollDown),
        key(KeyCode::PageDown),
        wheel(MouseEventKind::ScrollUp),
        key(KeyCode::PageUp),
        key(KeyCode::PageUp),
    ] {
        stage.event(&event);
        stage.draw();
        check_stage(stage);
    }
}

#[test]
fn at_the_questions_of_the_bundled_course_it_stands_on_what_has_the_focus() {
    let course = Arc::new(course::parse(course::embedded()).expect("the bundled course"));
    for (width, height) in [(40, 12), (60, 20), (80, 24)] {
        let checks = course.modules.iter().enumerate().filter(|(_, module)| module.check.is_some());
        for (number, _) in checks {
            let mut stage = Stage::new(width, height, Arc::clone(&course));
            stage.message(Message::Go(Destination::Check(number)));
            let chance = u64::try_from(number).expect("small") + 11;
            let chance = chance.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            let mut look = |stage: &mut Stage| {
                check_stage(stage);
                scroll_about(stage);
            };
            go_about(stage, Theme::COLOURED, chance, 25, &mut look);
        }
    }
}

/// The small course with links, a picture and a glossary in its lesson.
pub(in crate::tui) fn course_with_everything() -> Arc<Course> {
    let mut files = (*small_course().files).clone();
    let lesson = "# One\n\nSee [the browser](#the-browser-inside) and [metadata](glossary.md#metadata).\n\n\
                  ![A padlock](../assets/a.png \"Lock\")\n\n## The browser inside\n\nIt sees everything.\n";
    files.insert("lessons/1.md".to_owned(), lesson.as_bytes().to_vec());
    files.insert("lessons/glossary.md".to_owned(), b"# Words\n\n## Metadata\n\nData about data.\n".to_vec());
    files.insert("assets/a.png".to_owned(), b"none".to_vec());
    let manifest = String::from_utf8(files["course.ron"].clone()).expect("text");
    let manifest = manifest.replacen("controls: []", "glossary: \"lessons/glossary.md\", controls: []", 1);
    files.insert("course.ron".to_owned(), manifest.into_bytes());
    Arc::new(course::parse(files).unwrap_or_else(|faults| panic!("{faults:?}")))
}

#[test]
fn on_every_kind_of_screen_it_stands_at_the_beginning_of_what_is_meant() {
    for (width, height) in [(40, 12), (80, 24), (120, 40)] {
        let look = |script: &str, expected: &str| {
            let mut stage = Stage::new(width, height, course_with_everything());
            stage.keys(script).work();
            check_stage(&stage);
            let (_, from) = at_cursor(&stage.terminal);
            assert!(from.starts_with(expected), "{script}: {from:?}\n{}", stage.screen());
        };
        look("", "›");
        look("Enter", "One");
        look("Enter t", "›");
        look("Enter t j", "›");
        look("Enter l", "›");
        look("Enter l j", "›");
        look("/ 'see' Down", " ");
        look("Enter / 'see'", " ");
        look("Enter / 'see' Tab", " ");
        look("Enter / 'see' Tab Down", " ");
        look("Enter / 'see' Tab Enter", "See");
        look("Enter / 'browser' Enter", "browser");
        look("Enter Tab", "the browser");
        look("Enter Tab Tab", "metadata");
        look("Enter Tab Tab Enter", "Metadata");
        look("Enter Tab Tab Tab", "┌ picture");
        look("Enter Tab Tab Tab Enter", "Lock");
        look("Enter Shift-Tab", "┌ picture");
        look("Enter a 'note'", " ");
        look("Enter m M", "›");
        look("Enter w", "Metadata");
        look("e 'z'", "_");
        look("?", "");
        look(",", "›");
        look(", j", "›");
    }
    let mut stage = Stage::first_start(80, 24, small_course());
    check_stage(&stage);
    stage.keys("Tab Tab 'x'");
    check_stage(&stage);
}
