//! What may be the passphrase of a new device key, the same in every face.

use std::fmt;
use std::path::Path;

/// In characters (Unicode scalar values); anything shorter is guessed from a copy of the key file.
pub const SHORTEST_PASSPHRASE: usize = 8;

/// In characters (Unicode scalar values); what is longer was pasted by mistake, and is more than any face takes.
pub const LONGEST_PASSPHRASE: usize = 1024;

/// Said before one is chosen.
pub const CANNOT_BE_RECOVERED: &str = "It cannot be recovered: without it this device key signs nothing.";

/// How a learner goes on whose key signs nothing any more, because it is gone or its passphrase is: the end of a sentence
/// that says when.
#[must_use]
pub fn begin_anew(key: &Path, progress: &Path) -> String {
    format!(
        "begin anew: leave, move {} and {} to another folder, as far as they are there, and start again as the first time, \
         naming the assignment if you were sent one; what you read and answered does not count any more, in any course, \
         records that were signed stay good, and the people who assigned this course have to know that your key is a new one",
        key.display(),
        progress.display()
    )
}

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

/// What cannot be a passphrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnfitPassphrase {
    /// It has fewer than [`SHORTEST_PASSPHRASE`] characters.
    TooShort,
    /// It has more than [`LONGEST_PASSPHRASE`] characters.
    TooLong,
}

impl fmt::Display for UnfitPassphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooShort => {
                write!(
                    f,
                    "a passphrase has at least {SHORTEST_PASSPHRASE} characters; leave it empty for none"
                )
            }
            Self::TooLong => write!(f, "a passphrase has at most {LONGEST_PASSPHRASE} characters"),
        }
    }
}

/// The passphrase that was typed; `None` for none. Whoever is asked for one and wants none types `none` or `no`, and would
/// be locked out by a key that took it for the passphrase.
///
/// # Errors
/// [`UnfitPassphrase`] when it is too short or too long.
pub fn passphrase(typed: &str) -> Result<Option<&str>, UnfitPassphrase> {
    let means_none = ["", "no", "none"].iter().any(|word| typed.trim().eq_ignore_ascii_case(word));
    if means_none {
        return Ok(None);
    }
    match typed.chars().take(LONGEST_PASSPHRASE + 1).count() {
        ..SHORTEST_PASSPHRASE => Err(UnfitPassphrase::TooShort),
        SHORTEST_PASSPHRASE..=LONGEST_PASSPHRASE => Ok(Some(typed)),
        _ => Err(UnfitPassphrase::TooLong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_protects_a_key_and_what_means_none() {
        let check = |typed: &str, expected: Result<Option<&str>, UnfitPassphrase>| {
            assert_eq!(passphrase(typed), expected, "{typed:?}");
        };
        for none in ["", "  ", "none", "None", "no", " NO "] {
            check(none, Ok(None));
        }
        for short in ["nope", "seven c", "öäüöäüö"] {
            check(short, Err(UnfitPassphrase::TooShort));
        }
        let longest = "ö".repeat(LONGEST_PASSPHRASE);
        check(&longest, Ok(Some(&longest)));
        check(&format!("{longest}a"), Err(UnfitPassphrase::TooLong));
        for fine in ["öäüöäüöä", "none of them", "no tea today"] {
            check(fine, Ok(Some(fine)));
        }
    }
}
