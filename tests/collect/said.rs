//! What an officer reads.

use super::aged::self_declared;
use super::registry::Registry;
use super::vectors::{World, pretty};

#[test]
fn every_file_that_needs_somebody_is_told_with_what_to_do() {
    let registry = Registry::new();
    registry.send("1/honest.completion.json", &pretty(&World::signed(&registry.world.claims(true, &[9]))));
    registry.send("1/failed.completion.json", &pretty(&World::signed(&registry.world.claims(true, &[1]))));
    registry.send("2/self.completion.json", &self_declared(&registry.world, 1));
    let mut forged = registry.world.claims(true, &[9]);
    forged.attempts[0].responses[0].response = None;
    registry.send("3/forged.completion.json", &pretty(&World::signed(&forged)));
    registry.send("3/photo.jpg", b"\xff\xd8");
    registry.send("3/too-large.json", &vec![b' '; (1 << 20) + 1]);
    // One folder after the other: within one the file system chooses.
    let output =
        registry.run(&["collect", "inbox/1", "inbox/2", "inbox/3/forged.completion.json", "inbox/3"]);
    let said = String::from_utf8(output.stdout).expect("text");
    let question = &forged.attempts[0].responses[0].item;
    let waiting = registry.records("012345").into_iter().find(|record| !record.counts());
    let waiting = waiting.expect("it is stored").digest.short();
    let hr = format!("countersign hr --registry {}", registry.home().display());
    let expected = format!(
        "\
inbox/2/self.completion.json: waits for review
  identity   unknown  self-declared: the record answers no assignment
  time       unknown  device clock only: no assignment shows when it can have begun
  next: ask the person whether the record is theirs, then accept or refuse it; its commands: {hr} review show {waiting}
inbox/3/forged.completion.json: put aside
  grading    fail     attempt 1, question {question}: the record claims 1 point, re-graded 0
  grading    fail     attempt 1, points earned: the record claims 14, it is 13
  grading    fail     result, points earned: the record claims 14, it is 13
  next: talk to the person: the result does not follow from the answers, which no honest program writes; then assign \
the course anew
inbox/3/too-large.json: not read
  is larger than 1 MiB, which no record is

        2 accepted (1 of them not passed)
        1 to be decided: {hr} review list
        1 here before
        1 put aside: {hr} quarantine list
        1 not read
        1 no completion record, left where it is
            inbox/3/photo.jpg

why:
        1 grading fail
        1 identity unknown
        1 time unknown
"
    );
    assert_eq!(said, expected);
    assert_eq!(output.status.code(), Some(1));
}
