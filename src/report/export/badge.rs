//! A completion in the format of Open Badges 3.0: HR says that it received the record and what is in it. The format, and
//! nobody's certificate.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use serde_json::{Value, json};

use super::{Line, identifier};
use crate::digest::Digest;
use crate::printable::Printable;
use crate::quiz::mark::{exact_score, percent};
use crate::record::Completion;
use crate::record::rdfc::{BADGES, CREDENTIALS};
use crate::record::verdict::Outcome;
use crate::registry::terms::Level;

/// Who awards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issuer {
    /// HR's did:key.
    pub did: String,
    /// The organisation, as people call it.
    pub name: Option<String>,
}

/// The credential of a record that counts and says passed, to be signed by the issuer.
#[must_use]
pub fn credential(line: &Line, record: &Completion, issuer: &Issuer) -> Value {
    let (state, claims) = (&line.state, &record.claims);
    // Hidden characters and line breaks do not belong into what people compare by eye.
    let clean = |text: &str| Printable::new(text).to_string();
    let title = clean(&claims.course.title);
    let marked = match state.levels.at(Level::Grading) {
        Outcome::Pass => {
            "HR drew the questions and marked the answers again from the record, with the same result."
        }
        Outcome::Fail | Outcome::Unknown => "The marks are those that the record claims.",
    };
    let scale = format!("urn:uuid:{}", identifier("countersign badge scale 1", &state.digest));
    let mut who = json!({ "id": issuer.did, "type": ["Profile"] });
    if let Some(name) = &issuer.name {
        who["name"] = json!(clean(name));
    }
    let mut credential = json!({
        "@context": [CREDENTIALS, BADGES],
        "id": format!("urn:uuid:{}", identifier("countersign badge 1", &state.digest)),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": who,
        "validFrom": state.received_at.to_string(),
        "name": format!("Completed: {title}"),
        "credentialSubject": {
            "id": record.issuer,
            "type": ["AchievementSubject"],
            "identifier": [identity("identifier", line.number.as_str()), identity("name", &clean(&claims.person.name))],
            "achievement": {
                "id": named(&state.version),
                "type": ["Achievement"],
                "achievementType": "Course",
                "name": title,
                "description": format!("Course {}, version {}.", state.course, clean(&claims.course.version)),
                "inLanguage": claims.course.language,
                "version": clean(&claims.course.version),
                "criteria": { "narrative": format!(
                    "At least {} % of the points of the assessment were earned.",
                    claims.result.pass_percent
                ) },
                "resultDescription": [{
                    "id": scale,
                    "type": ["ResultDescription"],
                    "name": "Score of the assessment",
                    "resultType": "Percent",
                    "requiredValue": claims.result.pass_percent.to_string(),
                    "valueMin": "0",
                    "valueMax": "100",
                }],
            },
            "result": [{
                "type": ["Result"],
                "resultDescription": scale,
                "value": percent(state.earned, state.possible).to_string(),
            }],
        },
        "evidence": [{
            "id": named(&state.digest),
            "type": ["Evidence"],
            "name": "Completion record",
            "narrative": format!(
                "The learner signed a record with every answer in the assessment, {}: {}. {marked} It is entry {} of HR's log.",
                state.digest,
                exact_score(state.earned, state.possible),
                state.index
            ),
        }],
    });
    if let Some(expires) = line.expires {
        credential["validUntil"] = json!(expires.to_string());
    }
    credential
}

fn identity(kind: &str, value: &str) -> Value {
    json!({ "type": "IdentityObject", "hashed": false, "identityHash": value, "identityType": kind })
}

/// A content by its digest (RFC 6920).
fn named(digest: &Digest) -> String {
    format!("ni:///sha-256;{}", BASE64.encode(digest.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::super::specimen;
    use super::*;
    use crate::record::key::SecretKey;
    use crate::record::rdfc;

    #[test]
    fn a_badge_says_what_was_received_and_nothing_more() {
        let (line, record) = specimen();
        let key = SecretKey::from_seed(&[2; 32]);
        let issuer = Issuer { did: key.did(), name: Some("Example\u{202e} AG".to_owned()) };
        let badge = credential(&line, &record, &issuer);
        assert_eq!(badge["validFrom"], "2026-11-23T08:00:00Z");
        assert_eq!(badge["validUntil"], "2027-11-23T08:00:00Z");
        assert_eq!(badge["issuer"]["name"], "Example<U+202E> AG");
        assert_eq!(badge["credentialSubject"]["id"], record.issuer);
        assert_eq!(badge["credentialSubject"]["result"][0]["value"], "92");
        assert!(
            badge["evidence"][0]["narrative"].as_str().expect("text").contains(&record.digest.to_string())
        );
        assert!(!badge.to_string().to_lowercase().contains("certif"), "{badge:#}");
        // Every member means something to a reader of badges.
        let signed = rdfc::sign(badge, line.state.received_at, &key).expect("signed");
        assert_eq!(rdfc::is_signed_by(&signed, &key.public()), Ok(true));
    }
}
