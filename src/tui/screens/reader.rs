//! A long text that is read from top to end, with the reading noted.

mod aids;
mod bookmarks;
mod contents;
mod drawn;
mod entry;
mod find;
mod follow;
mod held;
mod keep;
mod links;
mod marks;
mod pictures;
mod pointed;
mod seen;
mod strip;
mod targets;
mod terms;
mod tools;
mod turned;

use std::cell::RefCell;
use std::fmt::Write as _;
use std::sync::Arc;

use ratatui::layout::Size;

use crate::clock::Timestamp;
use crate::markup::{Document, Heading, Layout, Link, Place};
use crate::printable::Printable;
use crate::progress::Change;
use crate::training::{Frontier, LONGEST_PAUSE, Seen, Text, minutes_left};
use crate::tui::effect::{Due, Effect, saving, saving_once_drawn};
use crate::tui::pane::Context;
use crate::tui::pictures::{Gallery, Hung};
use crate::tui::widgets::greeting::Greeting;
use contents::Contents;
use find::Find;
use held::Held;
use keep::KeptBack;

pub use aids::Aid;
pub use entry::Entry;
pub use links::{Led, LinkStep};
pub use pictures::{Closer, Look};
use pictures::{Enlarged, hang};
pub use tools::{Mode, Tool};
use turned::Turned;

/// Below this width of the screen, in columns, at most one column stays free on either side.
const NARROW: u16 = 60;

/// Up to this size, in bytes, the status says in which section the reader is. The headings of a longer text are looked
/// for only when somebody goes to one: the first screen does not wait for ten megabytes.
const SECTIONS_COUNTED: usize = 1 << 20;

/// From this width of the text on, in columns, the title has room for the section beside it. A bare `3/10` looks like
/// pages.
const ROOM_FOR_SECTIONS: u16 = 60;

/// From this width of the text on, in columns, there is room for the minutes that are left, too.
const ROOM_FOR_MINUTES: u16 = 72;

/// Said at the end of a text of which something before was never in sight.
pub const UNSEEN: &str = "Enter goes to what you have not seen";

/// How soon a new place is saved at the latest, in seconds.
const SAVE_AFTER: u64 = 3;

/// A text that is being read.
#[derive(Debug)]
pub struct Reader {
    what: Text,
    document: Arc<Document>,
    /// Laid out while it is looked at, which changes nothing that anybody sees.
    layout: RefCell<Layout>,
    top: Place,
    /// What belongs there, where the size of the window let something else come there.
    held: Option<Held>,
    /// What of the page comes with the next one.
    kept_back: Option<KeptBack>,
    turned: Turned,
    /// The part of the screen.
    size: Size,
    /// The most columns that the text gets, and how many are to stay free on either side.
    widest: u16,
    free: u16,
    /// Rows of the screen for the text.
    height: usize,
    /// Columns of the screen before the text.
    margin: u16,
    /// Rows that stand behind the end of the text.
    tail: usize,
    /// Seconds read that are not noted yet.
    unnoted: u64,
    last_sign_of_life: Timestamp,
    /// When what is not saved is to be saved.
    save_at: Option<Timestamp>,
    /// Where the learner left off, when this visit is not to change it (in bytes of the source).
    kept: Option<usize>,
    /// How far it was seen.
    frontier: Frontier,
    /// The turn of the layout whose lines it counts; `None` before it knows any.
    frontier_turn: Option<u64>,
    contents: Option<Contents>,
    find: Option<Find>,
    /// Where pictures are made, if they are drawn.
    gallery: Option<Gallery>,
    /// The pictures in it, if it has any and they are drawn.
    pictures: Option<Arc<Hung>>,
    enlarged: Option<Enlarged>,
    links: links::Links,
    /// What the terminal knows the links in sight by.
    targets: RefCell<targets::Targets>,
    bookmarks: bookmarks::Bookmarks,
    /// The footnotes that somebody was led to, in bytes of the source.
    pointed: Vec<usize>,
    /// Said on the last rows to who comes back to the program, until they do something.
    greeting: Option<Greeting>,
}

/// A way through a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// A line.
    Down,
    /// A line.
    Up,
    /// Three lines.
    WheelDown,
    /// Three lines.
    WheelUp,
    /// A page less a line, for the eye to hold on to.
    PageDown,
    /// A page less a line.
    PageUp,
    /// Half a page.
    HalfPageDown,
    /// Half a page.
    HalfPageUp,
    /// The next heading.
    NextHeading,
    /// The previous heading, or the one that the page is under.
    PreviousHeading,
    /// The beginning.
    Top,
    /// The end.
    End,
}

impl Reader {
    /// The text.
    #[must_use]
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// How many columns the text has.
    #[must_use]
    pub fn width(&self) -> u16 {
        self.layout.borrow().width()
    }

    /// How many columns stand before it.
    #[must_use]
    pub fn margin(&self) -> u16 {
        self.margin
    }

    /// The part of the screen has a new size: the line at its top stays there, the end of the text in sight where somebody had come to it,
    /// and so does what was found.
    pub fn resize(&mut self, context: &Context<'_>) {
        let settings = context.settings;
        let found = self.size != context.size && self.current_is_in_sight();
        self.size = context.size;
        (self.widest, self.free) = (settings.config.text_width, settings.config.margin);
        if !Gallery::same(self.gallery.as_ref(), settings.pictures.as_ref()) {
            self.gallery.clone_from(&settings.pictures);
            let sought = self.held();
            self.show_pictures(hang(self.what, self.size.height.into(), context));
            self.return_to(sought);
            self.hold(sought);
        }
        self.fit();
        if found {
            self.bring_found_into_sight();
        }
    }

    /// The text takes what the headings and the line for words leave of the screen, and what stood at its top stays there, or its end
    /// at the end.
    fn fit(&mut self) {
        let sought = self.held();
        self.take_room();
        self.return_to(sought);
        self.stay_inside();
        self.return_to_end(sought);
        self.bring_mark_into_sight();
        self.hold(sought);
    }

    /// Takes it. Places lose their meaning.
    fn take_room(&mut self) {
        let beside = self.contents.map_or(0, |_| contents::columns(self.size.width));
        let columns = self.size.width - beside;
        let margin = if columns >= NARROW { self.free } else { self.free.min(1) };
        // Half of the screen is the text's, whatever stays free.
        let room = columns.saturating_sub(2 * margin.min(columns / 4));
        let width = room.clamp(1, self.widest);
        self.margin = beside + columns.saturating_sub(width) / 2;
        let line = u16::from(self.find.as_ref().is_some_and(Find::is_typing));
        self.height = usize::from(self.size.height.saturating_sub(line)).max(1);
        self.layout.get_mut().set_width(width);
        let pictures = self.pictures_to_change();
        if pictures.is_some() {
            self.show_pictures(pictures);
        }
    }

    /// Moves. What comes into sight by that is seen when it is drawn.
    pub fn go(&mut self, step: Move, context: &Context<'_>) {
        self.let_go_of_held();
        // What stands behind the strip of a marked link was not seen.
        let (room, top) = (self.room_for_text(), self.top);
        let half = (room / 2).max(1);
        let layout = self.layout.get_mut();
        match step {
            Move::Down => self.top = layout.down(top, 1),
            Move::Up => self.top = layout.up(top, 1),
            Move::WheelDown => self.top = layout.down(top, room.min(3)),
            Move::WheelUp => self.top = layout.up(top, room.min(3)),
            Move::PageDown => self.turn_down(),
            Move::PageUp => self.turn_up(),
            Move::HalfPageDown => self.top = layout.down(top, half),
            Move::HalfPageUp => self.top = layout.up(top, half),
            Move::Top => self.top = layout.top(),
            Move::End => self.top = self.last_top(),
            Move::NextHeading => {
                self.top = self.heading(Move::NextHeading).unwrap_or_else(|| self.last_top());
            }
            Move::PreviousHeading => self.top = self.heading(Move::PreviousHeading).unwrap_or_default(),
        }
        self.stay_inside();
        if matches!(step, Move::PageDown | Move::PageUp | Move::HalfPageDown | Move::Top) {
            self.keep_back();
        }
        self.let_go_out_of_sight();
        self.count(context.now);
        match step {
            Move::Down | Move::Up | Move::WheelDown | Move::WheelUp if self.top != top => {
                self.save_soon(context.now);
            }
            Move::Down | Move::Up | Move::WheelDown | Move::WheelUp => {}
            Move::PageDown
            | Move::PageUp
            | Move::HalfPageDown
            | Move::HalfPageUp
            | Move::NextHeading
            | Move::PreviousHeading
            | Move::Top
            | Move::End => self.save_with_next_frame(context.now),
        }
    }

    /// Whether the end of the text and what stands behind it is on the screen.
    #[must_use]
    pub fn at_end(&self) -> bool {
        let rows = rows_above(self.tail, self.height);
        !self.layout.borrow_mut().fills(self.top, rows + 1)
    }

    /// Its headings, unless it is so long that they are looked for only when somebody goes to one.
    #[must_use]
    pub fn headings_listed(&self) -> Option<&[Heading]> {
        self.counts_sections().then(|| self.document.headings())
    }

    /// The same of its links.
    #[must_use]
    pub fn links_listed(&self) -> Option<&[Link]> {
        self.counts_sections().then(|| self.document.links())
    }

    fn counts_sections(&self) -> bool {
        self.document.len() <= SECTIONS_COUNTED
    }

    /// Saves what was seen.
    pub fn save(&mut self, context: &mut Context<'_>) -> Vec<Effect> {
        saving(self.note(context))
    }

    /// The same for a page that was turned: nobody waits for the disk.
    fn save_once_drawn(&mut self, due: Due, context: &mut Context<'_>) -> Vec<Effect> {
        saving_once_drawn(self.note(context), due)
    }

    fn note(&mut self, context: &mut Context<'_>) -> Vec<Change> {
        self.count(context.now);
        self.save_at = None;
        let top = self.layout.get_mut().offset_of(self.top);
        let looks_elsewhere = || self.place_before_find().or_else(|| self.place_before_sources());
        let place = self.kept.or_else(looks_elsewhere).unwrap_or(top);
        let seen = Seen { place, frontier: self.frontier, active_seconds: std::mem::take(&mut self.unnoted) };
        match self.kept {
            Some(_) => context.training.look_up(self.what, seen, context.now),
            None => context.training.read(self.what, seen, context.now),
        }
    }

    /// When what is not saved is to be saved.
    #[must_use]
    pub fn saves_at(&self) -> Option<Timestamp> {
        self.save_at
    }

    /// The time until now was not spent reading.
    pub fn rest(&mut self, now: Timestamp) {
        self.last_sign_of_life = now;
    }

    /// Where the reader is: in which section, where there is room to say so, the share of the text in percent, and how much
    /// is left that was not seen.
    #[must_use]
    pub fn status(&self) -> Printable {
        if let Some(status) = self.contents_status() {
            return status;
        }
        match self.find_status() {
            Some(found) => Printable::new(&format!("{found}  {}", self.place_status())),
            None => self.place_status(),
        }
    }

    /// Where in the source ends what is on the page.
    fn end_of_page(&self) -> usize {
        // Whoever marks a link, or types words that they look for, is where they were: what lies over the last lines goes away again.
        let rows = self.rows_of_page();
        self.layout.borrow_mut().start_below(self.top, rows).offset
    }

    fn place_status(&self) -> Printable {
        // Reckoned as the course says how much was read: whoever reads from the beginning meets the same number there.
        let percent = self.frontier.percent_before(self.end_of_page());
        let width = self.width();
        let mut words = String::new();
        let sections = if self.counts_sections() { self.frontier.sections(&self.document) } else { 0 };
        let number = self.present_heading().map_or(1, |index| index + 1);
        // They are looked up and no part of what is read: whoever is there is at no share of it. A text of one page is at its end.
        if sections > 0 && number > sections && self.top != Place::default() {
            words.push_str("sources");
        } else {
            if sections > 1 && number <= sections && width >= ROOM_FOR_SECTIONS {
                let _ = write!(words, "section {number} of {sections}  ");
            }
            let _ = write!(words, "at {percent} %");
        }
        if width >= ROOM_FOR_MINUTES
            && let Some(minutes) = self.frontier.minutes_left(&self.document)
        {
            let _ = write!(words, "  {}", minutes_left(minutes));
        }
        Printable::new(&words)
    }

    /// The last place at the top of the screen: the end and what stands behind it are seen then.
    fn last_top(&mut self) -> Place {
        let rows = self.rows_above_tail();
        self.layout.get_mut().last_top(rows)
    }

    /// Rows of the last page for the text.
    fn rows_above_tail(&self) -> usize {
        rows_above(self.tail.max(self.strip_height()), self.height)
    }

    fn stay_inside(&mut self) {
        let (top, rows) = (self.top, self.rows_above_tail());
        if !self.layout.get_mut().fills(top, rows) {
            self.top = top.min(self.last_top());
        }
    }

    fn heading(&self, way: Move) -> Option<Place> {
        let mut layout = self.layout.borrow_mut();
        let (headings, here) = (self.document.headings(), layout.offset_of(self.top));
        // By offset first: asking for the place of every heading would lay out the whole document.
        let split = headings.partition_point(|heading| heading.offset < here);
        let mut place = |heading: &Heading| layout.place_of(heading.offset);
        if way == Move::NextHeading {
            headings[split..].iter().map(place).find(|place| *place > self.top)
        } else {
            headings[..split].iter().rev().map(&mut place).find(|place| *place < self.top)
        }
    }

    /// Counts the time since the last sign of life as read, as far as anybody reads that long without touching a key.
    fn count(&mut self, now: Timestamp) {
        self.unnoted += now.seconds_since(self.last_sign_of_life).min(LONGEST_PAUSE);
        self.last_sign_of_life = now;
    }

    fn save_soon(&mut self, now: Timestamp) {
        self.save_at.get_or_insert(later(now, SAVE_AFTER));
    }

    fn save_with_next_frame(&mut self, now: Timestamp) {
        self.save_at = Some(now);
    }
}

/// Rows that are left of so many for the text above its `tail`; one at least.
fn rows_above(tail: usize, height: usize) -> usize {
    height.saturating_sub(tail).max(1)
}

fn later(now: Timestamp, seconds: u64) -> Timestamp {
    i64::try_from(seconds).ok().and_then(|seconds| Timestamp::from_unix(now.unix() + seconds)).unwrap_or(now)
}

#[cfg(test)]
mod tests;
