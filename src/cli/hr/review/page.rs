//! What a record, or a file that was put aside, says of itself, and its levels: as the dashboard's pages tell them, in lines.

use super::super::super::environment::Environment;
use super::super::super::error::Failure;
use super::super::super::printer::Printer;
use crate::address::imitation;
use crate::quiz::mark::percent;
use crate::record::verdict::Outcome as Finding;
use crate::registry::collect::{Advice, advice};
use crate::registry::office::{Claimed, LevelFile, SignedBy};

/// Whom it names, whom the roster has, in what the two differ, and what it says was done.
pub(in crate::cli::hr) fn put_claims(
    claimed: &Claimed,
    environment: &Environment,
    printer: Printer,
) -> Result<(), Failure> {
    printer.line(&format!("person      {} ({})", claimed.claimant.name, claimed.number))?;
    printer.line(&format!("roster      {}", claimed.claimant.on_the_roster()))?;
    if let Some(perhaps) = claimed.claimant.perhaps() {
        printer.sentence("            ", &perhaps.to_string())?;
    }
    if let Some(difference) = claimed.claimant.difference() {
        printer.sentence("differs     ", &difference.to_string())?;
    }
    // What differs in letters that look alike is seen nowhere else.
    if let Some(words) = imitation(&claimed.claimant.name, claimed.claimant.known_name()) {
        printer.sentence("differs     ", &format!("the name {words}"))?;
    }
    printer.line(&format!("course      {}, version {}", claimed.title, claimed.version))?;
    let outcome = if claimed.passed { "passed" } else { "not passed" };
    let percent = percent(claimed.earned, claimed.possible);
    printer
        .line(&format!("result      {outcome} with {percent} % (pass mark {} %)", claimed.pass_percent))?;
    match &claimed.signed {
        Some(SignedBy { at, issuer }) => {
            let at = environment.calendar.day_and_time(*at);
            printer.line(&format!("signed      {at} by {issuer}"))
        }
        None => Ok(()),
    }
}

/// A level as it is now, how it was at receipt if that differs, and what to do about it.
pub(in crate::cli::hr) fn put_level(
    file: &LevelFile,
    words: fn(Advice) -> &'static str,
    environment: &Environment,
    printer: Printer,
) -> Result<(), Failure> {
    let LevelFile { level, now, at_receipt } = file;
    let sign = match now.outcome {
        Finding::Pass => '✓',
        Finding::Fail => '✗',
        Finding::Unknown => '?',
    };
    for (place, reason) in now.reasons.iter().enumerate() {
        let reason = &environment.calendar.localized(reason);
        if place == 0 {
            let named = format!("{sign} {:<10} {:<8} ", level.word(), now.outcome.word());
            printer.sentence(&named, reason)?;
        } else {
            printer.sentence(&format!("{:22}", ""), reason)?;
        }
    }
    if let Some(before) = at_receipt.filter(|before| *before != now.outcome) {
        printer.line(&format!("{:22}(at receipt: {})", "", before.word()))?;
    }
    match advice(*level, now) {
        Some(advice) => {
            printer.sentence(&format!("{:22}next: ", ""), &printer.commands().spelled(words(advice)))
        }
        None => Ok(()),
    }
}
