//! Hints where answers are worth a look: whoever passes has few wrong answers, so the attempts before that are looked at too.

use countersign::digest::Digest;
use countersign::id::QuestionId;
use countersign::quiz::response::Response;
use countersign::record::key::SecretKey;
use countersign::record::sign_completion;
use countersign::registry::change::{Change, Collected};
use countersign::store::registry::RegistryStore as _;
use serde_json::{Value, json};

use super::learner;
use super::registry::{Registry, now};
use super::vectors::{self, read_course};
use super::workforce::Organisation;

/// Each person of an organisation has so many.
const RECORDS_EACH: u64 = 10;
const PEOPLE: u64 = 24;
/// Who answered the same as whoever stands before them.
const COPIED: u64 = 7;
/// Who cannot have read what they answered.
const RUSHED: u64 = 3;

/// A record of somebody who failed first, with answers of their own to everything, and then passed with a full score.
fn record(organisation: &Organisation, person: u64) -> Change {
    let course = organisation.course();
    let key = SecretKey::from_seed(Digest::of_fields(["learner", &person.to_string()]).as_bytes());
    let mut claims = learner::claims(course, &key.did(), None, &[0, course.assessment.draw]);
    let index = person * RECORDS_EACH;
    let answer = organisation.answer(index);
    claims.person.number = answer.assigned.person.to_string();
    let own = if person == COPIED { COPIED - 1 } else { person };
    for response in &mut claims.attempts[0].responses {
        response.response = Some(Response::Text(wrong(own, &response.item)));
    }
    if person == RUSHED {
        claims.attempts[1].active_seconds = 1;
    }
    let signed = sign_completion(&claims, uuid::Uuid::new_v4(), learner::signed_at(2), &key)
        .expect("claims in the profile");
    Change::Collected(Box::new(Collected {
        at: now(),
        digest: signed.digest,
        file: Digest::of(&signed.bytes),
        bytes: signed.bytes,
        name: signed.file_name,
        ..organisation.collected(index, &answer)
    }))
}

/// One of eight wrong answers, which nobody chooses for a reason.
fn wrong(person: u64, question: &QuestionId) -> String {
    let chosen = Digest::of_fields([person.to_string().as_str(), question.as_str()]);
    format!("wrong {}", chosen.as_bytes()[0] % 8)
}

#[test]
fn two_who_failed_alike_and_one_who_read_nothing_are_named() {
    let registry = Registry::empty();
    let files = read_course(&vectors::folder().join("course"));
    let organisation = Organisation::new(files, PEOPLE * RECORDS_EACH);
    organisation.write_registry(&registry.home(), 0);
    let records: Vec<Change> = (0..PEOPLE).map(|person| record(&organisation, person)).collect();
    registry.store().save(&records).expect("saved");
    let number = |person: u64| json!(organisation.answer(person * RECORDS_EACH).assigned.person);

    let output = registry.run(&["similar", "--course", "vector-course", "--json"]);
    let said: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(said["pairs"], PEOPLE * (PEOPLE - 1) / 2, "{said:#}");
    let alike = said["alike"].as_array().expect("a list");
    assert_eq!(alike.len(), 1, "{said:#}");
    let mut people = alike[0]["people"].as_array().expect("two").clone();
    people.sort_by_key(ToString::to_string);
    assert_eq!(people, [number(COPIED - 1), number(COPIED)]);
    assert_eq!(alike[0]["bothWrong"], alike[0]["identical"], "{said:#}");
    let rushed = said["rushed"].as_array().expect("a list");
    assert_eq!(rushed.len(), 1, "{said:#}");
    assert_eq!(
        (&rushed[0]["person"], &rushed[0]["attempt"], &rushed[0]["seconds"]),
        (&number(RUSHED), &json!(2), &json!(1))
    );

    let output = registry.run(&["similar", "--course", "vector-course"]);
    let said = String::from_utf8(output.stdout).expect("text");
    assert!(said.contains("276 pairs compared, 2 hints\n"), "{said}");
    assert!(said.contains("attempt 2 took 1 second, by the device's clock; the "), "{said}");
}
