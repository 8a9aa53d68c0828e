//! The grammar of embedded answers, that of Moodle's `question/type/multianswer/questiontype.php`.

use std::ops::Range;

use crate::author::exchange::moodle::fraction::Fraction;
use crate::quiz::question::Case;

/// As many gaps as a question of ours may have.
pub(super) const MAX_GAPS: usize = 1_000;

/// Every embedded answer, in the order of the text.
pub(super) fn find_all(text: &str) -> Vec<Embedded<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    // Where the next closing brace stands, so that braces that are never closed are looked for once.
    let mut close = Some(0);
    while let Some(open) = text[at..].find('{').map(|offset| at + offset) {
        if close.is_some_and(|close| close <= open) {
            close = end_of(&text[open + 1..], '}').map(|length| open + 1 + length);
        }
        match close.and_then(|close| embedded(text, open, close)) {
            Some(answer) => {
                at = answer.range.end;
                found.push(answer);
            }
            None => at = open + 1,
        }
        if found.len() > MAX_GAPS {
            break;
        }
    }
    found
}

/// An embedded answer as it is written.
#[derive(Debug)]
pub(super) struct Embedded<'t> {
    pub range: Range<usize>,
    pub weight: u32,
    pub kind: Type,
    pub alternatives: Vec<Alternative<'t>>,
}

#[derive(Debug)]
pub(super) struct Alternative<'t> {
    pub fraction: Fraction,
    pub answer: &'t str,
    pub feedback: &'t str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    Choice,
    /// Options in the order in which they are written.
    FixedChoice,
    Several,
    Text(Case),
    Number,
}

/// What stands before, between and behind the embedded answers of a text.
pub(super) fn around(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut done = 0;
    for embedded in find_all(text) {
        pieces.push(&text[done..embedded.range.start]);
        done = embedded.range.end;
    }
    pieces.push(&text[done..]);
    pieces
}

/// The embedded answer that stands between these braces.
fn embedded(text: &str, open: usize, close: usize) -> Option<Embedded<'_>> {
    let inner = &text[open + 1..close];
    let (weight, name, body) = opening(inner)?;
    let kind = type_of(name)?;
    let alternatives = alternatives(body);
    Some(Embedded { range: open..close + 1, weight: weight.parse().unwrap_or(1), kind, alternatives })
}

/// Weight, name of the type and what follows, as behind the brace of an embedded answer.
pub(super) fn opening(inner: &str) -> Option<(&str, &str, &str)> {
    let digits = inner.bytes().take(9).take_while(u8::is_ascii_digit).count();
    let rest = inner[digits..].strip_prefix(':')?;
    let length = rest.bytes().take(20).take_while(|byte| byte.is_ascii_alphabetic() || *byte == b'_').count();
    Some((&inner[..digits], &rest[..length], rest[length..].strip_prefix(':')?))
}

pub(super) fn type_of(name: &str) -> Option<Type> {
    match name {
        "NUMERICAL" | "NM" => Some(Type::Number),
        "SHORTANSWER" | "SA" | "MW" => Some(Type::Text(Case::Ignored)),
        "SHORTANSWER_C" | "SAC" | "MWC" => Some(Type::Text(Case::Matters)),
        "MULTICHOICE_S" | "MCS" | "MULTICHOICE_VS" | "MCVS" | "MULTICHOICE_HS" | "MCHS" => Some(Type::Choice),
        "MULTICHOICE" | "MC" | "MULTICHOICE_V" | "MCV" | "MULTICHOICE_H" | "MCH" => Some(Type::FixedChoice),
        "MULTIRESPONSE" | "MR" | "MULTIRESPONSE_H" | "MRH" | "MULTIRESPONSE_S" | "MRS"
        | "MULTIRESPONSE_HS" | "MRHS" => Some(Type::Several),
        _ => None,
    }
}

fn alternatives(body: &str) -> Vec<Alternative<'_>> {
    let mut found = Vec::new();
    let mut rest = body;
    loop {
        let length = end_of(rest, '~').unwrap_or(rest.len());
        let written = &rest[..length];
        let (fraction, answer) = fraction(written);
        let (answer, feedback) = match end_of_answer(answer) {
            Some(end) => (&answer[..end], &answer[end + 1..]),
            None => (answer, ""),
        };
        found.push(Alternative { fraction, answer: answer.trim(), feedback: feedback.trim() });
        match rest.get(length + 1..) {
            Some(behind) => rest = behind,
            None => return found,
        }
    }
}

/// What an alternative earns: `=` everything, `%50%` that much, nothing otherwise.
fn fraction(written: &str) -> (Fraction, &str) {
    let written = written.trim_start();
    if let Some(answer) = written.strip_prefix('=') {
        return (Fraction::FULL, answer);
    }
    let percent = written.strip_prefix('%').and_then(|rest| rest.split_once('%'));
    match percent.and_then(|(percent, answer)| Some((Fraction::parse(&percent.replace(',', "."))?, answer))) {
        Some(found) => found,
        None => (Fraction::ZERO, written),
    }
}

/// Where this sign stands first without a backslash before it.
fn end_of(text: &str, sign: char) -> Option<usize> {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if c == sign && before != '\\' {
            return Some(at);
        }
        before = c;
    }
    None
}

/// Where the feedback begins. `&#` begins a reference to a character.
fn end_of_answer(text: &str) -> Option<usize> {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if c == '#' && before != '\\' && before != '&' {
            return Some(at);
        }
        before = c;
    }
    None
}
