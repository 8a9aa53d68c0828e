//! The host of an address, as people read it and as machines look it up.

use std::fmt;

use super::doubt::Doubt;
use super::letters::scripts;
use super::skeleton::skeleton;

/// Where an address leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Host {
    /// As it is looked up: ASCII.
    ascii: String,
    /// As people read it.
    shown: String,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Domain,
    Number,
}

impl Host {
    /// A domain, in ASCII as a browser has it.
    pub(super) fn domain(ascii: &str) -> Self {
        let (shown, _) = idna::domain_to_unicode(ascii);
        Self { ascii: ascii.to_owned(), shown, kind: Kind::Domain }
    }

    /// An IP address.
    pub(super) fn number(number: &str) -> Self {
        Self { ascii: number.to_owned(), shown: number.to_owned(), kind: Kind::Number }
    }

    /// The host as people read it.
    #[must_use]
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// The host as it is looked up.
    #[must_use]
    pub fn ascii(&self) -> &str {
        &self.ascii
    }

    pub(super) fn is_number(&self) -> bool {
        self.kind == Kind::Number
    }

    /// What is misleading about its names, which are `written` like this in the address.
    pub(super) fn doubts(&self, written: &str) -> Vec<Doubt> {
        if self.is_number() {
            return Vec::new();
        }
        let mut doubts = Vec::new();
        if is_coded(written) {
            doubts.push(Doubt::Coded { reads: self.shown.clone() });
        }
        let mixed = self.shown.split('.').map(scripts).find(|scripts| scripts.len() > 1);
        doubts.extend(mixed.map(|scripts| Doubt::MixedScripts { scripts }));
        doubts.extend(self.looks_like().map(|looks| Doubt::LooksLike { looks }));
        let written = written.to_lowercase();
        let written = written.trim_end_matches('.');
        // An honest host of another language is read as it is written; one in percent signs or wide letters is not.
        let is_read_as_written = written == self.shown && doubts.is_empty();
        if written != self.ascii && !is_read_as_written {
            doubts.push(Doubt::LookedUp { ascii: self.ascii.clone() });
        }
        doubts
    }

    /// The ASCII host that this one can be taken for. A name in a domain of its own script (`хор.рф`) stands among its
    /// like and is taken for itself.
    fn looks_like(&self) -> Option<String> {
        let (_, last) = self.shown.rsplit_once('.')?;
        if !last.is_ascii() {
            return None;
        }
        let looks: Option<Vec<String>> = self.shown.split('.').map(ascii_look).collect();
        looks.map(|looks| looks.join(".")).filter(|looks| *looks != self.shown)
    }
}

impl fmt::Display for Host {
    /// Both forms where they differ.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.shown == self.ascii {
            f.write_str(&self.shown)
        } else {
            write!(f, "{} (looked up as {})", self.shown, self.ascii)
        }
    }
}

/// Whether a name in it is written in punycode (RFC 3492, RFC 5890).
fn is_coded(written: &str) -> bool {
    written.split('.').any(|label| label.get(..4).is_some_and(|four| four.eq_ignore_ascii_case("xn--")))
}

/// The name with every letter replaced by the one of a to z that it looks like; `None` when a letter looks like none.
fn ascii_look(label: &str) -> Option<String> {
    label.chars().map(ascii_look_of).collect()
}

fn ascii_look_of(letter: char) -> Option<char> {
    if letter.is_ascii() {
        return Some(letter);
    }
    let text = letter.to_string();
    let mut prototype = skeleton(&text);
    // A letter with an accent is its letter and an accent: people see it.
    match (prototype.next(), prototype.next()) {
        (Some(look), None) if look.is_ascii_alphanumeric() => Some(look.to_ascii_lowercase()),
        (Some(_) | None, _) => None,
    }
}
