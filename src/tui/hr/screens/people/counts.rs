//! The lines above the list of people: how many there are of each state, and who stands beside the list.

use ratatui::text::{Line, Span};

use crate::printable::Printable;
use crate::registry::row::Rowless;
use crate::registry::status::Kind;
use crate::registry::summary::counts::Counts;
use crate::report::figures::{grouped, percent};
use crate::tui::hr::words;
use crate::tui::theme::Theme;
use crate::tui::widgets::text;

/// Below so many columns words are shorter.
pub(super) const NARROW: u16 = 60;

/// How many there are of each state that anybody has, how much of all is complete, and who has no row, in lines.
pub(super) fn lines(counts: &Counts, rowless: Rowless, width: u16, theme: Theme) -> Vec<Line<'static>> {
    let narrow = width < NARROW;
    let (word, gap): (fn(Kind) -> &'static str, _) =
        if narrow { (words::short, " ") } else { (Kind::words, "  ") };
    // Not of all people: most may be asked for nothing.
    let of = if rowless.asked_nothing > 0 { " of what is asked" } else { "" };
    let share = format!("= {} complete{of}", percent(counts.complete(), counts.total()));
    let parts = counts
        .each()
        .filter(|(_, number)| *number > 0)
        .map(|(kind, number)| {
            let words = format!("{} {} {}", words::sign(kind), grouped(number), word(kind));
            (words, words::style(kind, theme))
        })
        .chain((counts.total() > 0).then_some((share, theme.strong())));
    let mut lines: Vec<Line<'static>> = Vec::new();
    let mut used = 0;
    let mut spans: Vec<Span<'static>> = Vec::new();
    for (words, style) in parts {
        let words = Printable::new(&words).cut(width.into());
        if !spans.is_empty() && used + gap.len() + words.width() > usize::from(width) {
            lines.push(Line::from(std::mem::take(&mut spans)));
            used = 0;
        }
        if !spans.is_empty() {
            spans.push(text::own(gap, theme.text()));
            used += gap.len();
        }
        used += words.width();
        spans.push(text::shown(&words, style));
    }
    lines.push(Line::from(spans));
    let beside: Vec<String> =
        rowless.each().map(|(number, words)| format!("{} {words}", grouped(number))).collect();
    if !beside.is_empty() {
        let words = format!("without a row: {}", beside.join(", "));
        // Where the room is short, rows are worth more than the rest of the sentence.
        let most = if narrow { 1 } else { usize::MAX };
        let wrapped = text::wrapped(&words, width).into_iter().take(most);
        lines.extend(wrapped.map(|line| Line::from(text::shown(&line, theme.text()))));
    }
    lines
}
