//! Tables of questions: CSV (RFC 4180), with commas, semicolons or tabs.
//!
//! A row is a question. The header names the columns in any order and in capitals or not: `kind`, `prompt` and `right`,
//! numbered columns such as `option_1` and `feedback_1`, and what every question may have (`id`, `topic`, `why`,
//! `source`, `lesson`, `points`, `revision`, `difficulty`, `mandatory`). Texts are Markdown, as in quiz files.

mod columns;
mod row;

use csv::{ReaderBuilder, StringRecord, Trim};

use crate::author::exchange::excerpt::excerpt;
use crate::author::exchange::shelf::{Room, Shelf};
use crate::author::exchange::{Import, Note};
use columns::Columns;
use row::Row;

/// Reads a table; every row that cannot come over is listed with the reason.
#[must_use]
pub fn import(text: &str) -> Import {
    let mut shelf = Shelf::default();
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter(text))
        .has_headers(false)
        // A row with too few or too many cells is told by its line, not by an error of the crate.
        .flexible(true)
        .trim(Trim::All)
        .from_reader(text.as_bytes());
    let mut columns: Option<Columns> = None;
    let mut record = StringRecord::new();
    loop {
        let line = usize::try_from(reader.position().line()).unwrap_or(usize::MAX);
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            // The bytes are UTF-8 and lengths may differ, so this is out of memory or worse; still, nobody is left in the dark.
            Err(error) => {
                shelf.put(line, "", Err(vec![Note::new(line, format!("the table cannot be read: {error}"))]));
                break;
            }
        }
        let line =
            record.position().map_or(line, |position| usize::try_from(position.line()).unwrap_or(line));
        if record.iter().all(str::is_empty) {
            continue;
        }
        let Some(known) = &columns else {
            match Columns::read(&record, line) {
                Ok(read) => {
                    columns = Some(read);
                    continue;
                }
                Err(faults) => {
                    shelf.put(line, "the header", Err(faults));
                    break;
                }
            }
        };
        let row = Row { columns: known, record: &record, line };
        let topic = row.cell("topic").map(|topic| vec![topic.to_owned()]);
        shelf.enter(topic.unwrap_or_default());
        let shown = excerpt(row.cell("id").or(row.cell("prompt")).unwrap_or("a row"));
        if shelf.put(line, &shown, row.question()) == Room::Full {
            break;
        }
    }
    shelf.finish()
}

/// Whether a text begins with a header of ours.
pub(super) fn looks_like(text: &str) -> bool {
    let Some(header) = header(text) else { return false };
    let delimiter = char::from(delimiter(text));
    header.contains(delimiter) && {
        let has = |name| header.split(delimiter).any(|cell| columns::normal(cell.trim_matches('"')) == name);
        has("prompt") || (has("kind") && has("right"))
    }
}

/// What parts the cells: the sign of which the header has the most.
fn delimiter(text: &str) -> u8 {
    let header = header(text).unwrap_or_default();
    let count = |sign: u8| header.bytes().filter(|byte| *byte == sign).count();
    // Of equals the first; a comma is what the name promises.
    let [mut best, rest @ ..] = *b",;\t";
    for sign in rest {
        if count(sign) > count(best) {
            best = sign;
        }
    }
    best
}

fn header(text: &str) -> Option<&str> {
    text.lines().find(|line| !line.trim().is_empty())
}

#[cfg(test)]
mod tests;
