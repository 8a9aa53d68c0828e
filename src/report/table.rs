//! Tables as CSV (RFC 4180) that spreadsheets and terminals take without obeying what stands in them.

use std::borrow::Cow;
use std::io::{self, Write};

use csv::{Terminator, Writer, WriterBuilder};

use crate::printable::Printable;
use crate::separated::guarded;
/// A text as it was before it became the text of a cell, but for hidden characters, which stay signs.
pub use crate::separated::unguarded as text;

/// Whether a file begins with a byte order mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// For people: without it, spreadsheets take UTF-8 for something else.
    Utf8,
    /// For programs.
    None,
}

/// The sign between two cells, of ASCII.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Separator(pub u8);

impl Separator {
    /// What the name of the format promises.
    pub const COMMA: Self = Self(b',');
    /// What spreadsheets of countries expect where numbers have a comma.
    pub const SEMICOLON: Self = Self(b';');
    /// What no text has that was made printable.
    pub const TAB: Self = Self(b'\t');
}

/// A table, one row for the names of the columns and one for each line of data.
///
/// # Panics
/// Never: memory takes every row.
#[must_use]
pub fn csv<R, C>(header: &[&str], rows: R, mark: Mark) -> Vec<u8>
where
    R: IntoIterator,
    R::Item: IntoIterator<Item = C>,
    C: AsRef<str>,
{
    separated(Separator::COMMA, header, rows, mark)
}

/// The same with another sign between the cells.
///
/// # Panics
/// Never: memory takes every row.
#[must_use]
pub fn separated<R, C>(separator: Separator, header: &[&str], rows: R, mark: Mark) -> Vec<u8>
where
    R: IntoIterator,
    R::Item: IntoIterator<Item = C>,
    C: AsRef<str>,
{
    let written = "memory takes every row";
    let mut table = Table::begin(Vec::new(), separator, header, mark).expect(written);
    for row in rows {
        table.row(row).expect(written);
    }
    table.end().expect(written)
}

/// A table that is written row by row.
#[derive(Debug)]
pub struct Table<W: Write> {
    writer: Writer<W>,
}

impl<W: Write> Table<W> {
    /// Writes the names of the columns.
    ///
    /// # Errors
    /// When they could not be written.
    pub fn begin(mut out: W, separator: Separator, header: &[&str], mark: Mark) -> io::Result<Self> {
        match mark {
            Mark::Utf8 => out.write_all("\u{feff}".as_bytes())?,
            Mark::None => {}
        }
        let writer = WriterBuilder::new()
            .delimiter(separator.0)
            .flexible(true)
            .terminator(Terminator::CRLF)
            .from_writer(out);
        let mut table = Self { writer };
        table.row(header)?;
        Ok(table)
    }

    /// Writes one row.
    ///
    /// # Errors
    /// When it could not be written.
    pub fn row<C: AsRef<str>>(&mut self, row: impl IntoIterator<Item = C>) -> io::Result<()> {
        for value in row {
            self.writer.write_field(cell(value.as_ref()).as_bytes())?;
        }
        Ok(self.writer.write_record(None::<&[u8]>)?)
    }

    /// Writes what is left.
    ///
    /// # Errors
    /// When it could not be written.
    pub fn end(self) -> io::Result<W> {
        self.writer.into_inner().map_err(csv::IntoInnerError::into_error)
    }
}

/// The rows of a table that was written here, the names of the columns first.
///
/// # Errors
/// When it is no table.
pub fn rows(table: &[u8]) -> Result<Vec<Vec<String>>, csv::Error> {
    let table = table.strip_prefix("\u{feff}".as_bytes()).unwrap_or(table);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(table);
    reader.records().map(|row| Ok(row?.iter().map(str::to_owned).collect())).collect()
}

/// The text of a cell: no formula, and without the control characters that steer terminals.
#[must_use]
pub fn cell(text: &str) -> Cow<'_, str> {
    let printable = Printable::new(text);
    if printable.as_str() == text {
        guarded(text)
    } else {
        Cow::Owned(guarded(printable.as_str()).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::separated::begins_formula;

    #[test]
    fn no_cell_is_a_formula_or_steers_a_terminal() {
        fn check(text: &str, expected: &str) {
            assert_eq!(cell(text), expected);
        }
        check("Ada", "Ada");
        check("張三", "張三");
        check("=1+1", "'=1+1");
        check("+49 30", "'+49 30");
        check("-7", "'-7");
        check("@SUM(A1)", "'@SUM(A1)");
        check("  =1", "'  =1");
        check("＝1", "'＝1");
        check("Ada;=1+1", "Ada;'=1+1");
        check("Byron, @Ada,-7;b", "Byron,' @Ada,'-7;b");
        check("a-b; c=d", "a-b; c=d");
        check("\t=1", "<U+0009>=1");
        check("\r=1", "<U+000D>=1");
        check("a\u{1b}[2J\u{202e}", "a<U+001B>[2J<U+202E>");
        check("", "");
    }

    #[test]
    fn cells_with_signs_of_the_format_are_quoted() {
        let rows = [["1", "Byron, \"Ada\""], ["=2", ""]];
        let table = csv(&["number", "name"], rows, Mark::Utf8);
        let expected = "\u{feff}number,name\r\n1,\"Byron, \"\"Ada\"\"\"\r\n'=2,\r\n";
        assert_eq!(String::from_utf8(table).expect("text"), expected);
        assert_eq!(csv(&["n"], [[""]], Mark::None), b"n\r\n\"\"\r\n");
        let row = [["a;b", "c,d"]];
        assert_eq!(separated(Separator::SEMICOLON, &["n", "m"], row, Mark::None), b"n;m\r\n\"a;b\";c,d\r\n");
    }

    /// Whoever expects another sign splits the rows by that one.
    #[test]
    fn no_cell_is_a_formula_for_a_spreadsheet_that_expects_another_sign() {
        let hostile = ["Ada;=1+1", "a,@b", "x\";=2", ",-3", ";=4;", "\t+5", " ;  =6, =7"];
        let signs = [Separator::COMMA, Separator::SEMICOLON, Separator::TAB];
        for (written, read) in signs.iter().flat_map(|written| signs.map(|read| (*written, read))) {
            for pair in hostile.windows(2) {
                let table = separated(written, pair, [pair], Mark::None);
                let mut reader = csv::ReaderBuilder::new()
                    .delimiter(read.0)
                    .has_headers(false)
                    .flexible(true)
                    .from_reader(&*table);
                for row in reader.records() {
                    let row = row.expect("text");
                    let formula = row.iter().find(|cell| begins_formula(cell));
                    assert_eq!(formula, None, "{written:?} read with {read:?}: {row:?}");
                }
            }
        }
    }

    #[test]
    fn a_table_is_read_as_it_was_written() {
        let written =
            [["1", "Byron, \"Ada\""], ["=2", ""], ["'3", "\u{e9}"], ["a; =b", "-c,+d"], ["'a, 'b", ";'c"]];
        let table = rows(&csv(&["number", "name"], written, Mark::Utf8)).expect("a table");
        let read = |row: &Vec<String>| row.iter().map(|cell| text(cell).into_owned()).collect::<Vec<_>>();
        assert_eq!(table[0], ["number", "name"]);
        assert_eq!(table[1..].iter().map(read).collect::<Vec<_>>(), written);
    }
}
