//! A course as one file: a zip archive that unpacks to the same files, and so to the same digest, as the folder it came from.
//!
//! A pack comes from anywhere. What could make two readers see different files (two entries of one name, names that
//! differ in case only, links, directories that disagree) or write outside the course (absolute names, `..`) is refused,
//! and so is what unpacks to more than a course can be. Nothing is ever written to disk.

mod harm;
mod layout;
mod write;

use std::collections::BTreeSet;
use std::fmt;
use std::io::{Cursor, Read as _};
use std::ops::Bound;

use unicode_normalization::UnicodeNormalization as _;
use zip::ZipArchive;

use super::CourseFiles;
use super::path::{self, BadPath};

pub use harm::{Harm, harm};
use layout::Entry;
pub use write::{archive, write};

/// The most bytes a pack may have.
pub const MAX_PACK: usize = 64 << 20;
/// The most entries a pack may have.
pub const MAX_ENTRIES: usize = 2_000;
/// The most bytes a pack may unpack to.
pub const MAX_UNPACKED: u64 = 256 << 20;
/// How many times its packed size an entry may have when it is unpacked. Lessons and quizzes stay far below 50; deflate
/// itself ends at 1032.
pub const MAX_RATIO: u64 = 200;
/// What to do with an archive that is not looked into as it is. What is unpacked beside other files could take their place.
pub const WITH_CARE: &str = "look at its list of files first, and unpack it only into an empty folder";
/// The most bytes of a file's or folder's name on the file systems of today (`NAME_MAX`).
const MAX_NAME: usize = 255;
/// Folders within folders, as many as a course folder may have.
const MAX_FOLDERS: usize = 16;
/// What an entry may unpack to whatever its ratio is: a small file of spaces harms nobody.
const HARMLESS: u64 = 1 << 20;

/// Why a pack is refused. Names come from the pack: show them as printable text only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PackError {
    /// More than [`MAX_PACK`] bytes.
    TooLarge,
    /// More than [`MAX_ENTRIES`] entries.
    TooManyEntries,
    /// More than [`MAX_UNPACKED`] bytes when unpacked.
    UnpacksTooLarge,
    /// This entry unpacks to more than [`MAX_RATIO`] times its packed size.
    Bomb(String),
    /// Entries share bytes, so that they unpack to more than is there.
    Overlapping,
    /// Not a zip archive, or a damaged one.
    NotAnArchive(String),
    /// Two entries have this name, or names that some computers take for one: they differ in capitals only, or in how
    /// accents are written.
    SameName(String),
    /// This name cannot stand in a course, and why.
    BadName {
        /// The name.
        name: String,
        /// What it does to whoever unpacks the archive.
        kind: NameKind,
        /// Why.
        reason: String,
    },
    /// This entry is a link, or a device.
    NotAFile(String),
    /// This entry is encrypted.
    Encrypted(String),
    /// This entry uses a feature of zip archives that lets readers disagree, or that no course needs.
    Unsupported {
        /// Its name.
        name: String,
        /// Which.
        feature: &'static str,
    },
    /// What stands before this entry is not what the directory says of it, so two readers could see two courses.
    Contradiction(String),
    /// This entry cannot be unpacked.
    Damaged {
        /// Its name.
        name: String,
        /// Why.
        reason: String,
    },
}

/// What a name that cannot stand in a course does to whoever unpacks the archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameKind {
    /// It may lead out of the folder, or steer a terminal: no innocent tool writes one.
    Hostile,
    /// Nothing bad: some computers cannot have it, or nobody can tell how it is written.
    Unreadable,
}

impl NameKind {
    fn of(name: &str) -> Self {
        let has_drive = matches!(name.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic());
        let leads_out = name.starts_with('/') || has_drive || name.split('/').any(|part| part == "..");
        // Some take `\\` for `/`.
        if leads_out || name.chars().any(|c| c == '\\' || c.is_control()) {
            Self::Hostile
        } else {
            Self::Unreadable
        }
    }
}

impl PackError {
    fn bad_name(name: &str, reason: impl fmt::Display) -> Self {
        Self::BadName { name: name.to_owned(), kind: NameKind::of(name), reason: reason.to_string() }
    }
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => write!(f, "the pack is larger than {} MiB", MAX_PACK >> 20),
            Self::TooManyEntries => write!(f, "the pack has more than {MAX_ENTRIES} entries"),
            Self::UnpacksTooLarge => write!(f, "the pack unpacks to more than {} MiB", MAX_UNPACKED >> 20),
            Self::Bomb(name) => {
                write!(f, "{}: unpacks to more than {MAX_RATIO} times its packed size", Name(name))
            }
            Self::Overlapping => f.write_str("its entries overlap, so that it unpacks to more than is in it"),
            Self::NotAnArchive(reason) => write!(f, "not a course pack: {reason}"),
            Self::SameName(name) => {
                write!(
                    f,
                    "{}: two entries of this name, or names that some computers take for one",
                    Name(name)
                )
            }
            Self::BadName { name, reason, .. } => {
                write!(f, "{}: no name for a file of a pack, {reason}", Name(name))
            }
            Self::NotAFile(name) => write!(f, "{}: a link or device, not a file", Name(name)),
            Self::Encrypted(name) => write!(f, "{}: encrypted", Name(name)),
            Self::Unsupported { name, feature } => {
                write!(f, "{}: {feature} cannot stand in a pack", Name(name))
            }
            Self::Contradiction(name) => {
                write!(f, "{}: the entry and the directory of the archive contradict each other", Name(name))
            }
            Self::Damaged { name, reason } => write!(f, "{}: cannot be unpacked: {reason}", Name(name)),
        }
    }
}

impl std::error::Error for PackError {}

/// A name in a message: of one that no file can have, both ends.
struct Name<'a>(&'a str);

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const END: usize = 80;
        let Self(name) = *self;
        match (name.char_indices().nth(END), name.char_indices().nth_back(END)) {
            (Some((head, _)), Some((tail, _))) if head < tail => {
                write!(f, "{}…{}", &name[..head], &name[tail..])
            }
            _ => f.write_str(name),
        }
    }
}

/// Whether these bytes begin like a zip archive.
#[must_use]
pub fn is_pack(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// The files of a pack. Every check that needs no unpacking is made before anything is unpacked.
///
/// # Errors
/// Whatever [`PackError`] names.
pub fn read(bytes: &[u8]) -> Result<CourseFiles, PackError> {
    let entries = layout::read(bytes)?;
    check_names(&entries)?;
    check_sizes(&entries)?;
    check_spelling(&entries)?;
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|error| PackError::NotAnArchive(error.to_string()))?;
    let mut files = CourseFiles::new();
    for (index, entry) in entries.into_iter().enumerate().filter(|(_, entry)| !entry.is_folder()) {
        let damaged = |error: &dyn fmt::Display| PackError::Damaged {
            name: entry.name.clone(),
            reason: error.to_string(),
        };
        let unpacked = archive.by_index(index).map_err(|error| damaged(&error))?;
        // Our reading of the directory and the library's: were they not one, the checks above would be for nothing.
        if unpacked.name_raw() != entry.name.as_bytes() {
            return Err(PackError::Contradiction(entry.name));
        }
        let mut content = Vec::new();
        // The announced size is the pack's word; what counts is what comes out.
        unpacked.take(entry.size + 1).read_to_end(&mut content).map_err(|error| damaged(&error))?;
        if content.len() as u64 != entry.size {
            return Err(PackError::Contradiction(entry.name));
        }
        files.insert(entry.name, content);
    }
    Ok(files)
}

/// The folders of a pack that nothing lies in. They are no part of a course, and whoever unpacks it gets them.
///
/// # Errors
/// When it is not an archive of the kind that is read here.
pub fn empty_folders(bytes: &[u8]) -> Result<Vec<String>, PackError> {
    let names: BTreeSet<String> = layout::read(bytes)?.into_iter().map(|entry| entry.name).collect();
    // Behind its own name stands what lies in it.
    let is_empty = |name: &&String| {
        let mut others = names.range::<str, _>((Bound::Excluded(name.as_str()), Bound::Unbounded));
        name.ends_with('/') && !others.next().is_some_and(|other| other.starts_with(name.as_str()))
    };
    Ok(names.iter().filter(is_empty).map(|name| name.trim_end_matches('/').to_owned()).collect())
}

/// No name is hostile, and no two are one on any computer.
fn check_names(entries: &[Entry]) -> Result<(), PackError> {
    let (mut known, mut folders) = (BTreeSet::new(), BTreeSet::new());
    for entry in entries {
        if NameKind::of(&entry.name) == NameKind::Hostile {
            spelling(entry)?;
        }
        let name = folded(entry.path());
        // Deeper no name may lie, and one of 64 KiB has 32,000 folders, which together are a gigabyte.
        folders.extend(name.match_indices('/').take(MAX_FOLDERS + 1).map(|(at, _)| name[..at].to_owned()));
        if !known.insert(name) {
            return Err(PackError::SameName(entry.name.clone()));
        }
    }
    // Whoever unpacks the archive would get the file or what lies in the folder, never both.
    let is_folder_too = |entry: &&Entry| !entry.is_folder() && folders.contains(&folded(&entry.name));
    match entries.iter().find(is_folder_too) {
        Some(entry) => Err(PackError::SameName(entry.name.clone())),
        None => Ok(()),
    }
}

/// Every name can stand on every computer. This comes last: an innocent name must not hide what does harm behind it.
fn check_spelling(entries: &[Entry]) -> Result<(), PackError> {
    entries.iter().try_for_each(spelling)
}

fn spelling(entry: &Entry) -> Result<(), PackError> {
    let (path, bad) =
        (entry.path(), |reason: &dyn fmt::Display| Err(PackError::bad_name(&entry.name, reason)));
    match path::is_portable(path) {
        // What systems add on their own (`__MACOSX/`, `.DS_Store`) is no part of the course and does no harm.
        Ok(()) | Err(BadPath::Hidden) => {}
        Err(reason) => return bad(&reason),
    }
    if !entry.is_marked {
        return bad(&"it is not marked as UTF-8");
    }
    if path.split('/').any(|name| name.len() > MAX_NAME) {
        return bad(&format_args!("a part of it is longer than {MAX_NAME} bytes"));
    }
    if path.matches('/').count() > MAX_FOLDERS {
        return bad(&format_args!("it lies more than {MAX_FOLDERS} folders deep"));
    }
    Ok(())
}

/// A name as the most forgetful file system knows it: capitals, the way accents are written, and dots and spaces at the end of
/// a part do not count.
pub(super) fn folded(name: &str) -> String {
    // Up first: `ß` is `SS` in capitals, and a file system that folds fully takes the two for one.
    let name: String = name.nfd().collect::<String>().to_uppercase().to_lowercase().nfd().collect();
    name.split('/').map(|part| part.trim_end_matches(['.', ' '])).collect::<Vec<_>>().join("/")
}

/// An entry that is made to fill a disk is named, however much the others unpack to.
fn check_sizes(entries: &[Entry]) -> Result<(), PackError> {
    let is_bomb = |entry: &&Entry| entry.size > HARMLESS && entry.size > entry.packed * MAX_RATIO;
    if let Some(entry) = entries.iter().find(is_bomb) {
        return Err(PackError::Bomb(entry.name.clone()));
    }
    // At most 2,000 numbers of 32 bits: nothing here overflows.
    if entries.iter().map(|entry| entry.size).sum::<u64>() > MAX_UNPACKED {
        return Err(PackError::UnpacksTooLarge);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
