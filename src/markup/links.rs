//! The links of a document, as far as somebody asks about them.

use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use pulldown_cmark::{Event, Tag, TagEnd};

use super::bytes::holds;
use super::events::{self, Located};
use super::plain_text::{LISTED, one_line, push_plain};
use super::{Document, outward};
use crate::printable::Printable;

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

/// What is known about the links of a document.
#[derive(Debug)]
pub(super) struct Links {
    all: OnceLock<Vec<Link>>,
    /// How many stand before each chunk, as far as they were counted.
    before: Mutex<Vec<usize>>,
    /// The chunk whose links were asked for last, and they: a paragraph may have thousands, which are asked for one by one.
    of_last: Mutex<Option<(usize, Arc<[Link]>)>>,
}

impl Default for Links {
    fn default() -> Self {
        Self { all: OnceLock::new(), before: Mutex::new(vec![0]), of_last: Mutex::new(None) }
    }
}

impl Document {
    /// All links in order (the first 65,536), numbered as in `Style::link`.
    #[must_use]
    pub fn links(&self) -> &[Link] {
        self.kept_links().all.get_or_init(|| {
            let mut links = Vec::new();
            for index in (0..self.chunks()).take_while(|&index| self.count_links(index) < LISTED) {
                links.extend(self.links_in(index));
            }
            links.truncate(LISTED);
            links
        })
    }

    /// The links, in order, that do not lead to the web or to a mailbox (the first 65,536). Parts of the text that have none
    /// cost a look, so this is cheap where [`Self::links`] is not.
    #[must_use]
    pub fn links_within(&self) -> Vec<Link> {
        let mut links = Vec::new();
        for index in 0..self.chunks() {
            let text = &self.source()[self.range(index)];
            let may_lead_within =
                !outward::all_lead_out(text) || (holds(text, "]") && self.has_definitions());
            if may_lead_within && links.len() < LISTED {
                let found = self.links_in(index);
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
        links.get(number - first).cloned()
    }

    /// The links that stand in the same part of the text as the one with this number, that one included, and the number of the
    /// first. The part is parsed once, as long as nothing is asked about another one.
    #[must_use]
    pub fn links_beside(&self, number: usize) -> Option<(usize, Arc<[Link]>)> {
        let index = self.chunk_of_link(number)?;
        Some((self.count_links(index), self.links_of_chunk(index)))
    }

    /// The links in the same part of the text as what stands at `offset`, and the number of the first.
    pub(super) fn links_at(&self, offset: usize) -> (usize, Arc<[Link]>) {
        let index = self.chunk_at(offset);
        (self.count_links(index), self.links_of_chunk(index))
    }

    fn links_of_chunk(&self, index: usize) -> Arc<[Link]> {
        let mut last = self.kept_links().of_last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, links)) = &*last
            && *of == index
        {
            return Arc::clone(links);
        }
        let links: Arc<[Link]> = self.links_in(index).into();
        *last = Some((index, Arc::clone(&links)));
        links
    }

    /// The links of this chunk, looked for only where there may be some.
    fn links_in(&self, index: usize) -> Vec<Link> {
        if self.may_link(index) {
            links_of(&self.excerpt(index).events(&|label| self.definition(label)))
        } else {
            Vec::new()
        }
    }

    fn chunk_of_link(&self, number: usize) -> Option<usize> {
        let counted = {
            let before = self.kept_links().before.lock().unwrap_or_else(PoisonError::into_inner);
            let next = before.partition_point(|count| *count <= number);
            if next < before.len() {
                return next.checked_sub(1);
            }
            before.len() - 1
        };
        (counted..self.chunks()).find(|&index| self.count_links(index + 1) > number)
    }

    /// How many links stand before the chunk. Counts on from where it was counted before, so reading on costs
    /// only what is read; a jump to the end of a long text counts once.
    pub(super) fn count_links(&self, index: usize) -> usize {
        let mut before = self.kept_links().before.lock().unwrap_or_else(PoisonError::into_inner);
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

    fn may_link(&self, index: usize) -> bool {
        let text = &self.source()[self.range(index)];
        self.is_markdown(index) && ["]", "<", "://"].into_iter().any(|sign| holds(text, sign))
    }
}

/// The links among the events of a text, in order.
pub(super) fn links_of(events: &[Located<'_>]) -> Vec<Link> {
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
