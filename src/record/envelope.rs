//! The envelope of signed files: a W3C Verifiable Credential 2.0 with one `eddsa-jcs-2022` proof, used strictly.

use memchr::memmem;
use serde::de::IgnoredAny;
use serde_json::{Map, Value, json};
use uuid::{Uuid, Variant, Version};

use super::did::{KnownKeys, PublicKey};
use super::fault::{RecordFault, cut};
use super::json;
use super::key::SecretKey;
use crate::clock::Timestamp;
use crate::digest::{Digest, Hashing};

/// The only contexts: the second gives every member of the subject a meaning, so that common libraries sign it.
const CONTEXT: [&str; 2] =
    ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/undefined-terms/v2"];

const SUITE: &str = "eddsa-jcs-2022";
const PROOF_TYPE: &str = "DataIntegrityProof";
const PURPOSE: &str = "assertionMethod";

/// What 64 bytes take in base58btc at most.
const LONGEST_SIGNATURE: usize = 88;

const MEMBERS: [&str; 6] = ["@context", "credentialSubject", "id", "issuer", "proof", "type"];
const PROOF_MEMBERS: [&str; 7] =
    ["@context", "created", "cryptosuite", "proofPurpose", "proofValue", "type", "verificationMethod"];

/// What is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A completion record, by the learner.
    Completion,
    /// An assignment, by HR.
    Assignment,
}

impl Kind {
    /// Its `type` beside `VerifiableCredential`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Completion => "TrainingCompletionRecord",
            Self::Assignment => "TrainingAssignment",
        }
    }

    /// Whether a file calls itself that, whatever is wrong with it, the quotation marks about the word among it.
    #[must_use]
    pub fn is_said_by(self, bytes: &[u8]) -> bool {
        memmem::find(bytes, self.name().as_bytes()).is_some()
    }

    fn types(self) -> Value {
        json!(["VerifiableCredential", self.name()])
    }
}

/// Whether a file begins like a signed one and is no JSON: it was cut off, and its type, which stands last, is missing.
#[must_use]
pub fn is_damaged(bytes: &[u8]) -> bool {
    let [first, second] = CONTEXT;
    let least = format!("{{\"@context\":[\"{first}\"");
    let beginning = format!("{least},\"{second}\"");
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let begun = text.iter().copied().filter(|byte| !byte.is_ascii_whitespace());
    let begun: Vec<u8> = begun.take(beginning.len()).collect();
    begun.len() >= least.len()
        && beginning.as_bytes().starts_with(&begun)
        && serde_json::from_slice::<IgnoredAny>(text).is_err()
}

/// Whether a text is a piece out of the middle of a record: it has the members of an answer, and is no JSON.
#[must_use]
pub fn is_middle(bytes: &[u8]) -> bool {
    let mut members = ["item", "response", "revision", "seconds"].iter();
    members.all(|member| memmem::find(bytes, format!("\"{member}\":").as_bytes()).is_some())
        && serde_json::from_slice::<IgnoredAny>(bytes).is_err()
}

/// A file whose form is right; its signature is yet to be checked.
#[derive(Debug, Clone)]
pub struct Envelope {
    /// The signer.
    pub issuer: PublicKey,
    /// The signer as did:key.
    pub issuer_did: String,
    /// Its `urn:uuid:`.
    pub id: Uuid,
    /// When it was signed, by the signer's clock.
    pub created: Timestamp,
    /// Over the canonical form of the whole file, proof and all.
    pub digest: Digest,
    signed: [u8; 64],
    signature: [u8; 64],
}

/// The members of the envelope that can have more than one value, read and found right.
pub(super) struct Head {
    kind: Kind,
    id: Uuid,
    issuer: PublicKey,
    issuer_did: String,
    created: Timestamp,
    proof_value: String,
    signature: [u8; 64],
}

impl Head {
    pub(super) fn parse(
        kind: Kind,
        id: &str,
        issuer: &str,
        created: &str,
        proof_value: &str,
        keys: &KnownKeys,
    ) -> Result<Self, RecordFault> {
        let fault = |path: &str, message: String| RecordFault::envelope(path, message);
        Ok(Self {
            kind,
            id: uuid(id)
                .ok_or_else(|| fault("id", "is not urn:uuid: and a random UUID in lower case".to_owned()))?,
            issuer: keys.key(issuer).map_err(|error| fault("issuer", error.to_string()))?,
            issuer_did: issuer.to_owned(),
            created: created.parse().map_err(|error| fault("proof.created", format!("{error}")))?,
            signature: signature(proof_value).ok_or_else(|| {
                fault("proof.proofValue", "is not z and a signature of 64 bytes in base58btc".to_owned())
            })?,
            proof_value: proof_value.to_owned(),
        })
    }
}

/// The canonical form of a file around its subject: open, subject, names, proof, close. Every member that the [`Head`] does
/// not hold has only one value that it can have.
pub(super) struct Frame {
    open: String,
    names: String,
    proof: String,
    close: String,
    /// The value of the proof without its `proofValue`.
    bare_proof: String,
}

impl Head {
    pub(super) fn frame(&self) -> Frame {
        let Self { kind, id, issuer: _, issuer_did, created, proof_value, signature: _ } = self;
        let [credentials, terms] = CONTEXT;
        let context = format!(r#""@context":["{credentials}","{terms}"]"#);
        let method = verification_method(issuer_did);
        let begin = format!(
            r#"{{{context},"created":"{created}","cryptosuite":"{SUITE}","proofPurpose":"{PURPOSE}","#
        );
        let end = format!(r#""type":"{PROOF_TYPE}","verificationMethod":"{method}"}}"#);
        Frame {
            open: format!(r#"{{{context},"credentialSubject":"#),
            names: format!(r#","id":"{}","issuer":"{issuer_did}""#, urn(*id)),
            proof: format!(r#","proof":{begin}"proofValue":"{proof_value}",{end}"#),
            close: format!(r#","type":["VerifiableCredential","{}"]}}"#, kind.name()),
            bare_proof: begin + &end,
        }
    }
}

impl Frame {
    /// The subject in a text that has exactly this around it.
    pub(super) fn subject_of<'a>(&self, text: &'a str) -> Option<&'a str> {
        let text = text.strip_prefix(self.open.as_str())?;
        [&self.close, &self.proof, &self.names]
            .into_iter()
            .try_fold(text, |text, end| text.strip_suffix(end.as_str()))
    }
}

impl Envelope {
    /// Reads a file of the strict profile and checks the form of the envelope, not its signature. Gives the subject
    /// beside it.
    ///
    /// # Errors
    /// What is wrong with the file, and where.
    pub fn read(bytes: &[u8], kind: Kind) -> Result<(Self, Value), RecordFault> {
        Self::of_document(json::parse(bytes)?, kind)
    }

    /// The envelope of a document that was read in the strict profile, and its subject.
    ///
    /// # Errors
    /// What is wrong with the envelope, and where.
    pub fn of_document(document: Value, kind: Kind) -> Result<(Self, Value), RecordFault> {
        let Value::Object(mut document) = document else {
            return Err(RecordFault::envelope("", "is not a JSON object"));
        };
        exact_members("", &document, &MEMBERS)?;
        exact("@context", &document["@context"], &json!(CONTEXT))?;
        exact("type", &document["type"], &kind.types())?;
        let subject = document.remove("credentialSubject").unwrap_or_default();
        if !subject.is_object() {
            return Err(RecordFault::envelope("credentialSubject", "is not a JSON object"));
        }
        let proof = match document.remove("proof").unwrap_or_default() {
            Value::Object(proof) => proof,
            Value::Array(_) => {
                let message = "is an array; exactly one proof is allowed, as an object";
                return Err(RecordFault::envelope("proof", message));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                return Err(RecordFault::envelope("proof", "is not a JSON object"));
            }
        };
        exact_members("proof", &proof, &PROOF_MEMBERS)?;
        let head = Head::parse(
            kind,
            text("id", &document["id"])?,
            text("issuer", &document["issuer"])?,
            text("proof.created", &proof["created"])?,
            text("proof.proofValue", &proof["proofValue"])?,
            &KnownKeys::default(),
        )?;
        check_proof(&proof, &head.issuer_did)?;
        let frame = head.frame();
        Ok((Self::assemble(head, &frame, &json::canonical(&subject)), subject))
    }

    /// The envelope around a subject in canonical form. Both ways of reading go through here.
    pub(super) fn assemble(head: Head, frame: &Frame, subject: &[u8]) -> Self {
        let Head { kind: _, id, issuer, issuer_did, created, proof_value: _, signature } = head;
        // With and without the proof the file begins alike, and nearly all of it is that beginning.
        let begun = [frame.open.as_bytes(), subject, frame.names.as_bytes()]
            .into_iter()
            .fold(Hashing::default(), Hashing::bytes);
        let unsigned = begun.clone().bytes(frame.close.as_bytes()).digest();
        let digest = begun.bytes(frame.proof.as_bytes()).bytes(frame.close.as_bytes()).digest();
        let signed = signed_bytes(&Digest::of(frame.bare_proof.as_bytes()), &unsigned);
        Self { issuer, issuer_did, id, created, digest, signed, signature }
    }

    /// Checks that the signature is the issuer's, by the strict rules.
    ///
    /// # Errors
    /// When it is not.
    pub fn check_signature(&self) -> Result<(), RecordFault> {
        if self.issuer.verifies(&self.signed, &self.signature) {
            return Ok(());
        }
        Err(RecordFault::signature(
            "proof.proofValue",
            "is not the issuer's signature on this document: something was changed, or somebody else signed",
        ))
    }
}

/// Puts the signed envelope around a subject. The subject must be in the strict profile; readers refuse it otherwise.
#[must_use]
pub fn sign(kind: Kind, subject: Value, id: Uuid, created: Timestamp, key: &SecretKey) -> Value {
    let did = key.did();
    let mut document = Map::from_iter([
        ("@context".to_owned(), json!(CONTEXT)),
        ("type".to_owned(), kind.types()),
        ("id".to_owned(), Value::from(urn(id))),
        ("issuer".to_owned(), Value::from(did.as_str())),
        ("credentialSubject".to_owned(), subject),
    ]);
    let mut proof = Map::from_iter([
        ("@context".to_owned(), json!(CONTEXT)),
        ("type".to_owned(), Value::from(PROOF_TYPE)),
        ("cryptosuite".to_owned(), Value::from(SUITE)),
        ("created".to_owned(), Value::from(created.to_string())),
        ("verificationMethod".to_owned(), Value::from(verification_method(&did))),
        ("proofPurpose".to_owned(), Value::from(PURPOSE)),
    ]);
    let (bare_proof, unsigned) =
        (Digest::of(&canonical_object(&proof)), Digest::of(&canonical_object(&document)));
    let signature = key.sign(&signed_bytes(&bare_proof, &unsigned));
    proof.insert("proofValue".to_owned(), Value::from(format!("z{}", bs58::encode(signature).into_string())));
    document.insert("proof".to_owned(), Value::Object(proof));
    Value::Object(document)
}

/// `urn:uuid:…`.
#[must_use]
pub fn urn(id: Uuid) -> String {
    id.urn().to_string()
}

/// The UUID in `urn:uuid:…`, in the one spelling that [`urn`] gives.
#[must_use]
pub fn uuid_of(text: &str) -> Option<Uuid> {
    text.strip_prefix("urn:uuid:").and_then(|text| Uuid::try_parse(text).ok()).filter(|id| urn(*id) == text)
}

/// `SHA256(JCS(proof without proofValue)) ‖ SHA256(JCS(document without proof))`, as the suite asks.
fn signed_bytes(proof: &Digest, document: &Digest) -> [u8; 64] {
    let mut bytes = [0; 64];
    bytes[..32].copy_from_slice(proof.as_bytes());
    bytes[32..].copy_from_slice(document.as_bytes());
    bytes
}

fn canonical_object(object: &Map<String, Value>) -> Vec<u8> {
    serde_json::to_vec(object).expect("a JSON object can always be written")
}

fn verification_method(did: &str) -> String {
    let name = did.strip_prefix("did:key:").unwrap_or(did);
    format!("{did}#{name}")
}

fn check_proof(proof: &Map<String, Value>, issuer: &str) -> Result<(), RecordFault> {
    exact("proof.@context", &proof["@context"], &json!(CONTEXT))?;
    exact("proof.type", &proof["type"], &Value::from(PROOF_TYPE))?;
    exact("proof.cryptosuite", &proof["cryptosuite"], &Value::from(SUITE))?;
    exact("proof.proofPurpose", &proof["proofPurpose"], &Value::from(PURPOSE))?;
    if text("proof.verificationMethod", &proof["verificationMethod"])? != verification_method(issuer) {
        return Err(RecordFault::envelope("proof.verificationMethod", "is not the key of the issuer"));
    }
    Ok(())
}

fn signature(text: &str) -> Option<[u8; 64]> {
    let encoded = text.strip_prefix('z')?;
    // Decoding base58 takes quadratic time.
    if encoded.len() > LONGEST_SIGNATURE {
        return None;
    }
    let mut bytes = [0; 64];
    // Of 64 bytes there is only one spelling: each leading `1` is one zero byte.
    (bs58::decode(encoded).onto(&mut bytes) == Ok(64)).then_some(bytes)
}

fn uuid(text: &str) -> Option<Uuid> {
    uuid_of(text)
        .filter(|id| id.get_version() == Some(Version::Random) && id.get_variant() == Variant::RFC4122)
}

fn text<'a>(path: &str, value: &'a Value) -> Result<&'a str, RecordFault> {
    value.as_str().ok_or_else(|| RecordFault::envelope(path, "is not a text"))
}

fn exact(path: &str, found: &Value, wanted: &Value) -> Result<(), RecordFault> {
    if found == wanted {
        return Ok(());
    }
    Err(RecordFault::envelope(path, format!("must be exactly {wanted}")))
}

/// `wanted` is sorted, as the map is.
fn exact_members(path: &str, object: &Map<String, Value>, wanted: &[&str]) -> Result<(), RecordFault> {
    let at = |member: &str| if path.is_empty() { member.to_owned() } else { format!("{path}.{member}") };
    if let Some(unknown) = object.keys().find(|key| !wanted.contains(&key.as_str())) {
        return Err(RecordFault::envelope(at(&cut(unknown)), "is not a member of this document"));
    }
    match wanted.iter().find(|member| !object.contains_key(**member)) {
        Some(missing) => Err(RecordFault::envelope(at(missing), "is missing")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
