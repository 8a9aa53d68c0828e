//! Lines at the bottom of a page that was turned to which come with the next one.

use super::Reader;
use super::pictures::cut_at_bottom;
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
    /// Keeps a heading that would stand alone at the bottom of the page, or the beginning of a picture, for the next one. Each page
    /// then begins with the last line of the one before, where the eye waits for it. Nothing is kept where that would leave less than
    /// half of a page, or where no page follows.
    pub(super) fn keep_back(&mut self) {
        let (top, height, last_page) = (self.top, self.height, self.rows_above_tail());
        let layout = self.layout.get_mut();
        let rows = Bottom::of(layout, top, height).rows();
        let is_kept = (1..=height / 2).contains(&rows) && layout.fills(top, last_page + 1);
        self.kept_back =
            is_kept.then(|| KeptBack { top, turns: layout.turns(), height, shown: height - rows });
    }

    /// How many rows at the bottom of the present page stay empty.
    pub(super) fn rows_kept_back(&self) -> usize {
        let turns = self.layout.borrow().turns();
        let is_here =
            |kept: &KeptBack| kept.top == self.top && kept.turns == turns && self.height <= kept.height;
        self.kept_back.filter(is_here).map_or(0, |kept| self.height.saturating_sub(kept.shown))
    }
}

/// What at the bottom of a page is to be read with what follows, in lines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Bottom {
    /// A part of a picture.
    cut: usize,
    /// A heading without its text above that, with the empty lines around it.
    heading: usize,
    /// Empty lines, where there is neither.
    blank: usize,
}

impl Bottom {
    /// That of the page of `height` lines that begins with `top`; nothing where no line follows, or no text stands above it.
    pub(super) fn of(layout: &mut Layout, top: Place, height: usize) -> Self {
        let lines = layout.lines(top, height);
        if lines.len() < height {
            return Self::default();
        }
        let cut = cut_at_bottom(&lines);
        let above = &lines[..lines.len() - cut];
        let is_apart = |line: &&markup::Line| is_blank(line) || is_heading(line);
        let apart = above.iter().rev().take_while(is_apart).count();
        let (text, tail) = above.split_at(above.len() - apart);
        match (text.is_empty(), cut, tail.iter().any(is_heading)) {
            (true, _, _) => Self::default(),
            (false, cut, true) => Self { cut, heading: apart, blank: 0 },
            (false, 0, false) => Self { blank: apart, ..Self::default() },
            (false, cut, false) => Self { cut, ..Self::default() },
        }
    }

    /// How many lines come with the next page.
    pub(super) fn rows(self) -> usize {
        self.cut + self.heading
    }

    /// How many lines further the next page of `room` lines begins: with the last line of text, for the eye to hold on to; or with the
    /// picture, which may need all of the page.
    pub(super) fn step(self, room: usize) -> usize {
        let held = if self.cut > 0 { self.rows() } else { self.heading + self.blank + 1 };
        room.saturating_sub(held).max(1)
    }
}

fn is_blank(line: &markup::Line) -> bool {
    line.picture.is_none() && line.spans.iter().all(|span| span.text.as_str().trim().is_empty())
}

fn is_heading(line: &markup::Line) -> bool {
    line.spans.iter().any(|span| matches!(span.style.role, markup::Role::Heading(_)))
}
