//! Characters that nobody sees or that change the order of reading, by name.
//!
//! Which they are is decided by [`printable`] alone: what a face would show as `<U+202E>` is a fault,
//! and what it leaves standing is not. So joiners inside emoji, in Indic and in Persian words are fine, and the marks of
//! direction (U+200E, U+200F) are not: no terminal needs them, and a learner would see `<U+200F>` in the text.

use std::iter;

use memchr::memchr;

use crate::course::rule::Rule;
use crate::course::source::{MAX_FAULTS, Source};
use crate::printable;

/// Every hidden character of a text that may have lines and tabs, with its place in bytes.
pub(super) fn characters(text: &str) -> impl Iterator<Item = (usize, char)> {
    let blocks = placed(blocks(text)).filter(|(_, block)| !is_plain(block));
    let pieces = blocks.flat_map(|(start, block)| {
        placed(block.split_inclusive(['\n', '\t'])).map(move |(at, piece)| (start + at, piece))
    });
    pieces.filter(|(_, piece)| !is_plain(piece)).flat_map(|(start, piece)| {
        let piece = piece.strip_suffix(['\n', '\t']).unwrap_or(piece);
        printable::hidden(piece).into_iter().map(move |(at, c)| (start + at, c))
    })
}

/// Whether a text is printable ASCII, line feeds and tabs, as most is. All of it is looked at, which is faster than to stop early.
fn is_plain(text: &str) -> bool {
    let plain = |byte: u8| matches!(byte, b'\n' | b'\t' | 0x20..=0x7e);
    text.bytes().fold(true, |is_so, byte| is_so & plain(byte))
}

/// A block has at least so many bytes, for many are looked at faster at once.
const BLOCK: usize = 4 << 10;

/// The text in blocks of whole lines.
fn blocks(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    iter::from_fn(move || {
        let line_end = rest.as_bytes().get(BLOCK..).and_then(|after| memchr(b'\n', after));
        let block;
        (block, rest) = rest.split_at(line_end.map_or(rest.len(), |at| BLOCK + at + 1));
        Some(block).filter(|block| !block.is_empty())
    })
}

/// Each of the pieces that make up a text, with where it begins.
fn placed<'t>(pieces: impl Iterator<Item = &'t str>) -> impl Iterator<Item = (usize, &'t str)> {
    pieces.scan(0, |start, piece| {
        let offset = *start;
        *start += piece.len();
        Some((offset, piece))
    })
}

/// Notes the hidden characters of a file; those beyond what anybody would look through are not even looked for.
pub(super) fn check(source: &Source) {
    for (at, c) in characters(&source.text).take(MAX_FAULTS + 1) {
        let span = at..at + c.len_utf8();
        source.fault_with_hint(Rule::HiddenCharacter, span, format!("here stands {}", named(c)), hint(c));
    }
}

/// A character as a message names it.
pub(super) fn named(c: char) -> String {
    let code = format!("U+{:04X}", u32::from(c));
    match name(c) {
        Some(name) => format!("{code} ({name})"),
        None => format!("{code}, which nobody sees"),
    }
}

/// What to do about a character.
pub(super) fn hint(c: char) -> String {
    let hint = match c {
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}' => {
            "delete it: it can make a line read as something else than it says, and learners would see its number"
        }
        '\r' => "save the file with LF or CRLF line ends",
        '\u{ad}' => "delete it: lines are broken between words",
        _ => "delete it, or write what should be seen there",
    };
    hint.to_owned()
}

/// What Unicode calls the characters that are met in practice, in short.
fn name(c: char) -> Option<&'static str> {
    Some(match c {
        '\0' => "null",
        '\u{7}' => "bell",
        '\u{8}' => "backspace",
        '\r' => "carriage return",
        '\u{1b}' => "escape",
        '\u{7f}' => "delete",
        '\u{85}' => "next line",
        '\u{9b}' => "control sequence introducer",
        '\0'..='\u{1f}' | '\u{80}'..='\u{9f}' => "control character",
        '\u{a0}' => "no-break space",
        '\u{202f}' => "narrow no-break space",
        '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{205f}' | '\u{3000}' => "space of another width",
        '\u{ad}' => "soft hyphen",
        '\u{34f}' => "combining grapheme joiner",
        '\u{61c}' => "Arabic letter mark",
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' => "Hangul filler",
        '\u{180e}' => "Mongolian vowel separator",
        '\u{200b}' => "zero width space",
        '\u{200c}' => "zero width non-joiner",
        '\u{200d}' => "zero width joiner",
        '\u{200e}' => "left-to-right mark",
        '\u{200f}' => "right-to-left mark",
        '\u{2028}' => "line separator",
        '\u{2029}' => "paragraph separator",
        '\u{202a}' => "left-to-right embedding",
        '\u{202b}' => "right-to-left embedding",
        '\u{202c}' => "pop directional formatting",
        '\u{202d}' => "left-to-right override",
        '\u{202e}' => "right-to-left override",
        '\u{2060}' => "word joiner",
        '\u{2061}'..='\u{2064}' => "invisible operator",
        '\u{2066}' => "left-to-right isolate",
        '\u{2067}' => "right-to-left isolate",
        '\u{2068}' => "first strong isolate",
        '\u{2069}' => "pop directional isolate",
        '\u{feff}' => "zero width no-break space",
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => "variation selector",
        '\u{e0000}'..='\u{e007f}' => "tag character",
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' => "private use",
        '\u{300}'..='\u{36f}' => "combining mark without a letter",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_hidden_and_where() {
        fn check(text: &str, expected: &[(usize, char)]) {
            assert_eq!(characters(text).collect::<Vec<_>>(), expected, "{text:?}");
        }
        check("# Title\n\n\tcode, 100 %\n", &[]);
        check("a\u{200b}b\n\u{202e}c", &[(1, '\u{200b}'), (6, '\u{202e}')]);
        check("\ta\u{ad}\u{7}", &[(2, '\u{ad}'), (4, '\u{7}')]);
        check("a\tb\t\u{200b}\tc\n\n\t\u{301}d", &[(4, '\u{200b}'), (12, '\u{301}')]);
        check("a\rb", &[(1, '\r')]);
        // What joins something is spelling; what stands at the end of a line joins nothing.
        check("👩‍👩‍👧 👍🏽 ❤️ 1️⃣ ශ්\u{200d}රී می\u{200c}خواهم", &[]);
        check("👩\u{200d}\nx", &[(4, '\u{200d}')]);
        let far = format!("{}\u{301}b\n", "é, a line\n".repeat(BLOCK));
        check(&far, &[(far.len() - 4, '\u{301}')]);
        let far = format!("{}x\u{200b}", "a line\n".repeat(BLOCK));
        check(&far, &[(far.len() - 3, '\u{200b}')]);
        check("x\u{200d}y\u{200f}", &[(1, '\u{200d}'), (5, '\u{200f}')]);
        check("<U+202E> is shown for \u{202e}", &[(22, '\u{202e}')]);
        check("\u{301}a", &[(0, '\u{301}')]);
    }

    /// Every piece between two line ends or tabs by itself, whatever stands around it.
    fn one_by_one(text: &str) -> Vec<(usize, char)> {
        let mut start = 0;
        let mut found = Vec::new();
        for piece in text.split(['\n', '\t']) {
            found.extend(printable::hidden(piece).into_iter().map(|(at, c)| (start + at, c)));
            start += piece.len() + 1;
        }
        found
    }

    proptest! {
        #[test]
        fn blocks_hide_nothing(
            lines in vec((0..2 * BLOCK, "[a\t\r\u{e9}\u{200b}\u{200d}\u{301}👩]{0,4}"), 0..6),
            end in "[a\n]?",
        ) {
            let lines: Vec<String> = lines.iter().map(|(length, line)| "x".repeat(*length) + line).collect();
            let text = lines.join("\n") + &end;
            prop_assert_eq!(characters(&text).collect::<Vec<_>>(), one_by_one(&text));
        }
    }

    #[test]
    fn names() {
        fn check(c: char, expected: &str) {
            assert_eq!(named(c), expected);
        }
        check('\u{202e}', "U+202E (right-to-left override)");
        check('\u{1}', "U+0001 (control character)");
        check('\u{fff9}', "U+FFF9, which nobody sees");
    }
}
