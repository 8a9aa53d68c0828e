//! Everything that can happen to the face.

use std::sync::Arc;

use crate::address::Address;
use crate::progress::Bookmark;
use crate::quiz::question::LessonLink;
use crate::training::{Step, Text};
use crate::tui::keymap::Key;
use crate::tui::overlay::{self, Typed};
use crate::tui::preview;
use crate::tui::screens::{
    assessment, bookmarks, certificate, check, course, lesson, policy, search, sign, welcome,
};
use crate::tui::widgets::answer::PadMessage;

/// Something that happens to the face. Each screen has messages of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// On the welcome screen.
    Welcome(welcome::Message),
    /// On the course screen.
    Course(course::Message),
    /// On the lesson screen.
    Lesson(lesson::Message),
    /// On the check screen.
    Check(check::Message),
    /// On the assessment screen.
    Assessment(assessment::Message),
    /// On the policy screen.
    Policy(policy::Message),
    /// On the page before signing.
    Sign(sign::Message),
    /// On the certificate screen.
    Certificate(certificate::Message),
    /// On the form with what the learner said about themselves.
    Person(welcome::Message),
    /// On the list of bookmarks and notes.
    BookmarkList(bookmarks::Message),
    /// On the search in the whole course.
    Search(search::Message),
    /// In a preview alone.
    Preview(preview::Message),
    /// On what lies over the screen.
    Overlay(overlay::Message),
    /// Goes to another screen.
    Go(Destination),
    /// Opens a lesson to look something up; [`Message::Back`] comes back to this very screen.
    LookUp(LessonLink),
    /// The same at footnotes of a text that are a source.
    LookUpSources {
        /// Which text.
        text: Text,
        /// Where in it they begin, in bytes of its source and in their order.
        places: Vec<usize>,
    },
    /// Shows the bookmarks and notes of the course; [`Message::Back`] comes back to this very screen.
    Bookmarks,
    /// Looks for words in the whole course; [`Message::Back`] comes back to this very screen.
    Find,
    /// Shows the form with what the learner said about themselves; [`Message::Back`] comes back to this very screen.
    Correct,
    /// Writes a note for a place of a text, and comes back.
    WriteNote {
        /// The text.
        text: Text,
        /// In bytes of its source.
        place: usize,
        /// What is kept for that place already.
        known: Option<Box<Bookmark>>,
    },
    /// Shows a place of a text instead of this screen.
    Show {
        /// The text.
        text: Text,
        /// In bytes of its source.
        place: usize,
    },
    /// Opens a place where words were found; [`Message::Back`] comes back to this very screen.
    OpenFound(FoundPlace),
    /// Leaves the screen: back to where it was opened from, else to the course.
    Back,
    /// Asks whether to open this address.
    AskToOpen(Box<Address>),
    /// Shows terms of the glossary.
    Terms {
        /// Which ones.
        title: &'static str,
        /// The terms with their definitions, as Markdown.
        text: Arc<str>,
    },
    /// Says something above the keys until the next key. The text may hold anything.
    Say(String),
    /// Says where a file is, on a panel where its path can be copied.
    Place {
        /// Which file, as the path goes on behind it.
        words: &'static str,
        /// Where it is.
        path: String,
    },
    /// Says what keys do now, above those that always do, until the next key: a click on one does it.
    Tell(&'static [Told]),
    /// Closes what lies over the screen and does this on it.
    Beneath(Box<Message>),
    /// Asks whether to take the course again.
    AskToBeginAgain,
    /// Asks whether to leave a form with what was typed into it.
    AskToGiveUp(Typed),
    /// Shows the keys of the screen.
    Help,
    /// Shows the settings.
    Settings,
    /// Gives the terminal back to the shell for a while.
    Suspend,
    /// Ends the face; everything is saved.
    Quit,
    /// A key or a click without a meaning of its own.
    Touch,
    /// A key without one that takes away what is said above the keys.
    Hush,
    /// Time went by that somebody waited for.
    Tick,
}

impl Message {
    /// Whether it goes into an answer, or into a field, and is no way of moving about.
    #[must_use]
    pub fn is_of_answer(&self) -> bool {
        let is_typed = matches!(
            self,
            Self::Policy(policy::Message::Edit(_))
                | Self::Welcome(welcome::Message::Edit(_))
                | Self::Person(welcome::Message::Edit(_))
        );
        is_typed || self.to_question().is_some_and(PadMessage::is_of_answer)
    }

    /// Whether it is one step of many, such as to the next line: two quick clicks are two of them. Of everything else, such as to turn a
    /// page or to tick an option, a double click is meant once.
    #[must_use]
    pub fn is_step(&self) -> bool {
        match self {
            Self::Course(message) => matches!(message, course::Message::Up | course::Message::Down),
            Self::Lesson(message) | Self::Policy(policy::Message::Text(message)) => message.is_step(),
            Self::Check(check::Message::Pad(message))
            | Self::Assessment(assessment::Message::Pad(message)) => message.is_step(),
            Self::Check(check::Message::Step(step))
            | Self::Assessment(assessment::Message::Step(step))
            | Self::Policy(policy::Message::Step(step))
            | Self::Sign(sign::Message::Step(step))
            | Self::Certificate(certificate::Message::Step(step))
            | Self::BookmarkList(bookmarks::Message::Step(step)) => step.is_single(),
            Self::Search(search::Message::Step(step)) => step.is_single(),
            Self::Overlay(message) => message.is_step(),
            Self::Welcome(_)
            | Self::Check(_)
            | Self::Assessment(_)
            | Self::Policy(_)
            | Self::Sign(_)
            | Self::Certificate(_)
            | Self::Person(_)
            | Self::BookmarkList(_)
            | Self::Search(_)
            | Self::Preview(_)
            | Self::Go(_)
            | Self::LookUp(_)
            | Self::LookUpSources { .. }
            | Self::Bookmarks
            | Self::Find
            | Self::Correct
            | Self::WriteNote { .. }
            | Self::Show { .. }
            | Self::OpenFound(_)
            | Self::Back
            | Self::AskToOpen(_)
            | Self::Terms { .. }
            | Self::Say(_)
            | Self::Place { .. }
            | Self::Tell(_)
            | Self::Beneath(_)
            | Self::AskToBeginAgain
            | Self::AskToGiveUp(_)
            | Self::Help
            | Self::Settings
            | Self::Suspend
            | Self::Quit
            | Self::Touch
            | Self::Hush
            | Self::Tick => false,
        }
    }

    /// Whether something is held with it as long as the button of the mouse is.
    #[must_use]
    pub fn takes_hold(&self) -> bool {
        self.to_question().is_some_and(PadMessage::takes_hold)
    }

    /// What it says to the question that is asked, if it does.
    fn to_question(&self) -> Option<&PadMessage> {
        match self {
            Self::Check(check::Message::Pad(message))
            | Self::Assessment(assessment::Message::Pad(message)) => Some(message),
            Self::Welcome(_)
            | Self::Course(_)
            | Self::Lesson(_)
            | Self::Check(_)
            | Self::Assessment(_)
            | Self::Policy(_)
            | Self::Sign(_)
            | Self::Certificate(_)
            | Self::Person(_)
            | Self::BookmarkList(_)
            | Self::Search(_)
            | Self::Preview(_)
            | Self::Overlay(_)
            | Self::Go(_)
            | Self::LookUp(_)
            | Self::LookUpSources { .. }
            | Self::Bookmarks
            | Self::Find
            | Self::Correct
            | Self::WriteNote { .. }
            | Self::Show { .. }
            | Self::OpenFound(_)
            | Self::Back
            | Self::AskToOpen(_)
            | Self::Terms { .. }
            | Self::Say(_)
            | Self::Place { .. }
            | Self::Tell(_)
            | Self::Beneath(_)
            | Self::AskToBeginAgain
            | Self::AskToGiveUp(_)
            | Self::Help
            | Self::Settings
            | Self::Suspend
            | Self::Quit
            | Self::Touch
            | Self::Hush
            | Self::Tick => None,
        }
    }
}

/// A part of what is told above the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Words.
    Words(&'static str),
    /// A key with what it does.
    Key {
        /// What it is called where somebody wants other keys for it, if others can be wanted.
        action: Option<&'static str>,
        /// The key, where nobody does.
        key: &'static [Key],
        /// What it does, as it goes on behind the name of the key.
        words: &'static str,
    },
}

/// A place in the texts of the course where words were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundPlace {
    /// In which text.
    pub text: Text,
    /// The words, as they were typed.
    pub words: String,
    /// Where in the source of the text (in bytes) they stand.
    pub offset: usize,
}

/// Where to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Destination {
    /// The course at a glance.
    Course,
    /// The lesson of the module at this index.
    Lesson(usize),
    /// The check of the module at this index.
    Check(usize),
    /// The assessment.
    Assessment,
    /// The policy.
    Policy,
    /// What is about to be signed.
    Sign,
    /// The certificate.
    Certificate,
}

impl From<Step> for Destination {
    fn from(step: Step) -> Self {
        match step {
            Step::Lesson(module) => Self::Lesson(module),
            Step::Check(module) => Self::Check(module),
            Step::Assessment => Self::Assessment,
            Step::Policy => Self::Policy,
            Step::Sign => Self::Sign,
            Step::Certificate => Self::Certificate,
        }
    }
}
