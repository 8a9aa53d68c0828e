//! Hits on laid-out lines.

use super::super::layout::Place;
use super::super::{Layout, Line, Mark, Span};
use super::words::{Found, Part};
use super::{Hit, Search};

impl Layout {
    /// The lines from `from` on, at most `height`, with the hits of `search` marked. The place and the width are those of
    /// the document that is searched.
    pub fn marked_lines(
        &mut self,
        from: Place,
        height: usize,
        search: &mut Search,
        current: Option<Hit>,
    ) -> Vec<Line> {
        let mut lines = Vec::new();
        self.each_chunk_from(from, height, |chunk, shown| {
            let found = search.found(chunk);
            let current = current.filter(|hit| hit.chunk == chunk).map(|hit| hit.nth);
            lines.extend(shown.iter().map(|line| marked(line, &found, current)));
        });
        lines
    }

    /// The line on which a hit begins.
    pub fn place_of_hit(&mut self, search: &mut Search, hit: Hit) -> Option<Place> {
        let found = search.found(hit.chunk);
        let offset = found.hits.get(hit.nth)?.start;
        let holds = |line: &Line| {
            line.spans.iter().any(|span| parts_in(span, &found).any(|part| part.hit == hit.nth))
        };
        // Not every hit is on a line: what a table became may not repeat its labels.
        Some(self.line_of_chunk(hit.chunk, holds).unwrap_or_else(|| self.place_of(offset)))
    }
}

/// The parts of hits that a span shows.
fn parts_in<'a>(span: &'a Span, found: &'a Found) -> impl Iterator<Item = &'a Part> {
    let parts = span.origin.map_or(&[][..], |origin| {
        let first =
            found.parts.partition_point(|part| (part.piece, part.place.end) <= (origin.piece, origin.at));
        let end = origin.at + span.text.as_str().len();
        let rest = &found.parts[first..];
        &rest[..rest.partition_point(|part| (part.piece, part.place.start) < (origin.piece, end))]
    });
    parts.iter()
}

/// The line with every hit in spans of its own.
fn marked(line: &Line, found: &Found, current: Option<usize>) -> Line {
    if found.parts.is_empty() {
        return line.clone();
    }
    let mut spans = Vec::with_capacity(line.spans.len() + 2);
    for span in &line.spans {
        let (text, at) = (span.text.as_str(), span.origin.map_or(0, |origin| origin.at));
        let mut done = 0;
        for part in parts_in(span, found) {
            let start = text.floor_char_boundary(part.place.start.saturating_sub(at).max(done));
            let end = text.ceil_char_boundary(part.place.end.saturating_sub(at));
            if start < end {
                let mark = if current == Some(part.hit) { Mark::Current } else { Mark::Hit };
                spans.extend(piece(span, done, start, Mark::None));
                spans.extend(piece(span, start, end, mark));
                done = end;
            }
        }
        spans.extend(piece(span, done, text.len(), Mark::None));
    }
    Line { spans, ..line.clone() }
}

fn piece(span: &Span, start: usize, end: usize, mark: Mark) -> Option<Span> {
    let mut style = span.style;
    if mark != Mark::None {
        style.mark = mark;
    }
    let origin = span.origin.map(|origin| origin.after(start));
    (start < end).then(|| Span { text: span.text.slice(start..end), style, level: span.level, origin })
}
