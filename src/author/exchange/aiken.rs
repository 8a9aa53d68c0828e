//! Aiken: a question, its options in letters, and a line that names the right one.

use crate::author::exchange::excerpt::quote;
use crate::author::exchange::shelf::{Draft, Room, Shelf, option_ids};
use crate::author::exchange::{Import, Note, html};
use crate::quiz::question::{Choice, Kind};

/// Reads a bank; what cannot come over is listed with the reason.
#[must_use]
pub fn import(text: &str) -> Import {
    let mut shelf = Shelf::default();
    let mut open = Open::default();
    for (index, line) in text.split('\n').enumerate() {
        let (number, line) = (index + 1, line.trim());
        if line.is_empty() {
            // Some banks have a blank line before the options, none has one among them.
            open.is_apart = !open.options.is_empty();
            continue;
        }
        // What follows options without an answer is the next question.
        if open.is_apart
            && !matches!(parse(line), Line::Option { .. } | Line::Answer(_))
            && shelve(&mut shelf, &mut open) == Room::Full
        {
            return shelf.finish();
        }
        open.is_apart = false;
        match parse(line) {
            Line::Option { letter, text } => open.option(number, letter, text),
            Line::Answer(letters) => {
                open.answer = Some((number, letters.to_owned()));
                if shelve(&mut shelf, &mut open) == Room::Full {
                    return shelf.finish();
                }
            }
            Line::Slip { message, hint } => open.fault(number, message, hint),
            Line::Text if open.options.is_empty() => open.prompt(number, line),
            Line::Text => {
                let message = format!("{} is neither an option nor the answer", quote(line));
                let hint = "an option is one line such as `B. text`; the answer follows as `ANSWER: B`";
                open.fault(number, message, hint.to_owned());
            }
        }
    }
    shelve(&mut shelf, &mut open);
    shelf.finish()
}

/// The line with the first answer to options above it, and its letter; `None` if the text is not of this format.
pub(super) fn looks_like(text: &str) -> Option<(usize, &str)> {
    let mut has_option = false;
    for (index, line) in text.split('\n').enumerate() {
        match parse(line.trim()) {
            Line::Option { .. } => has_option = true,
            Line::Answer(letter) if has_option && letter.len() == 1 => return Some((index + 1, letter)),
            Line::Answer(_) | Line::Slip { .. } | Line::Text => {}
        }
    }
    None
}

/// What a line is.
enum Line<'a> {
    /// `A. text` or `A) text`.
    Option {
        letter: char,
        text: &'a str,
    },
    /// `ANSWER: A`.
    Answer(&'a str),
    /// Almost one of them.
    Slip {
        message: String,
        hint: String,
    },
    Text,
}

fn parse(line: &str) -> Line<'_> {
    if let Some(letters) = line.strip_prefix("ANSWER:") {
        return Line::Answer(letters.trim());
    }
    let word = line.get(..6).filter(|word| word.eq_ignore_ascii_case("answer"));
    if word.is_some() && line[6..].trim_start().starts_with([':', '=']) {
        let message = format!("{} is not read as an answer", quote(line));
        return Line::Slip {
            message,
            hint: "write `ANSWER: ` in capitals, with a colon right behind it".to_owned(),
        };
    }
    let mut chars = line.chars();
    let (Some(letter), Some('.' | ')')) = (chars.next(), chars.next()) else { return Line::Text };
    let text = chars.as_str();
    match (letter, text.chars().next()) {
        ('A'..='Z', Some(' ' | '\t')) => Line::Option { letter, text: text.trim() },
        ('A'..='Z', None) => Line::Option { letter, text: "" },
        ('a'..='z', Some(' ' | '\t') | None) => {
            let message = format!("{} is not read as an option", quote(line));
            let hint = format!("write a capital letter: `{}. …`", letter.to_ascii_uppercase());
            Line::Slip { message, hint }
        }
        // `U.S. law` begins a question; `A.text` was meant as an option.
        ('A'..='Z', Some(next)) if !text.contains('.') && next.is_alphanumeric() => {
            let message = format!("{} is not read as an option", quote(line));
            Line::Slip { message, hint: format!("put a space behind the letter: `{letter}. …`") }
        }
        (_, _) => Line::Text,
    }
}

/// A question that is not finished.
#[derive(Default)]
struct Open {
    line: Option<usize>,
    prompt: String,
    options: Vec<(usize, char, String)>,
    answer: Option<(usize, String)>,
    faults: Vec<Note>,
    /// A blank line follows the options.
    is_apart: bool,
}

impl Open {
    fn prompt(&mut self, number: usize, line: &str) {
        self.line.get_or_insert(number);
        if !self.prompt.is_empty() {
            self.prompt.push('\n');
        }
        self.prompt.push_str(line);
    }

    fn option(&mut self, number: usize, letter: char, text: &str) {
        self.line.get_or_insert(number);
        self.options.push((number, letter, text.to_owned()));
    }

    fn fault(&mut self, number: usize, message: String, hint: String) {
        self.line.get_or_insert(number);
        self.faults.push(Note::with_hint(number, message, hint));
    }

    fn question(self) -> Result<Draft, Vec<Note>> {
        let mut faults = self.faults;
        let begin = self.line.unwrap_or(1);
        for (expected, (line, letter, _)) in ('A'..='Z').zip(&self.options) {
            if expected != *letter {
                let message = format!("option {letter} stands where {expected} was expected");
                faults.push(Note::with_hint(
                    *line,
                    message,
                    "letters count up from A; is an option missing?",
                ));
                break;
            }
        }
        if self.options.is_empty() && self.answer.is_none() && faults.is_empty() {
            faults.push(Note::with_hint(
                begin,
                "this text has no options and no answer",
                "options are lines such as `A. text`",
            ));
            return Err(faults);
        }
        let right = match &self.answer {
            None => {
                faults.push(Note::with_hint(
                    begin,
                    "there is no answer",
                    "end the question with a line such as `ANSWER: B`",
                ));
                None
            }
            Some((line, letters)) => {
                let right =
                    self.options.iter().position(|(_, letter, _)| letters.as_str() == letter.to_string());
                if right.is_none() {
                    let (message, hint) = wrong_answer(letters, self.options.len());
                    faults.push(Note::with_hint(*line, message, hint));
                }
                right
            }
        };
        let (Some(right), true) = (right, faults.is_empty()) else { return Err(faults) };
        let texts: Vec<String> = self.options.iter().map(|(_, _, text)| html::literal(text)).collect();
        let ids = option_ids(&texts.iter().map(String::as_str).collect::<Vec<_>>(), None).unwrap_or_default();
        let options = ids.into_iter().zip(texts).enumerate();
        let options = options.map(|(at, (id, text))| Choice { id, text, right: at == right, feedback: None });
        Ok(Draft::new(html::literal(&self.prompt), Kind::Single { options: options.collect() }))
    }
}

fn wrong_answer(letters: &str, options: usize) -> (String, &'static str) {
    let mut each = letters.chars();
    match (each.next(), each.next()) {
        (None, _) => ("the answer names no option".to_owned(), "write one letter, such as `ANSWER: B`"),
        (Some('A'..='Z'), None) => {
            (format!("there is no option {letters}; there are {options}"), "name one of the letters above")
        }
        (Some('a'..='z'), None) => {
            (format!("`{letters}` is no capital letter"), "write it as the option has it")
        }
        (Some(_), _) => (
            format!("{} is not one letter", quote(letters)),
            "one option is right in Aiken; for several use GIFT or CSV",
        ),
    }
}

/// Puts the open question down, if there is one, and begins the next.
fn shelve(shelf: &mut Shelf, open: &mut Open) -> Room {
    let done = std::mem::take(open);
    let Some(line) = done.line.or(done.answer.as_ref().map(|(line, _)| *line)) else { return Room::Left };
    let name = if done.prompt.is_empty() { "without a question".to_owned() } else { done.prompt.clone() };
    shelf.put(line, &name, done.question())
}

#[cfg(test)]
mod tests;
