//! What counts as read.

use super::*;

/// Whoever jumped to the end of a lesson had read it, and could agree to a policy of which they had seen the last page.
#[test]
fn a_text_is_read_when_all_of_it_was_seen() {
    let mut training = begun(&course("1"));
    let text = Text::Lesson(0);
    let length = training.text(text).expect("a lesson").text().len();
    let see = |training: &mut Training, from: usize, to: usize| {
        let sight = Sight { from: LineStart::first_at(from), to: LineStart::first_at(to) };
        let frontier = training.frontier(text).expect("a lesson").after(sight);
        training.read(text, Seen { place: from, frontier, active_seconds: 0 }, at(1))
    };
    assert_eq!(see(&mut training, 0, 4).len(), 2, "that it is visited, too");
    assert_eq!(see(&mut training, 6, length).len(), 1, "the place is kept");
    assert!(!training.is_read(text));
    assert_eq!(training.place(text), 6);
    let percent = u32::try_from(400 / length).expect("small");
    assert_eq!(
        training.lesson_state(0),
        LessonState::Reading { percent, parts: Some(Parts { read: 0, all: 2 }) }
    );
    see(&mut training, 4, 8);
    assert!(!training.is_read(text));
    see(&mut training, 8, length);
    assert!(training.is_read(text));
    assert_eq!(training.lesson_state(0), LessonState::Read);
}

/// A search or a link that led into a lesson made it a lesson that was begun, and 0 % of it read.
#[test]
fn a_lesson_of_which_a_place_alone_was_looked_at_is_not_begun() {
    let mut training = begun(&course("1"));
    let text = Text::Lesson(0);
    let sight = Sight { from: LineStart::first_at(6), to: LineStart::first_at(usize::MAX) };
    let frontier = training.frontier(text).expect("a lesson").after(sight);
    assert_eq!(training.read(text, Seen { place: 6, frontier, active_seconds: 0 }, at(1)).len(), 2);
    assert_eq!(training.lesson_state(0), LessonState::NotStarted);
    assert_eq!(read_to(&mut training, text, 6, at(2)).len(), 1);
    assert!(matches!(training.lesson_state(0), LessonState::Reading { .. }));
}

/// What was seen of one version says nothing of another.
#[test]
fn what_was_seen_of_another_version_reads_nothing() {
    let mut newer = files("2");
    newer.insert("lessons/1.md".to_owned(), b"# One\n\n## Part\n\nOther.\n".to_vec());
    let newer = Arc::new(course::parse(newer).expect("a course without faults"));
    let (old, mut training) = (begun(&course("1")), begun(&newer));
    let whole = old.frontier(Text::Lesson(0)).expect("a lesson").after(Sight::WHOLE);
    let _ = training.read(Text::Lesson(0), Seen { place: 0, frontier: whole, active_seconds: 1 }, at(1));
    assert!(!training.is_read(Text::Lesson(0)));
    assert_eq!(training.progress().lessons["lessons/1.md"].farthest, 0);
}

/// Sources are looked up; but whoever agrees to a policy agrees to all of it.
#[test]
fn sources_at_the_end_need_not_be_seen_but_for_those_of_the_policy() {
    let (body, sources) = ("# Text\n\n## Part\n\nA sentence[^1].\n\n", "## Sources\n\n[^1]: Who says so.\n");
    let mut files = files("1");
    for path in ["lessons/1.md", "lessons/policy.md"] {
        files.insert(path.to_owned(), [body, sources].concat().into_bytes());
    }
    let course = Arc::new(course::parse(files).expect("a course without faults"));
    let mut training = begun(&course);
    for (text, is_read) in [(Text::Lesson(0), true), (Text::Policy, false)] {
        let sight = Sight { from: LineStart::first_at(0), to: LineStart::first_at(body.len()) };
        let frontier = training.frontier(text).expect("a text").after(sight);
        let _ = training.read(text, Seen { place: 0, frontier, active_seconds: 1 }, at(1));
        assert_eq!(training.is_read(text), is_read, "{text:?}");
    }
}

#[test]
fn a_check_that_is_not_passed_is_left_for_what_else_is_missing() {
    let mut training = begun(&course("1"));
    assert_eq!(training.step_after_check(0), Some(Step::Lesson(1)), "what is behind it comes first");
    let _ = training.read_whole(Text::Lesson(1), 30, at(1));
    assert_eq!(training.step_after_check(0), Some(Step::Lesson(0)));
    let _ = training.read_whole(Text::Lesson(0), 30, at(1));
    assert_eq!(training.next_step(), Step::Check(0));
    assert_eq!(training.step_after_check(0), None, "nothing else is missing");
}

/// It came back after each later lesson and check.
#[test]
fn what_was_left_for_later_comes_when_nothing_is_missing_behind() {
    let mut training = begun(&course("1"));
    let _ = training.read_whole(Text::Lesson(0), 30, at(1));
    assert_eq!(training.step_after_lesson(0), Some(Step::Check(0)), "its own check is behind it");
    assert_eq!(training.step_after_check(0), Some(Step::Lesson(1)));
    assert_eq!(training.step_after_lesson(1), Some(Step::Check(0)), "nothing is behind the last lesson");
    let _ = training.read_whole(Text::Lesson(1), 30, at(1));
    assert_eq!(training.step_after_lesson(1), Some(Step::Check(0)));
    let _ = training.start_check(0);
    for question in training.course().modules[0].check.as_ref().expect("a check").questions.clone() {
        assert!(training.hand_in(0, &question.id, right(&question), None, at(2)).is_some());
    }
    assert_eq!(training.step_after_check(0), Some(Step::Assessment));
    assert_eq!(training.step_after_lesson(0), Some(Step::Assessment));
}

/// Whoever reads a later lesson first is not taken to the first one from its end.
#[test]
fn of_several_that_are_missing_the_next_one_behind_comes() {
    let mut files = files("1");
    let module = "(lesson: \"lessons/2.md\")";
    let manifest = String::from_utf8(files["course.ron"].clone()).expect("UTF-8");
    assert!(manifest.contains(module), "{manifest}");
    let more = format!("{module}, (lesson: \"lessons/3.md\"), (lesson: \"lessons/4.md\")");
    files.insert("course.ron".to_owned(), manifest.replace(module, &more).into_bytes());
    for name in ["3", "4"] {
        files.insert(format!("lessons/{name}.md"), format!("# Lesson {name}\n\nText {name}.\n").into_bytes());
    }
    let training = begun(&Arc::new(course::parse(files).expect("a course without faults")));
    assert_eq!(training.step_after_lesson(1), Some(Step::Lesson(2)));
    assert_eq!(training.step_after_lesson(2), Some(Step::Lesson(3)));
    assert_eq!(training.step_after_lesson(3), Some(Step::Lesson(0)));
}

/// The course in its next version, with another first lesson, for who did so much with this one.
fn with_other_lesson(training: &Training) -> Training {
    let mut newer = files("2");
    newer.insert("lessons/1.md".to_owned(), b"# One\n\n## Part\n\nOther text.\n".to_vec());
    let newer = Arc::new(course::parse(newer).expect("a course without faults"));
    Training::new(newer, Vec::new(), learner(), None, training.progress().clone())
}

/// It said "not started" of a lesson of which half was read.
#[test]
fn a_lesson_that_changed_says_so_until_its_beginning_was_seen() {
    let text = Text::Lesson(0);
    for (seen_to, read) in [(8, ReadBeforeChange::Partly), (usize::MAX, ReadBeforeChange::Wholly)] {
        let mut training = begun(&course("1"));
        let _ = read_to(&mut training, text, seen_to, at(1));
        let mut newer = with_other_lesson(&training);
        assert_eq!(newer.lesson_state(0), LessonState::Changed(read));
        assert_eq!(newer.news(), [News::LessonChanged { module: 0, read }]);
        assert_eq!((newer.place(text), newer.left_off()), (0, None));
        // A search or a link leads into it.
        let sight = Sight { from: LineStart::first_at(6), to: LineStart::first_at(usize::MAX) };
        let frontier = newer.frontier(text).expect("a lesson").after(sight);
        let _ = newer.read(text, Seen { place: 6, frontier, active_seconds: 5 }, at(2));
        assert_eq!(newer.lesson_state(0), LessonState::Changed(read), "nothing of it was read by that");
        assert_eq!(newer.reading(text).expect("kept").active_seconds, 35);
        let _ = read_to(&mut newer, text, 8, at(3));
        assert!(matches!(newer.lesson_state(0), LessonState::Reading { .. }), "{:?}", newer.lesson_state(0));
        assert!(newer.news().is_empty());
        assert_eq!(newer.left_off(), Some(Step::Lesson(0)));
    }
}

#[test]
fn a_lesson_that_changed_before_anybody_began_it_is_no_news() {
    let mut training = begun(&course("1"));
    let text = Text::Lesson(0);
    let sight = Sight { from: LineStart::first_at(6), to: LineStart::first_at(usize::MAX) };
    let frontier = training.frontier(text).expect("a lesson").after(sight);
    let _ = training.read(text, Seen { place: 6, frontier, active_seconds: 0 }, at(1));
    let newer = with_other_lesson(&training);
    assert_eq!((newer.lesson_state(0), newer.news()), (LessonState::NotStarted, Vec::new()));
}
