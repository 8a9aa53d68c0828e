//! What a forger can do: signatures made without our code, over any document, and some that only lax verifiers take.

use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256, Sha512};

/// The order of the base point (RFC 8032, section 5.1), little-endian.
const L: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

/// Signs the document as it stands, whatever it says, with the key of this seed.
pub(crate) fn sign(document: &mut Value, seed: &[u8; 32]) {
    let message = message(document);
    set_signature(document, &SigningKey::from_bytes(seed).sign(&message).to_bytes());
}

/// What the suite `eddsa-jcs-2022` signs.
pub(crate) fn message(document: &Value) -> Vec<u8> {
    let hash = |value: &Value| Sha256::digest(serde_json_canonicalizer::to_vec(value).expect("JSON"));
    let mut unsigned = document.clone();
    let mut proof = unsigned.as_object_mut().expect("an object").remove("proof").unwrap_or(json!({}));
    if let Some(proof) = proof.as_object_mut() {
        proof.remove("proofValue");
    }
    [hash(&proof), hash(&unsigned)].concat()
}

pub(crate) fn set_signature(document: &mut Value, signature: &[u8]) {
    document["proof"]["proofValue"] = json!(format!("z{}", bs58::encode(signature).into_string()));
}

pub(crate) fn signature(document: &Value) -> Vec<u8> {
    let text = document["proof"]["proofValue"].as_str().expect("a text");
    bs58::decode(&text[1..]).into_vec().expect("base58")
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from_digit(u32::from(digit), 16).expect("below 16")).collect()
}

/// Names `key` as issuer, learner and verification method.
pub(crate) fn set_key(document: &mut Value, key: &[u8]) {
    let encoded = format!("z{}", bs58::encode([&[0xED, 0x01], key].concat()).into_string());
    let did = format!("did:key:{encoded}");
    document["issuer"] = json!(did);
    document["credentialSubject"]["id"] = json!(did);
    document["proof"]["verificationMethod"] = json!(format!("{did}#{encoded}"));
}

/// The neutral point as a public key: with it and an all but empty signature, careless verifiers accept any document.
pub(crate) fn weak_key(document: &mut Value) {
    let mut neutral = [0; 32];
    neutral[0] = 1;
    set_key(document, &neutral);
    set_signature(document, &[neutral, [0; 32]].concat());
}

/// The same signature with S + L in place of S.
pub(crate) fn larger_s(document: &mut Value) {
    let mut bytes = signature(document);
    let mut carry = 0_u16;
    for (byte, more) in bytes[32..].iter_mut().zip(L) {
        carry += u16::from(*byte) + u16::from(more);
        *byte = u8::try_from(carry & 0xFF).expect("masked");
        carry >>= 8;
    }
    set_signature(document, &bytes);
}

/// A signature whose R is the neutral point in the given spelling: S = k × a, which only the key's holder can compute.
pub(crate) fn neutral_r(document: &mut Value, seed: &[u8; 32], spelling: [u8; 32]) {
    let key = SigningKey::from_bytes(seed).verifying_key();
    let mut secret: [u8; 32] = Sha512::digest(seed)[..32].try_into().expect("half of 64");
    secret[0] &= 0xF8;
    secret[31] = secret[31] & 0x7F | 0x40;
    let k = Sha512::digest([&spelling[..], key.as_bytes(), &message(document)].concat());
    set_signature(document, &[spelling, multiply(&k, &multiply(&secret, &one()))].concat());
}

fn one() -> [u8; 32] {
    let mut one = [0; 32];
    one[0] = 1;
    one
}

/// a × b mod L by doubling and adding; b < L.
fn multiply(a: &[u8], b: &[u8; 32]) -> [u8; 32] {
    let mut product = [0; 32];
    for bit in (0..a.len() * 8).rev() {
        product = add(&product, &product);
        if a[bit / 8] >> (bit % 8) & 1 == 1 {
            product = add(&product, b);
        }
    }
    product
}

/// a + b mod L for both below L.
fn add(a: &[u8; 32], b: &[u8; 32]) -> [u8; 32] {
    let mut sum = [0; 32];
    let mut carry = 0_u16;
    for ((sum, a), b) in sum.iter_mut().zip(a).zip(b) {
        carry += u16::from(*a) + u16::from(*b);
        *sum = u8::try_from(carry & 0xFF).expect("masked");
        carry >>= 8;
    }
    if sum.iter().rev().lt(L.iter().rev()) {
        return sum;
    }
    let mut borrow = 0_i16;
    for (digit, less) in sum.iter_mut().zip(L) {
        let difference = i16::from(*digit) - i16::from(less) - borrow;
        borrow = i16::from(difference < 0);
        *digit = u8::try_from(difference & 0xFF).expect("masked");
    }
    sum
}
