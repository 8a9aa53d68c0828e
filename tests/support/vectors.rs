//! The test vectors: how every file comes about, and what is to be said of it.
//!
//! Everything is fixed (keys, identifiers, times), so writing them again gives the same files byte for byte.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use countersign::clock::Timestamp;
use countersign::course::{self, Course, CourseFiles};
use countersign::digest::Digest;
use countersign::progress::Person;
use countersign::quiz::response::Response;
use countersign::record::claims::{AssignmentClaims, CompletionClaims};
use countersign::record::envelope::Kind;
use countersign::record::key::SecretKey;
use countersign::record::verdict::{Approval, CourseVersion, Verifier};
use countersign::record::{Assignment, envelope, read_assignment, sign_assignment};
use serde_json::{Value, json};

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
    valid(&mut table);
    profile(&mut table);
    forms(&mut table);
    signatures(&mut table);
    claims(&mut table);
    content(&mut table);
    grading(&mut table);
    identity(&mut table);
    times(&mut table);
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

fn valid(table: &mut Table<'_>) {
    let world = table.world;
    let assigned = pretty(&World::signed(&world.claims(true, &[9])));
    let self_declared = world.claims(false, &[9]);
    let one_line = serde_json::to_vec(&World::signed(&world.claims(true, &[9]))).expect("JSON");
    let crlf = String::from_utf8(assigned.clone()).expect("text").replace('\n', "\r\n").into_bytes();
    table.add("valid/assigned", assigned, "ppppp", "answers the assignment");
    table.add("valid/assigned-one-line", one_line, "ppppp", "answers the assignment");
    table.add("valid/assigned-crlf", crlf, "ppppp", "answers the assignment");
    table.add(
        "valid/self-declared",
        pretty(&World::signed(&self_declared)),
        "pppuu",
        "answers no assignment",
    );
    let second = world.claims(true, &[2, 8]);
    table.add(
        "valid/second-attempt",
        pretty(&World::signed(&second)),
        "ppppp",
        "2 attempts drawn and 18 answers marked",
    );
    let failed = world.claims(true, &[1, 2, 0]);
    table.add("valid/not-passed", pretty(&World::signed(&failed)), "ppppp", "points, not passed");

    let mut later = world.claims(false, &[1, 9]);
    later.attempts.remove(0);
    table.add(
        "valid/later-run",
        pretty(&World::signed(&later)),
        "ppuuu",
        "begins with attempt 2: that its number was not picked for an easy draw",
    );
    later.previous = Some(world.assignment.digest);
    table.add(
        "valid/later-run-after-a-record",
        pretty(&World::signed(&later)),
        "ppuuu",
        "look in the record before this one, sha256:",
    );

    let mut texts = self_declared.clone();
    texts.person = Person {
        number: "工号-7 \u{202e}".to_owned(),
        name: "Zoë \u{1b}]52;c;\u{7} \u{1f469}\u{200d}\u{1f680} \"\\/\u{2028}".to_owned(),
        email: Some("zoë@example.org".to_owned()),
    };
    table.add("valid/odd-texts", pretty(&World::signed(&texts)), "pppuu", "answers no assignment");

    let mut older = self_declared.clone();
    older.course.digest = nowhere();
    table.add(
        "invalid/other-content-of-that-version",
        pretty(&World::signed(&older)),
        "pfuuu",
        "is here with other content",
    );
    "9.0.0".clone_into(&mut older.course.version);
    table.add("valid/unknown-course", pretty(&World::signed(&older)), "puuuu", "no course with the digest");

    let mut rule = world.claims(true, &[9]);
    rule.attempts[0].scoring = 2;
    table.add(
        "valid/unknown-rule",
        pretty(&World::signed(&rule)),
        "ppupp",
        "rule 2, which is not known here",
    );

    let mut other = world.claims(true, &[9]);
    other.assignment.as_mut().expect("assigned").assignment_id =
        "urn:uuid:0a5c1d5e-6f0a-4d6b-9c57-2f6a2d1f0002".into();
    table.add("valid/unknown-assignment", pretty(&World::signed(&other)), "pppuu", "is not here");

    let did = SecretKey::from_seed(&LEARNER).did();
    let newer = learner::claims(&world.course, &did, Some(&world.earlier_assignment), &[9]);
    table.add(
        "valid/assigned-another-version",
        pretty(&World::signed(&newer)),
        "pppup",
        "the assignment is for version 0.9.0 (sha256:",
    );
    versions(table);
}

/// A new version of the course came between the attempts.
fn versions(table: &mut Table<'_>) {
    let world = table.world;
    let mut once = world.claims(true, &[1, 9]);
    World::take_on(&mut once, 0, &world.earlier, 1);
    table.add(
        "valid/earlier-version",
        pretty(&World::signed(&once)),
        "ppppp",
        "attempt 1 was taken on version 0.9.0",
    );

    // Without waiting between the first two: the version they were taken on does not ask for it.
    let mut twice = world.claims(true, &[1, 1, 9]);
    twice.attempts[1].started_at = twice.attempts[0].finished_at;
    twice.attempts[1].finished_at = after(1800 + 1200);
    World::take_on(&mut twice, 0, &world.earlier, 1);
    World::take_on(&mut twice, 1, &world.earlier, 1);
    table.add(
        "valid/earlier-version-twice",
        pretty(&World::signed(&twice)),
        "ppppp",
        "attempt 2 was taken on version 0.9.0",
    );

    let mut withdrawn = world.claims(true, &[1, 9]);
    World::take_on(&mut withdrawn, 0, &world.withdrawn, 1);
    table.add(
        "valid/withdrawn-version",
        pretty(&World::signed(&withdrawn)),
        "ppupp",
        "attempt 1 was taken on version 0.8.0, which is known here but not approved",
    );

    // The new version changed a lesson, which was read anew before the second attempt.
    once.lessons[1].first_opened_at = after(3600);
    once.lessons[1].finished_at = after(3900);
    table.add(
        "valid/earlier-version-lesson-anew",
        pretty(&World::signed(&once)),
        "ppppp",
        "attempt 1 was taken on version 0.9.0",
    );

    let mut unknown = world.claims(true, &[1, 9]);
    unknown.attempts[0].course_digest = Some(world.assignment.digest);
    table.add(
        "valid/unknown-version",
        pretty(&World::signed(&unknown)),
        "ppupp",
        "attempt 1: no course with the digest",
    );
}

/// Outside the strict profile.
fn profile(table: &mut Table<'_>) {
    const PASS: &str = "\"passPercent\": 60";
    table.text("duplicate-key", "face: stands there twice", |text| {
        replaced(&text, "\"face\":", "\"face\": \"linear\",\n    \"face\":")
    });
    table.text("duplicate-key-escaped", "face: stands there twice", |text| {
        replaced(&text, "\"face\":", "\"f\\u0061ce\": \"linear\",\n    \"face\":")
    });
    table.text("float", "result.passPercent: only integers", |text| {
        replaced(&text, PASS, "\"passPercent\": 60.0")
    });
    table.text("exponent", "result.passPercent: only integers", |text| {
        replaced(&text, PASS, "\"passPercent\": 6e1")
    });
    table.text("negative-zero", "result.passPercent: only integers", |text| {
        replaced(&text, PASS, "\"passPercent\": -0")
    });
    table.text("big-integer", "result.passPercent: only integers", |text| {
        replaced(&text, PASS, "\"passPercent\": 9007199254740992")
    });
    table.text("not-a-number", "expected value", |text| replaced(&text, PASS, "\"passPercent\": NaN"));
    table.text("non-ascii-key", "other than ASCII characters", |text| {
        replaced(&text, "\"face\":", "\"fäce\": 1,\n    \"face\":")
    });
    table.text("byte-order-mark", "begins with a byte order mark", |text| {
        [b"\xEF\xBB\xBF", text.as_bytes()].concat()
    });
    table.text("invalid-utf-8", "is not UTF-8", |text| {
        let mut bytes = text.into_bytes();
        let at = bytes.windows(3).position(|window| window == b"Ada").expect("the name");
        bytes[at] = 0xFF;
        bytes
    });
    table.text("utf-16", "is not UTF-8", |text| {
        [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    });
    table.text("lone-surrogate", "person.name", |text| replaced(&text, "Ada Byron", "\\ud800"));
    table.text("raw-control-character", "person.name", |text| replaced(&text, "Ada Byron", "Ada\tByron"));
    table.text("too-deep", "64 levels", |text| {
        replaced(
            &text,
            "\"face\":",
            &format!("\"deep\": {}{},\n    \"face\":", "[".repeat(63), "]".repeat(63)),
        )
    });
    table.text("trailing-comma", "trailing comma", |text| replaced(&text, "\n}\n", ",\n}\n"));
    table.text("comment", "expected value", |text| format!("// a record\n{text}").into_bytes());
    table.text("two-documents", "trailing characters", |text| format!("{text}{text}").into_bytes());
    table.text("truncated", "ends in the middle", |text| text.as_bytes()[..text.len() - 40].to_vec());
    table.text("empty", "is empty", |_| Vec::new());
    table.text("not-an-object", "is not a JSON object", |_| b"[]\n".to_vec());
}

/// Validly signed, but another envelope. What it claims can still be looked at.
fn forms(table: &mut Table<'_>) {
    const V2: &str = "https://www.w3.org/ns/credentials/v2";
    const TERMS: &str = "https://www.w3.org/ns/credentials/undefined-terms/v2";
    fn contexts(document: &mut Value, context: &Value) {
        document["@context"] = context.clone();
        document["proof"]["@context"] = context.clone();
    }
    fn drop_member(document: &mut Value, member: &str) {
        document.as_object_mut().expect("an object").remove(member).expect("it was there");
    }
    table.form("wrong-context", "fppuu", "@context: must be exactly", |d| {
        contexts(d, &json!(["https://www.w3.org/2018/credentials/v1", TERMS]));
    });
    table.form("extra-context", "fppuu", "@context: must be exactly", |d| {
        contexts(d, &json!([V2, TERMS, "https://example.org/more"]));
    });
    table.form("inline-context", "fppuu", "@context: must be exactly", |d| {
        contexts(d, &json!([V2, TERMS, {"passed": "https://example.org/not-passed"}]));
    });
    table.form("context-order", "fppuu", "@context: must be exactly", |d| contexts(d, &json!([TERMS, V2])));
    table.form("missing-proof-context", "fppuu", "proof.@context: is missing", |d| {
        drop_member(&mut d["proof"], "@context");
    });
    table.form("other-proof-context", "fppuu", "proof.@context: must be exactly", |d| {
        d["proof"]["@context"] = json!([V2]);
    });
    table.form("unknown-member", "fppuu", "validFrom: is not a member", |d| {
        d["validFrom"] = json!("2026-11-22T08:00:00Z");
    });
    table.form("unknown-proof-member", "fppuu", "proof.expires: is not a member", |d| {
        d["proof"]["expires"] = json!("2036-11-22T08:00:00Z");
    });
    table.form("missing-id", "fppuu", "id: is missing", |d| drop_member(d, "id"));
    table.form("id-version-1", "fppuu", "id: is not urn:uuid:", |d| {
        d["id"] = json!("urn:uuid:5b1d5d2e-2c5e-1d0e-8a51-0f8d6a3c0001");
    });
    table.form("id-upper-case", "fppuu", "id: is not urn:uuid:", |d| {
        d["id"] = json!("urn:uuid:5B1D5D2E-2C5E-4D0E-8A51-0F8D6A3C0001");
    });
    table.form("type-order", "fppuu", "type: must be exactly", |d| {
        d["type"] = json!(["TrainingCompletionRecord", "VerifiableCredential"]);
    });
    table.form("type-of-an-assignment", "fppuu", "type: must be exactly", |d| {
        d["type"] = json!(["VerifiableCredential", "TrainingAssignment"]);
    });
    for (name, subject) in [("number", json!(5)), ("array", json!([])), ("text", json!("x"))] {
        table.form(&format!("subject-{name}-of-an-assignment"), "fuuuu", "type: must be exactly", |d| {
            d["type"] = json!(["VerifiableCredential", "TrainingAssignment"]);
            d["credentialSubject"] = subject;
        });
    }
    table.form("type-added", "fppuu", "type: must be exactly", |d| {
        d["type"] = json!(["VerifiableCredential", "TrainingCompletionRecord", "OpenBadgeCredential"]);
    });
    table.form("issuer-object", "fppuu", "issuer: is not a text", |d| {
        d["issuer"] = json!({"id": d["issuer"]});
    });
    table.form("issuer-did-web", "fppuu", "issuer: is not the did:key", |d| {
        d["issuer"] = json!("did:web:example.org");
    });
    table.form("wrong-suite", "fppuu", "proof.cryptosuite: must be exactly", |d| {
        d["proof"]["cryptosuite"] = json!("eddsa-rdfc-2022");
    });
    table.form("wrong-proof-type", "fppuu", "proof.type: must be exactly", |d| {
        d["proof"]["type"] = json!("Ed25519Signature2020");
    });
    table.form("wrong-purpose", "fppuu", "proof.proofPurpose: must be exactly", |d| {
        d["proof"]["proofPurpose"] = json!("authentication");
    });
    table.form("created-with-offset", "fppuu", "proof.created: expected a time", |d| {
        d["proof"]["created"] = json!("2026-11-22T11:50:00+01:00");
    });
    table.form("created-with-fraction", "fppuu", "proof.created: expected a time", |d| {
        d["proof"]["created"] = json!("2026-11-22T10:50:00.000Z");
    });
    table.form("missing-created", "fppuu", "proof.created: is missing", |d| {
        drop_member(&mut d["proof"], "created");
    });
    table.form(
        "verification-method-of-another",
        "fppuu",
        "proof.verificationMethod: is not the key of the issuer",
        |d| {
            let did = SecretKey::from_seed(&STRANGER).did();
            d["proof"]["verificationMethod"] = json!(format!("{did}#{}", &did["did:key:".len()..]));
        },
    );
    table.forged("two-proofs", "fppuu", "proof: is an array", |d| {
        d["proof"] = json!([d["proof"], d["proof"]]);
    });
    table
        .forged("one-proof-in-an-array", "fppuu", "proof: is an array", |d| d["proof"] = json!([d["proof"]]));
    table.forged("no-proof", "fppuu", "proof: is missing", |d| drop_member(d, "proof"));
}

/// The right form around a signature that is not the issuer's, or that lax verifiers take for it.
fn signatures(table: &mut Table<'_>) {
    const NOT_HIS: &str = "is not the issuer's signature";
    table.forged("flipped-bit", "fppuu", NOT_HIS, |d| {
        let mut bytes = forge::signature(d);
        bytes[20] ^= 1;
        forge::set_signature(d, &bytes);
    });
    table.forged("another-signer", "fppuu", NOT_HIS, |d| forge::sign(d, &STRANGER));
    table.forged("another-issuer", "fpfuu", NOT_HIS, |d| {
        let did = SecretKey::from_seed(&STRANGER).public();
        forge::set_key(d, did.as_bytes());
    });
    table.forged("edited-name", "fppuu", NOT_HIS, |d| {
        d["credentialSubject"]["person"]["name"] = json!("Ada Lovelace");
    });
    table.forged("edited-mark", "fpfuu", "re-graded", |d| {
        d["credentialSubject"]["attempts"][0]["responses"][0]["earned"] = json!(1);
    });
    table.forged("edited-created", "fppuu", NOT_HIS, |d| {
        d["proof"]["created"] = json!("2026-11-22T12:00:00Z");
    });
    table.forged("reordered-responses", "fpfuu", "the draw gives", |d| {
        d["credentialSubject"]["attempts"][0]["responses"].as_array_mut().expect("an array").swap(0, 1);
    });
    table.forged("s-beyond-the-order", "fppuu", NOT_HIS, forge::larger_s);
    table.forged("r-of-small-order", "fppuu", NOT_HIS, |d| {
        let mut neutral = [0; 32];
        neutral[0] = 1;
        forge::neutral_r(d, &LEARNER, neutral);
    });
    table.forged("r-in-another-spelling", "fppuu", NOT_HIS, |d| {
        let mut neutral = [0xFF; 32];
        (neutral[0], neutral[31]) = (0xEE, 0x7F);
        forge::neutral_r(d, &LEARNER, neutral);
    });
    table.forged("small-order-key", "fpfuu", "issuer: is a weak key", forge::weak_key);
    table.forged("key-in-another-spelling", "fpfuu", "issuer: is not an Ed25519 key", |d| {
        let mut key = [0xFF; 32];
        (key[0], key[31]) = (0xF0, 0x7F);
        forge::set_key(d, &key);
    });
    table.forged("key-that-is-no-point", "fpfuu", "issuer: is not an Ed25519 key", |d| {
        let mut key = [0; 32];
        key[0] = 2;
        forge::set_key(d, &key);
    });
    table.forged("all-zero-signature", "fppuu", NOT_HIS, |d| forge::set_signature(d, &[0; 64]));
    table.forged("short-signature", "fppuu", "proof.proofValue: is not z and", |d| {
        let bytes = forge::signature(d);
        forge::set_signature(d, &bytes[..63]);
    });
    table.forged("signature-with-leading-zero", "fppuu", "proof.proofValue: is not z and", |d| {
        let bytes = forge::signature(d);
        forge::set_signature(d, &[&[0], &bytes[..]].concat());
    });
    table.forged("signature-in-base16", "fppuu", "proof.proofValue: is not z and", |d| {
        let hex = forge::hex(&forge::signature(d));
        d["proof"]["proofValue"] = json!(format!("f{hex}"));
    });
    table.forged("signature-not-base58", "fppuu", "proof.proofValue: is not z and", |d| {
        let text = d["proof"]["proofValue"].as_str().expect("a text").to_owned();
        d["proof"]["proofValue"] = json!(format!("z0{}", &text[2..]));
    });
}

/// Validly signed in the right envelope, but what it claims is not what a record claims.
fn claims(table: &mut Table<'_>) {
    const S: &str = "credentialSubject";
    table.form("unknown-claim", "fuuuu", "credentialSubject.bonus", |d| d[S]["bonus"] = json!(1));
    table.form(
        "unknown-claim-of-a-person",
        "fuuuu",
        "credentialSubject.person.title: is not a member",
        |d| {
            d[S]["person"]["title"] = json!("Countess");
        },
    );
    table.form("null-claim", "fuuuu", "credentialSubject.person.email: is null", |d| {
        d[S]["person"]["email"] = json!(null);
    });
    table.form("array-for-a-structure", "fuuuu", "credentialSubject.person", |d| {
        d[S]["person"] = json!(["012345", "Ada Byron"]);
    });
    table.form("number-as-a-number", "fuuuu", "credentialSubject.person.number: invalid type", |d| {
        d[S]["person"]["number"] = json!(12345);
    });
    table.form("empty-number", "fppfu", "credentialSubject.person.number: is empty", |d| {
        d[S]["person"]["number"] = json!(" ");
    });
    table.form("digest-in-upper-case", "fuuuu", "credentialSubject.course.digest: expected sha256:", |d| {
        let digest = d[S]["course"]["digest"].as_str().expect("a text").replace("sha256:", "");
        d[S]["course"]["digest"] = json!(format!("sha256:{}", digest.to_uppercase()));
    });
    table.form(
        "time-with-offset",
        "fuuuu",
        "credentialSubject.attempts[0].startedAt: expected a time",
        |d| {
            d[S]["attempts"][0]["startedAt"] = json!("2026-11-22T09:30:00+01:00");
        },
    );
    table.form("negative-mark", "fuuuu", "credentialSubject.attempts[0].responses[0].earned", |d| {
        d[S]["attempts"][0]["responses"][0]["earned"] = json!(-1000);
    });
    table.form("missing-result", "fuuuu", "missing field `result`", |d| {
        d[S].as_object_mut().expect("an object").remove("result");
    });
    table.form("unknown-face", "fuuuu", "credentialSubject.face: unknown variant", |d| {
        d[S]["face"] = json!("holographic");
    });
    table.form("answer-as-a-number", "fuuuu", "credentialSubject.attempts[0].responses[", |d| {
        let responses = d[S]["attempts"][0]["responses"].as_array_mut().expect("an array");
        let answer = responses.iter_mut().find(|answer| answer["item"] == "number").expect("it is mandatory");
        answer["response"] = json!(1000);
    });
    table.form("learner-is-not-the-issuer", "fpfuu", "credentialSubject.id: is not the issuer", |d| {
        d[S]["id"] = json!(SecretKey::from_seed(&STRANGER).did());
    });
}

/// Well signed, but not about the content that is here.
fn content(table: &mut Table<'_>) {
    table.lie("other-title", &[9], "pfppp", "course title: the record claims Victors, it is Vectors", |c| {
        c.course.title = "Victors".into();
    });
    table.lie("other-version", &[9], "pfppp", "course version", |c| c.course.version = "1.0.1".into());
    table.lie(
        "other-lesson",
        &[9],
        "pfppp",
        "lesson lessons/01-signing.md is not the text that was read",
        |c| {
            c.lessons[0].digest = c.lessons[1].digest;
        },
    );
    table.lie("unread-lesson", &[9], "pfppp", "lesson lessons/02-marking.md was not read", |c| {
        drop(c.lessons.pop());
    });
    table.lie("lesson-twice", &[9], "pfppp", "stands there twice", |c| c.lessons.push(c.lessons[0].clone()));
    table.lie("foreign-lesson", &[9], "pfppp", "is not part of the course", |c| {
        let mut lesson = c.lessons[0].clone();
        lesson.lesson = "lessons/03-other.md".into();
        c.lessons.push(lesson);
    });
    table.lie(
        "no-acknowledgement",
        &[9],
        "pfppp",
        "the policy lessons/policy.md was not acknowledged",
        |c| c.acknowledgement = None,
    );
    table.lie("other-policy", &[9], "pfppp", "policy lessons/policy.md is not the text", |c| {
        c.acknowledgement.as_mut().expect("there").digest = c.lessons[0].digest;
    });
    table.lie("other-statement", &[9], "pfppp", "statement acknowledged", |c| {
        c.acknowledgement.as_mut().expect("there").statement = "I have seen this policy.".into();
    });
    table.lie("other-meaning", &[9], "pfppp", "meaning of the acknowledgement", |c| {
        c.acknowledgement.as_mut().expect("there").meaning = "seen".into();
    });
}

/// Well signed, but the claims are not what the course's key gives.
fn grading(table: &mut Table<'_>) {
    fn count(claims: &mut CompletionClaims) {
        let attempt = claims.attempts.last_mut().expect("one");
        attempt.earned = attempt.responses.iter().map(|response| u64::from(response.earned)).sum();
        claims.result.earned = attempt.earned;
        claims.result.passed = 100 * attempt.earned >= 60 * attempt.possible;
    }
    table.lie("signed-edited-mark", &[8], "ppfpp", "re-graded", |c| {
        let last = c.attempts[0].responses.last_mut().expect("nine");
        last.earned += 500;
        count(c);
    });
    table.lie(
        "signed-full-marks",
        &[2],
        "ppfpp",
        "result: the record claims passed, it is not passed",
        |c| {
            for response in &mut c.attempts[0].responses {
                response.earned = response.earned.max(1000);
            }
            count(c);
            c.result.passed = true;
        },
    );
    table.lie("signed-edited-answer", &[9], "ppfpp", "re-graded", |c| {
        let responses = &mut c.attempts[0].responses;
        let answer =
            responses.iter_mut().find(|response| response.item.as_str() == "number").expect("mandatory");
        answer.response = Some(Response::Text("999".to_owned()));
    });
    table.lie(
        "signed-ill-formed-answer",
        &[9],
        "ppfpp",
        "the answer is not one that this question takes",
        |c| {
            let responses = &mut c.attempts[0].responses;
            let answer =
                responses.iter_mut().find(|response| response.item.as_str() == "single").expect("mandatory");
            answer.response = Some(Response::Text("everything".to_owned()));
        },
    );
    table.lie("signed-reordered-responses", &[9], "ppfpp", "the draw gives", |c| {
        c.attempts[0].responses.swap(0, 1);
    });
    table.lie("other-order-of-options", &[9], "ppfpp", "not shown in the order of the draw", |c| {
        let shown = c.attempts[0].responses.iter_mut().find(|response| response.order.len() > 2);
        shown.expect("one at least").order.swap(0, 1);
    });
    table.lie("other-revision", &[9], "ppfpp", "the record has revision 9", |c| {
        c.attempts[0].responses[0].revision = 9.try_into().expect("not zero");
    });
    table.lie("dropped-question", &[9], "ppfpp", "the record has 8 questions, the draw gives 9", |c| {
        c.attempts[0].responses.pop();
        count(c);
    });
    table.lie("another-draw", &[9], "ppfpp", "the draw gives", |c| {
        let nonce = c.assignment.as_ref().map(|assignment| assignment.nonce.clone());
        let course = World::new().course;
        c.attempts[0].responses = learner::attempt(&course, &c.id, nonce.as_deref(), 2, 9).responses;
    });
    table.lie("wrong-sum", &[9], "ppfpp", "attempt 1, points earned", |c| c.attempts[0].earned -= 1000);
    table.lie("wrong-result", &[2, 8], "ppfpp", "result, points earned", |c| {
        c.result.earned = c.result.possible;
    });
    table.lie("lower-pass-mark", &[2], "ppfpp", "result, pass mark in percent", |c| {
        c.result.pass_percent = 1;
        c.result.passed = true;
    });
    table.lie(
        "too-many-attempts",
        &[1, 1, 1, 9],
        "ppfpp",
        "attempt 4 is number 4 of the record, 3 are allowed",
        |_| {},
    );
    versions_that_cannot_be(table);
    sums_without_a_course(table);
    table.lie("attempt-0", &[9], "ppfpp", "the record has an attempt 0", |c| c.attempts[0].number = 0);
    table.lie("missing-attempt", &[1, 1, 9], "ppfpp", "attempt 3 follows attempt 1", |c| {
        drop(c.attempts.remove(1));
    });
    table.lie("did-not-wait", &[1, 9], "ppfpp", "less than 30 minutes after attempt 1", |c| {
        let second = &mut c.attempts[1];
        second.started_at = after(1800 + 600 + 1799);
        second.finished_at = after(1800 + 600 + 1799 + 600);
    });
    table.lie("no-attempt", &[9], "ppfpp", "the record holds no attempt", |c| c.attempts.clear());
    table.lie("another-quiz", &[9], "ppfpp", "attempt 1 is at check-signing", |c| {
        c.attempts[0].quiz = "check-signing".parse().expect("an identifier");
    });
    table.lie("unknown-check", &[9], "ppfpp", "the course has no knowledge check", |c| {
        c.checks[0].quiz = "another".parse().expect("an identifier");
    });
    table.lie("overfull-check", &[9], "ppfpp", "more points earned than possible", |c| {
        c.checks[0].earned += 1;
    });
}

/// Well signed, but with another version of the course where it would be of use to whoever made it up.
fn versions_that_cannot_be(table: &mut Table<'_>) {
    const LAST: &str = "the last, was taken on another version than the record names";
    let world = table.world;
    let passed_on = |course: &Course, claims: &mut CompletionClaims| {
        World::take_on(claims, 0, course, 9);
        let attempt = &claims.attempts[0];
        claims.result.earned = attempt.earned;
        claims.result.possible = attempt.possible;
        claims.result.pass_percent = course.assessment.pass_percent.get();
        claims.result.passed = true;
    };
    table.lie("passed-on-another-version", &[9], "ppfpp", LAST, |c| passed_on(&world.earlier, c));
    table.lie("passed-on-a-withdrawn-version", &[9], "ppfpp", LAST, |c| passed_on(&world.withdrawn, c));
    table.lie("passed-on-an-unknown-version", &[9], "ppfpp", LAST, |c| {
        c.attempts[0].course_digest = Some(world.assignment.digest);
    });
    table.lie("own-version-twice", &[1, 9], "ppfpp", "names the version of the record once more", |c| {
        c.attempts[0].course_digest = Some(c.course.digest);
    });
    table.lie(
        "too-many-attempts-on-a-milder-version",
        &[1, 1, 1, 9],
        "ppfpp",
        "attempt 4 is number 4 of the record, 3 are allowed",
        |c| (0..3).for_each(|place| World::take_on(c, place, &world.earlier, 1)),
    );
    table.lie(
        "too-many-attempts-on-an-unknown-version",
        &[1, 1, 1, 9],
        "ppfpp",
        "attempt 4 is number 4 of the record, 3 are allowed",
        |c| c.attempts[0].course_digest = Some(world.assignment.digest),
    );
    table.lie(
        "did-not-wait-after-a-milder-version",
        &[1, 9],
        "ppfpp",
        "less than 30 minutes after attempt 1",
        |c| {
            c.attempts[1].started_at = after(1800 + 600 + 1799);
            World::take_on(c, 0, &world.earlier, 1);
        },
    );
    table.lie(
        "too-many-attempts-on-an-earlier-version",
        &[1, 1, 1, 1, 9],
        "ppfpp",
        "attempt 4 is number 4 of the record, 3 are allowed",
        |c| (0..4).for_each(|place| World::take_on(c, place, &world.withdrawn, 1)),
    );
}

/// Well signed, and the course or the rule is unknown, so that no mark can be derived. Still it must add up.
fn sums_without_a_course(table: &mut Table<'_>) {
    const NO_ANSWERS: &str = "points earned: the record claims 14, it is 0";
    table.lie("scoring-zero", &[9], "ppfpp", "was marked by rule 0, but rules are counted from 1", |c| {
        c.attempts[0].scoring = 0;
    });
    table.lie("unknown-rule-with-false-sum", &[2], "ppfpp", "attempt 1, points earned", |c| {
        let attempt = &mut c.attempts[0];
        attempt.scoring = 2;
        attempt.earned = attempt.possible;
        (c.result.earned, c.result.passed) = (attempt.possible, true);
    });
    table.lie(
        "unknown-rule-without-answers",
        &[9],
        "ppfpp",
        "the record has 0 questions, the draw gives 9",
        |c| {
            c.attempts[0].scoring = 2;
            c.attempts[0].responses.clear();
        },
    );
    table.lie("unknown-rule-lower-pass-mark", &[2], "ppfpp", "result, pass mark in percent", |c| {
        c.attempts[0].scoring = 2;
        (c.result.pass_percent, c.result.passed) = (1, true);
    });
    table.lie(
        "unknown-rule-too-many-attempts",
        &[1, 1, 1, 9],
        "ppfpp",
        "attempt 4 is number 4 of the record",
        |c| {
            c.attempts.iter_mut().for_each(|attempt| attempt.scoring = 2);
        },
    );
    table.lie("zeros-digest-last-attempt", &[9], "ppfpp", NO_ANSWERS, |c| {
        c.attempts[0].course_digest = Some(nowhere());
        c.attempts[0].responses.clear();
    });
    table.lie("unknown-version-without-answers", &[1, 9], "ppfpp", "attempt 1 holds no question", |c| {
        let attempt = &mut c.attempts[0];
        attempt.course_digest = Some(nowhere());
        attempt.responses.clear();
        attempt.earned = 0;
    });
    let mut unknown = |name: &str, right: &[usize], because, change: fn(&mut CompletionClaims)| {
        table.lie(name, right, "pufup", because, |c| {
            "2.0.0".clone_into(&mut c.course.version);
            c.course.digest = nowhere();
            change(c);
        });
    };
    unknown("unknown-course-without-answers", &[9], NO_ANSWERS, |c| c.attempts[0].responses.clear());
    unknown(
        "unknown-course-more-earned-than-possible",
        &[9],
        "attempt 1: more points earned than possible",
        |c| {
            c.attempts[0].possible -= 1000;
            c.result.possible -= 1000;
        },
    );
    unknown("unknown-course-nothing-possible", &[9], "attempt 1: no points were possible", |c| {
        let attempt = &mut c.attempts[0];
        attempt.responses.iter_mut().for_each(|response| response.earned = 0);
        (attempt.earned, attempt.possible) = (0, 0);
        (c.result.earned, c.result.possible) = (0, 0);
    });
    unknown("unknown-course-result-of-nothing", &[2], "result, points possible: the record claims 0", |c| {
        (c.result.earned, c.result.possible, c.result.passed) = (1000, 0, true);
    });
    unknown("unknown-course-result-of-another-attempt", &[9, 2], "result, points earned", |c| {
        (c.result.earned, c.result.passed) = (c.attempts[0].earned, true);
    });
    unknown("unknown-course-not-passed", &[2], "result: the record claims passed, it is not passed", |c| {
        c.result.passed = true;
    });
    unknown("unknown-course-impossible-pass-mark", &[9], "a pass mark of 101 percent cannot be", |c| {
        (c.result.pass_percent, c.result.passed) = (101, false);
    });
    unknown("unknown-course-mark-beyond-the-whole", &[9], "more points than the whole attempt has", |c| {
        c.attempts[0].responses[0].earned = 14_001;
    });
    unknown("unknown-course-question-twice", &[9], "stands there twice", |c| {
        c.attempts[0].responses[1].item = c.attempts[0].responses[0].item.clone();
    });
    unknown("unknown-course-overfull-check", &[9], "check-signing: more points earned than possible", |c| {
        c.checks[0].earned += 1;
    });
}

/// Well signed and well graded, but not by whom the assignment is for.
fn identity(table: &mut Table<'_>) {
    table.lie(
        "another-person",
        &[9],
        "pppfp",
        "employee number: the record claims 12345, it is 012345",
        |c| {
            c.person.number = "12345".into();
        },
    );
    table.lie("another-nonce", &[9], "ppffp", "the nonce is not that of the assignment", |c| {
        c.assignment.as_mut().expect("assigned").nonce = "0".repeat(32);
    });
    table.lie("another-assignment-digest", &[9], "pppfp", "another file of the same assignment id", |c| {
        c.assignment.as_mut().expect("assigned").digest = c.course.digest;
    });
}

/// Well signed and well graded, but its times cannot be.
fn times(table: &mut Table<'_>) {
    table.lie("signed-before-the-end", &[9], "ppppf", "after the record was signed", |c| {
        c.attempts[0].finished_at = after(86_000);
    });
    table.lie("ended-before-it-began", &[9], "ppppf", "before it began", |c| {
        c.attempts[0].finished_at = after(1799);
        c.attempts[0].active_seconds = 0;
    });
    table.lie(
        "more-time-than-went-by",
        &[9],
        "ppppf",
        "attempt 1 took 3600 s, but only 600 s went by",
        |c| {
            c.attempts[0].active_seconds = 3600;
        },
    );
    table.lie("more-time-on-questions", &[9], "ppppf", "attempt 1, its questions took", |c| {
        c.attempts[0].responses[0].seconds = 3600;
    });
    table.lie("overlapping-attempts", &[1, 9], "ppfpf", "began before attempt 1 was submitted", |c| {
        c.attempts[1].started_at = after(2000);
        c.attempts[1].finished_at = after(2600);
    });
    table.lie("acknowledged-after-signing", &[9], "ppppf", "the policy was acknowledged at", |c| {
        c.acknowledgement.as_mut().expect("there").at = after(86_000);
    });
    table.lie(
        "acknowledged-before-the-end",
        &[9],
        "ppppf",
        "before the last attempt was submitted at",
        |c| c.acknowledgement.as_mut().expect("there").at = after(1800 + 599),
    );
    table.lie(
        "lesson-finished-after-the-start",
        &[1, 9],
        "ppppf",
        "lesson lessons/02-marking.md was finished at 2026-11-22T10:30:01Z, after the last attempt began",
        |c| c.lessons[1].finished_at = after(7200 + 1801),
    );
    table.lie("lesson-finished-before-opened", &[9], "ppppf", "before it began", |c| {
        c.lessons[0].finished_at = after(-100);
    });
    table.lie("before-the-assignment", &[9], "ppppf", "before the assignment was issued", |c| {
        c.lessons[0].first_opened_at = after(-2 * 86_400);
    });
    table.form("after-receipt", "ppppf", "after it was received", |d| {
        d["proof"]["created"] = json!("2026-11-24T08:00:00Z");
    });
}
