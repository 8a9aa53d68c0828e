//! What each verb of `hr` does while its log is in doubt.

use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Output};

use countersign::digest::Digest;

use super::registry::Registry;
use super::vectors::{World, pretty};
use super::{collected, printed, text};

/// What a verb does while the last signed head is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// It only looks: it goes on under a warning, with exit code 1.
    Looks,
    /// It adds, or hands something to others: nothing is done, with exit code 2.
    Refuses,
    /// It has nothing to say of this log, or a test of its own: a key, another folder, a full screen, the way out of the doubt.
    Apart,
}

/// A broken file that is put aside.
const ASIDE: &[u8] = b"{";

/// Every verb, with whatever decides between looking and adding. `RECORD`, `COURSE` and `ASIDE` stand for fingerprints.
const VERBS: [(&str, Manner); 53] = [
    ("init new", Manner::Apart),
    ("roster import inbox/people.csv", Manner::Refuses),
    ("roster list", Manner::Looks),
    ("roster list --everybody --json", Manner::Looks),
    ("person 012345", Manner::Looks),
    ("person 012345 --json", Manner::Looks),
    ("course add bundled", Manner::Refuses),
    ("course approve COURSE --by J", Manner::Refuses),
    ("course retire COURSE --by J", Manner::Refuses),
    ("course export COURSE --output out.course", Manner::Looks),
    ("course retention vector-course --class x --years 3 --by J", Manner::Refuses),
    ("course list", Manner::Looks),
    ("course list --json", Manner::Looks),
    ("assign --course vector-course --due 2099-12-31", Manner::Refuses),
    ("assign --course vector-course --due 2099-12-31 --dry-run", Manner::Looks),
    ("assign --rules", Manner::Refuses),
    ("assign --rules --dry-run", Manner::Looks),
    ("assign --write --course vector-course --out files", Manner::Looks),
    ("rule add vector-course --on-hire 14 --by J", Manner::Refuses),
    ("rule list", Manner::Looks),
    ("rule end 12345678 --by J", Manner::Refuses),
    ("waive 012345 vector-course --until 2099-01-31 --approver J --reason x", Manner::Refuses),
    ("waive --revoke 12345678 --by J --reason x", Manner::Refuses),
    ("waive --list", Manner::Looks),
    ("erase 012345 --by J", Manner::Refuses),
    ("backup copy.db", Manner::Looks),
    ("restore copy.db new", Manner::Apart),
    ("collect inbox", Manner::Refuses),
    ("collect inbox --dry-run", Manner::Looks),
    ("review", Manner::Looks),
    ("review list", Manner::Looks),
    ("review show RECORD", Manner::Looks),
    ("review accept RECORD --by J --reason x", Manner::Refuses),
    ("review refuse RECORD --by J --reason x", Manner::Refuses),
    ("quarantine list", Manner::Looks),
    ("quarantine show ASIDE", Manner::Looks),
    ("quarantine export ASIDE --output -", Manner::Looks),
    ("dashboard", Manner::Apart),
    ("status", Manner::Looks),
    ("report --html -", Manner::Looks),
    ("report --json", Manner::Looks),
    ("terms show", Manner::Looks),
    ("terms set --unknown-time review --by J", Manner::Refuses),
    ("key show", Manner::Apart),
    ("key list 012345", Manner::Looks),
    ("key accept 012345 did:key:z6Mk --by J --reason x", Manner::Refuses),
    ("log checkpoint", Manner::Apart),
    ("log key", Manner::Apart),
    ("log verify", Manner::Apart),
    ("log receipt RECORD", Manner::Refuses),
    ("evidence --course vector-course --from 2026-01-01 --to 2026-12-31 --out pack", Manner::Refuses),
    ("export --format csv", Manner::Refuses),
    ("similar --course vector-course", Manner::Looks),
];

/// The verbs that the help names, each with the verbs before it.
fn verbs(before: &[&str]) -> BTreeSet<String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
    let help = printed(&command.arg("hr").args(before).arg("--help").output().expect("it starts"), 0);
    let Some((_, commands)) = help.split_once("\nCommands:\n") else {
        return BTreeSet::from([before.join(" ")]);
    };
    let lines = commands.lines().take_while(|line| !line.is_empty());
    // What goes on from the line before stands further right.
    let named = lines.filter_map(|line| line.strip_prefix("  ")).filter(|line| !line.starts_with(' '));
    let named = named.filter_map(|line| line.split(' ').next()).filter(|verb| *verb != "help");
    named.flat_map(|verb| verbs(&[before, &[verb]].concat())).collect()
}

/// A registry with a record and a file that was put aside, and beside it a roster.
fn lived_in() -> Registry {
    let registry = collected();
    registry.send("broken.completion.json", ASIDE);
    registry.collect();
    registry.send("people.csv", b"number,name\n012345,Ada Byron\n12345,Grace Brewster\n777,Joan Clarke\n");
    registry
}

fn run(registry: &Registry, said: &str) -> Output {
    let record = pretty(&World::signed(&registry.world.claims(true, &[9])));
    let record = countersign::record::read_completion(&record).expect("sound").digest.short();
    let (course, aside) = (registry.world.course.digest.short(), Digest::of(ASIDE).short());
    let arguments: Vec<&str> = said
        .split(' ')
        .map(|argument| match argument {
            "RECORD" => &record,
            "COURSE" => &course,
            "ASIDE" => &aside,
            other => other,
        })
        .collect();
    registry.run(&arguments)
}

#[test]
fn no_verb_is_left_out() {
    let all = verbs(&[]);
    let is_of = |said: &str, verb: &str| said == verb || said.starts_with(&format!("{verb} "));
    for verb in &all {
        assert!(VERBS.iter().any(|(said, _)| is_of(said, verb)), "{verb} is not in the list");
    }
    assert!(all.len() > 35, "{all:?}");
}

/// Some that only look ended as if all was well, under an `error:` or without a word.
#[test]
fn without_the_last_head_whatever_looks_goes_on_and_whatever_adds_does_not() {
    let registry = lived_in();
    fs::remove_file(registry.home().join("checkpoint")).expect("removed");
    for (said, manner) in VERBS {
        let code = match manner {
            Manner::Looks => 1,
            Manner::Refuses => 2,
            Manner::Apart => continue,
        };
        let output = run(&registry, said);
        let (shown, talk) = (printed(&output, code), text(&output.stderr));
        assert!(talk.contains("checkpoint is missing, so nothing here shows"), "{said}: {talk}");
        assert_eq!(talk.starts_with("warning: "), manner == Manner::Looks, "{said}: {talk}");
        assert_eq!(talk.contains("error: "), manner == Manner::Refuses, "{said}: {talk}");
        assert!(manner == Manner::Looks || shown.is_empty(), "{said}: {shown}");
    }
    assert!(!registry.home().join("checkpoint").exists());
}
