//! The short way to a record that is spelt exactly as we spell it; every other file takes the long way.
//!
//! A file laid out by this program is its canonical form with white space between the tokens. So: take that white space
//! out, read the typed claims, and compare with the canonical form that follows from them, while it is written. If both are equal byte
//! for byte, nothing else can have stood in the file: no second member of a name, no fraction, no unknown member, no
//! other context. If not, nothing is said; [`super::json`] reads the file again and finds out what is wrong, if
//! anything. This saves the tree of JSON values, which costs nearly as much as the signature.

use std::io::{self, Write};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::did::KnownKeys;
use super::envelope::{Envelope, Head, Kind};
use super::json::MAX_BYTES;

/// Integers with this many digits may be too large for the profile.
const LONG: usize = 16;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a, C> {
    credential_subject: C,
    #[serde(borrow)]
    id: &'a str,
    issuer: &'a str,
    proof: Proof<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Proof<'a> {
    created: &'a str,
    proof_value: &'a str,
}

/// The envelope and the claims, or `None` when the file must be looked at more closely. The signature is not checked.
pub(super) fn read<C: Serialize + DeserializeOwned>(
    bytes: &[u8],
    kind: Kind,
    keys: &KnownKeys,
) -> Option<(Envelope, C)> {
    if bytes.len() > MAX_BYTES {
        return None;
    }
    let tight = tighten(str::from_utf8(bytes).ok()?)?;
    let Document { credential_subject: claims, id, issuer, proof } =
        serde_json::from_str::<Document<'_, C>>(&tight).ok()?;
    let head = Head::parse(kind, id, issuer, proof.created, proof.proof_value, keys).ok()?;
    let frame = head.frame();
    let subject = frame.subject_of(&tight)?.as_bytes();
    let mut unwritten = Unwritten(subject);
    serde_json::to_writer(&mut unwritten, &claims).ok()?;
    unwritten.0.is_empty().then(|| (Envelope::assemble(head, &frame, subject), claims))
}

/// What has yet to be written. Whoever writes anything else is told that they cannot.
struct Unwritten<'a>(&'a [u8]);

impl Write for Unwritten<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        let unwritten = match (bytes, self.0) {
            // Most of what is written is one sign, for which no function need be called.
            ([sign], [first, rest @ ..]) if sign == first => Some(rest),
            _ => self.0.strip_prefix(bytes),
        };
        self.0 = unwritten.ok_or(io::ErrorKind::InvalidData)?;
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The text without white space between its tokens; `None` when there is something that the profile may forbid although
/// it is canonical: a long integer, a name with other than ASCII characters, or two words or numbers that only white space
/// kept apart.
fn tighten(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let bare = |byte: u8| !b"{}[],:\"".contains(&byte);
    let mut tight = Vec::with_capacity(bytes.len());
    let mut place = 0;
    loop {
        let begun = place;
        place = behind_white_space(bytes, place);
        let Some(first) = bytes.get(place) else { break };
        // `1 2` must not become 12.
        if place > begun && bare(*first) && tight.last().is_some_and(|last| bare(*last)) {
            return None;
        }
        let end = behind_tokens(bytes, place)?;
        tight.extend_from_slice(&bytes[place..end]);
        place = end;
    }
    String::from_utf8(tight).ok()
}

fn is_white(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

fn behind_white_space(bytes: &[u8], mut place: usize) -> usize {
    const SPACES: u64 = u64::from_ne_bytes([b' '; 8]);
    while bytes.get(place).is_some_and(|byte| is_white(*byte)) {
        place += 1;
        // Most of it stands at the beginning of lines. Eight bytes are compared as one number, without calling a function.
        while let Some((eight, _)) = bytes[place..].split_first_chunk()
            && u64::from_ne_bytes(*eight) == SPACES
        {
            place += eight.len();
        }
    }
    place
}

/// Where tokens that stand close together end; `None` for one that has to be looked at more closely.
fn behind_tokens(bytes: &[u8], mut place: usize) -> Option<usize> {
    loop {
        match bytes.get(place) {
            None | Some(b' ' | b'\t' | b'\r' | b'\n') => return Some(place),
            Some(b'"') => {
                let (end, is_ascii) = behind_string(bytes, place + 1)?;
                let is_name = || bytes.get(behind_white_space(bytes, end)) == Some(&b':');
                if !is_ascii && is_name() {
                    return None;
                }
                place = end;
            }
            Some(b'0'..=b'9') => {
                let digits = bytes[place..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                if digits >= LONG {
                    return None;
                }
                place += digits;
            }
            Some(_) => place += 1,
        }
    }
}

/// Where the string ends in which `place` stands, and whether all of it is ASCII; `None` when it does not end.
fn behind_string(bytes: &[u8], mut place: usize) -> Option<(usize, bool)> {
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    let mut high = 0;
    loop {
        while let Some((eight, _)) = bytes[place..].split_first_chunk()
            && let word = u64::from_ne_bytes(*eight)
            && !(has(word, b'"') || has(word, b'\\'))
        {
            high |= word & HIGH;
            place += eight.len();
        }
        let byte = *bytes.get(place)?;
        high |= u64::from(byte) & HIGH;
        place += 1;
        match byte {
            b'"' => return Some((place, high == 0)),
            b'\\' => {
                high |= u64::from(*bytes.get(place)?) & HIGH;
                place += 1;
            }
            _ => {}
        }
    }
}

/// Whether one of eight bytes is this one (H. S. Warren, Hacker's Delight, 2nd edition, section 6-1).
fn has(word: u64, byte: u8) -> bool {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    let zero_where_it_is = word ^ u64::from_ne_bytes([byte; 8]);
    zero_where_it_is.wrapping_sub(ONES) & !zero_where_it_is & HIGH != 0
}

#[cfg(test)]
mod tests;
