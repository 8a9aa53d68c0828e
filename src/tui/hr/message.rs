//! Everything that can happen to a dashboard.

use crossterm::event::Event;

use crate::tui::hr::overlay;
use crate::tui::hr::screens::{aside, charts, people, person, record, review};

/// Something that happens to a dashboard. Each screen has messages of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// On the list of people.
    People(people::Message),
    /// On the charts.
    Charts(charts::Message),
    /// On the list of what waits.
    Review(review::Message),
    /// On the page of a person.
    Person(person::Message),
    /// On the page of a record.
    Record(record::Message),
    /// On the page of a file that was put aside.
    Aside(aside::Message),
    /// On what lies over the screen.
    Overlay(overlay::Message),
    /// Was typed before the registry was read, and is done when it is there.
    Early(Event),
    /// Forgets what was typed before the registry was read.
    Forget,
    /// Goes to another of the screens that are always there.
    Go(Tab),
    /// Goes to the next of them.
    NextTab,
    /// Goes to the one before.
    PreviousTab,
    /// Leaves a page for the one below it.
    Back,
    /// Reads everything again.
    Reload,
    /// Asks for which moment.
    AskMoment,
    /// Says something above the keys until the next key.
    Say(String),
    /// A key or a click without a meaning takes that away.
    Hush,
    /// Closes the help and does what one of its lines says.
    FromHelp(Box<Message>),
    /// Shows the keys of the screen.
    Help,
    /// Shows the settings.
    Settings,
    /// Gives the terminal back to the shell for a while.
    Suspend,
    /// Ends the dashboard.
    Quit,
}

/// The screens that are always there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// Everybody.
    People,
    /// How it grew, and where.
    Charts,
    /// What waits for a decision.
    Review,
}

impl Tab {
    /// All of them, from left to right.
    pub const ALL: [Self; 3] = [Self::People, Self::Charts, Self::Review];

    /// What it is called.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Charts => "charts",
            Self::Review => "review",
        }
    }

    /// The next one.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::People => Self::Charts,
            Self::Charts => Self::Review,
            Self::Review => Self::People,
        }
    }

    /// The one before.
    #[must_use]
    pub fn previous(self) -> Self {
        self.next().next()
    }
}
