//! What is found in a mail, however it travelled.

use std::fmt::Write as _;

use super::*;

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

#[test]
fn a_forwarded_mail_is_looked_into() {
    let inner = message(&attachment("a.json", "base64", &BASE64.encode("{1")))
        .replace("\"b\"", "\"i\"")
        .replace("--b", "--i");
    let outer = message(&format!("--b\r\nContent-Type: message/rfc822\r\n\r\n{inner}"));
    assert_eq!(found(&mail_reader, outer.as_bytes()), ["p/a.json = {1"]);
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
