//! The dashboard as a value: what it holds, and which message an event is.

mod drafts;
mod early;
mod preferences;
mod update;
mod view;

use std::borrow::Cow;
use std::collections::VecDeque;

use crossterm::event::{Event, KeyEventKind, MouseButton, MouseEventKind};
use ratatui::layout::{Position, Rect, Size};

use crate::clock::Timestamp;
use crate::config::Config;
use crate::phrase::Phrase;
use crate::printable::Printable;
use crate::registry::office::{Overview, Ruling};
use crate::tui::areas::{Areas, SMALLEST};
use crate::tui::hr::effect::Effect;
use crate::tui::hr::message::{Message, Tab};
use crate::tui::hr::overlay::Overlay;
use crate::tui::hr::screens::{View, aside, charts, people, person, record, review};
use crate::tui::hr::{Look, Start};
use crate::tui::keymap::{Binding, Context, Key, Keymap, meaning_in};
use crate::tui::pane::Hits;
use crate::tui::theme::{Depth, Device};
use crate::tui::widgets::sheet;

/// The dashboard of one officer.
#[derive(Debug)]
pub struct Model {
    look: Look,
    config: Config,
    device: Device,
    keymap: Keymap,
    overview: Option<Box<Overview>>,
    reading: Reading,
    /// The moment that is shown; the present when none is named.
    moment: Option<Timestamp>,
    /// The moment that was asked for when what is shown was read.
    shown: Option<Timestamp>,
    tab: Tab,
    people: people::State,
    charts: charts::State,
    review: review::State,
    /// Pages over the screen of the tab, the latest last.
    pages: Vec<Page>,
    overlay: Option<Overlay>,
    /// The first row of the overlay that is seen.
    scroll: usize,
    /// Said above the keys until the next message.
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

impl Page {
    /// What stands above it.
    fn title(&self) -> Phrase {
        match self {
            Self::Person(page) => page.title(),
            Self::Record(page) => Phrase::new().own(page.title()),
            Self::Aside(page) => Phrase::new().own(page.title()),
        }
    }

    /// Looks up again what it shows.
    fn refresh(&self) -> Effect {
        match self {
            Self::Person(page) => Effect::Person(page.file().dossier.number.clone()),
            Self::Record(page) => Effect::Record(page.file().digest),
            Self::Aside(page) => Effect::Aside(page.file().note.file),
        }
    }

    /// The message for a move on it.
    fn message_for_move(&self, event: &Event) -> Option<Message> {
        let step = sheet::step_for(event)?;
        Some(match self {
            Self::Person(_) => Message::Person(person::Message::Step(step)),
            Self::Record(_) => Message::Record(record::Message::Step(step)),
            Self::Aside(_) => Message::Aside(aside::Message::Step(step)),
        })
    }
}

/// Does the same with whatever is shown, the page on top or else the screen of the tab, and with what makes a message of the
/// dashboard of a message of its own.
macro_rules! with_shown {
    ($model:expr, |$screen:ident, $wrap:ident| $act:expr) => {
        match ($model.pages.last(), $model.tab) {
            (Some(Page::Person($screen)), _) => with_shown!(@ Message::Person, $wrap, $act),
            (Some(Page::Record($screen)), _) => with_shown!(@ Message::Record, $wrap, $act),
            (Some(Page::Aside($screen)), _) => with_shown!(@ Message::Aside, $wrap, $act),
            (None, Tab::People) => {
                let $screen = &$model.people;
                with_shown!(@ Message::People, $wrap, $act)
            }
            (None, Tab::Charts) => {
                let $screen = &$model.charts;
                with_shown!(@ Message::Charts, $wrap, $act)
            }
            (None, Tab::Review) => {
                let $screen = &$model.review;
                with_shown!(@ Message::Review, $wrap, $act)
            }
        }
    };
    (@ $message:path, $wrap:ident, $act:expr) => {{
        let $wrap = $message;
        $act
    }};
}
use with_shown;

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
    NEXT_TAB,
    PREVIOUS_TAB,
    Binding::new(&[Key::Char('q')], Message::Quit, "leave the dashboard").action("leave").hint("quit"),
];

/// The same where `q` goes back to another of them.
static ON_PART: &[Binding<Message>] = &[NEXT_TAB, PREVIOUS_TAB];

const NEXT_TAB: Binding<Message> =
    Binding::new(&[Key::Tab], Message::NextTab, "next screen").action("next_screen").hint("next screen");
const PREVIOUS_TAB: Binding<Message> =
    Binding::new(&[Key::BackTab], Message::PreviousTab, "previous screen").action("previous_screen");

/// What can be done always.
static EVERYWHERE: &[Binding<Message>] = &[
    Binding::new(&[Key::Char('?'), Key::F(1)], Message::Help, "these keys").action("help").hint("help"),
    Binding::new(&[Key::Char(','), Key::F(9)], Message::Settings, "settings: colours, mouse, what opens")
        .action("settings"),
    Binding::new(&[Key::Ctrl('c')], Message::Quit, "leave the dashboard"),
    Binding::new(&[Key::Ctrl('z')], Message::Suspend, "back to the shell for a while; fg returns"),
];

/// The keys of every screen.
pub(in crate::tui) fn contexts() -> Vec<Context> {
    contexts_by_screen().concat()
}

/// The same, screen by screen.
pub(in crate::tui) fn contexts_by_screen() -> Vec<Vec<Context>> {
    let on_tabs = |context: Context| context.table(ON_TABS);
    let tabs = [people::contexts(), charts::contexts(), review::contexts()];
    let tabs = tabs.map(|contexts| contexts.into_iter().map(on_tabs).collect());
    let part = vec![people::part().table(ON_PART)];
    let pages = [part, person::contexts(), record::contexts(), aside::contexts()];
    let anywhere = |context: Context| context.table(ANYWHERE).table(EVERYWHERE);
    let screens = tabs.into_iter().chain(pages);
    screens.map(|contexts: Vec<Context>| contexts.into_iter().map(anywhere).collect()).collect()
}

impl Model {
    /// A dashboard before anything was read.
    #[must_use]
    pub fn open(start: Start, look: Look, now: Timestamp) -> Self {
        let overlay = (!start.notices.is_empty()).then(|| Overlay::Notices(start.notices));
        Self {
            look,
            config: Config::default(),
            device: Device::with(Depth::None),
            keymap: Keymap::default(),
            overview: None,
            reading: Reading::UnderWay(0),
            moment: start.at,
            shown: start.at,
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

    /// Sets the present moment.
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
        self.meaning_of(event, hits).or_else(|| self.hush(event))
    }

    /// A key or a click that means nothing here all the same takes away what is said above the keys: it would look like the answer to it.
    fn hush(&self, event: &Event) -> Option<Message> {
        let is_press = match event {
            Event::Key(key) => key.kind == KeyEventKind::Press,
            Event::Mouse(mouse) => matches!(mouse.kind, MouseEventKind::Down(_)),
            Event::Paste(_) | Event::Resize(..) | Event::FocusGained | Event::FocusLost => false,
        };
        (is_press && self.notice.is_some() && self.is_large_enough()).then_some(Message::Hush)
    }

    fn meaning_of(&self, event: &Event, hits: &Hits<Message>) -> Option<Message> {
        let everywhere = || self.keymap.message_for(EVERYWHERE, event);
        let leaves = |message: &Message| matches!(message, Message::Quit | Message::Suspend);
        if !self.is_large_enough() {
            // Nobody sees what they would do, nor which question they would answer.
            return everywhere().filter(leaves);
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
        self.message_on_screen(event).or_else(|| self.meaning_elsewhere(event))
    }

    /// The message that the screen has for `event`, whatever lies over it.
    fn message_on_screen(&self, event: &Event) -> Option<Message> {
        self.screen_message_for(event).or_else(|| self.keymap_everywhere().message_for(EVERYWHERE, event))
    }

    /// The keys of what can be done on every screen.
    fn keymap_everywhere(&self) -> Cow<'_, Keymap> {
        if self.is_typing() { Cow::Owned(self.keymap.while_typing()) } else { Cow::Borrowed(&self.keymap) }
    }

    /// A key that does something on another screen says where, instead of nothing.
    fn meaning_elsewhere(&self, event: &Event) -> Option<Message> {
        let meaning = meaning_in(&contexts_by_screen(), event, &self.keymap)?;
        Some(Message::Say(meaning.words(&[self.size.width])))
    }

    fn screen_message_for(&self, event: &Event) -> Option<Message> {
        let keymap = &self.keymap;
        let page = self.pages.last();
        let moves = |event: &Event| page?.message_for_move(event);
        let own = || with_shown!(self, |screen, wrap| keymap.message_for(screen.keys(), event).map(wrap));
        let named = || moves(&keymap.move_for(event)?);
        let on_tabs = || keymap.message_for(self.on_tabs(), event).filter(|_| page.is_none());
        let anywhere = || keymap.message_for(ANYWHERE, event);
        let beside_typing = || on_tabs().or_else(anywhere).filter(|_| !self.is_typing());
        moves(event).or_else(own).or_else(named).or_else(beside_typing)
    }

    /// The keys between the screens of the tabs.
    fn on_tabs(&self) -> &'static [Binding<Message>] {
        if self.tab == Tab::People && self.people.is_part() { ON_PART } else { ON_TABS }
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
