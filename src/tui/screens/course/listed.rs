//! What the course screen shows, line by line, and which part of it is in sight.

use ratatui::layout::Size;
use ratatui::text::Line;

use crate::tui::widgets::panel::Way;

/// The list with what stands above it.
pub(super) struct Listed {
    /// The columns at its sides.
    pub(super) margin: u16,
    /// How far somebody has come.
    pub(super) progress: Line<'static>,
    /// How else the course can be taken, where that is to stay in sight.
    pub(super) ways: Option<Line<'static>>,
    /// The list, with what is said around it: each line with the row that it is of, if it is of one.
    pub(super) lines: Vec<(Line<'static>, Option<usize>)>,
}

impl Listed {
    /// How many lines stand above the list and stay there.
    pub(super) fn above(&self) -> u16 {
        1 + u16::from(self.ways.is_some())
    }

    /// How many lines of the list are in sight on a body of this size.
    pub(super) fn height(&self, body: Size) -> usize {
        body.height.saturating_sub(self.above()).into()
    }

    /// The last row.
    pub(super) fn last(&self) -> usize {
        self.lines.iter().filter_map(|(_, row)| *row).max().unwrap_or(0)
    }

    /// The first line of a row.
    pub(super) fn begin_of(&self, row: usize) -> usize {
        self.lines.iter().position(|(_, of)| *of == Some(row)).unwrap_or(0)
    }

    fn end_of(&self, row: usize) -> usize {
        self.lines.iter().rposition(|(_, of)| *of == Some(row)).unwrap_or(0)
    }

    /// The line with which the list begins where `height` are in sight. The marked row stands in the middle, so that both ways are seen.
    pub(super) fn top(&self, marked: usize, height: usize) -> usize {
        let (first, end) = (self.begin_of(marked), self.end_of(marked));
        let last_top = self.lines.len().saturating_sub(height);
        let top = usize::midpoint(first, end).saturating_sub(height / 2).min(last_top);
        // Nothing begins in the middle: the state of a title that is out of sight says nothing.
        let of = |line: usize| self.lines.get(line).and_then(|(_, row)| *row);
        let begins = |line: &usize| *line == 0 || of(*line).is_none() || of(*line) != of(*line - 1);
        (top..=first).find(begins).unwrap_or(first)
    }

    /// The row to mark instead of this one so that the list begins a page further; no row is passed over that was out of sight.
    pub(super) fn a_page_from(&self, marked: usize, way: Way, body: Size) -> usize {
        let (last, height) = (self.last(), self.height(body));
        let marked = marked.min(last);
        let top = self.top(marked, height);
        // At its edges a screen shows no row that has no room there; the middle of one may stand up to half of it behind its first line.
        let rows = self.lines.chunk_by(|(_, one), (_, other)| one.is_some() && one == other);
        let tallest = rows.map(<[_]>::len).max().unwrap_or(0);
        let edges = tallest + (tallest.saturating_sub(1) / 2).saturating_sub(1);
        let page = height.saturating_sub(edges).max(1);
        match way {
            Way::Up if top == 0 => 0,
            Way::Down if top + height >= self.lines.len() => last,
            Way::Up => {
                let middle = (top + height / 2).saturating_sub(page);
                let row = self.lines.iter().skip(middle).find_map(|(_, row)| *row);
                row.unwrap_or(0).min(marked.saturating_sub(1))
            }
            Way::Down => {
                let middle = top + height / 2 + page;
                let row = self.lines.iter().take(middle + 1).rev().find_map(|(_, row)| *row);
                row.unwrap_or(last).max(marked + 1).min(last)
            }
        }
    }
}
