//! Parts of a GIFT question in which an escaped character is not taken for a control character.

use std::ops::Range;

/// What PHP's `trim` takes away, so that our ends are Moodle's ends.
pub(super) const SPACE: [char; 6] = [' ', '\t', '\n', '\r', '\0', '\u{b}'];
/// What may be escaped with a backslash; before anything else a backslash is a backslash.
const ESCAPABLE: [char; 8] = ['\\', ':', '#', '=', '{', '}', '~', 'n'];

/// The text with every escaped character, backslash included, replaced by characters that mean nothing: what is found in
/// it stands at the same place of the text, unescaped.
pub(super) fn mask(text: &str) -> String {
    let mut mask = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\\' && chars.next_if(|next| ESCAPABLE.contains(next)).is_some() {
            mask.push_str("\u{1}\u{1}");
        } else {
            mask.push(c);
        }
    }
    mask
}

/// The text with every escaped character as it is meant.
pub(super) fn unescaped(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut chars = raw.chars().peekable();
    while let Some(c) = chars.next() {
        let escaped = if c == '\\' { chars.next_if(|next| ESCAPABLE.contains(next)) } else { None };
        text.push(match escaped {
            Some('n') => '\n',
            Some(escaped) => escaped,
            None => c,
        });
    }
    text
}

/// A part of a question.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'a> {
    raw: &'a str,
    mask: &'a str,
    /// Where in the block it begins, in bytes.
    pub start: usize,
}

impl<'a> Piece<'a> {
    /// A whole text with its mask.
    pub(super) fn new(raw: &'a str, mask: &'a str) -> Self {
        Self { raw, mask, start: 0 }
    }

    /// Where `pattern` first stands unescaped, counted from the beginning of the piece.
    pub(super) fn find(self, pattern: &str) -> Option<usize> {
        self.mask.find(pattern)
    }

    /// Where `pattern` last stands unescaped.
    pub(super) fn rfind(self, pattern: &str) -> Option<usize> {
        self.mask.rfind(pattern)
    }

    /// Whether `pattern` stands in it unescaped.
    pub(super) fn has(self, pattern: &str) -> bool {
        self.mask.contains(pattern)
    }

    /// What stands there, escaped characters made unrecognisable.
    pub(super) fn mask(self) -> &'a str {
        self.mask
    }

    /// A part of it; the range begins and ends between characters.
    pub(super) fn cut(self, range: Range<usize>) -> Self {
        Self {
            raw: &self.raw[range.clone()],
            mask: &self.mask[range.clone()],
            start: self.start + range.start,
        }
    }

    /// What follows the first `count` bytes.
    pub(super) fn skip(self, count: usize) -> Self {
        self.cut(count..self.raw.len())
    }

    /// What stands before and behind the first `pattern`.
    pub(super) fn split_once(self, pattern: &str) -> Option<(Self, Self)> {
        let at = self.find(pattern)?;
        Some((self.cut(0..at), self.skip(at + pattern.len())))
    }

    /// All parts between the `separator`s, at least one.
    pub(super) fn split(self, separator: char) -> impl Iterator<Item = Self> {
        let mut at = 0;
        self.mask.split(separator).map(move |part| {
            let piece = self.cut(at..at + part.len());
            at += part.len() + separator.len_utf8();
            piece
        })
    }

    /// Without white space at its ends.
    pub(super) fn trim(self) -> Self {
        let front = self.mask.len() - self.mask.trim_start_matches(SPACE).len();
        let end = self.mask.trim_end_matches(SPACE).len();
        self.cut(front.min(end)..end)
    }

    /// Whether nothing stands there.
    pub(super) fn is_blank(self) -> bool {
        self.trim().raw.is_empty()
    }

    /// What it says: escapes resolved, no white space at the ends.
    pub(super) fn text(self) -> String {
        self.unescaped().trim_matches(SPACE).to_owned()
    }

    /// What it says, white space at the ends included.
    pub(super) fn unescaped(self) -> String {
        unescaped(self.raw)
    }
}

/// A text so that GIFT reads it again as it is, in one line. A carriage return has no spelling and becomes a line end.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' => out.push_str("\\n"),
            '\\' | '#' | '=' | '~' | '{' | '}' | ':' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(raw: &str) -> String {
        Piece::new(raw, &mask(raw)).text()
    }

    #[test]
    fn escapes_are_resolved_as_moodle_does() {
        fn check(raw: &str, expected: &str) {
            assert_eq!(read(raw), expected, "{raw:?}");
        }
        check(r"a \= b \~ c \# \{ \} \:", "a = b ~ c # { } :");
        check(r"one\ntwo", "one\ntwo");
        check(r"C\:\\new", "C:\\new");
        check(r"\\\=", "\\=");
        check(r"\x \", "\\x \\");
        check("  \u{b}\n a \0", "a");
    }

    #[test]
    fn what_is_escaped_is_not_found() {
        let raw = r"a \= b = c";
        let mask = mask(raw);
        let piece = Piece::new(raw, &mask);
        assert_eq!(piece.find("="), Some(7));
        let parts: Vec<String> = piece.split('=').map(Piece::text).collect();
        assert_eq!(parts, ["a = b", "c"]);
        assert_eq!(Piece::new(r"\\=", &super::mask(r"\\=")).find("="), Some(2));
    }

    proptest! {
        #[test]
        fn what_is_escaped_is_read_again(text in "[a-z\\\\~=#{}:\n ]{0,20}|\\PC{0,20}") {
            prop_assert_eq!(read(&escape(&text)), text.trim_matches(SPACE));
            let raw = escape(&text);
            let mask = mask(&raw);
            prop_assert_eq!(mask.len(), raw.len());
            let is_free = !mask.contains(['~', '=', '#', '{', '}', ':', '\n']);
            prop_assert!(is_free);
        }
    }
}
