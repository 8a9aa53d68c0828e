//! What is asked.

use std::fmt::Write as _;

use crate::author::exchange::page::{Medium, letter};
use crate::markup::{escape, html};
use crate::quiz::question::{Choice, Gap, GapKind, Item, Kind, NumberKey, Pair, Question, Step, placeholder};

/// Headings of texts stand below the question's own.
pub(super) const BELOW: u8 = 2;

/// Writes the prompt and what there is to choose from.
pub(super) fn write(out: &mut String, question: &Question, medium: Medium) {
    out.push_str(&html(&question.prompt, BELOW));
    match &question.kind {
        Kind::Single { options } => choices(out, options, medium, "round"),
        Kind::Multiple { options } => {
            hint(out, "Choose all that apply.");
            choices(out, options, medium, "square");
        }
        Kind::TrueFalse { .. } => options(out, &["True".to_owned(), "False".to_owned()], medium, "round"),
        Kind::Match { pairs, extra } => matching(out, pairs, extra),
        Kind::Order { items, .. } => {
            hint(out, "Put them in order.");
            let texts: Vec<String> = shuffled(items.iter().map(|item| item.text.as_str()))
                .into_iter()
                .map(|text| html(text, BELOW))
                .collect();
            options(out, &texts, Medium::Screen, "");
            let blanks = vec!["<span class=\"write short\"></span>"; items.len()];
            let _ = writeln!(out, "<p>Order: {}</p>", blanks.join(" "));
        }
        Kind::Number(key) => {
            let _ = writeln!(out, "<p>Answer: <span class=\"write\"></span> {}</p>", unit(key));
        }
        Kind::Text(_) => out.push_str("<p>Answer: <span class=\"write\"></span></p>\n"),
        Kind::Cloze { text, gaps } => cloze(out, text, gaps, medium),
        Kind::Scenario { steps } => scenario(out, steps, medium),
    }
}

/// The texts in the order of the alphabet, so that the page does not give the key away.
pub(super) fn shuffled<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<&'t str> {
    let mut texts: Vec<&str> = texts.collect();
    texts.sort_by_cached_key(|text| crate::markup::plain(text).as_str().to_lowercase());
    texts
}

/// The right sides of a match in the order of the page.
pub(super) fn right_sides<'q>(pairs: &'q [Pair], extra: &'q [Item]) -> Vec<&'q str> {
    shuffled(pairs.iter().map(|pair| pair.right.as_str()).chain(extra.iter().map(|item| item.text.as_str())))
}

pub(super) fn unit(key: &NumberKey) -> String {
    key.unit.as_deref().map(escape).unwrap_or_default()
}

/// The number of a step, as the page counts them.
pub(super) fn number_of(steps: &[Step], id: &str) -> usize {
    steps.iter().position(|step| step.id.as_str() == id).map_or(0, |place| place + 1)
}

fn hint(out: &mut String, words: &str) {
    let _ = writeln!(out, "<p class=\"hint\" lang=\"en\">{words}</p>");
}

fn choices(out: &mut String, choices: &[Choice], medium: Medium, shape: &str) {
    let texts: Vec<String> = choices.iter().map(|choice| html(&choice.text, BELOW)).collect();
    options(out, &texts, medium, shape);
}

fn options(out: &mut String, texts: &[String], medium: Medium, shape: &str) {
    out.push_str("<ol class=\"options\">\n");
    for (place, text) in texts.iter().enumerate() {
        let tick = match medium {
            Medium::Screen => String::new(),
            Medium::Paper => format!("<span class=\"box {shape}\"></span>"),
        };
        let _ =
            writeln!(out, "<li>{tick}<span class=\"letter\">{}</span><div>{text}</div></li>", letter(place));
    }
    out.push_str("</ol>\n");
}

fn matching(out: &mut String, pairs: &[Pair], extra: &[Item]) {
    hint(out, "Give each number its letter.");
    out.push_str("<div class=\"sides\">\n<ol class=\"options\">\n");
    for (place, pair) in pairs.iter().enumerate() {
        let left = html(&pair.left, BELOW);
        let _ = writeln!(
            out,
            "<li><span class=\"letter\">{}</span><span class=\"write short\"></span><div>{left}</div></li>",
            place + 1
        );
    }
    out.push_str("</ol>\n");
    let rights: Vec<String> = right_sides(pairs, extra).into_iter().map(|text| html(text, BELOW)).collect();
    options(out, &rights, Medium::Screen, "");
    out.push_str("</div>\n");
}

fn cloze(out: &mut String, text: &str, gaps: &[Gap], medium: Medium) {
    let mut page = html(text, BELOW);
    for (place, gap) in gaps.iter().enumerate() {
        let blank = match medium {
            Medium::Screen => format!("<b class=gap>{}</b>", place + 1),
            Medium::Paper => format!("<b class=gap>{}</b><span class=write></span>", place + 1),
        };
        let blank = match &gap.kind {
            GapKind::Number(key) => format!("{blank} {}", unit(key)),
            GapKind::Choice(_) | GapKind::Text(_) => blank,
        };
        page = page.replacen(&placeholder(&gap.id), &blank, 1);
    }
    out.push_str(&page);
    for (place, gap) in gaps.iter().enumerate() {
        if let GapKind::Choice(choices) = &gap.kind {
            let _ =
                writeln!(out, "<p><b class=gap>{}</b> <span lang=\"en\">is one of:</span></p>", place + 1);
            self::choices(out, choices, medium, "round");
        }
    }
}

fn scenario(out: &mut String, steps: &[Step], medium: Medium) {
    for (place, step) in steps.iter().enumerate() {
        let _ = writeln!(out, "<h3 lang=\"en\">Step {}</h3>\n{}", place + 1, html(&step.text, BELOW));
        let texts = step.options.iter().map(|branch| {
            let next = match &branch.next {
                Some(next) => format!("Go to step {}.", number_of(steps, next.as_str())),
                None => "The story ends.".to_owned(),
            };
            format!("{}<p class=\"hint\" lang=\"en\">{next}</p>", html(&branch.choice.text, BELOW))
        });
        options(out, &texts.collect::<Vec<_>>(), medium, "round");
    }
}
