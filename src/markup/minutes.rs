//! How long reading a text takes.

/// How many words adults read in a minute: the mean for English non-fiction, read silently (Brysbaert 2019, "How many
/// words do we read per minute?", Journal of Memory and Language 109).
const WORDS_A_MINUTE: usize = 238;

/// How many minutes a text takes, at least one.
pub(super) fn minutes(text: &str) -> u32 {
    u32::try_from(words_read(text).div_ceil(WORDS_A_MINUTE)).unwrap_or(u32::MAX).max(1)
}

/// The words of a text but for its footnotes: a footnote begins with `[^label]:` and goes on to an empty line, and
/// behind that with every line that is indented by four.
fn words_read(text: &str) -> usize {
    if !text.contains("]:") {
        return words(text);
    }
    let mut count = 0;
    let mut within = Within::Text;
    for line in text.split_inclusive('\n') {
        let blank = line.trim().is_empty();
        within = match within {
            Within::Note if blank => Within::AfterNote,
            Within::AfterNote if !blank && !line.starts_with("    ") && !line.starts_with('\t') => {
                Within::Text
            }
            Within::Text | Within::Note | Within::AfterNote => within,
        };
        if begins_note(line) {
            within = Within::Note;
        }
        count += match within {
            Within::Text => words(line),
            Within::Note | Within::AfterNote => 0,
        };
    }
    count
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

fn words(text: &str) -> usize {
    let (mut words, mut ideographs) = (0, 0);
    let mut outside = WORD;
    for byte in text.bytes() {
        let kind = KINDS[usize::from(byte)];
        words += usize::from(kind & outside);
        ideographs += usize::from(kind & IDEOGRAPH);
        // `WORD` until a word begins, and again from the space behind it.
        outside = (outside & !kind) | ((kind & SPACE) * WORD);
    }
    words / usize::from(WORD) + ideographs / usize::from(IDEOGRAPH) / 2
}
