//! What is taken as an answer.

use super::*;
use crate::progress::AttemptAnswer;
use crate::quiz::mark::Answered;

#[test]
fn answers_change_until_submitted_and_never_after() {
    let mut training = begun(&course("1"));
    read_and_check(&mut training, 1);
    let _ = training.start_attempt(at(3));
    let answer = |word: &str| Some(Response::Text(word.to_owned()));
    assert_eq!(training.answer(0, answer("false"), None, 4).len(), 1);
    assert_eq!(training.answer(0, answer("true"), None, 4).len(), 1);
    assert!(training.answer(0, answer("true"), None, 0).is_empty(), "nothing new, nothing to save");
    assert_eq!(training.toggle_flag(0).len(), 1);
    assert_eq!(training.unanswered(), [1, 2]);
    assert_eq!(training.answered(), [Answered::Wholly, Answered::Not, Answered::Not]);
    assert_eq!(training.answer(0, None, None, 0).len(), 1, "an answer can be taken back");
    assert_eq!(training.unanswered(), [0, 1, 2]);
    assert_eq!(training.go_to(99, 3).len(), 2);
    assert_eq!(training.attempt().expect("under way").0.current, 2);
    let _ = training.submit(at(5));
    assert!(training.answer(0, answer("true"), None, 0).is_empty());
    assert!(training.toggle_flag(0).is_empty());
    assert!(training.submit(at(6)).is_empty());
    let answers = &training.progress().attempts[0].answers;
    assert!(
        answers
            .values()
            .any(|answer| *answer == AttemptAnswer { seconds: 11, flagged: true, ..Default::default() })
    );
}

#[test]
fn what_is_no_answer_to_the_question_is_not_taken() {
    const TYPED: &str = r#"(id: "one", title: "One", questions: [
        Multiple(id: "m", topic: "a", prompt: "Which?", options: [
            (id: "a", text: "A", right: true), (id: "b", text: "B", right: true), (id: "c", text: "C")]),
        Text(id: "t", topic: "a", prompt: "Say it", accepted: ["it"]),
        Cloze(id: "g", topic: "a", prompt: "Fill in", text: "A {{gap}}.", gaps: [Text(id: "gap", accepted: ["it"])]),
    ])"#;
    let mut files = files("1");
    // One right answer of three opens the assessment.
    let manifest = MANIFEST.replace("check_pass_percent: 50", "check_pass_percent: 1");
    files.insert("course.ron".to_owned(), manifest.into_bytes());
    files.insert("quizzes/1.ron".to_owned(), TYPED.as_bytes().to_vec());
    files.insert("quizzes/bank.ron".to_owned(), TYPED.replace("\"one\"", "\"bank\"").into_bytes());
    let mut training = begun(&Arc::new(course::parse(files).expect("a course without faults")));
    let _ = training.start_check(0);

    let text = |length: usize| Response::Text("é".repeat(length));
    let gap = |name: &str, length| Response::Map(BTreeMap::from([(name.to_owned(), "é".repeat(length))]));
    let ticks = |ids: &[&str]| Response::List(ids.iter().map(|id| (*id).to_owned()).collect());
    let refused = [
        ("m", ticks(&["a", "x"])),
        ("m", text(1)),
        ("t", ticks(&["a"])),
        ("t", text(LONGEST_ANSWER + 1)),
        ("g", gap("gap", LONGEST_ANSWER + 1)),
        ("g", gap("hole", 1)),
    ];
    // As it is given, and as it is kept.
    let taken = [
        ("m", ticks(&["b", "a", "b"]), ticks(&["a", "b"])),
        ("t", text(LONGEST_ANSWER), text(LONGEST_ANSWER)),
        ("g", gap("gap", LONGEST_ANSWER), gap("gap", LONGEST_ANSWER)),
    ];
    let id = |id: &str| -> QuestionId { id.parse().expect("an id") };
    for (question, response) in &refused {
        assert!(training.draft(0, &id(question), Some(response.clone()), None).is_empty(), "{response:?}");
        assert!(training.hand_in(0, &id(question), response.clone(), None, at(1)).is_none(), "{response:?}");
    }
    for (question, response, kept) in &taken {
        assert_eq!(training.draft(0, &id(question), Some(response.clone()), None).len(), 1);
        assert!(training.draft(0, &id(question), Some(kept.clone()), None).is_empty(), "{kept:?} is there");
        assert!(training.hand_in(0, &id(question), response.clone(), None, at(1)).is_some());
        let check = &training.progress().checks["one"];
        assert_eq!(check.answers[*question].response, *kept);
    }

    for lesson in 0..2 {
        let _ = training.read_whole(Text::Lesson(lesson), 30, at(1));
    }
    assert_eq!(training.start_attempt(at(3)).len(), 1);
    let place = |training: &Training, question: &str| {
        let (_, sitting) = training.attempt().expect("under way");
        sitting.questions().position(|(drawn, _)| drawn.id.as_str() == question).expect("all are drawn")
    };
    for (question, response) in refused {
        let index = place(&training, question);
        assert!(training.answer(index, Some(response.clone()), None, 9).is_empty(), "{response:?}");
    }
    for (question, response, kept) in taken {
        let index = place(&training, question);
        assert_eq!(training.answer(index, Some(response), None, 9).len(), 1);
        let (attempt, _) = training.attempt().expect("under way");
        assert_eq!(attempt.answers[question].response, Some(kept));
    }
}
