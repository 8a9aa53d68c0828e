//! How many entries, and which one.

use std::fmt;

use super::fault::LogFault;

/// How many entries a tree has: at most 2^63 − 1, what databases and Go count to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Size(u64);

/// The place of an entry in the log; the first is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Index(u64);

impl Size {
    /// No entries.
    pub const ZERO: Self = Self(0);

    /// The most entries that a tree can have.
    pub const MAX: Self = Self(i64::MAX.unsigned_abs());

    /// So many entries; `None` above [`Size::MAX`].
    #[must_use]
    pub fn new(entries: u64) -> Option<Self> {
        (entries <= Self::MAX.0).then_some(Self(entries))
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> u64 {
        self.0
    }

    /// Reads the number that stands in line `line` of a file.
    pub(super) fn parse(text: &str, line: usize) -> Result<Self, LogFault> {
        decimal(text)
            .and_then(Self::new)
            .ok_or_else(|| LogFault::form(line, "is not a size: a decimal number without leading zeros"))
    }
}

impl Index {
    /// The entry that so many stand before; `None` where no tree reaches.
    #[must_use]
    pub fn new(before: u64) -> Option<Self> {
        (before < Size::MAX.0).then_some(Self(before))
    }

    /// The number, counted from 0.
    #[must_use]
    pub fn get(self) -> u64 {
        self.0
    }

    /// Reads the number that stands in line `line` of a file.
    pub(super) fn parse(text: &str, line: usize) -> Result<Self, LogFault> {
        decimal(text)
            .and_then(Self::new)
            .ok_or_else(|| LogFault::form(line, "is not an index: a decimal number without leading zeros"))
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// One spelling a number. `str::parse` would take `+7` and `007` too.
fn decimal(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let leading_zero = text.len() > 1 && text.starts_with('0');
    if digits && !leading_zero { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling_a_number() {
        fn check(text: &str, expected: Option<u64>) {
            assert_eq!(Size::parse(text, 1).ok().map(Size::get), expected, "{text:?}");
        }
        check("0", Some(0));
        check("10", Some(10));
        check("9223372036854775807", Some(i64::MAX.unsigned_abs()));
        check("9223372036854775808", None);
        check("18446744073709551616", None);
        check("", None);
        check("00", None);
        check("01", None);
        check("+1", None);
        check("-1", None);
        check(" 1", None);
        check("1 ", None);
        check("1_0", None);
        check("0x1", None);
        check("١", None);
    }

    #[test]
    fn the_last_index_stands_below_the_largest_size() {
        assert!(Index::parse("9223372036854775806", 1).is_ok());
        assert!(Index::parse("9223372036854775807", 1).is_err());
    }
}
