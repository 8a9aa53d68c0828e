//! What belongs to a pack, and what it says of itself: HR changes any of it, signs again, and it is named.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use countersign::clock::Timestamp;
use countersign::digest::Digest;
use countersign::registry::change::{CourseState, PersonChange, RosterImport};
use countersign::registry::person::Presence;
use countersign::registry::{Change, PersonNumber, Profile};
use countersign::store::registry::RegistryStore as _;

use super::pack::{files, lay_out, pack, sign, verify_by_key};
use super::registry::{Registry, judged, now};
use super::tables::{Files, Packs, cell, cut, registry, replace, told};
use super::text;
use super::tools::{has_tools, script};

/// A pack of everybody and with a sample, which has a file of every kind.
fn packed() -> (Registry, Files) {
    let Packs { registry, whole, .. } = Packs::kept(&["--sample", "3", "--seed", "s"]);
    for kind in [
        "records/",
        "receipts/",
        "assignments/",
        "waivers/",
        "courses/",
        "log/earlier/",
        "log/roster.tlog-proof",
        "sample.txt",
    ] {
        assert!(whole.keys().any(|path| path.starts_with(kind)), "{kind}: {:?}", whole.keys());
    }
    (registry, whole)
}

/// The forged pack, signed again, in a folder of this name.
fn forged(registry: &Registry, whole: &Files, name: &str, forge: impl FnOnce(&mut Files)) -> PathBuf {
    let mut files = whole.clone();
    forge(&mut files);
    assert!(files != *whole, "nothing is forged: {name}");
    sign(&mut files);
    let folder = registry.inbox().join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("removed");
    }
    lay_out(&folder, &files);
    folder
}

fn verified(folder: &Path) -> (String, Option<i32>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
    let output = command.args(["verify", "."]).current_dir(folder).output().expect("it starts");
    (text(&output.stdout) + &text(&output.stderr), output.status.code())
}

/// The lines that say what is wrong. What is said goes on in lines of its own, so they are put together.
fn wrong(said: &str) -> String {
    let mut wrong = String::new();
    let mut within = false;
    for line in said.lines() {
        within = line.starts_with('\u{2717}') || (within && line.starts_with("          "));
        if within {
            wrong.push_str(line.trim());
            wrong.push('\n');
        }
    }
    wrong
}

/// Each file by itself is missing, is empty, or is another. None of that passes without its name.
#[test]
fn each_file_of_a_pack_is_missed() {
    let (registry, whole) = packed();
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/verify");
    let paths: Vec<&String> = whole.keys().filter(|path| !path.starts_with("SHA256SUMS")).collect();
    for (place, path) in paths.iter().enumerate() {
        let kind = path.rsplit('.').next().expect("an end");
        let after = paths[place + 1..].iter().chain(&paths[..place]);
        let another = after.clone().find(|other| other.ends_with(kind) && whole[**other] != whole[*path]);
        let another = another.or_else(|| after.clone().next()).expect("another file");
        let replaced = [None, Some(Vec::new()), Some(whole[*another].clone())];
        for content in replaced.into_iter().filter(|content| content.as_ref() != Some(&whole[*path])) {
            let how = match &content {
                None => "gone",
                Some(bytes) if bytes.is_empty() => "empty",
                Some(_) => another.as_str(),
            };
            let folder = forged(&registry, &whole, "forged", |files| match content.clone() {
                Some(bytes) => drop(files.insert((*path).clone(), bytes)),
                None => drop(files.remove(*path)),
            });
            let (said, code) = verified(&folder);
            let wrong = wrong(&said).replace(['\n', ' '], "");
            // The day in the name of an assignment stands nowhere else.
            let name = match path.rsplit_once('_') {
                Some((before, end)) if before.starts_with("assignments/") => &end[..8],
                _ => path.as_str(),
            };
            assert!(code == Some(1) && wrong.contains(name), "{path} {how}: {code:?}\n{said}");
            if how == "gone" && has_tools() {
                // Of the source: the pack's own may be what is gone.
                let (said, code) = script(&sources, &["tables.py", folder.to_str().expect("text")]);
                assert!(code != Some(0) && said.contains(name), "{path}: {said}");
            }
        }
    }
}

/// What is put beside the files of a pack is taken for a part of it by whoever reads it.
#[test]
fn nothing_can_be_added_to_a_pack() {
    if !has_tools() {
        return;
    }
    let (registry, whole) = packed();
    let record = whole.keys().find(|path| path.starts_with("records/")).expect("a record").clone();
    let copy = record.replace("records/", "records/9");
    let assignment = whole.keys().find(|path| path.starts_with("assignments/")).expect("one").clone();
    let twice = assignment.replace("assignments/", "assignments/9");
    for (path, bytes) in [
        ("summary.html", b"Everybody is complete".to_vec()),
        ("letter.txt", Vec::new()),
        ("log/more/notes.txt", Vec::new()),
        (copy.as_str(), whole[&record].clone()),
        (twice.as_str(), whole[&assignment].clone()),
    ] {
        let folder = forged(&registry, &whole, "added", |files| drop(files.insert(path.to_owned(), bytes)));
        for (said, code) in told(&folder) {
            let words = format!("{path} is no part of the pack");
            let said = said.replace(&format!("{path}: is"), &format!("{path} is"));
            assert!(code == Some(1) && said.contains(&words), "{words}\n{said}");
        }
    }
}

/// A folder without files went unseen, and what nobody had put there by hand was told like a forgery.
#[test]
fn empty_folders_and_what_file_managers_add_are_named() {
    if !has_tools() {
        return;
    }
    let (registry, whole) = packed();
    let beside = |name: &str, add: &dyn Fn(&Path), words: [&str; 2]| {
        let folder = registry.inbox().join(name);
        lay_out(&folder, &whole);
        add(&folder);
        for ((said, code), words) in told(&folder).into_iter().zip(words) {
            assert!(code == Some(1) && said.contains(words), "{name}: {words}\n{said}");
            let told = said.matches("no part of the pack").count();
            assert_eq!(told, 1, "{name}: {said}");
        }
    };
    for empty in ["notes", "records/more"] {
        let add = |folder: &Path| fs::create_dir(folder.join(empty)).expect("a folder");
        let words =
            [format!("{empty}: is no part of"), format!("{empty} is an empty folder, and no part of")];
        beside("empty", &add, words.each_ref().map(String::as_str));
        fs::remove_dir_all(registry.inbox().join("empty")).expect("removed");
    }
    for added in [
        ".DS_Store",
        "assignments/.DS_Store",
        "log/._key",
        "records/Thumbs.db",
        "log/__MACOSX/key",
        "__MACOSX/",
        "records/__MACOSX/",
    ] {
        let add = |folder: &Path| {
            let path = folder.join(added);
            if added.ends_with('/') {
                return fs::create_dir(path).expect("a folder");
            }
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, b"\0\0\0\x01Bud1").expect("written");
        };
        let added = added.trim_end_matches('/');
        let words = "no part of the pack: the file manager of a computer has added it; delete it";
        let words = [format!("{added}: is {words}"), format!("{added} is {words}")];
        beside("added-by-itself", &add, words.each_ref().map(String::as_str));
        fs::remove_dir_all(registry.inbox().join("added-by-itself")).expect("removed");
    }
}

/// By both programs, whether the pack is forged well in every place that says it or not.
#[track_caller]
fn check(registry: &Registry, whole: &Files, forge: impl FnOnce(&mut Files), words: &str) {
    let folder = forged(registry, whole, "forged", forge);
    for (said, code) in told(&folder) {
        assert!(code == Some(1) && said.contains(words), "{words}\n{said}");
    }
}

#[test]
fn what_a_pack_says_of_itself_is_recounted() {
    if !has_tools() {
        return;
    }
    let (registry, whole) = packed();
    let everywhere = |from: &str, to: &str| {
        let (from, to) = (from.to_owned(), to.to_owned());
        move |files: &mut Files| {
            for path in ["pack.json", "README.txt", "index.html"] {
                replace(files, path, &from, &to);
            }
        }
    };
    let facts: serde_json::Value = serde_json::from_slice(&whole["pack.json"]).expect("JSON");
    let fact = |name: &str| facts[name].as_str().expect("a text").to_owned();
    let title = fact("title");
    check(&registry, &whole, everywhere(&title, "Deluxe"), "title");
    // The day before the moment for which status is told, and the day after.
    let moment: Timestamp = fact("asOf").parse().expect("a moment");
    let day = |days: i64| {
        let day = moment.date() + chrono::TimeDelta::days(days);
        day.to_string()
    };
    let (from, to) = (fact("from"), fact("to"));
    let period = |dates: String| everywhere_period(&from, &to, dates);
    check(&registry, &whole, period(format!("{from} {}", day(-1))), "is not in the period");
    check(&registry, &whole, period(format!("{} {}", day(1), day(1))), "is not in the period");
    check(
        &registry,
        &whole,
        |files| {
            replace(files, "pack.json", "\"leftOut\": 0", "\"leftOut\": 9");
            let words = format!("9 who had left before {from} and sent no record since");
            replace(files, "README.txt", "Left out     nobody", &format!("Left out     {words}"));
            replace(files, "index.html", "came in it: 0.", "came in it: 9.");
        },
        "leftOut: by the log rosters named fewer than 9 other people",
    );
    check(
        &registry,
        &whole,
        |files| replace(files, "pack.json", "\"expiringDays\": 30", "\"expiringDays\": 3"),
        "expiring",
    );
    // Of a column the name, and a moment that no roster has.
    check(
        &registry,
        &whole,
        |files| replace(files, "records.csv", "earned,possible", "possible,earned"),
        "records.csv: the columns are not what they must be",
    );
    let seen = cell(&whole, "population.csv", "12345", "first seen");
    let other = "2020-01-01T00:00:00Z";
    check(
        &registry,
        &whole,
        |files| replace(files, "population.csv", &seen, other),
        &format!("first seen is '{other}', and the log has no roster of then"),
    );
}

/// The dates of a period, wherever they stand.
fn everywhere_period(from: &str, to: &str, dates: String) -> impl FnOnce(&mut Files) + use<> {
    let (before, after) = ((from.to_owned(), to.to_owned()), dates);
    move |files| {
        let (from, to) = after.split_once(' ').expect("two");
        let (old_from, old_to) = before;
        let words = |form: &str, from: &str, to: &str| form.replace("FROM", from).replace("TO", to);
        for (path, form) in [
            ("pack.json", "\"to\": \"TO\""),
            ("pack.json", "\"from\": \"FROM\""),
            ("README.txt", "FROM to TO (UTC)"),
            ("index.html", "FROM to TO (UTC)"),
        ] {
            let (was, is) = (words(form, &old_from, &old_to), words(form, from, to));
            if was != is {
                replace(files, path, &was, &is);
            }
        }
    }
}

/// Names change, so another one is no fault; and whoever has left may have done so before the period.
#[test]
fn what_only_people_can_answer_is_asked() {
    if !has_tools() {
        return;
    }
    let (registry, whole) = packed();
    let folder = forged(&registry, &whole, "named", |files| {
        replace(files, "population.csv", "Ada Byron", "Eve Byron");
        replace(files, "index.html", "Ada Byron", "Eve Byron");
    });
    for (said, code) in told(&folder) {
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            code == Some(0) && said.contains("012345: name is 'Eve Byron', and records/012345_"),
            "{said}"
        );
    }
    assert!(verified(&folder).0.contains("nothing wrong; there is something to ask about"));
    // Two of three left, and the log names neither.
    let ago = |days: u64| now().date().checked_sub_days(chrono::Days::new(days)).expect("a day");
    let roster = |days: u64, people: &[(&str, Presence)]| {
        let people = people.iter().map(|(number, presence)| PersonChange {
            number: PersonNumber::new(number).expect("a number"),
            profile: Profile::named(&format!("Person {number}")),
            presence: *presence,
        });
        let (at, file) = (Timestamp::at_start_of(ago(days)), Digest::of(b"roster"));
        Change::Roster(RosterImport { at, file, people: people.collect() })
    };
    let registry = Registry::opened(Timestamp::at_start_of(ago(50)));
    let all = [("1", Presence::Active), ("2", Presence::Active), ("3", Presence::Active)];
    let left = [("2", Presence::Gone), ("3", Presence::Gone)];
    registry.store().save(&[roster(40, &all), roster(20, &left)]).expect("saved");
    registry.store().save(&judged(&registry.world.course, CourseState::Approved, now())).expect("saved");
    let whole = files(&pack(&registry, "whole", &[]));
    let row = |number: &str| cell(&whole, "population.csv", number, "on the roster");
    assert_eq!([row("2"), row("3")], ["left in the period", "left in the period"]);
    // Nobody is left out, and so somebody is missing.
    let gone = |files: &mut Files| {
        for path in ["population.csv", "numbers.txt", "log/people.txt"] {
            let number = if path == "log/people.txt" { " 2" } else { "2" };
            let lines = text(&files[path]);
            let line = lines.split_inclusive('\n').find(|line| {
                line.starts_with(number) || (path == "log/people.txt" && line.trim_end().ends_with(number))
            });
            let line = line.expect("a line").to_owned();
            cut(files, path, &line);
        }
    };
    check(&registry, &whole, gone, "and by the log 2 or more have left");
    // HR says that they had left before: no file can tell.
    let folder = forged(&registry, &whole, "left", |files| {
        gone(files);
        replace(files, "pack.json", "\"leftOut\": 0", "\"leftOut\": 1");
    });
    for (said, _) in told(&folder) {
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains("by the log 2 people or more left"), "{said}");
    }
}

/// Whatever is left of a pack, it is not taken for records that somebody found.
#[test]
fn a_pack_without_its_log_is_a_pack() {
    let (registry, whole) = packed();
    let keep = |name: &str, is_kept: fn(&str) -> bool| {
        forged(&registry, &whole, name, |files| files.retain(|path, _| is_kept(path)))
    };
    let without = |folder: &Path, list: bool| {
        if !list {
            for name in ["SHA256SUMS", "SHA256SUMS.sig"] {
                fs::remove_file(folder.join(name)).expect("removed");
            }
        }
        let (said, code) = verified(folder);
        assert!(code == Some(1) && said.contains(". (evidence pack)"), "{said}");
    };
    without(&keep("no-log", |path| !path.starts_with("log/")), true);
    without(&keep("no-head", |path| path != "log/checkpoint"), true);
    without(&keep("page", |path| path.starts_with("records/") || path == "README.txt"), false);
    without(&keep("table", |path| path.starts_with("records/") || path == "reviews.csv"), false);
}

#[test]
fn an_archive_is_looked_into() {
    let registry = registry();
    let archive = pack(&registry, "pack.zip", &[]);
    let verify = |path: &Path| {
        let output = Command::new(env!("CARGO_BIN_EXE_countersign")).arg("verify").arg(path).output();
        let output = output.expect("it starts");
        (text(&output.stdout) + &text(&output.stderr), output.status.code())
    };
    let (said, code) = verify(&archive);
    assert_eq!(code, Some(0), "{said}");
    for words in [
        "pack.zip (evidence pack)",
        "2 records, 0 failed",
        "the pack: nothing wrong",
        "pack.zip/records/012345_",
    ] {
        assert!(said.contains(words), "{words}\n{said}");
    }
    // One byte in it is another, and then it breaks off.
    let bytes = fs::read(&archive).expect("a file");
    let (mut altered, table) = (bytes.clone(), b"population.csv\xef\xbb\xbfnumber");
    let place = altered.windows(table.len()).position(|part| part == table).expect("the table");
    altered[place + table.len() - 1] ^= 1;
    let other = registry.inbox().join("other.zip");
    for bytes in [altered, bytes[..bytes.len() / 2].to_vec()] {
        fs::write(&other, bytes).expect("written");
        let (said, code) = verify(&other);
        assert!(code == Some(2) && said.contains("cannot look into"), "{said}");
        assert!(said.contains("ask for it again") && !said.contains("unpack it"), "{said}");
    }
    // Made by somebody of the folder itself, and with other files first.
    let files = countersign::course::pack::read(&bytes).expect("an archive");
    let below: Files = files.into_iter().map(|(path, bytes)| (format!("a pack/{path}"), bytes)).collect();
    fs::write(&other, countersign::course::pack::archive(&below).expect("an archive")).expect("written");
    let (said, code) = verify(&other);
    assert!(code == Some(0) && said.contains("the pack: nothing wrong"), "{said}");
    // As the Finder makes it: a shadow for each file, and where windows stood.
    let mut shadowed = below.clone();
    shadowed.extend(below.keys().map(|path| {
        let (folder, name) = path.rsplit_once('/').expect("a folder");
        (format!("__MACOSX/{folder}/._{name}"), b"\0\x05\x16\x07".to_vec())
    }));
    shadowed.insert("a pack/.DS_Store".to_owned(), b"\0\0\0\x01Bud1".to_vec());
    fs::write(&other, countersign::course::pack::archive(&shadowed).expect("an archive")).expect("written");
    let (said, code) = verify(&other);
    let words = format!(
        "__MACOSX/a pack/._README.txt and {} more like it are no part of the pack: the file manager of a computer",
        below.len()
    );
    assert!(code == Some(1) && said.contains(&words), "{words}\n{said}");
    assert_eq!(said.matches("no part of the pack").count(), 1, "{said}");
    // An empty folder is in the folder that comes out, whose verdict is the same.
    let mut writer = zip::ZipWriter::new(fs::File::create(&other).expect("a file"));
    let options = zip::write::SimpleFileOptions::default();
    for (path, bytes) in &below {
        writer
            .start_file(path.as_str(), options)
            .and_then(|()| Ok(writer.write_all(bytes)?))
            .expect("written");
    }
    for folder in ["a pack/", "a pack/records/", "a pack/extra/", "a pack/__MACOSX/"] {
        writer.add_directory(folder, options).expect("written");
    }
    writer.finish().expect("written");
    let (said, code) = verify(&other);
    assert!(code == Some(1) && said.contains("extra is an empty folder, and no part of the pack"), "{said}");
    assert_eq!(said.matches("no part of the pack").count(), 2, "{said}");
    // An archive of something else is no record.
    let files = Files::from([("letter.txt".to_owned(), b"Dear auditor".to_vec())]);
    fs::write(&other, countersign::course::pack::archive(&files).expect("an archive")).expect("written");
    let (said, code) = verify(&other);
    assert!(
        code == Some(2) && said.contains("other.zip is a zip archive, and neither a record nor"),
        "{said}"
    );
    fs::write(&other, [b"#!/bin/sh\n", bytes.as_slice()].concat()).expect("written");
    let (said, code) = verify(&other);
    assert!(code == Some(2) && said.contains("other.zip is a zip archive"), "{said}");
    // It was said to be no UTF-8.
    let tar = [&[b'x'; 257], b"ustar\x0000".as_slice()].concat();
    for (name, bytes) in [("pack.tar", &tar[..]), ("renamed", &tar), ("packed", b"\x1f\x8b\x08\0")] {
        let path = registry.inbox().join(name);
        fs::write(&path, bytes).expect("written");
        let (said, code) = verify(&path);
        let words = format!("{name} is an archive of a kind that is not looked into, and no record");
        assert!(
            code == Some(2) && said.contains(&words) && said.contains("only into an empty folder"),
            "{said}"
        );
        // As the guide has it: the key is for the pack in it.
        let (said, code) = verify_by_key(&registry, &path);
        assert!(code == Some(2) && said.contains(&words), "{said}");
    }
    // A name that was mistyped was said to be an archive.
    let (said, code) = verify_by_key(&registry, &registry.inbox().join("nothere.zip"));
    assert!(code == Some(2) && said.contains("cannot read") && !said.contains("archive"), "{said}");
    let (said, code) = verify_by_key(&registry, &registry.inbox());
    assert!(code == Some(2) && said.contains("--log-key says by which key"), "{said}");
}

/// Whatever stands in a pack, the script says so, and does not break off.
#[test]
fn the_script_breaks_off_at_nothing() {
    if !has_tools() {
        return;
    }
    let (registry, whole) = packed();
    let deep = "[".repeat(200_000);
    let many = "9".repeat(10_000);
    let hostile = [
        deep.as_str(),
        many.as_str(),
        "[]\n",
        "null\n",
        "{}\n",
        "\"\"\n",
        "\u{feff}",
        "a,b\n\"",
        "<time datetime=",
        "1 2 3\n",
    ];
    let paths =
        ["pack.json", "log/opened.jsonl", "log/entries.jsonl", "records.csv", "index.html", "log/people.txt"];
    let record = whole.keys().find(|path| path.starts_with("records/")).expect("a record").as_str();
    for path in paths.into_iter().chain([record]) {
        for text_of in hostile {
            let folder = forged(&registry, &whole, "hostile", |files| {
                drop(files.insert(path.to_owned(), text_of.as_bytes().to_vec()));
            });
            let (said, code) = script(&folder, &["verify/tables.py"]);
            let shown: String = text_of.chars().take(20).collect();
            assert!(code == Some(1) && !said.contains("Traceback"), "{path} {shown}\n{said}");
        }
    }
}
