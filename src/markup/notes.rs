//! Footnotes: where their signs stand in a text, and what they say.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;
use std::sync::OnceLock;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::bytes::holds;
use super::document::{LISTED, one_line, push_plain};
use super::events::{Located, normalised};
use super::{Document, Link};
use crate::printable::Printable;

/// The sign of a footnote, or of several that stand in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteSign {
    /// Where it begins in the source, in bytes: what `Style::note` says of its text.
    pub offset: usize,
    /// The labels, as written: show them as [`Printable`].
    pub labels: Vec<String>,
}

/// A footnote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Where it stands in the source, in bytes.
    pub range: Range<usize>,
    /// What it says, without markup, in one line.
    pub text: Printable,
}

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
        let all = self.kept_notes().all.get_or_init(|| {
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
        });
        all.get(&normalised(label))
    }

    /// Where what is read ends, in bytes of the source: behind it stand footnotes alone, which are looked up, and the heading
    /// right above them. The length of the source when it ends with anything else, or has nothing else.
    #[must_use]
    pub fn body_end(&self) -> usize {
        *self.kept_notes().body_end.get_or_init(|| {
            let mut end = self.len();
            for index in (0..self.chunks()).rev() {
                let may_end_with_notes = || holds(&self.source()[self.range(index)], "]:");
                if !self.is_markdown(index) || (end == self.len() && !may_end_with_notes()) {
                    break;
                }
                let blocks = blocks_of(&self.excerpt(index).events(&|label| self.definition(label)));
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
    events.iter().filter_map(|(event, range)| {
        let Event::FootnoteReference(labels) = event else { return None };
        Some(NoteSign { offset: range.start, labels: labels.split(", ").map(str::to_owned).collect() })
    })
}

/// A block that stands in no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Block {
    /// A footnote of one paragraph, as sources are. One that goes on may have taken in what was to be read.
    Note,
    Heading,
    Other,
}

/// The blocks of a chunk, and where each begins in the source.
fn blocks_of(events: &[Located<'_>]) -> Vec<(Block, usize)> {
    let mut blocks: Vec<(Block, usize)> = Vec::new();
    let (mut depth, mut within) = (0_usize, 0_usize);
    for (event, range) in events {
        if let Event::End(_) = event {
            depth = depth.saturating_sub(1);
            continue;
        }
        match depth {
            0 => {
                let block = match event {
                    Event::Start(Tag::FootnoteDefinition(_)) => Block::Note,
                    Event::Start(Tag::Heading { .. }) => Block::Heading,
                    _ => Block::Other,
                };
                blocks.push((block, range.start));
                within = 0;
            }
            1 => within += 1,
            _ => {}
        }
        if let Some((block @ Block::Note, _)) = blocks.last_mut()
            && within > 1
        {
            *block = Block::Other;
        }
        depth += usize::from(matches!(event, Event::Start(_)));
    }
    blocks
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
        whole("");
        let notes = "[^1]: A note that says where something stands.\n".repeat(20_000);
        let long = format!("A[^1].\n\n## Sources\n\n{notes}");
        assert!(document(&long).chunks() > 1, "they stand in several chunks");
        check(&long, "A[^1].\n\n");
    }

    #[test]
    fn signs_are_listed_with_their_labels() {
        let check = |source: &str, expected: &[(&str, &[&str])]| {
            let document = document(source);
            let found: Vec<(&str, Vec<&str>)> = document
                .note_signs()
                .iter()
                .map(|sign| (&source[sign.offset..], sign.labels.iter().map(String::as_str).collect()))
                .map(|(rest, labels)| (rest.split_inclusive(']').next().unwrap_or_default(), labels))
                .collect();
            let expected: Vec<(&str, Vec<&str>)> =
                expected.iter().map(|(at, labels)| (*at, labels.to_vec())).collect();
            assert_eq!(found, expected, "{source:?}");
        };
        check("no notes", &[]);
        check(
            "A[^1] and b[^F2][^F3].\n\n[^1]: One.\n[^F2]: Two.\n[^F3]: Three.",
            &[("[^1]", &["1"]), ("[^F2]", &["F2", "F3"])],
        );
        check("`[^1]`\n\n[^1]: One[^2].\n\n[^2]: Two.", &[("[^2]", &["2"])]);
        check("| a[^1] |\n|---|\n| b[^1] |\n\n[^1]: One.", &[("[^1]", &["1"]), ("[^1]", &["1"])]);
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
