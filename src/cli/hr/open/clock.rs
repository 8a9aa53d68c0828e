//! HR's clock, held against the log.

use super::super::super::error::Failure;
use super::super::registry::LongUnused;
use super::{Registry, of_store};
use crate::clock::{Clock, SystemClock, Timestamp};
use crate::log::{Entry, Index};
use crate::registry::Change;
use crate::store::StoreError;
use crate::store::registry::{Refusal, RegistryStore, entered};

/// How many days a registry may lie unused before the clock is doubted. Whoever goes by the guide adds something each
/// month and is never asked, a month left out included; a year mistyped, or a chip that lost its date, is always further
/// off, and what is entered under a clock that runs ahead by less keeps nobody from adding for longer than that.
const UNUSED_DAYS: u64 = 60;

/// The computer's clock, which is never behind the newest entry of a log: what stands in the log has happened.
#[derive(Debug, Clone, Copy)]
pub(in crate::cli) struct HrClock {
    newest: Option<Timestamp>,
}

impl Clock for HrClock {
    fn now(&self) -> Timestamp {
        let now = SystemClock.now();
        self.newest.map_or(now, |newest| now.max(newest))
    }
}

impl Registry {
    /// The clock for whoever judges and writes.
    ///
    /// # Errors
    /// When the computer's clock is behind the newest entry by more than a clock that was set right: everything would
    /// be judged by what was known then, and nothing could be kept.
    pub(in crate::cli) fn clock(&self) -> Result<HrClock, Failure> {
        let newest = self.newest()?;
        let entered = entered(SystemClock.now(), newest);
        entered.map_err(|refusal| of_store(&StoreError::Refused(refusal)))?;
        Ok(HrClock { newest })
    }

    /// Refuses changes of a clock that is perhaps far ahead. No entry may be older than the one before it, so that one of the
    /// year 9999 would be the last.
    pub(super) fn require_plausible(&self, changes: &[Change]) -> Result<(), Failure> {
        let (Some(newest), Some(at)) = (self.newest()?, changes.iter().map(Change::at).max()) else {
            return Ok(());
        };
        let days = at.days_since(newest);
        match self.home().long_unused() {
            LongUnused::Refuse if days > UNUSED_DAYS => Err(Failure::new(format!(
                "this computer's clock says {at}, {days} days after the newest entry of the log, which is of {newest}"
            ))
            .hint("look at the date: under a clock that is ahead, what is added now would be the last until that day comes")
            .hint("if the date is right, say so once, with the same command and --clock-is-right")
            .in_face(
                "look at the date: under a clock that is ahead, what is added now would be the last until that day comes. \
                 If the date is right, leave with q and start the dashboard once with --clock-is-right",
            )),
            LongUnused::Refuse | LongUnused::GoOn => Ok(()),
        }
    }

    /// The time for whoever looks at how things stand now, and for what is written under the lock: a clock that is minutes behind the
    /// newest entry hides nothing. One that is days behind hides what came later, which is said, and under it nothing is written.
    pub(in crate::cli) fn now(&self) -> Result<Timestamp, Failure> {
        now_by(self.store())
    }

    /// The time for whoever asks what there is: never before the newest entry, however far the computer's clock is behind it.
    pub(in crate::cli) fn latest(&self) -> Result<Timestamp, Failure> {
        Ok(HrClock { newest: self.newest()? }.now())
    }

    /// What to say when the clock is so far behind that it hides what was entered last.
    pub(in crate::cli) fn clock_notice(&self) -> Result<Option<String>, Failure> {
        Ok(self.clock_behind()?.map(|behind| format!("{behind}: what came later is not shown")))
    }

    /// How far the clock is behind, if it is more than a clock that was set right.
    pub(super) fn clock_behind(&self) -> Result<Option<Refusal>, Failure> {
        Ok(entered(SystemClock.now(), self.newest()?).err())
    }

    fn newest(&self) -> Result<Option<Timestamp>, Failure> {
        newest_in(self.store())
    }
}

/// The same as [`Registry::now`] by the store alone.
pub(in crate::cli::hr) fn now_by(store: &dyn RegistryStore) -> Result<Timestamp, Failure> {
    let now = SystemClock.now();
    Ok(entered(now, newest_in(store)?).unwrap_or(now))
}

/// When the newest entry was made. What cannot be read is for hr log verify to say.
fn newest_in(store: &dyn RegistryStore) -> Result<Option<Timestamp>, Failure> {
    let told = |error| of_store(&error);
    let size = store.log_size().map_err(told)?.get();
    let Some(last) = size.checked_sub(1).and_then(Index::new) else { return Ok(None) };
    let entry = store.log_entry(last).map_err(told)?;
    Ok(entry.and_then(|bytes| Entry::parse(&bytes).ok()).map(|entry| entry.at))
}
