//! A framed panel that lies over the screen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Block, Clear, Widget as _};

use crate::tui::keymap::{Binding, Key};
use crate::tui::theme::Theme;

/// The keys that close the help of a screen.
pub const fn closing_help<M: Clone + 'static>(message: M) -> Binding<M> {
    const KEYS: &[Key] = &[Key::Esc, Key::Char('q'), Key::Char('?'), Key::Enter, Key::F(1)];
    Binding::new(KEYS, message, "close the help").hint("close")
}

/// The keys that go on from something that was to be read.
pub const fn going_on<M: Clone + 'static>(message: M) -> Binding<M> {
    const KEYS: &[Key] = &[Key::Enter, Key::Esc, Key::Char('q'), Key::Char(' ')];
    Binding::new(KEYS, message, "go on").hint("go on")
}

/// The keys that scroll a panel which has more to say than there is room for, by lines, by several, and to either end:
/// `$wrap` makes a message of the overlay out of a number of lines, negative for up. A macro, because a table is a static whose
/// messages are of the overlay's own type.
macro_rules! scroll_keys {
    ($wrap:path) => {{
        use $crate::tui::keymap::{Binding, Key};
        &[
            Binding::new(&[Key::Down, Key::Char('j'), Key::WheelDown], $wrap(1), "down")
                .hint("scroll")
                .repeating(),
            Binding::new(&[Key::Up, Key::Char('k'), Key::WheelUp], $wrap(-1), "up")
                .hint("scroll")
                .repeating(),
            Binding::new(
                &[Key::PageDown, Key::Char(' '), Key::Ctrl('f'), Key::Ctrl('d')],
                $wrap(8),
                "page down",
            )
            .repeating(),
            Binding::new(
                &[Key::PageUp, Key::Char('b'), Key::Ctrl('b'), Key::Ctrl('u')],
                $wrap(-8),
                "page up",
            )
            .repeating(),
            Binding::new(&[Key::End, Key::Char('G')], $wrap(isize::MAX), "to the end"),
            Binding::new(&[Key::Home, Key::Char('g')], $wrap(isize::MIN), "to the beginning"),
        ]
    }};
}

pub(in crate::tui) use scroll_keys;

/// Whether the hint of a key that scrolls by so many `lines` is told where `scroll` of at most `last` rows are passed: the way
/// on, and at the end the way back.
#[must_use]
pub const fn tells_of(lines: isize, scroll: usize, last: usize) -> bool {
    (lines > 0) == (scroll < last)
}

/// Widest that a panel gets, for comfortable reading.
pub const WIDTH: u16 = 72;

/// How many columns a panel on `area` has for its text.
#[must_use]
pub fn text_width(area: Rect) -> u16 {
    area.width.min(WIDTH).saturating_sub(4)
}

/// How many rows a panel on `area` has for its text.
#[must_use]
pub fn text_height(area: Rect) -> u16 {
    area.height.saturating_sub(2)
}

/// Where a panel with so many lines stands on `area`.
fn place(area: Rect, lines: usize) -> Rect {
    let width = area.width.min(WIDTH);
    let rows = u16::try_from(lines).unwrap_or(u16::MAX).saturating_add(2);
    let height = rows.min(area.height);
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}

/// Where its text stands.
#[must_use]
pub fn text_area(area: Rect, lines: usize) -> Rect {
    let place = place(area, lines);
    let (width, height) = (place.width.saturating_sub(4), place.height.saturating_sub(2));
    Rect { x: place.x + 2, y: place.y + 1, width, height }.intersection(place)
}

/// Where on a panel over `area` the lines are of which there are so many `marks`, with the mark of each, from line `scroll` on.
pub fn places(area: Rect, marks: &[usize], scroll: usize) -> impl Iterator<Item = (Rect, usize)> {
    let text = text_area(area, marks.len());
    let scroll = scroll.min(marks.len().saturating_sub(usize::from(text.height)));
    text.rows().zip(marks.iter().copied().skip(scroll))
}

/// Draws a panel in the middle of `area`, as high as `lines` need, showing them from `scroll` on, and gives the area of
/// its text.
pub fn draw(
    buffer: &mut Buffer,
    area: Rect,
    title: &'static str,
    lines: &[Line<'_>],
    scroll: usize,
    theme: Theme,
) -> Rect {
    let place = place(area, lines.len());
    Clear.render(place, buffer);
    let title = Line::styled(format!(" {title} "), theme.title());
    Block::bordered().border_style(theme.accent()).title(title).render(place, buffer);
    let text = text_area(area, lines.len());
    // What does not fit goes on above or below.
    let hidden_below = lines.len().saturating_sub(scroll) > usize::from(text.height);
    for (hidden, y, sign) in
        [(scroll > 0, place.y, "↑"), (hidden_below, place.bottom().saturating_sub(1), "↓")]
    {
        if hidden && place.width > 3 {
            buffer.set_string(place.right() - 3, y, sign, theme.key());
        }
    }
    for (row, line) in text.rows().zip(lines.iter().skip(scroll)) {
        buffer.set_line(row.x, row.y, line, row.width);
    }
    text
}
