//! What a start says of what was left in its middle, and of what changed since.

use std::sync::Arc;

use countersign::course;

use crate::course::{course, files};
use crate::talk::talk;
use crate::world::MadeUp;

fn said(world: &mut MadeUp, script: &[&str]) -> String {
    let (said, ended) = talk(world, 400, script);
    assert!(ended.is_ok(), "{ended:?}");
    said
}

/// Somebody who said who they are and then this.
fn after(script: &[&str]) -> MadeUp {
    let mut world = MadeUp::new(&course());
    said(&mut world, &["Ada Example", "0042", "", "", ""]);
    said(&mut world, script);
    world
}

#[test]
fn enter_goes_on_with_a_check_at_its_question() {
    let mut world = after(&["read 1", "all", "check 1", "1", ""]);
    let back = said(&mut world, &[""]);
    let (before, behind) = back.split_once("> \n").expect("Enter");
    assert!(before.contains("Press Enter to go on with the knowledge check of lesson 1"), "{before}");
    assert!(behind.contains("Question 2 of 2"), "{behind}");
    let unopened = said(&mut after(&["read 1", "all"]), &[]);
    assert!(unopened.contains("Press Enter to take the knowledge check of lesson 1"), "{unopened}");
}

/// It said "not started" of a lesson of which a page was read.
#[test]
fn a_lesson_that_changed_says_so_until_its_beginning_was_heard() {
    let long = |first: &str| {
        let mut files = files();
        let rest = "One more part.\n\n".repeat(10);
        files.insert(
            "lessons/1.md".to_owned(),
            format!("# What apps collect\n\n{first}\n\n## Habits\n\n{rest}").into(),
        );
        Arc::new(course::parse(files).expect("a course without faults"))
    };
    for (read, changed, again) in [
        (&["lines 5", "read 1"][..], "changed since you began it", "read from its beginning"),
        (&["read 1", "all"][..], "changed since you read it", "read again"),
    ] {
        let mut world = MadeUp::new(&long("Old."));
        said(&mut world, &["Ada Example", "0042", "", "", ""]);
        said(&mut world, read);
        world.course = long("New.");
        let told = said(&mut world, &["lines 5", "read 1"]);
        assert!(told.contains(&format!("New: lesson 1 has {changed}. It is to be {again}.")), "{told}");
        assert!(
            told.contains(&format!("Lesson 1, What apps collect, 1 minute: {changed}, to be {again}.")),
            "{told}"
        );
        assert!(told.contains(&format!("State: {changed}, to be {again}.")), "{told}");
        let told = said(&mut world, &[]);
        assert!(!told.contains("changed"), "{told}");
        assert!(told.contains("begun"), "{told}");
    }
}
