//! Plain text out of Markdown, and how much of a hostile text is listed.

use pulldown_cmark::Event;

use super::events::is_line_break;
use crate::printable::Printable;

/// Lists made from hostile text must not outgrow it: beyond so many, links and definitions are not listed.
pub(super) const LISTED: usize = 1 << 16;

/// Adds to a list up to its end.
pub(super) fn list<T>(list: &mut Vec<T>, found: T) {
    if list.len() < LISTED {
        list.push(found);
    }
}

/// Appends what an event says without markup.
pub(super) fn push_plain(event: &Event<'_>, text: &mut String) {
    match event {
        Event::Text(part) | Event::Code(part) | Event::InlineMath(part) | Event::DisplayMath(part) => {
            text.push_str(part);
        }
        Event::SoftBreak | Event::HardBreak => text.push(' '),
        Event::InlineHtml(tag) if is_line_break(tag) => text.push(' '),
        Event::Start(_)
        | Event::End(_)
        | Event::Html(_)
        | Event::InlineHtml(_)
        | Event::FootnoteReference(_)
        | Event::Rule
        | Event::TaskListMarker(_) => {}
    }
}

/// Text with its white space collapsed, made safe.
pub(super) fn one_line(text: &str) -> Printable {
    Printable::new(&text.split_ascii_whitespace().collect::<Vec<_>>().join(" "))
}
