//! Commands before it is known who is learning, and the policy before it can be agreed to.

use countersign::plain::Ended;

use crate::course::course;
use crate::talk::{parts, talk};
use crate::world::MadeUp;

/// What is heard of `script` at the first start, and the name that is known then.
fn first(script: &[&str]) -> (String, Result<Ended, countersign::plain::PlainError>, Option<String>) {
    let mut world = MadeUp::new(&course());
    let (said, ended) = talk(&mut world, 72, script);
    let name = world.training().map(|training| training.learner().person.name.clone());
    (said.replace('\n', " "), ended, name)
}

#[test]
fn help_at_the_name_is_help_and_a_name_all_the_same_behind_an_equals_sign() {
    for help in ["help", "HELP", "/help", "?"] {
        let (said, _, name) = first(&[help, "Ada Example", help, "0042", help, "", "", ""]);
        assert_eq!(name.as_deref(), Some("Ada Example"), "{help}");
        for words in [
            "stands in your completion record",
            "tells you from others",
            "It is not needed",
            "such as: =Help",
        ] {
            assert!(said.contains(words), "{help}, {words}: {said}");
        }
    }
    // There is no question before the first one.
    assert!(!first(&["help"]).0.contains("back: the question before this one."));
    assert!(first(&["Ada Example", "help"]).0.contains("back: the question before this one."));
    for (typed, expected) in
        [("=Help", "Help"), ("= quit ", "quit"), ("Helper", "Helper"), ("=", "Bob"), ("/next", "Bob")]
    {
        let (said, _, name) =
            first(&[typed, if expected == "Bob" { "Bob" } else { "7" }, "7", "", "", "", ""]);
        assert_eq!(name.as_deref(), Some(expected), "{typed}: {said}");
    }
}

#[test]
fn help_before_the_key_is_made_says_what_will_happen_and_makes_none() {
    let (said, _, name) = first(&["Ada Example", "0042", "", "", "help"]);
    assert!(said.contains("Until then nothing is kept") && name.is_none(), "{said}");
    let (_, _, name) = first(&["Ada Example", "0042", "", "", "help", ""]);
    assert_eq!(name.as_deref(), Some("Ada Example"));
}

#[test]
fn quit_at_any_question_leaves_and_keeps_nothing() {
    for quit in ["quit", "Exit", "/quit", "q"] {
        let to_passphrase = &["Ada", "7", ""][..];
        let to_again = &["Ada", "7", "", "tea for two"];
        for before in [&[][..], &["Ada"], &["Ada", "7"], to_passphrase, to_again, &["Ada", "7", "", ""]] {
            let script = [before, &[quit]].concat();
            let (said, ended, name) = first(&script);
            assert!(matches!(ended, Ok(Ended::Quit)) && name.is_none(), "{script:?}: {said}");
            // It was said that everything said to be saved is safe.
            assert!(said.trim_end().ends_with("Nothing was kept. Goodbye."), "{script:?}: {said}");
        }
    }
}

/// A passphrase was the one question that nobody could leave, and `glossary` was taken for the first half of one.
#[test]
fn a_command_is_no_passphrase_unless_it_is_meant() {
    let passphrase_of = |typed: &[&str]| {
        let mut world = MadeUp::new(&course());
        let (said, _) = talk(&mut world, 72, &[&["Ada", "7", ""][..], typed].concat());
        (said.replace('\n', " "), world.passphrase)
    };
    let with_words =
        ["search work profile", "set lines 10", "ids off", "notes export", "open note 2", "set width"];
    for command in ["contents", "glossary", "/contents", "next", "read 3"].into_iter().chain(with_words) {
        let (said, passphrase) = passphrase_of(&[command, "", ""]);
        assert_eq!(passphrase, None, "{command}");
        assert!(said.contains("That is taken for a command, and does nothing here."), "{command}: {said}");
        assert!(said.contains("Saved: who you are."), "{command}: {said}");
    }
    for (typed, meant) in [
        ("=contents", "contents"),
        ("==contents", "=contents"),
        ("=/contents", "/contents"),
        ("=tea for two", "=tea for two"),
        ("/tea for two", "/tea for two"),
        ("read my lips", "read my lips"),
        ("=set width 40", "set width 40"),
        ("set the house on fire", "set the house on fire"),
        ("define my own words", "define my own words"),
        // The full screen keeps blanks at the ends, and nobody could sign in this face.
        ("tea for two ", "tea for two "),
        (" =tea for two", " =tea for two"),
        ("=contents ", "contents "),
    ] {
        let (said, passphrase) = passphrase_of(&[typed, typed, ""]);
        assert_eq!(passphrase.as_deref(), Some(meant), "{typed}: {said}");
    }
    let (said, _) = passphrase_of(&["help", "tea for two", "help"]);
    assert!(said.contains("cannot sign in your name without the passphrase"), "{said}");
    assert!(said.contains("it is the one that you meant"), "{said}");
    // Whether it is shown was said already: where it is, this was not true.
    assert!(!said.contains("although"), "{said}");
    // The full screen has no field for it, so a key that was made with it could not be used there.
    let (said, passphrase) = passphrase_of(&[&"a".repeat(1025), "tea for two", "tea for two", ""]);
    assert!(said.contains("Not taken: a passphrase has at most 1024 characters."), "{said}");
    assert_eq!(passphrase.as_deref(), Some("tea for two"));
    let (said, passphrase) = passphrase_of(&["help all", "", ""]);
    assert!(said.contains("cannot sign in your name") && passphrase.is_none(), "{said}");
    // Enter gave up without a word the one that was typed before, as it gives up no name.
    let twice = ["tea for two", "tea for two", "back", "", "", ""];
    let (said, passphrase) = passphrase_of(&[&twice[..], &["", ""]].concat());
    assert!(said.contains("or Enter for the one that you typed, or the word none."), "{said}");
    assert_eq!(passphrase.as_deref(), Some("tea for two"));
    assert_eq!(passphrase_of(&[&twice[..], &["none", ""]].concat()).1, None);
    let (said, passphrase) = passphrase_of(&["back", "ada@example.org", "tea for two", "back", "", ""]);
    assert!(said.contains("E-mail: ada@example.org.") && passphrase.is_none(), "{said}");
}

/// The advice was to type `=next`, which did nothing either.
#[test]
fn what_is_no_answer_before_the_key_is_made_leaves_the_question_standing() {
    let (said, _, name) = first(&["Ada", "7", "", "", "contents"]);
    assert_eq!(said.matches("Press Enter if this is right.").count(), 2, "{said}");
    assert!(!said.contains("=contents") && name.is_none(), "{said}");
    let (said, _, name) = first(&["Ada", "7", "", "", "next"]);
    assert_eq!(name.as_deref(), Some("Ada"), "{said}");
    let (said, _, name) = first(&["Ada", "7", "", "", "where", "/where"]);
    let place = "You are asked whether what you entered is right. The course begins";
    assert!(said.matches(place).count() == 2 && name.is_none(), "{said}");
    assert_eq!(said.matches("Press Enter if this is right.").count(), 3, "{said}");
    let (said, ..) = first(&["read 1"]);
    assert_eq!(said.matches("Your name, as it should stand in the record:").count(), 2, "{said}");
}

#[test]
fn who_cannot_sign_yet_is_told_what_comes_first_and_stays_where_they_are() {
    for (command, expected) in [
        ("sign", "There is nothing to sign yet. What comes first: read lesson 1, What apps collect."),
        ("export", "There is no certificate yet. What comes first: read lesson 1, What apps collect."),
        ("verify", "There is no certificate yet. What comes first: read lesson 1, What apps collect."),
        ("certificate", "There is no certificate yet. What comes first: read lesson 1, What apps collect."),
    ] {
        let (said, ..) = first(&["Ada", "7", "", "", "", "read 2", command]);
        let (_, after) = said.split_once(&format!("> {command}")).expect("it was typed");
        assert!(after.contains(expected), "{said}");
        assert!(!after.contains("Course:"), "it is no tour of the course: {said}");
    }
}

#[test]
fn a_policy_that_is_read_early_does_not_offer_what_cannot_be_done_yet() {
    let (said, _, _) = first(&["Ada", "7", "", "", "", "policy", "read", "agree", "next"]);
    let (_, said) = said.split_once("> policy").expect("it was typed");
    assert!(said.contains("Press Enter to hear how it stands with your agreement."), "{said}");
    assert!(!said.contains("hear the statement"), "{said}");
    assert_eq!(
        said.matches("The policy can be agreed to when the assessment is passed.").count(),
        3,
        "{said}"
    );
    assert!(!said.contains("Type agree"), "{said}");
}

#[test]
fn a_word_of_the_commands_is_nobodys_name_unless_it_is_meant() {
    let with_words =
        ["set lines 10", "Search Me", "submit again", "ids off", "set width 9999", "open note 2"];
    let words =
        ["next", "Next", "/next", "contents", "status", "read", "read 3", "notes", "glossary", "page 2"];
    for word in words.into_iter().chain(with_words) {
        let (said, _, name) = first(&[word, "Bob", "7", "", "", ""]);
        assert_eq!(name.as_deref(), Some("Bob"), "{word}: {said}");
        assert!(said.contains(&format!("To answer with it, type ={word}.")), "{word}: {said}");
    }
    for (typed, expected) in [
        ("=Next", "Next"),
        ("Open Heart", "Open Heart"),
        ("Read Mary", "Read Mary"),
        ("Page Larry", "Page Larry"),
        ("Mark Note", "Mark Note"),
        ("Set Lee", "Set Lee"),
        ("Note Smith", "Note Smith"),
        ("=set width 40", "set width 40"),
    ] {
        assert_eq!(first(&[typed, "7", "", "", ""]).2.as_deref(), Some(expected), "{typed}");
    }
}

/// Whoever needs shorter lines types so at once, and `set width 40` became the name.
#[test]
fn shorter_lines_are_had_at_the_first_question() {
    let lengths = |said: &str| said.lines().map(|line| line.chars().count()).max().unwrap_or_default();
    for (typed, is_kept_later) in [("width 40", false), ("/width 40", false), ("Set Width 40", true)] {
        let to_passphrase = &["Ada", "7", ""][..];
        let to_again = &["Ada", "7", "", "tea for two"];
        for before in [&[][..], &["Ada"], &["Ada", "7"], to_passphrase, to_again, &["Ada", "7", "", ""]] {
            let mut world = MadeUp::new(&course());
            let (said, _) = talk(&mut world, 72, &[before, &[typed], &["help"]].concat());
            let (_, after) = said.split_once(&format!("> {typed}")).expect("it was typed");
            assert!(lengths(after) <= 40, "{typed} after {before:?}: {said}");
            let after = after.replace('\n', " ");
            assert!(after.contains("Lines have at most 40 columns from now on."), "{said}");
            assert_eq!(after.contains("It is not kept for the next time yet"), is_kept_later, "{said}");
        }
    }
}

#[test]
fn back_is_the_question_before_this_one() {
    let (said, _, name) = first(&["back", "Ada Exampel", "back", "Ada Example", "42", "", "", ""]);
    assert!(said.contains("There is nothing before this question."), "{said}");
    assert_eq!(name.as_deref(), Some("Ada Example"), "{said}");
    let mut world = MadeUp::new(&course());
    let (said, _) = talk(&mut world, 72, &["Ada", "42", "back", "", "back", "back", "Eve", "43", "", "", ""]);
    let person = world.training().expect("introduced").learner().person.clone();
    assert_eq!((person.name.as_str(), person.number.as_str()), ("Eve", "43"), "{said}");
    assert!(said.contains("Your employee number, or Enter for 42:"), "{said}");
}

#[test]
fn a_name_that_nobody_can_read_is_none() {
    for unreadable in ["\u{2801}", "\u{3164}", "\u{200b}", "007", "-"] {
        let (said, _, name) = first(&[unreadable, "Ada", "\u{2801}", "7", "", "", ""]);
        assert_eq!(name.as_deref(), Some("Ada"), "{unreadable:?}: {said}");
        let hidden = said.contains("It has hidden characters: <U+");
        assert!(hidden || said.contains("A name has at least one letter that can be seen."), "{said}");
        assert!(said.contains("An employee number has at least one letter or digit"), "{said}");
    }
}

/// Cells of Braille without dots are blanks to everybody who reads a name.
#[test]
fn what_is_seen_as_blank_is_kept_as_blank() {
    let (said, _, name) = first(&["\u{2800}Ada\u{2800}Lovelace\u{2800}", "7", "", "", ""]);
    assert_eq!(name.as_deref(), Some("Ada Lovelace"), "{said}");
    let (said, _, name) = first(&["\u{2800}", "Ada", "7", "", "", ""]);
    assert_eq!(name.as_deref(), Some("Ada"), "{said}");
    assert!(said.contains("Your name is needed"), "{said}");
}

#[test]
fn whatever_else_is_typed_before_the_key_is_made_undoes_nothing() {
    let (said, _, name) = first(&["Ada", "7", "", "", "sure", "maybe", "yes"]);
    assert_eq!(name.as_deref(), Some("Ada"), "{said}");
    assert!(said.contains("“sure” is none of what can be typed here."), "{said}");
    assert_eq!(said.matches("Your name, as it").count(), 1, "{said}");
    for change in ["change", "back", "no"] {
        let (said, _, name) = first(&["Ada", "7", "", "", change, "Eve", "7", "", "", ""]);
        assert_eq!(name.as_deref(), Some("Eve"), "{change}: {said}");
    }
}

/// Whoever heard why a line was not taken did not hear what to type.
#[test]
fn after_a_line_that_cannot_be_taken_the_question_is_said_again() {
    let (said, _, name) = first(&["Ada\u{1b}[A", "Ada", "7\u{7}", "7", "", "", "\u{1b}[B", ""]);
    assert_eq!(said.matches("Your name, as it should stand in the record:").count(), 2, "{said}");
    assert_eq!(said.matches("Your employee number:").count(), 2, "{said}");
    assert_eq!(said.matches("Press Enter if this is right.").count(), 2, "{said}");
    assert_eq!(name.as_deref(), Some("Ada"));
}

/// The name that was typed before was thrown away without a word.
#[test]
fn back_at_the_first_question_gives_up_nothing() {
    let (said, _, name) = first(&["Ada", "back", "back", "", "7", "", "", ""]);
    assert!(said.contains("There is nothing before this question."), "{said}");
    assert_eq!(said.matches("or Enter for Ada:").count(), 2, "{said}");
    assert_eq!(name.as_deref(), Some("Ada"), "{said}");
}

/// It was none of what can be typed there, and nothing but entering it again said it once more.
#[test]
fn whoever_confirms_who_they_are_hears_it_again() {
    let mut world = MadeUp::new(&course());
    let (said, _) = talk(
        &mut world,
        1000,
        &["Ada", "7", "", "", "repeat", "/again", "help", "", "correct", "", "", "", "repeat"],
    );
    let heard = parts(&said);
    let who = "Name: Ada.\nEmployee number: 7.\nE-mail: none.\n";
    for index in [3, 4, 5, 11, 12] {
        assert!(heard[index].starts_with(who), "{index}: {heard:#?}");
    }
    assert_eq!(heard[3], heard[4], "how the key is kept belongs to it");
    assert!(heard[6].contains("\nrepeat, or again: hear this again.\n"), "{heard:#?}");
}
