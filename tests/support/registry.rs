//! A registry with one course, the people of the test vectors, and the program that collects into it.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Output, Stdio};
use std::sync::{Arc, LazyLock};

use countersign::clock::{Clock as _, SystemClock, Timestamp};
use countersign::course::{Course, pack};
use countersign::digest::Digest;
use countersign::log::VerifierKey;
use countersign::record::Assignment;
use countersign::record::key::SecretKey;
use countersign::registry::change::{
    Assigned, CourseAdded, CourseJudged, CourseState, Opened, PersonChange, RosterImport,
};
use countersign::registry::dossier::RecordState;
use countersign::registry::person::Presence;
use countersign::registry::{Change, PersonNumber, Profile};
use countersign::store::registry::RegistryStore;
use countersign::store::registry::sqlite::SqliteRegistry;
use serde_json::Value;
use tempfile::TempDir;

use super::head;
use super::lasting::lasting;
use super::vectors::{HR, World};

/// A folder with a registry, and beside it a folder `inbox`.
pub(crate) struct Registry {
    folder: TempDir,
    pub(crate) world: Arc<World>,
}

/// Three courses to parse, for each of some hundred tests.
static LASTING: LazyLock<Arc<World>> = LazyLock::new(|| Arc::new(World::of(lasting)));

impl Registry {
    /// A folder for one, and an inbox.
    pub(crate) fn empty() -> Self {
        Self::empty_in(Arc::clone(&LASTING))
    }

    fn empty_in(world: Arc<World>) -> Self {
        let registry = Self { folder: tempfile::tempdir().expect("a folder"), world };
        fs::create_dir(registry.inbox()).expect("a folder");
        registry
    }

    /// One whose log was opened at this time, and holds nothing else.
    pub(crate) fn opened(at: Timestamp) -> Self {
        Self::opened_in(Arc::clone(&LASTING), at)
    }

    /// The same in this world.
    pub(crate) fn opened_in(world: impl Into<Arc<World>>, at: Timestamp) -> Self {
        let registry = Self::empty_in(world.into());
        let home = registry.home();
        fs::create_dir(&home).expect("a folder");
        let key = SecretKey::from_seed(&HR).encode(None).expect("a key file");
        write_private(&home.join("hr.key"), &key);
        let mut store = SqliteRegistry::create(&home.join("registry.db")).expect("a registry");
        let origin = registry.log_key().origin().clone();
        let key = SecretKey::from_seed(&HR);
        let opened = Opened { at, key: key.public(), origin: origin.clone() };
        store.save(&[Change::Opened(opened)]).expect("saved");
        head::sign(&mut store, &home, origin, &key);
        registry
    }

    /// The courses of the vectors, approved or not, and both assignments. It is one registry each time, with one log.
    pub(crate) fn new() -> Self {
        static NEW: LazyLock<Kept> = LazyLock::new(|| Kept::of(&Registry::another()));
        NEW.laid_out()
    }

    /// The same, with a log that no other has.
    pub(crate) fn another() -> Self {
        Self::new_in(Arc::clone(&LASTING))
    }

    /// The same in this world.
    pub(crate) fn new_in(world: impl Into<Arc<World>>) -> Self {
        let registry = Self::opened_in(world, now());
        let world = &registry.world;
        let mut changes = vec![roster(&[("012345", "Ada Byron"), ("12345", "Grace Brewster")])];
        for (course, state) in [
            (&world.course, CourseState::Approved),
            (&world.earlier, CourseState::Approved),
            (&world.withdrawn, CourseState::Retired),
        ] {
            changes.extend(judged(course, state, now()));
        }
        for (assignment, bytes) in [
            (&world.assignment, &world.assignment_bytes),
            (&world.earlier_assignment, &world.earlier_assignment_bytes),
        ] {
            changes.push(assigned(assignment, bytes));
        }
        registry.store().save(&changes).expect("saved");
        registry
    }

    pub(crate) fn home(&self) -> PathBuf {
        self.folder.path().join("registry")
    }

    pub(crate) fn inbox(&self) -> PathBuf {
        self.folder.path().join("inbox")
    }

    pub(crate) fn store(&self) -> SqliteRegistry {
        SqliteRegistry::open(&self.home().join("registry.db")).expect("a registry")
    }

    /// What is known of a person's records.
    pub(crate) fn records(&self, number: &str) -> Vec<RecordState> {
        let person = PersonNumber::new(number).expect("a number");
        let dossier = self.store().dossier(&person, now()).expect("read");
        dossier.map(|dossier| dossier.records).unwrap_or_default()
    }

    /// The name and the key of the log.
    pub(crate) fn log_key(&self) -> VerifierKey {
        let origin = format!("countersign.example/registry/{}", self.store().id().expect("read"));
        VerifierKey::new(origin.parse().expect("an origin"), SecretKey::from_seed(&HR).public())
    }

    /// Puts a file into the inbox.
    pub(crate) fn send(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.inbox().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::File::create_new(&path).and_then(|mut file| file.write_all(bytes)).expect("a file");
        path
    }

    /// `countersign hr … --registry`.
    pub(crate) fn hr(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
        command.arg("hr").args(arguments).arg("--registry").arg(self.home());
        command.current_dir(self.folder.path()).stdin(Stdio::null());
        command.env("COUNTERSIGN_HOME", self.folder.path().join("nobody"));
        command
    }

    /// Runs it.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.hr(arguments).output().expect("it starts")
    }

    /// Makes everybody who wants to append wait, as long as it lives.
    pub(crate) fn locked(&self) -> fs::File {
        let path = self.home().join("lock");
        let lock = fs::File::options().create(true).truncate(false).write(true).open(path).expect("a lock");
        lock.lock().expect("nobody else has it");
        lock
    }

    /// Starts it while that lives, and comes back when it waits; with what it says after that.
    pub(crate) fn waiting(&self, arguments: &[&str]) -> (Child, BufReader<ChildStderr>) {
        let mut command = self.hr(arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        let mut talk = BufReader::new(child.stderr.take().expect("a pipe"));
        let mut line = String::new();
        while !line.contains("waiting: another countersign is adding to this registry") {
            line.clear();
            assert_ne!(talk.read_line(&mut line).expect("a line"), 0, "it said nothing");
        }
        (child, talk)
    }

    /// Collects the inbox; what is said of it, and the exit code.
    pub(crate) fn collect(&self) -> (Value, i32) {
        self.collect_with(&["inbox"])
    }

    pub(crate) fn collect_with(&self, more: &[&str]) -> (Value, i32) {
        let output = self.run(&[&["collect", "--json"], more].concat());
        let said = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
            panic!("{error}: {}", String::from_utf8_lossy(&output.stderr));
        });
        (said, output.status.code().expect("it ended by itself"))
    }
}

/// A registry and its inbox as they lie on disk, for tests that begin alike: most of their time went into making them.
#[derive(Default)]
pub(crate) struct Kept {
    /// Each before what is in it.
    folders: Vec<PathBuf>,
    files: Vec<(PathBuf, Vec<u8>, fs::Permissions)>,
}

impl Kept {
    pub(crate) fn of(registry: &Registry) -> Self {
        fn walk(root: &Path, folder: &Path, kept: &mut Kept) {
            for entry in fs::read_dir(folder).expect("a folder") {
                let entry = entry.expect("an entry");
                let (path, metadata) = (entry.path(), entry.metadata().expect("it is there"));
                let below = path.strip_prefix(root).expect("below").to_owned();
                if metadata.is_dir() {
                    kept.folders.push(below);
                    walk(root, &path, kept);
                } else {
                    kept.files.push((below, fs::read(&path).expect("a file"), metadata.permissions()));
                }
            }
        }
        let mut kept = Self::default();
        walk(registry.folder.path(), registry.folder.path(), &mut kept);
        kept
    }

    pub(crate) fn laid_out(&self) -> Registry {
        let folder = tempfile::tempdir().expect("a folder");
        for below in &self.folders {
            fs::create_dir(folder.path().join(below)).expect("a folder");
        }
        for (below, bytes, permissions) in &self.files {
            let mut file = fs::File::create_new(folder.path().join(below)).expect("a file");
            file.write_all(bytes).expect("written");
            file.set_permissions(permissions.clone()).expect("its own file");
        }
        Registry { folder, world: Arc::clone(&LASTING) }
    }
}

pub(crate) fn now() -> Timestamp {
    SystemClock.now()
}

/// A course is added, and counts or does not.
pub(crate) fn judged(course: &Course, state: CourseState, at: Timestamp) -> [Change; 2] {
    let by = "HR".to_owned();
    let judged = CourseJudged { at, digest: course.digest, state, by, reason: None };
    [Change::CourseAdded(added(course, at)), Change::CourseJudged(judged)]
}

fn added(course: &Course, at: Timestamp) -> CourseAdded {
    CourseAdded {
        at,
        digest: course.digest,
        course: course.id.clone(),
        title: course.title.clone(),
        version: course.version.clone(),
        validity_days: 365,
        pack: pack::write(&course.files).expect("a course fits a pack"),
    }
}

pub(crate) fn roster(people: &[(&str, &str)]) -> Change {
    let people = people.iter().map(|(number, name)| PersonChange {
        number: PersonNumber::new(number).expect("a number"),
        profile: Profile::named(name),
        presence: Presence::Active,
    });
    Change::Roster(RosterImport { at: now(), file: Digest::of(b"roster"), people: people.collect() })
}

pub(crate) fn assigned(assignment: &Assignment, bytes: &[u8]) -> Change {
    let claims = &assignment.claims;
    Change::Assigned(Assigned {
        at: now(),
        id: assignment.id,
        digest: assignment.digest,
        person: PersonNumber::new(&claims.person.number).expect("a number"),
        course: claims.course.course_id.clone(),
        version: claims.course.digest,
        due: claims.due,
        rule: None,
        bytes: bytes.to_vec(),
    })
}

#[cfg(unix)]
fn write_private(path: &Path, bytes: &[u8]) {
    use std::os::unix::fs::OpenOptionsExt as _;
    let file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    file.and_then(|mut file| file.write_all(bytes)).expect("a file");
}

#[cfg(not(unix))]
fn write_private(path: &Path, bytes: &[u8]) {
    fs::File::create_new(path).and_then(|mut file| file.write_all(bytes)).expect("a file");
}
