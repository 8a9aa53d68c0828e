//! `countersign hr`: the door of HR and compliance, one file a verb.

mod assign;
mod audience;
mod backup;
mod by_digest;
mod by_id;
mod census;
mod collect;
mod confirm;
mod course;
mod dashboard;
mod dates;
mod desk;
mod erase;
mod evidence;
mod export;
mod grounds;
mod hr_key;
mod init;
mod key;
mod log;
mod open;
mod people;
mod person;
mod pieces;
mod postponed;
mod quarantine;
mod registry;
mod report;
mod restore;
mod review;
mod roster;
mod rule;
mod said;
mod similarity;
mod soundness;
mod status;
mod stranger;
mod terms;
mod waive;

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Outcome;
use super::environment::Environment;
use super::error::Failure;
use super::printer::Printer;
use crate::shell::Wording;
use registry::{Home, LongUnused};

#[derive(Debug, Args)]
#[command(
    after_help = "A registry is a folder: registry.db with everything that was collected, hr.key with HR's signing key, and \
                  checkpoint with the head of its log as it was signed last.\n\n\
                  Without a command, everything is shown on a full screen (hr dashboard).\n\n\
                  The exit code is 0 when all is well; 1 when something waits for a person, or there is a warning: what only \
                  looks goes on with a log that is in doubt, and says so; 2 when a command could not run.\n\n\
                  Environment:\n  \
                  COUNTERSIGN_REGISTRY   the folder of the registry, instead of --registry"
)]
pub(super) struct HrArguments {
    /// Without one, the dashboard
    #[command(subcommand)]
    verb: Option<HrVerb>,
    /// Folder of the registry; else `COUNTERSIGN_REGISTRY`, else the folder you are in
    #[arg(long, value_name = "DIR", global = true)]
    registry: Option<PathBuf>,
    /// Add although nothing was added for two months: you have looked, and the date of this computer is right
    #[arg(long, global = true)]
    clock_is_right: bool,
}

#[derive(Debug, Subcommand)]
enum HrVerb {
    /// Begin a registry, with its key and its log
    Init(init::InitArguments),
    /// The people who must be trained
    Roster(roster::RosterArguments),
    /// Everything that is known of one person
    Person(person::PersonArguments),
    /// Versions of courses: add, approve, retire, keep
    Course(course::CourseArguments),
    /// Ask people to take a course, by a signed file each
    Assign(assign::AssignArguments),
    /// Who has to take a course again and again
    Rule(rule::RuleArguments),
    /// Except people from a course for a time
    Waive(waive::WaiveArguments),
    /// Erase a person's data
    Erase(erase::EraseArguments),
    /// Copy the registry as it is now
    Backup(backup::BackupArguments),
    /// Bring a registry back from a backup
    Restore(restore::RestoreArguments),
    /// Take in completion records, judge, keep and answer them
    Collect(collect::CollectArguments),
    /// Decide about records that the terms leave to a person
    Review(review::ReviewArguments),
    /// Files that were put aside, with the reasons
    Quarantine(quarantine::QuarantineArguments),
    /// People, charts and what waits for a decision, on a full screen
    Dashboard(dashboard::DashboardArguments),
    /// How everybody stands with every course
    Status(status::StatusArguments),
    /// What all people together come to: for the terminal, as a page, as tables
    Report(report::ReportArguments),
    /// On which terms a record counts
    Terms(terms::TermsArguments),
    /// HR's own key, and the keys that people are known by
    Key(key::KeyArguments),
    /// What outsiders hold against the registry: checkpoints, receipts, and whether everything is still as it was
    Log(log::LogArguments),
    /// Hand an auditor what they need to check training without us
    Evidence(evidence::EvidenceArguments),
    /// Write completions for other systems: Open Badges, xAPI, CSV, JSON
    Export(export::ExportArguments),
    /// Hints where answers are worth a look, and no verdicts
    Similar(similarity::SimilarArguments),
}

pub(super) fn run(
    arguments: &HrArguments,
    environment: &Environment,
    printer: Printer,
) -> Result<Outcome, Failure> {
    let printer = match &arguments.registry {
        Some(folder) => printer.in_registry(folder),
        None => printer,
    };
    done(arguments, environment, printer).map_err(|mut failure| {
        for hint in &mut failure.hints {
            *hint = Wording::from(printer.commands().spelled(hint.clone()));
        }
        failure
    })
}

fn done(arguments: &HrArguments, environment: &Environment, printer: Printer) -> Result<Outcome, Failure> {
    let long_unused = if arguments.clock_is_right { LongUnused::GoOn } else { LongUnused::Refuse };
    let find = || Home::find(arguments.registry.as_deref(), environment);
    let home = || find().map(|home| home.when_long_unused(long_unused));
    let Some(verb) = &arguments.verb else {
        return dashboard::run(&dashboard::DashboardArguments::default(), &home()?, environment, printer);
    };
    match verb {
        HrVerb::Init(arguments) => init::run(arguments, environment, printer),
        HrVerb::Roster(arguments) => roster::run(arguments, &home()?, environment, printer),
        HrVerb::Person(arguments) => person::run(arguments, &home()?, environment, printer),
        HrVerb::Course(arguments) => course::run(arguments, &home()?, environment, printer),
        HrVerb::Assign(arguments) => assign::run(arguments, &home()?, environment, printer),
        HrVerb::Rule(arguments) => rule::run(arguments, &home()?, printer),
        HrVerb::Waive(arguments) => waive::run(arguments, &home()?, environment, printer),
        HrVerb::Erase(arguments) => erase::run(arguments, &home()?, environment, printer),
        HrVerb::Backup(arguments) => backup::run(arguments, &home()?, printer),
        HrVerb::Restore(arguments) => restore::run(arguments, printer),
        HrVerb::Collect(arguments) => collect::run(arguments, &home()?, environment, printer),
        HrVerb::Review(arguments) => review::run(arguments, &home()?, environment, printer),
        HrVerb::Quarantine(arguments) => quarantine::run(arguments, &home()?, environment, printer),
        HrVerb::Dashboard(arguments) => dashboard::run(arguments, &home()?, environment, printer),
        HrVerb::Status(arguments) => status::run(arguments, &home()?, environment, printer),
        HrVerb::Report(arguments) => report::run(arguments, &home()?, environment, printer),
        HrVerb::Terms(arguments) => terms::run(arguments, &home()?, printer),
        HrVerb::Key(arguments) => key::run(arguments, &home()?, printer),
        HrVerb::Log(arguments) => log::run(arguments, &home()?, printer),
        HrVerb::Evidence(arguments) => evidence::run(arguments, &home()?, printer),
        HrVerb::Export(arguments) => export::run(arguments, &home()?, printer),
        HrVerb::Similar(arguments) => similarity::run(arguments, &home()?, printer),
    }
}
