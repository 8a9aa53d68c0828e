//! The pad on which one question is answered, with the keyboard alone or with the mouse.
//!
//! A pad knows what is chosen, typed and focused, and nothing of saving or marking: the screen around it asks
//! [`AnswerPad::response`] after every change. Everything that it draws is laid out by `rows` first, so that the
//! cursor, the mouse and the scrolling all speak of the same rows.

mod body;
mod choice;
mod cloze;
mod drag;
mod edition;
mod greeted;
mod keys;
mod matching;
mod moves;
mod order;
mod page;
mod pieces;
mod revealed;
mod rows;
mod sight;
mod story;
mod typed;
mod window;

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

use crate::markup::{self, Bidi};
use crate::quiz::decimal::NoNumber;
use crate::quiz::mark;
use crate::quiz::question::Question;
use crate::quiz::response::{Certainty, Response};
use crate::tui::edit::Edit;
use crate::tui::theme::Theme;
use crate::tui::widgets::greeting::Greeting;
use body::Body;
pub use drag::Drag;
use drag::Grasped;
use page::text_width;
use sight::Sight;
use window::Window;

/// The state of answering one question.
#[derive(Debug, Clone)]
pub struct AnswerPad {
    question: Question,
    body: Body,
    certainty: CertaintyLine,
    stage: Stage,
    /// What the next key acts on: the items of the body, then the line of certainty.
    focus: usize,
    /// The source of what is right, and where it is found.
    source: Option<Source>,
    /// Said of the mark, below it.
    of_mark: Option<&'static str>,
    /// The prompt, which may be long, at the width of the window.
    prompt: Vec<markup::Line>,
    /// Of the part of the screen, of which the window has what is not taken by the greeting.
    size: Size,
    window: Window,
    grasped: Option<Grasped>,
    sight: Sight,
    /// Who puts what is typed into order.
    bidi: Bidi,
    /// Said below the question to who comes back to the program, until they do something with it.
    greeting: Option<Greeting>,
}

/// Where a question is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// Learning: what a decision in a story led to is said at once.
    Check,
    /// Testing: nothing is said before the end.
    Assessment,
}

/// Whether the learner is asked how sure they are, and what they said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CertaintyLine {
    /// The quiz does not ask.
    NotAsked,
    /// It asks; saying nothing is fine.
    Asked(Option<Certainty>),
}

/// Whether the question is still open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Answering,
    /// Marked; what was right and why is on the screen.
    Revealed,
}

/// What a key or a click does to a pad.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PadMessage {
    /// To the previous thing, or back to what stands unseen before it.
    Previous,
    /// To the next thing, or on to what stands unseen behind it.
    Next,
    /// To the previous thing, round and round.
    PreviousStop,
    /// To the next thing, round and round.
    NextStop,
    /// To this thing.
    FocusOn(usize),
    /// Takes this thing with the mouse, to be let go in another place.
    Grasp(usize),
    /// Holds what was taken over this thing, or over none whose place it could take.
    CarryOver(Option<usize>),
    /// Lets go what was taken, in the place of this thing.
    DropAt(usize),
    /// Lets go what was taken where it was.
    LetGo,
    /// Chooses or ticks this option; moves what is focused to this place; gives the focused left side this right side.
    Choose(usize),
    /// Gives a gap this option.
    ChooseIn(usize, usize),
    /// Does what the focused thing is for.
    Act,
    /// The order as it stands is the answer.
    TakeOrder,
    /// Decides, in a story, for what is marked.
    Decide,
    /// The next or previous option of what is focused.
    Cycle(Way),
    /// Moves this item in the order.
    Shift(usize, Way),
    /// Types into what is focused.
    Edit(Edit),
    /// Types into, or places the cursor in, this field.
    EditIn(usize, Edit),
    /// Takes the answer of what is focused back; in a story, the last decision.
    Clear,
    /// Begins a story again.
    Restart,
    /// Says how sure the learner is; saying the same twice takes it back.
    Certainty(Certainty),
    /// Goes to what was not seen yet.
    SeeRest,
    /// Shows the source in the list that has it.
    ShowSource,
    /// Hands in what was answered.
    HandIn,
    /// Shows what stands further on or back, by screens.
    Scroll(Way),
    /// Shows what stands further on or back, by lines.
    ScrollLines(Way, u16),
    /// Shows the beginning or the end.
    ScrollAll(Way),
}

/// The source of what is right, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// It is named.
    Named(String),
    /// A lesson lists it at its end, and can be opened there: all that is said of it.
    Listed(String),
}

/// Towards the beginning or the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Up, left, earlier.
    Back,
    /// Down, right, later.
    On,
}

/// What is open in an answer that was begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HalfDone {
    /// A left side without a right one.
    Side,
    /// A gap without words.
    Gap,
    /// A story that goes on.
    Story,
}

impl AnswerPad {
    /// A pad for `question`, its parts in the order of [`crate::quiz::draw::display_order`], with what was answered
    /// before.
    #[must_use]
    pub fn new(
        question: &Question,
        order: &[String],
        response: Option<&Response>,
        certainty: CertaintyLine,
        setting: Setting,
    ) -> Self {
        let body = Body::new(&question.kind, order, response, setting);
        let focus = body.first_item();
        let mut pad = Self {
            question: question.clone(),
            body,
            certainty,
            stage: Stage::Answering,
            focus,
            source: question.source.clone().map(Source::Named),
            of_mark: None,
            prompt: Vec::new(),
            size: Size::ZERO,
            window: Window::default(),
            grasped: None,
            sight: Sight::default(),
            bidi: Bidi::default(),
            greeting: None,
        };
        pad.resize(Size::new(80, 20));
        pad
    }

    /// Says the source in these words, which tell a learner where to find it.
    #[must_use]
    pub fn with_source(mut self, source: Option<Source>) -> Self {
        self.source = source;
        self
    }

    /// The question on the pad.
    #[must_use]
    pub fn question(&self) -> &Question {
        &self.question
    }

    /// Whether letters go into a field, so that the screen must not take them for its keys.
    #[must_use]
    pub fn is_typing(&self) -> bool {
        self.stage == Stage::Answering && self.body.field(self.focus).is_some()
    }

    /// What was answered so far; `None` when nothing was.
    #[must_use]
    pub fn response(&self) -> Option<Response> {
        self.body.response()
    }

    /// How sure the learner said to be.
    #[must_use]
    pub fn certainty(&self) -> Option<Certainty> {
        match self.certainty {
            CertaintyLine::NotAsked => None,
            CertaintyLine::Asked(certainty) => certainty,
        }
    }

    /// Whether nothing is left open. A text in the place of a number is something open.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.trouble().is_none()
            && self.response().is_some_and(|response| mark::is_complete(&self.question, &response))
    }

    /// What is wrong with the form of the answer, such as a comma in a number, if anything.
    #[must_use]
    pub fn trouble(&self) -> Option<NoNumber> {
        match &self.body {
            Body::Typing(typing) => typing.trouble(),
            Body::Filling(filling) => filling.trouble(),
            Body::Choosing(_) | Body::Matching(_) | Body::Ordering(_) | Body::Story(_) => None,
        }
    }

    /// The field in which that stands.
    fn field_in_trouble(&self) -> Option<usize> {
        match &self.body {
            Body::Typing(typing) => typing.trouble().map(|_| 0),
            Body::Filling(filling) => filling.gap_in_trouble(),
            Body::Choosing(_) | Body::Matching(_) | Body::Ordering(_) | Body::Story(_) => None,
        }
    }

    /// Goes to where something is wrong with the form of the answer, or to where the next key answers if that is out of sight.
    pub fn go_to_trouble(&mut self) {
        if let Some(field) = self.field_in_trouble() {
            self.update(&PadMessage::FocusOn(field));
        } else if !self.is_complete() && !self.focus_is_seen() {
            self.bring_focus_into_sight();
        }
    }

    /// What to say to somebody who wants to hand in too early.
    #[must_use]
    pub fn missing(&self) -> &'static str {
        // What is wrong with it stands below the field; this has to fit the last line of a narrow screen.
        match self.trouble() {
            Some(NoNumber::Unreadable) => return "no number yet: one such as 1250.5",
            Some(NoNumber::TooLong) => return "the number has too many digits",
            None => {}
        }
        match &self.body {
            Body::Choosing(_) => "nothing is chosen yet",
            Body::Matching(_) => "not every left side has a right side yet",
            Body::Ordering(_) => "move something, or press Space if this is the order",
            Body::Typing(_) => "nothing is typed yet",
            Body::Filling(_) => "not every gap is filled yet",
            Body::Story(_) if self.response().is_none() => "nothing is decided: choose by a number",
            Body::Story(_) => "the story goes on: choose by a number",
        }
    }

    /// What is open in an answer that was begun and not ended, where somebody may go on from it by habit; `None` where nothing is.
    #[must_use]
    pub fn left_half_done(&self) -> Option<HalfDone> {
        let is_begun = || self.response().is_some() && self.body.first_open().is_some();
        match &self.body {
            Body::Story(story) => story.is_under_way().then_some(HalfDone::Story),
            Body::Matching(_) => is_begun().then_some(HalfDone::Side),
            Body::Filling(_) => is_begun().then_some(HalfDone::Gap),
            Body::Choosing(_) | Body::Ordering(_) | Body::Typing(_) => None,
        }
    }

    /// Whether what a decision led to is being read.
    fn is_pausing(&self) -> bool {
        matches!(&self.body, Body::Story(story) if story.is_pausing())
    }

    /// What a click in `area`, where the pad is drawn, means.
    #[must_use]
    pub fn message_at(&self, area: Rect, at: Position) -> Option<PadMessage> {
        let area = self.area_of_question(area);
        let click = area.contains(at).then(|| self.window_in(area).click_at(area, at).cloned()).flatten()?;
        // What was answered stays.
        let changes_nothing = matches!(click, PadMessage::ShowSource | PadMessage::Scroll(_));
        (self.stage == Stage::Answering || changes_nothing).then_some(click)
    }

    /// Does what `message` says; whether the answer or the certainty has changed, so that it must be saved.
    pub fn update(&mut self, message: &PadMessage) -> bool {
        if self.stage == Stage::Revealed {
            self.scroll_by(message);
            return false;
        }
        let before = (self.response(), self.certainty);
        let carried_over = self.carried_over();
        self.grasp(message);
        self.act(message);
        if self.carried_over() != carried_over {
            self.lay_out();
        }
        self.focus = self.focus.min(self.stops().saturating_sub(1));
        before != (self.response(), self.certainty)
    }

    /// Lays the pad out for an area of this size.
    pub fn resize(&mut self, size: Size) {
        self.size = size;
        let size = self.size_of_question();
        if size.width != self.window.width() || self.prompt.is_empty() {
            self.prompt = markup::lines(&self.question.prompt, text_width(size.width));
        }
        let before = self.window.size();
        let was_seen = !self.sight.is_empty() && self.focus_is_seen();
        self.window.set_size(size);
        self.lay_out();
        if size != before {
            self.complete();
            if was_seen && !self.focus_is_seen() {
                self.window.show(self.focus);
            }
        }
    }

    /// Draws the pad.
    pub fn view(&self, area: Rect, buffer: &mut Buffer, theme: Theme) {
        let area = area.intersection(buffer.area);
        let above = self.area_of_question(area);
        self.window_in(above).draw(above, buffer, theme);
        self.view_greeting(area, buffer, theme);
    }

    /// Where the terminal's cursor stands when the pad is drawn in `area`: on what the next key acts on, or where
    /// reading begins as long as that is not on the screen.
    #[must_use]
    pub fn cursor(&self, area: Rect) -> Option<Position> {
        let area = self.area_of_question(area);
        if area.is_empty() {
            return None;
        }
        Some(self.window_in(area).cursor(area).unwrap_or(area.as_position()))
    }

    fn on_certainty(&self) -> bool {
        self.certainty != CertaintyLine::NotAsked && self.focus >= self.body.items()
    }

    fn act(&mut self, message: &PadMessage) {
        match message {
            PadMessage::Scroll(_) | PadMessage::ScrollLines(..) | PadMessage::ScrollAll(_) => {
                return self.scroll_by(message);
            }
            PadMessage::Previous => return self.previous(),
            PadMessage::Next => return self.next(),
            PadMessage::SeeRest => return self.see_rest(),
            // A decision stands: nobody decides between options that were never on the screen.
            PadMessage::Decide if self.has_unseen() => return self.see_rest(),
            // Whoever cannot see an option must not choose it by accident.
            PadMessage::Act if !self.window.sees(self.focus) => {}
            // Nor move a line: a number moves the one with the focus.
            PadMessage::Choose(_)
                if matches!(self.body, Body::Ordering(_)) && !self.window.sees(self.focus) => {}
            PadMessage::Shift(item, _) if !self.window.sees(*item) => {}
            PadMessage::PreviousStop => {
                let stops = self.stops().max(1);
                self.focus = (self.focus + stops - 1) % stops;
            }
            PadMessage::NextStop => self.focus = (self.focus + 1) % self.stops().max(1),
            PadMessage::FocusOn(item) | PadMessage::Grasp(item) => {
                self.focus = (*item).min(self.stops().saturating_sub(1));
            }
            PadMessage::Certainty(said) => {
                if let CertaintyLine::Asked(certainty) = &mut self.certainty {
                    *certainty = if *certainty == Some(*said) { None } else { Some(*said) };
                    self.focus = self.body.items();
                }
            }
            PadMessage::DropAt(item) => return self.answer(&PadMessage::Choose(*item)),
            // What is held may have been scrolled away, and stays so.
            PadMessage::CarryOver(_) | PadMessage::LetGo => return,
            PadMessage::Choose(_)
            | PadMessage::ChooseIn(..)
            | PadMessage::Act
            | PadMessage::TakeOrder
            | PadMessage::Decide
            | PadMessage::Cycle(_)
            | PadMessage::Shift(..)
            | PadMessage::Edit(_)
            | PadMessage::EditIn(..)
            | PadMessage::Clear
            | PadMessage::Restart => return self.answer(message),
            // The screen has the lesson, and what is handed in goes there.
            PadMessage::ShowSource | PadMessage::HandIn => {}
        }
        self.lay_out();
        self.window.show(self.focus);
    }

    fn answer(&mut self, message: &PadMessage) {
        let before = self.response();
        let was_pausing = self.is_pausing();
        let place = (self.focus, self.window.line_of(self.focus));
        self.focus = self.body.answer(self.focus, message, self.bidi);
        self.lay_out();
        if let (focus, Some(line)) = place
            && focus == self.focus
        {
            self.window.keep_in_line(focus, line);
        }
        match self.window.here() {
            // A story that went on is read from where it went on.
            Some(here) if self.response() != before || was_pausing != self.is_pausing() => {
                self.window.go_to(here);
                self.complete();
            }
            // What is answered where it is seen stays there, under the mouse.
            Some(_) | None if self.window.sees_whole(self.focus) => {}
            Some(_) | None => self.window.show(self.focus),
        }
    }

    fn lay_out(&mut self) {
        let layout = self.laid_out(self.window.size());
        self.window.set_layout(layout);
    }

    /// What is seen in `area`: what is laid out, or the same for another size for this once.
    fn window_in(&self, area: Rect) -> Cow<'_, Window> {
        self.window.in_area(area, |size| self.laid_out(size))
    }
}

/// The words for how sure somebody is, in the order of their number keys.
const CERTAINTIES: [(Certainty, &str); 3] =
    [(Certainty::Sure, "sure"), (Certainty::Fairly, "fairly"), (Certainty::Guessing, "guessing")];

#[cfg(test)]
mod tests;
