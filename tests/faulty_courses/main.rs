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
use countersign::course::{self, CourseFiles, Rule, Weight};

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

/// The folders of the corpus, the base among them.
fn courses() -> BTreeSet<String> {
    fs::read_dir(corpus())
        .expect("the corpus")
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_str().expect("a plain name").to_owned())
        .collect()
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

/// The gate for learners and verifiers and the check for authors draw the same line: what is broken, and nothing else, is
/// refused.
#[test]
fn parse_refuses_what_is_broken_and_nothing_else() {
    let names = courses();
    let mut taken = 0;
    for name in &names {
        let files = over_base(name);
        let faults = course::review(&files).faults;
        let is_broken = faults.iter().any(|fault| fault.rule.weight() == Weight::Broken);
        let read = course::parse(files);
        assert_eq!(read.is_err(), is_broken, "{name}: {faults:?}");
        taken += usize::from(read.is_ok());
    }
    assert!(taken > 1 && taken < names.len(), "{taken} of {}", names.len());
}

/// A preview reads a course once, and sees what its author is told and what its learners are shown.
#[test]
fn one_reading_says_what_two_say() {
    let (mut whole, mut left, mut nothing) = (0, 0, 0);
    let many = (0..2_001).map(|number| (format!("lessons/{number}.md"), Vec::new())).collect();
    let named = courses().into_iter().map(|name| (over_base(&name), name));
    let made = [(CourseFiles::new(), "nothing".to_owned()), (many, "too many files".to_owned())];
    for (mut files, name) in named.chain(made) {
        files.insert("_notes/draft.md".to_owned(), b"no part of it".to_vec());
        let faults = course::review(&files).faults;
        let parsed = course::parse(files.clone());
        let digest = course::digest(&files);
        let reviewed = course::review_and_parse(files);
        assert_eq!((reviewed.review.faults, reviewed.digest), (faults, digest), "{name}");
        assert!(!reviewed.files.contains_key("_notes/draft.md"));
        match (reviewed.course, parsed) {
            (Ok(course), parsed) => {
                whole += 1;
                assert_eq!(Ok(course), parsed, "{name}");
            }
            (Err(broken), Err(faults)) => {
                // Where files are in doubt, which a faulty `course.ron` may not name, nothing is left to be shown.
                if let Some(rest) = &broken.rest {
                    left += 1;
                    assert_eq!((&broken.faults, rest.course.digest), (&faults, digest), "{name}");
                } else {
                    nothing += 1;
                    assert!(faults.iter().all(|fault| broken.faults.contains(fault)), "{name}: {faults:?}");
                }
            }
            (Err(broken), Ok(_)) => panic!("{name}: {broken:?}"),
        }
    }
    assert!(whole > 1 && left > 1 && nothing > 1, "{whole}, {left}, {nothing}");
}

/// A course that nobody looks at is no test.
#[test]
fn every_course_of_the_corpus_is_checked() {
    let folders = courses();
    assert!(folders.len() > 60, "{}", folders.len());
    for folder in folders.iter().filter(|folder| *folder != "base") {
        let quoted = format!("\"{folder}\"");
        assert!(SOURCES.iter().any(|source| source.contains(&quoted)), "{folder} is not checked");
        assert_ne!(check(folder), "", "{folder} has no fault");
    }
}
