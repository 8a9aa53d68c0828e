//! What was altered in a pack is named, by both programs, and what only follows from it is not.

use super::log::by_hand;
use super::pack::{files, has_tools, make};
use super::tables::{Files, Packs, cut, registry, replace, told};
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
    let row = "population.csv has no row of 012345, whom numbers.txt names";
    let script = ["population.csv: has no row of 012345, whom numbers.txt names"];
    check(&packs, |files| cut(files, "population.csv", "012345,"), &script, row);
    let line = "numbers.txt has no line of 00003, of whom population.csv has a row";
    let script = ["numbers.txt: has no line of 00003, of whom population.csv has a row"];
    check(&packs, |files| cut(files, "numbers.txt", "00003"), &script, line);
    let script = [
        "population.csv: has no row of 00003, whom numbers.txt names",
        "numbers.txt: has no line of 00009, of whom population.csv has a row",
    ];
    let other =
        "population.csv has no row of 00003, whom numbers.txt names; numbers.txt has no line of 00009, of";
    check(&packs, |files| replace(files, "population.csv", "00003,", "00009,"), &script, other);
    check(
        &packs,
        |files| replace(files, "numbers.txt", "00003\n", "00003\n00003\n"),
        &["numbers.txt: has the people of population.csv in another order, or somebody twice"],
        "numbers.txt has the people of population.csv in another order, or somebody twice",
    );
    // Of the pages it was said that there were no tables.
    let [(said, _), (verified, _)] = told(&packs.forged(|files| cut(files, "population.csv", "00003,")));
    assert!(said.contains("not compared: statuses, the other tables, README.txt and index.html"), "{said}");
    assert!(verified.contains("the tables could not be made again (above)"), "{verified}");
    // A record is found again by its entry.
    let held = packs.cell("reviews.csv", "012345", "record");
    let script = format!("records.csv: the record {held} of 012345 is missing");
    let program = format!("records.csv: 012345, {held}: the row is missing");
    check(&packs, |files| cut(files, "records.csv", &format!("012345,{held}")), &[&script], &program);
}

/// Somebody's line is not read for another's.
#[test]
fn whom_the_log_calls_otherwise_is_named() {
    let Some(packs) = Packs::made_with(&[]) else { return };
    let pseudonym = packs.cell("population.csv", "012345", "in the log");
    let other = format!("sha256:{}", "7".repeat(64));
    let [(said, _), _] = told(&packs.forged(|files| replace(files, "population.csv", &pseudonym, &other)));
    assert_eq!(said.matches("FAIL ").count(), 1, "{said}");
    assert!(said.contains("log/people.txt: population.csv says another pseudonym of 012345"), "{said}");
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
