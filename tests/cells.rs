//! Safe text takes as many cells as we say: the terminal library counts the same.

use countersign::printable::Printable;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

fn cells(text: &str) -> usize {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 2000, 1));
    let (end, _) = buffer.set_stringn(0, 0, text, 2000, Style::default());
    usize::from(end)
}

#[test]
fn known_texts() {
    for text in [
        "abc",
        "中文",
        "👩‍👩‍👧‍👦",
        "e\u{301}",
        "ｶﾞ",
        "\u{200b}",
        "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
        "क्ष",
        "1️⃣",
        "می\u{200c}خواهم",
    ] {
        let safe = Printable::new(text);
        assert_eq!(safe.width(), cells(safe.as_str()), "{text:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in "\\PC{0,40}") {
        let safe = Printable::new(&text);
        prop_assert_eq!(safe.width(), cells(safe.as_str()), "{:?}", safe);
    }
}
