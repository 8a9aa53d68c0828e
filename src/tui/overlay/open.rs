//! The question whether to open an address: all of it, whose it is, and what is misleading about it.

use ratatui::text::Line;

use super::{Binding, Key, Message, paragraph};
use crate::address::Address;
use crate::tui::settings::Settings;
use crate::tui::widgets::text;

static ASK: &[Binding<Message>] = &[
    Binding::new(&[Key::Char('y'), Key::Enter], Message::Confirm, "open this address").hint("open"),
    Binding::new(&[Key::Char('c')], Message::Copy, "copy this address").hint("copy"),
    Binding::new(&[Key::Esc, Key::Char('n'), Key::Char('q')], Message::Close, "do not open it").hint("no"),
];

// Enter is pressed without reading.
static ASK_WITH_DOUBTS: &[Binding<Message>] = &[
    Binding::new(&[Key::Char('y')], Message::Confirm, "open this address").hint("open"),
    Binding::new(&[Key::Char('c')], Message::Copy, "copy this address").hint("copy"),
    Binding::new(&[Key::Esc, Key::Char('n'), Key::Char('q')], Message::Close, "do not open it").hint("no"),
];

/// The keys that answer it.
pub(super) fn keys(address: &Address) -> &'static [Binding<Message>] {
    if address.doubts().is_empty() { ASK } else { ASK_WITH_DOUBTS }
}

/// What it says.
pub(super) fn lines(address: &Address, width: u16, settings: &Settings) -> Vec<Line<'static>> {
    let theme = settings.theme;
    let whole = |address: &str| -> Vec<Line<'static>> {
        text::wrapped(address, width).iter().map(|part| Line::from(text::shown(part, theme.link()))).collect()
    };
    let mut lines = paragraph("Open this address outside of the course?", width);
    lines.push(Line::default());
    lines.extend(whole(address.written()));
    if let Some(target) = address.target().ok().filter(|target| *target != address.written()) {
        lines.push(Line::default());
        lines.extend(paragraph("It is opened as:", width));
        lines.extend(whole(target));
    }
    if let Some(host) = address.host() {
        lines.push(Line::default());
        lines.extend(paragraph(&format!("Host: {host}"), width));
    }
    for doubt in address.doubts() {
        lines.push(Line::default());
        let words = text::hanging("! ", &doubt.sentence(), width);
        lines.extend(words.iter().map(|part| Line::from(text::shown(part, theme.caution()))));
    }
    lines.push(Line::default());
    lines.extend(paragraph("y opens, c copies, Esc closes.", width));
    lines
}
