//! Files within the database, made smaller where that helps.
//!
//! A byte says how the rest is written. Records are JSON and shrink to less than half; level 1 costs less time than the
//! bytes that it saves cost to write.

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

const PLAIN: u8 = 0;
/// RFC 1951.
const DEFLATED: u8 = 1;
/// No file that is kept has more bytes.
const MOST: u64 = 64 << 20;

/// The bytes as they are kept.
pub(super) fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(vec![DEFLATED], Compression::fast());
    match encoder.write_all(bytes).and_then(|()| encoder.finish()) {
        Ok(packed) if packed.len() <= bytes.len() => packed,
        // Writing into memory does not fail; what does not shrink stands as it is.
        Ok(_) | Err(_) => [&[PLAIN], bytes].concat(),
    }
}

/// The bytes as they were; `None` when they were not written by [`pack`].
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
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn there_and_back(bytes in prop::collection::vec(any::<u8>(), 0..2000), times in 1_usize..40) {
            let bytes = bytes.repeat(times);
            let packed = pack(&bytes);
            prop_assert!(packed.len() <= bytes.len() + 1);
            prop_assert_eq!(unpack(&packed), Some(bytes));
        }

        #[test]
        fn anything_else_is_refused_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Some(unpacked) = unpack(&bytes) {
                prop_assert!(unpacked.len() <= 64 << 20);
            }
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
