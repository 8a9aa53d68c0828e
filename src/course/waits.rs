//! How long learners wait after attempts that did not pass.

use std::fmt::{self, Write as _};

/// How long learners wait after attempts that did not pass, in minutes; the first attempt is never waited for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waits {
    /// After the first failed attempt, the second and so on; the last of them is not `last`, so that what is the same is
    /// equal.
    first: Vec<u32>,
    /// After every other failed attempt.
    last: u32,
}

impl Waits {
    /// The next attempt is always open.
    pub const NONE: Self = Self::always(0);

    /// The most numbers in a list: whoever fails a tenth time needs a person, not a longer wait.
    pub const MOST: usize = 10;

    /// The same wait after every failed attempt.
    #[must_use]
    pub const fn always(minutes: u32) -> Self {
        Self { first: Vec::new(), last: minutes }
    }

    /// The first number after the first failed attempt, the second after the second, the last after all later ones;
    /// `None` unless there are 1 to [`Waits::MOST`].
    #[must_use]
    pub fn growing(minutes: &[u32]) -> Option<Self> {
        let (last, first) = minutes.split_last().filter(|_| minutes.len() <= Self::MOST)?;
        let differing = first.iter().rposition(|wait| wait != last).map_or(0, |place| place + 1);
        Some(Self { first: first[..differing].to_vec(), last: *last })
    }

    /// How long to wait after `failed` failed attempts, in minutes.
    #[must_use]
    pub fn after(&self, failed: u32) -> u32 {
        let Some(place) = failed.checked_sub(1) else { return 0 };
        let listed = usize::try_from(place).ok().and_then(|place| self.first.get(place));
        listed.copied().unwrap_or(self.last)
    }

    /// What learners are told where there are so many attempts: a sentence, or nothing where nobody ever waits.
    #[must_use]
    pub fn words(&self, attempts: Option<u32>) -> Option<String> {
        // After the last attempt there is nothing to wait for.
        let followed = attempts.map_or(u32::MAX, |attempts| attempts.saturating_sub(1));
        let listed = u32::try_from(self.first.len() + 1).unwrap_or(u32::MAX);
        let waits: Vec<u32> = (1..=listed.min(followed)).map(|failed| self.after(failed)).collect();
        let told = Self::growing(&waits)?;
        let count = u32::try_from(told.first.len() + 1).unwrap_or(u32::MAX);
        let mut parts = told.first.iter().zip(ORDINALS).map(|(wait, ordinal)| (ordinal, *wait));
        let Some((first, wait)) = parts.next() else {
            let wait = (told.last > 0).then(|| when(told.last))?;
            return Some(format!("After an attempt that does not pass, you can try again {wait}."));
        };
        let mut words =
            format!("After the {first} attempt that does not pass, you can try again {}", when(wait));
        for (ordinal, wait) in parts {
            let _ = write!(words, "; after the {ordinal}, {}", when(wait));
        }
        let which = match ORDINALS.get(told.first.len()).filter(|_| followed == count) {
            Some(ordinal) => format!("after the {ordinal}"),
            None => "after every later one".to_owned(),
        };
        Some(format!("{words}; {which}, {}.", when(told.last)))
    }
}

impl fmt::Display for Waits {
    /// `30 minutes`, or `none, then a day`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for wait in &self.first {
            write!(f, "{}, then ", length(*wait))?;
        }
        f.write_str(&length(self.last))
    }
}

/// As many as there can be numbers in a list.
const ORDINALS: [&str; Waits::MOST] =
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

fn when(minutes: u32) -> String {
    if minutes == 0 { "at once".to_owned() } else { format!("in {}", span(minutes)) }
}

fn length(minutes: u32) -> String {
    if minutes == 0 { "none".to_owned() } else { span(minutes) }
}

/// So many minutes in the largest unit that needs no fraction: `a day`, `2 hours`, `90 minutes`.
fn span(minutes: u32) -> String {
    let (number, one, many) = if minutes > 0 && minutes.is_multiple_of(24 * 60) {
        (minutes / (24 * 60), "a day", "days")
    } else if minutes > 0 && minutes.is_multiple_of(60) {
        (minutes / 60, "an hour", "hours")
    } else {
        (minutes, "a minute", "minutes")
    };
    if number == 1 { one.to_owned() } else { format!("{number} {many}") }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn waits(minutes: &[u32]) -> Waits {
        Waits::growing(minutes).expect("1 to 10 numbers")
    }

    #[test]
    fn lengths() {
        #[track_caller]
        fn check(minutes: u32, expected: &str) {
            assert_eq!(span(minutes), expected);
        }
        check(0, "0 minutes");
        check(1, "a minute");
        check(30, "30 minutes");
        check(60, "an hour");
        check(90, "90 minutes");
        check(120, "2 hours");
        check(1440, "a day");
        check(1500, "25 hours");
        check(2880, "2 days");
        check(u32::MAX, "4294967295 minutes");
    }

    #[test]
    fn what_learners_are_told() {
        #[track_caller]
        fn check(minutes: &[u32], attempts: Option<u32>, expected: &str) {
            assert_eq!(waits(minutes).words(attempts).as_deref().unwrap_or("nothing"), expected);
        }
        let always = "After an attempt that does not pass, you can try again in 30 minutes.";
        check(&[30], None, always);
        check(&[30, 30], Some(3), always);
        check(&[30], Some(1), "nothing");
        check(&[0], None, "nothing");
        check(&[0, 1440], Some(2), "nothing");
        check(
            &[0, 1440],
            Some(3),
            "After the first attempt that does not pass, you can try again at once; after the second, in a day.",
        );
        check(
            &[0, 1440],
            Some(4),
            "After the first attempt that does not pass, you can try again at once; after every later one, in a day.",
        );
        check(
            &[5, 60, 2880],
            None,
            "After the first attempt that does not pass, you can try again in 5 minutes; after the second, in an hour; \
             after every later one, in 2 days.",
        );
    }

    #[test]
    fn how_versions_are_compared() {
        assert_eq!(waits(&[0, 1440]).to_string(), "none, then a day");
        assert_eq!(Waits::always(30).to_string(), "30 minutes");
        assert_eq!(waits(&[7, 30, 30, 30]), waits(&[7, 30]));
        assert_eq!(waits(&[0]), Waits::NONE);
        assert_eq!((Waits::growing(&[]), Waits::growing(&[1; 11])), (None, None));
    }

    proptest! {
        #[test]
        fn each_number_holds_after_its_attempt_and_the_last_one_for_good(
            minutes in prop::collection::vec(prop_oneof![0_u32..3, any::<u32>()], 1..=Waits::MOST),
            failed in 0_u32..1_000,
        ) {
            let expected = match failed {
                0 => 0,
                failed => minutes[(failed as usize - 1).min(minutes.len() - 1)],
            };
            prop_assert_eq!(waits(&minutes).after(failed), expected);
        }

        #[test]
        fn who_is_told_nothing_never_waits(
            minutes in prop::collection::vec(0_u32..3, 1..5),
            attempts in prop::option::of(1_u32..7),
        ) {
            let waits = waits(&minutes);
            let any = (1..attempts.unwrap_or(9)).any(|failed| waits.after(failed) > 0);
            prop_assert_eq!(waits.words(attempts).is_some(), any);
        }
    }
}
