//! The rules of a run through a course, told as a learner would live them.

mod answers;
mod asked_again;
mod bookmarks;
mod further;
mod left_off;
mod order;
mod outgrown;
mod reading;
mod renewal;
mod tried_again;

use std::sync::Arc;

use super::*;
use crate::course::{self, CourseFiles};
use crate::id::QuestionId;
use crate::markup::LineStart;
use crate::quiz::mark::is_right;
use crate::quiz::question::{Kind, LessonLink, Question};
use crate::quiz::response::Response;
use crate::record::claims::{AppClaim, CompletionClaims, Face};
use crate::record::key::SecretKey;
use crate::record::sign_completion;
use crate::record::verdict::{Approval, CourseVersion, Level, Outcome, Verifier, verdict};

const MANIFEST: &str = r#"(
    id: "small", title: "A small course", version: "VERSION", language: "en", owner: "tests",
    reviewed: "2026-11-22", review_by: "2027-05-22", validity_days: 365,
    topics: [(id: "a", title: "Topic A"), (id: "b", title: "Topic B")],
    modules: [
        (lesson: "lessons/1.md", check: "quizzes/1.ron"),
        (lesson: "lessons/2.md"),
    ],
    check_pass_percent: 50,
    assessment: (quiz: "quizzes/bank.ron", pass_percent: 60, draw: 3, attempts: 2, wait_minutes: 30),
    policy: (file: "lessons/policy.md", statement: "I agree."),
    controls: [],
    deliver_to: "Send it to HR.",
)"#;

const CHECK: &str = r#"(id: "one", title: "One", questions: [
    Single(id: "q1", topic: "a", prompt: "First?", options: [(id: "yes", text: "Yes", right: true), (id: "no", text: "No")]),
    TrueFalse(id: "q2", topic: "a", prompt: "Second?", answer: true),
])"#;

const BANK: &str = r#"(id: "bank", title: "Bank", questions: [
    TrueFalse(id: "b1", topic: "a", prompt: "1?", answer: true, lesson: "lessons/1.md#part"),
    TrueFalse(id: "b2", topic: "a", prompt: "2?", answer: true, lesson: "lessons/1.md#part"),
    TrueFalse(id: "b3", topic: "b", prompt: "3?", answer: true, lesson: "lessons/2.md"),
    TrueFalse(id: "b4", topic: "b", prompt: "4?", answer: true, lesson: "lessons/2.md"),
])"#;

fn files(version: &str) -> CourseFiles {
    let text = |text: &str| text.as_bytes().to_vec();
    CourseFiles::from([
        ("course.ron".to_owned(), text(&MANIFEST.replace("VERSION", version))),
        ("lessons/1.md".to_owned(), text("# One\n\n## Part\n\nText.\n")),
        ("lessons/2.md".to_owned(), text("# Two\n\nText.\n")),
        ("lessons/policy.md".to_owned(), text("# Policy\n\nText.\n")),
        ("quizzes/1.ron".to_owned(), text(CHECK)),
        ("quizzes/bank.ron".to_owned(), text(BANK)),
    ])
}

fn course(version: &str) -> Arc<Course> {
    Arc::new(course::parse(files(version)).expect("a course without faults"))
}

fn at(minute: i64) -> Timestamp {
    Timestamp::from_unix(1_800_000_000 + minute * 60).expect("in range")
}

fn key() -> SecretKey {
    SecretKey::from_seed(&[7; 32])
}

fn person() -> Person {
    Person { number: "0042".to_owned(), name: "Ada Example".to_owned(), email: None }
}

fn learner() -> Learner {
    Learner { person: person(), did: key().did() }
}

/// A learner who has just begun, and every change so far: whatever is done must be the same after a restart.
fn begun(course: &Arc<Course>) -> Training {
    let mut training = Training::new(Arc::clone(course), Vec::new(), learner(), None, Progress::default());
    let changes = training.begin(at(0));
    assert!(matches!(changes.as_slice(), [Change::RunStarted(Run { number: 1, nonce: None, .. })]));
    training
}

/// Sees a text from its beginning up to `to`.
fn read_to(training: &mut Training, text: Text, to: usize, now: Timestamp) -> Vec<Change> {
    let sight = Sight { to: LineStart::first_at(to), ..Sight::WHOLE };
    let frontier = training.frontier(text).expect("a text").after(sight);
    training.read(text, Seen { place: 0, frontier, active_seconds: 30 }, now)
}

fn right(question: &Question) -> Response {
    let response = match &question.kind {
        Kind::TrueFalse { answer } => Response::Text(answer.to_string()),
        _ => Response::Text("yes".to_owned()),
    };
    assert!(is_right(question, &response));
    response
}

fn read_and_check(training: &mut Training, minute: i64) {
    for lesson in 0..2 {
        assert!(!training.read_whole(Text::Lesson(lesson), 30, at(minute)).is_empty());
    }
    let _ = training.start_check(0);
    let questions = training.course().modules[0].check.as_ref().expect("a check").questions.clone();
    for question in &questions {
        let handed = training.hand_in(0, &question.id, right(question), None, at(minute + 1));
        assert!(handed.is_some());
    }
}

fn answer_all(training: &mut Training, rightly: bool, minute: i64) {
    let total = training.attempt().expect("under way").1.drawn.len();
    for index in 0..total {
        let word = if rightly { "true" } else { "false" };
        let _ = training.answer(index, Some(Response::Text(word.to_owned())), None, 5);
    }
    assert!(matches!(training.submit(at(minute)).as_slice(), [Change::AttemptSubmitted { .. }]));
}

/// Signs the record of a run in which nothing else is missing.
fn sign(training: &mut Training, minute: i64) {
    let claims = training.claims(Face::FullScreen, app()).expect("everything is there");
    let id = uuid::Builder::from_random_bytes([1; 16]).into_uuid();
    let signed = sign_completion(&claims, id, at(minute), &key()).expect("a sound record");
    let _ = training.complete(signed.bytes, signed.digest, signed.file_name, at(minute));
}

fn app() -> AppClaim {
    AppClaim { product: "countersign".to_owned(), version: "0".to_owned() }
}

#[test]
fn a_run_leads_step_by_step_to_a_record_that_verifies() {
    let course = course("1");
    let mut training = begun(&course);
    assert_eq!(training.next_step(), Step::Lesson(0));
    assert!(matches!(training.assessment(at(0)), AssessmentState::Locked(missing) if missing.len() == 3));
    assert!(training.start_attempt(at(1)).is_empty(), "locked");

    read_and_check(&mut training, 1);
    assert_eq!(training.next_step(), Step::Assessment);
    assert_eq!(training.start_attempt(at(3)).len(), 1);
    assert!(training.start_attempt(at(3)).is_empty(), "one at a time");
    answer_all(&mut training, true, 5);

    assert_eq!(training.next_step(), Step::Policy);
    assert!(training.acknowledge(at(6)).is_empty(), "not read yet");
    let _ = training.read_whole(Text::Policy, 30, at(6));
    assert!(training.claims(Face::FullScreen, app()).is_none(), "not agreed yet");
    assert_eq!(training.acknowledge(at(7)).len(), 1);
    assert_eq!(training.next_step(), Step::Sign);
    assert!(training.overview(at(7)).percent < 100, "nothing is complete before it is signed");

    let claims = training.claims(Face::FullScreen, app()).expect("everything is there");
    let signed =
        sign_completion(&claims, uuid::Builder::from_random_bytes([1; 16]).into_uuid(), at(8), &key())
            .expect("a sound record");
    let _ = training.complete(signed.bytes.clone(), signed.digest, signed.file_name, at(8));
    assert_eq!(training.next_step(), Step::Certificate);
    assert_eq!(training.overview(at(8)).percent, 100);
    let certificate = training.certificate().expect("signed");
    assert_eq!(certificate.valid_until, Some(at(8).plus_days(365)));
    assert!(training.claims(Face::FullScreen, app()).is_none(), "signed once");

    // A screen asks for both with every key: the signature is checked once, and the questions are drawn once.
    let again = training.certificate().expect("signed");
    assert!(std::ptr::eq(certificate.claims, again.claims));
    let number = training.last_submitted().expect("submitted");
    let [one, other] = [0, 1].map(|_| training.sitting(number).expect("its version is here").1);
    assert!(Arc::ptr_eq(&one, &other));

    let courses = vec![CourseVersion { course, approval: Approval::Approved }];
    let verdict = verdict(&signed.bytes, &Verifier { courses, ..Verifier::default() });
    for (level, expected) in [
        (Level::Signature, Outcome::Pass),
        (Level::Content, Outcome::Pass),
        (Level::Grading, Outcome::Pass),
        (Level::Identity, Outcome::Unknown),
        (Level::Time, Outcome::Unknown),
    ] {
        let finding = verdict.at(level);
        assert_eq!(finding.outcome, expected, "{level}: {:?}", finding.reasons);
    }
}

#[test]
fn a_record_names_the_one_before_it_on_the_device_whichever_course_that_completed() {
    let of_another_course = Digest::of(b"another course");
    let mut training = begun(&course("1")).after_record(Some(of_another_course));
    for (minute, previous) in [(1, of_another_course), (20, Digest::of(b"this course"))] {
        read_and_check(&mut training, minute);
        let _ = training.start_attempt(at(minute + 2));
        answer_all(&mut training, true, minute + 3);
        let _ = training.read_whole(Text::Policy, 30, at(minute + 4));
        let _ = training.acknowledge(at(minute + 4));
        let claims = training.claims(Face::Linear, app()).expect("everything is there");
        assert_eq!(claims.previous, Some(previous));
        let digest = Digest::of(b"this course");
        let _ = training.complete(Vec::new(), digest, "name".to_owned(), at(minute + 5));
        assert_eq!(training.begin_again(at(minute + 6)).len(), 1);
        assert_eq!(training.last_submitted(), None, "learners count anew");
    }
    assert_eq!([1, 2, 3].map(|number| training.place_in_run(number)), [Some(1), Some(1), None]);
}

#[test]
fn a_failed_attempt_waits_and_the_last_one_ends_it() {
    let mut training = begun(&course("1"));
    read_and_check(&mut training, 1);
    assert_eq!(training.assessment(at(3)), AssessmentState::Ready { left: Some(2) });
    let _ = training.start_attempt(at(3));
    answer_all(&mut training, false, 5);
    let result = training.result(1).expect("submitted");
    assert!(!result.passed);
    assert_eq!(result.review, Review::AfterLastAttempt, "the bank is still to be asked");
    assert!(!result.reread.is_empty());
    assert_eq!(training.assessment(at(34)), AssessmentState::Waiting { until: at(35), left: Some(1) });
    assert!(training.start_attempt(at(34)).is_empty());
    assert_eq!(training.assessment(at(35)), AssessmentState::Ready { left: Some(1) });
    let _ = training.start_attempt(at(35));
    answer_all(&mut training, false, 40);
    assert_eq!(training.assessment(at(400)), AssessmentState::NoneLeft);
    assert_eq!(training.result(1).expect("submitted").review, Review::Open);
    assert_eq!(training.result(2).expect("submitted").review, Review::Open);
    assert_eq!((training.last_submitted(), training.place_in_run(2)), (Some(2), Some(2)));
}

#[test]
fn a_wait_that_grows_is_kept_and_verified() {
    let mut files = files("1");
    let manifest = MANIFEST.replace("VERSION", "1");
    let growing = manifest.replace("attempts: 2, wait_minutes: 30", "attempts: 4, wait_minutes: [0, 1440]");
    files.insert("course.ron".to_owned(), growing.into_bytes());
    let course = Arc::new(course::parse(files).expect("a course without faults"));
    let mut training = begun(&course);
    read_and_check(&mut training, 1);
    let day = 24 * 60;
    for (left, opens, ends) in
        [(4, 3, 5), (3, 5, 10), (2, 10 + day, 20 + day), (1, 20 + 2 * day, 30 + 2 * day)]
    {
        if opens > 10 {
            let waiting = AssessmentState::Waiting { until: at(opens), left: Some(left) };
            assert_eq!(training.assessment(at(opens - 1)), waiting);
            assert!(training.start_attempt(at(opens - 1)).is_empty());
        }
        assert_eq!(training.assessment(at(opens)), AssessmentState::Ready { left: Some(left) });
        let _ = training.start_attempt(at(opens));
        answer_all(&mut training, left == 1, ends);
    }
    let end = 30 + 2 * day;
    let _ = training.read_whole(Text::Policy, 30, at(end));
    let _ = training.acknowledge(at(end));
    let claims = training.claims(Face::Linear, app()).expect("everything is there");

    let grading = |claims: &CompletionClaims| {
        let id = uuid::Builder::from_random_bytes([1; 16]).into_uuid();
        let signed = sign_completion(claims, id, at(end + 1), &key()).expect("a sound record");
        let courses = vec![CourseVersion { course: Arc::clone(&course), approval: Approval::Approved }];
        verdict(&signed.bytes, &Verifier { courses, ..Verifier::default() }).grading
    };
    assert_eq!(grading(&claims).outcome, Outcome::Pass, "{:?}", grading(&claims).reasons);
    let mut hasty = claims;
    hasty.attempts[2].started_at = at(9 + day);
    let failed = grading(&hasty);
    assert_eq!(failed.outcome, Outcome::Fail);
    let reasons = format!("{:?}", failed.reasons);
    assert!(reasons.contains("less than 1440 minutes after attempt 2"), "{reasons}");
}

/// Something that a learner does.
type Command = Box<dyn FnMut(&mut Training) -> Vec<Change>>;

#[test]
fn a_restart_at_any_moment_finds_the_same_place() {
    let course = course("1");
    let mut training = begun(&course);
    let mut stored = training.progress().clone();
    let mut script: Vec<Command> = vec![
        Box::new(|training| read_to(training, Text::Lesson(0), 10, at(1))),
        Box::new(|training| training.read_whole(Text::Lesson(0), 30, at(1))),
        Box::new(|training| training.read_whole(Text::Lesson(1), 30, at(1))),
        Box::new(|training| training.start_check(0)),
    ];
    for id in ["q1", "q2"] {
        let id: QuestionId = id.parse().expect("an id");
        script.push(Box::new(move |training| {
            let question =
                training.course().modules[0].check.as_ref().and_then(|check| check.question(&id)).cloned();
            let response = right(&question.expect("in the check"));
            let mut changes = training.draft(0, &id, Some(response.clone()), None);
            changes.extend(training.hand_in(0, &id, response, None, at(2)).expect("open").1);
            changes
        }));
    }
    script.push(Box::new(|training| training.start_attempt(at(3))));
    script.push(Box::new(|training| training.answer(1, Some(Response::Text("true".to_owned())), None, 3)));
    script.push(Box::new(|training| training.toggle_flag(2)));
    script.push(Box::new(|training| training.go_to(2, 9)));
    script.push(Box::new(|training| training.submit(at(4))));
    for (step, command) in script.iter_mut().enumerate() {
        let changes = command(&mut training);
        assert!(!changes.is_empty(), "step {step} does something");
        for change in &changes {
            stored.apply(change);
        }
        let again = Training::new(Arc::clone(&course), Vec::new(), learner(), None, stored.clone());
        assert_eq!(again.progress(), training.progress(), "step {step}");
        assert_eq!(again.overview(at(9)), training.overview(at(9)), "step {step}");
        assert_eq!(again.attempt(), training.attempt(), "step {step}");
    }
}

#[test]
fn an_attempt_is_finished_on_the_version_it_began_with() {
    let first = course("1");
    let mut training = begun(&first);
    read_and_check(&mut training, 1);
    let _ = training.start_attempt(at(3));
    let drawn = training.attempt().expect("under way").1.drawn.clone();

    let mut newer = files("2");
    newer.insert("lessons/1.md".to_owned(), b"# One\n\n## Part\n\nNew text.\n".to_vec());
    let changed = CHECK.replace("TrueFalse(id: \"q2\",", "TrueFalse(id: \"q2\", revision: 2,");
    newer.insert("quizzes/1.ron".to_owned(), changed.into_bytes());
    let second = Arc::new(course::parse(newer).expect("a course without faults"));
    let progress = training.progress().clone();
    assert_eq!(Training::versions_needed(&second, &progress), BTreeSet::from([first.digest]));

    let lost = Training::new(Arc::clone(&second), Vec::new(), learner(), None, progress.clone());
    assert_eq!(lost.assessment(at(4)), AssessmentState::VersionMissing);

    let mut resumed = Training::new(Arc::clone(&second), vec![Arc::clone(&first)], learner(), None, progress);
    assert_eq!(resumed.attempt().expect("under way").1.drawn, drawn);
    assert_eq!(resumed.course().digest, first.digest);
    let older = OlderVersion { attempt: "1".to_owned(), opened: "2".to_owned() };
    assert_eq!(
        older.words(),
        "The course that you opened is version 2. Your attempt goes on with version 1, with which it began.",
        "it may be the older of the two"
    );
    assert_eq!(resumed.news(), [News::AttemptOnOlderVersion(older)]);

    answer_all(&mut resumed, false, 5);
    assert_eq!(resumed.course().digest, second.digest, "the next attempt takes the new version");
    assert_eq!(
        resumed.news(),
        [
            News::LessonChanged { module: 0, read: ReadBeforeChange::Wholly },
            News::CheckChanged { module: 0, questions: 1 }
        ]
    );
    assert_eq!(resumed.lesson_state(1), LessonState::Read, "what did not change still holds");
    assert_eq!(resumed.place(Text::Lesson(0)), 0, "what changed is read from its beginning");
    let missing = vec![Missing::Lesson(0), Missing::Check(0)];
    assert_eq!(resumed.assessment(at(60)), AssessmentState::Locked(missing));
}

#[test]
fn an_assignment_begins_a_run_of_its_own_and_stands_in_the_record() {
    let course = course("1");
    let training = begun(&course);
    let assigned = Assigned {
        id: "urn:uuid:00000000-0000-4000-8000-000000000000".to_owned(),
        digest: Digest::of(b"assignment"),
        nonce: "n0nce".to_owned(),
        due: at(10_000),
        deliver_to: "Mail it\nto hr@example.org\n".to_owned(),
        // A line break was said as a hidden character.
        reason: Some(" You have\na new phone. ".to_owned()),
    };
    let progress = training.progress().clone();
    let mut answering = Training::new(Arc::clone(&course), Vec::new(), learner(), None, progress)
        .with_further(Some(assigned));
    assert_eq!(answering.begin(at(5)).len(), 1);
    assert!(answering.begin(at(5)).is_empty(), "begun once");
    assert_eq!(answering.next_step(), Step::Lesson(0), "a new run starts afresh");
    assert_eq!(answering.overview(at(5)).due, Some(at(10_000)));
    assert_eq!(answering.deliver_to(), "Mail it to hr@example.org");
    assert_eq!(answering.reason().as_deref(), Some("You have a new phone."));
    read_and_check(&mut answering, 6);
    let _ = answering.start_attempt(at(8));
    answer_all(&mut answering, true, 9);
    let _ = answering.read_whole(Text::Policy, 30, at(9));
    let _ = answering.acknowledge(at(9));
    let claims = answering.claims(Face::Linear, app()).expect("everything is there");
    assert_eq!(claims.assignment.expect("cited").nonce, "n0nce");
}

/// What linked to the policy led to the lesson of the check in one face and nowhere in the other.
#[test]
fn a_link_of_a_question_leads_to_a_lesson_or_to_the_policy() {
    let training = begun(&course("1"));
    let to = |path: &str, heading: Option<&str>| {
        let link = LessonLink { lesson: path.to_owned(), heading: heading.map(str::to_owned) };
        let linked = training.linked(&link)?;
        assert_eq!(linked.lesson.path, path);
        Some((linked.text, linked.heading.map(|heading| heading.text.to_string())))
    };
    for text in [Text::Lesson(0), Text::Lesson(1), Text::Policy] {
        let lesson = training.text(text).expect("a text");
        let heading = lesson.document.headings().first().expect("a title");
        assert_eq!(to(&lesson.path, None), Some((text, None)));
        assert_eq!(to(&lesson.path, Some("nowhere")), Some((text, None)));
        let expected = Some((text, Some(heading.text.to_string())));
        assert_eq!(to(&lesson.path, Some(&heading.anchor)), expected);
    }
    assert_eq!(to("lessons/none.md", None), None);
}
