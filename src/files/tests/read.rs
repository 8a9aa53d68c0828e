//! A file or a folder of files is read within limits: what is too large, too deep, elsewhere or no file is refused.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::PathBuf;

use tempfile::TempDir;

use super::*;

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
