use chrono::FixedOffset;
use proptest::prelude::*;

use super::ageing::Age;
use super::*;
use crate::registry::Profile;
use crate::registry::change::{Audience, RuleSet, Trigger};
use crate::registry::dossier::RecordState;
use crate::registry::person::Presence;
use crate::registry::row::Whose;
use crate::registry::samples::{self, day, version};

fn course(which: u8) -> CourseId {
    samples::course(&format!("course-{which}"))
}

fn person(number: u32) -> Dossier {
    let department = ["Sales", "Care"].get(number as usize % 3).map(|name| (*name).to_owned());
    let profile = Profile { department, ..Profile::named(&format!("Person {number}")) };
    samples::person(&format!("{number:04}"), profile)
}

fn assigned(mut dossier: Dossier, which: u8, at: u32, due: u32) -> Dossier {
    dossier.assignments.push(samples::assignment(course(which), at, due));
    dossier
}

fn sent(mut dossier: Dossier, which: u8, at: u32, passed: bool) -> Dossier {
    dossier.records.push(RecordState { passed, ..samples::record(course(which), at) });
    dossier
}

fn waived(mut dossier: Dossier, which: u8, at: u32, until: u32) -> Dossier {
    dossier.waivers.push(samples::waiver(course(which), at, until));
    dossier
}

fn is(mut dossier: Dossier, presence: Presence) -> Dossier {
    dossier.roster.as_mut().expect("on the roster").presence = presence;
    dossier
}

fn hired(mut dossier: Dossier, on: u32) -> Dossier {
    dossier.roster.as_mut().expect("on the roster").profile.hired = Some(day(on).date());
    dossier
}

/// The summary of day `at`, over the days 0 to 1000.
fn summary(people: &[Dossier], at: u32, rules: &[RuleSet], filter: &Filter) -> Summary {
    let validity_days = BTreeMap::from([(version(), 365)]);
    let policies = BTreeMap::new();
    let reckoning = Reckoning {
        at: day(at),
        validity_days: &validity_days,
        rules,
        policies: &policies,
        expiring_days: 30,
    };
    let span = Span { from: day(0).date(), to: day(1000).date() };
    let calendar = Calendar::from(FixedOffset::east_opt(0).expect("UTC"));
    let period = Period::Month;
    let mut tally = Tally::new(Question { reckoning, filter, span, calendar, period, longest: 3 });
    for dossier in people {
        tally.add(dossier);
    }
    tally.finish()
}

#[test]
fn everybody_is_counted_where_they_belong() {
    let mut unlisted = sent(person(9), 0, 5, true);
    unlisted.roster = None;
    let mut for_review = sent(person(7), 0, 5, true);
    for_review.records[0].treatment = Treatment::Review;
    let mut erased = person(10);
    erased.roster = None;
    let people = [
        sent(assigned(person(0), 0, 1, 31), 0, 20, true),
        assigned(person(1), 0, 1, 31),
        // Complete with one course and overdue with another: once among people, once with each course.
        sent(assigned(assigned(person(2), 0, 1, 31), 1, 1, 31), 1, 20, true),
        person(3),
        is(assigned(person(4), 0, 1, 31), Presence::Away),
        is(sent(person(5), 0, 25, true), Presence::Gone),
        waived(person(6), 0, 2, 100),
        for_review,
        unlisted,
        erased,
    ];
    let summary = summary(&people, 40, &[], &Filter::default());
    assert_eq!(summary.population, Population { active: 6, away: 1, to_come: 0, gone: 1, unlisted: 1 });
    assert_eq!(
        (summary.asked_nothing, summary.without_record, summary.unlisted_records, summary.waiting),
        (2, 3, 1, 1)
    );
    let of = |counts: &Counts| Kind::ALL.map(|kind| counts.of(kind));
    assert_eq!(of(&summary.people.all), [1, 0, 0, 0, 2, 0, 0, 1]);
    assert_eq!(of(&summary.courses[&course(0)].people.all), [1, 0, 0, 0, 2, 0, 0, 1]);
    assert_eq!(of(&summary.courses[&course(1)].people.all), [1, 0, 0, 0, 0, 0, 0, 0]);
    assert_eq!(of(&summary.courses[&course(0)].away), [0, 0, 1, 0, 0, 0, 0, 0]);
    // Nobody's department is a group too.
    let departments: Vec<Option<&str>> = summary.people.departments.keys().map(Option::as_deref).collect();
    assert_eq!(departments, [None, Some("Care"), Some("Sales")]);
    assert_eq!(summary.courses[&course(0)].overdue.of(Age::Month), 2);
    // Whoever left has still completed it.
    assert_eq!(summary.completions.total(), 4);
    let waivers: Vec<&Entry> = summary.lists.waived.entries().collect();
    assert_eq!(waivers[0].waiver.as_ref().expect("grounds").approver, "Grace");
    assert_eq!(waivers[0].date, Some(day(100)));
}

#[test]
fn new_hires_are_held_to_their_first_date() {
    fn check(dossier: Dossier, at: u32, expected: [u64; 5]) {
        let rule = samples::rule(course(0), Trigger::OnHire { within_days: 30 }, 0);
        let hires = summary(&[dossier], at, &[rule], &Filter::default()).hires;
        let found = [hires.in_time, hires.late, hires.open, hires.overdue, hires.waived];
        assert_eq!(found, expected, "day {at}");
    }
    let new = || hired(person(0), 10);
    check(new(), 40, [0, 0, 1, 0, 0]);
    check(new(), 41, [0, 0, 0, 1, 0]);
    check(sent(new(), 0, 40, true), 41, [1, 0, 0, 0, 0]);
    check(sent(new(), 0, 41, true), 41, [0, 1, 0, 0, 0]);
    check(sent(new(), 0, 20, false), 41, [0, 0, 0, 1, 0]);
    // A later assignment does not move the date, an earlier one does.
    check(sent(assigned(new(), 0, 20, 90), 0, 50, true), 60, [0, 1, 0, 0, 0]);
    check(sent(assigned(new(), 0, 11, 25), 0, 30, true), 60, [0, 1, 0, 0, 0]);
    check(waived(new(), 0, 11, 90), 60, [0, 0, 0, 0, 1]);
    // What was completed and expired was completed in time.
    check(sent(new(), 0, 20, true), 500, [1, 0, 0, 0, 0]);
    // No new hire: the first day lies before the span, or nobody knows it.
    check(person(0), 41, [0; 5]);
    // Asked for nothing.
    check(is(new(), Presence::Away), 41, [0; 5]);
}

#[test]
fn a_filter_counts_as_if_nobody_else_were_there() {
    let people =
        [assigned(person(0), 0, 1, 31), assigned(person(1), 0, 1, 31), assigned(person(3), 1, 1, 31)];
    let filter = Filter { departments: vec!["Sales".to_owned()].into(), ..Filter::default() };
    let sales = summary(&people, 40, &[], &filter);
    assert_eq!((sales.population.active, sales.people.all.of(Kind::Overdue)), (2, 2));
    let lower = Filter { departments: vec!["sales".to_owned()].into(), ..Filter::default() };
    assert_eq!(summary(&people, 40, &[], &lower), sales);
    let filter = Filter { courses: vec![course(1)], ..Filter::default() };
    let one = summary(&people, 40, &[], &filter);
    assert_eq!((one.population.active, one.asked_nothing, one.people.all.total()), (3, 2, 1));
}

#[test]
fn whoever_sent_nothing_is_listed_by_number_asked_or_not() {
    let people = [
        person(5),
        sent(assigned(person(1), 0, 1, 31), 0, 5, false),
        assigned(person(3), 0, 1, 31),
        is(person(2), Presence::Away),
    ];
    let summary = summary(&people, 40, &[], &Filter::default());
    let listed: Vec<&str> =
        summary.lists.without_record.entries().map(|silent| silent.number.as_str()).collect();
    assert_eq!(listed, ["0003", "0005"]);
    assert_eq!(summary.without_record, summary.lists.without_record.seen());
}

/// A person of any history.
fn anybody() -> impl Strategy<Value = Dossier> {
    let event = (0_u8..5, 0_u8..3, 0_u32..200, 0_u32..200);
    (0_u32..30, 0_u8..8, prop::collection::vec(event, 0..6)).prop_map(|(number, presence, events)| {
        let mut dossier = person(number);
        for (kind, which, at, length) in events {
            dossier = match kind {
                0 | 1 => assigned(dossier, which, at, at + length),
                2 => sent(dossier, which, at, true),
                3 => sent(dossier, which, at, false),
                _ => waived(dossier, which, at, at + length),
            };
        }
        dossier.records.sort_by_key(|record| record.received_at);
        dossier.assignments.sort_by_key(|assignment| assignment.at);
        match presence {
            0 => is(dossier, Presence::Away),
            1 => is(dossier, Presence::Gone),
            2 => Dossier { roster: None, ..dossier },
            _ => dossier,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Every person at work counts once with each course that concerns them, once among all people, and in one department
    /// and one role each time; and the totals are those of the rows that a status list shows.
    #[test]
    fn totals_are_those_of_the_rows(people in prop::collection::vec(anybody(), 0..20), at in 0_u32..600) {
        let every = Trigger::Every { months: 6, notice_days: 14 };
        let audience = Audience { departments: vec!["Sales".to_owned()], ..Audience::default() };
        let rules = [RuleSet { audience, ..samples::rule(course(2), every, 30) }];
        let summary = summary(&people, at, &rules, &Filter::default());
        let validity_days = BTreeMap::from([(version(), 365)]);
        let policies = BTreeMap::new();
        let reckoning =
            Reckoning { at: day(at), validity_days: &validity_days, rules: &rules, policies: &policies, expiring_days: 30 };
        let mut by_course: BTreeMap<CourseId, Counts> = BTreeMap::new();
        let (mut concerned, mut overdue) = (0, 0);
        for dossier in &people {
            let filter = Filter { whose: Whose::Active, ..Filter::default() };
            let rows: Vec<Row<'_>> = filter.rows(dossier, &reckoning).collect();
            concerned += u64::from(!rows.is_empty());
            for row in rows {
                by_course.entry(row.course.clone()).or_default().add(row.status.kind());
                overdue += u64::from(row.days_late(day(at)).is_some());
                prop_assert_eq!(row.record().is_some(), row.earned().is_some() || row.status.kind() == Kind::Failed);
                prop_assert_eq!(row.waiver().is_some(), row.status.kind() == Kind::Waived);
            }
        }
        for (course, expected) in &by_course {
            let counted = &summary.courses[course];
            prop_assert_eq!(&counted.people.all, expected);
            for groups in [&counted.people.departments, &counted.people.roles] {
                prop_assert_eq!(groups.values().map(Counts::total).sum::<u64>(), expected.total());
            }
            prop_assert_eq!(counted.overdue.total(), expected.of(Kind::Overdue));
        }
        let counted: u64 = summary.courses.values().map(|course| course.people.all.total()).sum();
        prop_assert_eq!(counted, by_course.values().map(Counts::total).sum::<u64>());
        prop_assert_eq!(summary.people.all.total(), concerned);
        prop_assert_eq!(summary.population.active, concerned + summary.asked_nothing);
        prop_assert_eq!(summary.lists.overdue.seen(), overdue);
        let population = summary.population;
        let without: usize = people.iter().filter(|one| one.roster.is_none() && one.records.is_empty()).count();
        prop_assert_eq!(
            population.active + population.away + population.to_come + population.gone + population.unlisted + without as u64,
            people.len() as u64
        );
    }
}
