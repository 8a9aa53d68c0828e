//! How values of ours are written in a column of the registry, there and back.

use std::error::Error;
use std::str::FromStr;

use rusqlite::Row;
use rusqlite::types::Type;
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::record::verdict::Outcome;
use crate::registry::terms::Levels;

/// Words and identifiers, by their own reading.
pub(super) fn parsed<T>(row: &Row<'_>, column: usize) -> rusqlite::Result<T>
where
    T: FromStr,
    T::Err: Error + Send + Sync + 'static,
{
    let text = row.get_ref(column)?.as_str()?;
    text.parse().map_err(|error: T::Err| unreadable(column, Type::Text, error))
}

/// The same, where there may be nothing.
pub(super) fn parsed_if_any<T>(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<T>>
where
    T: FromStr,
    T::Err: Error + Send + Sync + 'static,
{
    let text = row.get_ref(column)?.as_str_or_null()?;
    text.map(|text| text.parse().map_err(|error: T::Err| unreadable(column, Type::Text, error))).transpose()
}

pub(super) fn time(row: &Row<'_>, column: usize) -> rusqlite::Result<Timestamp> {
    let seconds = row.get(column)?;
    Timestamp::from_unix(seconds).ok_or(rusqlite::Error::IntegralValueOutOfRange(column, seconds))
}

/// The same, where there may be nothing.
pub(super) fn time_if_any(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Timestamp>> {
    let there: Option<i64> = row.get(column)?;
    there.map(|_| time(row, column)).transpose()
}

pub(super) fn bytes<const N: usize>(row: &Row<'_>, column: usize) -> rusqlite::Result<[u8; N]> {
    let bytes = row.get_ref(column)?.as_blob()?;
    bytes.try_into().map_err(|error| unreadable(column, Type::Blob, error))
}

pub(super) fn digest(row: &Row<'_>, column: usize) -> rusqlite::Result<Digest> {
    Ok(Digest::from_bytes(bytes(row, column)?))
}

pub(super) fn digest_if_any(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Digest>> {
    let there = row.get_ref(column)?.as_blob_or_null()?.is_some();
    there.then(|| digest(row, column)).transpose()
}

pub(super) fn uuid(row: &Row<'_>, column: usize) -> rusqlite::Result<Uuid> {
    Ok(Uuid::from_bytes(bytes(row, column)?))
}

pub(super) fn uuid_if_any(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Uuid>> {
    let bytes = row.get_ref(column)?.as_blob_or_null()?;
    bytes
        .map(|bytes| Uuid::from_slice(bytes).map_err(|error| unreadable(column, Type::Blob, error)))
        .transpose()
}

/// The one word that serde has for a value of an enum without content, such as `approved`.
pub(super) fn word<T: Serialize>(value: &T) -> String {
    let written = serde_json::to_value(value).expect("a word can be written");
    written.as_str().expect("an enum without content is written as a word").to_owned()
}

pub(super) fn of_word<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text = row.get_ref(column)?.as_str()?;
    T::deserialize(serde::de::value::StrDeserializer::<serde::de::value::Error>::new(text))
        .map_err(|error| unreadable(column, Type::Text, error))
}

pub(super) fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("our own values have text keys")
}

pub(super) fn of_json<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text = row.get_ref(column)?.as_str()?;
    serde_json::from_str(text).map_err(|error| unreadable(column, Type::Text, error))
}

pub(super) fn levels_text(levels: Levels) -> String {
    let letter = |outcome| match outcome {
        Outcome::Pass => 'p',
        Outcome::Fail => 'f',
        Outcome::Unknown => 'u',
    };
    levels.0.into_iter().map(letter).collect()
}

pub(super) fn levels(row: &Row<'_>, column: usize) -> rusqlite::Result<Levels> {
    let text = row.get_ref(column)?.as_str()?;
    let mut outcomes = [Outcome::Unknown; 5];
    if text.len() != outcomes.len() {
        return Err(unreadable(column, Type::Text, format!("not five levels: {text:?}")));
    }
    for (outcome, letter) in outcomes.iter_mut().zip(text.bytes()) {
        *outcome = match letter {
            b'p' => Outcome::Pass,
            b'f' => Outcome::Fail,
            b'u' => Outcome::Unknown,
            _ => return Err(unreadable(column, Type::Text, format!("not five levels: {text:?}"))),
        };
    }
    Ok(Levels(outcomes))
}

fn unreadable(column: usize, kind: Type, error: impl Into<Box<dyn Error + Send + Sync>>) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, kind, error.into())
}
