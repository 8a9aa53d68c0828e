use super::super::strategies::log;
use super::*;

/// The key of the example in the documentation of `golang.org/x/mod/sumdb/note`.
const PETER: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

#[test]
fn a_key_of_others_is_read_and_written_the_same() {
    let key: VerifierKey = PETER.parse().unwrap();
    assert_eq!(key.origin().as_str(), "PeterNeumann");
    assert_eq!(key.id(), [0xc7, 0x4f, 0x20, 0xa3]);
    assert_eq!(key.to_string(), PETER);
    let ours = log().to_string();
    assert_eq!(ours.parse::<VerifierKey>(), Ok(log()), "{ours}");
}

#[test]
fn one_spelling_a_key() {
    fn check(text: &str, because: &str) {
        let error = text.parse::<VerifierKey>().expect_err(text).to_string();
        assert!(error.contains(because), "{text}: {error}");
    }
    check("", "is not name");
    check("PeterNeumann+c74f20a3", "is not name");
    check(&PETER.replace("c74f20a3", "C74F20A3"), "key id");
    check(&PETER.replace("c74f20a3", "0c74f20a3"), "key id");
    check(&PETER.replace("PeterNeumann", "PeterNeuman"), "key id");
    check(&PETER.replace("Peter", "Peter "), "is not name");
    check(&PETER.replace("+AR", "+BR"), "is not an Ed25519 key");
    check(&format!("{PETER}="), "is not name");
    check(&PETER[..PETER.len() - 1], "is not name");
    check("log+00000000+AQEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "weak");
    check("log+00000000+Af//////////////////////////////////////////", "weak");
}

#[test]
fn names_that_would_break_a_line_are_refused() {
    fn check(text: &str, good: bool) {
        assert_eq!(text.parse::<Origin>().is_ok(), good, "{text:?}");
    }
    check("countersign.example/registry/5b1d5d2e-2c5e-4d0e-8a51-0f8d6a3c0001", true);
    check("müller.example/schulung", true);
    check(&"a".repeat(255), true);
    check(&"a".repeat(256), false);
    check("", false);
    check("a b", false);
    check("a+b", false);
    check("a\n", false);
    check("a\u{a0}b", false);
    check("a\u{2028}b", false);
    check("a\u{1b}[31m", false);
    check("a\u{85}b", false);
}
