//! The face as a whole.

mod keys;
mod look;
mod saving;
mod signing;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use proptest::prelude::*;
use ratatui::style::Color;

use crate::address::Address;
use crate::tui::Start;
use crate::tui::message::{Destination, Message};
use crate::tui::overlay::Overlay;
use crate::tui::run::{NO_SHELL, Suspension};
use crate::tui::screens::Screen;
use crate::tui::testing::{Stage, TestWorld, ada, small_course, trouble};
use crate::tui::theme::Theme;
use signing::about_to_sign;

fn on_lesson() -> Stage {
    let mut stage = Stage::new(80, 24, small_course());
    stage.keys("Enter");
    assert!(matches!(stage.model.screen(), Some(Screen::Lesson(_))));
    stage
}

#[test]
fn a_screen_that_is_too_small_says_so_and_keeps_everything() {
    let mut stage = on_lesson();
    stage.resize(30, 8);
    assert_eq!(
        stage.screen().replace('\n', " ").trim(),
        "needs at least 40×12, now 30×8; nothing is lost. Ctrl-C leaves"
    );
    stage.keys("j Enter l 1 y");
    assert_eq!(stage.world.opened, Vec::<String>::new(), "nobody acts on what they cannot see");
    stage.resize(80, 24);
    assert!(stage.screen().contains("First lesson"), "{}", stage.screen());
    stage.resize(39, 12).keys("q Esc Enter");
    assert!(!stage.ended, "{}", stage.screen());
    stage.keys("Ctrl-C");
    assert!(stage.ended);
}

#[test]
fn a_link_that_could_not_be_opened_is_not_tried_again_at_a_key() {
    let mut stage = on_lesson();
    stage.world.troubles.push_back(trouble("no browser"));
    stage.keys("l 1 y");
    assert!(stage.screen().contains("error: no browser"), "{}", stage.screen());
    stage.keys("r");
    assert!(matches!(stage.model.overlay(), Some(Overlay::NotOpened { .. })), "{}", stage.screen());
    assert!(stage.screen().contains("https://example.com/list?a=1"), "{}", stage.screen());
    stage.keys("Esc");
    assert_eq!((stage.model.overlay(), stage.world.opened.len()), (None, 0));
    stage.world.troubles.push_back(trouble("no browser"));
    stage.keys("Esc l 1 y c");
    assert_eq!(stage.session.copied.last().map(String::as_str), Some("https://example.com/list?a=1"));
}

#[test]
fn an_address_is_opened_or_copied_only_after_all_of_it_was_seen() {
    // What was longer than the panel was cut, and opened all the same.
    let address = format!("https://example.com/{}/the-end", "long/".repeat(200));
    let mut stage = Stage::new(40, 12, small_course());
    stage.message(Message::AskToOpen(Box::new(Address::read(&address))));
    assert!(!stage.screen().contains("the-end"), "{}", stage.screen());
    stage.keys("y");
    assert!(stage.screen().contains("read it to its end first"), "{}", stage.screen());
    stage.keys("Enter PgDn y c");
    assert_eq!((&stage.world.opened, &stage.session.copied), (&Vec::<String>::new(), &Vec::new()));
    let mut seen = String::new();
    for _ in 0..60 {
        stage.keys("Down");
        seen += &stage.screen();
    }
    assert!(seen.contains("the-end") && stage.screen().contains("y opens"), "{}", stage.screen());
    stage.keys("k y");
    assert_eq!(stage.world.opened, Vec::<String>::new());
    stage.keys("j y");
    assert_eq!(stage.world.opened, [address]);
}

#[test]
fn every_panel_can_be_read_to_its_end() {
    let long = |end: &str| trouble(&format!("{} {end}", "a long story".repeat(60)));
    let mut stage = Stage::new(40, 12, small_course());
    stage.model.not_saved(long("one"));
    stage.draw();
    for (end, words) in [("one", "q leaves"), ("two", "r tries again, Esc"), ("three", "Esc closes.")] {
        assert!(!stage.screen().contains(end), "{}", stage.screen());
        assert!(stage.screen().contains('↓'), "{}", stage.screen());
        stage.keys(&"PgDn ".repeat(20));
        assert!(stage.screen().contains(words), "{end}: {}", stage.screen());
        match end {
            "one" => stage.model.failed(long("two")),
            "two" => stage.model.not_opened("https://example.com".to_owned(), long("three")),
            _ => {}
        }
        stage.draw();
    }
    stage.wheel(MouseEventKind::ScrollUp);
    assert!(!stage.screen().contains("Esc closes."), "{}", stage.screen());
}

#[test]
fn taking_the_course_again_is_asked_first_and_keeps_the_records() {
    let mut stage = about_to_sign();
    stage.message(Message::Go(Destination::Course));
    stage.keys("R");
    assert!(stage.screen().contains("once it is completed"), "{}", stage.screen());
    stage.keys("c Down Enter Esc R");
    assert!(stage.screen().contains("A new run begins"), "{}", stage.screen());
    assert!(stage.screen().contains("/home/ada/Documents/countersign"), "{}", stage.screen());
    stage.keys("Enter Esc");
    assert_eq!(stage.world.stored.run().map(|run| run.number), Some(1), "it is only asked");
    stage.keys("R y");
    assert_eq!(stage.world.stored.run().map(|run| run.number), Some(2));
    assert!(stage.screen().contains("1 earlier"), "{}", stage.screen());
    stage.click("Completion record");
    let screen = stage.screen();
    assert!(screen.contains("Earlier records of this course"), "{screen}");
    assert!(
        screen.contains("2026-11-22") && screen.contains("/home/ada/Documents/countersign/0042_small"),
        "{screen}"
    );
    stage.keys("c");
    assert!(stage.screen().contains("there is no record in this run yet"), "{}", stage.screen());
    stage.keys("Enter");
    assert!(stage.session.copied[0].ends_with(".completion.json"), "{:?}", stage.session.copied);
}

#[test]
fn a_course_whose_version_is_gone_can_be_taken_again() {
    let mut stage = Stage::new(80, 24, small_course());
    let gone =
        crate::progress::Attempt { course_digest: crate::digest::Digest::of(b"gone"), ..an_attempt(&stage) };
    stage.world.stored.apply(&crate::progress::Change::AttemptStarted(gone));
    let mut stage = stage.restart();
    stage.click("Assessment");
    assert!(stage.screen().contains("[ Take the course again ]"), "{}", stage.screen());
    stage.keys("Enter");
    assert!(stage.screen().contains("is not finished any more"), "{}", stage.screen());
    stage.keys("y");
    assert_eq!(stage.world.stored.run().map(|run| run.number), Some(2));
}

/// One that has just begun.
fn an_attempt(stage: &Stage) -> crate::progress::Attempt {
    let training = stage.model.training().expect("somebody learns");
    crate::progress::Attempt {
        number: 1,
        run: 1,
        quiz: training.course().assessment.quiz.id.clone(),
        course_digest: training.course().digest,
        edits: 0,
        started_at: stage.world.now,
        current: 0,
        active_seconds: 0,
        answers: std::collections::BTreeMap::new(),
        submitted: None,
    }
}

#[test]
fn notices_are_said_first() {
    let mut world = TestWorld::unknown(small_course());
    world.person = Some(ada());
    let notices = vec!["The damaged file was set aside as /x\u{1b}[2J.damaged".to_owned()];
    let start = Start { training: world.training(), course: small_course(), expected: None, notices };
    let mut stage = Stage::start(80, 24, world, start, Theme::COLOURED);
    assert!(stage.screen().contains("set aside as /x<U+001B>[2J.damaged"), "{}", stage.screen());
    stage.keys("Enter");
    assert_eq!(stage.model.overlay(), None);
}

/// `xterm -e countersign` stood still, and nobody could ever continue it.
#[test]
fn where_there_is_no_shell_the_program_goes_on_and_says_so() {
    for (width, height) in [(80, 24), (40, 12)] {
        let mut stage = Stage::new(width, height, small_course());
        stage.session.suspension = Suspension::NoShell;
        stage.keys("Ctrl-Z");
        assert_eq!(stage.session.suspended, 1);
        assert!(stage.screen().contains(NO_SHELL), "{}", stage.screen());
        stage.keys("Down");
        assert!(!stage.screen().contains(NO_SHELL), "{}", stage.screen());
    }
}

#[test]
fn without_colours_nothing_has_one() {
    let mut world = TestWorld::unknown(small_course());
    world.person = Some(ada());
    let start = Start {
        training: world.training(),
        course: small_course(),
        expected: None,
        notices: vec!["Look here.".to_owned()],
    };
    let mut stage = Stage::start(80, 24, world, start, Theme::PLAIN);
    for script in ["", "Enter", "Enter", "l", "Esc", "G", "Enter", "Space", "Enter", "Esc", "?"] {
        stage.keys(script);
        let buffer = stage.terminal.backend().buffer();
        assert!(
            buffer.content.iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset),
            "after {script:?}\n{}",
            stage.screen()
        );
    }
}

fn events() -> impl Strategy<Value = Event> {
    let codes = prop_oneof![
        4 => prop::sample::select(vec![
            KeyCode::Enter, KeyCode::Esc, KeyCode::Tab, KeyCode::BackTab, KeyCode::Backspace, KeyCode::Delete,
            KeyCode::Up, KeyCode::Down, KeyCode::Left, KeyCode::Right, KeyCode::PageUp, KeyCode::PageDown,
            KeyCode::Home, KeyCode::End, KeyCode::F(1), KeyCode::Char(' '),
        ]),
        4 => prop::char::range('!', '~').prop_map(KeyCode::Char),
        1 => any::<char>().prop_map(KeyCode::Char),
    ];
    let modifiers = prop::sample::select(vec![
        KeyModifiers::NONE,
        KeyModifiers::NONE,
        KeyModifiers::SHIFT,
        KeyModifiers::CONTROL,
    ]);
    let key = (codes, modifiers).prop_map(|(code, modifiers)| Event::Key(KeyEvent::new(code, modifiers)));
    let kinds = prop::sample::select(vec![
        MouseEventKind::Down(MouseButton::Left),
        MouseEventKind::ScrollDown,
        MouseEventKind::ScrollUp,
        MouseEventKind::Up(MouseButton::Left),
        MouseEventKind::Drag(MouseButton::Left),
    ]);
    let mouse = (kinds, 0u16..130, 0u16..50).prop_map(|(kind, column, row)| {
        Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE })
    });
    prop_oneof![8 => key, 2 => mouse, 1 => ".{0,20}".prop_map(Event::Paste)]
}

#[derive(Debug, Clone)]
enum Act {
    Event(Event),
    Resize(u16, u16),
    Wait(i64),
    Fail,
}

fn acts() -> impl Strategy<Value = Act> {
    prop_oneof![
        12 => events().prop_map(Act::Event),
        2 => (0u16..130, 0u16..50).prop_map(|(width, height)| Act::Resize(width, height)),
        2 => (38u16..60, 10u16..16).prop_map(|(width, height)| Act::Resize(width, height)),
        1 => (0i64..4000).prop_map(Act::Wait),
        1 => Just(Act::Fail),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Whatever is pressed on a terminal of whatever size: no panic, and what is shown as done is what was saved.
    #[test]
    fn nothing_breaks_it(known in any::<bool>(), acts in prop::collection::vec(acts(), 0..120)) {
        let mut stage = if known {
            Stage::new(80, 24, small_course())
        } else {
            Stage::first_start(80, 24, small_course())
        };
        for act in acts {
            match act {
                Act::Event(event) => stage.event(&event),
                Act::Resize(width, height) => {
                    stage.resize(width, height);
                }
                Act::Wait(seconds) => {
                    stage.wait(seconds);
                }
                Act::Fail => stage.world.save_troubles.push_back(trouble("no")),
            }
            if stage.ended {
                break;
            }
            if let (None, Some(training)) = (stage.model.overlay(), stage.model.training()) {
                prop_assert_eq!(training.progress(), &stage.world.stored);
            }
        }
        if !stage.ended && matches!(stage.model.overlay(), Some(Overlay::NotSaved(_))) {
            stage.world.save_troubles.clear();
            stage.hang_up();
            if let Some(training) = stage.model.training() {
                prop_assert_eq!(training.progress(), &stage.world.stored);
            }
        }
    }
}
