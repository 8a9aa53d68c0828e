//! The things to choose on a sheet, of which one has the focus; how that is shown changes nothing that is laid out.

use std::ops::Range;

use ratatui::style::Style;
use ratatui::text::Line;

use super::Sheet;
use crate::tui::pane::Pane;
use crate::tui::widgets::text;

/// A thing to choose, and where it is.
#[derive(Debug, Clone)]
pub(super) struct Entry<M> {
    pub(super) row: usize,
    /// So many rows from there on can be clicked.
    pub(super) reach: usize,
    pub(super) columns: Range<u16>,
    pub(super) message: M,
    /// What a click says where that must not be `message` at once.
    pub(super) mark: Option<M>,
    pub(super) shape: Shape,
}

/// What something to choose looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shape {
    /// Rows of its own, so many; the last column before their words is that of a sign.
    Rows { count: usize, indent: u16 },
    /// A part of a row, with a column free on either side, in this style.
    Cell(Style),
}

impl<M> Entry<M> {
    /// What a click on it says; `marked` is whether it has the focus.
    pub(super) fn clicked(&self, marked: bool) -> &M {
        self.mark.as_ref().filter(|_| !marked).unwrap_or(&self.message)
    }

    /// How many rows it has.
    pub(super) fn rows(&self) -> usize {
        match self.shape {
            Shape::Rows { count, .. } => count,
            Shape::Cell(_) => 1,
        }
    }
}

/// A side of what is in sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Above,
    Below,
}

impl<M: Clone> Sheet<M> {
    /// The index of the last thing that says `message`.
    #[must_use]
    pub fn last_of(&self, message: &M) -> Option<usize>
    where
        M: PartialEq,
    {
        self.entries.iter().rposition(|entry| entry.message == *message)
    }

    /// On which side of the `height` rows from `top` on the thing with the focus is; `None` when it is one of them, or there
    /// is none.
    pub(super) fn focus_beyond(&self, top: usize, height: usize) -> Option<Side> {
        let row = self.entries.get(self.spot.entry)?.row;
        if row < top { Some(Side::Above) } else { (row >= top + height).then_some(Side::Below) }
    }

    /// What gets the focus by an arrow, where the `height` rows from `top` on are in sight: nobody leaves what they did not
    /// see, and whoever has gone on reading goes on from there.
    pub(super) fn next(&self, side: Side, top: usize, height: usize) -> Option<usize> {
        let focused = self.entries.get(self.spot.entry)?;
        let row = match (self.focus_beyond(top, height), side) {
            (None, _) => focused.row,
            (Some(Side::Above), Side::Above) | (Some(Side::Below), Side::Below) => {
                return Some(self.spot.entry);
            }
            (Some(Side::Above), Side::Below) => top.saturating_sub(1),
            (Some(Side::Below), Side::Above) => top + height,
        };
        let others = self.entries.iter().enumerate().filter(|(_, other)| match side {
            Side::Above => other.row < row,
            Side::Below => other.row > row,
        });
        // The nearest row, as straight as possible.
        others
            .min_by_key(|(_, other)| {
                (other.row.abs_diff(row), other.columns.start.abs_diff(focused.columns.start))
            })
            .map(|(index, _)| index)
    }

    /// Shows that the thing with the focus has it, on the row of it with the number `nth`, which stands in `row` of the pane.
    pub(super) fn draw_focus(
        &self,
        entry: &Entry<M>,
        nth: usize,
        left: u16,
        row: u16,
        pane: &mut Pane<'_, M>,
    ) {
        let theme = self.theme;
        match entry.shape {
            Shape::Rows { indent, .. } => {
                let words = self.rows.get(entry.row + nth).map_or(0, Line::width);
                let end = left.saturating_add(u16::try_from(words).unwrap_or(u16::MAX));
                pane.style(left.saturating_add(indent)..end, row, theme.strong());
                if nth == 0 {
                    pane.line(left, row, &Line::from(text::own(FOCUSED, theme.strong())));
                }
            }
            Shape::Cell(style) => {
                let columns =
                    left.saturating_add(entry.columns.start)..left.saturating_add(entry.columns.end);
                pane.line(columns.start, row, &Line::from(text::own("›", style)));
                pane.line(columns.end.saturating_sub(1), row, &Line::from(text::own("‹", style)));
                pane.style(columns, row, theme.selected());
            }
        }
    }
}

/// Stands before the thing with the focus, and before the others.
const FOCUSED: &str = "› ";
pub(super) const UNFOCUSED: &str = "  ";
