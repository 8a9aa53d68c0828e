//! Registries of made-up organisations, the same every time.

use std::fs;
use std::path::{Path, PathBuf};

use countersign::clock::Timestamp;
use countersign::course::{self, CourseFiles, pack};
use countersign::digest::Digest;
use countersign::id::CourseId;
use countersign::log::Origin;
use countersign::record::key::SecretKey;
use countersign::record::verdict::Outcome;
use countersign::registry::change::{
    Assigned, Audience, Collected, CourseAdded, CourseJudged, CourseState, Opened, PersonChange, PutAside,
    RosterImport, RuleSet, Trigger, Waived,
};
use countersign::registry::person::Presence;
use countersign::registry::terms::{Levels, Treatment};
use countersign::registry::{Change, PersonNumber, Profile};
use countersign::store::registry::RegistryStore as _;
use countersign::store::registry::sqlite::SqliteRegistry;
use uuid::Uuid;

use super::head;

/// A moment of a day of the year 2026; day 0 is 1 January. Negative days lie before it.
pub(crate) fn day(number: i64) -> Timestamp {
    Timestamp::from_unix(1_767_225_600 + number * 86_400 + 9 * 3600).expect("a moment of our days")
}

/// A registry in which everything happens at least once, in `folder`. Look at it on 2026-11-20.
pub(crate) fn small(folder: &Path) {
    let mut desk = Desk::new(folder, "app-data", "App data at work");
    desk.course("phishing", "Fake messages");
    let people = [
        ("0007", "Ada Byron", "Sales", "seller", Presence::Active, Some("2024-02-01")),
        ("0008", "王小明", "Sales", "seller", Presence::Active, None),
        ("0009", "=cmd|'/c calc'!A1", "Care", "nurse", Presence::Active, None),
        ("0010", "Zoë \u{202e}live\u{202c} <b>Quist</b>", "Care", "nurse", Presence::Active, None),
        ("0011", "مريم العلوي", "Care", "doctor", Presence::Active, None),
        (
            "0012",
            "Maximiliane Freifrau von Hohenstaufen-Wittelsbach",
            "Care",
            "doctor",
            Presence::Active,
            None,
        ),
        ("0013", "Grace Brewster", "", "", Presence::Active, Some("2026-10-01")),
        ("0014", "Noa Lee", "Sales", "seller", Presence::Active, Some("2026-11-02")),
        ("0015", "Away Anders", "Sales", "seller", Presence::Away, None),
        ("0016", "Gone Gunnar", "Sales", "seller", Presence::Gone, None),
        ("0017", "Idle Ida", "Stores", "clerk", Presence::Active, None),
    ];
    let people = people.map(|(number, name, department, role, presence, hired)| PersonChange {
        number: PersonNumber::new(number).expect("a number"),
        profile: Profile {
            department: Some(department.to_owned()).filter(|text| !text.is_empty()),
            role: Some(role.to_owned()).filter(|text| !text.is_empty()),
            manager: Some("Ada Byron".to_owned()).filter(|_| number != "0007"),
            hired: hired.map(|day| day.parse().expect("a day")),
            ..Profile::named(name)
        },
        presence,
    });
    desk.add(Change::Roster(RosterImport { at: day(1), file: Digest::of(b"roster"), people: people.into() }));
    let app_data = course_id("app-data");
    for (number, at, due) in [
        ("0007", 10, 40),
        ("0008", 10, 40),
        ("0009", 250, 280),
        ("0010", 310, 318),
        ("0011", 310, 340),
        ("0012", 10, 40),
        ("0015", 250, 280),
        ("0016", 10, 40),
    ] {
        desk.assigned(number, &app_data, at, due);
    }
    desk.sent("0008", &app_data, -20, Sent::Passed);
    desk.sent("0007", &app_data, 20, Sent::Passed);
    desk.sent("0016", &app_data, 30, Sent::Passed);
    desk.sent("0012", &app_data, 35, Sent::Failed);
    desk.sent("0011", &app_data, 311, Sent::ToReview);
    desk.sent("9999", &app_data, 312, Sent::Passed);
    desk.add(Change::RuleSet(RuleSet {
        at: day(200),
        id: Uuid::from_u128(1),
        course: course_id("phishing"),
        trigger: Trigger::OnHire { within_days: 30 },
        audience: Audience::default(),
        by: "Grace".to_owned(),
    }));
    desk.sent("0013", &course_id("phishing"), 290, Sent::Passed);
    desk.add(Change::Waived(Waived {
        at: day(300),
        id: Uuid::from_u128(2),
        person: PersonNumber::new("0009").expect("a number"),
        course: app_data,
        until: day(400),
        approver: "Grace Brewster, HR".to_owned(),
        reason: "parental leave until spring".to_owned(),
    }));
    let rubbish = [Outcome::Fail, Outcome::Unknown, Outcome::Unknown, Outcome::Unknown, Outcome::Unknown];
    let aside = PutAside {
        at: day(305),
        file: Digest::of(b"rubbish"),
        record: None,
        name: "holiday.jpg".to_owned(),
        bytes: b"rubbish".to_vec(),
        levels: Levels(rubbish),
        reasons: vec!["no completion record".to_owned()],
    };
    desk.add(Change::PutAside(Box::new(aside)));
    desk.finish();
}

pub(crate) fn course_id(id: &str) -> CourseId {
    id.parse().expect("an identifier")
}

fn files(id: &str) -> CourseFiles {
    CourseFiles::from([("course.ron".to_owned(), format!("(id: \"{id}\")").into_bytes())])
}

/// What came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sent {
    Passed,
    Failed,
    ToReview,
}

/// Whoever writes the registry: changes go in sorted by time.
pub(crate) struct Desk {
    store: SqliteRegistry,
    key: SecretKey,
    origin: Origin,
    folder: PathBuf,
    changes: Vec<(i64, Change)>,
}

impl Desk {
    pub(crate) fn new(folder: &Path, course: &str, title: &str) -> Self {
        fs::create_dir_all(folder).expect("a folder");
        let key = SecretKey::from_seed(&[7; 32]);
        write_private(&folder.join("hr.key"), &key.encode(None).expect("a key file"));
        let store = SqliteRegistry::create(&folder.join("registry.db")).expect("a registry");
        let origin = format!("countersign.example/registry/{}", store.id().expect("an id"));
        let origin = origin.parse().expect("an origin");
        let mut desk = Self { store, key, origin, folder: folder.to_owned(), changes: Vec::new() };
        desk.course(course, title);
        desk
    }

    pub(crate) fn add(&mut self, change: Change) {
        self.changes.push((change.at().unix(), change));
    }

    pub(crate) fn course(&mut self, id: &str, title: &str) {
        let files = files(id);
        let digest = course::digest(&files);
        self.add(Change::CourseAdded(CourseAdded {
            at: day(-400),
            digest,
            course: course_id(id),
            title: title.to_owned(),
            version: "1.0.0".to_owned(),
            validity_days: 365,
            pack: pack::write(&files).expect("a pack"),
        }));
        self.add(Change::CourseJudged(CourseJudged {
            at: day(-399),
            digest,
            state: CourseState::Approved,
            by: "Grace".to_owned(),
            reason: None,
        }));
    }

    pub(crate) fn assigned(&mut self, number: &str, course: &CourseId, at: i64, due: i64) {
        let name = format!("assignment {number} {course} {at}");
        self.add(Change::Assigned(Assigned {
            at: day(at),
            id: Uuid::from_slice(&Digest::of(name.as_bytes()).as_bytes()[..16]).expect("16 bytes"),
            digest: Digest::of(name.as_bytes()),
            person: PersonNumber::new(number).expect("a number"),
            course: course.clone(),
            version: course::digest(&files(course.as_str())),
            due: day(due),
            rule: None,
            bytes: name.into_bytes(),
        }));
    }

    pub(crate) fn sent(&mut self, number: &str, course: &CourseId, at: i64, sent: Sent) {
        let name = format!("record {number} {course} {at}");
        let file = format!("{name} as a file");
        let outcome = if sent == Sent::ToReview { Outcome::Unknown } else { Outcome::Pass };
        self.add(Change::Collected(Box::new(Collected {
            at: day(at),
            digest: Digest::of(name.as_bytes()),
            file: Digest::of(file.as_bytes()),
            name: format!("{number}.completion.json"),
            bytes: file.into_bytes(),
            person: PersonNumber::new(number).expect("a number"),
            course: course.clone(),
            version: course::digest(&files(course.as_str())),
            assignment: None,
            key: self.key.did(),
            pins: false,
            signed_at: day(at),
            earned: if sent == Sent::Failed { 4_000 } else { 9_000 },
            possible: 10_000,
            passed: sent != Sent::Failed,
            levels: Levels([Outcome::Pass, Outcome::Pass, Outcome::Pass, outcome, Outcome::Pass]),
            reasons: Vec::new(),
            treatment: if sent == Sent::ToReview { Treatment::Review } else { Treatment::Accept },
        })));
    }

    pub(crate) fn finish(mut self) -> SqliteRegistry {
        self.changes.sort_by_key(|(at, _)| *at);
        let mut changes: Vec<Change> = self.changes.into_iter().map(|(_, change)| change).collect();
        if let Some(first) = changes.first() {
            let (key, origin) = (self.key.public(), self.origin.clone());
            changes.insert(0, Change::Opened(Opened { at: first.at(), key, origin }));
        }
        for part in changes.chunks(20_000) {
            self.store.save(part).expect("saved");
        }
        head::sign(&mut self.store, &self.folder, self.origin, &self.key);
        self.store
    }
}

fn write_private(path: &Path, bytes: &[u8]) {
    countersign::files::write_new(path, bytes, countersign::files::Privacy::Private).expect("written");
}
