//! The signs of notes in a text, said or left out.

use std::sync::Arc;

use countersign::config::Setting;
use countersign::course::{self, Course};

use crate::course::files;
use crate::talk::{parts, talk};
use crate::world::MadeUp;

const INTRODUCTION: [&str; 5] = ["Ada Example", "0042", "", "", ""];

const LESSON: &str = "# Two\n\nIt was so.[^F002][^7] And it is so.[^F002]\n\n## More\n\nNobody says otherwise.\n\n\
    ## Sources\n\n[^F002]: [The page](https://example.org/s), 2026\n[^7]: Ours\n";

fn world(course: &Arc<Course>) -> MadeUp {
    let mut world = MadeUp::new(course);
    drop(talk(&mut world, 40, &INTRODUCTION));
    world
}

fn small() -> MadeUp {
    let mut files = files();
    files.insert("lessons/2.md".to_owned(), LESSON.into());
    world(&Arc::new(course::parse(files).expect("a course without faults")))
}

#[test]
fn whoever_wants_no_signs_of_notes_hears_the_sources_when_they_ask() {
    let mut world = small();
    let script = [
        "lines 3",
        "read 2",
        "set notes off",
        "sources",
        "return",
        "note F002",
        "next",
        "sources",
        "settings",
        "set notes on",
    ];
    let (said, _) = talk(&mut world, 40, &script);
    insta::assert_snapshot!(said[said.find("> read 2").expect("typed")..].to_owned(), @r"
    > read 2

    Lesson 2 of 2. State: not started.

    Title: Two

    Page 1 of 5. Press Enter for the next
    page.
    > set notes off
    Signs of notes are left out of texts.
    This is kept.

    Title: Two

    It was so. And it is so.

    Page 1 of 4. Press Enter for the next
    page. For the 2 sources of this page,
    type sources.
    > sources
    This page has 2 sources:
    Note F002: The page (link 1), 2026
    Note 7: Ours
    To hear at which words they stand, type
    set notes on.

    Page 1 of 4. Press Enter for the next
    page. For the 2 sources of this page,
    type sources.
    > return
    You are still on page 1 of lesson 2.

    Page 1 of 4. Press Enter for the next
    page. For the 2 sources of this page,
    type sources.
    > note F002
    Note F002: The page (link 1), 2026

    Page 1 of 4. Press Enter for the next
    page. For the 2 sources of this page,
    type sources.
    > next

    Heading: More

    Nobody says otherwise.

    Saved: lesson 2 counts as read.

    Page 2 of 4. Press Enter for the next
    page, which has sources alone, or type
    read 1 to pass over them.
    > sources
    This page has no sources. Those of the
    whole text begin on page 3.

    Page 2 of 4. Press Enter for the next
    page, which has sources alone, or type
    read 1 to pass over them.
    > settings
    Lines of a page: 3 for now, 20 from the
    next start on. To change: set lines 10.
    Columns of a line: 40 for now, at most
    72 from the next start on. To change:
    set width 40.
    Signs of notes are left out of texts. To
    change: set notes on.
    Courses open on the full screen where
    nothing asks for line by line. To
    change: set face linear.

    Page 2 of 4. Press Enter for the next
    page, which has sources alone, or type
    read 1 to pass over them.
    > set notes on
    Signs of notes are said where they stand
    in a text. This is kept.

    Heading: More

    Nobody says otherwise.

    Page 3 of 5. Press Enter for the next
    page, which has sources alone, or type
    read 1 to pass over them.

    The input has ended. Everything said to
    be saved is safe. Goodbye.
    ");
    let kept = world.shelf.kept.borrow().clone();
    assert_eq!(kept, [(Setting::NoteSigns, "off".to_owned()), (Setting::NoteSigns, "on".to_owned())]);
    assert!(said.lines().all(|line| line.chars().count() <= 40), "{said}");
}

#[test]
fn sources_are_heard_with_their_signs_too_and_elsewhere_it_is_said_where() {
    let (said, _) = talk(&mut small(), 1000, &["sources", "read 2", "sources", "read 1", "sources"]);
    let heard = parts(&said);
    assert!(heard[0].starts_with("That is for a text"), "{said}");
    assert!(
        heard[2]
            .starts_with("This page has 2 sources:\nNote F002: The page (link 1), 2026\nNote 7: Ours\n\n"),
        "{said}"
    );
    assert!(heard[4].starts_with("This text has no sources."), "{said}");
}

/// A text, from the first of its pages to the last, without what is said between them.
fn heard(world: &mut MadeUp, number: usize, set: &str) -> String {
    let read = format!("read {number}");
    let (said, _) = talk(world, 1000, &["lines 1000", set, &read, "page 1", "all"]);
    let parts = parts(&said);
    let text = |part: &str| part.rsplit_once("\n\n").map_or(String::new(), |(text, _)| text.to_owned());
    format!("{}\n\n{}", text(&parts[3]), text(&parts[4]))
}

/// The text without the signs of notes.
fn without_signs(text: &str) -> String {
    let mut parts = text.split(" (note");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once(')').map_or("", |(_, rest)| rest))
}

#[test]
fn nothing_but_the_signs_is_left_out_of_the_bundled_course() {
    let course = Arc::new(course::parse(course::embedded()).expect("the bundled course has no faults"));
    let count = course.modules.len();
    let mut world = world(&course);
    for number in 1..=count {
        let said = heard(&mut world, number, "set notes on");
        let quiet = heard(&mut world, number, "set notes off");
        assert!(said.matches(" (note").count() >= 10, "{number}: {said}");
        assert_eq!(quiet, without_signs(&said), "{number}");
        assert!(!["()", " .", " ,"].iter().any(|gap| quiet.contains(gap)), "{number}: {quiet}");
    }
}

/// Whoever was at the sources was told that there are none.
#[test]
fn the_list_of_the_sources_says_what_it_is() {
    let (said, _) = talk(
        &mut small(),
        1000,
        &["lines 3", "read 2", "page 4", "sources", "lines 90", "read 2", "sources"],
    );
    let heard = parts(&said);
    assert!(heard[3].starts_with("This page belongs to the list of the sources itself."), "{heard:#?}");
    assert!(heard[6].starts_with("This page has 2 sources:"), "{heard:#?}");
}
