//! Question banks as Moodle XML.
//!
//! The reference is Moodle's own reader and writer (`question/format/xml/format.php`) and its question types. What an
//! answer earns here is rule 1 of `quiz::mark`; where Moodle gives something else, that is a loss, in numbers.

mod attached;
mod cloze;
mod embedded;
mod export;
mod facts;
mod fraction;
mod kinds;
mod pictures;
mod reading;
mod tree;
mod typed;

use facts::Facts;
use pictures::Pictures;
use reading::{Format, Reading};
use tree::{Element, Questions};

use crate::author::exchange::heading::Heading;
use crate::author::exchange::html::shortened;
use crate::author::exchange::shelf::{Draft, Room, Shelf, category_names};
use crate::author::exchange::{Import, Note};
use crate::quiz::question::{Decimal, Kind, Points};

pub use export::export;

/// The largest file that is read, in bytes, embedded pictures included.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// Reads a bank. Whatever is wrong with it stands among the entries, at its place.
#[must_use]
pub fn import(text: &str) -> Import {
    let mut bank = Bank::default();
    if text.len() > MAX_BYTES {
        let message = format!("the file is larger than {} MiB", MAX_BYTES / 1024 / 1024);
        bank.refuse(1, "the file", message, Some("export one category at a time"));
        return bank.finish();
    }
    let mut questions = Questions::new(text);
    loop {
        let room = match questions.next() {
            Ok(Some(element)) => bank.add(&element),
            Ok(None) => break,
            Err(broken) => {
                let name = if bank.shelf.is_empty() { "the file" } else { "the rest of the file" };
                let message = format!("{} (column {})", broken.message, broken.column);
                bank.refuse(broken.line, name, message, broken.hint);
                break;
            }
        };
        if room == Room::Full {
            break;
        }
    }
    bank.finish()
}

/// What the comments before the first question say about the quiz, if one of ours was exported.
pub(super) fn heading(text: &str) -> Heading {
    let before = text.split("<question").next().unwrap_or_default();
    let comments = before.split("<!--").skip(1).filter_map(|comment| comment.split_once("-->"));
    let comments: Vec<(usize, String)> = comments.map(|(comment, _)| (1, comment.to_owned())).collect();
    Heading::read(&comments)
}

/// What has been read of a bank.
#[derive(Debug, Default)]
struct Bank {
    shelf: Shelf,
    pictures: Pictures,
}

/// The children that every question may have and that are read or mean nothing here.
const COMMON: [&str; 17] = [
    "name",
    "questiontext",
    "generalfeedback",
    "defaultgrade",
    "penalty",
    "hidden",
    "idnumber",
    "tags",
    "coursetags",
    "hint",
    "correctfeedback",
    "partiallycorrectfeedback",
    "incorrectfeedback",
    "shownumcorrect",
    "correctresponsesfeedback",
    "questionfeedback",
    "versionnumber",
];

impl Bank {
    fn add(&mut self, element: &Element) -> Room {
        if element.name != "question" {
            let message = format!("<{}> is no question", element.name);
            return self.refuse(element.line, &element.name, message, None);
        }
        let kind = element.attribute("type").unwrap_or_default();
        if kind == "category" {
            return self.category(element);
        }
        let mut reading = Reading {
            facts: Facts::of(element),
            format: Format::Html,
            losses: Vec::new(),
            reasons: Vec::new(),
            pictures: &mut self.pictures,
        };
        let draft = read(element, kind, &mut reading);
        let read = match draft {
            Some(mut draft) if reading.reasons.is_empty() => {
                draft.losses = reading.losses;
                draft.losses.sort_by_key(|note| note.line);
                Ok(draft)
            }
            Some(_) | None => Err(reading.reasons),
        };
        self.shelf.put(element.line, &name_of(element), read)
    }

    /// A category is no question: it names the topic of those that follow.
    fn category(&mut self, element: &Element) -> Room {
        let category = element.text_of("category");
        self.shelf.enter(category_names(category));
        let name = format!("the category {}", shortened(category));
        let mut room = Room::Left;
        let info = element.text_of("info");
        if !info.is_empty() {
            let message = format!("its description, which topics do not have: {}", shortened(info));
            room = self.refuse(element.line, &name, message, Some("put it into a lesson"));
        }
        for child in &element.children {
            if room == Room::Left && !matches!(child.name.as_str(), "category" | "info" | "idnumber") {
                room =
                    self.refuse(child.line, &name, format!("what is said in <{}> is lost", child.name), None);
            }
        }
        room
    }

    fn refuse(&mut self, line: usize, name: &str, message: String, hint: Option<&str>) -> Room {
        self.shelf.put(line, name, Err(vec![Note { line, message, hint: hint.map(str::to_owned) }]))
    }

    fn finish(self) -> Import {
        Import { assets: self.pictures.files, ..self.shelf.finish() }
    }
}

/// What the bank calls a question, or else the beginning of its text.
fn name_of(element: &Element) -> String {
    let name = element.text_of("name");
    let text = if name.is_empty() { element.text_of("questiontext") } else { name };
    text.chars().take(80).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Reads a question; what is lost of it stays with the reading.
fn read(element: &Element, kind: &str, reading: &mut Reading<'_>) -> Option<Draft> {
    if let Some((reason, hint)) = why_not(kind) {
        return reading.refuse(element.line, reason, hint);
    }
    let nothing = Element::bare(element.line);
    let text = element.child("questiontext").unwrap_or(&nothing);
    reading.format = reading.format_of(text);
    let (prompt, kind) = if matches!(kind, "multianswer" | "cloze") {
        cloze::read(element, text, reading)?
    } else {
        // Both are read before either is asked for, so that one fault does not hide the other.
        let prompt = reading.required(text, "the question text");
        let kind = kinds::read(element, kind, reading);
        (prompt?, kind?)
    };
    let points = points(element, &kind, reading);
    let why = reading.optional(element.child("generalfeedback"));
    common(element, reading);
    let number = element.text_of("idnumber");
    Some(Draft {
        id: (!number.is_empty()).then(|| number.to_owned()),
        revision: reading.facts.revision(),
        points,
        difficulty: reading.facts.difficulty(),
        drawn: reading.facts.drawn(),
        why,
        source: reading.facts.get("source").map(str::to_owned),
        lesson: reading.facts.lesson(),
        ..Draft::new(prompt, kind)
    })
}

/// Why a type of Moodle's has no counterpart, and what to do.
fn why_not(kind: &str) -> Option<(String, &'static str)> {
    let (reason, hint) = match kind {
        "multichoice" | "truefalse" | "shortanswer" | "numerical" | "match" | "matching" | "ordering"
        | "multianswer" | "cloze" => return None,
        "description" => ("a description is no question: nothing is asked", "put it into a lesson"),
        "essay" => ("an essay has no key, so nothing here can mark it", "ask for the decision with options"),
        "calculated" | "calculatedsimple" | "calculatedmulti" => (
            "its numbers are drawn anew each time, and questions here have one key",
            "import it with one set of numbers as numerical",
        ),
        "ddwtos" | "gapselect" => (
            "words are moved into the gaps of a text",
            "write it as embedded answers (Cloze): {1:MC:=right~wrong}",
        ),
        "ddimageortext" | "ddmarker" => {
            ("it is answered on a picture", "ask the same as matching, with the places in words")
        }
        "randomsamatch" | "random" => (
            "it is drawn from other questions, and the draw here takes questions as they are",
            "import the questions that it draws from",
        ),
        "" => ("the question says no type", "export it again from Moodle"),
        other => {
            return Some((
                format!("the type {} is not one of Moodle's own", shortened(other)),
                "write it as one of Moodle's own types",
            ));
        }
    };
    Some((reason.to_owned(), hint))
}

/// What a full answer earns.
fn points(element: &Element, kind: &Kind, reading: &mut Reading<'_>) -> Points {
    if let Some(points) = reading.facts.points() {
        return points;
    }
    let grade = if matches!(kind, Kind::Cloze { .. }) { None } else { element.child("defaultgrade") };
    let Some(grade) = grade.filter(|grade| !grade.content().is_empty()) else { return Points::ONE };
    let number = Decimal::parse(grade.content());
    let whole = number.and_then(|number| {
        let unit = 10_i128.checked_pow(number.scale)?;
        u32::try_from(((number.mantissa + unit / 2) / unit).clamp(1, 1000)).ok()
    });
    let points = whole.and_then(Points::new).unwrap_or(Points::ONE);
    if number != Decimal::parse(&points.get().to_string()) {
        let message = format!(
            "{} points in Moodle become {} here: points are whole numbers from 1 to 1000",
            grade.content(),
            points.get()
        );
        reading.lose(grade.line, message);
    }
    points
}

/// What every question of Moodle's can say and ours cannot.
fn common(element: &Element, reading: &mut Reading<'_>) {
    if let Some(penalty) = element.child("penalty") {
        // A third, a tenth, all and nothing are what Moodle sets by itself; they matter where one may try again.
        let text = penalty.content();
        let number = Decimal::parse(text).map(|number| number.to_string()).unwrap_or_default();
        if !matches!(number.as_str(), "" | "0" | "1" | "0.1" | "0.3333333" | "0.33333") {
            reading.lose(
                penalty.line,
                format!("the penalty of {text} for each further try: there is one try here"),
            );
        }
    }
    let hints: Vec<&Element> = element.all("hint").filter(|hint| !hint.content().is_empty()).collect();
    if let Some(first) = hints.first() {
        let message =
            format!("hints between tries are lost ({} of them): there is one try here", hints.len());
        reading.lose(first.line, message);
    }
    for (name, standard) in [
        ("correctfeedback", "Your answer is correct."),
        ("partiallycorrectfeedback", "Your answer is partially correct."),
        ("incorrectfeedback", "Your answer is incorrect."),
    ] {
        let Some(feedback) = element.child(name) else { continue };
        let text = reading.rich(feedback);
        if !text.trim().is_empty() && text.trim() != standard {
            let message = format!("what is said to a whole answer ({name}) is lost: {}", shortened(&text));
            reading.lose_with_hint(feedback.line, message, Some("say it in `why`, or beside the options"));
        }
    }
    if let Some(hidden) = element.child("hidden").filter(|hidden| hidden.content() == "1") {
        reading.lose(
            hidden.line,
            "it was hidden in Moodle's question bank and is a question like any other here",
        );
    }
    if !reading.facts.foreign.is_empty() {
        let tags = reading.facts.foreign.join(", ");
        reading.lose(
            element.child("tags").map_or(element.line, |tags| tags.line),
            format!("the tags {} are lost", shortened(&tags)),
        );
    }
}

#[cfg(test)]
mod tests;
