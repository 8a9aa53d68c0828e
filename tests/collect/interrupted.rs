//! Whoever was asked gets their file, also when the run that asked them was killed before it wrote it.

use std::fs;
use std::path::Path;
use std::process::{Output, Stdio};

use countersign::registry::change::CourseState;
use countersign::registry::person::Presence;
use countersign::store::registry::RegistryStore as _;

use super::registry::{Registry, judged, now, roster};
use super::vectors::{self, read_course};
use super::workforce::Organisation;

const ASK: [&str; 5] = ["assign", "--course", "vector-course", "--due", "2099-12-18"];

fn said(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("text");
    (text(&output.stdout), text(&output.stderr))
}

/// How many assignments lie in a folder and those in it.
fn files(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.expect("an entry").path());
    let count = |path: std::path::PathBuf| {
        if path.is_dir() {
            files(&path)
        } else {
            usize::from(path.to_string_lossy().ends_with(".assignment.json"))
        }
    };
    entries.map(count).sum()
}

/// Two people, and a course that can be assigned.
fn with_nobody_asked() -> Registry {
    let registry = Registry::opened(now());
    let mut changes = vec![roster(&[("012345", "Ada Byron"), ("12345", "Grace Brewster")])];
    changes.extend(judged(&registry.world.course, CourseState::Approved, now()));
    registry.store().save(&changes).expect("saved");
    registry
}

/// They were told nothing, for the next run found them asked already.
#[test]
fn what_could_not_be_written_is_written_by_the_next_run() {
    let registry = with_nobody_asked();
    let blocked = registry.send("blocked", b"no folder");
    let out = blocked.join("mail");
    let ask = |out: &Path, more: &[&str]| {
        let out = out.to_str().expect("text");
        registry.run(&[&ASK[..], &["--out", out], more].concat())
    };
    let failed = ask(&out, &[]);
    assert_eq!(failed.status.code(), Some(2));
    assert!(said(&failed).1.contains("everything is kept in the registry"), "{}", said(&failed).1);
    let dry = said(&registry.run(&[&ASK[..], &["--dry-run"]].concat())).1;
    assert!(
        dry.contains("0 people would be asked") && dry.contains("without --dry-run they are written"),
        "{dry}"
    );

    let elsewhere = registry.inbox().join("elsewhere");
    let again = ask(&elsewhere, &[]);
    let (told, talk) = said(&again);
    assert_eq!(again.status.code(), Some(0), "{talk}");
    assert!(talk.contains("an earlier run was interrupted before its files were written"), "{talk}");
    assert!(talk.contains("nobody is to be asked"), "{talk}");
    let folder = Path::new(told.lines().next().expect("the folder"));
    assert!(told.contains("2 assignments, listed in index.csv"), "{told}");
    assert!(folder.starts_with(registry.home().join("assignments")), "{told}");
    assert_eq!((files(folder), elsewhere.exists()), (2, false));

    let (told, talk) = said(&ask(&elsewhere, &[]));
    assert_eq!((told.as_str(), talk.contains("interrupted")), ("", false), "{talk}");
}

/// Their files were written, and the list had their addresses.
#[test]
fn nobody_who_has_left_since_gets_a_file() {
    let registry = with_nobody_asked();
    let blocked = registry.send("blocked", b"no folder");
    let blocked = blocked.join("mail");
    let failed = registry.run(&[&ASK[..], &["--out", blocked.to_str().expect("text")]].concat());
    assert_eq!(failed.status.code(), Some(2));
    let roster = registry.send("people.csv", b"number,name,status\n012345,Ada Byron,left\n");
    let imported =
        registry.run(&["roster", "import", roster.to_str().expect("text"), "--yes", "--leavers", "1"]);
    assert_eq!(imported.status.code(), Some(0), "{}", said(&imported).1);

    let (told, talk) = said(&registry.run(&ASK));
    assert!(told.contains("1 assignment, listed in index.csv"), "{told}{talk}");
    assert!(talk.contains("1 person has left since an earlier run was interrupted"), "{talk}");
    assert!(talk.contains("their assignments are not written: 012345"), "{talk}");
    let folder = Path::new(told.lines().next().expect("the folder"));
    let list = fs::read_to_string(folder.join("index.csv")).expect("a list");
    assert_eq!((files(folder), list.contains("012345"), list.contains("12345")), (1, false, true), "{list}");

    // Should they come back, theirs is written by hand.
    let again = registry.inbox().join("again");
    let write = ["assign", "--write", "--course", "vector-course", "--to", "person=012345", "--out"];
    let written = registry.run(&[&write[..], &[again.to_str().expect("text")]].concat());
    assert_eq!((written.status.code(), files(&again)), (Some(0), 1), "{}", said(&written).1);
}

/// Nor is what somebody had written again by hand.
#[test]
fn what_was_written_again_by_hand_is_not_written_by_the_next_run() {
    let registry = with_nobody_asked();
    let blocked = registry.send("blocked", b"no folder");
    let blocked = blocked.join("mail");
    let failed = registry.run(&[&ASK[..], &["--out", blocked.to_str().expect("text")]].concat());
    assert_eq!(failed.status.code(), Some(2));
    let mail = registry.inbox().join("mail");
    let written = registry.run(&["assign", "--write", "--out", mail.to_str().expect("text")]);
    assert_eq!((written.status.code(), files(&mail)), (Some(0), 2));
    let (told, talk) = said(&registry.run(&ASK));
    assert_eq!((told.as_str(), talk.contains("interrupted")), ("", false), "{talk}");
}

/// At any moment: before the first file, in the midst of them, and after the last one.
#[test]
fn a_run_that_was_killed_is_finished_by_the_next() {
    const PEOPLE: u64 = 200;
    let registry = Registry::empty();
    let organisation = Organisation::new(read_course(&vectors::folder().join("course")), PEOPLE * 10);
    organisation.write_registry(&registry.home(), 0);
    let ask = |out: &Path, more: &[&str]| {
        let out = ["--clock-is-right", "--out", out.to_str().expect("text")];
        let mut command = registry.hr(&[&ASK[..], &out, more].concat());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    };
    let is_asked = |person: &u64| Organisation::person(*person).presence == Presence::Active;
    let asked = (0..PEOPLE).filter(is_asked).count();
    let mut interrupted = 0;
    for round in 0..5 {
        let out = registry.inbox().join(format!("mail{round}"));
        let mut killed = ask(&out, &["--again"]).spawn().expect("it starts");
        let begun = out.join(".index.begun");
        let wanted = [1, 40, 80, 120, 160][round];
        while killed.try_wait().expect("it can be waited for").is_none()
            && (!begun.exists() || files(&out) < wanted)
        {
            std::thread::yield_now();
        }
        killed.kill().expect("killed");
        killed.wait().expect("it ends");
        let is_whole = out.join("index.csv").exists();
        interrupted += usize::from(!is_whole);
        // Where a list lies already, none is written over.
        let next = if is_whole { registry.inbox().join("other") } else { out.clone() };
        let next = ask(&next, &[]).output().expect("it starts");
        assert_eq!(next.status.code(), Some(0), "{}", said(&next).1);
        assert!(out.join("index.csv").exists(), "{}", said(&next).1);
        assert_eq!(files(&out), asked, "round {round}: {}", said(&next).1);
    }
    assert!(interrupted > 0, "nothing was disturbed");
}
