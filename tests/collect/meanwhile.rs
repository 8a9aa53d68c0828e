//! What somebody else enters while one looks, is asked, or waits.

use countersign::digest::Digest;
use countersign::files::{self, Privacy};
use countersign::registry::change::{
    Audience, CourseState, PersonChange, RosterImport, RuleSet, Trigger, Waived,
};
use countersign::registry::person::Presence;
use countersign::registry::{Change, PersonNumber, Profile};
use countersign::store::registry::RegistryStore as _;
use uuid::Uuid;

use super::registry::{Registry, judged, now, roster};

/// Another copy saves `changes` while this command waits to write; its exit code and what it says.
fn beside(registry: &Registry, command: &[&str], changes: &[Change]) -> (Option<i32>, String) {
    use std::io::Read as _;

    let lock = registry.locked();
    let (mut child, mut talk) = registry.waiting(command);
    registry.store().save(changes).expect("saved");
    drop(lock);
    let mut said = String::new();
    talk.read_to_string(&mut said).expect("text");
    (child.wait().expect("it ends").code(), said)
}

/// The roster that is to be imported.
fn put_people(registry: &Registry, rows: &str) {
    let path = registry.home().with_file_name("people.csv");
    files::replace(&path, rows.as_bytes(), Privacy::Private).expect("written");
}

fn entries(registry: &Registry) -> u64 {
    registry.store().log_size().expect("read").get()
}

fn waived(registry: &Registry) -> Change {
    Change::Waived(Waived {
        at: now(),
        id: Uuid::from_u128(1),
        person: PersonNumber::new("1").expect("a number"),
        course: registry.world.course.id.clone(),
        until: now().plus_days(30),
        approver: "M. Roe".to_owned(),
        reason: "parental leave".to_owned(),
    })
}

fn rule(registry: &Registry) -> Change {
    Change::RuleSet(RuleSet {
        at: now(),
        id: Uuid::from_u128(2),
        course: registry.world.course.id.clone(),
        trigger: Trigger::OnHire { within_days: 14 },
        audience: Audience::default(),
        by: "M. Roe".to_owned(),
    })
}

fn with_somebody() -> Registry {
    let registry = Registry::opened(now());
    let mut changes = Vec::from(judged(&registry.world.course, CourseState::Approved, now()));
    changes.push(roster(&[("1", "Joan Clarke")]));
    registry.store().save(&changes).expect("saved");
    registry
}

/// A plan for the roster as it was took back what another one had just said.
#[test]
fn a_roster_is_not_taken_over_for_one_that_is_no_more() {
    let registry = with_somebody();
    put_people(&registry, "number,name\n1,Joan Murray\n");
    let import = ["roster", "import", "people.csv", "--yes"];
    // What has nothing to do with people is no reason.
    let approved = judged(&registry.world.course, CourseState::Retired, now());
    let (code, said) = beside(&registry, &import, &approved[1..]);
    assert_eq!(code, Some(0), "{said}");
    put_people(&registry, "number,name\n1,Joan Clarke\n");
    let (code, said) = beside(&registry, &import, &[roster(&[("2", "Ada Byron")])]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("the roster was changed meanwhile"), "{said}");
    let before = entries(&registry);
    let output = registry.run(&import);
    assert_eq!((output.status.code(), entries(&registry)), (Some(0), before + 1));
}

#[test]
fn nobody_is_excepted_twice_and_no_rule_set_twice() {
    let registry = with_somebody();
    let course = registry.world.course.id.to_string();
    let waive = ["waive", "1", &course, "--until", "2099-01-31", "--approver", "J. Doe", "--reason", "leave"];
    let (code, said) = beside(&registry, &waive, &[waived(&registry)]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("1 is excepted from vector-course until"), "{said}");
    let add = ["rule", "add", &course, "--on-hire", "14", "--by", "J. Doe"];
    let (code, said) = beside(&registry, &add, &[rule(&registry)]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("this rule holds already"), "{said}");
}

/// What somebody had retired in the meantime was approved again, without a word.
#[test]
fn a_version_is_not_approved_that_somebody_judged_meanwhile() {
    let registry = with_somebody();
    let [_, retired] = judged(&registry.world.course, CourseState::Retired, now());
    registry.store().save(&[retired]).expect("saved");
    let [_, approved] = judged(&registry.world.course, CourseState::Approved, now());
    let digest = registry.world.course.digest.short();
    let approve = ["course", "approve", &digest, "--by", "J. Doe"];
    let before = entries(&registry);
    let (code, said) = beside(&registry, &approve, &[approved]);
    assert_eq!((code, entries(&registry)), (Some(2), before + 1), "{said}");
    assert!(said.contains("added or judged by somebody else meanwhile"), "{said}");
}

/// A version was dated when somebody asked for it, and not when it was entered: before what others entered while it waited.
#[test]
fn a_version_is_dated_when_it_is_entered() {
    let registry = with_somebody();
    let lock = registry.locked();
    let (mut child, _talk) = registry.waiting(&["course", "add", "bundled", "--approve", "--by", "J. Doe"]);
    std::thread::sleep(std::time::Duration::from_secs(2));
    let entered = now();
    drop(lock);
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
    let courses = registry.store().courses(now()).expect("read");
    let bundled = courses.last().expect("a version");
    assert!(bundled.added_at >= entered && bundled.approved_at >= Some(entered), "{bundled:?}");
}

#[test]
fn whoever_came_back_meanwhile_is_not_erased() {
    let registry = with_somebody();
    let is = |presence| {
        let number = PersonNumber::new("1").expect("a number");
        let people = vec![PersonChange { number, profile: Profile::named("Joan Clarke"), presence }];
        Change::Roster(RosterImport { at: now(), file: Digest::of(b"another"), people })
    };
    registry.store().save(&[is(Presence::Gone)]).expect("saved");
    let erase = ["erase", "1", "--by", "J. Doe", "--yes"];
    let before = entries(&registry);
    let (code, said) = beside(&registry, &erase, &[is(Presence::Active)]);
    assert_eq!((code, entries(&registry)), (Some(2), before + 1), "{said}");
    assert!(said.contains("what is kept of 1 has changed meanwhile, and nothing was erased"), "{said}");
    registry.store().save(&[is(Presence::Gone)]).expect("saved");
    let (code, said) = beside(&registry, &erase, &[]);
    assert_eq!((code, entries(&registry)), (Some(0), before + 3), "{said}");
}

/// Under a clock that was set back by minutes nothing was seen of what had been entered last.
#[test]
fn a_clock_that_is_minutes_behind_hides_nothing() {
    let registry = with_somebody();
    let soon = now().plus_seconds(600);
    let mut later = vec![roster(&[("2", "Ada Byron")]), waived(&registry), rule(&registry)];
    for change in &mut later {
        match change {
            Change::Roster(import) => import.at = soon,
            Change::Waived(waived) => waived.at = soon,
            Change::RuleSet(rule) => rule.at = soon,
            _ => panic!("no other was made"),
        }
    }
    registry.store().save(&later).expect("saved");
    let course = registry.world.course.id.to_string();
    let check = |verb: &[&str], code: i32, words: &str| {
        let output = registry.run(verb);
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        assert_eq!(output.status.code(), Some(code), "{verb:?}: {said}");
        assert!(said.contains(words), "{verb:?}: {said}");
    };
    check(&["roster", "list"], 0, "Ada Byron");
    check(&["person", "2"], 0, "Ada Byron");
    check(&["waive", "--list"], 0, "vector-course");
    let waive = ["waive", "1", &course, "--until", "2099-01-31", "--approver", "J. Doe", "--reason", "leave"];
    check(&waive, 2, "is excepted from vector-course until");
    check(&["rule", "add", &course, "--on-hire", "14", "--by", "J. Doe"], 2, "this rule holds already");
    check(&["erase", "2", "--by", "J. Doe", "--yes"], 2, "2 cannot be erased yet");
    put_people(&registry, "number,name\n2,Ada Byron\n");
    let before = entries(&registry);
    check(&["roster", "import", "people.csv", "--yes"], 0, "");
    assert_eq!(entries(&registry), before, "she is there already");
}
