use std::sync::LazyLock;

use super::*;
use crate::course;
use crate::progress::Person;
use crate::record::claims::{AssignmentClaim, AssignmentClaims, CourseClaim, LessonClaim};
use crate::record::key::SecretKey;
use crate::record::{read_assignment, sign_assignment, sign_completion};

static COURSE: LazyLock<Arc<Course>> =
    LazyLock::new(|| Arc::new(course::parse(course::embedded()).expect("the bundled course")));

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn uuid(number: u8) -> Uuid {
    uuid::Builder::from_random_bytes([number; 16]).into_uuid()
}

fn hr() -> SecretKey {
    SecretKey::from_seed(&[2; 32])
}

fn learner() -> SecretKey {
    SecretKey::from_seed(&[1; 32])
}

fn course_claim() -> CourseClaim {
    CourseClaim {
        course_id: COURSE.id.clone(),
        digest: COURSE.digest,
        language: COURSE.language.clone(),
        title: COURSE.title.clone(),
        version: COURSE.version.clone(),
    }
}

fn assignment() -> Assignment {
    let claims = AssignmentClaims {
        course: course_claim(),
        deliver_to: "hr@example.org".to_owned(),
        due: time("2026-12-22T00:00:00Z"),
        issued_at: time("2026-11-22T00:00:00Z"),
        nonce: "b1946ac92492d2347c6235b4d2611184".to_owned(),
        person: person("7"),
        reason: None,
    };
    let signed = sign_assignment(&claims, uuid(1), claims.issued_at, &hr());
    read_assignment(&signed.map(|signed| signed.bytes).unwrap()).unwrap()
}

fn person(number: &str) -> Person {
    Person { number: number.to_owned(), name: "Ada".to_owned(), email: None }
}

/// A record that anybody can write with an empty run: its marks are wrong, everything else is for these tests to say.
fn claims(number: &str) -> CompletionClaims {
    let assignment = assignment();
    serde_json::from_value(serde_json::json!({
        "app": { "product": "countersign", "version": "0.1.0" },
        "assignment": AssignmentClaim {
            assignment_id: assignment.urn(),
            digest: assignment.digest,
            nonce: assignment.claims.nonce.clone(),
        },
        "attempts": [],
        "checks": [],
        "course": course_claim(),
        "face": "linear",
        "id": learner().did(),
        "lessons": [],
        "person": person(number),
        "result": { "earned": 0, "passPercent": 80, "passed": false, "possible": 0 },
    }))
    .unwrap()
}

fn arrival(claims: &CompletionClaims) -> Arrival {
    let id = uuid(5);
    let bytes = sign_completion(claims, id, time("2026-11-23T00:00:00Z"), &learner()).unwrap().bytes;
    let digest = Digest::of(&bytes);
    Arrival { name: "a.json".to_owned(), bytes, digest, at: time("2026-11-24T00:00:00Z") }
}

fn known(state: CourseState) -> Known {
    Known {
        versions: vec![KnownVersion { course: Arc::clone(&COURSE), state }],
        assignment: Some(assignment()),
        assigners: vec![hr().did()],
        ..Known::default()
    }
}

fn approval(known: &Known) -> Approval {
    known.verifier(&claims("7"), time("2026-11-24T00:00:00Z")).courses[0].approval
}

#[test]
fn a_retired_version_counts_for_whoever_was_asked_for_it() {
    assert_eq!(approval(&known(CourseState::Approved)), Approval::Approved);
    assert_eq!(approval(&known(CourseState::Added)), Approval::Withdrawn);
    assert_eq!(approval(&known(CourseState::Retired)), Approval::Approved);
    let nobody = Known { assignment: None, ..known(CourseState::Retired) };
    assert_eq!(approval(&nobody), Approval::Withdrawn);
    let stranger = Known { assigners: vec![learner().did()], ..known(CourseState::Retired) };
    assert_eq!(approval(&stranger), Approval::Withdrawn);
    let mut other = assignment();
    other.claims.course.digest = Digest::of(b"another version");
    let another = Known { assignment: Some(other), ..known(CourseState::Retired) };
    assert_eq!(approval(&another), Approval::Withdrawn);
}

#[test]
fn what_must_be_looked_up_follows_from_the_claims() {
    let mut claims = claims("7");
    let needs = Needs::of(&claims);
    assert_eq!(needs.versions, BTreeSet::from([COURSE.digest]));
    assert_eq!(needs.assignment, Some(assignment().id));
    claims.assignment.as_mut().unwrap().assignment_id = "urn:uuid:nothing".to_owned();
    assert_eq!(Needs::of(&claims).assignment, None);
    claims.assignment = None;
    assert_eq!(Needs::of(&claims).assignment, None);
}

/// No terms let marks count that are wrong; these are.
fn judged(claims: &CompletionClaims, known: &Known) -> Fate {
    let arrival = arrival(claims);
    let reading = Reading::of(&arrival.bytes);
    fate(arrival, reading, known, &Terms::default())
}

#[test]
fn keys_that_become_known_later_count_as_if_they_had_been_known() {
    // What can count is a record with right answers; identity is judged of any.
    for keys in [Vec::new(), vec![learner().did()], vec![hr().did()]] {
        let known_at_once = Known { keys, ..known(CourseState::Approved) };
        let arrival = arrival(&claims("7"));
        let reading = Reading::of(&arrival.bytes);
        let judgement = Judgement::of(arrival, reading, &known(CourseState::Approved));
        assert_eq!(judgement.person(), PersonNumber::new("7").ok());
        let later = judgement.fate(&known_at_once, &Terms::default());
        assert_eq!(later, judged(&claims("7"), &known_at_once));
        let Fate::Aside(aside) = later else { panic!("stored") };
        let denied = aside.reasons.iter().any(|reason| reason.level == Level::Identity);
        assert_eq!(denied, known_at_once.keys == [hr().did()]);
    }
}

#[test]
fn what_is_put_aside_says_why() {
    let Fate::Aside(aside) = judged(&claims("7"), &known(CourseState::Approved)) else { panic!("stored") };
    let grading: Vec<_> = aside.reasons.iter().filter(|reason| reason.level == Level::Grading).collect();
    assert!(grading.iter().any(|reason| reason.words.contains("holds no attempt")), "{grading:?}");
    assert!(grading.len() <= MOST_REASONS);
    assert!(aside.reasons.iter().all(|reason| reason.outcome != Outcome::Pass));
}

#[test]
fn what_a_hostile_file_says_is_kept_in_bounds() {
    let mut claims = claims("7");
    claims.lessons = (0..50)
        .map(|number| LessonClaim {
            active_seconds: 0,
            digest: COURSE.digest,
            finished_at: time("2026-11-22T00:00:00Z"),
            first_opened_at: time("2026-11-22T00:00:00Z"),
            lesson: format!("{}{number}", "é".repeat(5000)),
        })
        .collect();
    let Fate::Aside(aside) = judged(&claims, &known(CourseState::Approved)) else { panic!("stored") };
    let content: Vec<_> = aside.reasons.iter().filter(|reason| reason.level == Level::Content).collect();
    assert_eq!(content.len(), MOST_REASONS);
    assert!(content.iter().all(|reason| reason.words.chars().count() == LONGEST_REASON + 1));
}

#[test]
fn a_number_is_taken_as_it_stands() {
    fn check(claimed: &str, words: Option<&str>) {
        match (number(claimed), words) {
            (Ok(number), None) => assert_eq!(number.as_str(), claimed),
            (Err(said), Some(words)) => assert!(said.contains(words), "{said}"),
            (other, _) => panic!("{claimed:?}: {other:?}"),
        }
    }
    check("7", None);
    check(" 7", Some("spaces around it"));
    check("7\n", Some("spaces around it"));
    check("7\u{7}", Some("control character"));
    check(&"7".repeat(200), Some("more than 128"));
}

#[test]
fn everything_that_does_not_pass_has_advice() {
    for level in Level::ALL {
        let advice = |outcome| advice(level, &Finding::new(outcome, vec!["so".to_owned()]));
        for outcome in [Outcome::Fail, Outcome::Unknown] {
            // A signature is right or wrong.
            let expected = (level, outcome) != (Level::Signature, Outcome::Unknown);
            assert_eq!(advice(outcome).is_some(), expected, "{level:?} {outcome:?}");
        }
        assert_eq!(advice(Outcome::Pass), None);
    }
}
