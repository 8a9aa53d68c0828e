//! One row of a roster.

use chrono::NaiveDate;
use csv::StringRecord;

use super::columns::{Columns, Field};
use super::dates::{self, DateFault, DateOrder};
use super::presence::{self, Words};
use crate::registry::person::{PersonNumber, Profile};
use crate::separated::goes_on_behind_its_mark;

/// The most characters of a cell. More is a quotation mark that was not closed, or an attack.
const LONGEST: usize = 1_000;

/// What is wrong with a row that holds others.
const SWALLOWED: &str = "a cell goes on over lines that look like rows, which nobody is read from: close the quotation mark, or \
     write the cell in one line";

/// What is wrong with a row that a reader of tables takes without a word.
const TEXT_BEHIND: &str = "a cell goes on behind the quotation mark that closes it: put the whole cell in quotation marks (a mark \
     within a text is written twice: \"\")";

/// Reads the rows of one file.
pub(super) struct Reader<'a> {
    /// All of them.
    pub(super) text: &'a str,
    pub(super) columns: &'a Columns,
    /// How many cells a row has.
    pub(super) width: usize,
    /// What parts them.
    pub(super) delimiter: u8,
    /// Of day and month, where a date can be read both ways.
    pub(super) order: Result<DateOrder, DateFault>,
    pub(super) words: &'a Words,
}

impl Reader<'_> {
    /// Whose row it is, if that can be read, and what it says or what is wrong with it.
    pub(super) fn read(&self, row: &StringRecord) -> super::Read {
        let mut faults = self.shape(row);
        if self.swallows(row) {
            faults.push(SWALLOWED.to_owned());
        } else if self.goes_on_behind_a_mark(row) {
            faults.push(TEXT_BEHIND.to_owned());
        }
        let number = match self.columns.cell(row, Field::Number) {
            None => {
                faults.push("the employee number is missing".to_owned());
                None
            }
            Some(cell) => match PersonNumber::new(&cell) {
                Ok(_) if is_rounded(&cell) => {
                    faults.push(format!(
                        "{cell} is an employee number that a spreadsheet has rounded: format the column as text and export \
                         again"
                    ));
                    None
                }
                Ok(number) => Some(number),
                Err(error) => {
                    faults.push(error.to_string());
                    None
                }
            },
        };
        let name = self.name(row);
        if name.is_empty() {
            faults.push("the name is missing".to_owned());
        }
        let mut text = |field| {
            let cell = self.columns.cell(row, field)?;
            check_text(field, &cell, &mut faults);
            Some(cell.into_owned())
        };
        for field in [Field::Name, Field::FirstName, Field::LastName] {
            text(field);
        }
        let (email, department) = (text(Field::Email), text(Field::Department));
        let (manager, role) = (text(Field::Manager), text(Field::Role));
        let (employment, status) = (text(Field::Employment), text(Field::Status));
        if let Some(email) = email.as_ref().filter(|email| !is_address(email)) {
            faults.push(format!("{} is not one e-mail address: leave exactly one, or none", excerpt(email)));
        }
        if let Some(status) =
            status.as_ref().filter(|status| presence::of_status(status, self.words).is_none())
        {
            let status = excerpt(status);
            faults.push(format!(
                "the status {status} is not known: say what it means with --status \"{status}=at work\", \"=on leave\" or \
                 \"=left\""
            ));
        }
        if let Some(status) = status.as_ref().filter(|status| presence::is_not_begun(status, self.words))
            && self.columns.cell(row, Field::Hired).is_none()
        {
            faults.push(format!(
                "by the status {} they have not begun, and no first day says when they do: write it into the column {}, or \
                 leave the row out until it is known",
                excerpt(status),
                Field::Hired.word()
            ));
        }
        let hired = self.date(row, Field::Hired, &mut faults);
        let leaves = self.date(row, Field::Leaves, &mut faults);
        if let (Some(hired), Some(leaves)) = (hired, leaves)
            && leaves < hired
        {
            faults.push(format!("the last day, {leaves}, is before the first, {hired}"));
        }
        let profile = Profile { name, email, department, manager, role, employment, hired, leaves, status };
        (number, if faults.is_empty() { Ok(profile) } else { Err(faults) })
    }

    /// Whether it has the cells that the header promises.
    fn shape(&self, row: &StringRecord) -> Vec<String> {
        let (there, wanted) = (row.len(), self.width);
        if there == wanted {
            return Vec::new();
        }
        let cause = "is a sign between cells or a quotation mark missing, or one too many?";
        vec![format!("it has {there} cells where the header has {wanted}: {cause}")]
    }

    /// Whether a cell goes on over lines that look like rows: whoever stands in them is not in the table then.
    fn swallows(&self, row: &StringRecord) -> bool {
        let signs = self.width.saturating_sub(1);
        let looks_like_a_row =
            |line: &str| line.bytes().filter(|byte| *byte == self.delimiter).count() >= signs;
        signs > 0 && row.iter().any(|cell| cell.lines().skip(1).any(looks_like_a_row))
    }

    /// Whether a cell goes on behind the quotation mark that closes it.
    fn goes_on_behind_a_mark(&self, row: &StringRecord) -> bool {
        let begins = row.position().and_then(|position| usize::try_from(position.byte()).ok());
        let rows = begins.and_then(|begins| self.text.get(begins..));
        rows.is_some_and(|rows| goes_on_behind_its_mark(rows, self.delimiter))
    }

    /// The whole name. `Name` beside a first name and no last name is the last name, unless it begins with the first.
    fn name(&self, row: &StringRecord) -> String {
        let cell = |field| self.columns.cell(row, field);
        let (first, last) = (cell(Field::FirstName), cell(Field::LastName));
        match cell(Field::Name) {
            Some(name) => match first {
                Some(first)
                    if !self.columns.has(Field::LastName)
                        && !name.split_whitespace().any(|word| word == first) =>
                {
                    whole(&first, &name)
                }
                Some(_) | None => name.into_owned(),
            },
            None => match (first, last) {
                (Some(first), Some(last)) => whole(&first, &last),
                (one, other) => one.or(other).unwrap_or_default().into_owned(),
            },
        }
    }

    fn date(&self, row: &StringRecord, field: Field, faults: &mut Vec<String>) -> Option<NaiveDate> {
        let cell = self.columns.cell(row, field)?;
        if field == Field::Leaves && dates::is_never(&cell) {
            return None;
        }
        let read = dates::date(&cell, self.order);
        read.map_err(|fault| faults.push(format!("the {field} {} {}", excerpt(&cell), fault.words()))).ok()
    }
}

/// A name of two parts. In Chinese, Japanese and Korean writing the family comes first, without a space.
fn whole(first: &str, last: &str) -> String {
    let is_east_asian = |text: &str| {
        text.chars().all(|c| {
            matches!(c, '々' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{20000}'..='\u{323af}')
        })
    };
    if is_east_asian(first) && is_east_asian(last) {
        format!("{last}{first}")
    } else {
        format!("{first} {last}")
    }
}

fn check_text(field: Field, cell: &str, faults: &mut Vec<String>) {
    if cell.chars().nth(LONGEST).is_some() {
        faults.push(format!(
            "the {field} has more than {LONGEST} characters: is a quotation mark before it not closed?"
        ));
    } else if cell.chars().any(char::is_control) {
        faults.push(format!(
            "the {field} has a line break or another control character in it: write it in one line"
        ));
    }
}

/// `1.2E+05`: what becomes of long numbers in a spreadsheet.
fn is_rounded(number: &str) -> bool {
    let Some((mantissa, exponent)) = number.split_once(['E', 'e']) else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_decimal =
        mantissa.split_once(['.', ',']).is_some_and(|(whole, rest)| digits(whole) && digits(rest));
    let signed = exponent.strip_prefix('+');
    (is_decimal || digits(mantissa)) && signed.is_some_and(digits)
}

/// Whether mail could go there. What the server takes only the server knows.
fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let plain = |part: &str| {
        !part.is_empty()
            && part.chars().all(|c| !c.is_whitespace() && !c.is_control() && !",;<>()[]\"@".contains(c))
    };
    text.len() <= 254 && plain(local) && plain(domain)
}

fn excerpt(cell: &str) -> String {
    const SHOWN: usize = 40;
    match cell.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &cell[..end]),
        None => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_a_spreadsheet_has_rounded() {
        fn check(number: &str, expected: bool) {
            assert_eq!(is_rounded(number), expected, "{number}");
        }
        check("1.23457E+11", true);
        check("1,23457E+11", true);
        check("1E+11", true);
        check("1E11", false);
        check("E-7", false);
        check("007", false);
        check("E+7", false);
    }

    #[test]
    fn one_address() {
        fn check(text: &str, expected: bool) {
            assert_eq!(is_address(text), expected, "{text}");
        }
        check("ada@example.org", true);
        check("jürgen@münchen.example", true);
        check("ada@", false);
        check("ada", false);
        check("a@x.org; b@x.org", false);
        check("Ada <ada@example.org>", false);
        check(&format!("{}@example.org", "a".repeat(250)), false);
    }
}
