//! `countersign hr assign`: asks people to take a course, by a signed file each.

mod begun;
mod plan;
mod rules;
mod told;
mod write;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;
use clap::Args;
use uuid::Uuid;

use super::super::environment::Environment;
use super::super::error::Failure;
use super::super::output::Delimiter;
use super::super::printer::Printer;
use super::super::{Outcome, courses};
use super::audience::audience;
use super::by_digest::Prefix;
use super::course::{approvable, archive, known};
use super::dates::day;
use super::open::{Lock, Purpose, Registry, of_store};
use super::people::mention_no_roster;
use super::registry::Home;
use super::said::counted;
use crate::clock::{Clock as _, Timestamp};
use crate::course::Course;
use crate::id::CourseId;
use crate::log::Size;
use crate::phrase::named_first;
use crate::record::sign_assignment;
use crate::registry::assign::Request;
use crate::registry::change::{Assigned, Audience, CourseState};
use crate::registry::{Change, PersonNumber};
use crate::shell::quoted;
use crate::store::registry::ArchivedCourse;
use begun::{Begun, Run};
use plan::{Asked, Hand, Plan, Planner};
use told::{Contents, Told};
pub(super) use write::INDEX;
use write::{Shape, Which, Without, Written};

/// How many people are told one by one.
const SHOWN: usize = 20;
/// How many assignments are kept in one step: it bounds the memory that signed files take.
const STEP: usize = 10_000;

#[derive(Debug, Args)]
#[command(
    after_help = "One signed file a person goes into a folder for each department, with index.csv (who gets which file, and \
                  their mail address) and the course as a pack, ready to be mailed or pushed to devices. Whoever is asked \
                  runs: countersign learn COURSE --assignment FILE. Nobody is asked while an assignment is open, or when \
                  what they have completed holds beyond the day. \
                  Everything is kept in the registry first: after an interruption, the same command goes on with whoever \
                  is left, and --write writes the files again. The exit code is 1 when --write has nothing to write, or nothing \
                  for one of those whom --to names by number, and when --rules cannot ask for one of the courses.\n\n\
                  Examples:\n  \
                  countersign hr assign --course app-data-and-byod --due 2026-12-18\n  \
                  countersign hr assign --course app-data-and-byod --due 2026-12-18 --to department=Sales --to role=Nurse\n  \
                  countersign hr assign --course app-data-and-byod --due 2026-12-18 --to people.txt --reason 'incident 42'\n  \
                  countersign hr assign --rules                 what recurring rules ask for; run it each day\n  \
                  countersign hr assign --write --out again     the files of the last run once more\n  \
                  countersign hr assign --write --course app-data-and-byod --to person=007 --out again"
)]
pub(in crate::cli) struct AssignArguments {
    /// Which course
    #[arg(long, value_name = "ID", required_unless_present_any = ["rules", "write"])]
    course: Option<CourseId>,
    /// Which version, by the beginning of its digest; the approved one that was added last when left out
    #[arg(long, value_name = "DIGEST", requires = "due", conflicts_with_all = ["rules", "write"])]
    version: Option<String>,
    /// Until the end of this day
    #[arg(long, value_name = "DATE", value_parser = day, required_unless_present_any = ["rules", "write"])]
    due: Option<NaiveDate>,
    /// Whom: department=NAME, role=NAME, person=NUMBER or a file with a number on each line; everybody when left out; may
    /// be repeated
    #[arg(long, value_name = "WHOM", conflicts_with = "rules")]
    to: Vec<String>,
    /// Why, for the learner and the auditor to read: one line of at most 200 characters
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Where learners send their record, in one line of at most 200 characters; what the course says when left out
    #[arg(long, value_name = "TEXT")]
    deliver_to: Option<String>,
    /// Also ask those who were asked before and have not answered yet, and those who are complete
    #[arg(long, requires = "due", conflicts_with_all = ["rules", "write"])]
    again: bool,
    #[command(flatten)]
    instead: Instead,
    /// Folder for the files; a new one in the folder assignments of the registry when left out
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The sign between the cells of index.csv; a comma when left out
    #[arg(long, value_name = "SIGN", value_enum, conflicts_with = "dry_run")]
    delimiter: Option<Delimiter>,
    /// Only say who would be asked
    #[arg(long)]
    dry_run: bool,
}

impl AssignArguments {
    fn shape(&self, environment: &Environment) -> Shape<'_> {
        Shape {
            calendar: environment.calendar,
            out: self.out.as_deref(),
            separator: self.delimiter.unwrap_or_default().into(),
        }
    }
}

/// What is done instead of asking people by hand.
#[derive(Debug, Args)]
struct Instead {
    /// Make what recurring rules ask for
    #[arg(long, conflicts_with_all = ["course", "due", "write"])]
    rules: bool,
    /// Write files again that were made before and are not answered yet: those of the last run, or of --course; of
    /// whoever --to names, or of everybody
    #[arg(long, conflicts_with_all = ["due", "reason", "deliver_to", "dry_run"])]
    write: bool,
}

pub(super) fn run(
    arguments: &AssignArguments,
    home: &Home,
    environment: &Environment,
    printer: Printer,
) -> Result<Outcome, Failure> {
    let purpose = match (arguments.instead.write, arguments.dry_run) {
        (true, _) => Purpose::LookAtAll,
        (false, true) => Purpose::Look,
        (false, false) => Purpose::Append,
    };
    let told = Told::of(arguments)?;
    let registry = Registry::open_to(purpose, home, printer)?;
    let order = Order { arguments, environment, printer };
    if arguments.instead.write {
        return order.write_again(&registry);
    }
    order.require_free()?;
    if !arguments.dry_run {
        finish(&registry, environment, printer)?;
    }
    // Whom to ask hangs on what was entered last, which a clock that is behind hides.
    let now = registry.clock()?.now();
    let looked_at = registry.store().log_size().map_err(|error| of_store(&error))?;
    let planner = if arguments.instead.rules {
        Planner::Rules
    } else {
        Planner::Hand(Hand::new(arguments, &registry, environment, now)?)
    };
    let mut plan = planner.plan(&registry, environment, now)?;
    for line in plan.left_out.lines() {
        printer.talk(&line);
    }
    // Before anybody types a passphrase for nothing.
    told.contents(&mut plan, &registry)?;
    plan.tell_refused(&BTreeSet::new(), printer);
    if arguments.dry_run {
        order.show(&plan, &registry)
    } else if plan.asked.is_empty() {
        order.say_nobody(&plan, &registry, now)
    } else {
        order.ask(plan, &planner, looked_at, &told, registry)
    }
}

/// What somebody typed, and where they read what comes of it.
struct Order<'a> {
    arguments: &'a AssignArguments,
    environment: &'a Environment,
    printer: Printer,
}

impl Order<'_> {
    /// Writes files that were made before.
    fn write_again(&self, registry: &Registry) -> Result<Outcome, Failure> {
        let which = match &self.arguments.course {
            Some(course) => {
                known(course, &archive(registry)?)?;
                Which::OpenOf(course.clone())
            }
            None => Which::LastRun,
        };
        let whom = audience(&self.arguments.to, registry.store(), registry.latest()?)?;
        let files = write::write(registry, &which, &whom, self.arguments.shape(self.environment))?;
        // What was written for one course says nothing of the others.
        if matches!(which, Which::LastRun) && whom == Audience::default() {
            let left = Begun::left(registry, self.printer)?;
            left.into_iter().filter(|begun| Some(begun.run.at) == files.at).for_each(Begun::end);
        }
        Ok(registry.looked(written(&files, self.printer)?))
    }

    /// Refuses a folder with the list of other assignments in it.
    fn require_free(&self) -> Result<(), Failure> {
        self.arguments.out.as_deref().map_or(Ok(()), write::require_free)
    }

    /// Says who would be asked.
    fn show(&self, plan: &Plan, registry: &Registry) -> Result<Outcome, Failure> {
        for asked in &plan.asked {
            let due = self.environment.calendar.last_day(asked.due);
            self.printer.line(&format!(
                "{}  {}  {}  until {due}",
                asked.number, asked.profile.name, asked.version.course
            ))?;
        }
        let people: BTreeSet<&PersonNumber> = plan.asked.iter().map(|asked| &asked.number).collect();
        let mut words = format!("{} would be asked", counted(people.len(), "person", "people"));
        if plan.asked.len() > people.len() {
            let _ = write!(words, ", with {} assignments", plan.asked.len());
        }
        self.printer.talk(&words);
        if Begun::is_any_left(registry.home()) {
            self.printer.talk(
                "an earlier run was interrupted before its files were written: without --dry-run they are written first",
            );
        }
        Ok(registry.looked(plan.outcome()))
    }

    fn say_nobody(&self, plan: &Plan, registry: &Registry, now: Timestamp) -> Result<Outcome, Failure> {
        if !plan.refused.is_empty() {
            self.printer.talk("nobody else is to be asked");
            return Ok(plan.outcome());
        }
        self.printer.talk("nobody is to be asked");
        mention_no_roster(registry.store(), now, None, self.printer)?;
        if self.arguments.instead.rules
            && registry.store().rules(now).map_err(|error| of_store(&error))?.is_empty()
        {
            self.printer.advise("no rule holds: countersign hr rule add --help");
        }
        Ok(Outcome::Fine)
    }

    /// Asks everybody of a plan that was made when the log was as long as `looked_at`.
    fn ask(
        &self,
        plan: Plan,
        planner: &Planner,
        looked_at: Size,
        told: &Told,
        mut registry: Registry,
    ) -> Result<Outcome, Failure> {
        registry.unlock(self.printer)?;
        let lock = registry.lock()?;
        let now = registry.now()?;
        let refused: BTreeSet<CourseId> = plan.refused.keys().cloned().collect();
        let mut plan = if registry.store().log_size().map_err(|error| of_store(&error))? == looked_at {
            plan
        } else {
            // While this one looked or waited, somebody may have been asked, excepted or erased.
            let anew = planner.plan(&registry, self.environment, now)?;
            plan.tell_difference(&anew, &registry, now, self.printer)?;
            anew
        };
        let contents = told.contents(&mut plan, &registry)?;
        plan.tell_refused(&refused, self.printer);
        let outcome = plan.outcome();
        if plan.asked.is_empty() {
            self.printer.talk("nobody is to be asked any more");
            return Ok(outcome);
        }
        // A run that was interrupted may have had the same folder.
        self.require_free()?;
        let ids: BTreeSet<Uuid> = plan.asked.iter().map(|_| Uuid::new_v4()).collect();
        let run = Run::new(now, ids, self.arguments.out.as_deref(), self.arguments.delimiter);
        let begun = Begun::note(run, registry.home(), &lock)?;
        make(&plan.asked, &begun.run, told, &contents, &mut registry, &lock, self.printer)?;
        drop(lock);
        // From here on it is the registry that says it, and a hundred thousand people need not be in memory twice.
        drop(plan);
        let these = Which::These(&begun.run.ids);
        let shape = self.arguments.shape(self.environment);
        let files = write::write(&registry, &these, &Audience::default(), shape)?;
        begun.end();
        Ok(if written(&files, self.printer)? == Outcome::Fine { outcome } else { Outcome::Findings })
    }
}

/// Writes the files of runs that were interrupted. They wait for nobody: whoever should have them is asked already, and no plan
/// names them again.
fn finish(registry: &Registry, environment: &Environment, printer: Printer) -> Result<(), Failure> {
    for begun in Begun::left(registry, printer)? {
        let Run { ids, out, delimiter, .. } = &begun.run;
        let separator = delimiter.unwrap_or_default().into();
        let write_to = |out| {
            let shape = Shape { calendar: environment.calendar, out, separator };
            write::write(registry, &Which::Interrupted(ids), &Audience::default(), shape)
        };
        // Its folder may be gone, or full of something else.
        let (files, refused) = match (write_to(out.as_deref()), out) {
            (Err(_), Some(out)) => (write_to(None)?, Some(out)),
            (files, _) => (files?, None),
        };
        if files.assignments > 0 {
            printer.talk("an earlier run was interrupted before its files were written; now they are:");
            if let Some(out) = refused {
                printer.talk(&format!("note: they could not be written to {}", out.display()));
            }
            // Nobody is named by number here, so nobody's file can be wanting.
            let _: Outcome = written(&files, printer)?;
        }
        left_since(&files.left, printer);
        begun.end();
    }
    Ok(())
}

/// Says who was asked by a run that was interrupted, and has left before their file was written.
fn left_since(left: &[PersonNumber], printer: Printer) {
    if left.is_empty() {
        return;
    }
    let numbers: Vec<&str> = left.iter().map(PersonNumber::as_str).collect();
    printer.talk(&format!(
        "{} left since an earlier run was interrupted, so their assignments are not written: {}",
        counted(left.len(), "person has", "people have"),
        named_first(&numbers)
    ));
    printer
        .talk("should one come back: countersign hr assign --write --course ID --to person=NUMBER --out DIR");
}

/// The version that is asked for, or the approved one that was added last.
pub(super) fn version(
    course: &CourseId,
    typed: Option<&str>,
    archived: Vec<ArchivedCourse>,
    registry: &Registry,
) -> Result<ArchivedCourse, Failure> {
    known(course, &archived)?;
    let of_course: Vec<ArchivedCourse> =
        archived.into_iter().filter(|version| version.course == *course).collect();
    let Some(typed) = typed else {
        let newest = of_course.last().cloned();
        let approved = of_course.into_iter().rev().find(|version| version.state == CourseState::Approved);
        return approved.ok_or_else(|| {
            let none = format!("no version of {course} is approved");
            match newest {
                Some(version) if version.state == CourseState::Retired => {
                    let digest = version.digest.short();
                    Failure::new(format!("{none}, and {digest}, the newest, was retired"))
                        .hint("add the version that is to be taken: countersign hr course add --help")
                }
                Some(version) => approvable(Failure::new(none), registry, &version),
                None => Failure::new(none).hint("add one: countersign hr course add --help"),
            }
        });
    };
    let prefix = Prefix::of(typed)?;
    let fitting = of_course.into_iter().filter(|version| prefix.fits(&version.digest)).collect();
    let version: ArchivedCourse =
        prefix.the_one(fitting, &format!("version of {course}"), "countersign hr course list")?;
    if version.state != CourseState::Approved {
        let failure = Failure::new(format!("version {} of {course} is not approved", version.version));
        return Err(approvable(failure, registry, &version));
    }
    Ok(version)
}

/// Signs and keeps an assignment for each.
fn make(
    asked: &[Asked],
    run: &Run,
    told: &Told,
    contents: &Contents,
    registry: &mut Registry,
    lock: &Lock,
    printer: Printer,
) -> Result<(), Failure> {
    let now = run.at;
    let mut ids = run.ids.iter().copied();
    for step in asked.chunks(STEP) {
        let key = registry.unlock(printer)?;
        let mut changes = Vec::with_capacity(step.len());
        for (asked, id) in step.iter().zip(ids.by_ref()) {
            let request = Request {
                course: &contents[&asked.version.digest],
                at: now,
                reason: told.reason.as_deref(),
                deliver_to: told.deliver_to.as_deref(),
            };
            let claims = request.claims(&asked.number, &asked.profile, asked.due, nonce()?);
            let signed = sign_assignment(&claims, id, now, key).map_err(|fault| {
                Failure::new(format!("the assignment for {} cannot be signed", asked.number)).because(&fault)
            })?;
            changes.push(Change::Assigned(Assigned {
                at: now,
                id,
                digest: signed.digest,
                person: asked.number.clone(),
                course: asked.version.course.clone(),
                version: asked.version.digest,
                due: asked.due,
                rule: asked.rule,
                bytes: signed.bytes,
            }));
        }
        registry.append(lock, &changes)?;
    }
    Ok(())
}

/// The content of a version in the archive.
pub(super) fn parsed(registry: &Registry, version: &ArchivedCourse) -> Result<Arc<Course>, Failure> {
    let named = format!("{} {}", version.course, version.version);
    let files = registry.store().course_files(&version.digest).map_err(|error| of_store(&error))?;
    let files = files.ok_or_else(|| Failure::new(format!("{named} is not in the archive")))?;
    courses::parse(files, &named)
}

/// Sixteen bytes that nobody can guess: the draw of an attempt depends on them.
fn nonce() -> Result<[u8; 16], Failure> {
    let mut nonce = [0; 16];
    getrandom::fill(&mut nonce).map_err(|_| {
        Failure::new("the operating system gives no random numbers")
            .hint("close other programs, then try again")
    })?;
    Ok(nonce)
}

fn written(written: &Written, printer: Printer) -> Result<Outcome, Failure> {
    let folder = written.folder.display().to_string();
    if written.assignments == 0 {
        printer.talk(&format!("there is no assignment to write: {}", written.why_none));
        without_file(&written.without, printer);
        return Ok(Outcome::Findings);
    }
    printer.line(&folder)?;
    printer.line(&format!(
        "  {}, listed in index.csv",
        counted(written.assignments, "assignment", "assignments")
    ))?;
    for pack in &written.packs {
        printer.line(&format!("  {pack}"))?;
    }
    printer.talk(if written.packs.len() > 1 {
        "send each person their file and the course that index.csv names beside it; they run:"
    } else {
        "send each person their file and the course; they run:"
    });
    for pack in &written.packs {
        printer.talk(&format!("  countersign learn {} --assignment FILE", quoted(pack)));
    }
    without_file(&written.without, printer);
    Ok(if written.without.is_empty() { Outcome::Fine } else { Outcome::Findings })
}

/// Says who was named and has nothing to be written, and where theirs is.
fn without_file(without: &[Without], printer: Printer) {
    for one in without.iter().take(SHOWN) {
        printer.talk(&one.words());
    }
    if let Some(more) = without.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        printer.talk(&format!("and {more} more have no assignment here"));
    }
}
