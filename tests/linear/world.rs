//! A made-up world: a clock that ticks when it is looked at, a store in memory, a real key.

use std::cell::{Cell, RefCell};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use countersign::clock::Timestamp;
use countersign::config::{Config, Keeper, NotKept, Setting};
use countersign::course::Course;
use countersign::progress::{Change, Completion, Person, Progress};
use countersign::record::claims::CompletionClaims;
use countersign::record::key::SecretKey;
use countersign::record::sign_completion;
use countersign::store::memory::MemoryProgress;
use countersign::store::{ProgressStore as _, StoreError};
use countersign::training::{Assigned, Echo, Learner, Places, Signed, Training, Trouble, TroubleKind, World};
use uuid::Uuid;

/// The world of one learner; a clone of its store is another running copy.
pub(crate) struct MadeUp {
    pub(crate) course: Arc<Course>,
    pub(crate) store: MemoryProgress,
    pub(crate) clock: Cell<i64>,
    pub(crate) passphrase: Option<String>,
    /// The next so many saves, introductions and deliveries fail.
    pub(crate) faults: Cell<u32>,
    pub(crate) files: RefCell<Vec<(String, Vec<u8>)>>,
    pub(crate) echoes: RefCell<Vec<Echo>>,
    pub(crate) shelf: Shelf,
    pub(crate) opened: Vec<String>,
    /// What the learner was asked for.
    pub(crate) assigned: Option<Assigned>,
    /// Whether no program opens an address.
    pub(crate) no_browser: bool,
}

/// Keeps settings, as long as there is room.
#[derive(Clone, Default)]
pub(crate) struct Shelf {
    pub(crate) kept: Rc<RefCell<Vec<(Setting, String)>>>,
    pub(crate) full: Rc<Cell<bool>>,
}

impl Keeper for Shelf {
    fn keep(&mut self, config: &Config, settings: &[Setting]) -> Result<(), NotKept> {
        if self.full.get() {
            let hint = Some("free some space".to_owned());
            return Err(NotKept { message: "cannot write config.ron".to_owned(), hint });
        }
        self.kept.borrow_mut().extend(settings.iter().map(|setting| (*setting, setting.value(config))));
        Ok(())
    }
}

impl MadeUp {
    pub(crate) fn new(course: &Arc<Course>) -> Self {
        Self {
            course: Arc::clone(course),
            store: MemoryProgress::new(),
            clock: Cell::new(1_800_000_000),
            passphrase: None,
            faults: Cell::new(0),
            files: RefCell::default(),
            echoes: RefCell::default(),
            shelf: Shelf::default(),
            opened: Vec::new(),
            assigned: None,
            no_browser: false,
        }
    }

    pub(crate) fn progress(&self) -> Progress {
        self.store.clone().progress(&self.course.id).expect("a store in memory")
    }

    /// What a next start begins with; `None` before the first.
    pub(crate) fn training(&self) -> Option<Training> {
        let (person, did) = self.store.learner().expect("a store in memory")?;
        let progress = self.store.progress(&self.course.id).expect("a store in memory");
        let learner = Learner { person, did };
        let (course, assigned) = (Arc::clone(&self.course), self.assigned.clone());
        let training = Training::new(course, Vec::new(), learner, assigned.clone(), progress);
        Some(training.with_further(assigned))
    }

    fn fault(&self) -> Result<(), Trouble> {
        let left = self.faults.get();
        self.faults.set(left.saturating_sub(1));
        if left == 0 {
            return Ok(());
        }
        let message = "no space left in \u{1b}[31m/data".to_owned();
        Err(Trouble { kind: TroubleKind::Other, message, hint: Some("make room on this disk".to_owned()) })
    }
}

pub(crate) fn key() -> SecretKey {
    SecretKey::from_seed(&[7; 32])
}

impl World for MadeUp {
    fn now(&self) -> Timestamp {
        self.clock.set(self.clock.get() + 1);
        Timestamp::from_unix(self.clock.get()).expect("in range")
    }

    fn places(&self) -> Places {
        Places { progress: "/data/progress.db".into(), key: "/data/key".into(), records: "/documents".into() }
    }

    fn introduce(&mut self, person: &Person, passphrase: Option<&str>) -> Result<Training, Trouble> {
        self.fault()?;
        self.passphrase = passphrase.map(str::to_owned);
        self.store.set_learner(person, &key().did()).expect("a store in memory");
        Ok(self.training().expect("introduced"))
    }

    fn correct(&mut self, person: &Person, _answered: Option<&Assigned>) -> Result<(), Trouble> {
        self.fault()?;
        self.store.set_learner(person, &key().did()).expect("a store in memory");
        Ok(())
    }

    fn reload(&mut self) -> Result<Training, Trouble> {
        Ok(self.training().expect("introduced"))
    }

    fn save(&mut self, changes: &[Change]) -> Result<(), Trouble> {
        self.fault()?;
        self.store.save(&self.course.id, changes).map_err(|error| Trouble {
            kind: if matches!(error, StoreError::Conflict(_)) {
                TroubleKind::Conflict
            } else {
                TroubleKind::Other
            },
            message: error.to_string(),
            hint: error.hint().map(str::to_owned),
        })
    }

    fn key_is_protected(&self) -> bool {
        self.passphrase.is_some()
    }

    fn sign(&mut self, claims: &CompletionClaims, passphrase: Option<&str>) -> Result<Signed, Trouble> {
        if passphrase != self.passphrase.as_deref() {
            let message = "the passphrase does not open the key".to_owned();
            return Err(Trouble { kind: TroubleKind::Passphrase, message, hint: None });
        }
        let at = self.now();
        let signed = sign_completion(claims, Uuid::new_v4(), at, &key()).expect("claims that fit");
        Ok(Signed { bytes: signed.bytes, digest: signed.digest, file_name: signed.file_name, at })
    }

    fn echo(&mut self, wanted: Echo) -> Echo {
        self.echoes.borrow_mut().push(wanted);
        wanted
    }

    fn deliver(&mut self, completion: &Completion) -> Result<PathBuf, Trouble> {
        self.fault()?;
        self.files.borrow_mut().push((completion.file_name.clone(), completion.record.clone()));
        Ok(PathBuf::from("/documents of Ada").join(&completion.file_name))
    }

    fn export(&mut self, file_name: &str, page: &str) -> Result<PathBuf, Trouble> {
        self.files.borrow_mut().push((file_name.to_owned(), page.as_bytes().to_vec()));
        Ok(PathBuf::from("/documents").join(file_name))
    }

    fn write_notes(&mut self, file_name: &str, notes: &str) -> Result<PathBuf, Trouble> {
        self.fault()?;
        self.export(file_name, notes)
    }

    fn open(&mut self, address: &str) -> Result<(), Trouble> {
        if self.no_browser {
            let message =
                "no program opened the address: there may be no browser on this computer".to_owned();
            let hint = Some("copy the address and open it yourself".to_owned());
            return Err(Trouble { kind: TroubleKind::Other, message, hint });
        }
        self.opened.push(address.to_owned());
        Ok(())
    }
}
