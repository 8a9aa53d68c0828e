//! What an officer decides afterwards.

use countersign::registry::dossier::RecordState;
use std::process::Output;

use countersign::record::key::SecretKey;
use countersign::store::registry::RegistryStore as _;
use serde_json::{Value, json};

use super::aged::self_declared;
use super::registry::{Registry, now};
use super::vectors::{LEARNER, World, pretty};
use super::{learner, says, told};

fn words(output: &Output) -> String {
    String::from_utf8_lossy(&[output.stdout.as_slice(), &output.stderr].concat()).into_owned()
}

/// A record that nobody assigned waits; its fingerprint.
fn waiting(registry: &Registry) -> String {
    let claims = registry.world.claims(false, &[9]);
    registry.send("self.completion.json", &pretty(&World::signed(&claims)));
    let (said, _) = registry.collect();
    told(&said)["record"].as_str().expect("a text").trim_start_matches("sha256:")[..8].to_owned()
}

fn counts(registry: &Registry) -> Vec<bool> {
    registry.records("012345").iter().map(RecordState::counts).collect()
}

/// Of a record whose first attempts stand elsewhere nobody said what to do.
#[test]
fn what_begins_with_a_later_attempt_waits_with_what_to_do() {
    let registry = Registry::new();
    let mut claims = registry.world.claims(true, &[1, 9]);
    claims.attempts.remove(0);
    registry.send("anew.completion.json", &pretty(&World::signed(&claims)));
    let (said, _) = registry.collect();
    let told = told(&said);
    let next = told["next"].as_str().expect("a text");
    assert_eq!((&told["what"], &said["review"]), (&json!("waits for review"), &json!(1)), "{said:#}");
    assert!(says(told, "grading", "unknown", "begins with attempt 2"), "{said:#}");
    let record = registry.records("012345")[0].digest.short();
    let why = "ends with the attempt before its first one";
    assert!(next.contains(why) && next.ends_with(&format!("countersign hr review show {record}")), "{next}");
    let shown = words(&registry.run(&["review", "show", &record]));
    assert!(shown.contains(why) && shown.contains(&format!("review accept {record} --by NAME")), "{shown}");
    let reason = "the one before has them";
    let accepted = registry.run(&["review", "accept", &record, "--by", "J. Doe", "--reason", reason]);
    assert!(accepted.status.success(), "{}", words(&accepted));
    assert_eq!(counts(&registry), [true]);
}

#[test]
fn a_record_that_waits_counts_when_somebody_says_why() {
    let registry = Registry::new();
    let record = waiting(&registry);
    let listed = registry.run(&["review"]);
    assert_eq!(listed.status.code(), Some(1));
    assert!(
        words(&listed).contains(&record) && words(&listed).contains("self-declared"),
        "{}",
        words(&listed)
    );
    let shown = registry.run(&["review", "show", &record]);
    assert!(words(&shown).contains("Ada Byron (012345)") && words(&shown).contains("waits for a decision"));
    assert_eq!(counts(&registry), [false]);

    let nothing = registry.run(&["review", "accept", &record, "--by", "J. Doe", "--reason", "  "]);
    assert_eq!(nothing.status.code(), Some(2));
    let accepted = registry.run(&["review", "accept", &record, "--by", "J. Doe", "--reason", "saw it"]);
    assert_eq!(accepted.status.code(), Some(0), "{}", words(&accepted));
    assert_eq!(counts(&registry), [true]);
    assert_eq!(registry.run(&["review"]).status.code(), Some(0));
    // Whoever names all of it, as the dashboard does, is told who was sooner.
    let whole = registry.records("012345")[0].digest.to_string();
    let again = registry.run(&["review", "refuse", &whole, "--by", "J. Doe", "--reason", "no"]);
    assert_eq!(again.status.code(), Some(2));
    let sooner =
        format!("error: {} is decided already: accepted\nhint: accepted by J. Doe on 2", &record[..8]);
    assert!(words(&again).contains(&sooner) && words(&again).contains(": saw it\n"), "{}", words(&again));
    let shown = registry.run(&["review", "show", &whole]);
    assert!(words(&shown).contains("by J. Doe: saw it"), "{}", words(&shown));
    let person = registry.run(&["person", "012345"]);
    let said = format!("record {} accepted in review by J. Doe: saw it", &record[..8]);
    assert!(words(&person).contains(&said), "{}", words(&person));
}

#[test]
fn a_record_that_was_refused_stays_in_the_history() {
    let registry = Registry::new();
    let record = waiting(&registry);
    let refused = registry.run(&["review", "refuse", &record, "--by", "J. Doe", "--reason", "not theirs"]);
    assert_eq!(refused.status.code(), Some(0), "{}", words(&refused));
    assert_eq!(counts(&registry), [false]);
    assert_eq!(registry.collect().0["alreadyHere"], 1);
}

/// The lost laptop.
#[test]
fn a_new_key_is_accepted_with_a_reason() {
    let registry = Registry::new();
    registry.send("old.completion.json", &pretty(&World::signed(&registry.world.claims(true, &[9]))));
    registry.collect();
    let laptop = SecretKey::from_seed(&[7; 32]).did();
    let accept = ["key", "accept", "012345", &laptop, "--by", "J. Doe", "--reason", "ticket 4711"];
    let accepted = registry.run(&accept);
    assert_eq!(accepted.status.code(), Some(0), "{}", words(&accepted));
    let listed = registry.run(&["key", "list", "012345"]);
    let old = SecretKey::from_seed(&LEARNER).did();
    assert_eq!(String::from_utf8_lossy(&listed.stdout), format!("{old}\n{laptop}\n"));
    assert!(words(&registry.run(&accept)).contains("known by this key already"));
    // A key without who accepted it, and why, tells nothing of the laptop.
    let person = words(&registry.run(&["person", "012345"]));
    assert!(person.contains(&format!("key {laptop} accepted by J. Doe: ticket 4711")), "{person}");
    let person = registry.run(&["person", "012345", "--json"]);
    let person: Value = serde_json::from_slice(&person.stdout).expect("JSON");
    let accepted = &person["acceptedKeys"][0];
    assert_eq!((&accepted["by"], &accepted["reason"]), (&json!("J. Doe"), &json!("ticket 4711")));

    let world = &registry.world;
    let claims = learner::claims(&world.course, &laptop, Some(&world.assignment), &[9]);
    let mut document = World::signed(&claims);
    super::forge::set_key(&mut document, SecretKey::from_seed(&[7; 32]).public().as_bytes());
    super::forge::sign(&mut document, &[7; 32]);
    registry.send("new.completion.json", &pretty(&document));
    assert_eq!(registry.collect().0["accepted"], 1);
}

#[test]
fn terms_hold_for_what_comes_afterwards() {
    let registry = Registry::new();
    let shown = registry.run(&["terms", "show", "--json"]);
    let terms: Value = serde_json::from_slice(&shown.stdout).expect("JSON");
    assert_eq!(terms["unknown_identity"], "review");
    let set = registry.run(&["terms", "set", "--unknown-identity", "accept", "--by", "J. Doe"]);
    assert_eq!(set.status.code(), Some(0), "{}", words(&set));
    registry.send("self.completion.json", &self_declared(&registry.world, 1));
    let (said, code) = registry.collect();
    assert_eq!((&said["accepted"], code), (&json!(1), 0), "{said:#}");
    let size = registry.store().log_size().expect("read");
    let same = registry.run(&["terms", "set", "--unknown-identity", "accept", "--by", "J. Doe"]);
    assert!(words(&same).contains("nothing changes"), "{}", words(&same));
    assert_eq!(registry.store().log_size().expect("read"), size);
}

/// A version is approved later, and what was put aside because of it is judged again.
#[test]
fn quarantine_is_looked_at_again_when_the_reason_is_gone() {
    use countersign::registry::Change;
    use countersign::registry::change::{CourseJudged, CourseState};
    let registry = Registry::new();
    let did = SecretKey::from_seed(&LEARNER).did();
    let claims = learner::claims(&registry.world.withdrawn, &did, None, &[9]);
    let bytes = pretty(&World::signed(&claims));
    registry.send("old.completion.json", &bytes);
    assert_eq!(registry.collect().0["putAside"], 1);
    let listed = registry.run(&["quarantine", "list", "--json"]);
    let files: Value = serde_json::from_slice(&listed.stdout).expect("JSON");
    let file = &files[0]["file"].as_str().expect("a text").trim_start_matches("sha256:")[..8];
    let shown = words(&registry.run(&["quarantine", "show", file]));
    assert!(shown.contains("because     content fail: ") && shown.contains("old.completion.json"), "{shown}");
    let exported = registry.run(&["quarantine", "export", file, "-o", "-"]);
    assert_eq!(exported.stdout, bytes);

    let digest = registry.world.withdrawn.digest;
    let judged =
        CourseJudged { at: now(), digest, state: CourseState::Approved, by: "HR".to_owned(), reason: None };
    registry.store().save(&[Change::CourseJudged(judged)]).expect("saved");
    assert_eq!(registry.collect().0["alreadyHere"], 1);
    let (said, _) = registry.collect_with(&["inbox", "--again"]);
    assert_eq!((&said["review"], &said["putAside"]), (&json!(1), &json!(0)), "{said:#}");
    assert!(words(&registry.run(&["quarantine"])).contains("nothing was put aside"));
}

/// An old copy of the database is noticed before anything is added to it.
#[test]
fn a_database_that_was_put_back() {
    let registry = Registry::new();
    registry.send("1.completion.json", &pretty(&World::signed(&registry.world.claims(true, &[9]))));
    registry.collect();
    let database = registry.home().join("registry.db");
    drop(registry.store());
    let old = std::fs::read(&database).expect("a file");
    registry.send("2.completion.json", &pretty(&World::signed(&registry.world.claims(true, &[2, 8]))));
    registry.collect();
    for more in ["registry.db-wal", "registry.db-shm"] {
        let _ = std::fs::remove_file(registry.home().join(more));
    }
    std::fs::remove_file(&database).expect("gone");
    std::fs::File::create_new(&database)
        .and_then(|mut file| std::io::Write::write_all(&mut file, &old))
        .expect("old");
    let output = registry.run(&["collect", "inbox"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(words(&output).contains("was put back to an old state"), "{}", words(&output));
    assert_eq!(registry.records("012345").len(), 1, "nothing was added");
    // Reading goes on, and says so.
    assert!(words(&registry.run(&["review"])).contains("was put back to an old state"));
    // A job that looks at nothing but the exit code hears of it, and whoever reads the page.
    for look in [&["status"][..], &["report"], &["person", "012345"], &["backup", "copy.db"]] {
        assert_eq!(registry.run(look).status.code(), Some(1), "{look:?}");
    }
    assert_eq!(registry.run(&["report", "--html", "page.html"]).status.code(), Some(1));
    let page = std::fs::read_to_string(registry.home().with_file_name("page.html")).expect("a page");
    assert!(page.contains("was put back to an old state") && !page.contains("every row is what"), "{page}");
}
