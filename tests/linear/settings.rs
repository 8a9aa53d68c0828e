//! Settings said and changed.

use countersign::config::Setting;

use crate::course::course;
use crate::talk::talk;
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
    assert!(said.contains("Lines of a page: 7. To change:\nset lines 10."), "{said}");
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

/// So many lines as no page can have were taken for fewer, without a word.
#[test]
fn what_is_out_of_range_is_said_with_the_range() {
    let (said, _) = talk(&mut introduced(), 72, &["lines 5000", "lines 1000", "lines 0", "width 5"]);
    assert_eq!(said.matches("A page can have 1 to 1000 lines. Nothing was changed.\n").count(), 2, "{said}");
    assert_eq!(said.matches("A page has at most 1000 lines from now on.\n").count(), 1, "{said}");
    assert!(said.contains("Lines can have 10 to 1000 columns. Nothing was changed.\n"), "{said}");
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

#[test]
fn one_line_is_one() {
    let (said, _) = talk(&mut introduced(), 1000, &["lines 1", "set lines 1"]);
    assert!(said.contains("A page has at most 1 line from now on."), "{said}");
    assert!(said.contains("A page has at most 1 line. This is kept."), "{said}");
}
