//! The dashboard as it is drawn.

use crossterm::event::Event;
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;
use ratatui::widgets::{Clear, Widget as _};

use super::{ANYWHERE, EVERYWHERE, Model, ON_TABS, Page, Reading, with_shown};
use crate::phrase::Phrase;
use crate::printable::Printable;
use crate::report::figures::grouped;
use crate::tui::areas::SMALLEST;
use crate::tui::hr::message::{Message, Tab};
use crate::tui::hr::overlay::{self, Overlay};
use crate::tui::hr::screens::Help;
use crate::tui::keymap::{Binding, Keymap, is_character};
use crate::tui::pane::{Hits, Pane, pressed};
use crate::tui::preferences;
use crate::tui::widgets::footer::{self, Hint};
use crate::tui::widgets::{self, panel, phrases, text};

impl Model {
    /// Draws everything and says what can be clicked where.
    pub fn view(&self, frame: &mut Frame<'_>) -> Hits<Message> {
        let screen = frame.area();
        let (hits, cursor) = self.draw(frame.buffer_mut(), screen);
        self.look.theme.finish(frame.buffer_mut());
        if let Some(cursor) = cursor.filter(|cursor| screen.contains(*cursor)) {
            frame.set_cursor_position(cursor);
        }
        hits
    }

    fn draw(&self, buffer: &mut Buffer, screen: Rect) -> (Hits<Message>, Option<Position>) {
        let theme = self.look.theme;
        if !self.is_large_enough() {
            footer::too_small(&mut Pane::<Message>::new(buffer, screen), SMALLEST, theme);
            return (Vec::new(), None);
        }
        let areas = self.areas();
        let (mut hits, mut cursor) = self.draw_screen(buffer, areas.body);
        let mut heading = Pane::new(buffer, areas.heading);
        self.draw_heading(&mut heading);
        hits.extend(heading.finish().0);
        if let Some(overlay) = &self.overlay {
            hits.clear();
            cursor = overlay.view(self.look, &self.help(), self.scroll, buffer, areas.body);
            match overlay {
                Overlay::Settings(preferences) => {
                    let message = |message| Message::Overlay(overlay::Message::Preferences(message));
                    let clicks = preferences.hits(areas.body, self.scroll);
                    hits.extend(clicks.map(|(place, click)| (place, message(click))));
                }
                Overlay::Help => hits.extend(self.help_hits(areas.body)),
                Overlay::Notices(_)
                | Overlay::Moment { .. }
                | Overlay::Passphrase { .. }
                | Overlay::Grounds(_)
                | Overlay::Failed(_)
                | Overlay::Sure(..)
                | Overlay::Leave(_) => {}
            }
        }
        if let Some(notice) = &self.notice {
            // Above the keys: whoever is told something has to know how to go on.
            let row = Rect { y: areas.footer.y.saturating_sub(1), ..areas.footer };
            Clear.render(row, buffer);
            hits.retain(|(area, _)| !area.intersects(row));
            footer::notice(&mut Pane::<Message>::new(buffer, row), notice, theme);
        }
        let mut last = Pane::new(buffer, areas.footer);
        footer::hints(&mut last, self.hints(), theme);
        hits.extend(last.finish().0);
        (hits, cursor)
    }

    fn draw_screen(&self, buffer: &mut Buffer, body: Rect) -> (Hits<Message>, Option<Position>) {
        fn drawn<M>(
            buffer: &mut Buffer,
            body: Rect,
            wrap: fn(M) -> Message,
            does: impl Fn(&Event) -> Option<Message>,
            draw: impl FnOnce(&mut Pane<'_, M>),
        ) -> (Hits<Message>, Option<Position>) {
            let mut pane = Pane::new(buffer, body);
            draw(&mut pane);
            let presses = pane.take_presses();
            let (hits, cursor) = pane.finish();
            let mut hits: Hits<Message> =
                hits.into_iter().map(|(area, message)| (area, wrap(message))).collect();
            hits.extend(pressed(presses, does));
            (hits, cursor)
        }
        let view = self.screen_view();
        if view.overview.is_none() {
            let words = match self.reading {
                Reading::UnderWay(people) => {
                    format!("reading the registry: {} people so far", grouped(people))
                }
                Reading::Done | Reading::Stale => "nothing was read; r tries again".to_owned(),
            };
            let mut pane = Pane::<Message>::new(buffer, body);
            pane.line(1, 1, &Line::from(text::said(&words, view.look.theme.text())));
            if let Some(words) = self.early_words() {
                let lines = text::wrapped(&words, view.size.width.saturating_sub(2));
                let lines = lines.iter().map(|part| Line::from(text::shown(part, view.look.theme.accent())));
                pane.lines(1, 3, &lines.collect::<Vec<_>>());
            }
            pane.cursor(1, 1);
            return pane.finish();
        }
        let does = |event: &Event| self.message_on_screen(event);
        with_shown!(self, |screen, wrap| drawn(buffer, body, wrap, does, |pane| screen.view(&view, pane)))
    }

    fn draw_heading(&self, pane: &mut Pane<'_, Message>) {
        let theme = self.look.theme;
        let width = usize::from(pane.area().width).saturating_sub(2);
        let mut status = Printable::new(&self.status()).cut(width);
        match self.pages.last() {
            None => {
                let left = self.draw_tabs(width.saturating_sub(status.width()), pane);
                status = status.cut((width + 1).saturating_sub(left));
            }
            Some(shown) => {
                let room = width.saturating_sub(status.width() + 2);
                let title = phrases::cut(&Phrase::new().own("‹ ").then(shown.title()), room, theme);
                pane.line(1, 0, &Line::from(text::shown(&title, theme.title())));
                let end = u16::try_from(title.width()).unwrap_or(u16::MAX).saturating_add(1);
                pane.hit(1..end, 0, Message::Back);
            }
        }
        let column = u16::try_from(1 + width.saturating_sub(status.width())).unwrap_or(u16::MAX);
        pane.line(column, 0, &Line::from(text::shown(&status, theme.accent())));
        pane.rule(1, theme.muted());
    }

    /// Draws the screens to choose from, where there is `room` with how much waits, and says where what follows may begin.
    fn draw_tabs(&self, room: usize, pane: &mut Pane<'_, Message>) -> usize {
        let theme = self.look.theme;
        let overview = self.overview.as_ref();
        let waiting =
            overview.map_or(0, |overview| overview.waiting.shown.len() as u64 + overview.waiting.more);
        let mut count = if waiting > 0 { format!(" {}", grouped(waiting)) } else { String::new() };
        let words: usize = Tab::ALL.iter().map(|tab| tab.word().len() + 2).sum();
        if words + count.len() > room {
            // The moment that is shown matters more.
            count.clear();
        }
        let mut left = 1_u16;
        for tab in Tab::ALL {
            let count = match tab {
                Tab::Review => count.as_str(),
                Tab::People | Tab::Charts => "",
            };
            let shown = tab == self.tab;
            // The one that is shown is told by its brackets, not by its look alone.
            let words =
                if shown { format!("[{}{count}]", tab.word()) } else { format!(" {}{count} ", tab.word()) };
            let style = if shown { theme.title() } else { theme.text() };
            let width = u16::try_from(words.len()).unwrap_or(u16::MAX);
            pane.line(left, 0, &Line::from(text::said(&words, style)));
            pane.hit(left..left.saturating_add(width), 0, Message::Go(tab));
            left = left.saturating_add(width);
        }
        left.into()
    }

    /// Which moment is shown, and whether something newer is on its way.
    fn status(&self) -> String {
        let wide = self.size.width >= 60;
        let day = |at| self.look.calendar.day(at);
        // Nobody decides in the past: what waits, and what is found at the five levels, is of now.
        let of_now = match self.pages.last() {
            Some(Page::Record(_) | Page::Aside(_)) => true,
            Some(Page::Person(_)) => false,
            None => self.tab == Tab::Review,
        };
        let shown = match (&self.overview, self.moment) {
            (Some(overview), Some(_)) if of_now && wide => {
                format!("now (people: as of {})", day(overview.listing.at()))
            }
            (Some(_), Some(_)) if of_now => "now".to_owned(),
            (Some(overview), Some(_)) if wide => {
                format!("as of {}", self.look.calendar.day_and_time(overview.listing.at()))
            }
            (Some(overview), Some(_)) => format!("at {}", day(overview.listing.at())),
            (Some(_) | None, _) => "now".to_owned(),
        };
        match self.reading {
            _ if self.deciding.is_some() => "entering…".to_owned(),
            Reading::UnderWay(people) if self.overview.is_some() && wide => {
                format!("{shown}, reading: {}", grouped(people))
            }
            Reading::UnderWay(_) => "reading…".to_owned(),
            Reading::Stale if wide => format!("{shown}, changed since: r"),
            Reading::Stale => "changed: r".to_owned(),
            Reading::Done => shown,
        }
    }

    /// Keys and what they do in a word, for the last line. The way to the help stands last, or what scrolls the panel
    /// that lies over the screen.
    pub(super) fn hints(&self) -> Vec<Hint<Message>> {
        fn of<M: Clone>(keymap: &Keymap, table: &[Binding<M>], wrap: fn(M) -> Message) -> Vec<Hint<Message>> {
            let hints = keymap.hints(table, |_| true).into_iter();
            hints.map(|(key, hint, message)| (key, hint, message.map(wrap))).collect()
        }
        if self.overview.is_none() && self.overlay.is_none() {
            let mut hints = of(&self.keymap, ON_TABS, |message| message);
            hints.retain(|(_, _, message)| *message == Some(Message::Quit));
            if !self.early.is_empty() {
                // What was typed may be a word, and so may be what is typed now.
                hints = vec![
                    ("Esc".to_owned(), "forget what was typed", Some(Message::Forget)),
                    ("Ctrl-C".to_owned(), "quit", Some(Message::Quit)),
                ];
            }
            return hints;
        }
        if let Some(overlay) = &self.overlay {
            let fixed = Keymap::default();
            let mut hints = of(&fixed, overlay.keys(), Message::Overlay);
            let undo = preferences::Message::Undo;
            if let Overlay::Settings(preferences) = overlay
                && preferences.is_idle(undo)
            {
                let undo = Some(Message::Overlay(overlay::Message::Preferences(undo)));
                hints.retain(|(_, _, message)| *message != undo);
            }
            let last = self.last_scroll();
            if last > 0 && !overlay.has_field() {
                let told = |(_, _, message): &(_, _, Option<Message>)| match message {
                    Some(Message::Overlay(overlay::Message::Scroll(lines))) => {
                        panel::tells_of(*lines, self.scroll, last)
                    }
                    _ => false,
                };
                hints.extend(of(&fixed, overlay::SCROLL, Message::Overlay).into_iter().filter(told));
            }
            return hints;
        }
        let keymap = &self.keymap;
        let mut hints = with_shown!(self, |screen, wrap| of(keymap, screen.keys(), wrap));
        let typing = self.is_typing();
        if self.pages.is_empty() && !typing {
            hints.extend(of(keymap, ANYWHERE, |message| message));
            hints.extend(of(keymap, self.on_tabs(), |message| message));
        }
        // Where `?` is a character to be typed, F1 is the key.
        hints.extend(self.keymap_everywhere().hints(EVERYWHERE, |event| !(typing && is_character(event))));
        hints
    }

    /// Where the help can be clicked.
    fn help_hits(&self, body: Rect) -> Hits<Message> {
        let hits =
            widgets::help::hits(&self.help(), None, body, self.scroll, |event| self.message_on_screen(event));
        hits.into_iter().map(|(place, does)| (place, Message::FromHelp(Box::new(does)))).collect()
    }

    /// Every key of the screen and what it does.
    #[must_use]
    pub fn help(&self) -> Help {
        let keymap = &self.keymap;
        let all = |_: &Event| true;
        let sheet = || {
            let keys = widgets::sheet::KEYS.into_iter();
            let fixed = keys.map(|(keys, help)| (keys.to_owned(), help));
            fixed.chain(keymap.moves_in_words()).collect::<Help>()
        };
        let typing = self.is_typing();
        let mut help = if self.pages.is_empty() { Help::new() } else { sheet() };
        help.extend(with_shown!(self, |screen, _wrap| keymap.help(screen.keys(), all)));
        if self.pages.is_empty() && !typing {
            help.extend(keymap.help(self.on_tabs(), all));
        }
        if !typing {
            help.extend(keymap.help(ANYWHERE, all));
        }
        // What is typed is no key.
        help.extend(self.keymap_everywhere().help(EVERYWHERE, |event| !(typing && is_character(event))));
        let left_out = crate::tui::hr::screens::people::State::left_out(&self.screen_view()).len();
        if self.pages.is_empty() && self.tab == Tab::People && left_out > 0 {
            let words = "so many columns have no room; the last line tells them of the selected row";
            help.push((format!("+{left_out}"), words));
        }
        help.push(("mouse".to_owned(), "click a row, a column, a screen or a key; the wheel moves"));
        help
    }
}
