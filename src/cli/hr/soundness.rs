//! Whether the registry is what its log says, before something is shown or handed out.
//!
//! Holding every row against its entry takes about 0.2 ms a record (695,000 in 2:44 minutes on two cores), forty times what a status
//! takes. So it is done whenever something leaves HR signed or as data, and at every look where it is not felt; where it would be,
//! it is said when it was done last.

use serde::{Deserialize, Serialize};

use super::super::Outcome;
use super::super::error::Failure;
use super::super::printer::Printer;
use super::open::{Registry, not_kept, of_store};
use super::said::counted;
use crate::clock::{Calendar, Clock as _, SystemClock, Timestamp};
use crate::files::{self, Privacy};
use crate::shell::Wording;
use crate::store::registry::audit::Audited;

/// Up to so many entries everything is compared at every look: some tenths of a second.
const MOST_AT_EVERY_LOOK: u64 = 2_500;
/// The most differences that are told one by one.
const MOST_TOLD: usize = 20;
/// For so many days what was found last need not be said again: the guide compares every month.
const FRESH_DAYS: u32 = 35;
/// The largest note that is read, in bytes.
const LARGEST: u64 = 4096;

/// What is known of the registry and its log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Soundness {
    /// Its log does not go on from the head that was signed last, or that is missing, in these words.
    NotContinued(String),
    /// Everything was compared just now; these are the differences.
    Compared(Found),
    /// It is too much for every look, and this was found last.
    Last(Last),
    /// It is too much for every look, and was never done.
    Never,
}

/// In what the registry is not what its log says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Found {
    number: u64,
    /// The first ones in words: nobody reads a million.
    first: Vec<String>,
}

impl Found {
    pub(super) fn is_empty(&self) -> bool {
        self.number == 0
    }

    fn add(&mut self, discrepancy: &impl ToString) {
        self.number += 1;
        if self.first.len() < MOST_TOLD {
            self.first.push(discrepancy.to_string());
        }
    }

    /// `1 finding`, `1001 findings`.
    fn counted(&self) -> String {
        findings_counted(self.number)
    }

    fn tell(&self, printer: Printer) {
        for words in &self.first {
            printer.talk(&format!("\u{2717} {words}"));
        }
        if let Some(more) = self.more() {
            printer.talk(&format!("\u{2717} and {more} more"));
        }
    }

    /// How many are not told one by one, if there are any.
    fn more(&self) -> Option<u64> {
        self.number.checked_sub(MOST_TOLD as u64).filter(|more| *more > 0)
    }
}

fn findings_counted(number: u64) -> String {
    counted(usize::try_from(number).unwrap_or(usize::MAX), "finding", "findings")
}

/// What was found when everything was compared last. A note for HR: it shows nothing to anybody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Last {
    at: Timestamp,
    entries: u64,
    findings: u64,
}

impl Soundness {
    /// Compares everything if that is not felt, or looks up when it was done last.
    pub(super) fn at_a_look(registry: &Registry) -> Result<Self, Failure> {
        if let Some(failure) = registry.doubt()? {
            return Ok(Self::NotContinued(failure.message));
        }
        let size = registry.store().log_size().map_err(|error| of_store(&error))?;
        if size.get() <= MOST_AT_EVERY_LOOK {
            return compared(registry).map(Self::Compared);
        }
        let bytes = files::read_limited(&registry.home().last_comparison(), LARGEST).unwrap_or_default();
        Ok(serde_json::from_slice(&bytes).map_or(Self::Never, Self::Last))
    }

    /// What is to be said of it where all is well or it is not known, and where it is not well.
    pub(super) fn words(&self, calendar: Calendar) -> Wording {
        match self {
            Self::NotContinued(words) => {
                Wording::from(words.clone()).then("; countersign hr log verify tells all of it")
            }
            Self::Compared(found) if found.is_empty() => Wording::from("every row is what the log says"),
            Self::Compared(found) => Wording::from("the registry is not what its log says (")
                .and(found.counted())
                .then("); countersign hr log verify tells all of it"),
            Self::Last(Last { at, entries, findings }) => {
                let found = match findings {
                    0 => "every row was what the log said".to_owned(),
                    found => format!("the registry was not what its log said ({})", findings_counted(*found)),
                };
                let when = calendar.day_and_time(*at);
                Wording::from(format!(
                    "not compared with the log just now: at {when}, with {entries} entries, {found}"
                ))
                .then("; countersign hr log verify compares again")
            }
            Self::Never => Wording::from(
                "never compared with the log as a whole on this computer; countersign hr log verify does it",
            ),
        }
    }

    /// Whether it should be said to somebody who only opens the registry: not every day that all was well this month.
    pub(super) fn presses(&self, now: Timestamp) -> bool {
        match self {
            // Whoever opens the registry is told already.
            Self::NotContinued(_) => false,
            Self::Compared(found) => !found.is_empty(),
            Self::Last(last) => last.findings > 0 || last.at.plus_days(FRESH_DAYS) < now,
            Self::Never => true,
        }
    }

    /// Says on stderr what is not well or not known, with the first differences.
    pub(super) fn mention(&self, calendar: Calendar, printer: Printer) {
        match self {
            // Said when it was opened.
            Self::NotContinued(_) => return,
            Self::Compared(found) if found.is_empty() => return,
            Self::Compared(found) => found.tell(printer),
            Self::Last(_) | Self::Never => {}
        }
        printer.advise(Wording::from("note: ").with(self.words(calendar)));
    }

    /// How a command ends that showed what there is.
    pub(super) fn outcome(&self) -> Outcome {
        match self {
            Self::NotContinued(_) => Outcome::Findings,
            Self::Compared(found) if !found.is_empty() => Outcome::Findings,
            Self::Compared(_) | Self::Last(_) | Self::Never => Outcome::Fine,
        }
    }
}

/// In what the registry is not what its log says, before something leaves HR; says it on stderr. Whether the log goes on from the
/// head that was signed last is for whoever opened the registry.
pub(super) fn before_handing_out(registry: &Registry, printer: Printer) -> Result<Found, Failure> {
    let found = compared(registry)?;
    found.tell(printer);
    Ok(found)
}

/// Compares everything, and keeps for later looks what came of it. The head that was signed last is looked at each time anyway.
fn compared(registry: &Registry) -> Result<Found, Failure> {
    let mut found = Found::default();
    let audited = registry.store().audit(&mut |discrepancy| found.add(&discrepancy));
    let mut audited = audited.map_err(|error| of_store(&error))?;
    if let Some(size) = registry.lost_head()? {
        found.add(&not_kept("the checkpoint beside the database", size));
        audited.discrepancies += 1;
    }
    remember(registry, audited);
    Ok(found)
}

/// Keeps for later looks what came of comparing everything.
pub(super) fn remember(registry: &Registry, Audited { entries, discrepancies, .. }: Audited) {
    if entries > MOST_AT_EVERY_LOOK {
        let last = Last { at: SystemClock.now(), entries, findings: discrepancies };
        let bytes = serde_json::to_vec(&last).expect("numbers and a time can be written");
        // Where nothing can be written, later looks say that nothing is known; that is true there.
        drop(files::replace(&registry.home().last_comparison(), &bytes, Privacy::Shared));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_never_passed_over() {
        let calendar = Calendar::from(chrono::FixedOffset::east_opt(0).expect("an offset"));
        let check = |soundness: &Soundness, expected: &str, fine: bool| {
            let words = soundness.words(calendar).to_string();
            assert!(words.contains(expected), "{words}");
            assert_eq!(soundness.outcome() == Outcome::Fine, fine, "{words}");
        };
        check(&Soundness::Compared(Found::default()), "every row is what the log says", true);
        let found = |number: u64| {
            let mut found = Found::default();
            (0..number).for_each(|discrepancy| found.add(&discrepancy));
            found
        };
        check(&Soundness::Compared(found(1)), "is not what its log says (1 finding)", false);
        check(&Soundness::Compared(found(5000)), "is not what its log says (5000 findings)", false);
        let told = |number| (found(number).first.len(), found(number).more());
        assert_eq!([told(20), told(21), told(5000)], [(20, None), (20, Some(1)), (20, Some(4980))]);
        let at = "2026-11-23T08:00:00Z".parse().expect("a time");
        let last = |findings| Soundness::Last(Last { at, entries: 5000, findings });
        check(&last(0), "at 2026-11-23 08:00 UTC, with 5000 entries, every row was what the log said", true);
        check(&last(3), "was not what its log said (3 findings)", true);
        check(&last(1), "was not what its log said (1 finding)", true);
        check(&Soundness::Never, "never compared", true);
        let presses = |soundness: &Soundness, now: &str| soundness.presses(now.parse().expect("a time"));
        assert!(!presses(&last(0), "2026-12-28T08:00:00Z"));
        assert!(presses(&last(0), "2026-12-28T08:00:01Z"));
        assert!(presses(&last(3), "2026-11-23T08:00:00Z"));
        assert!(presses(&Soundness::Never, "2026-11-23T08:00:00Z"));
    }
}
