//! A line that somebody types, in the order in which it stands on the screen.

use std::ops::Range;

use super::{Bidi, Direction, Level, Levels, melts, visual_order};
use crate::printable::Printable;

/// Which way each piece of a line goes. A piece is what the cursor steps over at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    base: Level,
    /// One for each piece; none where all of them go from left to right.
    levels: Vec<Level>,
}

impl Typed {
    /// Of a line of these `pieces`: it goes the way of its first letter, as a paragraph does. Where the terminal puts text
    /// into order, nothing is turned round here.
    #[must_use]
    pub fn new(pieces: &[Printable], bidi: Bidi) -> Self {
        let text: String = pieces.iter().map(Printable::as_str).collect();
        let resolved =
            if bidi.is_ours() { Levels::of(&text, &[], &[], Direction::LeftToRight) } else { None };
        let Some(resolved) = resolved else { return Self { base: Level::default(), levels: Vec::new() } };
        let mut parts = resolved.parts(0..text.len()).peekable();
        let mut start = 0;
        let level = |piece: &Printable| {
            while parts.next_if(|(part, _)| part.end <= start).is_some() {}
            start += piece.as_str().len();
            parts.peek().map_or(resolved.base, |(_, level)| *level)
        };
        Self { base: resolved.base, levels: pieces.iter().map(level).collect() }
    }

    /// Whether the line begins at the right.
    #[must_use]
    pub fn is_right_to_left(&self) -> bool {
        self.base.is_right_to_left()
    }

    /// Those of `pieces` that are in `range` from left to right: which one it is, and how it is drawn. They stand as they are
    /// read where characters would melt together.
    #[must_use]
    pub fn visual(&self, pieces: &[Printable], range: Range<usize>) -> Vec<(usize, Printable)> {
        let as_read = || range.clone().map(|index| (index, pieces[index].clone())).collect();
        if self.levels.is_empty() {
            return as_read();
        }
        let order = visual_order(&self.levels[range.clone()]).into_iter().map(|index| range.start + index);
        let mut drawn: Vec<(usize, Printable)> = Vec::with_capacity(range.len());
        for index in order {
            let parts = self.levels[index].drawn(&pieces[index]);
            let [part] = parts.as_slice() else { return as_read() };
            if drawn.last().is_some_and(|(_, before)| melts(before, part)) {
                return as_read();
            }
            drawn.push((index, part.clone()));
        }
        drawn
    }
}

#[cfg(test)]
mod tests {
    use unicode_segmentation::UnicodeSegmentation as _;

    use super::*;

    fn pieces(text: &str) -> Vec<Printable> {
        text.graphemes(true).map(Printable::new).collect()
    }

    fn drawn(text: &str, bidi: Bidi) -> (String, bool) {
        let pieces = pieces(text);
        let typed = Typed::new(&pieces, bidi);
        let line = typed.visual(&pieces, 0..pieces.len());
        (line.iter().map(|(_, piece)| piece.as_str()).collect(), typed.is_right_to_left())
    }

    #[test]
    fn a_line_goes_the_way_of_its_first_letter() {
        let check = |text: &str, expected: &str, right_to_left: bool| {
            assert_eq!(drawn(text, Bidi::App), (expected.to_owned(), right_to_left), "{text:?}");
            assert_eq!(drawn(text, Bidi::Terminal), (text.to_owned(), false), "{text:?}");
        };
        check("abc", "abc", false);
        check("אבג", "גבא", true);
        check("abc אבג", "abc גבא", false);
        check("אבג 12 (x)", "(x) 12 גבא", true);
        check("(אב)", "(בא)", true);
        check("שָׁלוֹם", "םוֹלשָׁ", true);
        check("", "", false);
    }

    #[test]
    fn the_sign_of_a_hidden_character_is_one_piece() {
        assert_eq!(drawn("א\u{202e}ב", Bidi::App).0, "ב<U+202E>א");
    }

    #[test]
    fn halves_of_flags_that_would_meet_stay_apart() {
        let text = "🇩א🇪";
        let (line, _) = drawn(text, Bidi::App);
        assert_eq!(line.graphemes(true).count(), 3, "{line}");
    }

    #[test]
    fn a_part_of_a_line_goes_the_way_of_the_whole() {
        let pieces = pieces("אב cd");
        let typed = Typed::new(&pieces, Bidi::App);
        let line: String = typed.visual(&pieces, 1..5).iter().map(|(_, piece)| piece.as_str()).collect();
        assert_eq!(line, "cd ב");
    }
}
