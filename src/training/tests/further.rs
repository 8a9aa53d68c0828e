//! Another assignment is named while something is under way.

use chrono::FixedOffset;

use super::*;

fn assigned(nonce: &str, minute: i64) -> Assigned {
    Assigned {
        id: format!("urn:uuid:{nonce}"),
        digest: Digest::of(nonce.as_bytes()),
        nonce: nonce.to_owned(),
        due: at(minute),
        deliver_to: "hr@example.org".to_owned(),
        reason: None,
    }
}

/// The same learner starts again, in a run that answers `answered`, and names `further`.
fn started(training: &Training, answered: Option<&Assigned>, further: &Assigned) -> Training {
    let progress = training.progress().clone();
    Training::new(course("1"), Vec::new(), learner(), answered.cloned(), progress)
        .with_further(Some(further.clone()))
}

fn words(training: &Training) -> String {
    training.further_words(at(50), FixedOffset::east_opt(0).expect("UTC").into()).join("\n")
}

/// Whoever was at 96 percent and named another mail for the same was at 0 percent, unasked.
#[test]
fn nothing_that_was_done_is_given_up_for_another_assignment_before_the_learner_says_so() {
    let (first, second) = (assigned("first", 10_000), assigned("second", 20_000));
    let mut training = started(&begun(&course("1")), None, &first);
    assert_eq!(training.begin(at(1)).len(), 1, "nothing was done");
    let done: [fn(&mut Training); 4] = [
        |training| drop(training.read_whole(Text::Lesson(0), 30, at(2))),
        |training| read_and_check(training, 3),
        |training| drop(training.start_attempt(at(5))),
        |training| answer_all(training, true, 6),
    ];
    for more in done {
        more(&mut training);
        let before = training.progress().clone();
        let mut asked = started(&training, Some(&first), &second);
        assert!(asked.begin(at(8)).is_empty());
        assert_eq!(asked.further(), Some(&second));
        assert_eq!(asked.assigned(), Some(&first));
        asked.go_on();
        assert_eq!((asked.further(), asked.progress()), (None, &before));
        assert!(asked.begin(at(9)).is_empty(), "it was decided");
        let mut asked = started(&training, Some(&first), &second);
        assert_eq!(asked.begin_further(at(10)).len(), 1);
        assert_eq!((asked.assigned(), asked.further()), (Some(&second), None));
        assert_eq!(asked.next_step(), Step::Lesson(0));
        assert!(asked.begin(at(11)).is_empty());
    }
}

#[test]
fn what_is_signed_or_can_never_be_signed_is_not_asked_about() {
    let (first, second) = (assigned("first", 10_000), assigned("second", 20_000));
    let mut training = started(&begun(&course("1")), None, &first);
    let _ = training.begin(at(1));
    read_and_check(&mut training, 2);
    let mut lost = started(&training, None, &second);
    assert_eq!(lost.begin(at(8)).len(), 1, "the assignment that the run answers is gone");
    assert_eq!(lost.assigned(), Some(&second));
    let _ = training.start_attempt(at(5));
    let mut failed = training.clone();
    answer_all(&mut failed, false, 6);
    assert!(started(&failed, Some(&first), &second).begin(at(8)).is_empty(), "an attempt is left");
    let _ = failed.start_attempt(at(40));
    answer_all(&mut failed, false, 41);
    assert_eq!(started(&failed, Some(&first), &second).begin(at(42)).len(), 1, "none is left");
    answer_all(&mut training, true, 6);
    let _ = training.read_whole(Text::Policy, 30, at(7));
    let _ = training.acknowledge(at(7));
    assert!(started(&training, Some(&first), &second).begin(at(8)).is_empty(), "not signed yet");
    let _ = training.complete(b"record".to_vec(), Digest::of(b"record"), "a.json".to_owned(), at(8));
    let mut signed = started(&training, Some(&first), &second);
    assert_eq!(signed.begin(at(9)).len(), 1);
    assert_eq!((signed.assigned(), signed.further()), (Some(&second), None));
    assert_eq!(signed.progress().completions.len(), 1);
}

#[test]
fn it_is_said_what_is_under_way_and_what_it_is_worth() {
    let (first, second) = (assigned("first", 10_000), assigned("second", 20_000));
    let second = Assigned { reason: Some("incident 42".to_owned()), ..second };
    let mut training = begun(&course("1"));
    assert_eq!(words(&training), "", "there is nothing to decide");
    read_and_check(&mut training, 1);
    insta::assert_snapshot!(words(&started(&training, None, &second)), @r"
    You named a new assignment of this course, due 2027-01-29 (here until 2027-01-29 05:20 UTC). Why: “incident 42”.
    You are at 42 percent of the course, without an assignment.
    Going on keeps all of that. Your record then answers no assignment, and somebody at HR has to decide about it. You are asked again when you name the new assignment again.
    Beginning anew starts at 0 percent. What you have read and answered so far does not count for the new assignment, and nothing leads back to it. Your bookmarks and notes stay.
    ");
    let mut training = started(&begun(&course("1")), None, &first);
    let _ = training.begin(at(1));
    read_and_check(&mut training, 2);
    let _ = training.start_attempt(at(5));
    let under_way = words(&started(&training, Some(&first), &second));
    assert!(under_way.contains("An attempt at the assessment is under way."), "{under_way}");
    let on_another = Training::new(
        course("2"),
        vec![course("1")],
        learner(),
        Some(first.clone()),
        training.progress().clone(),
    );
    let on_another = words(&on_another.with_further(Some(second.clone())));
    assert!(
        on_another.contains("is of another version of the course: ask HR whether that is enough"),
        "{on_another}"
    );
    let lost =
        Training::new(course("2"), Vec::new(), learner(), Some(first.clone()), training.progress().clone());
    let lost = words(&lost.with_further(Some(second.clone())));
    assert!(lost.contains("No record can come of it any more."), "{lost}");
    answer_all(&mut training, true, 6);
    insta::assert_snapshot!(words(&started(&training, Some(&first), &second)), @r"
    You named a new assignment of this course, due 2027-01-29 (here until 2027-01-29 05:20 UTC). Why: “incident 42”.
    You are at 85 percent of the course, for an earlier assignment, due 2027-01-22 (here until 2027-01-22 06:40 UTC). The assessment is passed.
    Going on keeps all of that. Your record then answers the earlier assignment. It is of the same version of the course, so as a rule HR accepts it for either. You are asked again when you name the new assignment again.
    Beginning anew starts at 0 percent. What you have read and answered so far does not count for the new assignment, and nothing leads back to it. Your bookmarks and notes stay.
    ");
}
