//! The real world of a face: the system's clock, the store, the device key, files, other programs.

use std::cell::Cell;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use uuid::Uuid;

use crate::clock::{Clock, SystemClock, Timestamp};
use crate::course::{self, Course};
use crate::files::{self, FileError, Privacy};
use crate::progress::{Change, Completion, Person};
use crate::record::claims::CompletionClaims;
use crate::store::sqlite::SqliteProgress;
use crate::store::{ProgressStore as _, StoreError};
use crate::training::{Assigned, Echo, Learner, Places, Signed, Training, Trouble, TroubleKind, World};

use super::hidden_input::HiddenInput;
use super::open_address::open_address;
use super::typed_ahead::drop_typed_ahead;
use assignments::Assignments;
use device_key::DeviceKey;
use person::require_fit;
use troubles::{of_file, of_store, other};

mod assignments;
mod device_key;
mod early;
mod person;
#[cfg(test)]
mod tests;
mod troubles;

pub(super) use assignments::GivenAssignment;
pub(super) use early::{beside_store, progress_file};

/// By how many seconds clocks may be set back without a word about it.
const TOLERABLE: u64 = 600;

/// What somebody is told for whom the course began anew because of the assignment that they named.
const BEGUN_ANEW: &str =
    "The course begins anew for the assignment that you named. Records that you signed before are kept.";

/// The real world. Nothing is made on disk before the learner has said who they are.
pub(super) struct RealWorld {
    clock: SystemClock,
    latest: Cell<Timestamp>,
    /// By how many seconds the clock stands before what was stored last.
    behind: u64,
    data: PathBuf,
    records: PathBuf,
    course: Arc<Course>,
    assignments: Assignments,
    key: DeviceKey,
    store: Option<SqliteProgress>,
    /// The store, if it was opened already.
    early: Option<SqliteProgress>,
    notices: Vec<String>,
    /// While a secret is typed.
    hidden: Option<HiddenInput>,
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
            assignments: Assignments::within(&data, assignment),
            key: DeviceKey::within(&data),
            data,
            records,
            course,
            store: None,
            early,
            notices: Vec::new(),
            hidden: None,
        }
    }

    /// Where things are kept in these folders.
    pub(super) fn places_within(data: &Path, records: &Path) -> Places {
        Places {
            progress: progress_file(data),
            key: DeviceKey::within(data).path().to_owned(),
            records: records.to_owned(),
        }
    }

    /// Whether nobody was ever here, as far as anybody can say.
    pub(super) fn is_untouched(places: &Places) -> bool {
        [&places.progress, &places.key].into_iter().all(|path| matches!(size_of(path), Ok(None)))
    }

    /// The training of the learner who is known here; `None` on a first start.
    pub(super) fn start(&mut self) -> Result<Option<Training>, Trouble> {
        // Nothing may be in it: a disk that was full, a crash.
        let is_there = size_of(&self.progress_file())?.is_some_and(|bytes| bytes > 0);
        let training = if is_there { self.training_begun()? } else { None };
        // It may have been set aside just now, and that was told; or at an earlier start, after which nobody began anew.
        if training.is_none() && self.notices.is_empty() && size_of(self.key.path())?.is_some() {
            let aside = self.set_aside().map_or_else(String::new, |aside| {
                format!(" A file with progress that was damaged lies in {}.", aside.display())
            });
            self.notices.push(format!(
                "There is a device key but no progress in {}. If you were here before, your progress is missing; whatever \
                 you do now begins anew.{aside}",
                self.data.display()
            ));
        }
        Ok(training)
    }

    /// Whom the assignment names that was given.
    pub(super) fn expected(&self) -> Option<Person> {
        self.assignments.given().map(|given| given.assignment.claims.person.clone())
    }

    /// What the learner should be told once.
    pub(super) fn take_notices(&mut self) -> Vec<String> {
        std::mem::take(&mut self.notices)
    }

    /// The files and folders that a start reads: all that is stored is in them. As long as the store is open, or after a kill, a part of
    /// it is in the log beside its file.
    pub(super) fn files(&self) -> Vec<PathBuf> {
        let progress = self.progress_file();
        let log = SqliteProgress::log_beside(&progress);
        vec![log, progress, self.key.path().to_owned(), self.assignments.folder().to_owned()]
    }

    fn progress_file(&self) -> PathBuf {
        progress_file(&self.data)
    }

    fn store(&mut self) -> Result<&mut SqliteProgress, Trouble> {
        if self.store.is_none() {
            files::make_folder(&self.data, Privacy::Private).map_err(|error| of_file(&error))?;
            self.tidy(&[&self.data, self.assignments.folder()]);
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

    /// What a start finds in the store that was opened already, if it has nothing to say. Nothing is begun.
    pub(super) fn as_stored(&mut self) -> Option<Training> {
        self.store.as_ref().or(self.early.as_ref())?;
        let training = self.stored().ok()??;
        self.notices.is_empty().then_some(training)
    }

    fn training(&mut self) -> Result<Option<Training>, Trouble> {
        let Some(mut training) = self.stored()? else { return Ok(None) };
        let is_known = training.progress().run().is_some();
        let changes = training.begin(self.now());
        self.save(&changes)?;
        if is_known && !changes.is_empty() {
            self.notices.push(BEGUN_ANEW.to_owned());
        }
        Ok(Some(training))
    }

    /// What is stored of the learner who is known here.
    fn stored(&mut self) -> Result<Option<Training>, Trouble> {
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
        self.key.begun_with(&did)?;
        let further = self.assignments.further(&person, &progress)?;
        let assigned = self.assignments.answered(&progress, further.as_ref())?;
        if let Some(over) = self.assignments.over(&progress)? {
            self.notices.push(over.words().to_owned());
        }
        let learner = Learner { person, did };
        let training = Training::new(course, older, learner, assigned, progress);
        Ok(Some(training.after_record(last_record).with_further(further)))
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
}

/// How many bytes a file has; `None` where there is none. One that cannot be looked at is not missing.
fn size_of(path: &Path) -> Result<Option<u64>, Trouble> {
    match fs::metadata(path) {
        Ok(file) => Ok(Some(file.len())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(source) => Err(of_file(&FileError::Read { path: path.to_owned(), source })),
    }
}

impl World for RealWorld {
    fn now(&self) -> Timestamp {
        // A clock that is set back while the program runs must not make an end earlier than its beginning.
        let now = self.clock.now().plus_seconds(self.behind).max(self.latest.get());
        self.latest.set(now);
        now
    }

    fn set_aside(&self) -> Option<PathBuf> {
        SqliteProgress::last_set_aside(&self.progress_file())
    }

    fn places(&self) -> Places {
        Self::places_within(&self.data, &self.records)
    }

    fn introduce(&mut self, person: &Person, passphrase: Option<&str>) -> Result<Training, Trouble> {
        self.assignments.require_named(person, None)?;
        require_fit(person)?;
        self.store()?;
        // The key comes first: a person without a key could begin what they cannot sign.
        self.key.require(passphrase.filter(|passphrase| !passphrase.is_empty()))?;
        let key = self.key.present()?;
        self.store()?.set_learner(person, key.did()).map_err(|error| of_store(&error))?;
        self.reload()
    }

    fn correct(&mut self, person: &Person, answered: Option<&Assigned>) -> Result<(), Trouble> {
        self.assignments.require_named(person, answered)?;
        require_fit(person)?;
        let key = self.key.present()?;
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

    fn drop_typed_ahead(&mut self) -> bool {
        drop_typed_ahead()
    }

    fn key_is_protected(&self) -> bool {
        self.key.is_protected()
    }

    fn sign(&mut self, claims: &CompletionClaims, passphrase: Option<&str>) -> Result<Signed, Trouble> {
        // It is read anew, and may have been exchanged since the training began.
        let key = self.key.unlock(&claims.id, passphrase.filter(|passphrase| !passphrase.is_empty()))?;
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
