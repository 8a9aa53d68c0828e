//! What should be known about an address before it is opened, in plain words.

use std::fmt;

/// Something about an address that misleads people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// A name of the host mixes scripts that no language mixes (UTS 39, beyond "highly restrictive").
    MixedScripts {
        /// The names of the scripts, in the order in which they come.
        scripts: Vec<&'static str>,
    },
    /// The host can be read as another one (UTS 39, confusable characters).
    LooksLike {
        /// What it looks like.
        looks: String,
    },
    /// The host is written in punycode, which nobody can read.
    Coded {
        /// What it says.
        reads: String,
    },
    /// The host is looked up under another name than the one that is written.
    LookedUp {
        /// That name, in ASCII.
        ascii: String,
    },
    /// Something before an `@` passes for the host.
    BeforeAt {
        /// What stands there.
        before: String,
        /// The host.
        host: String,
    },
    /// The host is a number.
    Number {
        /// As it is written.
        written: String,
        /// As everybody writes it.
        number: String,
    },
    /// Not the port that web pages have.
    Port(u16),
    /// Plain HTTP.
    Insecure,
    /// A mail goes to other hosts too.
    AlsoTo {
        /// All but the first.
        hosts: Vec<String>,
    },
    /// The words of the link name somebody else.
    OtherText {
        /// Whom they name.
        named: String,
        /// Who it is.
        host: String,
    },
}

impl Doubt {
    /// The doubt as a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let words = self.to_string();
        let mut characters = words.chars();
        let first = characters.next().map(|first| first.to_ascii_uppercase());
        first.into_iter().chain(characters).chain(['.']).collect()
    }
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MixedScripts { scripts } => {
                let (last, before) = scripts.split_last().unwrap_or((&"unknown", &[]));
                write!(f, "this host mixes {} and {last} letters in one name, ", before.join(", "))?;
                f.write_str("as hosts do that imitate others")
            }
            Self::LooksLike { looks } => {
                write!(f, "this host looks like {looks} and is another one")
            }
            Self::Coded { reads } => {
                write!(f, "this host is written in a code for letters beyond a to z; it reads {reads}")
            }
            Self::LookedUp { ascii } => write!(f, "this host is looked up as {ascii}"),
            Self::BeforeAt { before, host } => {
                write!(f, "what stands before the @ ({before}) is not the host; this leads to {host}")
            }
            Self::Number { written, number } if written == number => {
                f.write_str("this host is a number and has no name, so nobody can see whose it is")
            }
            Self::Number { written, number } => {
                write!(f, "this host, {written}, is the number {number} and has no name, ")?;
                f.write_str("so nobody can see whose it is")
            }
            Self::Port(port) => write!(f, "this leads to port {port}, which is unusual for a web page"),
            Self::Insecure => f.write_str("this is http without s: it can be read and changed on the way"),
            Self::AlsoTo { hosts } => write!(f, "this mail goes to {} as well", hosts.join(", ")),
            Self::OtherText { named, host } => {
                write!(f, "the words of the link say {named}, but it leads to {host}")
            }
        }
    }
}
