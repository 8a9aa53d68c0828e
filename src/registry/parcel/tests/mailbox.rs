//! A mailbox is read mail by mail.

use std::io::BufReader;

use super::*;

fn mailbox_reader(bytes: &[u8], take: Take<'_>) -> Result<ControlFlow<()>, String> {
    mailbox(&mut BufReader::new(bytes), "p", take)
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
