//! The dashboard as a value: what it holds, and which message an event is.

mod early;
mod preferences;
mod update;
mod view;

use std::collections::VecDeque;

use crossterm::event::{Event, MouseButton, MouseEventKind};
use ratatui::layout::{Position, Rect, Size};

use crate::clock::Timestamp;
use crate::config::Config;
use crate::printable::Printable;
use crate::registry::office::{Overview, Ruling};
use crate::tui::hr::effect::Effect;
use crate::tui::hr::message::{Message, Tab};
use crate::tui::hr::overlay::Overlay;
use crate::tui::hr::screens::{View, aside, charts, people, person, record, review};
use crate::tui::hr::{Look, Start};
use crate::tui::keymap::{self, Binding, Context, Key, Keymap};
use crate::tui::model::{Areas, SMALLEST};
use crate::tui::pane::Hits;
use crate::tui::theme::Depth;

/// The dashboard of one officer.
#[derive(Debug)]
pub struct Model {
    look: Look,
    config: Config,
    depth: Depth,
    keymap: Keymap,
    overview: Option<Box<Overview>>,
    reading: Reading,
    /// The moment that is shown; the present when none is named.
    moment: Option<Timestamp>,
    tab: Tab,
    people: people::State,
    charts: charts::State,
    review: review::State,
    /// Pages over the screen of the tab, the latest last.
    pages: Vec<Page>,
    overlay: Option<Overlay>,
    /// The first row of the overlay that is seen.
    scroll: usize,
    /// Said in the last line until the next message.
    notice: Option<Printable>,
    /// What is being entered.
    deciding: Option<Ruling>,
    /// Who decided last, so that they need not type it again.
    by: String,
    /// What was to be decided, with its reason: kept until it is entered, so that nobody types a reason twice.
    drafts: Vec<Ruling>,
    /// Whether the officer has asked to leave while a decision was being entered.
    leaving: Leaving,
    /// What was typed before anything was read.
    early: VecDeque<Event>,
    size: Size,
    now: Timestamp,
}

/// Whether the officer has asked to leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leaving {
    /// No.
    No,
    /// Yes, as soon as what is being entered is in the log.
    WhenEntered,
}

/// What is known of the registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// It is being read; so many people so far.
    UnderWay(u64),
    /// It was read.
    Done,
    /// It was read, and has changed since.
    Stale,
}

/// A page over the screen of the tab.
#[derive(Debug)]
enum Page {
    Person(Box<person::State>),
    Record(Box<record::State>),
    Aside(Box<aside::State>),
}

/// What can be done where nothing is typed.
static ANYWHERE: &[Binding<Message>] = &[
    Binding::new(&[Key::Char('1')], Message::Go(Tab::People), "people").action("people"),
    Binding::new(&[Key::Char('2')], Message::Go(Tab::Charts), "charts").action("charts"),
    Binding::new(&[Key::Char('3')], Message::Go(Tab::Review), "review").action("waiting"),
    Binding::new(&[Key::Char('d')], Message::AskMoment, "how it was on another day")
        .action("day")
        .hint("day"),
    Binding::new(&[Key::Char('r')], Message::Reload, "read the registry again")
        .action("reload")
        .hint("reload"),
];

/// What can be done on the screens of the tabs.
static ON_TABS: &[Binding<Message>] = &[
    Binding::new(&[Key::Tab], Message::NextTab, "next screen").action("next_screen").hint("next screen"),
    Binding::new(&[Key::BackTab], Message::PreviousTab, "previous screen").action("previous_screen"),
    Binding::new(&[Key::Char('q')], Message::Quit, "leave the dashboard").action("leave").hint("quit"),
];

/// What can be done always.
static EVERYWHERE: &[Binding<Message>] = &[
    Binding::new(&[Key::Char('?'), Key::F(1)], Message::Help, "these keys").action("help").hint("help"),
    Binding::new(&[Key::Char(','), Key::F(9)], Message::Settings, "settings: colours, mouse, face")
        .action("settings"),
    Binding::new(&[Key::Ctrl('c')], Message::Quit, "leave the dashboard"),
    Binding::new(&[Key::Ctrl('z')], Message::Suspend, "back to the shell for a while; fg returns"),
];

/// The keys of every screen.
pub(in crate::tui) fn contexts() -> Vec<Context> {
    let tabs = [people::contexts(), charts::contexts(), review::contexts()].concat();
    let pages = [person::contexts(), record::contexts(), aside::contexts()].concat();
    let anywhere = |context: Context| context.table(ANYWHERE).table(EVERYWHERE);
    tabs.into_iter().map(|context| context.table(ON_TABS)).chain(pages).map(anywhere).collect()
}

impl Model {
    /// A dashboard before anything was read.
    #[must_use]
    pub fn open(start: Start, look: Look, now: Timestamp) -> Self {
        let overlay = (!start.notices.is_empty()).then(|| Overlay::Notices(start.notices));
        Self {
            look,
            config: Config::default(),
            depth: Depth::None,
            keymap: Keymap::default(),
            overview: None,
            reading: Reading::UnderWay(0),
            moment: start.at,
            tab: Tab::People,
            people: people::State::new(),
            charts: charts::State::new(),
            review: review::State::default(),
            pages: Vec::new(),
            overlay,
            scroll: 0,
            notice: None,
            deciding: None,
            by: String::new(),
            drafts: Vec::new(),
            leaving: Leaving::No,
            early: VecDeque::new(),
            size: SMALLEST,
            now,
        }
    }

    /// What is to be done first.
    #[must_use]
    pub fn begin(&self) -> Vec<Effect> {
        vec![Effect::Read(self.moment)]
    }

    /// It is `now`.
    pub fn set_now(&mut self, now: Timestamp) {
        self.now = now;
    }

    /// The terminal has this size.
    pub fn resize(&mut self, size: Size) {
        self.size = size;
    }

    /// The moment of what is shown.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        self.overview.as_ref().map_or(self.now, |overview| overview.listing.at())
    }

    /// Whether there is something to look for while nothing else is to be done.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.overview.as_ref().is_some_and(|overview| self.people.is_busy(&overview.listing))
    }

    /// Goes on with what there is to look for.
    pub fn go_on(&mut self) {
        if let Some(overview) = &self.overview {
            self.people.go_on(&overview.listing);
        }
    }

    /// Whether something is asked that a key answers which may have been meant for what was there before.
    #[must_use]
    pub fn has_question(&self) -> bool {
        self.overlay.as_ref().is_some_and(Overlay::is_question)
    }

    /// The message for `event`. `hits` is where things are on the screen as it was drawn last.
    #[must_use]
    pub fn message_for(&self, event: &Event, hits: &Hits<Message>) -> Option<Message> {
        let everywhere = || self.keymap.message_for(EVERYWHERE, event);
        let leaves = |message: &Message| matches!(message, Message::Quit | Message::Suspend);
        if !self.is_large_enough() {
            // Nobody sees what they would do.
            return everywhere().filter(leaves).or_else(|| {
                let quit = [Binding::new(&[Key::Char('q'), Key::Esc], Message::Quit, "")];
                keymap::message_for(&quit, event)
            });
        }
        if let Event::Mouse(mouse) = event
            && mouse.kind == MouseEventKind::Down(MouseButton::Left)
        {
            let at = Position { x: mouse.column, y: mouse.row };
            let hit = hits.iter().rev().find(|(area, _)| area.contains(at));
            return hit.map(|(_, message)| message.clone());
        }
        if let Some(overlay) = &self.overlay {
            return overlay.message_for(event).map(Message::Overlay).or_else(|| everywhere().filter(leaves));
        }
        if self.overview.is_none() {
            return self.early_message_for(event);
        }
        self.screen_message_for(event).or_else(everywhere)
    }

    fn screen_message_for(&self, event: &Event) -> Option<Message> {
        let keymap = &self.keymap;
        match self.pages.last() {
            Some(Page::Person(page)) => page
                .inner_message_for(event)
                .or_else(|| keymap.message_for(page.keys(), event))
                .or_else(|| page.inner_message_for(&keymap.move_for(event)?))
                .map(Message::Person),
            Some(Page::Record(page)) => page
                .inner_message_for(event)
                .or_else(|| keymap.message_for(page.keys(), event))
                .or_else(|| page.inner_message_for(&keymap.move_for(event)?))
                .map(Message::Record),
            Some(Page::Aside(page)) => page
                .inner_message_for(event)
                .or_else(|| keymap.message_for(page.keys(), event))
                .or_else(|| page.inner_message_for(&keymap.move_for(event)?))
                .map(Message::Aside),
            None => {
                let own = match self.tab {
                    Tab::People => keymap.message_for(self.people.keys(), event).map(Message::People),
                    Tab::Charts => keymap.message_for(self.charts.keys(), event).map(Message::Charts),
                    Tab::Review => keymap.message_for(self.review.keys(), event).map(Message::Review),
                };
                let tabs = || keymap.message_for(ON_TABS, event).filter(|_| !self.is_typing());
                own.or_else(tabs)
            }
        }
        .or_else(|| keymap.message_for(ANYWHERE, event).filter(|_| !self.is_typing()))
    }

    /// Whether characters go into a text.
    fn is_typing(&self) -> bool {
        self.pages.is_empty() && self.tab == Tab::People && self.people.is_typing()
    }

    fn is_large_enough(&self) -> bool {
        self.size.width >= SMALLEST.width && self.size.height >= SMALLEST.height
    }

    fn areas(&self) -> Areas {
        Areas::of(self.size)
    }

    fn screen_view(&self) -> View<'_> {
        View::new(self.overview.as_deref(), self.moment, self.look, self.body().as_size())
    }

    fn body(&self) -> Rect {
        self.areas().body
    }
}
