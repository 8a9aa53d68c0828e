//! What was typed where anything may be an answer: a name, a number, a passphrase.

use zeroize::Zeroizing;

use super::Stop;
use super::command::{self, Asked, Command, NoteWords, Parsed, Wish};

/// What was typed.
pub(super) enum Typed<L = String> {
    /// An answer, without the equals sign before one that might be taken for a command.
    Answer(L),
    /// A wish to hear more.
    Help,
    /// A wish to go back.
    Back,
    /// A wish for other lines, whose very first ones may not fit.
    Width(Width),
    /// A command that does nothing here.
    Command(L),
}

/// For how long a width is wished for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Width {
    ForNow(usize),
    ForGood(usize),
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
            Parsed::Command(Command::Width(width)) | Parsed::Slashed(Command::Width(width)) => {
                Self::Width(Width::ForNow(width))
            }
            Parsed::Command(Command::Set(Wish::Width(width)))
            | Parsed::Slashed(Command::Set(Wish::Width(width))) => {
                Self::Width(Width::ForGood(usize::from(width)))
            }
            parsed if line.starts_with('/') || is_spoken(&parsed, line) => Self::Command(line.to_owned()),
            Parsed::Command(_)
            | Parsed::Slashed(_)
            | Parsed::Notes(_)
            | Parsed::Asked(_)
            | Parsed::Malformed(_)
            | Parsed::Other => Self::Answer(line.to_owned()),
        })
    }
}

impl Typed<Zeroizing<String>> {
    /// What somebody typed unseen: a slash or an equals sign is the first character of a passphrase, unless it stands before a
    /// command. A passphrase is taken as it was typed, blanks at its ends too. What the parser makes of it is wiped as well, but for what
    /// stands behind the first word of one that begins as a command does that takes any words, such as “note”.
    pub(super) fn secretly(line: Zeroizing<String>) -> Result<Self, Stop> {
        let bare = line.trim().trim_start_matches('=');
        let bare = bare.strip_prefix('/').unwrap_or(bare);
        if !is_spoken(&command::parse(bare), bare) {
            return Ok(Self::Answer(line));
        }
        if let Some(meant) = line.strip_prefix('=') {
            return Ok(Self::Answer(Zeroizing::new(meant.to_owned())));
        }
        Ok(match Typed::openly(line.trim())? {
            Typed::Answer(line) => Self::Answer(Zeroizing::new(line)),
            Typed::Command(line) => Self::Command(Zeroizing::new(line)),
            Typed::Help => Self::Help,
            Typed::Back => Self::Back,
            Typed::Width(width) => Self::Width(width),
        })
    }
}

/// Whether a line without a slash is a command all the same. Of one that takes any words, and of the first word of one behind which
/// something else stands than it takes, people may be called, such as “Open Heart” or “Set Lee”: there only words of the commands
/// and numbers may follow.
fn is_spoken(parsed: &Parsed, line: &str) -> bool {
    match parsed {
        Parsed::Other => false,
        Parsed::Command(Command::OpenNote(_))
        | Parsed::Slashed(Command::OpenNote(_))
        | Parsed::Notes(NoteWords::Write(_) | NoteWords::Change(..))
        | Parsed::Asked(Asked::Define(_))
        | Parsed::Malformed(_) => {
            let mut behind = line.split_whitespace().skip(1);
            behind.all(|word| word.parse::<u32>().is_ok() || command::first_word(word).is_some())
        }
        Parsed::Command(_) | Parsed::Slashed(_) | Parsed::Notes(_) | Parsed::Asked(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Copies of it stayed in memory, one for each place that it came through.
    #[test]
    fn a_passphrase_is_handed_on_and_not_copied() {
        let line = Zeroizing::new(" tea for two ".to_owned());
        let place = line.as_ptr();
        let Ok(Typed::Answer(secret)) = Typed::secretly(line) else { panic!("it is no command") };
        assert_eq!((secret.as_str(), secret.as_ptr()), (" tea for two ", place));
    }
}
