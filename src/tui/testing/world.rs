//! A world that keeps everything in memory and can be told to fail.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use super::MORNING;
use crate::clock::Timestamp;
use crate::course::Course;
use crate::progress::{Change, Completion, Person, Progress};
use crate::record::claims::CompletionClaims;
use crate::record::key::SecretKey;
use crate::training::{Assigned, Edition, Learner, Places, Signed, Training, Trouble, TroubleKind, World};

/// A world that keeps everything in memory and can be told to fail.
pub(crate) struct TestWorld {
    pub(crate) now: Timestamp,
    pub(crate) course: Arc<Course>,
    pub(crate) assigned: Option<Assigned>,
    /// What was saved: the same that a store would give back.
    pub(crate) person: Option<Person>,
    pub(crate) stored: Progress,
    pub(crate) saves: usize,
    /// The next saves fail with these.
    pub(crate) save_troubles: VecDeque<Trouble>,
    /// After so many more saves every save fails.
    pub(crate) saves_left: Option<usize>,
    /// The next record files fail to be written with these.
    pub(crate) deliver_troubles: VecDeque<Trouble>,
    /// Everything else that is asked next fails with these.
    pub(crate) troubles: VecDeque<Trouble>,
    pub(crate) passphrase: Option<String>,
    pub(crate) delivered: Vec<String>,
    pub(crate) exported: Vec<(String, String)>,
    pub(crate) opened: Vec<String>,
    /// What becomes of the course, one edition each time somebody asks.
    pub(crate) editions: VecDeque<Edition>,
    /// Where each save is noted among what others do.
    pub(crate) journal: Journal,
}

/// What happened in which order.
pub(crate) type Journal = Rc<RefCell<Vec<&'static str>>>;

/// Something that fails for no reason that would go away by itself.
pub(crate) fn trouble(message: &str) -> Trouble {
    Trouble {
        kind: TroubleKind::Other,
        message: message.to_owned(),
        hint: Some("free some space".to_owned()),
    }
}

impl TestWorld {
    /// A world in which nobody has learned anything yet.
    pub(crate) fn unknown(course: Arc<Course>) -> Self {
        Self {
            now: Timestamp::from_unix(MORNING).expect("in range"),
            course,
            assigned: None,
            person: None,
            stored: Progress::default(),
            saves: 0,
            save_troubles: VecDeque::new(),
            saves_left: None,
            deliver_troubles: VecDeque::new(),
            troubles: VecDeque::new(),
            passphrase: None,
            delivered: Vec::new(),
            exported: Vec::new(),
            opened: Vec::new(),
            editions: VecDeque::new(),
            journal: Journal::default(),
        }
    }

    fn fails(&mut self) -> Result<(), Trouble> {
        self.troubles.pop_front().map_or(Ok(()), Err)
    }

    /// What a program that starts now would begin with.
    pub(crate) fn training(&self) -> Option<Training> {
        let learner = Learner { person: self.person.clone()?, did: key().did() };
        let (course, assigned) = (Arc::clone(&self.course), self.assigned.clone());
        let training = Training::new(course, Vec::new(), learner, assigned.clone(), self.stored.clone());
        Some(training.with_further(assigned))
    }
}

fn key() -> SecretKey {
    SecretKey::from_seed(&[7; 32])
}

impl World for TestWorld {
    fn now(&self) -> Timestamp {
        self.now
    }

    fn places(&self) -> Places {
        Places {
            progress: PathBuf::from("/home/ada/countersign/progress.sqlite"),
            key: PathBuf::from("/home/ada/countersign/device.key"),
            records: PathBuf::from("/home/ada/Documents/countersign"),
        }
    }

    fn introduce(&mut self, person: &Person, passphrase: Option<&str>) -> Result<Training, Trouble> {
        self.fails()?;
        self.person = Some(person.clone());
        self.passphrase = passphrase.map(str::to_owned);
        Ok(self.training().expect("the person is known now"))
    }

    fn correct(&mut self, person: &Person, _answered: Option<&Assigned>) -> Result<(), Trouble> {
        self.fails()?;
        self.person = Some(person.clone());
        Ok(())
    }

    fn reload(&mut self) -> Result<Training, Trouble> {
        self.fails()?;
        Ok(self.training().expect("the person is known"))
    }

    fn edition(&mut self) -> Option<Edition> {
        self.editions.pop_front()
    }

    fn save(&mut self, changes: &[Change]) -> Result<(), Trouble> {
        self.journal.borrow_mut().push("save");
        if let Some(trouble) = self.save_troubles.pop_front() {
            return Err(trouble);
        }
        if let Some(left) = &mut self.saves_left {
            *left = left.checked_sub(1).ok_or_else(|| trouble("disk full"))?;
        }
        if changes
            .iter()
            .any(|change| matches!(change, Change::RunReplaced { known, .. } if **known != self.stored))
        {
            let (kind, message) = (TroubleKind::Conflict, "another running copy has gone on".to_owned());
            return Err(Trouble { kind, message, hint: None });
        }
        self.saves += 1;
        for change in changes {
            self.stored.apply(change);
        }
        Ok(())
    }

    fn key_is_protected(&self) -> bool {
        self.passphrase.is_some()
    }

    fn sign(&mut self, claims: &CompletionClaims, passphrase: Option<&str>) -> Result<Signed, Trouble> {
        self.fails()?;
        if self.passphrase.as_deref() != passphrase {
            let kind = TroubleKind::Passphrase;
            // As long as the real words.
            let message = "the passphrase is wrong, or the key file was changed".to_owned();
            let hint = "type the passphrase that you chose when you began; if you have forgotten it, you can only begin anew, \
                        and the help says how";
            return Err(Trouble { kind, message, hint: Some(hint.to_owned()) });
        }
        let id = uuid::Builder::from_random_bytes([1; 16]).into_uuid();
        Signed::with(&key(), claims, id, self.now)
    }

    fn deliver(&mut self, completion: &Completion) -> Result<PathBuf, Trouble> {
        if let Some(trouble) = self.deliver_troubles.pop_front() {
            return Err(trouble);
        }
        self.delivered.push(completion.file_name.clone());
        Ok(self.places().records.join(&completion.file_name))
    }

    fn export(&mut self, file_name: &str, page: &str) -> Result<PathBuf, Trouble> {
        self.fails()?;
        self.exported.push((file_name.to_owned(), page.to_owned()));
        Ok(self.places().records.join(file_name))
    }

    fn write_notes(&mut self, file_name: &str, notes: &str) -> Result<PathBuf, Trouble> {
        self.export(file_name, notes)
    }

    fn open(&mut self, address: &str) -> Result<(), Trouble> {
        self.fails()?;
        self.opened.push(address.to_owned());
        Ok(())
    }
}
