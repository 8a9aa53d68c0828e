//! The rows of a pad as far as they are seen.

use std::borrow::Cow;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

use super::rows::{Page, Row, Tone};
use super::{PadMessage, Way};
use crate::tui::theme::Theme;

/// The rows that are laid out, and which of them are seen.
#[derive(Debug, Clone, Default)]
pub(super) struct Window {
    rows: Vec<Row>,
    /// The first row that is seen.
    top: usize,
    size: Size,
}

impl Window {
    pub(super) fn width(&self) -> u16 {
        self.size.width
    }

    pub(super) fn set_size(&mut self, size: Size) {
        self.size = size;
    }

    /// Shows `rows`, laid out for the present width, in the place of those before.
    pub(super) fn set_rows(&mut self, rows: Vec<Row>) {
        self.rows = rows;
        self.top = self.top.min(self.last_top());
    }

    /// The same place with the rows that `lay_out` gives where `area` has another width.
    pub(super) fn in_area(&self, area: Rect, lay_out: impl FnOnce(u16) -> Vec<Row>) -> Cow<'_, Self> {
        if area.width == self.size.width {
            return Cow::Borrowed(self);
        }
        Cow::Owned(Self { rows: lay_out(area.width), top: self.top, size: area.as_size() })
    }

    /// Where the rows of `item` stand.
    pub(super) fn range_of(&self, item: usize) -> Option<Range<usize>> {
        Page::range_of(&self.rows, item)
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Goes back to the first row.
    pub(super) fn go_to_beginning(&mut self) {
        self.top = 0;
    }

    /// Goes on to `row`, as far as there are rows below to fill the screen.
    pub(super) fn go_to(&mut self, row: usize) {
        self.top = row.min(self.last_top());
    }

    /// Goes back towards `row` by half a screen at most, if it stands above what is seen; whether it did.
    pub(super) fn reach_back(&mut self, row: usize) -> bool {
        let above = row < self.top;
        if above {
            self.top -= (self.top - row).min(self.half());
        }
        above
    }

    /// Goes on towards the row before `end` by half a screen at most, if it stands below what is seen; whether it did.
    pub(super) fn reach_on(&mut self, end: usize) -> bool {
        let below = end > self.bottom();
        if below {
            self.top += (end - self.bottom()).min(self.half());
        }
        below
    }

    /// Half a screen.
    pub(super) fn scroll_half(&mut self, way: Way) {
        self.scroll(way, self.half());
    }

    pub(super) fn scroll(&mut self, way: Way, rows: usize) {
        self.top = match way {
            Way::Back => self.top.saturating_sub(rows),
            Way::On => self.top.saturating_add(rows).min(self.last_top()),
        };
    }

    /// Scrolls no further than needed to see `item`, its first row before its last.
    pub(super) fn show(&mut self, item: usize) {
        let height = self.height().max(1);
        let Some(range) = self.range_of(item) else { return };
        if range.end > self.top + height {
            self.top = range.end - height;
        }
        // The first item brings the prompt along where both fit.
        let start = if item == 0 && range.end <= height { 0 } else { range.start };
        self.top = self.top.min(start);
        // The row that has the cursor, if the item is longer than the screen.
        if let Some(cursor) = self.rows.iter().position(|row| row.cursor.is_some()) {
            if cursor < self.top {
                self.top = cursor;
            } else if cursor >= self.top + height {
                self.top = cursor + 1 - height;
            }
        }
    }

    /// Whether the beginning of `item` is seen.
    pub(super) fn sees(&self, item: usize) -> bool {
        self.range_of(item).is_none_or(|range| (self.top..self.bottom()).contains(&range.start))
    }

    pub(super) fn top(&self) -> usize {
        self.top
    }

    /// The row behind the last one that there is room for.
    pub(super) fn bottom(&self) -> usize {
        self.top + self.height()
    }

    pub(super) fn height(&self) -> usize {
        usize::from(self.size.height)
    }

    fn half(&self) -> usize {
        (self.height() / 2).max(1)
    }

    fn last_top(&self) -> usize {
        self.rows.len().saturating_sub(self.height())
    }

    /// The first row that is seen in `area`.
    fn top_in(&self, area: Rect) -> usize {
        self.top.min(self.rows.len().saturating_sub(usize::from(area.height)))
    }

    /// What a click in `area`, where it is drawn, means.
    pub(super) fn click_at(&self, area: Rect, at: Position) -> Option<&PadMessage> {
        let row = self.rows.get(self.top_in(area) + usize::from(at.y - area.y))?;
        row.click_at(at.x - area.x)
    }

    /// Where in `area` the terminal's cursor stands, if the row that has it is seen.
    pub(super) fn cursor(&self, area: Rect) -> Option<Position> {
        let top = self.top_in(area);
        self.rows.iter().enumerate().find_map(|(index, row)| {
            let y = u16::try_from(index.checked_sub(top)?).ok().filter(|y| *y < area.height)?;
            Some(Position::new(area.x + row.cursor?.min(area.width - 1), area.y + y))
        })
    }

    /// Draws it in `area`, which lies within `buffer`.
    pub(super) fn draw(&self, area: Rect, buffer: &mut Buffer, theme: Theme) {
        let top = self.top_in(area);
        let height = usize::from(area.height);
        for (y, row) in (area.y..area.bottom()).zip(self.rows.iter().skip(top)) {
            let mut x = area.x;
            for piece in row.drawn(theme).iter() {
                let room = area.right().saturating_sub(x);
                let (next, _) =
                    buffer.set_stringn(x, y, piece.text.as_str(), usize::from(room), piece.tone.style(theme));
                x = next;
            }
        }
        // The last column tells that there is more; the layout leaves it free.
        let style = Tone::Strong.style(theme);
        if area.width > 2 && height > 0 {
            if top > 0 {
                buffer.set_stringn(area.right() - 1, area.y, "↑", 1, style);
            }
            if top + height < self.rows.len() {
                buffer.set_stringn(area.right() - 1, area.bottom() - 1, "↓", 1, style);
            }
        }
    }

    #[cfg(test)]
    pub(super) fn rows(&self) -> &[Row] {
        &self.rows
    }
}
