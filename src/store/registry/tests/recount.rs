//! Whoever has only the entries of the log reckons the same statuses as the registry.

use std::collections::BTreeMap;

use super::super::RegistryStore;
use super::super::sample::{at, course_id, revoked, roster, waived};
use super::{dossiers, on_both};
use crate::clock::Timestamp;
use crate::log::{Entry, Index, Pseudonym};
use crate::registry::evidence::recount::recount;
use crate::registry::status::{Reckoning, Status};

/// By the log, everybody stands as the registry says at this moment: status, date, and the record behind it.
pub(super) fn agrees(store: &dyn RegistryStore, at: Timestamp) {
    let mut entries = Vec::new();
    store
        .log_entries(Index::new(0).unwrap(), &mut |_, bytes| {
            entries.push(Entry::parse(&bytes).unwrap());
            Ok(())
        })
        .unwrap();
    let (openings, courses) = (store.openings(at).unwrap(), store.courses(at).unwrap());
    let validity_days = courses.iter().map(|course| (course.digest, course.validity_days)).collect();
    let (rules, policies) = (store.rules(at).unwrap(), BTreeMap::new());
    let registry = Reckoning {
        at,
        validity_days: &validity_days,
        rules: &rules,
        policies: &policies,
        expiring_days: 30,
    };
    for course in [course_id(0), course_id(1)] {
        let log = recount(&entries, &openings, &course, at);
        assert_eq!(log.faults, Vec::<String>::new());
        assert_eq!(log.on_the_roster, store.on_the_roster(at).unwrap().map(|said| (said.index, said.total)));
        let validity_days = log.validity_days();
        let by_log = Reckoning { validity_days: &validity_days, rules: &log.rules, ..registry.clone() };
        for dossier in dossiers(store, at) {
            let salt = store.salt(&dossier.number).unwrap().unwrap();
            let mut logged = log.dossier(&Pseudonym::of(dossier.number.as_str(), &salt));
            logged.roster.clone_from(&dossier.roster);
            let told =
                |status: Option<Status>| status.map(|status| (status.kind(), status.date(), status.record()));
            let expected = told(registry.standing(&dossier).remove(&course));
            assert_eq!(
                told(by_log.standing(&logged).remove(&course)),
                expected,
                "{} at {at}",
                dossier.number
            );
        }
    }
}

/// Random changes seldom take an exception back while it holds.
#[test]
fn an_exception_that_was_taken_back_holds_no_longer() {
    on_both(|store| {
        store.save(&[roster(0, &[(0, 0)]), waived(1, 0, 0), revoked(10, 0)]).unwrap();
        for second in [0, 5, 10, 50, 201] {
            agrees(store, at(second));
        }
    });
}
