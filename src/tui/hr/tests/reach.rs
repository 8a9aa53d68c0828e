//! The dashboard with the mouse alone, and with whatever follows the terminal's cursor.

use crossterm::event::{Event, KeyCode};

use crate::config::{self, Mouse};
use crate::tui::cursor::{self, Keys, letters};
use crate::tui::hr::testing::Stage;
use crate::tui::keymap::{self, Checked};
use crate::tui::{pasted, tables};

#[test]
fn settings_are_chosen_and_changed_with_the_mouse() {
    for (width, height) in [(80, 24), (40, 12)] {
        let mut stage = Stage::new(width, height);
        stage.keys(",");
        stage.click("mouse ");
        assert!(stage.screen().contains("› mouse"), "{}", stage.screen());
        stage.click("mouse ");
        assert!(stage.screen().contains("‹ off ›"), "{}", stage.screen());
        assert_eq!(stage.session.modes, None, "it is theirs until they go back");
        stage.click("opens");
        assert!(stage.screen().contains("› opens"), "{}", stage.screen());
        // What is said about a setting belongs to it.
        stage.click("colours");
        assert!(stage.screen().contains("› colours"), "{}", stage.screen());
        // What is undone is marked and named, wherever one is.
        stage.keys("u");
        let screen = stage.screen();
        assert!(screen.contains("› mouse") && screen.contains("mouse: on again"), "{screen}");
        stage.click("mouse ").keys("Esc");
        assert_eq!(stage.session.modes.map(|modes| modes.mouse), Some(Mouse::Off), "{}", stage.screen());
    }
}

#[test]
fn the_sign_that_there_is_more_is_clicked() {
    let mut stage = Stage::new(40, 12);
    stage.keys("Enter");
    let first = stage.screen();
    stage.click("↓");
    assert_ne!(stage.screen(), first);
    stage.click("↑");
    assert_eq!(stage.screen(), first);
}

#[test]
fn a_click_into_the_filter_goes_to_its_place() {
    let mut stage = Stage::new(80, 24);
    stage.keys("/ 'abcdef'").click("def").keys("'!'");
    assert!(stage.screen().contains("abc!def"), "{}", stage.screen());
}

/// It did nothing, and nobody said so.
#[test]
fn a_key_of_another_screen_says_where_it_works() {
    let mut stage = Stage::new(80, 24);
    stage.keys("v");
    assert!(stage.screen().contains("v works on the growth: next chart"), "{}", stage.screen());
    stage.keys("o");
    assert!(stage.screen().contains("o works on a record: the entry in the log"), "{}", stage.screen());
    // It stayed, and looked like the answer to a key of no screen.
    stage.keys("x");
    assert!(!stage.screen().contains(" works "), "{}", stage.screen());
    // What is typed is no key.
    stage.keys("/ 'v'");
    assert!(!stage.screen().contains(" works "), "{}", stage.screen());
}

#[test]
fn lines_of_the_help_do_what_their_key_does() {
    let mut stage = Stage::new(80, 50);
    stage.keys("?").click("how it was on another day");
    assert!(stage.screen().contains("at which moment"), "{}", stage.screen());
}

#[test]
fn wherever_an_officer_goes_the_cursor_goes_too() {
    for (width, height) in [(80, 24), (40, 12), (120, 40)] {
        for script in [
            "",
            "j j",
            "/ 'a'",
            "Enter",
            "Enter j j",
            "Tab",
            "Tab j",
            "Tab Tab",
            "Tab Tab j",
            "Tab Tab Enter",
            "?",
            ",",
            ", j",
            "d '2026'",
            "Tab Tab Enter a",
            "Tab Tab Enter a 'why' Tab 'me' Enter",
        ] {
            let mut stage = Stage::new(width, height);
            stage.keys(script);
            let letter = Event::Key(KeyCode::Char('z').into());
            let keys = if stage.screen().contains('┌') { Keys::Panel } else { Keys::Screen };
            cursor::check(&stage.terminal, keys, letters(&stage.model.message_for(&letter, &Vec::new())));
        }
    }
}

#[test]
fn every_field_of_an_officer_takes_a_paste_as_text() {
    for (width, height) in [(80, 24), (40, 12)] {
        for (script, words) in [
            ("/", "/ "),
            ("d", "at which moment"),
            ("Tab Tab Enter a", "reason"),
            ("Tab Tab Enter a Tab", "decided by"),
        ] {
            let mut stage = Stage::new(width, height);
            stage.keys(script);
            stage.event(&Event::Paste(pasted::hostile()));
            pasted::check(&stage.screen());
            assert!(!stage.ended && stage.screen().contains(words), "{script}:\n{}", stage.screen());
        }
    }
}

/// Which of them can be had is found out where the settings are read.
#[test]
fn keys_that_somebody_chose_work_and_are_told() {
    let config =
        config::read("config.ron", br#"(keys: (leave: ["X"], help: ["H"]))"#, &tables::actions()).config;
    let Checked { keymap, faults } = keymap::check("config.ron", &config.keys, tables::contexts);
    assert_eq!(faults, []);
    let mut stage = Stage::new(80, 24).wanted(config, keymap);
    stage.keys("H");
    assert!(stage.screen().contains("X "), "{}", stage.screen());
    // Where every other key is a character, those of the table stay.
    stage.keys("Esc / 'H'");
    assert!(stage.screen().contains("F1 help"), "{}", stage.screen());
    stage.keys("F1");
    assert!(stage.screen().contains("these keys"), "{}", stage.screen());
    stage.keys("Esc Esc q");
    assert!(!stage.ended);
    stage.keys("X");
    assert!(stage.ended);
}
