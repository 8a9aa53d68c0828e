//! The completion records that a command line names.

use std::path::{Path, PathBuf};

use crate::files::{self, Found};
use crate::record::envelope::Kind;
use crate::record::json::MAX_BYTES;

use super::error::Failure;
use super::printer::Printer;

/// How the files of a folder are recognised that were not renamed.
const SUFFIX: &str = ".completion.json";

/// Whether a file of a folder is a record by its name, or says that it is one, as a mail program or a person may name it.
fn is_record(file: &Path) -> bool {
    let says =
        || files::read_beginning(file, MAX_BYTES as u64).map(|bytes| Kind::Completion.is_said_by(&bytes));
    // Of one that is there and cannot be read it is told that.
    file.to_string_lossy().ends_with(SUFFIX) || says().unwrap_or(true)
}

/// The files named, and the records found in the folders named.
pub(super) fn named(
    paths: &[PathBuf],
    printer: Printer,
    unread: &mut Vec<Failure>,
) -> Result<Vec<PathBuf>, Failure> {
    let mut records = Vec::new();
    for path in paths {
        if !path.is_dir() {
            records.push(path.clone());
            continue;
        }
        let Found { files: found, errors, .. } = files::find(path, ".json");
        unread.extend(errors.iter().map(|error| Failure::file(error.to_string(), error)));
        let (mut found, others): (Vec<_>, Vec<_>) = found.into_iter().partition(|file| is_record(file));
        let other = match others.len() {
            0 => None,
            1 => Some(format!("1 other .json file in {} was not looked at", path.display())),
            number => Some(format!("{number} other .json files in {} were not looked at", path.display())),
        };
        if found.is_empty() && unread.is_empty() {
            let failure = Failure::new(format!("no completion record in {}", path.display()));
            let hint = format!(
                "records have names that end with {SUFFIX}, or say that they are records; name other files one by one"
            );
            return Err(match other {
                Some(other) => failure.hint(format!("{other}: {hint}")),
                None => failure.hint(hint),
            });
        }
        if let Some(other) = other {
            printer.talk(&format!("note: {other}, since none of it says that it is a record"));
        }
        records.append(&mut found);
    }
    Ok(records)
}

/// The files that are named, and those of the folders that are named whose names end with `suffix`.
pub(super) fn each(paths: &[PathBuf], suffix: &str) -> Result<Vec<PathBuf>, Failure> {
    let mut all = Vec::new();
    for path in paths {
        if !path.is_dir() {
            all.push(path.clone());
            continue;
        }
        let Found { mut files, errors, .. } = files::find(path, suffix);
        if let Some(error) = errors.first() {
            return Err(Failure::file(error.to_string(), error));
        }
        if files.is_empty() {
            return Err(Failure::new(format!(
                "no file in {} has a name that ends with {suffix}",
                path.display()
            ))
            .hint("name the files one by one, or another folder"));
        }
        all.append(&mut files);
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::{Privacy, tempdir, write_new};

    /// `hr collect` took a record that somebody had renamed, and this said that it was none.
    #[test]
    fn a_record_is_known_by_its_name_or_by_what_it_says() {
        let folder = tempdir().expect("a folder");
        let check = |name: &str, text: &str, expected: bool| {
            let path = folder.path().join(name);
            write_new(&path, text.as_bytes(), Privacy::Shared).expect("written");
            assert_eq!(is_record(&path), expected, "{name}");
        };
        check("cut.completion.json", "{", true);
        check("Ada.json", r#"{"type": ["VerifiableCredential", "TrainingCompletionRecord"]}"#, true);
        check("asked.json", r#"{"type": ["VerifiableCredential", "TrainingAssignment"]}"#, false);
        check("settings.json", "{}", false);
        assert!(is_record(&folder.path().join("gone.json")), "that it cannot be read is told");
    }
}
