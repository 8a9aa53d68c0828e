use super::super::strategies::{log, origin, secret};
use super::*;

/// The example of the documentation of `golang.org/x/mod/sumdb/note`: a note signed by somebody else's program.
const GO: &str = "If you think cryptography is the answer to your problem,\n\
    then you don't know what your problem is.\n\n\
    \u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const GO_KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

#[test]
fn a_note_of_others_is_verified() {
    let note = Note::parse(GO.as_bytes()).unwrap();
    let text = note.verified(&GO_KEY.parse().unwrap()).unwrap();
    assert!(text.ends_with("problem is.\n"));
    assert_eq!(note.to_string(), GO);
    assert_eq!(note.verified(&log()), Err(LogFault::UnknownKey));
}

fn signed() -> String {
    Note::sign("text\n".to_owned(), &origin(), &secret()).to_string()
}

fn verified(note: &str) -> Result<String, LogFault> {
    Note::parse(note.as_bytes())?.verified(&log()).map(str::to_owned)
}

#[test]
fn signatures_of_others_are_passed_over_and_ours_must_be_right() {
    let ours = signed();
    let line = ours.lines().last().unwrap();
    assert_eq!(verified(&ours), Ok("text\n".to_owned()));
    let witness = "\u{2014} witness.example AAAAAAAA";
    assert_eq!(verified(&format!("text\n\n{witness}\n{line}\n{witness}\n")), Ok("text\n".to_owned()));
    assert_eq!(verified(&format!("text\n\n{witness}\n")), Err(LogFault::UnknownKey));
    // Our name with another key id is another key.
    let other = VerifierKey::new(origin(), SecretKey::from_seed(&[9; 32]).public());
    let id = base64::written(&[&other.id(), &[7; 64][..]].concat());
    let named = format!("\u{2014} {} {id}", origin());
    assert_eq!(verified(&format!("text\n\n{named}\n{line}\n")), Ok("text\n".to_owned()));
    // One that claims to be ours and is wrong spoils the note, wherever it stands.
    for length in [1, 63, 64, 65] {
        let wrong = base64::written(&[&log().id(), &vec![7; length][..]].concat());
        let wrong = format!("\u{2014} {} {wrong}", origin());
        assert_eq!(verified(&format!("text\n\n{wrong}\n")), Err(LogFault::Signature));
        assert_eq!(verified(&format!("text\n\n{line}\n{wrong}\n")), Err(LogFault::Signature));
    }
    assert_eq!(verified(&ours.replace("text", "test")), Err(LogFault::Signature));
    // An empty line more belongs to the text.
    assert_eq!(verified(&ours.replace("text\n", "text\n\n")), Err(LogFault::Signature));
}

#[test]
fn what_is_no_note_is_refused_with_its_line() {
    fn check(note: &str, line: usize) {
        match Note::parse(note.as_bytes()) {
            Err(LogFault::Form { line: found, .. }) => assert_eq!(found, line, "{note:?}"),
            other => panic!("{note:?}: {other:?}"),
        }
    }
    let line = "\u{2014} a AAAAAAA=";
    assert!(Note::parse(format!("a\n\n{line}\n").as_bytes()).is_ok());
    check("", 1);
    check("a\n", 1);
    check("a\n\n", 3);
    check(&format!("a\n\n{line}"), 3);
    check(&format!("a\n\n{line}\n{line}x\n"), 4);
    check(&format!("a\n\n{line}\r\n"), 3);
    check(&format!("a\tb\n\n{line}\n"), 1);
    check("a\n\n- a AAAAAAA=\n", 3);
    check("a\n\n\u{2014}  AAAAAAA=\n", 3);
    check("a\n\n\u{2014} a  AAAAAAA=\n", 3);
    check("a\n\n\u{2014} a+b AAAAAAA=\n", 3);
    check("a\n\n\u{2014} a AAAAAA==\n", 3);
    check("a\n\n\u{2014} a AAAAAAA\n", 3);
    check("a\n\n\u{2014} a AAAAAAB=\n", 3);
    check("a\n\n\u{2014} a AAAA-AA=\n", 3);
    check(&format!("a\n\n{}", format!("{line}\n").repeat(65)), 67);
    assert!(Note::parse(format!("a\n\n{}", format!("{line}\n").repeat(64)).as_bytes()).is_ok());
    assert_eq!(Note::parse(b"a\n\xff\n\n"), Err(LogFault::form(2, "is not UTF-8")));
    assert_eq!(Note::parse(&vec![b'a'; MAX_BYTES + 1]), Err(LogFault::TooLarge { limit: MAX_BYTES }));
}
