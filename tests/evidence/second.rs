//! What was altered in a pack is told in the same words by both programs, all of it, and nothing that is right.

use std::process::Command;

use countersign::log::VerifierKey;
use countersign::record::key::SecretKey;
use countersign::record::ssh;
use countersign::registry::change::{Audience, RuleSet, Trigger};
use countersign::registry::evidence::{NAMESPACE, Sample};
use countersign::registry::{Change, PersonNumber};
use countersign::store::registry::RegistryStore as _;
use uuid::Uuid;

use super::registry::{Registry, now, roster};
use super::tables::{Files, Packs, cut, replace, told};
use super::tools::has_tools;
use super::{excepted_from, json, printed, text};

/// A pack with a sample of which `12345` and `012345` are no part.
const SPARING: &[&str] = &["--sample", "1", "--seed", "seed 1"];

/// What the script says is wrong, and what our program does, in the order of the words and without what only one looks at.
fn wrong(packs: &Packs, forge: impl FnOnce(&mut Files)) -> [Vec<String>; 2] {
    let folder = packs.forged(forge);
    let [(said, code), _] = told(&folder);
    assert_eq!(code, Some(1), "{said}");
    let mut script: Vec<String> =
        said.lines().filter_map(|line| line.strip_prefix("FAIL ")).map(str::to_owned).collect();
    let verify = Command::new(env!("CARGO_BIN_EXE_countersign"))
        .args(["verify", ".", "--json"])
        .current_dir(&folder)
        .output();
    let said = json(&verify.expect("it starts"), 1);
    let findings = said["pack"].as_object().expect("findings").values();
    let failed = findings.filter(|finding| finding["outcome"] == "fail");
    let reasons = failed.flat_map(|finding| finding["reasons"].as_array().expect("reasons"));
    let mut program: Vec<String> =
        reasons.map(|reason| reason.as_str().expect("words").replace('"', "'")).collect();
    script.sort();
    program.sort();
    [script, program]
}

/// Both say this, and nothing else.
#[track_caller]
fn check(packs: &Packs, forge: impl FnOnce(&mut Files), words: &[&str]) {
    let [script, program] = wrong(packs, forge);
    let mut words: Vec<&str> = words.to_vec();
    words.sort_unstable();
    for said in [&script, &program] {
        let is_so =
            said.len() == words.len() && said.iter().zip(&words).all(|(said, words)| said.starts_with(words));
        assert!(is_so, "{words:#?}\n{script:#?}\n{program:#?}");
    }
}

/// A status, of which it is told whatever else cannot be compared.
fn other_status(files: &mut Files) {
    replace(files, "population.csv", ",waived,", ",complete,");
}

const STATUS: &str = "population.csv: 12345: status is 'complete', and the log says 'waived'";

/// What somebody agreed to was not compared where their record was altered, exchanged or taken away.
#[test]
fn what_was_agreed_to_is_told_beside_a_record_that_is_not_here() {
    let Some(packs) = Packs::made_with(&[]) else { return };
    let [held, first] = [("reviews.csv", "record"), ("population.csv", "record")]
        .map(|(path, column)| packs.cell(path, "012345", column));
    let first = if first == held { packs.cell("records.csv", "012345", "record") } else { first };
    let short = |record: &str| record["sha256:".len()..][..8].to_owned();
    let path = |record: &str| {
        let end = format!("_{}.completion.json", short(record));
        packs.whole.keys().find(|path| path.ends_with(&end)).expect("a record").clone()
    };
    let (one, other) = (path(&first), path(&held));
    let about = format!("acknowledgements.csv: 012345, {first}");
    let statement = format!("{about}: statement is 'I agree, to all', and the record says '");
    let missing = format!("{about}: the row is missing");
    let agree = |files: &mut Files| {
        let table = text(&files["acknowledgements.csv"]);
        let row = table.lines().find(|row| row.contains(&first)).expect("a row");
        let said = super::tables::cell(files, "acknowledgements.csv", "012345", "statement");
        let altered = row.replace(&said, "I agree, to all");
        replace(files, "acknowledgements.csv", row, &altered);
    };
    let drop_row = |files: &mut Files| {
        let table = text(&files["acknowledgements.csv"]);
        let row = table.split_inclusive('\n').find(|row| row.contains(&first)).expect("a row");
        replace(files, "acknowledgements.csv", row, "");
    };
    let exchange = |files: &mut Files| {
        let (first, second) = (files[&one].clone(), files[&other].clone());
        files.insert(one.clone(), second);
        files.insert(other.clone(), first);
    };
    let exchanged = [(&first, &one), (&held, &other)].map(|(record, path)| {
        format!("records.csv: 012345, {record}: {path} is another record, or somebody else's")
    });
    for (alter, words) in [(&agree as &dyn Fn(&mut Files), &statement), (&drop_row, &missing)] {
        let all = [&exchanged[0], &exchanged[1], words].map(String::as_str);
        check(
            &packs,
            |files| {
                exchange(files);
                alter(files);
            },
            &all,
        );
        // A record that was altered is told by its signature or by its digest.
        for is_gone in [true, false] {
            let [script, program] = wrong(&packs, |files| {
                if is_gone {
                    files.remove(&one);
                } else {
                    replace(files, &one, "Ada", "Eve");
                }
                alter(files);
            });
            for said in [script, program] {
                assert!(said.iter().any(|said| said.starts_with(words.as_str())), "{words}\n{said:#?}");
                let others =
                    said.iter().filter(|said| !said.starts_with(words.as_str()) && !said.contains(&one));
                assert_eq!(others.count(), 0, "{said:#?}");
            }
        }
    }
    // When they agreed nothing else says.
    let at = super::tables::cell(&packs.whole, "acknowledgements.csv", "012345", "agreed");
    let [script, program] = wrong(&packs, |files| {
        replace(files, &one, "Ada", "Eve");
        replace(files, &other, "Ada", "Eve");
        replace(files, "acknowledgements.csv", &at, "2031-02-03T04:05:06Z");
    });
    for said in [script, program] {
        let is_told = said.iter().any(|said| {
            said.contains("agreed is '2031-02-03T04:05:06Z', and records/")
                && said.ends_with(": one of the two was altered")
        });
        assert!(is_told, "{said:#?}");
    }
}

/// One cell that could not be read was told alone, and not which row it was in.
#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_compared() {
    let Some(packs) = Packs::made_with(&[]) else { return };
    let beside = |alter: &dyn Fn(&mut Files), words: &str| {
        let forge = |files: &mut Files| {
            alter(files);
            other_status(files);
        };
        check(&packs, forge, &[words, STATUS]);
    };
    let [first_seen, person] =
        ["first seen", "in the log"].map(|column| packs.cell("population.csv", "00003", column));
    let (from, to) = (format!(",{first_seen},{person}"), format!(",soon,{person}"));
    for (from, to, words) in [
        (from.as_str(), to.as_str(), "first seen is 'soon', which is no time in whole seconds UTC"),
        (
            "at work,,not started",
            "at rest,,not started",
            "on the roster is 'at rest', which is no word of this column",
        ),
        ("at work,,not started", "at work,never,not started", "hired is 'never', which is no day"),
    ] {
        let words = format!("population.csv: 00003: {words}");
        beside(&|files| replace(files, "population.csv", from, to), &words);
    }
    let strange = |files: &mut Files| drop(files.insert("log/left-out.txt".to_owned(), b"nobody\n".to_vec()));
    beside(&strange, "log/left-out.txt:1: is no digest");
    let row = "population.csv: has no row of 00003, whom numbers.txt names";
    beside(&|files| cut(files, "population.csv", "00003,"), row);
    beside(&|files| drop(files.remove("log/people.txt")), "log/people.txt");
    // Of whom there are records, exceptions and decisions.
    let line = "numbers.txt: has no line of 012345, of whom population.csv has a row";
    beside(&|files| cut(files, "numbers.txt", "012345"), line);
    let other = |files: &mut Files| {
        replace(files, "population.csv", "\r\n012345,", "\r\n0123456,");
        other_status(files);
    };
    let row = "population.csv: has no row of 012345, whom numbers.txt names";
    let line = "numbers.txt: has no line of 0123456, of whom population.csv has a row";
    check(&packs, other, &[row, line, STATUS]);
    let Some(spared) = Packs::made_with(SPARING) else { return };
    let waiver = spared.cell("waivers.csv", "12345", "waiver");
    let unnamed = |files: &mut Files| {
        replace(files, "waivers.csv", &waiver, "x");
        replace(files, "population.csv", ",not started,", ",complete,");
    };
    let status = "population.csv: 00003: status is 'complete', and the log says 'not started'";
    check(&spared, unnamed, &["waivers.csv: 12345: 'x' is no identifier of a waiver", status]);
}

/// A text that was hidden or altered was told with the statuses, decisions and pages that follow from it, all of which were right.
#[test]
fn what_a_text_of_the_log_says_is_not_guessed() {
    let Some(packs) = Packs::made_with(&[]) else { return };
    let entry = |words: &str| {
        let opened = text(&packs.whole["log/opened.jsonl"]);
        let line = opened.lines().find(|line| line.contains(words)).expect("a line").to_owned();
        let said: serde_json::Value = serde_json::from_str(&line).expect("JSON");
        (line, said["entry"].to_string())
    };
    for (words, other, lacks) in [
        ("notice_days", "notice_dayz", "the rule of entry"),
        ("rang her", "rang him", "the text of entry"),
        ("back, ", "gone, ", "the text of entry"),
        ("validityDays", "validityDayz", "for how long the course of entry"),
    ] {
        let (line, index) = entry(words);
        let hide = |files: &mut Files| {
            cut(files, "log/opened.jsonl", &line);
            other_status(files);
        };
        check(&packs, hide, &[&format!("log/opened.jsonl: {lacks} {index}"), STATUS]);
        let alter = |files: &mut Files| {
            replace(files, "log/opened.jsonl", &line, &line.replace(words, other));
            other_status(files);
        };
        let words = format!("log/opened.jsonl: the text of entry {index} is not the one that was logged");
        check(&packs, alter, &[&words, STATUS]);
    }
}

/// Where a secret was taken away or altered, the exception of that person was said not to be what was logged.
#[test]
fn a_secret_that_is_another_is_named_and_not_what_it_opens() {
    let Some(packs) = Packs::made_with(&[]) else { return };
    let people = text(&packs.whole["log/people.txt"]);
    let line = people.lines().find(|line| line.ends_with(" 12345")).expect("a line");
    let (pseudonym, salt) = (&line[..64], &line[65..129]);
    let alter = |with: String| {
        move |files: &mut Files| {
            replace(files, "log/people.txt", &format!("{line}\n"), &with);
            other_status(files);
        }
    };
    check(
        &packs,
        alter(String::new()),
        &["log/people.txt: of 12345 it is not told who they are in the log", STATUS],
    );
    let zeros = "0".repeat(64);
    let words = format!("log/people.txt: 12345 is not sha256:{pseudonym}");
    check(&packs, alter(format!("{pseudonym} {zeros} 12345\n")), &[&words, STATUS]);
    let words = format!("log/people.txt: 99999 is not sha256:{pseudonym}");
    check(&packs, alter(format!("{pseudonym} {salt} 99999\n")), &[&words, STATUS]);
    let place = people.lines().position(|other| other == line).expect("a line") + 1;
    let words = format!("log/people.txt:{place}: is no digest with a secret and a number");
    check(&packs, alter("12345\n".to_owned()), &[&words, STATUS]);
}

/// The name of a file was believed, and files that are right were told to be missing or no part of the pack.
#[test]
fn a_cell_that_names_a_file_is_named() {
    let Some(packs) = Packs::made_with(&[]) else { return };
    for (path, row, key) in [("records.csv", "012345", "record"), ("waivers.csv", "12345", "waiver")] {
        let [file, about, entry] = ["file", key, "log entry"].map(|column| packs.cell(path, row, column));
        for (other, says) in [
            ("x.json", "'x.json'"),
            ("../../x", "'../../x'"),
            ("README.txt", "'README.txt'"),
            ("", "nothing"),
        ] {
            let words = format!("{path}: {row}, {about}: file is {says}, and the log says '{file}'");
            check(&packs, |files| replace(files, path, &file, other), &[&words]);
        }
        let words = format!("{path}: {row}, {about}: log entry is '{entry}x', and the log says '{entry}'");
        let (from, to) = if path == "records.csv" {
            (format!(",{entry},"), format!(",{entry}x,"))
        } else {
            (format!(",{entry},{file}"), format!(",{entry}x,{file}"))
        };
        let first = |files: &mut Files| {
            let after = text(&files[path]).replacen(&from, &to, 1);
            files.insert(path.to_owned(), after.into_bytes());
        };
        check(&packs, first, &[&words]);
    }
}

/// Every receipt was blamed for the head that was another.
#[test]
fn the_head_of_the_log_is_named_and_not_what_leads_to_it() {
    let Some(packs) = Packs::made_with(&[]) else { return };
    let head = text(&packs.whole["log/checkpoint"]);
    let signature = head.lines().last().expect("a signature");
    let twice = |files: &mut Files| {
        replace(files, "log/checkpoint", signature, &format!("{signature}\n{signature}"));
        other_status(files);
    };
    check(&packs, twice, &["log/checkpoint: it has other signatures than the one of HR's log", STATUS]);
    // Who signed is not for the script to say.
    for (from, to, script) in [
        (
            "countersign.example",
            "countersign.exampel",
            "log/checkpoint: is not the head that all receipts here lead to",
        ),
        (head.as_str(), "", "log/checkpoint: is no head of a log"),
    ] {
        let [said, program] = wrong(&packs, |files| {
            replace(files, "log/checkpoint", from, to);
            other_status(files);
        });
        assert_eq!(said, [script, STATUS]);
        assert!(program.len() == 1 && program[0].starts_with("log/checkpoint: "), "{program:#?}");
    }
}

/// Its name could be another, and its identifier: the script passed it, and blamed `allowed_signers` for a key with a bit changed.
#[test]
fn a_key_of_the_log_with_any_character_changed_is_named() {
    let Some(packs) = Packs::made_with(&[]) else { return };
    let key = text(&packs.whole["log/key"]);
    let identifier = key.find('+').expect("a name") + 1;
    // In the name, the identifier, the kind of the key, the key, and all that follows it.
    for at in [0, identifier, identifier + 9, identifier + 20, key.len() - 2] {
        let other = if key[at..].starts_with('1') { "2" } else { "1" };
        let forge = |files: &mut Files| {
            let line = format!("{}{other}{}", &key[..at], &key[at + 1..]);
            files.insert("log/key".to_owned(), line.into_bytes());
        };
        let words = "log/key: is no key of a log";
        check_key(&packs, forge, [&[words], &[words, UNSIGNED]]);
    }
    let no_text = |files: &mut Files| drop(files.insert("log/key".to_owned(), b"\xff\n".to_vec()));
    let words = "log/key: is no key of a log";
    check_key(&packs, no_text, [&[words], &[words, UNSIGNED]]);
}

/// Whose signature is under the sums is not for the script to say.
const UNSIGNED: &str = "whose SHA256SUMS.sig is cannot be told without log/key";

/// The script and our program say these words of the key, and what is wrong with a table beside them.
#[track_caller]
fn check_key(packs: &Packs, forge: impl Fn(&mut Files), words: [&[&str]; 2]) {
    for is_table_other in [false, true] {
        let said = wrong(packs, |files| {
            forge(files);
            if is_table_other {
                other_status(files);
            }
        });
        for (said, words) in said.iter().zip(words) {
            let mut words = words.to_vec();
            words.extend(is_table_other.then_some(STATUS));
            words.sort_unstable();
            let is_so = said.len() == words.len()
                && said.iter().zip(&words).all(|(said, words)| said.starts_with(words));
            assert!(is_so, "{words:#?}\n{said:#?}");
        }
    }
}

/// No table was compared where the key of the log was missing or another, and it was said that its entries were not here.
#[test]
fn the_tables_are_held_against_a_log_whose_key_is_missing_or_another() {
    let Some(packs) = Packs::made_with(&[]) else { return };
    let missing = |files: &mut Files| drop(files.remove("log/key"));
    let words = ["log/key is missing", "log/key is missing: whose log this is cannot be told; ", UNSIGNED];
    check_key(&packs, missing, [&["log/key: is missing"], &words]);
    let own: VerifierKey = text(&packs.whole["log/key"]).trim().parse().expect("a key");
    let stranger = SecretKey::from_seed(&[9; 32]).public();
    let elsewhere = "other.example".parse().expect("a name");
    let another = "log/key: is not the key that the log names in its first entry";
    let signers = "allowed_signers does not name the key that the log names, and it alone";
    for key in [VerifierKey::new(own.origin().clone(), stranger), VerifierKey::new(elsewhere, stranger)] {
        let change =
            |files: &mut Files| drop(files.insert("log/key".to_owned(), format!("{key}\n").into_bytes()));
        check_key(&packs, change, [&["allowed_signers: does not name", another], &[another]]);
        // Who may have signed can be changed with it.
        let with_signers = |files: &mut Files| {
            change(files);
            let line = ssh::allowed_signer("hr", NAMESPACE, &stranger);
            files.insert("allowed_signers".to_owned(), line.into_bytes());
        };
        let own =
            format!("signed with the key {}, which the log names and log/key does not", own.key().did());
        check_key(&packs, with_signers, [&[another], &[signers, another, &own]]);
    }
    // What is signed under another name is of another log.
    let renamed = VerifierKey::new("other.example".parse().expect("a name"), own.key());
    let rename =
        |files: &mut Files| drop(files.insert("log/key".to_owned(), format!("{renamed}\n").into_bytes()));
    check_key(&packs, rename, [&[another], &[another]]);
}

/// Two people who stand alike but for an exception that was taken back: another table was blamed, which was right.
#[test]
fn people_are_told_apart_by_what_other_tables_say() {
    if !has_tools() {
        return;
    }
    let registry = Registry::new();
    let rule = RuleSet {
        at: now(),
        id: Uuid::from_u128(7),
        course: "vector-course".parse().expect("an id"),
        trigger: Trigger::Every { months: 12, notice_days: 30 },
        audience: Audience::default(),
        by: "HR".to_owned(),
    };
    let changes = [
        roster(&[("70001", "Ada First"), ("70002", "Bob Second"), ("70003", "Cy Third")]),
        Change::RuleSet(rule),
    ];
    registry.store().save(&changes).expect("saved");
    let waived = excepted_from(&registry, "70001", "away");
    printed(&registry.run(&["waive", "--revoke", &waived, "--by", "J. Doe", "--reason", "back"]), 0);
    excepted_from(&registry, "70003", "away");
    let numbers = ["012345", "12345", "70001", "70002", "70003"]
        .map(|number| PersonNumber::new(number).expect("a number"));
    let mut seeds = (0..).map(|seed: u32| format!("seed {seed}"));
    let draws_another = |seed: &String| {
        let drawn = Sample { seed: seed.clone(), size: 1 }.draw(&numbers);
        drawn.iter().all(|number| !["70001", "70002"].contains(&number.as_str()))
    };
    let seed = seeds.find(draws_another).expect("some seed draws another");
    let packs = Packs::of(registry, &["--sample", "1", "--seed", &seed]);
    let [one, other] = ["70001", "70002"].map(|number| packs.cell("population.csv", number, "in the log"));
    let exchange = |files: &mut Files| {
        replace(files, "population.csv", &one, "between");
        replace(files, "population.csv", &other, &one);
        replace(files, "population.csv", "between", &other);
    };
    let words = [("70001", &other, &one), ("70002", &one, &other)].map(|(number, says, should)| {
        format!("population.csv: {number}: in the log is '{says}', and by the rest of the pack it would be '{should}'")
    });
    check(&packs, exchange, &words.each_ref().map(String::as_str));
    // How an exception goes that has no row nobody can tell; the nil identifier was made up for it.
    let [given, until] = ["given", "until"].map(|column| packs.cell("waivers.csv", "70001", column));
    let words = format!("waivers.csv: 70001: the exception of {given} until {until} is missing");
    check(&packs, |files| cut(files, "waivers.csv", "70001,"), &[&words]);
}

/// How an exception goes outside the sample is HR's word, but for that no two go alike.
#[test]
fn no_two_exceptions_have_one_identifier() {
    let Some(packs) = Packs::made_with(SPARING) else { return };
    let [first, second] = ["012345", "12345"].map(|number| packs.cell("waivers.csv", number, "waiver"));
    let alike = |files: &mut Files| {
        replace(files, "waivers.csv", &second, &first);
        replace(files, "population.csv", &second, &first);
    };
    let words = format!("waivers.csv: 12345, {first}: another exception has this identifier, too");
    check(&packs, alike, &[&words]);
}

/// A row with a cell more was passed by one, and its table said by the other to be in another order.
#[test]
fn a_row_of_another_length_is_named() {
    let Some(packs) = Packs::made_with(&[]) else { return };
    let held = packs.cell("reviews.csv", "012345", "record");
    let more = |files: &mut Files| {
        let after = text(&files["reviews.csv"]).trim_end().to_owned() + ",more\r\n";
        files.insert("reviews.csv".to_owned(), after.into_bytes());
    };
    let [script, program] = wrong(&packs, more);
    assert_eq!(script, ["reviews.csv: 012345: has 8 cells, and must have 7"]);
    assert_eq!(program, [format!("reviews.csv: 012345, {held}: has 8 cells, and must have 7")]);
}
