//! What goes with an erased person, and what stays.

use super::{aside, begun, dossiers, is_sound, on_both, waiting};
use crate::log::{Entry, Event, Index, Pseudonym, Size};
use crate::registry::Change;
use crate::registry::change::{Audience, Decision, RuleSet, Trigger};
use crate::store::StoreError;
use crate::store::registry::sample::{
    assigned, at, collected, course_id, decided, erased, erased_with, file, person, profile, put_aside,
    record, revoked, roster, uuid, waived,
};
use crate::store::registry::{Refusal, RegistryStore};

/// Names, numbers, reasons and files go; digests, entries and proofs stay; what was erased is not collected again.
#[test]
fn erasing_leaves_nothing_but_digests() {
    on_both(|store| {
        begun(store);
        let theirs = collected(11, 0, 3);
        store
            .save(&[
                assigned(10, 0, 0),
                record(11, 0, 3),
                decided(12, 0, 3, Decision::Refused),
                waived(13, 0, 0),
                revoked(14, 0),
                record(15, 1, 3),
            ])
            .unwrap();
        let before = store.log_root(store.log_size().unwrap()).unwrap();
        store.save(&[erased(20, 0, true)]).unwrap();
        for moment in [3, 12, 20] {
            assert_eq!(store.dossier(&person(0), at(moment)).unwrap(), None, "not even in the past");
        }
        assert_eq!(dossiers(store, at(20)).len(), 1);
        assert_eq!(waiting(store).len(), 1);
        assert_eq!(store.record(&theirs.digest).unwrap(), None);
        assert_eq!(store.assignment(uuid("assignment", 0)).unwrap(), None);
        let known = store.known(&[theirs.digest, theirs.file]).unwrap();
        assert_eq!(known.len(), 2, "a drop folder does not bring it back");
        let error = store.save(&[record(21, 0, 3)]).unwrap_err();
        assert!(matches!(error, StoreError::Refused(Refusal::RecordIsHere(_))), "{error}");

        assert_eq!(store.log_root(Size::new(10).unwrap()).unwrap(), before);
        let bytes = store.log_entry(Index::new(10).unwrap()).unwrap().unwrap();
        let Event::Erased { entries, .. } = Entry::parse(&bytes).unwrap().event else { panic!("{bytes:?}") };
        assert_eq!(entries, 5);
        is_sound(store);

        // Somebody of the same number later is somebody else to the log.
        store.save(&[roster(30, &[(0, 4)])]).unwrap();
        let back = store.dossier(&person(0), at(30)).unwrap().unwrap();
        assert_eq!(back.roster.unwrap().first_seen, at(30));
        assert_eq!(store.dossier(&person(0), at(29)).unwrap(), None);
        is_sound(store);
    });
}

/// Without their salt nobody can tell whom an entry was about; with it everybody can.
#[test]
fn a_salt_is_what_makes_an_entry_anonymous() {
    on_both(|store| {
        begun(store);
        store.save(&[record(10, 0, 0)]).unwrap();
        let bytes = store.log_entry(Index::new(4).unwrap()).unwrap().unwrap();
        let Event::Collected(logged) = Entry::parse(&bytes).unwrap().event else { panic!("{bytes:?}") };
        let salt = store.salt(&person(0)).unwrap().unwrap();
        assert_eq!(Pseudonym::of(person(0).as_str(), &salt), logged.person);
        assert_eq!(store.salt(&person(4)).unwrap(), None);
        store.save(&[erased(20, 0, true)]).unwrap();
        assert_eq!(store.salt(&person(0)).unwrap(), None);
        // Nor by coming back.
        store.save(&[roster(30, &[(0, 4)])]).unwrap();
        assert_ne!(store.salt(&person(0)).unwrap().unwrap(), salt);
        assert!(store.salt(&person(1)).unwrap().is_some());
    });
}

/// A rule for people by name is for nobody when they are erased, and never for everybody.
#[test]
fn a_rule_forgets_whoever_is_erased() {
    on_both(|store| {
        begun(store);
        let rule = |people: &[u8]| RuleSet {
            at: at(5),
            id: uuid("rule", people.len().try_into().unwrap()),
            course: course_id(0),
            trigger: Trigger::OnHire { within_days: 14 },
            audience: Audience {
                people: Some(people.iter().map(|who| person(*who)).collect()),
                ..Audience::default()
            },
            by: "Grace".to_owned(),
        };
        let stranger = store.save(&[Change::RuleSet(rule(&[4]))]).unwrap_err();
        assert!(matches!(stranger, StoreError::Refused(Refusal::UnknownPerson)), "{stranger}");
        store.save(&[Change::RuleSet(rule(&[0])), Change::RuleSet(rule(&[0, 1]))]).unwrap();
        let named = |store: &dyn RegistryStore, second| -> Vec<_> {
            let rules = store.rules(at(second)).unwrap();
            rules.into_iter().map(|rule| rule.audience.people.unwrap().len()).collect()
        };
        assert_eq!(named(store, 9), [1, 2]);
        store.save(&[erased(20, 0, true)]).unwrap();
        for second in [9, 20] {
            assert_eq!(named(store, second), [0, 1]);
        }
        let nobody = &store.rules(at(20)).unwrap()[0].audience;
        assert!(!nobody.includes(&person(0), &profile(0)) && !nobody.includes(&person(1), &profile(1)));
        is_sound(store);
    });
}

#[test]
fn files_that_were_put_aside_go_with_the_person() {
    on_both(|store| {
        begun(store);
        store.save(&[put_aside(10, 0), put_aside(11, 1), put_aside(12, 2)]).unwrap();
        store.save(&[erased_with(20, 0, true, &[0, 2])]).unwrap();
        assert_eq!(aside(store), [file(11, 1)]);
        // Their digests stay, in the log and where collecting looks.
        assert_eq!(store.known(&[file(0, 0).file, file(0, 2).file]).unwrap().len(), 2);
        assert_eq!(
            store.collected(&[file(0, 0).file]).unwrap().len(),
            1,
            "nor does judging again bring it back"
        );
        let error = store.save(&[put_aside(21, 0)]).unwrap_err();
        assert!(matches!(error, StoreError::Refused(Refusal::FileIsHere(_))), "{error}");
        let bytes = store.log_entry(Index::new(7).unwrap()).unwrap().unwrap();
        let Event::Erased { entries, left, total, .. } = Entry::parse(&bytes).unwrap().event else {
            panic!("{bytes:?}")
        };
        assert_eq!((entries, left, total), (2, 1, 1));
        is_sound(store);
    });
}
