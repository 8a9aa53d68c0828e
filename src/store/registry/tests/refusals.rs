//! What is refused, and that nothing of it is left.

use super::{begun, is_sound, on_both};
use crate::log::Size;
use crate::registry::Change;
use crate::registry::change::{CourseState, Decision};
use crate::registry::terms::Treatment;
use crate::store::StoreError;
use crate::store::registry::Refusal;
use crate::store::registry::sample::{
    added, assigned, at, collected, decided, did, erased, erased_with, file, judged, opened, person, record,
    revoked, roster, uuid, version, waived,
};

#[test]
fn what_may_not_follow_is_refused_and_leaves_nothing() {
    fn check(refused: &Change, expected: Refusal) {
        on_both(|store| {
            begun(store);
            store.save(&[assigned(10, 0, 0), record(11, 0, 0), waived(12, 0, 0), revoked(13, 0)]).unwrap();
            let error = store.save(&[record(20, 1, 5), refused.clone()]).unwrap_err();
            assert!(matches!(error, StoreError::Refused(refusal) if refusal == expected), "{error}");
            assert!(error.hint().is_some());
            assert_eq!(store.log_size().unwrap().get(), 8);
            assert_eq!(store.record(&collected(0, 1, 5).digest).unwrap(), None);
            is_sound(store);
        });
    }
    check(&added(20, 0), Refusal::VersionIsHere(version(0)));
    check(&judged(20, 5, CourseState::Approved), Refusal::UnknownVersion(version(5)));
    check(&assigned(20, 0, 5), Refusal::UnknownVersion(version(5)));
    check(&assigned(20, 1, 0), Refusal::AssignmentIsHere(uuid("assignment", 0)));
    check(&assigned(20, 4, 1), Refusal::UnknownPerson);
    check(&record(20, 0, 0), Refusal::RecordIsHere(collected(0, 0, 0).digest));
    check(&decided(20, 0, 4, Decision::Accepted), Refusal::UnknownRecord(collected(0, 0, 4).digest));
    check(&waived(20, 4, 1), Refusal::UnknownPerson);
    check(&waived(20, 1, 0), Refusal::WaiverIsHere(uuid("waiver", 0)));
    check(&revoked(20, 0), Refusal::UnknownWaiver(uuid("waiver", 0)));
    check(&revoked(20, 1), Refusal::UnknownWaiver(uuid("waiver", 1)));
    check(&erased(20, 4, false), Refusal::UnknownPerson);
    check(&erased_with(20, 0, false, &[3]), Refusal::UnknownFile(file(0, 3).file));
    check(&opened(20), Refusal::LogHasBegun);
    check(&roster(-90_000, &[(0, 0)]), Refusal::ClockBehind { now: at(-90_000), newest: at(20) });
    let mut answer = collected(20, 0, 4);
    answer.assignment = Some(uuid("assignment", 4));
    check(&Change::Collected(Box::new(answer)), Refusal::UnknownAssignment(uuid("assignment", 4)));
}

/// Whoever comes second with another key has to be looked at by a person.
#[test]
fn a_first_key_is_first_once() {
    on_both(|store| {
        let pinning = |second, which| {
            let mut record = collected(second, 0, which);
            (record.pins, record.key) = (true, did(which));
            Change::Collected(Box::new(record))
        };
        store.save(&[pinning(0, 0)]).unwrap();
        let error = store.save(&[pinning(1, 1)]).unwrap_err();
        assert!(matches!(error, StoreError::Refused(Refusal::KeyIsPinned(_))), "{error}");
        assert_eq!(store.dossier(&person(0), at(5)).unwrap().unwrap().keys, [did(0)]);
    });
}

#[test]
fn what_no_state_of_affairs_allows_is_refused() {
    on_both(|store| {
        let mut quarantined = collected(0, 0, 0);
        quarantined.treatment = Treatment::Quarantine;
        let mut nameless = roster(0, &[(0, 0)]);
        if let Change::Roster(import) = &mut nameless {
            import.people[0].profile.name.clear();
        }
        for change in [Change::Collected(Box::new(quarantined)), roster(0, &[(0, 0), (0, 1)]), nameless] {
            let error = store.save(&[change]).unwrap_err();
            assert!(matches!(error, StoreError::Impossible(_)), "{error}");
        }
        assert_eq!(store.log_size().unwrap(), Size::ZERO);
    });
}

/// Two running copies, or a clock that was set right: the order of the log is the order in time.
#[test]
fn a_change_is_never_entered_before_the_newest() {
    on_both(|store| {
        begun(store);
        store.save(&[record(500, 0, 0), record(400, 0, 1)]).unwrap();
        let dossier = store.dossier(&person(0), at(499)).unwrap().unwrap();
        assert_eq!(dossier.records, []);
        let dossier = store.dossier(&person(0), at(500)).unwrap().unwrap();
        assert_eq!(dossier.records[1].received_at, at(500));
        is_sound(store);
    });
}
