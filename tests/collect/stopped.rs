//! Stopping, and the drop folder that is watched until then.

use std::fs;
use std::io::Write as _;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use super::registry::Registry;
use super::vectors::{World, pretty};

fn interrupt(child: &Child) {
    kill_process(Pid::from_child(child), Signal::INT).expect("it runs");
}

/// Waits until it is so, and not for ever.
fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(60), "{what}");
        thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn ctrl_c_finishes_the_batch_and_the_next_run_goes_on() {
    let registry = Registry::new();
    let mut document = World::signed(&registry.world.claims(false, &[9]));
    for number in 0..4000 {
        document["credentialSubject"]["person"]["number"] = format!("P{number}").into();
        super::forge::sign(&mut document, &super::vectors::LEARNER);
        registry.send(&format!("{number}.completion.json"), &pretty(&document));
    }
    let child = registry
        .hr(&["collect", "inbox", "--json", "--no-receipts"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    // The first batch is written, the others are not.
    until("it collects", || registry.records("P0").len() + registry.records("P99").len() > 0);
    interrupt(&child);
    let output = child.wait_with_output().expect("it ends");
    let said: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let words = String::from_utf8_lossy(&output.stderr);
    assert_eq!((output.status.code(), &said["complete"]), (Some(2), &false.into()), "{words}");
    assert!(words.contains("run the same command again to go on"), "{words}");
    let first = said["review"].as_u64().expect("a number");
    assert!((1..4000).contains(&first), "{first}");
    let (said, code) = registry.collect();
    let number = |what: &str| said[what].as_u64().expect("a number");
    assert_eq!((number("alreadyHere"), number("alreadyHere") + number("review"), code), (first, 4000, 1));
}

#[test]
fn a_drop_folder_is_watched_and_a_file_is_taken_when_it_is_whole() {
    let registry = Registry::new();
    let whole = pretty(&World::signed(&registry.world.claims(true, &[9])));
    registry.send("before.completion.json", &pretty(&World::signed(&registry.world.claims(true, &[2, 8]))));
    let child = registry
        .hr(&["collect", "--watch", "inbox"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    until("what is there is taken", || registry.records("012345").len() == 1);
    // Somebody copies slowly.
    let path = registry.inbox().join("slow.completion.json");
    let mut file = fs::File::create_new(&path).expect("a file");
    for part in whole.chunks(whole.len().div_ceil(8)) {
        file.write_all(part).expect("written");
        thread::sleep(Duration::from_millis(500));
    }
    drop(file);
    until("what comes is taken", || registry.records("012345").len() == 2);
    interrupt(&child);
    let output = child.wait_with_output().expect("it ends");
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(!said.contains("put aside"), "half a file is no file: {said}");
}
