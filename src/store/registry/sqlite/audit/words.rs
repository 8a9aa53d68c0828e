//! What values are called that are not as they were logged.

use rusqlite::types::Type;
use rusqlite::{Error, Row};

use super::Member;

/// What the members are called, each label once: some are parts of one thing.
pub(super) fn labels(members: &[Member]) -> Vec<String> {
    let mut labels: Vec<String> = Vec::with_capacity(members.len());
    for label in members.iter().map(|member| words(&member.name)) {
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels
}

/// What a member of an entry is called, or a column of a row.
pub(super) fn words(member: &str) -> String {
    match member {
        "approver" => "who approved it",
        "at" => "the time",
        "bytes" | "pack" => "the file",
        "completed" | "signed_at" => "the time of completion",
        "content" | "version" => "the version of the course",
        "details" => "one of its texts (who, why, names)",
        "did" => "the key",
        "disposition" | "treatment" => "whether it counts",
        "due" => "the due date",
        "earned" => "the marks earned",
        "people" => "how many people it changed something for",
        "possible" => "the marks possible",
        "list" => "what it says of people",
        "person" => "whose it is",
        "pins" => "whether its key is the person's",
        "joined" | "left" | "total" => "how many stand on the roster",
        "file" => "the file's digest",
        "key" | "origin" => "the log's name and key",
        "record" => "the record's digest",
        "result" | "passed" => "passed or failed",
        "waiver" => "which waiver it is",
        other => return other.replace('_', " "),
    }
    .to_owned()
}

/// Why a row cannot be read, without the words of a library.
pub(super) fn why_unreadable(row: &Row<'_>, error: &Error) -> String {
    let column = match error {
        Error::InvalidColumnType(column, _, Type::Null) => {
            return format!("{} is missing", named(row, *column));
        }
        Error::InvalidColumnType(column, ..)
        | Error::FromSqlConversionFailure(column, ..)
        | Error::IntegralValueOutOfRange(column, _) => *column,
        _ => usize::MAX,
    };
    format!("{} is not in its form", named(row, column))
}

fn named(row: &Row<'_>, column: usize) -> String {
    row.as_ref().column_name(column).map_or_else(|_| "one of its values".to_owned(), words)
}
