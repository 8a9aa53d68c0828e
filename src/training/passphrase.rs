//! What may be the passphrase of a new device key, the same in every face.

use std::fmt;

/// In characters (Unicode scalar values); anything shorter is guessed from a copy of the key file.
pub const SHORTEST_PASSPHRASE: usize = 8;

/// Said before one is chosen.
pub const CANNOT_BE_RECOVERED: &str = "It cannot be recovered: without it this device key signs nothing.";

/// Said to whoever is asked for it.
pub const FORGOTTEN: &str = "Nobody can recover it: if you have forgotten it, ask the people who assigned this course how to begin anew \
                             with another key.";

/// What protects a device key beside the account on the computer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protection {
    /// A passphrase.
    Passphrase,
    /// Nothing.
    Nothing,
}

impl Protection {
    /// What a key with this passphrase is protected by.
    #[must_use]
    pub fn by(passphrase: Option<&str>) -> Self {
        passphrase.map_or(Self::Nothing, |_| Self::Passphrase)
    }

    /// Said before the key is made: what was typed is hidden, and `no` means none.
    #[must_use]
    pub fn ahead(self) -> &'static str {
        match self {
            Self::Passphrase => "Your key will be protected by the passphrase.",
            Self::Nothing => "Your key will have no passphrase.",
        }
    }

    /// Said when it is made.
    #[must_use]
    pub fn made(self) -> &'static str {
        match self {
            Self::Passphrase => "Your signing key has a passphrase.",
            Self::Nothing => "Your signing key has no passphrase.",
        }
    }
}

/// A passphrase that is too short to protect anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooShort;

impl fmt::Display for TooShort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a passphrase has at least {SHORTEST_PASSPHRASE} characters; leave it empty for none")
    }
}

/// The passphrase that was typed; `None` for none. Whoever is asked for one and wants none types `none` or `no`, and would
/// be locked out by a key that took it for the passphrase.
///
/// # Errors
/// [`TooShort`] when it has fewer than [`SHORTEST_PASSPHRASE`] characters.
pub fn passphrase(typed: &str) -> Result<Option<&str>, TooShort> {
    let means_none = ["", "no", "none"].iter().any(|word| typed.trim().eq_ignore_ascii_case(word));
    if means_none {
        Ok(None)
    } else if typed.chars().nth(SHORTEST_PASSPHRASE - 1).is_none() {
        Err(TooShort)
    } else {
        Ok(Some(typed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_protects_a_key_and_what_means_none() {
        let check = |typed: &str, expected: Result<Option<&str>, TooShort>| {
            assert_eq!(passphrase(typed), expected, "{typed:?}");
        };
        for none in ["", "  ", "none", "None", "no", " NO "] {
            check(none, Ok(None));
        }
        for short in ["nope", "seven c", "öäüöäüö"] {
            check(short, Err(TooShort));
        }
        for fine in ["öäüöäüöä", "none of them", "no tea today"] {
            check(fine, Ok(Some(fine)));
        }
    }
}
