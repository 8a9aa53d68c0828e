//! The signed file: what it says, how it is signed, and what can be said of it afterwards.
//!
//! Completion records and assignments are W3C Verifiable Credentials 2.0 with one Data Integrity proof
//! (`eddsa-jcs-2022`), read in a profile so strict that every implementation sees the same document.
//! `docs/record-format.md` is the text for others; `tests/vectors/` holds files with the expected verdicts.

pub mod claims;
pub mod did;
pub mod envelope;
mod fault;
pub mod file_name;
pub mod json;
pub mod key;
mod quick;
pub mod rdfc;
mod spelled;
pub(crate) use spelled::spelled;
pub mod ssh;
pub mod verdict;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::digest::Digest;
use claims::{AssignmentClaims, CompletionClaims};
use did::KnownKeys;
use envelope::{Envelope, Kind};
use key::SecretKey;

pub use fault::{RecordFault, Stage};

/// What a record shows and what it does not, for everybody who is about to rely on one.
pub const LIMITS: &str = "A record shows that the holder of this key gave these answers to this content. \
It does not show who sat at the keyboard, that nobody helped, or that the program was unmodified.";

/// A file that was just signed, as it is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedRecord {
    /// JSON laid out for people, with a line feed at the end.
    pub bytes: Vec<u8>,
    /// SHA-256 of the canonical form; the layout of `bytes` does not change it.
    pub digest: Digest,
    /// A name that every file system takes.
    pub file_name: String,
}

/// A completion record whose form, types and signature are right. Nothing is said yet about whether its claims hold:
/// that is the [`verdict`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What it says.
    pub claims: CompletionClaims,
    /// The did:key that signed it, the learner's.
    pub issuer: String,
    /// When, by the clock of the learner's device.
    pub created: Timestamp,
    /// Its `urn:uuid:`, without that prefix.
    pub id: Uuid,
    /// Over its canonical form.
    pub digest: Digest,
}

/// An assignment whose form, types and signature are right. Whether its issuer may assign is for the caller to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// What it says.
    pub claims: AssignmentClaims,
    /// The did:key that signed it.
    pub issuer: String,
    /// When it was signed.
    pub created: Timestamp,
    /// Its `urn:uuid:`, without that prefix.
    pub id: Uuid,
    /// Over its canonical form; a completion record repeats it.
    pub digest: Digest,
}

impl Assignment {
    /// The identifier as records name it, `urn:uuid:…`.
    #[must_use]
    pub fn urn(&self) -> String {
        envelope::urn(self.id)
    }
}

/// Signs a completion record.
///
/// # Errors
/// When `claims.id` is not the key's did:key, or the claims do not fit the profile (a text that makes the file larger
/// than 1 MiB, a number beyond 2^53 − 1). What this function returns can always be read back.
pub fn sign_completion(
    claims: &CompletionClaims,
    id: Uuid,
    created: Timestamp,
    key: &SecretKey,
) -> Result<SignedRecord, RecordFault> {
    let bytes = sign(Kind::Completion, claims, id, created, key)?;
    let digest = read_completion(&bytes)?.digest;
    let file_name = file_name::completion(&claims.person.number, &claims.course.course_id, created, &digest);
    Ok(SignedRecord { bytes, digest, file_name })
}

/// Whether a record of these claims would be larger than records may be, which is so when a run has very many attempts with
/// very long answers.
///
/// # Panics
/// Never: claims can always be written.
#[must_use]
pub fn is_too_large(claims: &CompletionClaims) -> bool {
    /// Bytes that stand around the claims: contexts, types, names of keys, times and the signature take less.
    const ENVELOPE: usize = 2048;
    let indented = serde_json::json!({ "credentialSubject": claims });
    let bytes = serde_json::to_vec_pretty(&indented).expect("a JSON value can always be written");
    bytes.len() + ENVELOPE > json::MAX_BYTES
}

/// Signs an assignment.
///
/// # Errors
/// When the claims do not fit the profile. What this function returns can always be read back.
pub fn sign_assignment(
    claims: &AssignmentClaims,
    id: Uuid,
    created: Timestamp,
    key: &SecretKey,
) -> Result<SignedRecord, RecordFault> {
    let bytes = sign(Kind::Assignment, claims, id, created, key)?;
    let digest = read_assignment(&bytes)?.digest;
    let file_name = file_name::assignment(&claims.person.number, &claims.course.course_id, created, &digest);
    Ok(SignedRecord { bytes, digest, file_name })
}

/// Reads a completion record and checks its form, its types and its signature.
///
/// # Errors
/// What is wrong with the file, and where.
pub fn read_completion(bytes: &[u8]) -> Result<Completion, RecordFault> {
    let (envelope, claims) = read(bytes, Kind::Completion)?;
    check_completion(&envelope, &claims)?;
    envelope.check_signature()?;
    Ok(completion(envelope, claims))
}

/// Reads an assignment and checks its form, its types and its signature.
///
/// # Errors
/// What is wrong with the file, and where.
pub fn read_assignment(bytes: &[u8]) -> Result<Assignment, RecordFault> {
    let (envelope, claims) = read::<AssignmentClaims>(bytes, Kind::Assignment)?;
    check_person(&claims.person.number, &claims.person.name)?;
    envelope.check_signature()?;
    Ok(assignment(envelope, claims))
}

/// Reads an assignment that was kept by whoever signed it, whose key should be among `keys`. Its signature is not checked again: that costs as much as all
/// the rest of a verdict, and whoever can change what a registry keeps could as well change what it says of the record.
///
/// # Errors
/// What is wrong with the form, and where.
pub fn read_kept_assignment(bytes: &[u8], keys: &KnownKeys) -> Result<Assignment, RecordFault> {
    let (envelope, claims) = read_knowing::<AssignmentClaims>(bytes, Kind::Assignment, keys)?;
    Ok(assignment(envelope, claims))
}

fn read<C: Serialize + DeserializeOwned>(bytes: &[u8], kind: Kind) -> Result<(Envelope, C), RecordFault> {
    read_knowing(bytes, kind, &KnownKeys::default())
}

fn read_knowing<C: Serialize + DeserializeOwned>(
    bytes: &[u8],
    kind: Kind,
    keys: &KnownKeys,
) -> Result<(Envelope, C), RecordFault> {
    if let Some(read) = quick::read(bytes, kind, keys) {
        return Ok(read);
    }
    let (envelope, subject) = Envelope::read(bytes, kind)?;
    let claims = typed(subject)?;
    Ok((envelope, claims))
}

fn completion(envelope: Envelope, claims: CompletionClaims) -> Completion {
    let Envelope { issuer_did: issuer, created, id, digest, .. } = envelope;
    Completion { claims, issuer, created, id, digest }
}

fn assignment(envelope: Envelope, claims: AssignmentClaims) -> Assignment {
    let Envelope { issuer_did: issuer, created, id, digest, .. } = envelope;
    Assignment { claims, issuer, created, id, digest }
}

fn check_completion(envelope: &Envelope, claims: &CompletionClaims) -> Result<(), RecordFault> {
    if claims.id != envelope.issuer_did {
        // Without this anybody could sign a record that names another learner's key.
        return Err(RecordFault::claims("credentialSubject.id", "is not the issuer of the record"));
    }
    check_person(&claims.person.number, &claims.person.name)
}

fn check_person(number: &str, name: &str) -> Result<(), RecordFault> {
    for (member, text) in [("number", number), ("name", name)] {
        if text.trim().is_empty() {
            return Err(RecordFault::claims(format!("credentialSubject.person.{member}"), "is empty"));
        }
    }
    Ok(())
}

fn sign<C: Serialize>(
    kind: Kind,
    claims: &C,
    id: Uuid,
    created: Timestamp,
    key: &SecretKey,
) -> Result<Vec<u8>, RecordFault> {
    let subject = serde_json::to_value(claims)
        .map_err(|error| RecordFault::claims("credentialSubject", error.to_string()))?;
    let document = envelope::sign(kind, subject, id, created, key);
    let mut bytes = serde_json::to_vec_pretty(&document).expect("a JSON value can always be written");
    bytes.push(b'\n');
    Ok(bytes)
}

/// The subject as its type, accepted only in the one spelling that the type itself would write. Types alone are not
/// enough: derived readers also take an array for a structure and `null` for an absent member. Comparing bytes with
/// the canonical form is several times cheaper than building a second JSON value to compare with.
fn typed<C: Serialize + DeserializeOwned>(subject: Value) -> Result<C, RecordFault> {
    let canonical = json::canonical(&subject);
    if let Ok(claims) = C::deserialize(subject)
        && serde_json::to_vec(&claims).is_ok_and(|written| written == canonical)
    {
        return Ok(claims);
    }
    Err(fault::of_claims::<C>(&canonical))
}
