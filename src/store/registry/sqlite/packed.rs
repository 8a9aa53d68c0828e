//! Files within the database, made smaller where that helps.
//!
//! A byte says how the rest is written. Records are JSON and shrink to less than half; level 1 costs less time than the
//! bytes that it saves cost to write.

use std::fmt;
use std::io::Read as _;

use flate2::read::DeflateDecoder;
use flate2::{Compress, Compression, FlushCompress, Status};

const PLAIN: u8 = 0;
/// RFC 1951.
const DEFLATED: u8 = 1;
/// No file that is kept has more bytes.
const MOST: u64 = 64 << 20;

/// Makes files smaller, one after the other. What it needs for that is some hundred KiB, which take as long to set up as a
/// record takes to be written.
pub(super) struct Packer {
    deflate: Compress,
    packed: Vec<u8>,
}

impl Default for Packer {
    fn default() -> Self {
        Self { deflate: deflate(), packed: Vec::new() }
    }
}

fn deflate() -> Compress {
    Compress::new(Compression::fast(), false)
}

impl fmt::Debug for Packer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Packer")
    }
}

impl Packer {
    /// The bytes as they are kept.
    pub(super) fn pack(&mut self, bytes: &[u8]) -> &[u8] {
        self.packed.clear();
        // No more than the bytes themselves need: what does not shrink stands as it is.
        self.packed.reserve(1 + bytes.len());
        self.packed.push(DEFLATED);
        self.deflate.reset();
        match self.deflate.compress_vec(bytes, &mut self.packed, FlushCompress::Finish) {
            Ok(Status::StreamEnd) if self.packed.len() <= bytes.len() => {}
            Ok(Status::Ok | Status::BufError | Status::StreamEnd) | Err(_) => {
                // What did not come to its end leaves room taken in there that a reset does not give back (zlib-rs 0.6.8), and
                // when none is left, the next file ends in a panic.
                self.deflate = deflate();
                self.packed.clear();
                self.packed.push(PLAIN);
                self.packed.extend_from_slice(bytes);
            }
        }
        &self.packed
    }
}

/// The bytes as they were; `None` when they were not written by a [`Packer`].
pub(super) fn unpack(packed: &[u8]) -> Option<Vec<u8>> {
    match packed.split_first()? {
        (&PLAIN, bytes) => Some(bytes.to_vec()),
        (&DEFLATED, bytes) => {
            let mut unpacked = Vec::with_capacity(4 * bytes.len());
            let read = DeflateDecoder::new(bytes).take(MOST + 1).read_to_end(&mut unpacked).ok()?;
            (read as u64 <= MOST).then_some(unpacked)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::write::DeflateEncoder;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn there_and_back(bytes in prop::collection::vec(any::<u8>(), 0..2000), times in 1_usize..40) {
            let bytes = bytes.repeat(times);
            let mut packer = Packer::default();
            for bytes in [&bytes[..], b"{}", &bytes[..]] {
                let packed = packer.pack(bytes);
                prop_assert!(packed.len() <= bytes.len() + 1);
                let unpacked = unpack(packed);
                prop_assert_eq!(unpacked.as_deref(), Some(bytes));
            }
        }

        #[test]
        fn anything_else_is_refused_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Some(unpacked) = unpack(&bytes) {
                prop_assert!(unpacked.len() <= 64 << 20);
            }
        }
    }

    /// Two files of noise, which anybody can send, ended `hr collect` each time that it was run.
    #[test]
    fn files_that_do_not_shrink_are_in_nobodys_way() {
        let mut random = 1_u64;
        let mut noise = |length| -> Vec<u8> {
            let next = || {
                random =
                    random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                random.to_le_bytes()[7]
            };
            std::iter::repeat_with(next).take(length).collect()
        };
        let mut packer = Packer::default();
        for (length, times) in [(100_000, 3), (1_000, 100), (20, 4_000)] {
            for _ in 0..times {
                let bytes = noise(length);
                assert_eq!(unpack(packer.pack(&bytes)), Some(bytes));
            }
            let small = packer.pack(&[b'a'; 1000]);
            assert!(small.len() < 100, "{}", small.len());
            assert_eq!(unpack(small).as_deref(), Some(&[b'a'; 1000][..]));
        }
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let mut encoder = DeflateEncoder::new(vec![DEFLATED], Compression::best());
        let zeros = vec![0; 1 << 20];
        for _ in 0..65 {
            encoder.write_all(&zeros).unwrap();
        }
        assert_eq!(unpack(&encoder.finish().unwrap()), None);
    }
}
