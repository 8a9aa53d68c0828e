//! The parts of a document that are shown as they stand: code and raw HTML.

use std::borrow::Cow;

use crate::markup::scan::Kind;
use crate::markup::wrap::line_end;
use crate::markup::{Document, Role};

/// The text of a chunk that is no Markdown, and what it is.
pub(in crate::markup) fn raw_text(document: &Document, index: usize) -> Option<(Cow<'_, str>, Role)> {
    let text = &document.source()[document.range(index)];
    match document.chunk(index).kind {
        Kind::Code { indent, closed } => {
            let last = text.trim_end_matches(['\n', '\r']).rfind(['\n', '\r']).map_or(0, |end| end + 1);
            let body = if closed { &text[..last] } else { text };
            Some((dedented(body, indent).into(), Role::Code))
        }
        Kind::Html => Some((text.into(), Role::Muted)),
        Kind::Rows { .. } | Kind::Items { .. } | Kind::Markdown => None,
    }
}

/// Code without the indentation that its fence had.
fn dedented(text: &str, indent: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut start = 0;
    while start < text.len() {
        let (_, next) = line_end(text, start);
        let line = &text[start..next];
        let blank = line.bytes().take(indent).take_while(|&byte| byte == b' ').count();
        out.push_str(&line[blank..]);
        start = next;
    }
    out
}
