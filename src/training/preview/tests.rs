use proptest::prelude::*;

use super::super::{AssessmentState, Learner, Step};
use super::*;
use crate::course;
use crate::progress::Person;
use crate::quiz::mark::is_well_formed;

/// A question of a made-up quiz: its number, how it is asked, and what is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Asked {
    number: usize,
    kind: usize,
    right: bool,
}

impl Asked {
    fn ron(self) -> String {
        let Self { number, kind, right } = self;
        let head = format!(r#"(id: "q{number}", topic: "t", prompt: "{number}?""#);
        match kind {
            0 => format!(r"TrueFalse{head}, answer: {right})"),
            1 => format!(r#"Text{head}, accepted: ["{right}"])"#),
            _ => format!(
                r#"Multiple{head}, options: [(id: "a", text: "A", right: true), (id: "b", text: "B", right: {right}), (id: "c", text: "C")])"#
            ),
        }
    }
}

/// A course of lessons with a check each, all asking the same, and an assessment that draws `draw` of it.
fn made(lessons: &[usize], asked: &[Asked], draw: usize) -> Arc<Course> {
    let modules: Vec<String> = lessons
        .iter()
        .map(|lesson| format!(r#"(lesson: "lessons/{lesson}.md", check: "quizzes/{lesson}.ron")"#))
        .collect();
    let manifest = format!(
        r#"(id: "made", title: "Made", version: "1", language: "en", owner: "tests", reviewed: "2026-11-22",
        review_by: "2027-05-22", validity_days: 365, topics: [(id: "t", title: "T")], modules: [{}], check_pass_percent: 50,
        assessment: (quiz: "quizzes/bank.ron", pass_percent: 60, draw: {}, attempts: 1, wait_minutes: 30),
        policy: (file: "lessons/policy.md", statement: "I agree."), deliver_to: "HR")"#,
        modules.join(", "),
        draw.clamp(1, asked.len()),
    );
    let questions: Vec<String> = asked.iter().map(|asked| asked.ron()).collect();
    let quiz = |id: &str| format!(r#"(id: "{id}", title: "Quiz", questions: [{}])"#, questions.join(", "));
    let mut files = course::CourseFiles::from([
        ("course.ron".to_owned(), manifest.into_bytes()),
        ("lessons/policy.md".to_owned(), b"# Policy\n".to_vec()),
        ("quizzes/bank.ron".to_owned(), quiz("bank").into_bytes()),
    ]);
    for lesson in lessons {
        files.insert(format!("lessons/{lesson}.md"), format!("# Lesson {lesson}\n\nText.\n").into_bytes());
        files.insert(format!("quizzes/{lesson}.ron"), quiz(&format!("check-{lesson}")).into_bytes());
    }
    Arc::new(course::parse(files).expect("a course without faults"))
}

fn noon() -> Timestamp {
    "2026-11-25T12:00:00Z".parse().expect("a time")
}

fn preview(course: Arc<Course>) -> Training {
    let person = Person { email: None, name: "Preview".to_owned(), number: "0".to_owned() };
    let learner = Learner { person, did: "did:key:z6Mk".to_owned() };
    Training::new(course, Vec::new(), learner, None, Progress::default()).for_preview().afresh(noon())
}

fn truths(count: usize) -> Vec<Asked> {
    (0..count).map(|number| Asked { number, kind: 0, right: true }).collect()
}

/// What is asked in the attempt under way, in its order.
fn drawn(training: &Training) -> Vec<String> {
    let (_, sitting) = training.attempt().expect("an attempt");
    sitting.questions().map(|(question, _)| question.id.to_string()).collect()
}

#[test]
fn a_draw_stays_while_the_course_changes_and_the_question_stays_the_one_that_is_shown() {
    let mut training = preview(made(&[1], &truths(8), 8));
    drop(training.start_attempt(noon()));
    drop(training.go_to(5, 0));
    let before = drawn(&training);
    let other_lesson = training.revised(made(&[1, 2], &truths(8), 8));
    assert_eq!(drawn(&other_lesson), before);
    // Without the question before it, the shown one has another number and is the same.
    let gone: usize = before[0][1..].parse().expect("a number");
    let fewer: Vec<Asked> = truths(8).into_iter().filter(|asked| asked.number != gone).collect();
    let fewer = training.revised(made(&[1], &fewer, 7));
    let (attempt, _) = fewer.attempt().expect("an attempt");
    assert_eq!(drawn(&fewer)[attempt.current], before[5]);
}

#[test]
fn what_was_answered_is_marked_by_the_new_key() {
    let mut training = preview(made(&[1], &truths(2), 2));
    training.complete_all(noon());
    assert_eq!(training.next_step(), Step::Sign);
    let wrong_now: Vec<Asked> = truths(2).into_iter().map(|asked| Asked { right: false, ..asked }).collect();
    let training = training.revised(made(&[1], &wrong_now, 2));
    let check = training.check(0).expect("a check").state;
    assert_eq!(check, CheckState::Finished { right: 0, partly: 0, total: 2, percent: 0, passed: false });
    assert!(matches!(training.assessment(noon()), AssessmentState::Ready { left: None }));
    let result = training.result(1).expect("a result");
    assert_eq!((result.earned, result.possible, result.passed), (0, 2000, false));
    // And back again.
    let training = training.revised(made(&[1], &truths(2), 2));
    assert_eq!(training.next_step(), Step::Sign);
}

#[test]
fn what_has_another_name_in_the_same_place_is_the_same() {
    let mut training = preview(made(&[1, 2], &truths(2), 2));
    training.complete_all(noon());
    let mut renamed = truths(2);
    renamed[0].number = 7;
    let training = training.revised(made(&[1, 3], &renamed, 2));
    assert_eq!(training.next_step(), Step::Sign);
    assert!(training.is_read(Text::Lesson(1)));
    assert!(matches!(training.check(1).expect("a check").state, CheckState::Finished { right: 2, .. }));
}

fn any_course() -> impl Strategy<Value = Arc<Course>> {
    let lessons = prop::sample::subsequence(vec![1, 2, 3], 1..=3).prop_shuffle();
    let asked = prop::collection::vec((0_usize..3, any::<bool>()), 6);
    let chosen = prop::sample::subsequence((0..6).collect::<Vec<usize>>(), 1..=6).prop_shuffle();
    (lessons, asked, chosen, 1_usize..7).prop_map(|(lessons, kinds, chosen, draw)| {
        let question = |number: usize| Asked { number, kind: kinds[number].0, right: kinds[number].1 };
        let asked: Vec<Asked> = chosen.into_iter().map(question).collect();
        made(&lessons, &asked, draw)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_the_course_becomes_everything_fits_it(
        first in any_course(), editions in prop::collection::vec(any_course(), 1..4), done in 0..3, current in 0_usize..6,
    ) {
        let mut training = preview(first);
        match done {
            0 => {}
            1 => {
                drop(training.start_attempt(noon()));
                drop(training.go_to(current, 0));
                let question = training.attempt().and_then(|(attempt, sitting)| sitting.question(attempt.current)).cloned();
                let response = question.as_ref().map(key);
                drop(training.answer(current, response, None, 1));
                drop(training.start_check(0));
            }
            _ => training.complete_all(noon()),
        }
        for edition in editions {
            training = training.revised(Arc::clone(&edition));
            prop_assert_eq!(training.course(), &edition);
            prop_assert!(training.assessment(noon()) != AssessmentState::VersionMissing);
            if let Some((attempt, sitting)) = training.attempt() {
                prop_assert!(attempt.current < sitting.drawn.len());
            }
            let quiz = &edition.assessment.quiz;
            for (id, answer) in training.progress().attempts.iter().flat_map(|attempt| &attempt.answers) {
                let question = quiz.question(id).expect("a question that is still there");
                prop_assert!(answer.response.as_ref().is_none_or(|response| is_well_formed(question, response)));
            }
            for module in 0..edition.modules.len() {
                let check = training.check(module).expect("a check");
                prop_assert!(check.answered.iter().all(|(question, answer)| is_well_formed(question, &answer.response)));
                prop_assert_eq!(check.open.len() + check.answered.len() >= check.quiz.questions.len(), true);
            }
        }
        training.complete_all(noon());
        prop_assert!(matches!(training.next_step(), Step::Sign));
    }
}
