//! Where a line may end: the line breaks of Unicode (UAX 14).

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;
use unicode_segmentation::GraphemeCursor;

/// The places in `text` (in bytes, rising) behind which a line may end; the last one is its end.
///
/// Thai, Lao, Khmer and Burmese put no spaces between words: their words come out of dictionaries. Most of any other
/// text is plain words with spaces between them, which need no tables.
///
/// Three places of Unicode are none of ours: within what readers see as one character, behind `https://`, which alone at
/// the end of a line looks like an address that is missing its host, and behind the hyphen of short words such as `e-mail`
/// and `Wi-Fi`, of which a line would show too little to be read, and a voice would say it as two.
#[must_use]
pub fn line_breaks(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut places = Vec::with_capacity(bytes.len() / 5 + 1);
    let mut piece = Piece::from(0);
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let next = match byte {
            b' ' => {
                bytes[at..].iter().position(|&byte| byte != b' ').map_or(bytes.len(), |spaces| at + spaces)
            }
            _ => at + 1,
        };
        if byte == b' ' && next < bytes.len() {
            let behind_word = at > piece.start && is_word_end(bytes[at - 1]);
            if behind_word && bytes[next].is_ascii_alphanumeric() {
                piece.end(text, next, &mut places);
                piece = Piece::from(next);
            } else {
                piece.plain = false;
            }
        } else if byte != b' ' {
            piece.take(bytes, at);
        }
        at = next;
    }
    if piece.start < text.len() {
        piece.end(text, text.len(), &mut places);
    }
    places
}

/// A part of a text that can be looked at by itself: before and behind it is a letter or digit beyond spaces, and no rule
/// looks further than that.
struct Piece {
    start: usize,
    /// It is one word that Unicode breaks nowhere.
    plain: bool,
    /// A sign stood in it that only an end may follow.
    closed: bool,
}

impl Piece {
    fn from(start: usize) -> Self {
        Self { start, plain: true, closed: false }
    }

    fn take(&mut self, bytes: &[u8], at: usize) {
        match bytes[at] {
            // LB 23, 28 and 29: letters, digits and the signs between them.
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => self.plain &= !self.closed,
            b'.' | b',' | b';' | b':' => {}
            // LB 13: not before what closes.
            b')' | b'!' | b'?' => self.closed = true,
            // LB 19, within a word.
            b'\'' => {
                let letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
                self.plain &= at > self.start && letter(bytes.get(at - 1)) && letter(bytes.get(at + 1));
            }
            _ => self.plain = false,
        }
    }

    fn end(self, text: &str, end: usize, places: &mut Vec<usize>) {
        if self.plain {
            places.push(end);
        } else {
            ruled(&text[self.start..end], self.start, places);
        }
    }
}

/// LB 18: behind these, spaces and a letter or digit, a line may end before the letter or digit.
fn is_word_end(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b',' | b';' | b':' | b')' | b'!' | b'?')
}

/// The places by all the rules, counted from `start`.
fn ruled(text: &str, start: usize, places: &mut Vec<usize>) {
    let rules = LineSegmenter::new_dictionary(LineBreakOptions::default());
    let whole = |at: usize| {
        at == text.len()
            || (!text[..at].ends_with("//") && !is_in_short_word(text, at) && is_cluster_boundary(text, at))
    };
    places.extend(rules.segment_str(text).skip(1).filter(|&at| whole(at)).map(|at| start + at));
}

/// Whether `at` is behind a hyphen that has a letter or digit on both sides and fewer than three of them on one.
fn is_in_short_word(text: &str, at: usize) -> bool {
    const ENOUGH: usize = 3;
    let (before, behind) = text.split_at(at);
    let Some(before) = before.strip_suffix(['-', '\u{2010}']) else { return false };
    let is_of_word = |c: &char| c.is_alphanumeric();
    let before = before.chars().rev().take(ENOUGH).take_while(is_of_word).count();
    let behind = behind.chars().take(ENOUGH).take_while(is_of_word).count();
    before > 0 && behind > 0 && before.min(behind) < ENOUGH
}

fn is_cluster_boundary(text: &str, at: usize) -> bool {
    text.as_bytes().get(at).is_none_or(u8::is_ascii)
        || GraphemeCursor::new(at, text.len(), true).is_boundary(text, 0).unwrap_or(true)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn broken(text: &str) -> String {
        let mut out = String::new();
        let mut start = 0;
        for at in line_breaks(text) {
            out.push_str(&text[start..at]);
            out.push('|');
            start = at;
        }
        out
    }

    #[test]
    fn lines_end_where_unicode_says() {
        fn check(text: &str, expected: &str) {
            assert_eq!(broken(text), expected);
        }
        check("", "");
        check("one two,  three.", "one |two,  |three.|");
        check("don't (really) break/here-and there?!", "don't |(really) |break/|here-|and |there?!|");
        check("E-mail: Wi‐Fi, x-ray, sign-in, self-made", "E-mail: |Wi‐Fi, |x-ray, |sign-in, |self-|made|");
        check("re- and over-|", "re- |and |over-||");
        check("3.14 × 2 = 6.28 %", "3.14 |× |2 |= |6.28 |%|");
        check("see https://e.org/a", "see |https://e.org/|a|");
        check("Grüße — „Zitat“", "Grüße |— |„Zitat“|");
        check("a\u{a0}b 10\u{202f}km", "a\u{a0}b |10\u{202f}km|");
        check("国家情报法，第七条。", "国|家|情|报|法，|第|七|条。|");
        check("「日本」です", "「日|本」|で|す|");
        check("한국어 텍스트", "한|국|어 |텍|스|트|");
        check("שלום עולם", "שלום |עולם|");
        check("ภาษาไทยไม่มีช่องว่าง", "ภาษา|ไทย|ไม่มี|ช่อง|ว่าง|");
        check("नमस्ते दुनिया", "नमस्ते |दुनिया|");
        check("👩‍👩‍👧‍👦👍🏽🇩🇪🇫🇷", "👩‍👩‍👧‍👦|👍🏽|🇩🇪|🇫🇷|");
    }

    /// Mostly words with a sign between them, so that the short way is taken often and left often.
    fn text() -> impl Strategy<Value = String> {
        let others = ["é", "中", "\u{301}", "«", "»", "“", "א", "ก", "👍", "\u{a0}", "http://", ". "];
        let part = prop_oneof![
            6 => "[a-c]{1,2}|[12]",
            3 => " {1,2}",
            4 => "[!-~]",
            1 => prop::sample::select(others.to_vec()).prop_map(str::to_owned),
        ];
        prop::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

        /// The short way comes to the same places as the rules.
        #[test]
        fn plain_words_need_no_rules(text in text()) {
            let mut expected = Vec::new();
            ruled(&text, 0, &mut expected);
            prop_assert_eq!(line_breaks(&text), expected, "{:?}", text);
        }
    }
}
