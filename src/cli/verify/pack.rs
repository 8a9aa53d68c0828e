//! An evidence pack: read, handed to the auditor, and what was found told.

mod reading;

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use crate::auditor::{self, Beside, Checked, Finding, Subject};
use crate::record::verdict::Outcome;

use super::super::error::Failure;
use super::super::printer::Printer;
use super::receipts::log_key;
pub(super) use reading::is_one;

/// Looks at a pack. `named` is the key of the log as the auditor knows it, or a file that holds it.
pub(super) fn check(folder: &Path, named: Option<&str>) -> Result<(Checked, Beside), Failure> {
    let read = reading::read(folder)?;
    let named = named.map(log_key).transpose()?;
    Ok(auditor::check(read, folder, named.as_ref()))
}

/// What the findings with this outcome are about.
fn such(checked: &Checked, outcome: Outcome) -> Vec<Subject> {
    let such = checked.findings.iter().filter(|finding| finding.outcome == outcome);
    such.map(|finding| finding.about).collect()
}

fn listed(subjects: &[Subject]) -> String {
    subjects.iter().map(|subject| subject.word()).collect::<Vec<_>>().join(", ")
}

/// In a few words.
pub(super) fn summary(checked: &Checked) -> String {
    let (wrong, unknown) = (such(checked, Outcome::Fail), such(checked, Outcome::Unknown));
    let mut words =
        if wrong.is_empty() { "nothing wrong".to_owned() } else { format!("wrong: {}", listed(&wrong)) };
    let (questions, unknown): (Vec<_>, Vec<_>) =
        unknown.into_iter().partition(|about| *about == Subject::Questions);
    if !unknown.is_empty() {
        let _ = write!(words, "; not checked: {}", listed(&unknown));
        if unknown.contains(&Subject::Pages) {
            words.push_str(" (run no script of the pack)");
        }
    }
    if !questions.is_empty() {
        words.push_str("; there is something to ask about");
    }
    words
}

pub(super) fn tell(checked: &Checked, folder: &Path, printer: Printer, quiet: bool) -> Result<(), Failure> {
    if quiet && checked.findings.iter().all(|finding| finding.outcome == Outcome::Pass) {
        return Ok(());
    }
    printer.line(&format!("{} (evidence pack)", folder.display()))?;
    for Finding { about, outcome, reasons, advice } in &checked.findings {
        let sign = match outcome {
            Outcome::Pass if quiet => continue,
            Outcome::Pass => '\u{2713}',
            Outcome::Fail => '\u{2717}',
            Outcome::Unknown => '?',
        };
        let mut before = format!("{sign} {:<10} {:<8} ", about.word(), outcome.word());
        for line in reasons.iter().map(String::as_str).chain(*advice) {
            printer.sentence(&before, line)?;
            before = format!("{:22}", "");
        }
    }
    printer.line("")
}

pub(super) fn json(checked: &Checked) -> Value {
    let findings = checked.findings.iter().map(|finding| {
        let Finding { outcome, reasons, advice, .. } = finding;
        let told = json!({ "outcome": outcome.word(), "reasons": reasons, "advice": advice });
        (finding.about.word().to_owned(), told)
    });
    Value::Object(findings.collect())
}
