//! What lies over a screen of the dashboard and has the keyboard first.

mod content;

use crossterm::event::Event;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::phrase::Phrase;
use crate::registry::change::Decision;
use crate::registry::office::{Ruling, Trouble};
use crate::tui::edit::Edit;
use crate::tui::hr::Look;
use crate::tui::hr::screens::Help;
use crate::tui::keymap::{self, Binding, Key};
use crate::tui::preferences::{self, Preferences, preference_keys};
use crate::tui::widgets::panel::{self, scroll_keys};
use crate::tui::widgets::text_field::TextField;
use content::{Content, content};

/// What lies over a screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Overlay {
    /// The keys of the screen below.
    Help,
    /// How the officer wants it.
    Settings(Preferences),
    /// Something that the officer should know.
    Notices(Vec<String>),
    /// Something could not be done.
    Failed(Trouble),
    /// Which moment is to be shown.
    Moment {
        /// What is typed.
        field: TextField,
        /// Why it is asked again.
        wrong: Option<Trouble>,
    },
    /// Why something is decided, and by whom.
    Grounds(Grounds),
    /// Whether that is to be entered.
    Sure(About, Ruling),
    /// Whether to leave although reasons were typed for decisions that were not entered.
    Leave(Vec<Ruling>),
    /// HR's key is protected.
    Passphrase {
        /// What is to be entered with it.
        ruling: Ruling,
        /// What is typed.
        field: TextField,
        /// Why it is asked again.
        wrong: Option<Trouble>,
    },
}

/// What a decision is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// The decision, the person and the course.
    pub words: Phrase,
    /// In what the record and the roster differ, or that the roster has nobody.
    pub doubt: Option<Phrase>,
}

/// A decision before it is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grounds {
    /// About what.
    pub about: About,
    /// The record, and what is to be decided; the texts are in the fields.
    pub ruling: Ruling,
    /// Why.
    pub reason: TextField,
    /// Who decides.
    pub by: TextField,
    /// Where typing goes.
    pub focus: Asked,
    /// What is missing.
    pub missing: Option<&'static str>,
}

/// What is asked before a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Why.
    Reason,
    /// Who decides.
    By,
}

/// What happens on an overlay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Goes away.
    Close,
    /// Scrolls by lines; negative is up.
    Scroll(isize),
    /// Says yes, or goes on.
    Confirm,
    /// Goes to the other field.
    Other,
    /// Types.
    Edit(Edit),
    /// Changes settings.
    Preferences(preferences::Message),
}

static SETTINGS: &[Binding<Message>] = preference_keys!(Message::Preferences, Message::Close);

static HELP: &[Binding<Message>] = &[panel::closing_help(Message::Close)];

static NOTICES: &[Binding<Message>] = &[panel::going_on(Message::Close)];

static MOMENT: &[Binding<Message>] = &[
    Binding::new(&[Key::Enter], Message::Confirm, "show how it was then").hint("show"),
    Binding::new(&[Key::Esc], Message::Close, "leave it as it is").hint("leave it"),
    Binding::typing(Message::Edit, "the day"),
];

static GROUNDS: &[Binding<Message>] = &[
    Binding::new(&[Key::Enter], Message::Confirm, "go on").hint("go on"),
    Binding::new(&[Key::Tab, Key::BackTab, Key::Up, Key::Down], Message::Other, "the other field")
        .hint("other field"),
    Binding::new(&[Key::Esc], Message::Close, "decide nothing").hint("decide nothing"),
    Binding::typing(Message::Edit, "the text"),
];

// Enter is pressed without reading.
static SURE: &[Binding<Message>] = &[
    Binding::new(&[Key::Char('y')], Message::Confirm, "enter it into the log").hint("enter it"),
    Binding::new(&[Key::Esc, Key::Char('n'), Key::Char('q')], Message::Close, "decide nothing").hint("no"),
];

// Enter is pressed without reading.
static LEAVE: &[Binding<Message>] = &[
    Binding::new(&[Key::Char('y')], Message::Confirm, "leave").hint("leave"),
    Binding::new(&[Key::Esc, Key::Char('n'), Key::Char('q')], Message::Close, "stay").hint("stay"),
];

static PASSPHRASE: &[Binding<Message>] = &[
    Binding::new(&[Key::Enter], Message::Confirm, "sign with this passphrase").hint("sign"),
    Binding::new(&[Key::Esc], Message::Close, "decide nothing").hint("decide nothing"),
    Binding::typing(Message::Edit, "the passphrase"),
];

/// What every overlay understands beside its own keys when it has more to say than the screen has room for.
pub static SCROLL: &[Binding<Message>] = scroll_keys!(Message::Scroll);

impl Overlay {
    /// The keys that do something now.
    #[must_use]
    pub fn keys(&self) -> &'static [Binding<Message>] {
        match self {
            Self::Help => HELP,
            Self::Settings(_) => SETTINGS,
            Self::Notices(_) | Self::Failed(_) => NOTICES,
            Self::Moment { .. } => MOMENT,
            Self::Grounds(_) => GROUNDS,
            Self::Sure(..) => SURE,
            Self::Leave(_) => LEAVE,
            Self::Passphrase { .. } => PASSPHRASE,
        }
    }

    /// Whether a key answers it that may have been meant for what was there before.
    #[must_use]
    pub fn is_question(&self) -> bool {
        match self {
            Self::Sure(..) | Self::Leave(_) | Self::Failed(_) | Self::Notices(_) => true,
            Self::Help
            | Self::Settings(_)
            | Self::Moment { .. }
            | Self::Grounds(_)
            | Self::Passphrase { .. } => false,
        }
    }

    /// What is about to be decided. Its texts may still be in fields.
    pub(in crate::tui::hr) fn ruling(&self) -> Option<&Ruling> {
        match self {
            Self::Grounds(grounds) => Some(&grounds.ruling),
            Self::Sure(_, ruling) | Self::Passphrase { ruling, .. } => Some(ruling),
            Self::Help
            | Self::Settings(_)
            | Self::Notices(_)
            | Self::Failed(_)
            | Self::Moment { .. }
            | Self::Leave(_) => None,
        }
    }

    /// Whether something is typed into it.
    pub(in crate::tui::hr) fn has_field(&self) -> bool {
        match self {
            Self::Moment { .. } | Self::Grounds(_) | Self::Passphrase { .. } => true,
            Self::Help
            | Self::Settings(_)
            | Self::Notices(_)
            | Self::Failed(_)
            | Self::Sure(..)
            | Self::Leave(_) => false,
        }
    }

    /// The field that typing goes into.
    pub(in crate::tui::hr) fn field_mut(&mut self) -> Option<&mut TextField> {
        match self {
            Self::Moment { field, .. } | Self::Passphrase { field, .. } => Some(field),
            Self::Grounds(grounds) => Some(match grounds.focus {
                Asked::Reason => &mut grounds.reason,
                Asked::By => &mut grounds.by,
            }),
            Self::Help
            | Self::Settings(_)
            | Self::Notices(_)
            | Self::Failed(_)
            | Self::Sure(..)
            | Self::Leave(_) => None,
        }
    }

    /// The message for `event`.
    #[must_use]
    pub fn message_for(&self, event: &Event) -> Option<Message> {
        keymap::message_for(self.keys(), event).or_else(|| keymap::message_for(SCROLL, event))
    }

    /// How far it can be scrolled on `area`: from there on its last row is seen.
    #[must_use]
    pub fn last_scroll(&self, look: Look, help: &Help, area: Rect) -> usize {
        let rows = content(self, look, help, panel::text_width(area)).lines.len();
        rows.saturating_sub(usize::from(panel::text_height(area)))
    }

    /// Draws itself over `area`, `scroll` rows down. `help` are the keys of the screen below.
    pub(in crate::tui::hr) fn view(
        &self,
        look: Look,
        help: &Help,
        scroll: usize,
        buffer: &mut Buffer,
        area: Rect,
    ) -> Option<Position> {
        let Content { title, lines, cursor } = content(self, look, help, panel::text_width(area));
        let height = usize::from(panel::text_height(area));
        let last = lines.len().saturating_sub(height);
        let scroll = match (self, cursor) {
            // What is wrong with it stands above it.
            (Self::Moment { .. } | Self::Passphrase { .. }, Some((_, row))) => {
                last.min((row + 1).saturating_sub(height))
            }
            (Self::Settings(_), _) | (_, None) => scroll.min(last),
            // Where something is typed, that is what is to be seen.
            (_, Some((_, row))) => last.min(row),
        };
        let place = panel::draw(buffer, area, title, &lines, scroll, look.theme);
        let (column, row) = match cursor {
            Some((column, row)) => (column, row.checked_sub(scroll)?),
            None => (0, 0),
        };
        let (column, row) = (u16::try_from(column).ok()?, u16::try_from(row).ok()?);
        Some(Position { x: place.x.saturating_add(column), y: place.y.saturating_add(row) })
            .filter(|position| place.contains(*position))
    }
}

/// What a decision is called.
pub(in crate::tui::hr) fn verb(decision: Decision) -> &'static str {
    match decision {
        Decision::Accepted => "accept",
        Decision::Refused => "refuse",
    }
}
