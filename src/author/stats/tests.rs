use super::*;

#[test]
fn answers_count_together_only_when_they_measure_the_same() {
    use crate::quiz::samples;
    fn check(change: impl Fn(&mut Question), same: bool) {
        for question in samples::every_kind() {
            let mut changed = question.clone();
            change(&mut changed);
            assert_eq!(Measure::of(&question) == Measure::of(&changed), same, "{}", question.id);
        }
    }
    check(|question| question.prompt.push('!'), true);
    check(|question| question.why = Some("Because.".to_owned()), true);
    check(|question| question.points = Points::new(2).expect("two"), false);
    let mut turned = samples::single();
    let Kind::Single { options } = &mut turned.kind else { panic!("not a single choice") };
    options.reverse();
    assert_eq!(
        Measure::of(&turned),
        Measure::of(&samples::single()),
        "the order of options is shuffled anyway"
    );
    let Kind::Single { options } = &mut turned.kind else { panic!("not a single choice") };
    for option in options {
        option.right = !option.right;
    }
    assert_ne!(Measure::of(&turned), Measure::of(&samples::single()));
    let typed = |accepted: &[&str]| samples::question("typed", Kind::Text(samples::text(accepted)));
    assert_ne!(Measure::of(&typed(&["a", "b"])), Measure::of(&typed(&["a", "c"])));
}

fn candidate(started: &str, person: &str, key: &str) -> Candidate {
    Candidate {
        started: started.parse().expect("a time"),
        record: Digest::of_fields([started, person, key]),
        person: Digest::of_fields(["person", person]),
        key: Digest::of_fields(["key", key]),
        version: Digest::of(b""),
        cells: Vec::new(),
    }
}

#[test]
fn a_person_counts_once_with_the_earliest_attempt() {
    let candidates = || {
        vec![
            candidate("2026-11-22T10:00:00Z", "1", "a"),
            candidate("2026-11-22T09:00:00Z", "1", "b"), // the same number with the key of another device
            candidate("2026-11-22T11:00:00Z", "2", "b"), // another number with a key that was met
            candidate("2026-11-22T12:00:00Z", "3", "c"),
        ]
    };
    let mut left_out = Vec::new();
    let kept = first_of_everybody(candidates(), &mut left_out);
    let begins: Vec<String> = kept.iter().map(|candidate| candidate.started.to_string()).collect();
    assert_eq!(begins, ["2026-11-22T09:00:00Z", "2026-11-22T12:00:00Z"]);
    assert_eq!(left_out.len(), 2);
    let mut turned = candidates();
    turned.reverse();
    let kept_turned = first_of_everybody(turned, &mut Vec::new());
    let records = |candidates: &[Candidate]| candidates.iter().map(|c| c.record).collect::<Vec<_>>();
    assert_eq!(records(&kept_turned), records(&kept));
}
