//! Validly signed, but another envelope. What it claims can still be looked at.

use countersign::record::key::SecretKey;
use serde_json::{Value, json};

use super::{STRANGER, Table};

pub(super) fn fill(table: &mut Table<'_>) {
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
