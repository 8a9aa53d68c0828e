//! Entries that are none, in a log that HR made again: its head, its receipts and the pack are signed, and all fit together.

use super::follows::with_log;
use super::tables::{Files, Packs, told};
use super::text;
use super::tools::script;

/// The lines of the log of a pack, altered.
fn altered(files: &mut Files, alter: impl FnOnce(&mut Vec<String>)) {
    let mut lines: Vec<String> = text(&files["log/entries.jsonl"]).lines().map(str::to_owned).collect();
    alter(&mut lines);
    with_log(files, &lines);
}

/// All three programs say so; the two that are scripts in these words.
#[track_caller]
fn check(packs: &Packs, alter: impl FnOnce(&mut Vec<String>), words: &str) {
    let folder = packs.forged(|files| altered(files, alter));
    let [tables, verified] = told(&folder);
    let entries = ["verify/log.py", "entries", "log/key", "log/checkpoint", "log/entries.jsonl"];
    let log = script(&folder, &entries);
    for (said, code) in [tables, log] {
        assert!(code == Some(1) && said.contains("FAIL log/entries.jsonl: entry "), "{words}\n{said}");
        assert!(said.contains(words), "{words}\n{said}");
    }
    let (said, code) = verified;
    assert!(code == Some(1) && said.contains("log/entries.jsonl:"), "{words}\n{said}");
}

/// `verify` and the tables passed it.
#[test]
fn a_log_that_begins_twice_is_refused() {
    let Some(packs) = Packs::made_with(&[]) else { return };
    let words = "a log begins with opened, and only begins with it";
    let again = |lines: &mut Vec<String>| {
        let at = |line: &str| line[line.find("\"at\":").expect("a time")..][..28].to_owned();
        let (first, last) = (&lines[0], lines.last().expect("an entry"));
        lines.push(first.replace(&at(first), &at(last)));
    };
    check(&packs, again, words);
    let [_, (said, _)] = told(&packs.forged(|files| altered(files, again)));
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains(&format!(": {words}")), "{said}");
    check(&packs, |lines| drop(lines.remove(0)), words);
}

/// Whatever is no entry by docs/log-format.md: two programs passed it, and counted others.
#[test]
fn what_is_no_entry_is_refused() {
    let Some(packs) = Packs::made_with(&[]) else { return };
    for (from, to, words) in [
        ("\"entry\":\"collected\"", "\"entry\":\"collectex\"", ": 'collectex' is no kind of entry"),
        (",\"course\":", ",\"cource\":", ": 'cource' is no member of such an entry"),
        ("\"decision\":\"accepted\",", "", ": decision is missing"),
        ("\"grading\":\"pass\"", "\"grading\":\"good\"", ": levels is {"),
        (
            "\"disposition\":\"accepted\"",
            "\"disposition\":\"hold\"",
            ": disposition is 'hold', which cannot be",
        ),
        ("\"result\":\"passed\"", "\"result\":\"great\"", ": result is 'great', which cannot be"),
        ("\"pins\":true", "\"pins\":1", ": pins is 1, which cannot be"),
        ("\"format\":1", "\"format\":2", "entry 0 is of a later format than this program checks"),
        (",\"entry\"", ", \"entry\"", " is not in canonical form"),
        ("\"entry\":", "\"entry\":\"waived\",\"entry\":", ""),
    ] {
        let alter = |lines: &mut Vec<String>| {
            let line = lines.iter_mut().find(|line| line.contains(from)).expect(from);
            *line = line.replacen(from, to, 1);
        };
        check(&packs, alter, words);
    }
}
