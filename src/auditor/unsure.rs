//! What of the tables cannot be made again, because something else was altered, which is told. Nothing is held against it.

use std::collections::{BTreeMap, BTreeSet};

use crate::registry::PersonNumber;
use crate::report::evidence::Files;
use crate::report::table::{Mark, cell, csv, rows, text as bare};

const POPULATION: &str = "population.csv";
/// The tables whose rows begin with the number of a person, beside the one of people.
const ABOUT_PEOPLE: [&str; 4] = ["acknowledgements.csv", "records.csv", "reviews.csv", "waivers.csv"];

/// The cells of a row that follow from how somebody stands.
pub(super) const STANDING: [&str; 7] =
    ["status", "due", "completed", "valid until", "record", "waiver", "counts"];

/// What is not compared.
#[derive(Default)]
pub(super) struct Unsure {
    /// The cells of the table of people, by the number of their row.
    cells: BTreeMap<String, BTreeSet<&'static str>>,
    /// Those of whom nobody can tell who they are in the log: no row is held against it.
    strangers: BTreeSet<String>,
    /// The exceptions outside the sample without an identifier, by number and what stands there.
    unnamed: BTreeSet<(String, String)>,
    /// The files of which all is told.
    files: BTreeSet<&'static str>,
    /// Whether the rows of people are not those that must be there.
    is_list_otherwise: bool,
}

impl Unsure {
    /// These cells of somebody's row.
    pub(super) fn cells(&mut self, number: &str, columns: impl IntoIterator<Item = &'static str>) {
        self.cells.entry(number.to_owned()).or_default().extend(columns);
    }

    /// Nobody can tell who that is in the log.
    pub(super) fn stranger(&mut self, number: &str) {
        self.strangers.insert(number.to_owned());
        self.list_otherwise();
    }

    pub(super) fn is_stranger(&self, number: &PersonNumber) -> bool {
        self.strangers.contains(&*bare(&cell(number.as_str())))
    }

    /// The row of an exception has no identifier.
    pub(super) fn unnamed(&mut self, number: &str, says: &str) {
        self.unnamed.insert((number.to_owned(), says.to_owned()));
    }

    /// All that is wrong with a file is told.
    pub(super) fn told(&mut self, path: &'static str) {
        self.files.insert(path);
    }

    /// The rows of people are not those that must be there, so what is told of all together is not compared.
    pub(super) fn list_otherwise(&mut self) {
        self.is_list_otherwise = true;
        self.files.extend(["log/people.txt", "numbers.txt", "roster.txt", "sample.txt"]);
    }

    pub(super) fn is_list_otherwise(&self) -> bool {
        self.is_list_otherwise
    }

    /// Whether this cell of somebody's row is compared.
    pub(super) fn is_compared(&self, number: &str, column: &str) -> bool {
        self.cells.get(number).is_none_or(|columns| !columns.contains(column))
    }

    /// Whether there may be files of people of whom nobody can tell which they are.
    pub(super) fn has_strangers(&self) -> bool {
        !self.strangers.is_empty()
    }

    /// Whether nothing is.
    pub(super) fn is_empty(&self) -> bool {
        self.cells.is_empty() && self.unnamed.is_empty() && self.files.is_empty()
    }

    /// Takes what is not compared out of the tables that were made, and gives those that were found without it.
    pub(super) fn settle(&self, made: &mut Files, found: &Files) -> Files {
        made.retain(|path, _| !self.files.contains(path.as_str()));
        let tables = made.keys().filter_map(|path| Some((path.clone(), found.get(path)?.clone())));
        let mut settled: Files = tables.collect();
        self.population(made, &mut settled);
        for path in ABOUT_PEOPLE {
            self.about_people(path, made);
            self.about_people(path, &mut settled);
        }
        settled
    }

    /// The cells of the table of people as they are found; and the rows of those who are there once each, in their order.
    fn population(&self, made: &mut Files, settled: &mut Files) {
        if self.cells.is_empty() && !self.is_list_otherwise {
            return;
        }
        let (Some(mut should), Some(says)) = (table(made, POPULATION), table(settled, POPULATION)) else {
            return;
        };
        let mut by_number: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for row in says.rows {
            by_number.entry(number(&row)).or_insert(row);
        }
        for row in &mut should.rows {
            let Some((columns, other)) = self.cells.get(&number(row)).zip(by_number.get(&number(row))) else {
                continue;
            };
            for (place, _) in
                should.header.iter().enumerate().filter(|(_, name)| columns.contains(name.as_str()))
            {
                row[place] = other.get(place).cloned().unwrap_or_default();
            }
        }
        if self.is_list_otherwise {
            let rows = should.rows.iter().filter_map(|row| by_number.remove(&number(row))).collect();
            settled.insert(POPULATION.to_owned(), Rows { header: says.header, rows }.written());
        }
        made.insert(POPULATION.to_owned(), should.written());
    }

    /// The rows of whoever is known in the log, without what is no identifier.
    fn about_people(&self, path: &str, files: &mut Files) {
        let Some(mut table) = table(files, path) else { return };
        let before = table.rows.clone();
        table.rows.retain(|row| !self.strangers.contains(&number(row)));
        if path == "waivers.csv" {
            for row in &mut table.rows {
                let number = number(row);
                let Some(says) = row.get_mut(1) else { continue };
                if self.unnamed.contains(&(number, bare(says).into_owned())) {
                    says.clear();
                }
            }
        }
        if table.rows != before {
            files.insert(path.to_owned(), table.written());
        }
    }
}

/// A table as it is written: its cells are no formulas.
struct Rows {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Rows {
    fn written(&self) -> Vec<u8> {
        let header: Vec<&str> = self.header.iter().map(String::as_str).collect();
        csv(&header, &self.rows, Mark::Utf8)
    }
}

fn table(files: &Files, path: &str) -> Option<Rows> {
    let mut rows = rows(files.get(path)?).ok()?;
    let header = if rows.is_empty() { return None } else { rows.remove(0) };
    Some(Rows { header, rows })
}

fn number(row: &[String]) -> String {
    row.first().map(|cell| bare(cell).into_owned()).unwrap_or_default()
}
