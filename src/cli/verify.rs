//! `countersign verify`: five findings about every record.

mod archive;
mod earlier;
mod pack;
mod receipts;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use clap::ValueEnum;
use clap::builder::PossibleValue;
use serde_json::{Value, json};

use crate::auditor::receipts::{Decided, Receipts, Told};
use crate::auditor::{Beside, Checked};
use crate::digest::Digest;
use crate::files::{self, FileError};
use crate::packed::is_named;
use crate::quiz::mark::percent;
use crate::record::did::KnownKeys;
use crate::record::json::MAX_BYTES;
use crate::record::verdict::{
    Approval, CourseVersion, Gathered, Level, Outcome as Finding, Verdict, Verifier, verdict,
};
use crate::record::{Assignment, LIMITS, read_assignment, read_kept_assignment};
use crate::registry::change::Decision;
use crate::registry::parcel::{BEGINNING, Kind};

use super::arguments::VerifyArguments;
use super::error::Failure;
use super::printer::Printer;
use super::{Outcome, courses, records};
use earlier::Earlier;

impl ValueEnum for Level {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.word()))
    }
}

pub(super) fn run(arguments: &VerifyArguments, printer: Printer) -> Result<Outcome, Failure> {
    let Some(folder) = arguments.files.iter().find(|path| pack::is_one(path)) else {
        if arguments.log_key.is_some() && arguments.receipt.is_empty() {
            // Somebody has packed the pack in a way of their own.
            if let Some(failure) = arguments.files.iter().find_map(|path| no_pack(path)) {
                return Err(failure);
            }
            return Err(Failure::new("--log-key says by which key receipts are checked, and none is named")
                .hint("name them with --receipt, or verify the folder of a whole evidence pack"));
        }
        return records_of(arguments, printer, None);
    };
    let beside = [&arguments.assignment, &arguments.receipt, &arguments.course];
    if arguments.files.len() > 1 || beside.iter().any(|named| !named.is_empty()) {
        return Err(Failure::new(format!(
            "{} is an evidence pack, which has everything it needs",
            folder.display()
        ))
        .hint("verify it by itself: countersign verify FOLDER"));
    }
    let (checked, beside) = pack::check(folder, arguments.log_key.as_deref())?;
    if !arguments.json {
        pack::tell(&checked, folder, printer, arguments.quiet)?;
    }
    let within = VerifyArguments {
        files: Vec::new(),
        course: Vec::new(),
        assignment: Vec::new(),
        receipt: Vec::new(),
        log_key: None,
        require: arguments.require.clone(),
        json: arguments.json,
        quiet: arguments.quiet,
    };
    records_of(&within, printer, Some((&checked, beside)))
}

/// The five findings about each record, of a pack or by themselves.
fn records_of(
    arguments: &VerifyArguments,
    printer: Printer,
    pack: Option<(&Checked, Beside)>,
) -> Result<Outcome, Failure> {
    let (pack, mut verifier, receipts, held) = if let Some((checked, beside)) = pack {
        (Some(checked), beside.verifier, beside.receipts, beside.records)
    } else {
        let receipts = receipts::read(&arguments.receipt, arguments.log_key.as_deref())?;
        (None, verifier(arguments)?, receipts, Vec::new())
    };
    let mut unread = Vec::new();
    let files = records::named(&arguments.files, printer, &mut unread)?;
    let mut report = Report {
        printer,
        arguments,
        pack,
        files: 0,
        others: 0,
        shown: Vec::new(),
        failed: 0,
        accepted: 0,
        unknown: 0,
        used: BTreeSet::new(),
        assignments: 0,
        receipts,
        earlier: Earlier::of(&files, &held),
        unread,
    };
    for file in &files {
        report.file(file, &mut verifier)?;
    }
    for (path, bytes) in &held {
        report.record(path, bytes, &mut verifier)?;
    }
    // The bundled course is always known; one that was named should have been of use.
    for (path, version) in arguments.course.iter().zip(verifier.courses.iter().skip(1)) {
        let course = &version.course;
        if !report.used.contains(&course.digest) {
            printer.talk(&format!(
                "note: no record is about the course in {} ({} {}, {})",
                path.display(),
                course.id,
                course.version,
                course.digest
            ));
        }
    }
    report.end()
}

fn verifier(arguments: &VerifyArguments) -> Result<Verifier, Failure> {
    let known = courses::known(&arguments.course)?;
    let courses = known.into_iter().map(|course| CourseVersion { course, approval: Approval::Approved });
    let named = records::each(&arguments.assignment, ".assignment.json")?;
    let assignments = named.iter().map(|path| assignment(path).map(|(_, read)| read));
    let assignments = assignments.collect::<Result<Vec<_>, _>>()?;
    // Whoever names an assignment on the command line vouches for where it came from.
    let trusted_assigners = assignments.iter().map(|assignment| assignment.issuer.clone()).collect();
    // In a folder is whatever was collected there; a file is named because it is the one.
    let gathered = if arguments.assignment.iter().any(|path| path.is_dir()) {
        Gathered::Together
    } else {
        Gathered::ByName
    };
    Ok(Verifier {
        courses: courses.collect(),
        assignments,
        gathered,
        trusted_assigners,
        ..Verifier::default()
    })
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

/// What is said about the files, one after the other.
struct Report<'a> {
    printer: Printer,
    arguments: &'a VerifyArguments,
    /// The evidence pack that they are in.
    pack: Option<&'a Checked>,
    /// How many files were judged.
    files: usize,
    /// How many of them are no records, or none that can be read.
    others: usize,
    /// For the JSON document.
    shown: Vec<Value>,
    failed: usize,
    /// How many of those HR accepted by hand.
    accepted: usize,
    /// Records with nothing wrong and something that could not be checked.
    unknown: usize,
    /// The course versions that records name.
    used: BTreeSet<Digest>,
    /// How many of the files are assignments.
    assignments: usize,
    receipts: Receipts,
    /// What they show of each other.
    earlier: Earlier<'a>,
    /// The files that could not be read; the others are looked at all the same.
    unread: Vec<Failure>,
}

impl Report<'_> {
    fn file(&mut self, path: &Path, verifier: &mut Verifier) -> Result<(), Failure> {
        // Too large to be a record is a finding about the file, not a reason to stop.
        let bytes = match files::read_beginning(path, MAX_BYTES as u64 + 1) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.unread.push(unreadable(path, &error));
                return Ok(());
            }
        };
        if let Some(failure) = archive::told(path, &bytes).or_else(|| mail(path, &bytes)) {
            self.unread.push(failure);
            return Ok(());
        }
        self.record(path, &bytes, verifier)
    }

    fn record(&mut self, path: &Path, bytes: &[u8], verifier: &mut Verifier) -> Result<(), Failure> {
        let (verdict, receipt) = self.judged(bytes, verifier);
        self.files += 1;
        self.others += usize::from(verdict.record.is_none());
        self.assignments += usize::from(read_kept_assignment(bytes, &KnownKeys::default()).is_ok());
        let another = receipt.as_ref().is_some_and(|told| told.outcome == Finding::Fail);
        let lacking = Level::ALL.iter().any(|level| self.lacks(*level, verdict.at(*level).outcome));
        let failed = verdict.failed() || another || lacking;
        self.failed += usize::from(failed);
        let digest = verdict.record.as_ref().map(|record| record.digest);
        let decided = digest.and_then(|digest| self.receipts.decided(&digest));
        let is_accepted = decided.is_some_and(|decided| decided.decision() == Decision::Accepted);
        self.accepted += usize::from(failed && is_accepted);
        let unknown = verdict.findings().iter().any(|(_, finding)| finding.outcome == Finding::Unknown);
        self.unknown += usize::from(!failed && unknown);
        self.used.extend(verdict.record.iter().map(|record| record.claims.course.digest));
        if self.arguments.json {
            let beside = (receipt.as_ref(), decided);
            self.shown.push(as_json(path, &verdict, beside, failed, &self.arguments.require));
            Ok(())
        } else if self.arguments.quiet && !failed {
            Ok(())
        } else {
            self.lines(path, &verdict, (receipt.as_ref(), decided))
        }
    }

    /// Whether this level fails a record only because it is required.
    fn lacks(&self, level: Level, outcome: Finding) -> bool {
        outcome == Finding::Unknown && self.arguments.require.contains(&level)
    }

    /// What is found, and what receipts say. A receipt says when the record was there at the latest, which no clock of a
    /// learner can, and what HR found.
    fn judged(&mut self, bytes: &[u8], verifier: &mut Verifier) -> (Verdict, Option<Told>) {
        (verifier.received_at, verifier.attempts_before) = (None, None);
        let first = verdict(bytes, verifier);
        let digest = first.record.as_ref().map(|record| record.digest);
        let claims = first.record.as_ref().map(|record| &record.claims);
        verifier.attempts_before = claims.and_then(|claims| self.earlier.attempts(claims, verifier));
        verifier.received_at = digest.and_then(|digest| self.receipts.received(&digest));
        let verdict = if verifier.received_at.is_some() {
            verdict(bytes, verifier)
        } else {
            first.beside_others(verifier)
        };
        (self.receipts.beside(verdict), self.receipts.finding(digest.as_ref()))
    }

    fn lines(
        &self,
        path: &Path,
        verdict: &Verdict,
        (receipt, decided): (Option<&Told>, Option<&Decided>),
    ) -> Result<(), Failure> {
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
            let lacks = self.lacks(level, finding.outcome);
            self.finding(level.word(), finding.outcome, &finding.reasons, lacks.then_some(level))?;
        }
        if let Some(told) = receipt {
            self.finding("receipt", told.outcome, &told.reasons, None)?;
        }
        if let Some(decided) = decided {
            self.printer.sentence(&format!("  {:<20}", "decision"), &decided.words())?;
        }
        self.printer.line("")
    }

    /// What is found at one place, and that it fails because this level is `required`, if that is so.
    fn finding(
        &self,
        place: &str,
        outcome: Finding,
        reasons: &[String],
        required: Option<Level>,
    ) -> Result<(), Failure> {
        if self.arguments.quiet && outcome == Finding::Pass {
            return Ok(());
        }
        let sign = match outcome {
            Finding::Pass => '✓',
            Finding::Fail => '✗',
            Finding::Unknown if required.is_some() => '✗',
            Finding::Unknown => '?',
        };
        let required =
            required.map(|level| format!("required by --require {}, so the record fails", level.word()));
        let mut before = format!("{sign} {place:<10} {:<8} ", outcome.word());
        for reason in reasons.iter().chain(&required) {
            self.printer.sentence(&before, reason)?;
            before = format!("{:22}", "");
        }
        Ok(())
    }

    fn end(mut self) -> Result<Outcome, Failure> {
        let faults = self.receipts.faults();
        if self.arguments.json {
            let mut report = json!({
                "records": self.shown,
                "failed": self.failed,
                "accepted": self.accepted,
                "unknown": self.unknown,
                "receiptFaults": faults,
                "unread": self.unread.iter().map(|failure| &failure.message).collect::<Vec<_>>(),
                "limits": LIMITS,
            });
            if let Some(pack) = self.pack {
                report["pack"] = pack::json(pack);
            }
            self.printer.json(&report)?;
        } else {
            for fault in &faults {
                self.printer.sentence("✗ receipt    fail     ", fault)?;
            }
        }
        if !self.arguments.json && !self.arguments.quiet {
            // A photo that somebody has named is not counted as a record.
            let what = match (self.files, self.others) {
                (1, 0) => "record",
                (_, 0) => "records",
                (1, _) => "file",
                (_, _) => "files",
            };
            let mut more = String::new();
            if self.accepted > 0 {
                let _ = write!(more, " ({} of them accepted by hand)", self.accepted);
            }
            if self.unknown > 0 {
                let _ = write!(more, ", {} with open questions (?)", self.unknown);
            }
            if !self.unread.is_empty() {
                let _ = write!(more, ", {} not read", self.unread.len());
            }
            if !faults.is_empty() {
                let word = if faults.len() == 1 { "receipt" } else { "receipts" };
                let _ = write!(more, ", {} {word} wrong", faults.len());
            }
            if let Some(pack) = self.pack {
                let _ = write!(more, "; the pack: {}", pack::summary(pack));
            }
            self.printer.line(&format!("{} {what}, {} failed{more}", self.files, self.failed))?;
            self.printer.sentence("", LIMITS)?;
        }
        if self.assignments > 0 {
            let words = if self.assignments == 1 {
                "one file is an assignment"
            } else {
                "some files are assignments"
            };
            self.printer.talk(&format!(
                "note: {words}; to check a record against one: countersign verify RECORD --assignment FILE"
            ));
        }
        match self.unread.pop() {
            Some(last) => {
                for failure in &self.unread {
                    self.printer.failure(failure);
                }
                Err(last)
            }
            None if self.failed > 0 || !faults.is_empty() || self.pack.is_some_and(Checked::failed) => {
                Ok(Outcome::Findings)
            }
            None => Ok(Outcome::Fine),
        }
    }
}

/// What is said of a file that cannot be read, or not be looked into; of a folder nothing.
fn no_pack(path: &Path) -> Option<Failure> {
    if path.is_dir() {
        return None;
    }
    match files::read_beginning(path, BEGINNING as u64) {
        Ok(beginning) => archive::told(path, &beginning),
        Err(error) => Some(unreadable(path, &error)),
    }
}

/// What is said of a mail, or of several in a file, by its name and beginning; nothing of others.
fn mail(path: &Path, bytes: &[u8]) -> Option<Failure> {
    const OF_PROGRAMS: &[&str] = &[".emlx", ".msg", ".oft", ".mht", ".mhtml"];
    let name = path.to_string_lossy();
    let what = match Kind::of(&name, &bytes[..bytes.len().min(BEGINNING)]) {
        Kind::Mail => "a mail",
        Kind::Mailbox => "a mailbox",
        Kind::Sealed(_) if is_named(&name, &[".eml"]) => "a mail",
        Kind::Sealed(_) if is_named(&name, &[".mbox", ".mbx"]) => "a mailbox",
        Kind::Sealed(_) | Kind::Other if is_named(&name, OF_PROGRAMS) => "a mail",
        Kind::Record | Kind::Archive | Kind::Sealed(_) | Kind::Companion(_) | Kind::Other => return None,
    };
    let hint = "save the record that is attached, and verify that; HR collects whole mails: countersign hr collect FILE";
    Some(Failure::new(format!("{name} is {what}, and no record by itself")).hint(hint))
}

fn unreadable(path: &Path, error: &FileError) -> Failure {
    Failure::file(format!("cannot read {}", path.display()), error)
}

fn as_json(
    path: &Path,
    verdict: &Verdict,
    (receipt, decided): (Option<&Told>, Option<&Decided>),
    failed: bool,
    required: &[Level],
) -> Value {
    let mut levels = serde_json::Map::new();
    for (level, finding) in verdict.findings() {
        let (outcome, required) = (finding.outcome.word(), required.contains(&level));
        let finding = json!({ "outcome": outcome, "reasons": finding.reasons, "required": required });
        levels.insert(level.word().to_owned(), finding);
    }
    let receipt =
        receipt.map(|finding| json!({ "outcome": finding.outcome.word(), "reasons": finding.reasons }));
    let decided = decided.map(|decided| {
        let (by, reason) = decided.said().unzip();
        json!({ "decision": decided.decision().word(), "at": decided.at(), "by": by, "reason": reason })
    });
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
        "failed": failed,
        "levels": levels,
        "receipt": receipt,
        "decision": decided,
        "record": record,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A mail was said to be no JSON at its first sign.
    #[test]
    fn a_mail_is_told_as_one_and_a_record_is_none() {
        #[track_caller]
        fn check(name: &str, bytes: &[u8], expected: Option<&str>) {
            let told = mail(Path::new(name), bytes).map(|failure| failure.message);
            assert_eq!(told, expected.map(|what| format!("{name} is {what}, and no record by itself")));
        }
        for name in ["a.eml", "a.EMLX", "a.msg", "a.mht"] {
            check(name, b"From: Ada Byron <ada@example.org>\n", Some("a mail"));
        }
        check("a.eml", b"F\0r\0o\0m\0", Some("a mail"));
        check("a.mbox", b"From ada@example.org\n", Some("a mailbox"));
        check("inbox", b"From ada@example.org\n", Some("a mailbox"));
        check("a.eml", b"{\"@context\"", None);
        check("a.completion.json", b"From me", None);
        check("photo.jpg", b"\xff\xd8", None);
    }
}
