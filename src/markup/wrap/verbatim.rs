//! Preformatted text in lines: they stay as they are, and what is too long goes on in the next one.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use super::push_spans;
use crate::markup::bidi::Levels;
use crate::markup::{Line, Origin, Role, Span, Style};
use crate::printable::{Printable, cluster_width, width};

/// Stands before what goes on from the line above.
pub(in crate::markup) const GOES_ON: &str = "↪ ";

/// Preformatted text: lines stay, tabs go to the next multiple of four, and what is too long goes on behind a `↪`.
/// `at_margin` is false if the text begins in the middle of a line.
pub(in crate::markup) fn verbatim(
    text: &str,
    offset: usize,
    style: Style,
    room: usize,
    at_margin: bool,
) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut first = at_margin;
    for (safe, line) in verbatim_texts(text, offset) {
        verbatim_line(&safe, &line, style, room, first, &mut lines);
        first = true;
    }
    lines
}

/// The lines of preformatted text, and where in the source they stand.
pub(in crate::markup) fn verbatim_texts(
    text: &str,
    offset: usize,
) -> impl Iterator<Item = (Printable, Range<usize>)> + '_ {
    let mut start = 0;
    std::iter::from_fn(move || {
        (start < text.len()).then(|| {
            let (end, next) = line_end(text, start);
            let line = offset + start..offset + end;
            let safe = Printable::new(&without_tabs(&text[start..end]));
            start = next;
            (safe, line)
        })
    })
}

fn verbatim_line(
    safe: &Printable,
    source: &Range<usize>,
    style: Style,
    room: usize,
    first: bool,
    lines: &mut Vec<Line>,
) {
    let sign = if room >= 4 { GOES_ON } else { "" };
    let sign_width = width(sign);
    let text = safe.as_str();
    let mut start = 0;
    let mut used = 0;
    let mut goes_on = !first;
    let levels = Levels::of_code(text);
    let push = |range: Range<usize>, goes_on: bool, lines: &mut Vec<Line>| {
        let at = (source.start + range.start).min(source.end);
        let mut spans = Vec::new();
        let columns = width(&text[range.clone()]);
        // One cluster may be wider than what the sign leaves.
        if goes_on && !sign.is_empty() && sign_width + columns <= room {
            let style = Style { role: Role::Marker, ..Style::default() };
            spans.push(Span::new(Printable::new(sign), style));
        }
        if columns > room {
            spans.push(Span::new(Printable::new("?"), style));
        } else if !range.is_empty() {
            let origin = Some(Origin { piece: source.start, at: range.start });
            push_spans(&mut spans, safe, range, style, levels.as_ref(), origin);
        }
        lines.push(Line { spans, offset: at, ..Line::default() });
    };
    for (at, cluster) in text.grapheme_indices(true) {
        let cells = cluster_width(cluster);
        let left = room - if goes_on { sign_width } else { 0 };
        if used + cells > left && at > start {
            push(start..at, goes_on, lines);
            goes_on = true;
            (start, used) = (at, 0);
        }
        used += cells;
    }
    push(start..text.len(), goes_on, lines);
}

/// The end of the line that begins at `start`, without and with what ends it.
pub(in crate::markup) fn line_end(text: &str, start: usize) -> (usize, usize) {
    let rest = &text.as_bytes()[start..];
    match rest.iter().position(|&byte| byte == b'\n' || byte == b'\r') {
        Some(at) if rest[at] == b'\r' && rest.get(at + 1) == Some(&b'\n') => (start + at, start + at + 2),
        Some(at) => (start + at, start + at + 1),
        None => (text.len(), text.len()),
    }
}

/// The line with blanks up to the next multiple of four for every tab.
pub(in crate::markup) fn without_tabs(line: &str) -> String {
    if !line.contains('\t') {
        return line.to_owned();
    }
    let mut out = String::new();
    let mut column = 0;
    for part in line.split_inclusive('\t') {
        let text = part.trim_end_matches('\t');
        out.push_str(text);
        column += Printable::new(text).width();
        if part.len() > text.len() {
            let gap = 4 - column % 4;
            out.push_str(&"    "[..gap]);
            column += gap;
        }
    }
    out
}
