//! Embedded answers (Cloze): `{2:MULTICHOICE:=right#feedback~wrong}` in a question text.

use std::iter::once;

use crate::author::exchange::html::{literal, shortened};
use crate::author::exchange::moodle::attached::Attached;
use crate::author::exchange::moodle::embedded::{
    Alternative, Embedded, MAX_GAPS, Type, find_all, opening, type_of,
};
use crate::author::exchange::moodle::facts::Facts;
use crate::author::exchange::moodle::fraction::Fraction;
use crate::author::exchange::moodle::kinds::MAX_ANSWERS;
use crate::author::exchange::moodle::reading::{Format, Reading, choices};
use crate::author::exchange::moodle::tree::Element;
use crate::author::exchange::moodle::typed::{NumberAnswer, number_key, text_key};
use crate::author::exchange::moodle::{COMMON, name_of};
use crate::quiz::question::{Gap, GapKind, Kind};

/// Reads the prompt and the text with its gaps.
pub(super) fn read(element: &Element, text: &Element, reading: &mut Reading<'_>) -> Option<(String, Kind)> {
    reading.unknown(element, &COMMON);
    let source = text.content();
    let embedded = find_all(source);
    if embedded.is_empty() {
        return reading.refuse(
            text.line,
            "no answer is embedded in the text",
            "write them as {1:MC:=right~wrong}",
        );
    }
    if embedded.len() > MAX_GAPS {
        return reading.refuse(
            text.line,
            format!("more than {MAX_GAPS} embedded answers"),
            "split the question",
        );
    }
    strangers(source, &embedded, text.line, reading);
    let format = reading.format;
    let (marked, word) = marked(source, &embedded);
    let mut attached = Attached::to(text);
    let converted = reading.markdown(text.line, &marked, format, &mut attached);
    let ids = gap_ids(&reading.facts, embedded.len());
    let gaps = with_gaps(&converted, &word, &ids);
    let Some(markdown) = gaps.filter(|text| reading.facts.own || are_shown(text, &ids)) else {
        let hint = "keep embedded answers out of links and pictures";
        return reading.refuse(text.line, "an embedded answer stands where no text is shown", hint);
    };
    weights(element, &embedded, reading);
    let gaps: Vec<Option<Gap>> = ids
        .iter()
        .zip(&embedded)
        .map(|(id, embedded)| {
            let line =
                text.line + source.get(..embedded.range.start).unwrap_or_default().matches('\n').count();
            let kind = gap(id, embedded, line, format, &mut attached, reading)?;
            Some(Gap { id: id.parse().ok()?, kind })
        })
        .collect();
    let gaps = gaps.into_iter().collect::<Option<Vec<Gap>>>()?;
    reading.lose_unshown(&attached);
    let (prompt, with_gaps) = split(&markdown, element, reading);
    // A third brace before a gap would open it one sign too early.
    if with_gaps.matches("{{").count() != gaps.len() || with_gaps.contains("{{{") {
        let message = "its text holds {{, which stands for gaps here";
        return reading.refuse(text.line, message, "write it with a space between");
    }
    Some((prompt, Kind::Cloze { text: with_gaps, gaps }))
}

/// What is asked, and the text with the gaps. Moodle has one text for both: what stands in the paragraphs before the
/// first gap is what is asked, or else the question's name.
fn split(markdown: &str, element: &Element, reading: &Reading<'_>) -> (String, String) {
    let length = reading.facts.get("prompt").and_then(|length| length.parse::<usize>().ok());
    if let Some((at, _)) = length.and_then(|length| markdown.char_indices().nth(length))
        && let Some(text) = markdown[at..].strip_prefix("\n\n")
    {
        return (markdown[..at].to_owned(), text.to_owned());
    }
    let first = markdown.find("{{").unwrap_or(markdown.len());
    if let Some(at) = markdown[..first].rfind("\n\n") {
        let (prompt, text) = (markdown[..at].trim(), markdown[at..].trim());
        if !prompt.is_empty() {
            return (prompt.to_owned(), text.to_owned());
        }
    }
    (literal(&name_of_cloze(element)), markdown.trim().to_owned())
}

/// The name, without the embedded answers that it holds where a question has no name of its own.
fn name_of_cloze(element: &Element) -> String {
    let name = name_of(element);
    let plain = name.split('{').next().unwrap_or_default().trim();
    if plain.is_empty() { "…".to_owned() } else { plain.to_owned() }
}

fn gap_ids(facts: &Facts, count: usize) -> Vec<String> {
    let said = facts.ids("ids");
    let distinct: std::collections::BTreeSet<&&str> = said.iter().collect();
    let sound = said.iter().all(|id| id.parse::<crate::id::OptionId>().is_ok());
    if said.len() == count && distinct.len() == count && sound {
        return said.into_iter().map(str::to_owned).collect();
    }
    (1..=count).map(|number| format!("gap-{number}")).collect()
}

/// Notes what looks like an embedded answer and has a type that Moodle does not know: Moodle shows it as it is written.
fn strangers(source: &str, embedded: &[Embedded<'_>], line: usize, reading: &mut Reading<'_>) {
    /// As many as are worth a line of the report.
    const LISTED: usize = 10;
    if reading.facts.own {
        return;
    }
    let mut done = 0;
    let ends = embedded.iter().map(|embedded| embedded.range.clone()).chain(once(source.len()..source.len()));
    let mut listed = 0;
    for range in ends {
        let between = &source[done..range.start];
        for (at, _) in between.match_indices('{') {
            let Some((_, name, _)) = opening(&between[at + 1..]) else { continue };
            if !name.is_empty() && listed < LISTED {
                listed += 1;
                let line = line + source[..done + at].matches('\n').count();
                let message = if type_of(name).is_some() {
                    format!(
                        "the embedded answer {} never ends: it stays as it is written",
                        shortened(&between[at..])
                    )
                } else {
                    format!(
                        "{} is no type of embedded answers: the braces stay as they are written",
                        shortened(name)
                    )
                };
                reading.lose_with_hint(
                    line,
                    message,
                    Some("write MC, SA or NM in capitals, as {1:MC:=right~wrong}"),
                );
            }
        }
        done = range.end;
    }
}

/// The text with a mark in place of each embedded answer: a word that stands nowhere in it, then the number of the gap.
fn marked(source: &str, embedded: &[Embedded<'_>]) -> (String, String) {
    let mut word = "gapx".to_owned();
    while source.contains(&word) {
        word.push('x');
    }
    let mut out = String::with_capacity(source.len());
    let mut done = 0;
    for (number, embedded) in embedded.iter().enumerate() {
        out.extend([&source[done..embedded.range.start], &word, &number.to_string(), "z"]);
        done = embedded.range.end;
    }
    out.push_str(&source[done..]);
    (out, word)
}

/// The converted text with gaps in place of the marks, if every mark is still there once, in its order.
fn with_gaps(converted: &str, word: &str, ids: &[String]) -> Option<String> {
    let mut pieces = converted.split(word);
    let mut out = pieces.next()?.to_owned();
    let mut gaps = ids.iter().enumerate();
    for piece in pieces {
        let (number, id) = gaps.next()?;
        out.extend(["{{", id, "}}", piece.strip_prefix(&format!("{number}z"))?]);
    }
    gaps.next().is_none().then_some(out)
}

/// Whether every gap stands where learners see it, and none in the address of a link or picture.
fn are_shown(markdown: &str, ids: &[String]) -> bool {
    let plain = crate::markup::plain(markdown);
    let ids: std::collections::HashSet<&str> = ids.iter().map(String::as_str).collect();
    let pieces = plain.as_str().split("{{").skip(1).filter_map(|piece| piece.split_once("}}"));
    pieces.filter(|(id, _)| ids.contains(id)).count() >= ids.len()
}

/// Notes where gaps count differently: here each counts the same.
fn weights(element: &Element, embedded: &[Embedded<'_>], reading: &mut Reading<'_>) {
    let total: u32 = embedded.iter().map(|embedded| embedded.weight).fold(0, u32::saturating_add);
    if reading.facts.points().is_none() {
        let points = total.clamp(1, 1000);
        if points != total {
            reading.lose(
                element.line,
                format!(
                    "{total} points in Moodle become {points} here: points are whole numbers from 1 to 1000"
                ),
            );
        }
        reading.facts.set_points(points);
        let uneven = embedded.iter().any(|other| other.weight != embedded[0].weight);
        if uneven {
            let weights: Vec<String> = embedded.iter().map(|embedded| embedded.weight.to_string()).collect();
            let message = format!(
                "the gaps count {} of {total} points there; here each counts 1 of {}",
                weights.join(", "),
                embedded.len()
            );
            reading.lose(element.line, message);
        }
    }
}

fn gap(
    id: &str,
    embedded: &Embedded<'_>,
    line: usize,
    format: Format,
    attached: &mut Attached<'_>,
    reading: &mut Reading<'_>,
) -> Option<GapKind> {
    if embedded.alternatives.len() > MAX_ANSWERS {
        let message = format!("a gap has more than {MAX_ANSWERS} answers");
        return reading.refuse(line, message, "leave out those that nobody needs");
    }
    match embedded.kind {
        Type::Several => {
            let hint = "make it a question of its own in which several may be chosen";
            reading.refuse(
                line,
                "a gap (MULTIRESPONSE) takes several options, and a gap here takes one",
                hint,
            )
        }
        Type::Choice | Type::FixedChoice => choice_gap(id, embedded, line, format, attached, reading),
        Type::Text(case) => {
            let answers = embedded.alternatives.iter().map(|alternative| {
                lose_feedback(alternative, line, reading);
                (line, plain(alternative.answer, format), alternative.fraction)
            });
            let answers: Vec<_> = answers.collect();
            text_key(line, answers, case, reading).map(GapKind::Text)
        }
        Type::Number => {
            let answers = embedded.alternatives.iter().map(|alternative| {
                lose_feedback(alternative, line, reading);
                let written = plain(alternative.answer, format);
                let (number, tolerance) = written.split_once(':').unwrap_or((&written, ""));
                let (number, tolerance) = (number.trim().to_owned(), tolerance.trim().to_owned());
                NumberAnswer { line, number, tolerance, fraction: alternative.fraction }
            });
            let answers: Vec<_> = answers.collect();
            let mut key = number_key(line, answers, reading)?;
            key.unit = reading.facts.get(&format!("unit-{id}")).map(str::to_owned);
            Some(GapKind::Number(key))
        }
    }
}

fn choice_gap(
    id: &str,
    embedded: &Embedded<'_>,
    line: usize,
    format: Format,
    attached: &mut Attached<'_>,
    reading: &mut Reading<'_>,
) -> Option<GapKind> {
    let mut parts = Vec::new();
    for alternative in &embedded.alternatives {
        let answer = rich(alternative.answer, line, format, attached, reading);
        let feedback = rich(alternative.feedback, line, format, attached, reading);
        let right = alternative.fraction.is_full();
        if answer.trim().is_empty() {
            return reading.refuse(line, "an option of a gap is empty", "write it, or take it out");
        }
        if !right && alternative.fraction != Fraction::ZERO {
            let message =
                format!("{} earns {} % there and nothing here", shortened(&answer), alternative.fraction);
            reading.lose(line, message);
        }
        parts.push((answer, right, (!feedback.trim().is_empty()).then_some(feedback)));
    }
    if embedded.kind == Type::FixedChoice && !reading.facts.own && parts.len() > 1 {
        let message = "the options of a gap keep their order there; here every attempt shows them in an order of its own";
        reading.lose(line, message);
    }
    reading.distinct("options of a gap", parts.iter().map(|(text, ..)| (line, text.as_str())))?;
    let right = parts.iter().filter(|(_, right, _)| *right).count();
    if parts.len() < 2 || right != 1 {
        let message = format!("a gap has {} options, {right} of them right", parts.len());
        return reading.refuse(
            line,
            message,
            "give it at least two options, exactly one of them with = or %100%",
        );
    }
    let texts: Vec<&str> = parts.iter().map(|(text, ..)| text.as_str()).collect();
    let ids = reading.ids(&format!("ids-{id}"), &texts)?;
    Some(GapKind::Choice(choices(ids, parts)))
}

fn lose_feedback(alternative: &Alternative<'_>, line: usize, reading: &mut Reading<'_>) {
    if !alternative.feedback.trim().is_empty() {
        let (answer, feedback) = (shortened(alternative.answer), shortened(alternative.feedback));
        reading.lose_with_hint(
            line,
            format!("the feedback for {answer} is lost: {feedback}"),
            Some("say it in `why`"),
        );
    }
}

/// A part of an embedded answer as Markdown.
fn rich(
    written: &str,
    line: usize,
    format: Format,
    attached: &mut Attached<'_>,
    reading: &mut Reading<'_>,
) -> String {
    if written.is_empty() {
        return String::new();
    }
    let written = unescaped(written);
    match format {
        // Entities are HTML's own, and the converter reads them.
        Format::Html | Format::Auto => reading.markdown(line, &written, Format::Html, attached),
        Format::Markdown => decoded(&written),
        Format::Plain => literal(&decoded(&written)),
    }
}

/// A part of an embedded answer as plain text.
fn plain(written: &str, format: Format) -> String {
    let text = decoded(&unescaped(written));
    match format {
        Format::Html | Format::Auto => text.replace('\u{a0}', " "),
        Format::Plain | Format::Markdown => text,
    }
}

/// Takes the backslash from what Moodle lets authors escape.
fn unescaped(written: &str) -> String {
    let mut out = String::with_capacity(written.len());
    let mut chars = written.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('\\', Some('}' | '#' | '~' | '"' | '/')) => {}
            (c, _) => out.push(c),
        }
    }
    out
}

/// Resolves references to characters, and the entities that editors write.
pub(super) fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let reference = after.split_once(';').filter(|(name, _)| name.len() <= 10);
        let resolved = reference.and_then(|(name, rest)| Some((character(name)?, rest)));
        let (c, behind) = resolved.unwrap_or(('&', after));
        out.push(c);
        rest = behind;
    }
    out.push_str(rest);
    out
}

fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    match name {
        "nbsp" => Some('\u{a0}'),
        name => quick_xml::escape::resolve_xml_entity(name)?.chars().next(),
    }
}
