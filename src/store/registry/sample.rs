//! Changes of a registry for tests: mostly those that can follow, some that cannot.

use proptest::prelude::*;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::course::{self, CourseFiles, pack};
use crate::digest::Digest;
use crate::id::CourseId;
use crate::record::key::SecretKey;
use crate::record::verdict::Outcome;
use crate::registry::change::{
    Assigned, Audience, Collected, CourseAdded, CourseJudged, CourseState, Decided, Decision, Erased,
    ErasureGround, KeyAccepted, Opened, PersonChange, PutAside, RetentionSet, RosterImport, RuleEnded,
    RuleSet, TermsSet, Trigger, Waived, WaiverRevoked,
};
use crate::registry::person::Presence;
use crate::registry::terms::{Level, Levels, Treatment};
use crate::registry::{Change, PersonNumber, Profile, Terms};

/// What to try next, whatever the state of affairs; small, so that failures shrink.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pick {
    kind: u8,
    who: u8,
    which: u8,
    later: u16,
    odd: bool,
}

pub(super) fn picks(length: usize) -> impl Strategy<Value = Vec<Pick>> {
    let pick = (0_u8..23, 0_u8..5, 0_u8..6, 0_u16..500, prop::bool::weighted(0.3))
        .prop_map(|(kind, who, which, later, odd)| Pick { kind, who, which, later, odd });
    prop::collection::vec(pick, 1..length)
}

pub(super) fn at(second: i64) -> Timestamp {
    Timestamp::from_unix(1_800_000_000 + second).unwrap()
}

/// In an order that differs from that of the numbers in them, some with letters of more than a byte.
pub(super) fn person(who: u8) -> PersonNumber {
    let names = ["7", "012", "12", "é-1", "張 3"];
    PersonNumber::new(names[usize::from(who) % names.len()]).unwrap()
}

pub(super) fn course_id(which: u8) -> CourseId {
    format!("course-{}", which % 2).parse().unwrap()
}

pub(super) fn uuid(kind: &str, which: u8) -> Uuid {
    Uuid::from_slice(&Digest::of(format!("{kind} {which}").as_bytes()).as_bytes()[..16]).unwrap()
}

pub(super) fn did(who: u8) -> String {
    SecretKey::from_seed(&[who + 1; 32]).did()
}

/// The files of a version: what the archive gives back.
pub(super) fn files(which: u8) -> CourseFiles {
    CourseFiles::from([
        ("course.ron".to_owned(), format!("(version: \"{which}\")").into_bytes()),
        ("lessons/1.md".to_owned(), b"# One\n".repeat(50)),
    ])
}

pub(super) fn version(which: u8) -> Digest {
    course::digest(&files(which))
}

pub(super) fn profile(which: u8) -> Profile {
    Profile {
        name: format!("Ada {which}"),
        email: (which > 1).then(|| format!("ada{which}@example.org")),
        department: Some(format!("department {}", which % 2)),
        manager: None,
        role: (which > 2).then(|| "nurse".to_owned()),
        employment: Some("contractor".to_owned()),
        hired: chrono::NaiveDate::from_ymd_opt(2026, 1, u32::from(which) + 1),
        // The day on which most of what happens here happens.
        leaves: (which > 3).then(|| at(0).date()),
        status: Some("on leave".to_owned()),
    }
}

pub(super) fn roster(second: i64, people: &[(u8, u8)]) -> Change {
    let change = |(who, which): &(u8, u8)| PersonChange {
        number: person(*who),
        profile: profile(*which),
        presence: [Presence::Active, Presence::Away, Presence::Gone][usize::from(*which) % 3],
    };
    let people = people.iter().map(change).collect();
    Change::Roster(RosterImport { at: at(second), file: Digest::of(b"roster"), people })
}

pub(super) fn added(second: i64, which: u8) -> Change {
    Change::CourseAdded(CourseAdded {
        at: at(second),
        digest: version(which),
        course: course_id(which),
        title: "App data".to_owned(),
        version: format!("1.{which}"),
        validity_days: 365,
        pack: pack::write(&files(which)).unwrap(),
    })
}

pub(super) fn judged(second: i64, which: u8, state: CourseState) -> Change {
    Change::CourseJudged(CourseJudged {
        at: at(second),
        digest: version(which),
        state,
        by: "Grace".to_owned(),
        reason: (which > 2).then(|| "reviewed".to_owned()),
    })
}

pub(super) fn assigned(second: i64, who: u8, which: u8) -> Change {
    let bytes = format!("assignment {who} {which}").into_bytes();
    Change::Assigned(Assigned {
        at: at(second),
        id: uuid("assignment", which),
        digest: Digest::of(&bytes),
        person: person(who),
        course: course_id(which),
        version: version(which),
        due: at(second + 1000),
        rule: (which > 2).then(|| uuid("rule", which)),
        bytes,
    })
}

/// A record; those above 2 are up for review.
pub(super) fn collected(second: i64, who: u8, which: u8) -> Collected {
    let bytes = format!("record {who} {which} ").repeat(30).into_bytes();
    let review = which > 2;
    Collected {
        at: at(second),
        digest: Digest::of(format!("{who} {which}").as_bytes()),
        file: Digest::of(&bytes),
        name: format!("{who}.completion.json"),
        bytes,
        person: person(who),
        course: course_id(which),
        version: version(which),
        assignment: None,
        key: did(who),
        pins: false,
        signed_at: at(second - 50),
        earned: 8500,
        possible: 10_000,
        passed: which != 1,
        levels: Levels([
            Outcome::Pass,
            Outcome::Pass,
            Outcome::Pass,
            if review { Outcome::Fail } else { Outcome::Unknown },
            Outcome::Unknown,
        ]),
        reasons: vec![(Level::Identity, "no assignment".to_owned())],
        treatment: if review { Treatment::Review } else { Treatment::Accept },
    }
}

pub(super) fn record(second: i64, who: u8, which: u8) -> Change {
    Change::Collected(Box::new(collected(second, who, which)))
}

pub(super) fn file(second: i64, which: u8) -> PutAside {
    PutAside {
        at: at(second),
        file: Digest::of(&[which; 100]),
        record: (which > 2).then(|| Digest::of(&[which])),
        name: format!("{which}.json"),
        bytes: vec![which; 100],
        levels: Levels([
            Outcome::Fail,
            Outcome::Unknown,
            Outcome::Unknown,
            Outcome::Unknown,
            Outcome::Unknown,
        ]),
        reasons: vec!["signature fail: not JSON".to_owned(), "another".to_owned()],
    }
}

pub(super) fn put_aside(second: i64, which: u8) -> Change {
    Change::PutAside(Box::new(file(second, which)))
}

pub(super) fn opened(second: i64) -> Change {
    let key = SecretKey::from_seed(&[2; 32]).public();
    Change::Opened(Opened { at: at(second), key, origin: "example.org/registry/1".parse().unwrap() })
}

pub(super) fn decided(second: i64, who: u8, which: u8, decision: Decision) -> Change {
    let record = collected(second, who, which).digest;
    let (by, reason) = ("Grace".to_owned(), "looked at it".to_owned());
    Change::Decided(Decided { at: at(second), record, decision, by, reason })
}

pub(super) fn waived(second: i64, who: u8, which: u8) -> Change {
    Change::Waived(Waived {
        at: at(second),
        id: uuid("waiver", which),
        person: person(who),
        course: course_id(which),
        until: at(second + 200),
        approver: "Grace".to_owned(),
        reason: "parental leave".to_owned(),
    })
}

pub(super) fn revoked(second: i64, which: u8) -> Change {
    let (by, reason) = ("Grace".to_owned(), "back".to_owned());
    Change::WaiverRevoked(WaiverRevoked { at: at(second), id: uuid("waiver", which), by, reason })
}

pub(super) fn erased(second: i64, who: u8, odd: bool) -> Change {
    erased_with(second, who, odd, &[])
}

/// With these files that were put aside.
pub(super) fn erased_with(second: i64, who: u8, odd: bool, files: &[u8]) -> Change {
    let files = files.iter().map(|which| file(0, *which).file).collect();
    let ground =
        if odd { ErasureGround::Override("asked for it".to_owned()) } else { ErasureGround::RetentionOver };
    Change::Erased(Erased { at: at(second), person: person(who), ground, by: "Grace".to_owned(), files })
}

/// The change that a pick means, at this second.
pub(super) fn change(pick: Pick, second: i64) -> Change {
    let Pick { kind, who, which, odd, .. } = pick;
    let by = "Grace".to_owned();
    match kind {
        0 | 1 => roster(second, &[(who, which)]),
        2 => roster(second, &[(who, which), (who + 1, which), (who + 2, which + 1)]),
        3 => added(second, which),
        4 => judged(second, which, if odd { CourseState::Retired } else { CourseState::Approved }),
        5 => Change::TermsSet(TermsSet {
            at: at(second),
            terms: Terms { unknown_identity: Treatment::Accept, ..Terms::default() },
            by,
        }),
        6 => Change::RetentionSet(RetentionSet {
            at: at(second),
            course: course_id(which),
            class: "HIPAA training".to_owned(),
            years: u32::from(which),
            by,
        }),
        7 => Change::RuleSet(RuleSet {
            at: at(second),
            id: uuid("rule", which),
            course: course_id(which),
            trigger: if odd {
                Trigger::OnHire { within_days: 30 }
            } else {
                Trigger::Every { months: 12, notice_days: 30 }
            },
            audience: Audience {
                people: (which > 1).then(|| [person(who), person(who + which)].into()),
                ..Audience::default()
            },
            by,
        }),
        8 => Change::RuleEnded(RuleEnded { at: at(second), id: uuid("rule", which), by }),
        9 | 10 => assigned(second, who, which),
        11..=13 => {
            let mut record = collected(second, who, which);
            record.pins = odd;
            record.assignment = (which == 4).then(|| uuid("assignment", which));
            Change::Collected(Box::new(record))
        }
        14 => decided(second, who, which, if odd { Decision::Refused } else { Decision::Accepted }),
        15 => Change::KeyAccepted(KeyAccepted {
            at: at(second),
            person: person(who),
            key: did(which),
            by,
            reason: "a new laptop".to_owned(),
        }),
        16 | 17 => waived(second, who, which),
        18 => revoked(second, which),
        19 => opened(second),
        20 => put_aside(second, which),
        21 => erased_with(second, who, odd, &[which]),
        _ => erased(second, who, odd),
    }
}

/// When the next change happens: mostly later, sometimes a little earlier.
pub(super) fn next(second: i64, pick: Pick) -> i64 {
    let step = i64::from(pick.later);
    if pick.odd && pick.which == 0 { second - step } else { second + step }
}
