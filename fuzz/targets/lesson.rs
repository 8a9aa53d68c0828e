//! Any Markdown as a lesson, laid out at any width (the first byte): no panic, no line wider than asked, nothing that a
//! terminal would obey, and links and headings stand within the text.

#![no_main]

use std::sync::Arc;

use countersign::markup::{Document, Layout, linear};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((width, markdown)) = bytes.split_first() else { return };
    let width = u16::from(*width).max(1);
    let markdown = String::from_utf8_lossy(markdown);
    let document = Arc::new(Document::parse(Arc::from(&*markdown)));
    assert!(document.headings().iter().all(|heading| heading.offset < markdown.len()));
    assert!(document.links().iter().all(|link| link.offset < markdown.len()));
    let mut layout = Layout::new(document, width);
    let top = layout.top();
    for line in layout.lines(top, usize::MAX) {
        let shown: String = line.spans.iter().map(|span| span.text.as_str()).collect();
        let columns: usize = line.spans.iter().map(|span| span.text.width()).sum();
        assert!(columns <= usize::from(width), "{columns} columns of {width}: {shown:?}");
        assert!(!shown.contains(char::is_control), "a control character is left: {shown:?}");
    }
    let _ = linear(&markdown);
});
