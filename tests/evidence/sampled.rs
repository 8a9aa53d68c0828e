//! What a pack with a sample says of those who were not drawn: what the log shows without their secrets, and no more.

use std::fs;
use std::process::Command;

use super::pack::{failing, files, lay_out, pack, sign};
use super::tables::{Files, Packs, both, cell, registry, replace, told};
use super::tools::has_tools;
use super::{json, printed, text};

const SPARED: &str = "(not in the sample)";

/// With it 00003 is drawn, who has no exception and no record.
const SEED: &str = "seed 1";

#[test]
fn of_whoever_is_not_drawn_nothing_is_told_that_a_secret_binds() {
    if !has_tools() {
        return;
    }
    let registry = registry();
    let mut told_of = Vec::new();
    for seed in ["a", "b", "c", "d", "e"] {
        let folder = pack(&registry, seed, &["--sample", "1", "--seed", seed]);
        for (said, code) in told(&folder) {
            assert_eq!(code, Some(0), "{said}");
        }
        let drawn = fs::read_to_string(folder.join("sample.txt")).expect("a sample");
        let is_drawn = drawn.trim() == "012345";
        let files = files(&folder);
        let check = |path: &str, column: &str, bound: &str| {
            let expected = if is_drawn { bound } else { SPARED };
            assert_eq!(cell(&files, path, "012345", column), expected, "{seed}: {path}: {column}");
        };
        assert_eq!(cell(&files, "waivers.csv", "012345", "taken back"), "yes");
        check("waivers.csv", "approver", "C. O'Neil");
        check("waivers.csv", "reason", "away, \u{e9}");
        check("waivers.csv", "taken back by", "J. Doe");
        check("waivers.csv", "taken back because", "back, \u{e9}");
        check("reviews.csv", "by", "J. Doe");
        check("reviews.csv", "reason", "rang her, \u{e9}");
        assert_eq!(text(&files["log/opened.jsonl"]).contains("back, "), is_drawn, "{seed}");
        told_of.push(is_drawn);
    }
    assert!(told_of.contains(&true) && told_of.contains(&false), "choose other seeds: {told_of:?}");
}

/// Both said nothing of who approved or took back an exception, or decided about a record, outside the sample.
#[test]
fn what_no_secret_binds_cannot_be_written_into_a_signed_pack() {
    let Some(packs) = Packs::made_with(&["--sample", "1", "--seed", SEED]) else { return };
    assert_eq!(packs.cell("waivers.csv", "012345", "reason"), SPARED, "choose another seed");
    assert_eq!(packs.cell("waivers.csv", "12345", "reason"), SPARED, "choose another seed");
    let check = |path: &str, row: &str, column: &str, says: &str| {
        packs.check(
            |files| written(files, path, row, column, says),
            both(&format!(": {column} is '{says}', and there is no secret here to check it by")),
        );
    };
    for (column, says) in [("approver", "CEO Big"), ("reason", "on leave")] {
        check("waivers.csv", "12345", column, says);
    }
    for (column, says) in [("taken back by", "Mallory"), ("taken back because", "back")] {
        check("waivers.csv", "012345", column, says);
        // It was not taken back.
        packs.check(
            |files| written(files, "waivers.csv", "12345", column, says),
            both(&format!("{column} is '{says}', and log/opened.jsonl says nothing")),
        );
    }
    for (column, says) in [("by", "Mallory"), ("reason", "fine")] {
        check("reviews.csv", "012345", column, says);
    }
}

/// Which exception somebody's status rests on is told in two tables, and they say the same.
#[test]
fn an_exception_goes_by_one_identifier_in_both_tables() {
    let Some(packs) = Packs::made_with(&["--sample", "1", "--seed", SEED]) else { return };
    let waiver = packs.cell("waivers.csv", "12345", "waiver");
    let other = "00000000-0000-4000-8000-000000000000";
    let source = "and by waivers.csv and the files in waivers it would be";
    packs.check(
        |files| replace(files, "population.csv", &waiver, other),
        both(&format!("population.csv: 12345: waiver is '{other}', {source} '{waiver}'")),
    );
    // The log has no identifier, so it is no witness that the right one of the two tables is altered.
    packs.check(
        |files| replace(files, "waivers.csv", &waiver, other),
        both(&format!("population.csv: 12345: waiver is '{waiver}', {source} '{other}'")),
    );
}

/// Writes into the cell of a column in the row that begins so.
fn written(files: &mut Files, path: &str, row: &str, column: &str, says: &str) {
    let table = text(&files[path]);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    let mut rows: Vec<Vec<String>> =
        reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect();
    let place = rows[0].iter().position(|name| name == column).expect("a column");
    let cells = rows.iter_mut().find(|cells| cells[0] == row).expect("a row");
    says.clone_into(&mut cells[place]);
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).expect("written");
    }
    let table = String::from_utf8(writer.into_inner().expect("a table")).expect("text");
    files.insert(path.to_owned(), format!("\u{feff}{table}").into_bytes());
}

/// Of those who were not drawn, the tables hold without their salts; what is HR's word is said to be.
#[test]
fn a_sample_without_records_is_held_against_the_log_too() {
    if !has_tools() {
        return;
    }
    let registry = registry();
    let drawn_alone = |number: &str| {
        let seeds = (0..).map(|seed: u32| format!("seed {seed}"));
        let mut packs = seeds.map(|seed| {
            let folder = pack(
                &registry,
                &format!("sample-{}", seed.replace(' ', "-")),
                &["--sample", "1", "--seed", &seed],
            );
            (text(&files(&folder)["sample.txt"]), folder)
        });
        packs.find(|(drawn, _)| *drawn == format!("{number}\n")).expect("some seed draws them").1
    };
    let folder = drawn_alone("00003");
    assert!(!folder.join("records").exists());
    assert_eq!(failing(&folder), []);
    let [(_, code), (said, verified)] = told(&folder);
    assert_eq!((code, verified), (Some(0), Some(0)), "{said}");
    assert!(said.contains("0 records, 0 failed; the pack: nothing wrong"), "{said}");
    assert!(said.contains("by which identifier an exception goes, but for 1"), "{said}");
    let readme = fs::read_to_string(folder.join("README.txt")).expect("a README");
    assert!(
        readme.contains("1 of them, drawn with the seed seed ")
            && readme.contains("; of 0 of these there is one"),
        "{readme}"
    );
    let reviews = text(&files(&folder)["reviews.csv"]);
    assert!(reviews.contains(",accepted,") && !reviews.contains("J. Doe"), "{reviews}");
    // The others are held against the log all the same.
    let mut forged = files(&folder);
    replace(&mut forged, "population.csv", ",waived,", ",complete,");
    sign(&mut forged);
    let other = registry.inbox().join("forged-sample");
    lay_out(&other, &forged);
    for (said, code) in told(&other) {
        assert!(
            code == Some(1) && said.contains("12345: status is 'complete', and the log says 'waived'"),
            "{said}"
        );
    }
    // As data, with all of it in one document; and beside it nothing may be named.
    let verify = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
        command.arg("verify").args(arguments).current_dir(&folder).output().expect("it starts")
    };
    let told = json(&verify(&[".", "--json"]), 0);
    for finding in
        ["files", "signature", "log", "tables", "proofs", "pages", "questions", "registry", "contents"]
    {
        assert_eq!(told["pack"][finding]["outcome"], "pass", "{told:#}");
    }
    assert_eq!(verify(&[".", "--receipt", "receipts", "--log-key", "log/key"]).status.code(), Some(2));
    let key = registry.log_key().to_string();
    assert!(printed(&verify(&[".", "--log-key", &key]), 0).contains("log/key is the one that you named"));
}
