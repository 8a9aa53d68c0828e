//! Questions and answers in words.

mod around;
mod given;
mod graded;
mod open;

use std::collections::BTreeMap;

use super::command::Switch;
use super::session::Session;
use super::talk::{Expected, Way};
use super::{AnsweredPart, Stop, words};
use crate::markup::{PassageKind, linear_with_addresses, plain};
use crate::printable::Printable;
use crate::quiz::draw::in_order;
use crate::quiz::question::{Choice, Gap, GapKind, Item, Kind, NumberKey, Question, Step, placeholder};
use crate::quiz::response::Response;
use crate::quiz::walk::walk;
use crate::training::{from_lesson, only_whole_earns};
pub(super) use around::say_around;
pub(super) use given::{decided, described, say_described, say_so_far};
pub(super) use graded::{
    say_answer, say_better, say_key, say_key_if_unsaid, say_remark, say_verdict, unless_repeated,
};
pub(super) use open::{gap_asked, open_parts, still_open};

/// How much of a question is said.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Say {
    Whole,
    /// What is asked for now.
    Part,
    /// Nothing of it: it was heard a moment ago.
    Nothing,
}

/// Whether what came of the decisions of a story is said with them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcomes {
    Said,
    /// As in the assessment, where nobody hears it before they submit.
    Unsaid,
}

/// Something that can be chosen, at its place on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown<'q> {
    pub(super) id: &'q str,
    pub(super) text: Printable,
}

/// What can be chosen, in the order of the draw. `part` is the gap of a cloze text or the step of a story.
pub(super) fn shown<'q>(question: &'q Question, order: &[String], part: Option<&str>) -> Vec<Shown<'q>> {
    let all: Vec<(&str, &str)> = match &question.kind {
        Kind::Single { options } | Kind::Multiple { options } => choices(options),
        Kind::TrueFalse { .. } => vec![("true", "True"), ("false", "False")],
        Kind::Match { pairs, extra } => {
            let rights = pairs.iter().map(|pair| (pair.id.as_str(), pair.right.as_str()));
            rights.chain(items(extra)).collect()
        }
        Kind::Order { items: parts, .. } => items(parts).collect(),
        Kind::Number(_) | Kind::Text(_) => Vec::new(),
        Kind::Cloze { gaps, .. } => match gaps.iter().find(|gap| Some(gap.id.as_str()) == part) {
            Some(Gap { kind: GapKind::Choice(options), .. }) => choices(options),
            Some(_) | None => Vec::new(),
        },
        Kind::Scenario { steps } => {
            let step = steps.iter().find(|step| Some(step.id.as_str()) == part);
            let branches = step.map_or(&[][..], |step| &step.options);
            branches.iter().map(|b| (b.choice.id.as_str(), b.choice.text.as_str())).collect()
        }
    };
    let all = all.into_iter().map(|(id, text)| Shown { id, text: plain(text) }).collect();
    in_order(all, order, |Shown { id, .. }| {
        part.map_or_else(|| (*id).to_owned(), |part| format!("{part}/{id}"))
    })
}

fn choices(options: &[Choice]) -> Vec<(&str, &str)> {
    options.iter().map(|option| (option.id.as_str(), option.text.as_str())).collect()
}

fn items(items: &[Item]) -> impl Iterator<Item = (&str, &str)> {
    items.iter().map(|item| (item.id.as_str(), item.text.as_str()))
}

/// Says the question with everything that can be chosen, and what was answered so far.
pub(super) fn say(
    session: &mut Session<'_, '_>,
    question: &Question,
    order: &[String],
    response: Option<&Response>,
    outcomes: Outcomes,
) -> Result<(), Stop> {
    if session.ids == Switch::On {
        session.say(&format!("[{}/{}]", question.topic, question.id))?;
    }
    say_markdown(session, &question.prompt)?;
    match &question.kind {
        Kind::Single { .. } | Kind::Multiple { .. } | Kind::TrueFalse { .. } => {
            say_options(session, &shown(question, order, None))?;
        }
        Kind::Order { .. } => {
            session.say("To be put in order:")?;
            say_options(session, &shown(question, order, None))?;
        }
        Kind::Match { pairs, .. } => {
            let lefts = pairs.iter().map(|pair| Shown { id: pair.id.as_str(), text: plain(&pair.left) });
            // The two sides of a pair have one identifier, so saying it would answer the question.
            say_numbered(session, Switch::Off, "Left side ", &lefts.collect::<Vec<_>>())?;
            say_numbered(session, Switch::Off, "Right side ", &shown(question, order, None))?;
        }
        Kind::Number(key) => session.say(&format!("The answer is {}.", a_number(key)))?,
        Kind::Cloze { text, gaps } => say_markdown(session, &with_gaps(text, gaps))?,
        Kind::Text(_) | Kind::Scenario { .. } => {}
    }
    if let Some(response) = response {
        let heading =
            if crate::quiz::mark::is_complete(question, response) { "Your answer" } else { "So far" };
        let answer = described(question, order, response);
        if answer.is_empty() {
            return Ok(());
        }
        match &question.kind {
            // What was decided says nothing without the situation.
            Kind::Scenario { steps } => {
                graded::say_way(session, heading, steps, chosen(Some(response)), outcomes)?;
            }
            Kind::Single { .. }
            | Kind::Multiple { .. }
            | Kind::TrueFalse { .. }
            | Kind::Match { .. }
            | Kind::Order { .. }
            | Kind::Number(_)
            | Kind::Text(_)
            | Kind::Cloze { .. } => say_described(session, heading, &answer)?,
        }
    }
    Ok(())
}

/// Whether [`say`] and one call of [`say_part`] say everything that a learner answers; the choices of a gap come with its turn.
pub(super) fn is_said_at_once(question: &Question) -> bool {
    !matches!(question.kind, Kind::Cloze { .. })
}

/// Says the part that is asked for now: the present step of a story, the open gap of a cloze text.
pub(super) fn say_part(
    session: &mut Session<'_, '_>,
    question: &Question,
    order: &[String],
    response: Option<&Response>,
    gap: Option<usize>,
) -> Result<(), Stop> {
    match &question.kind {
        Kind::Scenario { steps } => {
            let walked = walk(steps, chosen(response));
            match walked.current {
                Some(step) => say_step(session, question, order, step, walked.made.len()),
                // That it has ended is said with the prompt.
                None => Ok(()),
            }
        }
        Kind::Cloze { gaps, .. } => match at(gaps, gap) {
            Some((index, gap)) => {
                let id = named(session.ids, gap.id.as_str());
                let gap_number = format!("{id}Gap {} of {}", index + 1, gaps.len());
                match &gap.kind {
                    GapKind::Choice(_) => {
                        session.say(&format!("{gap_number}, one of these:"))?;
                        say_options(session, &shown(question, order, Some(gap.id.as_str())))
                    }
                    GapKind::Text(_) => session.say(&format!("{gap_number}, a word or a short text.")),
                    GapKind::Number(key) => session.say(&format!("{gap_number}, {}.", a_number(key))),
                }
            }
            None => Ok(()),
        },
        Kind::Single { .. }
        | Kind::Multiple { .. }
        | Kind::TrueFalse { .. }
        | Kind::Match { .. }
        | Kind::Order { .. }
        | Kind::Number(_)
        | Kind::Text(_) => Ok(()),
    }
}

/// Says what was asked for beside the question itself, where the answer is not said with it: the choices of each gap, the
/// beginning of a story in which nothing was decided.
pub(super) fn say_parts(
    session: &mut Session<'_, '_>,
    question: &Question,
    order: &[String],
    response: Option<&Response>,
) -> Result<(), Stop> {
    match &question.kind {
        Kind::Cloze { gaps, .. } => {
            (0..gaps.len()).try_for_each(|gap| say_part(session, question, order, response, Some(gap)))
        }
        Kind::Scenario { .. } if response.is_none() => say_part(session, question, order, None, None),
        Kind::Scenario { .. }
        | Kind::Single { .. }
        | Kind::Multiple { .. }
        | Kind::TrueFalse { .. }
        | Kind::Match { .. }
        | Kind::Order { .. }
        | Kind::Number(_)
        | Kind::Text(_) => Ok(()),
    }
}

/// Says a step of a story in which so many decisions were made.
fn say_step(
    session: &mut Session<'_, '_>,
    question: &Question,
    order: &[String],
    step: &Step,
    made: usize,
) -> Result<(), Stop> {
    // Where it begins is not heard otherwise, behind a decision or behind what is asked.
    say_markdown_as(session, &format!("Situation {}: ", made + 1), &step.text)?;
    say_options(session, &shown(question, order, Some(step.id.as_str())))
}

/// How to answer, as the beginning of a prompt, and whether free text is expected.
pub(super) fn expected(
    question: &Question,
    response: Option<&Response>,
    gap: Option<usize>,
) -> (String, Expected) {
    let choice = |words: &str| (words.to_owned(), Expected::Choice);
    match &question.kind {
        Kind::Single { .. } | Kind::TrueFalse { .. } => choice("Answer with one number."),
        Kind::Multiple { .. } => choice("Answer with the numbers of all that are right, such as 1 3."),
        Kind::Match { .. } => choice("Answer with pairs of left and right, such as 1=3 2=1."),
        Kind::Order { items, .. } => {
            let whole = only_whole_earns(question).map_or_else(String::new, |words| format!(" {words}"));
            (format!("Answer with all {} numbers in the right order.{whole}", items.len()), Expected::Choice)
        }
        Kind::Number(_) => choice("Answer with a number."),
        Kind::Text(_) => ("Answer with a word or a short text.".to_owned(), Expected::FreeText),
        Kind::Cloze { gaps, .. } => match at(gaps, gap) {
            Some((index, gap)) => match &gap.kind {
                GapKind::Choice(_) => (format!("Fill gap {} with one number.", index + 1), Expected::Choice),
                GapKind::Number(_) => (format!("Fill gap {} with a number.", index + 1), Expected::Choice),
                GapKind::Text(_) => (format!("Fill gap {} with words.", index + 1), Expected::FreeText),
            },
            None => choice("Every gap is filled. To change one, type gap and its number, such as gap 2."),
        },
        Kind::Scenario { steps } if walk(steps, chosen(response)).current.is_none() => {
            choice("The story has ended.")
        }
        Kind::Scenario { .. } => choice("Answer with the number of what you decide."),
    }
}

/// In which way it is answered.
pub(super) fn way(question: &Question) -> Way {
    match &question.kind {
        Kind::Single { .. } => Way::OneNumber,
        Kind::Multiple { .. } => Way::Numbers,
        Kind::TrueFalse { .. } => Way::TrueOrFalse,
        Kind::Match { .. } => Way::Pairs,
        Kind::Order { .. } => Way::InOrder,
        Kind::Number(_) => Way::Number,
        Kind::Text(_) => Way::Text,
        Kind::Cloze { .. } => Way::Gap,
        Kind::Scenario { .. } => Way::Decision,
    }
}

/// `, from lesson 5` where a question is asked elsewhere than in the check of its lesson.
pub(super) fn origin(session: &Session<'_, '_>, question: &Question) -> String {
    let here = session.here.answered_part();
    let module = session.training.module_of(question);
    let elsewhere = module.filter(|module| here != Some(AnsweredPart::Check(*module)));
    let from = elsewhere.map_or_else(String::new, |module| format!(", {}", from_lesson(module)));
    // One point is what everybody expects.
    match question.points.get() {
        1 => from,
        points => format!("{from}, {points} points"),
    }
}

/// Says that there is no question of this number.
pub(super) fn say_not_there(session: &mut Session<'_, '_>, number: usize, total: usize) -> Result<(), Stop> {
    session.say(&words::not_there("question", number, total))
}

/// Says how to go to a question, to whoever typed its number alone.
pub(super) fn say_how_to_go(session: &mut Session<'_, '_>, line: &str) -> Result<(), Stop> {
    let line = words::said_back(line);
    session.say(&format!("To go to a question, type go and its number, such as: go {line}"))
}

/// How many gaps a question has.
pub(super) fn gaps(question: &Question) -> usize {
    if let Kind::Cloze { gaps, .. } = &question.kind { gaps.len() } else { 0 }
}

/// The index of the gap of this number; says so where there is none.
pub(super) fn gap_numbered(
    session: &mut Session<'_, '_>,
    question: &Question,
    number: usize,
) -> Result<Option<usize>, Stop> {
    let Kind::Cloze { gaps, .. } = &question.kind else {
        session.say("This question has no gaps.")?;
        return Ok(None);
    };
    let index = number.checked_sub(1).filter(|index| *index < gaps.len());
    if index.is_none() {
        session.say(&words::not_there("gap", number, gaps.len()))?;
    }
    Ok(index)
}

/// The gap that is asked for, with its place.
fn at(gaps: &[Gap], gap: Option<usize>) -> Option<(usize, &Gap)> {
    gap.and_then(|index| Some((index, gaps.get(index)?)))
}

/// What was decided in a story so far.
pub(super) fn chosen(response: Option<&Response>) -> &[String] {
    match response {
        Some(Response::List(ids)) => ids,
        Some(Response::Text(_) | Response::Map(_)) | None => &[],
    }
}

/// What was decided last in a story.
pub(super) fn last_decision(question: &Question, response: Option<&Response>) -> Option<Printable> {
    let Kind::Scenario { steps } = &question.kind else { return None };
    walk(steps, chosen(response)).made.last().map(|(_, branch)| plain(&branch.choice.text))
}

/// Whether something was decided in a story.
pub(super) fn is_under_way(question: &Question, response: Option<&Response>) -> bool {
    matches!(question.kind, Kind::Scenario { .. }) && !chosen(response).is_empty()
}

const NO_PARTS: &BTreeMap<String, String> = &BTreeMap::new();

/// What was given to the gaps or left sides of a question so far.
pub(super) fn parts(response: Option<&Response>) -> &BTreeMap<String, String> {
    match response {
        Some(Response::Map(map)) => map,
        Some(Response::Text(_) | Response::List(_)) | None => NO_PARTS,
    }
}

fn say_options(session: &mut Session<'_, '_>, options: &[Shown<'_>]) -> Result<(), Stop> {
    say_numbered(session, session.ids, "", options)
}

/// Says options with a word in front of every number, so that each line makes sense by itself.
fn say_numbered(
    session: &mut Session<'_, '_>,
    ids: Switch,
    side: &str,
    options: &[Shown<'_>],
) -> Result<(), Stop> {
    for (index, option) in options.iter().enumerate() {
        let id = named(ids, option.id);
        session.say(&format!("{side}{}. {id}{}", index + 1, option.text))?;
    }
    Ok(())
}

/// The identifier in brackets, if identifiers are to be said.
fn named(ids: Switch, id: &str) -> String {
    match ids {
        Switch::On => format!("[{id}] "),
        Switch::Off => String::new(),
    }
}

/// What kind of number is expected. A unit such as `of eight` is itself what it is a number of.
fn a_number(key: &NumberKey) -> String {
    match key.unit.as_deref() {
        None => "a number".to_owned(),
        Some(unit) if unit.starts_with("of ") => format!("a number, out {unit}"),
        Some(unit) => format!("a number of {unit}"),
    }
}

/// The text with `(gap 1)` where its first gap is.
fn with_gaps(text: &str, gaps: &[Gap]) -> String {
    let mut text = text.to_owned();
    for (index, gap) in gaps.iter().enumerate() {
        text = text.replace(&placeholder(&gap.id), &format!("(gap {})", index + 1));
    }
    text
}

/// Says a small Markdown text, links with their addresses.
pub(super) fn say_markdown(session: &mut Session<'_, '_>, markdown: &str) -> Result<(), Stop> {
    say_markdown_as(session, "", markdown)
}

/// Says a small Markdown text with a word in front of its first passage.
pub(super) fn say_markdown_as(session: &mut Session<'_, '_>, lead: &str, markdown: &str) -> Result<(), Stop> {
    for (index, passage) in linear_with_addresses(markdown).passages.iter().enumerate() {
        if index > 0 && !matches!(passage.kind, PassageKind::Continued | PassageKind::End) {
            session.pause()?;
        }
        let lead = if index == 0 { lead } else { "" };
        session.console.say_after(&format!("{lead}{}", passage.text), passage.depth * 2)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// It was "a number of of eight".
    #[test]
    fn a_number_is_said_with_what_it_counts() {
        let check = |unit: Option<&str>, expected: &str| {
            let answer = crate::quiz::question::Decimal::parse("4").expect("a number");
            let tolerance = crate::quiz::question::Decimal::parse("0").expect("a number");
            let key = NumberKey { answer, tolerance, unit: unit.map(str::to_owned) };
            assert_eq!(a_number(&key), expected);
        };
        check(None, "a number");
        check(Some("minutes"), "a number of minutes");
        check(Some("of eight"), "a number, out of eight");
        check(Some("offices"), "a number of offices");
    }
}
