//! Another assignment is named while something is under way.

use countersign::clock::Timestamp;
use countersign::digest::Digest;
use countersign::plain::Ended;
use countersign::store::ProgressStore as _;
use countersign::training::Assigned;

use crate::screens::read;
use crate::talk::{listen, talk};
use crate::world::MadeUp;

/// Everything before the assessment is done, and a new assignment is named.
fn named() -> MadeUp {
    let mut world = read();
    world.assigned = Some(Assigned {
        id: "urn:uuid:00000000-0000-4000-8000-000000000000".to_owned(),
        digest: Digest::of(b"assignment"),
        nonce: "n".repeat(22),
        due: Timestamp::from_unix(1_900_000_000).expect("in range"),
        deliver_to: "hr@example.org".to_owned(),
        reason: Some("incident 42".to_owned()),
    });
    world
}

fn heard(world: &mut MadeUp, lines: &[&str]) -> String {
    let (said, ended) = talk(world, 72, lines);
    assert!(matches!(ended, Ok(Ended::Quit)), "{ended:?}\n{said}");
    said
}

fn runs(world: &MadeUp) -> usize {
    world.progress().runs.len()
}

#[test]
fn it_is_asked_what_becomes_of_what_is_under_way() {
    let mut world = named();
    let said = heard(&mut world, &["help", "start", "repeat", "Anew", "status", "quit"]);
    let asked = said.split_once("\n> start").expect("said").0;
    insta::assert_snapshot!(asked, @"
    Welcome back, Ada Example.

    You named a new assignment of this course, due 2030-03-17 (here until
    2030-03-17 17:46 UTC). Why: “incident 42”.
    You are at 23 percent of the course, without an assignment.
    Going on keeps all of that. Your record then answers no assignment, and
    somebody at HR has to decide about it. You are asked again when you name
    the new assignment again.
    Beginning anew starts at 0 percent. What you have read and answered so
    far does not count for the new assignment, and nothing leads back to it.
    Your bookmarks and notes stay.

    Press Enter to go on with what is under way. Type anew to begin anew for
    the new assignment.
    > help

    Here:
    Enter goes on with what is under way, and loses nothing. anew: begin the
    course anew for the new assignment.
    quit: leave. Everything said to be saved stays saved, and the next start
    goes on with what is not done yet.
    contents: the course at a glance. help all: everything that can be
    typed.

    Press Enter to go on with what is under way. Type anew to begin anew for
    the new assignment.
    ");
    assert_eq!(said.matches("You named a new assignment").count(), 2, "at first and repeated\n{said}");
    let begun = said.split_once("> Anew").expect("typed").1;
    assert!(begun.contains("Saved: the course begins anew for the assignment that you named."), "{begun}");
    assert!(begun.contains("Done: 0 percent.") && begun.contains("Due on 2030-03-17"), "{begun}");
    assert!(begun.contains("Why you were asked: incident 42."), "{begun}");
    assert_eq!((runs(&world), world.progress().lessons.len()), (2, 0));
    let said = heard(&mut world, &["quit"]);
    assert!(!said.contains("a new assignment"), "it was begun\n{said}");
}

#[test]
fn enter_and_whatever_leads_elsewhere_go_on_with_what_is_under_way() {
    for lines in [&["", "quit"][..], &["contents", "quit"], &["read 2", "quit"], &["quit"]] {
        let mut world = named();
        let before = world.progress();
        let said = heard(&mut world, lines);
        assert_eq!(world.progress().runs, before.runs, "{said}");
        assert_eq!(world.progress().checks, before.checks, "{said}");
        let goes_on = said.contains("You go on with what is under way.");
        assert_eq!(goes_on, lines.len() > 1, "{said}");
        let said = heard(&mut world, &["quit"]);
        assert!(said.contains("You named a new assignment"), "it was named again\n{said}");
    }
}

/// It was decided at this start.
#[test]
fn who_has_decided_is_not_asked_again_when_another_copy_was_first() {
    let mut world = named();
    let mut other = MadeUp::new(&world.course);
    other.store = world.store.clone();
    let lines = ["", "assessment", "start", "status"];
    let mut step = 0;
    let (said, ended) = listen(&mut world, 72, |_| {
        step += 1;
        if lines.get(step - 1) == Some(&"start") {
            talk(&mut other, 72, &["assessment", "start"]).1.expect("another copy");
        }
        lines.get(step - 1).map(ToString::to_string)
    });
    assert!(ended.is_ok(), "{said}");
    assert!(said.contains("Another running copy was first."), "{said}");
    assert_eq!(said.matches("You named a new assignment").count(), 1, "{said}");
}

/// Another copy passed the assessment while the question stood here, and one word gave it up unsaid.
#[test]
fn what_another_copy_did_meanwhile_is_said_before_it_can_be_given_up() {
    let mut world = named();
    let mut other = world.store.clone();
    let (course, mut theirs) = (world.course.id.clone(), world.training().expect("begun"));
    let mut answers = ["anew", "anew", "status", "quit"].into_iter();
    let (said, _) = listen(&mut world, 72, move |_| {
        let changes = theirs.start_attempt(Timestamp::from_unix(1_800_000_500).expect("in range"));
        other.progress(&course).expect("a store in memory");
        if !changes.is_empty() {
            other.save(&course, &changes).expect("nobody was first");
        }
        answers.next().map(str::to_owned)
    });
    let mut asked = said.split("> anew");
    let [before, told, begun] =
        [asked.next(), asked.next(), asked.next()].map(|part| part.expect("asked twice"));
    assert!(!before.contains("An attempt"), "{said}");
    assert!(told.contains("Not saved: another running copy has gone on with the course."), "{told}");
    assert!(told.contains("An attempt\nat the assessment is under way."), "{told}");
    assert!(begun.contains("Saved: the course begins anew"), "{begun}");
    assert!(begun.contains("Done: 0 percent"), "{begun}");
}
