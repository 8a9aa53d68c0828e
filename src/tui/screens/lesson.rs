//! Reading a lesson.

mod edition;

use crossterm::event::Event;
use ratatui::layout::{Position, Rect, Size};
use ratatui::text::Line;

use crate::clock::Timestamp;
use crate::printable::Printable;
use crate::training::{CheckState, CheckView, Step, Text};
use crate::tui::effect::{Effect, saving, sending};
use crate::tui::message::{Destination, Message as FaceMessage};
use crate::tui::pane::{Context, Pane, View};
use crate::tui::screens::open_text::OpenText;
use crate::tui::screens::reader::{Entry, UNSEEN};
use crate::tui::screens::{Heading, ScreenState, Table};
use crate::tui::widgets::text;

pub use crate::tui::screens::open_text::Message;

/// What exists on this screen.
#[derive(Debug)]
pub struct State {
    module: usize,
    title: Printable,
    pub(in crate::tui) text: OpenText,
    /// Whether somebody comes from a question and goes back to it.
    visit: Visit,
}

/// Why the lesson is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Visit {
    /// To be read.
    Reading,
    /// To look something up for a question.
    LookingUp,
}

impl State {
    /// Opens the lesson of a module to be read, where the learner left off; `None` when there is no such lesson.
    #[must_use]
    pub fn open(module: usize, context: &Context<'_>) -> Option<Self> {
        let text = OpenText::open(Text::Lesson(module), TAIL, context)?;
        Self::reading(module, text, Visit::Reading, context)
    }

    /// Opens it to look something up.
    #[must_use]
    pub fn look_up(module: usize, entry: Entry<'_>, context: &Context<'_>) -> Option<Self> {
        let text = OpenText::look_up(Text::Lesson(module), TAIL, entry, context)?;
        Self::reading(module, text, Visit::LookingUp, context)
    }

    fn reading(module: usize, text: OpenText, visit: Visit, context: &Context<'_>) -> Option<Self> {
        let title = Printable::new(&context.training.text(Text::Lesson(module))?.title);
        Some(Self { module, title, text, visit })
    }

    /// Goes to `place`, in bytes of its source, from where Backspace comes back.
    pub fn leap_to(&mut self, place: usize, context: &Context<'_>) {
        self.text.reader_mut().leap_to(place, context);
    }

    /// Whether the lesson is to be read and something before its end was never in sight.
    fn has_gap(&self) -> bool {
        self.visit == Visit::Reading && !self.text.reader().is_all_seen()
    }

    /// What comes after the end, in words, and where it is.
    fn next(&self, view: &View<'_>) -> (String, FaceMessage) {
        if self.visit == Visit::LookingUp {
            return ("Enter goes back to where you were".to_owned(), FaceMessage::Back);
        }
        let training = view.training;
        let check = training.check(self.module);
        let left = check.as_ref().and_then(CheckView::left_to_try_again);
        let check = check.map(|check| check.state);
        if let Some(state) = check
            && !state.is_passed()
        {
            let words = match state {
                CheckState::NotStarted => "Enter goes on to the check".to_owned(),
                CheckState::UnderWay { answered, total } => {
                    format!("Enter goes on with the check ({answered} of {total} answered)")
                }
                CheckState::Finished { .. } => left.map_or_else(
                    || "Enter shows what was not right in the check".to_owned(),
                    |left| format!("Enter goes on with what is tried again, {left} left"),
                ),
            };
            return (words, FaceMessage::Go(Destination::Check(self.module)));
        }
        match training.step_after_lesson(self.module) {
            Some(Step::Lesson(module)) => {
                let title = training.text(Text::Lesson(module)).map(|lesson| Printable::new(&lesson.title));
                let title = title.unwrap_or_default();
                (format!("Enter goes on to “{title}”"), FaceMessage::Go(Destination::Lesson(module)))
            }
            Some(Step::Check(module)) => (
                "Enter goes to a check that is not passed yet".to_owned(),
                FaceMessage::Go(Destination::Check(module)),
            ),
            // Where a check follows, it is the check that leads on to the assessment.
            Some(Step::Assessment) if check.is_none() => {
                ("Enter goes on to the assessment".to_owned(), FaceMessage::Go(Destination::Assessment))
            }
            Some(Step::Assessment | Step::Policy | Step::Sign | Step::Certificate) | None => {
                ("Enter goes back to the course".to_owned(), FaceMessage::Go(Destination::Course))
            }
        }
    }
}

/// From this width of the text on, in columns, there is room to say which key shows what was read.
const ROOM_FOR_PARTS: u16 = 48;

/// Rows behind the end of the text: a line of air, a rule or what was not seen, and what comes next.
const TAIL: usize = 3;

impl ScreenState for State {
    type Message = Message;

    fn keys(&self) -> Table<Message> {
        Table::Own(self.text.keys())
    }

    fn inner_message_for(&self, event: &Event) -> Option<Message> {
        self.text.message_for_mouse(event)
    }

    fn inner_message_at(&self, view: &View<'_>, body: Rect, at: Position) -> Option<Message> {
        self.text.message_at(view, body, at)
    }

    fn signs(&self) -> Vec<(&'static str, &'static str)> {
        self.text.signs()
    }

    fn is_idle(&self, message: &Message, view: &View<'_>, body: Size) -> bool {
        self.text.is_idle(message, view, body)
    }

    fn inner_enter(&self, view: &View<'_>, _body: Size) -> Option<&'static str> {
        if self.has_gap() || !self.text.enter_leads_on(&view.settings.keymap) {
            return None;
        }
        let (_, leads_to) = self.next(view);
        matches!(leads_to, FaceMessage::Back | FaceMessage::Go(Destination::Course)).then_some("back")
    }

    fn heading(&self, _view: &View<'_>) -> Heading {
        Heading { title: self.title.clone(), status: self.text.status(), ..Heading::default() }
    }

    fn update(&mut self, message: Message, context: &mut Context<'_>) -> Vec<Effect> {
        if message == Message::On && self.text.is_at_end() {
            let mut effects = self.text.reader_mut().save(context);
            if self.has_gap() {
                self.text.reader_mut().go_to_unseen(context);
            } else {
                effects.push(sending(self.next(&context.view()).1));
            }
            return effects;
        }
        self.text.update(message, context)
    }

    fn view(&self, view: &View<'_>, pane: &mut Pane<'_, Message>) {
        if let Some((column, row)) = self.text.view(view, pane) {
            let theme = view.settings.theme;
            let width = self.text.reader().width();
            let (above, style, words) = if self.has_gap() {
                let parts = if width < ROOM_FOR_PARTS { "" } else { "; t shows which parts" };
                let seen = format!("read up to {} % so far{parts}", self.text.reader().percent_seen());
                (seen, theme.caution(), UNSEEN.to_owned())
            } else {
                ("─".repeat(usize::from(width).min(20)), theme.muted(), self.next(view).0)
            };
            pane.line(column, row + 1, &Line::from(text::said(&above, style)));
            let words = Printable::new(&words).cut(usize::from(width));
            pane.line(column, row + 2, &Line::from(text::shown(&words, theme.key())));
            pane.hit(column..column.saturating_add(width), row + 2, Message::On);
        }
        self.text.view_mark(view, pane);
    }

    fn resize(&mut self, _from: Size, context: &mut Context<'_>) {
        self.text.reader_mut().resize(context);
    }

    fn shown(&mut self, context: &mut Context<'_>) -> Vec<Effect> {
        self.text.shown(context)
    }

    fn saves_at(&self) -> Option<Timestamp> {
        self.text.reader().saves_at()
    }

    fn is_typing_number(&self) -> bool {
        self.text.reader().is_typing_number()
    }

    fn end_number(&mut self) {
        self.text.reader_mut().end_number();
    }

    fn is_working(&self) -> bool {
        self.text.reader().is_working()
    }

    fn tick(&mut self, context: &mut Context<'_>) -> Vec<Effect> {
        self.text.reader_mut().tick(context)
    }

    fn leave(&mut self, context: &mut Context<'_>) -> Vec<Effect> {
        let mut effects = self.text.reader_mut().save(context);
        effects.extend(saving(context.training.leave(Text::Lesson(self.module))));
        effects
    }

    fn enter(&mut self, context: &mut Context<'_>) {
        self.text.enter(context);
    }
}

#[cfg(test)]
mod tests;
