//! What was collected, counted and said.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::super::super::error::Failure;
use super::super::super::printer::Printer;
use super::super::said::counted;
use super::misnamed::Misnamed;
use crate::clock::Calendar;
use crate::digest::Digest;
use crate::record::verdict::Outcome;
use crate::registry::change::Collected;
use crate::registry::collect::{Advice, Aside};
use crate::registry::terms::{Level, Treatment};
use crate::shell::Wording;
use crate::store::registry::Unsettled;

/// How many files are told one by one, and how many that are no records are named for programs. Whoever has more problems than
/// this has one problem.
const MOST_TOLD: usize = 200;

/// How many files that are no records are named for people.
const OTHERS_SHOWN: usize = 20;

/// What happened to the files.
#[derive(Debug, Default)]
pub(super) struct Tally {
    accepted: u64,
    /// Of those accepted, the ones that say that the pass mark was not reached.
    not_passed: u64,
    review: u64,
    here: u64,
    /// Of those here before, the ones that wait for a decision.
    still_review: u64,
    /// Of those here before, the ones that lie aside.
    still_aside: u64,
    /// Of those here before, the ones of somebody who was erased.
    erased: u64,
    aside: u64,
    other: u64,
    /// The names of some of those.
    others: Vec<String>,
    /// Of all, the ones that are named after somebody else.
    misnamed: u64,
    unusable: u64,
    /// How often each level was the reason.
    levels: BTreeMap<(Level, &'static str), u64>,
    told: Vec<Told>,
    untold: u64,
}

const ERASED: &str = "it is of somebody who was erased, so it is not taken again: delete the file; if they are \
                      back, they take the course again";

/// A file that somebody has to do something about.
#[derive(Debug)]
struct Told {
    name: String,
    what: &'static str,
    /// Of the record, if it is stored.
    record: Option<String>,
    /// Level, outcome and words.
    reasons: Vec<(Option<(Level, Outcome)>, String)>,
    /// What to do.
    next: Option<Wording>,
}

impl Tally {
    /// How many records are here that were not before.
    pub(super) fn stored(&self) -> u64 {
        self.accepted + self.review
    }

    /// How many files were looked at.
    pub(super) fn files(&self) -> u64 {
        self.stored() + self.here + self.aside + self.other + self.unusable
    }

    /// Whether somebody has to look at something.
    pub(super) fn has_findings(&self) -> bool {
        self.review
            + self.still_review
            + self.aside
            + self.still_aside
            + self.unusable
            + self.erased
            + self.misnamed
            > 0
    }

    /// Whether there is anything to say to whoever watches.
    pub(super) fn has_news(&self) -> bool {
        self.stored() + self.other > 0 || self.has_findings()
    }

    /// A record that is stored now, and what is to be done about it if it waits.
    pub(super) fn collected(&mut self, record: &Collected, next: Option<Advice>) {
        match record.treatment {
            Treatment::Accept => {
                self.accepted += 1;
                self.not_passed += u64::from(!record.passed);
                return;
            }
            Treatment::Review | Treatment::Quarantine => self.review += 1,
        }
        let reasons: Vec<_> = record
            .reasons
            .iter()
            .map(|(level, words)| (Some((*level, record.levels.at(*level))), words.clone()))
            .collect();
        self.tell(Told {
            name: record.name.clone(),
            what: "waits for review",
            record: Some(record.digest.to_string()),
            reasons,
            next: next.map(|advice| deciding(advice, &record.digest)),
        });
    }

    /// A file that is put aside.
    pub(super) fn put_aside(&mut self, aside: &Aside) {
        self.aside += 1;
        let reasons =
            aside.reasons.iter().map(|reason| (Some((reason.level, reason.outcome)), reason.words.clone()));
        self.tell(Told {
            reasons: reasons.collect(),
            next: aside.next.map(|advice| advice.words_aside().into()),
            ..Told::of(&aside.arrival.name, "put aside")
        });
    }

    /// A file that was here before, and what it still needs.
    pub(super) fn here(&mut self, name: &str, needs: Option<Unsettled>) {
        self.here += 1;
        match needs {
            Some(Unsettled::ForReview) => self.still_review += 1,
            Some(Unsettled::Aside) => self.still_aside += 1,
            Some(Unsettled::Erased) => {
                self.erased += 1;
                self.tell(Told::of(name, "not taken again").because(ERASED.to_owned()));
            }
            None => {}
        }
    }

    /// A file that is something else.
    pub(super) fn other(&mut self, name: String) {
        self.other += 1;
        if self.others.len() < MOST_TOLD {
            self.others.push(name);
        }
    }

    /// A file that is named after somebody else than whose record it holds, whatever became of the record.
    pub(super) fn misnamed(&mut self, name: &str, misnamed: &Misnamed) {
        self.misnamed += 1;
        self.tell(Told::of(name, "named after somebody else").because(misnamed.words()));
    }

    /// A file that could not be had.
    pub(super) fn unusable(&mut self, name: &str, why: String) {
        self.unusable += 1;
        self.tell(Told::of(name, "not read").because(why));
    }

    fn tell(&mut self, told: Told) {
        let mut levels: Vec<_> = told.reasons.iter().filter_map(|(at, _)| *at).collect();
        levels.dedup();
        for (level, outcome) in levels {
            *self.levels.entry((level, outcome.word())).or_default() += 1;
        }
        if self.told.len() < MOST_TOLD {
            self.told.push(told);
        } else {
            self.untold += 1;
        }
    }

    /// Says everything, in lines for people.
    pub(super) fn print(&self, dry: Dry, calendar: Calendar, printer: Printer) -> Result<(), Failure> {
        for told in &self.told {
            told.print(calendar, printer)?;
        }
        if self.untold > 0 {
            let more = counted(usize::try_from(self.untold).unwrap_or(usize::MAX), "more file", "more files");
            printer.next(Wording::from(format!("and {more}")).then(
                ": countersign hr review list and countersign hr quarantine list name what waits there; for the rest collect fewer \
                 files at a time",
            ))?;
        }
        if !self.told.is_empty() {
            printer.line("")?;
        }
        let stored = match dry {
            Dry::No => "accepted",
            Dry::Yes => "would be accepted",
        };
        let not_passed = match self.not_passed {
            0 => String::new(),
            number => format!(" ({number} of them not passed)"),
        };
        printer.line(&format!("{:>9} {stored}{not_passed}", self.accepted))?;
        for (number, what) in [
            (self.review, "to be decided: countersign hr review list"),
            (self.here, "here before"),
            (self.still_review, "of these still to be decided: countersign hr review list"),
            (self.still_aside, "of these still put aside: countersign hr quarantine list"),
            (self.erased, "of these of people who were erased"),
            (self.aside, "put aside: countersign hr quarantine list"),
            (self.unusable, "not read"),
            (self.misnamed, "named after somebody else"),
            (self.other, no_records(self.other)),
        ] {
            if number > 0 {
                printer.next(Wording::from(format!("{number:>9} ")).then(what))?;
            }
        }
        for name in self.others.iter().take(OTHERS_SHOWN) {
            printer.line(&format!("{:9}   {name}", ""))?;
        }
        if self.others.len() > OTHERS_SHOWN {
            let more = self.other.saturating_sub(OTHERS_SHOWN as u64);
            printer.line(&format!("{:9}   and {more} more; --json names up to {MOST_TOLD}", ""))?;
        }
        if !self.levels.is_empty() {
            printer.line("")?;
            printer.line("why:")?;
        }
        for ((level, outcome), number) in &self.levels {
            printer.line(&format!("{number:>9} {} {outcome}", level.word()))?;
        }
        Ok(())
    }

    /// Everything, for programs.
    pub(super) fn json(&self, dry: Dry, ended: &Ended) -> Value {
        let files: Vec<_> = self.told.iter().map(Told::json).collect();
        let levels: Vec<_> = self
            .levels
            .iter()
            .map(|((level, outcome), number)| json!({ "level": level, "outcome": outcome, "files": number }))
            .collect();
        json!({
            "dryRun": dry == Dry::Yes,
            "complete": matches!(ended, Ended::ByItself),
            "accepted": self.accepted,
            "acceptedNotPassed": self.not_passed,
            "review": self.review,
            "alreadyHere": self.here,
            "alreadyHereForReview": self.still_review,
            "alreadyHerePutAside": self.still_aside,
            "putAside": self.aside,
            "notRead": self.unusable,
            "alreadyHereErased": self.erased,
            "namedAfterSomebodyElse": self.misnamed,
            "noRecords": self.other,
            "noRecordFiles": self.others,
            "reasons": levels,
            "files": files,
            "filesNotListed": self.untold,
        })
    }
}

impl Told {
    fn of(name: &str, what: &'static str) -> Self {
        Self { name: name.to_owned(), what, record: None, reasons: Vec::new(), next: None }
    }

    fn because(self, why: String) -> Self {
        Self { reasons: vec![(None, why)], ..self }
    }

    fn print(&self, calendar: Calendar, printer: Printer) -> Result<(), Failure> {
        printer.line(&format!("{}: {}", self.name, self.what))?;
        for (at, words) in &self.reasons {
            let words = &calendar.localized(words);
            match at {
                Some((level, outcome)) => {
                    printer.sentence(&format!("  {:<10} {:<8} ", level.word(), outcome.word()), words)?;
                }
                None => printer.sentence("  ", words)?,
            }
        }
        if let Some(next) = &self.next {
            printer.sentence("  next: ", &printer.commands().spelled(next.clone()))?;
        }
        Ok(())
    }

    fn json(&self) -> Value {
        let reasons: Vec<_> = self
            .reasons
            .iter()
            .map(|(at, words)| {
                json!({
                    "level": at.map(|(level, _)| level),
                    "outcome": at.map(|(_, outcome)| outcome.word()),
                    "words": words,
                })
            })
            .collect();
        json!({
            "file": self.name,
            "what": self.what,
            "record": self.record,
            "reasons": reasons,
            "next": self.next.as_ref().map(Wording::to_string),
        })
    }
}

/// What to do about a record that waits: its page has the commands, ready to be copied.
fn deciding(advice: Advice, record: &Digest) -> Wording {
    Wording::from(advice.words()).then("; its commands: countersign hr review show ").and(record.short())
}

fn no_records(number: u64) -> &'static str {
    match number {
        1 => "no completion record, left where it is",
        _ => "no completion records, left where they are",
    }
}

/// Whether anything is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dry {
    No,
    Yes,
}

/// How collecting ended.
#[derive(Debug)]
pub(super) enum Ended {
    /// Everything was looked at.
    ByItself,
    /// Somebody stopped it.
    Stopped,
    /// What came after that which is counted could not be written.
    Failed(Failure),
}
