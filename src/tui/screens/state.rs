//! What every screen can do.

use crossterm::event::Event;
use ratatui::layout::{Position, Rect, Size};

use super::{Heading, Table};
use crate::clock::Timestamp;
use crate::tui::effect::Effect;
use crate::tui::pane::{Context, Pane, View};
use crate::tui::widgets::answer::Drag;

/// What every screen can do.
pub trait ScreenState {
    /// What happens on it.
    type Message: Clone + 'static;

    /// The keys that do something now. Dispatch, help and hints are all made from it.
    fn keys(&self) -> Table<Self::Message>;

    /// Keys of a widget inside with what they do, for the help. They stand before those of [`Self::keys`].
    fn inner_keys(&self) -> Vec<(&'static str, &'static str)> {
        Vec::new()
    }

    /// Signs that stand beside what is shown, and what they mean, for the help.
    fn signs(&self) -> Vec<(&'static str, &'static str)> {
        Vec::new()
    }

    /// The message of a widget inside for `event`; asked before [`Self::keys`].
    fn inner_message_for(&self, _event: &Event) -> Option<Self::Message> {
        None
    }

    /// What Enter does inside, in a word, on a body of this size, where that is something else than [`Self::keys`] says.
    fn inner_enter(&self, _view: &View<'_>, _body: Size) -> Option<&'static str> {
        None
    }

    /// Whether there is more below what is seen on a body of this size, which Space shows.
    fn has_more(&self, _view: &View<'_>, _body: Size) -> bool {
        false
    }

    /// Whether `message` does nothing for the learner on a body of this size, or only says why it does not: the last line does not name its
    /// key.
    fn is_idle(&self, _message: &Self::Message, _view: &View<'_>, _body: Size) -> bool {
        false
    }

    /// Whether Enter reads on in what was handed in, where another key of its line goes on at once.
    fn reads_on(&self) -> bool {
        false
    }

    /// A click hit nothing: what cannot be taken back loses the focus that an earlier click may have given it.
    fn touched(&mut self, _context: &mut Context<'_>) {}

    /// Whether it asks for something that cannot be taken back.
    fn is_question(&self) -> bool {
        false
    }

    /// The message of a widget inside for a click at `at`; asked when nothing that was drawn says it was hit. `body` is
    /// the area that [`Self::view`] draws on.
    fn inner_message_at(&self, _view: &View<'_>, _body: Rect, _at: Position) -> Option<Self::Message> {
        None
    }

    /// The message of a widget inside for the mouse that is dragged to `at`.
    fn inner_message_for_drag(&self, _body: Rect, _at: Position, _drag: Drag) -> Option<Self::Message> {
        None
    }

    /// The first line of the screen.
    fn heading(&self, view: &View<'_>) -> Heading;

    /// Does what `message` says.
    fn update(&mut self, message: Self::Message, context: &mut Context<'_>) -> Vec<Effect>;

    /// Draws what stands between title and hints.
    fn view(&self, view: &View<'_>, pane: &mut Pane<'_, Self::Message>);

    /// The part between title and hints has another size than `from`, or is laid out by other settings.
    fn resize(&mut self, _from: Size, _context: &mut Context<'_>) {}

    /// It is drawn now: notes what is in sight. What this frame shows as done is to be saved before it.
    fn shown(&mut self, _context: &mut Context<'_>) -> Vec<Effect> {
        Vec::new()
    }

    /// When something changes by itself that is to be drawn.
    fn changes_at(&self, _view: &View<'_>) -> Option<Timestamp> {
        None
    }

    /// When something is to be saved, by which nothing changes that anybody sees.
    fn saves_at(&self) -> Option<Timestamp> {
        None
    }

    /// Whether something is left to be done between two keys: [`Self::tick`] does a part of it.
    fn is_working(&self) -> bool {
        false
    }

    /// Whether something was answered on it already, which can be looked at meanwhile.
    fn has_answers(&self, _context: &Context<'_>) -> bool {
        false
    }

    /// Whether a number is being typed digit by digit.
    fn is_typing_number(&self) -> bool {
        false
    }

    /// Something else came between: the next digit begins another number.
    fn end_number(&mut self) {}

    /// Called when what [`Self::changes_at`] or [`Self::saves_at`] says has come, and again and again while [`Self::is_working`].
    fn tick(&mut self, _context: &mut Context<'_>) -> Vec<Effect> {
        Vec::new()
    }

    /// The learner goes away, for now or for good: what is not saved yet is to be saved.
    fn leave(&mut self, _context: &mut Context<'_>) -> Vec<Effect> {
        Vec::new()
    }

    /// The learner comes back from looking something up.
    fn enter(&mut self, context: &mut Context<'_>) {
        self.resize(context.size, context);
    }
}
