//! Where signed assignments go when they are written out: a folder for each department, a file for each person.

use std::collections::{BTreeMap, HashSet};

use unicode_normalization::UnicodeNormalization as _;

use crate::digest::Digest;

/// Where whoever has no department goes.
pub const NO_DEPARTMENT: &str = "no-department";

/// The longest name of a folder in bytes; file systems take 255, some with encryption 143.
const LONGEST: usize = 80;

/// Gives every file a place of its own.
#[derive(Debug, Default)]
pub struct Places {
    folders: BTreeMap<Option<String>, String>,
    taken: HashSet<String>,
}

impl Places {
    /// The path of a file for somebody of this department, with `/`. No two are alike, not even where capitals do not
    /// count; the same questions in the same order get the same answers.
    pub fn next(&mut self, department: Option<&str>, file_name: &str) -> String {
        let folder = self.folder(department);
        let mut path = format!("{folder}/{file_name}");
        let (stem, ending) = file_name.split_once('.').unwrap_or((file_name, ""));
        let mut number = 2_u32;
        while !self.taken.insert(path.to_lowercase()) {
            path = format!("{folder}/{stem}-{number}.{ending}");
            number += 1;
        }
        path
    }

    /// Departments whose names can only be written alike get the beginning of a digest behind them.
    fn folder(&mut self, department: Option<&str>) -> String {
        let department = department.map(str::to_owned);
        if let Some(folder) = self.folders.get(&department) {
            return folder.clone();
        }
        let plain = department.as_deref().map_or_else(|| NO_DEPARTMENT.to_owned(), folder_name);
        let taken =
            |name: &str| self.folders.values().any(|other| other.to_lowercase() == name.to_lowercase());
        let own = match &department {
            Some(text) if taken(&plain) || plain == NO_DEPARTMENT => {
                format!("{plain}-{}", Digest::of(text.as_bytes()).short())
            }
            Some(_) | None => plain,
        };
        self.folders.insert(department, own.clone());
        own
    }
}

/// A name that every file system takes: letters and digits of any script, everything else a hyphen.
fn folder_name(department: &str) -> String {
    let mut name = String::new();
    for c in department.nfc() {
        if name.len() + c.len_utf8() > LONGEST {
            break;
        }
        if c.is_alphanumeric() {
            name.push(c);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    let name = name.trim_end_matches('-');
    // Devices of Windows, in every folder.
    let device = {
        let lower = name.to_lowercase();
        let numbered = |port: &str| {
            lower.strip_prefix(port).is_some_and(|number| number.chars().count() == 1 && number != "0")
        };
        ["con", "prn", "aux", "nul"].contains(&lower.as_str()) || numbered("com") || numbered("lpt")
    };
    match (name.is_empty(), device) {
        (true, _) => "department".to_owned(),
        (false, true) => format!("department-{name}"),
        (false, false) => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_every_file_system_takes() {
        fn check(department: &str, expected: &str) {
            assert_eq!(folder_name(department), expected, "{department:?}");
        }
        check("Sales", "Sales");
        check("R&D / Labs", "R-D-Labs");
        check("../../etc", "etc");
        check("Vertrieb Süd", "Vertrieb-Süd");
        check("营业部", "营业部");
        check("CON", "department-CON");
        check("lpt1", "department-lpt1");
        check("com", "com");
        check("…", "department");
        check("a\u{202e}b\u{1b}", "a-b");
        check(&"部".repeat(100), &"部".repeat(26));
    }

    #[test]
    fn no_two_files_are_one() {
        let mut places = Places::default();
        assert_eq!(places.next(Some("R&D"), "1_a.assignment.json"), "R-D/1_a.assignment.json");
        assert_eq!(places.next(Some("R&D"), "1_A.assignment.json"), "R-D/1_A-2.assignment.json");
        assert_eq!(places.next(Some("R&D"), "1_a.assignment.json"), "R-D/1_a-3.assignment.json");
        let other = places.next(Some("r-d"), "1_a.assignment.json");
        assert!(other.starts_with("r-d-") && other.ends_with("/1_a.assignment.json"), "{other}");
        assert_eq!(places.next(None, "x"), "no-department/x");
        assert!(places.next(Some("no department"), "x").starts_with("no-department-"));
    }
}
