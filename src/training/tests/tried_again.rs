//! What was not right in a check, tried again.

use super::*;
use crate::quiz::response::Certainty;

/// A check that was passed was not passed any more after somebody had tried to do better, and the record told of the worse answer.
#[test]
fn whoever_tries_again_and_does_worse_keeps_what_they_had() {
    const CHECK: &str = r#"(id: "one", title: "One", questions: [
        Multiple(id: "q1", topic: "a", prompt: "Which?", options: [
            (id: "a", text: "A", right: true), (id: "b", text: "B", right: true), (id: "c", text: "C"), (id: "d", text: "D"),
        ]),
    ])"#;
    let mut files = files("1");
    files.insert("quizzes/1.ron".to_owned(), CHECK.as_bytes().to_vec());
    let mut training = begun(&Arc::new(course::parse(files).expect("a course without faults")));
    let id: QuestionId = "q1".parse().expect("an id");
    let answer = |ids: &[&str]| Response::List(ids.iter().map(|id| (*id).to_owned()).collect());
    let mut hand_in = |ids: &[&str], minute: i64| {
        assert!(!training.start_check(0).is_empty(), "it is asked");
        let (mark, _) = training.hand_in(0, &id, answer(ids), None, at(minute)).expect("open");
        let view = training.check(0).expect("a check");
        assert!(view.open.is_empty(), "handed in is handed in");
        let (_, kept) = view.answered[0];
        (mark.earned, kept.earned, kept.response.clone(), kept.round, view.state)
    };
    let passed = |earned: u32| CheckState::Finished {
        right: 0,
        partly: 1,
        total: 1,
        percent: earned / 10,
        passed: true,
    };
    assert_eq!(hand_in(&["a"], 1), (500, 500, answer(&["a"]), 1, passed(500)));
    // Its options are shown as they were asked last.
    assert_eq!(hand_in(&["c"], 2), (0, 500, answer(&["a"]), 2, passed(500)));
    let (mark, earned, _, _, state) = hand_in(&["a", "b"], 3);
    assert_eq!((mark, earned), (1000, 1000));
    assert_eq!(state, CheckState::Finished { right: 1, partly: 0, total: 1, percent: 100, passed: true });
}

/// Whoever answered the last question of a check wrongly was told that less was done than before.
#[test]
fn what_is_done_never_becomes_less_by_answering_a_check() {
    for words in [["yes", "false"], ["no", "false"], ["no", "true"], ["yes", "true"]] {
        let mut training = begun(&course("1"));
        let mut before = training.overview(at(0)).percent;
        for round in 1..4 {
            let _ = training.start_check(0);
            for (id, word) in ["q1", "q2"].into_iter().zip(words) {
                let word = if round == 3 { ["yes", "true"][usize::from(id == "q2")] } else { word };
                let id: QuestionId = id.parse().expect("an id");
                let handed = training.hand_in(0, &id, Response::Text(word.to_owned()), None, at(round));
                let now = training.overview(at(round)).percent;
                assert!(now >= before, "{words:?}: {now} after {before}");
                assert!(handed.is_some() || round > 1);
                before = now;
            }
        }
        assert!(before > 0, "a check that is passed is something");
    }
}

/// Both faces still said that the better answer counts, and the record kept the worse one.
#[test]
fn what_is_tried_again_after_the_signature_changes_nothing_of_the_record() {
    let mut training = begun(&course("1"));
    assert_eq!(training.what_trying_changes(0), None);
    let _ = training.start_check(0);
    hand_in(&mut training, 0, "yes");
    hand_in(&mut training, 1, "false");
    for text in [Text::Lesson(0), Text::Lesson(1), Text::Policy] {
        let _ = training.read_whole(text, 30, at(2));
    }
    let _ = training.start_attempt(at(3));
    answer_all(&mut training, true, 5);
    let _ = training.acknowledge(at(7));
    assert_eq!(training.what_trying_changes(0), None, "what was wrong earned nothing");
    sign(&mut training, 8);
    let words = training.what_trying_changes(0).expect("something can be tried again");
    assert!(words.contains("signed"), "{words}");
    assert_eq!(training.percent_in_record(0), None, "it is what the record says");
    let _ = training.start_check(0);
    hand_in(&mut training, 1, "true");
    assert_eq!(training.what_trying_changes(0), None, "nothing is left to be tried");
    assert_eq!(training.percent_in_record(0), Some(50));
    let _ = training.begin_again(at(9));
    assert_eq!(training.what_trying_changes(0), None, "the record of this run is not signed");
}

/// A round that was begun, and left before anything was answered, was counted in the record.
#[test]
fn a_round_that_was_only_looked_into_is_no_try() {
    let mut training = begun(&course("1"));
    let tries = |training: &Training| training.check(0).expect("a check").tries();
    assert_eq!(tries(&training), 0);
    let _ = training.start_check(0);
    assert_eq!(tries(&training), 0);
    hand_in(&mut training, 0, "no");
    hand_in(&mut training, 1, "true");
    assert_eq!(tries(&training), 1);
    let _ = training.start_check(0);
    hand_in(&mut training, 0, "no");
    assert_eq!(tries(&training), 2);
    assert!(!training.start_check(0).is_empty(), "what was wrong is asked again");
    assert_eq!((tries(&training), training.check(0).expect("a check").round), (2, 3));
}

/// A begun first lesson, and its check with both questions answered, the first of them wrongly.
fn half_right() -> Training {
    let mut training = begun(&course("1"));
    let _ = read_to(&mut training, Text::Lesson(0), 8, at(1));
    assert!(!training.start_check(0).is_empty());
    hand_in(&mut training, 0, "no");
    hand_in(&mut training, 1, "true");
    training
}

fn hand_in(training: &mut Training, index: usize, response: &str) {
    let id = training.course().modules[0].check.as_ref().expect("a check").questions[index].id.clone();
    assert!(training.hand_in(0, &id, Response::Text(response.to_owned()), None, at(2)).is_some(), "{id}");
}

/// Nothing told of a try that was left in its middle.
#[test]
fn how_far_it_is_tried_again_is_told_while_it_is() {
    let mut training = begun(&course("1"));
    let again = |training: &Training| training.check(0).expect("a check").left_to_try_again();
    assert!(!training.start_check(0).is_empty());
    assert_eq!(again(&training), None);
    hand_in(&mut training, 0, "no");
    assert_eq!(again(&training), None, "a first round is none");
    hand_in(&mut training, 1, "false");
    assert_eq!(again(&training), None, "nothing is asked");
    assert!(!training.start_check(0).is_empty());
    assert_eq!(again(&training), Some(2));
    hand_in(&mut training, 0, "no");
    assert_eq!(again(&training), Some(1));
    hand_in(&mut training, 1, "true");
    assert_eq!(again(&training), None);
    assert!(training.check(0).expect("a check").state.is_passed());
    assert!(!training.start_check(0).is_empty());
    assert_eq!(again(&training), Some(1));
}

/// At a question that was asked again and at the end of the check it was the next lesson, and on the course the one that was begun.
#[test]
fn behind_a_check_comes_its_own_lesson_that_was_left_in_its_middle() {
    let mut training = half_right();
    assert!(training.check(0).expect("a check").state.is_passed());
    for _ in 0..2 {
        assert_eq!(training.step_after_check(0), Some(Step::Lesson(0)));
        assert_eq!(training.step_to_go_on(), Step::Lesson(0));
        let _ = training.start_check(0);
    }
    // Whoever has begun another one since goes on with that, wherever they are.
    let mut since = training.clone();
    let _ = read_to(&mut since, Text::Lesson(1), 5, at(3));
    assert_eq!(since.step_to_go_on(), Step::Lesson(1));
    let _ = since.start_check(0);
    assert_eq!(since.step_after_check(0), Some(Step::Lesson(1)));
    let _ = training.read_whole(Text::Lesson(0), 30, at(3));
    assert_eq!(training.step_after_check(0), Some(Step::Lesson(1)));
}

/// A try counted as done on the way through the course, and led away from what was begun before it.
#[test]
fn to_try_again_what_is_passed_leads_away_from_nothing() {
    let mut files = files("1");
    let module = "(lesson: \"lessons/2.md\")";
    let manifest = String::from_utf8(files["course.ron"].clone()).expect("UTF-8");
    assert!(manifest.contains(module), "{manifest}");
    let more = format!("{module}, (lesson: \"lessons/3.md\")");
    files.insert("course.ron".to_owned(), manifest.replace(module, &more).into_bytes());
    files.insert("lessons/3.md".to_owned(), b"# Three\n\nText three.\n".to_vec());
    let mut training = begun(&Arc::new(course::parse(files).expect("a course without faults")));
    let _ = training.read_whole(Text::Lesson(0), 30, at(1));
    assert!(!training.start_check(0).is_empty());
    hand_in(&mut training, 0, "no");
    hand_in(&mut training, 1, "true");
    let _ = read_to(&mut training, Text::Lesson(2), 5, at(3));
    assert!(!training.start_check(0).is_empty());
    hand_in(&mut training, 0, "yes");
    assert_eq!((training.next_step(), training.left_off()), (Step::Lesson(1), Some(Step::Lesson(2))));
    assert_eq!(training.step_after_check(0), Some(Step::Lesson(2)));
}

#[test]
fn wrong_answers_of_a_check_come_again_alone() {
    let mut training = begun(&course("1"));
    let _ = training.start_check(0);
    assert!(training.start_check(0).is_empty(), "a round is under way");
    let (q1, q2) = ("q1".parse().expect("an id"), "q2".parse().expect("an id"));
    let answer = |word: &str| Response::Text(word.to_owned());
    let state = |training: &Training| training.check(0).expect("a check").state;
    let _ = training.draft(0, &q1, None, Some(Certainty::Sure));
    assert_eq!(state(&training), CheckState::NotStarted, "how sure somebody is of nothing is no beginning");
    let _ = training.draft(0, &q1, Some(answer("yes")), None);
    assert_eq!(state(&training), CheckState::UnderWay { answered: 0, total: 2 });
    let (mark, _) = training.hand_in(0, &q1, answer("no"), None, at(1)).expect("open");
    assert_eq!(mark.earned, 0);
    assert!(training.hand_in(0, &q1, answer("yes"), None, at(1)).is_none(), "handed in is handed in");
    assert_eq!(training.check(0).expect("a check").state, CheckState::UnderWay { answered: 1, total: 2 });
    let _ = training.draft(0, &q2, Some(answer("false")), None);
    assert!(
        training
            .check(0)
            .expect("a check")
            .draft(&training.course().modules[0].check.as_ref().expect("a check").questions[1])
            .is_some()
    );
    let _ = training.hand_in(0, &q2, answer("false"), None, at(1)).expect("open");
    let finished = CheckState::Finished { right: 0, partly: 0, total: 2, percent: 0, passed: false };
    assert_eq!(training.check(0).expect("a check").state, finished);
    assert_eq!(training.start_check(0).len(), 1);
    let _ = training.hand_in(0, &q1, answer("yes"), None, at(2)).expect("open again");
    let _ = training.hand_in(0, &q2, answer("false"), None, at(2)).expect("open again");
    assert_eq!(
        training.check(0).expect("a check").state,
        CheckState::Finished { right: 1, partly: 0, total: 2, percent: 50, passed: true }
    );
    let _ = training.start_check(0);
    let open: Vec<_> =
        training.check(0).expect("a check").open.iter().map(|question| question.id.as_str()).collect();
    assert_eq!(open, ["q2"]);
}
