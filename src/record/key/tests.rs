use super::seal::Cost;
use super::*;

/// Cheap, so that the tests do not wait.
const CHEAP: Cost = Cost { memory: 64, passes: 1, lanes: 1 };

fn seed(byte: u8) -> SecretKey {
    SecretKey::from_seed(&[byte; 32])
}

fn text(key: &SecretKey, passphrase: Option<&str>) -> String {
    let bytes = file::encode(key, passphrase, CHEAP).expect("randomness and memory");
    String::from_utf8(bytes.to_vec()).expect("text")
}

fn unlock(text: &str, passphrase: Option<&str>) -> Result<String, KeyError> {
    KeyFile::parse(text.as_bytes()).and_then(|file| file.unlock(passphrase)).map(|key| key.did())
}

#[test]
fn rfc_8032_test_vectors() {
    fn check(seed: &str, public: &str, message: &[u8], signature: &str) {
        let bytes = |hex: &str| -> Vec<u8> {
            (0..hex.len() / 2)
                .map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).expect("hex"))
                .collect()
        };
        let key = SecretKey::from_seed(&bytes(seed).try_into().expect("32 bytes"));
        assert_eq!(key.public().as_bytes().as_slice(), bytes(public));
        let signed = key.sign(message);
        assert_eq!(signed.as_slice(), bytes(signature));
        assert!(key.public().verifies(message, &signed));
        assert!(!key.public().verifies(b"another message", &signed));
    }
    // Section 7.1, TEST 1 to TEST 3.
    check(
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        b"",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    );
    check(
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        b"\x72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    );
    check(
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        b"\xaf\x82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    );
}

#[test]
fn a_key_comes_back_from_its_file() {
    let key = seed(7);
    let plain = text(&key, None);
    assert!(!KeyFile::parse(plain.as_bytes()).expect("own file").is_protected());
    assert_eq!(unlock(&plain, None), Ok(key.did()));
    assert_eq!(unlock(&plain, Some("not needed")), Ok(key.did()));

    let sealed = text(&key, Some("correct horse"));
    let file = KeyFile::parse(sealed.as_bytes()).expect("own file");
    assert!(file.is_protected());
    assert_eq!(file.did(), key.did());
    assert_eq!(unlock(&sealed, Some("correct horse")), Ok(key.did()));
    assert_eq!(unlock(&sealed, Some("correct horsf")), Err(KeyError::WrongPassphrase));
    assert_eq!(unlock(&sealed, Some("")), Err(KeyError::WrongPassphrase));
    assert_eq!(unlock(&sealed, None), Err(KeyError::PassphraseNeeded));
    assert_eq!(key.encode(Some("")).expect_err("no protection"), KeyError::EmptyPassphrase);
}

#[test]
fn the_recommended_cost_seals_and_opens() {
    let key = seed(8);
    let bytes = key.encode(Some("correct horse")).expect("randomness and memory");
    let file = KeyFile::parse(&bytes).expect("own file");
    assert_eq!(file.unlock(Some("correct horse")).expect("own passphrase").did(), key.did());
    let text = std::str::from_utf8(&bytes).expect("text");
    for cost in ["\"memoryKiB\": 65536,", "\"passes\": 3,", "\"lanes\": 4,"] {
        assert!(text.contains(cost), "{text}");
    }
}

#[test]
fn one_passphrase_in_two_normal_forms_opens() {
    let sealed = text(&seed(7), Some("caf\u{e9}"));
    assert!(unlock(&sealed, Some("cafe\u{301}")).is_ok());
}

#[test]
fn every_sealing_is_another() {
    let key = seed(7);
    assert_ne!(text(&key, Some("x")), text(&key, Some("x")));
    assert_ne!(
        SecretKey::generate().expect("randomness").did(),
        SecretKey::generate().expect("randomness").did()
    );
}

#[test]
fn a_hostile_file_takes_neither_memory_nor_time() {
    let sealed = text(&seed(7), Some("x"));
    let with = |from: &str, to: &str| {
        assert!(sealed.contains(from), "{sealed}");
        unlock(&sealed.replace(from, to), Some("x"))
    };
    assert_eq!(with("\"memoryKiB\": 64,", "\"memoryKiB\": 1073741824,"), Err(KeyError::Cost));
    assert_eq!(with("\"memoryKiB\": 64,", "\"memoryKiB\": 524289,"), Err(KeyError::Cost));
    assert_eq!(with("\"memoryKiB\": 64,", "\"memoryKiB\": 9007199254740991,"), Err(KeyError::Cost));
    assert_eq!(with("\"passes\": 1,", "\"passes\": 4000000000,"), Err(KeyError::Cost));
    assert_eq!(with("\"lanes\": 1,", "\"lanes\": 17,"), Err(KeyError::Cost));
    assert!(matches!(with("\"lanes\": 1,", "\"lanes\": 0,"), Err(KeyError::Form(_))));
    assert!(matches!(with("\"passes\": 1,", "\"passes\": 0,"), Err(KeyError::Form(_))));
    assert!(matches!(with("\"memoryKiB\": 64,", "\"memoryKiB\": 7,"), Err(KeyError::Form(_))));
    // Another cost than it was sealed with opens nothing.
    assert_eq!(with("\"passes\": 1,", "\"passes\": 2,"), Err(KeyError::WrongPassphrase));
}

#[test]
fn a_seed_cannot_be_put_under_another_name() {
    let (mine, theirs) = (seed(7), seed(8));
    let plain = text(&mine, None).replace(&mine.did(), &theirs.did());
    assert_eq!(unlock(&plain, None), Err(KeyError::Mismatch));
    let sealed = text(&mine, Some("x")).replace(&mine.did(), &theirs.did());
    assert_eq!(unlock(&sealed, Some("x")), Err(KeyError::WrongPassphrase));
}

#[test]
fn what_is_no_key_file_is_refused() {
    fn check(file: &str, expected: &str) {
        let found = unlock(file, Some("x")).expect_err("a broken file").to_string();
        assert!(found.contains(expected), "{found:?} does not say {expected:?}");
    }
    let plain = text(&seed(7), None);
    check("", "is empty");
    check("[]", "not a JSON object");
    check("{}", "format is missing");
    check(&plain.replace("key 1", "key 2"), "newer version");
    check(&plain.replace("key 1", "key one"), "format must be");
    check(&plain.replace("did:key:z", "did:key:u"), "did is not the did:key");
    check(&plain.replace("\"seed\"", "\"sead\""), "seed is missing");
    check(&plain.replace("\"did\"", "\"more\": 1, \"did\""), "more is not a member");
    check(&plain.replace("\"did\"", "\"seed\": \"\", \"did\""), "stands there twice");
    check(&plain.replace("=\"", "\""), "seed is not 32 bytes in base64");
    check(&plain.replace("=\"", "=\\n\""), "seed is not 32 bytes in base64");
    check(&plain.replace("BwcH", ""), "seed is not 32 bytes in base64");
    check(&"x".repeat(MAX_BYTES + 1), "larger than a key file");
    let sealed = text(&seed(7), Some("x"));
    check(&sealed.replace("argon2id", "argon2i"), "sealed.kdf");
    check(&sealed.replace("xchacha20-poly1305", "none"), "sealed.cipher");
    check(&sealed.replace("\"salt\"", "\"salz\""), "salt is missing");
    check(&sealed.replace("\"kdf\"", "\"x\": 1, \"kdf\""), "x is not a member");
    check(&sealed.replace("\"sealed\"", "\"seed\": \"\", \"sealed\""), "seed is not a member");
}

#[test]
fn secrets_are_not_printed() {
    let key = seed(7);
    let file = KeyFile::parse(text(&key, None).as_bytes()).expect("own file");
    for shown in [format!("{key:?}"), format!("{file:?}")] {
        assert!(shown.contains(&key.did()) && !shown.contains("BwcH") && !shown.contains("7, 7"), "{shown}");
    }
}
