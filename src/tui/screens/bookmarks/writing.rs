//! A note while it is typed.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::{Message, PRIVATE, place_name};
use crate::clock::Timestamp;
use crate::markup::Bidi;
use crate::progress::Change;
use crate::training::{LONGEST_NOTE, MOST_BOOKMARKS, Marked, Training};
use crate::tui::edit::Edit;
use crate::tui::pane::Pane;
use crate::tui::screens::words_line::columns;
use crate::tui::theme::Theme;
use crate::tui::widgets::text;
use crate::tui::widgets::text_field::TextField;

/// A note while it is typed.
#[derive(Debug)]
pub(super) struct Writing {
    field: TextField,
    marked: Marked,
    origin: Origin,
    then: Then,
}

/// What the note is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// A place that nobody has marked.
    Place,
    /// A bookmark that is kept.
    Bookmark,
}

/// Where to go afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Then {
    /// To the list.
    List,
    /// To the screen below.
    Back,
}

/// Said above the field. A click on it does what Enter does.
const ASKED: &str = "Your note, then Enter:";

/// The most rows that the excerpt takes.
const EXCERPT_ROWS: usize = 2;

impl Writing {
    /// For a place that nobody has marked.
    pub(super) fn about_place(marked: Marked) -> Self {
        Self { field: TextField::new(LONGEST_NOTE), marked, origin: Origin::Place, then: Then::Back }
    }

    /// For a bookmark that is kept.
    pub(super) fn about_known(marked: Marked, then: Then) -> Self {
        let field = TextField::with_text(LONGEST_NOTE, &marked.bookmark.note);
        Self { field, marked, origin: Origin::Bookmark, then }
    }

    /// Whether leaving it would lose something.
    pub(super) fn is_changed(&self) -> bool {
        match self.origin {
            Origin::Place => !self.field.is_blank(),
            Origin::Bookmark => self.field.text() != self.marked.bookmark.note,
        }
    }

    pub(super) fn then(&self) -> Then {
        self.then
    }

    /// The same on the course as `training` has it now; `None` when its place is gone.
    pub(super) fn in_edition(
        self,
        training: &Training,
        place: Option<usize>,
        now: Timestamp,
    ) -> Option<Self> {
        let marked = match self.origin {
            Origin::Place => training.bookmark_at(self.marked.text?, place?, now)?,
            Origin::Bookmark => {
                let known = training.bookmarks();
                known.into_iter().find(|marked| marked.bookmark == self.marked.bookmark)?
            }
        };
        Some(Self { marked, ..self })
    }

    /// The place that it is about.
    pub(super) fn marked(&self) -> &Marked {
        &self.marked
    }

    /// Types; gives what is to be said about it.
    pub(super) fn edit(&mut self, edit: &Edit, bidi: Bidi) -> Option<&'static str> {
        let changed = self.field.edit(edit, bidi);
        (changed && self.field.full().is_some()).then_some("the note is full")
    }

    /// Keeps it in `training`: what is to be saved, and what is to be said then.
    pub(super) fn keep(&self, training: &mut Training, now: Timestamp) -> (Vec<Change>, String) {
        let note = self.field.text();
        let changes = match (self.origin, self.marked.text) {
            (Origin::Bookmark, _) => training.rewrite_note(&self.marked.bookmark, note),
            (Origin::Place, Some(text)) => training.bookmark(text, self.marked.bookmark.place, note, now),
            (Origin::Place, None) => Vec::new(),
        };
        let words = match (changes.is_empty(), self.origin, self.field.is_blank()) {
            (true, Origin::Place, _) => format!("not kept: {MOST_BOOKMARKS} places are marked already"),
            (true, Origin::Bookmark, _) => "nothing was changed".to_owned(),
            (false, _, true) => "bookmark kept, without a note".to_owned(),
            (false, _, false) => "note kept, for you alone".to_owned(),
        };
        (changes, words)
    }

    /// Draws it on `area`, a part of the pane. The field is always in sight.
    pub(super) fn draw(&self, theme: Theme, pane: &mut Pane<'_, Message>, area: Rect) {
        let (left, top) = (area.x - pane.area().x, area.y - pane.area().y);
        let mut lines: Vec<Line<'static>> = Vec::new();
        let place = text::fitted(&place_name(&self.marked), usize::from(area.width));
        lines.push(Line::from(text::title(&place, theme.strong(), theme)));
        let excerpt = text::wrapped(&format!("“{}”", self.marked.excerpt), area.width);
        let excerpt = text::beginning(excerpt, EXCERPT_ROWS, area.width);
        lines.extend(excerpt.iter().map(|part| Line::from(text::shown(part, theme.muted()))));
        lines.push(Line::default());
        let asked = u16::try_from(lines.len()).unwrap_or(u16::MAX);
        lines.push(Line::from(text::own(ASKED, theme.text())));
        let row = u16::try_from(lines.len()).unwrap_or(u16::MAX);
        let room = area.width.saturating_sub(6).max(1);
        let shown = self.field.shown(room, theme.bidi());
        let style = theme.text().underlined();
        let mut line = vec![text::own("› [", theme.strong())];
        line.extend(shown.spans(style, ' ', style));
        line.push(text::own("]", theme.strong()));
        lines.push(Line::from(line));
        lines.push(Line::default());
        let private = text::wrapped(PRIVATE, area.width);
        lines.extend(private.iter().map(|part| Line::from(text::shown(part, theme.muted()))));
        pane.lines(left, top, &lines);
        pane.hit(left..left + columns(ASKED), top + asked, Message::Keep);
        self.field.hit(pane, (left + 3, top + row), room, theme.bidi(), Message::Edit);
        pane.cursor(left + 3 + shown.cursor, top + row);
    }
}
