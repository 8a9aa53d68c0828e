//! What the overlays of the dashboard say.

use ratatui::style::Style;
use ratatui::text::Line;

use super::{About, Asked, Grounds, Overlay, verb};
use crate::phrase::Phrase;
use crate::registry::change::Decision;
use crate::registry::office::{Ruling, Trouble};
use crate::tui::hr::Look;
use crate::tui::hr::screens::Help;
use crate::tui::theme::Theme;
use crate::tui::widgets::text_field::TextField;
use crate::tui::widgets::{help, phrases, text};

/// What an overlay says.
pub(super) struct Content {
    pub(super) title: &'static str,
    pub(super) lines: Vec<Line<'static>>,
    /// Column and row of the place where typing goes.
    pub(super) cursor: Option<(usize, usize)>,
}

pub(super) fn content(overlay: &Overlay, look: Look, keys: &Help, width: u16) -> Content {
    let theme = look.theme;
    let plain = |title, lines| Content { title, lines, cursor: None };
    match overlay {
        Overlay::Help => plain("keys", help::lines(keys, None, width, theme)),
        Overlay::Settings(preferences) => {
            let cursor = Some((0, preferences.rows_in_focus(width).start));
            Content { title: "settings", lines: preferences.lines(width, theme), cursor }
        }
        Overlay::Notices(notices) => {
            let mut lines = Vec::new();
            for notice in notices {
                lines.extend(paragraph(notice, width, theme.text()));
                lines.push(Line::default());
            }
            lines.extend(paragraph("Enter goes on.", width, theme.text()));
            plain("please note", lines)
        }
        Overlay::Failed(trouble) => {
            let mut lines = trouble_lines("error: ", trouble, width, look);
            lines.extend(paragraph("Enter goes on.", width, theme.text()));
            plain("that did not work", lines)
        }
        Overlay::Moment { field, wrong } => {
            let words = "How it was at the end of which day? Such as 2026-06-30; nothing for now.";
            let mut lines = paragraph(words, width, theme.text());
            // What is wrong stands beside what is typed, also where there is no room for more.
            lines.extend(wrong.iter().flat_map(|trouble| message_lines("✗ ", trouble, width, theme)));
            let cursor = put_field(&mut lines, "day", field, true, width, theme);
            lines.extend(wrong.iter().flat_map(|trouble| hint_lines(trouble, width, theme)));
            Content { title: "at which moment", lines, cursor }
        }
        Overlay::Grounds(grounds) => grounds_content(grounds, width, theme),
        Overlay::Sure(about, ruling) => {
            plain("enter this decision?", sure_lines(about, ruling, width, theme))
        }
        Overlay::Leave(rulings) => plain("leave?", leave_lines(rulings, width, theme)),
        Overlay::Passphrase { field, wrong, .. } => {
            let words = "HR's key is protected. Its passphrase signs the log.";
            let mut lines = paragraph(words, width, theme.text());
            lines.extend(wrong.iter().flat_map(|trouble| trouble_lines("✗ ", trouble, width, look)));
            lines.push(Line::default());
            let dots = field.dots(width.saturating_sub(2));
            let cursor = Some((2 + dots.width(), lines.len()));
            lines.push(Line::from(vec![text::own("> ", theme.key()), text::shown(&dots, theme.text())]));
            Content { title: "passphrase", lines, cursor }
        }
    }
}

fn grounds_content(grounds: &Grounds, width: u16, theme: Theme) -> Content {
    let title = match grounds.ruling.decision {
        Decision::Accepted => "accept this record",
        Decision::Refused => "refuse this record",
    };
    let mut lines = about_lines(&grounds.about, width, theme);
    let words = "An auditor will read why it was decided, and by whom. Nothing is entered yet.";
    lines.extend(paragraph(words, width, theme.text()));
    if let Some(missing) = grounds.missing {
        lines.extend(paragraph(&format!("✗ {missing}"), width, theme.bad()));
    }
    let reason =
        put_field(&mut lines, "reason", &grounds.reason, grounds.focus == Asked::Reason, width, theme);
    put_full(&mut lines, &grounds.reason, width, theme);
    let by = put_field(&mut lines, "decided by", &grounds.by, grounds.focus == Asked::By, width, theme);
    put_full(&mut lines, &grounds.by, width, theme);
    Content { title, lines, cursor: reason.or(by) }
}

/// What goes beyond a field is not taken, and whoever pasted it has not seen that.
fn put_full(lines: &mut Vec<Line<'static>>, field: &TextField, width: u16, theme: Theme) {
    if let Some(most) = field.full() {
        let words = format!("! {most} characters fit, what goes beyond them was not taken");
        lines.extend(paragraph(&words, width, theme.caution()));
    }
}

fn about_lines(about: &About, width: u16, theme: Theme) -> Vec<Line<'static>> {
    let mut lines = phrases::lines(&about.words, width, theme.strong(), theme);
    let doubt = about.doubt.clone().map(|doubt| Phrase::new().own("! ").then(doubt));
    lines.extend(doubt.iter().flat_map(|doubt| phrases::lines(doubt, width, theme.bad(), theme)));
    lines
}

fn leave_lines(rulings: &[Ruling], width: u16, theme: Theme) -> Vec<Line<'static>> {
    let words = match rulings {
        [_] => "A reason was typed, and nothing was decided:",
        [..] => "Reasons were typed, and nothing was decided:",
    };
    let mut lines = paragraph(words, width, theme.text());
    for ruling in rulings {
        let words = Phrase::new().own(format!("{} {}: ", verb(ruling.decision), ruling.record.short()));
        lines.extend(phrases::lines(&words.value(&ruling.reason), width, theme.strong(), theme));
    }
    lines.push(Line::default());
    lines.extend(paragraph("They are not kept. y leaves, Esc stays.", width, theme.text()));
    lines
}

fn sure_lines(about: &About, ruling: &Ruling, width: u16, theme: Theme) -> Vec<Line<'static>> {
    let mut lines = about_lines(about, width, theme);
    for (name, value) in [("because: ", &ruling.reason), ("decided by: ", &ruling.by)] {
        lines.extend(phrases::lines(&Phrase::new().own(name).value(value), width, theme.text(), theme));
    }
    lines.push(Line::default());
    let follows = match ruling.decision {
        Decision::Accepted => "It counts from now on.",
        Decision::Refused => "It does not count; it stays in the history.",
    };
    let words = format!("{follows} What is in the log stays there. y enters it, Esc does nothing.");
    lines.extend(paragraph(&words, width, theme.text()));
    lines
}

/// A name and the text that is typed below it, and where the cursor is when typing goes there.
fn put_field(
    lines: &mut Vec<Line<'static>>,
    name: &'static str,
    field: &TextField,
    focused: bool,
    width: u16,
    theme: Theme,
) -> Option<(usize, usize)> {
    lines.push(Line::from(text::own(name, if focused { theme.strong() } else { theme.muted() })));
    let shown = field.shown(width.saturating_sub(2), theme.bidi());
    let sign = if focused { "> " } else { "  " };
    let cursor = focused.then_some((2 + usize::from(shown.cursor), lines.len()));
    let mut line = vec![text::own(sign, theme.key())];
    line.extend(shown.spans(theme.text(), ' ', theme.text()));
    lines.push(Line::from(line));
    cursor
}

fn paragraph(words: &str, width: u16, style: Style) -> Vec<Line<'static>> {
    text::wrapped(words, width).iter().map(|part| Line::from(text::shown(part, style))).collect()
}

fn trouble_lines(prefix: &str, trouble: &Trouble, width: u16, look: Look) -> Vec<Line<'static>> {
    let mut lines = message_lines(prefix, trouble, width, look.theme);
    lines.extend(hint_lines(trouble, width, look.theme));
    lines
}

fn message_lines(prefix: &str, trouble: &Trouble, width: u16, theme: Theme) -> Vec<Line<'static>> {
    let leads = std::iter::once(prefix).chain(std::iter::repeat("caused by: "));
    let told = leads.zip(&trouble.messages).map(|(lead, message)| format!("{lead}{message}"));
    told.flat_map(|words| paragraph(&words, width, theme.bad())).collect()
}

fn hint_lines(trouble: &Trouble, width: u16, theme: Theme) -> Vec<Line<'static>> {
    trouble.hints.iter().flat_map(|hint| paragraph(&format!("hint: {hint}"), width, theme.text())).collect()
}
