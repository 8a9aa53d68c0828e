//! The keys of a screen and what they do, as lines.

use crossterm::event::Event;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::config::Mouse;
use crate::printable::Printable;
use crate::tui::keymap::Key;
use crate::tui::pane::Hits;
use crate::tui::theme::Theme;
use crate::tui::widgets::{panel, text};

/// How a text is copied while the mouse is ours: the key is the terminal's.
const COPYING: &str = "Text is marked and copied by the terminal: hold Shift and drag over it, in iTerm2 Option, in Terminal of macOS Fn.";

/// What is said of the mouse behind the keys: nothing where it is the terminal's anyhow.
#[must_use]
pub fn about(mouse: Mouse) -> Option<&'static str> {
    match mouse {
        Mouse::On => Some(COPYING),
        Mouse::Off => None,
    }
}

/// Each key with what it does, in lines of `width` columns, and `below` behind them.
#[must_use]
pub fn lines(
    help: &[(String, &'static str)],
    below: Option<&'static str>,
    width: u16,
    theme: Theme,
) -> Vec<Line<'static>> {
    numbered_lines(help, below, width, theme).map(|(_, line)| line).collect()
}

/// What can be clicked on a panel over `area` with these lines, from line `scroll` on: a line whose keys all do the same by `message`, and
/// else each key.
pub fn hits<M: PartialEq>(
    help: &[(String, &'static str)],
    below: Option<&'static str>,
    area: Rect,
    scroll: usize,
    message: impl Fn(&Event) -> Option<M>,
) -> Hits<M> {
    let lines: Vec<_> = numbered_lines(help, below, panel::text_width(area), Theme::COLOURED).collect();
    let mut hits = Hits::new();
    for (place, (number, line)) in panel::places(area, &lines, scroll) {
        let Some((keys, _)) = help.get(*number) else { continue };
        if let Some(does) = same(keys, &message) {
            hits.push((place, does));
            continue;
        }
        let keys = line.spans.first().map(|span| span.content.as_ref()).unwrap_or_default();
        let mut x = place.x;
        for key in keys.split_inclusive(' ') {
            let name = key.trim_end_matches([' ', ',']);
            let width = u16::try_from(Printable::new(name).width()).unwrap_or(u16::MAX);
            if let Some(does) = same(name, &message) {
                hits.push((Rect { x, width, ..place }.intersection(place), does));
            }
            x = x.saturating_add(u16::try_from(Printable::new(key).width()).unwrap_or(u16::MAX));
        }
    }
    hits
}

/// What each of the keys that a line of the help names does by `message`, if all do the same. A line about going up and down
/// is about two things, and what is typed is no key.
pub fn same<M: PartialEq>(keys: &str, message: impl Fn(&Event) -> Option<M>) -> Option<M> {
    let mut messages = Key::events_of(keys)?.into_iter().map(|event| message(&event));
    let first = messages.next()??;
    messages.all(|other| other.as_ref() == Some(&first)).then_some(first)
}

/// Lines with the number of the key that they are about; those below are about none.
fn numbered_lines(
    help: &[(String, &'static str)],
    below: Option<&'static str>,
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
    if let Some(below) = below {
        let below = text::wrapped(below, width);
        let below = below.iter().map(|part| Line::from(text::shown(part, theme.text())));
        lines.extend(std::iter::once(Line::default()).chain(below).map(|line| (help.len(), line)));
    }
    lines.into_iter()
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Position;

    use super::*;

    /// The heading promised what lines about two things did not do.
    #[test]
    fn a_line_about_several_things_is_clicked_at_its_keys() {
        let help: Vec<(String, &'static str)> =
            [("↑ ↓ Tab", "move"), ("Home g, End G", "to the ends"), ("1-9 ←", "choose"), ("q Esc", "leave")]
                .map(|(keys, what)| (keys.to_owned(), what))
                .into();
        let message = |event: &Event| {
            let pressed = |names: &str| Key::events_of(names).is_some_and(|events| events.contains(event));
            ["↑", "↓", "Tab", "Home g", "End G", "←", "q Esc"].into_iter().find(|names| pressed(names))
        };
        let area = Rect { x: 0, y: 0, width: 60, height: 10 };
        let text = panel::text_area(area, help.len());
        let rows: Vec<String> =
            lines(&help, None, text.width, Theme::PLAIN).iter().map(ToString::to_string).collect();
        let at = |words: &str| {
            let row = rows.iter().position(|row| row.contains(words)).expect("words");
            let before = rows[row].find(words).map_or(0, |at| Printable::new(&rows[row][..at]).width());
            let x = text.x + u16::try_from(before).expect("narrow");
            let at = Position { x, y: text.y + u16::try_from(row).expect("low") };
            let hits = hits(&help, None, area, 0, message);
            hits.into_iter().find(|(place, _)| place.contains(at)).map(|(_, does)| does)
        };
        for (words, expected) in [
            ("↑", Some("↑")),
            ("↓", Some("↓")),
            ("Tab", Some("Tab")),
            ("move", None),
            ("Home", Some("Home g")),
            ("g,", Some("Home g")),
            ("End", Some("End G")),
            ("1-9", None),
            ("←", Some("←")),
            ("Esc", Some("q Esc")),
            ("leave", Some("q Esc")),
        ] {
            assert_eq!(at(words), expected, "{words}");
        }
    }
}
