//! The identifiers that courses, quizzes and their parts carry for life.

use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Why a text is not an identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdError;

impl fmt::Display for IdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected 1 to 64 of a-z, 0-9 and hyphens, beginning with a letter or digit")
    }
}

impl std::error::Error for IdError {}

/// Identifiers become file names, JSON keys and draw input, so only one safe spelling is allowed.
fn is_identifier(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=64).contains(&text.len()) && text.bytes().all(allowed) && !text.starts_with('-')
}

macro_rules! identifiers {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The identifier as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                if is_identifier(text) { Ok(Self(text.to_owned())) } else { Err(IdError) }
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                if is_identifier(&text) { Ok(Self(text)) } else { Err(de::Error::custom(IdError)) }
            }
        }
    )*};
}

identifiers! {
    /// Names a course over all its versions.
    CourseId;
    /// Names a quiz within its course.
    QuizId;
    /// Names a question within its quiz, stable for life; what changes is its revision.
    QuestionId;
    /// Names an option, item, pair, gap or scenario step within its question.
    OptionId;
    /// Names a topic within its course.
    TopicId;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_safe_spelling() {
        fn check(text: &str, good: bool) {
            assert_eq!(text.parse::<OptionId>().is_ok(), good, "{text:?}");
        }
        check("in-app-browser", true);
        check("7", true);
        check(&"a".repeat(64), true);
        check(&"a".repeat(65), false);
        check("", false);
        check("-a", false);
        check("Article", false);
        check("a b", false);
        check("a/b", false);
        check("é", false);
    }
}
