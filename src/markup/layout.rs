//! A document at a width: places, lines and the way between them.

use std::sync::Arc;

use super::{Document, Line, Span};
use crate::printable::{Printable, width};

/// A line of a laid-out document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    block: usize,
    line: usize,
}

/// A document at a width; lays out only what is asked for.
#[derive(Debug)]
pub struct Layout {
    document: Arc<Document>,
    width: u16,
    lines: Vec<Line>,
}

impl Layout {
    /// A layout of `document` that is `width` columns wide (at least one).
    #[must_use]
    pub fn new(document: Arc<Document>, width: u16) -> Self {
        let mut layout = Self { document, width: 0, lines: Vec::new() };
        layout.set_width(width);
        layout
    }

    /// How many columns a line may have.
    #[must_use]
    pub fn width(&self) -> u16 {
        self.width
    }

    /// Changes the width. Places lose their meaning, offsets keep theirs.
    pub fn set_width(&mut self, width: u16) {
        self.width = width.max(1);
        self.lines = wrapped(self.document.source(), usize::from(self.width));
    }

    /// The document that is laid out.
    #[must_use]
    pub fn document(&self) -> &Arc<Document> {
        &self.document
    }

    /// The line that shows what stands at `offset` in the source.
    pub fn place_of(&mut self, offset: usize) -> Place {
        let line = self.lines.iter().rposition(|line| line.offset <= offset).unwrap_or(0);
        Place { block: 0, line }
    }

    /// Where in the source the line at `place` begins.
    pub fn offset_of(&mut self, place: Place) -> usize {
        self.lines.get(place.line).map_or(0, |line| line.offset)
    }

    /// The first line.
    #[must_use]
    pub fn top(&self) -> Place {
        Place::default()
    }

    /// The last place from which a screen of `height` lines is full; the top if the document is shorter.
    pub fn last_top(&mut self, height: usize) -> Place {
        Place { block: 0, line: self.lines.len().saturating_sub(height) }
    }

    /// The place so many lines further down; the last line at most.
    pub fn down(&mut self, from: Place, lines: usize) -> Place {
        Place { block: 0, line: from.line.saturating_add(lines).min(self.lines.len().saturating_sub(1)) }
    }

    /// The place so many lines further up; the top at most.
    pub fn up(&mut self, from: Place, lines: usize) -> Place {
        Place { block: 0, line: from.line.saturating_sub(lines) }
    }

    /// The lines from `from` on, at most `height`.
    pub fn lines(&mut self, from: Place, height: usize) -> Vec<Line> {
        self.lines.iter().skip(from.line).take(height).cloned().collect()
    }

    /// How much of the source stands at or above the line at `bottom`: 100 on the last line, less before it.
    pub fn percent(&mut self, bottom: Place) -> u16 {
        if bottom.line + 1 >= self.lines.len() {
            return 100;
        }
        let part = self.offset_of(bottom) * 100 / self.document.len().max(1);
        u16::try_from(part).unwrap_or(99).min(99)
    }
}

fn wrapped(source: &str, room: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut offset = 0;
    for source_line in source.split_inclusive('\n') {
        let mut text = String::new();
        for word in source_line.split_whitespace() {
            if !text.is_empty() && width(&text) + 1 + width(word) > room {
                lines.push(line(&std::mem::take(&mut text), offset));
            }
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
        lines.push(line(&text, offset));
        offset += source_line.len();
    }
    lines
}

fn line(text: &str, offset: usize) -> Line {
    let spans = vec![Span { text: Printable::new(text), ..Span::default() }];
    Line { spans, offset }
}
