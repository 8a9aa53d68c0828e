//! The attachments of a mail (RFC 5322, RFC 2045 to 2049, RFC 2183).

use std::ops::ControlFlow;

use mail_parser::{MessageParser, MimeHeaders as _, PartType};

use super::{MAX_MAIL, Piece, Take, Within, hand_on};

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
    while let Some(message) = messages.pop() {
        for part in message.parts {
            number += 1;
            let named = part.attachment_name();
            let called = named.map_or_else(|| format!("part {number}"), str::to_owned);
            let is_named = named.is_some();
            let is_text = matches!(&part.body, PartType::Text(_) | PartType::Html(_));
            let content = match &part.body {
                PartType::Multipart(_) => continue,
                PartType::Message(_) => {
                    if let PartType::Message(inner) = part.body {
                        messages.push(inner);
                    }
                    continue;
                }
                PartType::Text(text) | PartType::Html(text) => text.as_bytes(),
                PartType::Binary(content) | PartType::InlineBinary(content) => content,
            };
            let flow = hand_on(content, &format!("{name}/{called}"), within, &mut |piece| match piece {
                // Every mail has one: its text.
                Piece::Other { .. } if is_text && !is_named => ControlFlow::Continue(()),
                piece => {
                    is_letter = false;
                    take(piece)
                }
            });
            if flow.is_break() {
                return Ok(flow);
            }
        }
    }
    // Whoever forgot the attachment waits for an answer.
    Ok(if is_letter { take(Piece::Other { name: name.to_owned() }) } else { ControlFlow::Continue(()) })
}

pub(super) const TOO_LARGE: &str = "is a mail of more than 32 MiB: save its attachments, then collect them";

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
