//! `countersign hr waive`: exceptions, which are never completions and which end.

use chrono::NaiveDate;
use clap::Args;
use serde_json::json;
use uuid::Uuid;

use super::super::Outcome;
use super::super::environment::Environment;
use super::super::error::Failure;
use super::super::printer::Printer;
use super::audience::person;
use super::by_id::{short, the_one};
use super::course::{archive, known};
use super::dates::day;
use super::grounds::required;
use super::open::{Purpose, Registry, of_store};
use super::people::Basis;
use super::registry::Home;
use super::stranger::stranger;
use crate::clock::Timestamp;
use crate::id::CourseId;
use crate::registry::change::{Waived, WaiverRevoked};
use crate::registry::dossier::{Dossier, TakenBack, WaiverState};
use crate::registry::status::Status;
use crate::registry::{Change, PersonNumber};
use crate::shell::Wording;

#[derive(Debug, Args)]
#[command(
    after_help = "An exception says that somebody need not have completed a course until a day. It is reported as waived, \
                  with who approved it and why, never as complete, and it ends by itself.\n\n\
                  Examples:\n  \
                  countersign hr waive 007 app-data-and-byod --until 2027-01-31 --approver 'J. Doe' --reason 'parental leave'\n  \
                  countersign hr waive --revoke 1f0c9ab2 --by 'J. Doe' --reason 'back at work'\n  \
                  countersign hr waive --list"
)]
pub(in crate::cli) struct WaiveArguments {
    /// Who, by employee number
    #[arg(value_name = "PERSON", required_unless_present_any = ["revoke", "list"])]
    person: Option<String>,
    /// From which course, in every version
    #[arg(value_name = "COURSE", required_unless_present_any = ["revoke", "list"])]
    course: Option<CourseId>,
    /// Until the end of this day
    #[arg(long, value_name = "DATE", value_parser = day, required_unless_present_any = ["revoke", "list"])]
    until: Option<NaiveDate>,
    /// Who approved it
    #[arg(long, value_name = "NAME", required_unless_present_any = ["revoke", "list"])]
    approver: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT", required_unless_present = "list")]
    reason: Option<String>,
    /// Take back the exception whose name begins so
    #[arg(long, value_name = "WAIVER", requires = "by", conflicts_with_all = ["person", "course", "until", "approver", "list"])]
    revoke: Option<String>,
    /// Who takes it back
    #[arg(long, value_name = "NAME", requires = "revoke")]
    by: Option<String>,
    /// The exceptions that hold now
    #[arg(long, conflicts_with_all = ["person", "course", "until", "approver", "reason"])]
    list: bool,
    /// With --list: also those that are over
    #[arg(long, requires = "list")]
    all: bool,
    /// With --list: one JSON document on stdout
    #[arg(long, requires = "list")]
    json: bool,
}

pub(super) fn run(
    arguments: &WaiveArguments,
    home: &Home,
    environment: &Environment,
    printer: Printer,
) -> Result<Outcome, Failure> {
    let purpose = if arguments.list { Purpose::Look } else { Purpose::Append };
    let mut registry = Registry::open_to(purpose, home, printer)?;
    let WaiveArguments { person, course, until, approver, reason, revoke, by, .. } = arguments;
    if arguments.list {
        return list(arguments, &registry, environment, printer).map(|outcome| registry.looked(outcome));
    }
    let reason = required("reason", reason.as_deref().unwrap_or_default())?;
    if let (Some(typed), Some(by)) = (revoke, by) {
        return take_back(typed, required("by", by)?, reason, &mut registry, environment, printer);
    }
    let (Some(person), Some(course), Some(until), Some(approver)) = (person, course, until, approver) else {
        return Err(Failure::new("an exception names a person, a course, a day, who approved it and why")
            .hint("see countersign hr waive --help"));
    };
    let exception = Exception { person: self::person(person)?, course: course.clone(), until: *until };
    waive(exception, required("approver", approver)?, reason, &mut registry, environment, printer)
}

/// Who need not have taken what until when.
struct Exception {
    person: PersonNumber,
    course: CourseId,
    until: NaiveDate,
}

fn waive(
    exception: Exception,
    approver: String,
    reason: String,
    registry: &mut Registry,
    environment: &Environment,
    printer: Printer,
) -> Result<Outcome, Failure> {
    let Exception { person, course, until: day } = exception;
    let (now, until) = (registry.now()?, environment.calendar.last_moment_of(day));
    if until <= now {
        return Err(Failure::new(format!("{day} is over")).hint("an exception is for a time to come"));
    }
    known(&course, &archive(registry)?)?;
    let dossier = registry.store().dossier(&person, now).map_err(|error| of_store(&error))?;
    let Some(roster) = dossier.as_ref().and_then(|dossier| dossier.roster.as_ref()) else {
        let message = format!("{person} is not on the roster");
        let hint = "countersign hr roster list shows who is there";
        return Err(stranger(message, hint, &person, registry.store(), now));
    };
    require_no_other(dossier.as_ref(), &course, now, environment)?;
    let name = roster.profile.name.clone();
    let completed = dossier.as_ref().and_then(|dossier| {
        let basis = Basis::load(registry.store(), now);
        basis.map(|basis| basis.reckoning(now, 0).standing(dossier).remove(&course)).transpose()
    });
    let completed = completed.transpose()?;
    let id = Uuid::new_v4();
    let shown = format!("{}  {person}  {name}  {course}  waived until {day}", short(id));
    registry.unlock(printer)?;
    let lock = registry.lock()?;
    let now = registry.now()?;
    // While this one looked or waited, somebody may have excepted them.
    let dossier = registry.store().dossier(&person, now).map_err(|error| of_store(&error))?;
    require_no_other(dossier.as_ref(), &course, now, environment)?;
    let waived = Waived { at: now, id, person, course, until, approver, reason };
    registry.append(&lock, &[Change::Waived(waived)])?;
    printer.line(&shown)?;
    if let Some(Status::Complete { earned } | Status::Expiring { earned }) = completed {
        printer.talk(&format!(
            "note: they have completed it, which counts until {}; the exception is kept beside that",
            environment.calendar.day(earned.expires)
        ));
    }
    Ok(Outcome::Fine)
}

/// Nobody is excepted twice from a course at once.
fn require_no_other(
    dossier: Option<&Dossier>,
    course: &CourseId,
    now: Timestamp,
    environment: &Environment,
) -> Result<(), Failure> {
    let mut waivers = dossier
        .into_iter()
        .flat_map(|dossier| dossier.waivers.iter().map(|waiver| (&dossier.number, waiver)));
    let Some((person, other)) = waivers.find(|(_, other)| other.course == *course && other.holds(now)) else {
        return Ok(());
    };
    Err(Failure::new(format!(
        "{person} is excepted from {course} until {} already ({})",
        environment.calendar.last_day(other.until),
        short(other.id)
    ))
    .hint(
        Wording::from("to change it, take it back first: countersign hr waive --revoke ")
            .and(short(other.id))
            .then(" --by NAME --reason WHY"),
    ))
}

fn take_back(
    typed: &str,
    by: String,
    reason: String,
    registry: &mut Registry,
    environment: &Environment,
    printer: Printer,
) -> Result<Outcome, Failure> {
    let now = registry.now()?;
    let all = waivers(registry, now)?;
    let ids = |holding: bool| {
        all.iter().filter(move |(_, waiver)| waiver.holds(now) == holding).map(|(_, waiver)| waiver.id)
    };
    let id = match the_one(typed, ids(true), "exception that holds", "countersign hr waive --list") {
        Ok(id) => id,
        Err(failure) => {
            let over = the_one(typed, ids(false), "exception", "countersign hr waive --list --all").ok();
            let Some((dossier, waiver)) = all.iter().find(|(_, waiver)| Some(waiver.id) == over) else {
                return Err(failure);
            };
            let ended = ended(waiver, environment);
            let (id, number) = (short(waiver.id), &dossier.number);
            return Err(Failure::new(format!("{id} of {number} does not hold any more: {ended}")));
        }
    };
    registry.keep(|at| Change::WaiverRevoked(WaiverRevoked { at, id, by, reason }), printer)?;
    printer.line(&format!("{} is taken back", short(id)))?;
    Ok(Outcome::Fine)
}

fn list(
    arguments: &WaiveArguments,
    registry: &Registry,
    environment: &Environment,
    printer: Printer,
) -> Result<Outcome, Failure> {
    let now = registry.now()?;
    let mut listed = waivers(registry, now)?;
    listed.retain(|(_, waiver)| arguments.all || waiver.holds(now));
    if arguments.json {
        let shown: Vec<_> = listed
            .iter()
            .map(|(dossier, waiver)| {
                json!({
                    "waiver": waiver.id.to_string(),
                    "person": dossier.number,
                    "course": waiver.course,
                    "given": waiver.at,
                    "until": waiver.until,
                    "revoked": waiver.taken_back.is_some(),
                    "approver": waiver.approver,
                    "reason": waiver.reason,
                })
            })
            .collect();
        printer.json(&json!({ "waivers": shown }))?;
        return Ok(Outcome::Fine);
    }
    for (dossier, waiver) in &listed {
        let name = dossier.roster.as_ref().map_or("", |roster| roster.profile.name.as_str());
        let course = &waiver.course;
        let ended = ended(waiver, environment);
        let shown = format!("{}  {name}  {course}  {ended}", dossier.number);
        printer.sentence(&format!("{}  ", short(waiver.id)), &shown)?;
        printer.sentence("  ", &format!("approved by {}: {}", waiver.approver, waiver.reason))?;
    }
    if listed.is_empty() {
        printer.talk("nobody is excepted from anything");
    }
    Ok(Outcome::Fine)
}

/// When an exception ends, or that it was taken back.
pub(super) fn ends(waiver: &WaiverState, environment: &Environment) -> String {
    let calendar = environment.calendar;
    if waiver.taken_back.is_some() {
        format!("taken back on {}", calendar.day(waiver.until))
    } else {
        format!("waived until {}", calendar.last_day(waiver.until))
    }
}

/// The same, with who took it back and why.
fn ended(waiver: &WaiverState, environment: &Environment) -> String {
    let ends = ends(waiver, environment);
    match &waiver.taken_back {
        Some(TakenBack { by, reason, .. }) => format!("{ends} by {by}: {reason}"),
        None => ends,
    }
}

/// Every exception, with whose it is.
fn waivers(registry: &Registry, now: Timestamp) -> Result<Vec<(Dossier, WaiverState)>, Failure> {
    let mut all = Vec::new();
    registry
        .store()
        .dossiers(now, &mut |mut dossier| {
            for waiver in std::mem::take(&mut dossier.waivers) {
                all.push((dossier.clone(), waiver));
            }
            Ok(())
        })
        .map_err(|error| of_store(&error))?;
    Ok(all)
}
