//! A frame that stands still: drawn when somebody rests or leaves, written down, and shown at the next start before anything is read.

mod on_file;

use std::collections::BTreeSet;

use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::Color;
use serde::Deserialize;

use crate::tui::cells;
use crate::tui::hyperlinks::Hyperlinks;
use on_file::OnFile;

/// A whole screen: what stands in every cell, where the cursor is and where links lead. It comes from a file when it is shown: then
/// it may hold anything, and what is no text is left out.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "OnFile")]
pub struct Still {
    /// Columns and rows.
    size: (u16, u16),
    /// Column and row, from 0.
    cursor: Option<(u16, u16)>,
    /// Those that are not empty, with their places in the order of reading.
    cells: Vec<(usize, Cell)>,
    links: BTreeSet<String>,
    /// Whether what was typed before is dropped when it is shown.
    greets: bool,
}

impl Still {
    /// The screen in `buffer`, some cells of which `links` may know as links; `None` when there is a picture on it.
    pub(super) fn of(
        buffer: &Buffer,
        cursor: Option<Position>,
        links: Option<&Hyperlinks>,
        greets: bool,
    ) -> Option<Self> {
        let mut cells = Vec::new();
        let mut addresses = BTreeSet::new();
        let mut mark_before = Color::Reset;
        for (place, cell) in buffer.content.iter().enumerate() {
            if cell.diff_option != CellDiffOption::None {
                return None;
            }
            if is_empty(cell) {
                continue;
            }
            if cell.underline_color != mark_before {
                mark_before = cell.underline_color;
                addresses.extend(links.and_then(|links| links.address(mark_before)));
            }
            cells.push((place, cell.clone()));
        }
        let Size { width, height } = buffer.area.as_size();
        let cursor = cursor.map(|cursor| (cursor.x, cursor.y));
        Some(Self { size: (width, height), cursor, cells, links: addresses, greets })
    }

    /// A screen with these lines.
    #[cfg(test)]
    pub(crate) fn of_lines<const N: usize>(lines: [&str; N]) -> Self {
        Self::of(&Buffer::with_lines(lines), None, None, false).expect("no picture")
    }

    /// How large the terminal is that it fits.
    #[must_use]
    pub fn size(&self) -> Size {
        self.size.into()
    }

    /// Where the cursor is.
    pub(super) fn cursor(&self) -> Option<Position> {
        let is_inside = |(x, y): &(u16, u16)| *x < self.size.0 && *y < self.size.1;
        self.cursor.filter(is_inside).map(Position::from)
    }

    /// Whether it is not meant by what was typed before it was seen.
    pub(super) fn greets(&self) -> bool {
        self.greets
    }

    /// What is to be written onto an empty screen of its size, from left to right and from top to bottom.
    pub(super) fn written(&self) -> Vec<(u16, u16, Cell)> {
        let columns = usize::from(self.size.0).max(1);
        let empty = Buffer::empty(Rect::new(0, 0, self.size.0, 1));
        let mut written = Vec::new();
        // Row by row: to be handed the memory of a whole screen takes longer than that.
        for row in self.cells.chunk_by(|(one, _), (other, _)| one / columns == other / columns) {
            let mut drawn = empty.clone();
            for (index, cell) in row {
                drawn.content[index % columns] = cell.clone();
            }
            cells::mend(&mut drawn);
            let y = row.first().map_or(0, |(index, _)| u16::try_from(index / columns).unwrap_or(u16::MAX));
            written.extend(empty.diff_iter(&drawn).map(|(x, _, cell)| (x, y, cell.clone())));
        }
        written
    }

    /// Draws it on an empty screen of its size.
    pub(super) fn draw(&self, buffer: &mut Buffer) {
        for (index, cell) in &self.cells {
            if let Some(place) = buffer.content.get_mut(*index) {
                place.clone_from(cell);
            }
        }
        cells::mend(buffer);
    }

    /// Draws it with these words on its last row, and says where they begin; `None`, with nothing drawn, on a screen of another size.
    pub(super) fn draw_saying(&self, buffer: &mut Buffer, words: &str) -> Option<Position> {
        let row = buffer.area.rows().next_back().filter(|_| self.size() == buffer.area.as_size())?;
        self.draw(buffer);
        // The ground of a palette stays.
        let style = buffer[row.as_position()].style();
        buffer.set_string(row.x, row.y, BLANK.repeat(row.width.into()), style);
        buffer.set_stringn(row.x, row.y, words, row.width.into(), style);
        Some(row.as_position())
    }

    /// Makes its links known to the terminal. Its cells are marked already; of an address that is not safe to hand on nobody hears, and
    /// they are no link.
    pub(super) fn name_links(&self, links: &Hyperlinks) {
        for address in &self.links {
            let _ = links.mark(address);
        }
    }
}

const BLANK: &str = " ";

/// Whether nothing stands in it, on no ground.
fn is_empty(cell: &Cell) -> bool {
    cell.symbol() == BLANK && cell.style() == Cell::EMPTY.style()
}

#[cfg(test)]
mod tests;
