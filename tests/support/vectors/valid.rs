//! Records that are what they say, as far as that can be told.

use countersign::progress::Person;
use countersign::record::key::SecretKey;

use super::super::learner::{self, after};
use super::{LEARNER, Table, World, nowhere, pretty};

pub(super) fn fill(table: &mut Table<'_>) {
    let world = table.world;
    let assigned = pretty(&World::signed(&world.claims(true, &[9])));
    let self_declared = world.claims(false, &[9]);
    let one_line = serde_json::to_vec(&World::signed(&world.claims(true, &[9]))).expect("JSON");
    let crlf = String::from_utf8(assigned.clone()).expect("text").replace('\n', "\r\n").into_bytes();
    table.add("valid/assigned", assigned, "ppppp", "answers the assignment");
    table.add("valid/assigned-one-line", one_line, "ppppp", "answers the assignment");
    table.add("valid/assigned-crlf", crlf, "ppppp", "answers the assignment");
    table.add(
        "valid/self-declared",
        pretty(&World::signed(&self_declared)),
        "pppuu",
        "answers no assignment",
    );
    let second = world.claims(true, &[2, 8]);
    table.add(
        "valid/second-attempt",
        pretty(&World::signed(&second)),
        "ppppp",
        "2 attempts drawn and 15 answers marked again, 3 questions left open: in the last attempt 13 of 14 points",
    );
    let failed = world.claims(true, &[1, 2, 0]);
    table.add("valid/not-passed", pretty(&World::signed(&failed)), "ppppp", "points, not passed");

    let mut later = world.claims(false, &[1, 9]);
    later.attempts.remove(0);
    table.add(
        "valid/later-run",
        pretty(&World::signed(&later)),
        "ppuuu",
        "begins with attempt 2: that its number was not picked for an easy draw",
    );
    later.previous = Some(world.assignment.digest);
    table.add(
        "valid/later-run-after-a-record",
        pretty(&World::signed(&later)),
        "ppuuu",
        "look in the record before this one, sha256:",
    );

    let mut texts = self_declared.clone();
    texts.person = Person {
        number: "工号-7 \u{202e}".to_owned(),
        name: "Zoë \u{1b}]52;c;\u{7} \u{1f469}\u{200d}\u{1f680} \"\\/\u{2028}".to_owned(),
        email: Some("zoë@example.org".to_owned()),
    };
    table.add("valid/odd-texts", pretty(&World::signed(&texts)), "pppuu", "answers no assignment");

    let mut older = self_declared.clone();
    older.course.digest = nowhere();
    table.add(
        "invalid/other-content-of-that-version",
        pretty(&World::signed(&older)),
        "pfuuu",
        "is here with other content",
    );
    "9.0.0".clone_into(&mut older.course.version);
    table.add("valid/unknown-course", pretty(&World::signed(&older)), "puuuu", "no course with the digest");

    let mut rule = world.claims(true, &[9]);
    rule.attempts[0].scoring = 2;
    table.add(
        "valid/unknown-rule",
        pretty(&World::signed(&rule)),
        "ppupp",
        "rule 2, which is not known here",
    );

    let mut other = world.claims(true, &[9]);
    other.assignment.as_mut().expect("assigned").assignment_id =
        "urn:uuid:0a5c1d5e-6f0a-4d6b-9c57-2f6a2d1f0002".into();
    table.add("valid/unknown-assignment", pretty(&World::signed(&other)), "pppuu", "is not here");

    let did = SecretKey::from_seed(&LEARNER).did();
    let newer = learner::claims(&world.course, &did, Some(&world.earlier_assignment), &[9]);
    table.add(
        "valid/assigned-another-version",
        pretty(&World::signed(&newer)),
        "pppup",
        "the assignment is for version 0.9.0 (sha256:",
    );
    versions(table);
}

/// A new version of the course came between the attempts.
fn versions(table: &mut Table<'_>) {
    let world = table.world;
    let mut once = world.claims(true, &[1, 9]);
    World::take_on(&mut once, 0, &world.earlier, 1);
    table.add(
        "valid/earlier-version",
        pretty(&World::signed(&once)),
        "ppppp",
        "attempt 1 was taken on version 0.9.0",
    );

    // Without waiting between the first two: the version they were taken on does not ask for it.
    let mut twice = world.claims(true, &[1, 1, 9]);
    twice.attempts[1].started_at = twice.attempts[0].finished_at;
    twice.attempts[1].finished_at = after(1800 + 1200);
    World::take_on(&mut twice, 0, &world.earlier, 1);
    World::take_on(&mut twice, 1, &world.earlier, 1);
    table.add(
        "valid/earlier-version-twice",
        pretty(&World::signed(&twice)),
        "ppppp",
        "attempt 2 was taken on version 0.9.0",
    );

    let mut withdrawn = world.claims(true, &[1, 9]);
    World::take_on(&mut withdrawn, 0, &world.withdrawn, 1);
    table.add(
        "valid/withdrawn-version",
        pretty(&World::signed(&withdrawn)),
        "ppupp",
        "attempt 1 was taken on version 0.8.0, which is known here but not approved",
    );

    // The new version changed a lesson, which was read anew before the second attempt.
    once.lessons[1].first_opened_at = after(3600);
    once.lessons[1].finished_at = after(3900);
    table.add(
        "valid/earlier-version-lesson-anew",
        pretty(&World::signed(&once)),
        "ppppp",
        "attempt 1 was taken on version 0.9.0",
    );

    let mut unknown = world.claims(true, &[1, 9]);
    unknown.attempts[0].course_digest = Some(world.assignment.digest);
    table.add(
        "valid/unknown-version",
        pretty(&World::signed(&unknown)),
        "ppupp",
        "attempt 1: no course with the digest",
    );
}
