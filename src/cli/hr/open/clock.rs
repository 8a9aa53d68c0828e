//! HR's clock, held against the log.

use super::super::super::error::Failure;
use super::{Registry, of_store};
use crate::clock::{Clock, SystemClock, Timestamp};
use crate::log::{Entry, Index};
use crate::store::StoreError;
use crate::store::registry::{Refusal, entered};

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

    /// What to say when the clock is so far behind that it hides what was entered last.
    pub(in crate::cli) fn clock_notice(&self) -> Result<Option<String>, Failure> {
        let behind = entered(SystemClock.now(), self.newest()?).err();
        Ok(behind.map(|refusal: Refusal| format!("note: {refusal}: what came later is not shown")))
    }

    /// When the newest entry was made. What cannot be read is for hr log verify to say.
    fn newest(&self) -> Result<Option<Timestamp>, Failure> {
        let told = |error| of_store(&error);
        let size = self.store().log_size().map_err(told)?.get();
        let Some(last) = size.checked_sub(1).and_then(Index::new) else { return Ok(None) };
        let entry = self.store().log_entry(last).map_err(told)?;
        Ok(entry.and_then(|bytes| Entry::parse(&bytes).ok()).map(|entry| entry.at))
    }
}
