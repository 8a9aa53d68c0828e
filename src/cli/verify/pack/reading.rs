//! The files of a pack as they are on disk.

use std::path::Path;

use super::super::super::error::Failure;
use super::super::archive;
use crate::auditor::{BEGINNING, MARKS, Read};
use crate::course::pack;
use crate::files::{self, FileError};
use crate::report::evidence::Files;

/// The most that is read of a pack, in bytes; those that are made have some hundred megabytes at most.
const MOST_BYTES: u64 = 1 << 30;

/// Whether somebody named the folder of a pack. One from which something was taken is one still.
pub(in super::super) fn is_one(path: &Path) -> bool {
    let begins = |path: &Path| {
        files::read_beginning(path, BEGINNING.len() as u64).is_ok_and(|bytes| bytes == BEGINNING)
    };
    if path.is_file() {
        return is_archived(path);
    }
    path.is_dir() && (MARKS.iter().any(|mark| path.join(mark).is_file()) || begins(&path.join("README.txt")))
}

/// Whether a file is the archive of a pack: as `hr evidence` writes it, with the list of files or the page of commands first,
/// whatever comes behind; or one that somebody made of the folder.
fn is_archived(path: &Path) -> bool {
    // The first entry (APPNOTE 4.3.7): its name stands behind 30 bytes.
    let longest = 30 + MARKS.iter().map(|mark| mark.len()).max().unwrap_or(0);
    let beginning = files::read_beginning(path, longest as u64).unwrap_or_default();
    let Some(name) = beginning.get(30..).filter(|_| pack::is_pack(&beginning)) else { return false };
    let is_ours =
        name.starts_with(b"README.txt") || MARKS.iter().any(|mark| name.starts_with(mark.as_bytes()));
    let unpacked = || pack::read(&files::read_limited(path, pack::MAX_PACK as u64).ok()?).ok();
    is_ours || unpacked().and_then(|files| Read::of_archive(files, &[])).is_some()
}

/// An archive is read where it is; one that a course pack could not be is unpacked by somebody's own tools.
pub(super) fn read(named: &Path) -> Result<Read, Failure> {
    if named.is_dir() {
        return folder(named);
    }
    let bytes = files::read_limited(named, pack::MAX_PACK as u64).map_err(|error| {
        let failure = || Failure::file(format!("cannot read {}", named.display()), &error);
        archive::kept_apart(named).unwrap_or_else(|| failure().hint(archive::unpack()))
    })?;
    let files = pack::read(&bytes).map_err(|error| archive::not_looked_into(named, &error))?;
    let empty = pack::empty_folders(&bytes).unwrap_or_default();
    Read::of_archive(files, &empty).ok_or_else(|| {
        let words = format!("{} is a zip archive, and no evidence pack", named.display());
        Failure::new(words).hint(archive::unpack())
    })
}

fn folder(folder: &Path) -> Result<Read, Failure> {
    let failure =
        |path: &Path, error: &FileError| Failure::file(format!("cannot read {}", path.display()), error);
    let found = files::find(folder, "");
    let (mut files, mut refused) = (Files::new(), Vec::new());
    for error in &found.errors {
        match error {
            FileError::NotAFile { path } => {
                refused.push(format!("{} is no file", path.strip_prefix(folder).unwrap_or(path).display()));
            }
            FileError::TooDeep { .. } => refused.push(error.to_string()),
            other => return Err(failure(folder, other)),
        }
    }
    let mut left = MOST_BYTES;
    for path in found.files {
        let within = path.strip_prefix(folder).unwrap_or(&path);
        let parts: Option<Vec<&str>> = within.iter().map(|part| part.to_str()).collect();
        let Some(parts) = parts else {
            // Two such names could be shown as one.
            refused.push(format!("{} has a name that is not UTF-8", within.display()));
            continue;
        };
        if path.is_symlink() {
            refused.push(format!("{} is a link to a file, and no file of the pack", within.display()));
            continue;
        }
        let name = parts.join("/");
        let bytes = files::read_limited(&path, left).map_err(|error| failure(&path, &error))?;
        left = left.saturating_sub(bytes.len() as u64);
        files.insert(name, bytes);
    }
    let empty = found
        .empty
        .iter()
        .map(|path| path.strip_prefix(folder).unwrap_or(path))
        .map(|path| path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/"))
        .collect();
    Ok(Read::of_folder(files, refused, empty))
}
