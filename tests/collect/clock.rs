//! A computer whose clock is wrong.

use countersign::clock::Timestamp;
use countersign::registry::Change;
use countersign::registry::change::{Audience, CourseJudged, CourseState, RuleSet, Trigger};
use countersign::store::registry::RegistryStore as _;
use uuid::Uuid;

use super::registry::{Registry, assigned, judged, now, roster};
use super::vectors::{World, pretty};

/// Everything was judged by what the registry knew at the wrong time, and put aside for good as content that nobody
/// knows.
#[test]
fn with_a_clock_that_is_days_behind_nothing_is_judged() {
    let registry = Registry::new();
    registry.send("a.completion.json", &pretty(&World::signed(&registry.world.claims(true, &[9]))));
    let mut later = roster(&[("1", "Joan Clarke")]);
    if let Change::Roster(import) = &mut later {
        import.at = now().plus_seconds(3 * 86_400);
    }
    registry.store().save(&[later]).expect("saved");
    for more in [&["inbox"][..], &["inbox", "--dry-run"]] {
        let output = registry.run(&[&["collect"], more].concat());
        let words = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{words}");
        assert!(words.contains("this computer's clock says"), "{words}");
    }
    let none = registry.store().put_aside_files(&mut |file| panic!("{} was put aside", file.name));
    none.expect("read");
    let output = registry.run(&["status"]);
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(words.starts_with("warning: ") && words.contains("what came later is not shown"), "{words}");
    assert_eq!(output.status.code(), Some(1), "{words}");
    // It was advised to add the course, which may be there for all that can be seen.
    let until = ["--until", "2099-01-31", "--approver", "J. Doe", "--reason", "x"];
    let output = registry.run(&[&["waive", "012345", "no-such-course"][..], &until].concat());
    let words = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{words}");
    assert!(words.contains("this computer's clock says") && !words.contains("course add"), "{words}");
}

/// Of what is there all the same it was advised to add it, and an export without it ended as if all was well.
#[test]
fn with_a_clock_that_is_days_behind_nothing_is_said_to_be_missing() {
    let registry = Registry::opened(now());
    let later = now().plus_seconds(3 * 86_400);
    let world = &registry.world;
    let mut changes = Vec::from(judged(&world.course, CourseState::Approved, later));
    changes
        .extend([roster(&[("012345", "Ada Byron")]), assigned(&world.assignment, &world.assignment_bytes)]);
    for change in &mut changes {
        if let Change::Roster(import) = change {
            import.at = later;
        }
        if let Change::Assigned(assigned) = change {
            assigned.at = later;
        }
    }
    registry.store().save(&changes).expect("saved");
    let rule = RuleSet {
        at: later,
        id: Uuid::from_u128(1),
        course: world.course.id.clone(),
        trigger: Trigger::OnHire { within_days: 14 },
        audience: Audience::default(),
        by: "HR".to_owned(),
    };
    registry.store().save(&[Change::RuleSet(rule)]).expect("saved");
    let version = world.course.digest.short();
    let run = |verb: &[&str], code| {
        let output = registry.run(verb);
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{verb:?}: {words}");
        assert!(words.contains("this computer's clock says"), "{verb:?}: {words}");
        for wrong in ["add it first", "there is no", "still to come", "begins with"] {
            assert!(!words.contains(wrong), "{verb:?}: {words}");
        }
        (String::from_utf8_lossy(&output.stdout).into_owned(), words)
    };
    for (verb, there) in [
        (&["course", "list"][..], version.as_str()),
        (&["course", "export", &version, "--output", "out.course"], "out.course"),
        (&["rule", "list"], "within 14 days"),
        (&["similar", "--course", "vector-course"], "0 people"),
        (
            &["assign", "--write", "--course", "vector-course", "--to", "person=012345"],
            "1 assignment, listed",
        ),
        (&["backup", "copy.db"], "log entries"),
    ] {
        let (shown, words) = run(verb, 1);
        assert!(shown.contains(there), "{verb:?}: {shown}");
        assert!(words.starts_with("warning: ") && !words.contains("not shown"), "{verb:?}: {words}");
    }
    let days = ["--from", &later.date().to_string(), "--to", "2099-12-31"].map(str::to_owned);
    let days: Vec<&str> = days.iter().map(String::as_str).collect();
    for verb in [
        &["export", "--format", "csv", "--out", "out"][..],
        &["export", "--format", "json", "--course", "vector-course", "--out", "out"],
        &[&["evidence", "--course", "vector-course", "--out", "out"][..], &days].concat(),
        &["assign", "--course", "vector-course", "--due", "2099-12-31", "--dry-run"],
    ] {
        assert_eq!(run(verb, 2).0, "", "{verb:?}");
    }
    let out = registry.home().with_file_name("out");
    assert!(!out.exists());
}

/// One entry under a clock of the year 9999, and nothing could be added again.
#[test]
fn after_months_without_an_entry_the_clock_is_doubted_before_anything_is_added() {
    const DAY: i64 = 86_400;
    let opened =
        |days: i64| Registry::opened(Timestamp::from_unix(now().unix() - days * DAY).expect("a time"));
    let registry = opened(62);
    // A job that finds nothing new has nothing to ask.
    let output = registry.run(&["collect", "inbox"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    registry.send("a.completion.json", b"{");
    let size = || registry.store().log_size().expect("read").get();
    for dry in [&["--dry-run"][..], &[]] {
        let output = registry.run(&[&["collect", "inbox"], dry].concat());
        let words = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), size()), (Some(if dry.is_empty() { 2 } else { 1 }), 1), "{words}");
        assert_eq!(words.contains("62 days after the newest entry"), dry.is_empty(), "{words}");
        assert_eq!(words.contains("with the same command and --clock-is-right"), dry.is_empty(), "{words}");
    }
    let (said, code) = registry.collect_with(&["inbox", "--clock-is-right"]);
    assert_eq!((&said["putAside"], code, size()), (&1.into(), 1, 2), "{said:#}");
    registry.send("b.completion.json", b"{ ");
    let (said, _) = registry.collect();
    assert_eq!((&said["putAside"], size()), (&1.into(), 3), "it was said once: {said:#}");

    let registry = opened(59);
    registry.send("a.completion.json", b"{");
    let (said, code) = registry.collect();
    assert_eq!((&said["putAside"], code), (&1.into(), 1), "{said:#}");
}

/// Two computers are minutes apart: what the other one entered has happened.
#[test]
fn what_the_log_says_has_happened_by_any_clock() {
    let registry = Registry::new();
    let judged = |at, state| {
        let digest = registry.world.course.digest;
        Change::CourseJudged(CourseJudged { at, digest, state, by: "HR".to_owned(), reason: None })
    };
    let soon = now().plus_seconds(600);
    let changes = [judged(now(), CourseState::Retired), judged(soon, CourseState::Approved)];
    registry.store().save(&changes).expect("saved");
    registry.send("a.completion.json", &pretty(&World::signed(&registry.world.claims(true, &[9]))));
    let (said, code) = registry.collect();
    assert_eq!((&said["accepted"], code), (&1.into(), 0), "{said:#}");
}
