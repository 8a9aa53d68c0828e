//! What keys do on a screen: the tables that are asked together there.

use crossterm::event::{Event, KeyCode, KeyEventKind};

use super::wished::Typing;
use super::{Binding, Key, Keymap, Keys};
use crate::printable::Printable;

/// The keys of one screen at one time, those of tables that are asked together.
#[derive(Debug, Clone)]
pub struct Context {
    /// Where, as a message goes on behind "on".
    pub(super) place: &'static str,
    pub(super) face: Face,
    pub(super) entries: Vec<Entry>,
}

/// Which of the two full-screen faces a screen belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    Learner,
    Dashboard,
}

/// One line of a table.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) action: Option<&'static str>,
    pub(super) keys: &'static [Key],
    pub(super) typing: Typing,
    /// What it does.
    pub(super) help: &'static str,
    pub(super) asked: Asked,
}

/// When the table of a line is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// Whenever the screen is there.
    Here,
    /// While a trainer previews it alone: a learner never met that key.
    InPreview,
}

/// What a key does somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meaning {
    /// The key, in words.
    pub key: String,
    /// Where, as a message goes on behind "works".
    pub place: &'static str,
    /// What it does.
    pub help: &'static str,
    /// Where else it does something, and what.
    pub elsewhere: Vec<(&'static str, &'static str)>,
}

/// What sheets and pads take for themselves, before the tables of a screen are asked.
const ON_PADS: &[Key] = &[
    Key::Char(' '),
    Key::Char('g'),
    Key::Char('G'),
    Key::Char('h'),
    Key::Char('j'),
    Key::Char('k'),
    Key::Char('l'),
    Key::Char('1'),
    Key::Char('2'),
    Key::Char('3'),
    Key::Char('4'),
    Key::Char('5'),
    Key::Char('6'),
    Key::Char('7'),
    Key::Char('8'),
    Key::Char('9'),
    Key::Up,
    Key::Down,
    Key::Left,
    Key::Right,
    Key::Tab,
    Key::BackTab,
    Key::Backspace,
    Key::PageUp,
    Key::PageDown,
    Key::Home,
    Key::End,
];

/// The digits of [`Binding::digits`].
const DIGITS: &[Key] = &[
    Key::Char('1'),
    Key::Char('2'),
    Key::Char('3'),
    Key::Char('4'),
    Key::Char('5'),
    Key::Char('6'),
    Key::Char('7'),
    Key::Char('8'),
    Key::Char('9'),
];

impl Context {
    /// Where its keys work.
    #[cfg(test)]
    pub(in crate::tui) fn place(&self) -> &'static str {
        self.place
    }

    /// A screen with the tables that follow.
    #[must_use]
    pub fn new(place: &'static str) -> Self {
        Self { place, face: Face::Learner, entries: Vec::new() }
    }

    /// It is a screen of HR's dashboard.
    #[must_use]
    pub(in crate::tui) fn in_dashboard(self) -> Self {
        Self { face: Face::Dashboard, ..self }
    }

    /// Which of the things that can be done there can have other keys.
    pub(in crate::tui) fn actions(&self) -> impl Iterator<Item = &'static str> {
        self.entries.iter().filter_map(|entry| entry.action)
    }

    /// The keys of `table` belong to it.
    #[must_use]
    pub fn table<M>(self, table: &'static [Binding<M>]) -> Self {
        self.asking(table, Asked::Here)
    }

    /// The keys of `table` belong to it in a preview.
    #[must_use]
    pub fn in_preview<M>(self, table: &'static [Binding<M>]) -> Self {
        self.asking(table, Asked::InPreview)
    }

    fn asking<M>(mut self, table: &'static [Binding<M>], asked: Asked) -> Self {
        let typing = Typing::on(table);
        self.entries.extend(table.iter().map(|binding| {
            let keys = match &binding.keys {
                Keys::These(keys, _) => keys,
                Keys::Digits(_) => DIGITS,
                // Keys that stand earlier in the table keep their meaning.
                Keys::Letters(_) | Keys::Typing(_) => &[],
            };
            Entry { action: binding.action, keys, typing, help: binding.help, asked }
        }));
        self
    }

    /// What `event` does there, if it is a character that does something which can have other keys.
    #[must_use]
    pub fn meaning(&self, keymap: &Keymap, event: &Event) -> Option<Meaning> {
        let Event::Key(pressed) = event else { return None };
        let (KeyEventKind::Press, KeyCode::Char(typed)) = (pressed.kind, pressed.code) else { return None };
        let has = |entry: &&Entry| {
            let keys = keymap.keys(entry.action, entry.keys, entry.typing);
            entry.action.is_some() && keys.contains(&Key::Char(typed)) && Key::Char(typed).is(event)
        };
        let entry = self.entries.iter().find(has)?;
        let key = Key::Char(typed).name();
        Some(Meaning { key, place: self.place, help: entry.help, elsewhere: Vec::new() })
    }

    /// A sheet or a pad stands on it.
    #[must_use]
    pub fn pad(mut self) -> Self {
        let help = "move or choose";
        self.entries.push(Entry {
            action: None,
            keys: ON_PADS,
            typing: Typing::No,
            help,
            asked: Asked::Here,
        });
        self
    }
}

impl Meaning {
    /// Where the key works, and what it does where there are columns enough for that, in the first of `widths` in which the place can be
    /// named. Nobody is to think that it works there alone.
    #[must_use]
    pub fn words(&self, widths: &[u16]) -> String {
        let short = format!("{} works {}", self.key, self.place);
        let whole = format!("{short}: {}", self.help);
        let does_the_same = self.elsewhere.iter().all(|(_, help)| *help == self.help);
        let choices = match self.elsewhere[..] {
            [] => vec![whole, short],
            [(other, _)] if does_the_same => vec![
                format!("{whole}; also {other}"),
                format!("{whole}; also elsewhere"),
                format!("{short} and {other}"),
                format!("{short} and elsewhere"),
            ],
            [..] if does_the_same => {
                vec![format!("{whole}; also elsewhere"), format!("{short} and elsewhere")]
            }
            // Told what it does in one place, nobody thinks that it does so in each.
            [(other, _)] => vec![
                format!("{whole}; something else {other}"),
                whole,
                format!("{short} and {other}"),
                format!("{short} and elsewhere"),
            ],
            [..] => {
                vec![format!("{whole}; something else elsewhere"), whole, format!("{short} and elsewhere")]
            }
        };
        // It stands in one line: what needs more would have to be put away first.
        let shortest = format!("{} works elsewhere", self.key);
        let fitting = |width: &u16| {
            let fits = |words: &&String| Printable::new(words).width() + 2 <= usize::from(*width);
            choices.iter().find(fits).cloned()
        };
        widths.iter().find_map(fitting).unwrap_or(shortest)
    }
}

/// What a key does on the first of `screens` that knows it, in the order in which people meet them, and on which others it does something.
/// Of each screen there are the contexts at its times.
pub(in crate::tui) fn meaning_in(
    screens: &[Vec<Context>],
    event: &Event,
    keymap: &Keymap,
) -> Option<Meaning> {
    let on_screen =
        |contexts: &Vec<Context>| contexts.iter().find_map(|context| context.meaning(keymap, event));
    let mut meanings = screens.iter().filter_map(on_screen);
    let first = meanings.next()?;
    Some(Meaning { elsewhere: meanings.map(|meaning| (meaning.place, meaning.help)).collect(), ..first })
}

/// What is said in the contexts of one screen, where keys have such meanings, that misleads: that a key works where it is told not to.
#[cfg(test)]
pub(in crate::tui) fn misleading(
    here: &[Context],
    meaning: impl Fn(&Event) -> Option<Meaning>,
) -> Vec<String> {
    let takes = |context: &Context, key: Key| context.entries.iter().any(|entry| entry.keys.contains(&key));
    let said = |context: &Context, key: Key| {
        let meaning = meaning(&key.event()).filter(|_| !takes(context, key))?;
        let mut places = meaning.elsewhere.iter().map(|(place, _)| place).chain([&meaning.place]);
        let misleads = places.any(|place| context.place.starts_with(place));
        misleads.then(|| format!("{}: {}", context.place, meaning.words(&[200])))
    };
    let keys = || ('!'..='~').map(Key::Char);
    here.iter().flat_map(|context| keys().filter_map(|key| said(context, key))).collect()
}
