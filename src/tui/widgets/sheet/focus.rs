//! The things to choose on a sheet, and how the one with the focus is shown, which changes nothing that is laid out.

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
    pub(super) columns: Range<u16>,
    pub(super) message: M,
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
    /// How many rows it has.
    pub(super) fn rows(&self) -> usize {
        match self.shape {
            Shape::Rows { count, .. } => count,
            Shape::Cell(_) => 1,
        }
    }
}

impl<M: Clone> Sheet<M> {
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
