//! What is found in a parcel of any kind.

mod archive;
mod mail;
mod mailbox;

use std::io::{Cursor, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use flate2::Compression;
use flate2::write::DeflateEncoder;

use super::*;

type Reader = dyn Fn(&[u8], Take<'_>) -> Result<ControlFlow<()>, String>;

fn zip_reader(bytes: &[u8], take: Take<'_>) -> Result<ControlFlow<()>, String> {
    archive(&mut Cursor::new(bytes), "p", take)
}

fn mail_reader(bytes: &[u8], take: Take<'_>) -> Result<ControlFlow<()>, String> {
    mail(bytes, "p", take)
}

/// What is found, a line each; last, why not more.
fn found(read: &Reader, bytes: &[u8]) -> Vec<String> {
    let mut lines = Vec::new();
    let ended = read(bytes, &mut |piece| {
        lines.push(match piece {
            Piece::File { name, bytes } => format!("{name} = {}", String::from_utf8_lossy(&bytes)),
            Piece::Other { .. } => "other".to_owned(),
            Piece::Unusable { name, why } => format!("{name}: {why}"),
        });
        ControlFlow::Continue(())
    });
    lines.extend(ended.err());
    lines
}

/// An entry of an archive, as its maker says it is.
#[derive(Clone)]
struct Entry<'a> {
    name: &'a str,
    flags: u16,
    method: u16,
    packed: Vec<u8>,
    attributes: u32,
}

fn stored<'a>(name: &'a str, content: &[u8]) -> Entry<'a> {
    Entry { name, flags: 0, method: 0, packed: content.to_vec(), attributes: 0 }
}

fn deflated<'a>(name: &'a str, content: &[u8]) -> Entry<'a> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).unwrap();
    Entry { name, flags: 0, method: 8, packed: encoder.finish().unwrap(), attributes: 0 }
}

fn zip(entries: &[Entry<'_>]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for entry in entries {
        let offset = u32::try_from(bytes.len()).unwrap();
        let header = |bytes: &mut Vec<u8>| {
            bytes.extend_from_slice(&entry.flags.to_le_bytes());
            bytes.extend_from_slice(&entry.method.to_le_bytes());
            bytes.extend_from_slice(&[0; 8]);
            bytes.extend_from_slice(&u32::try_from(entry.packed.len()).unwrap().to_le_bytes());
            bytes.extend_from_slice(&[0; 4]);
            bytes.extend_from_slice(&u16::try_from(entry.name.len()).unwrap().to_le_bytes());
            bytes.extend_from_slice(&[0; 2]);
        };
        bytes.extend_from_slice(b"PK\x03\x04\x14\0");
        header(&mut bytes);
        bytes.extend_from_slice(entry.name.as_bytes());
        bytes.extend_from_slice(&entry.packed);
        directory.extend_from_slice(b"PK\x01\x02\x14\x03\x14\0");
        header(&mut directory);
        directory.extend_from_slice(&[0; 6]);
        directory.extend_from_slice(&entry.attributes.to_le_bytes());
        directory.extend_from_slice(&offset.to_le_bytes());
        directory.extend_from_slice(entry.name.as_bytes());
    }
    let start = u32::try_from(bytes.len()).unwrap();
    let size = u32::try_from(directory.len()).unwrap();
    let number = u16::try_from(entries.len()).unwrap();
    bytes.append(&mut directory);
    bytes.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    bytes.extend_from_slice(&number.to_le_bytes());
    bytes.extend_from_slice(&number.to_le_bytes());
    bytes.extend_from_slice(&size.to_le_bytes());
    bytes.extend_from_slice(&start.to_le_bytes());
    bytes.extend_from_slice(&[0; 2]);
    bytes
}

#[test]
fn what_a_file_is() {
    fn check(name: &str, beginning: &[u8], expected: Kind) {
        assert_eq!(Kind::of(name, beginning), expected, "{name}");
    }
    check("a.completion.json", b"", Kind::Record);
    check("A.JSON", b"PK", Kind::Record);
    check("renamed.txt", b"\xef\xbb\xbf \r\n{", Kind::Record);
    check("saved again.txt", b"\xff\xfe\r\0\n\0{\0", Kind::Record);
    check("saved again.txt", b"\xfe\xff\0{\0\"", Kind::Record);
    check("saved again.txt", b"\0\n\0{", Kind::Record);
    check("zeros", b"\0\0", Kind::Other);
    check("records.ZIP", b"PK\x03\x04", Kind::Archive);
    check("letter.docx", b"PK\x03\x04", Kind::Other);
    check("./in.box/records", b"PK\x03\x04", Kind::Archive);
    check("mail.eml", b"Received: ", Kind::Mail);
    check("Inbox", b"From ada@example.org ", Kind::Mailbox);
    check("2026.mbox", b"", Kind::Mailbox);
    check("photo.jpg", b"\xff\xd8", Kind::Other);
    assert!(matches!(Kind::of("mail.msg", b"\xd0\xcf"), Kind::Sealed(_)));
    assert!(matches!(Kind::of("mail.eml", b"\xff\xfeF\0r\0"), Kind::Sealed(_)));
    assert!(matches!(Kind::of("2026.mbox", b"From ada@example.org\rSubject: "), Kind::Sealed(_)));
    assert!(matches!(Kind::of("~$1_a.completion.json", b"\x03Ada"), Kind::Companion(_)));
    check("~$1_a.completion.json", b"{", Kind::Record);
    check("", b"", Kind::Other);
    check("é", b"", Kind::Other);
}

fn attachment(name: &str, encoding: &str, content: &str) -> String {
    format!(
        "--b\r\nContent-Type: application/json; name=\"{name}\"\r\nContent-Transfer-Encoding: {encoding}\r\n\
         Content-Disposition: attachment; filename=\"{name}\"\r\n\r\n{content}\r\n"
    )
}

fn message(parts: &str) -> String {
    format!(
        "From: Ada <ada@example.org>\r\nTo: hr@example.org\r\nSubject: my training\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\npreamble\r\n{parts}--b--\r\n"
    )
}

/// What a Mac adds was put aside as a record that somebody had changed.
#[test]
fn what_a_mac_keeps_about_a_file_is_no_record() {
    const ABOUT: &[u8] = b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X";
    let name = "1_a.completion.json";
    let (about, hidden) = (format!("__MACOSX/._{name}"), format!("._{name}"));
    let bytes = zip(&[
        stored(name, b"{1"),
        deflated(&about, ABOUT),
        stored(&hidden, ABOUT),
        stored("._2.json", b"{2"),
    ]);
    let expected = ["p/1_a.completion.json = {1", "other", "other", "p/._2.json = {2"];
    assert_eq!(found(&zip_reader, &bytes), expected, "what begins like a record is one");
    for content in [ABOUT, b"cut".as_slice()] {
        let parts = attachment(name, "base64", &BASE64.encode(content))
            .replace("application/json", "application/applefile")
            + &attachment(name, "base64", &BASE64.encode("{1"));
        let both = format!(
            "--b\r\nContent-Type: multipart/appledouble; boundary=c\r\n\r\n{}--c--\r\n",
            parts.replace("--b", "--c")
        );
        assert_eq!(found(&mail_reader, message(&both).as_bytes()), ["other", "p/1_a.completion.json = {1"]);
    }
}
