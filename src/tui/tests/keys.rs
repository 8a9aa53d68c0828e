//! Keys, and the hints and the help that name them.

use std::collections::BTreeSet;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::tui::message::{Destination, Message};
use crate::tui::overlay::Overlay;
use crate::tui::screens::Screen;
use crate::tui::screens::samples::{beginning, ready_for_the_assessment};
use crate::tui::testing::{Stage, small_course};

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

/// A message took all of the last line of a low screen, and no key was left to find the others by.
#[test]
fn all_keys_are_a_key_away_while_something_is_said() {
    let mut stage = Stage::new(40, 12, small_course());
    for (keys, said) in
        [("a", "a works in a lesson and elsewhere"), ("Enter m", "bookmarked; a: a note, M: the list")]
    {
        stage.keys(keys);
        let screen = stage.screen();
        let last = screen.lines().last().unwrap_or_default();
        assert!(last.contains(said) && last.trim_end().ends_with("  F1"), "{keys}: {last}");
        stage.click("F1");
        assert!(matches!(stage.model.overlay(), Some(Overlay::Help)), "{keys}: {}", stage.screen());
        stage.keys("Esc");
    }
    // A word has room beside it where the message is short.
    stage.keys("m");
    assert!(stage.screen().contains("bookmark taken away  Esc back  ? help"), "{}", stage.screen());
}

/// At a question Enter was listed twice or three times, and Tab at gaps.
#[test]
fn every_key_stands_once_in_the_help() {
    let mut check = beginning(80, 24);
    check.message(Message::Go(Destination::Check(0)));
    let mut assessment = ready_for_the_assessment(80, 24);
    assessment.message(Message::Go(Destination::Assessment));
    while !assessment.screen().contains("› [ Begin ]") {
        assessment.keys("Down");
    }
    assessment.keys("Enter");
    for (mut stage, next) in [(check, "1 Enter Enter n"), (assessment, "Ctrl-N")] {
        for _ in 0..8 {
            let help = stage.model.help();
            let keys: Vec<&str> = help.iter().flat_map(|(keys, _)| keys.split(' ')).collect();
            for key in ["Enter", "Tab", "Space", "Esc"] {
                let times = keys.iter().filter(|listed| **listed == key).count();
                assert!(times <= 1, "{key}: {help:?}\n{}", stage.screen());
            }
            assert!(keys.contains(&"Enter"), "{help:?}");
            stage.keys(next);
        }
    }
}
