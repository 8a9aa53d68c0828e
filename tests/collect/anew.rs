//! Whoever takes a course again of their own accord: attempts are numbered on, and the registry has those before.

use std::path::PathBuf;
use std::process::Command;

use countersign::digest::Digest;
use countersign::record::claims::CompletionClaims;
use countersign::record::key::SecretKey;
use countersign::record::verdict::{Outcome, Reading};
use countersign::registry::terms::Level;
use serde_json::{Value, json};

use super::registry::Registry;
use super::vectors::{self, LEARNER, World, pretty};
use super::{forge, learner, says, told};

const WORDS: &str = "begins with attempt 2: that its number was not picked for an easy draw";

/// One in which nobody has to be assigned.
fn registry() -> Registry {
    let registry = Registry::new();
    let terms = ["terms", "set", "--unknown-identity", "accept", "--by", "HR"];
    assert!(registry.run(&terms).status.success());
    registry
}

/// The same, by a device that signed this record before.
fn after(before: &CompletionClaims, claims: CompletionClaims) -> CompletionClaims {
    CompletionClaims { previous: Some(digest(before)), ..claims }
}

fn digest(claims: &CompletionClaims) -> Digest {
    Reading::of(&signed(claims)).record().expect("a record").digest
}

/// What the learner signs after so many attempts, the first ones of which another record has.
fn taken(registry: &Registry, right: &[usize], elsewhere: usize) -> CompletionClaims {
    let mut claims = registry.world.claims(false, right);
    claims.attempts.drain(..elsewhere);
    claims
}

fn signed(claims: &CompletionClaims) -> Vec<u8> {
    let mut document = World::signed(claims);
    let last = claims.attempts.last().expect("one").finished_at;
    let agreed = claims.acknowledgement.as_ref().map_or(last, |agreed| agreed.at);
    document["proof"]["created"] = json!(last.max(agreed).to_string());
    forge::sign(&mut document, &LEARNER);
    pretty(&document)
}

fn grading(registry: &Registry) -> Vec<Outcome> {
    let records = registry.records("012345");
    records.iter().map(|record| record.levels.at(Level::Grading)).collect()
}

/// Everybody's second year waited for somebody to look up what the registry had.
#[test]
fn the_second_year_goes_on_where_the_first_one_ended() {
    let registry = registry();
    let first = taken(&registry, &[1, 9], 0);
    let second = after(&first, taken(&registry, &[1, 1, 9], 2));
    let third = after(&second, taken(&registry, &[1, 1, 1, 2, 9], 3));
    for (name, claims) in [("first", first), ("second", second), ("third", third)] {
        registry.send(&format!("{name}.completion.json"), &signed(&claims));
        let (said, code) = registry.collect();
        assert_eq!((&said["accepted"], code), (&json!(1), 0), "{name}: {said:#}");
    }
    assert_eq!(grading(&registry), [Outcome::Pass; 3]);
    let third = registry.records("012345")[2].digest.short();
    let shown = String::from_utf8(registry.run(&["review", "show", &third]).stdout).expect("text");
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(shown.contains("begins with attempt 4: the record before it, sha256:"), "{shown}");
    assert!(shown.contains("counts and ends with attempt 3"), "{shown}");
}

/// Of several files that were verified together the second year's was never graded, though the first year's was there.
#[test]
fn years_are_graded_beside_each_other_without_a_registry() {
    // With the course of the vectors, which lies in a folder.
    let registry = Registry::new_in(World::new());
    let file = |name: &str, claims: &CompletionClaims| {
        registry.send(&format!("{name}.completion.json"), &signed(claims))
    };
    let years = [(&[1, 9][..], 0), (&[1, 1, 9], 2), (&[1, 1, 1, 2, 9], 3)];
    let [first, second, third] = years.map(|(right, elsewhere)| taken(&registry, right, elsewhere));
    let second = after(&first, second);
    let third = file("third", &after(&second, third));
    let [first, second] = [("first", &first), ("second", &second)].map(|(name, claims)| file(name, claims));
    let check = |files: &[&PathBuf], expected: &[&str]| {
        let mut verify = Command::new(env!("CARGO_BIN_EXE_countersign"));
        verify.args(["verify", "--json", "--course"]).arg(vectors::folder().join("course")).args(files);
        let said: Value = serde_json::from_slice(&verify.output().expect("it starts").stdout).expect("JSON");
        let records = said["records"].as_array().expect("a list");
        let outcomes: Vec<&Value> =
            records.iter().map(|record| &record["levels"]["grading"]["outcome"]).collect();
        assert_eq!(outcomes, expected, "{said:#}");
        said.to_string()
    };
    let told = check(&[&third, &first, &second], &["pass", "pass", "pass"]);
    assert!(told.contains("begins with attempt 4: the record before it, sha256:"), "{told}");
    assert!(told.contains("is here and ends with attempt 3"), "{told}");
    check(&[&second], &["unknown"]);
    check(&[&first, &third], &["pass", "unknown"]);
    // What cannot be followed from the first attempt on shows nothing.
    check(&[&second, &third], &["unknown", "unknown"]);
    // Nor does one that was not passed, or that somebody else signed.
    let failed = taken(&registry, &[1, 1], 0);
    let beside = file("beside", &after(&failed, taken(&registry, &[1, 1, 9], 2)));
    check(&[&file("failed", &failed), &beside], &["pass", "unknown"]);
    let mut forged: Value = serde_json::from_slice(&std::fs::read(&first).expect("read")).expect("JSON");
    forged["credentialSubject"]["result"]["passed"] = json!(false);
    let forged = registry.send("forged.completion.json", &pretty(&forged));
    check(&[&forged, &second], &["fail", "unknown"]);
}

#[test]
fn all_years_may_come_at_once() {
    let registry = registry();
    let first = taken(&registry, &[9], 0);
    let second = after(&first, taken(&registry, &[1, 9], 1));
    let third = after(&second, taken(&registry, &[1, 1, 9], 2));
    for (name, claims) in [("second", second), ("first", first), ("third", third)] {
        registry.send(&format!("{name}.completion.json"), &signed(&claims));
    }
    let (said, code) = registry.collect();
    assert_eq!((&said["accepted"], code), (&json!(3), 0), "{said:#}");
    assert_eq!(grading(&registry), [Outcome::Pass; 3]);
}

/// Collects what nothing here shows the attempts before of.
fn check(registry: &Registry, second: &CompletionClaims, words: &str) {
    registry.send("second.completion.json", &signed(second));
    let (said, code) = registry.collect();
    let told = told(&said);
    assert!(told["what"] == "waits for review" && says(told, "grading", "unknown", words), "{said:#}");
    assert_eq!((&said["accepted"], code), (&json!(0), 1), "{said:#}");
}

#[test]
fn what_the_registry_cannot_see_waits() {
    let alone = registry();
    check(&alone, &taken(&alone, &[1, 9], 1), WORDS);

    // The attempt in between is nowhere.
    let gap = registry();
    let first = taken(&gap, &[9], 0);
    gap.send("first.completion.json", &signed(&first));
    assert_eq!(gap.collect().0["accepted"], json!(1));
    check(
        &gap,
        &after(&first, taken(&gap, &[1, 1, 9], 2)),
        "begins with attempt 3: that its number was not picked",
    );

    // What was not passed ended no run.
    let failed = registry();
    let first = taken(&failed, &[1], 0);
    failed.send("first.completion.json", &signed(&first));
    assert_eq!(failed.collect().0["accepted"], json!(1));
    check(&failed, &after(&first, taken(&failed, &[1, 9], 1)), WORDS);
}

/// Whoever picked a number for its draw took the attempts before it afterwards.
#[test]
fn a_record_made_afterwards_shows_nothing() {
    let check_both = |before: &dyn Fn(&Registry) -> CompletionClaims, named: bool| {
        let registry = registry();
        let first = before(&registry);
        let second = taken(&registry, &[1, 9], 1);
        let second = if named { after(&first, second) } else { second };
        let sent = registry.send("first.completion.json", &signed(&first));
        assert_eq!(registry.collect().0["accepted"], json!(1));
        let other = registry.send("other.completion.json", &signed(&second));
        let mut verify = Command::new(env!("CARGO_BIN_EXE_countersign"));
        verify.arg("verify").arg("--course").arg(vectors::folder().join("course")).args([sent, other]);
        let said = String::from_utf8(verify.output().expect("it starts").stdout).expect("text");
        assert!(said.split_whitespace().collect::<Vec<_>>().join(" ").contains(WORDS), "{said}");
        check(&registry, &second, WORDS);
    };
    check_both(&|registry| taken(registry, &[9], 0), false);
    // Named, and of an attempt that ended when the other one had begun.
    check_both(
        &|registry| {
            let mut claims = taken(registry, &[9], 0);
            let later = registry.world.claims(false, &[1, 1, 9]).attempts[2].clone();
            (claims.attempts[0].started_at, claims.attempts[0].finished_at) =
                (later.started_at, later.finished_at);
            claims.acknowledgement.as_mut().expect("a policy").at = later.finished_at;
            claims
        },
        true,
    );
}

/// Between two years of one course the device signed a record of another one.
#[test]
fn a_record_in_between_leads_to_the_one_before() {
    let registry = Registry::new_in(World::new());
    let first = taken(&registry, &[9], 0);
    let between = after(&first, taken(&registry, &[1], 0));
    let second = after(&between, taken(&registry, &[1, 1, 9], 1));
    let [first, between, second] = [("first", first), ("between", between), ("second", second)]
        .map(|(name, claims)| registry.send(&format!("{name}.completion.json"), &signed(&claims)));
    let graded = |files: &[&PathBuf]| {
        let mut verify = Command::new(env!("CARGO_BIN_EXE_countersign"));
        verify.args(["verify", "--json", "--course"]).arg(vectors::folder().join("course")).args(files);
        let said: Value = serde_json::from_slice(&verify.output().expect("it starts").stdout).expect("JSON");
        said["records"][0]["levels"]["grading"]["outcome"].clone()
    };
    assert_eq!(graded(&[&second, &first, &between]), "pass");
    assert_eq!(graded(&[&second, &first]), "unknown");
}

/// Twenty years, in whatever order: the sixteen that were followed at most made the others unknown.
#[test]
fn the_order_of_the_files_changes_nothing() {
    let registry = Registry::new_in(World::new());
    let mut years: Vec<CompletionClaims> = Vec::new();
    for year in 0..20 {
        let mut claims = taken(&registry, &[&vec![1; year][..], &[9]].concat(), year);
        claims.previous = years.last().map(digest);
        years.push(claims);
    }
    let files: Vec<PathBuf> = (0..)
        .zip(&years)
        .map(|(year, claims)| registry.send(&format!("{year}.completion.json"), &signed(claims)))
        .collect();
    for first in [17, 0, 19] {
        let mut verify = Command::new(env!("CARGO_BIN_EXE_countersign"));
        verify.args(["verify", "--json", "--course"]).arg(vectors::folder().join("course"));
        let output = verify.arg(&files[first]).args(&files).output().expect("it starts");
        let said: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let records = said["records"].as_array().expect("a list");
        assert!(records.len() >= 20, "{said:#}");
        assert!(
            records.iter().all(|record| record["levels"]["grading"]["outcome"] == "pass"),
            "{first}: {said:#}"
        );
    }
}

/// What was refused, or still waits, shows nothing.
#[test]
fn a_record_that_does_not_count_shows_nothing() {
    let registry = Registry::new();
    let first = taken(&registry, &[9], 0);
    registry.send("first.completion.json", &signed(&first));
    assert_eq!(registry.collect().0["review"], json!(1));
    check(&registry, &after(&first, taken(&registry, &[1, 9], 1)), WORDS);
    let first = registry.records("012345")[0].digest.short();
    let shown = |registry: &Registry| {
        let second = registry.records("012345")[1].digest.short();
        let said = String::from_utf8(registry.run(&["review", "show", &second]).stdout).expect("text");
        said.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert!(shown(&registry).contains(WORDS));
    let decide = |verb| {
        let by = ["--by", "HR", "--reason", "looked at"];
        assert!(registry.run(&[&["review", verb, &first][..], &by].concat()).status.success());
    };
    decide("accept");
    assert!(shown(&registry).contains("counts and ends with attempt 1"), "it is seen now");
}

/// Another computer of theirs has attempts of its own.
#[test]
fn a_record_of_another_key_shows_nothing() {
    let registry = registry();
    let world = &registry.world;
    let laptop = SecretKey::from_seed(&[7; 32]);
    let mut other = World::signed(&learner::claims(&world.course, &laptop.did(), None, &[9]));
    forge::set_key(&mut other, laptop.public().as_bytes());
    forge::sign(&mut other, &[7; 32]);
    registry.send("other.completion.json", &pretty(&other));
    assert_eq!(registry.collect().0["accepted"], json!(1));
    let mut second = taken(&registry, &[1, 9], 1);
    second.previous = Some(Reading::of(&pretty(&other)).record().expect("a record").digest);
    check(&registry, &second, WORDS);
}
