//! The assessment screen: rules, questions, overview, submission, result and the look back.

mod active_time;
mod edition;
pub(super) mod keys;
mod look_back;
mod moves;
mod pages;
mod shown;

use crossterm::event::Event;
use ratatui::layout::{Position, Rect, Size};

use crate::clock::Timestamp;
use crate::printable::Printable;
use crate::progress::Attempt;
use crate::quiz::question::LessonLink;
use crate::training::{AssessmentState, Review, Sitting, from_lesson};
use crate::tui::effect::{Due, Effect, saving, saving_once_drawn, saying, sending};
use crate::tui::message::{Destination, Message as FaceMessage};
use crate::tui::pane::{Context, Pane, View};
use crate::tui::screens::shared::{
    PadOrSheet, certainty_line, fitted, going_on, look_up, look_up_source, whole,
};
use crate::tui::screens::{Heading, ScreenState, Table, Yields};
use crate::tui::widgets::answer::{AnswerPad, Drag, PadMessage, Setting, Way};
use crate::tui::widgets::number::TypedNumber;
use crate::tui::widgets::sheet::{Spot, Step};
use active_time::ActiveTime;

/// What exists on this screen.
#[derive(Debug)]
pub struct State {
    stage: Stage,
    clock: ActiveTime,
    visit: Visit,
    /// Whether the result that is shown was opened from the rules, to which one goes back then.
    is_from_rules: bool,
    /// Where somebody was on the result who looks at an answer.
    left: Spot,
    /// The number that is being typed on the overview, if one is.
    typed: TypedNumber,
}

/// Whether anything was done since the assessment was opened. Who only opens it changes nothing in an attempt, for the sake of another
/// running copy that goes on with it, and was not at the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Visit {
    Opened,
    Used,
}

#[derive(Debug)]
enum Stage {
    /// The rules, and whether an attempt can begin.
    Intro(Spot),
    /// The drawn question at `index`, from 0.
    Question { index: usize, pad: Box<AnswerPad> },
    /// What is answered, open and flagged.
    Overview(Spot),
    /// Whether to submit.
    Confirm(Spot),
    /// It was submitted and is being saved.
    Submitting(Spot),
    /// How the attempt of this number went, and whether its answers can be looked at.
    Result { number: u32, review: Review, spot: Spot },
    /// A look at what was answered in the attempt of this number.
    Review { number: u32, index: usize, pad: Box<AnswerPad> },
}

/// What happens on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Begins an attempt.
    Begin,
    /// On the pad.
    Pad(PadMessage),
    /// Goes to the next or previous question.
    Turn(Way),
    /// Goes to the next question, unless the answer on the pad was only begun.
    Proceed,
    /// Goes to the question at this index, from 0.
    GoTo(usize),
    /// A digit of the number of a question, which gets the focus.
    Digit(usize),
    /// Flags the question, or takes the flag away.
    Flag,
    /// Shows what is answered, open and flagged.
    Overview,
    /// Back to the question.
    EndOverview,
    /// Asks whether to take the course again.
    BeginAgain,
    /// Asks whether to submit.
    AskToSubmit,
    /// Submits.
    Submit,
    /// Gives the focus to the thing to choose with this index, and nothing else.
    Mark(usize),
    /// Shows how the attempt of this number went.
    Result(u32),
    /// Looks at the question at this index of the attempt that is shown.
    Review(usize),
    /// Looks at the question before or behind.
    ReviewStep(Way),
    /// Ends the look back.
    EndReview,
    /// Opens the lesson that the question on the screen links to.
    LookUp,
    /// Opens a lesson to re-read.
    Reread(LessonLink),
    /// Goes to another part of the course.
    Go(Destination),
    /// Moves on a page.
    Step(Step),
    /// Chooses on a page.
    Choose,
    /// What comes after the assessment.
    NextPart,
    /// Leaves.
    Leave,
}

impl State {
    /// Opens the assessment where it stands: at the question of the attempt under way, at the last result, or at the
    /// rules. When something comes first, the rules say what.
    #[must_use]
    pub fn open(context: &Context<'_>) -> Self {
        let last = context.training.last_submitted();
        let stage = match (context.training.assessment(context.now), last) {
            (AssessmentState::UnderWay { .. }, _) => Self::present_question(context),
            (AssessmentState::Passed { number, .. }, _) | (AssessmentState::NoneLeft, Some(number)) => {
                Self::result(number, Spot::default(), context)
            }
            (
                AssessmentState::Locked(_)
                | AssessmentState::Ready { .. }
                | AssessmentState::Waiting { .. }
                | AssessmentState::NoneLeft
                | AssessmentState::VersionMissing,
                _,
            ) => Self::rules(context),
        };
        Self {
            stage,
            clock: ActiveTime::from(context.now),
            visit: Visit::Opened,
            is_from_rules: false,
            left: Spot::default(),
            typed: TypedNumber::default(),
        }
    }

    /// The question that the learner was on; the rules when there is none.
    fn present_question(context: &Context<'_>) -> Stage {
        let pad = context.training.attempt().and_then(|(attempt, sitting)| {
            Some((attempt.current, answered(attempt, sitting, attempt.current, context)?))
        });
        match pad {
            Some((index, pad)) => Stage::Question { index, pad: Box::new(pad) },
            None => Self::rules(context),
        }
    }

    fn rules(context: &Context<'_>) -> Stage {
        Stage::Intro(pages::spot_of_rules(&context.view()))
    }

    fn result(number: u32, spot: Spot, context: &Context<'_>) -> Stage {
        let review = context.training.result(number).map_or(Review::AfterLastAttempt, |result| result.review);
        Stage::Result { number, review, spot }
    }

    fn submit(&mut self, context: &mut Context<'_>) -> Vec<Effect> {
        let Some((attempt, _)) = context.training.attempt() else { return Vec::new() };
        let (number, current) = (attempt.number, attempt.current);
        let mut changes = self.move_to(current, context);
        changes.extend(context.training.submit(context.now));
        // The result is shown when the attempt is kept: who could see it before could submit anew.
        self.stage = Stage::Submitting(Spot::default());
        let mut effects = saving(changes);
        effects.push(sending(FaceMessage::Assessment(Message::Result(number))));
        effects
    }

    fn pad_message(&mut self, message: &PadMessage, context: &mut Context<'_>) -> Vec<Effect> {
        let Some(pad) = self.pad_mut() else { return Vec::new() };
        if !pad.update(message) {
            return Vec::new();
        }
        let (response, certainty) = (pad.response(), pad.certainty());
        match &self.stage {
            // The time is kept when the learner leaves the question; adding it to every letter would count it twice.
            Stage::Question { index, .. } => saving(context.training.answer(*index, response, certainty, 0)),
            Stage::Intro(_)
            | Stage::Overview(_)
            | Stage::Confirm(_)
            | Stage::Submitting(_)
            | Stage::Result { .. }
            | Stage::Review { .. } => Vec::new(),
        }
    }
}

/// The question that the learner is on, or was on before the overview.
fn current_question(view: &View<'_>) -> usize {
    view.training.attempt().map_or(0, |(attempt, _)| attempt.current)
}

impl ScreenState for State {
    type Message = Message;

    fn keys(&self) -> Table<Message> {
        Table::Own(match &self.stage {
            Stage::Intro(_) => keys::INTRO,
            Stage::Question { .. } => keys::QUESTION,
            Stage::Overview(_) => keys::OVERVIEW,
            Stage::Confirm(_) => keys::CONFIRM,
            Stage::Submitting(_) => keys::SUBMITTING,
            Stage::Result { review: Review::Open, .. } => keys::RESULT,
            Stage::Result { review: Review::AfterLastAttempt, .. } => keys::RESULT_WITHOUT_ANSWERS,
            Stage::Review { pad, .. } if pad.leads_to_source() => keys::REVIEW_WITH_SOURCE,
            Stage::Review { .. } => keys::REVIEW,
        })
    }

    fn inner_keys(&self) -> Vec<(&'static str, &'static str)> {
        self.shown_keys()
    }

    fn inner_message_for(&self, event: &Event) -> Option<Message> {
        self.shown_message_for(event)
    }

    fn inner_enter(&self, view: &View<'_>, body: Size) -> Option<&'static str> {
        let end = || match &self.stage {
            Stage::Review { number, index, .. } => {
                let (_, sitting) = view.training.sitting(*number)?;
                (index + 1 == sitting.drawn.len()).then_some("to the result")
            }
            Stage::Question { pad, .. } => pad.left_half_done().and_then(|_| pad.due()),
            Stage::Intro(_) | Stage::Confirm(_) => {
                self.sheet(view, whole(body).width)?.chosen()?.grave_word()
            }
            Stage::Overview(_) | Stage::Submitting(_) | Stage::Result { .. } => None,
        };
        self.shown_enter(view, body).or_else(end)
    }

    fn is_idle(&self, message: &Message, _view: &View<'_>, _body: Size) -> bool {
        let is_first =
            matches!(&self.stage, Stage::Question { index: 0, .. } | Stage::Review { index: 0, .. });
        (matches!(message, Message::Turn(Way::Back) | Message::ReviewStep(Way::Back)) && is_first)
            || (*message == Message::LookUp && !self.links_to_lesson())
    }

    fn touched(&mut self, context: &mut Context<'_>) {
        let sheet = self.sheet(&context.view(), whole(context.size).width);
        if let Some(entry) = sheet.and_then(|sheet| sheet.harmless()) {
            self.mark(entry, context);
        }
    }

    fn has_more(&self, view: &View<'_>, body: Size) -> bool {
        self.shows_more(view, body)
    }

    fn reads_on(&self) -> bool {
        self.pad().is_some_and(AnswerPad::can_read_on)
    }

    fn inner_message_at(&self, _view: &View<'_>, body: Rect, at: Position) -> Option<Message> {
        self.shown_message_at(body, at)
    }

    fn inner_message_for_drag(&self, body: Rect, at: Position, drag: Drag) -> Option<Message> {
        self.shown_message_for_drag(body, at, drag)
    }

    fn is_question(&self) -> bool {
        matches!(self.stage, Stage::Intro(_) | Stage::Confirm(_))
    }

    fn heading(&self, view: &View<'_>) -> Heading {
        let attempt = view.training.attempt();
        let total = attempt.map_or(0, |(_, sitting)| sitting.drawn.len());
        let course = attempt.map_or_else(|| view.training.course(), |(_, sitting)| &sitting.course);
        let status = match &self.stage {
            Stage::Intro(_) => "rules".to_owned(),
            Stage::Question { index, pad } => {
                let flagged = attempt.is_some_and(|(attempt, _)| {
                    attempt.answers.get(&pad.question().id).is_some_and(|answer| answer.flagged)
                });
                let flag = if flagged { "⚑ flagged, " } else { "" };
                format!("{flag}question {} of {total}", index + 1)
            }
            Stage::Overview(_) => "overview".to_owned(),
            Stage::Confirm(_) => "submit?".to_owned(),
            Stage::Submitting(_) => "submitted".to_owned(),
            Stage::Result { number, .. } => {
                let place = view.training.place_in_run(*number);
                place.map_or_else(String::new, |place| format!("result of attempt {place}"))
            }
            Stage::Review { number, index, .. } => {
                let drawn = view.training.sitting(*number).map_or(0, |(_, sitting)| sitting.drawn.len());
                format!("review {} of {drawn}", index + 1)
            }
        };
        let asked = self.pad().and_then(|pad| view.training.module_of(pad.question()));
        let yields = Yields::detail(asked.map(from_lesson));
        let title = Printable::new(&course.assessment.quiz.title);
        Heading { title, status: Printable::new(&status), yields }
    }

    fn update(&mut self, message: Message, context: &mut Context<'_>) -> Vec<Effect> {
        self.clock.touch(context.now);
        if message != Message::Leave {
            self.visit = Visit::Used;
        }
        if !matches!(message, Message::Digit(_)) {
            self.end_number();
        }
        match message {
            Message::Begin => {
                let changes = context.training.start_attempt(context.now);
                self.clock.take();
                self.stage = Self::present_question(context);
                return saving(changes);
            }
            Message::Pad(PadMessage::ShowSource) => {
                return look_up_source(self.pad().map(AnswerPad::question), context.training.course());
            }
            Message::Pad(message) => return self.pad_message(&message, context),
            Message::Turn(way) => return self.turn(way, context),
            Message::Proceed => return self.proceed(context),
            Message::GoTo(index) => {
                let drawn = context.training.attempt().map_or(0, |(_, sitting)| sitting.drawn.len());
                if index < drawn {
                    return self.go_to(index, context);
                }
            }
            Message::Digit(digit) => {
                let drawn = context.training.attempt().map_or(0, |(_, sitting)| sitting.drawn.len());
                self.typed = self.typed.and(digit, drawn);
                if let Some(index) = self.typed.index() {
                    self.mark(index, context);
                }
            }
            Message::Flag => {
                if let Stage::Question { index, .. } = &self.stage {
                    return saving(context.training.toggle_flag(*index));
                }
            }
            Message::Overview => {
                let spot = pages::spot_of_overview(&self.stage, &context.view(), context.size);
                return self.open_overview(spot, context);
            }
            Message::EndOverview => self.stage = Self::present_question(context),
            Message::BeginAgain => return vec![sending(FaceMessage::AskToBeginAgain)],
            Message::AskToSubmit => self.stage = Stage::Confirm(Spot::default()),
            Message::Submit => return self.submit(context),
            Message::Mark(entry) => {
                self.mark(entry, context);
                return vec![saying(pages::grave_again(&self.stage))];
            }
            Message::Result(number) => {
                self.is_from_rules = matches!(self.stage, Stage::Intro(_));
                self.stage = Self::result(number, Spot::default(), context);
            }
            Message::Review(index) => return self.look_at(index, context),
            Message::ReviewStep(way) => return self.look_beside(way, context),
            Message::EndReview => self.end_review(context),
            Message::LookUp => return vec![look_up(self.pad().map(AnswerPad::question))],
            Message::Reread(link) => return vec![sending(FaceMessage::LookUp(link))],
            Message::Go(destination) => return vec![sending(FaceMessage::Go(destination))],
            Message::Step(step) => self.step(step, context),
            Message::Choose => {
                return self.choose(context).map_or_else(Vec::new, |message| self.update(message, context));
            }
            // The next attempt begins with the rules and, if need be, the waiting. In a preview nothing has to be read before it.
            Message::NextPart => {
                match (context.training.assessment(context.now), context.training.next_step()) {
                    (AssessmentState::Ready { .. }, _) | (_, crate::training::Step::Assessment) => {
                        self.stage = Self::rules(context);
                    }
                    (_, next) => return vec![sending(going_on(next))],
                }
            }
            Message::Leave => match &self.stage {
                Stage::Result { .. } if self.is_from_rules => self.stage = Self::rules(context),
                _ => return vec![sending(FaceMessage::Back)],
            },
        }
        Vec::new()
    }

    fn is_typing_number(&self) -> bool {
        self.typed != TypedNumber::default()
    }

    fn end_number(&mut self) {
        self.typed = TypedNumber::default();
    }

    fn view(&self, view: &View<'_>, pane: &mut Pane<'_, Message>) {
        self.draw(view, pane);
    }

    fn resize(&mut self, from: Size, context: &mut Context<'_>) {
        self.fit(from, context);
    }

    fn shown(&mut self, context: &mut Context<'_>) -> Vec<Effect> {
        self.note_shown();
        let changes = match self.visit {
            Visit::Opened => Vec::new(),
            Visit::Used => self.shown_wholly(context),
        };
        saving_once_drawn(changes, Due::Soon)
    }

    fn changes_at(&self, view: &View<'_>) -> Option<Timestamp> {
        match (&self.stage, view.training.assessment(view.now)) {
            // The screen is to say so when the waiting is over.
            (Stage::Intro(_) | Stage::Result { .. }, AssessmentState::Waiting { until, .. }) => Some(until),
            _ => None,
        }
    }

    fn leave(&mut self, context: &mut Context<'_>) -> Vec<Effect> {
        if self.visit == Visit::Opened {
            return Vec::new();
        }
        self.clock.touch(context.now);
        let Some((attempt, _)) = context.training.attempt() else { return Vec::new() };
        let current = attempt.current;
        saving(context.training.go_to(current, self.clock.take()))
    }

    fn enter(&mut self, context: &mut Context<'_>) {
        // Reading a lesson is no time spent on a question.
        self.clock.go_on(context.now);
        self.resize(context.size, context);
    }
}

/// The question at `index`, as far as it is answered.
fn answered(attempt: &Attempt, sitting: &Sitting, index: usize, context: &Context<'_>) -> Option<AnswerPad> {
    let (drawn, question) = (sitting.drawn.get(index)?, sitting.question(index)?);
    let answer = attempt.answers.get(&question.id);
    let said = answer.and_then(|answer| answer.certainty);
    let certainty = certainty_line(&sitting.course.assessment.quiz, said);
    let response = answer.and_then(|answer| answer.response.as_ref());
    let pad = AnswerPad::new(question, &drawn.order, response, certainty, Setting::Assessment);
    Some(fitted(pad, &sitting.course, context))
}

#[cfg(test)]
mod tests;
