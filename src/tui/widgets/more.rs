//! Signs at the border that there is more above or below what is seen. A click on one turns a page that way.

use ratatui::text::Line;

use crate::tui::keymap::Key;
use crate::tui::pane::Pane;
use crate::tui::theme::Theme;
use crate::tui::widgets::text;

/// There is more above: the sign stands in the first row that is seen.
pub fn above<M>(pane: &mut Pane<'_, M>, column: u16, row: u16, theme: Theme) {
    // The wheel where no key turns pages.
    const KEYS: &[Key] = &[Key::PageUp, Key::WheelUp];
    sign("↑", KEYS, pane, column, row, theme);
}

/// There is more below: the sign stands in the last row that is seen.
pub fn below<M>(pane: &mut Pane<'_, M>, column: u16, row: u16, theme: Theme) {
    const KEYS: &[Key] = &[Key::PageDown, Key::WheelDown];
    sign("↓", KEYS, pane, column, row, theme);
}

fn sign<M>(
    sign: &'static str,
    keys: &'static [Key],
    pane: &mut Pane<'_, M>,
    column: u16,
    row: u16,
    theme: Theme,
) {
    pane.line(column, row, &Line::from(text::own(sign, theme.strong())));
    pane.press(column..column.saturating_add(1), row, keys);
}
