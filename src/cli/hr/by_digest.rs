//! Things that are named by the beginning of a digest, as lists show it.

use super::super::error::Failure;
use crate::digest::Digest;
use crate::shell::Wording;

/// The fewest hexadecimal digits that name something: with fewer, two things too easily have the same.
const FEWEST: usize = 4;

/// The beginning of a digest, as it was typed: hexadecimal digits, with or without `sha256:`.
#[derive(Debug, Clone)]
pub(super) struct Prefix(String);

impl Prefix {
    /// What was typed.
    pub(super) fn of(typed: &str) -> Result<Self, Failure> {
        let digits = typed.strip_prefix("sha256:").unwrap_or(typed).to_ascii_lowercase();
        let fits =
            (FEWEST..=64).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        if fits {
            return Ok(Self(digits));
        }
        Err(Failure::new(format!("{typed} is not the fingerprint of anything"))
            .hint(format!("type at least the first {FEWEST} of its digits, as the list shows them")))
    }

    /// Whether this digest begins so.
    pub(super) fn fits(&self, digest: &Digest) -> bool {
        digest.hex().starts_with(&self.0)
    }

    /// The whole digest, if the whole was typed.
    pub(super) fn whole(&self) -> Option<Digest> {
        format!("sha256:{}", self.0).parse().ok()
    }

    /// The one of these that is meant.
    pub(super) fn the_one<T>(&self, mut found: Vec<T>, what: &str, list: &'static str) -> Result<T, Failure> {
        match (found.pop(), found.is_empty()) {
            (Some(one), true) => Ok(one),
            (Some(_), false) => Err(Failure::new(format!("more than one {what} begins with {}", self.0))
                .hint("type more of its digits")),
            (None, _) => Err(Failure::new(format!("no {what} begins with {}", self.0))
                .hint(Wording::from("to see them: ").then(list))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enough_digits_name_something() {
        let digest = Digest::of(b"");
        let check = |typed: &str, fits: Option<bool>| {
            assert_eq!(Prefix::of(typed).ok().map(|prefix| prefix.fits(&digest)), fits, "{typed}");
        };
        check("e3b0", Some(true));
        check("E3B0C442", Some(true));
        check("sha256:e3b0c442", Some(true));
        check(&digest.to_string(), Some(true));
        check("e3b1", Some(false));
        check("e3b", None);
        check("nothing", None);
        check(&format!("{digest}0"), None);
        assert_eq!(Prefix::of(&digest.to_string()).expect("whole").whole(), Some(digest));
        assert_eq!(Prefix::of("e3b0").expect("a beginning").whole(), None);
    }

    #[test]
    fn one_of_two_is_not_guessed() {
        let prefix = Prefix::of("e3b0").expect("a beginning");
        assert_eq!(prefix.the_one(vec![1], "record", "countersign hr review list").ok(), Some(1));
        let failure =
            prefix.the_one(vec![1, 2], "record that waits", "countersign hr review list").expect_err("two");
        assert_eq!(failure.message, "more than one record that waits begins with e3b0");
        let failure =
            prefix.the_one(Vec::<u8>::new(), "record", "countersign hr review list").expect_err("none");
        assert_eq!(failure.message, "no record begins with e3b0");
    }
}
