//! Files in temporary folders: limits, links, rivals and errors.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, UNIX_EPOCH};

use tempfile::{TempDir, tempdir};

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
fn a_file_is_read_up_to_its_limit() {
    let home = tempdir().unwrap();
    let path = home.path().join("a");
    put(&path, b"12345");
    assert_eq!(read_limited(&path, 5).unwrap(), b"12345");
    assert_eq!(read_limited(&path, u64::MAX).unwrap(), b"12345");
    let error = read_limited(&path, 4).unwrap_err();
    assert!(matches!(error, FileError::TooLarge { limit: 4, .. }), "{error}");
    put(&path, b"");
    assert_eq!(read_limited(&path, 0).unwrap(), b"");
}

#[test]
fn what_is_no_file_is_refused() {
    let home = tempdir().unwrap();
    assert!(matches!(read_limited(home.path(), 9), Err(FileError::NotAFile { .. })));
    let missing = read_limited(&home.path().join("none"), 9).unwrap_err();
    assert!(matches!(missing, FileError::Read { .. }));
    assert!(missing.hint().is_some() && missing.to_string().contains("none"), "{missing}");
}

#[cfg(target_os = "linux")]
#[test]
fn what_has_no_size_or_no_end_is_read_up_to_its_limit() {
    assert!(matches!(read_limited(Path::new("/dev/zero"), 100_000), Err(FileError::TooLarge { .. })));
    // The kernel says that it has 0 bytes.
    assert!(!read_limited(Path::new("/proc/self/status"), 100_000).unwrap().is_empty());
    assert!(matches!(read_limited(Path::new("/proc/self/status"), 10), Err(FileError::TooLarge { .. })));
}

const LIMITS: TreeLimits = TreeLimits { entries: 100, bytes_each: 1000, bytes_total: 3000 };

fn course_like(path: &str) -> bool {
    (path == "course.ron" || path.starts_with("lessons/"))
        && path.split('/').all(|name| !name.starts_with(['.', '_']))
}

fn course() -> TempDir {
    let home = tempdir().unwrap();
    fs::create_dir_all(home.path().join("lessons/more")).unwrap();
    fs::create_dir_all(home.path().join("lessons/_drafts")).unwrap();
    fs::create_dir_all(home.path().join("target/debug")).unwrap();
    put(&home.path().join("course.ron"), b"()");
    put(&home.path().join("README.md"), b"no");
    put(&home.path().join("lessons/b.md"), b"# B");
    put(&home.path().join("lessons/a.md"), b"# A");
    put(&home.path().join("lessons/.a.md.swp"), b"no");
    put(&home.path().join("lessons/_drafts/c.md"), b"no");
    put(&home.path().join("lessons/more/d.md"), b"# D");
    put(&home.path().join("target/debug/large"), vec![0; 5000]);
    home
}

#[test]
fn a_tree_holds_what_is_wanted_and_nothing_else() {
    let home = course();
    let wanted = [
        ("course.ron", "()"),
        ("lessons/a.md", "# A"),
        ("lessons/b.md", "# B"),
        ("lessons/more/d.md", "# D"),
    ];
    let wanted: BTreeMap<String, Vec<u8>> =
        wanted.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect();
    assert_eq!(read_tree(home.path(), &course_like, LIMITS).unwrap(), wanted);
}

#[test]
fn a_tree_has_limits() {
    fn check(limits: TreeLimits, expected: &str) {
        let home = course();
        let said = match read_tree(home.path(), &course_like, limits) {
            Ok(files) => format!("{} files", files.len()),
            Err(FileError::TooMany { limit, .. }) => format!("more than {limit} entries"),
            Err(FileError::TooLarge { path, limit }) => {
                format!("{} over {limit}", path.strip_prefix(home.path()).unwrap().display())
            }
            Err(other) => panic!("{other}"),
        };
        assert_eq!(said, expected, "{limits:?}");
    }
    // Four files, and the folders `lessons` and `lessons/more`.
    check(TreeLimits { entries: 6, bytes_each: 3, bytes_total: 11 }, "4 files");
    check(TreeLimits { entries: 5, bytes_each: 3, bytes_total: 11 }, "more than 5 entries");
    check(TreeLimits { entries: 6, bytes_each: 2, bytes_total: 11 }, "lessons/a.md over 2");
    check(TreeLimits { entries: 6, bytes_each: 3, bytes_total: 10 }, " over 10");
}

#[test]
fn a_tree_is_not_endlessly_deep() {
    let home = tempdir().unwrap();
    let mut folder = home.path().join("lessons");
    for _ in 0..30 {
        folder.push("d");
    }
    fs::create_dir_all(&folder).unwrap();
    assert!(matches!(read_tree(home.path(), &course_like, LIMITS), Err(FileError::TooDeep { .. })));
}

#[cfg(unix)]
#[test]
fn links_stay_within_the_tree() {
    use std::os::unix::fs::symlink;
    let home = course();
    let elsewhere = tempdir().unwrap();
    put(&elsewhere.path().join("secret"), b"key");

    symlink("a.md", home.path().join("lessons/link.md")).unwrap();
    let files = read_tree(home.path(), &course_like, LIMITS).unwrap();
    assert_eq!(files["lessons/link.md"], b"# A");

    let leading_out = home.path().join("lessons/out");
    for target in [elsewhere.path().join("secret"), elsewhere.path().to_owned(), "../..".into()] {
        symlink(target, &leading_out).unwrap();
        assert!(matches!(read_tree(home.path(), &course_like, LIMITS), Err(FileError::Outside { .. })));
        fs::remove_file(&leading_out).unwrap();
    }
    symlink("nowhere", &leading_out).unwrap();
    assert!(matches!(read_tree(home.path(), &course_like, LIMITS), Err(FileError::Read { .. })));
    fs::remove_file(&leading_out).unwrap();

    symlink("..", home.path().join("lessons/more/up")).unwrap();
    assert!(matches!(read_tree(home.path(), &course_like, LIMITS), Err(FileError::Circle { .. })));
    fs::remove_file(home.path().join("lessons/more/up")).unwrap();

    // The root itself may be a link.
    symlink(home.path(), elsewhere.path().join("course")).unwrap();
    assert_eq!(read_tree(&elsewhere.path().join("course"), &course_like, LIMITS).unwrap(), files);
}

/// One of them hid all others, and every file that could be read.
#[cfg(unix)]
#[test]
fn all_that_stands_in_the_way_is_found() {
    use std::os::unix::fs::symlink;
    let home = course();
    let within = |path: &str| home.path().join(path);
    let sound = read_tree(home.path(), &course_like, LIMITS).unwrap();
    symlink("../../secret", within("lessons/gone.md")).unwrap();
    symlink("/", within("lessons/more/out")).unwrap();
    symlink("round.md", within("lessons/round.md")).unwrap();
    symlink(".", within("lessons/self")).unwrap();
    put(&within("lessons/large.md"), [b'#'; 200]);
    fs::create_dir_all(within("lessons/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d")).unwrap();
    let limits = TreeLimits { bytes_each: 100, ..LIMITS };
    let Tree { files, faults } = look_through(home.path(), &course_like, limits).unwrap();
    assert_eq!(files, sound);
    let told = faults.iter().map(|fault| {
        let path = fault.path().strip_prefix(home.path()).unwrap().display();
        let kind = match fault {
            FileError::Read { .. } => "read",
            FileError::Outside { .. } => "outside",
            FileError::Circle { .. } => "circle",
            FileError::TooDeep { .. } => "deep",
            FileError::TooLarge { .. } => "large",
            other => panic!("{other}"),
        };
        format!("{kind} {path}")
    });
    assert_eq!(
        told.collect::<Vec<_>>(),
        [
            "deep lessons/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d",
            "read lessons/gone.md",
            "large lessons/large.md",
            "outside lessons/more/out",
            "read lessons/round.md",
            "circle lessons/self",
        ]
    );
}

#[cfg(target_os = "linux")]
#[test]
fn odd_entries_of_a_tree_are_refused_where_they_matter() {
    use std::os::unix::ffi::OsStrExt as _;
    let home = course();
    let odd = std::ffi::OsStr::from_bytes(b"\xff.md");
    put(&home.path().join(odd), b"outside of what is wanted");
    assert!(read_tree(home.path(), &course_like, LIMITS).is_ok());
    put(&home.path().join("lessons").join(odd), b"#");
    assert!(matches!(read_tree(home.path(), &course_like, LIMITS), Err(FileError::Name { .. })));
    fs::remove_file(home.path().join("lessons").join(odd)).unwrap();
    put(&home.path().join("lessons/a\\b.md"), b"#");
    assert!(matches!(read_tree(home.path(), &course_like, LIMITS), Err(FileError::Name { .. })));
    fs::remove_file(home.path().join("lessons/a\\b.md")).unwrap();

    // Opening a pipe that nobody writes into would wait for ever.
    let pipe = home.path().join("lessons/pipe.md");
    rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, 0o600.into(), 0).unwrap();
    assert!(matches!(read_tree(home.path(), &course_like, LIMITS), Err(FileError::NotAFile { .. })));
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

/// Opening it would wait for somebody at its other end. A pipe of the shell has somebody there.
#[cfg(target_os = "linux")]
#[test]
fn pipes_are_read_if_they_have_no_name() {
    use std::os::fd::AsRawFd as _;
    let home = tempdir().unwrap();
    let named = home.path().join("pipe");
    rustix::fs::mkfifoat(rustix::fs::CWD, &named, rustix::fs::Mode::RUSR).unwrap();
    assert!(matches!(read_limited(&named, 10), Err(FileError::NotAFile { .. })));
    assert!(matches!(read_beginning(&named, 10), Err(FileError::NotAFile { .. })));
    let (reader, mut writer) = std::io::pipe().unwrap();
    writer.write_all(b"one").unwrap();
    drop(writer);
    let unnamed = PathBuf::from(format!("/dev/fd/{}", reader.as_raw_fd()));
    assert_eq!(read_limited(&unnamed, 10).unwrap(), b"one");
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
    let home = tempfile::tempdir().expect("a folder");
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
