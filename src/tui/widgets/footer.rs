//! The end of the screen: what the keys do, and what has just been said.

use ratatui::layout::Size;
use ratatui::text::Line;

use crate::printable::Printable;
use crate::tui::pane::Pane;
use crate::tui::theme::Theme;
use crate::tui::widgets::text;

/// A key, what it does in a word, and what a click on that says.
pub type Hint<M> = (String, &'static str, Option<M>);

/// Says what keys do. When the room is short the last ones go first, but never the way out and the way to the help: these stand
/// closer together before one of them goes.
pub fn hints<M>(pane: &mut Pane<'_, M>, mut hints: Vec<Hint<M>>, theme: Theme) {
    let mut apart = 2;
    while hints.len() > 1 && !fit(&hints, apart, pane.area().width) {
        let spare = (1..hints.len() - 1).rev().find(|hint| !matches!(hints[*hint].0.as_str(), "Esc" | "q"));
        match spare {
            Some(spare) => drop(hints.remove(spare)),
            None if apart > 1 => apart -= 1,
            None => drop(hints.remove(hints.len() - 2)),
        }
    }
    let mut column = 1;
    for hint in hints {
        let width = u16::try_from(own_width(&hint) + apart).unwrap_or(u16::MAX);
        let (key, words, message) = hint;
        let line = vec![
            text::said(&key, theme.key()),
            text::own(" ", theme.text()),
            text::own(words, theme.muted()),
        ];
        pane.line(column, 0, &Line::from(line));
        if let Some(message) = message {
            let apart = u16::try_from(apart).unwrap_or(u16::MAX);
            pane.hit(column..column.saturating_add(width.saturating_sub(apart)), 0, message);
        }
        column = column.saturating_add(width);
    }
}

/// The same, or nothing where not even the way to the help has room.
pub fn hints_where_room<M>(pane: &mut Pane<'_, M>, hints: Vec<Hint<M>>, theme: Theme) {
    let help = &hints[hints.len().saturating_sub(1)..];
    if fit(help, 0, pane.area().width) {
        self::hints(pane, hints, theme);
    }
}

fn own_width<M>((key, hint, _): &Hint<M>) -> usize {
    Printable::new(key).width() + Printable::new(hint).width() + 1
}

/// Whether they have room in so many columns. One stays free on either side. The last hint needs none of those that part it from a
/// next one.
fn fit<M>(hints: &[Hint<M>], apart: usize, width: u16) -> bool {
    let room = usize::from(width).saturating_sub(2) + apart;
    hints.iter().map(|hint| own_width(hint) + apart).sum::<usize>() <= room
}

/// Says something.
pub fn notice<M>(pane: &mut Pane<'_, M>, notice: &Printable, theme: Theme) {
    told(pane, [(notice, None)], theme);
}

/// Says something in parts, of which some can be clicked. Gives the first column behind it.
pub fn told<'a, M>(
    pane: &mut Pane<'_, M>,
    parts: impl IntoIterator<Item = (&'a Printable, Option<M>)>,
    theme: Theme,
) -> u16 {
    let end = pane.area().width.saturating_sub(1);
    let mut column = 1;
    for (words, message) in parts {
        let words = words.cut(usize::from(end.saturating_sub(column)));
        let width = u16::try_from(words.width()).unwrap_or(u16::MAX);
        pane.line(column, 0, &Line::from(text::shown(&words, theme.caution())));
        if let Some(message) = message {
            pane.hit(column..column.saturating_add(width), 0, message);
        }
        column = column.saturating_add(width);
    }
    column
}

/// Says on the whole screen that it is smaller than `smallest`.
pub fn too_small<M>(pane: &mut Pane<'_, M>, smallest: Size, theme: Theme) {
    let (width, height) = (pane.area().width, pane.area().height);
    let words = format!(
        "needs at least {}×{}, now {width}×{height}; nothing is lost. Ctrl-C leaves",
        smallest.width, smallest.height
    );
    let lines: Vec<_> = text::wrapped(&words, width)
        .iter()
        .map(|part| Line::from(text::shown(part, theme.caution())))
        .collect();
    pane.lines(0, 0, &lines);
}
