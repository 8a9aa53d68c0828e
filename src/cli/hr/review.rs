//! `countersign hr review`: decides about records that the terms leave to a person.

mod file;
mod meant;
mod page;

use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde_json::json;

use super::super::Outcome;
use super::super::environment::Environment;
use super::super::error::Failure;
use super::super::printer::Printer;
use super::by_digest::Prefix;
use super::collect::settle;
use super::grounds::required;
use super::open::{Purpose, Registry, of_store};
use super::people::Basis;
use super::registry::Home;
use super::said::{counted, reasons};
use crate::clock::Calendar;
use crate::record::LIMITS;
use crate::record::verdict::Reading;
use crate::registry::Change;
use crate::registry::change::{Decided, Decision};
use crate::registry::claimant::Claimant;
use crate::registry::collect::{Advice, advice};
use crate::registry::dossier::RecordState;
use crate::registry::office::{RecordFile, SignedBy};
use crate::registry::terms::Treatment;
use crate::shell::{Wording, operand, option};
use crate::store::registry::Waiting;
pub(super) use file::{aside_file, aside_note, claimant_in, record_file};
use meant::Meant;
pub(super) use page::{put_claims, put_level};

#[derive(Debug, Args)]
#[command(
    after_help = "A record waits when your terms (hr terms) do not settle what happens with it: the course is not in the \
                  registry, nobody assigned it, or another key signed it than the one that the person is known by. Records \
                  whose signature or marks are wrong never come here; nobody can make them count. Every decision is \
                  logged with who made it and why. Accepting a record does not accept its key for later records: hr key \
                  accept does. The exit code of list is 1 while something waits.\n\n\
                  Examples:\n  \
                  countersign hr review                       what waits\n  \
                  countersign hr review show 1f0c9ab2         one record, with all that is known\n  \
                  countersign hr review accept 1f0c9ab2 --by 'J. Doe' --reason 'took it on the training computer'\n  \
                  countersign hr review refuse 1f0c9ab2 --by 'J. Doe' --reason 'not theirs'"
)]
pub(in crate::cli) struct ReviewArguments {
    #[command(subcommand)]
    verb: Option<ReviewVerb>,
}

#[derive(Debug, Subcommand)]
enum ReviewVerb {
    /// What waits for a decision
    List(ListArguments),
    /// One record, with the five levels as they were at receipt and as they are now
    Show {
        /// The first digits of its fingerprint, as the list shows them; also of a record that was decided
        #[arg(value_name = "RECORD")]
        record: String,
    },
    /// The record counts
    Accept(DecideArguments),
    /// The record does not count; it stays in the history
    Refuse(DecideArguments),
}

#[derive(Debug, Default, Args)]
struct ListArguments {
    /// One JSON document on stdout
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct DecideArguments {
    /// The first digits of its fingerprint, as the list shows them
    #[arg(value_name = "RECORD")]
    record: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Who decides
    #[arg(long, value_name = "NAME")]
    by: String,
}

pub(super) fn run(
    arguments: &ReviewArguments,
    home: &Home,
    environment: &Environment,
    printer: Printer,
) -> Result<Outcome, Failure> {
    let purpose = match &arguments.verb {
        None | Some(ReviewVerb::List(_) | ReviewVerb::Show { .. }) => Purpose::Look,
        Some(ReviewVerb::Accept(_) | ReviewVerb::Refuse(_)) => Purpose::Append,
    };
    let mut registry = Registry::open_to(purpose, home, printer)?;
    let outcome = match &arguments.verb {
        None => list(&ListArguments::default(), &registry, environment, printer),
        Some(ReviewVerb::List(arguments)) => list(arguments, &registry, environment, printer),
        Some(ReviewVerb::Show { record }) => show(record, &registry, environment, printer),
        Some(ReviewVerb::Accept(arguments)) => {
            decide(arguments, Decision::Accepted, &mut registry, environment, printer)
        }
        Some(ReviewVerb::Refuse(arguments)) => {
            decide(arguments, Decision::Refused, &mut registry, environment, printer)
        }
    };
    outcome.map(|outcome| registry.looked(outcome))
}

fn list(
    arguments: &ListArguments,
    registry: &Registry,
    environment: &Environment,
    printer: Printer,
) -> Result<Outcome, Failure> {
    let (store, now) = (registry.store(), registry.now()?);
    let basis = Basis::load(store, now)?;
    let mut documents = Vec::new();
    let mut number = 0;
    let mut failed = None;
    // One at a time: a hundred thousand records are not held.
    let visited = store.waiting_files(&mut |record, bytes| {
        number += 1;
        let reading = Reading::of(&bytes);
        let claimant = claimant_in(store, &reading, now)?;
        let record = Waiting { reasons: basis.reasons_by_now(&record, &reading), ..record };
        if arguments.json {
            documents.push(as_json(&record, claimant.as_ref()));
        } else if failed.is_none() {
            failed = lines(&record, claimant.as_ref(), environment, printer).err();
        }
        Ok(())
    });
    visited.map_err(|error| of_store(&error))?;
    if let Some(failure) = failed {
        return Err(failure);
    }
    if arguments.json {
        printer.json(&serde_json::Value::Array(documents))?;
    } else if number == 0 {
        printer.talk("nothing waits for a decision");
    } else {
        printer.line("")?;
        let records = counted(number, "record", "records");
        printer.next(Wording::from(records).then(" to decide; next: countersign hr review show RECORD"))?;
    }
    Ok(if number == 0 { Outcome::Fine } else { Outcome::Findings })
}

fn lines(
    record: &Waiting,
    claimant: Option<&Claimant>,
    environment: &Environment,
    printer: Printer,
) -> Result<(), Failure> {
    let about = format!(
        "{} {}, {}, received {}",
        record.person,
        claimant.map(|claimant| claimant.called().to_string()).unwrap_or_default(),
        record.course,
        environment.calendar.day_and_time(record.received_at)
    );
    printer.sentence(&format!("{}  ", record.digest.short()), &about)?;
    reasons(&record.reasons)
        .into_iter()
        .try_for_each(|(level, words)| printer.sentence(&level, &environment.calendar.localized(words)))
}

fn as_json(record: &Waiting, claimant: Option<&Claimant>) -> serde_json::Value {
    let reasons: Vec<_> =
        record.reasons.iter().map(|(level, words)| json!({ "level": level, "words": words })).collect();
    json!({
        "record": record.digest,
        "person": record.person,
        "name": claimant.map(|claimant| &claimant.name),
        "roster": claimant.map(|claimant| claimant.on_the_roster().to_string()),
        "difference": claimant.and_then(Claimant::difference).map(|words| words.to_string()),
        "course": record.course,
        "receivedAt": record.received_at,
        "reasons": reasons,
    })
}

fn show(
    typed: &str,
    registry: &Registry,
    environment: &Environment,
    printer: Printer,
) -> Result<Outcome, Failure> {
    let prefix = Prefix::of(typed)?;
    let (store, now) = (registry.store(), registry.now()?);
    let digest = match prefix.whole() {
        Some(digest) => digest,
        None => Meant::of(store, &prefix, now)?.digest(),
    };
    let file = record_file(store, registry.assigners(), &digest, now)?;
    head(&file, environment, printer)?;
    for level in &file.levels {
        put_level(level, Advice::words, environment, printer)?;
    }
    printer.line("")?;
    printer.sentence("", LIMITS)?;
    let waits = |state: &RecordState| state.decision.is_none() && state.treatment != Treatment::Accept;
    if file.state.as_ref().is_some_and(waits) {
        next(&file, printer);
    }
    Ok(Outcome::Fine)
}

/// What can be done with a record that waits, as commands to be copied.
fn next(file: &RecordFile, printer: Printer) {
    printer.talk("next, with who decides and why:");
    for verb in ["accept", "refuse"] {
        let record = file.digest.short();
        let command = printer.commands().hr(&format!("review {verb} {record} --by NAME --reason TEXT"));
        printer.talk(&format!("  {command}"));
    }
    let Some(claimed) = &file.claims else { return };
    let advised = |wanted| file.levels.iter().any(|level| advice(level.level, &level.now) == Some(wanted));
    if let Some(state) = file.state.as_ref().filter(|_| advised(Advice::AskWhyNow)) {
        printer.talk("and to have the course taken again:");
        let (course, person) = (&state.course, option("--to", format!("person={}", claimed.number)));
        let assign = printer.commands().hr(&format!("assign --course {course} --due DATE {person} --again"));
        printer.talk(&format!("  {assign}"));
    }
    let Some(SignedBy { issuer, .. }) = &claimed.signed else { return };
    if advised(Advice::AskAboutKey) {
        printer.talk(
            "and when the person has a new computer, so that later records with its key count at once:",
        );
        let person = operand(&claimed.number);
        let accept = printer.commands().hr(&format!("key accept --by NAME --reason TEXT {person} {issuer}"));
        printer.talk(&format!("  {accept}"));
    }
}

fn head(file: &RecordFile, environment: &Environment, printer: Printer) -> Result<(), Failure> {
    printer.line(&format!("record      {}", file.digest))?;
    if let Some(claimed) = &file.claims {
        put_claims(claimed, environment, printer)?;
    }
    if let Some(state) = &file.state {
        printer.line(&format!("received    {}", environment.calendar.day_and_time(state.received_at)))?;
        match &file.decided {
            Some(decided) => {
                printer.sentence("standing    ", &decided.words(environment.calendar).to_string())?;
            }
            None => printer.line(&format!("standing    {}", state.standing()))?,
        }
    }
    printer.line("")
}

fn decide(
    arguments: &DecideArguments,
    decision: Decision,
    registry: &mut Registry,
    environment: &Environment,
    printer: Printer,
) -> Result<Outcome, Failure> {
    let prefix = Prefix::of(&arguments.record)?;
    let reason = required("reason", &arguments.reason)?;
    let by = required("by", &arguments.by)?;
    registry.unlock(printer)?;
    let Entered { record, receipt } = enter(registry, &prefix, environment.calendar, decision, &by, &reason)?;
    let word = decision.word();
    printer.line(&format!("{word} {} of {} ({})", record.digest.short(), record.person, record.course))?;
    match receipt {
        Ok(Some(path)) => printer.talk_of("its receipt:", &path),
        Ok(None) => {}
        // It is decided all the same.
        Err(failure) => printer.failure(&failure),
    }
    Ok(Outcome::Fine)
}

/// A decision that was entered.
pub(super) struct Entered {
    /// The record that it is about.
    record: Waiting,
    /// Where its receipt lies now, if it is in the registry's own folder of receipts; or why it could not be put there.
    receipt: Result<Option<PathBuf>, Failure>,
}

/// Enters a decision about the record that waits and is meant.
///
/// The key of the registry must be unlocked.
pub(super) fn enter(
    registry: &mut Registry,
    prefix: &Prefix,
    calendar: Calendar,
    decision: Decision,
    by: &str,
    reason: &str,
) -> Result<Entered, Failure> {
    let (by, reason) = (required("by", by)?, required("reason", reason)?);
    let lock = registry.lock()?;
    let now = registry.now()?;
    // Whoever was shown it as waiting is told who was sooner.
    let record = Meant::of(registry.store(), prefix, now)
        .map_err(|failure| failure.in_face("press r: it is read again, with what still waits"))?
        .waiting(calendar)?;
    let decided = Decided { at: now, record: record.digest, decision, by, reason };
    registry.append(&lock, &[Change::Decided(decided)])?;
    let receipts = registry.home().receipts();
    let receipt = settle(&receipts, registry.store(), &record.digest, decision.into());
    Ok(Entered { record, receipt })
}
