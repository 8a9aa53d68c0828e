//! What a terminal is told: attributes, by what it says of itself, whose the order of right-to-left text is, and whether the cursor
//! blinks.

use std::collections::BTreeSet;

use rustix::process::Signal;

use crate::fresh_folder;
use crate::terminal::Session;

/// Everything that the program wrote for its first screens, with these settings.
#[expect(clippy::disallowed_methods, reason = "a test that is killed is begun anew")]
fn written(folder: &str, config: &str, says: &[(&str, &str)]) -> String {
    let home = fresh_folder(folder);
    std::fs::write(home.join("config.ron"), config).expect("settings");
    let mut session = Session::start_on(&home, &[], says, 0);
    session.see("Welcome to countersign");
    session.keys("\x1bOP");
    session.settled();
    session.signalled(Signal::TERM)
}

/// Every number that the program told as an attribute, with this set of colours.
fn told(theme: &str, says: &[(&str, &str)]) -> BTreeSet<String> {
    let written = written("colours", &format!("(theme: \"{theme}\")"), says);
    let attributes = written.split("\x1b[").filter_map(|part| {
        let (numbers, _) = part.split_once('m')?;
        numbers.bytes().all(|byte| byte.is_ascii_digit() || byte == b';').then_some(numbers)
    });
    attributes.flat_map(|numbers| numbers.split(';').map(str::to_owned)).collect()
}

/// `38;5;6` was told to every terminal, and one that does not know 38 blinks slowly and fast.
#[test]
fn no_terminal_is_told_a_colour_that_it_does_not_have() {
    for theme in ["terminal", "dark"] {
        for term in ["vt220", "xterm-mono"] {
            let told = told(theme, &[("TERM", term)]);
            assert!(told.contains("1"), "{term}: {told:?}");
            assert!(
                told.iter().all(|number| ["0", "1", "4", "7"].contains(&number.as_str())),
                "{term}: {told:?}"
            );
        }
        let told = told(theme, &[("TERM", "xterm")]);
        assert!(told.contains("36"), "{told:?}");
        assert!(!told.contains("38") && !told.contains("48") && !told.contains("5"), "{told:?}");
    }
    assert!(
        told("dark", &[("TERM", "xterm-256color")]).is_superset(&["38".to_owned(), "5".to_owned()].into())
    );
    let own = told("terminal", &[("TERM", "xterm-256color")]);
    assert!(own.contains("36") && !own.contains("38"), "{own:?}");
}

/// A terminal that does it was told not to, whoever was to do it: then nobody did.
#[test]
fn right_to_left_text_is_put_into_order_by_one_of_us() {
    for (bidi, ours) in [("auto", true), ("app", true), ("terminal", false)] {
        let written = written("order", &format!("(bidi: \"{bidi}\")"), &[("TERM", "xterm-256color")]);
        assert_eq!(written.contains("\x1b[8l"), ours, "{bidi}");
        // It is given back as it was.
        assert_eq!(written.matches("\x1b[8h").count(), if ours { 1 } else { 2 }, "{bidi}");
    }
}

#[test]
fn only_the_cursor_of_whoever_wants_that_stands_still() {
    for (motion, told) in [("terminal", 0), ("still", 1)] {
        let written = written("cursor", &format!("(motion: \"{motion}\")"), &[("TERM", "xterm-256color")]);
        assert_eq!(written.matches("\x1b[2 q").count(), told, "{motion}");
        // It is given back before the screen is.
        let (ours, behind) = written.rsplit_once("\x1b[?1049l").expect("given back");
        assert_eq!((ours.matches("\x1b[0 q").count(), behind.contains(" q")), (told, false), "{motion}");
    }
}

/// The lines came without a word, as if nobody had asked for a screen.
#[test]
fn whoever_asks_for_a_screen_that_cannot_be_filled_is_told_why_there_is_none() {
    let home = fresh_folder("lines");
    let started = |arguments: &[&str]| {
        let mut session = Session::start_on(&home, arguments, &[("TERM", "dumb")], 0);
        session.see("Your name, as it should stand in the record:");
        session.signalled(Signal::TERM)
    };
    let note = "note: the full screen needs a terminal that moves its cursor, and TERM=dumb is none";
    let asked = started(&["learn", "--full-screen"]);
    assert!(asked.split_whitespace().collect::<Vec<_>>().join(" ").starts_with(note), "{asked}");
    assert!(!started(&["learn"]).contains("note:"));
}
