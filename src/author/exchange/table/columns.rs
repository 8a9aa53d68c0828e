//! The header of a table.

use std::collections::{BTreeMap, HashMap};

use csv::StringRecord;

use crate::author::exchange::Note;
use crate::author::exchange::excerpt::quote;

/// Every column there can be, but for the numbered ones.
const NAMES: [&str; 18] = [
    "kind",
    "id",
    "topic",
    "prompt",
    "right",
    "why",
    "source",
    "lesson",
    "points",
    "revision",
    "difficulty",
    "mandatory",
    "tolerance",
    "unit",
    "case_sensitive",
    "all_or_nothing",
    "option",
    "feedback",
];
/// Columns of which there can be many.
const NUMBERED: [&str; 2] = ["option", "feedback"];
/// The most columns of one name, as many as a question has options.
const MOST: usize = 1_000;

/// Which column stands where.
#[derive(Debug)]
pub(super) struct Columns {
    by_name: HashMap<String, usize>,
    /// How many cells a row has.
    pub width: usize,
    /// Where the numbered columns stand, by their number.
    pub numbered: BTreeMap<usize, Places>,
}

/// Where the columns of one number stand.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Places {
    pub option: Option<usize>,
    pub feedback: Option<usize>,
}

impl Columns {
    /// Reads the header.
    pub(super) fn read(record: &StringRecord, line: usize) -> Result<Self, Vec<Note>> {
        let mut columns = Self { by_name: HashMap::new(), width: record.len(), numbered: BTreeMap::new() };
        let mut faults = Vec::new();
        for (place, cell) in record.iter().enumerate() {
            let name = normal(cell);
            if name.is_empty() {
                // Spreadsheets leave empty columns at the end.
                continue;
            }
            match numbered(&name) {
                Some((stem, number)) => {
                    let places = columns.numbered.entry(number).or_default();
                    let of_stem = if stem == "option" { &mut places.option } else { &mut places.feedback };
                    *of_stem = Some(place);
                }
                None if NAMES.contains(&name.as_str()) && !NUMBERED.contains(&name.as_str()) => {}
                None => {
                    faults.push(Note {
                        line,
                        message: format!("unknown column {}", quote(cell)),
                        hint: Some(meant(&name)),
                    });
                    continue;
                }
            }
            if columns.by_name.insert(name, place).is_some() {
                faults.push(Note::with_hint(
                    line,
                    format!("the column {} stands there twice", quote(cell)),
                    "remove one",
                ));
            }
        }
        for required in ["kind", "prompt"] {
            if !columns.by_name.contains_key(required) {
                let hint =
                    "the first line names the columns, such as kind,prompt,option_1,option_2,right,why";
                faults.push(Note::with_hint(line, format!("there is no column `{required}`"), hint));
            }
        }
        if faults.is_empty() { Ok(columns) } else { Err(faults) }
    }

    /// Where the column of this name stands.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }
}

/// A name as it is compared: small letters, and underscores for spaces and hyphens.
pub(super) fn normal(cell: &str) -> String {
    let cell: String = cell.trim().chars().take(64).collect();
    let joined = cell.to_lowercase().replace([' ', '-'], "_");
    // `Option1` and `option_01` are what spreadsheets make of `option_1`.
    match numbered(&joined) {
        Some((stem, number)) => format!("{stem}_{number}"),
        None => joined,
    }
}

fn numbered(name: &str) -> Option<(&'static str, usize)> {
    let stem = NUMBERED.into_iter().find(|stem| name.starts_with(stem))?;
    let digits = name[stem.len()..].trim_start_matches('_');
    let number = digits.parse().ok().filter(|number| (1..=MOST).contains(number))?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then_some((stem, number))
}

fn meant(name: &str) -> String {
    let likeness = |known: &str| {
        strsim::jaro_winkler(known, name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_'))
    };
    let best =
        NAMES.into_iter().map(|known| (likeness(known), known)).filter(|(likeness, _)| *likeness > 0.8);
    let best = best.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, known)| known);
    match best {
        Some(stem) if NUMBERED.contains(&stem) => format!("did you mean `{stem}_1`?"),
        Some(known) => format!("did you mean `{known}`?"),
        None => {
            let single: Vec<&str> = NAMES.into_iter().filter(|name| !NUMBERED.contains(name)).collect();
            format!("known: {}, and option_1, feedback_1 and so on", single.join(", "))
        }
    }
}
