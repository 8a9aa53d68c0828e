//! What the command line says, word for word; the examples of README.md and of the trainers' guide among it.

#[path = "support/standing.rs"]
mod standing;

use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use countersign::author::scaffold::{self, Wishes};

#[test]
fn transcripts() {
    let home = tempfile::tempdir().expect("a folder");
    trycmd::TestCases::new()
        .env("COUNTERSIGN_HOME", home.path().display().to_string())
        .env("COLUMNS", "100")
        .case("tests/cmd/*.md")
        .run();
}

/// Whoever looks at a registry has said which one.
#[test]
fn transcripts_about_a_registry() {
    let home = tempfile::tempdir().expect("a folder");
    let registry = home.path().join("registry");
    standing::small(&registry);
    trycmd::TestCases::new()
        .env("COUNTERSIGN_HOME", home.path().display().to_string())
        .env("COUNTERSIGN_REGISTRY", registry.display().to_string())
        .env("COLUMNS", "100")
        // Dates and times are shown where the officer is.
        .env("TZ", "UTC")
        .case("tests/cmd/standing/*.md")
        .case("README.md")
        .run();
}

/// The guide makes files as it goes, so it is followed in a folder of its own.
#[test]
fn the_trainers_guide() {
    let home = tempfile::tempdir().expect("a folder");
    let guide = home.path().join("authoring.md");
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/authoring.md"), &guide).expect("the guide");
    // What it supposes somebody has written in the meantime.
    let folder = home.path().join("authoring.in");
    write_course(
        &folder.join("slip"),
        &[
            ("quizzes/01-fake-messages.ron", "right: true", "rigth: true"),
            ("quizzes/01-fake-messages.ron", "#report-it", "#reporting"),
        ],
    );
    write_course(
        &folder.join("next"),
        &[
            ("course.ron", "version: \"0.1.0\"", "version: \"0.2.0\""),
            ("course.ron", "pass_percent: 80", "pass_percent: 90"),
            ("quizzes/assessment.ron", "answer: true", "answer: false"),
        ],
    );
    trycmd::TestCases::new()
        .env("COUNTERSIGN_HOME", home.path().join("home").display().to_string())
        .env("COLUMNS", "100")
        // So that the program sees the day that the courses above were made on.
        .env("TZ", "UTC")
        .case(guide)
        .run();
}

/// The course that the guide makes, with pieces of text replaced: file, old, new.
fn write_course(folder: &Path, replacements: &[(&str, &str, &str)]) {
    let wishes = Wishes {
        id: None,
        title: Some("Fake messages".to_owned()),
        owner: Some("Security desk".to_owned()),
        language: None,
    };
    let id = "phishing".parse().expect("an identifier");
    let mut files = scaffold::new(&id, &wishes, today()).expect("no faults").files;
    for (path, old, new) in replacements {
        let text = String::from_utf8(files[*path].clone()).expect("text");
        assert!(text.contains(old), "{path} has no {old}");
        files.insert((*path).to_owned(), text.replacen(old, new, 1).into_bytes());
    }
    countersign::files::write_tree(folder, &files).expect("a new folder");
}

/// The same day that the program sees, so that the dates of two courses do not differ.
fn today() -> NaiveDate {
    let now = countersign::clock::Clock::now(&countersign::clock::SystemClock);
    chrono::DateTime::from_timestamp(now.unix(), 0).expect("a moment of this century").date_naive()
}
