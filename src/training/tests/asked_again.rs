//! Whoever is asked for a course anew.

use super::*;

/// Every second year waited for somebody to look, because its record began with attempt 2.
#[test]
fn whoever_is_asked_anew_begins_with_attempt_1_and_others_go_on_counting() {
    fn again(progress: Progress, nonce: &str) -> Training {
        let assigned = Assigned {
            id: format!("urn:uuid:00000000-0000-4000-8000-00000000000{nonce}"),
            digest: Digest::of(nonce.as_bytes()),
            nonce: nonce.to_owned(),
            due: at(10_000),
            deliver_to: "hr@example.org".to_owned(),
            reason: None,
        };
        Training::new(course("1"), Vec::new(), learner(), None, progress).with_further(Some(assigned))
    }
    fn take(training: &mut Training, minute: i64) -> Vec<u32> {
        read_and_check(training, minute);
        let _ = training.start_attempt(at(minute + 2));
        answer_all(training, false, minute + 3);
        let _ = training.start_attempt(at(minute + 40));
        answer_all(training, true, minute + 41);
        let _ = training.read_whole(Text::Policy, 30, at(minute + 42));
        let _ = training.acknowledge(at(minute + 42));
        let claims = training.claims(Face::Linear, app()).expect("everything is there");
        let id = uuid::Builder::from_random_bytes([1; 16]).into_uuid();
        let signed = sign_completion(&claims, id, at(minute + 43), &key()).expect("a sound record");
        let courses = vec![CourseVersion { course: course("1"), approval: Approval::Approved }];
        let verdict = verdict(&signed.bytes, &Verifier { courses, ..Verifier::default() });
        let numbers: Vec<_> = claims.attempts.iter().map(|attempt| attempt.number).collect();
        let expected = if numbers[0] == 1 { Outcome::Pass } else { Outcome::Unknown };
        assert_eq!(verdict.grading.outcome, expected, "{numbers:?}: {:?}", verdict.grading.reasons);
        let _ = training.complete(signed.bytes, signed.digest, signed.file_name, at(minute + 43));
        numbers
    }
    let mut training = begun(&course("1"));
    assert_eq!(take(&mut training, 1), [1, 2]);
    for (nonce, minute) in [("1", 100), ("2", 200)] {
        training = again(training.progress().clone(), nonce);
        assert_eq!(training.begin(at(minute)).len(), 1);
        assert_eq!(take(&mut training, minute), [1, 2]);
    }
    assert_eq!(training.begin_again(at(300)).len(), 1);
    assert_eq!(take(&mut training, 300), [3, 4], "of one's own accord");
}
