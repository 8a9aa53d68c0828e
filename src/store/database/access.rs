//! Whether a database is opened as usual, or read as it stands because nothing can be written beside it: on a disc, on a
//! disk that is mounted read-only, in a folder that belongs to somebody else.
//!
//! SQLite wants to write beside a database in WAL mode even to read it. It reads without that only what it is promised
//! nobody changes (`immutable`), so it is looked at afterwards whether somebody did.

use std::borrow::Cow;
use std::fs;
use std::path::Path;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::open::appended;
use crate::files::{Draft, Existing, Privacy, Stamp};

/// How a database is open.
#[derive(Debug)]
pub(in crate::store) enum Access {
    /// To be read and written, beside other copies.
    Full,
    /// To be read as it stood when it was opened.
    AsItStands(Stamp),
}

/// What can be done about a database that cannot be opened as usual.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// It is read as it stands.
    AsItStands,
    /// What was written last lies beside it and cannot be read without writing.
    LogUnread,
    /// The folder is not why.
    None,
}

/// The way to read the database at `path`, which could not be opened because of `error`.
pub(super) fn way(path: &Path, error: &rusqlite::Error) -> Way {
    let log = fs::metadata(appended(path, "-wal")).map_or(0, |log| log.len());
    // A file that is made and removed again: modes and mounts do not say it all.
    let probe = || Draft::begin(&appended(path, "-probe"), Existing::Refused, Privacy::Private).is_ok();
    decide(error.sqlite_error_code(), log, probe)
}

/// The same of what was found: what SQLite said, how long the log of changes is, and whether the folder can be written.
fn decide(code: Option<ErrorCode>, log: u64, can_write: impl Fn() -> bool) -> Way {
    match code {
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied) if !can_write() => {
            if log == 0 {
                Way::AsItStands
            } else {
                Way::LogUnread
            }
        }
        Some(_) | None => Way::None,
    }
}

/// Opens the database at `path` as it stands.
pub(super) fn open_as_it_stands(path: &Path) -> rusqlite::Result<(Connection, Stamp)> {
    // The file is not opened for it: closing any handle of the database would release SQLite's own locks.
    let stamp = Stamp::of(path).map_err(|_| rusqlite::Error::InvalidPath(path.to_owned()))?;
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let address = address(path.as_os_str().as_encoded_bytes(), System::OURS);
    Ok((Connection::open_with_flags(address, flags)?, stamp))
}

const HEX: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];

/// Whose paths they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum System {
    Unix,
    Windows,
}

impl System {
    const OURS: Self = if cfg!(windows) { Self::Windows } else { Self::Unix };
}

/// The path as an address in which no character of it has a meaning (RFC 3986), with the promise that nobody writes.
fn address(path: &[u8], system: System) -> String {
    let path = match system {
        System::Unix => Cow::Borrowed(path),
        System::Windows => Cow::Owned(with_slashes(path)),
    };
    let mut address = match &*path {
        // Without a host of no name, what stands behind two slashes would be one: SQLite opens files of none.
        [b'/', b'/', ..] => "file://",
        [_, b':', ..] if system == System::Windows => "file:/",
        _ => "file:",
    }
    .to_owned();
    for &byte in &*path {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' | b'/' => address.push(byte.into()),
            b':' if system == System::Windows => address.push(':'),
            byte => address.extend(['%', HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]),
        }
    }
    address + "?immutable=1"
}

/// A path of Windows with slashes, and without the sign that it is to be taken as it is: an address has none for that.
fn with_slashes(path: &[u8]) -> Vec<u8> {
    let path: Vec<u8> = path.iter().map(|byte| if *byte == b'\\' { b'/' } else { *byte }).collect();
    match path.strip_prefix(b"//?/") {
        Some([b'U' | b'u', b'N' | b'n', b'C' | b'c', b'/', share @ ..]) => [b"//", share].concat(),
        Some(drive @ [_, b':', ..]) => drive.to_owned(),
        Some(_) | None => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_folder_that_cannot_be_written_is_read_as_it_stands() {
        let check = |code: Option<ErrorCode>, log: u64, can_write: bool, expected: Way| {
            assert_eq!(decide(code, log, || can_write), expected, "{code:?} {log} {can_write}");
        };
        check(Some(ErrorCode::CannotOpen), 0, false, Way::AsItStands);
        check(Some(ErrorCode::ReadOnly), 0, false, Way::AsItStands);
        check(Some(ErrorCode::CannotOpen), 4096, false, Way::LogUnread);
        check(Some(ErrorCode::CannotOpen), 0, true, Way::None);
        check(Some(ErrorCode::DatabaseCorrupt), 0, false, Way::None);
        check(None, 0, false, Way::None);
    }

    #[test]
    fn no_character_of_a_path_means_anything() {
        let check = |path: &str, system: System, expected: &str| {
            assert_eq!(address(path.as_bytes(), system), format!("{expected}?immutable=1"), "{path}");
        };
        for system in [System::Unix, System::Windows] {
            check("./a/registry.db", system, "file:./a/registry.db");
            check("/a b/x?mode=memory#%1", system, "file:/a%20b/x%3Fmode%3Dmemory%23%251");
            check("/ü", system, "file:/%C3%BC");
            check("//server/share/x", system, "file:////server/share/x");
        }
        check(r"a\b:c", System::Unix, "file:a%5Cb%3Ac");
        check(r"C:\a b\registry.db", System::Windows, "file:/C:/a%20b/registry.db");
        check(r"\\server\share\registry.db", System::Windows, "file:////server/share/registry.db");
        check(r"\\?\C:\a\registry.db", System::Windows, "file:/C:/a/registry.db");
        check(r"\\?\UNC\server\share\registry.db", System::Windows, "file:////server/share/registry.db");
        check(r"\\?\Volume{1}\x", System::Windows, "file:////%3F/Volume%7B1%7D/x");
    }

    /// Two slashes began the name of a host, and SQLite opens files of none.
    #[cfg(unix)]
    #[test]
    fn a_path_that_begins_with_two_slashes_is_opened() {
        let home = crate::files::tempdir().unwrap();
        let path = home.path().join("x.db");
        Connection::open(&path).unwrap().pragma_update(None, "user_version", 5).unwrap();
        let (connection, _) = open_as_it_stands(Path::new(&format!("/{}", path.display()))).unwrap();
        assert_eq!(crate::store::database::layout::version(&connection).unwrap(), 5);
    }
}
