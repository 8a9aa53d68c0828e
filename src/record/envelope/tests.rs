use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL;
use proptest::prelude::*;

use super::*;

fn key() -> SecretKey {
    SecretKey::from_seed(&[7; 32])
}

fn document() -> Value {
    let id = "00000000-0000-4000-8000-000000000001".parse().expect("a UUID");
    let created = "2026-11-22T09:30:00Z".parse().expect("a time");
    sign(Kind::Completion, json!({"a": [1, "zwei"], "b": {"c": true}}), id, created, &key())
}

fn check(document: Value) -> Result<Envelope, RecordFault> {
    let (envelope, _) = Envelope::of_document(document, Kind::Completion)?;
    envelope.check_signature()?;
    Ok(envelope)
}

/// The example of "Data Integrity `EdDSA` Cryptosuites v1.0", section B.2 (representation: eddsa-jcs-2022): its hashes
/// and its signature, with the key that the specification gives.
#[test]
fn the_suite_of_w3c_signs_the_same() {
    let context =
        json!(["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"]);
    let document = json!({
        "@context": context,
        "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
        "type": ["VerifiableCredential", "AlumniCredential"],
        "name": "Alumni Credential",
        "description": "A minimum viable example of an Alumni Credential.",
        "issuer": "https://vc.example/issuers/5678",
        "validFrom": "2023-01-01T00:00:00Z",
        "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"}
    });
    let proof = json!({
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "created": "2023-02-24T23:36:38Z",
        "verificationMethod": "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2#z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2",
        "proofPurpose": "assertionMethod",
        "@context": context
    });
    let seed = bs58::decode("3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq").into_vec().expect("base58");
    let seed: [u8; 32] = seed[2..].try_into().expect("a prefix of two bytes and the seed");
    let key = SecretKey::from_seed(&seed);
    assert_eq!(key.did(), "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2");

    let (proof, document) = (json::canonical(&proof), json::canonical(&document));
    assert_eq!(
        Digest::of(&document).hex(),
        "59b7cb6251b8991add1ce0bc83107e3db9dbbab5bd2c28f687db1a03abc92f19"
    );
    assert_eq!(Digest::of(&proof).hex(), "66ab154f5c2890a140cb8388a22a160454f80575f6eae09e5a097cabe539a1db");
    let signature = key.sign(&signed_bytes(&Digest::of(&proof), &Digest::of(&document)));
    assert_eq!(
        bs58::encode(signature).into_string(),
        "2HnFSSPPBzR36zdDgK8PbEHeXbR56YF24jwMpt3R1eHXQzJDMWS93FCzpvJpwTWd3GAVFuUfjoJdcnTMuVor51aX"
    );
}

#[test]
fn what_was_signed_verifies_and_keeps_its_digest() {
    let document = document();
    let envelope = check(document.clone()).expect("own document");
    assert_eq!(envelope.issuer_did, key().did());
    assert_eq!(
        envelope.digest,
        Digest::of(&json::canonical(&document)),
        "the digest is that of the whole file"
    );
}

#[test]
fn only_the_one_envelope_is_taken() {
    /// What comes of the document after `change`; every case must be refused at `path`.
    fn refused(path: &str, change: impl FnOnce(&mut Value)) {
        let mut document = document();
        change(&mut document);
        let fault = check(document).expect_err(path);
        assert_eq!(fault.path, path, "{fault}");
    }
    refused("@context", |d| d["@context"] = json!(CONTEXT[0]));
    refused("@context", |d| d["@context"] = json!([CONTEXT[1], CONTEXT[0]]));
    refused("@context", |d| {
        d["@context"] = json!([CONTEXT[0], CONTEXT[1], {"name": "https://example.org/other"}]);
    });
    refused("type", |d| d["type"] = json!(["VerifiableCredential", "TrainingAssignment"]));
    refused("type", |d| d["type"] = json!(["TrainingCompletionRecord", "VerifiableCredential"]));
    refused("id", |d| d["id"] = json!("urn:uuid:00000000-0000-4000-8000-00000000000A"));
    refused("id", |d| d["id"] = json!("urn:uuid:00000000-0000-1000-8000-000000000001"));
    refused("id", |d| d["id"] = json!("urn:uuid:00000000-0000-4000-c000-000000000001"));
    refused("id", |d| d["id"] = json!("00000000-0000-4000-8000-000000000001"));
    refused("id", |d| d["id"] = json!(7));
    refused("issuer", |d| d["issuer"] = json!({"id": key().did()}));
    refused("issuer", |d| d["issuer"] = json!("did:web:example.org"));
    refused("credentialSubject", |d| d["credentialSubject"] = json!([{}]));
    refused("validFrom", |d| d["validFrom"] = json!("2026-11-22T09:30:00Z"));
    refused("proof", |d| d["proof"] = json!([d["proof"]]));
    refused("proof", |d| d["proof"] = json!("none"));
    refused("proof", |d| drop(d.as_object_mut().expect("an object").remove("proof")));
    refused("proof.@context", |d| drop(d["proof"].as_object_mut().expect("an object").remove("@context")));
    refused("proof.@context", |d| d["proof"]["@context"] = json!([CONTEXT[0]]));
    refused("proof.type", |d| d["proof"]["type"] = json!("Ed25519Signature2020"));
    refused("proof.cryptosuite", |d| d["proof"]["cryptosuite"] = json!("eddsa-rdfc-2022"));
    refused("proof.proofPurpose", |d| d["proof"]["proofPurpose"] = json!("authentication"));
    refused("proof.created", |d| d["proof"]["created"] = json!("2026-11-22T10:30:00+01:00"));
    refused("proof.created", |d| d["proof"]["created"] = json!("2026-11-22T09:30:00.000Z"));
    refused("proof.domain", |d| d["proof"]["domain"] = json!("example.org"));
    refused("proof.verificationMethod", |d| {
        let other = SecretKey::from_seed(&[8; 32]).did();
        d["proof"]["verificationMethod"] = json!(verification_method(&other));
    });
    refused("proof.verificationMethod", |d| d["proof"]["verificationMethod"] = json!(key().did()));
    refused("proof.proofValue", |d| {
        let other = SecretKey::from_seed(&[8; 32]).did();
        d["issuer"] = json!(other);
        d["proof"]["verificationMethod"] = json!(verification_method(&other));
    });
    refused("proof.proofValue", |d| d["credentialSubject"]["a"] = json!(["zwei", 1]));
    refused("proof.proofValue", |d| d["proof"]["created"] = json!("2026-11-22T09:30:01Z"));
    refused("", |d| *d = json!([d]));
}

#[test]
fn a_signature_has_one_spelling() {
    fn refused(change: impl FnOnce(&str) -> String) {
        let mut document = document();
        let changed = change(document["proof"]["proofValue"].as_str().expect("a text"));
        document["proof"]["proofValue"] = Value::from(changed);
        assert_eq!(check(document).expect_err("another spelling").path, "proof.proofValue");
    }
    let bytes = |text: &str| bs58::decode(&text[1..]).into_vec().expect("base58");
    let multibase = |bytes: &[u8]| format!("z{}", bs58::encode(bytes).into_string());
    // Other bases, padding, spaces.
    refused(|text| text[1..].to_owned());
    refused(|text| text.replacen('z', "z1", 1));
    refused(|text| format!("{text} "));
    refused(|text| format!("{text}\n"));
    refused(|text| format!("u{}", BASE64URL.encode(bytes(text))));
    refused(|_| "z".to_owned());
    refused(|_| format!("z{}", "2".repeat(100_000)));
    refused(|text| multibase(&bytes(text)[..63]));
    // S + L signs the same in verifiers that do not look (RFC 8032, section 8.4).
    refused(|text| {
        let mut bytes = bytes(text);
        let order: [u8; 32] = [
            0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
        ];
        let mut carry = 0_u16;
        for (byte, more) in bytes[32..].iter_mut().zip(order) {
            carry += u16::from(*byte) + u16::from(more);
            *byte = u8::try_from(carry & 0xFF).expect("masked");
            carry >>= 8;
        }
        multibase(&bytes)
    });
    // All zero: R is of small order.
    refused(|_| multibase(&[0; 64]));
    // R = 1 written as y = p + 1.
    refused(|text| {
        let mut bytes = bytes(text);
        bytes[..32].fill(0xFF);
        (bytes[0], bytes[31]) = (0xEE, 0x7F);
        multibase(&bytes)
    });
}

proptest! {
    /// Whatever byte of the file is changed to whatever else: either it is refused, or it means the same document.
    #[test]
    fn any_changed_byte_is_refused(place in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let original = document();
        let mut bytes = serde_json::to_vec_pretty(&original).expect("a JSON value");
        let place = place.index(bytes.len());
        prop_assume!(bytes[place] != byte);
        bytes[place] = byte;
        let read = Envelope::read(&bytes, Kind::Completion)
            .and_then(|(envelope, _)| envelope.check_signature().map(|()| envelope));
        if let Ok(envelope) = read {
            let same = check(original).expect("own document");
            prop_assert_eq!(envelope.digest, same.digest, "only white space may change");
        }
    }
}

/// A file that was cut off was taken for something else, because the type stands at the end.
#[test]
fn the_beginning_of_a_signed_file_is_known_and_a_whole_one_is_none() {
    #[track_caller]
    fn check(text: &str, expected: bool) {
        assert_eq!(is_damaged(text.as_bytes()), expected, "{text}");
    }
    let context = "{\r\n \"@context\": [\r\n  \"https://www.w3.org/ns/credentials/v2\"";
    let ours = format!(
        "{context}, \"https://www.w3.org/ns/credentials/undefined-terms/v2\"], \"credentialSubject\": {{"
    );
    let others =
        format!("{context}, \"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json\"], \"credent");
    for end in context.len()..=ours.len() {
        check(&ours[..end], true);
    }
    check(&format!("\u{feff}{ours}"), true);
    check(&format!("{ours}\0\0\0"), true);
    check(&format!("{ours}}}}}"), false);
    check(&others, false);
    for end in 0..context.len() {
        check(&context[..end], false);
    }
    check("{ \"@context\": \"https://www.w3.org/ns/credentials/v2\", ", false);
}
