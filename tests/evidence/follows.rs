//! What was altered in a pack is named, by both programs, and what only follows from it is not.

use std::fs;
use std::path::PathBuf;

use countersign::course::pack as archive;
use countersign::log::{
    Checkpoint, Hash, Index, MemoryTiles, Pseudonym, Receipt, Salt, Size, Tree, VerifierKey,
};
use countersign::record::key::SecretKey;
use serde_json::Value;

use super::log::by_hand;
use super::pack::{blocks, files, make};
use super::tables::{Files, Packs, cut, registry, replace, told};
use super::tools::{has_tools, tool};
use super::vectors::HR;
use super::{printed, text};

/// Each says exactly this that is wrong with the tables and pages, and nothing of other files.
#[track_caller]
fn check(packs: &Packs, forge: impl FnOnce(&mut Files), script: &[&str], program: &str) {
    let [(said, code), (verified, verdict)] = told(&packs.forged(forge));
    assert_eq!((code, verdict), (Some(1), Some(1)), "{said}{verified}");
    let wrong: Vec<&str> = said.lines().filter_map(|line| line.strip_prefix("FAIL ")).collect();
    assert_eq!(wrong.len(), script.len(), "{said}");
    for (line, words) in wrong.iter().zip(script) {
        assert!(line.starts_with(words), "{words}\n{said}");
    }
    let differences = if wrong.len() == 1 { "\n1 difference\n" } else { "\n2 differences\n" };
    assert!(said.contains(differences), "{said}");
    let verified = verified.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(verified.contains(program), "{program}\n{verified}");
    for other in ["README.txt:", "index.html:", "roster.txt:", "is no part of the pack"] {
        assert!(!verified.contains(other), "{other}\n{verified}");
    }
}

/// Six lines blamed README.txt and index.html, which were untouched, for a status in population.csv.
#[test]
fn a_cell_is_named_and_not_the_pages_that_are_right() {
    let Some(packs) = Packs::made_with(&[]) else { return };
    let status = "population.csv: 00003: status is 'complete', and the log says 'not started'";
    check(&packs, |files| replace(files, "population.csv", ",not started,", ",complete,"), &[status], status);
    let held = packs.cell("reviews.csv", "012345", "record");
    let level = format!("records.csv: 012345, {held}: identity is 'pass', and the log says 'unknown'");
    check(&packs, |files| replace(files, "records.csv", ",unknown,", ",pass,"), &[&level], &level);
    // What is HR's word alone is told by the tables and a page, and which of the two is right by neither.
    let [(said, _), _] = told(&packs.forged(|files| replace(files, "index.html", "=Linus Third", "Linus")));
    assert_eq!(said.matches("FAIL ").count(), 1, "{said}");
    assert!(said.contains("where a page and a table differ, one of the two was\naltered"), "{said}");
}

/// Eleven lines blamed files that were right for a row that was not there, and none said whose it was.
#[test]
fn a_row_that_is_missing_is_named_and_not_what_tells_of_the_same_person() {
    let Some(packs) = Packs::made_with(&[]) else { return };
    let row = "population.csv: has no row of 012345, whom numbers.txt names";
    let script = ["population.csv: has no row of 012345, whom numbers.txt names"];
    check(&packs, |files| cut(files, "population.csv", "012345,"), &script, row);
    let line = "numbers.txt: has no line of 00003, of whom population.csv has a row";
    let script = ["numbers.txt: has no line of 00003, of whom population.csv has a row"];
    check(&packs, |files| cut(files, "numbers.txt", "00003"), &script, line);
    let script = [
        "population.csv: has no row of 00003, whom numbers.txt names",
        "numbers.txt: has no line of 00009, of whom population.csv has a row",
    ];
    let other =
        "population.csv: has no row of 00003, whom numbers.txt names numbers.txt: has no line of 00009, of";
    check(&packs, |files| replace(files, "population.csv", "00003,", "00009,"), &script, other);
    // Of the pages it was said that there were no tables.
    let [(said, _), (verified, _)] = told(&packs.forged(|files| cut(files, "population.csv", "00003,")));
    assert!(said.contains("not compared: README.txt and index.html"), "{said}");
    assert!(verified.contains("not all of the tables could be made again (above)"), "{verified}");
    // A record is found again by its entry.
    let held = packs.cell("reviews.csv", "012345", "record");
    let words = format!("records.csv: 012345, {held}: the row is missing");
    check(&packs, |files| cut(files, "records.csv", &format!("012345,{held}")), &[&words], &words);
}

/// The tables passed although nobody had compared them.
#[test]
fn tables_that_rest_on_a_missing_file_do_not_pass() {
    let Some(packs) = Packs::made_with(&[]) else { return };
    for missing in ["numbers.txt", "log/people.txt"] {
        let [_, (verified, _)] = told(&packs.forged(|files| {
            files.remove(missing);
        }));
        for words in
            [&*format!("{missing} is missing"), "could be made again: for what", "wrong: files, tables;"]
        {
            assert!(verified.contains(words), "{missing}: {verified}");
        }
    }
}

/// It was told in six lines, of files that were right; and the file of secrets was named, which says who it is.
#[test]
fn whom_the_log_calls_otherwise_is_named() {
    let Some(packs) = Packs::made_with(&[]) else { return };
    let pseudonym = packs.cell("population.csv", "012345", "in the log");
    let other = format!("sha256:{}", "7".repeat(64));
    let words = format!(
        "population.csv: 012345: in the log is '{other}', and by the rest of the pack it would be '{pseudonym}'"
    );
    check(&packs, |files| replace(files, "population.csv", &pseudonym, &other), &[&words], &words);
    let nothing = format!(
        "population.csv: 012345: in the log is nothing, and by the rest of the pack it would be '{pseudonym}'"
    );
    check(&packs, |files| replace(files, "population.csv", &pseudonym, ""), &[&nothing], &nothing);
    // The log has no entry about 00003, so nothing tells which of the two was altered.
    let unknown = packs.cell("population.csv", "00003", "in the log");
    let words = "population.csv and log/people.txt: 00003 is not the same in the log";
    check(&packs, |files| replace(files, "population.csv", &unknown, &other), &[words], words);
    // A secret of somebody's own making leads to nobody whom the log knows.
    let [(said, _), (verified, _)] = told(&packs.forged(|files| {
        let salt = Salt::from_bytes([7; 32]);
        let made = Pseudonym::of("012345", &salt).digest().to_string().replace("sha256:", "");
        let line = text(&files["log/people.txt"]);
        let line = line.lines().find(|line| line.ends_with(" 012345")).expect("a line");
        replace(files, "log/people.txt", line, &format!("{made} {} 012345", "07".repeat(32)));
    }));
    for said in [said, verified] {
        assert!(said.contains("log/people.txt: 012345 is not who population.csv says in the log"), "{said}");
        assert!(!said.contains("population.csv: 012345: in the log"), "{said}");
    }
}

/// Two lines were said to be in another order, and not whose; and a row that was there twice was told of the other file.
#[test]
fn who_stands_where_another_must_is_named() {
    let Some(packs) = Packs::made_with(&[]) else { return };
    let twice = "numbers.txt: has 00003 more than once";
    check(
        &packs,
        |files| replace(files, "numbers.txt", "00003\n", "00003\n00003\n"),
        &["numbers.txt: has 00003 more than once"],
        twice,
    );
    let doubled = |files: &mut Files| {
        let table = text(&files["population.csv"]);
        let row = table.split_inclusive('\n').find(|row| row.starts_with("00003,")).expect("a row");
        replace(files, "population.csv", row, &row.repeat(2));
    };
    check(
        &packs,
        doubled,
        &["population.csv: has 00003 more than once"],
        "population.csv: has 00003 more than once",
    );
    let other = "numbers.txt: has 012345 where 00003 must stand";
    check(
        &packs,
        |files| replace(files, "numbers.txt", "00003\n012345\n", "012345\n00003\n"),
        &["numbers.txt: has 012345 where 00003 must stand"],
        other,
    );
    let exchanged = |files: &mut Files| {
        let table = text(&files["population.csv"]);
        let mut rows: Vec<&str> = table.split_inclusive('\n').collect();
        rows.swap(1, 2);
        files.insert("population.csv".to_owned(), rows.concat().into_bytes());
    };
    check(
        &packs,
        exchanged,
        &["population.csv: has 012345 where 00003 must stand"],
        "population.csv: has 012345 where 00003 must stand",
    );
}

/// The table of people was blamed for an exception that it tells as it is, and a row was told as missing that is there.
#[test]
fn a_cell_of_an_exception_is_named() {
    let Some(packs) = Packs::made_with(&[]) else { return };
    let cell = |column| packs.cell("waivers.csv", "12345", column);
    let (id, until, given) = (cell("waiver"), cell("until"), cell("given"));
    for (column, says) in [("until", &until), ("given", &given)] {
        let other = "2031-02-03T04:05:06Z";
        let words = format!("waivers.csv: 12345, {id}: {column} is '{other}', and the log says '{says}'");
        let row = |given: &str, until: &str| format!("12345,{id},{given},{until},");
        let (from, to) = (row(&given, &until), row(&given, &until).replace(says.as_str(), other));
        check(&packs, |files| replace(files, "waivers.csv", &from, &to), &[&words], &words);
    }
    let other = "00000000-0000-4000-8000-000000000000";
    let words =
        format!("waivers.csv: 12345, {other}: waiver is '{other}', and its file in waivers says '{id}'");
    check(&packs, |files| replace(files, "waivers.csv", &id, other), &[&words], &words);
}

/// Each cell of the rows was told, and README.txt and index.html were blamed with them; and the one that was altered was not.
#[test]
fn a_name_in_the_log_that_only_others_fit_is_named_outside_the_sample() {
    let Some(packs) = Packs::made_with(&["--sample", "1", "--seed", "seed 1"]) else { return };
    let [one, other] = ["012345", "12345"].map(|number| packs.cell("population.csv", number, "in the log"));
    let words = |number: &str, says: &str, should: &str| {
        format!(
            "population.csv: {number}: in the log is '{says}', and by the rest of the pack it would be '{should}'"
        )
    };
    let exchange = |files: &mut Files| {
        replace(files, "population.csv", &one, "between");
        replace(files, "population.csv", &other, &one);
        replace(files, "population.csv", "between", &other);
    };
    let exchanged = [words("012345", &other, &one), words("12345", &one, &other)];
    check(&packs, exchange, &exchanged.each_ref().map(String::as_str), &exchanged.join(" "));
    let stranger = format!("sha256:{}", "7".repeat(64));
    let of_nobody = words("12345", &stranger, &other);
    check(&packs, |files| replace(files, "population.csv", &other, &stranger), &[&of_nobody], &of_nobody);
    let twice = words("12345", &one, &other);
    check(&packs, |files| replace(files, "population.csv", &other, &one), &[&twice], &twice);
    // Where something else is altered, too, nothing but the entries speaks, and each cell is told.
    let [(said, _), (verified, _)] = told(&packs.forged(|files| {
        replace(files, "population.csv", &other, &stranger);
        replace(files, "population.csv", ",waived,", ",complete,");
    }));
    for said in [said, verified] {
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        for words in ["12345: status is 'complete', and the log says", &format!("names {other} is missing")] {
            assert!(said.contains(words), "{words}\n{said}");
        }
    }
}

/// Ten lines told of two files that were exchanged, most of them of a table that was right.
#[test]
fn records_that_are_exchanged_are_named_and_not_what_they_agree_to() {
    let Some(packs) = Packs::made_with(&[]) else { return };
    let mut words = Vec::new();
    let exchange = |files: &mut Files| {
        let table = text(&files["records.csv"]);
        let mut reader = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
        let rows: Vec<Vec<String>> = reader.deserialize().map(|row| row.expect("a row")).collect();
        let [one, other] = [&rows[0], &rows[1]].map(|row| row[2].clone());
        let (first, second) = (files[&one].clone(), files[&other].clone());
        files.insert(one, second);
        files.insert(other, first);
        let told = |row: &Vec<String>| {
            format!("records.csv: {}, {}: {} is another record, or somebody else's", row[0], row[1], row[2])
        };
        words = rows[..2].iter().map(told).collect();
    };
    let folder = packs.forged(exchange);
    let [(said, _), (verified, _)] = told(&folder);
    let wrong: Vec<&str> = said.lines().filter_map(|line| line.strip_prefix("FAIL ")).collect();
    assert_eq!(wrong, words, "{said}");
    let verified = verified.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.iter().all(|words| verified.contains(words)), "{words:?}\n{verified}");
    assert!(!verified.contains("acknowledgements.csv: "), "{verified}");
}

/// Besides, the version was said to be missing, or to be here with other content, in the verdict of each record.
#[test]
fn an_archive_that_is_another_is_named_and_not_what_was_taken_from_it() {
    let Some(packs) = Packs::made_with(&[]) else { return };
    let check = |name: &str, script: &str, program: &str| {
        let mut path = String::new();
        let folder = packs.forged(|files| {
            path = files.keys().find(|path| path.starts_with("courses/vector")).expect("a course").clone();
            let taught = archive::read(&files[&path]).expect("a course");
            let more = [(&name.to_owned(), &b"more".to_vec())];
            files.insert(path.clone(), archive::archive(taught.iter().chain(more)).expect("an archive"));
        });
        let [(said, code), (verified, verdict)] = told(&folder);
        assert_eq!((code, verdict), (Some(1), Some(1)), "{said}{verified}");
        assert!(
            said.contains(&format!("FAIL {path}: {script}")) && said.contains("\n1 difference\n"),
            "{said}"
        );
        let verified = verified.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(verified.contains(&format!("contents fail {path}: {program}")), "{verified}");
        for words in ["tables fail", "pages fail", "content fail"] {
            assert!(!verified.contains(words), "{words}\n{verified}");
        }
    };
    let other = "is another course than the one of its name";
    check("lessons/more.md", other, other);
    check("lessons/a\u{202e}b.md", other, other);
    check("../more.md", "has what is no part of a course: ../more.md", "../more.md: no name for a file");
}

/// A pack whose last entry HR has dated otherwise, with its head and all proofs made again, and the index of that entry.
fn dated(packs: &Packs, at: &str) -> (PathBuf, usize) {
    let mut last = 0;
    let forged = packs.forged(|files| {
        let mut lines: Vec<String> = text(&files["log/entries.jsonl"]).lines().map(str::to_owned).collect();
        last = lines.len() - 1;
        let mut entry: Value = serde_json::from_str(&lines[last]).expect("JSON");
        entry["at"] = at.into();
        lines[last] =
            String::from_utf8(serde_json_canonicalizer::to_vec(&entry).expect("JSON")).expect("text");
        with_log(files, &lines);
    });
    (forged, last)
}

#[test]
fn an_entry_that_is_dated_back_is_named() {
    let Some(packs) = Packs::made_with(&[]) else { return };
    let (forged, last) = dated(&packs, "2026-01-02T03:04:05Z");
    let words = format!(
        "log/entries.jsonl: entry {last} is dated 2026-01-02T03:04:05Z, before the entry in front of it, 20"
    );
    let [(said, code), (verified, verdict)] = told(&forged);
    assert_eq!((code, verdict), (Some(1), Some(1)), "{said}{verified}");
    assert!(said.contains(&format!("FAIL {words}")) && said.contains("\n1 difference\n"), "{said}");
    let verified = verified.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(verified.contains(&words) && verified.contains("the pack: wrong: log"), "{verified}");
}

/// What goes back is seen by comparing texts, so each has to be a time.
#[test]
fn an_entry_that_is_dated_by_no_time_is_named() {
    let Some(packs) = Packs::made_with(&[]) else { return };
    for at in ["2999-11-31T00:00:00Z", "2999-11-30T23:59:60Z", "2999-11-30T00:00:00.0Z"] {
        let (forged, last) = dated(&packs, at);
        let [(said, code), (verified, verdict)] = told(&forged);
        assert_eq!((code, verdict), (Some(1), Some(1)), "{said}{verified}");
        assert!(
            said.contains(&format!("log/entries.jsonl: entry {last} is dated {at}, which is no time")),
            "{said}"
        );
        let readme = fs::read_to_string(forged.join("README.txt")).expect("a README");
        let block =
            blocks(&readme).into_iter().find(|block| block.contains("log.py entries")).expect("a command");
        let output = tool("sh").args(["-e", "-c", &block]).current_dir(&forged).output().expect("it starts");
        let said = text(&output.stdout) + &text(&output.stderr);
        assert!(
            !output.status.success() && said.contains(&format!("is dated {at}, which is no time")),
            "{said}"
        );
    }
}

/// The log of a pack made again from these lines, with its head and whatever leads to that, as HR can.
pub(super) fn with_log(files: &mut Files, lines: &[String]) {
    with_log_of(files, lines, &SecretKey::from_seed(&HR));
}

/// The same of somebody's log.
pub(super) fn with_log_of(files: &mut Files, lines: &[String], key: &SecretKey) {
    let log: VerifierKey = text(&files["log/key"]).trim().parse().expect("a key");
    let mut tree = Tree::new(MemoryTiles::default(), Size::ZERO);
    let size = tree.append(lines.iter().map(|line| Hash::of_leaf(line.as_bytes()))).expect("appended");
    let head = Checkpoint { origin: log.origin().clone(), size, root: tree.root().expect("a root") };
    let note = head.sign(key);
    for (path, bytes) in files.iter_mut().filter(|(path, _)| path.ends_with(".tlog-proof")) {
        let index = text(bytes).lines().find_map(|line| line.strip_prefix("index ")?.parse::<usize>().ok());
        let index = index.expect(path);
        let proof = tree.inclusion(Index::new(index as u64).expect("an index"), size).expect("a proof");
        // Of what is no entry there is no receipt.
        let Ok(receipt) = Receipt::new(lines[index].clone().into_bytes(), proof, note.clone()) else {
            continue;
        };
        *bytes = receipt.to_string().into_bytes();
    }
    files.insert("log/checkpoint".to_owned(), note.to_string().into_bytes());
    files.insert("log/entries.jsonl".to_owned(), (lines.join("\n") + "\n").into_bytes());
}

/// Which column it is was left to be found.
#[test]
fn a_column_that_is_another_is_named() {
    let Some(packs) = Packs::made_with(&[]) else { return };
    let words =
        "records.csv: the columns are not what they must be: column 7 is 'possible', and it must be 'earned'";
    check(
        &packs,
        |files| replace(files, "records.csv", "earned,possible", "possible,earned"),
        &[words],
        words,
    );
}

/// Who decided was altered in the registry, and the pack told: three lines, one of them that the log had no reason.
#[test]
fn an_altered_decision_is_told_once() {
    if !has_tools() {
        return;
    }
    let registry = registry();
    by_hand(&registry, "UPDATE decision SET \"by\" = 'C. Chief'");
    printed(&make(&registry, "altered", &[]), 1);
    let folder = registry.inbox().join("altered");
    assert!(text(&files(&folder)["reviews.csv"]).contains("C. Chief"));
    for (said, code) in told(&folder) {
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains("log/opened.jsonl: the text of entry "), "{said}");
        assert!(!said.contains("reviews.csv: 012345"), "{said}");
    }
}

/// One file that is not here was told as three that were invented.
#[test]
fn what_follows_from_a_fault_is_not_told_beside_it() {
    let Some(packs) = Packs::made() else { return };
    let record = packs.cell("records.csv", "012345", "file");
    let folder = packs.forged(|files| drop(files.remove(&record).expect("a record")));
    let [_, (said, code)] = told(&folder);
    assert!(code == Some(1) && said.contains(&format!("{record} is missing")), "{said}");
    for words in ["nothing in the log is behind", "is no part of the pack", "README.txt:", "index.html:"] {
        assert!(!said.contains(words), "{words}: {said}");
    }
    let folder = packs.forged(|files| {
        let entries = files.get_mut("log/entries.jsonl").expect("entries");
        let end = entries[..entries.len() - 1].iter().rposition(|byte| *byte == b'\n').expect("two lines");
        entries.truncate(end + 1);
    });
    let [(said, code), _] = told(&folder);
    assert_eq!((said.matches("FAIL").count(), code), (1, Some(1)), "{said}");
    assert!(
        said.contains("these are not the entries under log/checkpoint, so nothing can be compared"),
        "{said}"
    );
}
