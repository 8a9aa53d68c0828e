use proptest::prelude::*;

use super::*;

/// The key of the W3C suite's eddsa-jcs-2022 example.
const W3C: &str = "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";

fn did_of(bytes: [u8; 32]) -> String {
    format!("did:key:z{}", bs58::encode([&ED25519[..], &bytes].concat()).into_string())
}

fn hex(text: &str) -> [u8; 32] {
    let byte = |at: usize| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).expect("hexadecimal");
    std::array::from_fn(byte)
}

#[test]
fn one_spelling_a_key() {
    fn check(did: &str) {
        assert_eq!(PublicKey::from_did(did), Err(DidError::Form), "{did}");
    }
    let key = PublicKey::from_did(W3C).expect("the example's key");
    assert_eq!(key.did(), W3C);
    check("");
    check("did:key:z");
    check(&W3C.replace("did:key:", "did:web:"));
    check(&W3C.to_uppercase());
    check(&format!("{W3C}#{}", &W3C[8..]));
    check(&W3C.replace(":z6", ":z16"));
    check(&format!("{W3C} "));
    check(&W3C[..W3C.len() - 1]);
    // 0, O, I and l are not base58.
    check(&W3C.replace("z6M", "z60"));
    // A P-256 key, and X25519, are other keys.
    check("did:key:zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv");
    check("did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc");
    // Long garbage costs nothing.
    check(&format!("did:key:z{}", "6".repeat(1 << 20)));
}

#[test]
fn weak_keys_are_refused() {
    // The eight points of small order (and so every encoding of them with y below p), as in the list that
    // "Taming the many EdDSAs" (Chalkias et al.) tests libraries with.
    for bytes in SMALL_ORDER {
        assert_eq!(PublicKey::from_did(&did_of(bytes)), Err(DidError::Weak), "{bytes:x?}");
    }
    let distinct: std::collections::BTreeSet<_> = SMALL_ORDER.into_iter().collect();
    assert_eq!(distinct.len(), 8, "the group of small order has eight points, so none is missing");
    // x = 0 with the sign bit: either no point, or one of small order.
    for bytes in [
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    ] {
        assert!(PublicKey::from_bytes(&hex(bytes)).is_err(), "{bytes}");
    }
}

#[test]
fn a_key_has_one_encoding() {
    // y + p for y from 0 to 18, with either sign: nineteen values a careless decoder takes for another spelling.
    for low in 0xED..=0xFF {
        for high in [0x7F, 0xFF] {
            let mut bytes = [0xFF; 32];
            (bytes[0], bytes[31]) = (low, high);
            assert_eq!(PublicKey::from_bytes(&bytes), Err(DidError::NotAKey), "{low:x} {high:x}");
        }
    }
    // Some small y are points of the curve, so the refusal above is of the encoding.
    let small = |y: u8| {
        let mut bytes = [0; 32];
        bytes[0] = y;
        PublicKey::from_bytes(&bytes)
    };
    assert!((3..=18).any(|y| small(y).is_ok()));
}

#[test]
fn a_known_key_is_read_as_any_other() {
    let keys = KnownKeys::of(&[W3C.to_owned(), did_of([0; 32]), "nobody".to_owned()]);
    assert_eq!(keys.key(W3C), PublicKey::from_did(W3C));
    let other = did_of(*crate::record::key::SecretKey::from_seed(&[7; 32]).public().as_bytes());
    assert_eq!(keys.key(&other), PublicKey::from_did(&other));
    assert_eq!(keys.key(&did_of([0; 32])), Err(DidError::Weak));
    assert_eq!(keys.key("nobody"), Err(DidError::Form));
}

/// What the library's strict rules say, whose way there is a longer one.
fn strictly(key: &PublicKey, message: &[u8], signature: &[u8; 64]) -> bool {
    key.0.verify_strict(message, &Signature::from_bytes(signature)).is_ok()
}

#[test]
fn a_signature_of_small_order_is_refused() {
    // Whoever knows the key a can sign with R = 0 and S = H(R, A, M) a: the equation holds, and with it looser verifiers.
    let key = crate::record::key::SecretKey::from_seed(&[7; 32]).public();
    let mut signature = [0; 64];
    signature[..32].copy_from_slice(&SMALL_ORDER[0]);
    signature[32..].copy_from_slice(&hex("f03eb939fb899fa82cec5f87fc9a0a6d56444412bc07d7c7b98fe359a5022409"));
    assert!(key.0.verify(b"anything", &Signature::from_bytes(&signature)).is_ok());
    assert!(!strictly(&key, b"anything", &signature));
    assert!(!key.verifies(b"anything", &signature));
    for point in SMALL_ORDER {
        signature[..32].copy_from_slice(&point);
        assert!(!key.verifies(b"anything", &signature));
    }
}

proptest! {
    #[test]
    fn a_signature_is_right_exactly_when_the_strict_rules_say_so(
        seed: [u8; 32],
        message in prop::collection::vec(any::<u8>(), 0..70),
        (place, bit) in (0_usize..64, 0_u32..9),
    ) {
        let secret = crate::record::key::SecretKey::from_seed(&seed);
        let key = secret.public();
        let mut signature = secret.sign(&message);
        // The ninth bit leaves it as it is.
        signature[place] ^= 1_u8.checked_shl(bit).unwrap_or(0);
        let right = key.verifies(&message, &signature);
        prop_assert_eq!(right, bit == 8);
        prop_assert_eq!(right, strictly(&key, &message, &signature));
    }
}
