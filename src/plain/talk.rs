//! What is asked, what is said back, and what help is needed between the two.

use super::command::Command;
use crate::quiz::AskCertainty;

/// What the learner said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    /// Enter alone.
    Enter,
    /// A command that only the place understands.
    Command(Command),
    /// How things are said has changed.
    Changed,
    /// Say it again.
    Repeat,
    /// Anything else.
    Answer(String),
}

/// What is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expected {
    Choice,
    /// What nobody takes back: a line that was typed before the question could be heard is no answer to it.
    Decision,
    /// A word may be an answer and a command.
    FreeText,
}

/// Where help was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Help {
    Contents,
    Reading,
    Link,
    Question(Way, AskCertainty, Expected),
    CheckQuestion(Way, AskCertainty, Expected, Answered),
    Certainty,
    List,
    AfterAnswer,
    CheckEnd,
    Review,
    Assessment,
    Submit,
    Result,
    Statement,
    PolicyLocked,
    PolicyAgreed,
    Sign,
    Outgrown,
    Certificate,
    Again,
    Further,
}

impl Help {
    /// How the question is answered that is asked, where one is; whether it asks how sure one is, and what is expected.
    pub(super) fn asked(self) -> Option<(Way, AskCertainty, Expected)> {
        match self {
            Self::Question(way, certainty, expected) | Self::CheckQuestion(way, certainty, expected, _) => {
                Some((way, certainty, expected))
            }
            Self::Contents
            | Self::Reading
            | Self::Link
            | Self::Certainty
            | Self::List
            | Self::AfterAnswer
            | Self::CheckEnd
            | Self::Review
            | Self::Assessment
            | Self::Submit
            | Self::Result
            | Self::Statement
            | Self::PolicyLocked
            | Self::PolicyAgreed
            | Self::Sign
            | Self::Outgrown
            | Self::Certificate
            | Self::Again
            | Self::Further => None,
        }
    }
}

/// In which way the question is answered at which help was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    OneNumber,
    Numbers,
    TrueOrFalse,
    Pairs,
    InOrder,
    Number,
    Text,
    /// A gap of a text, of whichever kind.
    Gap,
    Decision,
}

/// Whether an answer is there that somebody can be sure of or take back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answered {
    Yes,
    NotYet,
}

impl Answered {
    pub(super) fn when(is_answered: bool) -> Self {
        if is_answered { Self::Yes } else { Self::NotYet }
    }
}
