//! Synthetic organisations of any size: people, assignments and records with real signatures, the same ones every time.
//!
//! Every part is a function of its number, so nothing is held, and several threads can make different parts at once.
//! Everything lies in the past, so that the program can collect it.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use countersign::clock::Timestamp;
use countersign::course::{self, Course, CourseFiles, pack};
use countersign::digest::Digest;
use countersign::files::{self, Privacy};
use countersign::log::Origin;
use countersign::progress::Person;
use countersign::record::claims::{AssignmentClaims, CompletionClaims};
use countersign::record::key::SecretKey;
use countersign::record::verdict::Outcome;
use countersign::record::{Assignment, SignedRecord, read_assignment, sign_assignment, sign_completion};
use countersign::registry::change::{
    Assigned, Change, Collected, CourseAdded, CourseJudged, CourseState, Opened, PersonChange, RosterImport,
};
use countersign::registry::person::{PersonNumber, Presence, Profile};
use countersign::registry::terms::{Levels, Treatment};
use countersign::store::registry::RegistryStore as _;
use countersign::store::registry::sqlite::SqliteRegistry;
use uuid::Uuid;

use super::head;
use super::lasting::lasting;
use super::learner::{self, after};

/// How many records a person has: one a round, each for an assignment of its own.
const RECORDS_EACH: u64 = 10;
/// How long a round is.
const ROUND: i64 = 100 * DAY;
/// How many changes are kept at once.
const BATCH: usize = 4000;
/// How many files stand in a folder.
const IN_A_FOLDER: u64 = 1000;
const DAY: i64 = 86_400;

/// An organisation whose people took one course again and again.
pub(crate) struct Organisation {
    course: Arc<Course>,
    files: CourseFiles,
    records: u64,
    hr: SecretKey,
}

/// A record and what it answers.
pub(crate) struct Answer {
    pub(crate) assigned: Assigned,
    pub(crate) signed: SignedRecord,
    pub(crate) claims: CompletionClaims,
    pub(crate) key: String,
    pub(crate) signed_at: Timestamp,
}

impl Organisation {
    /// An organisation with so many records of this course.
    pub(crate) fn new(files: CourseFiles, records: u64) -> Self {
        let files = lasting(files);
        let course = course::parse(files.clone()).unwrap_or_else(|faults| panic!("{faults:?}"));
        Self { course: Arc::new(course), files, records, hr: SecretKey::from_seed(&[2; 32]) }
    }

    pub(crate) fn people(&self) -> u64 {
        self.records.div_ceil(RECORDS_EACH)
    }

    /// HR's did:key.
    pub(crate) fn assigner(&self) -> String {
        self.hr.did()
    }

    pub(crate) fn course(&self) -> &Arc<Course> {
        &self.course
    }

    /// What a roster says of a person.
    pub(crate) fn person(index: u64) -> PersonChange {
        let given = ["Ada", "José", "李", "Zoë", "Олена", "عمر"][pick(index, "given", 6)];
        let department = ["Finance", "Ward 3", "IT", "Sales", "Legal", "Depot"][pick(index, "department", 6)];
        let role = ["nurse", "clerk", "engineer", "manager"][pick(index, "role", 4)];
        PersonChange {
            number: number(index),
            profile: Profile {
                name: format!("{given} Number {index}"),
                email: Some(format!("p{index}@example.org")),
                department: Some(department.to_owned()),
                manager: Some(number(index / 10).to_string()),
                role: Some(role.to_owned()),
                employment: Some("permanent".to_owned()),
                hired: Some(
                    later(day(-i64::try_from(pick(index, "hired", 2000)).expect("small") * DAY), round_of(0))
                        .date(),
                ),
                leaves: None,
                status: None,
            },
            presence: if pick(index, "presence", 20) == 0 { Presence::Away } else { Presence::Active },
        }
    }

    /// Everybody at once; the only part that grows with the organisation.
    pub(crate) fn roster(&self) -> RosterImport {
        let people = (0..self.people()).map(Self::person).collect();
        RosterImport { at: later(day(-30 * DAY), round_of(0)), file: Digest::of(b"roster"), people }
    }

    /// The course in the archive, approved.
    pub(crate) fn archive(&self) -> [Change; 2] {
        let course = &self.course;
        let at = later(day(-40 * DAY), round_of(0));
        [
            Change::CourseAdded(CourseAdded {
                at,
                digest: course.digest,
                course: course.id.clone(),
                title: course.title.clone(),
                version: course.version.clone(),
                validity_days: 365,
                pack: pack::write(&self.files).expect("a course fits into a pack"),
            }),
            Change::CourseJudged(CourseJudged {
                at,
                digest: course.digest,
                state: CourseState::Approved,
                by: "Chief".to_owned(),
                reason: None,
            }),
        ]
    }

    /// A signed assignment and the signed record that answers it.
    pub(crate) fn answer(&self, index: u64) -> Answer {
        let (person, round) = (person_of(index), round_of(index));
        let shift = round + i64::try_from(pick(index, "day", 80)).expect("small") * DAY;
        let key = SecretKey::from_seed(Digest::of_fields(["learner", &person.to_string()]).as_bytes());
        let (assigned, assignment) = self.assignment(index);
        let right = if pick(index, "passes", 12) == 0 { 1 } else { self.course.assessment.draw };
        let mut claims = learner::claims(&self.course, &key.did(), Some(&assignment), &[right]);
        put_off(&mut claims, shift);
        let signed_at = later(learner::signed_at(1), shift);
        let id = uuid("record", index);
        let signed = sign_completion(&claims, id, signed_at, &key).expect("claims in the profile");
        Answer { assigned, signed, claims, key: key.did(), signed_at }
    }

    fn assignment(&self, index: u64) -> (Assigned, Assignment) {
        let (person, round) = (person_of(index), round_of(index));
        let (issued, due) = (later(day(-10 * DAY), round), later(day(60 * DAY), round));
        let person_number = number(person);
        let claims = AssignmentClaims {
            person: Person {
                number: person_number.to_string(),
                name: Self::person(person).profile.name,
                email: Some(format!("p{person}@example.org")),
            },
            course: learner::course_claim(&self.course),
            nonce: Digest::of_fields(["nonce", &index.to_string()]).hex()[..32].to_owned(),
            issued_at: issued,
            due,
            deliver_to: "training@example.org".to_owned(),
            reason: None,
        };
        let id = uuid("assignment", index);
        let signed = sign_assignment(&claims, id, issued, &self.hr).expect("claims in the profile");
        let assigned = Assigned {
            at: issued,
            id,
            digest: signed.digest,
            person: person_number,
            course: self.course.id.clone(),
            version: self.course.digest,
            due,
            rule: None,
            bytes: signed.bytes.clone(),
        };
        (assigned, read_assignment(&signed.bytes).expect("our own assignment"))
    }

    /// What the registry keeps of an answer, as if it had been judged.
    pub(crate) fn collected(&self, index: u64, answer: &Answer) -> Collected {
        Collected {
            at: later(day(85 * DAY), round_of(index)),
            digest: answer.signed.digest,
            file: Digest::of(&answer.signed.bytes),
            name: answer.signed.file_name.clone(),
            bytes: answer.signed.bytes.clone(),
            person: answer.assigned.person.clone(),
            course: self.course.id.clone(),
            version: self.course.digest,
            assignment: Some(answer.assigned.id),
            key: answer.key.clone(),
            pins: index.is_multiple_of(RECORDS_EACH),
            signed_at: answer.signed_at,
            earned: answer.claims.result.earned,
            possible: answer.claims.result.possible,
            passed: answer.claims.result.passed,
            levels: Levels([Outcome::Pass; 5]),
            reasons: Vec::new(),
            treatment: Treatment::Accept,
        }
    }

    /// Everything that happens in the organisation, one round after the other, each change made when it is asked for.
    pub(crate) fn changes(&self) -> impl Iterator<Item = Change> {
        let rounds = (0..RECORDS_EACH).flat_map(|round| {
            let collected = self
                .of_round(round)
                .map(|index| Change::Collected(Box::new(self.collected(index, &self.answer(index)))));
            self.asked(round).chain(collected)
        });
        self.beginning().chain(rounds)
    }

    /// A registry that has asked everybody for everything and has collected so many of the records, with HR's key, in `folder`.
    /// Those have no files, which nobody looks at when more come.
    pub(crate) fn write_registry(&self, folder: &Path, collected: u64) {
        std::fs::create_dir_all(folder).expect("a folder");
        let key = self.hr.encode(None).expect("a key file");
        files::write_new(&folder.join("hr.key"), &key, Privacy::Private).expect("written");
        let mut store = SqliteRegistry::create(&folder.join("registry.db")).expect("a registry");
        let origin = format!("countersign.example/registry/{}", store.id().expect("a registry"));
        let origin: Origin = origin.parse().expect("a name");
        let at = later(day(-41 * DAY), round_of(0));
        let opened = Opened { at, key: self.hr.public(), origin: origin.clone() };
        store.save(&[Change::Opened(opened)]).expect("saved");
        head::sign(&mut store, folder, origin, &self.hr);
        let other = self.answer(self.records - 1);
        // After everything was asked for: the clock of a registry never goes back.
        let at = later(day(85 * DAY), round_of(RECORDS_EACH - 1));
        let collected = (0..collected).map(|index| {
            let name = |what: &str| Digest::of_fields([what, &index.to_string()]);
            Change::Collected(Box::new(Collected {
                at,
                digest: name("record"),
                file: name("file"),
                bytes: Vec::new(),
                person: number(person_of(index)),
                assignment: Some(uuid("assignment", index)),
                ..self.collected(index, &other)
            }))
        });
        let mut changes = self
            .beginning()
            .chain((0..RECORDS_EACH).flat_map(|round| self.asked(round)))
            .chain(collected)
            .peekable();
        while changes.peek().is_some() {
            let batch: Vec<Change> = changes.by_ref().take(BATCH).collect();
            store.save(&batch).expect("saved");
        }
    }

    fn beginning(&self) -> impl Iterator<Item = Change> {
        self.archive().into_iter().chain([Change::Roster(self.roster())])
    }

    fn asked(&self, round: u64) -> impl Iterator<Item = Change> {
        self.of_round(round).map(|index| Change::Assigned(self.assignment(index).0))
    }

    /// The records of a round, each of another person.
    fn of_round(&self, round: u64) -> impl Iterator<Item = u64> + use<> {
        (round..self.records).step_by(usize::try_from(RECORDS_EACH).expect("few"))
    }

    /// Writes the files of the records from `first` on, every `step`-th, below a folder. One thread a remainder shares
    /// the work.
    pub(crate) fn write_files(&self, folder: &Path, first: u64, step: usize) -> io::Result<()> {
        for index in (first..self.records).step_by(step) {
            let place = folder_of(folder, index);
            std::fs::create_dir_all(&place)?;
            let signed = self.answer(index).signed;
            // Nobody needs them to outlive a power cut.
            std::fs::File::create_new(place.join(&signed.file_name))?.write_all(&signed.bytes)?;
        }
        Ok(())
    }
}

/// Records of one person stand in a row.
fn person_of(index: u64) -> u64 {
    index / RECORDS_EACH
}

/// When the round of a record begins, in seconds after [`learner::BEGIN`], which comes after the last round.
fn round_of(index: u64) -> i64 {
    ROUND * (i64::try_from(index % RECORDS_EACH).expect("few") - i64::try_from(RECORDS_EACH).expect("few"))
}

fn folder_of(folder: &Path, index: u64) -> PathBuf {
    folder.join(format!("{:05}", index / IN_A_FOLDER))
}

fn number(person: u64) -> PersonNumber {
    PersonNumber::new(&format!("{person:07}")).expect("digits")
}

/// The same record, taken so many seconds later.
fn put_off(claims: &mut CompletionClaims, shift: i64) {
    for lesson in &mut claims.lessons {
        lesson.first_opened_at = later(lesson.first_opened_at, shift);
        lesson.finished_at = later(lesson.finished_at, shift);
    }
    for attempt in &mut claims.attempts {
        attempt.started_at = later(attempt.started_at, shift);
        attempt.finished_at = later(attempt.finished_at, shift);
    }
    if let Some(acknowledgement) = &mut claims.acknowledgement {
        acknowledgement.at = later(acknowledgement.at, shift);
    }
}

fn day(seconds: i64) -> Timestamp {
    after(seconds)
}

fn later(time: Timestamp, seconds: i64) -> Timestamp {
    Timestamp::from_unix(time.unix() + seconds).expect("within the years that can be written")
}

/// One of `many`, different for every number and purpose, and the same every time.
fn pick(index: u64, purpose: &str, many: usize) -> usize {
    let digest = Digest::of_fields([purpose, &index.to_string()]);
    usize::from_le_bytes(*digest.as_bytes().first_chunk().expect("32 bytes")) % many
}

fn uuid(kind: &str, index: u64) -> Uuid {
    let digest = Digest::of_fields([kind, &index.to_string()]);
    uuid::Builder::from_random_bytes(*digest.as_bytes().first_chunk().expect("32 bytes")).into_uuid()
}
