//! What learners may say about who they are, the same in both faces.

use std::borrow::Cow;
use std::fmt;

use crate::printable::{Printable, is_seen_letter};

/// The most characters (Unicode scalar values) of a name.
pub const LONGEST_NAME: usize = 200;
/// The most characters of an employee number.
pub const LONGEST_NUMBER: usize = 100;
/// The most characters of an e-mail address: a path of SMTP has 256, two of them for its brackets (RFC 5321, 4.5.3.1.3).
pub const LONGEST_EMAIL: usize = 254;

/// Why something cannot be what a learner says about themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unfit {
    /// No name.
    NoName,
    /// A name that nobody could read.
    UnreadableName,
    /// No employee number.
    NoNumber,
    /// A number that nobody could read.
    UnreadableNumber,
    /// No address that mail could go to.
    NoAddress,
    /// Characters that nobody sees, here with signs for them: with one of them a number is another number, and a name reads
    /// differently.
    Hidden(Printable),
    /// More characters than this.
    TooLong(usize),
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoName => f.write_str("your name is needed: the record says who learned"),
            Self::UnreadableName => f.write_str("a name has at least one letter that can be seen"),
            Self::NoNumber => f.write_str("your employee number is needed: it tells you from your namesakes"),
            Self::UnreadableNumber => {
                f.write_str("an employee number has at least one letter or digit that can be seen")
            }
            Self::NoAddress => f.write_str("that is no e-mail address: name@example.com, or nothing"),
            Self::Hidden(shown) => {
                write!(f, "it has hidden characters: {shown}; type it instead of pasting it")
            }
            Self::TooLong(most) => write!(f, "that is too long: at most {most} characters are kept"),
        }
    }
}

/// The name that was typed, without the blanks around it; see [`tidy`].
///
/// # Errors
/// It has at least one letter that can be seen, of whatever script: a record must say who learned.
pub fn name(typed: &str) -> Result<Cow<'_, str>, Unfit> {
    let name = within(typed, LONGEST_NAME)?;
    if name.is_empty() {
        Err(Unfit::NoName)
    } else if name.chars().any(is_seen_letter) {
        Ok(name)
    } else {
        Err(Unfit::UnreadableName)
    }
}

/// The employee number that was typed, without the blanks around it; see [`tidy`].
///
/// # Errors
/// It has at least one letter or digit that can be seen.
pub fn number(typed: &str) -> Result<Cow<'_, str>, Unfit> {
    let number = within(typed, LONGEST_NUMBER)?;
    if number.is_empty() {
        Err(Unfit::NoNumber)
    } else if number.chars().any(|c| is_seen_letter(c) || c.is_numeric()) {
        Ok(number)
    } else {
        Err(Unfit::UnreadableNumber)
    }
}

/// The e-mail address that was typed, without the blanks around it, if one was; see [`tidy`].
///
/// # Errors
/// It looks like one; whether there is such a mailbox only a mail can tell.
pub fn email(typed: &str) -> Result<Option<Cow<'_, str>>, Unfit> {
    let typed = within(typed, LONGEST_EMAIL)?;
    let (user, host) = typed.rsplit_once('@').unwrap_or_default();
    let is_host = !host.split('.').any(str::is_empty);
    if typed.is_empty() {
        Ok(None)
    } else if user.is_empty() || !is_host || typed.contains(char::is_whitespace) {
        Err(Unfit::NoAddress)
    } else {
        Ok(Some(typed))
    }
}

/// An empty cell of Braille: a symbol to Unicode and a blank to everybody who sees it.
const BRAILLE_BLANK: char = '\u{2800}';

/// What was typed as it is kept: without the blanks around it, and the blanks of any kind between two words as one space, which is
/// what whoever reads it sees. Else one name would have as many spellings as nobody can tell apart.
#[must_use]
pub fn tidy(typed: &str) -> Cow<'_, str> {
    let words = typed.split(|c: char| c.is_whitespace() || c == BRAILLE_BLANK);
    let tidy = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    if tidy == typed { Cow::Borrowed(typed) } else { Cow::Owned(tidy) }
}

fn within(typed: &str, longest: usize) -> Result<Cow<'_, str>, Unfit> {
    let typed = tidy(typed);
    let shown = Printable::new(&typed);
    if typed.chars().count() > longest {
        Err(Unfit::TooLong(longest))
    } else if shown.as_str() != typed {
        Err(Unfit::Hidden(shown))
    } else {
        Ok(typed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_a_letter_that_can_be_seen() {
        let check = |typed: &str, expected: Result<&str, Unfit>| {
            assert_eq!(name(typed).as_deref().map_err(Clone::clone), expected, "{typed:?}");
        };
        check(" Ada Lovelace ", Ok("Ada Lovelace"));
        check("\u{2800} Ada\u{2800}Lovelace \u{2800}", Ok("Ada Lovelace"));
        check("Ada\u{a0} Lovelace \u{3000}King", Ok("Ada Lovelace King"));
        check("X Æ A-12", Ok("X Æ A-12"));
        for name in ["Ñ", "李", "ア", "김", "عدي", "אדה", "நிலா", "ǃXóõ"] {
            check(name, Ok(name));
        }
        check(" \u{3000}\u{a0}\u{2003}\u{2800}", Err(Unfit::NoName));
        for unreadable in ["007", "...", "\u{2801}"] {
            check(unreadable, Err(Unfit::UnreadableName));
        }
        for hidden in [
            "\u{3164}",
            "\u{115f}\u{1160}\u{ffa0}",
            "\u{200b}\u{2060}\u{feff}",
            "\u{17b4}\u{17b5}",
            "\u{e0041}",
            "A\u{ad}da",
            // A mark without a letter to stand on.
            "\u{301}",
        ] {
            check(hidden, Err(Unfit::Hidden(Printable::new(hidden))));
        }
        check(&"a".repeat(200), Ok(&"a".repeat(200)));
        check(&"a".repeat(201), Err(Unfit::TooLong(200)));
    }

    #[test]
    fn a_number_has_a_letter_or_a_digit_that_can_be_seen() {
        let check = |typed: &str, expected: Result<&str, Unfit>| {
            assert_eq!(number(typed).as_deref().map_err(Clone::clone), expected, "{typed:?}");
        };
        check(" 0042 ", Ok("0042"));
        check("\u{2800}0042\u{2800}", Ok("0042"));
        check("A-7", Ok("A-7"));
        check("٤٢", Ok("٤٢"));
        check("", Err(Unfit::NoNumber));
        check("\u{2800}", Err(Unfit::NoNumber));
        check("-", Err(Unfit::UnreadableNumber));
        check(&"1".repeat(101), Err(Unfit::TooLong(100)));
    }

    #[test]
    fn an_address_may_stay_out_and_looks_like_one_otherwise() {
        let check = |typed: &str, expected: Result<Option<&str>, Unfit>| {
            let found = email(typed);
            assert_eq!(found.as_ref().map(Option::as_deref).map_err(Clone::clone), expected, "{typed:?}");
        };
        check("\u{2800}ada@example.org", Ok(Some("ada@example.org")));
        check("  ", Ok(None));
        check(" ada@example.org ", Ok(Some("ada@example.org")));
        check("ada@work@example.org", Ok(Some("ada@work@example.org")));
        check("ada@intranet", Ok(Some("ada@intranet")));
        for wrong in [
            "ada",
            "ada@",
            "@example.org",
            "ada@.org",
            "ada@example.",
            "ada@example..org",
            "ada lovelace@example.org",
        ] {
            check(wrong, Err(Unfit::NoAddress));
        }
        check(&format!("{}@example.org", "a".repeat(250)), Err(Unfit::TooLong(254)));
    }
}
