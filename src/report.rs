//! What is handed to people outside the terminal: pages that stand by themselves.

pub mod certificate;
pub mod statistics;

use crate::printable::Printable;

/// Text from a file as HTML text or attribute value. Hidden and direction-changing characters are shown, because a
/// page that reads differently from its bytes is worth nothing.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in Printable::new(text).as_str().chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_a_file_becomes_markup_or_hides() {
        assert_eq!(escape("<b>&\"'\u{202e}x"), "&lt;b&gt;&amp;&quot;&#39;&lt;U+202E&gt;x");
    }
}
