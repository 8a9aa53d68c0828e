//! The preview of a course that is being written: what becomes of its files, and the world in which nobody learns.

mod edition;
#[cfg(test)]
mod tests;

use std::fmt;
use std::path::PathBuf;

use uuid::Uuid;

pub use edition::{Focus, edition, edition_as_far_as_read};

use crate::clock::{Clock, Timestamp};
use crate::progress::{Change, Completion, Person};
use crate::record::claims::CompletionClaims;
use crate::record::key::{KeyError, SecretKey};
use crate::training::{
    Assigned, Edition, Learner, NOBODY_LEARNS, Places, Signed, Training, Trouble, TroubleKind, World,
};

/// Where things are kept, as learners are told it.
const NOWHERE: &str = "nowhere";

/// The world of a preview. It keeps nothing and writes nothing; its key is made for this once, and is gone with it.
pub struct Workshop<'a> {
    clock: &'a dyn Clock,
    key: SecretKey,
    editions: Box<dyn FnMut() -> Option<Edition> + 'a>,
    open: Opener<'a>,
}

/// Opens an address with the program that the system has for it.
type Opener<'a> = Box<dyn FnMut(&str) -> Result<(), Trouble> + 'a>;

impl<'a> Workshop<'a> {
    /// A world in which `editions` says what became of the course, and `open` opens an address.
    ///
    /// # Errors
    /// When the operating system gives no randomness for the key.
    pub fn new(
        clock: &'a dyn Clock,
        editions: impl FnMut() -> Option<Edition> + 'a,
        open: impl FnMut(&str) -> Result<(), Trouble> + 'a,
    ) -> Result<Self, KeyError> {
        let key = SecretKey::generate()?;
        Ok(Self { clock, key, editions: Box::new(editions), open: Box::new(open) })
    }

    /// The made-up learner.
    #[must_use]
    pub fn learner(&self) -> Learner {
        let person = Person { email: None, name: "Preview".to_owned(), number: "000000".to_owned() };
        Learner { person, did: self.key.did() }
    }
}

impl fmt::Debug for Workshop<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Workshop").finish_non_exhaustive()
    }
}

impl World for Workshop<'_> {
    fn now(&self) -> Timestamp {
        self.clock.now()
    }

    fn places(&self) -> Places {
        let nowhere = || PathBuf::from(NOWHERE);
        Places { progress: nowhere(), key: nowhere(), records: nowhere() }
    }

    fn introduce(&mut self, _person: &Person, _passphrase: Option<&str>) -> Result<Training, Trouble> {
        Err(nothing_is_kept("nobody introduces themselves to a preview"))
    }

    fn correct(&mut self, _person: &Person, _answered: Option<&Assigned>) -> Result<(), Trouble> {
        Err(nothing_is_kept(NOBODY_LEARNS))
    }

    fn reload(&mut self) -> Result<Training, Trouble> {
        Err(nothing_is_kept("a preview has nothing to go back to"))
    }

    fn edition(&mut self) -> Option<Edition> {
        (self.editions)()
    }

    fn save(&mut self, _changes: &[Change]) -> Result<(), Trouble> {
        Ok(())
    }

    fn key_is_protected(&self) -> bool {
        false
    }

    fn sign(&mut self, claims: &CompletionClaims, _passphrase: Option<&str>) -> Result<Signed, Trouble> {
        Signed::with(&self.key, claims, Uuid::new_v4(), self.now())
    }

    fn deliver(&mut self, completion: &Completion) -> Result<PathBuf, Trouble> {
        Ok(self.places().records.join(&completion.file_name))
    }

    fn export(&mut self, _file_name: &str, _page: &str) -> Result<PathBuf, Trouble> {
        Err(nothing_is_kept("a preview writes no certificate"))
    }

    fn write_notes(&mut self, _file_name: &str, _notes: &str) -> Result<PathBuf, Trouble> {
        Err(nothing_is_kept("a preview writes no notes"))
    }

    fn open(&mut self, address: &str) -> Result<(), Trouble> {
        (self.open)(address)
    }
}

fn nothing_is_kept(what: &str) -> Trouble {
    let hint = "learners can: countersign learn DIR".to_owned();
    Trouble { kind: TroubleKind::Other, message: what.to_owned(), hint: Some(hint) }
}
