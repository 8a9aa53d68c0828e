//! How long reading a text takes.

use memchr::memchr;

use super::bytes::{holds, line_ends};

/// How many words adults read in a minute: the mean for English non-fiction, read silently (Brysbaert 2019, "How many
/// words do we read per minute?", Journal of Memory and Language 109).
const WORDS_A_MINUTE: usize = 238;

/// The words are counted up to a place about every so many bytes.
const STEP: usize = 1 << 10;

/// How many minutes a text takes, at least one.
pub(super) fn minutes(text: &str) -> u32 {
    minutes_of(words_read(text, |_, _| {}))
}

/// How many words stand before a place, for places without number.
#[derive(Debug)]
pub(super) struct Pace {
    /// Offsets in the text, in bytes and in order, with the words before them.
    marks: Vec<(usize, usize)>,
}

impl Pace {
    /// Counts the words of a text.
    pub(super) fn new(text: &str) -> Self {
        let mut marks = vec![(0, 0)];
        let words = words_read(text, |offset, words| {
            if marks.last().is_some_and(|(last, _)| offset - last >= STEP) {
                marks.push((offset, words));
            }
        });
        marks.push((text.len(), words));
        Self { marks }
    }

    /// How many minutes what follows `offset` takes, at least one.
    pub(super) fn minutes_from(&self, offset: usize) -> u32 {
        let all = self.marks.last().map_or(0, |(_, words)| *words);
        minutes_of(all.saturating_sub(self.words_before(offset)))
    }

    /// About how many words stand before `offset`: between two marks they are taken to be spread evenly.
    fn words_before(&self, offset: usize) -> usize {
        let next = self.marks.partition_point(|(mark, _)| *mark <= offset);
        let Some((start, words)) = next.checked_sub(1).and_then(|last| self.marks.get(last)) else {
            return 0;
        };
        let Some((end, more)) = self.marks.get(next) else { return *words };
        words + (more - words) * (offset - start) / (end - start).max(1)
    }
}

fn minutes_of(words: usize) -> u32 {
    u32::try_from(words.div_ceil(WORDS_A_MINUTE)).unwrap_or(u32::MAX).max(1)
}

/// The words of a text but for its footnotes: a footnote begins with `[^label]:` and goes on to an empty line, and
/// behind that with every line that is indented by four. `passed` hears the offset of each line and the words before it.
/// Two ideographs are a word.
fn words_read(text: &str, mut passed: impl FnMut(usize, usize)) -> usize {
    let has_notes = holds(text, "]:");
    let (mut halves, mut offset) = (0, 0);
    let mut within = Within::Text;
    for end in line_ends(text, 0) {
        passed(offset, halves / 2);
        let line = &text[offset..end];
        offset = end;
        if has_notes {
            within = within.then(line);
        }
        halves += match within {
            Within::Text => half_words(line),
            Within::Note | Within::AfterNote => 0,
        };
    }
    halves / 2
}

/// What a line of a text belongs to.
#[derive(Debug, Clone, Copy)]
enum Within {
    Text,
    /// In a footnote.
    Note,
    /// Behind an empty line in or after a footnote.
    AfterNote,
}

impl Within {
    /// What the next line belongs to.
    fn then(self, line: &str) -> Self {
        if begins_note(line) {
            return Self::Note;
        }
        let blank = line.trim().is_empty();
        match self {
            Self::Note if blank => Self::AfterNote,
            Self::AfterNote if !blank && !line.starts_with("    ") && !line.starts_with('\t') => Self::Text,
            Self::Text | Self::Note | Self::AfterNote => self,
        }
    }
}

fn begins_note(line: &str) -> bool {
    let label = line.trim_start_matches(' ').strip_prefix("[^").filter(|rest| line.len() - rest.len() <= 5);
    let label = label.and_then(|rest| rest.split_once("]:")).map(|(label, _)| label);
    label.is_some_and(|label| {
        !label.is_empty() && !label.contains(|c: char| c.is_whitespace() || "[]".contains(c))
    })
}

/// What a byte is to somebody who counts words.
const SPACE: u8 = 1;
const WORD: u8 = 2;
/// The first bytes of U+3000 to U+9FFF: kana and ideographs are not written with spaces.
const IDEOGRAPH: u8 = 4;

/// By byte. A table, because this looks at every byte of a course before anything is shown of it.
#[expect(clippy::cast_possible_truncation, reason = "there are 256 bytes")]
const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < kinds.len() {
        kinds[byte] = match byte as u8 {
            b' ' | b'\t' | b'\n' | b'\r' => SPACE,
            0xe3..=0xe9 => IDEOGRAPH,
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | 0xc3..=0xf4 => WORD,
            _ => 0,
        };
        byte += 1;
    }
    kinds
};

/// Words and ideographs as they are met.
#[derive(Debug)]
struct Counter {
    words: usize,
    ideographs: usize,
    /// `WORD` until a word begins, and again from the space behind it.
    outside: u8,
}

impl Counter {
    const fn new() -> Self {
        Self { words: 0, ideographs: 0, outside: WORD }
    }

    fn take(&mut self, byte: u8) {
        let kind = KINDS[usize::from(byte)];
        self.words += usize::from(kind & self.outside);
        self.ideographs += usize::from(kind & IDEOGRAPH);
        self.outside = (self.outside & !kind) | ((kind & SPACE) * WORD);
    }

    fn half_words(&self) -> usize {
        2 * self.words / usize::from(WORD) + self.ideographs / usize::from(IDEOGRAPH)
    }
}

/// Counts both halves at once: what a byte means depends on the one before, and nothing is waited for in the other half.
fn half_words(text: &str) -> usize {
    let bytes = text.as_bytes();
    let middle = bytes.len() / 2;
    let cut = memchr(b' ', &bytes[middle..]).map_or(bytes.len(), |space| middle + space);
    let (first, second) = bytes.split_at(cut);
    let (mut before, mut behind) = (Counter::new(), Counter::new());
    for (&one, &other) in first.iter().zip(second) {
        before.take(one);
        behind.take(other);
    }
    // One of them is used up.
    first.iter().skip(second.len()).for_each(|&byte| before.take(byte));
    second.iter().skip(first.len()).for_each(|&byte| behind.take(byte));
    before.half_words() + behind.half_words()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn half_words_of_any_script() {
        fn check(text: &str, expected: usize) {
            assert_eq!(half_words(text), expected, "{text:?}");
        }
        check("", 0);
        check(" ", 0);
        check("word", 2);
        check("- * -", 0);
        check("don't stop, it's two-fold", 8);
        check("one two three four five six seven", 14);
        check("ä Straße", 4);
        check("漢字", 2);
    }

    proptest! {
        #[test]
        fn two_halves_are_the_whole(text in "[a-c '–漢\n]{0,80}") {
            let mut counter = Counter::new();
            text.bytes().for_each(|byte| counter.take(byte));
            prop_assert_eq!(half_words(&text), counter.half_words());
        }
    }
}
