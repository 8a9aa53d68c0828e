//! `countersign hr person`: everything that is known of one person, in the order in which it happened.

use clap::Args;
use serde_json::{Value, json};

use super::super::Outcome;
use super::super::environment::Environment;
use super::super::error::Failure;
use super::super::printer::Printer;
use super::audience::person;
use super::by_id::short;
use super::open::{Registry, of_store};
use super::registry::Home;
use super::review::aside_note;
use super::said::treatment;
use super::waive::ends;
use crate::clock::{Clock as _, SystemClock, Timestamp};
use crate::quiz::mark::percent;
use crate::record::verdict::Reading;
use crate::registry::PersonNumber;
use crate::registry::change::{Decided, Decision, PersonChange};
use crate::registry::dossier::{Dossier, RecordState, RosterState};
use crate::registry::office::AsideNote;
use crate::registry::roster::plan::{differences, word_of};
use crate::registry::row::Membership;
use crate::store::registry::RegistryStore;

/// So many files that lie aside are looked through for those that name somebody, the latest.
const MOST_ASIDE: u64 = 1_000;

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
                  countersign hr person 007\n  \
                  countersign hr person 007 --json")]
pub(in crate::cli) struct PersonArguments {
    /// Who, by employee number
    #[arg(value_name = "PERSON")]
    person: String,
    /// One JSON document on stdout
    #[arg(long)]
    json: bool,
}

pub(super) fn run(
    arguments: &PersonArguments,
    home: &Home,
    environment: &Environment,
    printer: Printer,
) -> Result<Outcome, Failure> {
    let registry = Registry::open(home, printer)?;
    let number = person(&arguments.person)?;
    let store = registry.store();
    let dossier = store.dossier(&number, SystemClock.now()).map_err(|error| of_store(&error))?;
    let Some(dossier) = dossier else {
        return Err(Failure::new(format!("nothing is known of {number}"))
            .hint("countersign hr roster list --everybody shows who is known"));
    };
    let decisions = store.decisions(&number, SystemClock.now()).map_err(|error| of_store(&error))?;
    let history = store.roster_history(&number).map_err(|error| of_store(&error))?;
    let aside = put_aside(store, &number)?;
    if arguments.json {
        printer.json(&as_json(&dossier, &history, &decisions, &aside))?;
        return Ok(Outcome::Fine);
    }
    head(&dossier, printer)?;
    // Times are whole seconds. Within one, somebody comes first, and what the roster said of them later comes last.
    let mut later = roster_events(&history);
    let mut events: Vec<_> = later.drain(..later.len().min(1)).collect();
    events.extend(dossier.assignments.iter().map(|assignment| {
        let due = environment.calendar.day(assignment.due);
        (assignment.at, format!("asked to take {} until {due} ({})", assignment.course, short(assignment.id)))
    }));
    events.extend(dossier.records.iter().map(|record| (record.received_at, record_words(record))));
    events.extend(aside.iter().map(|note| {
        let words = format!("a file that names them was put aside: {} ({})", note.name, note.file.short());
        (note.at, words)
    }));
    events.extend(decisions.iter().map(|decided| {
        let (word, by, reason) = (decided.decision.word(), &decided.by, &decided.reason);
        (decided.at, format!("record {} {word} in review by {by}: {reason}", decided.record.short()))
    }));
    events.extend(dossier.waivers.iter().map(|waiver| {
        let (course, approver, reason) = (&waiver.course, &waiver.approver, &waiver.reason);
        (
            waiver.at,
            format!(
                "excepted from {course}, {}, approved by {approver}: {reason}",
                ends(waiver, environment)
            ),
        )
    }));
    events.extend(later);
    events.sort_by_key(|(at, _)| *at);
    printer.line("history")?;
    for (at, words) in events {
        printer.line(&format!("  {}  {words}", environment.calendar.day_and_time(at)))?;
    }
    Ok(Outcome::Fine)
}

/// The files that lie aside and name this person, oldest first. Nobody has vouched for that.
fn put_aside(store: &dyn RegistryStore, number: &PersonNumber) -> Result<Vec<AsideNote>, Failure> {
    let mut theirs = Vec::new();
    let visited = store.latest_aside(MOST_ASIDE, &mut |file| {
        let note = aside_note(&file, &Reading::of(&file.bytes));
        if note.claimed.as_deref() == Some(number.as_str()) {
            theirs.push(note);
        }
        Ok(())
    });
    visited.map_err(|error| of_store(&error))?;
    theirs.reverse();
    Ok(theirs)
}

fn head(dossier: &Dossier, printer: Printer) -> Result<(), Failure> {
    let Some(roster) = &dossier.roster else {
        printer.line(&format!("{}  was never on a roster", dossier.number))?;
        return Ok(());
    };
    let profile = &roster.profile;
    printer.line(&format!("{}  {}", dossier.number, profile.name))?;
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
    let fields = [
        ("counted as", Some(Membership::of(dossier).words().to_owned())),
        ("email", profile.email.clone()),
        ("department", profile.department.clone()),
        ("role", profile.role.clone()),
        ("manager", profile.manager.clone()),
        ("employment", profile.employment.clone()),
        ("hired", day(profile.hired)),
        ("leaves", day(profile.leaves)),
        ("status", profile.status.clone()),
    ];
    for (name, value) in fields {
        if let Some(value) = value {
            printer.line(&format!("  {name:<11} {value}"))?;
        }
    }
    for key in &dossier.keys {
        printer.line(&format!("  {:<11} {key}", "key"))?;
    }
    Ok(())
}

/// What rosters said, each as what was different from the one before.
fn roster_events(history: &[(Timestamp, PersonChange)]) -> Vec<(Timestamp, String)> {
    let mut events = Vec::new();
    let mut before: Option<RosterState> = None;
    for (at, said) in history {
        let words = match &before {
            None => format!("first on a roster, {}", word_of(said.presence)),
            Some(before) => {
                let different = differences(before, &said.profile, said.presence);
                let shown = |value: Option<String>| value.unwrap_or_else(|| "nothing".to_owned());
                let words = different.into_iter().map(|difference| {
                    format!(
                        "{}: {} → {}",
                        difference.field,
                        shown(difference.before),
                        shown(difference.after)
                    )
                });
                words.collect::<Vec<_>>().join("; ")
            }
        };
        events.push((*at, words));
        let first_seen = before.as_ref().map_or(*at, |before| before.first_seen);
        before = Some(RosterState::at(*at, said.profile.clone(), said.presence, first_seen));
    }
    events
}

fn record_words(record: &RecordState) -> String {
    let result = if record.passed { "passed" } else { "failed" };
    let decision = match record.decision {
        Some(Decision::Accepted) => ", accepted in review",
        Some(Decision::Refused) => ", refused in review",
        None => "",
    };
    format!(
        "record of {} received: {result} with {} % ({}{decision}), {}",
        record.course,
        percent(record.earned, record.possible),
        treatment(record.treatment),
        record.digest.short()
    )
}

fn as_json(
    dossier: &Dossier,
    history: &[(Timestamp, PersonChange)],
    decisions: &[Decided],
    aside: &[AsideNote],
) -> Value {
    let said = history
        .iter()
        .map(|(at, said)| json!({ "at": at, "profile": said.profile, "presence": said.presence }));
    let assignments = dossier.assignments.iter().map(|assignment| {
        json!({
            "assignment": assignment.id.to_string(),
            "at": assignment.at,
            "due": assignment.due,
            "course": assignment.course,
            "version": assignment.version,
            "rule": assignment.rule.map(|rule| rule.to_string()),
        })
    });
    let records = dossier.records.iter().map(|record| {
        let decided = decisions.iter().rev().find(|decided| decided.record == record.digest);
        json!({
            "record": record.digest,
            "received": record.received_at,
            "signed": record.signed_at,
            "course": record.course,
            "version": record.version,
            "assignment": record.assignment.map(|id| id.to_string()),
            "earned": record.earned,
            "possible": record.possible,
            "passed": record.passed,
            "treatment": record.treatment,
            "decision": record.decision,
            "decided": decided.map(|decided| {
                json!({ "at": decided.at, "by": decided.by, "reason": decided.reason })
            }),
            "counts": record.counts(),
        })
    });
    let waivers = dossier.waivers.iter().map(|waiver| {
        json!({
            "waiver": waiver.id.to_string(),
            "course": waiver.course,
            "at": waiver.at,
            "until": waiver.until,
            "revoked": waiver.revoked,
            "approver": waiver.approver,
            "reason": waiver.reason,
        })
    });
    let aside = aside.iter().map(
        |note| json!({ "file": note.file, "received": note.at, "name": note.name, "reasons": note.reasons }),
    );
    json!({
        "number": dossier.number,
        "putAside": aside.collect::<Vec<_>>(),
        "roster": said.collect::<Vec<_>>(),
        "assignments": assignments.collect::<Vec<_>>(),
        "records": records.collect::<Vec<_>>(),
        "waivers": waivers.collect::<Vec<_>>(),
        "keys": dossier.keys,
    })
}
