//! A line of an interface with the words of others in it: the whole is read from left to right, each of them its own way.

use std::ops::Range;

use super::{Direction, Levels, Shadow, may_turn};
use crate::printable::Printable;

/// A text that is read from left to right, with parts that are read their own way.
#[derive(Debug, Clone)]
pub struct Mixed {
    text: Printable,
    levels: Option<Levels>,
}

impl Mixed {
    /// `text`, in which each of `values` (in order, none within another) stands by itself: it goes the way of its first
    /// letter, orders nothing beside it and is ordered by nothing beside it (FSI and PDI of UAX 9).
    #[must_use]
    pub fn new(text: Printable, values: &[Range<usize>]) -> Self {
        let levels = || {
            let shadow = Shadow::around(text.as_str(), values);
            Levels::resolved(text.as_str(), &shadow, Direction::LeftToRight)
        };
        let levels = may_turn(text.as_str()).then(levels).flatten();
        Self { text, levels }
    }

    /// What stands in `range`, in the order in which it is drawn. It stays as it is read where characters would melt
    /// together.
    #[must_use]
    pub fn visual(&self, range: Range<usize>) -> Printable {
        let part = || self.text.slice(range.clone());
        let Some(levels) = &self.levels else { return part() };
        levels.visual(&self.text, range.clone()).unwrap_or_else(part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text with values in brackets `⟦ ⟧`, as it is drawn.
    fn drawn(marked: &str) -> String {
        let mut text = String::new();
        let mut values = Vec::new();
        let mut start = 0;
        for c in marked.chars() {
            match c {
                '⟦' => start = text.len(),
                '⟧' => values.push(start..text.len()),
                c => text.push(c),
            }
        }
        let end = text.len();
        Mixed::new(Printable::new(&text), &values).visual(0..end).to_string()
    }

    #[test]
    fn every_value_goes_its_own_way_and_the_line_from_left_to_right() {
        let check = |marked: &str, expected: &str| assert_eq!(drawn(marked), expected, "{marked}");
        check("⟦Ada⟧ (⟦0007⟧)", "Ada (0007)");
        check("⟦אבג⟧ (⟦0007⟧), ⟦Care⟧", "גבא (0007), Care");
        // Two names beside each other do not change places.
        check("⟦אבג⟧, ⟦דהו⟧", "גבא, והד");
        check("by ⟦אבג⟧: ⟦דהו 12⟧", "by גבא: 12 והד");
        // What is mixed itself goes the way of its first letter.
        check("⟦Ada אבג⟧, ⟦אבג Ada⟧!", "Ada גבא, Ada גבא!");
        // The sign of a hidden character is one piece also within a value.
        check("⟦<U+202E>אבג⟧ x", "גבא<U+202E> x");
        check("⟦אבג<U+202E>⟧ x", "<U+202E>גבא x");
        check("⟦⟧a", "a");
    }

    #[test]
    fn without_isolation_the_same_line_is_turned_round() {
        let bare = Mixed::new(Printable::new("אבג, דהו"), &[]);
        assert_eq!(bare.visual(0.."אבג, דהו".len()).to_string(), "והד ,גבא");
    }

    #[test]
    fn a_part_of_a_line_goes_the_way_of_the_whole_value() {
        let text = "אבג Ada דהו";
        let whole = 0..text.len();
        let mixed = Mixed::new(Printable::new(text), std::slice::from_ref(&whole));
        let second = text.find("Ada").unwrap()..text.len();
        assert_eq!(mixed.visual(second).to_string(), "והד Ada");
    }
}
