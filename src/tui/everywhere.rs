//! The keys that do the same on every screen of a learner.

use crate::tui::keymap::{Binding, Context, Key, Keymap, is_character};
use crate::tui::message::Message;
use crate::tui::preview::KEYS as PREVIEW;

/// What the keys that end the program do for a learner.
pub(super) const LEAVE: &str = "leave the program; everything is saved";

/// What the key for the settings does.
const SETTINGS: &str = "settings: colours, text width, mouse, what opens";

/// What the key for all keys does.
const HELP: &str = "these keys";

/// What can be done on every screen.
pub(super) static EVERYWHERE: &[Binding<Message>] = &[
    Binding::new(&[Key::Char('?'), Key::F(1)], Message::Help, HELP).action("help").hint("help"),
    Binding::new(&[Key::Char(','), Key::F(9)], Message::Settings, SETTINGS)
        .action("settings")
        .hint("settings"),
    Binding::new(&[Key::Ctrl('c')], Message::Quit, LEAVE),
    Binding::new(&[Key::Ctrl('z')], Message::Suspend, "back to the shell for a while; fg returns"),
];

/// A key that opens the settings, rather one that can be seen in a sentence than a comma.
pub(super) fn key_of_settings(keymap: &Keymap) -> Option<String> {
    key_beside_words(keymap, SETTINGS)
}

/// A key that shows all keys. It can stand behind a sentence, of which a `?` would be a part.
pub(super) fn key_of_help(keymap: &Keymap) -> Option<String> {
    key_beside_words(keymap, HELP)
}

/// A key that is no character for what does this.
fn key_beside_words(keymap: &Keymap, does: &str) -> Option<String> {
    let lines = keymap.help(EVERYWHERE, |event| !is_character(event));
    let (keys, _) = lines.into_iter().find(|(_, help)| *help == does)?;
    keys.split(' ').next().map(str::to_owned)
}

/// `context` with what can be done on every screen, in a preview too.
pub(super) fn everywhere(context: Context) -> Context {
    context.table(EVERYWHERE).in_preview(PREVIEW)
}
