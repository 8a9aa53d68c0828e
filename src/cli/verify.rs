//! `countersign verify`: five findings about every record.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::files;
use crate::quiz::mark::percent;
use crate::record::json::MAX_BYTES;
use crate::record::verdict::{Approval, CourseVersion, Outcome as Finding, Verdict, Verifier, verdict};
use crate::record::{Assignment, LIMITS, read_assignment};

use super::arguments::VerifyArguments;
use super::error::Failure;
use super::printer::Printer;
use super::{Outcome, courses};

/// How the files of a folder are recognised.
const SUFFIX: &str = ".completion.json";

pub(super) fn run(arguments: &VerifyArguments, printer: Printer) -> Result<Outcome, Failure> {
    let verifier = verifier(arguments)?;
    let files = records(&arguments.files)?;
    let mut report = Report { printer, arguments, shown: Vec::new(), failed: 0, unread: Vec::new() };
    for file in &files {
        report.file(file, &verifier)?;
    }
    report.end(files.len())
}

fn verifier(arguments: &VerifyArguments) -> Result<Verifier, Failure> {
    let mut known = vec![courses::bundled()?];
    for path in &arguments.course {
        known.push(courses::load(path)?);
    }
    let courses = known.into_iter().map(|course| CourseVersion { course, approval: Approval::Approved });
    let assignments = arguments.assignment.iter().map(|path| assignment(path).map(|(_, read)| read));
    let assignments = assignments.collect::<Result<Vec<_>, _>>()?;
    // Whoever names an assignment on the command line vouches for where it came from.
    let trusted_assigners = assignments.iter().map(|assignment| assignment.issuer.clone()).collect();
    Ok(Verifier { courses: courses.collect(), assignments, trusted_assigners, ..Verifier::default() })
}

/// A signed assignment from a file, and its bytes.
pub(super) fn assignment(path: &Path) -> Result<(Vec<u8>, Assignment), Failure> {
    let shown = path.display();
    let bytes = files::read_limited(path, MAX_BYTES as u64)
        .map_err(|error| Failure::file(format!("cannot read the assignment {shown}"), &error))?;
    let assignment = read_assignment(&bytes).map_err(|fault| {
        Failure::new(format!("{shown} is not a sound assignment"))
            .because(&fault)
            .hint("ask whoever sent it for a new copy; mail programs sometimes change attachments")
    })?;
    Ok((bytes, assignment))
}

/// The files named, and those found in the folders named.
fn records(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut records = Vec::new();
    for path in paths {
        if path.is_dir() {
            let found = files::find(path, SUFFIX)
                .map_err(|error| Failure::file(format!("cannot search {}", path.display()), &error))?;
            if found.is_empty() {
                return Err(Failure::new(format!("no completion record in {}", path.display()))
                    .hint(format!("records are recognised by names that end with {SUFFIX}")));
            }
            records.extend(found);
        } else {
            records.push(path.clone());
        }
    }
    Ok(records)
}

/// What is said about the files, one after the other.
struct Report<'a> {
    printer: Printer,
    arguments: &'a VerifyArguments,
    /// For the JSON document.
    shown: Vec<Value>,
    failed: usize,
    /// The files that could not be read; the others are looked at all the same.
    unread: Vec<Failure>,
}

impl Report<'_> {
    fn file(&mut self, path: &Path, verifier: &Verifier) -> Result<(), Failure> {
        // Too large to be a record is a finding about the file, not a reason to stop.
        let bytes = match files::read_beginning(path, MAX_BYTES as u64 + 1) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.unread.push(Failure::file(format!("cannot read {}", path.display()), &error));
                return Ok(());
            }
        };
        let verdict = verdict(&bytes, verifier);
        self.failed += usize::from(verdict.failed());
        if self.arguments.json {
            self.shown.push(as_json(path, &verdict));
            Ok(())
        } else if self.arguments.quiet && !verdict.failed() {
            Ok(())
        } else {
            self.lines(path, &verdict)
        }
    }

    fn lines(&self, path: &Path, verdict: &Verdict) -> Result<(), Failure> {
        self.printer.line(&path.display().to_string())?;
        if let Some(record) = &verdict.record {
            let claims = &record.claims;
            let percent = percent(claims.result.earned, claims.result.possible);
            let outcome = if claims.result.passed { "passed" } else { "not passed" };
            self.printer.line(&format!("  claims     {} ({})", claims.person.name, claims.person.number))?;
            let course = &claims.course;
            self.printer.line(&format!("             {}, version {}", course.title, course.version))?;
            self.printer.line(&format!(
                "             {outcome} with {percent} % (pass mark {} %), signed {}",
                claims.result.pass_percent, record.created,
            ))?;
            self.printer.line(&format!("             fingerprint {}", record.digest))?;
        }
        for (level, finding) in verdict.findings() {
            if self.arguments.quiet && finding.outcome != Finding::Fail {
                continue;
            }
            let sign = match finding.outcome {
                Finding::Pass => '✓',
                Finding::Fail => '✗',
                Finding::Unknown => '?',
            };
            for (index, reason) in finding.reasons.iter().enumerate() {
                if index == 0 {
                    let word = finding.outcome.word();
                    self.printer.line(&format!("{sign} {level:<10} {word:<8} {reason}"))?;
                } else {
                    self.printer.line(&format!("{:22}{reason}", ""))?;
                }
            }
        }
        self.printer.line("")
    }

    fn end(mut self, files: usize) -> Result<Outcome, Failure> {
        if self.arguments.json {
            let report = json!({ "records": self.shown, "failed": self.failed, "limits": LIMITS });
            self.printer.json(&report)?;
        } else if !self.arguments.quiet {
            let records = if files == 1 { "record" } else { "records" };
            let unread = match self.unread.len() {
                0 => String::new(),
                unread => format!(", {unread} not read"),
            };
            self.printer.line(&format!("{files} {records}, {} failed{unread}", self.failed))?;
            self.printer.line(LIMITS)?;
        }
        match self.unread.pop() {
            Some(last) => {
                for failure in &self.unread {
                    self.printer.failure(failure);
                }
                Err(last)
            }
            None if self.failed > 0 => Ok(Outcome::Findings),
            None => Ok(Outcome::Fine),
        }
    }
}

fn as_json(path: &Path, verdict: &Verdict) -> Value {
    let mut levels = serde_json::Map::new();
    for (level, finding) in verdict.findings() {
        let finding = json!({ "outcome": finding.outcome.word(), "reasons": finding.reasons });
        levels.insert(level.to_owned(), finding);
    }
    let record = verdict.record.as_ref().map(|record| {
        let claims = &record.claims;
        json!({
            "digest": record.digest,
            "issuer": record.issuer,
            "created": record.created,
            "person": claims.person,
            "course": claims.course,
            "result": claims.result,
        })
    });
    json!({
        "file": path.display().to_string(),
        "failed": verdict.failed(),
        "levels": levels,
        "record": record,
    })
}
