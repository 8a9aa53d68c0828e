//! The line in which words are typed that are looked for.

use std::ops::Range;

use ratatui::text::Line;

use crate::printable::Printable;
use crate::tui::edit::Edit;
use crate::tui::pane::Pane;
use crate::tui::theme::Theme;
use crate::tui::widgets::text;
use crate::tui::widgets::text_field::TextField;

/// What stands before the words where the whole course is looked through.
pub(super) const IN_COURSE: &str = "course / ";

/// Draws `field` on `row` of `pane`, with `sign` before it and `beside` behind it. Gives the columns of these. `edit` makes messages of
/// clicks into the words.
pub(super) fn draw<M>(
    pane: &mut Pane<'_, M>,
    row: u16,
    sign: &str,
    field: &TextField,
    beside: &str,
    theme: Theme,
    edit: impl Fn(Edit) -> M,
) -> (Range<u16>, Range<u16>) {
    let indent = indent(sign);
    let room = room_for_words(pane.area().width, sign, beside);
    let shown = field.shown(room, theme.bidi());
    let style = theme.text().underlined();
    let mut line = vec![text::said(sign, theme.key())];
    line.extend(shown.spans(style, ' ', style));
    line.extend([text::own("  ", theme.text()), text::said(beside, theme.accent())]);
    pane.line(1, row, &Line::from(line));
    field.hit(pane, (indent, row), room, theme.bidi(), edit);
    pane.cursor(indent + shown.cursor, row);
    let start = indent + room + 2;
    (1..indent, start..start.saturating_add(columns(beside)))
}

/// How many of `width` columns the words have between `sign` and `beside`.
pub(super) fn room_for_words(width: u16, sign: &str, beside: &str) -> u16 {
    width.saturating_sub(indent(sign)).saturating_sub(columns(beside)).saturating_sub(3).max(1)
}

/// The column of the words.
fn indent(sign: &str) -> u16 {
    1 + columns(sign)
}

/// How many columns words take.
pub(super) fn columns(words: &str) -> u16 {
    u16::try_from(Printable::new(words).width()).unwrap_or(u16::MAX)
}
