//! GIFT, the text format of Moodle's question banks.
//!
//! The reference is Moodle's own reader (`question/format/gift/format.php`). It takes what it does not understand for
//! something else: an `=` in an answer begins another answer, a blank line ends a question in its middle, a forgotten one
//! makes one question of two. Where that is likely to have happened the question is refused with the place and a hint,
//! because a wrong key is worse than none.

mod blocks;
mod choices;
mod export;
mod matching;
mod piece;
mod reading;
mod typed;
mod weight;

use std::num::NonZeroU32;

use crate::author::exchange::excerpt::{excerpt, quote};
use crate::author::exchange::facts::Facts;
use crate::author::exchange::heading::Heading;
use crate::author::exchange::shelf::{Draft, Room, Shelf, category_names};
use crate::author::exchange::{Import, Note};
use crate::quiz::question::{Difficulty, Drawn, Gap, GapKind, Kind, LessonLink, Points, placeholder};
use blocks::{Block, blocks};
use piece::Piece;
use reading::{Format, Reading, Refused};

pub use export::export;

/// The most answers of a question, as in quiz files.
const MOST_ANSWERS: usize = 1_000;

/// Reads a bank; what cannot come over is listed with the reason.
#[must_use]
pub fn import(text: &str) -> Import {
    let mut shelf = Shelf::default();
    // The line of a question that a blank line cut in two; its other parts belong to no question.
    let mut cut: Option<usize> = None;
    for block in blocks(text) {
        let room = if block.text.is_empty() {
            comments_alone(&mut shelf, &block)
        } else if let Some(room) = cut.and_then(|line| fragment(&mut shelf, &block, line)) {
            if block_has(&block, "}") {
                cut = None;
            }
            room
        } else if block.text.starts_with("$CATEGORY:") {
            cut = None;
            category(&mut shelf, &block)
        } else {
            let mask = piece::mask(&block.text);
            let whole = Piece::new(&block.text, &mask);
            cut = (whole.has("{") && !whole.has("}")).then(|| block.line());
            let (name, body) = name(whole);
            // Without a name it is known by its text, as far as the answers.
            let beginning = body.cut(0..body.find("{").unwrap_or(body.mask().len()));
            let shown = name.filter(|name| !name.is_empty());
            let text = || excerpt(&reading::marked(beginning).1.text());
            let shown = shown.or_else(|| Some(text()).filter(|text| !text.is_empty()));
            let shown = shown.unwrap_or_else(|| excerpt(&body.text()));
            let read = question(&block, body);
            shelf.put(block.line(), &shown, read)
        };
        if room == Room::Full {
            break;
        }
    }
    shelf.finish()
}

/// What the first comments say about the quiz, if one of ours was exported.
pub(super) fn heading(text: &str) -> Heading {
    let first = blocks(text).next().filter(|block| block.text.is_empty()).unwrap_or_default();
    Heading::read(&first.comments)
}

fn block_has(block: &Block, sign: &str) -> bool {
    piece::mask(&block.text).contains(sign)
}

/// Comments that belong to no question. An id among them was meant for one.
fn comments_alone(shelf: &mut Shelf, block: &Block) -> Room {
    if !Facts::read(&block.comments).is_of_question() {
        return Room::Left;
    }
    let line = block.line();
    let message = "these comments with an id or a tag belong to no question";
    let note =
        Note::with_hint(line, message, "remove the blank line between them and the question that follows");
    shelf.put(line, block.comments.first().map_or("", |(_, comment)| comment), Err(vec![note]))
}

/// A later part of a question that blank lines cut; `None` if this block is a question of its own.
fn fragment(shelf: &mut Shelf, block: &Block, line: usize) -> Option<Room> {
    let mask = piece::mask(&block.text);
    let is_own = mask.contains('{') || mask.starts_with("::") || mask.starts_with("$CATEGORY:");
    if is_own {
        return None;
    }
    let message = format!("these lines belong to the question of line {line}, which a blank line cut in two");
    let note = Note::with_hint(block.line(), message, "remove the blank lines between `{` and `}`");
    Some(shelf.put(block.line(), &block.text, Err(vec![note])))
}

/// `$CATEGORY: outer/own`, `//` standing for a slash.
fn category(shelf: &mut Shelf, block: &Block) -> Room {
    let (first, rest) = block.text.split_once('\n').unwrap_or((&block.text, ""));
    shelf.enter(category_names(first.trim_start_matches("$CATEGORY:")));
    if rest.is_empty() {
        return Room::Left;
    }
    let line = block.line_at(first.len() + 1);
    let message =
        "this stands in the category's own block, so Moodle reads it as part of the category's name";
    let note = Note::with_hint(line, message, "put a blank line behind `$CATEGORY: …`");
    shelf.put(line, rest, Err(vec![note]))
}

/// `::name::`, if there is one, and the rest.
fn name(whole: Piece<'_>) -> (Option<String>, Piece<'_>) {
    let named = || whole.trim().mask().strip_prefix("::").and_then(|rest| rest.find("::"));
    match named() {
        Some(end) => {
            let whole = whole.trim();
            (Some(whole.cut(2..2 + end).text()), whole.skip(end + 4).trim())
        }
        None => (None, whole.trim()),
    }
}

/// The parts of a question without its name.
struct Parts<'a> {
    /// What stands before the answers.
    head: Piece<'a>,
    /// What stands between the braces, without the general feedback.
    answers: Piece<'a>,
    general: Option<Piece<'a>>,
    /// What stands behind the answers; blank unless a word is missing.
    tail: Piece<'a>,
}

fn question(block: &Block, body: Piece<'_>) -> Result<Draft, Refused> {
    let mut reading = Reading {
        block,
        format: Format::Moodle,
        facts: Facts::read(&block.comments),
        losses: Vec::new(),
        why: None,
    };
    let parts = parts(&reading, body)?;
    paths(&mut reading);
    let (format, head) = reading::marked(parts.head);
    reading.format = format.unwrap_or(Format::Moodle);
    reading.why = reading.feedback(parts.general);
    let kind = kind(&mut reading, parts.answers)?;
    let gap = reading.facts.take_as("gap", |id| id.parse().ok());
    let behind = parts.tail.unescaped();
    let blank = match &gap {
        Some(id) => placeholder(id),
        None if parts.tail.is_blank() => String::new(),
        None => "_____".to_owned(),
    };
    // What stands behind `[markdown]` may begin with a space only when a gap follows.
    let text = format!("{}{blank}{behind}", head.unescaped());
    let text = reading.converted(reading.format, text.trim_matches(piece::SPACE), head.start);
    let (prompt, kind) = match gap {
        None => (text, kind),
        Some(id) => {
            let kind = match kind {
                Kind::Single { options } => GapKind::Choice(options),
                Kind::Text(key) => GapKind::Text(key),
                Kind::Number(key) => GapKind::Number(key),
                Kind::Multiple { .. }
                | Kind::TrueFalse { .. }
                | Kind::Match { .. }
                | Kind::Order { .. }
                | Kind::Cloze { .. }
                | Kind::Scenario { .. } => {
                    let hint = "remove its `countersign-gap`";
                    return Err(reading.refused(0, "a gap is a choice of one, a text or a number", hint));
                }
            };
            let prompt = reading.facts.take("prompt").unwrap_or_else(|| "Fill the gap.".to_owned());
            (prompt, Kind::Cloze { text, gaps: vec![Gap { id, kind }] })
        }
    };
    Ok(draft(reading, prompt, kind))
}

/// Notes where a path of Windows loses a backslash and gets a line end: Moodle reads `C:\new` as `C:` and `ew`.
fn paths(reading: &mut Reading<'_>) {
    let block = reading.block;
    for (start, line) in block.lines() {
        let words = line.split(|c: char| c.is_whitespace() || "{}=~#".contains(c));
        // What our exports write has a backslash before the colon.
        let broken = words.filter(|word| {
            let path = word.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
            let drive = path.split_once(":\\").filter(|(drive, _)| drive.len() == 1);
            drive.is_some_and(|(drive, _)| piece::unescaped(&path[drive.len()..]).contains('\n'))
        });
        for word in broken {
            let message = format!("{} holds `\\n`, which is a line end in GIFT", quote(word));
            reading.lost(start, message, "a backslash itself is written twice: C:\\\\new");
        }
    }
}

/// The question with what the comments say about it.
fn draft(mut reading: Reading<'_>, prompt: String, kind: Kind) -> Draft {
    let facts = &mut reading.facts;
    let mut draft = Draft::new(prompt, kind);
    draft.id = facts.id.take().map(|(_, id)| id);
    let revision = facts.take_as("revision", |text| text.parse::<NonZeroU32>().ok());
    draft.revision = revision.unwrap_or(NonZeroU32::MIN);
    let points = facts.take_as("points", |text| Points::new(text.parse().ok()?));
    draft.points = points.unwrap_or(Points::ONE);
    draft.difficulty = facts.take_as("difficulty", Difficulty::named);
    draft.drawn = if facts.take("mandatory").is_some() { Drawn::Always } else { Drawn::ByChance };
    let said = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    draft.source = said(facts.take("source"));
    draft.lesson = said(facts.take("lesson")).map(|link| match link.split_once('#') {
        Some((lesson, heading)) => {
            LessonLink { lesson: lesson.to_owned(), heading: Some(heading.to_owned()) }
        }
        None => LessonLink { lesson: link, heading: None },
    });
    draft.why = reading.why;
    draft.losses = reading.losses;
    draft.losses.extend(reading.facts.leftovers());
    draft
}

fn kind(reading: &mut Reading<'_>, answers: Piece<'_>) -> Result<Kind, Refused> {
    let at = answers.start;
    if answers.is_blank() {
        let message = "an empty `{}` asks for an essay, which no program can mark";
        return Err(reading.refused(
            at,
            message,
            "ask for something that can be marked, or leave it to a conversation",
        ));
    }
    let signs = answers.mask().matches(['=', '~']).count();
    if signs > MOST_ANSWERS {
        let message = format!("{signs} answers are too many, {MOST_ANSWERS} is the limit");
        return Err(reading.refused(at, message, "make several questions of it"));
    }
    if answers.mask().starts_with('#') {
        return typed::numeric(reading, answers.skip(1).trim());
    }
    if answers.has("~") {
        return choices::read(reading, answers);
    }
    if answers.has("=") && answers.has("->") {
        return matching::read(reading, answers);
    }
    let word = answers.split_once("#").map_or(answers, |(word, _)| word).text();
    if let Some(answer) = choices::truth(&word) {
        return Ok(choices::true_false(reading, answers, answer));
    }
    if ["t", "f", "true", "false"].contains(&word.to_lowercase().as_str()) {
        let message = format!("Moodle reads `{word}` as a text to be typed, not as true or false");
        return Err(reading.refused(at, message, "write TRUE or FALSE in capitals, or `=` before a text"));
    }
    typed::text(reading, answers)
}

/// Finds the braces, and whatever shows that a blank line or a backslash is missing.
fn parts<'a>(reading: &Reading<'_>, body: Piece<'a>) -> Result<Parts<'a>, Refused> {
    const ESCAPE: &str = "the character itself is written `\\{` or `\\}`";
    if body.mask().starts_with("::") {
        let message = "the name that begins here never ends";
        return Err(reading.refused(body.start, message, "write `::name::` before the question"));
    }
    let (open, close) = match (body.find("{"), body.find("}")) {
        (Some(open), Some(close)) if open < close => (open, close),
        (None, None) => {
            let message = "this has no answers in braces: it is a description, not a question";
            return Err(reading.refused(body.start, message, "put the text into a lesson"));
        }
        (Some(open), None) => {
            let hint = "a blank line ends a question: is there one among the answers? or is `}` missing?";
            return Err(reading.refused(body.start + open, "the answers that begin here never end", hint));
        }
        (_, Some(close)) => {
            return Err(reading.refused(body.start + close, "this `}` closes nothing", ESCAPE));
        }
    };
    let (head, inside, tail) = (body.cut(0..open), body.cut(open + 1..close), body.skip(close + 1));
    if let Some(at) = inside.find("{") {
        let hint = format!("{ESCAPE}; or is a `}}` missing further up?");
        return Err(reading.refused(inside.start + at, "a `{` among the answers", hint));
    }
    let another = reading.block.lines().map(|(start, _)| start).filter(|start| *start > tail.start);
    let mut another = another.filter(|start| {
        let line = &tail.mask()[start - tail.start..];
        line.starts_with("::") || line.starts_with("$CATEGORY:")
    });
    if let Some(at) = another.next().or(tail.find("{").map(|at| tail.start + at)) {
        let hint = format!("put a blank line between two questions; {ESCAPE}");
        return Err(reading.refused(at, "another question begins in the middle of this one", hint));
    }
    if let Some(at) = tail.find("}") {
        return Err(reading.refused(tail.start + at, "this `}` closes nothing", ESCAPE));
    }
    let (answers, general) = match inside.rfind("####") {
        Some(at) => (inside.cut(0..at), Some(inside.skip(at + 4))),
        None => (inside, None),
    };
    Ok(Parts { head, answers: answers.trim(), general, tail })
}

#[cfg(test)]
mod tests;
