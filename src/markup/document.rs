//! A Markdown source and what the first pass over it found.

use std::sync::Arc;

use crate::printable::Printable;

/// A Markdown text, cheap to open whatever its size.
#[derive(Debug)]
pub struct Document {
    source: Arc<str>,
    headings: Vec<Heading>,
    links: Vec<Link>,
}

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
    /// Where it leads, as written: show it through [`Printable`].
    pub address: String,
    /// Where it begins in the source, in bytes.
    pub offset: usize,
}

impl Document {
    /// Takes a Markdown text.
    #[must_use]
    pub fn parse(source: Arc<str>) -> Self {
        let mut headings = Vec::new();
        let mut offset = 0;
        for line in source.split_inclusive('\n') {
            let text = line.trim_start_matches('#');
            let level = line.len() - text.len();
            if (1..=6).contains(&level) && text.starts_with(' ') {
                headings.push(Heading {
                    level: u8::try_from(level).expect("a level is at most six"),
                    text: super::plain(text),
                    anchor: text.trim().to_lowercase().replace(' ', "-"),
                    offset,
                });
            }
            offset += line.len();
        }
        Self { source, headings, links: Vec::new() }
    }

    /// The text of the first heading.
    #[must_use]
    pub fn title(&self) -> Option<&Printable> {
        self.headings.first().map(|heading| &heading.text)
    }

    /// All headings in order.
    #[must_use]
    pub fn headings(&self) -> &[Heading] {
        &self.headings
    }

    /// The heading that a link to `#anchor` means.
    #[must_use]
    pub fn heading(&self, anchor: &str) -> Option<&Heading> {
        self.headings.iter().find(|heading| heading.anchor == anchor)
    }

    /// All links in order, numbered as in `Style::link`.
    #[must_use]
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// How many minutes the text takes at 200 words a minute; at least one.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        u32::try_from(self.source.split_whitespace().count().div_ceil(200)).unwrap_or(u32::MAX).max(1)
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

    pub(super) fn source(&self) -> &str {
        &self.source
    }
}
