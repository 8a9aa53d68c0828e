//! Footnotes: where their signs stand in a text, and what they say.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::OnceLock;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::bytes::holds;
use super::events::{BETWEEN_LABELS, Located, normalised};
use super::plain_text::{LISTED, one_line, push_plain};
use super::slips::{SlipKind, Slips};
use super::{Document, Link};
use crate::printable::Printable;

/// The sign of a footnote: of several that stand in a row, each has its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteSign {
    /// A place of its own in the source, in bytes: what `Style::note` says of its text. The first of a row is where the row begins, and each
    /// other one a byte behind the one before it, which still stands there.
    pub offset: usize,
    /// The label, as written: show it as [`Printable`].
    pub label: String,
}

/// A footnote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Where it stands in the source, in bytes.
    pub range: Range<usize>,
    /// What it says, without markup, in one line.
    pub text: Printable,
}

/// A footnote that has taken in what may be text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteWithText {
    /// Its label, as written: show it as [`Printable`].
    pub label: String,
    /// Where what was taken in begins in the source, in bytes; of a long note, where the note does.
    pub offset: usize,
    /// By what it is known.
    pub taken: Taken,
}

/// By what a footnote is known that has taken in text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// A line right below it that is not indented. Nothing but a blank line would have kept it out.
    Line,
    /// Another block, or lines that are kept apart: indented, as what belongs to the note is.
    Block,
    /// So many words, more than [`LONGEST_SOURCE`].
    Words(usize),
}

/// The most words of a source: who says something, under which title, where, and when. A note of more takes longer than a third of a
/// minute to read, and is a paragraph. (The longest of the 179 sources of the bundled course has 34.)
pub const LONGEST_SOURCE: usize = 80;

/// Signs in a row stand within so many bytes of each other.
const NEAR: usize = 2048;

/// What is known about the footnotes of a document.
#[derive(Debug, Default)]
pub(super) struct Notes {
    signs: OnceLock<Vec<NoteSign>>,
    all: OnceLock<HashMap<String, Note>>,
    body_end: OnceLock<usize>,
}

impl Document {
    /// The signs of footnotes in the order of the text (the first 65,536).
    #[must_use]
    pub fn note_signs(&self) -> &[NoteSign] {
        self.kept_notes().signs.get_or_init(|| {
            let mut signs = Vec::new();
            self.each_with_notes(|events| {
                signs.extend(signs_of(events));
                signs.len() < LISTED
            });
            signs.truncate(LISTED);
            signs
        })
    }

    /// The footnote with this label. Of several, the first one counts.
    #[must_use]
    pub fn note(&self, label: &str) -> Option<&Note> {
        self.notes_by_label().get(&normalised(label))
    }

    /// All footnotes by their normalised labels.
    fn notes_by_label(&self) -> &HashMap<String, Note> {
        self.kept_notes().all.get_or_init(|| {
            let mut all = HashMap::new();
            self.each_with_notes(|events| {
                for (label, note) in notes_of(events) {
                    if let Entry::Vacant(free) = all.entry(normalised(&label)) {
                        free.insert(note);
                    }
                }
                all.len() < LISTED
            });
            all
        })
    }

    /// Adds the signs of footnotes that are not there, and the footnotes that no sign refers to.
    pub(super) fn add_loose_notes(&self, slips: &mut Slips<'_>) {
        let notes = self.notes_by_label();
        let mut used = HashSet::new();
        for sign in self.note_signs() {
            let known = normalised(&sign.label);
            if notes.contains_key(&known) {
                used.insert(known);
                continue;
            }
            let written = format!("[^{}]", sign.label);
            let from = self.source().floor_char_boundary(sign.offset);
            let near = &self.source()[from..self.source().floor_char_boundary(from + NEAR)];
            let at = from + near.find(&written).unwrap_or_default();
            let end = self.source().floor_char_boundary(at + written.len());
            slips.note(SlipKind::NoteMissing, at..end);
        }
        // Of more signs than are listed nobody knows what they refer to.
        let unused = notes.iter().filter(|(label, _)| !used.contains(*label));
        for (_, note) in unused.filter(|_| self.note_signs().len() < LISTED) {
            let written = self.source()[note.range.clone()].find("]:").map_or(0, |end| end + "]".len());
            slips.note(SlipKind::NoteUnused, note.range.start..note.range.start + written);
        }
    }

    /// Where what is read ends, in bytes of the source: behind it stand footnotes alone, which are looked up, and the heading
    /// right above them. The length of the source when it ends with anything else, or has nothing else. A footnote is looked up
    /// as long as it is what a source is: one paragraph of [`LONGEST_SOURCE`] words at most that takes in no line of the text.
    #[must_use]
    pub fn body_end(&self) -> usize {
        *self.kept_notes().body_end.get_or_init(|| {
            let mut end = self.len();
            for index in (0..self.chunks()).rev() {
                let may_end_with_notes = || holds(&self.source()[self.range(index)], "]:");
                if !self.is_markdown(index) || (end == self.len() && !may_end_with_notes()) {
                    break;
                }
                let excerpt = self.excerpt(index);
                let blocks = blocks_of(&excerpt.events(&|label| self.definition(label)), self.source());
                let notes = blocks.iter().rev().take_while(|(block, _)| *block == Block::Note).count();
                let (above, notes) = blocks.split_at(blocks.len() - notes);
                end = notes.first().map_or(end, |(_, start)| *start);
                match above.last() {
                    None => {}
                    Some((Block::Heading, start)) if end < self.len() => {
                        end = *start;
                        break;
                    }
                    Some(_) => break,
                }
            }
            if self.source()[..end].trim().is_empty() { self.len() } else { end }
        })
    }

    /// The footnotes that have taken in what may be text (the first 65,536): what stands in them is not looked up but read.
    #[must_use]
    pub fn notes_with_text(&self) -> Vec<NoteWithText> {
        let mut found = Vec::new();
        self.each_with_notes(|events| {
            for Outermost { located: (event, range), further } in outermost(events) {
                if let Event::Start(Tag::FootnoteDefinition(label)) = event
                    && let Some((offset, taken)) = taken_in(self.source(), range.clone(), further)
                {
                    found.push(NoteWithText { label: label.to_string(), offset, taken });
                }
            }
            found.len() < LISTED
        });
        found.truncate(LISTED);
        found
    }

    /// The number of the first link of a footnote, and that link.
    #[must_use]
    pub fn link_of_note(&self, note: &Note) -> Option<(usize, Link)> {
        let (mut number, links) = self.links_at(note.range.start);
        for link in links.iter() {
            if note.range.contains(&link.offset) {
                return Some((number, link.clone()));
            }
            number += 1;
        }
        None
    }
}

fn signs_of(events: &[Located<'_>]) -> impl Iterator<Item = NoteSign> {
    let rows = events.iter().filter_map(|(event, range)| match event {
        Event::FootnoteReference(labels) => Some((labels, range.start)),
        _ => None,
    });
    rows.flat_map(|(labels, row)| {
        (row..)
            .zip(labels.split(BETWEEN_LABELS))
            .map(|(offset, label)| NoteSign { offset, label: label.to_owned() })
    })
}

/// A block that stands in no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Block {
    /// A footnote that is looked up.
    Note,
    Heading,
    Other,
}

/// The blocks of a chunk of `source`, and where each begins in it.
fn blocks_of(events: &[Located<'_>], source: &str) -> Vec<(Block, usize)> {
    let block = |Outermost { located: (event, range), further }| {
        let block = match event {
            Event::Start(Tag::FootnoteDefinition(_))
                if taken_in(source, range.clone(), further).is_none() =>
            {
                Block::Note
            }
            Event::Start(Tag::Heading { .. }) => Block::Heading,
            _ => Block::Other,
        };
        (block, range.start)
    };
    outermost(events).into_iter().map(block).collect()
}

/// The event with which a block begins, or is, that stands in no other.
struct Outermost<'e, 'a> {
    located: &'e Located<'a>,
    /// Where something begins in it that is not in its first paragraph, or a line of that one that is kept apart.
    further: Option<usize>,
}

/// The blocks that stand in no other.
fn outermost<'e, 'a>(events: &'e [Located<'a>]) -> Vec<Outermost<'e, 'a>> {
    let mut blocks: Vec<Outermost<'e, 'a>> = Vec::new();
    let (mut depth, mut paragraphs) = (0_usize, 0_usize);
    for located in events {
        let (event, range) = located;
        let is_further = match event {
            Event::Start(Tag::Paragraph) => {
                paragraphs += 1;
                paragraphs > 1
            }
            Event::Start(
                Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Link { .. }
                | Tag::Image { .. }
                | Tag::Superscript
                | Tag::Subscript,
            ) => false,
            Event::Start(_) | Event::Rule | Event::HardBreak => true,
            _ => false,
        };
        if depth == 0 && !matches!(event, Event::End(_)) {
            blocks.push(Outermost { located, further: None });
            paragraphs = 0;
        } else if is_further && let Some(block) = blocks.last_mut() {
            block.further.get_or_insert(range.start);
        }
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    blocks
}

/// What of a footnote in `range` of `source` may be text that was meant to stand below it, and where that begins. A source is one
/// paragraph; its further lines are indented, which every guide to Markdown asks for. What is `further` in it is none.
fn taken_in(source: &str, range: Range<usize>, further: Option<usize>) -> Option<(usize, Taken)> {
    let note = source.get(range.clone())?.trim_end();
    let mut lines = note.split_inclusive('\n');
    let mut offset = range.start + lines.next().map_or(0, str::len);
    let mut is_below_blank = false;
    for line in lines {
        let is_blank = line.trim().is_empty();
        let is_indented = line.starts_with([' ', '\t']);
        match (is_blank, is_below_blank, is_indented) {
            (true, _, _) => is_below_blank = true,
            (false, true, _) => return Some((offset, Taken::Block)),
            (false, false, false) => return Some((offset, Taken::Line)),
            (false, false, true) => {}
        }
        offset += line.len();
    }
    if let Some(offset) = further {
        return Some((offset, Taken::Block));
    }
    let words = note.split_whitespace().count();
    (words > LONGEST_SOURCE).then_some((range.start, Taken::Words(words)))
}

fn notes_of(events: &[Located<'_>]) -> Vec<(String, Note)> {
    let mut notes = Vec::new();
    let mut open: Option<(String, Range<usize>, String)> = None;
    for (event, range) in events {
        match event {
            Event::Start(Tag::FootnoteDefinition(label)) => {
                open = Some((label.to_string(), range.clone(), String::new()));
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                if let Some((label, range, text)) = open.take() {
                    notes.push((label, Note { range, text: one_line(&text) }));
                }
            }
            Event::End(TagEnd::Paragraph | TagEnd::Item) => {
                if let Some((_, _, text)) = &mut open {
                    text.push(' ');
                }
            }
            event => {
                if let Some((_, _, text)) = &mut open {
                    push_plain(event, text);
                }
            }
        }
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(source: &str) -> Document {
        Document::parse(source.into())
    }

    /// Sources are looked up; a lesson whose sources were not paged through was read all the same.
    #[test]
    fn what_is_read_ends_before_the_notes_at_the_end() {
        let check = |source: &str, body: &str| {
            let end = document(source).body_end();
            assert_eq!(end, body.len(), "{}", source.chars().take(80).collect::<String>());
        };
        let whole = |source: &str| check(source, source);
        check("A[^1].\n\n[^1]: One.\n", "A[^1].\n\n");
        check("# A\n\nB[^1].\n\n## Sources\n\n[^1]: One.\n[^2]: Two\n    and more.\n", "# A\n\nB[^1].\n\n");
        check("A[^1].\n\nSources\n-------\n\n[^1]: One.", "A[^1].\n\n");
        check("A[^1].\n\n[^1]: One.\n\n---\n\n[^2]: Two.", "A[^1].\n\n[^1]: One.\n\n---\n\n");
        whole("A[^1].\n\n[^1]: One.\n\nMore.");
        whole("## Sources\n\n[^1]: One.");
        whole("A.\n\n## A heading at the end");
        whole("A.\n\n```\n[^1]: One.\n");
        whole("A[^1].\n\n[^1]: One.\n\n    What was to be read, indented by accident.\n");
        // Text right below a note, whose blank line was forgotten, was a part of it and never had to be read.
        whole("A[^1].\n\n[^1]: One.\nYou must do this.\nAnd that.\n");
        whole("A[^1].\n\n[^1]: One.\n\n    - What to do.\n");
        for inside in
            ["- a\n    - b", "1. a", "```\n    a\n    ```", "## a", "> a", "a\\\n    b\\\n    c", "***"]
        {
            whole(&format!("A[^1].\n\n[^1]: One.\n    {inside}\n"));
        }
        check(
            "A[^1].\n\n[^1]: *One* ~two~ [three](https://a.example) `four`\n    ![five](b.png)\n",
            "A[^1].\n\n",
        );
        whole(&format!("A[^1].\n\n[^1]: {}\n", "long ".repeat(80)));
        check(&format!("A[^1].\n\n[^1]: {}\n", "long ".repeat(79)), "A[^1].\n\n");
        // The notes behind such a one are looked up all the same.
        let swallowed = "A[^1].\n\n[^1]: One.\nDo this.\n\n";
        check(&format!("{swallowed}[^2]: Two.\n"), swallowed);
        whole("");
        let notes = "[^1]: A note that says where something stands.\n".repeat(20_000);
        let long = format!("A[^1].\n\n## Sources\n\n{notes}");
        assert!(document(&long).chunks() > 1, "they stand in several chunks");
        check(&long, "A[^1].\n\n");
    }

    #[test]
    fn notes_that_have_taken_in_text_are_told_with_its_place() {
        let check = |source: &str, expected: &[(&str, &str, Taken)]| {
            let found = document(source).notes_with_text();
            let found: Vec<_> =
                found.iter().map(|note| (note.label.as_str(), &source[note.offset..], note.taken)).collect();
            assert_eq!(found, expected, "{source:?}");
        };
        check("A[^1].\n\n[^1]: One,\n    and more.\n\n[^2]: Two.\n\nText.", &[]);
        check("A[^1].\n\n[^1]:\n    One,\n  two,\n\tthree.\n", &[]);
        check("A[^1].\n\n[^1]: One.\nText.\nMore.", &[("1", "Text.\nMore.", Taken::Line)]);
        check("A[^1].\n\n[^1]: One.\r\nText.", &[("1", "Text.", Taken::Line)]);
        check("A[^1].\n\n[^1]: One.\n\n    Text.", &[("1", "    Text.", Taken::Block)]);
        check(
            "A[^1].\n\n[^1]: One.\nText.\n\nB.\n\n[^ü]: Two.\n\n    ü.",
            &[("1", "Text.\n\nB.\n\n[^ü]: Two.\n\n    ü.", Taken::Line), ("ü", "    ü.", Taken::Block)],
        );
        let long = format!("[^1]: {}", "word ".repeat(LONGEST_SOURCE));
        check(&long, &[("1", &long, Taken::Words(LONGEST_SOURCE + 1))]);
        check("> [^1]: In a quote,\n> and more.\n", &[]);
    }

    #[test]
    fn signs_are_listed_with_their_labels() {
        let check = |source: &str, expected: &[(&str, usize, &str)]| {
            let document = document(source);
            let found: Vec<(usize, &str)> =
                document.note_signs().iter().map(|sign| (sign.offset, sign.label.as_str())).collect();
            let expected: Vec<(usize, &str)> = expected
                .iter()
                .map(|(row, nth, label)| (source.find(row).expect("a row") + nth, *label))
                .collect();
            assert_eq!(found, expected, "{source:?}");
        };
        check("no notes", &[]);
        check(
            "A[^1] and b[^F2][^F3].\n\n[^1]: One.\n[^F2]: Two.\n[^F3]: Three.",
            &[("[^1] and", 0, "1"), ("[^F2][", 0, "F2"), ("[^F2][", 1, "F3")],
        );
        check("`[^1]`\n\n[^1]: One[^2].\n\n[^2]: Two.", &[("[^2].", 0, "2")]);
        check("| a[^1] |\n|---|\n| b[^1] |\n\n[^1]: One.", &[("[^1] |\n|-", 0, "1"), ("[^1] |\n\n", 0, "1")]);
    }

    #[test]
    fn a_note_is_found_by_its_label() {
        let far = format!(
            "Word[^F1].\n\n{}[^f1]: *By* [us](https://example.org),\n    2026\n[^F1]: Later.\n",
            "Filler.\n\n".repeat(900)
        );
        let document = document(&far);
        assert!(document.chunks() > 1);
        let note = document.note("F1").expect("a note");
        assert_eq!(note.text.as_str(), "By us, 2026");
        assert!(far[note.range.clone()].starts_with("[^f1]:"), "{:?}", &far[note.range.clone()]);
        let (number, link) = document.link_of_note(note).expect("a link");
        assert_eq!((number, link.address.as_str()), (0, "https://example.org"));
        assert_eq!(document.note("F2"), None);
        assert_eq!(document.note("\u{1b}"), None);
    }

    #[test]
    fn a_note_without_a_link_has_none() {
        let document = document("[One](a)[^1][^2]\n\n[^1]: Words.\n[^2]: [Two](b)\n");
        let link = |label: &str| {
            let found = document.note(label).and_then(|note| document.link_of_note(note));
            found.map(|(number, link)| (number, link.address))
        };
        assert_eq!((link("1"), link("2")), (None, Some((1, "b".to_owned()))));
    }
}
