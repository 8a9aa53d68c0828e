//! What would have been right, and why.

use std::fmt::Write as _;

use crate::author::exchange::page::letter;
use crate::author::exchange::page::question::{BELOW, number_of, right_sides, shuffled, unit};
use crate::markup::{escape, html};
use crate::quiz::question::{Choice, Gap, GapKind, Kind, NumberKey, Question, TextKey};

/// Writes the key, the feedback of the options, and the explanation.
pub(super) fn write(out: &mut String, question: &Question, language: &str) {
    let _ = writeln!(out, "<p>Right: <strong>{}</strong></p>", key(question));
    let language = escape(language);
    let feedback = feedback(&question.kind);
    if !feedback.is_empty() {
        let _ = writeln!(out, "<dl lang=\"{language}\">");
        for (name, text) in feedback {
            let _ = writeln!(out, "<dt>{name}</dt><dd>{}</dd>", html(text, BELOW));
        }
        out.push_str("</dl>\n");
    }
    if let Some(why) = &question.why {
        let _ = writeln!(out, "<div lang=\"{language}\">{}</div>", html(why, BELOW));
    }
    let read = question.lesson.as_ref().map(|link| {
        let heading = link.heading.as_ref().map(|heading| format!("#{heading}")).unwrap_or_default();
        format!("Read again: {}{}", escape(&link.lesson), escape(&heading))
    });
    let source = question.source.as_ref().map(|source| format!("Source: {}", escape(source)));
    let difficulty = question.difficulty.map(|difficulty| format!("Difficulty: {}", difficulty.name()));
    let facts: Vec<String> = read.into_iter().chain(source).chain(difficulty).collect();
    if !facts.is_empty() {
        let _ = writeln!(out, "<p class=\"facts\">{}</p>", facts.join("<br>"));
    }
}

fn key(question: &Question) -> String {
    match &question.kind {
        Kind::Single { options } | Kind::Multiple { options } => rights(options),
        Kind::TrueFalse { answer } => if *answer { "A: True" } else { "B: False" }.to_owned(),
        Kind::Match { pairs, extra } => {
            let sides = right_sides(pairs, extra);
            let place =
                |text: &str| sides.iter().position(|side| *side == text).map(letter).unwrap_or_default();
            let pairs =
                pairs.iter().enumerate().map(|(left, pair)| format!("{}–{}", left + 1, place(&pair.right)));
            pairs.collect::<Vec<_>>().join(", ")
        }
        Kind::Order { items, .. } => {
            let shown = shuffled(items.iter().map(|item| item.text.as_str()));
            let place =
                |text: &str| shown.iter().position(|shown| *shown == text).map(letter).unwrap_or_default();
            items.iter().map(|item| place(&item.text)).collect::<Vec<_>>().join(", ")
        }
        Kind::Number(key) => number(key),
        Kind::Text(key) => texts(key),
        Kind::Cloze { gaps, .. } => {
            let answers =
                gaps.iter().enumerate().map(|(place, gap)| format!("{}: {}", place + 1, gap_key(gap)));
            answers.collect::<Vec<_>>().join("; ")
        }
        Kind::Scenario { steps } => {
            let rights = steps.iter().enumerate().map(|(place, step)| {
                let right = step.options.iter().position(|branch| branch.choice.right);
                format!("Step {}: {}", place + 1, right.map(letter).unwrap_or_default())
            });
            rights.collect::<Vec<_>>().join(", ")
        }
    }
}

fn rights(options: &[Choice]) -> String {
    let rights = options.iter().enumerate().filter(|(_, option)| option.right);
    rights.map(|(place, _)| letter(place)).collect::<Vec<_>>().join(", ")
}

fn number(key: &NumberKey) -> String {
    let tolerance =
        if key.tolerance.mantissa == 0 { String::new() } else { format!(" ± {}", key.tolerance) };
    format!("{}{tolerance} {}", key.answer, unit(key)).trim_end().to_owned()
}

fn texts(key: &TextKey) -> String {
    let texts: Vec<String> = key.accepted.iter().map(|text| escape(text)).collect();
    texts.join(" <span class=\"facts\">or</span> ")
}

fn gap_key(gap: &Gap) -> String {
    match &gap.kind {
        GapKind::Choice(options) => rights(options),
        GapKind::Text(key) => texts(key),
        GapKind::Number(key) => number(key),
    }
}

/// The feedback of every option that has some, with the name that the page gives the option.
fn feedback(kind: &Kind) -> Vec<(String, &str)> {
    fn of<'q>(prefix: &str, options: impl Iterator<Item = &'q Choice>) -> Vec<(String, &'q str)> {
        let named = options.enumerate().map(|(place, option)| (format!("{prefix}{}", letter(place)), option));
        named.filter_map(|(name, option)| Some((name, option.feedback.as_deref()?))).collect()
    }
    match kind {
        Kind::Single { options } | Kind::Multiple { options } => of("", options.iter()),
        Kind::Cloze { gaps, .. } => {
            let gaps = gaps.iter().enumerate().map(|(place, gap)| match &gap.kind {
                GapKind::Choice(options) => of(&format!("{}, ", place + 1), options.iter()),
                GapKind::Text(_) | GapKind::Number(_) => Vec::new(),
            });
            gaps.flatten().collect()
        }
        Kind::Scenario { steps } => {
            let steps = steps.iter().map(|step| {
                let prefix = format!("Step {}, ", number_of(steps, step.id.as_str()));
                of(&prefix, step.options.iter().map(|branch| &branch.choice))
            });
            steps.flatten().collect()
        }
        Kind::TrueFalse { .. }
        | Kind::Match { .. }
        | Kind::Order { .. }
        | Kind::Number(_)
        | Kind::Text(_) => Vec::new(),
    }
}
