//! The keys of a screen and what they do, as lines.

use crossterm::event::Event;
use ratatui::text::Line;

use crate::printable::Printable;
use crate::tui::keymap::Key;
use crate::tui::theme::Theme;
use crate::tui::widgets::text;

/// Each key with what it does, in lines of `width` columns.
#[must_use]
pub fn lines(help: &[(String, &'static str)], width: u16, theme: Theme) -> Vec<Line<'static>> {
    numbered_lines(help, width, theme).map(|(_, line)| line).collect()
}

/// Which of `help` each of these lines is about.
#[must_use]
pub fn row_numbers(help: &[(String, &'static str)], width: u16) -> Vec<usize> {
    numbered_lines(help, width, Theme::COLOURED).map(|(number, _)| number).collect()
}

/// What each of the keys that a line of the help names does by `message`, if all do the same. A line about going up and down
/// is about two things, and what is typed is no key.
pub fn same<M: PartialEq>(keys: &str, message: impl Fn(&Event) -> Option<M>) -> Option<M> {
    let mut messages = Key::events_of(keys)?.into_iter().map(|event| message(&event));
    let first = messages.next()??;
    messages.all(|other| other.as_ref() == Some(&first)).then_some(first)
}

fn numbered_lines(
    help: &[(String, &'static str)],
    width: u16,
    theme: Theme,
) -> impl Iterator<Item = (usize, Line<'static>)> {
    let widest = help.iter().map(|(keys, _)| Printable::new(keys).width()).max().unwrap_or(0);
    // Side by side where there is room, else the keys above what they do.
    let column = widest.min(usize::from(width) / 2) + 2;
    let room = u16::try_from(usize::from(width).saturating_sub(column)).unwrap_or(0);
    let mut lines = Vec::new();
    for (number, (keys, what)) in help.iter().enumerate() {
        let keys = text::wrapped(keys, u16::try_from(column.saturating_sub(2)).unwrap_or(1));
        let what = text::wrapped(what, room);
        for row in 0..keys.len().max(what.len()) {
            let key = keys.get(row).cloned().unwrap_or_default();
            let gap = " ".repeat(column.saturating_sub(key.width()));
            let what = what.get(row).cloned().unwrap_or_default();
            let line = vec![
                text::shown(&key, theme.key()),
                text::said(&gap, theme.text()),
                text::shown(&what, theme.text()),
            ];
            lines.push((number, Line::from(line)));
        }
    }
    lines.into_iter()
}
