//! A bar for each group, with its numbers in words beside it.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::Message;
use crate::printable::Printable;
use crate::registry::status::Kind;
use crate::registry::summary::counts::Counts;
use crate::report::figures::{bar, grouped, percent};
use crate::tui::pane::Pane;
use crate::tui::theme::Theme;
use crate::tui::widgets::rows::{Place, Step};
use crate::tui::widgets::text;

/// The widest that a bar is.
const WIDEST: usize = 40;

/// Draws the groups from `place` on.
pub(super) fn draw(
    groups: &[(&str, &Counts)],
    place: Place,
    area: Rect,
    theme: Theme,
    pane: &mut Pane<'_, Message>,
) {
    let width = usize::from(area.width).saturating_sub(2);
    let height = usize::from(area.height).saturating_sub(1).max(1);
    let place = place.within(groups.len(), height);
    let names = groups.iter().map(|(name, _)| Printable::new(name).width()).max().unwrap_or_default();
    let names = names.min(width / 3).max(8);
    let figures = groups.iter().map(|(_, counts)| figures(counts).len()).max().unwrap_or_default();
    let room = width.saturating_sub(names + figures + 4).min(WIDEST);
    for (row, (index, (name, counts))) in
        (area.y..).zip(groups.iter().enumerate().skip(place.top()).take(height))
    {
        let selected = index == place.selected();
        let sign = if selected { "› " } else { "  " };
        let full = bar(counts.complete(), counts.total(), room);
        let rest = "░".repeat(room.saturating_sub(full.chars().count()));
        let line = Line::from(vec![
            text::own(sign, theme.strong()),
            text::shown(&text::fitted(name, names), theme.text()),
            text::own(" ", theme.text()),
            text::said(&full, theme.good()),
            text::said(&rest, theme.muted()),
            text::own(" ", theme.text()),
            text::said(&figures_fitted(counts, figures), theme.text()),
        ]);
        pane.line(area.x, row, &line);
        pane.hit(area.x..area.x + area.width, row, Message::Step(Step::To(index)));
        if selected {
            pane.cursor(area.x, row);
        }
    }
    if let Some((name, counts)) = groups.get(place.selected()) {
        let words = Printable::new(&sentence(name, counts)).cut(area.width.into());
        let row = area.y + area.height.saturating_sub(1);
        pane.line(area.x, row, &Line::from(text::shown(&words, theme.strong())));
    }
}

fn figures(counts: &Counts) -> String {
    let (complete, total) = (counts.complete(), counts.total());
    format!("{} of {} {:>5}", grouped(complete), grouped(total), percent(complete, total))
}

fn figures_fitted(counts: &Counts, width: usize) -> String {
    format!("{:>width$}", figures(counts))
}

/// Everything about the selected group: how many there are of each state.
fn sentence(name: &str, counts: &Counts) -> String {
    let state = |(kind, number): (Kind, u64)| format!("{} {}", grouped(number), kind.words());
    let states: Vec<String> = counts.each().filter(|(_, number)| *number > 0).map(state).collect();
    format!("{name}: {}", states.join(", "))
}
