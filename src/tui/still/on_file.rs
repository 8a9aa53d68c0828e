//! A frame as it lies in a file: runs of text, each of one look.

use std::collections::{BTreeSet, HashMap};

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier, Style};
use serde::{Deserialize, Serialize, Serializer};
use unicode_segmentation::UnicodeSegmentation as _;

use super::{BLANK, Still, is_empty};
use crate::printable::Printable;

/// What the file holds.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct OnFile {
    /// Columns and rows.
    pub(super) size: (u16, u16),
    /// Column and row, from 0.
    pub(super) cursor: Option<(u16, u16)>,
    pub(super) looks: Vec<Look>,
    /// From left to right and from top to bottom, of every cell.
    pub(super) runs: Vec<Run>,
    pub(super) links: BTreeSet<String>,
    /// Whether what was typed before is dropped when it is shown.
    pub(super) greets: bool,
}

/// How a cell looks: colours by their names in ratatui, and the bits of its modifiers.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Look {
    pub(super) ink: String,
    pub(super) ground: String,
    /// Which link it belongs to.
    pub(super) mark: String,
    pub(super) modifiers: u16,
}

/// Cells of one look (its place in the list) that follow each other.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Run {
    /// With a character each.
    Characters(usize, String),
    /// One, with several characters.
    Cluster(usize, String),
}

impl Serialize for Still {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        OnFile::of(self).serialize(serializer)
    }
}

impl TryFrom<OnFile> for Still {
    type Error = &'static str;

    /// What lies in a file may say anything of its size, and a screen of that size takes as much memory: it has as many cells as it says.
    fn try_from(file: OnFile) -> Result<Self, Self::Error> {
        let (columns, rows) = file.size;
        if file.runs.iter().flat_map(Run::symbols).count() != usize::from(columns) * usize::from(rows) {
            return Err("a frame has as many cells as it says");
        }
        let cells = file.cells();
        let OnFile { size, cursor, links, greets, .. } = file;
        Ok(Self { size, cursor, cells, links, greets })
    }
}

impl OnFile {
    fn of(still: &Still) -> Self {
        let Still { size, cursor, cells, links, greets } = still;
        let (looks, runs) = (Vec::new(), Vec::new());
        let mut file =
            Self { size: *size, cursor: *cursor, looks, runs, links: links.clone(), greets: *greets };
        let mut known = HashMap::new();
        // Most cells look like the one before, and are not looked up.
        let mut before: Option<(Style, usize)> = None;
        let mut cells = cells.iter().peekable();
        for place in 0..usize::from(size.0) * usize::from(size.1) {
            let cell = cells.next_if(|(at, _)| *at == place).map_or(&Cell::EMPTY, |(_, cell)| cell);
            let style = cell.style();
            let look = match before {
                Some((same, look)) if same == style => look,
                Some(_) | None => *known.entry(style).or_insert_with(|| {
                    file.looks.push(Look::of(cell));
                    file.looks.len() - 1
                }),
            };
            before = Some((style, look));
            file.push(look, cell.symbol());
        }
        file
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

    /// The cells that are not empty, with their places in the order of reading.
    fn cells(&self) -> Vec<(usize, Cell)> {
        let blanks: Vec<Cell> = self.looks.iter().map(Look::blank).collect();
        let mut cells = Vec::new();
        let mut place = 0;
        for run in &self.runs {
            let (look, text) = run.parts();
            let blank = blanks.get(look).unwrap_or(&Cell::EMPTY);
            let has_no_ground = is_empty(blank);
            let is_text = Printable::new(text).as_str() == text && run.is_whole();
            for symbol in run.symbols() {
                let symbol = if is_text { symbol } else { BLANK };
                if !(has_no_ground && symbol == BLANK) {
                    let mut cell = blank.clone();
                    cell.set_symbol(symbol);
                    cells.push((place, cell));
                }
                place += 1;
            }
        }
        cells
    }
}

impl Look {
    fn of(cell: &Cell) -> Self {
        let [ink, ground, mark] = [cell.fg, cell.bg, cell.underline_color].map(|colour| colour.to_string());
        Self { ink, ground, mark, modifiers: cell.modifier.bits() }
    }

    /// A cell that looks like this, with nothing in it.
    fn blank(&self) -> Cell {
        let mut blank = Cell::EMPTY;
        let [ink, ground, mark] =
            [&self.ink, &self.ground, &self.mark].map(|name| name.parse().unwrap_or(Color::Reset));
        blank.set_fg(ink).set_bg(ground);
        (blank.underline_color, blank.modifier) = (mark, Modifier::from_bits_truncate(self.modifiers));
        blank
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
