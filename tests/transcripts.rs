//! What the command line says, word for word; the examples of README.md and of the trainers' guide among it.

#[path = "support/aged.rs"]
mod aged;
#[path = "support/forge.rs"]
mod forge;
#[path = "support/head.rs"]
mod head;
#[path = "support/lasting.rs"]
mod lasting;
#[path = "support/learner.rs"]
mod learner;
#[path = "support/registry.rs"]
#[expect(dead_code, reason = "what is told of single files is for the tests of collecting")]
mod registry;
#[path = "support/standing.rs"]
mod standing;
#[path = "support/vectors.rs"]
#[expect(dead_code, reason = "the table is for the vectors")]
mod vectors;

use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use countersign::author::scaffold::{self, Wishes};
use countersign::files::{Privacy, write_new};
use countersign::record::key::SecretKey;
use countersign::record::read_completion;
use registry::Registry;
use vectors::{World, pretty};

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

/// What comes in, what is decided about it, and what outsiders get: over records that are the same every time.
#[test]
fn transcripts_about_records() {
    let registry = Registry::new();
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("hr-records.md");
    let world = &registry.world;
    let alone = aged::self_declared(world, 1);
    write_new(&page, about_records(&alone).as_bytes(), Privacy::Shared).expect("the page");
    let mut forged = world.claims(true, &[9]);
    forged.attempts[0].responses[0].response = None;
    let laptop = [7; 32];
    let did = SecretKey::from_seed(&laptop).did();
    let mut other = World::signed(&learner::claims(
        &world.course,
        &did,
        Some(&world.assignment),
        &[world.course.assessment.draw],
    ));
    forge::set_key(&mut other, SecretKey::from_seed(&laptop).public().as_bytes());
    forge::sign(&mut other, &laptop);
    let records = [
        ("012345.completion.json", pretty(&World::signed(&world.claims(true, &[9])))),
        ("alone.completion.json", alone),
        ("forged.completion.json", pretty(&World::signed(&forged))),
        ("laptop.completion.json", pretty(&other)),
    ];
    let records = records.map(|(name, bytes)| (name.to_owned(), bytes));
    countersign::files::write_tree(&folder.path().join("hr-records.in/inbox"), &records.into())
        .expect("a new folder");
    trycmd::TestCases::new()
        .env("COUNTERSIGN_HOME", folder.path().join("home").display().to_string())
        .env("COUNTERSIGN_REGISTRY", registry.home().display().to_string())
        .env("COLUMNS", "100")
        .env("TZ", "UTC")
        .case(page)
        .run();
}

/// The page about records, with what is called `ALONE` there: the digits by which the record that nobody assigned is named,
/// which is signed on another day each time.
fn about_records(alone: &[u8]) -> String {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd/records/hr-records.md");
    let page = fs::read_to_string(page).expect("the page");
    let digest = read_completion(alone).expect("a record").digest;
    page.replace("ALONE", &digest.short())
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
