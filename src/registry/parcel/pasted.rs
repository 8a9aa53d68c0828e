//! Records that stand in the text of a mail among other words.

use memchr::memchr_iter;

use super::Kind;
use crate::record::envelope::is_damaged;

/// Why nothing is made of a text and what helps, if a record stands in it below other words. A text that begins with a record is
/// read as one.
pub(super) fn why(text: &str) -> Option<&'static str> {
    if Kind::of("", text.as_bytes()) == Kind::Record {
        return None;
    }
    let text = without_quoting(text);
    let begins = |place: usize| is_damaged(beginning(&text.as_bytes()[place..]));
    memchr_iter(b'{', text.as_bytes()).any(begins).then_some(
        "may have a record among its words, and none can be taken from a text: ask for it as an attachment",
    )
}

/// The lines, without what a program puts before each one of a mail that it answers.
fn without_quoting(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(|line| line.trim_start_matches(['>', ' ', '\t'])).collect();
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
        check("It is of https://www.w3.org/ns/credentials/v2, a TrainingCompletionRecord.", false);
    }
}
