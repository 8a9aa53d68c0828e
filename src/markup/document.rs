//! A Markdown source and what can be known about it without laying it out.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};
use std::thread;

use memchr::memchr_iter;
use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::anchor::Anchors;
use super::bytes::holds;
use super::events::{self, Excerpt, Located, level_number};
use super::links::Links;
use super::minutes::Pace;
use super::notes::Notes;
use super::picture::pictures_of;
use super::plain_text::{LISTED, one_line, push_plain};
use super::scan::{Candidate, Chunk, Kind, Scan, scan};
use crate::printable::Printable;

/// A Markdown text, cheap to open whatever its size: one pass cuts it into chunks, and only the chunks that
/// somebody asks about are parsed. What is asked once (headings, links) is kept.
#[derive(Debug)]
pub struct Document {
    source: Arc<str>,
    scan: Scan,
    title: OnceLock<Option<Printable>>,
    headings: OnceLock<Vec<Heading>>,
    /// Which of them an anchor means.
    anchors: OnceLock<HashMap<String, usize>>,
    links: Links,
    pictures: OnceLock<Vec<Range<usize>>>,
    pace: OnceLock<Pace>,
    definitions: OnceLock<HashMap<String, (String, String)>>,
    notes: Notes,
}

/// The source says everything; what is kept beside it follows from it.
impl PartialEq for Document {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl Eq for Document {}

/// A heading of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The text without markup.
    pub text: Printable,
    /// What a link to it says after `#`.
    pub anchor: String,
    /// Where it begins in the source, in bytes.
    pub offset: usize,
}

/// From how many bytes on a second thread is faster than none.
const LONG: usize = 1 << 20;

impl Document {
    /// Takes a Markdown text.
    #[must_use]
    pub fn parse(source: Arc<str>) -> Self {
        let source =
            if has_lone_returns(&source) { Arc::from(without_lone_returns(&source)) } else { source };
        let (scan, pace) = looked_through(&source);
        Self {
            source,
            scan,
            title: OnceLock::new(),
            headings: OnceLock::new(),
            anchors: OnceLock::new(),
            links: Links::default(),
            pictures: OnceLock::new(),
            pace,
            definitions: OnceLock::new(),
            notes: Notes::default(),
        }
    }

    /// The text of the first heading.
    #[must_use]
    pub fn title(&self) -> Option<&Printable> {
        let first = || {
            let mut found = Vec::new();
            self.candidates(&mut found, |found| !found.is_empty());
            found.into_iter().next().map(|heading| heading.text)
        };
        self.title.get_or_init(first).as_ref()
    }

    /// All headings in order (the first 65,536).
    #[must_use]
    pub fn headings(&self) -> &[Heading] {
        self.headings.get_or_init(|| {
            let mut found = Vec::new();
            self.candidates(&mut found, |found| found.len() >= LISTED);
            let explicit = found.iter().filter(|heading| !heading.anchor.is_empty());
            let mut anchors = Anchors::with_explicit(explicit.map(|heading| heading.anchor.as_str()));
            for heading in found.iter_mut().filter(|heading| heading.anchor.is_empty()) {
                heading.anchor = anchors.next(heading.text.as_str());
            }
            found
        })
    }

    /// The heading that a link to `#anchor` means.
    #[must_use]
    pub fn heading(&self, anchor: &str) -> Option<&Heading> {
        let headings = self.headings();
        let anchors = self.anchors.get_or_init(|| {
            // Of two that wish for the same one, the first has it.
            let named = headings.iter().enumerate().rev();
            named.map(|(index, heading)| (heading.anchor.clone(), index)).collect()
        });
        anchors.get(anchor).map(|index| &headings[*index])
    }

    /// The heading with this index and the text under it up to the next one, without what is empty at its end, in bytes of the
    /// source.
    #[must_use]
    pub fn section(&self, index: usize) -> Range<usize> {
        let begin = |index: usize| self.headings().get(index).map_or(self.len(), |heading| heading.offset);
        let start = begin(index);
        let text = &self.source[start..begin(index + 1).max(start)];
        start..start + text.trim_end().len()
    }

    /// The text of the heading that `offset` stands under, found without listing the others.
    #[must_use]
    pub fn heading_above(&self, offset: usize) -> Option<Printable> {
        let candidates = &self.scan.headings;
        // Of a heading with a line below it that line is the candidate, which may stand behind `offset`.
        let limit = self.range(self.chunk_at(offset)).end;
        let mut end = candidates.partition_point(|candidate| candidate.offset() < limit);
        while let Some(last) = end.checked_sub(1) {
            let chunk = self.chunk_at(candidates[last].offset());
            let begin = self.range(chunk).start;
            let start = candidates.partition_point(|candidate| candidate.offset() < begin).min(last);
            let mut found = Vec::new();
            self.headings_of_chunk(chunk, &candidates[start..end], &mut found);
            if let Some(heading) = found.into_iter().rev().find(|heading| heading.offset <= offset) {
                return Some(heading.text);
            }
            end = start;
        }
        None
    }

    /// Where the pictures that stand on lines of their own are in the source, in bytes and in order (the first 65,536).
    #[must_use]
    pub fn pictures(&self) -> &[Range<usize>] {
        self.pictures.get_or_init(|| {
            let mut pictures = Vec::new();
            for index in 0..self.chunks() {
                let text = &self.source[self.range(index)];
                if pictures.len() < LISTED && self.is_markdown(index) && holds(text, "![") {
                    let events = self.excerpt(index);
                    pictures.extend(pictures_of(&events.events(&|label| self.definition(label))));
                }
            }
            pictures.truncate(LISTED);
            pictures
        })
    }

    /// What is known about its links.
    pub(super) fn kept_links(&self) -> &Links {
        &self.links
    }

    /// What is known about its footnotes.
    pub(super) fn kept_notes(&self) -> &Notes {
        &self.notes
    }

    /// Hands the events of every chunk that may have footnotes to `take`, in order, as long as it wants more.
    pub(super) fn each_with_notes(&self, mut take: impl FnMut(&[Located<'_>]) -> bool) {
        for index in 0..self.chunks() {
            let has = self.is_markdown(index) && holds(&self.source[self.range(index)], "[^");
            if has && !take(&self.excerpt(index).events(&|label| self.definition(label))) {
                return;
            }
        }
    }

    /// How many minutes the text takes at 238 words a minute; at least one. Two ideographs count as a word. Footnotes are
    /// looked up, not read, so their words do not count.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        self.pace().minutes()
    }

    /// About how many minutes are left from `offset` (in bytes) on, reckoned in the same way; at least one.
    #[must_use]
    pub fn minutes_from(&self, offset: usize) -> u32 {
        self.pace().minutes_from(offset)
    }

    fn pace(&self) -> &Pace {
        self.pace.get_or_init(|| Pace::new(&self.source))
    }

    /// How many bytes the source has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.source.len()
    }

    /// Whether the source has no text at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.source.is_empty()
    }

    /// The Markdown itself; a lone carriage return is a line feed.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// How many chunks there are; at least one.
    pub(super) fn chunks(&self) -> usize {
        self.scan.chunks.len()
    }

    pub(super) fn chunk(&self, index: usize) -> Chunk {
        self.scan.chunks[index]
    }

    pub(super) fn range(&self, index: usize) -> Range<usize> {
        let end = self.scan.chunks.get(index + 1).map_or(self.source.len(), |next| next.start);
        self.scan.chunks[index].start..end
    }

    /// The chunk that has this offset.
    pub(super) fn chunk_at(&self, offset: usize) -> usize {
        self.scan.chunks.partition_point(|chunk| chunk.start <= offset).saturating_sub(1)
    }

    /// The chunk, ready to be parsed.
    pub(super) fn excerpt(&self, index: usize) -> Excerpt<'_> {
        let range = self.range(index);
        let part = &self.source[range.clone()];
        let head = match self.chunk(index).kind {
            Kind::Rows { head, .. } => events::table_head(&self.source[head..], part),
            Kind::Markdown | Kind::Items { .. } | Kind::Code { .. } | Kind::Html => String::new(),
        };
        Excerpt::new(&head, part, range.start)
    }

    /// The address and title that a link reference stands for.
    pub(super) fn definition(&self, label: &str) -> Option<(String, String)> {
        if !self.has_definitions() {
            return None;
        }
        self.definitions().get(&events::normalised(label)).cloned()
    }

    pub(super) fn has_definitions(&self) -> bool {
        !self.definitions().is_empty()
    }

    fn definitions(&self) -> &HashMap<String, (String, String)> {
        self.definitions.get_or_init(|| {
            let mut all = HashMap::new();
            for index in 0..self.chunks() {
                let text = &self.source[self.range(index)];
                if self.is_markdown(index) && holds(text, "]:") && all.len() < LISTED {
                    for (label, address, title) in events::definitions(text) {
                        all.entry(label).or_insert((address, title));
                    }
                }
            }
            all
        })
    }

    pub(super) fn is_markdown(&self, index: usize) -> bool {
        match self.chunk(index).kind {
            Kind::Markdown | Kind::Items { .. } | Kind::Rows { .. } => true,
            Kind::Code { .. } | Kind::Html => false,
        }
    }

    /// Parses what may be a heading until `enough` was found.
    fn candidates(&self, found: &mut Vec<Heading>, enough: impl Fn(&[Heading]) -> bool) {
        let candidates = &self.scan.headings;
        let mut next = 0;
        while next < candidates.len() && !enough(found) {
            let chunk = self.chunk_at(candidates[next].offset());
            let end = self.range(chunk).end;
            let count = candidates[next..].partition_point(|candidate| candidate.offset() < end);
            let group = &candidates[next..next + count.max(1)];
            next += group.len();
            self.headings_of_chunk(chunk, group, found);
        }
    }

    /// Parses what may be a heading in a chunk.
    fn headings_of_chunk(&self, chunk: usize, group: &[Candidate], found: &mut Vec<Heading>) {
        if group.iter().any(|candidate| matches!(candidate, Candidate::Within { .. })) {
            if self.is_markdown(chunk) {
                headings_of(&self.excerpt(chunk).events(&|label| self.definition(label)), found);
            }
            return;
        }
        for candidate in group {
            let Candidate::Line { start, end } = *candidate else { continue };
            let excerpt = Excerpt::new("", &self.source[start..end], start);
            headings_of(&excerpt.events(&|label| self.definition(label)), found);
        }
    }
}

/// Cuts a text, and counts the words of a long one meanwhile: each takes about as long, and who opens it wants both.
fn looked_through(source: &str) -> (Scan, OnceLock<Pace>) {
    if source.len() < LONG {
        return (scan(source), OnceLock::new());
    }
    thread::scope(|scope| {
        let counting = thread::Builder::new().spawn_scoped(scope, || Pace::new(source));
        let scan = scan(source);
        let counted = counting.ok().and_then(|counting| counting.join().ok());
        (scan, counted.map_or_else(OnceLock::new, OnceLock::from))
    })
}

/// Adds the headings among the events; the anchors that are not explicit are left open.
fn headings_of(events: &[Located<'_>], found: &mut Vec<Heading>) {
    let mut open: Option<(Heading, String)> = None;
    for (event, range) in events {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                let anchor = id.as_ref().map(CowStr::to_string).unwrap_or_default();
                let level = level_number(*level);
                open = Some((
                    Heading { level, text: Printable::default(), anchor, offset: range.start },
                    String::new(),
                ));
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some((mut heading, text)) = open.take() {
                    heading.text = one_line(&text);
                    found.push(heading);
                }
            }
            event => {
                if let Some((_, text)) = &mut open {
                    push_plain(event, text);
                }
            }
        }
    }
}

fn has_lone_returns(text: &str) -> bool {
    memchr_iter(b'\r', text.as_bytes()).any(|at| text.as_bytes().get(at + 1) != Some(&b'\n'))
}

/// A lone carriage return ended a line on old systems. The parser takes it for text; a line feed is as long.
fn without_lone_returns(text: &str) -> String {
    let mut characters = text.chars().peekable();
    let mut out = String::with_capacity(text.len());
    while let Some(c) = characters.next() {
        out.push(if c == '\r' && characters.peek() != Some(&'\n') { '\n' } else { c });
    }
    out
}
