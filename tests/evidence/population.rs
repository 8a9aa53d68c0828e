//! Who is in the population of a pack: those who were there in the period, and how many are left out because they were not.

use chrono::{Days, NaiveDate};
use countersign::clock::Timestamp;
use countersign::digest::Digest;
use countersign::registry::change::{CourseState, PersonChange, RosterImport};
use countersign::registry::person::Presence;
use countersign::registry::{Change, PersonNumber, Profile};
use countersign::store::registry::RegistryStore as _;

use super::registry::{Registry, assigned, judged, now};
use super::vectors::{World, pretty};
use super::{printed, text};

fn days_ago(days: u64) -> NaiveDate {
    now().date().checked_sub_days(Days::new(days)).expect("a day")
}

fn roster(days: u64, people: &[(&str, Presence, Option<NaiveDate>)]) -> Change {
    let people = people.iter().map(|(number, presence, leaves)| PersonChange {
        number: PersonNumber::new(number).expect("a number"),
        profile: Profile { leaves: *leaves, ..Profile::named(&format!("Person {number}")) },
        presence: *presence,
    });
    let (at, file) = (Timestamp::at_start_of(days_ago(days)), Digest::of(b"roster"));
    Change::Roster(RosterImport { at, file, people: people.collect() })
}

/// People came and went for 400 days; the period is the last 200 of them, and thirty to come.
#[test]
fn whoever_left_before_the_period_is_counted_and_not_named() {
    use Presence::{Active, Gone};
    let registry = Registry::opened(Timestamp::at_start_of(days_ago(400)));
    let world = &registry.world;
    let changes = [
        roster(
            390,
            &[
                ("stays", Active, None),
                ("left", Active, None),
                ("before", Active, None),
                ("012345", Active, None),
            ],
        ),
        roster(300, &[("before", Gone, None), ("012345", Gone, None)]),
        // Two had left when the first roster that names them came; one of them in the period.
        roster(
            100,
            &[
                ("left", Gone, None),
                ("named late", Gone, Some(days_ago(150))),
                ("named too late", Gone, Some(days_ago(250))),
            ],
        ),
    ];
    registry.store().save(&changes).expect("saved");
    registry.store().save(&judged(&world.course, CourseState::Approved, now())).expect("saved");
    registry.store().save(&[assigned(&world.assignment, &world.assignment_bytes)]).expect("saved");
    let pack = |name: &str, to: NaiveDate| {
        let (from, to) = (days_ago(200).to_string(), to.to_string());
        let out = registry.inbox().with_file_name(name);
        let out = out.to_str().expect("text");
        let arguments = ["evidence", "--course", "vector-course", "--from", &from, "--to", &to, "--out", out];
        let output = registry.run(&arguments);
        printed(&output, 0);
        let read = |file: &str| {
            std::fs::read_to_string(registry.inbox().with_file_name(name).join(file)).expect("a file")
        };
        (text(&output.stderr), read("population.csv"), read("README.txt"), read("index.html"))
    };
    let listed = |population: &str| {
        let rows = population.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
        rows.map(|cells| format!("{}: {}", cells[0], cells[4])).collect::<Vec<_>>()
    };
    let end = now().date().checked_add_days(Days::new(30)).expect("a day");
    let (said, population, readme, page) = pack("one", end);
    let listed_first = listed(&population);
    // Somebody who was asked in the period belongs to it, whatever the roster says.
    let first =
        ["012345: left before the period", "left: left in the period", "named late: left in the period"];
    assert_eq!(listed_first[..3], first);
    assert!(listed_first.len() == 4 && listed_first[3].starts_with("stays: "), "{listed_first:?}");
    let left_out = format!("Left out     2 who had left before {} and sent no record since", days_ago(200));
    assert!(readme.contains(&left_out), "{readme}");
    assert!(page.contains("no record of theirs came in it: 2."), "{page}");
    assert!(said.contains(&format!("note: 2 people had left before {}", days_ago(200))), "{said}");
    // Nobody was told that a year that is not over cannot be told whole.
    assert!(readme.contains("\nNOTE: the period was not over when this pack was made."), "{readme}");
    assert!(page.contains("The period was not over when this pack was made."), "{page}");
    assert!(said.contains("note: the period is not over: "), "{said}");
    // So does somebody who sent a record in it.
    registry.send("012345.completion.json", &pretty(&World::signed(&world.claims(true, &[9]))));
    registry.collect();
    let yesterday = days_ago(1);
    let (said, population, readme, _) = pack("two", end);
    assert!(listed(&population).contains(&"012345: left before the period".to_owned()), "{population}");
    assert!(readme.contains("Left out     2 who had left before"), "{readme}");
    assert!(said.contains("note: 2 people had left before"), "{said}");
    // A period that is over needs no warning.
    let registry = Registry::opened(Timestamp::at_start_of(days_ago(50)));
    registry.store().save(&[roster(40, &[("stays", Active, None)])]).expect("saved");
    let approved =
        judged(&registry.world.course, CourseState::Approved, Timestamp::at_start_of(days_ago(30)));
    registry.store().save(&approved).expect("saved");
    let (from, to, out) = (days_ago(20).to_string(), yesterday.to_string(), registry.inbox().join("over"));
    let out = out.to_str().expect("text");
    let over =
        registry.run(&["evidence", "--course", "vector-course", "--from", &from, "--to", &to, "--out", out]);
    printed(&over, 0);
    assert!(!text(&over.stderr).contains("note:"), "{}", text(&over.stderr));
    let readme = std::fs::read_to_string(registry.inbox().join("over/README.txt")).expect("a file");
    assert!(!readme.contains("NOTE:") && readme.contains("Left out     nobody"), "{readme}");
}
