//! An archive that can harm whoever unpacks it, of which they are told why it is refused, and never to unpack it; and one that
//! only is not looked into.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

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
    check(&[("zeros", &zeros)], "zeros: unpacks to more than 200 times its packed size");
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
                assert!(code == Some(2) && said.contains("hint: unpack it, and verify "), "{said}");
                assert!(!said.contains("do not unpack it"), "{said}");
            }
        }
        // An innocent name hides no hostile one behind it.
        let (said, _) = verified(&zipped(&registry, &Files::new(), &[(name, b"{}"), ("../evil", b"")]));
        assert!(said.contains("../evil: ") && said.contains("do not unpack it"), "{said}");
    }
}
