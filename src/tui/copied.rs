//! What is put onto the clipboard.

/// A text to be copied, by what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Copied {
    /// Where a link leads.
    Address(String),
    /// Where a file is.
    Path(String),
    /// What can be typed into a shell.
    Command(String),
    /// By what a record is known.
    Fingerprint(String),
}

impl Copied {
    /// The text itself.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Address(text) | Self::Path(text) | Self::Command(text) | Self::Fingerprint(text) => text,
        }
    }

    /// Said when it was handed to the terminal, which says nothing back. The narrowest screen has room for it in a line.
    #[must_use]
    pub fn said(&self) -> String {
        let name = match self {
            Self::Address(_) => "address",
            Self::Path(_) => "path",
            Self::Command(_) => "command",
            Self::Fingerprint(_) => "fingerprint",
        };
        format!("{name} copied if the terminal can")
    }
}
