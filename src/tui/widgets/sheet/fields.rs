//! Names with what belongs to them, and what is to be copied.

use ratatui::style::Style;
use ratatui::text::Line;

use super::Sheet;
use crate::phrase::Phrase;
use crate::printable::Printable;
use crate::tui::keymap::Key;
use crate::tui::widgets::{phrases, text};

impl<M: Clone> Sheet<M> {
    /// A name and what belongs to it, below each other where the room is short.
    pub fn field(&mut self, name: &str, value: impl Into<Phrase>, names_width: usize) {
        let theme = self.theme;
        if usize::from(self.width) < names_width + 20 {
            self.words(Phrase::new().own(format!("{name}:")), theme.muted());
            self.hanging("  ", value, theme.text());
            return;
        }
        let room = u16::try_from(usize::from(self.width).saturating_sub(names_width)).unwrap_or(1);
        for (index, part) in phrases::wrapped(&value.into(), room, theme).iter().enumerate() {
            let name = if index == 0 { name } else { "" };
            let name = format!("{name:names_width$}");
            let line = vec![text::said(&name, theme.muted()), text::shown(part, theme.text())];
            self.push(Line::from(line));
        }
    }

    /// A name and what is to be copied: it has the whole width where little of it would stand beside the name, and is broken between
    /// its parts as far as these fit.
    pub fn field_to_copy(&mut self, name: &str, value: &str, names_width: usize) {
        self.copied_by(name, "", value, names_width);
    }

    /// The same where `key` copies it. A screen on which the name has a line of its own has little room for keys in its last one, so it
    /// is named here.
    pub fn field_copied_by(&mut self, name: &str, key: Key, value: &str, names_width: usize) {
        self.copied_by(name, &format!(" ({} copies it)", key.name()), value, names_width);
    }

    fn copied_by(&mut self, name: &str, how: &str, value: &str, names_width: usize) {
        const BESIDE: usize = 40;
        let theme = self.theme;
        let (lead, indent) = if usize::from(self.width) < names_width + BESIDE {
            self.words(Phrase::new().own(format!("{name}{how}:")), theme.muted());
            (String::new(), 2)
        } else {
            (name.to_owned(), names_width)
        };
        self.parted(&lead, indent, value, theme.text());
    }

    /// A command to be copied, and what it is about on a line of its own where the two have no room on one: a path stays in one piece as
    /// far as it fits, and is broken between its parts where it does not.
    pub fn command(&mut self, command: &str, operand: &str) {
        let whole = format!("{command} {operand}");
        let is_wide = |words: &str| Printable::new(words).width() + 2 > self.width.into();
        let apart = is_wide(&whole) && !is_wide(operand);
        let lines = if apart { vec![command, operand] } else { vec![&*whole] };
        for line in lines {
            self.parted("", 2, line, self.theme.code());
        }
    }

    fn parted(&mut self, lead: &str, indent: usize, value: &str, style: Style) {
        let room = usize::from(self.width).saturating_sub(indent);
        for (index, part) in text::parted(value, u16::try_from(room).unwrap_or(u16::MAX)).iter().enumerate() {
            let lead = if index == 0 { lead } else { "" };
            let lead = text::said(&format!("{lead:indent$}"), self.theme.muted());
            self.push(Line::from(vec![lead, text::shown(part, style)]));
        }
    }
}
