//! What comes in one parcel: the files that may be records in archives, mails and mailboxes.
//!
//! Whoever sends one is a stranger. Nothing is written anywhere, so no name can lead anywhere; an archive within an
//! archive is not looked into, so nothing unpacks to more than it says; what is too large to be a record is never held.

mod archive;
mod companion;
mod mail;
mod mailbox;
mod pasted;
mod sealed;
#[cfg(test)]
mod tests;
mod uuencoded;

use std::io::{BufRead, Cursor, Read, Seek};
use std::ops::ControlFlow;
use std::path::MAIN_SEPARATOR;

use crate::record::json::MAX_BYTES;

/// The largest mail that is looked into, in bytes: what mail servers let through at most, and half of it again.
pub const MAX_MAIL: usize = 32 << 20;

/// Something that was found in a parcel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// A file that may be a record: it is named like one or begins like one.
    File {
        /// The path of the parcel and the name within.
        name: String,
        /// At most [`MAX_BYTES`].
        bytes: Vec<u8>,
    },
    /// A file that is something else.
    Other {
        /// The path of the parcel and the name within.
        name: String,
    },
    /// Something that could not be had.
    Unusable {
        /// The path of the parcel and the name within.
        name: String,
        /// Why, and what to do about it.
        why: String,
    },
}

/// Takes what is found, piece by piece, and can end the search.
pub type Take<'a> = &'a mut dyn FnMut(Piece) -> ControlFlow<()>;

/// What a file is, as far as its name and its beginning say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It may be a record.
    Record,
    /// A zip archive.
    Archive,
    /// One mail (RFC 5322).
    Mail,
    /// Several mails in a row (RFC 4155).
    Mailbox,
    /// It may hold records, and cannot be looked into: why, and what helps.
    Sealed(&'static str),
    /// What another program keeps beside a file, under nearly its name: what it is.
    Companion(&'static str),
    /// Anything else.
    Other,
}

/// How much of a file [`Kind::of`] wants to see, in bytes: a tar archive says what it is at the end of a header of so many.
pub const BEGINNING: usize = 512;

impl Kind {
    /// What the file of this name is, of which this is the beginning.
    ///
    /// A record that somebody renamed is still one. An archive is known by its name, or where that has no ending: documents of
    /// office programs are zip archives too, and say by theirs what they are.
    #[must_use]
    pub fn of(name: &str, beginning: &[u8]) -> Self {
        let named = |ending: &str| {
            name.len() >= ending.len()
                && name.as_bytes()[name.len() - ending.len()..].eq_ignore_ascii_case(ending.as_bytes())
        };
        let marks: [&[u8]; 3] = [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"];
        let text = marks.iter().find_map(|mark| beginning.strip_prefix(*mark)).unwrap_or(beginning);
        // In UTF-16 each of these has a zero beside it.
        let first = text.iter().find(|byte| !byte.is_ascii_whitespace() && **byte != 0);
        if first == Some(&b'{') {
            Self::Record
        } else if let Some(what) = companion::of(name, beginning) {
            Self::Companion(what)
        } else if named(".json") {
            Self::Record
        } else if named(".zip") || (!has_ending(name) && beginning.starts_with(b"PK\x03\x04")) {
            Self::Archive
        } else if named(".eml") {
            sealed::why_mail(beginning).map_or(Self::Mail, Self::Sealed)
        } else if named(".mbox") || named(".mbx") || beginning.starts_with(b"From ") {
            sealed::why_mail(beginning).map_or(Self::Mailbox, Self::Sealed)
        } else {
            sealed::why(name, beginning).map_or(Self::Other, Self::Sealed)
        }
    }
}

fn has_ending(path: &str) -> bool {
    path.rsplit(['/', MAIN_SEPARATOR]).next().is_some_and(|name| name.contains('.'))
}

/// Finds the pieces of an archive.
///
/// # Errors
/// Why it cannot be looked into; also in the middle of it, when it is damaged there.
pub fn archive<R: Read + Seek>(
    reader: &mut R,
    name: &str,
    take: Take<'_>,
) -> Result<ControlFlow<()>, String> {
    archive::read(reader, name, take)
}

/// Finds the attachments of a mail of at most [`MAX_MAIL`] bytes.
///
/// # Errors
/// Why it cannot be looked into.
pub fn mail(bytes: &[u8], name: &str, take: Take<'_>) -> Result<ControlFlow<()>, String> {
    mail::read(bytes, name, Within::Folder, take)
}

/// Finds the attachments of all mails of a mailbox.
///
/// # Errors
/// When it cannot be read to its end.
pub fn mailbox<R: BufRead>(reader: &mut R, name: &str, take: Take<'_>) -> Result<ControlFlow<()>, String> {
    mailbox::read(reader, name, Within::Folder, take)
}

/// Where a parcel lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    /// On a disk, or in a mail that does.
    Folder,
    /// In an archive.
    Archive,
}

/// Hands on what was unpacked from a parcel.
fn hand_on(bytes: &[u8], name: &str, within: Within, take: Take<'_>) -> ControlFlow<()> {
    let beginning = &bytes[..bytes.len().min(BEGINNING)];
    let opened = match (Kind::of(name, beginning), within) {
        (Kind::Record, _) if bytes.len() > MAX_BYTES => Err(TOO_LARGE.to_owned()),
        (Kind::Record, _) => {
            return take(Piece::File { name: name.to_owned(), bytes: bytes.to_vec() });
        }
        (Kind::Archive, Within::Folder) => archive::read(&mut Cursor::new(bytes), name, take),
        (Kind::Archive, Within::Archive) => Err(NESTED.to_owned()),
        // A mail can hold a mail, but only as deep as `mail` lets it.
        (Kind::Mail, Within::Archive) => mail::read(bytes, name, within, take),
        (Kind::Mailbox, Within::Archive) => mailbox::read(&mut Cursor::new(bytes), name, within, take),
        // A letter may begin with `From here on`.
        (Kind::Mailbox, Within::Folder) if Kind::of(name, &[]) != Kind::Mailbox => {
            return take(Piece::Other { name: name.to_owned() });
        }
        (Kind::Mail | Kind::Mailbox, Within::Folder) => Err(MAIL_IN_MAIL.to_owned()),
        (Kind::Sealed(why), _) => Err(why.to_owned()),
        (Kind::Companion(_) | Kind::Other, _) => return take(Piece::Other { name: name.to_owned() }),
    };
    match opened {
        Ok(flow) => flow,
        Err(why) => take(Piece::Unusable { name: name.to_owned(), why }),
    }
}

const TOO_LARGE: &str = "is larger than 1 MiB, which no record is";
const NESTED: &str = "is an archive within an archive: unpack the outer one, then collect again";
const MAIL_IN_MAIL: &str = "is a mail as a file within a mail: save it from there, then collect it";
