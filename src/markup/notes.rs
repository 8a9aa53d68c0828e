//! Footnotes: where their signs stand in a text, and what they say.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;
use std::sync::OnceLock;

use pulldown_cmark::{Event, Tag, TagEnd};

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
