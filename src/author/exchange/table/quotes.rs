//! Quotation marks that open a cell and do not end it.
//!
//! A reader of tables takes everything up to the next mark, or to the end of the file, for that cell, and the questions on
//! those lines would be gone without a word. So a row with such a mark is given up at the end of its line.

use crate::author::exchange::Note;
use crate::separated::closing_mark;

/// Rows that can be read, and the one behind them that cannot.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stretch<'a> {
    /// The line on which it begins.
    pub line: usize,
    pub rows: &'a str,
    pub broken: Option<Broken<'a>>,
}

/// A row with a cell that does not end as it should.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Broken<'a> {
    /// The line on which the row begins.
    pub line: usize,
    /// The row, up to the end of the line with the mark.
    pub row: &'a str,
    /// The line with the mark that opens the cell.
    mark: usize,
    slip: Slip,
}

/// What is wrong with a cell that begins with a quotation mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slip {
    NeverClosed,
    TextBehind,
}

/// The stretches of a table, one after the other.
#[derive(Debug)]
pub(super) struct Stretches<'a> {
    rest: &'a str,
    line: usize,
    delimiter: u8,
}

impl<'a> Stretches<'a> {
    /// Those of `text`, which begins on `line` of its file.
    pub(super) fn of(text: &'a str, line: usize, delimiter: u8) -> Self {
        Self { rest: text, line, delimiter }
    }

    /// Where the cell ends that has no mark from `from` on.
    fn end(&self, from: usize) -> usize {
        let parts = |byte: &u8| *byte == self.delimiter || matches!(byte, b'\n' | b'\r');
        let behind = &self.rest.as_bytes()[from..];
        from + behind.iter().position(parts).unwrap_or(behind.len())
    }

    /// Where the cell ends that begins with the mark at `mark`.
    fn quoted_end(&self, mark: usize) -> Result<usize, Slip> {
        let Some(closing) = closing_mark(self.rest, mark + 1) else { return Err(Slip::NeverClosed) };
        let end = self.end(closing + 1);
        if self.rest[closing + 1..end].trim().is_empty() {
            return Ok(end);
        }
        // What closes on another line is more likely the opening of a later cell.
        let goes_on = self.rest[mark..closing].contains('\n');
        Err(if goes_on { Slip::NeverClosed } else { Slip::TextBehind })
    }

    /// Goes on behind the line with the mark at `mark`, in the row that begins at `row`.
    fn give_up(&mut self, row: usize, mark: usize, slip: Slip) -> Stretch<'a> {
        let (text, line) = (self.rest, self.line);
        let line_of = |at: usize| line + text[..at].bytes().filter(|byte| *byte == b'\n').count();
        let end = text[mark..].find('\n').map_or(text.len(), |end| mark + end + 1);
        let broken = Broken { line: line_of(row), row: text[row..end].trim_end(), mark: line_of(mark), slip };
        self.line = broken.mark + 1;
        self.rest = &text[end..];
        Stretch { line, rows: &text[..row], broken: Some(broken) }
    }
}

impl<'a> Iterator for Stretches<'a> {
    type Item = Stretch<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let (mut cell, mut row) = (0, 0);
        while cell < self.rest.len() {
            let is_quoted = self.rest[cell..].starts_with('"');
            let end = if is_quoted { self.quoted_end(cell) } else { Ok(self.end(cell)) };
            match end {
                Ok(end) => {
                    cell = end + 1;
                    if self.rest.as_bytes().get(end) != Some(&self.delimiter) {
                        row = cell;
                    }
                }
                Err(slip) => return Some(self.give_up(row, cell, slip)),
            }
        }
        let stretch = Stretch { line: self.line, rows: self.rest, broken: None };
        self.rest = "";
        Some(stretch)
    }
}

impl Broken<'_> {
    /// What is said about it.
    pub(super) fn note(&self) -> Note {
        let (message, hint) = match self.slip {
            Slip::NeverClosed => (
                "the quotation mark that opens a cell here is not closed",
                "close it where the cell ends; a mark within a text is written twice: \"\"",
            ),
            Slip::TextBehind => (
                "a cell goes on behind the quotation mark that closes it",
                "put the whole cell in quotation marks; a mark within a text is written twice: \"\"",
            ),
        };
        Note::with_hint(self.mark, message, hint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A stretch, and the lines of a broken row and its mark.
    type Expected<'a> = (usize, &'a str, Option<(usize, usize, Slip)>);

    #[test]
    fn a_row_is_given_up_where_its_mark_stands() {
        fn check(text: &str, expected: &[Expected<'_>]) {
            let stretches: Vec<_> = Stretches::of(text, 1, b',').collect();
            let told = stretches.iter().map(|stretch| {
                let broken = stretch.broken.as_ref();
                (stretch.line, stretch.rows, broken.map(|broken| (broken.line, broken.mark, broken.slip)))
            });
            assert_eq!(told.collect::<Vec<_>>(), expected, "{text:?}");
        }
        let never = Slip::NeverClosed;
        check("", &[]);
        check(
            "a,\"b\",\"\"\n\"c \"\"d\"\"\",\"e\r\nf\" \r\n",
            &[(1, "a,\"b\",\"\"\n\"c \"\"d\"\"\",\"e\r\nf\" \r\n", None)],
        );
        check("a\nb,\"c\nd", &[(1, "a\n", Some((2, 2, never))), (3, "d", None)]);
        check("\"a\nb,\"c\"", &[(1, "", Some((1, 1, never))), (2, "b,\"c\"", None)]);
        check("\"a\n\"\"", &[(1, "", Some((1, 1, never))), (2, "\"\"", None)]);
        // The row begins above its second cell, which is the broken one.
        check("x\n\"a\nb\",\"c\nd", &[(1, "x\n", Some((2, 3, never))), (4, "d", None)]);
        check("a,\"b\" c,d\ne", &[(1, "", Some((1, 1, Slip::TextBehind))), (2, "e", None)]);
        check("a,b \"c\" d", &[(1, "a,b \"c\" d", None)]);
        check("\"", &[(1, "", Some((1, 1, never)))]);
    }
}
