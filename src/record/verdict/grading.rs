//! Grading: draw, order, every mark, the score and passed or failed, derived once more from the course.

use super::super::claims::{AttemptClaim, CheckClaim, CompletionClaims, ResponseClaim};
use super::{Finding, Reasons, Verifier};
use crate::course::Course;
use crate::quiz::draw::{Seed, draw};
use crate::quiz::mark::{self, is_well_formed, mark};
use crate::quiz::question::Question;

/// The most attempts that are graded again: a hostile record could ask for days of drawing.
const MOST_ATTEMPTS: usize = 1000;

pub(super) fn finding(claims: &CompletionClaims, verifier: &Verifier) -> Finding {
    let mut reasons = Reasons::default();
    if claims.attempts.is_empty() {
        reasons.fail("the record holds no attempt at the assessment");
    }
    if claims.attempts.len() > MOST_ATTEMPTS {
        reasons.doubt(format!("more than {MOST_ATTEMPTS} attempts are not graded again"));
        return reasons.finding();
    }
    check_numbers(&claims.attempts, &mut reasons);
    let mut graded = 0;
    let mut last = None;
    for attempt in &claims.attempts {
        last = course_of(attempt, claims, verifier, &mut reasons)
            .and_then(|course| check_attempt(attempt, claims, course, &mut reasons));
        if last.is_some() {
            graded += attempt.responses.len();
        }
    }
    check_rules(claims, verifier, &mut reasons);
    if let Some(last) = last {
        check_result(claims, &last, &mut reasons);
    }
    check_checks(&claims.checks, claims, verifier, &mut reasons);
    if graded > 0 {
        reasons.pass(format!(
            "{} drawn and {} marked again: {} of {} points, {}",
            counted(claims.attempts.len(), "attempt"),
            counted(graded, "answer"),
            points(claims.result.earned),
            points(claims.result.possible),
            outcome(claims.result.passed),
        ));
    }
    reasons.finding()
}

/// Attempts are numbered over all runs of a learner, so the first one here need not be 1; a gap is a missing attempt.
fn check_numbers(attempts: &[AttemptClaim], reasons: &mut Reasons) {
    match attempts.first().map(|first| first.number) {
        None | Some(1) => {}
        Some(0) => reasons.fail("attempts are counted from 1, the record has an attempt 0"),
        Some(first) => {
            reasons.pass(format!("begins with attempt {first}: those before belong to an earlier run"));
        }
    }
    for pair in attempts.windows(2) {
        if pair[0].number.checked_add(1) != Some(pair[1].number) {
            reasons.fail(format!("attempt {} follows attempt {}", pair[1].number, pair[0].number));
        }
    }
}

/// The version on which an attempt was taken, if it is here.
fn course_of<'a>(
    attempt: &AttemptClaim,
    claims: &CompletionClaims,
    verifier: &'a Verifier,
    reasons: &mut Reasons,
) -> Option<&'a Course> {
    let digest = attempt.course_digest.as_ref().unwrap_or(&claims.course.digest);
    let Some(version) = verifier.course(digest) else {
        reasons.doubt(format!("attempt {}: no course with the digest {digest} is here", attempt.number));
        return None;
    };
    if version.course.id != claims.course.course_id {
        reasons
            .fail(format!("attempt {} was taken in another course, {}", attempt.number, version.course.id));
        return None;
    }
    Some(&version.course)
}

/// What an attempt earned by our own count.
struct Graded<'a> {
    course: &'a Course,
    earned: u64,
    possible: u64,
}

fn check_attempt<'a>(
    attempt: &AttemptClaim,
    claims: &CompletionClaims,
    course: &'a Course,
    reasons: &mut Reasons,
) -> Option<Graded<'a>> {
    let what = format!("attempt {}", attempt.number);
    let bank = &course.assessment.quiz;
    if attempt.scoring != mark::RULE {
        reasons.doubt(format!("{what} was marked by rule {}, which is not known here", attempt.scoring));
        return None;
    }
    if attempt.quiz != bank.id {
        reasons.fail(format!("{what} is at {}, the assessment is {}", attempt.quiz, bank.id));
        return None;
    }
    let nonce = claims.assignment.as_ref().map(|assignment| assignment.nonce.as_str());
    let seed = Seed::new(&course.digest, &claims.id, nonce, &bank.id, attempt.number);
    let topics: Vec<_> = course.topics.iter().map(|topic| topic.id.clone()).collect();
    let drawn = draw(bank, &topics, course.assessment.draw, &seed).questions;
    if attempt.responses.len() != drawn.len() {
        let (claimed, derived) = (attempt.responses.len(), drawn.len());
        reasons.fail(format!("{what}: the record has {claimed} questions, the draw gives {derived}"));
    }
    let (mut earned, mut possible) = (0_u64, 0_u64);
    for (place, (claim, drawn)) in attempt.responses.iter().zip(&drawn).enumerate() {
        let question = &bank.questions[drawn.index];
        if claim.item == question.id {
            let what = format!("{what}, question {}", claim.item);
            if claim.order != drawn.order {
                reasons.fail(format!("{what}: the options were not shown in the order of the draw"));
            }
            earned += u64::from(check_response(&what, claim, question, reasons));
        } else {
            reasons.fail(format!(
                "{what}: question {} is {}, the draw gives {}",
                place + 1,
                claim.item,
                question.id
            ));
        }
        possible += u64::from(mark(question, None).possible);
    }
    reasons.equal(&format!("{what}, points earned"), &points(attempt.earned), &points(earned));
    reasons.equal(&format!("{what}, points possible"), &points(attempt.possible), &points(possible));
    Some(Graded { course, earned, possible })
}

/// What the answer earns; what the record says it earned must be the same.
fn check_response(what: &str, claim: &ResponseClaim, question: &Question, reasons: &mut Reasons) -> u32 {
    if claim.revision != question.revision {
        reasons.fail(format!(
            "{what}: the record has revision {}, the course has {}",
            claim.revision, question.revision
        ));
    }
    if claim.response.as_ref().is_some_and(|response| !is_well_formed(question, response)) {
        reasons.fail(format!("{what}: the answer is not one that this question takes"));
        return 0;
    }
    let earned = mark(question, claim.response.as_ref()).earned;
    if claim.earned != earned {
        let (claimed, earned) = (points(claim.earned.into()), points(earned.into()));
        reasons.fail(format!("{what}: the record claims {claimed} points, re-graded {earned}"));
    }
    earned
}

/// How many attempts are allowed and how long to wait in between. A run that spans two versions of a course may
/// follow the milder of both.
fn check_rules(claims: &CompletionClaims, verifier: &Verifier, reasons: &mut Reasons) {
    let digests = claims.attempts.iter().filter_map(|attempt| attempt.course_digest.as_ref());
    let versions: Option<Vec<_>> =
        digests.chain([&claims.course.digest]).map(|digest| verifier.course(digest)).collect();
    let Some(versions) = versions else {
        return;
    };
    let rules = || versions.iter().map(|version| &version.course.assessment);
    // `None` is without limit, and so the mildest.
    let allowed = rules().map(|rules| rules.attempts).reduce(|one, other| Some(one?.max(other?))).flatten();
    if let Some(allowed) = allowed
        && claims.attempts.len() > allowed as usize
    {
        reasons.fail(format!("the record has {} attempts, {allowed} are allowed", claims.attempts.len()));
    }
    let wait = rules().map(|rules| rules.wait_minutes).min().unwrap_or_default();
    for pair in claims.attempts.windows(2) {
        if pair[1].started_at < pair[0].finished_at.plus_minutes(wait) {
            reasons.fail(format!(
                "attempt {} began at {}, less than {wait} minutes after attempt {} ended at {}",
                pair[1].number, pair[1].started_at, pair[0].number, pair[0].finished_at
            ));
        }
    }
}

fn check_result(claims: &CompletionClaims, last: &Graded<'_>, reasons: &mut Reasons) {
    let result = &claims.result;
    reasons.equal("result, points earned", &points(result.earned), &points(last.earned));
    reasons.equal("result, points possible", &points(result.possible), &points(last.possible));
    let percent = last.course.assessment.pass_percent.get();
    reasons.equal("result, pass mark in percent", &result.pass_percent, &percent);
    let passed = mark::passed(last.earned, last.possible, percent);
    reasons.equal("result", &outcome(result.passed), &outcome(passed));
}

fn outcome(passed: bool) -> &'static str {
    if passed { "passed" } else { "not passed" }
}

/// Knowledge checks keep no answers, so there is only their frame to compare.
fn check_checks(
    checks: &[CheckClaim],
    claims: &CompletionClaims,
    verifier: &Verifier,
    reasons: &mut Reasons,
) {
    let Some(version) = verifier.course(&claims.course.digest) else {
        return;
    };
    for claim in checks {
        let Some(quiz) = version.course.check(&claim.quiz) else {
            reasons.fail(format!("the course has no knowledge check {}", claim.quiz));
            continue;
        };
        let possible = quiz.questions.iter().map(|question| u64::from(mark(question, None).possible)).sum();
        let what = format!("knowledge check {}, points possible", claim.quiz);
        reasons.equal(&what, &points(claim.possible), &points(possible));
        if claim.earned > claim.possible {
            reasons.fail(format!("knowledge check {}: more points earned than possible", claim.quiz));
        }
    }
}

/// Thousandths as points, as short as they can be written.
fn points(thousandths: u64) -> String {
    let (whole, rest) = (thousandths / 1000, thousandths % 1000);
    if rest == 0 {
        return whole.to_string();
    }
    format!("{whole}.{rest:03}").trim_end_matches('0').to_owned()
}

fn counted(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}
