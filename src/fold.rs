//! Texts as they are compared when somebody looks for one: without accents, case and forms that only look different.
//!
//! Every character is folded by itself: taken apart (NFKD), stripped of its accents, put into lower case. Marks that are no
//! accents stay, such as the vowels of Indic scripts and Thai: without them other words would be found. Hangul stays in
//! syllables, or every syllable would be found by the beginning of another one.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::char::{
    canonical_combining_class, compose, decompose_compatible, is_combining_mark,
};

/// Whether capitals matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// They do not.
    Ignored,
    /// They do.
    Kept,
}

/// A text as it is compared, in parts, and where each piece of it stood.
#[derive(Debug, Clone)]
pub struct Folded {
    case: Case,
    text: String,
    segments: Vec<Segment>,
}

/// What goes on until the next one begins.
#[derive(Debug, Clone, Copy)]
struct Segment {
    /// Where it begins in the folded text.
    start: usize,
    /// Where it begins in the text that was folded.
    place: usize,
    /// How many bytes of that became the segment as a whole; `None` where byte became byte.
    whole: Option<usize>,
}

/// Stands between two parts, and in no part.
pub const BETWEEN_PARTS: char = '\n';

/// Appends the folded text in one part, whatever its case.
pub fn fold_into(out: &mut String, text: &str) {
    let is_simple = text.bytes().all(|byte| matches!(byte, 0x20..=0x7e)) && !text.contains("  ");
    if is_simple {
        out.extend(text.chars().map(|c| plain(c).to_ascii_lowercase()));
    } else {
        out.push_str(&folded(text));
    }
}

/// The folded text in one part, whatever its case.
#[must_use]
pub fn folded(text: &str) -> String {
    let mut folded = Folded::new(Case::Ignored);
    folded.push(text, 0);
    folded.text
}

impl Folded {
    /// Nothing yet.
    #[must_use]
    pub fn new(case: Case) -> Self {
        Self { case, text: String::new(), segments: Vec::new() }
    }

    /// Whether capitals matter in it.
    #[must_use]
    pub fn case(&self) -> Case {
        self.case
    }

    /// How many bytes of memory it takes, about.
    #[must_use]
    pub fn size(&self) -> usize {
        self.text.capacity() + self.segments.capacity() * size_of::<Segment>()
    }

    /// Appends a text whose first byte has this place. White space and control characters become a space, several of them
    /// too.
    pub fn push(&mut self, text: &str, place: usize) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let plain = bytes[at..].iter().take_while(|byte| matches!(byte, 0x21..=0x7e)).count();
            if plain > 0 {
                self.letters(&text[at..at + plain], place + at);
                at += plain;
                continue;
            }
            let rest = &text[at..];
            let blank = rest.len() - rest.trim_start_matches(is_blank).len();
            if blank > 0 {
                self.blank(blank, place + at);
                at += blank;
                continue;
            }
            let (length, folded) = fold_first(rest, self.case);
            self.unit(&folded, length, place + at);
            at += length;
        }
    }

    /// Nothing that is looked for reaches from what came before into what comes next.
    pub fn end_part(&mut self) {
        self.text.push(BETWEEN_PARTS);
    }

    /// The folded text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The places of a range of the folded text that is not empty: of every character that has a share in it.
    #[must_use]
    pub fn place_of(&self, range: Range<usize>) -> Range<usize> {
        let start = self.segment(range.start).map_or(0, |segment| match segment.whole {
            Some(_) => segment.place,
            None => segment.place + (range.start - segment.start),
        });
        let end = self.segment(range.end.saturating_sub(1)).map_or(start, |segment| match segment.whole {
            Some(length) => segment.place + length,
            None => segment.place + (range.end - segment.start),
        });
        start..end.max(start)
    }

    fn segment(&self, at: usize) -> Option<Segment> {
        let next = self.segments.partition_point(|segment| segment.start <= at);
        next.checked_sub(1).map(|last| self.segments[last])
    }

    /// ASCII without spaces: a byte is a byte.
    fn letters(&mut self, text: &str, place: usize) {
        self.goes_on_at(place);
        let start = self.text.len();
        self.text.extend(text.chars().map(plain));
        if self.case == Case::Ignored {
            self.text[start..].make_ascii_lowercase();
        }
    }

    fn blank(&mut self, length: usize, place: usize) {
        if length == 1 {
            self.goes_on_at(place);
        } else {
            self.segments.push(Segment { start: self.text.len(), place, whole: Some(length) });
        }
        self.text.push(' ');
    }

    fn unit(&mut self, folded: &str, length: usize, place: usize) {
        if folded.is_empty() {
            return;
        }
        let one = folded.chars().nth(1).is_none();
        if one && folded.len() == length {
            self.goes_on_at(place);
        } else {
            self.segments.push(Segment { start: self.text.len(), place, whole: Some(length) });
        }
        self.text.push_str(folded);
    }

    /// From here on byte is byte.
    fn goes_on_at(&mut self, place: usize) {
        let start = self.text.len();
        let goes_on = self.segments.last().is_some_and(|last| {
            last.whole.is_none() && last.place.checked_add(start - last.start) == Some(place)
        });
        if !goes_on {
            self.segments.push(Segment { start, place, whole: None });
        }
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

/// How many bytes the first character has that is compared as a whole, and as what.
fn fold_first(text: &str, case: Case) -> (usize, Cow<'static, str>) {
    let mut rest = text.chars();
    let Some(first) = rest.next() else { return (0, Cow::Borrowed("")) };
    let mut syllable = first;
    if is_hangul(first) {
        while let Some(longer) = rest.clone().next().and_then(|next| compose(syllable, next)) {
            syllable = longer;
            rest.next();
        }
    }
    let length = text.len() - rest.as_str().len();
    let mut folded = String::new();
    fold_character(syllable, case, &mut folded);
    (length, Cow::Owned(folded))
}

fn fold_character(c: char, case: Case, out: &mut String) {
    let c = plain(c);
    if is_syllable(c) {
        return out.push(c);
    }
    decompose_compatible(c, |part| {
        let part = plain(part);
        if let Some(last) = out.chars().next_back().filter(|last| is_hangul(*last))
            && let Some(syllable) = compose(last, part)
        {
            out.truncate(out.len() - last.len_utf8());
            return out.push(syllable);
        }
        if is_blank(part) {
            return out.push(' ');
        }
        if is_passed_over(part) {
            return;
        }
        let start = out.len();
        match spelt(part) {
            Some(letters) => out.push_str(letters),
            None => out.push(part),
        }
        if case == Case::Ignored {
            lower_case(out, start);
        }
    });
}

/// Puts what stands behind `start` into lower case as Unicode folds case: through capitals, so that what has no lower case
/// of its own (`ſ`, `ς`, `ŉ`) becomes the same as what looks like it.
fn lower_case(text: &mut String, start: usize) {
    if text.as_bytes()[start..].is_ascii() {
        return text[start..].make_ascii_lowercase();
    }
    let folded: String = text[start..]
        .chars()
        .flat_map(char::to_lowercase)
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
        .filter(|c| !is_passed_over(*c))
        .map(plain)
        .collect();
    text.truncate(start);
    text.push_str(&folded);
}

/// Accents and points, and what steers how its neighbours look.
fn is_passed_over(c: char) -> bool {
    match c {
        // Joiners, variation selectors, and what draws an Arabic word out.
        '\u{200c}'
        | '\u{200d}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{e0100}'..='\u{e01ef}'
        | '\u{180b}'..='\u{180f}'
        | '\u{640}' => true,
        c if c < '\u{300}' => false,
        c if is_combining_mark(c) => match canonical_combining_class(c) {
            // Vowels, and what says that there is none: part of the word like any letter (UAX 44, table 15).
            0 | 9 | 84 | 91 | 103 | 118 | 129 | 130 | 132 => false,
            _ => true,
        },
        _ => false,
    }
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{1112}') || is_syllable(c)
}

fn is_syllable(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}')
}

/// Letters that Unicode does not take apart and that people without them on their keyboard write like this.
fn spelt(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'ẞ' => "SS",
        'æ' => "ae",
        'Æ' => "AE",
        'œ' => "oe",
        'Œ' => "OE",
        'ø' => "o",
        'Ø' => "O",
        'ł' => "l",
        'Ł' => "L",
        'đ' | 'ð' => "d",
        'Đ' | 'Ð' => "D",
        'þ' => "th",
        'Þ' => "TH",
        'ı' => "i",
        _ => return None,
    })
}

/// Word processors and phones put apostrophes, quotation marks and hyphens where a keyboard has one of each. Also before
/// Unicode takes a character apart: an acute accent that stands alone becomes a space with a mark.
fn plain(c: char) -> char {
    match c {
        '`' | '´' | 'ʹ' | 'ʻ' | 'ʼ' | '‘' | '’' | '‛' | '′' | '＇' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' | '＂' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '﹣' | '－' => '-',
        c => c,
    }
}

#[cfg(test)]
mod tests;
