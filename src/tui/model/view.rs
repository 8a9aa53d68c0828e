//! The face as it is drawn.

use std::borrow::Cow;

use crossterm::event::{Event, KeyCode};
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;
use ratatui::widgets::{Clear, Widget as _};

use super::{LEAVE_BEFORE, LEAVE_PREVIEW, LEAVE_TYPING, Model, Stage, WAITING};
use crate::printable::Printable;
use crate::tui::areas::{Areas, SMALLEST};
use crate::tui::cells;
use crate::tui::everywhere::{EVERYWHERE, LEAVE, key_of_help};
use crate::tui::keymap::{self, Binding, Keymap, is_character};
use crate::tui::message::Message;
use crate::tui::overlay::{self, Click, Overlay};
use crate::tui::pane::{Hits, Pane, View, pressed};
use crate::tui::preview::{KEY_SHOWN, KEYS as PREVIEW, Purpose};
use crate::tui::screens::{Heading, Screen, Yields};
use crate::tui::settings::Settings;
use crate::tui::still::Still;
use crate::tui::widgets::answer::AnswerPad;
use crate::tui::widgets::footer;
use crate::tui::widgets::help;
use crate::tui::widgets::panel;
use crate::tui::widgets::sheet::column;
use crate::tui::widgets::text;

/// The status as it stands on a line of `width` columns.
fn status_in(heading: &Heading, width: usize) -> Printable {
    match &heading.yields {
        Yields::Title => heading.status.cut(width),
        Yields::Detail(detail) => {
            let mut whole = heading.status.clone();
            whole.push(&Printable::new(", "));
            whole.push(detail);
            // While the status counts, it does not come and go.
            let room = width.saturating_sub(whole.width() + 2 + room_to_count(&whole));
            let has_room = whole.width() <= width && heading.title.width() <= room;
            if has_room { whole } else { heading.status.cut(width) }
        }
        Yields::Status(least) => {
            let free = width.saturating_sub(heading.title.width() + 2);
            heading.status.cut(free.max(*least).min(width))
        }
    }
}

/// How many of `width` columns a title gets beside the status. A title that has to be cut leaves room for larger numbers: it
/// should not lose and win a letter while the status counts.
fn title_width(title: &Printable, status: &Printable, width: usize) -> usize {
    let free = width.saturating_sub(status.width() + 2);
    if title.width() <= free { free } else { free.saturating_sub(room_to_count(status)) }
}

/// How many columns wider a status gets while it counts: numbers have two digits, and those of percent three.
fn room_to_count(status: &Printable) -> usize {
    let mut room = 0;
    let mut rest = status.as_str();
    while let Some(begin) = rest.find(|c: char| c.is_ascii_digit()) {
        let number = &rest[begin..];
        let digits = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
        rest = &number[digits..];
        room += if rest.starts_with(" %") { 3_usize } else { 2 }.saturating_sub(digits);
    }
    room
}

impl Model {
    /// Draws everything and says what can be clicked where.
    pub fn view(&self, frame: &mut Frame<'_>) -> Hits<Message> {
        let screen = frame.area();
        let (hits, cursor) = self.draw_whole(frame.buffer_mut(), screen);
        if let Some(cursor) = cursor {
            frame.set_cursor_position(cursor);
        }
        hits
    }

    /// What would be drawn now, to be shown before anything else at the next start; `None` when there is a reason not to show it before
    /// it is known that it is still so.
    pub(in crate::tui) fn still(&self) -> Option<Still> {
        let changes = match &self.stage {
            Stage::Learning(learning) => learning.screen.changes_at(&self.view_of(learning)).is_some(),
            Stage::Welcome(_) => false,
            Stage::Waiting => true,
        };
        if changes || self.overlay.is_some() || !self.is_large_enough() {
            return None;
        }
        let mut buffer = Buffer::empty(Rect::from((Position::ORIGIN, self.terminal)));
        let screen = buffer.area;
        let (_, cursor) = self.draw_whole(&mut buffer, screen);
        cells::mend(&mut buffer);
        Still::of(&buffer, cursor, self.settings.links.as_ref(), self.has_greeting())
    }

    fn draw_whole(&self, buffer: &mut Buffer, screen: Rect) -> (Hits<Message>, Option<Position>) {
        let (hits, cursor) = self.draw(buffer, screen);
        self.settings.theme.finish(buffer);
        (hits, cursor.filter(|cursor| screen.contains(*cursor)))
    }

    fn draw(&self, buffer: &mut Buffer, screen: Rect) -> (Hits<Message>, Option<Position>) {
        if !self.is_large_enough() {
            self.draw_too_small(buffer, screen);
            return (Vec::new(), None);
        }
        let areas = self.areas();
        let (heading, mut hits, mut cursor) = match &self.stage {
            Stage::Waiting => {
                self.draw_waiting(buffer, areas.body);
                let begin = Position { x: areas.body.x + 1, y: areas.body.y + 1 };
                (Heading::default(), Vec::new(), Some(begin))
            }
            Stage::Welcome(state) => {
                let mut pane = Pane::new(buffer, areas.body);
                state.view(&self.settings, &mut pane);
                let presses = pane.take_presses();
                let (hits, cursor) = pane.finish();
                let mut hits: Hits<Message> =
                    hits.into_iter().map(|(area, message)| (area, Message::Welcome(message))).collect();
                hits.extend(pressed(presses, |event| self.message_on_screen(event)));
                (state.heading(), hits, cursor)
            }
            Stage::Learning(learning) => {
                let covered = self.without_pictures();
                let view =
                    View { settings: covered.as_ref().unwrap_or(&self.settings), ..self.view_of(learning) };
                let (hits, cursor) = learning.screen.view(&view, buffer, areas.body);
                (learning.screen.heading(&view), hits, cursor)
            }
        };
        hits.extend(self.sentence_hits(buffer, areas.body));
        if let Some(pad) = self.key_shown() {
            hits.clear();
            let body = column(areas.body);
            Clear.render(areas.body, buffer);
            pad.view(body, buffer, self.settings.theme);
            cursor = pad.cursor(body);
        }
        self.draw_heading(&heading, &mut Pane::<Message>::new(buffer, areas.heading));
        if let Some(overlay) = &self.overlay {
            self.draw_rulers(buffer);
            cursor = overlay.view(&self.settings, &self.help(), self.scroll, buffer, areas.body);
            hits = self.overlay_hits(overlay, &areas);
        }
        hits.extend(self.draw_footer(buffer, &areas));
        if self.overlay.is_none() {
            self.draw_rulers(buffer);
        }
        if let Purpose::Preview(preview) = &self.purpose {
            preview.draw_line(self.settings.theme, buffer);
        }
        (hits, cursor)
    }

    /// Draws the rulers of a preview. What lies over the screen lies over them, too.
    fn draw_rulers(&self, buffer: &mut Buffer) {
        if let Purpose::Preview(preview) = &self.purpose {
            preview.draw_rulers(self.size, self.settings.theme, buffer);
        }
    }

    /// What the screen is told while something lies over it: a terminal that draws a picture over cells does not know that a
    /// panel stands before it.
    fn without_pictures(&self) -> Option<Settings> {
        let covered = self.overlay.is_some() || self.key_shown().is_some();
        covered.then(|| Settings { pictures: None, ..self.settings.clone() })
    }

    /// The question with its key, if that lies over the screen.
    pub(super) fn key_shown(&self) -> Option<&AnswerPad> {
        match &self.purpose {
            Purpose::Learn => None,
            Purpose::Preview(preview) => preview.key.as_deref(),
        }
    }

    fn draw_waiting(&self, buffer: &mut Buffer, body: Rect) {
        let words = "The course cannot be shown yet. F2 says what is wrong; it appears here as soon as that is mended.";
        let lines: Vec<_> = text::wrapped(words, body.width.saturating_sub(2))
            .iter()
            .map(|part| Line::from(text::shown(part, self.settings.theme.text())))
            .collect();
        Pane::<Message>::new(buffer, body).lines(1, 1, &lines);
    }

    fn draw_heading(&self, heading: &Heading, pane: &mut Pane<'_, Message>) {
        let theme = self.settings.theme;
        let width = usize::from(pane.area().width).saturating_sub(2);
        let status = status_in(heading, width);
        let title = heading.title.cut(title_width(&heading.title, &status, width));
        pane.line(1, 0, &Line::from(text::title(&title, theme.title(), theme)));
        let column = u16::try_from(1 + width.saturating_sub(status.width())).unwrap_or(u16::MAX);
        pane.line(column, 0, &Line::from(text::shown(&status, theme.accent())));
        pane.rule(1, theme.muted());
    }

    /// What the keys do, and above that what has just been said. On a low screen that stands before them: whoever has a mouse alone has
    /// to find how to go on.
    fn draw_footer(&self, buffer: &mut Buffer, areas: &Areas) -> Hits<Message> {
        let theme = self.settings.theme;
        let (mut hits, mut room) = (Hits::new(), areas.footer);
        if !self.notice.is_empty() {
            let row = areas.air.unwrap_or(areas.footer);
            let mut pane = Pane::new(buffer, row);
            let parts = self.notice.iter().map(|notice| {
                let message = notice.key.and_then(|key| self.message_on_screen(&key.event()));
                (&notice.words, message)
            });
            let end = footer::told(&mut pane, parts, theme);
            hits.extend(pane.finish().0);
            if row == areas.footer {
                // With two columns between.
                room.x += end + 1;
                room.width = room.width.saturating_sub(end + 1);
            }
        }
        let mut pane = Pane::new(buffer, room);
        let help = self.key_of_help().map(|key| (key, Message::Help));
        footer::hints_where_room(&mut pane, self.hints(), help, theme);
        hits.extend(pane.finish().0);
        hits
    }

    /// The key that shows all keys, where nothing lies over the screen.
    fn key_of_help(&self) -> Option<String> {
        let is_free = self.overlay.is_none() && self.key_shown().is_none();
        is_free.then(|| key_of_help(&self.keymap_everywhere())).flatten()
    }

    /// How wide a line is for a message behind which the key that shows all keys has room: on a low screen the two share it.
    pub(super) fn columns_beside_help(&self) -> u16 {
        let help = self.key_of_help().filter(|_| self.areas().air.is_none());
        self.size.width.saturating_sub(help.map_or(0, |key| footer::columns_alone(&key)))
    }

    fn draw_too_small(&self, buffer: &mut Buffer, screen: Rect) {
        footer::too_small(&mut Pane::<Message>::new(buffer, screen), SMALLEST, self.settings.theme);
    }

    /// Keys and what they do in a word, for the last line. The way to the help stands last, or what scrolls the panel
    /// that lies over the screen.
    pub(in crate::tui) fn hints(&self) -> Vec<(String, &'static str, Option<Message>)> {
        fn of<M: Clone>(
            table: &[Binding<M>],
            wrap: fn(M) -> Message,
        ) -> Vec<(String, &'static str, Option<Message>)> {
            let hints = table.iter().filter_map(Binding::footer);
            hints.map(|(key, hint, message)| (key, hint, message.map(wrap))).collect()
        }
        let keymap = &self.settings.keymap;
        if let Some(overlay) = &self.overlay {
            let hints = overlay.hints(keymap).into_iter();
            let mut hints: Vec<_> =
                hints.map(|(key, hint, message)| (key, hint, message.map(Message::Overlay))).collect();
            let last = self.last_scroll();
            if last > 0 && !matches!(overlay, Overlay::Settings(_)) {
                let told = |(_, _, message): &(_, _, Option<Message>)| match message {
                    Some(Message::Overlay(overlay::Message::Scroll(lines))) => {
                        panel::tells_of(*lines, self.scroll, last)
                    }
                    _ => false,
                };
                hints.extend(of(overlay::SCROLL, Message::Overlay).into_iter().filter(told));
            }
            return hints;
        }
        if self.key_shown().is_some() {
            return of(KEY_SHOWN, Message::Preview);
        }
        let mut hints = match &self.stage {
            Stage::Waiting => of(WAITING, |message| message),
            Stage::Welcome(state) => {
                let hints = keymap.hints(state.keys(), |_| true).into_iter();
                hints.map(|(key, hint, message)| (key, hint, message.map(Message::Welcome))).collect()
            }
            Stage::Learning(learning) => {
                learning.screen.hints(&self.view_of(learning), self.areas().body.as_size())
            }
        };
        // Where `?` is a character to be typed, F1 is the key.
        let typing = self.is_typing();
        let everywhere = self.keymap_everywhere().hints(EVERYWHERE, |event| !(typing && is_character(event)));
        // On the screen where everybody begins there is room for the settings; on the others the help leads to them.
        let is_shown =
            |message: &Option<Message>| *message != Some(Message::Settings) || self.is_on_course_screen();
        hints.extend(everywhere.into_iter().rev().filter(|(_, _, message)| is_shown(message)));
        hints
    }

    /// Where the help can be clicked.
    fn help_hits(&self, body: Rect) -> Hits<Message> {
        let below = help::about(self.settings.config.mouse);
        let hits = help::hits(&self.help(), below, body, self.scroll, |event| {
            let preview = self.preview_message_for(event).map(Message::Preview);
            preview.or_else(|| self.message_on_screen(event))
        });
        hits.into_iter().map(|(place, does)| (place, Message::Beneath(Box::new(does)))).collect()
    }

    /// What can be clicked where `overlay` lies over the screen.
    fn overlay_hits(&self, overlay: &Overlay, areas: &Areas) -> Hits<Message> {
        let above_last_line = areas.heading.union(areas.body);
        let clicks = overlay.clicks(&self.settings, &self.help(), self.scroll, above_last_line, areas.body);
        let message = |click: Click| match click {
            Click::Says(message) => Message::Overlay(message),
            Click::Nothing => Message::Touch,
        };
        let mut hits: Hits<Message> =
            clicks.into_iter().map(|(area, click)| (area, message(click))).collect();
        match overlay {
            Overlay::Settings(preferences) => hits.extend(self.settings_hits(preferences, areas.body)),
            Overlay::Help => hits.extend(self.help_hits(areas.body)),
            Overlay::Notices(_)
            | Overlay::Place { .. }
            | Overlay::Faults(_)
            | Overlay::Terms { .. }
            | Overlay::NotSaved(_)
            | Overlay::Conflict(_)
            | Overlay::Failed(_)
            | Overlay::NotOpened { .. }
            | Overlay::AskToOpen(_)
            | Overlay::BeginAgain(_)
            | Overlay::GiveUp(_)
            | Overlay::Further { .. }
            | Overlay::Passphrase { .. } => {}
        }
        hits
    }

    fn is_on_course_screen(&self) -> bool {
        matches!(self.screen(), Some(Screen::Course(_)))
    }

    /// The keys of what can be done on every screen.
    pub(super) fn keymap_everywhere(&self) -> Cow<'_, Keymap> {
        let keymap = &self.settings.keymap;
        if self.is_typing() { Cow::Owned(keymap.while_typing()) } else { Cow::Borrowed(keymap) }
    }

    /// Whether `?` goes into a text instead of opening the help.
    pub(super) fn is_typing(&self) -> bool {
        let question_mark = Event::Key(KeyCode::Char('?').into());
        let message = match &self.stage {
            Stage::Welcome(state) => keymap::message_for(state.keys(), &question_mark).map(Message::Welcome),
            Stage::Learning(learning) => learning.screen.message_for(&question_mark, &Keymap::default()),
            Stage::Waiting => None,
        };
        message.is_some()
    }

    /// Every key of the screen and what it does.
    #[must_use]
    pub fn help(&self) -> Vec<(String, &'static str)> {
        let keymap = &self.settings.keymap;
        let mut help = match &self.stage {
            Stage::Welcome(state) => keymap.help(state.keys(), |_| true),
            Stage::Learning(learning) => learning.screen.help(keymap),
            Stage::Waiting => keymap.help(WAITING, |_| true),
        };
        if let Purpose::Preview(_) = &self.purpose {
            help.extend(keymap.help(PREVIEW, |_| true));
        }
        // What is typed is no key.
        let typing = self.is_typing();
        help.extend(self.keymap_everywhere().help(EVERYWHERE, |event| !(typing && is_character(event))));
        // The keys are those of a learner who was here, and promise what is not so for others.
        let leave = match (&self.purpose, &self.stage) {
            (Purpose::Preview(_), _) => LEAVE_PREVIEW,
            (Purpose::Learn, Stage::Welcome(_)) => LEAVE_BEFORE,
            // What is typed as an answer is saved as it stands.
            (Purpose::Learn, Stage::Learning(learning))
                if typing && matches!(learning.screen, Screen::Person(_) | Screen::Bookmarks(_)) =>
            {
                LEAVE_TYPING
            }
            (Purpose::Learn, Stage::Learning(_) | Stage::Waiting) => LEAVE,
        };
        for (_, what) in help.iter_mut().filter(|(_, what)| *what == LEAVE) {
            *what = leave;
        }
        help
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// It would take from the title, or come and go with the number of the question.
    #[test]
    fn a_detail_stands_where_it_has_room_for_every_number() {
        let heading = |status: &str| Heading {
            title: "Assessment".into(),
            status: Printable::new(status),
            yields: Yields::Detail("from lesson 2".into()),
        };
        let shown = |status: &str, width: usize| status_in(&heading(status), width).to_string();
        for (status, whole) in [("question 9 of 20", 45), ("question 10 of 20", 45)] {
            assert_eq!(shown(status, whole), format!("{status}, from lesson 2"));
            assert_eq!(shown(status, whole - 1), status);
        }
    }

    /// A name was cut where half of the line was free.
    #[test]
    fn a_status_that_yields_takes_what_the_title_leaves() {
        let shown = |title: &str, width: usize| {
            let status = Printable::new("Hubert Blaine Wolfeschlegelsteinhausen");
            let heading = Heading { title: title.into(), status, yields: Yields::Status(24) };
            status_in(&heading, width).to_string()
        };
        assert_eq!(shown("Phishing", 78), "Hubert Blaine Wolfeschlegelsteinhausen");
        assert_eq!(shown("Phishing", 38), "Hubert Blaine Wolfeschlegel…");
        assert_eq!(shown("A title that takes more than half of it", 60), "Hubert Blaine Wolfeschl…");
        assert_eq!(shown("A title", 9), "Hubert B…");
    }

    #[test]
    fn a_title_keeps_its_length_while_the_status_counts() {
        let title: Printable = "Attention by design, fairly told".into();
        let cut = |status: &str| {
            let status = Printable::new(status);
            title.cut(title_width(&title, &status, 38)).to_string()
        };
        let while_reading: Vec<String> =
            ["1 of 6  9 %", "1 of 6  10 %", "5 of 6  100 %", "12 of 12  0 %"].into_iter().map(cut).collect();
        assert!(while_reading.iter().all(|said| *said == while_reading[0]), "{while_reading:?}");
        assert!(while_reading[0].ends_with('…'), "{while_reading:?}");
        assert_eq!(cut("9 %"), title.to_string(), "it is whole where there is room");
        assert_eq!(title_width(&title, &"a status that takes all that there is: 1 %".into(), 38), 0);
    }
}
