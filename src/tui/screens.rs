//! The screens, one file each, and what they have in common.

pub mod assessment;
mod beside_answer;
pub mod bookmarks;
pub mod certificate;
pub mod check;
mod contexts;
pub mod course;
mod edition;
mod found;
mod greeter;
pub mod lesson;
pub mod open_text;
pub mod person;
pub mod policy;
pub mod reader;
#[cfg(test)]
pub(super) mod samples;
pub mod search;
pub(super) mod shared;
pub mod sign;
mod state;
mod table;
pub mod welcome;
mod words_line;

use crossterm::event::{Event, KeyCode};
use ratatui::layout::{Position, Rect, Size};

use crate::clock::Timestamp;
use crate::printable::Printable;
use crate::training::Text;
use crate::tui::effect::{Effect, saying};
use crate::tui::keymap::{Key, Keymap, is_character};
use crate::tui::message::{Destination, Message};
use crate::tui::pane::{Context, Hits, Pane, View, pressed};
use crate::tui::widgets::answer::Drag;
use reader::Entry;

pub(super) use contexts::contexts;
pub use state::ScreenState;
pub use table::Table;

/// The screen that the learner is on, with exactly what exists there.
#[derive(Debug)]
pub enum Screen {
    /// The course at a glance.
    Course(course::State),
    /// A lesson.
    Lesson(lesson::State),
    /// A knowledge check.
    Check(check::State),
    /// The assessment.
    Assessment(assessment::State),
    /// The policy to agree to.
    Policy(policy::State),
    /// What is about to be signed.
    Sign(sign::State),
    /// The certificate.
    Certificate(certificate::State),
    /// What the learner said about themselves, to be corrected.
    Person(person::State),
    /// The bookmarks and notes.
    Bookmarks(bookmarks::State),
    /// Words looked for in the whole course.
    Search(search::State),
}

/// The first line of the screen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heading {
    /// On the left.
    pub title: Printable,
    /// On the right.
    pub status: Printable,
    /// What gives way where the two have no room beside one another.
    pub yields: Yields,
}

/// What gives way on the first line of the screen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Yields {
    /// The title is cut.
    #[default]
    Title,
    /// So does these words, which stand behind the status only where there is room for all of it beside the whole title.
    Detail(Printable),
    /// The status is cut first, to so many columns.
    Status(usize),
}

impl Yields {
    /// These words behind the status, if there are any.
    fn detail(words: Option<String>) -> Self {
        words.map_or(Self::Title, |words| Self::Detail(Printable::new(&words)))
    }
}

/// `$body` with `$state` bound to the state of the screen and `$wrap` to what makes its messages messages of the face.
macro_rules! on {
    ($screen:expr, $state:ident, $wrap:ident => $body:expr) => {
        match $screen {
            Screen::Course($state) => on!(@ $wrap Message::Course, $body),
            Screen::Lesson($state) => on!(@ $wrap Message::Lesson, $body),
            Screen::Check($state) => on!(@ $wrap Message::Check, $body),
            Screen::Assessment($state) => on!(@ $wrap Message::Assessment, $body),
            Screen::Policy($state) => on!(@ $wrap Message::Policy, $body),
            Screen::Sign($state) => on!(@ $wrap Message::Sign, $body),
            Screen::Certificate($state) => on!(@ $wrap Message::Certificate, $body),
            Screen::Person($state) => on!(@ $wrap Message::Person, $body),
            Screen::Bookmarks($state) => on!(@ $wrap Message::BookmarkList, $body),
            Screen::Search($state) => on!(@ $wrap Message::Search, $body),
        }
    };
    (@ _ignored $message:path, $body:expr) => { $body };
    (@ $wrap:ident $message:path, $body:expr) => {{ let $wrap = $message; $body }};
}

impl Screen {
    /// The screen of `destination`, and what opening it changes. A destination that is closed leads to the course,
    /// which says why.
    pub fn open(destination: Destination, context: &mut Context<'_>) -> (Self, Vec<Effect>) {
        let opened = match destination {
            Destination::Course => None,
            Destination::Lesson(module) => {
                let changed = context.training.read_before_change(Text::Lesson(module));
                let said = changed.map(|read| saying(read.change_words())).into_iter().collect();
                lesson::State::open(module, context).map(|state| (Self::Lesson(state), said))
            }
            Destination::Check(module) => {
                check::State::open(module, context).map(|(state, effects)| (Self::Check(state), effects))
            }
            Destination::Assessment => Some((Self::Assessment(assessment::State::open(context)), Vec::new())),
            Destination::Policy => {
                policy::State::open(context).map(|state| (Self::Policy(state), Vec::new()))
            }
            Destination::Sign => sign::State::open(context).map(|state| (Self::Sign(state), Vec::new())),
            Destination::Certificate => {
                certificate::State::open(context).map(|(state, effects)| (Self::Certificate(state), effects))
            }
        };
        opened.unwrap_or_else(|| (Self::Course(course::State::open(context)), Vec::new()))
    }

    /// A text, opened to look something up; `None` when the course has no such text.
    #[must_use]
    pub fn look_up(text: Text, entry: Entry<'_>, context: &Context<'_>) -> Option<Self> {
        match text {
            Text::Lesson(module) => lesson::State::look_up(module, entry, context).map(Self::Lesson),
            Text::Policy => policy::State::look_up(entry, context).map(Self::Policy),
        }
    }

    /// The message for `event`.
    #[must_use]
    pub fn message_for(&self, event: &Event, keymap: &Keymap) -> Option<Message> {
        on!(self, state, wrap => state.inner_message_for(event)
            .or_else(|| state.keys().message_for(keymap, event))
            .or_else(|| state.inner_message_for(&keymap.move_for(event)?)).map(wrap))
    }

    /// The message for a click that hit nothing in particular.
    #[must_use]
    pub fn message_at(&self, view: &View<'_>, body: Rect, at: Position) -> Option<Message> {
        on!(self, state, wrap => state.inner_message_at(view, body, at).map(wrap))
    }

    /// The message for the mouse that is dragged there.
    #[must_use]
    pub fn message_for_drag(&self, body: Rect, at: Position, drag: Drag) -> Option<Message> {
        on!(self, state, wrap => state.inner_message_for_drag(body, at, drag).map(wrap))
    }

    /// Keys and what they do, for the help.
    #[must_use]
    pub fn help(&self, keymap: &Keymap) -> Vec<(String, &'static str)> {
        on!(self, state, _ignored => {
            let free = |event: &Event| !is_character(event) || state.inner_message_for(event).is_none();
            let own = state.keys().help(keymap, free);
            // The line of the screen says what Enter does inside before that, too.
            let says_enter = own.iter().any(|(keys, _)| keys.split(' ').any(|key| key == "Enter"));
            let left = |keys: &str| {
                let keys = keys.split(' ').filter(|key| !says_enter || *key != "Enter");
                keys.collect::<Vec<_>>().join(" ")
            };
            let inner = state.inner_keys();
            let moves = if inner.is_empty() { Vec::new() } else { keymap.moves_in_words() };
            let inner = inner.into_iter().map(|(keys, help)| (left(keys), help));
            let inner = inner.filter(|(keys, _)| !keys.is_empty()).collect();
            let signs = state.signs().into_iter().map(|(sign, means)| (sign.to_owned(), means)).collect();
            [inner, moves, own, signs].concat()
        })
    }

    /// Keys and what they do in a word, for the last line, on a body of this size.
    #[must_use]
    pub fn hints(&self, view: &View<'_>, body: Size) -> Vec<(String, &'static str, Option<Message>)> {
        on!(self, state, wrap => {
            let space = Event::Key(KeyCode::Char(' ').into());
            let more = state.has_more(view, body).then(|| state.inner_message_for(&space)).flatten();
            let more = more.map(|message| ("↓".to_owned(), "more", Some(wrap(message))));
            let is_left = |event: &Event| state.inner_message_for(event).is_none();
            let free = |event: &Event| !is_character(event) || is_left(event);
            let keymap = &view.settings.keymap;
            let past = state.reads_on().then(|| state.keys().hints(keymap, is_left).into_iter().next()).flatten();
            // In two letters, for which a narrow screen has room, too.
            let past = past.map(|(key, _, message)| (key, "on", message.map(wrap)));
            let does_something = |message: &_| !state.is_idle(message, view, body);
            let hints = state.keys().hints(keymap, free).into_iter();
            let hints = hints.filter(|(_, _, message)| message.as_ref().is_none_or(does_something));
            let enter = Event::Key(KeyCode::Enter.into());
            let mut hints = hints.map(|(key, hint, message)| match (key.as_str(), state.inner_enter(view, body)) {
                ("Enter", Some(word)) => (key, word, state.inner_message_for(&enter).or(message).map(wrap)),
                _ => (key, hint, message.map(wrap)),
            });
            // Second, because on a narrow screen the last ones go.
            hints.next().into_iter().chain(past).chain(more).chain(hints).collect()
        })
    }

    /// A click hit nothing.
    pub fn touched(&mut self, context: &mut Context<'_>) {
        on!(self, state, _ignored => state.touched(context));
    }

    /// Whether it asks for something that cannot be taken back.
    #[must_use]
    pub fn is_question(&self) -> bool {
        on!(self, state, _ignored => state.is_question())
    }

    /// The first line.
    #[must_use]
    pub fn heading(&self, view: &View<'_>) -> Heading {
        on!(self, state, _ignored => state.heading(view))
    }

    /// Does what `message` says; messages for other screens come too late and are dropped.
    pub fn update(&mut self, message: Message, context: &mut Context<'_>) -> Vec<Effect> {
        match (self, message) {
            (Self::Course(state), Message::Course(message)) => state.update(message, context),
            (Self::Lesson(state), Message::Lesson(message)) => state.update(message, context),
            (Self::Check(state), Message::Check(message)) => state.update(message, context),
            (Self::Assessment(state), Message::Assessment(message)) => state.update(message, context),
            (Self::Policy(state), Message::Policy(message)) => state.update(message, context),
            (Self::Sign(state), Message::Sign(message)) => state.update(message, context),
            (Self::Certificate(state), Message::Certificate(message)) => state.update(message, context),
            (Self::Person(state), Message::Person(message)) => state.update(message, context),
            (Self::Bookmarks(state), Message::BookmarkList(message)) => state.update(message, context),
            (Self::Search(state), Message::Search(message)) => state.update(message, context),
            (
                Self::Course(_)
                | Self::Lesson(_)
                | Self::Check(_)
                | Self::Assessment(_)
                | Self::Policy(_)
                | Self::Sign(_)
                | Self::Certificate(_)
                | Self::Person(_)
                | Self::Bookmarks(_)
                | Self::Search(_),
                _,
            ) => Vec::new(),
        }
    }

    /// Draws what stands between title and hints.
    pub fn view(
        &self,
        view: &View<'_>,
        buffer: &mut ratatui::buffer::Buffer,
        body: Rect,
    ) -> (Hits<Message>, Option<Position>) {
        on!(self, state, wrap => {
            let mut pane = Pane::new(buffer, body);
            state.view(view, &mut pane);
            let presses = pane.take_presses();
            let (hits, cursor) = pane.finish();
            let mut hits: Hits<Message> = hits.into_iter().map(|(area, message)| (area, wrap(message))).collect();
            hits.extend(pressed(presses, |event| self.message_for(event, &view.settings.keymap)));
            (hits, cursor)
        })
    }

    /// Whether a number is being typed digit by digit.
    #[must_use]
    pub fn is_typing_number(&self) -> bool {
        on!(self, state, _ignored => state.is_typing_number())
    }

    /// Something else came between: the next digit begins another number.
    pub fn end_number(&mut self) {
        on!(self, state, _ignored => state.end_number());
    }

    /// The part between title and hints has another size than `from`, or is laid out by other settings.
    pub fn resize(&mut self, from: Size, context: &mut Context<'_>) {
        on!(self, state, _ignored => state.resize(from, context));
    }

    /// It is drawn now.
    pub fn shown(&mut self, context: &mut Context<'_>) -> Vec<Effect> {
        on!(self, state, _ignored => state.shown(context))
    }

    /// When something changes by itself that is to be drawn.
    #[must_use]
    pub fn changes_at(&self, view: &View<'_>) -> Option<Timestamp> {
        on!(self, state, _ignored => state.changes_at(view))
    }

    /// When something happens by itself that is to be drawn or saved.
    #[must_use]
    pub fn wake(&self, view: &View<'_>) -> Option<Timestamp> {
        let saves_at = on!(self, state, _ignored => state.saves_at());
        self.changes_at(view).into_iter().chain(saves_at).min()
    }

    /// Whether something is left to be done between two keys.
    #[must_use]
    pub fn is_working(&self) -> bool {
        on!(self, state, _ignored => state.is_working())
    }

    /// Called when [`Self::wake`] is due, and again and again while [`Self::is_working`].
    pub fn tick(&mut self, context: &mut Context<'_>) -> Vec<Effect> {
        on!(self, state, _ignored => state.tick(context))
    }

    /// The learner goes away.
    pub fn leave(&mut self, context: &mut Context<'_>) -> Vec<Effect> {
        on!(self, state, _ignored => state.leave(context))
    }

    /// Whether a key does something but go into what is written or chosen inside.
    fn leads(&self, key: Key) -> bool {
        on!(self, state, _ignored => state.inner_message_for(&key.event()).is_none())
    }

    /// Whether something was answered on it already, which can be looked at meanwhile.
    fn has_answers(&self, context: &Context<'_>) -> bool {
        on!(self, state, _ignored => state.has_answers(context))
    }

    /// The record of the present run stands in its file.
    pub fn delivered(&mut self) {
        match self {
            Self::Certificate(state) => state.delivered(),
            Self::Course(_)
            | Self::Lesson(_)
            | Self::Check(_)
            | Self::Assessment(_)
            | Self::Policy(_)
            | Self::Sign(_)
            | Self::Person(_)
            | Self::Bookmarks(_)
            | Self::Search(_) => {}
        }
    }

    /// Whether this text is read on it.
    #[must_use]
    pub fn reads(&self, text: Text) -> bool {
        match self {
            Self::Lesson(state) => text == Text::Lesson(state.module()),
            Self::Policy(_) => text == Text::Policy,
            Self::Course(_)
            | Self::Check(_)
            | Self::Assessment(_)
            | Self::Sign(_)
            | Self::Certificate(_)
            | Self::Person(_)
            | Self::Bookmarks(_)
            | Self::Search(_) => false,
        }
    }

    /// Goes to a place (in bytes of the source) of the text that is read, from where Backspace comes back.
    pub fn leap_to(&mut self, place: usize, context: &mut Context<'_>) {
        match self {
            Self::Lesson(state) => state.leap_to(place, context),
            Self::Policy(state) => state.leap_to(place, context),
            Self::Course(_)
            | Self::Check(_)
            | Self::Assessment(_)
            | Self::Sign(_)
            | Self::Certificate(_)
            | Self::Person(_)
            | Self::Bookmarks(_)
            | Self::Search(_) => {}
        }
    }

    /// The learner comes back from looking something up.
    pub fn enter(&mut self, context: &mut Context<'_>) {
        on!(self, state, _ignored => state.enter(context));
    }
}

#[cfg(test)]
mod tests;
