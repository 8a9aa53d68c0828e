//! Files are written in temporary folders, whole or not at all: links, rivals and errors.

mod read;

use std::fs;
use std::path::Path;
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, UNIX_EPOCH};

use tempfile::tempdir;

use super::*;

#[expect(clippy::disallowed_methods, reason = "what a test finds on disk was not written by us")]
fn put(path: &Path, bytes: impl AsRef<[u8]>) {
    fs::write(path, bytes).unwrap();
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_new_file_never_covers_another_one() {
    let home = tempdir().unwrap();
    let path = home.path().join("record.json");
    write_new(&path, b"one", Privacy::Shared).unwrap();
    write_new(&path, b"one", Privacy::Shared).unwrap();
    for other in [&b"two"[..], b"", b"one and more"] {
        let error = write_new(&path, other, Privacy::Shared).unwrap_err();
        assert!(matches!(error, FileError::Exists { .. }) && error.hint().is_some(), "{error}");
    }
    assert_eq!(fs::read(&path).unwrap(), b"one");
    assert!(matches!(write_new(home.path(), b"one", Privacy::Shared), Err(FileError::Exists { .. })));
    assert_eq!(names(home.path()), ["record.json"]);
}

#[cfg(unix)]
#[test]
fn many_files_are_written_whole_and_cover_no_other() {
    let home = tempdir().unwrap();
    let file = |name: &str, text: &str| (name.to_owned(), text.as_bytes().to_vec());
    let many: Vec<_> = (0..5000).map(|number| file(&number.to_string(), "same")).collect();
    write_all(home.path(), &many, Privacy::Shared).unwrap();
    assert_eq!(names(home.path()).len(), 5000);
    assert_eq!(fs::read(home.path().join("4999")).unwrap(), b"same");
    // Once more, and one more.
    write_all(home.path(), &[file("0", "same"), file("new", "text")], Privacy::Shared).unwrap();
    let error = write_all(home.path(), &[file("1", "other")], Privacy::Shared).unwrap_err();
    assert!(matches!(error, FileError::Exists { .. }), "{error}");
    assert_eq!(fs::read(home.path().join("1")).unwrap(), b"same");
    assert_eq!(names(home.path()).len(), 5001, "nothing else is left");
    let nowhere = write_all(&home.path().join("none"), &[file("a", "")], Privacy::Shared).unwrap_err();
    assert!(matches!(nowhere, FileError::Write { .. }), "{nowhere}");
}

#[test]
fn a_new_file_is_not_written_through_a_link() {
    let home = tempdir().unwrap();
    let path = home.path().join("record.json");
    std::os::unix::fs::symlink("elsewhere", &path).unwrap();
    assert!(matches!(write_new(&path, b"one", Privacy::Private), Err(FileError::Exists { .. })));
    assert_eq!(names(home.path()), ["record.json"]);
}

#[test]
fn a_file_is_replaced_whole() {
    let home = tempdir().unwrap();
    let path = home.path().join("settings.ron");
    for text in ["one", "", "longer than before"] {
        replace(&path, text.as_bytes(), Privacy::Private).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
    assert_eq!(names(home.path()), ["settings.ron"]);
}

/// Renaming over a device is what the superuser may do: `-o /dev/null` took it away from every other program.
#[cfg(unix)]
#[test]
fn a_pipe_or_device_is_not_replaced() {
    use std::os::unix::fs::FileTypeExt as _;
    let home = tempdir().unwrap();
    let pipe = home.path().join("pipe");
    rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, rustix::fs::Mode::RUSR).unwrap();
    let error = replace(&pipe, b"one", Privacy::Shared).unwrap_err();
    assert!(matches!(error, FileError::NotAFile { .. }), "{error}");
    assert!(fs::symlink_metadata(&pipe).unwrap().file_type().is_fifo());
    assert_eq!(names(home.path()), ["pipe"]);
}

#[test]
fn an_error_leaves_nothing_behind() {
    let home = tempdir().unwrap();
    put(&home.path().join("file"), b"x");
    fs::create_dir(home.path().join("folder")).unwrap();
    for path in ["missing/record.json", "file/record.json"] {
        for write in [write_new, replace] {
            let error = write(&home.path().join(path), b"one", Privacy::Shared).unwrap_err();
            assert!(matches!(error, FileError::Write { .. }), "{error}");
        }
    }
    let folder = replace(&home.path().join("folder"), b"one", Privacy::Shared);
    assert!(matches!(folder, Err(FileError::NotAFile { .. })), "{folder:?}");
    assert_eq!(names(home.path()), ["file", "folder"]);
    assert_eq!(names(&home.path().join("folder")), [""; 0]);
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_says_so() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = tempdir().unwrap();
    let folder = home.path().join("folder");
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    // Root may write everywhere, except where the kernel itself says no.
    let folder =
        if rustix::process::geteuid().is_root() { Path::new("/proc/self").to_owned() } else { folder };
    for write in [write_new, replace] {
        let error = write(&folder.join("record.json"), b"one", Privacy::Shared).unwrap_err();
        assert!(matches!(error, FileError::Write { .. }) && error.hint().is_some(), "{error:?}");
    }
}

#[cfg(unix)]
#[test]
fn what_is_private_is_private() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = tempdir().unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let (key, record) = (home.path().join("key"), home.path().join("record"));
    for write in [write_new, replace] {
        write(&key, b"secret", Privacy::Private).unwrap();
        assert_eq!(mode(&key), 0o600);
        write(&record, b"open", Privacy::Shared).unwrap();
        assert_eq!(mode(&record) & 0o600, 0o600);
    }
    assert!(is_private(&key).unwrap());

    for open in [0o640, 0o604, 0o620, 0o601] {
        fs::set_permissions(&key, fs::Permissions::from_mode(open)).unwrap();
        assert!(!is_private(&key).unwrap(), "{open:o}");
    }
    let error = require_private(&key).unwrap_err();
    assert_eq!(error.hint().unwrap(), format!("run: chmod 600 {}", key.display()));
    // The very same bytes are there, but not in private.
    assert!(matches!(write_new(&key, b"secret", Privacy::Private), Err(FileError::Exposed { .. })));
    replace(&key, b"secret", Privacy::Private).unwrap();
    assert_eq!(mode(&key), 0o600);

    let deep = home.path().join("a/b/c");
    make_folder(&deep, Privacy::Private).unwrap();
    make_folder(&deep, Privacy::Private).unwrap();
    for folder in [&deep, &home.path().join("a/b"), &home.path().join("a")] {
        assert_eq!(mode(folder), 0o700);
    }
    assert!(matches!(make_folder(&key, Privacy::Private), Err(FileError::Exists { .. })));
    assert!(matches!(make_folder(&key.join("under"), Privacy::Private), Err(FileError::Write { .. })));
}

#[test]
fn of_many_writers_one_wins_and_no_file_is_torn() {
    const WRITERS: u8 = 8;
    for round in 0..20 {
        let home = tempdir().unwrap();
        let path = home.path().join("record.json");
        let together = Barrier::new(usize::from(WRITERS));
        let won: Vec<u8> = thread::scope(|scope| {
            let writers: Vec<_> = (0..WRITERS)
                .map(|writer| {
                    let (path, together) = (&path, &together);
                    scope.spawn(move || {
                        together.wait();
                        let written = write_new(path, &[writer; 10_000], Privacy::Private);
                        match written {
                            Ok(()) => Some(writer),
                            Err(FileError::Exists { .. }) => None,
                            Err(other) => panic!("{other:?}"),
                        }
                    })
                })
                .collect();
            writers.into_iter().filter_map(|writer| writer.join().unwrap()).collect()
        });
        assert_eq!(won.len(), 1, "round {round}");
        assert_eq!(fs::read(&path).unwrap(), [won[0]; 10_000]);
        assert_eq!(names(home.path()), ["record.json"]);
    }
}

#[test]
fn what_a_crash_left_behind_is_removed_when_nobody_can_be_writing_it() {
    let home = tempdir().unwrap();
    let folder = home.path().join("data");
    fs::create_dir_all(folder.join("below")).unwrap();
    let now = UNIX_EPOCH + Duration::from_hours(500_000);
    let hour = Duration::from_hours(1);
    let day = hour * 24;
    let second = Duration::from_secs(1);
    let entries = [
        (".countersign-abcdef.tmp", now - day),
        (".countersign-ghijkl.tmp", now - hour - second),
        (".countersign-present.tmp", now - hour),
        (".countersign-tomorrow.tmp", now + day),
        (".countersign-.tmp", now - day),
        (".countersign-tmp", now - day),
        (".countersign-abcdef.tmp.bak", now - day),
        ("countersign-abcdef.tmp", now - day),
        ("device.key", now - day),
        ("below/.countersign-abcdef.tmp", now - day),
    ];
    for (name, modified) in entries {
        put(&folder.join(name), b"secret");
        fs::File::options().write(true).open(folder.join(name)).unwrap().set_modified(modified).unwrap();
    }
    for (name, modified) in [
        (".countersign-folder.tmp", now - day),
        (".countersign-oldfolder.tmp", now - day - second),
        ("countersign-folder.tmp", now - day * 2),
    ] {
        fs::create_dir_all(folder.join(name).join("whole/deep")).unwrap();
        put(&folder.join(name).join("whole/deep/a"), b"half");
        fs::File::open(folder.join(name)).unwrap().set_modified(modified).unwrap();
    }
    remove_leftovers(&folder, now);
    let stayed = [
        ".countersign-.tmp",
        ".countersign-abcdef.tmp.bak",
        ".countersign-folder.tmp",
        ".countersign-present.tmp",
        ".countersign-tmp",
        ".countersign-tomorrow.tmp",
        "below",
        "countersign-abcdef.tmp",
        "countersign-folder.tmp",
        "device.key",
    ];
    assert_eq!(names(&folder), stayed);
    assert_eq!(names(&folder.join("below")), [".countersign-abcdef.tmp"]);
    remove_leftovers(&home.path().join("missing"), now);
    remove_leftovers(&folder.join("device.key"), now);
}

#[cfg(unix)]
#[test]
fn a_link_that_looks_like_a_leftover_takes_nothing_with_it() {
    let home = tempdir().unwrap();
    let (file, link) = (home.path().join("file"), home.path().join(".countersign-abcdef.tmp"));
    put(&file, b"x");
    std::os::unix::fs::symlink(&file, &link).unwrap();
    let elsewhere = tempdir().unwrap();
    put(&elsewhere.path().join("precious"), b"x");
    std::os::unix::fs::symlink(elsewhere.path(), home.path().join(".countersign-ghijkl.tmp")).unwrap();
    // A folder that is ours and old, with a link in it, is removed; where the link leads is not.
    let old = home.path().join(".countersign-mnopqr.tmp");
    fs::create_dir(&old).unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), old.join("whole")).unwrap();
    remove_leftovers(home.path(), UNIX_EPOCH + Duration::from_hours(2_500_000));
    assert_eq!(names(home.path()), [".countersign-abcdef.tmp", ".countersign-ghijkl.tmp", "file"]);
    assert_eq!(names(elsewhere.path()), ["precious"]);
}

#[test]
fn a_draft_is_there_whole_or_not_at_all() {
    use std::io::Write as _;
    let home = tempdir().unwrap();
    let path = home.path().join("table.csv");
    let begin = |existing| Draft::begin(&path, existing, Privacy::Shared);
    let mut dropped = begin(Existing::Refused).unwrap();
    dropped.write_all(b"half").unwrap();
    drop(dropped);
    assert!(names(home.path()).is_empty(), "nothing is left of what was not kept");

    let mut draft = begin(Existing::Refused).unwrap();
    draft.write_all(b"one").unwrap();
    assert!(!path.exists());
    // Somebody else was faster.
    put(&path, b"other");
    assert!(matches!(draft.keep(Existing::Refused), Err(FileError::Exists { .. })));
    assert_eq!(fs::read(&path).unwrap(), b"other");
    assert!(matches!(begin(Existing::Refused), Err(FileError::Exists { .. })));

    let mut draft = begin(Existing::Replaced).unwrap();
    draft.write_all(b"two").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"other");
    draft.keep(Existing::Replaced).unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"two");
    assert_eq!(names(home.path()), ["table.csv"]);

    let folder = home.path().join("folder");
    fs::create_dir(&folder).unwrap();
    let refused = Draft::begin(&folder, Existing::Replaced, Privacy::Shared);
    assert!(matches!(refused, Err(FileError::NotAFile { .. })));
}

/// Whoever reads the name of a file that is gone looks for it.
#[test]
fn no_error_names_a_temporary_file() {
    let home = tempdir().expect("a folder");
    let gone = home.path().join("gone");
    let files = [("a".to_owned(), Vec::new())];
    for error in [
        write_new(&gone.join("a"), b"", Privacy::Private).expect_err("no folder"),
        replace(&gone.join("a"), b"", Privacy::Shared).expect_err("no folder"),
        write_all(&gone, &files, Privacy::Shared).expect_err("no folder"),
        Draft::begin(&gone.join("a"), Existing::Refused, Privacy::Shared).expect_err("no folder"),
        Nursery::begin(&gone).expect_err("no folder"),
    ] {
        let FileError::Write { source, .. } = &error else { panic!("{error:?}") };
        // Of a temporary folder the kind alone was kept: "uncategorized error", where the kinds do not know it.
        assert_eq!(source.to_string(), gone.read_dir().expect_err("no folder").to_string());
        assert!(!format!("{error}: {source}").contains(".countersign-"), "{error}: {source}");
    }
}
