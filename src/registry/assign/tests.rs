use std::collections::BTreeMap;

use super::*;
use crate::registry::dossier::RecordState;
use crate::registry::person::Presence;
use crate::registry::samples::{self, day};
use crate::registry::terms::Treatment;

fn course() -> CourseId {
    samples::course("apps")
}

fn person(presence: Presence) -> Dossier {
    let profile = Profile {
        email: Some("ada@example.org".to_owned()),
        department: Some("Sales".to_owned()),
        ..Profile::named("Ada")
    };
    let mut dossier = samples::person("007", profile);
    let roster = dossier.roster.as_mut().expect("on the roster");
    (roster.said, roster.presence) = (presence, presence);
    dossier
}

fn active() -> Dossier {
    person(Presence::Active)
}

fn assigned(mut dossier: Dossier, at: u32) -> Dossier {
    dossier.assignments.push(samples::assignment(course(), at, at + 30));
    dossier
}

fn sent(mut dossier: Dossier, at: u32, passed: bool, treatment: Treatment) -> Dossier {
    dossier.records.push(RecordState { passed, treatment, ..samples::record(course(), at) });
    dossier
}

fn waived(mut dossier: Dossier, at: u32, until: u32) -> Dossier {
    dossier.waivers.push(samples::waiver(course(), at, until));
    dossier
}

#[test]
fn nobody_is_asked_twice_or_in_vain() {
    fn check(dossier: &Dossier, again: Again, expected: Choice) {
        assert_eq!(choice(dossier, &Audience::default(), &course(), again, day(50)), expected, "{dossier:?}");
    }
    use Treatment::{Accept, Review};
    let open = |at: u32| Choice::Open { id: Uuid::from_u128(u128::from(at)), due: day(at + 30) };
    check(&active(), Again::No, Choice::Ask);
    check(&person(Presence::Away), Again::No, Choice::Away);
    check(&person(Presence::Gone), Again::Yes, Choice::Gone);
    let mut joiner = person(Presence::Gone);
    joiner.roster.iter_mut().for_each(|roster| {
        (roster.said, roster.profile.hired) = (Presence::Active, roster.day.succ_opt());
    });
    check(&joiner, Again::Yes, Choice::ToCome);
    check(&assigned(active(), 1), Again::No, open(1));
    check(&assigned(active(), 1), Again::Yes, Choice::Ask);
    check(&sent(assigned(active(), 10), 20, true, Accept), Again::No, Choice::Ask);
    check(&sent(assigned(active(), 10), 5, true, Accept), Again::No, open(10));
    check(&sent(assigned(active(), 10), 20, false, Accept), Again::No, open(10));
    check(&sent(assigned(active(), 10), 20, true, Review), Again::No, open(10));
    check(&assigned(sent(assigned(active(), 10), 20, true, Accept), 30), Again::No, open(30));
    check(&waived(active(), 1, 51), Again::Yes, Choice::Waived { until: day(51) });
    check(&waived(active(), 1, 50), Again::Yes, Choice::Waived { until: day(50) });
    check(&waived(active(), 1, 49), Again::No, Choice::Ask);
    let mut unknown = active();
    unknown.roster = None;
    check(&unknown, Again::No, Choice::NotMeant);
    let legal = Audience { departments: vec!["Legal".to_owned()], ..Audience::default() };
    assert_eq!(choice(&active(), &legal, &course(), Again::No, day(1)), Choice::NotMeant);
}

#[test]
fn whoever_is_asked_once_more_for_the_same_is_not_asked_anew() {
    fn check(dossier: &Dossier, version: &Digest, expected: Option<u32>) {
        let anew = asked_anew(dossier, &course(), Some(Uuid::from_u128(10)), version).map(|anew| anew.id);
        assert_eq!(anew, expected.map(|day| Uuid::from_u128(u128::from(day))), "{dossier:?}");
    }
    use Treatment::{Accept, Review};
    let (same, other) = (samples::assignment(course(), 1, 31).version, Digest::of(b"another version"));
    check(&active(), &same, None);
    check(&assigned(active(), 30), &same, None);
    let once = assigned(active(), 10);
    check(&once, &same, None);
    check(&sent(once.clone(), 20, true, Accept), &same, None);
    check(&assigned(once.clone(), 30), &same, None);
    check(&assigned(once.clone(), 30), &other, Some(30));
    check(&assigned(sent(once.clone(), 20, true, Accept), 30), &same, Some(30));
    check(&assigned(sent(once.clone(), 20, true, Review), 30), &same, None);
    check(&assigned(sent(once.clone(), 20, false, Accept), 30), &same, None);
    check(&assigned(sent(once.clone(), 5, true, Accept), 30), &same, None);
    check(&sent(assigned(once.clone(), 30), 40, true, Accept), &same, None);
    check(&assigned(assigned(sent(once.clone(), 20, true, Accept), 30), 50), &same, Some(50));
    // Whoever cites nothing was asked for something.
    assert!(asked_anew(&active(), &course(), None, &same).is_none());
    let anew = asked_anew(&once, &course(), None, &same).map(|anew| anew.id);
    assert_eq!(anew, Some(Uuid::from_u128(10)));
}

/// Of somebody who had failed, and whom nobody had asked, it was said that their record had answered.
#[test]
fn only_a_completion_answers_what_was_asked() {
    fn check(dossier: &Dossier, expected: bool) {
        assert_eq!(is_answered(dossier, &course()), expected, "{dossier:?}");
    }
    use Treatment::{Accept, Review};
    check(&active(), false);
    check(&sent(active(), 20, true, Accept), false);
    check(&sent(active(), 20, false, Accept), false);
    check(&sent(assigned(active(), 10), 20, false, Accept), false);
    check(&sent(assigned(active(), 10), 20, true, Review), false);
    check(&sent(assigned(active(), 10), 5, true, Accept), false);
    check(&sent(assigned(active(), 10), 20, true, Accept), true);
    check(&assigned(sent(assigned(active(), 10), 20, true, Accept), 30), false);
}

#[test]
fn rules_ask_when_it_is_time() {
    fn check(dossier: &Dossier, trigger: Trigger, at: u32, expected: Option<u32>) {
        let rule = samples::rule(course(), trigger, 10);
        let policies = BTreeMap::from([(course(), day(50))]);
        let reckoning = Reckoning {
            at: day(at),
            validity_days: &BTreeMap::new(),
            rules: &[],
            policies: &policies,
            expiring_days: 30,
        };
        assert_eq!(asked(&rule, dossier, &reckoning), expected.map(day), "{trigger:?} on day {at}");
    }
    let yearly = Trigger::Every { months: 12, notice_days: 30 };
    let done = |at| sent(active(), at, true, Treatment::Accept);
    check(&active(), yearly, 12, Some(40));
    check(&done(0), yearly, 334, None);
    check(&done(0), yearly, 335, Some(365));
    check(&done(0), yearly, 400, Some(365));
    check(&assigned(done(0), 335), yearly, 340, None);
    check(&waived(done(0), 300, 999), yearly, 340, None);
    check(&person(Presence::Away), yearly, 12, None);
    let on_hire = Trigger::OnHire { within_days: 14 };
    check(&active(), on_hire, 12, Some(14));
    check(&done(11), on_hire, 12, None);
    let new_policy = Trigger::OnNewPolicy { within_days: 7 };
    check(&done(40), new_policy, 51, Some(57));
    check(&done(50), new_policy, 51, None);
}

#[test]
fn an_assignment_says_who_what_until_when_and_where_to() {
    let course = crate::course::parse(crate::course::embedded()).expect("the bundled course");
    let dossier = active();
    let profile = dossier.roster.expect("on the roster").profile;
    let request = Request { course: &course, at: day(1), reason: Some("yearly"), deliver_to: None };
    let claims = request.claims(&dossier.number, &profile, day(31), [0xab; 16]);
    assert_eq!(claims.course.digest, course.digest);
    assert_eq!(
        (claims.person.number.as_str(), claims.person.email.as_deref()),
        ("007", Some("ada@example.org"))
    );
    assert_eq!((claims.due, claims.issued_at, claims.nonce), (day(31), day(1), "ab".repeat(16)));
    assert_eq!((claims.reason.as_deref(), &claims.deliver_to), (Some("yearly"), &course.deliver_to));
    let elsewhere = Request { deliver_to: Some("the drop folder"), ..request };
    assert_eq!(elsewhere.claims(&dossier.number, &profile, day(31), [0; 16]).deliver_to, "the drop folder");
}

#[test]
fn what_is_complete_for_long_enough_is_not_asked_for() {
    fn check(dossier: &Dossier, due: u32, expected: bool) {
        let version = dossier.records.first().map_or(Digest::of(b"another"), |record| record.version);
        assert_eq!(is_complete(dossier, &version, 30, day(due)), expected, "{due}: {dossier:?}");
    }
    use Treatment::{Accept, Review};
    check(&active(), 10, false);
    check(&sent(active(), 5, true, Accept), 35, true);
    check(&sent(active(), 5, true, Accept), 36, false);
    check(&sent(active(), 5, false, Accept), 20, false);
    check(&sent(active(), 5, true, Review), 20, false);
    let other = sent(active(), 5, true, Accept);
    assert!(!is_complete(&other, &Digest::of(b"another version"), 30, day(20)));
}
