//! The short way to a record that is spelt exactly as we spell it; every other file takes the long way.
//!
//! A file laid out by this program is its canonical form with white space between the tokens. So: take that white space
//! out, read the typed claims, write the canonical form that follows from them, and compare. If both are equal byte
//! for byte, nothing else can have stood in the file: no second member of a name, no fraction, no unknown member, no
//! other context. If not, nothing is said; [`super::json`] reads the file again and finds out what is wrong, if
//! anything. This saves the tree of JSON values, which costs nearly as much as the signature.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

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
pub(super) fn read<C: Serialize + DeserializeOwned>(bytes: &[u8], kind: Kind) -> Option<(Envelope, C)> {
    if bytes.len() > MAX_BYTES {
        return None;
    }
    let tight = tighten(str::from_utf8(bytes).ok()?)?;
    let Document { credential_subject: claims, id, issuer, proof } =
        serde_json::from_str::<Document<'_, C>>(&tight).ok()?;
    let head = Head::parse(kind, id, issuer, proof.created, proof.proof_value).ok()?;
    let (envelope, canonical) = Envelope::assemble(head, serde_json::to_vec(&claims).ok()?);
    (canonical == tight.as_bytes()).then_some((envelope, claims))
}

/// The text without white space between its tokens; `None` when there is something that the profile may forbid although
/// it is canonical: a long integer, a name with other than ASCII characters, or two words or numbers that only white space
/// kept apart.
fn tighten(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut tight = String::with_capacity(text.len());
    let mut place = 0;
    let mut apart = false;
    let bare = |byte: u8| !b"{}[],:\"".contains(&byte);
    while let Some(byte) = bytes.get(place) {
        let start = place;
        if matches!(byte, b' ' | b'\t' | b'\r' | b'\n') {
            apart = true;
            place += 1;
            continue;
        }
        // `1 2` must not become 12.
        if apart && bare(*byte) && tight.bytes().last().is_some_and(bare) {
            return None;
        }
        apart = false;
        match byte {
            b'"' => {
                place += 1;
                while *bytes.get(place)? != b'"' {
                    place += if bytes[place] == b'\\' { 2 } else { 1 };
                }
                place += 1;
                if !bytes.get(start..place)?.is_ascii() {
                    let next = bytes[place..].iter().find(|byte| !byte.is_ascii_whitespace());
                    if next == Some(&b':') {
                        return None;
                    }
                }
            }
            b'0'..=b'9' => {
                place += bytes[place..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                if place - start >= LONG {
                    return None;
                }
            }
            _ => place += 1,
        }
        tight.push_str(text.get(start..place)?);
    }
    Some(tight)
}

#[cfg(test)]
mod tests;
