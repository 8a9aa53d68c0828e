//! Completions over time: a column for each step, as high as the share of everybody that was complete by its end.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::Message;
use crate::bar;
use crate::registry::listing::standings::Reached;
use crate::registry::summary::completions::Period;
use crate::report::figures::{grouped, percent};
use crate::tui::pane::Pane;
use crate::tui::theme::Theme;
use crate::tui::widgets::text;

/// Below the columns stand the first and the last day and the marked step in words.
const BELOW: u16 = 3;
/// How many cells a column has at most.
const WIDEST: usize = 4;
const BLOCKS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/// How many steps fit side by side into `width` columns beside numbers up to `all`.
pub(super) fn room(width: u16, all: u64) -> usize {
    usize::from(width).saturating_sub(scale_width(all)).max(1)
}

fn scale_width(all: u64) -> usize {
    grouped(all).len() + 2
}

/// Draws the columns, and says in words what the step is that is so many before the last one.
pub(super) fn draw(
    steps: &[Reached],
    back: usize,
    period: Period,
    all: u64,
    area: Rect,
    theme: Theme,
    pane: &mut Pane<'_, Message>,
) {
    let Some(last) = steps.len().checked_sub(1) else { return };
    // There may be fewer steps than when it was marked.
    let marked = last - back.min(last);
    let height = area.height.saturating_sub(BELOW).max(1);
    let scale = u16::try_from(scale_width(all)).unwrap_or(u16::MAX);
    draw_scale(all, height, area, scale, theme, pane);
    let left = area.x.saturating_add(scale);
    let wide = (usize::from(area.width.saturating_sub(scale)) / steps.len()).clamp(1, WIDEST);
    for (index, step) in steps.iter().enumerate() {
        let full = bar::eighths(step.sum, all, height.into());
        let column = left.saturating_add(u16::try_from(index * wide).unwrap_or(u16::MAX));
        let is_marked = index == marked;
        // A gap between columns where there is room for one.
        let cells = if wide > 1 { wide - 1 } else { 1 };
        for row in 0..height {
            let below = usize::from(height - 1 - row) * 8;
            let block = BLOCKS[full.saturating_sub(below).min(8)];
            let style = if is_marked { theme.strong() } else { theme.good() };
            let line = Line::from(text::said(&block.repeat(cells), style));
            if block != " " {
                pane.line(column, area.y + row, &line);
            }
            let end = column.saturating_add(u16::try_from(wide).unwrap_or(1));
            pane.hit(column..end, area.y + row, Message::Mark(steps.len() - 1 - index));
        }
        if is_marked {
            pane.line(column, area.y + height, &Line::from(text::own("▲", theme.key())));
            pane.cursor(column, area.y + height);
        }
    }
    let step = &steps[marked];
    let (first, last) = (steps[0].start.to_string(), steps[steps.len() - 1].start.to_string());
    let ends = if steps.len() > 1 { format!("{first} to {last}, by {}", period.word()) } else { first };
    pane.line(area.x, area.y + height + 1, &Line::from(text::said(&ends, theme.muted())));
    let of = match period {
        Period::Day => step.start.to_string(),
        Period::Week => format!("from {}", step.start),
        Period::Month => step.start.format("%Y-%m").to_string(),
        Period::Year => step.start.format("%Y").to_string(),
    };
    let words = format!(
        "{of}: {} of {}, {}; {} new",
        grouped(step.sum),
        grouped(all),
        percent(step.sum, all),
        grouped(step.new)
    );
    let words = crate::printable::Printable::new(&words).cut(area.width.into());
    pane.line(area.x, area.y + height + 2, &Line::from(text::shown(&words, theme.strong())));
}

/// How many the top stands for, a half and nothing.
fn draw_scale(all: u64, height: u16, area: Rect, scale: u16, theme: Theme, pane: &mut Pane<'_, Message>) {
    let width = usize::from(scale.saturating_sub(2));
    for row in 0..height {
        let number = match row {
            0 => grouped(all),
            row if row == height / 2 && height > 4 => grouped(all / 2),
            row if row + 1 == height && height > 1 => "0".to_owned(),
            _ => String::new(),
        };
        let sign = if number.is_empty() { "│" } else { "┤" };
        let words = format!("{number:>width$} {sign}");
        pane.line(area.x, area.y + row, &Line::from(text::said(&words, theme.muted())));
    }
}
