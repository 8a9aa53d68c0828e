//! A frame that stands still: drawn when somebody rests or leaves, written down, and shown at the next start before anything is read.

use std::collections::{BTreeSet, HashMap};

use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::{Color, Modifier, Style};
use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::printable::Printable;
use crate::tui::cells;
use crate::tui::hyperlinks::Hyperlinks;

/// A whole screen: what stands in every cell, where the cursor is and where links lead. It comes from a file when it is shown: then
/// it may hold anything, and what is no text is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Still {
    /// Columns and rows.
    size: (u16, u16),
    /// Column and row, from 0.
    cursor: Option<(u16, u16)>,
    looks: Vec<Look>,
    /// From left to right and from top to bottom.
    runs: Vec<Run>,
    links: BTreeSet<String>,
    /// Whether what was typed before is dropped when it is shown.
    greets: bool,
}

/// How a cell looks: colours by their names in ratatui, and the bits of its modifiers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Look {
    ink: String,
    ground: String,
    /// Which link it belongs to.
    mark: String,
    modifiers: u16,
}

/// Cells of one look (its place in the list) that follow each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Run {
    /// With a character each.
    Characters(usize, String),
    /// One, with several characters.
    Cluster(usize, String),
}

impl Still {
    /// The screen in `buffer`, some cells of which `links` may know as links; `None` when there is a picture on it.
    pub(super) fn of(
        buffer: &Buffer,
        cursor: Option<Position>,
        links: Option<&Hyperlinks>,
        greets: bool,
    ) -> Option<Self> {
        let Size { width, height } = buffer.area.as_size();
        let mut still = Self {
            size: (width, height),
            cursor: cursor.map(|cursor| (cursor.x, cursor.y)),
            looks: Vec::new(),
            runs: Vec::new(),
            links: BTreeSet::new(),
            greets,
        };
        let mut known = HashMap::new();
        // Most cells look like the one before, and are not looked up.
        let mut before: Option<(Style, usize)> = None;
        for cell in &buffer.content {
            if cell.diff_option != CellDiffOption::None {
                return None;
            }
            let style = cell.style();
            let look = match before {
                Some((same, look)) if same == style => look,
                Some(_) | None => *known.entry(style).or_insert_with(|| {
                    still.links.extend(links.and_then(|links| links.address(cell.underline_color)));
                    still.looks.push(Look::of(cell));
                    still.looks.len() - 1
                }),
            };
            before = Some((style, look));
            still.push(look, cell.symbol());
        }
        Some(still)
    }

    /// A screen with these lines.
    #[cfg(test)]
    pub(crate) fn of_lines<const N: usize>(lines: [&str; N]) -> Self {
        Self::of(&Buffer::with_lines(lines), None, None, false).expect("no picture")
    }

    fn push(&mut self, look: usize, symbol: &str) {
        if symbol.chars().nth(1).is_some() {
            return self.runs.push(Run::Cluster(look, symbol.to_owned()));
        }
        match self.runs.last_mut() {
            Some(Run::Characters(before, text)) if *before == look => text.push_str(symbol),
            Some(_) | None => self.runs.push(Run::Characters(look, symbol.to_owned())),
        }
    }

    /// How large the terminal is that it fits.
    #[must_use]
    pub fn size(&self) -> Size {
        self.size.into()
    }

    /// Whether it has as many cells as it says. What lies in a file may say anything, and a screen of that size takes as much memory.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        let cells = self.runs.iter().map(|run| match run {
            Run::Characters(_, text) => text.chars().count(),
            Run::Cluster(..) => 1,
        });
        cells.sum::<usize>() == usize::from(self.size.0) * usize::from(self.size.1)
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
        for row in self.cells().chunk_by(|(one, _), (other, _)| one / columns == other / columns) {
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
        for (index, cell) in self.cells() {
            if let Some(place) = buffer.content.get_mut(index) {
                *place = cell;
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

    /// The cells that are not empty and within it, with their places in the order of reading.
    fn cells(&self) -> Vec<(usize, Cell)> {
        let styles: Vec<Style> = self.looks.iter().map(Look::style).collect();
        let room = usize::from(self.size.0) * usize::from(self.size.1);
        let mut cells = Vec::new();
        let mut next = 0;
        for run in &self.runs {
            let (look, text) = run.parts();
            let style = styles.get(look).copied().unwrap_or_default();
            let is_plain = style == Cell::EMPTY.style();
            let is_text = Printable::new(text).as_str() == text && run.is_whole();
            for symbol in run.symbols() {
                let symbol = if is_text { symbol } else { BLANK };
                if next < room && !(is_plain && symbol == BLANK) {
                    let mut cell = Cell::EMPTY;
                    cell.set_symbol(symbol).set_style(style);
                    cells.push((next, cell));
                }
                next += 1;
            }
        }
        cells
    }
}

const BLANK: &str = " ";

impl Look {
    fn of(cell: &Cell) -> Self {
        let [ink, ground, mark] = [cell.fg, cell.bg, cell.underline_color].map(|colour| colour.to_string());
        Self { ink, ground, mark, modifiers: cell.modifier.bits() }
    }

    fn style(&self) -> Style {
        let colour = |name: &str| name.parse().unwrap_or(Color::Reset);
        let modifier = Modifier::from_bits_truncate(self.modifiers);
        Style::new()
            .fg(colour(&self.ink))
            .bg(colour(&self.ground))
            .underline_color(colour(&self.mark))
            .add_modifier(modifier)
    }
}

impl Run {
    fn parts(&self) -> (usize, &str) {
        let (Self::Characters(look, text) | Self::Cluster(look, text)) = self;
        (*look, text)
    }

    /// Whether a cell has room for what is said to stand in it.
    fn is_whole(&self) -> bool {
        match self {
            Self::Characters(..) => true,
            Self::Cluster(_, text) => text.graphemes(true).nth(1).is_none(),
        }
    }

    /// What stands in each of its cells.
    fn symbols(&self) -> impl Iterator<Item = &str> {
        let is_one = matches!(self, Self::Cluster(..));
        let (_, mut rest) = self.parts();
        std::iter::from_fn(move || {
            let first = rest.chars().next()?;
            let end = if is_one { rest.len() } else { first.len_utf8() };
            let (symbol, behind) = rest.split_at(end);
            rest = behind;
            Some(symbol)
        })
    }
}

#[cfg(test)]
mod tests;
