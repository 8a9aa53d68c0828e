//! How values of ours are written in a column, there and back.

use std::error::Error;
use std::str::FromStr;

use rusqlite::Row;
use rusqlite::types::Type;

use crate::progress::ModulePart;
use crate::quiz::response::{Certainty, Response};

pub(super) fn response_text(response: &Response) -> String {
    serde_json::to_string(response).expect("texts, lists and maps of text can always be written as JSON")
}

pub(super) fn certainty_text(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Sure => "sure",
        Certainty::Fairly => "fairly",
        Certainty::Guessing => "guessing",
    }
}

pub(super) fn part_text(part: &ModulePart) -> (&'static str, &str) {
    match part {
        ModulePart::Lesson(path) => ("lesson", path),
        ModulePart::Check(quiz) => ("check", quiz.as_str()),
    }
}

/// The lesson or check whose kind stands in one column and whose name in another.
pub(super) fn part(row: &Row<'_>, kind: usize, name: usize) -> rusqlite::Result<ModulePart> {
    match row.get_ref(kind)?.as_str()? {
        "lesson" => Ok(ModulePart::Lesson(row.get(name)?)),
        "check" => Ok(ModulePart::Check(parsed(row, name)?)),
        other => Err(unreadable(kind, format!("unknown part {other:?}"))),
    }
}

/// A text column as the type that it was written from.
pub(super) fn parsed<T>(row: &Row<'_>, column: usize) -> rusqlite::Result<T>
where
    T: FromStr,
    T::Err: Error + Send + Sync + 'static,
{
    let text = row.get_ref(column)?.as_str()?;
    text.parse().map_err(|error: T::Err| unreadable(column, error))
}

/// The same, where there may be nothing.
pub(super) fn parsed_if_any<T>(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<T>>
where
    T: FromStr,
    T::Err: Error + Send + Sync + 'static,
{
    let text = row.get_ref(column)?.as_str_or_null()?;
    text.map(|text| text.parse().map_err(|error: T::Err| unreadable(column, error))).transpose()
}

pub(super) fn response(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Response>> {
    let text = row.get_ref(column)?.as_str_or_null()?;
    text.map(|text| serde_json::from_str(text).map_err(|error| unreadable(column, error))).transpose()
}

pub(super) fn certainty(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Certainty>> {
    match row.get_ref(column)?.as_str_or_null()? {
        None => Ok(None),
        Some("sure") => Ok(Some(Certainty::Sure)),
        Some("fairly") => Ok(Some(Certainty::Fairly)),
        Some("guessing") => Ok(Some(Certainty::Guessing)),
        Some(other) => Err(unreadable(column, format!("unknown certainty {other:?}"))),
    }
}

pub(super) fn unreadable(column: usize, error: impl Into<Box<dyn Error + Send + Sync>>) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, error.into())
}
