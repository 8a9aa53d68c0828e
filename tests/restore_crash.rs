//! Kills `countersign hr restore` and `hr backup` at any moment, gives them disks that are full at any place, and looks at what is
//! left: the new file is there whole or not at all, and the next command says which.
#![cfg(unix)]

#[path = "support/forge.rs"]
mod forge;
#[path = "support/head.rs"]
mod head;
#[path = "support/lasting.rs"]
mod lasting;
#[path = "support/learner.rs"]
mod learner;
#[path = "support/registry.rs"]
#[expect(dead_code, reason = "what is told of single files is for the tests of collecting")]
mod registry;
#[path = "support/vectors.rs"]
#[expect(dead_code, reason = "the table is for the vectors")]
mod vectors;

use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use countersign::clock::Timestamp;
use countersign::digest::Digest;
use countersign::log::Hash;
use countersign::record::verdict::Outcome;
use countersign::registry::change::Collected;
use countersign::registry::terms::{Levels, Treatment};
use countersign::registry::{Change, PersonNumber};
use countersign::store::registry::RegistryStore as _;
use countersign::store::registry::sqlite::SqliteRegistry;
use registry::Registry;
use vectors::{World, pretty};

/// How often each of them is killed at least, and at most until everything that can be left was left: on a machine that is busy
/// with other tests the moments are met less often.
const ROUNDS: u64 = 16;
const MOST_ROUNDS: u64 = 10 * ROUNDS;
/// Nobody waits longer for a command; a machine that is busy with other tests is slow.
const PATIENCE: Duration = Duration::from_mins(2);

#[test]
fn a_restore_that_is_killed_has_restored_everything_or_nothing() {
    let office = Office::new();
    let mut random = 0x9e37_79b9_7f4a_7c15;
    let begun = Instant::now();
    office.restored(&office.folder("measured"), Lost::Everything);
    let takes = begun.elapsed();
    let mut left = Left::default();
    for round in 0..MOST_ROUNDS {
        if round >= ROUNDS && left.is_everything() {
            break;
        }
        let lost = if round % 2 == 0 { Lost::Everything } else { Lost::Database };
        let folder = office.folder(&format!("restored-{round}"));
        office.prepare(&folder, lost);
        let moment = match round / 2 % 4 {
            0 => Moment::After(takes.mul_f64(fraction(&mut random))),
            1 => Moment::Seen(folder.join("checkpoint")),
            2 => Moment::Begun(folder.clone()),
            _ => Moment::Seen(folder.join("registry.db")),
        };
        let pause = Duration::from_secs_f64(0.003 * fraction(&mut random));
        // Beside a later checkpoint it says at its end that the copy is older.
        killed(office.restore(&folder, lost), &moment, pause, i32::from(lost == Lost::Database));
        assert_eq!(Digest::of(&fs::read(&office.copy).expect("a file")), office.copy_digest, "{moment:?}");
        let halfway = unfinished(&folder);
        if folder.join("registry.db").exists() {
            left.whole += 1;
            office.is_whole(&folder);
            let again = refused(&mut office.restore(&folder, lost));
            assert!(again.contains("registry.db is there already"), "{again}");
            assert!(again.contains("--registry") && again.contains("log verify"), "{again}");
        } else {
            left.nothing += 1;
            let nothing = refused(office.hr(&["status"]).arg("--registry").arg(&folder));
            assert!(nothing.contains("there is no registry in"), "{nothing}");
            // What was left lies there for an hour at most: somebody else could be writing it.
            left.halfway += halfway.len();
            for file in &halfway {
                assert_eq!(file.metadata().expect("a file").permissions().mode() & 0o077, 0, "{moment:?}");
                made_old(file);
            }
            office.restored(&folder, lost);
            assert_eq!(unfinished(&folder), [] as [PathBuf; 0]);
        }
        office.tells_what_is_missing(&folder, lost);
        fs::remove_dir_all(folder).expect("a folder");
    }
    // A test that disturbed nothing has shown nothing.
    assert!(left.is_everything(), "{left:?}");
}

#[test]
fn a_backup_that_is_killed_is_there_whole_or_not_at_all() {
    let office = Office::new();
    let mut random = 0x2545_f491_4f6c_dd1d;
    let begun = Instant::now();
    let folder = office.folder("backups");
    fs::create_dir(&folder).expect("a folder");
    office.backed_up(&folder.join("measured.db"));
    let takes = begun.elapsed();
    let mut left = Left::default();
    for round in 0..MOST_ROUNDS {
        if round >= ROUNDS && left.is_everything() {
            break;
        }
        let path = folder.join(format!("{round}.db"));
        let moment = match round % 4 {
            0 | 1 => Moment::After(takes.mul_f64(fraction(&mut random))),
            2 => Moment::Begun(folder.clone()),
            _ => Moment::Seen(path.clone()),
        };
        let pause = Duration::from_secs_f64(0.003 * fraction(&mut random));
        killed(office.backup(&path), &moment, pause, 0);
        for file in unfinished(&folder) {
            left.halfway += 1;
            made_old(&file);
        }
        if path.exists() {
            left.whole += 1;
        } else {
            left.nothing += 1;
            office.backed_up(&path);
            assert_eq!(unfinished(&folder), [] as [PathBuf; 0], "{moment:?}");
        }
        let copy = SqliteRegistry::open(&path).expect("a whole one");
        let audited = copy.audit(&mut |fault| panic!("{fault}")).expect("read");
        assert_eq!(audited.entries, office.entries_now, "{moment:?}");
        drop(copy);
        fs::remove_file(path).expect("a file");
    }
    assert!(left.is_everything(), "{left:?}");
    office.is_unharmed();
}

#[test]
fn a_disk_that_is_full_leaves_nothing_that_looks_like_a_registry() {
    let office = Office::new();
    let size = office.copy.metadata().expect("a file").len();
    // In blocks of 512 bytes. The file with the shared memory of SQLite has 64 of them, a key and a checkpoint one each.
    let full = [0, 1, 63, 65, 200, size / 1024, size / 512 - 1];
    for (number, limit) in full.into_iter().enumerate() {
        for lost in [Lost::Everything, Lost::Database] {
            let folder = office.folder(&format!("full-{number}-{lost:?}"));
            office.prepare(&folder, lost);
            let said = refused(&mut limited(&office.restore(&folder, lost), limit));
            assert!(said.contains("cannot "), "{limit}: {said}");
            assert!(
                !folder.join("registry.db").exists() && unfinished(&folder).is_empty(),
                "{limit}: {said}"
            );
            if number % 3 == 2 {
                office.restored(&folder, lost);
                office.tells_what_is_missing(&folder, lost);
            }
        }
        let path = office.folder(&format!("full-{number}.db"));
        let said = refused(&mut limited(&office.backup(&path), limit));
        assert!(said.contains("cannot "), "{limit}: {said}");
        assert!(!path.exists() && unfinished(path.parent().expect("a folder")).is_empty(), "{limit}: {said}");
    }
    // The limit is what stopped them.
    let path = office.folder("enough.db");
    let enough = 4 * size / 512;
    assert!(limited(&office.backup(&path), enough).output().expect("it starts").status.success());
    office.is_unharmed();
}

/// How a registry was lost that is to be restored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lost {
    /// The folder with all that was in it: a copy of the key is elsewhere.
    Everything,
    /// The database alone, so that the head of its log is still there.
    Database,
}

/// What was left in how many rounds.
#[derive(Debug, Default)]
struct Left {
    nothing: usize,
    halfway: usize,
    whole: usize,
}

impl Left {
    fn is_everything(&self) -> bool {
        self.nothing >= 2 && self.halfway >= 1 && self.whole >= 2
    }
}

/// A registry, a copy from before its last record, and the receipt of that record.
struct Office {
    registry: Registry,
    copy: PathBuf,
    copy_digest: Digest,
    receipt: PathBuf,
    /// The log as it is in the copy.
    entries: u64,
    root: Hash,
    entries_now: u64,
}

impl Office {
    fn new() -> Self {
        let registry = Registry::new();
        let heavy: Vec<Change> = (0..96).map(heavy).collect();
        registry.store().save(&heavy).expect("saved");
        let waits = pretty(&World::signed(&registry.world.claims(false, &[9])));
        registry.send("self.completion.json", &waits);
        registry.collect();
        let store = registry.store();
        let size = store.log_size().expect("read");
        let mut office = Self {
            copy: registry.inbox().with_file_name("copy.db"),
            copy_digest: Digest::of(b""),
            receipt: PathBuf::new(),
            entries: size.get(),
            root: store.log_root(size).expect("read").expect("a root"),
            entries_now: 0,
            registry,
        };
        office.backed_up(&office.copy);
        office.copy_digest = Digest::of(&fs::read(&office.copy).expect("a file"));
        let counts = pretty(&World::signed(&office.registry.world.claims(true, &[9])));
        office.registry.send("later.completion.json", &counts);
        office.registry.collect();
        office.entries_now = store.log_size().expect("read").get();
        assert!(office.entries < office.entries_now);
        let receipts = fs::read_dir(office.registry.home().join("receipts")).expect("a folder");
        let mut receipts: Vec<PathBuf> = receipts.map(|entry| entry.expect("an entry").path()).collect();
        receipts.retain(|path| path.extension().is_some_and(|kind| kind == "tlog-proof"));
        office.receipt = receipts.pop().expect("the receipt of the last record");
        office
    }

    fn folder(&self, name: &str) -> PathBuf {
        self.copy.with_file_name(name)
    }

    fn hr(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
        command.arg("hr").args(arguments).stdin(Stdio::null());
        command.env("COUNTERSIGN_HOME", self.folder("nobody"));
        command
    }

    /// What is left after the loss.
    fn prepare(&self, folder: &Path, lost: Lost) {
        if lost == Lost::Database {
            fs::create_dir(folder).expect("a folder");
            for name in ["hr.key", "checkpoint"] {
                fs::copy(self.registry.home().join(name), folder.join(name)).expect("copied");
            }
        }
    }

    fn restore(&self, folder: &Path, lost: Lost) -> Command {
        let mut command = self.hr(&["restore"]);
        command.arg(&self.copy).arg(folder);
        if lost == Lost::Everything {
            command.arg("--key").arg(self.registry.home().join("hr.key"));
        }
        command
    }

    fn restored(&self, folder: &Path, lost: Lost) {
        let output = self.restore(folder, lost).output().expect("it starts");
        let (said, talk) = (text(&output.stdout), text(&output.stderr));
        // Beside a later checkpoint the copy is restored, and older than what was signed.
        let is_older = lost == Lost::Database;
        assert_eq!(output.status.code(), Some(i32::from(is_older)), "{talk}");
        assert!(said.contains(&format!("is restored: {} log entries", self.entries)), "{said}");
        assert_eq!(talk.contains("was put back to an old state"), is_older, "{talk}");
        self.is_whole(folder);
    }

    fn backup(&self, path: &Path) -> Command {
        let mut command = self.hr(&["backup"]);
        command.arg(path).arg("--registry").arg(self.registry.home());
        command
    }

    fn backed_up(&self, path: &Path) {
        let output = self.backup(path).output().expect("it starts");
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    }

    /// The registry in this folder is the one of the copy, and every entry of its log is what was logged.
    fn is_whole(&self, folder: &Path) {
        let store = SqliteRegistry::open(&folder.join("registry.db")).expect("a whole one");
        let audited = store.audit(&mut |fault| panic!("{fault}")).expect("read");
        assert_eq!((audited.entries, audited.root), (self.entries, self.root));
    }

    /// The registry that the copies are of.
    fn is_unharmed(&self) {
        let audited = self.registry.store().audit(&mut |fault| panic!("{fault}")).expect("read");
        assert_eq!(audited.entries, self.entries_now);
    }

    /// The copy is from before the last record. Whoever has its receipt sees it, and so does HR where the head of the log was
    /// not lost; nothing can be added there, though whoever restored it was killed before he could say so.
    fn tells_what_is_missing(&self, folder: &Path, lost: Lost) {
        let mut verify = self.hr(&["log", "verify", "--registry"]);
        verify.arg(folder);
        let found = verify.output().expect("it starts");
        let (code, said) = (found.status.code(), text(&found.stdout));
        let expected = if lost == Lost::Database { Some(1) } else { Some(0) };
        assert_eq!((code, said.contains("rolled back")), (expected, lost == Lost::Database), "{said}");
        let found = verify.arg("--against").arg(&self.receipt).output().expect("it starts");
        let said = text(&found.stdout);
        assert_eq!(found.status.code(), Some(1), "{said}");
        assert!(said.contains("the log was rolled back") && said.contains(".tlog-proof"), "{said}");
        let until = registry::now().plus_days(90).date().to_string();
        let mut waive =
            self.hr(&["waive", "12345", "vector-course", "--until", &until, "--approver", "J. Doe"]);
        let added = waive.args(["--reason", "leave", "--registry"]).arg(folder).output().expect("it starts");
        let talk = text(&added.stderr);
        match lost {
            Lost::Everything => assert_eq!(added.status.code(), Some(0), "{talk}"),
            Lost::Database => {
                assert_eq!(added.status.code(), Some(2), "{talk}");
                assert!(talk.contains("was put back to an old state"), "{talk}");
            }
        }
    }
}

/// A record with many bytes that do not shrink, so that copying takes a while and checking does not.
fn heavy(number: u64) -> Change {
    let mut random = number * 2 + 1;
    let bytes: Vec<u8> =
        (0..16 << 10).flat_map(|_| next(&mut random).to_le_bytes()).take(128 << 10).collect();
    let at = registry::now();
    Change::Collected(Box::new(Collected {
        at,
        digest: Digest::of_fields(["heavy", &number.to_string()]),
        file: Digest::of(&bytes),
        name: format!("{number}.completion.json"),
        bytes,
        person: PersonNumber::new("12345").expect("a number"),
        course: "vector-course".parse().expect("an identifier"),
        version: Digest::of(b"course"),
        assignment: None,
        key: "did:key:z6Mkon3Necd6NkkyfoGoHxid2znGc59LU3K7mubaRcFbLfLX".to_owned(),
        pins: number == 0,
        signed_at: at,
        earned: 10_000,
        possible: 10_000,
        passed: true,
        levels: Levels([Outcome::Pass; 5]),
        reasons: Vec::new(),
        treatment: Treatment::Accept,
    }))
}

/// When somebody is killed.
#[derive(Debug)]
enum Moment {
    /// After so much time, however far it has come.
    After(Duration),
    /// Once this file is there.
    Seen(PathBuf),
    /// Once a file is being written in this folder.
    Begun(PathBuf),
}

impl Moment {
    fn has_come(&self, begun: Instant) -> bool {
        match self {
            Self::After(time) => begun.elapsed() >= *time,
            Self::Seen(path) => path.exists(),
            // A key and a checkpoint are written in the same way, and are small.
            Self::Begun(folder) => {
                unfinished(folder).iter().any(|file| file.metadata().is_ok_and(|file| file.len() > 64 << 10))
            }
        }
    }
}

/// Kills it a little after its moment, or lets it come to its end before, with this exit code.
fn killed(mut command: Command, moment: &Moment, pause: Duration, code: i32) {
    let begun = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
    while !moment.has_come(begun) {
        if let Some(ended) = child.try_wait().expect("it is ours") {
            assert_eq!(ended.code(), Some(code), "{moment:?}: it ended by itself");
            return;
        }
        assert!(begun.elapsed() < PATIENCE, "{moment:?} never came");
        thread::sleep(Duration::from_micros(100));
    }
    thread::sleep(pause);
    child.kill().expect("it is ours");
    let ended = child.wait().expect("it is ours");
    assert!(ended.code().is_none_or(|other| other == code), "{moment:?}: it ended by itself: {ended}");
}

/// The same command, which can write no file larger than so many blocks of 512 bytes.
fn limited(command: &Command, blocks: u64) -> Command {
    let mut shell = Command::new("sh");
    // Without the trap the signal would end it before it could say anything.
    let limit = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
    shell.args(["-c", &limit, "sh"]).arg(command.get_program()).args(command.get_args()).stdin(Stdio::null());
    for (name, value) in command.get_envs() {
        shell.env(name, value.expect("it was set"));
    }
    shell
}

/// What it says when it cannot do what it was asked for.
#[track_caller]
fn refused(command: &mut Command) -> String {
    let output: Output = command.output().expect("it starts");
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{}{said}", text(&output.stdout));
    assert!(said.lines().any(|line| line.starts_with("error: ")), "{said}");
    said
}

/// The files that somebody has begun in this folder.
fn unfinished(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let files = entries.flatten().map(|entry| entry.path());
    files.filter(|path| path.extension().is_some_and(|ending| ending == "tmp")).collect()
}

/// As if it had been left two hours ago.
fn made_old(path: &Path) {
    let then = Timestamp::from_unix(registry::now().unix() - 2 * 60 * 60).expect("a time");
    let file = File::options().write(true).open(path);
    file.and_then(|file| file.set_modified(then.system_time())).expect("a file");
}

/// Looks random and is the same every time, from 0 to 1.
fn fraction(random: &mut u64) -> f64 {
    f64::from(u32::try_from(next(random) >> 32).expect("half of it")) / f64::from(u32::MAX)
}

fn next(random: &mut u64) -> u64 {
    *random ^= *random << 13;
    *random ^= *random >> 7;
    *random ^= *random << 17;
    *random
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
