use std::collections::BTreeMap;

use chrono::FixedOffset;
use proptest::prelude::*;
use uuid::Uuid;

use super::search::{Scope, Search, Wanted};
use super::*;
use crate::digest::Digest;
use crate::record::verdict::Outcome;
use crate::registry::dossier::{AssignmentState, RecordState, WaiverState};
use crate::registry::person::{Presence, Profile};
use crate::registry::samples;
use crate::registry::summary::completions::Period;
use crate::registry::terms::{Levels, Treatment};

fn time(text: &str) -> Timestamp {
    format!("{text}T09:00:00Z").parse().expect("a day")
}

fn utc() -> Calendar {
    Calendar::from(FixedOffset::east_opt(0).expect("UTC"))
}

fn person(number: &str, name: &str, department: Option<&str>, presence: Presence) -> Dossier {
    let department = department.map(str::to_owned);
    let profile = Profile { department, role: Some("clerk".to_owned()), ..Profile::named(name) };
    let mut person = samples::person(number, profile);
    person.roster.iter_mut().for_each(|roster| roster.presence = presence);
    person
}

/// What happened to somebody.
trait Past {
    fn asked(self, course: &str, due: &str) -> Self;
    fn came_back(self, course: &str, at: &str) -> Self;
    fn excepted(self, course: &str) -> Self;
}

impl Past for Dossier {
    fn asked(mut self, course: &str, due: &str) -> Self {
        self.assignments.push(AssignmentState {
            id: Uuid::nil(),
            digest: Digest::of(b"assignment"),
            at: time("2026-01-10"),
            due: time(due),
            course: course.parse().expect("an id"),
            version: Digest::of(b"version"),
            rule: None,
        });
        self
    }

    fn came_back(mut self, course: &str, at: &str) -> Self {
        self.records.push(RecordState {
            digest: Digest::of(at.as_bytes()),
            index: 0,
            received_at: time(at),
            signed_at: time(at),
            course: course.parse().expect("an id"),
            version: Digest::of(b"version"),
            assignment: None,
            earned: 9,
            possible: 10,
            passed: true,
            levels: Levels([Outcome::Pass; 5]),
            treatment: Treatment::Accept,
            decision: None,
        });
        self
    }

    fn excepted(mut self, course: &str) -> Self {
        self.waivers.push(WaiverState {
            index: 0,
            id: Uuid::nil(),
            course: course.parse().expect("an id"),
            at: time("2026-01-10"),
            until: time("2027-01-10"),
            taken_back: None,
            approver: "Grace".to_owned(),
            reason: "leave".to_owned(),
        });
        self
    }
}

fn listing(people: &[Dossier]) -> Listing {
    let validity = BTreeMap::from([(Digest::of(b"version"), 365)]);
    let policies = BTreeMap::new();
    let reckoning = Reckoning {
        at: time("2026-06-01"),
        validity_days: &validity,
        rules: &[],
        policies: &policies,
        expiring_days: 30,
    };
    let mut builder = Builder::new(reckoning, utc(), str::len);
    for person in people {
        builder.add(person);
    }
    builder.finish()
}

fn small() -> Listing {
    listing(&[
        person("007", "Zoë Ångström", Some("Sales"), Presence::Active)
            .asked("app-data", "2026-02-01")
            .came_back("app-data", "2026-01-20"),
        person("012", "ada byron", Some("Care"), Presence::Active)
            .asked("app-data", "2026-02-01")
            .asked("phishing", "2026-07-01"),
        person("013", "Idle Ida", None, Presence::Active),
        person("100", "Away Anders", Some("Care"), Presence::Away).asked("app-data", "2026-02-01"),
        person("101", "Ελένη", None, Presence::Active).excepted("phishing"),
    ])
}

fn wanted(words: &str) -> Wanted {
    let order = Order { column: Column::Number, direction: Direction::Down };
    Wanted { words: words.to_owned(), whose: Whose::Active, scope: Scope::default(), order }
}

/// The rows that are found, each as number and course.
fn found(listing: &Listing, wanted: Wanted) -> Vec<String> {
    let mut search = Search::begin(listing, wanted);
    search.advance(listing, usize::MAX);
    assert!(search.is_done(listing));
    assert_eq!(search.counts().total(), search.found().len() as u64);
    let row = |row: &u32| listing.row(*row).expect("a row");
    search.found().iter().map(row).map(|row| format!("{} {}", row.number(), row.course())).collect()
}

#[test]
fn every_word_must_be_found_somewhere() {
    let listing = small();
    let check =
        |words: &str, expected: &[&str]| assert_eq!(found(&listing, wanted(words)), expected, "{words:?}");
    check("", &["007 app-data", "012 app-data", "012 phishing", "101 phishing"]);
    check("zoe", &["007 app-data"]);
    check("ANGSTROM sales", &["007 app-data"]);
    check("ελενη", &["101 phishing"]);
    check("01", &["012 app-data", "012 phishing", "101 phishing"]);
    check("overdue", &["012 app-data"]);
    check("byron unknown", &["012 phishing"]);
    check("waived", &["101 phishing"]);
    check("phish care", &["012 phishing"]);
    check("clerk", &["007 app-data", "012 app-data", "012 phishing", "101 phishing"]);
    check("sales care", &[]);
    // Words do not run together over the edge of a text.
    check("byroncare", &[]);
    // Whoever is on leave is not at work.
    check("leave", &[]);
    let everybody = Wanted { whose: Whose::Everybody, ..wanted("leave") };
    assert_eq!(found(&listing, everybody), ["100 app-data"]);
}

#[test]
fn whoever_is_asked_for_nothing_is_on_the_list_of_everybody() {
    let erased = Dossier { roster: None, ..person("500", "", None, Presence::Active) };
    let unlisted = Dossier { roster: None, ..person("999", "", None, Presence::Active) };
    let listing = listing(&[
        person("007", "Ada", None, Presence::Active).asked("app-data", "2026-02-01"),
        person("011", "On Leave", None, Presence::Away),
        person("012", "Long Gone", None, Presence::Gone).asked("app-data", "2026-02-01"),
        person("013", "Idle Ida", None, Presence::Active),
        erased,
        unlisted.came_back("app-data", "2026-01-20"),
    ]);
    let rowless = Rowless { away: 1, to_come: 0, gone: 1, unlisted: 1, asked_nothing: 1 };
    assert_eq!(listing.rowless(), rowless);
    assert_eq!(found(&listing, wanted("")), ["007 app-data"]);
    let look_for = |words: &str, column| {
        let order = Order { column, direction: Direction::Down };
        let mut search = Search::begin(&listing, Wanted { whose: Whose::Everybody, order, ..wanted(words) });
        search.advance(&listing, usize::MAX);
        let numbers = search.found().iter().filter_map(|row| listing.row(*row)).map(|row| row.number());
        numbers.collect::<Vec<_>>()
    };
    assert_eq!(look_for("", Column::Number), ["007", "011", "012", "013", "999"]);
    assert_eq!(look_for("ida", Column::Number), ["013"]);
    assert_eq!(look_for("asked nothing", Column::Number), ["011", "013"]);
    // What is asked of nobody stands last.
    assert_eq!(look_for("", Column::State)[3..], ["011", "013"]);
    assert_eq!(listing.find("013", ""), Some(3));
    assert_eq!(listing.courses().len(), 1);
    assert_eq!(listing.standings(None).all.total(), 1);
}

#[test]
fn rows_are_sorted_by_every_column_either_way() {
    let listing = small();
    let check = |column: Column, expected: &[&str]| {
        let sorted = |direction| found(&listing, Wanted { order: Order { column, direction }, ..wanted("") });
        assert_eq!(sorted(Direction::Down), expected, "{column:?}");
        let mut turned = sorted(Direction::Up);
        turned.reverse();
        assert_eq!(turned, expected, "{column:?}");
    };
    check(Column::Number, &["007 app-data", "012 app-data", "012 phishing", "101 phishing"]);
    check(Column::Name, &["012 app-data", "012 phishing", "007 app-data", "101 phishing"]);
    check(Column::Department, &["012 app-data", "012 phishing", "007 app-data", "101 phishing"]);
    check(Column::Course, &["007 app-data", "012 app-data", "012 phishing", "101 phishing"]);
    // Overdue presses most, then what is under way; what is complete presses least.
    check(Column::State, &["012 app-data", "012 phishing", "101 phishing", "007 app-data"]);
    // Due in February, due in July, waived and complete into January of the next year.
    check(Column::Date, &["012 app-data", "012 phishing", "101 phishing", "007 app-data"]);
}

#[test]
fn a_row_is_found_again_by_person_and_course() {
    let listing = small();
    let row = |number, course| listing.find(number, course).and_then(|row| listing.row(row));
    assert_eq!(row("012", "phishing").map(|row| row.name()), Some("ada byron"));
    assert_eq!(row("100", "app-data").map(|row| row.member()), Some(Membership::Away));
    assert!(row("013", "app-data").is_none() && row("012", "nothing").is_none() && row("", "").is_none());
    assert_eq!(row("012", "app-data").and_then(|row| row.days_late()), Some(120));
    assert_eq!(row("012", "phishing").and_then(|row| row.days_late()), None);
}

#[test]
fn what_rows_come_to_by_department_course_and_day() {
    let listing = small();
    let said = |standings: &standings::Standings| {
        let groups = standings.departments.iter();
        let groups = groups.map(|(name, counts)| (name.as_deref().unwrap_or("-").to_owned(), *counts));
        groups
            .map(|(name, counts)| format!("{name} {}/{}", counts.complete(), counts.total()))
            .collect::<Vec<_>>()
    };
    assert_eq!(said(&listing.standings(None)), ["Care 0/1", "Sales 1/1", "- 0/1"]);
    let (people, rows) = (listing.standings(None).people, listing.standings(None).all);
    assert_eq!((people.total(), rows.total()), (3, 4), "each person once, and once for each course");
    let phishing = listing.courses().into_iter().find(|(_, name)| *name == "phishing");
    let phishing = listing.standings(phishing.map(|(number, _)| number));
    assert_eq!(said(&phishing), ["Care 0/1", "- 0/1"]);
    let days: Vec<_> = listing.standings(None).days.into_iter().collect();
    assert_eq!(days, [("2026-01-20".parse().expect("a day"), 1)]);
}

#[test]
fn completions_add_up_over_time() {
    let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
    let days = [("2026-01-05", 2), ("2026-01-20", 1), ("2026-02-02", 4)];
    let days = days.map(|(text, number)| (day(text), number)).into();
    let begins = Some(day("2026-01-05"));
    let standings = standings::Standings { begins, days, ..standings::Standings::default() };
    let check = |period, most, expected: &[&str]| {
        let reached = standings.reached(period, day("2026-02-10"), most);
        let said: Vec<_> =
            reached.iter().map(|step| format!("{} +{} ={}", step.start, step.new, step.sum)).collect();
        assert_eq!(said, expected);
    };
    check(Period::Month, 9, &["2026-01-01 +3 =3", "2026-02-01 +4 =7"]);
    let weeks = [
        "2026-01-05 +2 =2",
        "2026-01-12 +0 =2",
        "2026-01-19 +1 =3",
        "2026-01-26 +0 =3",
        "2026-02-02 +4 =7",
        "2026-02-09 +0 =7",
    ];
    check(Period::Week, 9, &weeks);
    // What came before the first step is in its sum and not in what is new.
    check(Period::Week, 3, &weeks[3..]);
    check(Period::Day, 1, &["2026-02-10 +0 =7"]);
    check(Period::Year, 5, &["2026-01-01 +7 =7"]);
}

#[test]
fn growth_begins_when_the_first_person_was_asked() {
    let listing = listing(&[
        person("007", "Ada", None, Presence::Active)
            .asked("app-data", "2026-08-01")
            .came_back("app-data", "2026-04-20"),
        person("008", "Eva", None, Presence::Active).came_back("phishing", "2026-05-02"),
        person("009", "Away", None, Presence::Away).asked("phishing", "2026-08-01"),
    ]);
    let begins = |course: Option<&str>| {
        let number = |wanted| listing.courses().into_iter().find(|(_, name)| *name == wanted);
        let standings = listing.standings(course.and_then(number).map(|(number, _)| number));
        let first = standings.reached(Period::Month, "2026-06-01".parse().expect("a day"), 99);
        (standings.begins.map(|day| day.to_string()), first.first().map(|step| step.sum))
    };
    let day = |text: &str| Some(text.to_owned());
    assert_eq!(begins(None), (day("2026-01-10"), Some(0)));
    assert_eq!(begins(Some("app-data")), (day("2026-01-10"), Some(0)));
    // Nobody at work was asked for it: it begins with what came.
    assert_eq!(begins(Some("phishing")), (day("2026-05-02"), Some(1)));
}

#[test]
fn a_part_of_the_list_is_found_by_exact_names() {
    let listing = listing(&[
        person("007", "Ada", Some("Sales"), Presence::Active).asked("app-data", "2026-08-01"),
        person("008", "Eva", Some("Salesforce"), Presence::Active).asked("app-data", "2026-08-01"),
        person("009", "Kim", None, Presence::Active)
            .asked("app-data", "2026-08-01")
            .asked("app-data-2", "2026-08-01"),
    ]);
    let check = |department: Option<&str>, course: Option<&str>, expected: &[&str]| {
        let scope = Scope { department: department.map(str::to_owned), course: course.map(str::to_owned) };
        assert_eq!(found(&listing, Wanted { scope, ..wanted("") }), expected, "{department:?} {course:?}");
    };
    check(Some("Sales"), None, &["007 app-data"]);
    check(Some(""), None, &["009 app-data", "009 app-data-2"]);
    check(Some(""), Some("app-data"), &["009 app-data"]);
    check(None, Some("app-data-2"), &["009 app-data-2"]);
    check(Some("sales"), None, &[]);
    check(Some("Care"), Some("nothing"), &[]);
}

#[test]
fn columns_know_how_wide_they_are() {
    let people: Vec<_> = (100..140)
        .map(|number| {
            let department = if number == 139 { "Office of the board" } else { "Sales" };
            person(&number.to_string(), "Ada Byron", Some(department), Presence::Active)
                .asked("app-data", "2026-08-01")
        })
        .collect();
    let listing = listing(&people);
    let check = |column, expected: Option<(u16, u16)>| {
        let width = listing.widths().of(column).map(|width| (width.most, width.widest));
        assert_eq!(width, expected, "{column:?}");
    };
    check(Column::Number, Some((3, 3)));
    check(Column::Name, Some((9, 9)));
    check(Column::Department, Some((5, 19)));
    check(Column::Course, Some((8, 8)));
    check(Column::State, None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// A part at a time finds the same as all at once.
    #[test]
    fn it_does_not_matter_in_how_many_parts(names in prop::collection::vec("[a-cÄé ]{0,4}", 0..30), words in "[a-c ]{0,3}", step in 1_usize..9) {
        let people: Vec<_> = (100..).zip(&names).map(|(number, name)| {
            person(&format!("{number}"), name, None, Presence::Active).asked("app-data", "2026-02-01")
        }).collect();
        let listing = listing(&people);
        let order = Order { column: Column::Name, direction: Direction::Up };
        let wanted = Wanted { order, ..wanted(&words) };
        let mut search = Search::begin(&listing, wanted.clone());
        while !search.is_done(&listing) {
            search.advance(&listing, step);
        }
        let whole = found(&listing, wanted);
        prop_assert_eq!(search.found().len(), whole.len());
        prop_assert_eq!(search.people(), whole.len() as u64);
        let expected = people.iter().filter(|person| {
            let name = crate::fold::folded(&person.roster.as_ref().expect("a roster").profile.name);
            words.split_whitespace().all(|word| name.contains(word) || "app-data overdue clerk".split(' ').any(|text| text.contains(word)))
        }).count();
        prop_assert_eq!(whole.len(), expected);
    }
}
