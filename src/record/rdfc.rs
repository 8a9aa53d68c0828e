//! Signing JSON-LD by its meaning: Data Integrity with `eddsa-rdfc-2022`, which badges use.
//!
//! The document becomes a set of statements (RDF), those get the one order and the one names of RDFC-1.0, and their digest is
//! signed (W3C `vc-di-eddsa`, section 3.2). Contexts come from this program and from nowhere else,
//! and hold only the terms that we write, with the meaning that the official documents at their addresses give them; what
//! would have no meaning is refused, because a signature would not cover it.

mod meaning;

use std::fmt;

use oxjsonld::{JsonLdParser, JsonLdRemoteDocument};
use oxrdf::dataset::{CanonicalizationAlgorithm, CanonicalizationHashAlgorithm};
use oxrdf::{Dataset, Quad};
use serde_json::{Value, json};

use super::did::PublicKey;
use super::key::SecretKey;
use crate::clock::Timestamp;
use crate::digest::Digest;

/// Verifiable Credentials 2.0.
pub const CREDENTIALS: &str = "https://www.w3.org/ns/credentials/v2";
/// Open Badges 3.0.
pub const BADGES: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

const CONTEXTS: [(&str, &str); 2] =
    [(CREDENTIALS, include_str!("rdfc/credentials.json")), (BADGES, include_str!("rdfc/badges.json"))];

/// Why a document cannot be signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RdfcFault {
    /// It is no object that names its contexts at the top and has names as types.
    Form,
    /// This member, type, word or address means nothing there, so a signature would not cover it.
    Unknown(String),
    /// It cannot be read as JSON-LD: why.
    JsonLd(String),
}

impl fmt::Display for RdfcFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form => f.write_str("is not an object that names its contexts and types"),
            Self::Unknown(member) => write!(f, "{member} means nothing in the contexts of the document"),
            Self::JsonLd(why) => write!(f, "is not JSON-LD: {why}"),
        }
    }
}

impl std::error::Error for RdfcFault {}

/// The document with a proof of `key`, made at `created`.
///
/// # Errors
/// When the document is not JSON-LD of the known contexts, or has a member that none of them gives a meaning.
pub fn sign(mut document: Value, created: Timestamp, key: &SecretKey) -> Result<Value, RdfcFault> {
    let did = key.did();
    let name = did.strip_prefix("did:key:").unwrap_or(&did);
    let mut proof = json!({
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": created.to_string(),
        "verificationMethod": format!("{did}#{name}"),
        "proofPurpose": "assertionMethod",
    });
    let signature = key.sign(&message(&document, &proof)?);
    proof["proofValue"] = json!(format!("z{}", bs58::encode(signature).into_string()));
    document.as_object_mut().ok_or(RdfcFault::Form)?.insert("proof".to_owned(), proof);
    Ok(document)
}

/// Whether the proof of a document is this key's.
///
/// # Errors
/// Like [`sign`].
pub fn is_signed_by(document: &Value, key: &PublicKey) -> Result<bool, RdfcFault> {
    let mut unsigned = document.clone();
    let proof = unsigned.as_object_mut().and_then(|members| members.remove("proof"));
    let Some(Value::Object(mut proof)) = proof else { return Ok(false) };
    let Some(Value::String(value)) = proof.remove("proofValue") else { return Ok(false) };
    let mut signature = [0; 64];
    // Of 64 bytes base58 makes at most 88 digits; decoding takes quadratic time.
    let encoded = value.strip_prefix('z').filter(|digits| digits.len() <= 88);
    if !encoded.is_some_and(|digits| matches!(bs58::decode(digits).onto(&mut signature), Ok(64))) {
        return Ok(false);
    }
    Ok(key.verifies(&message(&unsigned, &Value::Object(proof))?, &signature))
}

/// What the suite signs: the digest of the options, and that of the document.
fn message(document: &Value, options: &Value) -> Result<Vec<u8>, RdfcFault> {
    let context = document.get("@context").ok_or(RdfcFault::Form)?;
    let mut options = options.clone();
    options.as_object_mut().ok_or(RdfcFault::Form)?.insert("@context".to_owned(), context.clone());
    let digest = |value: &Value| statements(value).map(|text| *Digest::of(text.as_bytes()).as_bytes());
    Ok([digest(&options)?, digest(document)?].concat())
}

/// The statements of a document in canonical N-Quads.
fn statements(document: &Value) -> Result<String, RdfcFault> {
    meaning::require(document)?;
    let text = document.to_string();
    let parser = JsonLdParser::new().for_slice(text.as_bytes()).with_load_document_callback(|address, _| {
        let known = CONTEXTS.iter().find(|(known, _)| *known == address);
        let (address, context) = known.ok_or_else(|| format!("the context {address} is not known"))?;
        Ok(JsonLdRemoteDocument { document: (*context).into(), document_url: (*address).to_owned() })
    });
    let quads: Result<Vec<Quad>, _> = parser.collect();
    let mut dataset: Dataset =
        quads.map_err(|error| RdfcFault::JsonLd(error.to_string()))?.into_iter().collect();
    dataset.canonicalize(CanonicalizationAlgorithm::Rdfc10 {
        hash_algorithm: CanonicalizationHashAlgorithm::Sha256,
    });
    let mut lines: Vec<String> = dataset.iter().map(|quad| format!("{quad} .\n")).collect();
    lines.sort_unstable();
    Ok(lines.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> SecretKey {
        SecretKey::from_seed(&[7; 32])
    }

    fn document() -> Value {
        json!({
            "@context": [CREDENTIALS, BADGES],
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "issuer": {"id": "did:key:z6Mk", "type": ["Profile"], "name": "HR"},
            "validFrom": "2026-11-23T08:00:00Z",
            "credentialSubject": {"type": ["AchievementSubject"], "achievement": {
                "id": "urn:uuid:0a5c1d5e-6f0a-4d6b-9c57-2f6a2d1f0001",
                "type": ["Achievement"],
                "name": "App data",
                "criteria": {"narrative": "Passed."},
            }},
        })
    }

    #[test]
    fn statements_have_the_meaning_of_the_contexts() {
        let said = statements(&document()).expect("JSON-LD");
        for line in [
            "<urn:uuid:0a5c1d5e-6f0a-4d6b-9c57-2f6a2d1f0001> <https://schema.org/name> \"App data\" .\n",
            "<did:key:z6Mk> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> \
             <https://purl.imsglobal.org/spec/vc/ob/vocab.html#Profile> .\n",
            "<https://www.w3.org/2018/credentials#validFrom> \
             \"2026-11-23T08:00:00Z\"^^<http://www.w3.org/2001/XMLSchema#dateTime> .\n",
        ] {
            assert!(said.contains(line), "{line}\n{said}");
        }
        assert!(said.lines().is_sorted(), "{said}");
    }

    #[test]
    fn what_was_signed_and_nothing_else_verifies() {
        let signed =
            sign(document(), "2026-11-23T08:00:00Z".parse().expect("a time"), &key()).expect("signed");
        let check = |document: &Value, expected: Result<bool, RdfcFault>| {
            assert_eq!(is_signed_by(document, &key().public()), expected, "{document}");
        };
        check(&signed, Ok(true));
        let mut shuffled = signed.clone();
        shuffled["type"] = json!(["OpenBadgeCredential", "VerifiableCredential"]);
        check(&shuffled, Ok(true));
        let mut edited = signed.clone();
        edited["credentialSubject"]["achievement"]["name"] = json!("Other data");
        check(&edited, Ok(false));
        let mut redated = signed.clone();
        redated["proof"]["created"] = json!("2026-11-24T08:00:00Z");
        check(&redated, Ok(false));
        let mut extended = signed.clone();
        extended["certified"] = json!(true);
        check(&extended, Err(RdfcFault::Unknown("certified".to_owned())));
        let other = SecretKey::from_seed(&[8; 32]).public();
        assert_eq!(is_signed_by(&signed, &other), Ok(false));
    }

    #[test]
    fn contexts_of_others_are_not_fetched() {
        let mut document = document();
        document["@context"] = json!([CREDENTIALS, "https://example.org/context"]);
        assert!(matches!(statements(&document), Err(RdfcFault::JsonLd(_))));
        assert_eq!(
            statements(&json!({"@context": CREDENTIALS, "x": 1})),
            Err(RdfcFault::Unknown("x".to_owned()))
        );
        assert!(sign(json!([]), Timestamp::EPOCH, &key()).is_err());
    }
}
