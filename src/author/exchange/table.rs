//! Tables of questions: CSV (RFC 4180), with commas, semicolons, tabs or what a first line such as `sep=;` names.
//!
//! A row is a question. The header names the columns in any order and in capitals or not: `kind`, `prompt` and `right`,
//! numbered columns such as `option_1` and `feedback_1`, and what every question may have (`id`, `topic`, `why`,
//! `source`, `lesson`, `points`, `revision`, `difficulty`, `mandatory`). Texts are Markdown, as in quiz files.

mod columns;
mod quotes;
mod row;

use csv::{Position, ReaderBuilder, StringRecord, Trim};

use crate::author::exchange::excerpt::excerpt;
use crate::author::exchange::shelf::{Room, Shelf};
use crate::author::exchange::{Import, Note};
use crate::separated::{Separated, first_row};
use columns::Columns;
use quotes::{Broken, Stretch, Stretches};
use row::Row;

/// Reads a table; every row that cannot come over is listed with the reason.
#[must_use]
pub fn import(text: &str) -> Import {
    let Separated { delimiter, rows, line } = Separated::of(text);
    let mut table = Table::default();
    for stretch in Stretches::of(rows, line, delimiter) {
        let room = match (table.stretch(&stretch, delimiter), &stretch.broken) {
            (Room::Left, Some(broken)) => table.broken(broken),
            (room, _) => room,
        };
        if room == Room::Full {
            break;
        }
    }
    table.shelf.finish()
}

/// A table as far as it was read.
#[derive(Debug, Default)]
struct Table {
    shelf: Shelf,
    columns: Option<Columns>,
}

impl Table {
    /// Reads rows without broken cells.
    fn stretch(&mut self, stretch: &Stretch<'_>, delimiter: u8) -> Room {
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            // A row with too few or too many cells is told by its line, not by an error of the crate.
            .flexible(true)
            .trim(Trim::All)
            .from_reader(stretch.rows.as_bytes());
        let mut record = StringRecord::new();
        loop {
            let line = line_of(reader.position(), stretch);
            match reader.read_record(&mut record) {
                Ok(true) => {}
                Ok(false) => return Room::Left,
                // The bytes are UTF-8 and lengths may differ, so this is out of memory or worse; still, nobody is left in the dark.
                Err(error) => {
                    let reason = format!("the table cannot be read: {error}");
                    self.shelf.put(line, "", Err(vec![Note::new(line, reason)]));
                    return Room::Full;
                }
            }
            if record.iter().all(str::is_empty) {
                continue;
            }
            if self.row(&record, line) == Room::Full {
                return Room::Full;
            }
        }
    }

    /// The header, or a question.
    fn row(&mut self, record: &StringRecord, line: usize) -> Room {
        let Some(known) = &self.columns else {
            return match Columns::read(record, line) {
                Ok(read) => {
                    self.columns = Some(read);
                    Room::Left
                }
                Err(faults) => self.no_header(line, faults),
            };
        };
        let row = Row { columns: known, record, line };
        let topic = row.cell("topic").map(|topic| vec![topic.to_owned()]);
        self.shelf.enter(topic.unwrap_or_default());
        let shown = excerpt(row.cell("id").or(row.cell("prompt")).unwrap_or("a row"));
        self.shelf.put(line, &shown, row.question())
    }

    fn broken(&mut self, broken: &Broken<'_>) -> Room {
        match &self.columns {
            Some(_) => self.shelf.put(broken.line, broken.row, Err(vec![broken.note()])),
            None => self.no_header(broken.line, vec![broken.note()]),
        }
    }

    /// Without columns no row says anything.
    fn no_header(&mut self, line: usize, faults: Vec<Note>) -> Room {
        self.shelf.put(line, "the header", Err(faults));
        Room::Full
    }
}

/// The line of the file on which the next row begins.
fn line_of(position: &Position, stretch: &Stretch<'_>) -> usize {
    let as_number = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    // The reader stands before the empty lines that it is going to pass over.
    let rest = stretch.rows.get(as_number(position.byte())..).unwrap_or_default();
    let passed = rest.bytes().take_while(|byte| matches!(byte, b'\n' | b'\r')).filter(|byte| *byte == b'\n');
    stretch.line + as_number(position.line()) - 1 + passed.count()
}

/// Why a text is taken for a table of ours, if it is.
pub(super) fn looks_like(text: &str) -> Option<&'static str> {
    if Separated::by_its_word(text).is_some() {
        return Some("its first line says what parts its cells");
    }
    let header = first_row(text)?;
    let delimiter = char::from(Separated::of(header).delimiter);
    let has = |name| header.split(delimiter).any(|cell| columns::normal(cell.trim_matches('"')) == name);
    let is_ours = header.contains(delimiter) && (has("prompt") || (has("kind") && has("right")));
    is_ours.then_some("its first line names columns of ours")
}

#[cfg(test)]
mod tests;
