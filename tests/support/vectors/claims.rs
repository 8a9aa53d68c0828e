//! Validly signed in the right envelope, but what it claims is not what a record claims.

use countersign::record::key::SecretKey;
use serde_json::json;

use super::{STRANGER, Table};

pub(super) fn fill(table: &mut Table<'_>) {
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
    table.form("number-as-a-number", "fuuuu", "credentialSubject.person.number: is the number", |d| {
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
    table.form("missing-result", "fuuuu", "the member `result` is missing", |d| {
        d[S].as_object_mut().expect("an object").remove("result");
    });
    table.form("unknown-face", "fuuuu", "credentialSubject.face: `holographic` is none of", |d| {
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
