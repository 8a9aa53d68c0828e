//! What overlays say: a title, the lines below it, and where in them the cursor stands.

use std::ops::Deref;
use std::sync::Arc;

use ratatui::text::Line;

use super::said::{
    PASSPHRASE_KEYS, fault_lines, message_lines, paragraph, paragraphs, passphrase_lost, trouble_lines,
};
use super::{After, Overlay, PromptHelp, Typed, open, said};
use crate::markup;
use crate::training::{Trouble, TroubleKind};
use crate::tui::settings::Settings;
use crate::tui::widgets::text;

/// What an overlay says.
pub(super) struct Content {
    pub(super) title: &'static str,
    pub(super) lines: Lines,
    /// Column and row.
    pub(super) cursor: Option<(usize, usize)>,
}

/// Lines of a panel.
pub(super) enum Lines {
    Made(Vec<Line<'static>>),
    Kept(Arc<Vec<Line<'static>>>),
}

impl Deref for Lines {
    type Target = [Line<'static>];

    fn deref(&self) -> &Self::Target {
        match self {
            Self::Made(lines) => lines,
            Self::Kept(lines) => lines,
        }
    }
}

impl Overlay {
    pub(super) fn content(
        &self,
        settings: &Settings,
        help: &[(String, &'static str)],
        width: u16,
    ) -> Content {
        let theme = settings.theme;
        let (title, lines) = match self {
            Self::Help => said::help(settings, help, width),
            Self::Settings(preferences) => {
                let cursor = Some((0, preferences.rows_in_focus(width).start));
                let lines = Lines::Made(preferences.lines(width, theme));
                return Content { title: "settings", lines, cursor };
            }
            Self::Notices(notices) => ("please note", paragraphs(notices, "Enter goes on.", width)),
            Self::Place { words, path } => {
                let mut lines = paragraph(words, width);
                lines.extend(paragraph(path, width));
                lines.push(Line::default());
                lines.extend(paragraph("c copies the path, Enter goes on.", width));
                ("where it is", lines)
            }
            Self::Faults(faults) => ("faults", fault_lines(faults, width, settings)),
            Self::Terms { title, text, lines } => {
                let make = || text::lines(&markup::lines(text, width), theme);
                let lines = Lines::Kept(lines.get((width, theme), make));
                return Content { title, lines, cursor: None };
            }
            Self::NotSaved(trouble) => {
                let mut lines = trouble_lines("not saved: ", trouble, width, settings);
                lines.extend(paragraph("Nothing else is lost. r tries again, q leaves.", width));
                ("not saved", lines)
            }
            Self::Conflict(trouble) => {
                let mut lines = match trouble.kind {
                    // What it says to do is done by then in the linear face alone.
                    TroubleKind::Conflict => {
                        let trouble = Trouble { hint: None, ..trouble.clone() };
                        trouble_lines("not saved: ", &trouble, width, settings)
                    }
                    TroubleKind::Passphrase | TroubleKind::Other => {
                        trouble_lines("what the other copy saved cannot be read: ", trouble, width, settings)
                    }
                };
                lines.extend(paragraphs(&CONFLICT_WORDS.map(str::to_owned), CONFLICT_KEYS, width));
                ("open twice", lines)
            }
            Self::Failed(trouble) => {
                let mut lines = trouble_lines("error: ", trouble, width, settings);
                lines.extend(paragraph("r tries again, Esc closes.", width));
                ("that did not work", lines)
            }
            Self::NotOpened { trouble, address } => {
                let mut lines = trouble_lines("error: ", trouble, width, settings);
                lines.extend(paragraph("The address can be copied, or typed elsewhere:", width));
                let parts = text::wrapped(address, width);
                lines.extend(parts.iter().map(|part| Line::from(text::shown(part, settings.theme.link()))));
                lines.push(Line::default());
                lines.extend(paragraph("c copies it, Esc closes.", width));
                ("not opened", lines)
            }
            Self::AskToOpen(address) => ("open or copy a link", open::lines(address, width, settings)),
            Self::Further { words, is_sure } => {
                let keys = if *is_sure {
                    "Begin anew? y once more begins anew, Enter goes on with what is under way."
                } else {
                    "Enter goes on with what is under way, y begins anew."
                };
                ("a new assignment", paragraphs(words, keys, width))
            }
            Self::BeginAgain(after) => ("take the course again?", begin_again_lines(*after, width, settings)),
            Self::GiveUp(typed) => {
                let (lost, back) = match typed {
                    Typed::FirstStart => ("What you typed is not kept.", "the form"),
                    Typed::Correction => ("What you changed is not kept.", "the form"),
                    Typed::Note => ("What you typed is not kept.", "the note"),
                };
                ("leave?", paragraph(&format!("{lost} y leaves, Esc goes back to {back}."), width))
            }
            Self::Passphrase { field, wrong, help } => {
                // Each in the place of the others, so that a small screen has room for it.
                let mut lines = match (help, wrong) {
                    (PromptHelp::Long, _) => {
                        let mut lines = paragraph(PASSPHRASE_KEYS, width);
                        lines.extend(paragraph(&passphrase_lost(&settings.places), width));
                        lines
                    }
                    (PromptHelp::Short, Some(trouble)) => message_lines("✗ ", trouble, width, settings),
                    (PromptHelp::Short, None) => {
                        paragraph("Your device key is protected. Its passphrase signs your record.", width)
                    }
                };
                lines.push(Line::default());
                let dots = field.dots(width.saturating_sub(2));
                let cursor = Some((2 + dots.width(), lines.len()));
                lines.push(Line::from(vec![text::own("> ", theme.key()), text::shown(&dots, theme.text())]));
                return Content { title: "passphrase", lines: Lines::Made(lines), cursor };
            }
        };
        Content { title, lines: Lines::Made(lines), cursor: None }
    }
}

/// What happened where two copies are open, and what is safe.
const CONFLICT_WORDS: [&str; 2] = [
    "This course is open twice on this computer, and the other copy was first. So your last step here was not saved.",
    "Everything else is safe, what the other copy saved and what you had saved here before.",
];

/// What to do then.
const CONFLICT_KEYS: &str = "r goes on here from what the other copy saved; you can do the last step again then. q leaves this copy. Best close one \
                             of the two.";

fn begin_again_lines(after: After, width: u16, settings: &Settings) -> Vec<Line<'static>> {
    let records = settings.places.records.display();
    let kept = match after {
        After::Completion => {
            format!("Your signed records and every attempt are kept; the record files stay in {records}.")
        }
        After::LostVersion => {
            "The attempt under way is not finished any more: its version of the course is gone. What you submitted and signed before is kept.".to_owned()
        }
        After::OutgrownRecord => {
            "What you submitted is kept, but of this run nothing can be signed any more.".to_owned()
        }
    };
    let afresh = "A new run begins: lessons, checks and the assessment start afresh.";
    paragraphs(&[afresh.to_owned(), kept], "y begins, Esc leaves everything as it is.", width)
}
