//! A registry in a folder where nothing can be written: on a disc, on a disk that is mounted read-only.

use super::*;
use crate::files::{Privacy, write_new};
use crate::store::database::open::open_as_it_stands;

/// The registry at `path`, opened as where nothing can be written. Whoever runs tests may write everywhere.
fn as_it_stands(path: &Path) -> SqliteRegistry {
    let opened = open_as_it_stands(path, &schema::PRESENT);
    SqliteRegistry { database: opened.unwrap_or_else(|_| panic!("{} cannot be read", path.display())) }
}

#[test]
fn it_says_the_same_and_leaves_nothing_beside_it() {
    let (_home, path) = filled();
    let known = dossiers(&SqliteRegistry::open(&path).unwrap(), at(99));
    // A name that would mean something in an address.
    let strange = path.with_file_name("a ?mode=memory#%41.db");
    fs::rename(&path, &strange).unwrap();
    let before = fs::read(&strange).unwrap();
    let store = as_it_stands(&strange);
    assert!(store.is_as_it_stands());
    assert_eq!(dossiers(&store, at(99)), known);
    let audited = store.audit(&mut |discrepancy| panic!("{discrepancy}")).unwrap();
    assert_eq!(audited.entries, store.log_size().unwrap().get());
    let copy = strange.with_file_name("copy.db");
    assert_eq!(store.back_up(&copy).unwrap(), store.log_size().unwrap());
    drop(store);
    assert_eq!(dossiers(&SqliteRegistry::open(&copy).unwrap(), at(99)), known);
    assert_eq!(fs::read(&strange).unwrap(), before);
    assert!(!strange.with_file_name("a ?mode=memory#%41.db-wal").exists());
}

#[test]
fn nothing_is_written_into_it() {
    let (_home, path) = filled();
    let mut store = as_it_stands(&path);
    let refused = store.save(&[record(30, 0, 7)]).unwrap_err();
    assert!(matches!(refused, StoreError::ReadOnly { .. }), "{refused:?}");
    assert!(refused.hint().is_some_and(|hint| hint.contains("copy the whole folder")), "{refused:?}");
}

#[test]
fn what_others_write_meanwhile_is_noticed() {
    let (_home, path) = filled();
    let store = as_it_stands(&path);
    store.log_size().unwrap();
    let mut writer = SqliteRegistry::open(&path).unwrap();
    writer.save(&[record(30, 0, 7)]).unwrap();
    // Closing moves what was written into the file.
    drop(writer);
    let refused = store.log_size().unwrap_err();
    assert!(matches!(refused, StoreError::Busy { .. }), "{refused:?}");
    // Half of the pages may be of before, and half of after.
    let copy = path.with_file_name("copy.db");
    let refused = store.back_up(&copy).unwrap_err();
    assert!(matches!(&refused, StoreError::Busy { path: told, .. } if *told == path), "{refused:?}");
    assert!(!copy.exists());
}

#[test]
fn what_is_no_registry_is_refused_there_too() {
    let home = tempdir().unwrap();
    let path = home.path().join("registry.db");
    write_new(&path, &[b'x'; 4096], Privacy::Private).unwrap();
    assert!(open_as_it_stands(&path, &schema::PRESENT).is_err());
    Connection::open(home.path().join("other.db")).unwrap().execute_batch("CREATE TABLE other (x)").unwrap();
    assert!(open_as_it_stands(&home.path().join("other.db"), &schema::PRESENT).is_err());
}

/// Where modes hold, that is, for everybody but root: the folder itself decides.
#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_home, path) = filled();
    let known = dossiers(&SqliteRegistry::open(&path).unwrap(), at(99));
    let folder = path.parent().unwrap();
    let mode = |mode| fs::set_permissions(folder, fs::Permissions::from_mode(mode)).unwrap();
    mode(0o500);
    let holds = write_new(&folder.join("probe"), b"", Privacy::Private).is_err();
    let opened = SqliteRegistry::open(&path);
    let found = opened.as_ref().map(|store| (store.is_as_it_stands(), dossiers(store, at(99))));
    let found = found.map_err(ToString::to_string);
    mode(0o700);
    assert_eq!(found, Ok((holds, known)));
}
