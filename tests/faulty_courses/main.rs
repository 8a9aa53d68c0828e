//! What `countersign author check` says about every course of `tests/faulty-courses`, word for word.

mod lessons;
mod manifest;
mod names;
mod questions;
mod stories;
mod syntax;
mod together;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use countersign::author::check::{self as checking, Ink, Report};
use countersign::course::{CourseFiles, Rule};

/// What is said about the base course with the files of this folder put over it.
fn check(fault: &str) -> String {
    said(&report(&over_base(fault)))
}

fn said(report: &Report) -> String {
    checking::human(report, "", 100, Ink::Plain).trim_end().to_owned()
}

/// What is wrong. What could be better is the business of other tests, and a course of ten lines could be better in many
/// ways.
fn report(files: &CourseFiles) -> Report {
    let mut report = checking::check(files, NaiveDate::from_ymd_opt(2026, 11, 25).expect("a day"));
    report.diagnostics.retain(|remark| Rule::ALL.iter().any(|rule| rule.code() == remark.rule));
    report
}

fn over_base(fault: &str) -> CourseFiles {
    let mut files = folder("base");
    files.extend(folder(fault));
    files
}

fn folder(name: &str) -> CourseFiles {
    fn read(folder: &Path, root: &Path, files: &mut CourseFiles) {
        for entry in fs::read_dir(folder).expect("a folder of the corpus") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                read(&path, root, files);
            } else {
                let within = path.strip_prefix(root).expect("below the root");
                let names: Vec<_> = within.iter().map(|name| name.to_str().expect("a plain name")).collect();
                files.insert(names.join("/"), fs::read(&path).expect("a file of the corpus"));
            }
        }
    }
    let root = corpus().join(name);
    let mut files = CourseFiles::new();
    read(&root, &root, &mut files);
    files
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faulty-courses")
}

#[test]
fn the_base_has_no_faults() {
    assert_eq!(said(&report(&folder("base"))), "");
}

const SOURCES: [&str; 7] = [
    include_str!("lessons.rs"),
    include_str!("manifest.rs"),
    include_str!("names.rs"),
    include_str!("questions.rs"),
    include_str!("stories.rs"),
    include_str!("syntax.rs"),
    include_str!("together.rs"),
];

/// The words that are compared name every rule at least once.
#[test]
fn every_rule_is_broken_somewhere() {
    for rule in Rule::ALL {
        let said = format!("[{}]: ", rule.code());
        assert!(SOURCES.iter().any(|source| source.contains(&said)), "nothing breaks {}", rule.code());
    }
}

/// A course that nobody looks at is no test.
#[test]
fn every_course_of_the_corpus_is_checked() {
    let folders: BTreeSet<String> = fs::read_dir(corpus())
        .expect("the corpus")
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_str().expect("a plain name").to_owned())
        .collect();
    assert!(folders.len() > 60, "{}", folders.len());
    for folder in folders.iter().filter(|folder| *folder != "base") {
        let quoted = format!("\"{folder}\"");
        assert!(SOURCES.iter().any(|source| source.contains(&quoted)), "{folder} is not checked");
        assert_ne!(check(folder), "", "{folder} has no fault");
    }
}
