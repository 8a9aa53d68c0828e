//! Grading: draw, order, every mark, the score and passed or failed, derived once more from the course.

use std::fmt::Arguments;

use super::super::claims::{AttemptClaim, CheckClaim, CompletionClaims, ResponseClaim};
use super::sums::{self, outcome};
use super::{Approval, Cause, Finding, Reasons, Shown, Verifier};
use crate::course::{Assessment, Course};
use crate::digest::Digest;
use crate::phrase::counted;
use crate::quiz::draw::{Seed, draw_places, is_display_order};
use crate::quiz::mark::{self, exact_score, is_well_formed, mark, points};
use crate::quiz::question::Question;

/// The most attempts that are graded again: a hostile record could ask for days of drawing.
const MOST_ATTEMPTS: usize = 1000;

pub(super) fn finding(claims: &CompletionClaims, verifier: &Verifier) -> Finding {
    let mut reasons = Reasons::default();
    if claims.attempts.is_empty() {
        reasons.fail("the record holds no attempt at the assessment");
    }
    check_numbers(&claims.attempts, claims.previous.as_ref(), &mut reasons);
    check_versions(claims, &mut reasons);
    let count = claims.attempts.len();
    if count > MOST_ATTEMPTS {
        reasons.doubt(format!("of more than {MOST_ATTEMPTS} attempts only the last is graded again"));
    }
    let mut marked = Marked::default();
    let mut last = None;
    let mut courses = Vec::with_capacity(count);
    for (place, attempt) in claims.attempts.iter().enumerate() {
        if count > MOST_ATTEMPTS && place + 1 < count {
            courses.push(None);
            continue;
        }
        let course = course_of(attempt, claims, verifier, &mut reasons);
        last = course.and_then(|course| check_attempt(attempt, claims, course, &mut reasons));
        if last.is_some() {
            marked.add(attempt);
        }
        courses.push(course);
    }
    check_rules(claims, &courses, verifier, &mut reasons);
    check_result(claims, last.as_ref(), verifier, &mut reasons);
    check_checks(&claims.checks, claims, verifier, &mut reasons);
    sums::check(claims, &mut reasons);
    if marked.attempts > 0 {
        reasons.pass(marked.words(claims));
    }
    reasons.finding()
}

/// The finding once it is known which attempts were before the first one of the record.
pub(super) fn counted_on(finding: Finding, claims: &CompletionClaims, verifier: &Verifier) -> Finding {
    let (Some(first), Some(before)) = (claims.attempts.first(), verifier.attempts_before) else {
        return finding;
    };
    if before.last.checked_add(1) != Some(first.number) {
        return finding;
    }
    let stands = match before.by {
        Shown::Counting => "counts",
        Shown::Beside => "is here",
    };
    let answer = format!(
        "begins with attempt {}: the record before it, {}, {stands} and ends with attempt {}",
        first.number, before.record, before.last
    );
    finding.answered(Cause::BeginsLater, answer)
}

/// What was drawn and marked again.
#[derive(Default)]
struct Marked {
    attempts: usize,
    answers: usize,
    left_open: usize,
}

impl Marked {
    fn add(&mut self, attempt: &AttemptClaim) {
        let answers = attempt.responses.iter().filter(|response| response.response.is_some()).count();
        self.attempts += 1;
        self.answers += answers;
        self.left_open += attempt.responses.len() - answers;
    }

    fn words(&self, claims: &CompletionClaims) -> String {
        let left_open = match self.left_open {
            0 => String::new(),
            number => format!(", {} left open", counted(number, "question", "questions")),
        };
        // The result is that of the last one.
        let which = if claims.attempts.len() > 1 { "in the last attempt " } else { "" };
        format!(
            "{} drawn and {} marked again{left_open}: {which}{}, {}",
            counted(self.attempts, "attempt", "attempts"),
            counted(self.answers, "answer", "answers"),
            exact_score(claims.result.earned, claims.result.possible),
            outcome(claims.result.passed),
        )
    }
}

/// Attempts are numbered over all runs for the same assignment, or without one, so the first one of an honest record that
/// nobody asked for need not be 1. But the number is part of the draw: with a free choice of it, whoever changes the program
/// tries numbers until one gives easy questions. So a first number above 1 is a doubt until somebody shows the attempts
/// before it. A gap is a missing attempt.
fn check_numbers(attempts: &[AttemptClaim], previous: Option<&Digest>, reasons: &mut Reasons) {
    match attempts.first().map(|first| first.number) {
        None | Some(1) => {}
        Some(0) => reasons.fail("attempts are counted from 1, the record has an attempt 0"),
        Some(first) => {
            let elsewhere = match previous {
                Some(record) => {
                    format!("look in the record before this one, {record}, and in those before it")
                }
                None => "the record names none before it that could show them".to_owned(),
            };
            let words = format!(
                "begins with attempt {first}: that its number was not picked for an easy draw, only the attempts \
                 before it can show; {elsewhere}"
            );
            reasons.doubt_for(Cause::BeginsLater, words);
        }
    }
    for pair in attempts.windows(2) {
        if pair[0].number.checked_add(1) != Some(pair[1].number) {
            reasons.fail(format!("attempt {} follows attempt {}", pair[1].number, pair[0].number));
        }
    }
}

/// A record names the version that its last attempt was taken on, so only earlier attempts can name another one. Else a
/// record could say the new course while what was passed is an old one, or one that does not count any more.
fn check_versions(claims: &CompletionClaims, reasons: &mut Reasons) {
    let last = claims.attempts.len().saturating_sub(1);
    for (place, attempt) in claims.attempts.iter().enumerate() {
        let Some(digest) = &attempt.course_digest else {
            continue;
        };
        if *digest == claims.course.digest {
            reasons.fail(format!("attempt {} names the version of the record once more", attempt.number));
        } else if place == last {
            reasons.fail(format!(
                "attempt {}, the last, was taken on another version than the record names: {digest}",
                attempt.number
            ));
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
    if attempt.course_digest.is_some() {
        let what = format!("attempt {} was taken on version {}", attempt.number, version.course.version);
        match version.approval {
            Approval::Approved => reasons.pass(what),
            Approval::Withdrawn => reasons.doubt(format!("{what}, which is known here but not approved")),
            Approval::Unshown => reasons.doubt(format!("{what}, which nothing shows to be approved")),
        }
    }
    Some(&version.course)
}

/// What an attempt earned by our own count.
struct Graded {
    earned: u64,
    possible: u64,
}

/// Draws and marks an attempt again; `None` when its marks cannot be derived. What no marking rule changes is checked
/// also then.
fn check_attempt(
    attempt: &AttemptClaim,
    claims: &CompletionClaims,
    course: &Course,
    reasons: &mut Reasons,
) -> Option<Graded> {
    let what = format!("attempt {}", attempt.number);
    let bank = &course.assessment.quiz;
    if attempt.quiz != bank.id {
        reasons.fail(format!("{what} is at {}, the assessment is {}", attempt.quiz, bank.id));
        return None;
    }
    let nonce = claims.assignment.as_ref().map(|assignment| assignment.nonce.as_str());
    let seed = Seed::new(&course.digest, &claims.id, nonce, &bank.id, attempt.number);
    let topics = course.topics.iter().map(|topic| &topic.id);
    let drawn = draw_places(bank, topics, course.assessment.draw, &seed);
    if attempt.responses.len() != drawn.len() {
        let (claimed, derived) = (attempt.responses.len(), drawn.len());
        reasons.fail(format!("{what}: the record has {claimed} questions, the draw gives {derived}"));
    }
    match attempt.scoring {
        mark::RULE => {}
        // Not a rule at all, which is a failure of its own.
        0 => return None,
        unknown => {
            reasons.doubt(format!("{what} was marked by rule {unknown}, which is not known here"));
            return None;
        }
    }
    let (mut earned, mut possible) = (0_u64, 0_u64);
    for (place, (claim, drawn)) in attempt.responses.iter().zip(drawn).enumerate() {
        let question = &bank.questions[drawn];
        if claim.item == question.id {
            let what = format_args!("{what}, question {}", claim.item);
            if !is_display_order(&claim.order, question, &seed) {
                reasons.fail(format!("{what}: the options were not shown in the order of the draw"));
            }
            earned += u64::from(check_response(what, claim, question, reasons));
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
    reasons.equal_points(format_args!("{what}, points earned"), attempt.earned, earned);
    reasons.equal_points(format_args!("{what}, points possible"), attempt.possible, possible);
    Some(Graded { earned, possible })
}

/// What the answer earns; what the record says it earned must be the same.
fn check_response(
    what: Arguments<'_>,
    claim: &ResponseClaim,
    question: &Question,
    reasons: &mut Reasons,
) -> u32 {
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
        let unit = if claimed == "1" { "point" } else { "points" };
        reasons.fail(format!("{what}: the record claims {claimed} {unit}, re-graded {earned}"));
    }
    earned
}

/// How many attempts are allowed and how long to wait in between.
///
/// The program asks the version on which an attempt begins whether it may begin: so many attempts were before it in this
/// run, so much time is past since the last. Claiming earlier attempts on a milder version gains next to nothing: the
/// last attempt is judged by the version that the record names, and it counts all of them.
fn check_rules(
    claims: &CompletionClaims,
    courses: &[Option<&Course>],
    verifier: &Verifier,
    reasons: &mut Reasons,
) {
    let named = verifier.course(&claims.course.digest).map(|version| &version.course.assessment);
    let attempts = &claims.attempts;
    let rules = |place: usize| -> Option<&Assessment> {
        if place + 1 == attempts.len() { named } else { courses[place].map(|course| &course.assessment) }
    };
    for (place, attempt) in attempts.iter().enumerate() {
        let Some(rules) = rules(place) else {
            continue;
        };
        if let Some(allowed) = rules.attempts
            && place >= allowed as usize
        {
            reasons.fail(format!(
                "attempt {} is number {} of the record, {allowed} are allowed",
                attempt.number,
                place + 1
            ));
        }
        let wait = rules.waits.after(u32::try_from(place).unwrap_or(u32::MAX));
        if let Some(before) = place.checked_sub(1).map(|before| &attempts[before])
            && attempt.started_at < before.finished_at.plus_minutes(wait)
        {
            reasons.fail(format!(
                "attempt {} began at {}, less than {wait} minutes after attempt {} ended at {}",
                attempt.number, attempt.started_at, before.number, before.finished_at
            ));
        }
    }
}

/// The pass mark is that of the version which the record names, also when its last attempt cannot be marked again.
fn check_result(
    claims: &CompletionClaims,
    last: Option<&Graded>,
    verifier: &Verifier,
    reasons: &mut Reasons,
) {
    let Some(version) = verifier.course(&claims.course.digest) else {
        return;
    };
    let result = &claims.result;
    let percent = version.course.assessment.pass_percent.get();
    reasons.equal("result, pass mark in percent", &result.pass_percent, &percent);
    if let Some(last) = last {
        reasons.equal_points("result, points earned", result.earned, last.earned);
        reasons.equal_points("result, points possible", result.possible, last.possible);
        let passed = mark::passed(last.earned, last.possible, percent);
        reasons.equal("result", &outcome(result.passed), &outcome(passed));
    }
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
        let what = format_args!("knowledge check {}, points possible", claim.quiz);
        reasons.equal_points(what, claim.possible, possible);
    }
}
