//! Things that are named by the beginning of their identifier, as lists show it.

use uuid::Uuid;

use super::super::error::Failure;
use crate::shell::Wording;

/// The fewest hexadecimal digits that name something: with fewer, two things too easily have the same.
const FEWEST: usize = 4;

/// Enough of a name for a person to tell things apart.
pub(super) fn short(id: Uuid) -> String {
    let mut name = id.simple().to_string();
    name.truncate(8);
    name
}

/// The one whose name begins so.
pub(super) fn the_one(
    typed: &str,
    there: impl Iterator<Item = Uuid>,
    what: &str,
    list: &'static str,
) -> Result<Uuid, Failure> {
    let digits: String = typed.chars().filter(|c| *c != '-').flat_map(char::to_lowercase).collect();
    let look = Wording::from("to see them: ").then(list);
    if digits.chars().count() < FEWEST {
        return Err(Failure::new(format!(
            "{typed} is too short: name the {what} by at least {FEWEST} digits"
        ))
        .hint(look));
    }
    let mut fitting = there.filter(|id| id.simple().to_string().starts_with(&digits));
    match (fitting.next(), fitting.next()) {
        (Some(one), None) => Ok(one),
        (Some(_), Some(_)) => {
            Err(Failure::new(format!("more than one {what} begins with {typed}")).hint("type more of it"))
        }
        (None, _) => Err(Failure::new(format!("no {what} begins with {typed}")).hint(look)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_of_a_name_is_enough() {
        let (one, other) = (Uuid::from_u128(0x1234_5678 << 96), Uuid::from_u128(0x1234_9999 << 96));
        let check = |typed: &str, expected: Option<Uuid>| {
            assert_eq!(
                the_one(typed, [one, other].into_iter(), "rule", "countersign hr rule list").ok(),
                expected,
                "{typed}"
            );
        };
        check("12345", Some(one));
        check(&other.to_string(), Some(other));
        check("1234", None);
        check("123", None);
        check("9999", None);
    }

    /// It said "a exception" and "several exception that holdss".
    #[test]
    fn whatever_is_named_it_is_said_in_good_words() {
        let check = |typed: &str, expected: &str| {
            let ids = [1_u128, 2].map(|end| Uuid::from_u128(0x1234_5678 << 96 | end));
            let failure =
                the_one(typed, ids.into_iter(), "exception that holds", "countersign hr waive --list");
            assert_eq!(failure.expect_err("none is named").message, expected);
        };
        check("123", "123 is too short: name the exception that holds by at least 4 digits");
        check("12345", "more than one exception that holds begins with 12345");
        check("9999", "no exception that holds begins with 9999");
    }
}
