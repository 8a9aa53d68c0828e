use std::fs;
use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::record::claims::CompletionClaims;
use crate::record::{RecordFault, typed};

#[test]
fn only_white_space_between_tokens_goes() {
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(tighten(text).as_deref(), expected, "{text:?}");
    }
    check("{\r\n\t\"a b\" : [ 1, true ]\n}\n", Some("{\"a b\":[1,true]}"));
    check(r#"{"a \" b\\": "\\\" " }"#, Some(r#"{"a \" b\\":"\\\" "}"#));
    check("[999999999999999]", Some("[999999999999999]"));
    check("[9007199254740993]", None);
    check("[-9007199254740993]", None);
    check("{\"é\":1}", None);
    check("{\"é\" :1}", None);
    check("{\"a\":\"é \"}", Some("{\"a\":\"é \"}"));
    check("\"open", None);
    check("\"open\\", None);
    // The canonical form of what would come out may stand in the file.
    check("1 2", None);
    check("[1\r\n2]", None);
    check("tr ue", None);
    check("- 1", None);
    check("[1 , 2 ]", Some("[1,2]"));
}

fn long_way(bytes: &[u8]) -> Result<(Envelope, CompletionClaims), RecordFault> {
    let (envelope, subject) = Envelope::read(bytes, Kind::Completion)?;
    let claims = typed(subject)?;
    Ok((envelope, claims))
}

/// What the short way takes, the long way must take too, and understand alike. Whether the short way took it.
fn agree(bytes: &[u8]) -> bool {
    let Some((envelope, claims)) = read::<CompletionClaims>(bytes, Kind::Completion, &KnownKeys::default())
    else {
        return false;
    };
    let (wanted, wanted_claims) = long_way(bytes).expect("what the short way takes");
    assert_eq!(claims, wanted_claims);
    assert_eq!(format!("{envelope:?}"), format!("{wanted:?}"));
    true
}

fn vectors(part: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors").join(part);
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.map(|path| (path.display().to_string(), fs::read(path).expect("a file"))).collect()
}

#[test]
fn our_own_files_take_the_short_way() {
    for (name, bytes) in vectors("valid") {
        assert!(agree(&bytes), "{name}");
    }
}

#[test]
fn no_invalid_file_gets_further_than_on_the_long_way() {
    let files = vectors("invalid");
    assert!(files.len() > 100);
    for (_, bytes) in files {
        agree(&bytes);
    }
}

/// One change to a file: some bytes are repeated, left out, or replaced by what JSON is made of.
fn changes() -> impl Strategy<Value = (prop::sample::Index, usize, String)> {
    let tokens = prop::sample::select(vec![
        "",
        " ",
        "\"",
        "\\u0061",
        "\\",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "null",
        "true",
        "-0",
        "0",
        "1.0",
        "1e3",
        "é",
        "\"é\":1,",
        "\"id\":\"x\",",
        "\"face\":\"linear\",",
        "9007199254740993",
        "\u{feff}",
        "\n",
    ]);
    (any::<prop::sample::Index>(), 0_usize..12, tokens.prop_map(str::to_owned))
}

proptest! {
    #[test]
    fn both_ways_agree_about_changed_files(
        crlf in any::<bool>(),
        changes in prop::collection::vec(changes(), 1..4),
    ) {
        let name = if crlf { "assigned-crlf" } else { "assigned" };
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/vectors/valid/{name}.json"));
        let mut bytes = fs::read(path).expect("a file");
        for (place, length, token) in changes {
            let start = place.index(bytes.len());
            let end = bytes.len().min(start + length);
            bytes.splice(start..end, token.bytes());
        }
        agree(&bytes);
    }
}
