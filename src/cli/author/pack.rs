//! `countersign author pack`: a course as one file.

use std::path::{Path, PathBuf};

use clap::Args;

use super::super::environment::Environment;
use super::super::error::Failure;
use super::super::output::Replacing;
use super::super::printer::Printer;
use super::super::{Outcome, courses};
use super::check::drawn;
use crate::author::check::check;
use crate::course::{self, Course, pack};
use crate::shell::quoted;

#[derive(Debug, Args)]
#[command(
    after_help = "The same course gives the same bytes, on every computer and every day. The digest is that of the folder; \
                  anybody can compute it again, in the folder:\n\n  \
                  find course.ron lessons quizzes assets -name '[._]*' -prune -o -type f -print0 |\n    \
                  LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum\n\n\
                  Learners take the pack with: countersign learn FILE.course\n\n\
                  A course with errors is not packed: they are shown, and the exit code is 1. The same pack written again is \
                  no change and needs no --force.\n\n\
                  Examples:\n  \
                  countersign author pack                        the course in this folder\n  \
                  countersign author pack courses/phishing       another one\n  \
                  countersign author pack -o phishing.course     under a name of your choice"
)]
pub(in crate::cli) struct PackArguments {
    /// Course folder
    #[arg(default_value = ".", value_name = "DIR")]
    course: PathBuf,
    /// The file to write; ID-VERSION.course in the current folder when left out
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    replacing: Replacing,
}

pub(super) fn run(
    arguments: &PackArguments,
    environment: &Environment,
    printer: Printer,
) -> Result<Outcome, Failure> {
    let shown = arguments.course.display().to_string();
    let files = courses::files(&arguments.course)?;
    let report = check(&files, environment.today()).without_warnings();
    if report.counts().0 > 0 {
        printer.bytes(drawn(&report, &arguments.course, environment).as_bytes())?;
        printer
            .talk(&format!("{shown} was not packed: a course with errors cannot be taken or should not be"));
        printer.talk("hint: mend them, then pack again");
        return Ok(Outcome::Findings);
    }
    let course = courses::parse(files, &shown)?;
    let bytes = pack::write(&course.files)
        .map_err(|error| Failure::new(format!("{shown} cannot be packed")).because(&error))?;
    let path = arguments.output.clone().unwrap_or_else(|| default_name(&course));
    if is_part_of_course(&path, &arguments.course) {
        return Err(Failure::new(format!("{} would be a file of the course itself", path.display()))
            .hint("choose a name outside lessons/, quizzes/ and assets/"));
    }
    arguments.replacing.write(&path, &bytes)?;
    printer.line(&path.display().to_string())?;
    printer.line(&format!("  course   {}, version {}", course.title, course.version))?;
    printer.line(&format!("  digest   {}", course.digest))?;
    printer.line(&format!("  content  {} files, {} bytes", course.files.len(), bytes.len()))?;
    printer.talk(&format!("give it to learners; they take it with: countersign learn {}", quoted(&path)));
    Ok(Outcome::Fine)
}

/// Whether a file of this name would be in the next pack, or is what this one is made of.
fn is_part_of_course(path: &Path, course: &Path) -> bool {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // What is not there yet holds no course.
    let (Ok(folder), Ok(course)) = (folder.canonicalize(), course.canonicalize()) else { return false };
    let (Ok(within), Some(name)) = (folder.strip_prefix(course), path.file_name()) else { return false };
    let names = within.iter().chain([name]).map(|name| name.to_string_lossy());
    course::is_course_path(&names.collect::<Vec<_>>().join("/"))
}

/// A name that says which course and which version; what no file name can hold becomes a hyphen.
fn default_name(course: &Course) -> PathBuf {
    let version: String = course
        .version
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '+') { c } else { '-' })
        .collect();
    PathBuf::from(format!("{}-{version}.course", course.id))
}
