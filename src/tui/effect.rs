//! What a face wants done outside of itself. Only whoever holds the world beside the face does it.

use std::fmt;

use zeroize::Zeroizing;

use crate::config::Setting;
use crate::progress::{Change, Person};
use crate::tui::copied::Copied;
use crate::tui::message::Message;
use crate::tui::modes::Modes;

/// When something is to be saved at the latest that waits for a frame.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Due {
    /// After a few frames: none of them shows it as done.
    #[default]
    Soon,
    /// Before another frame, which may show it as done.
    NextFrame,
}

impl Effect {
    /// Whether it saves where the learner is and nothing else.
    pub(super) fn is_visit(&self) -> bool {
        matches!(self, Self::Save(changes) if changes.iter().all(|change| matches!(change, Change::Visited(_))))
    }
}

/// Something to be done outside of the face. Effects are performed in order; when one fails, those behind it wait
/// until the learner has said what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Keeps what was done, before the next frame shows it as done.
    Save(Vec<Change>),
    /// Keeps what the next frame does not show as done, such as where the learner is: after that is drawn, and before anything else is
    /// saved or waited for.
    SaveOnceDrawn(Vec<Change>, Due),
    /// Comes back to the face once everything before it was done.
    Send(Box<Message>),
    /// Makes the device key and keeps who the learner is.
    Introduce(Box<NewLearner>),
    /// Keeps who the learner is instead of what they said before.
    Correct(Box<Person>),
    /// Signs the completion record, keeps it and shows the certificate.
    Sign(Option<Passphrase>),
    /// Writes the file of the record that was signed in the run of this number, unless it is there.
    Deliver(u32),
    /// Writes the printable certificate.
    Export,
    /// Writes the bookmarks and notes of the course, which are this Markdown.
    WriteNotes(String),
    /// Opens a confirmed address (http, https, mailto) with the system's program.
    Open(String),
    /// Puts a text onto the clipboard.
    Copy(Copied),
    /// Keeps what the face has for these settings.
    KeepSettings(Vec<Setting>),
    /// Sets mouse, order of text and cursor of the terminal.
    SetModes(Modes),
    /// Takes over what another running copy saved.
    Reload,
    /// Does again what failed, and then what waited behind it.
    Retry,
    /// Gives up what failed and what waited behind it; only what is to be saved is still saved.
    Skip,
    /// Gives the terminal back to the shell until the learner returns.
    Suspend,
    /// Ends the face.
    Quit,
}

/// Comes back to the face with `message`.
pub(super) fn sending(message: Message) -> Effect {
    Effect::Send(Box::new(message))
}

/// Says something above the keys.
pub(super) fn saying(words: impl Into<String>) -> Effect {
    sending(Message::Say(words.into()))
}

/// Keeps `changes`, if there are any.
pub(super) fn saving(changes: Vec<Change>) -> Vec<Effect> {
    if changes.is_empty() { Vec::new() } else { vec![Effect::Save(changes)] }
}

/// Keeps `changes`, if there are any, once the next frame is drawn.
pub(super) fn saving_once_drawn(changes: Vec<Change>, due: Due) -> Vec<Effect> {
    if changes.is_empty() { Vec::new() } else { vec![Effect::SaveOnceDrawn(changes, due)] }
}

/// What somebody says about themselves at the first start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLearner {
    /// Who they are.
    pub person: Person,
    /// What protects the device key on disk, if they want that.
    pub passphrase: Option<Passphrase>,
}

/// A secret: wiped from memory, never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// Takes the secret in.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(Zeroizing::new(text.to_owned()))
    }

    /// The secret itself.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(…)")
    }
}
