//! `countersign hr evidence`: a folder or archive for an auditor, who needs neither us nor the registry to check it.

mod gather;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Args;

use super::super::Outcome;
use super::super::error::Failure;
use super::super::output::Replacing;
use super::super::printer::Printer;
use super::dates::day;
use super::open::{Registry, not_kept};
use super::postponed::Postponed;
use super::registry::Home;
use super::said::counted;
use crate::clock::{Clock as _, SystemClock, Timestamp};
use crate::course::pack;
use crate::files;
use crate::id::CourseId;
use crate::record::ssh;
use crate::registry::evidence::{NAMESPACE, Sample, end_of};
use crate::report::evidence::{Files, sums};
use crate::shell::{Wording, quoted};
use gather::{Gathered, Wanted};

#[derive(Debug, Args)]
#[command(
    after_help = "The pack has everybody who had to be trained in the period with their status on the last day (whoever had left \
                  before it is only counted), the sample with its records, \
                  receipts and assignments, the courses, the waivers, the log, a page to read (index.html), and a README.txt \
                  with the commands by which an auditor checks all of it with sha256sum, ssh-keygen, openssl, jq and Python. \
                  It is signed with HR's key.\n\n\
                  Let the auditor choose the seed, any text, after the period is over: then nobody chose the sample. The same \
                  registry, period and seed give the same pack.\n\n\
                  The exit code is 1 when the registry is not what its log says; the pack tells it too.\n\n\
                  Examples:\n  \
                  countersign hr evidence --course app-data --from 2026-01-01 --to 2026-12-31 \\\n      \
                  --sample 25 --seed 'auditor 2027-02-11' --out evidence-2026\n  \
                  countersign hr evidence --course app-data --from 2026-01-01 --to 2026-12-31 --out evidence.zip"
)]
pub(in crate::cli) struct EvidenceArguments {
    /// Id of the course
    #[arg(long, value_name = "ID")]
    course: CourseId,
    /// First day of the period, in UTC
    #[arg(long, value_name = "DATE", value_parser = day)]
    from: NaiveDate,
    /// Last day of the period, in UTC
    #[arg(long, value_name = "DATE", value_parser = day)]
    to: NaiveDate,
    /// Records of so many people only, drawn by the seed; of everybody when left out
    #[arg(long, value_name = "N", requires = "seed", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    sample: Option<u32>,
    /// What the sample is drawn by: any text, chosen by the auditor
    #[arg(long, value_name = "TEXT", requires = "sample")]
    seed: Option<String>,
    /// New folder, or file that ends with .zip
    #[arg(long, short, value_name = "DIR|FILE.zip")]
    out: PathBuf,
    #[command(flatten)]
    replacing: Replacing,
}

pub(super) fn run(arguments: &EvidenceArguments, home: &Home, printer: Printer) -> Result<Outcome, Failure> {
    let mut registry = Registry::examine(home)?;
    let now = registry.clock()?.now();
    let mut wanted = Wanted {
        course: arguments.course.clone(),
        from: arguments.from,
        to: arguments.to,
        as_of: as_of(arguments.from, arguments.to, now)?,
        sample: sample(arguments)?,
    };
    registry.unlock(printer)?;
    // Signing puts another one in its place.
    let lost_head = registry.lost_head()?;
    let head = registry.signed_head(printer)?;
    // Asking for a passphrase takes time in which others append, and clocks go wrong: no entry in the pack is later than the
    // moment that it is made.
    let last = gather::last_entry(&registry, &head)?.unwrap_or(now);
    wanted.as_of = as_of(arguments.from, arguments.to, SystemClock.now().max(last))?;
    let Gathered { mut evidence, mut files } = gather::gather(&registry, &head, &wanted)?;
    evidence.findings.extend(lost_head.map(|size| not_kept("the checkpoint beside the database", size)));
    files.extend(crate::report::evidence::files(&evidence));
    sign(&registry, &mut files)?;
    // From here on there are names and answers in files that nobody is to find half made.
    let postponed = Postponed::begin()?;
    if !write(&arguments.out, &files, arguments.replacing, &postponed)? {
        postponed.end("No pack was made. Goodbye.", printer);
    }
    postponed.end("The pack was made before that. Goodbye.", printer);
    drop(postponed);
    printer.talk(&format!(
        "{}: {}; {} chosen, {} of them with a record; begin with README.txt",
        arguments.out.display(),
        counted(evidence.people.len(), "person", "people"),
        evidence.chosen.len(),
        evidence.with_records()
    ));
    let out = quoted(&arguments.out);
    printer.talk(&format!("to check it as an auditor does: countersign verify {out}"));
    if evidence.is_early() {
        printer.talk(&format!(
            "note: the period is not over: the pack tells how it stood at {}, and nothing of what still happens until the end of \
             {}; it says so itself. Make it again when the period is over",
            evidence.as_of, evidence.to
        ));
    }
    if evidence.left_out > 0 {
        printer.talk(&format!(
            "note: {} had left before {} and sent nothing since: no part of the population, and the pack says so",
            counted(evidence.left_out, "person", "people"),
            evidence.from
        ));
    }
    if evidence.findings.is_empty() {
        return Ok(Outcome::Fine);
    }
    printer.advise(
        Wording::from("note: the registry is not what its log says (")
            .and(counted(evidence.findings.len(), "finding", "findings"))
            .then("); the pack tells it, and so does: countersign hr log verify"),
    );
    Ok(Outcome::Findings)
}

/// The end of the last day, or now when that is still to come.
fn as_of(from: NaiveDate, to: NaiveDate, now: Timestamp) -> Result<Timestamp, Failure> {
    if from > to {
        return Err(Failure::new(format!("the period ends on {to}, before it begins on {from}"))
            .hint("--from is its first day and --to its last"));
    }
    if Timestamp::at_start_of(from) > now {
        return Err(Failure::new(format!("the period begins on {from}, which is still to come"))
            .hint("an evidence pack is about what has happened"));
    }
    Ok(end_of(to).min(now))
}

fn sample(arguments: &EvidenceArguments) -> Result<Option<Sample>, Failure> {
    let (Some(size), Some(seed)) = (arguments.sample, &arguments.seed) else { return Ok(None) };
    // It stands in a file that a shell reads, on one line.
    if seed.trim() != seed || seed.is_empty() || seed.chars().any(char::is_control) {
        return Err(Failure::new("the seed is empty, or has spaces at its ends or control characters")
            .hint("any other text will do, such as: --seed 'auditor 2027-02-11'"));
    }
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    Ok(Some(Sample { seed: seed.clone(), size }))
}

/// Lists all files and signs the list.
fn sign(registry: &Registry, files: &mut Files) -> Result<(), Failure> {
    let key = registry.key()?;
    files.insert(
        "allowed_signers".to_owned(),
        ssh::allowed_signer("hr", NAMESPACE, &key.public()).into_bytes(),
    );
    let sums = sums(files);
    files.insert("SHA256SUMS.sig".to_owned(), ssh::sign_file(sums.as_bytes(), NAMESPACE, key).into_bytes());
    files.insert("SHA256SUMS".to_owned(), sums.into_bytes());
    Ok(())
}

/// Whether it was written, and not interrupted before.
fn write(out: &Path, files: &Files, replacing: Replacing, postponed: &Postponed) -> Result<bool, Failure> {
    let is_archive = out.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip"));
    if is_archive {
        let bytes = pack::archive(files).map_err(|error| {
            Failure::new(format!("cannot put the pack into {}", out.display()))
                .because(&error)
                .hint("choose a folder with --out, or a smaller --sample")
        })?;
        // To pack takes the longest.
        return if postponed.is_due() { Ok(false) } else { replacing.write(out, &bytes).map(|()| true) };
    }
    files::remove_tree_leftovers(out, SystemClock.now().system_time());
    files::write_tree_while(out, files, &|| !postponed.is_due()).map_err(|error| {
        let failure = Failure::file(format!("cannot write the pack to {}", out.display()), &error);
        // What else lies in a folder nobody could make again.
        if replacing.force && out.is_dir() {
            failure.hint("--force replaces a zip file alone, and never what is in a folder")
        } else {
            failure
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn status_is_told_for_the_end_of_the_period_or_for_now() {
        fn check(from: &str, to: &str, expected: Option<&str>) {
            let now = "2026-11-23T08:00:00Z".parse().expect("a time");
            let day = |text: &str| text.parse().expect("a day");
            let told = as_of(day(from), day(to), now).ok().map(|at| at.to_string());
            assert_eq!(told.as_deref(), expected, "{from} {to}");
        }
        check("2026-01-01", "2026-10-31", Some("2026-10-31T23:59:59Z"));
        check("2026-01-01", "2026-11-23", Some("2026-11-23T08:00:00Z"));
        check("2026-01-01", "2026-12-31", Some("2026-11-23T08:00:00Z"));
        check("2026-11-23", "2026-11-23", Some("2026-11-23T08:00:00Z"));
        check("2026-11-24", "2026-12-31", None);
        check("2026-02-01", "2026-01-31", None);
    }
}
