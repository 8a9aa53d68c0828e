//! `countersign author check`: everything that is wrong with a course, in one run.

use std::path::{Component, Path, PathBuf};

use clap::Args;

use super::super::Outcome;
use super::super::courses;
use super::super::environment::Environment;
use super::super::error::Failure;
use super::super::printer::Printer;
use crate::author::check::{Ink, Report, check_as_far_as_read, human, json, sarif, summary};

/// As wide as most terminals and logs; used when standard output is neither.
const COLUMNS: usize = 100;

#[derive(Debug, Args)]
#[command(
    after_help = "All faults are found in one run; the exit code is 0 when there is no error, 1 when there is one, 2 when \
                  the course could not be read at all. docs/course-checks.md says what each rule asks for.\n\n\
                  Examples:\n  \
                  countersign author check                              the course in this folder\n  \
                  countersign author check courses/phishing             a course folder or pack\n  \
                  countersign author check --deny-warnings --quiet      in CI\n  \
                  countersign author check --sarif > check.sarif        for code review"
)]
pub(in crate::cli) struct CheckArguments {
    /// Course folder or pack
    #[arg(default_value = ".", value_name = "DIR|PACK")]
    course: PathBuf,
    /// Warnings are errors
    #[arg(long)]
    deny_warnings: bool,
    /// Only say what is wrong
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    form: Form,
}

/// In which form the report comes.
#[derive(Debug, Args)]
struct Form {
    /// One JSON document on stdout
    #[arg(long, conflicts_with_all = ["sarif", "quiet"])]
    json: bool,
    /// One SARIF 2.1.0 document on stdout
    #[arg(long, conflicts_with = "quiet")]
    sarif: bool,
}

pub(super) fn run(
    arguments: &CheckArguments,
    environment: &Environment,
    printer: Printer,
) -> Result<Outcome, Failure> {
    let (files, unreadable) = courses::readable_files(&arguments.course)?;
    let report = check_as_far_as_read(&files, unreadable, environment.today());
    let report = if arguments.deny_warnings { report.with_warnings_denied() } else { report };
    if arguments.form.json {
        printer.json(&json(&report))?;
    } else if arguments.form.sarif {
        let prefix = if arguments.course.is_absolute() { String::new() } else { prefix(&arguments.course) };
        printer.json(&sarif(&report, &prefix, env!("CARGO_PKG_VERSION")))?;
    } else {
        talk(&report, arguments, environment, printer)?;
    }
    let (errors, _) = report.counts();
    Ok(if errors == 0 { Outcome::Fine } else { Outcome::Findings })
}

fn talk(
    report: &Report,
    arguments: &CheckArguments,
    environment: &Environment,
    printer: Printer,
) -> Result<(), Failure> {
    let said = drawn(report, &arguments.course, environment);
    printer.bytes(said.as_bytes())?;
    if arguments.quiet {
        return Ok(());
    }
    if !said.is_empty() {
        printer.line("")?;
    }
    for lesson in &report.lessons {
        let grade = lesson.grade.map_or(String::new(), |grade| format!("grade {grade:.0}"));
        printer.line(&format!("{:>4} min  {grade:<8}  {}  {}", lesson.minutes, lesson.path, lesson.title))?;
    }
    printer.line(&summary(report))
}

/// Every diagnostic with the lines that it is about. What came from a file is defused in it; the colours are ours.
pub(super) fn drawn(report: &Report, course: &Path, environment: &Environment) -> String {
    let columns = environment.columns.unwrap_or(COLUMNS);
    let ink = match environment.columns {
        Some(_) if !environment.no_color => Ink::Colours,
        Some(_) | None => Ink::Plain,
    };
    human(report, &prefix(course), columns, ink)
}

/// What stands before the path of a file to find it from here. Files of a pack are named within the pack.
fn prefix(course: &Path) -> String {
    if !course.is_dir() {
        return String::new();
    }
    let parts = course.components().filter(|part| *part != Component::CurDir);
    let mut prefix = String::new();
    for part in parts {
        let name = part.as_os_str().to_string_lossy();
        prefix.push_str(&name);
        if part != Component::RootDir {
            prefix.push('/');
        }
    }
    prefix
}
