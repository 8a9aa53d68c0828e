//! Whether the keys that somebody wants can be had: keys that there are, one meaning each on every screen, and no action
//! without a key.

use super::contexts::{Asked, Context, Entry, Face};
use super::named::NoKey;
use super::{Key, Keymap};
use crate::config::{KeyWish, WrittenKey};
use crate::course::source::did_you_mean;
use crate::course::{Fault, Position, Rule, quote};

/// What can be had of somebody's keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The keys that hold.
    pub keymap: Keymap,
    /// What is wrong, in the order of the file.
    pub faults: Vec<Fault>,
}

/// A wish whose keys are keys.
struct Wish {
    action: &'static str,
    keys: Vec<(Key, Position)>,
}

/// A key of a wish that means something else already.
struct Conflict {
    /// Which of the wishes, and which of its keys.
    wish: usize,
    key: usize,
    message: String,
    hint: String,
}

/// Looks through `wishes` of the file that is called `path`, for all screens that `contexts` puts up. What cannot be had is as
/// without the wish.
#[must_use]
pub fn check(path: &str, wishes: &[KeyWish], contexts: impl FnOnce() -> Vec<Context>) -> Checked {
    let mut faults = Vec::new();
    let mut fault = |at: Position, message: String, hint: Option<String>| {
        faults.push(Fault { at: Some(at), hint, ..Fault::of_file(Rule::BadValue, path, message) });
    };
    let mut wanted = Vec::new();
    for wish in wishes {
        if wish.keys.is_empty() {
            let hint = Some("name at least one, or leave the action out".to_owned());
            fault(wish.at, format!("`{}` would have no key", wish.action), hint);
            continue;
        }
        let mut keys: Vec<(Key, Position)> = Vec::new();
        for WrittenKey { text, at } in &wish.keys {
            match Key::written(text) {
                Ok(key) if keys.iter().any(|(other, _)| *other == key) => {}
                Ok(key) => keys.push((key, *at)),
                Err(why) => {
                    let (message, hint) = refusal(text, why);
                    fault(*at, message, hint);
                }
            }
        }
        if !keys.is_empty() {
            wanted.push(Wish { action: wish.action, keys });
        }
    }
    // Who comes first in the file is first served.
    wanted.sort_by_key(|wish| wish.keys.first().map(|(_, at)| *at));
    // To put up all tables takes a while, and most people have no keys of their own.
    let contexts = if wanted.is_empty() { Vec::new() } else { contexts() };
    while let Some(Conflict { wish, key, message, hint }) = conflict(&wanted, &contexts) {
        let (_, at) = wanted[wish].keys.remove(key);
        fault(at, message, Some(hint));
        if wanted[wish].keys.is_empty() {
            wanted.remove(wish);
        }
    }
    faults.sort_by_key(|fault| fault.at);
    Checked { keymap: keymap(&wanted), faults }
}

fn refusal(text: &str, why: NoKey) -> (String, Option<String>) {
    match why {
        NoKey::Unknown => {
            let hint = did_you_mean(text, Key::names()).unwrap_or_else(|| {
                let names: Vec<&str> = Key::names().collect();
                format!("a character, F1 to F12, Ctrl and a letter such as Ctrl-n, or {}", names.join(", "))
            });
            (format!("no key is called {}", quote(text)), Some(hint))
        }
        NoKey::SameAs(other) => (
            format!("terminals cannot tell {} from {other}", quote(text)),
            Some("choose another key".to_owned()),
        ),
        NoKey::Taken(what) => {
            (format!("{} always {what}", quote(text)), Some("choose another key".to_owned()))
        }
    }
}

fn keymap(wishes: &[Wish]) -> Keymap {
    let keys = |wish: &Wish| wish.keys.iter().map(|(key, _)| *key).collect();
    Keymap { wished: wishes.iter().map(|wish| (wish.action, keys(wish))).collect() }
}

/// The first wish with a key that means something else on a screen already. Between two wishes the later one has to give way.
fn conflict(wishes: &[Wish], contexts: &[Context]) -> Option<Conflict> {
    let keymap = keymap(wishes);
    let rank = |action: Option<&str>| wishes.iter().position(|wish| Some(wish.action) == action);
    for (index, wish) in wishes.iter().enumerate() {
        for (nth, (key, _)) in wish.keys.iter().enumerate() {
            for context in contexts {
                let mine = |action: Option<&str>| action == Some(wish.action);
                let Some(place) = context.entries.iter().position(|entry| mine(entry.action)) else {
                    continue;
                };
                let taken = context.entries.iter().enumerate().find(|(before, entry)| {
                    // A key of its own elsewhere is out of the way of what is asked first here, as in the tables.
                    let yields = *before < place && is_its_own(wish.action, *key, contexts);
                    let served = rank(entry.action).is_none_or(|rank| rank < index);
                    !mine(entry.action)
                        && served
                        && !yields
                        && keymap.keys(entry.action, entry.keys, entry.typing).contains(key)
                });
                if let Some((_, entry)) = taken {
                    let (message, hint) = in_the_way(*key, entry, context);
                    return Some(Conflict { wish: index, key: nth, message, hint });
                }
            }
        }
    }
    None
}

/// What `key` means in `context` already, and what can be done about it.
fn in_the_way(key: Key, entry: &Entry, context: &Context) -> (String, String) {
    let place = match (entry.asked, context.face) {
        (Asked::InPreview, _) => "in `author preview`, which takes its keys from here too".to_owned(),
        (Asked::Here, Face::Learner) => context.place.to_owned(),
        (Asked::Here, Face::Dashboard) => {
            format!("{} in HR's dashboard, which takes its keys from here too", context.place)
        }
    };
    let message = format!("{} already means “{}” {place}", quote(&key.name()), entry.help);
    let hint = match entry.action {
        Some(action) => format!("choose a free key, or give `{action}` another one in `keys`"),
        None => "that key is fixed there; choose another one".to_owned(),
    };
    (message, hint)
}

/// Whether `key` does `action` somewhere when nobody wants it otherwise.
fn is_its_own(action: &str, key: Key, contexts: &[Context]) -> bool {
    let mut entries = contexts.iter().flat_map(|context| &context.entries);
    entries.any(|entry| entry.action == Some(action) && entry.keys.contains(&key))
}

#[cfg(test)]
mod tests;
