//! The real world of a face: the system's clock, the store, the device key, files, other programs.

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use uuid::Uuid;
use zeroize::Zeroizing;

use crate::clock::{Clock, SystemClock, Timestamp};
use crate::course::{self, Course};
use crate::files::{self, FileError, Found, Privacy};
use crate::progress::{Change, Completion, Person, Progress};
use crate::record::claims::CompletionClaims;
use crate::record::key::{KeyError, KeyFile, SecretKey};
use crate::record::{Assignment, json, key, read_assignment};
use crate::store::sqlite::SqliteProgress;
use crate::store::{ProgressStore as _, StoreError};
use crate::training::{Assigned, Echo, Learner, Places, Signed, Training, Trouble, TroubleKind, World};

use super::hidden_input::HiddenInput;
use super::open_address::open_address;
use early::progress_file;
use person::{named_by, require_visible};

mod early;
mod person;
#[cfg(test)]
mod tests;

pub(super) use early::beside_store;

/// By how many seconds clocks may be set back without a word about it.
const TOLERABLE: u64 = 600;

/// The real world. Nothing is made on disk before the learner has said who they are.
pub(super) struct RealWorld {
    clock: SystemClock,
    latest: Cell<Timestamp>,
    /// By how many seconds the clock stands before what was stored last.
    behind: u64,
    data: PathBuf,
    records: PathBuf,
    course: Arc<Course>,
    /// The assignment named on the command line.
    assignment: Option<GivenAssignment>,
    store: Option<SqliteProgress>,
    /// The store, if it was opened already.
    early: Option<SqliteProgress>,
    notices: Vec<String>,
    /// While a secret is typed.
    hidden: Option<HiddenInput>,
}

/// An assignment with the bytes that its copy is made of.
pub(super) struct GivenAssignment {
    pub(super) assignment: Assignment,
    pub(super) bytes: Vec<u8>,
}

impl RealWorld {
    pub(super) fn new(
        data: PathBuf,
        records: PathBuf,
        course: Arc<Course>,
        assignment: Option<GivenAssignment>,
        early: Option<SqliteProgress>,
    ) -> Self {
        let latest = Cell::new(Timestamp::EPOCH);
        Self {
            clock: SystemClock,
            latest,
            behind: 0,
            data,
            records,
            course,
            assignment,
            store: None,
            early,
            notices: Vec::new(),
            hidden: None,
        }
    }

    /// The training of the learner who is known here; `None` on a first start.
    pub(super) fn start(&mut self) -> Result<Option<Training>, Trouble> {
        // Nothing may be in it: a disk that was full, a crash.
        if fs::metadata(self.progress_file()).map_or(true, |file| file.len() == 0) {
            if self.key_file().exists() {
                self.notices.push(format!(
                    "There is a device key but no progress in {}. If you were here before, your progress is missing; \
                     whatever you do now begins anew.",
                    self.data.display()
                ));
            }
            return Ok(None);
        }
        self.training_begun()
    }

    /// What the learner should be told once.
    pub(super) fn take_notices(&mut self) -> Vec<String> {
        std::mem::take(&mut self.notices)
    }

    fn progress_file(&self) -> PathBuf {
        progress_file(&self.data)
    }

    fn key_file(&self) -> PathBuf {
        self.data.join("device.key")
    }

    fn assignments(&self) -> PathBuf {
        self.data.join("assignments")
    }

    fn store(&mut self) -> Result<&mut SqliteProgress, Trouble> {
        if self.store.is_none() {
            files::make_folder(&self.data, Privacy::Private).map_err(|error| of_file(&error))?;
            self.tidy(&[&self.data, &self.assignments()]);
            self.store = Some(match self.early.take() {
                Some(store) => store,
                None => self.open_store()?,
            });
        }
        Ok(self.store.as_mut().expect("opened above"))
    }

    fn open_store(&mut self) -> Result<SqliteProgress, Trouble> {
        let opened = SqliteProgress::open(&self.progress_file()).map_err(|error| of_store(&error))?;
        if let Some(aside) = opened.set_aside {
            self.notices.push(format!(
                "The file with your progress was damaged. It was set aside as {} and a new one was begun.",
                aside.display()
            ));
        }
        Ok(opened.store)
    }

    /// A copy that was killed while it wrote the key may have left it under another name.
    fn tidy(&self, folders: &[&Path]) {
        let now = self.clock.now().system_time();
        for folder in folders {
            files::remove_leftovers(folder, now);
        }
    }

    fn training(&mut self) -> Result<Option<Training>, Trouble> {
        let course = Arc::clone(&self.course);
        let store = self.store()?;
        let told = |error: StoreError| of_store(&error);
        let Some((person, did)) = store.learner().map_err(told)? else { return Ok(None) };
        let progress = store.progress(&course.id).map_err(told)?;
        let last_record = store.last_record().map_err(told)?;
        let mut older = Vec::new();
        let mut notices = Vec::new();
        for digest in Training::versions_needed(&course, &progress) {
            match store.kept_course(&digest).map_err(told)?.map(course::parse) {
                Some(Ok(version)) => older.push(Arc::new(version)),
                Some(Err(faults)) => notices.extend(faults.first().map(|fault| {
                    format!("A version of the course that you began an attempt on cannot be read any more: {fault}")
                })),
                None => {}
            }
        }
        self.notices.extend(notices);
        self.not_before(progress.latest());
        let key = self.present_key()?;
        self.require_same_key(key.did(), &did)?;
        let assigned = self.assigned(&person, &progress)?;
        let learner = Learner { person, did };
        let training = Training::new(course, older, learner, assigned, progress);
        let mut training = training.after_record(last_record);
        let changes = training.begin(self.now());
        self.save(&changes)?;
        Ok(Some(training))
    }

    /// The training of the learner who is known here. A copy that started at the same moment may have begun the run
    /// first; then it is begun, and that is all that matters.
    fn training_begun(&mut self) -> Result<Option<Training>, Trouble> {
        match self.training() {
            Err(trouble) if trouble.kind == TroubleKind::Conflict => self.training(),
            other => other,
        }
    }

    /// What is done from now on was not done earlier than what is stored, even if the clock was set back meanwhile: a
    /// record whose times contradict each other would never verify.
    fn not_before(&mut self, stored: Option<Timestamp>) {
        let Some(stored) = stored.filter(|stored| *stored > self.latest.get()) else { return };
        let behind = stored.seconds_since(self.clock.now());
        if behind > TOLERABLE {
            self.notices.push(format!(
                "The clock of this computer stands before {stored}, when you last did something here. Please set it. Until \
                 it gets there, time goes on from that moment."
            ));
        }
        // It goes on: a wait that was begun ends.
        self.behind = behind;
        self.latest.set(stored);
    }

    /// The assignment named on the command line, kept from now on; else the kept one that the run under way answers.
    fn assigned(&self, person: &Person, progress: &Progress) -> Result<Option<Assigned>, Trouble> {
        if let Some(given) = &self.assignment {
            self.require_named(person)?;
            let kept = self.kept_assignments()?;
            // The same assignment in another layout is the same assignment.
            if !kept.iter().any(|kept| kept.digest == given.assignment.digest) {
                let folder = self.assignments();
                files::make_folder(&folder, Privacy::Private).map_err(|error| of_file(&error))?;
                let copy = folder.join(format!("{}.json", given.assignment.digest.hex()));
                files::write_new(&copy, &given.bytes, Privacy::Private).map_err(|error| of_file(&error))?;
            }
            // Named again after a later run began, it changes nothing.
            let nonce = &given.assignment.claims.nonce;
            let over = progress.run().is_some_and(|run| run.nonce.as_ref() != Some(nonce));
            if !(over && progress.answers(nonce)) {
                return Ok(Some(assigned(&given.assignment)));
            }
        }
        let Some(nonce) = progress.run().and_then(|run| run.nonce.as_ref()) else { return Ok(None) };
        let kept = self.kept_assignments()?;
        let kept = kept.iter().find(|assignment| assignment.claims.nonce == *nonce);
        kept.map(|assignment| Some(assigned(assignment))).ok_or_else(|| {
            other(
                format!("the assignment that you answer is missing from {}", self.assignments().display()),
                "name it again with --assignment FILE",
            )
        })
    }

    /// Refuses a learner whom the assignment named on the command line does not name.
    fn require_named(&self, person: &Person) -> Result<(), Trouble> {
        self.assignment.as_ref().map_or(Ok(()), |given| named_by(&given.assignment, person))
    }

    fn kept_assignments(&self) -> Result<Vec<Assignment>, Trouble> {
        let folder = self.assignments();
        if !folder.exists() {
            return Ok(Vec::new());
        }
        let mut kept = Vec::new();
        let Found { files: found, errors } = files::find(&folder, ".json");
        if let Some(error) = errors.first() {
            return Err(of_file(error));
        }
        for path in found {
            let bytes =
                files::read_limited(&path, json::MAX_BYTES as u64).map_err(|error| of_file(&error))?;
            kept.extend(read_assignment(&bytes));
        }
        Ok(kept)
    }

    /// The key file, refused when others can read it.
    fn read_key(&self) -> Result<Option<KeyFile>, Trouble> {
        let path = self.key_file();
        if !path.exists() {
            return Ok(None);
        }
        files::require_private(&path).map_err(|error| of_file(&error))?;
        let bytes = files::read_limited(&path, key::MAX_BYTES as u64)
            .map_err(|error| of_file(&error))
            .map(Zeroizing::new)?;
        KeyFile::parse(&bytes).map(Some).map_err(|error| of_key(&path, &error))
    }

    fn present_key(&self) -> Result<KeyFile, Trouble> {
        self.read_key()?.ok_or_else(|| {
            other(
                format!("the device key {} is missing", self.key_file().display()),
                "restore it from a backup; without it nothing that you began can be signed",
            )
        })
    }

    /// Refuses a key that was put in the place of the one that everything was drawn for.
    fn require_same_key(&self, found: &str, begun_with: &str) -> Result<(), Trouble> {
        if found == begun_with {
            return Ok(());
        }
        Err(other(
            format!("the device key {} is not the one that you began with", self.key_file().display()),
            "restore the key from a backup; with another key what you began cannot be signed",
        ))
    }

    /// Makes the device key; one that is there already is taken when the passphrase fits it.
    fn require_key(&self, passphrase: Option<&str>) -> Result<(), Trouble> {
        let path = self.key_file();
        let told = |error: KeyError| of_key(&path, &error);
        if let Some(key) = self.read_key()? {
            if passphrase.is_some() && !key.is_protected() {
                return Err(other(
                    format!("there is a device key without a passphrase already: {}", path.display()),
                    "leave the passphrase empty to go on with that key",
                ));
            }
            return key.unlock(passphrase).map(drop).map_err(|error| match error {
                KeyError::PassphraseNeeded | KeyError::WrongPassphrase => other(
                    format!("there is a device key with another passphrase already: {}", path.display()),
                    "type the passphrase of that key",
                ),
                error => told(error),
            });
        }
        let bytes = SecretKey::generate().and_then(|key| key.encode(passphrase)).map_err(told)?;
        match files::write_new(&path, &bytes, Privacy::Private) {
            // Another copy, started at the same moment, made one: there is one key a device.
            Err(FileError::Exists { .. }) => self.require_key(passphrase),
            written => written.map_err(|error| of_file(&error)),
        }
    }
}

impl World for RealWorld {
    fn now(&self) -> Timestamp {
        // A clock that is set back while the program runs must not make an end earlier than its beginning.
        let now = self.clock.now().plus_seconds(self.behind).max(self.latest.get());
        self.latest.set(now);
        now
    }

    fn places(&self) -> Places {
        Places { progress: self.progress_file(), key: self.key_file(), records: self.records.clone() }
    }

    fn introduce(&mut self, person: &Person, passphrase: Option<&str>) -> Result<Training, Trouble> {
        self.require_named(person)?;
        require_visible(person)?;
        self.store()?;
        // The key comes first: a person without a key could begin what they cannot sign.
        self.require_key(passphrase.filter(|passphrase| !passphrase.is_empty()))?;
        let key = self.present_key()?;
        self.store()?.set_learner(person, key.did()).map_err(|error| of_store(&error))?;
        self.reload()
    }

    fn correct(&mut self, person: &Person, answered: Option<&Assigned>) -> Result<(), Trouble> {
        self.require_named(person)?;
        if let Some(answered) = answered {
            let kept = self.kept_assignments()?;
            let kept = kept.iter().find(|assignment| assignment.digest == answered.digest);
            kept.map_or(Ok(()), |assignment| named_by(assignment, person))?;
        }
        require_visible(person)?;
        let key = self.present_key()?;
        self.store()?.set_learner(person, key.did()).map_err(|error| of_store(&error))
    }

    fn reload(&mut self) -> Result<Training, Trouble> {
        self.training_begun()?.ok_or_else(|| {
            other(
                format!("nobody is known in {}", self.progress_file().display()),
                "start countersign again and introduce yourself",
            )
        })
    }

    fn save(&mut self, changes: &[Change]) -> Result<(), Trouble> {
        let course = Arc::clone(&self.course);
        let begins = changes.iter().any(|change| matches!(change, Change::AttemptStarted(_)));
        let store = self.store()?;
        let told = |error: StoreError| of_store(&error);
        // The attempt is finished on the version it begins with, whatever is installed tomorrow.
        if begins {
            store.keep_course(&course.digest, &course.files).map_err(told)?;
        }
        if changes.is_empty() { Ok(()) } else { store.save(&course.id, changes).map_err(told) }
    }

    fn echo(&mut self, wanted: Echo) -> Echo {
        self.hidden = match wanted {
            Echo::Shown => None,
            Echo::Hidden => HiddenInput::begin(),
        };
        if self.hidden.is_some() { Echo::Hidden } else { Echo::Shown }
    }

    fn key_is_protected(&self) -> bool {
        matches!(self.read_key(), Ok(Some(key)) if key.is_protected())
    }

    fn sign(&mut self, claims: &CompletionClaims, passphrase: Option<&str>) -> Result<Signed, Trouble> {
        let path = self.key_file();
        let key = self.present_key()?;
        // It is read anew, and may have been exchanged since the training began.
        self.require_same_key(key.did(), &claims.id)?;
        let told = |error: KeyError| of_key(&path, &error);
        let key = key.unlock(passphrase.filter(|passphrase| !passphrase.is_empty())).map_err(told)?;
        Signed::with(&key, claims, Uuid::new_v4(), self.now())
    }

    // A record holds personal data, and is made to be handed on. So the folder is closed to everybody else, and the file is
    // not: a copy of it in a folder that HR collects from has to be readable for HR.
    fn deliver(&mut self, completion: &Completion) -> Result<PathBuf, Trouble> {
        files::make_folder(&self.records, Privacy::Private).map_err(|error| of_file(&error))?;
        self.tidy(&[&self.records]);
        let path = self.records.join(&completion.file_name);
        files::write_new(&path, &completion.record, Privacy::Shared).map_err(|error| of_file(&error))?;
        Ok(path)
    }

    fn export(&mut self, file_name: &str, page: &str) -> Result<PathBuf, Trouble> {
        files::make_folder(&self.records, Privacy::Private).map_err(|error| of_file(&error))?;
        let path = self.records.join(file_name);
        files::replace(&path, page.as_bytes(), Privacy::Shared).map_err(|error| of_file(&error))?;
        Ok(path)
    }

    fn write_notes(&mut self, file_name: &str, notes: &str) -> Result<PathBuf, Trouble> {
        files::make_folder(&self.records, Privacy::Private).map_err(|error| of_file(&error))?;
        // The learner may have written into an older one.
        files::write_beside(&self.records.join(file_name), notes.as_bytes(), Privacy::Private)
            .map_err(|error| of_file(&error))
    }

    fn open(&mut self, address: &str) -> Result<(), Trouble> {
        open_address(address)
    }
}

fn assigned(assignment: &Assignment) -> Assigned {
    let claims = &assignment.claims;
    Assigned {
        id: assignment.urn(),
        digest: assignment.digest,
        nonce: claims.nonce.clone(),
        due: claims.due,
        deliver_to: claims.deliver_to.clone(),
    }
}

fn other(message: String, hint: &str) -> Trouble {
    Trouble { kind: TroubleKind::Other, message, hint: Some(hint.to_owned()) }
}

fn of_file(error: &FileError) -> Trouble {
    Trouble { kind: TroubleKind::Other, message: with_causes(error), hint: error.hint() }
}

fn of_store(error: &StoreError) -> Trouble {
    let kind = match error {
        StoreError::Conflict(_) => TroubleKind::Conflict,
        StoreError::Full { .. }
        | StoreError::ReadOnly { .. }
        | StoreError::Busy { .. }
        | StoreError::Missing { .. }
        | StoreError::Exists { .. }
        | StoreError::Newer { .. }
        | StoreError::Early { .. }
        | StoreError::Damaged { .. }
        | StoreError::OtherKey
        | StoreError::Refused(_)
        | StoreError::Stopped
        | StoreError::Impossible(_)
        | StoreError::Other { .. } => TroubleKind::Other,
    };
    let hint = match error {
        // Of HR's registry this would lead nowhere.
        StoreError::ReadOnly { .. } => error
            .hint()
            .map(|hint| format!("{hint}; COUNTERSIGN_HOME names another folder for your progress")),
        other => other.hint().map(str::to_owned),
    };
    Trouble { kind, message: with_causes(error), hint }
}

fn of_key(path: &Path, error: &KeyError) -> Trouble {
    let (kind, hint) = match error {
        KeyError::PassphraseNeeded | KeyError::WrongPassphrase => {
            (TroubleKind::Passphrase, "type the passphrase that you chose when you began")
        }
        KeyError::Form(_) | KeyError::Mismatch | KeyError::Cost => {
            (TroubleKind::Other, "restore the key file from a backup; it was changed since it was made")
        }
        KeyError::Newer => (TroubleKind::Other, "update countersign"),
        KeyError::Randomness | KeyError::Memory => {
            (TroubleKind::Other, "close other programs, then try again")
        }
        KeyError::EmptyPassphrase => (TroubleKind::Other, "choose a passphrase, or none"),
    };
    Trouble { kind, message: format!("{}: {error}", path.display()), hint: Some(hint.to_owned()) }
}

/// An error with what lies behind it, in one line.
fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let next = error.to_string();
        if !text.contains(&next) {
            text.push_str(": ");
            text.push_str(&next);
        }
        cause = error.source();
    }
    text
}
