//! A bar for each group, with its numbers in words beside it.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::Message;
use crate::bar;
use crate::phrase::Phrase;
use crate::registry::status::Kind;
use crate::registry::summary::counts::Counts;
use crate::report::figures::{grouped, percent};
use crate::tui::pane::Pane;
use crate::tui::theme::Theme;
use crate::tui::widgets::rows::Place;
use crate::tui::widgets::{phrases, text};

/// The fewest cells in which a bar tells anything.
const NARROWEST: usize = 6;

/// How many bars are in sight; below them stands everything about the selected one, in no more rows than the longest needs.
pub(super) fn height(groups: &[(&str, &Counts)], area: Rect, theme: Theme) -> usize {
    usize::from(area.height.saturating_sub(sentence_rows(groups, area, theme))).max(1)
}

fn sentence_rows(groups: &[(&str, &Counts)], area: Rect, theme: Theme) -> u16 {
    // A sentence over all states has some hundred characters.
    let most = if area.width >= 110 {
        1
    } else if area.width >= 56 {
        2
    } else {
        3
    };
    let rows = |(name, counts): &(&str, &Counts)| sentence_lines(name, counts, area, theme).len();
    let rows = groups.iter().map(rows).max().unwrap_or_default();
    u16::try_from(rows).unwrap_or(most).min(most).min(area.height / 2).max(1)
}

/// Draws the groups from `place` on.
pub(super) fn draw(
    groups: &[(&str, &Counts)],
    place: Place,
    area: Rect,
    theme: Theme,
    pane: &mut Pane<'_, Message>,
) {
    let width = usize::from(area.width).saturating_sub(2);
    let height = height(groups, area, theme);
    let place = place.within(groups.len(), height);
    let names = groups.iter().map(|(name, _)| phrases::width(&Phrase::from(*name))).max().unwrap_or_default();
    let figures = groups.iter().map(|(_, counts)| figures(counts).len()).max().unwrap_or_default();
    // A shorter bar tells nearly as much, a cut name tells less.
    let names = names.min(width.saturating_sub(figures + NARROWEST + 2)).max(8);
    let room = width.saturating_sub(names + figures + 2);
    for (row, (index, (name, counts))) in
        (area.y..).zip(groups.iter().enumerate().skip(place.top()).take(height))
    {
        let selected = index == place.selected();
        let sign = if selected { "› " } else { "  " };
        let full = bar::drawn(counts.complete(), counts.total(), room);
        let rest = "░".repeat(room.saturating_sub(full.chars().count()));
        let line = Line::from(vec![
            text::own(sign, theme.strong()),
            phrases::cell(&Phrase::from(*name), names, theme.text(), theme),
            text::own(" ", theme.text()),
            text::said(&full, theme.good()),
            text::said(&rest, theme.muted()),
            text::own(" ", theme.text()),
            text::said(&figures_fitted(counts, figures), theme.text()),
        ]);
        pane.line(area.x, row, &line);
        pane.hit(area.x..area.x + area.width, row, Message::Click(index));
        if selected {
            pane.cursor(area.x, row);
        }
    }
    let last = area.y.saturating_add(u16::try_from(height).unwrap_or(u16::MAX)).saturating_sub(1);
    let marks = [(area.y, "↑", place.top() > 0), (last, "↓", place.top() + height < groups.len())];
    for (row, mark, _) in marks.into_iter().filter(|(.., is_more)| *is_more) {
        pane.line(area.right(), row, &Line::from(text::own(mark, theme.muted())));
    }
    if let Some((name, counts)) = groups.get(place.selected()) {
        let rows = sentence_rows(groups, area, theme);
        let lines = sentence_lines(name, counts, area, theme);
        let first = area.bottom().saturating_sub(u16::try_from(lines.len()).unwrap_or(rows).min(rows));
        for (row, line) in (first..area.bottom()).zip(&lines) {
            pane.line(area.x, row, line);
        }
    }
}

fn figures(counts: &Counts) -> String {
    let (complete, total) = (counts.complete(), counts.total());
    format!("{} of {} {:>5}", grouped(complete), grouped(total), percent(complete, total))
}

fn figures_fitted(counts: &Counts, width: usize) -> String {
    format!("{:>width$}", figures(counts))
}

fn sentence_lines(name: &str, counts: &Counts, area: Rect, theme: Theme) -> Vec<Line<'static>> {
    phrases::lines(&sentence(name, counts), area.width, theme.strong(), theme)
}

/// Everything about a group: how many there are of each state.
fn sentence(name: &str, counts: &Counts) -> Phrase {
    let state = |(kind, number): (Kind, u64)| format!("{} {}", grouped(number), kind.words());
    let states: Vec<String> = counts.each().filter(|(_, number)| *number > 0).map(state).collect();
    Phrase::from(name).own(format!(": {}", states.join(", ")))
}
