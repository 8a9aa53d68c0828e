use insta::assert_snapshot;

use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::training::{Assigned, Text, Training, Trouble, TroubleKind};
use crate::tui::Start;
use crate::tui::effect::Effect;
use crate::tui::testing::{MORNING, Stage, TestWorld, ada, small_course};
use crate::tui::theme::Theme;

/// Half of the lessons are read, and a new assignment is named.
fn named() -> TestWorld {
    let mut world = TestWorld::unknown(small_course());
    world.person = Some(ada());
    let mut stage = Stage::with_world(80, 24, world);
    stage.keys("Enter").read_through().keys("Esc");
    stage.world.assigned = Some(Assigned {
        id: "urn:uuid:00000000-0000-4000-8000-000000000000".to_owned(),
        digest: Digest::of(b"assignment"),
        nonce: "n".repeat(22),
        due: Timestamp::from_unix(MORNING + 86_400).expect("in range"),
        deliver_to: "hr@example.com".to_owned(),
        reason: None,
    });
    stage.world
}

fn runs(world: &TestWorld) -> usize {
    world.stored.runs.len()
}

fn is_read(stage: &Stage) -> bool {
    stage.model.training().is_some_and(|training| training.is_read(Text::Lesson(0)))
}

#[test]
fn it_is_asked_what_becomes_of_what_is_under_way() {
    let mut stage = Stage::with_world(80, 24, named());
    assert_snapshot!(stage.screen(), @"
     A small course                                                    Ada Lovelace
    ────────────────────────────────────────────────────────────────────────────────
      ███░░░░░░░░░░░░░░░░░░░░░░░░░ 14 %, 1 of 2 lessons read, about 6 minutes left
      Line by line, for screen readers: countersign --plain. Settings: F9.
        ┌ a new assignment ────────────────────────────────────────────────────┐
        │ You named a new assignment of this course, due 2026-11-23 (here      │ad
      › │ until 2026-11-23 10:00 UTC+01:00).                                   │ed
        │                                                                      │in
        │ You are at 14 percent of the course, without an assignment.          │
        │                                                                      │ck
        │ Going on keeps all of that. Your record then answers no assignment,  │nt
        │ and somebody at HR has to decide about it. You are asked again when  │nd
        │ you name the new assignment again.                                   │
        │                                                                      │
        │ Beginning anew starts at 0 percent. What you have read and answered  │
        │ so far does not count for the new assignment, and nothing leads back │
        │ to it. Your bookmarks and notes stay.                                │
        │                                                                      │
        │ Enter goes on with what is under way, y begins anew.                 │
        └──────────────────────────────────────────────────────────────────────┘



     Enter go on  y begin anew
    ");
    // One key, or one click, gives up nothing.
    let screen = stage.keys("y").screen();
    assert!(screen.contains("Begin anew? y once more begins anew"), "{screen}");
    assert_eq!((runs(&stage.world), is_read(&stage)), (1, true));
    stage.keys("y");
    assert_eq!((runs(&stage.world), is_read(&stage)), (2, false));
    assert!(
        stage.screen().contains("due 2026-11-23") && stage.screen().contains(" 0 %"),
        "{}",
        stage.screen()
    );
    let stage = stage.restart();
    assert!(stage.screen().contains("due 2026-11-23"), "not asked again\n{}", stage.screen());
}

#[test]
fn every_other_key_begins_nothing() {
    for keys in ["Enter", "Esc", "n", "q", "Enter Enter Enter"] {
        let mut stage = Stage::with_world(80, 24, named());
        stage.keys(keys);
        assert_eq!((runs(&stage.world), is_read(&stage)), (1, true), "{keys}");
        assert_eq!(stage.model.training().and_then(Training::further), None, "{keys}");
        assert!(!stage.screen().contains("a new assignment"), "{}", stage.screen());
        let again = stage.restart();
        assert!(again.screen().contains("a new assignment"), "it was named again\n{}", again.screen());
    }
}

#[test]
fn nobody_says_yes_to_what_they_could_not_read() {
    let mut stage = Stage::with_world(40, 12, named());
    stage.keys("y");
    assert_eq!(runs(&stage.world), 1, "{}", stage.screen());
    stage.keys("End PgDn PgDn PgDn PgDn y y");
    assert_eq!(runs(&stage.world), 2, "{}", stage.screen());
}

/// One of the two would have been lost.
#[test]
fn what_is_to_be_noted_comes_first() {
    let world = named();
    let start = Start {
        training: world.training(),
        course: small_course(),
        expected: None,
        notices: vec!["The clock stands before noon.".to_owned()],
    };
    let mut stage = Stage::start(80, 24, world, start, Theme::COLOURED);
    assert!(stage.screen().contains("The clock stands"), "{}", stage.screen());
    stage.keys("Enter");
    assert!(stage.screen().contains("a new assignment"), "{}", stage.screen());
    stage.keys("Enter");
    assert_eq!((runs(&stage.world), is_read(&stage)), (1, true));
    assert!(stage.screen().contains("1 of 2 lessons read"), "{}", stage.screen());
}

#[test]
fn who_has_decided_is_not_asked_again_when_another_copy_was_first() {
    let mut stage = Stage::with_world(80, 24, named());
    stage.keys("Enter");
    let kind = TroubleKind::Conflict;
    stage.world.save_troubles.push_back(Trouble { kind, message: "attempt 1 exists".to_owned(), hint: None });
    stage.keys("g Enter r");
    assert_eq!(stage.model.overlay(), None, "{}", stage.screen());
    let mut undecided = Stage::with_world(80, 24, named());
    undecided.perform(vec![Effect::Reload]);
    assert!(undecided.screen().contains("a new assignment"), "{}", undecided.screen());
}

/// Another copy passed the assessment while the question stood here, and one key gave it up unsaid.
#[test]
fn what_another_copy_did_meanwhile_is_shown_before_it_can_be_given_up() {
    let mut world = named();
    let mut other = Stage::with_world(80, 24, world);
    other.keys("Enter Down Enter").read_through();
    let theirs = other.world.stored.clone();
    world = named();
    let mut stage = Stage::with_world(80, 24, world);
    stage.world.stored = theirs.clone();
    stage.keys("y y");
    assert!(stage.screen().contains("another running copy has gone on"), "{}", stage.screen());
    assert_eq!(stage.world.stored, theirs);
    stage.keys("r");
    let screen = stage.screen();
    assert!(screen.contains("a new assignment") && screen.contains("You are at 28 percent"), "{screen}");
    stage.keys("y y");
    assert_eq!((runs(&stage.world), is_read(&stage)), (2, false), "{}", stage.screen());
}
