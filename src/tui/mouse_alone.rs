//! Whoever has a mouse alone misses nothing: what the last line names can be clicked, and so can the lines of the help.

mod answers;

use crossterm::event::{Event, KeyCode, MouseEventKind};

use crate::address::Address;
use crate::config::{self, Config, Mouse};
use crate::printable::Printable;
use crate::training::Training;
use crate::tui::colour_alone::go_about;
use crate::tui::cursor::course_with_everything;
use crate::tui::keymap::Key;
use crate::tui::message::{Destination, Message};
use crate::tui::overlay::{Overlay, Typed};
use crate::tui::screens::Screen;
use crate::tui::screens::samples::{
    after, beginning, ready_for_the_assessment, ready_for_the_policy, small_course,
};
use crate::tui::tables;
use crate::tui::testing::{Stage, TestWorld, ada};
use crate::tui::theme::Theme;

/// Fails when the last line names a key on which no click does what the key does; how many keys it names.
#[track_caller]
fn check_last_line(stage: &Stage) -> usize {
    let screen = stage.screen();
    let last = screen.lines().last().unwrap_or_default();
    let mut named = 0;
    for (key, words, _) in stage.model.hints() {
        // On a narrow screen some of them have no room.
        let Some(at) = last.find(&format!("{key} {words}")) else { continue };
        named += 1;
        let column = u16::try_from(Printable::new(&last[..at]).width()).expect("narrow");
        let clicked = stage.message_at(column, stage.last_row());
        assert!(clicked.is_some(), "{key} {words} is no place to click:\n{screen}");
        // Space shows what is below too, and has no room in the line.
        let pressed =
            Key::events_of(&key).filter(|_| words != "more").and_then(|events| events.into_iter().next());
        if let Some(event) = pressed {
            assert_eq!(clicked, stage.model.message_for(&event, &Vec::new()), "{key} {words}:\n{screen}");
        }
    }
    named
}

#[test]
fn every_key_in_the_last_line_of_every_screen_can_be_clicked() {
    for (width, height) in [(80, 24), (40, 12), (120, 40)] {
        let places =
            [Destination::Course, Destination::Check(0), Destination::Assessment, Destination::Policy];
        let mut named = 0;
        for (number, destination) in (1_u64..).zip(places) {
            for (nth, begin) in (1_u64..).zip([beginning, ready_for_the_assessment, ready_for_the_policy]) {
                let mut stage = begin(width, height);
                stage.message(Message::Go(destination));
                let chance = (3 * number + nth).wrapping_mul(0x9e37_79b9_7f4a_7c15);
                let mut look = |stage: &mut Stage| named += check_last_line(stage);
                go_about(stage, Theme::COLOURED, chance, 60, &mut look);
            }
        }
        assert!(named > 1000, "{named} keys are too few");
    }
}

#[test]
fn what_lies_over_a_screen_and_what_is_typed_into_can_be_left_by_clicks_too() {
    for script in [
        "",
        "?",
        ",",
        "M",
        "/",
        "e",
        "Enter",
        "Enter t",
        "Enter l",
        "Enter /",
        "Enter Tab",
        "Enter a",
        "Enter m M a",
    ] {
        for (width, height) in [(80, 24), (40, 12)] {
            let mut stage = Stage::new(width, height, course_with_everything());
            stage.keys(script).work();
            assert!(check_last_line(&stage) > 0, "{script}: {}", stage.screen());
        }
    }
    let mut stage = Stage::first_start(80, 24, small_course());
    assert_eq!(check_last_line(&stage), 4);
    stage.keys("Tab Tab Tab Tab");
    assert_eq!(check_last_line(&stage), 3);
}

/// What is said for a moment named keys that no click reached.
#[test]
fn what_is_said_above_the_keys_names_keys_that_can_be_clicked() {
    let mut stage = Stage::new(80, 24, small_course());
    stage.keys("Enter m").click("M: the list");
    assert!(stage.screen().contains("For you alone"), "{}", stage.screen());
    stage.keys("d").click("u puts it back");
    assert!(stage.screen().contains("it is back"), "{}", stage.screen());
}

/// It covered the keys: whoever clicked one of them took away the words and did nothing else.
#[test]
fn beside_what_is_said_the_keys_can_be_clicked() {
    let check = |width: u16, height: u16, script: &str, said: &str, click: &str, then: &str| {
        let mut stage = Stage::new(width, height, course_with_everything());
        stage.keys(script);
        assert!(stage.screen().contains(said), "{}", stage.screen());
        assert!(check_last_line(&stage) > 0, "{}", stage.screen());
        stage.click(click);
        assert!(stage.screen().contains(then) && !stage.screen().contains(said), "{}", stage.screen());
    };
    check(80, 24, "Enter m", "bookmarked", "Esc back", "Enter open");
    check(80, 24, "Enter m", "bookmarked", "? help", "a click on one does it");
    check(40, 12, "Enter Backspace", "no jump led to here", "? help", "a click on one does it");
    // Where they have no room, nothing is cut into them.
    check(40, 12, "Enter m", "bookmarked; a: a note, M: the list", "M: the list", "Bookmarks");
}

/// It covered the keys until a key was pressed.
#[test]
fn what_is_said_above_the_keys_is_taken_away_by_a_click_that_does_nothing_else() {
    for (width, height) in [(80, 24), (40, 12)] {
        let mut stage = beginning(width, height);
        stage.keys("Enter PgDn v");
        let (last, row) = (stage.last_row(), 3);
        let said = |stage: &Stage| stage.screen().contains("no picture is in sight");
        assert!(said(&stage), "{}", stage.screen());
        // It stands in the line of air above the keys, where there is one.
        let text = usize::from(last - u16::from(height > 12));
        let above = |stage: &Stage| stage.screen().lines().take(text).map(str::to_owned).collect::<Vec<_>>();
        let before = above(&stage);
        stage.click_at(width - 1, row);
        assert!(!said(&stage), "{}", stage.screen());
        assert_eq!(above(&stage), before);
        assert!(stage.screen().contains("? help"), "{}", stage.screen());
        stage.keys("v").click_at(0, last);
        assert!(!said(&stage), "on itself: {}", stage.screen());
    }
    let mut stage = beginning(80, 24);
    stage.message(Message::Go(Destination::Check(0)));
    stage.keys("Enter");
    assert!(stage.screen().contains("nothing is chosen yet"), "{}", stage.screen());
    stage.click_at(79, 18);
    assert!(!stage.screen().contains("nothing is chosen yet"), "{}", stage.screen());
    stage.keys("Enter").click("Type it in");
    assert!(stage.screen().contains("(•) Type it in"), "it does what it hits: {}", stage.screen());
    assert!(!stage.screen().contains("nothing is chosen yet"), "{}", stage.screen());
}

/// A drag marked nothing, and nothing said why.
#[test]
fn the_help_says_how_text_is_copied() {
    for (width, height) in [(80, 24), (40, 12)] {
        let says = |config: &Config| {
            let unknown = TestWorld::unknown(course_with_everything());
            let world = TestWorld { person: Some(ada()), ..unknown };
            let mut stage = Stage::configured(width, height, world, config);
            stage.keys("?").read_through();
            stage.screen().contains("hold Shift")
        };
        let mouse_is_left = Config { mouse: Mouse::Off, ..Config::default() };
        assert!(
            says(&Config::default()) && !says(&mouse_is_left),
            "where the mouse is the terminal's, it marks"
        );
    }
}

/// Bookmarks, notes, the list of links, what words mean, the correction and the further run had no place to click but a line of the
/// help, of which nothing said that it was one.
#[test]
fn what_has_no_room_in_the_last_line_is_clicked_in_the_help_which_says_so() {
    let check = |width: u16, height: u16, script: &str, line: &str, then: &str| {
        let mut stage = Stage::new(width, height, course_with_everything());
        stage.keys(script);
        let before = stage.screen();
        stage.click("? help");
        assert!(stage.screen().contains("a click on one does it"), "{}", stage.screen());
        for _ in 0..60 {
            if stage.screen().contains(line) {
                break;
            }
            stage.wheel(MouseEventKind::ScrollDown);
        }
        stage.click(line).work();
        assert!(!stage.screen().contains("a click on one does it"), "{line}: {}", stage.screen());
        assert_ne!(stage.screen(), before, "{line}");
        assert!(stage.screen().contains(then), "{line}: {}", stage.screen());
    };
    for (width, height) in [(80, 24), (40, 12), (120, 40)] {
        check(width, height, "Enter", "bookmark the", "M: the list");
        check(width, height, "Enter", "write a note", "note");
        check(width, height, "Enter m j", "your bookmarks", "");
        check(width, height, "Enter", "list of links", "Enter open");
        check(width, height, "Enter", "what the words", "");
        check(width, height, "", "your bookmarks", "");
        check(width, height, "", "correct your name", "correction");
        check(width, height, "", "take the course", "");
    }
    // Where there is room, they stand in the last line.
    let mut stage = Stage::new(120, 40, course_with_everything());
    assert!(stage.screen().contains("Esc quit  M notes  e name"), "{}", stage.screen());
    stage.keys("Enter");
    assert!(stage.screen().contains("m mark  a note  M notes  w words  l link list"), "{}", stage.screen());
}

#[test]
fn lines_of_the_help_do_what_their_key_does() {
    for (width, height) in [(80, 24), (40, 12)] {
        let mut stage = Stage::new(width, height, small_course());
        stage.keys("Enter");
        let pressed = stage.model.message_for(&Event::Key(KeyCode::Char('t').into()), &Vec::new());
        assert!(pressed.is_some());
        stage.keys("?");
        for _ in 0..60 {
            if stage.screen().contains("headings of") {
                break;
            }
            stage.keys("Down");
        }
        stage.click("headings of");
        assert!(stage.model.overlay().is_none(), "{}", stage.screen());
        assert!(stage.screen().contains("Enter go there"), "the headings are there: {}", stage.screen());
    }
    // A line about what is typed is about no key alone.
    let mut stage = Stage::new(80, 24, small_course());
    stage.keys("e F1").click("goes into");
    assert!(stage.screen().contains("goes into"), "{}", stage.screen());
}

/// The last line's words could be clicked, and those in the box could not.
#[test]
fn the_keys_that_a_box_names_are_clicked_in_its_words() {
    for (width, height) in [(80, 24), (40, 12)] {
        let asking = || {
            let mut stage = Stage::new(width, height, course_with_everything());
            let address = Box::new(Address::read("https://example.org/"));
            stage.message(Message::AskToOpen(address));
            stage
        };
        let mut stage = asking();
        stage.click("y opens");
        assert_eq!(stage.world.opened, ["https://example.org/"], "{}", stage.screen());
        let mut stage = asking();
        stage.click("copies,");
        assert_eq!(stage.session.copied, ["https://example.org/"], "{}", stage.screen());
        assert!(stage.screen().contains("address copied if the terminal can"), "{}", stage.screen());
        let mut stage = asking();
        stage.click("closes.");
        assert!(stage.model.overlay().is_none(), "{}", stage.screen());
        let mut stage = asking();
        stage.click("copy this");
        assert!(stage.model.overlay().is_some() && stage.session.copied.is_empty(), "{}", stage.screen());
    }
}

/// A click beside the keys and the settings did nothing, and one beside a note closed it.
#[test]
fn a_click_beside_a_box_leaves_it_as_esc_does() {
    let address = || Message::AskToOpen(Box::new(Address::read("https://example.org/")));
    for (width, height) in [(80, 24), (40, 12), (120, 40)] {
        for open in [Message::Help, Message::Settings, address(), Message::AskToGiveUp(Typed::Correction)] {
            let mut stage = Stage::new(width, height, course_with_everything());
            let before = stage.screen();
            stage.message(open.clone());
            assert!(stage.model.overlay().is_some());
            let screen = stage.screen();
            let rows: Vec<&str> = screen.lines().collect();
            let top = rows.iter().position(|row| row.contains('┌')).expect("a box");
            let row = u16::try_from(top).expect("a low screen");
            stage.click_at(width / 2, row);
            assert_eq!(stage.screen(), screen, "on it");
            stage.click_at(0, 0);
            assert_eq!(stage.screen(), before, "beside it: {open:?}");
            assert!(stage.world.opened.is_empty());
        }
        // What somebody types is not given up by a slip.
        let mut stage = Stage::new(width, height, course_with_everything());
        stage.model.ask_for_passphrase(None);
        stage.keys("'abc'");
        stage.click_at(0, 0);
        assert!(matches!(stage.model.overlay(), Some(Overlay::Passphrase { .. })), "{}", stage.screen());
    }
}

#[test]
fn a_click_into_a_text_that_is_typed_goes_to_its_place() {
    let check = |mut stage: Stage, keys: &str, at: &str, then: &str| {
        stage.keys(keys).work().click(at).keys("'!'");
        assert!(stage.screen().contains(then), "{keys}: {}", stage.screen());
    };
    for (width, height) in [(80, 24), (40, 12)] {
        let stage = || Stage::new(width, height, course_with_everything());
        check(stage(), "/ 'abcdef'", "def", "abc!def");
        check(stage(), "Enter / 'abcdef'", "def", "abc!def");
        check(stage(), "Enter / Tab 'abcdef'", "def", "abc!def");
        check(stage(), "Enter a 'abcdef'", "def", "abc!def");
        // Another field than the one with the focus.
        check(stage(), "e Tab", "Lovelace", "Ada !Love");
        check(Stage::first_start(width, height, small_course()), "'abcdef' Tab", "def", "abc!def");
        let mut policy = ready_for_the_policy(width, height);
        policy.message(Message::Go(Destination::Policy));
        policy.read_through().keys("Enter");
        check(policy, "'abcdef'", "def", "abc!def");
        // Behind what was typed is its end.
        let mut behind = stage();
        let row = behind.keys("/ 'abc' Home").screen().lines().position(|row| row.contains("course / "));
        let row = row.and_then(|row| u16::try_from(row).ok()).expect("a row for the words");
        behind.click_at(20, row).keys("'!'");
        assert!(behind.screen().contains("abc!"), "{}", behind.screen());
    }
}

#[test]
fn the_signs_that_there_is_more_are_clicked() {
    let mut stage = Stage::new(40, 12, course_with_everything());
    stage.keys("?");
    let first = stage.screen();
    stage.click("↓─┘");
    assert_ne!(stage.screen(), first);
    let mut stage = ready_for_the_assessment(40, 12);
    stage.message(Message::Go(Destination::Assessment));
    let first = stage.screen();
    let row = |sign: char| {
        move |screen: &str| {
            let row = screen.lines().position(|line| line.chars().nth(39) == Some(sign));
            u16::try_from(row.unwrap_or_else(|| panic!("no {sign}: {screen}"))).expect("low")
        }
    };
    stage.click_at(39, row('↓')(&first));
    let next = stage.screen();
    assert_ne!(next, first);
    stage.click_at(39, row('↑')(&next));
    assert_eq!(stage.screen(), first);
}

/// One did nothing, and the other put the focus into the field beside it.
#[test]
fn the_signs_beside_a_form_show_the_rest_of_it() {
    for (width, height) in [(40, 12), (60, 14)] {
        let mut stage = Stage::first_start(width, height, small_course());
        let first = stage.screen();
        stage.click_at(width - 1, stage.last_row() - 1);
        assert_ne!(stage.screen(), first);
        let further = stage.screen();
        stage.click("↑");
        assert_eq!(stage.screen(), first, "{further}");
    }
}

/// Both only took the words away.
#[test]
fn the_keys_that_sentences_name_are_clicked() {
    for place in [Destination::Lesson(0), Destination::Check(0)] {
        let greeted = || {
            let mut stage = beginning(80, 24);
            stage.message(Message::Go(place));
            stage.keys(if place == Destination::Lesson(0) { "PgDn" } else { "1" });
            let stage = stage.restart();
            assert!(stage.screen().contains("you go on here"), "{}", stage.screen());
            stage
        };
        let mut stage = greeted();
        stage.click("Settings: F9");
        assert!(matches!(stage.model.overlay(), Some(Overlay::Settings(_))), "{}", stage.screen());
        let mut stage = greeted();
        stage.click("the course");
        assert!(matches!(stage.model.screen(), Some(Screen::Course(_))), "{}", stage.screen());
    }
    let mut stage = beginning(80, 24);
    stage.click("Settings: F9");
    assert!(matches!(stage.model.overlay(), Some(Overlay::Settings(_))), "{}", stage.screen());
    let mut stage = Stage::first_start(80, 24, small_course());
    stage.click("Settings: F9");
    assert!(matches!(stage.model.overlay(), Some(Overlay::Settings(_))), "{}", stage.screen());
}

/// They stood there and nothing came of a click, and one beside the help left it open.
#[test]
fn the_help_about_the_passphrase_is_clicked() {
    for (width, height) in [(80, 24), (120, 40)] {
        let helped = || {
            let mut stage = Stage::new(width, height, course_with_everything());
            stage.model.ask_for_passphrase(None);
            stage.keys("'abc' F1");
            assert!(stage.screen().contains("closes this help"), "{}", stage.screen());
            stage
        };
        for at in ["Esc closes", "this help", "Welcome", "┌"] {
            let mut stage = helped();
            match at {
                "Welcome" => stage.click_at(0, 0),
                at => stage.click(at),
            };
            assert_eq!(stage.screen().contains("closes this help"), at == "┌", "{at}: {}", stage.screen());
            assert!(stage.screen().contains("> •••"), "{at}: {}", stage.screen());
        }
        let mut stage = helped();
        stage.click("signs,");
        assert!(!stage.screen().contains("closes this help"), "{}", stage.screen());
        let mut stage = helped();
        stage.click("Ctrl-U");
        assert!(!stage.screen().contains("> •"), "{}", stage.screen());
        // No word is typed by a click on it.
        let mut stage = helped();
        stage.click("a second").click("If you");
        assert!(!stage.screen().contains("> ••••"), "{}", stage.screen());
    }
}

/// On a narrow screen the way to the whole course went away with the first letter.
#[test]
fn a_search_goes_to_the_whole_course_and_back_by_clicks() {
    for (width, height) in [(80, 24), (57, 12), (56, 12), (40, 12)] {
        let mut stage = Stage::new(width, height, course_with_everything());
        stage.keys("Enter / 'zebra'").work();
        let in_text = stage.screen();
        assert!(in_text.contains("not found"), "{in_text}");
        stage.click("course").work();
        let in_course = stage.screen();
        assert!(in_course.contains("course / zebra"), "{in_course}");
        stage.click("course / ");
        assert_eq!(stage.screen(), in_text, "from {in_course}");
        // The words have room all the same.
        stage.keys("Ctrl-U 'Words that'").work();
        assert!(stage.screen().contains("Words that"), "{}", stage.screen());
    }
}

/// With a key of a longer name there was no word to click on some screens; with blanks alone two more stood before it.
#[test]
fn the_whole_course_is_a_click_away_whatever_its_key_is_called() {
    let typed = |width: u16, script: &str| {
        let config =
            config::read("config.ron", br#"(keys: (scope: ["Shift-Tab"]))"#, &tables::actions()).config;
        let mut world = TestWorld::unknown(course_with_everything());
        world.person = Some(ada());
        let mut stage = Stage::configured(width, 24, world, &config);
        stage.keys("Enter").keys(script).work();
        stage
    };
    for width in 46..90 {
        let mut stage = typed(width, "/ 'zebra'");
        stage.click("Shift-Tab: ").work();
        assert!(stage.screen().contains("course / zebra"), "{width}: {}", stage.screen());
    }
    let key =
        |script: &str| typed(80, script).screen().lines().rev().find_map(|line| line.find("Shift-Tab:"));
    assert!(key("/").is_some());
    assert_eq!(key("/"), key("/ Space"));
}

/// Nothing came of a click on one.
#[test]
fn the_signs_beside_a_text_open_their_notes() {
    for (width, height) in [(80, 24), (40, 12)] {
        let mut stage = beginning(width, height);
        stage.keys("Enter PgDn m PgDn a 'my note' Enter");
        stage.click("◆");
        assert!(stage.screen().contains("my note"), "{}", stage.screen());
        stage.keys("Esc PgUp").click("◇").keys("'another' Enter");
        assert!(stage.screen().contains('◆'), "{}", stage.screen());
    }
}

/// Eleven headings stood in ten rows, and nothing said so.
#[test]
fn the_signs_that_there_are_more_headings_are_clicked() {
    let mut files = (*small_course().files).clone();
    let sections = "## A section\n\nWords.\n\n".repeat(14);
    files.insert(
        "lessons/1.md".to_owned(),
        format!("# One\n\n{sections}## The browser inside\n\nIt.\n").into_bytes(),
    );
    let course = std::sync::Arc::new(crate::course::parse(files).expect("no faults"));
    let mut stage = Stage::new(40, 12, course);
    stage.keys("Enter t");
    let first = stage.screen();
    assert!(!first.contains('↑') && !first.contains("browser inside"), "{first}");
    stage.click("↓");
    let last = stage.screen();
    assert!(last.contains("browser inside") && !last.contains('↓'), "{last}");
    stage.click("↑");
    assert_eq!(stage.screen(), first, "from {last}");
}
