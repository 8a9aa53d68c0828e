//! Stopping, and the drop folder that is watched until then.

use std::fs;
use std::io::{Read as _, Write as _};
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use countersign::registry::change::{Change, Collected};
use countersign::store::registry::RegistryStore as _;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use super::registry::{Registry, now};
use super::vectors::{World, pretty};

fn interrupt(child: &Child) {
    kill_process(Pid::from_child(child), Signal::INT).expect("it runs");
}

/// Waits until it is so, and not for ever.
fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_mins(1), "{what}");
        thread::sleep(Duration::from_millis(2));
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
    let before = registry.store().log_size().expect("read");
    let child = registry
        .hr(&["collect", "inbox", "--json", "--no-receipts"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    // The first batch is written, whichever files a folder names first; the others are not.
    until("it collects", || registry.store().log_size().expect("read") > before);
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
    // Somebody copies slowly, and is called away in the middle for longer than it takes to look twice.
    let path = registry.inbox().join("slow.completion.json");
    let mut file = fs::File::create_new(&path).expect("a file");
    for (number, part) in whole.chunks(whole.len().div_ceil(8)).enumerate() {
        file.write_all(part).expect("written");
        thread::sleep(Duration::from_millis(if number == 3 { 6000 } else { 500 }));
    }
    drop(file);
    until("what comes is taken", || registry.records("012345").len() == 2);
    let listed = registry.run(&["quarantine", "list"]);
    assert_eq!(String::from_utf8_lossy(&listed.stdout), "", "half a file is no file");
    interrupt(&child);
    let output = child.wait_with_output().expect("it ends");
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(!said.contains("put aside"), "half a file is no file: {said}");
}

/// Runs a verb that is killed as soon as one of its files has more than 32 KiB.
fn killed(folder: &Path, arguments: &[&str]) {
    let status = Command::new("sh")
        .args(["-c", "ulimit -f 64; exec \"$0\" hr \"$@\"", env!("CARGO_BIN_EXE_countersign")])
        .args(arguments)
        .current_dir(folder)
        .stderr(Stdio::null())
        .status()
        .expect("it starts");
    assert!(status.code().is_none_or(|code| code != 0), "{arguments:?} was not disturbed");
}

/// The key was there and no database, or an empty one: the folder was no registry and could not become one.
#[test]
fn a_registry_that_was_not_finished_is_begun_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let make = ["init", "new", "--no-passphrase"];
    killed(folder.path(), &make);
    for name in ["registry.db", "hr.key", "checkpoint"] {
        assert!(!folder.path().join("new").join(name).exists(), "{name}");
    }
    for arguments in [&make[..], &["log", "verify", "--registry", "new"]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
        let output = command.arg("hr").args(arguments).current_dir(folder.path()).output();
        let output = output.expect("it starts");
        let talk = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{talk}");
        // The key that was made first lay there for good, and nobody was told.
        let left = talk
            .lines()
            .filter(|line| line.contains("has left a key") && line.contains("new/.countersign-"))
            .count();
        assert_eq!(left, usize::from(arguments[0] == "init"), "{talk}");
    }
}

/// A folder that was gone by then was named.
#[test]
fn a_registry_that_cannot_be_made_is_told_by_the_name_that_it_would_have() {
    let mut named = 0;
    for files in 4..12 {
        let folder = tempfile::tempdir().expect("a folder");
        let limited = format!("ulimit -n {files}; exec \"$0\" hr init new --no-passphrase");
        let output = Command::new("sh")
            .args(["-c", &limited, env!("CARGO_BIN_EXE_countersign")])
            .current_dir(folder.path())
            .output()
            .expect("it starts");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!said.contains(".countersign-"), "{files}: {said}");
        named += usize::from(said.contains("/hr.key") || said.contains("new/registry.db"));
    }
    assert!(named > 0, "no number of files ended it while it was made");
}

/// An empty or torn file lay where the backup should be, and its name was taken.
#[test]
fn half_a_backup_is_none() {
    let registry = Registry::new();
    let folder = registry.inbox();
    let home = registry.home();
    let copy = ["backup", "copy.db", "--registry", home.to_str().expect("a path")];
    killed(&folder, &copy);
    assert!(!folder.join("copy.db").exists());
    let output = registry.hr(&["backup"]).arg(folder.join("copy.db")).output().expect("it starts");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

/// After a hang-up, whoever went on with the line did not see what they typed.
#[test]
fn whoever_is_asked_for_a_passphrase_leaves_the_terminal_as_it_was() {
    for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
        let folder = tempfile::tempdir().expect("a folder");
        let pair = native_pty_system().openpty(PtySize::default()).expect("a pseudo-terminal");
        let terminal = || format!("{:?}", pair.master.get_termios());
        let before = terminal();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_countersign"));
        command.args(["hr", "init"]);
        command.arg(folder.path().join("new"));
        let mut child = pair.slave.spawn_command(command).expect("it starts");
        until("it hides what is typed", || terminal() != before);
        let id = child.process_id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw);
        kill_process(id.expect("it runs"), signal).expect("it runs");
        child.wait().expect("it ends");
        assert_eq!(terminal(), before, "{signal:?}");
        // Whoever presses Ctrl-C is told what became of it.
        drop(pair.slave);
        let mut said = Vec::new();
        let mut output = pair.master.try_clone_reader().expect("a reader");
        let _ = output.read_to_end(&mut said);
        let has_farewell = String::from_utf8_lossy(&said).contains("No registry was made. Goodbye.");
        assert_eq!(has_farewell, signal == Signal::INT, "{}", String::from_utf8_lossy(&said));
    }
}

/// How a registry is begun; the passphrase is piped.
fn begin_registry(folder: &Path) -> Child {
    let mut child = Command::new(env!("CARGO_BIN_EXE_countersign"))
        .args(["hr", "init", "new/registry", "--passphrase"])
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    child.stdin.take().expect("a pipe").write_all(b"open sesame\n").expect("it listens");
    child
}

/// It died without a word, and left a folder with the key.
#[test]
fn a_registry_that_is_interrupted_leaves_nothing_and_says_so() {
    for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
        let mut interrupted = 0;
        // A machine that is busy with other tests may be too late.
        for _ in 0..100 {
            let folder = tempfile::tempdir().expect("a folder");
            let registry = folder.path().join("new/registry");
            let mut child = begin_registry(folder.path());
            while !registry.exists() && child.try_wait().expect("it runs").is_none() {
                thread::sleep(Duration::from_millis(1));
            }
            // One that has ended by now is still there to be waited for.
            kill_process(Pid::from_child(&child), signal).expect("it is ours");
            let output = child.wait_with_output().expect("it ends");
            let said = String::from_utf8_lossy(&output.stderr);
            if output.status.success() {
                assert!(registry.join("registry.db").exists(), "{said}");
                continue;
            }
            assert_eq!(output.status.signal(), Some(signal.as_raw()), "{said}");
            // What came too late was swallowed, and it ended as if nobody had asked.
            if said.ends_with("\nThe registry was made before that. Goodbye.\n") {
                assert!(registry.join("registry.db").exists(), "{said}");
                continue;
            }
            assert!(said.ends_with("\nNo registry was made. Goodbye.\n"), "{said}");
            // The folder above it lay there.
            assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
            interrupted += 1;
            if interrupted == 3 {
                break;
            }
        }
        assert!(interrupted > 0, "{signal:?}");
    }
}

/// Names and answers lay in a hidden folder, and nobody knew of it.
#[test]
fn a_pack_that_is_interrupted_leaves_nothing_and_says_so() {
    let registry = Registry::empty();
    let files = super::vectors::read_course(&super::vectors::folder().join("course"));
    let organisation = super::workforce::Organisation::new(files, 400);
    organisation.write_registry(&registry.home(), 0);
    let records = (0..400).map(|index| {
        let record = organisation.collected(index, &organisation.answer(index));
        Change::Collected(Box::new(Collected { at: now(), ..record }))
    });
    registry.store().save(&records.collect::<Vec<_>>()).expect("saved");
    let packs = registry.inbox();
    let child = registry
        .hr(&["evidence", "--course", "vector-course", "--from", "2024-01-01", "--to", "2099-12-31"])
        .arg("--out")
        .arg(packs.join("pack"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let begun = || fs::read_dir(&packs).expect("a folder").count() > 0;
    until("it writes", begun);
    interrupt(&child);
    let output = child.wait_with_output().expect("it ends");
    let words = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.signal(), Some(Signal::INT.as_raw()), "{words}");
    assert!(words.contains("No pack was made. Goodbye."), "{words}");
    assert!(!begun(), "{:?}", fs::read_dir(&packs).expect("a folder").collect::<Vec<_>>());
}
