//! What no entry and no record asks for: archives of courses, lines, members. One program passed it, the other did not.

use super::tables::{Files, Packs, both, replace, told};
use super::text;

fn append(files: &mut Files, path: &str, more: &str) {
    let whole = text(&files[path]) + more;
    files.insert(path.to_owned(), whole.into_bytes());
}

/// The archive of a version that was neither approved nor is named by a record: it was opened by nobody.
#[test]
fn an_archive_that_nothing_names_is_no_part_of_the_pack() {
    let Some(packs) = Packs::made_with(&[]) else { return };
    let path = "courses/vector-course_41813048.course";
    let line = format!("{}  {path}\n", "4".repeat(64));
    let with = |files: &mut Files| {
        append(files, "courses/digests.txt", &line);
        files.insert(path.to_owned(), b"#!/bin/sh\n".to_vec());
    };
    packs.check(with, both("is no part of the pack"));
    packs.check(with, both("says '4444"));
}

/// A line twice, with another digest, or of another file.
#[test]
fn each_archive_has_its_line_once() {
    let Some(packs) = Packs::made_with(&[]) else { return };
    let twice = |files: &mut Files| {
        let whole = text(&files["courses/digests.txt"]);
        append(
            files,
            "courses/digests.txt",
            whole.lines().next().map(|line| format!("{line}\n")).expect("a line").as_str(),
        );
    };
    packs.check(twice, both("courses/digests.txt:"));
    let other = |files: &mut Files| {
        append(files, "courses/digests.txt", &format!("{}  README.txt\n", "a".repeat(64)));
    };
    packs.check(other, both("courses/digests.txt:"));
    let altered = |files: &mut Files| {
        let digest = text(&files["courses/digests.txt"])[..64].to_owned();
        replace(files, "courses/digests.txt", &digest, &"b".repeat(64));
    };
    packs.check(altered, both("courses/digests.txt:1"));
}

#[test]
fn an_empty_line_in_a_table_is_told() {
    let Some(packs) = Packs::made_with(&[]) else { return };
    for path in ["population.csv", "records.csv", "reviews.csv", "waivers.csv", "acknowledgements.csv"] {
        let words =
            format!("{path}: line ends, quotation marks or the first bytes are not what they must be");
        packs.check(|files| append(files, path, "\r\n"), both(&words));
    }
}

/// One byte made a whole file count as empty, and every line of it as missing.
#[test]
fn what_is_no_text_is_told_with_its_line_and_hides_nothing_else() {
    let Some(packs) = Packs::made_with(&[]) else { return };
    for path in ["log/opened.jsonl", "log/people.txt", "numbers.txt"] {
        let words = format!("{path}:1: is not UTF-8 text");
        packs.check(|files| files.get_mut(path).expect("of a pack").insert(1, 0xe4), both(&words));
    }
    let in_pack = |files: &mut Files| files.get_mut("pack.json").expect("of a pack").insert(1, 0xe4);
    packs.check(in_pack, ["pack.json:1: is not UTF-8 text", "pack.json: 1:2: is not UTF-8"]);
}

/// Other programs take the first of two members.
#[test]
fn pack_json_has_its_members_once() {
    let Some(packs) = Packs::made_with(&[]) else { return };
    let twice = |files: &mut Files| {
        replace(files, "pack.json", "\"leftOut\": 0", "\"leftOut\": 5,\n  \"leftOut\": 0");
    };
    packs.check(twice, ["FAIL pack.json: leftOut stands there twice", "pack.json"]);
    let more =
        |files: &mut Files| replace(files, "pack.json", "\"leftOut\": 0", "\"leftIn\": 5,\n  \"leftOut\": 0");
    packs.check(more, ["FAIL pack.json: leftIn is no member of it", "pack.json"]);
    let blanks = |files: &mut Files| replace(files, "pack.json", "\"leftOut\": 0", "\"leftOut\":  0");
    packs.check(blanks, ["FAIL pack.json: blanks or the order of its members", "pack.json"]);
    let less = |files: &mut Files| replace(files, "pack.json", "  \"findings\": [],\n", "");
    packs.check(less, ["FAIL pack.json: findings is missing", "pack.json"]);
}

/// Which file it is was left to be found, and nothing else was told.
#[test]
fn what_is_no_json_or_no_number_is_named() {
    let Some(packs) = Packs::made_with(&[]) else { return };
    let record = packs.cell("records.csv", "012345", "file");
    let broken = |path: &str| {
        let forge = |files: &mut Files| {
            let cut = text(&files[path]).trim_end().trim_end_matches('}').to_owned() + "\n";
            files.insert(path.to_owned(), cut.into_bytes());
        };
        packs.check(forge, [&format!("FAIL {path}: is not JSON"), path]);
    };
    broken("pack.json");
    let line = text(&packs.whole["log/opened.jsonl"]).lines().count();
    packs.check(
        |files| {
            let whole = text(&files["log/opened.jsonl"]);
            files.insert("log/opened.jsonl".to_owned(), whole[..whole.len() - 2].to_owned().into_bytes());
        },
        both(&format!("log/opened.jsonl:{line}: is no entry with a secret and a text")),
    );
    // What else was altered is told beside a record that cannot be read, or that is missing.
    for cut in [true, false] {
        let folder = packs.forged(|files| {
            let said = text(&files[&record]);
            let said = said.trim_end_matches(['}', '\n']).as_bytes().to_vec();
            files.remove(&record);
            files.extend(cut.then(|| (record.clone(), said)));
            replace(files, "reviews.csv", "J. Doe", "C. Chief");
        });
        let words = format!("FAIL {record}: {}", if cut { "cannot be read: " } else { "is missing" });
        let [(said, code), _] = told(&folder);
        assert!(code == Some(1) && said.contains(&words) && said.contains("by is 'C. Chief'"), "{said}");
        assert_eq!(said.matches(&format!("FAIL {record}")).count(), 1, "{said}");
    }
    let entry = packs.cell("records.csv", "012345", "log entry");
    for other in [format!("{entry}x"), String::new()] {
        let forge = |files: &mut Files| {
            replace(files, "records.csv", &format!(",{entry},14,"), &format!(",{other},14,"));
        };
        packs.check(forge, both(": log entry is "));
    }
}
