//! Whoever is not at work is not overdue, and that they are not is HR's word: both checkers ask about them.

use std::path::Path;

use chrono::Days;
use countersign::clock::Timestamp;
use countersign::digest::Digest;
use countersign::record::key::SecretKey;
use countersign::record::{read_assignment, sign_assignment};
use countersign::registry::change::{CourseState, PersonChange, RosterImport};
use countersign::registry::person::Presence;
use countersign::registry::{Change, PersonNumber, Profile};
use countersign::store::registry::RegistryStore as _;
use uuid::Uuid;

use super::pack::{files, lay_out, pack, sign};
use super::registry::{Registry, assigned, judged, now};
use super::tables::{replace, told};
use super::tools::has_tools;
use super::vectors::HR;

fn days_ago(days: u64) -> Timestamp {
    Timestamp::at_start_of(now().date().checked_sub_days(Days::new(days)).expect("a day"))
}

/// An identifier in the form of a random one.
fn random(number: u128) -> Uuid {
    uuid::Builder::from_random_bytes(number.to_be_bytes()).into_uuid()
}

/// Two who were asked until ten days ago, one of them on leave, and a third who has more time and is on leave, too.
fn asked() -> Registry {
    let registry = Registry::opened(days_ago(50));
    let people =
        [("away", Presence::Away, 10), ("late", Presence::Active, 10), ("spared", Presence::Away, 0)];
    let imported = people.map(|(number, presence, _)| PersonChange {
        number: PersonNumber::new(number).expect("a number"),
        profile: Profile::named("Ada Byron"),
        presence,
    });
    let import = RosterImport { at: days_ago(40), file: Digest::of(b"roster"), people: imported.into() };
    registry.store().save(&[Change::Roster(import)]).expect("saved");
    let course = &registry.world.course;
    registry.store().save(&judged(course, CourseState::Approved, days_ago(30))).expect("saved");
    for (id, (number, _, late)) in (1..).zip(people) {
        let mut claims = registry.world.assignment.claims.clone();
        number.clone_into(&mut claims.person.number);
        (claims.issued_at, claims.due) = (days_ago(20), days_ago(late).plus_minutes(60 * 23));
        if late == 0 {
            claims.due = now().plus_days(5);
        }
        let key = SecretKey::from_seed(&HR);
        let signed = sign_assignment(&claims, random(id), days_ago(20), &key).expect("signed");
        let read = read_assignment(&signed.bytes).expect("an assignment");
        registry.store().save(&[assigned(&read, &signed.bytes)]).expect("saved");
    }
    registry
}

/// Both find nothing wrong and ask about these people.
#[track_caller]
fn check(folder: &Path, numbers: &str) {
    let words = format!(
        "a due date has passed, and only that HR calls them 'on leave' keeps these from being overdue: {numbers}: what shows"
    );
    for (said, code) in told(folder) {
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(code == Some(0) && said.contains(&words), "{words}\n{said}");
        assert!(said.contains("with it whether somebody whose due date has passed is overdue"), "{said}");
    }
}

#[test]
fn who_is_not_overdue_by_hrs_word_alone_is_asked_about() {
    if !has_tools() {
        return;
    }
    let registry = asked();
    let sound = pack(&registry, "whole", &[]);
    check(&sound, "away");
    // HR says the same of whoever is overdue, in the table and in all that tells of it, and signs the pack again.
    let mut forged = files(&sound);
    let row = |listing: &str, status: &str| format!("late,Ada Byron,,,{listing},,{status},");
    replace(
        &mut forged,
        "population.csv",
        &row("at work", "overdue"),
        &row("on leave", "in progress unknown"),
    );
    replace(&mut forged, "README.txt", "in progress unknown  2", "in progress unknown  3");
    replace(&mut forged, "README.txt", "overdue              1", "overdue              0");
    for (from, to) in [
        ("<dt>in progress unknown</dt><dd>2<", "<dt>in progress unknown</dt><dd>3<"),
        ("<div><dt>overdue</dt><dd>1</dd></div>\n", ""),
        ("<td>at work</td><td>overdue</td>", "<td>on leave</td><td>in progress unknown</td>"),
    ] {
        replace(&mut forged, "index.html", from, to);
    }
    sign(&mut forged);
    let folder = registry.inbox().join("forged");
    lay_out(&folder, &forged);
    check(&folder, "away, late");
}
