//! The lines of a pack end as its commands expect: where they end otherwise, both programs say so, and nothing else.

use std::process::Command;

use super::pack::{files, lay_out, pack};
use super::tables::{Packs, told};
use super::{excepted, printed, text};

/// One program passed what the other refused, and both passed what the guide's own command says is another file.
#[test]
fn lines_end_with_a_line_feed_and_nothing_else() {
    let Some(packs) = Packs::made_with(&["--sample", "3", "--seed", "s"]) else { return };
    let cut = |whole: &str| whole.strip_suffix('\n').expect("a line feed").to_owned();
    let carriage = |whole: &str| whole.replace('\n', "\r\n");
    let check = |path: &str, forge: &dyn Fn(&str) -> String| {
        let folder = packs.forged(|files| {
            let forged = forge(&text(&files[path]));
            files.insert(path.to_owned(), forged.into_bytes());
        });
        let words = format!("{path}: the ends of its lines are not what they must be");
        for (said, code) in told(&folder) {
            assert!(code == Some(1) && said.contains(&words), "{words}\n{said}");
            assert!(!said.contains("could not be made again") && !said.contains(" differences"), "{said}");
        }
    };
    for path in [
        "README.txt",
        "courses/digests.txt",
        "index.html",
        "log/entries.jsonl",
        "log/key",
        "log/opened.jsonl",
        "log/people.txt",
        "numbers.txt",
        "pack.json",
        "roster.txt",
        "sample.txt",
    ] {
        check(path, &cut);
        check(path, &carriage);
    }
    check("log/key", &|whole| format!("{whole}\n"));
    check("log/checkpoint", &carriage);
}

/// Nobody said why the signature did not fit, or a script was another; of a head it was said that it has a control character.
#[test]
fn what_a_mail_gateway_did_to_the_signed_files_is_named() {
    let registry = excepted();
    let whole = files(&pack(&registry, "whole", &["--sample", "3", "--seed", "s"]));
    let mail = |name: &str, path: &str| {
        let folder = registry.inbox().join(name);
        let mut files = whole.clone();
        let mailed = text(&files[path]).replace('\n', "\r\n");
        files.insert(path.to_owned(), mailed.into_bytes());
        lay_out(&folder, &files);
        let output = Command::new(env!("CARGO_BIN_EXE_countersign")).arg("verify").arg(&folder).output();
        printed(&output.expect("it starts"), 1)
    };
    for (number, path) in
        ["SHA256SUMS", "SHA256SUMS.sig", "allowed_signers", "log/checkpoint", "verify/log.py"]
            .iter()
            .enumerate()
    {
        let said = mail(&format!("mailed-{number}"), path);
        let words =
            format!("{path}: the ends of its lines are not what they must be: a mail gateway, git or");
        assert!(said.contains(&words), "{path}: {said}");
        for words in ["\u{2713} signature  pass", "\u{2713} log        pass", "\u{2713} tables     pass"] {
            assert!(said.contains(words), "{path}: {words}\n{said}");
        }
    }
}
