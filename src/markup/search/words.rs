//! The text of a chunk as somebody looks for it: what is shown of it, whatever the width, without the signs around it. Those of footnotes
//! stand beside their block, each by itself: they are found, and words that go on over one are found as well.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::super::chart;
use super::super::document::Document;
use super::super::events::{Located, is_block};
use super::super::layout::raw_text;
use super::super::render::{Inline, LinkSigns, are_pictures, footnote_sign, title_of};
use super::super::wrap::{Run, sought, verbatim_texts};
use super::Needle;
use super::clusters::Clusters;
use super::signs::Beside;
use crate::fold::{Case, Folded};
use crate::printable::Printable;

/// The text of a chunk.
#[derive(Debug)]
pub(super) struct Words {
    /// Block after block, without anything between them.
    pub(super) text: String,
    pub(super) pieces: Vec<Piece>,
    /// Where each block ends in the text.
    ends: Vec<usize>,
    /// Where in the text the lines of code begin.
    pub(super) lines: Vec<usize>,
    /// The pieces that are signs of footnotes, each with where it stands.
    signs: Vec<(usize, Beside)>,
    /// The text as it is compared.
    folded: Folded,
}

/// Text of one piece of the source.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) place: Range<usize>,
    /// Where in the source it begins.
    pub(super) offset: usize,
    literal: bool,
}

/// What was found in a chunk.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Where in the source each hit stands.
    pub(super) hits: Vec<Range<usize>>,
    /// Where in the source the paragraph, item or cell of each hit begins.
    pub(super) blocks: Vec<usize>,
    /// Where in the text of the chunk the hits stand.
    pub(super) places: Vec<Range<usize>>,
    /// What the hits cover, by piece of the source, then by place in it.
    pub(super) parts: Vec<Part>,
}

/// The part of a hit that stands in one piece of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// Where in the source the piece begins.
    pub(super) piece: usize,
    /// Where in its text, as it is shown, the part stands.
    pub(super) place: Range<usize>,
    /// Which hit it belongs to.
    pub(super) hit: usize,
}

impl Found {
    /// Signs of footnotes are kept beside their block, and stand in it.
    fn in_order_of_source(&mut self) {
        let mut order: Vec<usize> = (0..self.hits.len()).collect();
        order.sort_by_key(|hit| self.hits[*hit].start);
        if !order.is_sorted() {
            let mut now = vec![0; order.len()];
            for (to, from) in order.iter().enumerate() {
                now[*from] = to;
            }
            self.hits = order.iter().map(|hit| self.hits[*hit].clone()).collect();
            self.blocks = order.iter().map(|hit| self.blocks[*hit]).collect();
            self.places = order.iter().map(|hit| self.places[*hit].clone()).collect();
            for part in &mut self.parts {
                part.hit = now[part.hit];
            }
        }
        self.parts.sort_by_key(|part| (part.piece, part.place.start));
    }
}

impl Words {
    /// The text of a chunk, ready to be compared with or without its capitals.
    pub(super) fn of(document: &Document, chunk: usize, case: Case) -> Self {
        let mut gatherer = Gatherer::new(case);
        if let Some((text, _)) = raw_text(document, chunk) {
            gatherer.raw(&text, document.range(chunk).start);
        } else {
            for event in document.excerpt(chunk).events(&|label| document.definition(label)) {
                gatherer.take(event);
            }
            gatherer.flush();
        }
        let mut words = gatherer.words;
        words.folded = words.compared(case);
        words
    }

    /// From now on it is compared with or without its capitals.
    pub(super) fn fold(&mut self, case: Case) {
        if self.folded.case() != case {
            self.folded = self.compared(case);
        }
    }

    fn compared(&self, case: Case) -> Folded {
        let mut folded = Folded::new(case);
        let mut start = 0;
        for &end in &self.ends {
            folded.push(&self.text[start..end], start);
            folded.end_part();
            start = end;
        }
        folded
    }

    /// How many bytes of memory it takes, about.
    pub(super) fn size(&self) -> usize {
        self.text.capacity()
            + self.pieces.capacity() * size_of::<Piece>()
            + (self.ends.capacity() + self.lines.capacity()) * size_of::<usize>()
            + self.signs.capacity() * size_of::<(usize, Beside)>()
            + self.folded.size()
    }

    /// Everywhere that the needle is, if that is compared in the same way.
    pub(super) fn find(&self, needle: &Needle) -> Found {
        let folded = &self.folded;
        let mut found = Found::default();
        let matches = folded.as_str().match_indices(needle.folded.as_str());
        let mut clusters = Clusters::of(&self.text);
        for (at, _) in matches {
            let place = folded.place_of(at..at + needle.folded.len());
            // What begins a block joins nothing before it, whatever it would do within one line.
            let block = self.block(place.start);
            let place = clusters.around(place);
            let place = place.start.max(block.start)..place.end.min(block.end);
            // Two letters of one sign are one place to look at.
            if found.places.last().is_none_or(|last| last.end <= place.start) {
                self.note(place, &mut found);
            }
        }
        found.in_order_of_source();
        found
    }

    fn note(&self, place: Range<usize>, found: &mut Found) {
        let first = self.pieces.partition_point(|piece| piece.place.end <= place.start);
        let pieces = self.pieces[first..].iter().take_while(|piece| piece.place.start < place.end);
        let mut range: Option<Range<usize>> = None;
        for piece in pieces {
            let from = place.start.max(piece.place.start) - piece.place.start;
            let to = place.end.min(piece.place.end) - piece.place.start;
            let (start, end) = if piece.literal { (from, to) } else { (0, 0) };
            let (start, end) = (piece.offset + start, piece.offset + end);
            range = Some(range.map_or(start..end, |range| range.start..end.max(range.end)));
            let part = Part { piece: piece.offset, place: from..to, hit: found.hits.len() };
            found.parts.push(part);
        }
        if let Some(range) = range {
            found.hits.push(range);
            found.blocks.push(self.begin_of_block(place.start));
            found.places.push(place);
        }
    }

    /// Where in the source the block begins that has this place.
    pub(super) fn begin_of_block(&self, place: usize) -> usize {
        if let Some((_, beside)) = self.beside(place) {
            return beside.begin;
        }
        let start = self.block(place).start;
        let first = self.pieces.partition_point(|piece| piece.place.start < start);
        self.pieces.get(first).map_or(0, |piece| piece.offset)
    }

    /// The sign that has this place, if one has, and where it stands.
    pub(super) fn beside(&self, place: usize) -> Option<(Range<usize>, &Beside)> {
        let index = self.pieces.partition_point(|piece| piece.place.end <= place);
        let piece = self.pieces.get(index).filter(|piece| piece.place.start <= place)?;
        let sign = self.signs.binary_search_by_key(&index, |(piece, _)| *piece).ok()?;
        Some((piece.place.clone(), &self.signs[sign].1))
    }

    pub(super) fn block(&self, place: usize) -> Range<usize> {
        let block = self.ends.partition_point(|end| *end <= place);
        let start = block.checked_sub(1).map_or(0, |before| self.ends[before]);
        start..self.ends.get(block).copied().unwrap_or(self.text.len())
    }
}

struct Gatherer {
    words: Words,
    inline: Inline,
    /// Code or raw HTML that is being collected, and where it begins.
    raw: Option<(String, usize)>,
    /// What may be a chart.
    chart: Option<chart::Lines>,
    /// What the present block makes of pictures that have nothing beside them.
    pictures: Pictures,
    /// The signs of footnotes in the present block.
    signs: Vec<Sign>,
    /// Which of the signs stands before the words of the footnote that has begun, until its first block has ended.
    note_begun: Option<usize>,
}

/// The sign of a footnote, or one of several in a row.
struct Sign {
    text: String,
    /// Where in the source it stands.
    offset: usize,
    /// Where in the text.
    at: usize,
}

/// Whether pictures with nothing beside them stand on lines of their own, where their titles are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pictures {
    Alone,
    InLine,
}

impl Gatherer {
    fn new(case: Case) -> Self {
        let words = Words {
            text: String::new(),
            pieces: Vec::new(),
            ends: Vec::new(),
            lines: Vec::new(),
            signs: Vec::new(),
            folded: Folded::new(case),
        };
        Self {
            words,
            inline: Inline::default(),
            raw: None,
            chart: None,
            pictures: Pictures::Alone,
            signs: Vec::new(),
            note_begun: None,
        }
    }

    fn take(&mut self, (event, place): Located<'_>) {
        match event {
            Event::Start(tag) if is_block(tag.to_end()) => {
                self.flush();
                self.pictures = match tag {
                    Tag::Heading { .. } | Tag::TableCell => Pictures::InLine,
                    _ => Pictures::Alone,
                };
                if matches!(tag, Tag::CodeBlock(_) | Tag::HtmlBlock) {
                    self.raw = Some((String::new(), place.start));
                }
                if let Tag::CodeBlock(CodeBlockKind::Fenced(info)) = &tag
                    && chart::is_chart(info)
                {
                    self.chart = Some(chart::Lines::default());
                }
                if let Tag::FootnoteDefinition(label) = &tag {
                    self.note_begun = Some(self.words.signs.len());
                    let at = self.words.text.len();
                    let beside = Beside { block: at..at, at, begin: place.start };
                    let sign = Printable::new(&format!("{} ", footnote_sign(label)));
                    self.words.push_sign(sign.as_str(), place.start, beside);
                }
            }
            Event::Start(tag) => self.inline.start(&tag),
            Event::End(tag) if is_block(tag) => {
                self.flush();
                if tag == TagEnd::FootnoteDefinition {
                    self.note_begun = None;
                }
                self.pictures = Pictures::Alone;
            }
            Event::End(tag) => self.inline.end(tag, place.end),
            Event::Html(text) => self.raw_text(&text, place.start),
            Event::Text(text) if self.raw.is_some() => self.raw_text(&text, place.start),
            Event::Rule => self.flush(),
            Event::TaskListMarker(_) => {}
            event => self.inline.event(event, place.start),
        }
    }

    fn raw_text(&mut self, text: &str, offset: usize) {
        let (raw, begin) = self.raw.get_or_insert_with(|| (String::new(), offset));
        if raw.is_empty() {
            *begin = offset;
        }
        raw.push_str(text);
        if let Some(chart) = &mut self.chart {
            chart.push(text, offset);
        }
    }

    fn flush(&mut self) {
        let start = self.words.text.len();
        self.flush_words();
        self.place_signs(start);
    }

    fn flush_words(&mut self) {
        if let Some((text, offset)) = self.raw.take() {
            match self.chart.take().map(|lines| chart::read(&lines)) {
                Some(Ok(chart)) => self.chart(&chart),
                Some(Err(_)) | None => self.raw(&text, offset),
            }
        }
        let runs = self.inline.take();
        if runs.is_empty() {
            return;
        }
        if self.pictures == Pictures::Alone && are_pictures(&runs) {
            for run in &runs {
                if let Some(title) = title_of(run) {
                    self.runs(&[title]);
                    self.words.end_line();
                }
                self.runs(std::slice::from_ref(run));
                self.words.end_line();
            }
        } else {
            self.runs(&runs);
        }
        self.words.end_block();
    }

    /// Keeps the signs of the block that began at `start` and has ended behind it, and tells that of a footnote what it says.
    fn place_signs(&mut self, start: usize) {
        let words = &mut self.words;
        let block = start..words.text.len();
        if block.is_empty() && self.signs.is_empty() {
            return;
        }
        if let Some((_, beside)) = self.note_begun.take().and_then(|note| words.signs.get_mut(note)) {
            (beside.block, beside.at) = (block.clone(), block.start);
        }
        let first = self.signs.first().map_or(0, |sign| sign.offset);
        let begin = if block.is_empty() { first } else { words.begin_of_block(block.start) };
        for Sign { text, offset, at } in self.signs.drain(..) {
            words.push_sign(&text, offset, Beside { block: block.clone(), at, begin });
        }
    }

    /// A bar is found by its label, by its number, and by both.
    fn chart(&mut self, chart: &chart::Chart) {
        for runs in chart.texts() {
            for run in runs {
                self.runs(&[run]);
                self.words.end_line();
            }
            self.words.end_block();
        }
    }

    fn runs(&mut self, runs: &[Run]) {
        let (words, signs) = (&mut self.words, &mut self.signs);
        sought(runs, |piece| {
            if piece.apart {
                let (text, offset, at) = (piece.text.to_owned(), piece.offset, words.text.len());
                signs.push(Sign { text, offset, at });
                return;
            }
            if piece.after_break {
                words.end_line();
            }
            words.push(piece.text, piece.offset, piece.literal);
        });
    }

    fn raw(&mut self, text: &str, offset: usize) {
        for (line, source) in verbatim_texts(text, offset) {
            let literal = line.as_str().len() == source.len();
            self.words.lines.push(self.words.text.len());
            self.words.push(line.as_str(), source.start, literal);
            self.words.end_line();
        }
        self.words.end_block();
    }
}

impl Words {
    fn push(&mut self, text: &str, offset: usize, literal: bool) {
        let start = self.text.len();
        self.text.push_str(text);
        if !text.is_empty() {
            self.pieces.push(Piece { place: start..self.text.len(), offset, literal });
        }
    }

    /// A sign, which is a block of its own.
    fn push_sign(&mut self, text: &str, offset: usize, beside: Beside) {
        self.signs.push((self.pieces.len(), beside));
        self.push(text, offset, false);
        self.end_block();
    }

    /// Words on two lines are two words.
    fn end_line(&mut self) {
        self.text.push(' ');
    }

    fn end_block(&mut self) {
        if self.ends.last().copied().unwrap_or(0) < self.text.len() {
            self.ends.push(self.text.len());
        }
    }
}

#[cfg(test)]
impl Words {
    /// The blocks.
    pub(super) fn blocks(&self) -> Vec<&str> {
        let starts = std::iter::once(&0).chain(&self.ends);
        starts.zip(&self.ends).map(|(&start, &end)| &self.text[start..end]).collect()
    }

    /// What stands at the places of the hits.
    pub(super) fn shown<'a>(&'a self, found: &'a Found) -> Vec<&'a str> {
        found.places.iter().map(|place| &self.text[place.clone()]).collect()
    }
}

impl Default for Inline {
    fn default() -> Self {
        Self::new(LinkSigns::Numbers { before: 0 })
    }
}
