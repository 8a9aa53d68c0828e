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
                $wrap($crate::tui::widgets::panel::PAGE),
                "page down",
            )
            .repeating(),
            Binding::new(
                &[Key::PageUp, Key::Char('b'), Key::Ctrl('b'), Key::Ctrl('u')],
                $wrap(-$crate::tui::widgets::panel::PAGE),
                "page up",
            )
            .repeating(),
            Binding::new(&[Key::End, Key::Char('G')], $wrap(isize::MAX), "to the end"),
            Binding::new(&[Key::Home, Key::Char('g')], $wrap(isize::MIN), "to the beginning"),
        ]
    }};
}

pub(in crate::tui) use scroll_keys;

/// So many lines a page is.
pub const PAGE: isize = 8;

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

/// A way in which a panel goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Above what is seen.
    Up,
    /// Below it.
    Down,
}

impl Way {
    /// How many rows a page that way is; negative is up.
    #[must_use]
    pub const fn rows(self) -> isize {
        match self {
            Self::Up => -PAGE,
            Self::Down => PAGE,
        }
    }

    const fn sign(self) -> &'static str {
        match self {
            Self::Up => "↑",
            Self::Down => "↓",
        }
    }
}

/// Where the signs stand on a panel over `area` which say that some of so many `lines` are out of sight, the first `scroll` being passed.
pub fn signs(area: Rect, lines: usize, scroll: usize) -> impl Iterator<Item = (Rect, Way)> {
    let (place, text) = (place(area, lines), text_area(area, lines));
    let is_hidden_below = lines.saturating_sub(scroll) > usize::from(text.height);
    let signs =
        [(scroll > 0, place.y, Way::Up), (is_hidden_below, place.bottom().saturating_sub(1), Way::Down)];
    let has_room = place.width > 3;
    signs
        .into_iter()
        .filter(move |(is_hidden, ..)| *is_hidden && has_room)
        .map(move |(_, y, way)| (Rect { x: place.right() - 3, y, width: 1, height: 1 }, way))
}

/// Where a panel with so many lines stands on `area`.
#[must_use]
pub fn place(area: Rect, lines: usize) -> Rect {
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
pub fn places<T>(area: Rect, marks: &[T], scroll: usize) -> impl Iterator<Item = (Rect, &T)> {
    let text = text_area(area, marks.len());
    let scroll = scroll.min(marks.len().saturating_sub(usize::from(text.height)));
    text.rows().zip(marks.iter().skip(scroll))
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
    for (at, way) in signs(area, lines.len(), scroll) {
        buffer.set_string(at.x, at.y, way.sign(), theme.key());
    }
    for (row, line) in text.rows().zip(lines.iter().skip(scroll)) {
        buffer.set_line(row.x, row.y, line, row.width);
    }
    text
}
