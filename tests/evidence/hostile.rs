//! An archive that can harm whoever unpacks it, of which they are told why it is refused, and never to unpack it; and one that
//! only is not looked into.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::pack::{pack, verify_by_key};
use super::registry::Registry;
use super::tables::Files;
use super::{excepted, text};

/// As some tool makes it, which begins with a folder.
fn zipped(registry: &Registry, files: &Files, more: &[(&str, &[u8])]) -> std::path::PathBuf {
    let path = registry.inbox().join("again.zip");
    let mut writer = ZipWriter::new(File::create(&path).expect("a file"));
    let options = SimpleFileOptions::default();
    writer.add_directory("courses/", options).expect("written");
    let all = files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
    for (name, bytes) in all.chain(more.iter().copied()) {
        writer.start_file(name, options).and_then(|()| Ok(writer.write_all(bytes)?)).expect("written");
    }
    writer.finish().expect("written");
    path
}

fn verified(path: &Path) -> (String, Option<i32>) {
    let output = Command::new(env!("CARGO_BIN_EXE_countersign")).arg("verify").arg(path).output();
    let output = output.expect("it starts");
    (text(&output.stdout) + &text(&output.stderr), output.status.code())
}

/// It was said to be the archive of something else: "unpack it".
#[test]
fn nobody_is_told_to_unpack_what_is_made_to_deceive() {
    let registry = excepted();
    let archive = std::fs::read(pack(&registry, "pack.zip", &[])).expect("a file");
    let files = countersign::course::pack::read(&archive).expect("an archive");
    let check = |more: &[(&str, &[u8])], words: &str| {
        let path = zipped(&registry, &files, more);
        for (said, code) in [verified(&path), verify_by_key(&registry, &path)] {
            assert!(code == Some(2) && said.contains("again.zip: ") && said.contains(words), "{said}");
            assert!(said.contains("do not unpack it; ask whoever sent it for the records, or"), "{said}");
            assert!(!said.contains("neither a record"), "{said}");
        }
    };
    check(&[("../evil", b"")], "../evil: no name for a file of a pack");
    check(&[("/abs", b"")], "/abs: no name for a file of a pack");
    check(&[("log\\x", b"")], "log\\x: no name for a file of a pack");
    check(&[("a\nb", b"")], ": no name for a file of a pack");
    check(&[("WAIVERS.CSV", b"")], "two entries of this name, or names that some computers take for one");
    // However much it is: 300 MB are more than any archive may unpack to.
    let zeros = vec![0; 10 << 20];
    let many: Vec<String> = (0..30).map(|number| format!("zeros-{number:02}")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), zeros.as_slice())).collect();
    check(&many, "zeros-00: unpacks to more than 200 times its packed size");
    // Beside others it is not said to be a pack.
    let path = zipped(&registry, &files, &[("../evil", b"")]);
    let mut both = Command::new(env!("CARGO_BIN_EXE_countersign"));
    let output = both.arg("verify").args([&path, &path]).output().expect("it starts");
    let said = text(&output.stdout) + &text(&output.stderr);
    assert!(output.status.code() == Some(2) && said.contains("0 records, 0 failed, 2 not read"), "{said}");
    assert!(said.contains("do not unpack it") && !said.contains("is an evidence pack"), "{said}");
    // Without all that it is a pack.
    let (said, code) = verified(&zipped(&registry, &files, &[]));
    assert!(code == Some(0) && said.contains("the pack: nothing wrong"), "{said}");
}

/// It is told to be unpacked with care, and nobody is accused.
#[track_caller]
fn with_care(said: &str, code: Option<i32>) {
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let care =
        "look at its list of files first, and unpack it only into an empty folder; then verify that folder";
    assert!(code == Some(2) && said.contains(care) && !said.contains("do not unpack it"), "{said}");
}

/// Something before, something behind, too much or too many of it hid a hostile name: "unpack it".
#[test]
fn a_hostile_name_is_seen_in_every_archive() {
    let registry = excepted();
    let path = registry.inbox().join("odd.zip");
    let check = |bytes: &[u8], is_hostile: bool| {
        std::fs::write(&path, bytes).expect("written");
        for (said, code) in [verified(&path), verify_by_key(&registry, &path)] {
            if is_hostile {
                assert!(code == Some(2) && said.contains("../evil: no name for a file of a pack"), "{said}");
                assert!(said.contains("do not unpack it"), "{said}");
            } else {
                with_care(&said, code);
            }
        }
    };
    let large = vec![7; 65 << 20];
    let many: Vec<String> = (0..2001).map(|number| format!("{number}.txt")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
    for is_hostile in [true, false] {
        let name = if is_hostile { "../evil" } else { "letter.txt" };
        let small = stored(&[(name, b"Dear auditor")]);
        check(&[b"#!/bin/sh\n", small.as_slice()].concat(), is_hostile);
        check(&[small.as_slice(), b"\r\n"].concat(), is_hostile);
        check(&[&b"x".repeat(100_000), small.as_slice(), &b"x".repeat(100_000)].concat(), is_hostile);
        check(&stored(&[&[(name, &b"x"[..])], many.as_slice()].concat()), is_hostile);
        check(&stored(&[&many, &[(name, &b"x"[..])][..]].concat()), is_hostile);
        check(&stored(&[("large", &large), (name, b"x")]), is_hostile);
    }
}

/// An archive as some tool makes it, not compressed.
fn stored(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in entries {
        writer.start_file(*name, options).and_then(|()| Ok(writer.write_all(bytes)?)).expect("written");
    }
    writer.finish().expect("written").into_inner()
}

/// A link that stays in the folder, and megabytes of blanks, were told as made to deceive.
#[test]
fn a_link_is_hostile_where_it_leads_out() {
    let registry = excepted();
    let path = registry.inbox().join("linked.zip");
    let check = |links: &[(&str, &str)], more: &[&str], hostile: Option<&str>| {
        let mut writer = ZipWriter::new(File::create(&path).expect("a file"));
        let options = SimpleFileOptions::default();
        for (name, target) in links {
            writer.add_symlink(*name, *target, options).expect("written");
        }
        for name in more {
            writer.start_file(*name, options).expect("written");
        }
        writer.finish().expect("written");
        let (said, code) = verified(&path);
        match hostile {
            Some(words) => {
                assert!(
                    code == Some(2) && said.contains(words) && said.contains("do not unpack it"),
                    "{said}"
                );
            }
            None => with_care(&said, code),
        }
    };
    check(&[("latest.json", "2026/a.json")], &["2026/a.json"], None);
    check(&[("2026/latest.json", "../a.json")], &[], None);
    check(&[("a/b/c", "../../d")], &[], None);
    let link = Some(": a link or device, not a file");
    check(&[("latest.json", "/etc/passwd")], &[], link);
    check(&[("latest.json", "../a.json")], &[], link);
    check(&[("2026/latest.json", "../../a.json")], &[], link);
    check(&[("./latest.json", "../a.json")], &[], link);
    // Behind a name it may lead anywhere, since that may be a link.
    check(&[("d", "."), ("e", "d/d/../../x")], &[], link);
    check(&[("d", "elsewhere")], &["d/x"], Some("d: two entries of this name"));
    let blanks = vec![b' '; 5 << 20];
    let archive = zipped(&registry, &Files::new(), &[("blanks.json", &blanks)]);
    let (said, code) = verified(&archive);
    with_care(&said, code);
}

/// Half of a download was told to be unpacked, which nobody can; and nothing at all was a zip archive.
#[test]
fn what_was_cut_is_to_be_asked_for_again() {
    let registry = excepted();
    let path = registry.inbox().join("cut.zip");
    let whole = stored(&[("a.txt", b"Dear auditor"), ("b.txt", b"Dear employee")]);
    let pack = std::fs::read(pack(&registry, "pack.zip", &[])).expect("a file");
    for bytes in [&whole[..whole.len() / 2], &whole[..whole.len() - 1], &pack[..pack.len() / 2], b"PK", b"x"]
    {
        std::fs::write(&path, bytes).expect("written");
        for (said, code) in [verified(&path), verify_by_key(&registry, &path)] {
            let is_told = said.contains("no whole zip archive") && said.contains("ask for it again");
            assert!(code == Some(2) && is_told && !said.contains("unpack it"), "{said}");
        }
    }
    std::fs::write(&path, b"").expect("written");
    let (said, code) = verified(&path);
    let is_told = said.contains("cut.zip is empty") && said.contains("ask for it again");
    assert!(code == Some(2) && is_told && !said.contains("archive"), "{said}");
}

/// Of an umlaut, or a colon in a name, it was said that the archive must not be unpacked.
#[test]
fn an_innocent_archive_is_told_to_be_unpacked() {
    let registry = excepted();
    let archive = std::fs::read(pack(&registry, "pack.zip", &[])).expect("a file");
    let files = countersign::course::pack::read(&archive).expect("an archive");
    for name in ["Ada: record.json", "2026-11-27T08:00.json", "aux.json", "folder /x.json"] {
        for files in [&Files::new(), &files] {
            let path = zipped(&registry, files, &[(name, b"{}")]);
            for (said, code) in [verified(&path), verify_by_key(&registry, &path)] {
                with_care(&said, code);
            }
        }
        // An innocent name hides no hostile one behind it.
        let (said, _) = verified(&zipped(&registry, &Files::new(), &[(name, b"{}"), ("../evil", b"")]));
        assert!(said.contains("../evil: ") && said.contains("do not unpack it"), "{said}");
    }
}
