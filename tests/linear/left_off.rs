//! What a start says of what was left in its middle.

use crate::course::course;
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
