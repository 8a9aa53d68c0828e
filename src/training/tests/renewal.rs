//! What tells that a completed course may have to be taken again.

use super::*;

/// Somebody who completed version 1 at minute 8.
fn completed() -> Training {
    let mut training = begun(&course("1"));
    read_and_check(&mut training, 1);
    let _ = training.start_attempt(at(3));
    answer_all(&mut training, true, 5);
    let _ = training.read_whole(Text::Policy, 30, at(6));
    let _ = training.acknowledge(at(7));
    sign(&mut training, 8);
    training
}

/// The same learner, who opens another course folder.
fn opened(training: &Training, opened: &Arc<Course>) -> Training {
    let (learner, progress) = (training.learner.clone(), training.progress.clone());
    Training::new(Arc::clone(opened), vec![course("1")], learner, None, progress)
}

#[test]
fn a_completion_is_over_on_the_second_at_which_it_expires() {
    let training = completed();
    let until = at(8).plus_days(365);
    let before = Timestamp::from_unix(until.unix() - 1).expect("in range");
    assert_eq!(training.renewals(before), []);
    assert_eq!(training.renewals(until), [Renewal::Over { until }]);
}

#[test]
fn another_version_than_the_completed_one_is_told_until_the_course_is_taken_again() {
    let mut training = opened(&completed(), &course("2"));
    let other = Renewal::OtherVersion { completed: "1".to_owned(), opened: "2".to_owned() };
    assert_eq!(training.renewals(at(9)), std::slice::from_ref(&other));
    let until = at(8).plus_days(365);
    assert_eq!(training.renewals(until), [Renewal::Over { until }, other]);
    assert_eq!(training.begin_again(until).len(), 1);
    assert_eq!(training.renewals(until), []);
}

/// Whoever took the course again was told that there was no certificate.
#[test]
fn a_record_is_an_earlier_one_once_the_course_is_taken_again() {
    let mut training = completed();
    assert_eq!(training.earlier_completions().count(), 0);
    let _ = training.begin_again(at(9));
    assert_eq!(training.completion(), None);
    assert_eq!(training.earlier_completions().map(|completion| completion.at).collect::<Vec<_>>(), [at(8)]);
}

#[test]
fn a_changed_course_that_kept_its_number_is_not_told_as_another_number() {
    let mut files = files("1");
    files.insert("lessons/2.md".to_owned(), b"# Two\n\nOther text.\n".to_vec());
    let changed = Arc::new(course::parse(files).expect("a course without faults"));
    let renewals = opened(&completed(), &changed).renewals(at(9));
    let zone = chrono::FixedOffset::east_opt(0).expect("UTC").into();
    let words: Vec<_> = renewals.iter().map(|renewal| renewal.words(zone)).collect();
    assert_eq!(words, ["You completed version 1; the course has changed since."]);
}
