//! What is handed to people outside the terminal: pages that stand by themselves.

pub mod certificate;
pub mod evidence;
pub mod export;
pub mod figures;
pub mod notes;
pub mod statistics;
pub mod table;
pub mod training;

use crate::clock::Timestamp;
use crate::printable::Printable;

/// Text from a file as HTML. Hidden and direction-changing characters are shown, because a page that reads differently
/// from its bytes is worth nothing.
fn escape(text: &str) -> String {
    Printable::new(text).to_html()
}

/// A moment to the second on a page that knows no place: in UTC.
fn moment(at: Timestamp) -> String {
    let text = at.to_string();
    format!("<time datetime=\"{text}\">{}&nbsp;UTC</time>", text.trim_end_matches('Z').replace('T', " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_a_file_becomes_markup_or_hides() {
        assert_eq!(escape("<b>&\"'\u{202e}x"), "&lt;b&gt;&amp;&quot;&#39;&lt;U+202E&gt;x");
    }

    #[test]
    fn a_moment_is_told_to_the_second_also_where_that_is_0() {
        let at = Timestamp::from_unix(1_795_703_400).expect("a day of this century");
        let expected = "<time datetime=\"2026-11-26T14:30:00Z\">2026-11-26 14:30:00&nbsp;UTC</time>";
        assert_eq!(moment(at), expected);
    }
}
