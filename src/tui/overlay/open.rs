//! The question whether to open or to copy an address: all of it, whose it is, and what is misleading about it.

use ratatui::text::Line;

use super::said::paragraph;
use super::{Binding, Key, Message};
use crate::address::Address;
use crate::tui::settings::Settings;
use crate::tui::widgets::text;

// Enter is pressed without reading, and leads to links: one time too many leads nowhere.
static ASK: &[Binding<Message>] = &[
    Binding::new(&[Key::Char('y')], Message::Confirm, "open this address").hint("open"),
    COPY,
    Binding::new(CLOSING, Message::Close, "do not open it").hint("no"),
];

static ASK_TO_COPY: &[Binding<Message>] =
    &[COPY, Binding::new(CLOSING, Message::Close, "do not copy it").hint("no")];

const COPY: Binding<Message> =
    Binding::new(&[Key::Char('c')], Message::Copy, "copy this address").hint("copy");
const CLOSING: &[Key] = &[Key::Esc, Key::Char('n'), Key::Char('q')];

/// The keys that answer it.
pub(super) fn keys(address: &Address) -> &'static [Binding<Message>] {
    if address.target().is_ok() { ASK } else { ASK_TO_COPY }
}

/// What it says.
pub(super) fn lines(address: &Address, width: u16, settings: &Settings) -> Vec<Line<'static>> {
    let theme = settings.theme;
    let whole = |address: &str| -> Vec<Line<'static>> {
        text::wrapped(address, width).iter().map(|part| Line::from(text::shown(part, theme.link()))).collect()
    };
    let (question, keys) = match address.target() {
        Ok(_) => {
            let question = "Open or copy this address? It leads out of the course.";
            (question.to_owned(), "y opens, c copies, Esc closes.")
        }
        Err(refusal) => {
            (format!("This address is not opened: {refusal}."), "c copies it all the same, Esc closes.")
        }
    };
    let mut lines = paragraph(&question, width);
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
    lines.extend(paragraph(keys, width));
    lines
}
