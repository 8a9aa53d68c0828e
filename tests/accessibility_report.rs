//! The accessibility report names tests: they exist, and its rows have a result that means something.

use std::fs;
use std::path::Path;

const REPORT: &str = include_str!("../docs/accessibility.md");

/// The text of every Rust file below `folder`.
fn sources(folder: &Path, into: &mut String) {
    for entry in fs::read_dir(folder).expect("a folder of the repository") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            into.push_str(&fs::read_to_string(&path).expect("text"));
        }
    }
}

#[test]
fn every_test_that_the_report_names_exists() {
    let mut code = String::new();
    for folder in ["src", "tests"] {
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut code);
    }
    let quoted = REPORT.split('`').skip(1).step_by(2);
    let is_test = |name: &&str| {
        name.matches('_').count() > 2
            && name.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c.is_ascii_digit())
    };
    let names: Vec<&str> = quoted.filter(is_test).collect();
    assert!(names.len() > 30, "{names:?}");
    for name in names {
        // A property is handed what it holds for.
        assert!(code.contains(&format!("fn {name}(")), "{name} is named and does not exist");
    }
}

#[test]
fn every_criterion_has_one_of_four_results() {
    let results = ["Supports", "Partially supports", "Does not support", "Not applicable"];
    let rows = REPORT.lines().filter(|line| line.starts_with("| ") && line.split('|').count() == 6);
    let rows: Vec<Vec<&str>> = rows.map(|row| row.split('|').map(str::trim).collect()).collect();
    let rows: Vec<_> = rows.into_iter().filter(|row| row[3] != "result").collect();
    assert!(rows.len() > 60, "{} rows", rows.len());
    for row in rows {
        assert!(results.contains(&row[3]), "{row:?}");
        // Who says that something is not so, or only in part, says why.
        assert!(row[3] == "Supports" || row[3] == "Not applicable" || row[4].len() > 20, "{row:?}");
    }
}
