//! What a learner left off in the middle of.

use super::*;
use crate::progress::ModulePart;

fn check_of(training: &Training) -> Vec<QuestionId> {
    let check = training.course().modules[0].check.as_ref().expect("a check");
    check.questions.iter().map(|question| question.id.clone()).collect()
}

/// Answers the question of the check at `index`.
fn hand_in(training: &mut Training, index: usize, response: &str) {
    let id = check_of(training)[index].clone();
    let handed_in = training.hand_in(0, &id, Response::Text(response.to_owned()), None, at(2));
    assert!(handed_in.is_some(), "{id}");
}

/// The first lesson is read.
fn read() -> Training {
    let mut training = begun(&course("1"));
    let _ = training.read_whole(Text::Lesson(0), 30, at(1));
    training
}

/// The same with the check opened.
fn asked() -> Training {
    let mut training = read();
    assert!(!training.start_check(0).is_empty());
    training
}

/// The same learner with the next version of the course.
fn on(training: &Training, newer: CourseFiles, older: &[&Arc<Course>]) -> Training {
    let newer = Arc::new(course::parse(newer).expect("a course without faults"));
    let older = older.iter().copied().map(Arc::clone).collect();
    Training::new(newer, older, learner(), None, training.progress().clone())
}

#[test]
fn a_lesson_until_all_of_it_was_seen() {
    let mut training = begun(&course("1"));
    assert_eq!(training.left_off(), None);
    let _ = read_to(&mut training, Text::Lesson(0), 8, at(1));
    assert_eq!(training.left_off(), Some(Step::Lesson(0)));
    let _ = training.read_whole(Text::Lesson(0), 30, at(1));
    assert_eq!(training.left_off(), None);
}

/// The start was at the first lesson, which nobody had opened.
#[test]
fn it_is_where_it_was_left_though_something_before_it_is_missing() {
    let mut training = begun(&course("1"));
    let _ = read_to(&mut training, Text::Lesson(1), 5, at(2));
    assert_eq!((training.next_step(), training.left_off()), (Step::Lesson(0), Some(Step::Lesson(1))));
    assert_eq!(training.step_to_go_on(), Step::Lesson(1));
    let _ = training.read_whole(Text::Lesson(1), 30, at(2));
    assert_eq!(training.left_off(), None);
    assert_eq!(training.step_to_go_on(), Step::Lesson(0));
    assert!(!training.start_check(0).is_empty());
    hand_in(&mut training, 0, "no");
    assert_eq!((training.next_step(), training.left_off()), (Step::Lesson(0), Some(Step::Check(0))));
}

#[test]
fn a_check_until_its_last_question_is_answered() {
    let mut training = asked();
    assert_eq!(training.left_off(), None, "nothing was done in it");
    let first = check_of(&training)[0].clone();
    let _ = training.draft(0, &first, Some(Response::Text("no".to_owned())), None);
    assert_eq!(training.left_off(), Some(Step::Check(0)), "half an answer is a beginning");
    hand_in(&mut training, 0, "no");
    assert_eq!(training.left_off(), Some(Step::Check(0)));
    hand_in(&mut training, 1, "false");
    assert_eq!(training.next_step(), Step::Check(0), "it is not passed");
    assert_eq!(training.left_off(), None, "no question is asked");
    assert!(!training.start_check(0).is_empty());
    assert_eq!(training.left_off(), Some(Step::Check(0)), "what was wrong is asked again");
}

#[test]
fn of_a_passed_check_nothing_is_left_whoever_tries_the_rest_again() {
    let mut training = asked();
    hand_in(&mut training, 0, "yes");
    hand_in(&mut training, 1, "false");
    assert!(!training.start_check(0).is_empty());
    assert_eq!(training.left_off(), None);
    let _ = read_to(&mut training, Text::Lesson(1), 5, at(3));
    assert_eq!(training.left_off(), Some(Step::Lesson(1)));
}

/// With two begun, the start was at the course.
#[test]
fn of_several_it_is_the_one_visited_last() {
    let mut training = asked();
    hand_in(&mut training, 0, "yes");
    let _ = read_to(&mut training, Text::Lesson(1), 5, at(3));
    assert_eq!(training.next_step(), Step::Check(0));
    assert_eq!(training.left_off(), Some(Step::Lesson(1)));
    let again = training.start_check(0);
    assert!(matches!(&*again, [Change::Visited(ModulePart::Check(_))]), "{again:?}");
    assert_eq!(training.left_off(), Some(Step::Check(0)), "though nothing was done in it");
    assert!(training.start_check(0).is_empty());
    let _ = read_to(&mut training, Text::Lesson(0), 30, at(4));
    assert_eq!(training.left_off(), Some(Step::Check(0)), "nothing is left of what was visited since");
    let _ = read_to(&mut training, Text::Lesson(1), 5, at(4));
    assert_eq!(training.left_off(), Some(Step::Lesson(1)), "nothing more of it was seen");
    let check = check_of(&training);
    let _ = training.draft(0, &check[1], Some(Response::Text("false".to_owned())), None);
    assert_eq!(training.left_off(), Some(Step::Check(0)), "whoever answers is there, however they came");
    let _ = training.read_whole(Text::Lesson(1), 5, at(3));
    assert_eq!(training.left_off(), Some(Step::Check(0)), "the other one is done");
}

/// Who looked whether another lesson was the one they wanted, and went back, was led to that one by the next start.
#[test]
fn who_only_glanced_at_a_text_was_where_they_had_been_before() {
    let seen = |training: &mut Training, place: usize, active_seconds: u64| {
        let sight = Sight { to: LineStart::first_at(5), ..Sight::WHOLE };
        let frontier = training.frontier(Text::Lesson(1)).expect("a lesson").after(sight);
        training.read(Text::Lesson(1), Seen { place, frontier, active_seconds }, at(1))
    };
    let reading = || {
        let mut training = begun(&course("1"));
        let _ = read_to(&mut training, Text::Lesson(0), 5, at(1));
        assert!(training.leave(Text::Lesson(0)).is_empty(), "half a minute");
        training
    };
    let check = |looks: &[(usize, u64)], is_glance: bool| {
        let mut training = reading();
        for (place, seconds) in looks {
            let _ = seen(&mut training, *place, *seconds);
            // However the program ends by now.
            assert_eq!(training.left_off(), Some(Step::Lesson(1)));
        }
        let left = training.leave(Text::Lesson(1));
        assert_eq!(matches!(&*left, [Change::Visited(_)]), is_glance, "{looks:?}: {left:?}");
        assert_eq!(training.left_off(), Some(Step::Lesson(usize::from(!is_glance))), "{looks:?}");
        assert!(training.leave(Text::Lesson(1)).is_empty());
    };
    check(&[(0, 0)], true);
    check(&[(0, 3), (0, 2)], true);
    check(&[(0, 3), (0, 3)], false);
    check(&[(0, 6)], false);
    check(&[(0, 0), (2, 0)], false);
    // Whoever answers is in the check by then.
    let mut training = asked();
    let _ = read_to(&mut training, Text::Lesson(1), 5, at(1));
    let check = check_of(&training);
    let _ = training.draft(0, &check[0], Some(Response::Text("yes".to_owned())), None);
    assert!(training.leave(Text::Lesson(1)).is_empty());
    assert_eq!(training.left_off(), Some(Step::Check(0)));
}

/// Enter led to a lesson that had been looked into, and left out all that comes before it.
#[test]
fn what_was_looked_into_ahead_waits_once_something_before_it_is_done() {
    let mut training = begun(&course("1"));
    let _ = read_to(&mut training, Text::Lesson(1), 5, at(1));
    let _ = read_to(&mut training, Text::Lesson(0), 8, at(2));
    assert_eq!(training.left_off(), Some(Step::Lesson(0)));
    let _ = training.read_whole(Text::Lesson(0), 30, at(3));
    assert_eq!((training.left_off(), training.step_to_go_on()), (None, Step::Check(0)));
    // Whoever goes there again is there.
    let _ = read_to(&mut training, Text::Lesson(1), 5, at(4));
    assert_eq!(training.left_off(), Some(Step::Lesson(1)));
    assert!(!training.start_check(0).is_empty());
    hand_in(&mut training, 0, "yes");
    hand_in(&mut training, 1, "true");
    assert_eq!(training.left_off(), Some(Step::Lesson(1)), "nothing before it is missing any more");
}

/// A page turned in it was taken for having done it since.
#[test]
fn to_read_once_more_what_is_read_leads_away_from_nothing() {
    let mut training = read();
    let _ = read_to(&mut training, Text::Lesson(1), 5, at(4));
    let _ = read_to(&mut training, Text::Lesson(0), 30, at(5));
    assert_eq!((training.next_step(), training.left_off()), (Step::Check(0), Some(Step::Lesson(1))));

    // The same of a lesson that was looked into before the one before it was read, and gone on with after that.
    let mut training = begun(&course("1"));
    let _ = read_to(&mut training, Text::Lesson(1), 5, at(1));
    let _ = training.read_whole(Text::Lesson(0), 30, at(2));
    assert_eq!(training.left_off(), None);
    let _ = read_to(&mut training, Text::Lesson(1), 8, at(3));
    let _ = read_to(&mut training, Text::Lesson(0), 8, at(4));
    assert_eq!(training.left_off(), Some(Step::Lesson(1)));

    // And of a check that is half answered, whose lesson is read once more.
    let mut training = begun(&course("1"));
    let _ = training.read_whole(Text::Lesson(1), 30, at(1));
    let _ = training.read_whole(Text::Lesson(0), 30, at(2));
    assert!(!training.start_check(0).is_empty());
    hand_in(&mut training, 0, "yes");
    assert_eq!(training.left_off(), Some(Step::Check(0)));
    let _ = read_to(&mut training, Text::Lesson(0), 8, at(4));
    assert_eq!(training.left_off(), Some(Step::Check(0)));
}

/// From the end of a lesson that was read once more Enter led to the first that is missing, and from the course to what was left off.
#[test]
fn who_reads_once_more_what_is_read_goes_on_where_they_left_off() {
    let mut files = files("1");
    let module = "(lesson: \"lessons/2.md\")";
    let manifest = String::from_utf8(files["course.ron"].clone()).expect("UTF-8");
    assert!(manifest.contains(module), "{manifest}");
    let more = format!("{module}, (lesson: \"lessons/3.md\"), (lesson: \"lessons/4.md\")");
    files.insert("course.ron".to_owned(), manifest.replace(module, &more).into_bytes());
    for name in ["3", "4"] {
        files.insert(format!("lessons/{name}.md"), format!("# Lesson {name}\n\nText {name}.\n").into_bytes());
    }
    let mut training = begun(&Arc::new(course::parse(files).expect("a course without faults")));
    let _ = training.read_whole(Text::Lesson(1), 30, at(1));
    let _ = read_to(&mut training, Text::Lesson(3), 5, at(2));
    assert_eq!(training.step_to_go_on(), Step::Lesson(3));
    assert_eq!(training.step_after_lesson(1), Some(Step::Lesson(3)));
    // Of one that is read now, what comes behind it; and its own check is behind each.
    let _ = training.read_whole(Text::Lesson(0), 30, at(3));
    assert_eq!(training.step_after_lesson(0), Some(Step::Check(0)));
    let _ = read_to(&mut training, Text::Lesson(3), 8, at(4));
    assert_eq!(training.step_after_lesson(0), Some(Step::Check(0)));
    assert_eq!(training.step_after_lesson(1), Some(Step::Lesson(3)));
    let _ = training.read_whole(Text::Lesson(2), 30, at(5));
    assert_eq!(training.step_after_lesson(2), Some(Step::Lesson(3)));
    let _ = training.read_whole(Text::Lesson(3), 30, at(6));
    assert_eq!(training.step_after_lesson(1), Some(Step::Check(0)), "nothing is left off");
}

/// Who followed a link to a later lesson and came back was led to that one by the next start.
#[test]
fn what_was_only_looked_up_is_not_gone_on_with() {
    let mut training = begun(&course("1"));
    let look_up = |training: &mut Training| {
        let sight = Sight { to: LineStart::first_at(5), ..Sight::WHOLE };
        let frontier = training.frontier(Text::Lesson(1)).expect("a lesson").after(sight);
        training.look_up(Text::Lesson(1), Seen { place: 0, frontier, active_seconds: 60 }, at(2))
    };
    assert!(matches!(&*look_up(&mut training), [Change::LessonRead { .. }]));
    // With nothing else begun it was what comes next.
    assert_eq!((training.left_off(), training.step_to_go_on()), (None, Step::Lesson(0)));
    let _ = read_to(&mut training, Text::Lesson(0), 5, at(1));
    let _ = look_up(&mut training);
    assert!(training.leave(Text::Lesson(1)).is_empty());
    assert_eq!(training.left_off(), Some(Step::Lesson(0)));
    let _ = training.read_whole(Text::Lesson(0), 30, at(3));
    assert_eq!((training.left_off(), training.next_step()), (None, Step::Check(0)));
    assert!(matches!(training.lesson_state(1), LessonState::Reading { .. }), "it was seen all the same");
    let _ = read_to(&mut training, Text::Lesson(1), 5, at(4));
    assert_eq!(training.left_off(), Some(Step::Lesson(1)));
}

/// Another round would begin, in another order, only because the program was started.
#[test]
fn a_check_that_has_new_questions_waits_to_be_opened() {
    let mut training = asked();
    hand_in(&mut training, 0, "yes");
    let mut newer = files("2");
    newer.insert("lessons/2.md".to_owned(), b"# Two\n\nOther text.\n".to_vec());
    assert_eq!(on(&training, newer.clone(), &[]).left_off(), Some(Step::Check(0)), "nothing of it is new");
    let question = ",\n    TrueFalse(id: \"q3\", topic: \"a\", prompt: \"Third?\", answer: true),\n])";
    let grown = CHECK.trim_end().strip_suffix(",\n])").expect("a list").to_owned() + question;
    newer.insert("quizzes/1.ron".to_owned(), grown.into_bytes());
    let newer = on(&training, newer, &[]);
    assert_eq!(newer.next_step(), Step::Check(0));
    assert_eq!(newer.left_off(), None);
}

#[test]
fn an_attempt_until_it_is_submitted_and_then_the_policy_and_the_signature() {
    let mut training = begun(&course("1"));
    read_and_check(&mut training, 1);
    assert_eq!(training.left_off(), None, "no attempt was begun");
    let _ = training.start_attempt(at(3));
    assert_eq!(training.left_off(), Some(Step::Assessment));
    answer_all(&mut training, true, 4);
    assert_eq!((training.next_step(), training.left_off()), (Step::Policy, None));
    let _ = read_to(&mut training, Text::Policy, 10, at(5));
    assert_eq!(training.left_off(), Some(Step::Policy));
    let _ = training.read_whole(Text::Policy, 30, at(5));
    assert_eq!(training.left_off(), Some(Step::Policy), "what is left of it is to agree");
    assert_eq!(training.acknowledge(at(7)).len(), 1);
    assert_eq!(training.left_off(), Some(Step::Sign));
}

#[test]
fn what_a_new_version_changed_is_told_first() {
    let first = course("1");
    let mut training = begun(&first);
    read_and_check(&mut training, 1);
    let _ = training.start_attempt(at(3));
    let newer = on(&training, files("2"), &[&first]);
    assert_eq!(newer.next_step(), Step::Assessment);
    let older = OlderVersion { attempt: "1".to_owned(), opened: "2".to_owned() };
    assert_eq!(newer.news(), [News::AttemptOnOlderVersion(older)]);
    assert_eq!(newer.left_off(), None);
    assert_eq!(on(&training, files("2"), &[]).left_off(), None, "the version is gone");
}
