//! Text broken into lines: UAX 14 says where, the display width of grapheme clusters says when.

mod sought;
mod verbatim;

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use super::bidi::{Direction, Levels};
use super::{Line, Origin, Role, Span, Style, line_breaks};
use crate::printable::{Printable, cluster_width, width};

pub(super) use sought::sought;
pub(super) use verbatim::{GOES_ON, line_end, verbatim, verbatim_texts, without_tabs};

/// A piece of inline text of one style, as the parser decoded it: not safe yet.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) style: Style,
    /// Where it begins in the source.
    pub(super) offset: usize,
    pub(super) kind: RunKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RunKind {
    /// White space collapses, as in HTML.
    Text,
    /// White space stays.
    Verbatim,
    /// It does not stand in the source like this, and is no text of the author's: nobody finds it.
    Sign,
    /// Text that does not stand in the source like this.
    Rewritten,
    /// A sign of footnotes: it stays with the word before it where a line has room for both.
    Note,
    /// A line break that the author asked for.
    Break,
    /// A picture; the text is its description.
    Picture {
        path: String,
        title: String,
        /// A place of its own in the source for the title, which the parser tells no place of.
        title_at: usize,
    },
}

impl Run {
    pub(super) fn new(text: impl Into<String>, style: Style, offset: usize) -> Self {
        Self { text: text.into(), style, offset, kind: RunKind::Text }
    }
}

/// Inline text made safe and measured, ready to be broken into lines of any width.
#[derive(Debug, Clone, Default)]
pub(super) struct Paragraph {
    text: Printable,
    pieces: Vec<Piece>,
    /// Where lines have to end.
    breaks: Vec<usize>,
    /// Where signs of footnotes begin.
    notes: Vec<usize>,
    /// Code and addresses, which the text around them does not order.
    isolated: Vec<Range<usize>>,
    /// None if all of it goes from left to right.
    levels: Option<Levels>,
}

#[derive(Debug, Clone)]
struct Piece {
    /// Where the piece ends in the text; it begins where the one before ends.
    end: usize,
    style: Style,
    offset: usize,
    /// The text is the same in the source.
    literal: bool,
    /// So many bytes of the source can be counted into for it, roughly where it is not the same there: of two lines of one
    /// piece the lower one begins later.
    counted: usize,
    sought: Sought,
}

impl Piece {
    /// By which place of the source it is known, if somebody may look for it. Of several signs in a row each has its own.
    fn origin(&self) -> Option<usize> {
        match self.sought {
            Sought::Yes => Some(self.offset),
            Sought::Apart => self.style.note,
            Sought::No => None,
        }
    }
}

/// Whether a piece is text that somebody may look for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sought {
    Yes,
    /// The sign of a footnote: it is found by itself, and parts no words.
    Apart,
    No,
}

impl Paragraph {
    pub(super) fn new(runs: &[Run]) -> Self {
        Self::within(Direction::LeftToRight, runs)
    }

    /// Where no letter of the text says which way it is read, it goes the way of what is `around` it.
    pub(super) fn within(around: Direction, runs: &[Run]) -> Self {
        let mut paragraph = Self::gathered(runs);
        let end = paragraph.text.as_str().trim_end_matches(' ').len();
        paragraph.breaks.retain(|&at| at < end);
        let Self { text, isolated, breaks, .. } = &paragraph;
        paragraph.levels = Levels::of(text.as_str(), isolated, breaks, around);
        paragraph
    }

    /// The text alone, not ordered yet.
    fn gathered(runs: &[Run]) -> Self {
        let mut paragraph = Self::default();
        for run in runs {
            match &run.kind {
                RunKind::Break => paragraph.break_line(),
                RunKind::Verbatim | RunKind::Sign | RunKind::Rewritten => {
                    paragraph.push(&run.text.replace(['\n', '\t'], " "), run);
                }
                RunKind::Note => {
                    // Small digits stand at the word, brackets beside it.
                    let apart = run.text.starts_with('[') && !paragraph.ends_open();
                    let lead = if apart { " " } else { "" };
                    paragraph.notes.push(paragraph.text.as_str().len() + lead.len());
                    paragraph.push(&format!("{lead}{}", run.text), run);
                }
                RunKind::Text => {
                    let open = paragraph.ends_open();
                    paragraph.push(&collapsed(&run.text, open), run);
                }
                RunKind::Picture { .. } => {
                    let sign = Run { kind: RunKind::Sign, ..run.clone() };
                    let alt = collapsed(&run.text, true);
                    let alt = alt.trim_end();
                    if alt.is_empty() {
                        paragraph.push("[picture]", &sign);
                    } else {
                        paragraph.push("[picture: ", &sign);
                        paragraph.push(alt, run);
                        paragraph.push("]", &sign);
                    }
                }
            }
        }
        paragraph
    }

    /// A forced break; none before the first word, and one empty line at most.
    fn break_line(&mut self) {
        let at = self.text.as_str().len();
        let here = self.breaks.iter().rev().take_while(|&&before| before == at).count();
        if !self.is_empty() && here < 2 {
            self.breaks.push(at);
        }
    }

    fn push(&mut self, text: &str, run: &Run) {
        let safe = Printable::new(text);
        let sought = match run.kind {
            RunKind::Text | RunKind::Verbatim | RunKind::Rewritten | RunKind::Picture { .. } => Sought::Yes,
            RunKind::Sign | RunKind::Note if run.style.note.is_some() => Sought::Apart,
            RunKind::Sign | RunKind::Note | RunKind::Break => Sought::No,
        };
        let rewritten = sought != Sought::Yes || run.kind == RunKind::Rewritten;
        let literal = safe.as_str().len() == run.text.len() && !rewritten;
        let counted = if rewritten { 0 } else { run.text.len() };
        let start = self.text.as_str().len();
        self.text.push_apart(&safe);
        let end = self.text.as_str().len();
        if matches!(run.style.role, Role::Code | Role::Muted) {
            let added = &self.text.as_str()[start..];
            let (lead, trail) = (added.trim_start_matches(' ').len(), added.trim_end_matches(' ').len());
            self.isolated.push(end - lead..(start + trail).max(end - lead));
        }
        self.pieces.push(Piece { end, style: run.style, offset: run.offset, literal, counted, sought });
    }

    /// No word stands before the next one on this line, so a space would be the first thing on it.
    fn ends_open(&self) -> bool {
        let text = self.text.as_str();
        text.is_empty() || text.ends_with(' ') || self.breaks.last() == Some(&text.len())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.as_str().bytes().all(|byte| byte == b' ')
    }

    pub(super) fn text(&self) -> String {
        self.text.to_string()
    }

    /// The width of the widest line if there were room for everything.
    pub(super) fn natural_width(&self) -> usize {
        self.segments().map(|range| width(self.text.as_str()[range].trim_end_matches(' '))).max().unwrap_or(0)
    }

    /// The width of the longest piece that has no place to break.
    pub(super) fn longest_word(&self) -> usize {
        let mut longest = 0;
        for range in self.segments() {
            let text = &self.text.as_str()[range];
            if text.len() <= longest {
                continue;
            }
            let mut start = 0;
            for end in line_breaks(text) {
                longest = longest.max(width(text[start..end].trim_end_matches(' ')));
                start = end;
            }
        }
        longest
    }

    /// The first word that no line of `room` columns holds, and where it begins in the source.
    pub(super) fn cut_word(&self, room: usize) -> Option<(Printable, usize)> {
        // No character has more columns than bytes, so most texts need no closer look.
        if self.text.as_str().split(' ').all(|word| word.len() <= room) {
            return None;
        }
        for segment in self.segments() {
            let text = &self.text.as_str()[segment.clone()];
            let mut start = 0;
            for end in line_breaks(text) {
                let word = text[start..end].trim_end_matches(' ');
                if width(word) > room {
                    let at = segment.start + start;
                    let piece = self.pieces.partition_point(|piece| piece.end <= at);
                    return Some((self.text.slice(at..at + word.len()), self.offset(piece, at)));
                }
                start = end;
            }
        }
        None
    }

    /// The parts between forced breaks.
    fn segments(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let ends = self.breaks.iter().copied().chain([self.text.as_str().len()]);
        ends.scan(0, |start, end| Some(std::mem::replace(start, end)..end))
    }

    /// The text in lines of at most `room` columns (at least one), without white space at their ends.
    pub(super) fn lines(&self, room: usize) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut piece = 0;
        for segment in self.segments() {
            let base = segment.start;
            let held = |at: usize| self.notes.binary_search(&(base + at)).is_ok();
            for line in break_lines(&self.text.as_str()[segment], room, held) {
                let range = base + line.start..base + line.end;
                lines.push(self.line(range, room, &mut piece));
            }
        }
        lines
    }

    fn line(&self, range: Range<usize>, room: usize, piece: &mut usize) -> Line {
        while self.pieces.get(*piece).is_some_and(|piece| piece.end <= range.start) {
            *piece += 1;
        }
        let base = self.levels.as_ref().map(|levels| levels.base).unwrap_or_default();
        let offset = self.offset(*piece, range.start);
        let mut line = Line { offset, base, ..Line::default() };
        let mut start = range.start;
        let first = (*piece).min(self.pieces.len());
        let mut piece_start = first.checked_sub(1).map_or(0, |before| self.pieces[before].end);
        for piece in &self.pieces[first..] {
            let end = piece.end.min(range.end);
            if start < end {
                let origin = piece.origin().map(|origin| Origin { piece: origin, at: start - piece_start });
                let (text, levels) = (&self.text, self.levels.as_ref());
                push_spans(&mut line.spans, text, start..end, piece.style, levels, origin);
                start = end;
            }
            piece_start = piece.end;
            if piece.end >= range.end {
                break;
            }
        }
        // A wide character in a column that is one cell wide cannot be shown at all.
        if room <= WIDEST && line_width(&line) > room {
            let style = line.spans[0].style;
            line.spans = vec![Span::new(Printable::new("?"), style)];
        }
        line
    }

    fn offset(&self, piece: usize, at: usize) -> usize {
        let start = piece.checked_sub(1).map_or(0, |before| self.pieces[before].end);
        match self.pieces.get(piece) {
            Some(piece) => {
                let (shown, within) = (piece.end - start, at.saturating_sub(start));
                // As it is counted where the source has more, in shares where signs were put in.
                let share = within as u64 * piece.counted.min(shown) as u64 / shown.max(1) as u64;
                piece.offset + usize::try_from(share).unwrap_or(piece.counted)
            }
            None => self.pieces.last().map_or(0, |piece| piece.offset),
        }
    }
}

/// Below this many columns a single cluster may be wider than the line.
const WIDEST: usize = 32;

/// Appends a part of `text` in as many spans as it has levels.
fn push_spans(
    spans: &mut Vec<Span>,
    text: &Printable,
    range: Range<usize>,
    style: Style,
    levels: Option<&Levels>,
    origin: Option<Origin>,
) {
    match levels {
        None => spans.push(Span { origin, ..Span::new(text.slice(range), style) }),
        Some(levels) => {
            let start = range.start;
            spans.extend(levels.parts(range).map(|(part, level)| {
                let origin = origin.map(|origin| origin.after(part.start - start));
                Span { text: text.slice(part), style, level, origin }
            }));
        }
    }
}

pub(super) fn line_width(line: &Line) -> usize {
    line.spans.iter().map(|span| span.text.width()).sum()
}

/// Where the lines of `text` begin and end. Greedy: a word goes on the line if it fits, a word that fits on no
/// line is cut between clusters. What begins at a place that is `held` stays with the word before it if both fit on a line.
fn break_lines(text: &str, room: usize, held: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    // No character has more columns than bytes, so this fits.
    if text.len() <= room {
        return vec![trimmed(text, 0..text.len())];
    }
    let mut lines = Vec::new();
    let mut start = 0;
    let mut used = 0;
    let mut word_start = 0;
    let mut places = line_breaks(text).into_iter().peekable();
    while let Some(word_end) = places.next() {
        if held(word_end)
            && let Some(&next) = places.peek()
            && width(text[word_start..next].trim_end_matches(' ')) <= room
        {
            continue;
        }
        let word = &text[word_start..word_end];
        let body = word.trim_end_matches(' ');
        let body_width = width(body);
        if used + body_width > room && word_start > start {
            lines.push(trimmed(text, start..word_start));
            (start, used) = (word_start, 0);
        }
        if body_width > room {
            for (at, cluster) in body.grapheme_indices(true) {
                let cells = cluster_width(cluster);
                let at = word_start + at;
                if used + cells > room && at > start {
                    lines.push(trimmed(text, start..at));
                    (start, used) = (at, 0);
                }
                // Blanks that no line may end at (`word )`) are no more wanted at its ends than others.
                if cluster == " " && at == start && !lines.is_empty() {
                    start += cluster.len();
                } else {
                    used += cells;
                }
            }
        } else {
            used += body_width;
        }
        used += word.len() - body.len();
        word_start = word_end;
    }
    if start < text.len() || lines.is_empty() {
        lines.push(trimmed(text, start..text.len()));
    }
    lines
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    range.start..range.start + text[range].trim_end_matches(' ').len()
}

/// Runs of white space become one space; `open` if a space may not come first.
fn collapsed(text: &str, mut open: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, ' ' | '\t' | '\n') {
            if !open {
                out.push(' ');
            }
            open = true;
        } else {
            out.push(c);
            open = false;
        }
    }
    out
}

#[cfg(test)]
mod tests;
