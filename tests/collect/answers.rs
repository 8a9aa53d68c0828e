//! Who decides about records that wait, at the same time as others, and where the receipts lie that people are sent.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

use countersign::digest::Digest;
use countersign::files::{self, Privacy};
use countersign::record::read_completion;
use countersign::registry::Change;
use countersign::registry::change::{Decided, Decision};
use countersign::store::registry::RegistryStore as _;

use super::registry::{Registry, now};
use super::vectors::{World, pretty};

/// Sends a record that waits for a decision; its digest.
fn send_waiting(registry: &Registry, wrong: usize) -> Digest {
    let bytes = pretty(&World::signed(&registry.world.claims(false, &[wrong])));
    registry.send(&format!("alone-{wrong}.completion.json"), &bytes);
    read_completion(&bytes).expect("a record").digest
}

/// Receipts by where they lie below the folder, each as the beginning of the record's digest.
fn receipts(folder: &Path) -> BTreeMap<String, String> {
    let found = files::find(folder, ".tlog-proof");
    let place = |path: &Path| {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let record = name.split(['_', '.']).nth(3).expect("a digest").to_owned();
        let below = path.parent().expect("a folder").strip_prefix(folder).expect("below");
        (record, below.to_string_lossy().into_owned())
    };
    found.files.iter().map(|path| place(path)).collect()
}

/// Whoever mailed all of a folder mailed the receipts of records that were refused.
#[test]
fn only_receipts_of_records_that_count_lie_in_the_folder_itself() {
    let registry = Registry::new();
    let counts = pretty(&World::signed(&registry.world.claims(true, &[9])));
    registry.send("012345.completion.json", &counts);
    let counts = read_completion(&counts).expect("a record").digest.short();
    let (one, other) = (send_waiting(&registry, 9), send_waiting(&registry, 8));
    registry.collect();
    let folder = registry.home().join("receipts");
    let expect = |folder: &Path, one_lies: &str, other_lies: &str| {
        let expected = [(counts.clone(), ""), (one.short(), one_lies), (other.short(), other_lies)];
        let expected = expected.map(|(record, place)| (record, place.to_owned()));
        assert_eq!(receipts(folder), BTreeMap::from(expected));
    };
    expect(&folder, "waiting", "waiting");
    let decide = |verb: &str, record: &Digest| {
        let (record, by) = (record.short(), ["--by", "J. Doe", "--reason", "asked"]);
        let output = registry.run(&[&["review", verb, &record], &by[..]].concat());
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        String::from_utf8(output.stderr).expect("text")
    };
    // Another folder of receipts, of which no decision knows.
    let copy = registry.inbox().with_file_name("copy");
    let collect = || {
        let output = registry.run(&["collect", "inbox", "--receipts", "copy"]);
        assert_ne!(output.status.code(), Some(2), "{output:?}");
    };
    collect();
    let mark = copy.join(".written-up-to");
    files::replace(&mark, b"0\n", Privacy::Shared).expect("as if it was there from the beginning");
    collect();
    expect(&copy, "waiting", "waiting");
    let said = decide("accept", &one);
    assert!(said.contains("its receipt: ") && !said.contains("waiting"), "{said}");
    decide("refuse", &other);
    expect(&folder, "", "refused");
    collect();
    expect(&copy, "", "refused");
    let said = registry.run(&["log", "receipt", &other.short()]);
    let said = String::from_utf8(said.stderr).expect("text");
    assert!(said.contains("the record refused in review: the receipt shows that you received it"), "{said}");
}

/// It waited in silence, and then said of a record that somebody else had decided about only that none waits.
#[test]
fn whoever_decides_says_what_it_waits_for_and_who_was_sooner() {
    let registry = Registry::new();
    let record = send_waiting(&registry, 9);
    registry.collect();
    let lock = registry.locked();
    let (mut second, mut talk) = registry.waiting(&[
        "review",
        "accept",
        &record.short(),
        "--by",
        "J. Doe",
        "--reason",
        "it is theirs",
    ]);
    let (by, reason) = ("Eva".to_owned(), "not theirs".to_owned());
    let decided = Decided { at: now(), record, decision: Decision::Refused, by, reason };
    registry.store().save(&[Change::Decided(decided)]).expect("saved");
    drop(lock);
    let mut said = String::new();
    talk.read_to_string(&mut said).expect("text");
    assert_eq!(second.wait().expect("it ends").code(), Some(2), "{said}");
    let decided = format!("error: {} is decided already: refused\n", record.short());
    assert!(said.starts_with(&decided) && said.contains("refused by Eva on 2"), "{said}");
    assert!(said.contains(": not theirs\n"), "{said}");
    // Another one, which nobody has to decide about.
    let counts = pretty(&World::signed(&registry.world.claims(true, &[9])));
    registry.send("012345.completion.json", &counts);
    registry.collect();
    // Nothing is open, because it is here; that was not said.
    let write = ["assign", "--write", "--course", "vector-course", "--to", "person=012345", "--out", "again"];
    let said = String::from_utf8(registry.run(&write).stderr).expect("text");
    assert!(said.contains("012345: their record of vector-course is here already"), "{said}");
    let counts = read_completion(&counts).expect("a record").digest.short();
    let refused = registry.run(&["review", "refuse", &counts, "--by", "J. Doe", "--reason", "x"]);
    let said = String::from_utf8(refused.stderr).expect("text");
    assert!(said.contains(&format!("{counts} waits for no decision: it was accepted at receipt")), "{said}");
    // And what was decided can be looked at by the same few digits.
    let shown = registry.run(&["review", "show", &record.short()]);
    assert_eq!(shown.status.code(), Some(0), "{shown:?}");
}

/// Of a file that could never count nothing was said where everything about the person is.
#[test]
fn what_was_put_aside_in_somebodys_name_is_told_with_them() {
    let registry = Registry::new();
    let mut forged = registry.world.claims(true, &[9]);
    forged.attempts[0].responses[0].response = None;
    let bytes = pretty(&World::signed(&forged));
    registry.send("012345.completion.json", &bytes);
    registry.collect();
    let said = |arguments: &[&str]| {
        let output = registry.run(arguments);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        String::from_utf8(output.stdout).expect("text")
    };
    let file = Digest::of(&bytes);
    let told = format!(
        "file {} put aside, in their name (inbox/012345.completion.json): grading fail",
        file.short()
    );
    let person = said(&["person", "012345"]);
    assert!(person.contains(&told), "{person}");
    let person: serde_json::Value =
        serde_json::from_str(&said(&["person", "012345", "--json"])).expect("JSON");
    assert_eq!(person["putAside"][0]["file"], serde_json::json!(file));
    // The assignment of the vectors is due on a fixed day.
    let open = ["in progress unknown", "overdue"].map(|status| serde_json::json!(status));
    assert!(open.contains(&person["standing"][0]["status"]), "{person:#}");
    // The other one has nothing to do with it.
    assert!(!said(&["person", "12345"]).contains("put aside"));
    // The same page as in the dashboard: whom the roster has, and the five levels as they are now.
    let shown = said(&["quarantine", "show", &file.short()]);
    assert!(shown.contains("roster      Ada Byron\n") && shown.contains("grading    fail"), "{shown}");
}
