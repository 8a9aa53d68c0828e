//! The keys of a screen and what they do, as lines.

use ratatui::text::Line;

use crate::printable::Printable;
use crate::tui::theme::Theme;
use crate::tui::widgets::text;

/// Each key with what it does, in lines of `width` columns.
#[must_use]
pub fn lines(help: &[(String, &'static str)], width: u16, theme: Theme) -> Vec<Line<'static>> {
    let widest = help.iter().map(|(keys, _)| Printable::new(keys).width()).max().unwrap_or(0);
    // Side by side where there is room, else the keys above what they do.
    let column = widest.min(usize::from(width) / 2) + 2;
    let room = u16::try_from(usize::from(width).saturating_sub(column)).unwrap_or(0);
    let mut lines = Vec::new();
    for (keys, what) in help {
        let keys = text::wrapped(keys, u16::try_from(column.saturating_sub(2)).unwrap_or(1));
        let what = text::wrapped(what, room);
        for row in 0..keys.len().max(what.len()) {
            let key = keys.get(row).cloned().unwrap_or_default();
            let gap = " ".repeat(column.saturating_sub(key.width()));
            let what = what.get(row).cloned().unwrap_or_default();
            lines.push(Line::from(vec![
                text::shown(&key, theme.key()),
                text::said(&gap, theme.text()),
                text::shown(&what, theme.text()),
            ]));
        }
    }
    lines
}
