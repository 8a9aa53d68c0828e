//! The lines of what an overlay says, made of help, faults, messages and trouble.

use ratatui::text::Line;

use crate::config::Mouse;
use crate::course::Fault;
use crate::training::{Places, Trouble, begin_anew};
use crate::tui::settings::Settings;
use crate::tui::widgets::{help, text};

/// The title and the lines of the help.
pub(super) fn help(
    settings: &Settings,
    keys: &[(String, &'static str)],
    width: u16,
) -> (&'static str, Vec<Line<'static>>) {
    // That they can be clicked is seen by nothing else.
    let title = match settings.config.mouse {
        Mouse::On => "keys; a click on one does it",
        Mouse::Off => "keys",
    };
    (title, help::lines(keys, help::about(settings.config.mouse), width, settings.theme))
}

pub(super) fn paragraph(words: &str, width: u16) -> Vec<Line<'static>> {
    text::wrapped(words, width)
        .iter()
        .map(|part| Line::from(text::shown(part, ratatui::style::Style::new())))
        .collect()
}

/// Each with a line of air behind it, and at last what the keys do.
pub(super) fn paragraphs(words: &[String], keys: &str, width: u16) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for words in words {
        lines.extend(paragraph(words, width));
        lines.push(Line::default());
    }
    lines.extend(paragraph(keys, width));
    lines
}

pub(super) fn trouble_lines(
    prefix: &str,
    trouble: &Trouble,
    width: u16,
    settings: &Settings,
) -> Vec<Line<'static>> {
    let mut lines = message_lines(prefix, trouble, width, settings);
    lines.push(Line::default());
    lines
}

/// What went wrong, and the hint.
pub(super) fn message_lines(
    prefix: &str,
    trouble: &Trouble,
    width: u16,
    settings: &Settings,
) -> Vec<Line<'static>> {
    let theme = settings.theme;
    let message = format!("{prefix}{}", trouble.message);
    let mut lines: Vec<_> = text::wrapped(&message, width)
        .iter()
        .map(|part| Line::from(text::shown(part, theme.bad())))
        .collect();
    if let Some(hint) = &trouble.hint {
        lines.extend(paragraph(&format!("hint: {hint}"), width));
    }
    lines
}

/// So many faults are listed; whoever has more mends these first.
const FAULTS_LISTED: usize = 100;

pub(super) fn fault_lines(faults: &[Fault], width: u16, settings: &Settings) -> Vec<Line<'static>> {
    let theme = settings.theme;
    let count = match faults.len() {
        1 => "1 fault. It goes away when it is mended.".to_owned(),
        count => format!("{count} faults. They go away when they are mended."),
    };
    let mut lines = paragraph(&count, width);
    for fault in faults.iter().take(FAULTS_LISTED) {
        lines.push(Line::default());
        let place = match fault.at {
            Some(at) => format!("{}:{}:{}", fault.file, at.line, at.column),
            None => fault.file.clone(),
        };
        let shown = |words: &str, style| -> Vec<Line<'static>> {
            text::wrapped(words, width).iter().map(|part| Line::from(text::shown(part, style))).collect()
        };
        lines.extend(shown(&place, theme.key()));
        lines.extend(shown(&fault.message, theme.bad()));
        lines.extend(fault.hint.iter().flat_map(|hint| shown(&format!("hint: {hint}"), theme.text())));
    }
    if faults.len() > FAULTS_LISTED {
        lines.push(Line::default());
        lines.extend(paragraph(&format!("and {} more", faults.len() - FAULTS_LISTED), width));
    }
    lines
}

/// What the passphrase is, and what the keys do.
pub(super) const PASSPHRASE_KEYS: &str = "It is the passphrase that you chose at the first start. Enter signs, Ctrl-U empties the line, Esc closes this \
                                          help; a second Esc puts it off and loses nothing.";

pub(super) fn passphrase_lost(places: &Places) -> String {
    let begin_anew = begin_anew(&places.key, &places.progress);
    format!("Nobody can recover it. If you have forgotten it, {begin_anew}.")
}
