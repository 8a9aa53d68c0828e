//! Which record somebody means who has typed the beginning of its fingerprint.

use super::super::super::error::Failure;
use super::super::by_digest::Prefix;
use super::super::open::of_store;
use super::file::decided;
use crate::clock::{Calendar, Timestamp};
use crate::digest::Digest;
use crate::record::verdict::Reading;
use crate::registry::PersonNumber;
use crate::registry::change::Decided;
use crate::registry::dossier::RecordState;
use crate::shell::Wording;
use crate::store::registry::{RegistryStore, Waiting};

/// The record that is meant.
#[derive(Debug)]
pub(super) enum Meant {
    /// One that waits for a decision.
    Waiting(Waiting),
    /// One that does not, or not any more.
    Settled(Settled),
}

/// A record about which there is nothing to decide.
#[derive(Debug)]
pub(super) struct Settled {
    state: RecordState,
    decided: Option<Decided>,
}

impl Meant {
    /// The record that is meant, as the registry knows it at `now`. Those that wait come first: of the others there are many.
    pub(super) fn of(store: &dyn RegistryStore, prefix: &Prefix, now: Timestamp) -> Result<Self, Failure> {
        let mut waiting = Vec::new();
        let visited = store.waiting(&mut |record| {
            if prefix.fits(&record.digest) {
                waiting.push(record);
            }
            Ok(())
        });
        visited.map_err(|error| of_store(&error))?;
        if !waiting.is_empty() {
            return prefix
                .the_one(waiting, "record that waits", "countersign hr review list")
                .map(Self::Waiting);
        }
        let state = prefix.the_one(
            settled(store, prefix, now)?,
            "record that is here",
            "countersign hr review list",
        )?;
        let decided = decided(store, &state.digest, now)?;
        Ok(Self::Settled(Settled { state, decided }))
    }

    /// Its digest.
    pub(super) fn digest(&self) -> Digest {
        match self {
            Self::Waiting(waiting) => waiting.digest,
            Self::Settled(settled) => settled.state.digest,
        }
    }

    /// The record, if it waits; else who has decided about it, when and why.
    pub(super) fn waiting(self, calendar: Calendar) -> Result<Waiting, Failure> {
        match self {
            Self::Waiting(waiting) => Ok(waiting),
            Self::Settled(settled) => Err(settled.failure(calendar)),
        }
    }
}

impl Settled {
    fn failure(self, calendar: Calendar) -> Failure {
        let record = self.state.digest.short();
        let more = Wording::from("countersign hr review show ")
            .and(&record)
            .then(" tells more; nothing was changed");
        let failure = match self.decided {
            // By whom and why is told apart: on a full screen, the page tells it where the words of others stand by themselves.
            Some(Decided { at, decision, by, reason, .. }) => {
                let word = decision.word();
                let failure = Failure::new(format!("{record} is decided already: {word}"));
                failure.hint(format!("{word} by {by} on {}: {reason}", calendar.day_and_time(at)))
            }
            None => Failure::new(format!("{record} waits for no decision: it was {}", self.state.standing())),
        };
        failure.hint(more).in_face("the page shows by whom and why")
    }
}

/// The records that begin so. Of a whole fingerprint only the one person is looked at whose record it is.
fn settled(store: &dyn RegistryStore, prefix: &Prefix, now: Timestamp) -> Result<Vec<RecordState>, Failure> {
    let told = |error| of_store(&error);
    let mut found = Vec::new();
    if let Some(digest) = prefix.whole() {
        let Some(bytes) = store.record(&digest).map_err(told)? else { return Ok(found) };
        let reading = Reading::of(&bytes);
        let number = reading.claims().and_then(|claims| PersonNumber::new(&claims.person.number).ok());
        let Some(number) = number else { return Ok(found) };
        let records = store.dossier(&number, now).map_err(told)?.map(|dossier| dossier.records);
        found.extend(records.unwrap_or_default().into_iter().filter(|record| record.digest == digest));
        return Ok(found);
    }
    let visited = store.dossiers(now, &mut |dossier| {
        found.extend(dossier.records.into_iter().filter(|record| prefix.fits(&record.digest)));
        Ok(())
    });
    visited.map(|()| found).map_err(told)
}
