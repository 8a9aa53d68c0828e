//! What the operating system says about this run: folders, terminal, wishes of the user.

use std::env;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, Local, NaiveDate, TimeZone as _, Utc};
use directories::{ProjectDirs, UserDirs};

use crate::clock::{Calendar, Clock as _, SystemClock, Timestamp};
use crate::config::Config;
use crate::tui::keymap::Keymap;
use crate::tui::pictures::{CellSize, Surroundings};
use crate::tui::terminal;
use crate::tui::theme::Device;
use crate::tui::{Links, Options};

/// What the operating system says about this run. Read once, here, and handed down.
#[derive(Debug, Clone)]
pub(super) struct Environment {
    /// Where progress, key, assignments and records are kept; `None` when the system names no home.
    pub(super) data: Option<PathBuf>,
    /// The cache folder: what is in there nobody misses; `None` when the system names no home.
    pub(super) cache: Option<PathBuf>,
    /// Where settings are kept; `None` when the system names no home.
    pub(super) config: Option<PathBuf>,
    /// The folder of HR's registry, if one is set.
    pub(super) registry: Option<PathBuf>,
    /// Where completion files go: a folder that people find.
    pub(super) records: Option<PathBuf>,
    /// The days of the time zone, with every time that its clocks are set.
    pub(super) calendar: Calendar,
    /// Whether colours are unwanted.
    pub(super) no_color: bool,
    /// What is known of the terminal for text and colours.
    pub(super) device: Device,
    /// Whether the terminal can move its cursor.
    pub(super) terminal: Terminal,
    /// Whether the terminal takes links (OSC 8).
    pub(super) links: Links,
    /// What the terminal says about itself, for pictures.
    surroundings: Surroundings,
    /// How many columns the terminal on standard output has, if it is one.
    pub(super) columns: Option<usize>,
    /// Whether a line-by-line face was asked for.
    pub(super) accessible: bool,
}

/// What stands at both ends of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Terminal {
    /// A terminal that a full-screen program can use.
    Full,
    /// A terminal that only takes lines.
    Dumb,
    /// A pipe or file on standard input or output.
    None,
}

impl Terminal {
    /// Why no screen can be filled here, if none can.
    pub(super) fn refusal(self) -> Option<&'static str> {
        match self {
            Self::Full => None,
            Self::Dumb => {
                Some("the full screen needs a terminal that moves its cursor, and TERM=dumb is none")
            }
            Self::None => Some("the full screen needs a terminal, and standard input or output is none"),
        }
    }
}

impl Environment {
    #[expect(clippy::disallowed_methods, reason = "the one place that looks at the environment")]
    pub(super) fn read() -> Self {
        let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
        let said = |name: &str| set(name).map(|value| value.to_string_lossy().into_owned());
        let home = set("COUNTERSIGN_HOME").map(PathBuf::from);
        let standard = ProjectDirs::from("", "", "countersign");
        let standard = standard.as_ref();
        let data = home.clone().or_else(|| standard.map(|folders| folders.data_dir().to_path_buf()));
        let config = home.clone().or_else(|| standard.map(|folders| folders.config_dir().to_path_buf()));
        let cache = home.clone().or_else(|| standard.map(|folders| folders.cache_dir().to_path_buf()));
        let cells = if terminal::cell_size().is_some() { CellSize::Known } else { CellSize::Unknown };
        let interactive = io::stdin().is_terminal() && io::stdout().is_terminal();
        let terminal = match (interactive, set("TERM")) {
            (false, _) => Terminal::None,
            (true, Some(term)) if term == "dumb" => Terminal::Dumb,
            (true, Some(_) | None) => Terminal::Full,
        };
        let documents = UserDirs::new().and_then(|folders| folders.document_dir().map(Path::to_path_buf));
        let records = match (&home, documents) {
            (None, Some(documents)) => Some(documents.join("countersign")),
            (Some(_), _) | (None, None) => data.as_ref().map(|data| data.join("records")),
        };
        Self {
            records,
            registry: set("COUNTERSIGN_REGISTRY").map(PathBuf::from),
            data,
            cache,
            config,
            calendar: Calendar::of(offset),
            no_color: set("NO_COLOR").is_some(),
            surroundings: Surroundings::new(said).with_cells(cells),
            device: Device::of_terminal(said),
            terminal,
            columns: columns(&io::stdout()),
            // The consoles of Linux and old hardware print what they do not know.
            links: match set("TERM") {
                Some(term) if term != "linux" && !term.to_string_lossy().starts_with("vt") => Links::Taken,
                Some(_) | None => Links::Garbled,
            },
            accessible: said("ACCESSIBLE").is_some_and(|value| is_yes(&value)),
        }
    }

    /// What a full-screen face is told. `keymap` is what can be had of the keys in `config`.
    pub(super) fn options(&self, config: Config, keymap: Keymap) -> Options {
        let (links, surroundings) = (self.links, self.surroundings.clone());
        Options { config, keymap, links, surroundings, ..Options::new(self.device, self.calendar) }
    }

    /// The day, where the user is.
    pub(super) fn today(&self) -> NaiveDate {
        self.calendar.day(SystemClock.now())
    }
}

/// Whether a variable that is set for "yes" says it; "no" in the words of other programs is no.
fn is_yes(value: &str) -> bool {
    !["0", "no", "false", "off"].contains(&value.to_lowercase().as_str())
}

/// How far clocks here are from UTC at a moment.
fn offset(at: Timestamp) -> FixedOffset {
    Local.offset_from_utc_datetime(&DateTime::<Utc>::from(at).naive_utc())
}

/// How many columns a terminal has; none where it is none.
#[cfg(unix)]
pub(super) fn columns(output: &impl std::os::fd::AsFd) -> Option<usize> {
    let size = rustix::termios::tcgetwinsize(output).ok()?;
    Some(usize::from(size.ws_col)).filter(|columns| *columns > 0)
}

#[cfg(not(unix))]
pub(super) fn columns(_output: &impl std::io::Write) -> Option<usize> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `ACCESSIBLE=no` opened the linear face.
    #[test]
    fn a_variable_that_says_no_asks_for_nothing() {
        for no in ["0", "no", "No", "false", "FALSE", "off"] {
            assert!(!is_yes(no), "{no}");
        }
        for yes in ["1", "yes", "true", "on", "2", "please"] {
            assert!(is_yes(yes), "{yes}");
        }
    }
}
