//! Files that a verb writes because it was told to.

use std::path::Path;

use clap::{Args, ValueEnum};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::files::{self, FileError, Privacy};
use crate::record::key::{self, KeyFile};
use crate::report::table::{Mark, Separator};

use super::error::Failure;

/// What to do with another file that is there already.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Replacing {
    /// Replace a file that is there already
    #[arg(long)]
    pub force: bool,
}

impl Replacing {
    /// Writes a file that others may read; with the same bytes it is left as it is.
    pub(super) fn write(self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        if path.is_dir() {
            return Err(Failure::new(format!("{} is a folder", path.display()))
                .hint("give the file in it a name as well"));
        }
        let written = if self.force {
            require_replaceable(path)?;
            files::replace(path, bytes, Privacy::Shared)
        } else {
            files::write_new(path, bytes, Privacy::Shared)
        };
        written.map_err(|error| match error {
            FileError::Exists { .. } => there_already(path),
            error => Failure::file(format!("cannot write {}", path.display()), &error),
        })
    }
}

/// Refuses to write over what nothing could make again: a database, a signing key.
fn require_replaceable(path: &Path) -> Result<(), Failure> {
    // What cannot be read, or is not there, is for the writing to tell.
    let beginning = files::read_beginning(path, key::MAX_BYTES as u64 + 1).unwrap_or_default();
    let what = if beginning.starts_with(b"SQLite format 3\0") {
        "a database"
    } else if KeyFile::parse(&Zeroizing::new(beginning)).is_ok() {
        "a signing key"
    } else {
        return Ok(());
    };
    Err(Failure::new(format!("{} is {what}, which is not written over", path.display()))
        .hint("choose another name"))
}

/// The signs between cells that spreadsheets know.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Delimiter {
    /// ,
    #[default]
    Comma,
    /// ; which spreadsheets expect where numbers have a comma
    Semicolon,
    /// A tab
    Tab,
}

impl From<Delimiter> for Separator {
    fn from(delimiter: Delimiter) -> Self {
        match delimiter {
            Delimiter::Comma => Self::COMMA,
            Delimiter::Semicolon => Self::SEMICOLON,
            Delimiter::Tab => Self::TAB,
        }
    }
}

/// How tables for spreadsheets are written.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct ForSpreadsheets {
    /// Begin CSV with a byte order mark, so that spreadsheets take it for UTF-8
    #[arg(long, requires = "csv")]
    bom: bool,
    /// The sign between the cells of CSV; a comma when left out
    #[arg(long, value_name = "SIGN", value_enum, requires = "csv")]
    delimiter: Option<Delimiter>,
}

impl ForSpreadsheets {
    pub(super) fn mark(self) -> Mark {
        if self.bom { Mark::Utf8 } else { Mark::None }
    }

    pub(super) fn separator(self) -> Separator {
        self.delimiter.unwrap_or_default().into()
    }
}

/// Something else is there, and nobody said that it may go.
pub(super) fn there_already(path: &Path) -> Failure {
    Failure::new(format!("{} is there already", path.display()))
        .hint("choose another name, or write over it with --force")
}
