//! SHA-256 digests, the names by which contents are known.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::block_api::compress256;
use sha2::{Digest as _, Sha256, Sha512};

/// A SHA-256 digest (FIPS 180-4), written `sha256:` and 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest([u8; 32]);

impl Ord for Digest {
    /// In the order of the bytes. The first eight nearly always decide, and are one number.
    fn cmp(&self, other: &Self) -> Ordering {
        let first =
            |digest: &Self| u64::from_be_bytes(*digest.0.first_chunk().expect("a digest has 32 bytes"));
        first(self).cmp(&first(other)).then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for Digest {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

const PREFIX: &str = "sha256:";
/// How long a digest is as text.
const LENGTH: usize = PREFIX.len() + 64;
const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// Why a text is not a [`Digest`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DigestError;

impl fmt::Display for DigestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected sha256: and 64 lower-case hexadecimal digits")
    }
}

impl std::error::Error for DigestError {}

/// The SHA-512 digest of these bytes (FIPS 180-4): nothing of ours is named by it, and formats of others may be.
#[must_use]
pub fn sha512(bytes: &[u8]) -> [u8; 64] {
    Sha512::digest(bytes).into()
}

impl Digest {
    /// The digest of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The digest of these bytes, taken from several places, in a row. Where one part ends does not show in it.
    #[must_use]
    pub fn of_parts<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        parts.into_iter().fold(Hashing::default(), Hashing::bytes).digest()
    }

    /// The digest of several fields, none of which can be mistaken for part of its neighbour: every field is
    /// written as a netstring (`5:hello,`), so a shell with `printf` and `sha256sum` can do the same.
    #[must_use]
    pub fn of_fields<'a>(fields: impl IntoIterator<Item = &'a str>) -> Self {
        fields.into_iter().fold(Hashing::default(), Hashing::field).digest()
    }

    /// The digest that these bytes are.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The 64 hexadecimal digits without `sha256:`, as `sha256sum` prints them.
    #[must_use]
    pub fn hex(&self) -> String {
        self.written(|text| text[PREFIX.len()..].to_owned())
    }

    /// The digest as text, which stands nowhere but on the stack.
    fn written<T>(&self, read: impl FnOnce(&str) -> T) -> T {
        let mut text = [0; LENGTH];
        let (prefix, hex) = text.split_at_mut(PREFIX.len());
        prefix.copy_from_slice(PREFIX.as_bytes());
        for (pair, byte) in hex.chunks_exact_mut(2).zip(self.0) {
            pair[0] = DIGITS[usize::from(byte >> 4)];
            pair[1] = DIGITS[usize::from(byte & 15)];
        }
        read(str::from_utf8(&text).expect("letters, digits and a colon"))
    }

    /// The first eight hexadecimal digits, enough for a person to tell files apart.
    #[must_use]
    pub fn short(&self) -> String {
        let mut hex = self.hex();
        hex.truncate(8);
        hex
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.written(|text| f.write_str(text))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Digest {
    type Err = DigestError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let hex = text.strip_prefix(PREFIX).ok_or(DigestError)?.as_bytes();
        if hex.len() != 64 {
            return Err(DigestError);
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(hex.chunks_exact(2)) {
            *byte = nibble(pair[0])? << 4 | nibble(pair[1])?;
        }
        Ok(Self(bytes))
    }
}

fn nibble(digit: u8) -> Result<u8, DigestError> {
    match digit {
        b'0'..=b'9' => Ok(digit - b'0'),
        b'a'..=b'f' => Ok(digit - b'a' + 10),
        _ => Err(DigestError),
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.written(|text| serializer.serialize_str(text))
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Text)
    }
}

/// Reads the text where it stands: a record has twenty of them.
struct Text;

impl de::Visitor<'_> for Text {
    type Value = Digest;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Digest, E> {
        text.parse().map_err(E::custom)
    }
}

/// A digest that is not finished. What many texts begin with is hashed once, by going on from copies of it.
///
/// The compression function is the library's. Its streams would do the same and take three times as long for texts of a
/// block or two, of which a draw hashes hundreds.
#[derive(Debug, Clone)]
pub struct Hashing {
    state: [u32; 8],
    /// The beginning of the next block, `filled` bytes of it.
    block: [u8; BLOCK],
    filled: usize,
    /// Of all that was hashed, in bytes.
    length: u64,
}

/// The length of a block in bytes (FIPS 180-4, section 5.2.1).
const BLOCK: usize = 64;

impl Default for Hashing {
    /// The digest of nothing yet (FIPS 180-4, section 5.3.3).
    fn default() -> Self {
        let state = [
            0x6a09_e667,
            0xbb67_ae85,
            0x3c6e_f372,
            0xa54f_f53a,
            0x510e_527f,
            0x9b05_688c,
            0x1f83_d9ab,
            0x5be0_cd19,
        ];
        Self { state, block: [0; BLOCK], filled: 0, length: 0 }
    }
}

impl Hashing {
    /// With these bytes behind what is there.
    #[must_use]
    pub fn bytes(mut self, bytes: &[u8]) -> Self {
        self.length += bytes.len() as u64;
        let (first, rest) = bytes.split_at(bytes.len().min(BLOCK - self.filled));
        self.block[self.filled..self.filled + first.len()].copy_from_slice(first);
        self.filled += first.len();
        if self.filled == BLOCK {
            compress256(&mut self.state, &[self.block]);
            let (blocks, rest) = rest.as_chunks::<BLOCK>();
            compress256(&mut self.state, blocks);
            self.block[..rest.len()].copy_from_slice(rest);
            self.filled = rest.len();
        }
        self
    }

    /// With this field behind what is there, written as in [`Digest::of_fields`].
    #[must_use]
    pub fn field(mut self, field: &str) -> Self {
        let mut room = [0; 20];
        let length = decimal(field.len(), &mut room);
        let (colon, text, end) = (length.len(), length.len() + 1, length.len() + 1 + field.len());
        // Most fields are identifiers that end within the block, and then nothing has to be asked between the parts.
        if let Some(place) = self.block[self.filled..].get_mut(..=end)
            && self.filled + end + 1 < BLOCK
        {
            place[..colon].copy_from_slice(length);
            place[colon] = b':';
            place[text..end].copy_from_slice(field.as_bytes());
            place[end] = b',';
            self.filled += place.len();
            self.length += place.len() as u64;
            return self;
        }
        self.bytes(length).bytes(b":").bytes(field.as_bytes()).bytes(b",")
    }

    /// The digest of all of it.
    #[must_use]
    pub fn digest(mut self) -> Digest {
        // FIPS 180-4, section 5.1.1: a one, zeros, and the length in bits at the end of a block.
        const LENGTH_AT: usize = BLOCK - 8;
        self.block[self.filled] = 0x80;
        self.block[self.filled + 1..].fill(0);
        if self.filled >= LENGTH_AT {
            compress256(&mut self.state, &[self.block]);
            self.block.fill(0);
        }
        self.block[LENGTH_AT..].copy_from_slice(&(8 * self.length).to_be_bytes());
        compress256(&mut self.state, &[self.block]);
        let mut digest = [0; 32];
        for (bytes, word) in digest.chunks_exact_mut(4).zip(self.state) {
            bytes.copy_from_slice(&word.to_be_bytes());
        }
        Digest(digest)
    }
}

/// A number as text, at the end of where there is room for it.
fn decimal(mut number: usize, room: &mut [u8; 20]) -> &[u8] {
    let mut begin = room.len();
    loop {
        begin -= 1;
        room[begin] = DIGITS[number % 10];
        number /= 10;
        if number == 0 || begin == 0 {
            return &room[begin..];
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn agrees_with_sha256sum() {
        // printf abc | sha256sum
        assert_eq!(
            Digest::of(b"abc").hex(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        // printf '3:abc,0:,' | sha256sum
        assert_eq!(Digest::of_fields(["abc", ""]), Digest::of(b"3:abc,0:,"));
        let long = "x".repeat(1234);
        assert_eq!(Digest::of_fields([long.as_str()]), Digest::of(format!("1234:{long},").as_bytes()));
    }

    proptest! {
        #[test]
        fn the_order_is_that_of_the_bytes(mut one: [u8; 32], other: [u8; 32], alike in 0_usize..33) {
            one[..alike].copy_from_slice(&other[..alike]);
            prop_assert_eq!(Digest(one).cmp(&Digest(other)), one.cmp(&other));
        }

        #[test]
        fn what_is_hashed_in_parts_is_what_the_library_says(
            parts in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..150), 0..6),
        ) {
            let hashing = parts.iter().fold(Hashing::default(), |hashing, part| hashing.bytes(part));
            prop_assert_eq!(hashing.digest(), Digest::of(&parts.concat()));
        }
    }

    #[test]
    fn every_length_around_a_block_is_padded_right() {
        for length in 0..200 {
            let bytes = vec![0xA5; length];
            assert_eq!(Hashing::default().bytes(&bytes).digest(), Digest::of(&bytes), "{length} bytes");
        }
    }

    #[test]
    fn a_field_is_a_netstring_wherever_in_a_block_it_ends() {
        for begun in 0..130 {
            for length in 0..130 {
                let (before, field) = ("b".repeat(begun), "f".repeat(length));
                let whole = Digest::of(format!("{before}{length}:{field},").as_bytes());
                let hashing = Hashing::default().bytes(before.as_bytes()).field(&field);
                assert_eq!(hashing.digest(), whole, "{length} bytes behind {begun}");
            }
        }
    }

    #[test]
    fn many_go_on_from_one_beginning() {
        let begun = Hashing::default().field("seed").bytes(b"/");
        for end in ["a", "b"] {
            let whole = Digest::of(format!("4:seed,/1:{end},").as_bytes());
            assert_eq!(begun.clone().field(end).digest(), whole);
        }
        assert_eq!(decimal(usize::MAX, &mut [0; 20]), usize::MAX.to_string().as_bytes());
    }

    #[test]
    fn one_spelling_a_digest() {
        let text = Digest::of(b"abc").to_string();
        assert_eq!(text.parse::<Digest>().expect("own spelling").to_string(), text);
        for wrong in [
            text.to_uppercase(),
            text.replace("sha256:", ""),
            text.replace("sha256:", "sha512:"),
            format!("{text}0"),
            text.replace('f', "g"),
        ] {
            assert!(wrong.parse::<Digest>().is_err(), "{wrong}");
        }
    }
}
