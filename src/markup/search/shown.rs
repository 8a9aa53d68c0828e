//! What is shown around a place of a text, or from it on, in one line, for lists of places.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use super::Excerpt;
use super::signs::{Beside, missing_brackets};
use super::words::{Found, Piece, Words};
use crate::fold::Case;
use crate::markup::Document;
use crate::printable::Printable;

/// So many bytes of it say which place is meant.
const LONGEST: usize = 240;

/// So many of them stand before the place, where a sentence began there: a page may begin with the last word of one, which alone
/// says nothing.
const BEFORE: usize = 100;

/// A place with nothing to read from there to the end of its part, such as a line across the page, is known by what comes in
/// the next one.
const PARTS: usize = 2;

impl Document {
    /// What is shown from the sentence at `offset` (in bytes of the source) to the end of the paragraph, the item or the row: words without
    /// markup, addresses and signs of footnotes. Empty where nothing follows.
    #[must_use]
    pub fn shown_from(&self, offset: usize) -> Printable {
        let first = self.chunk_at(offset);
        let mut parts = (first..self.chunks()).take(PARTS).map(|chunk| Words::of(self, chunk, Case::Kept));
        let shown = parts.find_map(|words| words.from(self.source(), offset, BEFORE));
        shown.map_or_else(Printable::default, |shown| Printable::new(&cut(shown)))
    }
}

impl Excerpt {
    /// The hit with the rest of the words that it is a part of (UAX 29): “Irish” where “Iris” was looked for.
    #[must_use]
    pub fn whole_words(&self) -> String {
        let Self { before, hit, after } = self;
        let text = format!("{before}{hit}{after}");
        let (first, behind) = (before.as_str().len(), before.as_str().len() + hit.as_str().len());
        let bounds = || text.split_word_bound_indices().map(|(at, _)| at).chain([text.len()]);
        let begin = bounds().take_while(|at| *at <= first).last().unwrap_or(first);
        let end = bounds().find(|at| *at >= behind).unwrap_or(behind);
        text[begin..end].to_owned()
    }
}

impl Words {
    /// A hit with about so many characters before and behind it, in one line that begins and ends with whole words.
    pub(super) fn excerpt(&self, found: &Found, hit: usize, around: usize) -> Option<Excerpt> {
        let place = found.places.get(hit)?;
        // A sign is shown with its brackets in the words around it.
        let ((Range { start, end }, Range { start: left, end: right }), [opening, closing]) =
            match self.beside(place.start) {
                Some((sign, Beside { block, at, .. })) => {
                    // Of several in a row the first one has the one bracket, and the last one the other.
                    let [open, close] = missing_brackets(&self.text[sign.clone()]);
                    let opening = format!("{open}{}", &self.text[sign.start..place.start]);
                    let closing = format!("{}{close}", &self.text[place.end..sign.end]);
                    ((block.clone(), *at..*at), [opening, closing])
                }
                None => ((self.block(place.start), place.clone()), Default::default()),
            };
        let shown = |range: Range<usize>| Printable::new(&self.text[range]);
        let before = self.text[start..left].grapheme_indices(true).rev().take(around).last();
        let before = before.map_or(left, |(at, _)| start + at);
        let before = if before > start { self.word_from(before..left) } else { start };
        let after = self.text[right..end].grapheme_indices(true).nth(around);
        let after = after.map_or(end, |(at, _)| self.word_to(right..right + at));
        let sign = |cut: bool| if cut { "…" } else { "" };
        let lead = self.text[before..left].trim_start();
        let tail = format!("{closing}{}", &self.text[right..after]);
        Some(Excerpt {
            before: Printable::new(&format!("{}{lead}{opening}", sign(before > start))),
            hit: shown(place.clone()),
            after: Printable::new(&format!("{}{}", tail.trim_end(), sign(after < end))),
        })
    }

    /// Where in `range` the first word begins that is whole; its start where no word does, as in scripts without blanks.
    fn word_from(&self, range: Range<usize>) -> usize {
        if self.text[..range.start].ends_with(|c: char| !c.is_whitespace()) {
            let blank = self.text[range.clone()].find(char::is_whitespace);
            return blank.map_or(range.start, |blank| range.start + blank);
        }
        range.start
    }

    /// Where in `range` the last word ends that is whole; its end where no word does.
    fn word_to(&self, range: Range<usize>) -> usize {
        if self.text[range.end..].starts_with(|c: char| !c.is_whitespace()) {
            let blank = self.text[range.clone()].rfind(char::is_whitespace);
            return blank.map_or(range.end, |blank| range.start + blank);
        }
        range.end
    }

    /// What of the text of `source` is shown from the sentence at `offset` on: to the end of the block, or of the line that the row of a
    /// table is. Of what stands before `offset` it is so many bytes at most.
    pub(super) fn from(&self, source: &str, offset: usize, before: usize) -> Option<String> {
        // Offsets are counted into pieces as the lines of a layout are placed.
        let shown = |piece: &Piece| offset.saturating_sub(piece.offset);
        let mut words = self.pieces.iter().filter(|piece| self.beside(piece.place.start).is_none());
        let first = words.find(|piece| shown(piece) < piece.place.len())?;
        let mut start = self.text.floor_char_boundary(first.place.start + shown(first));
        let line_end = source[first.offset..].find('\n').map_or(source.len(), |end| first.offset + end);
        let from = self.sentence_at(start);
        let cut = self.text.floor_char_boundary(start.saturating_sub(before));
        let lead = if from < cut {
            format!("…{}", self.text[self.word_from(cut..start)..start].trim_start())
        } else {
            self.text[from..start].trim_start().to_owned()
        };
        let mut blocks = Vec::new();
        while start < self.text.len() && (blocks.is_empty() || self.begin_of_block(start) < line_end) {
            let end = self.block(start).end;
            if self.beside(start).is_none() {
                blocks.push(self.text[start..end].trim());
            }
            start = end;
        }
        Some(lead + &blocks.join("; "))
    }

    /// Where in the text the sentence begins, or the line of code, that has this place.
    fn sentence_at(&self, place: usize) -> usize {
        let block = self.block(place);
        let line = self.lines.iter().rev().find(|line| **line <= place);
        let start = line.map_or(block.start, |line| block.start.max(*line));
        let sentences = self.text[start..block.end].split_sentence_bound_indices();
        sentences.map(|(at, _)| start + at).take_while(|at| *at <= place).last().unwrap_or(start)
    }
}

/// The beginning of a text, up to the end of a word where there is one.
fn cut(mut text: String) -> String {
    if text.len() > LONGEST {
        text.truncate(text.floor_char_boundary(LONGEST));
        let word = text.rfind(' ').unwrap_or(text.len());
        text.truncate(word);
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::markup::Layout;

    const TEXT: &str = "# A *title*\n\nIt *emphasises* a `word`[^F1], see [the\nguide](https://example.org)[^F1]\\\nand more.\n\n\
        | App | What *it* takes |\n|---|---|\n| A | contacts[^F2] |\n| B | 1 &amp; 2 |\n\n- one\n- two\n\n---\n\nLast.\n\n\
        [^F1]: A source.\n[^F2]: Another.\n";

    fn check(from: &str, expected: &str) {
        let offset = TEXT.find(from).expect("a place of the text");
        assert_eq!(Document::parse(TEXT.into()).shown_from(offset).as_str(), expected, "{from}");
    }

    #[test]
    fn words_are_shown_without_what_marks_them() {
        check("# A", "A title");
        check("It", "It emphasises a word, see the guide and more.");
        check("word`", "It emphasises a word, see the guide and more.");
        check("guide]", "It emphasises a word, see the guide and more.");
        check("and more", "It emphasises a word, see the guide and more.");
        check("| App", "App; What it takes");
        check("| A |", "A; contacts");
        check("| B", "B; 1 & 2");
        check("- one", "one");
        check("\n- two", "two");
        check("---\n\nLast", "Last.");
        check("[^F2]: ", "Another.");
    }

    #[test]
    fn nothing_is_shown_where_nothing_follows_and_little_of_a_long_text() {
        assert_eq!(Document::parse("Text.\n\n".into()).shown_from(7).as_str(), "");
        assert_eq!(Document::parse("".into()).shown_from(0).as_str(), "");
        let long = Document::parse("ääää ".repeat(100).into()).shown_from(0);
        assert_eq!(long.as_str(), format!("{}…", ["ääää"; 26].join(" ")));
        let long = Document::parse("ä".repeat(400).into()).shown_from(0);
        assert_eq!(long.as_str(), format!("{}…", "ä".repeat(120)));
    }

    /// A page began with the last word of a sentence, and what was marked there was known by “it.”
    #[test]
    fn a_sentence_is_shown_from_its_beginning_as_far_as_that_is_near() {
        fn check(text: &str, from: &str, expected: &str) {
            let offset = text.rfind(from).expect("a place of the text");
            assert_eq!(Document::parse(text.into()).shown_from(offset).as_str(), expected, "{from}");
        }
        let text = "Nobody else asks. Who finds a stick takes it to the desk and leaves\nit. They look.";
        check(text, "it. They", "Who finds a stick takes it to the desk and leaves it. They look.");
        check(text, "They", "They look.");
        check(text, "Who", "Who finds a stick takes it to the desk and leaves it. They look.");
        let long = format!("{}it. They look.", "Words ".repeat(40));
        check(&long, "it.", &format!("…{}it. They look.", "Words ".repeat(16)));
        check("A word.\n\n```\nfirst line\nsecond line\n```\n", "second", "second line");
        check("| App | Takes |\n|---|---|\n| A | one. Then two |\n", "Then", "Then two");
    }

    proptest! {
        /// Lines are placed roughly where the text is not as in the source, so the first words of a block have to do.
        #[test]
        fn what_a_line_shows_is_what_is_quoted(width in 8_u16..60, text in "([a-z]{1,9} ){1,12}") {
            let mut layout = Layout::new(Arc::new(Document::parse(text.as_str().into())), width);
            let top = layout.top();
            for line in layout.lines(top, usize::MAX) {
                let seen: String = line.spans.iter().map(|span| span.text.as_str()).collect();
                let shown = layout.document().shown_from(line.offset);
                prop_assert!(shown.as_str().contains(seen.trim()), "{seen:?}: {shown:?}");
            }
        }
    }

    #[test]
    fn what_is_a_part_of_words_is_told_with_them() {
        let check = |before: &str, hit: &str, after: &str, expected: &str| {
            let [before, hit, after] = [before, hit, after].map(Printable::new);
            assert_eq!(Excerpt { before, hit, after }.whole_words(), expected);
        };
        check("…the ", "Iris", "h regulator…", "Irish");
        check("", "work", " and life", "work");
        check("see F", "058, F0", "59 here", "F058, F059");
        check("I don", "’t", "", "don’t");
        check("", "", "", "");
        // In a script without blanks no longer word is made up.
        check("国家", "情报", "工作", "情报");
    }
}
