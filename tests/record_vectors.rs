//! Test vectors of the signed record: files with the expected verdicts beside them.
//!
//! `cargo test --test record_vectors -- --ignored` writes them anew; that they come out the same is a test of its own.

use std::collections::BTreeSet;
use std::fs;

use countersign::record::claims::AttemptClaim;
use countersign::record::json::MAX_BYTES;
use countersign::record::verdict::{Approval, Outcome, verdict};
use countersign::record::{read_assignment, read_completion};
use serde_json::{Map, Value, json};

#[path = "support/forge.rs"]
mod forge;
#[path = "support/learner.rs"]
mod learner;
#[path = "support/vectors.rs"]
mod vectors;

use vectors::{Vector, World, all, folder, pretty};

const LEVELS: [&str; 5] = ["signature", "content", "grading", "identity", "time"];

fn words(outcomes: &str) -> Vec<&'static str> {
    let word = |letter| match letter {
        'p' => "pass",
        'f' => "fail",
        'u' => "unknown",
        other => panic!("{other} is no outcome"),
    };
    outcomes.chars().map(word).collect()
}

/// `expected.json`: what another implementation needs to check itself.
fn expected(world: &World, vectors: &[Vector]) -> Value {
    let verdicts: Map<String, Value> = vectors
        .iter()
        .map(|vector| {
            let mut said: Map<String, Value> = LEVELS
                .iter()
                .zip(words(vector.outcomes))
                .map(|(level, word)| ((*level).to_owned(), json!(word)))
                .collect();
            said.insert("because".to_owned(), json!(vector.because));
            (format!("{}.json", vector.name), Value::Object(said))
        })
        .collect();
    let approval = |approval| match approval {
        Approval::Approved => "approved",
        Approval::Withdrawn => "withdrawn",
        Approval::Unshown => "unshown",
    };
    let courses: Vec<Value> = world
        .versions()
        .into_iter()
        .map(|(folder, course, approved)| {
            json!({ "folder": folder, "digest": course.digest, "approval": approval(approved) })
        })
        .collect();
    json!({
        "verifier": {
            "courses": courses,
            "assignments": ["assignment.json", "assignment-0.9.0.json"],
            "trustedAssigner": world.assignment.issuer,
            "receivedAt": world.received_at,
        },
        "verdicts": verdicts,
    })
}

#[test]
#[ignore = "writes the vectors"]
#[expect(clippy::disallowed_methods, reason = "test vectors are under version control")]
fn write() {
    let world = World::new();
    let vectors = all(&world);
    for part in ["valid", "invalid"] {
        let _ = fs::remove_dir_all(folder().join(part));
        fs::create_dir_all(folder().join(part)).expect("a folder");
    }
    fs::write(folder().join("assignment.json"), &world.assignment_bytes).expect("a file");
    fs::write(folder().join("assignment-0.9.0.json"), &world.earlier_assignment_bytes).expect("a file");
    for vector in &vectors {
        fs::write(folder().join(format!("{}.json", vector.name)), &vector.bytes).expect("a file");
    }
    fs::write(folder().join("expected.json"), pretty(&expected(&world, &vectors))).expect("a file");
}

#[test]
fn every_file_gets_the_verdict_that_stands_beside_it() {
    let world = World::new();
    let verifier = world.verifier();
    let expected: Value =
        serde_json::from_slice(&fs::read(folder().join("expected.json")).expect("a file")).expect("JSON");
    let expected = expected["verdicts"].as_object().expect("an object");
    let mut wrong = Vec::new();
    for (name, expected) in expected {
        let bytes = fs::read(folder().join(name)).expect("a file");
        let verdict = verdict(&bytes, &verifier);
        for (level, finding) in verdict.findings() {
            assert!(!finding.reasons.is_empty(), "{name}: {level} gives no reason");
            if expected[level.word()] != finding.outcome.word() {
                wrong.push(format!(
                    "{name}: {level} {} not {}: {:?}",
                    finding.outcome.word(),
                    expected[level.word()],
                    finding.reasons
                ));
            }
        }
        // A failure says why; where nothing fails, some finding says the expected.
        let said =
            verdict.findings().into_iter().filter(|(_, f)| !verdict.failed() || f.outcome == Outcome::Fail);
        let because = expected["because"].as_str().expect("a text");
        let said: Vec<_> = said.flat_map(|(_, finding)| &finding.reasons).collect();
        if !said.iter().any(|reason| reason.contains(because)) {
            wrong.push(format!("{name}: nothing says {because:?} but {said:?}"));
        }
        assert_eq!(read_completion(&bytes).is_ok(), verdict.signature.outcome == Outcome::Pass, "{name}");
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_files_are_those_of_the_table() {
    let world = World::new();
    let vectors = all(&world);
    assert!(vectors.len() > 100);
    for vector in &vectors {
        let file = fs::read(folder().join(format!("{}.json", vector.name))).expect("a file");
        assert!(
            file == vector.bytes,
            "{}.json is not what the table makes: write the vectors anew",
            vector.name
        );
    }
    let stored: Value =
        serde_json::from_slice(&fs::read(folder().join("expected.json")).expect("a file")).expect("JSON");
    assert_eq!(stored, expected(&world, &vectors));
    let named: BTreeSet<String> = vectors.iter().map(|vector| format!("{}.json", vector.name)).collect();
    let found: BTreeSet<String> = ["valid", "invalid"]
        .into_iter()
        .flat_map(|part| {
            let entries = fs::read_dir(folder().join(part)).expect("a folder");
            entries.map(move |entry| {
                format!("{part}/{}", entry.expect("an entry").file_name().to_string_lossy())
            })
        })
        .collect();
    assert_eq!(found, named, "every file has an expected verdict");
}

#[test]
fn layout_does_not_change_the_digest() {
    let digest = |name: &str| {
        read_completion(&fs::read(folder().join(name)).expect("a file")).expect("a good record").digest
    };
    let first = digest("valid/assigned.json");
    assert_eq!(digest("valid/assigned-one-line.json"), first);
    assert_eq!(digest("valid/assigned-crlf.json"), first);
    assert_ne!(digest("valid/self-declared.json"), first);
}

#[test]
fn the_assignments_are_some() {
    let world = World::new();
    for (name, written) in [
        ("assignment.json", &world.assignment_bytes),
        ("assignment-0.9.0.json", &world.earlier_assignment_bytes),
    ] {
        let bytes = fs::read(folder().join(name)).expect("a file");
        assert_eq!(bytes, *written, "{name}");
        let assignment = read_assignment(&bytes).expect("a good assignment");
        assert_eq!(assignment.claims.person.number, "012345");
        assert!(read_completion(&bytes).is_err(), "an assignment is no completion record");
    }
}

#[test]
fn a_file_larger_than_the_profile_allows_is_refused() {
    let mut bytes = fs::read(folder().join("valid/assigned.json")).expect("a file");
    bytes.resize(MAX_BYTES, b' ');
    let verifier = World::new().verifier();
    assert!(!verdict(&bytes, &verifier).failed(), "as large as it may be");
    // One byte more is all that a reader of a larger file has to hand over.
    bytes.push(b' ');
    let verdict = verdict(&bytes, &verifier);
    assert_eq!(verdict.signature.outcome, Outcome::Fail);
    assert!(verdict.signature.reasons[0].contains("larger than 1 MiB"));
    assert_eq!(verdict.record, None);
}

#[test]
fn attempts_that_are_too_many_to_be_marked_again_are_still_counted() {
    let world = World::new();
    let mut claims = world.claims(true, &[9]);
    let attempt = claims.attempts[0].clone();
    claims.attempts = (1..=1001).map(|number| AttemptClaim { number, ..attempt.clone() }).collect();
    for attempt in &mut claims.attempts {
        attempt.responses.clear();
    }
    let verdict = verdict(&pretty(&World::signed(&claims)), &world.verifier());
    assert_eq!(verdict.signature.outcome, Outcome::Pass);
    assert_eq!(verdict.grading.outcome, Outcome::Fail);
    let reasons = &verdict.grading.reasons;
    for because in [
        "attempt 1001 is number 1001 of the record, 3 are allowed",
        "attempt 1001: the record has 0 questions, the draw gives 9",
        "attempt 1, points earned: the record claims 14, it is 0",
    ] {
        assert!(reasons.iter().any(|reason| reason.contains(because)), "{because}: {reasons:?}");
    }
}
