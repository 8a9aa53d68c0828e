//! Lines at the bottom of a page that was turned to which come with the next one.

use super::Reader;
use super::pictures::{cut_at_bottom, is_row_of_picture};
use crate::markup::{self, Layout, Place};

/// So many rows at the bottom of a page stay empty: what belongs there comes with its text on the next page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct KeptBack {
    /// Of which page; as soon as another line stands at the top, it is no page that was turned to.
    top: Place,
    turns: u64,
    height: usize,
    /// So many of its rows are shown. Where a line for words takes one of the others, nothing moves.
    shown: usize,
}

impl Reader {
    /// Keeps a heading that would stand alone at the bottom of the page, that of a table too, or the beginning of a picture, for the
    /// next one. Each page then begins with the last line of the one before, where the eye waits for it. Nothing is kept where that would
    /// leave less than half of a page, or where no page follows.
    pub(super) fn keep_back(&mut self) {
        let (top, height, turns) = (self.top, self.height, self.layout.borrow().turns());
        let rows = self.rows_to_keep_back(top);
        self.kept_back = (rows > 0).then(|| KeptBack { top, turns, height, shown: height - rows });
    }

    /// How many rows at the bottom of a page stay empty that is turned to at `top`.
    pub(super) fn rows_to_keep_back(&mut self, top: Place) -> usize {
        let (height, last_page) = (self.height, self.rows_above_tail());
        let layout = self.layout.get_mut();
        let rows = Bottom::of(layout, top, height).rows();
        let is_kept = rows <= height / 2 && layout.fills(top, last_page + 1);
        if is_kept { rows } else { 0 }
    }

    /// How many rows at the bottom of the present page stay empty.
    pub(super) fn rows_kept_back(&self) -> usize {
        self.kept_back_here().map_or(0, |kept| self.height.saturating_sub(kept.shown))
    }

    /// How many rows of the text the present page has, whatever lies over the last of them.
    pub(super) fn rows_of_page(&self) -> usize {
        let height = usize::from(self.size.height).max(1);
        self.kept_back_here().map_or(height, |kept| kept.shown.min(height))
    }

    fn kept_back_here(&self) -> Option<KeptBack> {
        let turns = self.layout.borrow().turns();
        self.kept_back
            .filter(|kept| kept.top == self.top && kept.turns == turns && self.height <= kept.height)
    }
}

/// What at the bottom of a page is to be read with what follows, in lines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Bottom {
    /// A part of a picture.
    cut: usize,
    /// A heading without its text above that, or the head of a table without its rows, with the empty lines around it.
    heading: usize,
    /// Empty lines, where there is neither.
    blank: usize,
    /// Whether a picture ends above all that, and no text.
    is_below_picture: bool,
}

impl Bottom {
    /// That of the page of `height` lines that begins with `top`; nothing where no line follows, or nothing stands above it.
    pub(super) fn of(layout: &mut Layout, top: Place, height: usize) -> Self {
        let lines = layout.lines(top, height);
        if lines.len() < height {
            return Self::default();
        }
        let cut = cut_at_bottom(&lines);
        let above = &lines[..lines.len() - cut];
        let is_apart = |line: &&markup::Line| is_blank(line) || is_heading(line) || is_rule_of_table(line);
        let apart = above.iter().rev().take_while(is_apart).count();
        let (text, tail) = above.split_at(above.len() - apart);
        let Some(last) = text.last() else {
            // A heading alone: the picture may need all of a page.
            return if above.is_empty() { Self::default() } else { Self { cut, ..Self::default() } };
        };
        let is_below_picture = is_row_of_picture(last);
        match (cut, tail.iter().any(is_heading)) {
            (cut, true) => Self { cut, heading: apart, blank: 0, is_below_picture },
            (0, false) => Self { blank: apart, is_below_picture, ..Self::default() },
            (cut, false) => Self { cut, is_below_picture, ..Self::default() },
        }
    }

    /// How many lines come with the next page.
    pub(super) fn rows(self) -> usize {
        self.cut + self.heading
    }

    /// How many lines further the next page of `room` lines begins: with the last line of text, for the eye to hold on to; or with the
    /// picture, which may need all of the page; or below the one that ends this page.
    pub(super) fn step(self, room: usize) -> usize {
        let holds_on = self.cut == 0 && !self.is_below_picture;
        let held = if holds_on { self.heading + self.blank + 1 } else { self.rows() };
        room.saturating_sub(held).max(1)
    }
}

fn is_blank(line: &markup::Line) -> bool {
    line.picture.is_none() && line.spans.iter().all(|span| span.text.as_str().trim().is_empty())
}

fn is_heading(line: &markup::Line) -> bool {
    let is_head = |span: &markup::Span| span.style.role == markup::Role::TableHeader;
    line.spans.iter().any(|span| matches!(span.style.role, markup::Role::Heading(_)))
        || (line.spans.iter().any(is_head)
            && shown_spans(line).all(|span| is_head(span) || is_of_table(span)))
}

/// Whether it stands between the head of a table and its rows, or between two of these.
fn is_rule_of_table(line: &markup::Line) -> bool {
    let mut shown = shown_spans(line).peekable();
    // The rows of a picture have no words.
    shown.peek().is_some() && shown.all(|span| is_of_table(span) && !span.text.as_str().contains('│'))
}

fn is_of_table(span: &markup::Span) -> bool {
    span.style.role == markup::Role::Table
}

fn shown_spans(line: &markup::Line) -> impl Iterator<Item = &markup::Span> {
    line.spans.iter().filter(|span| !span.text.as_str().trim().is_empty())
}
