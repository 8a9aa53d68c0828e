//! The first few of many, in order, without keeping the others.

use std::collections::BTreeMap;

/// The first few entries by their keys, and how many there were.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortlist<K, T> {
    first: BTreeMap<K, T>,
    longest: usize,
    seen: u64,
}

impl<K: Ord, T> Shortlist<K, T> {
    /// An empty list that keeps at most `longest` entries.
    #[must_use]
    pub fn new(longest: usize) -> Self {
        Self { first: BTreeMap::new(), longest, seen: 0 }
    }

    /// Counts an entry, and makes and keeps it if it belongs to the first ones.
    pub fn add(&mut self, key: K, entry: impl FnOnce() -> T) {
        self.seen += 1;
        let full = self.first.len() >= self.longest;
        if full && self.first.last_key_value().is_none_or(|(last, _)| *last <= key) {
            return;
        }
        if full {
            self.first.pop_last();
        }
        self.first.insert(key, entry());
    }

    /// The first entries, in order.
    pub fn entries(&self) -> impl Iterator<Item = &T> + '_ {
        self.first.values()
    }

    /// How many were counted.
    #[must_use]
    pub fn seen(&self) -> u64 {
        self.seen
    }

    /// How many were counted and not kept.
    #[must_use]
    pub fn left_out(&self) -> u64 {
        self.seen - self.first.len() as u64
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn it_is_the_beginning_of_everything_sorted(
            keys in prop::collection::hash_set(0_u16..1000, 0..40),
            longest in 0_usize..20,
        ) {
            let mut list = Shortlist::new(longest);
            for key in &keys {
                list.add(*key, || *key);
            }
            let mut expected: Vec<u16> = keys.iter().copied().collect();
            expected.sort_unstable();
            expected.truncate(longest);
            prop_assert_eq!(list.entries().copied().collect::<Vec<_>>(), expected);
            prop_assert_eq!(list.seen(), keys.len() as u64);
            prop_assert_eq!(list.left_out(), keys.len().saturating_sub(longest) as u64);
        }
    }
}
