//! What stands in the files of an evidence pack, read as it is told.

use chrono::NaiveDate;
use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, de};
use serde_json::Value;
use uuid::Uuid;

use super::fault::Fault;
use super::text;
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::id::CourseId;
use crate::log::{Pseudonym, Salt};
use crate::record::claims::AcknowledgementClaim;
use crate::record::json;
use crate::registry::dossier::{TakenBack, WaiverState};
use crate::registry::evidence::Review;
use crate::registry::evidence::recount::Opening;
use crate::report::evidence::Files;
use crate::report::table::{rows, text as bare};

/// Where the texts stand that entries bind.
pub(super) const OPENED: &str = "log/opened.jsonl";

/// `pack.json`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Facts {
    pub(super) format: u32,
    pub(super) program: String,
    pub(super) course: CourseId,
    pub(super) title: String,
    pub(super) from: NaiveDate,
    pub(super) to: NaiveDate,
    pub(super) as_of: Timestamp,
    pub(super) expiring_days: u32,
    pub(super) left_out: usize,
    pub(super) sample: Option<SampleFacts>,
    pub(super) controls: Vec<String>,
    pub(super) findings: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleFacts {
    pub(super) seed: String,
    pub(super) size: usize,
}

/// A line of `log/opened.jsonl`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OpeningLine {
    entry: u64,
    salt: String,
    text: String,
}

/// The rows of a table by the names of their columns, as texts and not as cells.
pub(super) struct Table {
    pub(super) header: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

impl Table {
    pub(super) fn of(files: &Files, path: &str) -> Result<Self, String> {
        let bytes = files.get(path).ok_or_else(|| format!("{path} is missing"))?;
        let mut rows = rows(bytes).map_err(|error| format!("{path} is not a table: {error}"))?;
        if rows.is_empty() {
            return Err(format!("{path} is not a table"));
        }
        let header = rows.remove(0);
        for cell in rows.iter_mut().flatten() {
            if let Cow::Owned(text) = bare(cell) {
                *cell = text;
            }
        }
        Ok(Self { header, rows })
    }

    pub(super) fn cell<'a>(&self, row: &'a [String], column: &str) -> &'a str {
        let place = self.header.iter().position(|name| name == column);
        place.and_then(|place| row.get(place)).map_or("", String::as_str)
    }
}

/// What a row of the table says of an exception.
#[derive(Clone, Default)]
pub(super) struct WaiverCells {
    /// By which it is held against the log: when it was given, until when it holds, and whether it was taken back.
    pub(super) logged: [String; 3],
    pub(super) said: WaiverText,
    pub(super) taken_back_by: String,
    pub(super) taken_back_because: String,
}

/// What the table says of an exception, as far as the log has it.
pub(super) fn waiver_logged(state: &WaiverState) -> [String; 3] {
    let taken_back = if state.taken_back.is_some() { "yes" } else { "no" };
    [state.at.to_string(), state.until.to_string(), taken_back.to_owned()]
}

impl WaiverCells {
    /// The rows of the table by the number of the person, in its order. One without an identifier has that of nobody. A table
    /// that cannot be read, which is told, has none.
    pub(super) fn by_number(files: &Files) -> BTreeMap<String, Vec<Self>> {
        let mut rows: BTreeMap<String, Vec<Self>> = BTreeMap::new();
        let Ok(table) = Table::of(files, "waivers.csv") else { return rows };
        for row in &table.rows {
            let text = |column| table.cell(row, column).to_owned();
            let id = table.cell(row, "waiver").parse().unwrap_or_default();
            let cells = Self {
                logged: ["given", "until", "taken back"].map(text),
                said: WaiverText { id, approver: text("approver"), reason: text("reason") },
                taken_back_by: text("taken back by"),
                taken_back_because: text("taken back because"),
            };
            rows.entry(text("number")).or_default().push(cells);
        }
        rows
    }

    /// The exceptions of somebody, each with what its row says of it: the first that says the same as the log, or else the first
    /// that is nobody's.
    pub(super) fn beside(logged: Vec<&WaiverState>, rows: &[Self]) -> Vec<WaiverState> {
        let mut rows: Vec<Option<&Self>> = rows.iter().map(Some).collect();
        let mut take = |is_it: &dyn Fn(&Self) -> bool| {
            let place = rows.iter().position(|row| row.is_some_and(is_it));
            place.and_then(|place| rows[place].take())
        };
        let same: Vec<Option<&Self>> =
            logged.iter().map(|state| take(&|row| row.logged == waiver_logged(state))).collect();
        let told = logged.into_iter().zip(same);
        told.map(|(state, same)| same.or_else(|| take(&|_| true)).cloned().unwrap_or_default().about(state))
            .collect()
    }

    /// An exception as the log has it, with what the table says of it.
    pub(super) fn about(self, logged: &WaiverState) -> WaiverState {
        let WaiverText { approver, id, reason } = self.said;
        let (by, because) = (self.taken_back_by, self.taken_back_because);
        let taken_back = logged.taken_back.as_ref();
        let taken_back = taken_back.map(|logged| TakenBack { index: logged.index, by, reason: because });
        WaiverState { id, taken_back, approver, reason, ..logged.clone() }
    }
}

/// What the log binds of an exception, as a file says it.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WaiverText {
    pub(super) approver: String,
    #[serde(deserialize_with = "uuid")]
    pub(super) id: Uuid,
    pub(super) reason: String,
}

fn uuid<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Uuid, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
}

/// What `acknowledgements.csv` says that somebody agreed to in a record.
pub(super) fn acknowledgement(files: &Files, record: &Digest) -> Option<AcknowledgementClaim> {
    let table = Table::of(files, "acknowledgements.csv").ok()?;
    let row = row_of(&table, record)?;
    let text = |column| table.cell(row, column).to_owned();
    Some(AcknowledgementClaim {
        at: text("agreed").parse().ok()?,
        digest: text("policy digest").parse().ok()?,
        language: text("language"),
        meaning: text("meaning"),
        policy: text("policy"),
        statement: text("statement"),
    })
}

/// What `acknowledgements.csv` says of when that was.
pub(super) fn agreed_at(files: &Files, record: &Digest) -> Option<String> {
    let table = Table::of(files, "acknowledgements.csv").ok()?;
    Some(table.cell(row_of(&table, record)?, "agreed").to_owned())
}

/// What the file of a record says of when that was, whoever signed it.
pub(super) fn agreed_in(bytes: &[u8]) -> Option<String> {
    let said: Value = serde_json::from_slice(bytes).ok()?;
    said.pointer("/credentialSubject/acknowledgement/at")?.as_str().map(str::to_owned)
}

/// The rows of `waivers.csv` without an identifier: the number, and what stands there.
pub(super) fn unnamed_waivers(files: &Files) -> Vec<(String, String)> {
    let Ok(table) = Table::of(files, "waivers.csv") else { return Vec::new() };
    let cells =
        table.rows.iter().map(|row| ["number", "waiver"].map(|column| table.cell(row, column).to_owned()));
    cells.filter(|[_, says]| says.parse::<Uuid>().is_err()).map(|[number, says]| (number, says)).collect()
}

/// By which identifiers `population.csv` calls the exceptions that statuses rest on, by number.
pub(super) fn waivers_of_people(files: &Files) -> BTreeMap<String, Uuid> {
    let Ok(table) = Table::of(files, "population.csv") else { return BTreeMap::new() };
    let named = table.rows.iter().filter_map(|row| {
        Some((table.cell(row, "number").to_owned(), table.cell(row, "waiver").parse().ok()?))
    });
    named.collect()
}

fn row_of<'a>(table: &'a Table, record: &Digest) -> Option<&'a [String]> {
    let named = record.to_string();
    table.rows.iter().find(|row| table.cell(row, "record") == named).map(Vec::as_slice)
}

/// Who decided about a record at that time, and why, as `reviews.csv` has it.
pub(super) fn decision(files: &Files, review: &Review) -> (String, String) {
    let Ok(table) = Table::of(files, "reviews.csv") else { return Default::default() };
    let (record, at) = (review.record.to_string(), review.at.to_string());
    let is_it = |row: &&Vec<String>| table.cell(row, "record") == record && table.cell(row, "decided") == at;
    let row = table.rows.iter().find(is_it);
    row.map(|row| (table.cell(row, "by").to_owned(), table.cell(row, "reason").to_owned()))
        .unwrap_or_default()
}

/// What the pack is about.
pub(super) fn facts(files: &Files) -> Result<Facts, String> {
    if !files.contains_key("pack.json") {
        return Err(
            "pack.json is missing: without it the tables cannot be made again; ask HR for the whole pack again"
                .to_owned(),
        );
    }
    let facts: Facts = json::read(&files["pack.json"]).map_err(|fault| format!("pack.json: {fault}"))?;
    if facts.format != 1 {
        return Err("pack.json: the pack is of a later format than this program reads".to_owned());
    }
    Ok(facts)
}

/// The texts that entries bind, and the lines that are none.
pub(super) fn openings(files: &Files) -> (Vec<Opening>, Vec<Fault>) {
    let text = text(files, OPENED);
    let lines = text.lines().enumerate();
    let opening = |(index, line): (usize, &str)| {
        let read = serde_json::from_str(line).ok().and_then(|OpeningLine { entry, salt: hex, text }| {
            Some(Opening { index: entry, salt: salt(&hex)?, text })
        });
        read.ok_or_else(|| Fault::in_line(OPENED, index + 1, "is no entry with a secret and a text"))
    };
    parted(lines.map(opening))
}

/// What could be read, and what is told of the rest.
fn parted<T>(read: impl Iterator<Item = Result<T, Fault>>) -> (Vec<T>, Vec<Fault>) {
    let (mut sound, mut faults) = (Vec::new(), Vec::new());
    for one in read {
        match one {
            Ok(one) => sound.push(one),
            Err(fault) => faults.push(fault),
        }
    }
    (sound, faults)
}

pub(super) fn salt(hex: &str) -> Option<Salt> {
    let digest: Digest = format!("sha256:{hex}").parse().ok()?;
    Some(Salt::from_bytes(*digest.as_bytes()))
}

/// Who is left out, as the log names them, and the lines that name nobody.
pub(super) fn left_out(files: &Files) -> (Vec<Pseudonym>, Vec<Fault>) {
    let pseudonym = |(index, line): (usize, &str)| {
        let digest =
            line.parse().map_err(|_| Fault::in_line("log/left-out.txt", index + 1, "is no digest"))?;
        Ok(Pseudonym::from_digest(digest))
    };
    parted(text(files, "log/left-out.txt").lines().enumerate().map(pseudonym))
}
