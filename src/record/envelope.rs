//! The envelope of signed files: a W3C Verifiable Credential 2.0 with one `eddsa-jcs-2022` proof, used strictly.

use serde_json::{Map, Value, json};
use uuid::{Uuid, Variant, Version};

use super::did::PublicKey;
use super::fault::RecordFault;
use super::json;
use super::key::SecretKey;
use crate::clock::Timestamp;
use crate::digest::Digest;

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

    fn types(self) -> Value {
        json!(["VerifiableCredential", self.name()])
    }
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
    /// What it says, in canonical form.
    pub subject: Vec<u8>,
    /// Over the canonical form of the whole file, proof and all.
    pub digest: Digest,
    signed: [u8; 64],
    signature: [u8; 64],
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
        let id = uuid("id", &document["id"])?;
        let issuer_did = text("issuer", &document["issuer"])?.to_owned();
        let issuer = PublicKey::from_did(&issuer_did)
            .map_err(|error| RecordFault::envelope("issuer", error.to_string()))?;
        let subject = document.remove("credentialSubject").unwrap_or_default();
        if !subject.is_object() {
            return Err(RecordFault::envelope("credentialSubject", "is not a JSON object"));
        }
        let mut proof = match document.remove("proof").unwrap_or_default() {
            Value::Object(proof) => proof,
            Value::Array(_) => {
                let message = "is an array; exactly one proof is allowed, as an object";
                return Err(RecordFault::envelope("proof", message));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                return Err(RecordFault::envelope("proof", "is not a JSON object"));
            }
        };
        let (created, signature) = check_proof(&proof, &issuer_did)?;

        let signed_proof = canonical_object(&proof);
        proof.remove("proofValue");
        let subject_bytes = json::canonical(&subject);
        let whole = Parts { kind, id, issuer: &issuer_did, subject: &subject_bytes };
        let digest = Digest::of(&whole.canonical(Some(&signed_proof)));
        let signed = signed_bytes(&canonical_object(&proof), &whole.canonical(None));
        let envelope =
            Self { issuer, issuer_did, id, created, subject: subject_bytes, digest, signed, signature };
        Ok((envelope, subject))
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
    let signature = key.sign(&signed_bytes(&canonical_object(&proof), &canonical_object(&document)));
    proof.insert("proofValue".to_owned(), Value::from(format!("z{}", bs58::encode(signature).into_string())));
    document.insert("proof".to_owned(), Value::Object(proof));
    Value::Object(document)
}

/// `urn:uuid:…`.
#[must_use]
pub fn urn(id: Uuid) -> String {
    id.urn().to_string()
}

/// `SHA256(JCS(proof without proofValue)) ‖ SHA256(JCS(document without proof))`, as the suite asks.
fn signed_bytes(proof: &[u8], document: &[u8]) -> [u8; 64] {
    let mut bytes = [0; 64];
    bytes[..32].copy_from_slice(Digest::of(proof).as_bytes());
    bytes[32..].copy_from_slice(Digest::of(document).as_bytes());
    bytes
}

fn canonical_object(object: &Map<String, Value>) -> Vec<u8> {
    serde_json::to_vec(object).expect("a JSON object can always be written")
}

/// What a document consists of besides its proof, once every other member is known to be the only one possible.
struct Parts<'a> {
    kind: Kind,
    id: Uuid,
    issuer: &'a str,
    subject: &'a [u8],
}

impl Parts<'_> {
    /// The canonical form of the document, with a proof or without. Put together from its parts, because the subject
    /// is nearly all of it and is needed in three canonical forms.
    fn canonical(&self, proof: Option<&[u8]>) -> Vec<u8> {
        let [credentials, terms] = CONTEXT;
        let head = format!(r#"{{"@context":["{credentials}","{terms}"],"credentialSubject":"#);
        let middle = format!(r#","id":"{}","issuer":"{}""#, urn(self.id), self.issuer);
        let (label, proof) = proof.map_or((&b""[..], &b""[..]), |proof| (br#","proof":"#, proof));
        let tail = format!(r#","type":["VerifiableCredential","{}"]}}"#, self.kind.name());
        [head.as_bytes(), self.subject, middle.as_bytes(), label, proof, tail.as_bytes()].concat()
    }
}

fn verification_method(did: &str) -> String {
    let name = did.strip_prefix("did:key:").unwrap_or(did);
    format!("{did}#{name}")
}

fn check_proof(proof: &Map<String, Value>, issuer: &str) -> Result<(Timestamp, [u8; 64]), RecordFault> {
    exact_members("proof", proof, &PROOF_MEMBERS)?;
    exact("proof.@context", &proof["@context"], &json!(CONTEXT))?;
    exact("proof.type", &proof["type"], &Value::from(PROOF_TYPE))?;
    exact("proof.cryptosuite", &proof["cryptosuite"], &Value::from(SUITE))?;
    exact("proof.proofPurpose", &proof["proofPurpose"], &Value::from(PURPOSE))?;
    if text("proof.verificationMethod", &proof["verificationMethod"])? != verification_method(issuer) {
        return Err(RecordFault::envelope("proof.verificationMethod", "is not the key of the issuer"));
    }
    let created = text("proof.created", &proof["created"])?
        .parse()
        .map_err(|error| RecordFault::envelope("proof.created", format!("{error}")))?;
    let signature = signature(text("proof.proofValue", &proof["proofValue"])?).ok_or_else(|| {
        RecordFault::envelope("proof.proofValue", "is not z and a signature of 64 bytes in base58btc")
    })?;
    Ok((created, signature))
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

fn uuid(path: &str, value: &Value) -> Result<Uuid, RecordFault> {
    let text = text(path, value)?;
    text.strip_prefix("urn:uuid:")
        .and_then(|text| Uuid::try_parse(text).ok())
        .filter(|id| urn(*id) == text)
        .filter(|id| id.get_version() == Some(Version::Random) && id.get_variant() == Variant::RFC4122)
        .ok_or_else(|| RecordFault::envelope(path, "is not urn:uuid: and a random UUID in lower case"))
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
        return Err(RecordFault::envelope(at(unknown), "is not a member of this document"));
    }
    match wanted.iter().find(|member| !object.contains_key(**member)) {
        Some(missing) => Err(RecordFault::envelope(at(missing), "is missing")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
