use super::*;
use crate::registry::person::Profile;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn said(presence: Presence, hired: Option<&str>, leaves: Option<&str>) -> PersonChange {
    let profile = Profile { hired: hired.map(day), leaves: leaves.map(day), ..Profile::named("Ada") };
    PersonChange { number: PersonNumber::new("7").expect("a number"), profile, presence }
}

/// The period is the month of June.
#[test]
fn whoever_was_there_on_a_day_of_the_period_was_there() {
    use Presence::{Active, Away, Gone};
    fn check(history: &[(&str, PersonChange)], expected: bool) {
        let at = |text: &str| Timestamp::at_start_of(day(text));
        let history: Vec<_> = history.iter().map(|(text, said)| (at(text), said.clone())).collect();
        assert_eq!(was_there(&history, day("2026-06-01"), day("2026-06-30")), expected, "{history:?}");
    }
    let (active, gone) = (said(Active, None, None), said(Gone, None, None));
    check(&[], false);
    check(&[("2026-01-01", active.clone())], true);
    check(&[("2026-06-30", said(Away, None, None))], true);
    check(&[("2026-07-01", active.clone())], false);
    check(&[("2026-01-01", active.clone()), ("2026-06-02", gone.clone())], true);
    check(&[("2026-01-01", active.clone()), ("2026-05-31", gone.clone())], false);
    check(&[("2026-01-01", gone.clone()), ("2026-06-30", active)], true);
    check(&[("2026-01-01", gone)], false);
    // Whoever had left when the first roster came was there until their last day.
    check(&[("2026-06-20", said(Gone, Some("2020-01-01"), Some("2026-06-10")))], true);
    check(&[("2026-06-20", said(Gone, None, Some("2026-06-01")))], true);
    check(&[("2026-06-20", said(Gone, None, Some("2026-05-31")))], false);
    check(&[("2026-05-20", said(Gone, None, Some("2026-06-10")))], false);
    check(&[("2026-06-20", said(Gone, Some("2026-06-12"), Some("2026-06-10")))], false);
    // Days go before what the roster that named them says, and need no other roster.
    check(&[("2026-01-01", said(Active, None, Some("2026-05-31")))], false);
    check(&[("2026-01-01", said(Active, None, Some("2026-06-01")))], true);
    check(&[("2026-01-01", said(Active, Some("2026-06-30"), None))], true);
    check(&[("2026-01-01", said(Active, Some("2026-07-01"), None))], false);
}

#[test]
fn the_roster_and_the_day_say_how_somebody_is_listed() {
    use Presence::{Active, Away, Gone};
    fn check(change: PersonChange, expected: Listing) {
        let at = Timestamp::at_start_of(day("2026-06-15"));
        let roster = RosterState::at(at, change.profile, change.presence, at);
        assert_eq!(Listing::of(&roster, at.date()), expected, "{roster:?}");
        assert_eq!(expected.is_on_roster(), change.presence != Gone);
    }
    check(said(Active, None, None), Listing::AtWork);
    check(said(Away, Some("2020-01-01"), Some("2026-06-15")), Listing::OnLeave);
    check(said(Active, Some("2026-06-16"), None), Listing::ToCome);
    check(said(Active, None, Some("2026-06-14")), Listing::Over);
    check(said(Gone, None, None), Listing::Left);
}

/// Whoever joins a roster may have stood on one before, and then is gone no more.
#[test]
fn as_many_are_gone_as_cannot_have_come_back() {
    fn check(rosters: &[(&str, u64, u64)], erased: u8, expected: u64) {
        let mut recount = recount::Recount::default();
        let taken = |(at, joined, left): &(&str, u64, u64)| {
            let at = Timestamp::at_start_of(day(at));
            recount::Taken { at, people: joined + left, joined: *joined, left: *left }
        };
        recount.rosters = rosters.iter().map(taken).collect();
        for person in 0..erased {
            recount.erased.insert(Pseudonym::from_digest(Digest::of(&[person])), Timestamp::EPOCH);
        }
        let begin = Timestamp::at_start_of(day("2026-06-01"));
        assert_eq!(recount.least_gone(begin), expected, "{rosters:?}");
    }
    check(&[], 0, 0);
    check(&[("2026-05-31", 8, 0), ("2026-06-01", 0, 2)], 0, 2);
    check(&[("2026-05-31", 0, 3), ("2026-06-01", 0, 2)], 0, 2);
    check(&[("2026-06-01", 8, 0), ("2026-07-01", 0, 2), ("2026-08-01", 1, 0)], 0, 1);
    check(&[("2026-06-01", 0, 2), ("2026-07-01", 3, 3)], 0, 3);
    check(&[("2026-06-01", 0, 2), ("2026-07-01", 9, 0)], 0, 0);
    check(&[("2026-06-01", 0, 2)], 1, 1);
    check(&[("2026-06-01", 0, 2)], 3, 0);
}
