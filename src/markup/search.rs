//! Finding words in a document, a slice at a time, so that no key waits for a long one.
//!
//! What is looked through is what is shown: words without markup and addresses, and the signs of footnotes, whatever the width. Of what was
//! found only the number in each chunk is kept; where it stands in a chunk is found again when somebody goes there, so a
//! million hits take no more memory than one. The text is taken out of its markup once and not for each letter that is
//! typed, as far as there is room to keep it; and what is nowhere in a chunk is nowhere in it with a letter more.

mod clusters;
mod mark;
mod shown;
mod signs;
mod taken_out;
mod words;

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;

use super::Document;
use crate::fold::{Case, Folded};
use crate::printable::Printable;
use taken_out::Texts;
use words::Found;

/// What is looked for: words as they are typed. Accents never matter, and capitals only if there is one among them; white
/// space of any kind is a space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needle {
    folded: String,
    case: Case,
}

impl Needle {
    /// The needle for what was typed; `None` if nothing was.
    #[must_use]
    pub fn new(typed: &str) -> Option<Self> {
        let case = if typed.chars().any(char::is_uppercase) { Case::Kept } else { Case::Ignored };
        let needle = Self::folded(typed, case);
        (!needle.folded.trim().is_empty()).then_some(needle)
    }

    fn folded(typed: &str, case: Case) -> Self {
        let mut folded = Folded::new(case);
        folded.push(typed, 0);
        Self { folded: folded.as_str().to_owned(), case }
    }

    /// Whether capitals matter.
    #[must_use]
    pub fn minds_capitals(&self) -> bool {
        self.case == Case::Kept
    }

    /// This needle, whatever the capitals.
    fn in_small_letters(&self) -> Self {
        Self::folded(&self.folded, Case::Ignored)
    }

    /// Whether it is nowhere where `other` is nowhere.
    fn narrows(&self, other: &Self) -> bool {
        self.case == other.case && self.folded.contains(&other.folded)
    }
}

/// A hit: which one of which chunk. In the order of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hit {
    chunk: usize,
    nth: usize,
}

/// Where a step from hit to hit leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// To this one.
    Hit(Hit, Way),
    /// That is not known before more was looked through.
    NotYet,
    /// Nothing was found at all.
    Nowhere,
}

/// How a step from hit to hit got there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Straight on.
    Straight,
    /// Over the end of the text, or over its beginning.
    Around,
}

/// A hit and what stands around it, in one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// What stands before it.
    pub before: Printable,
    /// What was found.
    pub hit: Printable,
    /// What stands behind it.
    pub after: Printable,
}

/// A search under way. It goes on with [`Search::advance`].
#[derive(Debug)]
pub struct Search {
    document: Arc<Document>,
    needle: Needle,
    /// The chunk that was looked through first.
    first: usize,
    /// How many chunks were looked through, from that one on and then from the beginning.
    done: usize,
    /// How many hits each chunk has, as far as that is known.
    counts: Vec<u32>,
    /// Which chunks have none, as was known before they were looked through.
    ruled_out: Vec<bool>,
    total: usize,
    texts: Texts,
    /// The search for the same whatever the capitals, once they turn out to matter and the words to be nowhere.
    small: Option<Box<Search>>,
    /// What was found in the chunks that were asked about last.
    kept: VecDeque<(usize, Arc<Found>)>,
}

/// So many chunks are kept with what was found in them: more than a screen shows.
const KEPT: usize = 16;

/// So much memory, in bytes, is for the text of a document: a lesson of 10 MB takes about half of it.
const ROOM: usize = 64 << 20;

/// To look through a text that was taken out of its markup before is so many times as fast.
const FASTER: usize = 8;

impl Search {
    /// A search that begins at `offset` (in bytes of the source). Nothing is found yet.
    #[must_use]
    pub fn new(document: Arc<Document>, needle: Needle, offset: usize) -> Self {
        Self::with_room(document, needle, offset, ROOM)
    }

    /// The same, with so many bytes of memory for the text of the document.
    #[must_use]
    pub fn with_room(document: Arc<Document>, needle: Needle, offset: usize, room: usize) -> Self {
        let (first, chunks) = (document.chunk_at(offset), document.chunks());
        let texts = Texts::new(chunks, room);
        let (counts, ruled_out) = (vec![0; chunks], vec![false; chunks]);
        let kept = VecDeque::new();
        Self { document, needle, first, done: 0, counts, ruled_out, total: 0, texts, small: None, kept }
    }

    /// Looks for something else from `offset` on. Nothing is found yet.
    pub fn seek(&mut self, needle: Needle, offset: usize) {
        let narrows = needle.narrows(&self.needle);
        for chunk in 0..self.counts.len() {
            let is_empty = self.ruled_out[chunk] || (self.knows(chunk) && self.counts[chunk] == 0);
            self.ruled_out[chunk] = narrows && is_empty;
        }
        self.needle = needle;
        (self.first, self.done, self.total) = (self.document.chunk_at(offset), 0, 0);
        self.counts.fill(0);
        self.small = None;
        self.kept.clear();
    }

    /// Gives back the memory for the text of the document, while nobody looks. What was found stays known; the text is taken out
    /// of its markup again where it is needed.
    pub fn rest(&mut self) {
        self.texts.clear();
        self.kept.clear();
    }

    /// The document that is looked through.
    #[must_use]
    pub fn document(&self) -> &Arc<Document> {
        &self.document
    }

    /// Looks through so many bytes of the source more, or a little more than that, and gives how many they were. Of what was
    /// looked through before, for other words, there are more of them in one.
    pub fn advance(&mut self, bytes: usize) -> usize {
        let bytes = bytes.max(1);
        let looked_through = self.look_through(bytes);
        if self.is_done() {
            return looked_through;
        }
        let rest = bytes.saturating_sub(looked_through);
        looked_through + self.look_through_for_small_letters(rest)
    }

    /// Whether capitals are why nothing was found; nothing of this search is kept, for it is rare.
    fn look_through_for_small_letters(&mut self, bytes: usize) -> usize {
        if !self.is_looked_through() {
            return 0;
        }
        let (document, needle) = (&self.document, &self.needle);
        let small = self.small.get_or_insert_with(|| {
            Box::new(Self::with_room(Arc::clone(document), needle.in_small_letters(), 0, 0))
        });
        small.look_through(bytes)
    }

    fn look_through(&mut self, bytes: usize) -> usize {
        let mut looked_through = 0;
        while looked_through < bytes && !self.is_looked_through() {
            let chunk = (self.first + self.done) % self.counts.len();
            let length = self.document.range(chunk).len();
            let cost = if self.ruled_out[chunk] {
                0
            } else if self.texts.has(chunk) {
                length / FASTER
            } else {
                length
            };
            if !self.ruled_out[chunk] {
                let hits = self.found(chunk).hits.len();
                self.counts[chunk] = u32::try_from(hits).unwrap_or(u32::MAX);
                self.total += hits;
            }
            self.done += 1;
            looked_through += cost.max(1);
        }
        looked_through
    }

    /// Whether everything was looked through, and it is known whether capitals are why nothing was found.
    #[must_use]
    pub fn is_done(&self) -> bool {
        let knows = || self.small.as_ref().is_some_and(|small| small.total > 0 || small.is_looked_through());
        self.is_looked_through() && (self.total > 0 || !self.needle.minds_capitals() || knows())
    }

    fn is_looked_through(&self) -> bool {
        self.done >= self.counts.len()
    }

    /// Whether the words, which are nowhere, are there in small letters or other capitals.
    #[must_use]
    pub fn differs_in_capitals(&self) -> bool {
        self.small.as_ref().is_some_and(|small| small.total > 0)
    }

    /// How many hits were found so far.
    #[must_use]
    pub fn total(&self) -> usize {
        self.total
    }

    /// Which one of all a hit is, counted from 1; `None` while that is not known.
    #[must_use]
    pub fn number(&self, hit: Hit) -> Option<usize> {
        let before = || self.counts[..hit.chunk].iter().map(|&count| count as usize).sum::<usize>();
        self.is_done().then(|| before() + hit.nth + 1)
    }

    /// The hit of this number, counted from 0 in the order of the text, among those found so far.
    #[must_use]
    pub fn nth(&self, number: usize) -> Option<Hit> {
        let mut left = number;
        for (chunk, &count) in self.counts.iter().enumerate() {
            let count = count as usize;
            if left < count {
                return Some(Hit { chunk, nth: left });
            }
            left -= count;
        }
        None
    }

    /// Where in the source (in bytes) a hit stands.
    #[must_use]
    pub fn range(&mut self, hit: Hit) -> Option<Range<usize>> {
        self.found(hit.chunk).hits.get(hit.nth).cloned()
    }

    /// Where in the source (in bytes) the paragraph, item or cell begins that has a hit.
    #[must_use]
    pub fn block(&mut self, hit: Hit) -> Option<usize> {
        self.found(hit.chunk).blocks.get(hit.nth).copied()
    }

    /// How many paragraphs, items and cells have a hit.
    #[must_use]
    pub fn blocks(&mut self) -> usize {
        let chunks = 0..self.counts.len();
        chunks.map(|chunk| self.blocks_in(chunk)).sum()
    }

    fn blocks_in(&mut self, chunk: usize) -> usize {
        match self.counts[chunk] {
            // What is known need not be looked for.
            count @ (0 | 1) => count as usize,
            _ => self.found(chunk).blocks.chunk_by(|one, other| one == other).count(),
        }
    }

    /// A hit with about so many characters before and behind it.
    #[must_use]
    pub fn excerpt(&mut self, hit: Hit, around: usize) -> Option<Excerpt> {
        let found = self.found(hit.chunk);
        self.texts.of(&self.document, hit.chunk, self.needle.case).excerpt(&found, hit.nth, around)
    }

    /// The first hit that does not stand before `offset` (in bytes of the source).
    pub fn from(&mut self, offset: usize) -> Reach {
        let chunk = self.document.chunk_at(offset);
        if !self.knows(chunk) {
            return Reach::NotYet;
        }
        let nth = self.found(chunk).hits.partition_point(|range| range.start < offset);
        self.forward(chunk, nth)
    }

    /// The hit after this one.
    #[must_use]
    pub fn after(&self, hit: Hit) -> Reach {
        self.forward(hit.chunk, hit.nth + 1)
    }

    /// The hit before this one.
    #[must_use]
    pub fn before(&self, hit: Hit) -> Reach {
        if let Some(nth) = hit.nth.checked_sub(1) {
            return Reach::Hit(Hit { nth, ..hit }, Way::Straight);
        }
        let above = (0..hit.chunk).rev().map(|chunk| (chunk, Way::Straight));
        let around = (hit.chunk..self.counts.len()).rev().map(|chunk| (chunk, Way::Around));
        self.first_of(above.chain(around), |count| count - 1)
    }

    fn forward(&self, chunk: usize, nth: usize) -> Reach {
        if nth < self.counts[chunk] as usize {
            return Reach::Hit(Hit { chunk, nth }, Way::Straight);
        }
        let below = (chunk + 1..self.counts.len()).map(|chunk| (chunk, Way::Straight));
        let around = (0..=chunk).map(|chunk| (chunk, Way::Around));
        self.first_of(below.chain(around), |_| 0)
    }

    /// Goes to the first of `chunks` that has a hit, and there to the one that `nth` makes of their number.
    fn first_of(&self, chunks: impl Iterator<Item = (usize, Way)>, nth: impl Fn(usize) -> usize) -> Reach {
        for (chunk, way) in chunks {
            if !self.knows(chunk) {
                return Reach::NotYet;
            }
            let count = self.counts[chunk] as usize;
            if count > 0 {
                return Reach::Hit(Hit { chunk, nth: nth(count) }, way);
            }
        }
        Reach::Nowhere
    }

    fn knows(&self, chunk: usize) -> bool {
        let chunks = self.counts.len();
        (chunk + chunks - self.first) % chunks < self.done
    }

    fn found(&mut self, chunk: usize) -> Arc<Found> {
        if let Some((_, found)) = self.kept.iter().find(|(kept, _)| *kept == chunk) {
            return Arc::clone(found);
        }
        let mut found = self.texts.of(&self.document, chunk, self.needle.case).find(&self.needle);
        // Code begins where its backticks do, so its places are a little early.
        let source = self.document.source();
        for range in &mut found.hits {
            *range = source.floor_char_boundary(range.start)..source.floor_char_boundary(range.end);
        }
        let found = Arc::new(found);
        self.kept.truncate(KEPT - 1);
        self.kept.push_front((chunk, Arc::clone(&found)));
        found
    }
}

#[cfg(test)]
mod tests;
