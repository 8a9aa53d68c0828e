//! A framed panel that lies over the screen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Block, Clear, Widget as _};

use crate::tui::theme::Theme;

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
    let width = area.width.min(WIDTH);
    let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2);
    let height = rows.min(area.height);
    let place =
        Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height };
    Clear.render(place, buffer);
    let title = Line::styled(format!(" {title} "), theme.title());
    Block::bordered().border_style(theme.accent()).title(title).render(place, buffer);
    let text = Rect {
        x: place.x + 2,
        y: place.y + 1,
        width: width.saturating_sub(4),
        height: height.saturating_sub(2),
    }
    .intersection(place);
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
