//! What the log says, proves and keeps.

use super::{begun, on_both};
use crate::log::{Checkpoint, Hash, Index, Relation, Size};
use crate::registry::change::Decision;
use crate::store::registry::KeptCheckpoint;
use crate::store::registry::sample::{assigned, decided, erased, record, waived};

/// No entry repeats a name, a number, a reason or the name of a file.
#[test]
fn the_log_says_no_names() {
    on_both(|store| {
        begun(store);
        store
            .save(&[
                assigned(10, 0, 0),
                record(11, 4, 3),
                decided(12, 4, 3, Decision::Refused),
                waived(13, 0, 0),
                erased(20, 4, true),
            ])
            .unwrap();
        let mut seen = 0;
        store
            .log_entries(Index::new(0).unwrap(), &mut |index, bytes| {
                assert_eq!(index.get(), seen);
                seen += 1;
                let text = String::from_utf8(bytes).unwrap();
                for personal in ["Ada", "Grace", "張", "parental", "asked", "completion.json", "did:key"] {
                    assert!(!text.contains(personal), "{text}");
                }
                Ok(())
            })
            .unwrap();
        assert_eq!(seen, 9);
    });
}

#[test]
fn every_entry_can_be_proved_and_every_older_log_is_a_beginning() {
    on_both(|store| {
        begun(store);
        let older = store.log_size().unwrap();
        let older_root = store.log_root(older).unwrap().unwrap();
        store.save(&(0..6).map(|which| record(10, 0, which)).collect::<Vec<_>>()).unwrap();
        let size = store.log_size().unwrap();
        let root = store.log_root(size).unwrap().unwrap();
        for place in 0..size.get() {
            let index = Index::new(place).unwrap();
            let leaf = Hash::of_leaf(&store.log_entry(index).unwrap().unwrap());
            assert!(store.inclusion(index, size).unwrap().unwrap().holds(leaf, root));
        }
        assert!(store.consistency(older, size).unwrap().unwrap().holds(older_root, root));
        let beyond = Index::new(size.get()).unwrap();
        assert_eq!(store.log_entry(beyond).unwrap(), None);
        assert_eq!(store.inclusion(beyond, size).unwrap(), None);
        assert_eq!(store.log_root(Size::new(99).unwrap()).unwrap(), None);

        let head = |size, root| Checkpoint { origin: "example.org/log".parse().unwrap(), size, root };
        assert!(matches!(store.relation(&head(older, older_root)).unwrap(), Relation::Extended(_)));
        assert_eq!(store.relation(&head(size, root)).unwrap(), Relation::Same);
        assert_eq!(store.relation(&head(size, older_root)).unwrap(), Relation::Forked { older: size });
        let later = Size::new(11).unwrap();
        let rolled_back = Relation::RolledBack { present: size, older: later };
        assert_eq!(store.relation(&head(later, root)).unwrap(), rolled_back);
    });
}

#[test]
fn checkpoints_are_kept_and_never_replaced() {
    on_both(|store| {
        let checkpoint = |size: u64, text: &str| KeptCheckpoint {
            size: Size::new(size).unwrap(),
            note: text.as_bytes().to_vec(),
        };
        store.keep_checkpoint(&checkpoint(5, "five")).unwrap();
        store.keep_checkpoint(&checkpoint(2, "two")).unwrap();
        store.keep_checkpoint(&checkpoint(5, "another")).unwrap();
        assert_eq!(store.checkpoints().unwrap(), [checkpoint(2, "two"), checkpoint(5, "five")]);
    });
}
