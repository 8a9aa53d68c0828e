//! `hr export`: what other systems get. Badges are kept for the verifiers that are not ours.

use std::fs;
use std::path::Path;

use countersign::record::key::SecretKey;
use countersign::record::rdfc;
use serde_json::Value;

use super::vectors::{HR, World, pretty};
use super::{collected, json, printed, text};

/// Where CI finds the badge, to be checked by an independent library with the official contexts.
fn kept() -> std::path::PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("badges")
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
    let folder = kept();
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("earned.badge.json"), &bytes).expect("written");
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

#[test]
fn similarity_is_a_hint_and_says_so() {
    let registry = collected();
    let said = printed(&registry.run(&["similar", "--course", "vector-course"]), 0);
    assert!(said.starts_with("1 person, 0 pairs compared, 0 hints\n"), "{said}");
    assert!(said.contains("no verdict about anybody"), "{said}");
    let said = json(&registry.run(&["similar", "--course", "vector-course", "--json"]), 0);
    assert_eq!((&said["people"], &said["alike"]), (&serde_json::json!(1), &serde_json::json!([])));
}
