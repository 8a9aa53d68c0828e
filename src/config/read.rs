//! Reading `config.ron`, every fault at its place.

use super::{Config, KeyWish, Kind, MAX_BYTES, Setting, WrittenKey, reference};
use crate::course::Fault;
use crate::course::Rule;
use crate::course::fields::{At, Fields};
use crate::course::source::{Source, did_you_mean, quote};
use crate::course::tree::{self, Value};

/// The longest name or employee number, in characters.
const LONGEST: usize = 200;

/// The most keys that one action can have.
const MOST_KEYS: usize = 16;

/// What a file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// What holds: what could be read, and for the rest what holds without it.
    pub config: Config,
    /// What is wrong, in the order of the file.
    pub faults: Vec<Fault>,
}

/// Reads the file that is called `path`. `actions` are the names of what keys can do. A file with nothing in it is fine.
#[must_use]
pub fn read(path: &str, bytes: &[u8], actions: &[&'static str]) -> Read {
    let mut config = Config::default();
    let source = match Source::read(path, bytes, MAX_BYTES) {
        Ok(source) => source,
        Err(fault) => return Read { config, faults: vec![Fault { hint: mended(&fault), ..*fault }] },
    };
    if source.text.trim().is_empty() {
        return Read { config, faults: Vec::new() };
    }
    let node = tree::parse(&source);
    let root = node.as_ref().map(|node| At { source: &source, node });
    if let Some(fields) = root.and_then(|root| root.group(reference::CONFIG.name, reference::CONFIG.fields)) {
        for setting in Setting::ALL {
            if let Some(at) = fields.at(setting.name()) {
                take(setting, at, &mut config);
            }
        }
        config.name = fields.at("name").and_then(line);
        config.employee_id = fields.at("employee_id").and_then(line);
        let known: Vec<_> = actions.iter().map(|action| reference::key(action)).collect();
        if let Some(wished) = fields.at("keys").and_then(|at| at.group("Keys", &known)) {
            config.keys = actions.iter().filter_map(|action| keys(action, &wished)).collect();
        }
    }
    Read { config, faults: source.take_faults() }
}

/// What is said of a course file is not always what to do about settings.
fn mended(fault: &Fault) -> Option<String> {
    match fault.rule {
        Rule::TooLarge => Some("take out what is no setting".to_owned()),
        _ => fault.hint.clone(),
    }
}

/// Takes a value over if it is one.
fn take(setting: Setting, at: At<'_>, config: &mut Config) {
    match setting.kind() {
        Kind::OneOf(words) => {
            let Some(word) = word(at) else { return };
            if !setting.set(config, &word) {
                let all = words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ");
                let hint =
                    did_you_mean(&word, words.iter().copied()).unwrap_or_else(|| format!("one of {all}"));
                let message = format!("{} is no value of `{}`", quote(&word), setting.name());
                at.wrong_with_hint::<()>(Rule::BadValue, message, hint);
            }
        }
        Kind::Number { least, most, .. } => {
            if let Some(number) = at.count(least.into()..=most.into()) {
                setting.set(config, &number.to_string());
            }
        }
    }
}

/// A text, or a word without its quotation marks: what is meant is clear.
fn word(at: At<'_>) -> Option<String> {
    match at.node.value {
        Value::Name => Some(at.written().to_owned()),
        Value::Text | Value::Number | Value::List(_) | Value::Group { .. } | Value::Tuple { .. } => at.text(),
    }
}

/// A text that fits into a field of a form.
fn line(at: At<'_>) -> Option<String> {
    let text = at.text()?;
    if text.chars().count() > LONGEST || text.contains(char::is_control) {
        return at
            .wrong(Rule::BadValue, format!("expected a text of one line with at most {LONGEST} characters"));
    }
    Some(text)
}

fn keys(action: &'static str, wished: &Fields<'_>) -> Option<KeyWish> {
    let at = wished.at(action)?;
    let position = |at: At<'_>| at.source.position(at.start());
    let mut keys = at.list_of(|at| Some(WrittenKey { text: at.text()?, at: position(at) }))?;
    if keys.len() > MOST_KEYS {
        at.wrong::<()>(
            Rule::BadValue,
            format!("expected at most {MOST_KEYS} keys, and there are {}", keys.len()),
        );
        keys.truncate(MOST_KEYS);
    }
    Some(KeyWish { action, at: position(at), keys })
}
