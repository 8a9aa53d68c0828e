//! `countersign hr course`: the archive of every version of every course that was ever used.

use std::collections::BTreeSet;
use std::path::Path;

use clap::{Args, Subcommand};
use serde_json::json;

use super::super::environment::Environment;
use super::super::error::Failure;
use super::super::output::Replacing;
use super::super::printer::Printer;
use super::super::{Outcome, courses};
use super::by_digest::Prefix;
use super::grounds::{required, unfit};
use super::open::{Purpose, Registry, of_store};
use super::registry::Home;
use crate::course::{self, Course, Policy, pack};
use crate::digest::Digest;
use crate::id::CourseId;
use crate::registry::Change;
use crate::registry::change::{CourseAdded, CourseJudged, CourseState, RetentionSet};
use crate::shell::Wording;
use crate::store::registry::ArchivedCourse;

#[derive(Debug, Args)]
#[command(
    after_help = "Every version is kept by its digest, so records of it can be shown and graded as long as the registry \
                  exists. Only approved versions are assigned. At the level of content records pass of approved ones, and \
                  of a retired one where you had asked that person for it.\n\n\
                  Examples:\n  \
                  countersign hr course add bundled --approve --by 'J. Doe'\n  \
                  countersign hr course add phishing.course\n  \
                  countersign hr course approve 3f2a90bc --by 'J. Doe' --reason 'reviewed with legal'\n  \
                  countersign hr course retention app-data-and-byod --class 'HIPAA training' --years 6 --by 'J. Doe'\n  \
                  countersign hr course list"
)]
pub(in crate::cli) struct CourseArguments {
    #[command(subcommand)]
    verb: CourseVerb,
}

#[derive(Debug, Subcommand)]
enum CourseVerb {
    /// Put a version into the archive
    Add(AddArguments),
    /// Say that a version can be assigned and that its records count
    Approve(ApproveArguments),
    /// Say that a version is not assigned any more
    Retire(JudgeArguments),
    /// Write a version out of the archive, as a pack that learners can take
    Export(ExportArguments),
    /// For how many years records of a course are kept at least
    Retention(RetentionArguments),
    /// Every version in the archive
    List(ListArguments),
}

#[derive(Debug, Args)]
struct AddArguments {
    /// A course pack, a course folder, or the word bundled for the course that came with the program
    #[arg(value_name = "PACK|DIR|bundled")]
    course: String,
    /// Approve it at once
    #[arg(long, requires = "by")]
    approve: bool,
    /// Who approves it
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Approve it although its policy is still the text of a new course
    #[arg(long, requires = "approve")]
    even_so: bool,
}

#[derive(Debug, Args)]
struct ApproveArguments {
    #[command(flatten)]
    judge: JudgeArguments,
    /// Although its policy is still the text of a new course
    #[arg(long)]
    even_so: bool,
}

#[derive(Debug, Args)]
struct JudgeArguments {
    /// The beginning of its digest, as the list shows it
    #[arg(value_name = "DIGEST")]
    version: String,
    /// Who decides
    #[arg(long, value_name = "NAME")]
    by: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

#[derive(Debug, Args)]
struct ExportArguments {
    /// The beginning of its digest, as the list shows it
    #[arg(value_name = "DIGEST")]
    version: String,
    /// The pack to write
    #[arg(long, short, value_name = "FILE")]
    output: std::path::PathBuf,
    #[command(flatten)]
    replacing: Replacing,
}

#[derive(Debug, Args)]
struct RetentionArguments {
    /// Which course, in every version
    #[arg(value_name = "COURSE")]
    course: CourseId,
    /// The retention class as your organisation calls it
    #[arg(long, value_name = "TEXT")]
    class: String,
    /// Years from the receipt of a record, or the end of a waiver
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(..=1_000))]
    years: u32,
    /// Who decides
    #[arg(long, value_name = "NAME")]
    by: String,
}

#[derive(Debug, Args)]
struct ListArguments {
    /// One JSON document on stdout
    #[arg(long)]
    json: bool,
}

pub(super) fn run(
    arguments: &CourseArguments,
    home: &Home,
    environment: &Environment,
    printer: Printer,
) -> Result<Outcome, Failure> {
    let purpose = match &arguments.verb {
        CourseVerb::Export(_) | CourseVerb::List(_) => Purpose::LookAtAll,
        CourseVerb::Add(_) | CourseVerb::Approve(_) | CourseVerb::Retire(_) | CourseVerb::Retention(_) => {
            Purpose::Append
        }
    };
    let mut registry = Registry::open_to(purpose, home, printer)?;
    let outcome = match &arguments.verb {
        CourseVerb::Add(arguments) => add(arguments, &mut registry, printer),
        CourseVerb::Approve(arguments) => approve(arguments, &mut registry, printer),
        CourseVerb::Retire(arguments) => judge(arguments, CourseState::Retired, &mut registry, printer),
        CourseVerb::Export(arguments) => export(arguments, &registry, printer),
        CourseVerb::Retention(arguments) => retention(arguments, &mut registry, printer),
        CourseVerb::List(arguments) => list(arguments, &registry, environment, printer),
    };
    outcome.map(|outcome| registry.looked(outcome))
}

fn add(arguments: &AddArguments, registry: &mut Registry, printer: Printer) -> Result<Outcome, Failure> {
    let by = arguments.by.as_deref().map(|by| required("by", by)).transpose()?;
    if by.is_some() && !arguments.approve {
        return Err(Failure::new("--by says who approves the version, and nobody does")
            .hint("with --approve it is approved at once; without --by it is only added"));
    }
    let files = match arguments.course.as_str() {
        "bundled" => course::embedded(),
        path => courses::files(Path::new(path))?,
    };
    let course = courses::parse(files, &arguments.course)?;
    if arguments.approve && !arguments.even_so {
        require_written(&course)?;
    }
    let pack = pack::write(&course.files)
        .map_err(|error| Failure::new(format!("{} cannot be kept", arguments.course)).because(&error))?;
    let archived = archive(registry)?;
    let there = archived.iter().find(|version| version.digest == course.digest).map(|there| there.state);
    let by = by.filter(|_| there != Some(CourseState::Approved));
    if there.is_some() && by.is_none() {
        printer.talk("nothing to change: this version is in the archive");
    } else {
        registry.unlock(printer)?;
        let lock = registry.lock()?;
        require_state(registry, &course.digest, there)?;
        let at = registry.now()?;
        let added = there.is_none().then(|| {
            Change::CourseAdded(CourseAdded {
                at,
                digest: course.digest,
                course: course.id.clone(),
                title: course.title.clone(),
                version: course.version.clone(),
                validity_days: course.validity_days,
                pack,
            })
        });
        let (digest, state) = (course.digest, CourseState::Approved);
        let judged = by.map(|by| Change::CourseJudged(CourseJudged { at, digest, state, by, reason: None }));
        let changes: Vec<Change> = added.into_iter().chain(judged).collect();
        registry.append(&lock, &changes)?;
    }
    let archived = archive(registry)?;
    let version = archived.iter().find(|version| version.digest == course.digest);
    let state = version.map_or(CourseState::Added, |version| version.state);
    printer.line(&format!(
        "{} {}  {}  {}",
        course.id,
        course.version,
        course.digest.short(),
        state_word(state)
    ))?;
    if state == CourseState::Added {
        match unwritten(&course) {
            None => printer.advise(
                Wording::from("nobody can be assigned to it yet: ").with(approving(&course.digest, "")),
            ),
            Some(refused) => {
                let failure = Failure::new("nobody can be assigned to it yet");
                printer.warning(&write_first(failure, refused, &course.digest));
            }
        }
    }
    tell_undeliverable(&course, printer);
    Ok(Outcome::Fine)
}

/// The command by which a version is approved.
fn approving(digest: &Digest, more: &'static str) -> Wording {
    Wording::from("countersign hr course approve ").and(digest.short()).then(" --by NAME").then(more)
}

/// With what to do about a version that is not approved.
pub(super) fn approvable(failure: Failure, registry: &Registry, version: &ArchivedCourse) -> Failure {
    let files = registry.store().course_files(&version.digest).ok().flatten();
    let course = files.and_then(|files| course::parse(files).ok());
    match course.and_then(|course| unwritten(&course)) {
        None => failure.hint(approving(&version.digest, "")),
        Some(refused) => write_first(failure, refused, &version.digest),
    }
}

/// To approve a version whose policy nobody has written is refused, so that is not the way.
fn write_first(mut failure: Failure, unwritten: String, digest: &Digest) -> Failure {
    failure.causes.push(unwritten);
    failure
        .hint(WRITE_IT)
        .hint(Wording::from("to approve this one all the same: ").with(approving(digest, " --even-so")))
}

/// What a course says of where records go, if that is not to be signed for learners.
pub(super) fn undeliverable(course: &Course) -> Option<Failure> {
    let (words, _) = unfit(&course.deliver_to)?;
    Some(Failure::new(format!("deliver_to of {} {} {words}", course.id, course.version)))
}

/// Says so before anybody is asked: whoever asks has to say it otherwise each time, and rules ask nobody until then.
pub(super) fn tell_undeliverable(course: &Course, printer: Printer) {
    if let Some(failure) = undeliverable(course) {
        printer.warning(&failure
            .hint("learners are to be told where their record goes: have it mended in its course.ron, the version raised, and add that one")
            .hint("or say it whenever somebody is asked: countersign hr assign --course ID --due DATE --deliver-to TEXT"));
    }
}

fn approve(
    arguments: &ApproveArguments,
    registry: &mut Registry,
    printer: Printer,
) -> Result<Outcome, Failure> {
    // One that is approved already is told so.
    let version = named(&arguments.judge.version, archive(registry)?)?;
    let files = match version.state {
        CourseState::Approved => None,
        CourseState::Added | CourseState::Retired => {
            registry.store().course_files(&version.digest).map_err(|error| of_store(&error))?
        }
    };
    // What is not here as it was added is for whoever assigns it, and for hr log verify.
    let course = files.and_then(|files| course::parse(files).ok());
    if let Some(course) = course.as_ref().filter(|_| !arguments.even_so) {
        require_written(course)?;
    }
    let outcome = judge(&arguments.judge, CourseState::Approved, registry, printer)?;
    if let Some(course) = &course {
        tell_undeliverable(course, printer);
    }
    Ok(outcome)
}

/// What to do about a policy that nobody has written.
const WRITE_IT: &str =
    "everybody who takes the course agrees to it: have it written, the version raised, and add that one";

/// Refuses a course with which everybody would agree to a policy that nobody has written.
fn require_written(course: &Course) -> Result<(), Failure> {
    match unwritten(course) {
        Some(words) => {
            Err(Failure::new(words).hint(WRITE_IT).hint("to approve this one all the same: --even-so"))
        }
        None => Ok(()),
    }
}

/// That nobody has written the policy of a course, if that is so.
fn unwritten(course: &Course) -> Option<String> {
    let Course { id, version, .. } = course;
    let policy = course.policy.as_ref().filter(|policy| policy.is_unwritten())?;
    Some(format!("the policy of {id} {version}, {}, still says: {}", policy.lesson.path, Policy::UNWRITTEN))
}

fn judge(
    arguments: &JudgeArguments,
    state: CourseState,
    registry: &mut Registry,
    printer: Printer,
) -> Result<Outcome, Failure> {
    let version = named(&arguments.version, archive(registry)?)?;
    let by = required("by", &arguments.by)?;
    let reason = arguments.reason.as_deref().map(|reason| required("reason", reason)).transpose()?;
    if version.state == state {
        printer.talk(&format!("nothing to change: it is {} already", state_word(state)));
        return Ok(Outcome::Fine);
    }
    registry.unlock(printer)?;
    let lock = registry.lock()?;
    require_state(registry, &version.digest, Some(version.state))?;
    let judged = CourseJudged { at: registry.now()?, digest: version.digest, state, by, reason };
    registry.append(&lock, &[Change::CourseJudged(judged)])?;
    let ArchivedCourse { course, version, digest, .. } = version;
    printer.line(&format!("{course} {version}  {}  {}", digest.short(), state_word(state)))?;
    Ok(Outcome::Fine)
}

/// A version still stands in the archive as it did when it was looked at, or still does not: while this one looked or waited, somebody may
/// have added or judged it.
fn require_state(
    registry: &Registry,
    digest: &Digest,
    looked_at: Option<CourseState>,
) -> Result<(), Failure> {
    let now = archive(registry)?.into_iter().find(|version| version.digest == *digest);
    if now.map(|version| version.state) == looked_at {
        return Ok(());
    }
    Err(Failure::new("this version was added or judged by somebody else meanwhile, and nothing was entered")
        .hint("look how it stands: countersign hr course list; then run the same command again"))
}

fn export(arguments: &ExportArguments, registry: &Registry, printer: Printer) -> Result<Outcome, Failure> {
    let version = named(&arguments.version, archive(registry)?)?;
    arguments.replacing.write(&arguments.output, &packed(registry, &version)?)?;
    printer.line(&arguments.output.display().to_string())?;
    Ok(Outcome::Fine)
}

/// The pack of a version in the archive.
pub(super) fn packed(registry: &Registry, version: &ArchivedCourse) -> Result<Vec<u8>, Failure> {
    let lost = || {
        Failure::new(format!("{} {} is not in the archive as it was added", version.course, version.version))
            .hint("countersign hr log verify says what is wrong")
    };
    let files = registry.store().course_files(&version.digest).map_err(|error| of_store(&error))?;
    pack::write(&files.ok_or_else(lost)?).map_err(|error| lost().because(&error))
}

fn retention(
    arguments: &RetentionArguments,
    registry: &mut Registry,
    printer: Printer,
) -> Result<Outcome, Failure> {
    let (class, by) = (required("class", &arguments.class)?, required("by", &arguments.by)?);
    known(&arguments.course, &archive(registry)?)?;
    let (course, years) = (arguments.course.clone(), arguments.years);
    registry.keep(|at| Change::RetentionSet(RetentionSet { at, course, class, years, by }), printer)?;
    printer.line(&format!("{}  kept for {years} years  {}", arguments.course, arguments.class.trim()))?;
    Ok(Outcome::Fine)
}

fn list(
    arguments: &ListArguments,
    registry: &Registry,
    environment: &Environment,
    printer: Printer,
) -> Result<Outcome, Failure> {
    let archived = archive(registry)?;
    let retentions = registry.store().retentions(registry.latest()?).map_err(|error| of_store(&error))?;
    let retention = |course: &CourseId| retentions.iter().find(|retention| retention.course == *course);
    if arguments.json {
        let shown = archived.iter().map(|version| {
            let retention = retention(&version.course);
            json!({
                "course": version.course,
                "version": version.version,
                "title": version.title,
                "digest": version.digest,
                "state": state_word(version.state),
                "added": version.added_at,
                "approved": version.approved_at,
                "validityDays": version.validity_days,
                "retention": retention.map(|set| json!({ "class": set.class, "years": set.years })),
            })
        });
        printer.json(&json!({ "courses": shown.collect::<Vec<_>>() }))?;
        return Ok(Outcome::Fine);
    }
    for version in &archived {
        printer.line(&format!("{} {}  {}", version.course, version.version, version.title))?;
        printer.line(&format!("  {:<10} {}", "state", state_word(version.state)))?;
        printer.line(&format!("  {:<10} {}", "digest", version.digest.short()))?;
        printer.line(&format!("  {:<10} {}", "added", environment.calendar.day(version.added_at)))?;
        printer.line(&format!("  {:<10} {} days", "counts for", version.validity_days))?;
        let kept = retention(&version.course).map(|set| format!("{} years ({})", set.years, set.class));
        printer.line(&format!(
            "  {:<10} {}",
            "kept for",
            kept.as_deref().unwrap_or("nobody has said for how long")
        ))?;
    }
    if archived.is_empty() {
        printer.advise("there is no course yet: countersign hr course add bundled --approve --by NAME");
    }
    Ok(Outcome::Fine)
}

/// Everything in the archive. Under a clock that is behind it is there, too: whoever is told that it is not adds it again.
pub(super) fn archive(registry: &Registry) -> Result<Vec<ArchivedCourse>, Failure> {
    registry.store().courses(registry.latest()?).map_err(|error| of_store(&error))
}

/// The version whose digest begins so.
pub(super) fn named(typed: &str, archived: Vec<ArchivedCourse>) -> Result<ArchivedCourse, Failure> {
    let prefix = Prefix::of(typed)?;
    let fitting = archived.into_iter().filter(|version| prefix.fits(&version.digest)).collect();
    prefix.the_one(fitting, "version of a course", "countersign hr course list")
}

/// Refuses a course that is not in the archive in any version.
pub(super) fn known(course: &CourseId, archived: &[ArchivedCourse]) -> Result<(), Failure> {
    if archived.iter().any(|version| version.course == *course) {
        return Ok(());
    }
    let there: BTreeSet<&str> = archived.iter().map(|version| version.course.as_str()).collect();
    let failure = Failure::new(format!("there is no course {course} in the registry"));
    let is_bundled = course::parse(course::embedded()).is_ok_and(|bundled| bundled.id == *course);
    Err(if is_bundled {
        failure.hint(
            "it came with the program; add it first: countersign hr course add bundled --approve --by NAME",
        )
    } else if there.is_empty() {
        failure.hint("add it first: countersign hr course add FILE.course --approve --by NAME")
    } else {
        let there: Vec<&str> = there.into_iter().collect();
        failure.hint(format!("there is: {}", there.join(", ")))
    })
}

fn state_word(state: CourseState) -> &'static str {
    match state {
        CourseState::Added => "not approved",
        CourseState::Approved => "approved",
        CourseState::Retired => "retired",
    }
}
