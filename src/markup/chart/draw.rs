//! A chart in lines of a given width.

use super::{Bar, Chart};
use crate::bar;
use crate::markup::wrap::{Paragraph, Run, RunKind, line_width};
use crate::markup::{Line, Origin, Role, Span, Style};
use crate::printable::Printable;

/// Bars shorter than that at their longest compare nothing; then the numbers stand alone.
const LEAST: usize = 6;
/// Beside its label a bar gets at least so much, or it goes below it.
const COMFORTABLE: usize = 16;

impl Chart {
    /// The chart in lines of at most `room` columns. Every bar has its number behind it, so nothing is told by length or
    /// colour alone.
    pub(in crate::markup) fn lines(&self, room: usize) -> Vec<Line> {
        let mut lines = Vec::new();
        if !self.title.is_empty() {
            lines.extend(Paragraph::new(&[self.title_run()]).lines(room));
        }
        let values: Vec<Printable> = self.bars.iter().map(|bar| Printable::new(&self.value(bar))).collect();
        let labels: Vec<Paragraph> = self.bars.iter().map(label).collect();
        let widest = values.iter().map(Printable::width).max().unwrap_or(0);
        let label_width = labels.iter().map(Paragraph::natural_width).max().unwrap_or(0);
        let beside = room.checked_sub(label_width + 2 + widest + 1).filter(|left| *left >= COMFORTABLE);
        let below = room.checked_sub(widest + 1).filter(|left| *left >= LEAST);
        for ((bar, label), value) in self.bars.iter().zip(labels).zip(values) {
            match (beside, below) {
                (Some(cells), _) => {
                    let mut line = label.lines(label_width).into_iter().next().unwrap_or_default();
                    let free = " ".repeat(label_width - line_width(&line));
                    // The free cells belong to the label: behind a word that is read from the right they stand at its left.
                    let level = std::mem::take(&mut line.base);
                    let style = Style::default();
                    line.spans.push(Span { level, ..Span::new(Printable::new(&free), style) });
                    line.spans.push(Span::new(Printable::new("  "), style));
                    self.push_bar(&mut line, bar, value, cells);
                    lines.push(line);
                }
                (None, Some(cells)) => {
                    lines.extend(label.lines(room));
                    let mut line = Line { offset: bar.offset, ..Line::default() };
                    self.push_bar(&mut line, bar, value, cells);
                    lines.push(line);
                }
                (None, None) => {
                    let colon = Run { kind: RunKind::Sign, ..Run::new(": ", Style::default(), bar.value_at) };
                    let runs = [bar.label_run(), colon, self.value_run(bar)];
                    lines.extend(Paragraph::new(&runs).lines(room));
                }
            }
        }
        lines
    }

    /// Appends the bar, the longest of which has so many `cells`, and its number.
    fn push_bar(&self, line: &mut Line, bar: &Bar, value: Printable, cells: usize) {
        let longest = self.bars.iter().map(|bar| bar.size).max().unwrap_or(0);
        let drawn = bar::drawn(bar.size, longest, cells);
        if !drawn.is_empty() {
            let style = Style { role: Role::Bar, ..Style::default() };
            line.spans.push(Span::new(Printable::new(&drawn), style));
            line.spans.push(Span::new(Printable::new(" "), Style::default()));
        }
        let origin = Some(Origin { piece: bar.value_at, at: 0 });
        line.spans.push(Span { origin, ..Span::new(value, Style { strong: true, ..Style::default() }) });
    }
}

fn label(bar: &Bar) -> Paragraph {
    Paragraph::new(&[bar.label_run()])
}
