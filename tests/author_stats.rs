//! `countersign author stats` on records that learners signed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use countersign::course::{self, Course, CourseFiles};
use countersign::quiz::mark::{self, mark};
use countersign::quiz::question::{Kind, Question};
use countersign::quiz::response::{Certainty, Response};
use countersign::record::claims::CompletionClaims;
use countersign::record::key::SecretKey;
use countersign::record::{read_completion, sign_completion};
use serde_json::Value;
use uuid::Uuid;

#[path = "support/learner.rs"]
mod learner;

const COURSE: &str = "tests/vectors/course";

fn course() -> Arc<Course> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(COURSE);
    let mut files = CourseFiles::new();
    for folder in ["", "lessons/", "quizzes/"] {
        for entry in fs::read_dir(root.join(folder)).expect("a folder") {
            let entry = entry.expect("an entry");
            if entry.path().is_file() {
                let name = format!("{folder}{}", entry.file_name().to_string_lossy());
                files.insert(name, fs::read(entry.path()).expect("a file"));
            }
        }
    }
    Arc::new(course::parse(files).expect("without faults"))
}

fn key(learner: u8) -> SecretKey {
    SecretKey::from_seed(&[learner + 100; 32])
}

/// What this learner answered: the better ones more, but the good ones are wrong about `single`, and sure.
fn answers(learner: u8, question: &Question) -> (Option<Response>, Certainty) {
    let ability = learner % 10;
    let fooled = question.id.as_str() == "single";
    let spread = question.id.as_str().bytes().map(u32::from).sum::<u32>() + u32::from(learner) * 7;
    let knows = if fooled { ability < 4 } else { u32::from(ability) + spread % 5 >= 6 };
    let certainty = match (fooled, ability) {
        (true, 4..) | (false, 7..) => Certainty::Sure,
        (_, 3..) => Certainty::Fairly,
        _ => Certainty::Guessing,
    };
    let right = countersign::quiz::key::key(question);
    let response = match (&question.kind, knows) {
        (_, true) => match right {
            Response::Text(text) => Response::Text(text.replace('*', "")),
            right => right,
        },
        (Kind::TrueFalse { answer }, false) => Response::Text((!answer).to_string()),
        (Kind::Single { options }, false) => {
            let wrong: Vec<_> = options.iter().filter(|option| !option.right).collect();
            Response::Text(wrong[if fooled { 0 } else { usize::from(learner) % wrong.len() }].id.to_string())
        }
        (_, false) => return (None, certainty),
    };
    (Some(response), certainty)
}

/// The claims of an honest learner, whose number and name must not turn up anywhere.
fn claims(course: &Course, learner: u8) -> CompletionClaims {
    let mut claims = learner::claims(course, &key(learner).did(), None, &[0]);
    claims.person.number = format!("NUMBER-{learner:03}");
    claims.person.name = format!("Surname{learner:03} Forename");
    claims.person.email = Some(format!("mail{learner:03}@example.org"));
    let attempt = claims.attempts.last_mut().expect("an attempt");
    for response in &mut attempt.responses {
        let question = course.assessment.quiz.question(&response.item).expect("drawn from the bank");
        let (given, certainty) = answers(learner, question);
        response.earned = mark(question, given.as_ref()).earned;
        response.certainty = given.is_some().then_some(certainty);
        response.response = given;
        response.seconds = 20 + u64::from(learner);
    }
    attempt.earned = attempt.responses.iter().map(|response| u64::from(response.earned)).sum();
    claims.result.earned = attempt.earned;
    claims.result.passed =
        mark::passed(attempt.earned, attempt.possible, course.assessment.pass_percent.get());
    claims
}

fn signed(claims: &CompletionClaims, key: &SecretKey) -> Vec<u8> {
    let id = Uuid::from_bytes([0x5b, 1, 2, 3, 4, 5, 0x4d, 7, 0x8a, 9, 10, 11, 12, 13, 14, 15]);
    sign_completion(claims, id, learner::signed_at(claims.attempts.len()), key).expect("in the profile").bytes
}

/// A folder with the records of so many learners; file names hold their numbers, as those of real records do.
fn records(folder: &Path, learners: u8) -> BTreeMap<u8, PathBuf> {
    let course = course();
    (0..learners)
        .map(|learner| {
            let path = folder.join(format!("NUMBER-{learner:03}_vector-course.completion.json"));
            write(&path, &signed(&claims(&course, learner), &key(learner)));
            (learner, path)
        })
        .collect()
}

#[expect(clippy::disallowed_methods, reason = "files of a test, in a temporary folder")]
fn write(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).expect("a file");
}

fn run(arguments: &[&str], records: &Path) -> Output {
    let home = records.join("home");
    Command::new(env!("CARGO_BIN_EXE_countersign"))
        .args(["author", "stats", "--course", COURSE])
        .args(arguments)
        .arg(records)
        .env("COUNTERSIGN_HOME", home)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the program")
}

fn text(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).expect("text")
}

fn json(output: &Output) -> Value {
    serde_json::from_str(&text(output)).expect("JSON")
}

fn row<'a>(document: &'a Value, question: &str) -> &'a Value {
    let rows = document["quizzes"][0]["questions"].as_array().expect("rows");
    rows.iter().find(|row| row["question"] == question).expect("a row")
}

#[test]
fn the_figures_are_those_of_the_answers() {
    let folder = tempfile::tempdir().expect("a folder");
    records(folder.path(), 40);
    let document = json(&run(&["--json"], folder.path()));
    assert_eq!((&document["read"], &document["counted"]), (&40.into(), &40.into()));
    let course = course();
    for id in ["single", "true-false", "text", "cloze"] {
        let question =
            course.assessment.quiz.question(&id.parse().expect("an identifier")).expect("a question");
        let had: Vec<f64> = (0..40)
            .filter(|learner| {
                claims(&course, *learner).attempts[0].responses.iter().any(|given| given.item == question.id)
            })
            .map(|learner| {
                let mark = mark(question, answers(learner, question).0.as_ref());
                f64::from(mark.earned) / f64::from(mark.possible)
            })
            .collect();
        let figures = &row(&document, id)["figures"];
        assert_eq!(figures["attempts"], had.len(), "{id}");
        let facility = had.iter().sum::<f64>() / f64::from(u32::try_from(had.len()).expect("few"));
        let found = figures["facility"].as_f64().expect("a number");
        assert!((found - facility).abs() < 1e-4, "{id}: {found} is not {facility}");
    }
    let verdicts = &row(&document, "single")["figures"]["verdicts"];
    assert_eq!(verdicts[0]["name"], "fools-the-best", "{verdicts:#}");
    assert_eq!(verdicts[1]["name"], "misconception", "{verdicts:#}");
    let first = &document["quizzes"][0]["questions"][0]["question"];
    assert_eq!(first, "single", "what matters most stands first");
}

#[test]
fn nothing_names_a_learner() {
    let folder = tempfile::tempdir().expect("a folder");
    records(folder.path(), 31);
    let mut hurt = signed(&claims(&course(), 31), &key(31));
    let at = hurt.windows(7).position(|bytes| bytes == b"Surname").expect("a name");
    hurt[at] = b's';
    write(&folder.path().join("NUMBER-031_x.completion.json"), &hurt);
    for arguments in [&[][..], &["--all"], &["--json"], &["--html", "-"]] {
        let output = run(arguments, folder.path());
        let said = [&output.stdout[..], &output.stderr].concat();
        let said = String::from_utf8(said).expect("text").to_lowercase();
        for never in ["number-", "surname", "forename", "mail0", "did:key"] {
            assert!(!said.contains(never), "{arguments:?}: {never}");
        }
    }
}

#[test]
fn nine_learners_are_not_shown_and_ten_are() {
    let folder = tempfile::tempdir().expect("a folder");
    records(folder.path(), 9);
    let document = json(&run(&["--json"], folder.path()));
    assert_eq!(document["quizzes"][0]["figures"], Value::Null);
    let rows = document["quizzes"][0]["questions"].as_array().expect("rows");
    assert!(rows.iter().all(|row| row["figures"].is_null()), "{document:#}");
    records(folder.path(), 10);
    let document = json(&run(&["--json"], folder.path()));
    assert_eq!(document["quizzes"][0]["figures"]["questionsPerAttempt"], 9.0);
    assert_eq!(row(&document, "single")["figures"]["attempts"], 10);
    let none: [Value; 0] = [];
    assert_eq!(row(&document, "single")["figures"]["verdicts"], Value::from(none), "too few to judge");
}

#[test]
fn what_does_not_count_is_left_out_with_its_reason() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = records(folder.path(), 12);
    let course = course();
    let file =
        |name: &str, bytes: &[u8]| write(&folder.path().join(format!("{name}.completion.json")), bytes);
    let reason_of = |document: &Value, bytes: &[u8]| {
        let fingerprint = read_completion(bytes).expect("signed").digest.to_string();
        let mut left_out = document["leftOut"].as_array().expect("a list").iter();
        let found = left_out.find(|left_out| left_out["fingerprint"] == fingerprint.as_str());
        found.map(|left_out| left_out["reason"].as_str().expect("a text").to_owned()).unwrap_or_default()
    };
    // Somebody's record once more.
    file("copy", &fs::read(&paths[&3]).expect("a file"));
    // Learner 4 again with another device, later.
    let mut again = claims(&course, 50);
    again.person.number = "NUMBER-004".to_owned();
    let attempt = again.attempts.last_mut().expect("an attempt");
    attempt.started_at = learner::after(7_000);
    attempt.finished_at = learner::after(7_600);
    let again = signed(&again, &key(50));
    file("again", &again);
    // A second attempt without the first.
    let mut later = claims(&course, 51);
    later.attempts = vec![learner::attempt(&course, &later.id, None, 2, 9)];
    later.result.earned = later.attempts[0].earned;
    later.result.passed = true;
    let later = signed(&later, &key(51));
    file("later", &later);
    // Full marks for wrong answers, signed by the learner.
    let mut false_marks = claims(&course, 52);
    let attempt = &mut false_marks.attempts[0];
    for response in &mut attempt.responses {
        let question = course.assessment.quiz.question(&response.item).expect("drawn");
        response.earned = mark(question, None).possible;
    }
    attempt.earned = attempt.possible;
    false_marks.result.earned = attempt.possible;
    false_marks.result.passed = true;
    let false_marks = signed(&false_marks, &key(52));
    file("false-marks", &false_marks);
    // Another course, and no record at all.
    let mut elsewhere = claims(&course, 53);
    elsewhere.course.digest = countersign::digest::Digest::of(b"elsewhere");
    elsewhere.course.course_id = "elsewhere".parse().expect("an identifier");
    let elsewhere = signed(&elsewhere, &key(53));
    file("elsewhere", &elsewhere);
    file("nonsense", b"{");

    let document = json(&run(&["--json"], folder.path()));
    assert_eq!((&document["read"], &document["counted"]), (&18.into(), &12.into()));
    for (bytes, begin) in [
        (&fs::read(&paths[&3]).expect("a file"), "the same record"),
        (&again, "another record of the same person"),
        (&later, "begins with a later attempt"),
        (&false_marks, "draw, answers or marks"),
        (&elsewhere, "taken on a version of a course that is not here"),
    ] {
        let reason = reason_of(&document, bytes);
        assert!(reason.starts_with(begin), "{begin}: {reason:?}");
    }
    let nonsense = countersign::digest::Digest::of(b"{").to_string();
    assert!(document["leftOut"].to_string().contains(&nonsense));
    let people = text(&run(&[], folder.path()));
    assert!(people.contains("18 files, 6 left out:"), "{people}");
}

#[test]
fn the_table_fits_the_width_and_a_page_is_written_over_only_when_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    records(folder.path(), 32);
    let wide = text(&run(&["--all"], folder.path()));
    assert!(wide.lines().all(|line| line.chars().count() <= 80), "{wide}");
    let page = folder.path().join("page.html");
    let name = page.to_str().expect("text").to_owned();
    text(&run(&["--html", &name], folder.path()));
    let written = fs::read_to_string(&page).expect("a page");
    assert!(written.starts_with("<!DOCTYPE html>") && written.contains("fools the best learners"));
    write(&page, b"mine");
    assert_eq!(run(&["--html", &name], folder.path()).status.code(), Some(2));
    assert_eq!(fs::read(&page).expect("a file"), b"mine");
    text(&run(&["--html", &name, "--force"], folder.path()));
    assert_eq!(fs::read_to_string(&page).expect("a page"), written);
}

/// `cargo test --test author_stats -- --ignored` leaves records to look at in the folder named by the test.
#[test]
#[ignore = "makes records to try the verb with"]
fn records_to_look_at() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("stats-records");
    fs::create_dir_all(&folder).expect("a folder");
    records(&folder, 60);
    println!("{}", folder.display());
}
