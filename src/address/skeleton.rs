//! What a text looks like (UTS 39, section 4), from a table that `build/looks.rs` makes with `unicode-security`.

use unicode_normalization::UnicodeNormalization as _;

// `LOOKS`: all looks, one behind the other. `ENDS`: where in them that of a character ends.
include!(concat!(env!("OUT_DIR"), "/looks.rs"));

/// The same for two texts that can be taken for each other.
pub(super) fn skeleton(text: &str) -> impl Iterator<Item = char> {
    text.nfd().flat_map(look).nfd()
}

/// What a character looks like that does not decompose: mostly itself, or nothing where it is not seen.
fn look(letter: char) -> impl Iterator<Item = char> {
    let found = ENDS.binary_search_by_key(&letter, |(letter, _)| *letter);
    let is_itself = found.is_err();
    let other = found.map_or("", look_at);
    other.chars().chain(is_itself.then_some(letter))
}

fn look_at(index: usize) -> &'static str {
    let end = |index: usize| usize::from(ENDS[index].1);
    let begin = index.checked_sub(1).map_or(0, end);
    &LOOKS[begin..end(index)]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::skeleton;

    #[track_caller]
    #[expect(clippy::disallowed_methods, reason = "the library is what the table is held to")]
    fn require_as_the_library_says(text: &str) {
        assert!(skeleton(text).eq(unicode_security::skeleton(text)), "{text:?}");
    }

    #[test]
    fn every_character_looks_as_the_library_says() {
        for letter in char::MIN..=char::MAX {
            require_as_the_library_says(letter.encode_utf8(&mut [0; 4]));
        }
    }

    proptest! {
        /// What is put together of several characters is decomposed and ordered as a whole.
        #[test]
        fn texts_look_as_the_library_says(text in "([a-z\u{e0}-\u{24f}\u{300}-\u{36f}\u{ad}\u{430}]|\\PC){0,12}") {
            require_as_the_library_says(&text);
        }
    }
}
