//! `hr export`: what other systems get. Badges are kept for the verifiers that are not ours.

use std::fs;
use std::path::Path;

use countersign::digest::Digest;
use countersign::record::key::SecretKey;
use countersign::record::rdfc;
use serde_json::Value;

use super::vectors::{HR, World, pretty};
use super::{collected, json, printed, text};

/// Keeps a file where CI finds it, for those that are not ours: a library with the official contexts, a store of statements.
fn keep(folder: &str, name: &str, bytes: &[u8]) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder);
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join(name), bytes).expect("written");
}

#[test]
fn a_badge_is_signed_and_the_same_record_has_the_same_identifier() {
    let registry = collected();
    let badges = |name: &str, more: &[&str]| {
        let folder = registry.inbox().join(name);
        let out = folder.to_str().expect("text");
        let arguments =
            ["export", "--format", "openbadges", "--organisation", "Example \"AG\" 株式会社", "--out", out];
        printed(&registry.run(&[&arguments[..], more].concat()), 0);
        let files: Vec<_> =
            fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path()).collect();
        files
    };
    let files = badges("badges", &[]);
    assert_eq!(files.len(), 1);
    let name = files[0].file_name().expect("a name").to_str().expect("text");
    assert!(name.starts_with("012345_vector-course_") && name.ends_with(".badge.json"), "{name}");
    let bytes = fs::read(&files[0]).expect("a file");
    let badge: Value = serde_json::from_slice(&bytes).expect("JSON");
    assert_eq!(rdfc::is_signed_by(&badge, &SecretKey::from_seed(&HR).public()), Ok(true));
    let again: Value =
        serde_json::from_slice(&fs::read(&badges("again", &[])[0]).expect("a file")).expect("JSON");
    assert_eq!(badge["id"], again["id"]);
    let unknown = registry.run(&["export", "--format", "csv", "--course", "another"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(text(&unknown.stderr).contains("there is no course another"), "{}", text(&unknown.stderr));
    keep("badges", "earned.badge.json", &bytes);
}

#[test]
fn a_store_gets_statements_of_what_counts() {
    let registry = collected();
    // Without an assignment it waits for review, and counts nowhere until then.
    registry.send("self.completion.json", &pretty(&World::signed(&registry.world.claims(false, &[9]))));
    registry.collect();
    let said =
        json(&registry.run(&["export", "--format", "xapi", "--home-page", "https://hr.example.org"]), 0);
    let verbs: Vec<_> =
        said.as_array().expect("a list").iter().map(|one| one["verb"]["id"].clone()).collect();
    assert_eq!(verbs, ["http://adlnet.gov/expapi/verbs/completed", "http://adlnet.gov/expapi/verbs/passed"]);
    assert_eq!(said[0]["actor"]["account"]["name"], "012345");
    let said = json(&registry.run(&["export", "--format", "json"]), 0);
    let counts: Vec<_> = said.as_array().expect("a list").iter().map(|one| one["counts"].clone()).collect();
    assert_eq!(counts, [true, false]);
    let table = printed(&registry.run(&["export", "--format", "csv"]), 0);
    assert_eq!(table.lines().count(), 3, "{table}");
    let wrong = registry.run(&["export", "--format", "xapi", "--home-page", "example"]);
    assert!(text(&wrong.stderr).contains("expected an address"), "{}", text(&wrong.stderr));
}

/// What CI sends to a store that is not ours: more than one person, names of any script, somebody who did not pass, and a
/// record that HR took though it says what nobody can check.
#[test]
fn statements_are_kept_for_a_store_that_is_not_ours() {
    let registry = collected();
    registry.send("failed.completion.json", &pretty(&World::signed(&registry.world.claims(true, &[2]))));
    let mut odd = registry.world.claims(false, &[9]);
    odd.person.number = "12345".to_owned();
    odd.person.name = "\u{202e}مريم \u{201e}Zo\u{eb}\u{201c} 王小明\u{7}".to_owned();
    odd.course.digest = Digest::of(b"a version that nobody has");
    odd.course.language = "English, mostly".to_owned();
    odd.course.version = " ".to_owned();
    registry.send("odd.completion.json", &pretty(&World::signed(&odd)));
    let (said, _) = registry.collect();
    assert_eq!(said["review"], 1, "{said:#}");
    let waiting = json(&registry.run(&["review", "list", "--json"]), 1);
    let record = waiting[0]["record"].as_str().expect("a digest");
    printed(&registry.run(&["review", "accept", record, "--by", "J. Doe", "--reason", "seen"]), 0);
    let exported =
        printed(&registry.run(&["export", "--format", "xapi", "--home-page", "https://hr.example.org/a"]), 0);
    let statements: Value = serde_json::from_str(&exported).expect("JSON");
    let verbs = |number: &str| -> Vec<&str> {
        let all = statements.as_array().expect("a list").iter();
        let theirs = all.filter(|one| one["actor"]["account"]["name"] == number);
        theirs.map(|one| one["verb"]["display"]["en"].as_str().expect("a verb")).collect()
    };
    assert_eq!(verbs("012345"), ["completed", "passed", "completed", "failed"]);
    assert_eq!(verbs("12345"), ["completed", "passed"]);
    keep("statements", "statements.json", exported.as_bytes());
}

#[test]
fn similarity_is_a_hint_and_says_so() {
    let registry = collected();
    let said = printed(&registry.run(&["similar", "--course", "vector-course"]), 0);
    assert!(said.starts_with("1 person, 0 pairs compared, 0 hints\n"), "{said}");
    assert!(said.contains("no verdict about anybody"), "{said}");
    let said = json(&registry.run(&["similar", "--course", "vector-course", "--json"]), 0);
    assert_eq!((&said["people"], &said["alike"]), (&serde_json::json!(1), &serde_json::json!([])));
}
