//! The test vectors: how every file comes about, and what is to be said of it.
//!
//! Everything is fixed (keys, identifiers, times), so writing them again gives the same files byte for byte.

#[path = "vectors/claims.rs"]
mod claims;
#[path = "vectors/content.rs"]
mod content;
#[path = "vectors/forms.rs"]
mod forms;
#[path = "vectors/grading.rs"]
mod grading;
#[path = "vectors/identity.rs"]
mod identity;
#[path = "vectors/profile.rs"]
mod profile;
#[path = "vectors/signatures.rs"]
mod signatures;
#[path = "vectors/times.rs"]
mod times;
#[path = "vectors/valid.rs"]
mod valid;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use countersign::clock::Timestamp;
use countersign::course::{self, Course, CourseFiles};
use countersign::digest::Digest;
use countersign::progress::Person;
use countersign::record::claims::{AssignmentClaims, CompletionClaims};
use countersign::record::envelope::{self, Kind};
use countersign::record::key::SecretKey;
use countersign::record::verdict::{Approval, CourseVersion, Verifier};
use countersign::record::{Assignment, read_assignment, sign_assignment};
use serde_json::Value;

use super::forge;
use super::learner::{self, after, signed_at};

/// The learner's seed. Never use it for anything else: it stands here for all to see.
pub(crate) const LEARNER: [u8; 32] = [1; 32];
pub(crate) const HR: [u8; 32] = [2; 32];
const STRANGER: [u8; 32] = [3; 32];

/// A file and what is to be said of it.
pub(crate) struct Vector {
    /// `valid/…` or `invalid/…`, without `.json`.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    /// Signature, content, grading, identity, time: `p`ass, `f`ail or `u`nknown.
    pub(crate) outcomes: &'static str,
    /// What one of the reasons must say.
    pub(crate) because: &'static str,
}

/// Everything the vectors are made from and checked with.
pub(crate) struct World {
    pub(crate) course: Arc<Course>,
    /// An approved version with milder rules: no limit, no wait, a lower pass mark.
    pub(crate) earlier: Arc<Course>,
    /// A version that does not count any more, with the same rules as the present one.
    pub(crate) withdrawn: Arc<Course>,
    pub(crate) assignment: Assignment,
    pub(crate) assignment_bytes: Vec<u8>,
    /// For the earlier version.
    pub(crate) earlier_assignment: Assignment,
    pub(crate) earlier_assignment_bytes: Vec<u8>,
    pub(crate) received_at: Timestamp,
}

pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors")
}

impl World {
    pub(crate) fn new() -> Self {
        Self::of(|files| files)
    }

    /// The same with courses of which something is changed.
    pub(crate) fn of(change: impl Fn(CourseFiles) -> CourseFiles) -> Self {
        let read = |name: &str| {
            let parsed = course::parse(change(read_course(&folder().join(name))));
            Arc::new(parsed.unwrap_or_else(|faults| panic!("{faults:?}")))
        };
        let (course, earlier, withdrawn) = (read("course"), read("course-0.9.0"), read("course-0.8.0"));
        let assign = |course: &Course, nonce: &str, id: &str| {
            let claims = AssignmentClaims {
                person: Person { number: "012345".to_owned(), name: "Ada Byron".to_owned(), email: None },
                course: learner::course_claim(course),
                nonce: nonce.to_owned(),
                issued_at: after(-86_400),
                due: after(30 * 86_400),
                deliver_to: "training@example.org".to_owned(),
                reason: Some("new joiner".to_owned()),
            };
            let id = id.parse().expect("a UUID");
            let signed = sign_assignment(&claims, id, after(-86_400), &SecretKey::from_seed(&HR))
                .expect("in the profile");
            (read_assignment(&signed.bytes).expect("own assignment"), signed.bytes)
        };
        let (assignment, assignment_bytes) =
            assign(&course, "b1946ac92492d2347c6235b4d2611184", "0a5c1d5e-6f0a-4d6b-9c57-2f6a2d1f0001");
        let (earlier_assignment, earlier_assignment_bytes) =
            assign(&earlier, "591785b794601e212b260e25925636fd", "0a5c1d5e-6f0a-4d6b-9c57-2f6a2d1f0003");
        Self {
            course,
            earlier,
            withdrawn,
            assignment,
            assignment_bytes,
            earlier_assignment,
            earlier_assignment_bytes,
            received_at: after(86_400),
        }
    }

    pub(crate) fn verifier(&self) -> Verifier {
        Verifier {
            courses: self.versions().map(|(_, course, approval)| CourseVersion { course, approval }).into(),
            assignments: vec![self.assignment.clone(), self.earlier_assignment.clone()],
            trusted_assigners: vec![self.assignment.issuer.clone()],
            pinned_keys: Vec::new(),
            received_at: Some(self.received_at),
            ..Verifier::default()
        }
    }

    /// What the verifier has, with the folder of each.
    pub(crate) fn versions(&self) -> [(&'static str, Arc<Course>, Approval); 3] {
        [
            ("course", Arc::clone(&self.course), Approval::Approved),
            ("course-0.9.0", Arc::clone(&self.earlier), Approval::Approved),
            ("course-0.8.0", Arc::clone(&self.withdrawn), Approval::Withdrawn),
        ]
    }

    /// The honest claims after such attempts.
    pub(crate) fn claims(&self, assigned: bool, right: &[usize]) -> CompletionClaims {
        let did = SecretKey::from_seed(&LEARNER).did();
        learner::claims(&self.course, &did, assigned.then_some(&self.assignment), right)
    }

    /// Puts the attempt at `place` on another version of the course, at the same time.
    pub(crate) fn take_on(claims: &mut CompletionClaims, place: usize, course: &Course, right: usize) {
        let nonce = claims.assignment.as_ref().map(|assignment| assignment.nonce.as_str());
        let attempt = &mut claims.attempts[place];
        let (number, started_at, finished_at) = (attempt.number, attempt.started_at, attempt.finished_at);
        *attempt = learner::attempt(course, &claims.id, nonce, number, right);
        (attempt.started_at, attempt.finished_at) = (started_at, finished_at);
        attempt.course_digest = Some(course.digest);
    }

    /// What the learner signs, whether or not it is true.
    pub(crate) fn signed(claims: &CompletionClaims) -> Value {
        let subject = serde_json::to_value(claims).expect("JSON");
        let id = "5b1d5d2e-2c5e-4d0e-8a51-0f8d6a3c0001".parse().expect("a UUID");
        let created = signed_at(claims.attempts.len().max(1));
        envelope::sign(Kind::Completion, subject, id, created, &SecretKey::from_seed(&LEARNER))
    }
}

/// The files of a course as a folder holds them.
pub(crate) fn read_course(folder: &Path) -> CourseFiles {
    fn walk(root: &Path, folder: &Path, files: &mut CourseFiles) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(root, &path, files);
            } else {
                let name = path.strip_prefix(root).expect("below").to_str().expect("text").replace('\\', "/");
                files.insert(name, std::fs::read(&path).expect("a file"));
            }
        }
    }
    let mut files = CourseFiles::new();
    walk(folder, folder, &mut files);
    files
}

pub(crate) fn pretty(document: &Value) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(document).expect("JSON");
    bytes.push(b'\n');
    bytes
}

pub(crate) fn all(world: &World) -> Vec<Vector> {
    let mut table = Table { world, vectors: Vec::new() };
    valid::fill(&mut table);
    profile::fill(&mut table);
    forms::fill(&mut table);
    signatures::fill(&mut table);
    claims::fill(&mut table);
    content::fill(&mut table);
    grading::fill(&mut table);
    identity::fill(&mut table);
    times::fill(&mut table);
    table.vectors
}

struct Table<'a> {
    world: &'a World,
    vectors: Vec<Vector>,
}

impl Table<'_> {
    fn add(&mut self, name: &str, bytes: Vec<u8>, outcomes: &'static str, because: &'static str) {
        self.vectors.push(Vector { name: name.to_owned(), bytes, outcomes, because });
    }

    /// The assigned learner's record, as text, after `change`.
    fn text(&mut self, name: &str, because: &'static str, change: impl FnOnce(String) -> Vec<u8>) {
        let document = World::signed(&self.world.claims(true, &[9]));
        let text = String::from_utf8(pretty(&document)).expect("text");
        let bytes = change(text.clone());
        assert_ne!(bytes, text.as_bytes(), "{name} changes nothing");
        self.add(&format!("invalid/{name}"), bytes, "fuuuu", because);
    }

    /// The document after `change`, signed again by the learner without regard to form.
    fn form(
        &mut self,
        name: &str,
        outcomes: &'static str,
        because: &'static str,
        change: impl FnOnce(&mut Value),
    ) {
        self.forged(name, outcomes, because, |document| {
            change(document);
            forge::sign(document, &LEARNER);
        });
    }

    /// The document after `change`.
    fn forged(
        &mut self,
        name: &str,
        outcomes: &'static str,
        because: &'static str,
        change: impl FnOnce(&mut Value),
    ) {
        let original = World::signed(&self.world.claims(true, &[9]));
        let mut document = original.clone();
        change(&mut document);
        assert_ne!(document, original, "{name} changes nothing");
        self.add(&format!("invalid/{name}"), pretty(&document), outcomes, because);
    }

    /// The claims after `change`, signed by the learner.
    fn lie(
        &mut self,
        name: &str,
        right: &[usize],
        outcomes: &'static str,
        because: &'static str,
        change: impl FnOnce(&mut CompletionClaims),
    ) {
        let mut claims = self.world.claims(true, right);
        change(&mut claims);
        self.add(&format!("invalid/{name}"), pretty(&World::signed(&claims)), outcomes, because);
    }
}

/// The digest of a course that nobody has.
fn nowhere() -> Digest {
    format!("sha256:{}", "0".repeat(64)).parse().expect("a digest")
}

fn replaced(text: &str, from: &str, to: &str) -> Vec<u8> {
    text.replacen(from, to, 1).into_bytes()
}
