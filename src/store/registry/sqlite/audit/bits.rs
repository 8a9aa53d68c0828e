//! A set of places, a bit each.

use std::collections::BTreeMap;

/// Places stand near each other, but whoever wrote the file may have named any: pieces are made as they are needed.
#[derive(Debug, Default)]
pub(super) struct Bits(BTreeMap<u64, Vec<u64>>);

/// Words in a piece: 65,536 places in 8 KiB.
const WORDS: usize = 1024;
const PLACES: u64 = 64 * WORDS as u64;

impl Bits {
    pub(super) fn set(&mut self, place: u64) {
        let (word, bit) = within(place);
        self.0.entry(place / PLACES).or_insert_with(|| vec![0; WORDS])[word] |= bit;
    }

    pub(super) fn has(&self, place: u64) -> bool {
        let (word, bit) = within(place);
        self.0.get(&(place / PLACES)).is_some_and(|piece| piece[word] & bit != 0)
    }

    /// The places of this set that are not in the other, in order.
    pub(super) fn without(&self, other: &Self) -> Vec<u64> {
        let mut left = Vec::new();
        for (number, piece) in &self.0 {
            for (word, bits) in (0..).zip(piece) {
                let mut bits = *bits;
                while bits != 0 {
                    let place = number * PLACES + word * 64 + u64::from(bits.trailing_zeros());
                    bits &= bits - 1;
                    if !other.has(place) {
                        left.push(place);
                    }
                }
            }
        }
        left
    }
}

fn within(place: u64) -> (usize, u64) {
    let place = place % PLACES;
    (usize::try_from(place / 64).expect("below 1024"), 1 << (place % 64))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_is_a_set(ours in prop::collection::btree_set(0_u64..200_000, 0..50),
                       theirs in prop::collection::btree_set(0_u64..200_000, 0..50), far in any::<u64>()) {
            let bits = |set: &BTreeSet<u64>| {
                let mut bits = Bits::default();
                for place in set {
                    bits.set(*place);
                }
                bits
            };
            let expected: Vec<u64> = ours.difference(&theirs).copied().collect();
            prop_assert_eq!(bits(&ours).without(&bits(&theirs)), expected);
            prop_assert!(ours.iter().all(|place| bits(&ours).has(*place)));
            let mut one = Bits::default();
            one.set(far);
            prop_assert_eq!(one.without(&Bits::default()), vec![far]);
        }
    }
}
