//! A question, or any other thing with a few facts, taken apart so that two versions of it can be compared part by part.
//!
//! What a question means is: its kind; the words of its prompt, of a cloze text and of the steps of a scenario (white
//! space, punctuation and Markdown signs around a word do not count); every option, item and pair, with everything but
//! white space; the unit of a number; and its key. The key is: which options are right, the right order, which side
//! belongs to which, the number and its tolerance, the accepted texts and whether capitals matter, where each decision of
//! a scenario leads, and whether an order earns parts. Not part of the meaning are points, topic, difficulty, source, `why`, feedback,
//! the lesson that is linked, the order of options, and whether every attempt gets the question.

use std::collections::HashMap;

use serde::Serialize;

use super::text::words;
use crate::quiz::question::{
    Case, Choice, Drawn, Gap, GapKind, Kind, NumberKey, OrderScoring, Question, Step, TextKey,
};

/// How much a change weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    /// What counts as right.
    Key,
    /// What is asked.
    Meaning,
    /// By which rules a course is passed.
    Rule,
    /// Anything else.
    Plain,
}

/// One part that is not the same in both versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Which part.
    pub part: String,
    /// How much it weighs.
    pub weight: Weight,
    /// As it was; `None` if it was not there.
    pub old: Option<String>,
    /// As it is; `None` if it is gone.
    pub new: Option<String>,
}

/// When two values of a part are the same in substance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Same {
    /// When all characters are.
    Exactly,
    /// When all but white space is.
    ButSpace,
    /// When the words are.
    InWords,
}

/// One part of a thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// Unique within the thing.
    pub name: String,
    pub value: String,
    pub weight: Weight,
    pub same: Same,
}

impl Part {
    pub(super) fn new(name: impl Into<String>, value: &(impl ToString + ?Sized), weight: Weight) -> Self {
        Self { name: name.into(), value: value.to_string(), weight, same: Same::Exactly }
    }

    fn text(name: impl Into<String>, value: &str, same: Same) -> Self {
        Self { same, ..Self::new(name, value, Weight::Meaning) }
    }
}

/// Which parts differ. What differs in white space or punctuation only, where that is nothing of substance, weighs plain.
pub(super) fn compare(old: &[Part], new: &[Part]) -> Vec<Change> {
    let by_name: HashMap<&str, &Part> = new.iter().map(|part| (part.name.as_str(), part)).collect();
    let known: HashMap<&str, &Part> = old.iter().map(|part| (part.name.as_str(), part)).collect();
    let gone_or_changed = old.iter().filter_map(|before| match by_name.get(before.name.as_str()) {
        Some(after) if after.value == before.value => None,
        Some(after) => {
            let weight = if is_same(before, after) { Weight::Plain } else { after.weight };
            let (old, new) = (Some(before.value.clone()), Some(after.value.clone()));
            Some(Change { part: before.name.clone(), weight, old, new })
        }
        None => Some(Change {
            part: before.name.clone(),
            weight: before.weight,
            old: Some(before.value.clone()),
            new: None,
        }),
    });
    let added = new.iter().filter(|part| !known.contains_key(part.name.as_str())).map(|part| Change {
        part: part.name.clone(),
        weight: part.weight,
        old: None,
        new: Some(part.value.clone()),
    });
    gone_or_changed.chain(added).collect()
}

fn is_same(before: &Part, after: &Part) -> bool {
    match after.same {
        Same::Exactly => before.value == after.value,
        Same::ButSpace => before.value.split_whitespace().eq(after.value.split_whitespace()),
        Same::InWords => words(&before.value) == words(&after.value),
    }
}

/// Everything about a question but its identifier and its revision.
pub(super) fn of_question(question: &Question) -> Vec<Part> {
    let mut parts = vec![
        Part::new("kind", question.kind.name(), Weight::Meaning),
        Part::text("prompt", &question.prompt, Same::InWords),
    ];
    of_kind(&question.kind, &mut parts);
    let plain = |name: &str, value: &str| Part::new(name, value, Weight::Plain);
    parts.push(plain("topic", question.topic.as_str()));
    parts.push(plain("points", &question.points.get().to_string()));
    parts.push(plain(
        "drawn",
        match question.drawn {
            Drawn::Always => "in every attempt",
            Drawn::ByChance => "by chance",
        },
    ));
    parts.extend(question.difficulty.map(|difficulty| plain("difficulty", difficulty.name())));
    parts.extend(question.why.as_ref().map(|why| plain("why", why)));
    parts.extend(question.source.as_ref().map(|source| plain("source", source)));
    parts.extend(question.lesson.as_ref().map(|link| match &link.heading {
        Some(heading) => plain("lesson", &format!("{}#{heading}", link.lesson)),
        None => plain("lesson", &link.lesson),
    }));
    parts
}

/// The texts that a question consists of for the learner: what tells whether it is still the same question.
pub(super) fn substance(parts: &[Part]) -> String {
    let texts = parts.iter().filter(|part| part.same != Same::Exactly);
    texts.map(|part| part.value.as_str()).collect::<Vec<_>>().join("\n")
}

fn of_kind(kind: &Kind, parts: &mut Vec<Part>) {
    match kind {
        Kind::Single { options } | Kind::Multiple { options } => of_choices("", options, parts),
        Kind::TrueFalse { answer } => parts.push(Part::new("key", answer, Weight::Key)),
        Kind::Match { pairs, extra } => {
            for pair in pairs {
                parts.push(Part::text(format!("left side `{}`", pair.id), &pair.left, Same::ButSpace));
                let right = Part::text(format!("right side `{}`", pair.id), &pair.right, Same::ButSpace);
                parts.push(Part { weight: Weight::Key, ..right });
            }
            let extra = extra.iter();
            parts.extend(
                extra.map(|item| Part::text(format!("extra `{}`", item.id), &item.text, Same::ButSpace)),
            );
        }
        Kind::Order { items, scoring } => {
            parts.extend(
                items
                    .iter()
                    .map(|item| Part::text(format!("item `{}`", item.id), &item.text, Same::ButSpace)),
            );
            let order: Vec<_> = items.iter().map(|item| item.id.as_str()).collect();
            parts.push(Part::new("key", &order.join(", "), Weight::Key));
            let earns = match scoring {
                OrderScoring::Partial => "by how much is in order",
                OrderScoring::AllOrNothing => "all or nothing",
            };
            parts.push(Part::new("marks", earns, Weight::Key));
        }
        Kind::Number(key) => of_number("", key, parts),
        Kind::Text(key) => of_text("", key, parts),
        Kind::Cloze { text, gaps } => {
            parts.push(Part::text("text", text, Same::InWords));
            for gap in gaps {
                of_gap(gap, parts);
            }
        }
        Kind::Scenario { steps } => of_steps(steps, parts),
    }
}

fn of_choices(within: &str, options: &[Choice], parts: &mut Vec<Part>) {
    for option in options {
        parts.push(Part::text(format!("{within}option `{}`", option.id), &option.text, Same::ButSpace));
        of_feedback(within, option, parts);
    }
    parts.push(Part::new(format!("{within}key"), &rights(options.iter()), Weight::Key));
}

fn of_feedback(within: &str, option: &Choice, parts: &mut Vec<Part>) {
    let name = format!("{within}feedback of `{}`", option.id);
    parts.extend(option.feedback.as_ref().map(|feedback| Part::new(name, feedback, Weight::Plain)));
}

fn rights<'a>(options: impl Iterator<Item = &'a Choice>) -> String {
    let mut right: Vec<_> = options.filter(|option| option.right).map(|option| option.id.as_str()).collect();
    right.sort_unstable();
    right.join(", ")
}

fn of_number(within: &str, key: &NumberKey, parts: &mut Vec<Part>) {
    parts.push(Part::new(format!("{within}key"), &key.answer, Weight::Key));
    parts.push(Part::new(format!("{within}tolerance"), &key.tolerance, Weight::Key));
    parts.extend(key.unit.as_ref().map(|unit| Part::new(format!("{within}unit"), unit, Weight::Meaning)));
}

fn of_text(within: &str, key: &TextKey, parts: &mut Vec<Part>) {
    let mut accepted: Vec<_> = key.accepted.iter().map(|text| format!("\"{text}\"")).collect();
    accepted.sort_unstable();
    parts.push(Part::new(format!("{within}key"), &accepted.join(", "), Weight::Key));
    let case = match key.case {
        Case::Matters => "matter",
        Case::Ignored => "do not matter",
    };
    parts.push(Part::new(format!("{within}capitals"), case, Weight::Key));
}

fn of_gap(gap: &Gap, parts: &mut Vec<Part>) {
    let within = format!("gap `{}`, ", gap.id);
    let kind = match &gap.kind {
        GapKind::Choice(options) => {
            of_choices(&within, options, parts);
            "Choice"
        }
        GapKind::Text(key) => {
            of_text(&within, key, parts);
            "Text"
        }
        GapKind::Number(key) => {
            of_number(&within, key, parts);
            "Number"
        }
    };
    parts.push(Part::new(format!("{within}kind"), kind, Weight::Meaning));
}

fn of_steps(steps: &[Step], parts: &mut Vec<Part>) {
    parts.extend(steps.first().map(|step| Part::new("first step", &step.id, Weight::Key)));
    for step in steps {
        let within = format!("step `{}`, ", step.id);
        parts.push(Part::text(format!("step `{}`", step.id), &step.text, Same::InWords));
        for branch in &step.options {
            let option = &branch.choice;
            parts.push(Part::text(format!("{within}option `{}`", option.id), &option.text, Same::ButSpace));
            let next = branch.next.as_ref().map_or("the end", |next| next.as_str());
            parts.push(Part::new(format!("{within}`{}` leads to", option.id), next, Weight::Key));
            of_feedback(&within, option, parts);
        }
        let key = rights(step.options.iter().map(|branch| &branch.choice));
        parts.push(Part::new(format!("{within}key"), &key, Weight::Key));
    }
}
