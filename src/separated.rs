//! Tables as text (RFC 4180): which sign stands between the cells.

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
}
