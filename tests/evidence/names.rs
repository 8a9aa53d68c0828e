//! A record that is signed with a name by which HR knows nobody is asked about, by both programs, in the same words.

use super::pack::pack;
use super::registry::{Registry, roster};
use super::tables::told;
use super::tools::has_tools;
use super::vectors::{World, pretty};
use countersign::store::registry::RegistryStore as _;

/// The registry of the vectors, where HR has asked 012345 as Ada Byron, and nobody has asked 12345, Grace Brewster.
fn received(records: &[(&str, &str)]) -> Registry {
    let registry = Registry::new();
    for (right, (number, name)) in records.iter().enumerate() {
        let mut claims = registry.world.claims(false, &[right + 7]);
        (claims.person.number, claims.person.name) = ((*number).to_owned(), (*name).to_owned());
        registry.send(&format!("{right}.completion.json"), &pretty(&World::signed(&claims)));
    }
    registry.collect();
    registry
}

/// What each of the two asks about names: the number, the name on the roster, the folder of what was signed, and its name.
#[track_caller]
fn check(registry: &Registry, expected: &[(&str, &str, &str, &str)]) {
    for (said, code) in told(&pack(registry, "names", &[])) {
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(code, Some(0), "{said}");
        assert_eq!(said.matches(": is that one person?").count(), expected.len(), "{said}");
        for (number, listed, folder, signed) in expected {
            let begins = format!("population.csv: {number}: name is '{listed}', and {folder}/{number}_");
            let ends = format!(".json says '{signed}'");
            let mut asked = said.split(": is that one person?");
            let is_asked = asked.any(|words| words.contains(&begins) && words.ends_with(&ends));
            assert!(is_asked, "{begins}…{ends}\n{said}");
        }
        let is_well = said.contains("people are called as in what was signed");
        assert!(!is_well || expected.is_empty(), "{said}");
    }
}

/// The assignment, which HR signs, was taken for what vouches for it.
#[test]
fn what_hr_signed_vouches_for_no_record_of_a_stranger() {
    if !has_tools() {
        return;
    }
    let strange = |name| ("012345", "Ada Byron", "records", name);
    check(&received(&[("012345", "Olena")]), &[strange("Olena")]);
    // Each of them, whatever another one says.
    let registry = received(&[("012345", "Olena"), ("012345", "Ada Byron"), ("012345", "Eve")]);
    check(&registry, &[strange("Olena"), strange("Eve")]);
    // Where nobody was asked, the roster alone knows a name.
    check(&received(&[("12345", "Olena")]), &[("12345", "Grace Brewster", "records", "Olena")]);
    check(&received(&[("12345", "Grace Brewster"), ("012345", "BYRON, \u{c1}da")]), &[]);
}

/// Somebody has married: a record from before is signed with the name by which they were asked.
#[test]
fn a_name_that_has_changed_is_asked_about_once() {
    if !has_tools() {
        return;
    }
    let renamed = |records: &[(&str, &str)]| {
        let registry = received(records);
        registry.store().save(&[roster(&[("012345", "Ada Lovelace")])]).expect("saved");
        registry
    };
    let asked = |folder, name| ("012345", "Ada Lovelace", folder, name);
    check(&renamed(&[]), &[asked("assignments", "Ada Byron")]);
    check(&renamed(&[("012345", "Ada Byron")]), &[asked("records", "Ada Byron")]);
    check(&renamed(&[("012345", "Ada Byron"), ("012345", "Ada Lovelace")]), &[]);
    let both = [asked("records", "Olena"), asked("assignments", "Ada Byron")];
    check(&renamed(&[("012345", "Olena")]), &both);
}
