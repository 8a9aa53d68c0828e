//! What the terminal knows the links of a page by, so that a frame neither parses nor hashes for each of them.

use std::collections::VecDeque;

use ratatui::style::Color;

use crate::markup::{Document, Link};

/// So many parts of the text are remembered: more than a screen shows.
const PARTS: usize = 16;

/// The marks of links, part of the text by part.
#[derive(Debug, Default)]
pub(super) struct Targets(VecDeque<Part>);

#[derive(Debug)]
struct Part {
    /// The number of its first link.
    first: usize,
    marks: Vec<Option<Color>>,
}

impl Targets {
    /// The mark of the link with this number, which `mark` makes of it.
    pub(super) fn mark(
        &mut self,
        number: usize,
        document: &Document,
        mark: impl Fn(&Link) -> Option<Color>,
    ) -> Option<Color> {
        let in_part = |part: &Part| number.checked_sub(part.first).and_then(|at| part.marks.get(at).copied());
        if let Some(known) = self.0.iter().find_map(in_part) {
            return known;
        }
        let (first, links) = document.links_beside(number)?;
        let part = Part { first, marks: links.iter().map(mark).collect() };
        let found = in_part(&part).flatten();
        self.0.truncate(PARTS - 1);
        self.0.push_front(part);
        found
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn a_part_of_the_text_is_looked_at_once() {
        let links = |count: usize| "[a](https://example.org) ".repeat(count) + "\n\n";
        let text = links(300) + &"Words.\n\n".repeat(2_000) + &links(200);
        let document = Document::parse(text.into());
        let (asked, mut targets) = (Cell::new(0), Targets::default());
        for number in (0..500).chain(0..500) {
            let mark = |_: &Link| {
                asked.set(asked.get() + 1);
                Some(Color::Red)
            };
            assert_eq!(targets.mark(number, &document, mark), Some(Color::Red), "{number}");
        }
        assert_eq!(asked.get(), 500);
        assert_eq!(targets.mark(500, &document, |_| Some(Color::Red)), None);
        assert_eq!(
            document.link(499).map(|link| link.offset),
            document.links().last().map(|link| link.offset)
        );
    }
}
