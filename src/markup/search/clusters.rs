//! Characters as a reader sees them.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

/// Goes through a text and widens what was found to whole characters as a reader sees them.
pub(super) struct Clusters<'a> {
    rest: Option<unicode_segmentation::GraphemeIndices<'a>>,
    current: Range<usize>,
}

impl<'a> Clusters<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        // Every ASCII character stands by itself.
        let rest = (!text.is_ascii()).then(|| text.grapheme_indices(true));
        Self { rest, current: 0..0 }
    }

    /// Places have to come in order.
    pub(super) fn around(&mut self, place: Range<usize>) -> Range<usize> {
        if self.rest.is_none() {
            return place;
        }
        while self.current.end <= place.start && self.go_on() {}
        let start = self.current.start.min(place.start);
        while self.current.end < place.end && self.go_on() {}
        start..self.current.end.max(place.end)
    }

    fn go_on(&mut self) -> bool {
        let next = self.rest.as_mut().and_then(Iterator::next);
        if let Some((at, cluster)) = next {
            self.current = at..at + cluster.len();
        }
        next.is_some()
    }
}
