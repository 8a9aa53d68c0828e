//! A Markdown source and what can be known about it without laying it out.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use memchr::memchr_iter;
use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::anchor::Anchors;
use super::bytes::holds;
use super::events::{self, Excerpt, Located};
use super::minutes::{Pace, minutes};
use super::outward;
use super::picture::pictures_of;
use super::render::level_number;
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
    links: OnceLock<Vec<Link>>,
    pictures: OnceLock<Vec<Range<usize>>>,
    minutes: OnceLock<u32>,
    pace: OnceLock<Pace>,
    definitions: OnceLock<HashMap<String, (String, String)>>,
    /// How many links stand before each chunk, as far as they were counted.
    links_before: Mutex<Vec<usize>>,
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

/// A link of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The text that is linked.
    pub text: Printable,
    /// Where it leads, as written: show it as [`Printable`], and whole, before it is opened.
    pub address: String,
    /// Where it begins in the source, in bytes.
    pub offset: usize,
    /// How many bytes of the source it takes, with its address.
    pub length: usize,
}

impl Link {
    /// Where it stands in the source, in bytes.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.offset..self.offset + self.length
    }
}

/// Lists made from hostile text must not outgrow it: beyond so many, links and definitions are not listed.
const LISTED: usize = 1 << 16;

impl Document {
    /// Takes a Markdown text.
    #[must_use]
    pub fn parse(source: Arc<str>) -> Self {
        let source =
            if has_lone_returns(&source) { Arc::from(without_lone_returns(&source)) } else { source };
        let scan = scan(&source);
        Self {
            source,
            scan,
            title: OnceLock::new(),
            headings: OnceLock::new(),
            links: OnceLock::new(),
            pictures: OnceLock::new(),
            minutes: OnceLock::new(),
            pace: OnceLock::new(),
            definitions: OnceLock::new(),
            links_before: Mutex::new(vec![0]),
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
        self.headings().iter().find(|heading| heading.anchor == anchor)
    }

    /// The text of the heading that `offset` stands under, found without listing the others.
    #[must_use]
    pub fn heading_above(&self, offset: usize) -> Option<Printable> {
        let candidates = &self.scan.headings;
        let mut end = candidates.partition_point(|candidate| candidate.offset() <= offset);
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

    /// All links in order (the first 65,536), numbered as in `Style::link`.
    #[must_use]
    pub fn links(&self) -> &[Link] {
        self.links.get_or_init(|| {
            let mut links = Vec::new();
            for index in (0..self.chunks()).take_while(|&index| self.count_links(index) < LISTED) {
                if self.may_link(index) {
                    links.extend(links_of(&self.excerpt(index).events(&|label| self.definition(label))));
                }
            }
            links.truncate(LISTED);
            links
        })
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

    /// The links, in order, that do not lead to the web or to a mailbox (the first 65,536). Parts of the text that have none
    /// cost a look, so this is cheap where [`Self::links`] is not.
    #[must_use]
    pub fn links_within(&self) -> Vec<Link> {
        let mut links = Vec::new();
        for index in 0..self.chunks() {
            let text = &self.source[self.range(index)];
            let may_lead_within =
                !outward::all_lead_out(text) || (holds(text, "]") && self.has_definitions());
            if may_lead_within && self.may_link(index) && links.len() < LISTED {
                let found = links_of(&self.excerpt(index).events(&|label| self.definition(label)));
                links.extend(found.into_iter().filter(|link| !outward::leads_out(&link.address)));
            }
        }
        links.truncate(LISTED);
        links
    }

    /// The link with this number, found without listing the others.
    #[must_use]
    pub fn link(&self, number: usize) -> Option<Link> {
        let (first, links) = self.links_beside(number)?;
        links.into_iter().nth(number - first)
    }

    /// The links that stand in the same part of the text as the one with this number, that one included, and the number of the
    /// first: for a few dozen of one page, that part is parsed once.
    #[must_use]
    pub fn links_beside(&self, number: usize) -> Option<(usize, Vec<Link>)> {
        let index = self.chunk_of_link(number)?;
        let events = self.excerpt(index);
        Some((self.count_links(index), links_of(&events.events(&|label| self.definition(label)))))
    }

    fn chunk_of_link(&self, number: usize) -> Option<usize> {
        let counted = {
            let before = self.links_before.lock().unwrap_or_else(PoisonError::into_inner);
            let next = before.partition_point(|count| *count <= number);
            if next < before.len() {
                return next.checked_sub(1);
            }
            before.len() - 1
        };
        (counted..self.chunks()).find(|&index| self.count_links(index + 1) > number)
    }

    /// How many minutes the text takes at 238 words a minute; at least one. Two ideographs count as a word. Footnotes are
    /// looked up, not read, so their words do not count.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        *self.minutes.get_or_init(|| minutes(&self.source))
    }

    /// About how many minutes are left from `offset` (in bytes) on, reckoned in the same way; at least one.
    #[must_use]
    pub fn minutes_from(&self, offset: usize) -> u32 {
        self.pace.get_or_init(|| Pace::new(&self.source)).minutes_from(offset)
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
        let head = match self.chunk(index).kind {
            Kind::Rows { first } => self.table_head(first),
            Kind::Markdown | Kind::Items { .. } | Kind::Code { .. } | Kind::Html => "",
        };
        Excerpt::new(head, &self.source[range.clone()], range.start)
    }

    /// The address and title that a link reference stands for.
    pub(super) fn definition(&self, label: &str) -> Option<(String, String)> {
        if !self.has_definitions() {
            return None;
        }
        self.definitions().get(&events::normalised(label)).cloned()
    }

    fn has_definitions(&self) -> bool {
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

    /// How many links stand before the chunk. Counts on from where it was counted before, so reading on costs
    /// only what is read; a jump to the end of a long text counts once.
    pub(super) fn count_links(&self, index: usize) -> usize {
        let mut before = self.links_before.lock().unwrap_or_else(PoisonError::into_inner);
        while before.len() <= index {
            let next = before.len() - 1;
            let mut count = before[next];
            if self.may_link(next) {
                let excerpt = self.excerpt(next);
                count += events::count_links(&excerpt, &|label| self.definition(label));
            }
            before.push(count);
        }
        before[index]
    }

    pub(super) fn is_markdown(&self, index: usize) -> bool {
        match self.chunk(index).kind {
            Kind::Markdown | Kind::Items { .. } | Kind::Rows { .. } => true,
            Kind::Code { .. } | Kind::Html => false,
        }
    }

    fn may_link(&self, index: usize) -> bool {
        let text = &self.source[self.range(index)];
        self.is_markdown(index) && ["]", "<", "://"].into_iter().any(|sign| holds(text, sign))
    }

    /// The first two lines of the table that a chunk ends with.
    fn table_head(&self, index: usize) -> &str {
        let text = &self.source[self.range(index)];
        let table = &text[events::last_block_start(text)..];
        let mut ends = table.match_indices('\n').map(|(at, _)| at + 1);
        ends.nth(1).map_or("", |end| &table[..end])
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

fn links_of(events: &[Located<'_>]) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    let mut open: Option<String> = None;
    for (event, range) in events {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                let address = dest_url.to_string();
                let (offset, length) = (range.start, range.len());
                links.push(Link { text: Printable::default(), address, offset, length });
                open = Some(String::new());
            }
            Event::End(TagEnd::Link) => {
                if let (Some(text), Some(link)) = (open.take(), links.last_mut()) {
                    link.text = one_line(&text);
                }
            }
            event => {
                if let Some(text) = &mut open {
                    push_plain(event, text);
                }
            }
        }
    }
    links
}

/// Appends what an event says without markup.
pub(super) fn push_plain(event: &Event<'_>, text: &mut String) {
    match event {
        Event::Text(part) | Event::Code(part) | Event::InlineMath(part) | Event::DisplayMath(part) => {
            text.push_str(part);
        }
        Event::SoftBreak | Event::HardBreak => text.push(' '),
        Event::Start(_)
        | Event::End(_)
        | Event::Html(_)
        | Event::InlineHtml(_)
        | Event::FootnoteReference(_)
        | Event::Rule
        | Event::TaskListMarker(_) => {}
    }
}

/// Text with its white space collapsed, made safe.
pub(super) fn one_line(text: &str) -> Printable {
    Printable::new(&text.split_ascii_whitespace().collect::<Vec<_>>().join(" "))
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
