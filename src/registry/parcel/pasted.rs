//! Records that stand in the text of a mail among other words.

use mail_parser::decoders::html::html_to_text;
use memchr::memchr_iter;

use super::Kind;
use crate::record::envelope::is_damaged;

/// Why nothing is made of a text and what helps, if a record stands in it below other words. A text that begins with a record is
/// read as one.
pub(super) fn why(text: &str) -> Option<&'static str> {
    if Kind::of("", text.as_bytes()) == Kind::Record {
        return None;
    }
    has_one(text).then_some(AMONG_WORDS)
}

/// The same of a page, in which no record can be read, be it the first thing in it.
pub(super) fn why_in_page(page: &str) -> Option<&'static str> {
    has_one(&html_to_text(page)).then_some(AMONG_WORDS)
}

const AMONG_WORDS: &str =
    "may have a record among its words, and none can be taken from a text: ask for it as an attachment";

fn has_one(text: &str) -> bool {
    let text = without_quoting(text);
    let begins = |place: usize| is_damaged(beginning(&text.as_bytes()[place..]));
    memchr_iter(b'{', text.as_bytes()).any(begins)
}

/// The lines, without what a program puts before each one of a mail that it answers, and with spaces for those that do not break.
fn without_quoting(text: &str) -> String {
    let plain = |line: &str| line.trim_start_matches(['>', ' ', '\t', '\u{a0}']).replace('\u{a0}', " ");
    let lines: Vec<String> = text.lines().map(plain).collect();
    lines.join("\n")
}

/// So much that a signed file says what it is, and not so much that it could be whole.
fn beginning(text: &[u8]) -> &[u8] {
    &text[..text.len().min(BEGINNING)]
}

/// Two addresses, with room for spaces and line ends.
const BEGINNING: usize = 256;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_in_a_page_is_seen() {
        let record = "{<br>&nbsp; &quot;@context&quot;: [<br>&nbsp; &nbsp; &quot;<a href=\"https://www.w3.org/ns/credentials/v2\">\
                      https://www.w3.org/ns/credentials/v2</a>&quot;,<br>&quot;https://www.w3.org/ns/credentials/undefined-terms/v2&quot;";
        for (page, expected) in [
            (format!("<html><body><p>Hello</p><div>{record}</div></body></html>"), true),
            (format!("<pre>{record}</pre>"), true),
            ("<style>p {color: red}</style><p>Hello {name}</p>".to_owned(), false),
        ] {
            assert_eq!(why_in_page(&page).is_some(), expected, "{page}");
        }
    }

    #[test]
    fn a_record_below_other_words_is_seen_and_other_braces_are_not() {
        #[track_caller]
        fn check(text: &str, expected: bool) {
            assert_eq!(why(text).is_some(), expected, "{text}");
        }
        let record = "{\n  \"@context\": [\n    \"https://www.w3.org/ns/credentials/v2\",\n    \
                      \"https://www.w3.org/ns/credentials/undefined-terms/v2\"\n  ],\n  \"credentialSubject\": {";
        let quoted = format!("> > {}", record.replace('\n', "\r\n> > "));
        check(&format!("Hello\n\n{record}"), true);
        check(&format!("Ada wrote:\r\n{quoted}"), true);
        check(&quoted, true);
        check(&format!("Hello {{name}}, here it is: {record}"), true);
        check(record, false);
        check(&format!("\u{feff}\n{record}"), false);
        check("Hello", false);
        check("Hello {name}, {\"@context\": [\"https://schema.org\"]}", false);
        let spaced = record.replace("  ", "\u{a0} ");
        check(&format!("Hello\n\n{spaced}"), true);
        check("It is of https://www.w3.org/ns/credentials/v2, a TrainingCompletionRecord.", false);
    }
}
