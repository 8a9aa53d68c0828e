use super::*;
use crate::registry::change::Decision;
use crate::registry::dossier::TakenBack;
use crate::registry::person::Profile;
use crate::registry::samples::{self, day, version};
use crate::registry::terms::Treatment;

fn course() -> CourseId {
    samples::course("apps")
}

fn person() -> Dossier {
    samples::person("007", Profile::named("Ada"))
}

impl Dossier {
    fn assigned(mut self, at: u32, due: u32) -> Self {
        self.assignments.push(samples::assignment(course(), at, due));
        self
    }

    fn passed(mut self, at: u32) -> Self {
        self.records.push(samples::record(course(), at));
        self
    }

    fn failed(mut self, at: u32) -> Self {
        self.records.push(RecordState { passed: false, ..samples::record(course(), at) });
        self
    }

    fn waits(mut self, at: u32) -> Self {
        self.records.push(RecordState { treatment: Treatment::Review, ..samples::record(course(), at) });
        self
    }

    fn decided(mut self, decision: Decision) -> Self {
        self.records.last_mut().expect("a record").decision = Some(decision);
        self
    }

    fn waived(mut self, at: u32, until: u32) -> Self {
        self.waivers.push(samples::waiver(course(), at, until));
        self
    }
}

fn record(at: u32) -> Digest {
    samples::record_digest(&course(), at)
}

fn earned(at: u32) -> Earned {
    Earned { record: record(at), at: day(at), expires: day(at + 365) }
}

fn status_by(dossier: &Dossier, at: u32, rules: &[RuleSet]) -> Option<Status> {
    let validity_days = BTreeMap::from([(version(), 365)]);
    let policies = BTreeMap::from([(course(), day(50))]);
    let reckoning = Reckoning {
        at: day(at),
        validity_days: &validity_days,
        rules,
        policies: &policies,
        expiring_days: 30,
    };
    let mut standing = reckoning.standing(dossier);
    let status = standing.remove(&course());
    assert!(standing.is_empty());
    status
}

#[test]
fn what_was_assigned_and_what_came_back() {
    #[expect(clippy::needless_pass_by_value, reason = "cases read better")]
    fn check(dossier: Dossier, at: u32, expected: Option<Status>) {
        assert_eq!(status_by(&dossier, at, &[]), expected, "day {at}");
    }
    let complete = |at| Some(Status::Complete { earned: earned(at) });
    let expiring = |at| Some(Status::Expiring { earned: earned(at) });
    let due = day(31);
    check(person(), 10, None);
    check(person().assigned(1, 31), 0, None);
    check(person().assigned(1, 31), 31, Some(Status::InProgressUnknown { due }));
    check(person().assigned(1, 31), 32, Some(Status::Overdue { due }));
    check(person().assigned(1, 31).passed(40), 39, Some(Status::Overdue { due }));
    check(person().assigned(1, 31).passed(40), 40, complete(40));
    check(person().passed(5), 5, complete(5));
    check(person().passed(5), 339, complete(5));
    check(person().passed(5), 340, expiring(5));
    check(person().passed(5), 369, expiring(5));
    check(person().passed(5), 370, Some(Status::Expired { earned: earned(5) }));
    // A new assignment: the old completion holds until it is over or the new date has passed.
    check(person().passed(5).assigned(300, 330), 310, complete(5));
    check(person().passed(5).assigned(300, 330), 331, Some(Status::Overdue { due: day(330) }));
    check(person().passed(5).assigned(360, 390), 380, Some(Status::InProgressUnknown { due: day(390) }));
    check(person().passed(5).assigned(300, 330).passed(320), 331, complete(320));
    // Failing counts until something better comes.
    check(person().assigned(1, 31).failed(9), 9, Some(Status::Failed { record: record(9), due: Some(due) }));
    check(person().assigned(1, 31).failed(9), 99, Some(Status::Failed { record: record(9), due: Some(due) }));
    check(person().assigned(1, 31).failed(9).passed(12), 12, complete(12));
    check(person().passed(5).failed(9), 9, complete(5));
    check(person().failed(9).assigned(10, 31), 12, Some(Status::InProgressUnknown { due }));
}

#[test]
fn a_record_counts_when_the_terms_or_a_person_say_so() {
    fn check(dossier: Dossier, counts: bool) {
        let status = status_by(&dossier.assigned(1, 31), 10, &[]);
        assert_eq!(matches!(status, Some(Status::Complete { .. })), counts, "{status:?}");
    }
    let waiting = || person().waits(5);
    check(waiting(), false);
    check(waiting().decided(Decision::Accepted), true);
    check(waiting().decided(Decision::Refused), false);
    check(person().passed(5).decided(Decision::Refused), false);
}

#[test]
fn a_waiver_is_no_completion_and_ends() {
    #[expect(clippy::needless_pass_by_value, reason = "cases read better")]
    fn check(dossier: Dossier, at: u32, expected: Kind) {
        assert_eq!(status_by(&dossier, at, &[]).map(|status| status.kind()), Some(expected), "day {at}");
    }
    check(person().assigned(1, 31).waived(2, 100), 40, Kind::Waived);
    check(person().assigned(1, 31).waived(2, 100), 99, Kind::Waived);
    check(person().assigned(1, 31).waived(2, 100), 100, Kind::Waived);
    check(person().assigned(1, 31).waived(2, 100), 101, Kind::Overdue);
    let mut taken_back = person().assigned(1, 31).waived(2, 100);
    let (by, reason) = ("Grace".to_owned(), "back at work".to_owned());
    taken_back.waivers[0].taken_back = Some(TakenBack { index: 9, by, reason });
    check(taken_back, 100, Kind::Overdue);
    check(person().assigned(1, 31).waived(20, 100), 10, Kind::InProgressUnknown);
    check(person().assigned(1, 31).waived(2, 100).passed(50), 60, Kind::Complete);
    check(person().failed(1).waived(2, 100), 60, Kind::Waived);
    // Of two that hold, the longer one says when the exception ends, whichever was given last.
    check(person().assigned(1, 31).waived(2, 100).waived(3, 50), 60, Kind::Waived);
    let until = status_by(&person().waived(2, 100).waived(3, 50), 40, &[]).and_then(|status| status.date());
    assert_eq!(until, Some(day(100)));
}

#[test]
fn dates_do_not_run_for_those_who_are_not_at_work() {
    fn check(presence: Option<Presence>, mut dossier: Dossier, expected: Kind) {
        match presence {
            Some(presence) => dossier.roster.as_mut().expect("on the roster").presence = presence,
            None => dossier.roster = None,
        }
        let kind = status_by(&dossier, 40, &[]).map(|status| status.kind());
        assert_eq!(kind, Some(expected), "{presence:?}");
    }
    let asked = || person().assigned(1, 31);
    check(Some(Presence::Active), asked(), Kind::Overdue);
    check(Some(Presence::Away), asked(), Kind::InProgressUnknown);
    check(Some(Presence::Gone), asked(), Kind::InProgressUnknown);
    check(None, asked(), Kind::Overdue);
    check(Some(Presence::Away), asked().failed(9), Kind::Failed);
    check(Some(Presence::Away), person().passed(0).assigned(1, 31), Kind::Complete);
    check(Some(Presence::Active), person().passed(0).assigned(1, 31), Kind::Overdue);
}

#[test]
fn rules_ask_without_an_assignment() {
    #[expect(clippy::needless_pass_by_value, reason = "cases read better")]
    fn check(dossier: Dossier, trigger: Trigger, at: u32, expected: Option<Kind>) {
        let status = status_by(&dossier, at, &[samples::rule(course(), trigger, 10)]);
        assert_eq!(status.map(|status| status.kind()), expected, "{trigger:?}, day {at}");
    }
    let hired = |on: u32| {
        let mut dossier = person();
        dossier.roster.as_mut().expect("on the roster").profile.hired = Some(day(on).date());
        dossier
    };
    let on_hire = Trigger::OnHire { within_days: 30 };
    check(hired(20), on_hire, 50, Some(Kind::NotStarted));
    check(hired(20), on_hire, 51, Some(Kind::Overdue));
    check(hired(20).passed(40), on_hire, 51, Some(Kind::Complete));
    check(hired(0), on_hire, 41, Some(Kind::Overdue));
    let mut old_hand = person();
    old_hand.roster.as_mut().expect("on the roster").profile.hired = "2001-05-01".parse().ok();
    check(old_hand, on_hire, 51, None);

    let yearly = Trigger::Every { months: 12, notice_days: 30 };
    check(person(), yearly, 40, Some(Kind::NotStarted));
    check(person(), yearly, 41, Some(Kind::Overdue));
    check(person().passed(20), yearly, 300, Some(Kind::Complete));
    check(person().passed(20), Trigger::Every { months: 6, notice_days: 30 }, 202, Some(Kind::Overdue));

    let new_policy = Trigger::OnNewPolicy { within_days: 14 };
    check(person().passed(20), new_policy, 64, Some(Kind::Complete));
    check(person().passed(20), new_policy, 65, Some(Kind::Overdue));
    check(person().passed(55), new_policy, 65, Some(Kind::Complete));

    let mut gone = person();
    gone.roster.as_mut().expect("on the roster").presence = Presence::Gone;
    check(gone, yearly, 99, None);
}
