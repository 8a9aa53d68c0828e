//! What every store promises, asked of both.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::memory::MemoryProgress;
use super::sample::{
    Pick, answered, attempt, bookmark, change, completed, course, picks, replaced, run, submitted,
};
use super::sqlite::SqliteProgress;
use super::{Conflict, ProgressStore, StoreError};
use crate::digest::Digest;
use crate::files::tempdir;
use crate::progress::{Bookmark, Change, Person, Progress};

fn sqlite(path: &std::path::Path) -> SqliteProgress {
    let opened = SqliteProgress::open(path).unwrap();
    assert_eq!(opened.set_aside, None);
    opened.store
}

/// Tells apart what a face tells apart.
fn outcome(result: Result<(), StoreError>) -> Result<(), Conflict> {
    match result {
        Ok(()) => Ok(()),
        Err(StoreError::Conflict(conflict)) => Err(conflict),
        Err(other) => panic!("{other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// One change after another, the file opened anew in between: always what `Progress::apply` says, and what
    /// cannot follow is refused by both stores for the same reason.
    #[test]
    fn a_store_holds_what_was_applied(picks in picks(60)) {
        let home = tempdir().unwrap();
        let path = home.path().join("progress.db");
        let mut memory = MemoryProgress::new();
        let mut file = sqlite(&path);
        let mut expected = Progress::default();
        for (step, pick) in picks.into_iter().enumerate() {
            let change = change(&expected, pick);
            let in_memory = outcome(memory.save(&course(), std::slice::from_ref(&change)));
            let on_disk = outcome(file.save(&course(), std::slice::from_ref(&change)));
            prop_assert_eq!(in_memory, on_disk, "{:?}", change);
            if on_disk.is_ok() {
                expected.apply(&change);
            }
            if step % 8 == 7 {
                drop(file);
                file = sqlite(&path);
            }
            prop_assert_eq!(&file.progress(&course()).unwrap(), &expected);
            prop_assert_eq!(&memory.progress(&course()).unwrap(), &expected);
        }
    }

    /// Several changes at once are kept all or not at all; two copies at once see each other's work or are refused.
    #[test]
    fn two_copies_agree(batches in prop::collection::vec((any::<bool>(), any::<bool>(), picks(4)), 1..20)) {
        let home = tempdir().unwrap();
        let path = home.path().join("progress.db");
        let memory = MemoryProgress::new();
        let mut memories = [memory.clone(), memory];
        let mut files = [sqlite(&path), sqlite(&path)];
        // What each copy believes.
        let mut believed = [Progress::default(), Progress::default()];
        for (second, looks_first, picks) in batches {
            let copy = usize::from(second);
            if looks_first {
                believed[copy] = files[copy].progress(&course()).unwrap();
                prop_assert_eq!(&memories[copy].progress(&course()).unwrap(), &believed[copy]);
            }
            let changes = following(&believed[copy], &picks);
            let before = files[copy].progress_unseen();
            let in_memory = outcome(memories[copy].save(&course(), &changes));
            let on_disk = outcome(files[copy].save(&course(), &changes));
            prop_assert_eq!(in_memory, on_disk, "{:?}", changes);
            let mut after = before;
            if on_disk.is_ok() {
                for change in &changes { after.apply(change); }
                believed[copy] = after.clone();
            }
            prop_assert_eq!(&files[copy].progress_unseen(), &after);
        }
    }
}

fn following(progress: &Progress, picks: &[Pick]) -> Vec<Change> {
    let mut progress = progress.clone();
    let next = |pick: &Pick| {
        let change = change(&progress, *pick);
        progress.apply(&change);
        change
    };
    picks.iter().map(next).collect()
}

/// Runs a test on both stores; `again` is another running copy of the same one.
fn on_both(test: impl Fn(&mut dyn ProgressStore, &mut dyn ProgressStore)) {
    let memory = MemoryProgress::new();
    test(&mut memory.clone(), &mut memory.clone());
    let home = tempdir().unwrap();
    let path = home.path().join("progress.db");
    test(&mut sqlite(&path), &mut sqlite(&path));
}

#[test]
fn a_new_run_starts_afresh_and_deletes_nothing() {
    on_both(|store, again| {
        store
            .save(&course(), &[run(1), attempt(1, 1), answered(1, 0, 0, "a"), submitted(1, 1, true)])
            .unwrap();
        store.save(&course(), &[completed(1), run(2), attempt(2, 2)]).unwrap();
        let progress = again.progress(&course()).unwrap();
        assert_eq!(progress.run().unwrap().number, 2);
        assert_eq!(progress.attempts.iter().map(|attempt| attempt.number).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(progress.completions.len(), 1);
        assert_eq!(again.progress(&"another-course".parse().unwrap()).unwrap(), Progress::default());
    });
}

#[test]
fn what_another_copy_did_is_a_conflict() {
    fn check(first: &[Change], theirs: &[Change], ours: &[Change], expected: Conflict) {
        on_both(|store, again| {
            store.save(&course(), first).unwrap();
            again.progress(&course()).unwrap();
            again.save(&course(), theirs).unwrap();
            let error = store.save(&course(), ours).unwrap_err();
            assert!(matches!(error, StoreError::Conflict(conflict) if conflict == expected), "{error}");
            assert_eq!(store.progress(&course()).unwrap(), again.progress(&course()).unwrap());
        });
    }
    let lesson = |progress: &Progress| change(progress, Pick::lesson());
    check(&[run(1)], &[run(2)], &[run(2)], Conflict::Run);
    // A change that does not name its run would end in the wrong one.
    check(&[run(1)], &[run(2)], &[lesson(&Progress::default())], Conflict::Run);
    let mut known = Progress::default();
    known.apply(&run(1));
    check(&[run(1)], &[lesson(&known)], &[replaced(&known, 2)], Conflict::GoneOn);
    check(&[run(1)], &[replaced(&known, 2)], &[replaced(&known, 2)], Conflict::Run);
    check(&[run(1)], &[attempt(1, 1)], &[attempt(1, 1)], Conflict::AttemptStarted);
    check(&[run(1)], &[attempt(1, 1)], &[attempt(2, 1)], Conflict::AttemptStarted);
    let under_way = [run(1), attempt(1, 1)];
    check(&under_way, &[submitted(1, 0, false)], &[answered(1, 0, 0, "late")], Conflict::AttemptSubmitted);
    check(&under_way, &[submitted(1, 0, false)], &[submitted(1, 0, true)], Conflict::AttemptSubmitted);
    let theirs = [answered(1, 0, 0, "theirs")];
    let moved = |edits| Change::AttemptMoved { number: 1, edits, current: 1, active_seconds: 9 };
    // Another question or the same: whoever has not seen the last change makes none.
    check(&under_way, &theirs, &[answered(1, 0, 1, "ours")], Conflict::AttemptChanged);
    check(&under_way, &theirs, &[moved(0)], Conflict::AttemptChanged);
    check(&under_way, &[moved(0)], &[answered(1, 0, 0, "ours")], Conflict::AttemptChanged);
    check(&under_way, &theirs, &[submitted(1, 0, true)], Conflict::AttemptChanged);
    // The second of two changes builds on the first.
    check(&under_way, &[], &[answered(1, 0, 0, "ours"), moved(0)], Conflict::AttemptChanged);
    check(&under_way, &[completed(1)], &[answered(1, 0, 0, "ours"), completed(1)], Conflict::Completed);
}

/// Two copies that write another note for one bookmark, or take it away both, lose nothing of each other's.
#[test]
fn neither_copy_overwrites_what_the_other_wrote() {
    on_both(|store, again| {
        let [first, ours, theirs] = [1, 2, 3].map(|value| bookmark(0, value));
        store.save(&course(), &[run(1), Change::Bookmarked(first.clone())]).unwrap();
        again.progress(&course()).unwrap();
        let instead = |written: &Bookmark| {
            [Change::BookmarkRemoved(first.clone()), Change::Bookmarked(written.clone())]
        };
        store.save(&course(), &instead(&ours)).unwrap();
        again.save(&course(), &instead(&theirs)).unwrap();
        let kept = |store: &dyn ProgressStore| store.progress(&course()).unwrap().bookmarks;
        assert_eq!(kept(store), BTreeSet::from([ours.clone(), theirs.clone()]));
        store.save(&course(), &[Change::Bookmarked(ours.clone())]).unwrap();
        again.save(&course(), &[Change::BookmarkRemoved(ours.clone())]).unwrap();
        store.save(&course(), &[Change::BookmarkRemoved(ours), run(2)]).unwrap();
        assert_eq!(kept(store), BTreeSet::from([theirs]), "in the next run too");
        let nowhere = Bookmark { lesson: String::new(), ..first };
        let error = store.save(&course(), &[Change::Bookmarked(nowhere)]).unwrap_err();
        assert!(matches!(error, StoreError::Impossible(_)), "{error}");
    });
}

#[test]
fn what_no_state_of_affairs_allows_is_refused() {
    on_both(|store, again| {
        for change in [run(0), attempt(0, 1)] {
            let error = store.save(&course(), &[run(1), change]).unwrap_err();
            assert!(matches!(error, StoreError::Impossible(_)), "{error}");
        }
        assert_eq!(again.progress(&course()).unwrap(), Progress::default());
        let nobody = Person { number: String::new(), name: "Ada".to_owned(), email: None };
        assert!(matches!(store.set_learner(&nobody, "did:key:z6Mk"), Err(StoreError::Impossible(_))));
        let ada = Person { number: "1".to_owned(), ..nobody };
        assert!(matches!(store.set_learner(&ada, ""), Err(StoreError::Impossible(_))));
        assert_eq!(again.learner().unwrap(), None);
    });
}

#[test]
fn a_person_can_change_what_they_said() {
    on_both(|store, again| {
        assert_eq!(store.learner().unwrap(), None);
        let mut ada = Person { number: "012345".to_owned(), name: "Ada O'Neill".to_owned(), email: None };
        store.set_learner(&ada, "did:key:z6Mk").unwrap();
        ada.email = Some("ada@example.org".to_owned());
        store.set_learner(&ada, "did:key:z6Mk").unwrap();
        assert_eq!(again.learner().unwrap(), Some((ada, "did:key:z6Mk".to_owned())));
    });
}

/// What was drawn for one key and signed with another would never verify.
#[test]
fn a_learner_keeps_the_key_that_they_began_with() {
    on_both(|store, again| {
        let ada = Person { number: "012345".to_owned(), name: "Ada O'Neill".to_owned(), email: None };
        store.set_learner(&ada, "did:key:z6MkFirst").unwrap();
        let renamed = Person { name: "Ada Other".to_owned(), ..ada.clone() };
        let other = "did:key:z6MkOther";
        for refused in [store.set_learner(&renamed, other), again.set_learner(&renamed, other)] {
            let error = refused.unwrap_err();
            assert!(matches!(error, StoreError::OtherKey) && error.hint().is_some(), "{error}");
        }
        assert_eq!(again.learner().unwrap(), Some((ada, "did:key:z6MkFirst".to_owned())));
    });
}

#[test]
fn the_files_of_a_course_are_kept_byte_for_byte() {
    on_both(|store, again| {
        let files = BTreeMap::from([
            ("course.ron".to_owned(), b"()".to_vec()),
            ("assets/large.png".to_owned(), vec![0xff; 3_000_000]),
            ("assets/same.png".to_owned(), vec![0xff; 3_000_000]),
            ("assets/empty".to_owned(), Vec::new()),
        ]);
        let (first, second, empty) = (Digest::of(b"1"), Digest::of(b"2"), Digest::of(b"3"));
        assert_eq!(store.kept_course(&first).unwrap(), None);
        store.keep_course(&first, &files).unwrap();
        store.keep_course(&first, &files).unwrap();
        let mut changed = files.clone();
        changed.insert("course.ron".to_owned(), b"(id: 2)".to_vec());
        store.keep_course(&second, &changed).unwrap();
        store.keep_course(&empty, &BTreeMap::new()).unwrap();
        assert_eq!(again.kept_course(&first).unwrap(), Some(files.clone()));
        assert_eq!(again.kept_course(&second).unwrap(), Some(changed));
        assert_eq!(again.kept_course(&empty).unwrap(), Some(BTreeMap::new()));
    });
}

#[test]
fn the_last_record_is_the_one_signed_last_in_any_course() {
    on_both(|store, again| {
        let other = "another-course".parse().unwrap();
        let digest = |run: u32| Some(Digest::of(&run.to_le_bytes()));
        assert_eq!(store.last_record().unwrap(), None);
        store.save(&course(), &[run(1), completed(1), run(2), completed(2), run(3)]).unwrap();
        assert_eq!(again.last_record().unwrap(), digest(2));
        store.save(&other, &[run(1), completed(1)]).unwrap();
        assert_eq!(again.last_record().unwrap(), digest(1), "by when they were saved, not by run or course");
        store.save(&course(), &[completed(3)]).unwrap();
        assert_eq!(again.last_record().unwrap(), digest(3));
        store.save(&other, &[run(2)]).unwrap();
        assert_eq!(again.last_record().unwrap(), digest(3));
    });
}
