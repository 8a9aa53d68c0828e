//! A computer whose clock is wrong.

use countersign::registry::Change;
use countersign::registry::change::{CourseJudged, CourseState};
use countersign::store::registry::RegistryStore as _;

use super::registry::{Registry, now, roster};
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
    assert!(words.contains("what came later is not shown"), "{words}");
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
