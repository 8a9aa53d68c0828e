//! Settings said and changed.

use std::cell::Cell;

use countersign::config::Setting;
use countersign::plain::Width;

use crate::course::course;
use crate::talk::{listen_in, talk};
use crate::world::MadeUp;

fn introduced() -> MadeUp {
    let mut world = MadeUp::new(&course());
    drop(talk(&mut world, 72, &["Ada Example", "0042", "", "", ""]));
    world
}

#[test]
fn settings_are_said_changed_and_kept() {
    let mut world = introduced();
    let (said, _) =
        talk(&mut world, 72, &["settings", "set width 40", "set lines 7", "set face linear", "settings"]);
    assert!(said.contains("Columns of a line: 72. To change: set width 40."), "{said}");
    assert!(said.contains("Lines have at most 40 columns. This is\nkept."), "{said}");
    assert!(said.contains("Lines of a page: 7. To change: set lines\n10."), "{said}");
    assert!(said.contains("Courses open line by line."), "{said}");
    let kept = world.shelf.kept.borrow().clone();
    let value = |text: &str| text.to_owned();
    assert_eq!(
        kept,
        [
            (Setting::LineWidth, value("40")),
            (Setting::PageLines, value("7")),
            (Setting::Face, value("linear")),
        ]
    );
}

#[test]
fn what_cannot_be_kept_holds_and_is_said() {
    let mut world = introduced();
    world.shelf.full.set(true);
    let (said, _) = talk(&mut world, 72, &["set width 40", "set width 5", "set sail"]);
    let one_line = said.replace('\n', " ");
    assert!(one_line.contains("It is not kept for the next time: cannot write config.ron."), "{said}");
    assert!(one_line.contains("What to do: free some space."), "{said}");
    assert_eq!(one_line.matches("set width and a number from 10 to 1000").count(), 2, "{said}");
    assert!(
        said.lines().skip_while(|line| !line.contains("set width 40")).skip(1).all(|line| line.len() <= 40)
    );
}

thread_local! {
    /// How many columns the terminal has.
    static COLUMNS: Cell<usize> = const { Cell::new(72) };
}

/// Whoever enlarged the font had every line broken in the middle of words.
#[test]
fn lines_are_as_wide_as_the_terminal_is_when_they_are_said() {
    let mut world = introduced();
    // The columns while a line is typed, the line, and how wide what is said to it is at most.
    let script = [
        (40, "contents", 40),
        (100, "read 1", 72),
        (30, "repeat", 30),
        (35, "", 35),
        (100, "set width 60", 60),
        (100, "contents", 60),
        (25, "contents", 25),
        (90, "width 50", 50),
        (20, "contents", 50),
        // It was taken for 10 without a word.
        (90, "width 5", 10),
    ];
    let mut lines = script.iter();
    let (said, _) =
        listen_in(&mut world, Width::AtMost { most: 72, terminal: || Some(COLUMNS.get()) }, |_| {
            let (columns, line, _) = lines.next()?;
            COLUMNS.set(*columns);
            Some((*line).to_owned())
        });
    let answers: Vec<&str> = said.split("\n> ").skip(1).collect();
    assert_eq!(answers.len(), script.len(), "{said}");
    for ((columns, line, widest), answer) in script.iter().zip(answers) {
        let found = answer.lines().map(|line| line.chars().count()).max().unwrap_or_default();
        assert!(found <= *widest && found + 12 > *widest, "{line} at {columns}: {found} in {answer}");
    }
}
