//! What can be clicked where something lies over a screen: beside it, the signs that it goes on, and the keys that its last words name.

use std::ops::Range;

use crossterm::event::Event;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::said::{PASSPHRASE_KEYS, paragraph};
use super::{Message, Overlay, PromptHelp};
use crate::printable::Printable;
use crate::tui::edit::Edit;
use crate::tui::keymap::{Key, Keymap};
use crate::tui::pane::Hits;
use crate::tui::settings::Settings;
use crate::tui::widgets::{help, panel};

/// What a click says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Click {
    /// This.
    Says(Message),
    /// Nothing: it is within the panel.
    Nothing,
}

impl Overlay {
    /// What can be clicked while it lies over `area` of `screen`, `scroll` rows down; what was pushed last lies on top. `help` are the keys
    /// of the screen below.
    #[must_use]
    pub fn clicks(
        &self,
        settings: &Settings,
        help: &[(String, &'static str)],
        scroll: usize,
        screen: Rect,
        area: Rect,
    ) -> Hits<Click> {
        let lines = self.content(settings, help, panel::text_width(area)).lines;
        let scroll = scroll.min(lines.len().saturating_sub(usize::from(panel::text_height(area))));
        let mut clicks = Hits::new();
        if let Some(message) = self.left_by_click(&settings.keymap) {
            clicks.push((screen, Click::Says(message)));
        }
        if !self.is_left_anywhere() {
            clicks.push((panel::place(area, lines.len()), Click::Nothing));
        }
        for (place, way) in panel::signs(area, lines.len(), scroll) {
            clicks.push((place, Click::Says(Message::Scroll(way.rows()))));
        }
        let says = |event: &Event| self.message_for(event, &settings.keymap);
        clicks.extend(self.named_keys(&lines, scroll, area, says));
        clicks
    }

    /// What a click beside it does: what Esc does. What somebody types is not given up by a slip.
    fn left_by_click(&self, keymap: &Keymap) -> Option<Message> {
        let is_typed_into = matches!(self, Self::Passphrase { help: PromptHelp::Short, .. });
        if is_typed_into { None } else { self.message_for(&Key::Esc.event(), keymap) }
    }

    /// Whether it is to be read and says nothing else, so that a click on it leaves it too.
    fn is_left_anywhere(&self) -> bool {
        matches!(self, Self::Notices(_))
    }

    /// Which of its lines, `width` columns wide, say what keys do: the last words, where one ends with them. What others wrote, and what
    /// stands in a table of its own, is not looked through for keys.
    fn lines_with_keys(&self, lines: &[Line<'_>], width: u16) -> Range<usize> {
        let ends_with_keys = match self {
            Self::Passphrase { help: PromptHelp::Long, .. } => {
                return 0..paragraph(PASSPHRASE_KEYS, width).len().min(lines.len());
            }
            Self::Help
            | Self::Settings(_)
            | Self::Notices(_)
            | Self::Faults(_)
            | Self::Terms { .. }
            | Self::Passphrase { .. } => false,
            Self::Place { .. }
            | Self::NotSaved(_)
            | Self::Conflict(_)
            | Self::Failed(_)
            | Self::NotOpened { .. }
            | Self::AskToOpen(_)
            | Self::BeginAgain(_)
            | Self::GiveUp(_)
            | Self::Further { .. } => true,
        };
        let last_words = || lines.iter().rposition(|line| line.width() == 0).map_or(0, |blank| blank + 1);
        if ends_with_keys { last_words()..lines.len() } else { 0..0 }
    }

    /// Where its words name keys, and what these say: a click on a key, and on what it is said to do, is that key.
    fn named_keys(
        &self,
        lines: &[Line<'_>],
        scroll: usize,
        area: Rect,
        says: impl Fn(&Event) -> Option<Message>,
    ) -> Hits<Click> {
        let text = panel::text_area(area, lines.len());
        let rows = self.lines_with_keys(lines, panel::text_width(area));
        // A word that would be typed is no key.
        let says =
            |event: &Event| says(event).filter(|message| !matches!(message, Message::Edit(Edit::Insert(_))));
        let mut found = Hits::new();
        let (mut message, mut begins) = (None, true);
        for (row, line) in lines.iter().enumerate().take(rows.end).skip(rows.start) {
            let words: String = line.spans.iter().map(|span| span.content.as_ref()).collect();
            let mut column = 0;
            for word in words.split_inclusive(' ') {
                let name = word.trim_end();
                if begins {
                    message = help::same(name, says);
                }
                begins = name.ends_with(['.', ',', ';', ':', '?']);
                let at = row.checked_sub(scroll).and_then(|row| u16::try_from(row).ok());
                if let (Some(message), Some(row)) = (&message, at.filter(|row| *row < text.height)) {
                    // Up to the next word, where that belongs to it.
                    let width = columns(if begins { name } else { word });
                    let place = Rect { x: text.x.saturating_add(column), y: text.y + row, width, height: 1 };
                    found.push((place.intersection(text), Click::Says(message.clone())));
                }
                column = column.saturating_add(columns(word));
            }
        }
        found
    }
}

fn columns(words: &str) -> u16 {
    u16::try_from(Printable::new(words).width()).unwrap_or(u16::MAX)
}
