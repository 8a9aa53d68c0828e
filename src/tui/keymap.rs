//! Key tables: the one place from which a screen's dispatch, its help and the hints in its last line are made, so that
//! help cannot say what keys do not do.

mod check;
mod contexts;
mod named;
mod wished;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseEvent, MouseEventKind};

use crate::tui::edit::Edit;

pub use check::{Checked, check};
pub(in crate::tui) use contexts::meaning_in;
#[cfg(test)]
pub(in crate::tui) use contexts::misleading;
pub use contexts::{Context, Meaning};
pub use wished::Keymap;

/// Whether it goes into a text where one is typed. Enter and its like do what a screen says they do, if not at once.
pub(in crate::tui) fn is_character(event: &Event) -> bool {
    matches!(event, Event::Key(key) if matches!(key.code, KeyCode::Char(_)) && key.modifiers.is_empty())
}

/// One line of a screen's key table.
#[derive(Debug)]
pub struct Binding<M: 'static> {
    /// What is pressed.
    keys: Keys<M>,
    /// What it is called where somebody wants other keys for it; `None` where the keys are fixed.
    action: Option<&'static str>,
    /// What it does, for the help.
    help: &'static str,
    /// What it does in a word or two, for the last line of the screen.
    hint: Option<&'static str>,
    /// Whether holding the key down goes on.
    held: Held,
}

#[derive(Debug)]
enum Keys<M: 'static> {
    /// Any of these keys.
    These(&'static [Key], M),
    /// The digits 1 to 9, counted from 0.
    Digits(fn(usize) -> M),
    /// The letters a to z without those that are keys of their own earlier in the table, counted from 0.
    Letters(fn(usize) -> M),
    /// Typing and pasting.
    Typing(fn(Edit) -> M),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Held {
    Once,
    Repeats,
}

/// A key, or what a mouse wheel does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    /// A character as typed, shift included.
    Char(char),
    /// A letter with Ctrl.
    Ctrl(char),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tabulator.
    Tab,
    /// Shift and tabulator.
    BackTab,
    /// Backspace.
    Backspace,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Home.
    Home,
    /// End.
    End,
    /// Function key.
    F(u8),
    /// The wheel turned away.
    WheelUp,
    /// The wheel turned near.
    WheelDown,
}

impl<M: Clone + 'static> Binding<M> {
    /// Any of `keys` says `message`.
    pub const fn new(keys: &'static [Key], message: M, help: &'static str) -> Self {
        Self { keys: Keys::These(keys, message), action: None, help, hint: None, held: Held::Once }
    }

    /// The digits 1 to 9 say the message for 0 to 8.
    pub const fn digits(message: fn(usize) -> M, help: &'static str) -> Self {
        Self { keys: Keys::Digits(message), action: None, help, hint: None, held: Held::Once }
    }

    /// The letters a to z say the message for 0 to 25. Keys that stand earlier in the table keep their meaning.
    pub const fn letters(message: fn(usize) -> M, help: &'static str) -> Self {
        Self { keys: Keys::Letters(message), action: None, help, hint: None, held: Held::Once }
    }

    /// Typing, the keys for typing, and pasting. Keys that stand earlier in the table keep their meaning.
    pub const fn typing(message: fn(Edit) -> M, help: &'static str) -> Self {
        Self { keys: Keys::Typing(message), action: None, help, hint: None, held: Held::Repeats }
    }

    /// Whether it is for moving about: it goes on while its key is held, or is the wheel's.
    fn is_for_moving(&self) -> bool {
        let is_wheel = |key: &Key| matches!(key, Key::WheelUp | Key::WheelDown);
        match &self.keys {
            Keys::Typing(_) => false,
            Keys::These(keys, _) => self.held == Held::Repeats || keys.iter().all(is_wheel),
            Keys::Digits(_) | Keys::Letters(_) => self.held == Held::Repeats,
        }
    }

    /// Its keys can be others: those that somebody wants for `action`. The same name means the same on every screen.
    #[must_use]
    pub const fn action(mut self, action: &'static str) -> Self {
        self.action = Some(action);
        self
    }

    /// Also says `hint` in the last line of the screen.
    #[must_use]
    pub const fn hint(mut self, hint: &'static str) -> Self {
        self.hint = Some(hint);
        self
    }

    /// Goes on while the key is held down.
    #[must_use]
    pub const fn repeating(mut self) -> Self {
        self.held = Held::Repeats;
        self
    }

    /// What it does, for the help.
    pub fn help(&self) -> &'static str {
        self.help
    }

    /// `keys` in words, as far as they are `free`, that is, not taken by something that is asked first, such as a text that
    /// is typed; `None` when none is. `keys` are those that somebody wants where this line has keys of its own.
    fn names_of(&self, keys: &[Key], free: impl Fn(&Event) -> bool) -> Option<String> {
        match &self.keys {
            Keys::These(..) => {
                let names: Vec<String> =
                    keys.iter().filter(|key| free(&key.event())).map(|key| key.name()).collect();
                (!names.is_empty()).then(|| names.join(" "))
            }
            Keys::Digits(_) => Some("1-9".to_owned()),
            Keys::Letters(_) => Some("a-z".to_owned()),
            Keys::Typing(_) => Some("typing".to_owned()),
        }
    }

    /// What the last line of the screen says about it: first key, word, and the message that a click on it stands for.
    pub fn footer(&self) -> Option<(String, &'static str, Option<M>)> {
        self.footer_of(self.fixed(), |_| true)
    }

    /// The same with the first of `keys` that is `free`, if there is one.
    fn footer_of(
        &self,
        keys: &[Key],
        free: impl Fn(&Event) -> bool,
    ) -> Option<(String, &'static str, Option<M>)> {
        let hint = self.hint?;
        Some(match &self.keys {
            Keys::These(_, message) => {
                let key = keys.iter().find(|key| free(&key.event()))?;
                (key.name(), hint, Some(message.clone()))
            }
            Keys::Digits(_) | Keys::Letters(_) | Keys::Typing(_) => (self.names_of(keys, free)?, hint, None),
        })
    }

    /// The name of its first key, if it has keys of its own.
    pub fn first_key(&self) -> Option<String> {
        self.fixed().first().map(|key| key.name())
    }

    /// The keys that stand in the table.
    fn fixed(&self) -> &'static [Key] {
        match &self.keys {
            Keys::These(keys, _) => keys,
            Keys::Digits(_) | Keys::Letters(_) | Keys::Typing(_) => &[],
        }
    }

    /// The message for `event`, if this line of the table is about it, with `keys` for its own.
    fn message_for(&self, keys: &[Key], event: &Event) -> Option<M> {
        if let Event::Key(key) = event {
            match (key.kind, self.held) {
                (KeyEventKind::Press, _) | (KeyEventKind::Repeat, Held::Repeats) => {}
                (KeyEventKind::Repeat, Held::Once) | (KeyEventKind::Release, _) => return None,
            }
        }
        match (&self.keys, event) {
            (Keys::These(_, message), _) => keys.iter().any(|key| key.is(event)).then(|| message.clone()),
            (Keys::Digits(message), Event::Key(key)) => match plain_char(*key)? {
                digit @ '1'..='9' => Some(message(usize::from(u8::try_from(digit).ok()? - b'1'))),
                _ => None,
            },
            (Keys::Letters(message), Event::Key(key)) => match plain_char(*key)? {
                letter @ 'a'..='z' => Some(message(usize::from(u8::try_from(letter).ok()? - b'a'))),
                _ => None,
            },
            (Keys::Typing(message), Event::Key(key)) => Edit::for_key(*key).map(message),
            (Keys::Typing(message), Event::Paste(text)) => Some(message(Edit::Paste(text.clone()))),
            (Keys::Digits(_) | Keys::Letters(_) | Keys::Typing(_), _) => None,
        }
    }
}

/// The message that the first fitting line of `table` has for `event`.
pub fn message_for<M: Clone>(table: &[Binding<M>], event: &Event) -> Option<M> {
    table.iter().find_map(|binding| binding.message_for(binding.fixed(), event))
}

fn plain_char(key: KeyEvent) -> Option<char> {
    let KeyCode::Char(typed) = key.code else { return None };
    (key.modifiers - KeyModifiers::SHIFT).is_empty().then_some(typed)
}

impl Key {
    fn is(self, event: &Event) -> bool {
        match event {
            Event::Key(key) => self.is_key(*key),
            Event::Mouse(mouse) => match self {
                Self::WheelUp => mouse.kind == MouseEventKind::ScrollUp,
                Self::WheelDown => mouse.kind == MouseEventKind::ScrollDown,
                _ => false,
            },
            Event::FocusGained | Event::FocusLost | Event::Paste(_) | Event::Resize(..) => false,
        }
    }

    /// What comes in when it is pressed.
    pub(in crate::tui) fn event(self) -> Event {
        let plain = |code| Event::Key(KeyEvent::new(code, KeyModifiers::NONE));
        let mouse =
            |kind| Event::Mouse(MouseEvent { kind, column: 0, row: 0, modifiers: KeyModifiers::NONE });
        match self {
            Self::Char(typed) => plain(KeyCode::Char(typed)),
            Self::Ctrl(letter) => Event::Key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL)),
            Self::Enter => plain(KeyCode::Enter),
            Self::Esc => plain(KeyCode::Esc),
            Self::Tab => plain(KeyCode::Tab),
            Self::BackTab => plain(KeyCode::BackTab),
            Self::Backspace => plain(KeyCode::Backspace),
            Self::Up => plain(KeyCode::Up),
            Self::Down => plain(KeyCode::Down),
            Self::Left => plain(KeyCode::Left),
            Self::Right => plain(KeyCode::Right),
            Self::PageUp => plain(KeyCode::PageUp),
            Self::PageDown => plain(KeyCode::PageDown),
            Self::Home => plain(KeyCode::Home),
            Self::End => plain(KeyCode::End),
            Self::F(number) => plain(KeyCode::F(number)),
            Self::WheelUp => mouse(MouseEventKind::ScrollUp),
            Self::WheelDown => mouse(MouseEventKind::ScrollDown),
        }
    }

    fn is_key(self, key: KeyEvent) -> bool {
        let bare = (key.modifiers - KeyModifiers::SHIFT).is_empty();
        let control = key.modifiers == KeyModifiers::CONTROL;
        match self {
            Self::Char(wanted) => plain_char(key) == Some(wanted),
            Self::Ctrl(wanted) => control && key.code == KeyCode::Char(wanted),
            Self::Enter => bare && key.code == KeyCode::Enter,
            Self::Esc => bare && key.code == KeyCode::Esc,
            Self::Tab => key.modifiers.is_empty() && key.code == KeyCode::Tab,
            // Some terminals say shift and tabulator, others say back-tab.
            Self::BackTab => {
                key.code == KeyCode::BackTab
                    || (key.code == KeyCode::Tab && bare && !key.modifiers.is_empty())
            }
            Self::Backspace => bare && key.code == KeyCode::Backspace,
            Self::Up => bare && key.code == KeyCode::Up,
            Self::Down => bare && key.code == KeyCode::Down,
            Self::Left => bare && key.code == KeyCode::Left,
            Self::Right => bare && key.code == KeyCode::Right,
            Self::PageUp => bare && key.code == KeyCode::PageUp,
            Self::PageDown => bare && key.code == KeyCode::PageDown,
            Self::Home => bare && key.code == KeyCode::Home,
            Self::End => bare && key.code == KeyCode::End,
            Self::F(number) => bare && key.code == KeyCode::F(number),
            Self::WheelUp | Self::WheelDown => false,
        }
    }
}
