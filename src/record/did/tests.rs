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
    for bytes in [
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    ] {
        assert_eq!(PublicKey::from_did(&did_of(hex(bytes))), Err(DidError::Weak), "{bytes}");
    }
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
