//! How two texts differ, in words and in lines.

use std::collections::HashMap;

use similar::TextDiff;

/// Finding the shortest difference of longer texts takes too long; their words are still counted.
const MAX_LINES: usize = 5_000;

/// The words of a text, without the punctuation and the Markdown signs around them. Other signs are words, or parts of
/// them, because they change what is said: `-5` is not `5`, and `<` is not `>`.
pub(super) fn words(text: &str) -> Vec<&str> {
    const AROUND: &[char] = &[
        '.', ',', ';', ':', '!', '?', '…', '"', '\'', '“', '”', '„', '‘', '’', '«', '»', '(', ')', '[', ']',
        '*', '_', '`', '#', '–', '—',
    ];
    text.split_whitespace().map(|word| word.trim_matches(AROUND)).filter(|word| !word.is_empty()).collect()
}

/// How many words stand in `new` more often than in `old`, and in `old` more often than in `new`.
pub(super) fn count_words(old: &str, new: &str) -> (usize, usize) {
    let (old, new) = (words(old), words(new));
    let common = common(&old, &new);
    (new.len() - common, old.len() - common)
}

/// Whether less than a third of the words of two texts are the same (Dice's coefficient below 1/3).
pub(super) fn have_little_in_common(old: &str, new: &str) -> bool {
    let (old, new) = (words(old), words(new));
    3 * 2 * common(&old, &new) < old.len() + new.len()
}

/// How many words two lists have in common, each as often as it stands in both.
fn common(old: &[&str], new: &[&str]) -> usize {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in old {
        *counts.entry(word).or_default() += 1;
    }
    let taken = new.iter().filter(|word| match counts.get_mut(**word) {
        Some(left) if *left > 0 => {
            *left -= 1;
            true
        }
        Some(_) | None => false,
    });
    taken.count()
}

/// The lines that differ in the unified format of `diff -U1`, without file names.
pub(super) fn hunks(old: &str, new: &str) -> Vec<String> {
    if old.lines().count().max(new.lines().count()) > MAX_LINES {
        return Vec::new();
    }
    let difference = TextDiff::from_lines(old, new);
    let mut unified = difference.unified_diff();
    let unified = unified.context_radius(1).missing_newline_hint(false).to_string();
    unified.lines().map(str::to_owned).collect()
}
