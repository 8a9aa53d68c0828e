//! How the files of a pack lie in it: by which names it is known, what lies beside them, and the list of them that was signed.

use std::collections::{BTreeMap, BTreeSet};

use super::fault::Fault;
use super::text;
use crate::log::as_signed;
use crate::report::evidence::{Files, LINE_ENDS, sums};

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

/// The files that are read line by line and are not made again.
const LINED: [&str; 7] = [
    "SHA256SUMS",
    "SHA256SUMS.sig",
    "allowed_signers",
    "log/checkpoint",
    "log/entries.jsonl",
    "log/key",
    "log/opened.jsonl",
];

/// Those of them whose lines end otherwise than in a pack (the commands of README.txt and other programs read another file then), and what
/// is no text.
pub(super) fn line_ends(files: &Files) -> Vec<Fault> {
    let is_otherwise = |path: &str| {
        let text = text(files, path);
        !text.is_empty() && (!text.ends_with('\n') || text.ends_with("\n\n") || text.contains('\r'))
    };
    let is_lined = |path: &str| {
        let is_head = path.starts_with("log/earlier/") && path.ends_with(".checkpoint");
        is_head || LINED.contains(&path)
    };
    let lined = files.keys().filter(|path| is_lined(path) && is_otherwise(path));
    lined.map(|path| Fault::within(path, LINE_ENDS)).chain(files.iter().filter_map(not_utf8)).collect()
}

/// The line from which on a file of lines is no text.
fn not_utf8((path, bytes): (&String, &Vec<u8>)) -> Option<Fault> {
    // What is wrong with the key of the log is told by whoever reads it.
    let is_of_lines = match path.as_str() {
        "log/key" => false,
        "numbers.txt" | "log/people.txt" | "log/left-out.txt" => true,
        path => LINED.contains(&path),
    };
    let error = std::str::from_utf8(bytes).err().filter(|_| is_of_lines)?;
    let line = bytes[..error.valid_up_to()].split(|byte| *byte == b'\n').count();
    Some(Fault::in_line(path, line, "is not UTF-8 text: ask HR for the whole pack again"))
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
    let (should, list) = (sums(files), as_signed(list.to_vec()));
    if should.as_bytes() == list {
        return wrong;
    }
    let list = String::from_utf8_lossy(&list);
    let here: BTreeMap<&str, &str> = should.lines().filter_map(sum).collect();
    let (mut listed, mut no_sums) = (BTreeMap::new(), Vec::new());
    for (number, line) in (1..).zip(list.lines()) {
        match sum(line) {
            Some((path, digest)) => drop(listed.insert(path, digest)),
            None => no_sums.push((number, line)),
        }
    }
    wrong.extend(no_sums.iter().map(|(number, _)| {
        Fault::in_line("SHA256SUMS", *number, "is not the digest of a file, two blanks and its path")
    }));
    // By its end such a line may be about a file; that is told by the line.
    let is_meant = |path: &str| no_sums.iter().any(|(_, line)| line.ends_with(path));
    for (path, digest) in &here {
        match listed.get(path) {
            Some(other) if other == digest => {}
            Some(_) => wrong.push(Fault::changed(*path)),
            None if is_meant(path) => {}
            None => wrong.push(Fault::of(*path, "is not on the list")),
        }
    }
    let missing = listed.keys().filter(|path| !here.contains_key(*path) && !lacking.contains(*path));
    wrong.extend(missing.map(|path| {
        if is_added(path) {
            let words = "which a file manager adds and which is no part of a pack: ask HR for the pack as it was made";
            Fault::within("SHA256SUMS", format!("names {path}, {words}"))
        } else {
            Fault::missing(*path)
        }
    }));
    if wrong.is_empty() {
        wrong.push(Fault::of("SHA256SUMS", "has not the form in which it was signed"));
    }
    wrong
}

/// What a line of the list says: the path, and the digest of the file there.
fn sum(line: &str) -> Option<(&str, &str)> {
    let (digest, path) = line.split_once("  ")?;
    let is_digest =
        digest.len() == 64 && digest.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    (is_digest && !path.is_empty()).then_some((path, digest))
}

#[cfg(test)]
mod tests {
    use super::super::fault::told;
    use super::*;

    /// The names of files lost their first sign, and they came in the order of the digests.
    #[test]
    fn what_the_list_says_is_told_by_name() {
        let files: Files = [("a", "1"), ("b", "2"), ("c", "3"), ("d", "4")]
            .map(|(path, text)| (path.into(), text.into()))
            .into();
        let lacking = unlisted(&files, Some(sums(&files).as_bytes()), true).len();
        let check = |list: &str, expected: &[&str]| {
            let said = told(unlisted(&files, Some(list.as_bytes()), true));
            assert_eq!(said[lacking..], *expected, "{list}");
        };
        let whole = sums(&files);
        check(&whole.replace('\n', "\r\n"), &[]);
        check(
            &whole.replace("  b", " b"),
            &["SHA256SUMS:2: is not the digest of a file, two blanks and its path"],
        );
        let other = sums(&files.keys().map(|path| (path.clone(), b"other".to_vec())).collect());
        check(&other, &["a was changed", "b was changed", "c was changed", "d was changed"]);
        check(&whole.replace("  b", "  e"), &["b is not on the list", "e is missing"]);
        check(
            &whole.replace("  b", "  .DS_Store"),
            &[
                "b is not on the list",
                "SHA256SUMS: names .DS_Store, which a file manager adds and which is no part of a pack: ask HR for the pack as it was \
                 made",
            ],
        );
    }
}
