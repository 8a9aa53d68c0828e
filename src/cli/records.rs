//! The completion records that a command line names.

use std::path::PathBuf;

use crate::files::{self, Found};

use super::error::Failure;
use super::printer::Printer;

/// How the files of a folder are recognised.
const SUFFIX: &str = ".completion.json";

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
        let is_record = |file: &PathBuf| file.to_string_lossy().ends_with(SUFFIX);
        let (mut found, others): (Vec<_>, Vec<_>) = found.into_iter().partition(is_record);
        let other = match others.len() {
            0 => None,
            1 => Some(format!("1 other .json file in {} was not looked at", path.display())),
            number => Some(format!("{number} other .json files in {} were not looked at", path.display())),
        };
        if found.is_empty() && unread.is_empty() {
            let failure = Failure::new(format!("no completion record in {}", path.display()));
            let hint = format!(
                "records are recognised by names that end with {SUFFIX}; name other files one by one"
            );
            return Err(match other {
                Some(other) => failure.hint(format!("{other}: {hint}")),
                None => failure.hint(hint),
            });
        }
        if let Some(other) = other {
            printer.talk(&format!("note: {other}; records have names that end with {SUFFIX}"));
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
