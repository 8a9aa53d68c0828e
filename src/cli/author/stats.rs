//! `countersign author stats`: which questions work.

mod json;
mod table;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;

use super::super::environment::Environment;
use super::super::error::Failure;
use super::super::output::Replacing;
use super::super::printer::Printer;
use super::super::{Outcome, courses, records};
use crate::author::stats::{Collector, Reason, Statistics};
use crate::files;
use crate::phrase::counted;
use crate::record::json::MAX_BYTES;
use crate::report::statistics::{LeftOut, Page, html};

/// What a page is written for when standard output says no width.
const COLUMNS: usize = 80;

#[derive(Debug, Args)]
#[command(
    after_help = "Counted are first attempts, one a person, from records whose signature, content and grading hold; every \
                  answer is marked again. Questions that fewer than 10 learners had show nothing, and with fewer than 30 \
                  there is no verdict. No output names a learner. docs/statistics.md explains every figure. The exit code is 0 when something could be counted, \
                  2 when nothing could or a file could not be read.\n\n\
                  Examples:\n  \
                  countersign author stats records/\n  \
                  countersign author stats records/ --course courses/phishing --all\n  \
                  countersign author stats records/ --course v1.course --course v2.course --html questions.html\n  \
                  countersign author stats records/ --json"
)]
pub(in crate::cli) struct StatsArguments {
    /// Completion records, or folders that are searched for *.completion.json
    #[arg(required = true, value_name = "RECORDS")]
    records: Vec<PathBuf>,
    /// Course folder or pack that records are about, beside the bundled course; every version that was taken; may be
    /// repeated
    #[arg(long, value_name = "DIR|PACK")]
    course: Vec<PathBuf>,
    /// Also the questions that are fine, and the options of all
    #[arg(long)]
    all: bool,
    /// One JSON document on stdout
    #[arg(long)]
    json: bool,
    /// A page for a browser or the printer, with everything; `-` for stdout
    #[arg(long, value_name = "FILE|-", conflicts_with_all = ["json", "all"])]
    html: Option<PathBuf>,
    #[command(flatten)]
    replacing: Replacing,
}

pub(super) fn run(
    arguments: &StatsArguments,
    environment: &Environment,
    printer: Printer,
) -> Result<Outcome, Failure> {
    let mut collector = Collector::new(courses::known(&arguments.course)?);
    let mut unread = Vec::new();
    for path in records::named(&arguments.records, printer, &mut unread)? {
        match files::read_beginning(&path, MAX_BYTES as u64 + 1) {
            Ok(bytes) => collector.add(&bytes),
            Err(error) => unread.push(Failure::file(format!("cannot read {}", path.display()), &error)),
        }
    }
    let statistics = collector.finish();
    if statistics.counted == 0 && unread.is_empty() {
        return Err(nothing_counts(&statistics));
    }
    match (&arguments.html, arguments.json) {
        // What could not be read is told below; there is nothing else to tell.
        _ if statistics.read == 0 => {}
        (Some(path), _) => page(path, arguments.replacing, &statistics, printer)?,
        (None, true) => printer.json(&json::document(&statistics))?,
        (None, false) => {
            let columns = environment.columns.unwrap_or(COLUMNS);
            let detail = if arguments.all { table::Detail::Everything } else { table::Detail::ToDo };
            for line in table::lines(&statistics, columns, detail) {
                printer.line(&line)?;
            }
        }
    }
    match unread.pop() {
        Some(last) => {
            for failure in &unread {
                printer.failure(failure);
            }
            Err(last)
        }
        None => Ok(Outcome::Fine),
    }
}

fn page(path: &Path, replacing: Replacing, statistics: &Statistics, printer: Printer) -> Result<(), Failure> {
    let left_out: Vec<LeftOut<'_>> = statistics
        .reasons()
        .into_iter()
        .map(|(reason, number)| LeftOut { reason: reason.words(), number })
        .collect();
    let page = html(&Page { sheets: &statistics.sheets, read: statistics.read, left_out: &left_out });
    if path.as_os_str() == "-" {
        return printer.bytes(page.as_bytes());
    }
    replacing.write(path, page.as_bytes())?;
    printer.talk_of("wrote", path);
    Ok(())
}

fn nothing_counts(statistics: &Statistics) -> Failure {
    let mut failure =
        Failure::new(format!("none of {} can be counted", counted(statistics.read, "file", "files")));
    for (reason, number) in statistics.reasons() {
        failure.details.push(format!("{number}: {}", reason.words()));
    }
    if statistics.reasons().contains_key(&Reason::UnknownCourse) {
        let about = named(&statistics.unknown);
        failure.hint(format!("give the course with --course DIR|PACK; the records are about {about}"))
    } else {
        failure.hint("countersign verify says of each record what is wrong with it")
    }
}

/// The first of these courses, and how many more there are.
fn named(courses: &BTreeSet<String>) -> String {
    const NAMED: usize = 5;
    let mut names: Vec<String> = courses.iter().take(NAMED).cloned().collect();
    if courses.len() > NAMED {
        names.push(format!("and {} more", courses.len() - NAMED));
    }
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sixth was left out, and nothing said so.
    #[test]
    fn courses_that_are_not_named_are_counted() {
        let courses = |number: usize| (1..=number).map(|nth| format!("c{nth} 1.0.0")).collect();
        let check = |number: usize, expected: &str| assert_eq!(named(&courses(number)), expected);
        check(1, "c1 1.0.0");
        check(5, "c1 1.0.0, c2 1.0.0, c3 1.0.0, c4 1.0.0, c5 1.0.0");
        check(7, "c1 1.0.0, c2 1.0.0, c3 1.0.0, c4 1.0.0, c5 1.0.0, and 2 more");
    }
}
