//! A roster as organisations export it: a table of people, read into what it says of each.
//!
//! Nothing is lost: every row becomes a person or a [`Reject`] with its line and what to do about it.

pub mod columns;
pub mod dates;
mod names;
pub mod outgoing;
pub mod plan;
pub mod presence;
mod row;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::fmt;

use csv::{ReaderBuilder, StringRecord, Trim};

use super::person::{PersonNumber, Profile};
use crate::separated::Separated;
use columns::{Columns, Field, Mapping};
use dates::DateOrder;
use presence::Words;

/// How a roster is to be read where the file does not say it itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manner {
    /// Which column is which, where that was said.
    pub mapping: Mapping,
    /// Which column was which in earlier files: it holds where there is such a column and nothing else was said.
    pub remembered: Mapping,
    /// The order of day and month in dates such as 03/04/2026, where that was said.
    pub dates: Option<DateOrder>,
    /// That of earlier files: it holds where this one has no date that says another.
    pub remembered_dates: Option<DateOrder>,
    /// What words of the status column mean, where that was said.
    pub words: Words,
}

/// A roster that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roster {
    /// Which column was taken for what.
    pub columns: Columns,
    /// The sign between the cells.
    pub delimiter: u8,
    /// The people, by number.
    pub people: BTreeMap<PersonNumber, Row>,
    /// The rows that say nothing sound of anybody, in the order of the file.
    pub rejects: Vec<Reject>,
    /// How many rows only repeated another one, word for word.
    pub repeated: usize,
    /// The order of day and month that the dates were read in, if any of them depended on it.
    pub dates: Option<DateOrder>,
}

/// What a row says of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Where it begins, counted from 1.
    pub line: usize,
    /// What it says; what has no column in the file is missing here and stays as it was.
    pub profile: Profile,
}

/// A row that was not taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// Where it begins, counted from 1.
    pub line: usize,
    /// Whose it is, if that can be read.
    pub number: Option<PersonNumber>,
    /// As they stand in the file.
    pub cells: Vec<String>,
    /// What is wrong and what to do, a sentence each.
    pub reasons: Vec<String>,
}

impl Reject {
    /// Whether people may stand in it who cannot be read: the number is missing, or a quotation mark that is not closed
    /// has taken the lines below for a part of this row.
    #[must_use]
    pub fn hides_people(&self) -> bool {
        self.number.is_none() || self.cells.iter().any(|cell| cell.contains(['\n', '\r']))
    }
}

/// Why a table is no roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RosterError {
    /// There is nothing but space in it.
    Empty,
    /// No column is known to hold this.
    Missing {
        /// What has to be there.
        field: Field,
        /// The columns that are there.
        header: Vec<String>,
    },
    /// Several columns could hold this.
    Ambiguous {
        /// What they could hold.
        field: Field,
        /// Their names.
        names: Vec<String>,
    },
    /// A column that was named is not there.
    Unknown {
        /// What it was to hold.
        field: Field,
        /// Its name as it was said.
        name: String,
        /// The columns that are there.
        header: Vec<String>,
    },
    /// Two columns have the name that was said.
    Twice {
        /// What one of them was to hold.
        field: Field,
        /// The name of both.
        name: String,
    },
    /// Two things were said to be in one column.
    Shared {
        /// One of them.
        field: Field,
        /// The other.
        other: Field,
        /// The column.
        name: String,
    },
    /// More people than any organisation has.
    TooMany,
}

/// The most rows that are read.
pub const MOST_ROWS: usize = 2_000_000;

impl Roster {
    /// Reads a table: cells parted by commas, semicolons, tabs or what a line such as `sep=;` above it says, the names of the
    /// columns in its first line.
    ///
    /// # Errors
    /// When it is no table, or it is not clear which column holds the number or another thing.
    pub fn read(text: &str, manner: &Manner) -> Result<Self, RosterError> {
        let Separated { delimiter, rows: text, line: first } = Separated::of(text);
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            // A row with too few or too many cells is told by its line, not by an error of the crate.
            .flexible(true)
            .trim(Trim::All)
            .from_reader(text.as_bytes());
        let mut rows = Vec::new();
        let mut columns = None;
        let mut record = StringRecord::new();
        let bytes = text.as_bytes();
        // The bytes are UTF-8 and rows may differ in length, so reading memory gives no error.
        while reader.read_record(&mut record).unwrap_or(false) {
            if record.iter().all(str::is_empty) {
                continue;
            }
            if columns.is_none() {
                columns = Some(Columns::find(&record, &manner.mapping, &manner.remembered)?);
            } else if rows.len() == MOST_ROWS {
                return Err(RosterError::TooMany);
            } else {
                let mut row = std::mem::take(&mut record);
                place(&mut row, bytes, first);
                rows.push(row);
            }
        }
        let columns = columns.ok_or(RosterError::Empty)?;
        let texts = rows.iter().flat_map(|row| columns.dates(row));
        let found = dates::order_of(texts);
        let width = width(&rows, columns.header.len());
        let order = dates::settled(manner.dates, found, manner.remembered_dates);
        let reader = row::Reader { text, columns: &columns, width, delimiter, order, words: &manner.words };
        let read = rows.iter().map(|cells| reader.read(cells)).collect();
        let (people, rejects, repeated) = sorted_out(&rows, read);
        let dates = order.ok().filter(|_| found.depends);
        Ok(Self { columns, delimiter, people, rejects, repeated, dates })
    }
}

/// What was read of a row: whose it is, if that can be read, and what it says or what is wrong.
type Read = (Option<PersonNumber>, Result<Profile, Vec<String>>);

/// Everybody who stands in the table once, or several times with the same words; what else there is; how many rows
/// only repeated another one. Of rows that differ nobody knows which is right, so none of them is taken.
fn sorted_out(rows: &[StringRecord], read: Vec<Read>) -> (BTreeMap<PersonNumber, Row>, Vec<Reject>, usize) {
    let mut places: HashMap<&PersonNumber, Vec<usize>> = HashMap::with_capacity(read.len());
    for (place, (number, _)) in read.iter().enumerate() {
        if let Some(number) = number {
            places.entry(number).or_default().push(place);
        }
    }
    let mut contested: HashMap<usize, String> = HashMap::new();
    for (number, places) in places.iter().filter(|(_, places)| places.len() > 1) {
        let agree =
            places.windows(2).all(|pair| read[pair[0]].1.is_ok() && read[pair[0]].1 == read[pair[1]].1);
        if !agree {
            for place in places {
                let other = places.iter().find(|other| *other != place).unwrap_or(place);
                let line = line_of(&rows[*other]);
                let reason = format!("{number} stands in line {line} too, and differs there: leave only one");
                contested.insert(*place, reason);
            }
        }
    }
    let (mut people, mut rejects, mut repeated) = (BTreeMap::new(), Vec::new(), 0);
    for (place, (number, said)) in read.into_iter().enumerate() {
        let (cells, line) = (&rows[place], line_of(&rows[place]));
        match (number, said, contested.remove(&place)) {
            (Some(number), Ok(profile), None) => match people.entry(number) {
                Entry::Vacant(vacant) => {
                    vacant.insert(Row { line, profile });
                }
                Entry::Occupied(_) => repeated += 1,
            },
            (number, said, contest) => {
                let mut reasons = said.err().unwrap_or_default();
                reasons.extend(contest);
                let cells = cells.iter().map(str::to_owned).collect();
                rejects.push(Reject { line, number, cells, reasons });
            }
        }
    }
    (people, rejects, repeated)
}

/// How many cells a row has. Some programs put a sign behind the last cell of every row and not behind the header; in
/// a single row it would be a comma too many somewhere.
fn width(rows: &[StringRecord], header: usize) -> usize {
    let first = rows.first().map_or(header, StringRecord::len);
    let alike = rows.iter().all(|row| row.len() == first && row.iter().skip(header).all(str::is_empty));
    if first > header && alike { first } else { header }
}

/// Says where a row begins in a file whose rows begin on its line `first`. The crate takes the empty lines before a row for its
/// beginning.
fn place(row: &mut StringRecord, text: &[u8], first: usize) {
    let Some(mut at) = row.position().cloned() else { return };
    let from = usize::try_from(at.byte()).unwrap_or(text.len());
    let empty = text.iter().skip(from).take_while(|byte| matches!(byte, b'\r' | b'\n'));
    let lines = empty.filter(|byte| **byte == b'\n').count();
    at.set_line(at.line() + (first - 1 + lines) as u64);
    row.set_position(Some(at));
}

/// Where a row begins, counted from 1.
fn line_of(cells: &StringRecord) -> usize {
    cells.position().map_or(0, |position| usize::try_from(position.line()).unwrap_or(usize::MAX))
}

impl RosterError {
    /// What to do next.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::Empty => "export the people with a line of column names above them".to_owned(),
            Self::Missing { field, .. } | Self::Ambiguous { field, .. } | Self::Twice { field, .. } => {
                format!("say which column it is: --map {}=\"Name of the column\"", field.word())
            }
            Self::Shared { field, .. } => {
                format!("say --map {}=\"Name of the column\" with another column", field.word())
            }
            Self::Unknown { name, header, .. } => match columns::nearest(name, header) {
                Some(near) => format!("did you mean {near:?}?"),
                None => format!("the columns are: {}", header.join(", ")),
            },
            Self::TooMany => "split the file, and leave out --complete".to_owned(),
        }
    }
}

impl fmt::Display for RosterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("there is no row in it"),
            Self::Missing { field, header } => {
                write!(f, "no column is known to hold the {field}; the columns are: {}", header.join(", "))
            }
            Self::Ambiguous { field, names } => {
                write!(f, "several columns could hold the {field}: {}", names.join(", "))
            }
            Self::Unknown { field, name, .. } => write!(f, "there is no column {name:?} for the {field}"),
            Self::Twice { field, name } => {
                write!(f, "two columns are called {name:?}, the name for the {field}")
            }
            Self::Shared { field, other, name } => {
                write!(f, "the column {name:?} cannot hold both the {field} and the {other}")
            }
            Self::TooMany => write!(f, "it has more than {MOST_ROWS} rows"),
        }
    }
}

impl std::error::Error for RosterError {}

#[cfg(test)]
mod tests;
