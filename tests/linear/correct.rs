//! Correcting who one is.

use countersign::plain::Ended;
use countersign::training::World as _;

use crate::course::course;
use crate::talk::talk;
use crate::world::MadeUp;

fn begun() -> MadeUp {
    let mut world = MadeUp::new(&course());
    let (_, ended) = talk(&mut world, 72, &["Ada Exampel", "0042", "ada@example.org", "", ""]);
    assert!(matches!(ended, Ok(Ended::InputEnded)), "{ended:?}");
    world
}

/// What was said to `script`, and who the learner is then: name, number and e-mail.
fn said(script: &[&str]) -> (String, [String; 3]) {
    let mut world = begun();
    let (said, ended) = talk(&mut world, 72, script);
    assert!(ended.is_ok(), "{ended:?}");
    let person = world.reload().expect("introduced").learner().person.clone();
    (said, [person.name, person.number, person.email.unwrap_or_default()])
}

fn who(name: &str, number: &str, email: &str) -> [String; 3] {
    [name, number, email].map(str::to_owned)
}

#[test]
fn a_typo_is_mended() {
    let (said, person) = said(&["correct", "Ada Example", "", "", "", "status"]);
    assert_eq!(person, who("Ada Example", "0042", "ada@example.org"));
    let (_, heard) = said.split_once("> correct").expect("it was typed");
    let (heard, _) = heard.split_once("> status").expect("it was typed");
    insta::assert_snapshot!(heard, @r"

    Records that you sign from now on say who you are in these words. What
    is signed already stays as it is. To change nothing, type back.

    Your name, as it should stand in the record, or Enter for Ada Exampel:
    > Ada Example

    Your employee number, or Enter for 0042:
    > 

    Your e-mail address, or the word none, or Enter for ada@example.org:
    > 

    Name: Ada Example.
    Employee number: 0042.
    E-mail: ada@example.org.
    Press Enter to keep this. Type change to enter it again, or back to
    leave it as it was.
    > 
    Saved: who you are.

    Press Enter to read lesson 1, What apps collect, or type help.
    ");
}

#[test]
fn after_a_trouble_everything_can_be_entered_again() {
    let check = |faults: u32, script: &[&str], fine: bool, expected: [String; 3]| {
        let mut world = begun();
        world.faults.set(faults);
        let (said, ended) = talk(&mut world, 72, script);
        assert_eq!(ended.is_ok(), fine, "{script:?}: {ended:?}\n{said}");
        let person = world.reload().expect("introduced").learner().person.clone();
        assert_eq!([person.name, person.number, person.email.unwrap_or_default()], expected, "{script:?}");
        said
    };
    let as_it_was = || who("Ada Exampel", "0042", "ada@example.org");
    let eve = ["correct", "Bob", "7", "", "", "change", "Eve", "", "", ""];
    let said = check(1, &eve, true, who("Eve", "0042", "ada@example.org"));
    assert!(said.contains("Saved: who you are.") && !said.contains("Nothing was changed."), "{said}");
    check(2, &["correct", "Bob", "7", "", "", "", ""], true, who("Bob", "7", "ada@example.org"));
    let said =
        check(1, &["correct", "Bob", "7", "", "", "change", "", "", "", "back", "status"], true, as_it_was());
    assert!(said.contains("Nothing was changed."), "{said}");
    // What was not saved is no clean end.
    check(1, &["correct", "Bob", "7", "", "", "change", "Eve"], false, as_it_was());
    check(1, &["correct", "Bob", "7", "", "", "change", "quit"], false, as_it_was());
}

#[test]
fn what_is_said_about_an_answer_is_true_in_a_correction_too() {
    let (said, _) = said(&["correct", "help", "/status", "", "", "nobody", "none", ""]);
    // Lines may end anywhere.
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("or the word none.") && !said.contains("or Enter for none."), "{said}");
    assert!(!said.contains("nothing is kept") && !said.contains("known who you are"), "{said}");
}

/// Only the way out of the program was named to whoever typed something else, though another one leads back.
#[test]
fn whoever_types_a_command_hears_how_to_get_away_from_the_question() {
    let (said, _) = said(&["correct", "go 1", "help", "", "go 2", "help", "back", "back", "status"]);
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let taken = |line: &str, way: &str| {
        format!(
            "{line} is taken for a command, and does nothing here. To answer with it, type ={line}. {way}"
        )
    };
    assert!(said.contains(&taken("go 1", "To change nothing, type back. Your name")), "{said}");
    let before =
        "For the question before this one, type back. To leave the program, type quit. Your employee";
    assert!(said.contains(&taken("go 2", before)), "{said}");
    assert!(said.contains("back: change nothing. quit: leave;"), "{said}");
    assert!(said.contains("back: the question before this one. quit: leave;"), "{said}");
    assert!(said.contains("Nothing was changed."), "{said}");
    // At the very first question there is none before.
    let mut world = MadeUp::new(&course());
    let (said, _) = talk(&mut world, 1000, &["go 1"]);
    assert!(said.contains(&taken("go 1", "To leave, type quit.\n")), "{said}");
}

#[test]
fn an_address_can_be_taken_away_and_everything_left_as_it_was() {
    assert_eq!(said(&["correct", "", "", "none", ""]).1, who("Ada Exampel", "0042", ""));
    let as_it_was = who("Ada Exampel", "0042", "ada@example.org");
    for script in [
        &["correct", "Bob", "7", "", "back"][..],
        &["correct", "Bob", "7", "", "quit"],
        &["correct", "Bob"],
        &["correct", "Bob", "7", "", "change", "", "", "", ""],
    ] {
        assert_eq!(said(script).1, as_it_was, "{script:?}");
    }
    // Whatever else is typed there is asked about, and undoes nothing.
    assert_eq!(said(&["correct", "Bob", "7", "", "mend", "help", ""]).1, who("Bob", "7", "ada@example.org"));
    assert_eq!(said(&["correct", "back"]).1, as_it_was);
    assert_eq!(said(&["read 1", "correct", "Eve", "", "", "", ""]).1, who("Eve", "0042", "ada@example.org"));
}

/// It was gone without a word.
#[test]
fn what_was_typed_is_said_not_to_be_kept_where_one_leaves() {
    let told = "Who you are was not changed.";
    for script in [&["correct", "Ada Example", "quit"][..], &["correct", "Ada Example"]] {
        let (said, person) = said(script);
        assert!(said.contains(told), "{said}");
        assert_eq!(person, who("Ada Exampel", "0042", "ada@example.org"));
    }
    let (said, _) = said(&["correct", "Ada Example", "", "", "", "quit"]);
    assert!(!said.contains(told), "{said}");
}
