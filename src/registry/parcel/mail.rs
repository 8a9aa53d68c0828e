//! The attachments of a mail (RFC 5322, RFC 2045 to 2049, RFC 2183).

use std::borrow::Cow;
use std::ops::ControlFlow;

use mail_parser::decoders::{base64::base64_decode, quoted_printable::quoted_printable_decode};
use mail_parser::{ContentType, Message, MessageParser, MessagePart, MimeHeaders as _, PartType};

use super::{MAX_MAIL, Piece, Take, Within, hand_on, pasted, sealed, uuencoded};

/// Mails within mails, and digests of them. The parser keeps each inside the one around it, so that letting go of them
/// takes stack for every level.
const MAX_NESTED: usize = 64;
/// Parts that have parts. For each one whose boundary never comes the parser searches to the end of the mail.
const MAX_MULTIPARTS: usize = 256;
/// Lines that may be boundaries: the parser keeps some hundred bytes for each part.
const MAX_BOUNDARIES: usize = 10_000;

pub(super) fn read(
    bytes: &[u8],
    name: &str,
    within: Within,
    take: Take<'_>,
) -> Result<ControlFlow<()>, String> {
    if bytes.len() > MAX_MAIL {
        return Err(TOO_LARGE.to_owned());
    }
    if is_hostile(bytes) {
        return Err("has more parts than any honest mail: save its attachments, then collect them".to_owned());
    }
    let Some(message) = MessageParser::default().parse(bytes) else {
        return Err("is no mail: export it anew as a file".to_owned());
    };
    let mut messages = vec![message];
    let (mut number, mut is_letter) = (0_usize, true);
    while let Some(Message { parts, raw_message, .. }) = messages.pop() {
        let has_plain = parts.iter().any(|part| matches!(part.body, PartType::Text(_)) && is_body(part));
        for part in parts {
            number += 1;
            let part = match part.body {
                PartType::Message(inner) => {
                    messages.push(inner);
                    continue;
                }
                PartType::Multipart(_) => continue,
                body => MessagePart { body, ..part },
            };
            let shown = format!("{name}/{}", called(&part, number));
            let is_text = matches!(part.body, PartType::Text(_) | PartType::Html(_));
            let is_words = is_text && part.attachment_name().is_none();
            let mut take = |piece| match piece {
                // Every mail has one: its text.
                Piece::Other { .. } if is_words => ControlFlow::Continue(()),
                piece => {
                    is_letter = false;
                    take(piece)
                }
            };
            // Of two forms of the same words the plain one is looked at.
            let pasted = match &part.body {
                PartType::Html(text) if !has_plain && is_body(&part) => pasted::why_in_page(text),
                _ => None,
            };
            let content = pasted.map_or_else(|| content(&part, &raw_message), Err);
            let flow = match content {
                Ok(content) => hand_on(&content, &shown, within, &mut take),
                Err(why) => take(Piece::Unusable { name: shown, why: why.to_owned() }),
            };
            if flow.is_break() {
                return Ok(flow);
            }
        }
    }
    // Whoever forgot the attachment waits for an answer.
    Ok(if is_letter { take(Piece::Other { name: name.to_owned() }) } else { ControlFlow::Continue(()) })
}

/// What a part is called; one without a name by its number.
fn called(part: &MessagePart<'_>, number: usize) -> String {
    match part.attachment_name() {
        // It is called like the file that it is about; on a disk a Mac calls it so.
        Some(name) if part.is_content_type("application", "applefile") => format!("._{name}"),
        Some(name) => name.to_owned(),
        None => format!("part {number}"),
    }
}

/// What a part without parts holds; else why it cannot be had, and what helps.
fn content<'a>(part: &'a MessagePart<'_>, mail: &'a [u8]) -> Result<Cow<'a, [u8]>, &'static str> {
    if part.is_content_type("message", "partial") {
        return Err(PARTIAL);
    }
    // The part beside what is encrypted; both are in every such mail (RFC 3156).
    if part.is_content_type("application", "pgp-encrypted") {
        return Err(sealed::ENCRYPTED);
    }
    let is_multipart = part.content_type().is_some_and(|kind| kind.ctype().eq_ignore_ascii_case("multipart"));
    // The parser takes it for a text where it does not find its parts. Mails that came back are often headers alone.
    if is_multipart && !part.contents().trim_ascii().is_empty() {
        return Err(NO_PARTS);
    }
    match &part.body {
        PartType::Text(text) if is_body(part) => {
            let why = uuencoded::why(text.as_bytes()).or_else(|| pasted::why(text));
            why.map_or(Ok(Cow::Borrowed(text.as_bytes())), Err)
        }
        PartType::Html(text) if is_body(part) => {
            uuencoded::why(text.as_bytes()).map_or(Ok(Cow::Borrowed(text.as_bytes())), Err)
        }
        PartType::Text(_) | PartType::Html(_) => Ok(attached(part, mail)),
        PartType::Binary(content) | PartType::InlineBinary(content) => Ok(Cow::Borrowed(content)),
        PartType::Message(_) | PartType::Multipart(_) => Ok(Cow::default()),
    }
}

/// Whether a part is the text of the mail, and no file that happens to be a text.
fn is_body(part: &MessagePart<'_>) -> bool {
    let is_text = part.content_type().is_none()
        || part.is_content_type("text", "plain")
        || part.is_content_type("text", "html");
    let is_attached = part.content_disposition().is_some_and(ContentType::is_attachment);
    is_text && !is_attached && part.attachment_name().is_none()
}

/// The bytes that somebody attached. How they travel is undone; what set of characters the mail says that they are in is nothing to
/// do with a file (RFC 2045), and often a guess. Of what breaks off, all that came.
fn attached<'a>(part: &MessagePart<'_>, mail: &'a [u8]) -> Cow<'a, [u8]> {
    let travels = |encoding: &str| {
        part.content_transfer_encoding().is_some_and(|said| said.eq_ignore_ascii_case(encoding))
    };
    let sent = mail.get(part.offset_body as usize..part.offset_end as usize).unwrap_or_default();
    let decoded = if travels("base64") {
        base64_decode(&of_base64(sent))
    } else if travels("quoted-printable") {
        quoted_printable_decode(sent)
    } else {
        None
    };
    decoded.map_or(Cow::Borrowed(sent), Cow::Owned)
}

/// The signs that mean something in base64; any other is ignored (RFC 2045, section 6.8). What stands behind the padding, or
/// below a line of other signs alone, is what a mailing list has put there.
fn of_base64(sent: &[u8]) -> Vec<u8> {
    let means = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=".contains(byte);
    let is_rule = |line: &[u8]| !line.trim_ascii().is_empty() && !line.iter().any(means);
    let lines = sent.split(|byte| *byte == b'\n').take_while(|line| !is_rule(line));
    let signs: Vec<u8> = lines.flatten().copied().filter(means).collect();
    let padding = signs.iter().position(|sign| *sign == b'=').unwrap_or(signs.len());
    let padded = signs[padding..].iter().take_while(|sign| **sign == b'=').count();
    signs[..padding + padded].to_vec()
}

pub(super) const TOO_LARGE: &str = "is a mail of more than 32 MiB: save its attachments, then collect them";
const PARTIAL: &str = "is a piece of a mail that was sent in several, and may hold a record: open it in the mail program, which puts \
                       them together, save the attachment, and collect that; or ask for the record once more";
const NO_PARTS: &str = "has parts that cannot be told apart, and may hold a record: the mail is damaged or cut off; save its \
                        attachments in the mail program, and collect those, or ask for the record once more";

/// Whether taking the mail apart could cost more than it is worth. It counts words, wherever they stand: to miss none is
/// more important than to count too many.
fn is_hostile(bytes: &[u8]) -> bool {
    let (mut nested, mut multiparts, mut boundaries) = (0, 0, 0);
    let mut previous = b'\n';
    for place in 0..bytes.len() {
        let rest = &bytes[place..];
        match rest[0] | 0x20 {
            b'r' if begins(rest, b"rfc822") => nested += 1,
            b'g' if begins(rest, b"global") => nested += 1,
            b'd' if begins(rest, b"digest") => nested += 1,
            b'm' if begins(rest, b"multipart") => multiparts += 1,
            b'-' if previous == b'\n' && rest.starts_with(b"--") => boundaries += 1,
            _ => {}
        }
        previous = rest[0];
    }
    nested > MAX_NESTED || multiparts > MAX_MULTIPARTS || boundaries > MAX_BOUNDARIES
}

fn begins(bytes: &[u8], word: &[u8]) -> bool {
    bytes.get(..word.len()).is_some_and(|bytes| bytes.eq_ignore_ascii_case(word))
}
