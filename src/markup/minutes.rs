//! How long reading a text takes.

use super::bytes::{holds, line_ends};

/// How many words adults read in a minute: the mean for English non-fiction, read silently (Brysbaert 2019, "How many
/// words do we read per minute?", Journal of Memory and Language 109).
const WORDS_A_MINUTE: usize = 238;

/// The words are counted up to a place about every so many bytes.
const STEP: usize = 1 << 10;

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

    /// How many minutes the text takes, at least one.
    pub(super) fn minutes(&self) -> u32 {
        minutes_of(self.words())
    }

    /// How many minutes what follows `offset` takes, at least one.
    pub(super) fn minutes_from(&self, offset: usize) -> u32 {
        minutes_of(self.words().saturating_sub(self.words_before(offset)))
    }

    fn words(&self) -> usize {
        self.marks.last().map_or(0, |(_, words)| *words)
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
/// behind that with every line that is indented by four. `passed` hears the offset of a line about every [`STEP`] bytes, and
/// the words before it. Two ideographs are a word.
fn words_read(text: &str, mut passed: impl FnMut(usize, usize)) -> usize {
    let has_notes = holds(text, "]:");
    let (mut halves, mut counted, mut offset) = (0, 0, 0);
    let mut within = Within::Text;
    for end in line_ends(text, 0) {
        let line = if has_notes { within.then(&text[offset..end]) } else { within };
        // Many lines at once are counted faster than one after the other.
        if line != within || offset - counted >= STEP {
            halves += within.half_words(&text[counted..offset]);
            passed(offset, halves / 2);
            counted = offset;
        }
        (within, offset) = (line, end);
    }
    halves += within.half_words(&text[counted..]);
    halves / 2
}

/// What a line of a text belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

    fn half_words(self, lines: &str) -> usize {
        match self {
            Self::Text => half_words(lines),
            Self::Note | Self::AfterNote => 0,
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

// What a byte is to somebody who counts words: 1 or 0, for comparisons without branches are done many at once.

fn is_space(byte: u8) -> u8 {
    u8::from(matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
}

/// Of ideographs and kana (U+3000 to U+9FFF), which are not written with spaces, it is the first byte.
fn is_ideograph(byte: u8) -> u8 {
    u8::from(matches!(byte, 0xe3..=0xe9))
}

fn is_of_word(byte: u8) -> u8 {
    let ascii = matches!(byte, b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z');
    u8::from(ascii) | u8::from(matches!(byte, 0xc3..=0xe2 | 0xea..=0xf4))
}

/// So many bytes are looked at in one go: one for each bit of a [`Bits`].
const BLOCK: usize = 64;

/// Something that is so or not of each byte of a block, beginning at the lowest bit.
type Bits = u64;

fn bits(block: &[u8; BLOCK], is: impl Fn(u8) -> u8) -> Bits {
    let flags = block.map(is);
    let (eights, _) = flags.as_chunks::<8>();
    // The product has the lowest bit of each byte side by side in its highest byte, and no two of its parts meet in one bit.
    let gathered = |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    eights.iter().rev().fold(0, |bits, eight| bits << 8 | gathered(eight))
}

/// Words and ideographs as they are met, a block at a time. A word is what stands between spaces and has a letter or a digit.
#[derive(Debug, Default)]
struct Counter {
    words: usize,
    ideographs: usize,
    /// Whether what goes on behind the last block is a word already.
    inside: bool,
}

impl Counter {
    fn take(&mut self, block: &[u8; BLOCK]) {
        let spaces = bits(block, is_space);
        // What stands between two spaces is a number of ones only. To add one of its own bits to it, or several of them, carries
        // exactly once, into the space behind it; and so does what is carried over from the block before.
        let (sum, beyond) = (!spaces).overflowing_add(bits(block, is_of_word));
        let (sum, further) = sum.overflowing_add(u64::from(self.inside));
        self.words += (sum & spaces).count_ones() as usize;
        self.inside = beyond | further;
        self.ideographs += usize::from(block.iter().map(|byte| is_ideograph(*byte)).sum::<u8>());
    }
}

/// Two for each word, one for each ideograph. This looks at every byte of a course before anything is shown of it.
fn half_words(text: &str) -> usize {
    let mut counter = Counter::default();
    let (blocks, rest) = text.as_bytes().as_chunks::<BLOCK>();
    for block in blocks {
        counter.take(block);
    }
    let mut last = [b' '; BLOCK];
    last[..rest.len()].copy_from_slice(rest);
    counter.take(&last);
    2 * counter.words + counter.ideographs
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
        fn a_word_has_a_letter_or_a_digit(text in "[a9 '–漢é\n\t-]{0,300}") {
            let is_word = |between: &&[u8]| between.iter().any(|byte| is_of_word(*byte) == 1);
            let words = text.as_bytes().split(|byte| is_space(*byte) == 1).filter(is_word).count();
            let ideographs = text.bytes().filter(|byte| is_ideograph(*byte) == 1).count();
            prop_assert_eq!(half_words(&text), 2 * words + ideographs);
        }
    }
}
