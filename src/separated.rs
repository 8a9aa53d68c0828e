//! Tables as text (RFC 4180): which sign stands between the cells, what quotation marks enclose, and what is no formula.

use std::borrow::Cow;

/// A table and the sign between its cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Separated<'a> {
    /// The sign: one byte of ASCII.
    pub delimiter: u8,
    /// The rows, that with the names of the columns among them.
    pub rows: &'a str,
    /// The line of the file on which they begin, counted from 1.
    pub line: usize,
}

impl<'a> Separated<'a> {
    /// By what stands above the rows, or else the sign of which the first row has the most.
    #[must_use]
    pub fn of(text: &'a str) -> Self {
        Self::by_its_word(text).unwrap_or_else(|| {
            let delimiter = most_frequent(first_row(text).unwrap_or_default());
            Self { delimiter, rows: text, line: 1 }
        })
    }

    /// A table with a line `sep=;` above it, which is how spreadsheets are told what stands between the cells.
    #[must_use]
    pub fn by_its_word(text: &'a str) -> Option<Self> {
        let (first, rows) = text.split_once('\n').unwrap_or((text, ""));
        let first = first.trim_end_matches('\r').trim_matches('"');
        let (word, sign) = first.split_at_checked("sep=".len())?;
        let [delimiter] = *sign.as_bytes() else { return None };
        let is_sign = delimiter == b'\t' || delimiter.is_ascii_punctuation() && delimiter != b'"';
        (word.eq_ignore_ascii_case("sep=") && is_sign).then_some(Self { delimiter, rows, line: 2 })
    }
}

/// The first line with something in it.
#[must_use]
pub fn first_row(text: &str) -> Option<&str> {
    text.lines().find(|line| !line.trim().is_empty())
}

/// The sign of which the row has the most.
fn most_frequent(row: &str) -> u8 {
    let count = |sign: u8| row.bytes().filter(|byte| *byte == sign).count();
    // Of equals the first; a comma is what the name of the format promises.
    let [mut best, rest @ ..] = *b",;\t";
    for sign in rest {
        if count(sign) > count(best) {
            best = sign;
        }
    }
    best
}

/// The mark that closes what was opened before `from`; two in a row are one of the text.
#[must_use]
pub fn closing_mark(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at += text[at..].find('"')?;
        if bytes.get(at + 1) != Some(&b'"') {
            return Some(at);
        }
        at += 2;
    }
}

/// Whether a cell of the row with which `rows` begin goes on behind the quotation mark that closes it. A reader of tables takes
/// what stands there for a part of the text.
#[must_use]
pub fn goes_on_behind_its_mark(rows: &str, delimiter: u8) -> bool {
    let parts = |byte: &u8| *byte == delimiter || matches!(byte, b'\n' | b'\r');
    let mut rest = rows.trim_start_matches(['\n', '\r']);
    loop {
        let enclosed = match rest.starts_with('"').then(|| closing_mark(rest, 1)) {
            Some(Some(closing)) => closing + 1,
            // What is never closed takes everything.
            Some(None) => return false,
            None => 0,
        };
        let behind = rest.as_bytes()[enclosed..].iter().position(parts);
        let end = behind.map_or(rest.len(), |behind| enclosed + behind);
        if enclosed > 0 && !rest[enclosed..end].trim().is_empty() {
            return true;
        }
        if rest.as_bytes().get(end) != Some(&delimiter) {
            return false;
        }
        rest = &rest[end + 1..];
    }
}

/// A text that no spreadsheet obeys. It takes a cell that begins with one of `= + - @` for a formula, which can send the
/// other cells away or start a program; behind an apostrophe it is a text. One that expects another sign between the cells
/// than stands there takes what is behind such a sign for a cell as well.
#[must_use]
pub fn guarded(text: &str) -> Cow<'_, str> {
    with_pieces(text, begins_formula, |cell, piece| cell.extend(["'", piece]))
}

/// A text as it was before it was [`guarded`].
#[must_use]
pub fn unguarded(cell: &str) -> Cow<'_, str> {
    with_pieces(
        cell,
        |piece| piece.strip_prefix('\'').is_some_and(begins_formula),
        |text, piece| text.push_str(&piece['\''.len_utf8()..]),
    )
}

/// A text whose pieces of some kind are written otherwise. A piece begins where some spreadsheet begins a cell: at the beginning,
/// and behind a sign that may stand between two. (Tabs are not written.)
fn with_pieces(
    text: &str,
    is_meant: impl Fn(&str) -> bool,
    write: impl Fn(&mut String, &str),
) -> Cow<'_, str> {
    let pieces = || text.split_inclusive([',', ';']);
    if !pieces().any(&is_meant) {
        return Cow::Borrowed(text);
    }
    let mut whole = String::with_capacity(text.len() + 1);
    for piece in pieces() {
        if is_meant(piece) { write(&mut whole, piece) } else { whole.push_str(piece) }
    }
    Cow::Owned(whole)
}

/// Whether a spreadsheet would take it for a formula; it passes over spaces in front.
pub(crate) fn begins_formula(text: &str) -> bool {
    // Where letters are wide, signs are wide too, and some spreadsheets read them alike. Tabs and line breaks, which some
    // pass over, are not written.
    const FORMULA: &[char] = &['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    text.trim_start().starts_with(FORMULA)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, delimiter: char, rows: &str, line: usize) {
        let expected = Separated { delimiter: u8::try_from(delimiter).unwrap(), rows, line };
        assert_eq!(Separated::of(text), expected, "{text:?}");
    }

    #[test]
    fn the_first_row_tells_by_its_signs() {
        for text in ["a,b", "a", "", "a,b;c", "\n \na,b\n1;2;3;4"] {
            check(text, ',', text, 1);
        }
        check("a;b;c,d\n1,2,3,4", ';', "a;b;c,d\n1,2,3,4", 1);
        check("a\tb", '\t', "a\tb", 1);
    }

    #[test]
    fn a_line_above_it_tells_by_its_word() {
        check("sep=;\na;b,c,d", ';', "a;b,c,d", 2);
        check("SEP=,\r\na,b", ',', "a,b", 2);
        check("\"sep=|\"\na|b", '|', "a|b", 2);
        check("sep=\t", '\t', "", 2);
        for text in ["sep=", "sep=\"\na,b", "sep=ab\na,b", "separator,b", "sep=é\na,b", "see=;\na,b"] {
            assert_eq!(Separated::by_its_word(text), None, "{text:?}");
        }
    }

    #[test]
    fn what_stands_behind_a_closing_mark_is_seen() {
        fn check(rows: &str, expected: bool) {
            assert_eq!(goes_on_behind_its_mark(rows, b';'), expected, "{rows:?}");
        }
        check("1;\"Ada\"x;2", true);
        check("\n\r\n\"1\"x\n", true);
        check("1;\"Ada \"\"x\"\"\";2\n\"3\"x", false);
        check("1;\"Ada\" ;\"x\"\r\n3;\"y\"z", false);
        check("1;Ada \"x\";\"\"", false);
        check("1;\"é\"ü", true);
        check("1;\"a\nb\"c;2", true);
        check("1;\"never closed;x", false);
        check("", false);
    }

    #[test]
    fn what_was_guarded_comes_back() {
        for text in ["Ada", "=1", "Ada;=1+1", " ;  =6, =7", "a-b; c=d", "O'Neill", "'Ada'", "Ada;' Byron"] {
            assert_eq!(unguarded(&guarded(text)), text);
        }
    }
}
