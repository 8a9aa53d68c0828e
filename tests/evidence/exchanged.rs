//! What HR may exchange, slip in, leave out or tell twice in a pack and sign again: both programs name it.

use countersign::course::pack as archive;

use super::tables::{Files, Packs, both, replace, told};
use super::text;

/// A pack with a sample of which `12345` and `012345` are no part, so that little of what is told of them is opened.
const SPARING: &[&str] = &["--sample", "1", "--seed", "seed 1"];

fn paths(files: &Files, begin: &str, end: &str) -> Vec<String> {
    files.keys().filter(|path| path.starts_with(begin) && path.ends_with(end)).cloned().collect()
}

/// Each was the assignment of its person, and whoever opened one read another.
#[test]
fn two_assignments_are_exchanged() {
    let Some(packs) = Packs::made_with(&[]) else { return };
    let mut exchanged = Vec::new();
    let exchange = |files: &mut Files| {
        exchanged = paths(files, "assignments/", ".json");
        let [one, other] = &exchanged[..2] else { panic!("{exchanged:?}") };
        let (first, second) = (files[one].clone(), files[other].clone());
        files.insert(one.clone(), second);
        files.insert(other.clone(), first);
    };
    let folder = packs.forged(exchange);
    for (said, code) in told(&folder) {
        for (path, belongs) in [(&exchanged[0], &exchanged[1]), (&exchanged[1], &exchanged[0])] {
            let words = format!("what is in it belongs in {belongs}");
            let is_told = said.lines().any(|line| line.contains(path.as_str()) && line.contains(&words));
            assert!(code == Some(1) && is_told, "{words}\n{said}");
        }
    }
}

/// Both were told by lines of base64 that begin alike.
#[test]
fn two_receipts_are_exchanged() {
    let Some(packs) = Packs::made_with(&[]) else { return };
    let mut exchanged = Vec::new();
    let folder = packs.forged(|files| {
        exchanged = paths(files, "receipts/", ".tlog-proof");
        let [one, other] = &exchanged[..] else { panic!("{exchanged:?}") };
        let (first, second) = (files[one].clone(), files[other].clone());
        files.insert(one.clone(), second);
        files.insert(other.clone(), first);
    });
    let [_, (said, code)] = told(&folder);
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    for (path, belongs) in [(&exchanged[0], &exchanged[1]), (&exchanged[1], &exchanged[0])] {
        let words = format!("{path}: is of something else: what is in it belongs in {belongs}");
        assert!(code == Some(1) && said.contains(&words) && !said.contains("extra"), "{words}\n{said}");
    }
}

/// An assignment, a record or an exception goes by what is in it, wherever else its name is changed.
#[test]
fn a_file_is_called_otherwise() {
    let Some(packs) = Packs::made_with(&[]) else { return };
    for (folder, table) in
        [("assignments/", None), ("records/", Some("records.csv")), ("waivers/", Some("waivers.csv"))]
    {
        let mut called = String::new();
        let rename = |files: &mut Files| {
            called = paths(files, folder, ".json").remove(0);
            let proof = |path: &str| path.replace("records/", "receipts/").replace(".json", ".tlog-proof");
            let other = called.replace(&format!("{folder}012345"), &format!("{folder}12345"));
            assert_ne!(other, called);
            for (from, to) in [(called.clone(), other.clone()), (proof(&called), proof(&other))] {
                if let Some(bytes) = files.remove(&from) {
                    files.insert(to, bytes);
                }
            }
            if let Some(table) = table {
                replace(files, table, &called, &other);
            }
        };
        let folder = packs.forged(rename);
        let belongs = format!("what is in it belongs in {called}");
        let script = if table.is_some() { format!("and the log says '{called}'") } else { belongs };
        for ((said, code), words) in told(&folder).into_iter().zip([script, format!("{called} is missing")]) {
            assert!(code == Some(1) && said.contains(&words), "{words}\n{said}");
        }
    }
}

/// A file was missing, and its proof was said to be no part of the pack, its row to be unfounded, and the pages to be altered.
#[test]
fn what_was_logged_of_an_exception_is_missing_or_exchanged() {
    let Some(packs) = Packs::made_with(&[]) else { return };
    let mut named = Vec::new();
    for is_exchanged in [false, true] {
        let folder = packs.forged(|files| {
            named = paths(files, "waivers/", ".json");
            let first = files.remove(&named[0]).expect("a file");
            if is_exchanged {
                let second = files.insert(named[1].clone(), first).expect("another file");
                files.insert(named[0].clone(), second);
            }
        });
        let [(script, failed), (said, code)] = told(&folder);
        assert_eq!((failed, code), (Some(1), Some(1)), "{script}{said}");
        let altered = if is_exchanged { &named[..2] } else { &named[..1] };
        for path in altered {
            assert!(script.contains(path.as_str()), "{path}\n{script}");
            assert!(said.contains(&format!(" is not in {path} as it was logged")), "{path}\n{said}");
        }
        assert_eq!(said.contains(&format!("{} is missing", named[0])), !is_exchanged, "{said}");
        for words in ["is no part of the pack", "there is no secret", "README.txt:", "index.html:"] {
            assert!(!said.contains(words), "{words}\n{said}");
        }
    }
}

/// The digest is over what belongs to a course alone, and whoever opens the archive reads all of it.
#[test]
fn something_is_slipped_into_a_course() {
    let Some(packs) = Packs::made_with(&[]) else { return };
    let mut course = String::new();
    let mut altered = |alter: &dyn Fn(&Files) -> Vec<u8>, words: &str| {
        packs.check(
            |files| {
                course = paths(files, "courses/", ".course").remove(0);
                let taught = archive::read(&files[&course]).expect("a course");
                files.insert(course.clone(), alter(&taught));
            },
            both(words),
        );
    };
    let words = "has what is no part of a course: EXTRA.html, lessons/_hidden.md";
    altered(
        &|taught| {
            let mut taught = taught.clone();
            for path in ["EXTRA.html", "lessons/_hidden.md"] {
                taught.insert(path.to_owned(), b"What nobody was taught".to_vec());
            }
            archive::archive(&taught).expect("an archive")
        },
        words,
    );
    // The same files, in another order; and a byte of the directory.
    let words = "is not the archive that the files of the course give";
    altered(&|taught| archive::archive(taught.iter().rev()).expect("an archive"), words);
    altered(
        &|taught| {
            let mut bytes = archive::write(taught).expect("an archive");
            let entry = bytes.windows(4).rposition(|four| four == b"PK\x01\x02").expect("an entry");
            // Made by another version of the format.
            bytes[entry + 4] ^= 1;
            bytes
        },
        words,
    );
}

/// Drops, doubles and exchanges rows of each table, which its other rows do not show.
#[test]
fn rows_are_left_out_told_twice_or_exchanged() {
    let Some(packs) = Packs::made_with(&[]) else { return };
    let check = |path: &str, alter: &dyn Fn(&mut Vec<&str>), words: [&str; 2]| {
        packs.check(
            |files| {
                let table = text(&files[path]);
                let mut rows: Vec<&str> = table.split_inclusive("\r\n").collect();
                alter(&mut rows);
                files.insert(path.to_owned(), rows.concat().into_bytes());
            },
            words,
        );
    };
    let agreements = "acknowledgements.csv";
    let record = packs.cell(agreements, "012345", "record");
    let about = format!("acknowledgements.csv: 012345, {record}");
    check(
        agreements,
        &|rows| rows.retain(|row| !row.contains(&record)),
        both(&format!("{about}: the row is missing")),
    );
    check(agreements, &|rows| rows.truncate(1), both(&format!("{about}: the row is missing")));
    let twice = format!("{about}: nothing in the log is behind this row");
    check(agreements, &|rows| rows.push(rows[1]), both(&twice));
    for path in [agreements, "records.csv", "waivers.csv"] {
        let words = format!("{path}: the order of its rows is not what it must be");
        check(path, &|rows| rows[1..].reverse(), both(&words));
    }
    let controls = "controls.csv: is not the table of this version of countersign";
    check("controls.csv", &|rows| rows.truncate(rows.len() - 1), [controls, "the row is missing"]);
    check("controls.csv", &|rows| rows[1..].reverse(), [controls, "the order of its rows"]);
    // The log was named, which has nothing to do with it.
    check(
        "controls.csv",
        &|rows| rows[1] = "x,y,z\r\n",
        [controls, "controls.csv: x, y: this version of countersign has no such row"],
    );
}

/// README.txt and the auditors' guide said that `tables.py` takes courses as another step found them, which it does not.
#[test]
fn what_the_tables_do_not_show_is_left_to_other_steps() {
    let Some(packs) = Packs::made_with(&[]) else { return };
    // A letter goes at the end of a proof, and of the first line of a head and its extension.
    for (begin, end, before) in [
        ("receipts/", ".tlog-proof", "\n\n"),
        ("log/earlier/", ".extension", "\n"),
        ("log/earlier/", ".checkpoint", "\n"),
    ] {
        let folder = packs.forged(|files| {
            let path = paths(files, begin, end).remove(0);
            let whole = text(&files[&path]);
            let at = whole.find(before).expect("a line");
            let other = format!("{}{}", &whole[..at - 1], &whole[at..]);
            files.insert(path, other.into_bytes());
        });
        let [(script, by_script), (said, by_verify)] = told(&folder);
        assert!(by_script == Some(0) && by_verify == Some(1), "{begin}{end}\n{script}\n{said}");
    }
}

/// What a course serves stands in its `course.ron`, too.
#[test]
fn another_control_is_served() {
    let Some(packs) = Packs::made_with(&[]) else { return };
    packs.check(
        |files| {
            let facts = text(&files["pack.json"]);
            let begin = facts.find("\"controls\"").expect("a member");
            let end = begin + facts[begin..].find(']').expect("a list");
            let other = format!("{}\"controls\": [\"SOC 2\"{}", &facts[..begin], &facts[end..]);
            files.insert("pack.json".to_owned(), other.into_bytes());
        },
        ["pack.json: controls are ['SOC 2'], and the version that was approved last says [", "pack.json"],
    );
}

/// Where the log has the exception of somebody who was not drawn, and its file, nobody can check.
#[test]
fn the_place_of_an_exception_is_told_outside_the_sample() {
    let Some(packs) = Packs::made_with(SPARING) else { return };
    let row = |says: &str| format!("(not in the sample),(not in the sample),{says}\r\n");
    for (column, says) in [("log entry", "3,(not in the sample)"), ("file", "(not in the sample),roster.txt")]
    {
        let value = says.replace("(not in the sample)", "").replace(',', "");
        packs.check(
            |files| {
                let spared = row("(not in the sample),(not in the sample)");
                replace(files, "waivers.csv", &spared, &row(says));
            },
            both(&format!("{column} is '{value}', and there is no secret here to check it by")),
        );
    }
}

/// Receipts of somebody whom nobody had drawn were said to be missing, and those that are here to be no part of the pack.
#[test]
fn a_seed_is_named_that_draws_others() {
    let Some(packs) = Packs::made_with(SPARING) else { return };
    let folder = packs.forged(|files| {
        for path in ["pack.json", "seed.txt"] {
            replace(files, path, "seed 1", "seed 3");
        }
    });
    for ((said, code), colon) in told(&folder).into_iter().zip([":", ""]) {
        let words = format!("sample.txt{colon} is not the sample that the seed draws");
        assert!(code == Some(1) && said.contains(&words), "{words}\n{said}");
        assert!(!said.contains("is missing") && !said.contains("is no part of the pack"), "{said}");
    }
}

/// The secret of somebody is here, and what it opens is said not to be: that was taken for the name of a file.
#[test]
fn an_exception_is_said_to_be_spared_that_is_not() {
    let Some(packs) = Packs::made_with(&[]) else { return };
    let file = packs.cell("waivers.csv", "12345", "file");
    packs.check(
        |files| replace(files, "waivers.csv", &file, "(not in the sample)"),
        both(&format!("file is '(not in the sample)', and the log says '{file}'")),
    );
}

/// Each program passed the signature of a head that stood there twice.
#[test]
fn a_head_is_signed_twice() {
    let Some(packs) = Packs::made_with(&[]) else { return };
    let folder = packs.forged(|files| {
        let head = paths(files, "log/earlier/", ".checkpoint").remove(0);
        let signature = text(&files[&head]).lines().last().expect("a signature").to_owned();
        replace(files, &head, &signature, &format!("{signature}\n{signature}"));
    });
    let [_, (said, code)] = told(&folder);
    assert!(code == Some(1) && said.contains("it has other signatures than the one of HR's log"), "{said}");
}
