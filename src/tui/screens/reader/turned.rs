//! Pages that are turned: where the next one begins, and the one before.

use super::Reader;
use super::keep::Bottom;
use super::pictures::begins_within;
use crate::markup::Place;

/// The pages that were turned on the way to the present one. A page from which something comes with the next one is shorter, and
/// several lead to the same one, so the way back is not to be told from where it begins.
#[derive(Debug, Default)]
pub(super) struct Turned {
    tops: Vec<Place>,
    /// Where they led to. From any other line, and on a page of another size, there is no way back.
    to: Option<Page>,
}

/// A page of a layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Page {
    top: Place,
    turns: u64,
    height: usize,
}

impl Reader {
    /// Turns to the next page.
    pub(super) fn turn_down(&mut self) {
        let (from, kept) = (self.page(), self.rows_kept_back());
        self.top = self.page_below(self.top, kept);
        self.stay_inside();
        if self.turned.to != Some(from) {
            self.turned.tops.clear();
        }
        if self.top != from.top {
            self.turned.tops.push(from.top);
        }
        self.turned.to = Some(self.page());
    }

    /// Turns to the page from which the present one was turned to, or else to one above which shows all as far as here.
    pub(super) fn turn_up(&mut self) {
        // What is said about a mark may cover the end of the page before.
        let is_here = self.strip_height() == 0 && self.turned.to == Some(self.page());
        let before = if is_here { self.turned.tops.pop() } else { None };
        self.top = before.unwrap_or_else(|| self.page_above());
        self.turned.to = before.map(|_| self.page());
    }

    fn page(&self) -> Page {
        Page { top: self.top, turns: self.layout.borrow().turns(), height: self.height }
    }

    /// Where the page begins that follows the one at `top`, from which so many rows come with it.
    fn page_below(&mut self, top: Place, kept: usize) -> Place {
        // What stands behind the strip of a marked link was not seen.
        let room = self.height.saturating_sub(self.strip_height().max(kept)).max(1);
        let layout = self.layout.get_mut();
        let step = Bottom::of(layout, top, room).step(room);
        layout.down(top, step)
    }

    /// The first page that leads to the line at the top or beyond it, if possible one that does not begin within a picture.
    fn page_above(&mut self) -> Place {
        let mut top = self.layout.get_mut().up(self.top, self.height.saturating_sub(1).max(1));
        let mut within_picture = None;
        while top < self.top {
            let kept = self.rows_to_keep_back(top);
            if self.page_below(top, kept) >= self.top {
                let layout = self.layout.get_mut();
                if !layout.lines(top, 1).iter().any(begins_within) {
                    return top;
                }
                within_picture.get_or_insert(top);
            }
            top = self.layout.get_mut().down(top, 1);
        }
        within_picture.unwrap_or(top)
    }
}
