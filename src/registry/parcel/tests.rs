use std::fmt::Write as _;
use std::io::{BufReader, Cursor, Write as _};

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

fn mailbox_reader(bytes: &[u8], take: Take<'_>) -> Result<ControlFlow<()>, String> {
    mailbox(&mut BufReader::new(bytes), "p", take)
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

#[test]
fn an_archive_is_looked_into() {
    let bytes = zip(&[
        stored("a.json", b"{1"),
        deflated("folder/b.completion.json", b"{2"),
        stored("folder/", b""),
        deflated("notes.txt", b"nothing"),
        deflated("renamed.txt", b"  {3"),
    ]);
    let expected = ["p/a.json = {1", "p/folder/b.completion.json = {2", "other", "p/renamed.txt =   {3"];
    assert_eq!(found(&zip_reader, &bytes), expected);
}

/// Names lead nowhere: they are words.
#[test]
fn what_stands_in_an_archive_and_is_not_taken_out() {
    let link = Entry { attributes: 0o120_777 << 16, ..stored("link.json", b"/etc/passwd") };
    let secret = Entry { flags: 1, ..stored("secret.json", b"{") };
    let odd = Entry { method: 12, ..stored("odd.json", b"{") };
    let broken = Entry { method: 8, ..stored("broken.json", b"\xff\xff\xff\xff") };
    let bytes = zip(&[
        stored("../../up.json", b"{1"),
        link,
        secret,
        odd,
        broken,
        stored("inner.zip", &zip(&[stored("a.json", b"{2")])),
        deflated("large.json", &vec![b' '; MAX_BYTES + 1]),
    ]);
    let found = found(&zip_reader, &bytes);
    assert_eq!(found[0], "p/../../up.json = {1");
    let expected = [
        "p/link.json: is a link",
        "p/secret.json: is encrypted",
        "p/odd.json: is compressed by method 12",
        "p/broken.json: cannot be unpacked",
        "p/inner.zip: is an archive within an archive",
        "p/large.json: is larger than 1 MiB",
    ];
    assert_eq!(found.len(), 1 + expected.len(), "{found:#?}");
    for (found, expected) in found[1..].iter().zip(expected) {
        assert!(found.starts_with(expected), "{found}");
    }
}

/// Two megabytes that unpack to three gigabytes, though each entry breaks off before its end.
#[test]
fn a_bomb_ends() {
    let mut entry = deflated("a.json", &vec![b' '; MAX_BYTES]);
    entry.packed.truncate(entry.packed.len() - 4);
    let entries = vec![entry; 3000];
    let mut unusable = 0;
    let ended = archive(&mut Cursor::new(zip(&entries)), "p", &mut |piece| {
        unusable += usize::from(matches!(piece, Piece::Unusable { .. }));
        ControlFlow::Continue(())
    });
    let why = ended.expect_err("it ends");
    assert!(
        why.starts_with("a.json: two entries of this name") && why.contains(": do not unpack it; "),
        "{why}"
    );
    assert!((2048..2060).contains(&unusable), "{unusable}");
}

/// Three thousand entries that are all the same bytes.
#[test]
fn a_bomb_of_overlapping_entries_is_not_unpacked() {
    let one = deflated("a.json", &vec![b' '; MAX_BYTES]);
    let mut bytes = zip(&[one]);
    let end = bytes.split_off(bytes.len() - 22);
    let start = usize::try_from(u32::from_le_bytes(end[16..20].try_into().unwrap())).unwrap();
    let entry = bytes.split_off(start);
    let number = 3000_u16;
    bytes.extend(entry.repeat(usize::from(number)));
    let size = u32::try_from(entry.len() * usize::from(number)).unwrap();
    let mut end = end;
    end[8..10].copy_from_slice(&number.to_le_bytes());
    end[10..12].copy_from_slice(&number.to_le_bytes());
    end[12..16].copy_from_slice(&size.to_le_bytes());
    bytes.extend(end);
    let mut taken = 0;
    let ended = archive(&mut Cursor::new(&bytes), "p", &mut |piece| {
        taken += usize::from(matches!(piece, Piece::File { .. }));
        ControlFlow::Continue(())
    });
    assert_eq!(ended, Err("is damaged, or a trap: its entries overlap; ask for it again".to_owned()));
    assert_eq!(taken, 0);
}

#[test]
fn an_archive_that_is_none_is_refused() {
    let good = zip(&[stored("a.json", b"{1"), stored("b.json", b"{2")]);
    let refused = |bytes: &[u8], words: &str| {
        let found = found(&zip_reader, bytes);
        assert!(found.last().is_some_and(|last| last.contains(words)), "{words}: {found:?}");
    };
    refused(b"", "is no zip archive");
    refused(b"PK\x03\x04", "is no zip archive");
    refused(&good[..good.len() - 1], "is no zip archive");
    refused(&[b"MZ", good.as_slice()].concat(), "is no zip archive");
    refused(&[good.as_slice(), b"more"].concat(), "is no zip archive");
    let mut claims_more = good.clone();
    let at = good.len() - 10;
    claims_more[at..at + 4].copy_from_slice(&u32::MAX.to_le_bytes());
    refused(&claims_more, "is no zip archive");
    let mut damaged = good.clone();
    let directory =
        usize::try_from(u32::from_le_bytes(good[good.len() - 6..good.len() - 2].try_into().unwrap()))
            .unwrap();
    damaged[directory] = b'X';
    refused(&damaged, "its directory breaks off");
    let mut nowhere = good.clone();
    nowhere[directory + 42] = 200;
    refused(&nowhere[..], "p/b.json");
}

/// Whatever bytes come, reading ends, and without a panic.
#[test]
fn any_byte_may_be_wrong() {
    let good = zip(&[stored("a.json", b"{1"), deflated("b.json", b"{22222222")]);
    for place in 0..good.len() {
        for value in [0, 1, 0x7F, 0xFF, good[place] ^ 0x20] {
            let mut bytes = good.clone();
            bytes[place] = value;
            found(&zip_reader, &bytes);
        }
    }
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

#[test]
fn attachments_are_found_however_they_travel() {
    let zipped = BASE64.encode(zip(&[stored("z.json", b"{4")]));
    let parts = [
        "--b\r\nContent-Type: text/plain\r\n\r\nHello, here it is.\r\n".to_owned(),
        attachment("a.json", "base64", &BASE64.encode("{1")),
        attachment("b.json", "quoted-printable", "{=\r\n2=C3=A9"),
        attachment("=?utf-8?q?c=C3=A9.json?=", "7bit", "{3"),
        attachment("all.zip", "base64", &zipped),
    ];
    let found = found(&mail_reader, message(&parts.concat()).as_bytes());
    assert_eq!(found, ["p/a.json = {1", "p/b.json = {2é", "p/cé.json = {3", "p/all.zip/z.json = {4"]);
}

/// The text of every mail was counted as something that is no record, and nothing was named.
#[test]
fn the_text_of_a_mail_is_nothing_by_itself_and_a_mail_with_nothing_else_is_told() {
    let text = "--b\r\nContent-Type: text/plain\r\n\r\nHello, here it is.\r\n";
    let html = "--b\r\nContent-Type: text/html\r\n\r\n<p>Hello, here it is.</p>\r\n";
    let check = |parts: &str, expected: &[&str]| {
        let names = |piece| match piece {
            Piece::File { name, .. } | Piece::Other { name } | Piece::Unusable { name, .. } => name,
        };
        let mut found = Vec::new();
        let ended = mail_reader(message(parts).as_bytes(), &mut |piece| {
            found.push(names(piece));
            ControlFlow::Continue(())
        });
        assert!(ended.is_ok() && found == expected, "{found:?}");
    };
    let invitation = "--b\r\nContent-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\n";
    let came_back =
        "--b\r\nContent-Type: message/rfc822\r\n\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n\r\n";
    check(&[text, html].concat(), &["p"]);
    check(&[text, invitation, came_back].concat(), &["p"]);
    check(&[text, &attachment("a.json", "7bit", "{1")].concat(), &["p/a.json"]);
    check(&[text, html, &attachment("cert.png", "7bit", "no")].concat(), &["p/cert.png"]);
}

/// What was attached was decoded by the set of characters that the mail named, then put aside as changed by somebody.
#[test]
fn an_attached_file_keeps_its_bytes_whatever_the_mail_says_of_its_characters() {
    let record = "{\"name\": \"王小明, Zoë\"}";
    let mut quoted = String::new();
    for byte in record.bytes() {
        let _ = write!(quoted, "={byte:02X}");
    }
    let sets = "utf-8 us-ascii iso-8859-1 iso-8859-15 windows-1252 koi8-r utf-7 utf-16le iso-2022-jp shift_jis gb18030 unknown-8bit";
    for set in sets.split(' ') {
        for (encoding, sent) in [
            ("base64", BASE64.encode(record)),
            ("quoted-printable", quoted.clone()),
            ("8bit", record.to_owned()),
        ] {
            for kind in ["text/plain", "text/html", "text/x-json", "application/json"] {
                let part = attachment("a.json", encoding, &sent)
                    .replace("application/json;", &format!("{kind}; charset={set};"));
                let found = found(&mail_reader, message(&part).as_bytes());
                assert_eq!(found, [format!("p/a.json = {record}")], "{kind} {set} {encoding}");
            }
        }
    }
}

/// Where a part stands is counted from the beginning of the mail around it, which may itself have travelled encoded.
#[test]
fn a_file_attached_to_a_forwarded_mail_keeps_its_bytes() {
    let record = "{\"name\": \"王小明\"}";
    let part = attachment("a.json", "base64", &BASE64.encode(record))
        .replace("application/json;", "text/plain; charset=iso-8859-1;");
    let inner = message(&part).replace("\"b\"", "\"i\"").replace("--b", "--i");
    let encoded = format!("Content-Transfer-Encoding: base64\r\n\r\n{}\r\n", BASE64.encode(&inner));
    for forwarded in [format!("\r\n{inner}"), encoded] {
        let outer = message(&format!("--b\r\nContent-Type: message/rfc822\r\n{forwarded}"));
        assert_eq!(found(&mail_reader, outer.as_bytes()), [format!("p/a.json = {record}")], "{forwarded}");
    }
}

/// The text of the mail itself is words, and they are in the set of characters that is named.
#[test]
fn the_text_of_a_mail_is_decoded() {
    let letter = b"Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{\"name\": \"Zo\xeb\"}";
    assert_eq!(found(&mail_reader, letter), ["p/part 1 = {\"name\": \"Zoë\"}"]);
}

/// The mail was cut off, and so was what is attached: nobody saw what it was.
#[test]
fn of_an_attachment_that_breaks_off_there_is_what_came() {
    let sent = BASE64.encode("{\"a\": 1, \"b\": 2}");
    let whole = message(&attachment("a.txt", "base64", &sent));
    let cut = whole.find(&sent).unwrap() + 8;
    assert_eq!(found(&mail_reader, &whole.as_bytes()[..cut]), ["p/a.txt = {\"a\": "]);
}

/// It was cut at the first of them, and told as a record that somebody had changed.
#[test]
fn signs_that_mean_nothing_in_base64_are_ignored() {
    let content = "{\"a\": 1, \"b\": 2, \"c\": 345}";
    let sent = BASE64.encode(content);
    assert!(sent.ends_with('='), "it has padding");
    let (first, second) = sent.split_at(10);
    for sent in [
        format!("{first}!-_\u{a0}*\r\n?{second}"),
        format!("{sent}\r\n_____\r\nSent by our list. Leave it at https://lists.example.org"),
    ] {
        let mail = message(&attachment("a.json", "base64", &sent));
        assert_eq!(found(&mail_reader, mail.as_bytes()), [format!("p/a.json = {content}")], "{sent}");
    }
    let whole = &BASE64.encode("{\"abc\": 12}\n")[..12];
    let listed = message(&attachment("a.json", "base64", &format!("{whole}\r\n_____\r\nour list")));
    assert_eq!(found(&mail_reader, listed.as_bytes()), ["p/a.json = {\"abc\": 1"]);
}

/// People paste records, and their programs send what they wrote as a page.
#[test]
fn a_record_in_a_mail_that_is_a_page_alone_is_told() {
    let page = "<p>Hello</p><p>{<br>&quot;@context&quot;: [ &quot;https://www.w3.org/ns/credentials/v2&quot;,<br>\r\n";
    let mail = format!("Content-Type: text/html; charset=utf-8\r\n\r\n{page}");
    let told = found(&mail_reader, mail.as_bytes());
    assert!(told.len() == 1 && told[0].contains("p/part 1: may have a record among its words"), "{told:?}");
    // The same words stand in the plain text.
    let record = "{\"@context\": [\"https://www.w3.org/ns/credentials/v2\", 1]}";
    let both = format!(
        "Content-Type: multipart/alternative; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n{record}\r\n--b\r\n\
         Content-Type: text/html\r\n\r\n{page}\r\n--b--\r\n"
    );
    assert_eq!(found(&mail_reader, both.as_bytes()), [format!("p/part 2 = {record}")]);
}

/// A mail that cannot be taken apart was counted as no completion record.
#[test]
fn a_mail_that_may_hold_a_record_and_cannot_be_taken_apart_is_told() {
    let told = |mail: &str, words: &str| {
        let found = found(&mail_reader, mail.as_bytes());
        assert!(found.len() == 1 && found[0].contains(words), "{words}: {found:?}");
    };
    let whole = message(&attachment("a.json", "base64", &BASE64.encode("{1")));
    told(&whole.replace("; boundary=\"b\"", ""), "p/part 1: has parts that cannot be told apart");
    told(&whole.replace("\"b\"", "\"\""), "p/part 1: has parts that cannot be told apart");
    told(&whole[..whole.find("--b").unwrap()], "p/part 1: has parts that cannot be told apart");
    let partial =
        "Content-Type: message/partial; id=\"x\"; number=1; total=2\r\n\r\nSubject: my training\r\n\r\n{";
    told(partial, "p/part 1: is a piece of a mail");
    let uuencoded = "Subject: my training\r\n\r\nHello\r\nbegin 644 a.json\r\n#>R)A\r\n`\r\nend\r\n";
    told(uuencoded, "p/part 1: has a file in it");
    let text = format!("--b\r\nContent-Type: text/plain\r\n\r\n{uuencoded}");
    told(&message(&text), "p/part 2: has a file in it");
    let pasted = "Subject: my training\r\n\r\nHello\r\n\r\n{\"@context\": [\r\n\
                  \"https://www.w3.org/ns/credentials/v2\",\r\n";
    told(pasted, "p/part 1: may have a record among its words");
}

/// An encrypted mail was counted as two files that are no records.
#[test]
fn a_mail_in_openpgp_is_told_as_encrypted() {
    let mail = "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\r\n\r\n\
                --b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n\
                --b\r\nContent-Type: application/octet-stream\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n--b--\r\n";
    let found = found(&mail_reader, mail.as_bytes());
    assert!(found.len() == 2 && found[0].contains("p/part 2: is a mail that is encrypted"), "{found:?}");
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

#[test]
fn a_forwarded_mail_is_looked_into() {
    let inner = message(&attachment("a.json", "base64", &BASE64.encode("{1")))
        .replace("\"b\"", "\"i\"")
        .replace("--b", "--i");
    let outer = message(&format!("--b\r\nContent-Type: message/rfc822\r\n\r\n{inner}"));
    assert_eq!(found(&mail_reader, outer.as_bytes()), ["p/a.json = {1"]);
}

#[test]
fn a_mailbox_is_read_mail_by_mail() {
    let one = message(&attachment("a.json", "base64", &BASE64.encode("{1")));
    let two = message(&attachment("b.json", "7bit", "{\r\n>From here on\r\n>>From there\r\n}"));
    let separator = "From hr@example.org Mon Nov 23 08:00:00 2026\r\n";
    let bytes = format!("{separator}{one}\r\n{separator}{two}");
    let expected = ["p/mail 1/a.json = {1", "p/mail 2/b.json = {\r\nFrom here on\r\n>From there\r\n}"];
    assert_eq!(found(&mailbox_reader, bytes.as_bytes()), expected);
}

/// It was taken for a mailbox within a mail, and the officer was told to save it.
#[test]
fn a_letter_that_begins_like_a_mailbox_is_a_letter() {
    let letter = "Subject: lunch\r\nContent-Type: text/plain\r\n\r\nFrom here on\r\nno record\r\n";
    let separator = "From hr@example.org Mon Nov 23 08:00:00 2026\r\n";
    let found = found(&mailbox_reader, format!("{separator}{letter}").as_bytes());
    assert!(found.iter().all(|piece| !piece.contains("within a mail")), "{found:?}");
}

/// Of a mail that is too large nothing is held, and those behind it are read.
#[test]
fn a_giant_mail_does_not_hide_the_next_one() {
    let separator = "From hr@example.org Mon Nov 23 08:00:00 2026\n";
    let small = message(&attachment("a.json", "base64", &BASE64.encode("{1")));
    let giant = "x".repeat(MAX_MAIL + 1);
    let bytes = format!("{separator}{giant}\n{separator}{small}");
    let found = found(&mailbox_reader, bytes.as_bytes());
    assert!(found[0].starts_with("p/mail 1: is a mail of more than 32 MiB"), "{}", found[0]);
    assert_eq!(found[1..], ["p/mail 2/a.json = {1"]);
}

/// What would cost the parser its stack, hours or gigabytes is not handed to it.
#[test]
fn hostile_mails_are_refused_quickly() {
    let nested = "Content-Type: message/rfc822\n\n".repeat(100_000);
    let digests = "Content-Type: multipart/digest; boundary=a\n\n--a\n\n".repeat(100_000);
    let mut unended = String::new();
    for number in 0..100_000 {
        let _ = write!(unended, "Content-Type: multipart/x; boundary=n{number}\n\n");
    }
    let parts = message(&"--b\n\n".repeat(1_000_000));
    for bytes in [nested, digests, unended, parts] {
        let found = found(&mail_reader, bytes.as_bytes());
        assert_eq!(found, ["has more parts than any honest mail: save its attachments, then collect them"]);
    }
    assert_eq!(found(&mail_reader, b""), ["is no mail: export it anew as a file"]);
    // As deep as is allowed is deep enough for anybody, and can be let go of.
    let deep = "Content-Type: message/rfc822\n\n".repeat(64);
    found(&mail_reader, deep.as_bytes());
}
