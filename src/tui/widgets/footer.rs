//! The end of the screen: what the keys do, and what has just been said.

use ratatui::layout::Size;
use ratatui::text::Line;

use crate::printable::Printable;
use crate::tui::pane::Pane;
use crate::tui::theme::Theme;
use crate::tui::widgets::text;

/// A key, what it does in a word, and what a click on that says.
pub type Hint<M> = (String, &'static str, Option<M>);

/// Says what keys do. When the room is short those before the last one go first, from the end, but not the way out; then they stand closer
/// together; then the first one goes. Of the way out and the last one, which is the way to the help or what scrolls a panel, the way
/// out stays, where it has room.
pub fn hints<M>(pane: &mut Pane<'_, M>, hints: Vec<Hint<M>>, theme: Theme) {
    let (hints, apart) = kept(hints, pane.area().width);
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

/// The same; where not one of them has room, `alone` without a word; and nothing where that has none either.
pub fn hints_where_room<M>(
    pane: &mut Pane<'_, M>,
    hints: Vec<Hint<M>>,
    alone: Option<(String, M)>,
    theme: Theme,
) {
    let width = pane.area().width;
    let (hints, apart) = kept(hints, width);
    if fit(&hints, apart, width) {
        self::hints(pane, hints, theme);
    } else if let Some((key, message)) = alone.filter(|(key, _)| columns_alone(key) <= width) {
        pane.line(1, 0, &Line::from(text::said(&key, theme.key())));
        pane.hit(1..columns_alone(&key), 0, message);
    }
}

/// How many columns a key takes that stands without a word. One stays free before it, and none behind it: it is that key or none.
#[must_use]
pub fn columns_alone(key: &str) -> u16 {
    u16::try_from(Printable::new(key).width() + 1).unwrap_or(u16::MAX)
}

/// Those that have room in so many columns, one of them at least, and how far apart they stand.
fn kept<M>(mut hints: Vec<Hint<M>>, width: u16) -> (Vec<Hint<M>>, usize) {
    let is_way_out = |(key, _, _): &Hint<M>| matches!(key.as_str(), "Esc" | "q");
    let mut apart = 2;
    while hints.len() > 1 && !fit(&hints, apart, width) {
        let spare = (1..hints.len() - 1).rev().find(|hint| !is_way_out(&hints[*hint]));
        let (first, _) = hints.split_at(1);
        let stays = first.iter().all(is_way_out) && fit(first, 0, width);
        match spare {
            Some(spare) => drop(hints.remove(spare)),
            None if apart > 1 => apart -= 1,
            None if stays => drop(hints.pop()),
            None => drop(hints.remove(0)),
        }
    }
    (hints, apart)
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

#[cfg(test)]
mod tests {
    use ratatui::buffer::{Buffer, Cell};
    use ratatui::layout::Rect;

    use super::*;

    fn drawn(hints: &[(&str, &'static str)], alone: Option<&str>, width: u16) -> String {
        let alone = alone.map(|key| (key.to_owned(), ()));
        let area = Rect { x: 0, y: 0, width, height: 1 };
        let mut buffer = Buffer::empty(area);
        let hints = hints.iter().map(|(key, words)| ((*key).to_owned(), *words, Some(())));
        hints_where_room(&mut Pane::new(&mut buffer, area), hints.collect(), alone, Theme::PLAIN);
        buffer.content.iter().map(Cell::symbol).collect::<String>().trim().to_owned()
    }

    /// The way out went before the first one.
    #[test]
    fn the_way_out_stays_where_the_room_is_short() {
        let screen = [("Enter", "open"), ("Tab", "links"), ("Esc", "back"), ("?", "help")];
        let scrolled = [("Esc", "text"), ("c", "copy"), ("Space", "page")];
        let without = [("Enter", "open"), ("Tab", "links"), ("?", "help")];
        let long = [("Esc", "back to the text"), ("?", "help")];
        let check = |hints: &[(&str, &'static str)], widths: std::ops::Range<u16>, expected: &str| {
            for width in widths {
                assert_eq!(drawn(hints, None, width), expected, "{width}");
            }
        };
        check(&screen, 41..60, "Enter open  Tab links  Esc back  ? help");
        check(&screen, 30..41, "Enter open  Esc back  ? help");
        check(&screen, 28..30, "Enter open Esc back ? help");
        check(&screen, 18..28, "Esc back  ? help");
        check(&screen, 17..18, "Esc back ? help");
        check(&screen, 10..17, "Esc back");
        check(&screen, 8..10, "? help");
        check(&screen, 0..8, "");
        check(&scrolled, 30..40, "Esc text  c copy  Space page");
        check(&scrolled, 22..30, "Esc text  Space page");
        check(&scrolled, 21..22, "Esc text Space page");
        check(&scrolled, 10..21, "Esc text");
        check(&scrolled, 0..10, "");
        check(&without, 20..31, "Enter open  ? help");
        check(&without, 8..19, "? help");
        check(&long, 22..29, "Esc back to the text");
        check(&long, 8..22, "? help");
    }

    /// A message took all of the line, and no key was left to find the others by.
    #[test]
    fn a_key_stands_alone_where_no_word_has_room() {
        let screen = [("Enter", "open"), ("Esc", "back"), ("?", "help")];
        for (width, expected) in [(8, "? help"), (7, "F1"), (3, "F1"), (2, ""), (0, "")] {
            assert_eq!(drawn(&screen, Some("F1"), width), expected, "{width}");
        }
    }
}
