//! What must add up in every record, also in one whose course or marking rule nobody has: marks, sums and result.
//!
//! Without the course no mark can be derived again, and then these sums are all that stands between a record and its
//! claims. A forger could choose a course that nobody has and claim full marks without a single answer.

use std::collections::BTreeSet;

use super::super::claims::{AttemptClaim, CompletionClaims};
use super::Reasons;
use crate::course::Percent;
use crate::quiz::mark;

pub(super) fn check(claims: &CompletionClaims, reasons: &mut Reasons) {
    if let Some(last) = claims.attempts.last() {
        check_result(claims, last, reasons);
    }
    for attempt in &claims.attempts {
        check_attempt(attempt, reasons);
    }
    for check in &claims.checks {
        if check.earned > check.possible {
            reasons.fail(format!("knowledge check {}: more points earned than possible", check.quiz));
        }
    }
}

/// The result is that of the last attempt, and whether it is enough follows from the pass mark beside it. Whether that is
/// the pass mark of the course, only the course can say.
fn check_result(claims: &CompletionClaims, last: &AttemptClaim, reasons: &mut Reasons) {
    let result = &claims.result;
    reasons.equal_points("result, points earned", result.earned, last.earned);
    reasons.equal_points("result, points possible", result.possible, last.possible);
    if Percent::new(result.pass_percent).is_none() {
        reasons.fail(format!("result: a pass mark of {} percent cannot be", result.pass_percent));
    }
    let passed = mark::passed(last.earned, last.possible, result.pass_percent);
    reasons.equal("result", &outcome(result.passed), &outcome(passed));
}

fn check_attempt(attempt: &AttemptClaim, reasons: &mut Reasons) {
    let what = format!("attempt {}", attempt.number);
    if attempt.scoring == 0 {
        reasons.fail(format!("{what} was marked by rule 0, but rules are counted from 1"));
    }
    if attempt.responses.is_empty() {
        reasons.fail(format!("{what} holds no question"));
    }
    if attempt.possible == 0 {
        reasons.fail(format!("{what}: no points were possible"));
    }
    if attempt.earned > attempt.possible {
        reasons.fail(format!("{what}: more points earned than possible"));
    }
    let mut seen = BTreeSet::new();
    // A file of 1 MiB has no room for so many marks that their sum overflows.
    let mut sum = 0_u64;
    for response in &attempt.responses {
        if !seen.insert(&response.item) {
            reasons.fail(format!("{what}: question {} stands there twice", response.item));
        }
        if u64::from(response.earned) > attempt.possible {
            reasons.fail(format!(
                "{what}, question {}: earned more points than the whole attempt has",
                response.item
            ));
        }
        sum = sum.saturating_add(response.earned.into());
    }
    reasons.equal_points(format_args!("{what}, points earned"), attempt.earned, sum);
}

pub(super) fn outcome(passed: bool) -> &'static str {
    if passed { "passed" } else { "not passed" }
}
