//! What no key, click or size may break on any screen.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use proptest::prelude::*;

use super::contexts::{self, by_screen};
use super::{assessment, bookmarks, certificate, check, open_text, sign};
use crate::quiz::mark::is_well_formed;
use crate::tui::hr;
use crate::tui::keymap::{Context, Keymap, meaning_in, misleading};
use crate::tui::message::{Destination, Message};
use crate::tui::screens::samples::{
    beginning, ready_for_the_assessment, ready_for_the_policy, ready_to_sign, small_course,
};
use crate::tui::testing::Stage;

#[derive(Debug, Clone)]
enum Input {
    Event(Event),
    Resize(u16, u16),
    Wait(i64),
    Restart,
}

fn inputs() -> impl Strategy<Value = Input> {
    let letters = "123456789 nplvtsyfoqjkKJGgr?ac".chars().collect::<Vec<_>>();
    let keys = prop_oneof![
        prop::sample::select(letters).prop_map(KeyCode::Char),
        prop::sample::select(vec![
            KeyCode::Enter,
            KeyCode::Enter,
            KeyCode::Esc,
            KeyCode::Tab,
            KeyCode::BackTab,
            KeyCode::Up,
            KeyCode::Down,
            KeyCode::Left,
            KeyCode::Right,
            KeyCode::PageUp,
            KeyCode::PageDown,
            KeyCode::Home,
            KeyCode::End,
            KeyCode::Backspace,
        ]),
    ];
    let control = prop::sample::select("nprof".chars().collect::<Vec<_>>());
    let click = (0u16..80, 0u16..24).prop_map(|(column, row)| {
        let kind = MouseEventKind::Down(MouseButton::Left);
        Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE })
    });
    prop_oneof![
        20 => keys.prop_map(|code| Input::Event(Event::Key(code.into()))),
        3 => control.prop_map(|typed| {
            Input::Event(Event::Key(KeyEvent::new(KeyCode::Char(typed), KeyModifiers::CONTROL)))
        }),
        4 => click.prop_map(Input::Event),
        1 => ".{0,20}".prop_map(|text| Input::Event(Event::Paste(text))),
        1 => (0u16..90, 0u16..30).prop_map(|(width, height)| Input::Resize(width, height)),
        1 => prop_oneof![0i64..5000].prop_map(Input::Wait),
        1 => Just(Input::Restart),
    ]
}

/// Keys stood in the last line that only said why they do nothing.
#[test]
fn the_last_line_names_no_key_that_does_nothing() {
    let last = |stage: &Stage| stage.screen().lines().last().unwrap_or_default().trim().to_owned();
    let check = |mut stage: Stage, hint: &str, idle: &str, useful: &str| {
        assert!(!last(stage.keys(idle)).contains(hint), "{hint} after {idle}: {}", stage.screen());
        assert!(last(stage.keys(useful)).contains(hint), "{hint} after {useful}: {}", stage.screen());
    };
    let lesson = || {
        let mut stage = beginning(80, 24);
        stage.message(Message::Go(Destination::Lesson(0)));
        stage
    };
    check(lesson(), "e export", "M", "Esc m M");
    check(lesson(), "Enter read", "/", "'words'");
    check(lesson(), "↓ next", "/ 'zzqq'", "Ctrl-U 'words'");
    check(lesson(), "Enter open", "/ Tab 'zzqq'", "Ctrl-U 'browser'");
    check(beginning(80, 24), "Enter open", "/ 'zzqq'", "Ctrl-U 'words'");
    check(beginning(80, 24), "↓ next", "/ 'everything'", "Ctrl-U 'words'");
    check(beginning(80, 24), "u undo", "F9", "Right");
    check(beginning(80, 24), "u undo", "F9 Right u", "Right");
    let mut attempt = ready_for_the_assessment(80, 24);
    attempt.message(Message::Go(Destination::Assessment));
    check(attempt, "p previous", "Down Enter", "Ctrl-N");
    let checked = || {
        let mut stage = beginning(80, 24);
        stage.message(Message::Go(Destination::Check(0)));
        stage.keys("1 Enter Enter 1 Enter");
        stage
    };
    // The second question links to no lesson.
    check(checked(), "l lesson", "", "Enter Ctrl-R");
    check(checked(), "← previous", "Enter Ctrl-R", "Right");
}

/// What was saved fits the questions, whatever was pressed.
fn check_saved(stage: &Stage) -> Result<(), TestCaseError> {
    let course = small_course();
    for attempt in &stage.world.stored.attempts {
        for (id, answer) in &attempt.answers {
            let question = course.assessment.quiz.question(id).expect("drawn from the bank");
            let fits = answer.response.as_ref().is_none_or(|response| is_well_formed(question, response));
            prop_assert!(fits, "{:?}", answer);
        }
    }
    for progress in stage.world.stored.checks.values() {
        for (id, answer) in &progress.answers {
            let question = course.modules[0].check.as_ref().and_then(|check| check.question(id));
            prop_assert!(is_well_formed(question.expect("of the check"), &answer.response));
        }
    }
    Ok(())
}

/// "v works in a lesson: enlarge the picture" was said beside a right answer, though `v` looks at the answers of a check.
#[test]
fn a_key_is_told_of_another_time_on_the_same_screen_first() {
    let mut stage = beginning(80, 24);
    stage.message(Message::Go(Destination::Check(0)));
    stage.keys("1 Enter");
    assert!(stage.screen().contains("Why:"), "{}", stage.screen());
    for (key, words) in [
        ("v", "v works at an open question of a check: look at what you answered so far"),
        ("t", "t works after a check that is not all right: try what was not right again"),
        ("f", "f works at a question of the assessment: flag the question to come back to it"),
    ] {
        stage.keys(key);
        assert_eq!(stage.said(), words);
    }
}

#[test]
fn no_key_is_said_to_work_where_it_does_not() {
    let keymap = Keymap::default();
    for here in by_screen() {
        let meaning = |event: &Event| contexts::meaning(&here, event, &keymap);
        assert_eq!(misleading(&here, meaning), Vec::<String>::new());
    }
    let screens = hr::contexts_by_screen();
    let meaning = |event: &Event| meaning_in(&screens, event, &keymap);
    assert_eq!(misleading(&screens.concat(), meaning), Vec::<String>::new());
}

#[test]
fn the_keys_of_a_screen_are_those_of_its_kind() {
    let at = |mut stage: Stage, destination: Destination| {
        stage.message(Message::Go(destination));
        stage.model.screen().expect("a screen").contexts_here()
    };
    let marked = || {
        let mut stage = beginning(80, 24);
        stage.keys("Enter m M");
        stage.model.screen().expect("a screen").contexts_here()
    };
    let signed = || {
        let mut stage = ready_to_sign(80, 24);
        stage.keys("Down Enter");
        at(stage, Destination::Certificate)
    };
    let kinds = [
        (at(beginning(80, 24), Destination::Lesson(0)), open_text::contexts()),
        (at(beginning(80, 24), Destination::Check(0)), check::contexts()),
        (at(ready_for_the_assessment(80, 24), Destination::Assessment), assessment::keys::contexts()),
        (at(ready_for_the_policy(80, 24), Destination::Policy), open_text::contexts()),
        (at(ready_to_sign(80, 24), Destination::Sign), sign::contexts()),
        (signed(), certificate::contexts()),
        (marked(), bookmarks::contexts()),
        (at(beginning(80, 24), Destination::Course), Vec::new()),
    ];
    let places = |contexts: &[Context]| contexts.iter().map(Context::place).collect::<Vec<_>>();
    for (here, of_kind) in kinds {
        assert_eq!(places(&here), places(&of_kind));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_is_pressed_breaks_a_screen(
        from in 0usize..3,
        destination in prop::sample::select(vec![
            Destination::Check(0), Destination::Assessment, Destination::Policy, Destination::Certificate,
        ]),
        inputs in prop::collection::vec(inputs(), 0..50),
    ) {
        let begin = [beginning, ready_for_the_assessment, ready_for_the_policy];
        let mut stage = begin[from](80, 24);
        stage.message(Message::Go(destination));
        for input in inputs {
            match input {
                Input::Event(event) => stage.event(&event),
                Input::Resize(width, height) => {
                    stage.resize(width, height);
                }
                Input::Wait(seconds) => {
                    stage.wait(seconds);
                }
                Input::Restart => {
                    stage = stage.restart();
                    stage.message(Message::Go(destination));
                }
            }
            if stage.ended {
                stage = stage.restart();
            }
            // What is shown as done is what was saved: a start from the store finds the same.
            let shown = stage.model.training().map(|training| training.progress().clone());
            prop_assert_eq!(shown.as_ref(), Some(&stage.world.stored));
        }
        check_saved(&stage)?;
    }
}
