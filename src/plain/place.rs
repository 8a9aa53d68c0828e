//! Places in the conversation, and how somebody comes to them.

use super::pages::PageLeft;
use crate::training::{Step, Text};

/// Where in the course the learner is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// The course at a glance.
    Contents,
    /// A text.
    Reading(Visit),
    /// The knowledge check of the module at this index.
    Check(usize),
    /// Behind the answer to the question at the second index, in the check of the module at the first.
    Answered(usize, usize),
    /// Looking back at the answer to the question of this number, from 1.
    Review(Answers, usize),
    /// The assessment, however it stands.
    Assessment,
    /// The list of all questions of the attempt under way.
    List,
    /// The statement to agree to, and where `return` goes from it.
    Policy(Option<Box<Place>>),
    /// The signature.
    Sign,
    /// The certificate.
    Certificate,
}

/// A part of the course in which something is answered, with what follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AnsweredPart {
    /// The knowledge check of the module at this index.
    Check(usize),
    /// The assessment, the signature and the certificate.
    Assessment,
}

impl Place {
    pub(super) fn answered_part(&self) -> Option<AnsweredPart> {
        match self {
            Self::Check(module) | Self::Answered(module, _) | Self::Review(Answers::Check(module), _) => {
                Some(AnsweredPart::Check(*module))
            }
            Self::Assessment
            | Self::List
            | Self::Review(Answers::Attempt(_), _)
            | Self::Sign
            | Self::Certificate => Some(AnsweredPart::Assessment),
            Self::Contents | Self::Reading(_) | Self::Policy(_) => None,
        }
    }
}

impl From<Step> for Place {
    fn from(step: Step) -> Self {
        match step {
            Step::Lesson(module) => Self::Reading(Visit::to(Text::Lesson(module))),
            Step::Check(module) => Self::Check(module),
            Step::Assessment => Self::Assessment,
            Step::Policy => Self::Policy(None),
            Step::Sign => Self::Sign,
            Step::Certificate => Self::Certificate,
        }
    }
}

/// Whose answers are looked back at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answers {
    /// Those in the knowledge check of the module at this index.
    Check(usize),
    /// Those of the attempt of this number.
    Attempt(u32),
}

/// A text that is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Visit {
    pub(super) text: Text,
    pub(super) entry: Entry,
    /// Where `return` goes, and Enter from its end.
    pub(super) back: Option<Box<Place>>,
    /// Where `return` goes from a text that is to be read, and from whose end Enter goes on.
    pub(super) from: Option<Box<Place>>,
}

/// How somebody comes to a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Arrival {
    Anew,
    /// From somewhere that they went to from there: they know how it is there.
    Back,
}

/// Whether somebody was just greeted who was here before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Greeted {
    /// They were.
    Back,
    /// They came for the first time, or have been here for a while.
    Not,
}

/// Where a visit to a text begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Entry {
    /// Where the learner left off.
    LeftOff,
    /// At the heading of this anchor.
    Heading(String),
    /// At the beginning.
    Top,
    /// On the page that has this offset.
    At(usize),
    /// On the page on which these words were found.
    Found(FoundWords),
    /// On this page, which is said again as it was.
    Again(PageLeft),
    /// On this page, which was said already.
    Said(PageLeft),
}

/// Words that were looked for, at a place where they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FoundWords {
    /// Where in the source of the text (in bytes).
    pub(super) offset: usize,
    /// As they stand there.
    pub(super) words: String,
    /// With the rest of the words that they are a part of, such as “Irish” where “Iris” was looked for.
    pub(super) whole: String,
}

impl Visit {
    pub(super) fn to(text: Text) -> Self {
        Self { text, entry: Entry::LeftOff, back: None, from: None }
    }

    /// Whether a place of it is looked up by somebody who is elsewhere.
    pub(super) fn is_to_look_up(&self) -> bool {
        let is_place = match self.entry {
            Entry::Heading(_) | Entry::At(_) | Entry::Found(..) => true,
            Entry::Again(page) | Entry::Said(page) => page.is_looked_up,
            Entry::LeftOff | Entry::Top => false,
        };
        is_place && self.back.is_some()
    }

    /// Where `return` goes, unless to the contents.
    pub(super) fn way_back(&self) -> Option<&Place> {
        self.back.as_deref().or(self.from.as_deref())
    }
}
