use serde_json::json;

use super::super::claims::{AssignmentClaims, CompletionClaims};
use super::super::envelope::{Envelope, Kind};
use super::*;

#[test]
fn a_fault_never_repeats_a_giant_name() {
    let giant = "k`\", expected é".repeat(10_000);
    let person = json!({ "name": "Ada", "number": "1", giant.as_str(): 1 });
    let completion =
        serde_json::from_slice::<Value>(include_bytes!("../../../tests/vectors/valid/assigned.json"))
            .expect("JSON")["credentialSubject"]
            .clone();
    let with = |pointer: &str, value: Value| {
        let mut subject = completion.clone();
        *subject.pointer_mut(pointer).expect("there") = value;
        serde_json::to_vec(&subject).expect("JSON")
    };
    let mut envelope = serde_json::Map::new();
    envelope.insert(giant.clone(), json!(1));
    let faults = [
        of_claims::<AssignmentClaims>(&serde_json::to_vec(&json!({ giant.as_str(): 1 })).expect("JSON")),
        of_claims::<CompletionClaims>(&with("/person", person)),
        of_claims::<CompletionClaims>(&with("/face", json!(giant))),
        of_claims::<CompletionClaims>(&with("/result/earned", json!(giant))),
        of_claims::<CompletionClaims>(&with(
            "/attempts/0/responses/0/response",
            json!({ giant.as_str(): 1 }),
        )),
        Envelope::of_document(Value::Object(envelope), Kind::Completion)
            .expect_err("no member of an envelope"),
    ];
    for fault in faults {
        let said = fault.to_string();
        assert!(said.chars().count() < 500, "{} characters: {}", said.len(), cut(&said));
    }
}

#[test]
fn what_is_short_is_said_in_full() {
    fn check(message: &str, expected: &str) {
        assert_eq!(cut_quoted(message), expected);
    }
    check("missing field `result`", "missing field `result`");
    check("unknown field `a`, expected one of `b`, `c`", "unknown field `a`, expected one of `b`, `c`");
    check("invalid type: integer `1`, expected a string", "invalid type: integer `1`, expected a string");
    check("invalid type: map, expected a string", "invalid type: map, expected a string");
    let (name, kept) = ("ü".repeat(81), "ü".repeat(79));
    check(
        &format!("unknown field `{name}`, expected `b`"),
        &format!("unknown field `{kept}…`, expected `b`"),
    );
    assert_eq!(cut(&"ü".repeat(80)), "ü".repeat(80));
}
