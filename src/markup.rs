//! Markdown laid out for a terminal: headings, lines of a given width, plain text.
//!
//! A [`Document`] is a source text cut into blocks by one cheap pass; a [`Layout`] is a document at a width and
//! lays out only the blocks that somebody looks at. Everything that leaves this room is [`Printable`].

mod alert;
mod anchor;
mod bidi;
mod breaks;
mod bytes;
mod chart;
mod document;
mod events;
mod follow;
mod html;
mod landmark;
mod layout;
mod linear;
mod links;
mod matter;
mod minutes;
mod notes;
mod outward;
mod picture;
mod plain_text;
mod render;
mod scan;
mod search;
mod slips;
mod strain;
mod survey;
mod table;
mod wrap;

use std::sync::Arc;

pub use alert::AlertKind;
pub use bidi::{Bidi, Cluster, Level, Mixed, Typed, visual, visual_order};
pub use breaks::line_breaks;
pub use chart::ChartFault;
pub use document::{Document, Heading};
pub use events::bare_addresses;
pub use follow::follow;
pub use html::{escape, html};
pub use landmark::Landmark;
pub use layout::{Layout, LineStart, Place};
pub use linear::{
    Linear, Passage, PassageKind, QUOTE, linear, linear_with_addresses, linear_without_note_signs,
};
pub use links::Link;
pub use matter::front_matter;
pub use notes::{LONGEST_SOURCE, Note, NoteSign, NoteWithText, Taken};
pub use picture::{Cells, Picture, PictureLine, PictureRoom, PictureSpace, PictureWords};
pub use search::{Excerpt, Hit, Needle, Reach, Search, Way};
pub use slips::{Slip, SlipKind};
pub use strain::{Strain, StrainKind};
pub use survey::{Linked, Pictured, Prose, Survey};

use crate::printable::Printable;

/// One line of laid-out Markdown, never wider than the width it was laid out for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// The text in the order in which it is read, in pieces of one style each.
    pub spans: Vec<Span>,
    /// Where in the source (in bytes) the line begins.
    pub offset: usize,
    /// The level of the paragraph that the line belongs to: an odd one begins at the right margin.
    pub base: Level,
    /// How many columns are free behind the text, where the line has to reach the right margin; otherwise 0.
    pub free: usize,
    /// The picture that the line shows or describes.
    pub picture: Option<PictureLine>,
}

/// A piece of a line that has one style.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Span {
    /// The text.
    pub text: Printable,
    /// How it is meant to look.
    pub style: Style,
    /// How deep it stands in text of the other direction.
    pub level: Level,
    /// Where it comes from, if it is text that somebody may look for.
    pub origin: Option<Origin>,
}

/// A place in the text of a document, whatever its width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// Where in the source (in bytes) the piece of text begins that it belongs to.
    pub piece: usize,
    /// Where in that piece, as it is shown, it begins (in bytes).
    pub at: usize,
}

impl Origin {
    /// So many bytes further in the same piece.
    fn after(self, bytes: usize) -> Self {
        Self { at: self.at + bytes, ..self }
    }
}

impl Span {
    /// A piece of text that goes from left to right.
    pub(crate) fn new(text: Printable, style: Style) -> Self {
        Self { text, style, level: Level::default(), origin: None }
    }
}

/// What a piece of text is; a face decides on colours and attributes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Style {
    /// What part the text plays.
    pub role: Role,
    /// `**strong**`
    pub strong: bool,
    /// `*emphasis*`
    pub emphasis: bool,
    /// `~~struck out~~`
    pub strike: bool,
    /// The link that the text belongs to: an index into [`Document::links`]. The number shown is one more.
    pub link: Option<usize>,
    /// The sign of a footnote that it is: the [`NoteSign::offset`] of that.
    pub note: Option<usize>,
    /// Whether it was looked for.
    pub mark: Mark,
}

/// Whether text is what somebody looked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Mark {
    /// It is not.
    #[default]
    None,
    /// It was found.
    Hit,
    /// It was found, and the reader was led to it.
    Current,
}

/// What part a piece of text plays in the document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Role {
    /// Running text.
    #[default]
    Text,
    /// A heading of level 1 to 6, and the line drawn under it.
    Heading(u8),
    /// Code, inline or a block.
    Code,
    /// The bar beside a block quote.
    Quote,
    /// The bar beside an alert, and its word.
    Alert(AlertKind),
    /// Bullets, numbers, task boxes, footnote and link numbers, continuation signs.
    Marker,
    /// A line across the page.
    Rule,
    /// The lines of a table.
    Table,
    /// The header cells of a table, and the labels where a table became a list.
    TableHeader,
    /// The frame, description and file of a picture.
    Image,
    /// The bar of a chart.
    Bar,
    /// Blanks where a picture is drawn.
    Picture,
    /// What is shown but matters less: raw HTML, addresses.
    Muted,
}

/// Lays out a whole small text: a prompt, an option, an explanation. Links show their addresses, because there is
/// no list in which a number could be looked up.
#[must_use]
pub fn lines(markdown: &str, width: u16) -> Vec<Line> {
    let mut layout = Layout::with_addresses(Arc::new(Document::parse(markdown.into())), width);
    let top = layout.top();
    layout.lines(top, usize::MAX)
}

/// What does not fit into `width` columns of a small text that is shown as [`lines`] shows it.
#[must_use]
pub fn strains(markdown: &str, width: u16) -> Vec<Strain> {
    Layout::with_addresses(Arc::new(Document::parse(markdown.into())), width).strains()
}

/// The text of some Markdown in one line, without markup: for titles, results and lists.
#[must_use]
pub fn plain(markdown: &str) -> Printable {
    let mut text = String::new();
    for event in pulldown_cmark::Parser::new_ext(markdown, events::options()) {
        match &event {
            pulldown_cmark::Event::End(end) if events::is_block(*end) => text.push(' '),
            pulldown_cmark::Event::Html(html) => text.push_str(html),
            event => plain_text::push_plain(event, &mut text),
        }
    }
    plain_text::one_line(&text)
}

#[cfg(test)]
mod tests;
