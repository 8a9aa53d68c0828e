//! The face as a whole.

mod look;

use std::collections::BTreeSet;

use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use proptest::prelude::*;
use ratatui::style::Color;

use crate::address::Address;
use crate::training::{Trouble, TroubleKind};
use crate::tui::Start;
use crate::tui::effect::Effect;
use crate::tui::message::{Destination, Message};
use crate::tui::overlay::Overlay;
use crate::tui::run::{NO_SHELL, Suspension};
use crate::tui::screens::Screen;
use crate::tui::screens::samples::ready_for_the_policy;
use crate::tui::testing::{Stage, TestWorld, ada, small_course, trouble};
use crate::tui::theme::Theme;

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
fn what_could_not_be_saved_blocks_until_it_was() {
    let mut stage = Stage::new(80, 24, small_course());
    stage.world.save_troubles.extend([trouble("disk full"), trouble("disk still full")]);
    stage.keys("Enter");
    assert!(stage.screen().contains("not saved: disk full"), "{}", stage.screen());
    assert!(stage.screen().contains("hint: free some space"), "{}", stage.screen());
    stage.keys("j Space Esc ?");
    assert!(matches!(stage.model.overlay(), Some(Overlay::NotSaved(_))), "nothing goes past it");
    stage.keys("r");
    assert!(stage.screen().contains("disk still full"), "{}", stage.screen());
    stage.keys("r");
    assert_eq!(stage.model.overlay(), None);
    assert!(stage.world.stored.lessons.contains_key("lessons/1.md"), "saved in the end");
}

#[test]
fn what_stood_behind_a_failed_save_waits_for_it() {
    let mut stage = on_lesson();
    stage.keys("j");
    stage.world.save_troubles.push_back(trouble("disk full"));
    stage.keys("Ctrl-C");
    assert!(!stage.ended, "leaving waits for the save");
    stage.keys("r");
    assert!(stage.ended);
    // And who cannot save can leave all the same.
    let mut stage = on_lesson();
    stage.keys("j");
    stage.world.save_troubles.push_back(trouble("disk full"));
    stage.keys("Ctrl-C q");
    assert!(stage.ended);
}

/// What the learner has done is what is stored.
fn assert_all_is_kept(stage: &Stage) {
    assert_eq!(stage.model.training().map(crate::training::Training::progress), Some(&stage.world.stored));
}

/// An answer to the check could not be saved.
fn with_an_unsaved_answer() -> Stage {
    let mut stage = Stage::new(80, 24, small_course());
    stage.message(Message::Go(Destination::Check(0)));
    stage.world.save_troubles.push_back(trouble("disk full"));
    stage.keys("Down Space");
    assert!(matches!(stage.model.overlay(), Some(Overlay::NotSaved(_))), "{}", stage.screen());
    assert_ne!(stage.model.training().map(crate::training::Training::progress), Some(&stage.world.stored));
    stage
}

#[test]
fn nothing_is_saved_before_what_could_not_be_saved_nor_instead_of_it() {
    // A later change used to take the place of the one that failed, or to be saved before it.
    let mut stage = with_an_unsaved_answer();
    let saves = stage.world.saves;
    let later = stage.model.training_mut().map(|training| {
        training.read_whole(
            crate::training::Text::Lesson(1),
            1,
            crate::clock::Timestamp::from_unix(1_795_338_001).expect("a time"),
        )
    });
    stage.perform(vec![Effect::Save(later.expect("somebody learns"))]);
    assert_eq!(stage.world.saves, saves, "it waits");
    assert!(matches!(stage.model.overlay(), Some(Overlay::NotSaved(_))), "{}", stage.screen());
    stage.keys("r");
    assert_eq!(stage.model.overlay(), None);
    assert_eq!(stage.world.saves, saves + 2);
    assert_all_is_kept(&stage);
}

#[test]
fn leaving_with_something_unsaved_tries_once_more() {
    let mut stage = with_an_unsaved_answer();
    stage.world.save_troubles.push_back(trouble("still full"));
    stage.keys("Ctrl-C");
    assert!(!stage.ended && stage.screen().contains("still full"), "{}", stage.screen());
    stage.keys("Ctrl-C");
    assert!(stage.ended);
    assert_all_is_kept(&stage);
}

#[test]
fn the_shell_can_be_reached_while_something_is_unsaved() {
    let mut stage = with_an_unsaved_answer();
    stage.keys("Ctrl-Z");
    assert_eq!(stage.session.suspended, 1);
    assert!(matches!(stage.model.overlay(), Some(Overlay::NotSaved(_))), "{}", stage.screen());
    stage.keys("r");
    assert_all_is_kept(&stage);
}

#[test]
fn a_closed_terminal_saves_what_waits_first() {
    let mut stage = with_an_unsaved_answer();
    stage.hang_up();
    assert_all_is_kept(&stage);
    // And what builds on something that cannot be saved is not saved without it.
    let mut stage = with_an_unsaved_answer();
    let saves = stage.world.saves;
    stage.perform(vec![Effect::Save(Vec::new())]);
    stage.world.save_troubles.push_back(trouble("still full"));
    stage.hang_up();
    assert_eq!(stage.world.saves, saves);
}

#[test]
fn what_failed_and_was_closed_is_given_up() {
    let mut stage = on_lesson();
    stage.world.troubles.push_back(trouble("no printer"));
    stage.perform(vec![Effect::Introduce(Box::new(crate::tui::effect::NewLearner {
        person: ada(),
        passphrase: None,
    }))]);
    stage.keys("Esc");
    assert_eq!(stage.model.overlay(), None);
    stage.perform(vec![Effect::Retry]);
    assert!(matches!(stage.model.screen(), Some(Screen::Lesson(_))), "{}", stage.screen());
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
fn another_copy_that_was_first_is_taken_over() {
    let mut stage = Stage::new(80, 24, small_course());
    let kind = TroubleKind::Conflict;
    stage.world.save_troubles.push_back(Trouble { kind, message: "attempt 1 exists".to_owned(), hint: None });
    stage.keys("Enter");
    assert!(matches!(stage.model.overlay(), Some(Overlay::Conflict(_))), "{}", stage.screen());
    assert!(stage.screen().contains("Another copy of this program"), "{}", stage.screen());
    stage.keys("r");
    assert_eq!(stage.model.overlay(), None);
    assert_eq!(stage.model.training().map(crate::training::Training::progress), Some(&stage.world.stored));
}

#[test]
fn a_turned_page_that_could_not_be_saved_is_saved_when_that_is_possible() {
    let mut stage = Stage::new(80, 24, crate::tui::screens::samples::small_course());
    stage.message(Message::Go(Destination::Lesson(0)));
    stage.world.save_troubles.push_back(trouble("disk full"));
    stage.keys("PgDn");
    assert!(matches!(stage.model.overlay(), Some(Overlay::NotSaved(_))), "{}", stage.screen());
    assert_eq!(stage.world.stored.lessons["lessons/1.md"].place, 0);
    stage.keys("r");
    assert_eq!(stage.model.overlay(), None);
    assert_eq!(stage.model.training().map(crate::training::Training::progress), Some(&stage.world.stored));
    assert!(stage.world.stored.lessons["lessons/1.md"].place > 0);
}

/// The policy agreed to, about to sign.
fn about_to_sign() -> Stage {
    let mut stage = ready_for_the_policy(80, 24);
    stage.message(Message::Go(Destination::Policy));
    stage.read_through().keys("Enter 'agree' Enter Down");
    assert!(stage.screen().contains("By signing you say"), "{}", stage.screen());
    stage
}

#[test]
fn a_protected_key_signs_when_its_passphrase_is_given() {
    let mut stage = about_to_sign();
    stage.world.passphrase = Some("correct horse".to_owned());
    stage.keys("Enter");
    assert!(stage.screen().contains("Your device key is protected"), "{}", stage.screen());
    stage.keys("Enter");
    assert!(stage.screen().contains("✗ type the passphrase"), "{}", stage.screen());
    stage.keys("F1");
    assert!(stage.screen().contains("chose at the first start"), "{}", stage.screen());
    assert!(stage.screen().contains("begin anew: leave, move /home"), "{}", stage.screen());
    stage.keys("F1");
    assert!(!stage.screen().contains("chose at the first start"), "{}", stage.screen());
    assert_eq!(stage.world.stored.completions.len(), 0);
    stage.keys("'correct' Enter");
    assert!(stage.screen().contains("✗ the passphrase is wrong"), "{}", stage.screen());
    assert_eq!(stage.world.stored.completions.len(), 0);
    stage.keys("'correct horse'");
    assert!(!stage.screen().contains("correct"), "never on the screen\n{}", stage.screen());
    stage.keys("Enter");
    assert_eq!(stage.world.stored.completions.len(), 1);
    assert_eq!(stage.world.delivered.len(), 1);
    assert!(matches!(stage.model.screen(), Some(Screen::Certificate(_))), "{}", stage.screen());
}

/// On the smallest screen too all of it is in sight, with the key that says what to do when it is forgotten.
#[test]
fn who_typed_a_wrong_passphrase_sees_so_and_where_to_type() {
    let mut stage = about_to_sign();
    stage.world.passphrase = Some("correct horse".to_owned());
    stage.keys("Enter");
    stage.resize(40, 12);
    stage.keys("'battery' Enter");
    insta::assert_snapshot!(stage.screen(), @"
     Completion record                sign?
    ┌ passphrase ──────────────────────────┐
    │ ✗ the passphrase is wrong, or the    │
    │ key file was changed                 │
    │ hint: type the passphrase that you   │
    │ chose when you began; if you have    │
    │ forgotten it, you can only begin     │
    │ anew, and the help says how          │
    │                                      │
    │ >                                    │
    └──────────────────────────────────────┘
     Enter sign  Esc not now  F1 help
    ");
    // It opened at its end, and who has forgotten the passphrase is told what to do further above.
    stage.keys("F1");
    assert!(stage.screen().contains("It is the passphrase that you"), "{}", stage.screen());
    stage.keys("'c'");
    assert!(stage.screen().contains("> •"), "{}", stage.screen());
    stage.keys("F1");
    assert!(stage.screen().contains("✗ the passphrase is wrong"), "{}", stage.screen());
}

#[test]
fn signing_can_wait() {
    let mut stage = about_to_sign();
    stage.world.passphrase = Some("correct horse".to_owned());
    stage.keys("Enter Esc");
    assert_eq!(stage.model.overlay(), None);
    assert_eq!(stage.world.stored.completions.len(), 0);
    let mut stage = stage.restart();
    assert!(stage.screen().contains("› ○ Completion record"), "{}", stage.screen());
    stage.keys("Enter Down Enter 'correct horse' Enter");
    assert!(matches!(stage.model.screen(), Some(Screen::Certificate(_))), "{}", stage.screen());
}

#[test]
fn a_record_that_could_not_be_kept_is_not_shown_as_signed() {
    let mut stage = about_to_sign();
    stage.world.saves_left = Some(0);
    stage.keys("Enter");
    assert!(matches!(stage.model.overlay(), Some(Overlay::NotSaved(_))), "{}", stage.screen());
    assert!(!stage.screen().contains("has completed"), "{}", stage.screen());
    assert_eq!((stage.world.stored.completions.len(), stage.world.delivered.len()), (0, 0));
    stage.world.saves_left = None;
    stage.keys("r");
    assert_eq!((stage.world.stored.completions.len(), stage.world.delivered.len()), (1, 1));
    assert!(stage.screen().contains("has completed"), "{}", stage.screen());
}

#[test]
fn a_record_whose_file_could_not_be_written_is_safe_and_can_be_written_again() {
    let mut stage = about_to_sign();
    stage.world.deliver_troubles.push_back(trouble("/media/usb: no space left on device"));
    stage.keys("Enter");
    assert!(stage.screen().contains("error: /media/usb: no space left"), "{}", stage.screen());
    assert_eq!((stage.world.stored.completions.len(), stage.world.delivered.len()), (1, 0));
    stage.keys("r");
    assert_eq!(stage.world.delivered.len(), 1);
    assert!(stage.screen().contains("has completed"), "{}", stage.screen());
}

#[test]
fn a_file_that_was_not_written_before_a_kill_is_written_when_the_certificate_is_opened() {
    // The path of a file that does not exist was shown, copied, and printed at the end.
    let mut stage = about_to_sign();
    stage.world.deliver_troubles.push_back(trouble("killed"));
    stage.keys("Enter");
    assert_eq!(stage.model.last_lines(), Vec::<String>::new());
    let mut stage = stage.restart();
    assert_eq!((stage.world.delivered.len(), stage.model.last_lines().len()), (0, 0));
    stage.world.deliver_troubles.push_back(trouble("still no space"));
    stage.message(Message::Go(Destination::Certificate));
    stage.keys("Esc");
    assert!(stage.screen().contains("not written yet"), "{}", stage.screen());
    stage.world.deliver_troubles.push_back(trouble("still no space"));
    stage.keys("c Esc");
    assert_eq!(stage.session.copied, Vec::<String>::new(), "no path of a file that is not there");
    stage.keys("w");
    assert_eq!(stage.world.delivered.len(), 1);
    assert!(!stage.screen().contains("not written yet"), "{}", stage.screen());
    let last = stage.model.last_lines();
    assert!(last[0].ends_with(&stage.world.delivered[0]), "{last:?}");
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

#[test]
fn suspending_saves_first() {
    let mut stage = on_lesson();
    let saves = stage.world.saves;
    stage.keys("j Ctrl-Z");
    assert_eq!((stage.session.suspended, stage.world.saves), (1, saves + 1));
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
fn keys_act_when_pressed_and_not_when_let_go() {
    let mut stage = Stage::new(80, 24, small_course());
    let key = |kind| {
        let key = KeyEvent::new_with_kind(KeyCode::Enter, KeyModifiers::NONE, kind);
        Event::Key(key)
    };
    stage.event(&key(KeyEventKind::Release));
    stage.event(&key(KeyEventKind::Repeat));
    assert!(matches!(stage.model.screen(), Some(Screen::Course(_))), "{}", stage.screen());
    stage.event(&key(KeyEventKind::Press));
    assert!(matches!(stage.model.screen(), Some(Screen::Lesson(_))));
}

#[test]
fn a_long_help_has_both_ends() {
    let mut stage = Stage::new(40, 12, small_course());
    stage.keys("?");
    let begin = stage.screen();
    assert!(begin.contains("↓ scroll") && !begin.contains("↑ scroll"), "{begin}");
    stage.keys("End");
    let end = stage.screen();
    assert!(end.contains("Ctrl-Z") && end.contains("↑ scroll") && !end.contains("↓ scroll"), "{end}");
    assert_eq!(stage.keys("Down").screen(), end, "there is nothing behind it");
    assert_eq!(stage.keys("Home").screen(), begin);
    assert_eq!(stage.keys("G g").screen(), begin);
}

#[test]
fn help_lists_every_key_of_every_screen() {
    let mut stage = Stage::new(80, 40, small_course());
    for destination in [Destination::Course, Destination::Lesson(0)] {
        stage.message(Message::Go(destination));
        let listed: BTreeSet<String> = stage.model.help().into_iter().map(|(keys, _)| keys).collect();
        stage.keys("?");
        assert!(matches!(stage.model.overlay(), Some(Overlay::Help)), "{destination:?}");
        for (keys, what) in stage.model.help() {
            let row = stage.screen().lines().find(|line| line.contains(keys.as_str())).map(str::to_owned);
            assert!(row.is_some(), "{keys}: {what} is missing on {destination:?}\n{}", stage.screen());
        }
        stage.keys("Esc");
        // What the tables do not name does nothing, but for saying where it works.
        for typed in ('a'..='z').chain('A'..='Z') {
            let event = Event::Key(KeyCode::Char(typed).into());
            let named = listed.iter().any(|keys| {
                keys.split(' ')
                    .any(|key| key == typed.to_string() || (key == "a-z" && typed.is_ascii_lowercase()))
            });
            let message = stage.model.message_for(&event, &Vec::new());
            let acts = message.is_some_and(|message| !matches!(message, Message::Say(_)));
            assert_eq!(acts, named, "{typed} on {destination:?}");
        }
    }
}

#[test]
fn hints_can_be_clicked() {
    let mut stage = Stage::new(80, 24, small_course());
    stage.click("? help");
    assert!(matches!(stage.model.overlay(), Some(Overlay::Help)));
    stage.click("Esc close");
    assert_eq!(stage.model.overlay(), None);
    stage.click("Esc quit");
    assert!(stage.ended);
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
