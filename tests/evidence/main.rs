//! What outsiders get to hold against HR, through the program: the log, receipts, evidence packs, exports.

#![expect(
    clippy::disallowed_methods,
    reason = "a test lays out files, and asks whether tools may be missing"
)]

#[path = "../support/forge.rs"]
mod forge;
#[path = "../support/head.rs"]
mod head;
#[path = "../support/lasting.rs"]
mod lasting;
#[path = "../support/learner.rs"]
mod learner;
#[path = "../support/registry.rs"]
#[expect(dead_code, reason = "who waits for whom is for the tests of collecting")]
mod registry;
#[path = "../support/vectors.rs"]
#[expect(dead_code, reason = "the table is for the vectors")]
mod vectors;

mod altered;
mod attacks;
mod doubt;
mod entries;
mod exchanged;
mod export;
mod follows;
mod hostile;
mod layout;
mod lines;
mod listed;
mod log;
mod named;
mod names;
mod pack;
mod population;
mod refuted;
mod sampled;
mod second;
mod spared;
mod strangers;
mod tables;
mod tools;

use std::process::Output;
use std::sync::LazyLock;

use registry::{Kept, Registry};
use serde_json::Value;
use vectors::{World, pretty};

/// A registry that has collected one record that counts, with its receipt.
fn collected() -> Registry {
    static COLLECTED: LazyLock<Kept> = LazyLock::new(|| Kept::of(&collected_by(Registry::new())));
    COLLECTED.laid_out()
}

/// The same of this registry.
fn collected_by(registry: Registry) -> Registry {
    let record = World::signed(&registry.world.claims(true, &[9]));
    registry.send("012345.completion.json", &pretty(&record));
    let (said, code) = registry.collect();
    assert_eq!((&said["accepted"], code), (&serde_json::json!(1), 0), "{said:#}");
    registry
}

/// The same, with an exception for the other one.
fn excepted() -> Registry {
    static EXCEPTED: LazyLock<Kept> = LazyLock::new(|| {
        let registry = collected();
        excepted_from(&registry, "12345", "parental leave, \u{201e}Zo\u{eb}\u{201c} $(id)");
        Kept::of(&registry)
    });
    EXCEPTED.laid_out()
}

/// Excepts somebody for a while, and says by which name.
fn excepted_from(registry: &Registry, person: &str, reason: &str) -> String {
    let until = registry::now().date().checked_add_days(chrono::Days::new(90)).expect("a day").to_string();
    let waive =
        ["waive", person, "vector-course", "--until", &until, "--approver", "C. O'Neil", "--reason", reason];
    let said = printed(&registry.run(&waive), 0);
    said.split(' ').next().expect("a word").to_owned()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("text")
}

/// What was printed, after the exit code was looked at.
#[track_caller]
fn printed(output: &Output, code: i32) -> String {
    let (out, talk) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{out}{talk}");
    out
}

#[track_caller]
fn json(output: &Output, code: i32) -> Value {
    serde_json::from_str(&printed(output, code)).expect("JSON")
}
