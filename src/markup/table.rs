//! Tables: columns as wide as they may be, cells wrapped, or a list of `label: value` where that would be cramped.

use pulldown_cmark::Alignment;

use super::bidi::{Direction, Level};
use super::wrap::{Paragraph, Run, RunKind, line_width};
use super::{Line, Role, Span, Strain, StrainKind, Style};
use crate::printable::Printable;

/// A cell: its inline text.
pub(super) type Cell = Vec<Run>;

/// A table as it was collected from the parser.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) alignments: Vec<Alignment>,
    pub(super) header: Vec<Cell>,
    /// Each row with its offset in the source.
    pub(super) rows: Vec<(usize, Vec<Cell>)>,
    pub(super) offset: usize,
    /// Which way its columns are read.
    pub(super) direction: Direction,
}

/// What the later parts of a long table take over from its first part.
#[derive(Debug, Clone, Default)]
pub(super) struct Shape {
    header: Vec<Paragraph>,
    natural: Vec<usize>,
    words: Vec<usize>,
    direction: Direction,
}

/// A word longer than this does not keep a column wide: it is cut.
const WORD: usize = 14;
/// What stands between two columns.
const SEPARATOR: &str = " │ ";

impl Table {
    pub(super) fn shape(&self) -> Shape {
        let header = paragraphs(&self.header, self.direction);
        let columns = header.len();
        let mut natural = vec![1; columns];
        let mut words = vec![1; columns];
        let rows = self.rows.iter().map(|(_, cells)| paragraphs(cells, self.direction));
        for row in std::iter::once(header.clone()).chain(rows) {
            for (column, cell) in row.iter().enumerate().take(columns) {
                natural[column] = natural[column].max(cell.natural_width());
                words[column] = words[column].max(cell.longest_word().min(WORD));
            }
        }
        Shape { header, natural, words, direction: self.direction }
    }

    /// The lines of the table. `go_on` if the header stood above already.
    pub(super) fn lines(&self, shape: &Shape, room: usize, go_on: bool) -> Vec<Line> {
        match shape.columns(room) {
            Some(widths) => {
                let mut lines = self.grid(shape, &widths, go_on);
                for line in &mut lines {
                    line.base = shape.level();
                }
                lines
            }
            None => self.list(shape, room, go_on),
        }
    }

    /// What of the table does not fit, the worst thing alone. `go_on` if the header stood above already.
    pub(super) fn strain(&self, shape: &Shape, room: usize, go_on: bool) -> Option<Strain> {
        let Some(widths) = shape.columns(room) else {
            let (kind, text) = (StrainKind::Table, Printable::default());
            return (!go_on).then(|| Strain { kind, text, needed: shape.least(), offset: self.offset });
        };
        let header = (!go_on).then_some((self.offset, &self.header));
        let rows = self.rows.iter().map(|(offset, cells)| (*offset, cells));
        for (offset, cells) in header.into_iter().chain(rows) {
            for (cell, column) in cells.iter().zip(&widths) {
                if let Some((text, _)) = Paragraph::new(cell).cut_word(*column) {
                    // The other columns keep what they have at least.
                    let needed = room + text.width() - column;
                    return Some(Strain { kind: StrainKind::Cell, text, needed, offset });
                }
            }
        }
        None
    }

    fn grid(&self, shape: &Shape, widths: &[usize], go_on: bool) -> Vec<Line> {
        let mut lines = Vec::new();
        if !go_on {
            if shape.header.iter().any(|cell| !cell.is_empty()) {
                self.row(&shape.header, self.offset, widths, shape.level(), &mut lines);
            }
            lines.push(rule(widths, self.offset, shape.level()));
        }
        let cells = |cells| paragraphs(cells, shape.direction);
        let rows: Vec<_> = self.rows.iter().map(|(offset, row)| (*offset, cells(row))).collect();
        let wraps =
            rows.iter().any(|(_, cells)| cells.iter().zip(widths).any(|(cell, &w)| cell.natural_width() > w));
        for (index, (offset, cells)) in rows.iter().enumerate() {
            if wraps && (index > 0 || go_on) {
                lines.push(rule(widths, *offset, shape.level()));
            }
            self.row(cells, *offset, widths, shape.level(), &mut lines);
        }
        lines
    }

    /// The cells beside each other in the order in which they are read, which `level` makes one from the right or left.
    fn row(&self, cells: &[Paragraph], offset: usize, widths: &[usize], level: Level, lines: &mut Vec<Line>) {
        let wrapped: Vec<Vec<Line>> = widths
            .iter()
            .enumerate()
            .map(|(column, &room)| cells.get(column).map_or_else(Vec::new, |cell| cell.lines(room)))
            .collect();
        let height = wrapped.iter().map(Vec::len).max().unwrap_or(0).max(1);
        for index in 0..height {
            let mut line = Line { offset, ..Line::default() };
            for (column, &room) in widths.iter().enumerate() {
                if column > 0 {
                    line.spans.push(drawn(SEPARATOR, level));
                }
                let mut cell = wrapped[column].get(index).cloned().unwrap_or_default();
                let free = room.saturating_sub(line_width(&cell));
                let to_right = match self.alignments.get(column) {
                    Some(Alignment::Right) => free,
                    Some(Alignment::Center) => free / 2,
                    Some(Alignment::None) | None if cell.base.is_right_to_left() => free,
                    Some(Alignment::Left | Alignment::None) | None => 0,
                };
                let before = if level.is_right_to_left() { free - to_right } else { to_right };
                cell.embed(level);
                push_blank(&mut line, before, level);
                line.spans.append(&mut cell.spans);
                if column + 1 < widths.len() {
                    push_blank(&mut line, free - before, level);
                }
            }
            lines.push(line);
        }
    }

    fn list(&self, shape: &Shape, room: usize, go_on: bool) -> Vec<Line> {
        let mut lines = Vec::new();
        for (index, (offset, cells)) in self.rows.iter().enumerate() {
            if index > 0 || go_on {
                lines.push(Line { offset: *offset, ..Line::default() });
            }
            for (column, cell) in paragraphs(cells, shape.direction).iter().enumerate() {
                if cell.is_empty() {
                    continue;
                }
                let mut runs = Vec::new();
                if let Some(label) = shape.label(column) {
                    let style = Style { role: Role::TableHeader, strong: true, ..Style::default() };
                    let label = Run::new(format!("{label}: "), style, *offset);
                    runs.push(Run { kind: RunKind::Sign, ..label });
                }
                runs.extend(cells[column].iter().cloned());
                let text = Paragraph::within(shape.direction, &runs);
                for (row, mut line) in text.lines(hanging(room)).into_iter().enumerate() {
                    if row > 0 && hanging(room) < room {
                        line.spans.insert(0, blank(2, line.base));
                    }
                    line.offset = *offset;
                    lines.push(line);
                }
            }
        }
        if self.rows.is_empty() && !go_on {
            for cell in &shape.header {
                lines.extend(cell.lines(room));
            }
        }
        lines
    }
}

impl Shape {
    /// How wide the columns are in so much room; none if they would be too narrow to read.
    fn columns(&self, room: usize) -> Option<Vec<usize>> {
        let columns = self.natural.len();
        let room = room.checked_sub(3 * columns.saturating_sub(1)).filter(|_| columns > 0)?;
        if self.natural.iter().sum::<usize>() <= room {
            return Some(self.natural.clone());
        }
        let needed: usize = self.words.iter().sum();
        let mut left = room.checked_sub(needed)?;
        // Narrow columns get what they want, the others share what is left.
        let mut widths = self.words.clone();
        while left > 0 {
            let hungry: Vec<usize> =
                (0..columns).filter(|&column| widths[column] < self.natural[column]).collect();
            let Some(share) = left.checked_div(hungry.len()) else { break };
            for &column in &hungry {
                let more = share.max(1).min(self.natural[column] - widths[column]).min(left);
                widths[column] += more;
                left -= more;
            }
        }
        Some(widths)
    }

    /// The least room in which the columns are wide enough to read.
    fn least(&self) -> usize {
        3 * self.natural.len().saturating_sub(1) + self.words.iter().sum::<usize>()
    }

    /// The level of what stands between the cells.
    fn level(&self) -> Level {
        Level::default().within(self.direction)
    }

    fn label(&self, column: usize) -> Option<String> {
        self.header.get(column).filter(|label| !label.is_empty()).map(Paragraph::text)
    }
}

fn paragraphs(cells: &[Cell], around: Direction) -> Vec<Paragraph> {
    cells.iter().map(|cell| Paragraph::within(around, cell)).collect()
}

fn hanging(room: usize) -> usize {
    if room >= 8 { room - 2 } else { room }
}

fn rule(widths: &[usize], offset: usize, level: Level) -> Line {
    let dashes: Vec<String> = widths.iter().map(|&room| "─".repeat(room)).collect();
    Line { spans: vec![drawn(&dashes.join("─┼─"), level)], offset, ..Line::default() }
}

fn drawn(text: &str, level: Level) -> Span {
    let style = Style { role: Role::Table, ..Style::default() };
    Span { level, ..Span::new(Printable::new(text), style) }
}

fn blank(columns: usize, level: Level) -> Span {
    Span { level, ..Span::new(Printable::new(&" ".repeat(columns)), Style::default()) }
}

fn push_blank(line: &mut Line, columns: usize, level: Level) {
    if columns > 0 {
        line.spans.push(blank(columns, level));
    }
}
