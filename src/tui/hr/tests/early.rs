//! What is typed before the registry was read is done when it is there.

use insta::assert_snapshot;

use crate::registry::office::Office as _;
use crate::tui::hr::testing::{Stage, TestOffice};
use crate::tui::testing::events;
use crate::tui::theme::Theme;

/// A dashboard whose registry is still being read; and its news, which come later.
fn reading(width: u16, height: u16) -> Stage {
    Stage::reading(width, height, TestOffice::small(), Theme::COLOURED)
}

fn press(stage: &mut Stage, script: &str) {
    for event in events(script) {
        stage.event(&event);
    }
}

#[test]
fn keys_wait_for_the_list() {
    let mut stage = reading(80, 24);
    press(&mut stage, "/ 'byron q' Enter");
    assert!(!stage.ended);
    assert_snapshot!(stage.screen().trim_end(), @r#"
     [people] charts  review                                               reading…
    ────────────────────────────────────────────────────────────────────────────────

     reading the registry: 0 people so far

     9 keys are kept until it is there; Esc forgets them

















     Esc forget what was typed  Ctrl-C quit
    "#);
    stage.hear();
    let screen = stage.screen();
    assert!(screen.contains("/ byron q") && screen.contains("nothing fits"), "{screen}");
}

#[test]
fn they_go_over_pages_as_they_would_have() {
    let mut stage = reading(80, 24);
    press(&mut stage, "j j j Enter Enter");
    stage.hear();
    assert!(stage.screen().contains("‹ record 0d1029da"), "{}", stage.screen());
    stage.keys("Esc Esc");
    assert!(stage.cursor_row().contains("0010"), "{}", stage.cursor_row());
}

#[test]
fn they_can_be_forgotten_and_q_leaves_at_once() {
    let mut stage = reading(80, 24);
    press(&mut stage, "3 Esc");
    stage.hear();
    assert!(stage.screen().contains("[people]"), "{}", stage.screen());
    let mut stage = reading(80, 24);
    press(&mut stage, "q");
    assert!(stage.ended);
    // What stands behind another key may be a word.
    let mut stage = reading(80, 24);
    press(&mut stage, "/ q");
    assert!(!stage.ended);
    press(&mut stage, "Ctrl-C");
    assert!(stage.ended);
}

#[test]
fn they_decide_nothing() {
    let mut stage = reading(80, 24);
    press(&mut stage, "3 Enter a 'took it here' Enter 'J. Doe' Enter y y y");
    stage.hear();
    assert!(stage.screen().contains("enter this decision?"), "{}", stage.screen());
    stage.hear();
    assert!(stage.office.decided.is_empty());
}

#[test]
fn a_key_that_something_lies_on_fills_no_memory() {
    let mut stage = reading(40, 12);
    press(&mut stage, &"j ".repeat(400));
    assert!(stage.screen().contains("256 keys are kept"), "{}", stage.screen());
    stage.hear();
    assert!(stage.cursor_row().contains("Grace"), "{}", stage.cursor_row());
}

#[test]
fn a_registry_that_cannot_be_read_keeps_nothing() {
    let mut stage = reading(80, 24);
    stage.office.news.clear();
    let trouble = crate::tui::hr::testing::trouble("cannot use the registry");
    stage.office.news.push_back(crate::registry::office::News::NotRead(trouble));
    stage.hear();
    press(&mut stage, "Enter j j");
    assert!(stage.screen().contains("nothing was read; r tries again"), "{}", stage.screen());
    assert!(!stage.screen().contains("kept"), "{}", stage.screen());
    let at = stage.office.now();
    stage.keys("r");
    assert!(stage.office.read.len() == 2 && stage.model.at() == at, "{}", stage.screen());
}

/// `r tries again` stood there, and the key was kept for a list that never came.
#[test]
fn what_was_typed_is_forgotten_when_the_registry_cannot_be_read() {
    let mut stage = reading(80, 24);
    press(&mut stage, "/ 'byron'");
    stage.office.news.clear();
    let trouble = crate::tui::hr::testing::trouble("cannot use the registry");
    stage.office.news.push_back(crate::registry::office::News::NotRead(trouble));
    stage.hear();
    stage.keys("Enter r");
    assert!(stage.office.read.len() == 2 && stage.screen().contains("7 rows"), "{}", stage.screen());
}
