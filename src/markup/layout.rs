//! A document at a width: places, lines and the way between them.

mod verbatim;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::events::Located;
use super::render::{self, LinkSigns, Setting, last_shape, render, render_verbatim};
use super::scan::Kind;
use super::table::Shape;
use super::{Document, Line, PictureRoom, Strain, strain};

pub(super) use verbatim::raw_text;

/// A line of a laid-out document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    chunk: usize,
    line: usize,
}

/// Where a line begins. Several may begin at one offset: the lines of a picture, of a chart, of a row of a table. Which of
/// them it is says something about one layout alone; the first one is the first in every layout.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineStart {
    /// In bytes of the source: from here to the first of these lines nothing is shown. 0 for the first line of all.
    pub offset: usize,
    /// How many lines with something on them begin there above this one.
    pub line: usize,
}

impl LineStart {
    /// The first line that begins at `offset`.
    #[must_use]
    pub const fn first_at(offset: usize) -> Self {
        Self { offset, line: 0 }
    }
}

/// A document at a width. Lays out only what is asked for, and keeps what is near to what was asked last.
#[derive(Debug)]
pub struct Layout {
    document: Arc<Document>,
    width: u16,
    addresses: bool,
    chunks: HashMap<usize, Arc<[Line]>>,
    /// How many lines these have.
    kept: usize,
    /// Which chunks show nothing, at any width, as far as somebody has looked: there may be megabytes of definitions.
    empty: HashMap<usize, Empty>,
    /// How often places have lost their meaning.
    turns: u64,
    shapes: HashMap<usize, Shape>,
    /// The first chunk that shows anything.
    first: Option<usize>,
    pictures: Option<Arc<dyn PictureRoom>>,
}

/// Whether a chunk shows anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Empty {
    Yes,
    No,
}

/// So many chunks are kept laid out; when there are more, only the ones around the last one stay.
const KEPT: usize = 64;

/// They have so many lines at the most, but for the last one and its neighbours: a chunk of pictures has thousands.
const LINES_KEPT: usize = 20_000;

impl Layout {
    /// A layout of `document` that is `width` columns wide (at least one).
    #[must_use]
    pub fn new(document: Arc<Document>, width: u16) -> Self {
        Self {
            document,
            width: width.max(1),
            addresses: false,
            chunks: HashMap::new(),
            kept: 0,
            empty: HashMap::new(),
            turns: 0,
            shapes: HashMap::new(),
            first: None,
            pictures: None,
        }
    }

    /// Links show their address instead of their number.
    pub(super) fn with_addresses(document: Arc<Document>, width: u16) -> Self {
        Self { addresses: true, ..Self::new(document, width) }
    }

    /// How many columns a line may have.
    #[must_use]
    pub fn width(&self) -> u16 {
        self.width
    }

    /// Changes the width (at least one). Places lose their meaning, offsets keep theirs.
    pub fn set_width(&mut self, width: u16) {
        let width = width.max(1);
        if width != self.width {
            self.width = width;
            self.turn();
        }
    }

    /// Keeps room for pictures, as much as somebody who draws them says, or describes them in words. Places lose their
    /// meaning, offsets keep theirs.
    pub fn set_pictures(&mut self, pictures: Option<Arc<dyn PictureRoom>>) {
        self.pictures = pictures;
        self.turn();
    }

    fn turn(&mut self) {
        self.chunks.clear();
        self.kept = 0;
        self.turns += 1;
    }

    /// How often places have lost their meaning: one from before is none any more.
    #[must_use]
    pub fn turns(&self) -> u64 {
        self.turns
    }

    /// The document that is laid out.
    #[must_use]
    pub fn document(&self) -> &Arc<Document> {
        &self.document
    }

    /// The line that shows what stands at `offset` in the source.
    pub fn place_of(&mut self, offset: usize) -> Place {
        self.place_at(LineStart::first_at(offset))
    }

    /// The line that begins there: of those that show what stands at the offset in the source the one with this number.
    pub fn place_at(&mut self, start: LineStart) -> Place {
        let mut chunk = self.document.chunk_at(start.offset);
        while chunk > 0 && self.is_empty(chunk) {
            chunk -= 1;
        }
        let chunk = chunk.max(self.first_chunk());
        let lines = self.chunk(chunk);
        let last = lines.partition_point(|line| line.offset <= start.offset).saturating_sub(1);
        let beside = beside(&lines, last);
        let line = beside.start.saturating_add(start.line).min(beside.end.saturating_sub(1));
        self.canonical(Place { chunk, line })
    }

    /// Where in the source the line at `place` begins.
    pub fn offset_of(&mut self, place: Place) -> usize {
        let place = self.actual(place);
        let start = self.document.range(place.chunk).start;
        self.chunk(place.chunk).get(place.line).map_or(start, |line| line.offset)
    }

    /// Where the line at `place` begins. What is further down never begins earlier.
    pub fn start_of(&mut self, place: Place) -> LineStart {
        let place = self.actual(place);
        let lines = self.chunk(place.chunk);
        let offset = lines.get(place.line).map(|line| line.offset);
        let offset = match offset {
            // What stands before the first line of a chunk defines something, or is empty.
            Some(offset) if lines.first().is_some_and(|first| first.offset < offset) => offset,
            Some(_) | None if place.chunk <= self.first_chunk() => 0,
            Some(_) | None => self.document.range(place.chunk).start,
        };
        LineStart { offset, line: place.line.saturating_sub(beside(&lines, place.line).start) }
    }

    /// Where in the source the first line begins of those that show what stands at `offset`.
    pub fn begin_of(&mut self, offset: usize) -> usize {
        let place = self.place_of(offset);
        self.start_of(place).offset
    }

    /// Where begins what stands below the `height` lines from `top` on; the length of the source when nothing does.
    pub fn start_below(&mut self, top: Place, height: usize) -> LineStart {
        let bottom = self.down(top, height.saturating_sub(1));
        let next = self.down(bottom, 1);
        if next == bottom { LineStart::first_at(self.document.len()) } else { self.start_of(next) }
    }

    /// Where in the source the next line begins that does not begin where the line at `place` does: the rows of a picture or of a
    /// table begin at one offset. `None` at the end.
    pub fn next_offset(&mut self, place: Place) -> Option<usize> {
        let here = self.offset_of(place);
        let mut chunk = self.actual(place).chunk;
        loop {
            let lines = self.chunk(chunk);
            if let Some(next) = lines.get(lines.partition_point(|line| line.offset <= here)) {
                return Some(next.offset);
            }
            chunk = self.shown_after(chunk)?;
        }
    }

    /// How many lines `to` is below `from`, of two places whose lines begin at the same offset.
    pub fn lines_between(&mut self, from: Place, to: Place) -> usize {
        let (from, to) = (self.actual(from), self.actual(to));
        if from.chunk == to.chunk {
            return to.line.saturating_sub(from.line);
        }
        self.chunk(from.chunk).len().saturating_sub(from.line) + to.line
    }

    /// The first line that `shows` something that begins at `offset` in the source: in a table that may be far below the line
    /// that the offset leads to.
    pub fn place_of_shown(&mut self, offset: usize, shows: impl Fn(&Line) -> bool) -> Option<Place> {
        let chunk = self.document.chunk_at(offset);
        self.line_of_chunk(chunk, shows)
    }

    /// The first line.
    #[must_use]
    pub fn top(&self) -> Place {
        Place::default()
    }

    /// The last place from which a screen of `height` lines is full; the top if the document is shorter.
    pub fn last_top(&mut self, height: usize) -> Place {
        let last = self.last();
        self.up(last, height.saturating_sub(1))
    }

    /// Whether there are `height` lines from `from` on. The end of a long text is not looked for to say so.
    pub fn fills(&mut self, from: Place, height: usize) -> bool {
        let mut place = self.actual(from);
        let mut left = height;
        loop {
            let lines = self.chunk(place.chunk).len().saturating_sub(place.line);
            if left <= lines {
                return true;
            }
            left -= lines;
            match self.shown_after(place.chunk) {
                Some(next) => place = Place { chunk: next, line: 0 },
                None => return false,
            }
        }
    }

    /// The place so many lines further down; the last line at most.
    pub fn down(&mut self, from: Place, lines: usize) -> Place {
        let mut place = self.actual(from);
        let mut left = lines;
        loop {
            let below = self.chunk(place.chunk).len().saturating_sub(place.line + 1);
            if left <= below {
                return self.canonical(Place { line: place.line + left, ..place });
            }
            match self.shown_after(place.chunk) {
                Some(next) => {
                    left -= below + 1;
                    place = Place { chunk: next, line: 0 };
                }
                None => return self.canonical(Place { line: place.line + below, ..place }),
            }
        }
    }

    /// The place so many lines further up; the top at most.
    pub fn up(&mut self, from: Place, lines: usize) -> Place {
        let mut place = self.actual(from);
        let mut left = lines;
        loop {
            if left <= place.line {
                return self.canonical(Place { line: place.line - left, ..place });
            }
            match self.shown_before(place.chunk) {
                Some(before) => {
                    left -= place.line + 1;
                    place = Place { chunk: before, line: self.chunk(before).len() - 1 };
                }
                None => return self.top(),
            }
        }
    }

    /// The lines from `from` on, at most `height`.
    pub fn lines(&mut self, from: Place, height: usize) -> Vec<Line> {
        let mut lines = Vec::new();
        self.each_chunk_from(from, height, |_, shown| lines.extend_from_slice(shown));
        lines
    }

    /// Hands the lines from `from` on, at most `height`, to `take`, those of each chunk together.
    pub(super) fn each_chunk_from(
        &mut self,
        from: Place,
        height: usize,
        mut take: impl FnMut(usize, &[Line]),
    ) {
        let mut place = self.actual(from);
        let mut left = height;
        loop {
            let chunk = self.chunk(place.chunk);
            let shown = &chunk[place.line.min(chunk.len())..];
            let shown = &shown[..left.min(shown.len())];
            take(place.chunk, shown);
            left -= shown.len();
            match self.shown_after(place.chunk).filter(|_| left > 0) {
                Some(next) => place = Place { chunk: next, line: 0 },
                None => return,
            }
        }
    }

    /// The first line of a chunk that is as `wanted`.
    pub(super) fn line_of_chunk(&mut self, chunk: usize, wanted: impl FnMut(&Line) -> bool) -> Option<Place> {
        let line = self.chunk(chunk).iter().position(wanted)?;
        Some(self.canonical(Place { chunk, line }))
    }

    /// What of the text does not fit into the width, from top to bottom. Lays out all of it.
    #[must_use]
    pub fn strains(&mut self) -> Vec<Strain> {
        let document = Arc::clone(&self.document);
        let mut strains = Vec::new();
        for index in 0..document.chunks() {
            let (lines, mut found) = if document.is_markdown(index) {
                self.rendered(index, false, render::strained)
            } else {
                (self.laid_out(index, false), Vec::new())
            };
            strain::of_code(&lines, &mut strains);
            strains.append(&mut found);
        }
        strains.sort_by_key(|strain| strain.offset);
        strains
    }

    fn last(&mut self) -> Place {
        let mut chunk = self.document.chunks() - 1;
        while chunk > 0 && self.is_empty(chunk) {
            chunk -= 1;
        }
        let line = self.chunk(chunk).len().saturating_sub(1);
        self.canonical(Place { chunk, line })
    }

    fn shown_after(&mut self, chunk: usize) -> Option<usize> {
        (chunk + 1..self.document.chunks()).find(|&next| !self.is_empty(next))
    }

    fn shown_before(&mut self, chunk: usize) -> Option<usize> {
        (0..chunk).rev().find(|&before| !self.is_empty(before))
    }

    fn is_empty(&mut self, chunk: usize) -> bool {
        let known = self.empty.get(&chunk).copied();
        known.map_or_else(|| self.chunk(chunk).is_empty(), |empty| empty == Empty::Yes)
    }

    /// The top has one name only, so that faces can compare with it.
    fn canonical(&mut self, place: Place) -> Place {
        if place.line == 0 && place.chunk <= self.first_chunk() { self.top() } else { place }
    }

    /// A place that exists at this width: one from another width may be beyond its chunk's end.
    fn actual(&mut self, place: Place) -> Place {
        let chunk = place.chunk.clamp(self.first_chunk(), self.document.chunks() - 1);
        let line = if chunk > place.chunk { 0 } else { place.line };
        let last = self.chunk(chunk).len().saturating_sub(1);
        Place { chunk, line: line.min(last) }
    }

    /// The first chunk with any line; one with definitions alone shows nothing, at any width.
    fn first_chunk(&mut self) -> usize {
        if let Some(first) = self.first {
            return first;
        }
        let last = self.document.chunks() - 1;
        let mut first = 0;
        let lines = loop {
            let lines = self.laid_out(first, false);
            if !lines.is_empty() || first == last {
                break lines;
            }
            first += 1;
        };
        self.first = Some(first);
        self.keep(first, lines);
        first
    }

    fn chunk(&mut self, index: usize) -> Arc<[Line]> {
        if let Some(lines) = self.chunks.get(&index) {
            return Arc::clone(lines);
        }
        if self.chunks.len() >= KEPT || self.kept > LINES_KEPT {
            let around = if self.kept > LINES_KEPT { 1 } else { KEPT / 4 };
            self.chunks.retain(|&kept, _| kept.abs_diff(index) <= around);
            self.kept = self.chunks.values().map(|lines| lines.len()).sum();
        }
        let below_text = index > self.first_chunk();
        if let Some(lines) = self.chunks.get(&index) {
            // That was the first one.
            return Arc::clone(lines);
        }
        let lines = self.laid_out(index, below_text);
        self.keep(index, lines)
    }

    fn keep(&mut self, index: usize, mut lines: Vec<Line>) -> Arc<[Line]> {
        // Text that was taken out of its indentation, or that the parser put together, is shorter than its source: its
        // lines are placed roughly. Places must not go back, nor leave the chunk.
        let range = self.document.range(index);
        let (mut place, last) = (range.start, range.end.saturating_sub(1));
        for line in &mut lines {
            place = line.offset.clamp(place, last.max(place));
            line.offset = place;
        }
        let lines: Arc<[Line]> = lines.into();
        self.kept += lines.len();
        self.empty.insert(index, if lines.is_empty() { Empty::Yes } else { Empty::No });
        self.chunks.insert(index, Arc::clone(&lines));
        lines
    }

    fn laid_out(&mut self, index: usize, below_text: bool) -> Vec<Line> {
        let document = Arc::clone(&self.document);
        let range = document.range(index);
        let at_margin = document.source()[..range.start].ends_with(['\n', '\r']);
        match raw_text(&document, index) {
            Some((text, role)) => {
                render_verbatim(&text, range.start, role, &self.setting(index, below_text), at_margin)
            }
            None => self.rendered(index, below_text, render),
        }
    }

    /// What `read` makes of the events of a chunk of Markdown.
    fn rendered<T>(
        &mut self,
        index: usize,
        below_text: bool,
        read: fn(Vec<Located<'_>>, &Setting<'_>) -> T,
    ) -> T {
        let document = Arc::clone(&self.document);
        let define = |label: &str| document.definition(label);
        let mut setting = self.setting(index, below_text);
        match document.chunk(index).kind {
            Kind::Rows { first, .. } => {
                let shape = self.shapes.entry(first);
                let shape =
                    shape.or_insert_with(|| last_shape(document.excerpt(first).events(&define), &setting));
                setting.table = Some(shape);
            }
            Kind::Items { number } => setting.number = Some(number),
            Kind::Markdown | Kind::Code { .. } | Kind::Html => {}
        }
        read(document.excerpt(index).events(&define), &setting)
    }

    fn setting(&self, index: usize, below_text: bool) -> Setting<'static> {
        let links = if self.addresses {
            LinkSigns::Addresses
        } else {
            LinkSigns::Numbers { before: self.document.count_links(index) }
        };
        Setting {
            width: usize::from(self.width),
            below_text,
            continues: self.document.chunk(index).continues,
            number: None,
            table: None,
            links,
            pictures: self.pictures.clone(),
        }
    }
}

/// The lines of a chunk that begin where the one with this number does. Empty ones above them are no place to read.
fn beside(lines: &[Line], number: usize) -> Range<usize> {
    let Some(offset) = lines.get(number).map(|line| line.offset) else { return number..number };
    let first = lines.partition_point(|line| line.offset < offset);
    let behind = lines.partition_point(|line| line.offset <= offset);
    let shown = (first..behind).find(|&line| !lines[line].spans.is_empty());
    shown.unwrap_or(first)..behind
}

#[cfg(test)]
mod tests;
