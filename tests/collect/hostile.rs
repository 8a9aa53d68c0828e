//! What strangers can put where HR collects.

use std::fs;
use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value, json};

use super::registry::Registry;
use super::vectors::{World, pretty};

fn honest(registry: &Registry) -> Vec<u8> {
    pretty(&World::signed(&registry.world.claims(true, &[9])))
}

/// An archive of one file, made by another program's hand.
fn zip(name: &str, content: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file(name, zip::write::SimpleFileOptions::default()).expect("an entry");
    archive.write_all(content).expect("written");
    archive.finish().expect("an archive").into_inner()
}

fn mail(attachment: &[u8]) -> String {
    format!(
        "From: Ada <ada@example.org>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
         --b\r\nContent-Type: application/json; name=\"my.completion.json\"\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n{}\r\n--b--\r\n",
        BASE64.encode(attachment)
    )
}

/// However the record travels, it is the same record.
#[test]
fn archives_mails_and_mailboxes() {
    let mut all = vec![];
    for (name, wrap) in [
        ("records.zip", (|bytes: &[u8]| zip("a.completion.json", bytes)) as fn(&[u8]) -> Vec<u8>),
        ("mail.eml", |bytes| mail(bytes).into_bytes()),
        ("Inbox", |bytes| {
            format!("From a@example.org Mon Nov 23 08:00:00 2026\n{}", mail(bytes)).into_bytes()
        }),
        ("mail-of-a-zip.eml", |bytes| {
            mail(&zip("a.completion.json", bytes)).replace("my.completion.json", "my.zip").into_bytes()
        }),
        ("zip-of-a-mail.zip", |bytes| zip("mail.eml", mail(bytes).as_bytes())),
    ] {
        let registry = Registry::new();
        registry.send(name, &wrap(&honest(&registry)));
        let (said, code) = registry.collect();
        assert_eq!((&said["accepted"], code), (&json!(1), 0), "{name}: {said:#}");
        all.push(registry.records("012345")[0].digest);
    }
    all.dedup();
    assert_eq!(all.len(), 1);
}

/// A record that an editor saved as UTF-16 under another name was counted as something else, and nobody was told.
#[test]
fn a_record_in_another_encoding_is_put_aside_by_what_it_says() {
    let registry = Registry::new();
    let text = String::from_utf8(honest(&registry)).expect("text");
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    registry.send("1/with-a-mark.txt", &[b"\xff\xfe", &little[..]].concat());
    registry.send("2/without.txt", &little);
    registry.send("3/the-other-way.dat", &[b"\xfe\xff", &big[..]].concat());
    let letter: Vec<u8> = "{\"dear\": \"Ada\"}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    registry.send("4/letter.txt", &letter);
    let (said, code) = registry.collect();
    assert_eq!((&said["putAside"], &said["noRecords"], code), (&json!(3), &json!(1), 1), "{said:#}");
}

/// A mail of Outlook and packed files were counted as no completion records, without their names; named on its own, one was
/// put aside with the advice that somebody had changed it.
#[test]
fn what_may_hold_a_record_and_is_not_looked_into_is_named_with_what_helps() {
    let registry = Registry::new();
    let record = honest(&registry);
    registry.send("1/Fwd.msg", &[b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", &record[..]].concat());
    registry.send("1/records.tar.gz", b"\x1f\x8b\x08\0");
    registry.send("1/records.zip", &zip("inner.7z", b"7z\xbc\xaf\x27\x1c"));
    registry.send("1/renamed", &[&[b'x'; 257][..], b"ustar\x0000", &[0; 248]].concat());
    registry.send("2/certificate.pdf", b"%PDF-1.7");
    registry.send("2/letter.json", b"{}");
    for paths in [&["inbox"][..], &["inbox/1/Fwd.msg", "inbox/1", "inbox/2"]] {
        let (said, code) = registry.collect_with(paths);
        let counts = ["notRead", "noRecords", "putAside"].map(|what| said[what].clone());
        let msg = u64::from(paths.len() > 1);
        assert_eq!((counts, code), ([json!(4 + msg), json!(2), json!(0)], 1), "{said:#}");
        let files = said["files"].as_array().expect("a list");
        for (name, helps) in [
            ("Fwd.msg", "save it as .eml"),
            ("tar.gz", "unpack it only into an empty folder"),
            ("inner.7z", "unpack it only into an empty folder"),
            ("renamed", "unpack it only into an empty folder"),
        ] {
            let told =
                files.iter().find(|file| file["file"].as_str().is_some_and(|file| file.ends_with(name)));
            let words = told.and_then(|told| told["reasons"][0]["words"].as_str()).unwrap_or_default();
            assert!(words.contains(helps), "{name}: {said:#}");
        }
        let mut others: Vec<_> = said["noRecordFiles"].as_array().expect("a list").iter().collect();
        others.sort_by_key(ToString::to_string);
        assert_eq!(others, ["inbox/2/certificate.pdf", "inbox/2/letter.json"], "{said:#}");
    }
    // What is no record at all needs nobody.
    let (said, code) = registry.collect_with(&["inbox/2"]);
    assert_eq!((&said["noRecords"], code), (&json!(2), 0), "{said:#}");
}

/// It was counted as no completion record, and the cron line of the guide kept quiet.
#[test]
fn the_beginning_of_a_record_is_put_aside_whatever_it_is_called() {
    let registry = Registry::new();
    let record = honest(&registry);
    let piece = &record[..record.len() / 2];
    registry.send("1/my record.json", piece);
    registry.send("2/records.zip", &zip("photo.jpg", &record[..record.len() / 3]));
    registry.send(
        "3/mail.eml",
        mail(&record[..record.len() / 4]).replace("my.completion.json", "a.txt").as_bytes(),
    );
    let text = String::from_utf8_lossy(&record[..record.len() / 5]);
    registry.send("4/saved again.txt", &text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>());
    registry.send(
        "5/badge.json",
        b"{\"@context\": [\"https://www.w3.org/ns/credentials/v2\", \"https://example.org\"], ",
    );
    let (said, code) = registry.collect();
    assert_eq!((&said["putAside"], &said["noRecords"], code), (&json!(4), &json!(1), 1), "{said:#}");
    assert_eq!(
        said.to_string().matches("ends in the middle; the rest of it is missing").count(),
        3,
        "{said:#}"
    );
}

/// What a Mac and office programs keep beside a file was put aside as a changed record, and logged.
#[test]
fn what_is_kept_beside_a_file_is_no_record() {
    let about = b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        ";
    let registry = Registry::new();
    let name = "012345_course_2026-11-27_1f0c9ab2.completion.json";
    registry.send("1/records.zip", &zip(&format!("__MACOSX/._{name}"), about));
    registry.send("2/mail.eml", mail(about).replace("application/json", "application/applefile").as_bytes());
    registry.send(&format!("3/._{name}"), about);
    registry.send(&format!("3/~${name}"), b"\x03Ada");
    registry.send("3/renamed.completion.json", about);
    let (said, code) = registry.collect();
    assert_eq!((&said["noRecords"], &said["putAside"], code), (&json!(5), &json!(0), 0), "{said:#}");
    let path = format!("inbox/3/._{name}");
    let (said, code) = registry.collect_with(&[&path]);
    assert_eq!((&said["notRead"], &said["putAside"], code), (&json!(1), &json!(0), 1), "{said:#}");
    assert!(
        said["files"][0]["reasons"][0]["words"].as_str().is_some_and(|words| words.contains("AppleDouble")),
        "{said:#}"
    );
}

#[test]
fn what_cannot_be_taken_is_said_and_the_rest_is_taken() {
    let registry = Registry::new();
    registry.send("honest.completion.json", &honest(&registry));
    registry.send("bomb.zip", &zip("outer.zip", &zip("a.json", &vec![b' '; 10 << 20])));
    registry.send("nonsense.zip", b"PK\x03\x04 and nothing more");
    registry.send("large.json", &vec![b' '; (1 << 20) + 1]);
    registry.send("mail.eml", "Content-Type: message/rfc822\n\n".repeat(1000).as_bytes());
    let (said, code) = registry.collect();
    assert_eq!((&said["accepted"], &said["notRead"], code), (&json!(1), &json!(4), 1), "{said:#}");
    for (file, words) in [
        ("bomb.zip/outer.zip", "archive within an archive"),
        ("nonsense.zip", "is no zip archive"),
        ("large.json", "is larger than 1 MiB"),
        ("mail.eml", "more parts than any honest mail"),
    ] {
        let files = said["files"].as_array().expect("a list");
        let told = files.iter().find(|told| told["file"].as_str().expect("a text").ends_with(file));
        let why = told.unwrap_or_else(|| panic!("{file}: {said:#}"))["reasons"][0]["words"].as_str();
        assert!(why.expect("a text").contains(words), "{said:#}");
    }
}

#[cfg(unix)]
#[test]
fn links_out_of_the_folder_are_not_followed_and_pipes_not_waited_for() {
    let registry = Registry::new();
    let outside = registry.home().join("secret.completion.json");
    fs::File::create_new(&outside).and_then(|mut file| file.write_all(&honest(&registry))).expect("a file");
    std::os::unix::fs::symlink(&outside, registry.inbox().join("link.completion.json")).expect("a link");
    rustix::fs::mkfifoat(
        rustix::fs::CWD,
        registry.inbox().join("pipe.completion.json"),
        rustix::fs::Mode::RUSR,
    )
    .expect("a pipe");
    let (said, _) = registry.collect();
    assert_eq!((&said["accepted"], &said["notRead"]), (&json!(0), &json!(2)), "{said:#}");
    // Whoever names it means it.
    let named = outside.to_str().expect("a name").to_owned();
    assert_eq!(registry.collect_with(&[&named]).0["accepted"], 1);
}

/// Names and texts of files cannot talk to the terminal.
#[test]
fn what_files_say_is_defused() {
    let registry = Registry::new();
    let name = "\u{1b}]52;c;aGk=\u{7}.completion.json";
    registry.send(name, b"{\"type\":\"TrainingCompletionRecord\",\"\x1b[2J\":1}");
    let output = registry.run(&["collect", "inbox"]);
    let said = [output.stdout, output.stderr].concat();
    assert!(!said.contains(&0x1b) && !said.contains(&0x07), "{}", String::from_utf8_lossy(&said));
    for verb in ["quarantine", "review"] {
        let output = registry.run(&[verb]);
        assert!(!output.stdout.contains(&0x1b), "{}", String::from_utf8_lossy(&output.stdout));
    }
}

/// A hundred thousand files that are none of ours cost a look each, and nothing of them is kept.
#[test]
fn a_hundred_thousand_junk_files() {
    let registry = Registry::new();
    for number in 0..100_000 {
        let (ending, content): (_, &[u8]) = match number % 4 {
            0 => ("json", b"{\"a\":1}"),
            1 => ("json", b"\xff\xfe\x00"),
            2 => ("tmp", b"x"),
            _ => ("", b""),
        };
        let path = registry.inbox().join(format!("{number}.{ending}"));
        // Names are what there must be a hundred thousand of. To make as many files takes ten times as long as to look at them, so
        // one of each kind has the other names, too, as far as the file system lets it.
        let first = registry.inbox().join(format!("{}.{ending}", number % 4));
        if number < 4 || fs::hard_link(first, &path).is_err() {
            fs::File::create_new(path).and_then(|mut file| file.write_all(content)).expect("a file");
        }
    }
    registry.send("honest.completion.json", &honest(&registry));
    let (said, code) = registry.collect();
    assert_eq!((&said["accepted"], &said["noRecords"], code), (&json!(1), &json!(100_000), 0), "{said:#}");
    let database = fs::metadata(registry.home().join("registry.db")).expect("a file").len();
    assert!(database < 1 << 20, "{database} bytes");
}

/// What looks like a record and is none is kept, with the reason, and said in bounds.
#[test]
fn many_broken_records_are_kept_and_not_all_told() {
    let registry = Registry::new();
    for number in 0..1000 {
        registry.send(&format!("{number}.completion.json"), format!("{{\"broken\": {number}").as_bytes());
    }
    let (said, code) = registry.collect();
    assert_eq!((&said["putAside"], &said["filesNotListed"], code), (&json!(1000), &json!(800), 1));
    let listed = registry.run(&["quarantine", "list"]);
    let listed = String::from_utf8_lossy(&listed.stdout);
    let last = listed.lines().next_back().unwrap_or_default();
    assert!(last.starts_with("1000 files; next: countersign hr --registry "), "{last}");
    assert!(last.ends_with(" quarantine show FILE"), "{last}");
}

/// Only the failure was said, and the next run called what this one had stored "here before".
#[test]
fn what_was_stored_before_a_failure_is_told() {
    let registry = Registry::new();
    for number in 0..2500 {
        registry.send(&format!("{number}.completion.json"), format!("{{\"broken\": {number}").as_bytes());
    }
    let room =
        "CREATE TRIGGER no_room BEFORE INSERT ON put_aside WHEN (SELECT count(*) FROM put_aside) >= 1500
                BEGIN SELECT RAISE(ABORT, 'no room'); END";
    let sql = |sql: &str| {
        let database = rusqlite::Connection::open(registry.home().join("registry.db")).expect("a database");
        database.execute_batch(sql).expect("it takes it");
    };
    sql(room);
    let output = registry.run(&["collect", "inbox", "--json", "--no-receipts"]);
    let said: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(words.contains("nothing was saved"), "{words}");
    let told = (&said["putAside"], &said["complete"], output.status.code());
    assert_eq!(told, (&json!(1000), &json!(false), Some(2)), "{words}");
    sql("DROP TRIGGER no_room");
    let (said, _) = registry.collect();
    assert_eq!((&said["putAside"], &said["alreadyHerePutAside"]), (&json!(1500), &json!(1000)), "{said:#}");
}
