//! What stands in the files of an evidence pack, read as it is told.

use chrono::NaiveDate;
use std::borrow::Cow;

use serde::{Deserialize, Deserializer, de};
use uuid::Uuid;

use super::text;
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::id::CourseId;
use crate::log::{Pseudonym, Salt};
use crate::record::claims::AcknowledgementClaim;
use crate::registry::dossier::{TakenBack, WaiverState};
use crate::registry::evidence::recount::Opening;
use crate::report::evidence::Files;
use crate::report::table::{rows, text as bare};

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

/// What a table says of an exception beside what the log does.
#[derive(Clone, Default)]
pub(super) struct WaiverCells {
    pub(super) said: WaiverText,
    pub(super) taken_back_by: String,
    pub(super) taken_back_because: String,
}

impl WaiverCells {
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
    let named = record.to_string();
    let row = table.rows.iter().find(|row| table.cell(row, "record") == named)?;
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

/// What the pack is about.
pub(super) fn facts(files: &Files) -> Result<Facts, String> {
    if !files.contains_key("pack.json") {
        return Err(
            "pack.json is missing: an earlier version made this pack, and its tables cannot be made again"
                .to_owned(),
        );
    }
    let facts: Facts =
        serde_json::from_str(text(files, "pack.json")).map_err(|error| format!("pack.json: {error}"))?;
    if facts.format != 1 {
        return Err("pack.json: the pack is of a later format than this program reads".to_owned());
    }
    Ok(facts)
}

pub(super) fn openings(files: &Files) -> Result<Vec<Opening>, String> {
    let lines = text(files, "log/opened.jsonl").lines().enumerate();
    let opening = |(index, line): (usize, &str)| {
        let fault = |words: &str| format!("log/opened.jsonl:{}: {words}", index + 1);
        let line: OpeningLine = serde_json::from_str(line).map_err(|error| fault(&error.to_string()))?;
        let salt = salt(&line.salt).ok_or_else(|| fault("the salt is not 64 hexadecimal digits"))?;
        Ok(Opening { index: line.entry, salt, text: line.text })
    };
    lines.map(opening).collect()
}

pub(super) fn salt(hex: &str) -> Option<Salt> {
    let digest: Digest = format!("sha256:{hex}").parse().ok()?;
    Some(Salt::from_bytes(*digest.as_bytes()))
}

pub(super) fn pseudonyms(lines: &str) -> Result<Vec<Pseudonym>, String> {
    let pseudonym = |line: &str| {
        let digest = line.parse().map_err(|_| "log/left-out.txt has a line that is no digest".to_owned())?;
        Ok(Pseudonym::from_digest(digest))
    };
    lines.lines().map(pseudonym).collect()
}
