//! A field as it stands on the screen: which of its characters are seen, and in which cells.

use ratatui::style::Style;
use ratatui::text::Span;
use unicode_segmentation::UnicodeSegmentation as _;

use super::{Edit, TextField};
use crate::markup::{Bidi, Typed};
use crate::printable::Printable;
use crate::tui::pane::Pane;
use crate::tui::widgets::text;

/// What of a field is seen in a given width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Free columns before the text: a text that is read from right to left stands at the right.
    pub before: u16,
    /// As it is drawn, from left to right; `…` stands where it goes on unseen.
    pub text: Printable,
    /// Free columns behind the text. Together with the others they fill the width.
    pub after: u16,
    /// Column of the cursor within the width.
    pub cursor: u16,
}

impl Shown {
    /// What goes into the cells of the line, with `blank` in those that are free.
    #[must_use]
    pub fn spans(&self, style: Style, blank: char, blank_style: Style) -> [Span<'static>; 3] {
        let free = |columns: u16| {
            let blanks: String = std::iter::repeat_n(blank, columns.into()).collect();
            text::said(&blanks, blank_style)
        };
        [free(self.before), text::shown(&self.text, style), free(self.after)]
    }
}

impl TextField {
    /// What is seen of it in `width` columns, put into order by `bidi`; the cursor is always among them.
    #[must_use]
    pub fn shown(&self, width: u16, bidi: Bidi) -> Shown {
        let row = Row::of(self, width, bidi);
        let mut text = String::new();
        for (_, drawn) in &row.drawn {
            text.push_str(drawn.as_str());
        }
        let text = Printable::new(&text);
        let free = width.saturating_sub(u16::try_from(text.width()).unwrap_or(u16::MAX));
        let (before, after) = if row.typed.is_right_to_left() { (free, 0) } else { (0, free) };
        Shown { before, text, after, cursor: row.cursor(self.cursor).min(width.saturating_sub(1)) }
    }

    /// The move to what stands in `column` of what [`TextField::shown`] shows in `width`.
    #[must_use]
    pub fn edit_at(&self, width: u16, column: u16, bidi: Bidi) -> Edit {
        Row::of(self, width, bidi).edit_at(column)
    }

    /// A click on what [`TextField::shown`] shows in `width` columns, drawn on `row` of `pane` from `column` on, says the move to what
    /// stands there.
    pub fn hit<M>(
        &self,
        pane: &mut Pane<'_, M>,
        (column, row): (u16, u16),
        width: u16,
        bidi: Bidi,
        message: impl Fn(Edit) -> M,
    ) {
        let shown = Row::of(self, width, bidi);
        let mut start = 0;
        while start < width {
            // The cells of one place are one target: the halves of a wide character, and all that is free.
            let edit = shown.edit_at(start);
            let end = (start + 1..width).find(|next| shown.edit_at(*next) != edit).unwrap_or(width);
            pane.hit(column.saturating_add(start)..column.saturating_add(end), row, message(edit));
            start = end;
        }
    }

    /// Where the cursor comes to by a step to the left or to the right, as the text is seen. Every place of the cursor has a
    /// cell of its own, the one behind the text included, and the next cell is where the eye expects it.
    pub(super) fn beside(&self, side: Side, bidi: Bidi) -> usize {
        let pieces: Vec<Printable> = cells(self.text()).map(|cell| cell.shown).collect();
        let starts: Vec<usize> = self.edges().collect();
        let typed = Typed::new(&pieces, bidi);
        let seen = typed.visual(&pieces, 0..pieces.len()).into_iter().map(|(index, _)| index);
        let end = pieces.len();
        let order: Vec<usize> = if typed.is_right_to_left() {
            [end].into_iter().chain(seen).collect()
        } else {
            seen.chain([end]).collect()
        };
        let at = order.iter().position(|index| starts.get(*index) == Some(&self.cursor)).unwrap_or(0);
        let next = match side {
            Side::Left => at.saturating_sub(1),
            Side::Right => (at + 1).min(order.len() - 1),
        };
        starts.get(order[next]).copied().unwrap_or(self.text.len())
    }

    /// Whether the text begins at the right.
    pub(super) fn is_right_to_left(&self, bidi: Bidi) -> bool {
        let pieces: Vec<Printable> = cells(self.text()).map(|cell| cell.shown).collect();
        Typed::new(&pieces, bidi).is_right_to_left()
    }
}

/// A side of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
}

/// A grapheme of the text, and how it is shown.
#[derive(Debug)]
struct Cell {
    start: usize,
    end: usize,
    shown: Printable,
}

fn cells(text: &str) -> impl Iterator<Item = Cell> + '_ {
    text.grapheme_indices(true).map(|(start, grapheme)| Cell {
        start,
        end: start + grapheme.len(),
        shown: Printable::new(grapheme),
    })
}

/// The cells that are seen.
struct Row {
    cells: Vec<Cell>,
    typed: Typed,
    /// From left to right: a cell (by its index), or a sign that there is more.
    drawn: Vec<(Option<usize>, Printable)>,
    /// The column at which they begin.
    start: usize,
    /// The first and the last cell that is seen, in the order in which they are read.
    seen: std::ops::Range<usize>,
}

impl Row {
    fn of(field: &TextField, width: u16, bidi: Bidi) -> Self {
        let width = usize::from(width);
        let cells: Vec<Cell> = cells(field.text()).collect();
        let pieces: Vec<Printable> = cells.iter().map(|cell| cell.shown.clone()).collect();
        let typed = Typed::new(&pieces, bidi);
        let (seen, cut_before, cut_behind) = window(&cells, field.cursor, width);
        let sign = |cut: bool| cut.then(|| (None, Printable::new("…")));
        let inner =
            typed.visual(&pieces, seen.clone()).into_iter().map(|(index, drawn)| (Some(index), drawn));
        let (left, right) =
            if typed.is_right_to_left() { (cut_behind, cut_before) } else { (cut_before, cut_behind) };
        let drawn: Vec<(Option<usize>, Printable)> =
            sign(left).into_iter().chain(inner).chain(sign(right)).collect();
        let used: usize = drawn.iter().map(|(_, drawn)| drawn.width()).sum();
        let start = if typed.is_right_to_left() { width.saturating_sub(used) } else { 0 };
        Self { cells, typed, drawn, start, seen }
    }

    /// The columns of everything that is drawn, and the cell that stands there.
    fn places(&self) -> impl Iterator<Item = (usize, usize, Option<&Cell>)> {
        let mut column = self.start;
        self.drawn.iter().map(move |(index, drawn)| {
            let from = column;
            column += drawn.width();
            (from, column, index.map(|index| &self.cells[index]))
        })
    }

    /// The column of a cursor at this byte of the text: that of its character, or the one behind the text.
    fn cursor(&self, byte: usize) -> u16 {
        let on = self
            .places()
            .find(|(_, _, cell)| cell.is_some_and(|cell| (cell.start..cell.end).contains(&byte)));
        let used: usize = self.drawn.iter().map(|(_, drawn)| drawn.width()).sum();
        let behind = if self.typed.is_right_to_left() { self.start.saturating_sub(1) } else { used };
        u16::try_from(on.map_or(behind, |(from, _, _)| from)).unwrap_or(u16::MAX)
    }

    /// The move to what stands in `column`.
    fn edit_at(&self, column: u16) -> Edit {
        let column = usize::from(column);
        let cells: Vec<(usize, usize, &Cell)> =
            self.places().filter_map(|(from, to, cell)| Some((from, to, cell?))).collect();
        let hit = cells.iter().find(|(from, to, _)| (*from..*to).contains(&column));
        let sign = self.places().find(|(from, to, cell)| cell.is_none() && (*from..*to).contains(&column));
        match (hit, sign) {
            (Some((_, _, cell)), _) => Edit::MoveTo(cell.start),
            // A sign that there is more stands for the character beside it.
            (None, Some((from, to, _))) => {
                let beside = cells.iter().find(|(start, end, _)| *start == to || *end == from);
                Edit::MoveTo(beside.map_or_else(|| self.last(), |(_, _, cell)| cell.start))
            }
            (None, None) => Edit::MoveTo(self.end()),
        }
    }

    /// The byte behind the text.
    fn last(&self) -> usize {
        self.cells.last().map_or(0, |last| last.end)
    }

    /// The byte behind the last cell that is seen.
    fn end(&self) -> usize {
        self.cells[self.seen.clone()].last().map_or_else(|| self.last(), |last| last.end)
    }
}

/// Which cells are seen, and whether there are more before and behind them: all if they fit beside the cursor, else what
/// stands before the cursor.
fn window(cells: &[Cell], cursor: usize, width: usize) -> (std::ops::Range<usize>, bool, bool) {
    let total: usize = cells.iter().map(|cell| cell.shown.width()).sum();
    if total < width {
        return (0..cells.len(), false, false);
    }
    // One column at either end for the sign, and the cursor's own cell (a column behind the text).
    let room = width.saturating_sub(2);
    let at = cells.iter().position(|cell| cell.end > cursor).unwrap_or(cells.len());
    let mut used = cells.get(at).map_or(1, |cell| cell.shown.width());
    let mut first = at;
    while first > 0 && used + cells[first - 1].shown.width() <= room {
        first -= 1;
        used += cells[first].shown.width();
    }
    let mut last = if used <= room && at < cells.len() { at + 1 } else { at };
    while last < cells.len() && used + cells[last].shown.width() <= room {
        used += cells[last].shown.width();
        last += 1;
    }
    (first..last, first > 0 && width > 1, last < cells.len() && width > 1)
}
