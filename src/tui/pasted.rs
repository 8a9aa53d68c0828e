//! Whatever is pasted into a field stays text: it is one line, defused, within its cells, and presses no key.

use crate::tui::message::{Destination, Message};
use crate::tui::screens::samples::{beginning, ready_for_the_policy, small_course};
use crate::tui::testing::Stage;

/// Escape sequences, keys, hidden and wide characters, line ends; more than any screen has room for.
pub(in crate::tui) fn hostile() -> String {
    let part = "\u{1b}[31m\u{1b}[201~q\ry\n\u{202e}\u{200b}\t漢字👩\u{200d}💻e\u{301}אב \u{9b}2J\u{7}";
    part.repeat(300)
}

/// Fails when anything of it is more than text on the screen.
#[track_caller]
pub(in crate::tui) fn check(screen: &str) {
    let steers =
        |c: char| c != '\n' && (c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c) || c == '\u{200b}');
    assert!(!screen.contains(steers), "{screen:?}");
}

#[test]
fn every_field_of_a_learner_takes_a_paste_as_text() {
    for (width, height) in [(40, 12), (80, 24), (120, 40)] {
        let mut fields: Vec<(&str, Stage)> = Vec::new();
        for tabs in 0..5 {
            let mut stage = Stage::first_start(width, height, small_course());
            stage.keys(&"Tab ".repeat(tabs));
            fields.push(("first start", stage));
        }
        let mut stage = beginning(width, height);
        stage.keys("Enter /");
        fields.push(("/", stage));
        let mut stage = beginning(width, height);
        stage.keys("Enter / Tab");
        fields.push(("course /", stage));
        let mut stage = beginning(width, height);
        stage.keys("Enter a");
        fields.push(("Your note", stage));
        let mut stage = beginning(width, height);
        stage.message(Message::Go(Destination::Check(0)));
        stage.keys("1 Enter Enter 1 2 Enter Enter");
        fields.push(("[", stage));
        let mut stage = ready_for_the_policy(width, height);
        stage.message(Message::Go(Destination::Policy));
        stage.read_through().keys("Enter");
        fields.push(("Type agree", stage));
        for (words, mut stage) in fields {
            assert!(stage.screen().contains(words), "{words} is no field here:\n{}", stage.screen());
            stage.paste(&hostile()).work();
            check(&stage.screen());
            assert!(!stage.ended && stage.screen().contains(words), "{words}:\n{}", stage.screen());
            stage.keys("Left Left Home Right End Backspace").work();
            check(&stage.screen());
            assert!(stage.terminal.backend().cursor_visible());
        }
    }
}
