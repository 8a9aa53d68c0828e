//! Marked answers in words: of several parts each by itself, with what was right and what its author says about it.

use super::given::{Given, best, decided, option, places, say_described};
use super::{Outcomes, described, say_markdown, say_markdown_as, shown};
use crate::plain::session::Session;
use crate::plain::{Stop, words};
use crate::quiz::key::{feedback, key, part_is_right};
use crate::quiz::mark::{is_right, mark};
use crate::quiz::question::{Branch, Choice, Gap, GapKind, Kind, Question, Step};
use crate::quiz::response::Response;
use crate::quiz::walk::walk;
use crate::training::earned_words;

/// A part of an answer, to be said by itself.
struct Part<'q> {
    /// What was given, as sentences.
    given: String,
    /// Whether that is right, and what is right instead.
    verdict: String,
    /// What is right instead.
    right: Option<String>,
    remark: Option<&'q str>,
}

/// Says a marked answer behind `lead`: its parts in the order in which they were shown, each with whether it was right, what is
/// right instead, and the remark of its author.
pub(in crate::plain) fn say_answer(
    session: &mut Session<'_, '_>,
    lead: &str,
    question: &Question,
    order: &[String],
    response: Option<&Response>,
) -> Result<(), Stop> {
    let Some(response) = response else { return session.say(&format!("{lead}: nothing.")) };
    if let (Kind::Scenario { steps }, Response::List(ids)) = (&question.kind, response) {
        session.say(&format!("{lead}:"))?;
        return say_story(session, steps, ids);
    }
    let Some(parts) = parts(question, order, response) else {
        return say_described(session, lead, &described(question, order, response));
    };
    session.say(&format!("{lead}:"))?;
    parts.iter().try_for_each(|part| say_part(session, part))
}

/// Says how an answer was marked, and how that comes about where its parts do not show it.
pub(in crate::plain) fn say_verdict(
    session: &mut Session<'_, '_>,
    question: &Question,
    response: Option<&Response>,
) -> Result<(), Stop> {
    session.say(&words::verdict(mark(question, response)))?;
    match response.and_then(|response| earned_words(question, response)) {
        Some(words) => session.say(&words),
        None => Ok(()),
    }
}

/// Says the remark on an answer that has one part; those on several parts are said with them.
pub(in crate::plain) fn say_remark(
    session: &mut Session<'_, '_>,
    question: &Question,
    response: &Response,
) -> Result<(), Stop> {
    if is_of_parts(question) {
        return Ok(());
    }
    feedback(question, response).into_iter().try_for_each(|remark| say_markdown(session, remark))
}

/// Says what would have been right, unless the answer is, or each of its parts was said with it.
pub(in crate::plain) fn say_key_if_unsaid(
    session: &mut Session<'_, '_>,
    question: &Question,
    order: &[String],
    response: Option<&Response>,
) -> Result<(), Stop> {
    let is_known = |response: &Response| is_of_parts(question) || is_right(question, response);
    if response.is_some_and(is_known) { Ok(()) } else { say_key(session, question, order) }
}

/// Says what would have been right.
pub(in crate::plain) fn say_key(
    session: &mut Session<'_, '_>,
    question: &Question,
    order: &[String],
) -> Result<(), Stop> {
    let key = key(question);
    if let (Kind::Scenario { steps }, Response::List(ids)) = (&question.kind, &key) {
        return say_way(session, "Right is", steps, ids, Outcomes::Unsaid);
    }
    say_described(session, "Right is", &described(question, order, &key))
}

/// Says for each decision that was not right which one is; what came of it was heard.
pub(in crate::plain) fn say_better(
    session: &mut Session<'_, '_>,
    steps: &[Step],
    ids: &[String],
) -> Result<(), Stop> {
    for (index, (step, branch)) in walk(steps, ids).made.iter().enumerate() {
        if !branch.choice.right {
            session.say(&format!("Decision {}, right is: {}", index + 1, best(step)))?;
        }
    }
    Ok(())
}

/// What stands behind a verdict; “Right away” is none.
const ENDS_VERDICT: &[char] = &['.', ',', ':', ';', '!', '–', '—'];

/// `verdict`, unless what the author says begins with the same words, as it often does.
pub(in crate::plain) fn unless_repeated<'v>(verdict: &'v str, remark: &str) -> Option<&'v str> {
    let ends = |rest: &str| rest.is_empty() || rest.starts_with(ENDS_VERDICT);
    let behind = remark.strip_prefix(verdict.trim_end_matches('.'));
    if behind.is_some_and(|rest| ends(rest.trim_start())) { None } else { Some(verdict) }
}

/// Whether an answer has several parts, which are right or not each by itself.
fn is_of_parts(question: &Question) -> bool {
    match question.kind {
        Kind::Multiple { .. }
        | Kind::Match { .. }
        | Kind::Order { .. }
        | Kind::Cloze { .. }
        | Kind::Scenario { .. } => true,
        Kind::Single { .. } | Kind::TrueFalse { .. } | Kind::Number(_) | Kind::Text(_) => false,
    }
}

fn say_part(session: &mut Session<'_, '_>, part: &Part<'_>) -> Result<(), Stop> {
    let Part { given, verdict, right, remark } = part;
    let Some(remark) = remark else {
        return session.say(&match right {
            Some(right) => format!("{given} Not right; right is: {right}"),
            None => format!("{given} {verdict}"),
        });
    };
    match unless_repeated(verdict, remark) {
        Some(verdict) => say_markdown_as(session, &format!("{given} {verdict} "), remark)?,
        None => say_markdown_as(session, &format!("{given} "), remark)?,
    }
    // Not before the remark, which is about what was given.
    right.iter().try_for_each(|right| session.say(&format!("Right is: {right}")))
}

/// The parts of an answer to a question of several; `None` for any other.
fn parts<'q>(question: &'q Question, order: &[String], response: &Response) -> Option<Vec<Part<'q>>> {
    match (&question.kind, response) {
        (Kind::Multiple { options }, Response::List(ids)) => Some(ticks(question, options, order, ids)),
        (Kind::Order { .. }, Response::List(_))
        | (Kind::Match { .. } | Kind::Cloze { .. }, Response::Map(_)) => {
            let keys = places(question, order, &key(question));
            let parts = places(question, order, response).into_iter().enumerate().map(|(index, given)| {
                let right = keys.get(index).and_then(|key| key.words.as_deref()).unwrap_or_default();
                let is_right = part_is_right(question, response, &given.part) == Some(true);
                let (verdict, right) = verdict(&given, is_right, right);
                Part {
                    verdict,
                    right,
                    remark: remark(question, response, &given.part),
                    given: given.sentence(),
                }
            });
            Some(parts.collect())
        }
        (
            Kind::Single { .. }
            | Kind::Multiple { .. }
            | Kind::TrueFalse { .. }
            | Kind::Match { .. }
            | Kind::Order { .. }
            | Kind::Number(_)
            | Kind::Text(_)
            | Kind::Cloze { .. }
            | Kind::Scenario { .. },
            _,
        ) => None,
    }
}

/// The verdict on a part, and what is right instead.
fn verdict(given: &Given, is_right: bool, right: &str) -> (String, Option<String>) {
    match (&given.words, is_right) {
        (Some(_), true) => ("Right.".to_owned(), None),
        (Some(_), false) => ("Not right.".to_owned(), Some(right.to_owned())),
        (None, _) => (format!("Right is: {right}"), None),
    }
}

/// Each option that was ticked or is to be.
fn ticks<'q>(
    question: &'q Question,
    options: &'q [Choice],
    order: &[String],
    ids: &[String],
) -> Vec<Part<'q>> {
    let all = shown(question, order, None);
    let parts = all.iter().filter_map(|shown| {
        let choice = options.iter().find(|choice| choice.id.as_str() == shown.id)?;
        let is_ticked = ids.iter().any(|id| id == shown.id);
        let verdict = match (is_ticked, choice.right) {
            (true, true) => "Right.",
            (true, false) => "Not right.",
            (false, true) => "Not chosen, but right.",
            (false, false) => return None,
        };
        let remark = choice.feedback.as_deref().filter(|_| is_ticked);
        Some(Part { given: option(&all, shown.id), verdict: verdict.to_owned(), right: None, remark })
    });
    parts.collect()
}

/// What the author says about what was chosen for a gap.
fn remark<'q>(question: &'q Question, response: &Response, part: &str) -> Option<&'q str> {
    let (Kind::Cloze { gaps, .. }, Response::Map(map)) = (&question.kind, response) else { return None };
    let gap = gaps.iter().find(|gap| gap.id.as_str() == part)?;
    let Gap { kind: GapKind::Choice(options), .. } = gap else { return None };
    let chosen = map.get(part)?;
    options.iter().find(|choice| choice.id.as_str() == chosen)?.feedback.as_deref()
}

/// Says the way through a story behind `lead`: each situation with what was decided in it.
pub(in crate::plain) fn say_way(
    session: &mut Session<'_, '_>,
    lead: &str,
    steps: &[Step],
    ids: &[String],
    outcomes: Outcomes,
) -> Result<(), Stop> {
    session.say(&format!("{lead}:"))?;
    for (index, (step, branch)) in walk(steps, ids).made.iter().enumerate() {
        let number = index + 1;
        say_markdown_as(session, &format!("Situation {number}: "), &step.text)?;
        let decision = format!("Decision {number}: {}", decided(branch));
        match outcomes {
            Outcomes::Said => say_with_outcome(session, decision, branch)?,
            Outcomes::Unsaid => session.say(&decision)?,
        }
    }
    Ok(())
}

/// Says a decision of a story that goes on with what came of it; what would have been right is told at its end.
fn say_with_outcome(session: &mut Session<'_, '_>, given: String, branch: &Branch) -> Result<(), Stop> {
    let verdict = if branch.choice.right { "Right." } else { "Not right." }.to_owned();
    say_part(session, &Part { given, verdict, right: None, remark: branch.choice.feedback.as_deref() })
}

/// Says the situations of a story with what was decided in each, how that was, and what would have been right.
fn say_story(session: &mut Session<'_, '_>, steps: &[Step], ids: &[String]) -> Result<(), Stop> {
    let walked = walk(steps, ids);
    for (index, (step, branch)) in walked.made.iter().enumerate() {
        let number = index + 1;
        say_markdown_as(session, &format!("Situation {number}: "), &step.text)?;
        let (verdict, right) =
            if branch.choice.right { ("Right.", None) } else { ("Not right.", Some(best(step))) };
        let given = format!("Decision {number}: {}", decided(branch));
        let remark = branch.choice.feedback.as_deref();
        say_part(session, &Part { given, verdict: verdict.to_owned(), right, remark })?;
    }
    let Some(step) = walked.current else { return Ok(()) };
    let number = walked.made.len() + 1;
    say_markdown_as(session, &format!("Situation {number}: "), &step.text)?;
    session.say(&format!("Decision {number}: nothing. Right is: {}", best(step)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// “Right away …” was taken for the verdict, and whoever was right did not hear it.
    #[test]
    fn a_verdict_is_left_out_where_the_author_says_it() {
        for said in ["Right.", "Right: nobody needs it.", "Right, so it is.", "Right – so it is.", "Right"]
        {
            assert_eq!(unless_repeated("Right.", said), None, "{said}");
        }
        for other in ["Right away you call.", "Right now it is too late.", "Rightly so.", "Never.", ""] {
            assert_eq!(unless_repeated("Right.", other), Some("Right."), "{other}");
        }
        assert_eq!(unless_repeated("Not right.", "Not right; ask."), None);
    }
}
