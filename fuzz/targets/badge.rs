//! Any bytes as a badge, and any text in one: a fault, or an answer about its signature, never a panic; and what was just
//! signed verifies.

#![no_main]

use std::sync::LazyLock;

use countersign::clock::Timestamp;
use countersign::record::key::SecretKey;
use countersign::record::rdfc::{BADGES, CREDENTIALS, is_signed_by, sign};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

static KEY: LazyLock<SecretKey> = LazyLock::new(|| SecretKey::from_seed(&[2; 32]));

fuzz_target!(|bytes: &[u8]| {
    if let Ok(document) = serde_json::from_slice::<Value>(bytes) {
        // Nobody signs by chance.
        assert_ne!(is_signed_by(&document, &KEY.public()), Ok(true));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let badge = json!({
            "@context": [CREDENTIALS, BADGES],
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "issuer": { "id": KEY.did(), "type": ["Profile"], "name": text },
        });
        let signed = sign(badge, Timestamp::EPOCH, &KEY).expect("any text may be a name");
        assert_eq!(is_signed_by(&signed, &KEY.public()), Ok(true));
    }
});
