//! What was laid out last: a key, its hints and its frame look at the same thing, and it is made once.

use std::cell::RefCell;
use std::sync::Arc;

/// What was made last, and for what. It is no part of what it belongs to: a copy begins with nothing, and nothing differs by it.
#[derive(Debug)]
pub struct Kept<K, V>(RefCell<Option<(K, Arc<V>)>>);

impl<K: PartialEq, V> Kept<K, V> {
    /// What belongs to `key`: what was made last if that was for the same one, else what `make` makes.
    pub fn get(&self, key: K, make: impl FnOnce() -> V) -> Arc<V> {
        if let Some((of, kept)) = &*self.0.borrow()
            && *of == key
        {
            return Arc::clone(kept);
        }
        let new = Arc::new(make());
        *self.0.borrow_mut() = Some((key, Arc::clone(&new)));
        new
    }

    /// What it was made from is not so any more.
    pub fn forget(&mut self) {
        *self.0.get_mut() = None;
    }
}

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self(RefCell::new(None))
    }
}

impl<K, V> Clone for Kept<K, V> {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl<K, V> PartialEq for Kept<K, V> {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

impl<K, V> Eq for Kept<K, V> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_is_made_once_for_the_same_key() {
        let mut made = 0;
        let mut kept = Kept::default();
        let mut check = |kept: &Kept<u16, u16>, key: u16, expected: u32| {
            let value = kept.get(key, || {
                made += 1;
                key * 2
            });
            assert_eq!((*value, made), (key * 2, expected), "{key}");
        };
        check(&kept, 40, 1);
        check(&kept, 40, 1);
        check(&kept, 80, 2);
        check(&kept, 40, 3);
        check(&kept.clone(), 40, 4);
        check(&kept, 40, 4);
        kept.forget();
        check(&kept, 40, 5);
    }
}
