//! What was typed where anything may be an answer: a name, a number, a passphrase.

use super::Stop;
use super::command::{self, Command, Parsed};

/// What was typed.
pub(super) enum Typed {
    /// An answer, without the equals sign before one that might be taken for a command.
    Answer(String),
    /// A wish to hear more.
    Help,
    /// A wish to go back.
    Back,
    /// A command that does nothing here.
    Command(String),
}

impl Typed {
    /// What somebody typed who sees it.
    pub(super) fn openly(line: &str) -> Result<Self, Stop> {
        if let Some(answer) = line.strip_prefix('=') {
            return Ok(Self::Answer(answer.trim().to_owned()));
        }
        Ok(match command::parse(line) {
            Parsed::Command(Command::Quit) | Parsed::Slashed(Command::Quit) => return Err(Stop::Quit),
            Parsed::Command(Command::Help | Command::HelpAll)
            | Parsed::Slashed(Command::Help | Command::HelpAll) => Self::Help,
            Parsed::Command(Command::Back) | Parsed::Slashed(Command::Back) => Self::Back,
            parsed if line.starts_with('/') || is_spoken(&parsed, line) => Self::Command(line.to_owned()),
            Parsed::Command(_)
            | Parsed::Slashed(_)
            | Parsed::Notes(_)
            | Parsed::Asked(_)
            | Parsed::Malformed(_)
            | Parsed::Other => Self::Answer(line.to_owned()),
        })
    }

    /// What somebody typed unseen: a slash or an equals sign is the first character of a passphrase, unless it stands before a
    /// command.
    pub(super) fn secretly(line: &str) -> Result<Self, Stop> {
        let bare = line.trim_start_matches('=');
        let bare = bare.strip_prefix('/').unwrap_or(bare);
        if is_spoken(&command::parse(bare), bare) {
            Self::openly(line)
        } else {
            Ok(Self::Answer(line.to_owned()))
        }
    }
}

/// Whether a line without a slash is a command all the same: a single word of them, or one with its number. Of more words, such as
/// “Open Heart” or “Read Mary”, people may be called.
fn is_spoken(parsed: &Parsed, line: &str) -> bool {
    let mut words = line.split_whitespace().skip(1);
    match parsed {
        Parsed::Other => false,
        Parsed::Command(_)
        | Parsed::Slashed(_)
        | Parsed::Notes(_)
        | Parsed::Asked(_)
        | Parsed::Malformed(_) => words.all(|word| word.parse::<u32>().is_ok()),
    }
}
