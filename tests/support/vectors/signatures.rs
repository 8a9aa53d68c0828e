//! The right form around a signature that is not the issuer's, or that lax verifiers take for it.

use countersign::record::key::SecretKey;
use serde_json::json;

use super::super::forge;
use super::{LEARNER, STRANGER, Table};

pub(super) fn fill(table: &mut Table<'_>) {
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
