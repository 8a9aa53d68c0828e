//! Bookmarks and notes, said and typed.

use countersign::clock::Timestamp;
use countersign::plain::Ended;
use countersign::training::{Seen, Sight, Text, World as _};

use crate::course::course;
use crate::talk::{parts, talk};
use crate::world::MadeUp;

const INTRODUCTION: [&str; 5] = ["Ada Example", "0042", "", "", ""];

fn begun() -> MadeUp {
    let mut world = MadeUp::new(&course());
    let (_, ended) = talk(&mut world, 72, &INTRODUCTION);
    assert!(matches!(ended, Ok(Ended::InputEnded)), "{ended:?}");
    world
}

/// What is said to `script`, from the first typed line on.
fn said(world: &mut MadeUp, script: &[&str]) -> String {
    let (said, ended) = talk(world, 72, script);
    assert!(ended.is_ok(), "{ended:?}");
    let begin = said.find("> ").expect("something was typed");
    said[begin..].to_owned()
}

/// What was answered to a line, up to the next question.
fn answer(said: &str, line: &str) -> String {
    let (_, rest) =
        said.split_once(&format!("> {line}\n")).unwrap_or_else(|| panic!("{line} was typed: {said}"));
    let end = rest.find("\n> ").unwrap_or(rest.len());
    let paragraph = rest[..end].split("\n\n").next().unwrap_or_default();
    paragraph.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn notes(world: &MadeUp) -> Vec<String> {
    world.progress().bookmarks.into_iter().map(|bookmark| bookmark.note).collect()
}

#[test]
fn a_page_is_marked_and_noted_and_found_again() {
    let mut world = begun();
    let script =
        ["lines 8", "read 1", "bookmark", "next", "note Ask EVE about 2", "notes", "notes 1", "return"];
    insta::assert_snapshot!(said(&mut world, &script), @r#"
    > lines 8
    A page has at most 8 lines from now on.

    Press Enter to read lesson 1, What apps collect, or type help.
    > read 1

    Lesson 1 of 2. State: not started.

    Title: What apps collect

    Apps take more than they need. See the source (link 1).

    Page 1 of 3. Press Enter for the next page.
    > bookmark
    Saved: this page is bookmarked. It is for you alone, and never part of
    your completion record.

    Page 1 of 3. Press Enter for the next page.
    > next

    Heading: The lists

    Table, 2 rows. Columns: Data; Collected.
    Row 1 of 2. Data: Phone book; Collected: if you allow it
    Row 2 of 2. Data: Battery; Collected: yes
    End of table.

    Note: Policies say what may be taken, not what was taken.

    Page 2 of 3. Press Enter for the next page.
    > note Ask EVE about 2
    Saved as note 2: “Ask EVE about 2”.

    Page 2 of 3. Press Enter for the next page.
    > notes
    1 bookmark and 1 note, for you alone. All of it stays on this device and
    is never part of your record.
    1. Lesson 1: What apps collect.
    2. Lesson 1: What apps collect, section The lists.
    Note 2: Ask EVE about 2.
    Type notes 1 to go to the first one, notes change 1 and other words,
    notes remove 1 to take it away, or notes export to write all of them to
    a file.

    Page 2 of 3. Press Enter for the next page.
    > notes 1

    Lesson 1 of 2. State: begun, 74 percent read.

    Title: What apps collect

    Apps take more than they need. See the source (link 1).

    You have bookmarked this page.

    Page 1 of 3. Press Enter for the next page. Type return to go back to
    where you came from.
    > return

    Lesson 1 of 2: What apps collect. State: begun, 74 percent read.

    Heading: The lists

    Table, 2 rows. Columns: Data; Collected.
    Row 1 of 2. Data: Phone book; Collected: if you allow it
    Row 2 of 2. Data: Battery; Collected: yes
    End of table.

    Note: Policies say what may be taken, not what was taken.

    Your note on this page: Ask EVE about 2.

    Page 2 of 3. Press Enter for the next page.

    The input has ended. Everything said to be saved is safe. Goodbye.
    "#);
    assert_eq!(notes(&world), ["", "Ask EVE about 2"]);
}

#[test]
fn they_are_changed_taken_away_and_written_to_a_file_anywhere() {
    let mut world = begun();
    let script = [
        "bookmark",
        "note nothing is read",
        "notes",
        "notes export",
        "notes 1",
        "read 2",
        "note one",
        "notes change 1 two",
        "check 1",
        "notes export",
        "notes remove 2",
        "notes remove 1",
        "notes",
    ];
    let said = said(&mut world, &script);
    let nothing = "Nothing is kept: bookmarks and notes belong to the pages of a text, and none is read here. Open one first, such as with: read 1";
    assert_eq!(answer(&said, "bookmark"), nothing);
    assert_eq!(answer(&said, "note nothing is read"), nothing);
    assert_eq!(answer(&said, "notes export"), "There are no bookmarks and notes to be written.");
    assert_eq!(answer(&said, "notes 1"), "There are no bookmarks and notes yet.");
    assert_eq!(
        answer(&said, "note one"),
        "Saved as note 1: “one”. It is kept with this page. It is for you alone, and never part of your completion record."
    );
    assert_eq!(answer(&said, "notes change 1 two"), "Saved: note 1 is “two” now.");
    assert_eq!(answer(&said, "notes remove 2"), "There is no number 2. Type notes to hear numbers 1 to 1.");
    assert_eq!(
        answer(&said, "notes remove 1"),
        "Saved: note 1 is taken away. It said: two. Type put back to have it again."
    );
    assert!(said.contains(
        "Saved: your bookmarks and notes are this file, for you alone:\n/documents/small-notes.md"
    ));
    let files = world.files.borrow();
    let (_, page) = files.iter().find(|(name, _)| name == "small-notes.md").expect("it was written");
    let page = String::from_utf8(page.clone()).expect("UTF-8");
    assert!(page.contains("## Lesson 2: ") && page.contains("\n\ntwo\n\n"), "{page}");
    drop(files);
    assert!(notes(&world).is_empty());
}

#[test]
fn the_same_word_marks_a_page_and_takes_the_mark_away_but_no_note() {
    let mut world = begun();
    let said = said(&mut world, &["read 2", "bookmark", "Bookmark", "note mine", "/bookmark", "notes 1"]);
    assert_eq!(
        answer(&said, "Bookmark"),
        "Saved: the bookmark of this page is taken away. Type put back to have it again."
    );
    assert_eq!(
        answer(&said, "/bookmark"),
        "Your note on this page bookmarks it already. Type notes to hear its number."
    );
    assert!(said.contains("\nYour note on this page: mine.\n"), "{said}");
    assert_eq!(notes(&world), ["mine"]);
}

/// One page had two entries with the same words.
#[test]
fn a_note_on_a_page_that_is_bookmarked_is_the_note_of_that_bookmark() {
    let mut world = begun();
    let said = said(&mut world, &["read 1", "bookmark", "note mine", "note another"]);
    assert!(
        answer(&said, "note mine").starts_with("Saved as note 1, in place of the bookmark: “mine”."),
        "{said}"
    );
    assert_eq!(notes(&world), ["mine", "another"]);
}

#[test]
fn where_free_text_is_expected_a_note_is_an_answer() {
    let mut world = begun();
    let mut training = world.training().expect("introduced");
    let now = Timestamp::from_unix(1_800_000_100).expect("in range");
    for text in [Text::Lesson(0), Text::Lesson(1)] {
        let frontier = training.frontier(text).expect("a lesson").after(Sight::WHOLE);
        let changes = training.read(text, Seen { place: 0, frontier, active_seconds: 1 }, now);
        world.save(&changes).expect("a store in memory");
    }
    // The gap of the check takes words.
    let said = said(&mut world, &["check 1", "2 sure", "", "1", "note that", "/notes", "repeat"]);
    assert!(!notes(&world).contains(&"that".to_owned()), "{said}");
    assert!(!said.contains("Nothing is kept"), "{said}");
    assert!(said.contains("There are no bookmarks and notes yet."), "{said}");
}

#[test]
fn what_cannot_be_written_is_said_and_nothing_is_lost() {
    let mut world = begun();
    let (_, ended) = talk(&mut world, 72, &["read 2", "note kept"]);
    assert!(ended.is_ok(), "{ended:?}");
    world.faults.set(1);
    let said = said(&mut world, &["notes export"]);
    assert!(said.contains("Not written: no space left"), "{said}");
    assert_eq!(notes(&world), ["kept"]);
}

/// After a change the numbers that were heard named others, and what was taken away then was gone for good.
#[test]
fn numbers_stay_when_a_note_is_changed_and_what_is_taken_away_can_be_put_back() {
    let mut world = begun();
    let script = [
        "put back",
        "read 2",
        "note b first",
        "note a second",
        "note c third",
        "notes change 1 b first, better",
        "notes remove 2",
        "notes remove 1",
        "put back",
        "undo",
        "Put  Back",
    ];
    let said = said(&mut world, &script);
    let nothing =
        "There is nothing to be put back: of what was taken away since you came, nothing is missing.";
    assert_eq!(answer(&said, "put back"), nothing);
    assert!(answer(&said, "notes remove 2").contains("It said: a second."), "{said}");
    assert!(answer(&said, "notes remove 1").contains("It said: b first, better."), "{said}");
    assert!(said.contains("Saved: the note is back as number 1. It says: b first, better."), "{said}");
    assert_eq!(answer(&said, "undo"), "Saved: the note is back as number 2. It says: a second.");
    assert_eq!(answer(&said, "Put  Back"), nothing);
    assert_eq!(notes(&world), ["b first, better", "a second", "c third"]);
    // It was said to be back, and had been all the time.
    let twice =
        parts(&talk(&mut begun(), 1000, &["read 2", "bookmark", "bookmark", "bookmark", "put back"]).0);
    assert!(twice.last().is_some_and(|last| last.starts_with(nothing)), "{twice:?}");
    // Of two that say the same, the one that is taken away is missing.
    let script = ["read 2", "note same", "note same", "notes remove 1", "put back"];
    let same = parts(&talk(&mut begun(), 1000, &script).0);
    let back = "Saved: the note is back as number ";
    assert!(same.last().is_some_and(|last| last.starts_with(back)), "{same:?}");
}

/// The bookmark was gone with the note that had been written in its place, and nothing said so; and all were bookmarks and notes.
#[test]
fn whoever_takes_a_note_away_hears_that_the_page_is_not_bookmarked_any_more() {
    let script = [
        "lines 8",
        "read 1",
        "bookmark",
        "note one",
        "note two",
        "notes",
        "notes remove 1",
        "notes remove 1",
        "bookmark",
        "notes",
        "note three",
        "contents",
        "notes remove 1",
    ];
    let heard = parts(&talk(&mut begun(), 1000, &script).0);
    let gone = "This page is not bookmarked any more.";
    assert!(heard[3].starts_with("Saved as note 1, in place of the bookmark: “one”."), "{heard:?}");
    assert!(heard[5].starts_with("2 notes, for you alone"), "{heard:?}");
    assert!(heard[6].contains("It said: one. Type put back"), "{heard:?}");
    assert!(heard[7].contains(&format!("It said: two. {gone} Type put back")), "{heard:?}");
    assert!(heard[9].starts_with("1 bookmark, for you alone"), "{heard:?}");
    assert!(heard[12].contains("It said: three. Type put back"), "{heard:?}");
}
