//! The commands of `docs/authoring.md` whose answer does not stand on the page, run as they stand there; and how long a guide may be.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use countersign::course;
use countersign::record::key::SecretKey;
use countersign::record::sign_completion;
use uuid::Uuid;

#[path = "support/learner.rs"]
mod learner;

/// What the steps of the guide before these have made: a course, its pack, a bank, and a learner's record.
fn earlier_steps(folder: &Path) {
    #[expect(clippy::disallowed_methods, reason = "files of a test, in a temporary folder")]
    fn write(path: &Path, bytes: &[u8]) {
        fs::write(path, bytes).expect("a file");
    }
    run(folder, "author new phishing");
    run(folder, "author pack phishing");
    write(
        &folder.join("bank.gift"),
        b"::gifts::A stranger gives you a gift card. You {=report it ~use it}\n",
    );
    let pack = fs::read(folder.join("phishing-0.1.0.course")).expect("the pack");
    let course = course::parse(course::pack::read(&pack).expect("a pack")).expect("no faults");
    let key = SecretKey::from_seed(&[7; 32]);
    let claims = learner::claims(&course, &key.did(), None, &[course.assessment.draw]);
    let signed = sign_completion(
        &claims,
        Uuid::from_bytes([0x5b, 1, 2, 3, 4, 5, 0x4d, 7, 0x8a, 9, 10, 11, 12, 13, 14, 15]),
        learner::signed_at(1),
        &key,
    );
    fs::create_dir(folder.join("records")).expect("a folder");
    write(&folder.join("records/a.completion.json"), &signed.expect("in the profile").bytes);
}

/// Runs the program with these words in this folder, at the end of an empty pipe.
fn run(folder: &Path, words: &str) {
    let output = Command::new(env!("CARGO_BIN_EXE_countersign"))
        .args(words.split_whitespace())
        .env("COUNTERSIGN_HOME", folder.join("home"))
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .expect("the program");
    assert!(output.status.success(), "{words}: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn every_command_of_the_guide_runs() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/authoring.md"));
    let page = page.expect("the guide");
    let folder = tempfile::tempdir().expect("a folder");
    earlier_steps(folder.path());
    let blocks = page.split("\n```sh\n").skip(1).map(|rest| rest.split("\n```").next().unwrap_or_default());
    let commands: Vec<&str> =
        blocks.flat_map(str::lines).filter_map(|line| line.strip_prefix("countersign ")).collect();
    // Should the guide come to write its commands in another way, this test must not fall silent.
    assert!(commands.len() >= 6, "{commands:?}");
    for words in commands {
        run(folder.path(), words);
    }
}

/// It says of itself that it is two pages of A4, and more words do not stand on those.
#[test]
fn the_auditors_guide_is_two_pages() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/auditor-guide.md");
    let guide = fs::read_to_string(path).expect("the guide");
    assert!(guide.contains("These two pages"), "what it says of itself");
    let words = guide.split_whitespace().count();
    assert!(words <= 1_000, "{words} words");
}
