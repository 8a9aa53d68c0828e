//! Completions for other systems: Open Badges, xAPI, CSV and JSON.

pub mod badge;
pub mod xapi;

use serde_json::{Value, json};
use uuid::{Builder, Uuid};

use super::evidence::counts;
use super::table::{Mark, Separator, separated};
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::quiz::mark::points;
use crate::registry::PersonNumber;
use crate::registry::dossier::RecordState;
use crate::registry::terms::Level;

/// A record, as other systems are told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Who.
    pub number: PersonNumber,
    /// As the roster says, if they stand on it.
    pub name: Option<String>,
    /// As the roster says.
    pub department: Option<String>,
    /// The record.
    pub state: RecordState,
    /// The title of the course, if its version is in the archive.
    pub title: Option<String>,
    /// As people call the version.
    pub version: Option<String>,
    /// The first moment at which it does not count any more, for those that count.
    pub expires: Option<Timestamp>,
}

const HEADER: [&str; 20] = [
    "number",
    "name",
    "department",
    "course",
    "title",
    "version",
    "received (UTC)",
    "signed by the device at (UTC)",
    "result",
    "earned",
    "possible",
    "counts",
    "valid until (UTC)",
    "signature",
    "content",
    "grading",
    "identity",
    "time",
    "log entry",
    "record",
];

/// One line a record, safe in spreadsheets.
#[must_use]
pub fn table(lines: &[Line], separator: Separator) -> Vec<u8> {
    let rows = lines.iter().map(|line| {
        let state = &line.state;
        let text = |text: Option<&String>| text.cloned().unwrap_or_default();
        let mut row = vec![
            line.number.to_string(),
            text(line.name.as_ref()),
            text(line.department.as_ref()),
            state.course.to_string(),
            text(line.title.as_ref()),
            text(line.version.as_ref()),
            state.received_at.to_string(),
            state.signed_at.to_string(),
            result(state).to_owned(),
            points(state.earned),
            points(state.possible),
            counts(state).to_owned(),
            line.expires.map(|at| at.to_string()).unwrap_or_default(),
        ];
        row.extend(Level::ALL.map(|level| state.levels.at(level).word().to_owned()));
        row.extend([state.index.to_string(), state.digest.to_string()]);
        row
    });
    separated(separator, &HEADER, rows, Mark::Utf8)
}

/// The same for programs; marks are thousandths of a point.
#[must_use]
pub fn object(line: &Line) -> Value {
    let state = &line.state;
    let levels: serde_json::Map<String, Value> = Level::ALL
        .iter()
        .map(|level| (level.word().to_owned(), json!(state.levels.at(*level).word())))
        .collect();
    json!({
        "person": { "number": line.number, "name": line.name, "department": line.department },
        "course": { "id": state.course, "title": line.title, "version": line.version, "digest": state.version },
        "receivedAt": state.received_at,
        "signedAt": state.signed_at,
        "result": { "earned": state.earned, "possible": state.possible, "passed": state.passed },
        "counts": state.counts(),
        "validUntil": line.expires,
        "levels": levels,
        "logEntry": state.index,
        "record": state.digest,
    })
}

fn result(state: &RecordState) -> &'static str {
    if state.passed { "passed" } else { "not passed" }
}

/// An identifier that is the same whenever the same record is exported, so that a system that has it knows it again.
fn identifier(purpose: &str, record: &Digest) -> Uuid {
    let digest = Digest::of_fields([purpose, &record.to_string()]);
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest.as_bytes()[..16]);
    // Named like an identifier of version 5, which systems take; theirs would be of SHA-1.
    Builder::from_sha1_bytes(bytes).into_uuid()
}

/// A record for the tests of the formats.
#[cfg(test)]
fn specimen() -> (Line, crate::record::Completion) {
    use crate::record::verdict::Outcome;
    use crate::registry::terms::{Levels, Treatment};
    let bytes = include_bytes!("../../tests/vectors/valid/assigned.json");
    let record = crate::record::read_completion(bytes).expect("a sound record");
    let received_at: Timestamp = "2026-11-23T08:00:00Z".parse().expect("a time");
    let line = Line {
        number: PersonNumber::new("012345").expect("a number"),
        name: Some("=Ada Byron".to_owned()),
        department: None,
        state: RecordState {
            digest: record.digest,
            index: 8,
            received_at,
            signed_at: record.created,
            course: record.claims.course.course_id.clone(),
            version: record.claims.course.digest,
            assignment: None,
            earned: 13_001,
            possible: 14_000,
            passed: true,
            levels: Levels([Outcome::Pass; 5]),
            treatment: Treatment::Accept,
            decision: None,
        },
        title: Some("Vectors".to_owned()),
        version: Some("1.0.0".to_owned()),
        expires: Some(received_at.plus_days(365)),
    };
    (line, record)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_safe_and_says_whether_a_record_counts() {
        let (line, _) = specimen();
        let table = String::from_utf8(table(&[line], Separator::COMMA)).expect("text");
        let row = table.lines().nth(1).expect("a row");
        assert!(
            row.starts_with(
                "012345,'=Ada Byron,,vector-course,Vectors,1.0.0,2026-11-23T08:00:00Z,2026-11-22T10:50:00Z,passed,13.001,14,\
                 \"yes, at once\",2027-11-23T08:00:00Z,pass,pass,pass,pass,pass,8,sha256:"
            ),
            "{row}"
        );
    }

    #[test]
    fn an_identifier_belongs_to_one_record_and_purpose() {
        let (one, other) = (Digest::of(b"1"), Digest::of(b"2"));
        assert_eq!(identifier("a", &one), identifier("a", &one));
        assert_ne!(identifier("a", &one), identifier("a", &other));
        assert_ne!(identifier("a", &one), identifier("b", &one));
        assert_eq!(identifier("a", &one).get_version_num(), 5);
    }
}
