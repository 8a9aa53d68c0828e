//! How the files of a pack lie in it: by which names it is known, what lies beside them, and the list of them that was signed.

use std::collections::BTreeSet;

use super::fault::Fault;
use super::text;
use crate::report::evidence::{Files, sums};

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
pub const MARKS: [&str; 14] = [
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
pub const BEGINNING: &[u8] = b"Evidence of training: ";

/// All files of a pack, as they were found.
#[derive(Debug)]
pub struct Read {
    /// By their paths.
    pub files: Files,
    /// What is no file of a pack, and is not looked at.
    pub refused: Vec<String>,
}

impl Read {
    /// What lies in a folder, without what file managers have added; `empty` are the folders in it that have nothing in them.
    #[must_use]
    pub fn of_folder(mut files: Files, mut refused: Vec<String>, empty: Vec<String>) -> Self {
        let added = take_added(&mut files);
        refused.extend(told_beside(added, empty));
        Self { files, refused }
    }

    /// What lies in an archive, whether it holds the folder or what is in it; nothing of one that is no pack.
    #[must_use]
    pub fn of_archive(mut files: Files, empty: &[String]) -> Option<Self> {
        let added = take_added(&mut files);
        let top = top(&files);
        let empty = empty.iter().map(|path| path.strip_prefix(&top).unwrap_or(path).to_owned());
        let refused = told_beside(added, empty.collect());
        let files = rooted(files);
        has_a_mark(&files).then_some(Self { files, refused })
    }
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
pub(super) fn line_ends(files: &Files) -> Vec<Fault> {
    let is_otherwise = |path: &&str| {
        let text = text(files, path);
        !text.is_empty() && (!text.ends_with('\n') || text.ends_with("\n\n") || text.contains('\r'))
    };
    let otherwise = ["log/entries.jsonl", "log/key", "log/opened.jsonl"].into_iter().filter(is_otherwise);
    otherwise.map(|path| Fault::within(path, "the ends of its lines are not what they must be")).collect()
}

/// In what the files are not those of the list, and what every pack has and this one lacks.
pub(super) fn unlisted(files: &Files, list: Option<&[u8]>, is_signed: bool) -> Vec<Fault> {
    let is_here = |path: &str| if path == "SHA256SUMS.sig" { is_signed } else { files.contains_key(path) };
    let lacking: BTreeSet<&str> = NEEDED.into_iter().filter(|path| !is_here(path)).collect();
    let mut wrong: Vec<Fault> = lacking.iter().copied().map(Fault::missing).collect();
    let Some(list) = list else {
        wrong.push(Fault::of("SHA256SUMS", "is missing: whether files were changed cannot be told"));
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
        let is_listed = known.contains(&path);
        Fault::of(path, if is_listed { "was changed" } else { "is not on the list" })
    });
    wrong.extend(changed);
    let missing = listed.difference(&here).map(|line| path(line));
    let missing = missing.filter(|path| !files.contains_key(path) && !lacking.contains(path.as_str()));
    wrong.extend(missing.map(Fault::missing));
    if wrong.is_empty() {
        wrong.push(Fault::of("SHA256SUMS", "has not the form in which it was signed"));
    }
    wrong
}
