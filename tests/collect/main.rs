//! What HR collects, and what becomes of it: through the program, into a registry on disk.

#[path = "../support/aged.rs"]
mod aged;
#[path = "../support/forge.rs"]
mod forge;
#[path = "../support/head.rs"]
mod head;
#[path = "../support/lasting.rs"]
mod lasting;
#[path = "../support/learner.rs"]
mod learner;
#[path = "../support/registry.rs"]
mod registry;
#[cfg(unix)]
#[path = "../whole_course/terminal.rs"]
#[expect(dead_code, reason = "some of it is for the whole course")]
mod terminal;
#[path = "../support/vectors.rs"]
#[expect(dead_code, reason = "the table is for the vectors")]
mod vectors;
#[path = "../support/workforce.rs"]
#[expect(dead_code, reason = "other parts are for the benches")]
mod workforce;

mod anew;
mod answers;
mod aside;
mod attacks;
mod clock;
#[cfg(unix)]
mod dashboard;
mod hostile;
mod interrupted;
mod meanwhile;
mod officer;
mod once;
mod organisation;
mod said;
mod similar;
#[cfg(unix)]
mod stopped;
mod variations;

use serde_json::Value;

/// The only file that is told.
fn told(said: &Value) -> &Value {
    let files = said["files"].as_array().expect("a list");
    assert_eq!(files.len(), 1, "{said:#}");
    &files[0]
}

/// Whether a file is told with this outcome at a level, in such words.
fn says(told: &Value, level: &str, outcome: &str, words: &str) -> bool {
    told["reasons"].as_array().expect("a list").iter().any(|reason| {
        reason["level"] == level
            && reason["outcome"] == outcome
            && reason["words"].as_str().expect("a text").contains(words)
    })
}
