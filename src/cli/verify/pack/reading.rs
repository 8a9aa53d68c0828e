//! The files of a pack as they are on disk, held against the list that was signed.

use std::collections::BTreeSet;
use std::path::Path;

use super::super::super::error::Failure;
use super::super::archive;
use super::text;
use crate::course::pack;
use crate::files::{self, FileError};
use crate::report::evidence::{Files, sums};

/// The most that is read of a pack, in bytes; those that are made have some hundred megabytes at most.
const MOST_BYTES: u64 = 1 << 30;

/// What every pack has beside its list of files, by which it is known when some of it was taken away.
const NEEDED: [&str; 7] = [
    "SHA256SUMS.sig",
    "allowed_signers",
    "log/checkpoint",
    "log/key",
    "numbers.txt",
    "pack.json",
    "population.csv",
];

/// Names that nothing else has. A folder of records with one of them was a pack, whatever was taken away.
const MARKS: [&str; 14] = [
    "SHA256SUMS",
    "SHA256SUMS.sig",
    "acknowledgements.csv",
    "allowed_signers",
    "controls.csv",
    "courses/digests.txt",
    "log/checkpoint",
    "log/entries.jsonl",
    "log/key",
    "pack.json",
    "population.csv",
    "records.csv",
    "reviews.csv",
    "waivers.csv",
];

/// How the page of commands of every pack begins.
const BEGINNING: &[u8] = b"Evidence of training: ";

/// All files of a pack, by their paths in it.
pub(super) struct Read {
    pub(super) files: Files,
    /// What is no file of a pack, and is not looked at.
    pub(super) refused: Vec<String>,
}

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
    let is_pack = |mut files: Files| {
        take_added(&mut files);
        has_a_mark(&rooted(files))
    };
    is_ours || unpacked().is_some_and(is_pack)
}

fn has_a_mark(files: &Files) -> bool {
    MARKS.iter().any(|mark| files.contains_key(*mark))
}

/// The folder that everything lies in, with its stroke, where the archive holds that and not what is in it.
fn top(files: &Files) -> String {
    let top = files.keys().next().and_then(|path| path.split_once('/')).map(|(top, _)| format!("{top}/"));
    top.filter(|top| !has_a_mark(files) && files.keys().all(|path| path.starts_with(top))).unwrap_or_default()
}

/// The files by their paths in the pack.
fn rooted(files: Files) -> Files {
    let top = top(&files);
    files.into_iter().map(|(path, bytes)| (path[top.len()..].to_owned(), bytes)).collect()
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
    let mut files = pack::read(&bytes).map_err(|error| archive::not_looked_into(named, &error))?;
    let added = take_added(&mut files);
    let top = top(&files);
    let empty = pack::empty_folders(&bytes).unwrap_or_default();
    let empty = empty.iter().map(|path| path.strip_prefix(&top).unwrap_or(path).to_owned());
    let refused = told_beside(added, empty.collect());
    let files = rooted(files);
    if !has_a_mark(&files) {
        let words = format!("{} is a zip archive, and no evidence pack", named.display());
        return Err(Failure::new(words).hint(archive::unpack()));
    }
    Ok(Read { files, refused })
}

/// Whether a file manager has put this file or empty folder beside others by itself: the Finder of macOS, and the Explorer of
/// Windows. `docs/verify/README.md` has the rule, and `tables.py` keeps it too.
fn is_added(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let of_macos =
        path.split('/').any(|part| part == "__MACOSX") || name == ".DS_Store" || name.starts_with("._");
    of_macos || ["Thumbs.db", "desktop.ini"].iter().any(|added| name.eq_ignore_ascii_case(added))
}

/// Takes away what file managers add; the paths of it.
fn take_added(files: &mut Files) -> Vec<String> {
    let added = files.keys().filter(|path| is_added(path)).cloned().collect();
    files.retain(|path, _| !is_added(path));
    added
}

/// What file managers have added, in one sentence: nobody has signed it, and nobody means harm by it.
fn told_of(added: &[String]) -> Vec<String> {
    let Some((first, others)) = added.split_first() else { return Vec::new() };
    let (which, them) = match others.len() {
        0 => (format!("{first} is"), "it"),
        number => (format!("{first} and {number} more like it are"), "them"),
    };
    vec![format!(
        "{which} no part of the pack: the file manager of a computer has added {them}; delete {them} and verify again"
    )]
}

fn folder(folder: &Path) -> Result<Read, Failure> {
    let failure =
        |path: &Path, error: &FileError| Failure::file(format!("cannot read {}", path.display()), error);
    let found = files::find(folder, "");
    let mut read = Read { files: Files::new(), refused: Vec::new() };
    for error in &found.errors {
        match error {
            FileError::NotAFile { path } => {
                read.refused
                    .push(format!("{} is no file", path.strip_prefix(folder).unwrap_or(path).display()));
            }
            FileError::TooDeep { .. } => read.refused.push(error.to_string()),
            other => return Err(failure(folder, other)),
        }
    }
    let mut left = MOST_BYTES;
    for path in found.files {
        let within = path.strip_prefix(folder).unwrap_or(&path);
        let parts: Option<Vec<&str>> = within.iter().map(|part| part.to_str()).collect();
        let Some(parts) = parts else {
            // Two such names could be shown as one.
            read.refused.push(format!("{} has a name that is not UTF-8", within.display()));
            continue;
        };
        if path.is_symlink() {
            read.refused.push(format!("{} is a link to a file, and no file of the pack", within.display()));
            continue;
        }
        let name = parts.join("/");
        let bytes = files::read_limited(&path, left).map_err(|error| failure(&path, &error))?;
        left = left.saturating_sub(bytes.len() as u64);
        read.files.insert(name, bytes);
    }
    let empty: Vec<String> = found
        .empty
        .iter()
        .map(|path| path.strip_prefix(folder).unwrap_or(path))
        .map(|path| path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/"))
        .collect();
    let added = take_added(&mut read.files);
    read.refused.extend(told_beside(added, empty));
    Ok(read)
}

/// What is said of empty folders, and of what file managers have added.
fn told_beside(added: Vec<String>, empty: Vec<String>) -> Vec<String> {
    let (mut of_managers, empty): (Vec<String>, Vec<String>) =
        empty.into_iter().partition(|path| is_added(path));
    of_managers.extend(added);
    let empty = empty.iter().map(|path| format!("{path} is an empty folder, and no part of the pack"));
    empty.chain(told_of(&of_managers)).collect()
}

/// The files that are read line by line and are not made again, whose lines end otherwise than in a pack: the commands of
/// README.txt and other programs read another file then.
pub(super) fn line_ends(files: &Files) -> Vec<String> {
    let is_otherwise = |path: &&str| {
        let text = text(files, path);
        !text.is_empty() && (!text.ends_with('\n') || text.ends_with("\n\n") || text.contains('\r'))
    };
    let otherwise = ["log/entries.jsonl", "log/key", "log/opened.jsonl"].into_iter().filter(is_otherwise);
    otherwise.map(|path| format!("{path}: the ends of its lines are not what they must be")).collect()
}

/// In what the files are not those of the list, and what every pack has and this one lacks.
pub(super) fn unlisted(files: &Files, list: Option<&[u8]>, is_signed: bool) -> Vec<String> {
    let is_here = |path: &str| if path == "SHA256SUMS.sig" { is_signed } else { files.contains_key(path) };
    let lacking: BTreeSet<&str> = NEEDED.into_iter().filter(|path| !is_here(path)).collect();
    let mut wrong: Vec<String> = lacking.iter().map(|path| format!("{path} is missing")).collect();
    let Some(list) = list else {
        wrong.push("SHA256SUMS is missing: whether files were changed cannot be told".to_owned());
        return wrong;
    };
    let should = sums(files);
    if should.as_bytes() == list {
        return wrong;
    }
    let list = String::from_utf8_lossy(list);
    let (here, listed): (BTreeSet<&str>, BTreeSet<&str>) = (should.lines().collect(), list.lines().collect());
    let path = |line: &str| line.get(66..).unwrap_or(line).to_owned();
    let known: BTreeSet<String> = listed.iter().map(|line| path(line)).collect();
    let changed = here.difference(&listed).map(|line| path(line)).map(|path| {
        format!("{path} {}", if known.contains(&path) { "was changed" } else { "is not on the list" })
    });
    wrong.extend(changed);
    let missing = listed.difference(&here).map(|line| path(line));
    let missing = missing.filter(|path| !files.contains_key(path) && !lacking.contains(path.as_str()));
    wrong.extend(missing.map(|path| format!("{path} is missing")));
    if wrong.is_empty() {
        wrong.push("SHA256SUMS has not the form in which it was signed".to_owned());
    }
    wrong
}
