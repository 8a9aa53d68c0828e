//! Bookmarks and notes in a text that is read: the signs beside it, and making them.

use ratatui::text::Line;

use super::aids::Aid;
use super::links::telling;
use super::{Reader, contents};
use crate::progress::Bookmark;
use crate::training::{MOST_BOOKMARKS, Training};
use crate::tui::effect::{Effect, saying, sending};
use crate::tui::keymap::Key;
use crate::tui::message::{Message as FaceMessage, Told};
use crate::tui::pane::{Context, Pane};
use crate::tui::settings::Settings;
use crate::tui::widgets::text;

/// Where the text is marked.
#[derive(Debug, Default)]
pub(super) struct Bookmarks(Vec<Mark>);

#[derive(Debug, Clone, Copy)]
struct Mark {
    /// In bytes of the source.
    place: usize,
    sign: &'static str,
}

const NOTE_KEY: &[Key] = &[Key::Char('a')];
const LIST_KEY: &[Key] = &[Key::Char('M')];

const BOOKMARKED: &[Told] = &[
    Told::Words("bookmarked; "),
    Told::Key { action: Some("note"), key: NOTE_KEY, words: ": a note" },
    Told::Words(", "),
    Told::Key { action: Some("bookmarks"), key: LIST_KEY, words: ": the list" },
];
const NOTE_IS_HERE: &[Told] = &[
    Told::Words("a note is here; "),
    Told::Key { action: Some("bookmarks"), key: LIST_KEY, words: " can take it away" },
];
const TAKEN_AWAY: &[Told] = &[Told::Words("bookmark taken away")];

/// The sign of a place with a note, and of one without.
const NOTE: &str = "◆";
const BARE: &str = "◇";

impl Reader {
    /// The learner comes back from another screen, where bookmarks may have been changed.
    pub fn return_to_text(&mut self, context: &Context<'_>) {
        self.rest(context.now);
        self.look_for_bookmarks(context.training);
    }

    /// Opens the field for a note about the line at the top of the screen, or for the note that is there.
    pub(super) fn write_note(&mut self, context: &Context<'_>) -> Vec<Effect> {
        let here = self.bookmarks_at_top(context.training);
        let place = self.layout.get_mut().offset_of(self.top);
        self.change_note(place, here)
    }

    /// Opens the field for the note of the bookmark at `place`, whose sign stands there.
    pub(super) fn write_note_at(&self, place: usize, context: &Context<'_>) -> Vec<Effect> {
        let known = context.training.bookmarks_of(self.what).into_iter();
        let here = known.filter(|(at, _)| *at == place).map(|(_, bookmark)| bookmark).collect();
        self.change_note(place, here)
    }

    fn change_note(&self, place: usize, mut here: Vec<Bookmark>) -> Vec<Effect> {
        let noted = here.iter().position(|bookmark| !bookmark.note.is_empty()).unwrap_or(0);
        let known = (!here.is_empty()).then(|| Box::new(here.swap_remove(noted)));
        vec![sending(FaceMessage::WriteNote { text: self.what, place, known })]
    }

    /// Goes to a place (in bytes of the source) from where Backspace comes back.
    pub fn leap_to(&mut self, offset: usize, context: &Context<'_>) {
        self.count(context.now);
        self.leap(offset);
        self.save_soon(context.now);
    }

    /// How many columns before the text are free. Where somebody wants no margin, there is no room for signs.
    pub(super) fn columns_for_signs(&self) -> u16 {
        let left = self.contents.map_or(0, |_| contents::columns(self.size.width));
        self.margin.saturating_sub(left)
    }

    /// Draws the signs beside marked lines, in the first `rows` rows of the screen. A click on one opens its note.
    pub(super) fn view_bookmarks<M>(
        &self,
        rows: usize,
        settings: &Settings,
        pane: &mut Pane<'_, M>,
        aid: fn(Aid) -> M,
    ) {
        if self.bookmarks.0.is_empty() {
            return;
        }
        let free = self.columns_for_signs();
        if free == 0 {
            return;
        }
        let column = self.margin - free.min(2);
        let mut layout = self.layout.borrow_mut();
        let lines = layout.lines(self.top, rows.saturating_add(1));
        let Some(first) = lines.first().map(|line| line.offset) else { return };
        let below = lines.get(rows).map_or(usize::MAX, |line| line.offset);
        let in_sight = self.bookmarks.0.iter().filter(|mark| (first..below).contains(&mark.place));
        for mark in in_sight {
            let place = layout.place_of(mark.place);
            let row = (0..rows).find(|row| layout.down(self.top, *row) >= place);
            if let Some(row) = row.and_then(|row| u16::try_from(row).ok()) {
                let sign = text::own(mark.sign, settings.theme.key());
                pane.line(column, row, &Line::from(sign));
                pane.hit(column..self.margin, row, aid(Aid::NoteAt(mark.place)));
            }
        }
    }

    /// Takes in which places of the text are marked.
    pub(super) fn look_for_bookmarks(&mut self, training: &Training) {
        let found = training.bookmarks_of(self.what);
        let mut marks: Vec<Mark> = found
            .iter()
            .map(|(place, bookmark)| Mark {
                place: *place,
                sign: if bookmark.note.is_empty() { BARE } else { NOTE },
            })
            .collect();
        // Where a line has both signs, the one with a note is seen.
        marks.sort_by_key(|mark| (mark.place, mark.sign == NOTE));
        self.bookmarks = Bookmarks(marks);
    }

    /// Marks the line at the top of the screen, or takes a bare mark of it away.
    pub(super) fn turn_bookmark(&mut self, context: &mut Context<'_>) -> Vec<Effect> {
        let here = self.bookmarks_at_top(context.training);
        let (changes, told) = if here.is_empty() {
            let place = self.layout.get_mut().offset_of(self.top);
            let changes = context.training.bookmark(self.what, place, "", context.now);
            if changes.is_empty() {
                return vec![saying(format!("{MOST_BOOKMARKS} places are marked already; M lists them"))];
            }
            (changes, BOOKMARKED)
        } else {
            let bare = here.iter().filter(|bookmark| bookmark.note.is_empty());
            let changes: Vec<_> =
                bare.flat_map(|bookmark| context.training.remove_bookmark(bookmark)).collect();
            if changes.is_empty() {
                return telling(NOTE_IS_HERE);
            }
            (changes, TAKEN_AWAY)
        };
        self.look_for_bookmarks(context.training);
        let mut effects = vec![Effect::Save(changes)];
        effects.extend(telling(told));
        effects
    }

    /// The bookmarks of the line at the top of the screen.
    fn bookmarks_at_top(&self, training: &Training) -> Vec<Bookmark> {
        let mut layout = self.layout.borrow_mut();
        let start = layout.offset_of(self.top);
        let end = layout.next_offset(self.top).unwrap_or(usize::MAX);
        let here = training.bookmarks_of(self.what).into_iter();
        here.filter(|(place, _)| (start..end).contains(place)).map(|(_, bookmark)| bookmark).collect()
    }
}
