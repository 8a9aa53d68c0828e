//! What every registry promises, asked of both.

mod aside;
mod erasure;
mod log;
mod recount;
mod refusals;

use std::collections::BTreeMap;
use std::path::Path;

use proptest::prelude::*;

use super::memory::MemoryRegistry;
use super::sample::{
    added, assigned, at, change, collected, course_id, decided, did, erased, file, files, judged, next,
    person, picks, profile, put_aside, record, revoked, roster, uuid, version, waived,
};
use super::sqlite::SqliteRegistry;
use super::{OnTheRoster, Refusal, RegistryStore, Saved, Unsettled};
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::files::tempdir;
use crate::log::{Entry, Event, Index, Size};
use crate::record::verdict::Outcome;
use crate::registry::change::{Audience, CourseState, Decision, PutAside, RuleSet, Trigger, WaiverRevoked};
use crate::registry::dossier::TakenBack;
use crate::registry::person::Presence;
use crate::registry::terms::Terms;
use crate::registry::{Change, Dossier};
use crate::store::StoreError;

fn sqlite(path: &Path) -> SqliteRegistry {
    if path.exists() { SqliteRegistry::open(path).unwrap() } else { SqliteRegistry::create(path).unwrap() }
}

/// Tells apart what a user tells apart.
fn outcome(result: Result<Saved, StoreError>) -> Result<Saved, Refusal> {
    match result {
        Ok(saved) => Ok(saved),
        Err(StoreError::Refused(refusal)) => Err(refusal),
        Err(other) => panic!("{other:?}"),
    }
}

pub(super) fn dossiers(store: &dyn RegistryStore, at: Timestamp) -> Vec<Dossier> {
    let mut dossiers = Vec::new();
    store
        .dossiers(at, &mut |dossier| {
            dossiers.push(dossier);
            Ok(())
        })
        .unwrap();
    dossiers
}

fn aside(store: &dyn RegistryStore) -> Vec<PutAside> {
    let mut files = Vec::new();
    store
        .put_aside_files(&mut |file| {
            files.push(file);
            Ok(())
        })
        .unwrap();
    files
}

fn waiting(store: &dyn RegistryStore) -> Vec<super::Waiting> {
    let mut waiting = Vec::new();
    store
        .waiting(&mut |one| {
            waiting.push(one);
            Ok(())
        })
        .unwrap();
    let mut with_files = Vec::new();
    store
        .waiting_files(&mut |one, bytes| {
            assert_eq!(store.record(&one.digest).unwrap(), Some(bytes));
            with_files.push(one);
            Ok(())
        })
        .unwrap();
    assert_eq!(with_files, waiting);
    waiting
}

/// Everything that a registry can be asked about one moment.
fn all_at(store: &dyn RegistryStore, at: Timestamp) -> impl PartialEq + std::fmt::Debug {
    let people: Vec<Option<Dossier>> = (0..5).map(|who| store.dossier(&person(who), at).unwrap()).collect();
    let decisions: Vec<_> = (0..5).map(|who| store.decisions(&person(who), at).unwrap()).collect();
    let keys: Vec<_> = (0..5).map(|who| store.accepted_keys(&person(who), at).unwrap()).collect();
    let anew = dossiers(store, at).into_iter().flat_map(|dossier| {
        let version = Digest::of(b"another version");
        let asked = dossier.assignments.iter().map(|asked| {
            let is = |assignment, version| {
                store.is_perhaps_asked_anew(&dossier.number, &asked.course, assignment, version, at).unwrap()
            };
            let id = Some(asked.id);
            (is(id, &asked.version), is(id, &version), is(None, &version))
        });
        asked.collect::<Vec<_>>()
    });
    let anew: Vec<_> = anew.collect();
    let histories: Vec<_> = (0..5).map(|who| store.roster_history(&person(who)).unwrap()).collect();
    (
        dossiers(store, at),
        people,
        (histories, decisions, keys, anew),
        store.courses(at).unwrap(),
        store.terms(at).unwrap(),
        store.rules(at).unwrap(),
        store.retentions(at).unwrap(),
        store.on_the_roster(at).unwrap(),
        store.number_aside(at).unwrap(),
    )
}

/// No difference between what it keeps and what it logged.
fn is_sound(store: &dyn RegistryStore) {
    let mut found = Vec::new();
    let audited = store.audit(&mut |discrepancy| found.push(discrepancy.to_string())).unwrap();
    assert_eq!(found, Vec::<String>::new());
    assert_eq!(audited.discrepancies, 0);
    let size = store.log_size().unwrap();
    assert_eq!(audited.entries, size.get());
    assert_eq!(Some(audited.root), store.log_root(size).unwrap());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any changes, several at once, the file opened anew in between: both stores take and refuse the same, know the
    /// same at every moment, and are sound.
    #[test]
    fn both_know_the_same_at_every_moment(picks in picks(60), size in 1_usize..5) {
        let home = tempdir().unwrap();
        let path = home.path().join("registry.db");
        let mut memory = MemoryRegistry::new();
        let mut file = sqlite(&path);
        let mut second = 0;
        let mut moments = vec![at(-1)];
        for (step, picks) in picks.chunks(size).enumerate() {
            let changes: Vec<Change> = picks
                .iter()
                .map(|pick| {
                    second = next(second, *pick);
                    moments.push(at(second));
                    change(*pick, second)
                })
                .collect();
            let in_memory = outcome(memory.save(&changes));
            let on_disk = outcome(file.save(&changes));
            prop_assert_eq!(in_memory, on_disk, "{:?}", changes);
            if step % 6 == 5 {
                drop(file);
                file = sqlite(&path);
            }
        }
        moments.push(at(second + 100_000));
        for moment in moments {
            prop_assert_eq!(all_at(&file, moment), all_at(&memory, moment), "at {}", moment);
            recount::agrees(&file, moment);
            recount::agrees(&memory, moment);
        }
        prop_assert_eq!(waiting(&file), waiting(&memory));
        prop_assert_eq!(aside(&file), aside(&memory));
        for who in 0..5 {
            let person = person(who);
            prop_assert_eq!(file.salt(&person).unwrap().is_some(), memory.salt(&person).unwrap().is_some());
        }
        let digests: Vec<Digest> = (0..5)
            .flat_map(|who| (0..6).map(move |which| collected(0, who, which)))
            .flat_map(|record| [record.digest, record.file])
            .chain((0..6).map(|which| super::sample::file(0, which).file))
            .collect();
        prop_assert_eq!(file.collected(&digests).unwrap(), memory.collected(&digests).unwrap());
        prop_assert_eq!(file.known(&digests).unwrap(), memory.known(&digests).unwrap());
        let size = file.log_size().unwrap().get();
        for until in [size / 2, size].map(|size| Size::new(size).unwrap()) {
            let on_disk = file.unsettled(&digests, until).unwrap();
            prop_assert_eq!(on_disk, memory.unsettled(&digests, until).unwrap());
        }
        for digest in digests {
            prop_assert_eq!(file.record(&digest).unwrap(), memory.record(&digest).unwrap());
        }
        prop_assert_eq!(file.log_size().unwrap(), memory.log_size().unwrap());
        is_sound(&file);
        is_sound(&memory);
    }
}

/// Runs a test on both stores.
fn on_both(test: impl Fn(&mut dyn RegistryStore)) {
    test(&mut MemoryRegistry::new());
    let home = tempdir().unwrap();
    test(&mut sqlite(&home.path().join("registry.db")));
}

/// Two versions of courses, two people.
fn begun(store: &mut dyn RegistryStore) {
    let changes =
        [added(0, 0), judged(1, 0, CourseState::Approved), added(2, 1), roster(3, &[(0, 0), (1, 1)])];
    assert_eq!(store.save(&changes).unwrap(), Saved { first: 0, size: 4 });
}

#[test]
fn a_dossier_tells_what_was_known_then() {
    on_both(|store| {
        begun(store);
        store.save(&[assigned(10, 0, 0), assigned(11, 1, 1)]).unwrap();
        let mut answer = collected(20, 0, 3);
        (answer.assignment, answer.pins) = (Some(uuid("assignment", 0)), true);
        store.save(&[Change::Collected(Box::new(answer)), roster(25, &[(0, 3)])]).unwrap();
        store.save(&[decided(30, 0, 3, Decision::Accepted), waived(40, 1, 0), revoked(50, 0)]).unwrap();

        let then = |second| store.dossier(&person(0), at(second)).unwrap();
        assert_eq!(then(2), None);
        let first = then(3).unwrap();
        assert_eq!(first.roster.as_ref().unwrap().profile, profile(0));
        assert!(first.assignments.is_empty() && first.records.is_empty() && first.keys.is_empty());
        assert_eq!(then(19).unwrap().assignments.len(), 1);
        let answered = then(20).unwrap();
        assert_eq!(answered.keys, [did(0)]);
        assert_eq!(answered.records[0].index, 6);
        assert!(!answered.records[0].counts());
        assert_eq!(answered.roster.unwrap().profile, profile(0));
        let decided = then(30).unwrap();
        assert!(decided.records[0].counts());
        let roster = decided.roster.unwrap();
        assert_eq!((roster.profile, roster.first_seen), (profile(3), at(3)));

        let waivers = |second| store.dossier(&person(1), at(second)).unwrap().unwrap().waivers;
        assert_eq!(waivers(39), []);
        assert_eq!((waivers(40)[0].until, &waivers(40)[0].taken_back), (at(240), &None));
        let Change::WaiverRevoked(WaiverRevoked { by, reason, .. }) = revoked(50, 0) else { unreachable!() };
        let taken_back = Some(TakenBack { index: waivers(50)[0].index + 1, by, reason });
        assert_eq!((waivers(50)[0].until, &waivers(50)[0].taken_back), (at(50), &taken_back));
        is_sound(store);
    });
}

#[test]
fn people_stand_in_the_order_of_their_numbers() {
    on_both(|store| {
        store.save(&[roster(0, &[(3, 0), (0, 0), (2, 0), (4, 0)]), record(1, 1, 0)]).unwrap();
        let numbers: Vec<String> =
            dossiers(store, at(1)).iter().map(|dossier| dossier.number.to_string()).collect();
        assert_eq!(numbers, ["012", "12", "7", "é-1", "張 3"]);
        assert_eq!(dossiers(store, at(1))[0].roster, None);
        let mut seen = 0;
        let stopped = store.dossiers(at(1), &mut |_| {
            seen += 1;
            Err(StoreError::Stopped)
        });
        assert!(matches!(stopped, Err(StoreError::Stopped)) && seen == 1);
    });
}

#[test]
fn courses_come_back_file_for_file() {
    on_both(|store| {
        begun(store);
        assert_eq!(store.course_files(&version(0)).unwrap(), Some(files(0)));
        assert_eq!(store.course_files(&version(5)).unwrap(), None);
        let states = |second| -> Vec<CourseState> {
            store.courses(at(second)).unwrap().into_iter().map(|course| course.state).collect()
        };
        assert_eq!(states(0), [CourseState::Added]);
        assert_eq!(states(2), [CourseState::Approved, CourseState::Added]);
        assert_eq!(store.terms(at(9)).unwrap(), Terms::default());
    });
}

#[test]
fn files_come_back_byte_for_byte() {
    on_both(|store| {
        begun(store);
        let (Change::Assigned(assignment), record) = (assigned(10, 0, 0), collected(11, 0, 0)) else {
            unreachable!()
        };
        store
            .save(&[Change::Assigned(assignment.clone()), Change::Collected(Box::new(record.clone()))])
            .unwrap();
        assert_eq!(store.assignment(assignment.id).unwrap(), Some(assignment.bytes));
        assert_eq!(store.assignment(uuid("assignment", 5)).unwrap(), None);
        assert_eq!(store.record(&record.digest).unwrap(), Some(record.bytes));
        assert_eq!(store.record(&record.file).unwrap(), None, "a record is named by its own digest");
    });
}

/// Collecting again said of files that wait or lie aside that they were here before, as if all was well.
#[test]
fn what_a_file_still_needs_is_known() {
    fn check(store: &dyn RegistryStore, digest: Digest, until: u64, expected: Option<Unsettled>) {
        let until = Size::new(until).unwrap();
        let needs = store.unsettled(&[digest], until).unwrap().get(&digest).copied();
        assert_eq!(needs, expected, "{digest} until {until}");
    }
    on_both(|store| {
        let (fine, waits) = (collected(2, 0, 1), collected(3, 0, 4));
        let (mut judged_again, known_twice) = (collected(5, 1, 4), file(1, 5));
        judged_again.digest = known_twice.record.unwrap();
        store.save(&[put_aside(0, 1), put_aside(1, 5)]).unwrap();
        store.save(&[record(2, 0, 1), record(3, 0, 4)]).unwrap();
        let (review, aside) = (Some(Unsettled::ForReview), Some(Unsettled::Aside));
        for (digest, since, expected) in [
            (file(0, 1).file, 0, aside),
            (known_twice.file, 1, aside),
            (fine.digest, 2, None),
            (fine.file, 2, None),
            (waits.digest, 3, review),
            (waits.file, 3, review),
            (file(0, 2).file, 0, None),
        ] {
            check(store, digest, since, None);
            check(store, digest, 4, expected);
        }
        // Judged again: what lies aside is what its record is.
        store.save(&[Change::Collected(Box::new(judged_again))]).unwrap();
        check(store, known_twice.file, 5, review);
        store.save(&[decided(6, 0, 4, Decision::Refused)]).unwrap();
        check(store, waits.file, 6, None);
        // What comes again of somebody who was erased was said to be here before, and stood nowhere.
        store.save(&[erased(7, 0, true)]).unwrap();
        check(store, fine.file, 6, Some(Unsettled::Erased));
        check(store, fine.digest, 6, Some(Unsettled::Erased));
        check(store, known_twice.file, 6, review);
    });
}

#[test]
fn files_put_aside_are_kept_once() {
    on_both(|store| {
        store.save(&[put_aside(0, 4), put_aside(1, 1)]).unwrap();
        let error = store.save(&[put_aside(2, 0), put_aside(2, 1)]).unwrap_err();
        let expected = Refusal::FileIsHere(file(0, 1).file);
        assert!(matches!(error, StoreError::Refused(refusal) if refusal == expected), "{error}");
        assert_eq!(aside(store), [file(0, 4), file(1, 1)]);
        assert_eq!([-1, 0, 1].map(|second| store.number_aside(at(second)).unwrap()), [0, 1, 2]);
        assert_eq!(store.known(&[file(0, 1).file, file(0, 5).file]).unwrap().len(), 1);
        assert_eq!(store.collected(&[file(0, 1).file]).unwrap().len(), 0, "it is no record");
        // The log says of each which file it was, and at which level it failed.
        let bytes = store.log_entry(Index::new(0).unwrap()).unwrap().unwrap();
        let Event::PutAside { file: digest, levels, record, .. } = Entry::parse(&bytes).unwrap().event else {
            panic!("{bytes:?}")
        };
        assert_eq!((digest, record), (file(0, 4).file, file(0, 4).record));
        assert_eq!(levels.signature, Outcome::Fail);
        is_sound(store);
    });
}

#[test]
fn headers_are_remembered() {
    on_both(|store| {
        assert_eq!(store.roster_mapping().unwrap(), BTreeMap::new());
        let headers = |number: &str| BTreeMap::from([("number".to_owned(), number.to_owned())]);
        let mut first = headers("Pers.-Nr.");
        first.insert("name".to_owned(), "Nachname, Vorname".to_owned());
        store.set_roster_mapping(&first).unwrap();
        store.set_roster_mapping(&headers("ID")).unwrap();
        assert_eq!(store.roster_mapping().unwrap(), headers("ID"));
    });
}

/// The population is in the log: how many joined, left, and stand there.
#[test]
fn every_roster_says_how_many_stand_on_it() {
    on_both(|store| {
        // 0 is at work, 1 on leave, 2 gone.
        store.save(&[roster(0, &[(0, 0), (1, 1), (2, 2)])]).unwrap();
        store.save(&[roster(1, &[(0, 2), (2, 0), (3, 0)]), erased(2, 3, true), erased(3, 0, true)]).unwrap();
        store.save(&[record(4, 4, 0), roster(5, &[(1, 0)])]).unwrap();
        let said = |index: u64| {
            let bytes = store.log_entry(Index::new(index).unwrap()).unwrap().unwrap();
            match Entry::parse(&bytes).unwrap().event {
                Event::Roster { joined, left, total, .. } => [joined, left, total],
                Event::Erased { left, total, .. } => [0, left, total],
                other => panic!("{other:?}"),
            }
        };
        assert_eq!([0, 1, 2, 3, 5].map(said), [[2, 0, 2], [2, 1, 3], [0, 1, 2], [0, 0, 2], [0, 0, 2]]);
        let on = |second| store.on_the_roster(at(second)).unwrap();
        assert_eq!(on(-1), None);
        assert_eq!(on(1), Some(OnTheRoster { index: 1, total: 3 }));
        assert_eq!(on(4), Some(OnTheRoster { index: 3, total: 2 }));
        is_sound(store);
    });
}

/// Somebody whose last day was known before is counted until it is over, on every date that is asked about, and without
/// another roster.
#[test]
fn a_last_day_that_passes_needs_no_roster() {
    on_both(|store| {
        let day = |text: &str| -> Timestamp { format!("{text}T12:00:00Z").parse().unwrap() };
        let mut import = roster(0, &[(0, 0), (1, 0)]);
        if let Change::Roster(import) = &mut import {
            import.at = day("2027-03-01");
            (import.people[0].profile.hired, import.people[0].profile.leaves) =
                (day("2027-03-10").date().into(), day("2027-03-20").date().into());
        }
        store.save(&[import]).unwrap();
        let on = |text: &str| {
            let alone = store.dossier(&person(0), day(text)).unwrap().unwrap().roster.unwrap();
            let among = dossiers(store, day(text)).into_iter().find(|other| other.number == person(0));
            assert_eq!(among.unwrap().roster.unwrap(), alone);
            assert_eq!(alone.said, Presence::Active);
            alone.presence
        };
        let days = ["2027-03-01", "2027-03-09", "2027-03-10", "2027-03-20", "2027-03-21", "2028-01-01"];
        let is_active = days.map(|day| on(day) == Presence::Active);
        assert_eq!(is_active, [false, false, true, true, false, false]);
        is_sound(store);
    });
}

#[test]
fn retention_and_rules_hold_from_their_day_on() {
    on_both(|store| {
        use crate::registry::change::{RetentionSet, RuleEnded};
        let by = || "Grace".to_owned();
        let kept = |second, years| RetentionSet {
            at: at(second),
            course: course_id(0),
            class: "SOC 2".to_owned(),
            years,
            by: by(),
        };
        let rule = RuleSet {
            at: at(1),
            id: uuid("rule", 1),
            course: course_id(0),
            trigger: Trigger::OnHire { within_days: 14 },
            audience: Audience { departments: vec!["ward 3".to_owned()], ..Audience::default() },
            by: by(),
        };
        store
            .save(&[
                Change::RetentionSet(kept(0, 3)),
                Change::RuleSet(rule.clone()),
                Change::RetentionSet(kept(2, 6)),
                Change::RuleEnded(RuleEnded { at: at(3), id: rule.id, by: by() }),
            ])
            .unwrap();
        assert_eq!(store.retentions(at(1)).unwrap(), [kept(0, 3)]);
        assert_eq!(store.retentions(at(9)).unwrap(), [kept(2, 6)]);
        assert_eq!(store.rules(at(0)).unwrap(), []);
        assert_eq!(store.rules(at(2)).unwrap(), std::slice::from_ref(&rule));
        assert_eq!(store.rules(at(3)).unwrap(), []);
        let error = store.save(&[Change::RuleSet(rule.clone())]).unwrap_err();
        assert!(matches!(error, StoreError::Refused(Refusal::RuleIsHere(id)) if id == rule.id), "{error}");
        is_sound(store);
    });
}
