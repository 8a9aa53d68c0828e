//! `countersign hr person`: how somebody stands, and everything that is known of them, in the order in which it happened.

mod aside;
mod find;

use std::collections::BTreeMap;

use clap::Args;
use serde_json::{Value, json};

use super::super::Outcome;
use super::super::environment::Environment;
use super::super::error::Failure;
use super::super::printer::Printer;
use super::by_id::short;
use super::open::{Registry, of_store};
use super::people::{Basis, EXPIRING_DAYS};
use super::registry::Home;
use super::soundness::Soundness;
use super::waive::ends;
use crate::clock::Timestamp;
use crate::id::CourseId;
use crate::quiz::mark::percent;
use crate::registry::change::{Decided, KeyAccepted, PersonChange};
use crate::registry::dossier::{Dossier, RecordState, RosterState, TakenBack};
use crate::registry::listing::search::ASKED_NOTHING;
use crate::registry::roster::plan::differences;
use crate::registry::row::Membership;
use crate::registry::status::Status;
use crate::registry::status::why::why;
use crate::tui::hr::words;
use aside::Aside;

#[derive(Debug, Args)]
#[command(
    after_help = "Each course that concerns them comes first, with how they stand and why; then what the roster says, and what \
                  happened. Files that were put aside in their name are told, too: what they say of themselves is not \
                  proved.\n\n\
                  Examples:\n  \
                  countersign hr person 007\n  \
                  countersign hr person 'ada byron'\n  \
                  countersign hr person 007 --json"
)]
pub(in crate::cli) struct PersonArguments {
    /// Who, by employee number; or by name, where nobody has that number and one alone has that name
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
    let soundness = Soundness::at_a_look(&registry)?;
    soundness.mention(environment.calendar, printer);
    let (store, now) = (registry.store(), registry.now()?);
    let dossier = find::find(store, &arguments.person, now)?;
    let number = &dossier.number;
    let decisions = store.decisions(number, now).map_err(|error| of_store(&error))?;
    let accepted = store.accepted_keys(number, now).map_err(|error| of_store(&error))?;
    let history = store.roster_history(number).map_err(|error| of_store(&error))?;
    let aside = aside::of(store, &dossier)?;
    let basis = Basis::load(store, now)?;
    let standing = basis.reckoning(now, EXPIRING_DAYS).standing(&dossier);
    let standing = Standing { dossier: &dossier, basis: &basis, courses: &standing, at: now };
    if arguments.json {
        printer.json(&as_json(&standing, &history, &decisions, &accepted, &aside))?;
        return Ok(registry.looked(soundness.outcome()));
    }
    standing.print(environment, printer)?;
    head(&dossier, printer)?;
    // Times are whole seconds. Within one, somebody comes first, and what the roster said of them later comes last.
    let mut later = roster_events(&history);
    let mut events: Vec<_> = later.drain(..later.len().min(1)).collect();
    events.extend(dossier.assignments.iter().map(|assignment| {
        let due = environment.calendar.last_day(assignment.due);
        (assignment.at, format!("asked to take {} until {due} ({})", assignment.course, short(assignment.id)))
    }));
    events.extend(dossier.records.iter().map(|record| (record.received_at, record_words(record, &basis))));
    events.extend(decisions.iter().map(|decided| {
        let (word, by, reason) = (decided.decision.word(), &decided.by, &decided.reason);
        (decided.at, format!("record {} {word} in review by {by}: {reason}", decided.record.short()))
    }));
    events.extend(accepted.iter().map(|accepted| {
        let (key, by, reason) = (&accepted.key, &accepted.by, &accepted.reason);
        (accepted.at, format!("key {key} accepted by {by}: {reason}"))
    }));
    for waiver in &dossier.waivers {
        let (course, approver, reason) = (&waiver.course, &waiver.approver, &waiver.reason);
        let until = if waiver.taken_back.is_some() {
            String::new()
        } else {
            format!(", {}", ends(waiver, environment))
        };
        events.push((waiver.at, format!("excepted from {course}{until}, approved by {approver}: {reason}")));
        if let Some(TakenBack { by, reason, .. }) = &waiver.taken_back {
            events.push((waiver.until, format!("exception from {course} taken back by {by}: {reason}")));
        }
    }
    events.extend(aside.iter().map(|file| (file.at, environment.calendar.localized(&file.words()))));
    events.extend(later);
    events.sort_by_key(|(at, _)| *at);
    printer.line("history")?;
    for (at, words) in events {
        printer.sentence(&format!("  {}  ", environment.calendar.day_and_time(at)), &words)?;
    }
    Ok(registry.looked(soundness.outcome()))
}

/// How somebody stands with each course that concerns them.
struct Standing<'a> {
    dossier: &'a Dossier,
    basis: &'a Basis,
    courses: &'a BTreeMap<CourseId, Status>,
    at: Timestamp,
}

impl Standing<'_> {
    fn print(&self, environment: &Environment, printer: Printer) -> Result<(), Failure> {
        let Self { dossier, basis, courses, at } = *self;
        let name = match &dossier.roster {
            Some(roster) => roster.profile.name.as_str(),
            None => "was never on a roster",
        };
        printer.line(&format!("{}  {name}", dossier.number))?;
        if courses.is_empty() {
            printer.line(&format!("  {ASKED_NOTHING}"))?;
        }
        for (course, status) in courses {
            let kind = status.kind();
            let (sign, title) = (words::sign(kind), basis.title(course));
            printer.sentence(&format!("  {sign} "), &format!("{}: {course} ({title})", kind.words()))?;
            let why = why(status, course.as_str(), dossier, at, environment.calendar);
            printer.sentence("      ", &why.to_string())?;
        }
        printer.line("")
    }

    fn json(&self) -> Value {
        let course = |(course, status): (&CourseId, &Status)| {
            json!({
                "course": course,
                "title": self.basis.title(course),
                "status": status.kind().words(),
                "date": status.date(),
            })
        };
        self.courses.iter().map(course).collect()
    }
}

fn head(dossier: &Dossier, printer: Printer) -> Result<(), Failure> {
    let Some(roster) = &dossier.roster else { return Ok(()) };
    let profile = &roster.profile;
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
    let first = history.first().map(|(at, said)| {
        let member = Membership::said(at.date(), said.presence, &said.profile);
        (*at, format!("first on a roster, {}", member.words()))
    });
    let later = history.windows(2).map(|pair| (pair[1].0, roster_event(&pair[0], &pair[1])));
    first.into_iter().chain(later).collect()
}

/// What a roster said else than the one before.
fn roster_event(
    (first_seen, before): &(Timestamp, PersonChange),
    (at, said): &(Timestamp, PersonChange),
) -> String {
    // As what they were counted until this roster: their first day of work may have come since the one before.
    let before = RosterState::at(*at, before.profile.clone(), before.presence, *first_seen);
    let shown = |value: Option<String>| value.unwrap_or_else(|| "nothing".to_owned());
    let words = differences(&before, &said.profile, said.presence).into_iter().map(|difference| {
        format!("{}: {} → {}", difference.field, shown(difference.before), shown(difference.after))
    });
    words.collect::<Vec<_>>().join("; ")
}

fn record_words(record: &RecordState, basis: &Basis) -> String {
    let result = if record.passed { "passed" } else { "failed" };
    let outlived = basis.outlived(record).map(|outlived| outlived.to_string());
    let age = outlived.or_else(|| record.kept()).map(|age| format!("; {age}")).unwrap_or_default();
    format!(
        "record of {} received: {result} with {} %, {}, {}{age}",
        record.course,
        percent(record.earned, record.possible),
        record.standing(),
        record.digest.short()
    )
}

fn as_json(
    standing: &Standing<'_>,
    history: &[(Timestamp, PersonChange)],
    decisions: &[Decided],
    accepted: &[KeyAccepted],
    aside: &[Aside],
) -> Value {
    let dossier = standing.dossier;
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
            "revoked": waiver.taken_back.is_some(),
            "approver": waiver.approver,
            "reason": waiver.reason,
        })
    });
    let accepted = accepted.iter().map(|accepted| {
        json!({ "at": accepted.at, "key": accepted.key, "by": accepted.by, "reason": accepted.reason })
    });
    json!({
        "number": dossier.number,
        "standing": standing.json(),
        "roster": said.collect::<Vec<_>>(),
        "assignments": assignments.collect::<Vec<_>>(),
        "records": records.collect::<Vec<_>>(),
        "waivers": waivers.collect::<Vec<_>>(),
        "keys": dossier.keys,
        "acceptedKeys": accepted.collect::<Vec<_>>(),
        "putAside": aside.iter().map(Aside::json).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::person::Presence;
    use crate::registry::{PersonNumber, Profile};

    /// Somebody who is hired on 1 December, as rosters of these days say it.
    #[track_caller]
    fn check(rosters: &[(&str, Presence)], expected: &[&str]) {
        let hired = Some("2026-12-01".parse().unwrap());
        let profile = Profile { hired, ..Profile::named("Eve") };
        let number = PersonNumber::new("020").unwrap();
        let said = rosters.iter().map(|(day, presence)| {
            let change =
                PersonChange { number: number.clone(), profile: profile.clone(), presence: *presence };
            (format!("{day}T10:00:00Z").parse().unwrap(), change)
        });
        let events = roster_events(&said.collect::<Vec<_>>());
        assert_eq!(events.into_iter().map(|(_, words)| words).collect::<Vec<_>>(), expected);
    }

    /// Whoever had worked for weeks was told as "to come" until they left.
    #[test]
    fn a_roster_is_told_beside_what_somebody_was_until_it_came() {
        let (active, away, gone) = (Presence::Active, Presence::Away, Presence::Gone);
        let first = "first on a roster, to come";
        check(&[], &[]);
        check(&[("2026-11-01", active), ("2026-11-17", gone)], &[first, "counted as: to come → left"]);
        check(&[("2026-11-01", active), ("2026-12-17", gone)], &[first, "counted as: at work → left"]);
        check(
            &[("2026-11-01", active), ("2026-12-17", away), ("2026-12-20", active)],
            &[first, "counted as: at work → on leave", "counted as: on leave → at work"],
        );
    }
}
