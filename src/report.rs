//! What is handed to people outside the terminal: pages that stand by themselves.

pub mod certificate;
pub mod evidence;
pub mod export;
pub mod figures;
pub mod notes;
pub mod statistics;
pub mod table;
pub mod training;

use crate::printable::Printable;

/// Text from a file as HTML. Hidden and direction-changing characters are shown, because a page that reads differently
/// from its bytes is worth nothing.
fn escape(text: &str) -> String {
    Printable::new(text).to_html()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_a_file_becomes_markup_or_hides() {
        assert_eq!(escape("<b>&\"'\u{202e}x"), "&lt;b&gt;&amp;&quot;&#39;&lt;U+202E&gt;x");
    }
}
