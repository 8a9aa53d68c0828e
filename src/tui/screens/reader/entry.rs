//! Ways into a text.

use std::cell::RefCell;
use std::sync::Arc;

use super::pictures::hang;
use super::turned::Turned;
use super::{Reader, bookmarks, links};
use crate::markup::{Layout, Place};
use crate::training::Text;
use crate::tui::pane::Context;
use crate::tui::widgets::greeting::{Greeting, Greets};

/// Where a text is opened to look something up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry<'a> {
    /// At the heading of this anchor; at the top, if there is none.
    Heading(&'a str),
    /// At a place, in bytes of the source.
    Place(usize),
    /// At the first of these footnotes, in bytes of the source and in their order, all of which get a sign.
    Sources(&'a [usize]),
    /// At the place at `offset`, in bytes of the source, where these words were found.
    Found {
        /// What was looked for.
        words: &'a str,
        /// Where it stands.
        offset: usize,
    },
}

impl Reader {
    /// Opens a text to be read, with `tail` rows behind its end, where the learner left off; `None` when the course has no
    /// such text. A lesson that was read to its end is opened for another look, so it begins at the top.
    #[must_use]
    pub fn open(what: Text, tail: usize, context: &Context<'_>) -> Option<Self> {
        let mut reader = Self::at_left_off(what, tail, context)?;
        if matches!(what, Text::Lesson(_)) && context.training.is_read(what) && reader.at_end() {
            reader.go_to_offset(0);
        }
        reader.save_with_next_frame(context.now);
        Some(reader)
    }

    /// Opens it to look at a part of it, which does not change where the learner left off.
    #[must_use]
    pub fn look_up(what: Text, tail: usize, entry: Entry<'_>, context: &Context<'_>) -> Option<Self> {
        let mut reader = Self::at_left_off(what, tail, context)?;
        reader.kept = Some(reader.offset_at_top());
        match entry {
            Entry::Heading(anchor) => reader.go_to_heading(anchor),
            Entry::Place(offset) => reader.go_to_offset(offset),
            Entry::Sources(places) => reader.point_at(places),
            Entry::Found { words, offset } => reader.open_found(words, offset),
        }
        reader.save_with_next_frame(context.now);
        Some(reader)
    }

    fn at_left_off(what: Text, tail: usize, context: &Context<'_>) -> Option<Self> {
        let document = Arc::clone(&context.training.text(what)?.document);
        let place = context.training.place(what);
        let mut reader = Self {
            what,
            layout: RefCell::new(Layout::new(Arc::clone(&document), 1)),
            document,
            top: Place::default(),
            held: None,
            kept_back: None,
            turned: Turned::default(),
            size: context.size,
            widest: context.settings.config.text_width,
            free: context.settings.config.margin,
            height: 1,
            margin: 0,
            tail,
            unnoted: 0,
            last_sign_of_life: context.now,
            save_at: None,
            kept: None,
            frontier: context.training.frontier(what)?,
            frontier_turn: None,
            contents: None,
            find: None,
            gallery: context.settings.pictures.clone(),
            pictures: None,
            enlarged: None,
            links: links::Links::default(),
            targets: RefCell::default(),
            bookmarks: bookmarks::Bookmarks::default(),
            pointed: Vec::new(),
            greeting: None,
        };
        reader.look_for_bookmarks(context.training);
        reader.show_pictures(hang(what, reader.size.height.into(), context));
        reader.take_room();
        reader.top = reader.layout.get_mut().place_of(place);
        reader.stay_inside();
        reader.keep_back();
        Some(reader)
    }

    /// Goes to the heading of this anchor, or to the top.
    fn go_to_heading(&mut self, anchor: &str) {
        self.go_to_offset(self.document.heading(anchor).map_or(0, |heading| heading.offset));
    }

    /// Goes to a place, in bytes of the source.
    pub(super) fn go_to_offset(&mut self, offset: usize) {
        self.top = self.layout.get_mut().place_of(offset);
        self.stay_inside();
        self.hold_top();
        self.keep_back();
    }
}

impl Greets for Reader {
    fn greet(&mut self, greeting: Greeting) {
        self.greeting = Some(greeting);
        self.stay_inside();
    }

    fn has_greeting(&self) -> bool {
        self.greeting.is_some()
    }

    fn fall_silent(&mut self) {
        self.greeting = None;
    }
}
