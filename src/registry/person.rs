//! The people who must be trained, as the roster names them.

use std::borrow::Borrow;
use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, de};
use unicode_normalization::UnicodeNormalization as _;

use crate::{address, printable};

/// An employee number: an opaque text of 1 to 128 characters without control characters and without spaces at its ends.
/// `012345` is not `12345`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct PersonNumber(String);

/// Why a text is not a [`PersonNumber`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonNumberError {
    /// Nothing is left without the spaces at its ends.
    Empty,
    /// More than [`PersonNumber::MOST`] characters.
    TooLong,
    /// It holds a control character, such as a line break.
    Control,
}

impl PersonNumber {
    /// How many characters a number has at most.
    pub const MOST: usize = 128;

    /// The number in this text; spaces at its ends are not part of it.
    ///
    /// # Errors
    /// When it is empty, too long, or holds control characters.
    pub fn new(text: &str) -> Result<Self, PersonNumberError> {
        let text = text.trim();
        if text.is_empty() {
            Err(PersonNumberError::Empty)
        } else if text.chars().count() > Self::MOST {
            Err(PersonNumberError::TooLong)
        } else if text.chars().any(char::is_control) {
            Err(PersonNumberError::Control)
        } else {
            Ok(Self(text.to_owned()))
        }
    }

    /// The number as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is left of it when somebody only looks at it: no zeros before digits, no difference between letters that are
    /// large, wide, written in several ways or pass for each other, and nothing that cannot be seen; nor what spreadsheets make of
    /// a number, an apostrophe before it or a fraction of nothing behind. Two that are alike in this are two numbers all the same.
    #[must_use]
    pub fn bare(&self) -> String {
        let seen: String =
            self.0.nfkc().filter(|c| !c.is_whitespace() && !printable::is_hidden(*c)).collect();
        let seen = address::look(&seen);
        let seen = seen.trim_start_matches('\'');
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let is_nothing = |fraction: &str| !fraction.is_empty() && fraction.bytes().all(|byte| byte == b'0');
        let whole =
            seen.split_once(['.', ',']).filter(|(whole, fraction)| digits(whole) && is_nothing(fraction));
        let whole = whole.map_or(seen, |(whole, _)| whole);
        if digits(whole) { whole.trim_start_matches('0').to_owned() } else { whole.to_owned() }
    }
}

impl fmt::Display for PersonNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl Borrow<str> for PersonNumber {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for PersonNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(&String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

impl fmt::Display for PersonNumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the employee number is empty"),
            Self::TooLong => {
                write!(f, "the employee number has more than {} characters", PersonNumber::MOST)
            }
            Self::Control => f.write_str("the employee number holds a control character"),
        }
    }
}

impl std::error::Error for PersonNumberError {}

/// What the roster says of a person at one time. Texts are as they stood in the file, without spaces at their ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Not empty.
    pub name: String,
    /// Where assignments and receipts are sent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub email: Option<String>,
    /// For reports by department, and for whom an assignment is meant.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub department: Option<String>,
    /// Whoever is told when somebody is overdue: a name or an employee number, as the file has it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub manager: Option<String>,
    /// For reports by role, and for whom an assignment is meant.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub role: Option<String>,
    /// The type of employment, such as `contractor`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub employment: Option<String>,
    /// First day of work.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hired: Option<NaiveDate>,
    /// Last day of work.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub leaves: Option<NaiveDate>,
    /// What the file says of the person's status, such as `on leave`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub status: Option<String>,
}

impl Profile {
    /// Whether they belong to one of these departments and have one of these roles; with none named, to any.
    #[must_use]
    pub fn is_among(&self, departments: &[String], roles: &[String]) -> bool {
        let is = |wanted: &[String], has: Option<&String>| {
            wanted.is_empty() || has.is_some_and(|has| wanted.contains(has))
        };
        is(departments, self.department.as_ref()) && is(roles, self.role.as_ref())
    }

    /// A profile that says what somebody is called and nothing else.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            email: None,
            department: None,
            manager: None,
            role: None,
            employment: None,
            hired: None,
            leaves: None,
            status: None,
        }
    }
}

/// Whether somebody counts among those who must be trained. A roster says one thing until the next one; which day it is
/// says the rest ([`Presence::on`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// At work.
    Active,
    /// On leave: counted apart, and not overdue.
    Away,
    /// Not with the organisation any more, or not yet; history stays.
    Gone,
}

impl Presence {
    /// What a roster's word comes to on a day in UTC: whoever it says is at work is not here before the first day of work,
    /// and not after the last one, also when no roster has come since.
    #[must_use]
    pub fn on(self, day: NaiveDate, profile: &Profile) -> Self {
        let over = profile.leaves.is_some_and(|last| last < day);
        let not_yet = profile.hired.is_some_and(|first| first > day);
        if over || not_yet { Self::Gone } else { self }
    }
}

/// What a roster does to how many people stand on it, by what it says of one of them. Whoever it does not say to have left
/// stands on it, those whose first day is to come among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Passage {
    /// They did not stand on it before.
    Joined,
    /// They do not stand on it any more.
    Left,
    /// Neither.
    None,
}

impl Passage {
    /// What becomes of somebody of whom rosters said `before`, and now say `after`.
    #[must_use]
    pub fn of(before: Option<Presence>, after: Presence) -> Self {
        let stood = before.is_some_and(|before| before != Presence::Gone);
        match (stood, after != Presence::Gone) {
            (false, true) => Self::Joined,
            (true, false) => Self::Left,
            (false, false) | (true, true) => Self::None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_decides_where_a_roster_names_one() {
        use Presence::{Active, Away, Gone};
        fn check(said: Presence, hired: Option<&str>, leaves: Option<&str>, expected: [Presence; 3]) {
            let date = |text: &str| text.parse().expect("a date");
            let profile =
                Profile { hired: hired.map(date), leaves: leaves.map(date), ..Profile::named("Ada") };
            let days = ["2026-11-25", "2026-11-26", "2026-11-27"];
            let on = days.map(|day| said.on(date(day), &profile));
            assert_eq!(on, expected, "{said:?} {hired:?} {leaves:?}");
        }
        check(Active, None, None, [Active; 3]);
        check(Away, None, Some("2026-11-26"), [Away, Away, Gone]);
        check(Active, Some("2026-11-26"), None, [Gone, Active, Active]);
        check(Active, Some("2026-11-26"), Some("2026-11-26"), [Gone, Active, Gone]);
        check(Gone, Some("2026-01-01"), Some("2027-01-01"), [Gone; 3]);
    }

    #[test]
    fn whoever_is_not_said_to_have_left_stands_on_the_roster() {
        use Presence::{Active, Away, Gone};
        for (before, after, expected) in [
            (None, Active, Passage::Joined),
            (None, Gone, Passage::None),
            (Some(Gone), Away, Passage::Joined),
            (Some(Away), Gone, Passage::Left),
            (Some(Active), Away, Passage::None),
            (Some(Gone), Gone, Passage::None),
        ] {
            assert_eq!(Passage::of(before, after), expected, "{before:?} {after:?}");
        }
    }

    #[test]
    fn numbers_are_opaque_texts() {
        fn check(text: &str, expected: Result<&str, PersonNumberError>) {
            assert_eq!(
                PersonNumber::new(text).as_ref().map(PersonNumber::as_str),
                expected.as_ref().copied()
            );
        }
        check("012345", Ok("012345"));
        check(" E-7 \n", Ok("E-7"));
        check("张三", Ok("张三"));
        check("  ", Err(PersonNumberError::Empty));
        check("1\n2", Err(PersonNumberError::Control));
        check(&"9".repeat(128), Ok(&"9".repeat(128)));
        check(&"9".repeat(129), Err(PersonNumberError::TooLong));
    }
}
