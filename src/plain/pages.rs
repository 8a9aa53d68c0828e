//! A text broken into lines and pages.

use super::wrap::wrap;
use crate::markup::{Linear, PassageKind};
use crate::printable::Printable;

/// A line of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TextLine {
    pub(super) text: Printable,
    /// Where in the source (in bytes) its passage begins.
    pub(super) offset: usize,
}

/// A text in pages; there is at least one, and only an empty text has an empty page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pages {
    pages: Vec<Vec<TextLine>>,
    /// Where passages begin (in bytes of the source), in order.
    passages: Vec<usize>,
}

impl Pages {
    /// Breaks a text into lines of `width` and pages of at most `height` lines. A page ends between blocks where that
    /// leaves it at least half full, and never behind a heading.
    pub(super) fn new(linear: &Linear, width: usize, height: usize) -> Self {
        let height = height.max(1);
        let mut pages: Vec<Vec<TextLine>> = vec![Vec::new()];
        for block in blocks(linear, width) {
            let Some(page) = pages.last_mut() else { break };
            let gap = usize::from(!page.is_empty());
            let free = height.saturating_sub(page.len() + gap);
            let length = block.iter().map(Vec::len).sum::<usize>();
            let breaks_before = length > free && (page.len() * 2 >= height || length <= height);
            if breaks_before && !page.is_empty() {
                pages.push(Vec::new());
            } else if gap > 0 {
                let offset = block.first().and_then(|passage| passage.first()).map_or(0, |line| line.offset);
                page.push(TextLine { text: Printable::default(), offset });
            }
            for passage in block {
                let free = pages.last().map_or(0, |page| height.saturating_sub(page.len()));
                if passage.len() > free && passage.len() <= height {
                    pages.push(Vec::new());
                }
                for line in passage {
                    if pages.last().is_some_and(|page| page.len() >= height) {
                        pages.push(Vec::new());
                    }
                    if let Some(page) = pages.last_mut() {
                        page.push(line);
                    }
                }
            }
        }
        let mut passages: Vec<usize> = linear.passages.iter().map(|passage| passage.offset).collect();
        passages.sort_unstable();
        Self { pages, passages }
    }

    pub(super) fn count(&self) -> usize {
        self.pages.len()
    }

    /// The lines of the page at this index, from 0.
    pub(super) fn lines(&self, page: usize) -> &[TextLine] {
        self.pages.get(page).map_or(&[], Vec::as_slice)
    }

    /// The first page that shows the passage in which `offset` of the source stands.
    pub(super) fn page_of(&self, offset: usize) -> usize {
        let begun = self.passages.partition_point(|passage| *passage <= offset);
        let passage = begun.checked_sub(1).map_or(offset, |last| self.passages[last]);
        let shows = |page: &Vec<TextLine>| page.last().is_some_and(|line| line.offset >= passage);
        self.pages.iter().position(shows).unwrap_or(self.pages.len().saturating_sub(1))
    }

    /// Where the first passage begins that is said on a later page.
    pub(super) fn end_of(&self, page: usize) -> usize {
        let said = self.passages.partition_point(|passage| self.page_of(*passage) <= page);
        self.passages.get(said).copied().unwrap_or(usize::MAX)
    }
}

/// The passages of what belongs together (a heading with the block behind it, a list, a table), each in lines.
fn blocks(linear: &Linear, width: usize) -> Vec<Vec<Vec<TextLine>>> {
    let mut blocks: Vec<Vec<Vec<TextLine>>> = Vec::new();
    let mut after_heading = false;
    for passage in &linear.passages {
        let lines = wrap(&passage.text, width, passage.depth * 2);
        let lines: Vec<TextLine> =
            lines.into_iter().map(|text| TextLine { text, offset: passage.offset }).collect();
        match (passage.kind, blocks.last_mut()) {
            (PassageKind::Continued, Some(block)) => block.push(lines),
            (PassageKind::Heading | PassageKind::Block, Some(block)) if after_heading => {
                block.push(vec![TextLine { text: Printable::default(), offset: passage.offset }]);
                block.push(lines);
            }
            (PassageKind::Heading | PassageKind::Block | PassageKind::Continued, _) => {
                blocks.push(vec![lines]);
            }
        }
        after_heading = passage.kind == PassageKind::Heading;
    }
    blocks
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::markup::linear;

    fn shown(pages: &Pages) -> Vec<Vec<&str>> {
        (0..pages.count())
            .map(|page| pages.lines(page).iter().map(|line| line.text.as_str()).collect())
            .collect()
    }

    #[test]
    fn a_heading_stays_with_what_it_heads() {
        let text = linear("one\n\ntwo\n\n## H\n\nthree\n\nfour");
        let pages = Pages::new(&text, 20, 5);
        assert_eq!(shown(&pages), [vec!["one", "", "two"], vec!["Heading: H", "", "three", "", "four"]]);
        assert_eq!(pages.page_of(0), 0);
        assert_eq!(pages.page_of(text.passages[2].offset), 1);
        assert_eq!(pages.page_of(usize::MAX), 1);
        // Within a passage, too: another face may have left off anywhere.
        assert_eq!(
            (pages.page_of(text.passages[1].offset + 1), pages.page_of(text.passages[2].offset - 1)),
            (0, 0)
        );
        assert_eq!((pages.end_of(0), pages.end_of(1)), (text.passages[2].offset, usize::MAX));
    }

    #[test]
    fn a_block_longer_than_a_page_is_broken() {
        let items = "- item\n".repeat(12);
        let pages = Pages::new(&linear(&items), 40, 5);
        assert_eq!(pages.count(), 3);
    }

    #[test]
    fn an_empty_text_is_one_empty_page() {
        assert_eq!(shown(&Pages::new(&linear(""), 20, 5)), [Vec::<&str>::new()]);
    }

    proptest! {
        #[test]
        fn no_page_is_too_long_and_nothing_is_lost(
            markdown in r"((# |- |> |1\. )?[a-z]{1,9}( [a-z]{1,9}){0,20}\n{1,2}){0,20}",
            width in 10_usize..50,
            height in 1_usize..12,
        ) {
            let text = linear(&markdown);
            let pages = Pages::new(&text, width, height);
            let solid = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
            let mut found = String::new();
            for page in 0..pages.count() {
                prop_assert!(pages.lines(page).len() <= height);
                for line in pages.lines(page) {
                    prop_assert!(line.text.width() <= width);
                    found.push_str(&solid(line.text.as_str()));
                }
            }
            let wanted: String = text.passages.iter().map(|passage| solid(passage.text.as_str())).collect();
            prop_assert_eq!(found, wanted);
            for passage in &text.passages {
                let page = pages.page_of(passage.offset);
                prop_assert!(pages.lines(page).iter().any(|line| line.offset >= passage.offset));
            }
        }
    }
}
