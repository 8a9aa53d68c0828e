//! A text broken into lines and pages.

mod blocks;

use crate::markup::{LineStart, Linear};
use crate::printable::Printable;
use crate::training::{Frontier, Sight, Text};
use blocks::{Block, Quoted, blocks};

/// A line of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TextLine {
    pub(super) text: Printable,
    /// Where in the source (in bytes) its passage begins.
    pub(super) offset: usize,
    /// Where it begins itself: of the lines of its passage, and of others that begin there, it is the one with this number.
    start: LineStart,
    /// The word of the quote in which it stands and does not begin.
    quote: Option<&'static str>,
    /// Whether no empty line belongs above it, wherever it is said.
    goes_on: bool,
}

/// The page of a text that was said last.
#[derive(Debug, Clone, Copy)]
pub(super) struct PageSaid {
    pub(super) text: Text,
    /// Which of its pages it is, from 1.
    pub(super) number: usize,
    /// Where in the source it begins.
    pub(super) begin: usize,
    /// How it was said.
    pub(super) left: PageLeft,
    /// Where the learner goes on another time: at their place in it, or where they left off before they looked something up.
    pub(super) left_off: usize,
    /// Where in the source what is on later pages begins.
    pub(super) end: usize,
}

impl PageSaid {
    /// Where in the source it was said from.
    pub(super) fn from(self) -> usize {
        self.left.from.unwrap_or(self.begin)
    }
}

/// How a page was said that somebody leaves for something else: so they come back to it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct PageLeft {
    /// Where in the source it was said from, if that was in its middle: where they left off or looked something up.
    pub(super) from: Option<usize>,
    /// Where in the source the learner is: at its beginning, or where they left off in it.
    pub(super) place: usize,
    /// Whether they looked it up, and left off elsewhere.
    pub(super) is_looked_up: bool,
}

/// Where a text ends, in bytes of its source.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ends {
    /// What is to be read; sources behind it are looked up.
    pub(super) body: usize,
    /// All of it.
    pub(super) whole: usize,
}

/// A text in pages; there is at least one, and only an empty text has an empty page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pages {
    /// Of each page.
    lines: Vec<Vec<TextLine>>,
    /// Where passages begin (in bytes of the source), in order.
    passages: Vec<usize>,
    /// For each page how far into the source a passage begins that ends there or before, in order.
    reached: Vec<usize>,
    /// Where each page begins, in order; the end of the source behind the last.
    starts: Vec<LineStart>,
}

impl Pages {
    /// Breaks a text that ends there into lines of `width` and pages of at most `height` lines. A page ends
    /// between blocks where that leaves it at least half full, before the sources, and never behind a heading. Where it would end
    /// with a quote, that goes to what is said of it.
    pub(super) fn new(linear: &Linear, ends: Ends, width: usize, height: usize) -> Self {
        let height = height.max(1);
        let mut passages: Vec<usize> = linear.passages.iter().map(|passage| passage.offset).collect();
        passages.sort_unstable();
        let mut pages: Vec<Vec<TextLine>> = vec![Vec::new()];
        // The line with which the quote begins that the last page ends with.
        let mut quote = None;
        for Block { passages: block, quoted, is_headed } in blocks(linear, width) {
            let Some(page) = pages.last_mut() else { break };
            let gap = usize::from(!page.is_empty());
            let free = height.saturating_sub(page.len() + gap);
            let length = block.iter().map(Vec::len).sum::<usize>();
            let breaks_before = length > free && (page.len() * 2 >= height || length <= height);
            let is_source = block
                .first()
                .and_then(|passage| passage.first())
                .is_some_and(|line| line.offset >= ends.body);
            let begins_sources = is_source && page.last().is_some_and(|line| line.offset < ends.body);
            let above = block.first().and_then(|passage| passage.first()).map(TextLine::empty_above);
            if (breaks_before || begins_sources) && !page.is_empty() {
                // What is said of it may go on with a list that goes over a page by itself.
                let answer = block.iter().take(BEGINNING_OF_AN_ANSWER).map(Vec::len).sum::<usize>();
                let goes_too = |from: &usize| {
                    !is_headed && !begins_sources && *from > 0 && page.len() - from + 1 + answer <= height
                };
                quote = quote.filter(goes_too);
                let taken = quote.map_or_else(Vec::new, |from| page.split_off(from));
                turn(&mut pages);
                if let Some(page) = pages.last_mut().filter(|_| quote.is_some()) {
                    page.extend(taken.into_iter().chain(above));
                    quote = Some(0);
                }
            } else if gap > 0 {
                page.extend(above);
            }
            let (page, begin) = (pages.len(), pages.last().map_or(0, Vec::len));
            quote = match quoted {
                Quoted::Begins => Some(begin),
                Quoted::GoesOn => quote,
                Quoted::Not => None,
            };
            for passage in block {
                let free = pages.last().map_or(0, |page| height.saturating_sub(page.len()));
                if passage.len() > free && passage.len() <= height {
                    turn(&mut pages);
                }
                for line in passage {
                    if pages.last().is_some_and(|page| page.len() >= height) {
                        turn(&mut pages);
                    }
                    // No page begins with air.
                    if let Some(page) =
                        pages.last_mut().filter(|page| !page.is_empty() || !line.text.is_empty())
                    {
                        page.push(line);
                    }
                }
            }
            // One that goes on over a page goes nowhere.
            quote = quote.filter(|_| pages.len() == page);
        }
        let mut starts = vec![LineStart::default()];
        for page in pages.iter().skip(1) {
            let before = starts.last().copied().unwrap_or_default();
            starts.push(page.first().map_or(before, |line| line.start));
        }
        starts.push(LineStart::first_at(ends.whole));
        let last_of = |page: &Vec<TextLine>| page.last().map_or(0, |line| line.offset);
        let furthest = |reached: &mut usize, page| {
            *reached = last_of(page).max(*reached);
            Some(*reached)
        };
        let reached = pages.iter().scan(0, furthest).collect();
        Self { lines: pages, passages, reached, starts }
    }

    /// What whoever hears the page at this index hears of the source.
    pub(super) fn sight(&self, page: usize) -> Sight {
        let end = self.starts.last().copied().unwrap_or_default();
        let start = |page: usize| self.starts.get(page).copied().unwrap_or(end);
        Sight { from: start(page), to: start(page + 1) }
    }

    /// The same of what is said from the line at the index `from` of it.
    pub(super) fn sight_from(&self, page: usize, from: usize) -> Sight {
        let whole = self.sight(page);
        let from = self.lines(page).get(from).filter(|_| from > 0).map_or(whole.from, |line| line.start);
        Sight { from, ..whole }
    }

    /// The index of the line of a page with which the passage begins in which `offset` of the source stands; the first where it
    /// begins on another page.
    pub(super) fn line_at(&self, page: usize, offset: usize) -> usize {
        let passage = self.begin_of(offset);
        let begins = |line: &TextLine| line.offset == passage && !line.text.is_empty();
        self.lines(page).iter().position(begins).unwrap_or(0)
    }

    /// Where in the source the passage begins in which `offset` of it stands.
    pub(super) fn begin_of(&self, offset: usize) -> usize {
        let begun = self.passages.partition_point(|passage| *passage <= offset);
        begun.checked_sub(1).map_or(0, |last| self.passages[last])
    }

    /// The first page with something that was not heard yet, if there is one.
    pub(super) fn first_unheard(&self, heard: Frontier) -> Option<usize> {
        (0..self.count()).find(|page| heard.after(self.sight(*page)) != heard)
    }

    pub(super) fn count(&self) -> usize {
        self.lines.len()
    }

    /// The lines of the page at this index, from 0.
    pub(super) fn lines(&self, page: usize) -> &[TextLine] {
        self.lines.get(page).map_or(&[], Vec::as_slice)
    }

    /// The first page that shows the passage in which `offset` of the source stands.
    pub(super) fn page_of(&self, offset: usize) -> usize {
        let passage = self.begin_of(offset);
        let page = self.reached.partition_point(|reached| *reached < passage);
        page.min(self.lines.len().saturating_sub(1))
    }

    /// Whether something of the passage in which `offset` of the source stands is on a page: a long one is on several.
    pub(super) fn shows(&self, page: usize, offset: usize) -> bool {
        let passage = self.begin_of(offset);
        self.lines(page).iter().any(|line| line.offset == passage && !line.text.is_empty())
    }

    /// The word of the quote that goes on at this line of a page, if one does.
    pub(super) fn quote_at(&self, page: usize, line: usize) -> Option<&'static str> {
        self.lines(page).get(line)?.quote
    }

    /// Whether a page goes on with what was being said on the one before it: a paragraph, a list, a table.
    pub(super) fn goes_on(&self, page: usize) -> bool {
        self.lines(page).first().is_some_and(|line| line.goes_on)
    }

    /// The page and the index of the line in which `words` begin that were found at `offset` of the source: the passage that they stand
    /// in may go over pages, and they over lines. `None` where it is said in other words.
    pub(super) fn line_of(&self, offset: usize, words: &str) -> Option<(usize, usize)> {
        let passage = self.begin_of(offset);
        let of_passage = |line: &TextLine| line.offset == passage && !line.text.is_empty();
        let letters = |text: &str| text.split_whitespace().collect::<String>();
        let mut said = String::new();
        let mut begins = Vec::new();
        let pages = self.page_of(offset)..self.count();
        for page in pages.take_while(|page| self.lines(*page).iter().any(of_passage)) {
            for (index, line) in self.lines(page).iter().enumerate().filter(|(_, line)| of_passage(line)) {
                begins.push((said.len(), (page, index)));
                said.push_str(&letters(line.text.as_str()));
            }
        }
        let found = said.find(&letters(words))?;
        begins.into_iter().take_while(|(begin, _)| *begin <= found).last().map(|(_, line)| line)
    }

    /// Where the first passage begins that is said on a later page.
    pub(super) fn end_of(&self, page: usize) -> usize {
        let said = self.passages.partition_point(|passage| self.page_of(*passage) <= page);
        self.passages.get(said).copied().unwrap_or(usize::MAX)
    }
}

/// So many passages, empty lines among them: a paragraph, the empty line behind it, and the first that it leads in.
const BEGINNING_OF_AN_ANSWER: usize = 3;

/// Begins a page. The empty line above what now stands at its top is not needed any more, and would be taken for its beginning.
fn turn(pages: &mut Vec<Vec<TextLine>>) {
    if let Some([.., before, last]) = pages.last().map(Vec::as_slice)
        && last.text.is_empty()
        && last.offset != before.offset
    {
        pages.last_mut().and_then(Vec::pop);
    }
    pages.push(Vec::new());
}

impl TextLine {
    fn empty_above(line: &Self) -> Self {
        Self { text: Printable::default(), ..line.clone() }
    }
}

#[cfg(test)]
mod tests;
