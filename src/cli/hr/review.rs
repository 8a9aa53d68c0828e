//! `countersign hr review`: decides about records that the terms leave to a person.

use clap::{Args, Subcommand};
use serde_json::json;

use super::super::Outcome;
use super::super::environment::Environment;
use super::super::error::Failure;
use super::super::printer::Printer;
use super::super::shell::quoted;
use super::by_digest::Prefix;
use super::desk::Desk;
use super::grounds::required;
use super::open::{Registry, of_store};
use super::registry::Home;
use super::said::{counted, reasons};
use crate::clock::{Clock as _, SystemClock};
use crate::digest::Digest;
use crate::quiz::mark::percent;
use crate::record::LIMITS;
use crate::record::verdict::{Outcome as Finding, Reading, Verdict};
use crate::registry::change::{Decided, Decision};
use crate::registry::collect::advice;
use crate::registry::dossier::RecordState;
use crate::registry::terms::{Level, Treatment};
use crate::registry::{Change, PersonNumber};
use crate::store::registry::{RegistryStore, Waiting};

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
        /// The first digits of its fingerprint, as the list shows them; of a record that was decided, all of them
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
    let mut registry = Registry::open(home, printer)?;
    match &arguments.verb {
        None => list(&ListArguments::default(), &registry, environment, printer),
        Some(ReviewVerb::List(arguments)) => list(arguments, &registry, environment, printer),
        Some(ReviewVerb::Show { record }) => show(record, &registry, environment, printer),
        Some(ReviewVerb::Accept(arguments)) => decide(arguments, Decision::Accepted, &mut registry, printer),
        Some(ReviewVerb::Refuse(arguments)) => decide(arguments, Decision::Refused, &mut registry, printer),
    }
}

fn list(
    arguments: &ListArguments,
    registry: &Registry,
    environment: &Environment,
    printer: Printer,
) -> Result<Outcome, Failure> {
    let mut waiting = Vec::new();
    let visited = registry.store().waiting(&mut |record| {
        waiting.push(record);
        Ok(())
    });
    visited.map_err(|error| of_store(&error))?;
    if arguments.json {
        printer.json(&waiting.iter().map(as_json).collect())?;
    } else if waiting.is_empty() {
        printer.talk("nothing waits for a decision");
    } else {
        for record in &waiting {
            printer.line(&format!(
                "{}  {}  {}  received {}",
                record.digest.short(),
                record.person,
                record.course,
                environment.calendar.day_and_time(record.received_at)
            ))?;
            for (level, words) in reasons(&record.reasons) {
                printer.sentence(&level, words)?;
            }
        }
        printer.line("")?;
        printer.line(&format!(
            "{} to decide; next: countersign hr review show RECORD",
            counted(waiting.len(), "record", "records")
        ))?;
    }
    Ok(if waiting.is_empty() { Outcome::Fine } else { Outcome::Findings })
}

fn as_json(record: &Waiting) -> serde_json::Value {
    let reasons: Vec<_> =
        record.reasons.iter().map(|(level, words)| json!({ "level": level, "words": words })).collect();
    json!({
        "record": record.digest,
        "person": record.person,
        "course": record.course,
        "receivedAt": record.received_at,
        "reasons": reasons,
    })
}

/// The record that waits and is meant.
fn waiting(store: &dyn RegistryStore, prefix: &Prefix) -> Result<Waiting, Failure> {
    let mut found = Vec::new();
    let visited = store.waiting(&mut |record| {
        if prefix.fits(&record.digest) {
            found.push(record);
        }
        Ok(())
    });
    visited.map_err(|error| of_store(&error))?;
    prefix.the_one(found, "record that waits", "hr review list")
}

fn show(
    typed: &str,
    registry: &Registry,
    environment: &Environment,
    printer: Printer,
) -> Result<Outcome, Failure> {
    let prefix = Prefix::of(typed)?;
    let store = registry.store();
    let digest = match prefix.whole() {
        Some(digest) => digest,
        None => waiting(store, &prefix)?.digest,
    };
    let now = SystemClock.now();
    let bytes = store.record(&digest).map_err(|error| of_store(&error))?.ok_or_else(|| {
        Failure::new(format!("no record {digest} is in the registry"))
            .hint("to see what waits: countersign hr review list")
    })?;
    let desk = Desk::load(store, now, registry.assigners()).map_err(|error| of_store(&error))?;
    let reading = Reading::of(&bytes);
    let Some(claims) = reading.claims() else {
        return Err(Failure::new(format!("the record {digest} cannot be read as it was collected"))
            .hint("countersign hr log verify says whether it was changed"));
    };
    // Nothing is stored whose number is none.
    let dossier = match PersonNumber::new(&claims.person.number) {
        Ok(person) => store.dossier(&person, now).map_err(|error| of_store(&error))?,
        Err(_) => None,
    };
    let records = dossier.map(|dossier| dossier.records).unwrap_or_default();
    let state = records.into_iter().find(|record| record.digest == digest);
    // What was known then is not what is known now: a course was added, a key was accepted.
    let known = desk.known(store, claims, now).map_err(|error| of_store(&error))?;
    let received_at = state.as_ref().map_or(now, |state| state.received_at);
    let verifier = known.verifier(claims, received_at);
    let verdict = reading.judge(&verifier);
    head(&digest, &verdict, state.as_ref(), environment, printer)?;
    for level in Level::ALL {
        let at_receipt = state.as_ref().map(|state| state.levels.at(level));
        levels(level, at_receipt, &verdict, printer)?;
    }
    printer.line("")?;
    printer.sentence("", LIMITS)?;
    if state.is_some_and(|state| state.decision.is_none() && state.treatment != Treatment::Accept) {
        next(&digest, &verdict, printer);
    }
    Ok(Outcome::Fine)
}

/// What can be done with a record that waits, as commands to be copied.
fn next(digest: &Digest, verdict: &Verdict, printer: Printer) {
    printer.talk("next, with who decides and why:");
    for verb in ["accept", "refuse"] {
        let record = digest.short();
        printer.talk(&format!("  countersign hr review {verb} {record} --by NAME --reason TEXT"));
    }
    let Some(record) = &verdict.record else { return };
    if verdict.identity.outcome == Finding::Fail {
        printer.talk(
            "and when the person has a new computer, so that later records with its key count at once:",
        );
        let person = quoted(&record.claims.person.number);
        printer
            .talk(&format!("  countersign hr key accept {person} {} --by NAME --reason TEXT", record.issuer));
    }
}

fn head(
    digest: &Digest,
    verdict: &Verdict,
    state: Option<&RecordState>,
    environment: &Environment,
    printer: Printer,
) -> Result<(), Failure> {
    printer.line(&format!("record      {digest}"))?;
    if let Some(record) = &verdict.record {
        let claims = &record.claims;
        printer.line(&format!("person      {} ({})", claims.person.name, claims.person.number))?;
        printer.line(&format!("course      {}, version {}", claims.course.title, claims.course.version))?;
        let outcome = if claims.result.passed { "passed" } else { "not passed" };
        let percent = percent(claims.result.earned, claims.result.possible);
        printer.line(&format!(
            "result      {outcome} with {percent} % (pass mark {} %)",
            claims.result.pass_percent
        ))?;
        printer.line(&format!(
            "signed      {} by {}",
            environment.calendar.day_and_time(record.created),
            record.issuer
        ))?;
    }
    if let Some(state) = state {
        let standing = match (state.decision, state.treatment) {
            (Some(Decision::Accepted), _) => "accepted in review",
            (Some(Decision::Refused), _) => "refused in review",
            (None, Treatment::Accept) => "accepted at receipt",
            (None, Treatment::Review | Treatment::Quarantine) => "waits for a decision",
        };
        printer.line(&format!("received    {}", environment.calendar.day_and_time(state.received_at)))?;
        printer.line(&format!("standing    {standing}"))?;
    }
    printer.line("")
}

fn levels(
    level: Level,
    at_receipt: Option<Finding>,
    verdict: &Verdict,
    printer: Printer,
) -> Result<(), Failure> {
    let finding = verdict.at(level);
    let sign = match finding.outcome {
        Finding::Pass => '✓',
        Finding::Fail => '✗',
        Finding::Unknown => '?',
    };
    for (place, reason) in finding.reasons.iter().enumerate() {
        if place == 0 {
            let named = format!("{sign} {:<10} {:<8} ", level.word(), finding.outcome.word());
            printer.sentence(&named, reason)?;
        } else {
            printer.sentence(&format!("{:22}", ""), reason)?;
        }
    }
    if let Some(before) = at_receipt.filter(|before| *before != finding.outcome) {
        printer.line(&format!("{:22}(at receipt: {})", "", before.word()))?;
    }
    match advice(level, finding.outcome) {
        Some(advice) => printer.sentence(&format!("{:22}next: ", ""), advice),
        None => Ok(()),
    }
}

fn decide(
    arguments: &DecideArguments,
    decision: Decision,
    registry: &mut Registry,
    printer: Printer,
) -> Result<Outcome, Failure> {
    let prefix = Prefix::of(&arguments.record)?;
    let reason = required("reason", &arguments.reason)?;
    let by = required("by", &arguments.by)?;
    registry.unlock(printer)?;
    let lock = registry.lock()?;
    let record = waiting(registry.store(), &prefix)?;
    let decided = Decided { at: SystemClock.now(), record: record.digest, decision, by, reason };
    registry.append(&lock, &[Change::Decided(decided)])?;
    let word = match decision {
        Decision::Accepted => "accepted",
        Decision::Refused => "refused",
    };
    printer.line(&format!("{word} {} of {} ({})", record.digest.short(), record.person, record.course))?;
    Ok(Outcome::Fine)
}
