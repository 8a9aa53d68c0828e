//! What a dashboard wants done outside of itself. Only its desk does it.

use crate::clock::Timestamp;
use crate::config::Setting;
use crate::digest::Digest;
use crate::registry::PersonNumber;
use crate::registry::office::Ruling;
use crate::tui::copied::Copied;
use crate::tui::effect::Passphrase;
use crate::tui::modes::Modes;

/// Something to be done outside of the dashboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Reads everything as it was known at a moment, or as it is.
    Read(Option<Timestamp>),
    /// Finds out which moment was typed, and reads everything as it was known then.
    ReadAt(String),
    /// Looks a person up.
    Person(PersonNumber),
    /// Looks a record up.
    Record(Digest),
    /// Looks a file up that was put aside.
    Aside(Digest),
    /// Enters a decision.
    Decide(Ruling, Option<Passphrase>),
    /// Puts a text onto the clipboard.
    Copy(Copied),
    /// Keeps what the dashboard has for these settings.
    KeepSettings(Vec<Setting>),
    /// Sets mouse, order of text and cursor of the terminal.
    SetModes(Modes),
    /// Gives the terminal back to the shell until the officer returns.
    Suspend,
    /// Ends the dashboard.
    Quit,
}
