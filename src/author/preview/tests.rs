use std::sync::Arc;

use super::*;
use crate::course::{self, Course, CourseFiles, Fault, Rule, Shown};
use crate::record::claims::{AppClaim, Face};
use crate::training::{AssessmentState, PolicyState, Step};

fn bundled() -> CourseFiles {
    course::embedded()
}

fn opened(files: CourseFiles, path: &str) -> Edition {
    edition(files, &Focus::File(path.to_owned()))
}

/// The file of the check of a module.
fn check_of(course: &Course, module: usize) -> String {
    let check = course.modules[module].check.as_ref().expect("a check");
    let id = format!("id: \"{}\"", check.id);
    let holds = |(path, bytes): &(&String, &Vec<u8>)| {
        path.starts_with("quizzes/") && String::from_utf8_lossy(bytes).contains(&id)
    };
    course.files.iter().find(holds).map(|(path, _)| path.clone()).expect("its file")
}

fn asked(edition: &Edition) -> (usize, Option<Step>) {
    match edition {
        Edition::Good { course, asked } => (course.modules.len(), *asked),
        Edition::Faulty { faults, .. } => panic!("{faults:?}"),
    }
}

#[test]
fn a_file_that_the_course_names_is_found_in_its_place() {
    let course = course::parse(bundled()).expect("no faults");
    let modules = course.modules.len();
    let check =
        |path: &str, step: Step| assert_eq!(asked(&opened(bundled(), path)), (modules, Some(step)), "{path}");
    check(&course.modules[1].lesson.path, Step::Lesson(1));
    check(&check_of(&course, 2), Step::Check(2));
    check(&course.policy.expect("a policy").lesson.path, Step::Policy);
    assert_eq!(asked(&edition(bundled(), &Focus::Course)), (modules, None));
}

#[test]
fn a_file_that_no_module_names_becomes_a_part_of_its_own() {
    let course = course::parse(bundled()).expect("no faults");
    let (all, checks) =
        (course.modules.len(), course.modules.iter().filter(|module| module.check.is_some()).count());
    let bank = opened(bundled(), "quizzes/assessment.ron");
    assert_eq!(asked(&bank), (all + 1, Some(Step::Check(all))));
    let mut files = bundled();
    files.insert("lessons/_drafts/new.md".to_owned(), b"# New\n\nWords.\n".to_vec());
    assert_eq!(asked(&opened(files.clone(), "lessons/_drafts/new.md")), (all + 1, Some(Step::Lesson(all))));
    // A copy that still has the identifier of its original is asked by itself.
    let copy = String::from_utf8(files[&check_of(&course, 2)].clone()).expect("a text");
    files.insert("quizzes/_new.ron".to_owned(), copy.replace("prompt: \"", "prompt: \"New: ").into_bytes());
    let Edition::Good { course, asked } = opened(files, "quizzes/_new.ron") else { panic!("a good course") };
    assert_eq!(asked, Some(Step::Check(all)));
    let ids: std::collections::BTreeSet<_> = course
        .modules
        .iter()
        .filter_map(|module| module.check.as_ref())
        .map(|quiz| quiz.id.clone())
        .collect();
    assert_eq!(ids.len(), checks + 1);
}

#[test]
fn faults_of_the_course_and_of_the_file_are_told_together_and_once() {
    let faults = |edition: Edition| match edition {
        Edition::Good { .. } => panic!("faulty"),
        Edition::Faulty { faults, .. } => {
            faults.into_iter().map(|fault| fault.to_string()).collect::<Vec<_>>()
        }
    };
    assert_eq!(
        faults(opened(bundled(), "lessons/none.md")),
        ["lessons/none.md: there is no such file in the course folder"]
    );
    assert_eq!(faults(opened(bundled(), "assets/x.png")).len(), 1);
    let mut files = bundled();
    let course = course::parse(bundled()).expect("no faults");
    let path = course.modules[1].lesson.path.as_str();
    files.insert(path.to_owned(), b"\n".to_vec());
    let found = faults(opened(files.clone(), path));
    assert_eq!(found.iter().filter(|fault| fault.contains("is empty")).count(), 1, "{found:?}");
    files.insert("quizzes/_new.ron".to_owned(), b"(".to_vec());
    let both = faults(opened(files, "quizzes/_new.ron"));
    assert!(
        both.len() == found.len() + 1 && both.iter().any(|fault| fault.starts_with("quizzes/_new.ron:1")),
        "{both:?}"
    );
}

/// `author check` found them, and the preview of the same course said that it has no errors.
#[test]
fn what_must_be_mended_before_anybody_gets_the_course_is_told_and_leaves_nothing_out() {
    let mut files = bundled();
    let path = course::parse(bundled()).expect("no faults").modules[1].lesson.path.clone();
    let whole = asked(&edition(files.clone(), &Focus::Course)).0;
    let text = String::from_utf8(files[&path].clone()).expect("a text");
    let text = text + "\n![A map](../assets/none.png)\n\nHid\u{200b}den.\n";
    files.insert(path.clone(), text.into_bytes());
    let expected = crate::author::check::errors(course::review(&files), Vec::new());
    let Edition::Faulty { faults, rest: Some(rest) } = edition(files, &Focus::File(path)) else {
        panic!("something to show")
    };
    let rules: Vec<_> = faults.iter().map(|fault| fault.rule.code()).collect();
    assert_eq!((rules.as_slice(), &faults), (&["dead-reference", "hidden-character"][..], &expected));
    assert_eq!(
        (rest.shown, rest.course.modules.len(), rest.asked),
        (Shown::Whole, whole, Some(Step::Lesson(1)))
    );
}

/// Of a course with a dead link something was said to be left out, and of one with a picture that cannot be read nothing.
#[test]
fn how_much_of_a_course_is_shown_is_what_of_it_is_left() {
    let path = course::parse(bundled()).expect("no faults").modules[1].lesson.path.clone();
    let check = |lesson: &str, unreadable: Vec<Fault>, expected: Shown| {
        let mut files = bundled();
        files.insert(path.clone(), lesson.as_bytes().to_vec());
        let Edition::Faulty { rest: Some(rest), .. } =
            edition_as_far_as_read(files, unreadable, &Focus::Course).0
        else {
            panic!("something to show of {lesson:?}")
        };
        assert_eq!(rest.shown, expected, "{lesson:?}");
    };
    let pipe = || Fault::of_file(Rule::UnreadableFile, "assets/pipe.png", "it is no file".to_owned());
    let (whole, dead, broken) = ("# A\n\nWords.\n", "# A\n\nSee [it](#nowhere).\n", "No heading.\n");
    check(dead, Vec::new(), Shown::Whole);
    check(broken, Vec::new(), Shown::Rest);
    check(whole, vec![pipe()], Shown::Rest);
    check(dead, vec![pipe()], Shown::Rest);
}

/// The course opened, and nothing said why not the quiz.
#[test]
fn a_file_that_somebody_asked_for_and_that_cannot_be_shown_is_named() {
    let course = course::parse(bundled()).expect("no faults");
    let (good, bad) = (check_of(&course, 1), check_of(&course, 2));
    let mut files = bundled();
    files.insert(bad.clone(), b"(".to_vec());
    let unshown = |path: &str| match opened(files.clone(), path) {
        Edition::Faulty { rest: Some(rest), .. } => rest.unshown,
        other => panic!("something to show: {other:?}"),
    };
    assert_eq!(unshown(&bad), Some(bad.clone()));
    assert_eq!(unshown(&good), None);
}

struct Noon;

impl Clock for Noon {
    fn now(&self) -> Timestamp {
        "2026-11-25T12:00:00Z".parse().expect("a time")
    }
}

#[test]
fn everything_is_open_up_to_a_signature_that_goes_nowhere() {
    let mut world = Workshop::new(&Noon, || None, |_| Ok(())).expect("a key");
    let course = Arc::new(course::parse(bundled()).expect("a good course"));
    let training =
        Training::new(course, Vec::new(), world.learner(), None, crate::progress::Progress::default());
    let mut training = training.for_preview().afresh(world.now());
    assert!(matches!(training.assessment(world.now()), AssessmentState::Ready { .. }));
    assert_eq!(training.policy_state(), Some(PolicyState::Open));
    // Failing costs nothing: the next attempt is there at once, however many were allowed.
    for _ in 0..5 {
        drop(training.start_attempt(world.now()));
        drop(training.submit(world.now()));
        assert!(matches!(training.assessment(world.now()), AssessmentState::Ready { .. }));
    }
    training.complete_all(world.now());
    assert_eq!(training.next_step(), Step::Sign);
    let app = AppClaim { product: "countersign".to_owned(), version: "0".to_owned() };
    let claims = training.claims(Face::Linear, app).expect("everything is done");
    let signed = world.sign(&claims, None).expect("a record");
    drop(training.complete(signed.bytes, signed.digest, signed.file_name, signed.at));
    let completion = training.completion().expect("signed");
    assert_eq!(world.deliver(completion).expect("said"), PathBuf::from(NOWHERE).join(&completion.file_name));
    assert!(!PathBuf::from(NOWHERE).exists());
    assert!(world.export("page.html", "").is_err());
}
