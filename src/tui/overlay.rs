//! What lies over a screen and has the keyboard first.

mod clicks;
mod content;
mod open;
mod said;

use std::sync::Arc;

use crossterm::event::Event;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

use crate::address::Address;
use crate::course::Fault;
use crate::training::Trouble;
use crate::tui::copied::Copied;
use crate::tui::edit::Edit;
use crate::tui::keymap::{self, Binding, Key, Keymap};
use crate::tui::preferences::{self, Preferences, preference_keys};
use crate::tui::settings::Settings;
use crate::tui::theme::Theme;
use crate::tui::widgets::kept::Kept;
use crate::tui::widgets::panel::scroll_keys;
use crate::tui::widgets::text_field::TextField;
use crate::tui::widgets::{help, panel};
pub use clicks::Click;
use content::Content;

/// What lies over a screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Overlay {
    /// The keys of the screen below.
    Help,
    /// How the learner wants it.
    Settings(Preferences),
    /// Something that the learner should know.
    Notices(Vec<String>),
    /// What is wrong with the course that is being written.
    Faults(Vec<Fault>),
    /// Something could not be kept. Nothing else happens until it was, or the learner leaves.
    NotSaved(Trouble),
    /// Another running copy was first.
    Conflict(Trouble),
    /// Something else could not be done.
    Failed(Trouble),
    /// An address could not be opened.
    NotOpened {
        /// What went wrong.
        trouble: Trouble,
        /// The address.
        address: String,
    },
    /// Where a file is.
    Place {
        /// Which file, as the path goes on behind it.
        words: &'static str,
        /// Where it is.
        path: String,
    },
    /// Whether to open or to copy an address.
    AskToOpen(Box<Address>),
    /// Terms of the glossary.
    Terms {
        /// Which ones.
        title: &'static str,
        /// The terms with their definitions, as Markdown.
        text: Arc<str>,
        /// The same as it was laid out last: a glossary can be long.
        lines: Kept<(u16, Theme), Vec<Line<'static>>>,
    },
    /// Whether to take the course again.
    BeginAgain(After),
    /// Whether to leave a form with what was typed into it.
    GiveUp(Typed),
    /// Whether to begin anew for an assignment that was named.
    Further {
        /// What there is to decide, in paragraphs.
        words: Vec<String>,
        /// Whether it was said once that the course shall begin anew.
        is_sure: bool,
    },
    /// The device key is protected.
    Passphrase {
        /// What is typed.
        field: TextField,
        /// Why it is asked again.
        wrong: Option<Trouble>,
        /// Whether what a passphrase is for is said.
        help: PromptHelp,
    },
}

/// What the prompt for the passphrase says about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PromptHelp {
    /// In a sentence.
    Short,
    /// What it is, and what every key does.
    Long,
}

/// What taking the course again follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    /// The course is completed.
    Completion,
    /// The version that the attempt under way began on is gone.
    LostVersion,
    /// The record of the run would be too large to sign.
    OutgrownRecord,
}

/// What is given up with a form or a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// Who somebody is who is here for the first time; leaving it leaves the program.
    FirstStart,
    /// A correction of that.
    Correction,
    /// A note, or what was changed of one.
    Note,
}

/// What happens on an overlay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Goes away.
    Close,
    /// Scrolls by lines; negative is up.
    Scroll(isize),
    /// Tries again.
    Retry,
    /// Takes over what the other running copy did.
    Reload,
    /// Leaves without having saved.
    Abandon,
    /// Says yes.
    Confirm,
    /// Copies the address instead, or the path.
    Copy,
    /// Says more, or less again.
    Help,
    /// Shows the settings instead.
    Settings,
    /// Types.
    Edit(Edit),
    /// Changes settings.
    Preferences(preferences::Message),
}

impl Message {
    /// Whether it is one step of many.
    pub(super) fn is_step(&self) -> bool {
        match self {
            Self::Scroll(lines) => lines.unsigned_abs() == 1,
            Self::Preferences(message) => match message {
                preferences::Message::Up
                | preferences::Message::Down
                | preferences::Message::Change(_)
                | preferences::Message::Undo => true,
                preferences::Message::Pick(_) => false,
            },
            Self::Close
            | Self::Retry
            | Self::Reload
            | Self::Abandon
            | Self::Confirm
            | Self::Copy
            | Self::Help
            | Self::Settings
            | Self::Edit(_) => false,
        }
    }
}

pub(in crate::tui) static SETTINGS: &[Binding<Message>] = preference_keys!(
    Message::Preferences,
    Message::Close,
    // The keys of the settings stand in the last line, which is cut on a narrow screen.
    Binding::new(&[Key::Char('?'), Key::F(1)], Message::Help, "what the keys do")
);

static HELP: &[Binding<Message>] = &[
    panel::closing_help(Message::Close),
    // Whoever has a mouse alone finds them here from every screen.
    Binding::new(&[Key::Char(','), Key::F(9)], Message::Settings, "settings")
        .action("settings")
        .hint("settings"),
];

/// What every overlay understands beside its own keys when it has more to say than the screen has room for.
pub static SCROLL: &[Binding<Message>] = scroll_keys!(Message::Scroll);

static NOTICES: &[Binding<Message>] = &[panel::going_on(Message::Close)];

static PLACE: &[Binding<Message>] = &[
    panel::going_on(Message::Close),
    Binding::new(&[Key::Char('c')], Message::Copy, "copy this path").hint("copy path"),
];

static TERMS: &[Binding<Message>] = &[Binding::new(
    &[Key::Esc, Key::Enter, Key::Char('q'), Key::Char('w')],
    Message::Close,
    "back to the text",
)
.hint("text")];

static FAULTS: &[Binding<Message>] =
    &[Binding::new(&[Key::Esc, Key::Enter, Key::Char('q')], Message::Close, "close; F2 opens it again")
        .hint("close")];

static NOT_SAVED: &[Binding<Message>] = &[
    Binding::new(&[Key::Char('r'), Key::Enter], Message::Retry, "try to save again").hint("try again"),
    Binding::new(&[Key::Char('q')], Message::Abandon, "leave; only what this panel names is lost")
        .hint("leave"),
];

static CONFLICT: &[Binding<Message>] = &[
    // No key that is pressed without reading: whoever answered something would take it for saved.
    Binding::new(&[Key::Char('r')], Message::Reload, "go on from what the other copy saved").hint("go on"),
    Binding::new(&[Key::Char('q')], Message::Abandon, "leave this copy").hint("leave"),
];

static FAILED: &[Binding<Message>] = &[
    Binding::new(&[Key::Esc, Key::Enter, Key::Char('q')], Message::Close, "close").hint("close"),
    // No key that is pressed without reading: trying again may start a program again.
    Binding::new(&[Key::Char('r')], Message::Retry, "try again").hint("try again"),
];

static NOT_OPENED: &[Binding<Message>] = &[
    Binding::new(&[Key::Esc, Key::Enter, Key::Char('q')], Message::Close, "close").hint("close"),
    Binding::new(&[Key::Char('c')], Message::Copy, "copy this address").hint("copy"),
];

// Enter is pressed without reading.
static BEGIN_AGAIN: &[Binding<Message>] = &[
    Binding::new(&[Key::Char('y')], Message::Confirm, "take the course again").hint("begin again"),
    Binding::new(&[Key::Esc, Key::Char('n'), Key::Char('q')], Message::Close, "do not").hint("no"),
];

// Esc may be pressed once too often.
static GIVE_UP: &[Binding<Message>] = &[
    Binding::new(&[Key::Char('y')], Message::Confirm, "leave").hint("leave"),
    Binding::new(&[Key::Esc, Key::Char('n'), Key::Char('q')], Message::Close, "back to what you typed")
        .hint("stay"),
];

// Enter is pressed without reading: it gives up nothing.
static FURTHER: &[Binding<Message>] = &[
    Binding::new(
        &[Key::Enter, Key::Esc, Key::Char('n'), Key::Char('q')],
        Message::Close,
        "go on with what is under way",
    )
    .hint("go on"),
    Binding::new(&[Key::Char('y')], Message::Confirm, "begin anew for the new assignment").hint("begin anew"),
];

static PASSPHRASE: &[Binding<Message>] = &[
    Binding::new(&[Key::Enter], Message::Confirm, "sign with this passphrase").hint("sign"),
    Binding::new(&[Key::Esc], Message::Close, "do not sign now").hint("not now"),
    Binding::new(&[Key::F(1)], Message::Help, "what this is").hint("help"),
    Binding::typing(Message::Edit, "the passphrase"),
];

static PASSPHRASE_HELP: &[Binding<Message>] = &[
    Binding::new(&[Key::Enter], Message::Confirm, "sign with this passphrase").hint("sign"),
    Binding::new(&[Key::Esc, Key::F(1)], Message::Close, "back to the passphrase").hint("back"),
    Binding::typing(Message::Edit, "the passphrase"),
];

impl Overlay {
    /// The keys that do something now.
    #[must_use]
    pub fn keys(&self) -> &'static [Binding<Message>] {
        match self {
            Self::Help => HELP,
            Self::Settings(_) => SETTINGS,
            Self::Notices(_) => NOTICES,
            Self::Place { .. } => PLACE,
            Self::Faults(_) => FAULTS,
            Self::Terms { .. } => TERMS,
            Self::NotSaved(_) => NOT_SAVED,
            Self::Conflict(_) => CONFLICT,
            Self::Failed(_) => FAILED,
            Self::NotOpened { .. } => NOT_OPENED,
            Self::AskToOpen(address) => open::keys(address),
            Self::BeginAgain(_) => BEGIN_AGAIN,
            Self::GiveUp(_) => GIVE_UP,
            Self::Further { .. } => FURTHER,
            Self::Passphrase { help: PromptHelp::Short, .. } => PASSPHRASE,
            Self::Passphrase { help: PromptHelp::Long, .. } => PASSPHRASE_HELP,
        }
    }

    /// Whether a key answers it that may have been meant for the screen below.
    #[must_use]
    pub fn is_question(&self) -> bool {
        match self {
            Self::NotSaved(_)
            | Self::Conflict(_)
            | Self::Failed(_)
            | Self::AskToOpen(_)
            | Self::BeginAgain(_)
            | Self::GiveUp(_)
            | Self::Further { .. } => true,
            Self::Help
            | Self::Settings(_)
            | Self::Notices(_)
            | Self::Place { .. }
            | Self::Faults(_)
            | Self::Terms { .. }
            | Self::NotOpened { .. }
            | Self::Passphrase { .. } => false,
        }
    }

    /// What its key for that copies.
    #[must_use]
    pub fn copied(&self) -> Option<Copied> {
        match self {
            Self::AskToOpen(address) => Some(Copied::Address(address.written().to_owned())),
            Self::NotOpened { address, .. } => Some(Copied::Address(address.clone())),
            Self::Place { path, .. } => Some(Copied::Path(path.clone())),
            Self::Help
            | Self::Settings(_)
            | Self::Notices(_)
            | Self::Faults(_)
            | Self::NotSaved(_)
            | Self::Conflict(_)
            | Self::Failed(_)
            | Self::Terms { .. }
            | Self::BeginAgain(_)
            | Self::GiveUp(_)
            | Self::Further { .. }
            | Self::Passphrase { .. } => None,
        }
    }

    /// The message for `event`.
    #[must_use]
    pub fn message_for(&self, event: &Event, keymap: &Keymap) -> Option<Message> {
        keymap.message_for(self.keys(), event).or_else(|| keymap::message_for(SCROLL, event))
    }

    /// What the last line says about its keys. One that somebody wants for another thing on the screens may be taken here.
    pub(in crate::tui) fn hints(&self, keymap: &Keymap) -> Vec<(String, &'static str, Option<Message>)> {
        let means = |key: &str| help::same(key, |event| self.message_for(event, keymap));
        let hints = keymap.hints(self.keys(), |_| true).into_iter();
        let hints = hints.filter(|(key, _, message)| message.is_none() || means(key) == *message);
        hints
            .filter(|(_, _, message)| message.as_ref().is_none_or(|message| !self.is_idle(message)))
            .collect()
    }

    /// Whether nothing is changed by it now.
    fn is_idle(&self, message: &Message) -> bool {
        let (Self::Settings(preferences), Message::Preferences(message)) = (self, message) else {
            return false;
        };
        preferences.is_idle(*message)
    }

    /// How far it can be scrolled on `area`: from there on its last row is seen.
    #[must_use]
    pub fn last_scroll(&self, settings: &Settings, help: &[(String, &'static str)], area: Rect) -> usize {
        let rows = self.content(settings, help, panel::text_width(area)).lines.len();
        rows.saturating_sub(usize::from(panel::text_height(area)))
    }

    /// Draws itself over `area`, `scroll` rows down. `help` are the keys of the screen below.
    pub fn view(
        &self,
        settings: &Settings,
        help: &[(String, &'static str)],
        scroll: usize,
        buffer: &mut Buffer,
        area: Rect,
    ) -> Option<Position> {
        let Content { title, lines, cursor } = self.content(settings, help, panel::text_width(area));
        let scroll = scroll.min(lines.len().saturating_sub(usize::from(panel::text_height(area))));
        let place = panel::draw(buffer, area, title, &lines, scroll, settings.theme);
        let focus = cursor.and_then(|(column, row)| {
            let row = u16::try_from(row.checked_sub(scroll)?).unwrap_or(u16::MAX);
            let column = u16::try_from(column).unwrap_or(u16::MAX);
            Some(Position { x: place.x.saturating_add(column), y: place.y.saturating_add(row) })
        });
        // Where nothing has the focus, or it is out of sight, the cursor stands where reading begins.
        let begin = (!place.is_empty()).then(|| place.as_position());
        focus.filter(|position| place.contains(*position)).or(begin)
    }
}
