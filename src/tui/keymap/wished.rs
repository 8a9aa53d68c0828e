//! Keys that somebody wants to be others than those of the tables.

use std::collections::BTreeMap;

use crossterm::event::Event;

use super::{Binding, Key, Keys};

/// What sheets and pads move by, under the names that the same has elsewhere. Arrows and Tab always work there too.
const MOVES: [(&str, Key); 8] = [
    ("up", Key::Up),
    ("down", Key::Down),
    ("left", Key::Left),
    ("right", Key::Right),
    ("page_up", Key::PageUp),
    ("page_down", Key::PageDown),
    ("top", Key::Home),
    ("end", Key::End),
];

/// Which actions have other keys. Only [`super::check()`] makes one that is not empty, so no two actions of a screen have the
/// same key, and every action has one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keymap {
    pub(super) wished: BTreeMap<&'static str, Vec<Key>>,
}

/// Whether characters go into a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Typing {
    Yes,
    No,
}

impl Typing {
    pub(super) fn on<M>(table: &[Binding<M>]) -> Self {
        let types = table.iter().any(|binding| matches!(binding.keys, Keys::Typing(_)));
        if types { Self::Yes } else { Self::No }
    }
}

impl Keymap {
    /// The message that the first fitting line of `table` has for `event`.
    pub fn message_for<M: Clone>(&self, table: &[Binding<M>], event: &Event) -> Option<M> {
        let typing = Typing::on(table);
        table.iter().find_map(|binding| {
            binding.message_for(&self.keys(binding.action, binding.fixed(), typing), event)
        })
    }

    /// Every line of `table` in words, with those of its keys that are `free`; a line without any is left out.
    pub fn help<M: Clone>(
        &self,
        table: &[Binding<M>],
        free: impl Fn(&Event) -> bool,
    ) -> Vec<(String, &'static str)> {
        self.lines(table, free).map(|(_, line)| line).collect()
    }

    /// The same, what is done once before what goes on while a key is held: whoever looks for something to do has moved about before.
    pub fn help_by_use<M: Clone>(
        &self,
        table: &[Binding<M>],
        free: impl Fn(&Event) -> bool,
    ) -> Vec<(String, &'static str)> {
        let mut lines: Vec<_> = self.lines(table, free).collect();
        lines.sort_by_key(|(moves, _)| *moves);
        lines.into_iter().map(|(_, line)| line).collect()
    }

    /// Whether a line of `table` is about moving, and it in words.
    fn lines<M: Clone>(
        &self,
        table: &[Binding<M>],
        free: impl Fn(&Event) -> bool,
    ) -> impl Iterator<Item = (bool, (String, &'static str))> {
        let typing = Typing::on(table);
        table.iter().filter_map(move |binding| {
            let keys = self.keys(binding.action, binding.fixed(), typing);
            Some((binding.is_for_moving(), (binding.names_of(&keys, &free)?, binding.help())))
        })
    }

    /// What the last line of the screen says about `table`, with keys that are `free`.
    pub fn hints<M: Clone>(
        &self,
        table: &[Binding<M>],
        free: impl Fn(&Event) -> bool,
    ) -> Vec<(String, &'static str, Option<M>)> {
        let typing = Typing::on(table);
        let hint = |binding: &Binding<M>| {
            binding.footer_of(&self.keys(binding.action, binding.fixed(), typing), &free)
        };
        table.iter().filter_map(hint).collect()
    }

    /// The first key of `action` where no text is typed; `fixed` where nobody wants another one.
    #[must_use]
    pub fn first_key(&self, action: &'static str, fixed: &'static [Key]) -> Option<Key> {
        self.keys(Some(action), fixed, Typing::No).first().copied()
    }

    /// The first key of `action` where a text is typed, in words; `fixed` where nobody wants another one.
    #[must_use]
    pub fn name_while_typing(&self, action: &'static str, fixed: &'static [Key]) -> String {
        self.first_key_while_typing(action, fixed).map(Key::name).unwrap_or_default()
    }

    /// The same as it is pressed.
    #[must_use]
    pub fn first_key_while_typing(&self, action: &'static str, fixed: &'static [Key]) -> Option<Key> {
        let keys = self.keys(Some(action), fixed, Typing::Yes);
        keys.iter().find(|key| !key.is_character()).or(keys.first()).copied()
    }

    /// What of it holds around a text that is typed: no character is a key there. An action that would have none has those of its table.
    #[must_use]
    pub fn while_typing(&self) -> Self {
        let usable = |keys: &Vec<Key>| -> Vec<Key> {
            keys.iter().copied().filter(|key| !key.is_character()).collect()
        };
        let wished = self.wished.iter().map(|(action, keys)| (*action, usable(keys)));
        Self { wished: wished.filter(|(_, keys)| !keys.is_empty()).collect() }
    }

    /// What a sheet or a pad understands by `event`, if it is a key that somebody wants to move by.
    #[must_use]
    pub fn move_for(&self, event: &Event) -> Option<Event> {
        let wished =
            |action: &str| self.wished.get(action).is_some_and(|keys| keys.iter().any(|key| key.is(event)));
        MOVES.iter().find(|(action, _)| wished(action)).map(|(_, key)| key.event())
    }

    /// The keys that somebody moves by on sheets and pads, beside those that are fixed there.
    #[must_use]
    pub fn moves_in_words(&self) -> Vec<(String, &'static str)> {
        let named = |keys: &Vec<Key>| keys.iter().map(|key| key.name()).collect::<Vec<_>>().join(" ");
        let line = |(action, key): &(&'static str, Key)| {
            let words = match key {
                Key::Up => "up",
                Key::Down => "down",
                Key::Left => "left",
                Key::Right => "right",
                Key::PageUp => "page up",
                Key::PageDown => "page down",
                Key::Home => "to the top",
                _ => "to the end",
            };
            Some((named(self.wished.get(action)?), words))
        };
        MOVES.iter().filter_map(line).collect()
    }

    /// The keys of an action, those of the wheel always among them. Where a text is typed, no character is a key.
    pub(super) fn keys(
        &self,
        action: Option<&'static str>,
        fixed: &'static [Key],
        typing: Typing,
    ) -> Vec<Key> {
        let wished = action.and_then(|action| self.wished.get(action)).map_or(&[][..], Vec::as_slice);
        let usable = |key: &Key| typing == Typing::No || !key.is_character();
        let mut keys: Vec<Key> = wished.iter().copied().filter(usable).collect();
        if keys.is_empty() {
            return fixed.to_vec();
        }
        keys.extend(fixed.iter().filter(|key| key.is_wheel()));
        keys
    }

    /// What moves on sheets and pads, and whether that is by name or by a key that is fixed there.
    pub(in crate::tui) fn moves() -> impl Iterator<Item = &'static str> {
        MOVES.iter().map(|(action, _)| *action)
    }
}

impl Key {
    fn is_character(self) -> bool {
        matches!(self, Self::Char(_))
    }

    pub(super) fn is_wheel(self) -> bool {
        matches!(self, Self::WheelUp | Self::WheelDown)
    }
}
