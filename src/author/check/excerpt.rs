//! A line of a file as it can be shown with something underlined.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthChar as _;

use crate::printable;

/// How many columns a tab takes.
const TAB: &str = "    ";
/// Stands where a line goes on.
const CUT: &str = "…";
/// No cell takes more bytes than this, so no more than that many bytes a column need to be looked at.
const BYTES_A_COLUMN: usize = 64;

/// A part of a line, safe to print, that takes as many columns as its characters say one by one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Excerpt {
    pub text: String,
    /// What to underline, in bytes of `text`; may be empty.
    pub span: Range<usize>,
}

/// What one character of a line, with its marks, is shown as.
struct Cell {
    /// Where it stands in the line, in bytes.
    from: Range<usize>,
    shown: String,
    columns: usize,
}

/// The part of `line` around `span` (bytes, on character boundaries) that fits into `room` columns, at least 20.
pub(super) fn excerpt(line: &str, span: &Range<usize>, room: usize) -> Excerpt {
    let room = room.max(20);
    let reach = room * BYTES_A_COLUMN;
    let window = line.floor_char_boundary(span.start.saturating_sub(reach))
        ..line.floor_char_boundary(span.start.saturating_add(reach));
    let mut cells = Vec::new();
    for (at, cluster) in line[window.clone()].grapheme_indices(true) {
        add(&mut cells, window.start + at, cluster);
    }
    let first = cells.partition_point(|cell| cell.from.end <= span.start);
    let behind = cells.partition_point(|cell| cell.from.start < span.end).max(first);
    let shown = visible(&cells, first..behind, room, window.start > 0, window.end < line.len());

    let mut text = String::new();
    if shown.start > 0 || window.start > 0 {
        text.push_str(CUT);
    }
    let mut mark = None;
    let mut end = None;
    for (index, cell) in cells.iter().enumerate().take(shown.end).skip(shown.start) {
        if index == first {
            mark = Some(text.len());
        }
        if index == behind {
            end = Some(text.len());
        }
        text.push_str(&cell.shown);
    }
    let start = mark.unwrap_or(text.len());
    let end = end.unwrap_or(text.len());
    if shown.end < cells.len() || window.end < line.len() {
        text.push_str(CUT);
    }
    Excerpt { text, span: start..end.max(start) }
}

/// Which cells to show: all, or as many as there is room for, with a third of what is left before the marked ones.
fn visible(
    cells: &[Cell],
    marked: Range<usize>,
    room: usize,
    cut_left: bool,
    cut_right: bool,
) -> Range<usize> {
    let columns = |range: Range<usize>| cells[range].iter().map(|cell| cell.columns).sum::<usize>();
    if !cut_left && !cut_right && columns(0..cells.len()) <= room {
        return 0..cells.len();
    }
    // Both signs of a cut take a column, whether they will be needed or not.
    let room = room - 2;
    let (mut start, mut end) = (marked.start, marked.start);
    let mut used = 0;
    let mut take = |cell: &Cell, limit: usize| {
        let fits = used + cell.columns <= limit;
        used += if fits { cell.columns } else { 0 };
        fits
    };
    while end < marked.end && take(&cells[end], room) {
        end += 1;
    }
    if end < marked.end {
        return start..end;
    }
    let before = columns(start..end) + (room - columns(start..end)) / 3;
    while start > 0 && take(&cells[start - 1], before) {
        start -= 1;
    }
    while end < cells.len() && take(&cells[end], room) {
        end += 1;
    }
    // What is not needed behind is welcome before.
    while start > 0 && take(&cells[start - 1], room) {
        start -= 1;
    }
    start..end
}

/// Adds what a cluster is shown as. Who draws the underline counts columns character by character, a terminal cluster by
/// cluster; where the two differ (emoji of several parts), the parts behind the first are spelled out. An author wants
/// to see them anyway.
fn add(cells: &mut Vec<Cell>, at: usize, cluster: &str) {
    let from = at..at + cluster.len();
    if cluster == "\t" {
        cells.push(Cell { from, shown: TAB.to_owned(), columns: TAB.len() });
        return;
    }
    let shown = printable::defuse(cluster);
    if shown == cluster && columns(&shown) == printable::width(&shown) && !shown.contains('\u{200d}') {
        cells.push(Cell { from, columns: columns(&shown), shown: shown.into_owned() });
        return;
    }
    for (offset, c) in cluster.char_indices() {
        let shown = match offset {
            0 => printable::defuse(c.encode_utf8(&mut [0; 4])).into_owned(),
            _ => format!("<U+{:04X}>", u32::from(c)),
        };
        let from = at + offset..at + offset + c.len_utf8();
        cells.push(Cell { from, columns: columns(&shown), shown });
    }
}

/// The columns of a text, character by character.
fn columns(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(1)).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The excerpt, with a line of carets below it.
    fn drawn(line: &str, marked: &str, room: usize) -> String {
        let start = line.find(marked).expect("the marked text is in the line");
        let Excerpt { text, span } = excerpt(line, &(start..start + marked.len()), room);
        let (before, within) = (columns(&text[..span.start]), columns(&text[span]).max(1));
        format!("{text}\n{}{}", " ".repeat(before), "^".repeat(within))
    }

    #[test]
    fn lines_with_an_underline() {
        #[track_caller]
        fn check(line: &str, marked: &str, room: usize, expected: &str) {
            assert_eq!(drawn(line, marked, room), expected);
        }
        check("(id: 7)", "7", 40, "(id: 7)\n     ^");
        check("\ttext: 7", "7", 40, "    text: 7\n          ^");
        check("你好 x", "x", 40, "你好 x\n     ^");
        check("a\u{202e}b", "\u{202e}", 40, "a<U+202E>b\n ^^^^^^^^");
        check("\u{1b}[2Jx", "x", 40, "<U+001B>[2Jx\n           ^");
        check("👩\u{200d}👩 x", "x", 40, "👩<U+200D><U+1F469> x\n                    ^");
        check("e\u{301}\u{301} x", "x", 40, "e\u{301}\u{301} x\n  ^");
        check("", "", 40, "\n^");
        check("end", "", 40, "end\n^");
        let long = format!("{}needle{}", "a ".repeat(100), " b".repeat(100));
        check(&long, "needle", 30, "… a a a needle b b b b b b b …\n        ^^^^^^");
        check(
            &long,
            "needle b b b b b b b b b b b b",
            30,
            "…needle b b b b b b b b b b b…\n ^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
        );
        check(&format!("needle{}", "x".repeat(99)), "needle", 20, "needlexxxxxxxxxxxx…\n^^^^^^");
        check(&format!("{}needle", "x".repeat(99)), "needle", 20, "…xxxxxxxxxxxxneedle\n             ^^^^^^");
    }

    #[test]
    fn a_line_without_end_is_not_read_whole() {
        let line = "\u{200b}e\u{301}".repeat(1 << 20);
        // Six million bytes a thousand times: looking at all of them would take many minutes.
        for at in 0..1_000 {
            let excerpt = excerpt(&line, &(at * 6..at * 6 + 3), 20);
            assert!(excerpt.text.len() < 200, "{at}: {}", excerpt.text.len());
        }
    }

    proptest! {
        /// Whatever the line: nothing hidden is printed, nothing is wider than the room, and what is marked is there.
        #[test]
        fn excerpts_fit_and_are_safe(
            line in "(.|[a-z ]|\u{200b}|\u{202e}|👩‍👩|\t|\u{301}|你){0,60}",
            from in any::<prop::sample::Index>(),
            to in any::<prop::sample::Index>(),
            room in 0..80_usize,
        ) {
            let line = line.replace('\n', " ");
            let place = |index: prop::sample::Index| {
                let places: Vec<usize> = line.char_indices().map(|(at, _)| at).chain([line.len()]).collect();
                places[index.index(places.len())]
            };
            let (a, b) = (place(from), place(to));
            let Excerpt { text, span } = excerpt(&line, &(a.min(b)..a.max(b)), room);
            prop_assert!(columns(&text) <= room.max(20));
            prop_assert_eq!(printable::defuse(&text), text.as_str());
            prop_assert_eq!(printable::width(&text), columns(&text));
            prop_assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
            prop_assert!(a == b || !span.is_empty());
        }
    }
}
