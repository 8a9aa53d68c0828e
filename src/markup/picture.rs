//! Pictures that stand on lines of their own: what is known of them, and the room they get.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::events::Located;
use crate::printable::Printable;

/// A picture that stands on lines of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picture {
    /// What is said to those who do not see it.
    pub description: Printable,
    /// What the author put behind its address, between quotation marks.
    pub title: Printable,
    /// Its file, as written: show it as [`Printable`].
    pub address: String,
    /// Where it begins in the source, in bytes.
    pub offset: usize,
    /// The room that is kept free for it; nothing where it is described in words alone.
    pub cells: Option<Cells>,
}

/// A part of the screen, at least one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cells {
    /// Cells beside each other.
    pub columns: u16,
    /// Cells below each other.
    pub rows: u16,
}

/// What a line shows of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureLine {
    /// The picture.
    pub picture: Arc<Picture>,
    /// Which of its rows of cells is kept free on this line, from 0; nothing where it has words about the picture. The free
    /// cells are the span of [`Role::Picture`](super::Role::Picture).
    pub row: Option<u16>,
}

/// What somebody who can draw pictures says about them before anything is laid out, so that nothing moves when they come.
pub trait PictureRoom: fmt::Debug + Send + Sync {
    /// What the picture at an address (as written) gets where there are so many `columns`. The same answer every time.
    fn space(&self, address: &str, columns: u16) -> PictureSpace;

    /// How much is said below a picture.
    fn words(&self) -> PictureWords;
}

/// What a picture gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PictureSpace {
    /// So many cells, which are kept free.
    Cells(Cells),
    /// It is described: drawn here it would be too small to be made out. The words say what can be done.
    TooSmall(&'static str),
    /// It is described, and its file is named: it cannot be drawn. The words say why.
    Nothing(String),
}

/// How much is said below a picture that is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureWords {
    /// Its title and its description, as much as a line has room for.
    Line,
    /// Everything: the picture alone would not do.
    All,
}

/// Where pictures with nothing beside them but other pictures stand in the source, in bytes.
pub(super) fn pictures_of(events: &[Located<'_>]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    // Where those of the present block begin, and whether something stands beside them.
    let (mut block, mut alone, mut within) = (0, true, 0_usize);
    for (event, range) in events {
        match event {
            Event::Start(Tag::Image { .. }) => {
                if within == 0 {
                    found.push(range.clone());
                }
                within += 1;
            }
            Event::End(TagEnd::Image) => within = within.saturating_sub(1),
            _ if within > 0 => {}
            Event::Start(
                Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Superscript
                | Tag::Subscript
                | Tag::Link { .. },
            )
            | Event::End(
                TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough
                | TagEnd::Superscript
                | TagEnd::Subscript
                | TagEnd::Link,
            )
            | Event::SoftBreak
            | Event::HardBreak => {}
            Event::Start(tag) => {
                found.truncate(if alone { found.len() } else { block });
                block = found.len();
                alone = !matches!(tag, Tag::Heading { .. } | Tag::TableCell);
            }
            Event::End(_) => {
                found.truncate(if alone { found.len() } else { block });
                (block, alone) = (found.len(), true);
            }
            Event::Text(text) if text.trim().is_empty() => {}
            Event::Text(_)
            | Event::Code(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::Rule
            | Event::TaskListMarker(_) => alone = false,
        }
    }
    found.truncate(if alone { found.len() } else { block });
    found
}

#[cfg(test)]
mod tests {
    use crate::markup::Document;

    #[test]
    fn pictures_on_lines_of_their_own_are_found_and_no_others() {
        let check = |markdown: &str, expected: &[&str]| {
            let document = Document::parse(markdown.into());
            let found: Vec<&str> = document.pictures().iter().map(|at| &markdown[at.clone()]).collect();
            assert_eq!(found, expected, "{markdown:?}");
        };
        check("![a](a.png)", &["![a](a.png)"]);
        check("![a](a.png) text", &[]);
        check("text ![a](a.png)", &[]);
        check("![a *b* `c`](a.png)\n![d](d.png)\n\ntext", &["![a *b* `c`](a.png)", "![d](d.png)"]);
        check("text\n\n- ![a](a.png)\n- ![b](b.png) text\n", &["![a](a.png)"]);
        check("> ![a](a.png)\n\n# ![b](b.png)\n", &["![a](a.png)"]);
        check("| ![a](a.png) |\n|---|\n| b |\n", &[]);
        check("**![a](a.png)** [![b](b.png)](https://example.org)", &["![a](a.png)", "![b](b.png)"]);
        check("```\n![a](a.png)\n```\n", &[]);
        check("![a][a]\n\n[a]: a.png\n", &["![a][a]"]);
    }
}
