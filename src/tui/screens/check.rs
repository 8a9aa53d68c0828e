//! The knowledge check screen: question, feedback, summary, and the look back.

mod edition;
mod summary;

use crossterm::event::Event;
use ratatui::layout::{Position, Rect, Size};

use crate::id::QuestionId;
use crate::printable::Printable;
use crate::progress::Change;
use crate::training::{CheckView, EARLIER_IS_KEPT, from_lesson};
use crate::tui::effect::{Effect, saving, saying, sending};
use crate::tui::keymap::{Binding, Context as KeyContext, Key};
use crate::tui::message::Message as FaceMessage;
use crate::tui::pane::{Context, Pane, View};
use crate::tui::screens::beside_answer::{looking_up, review, showing_source};
use crate::tui::screens::shared::{
    LOOK_BACK, LOOK_BACK_KEYS, PadOrSheet, certainty_line, fitted, going_on, look_up, look_up_source,
};
use crate::tui::screens::{Heading, ScreenState, Table, Yields};
use crate::tui::widgets::answer::{AnswerPad, Drag, PadMessage, Setting, Way};
use crate::tui::widgets::sheet::{self, Sheet, Spot, Step};

/// What exists on this screen.
#[derive(Debug)]
pub struct State {
    module: usize,
    stage: Stage,
    /// Where somebody was on the summary who looks at an answer.
    left: Spot,
}

#[derive(Debug)]
enum Stage {
    /// A question is to be answered.
    Asking { question: QuestionId, pad: Box<AnswerPad> },
    /// It was handed in: what was right, and why.
    Told { pad: Box<AnswerPad> },
    /// Every question of the round was answered; how many were not right.
    Summary { spot: Spot, wrong: usize },
    /// A look at what was answered.
    Review { index: usize, pad: Box<AnswerPad> },
}

/// What happens on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// On the pad.
    Pad(PadMessage),
    /// Hands the answer in.
    HandIn,
    /// What was handed in is saved: shows what was right.
    Tell,
    /// Goes on after the feedback.
    GoOn,
    /// Opens the lesson where it says what was asked.
    LookUp,
    /// Asks what was wrong again.
    Again,
    /// Looks at the answered question at this index, from 0.
    Review(usize),
    /// Looks at the question before or behind.
    ReviewStep(Way),
    /// Ends the look back.
    EndReview,
    /// Moves on the summary.
    Step(Step),
    /// Chooses on the summary.
    Choose,
    /// What comes after the check.
    NextPart,
    /// Leaves.
    Leave,
}

static ASKING: &[Binding<Message>] = &[
    Binding::new(
        &[Key::Enter],
        Message::HandIn,
        "hand in the answer, once all of it is seen and answered; in a story, decide or read on",
    )
    .action("proceed")
    .hint("hand in"),
    Binding::new(LOOK_BACK_KEYS, Message::Review(0), "look at what you answered so far").action(LOOK_BACK),
    Binding::new(&[Key::Esc, Key::Char('q')], Message::Leave, "back; what you answered stays")
        .action("leave")
        .hint("back"),
];

/// The keys beside what was right, with that of its source where a lesson lists it. They say messages of this screen.
macro_rules! told {
    ($($source:expr)?) => {
        &[
            Binding::new(&[Key::Enter, Key::Char(' '), Key::Char('n')], Message::GoOn, "go on")
                .action("next")
                .hint("next"),
            looking_up(Message::LookUp),
            $($source,)?
            Binding::new(&[Key::Esc, Key::Char('q')], Message::Leave, "back; what you answered stays")
                .action("leave")
                .hint("back"),
        ]
    };
}

static TOLD: &[Binding<Message>] = told!();
static TOLD_WITH_SOURCE: &[Binding<Message>] = told!(showing_source(Message::Pad(PadMessage::ShowSource)));

static SUMMARY: &[Binding<Message>] = &[
    sheet::choosing(Message::Choose),
    Binding::new(&[Key::Char('t')], Message::Again, "try what was not right again")
        .action("try_again")
        .hint("try again"),
    Binding::new(&[Key::Char('v')], Message::Review(0), "look at your answers")
        .action("review")
        .hint("review"),
    Binding::new(&[Key::Char('n')], Message::NextPart, "go on with what comes next").action("go_on"),
    Binding::new(&[Key::Esc, Key::Char('q')], Message::Leave, "back").action("leave").hint("back"),
];

static SUMMARY_ALL_RIGHT: &[Binding<Message>] = &[
    sheet::choosing(Message::Choose),
    Binding::new(&[Key::Char('v')], Message::Review(0), "look at your answers")
        .action("review")
        .hint("review"),
    Binding::new(&[Key::Char('n')], Message::NextPart, "go on with what comes next")
        .action("go_on")
        .hint("go on"),
    Binding::new(&[Key::Esc, Key::Char('q')], Message::Leave, "back").action("leave").hint("back"),
];

static REVIEW: &[Binding<Message>] = review!("end the review");
static REVIEW_WITH_SOURCE: &[Binding<Message>] =
    review!("end the review", showing_source(Message::Pad(PadMessage::ShowSource)));

impl State {
    /// Opens the check of a module where the learner left off; `None` when the module has none.
    pub fn open(module: usize, context: &mut Context<'_>) -> Option<(Self, Vec<Effect>)> {
        // A newer version of the course may ask what the round under way does not.
        let asks = !context.training.check(module)?.open.is_empty();
        let changes = if asks { context.training.start_check(module) } else { Vec::new() };
        let stage = Self::present_stage(module, context);
        Some((Self { module, stage, left: Spot::default() }, saving(changes)))
    }

    /// The first open question, or the summary when there is none.
    fn present_stage(module: usize, context: &Context<'_>) -> Stage {
        let check = context.training.check(module);
        let wrong = check.as_ref().map_or(0, |check| check.wrong().count());
        let open = check.as_ref().and_then(|check| Some((check, *check.open.first()?)));
        let Some((check, question)) = open else { return Stage::Summary { spot: Spot::default(), wrong } };
        let draft = check.draft(question);
        let certainty = certainty_line(check.quiz, draft.and_then(|draft| draft.certainty));
        let order = context.training.check_order(module, question);
        let response = draft.and_then(|draft| draft.response.as_ref());
        let pad = AnswerPad::new(question, &order, response, certainty, Setting::Check);
        let pad = fitted(pad, context.training.course(), context);
        Stage::Asking { question: question.id.clone(), pad: Box::new(pad) }
    }

    fn review(module: usize, index: usize, context: &Context<'_>) -> Option<Stage> {
        let check = context.training.check(module)?;
        let (question, answer) = *check.answered.get(index)?;
        let order = context.training.check_order(module, question);
        let certainty = certainty_line(check.quiz, answer.certainty);
        let pad = AnswerPad::new(question, &order, Some(&answer.response), certainty, Setting::Check);
        let mut pad = fitted(pad, context.training.course(), context);
        pad.reveal();
        Some(Stage::Review { index, pad: Box::new(pad) })
    }

    fn pad_message(&mut self, message: &PadMessage, context: &mut Context<'_>) -> Vec<Effect> {
        let Some(pad) = self.pad_mut() else { return Vec::new() };
        if !pad.update(message) {
            return Vec::new();
        }
        let (response, certainty) = (pad.response(), pad.certainty());
        match &self.stage {
            Stage::Asking { question, .. } => {
                saving(context.training.draft(self.module, question, response, certainty))
            }
            Stage::Told { .. } | Stage::Summary { .. } | Stage::Review { .. } => Vec::new(),
        }
    }

    fn hand_in(&mut self, context: &mut Context<'_>) -> Vec<Effect> {
        if self.see_rest() {
            return Vec::new();
        }
        let Stage::Asking { question, pad } = &mut self.stage else { return Vec::new() };
        pad.go_to_trouble();
        let Some(response) = pad.response().filter(|_| pad.is_complete()) else {
            return vec![saying(pad.missing())];
        };
        let handed_in =
            context.training.hand_in(self.module, question, response, pad.certainty(), context.now);
        let Some((_, changes)) = handed_in else {
            // Another running copy was first: what is open is asked.
            self.stage = Self::present_stage(self.module, context);
            return Vec::new();
        };
        // What is right is told when the answer is kept: who could see it before could answer anew.
        let mut effects = saving(changes);
        effects.push(sending(FaceMessage::Check(Message::Tell)));
        effects
    }

    fn tell(&mut self, context: &Context<'_>) {
        let Stage::Asking { question, pad } = &self.stage else { return };
        let check = context.training.check(self.module);
        if is_open(check.as_ref(), question) {
            return;
        }
        let mut pad = pad.clone();
        pad.say_of_mark(said_of_mark(check.as_ref(), &pad));
        pad.reveal();
        self.stage = Stage::Told { pad };
    }
}

impl PadOrSheet for State {
    type Message = Message;

    const PAD: fn(PadMessage) -> Message = Message::Pad;
    const STEP: fn(Step) -> Message = Message::Step;

    fn pad(&self) -> Option<&AnswerPad> {
        match &self.stage {
            Stage::Asking { pad, .. } | Stage::Told { pad } | Stage::Review { pad, .. } => Some(pad),
            Stage::Summary { .. } => None,
        }
    }

    fn pad_mut(&mut self) -> Option<&mut AnswerPad> {
        match &mut self.stage {
            Stage::Asking { pad, .. } | Stage::Told { pad } | Stage::Review { pad, .. } => Some(pad),
            Stage::Summary { .. } => None,
        }
    }

    fn sheet(&self, view: &View<'_>, width: u16) -> Option<Sheet<Message>> {
        match &self.stage {
            Stage::Summary { spot, .. } => Some(self.summary(*spot, view, width)),
            Stage::Asking { .. } | Stage::Told { .. } | Stage::Review { .. } => None,
        }
    }

    fn spot_mut(&mut self) -> Option<&mut Spot> {
        match &mut self.stage {
            Stage::Summary { spot, .. } => Some(spot),
            Stage::Asking { .. } | Stage::Told { .. } | Stage::Review { .. } => None,
        }
    }
}

impl ScreenState for State {
    type Message = Message;

    fn keys(&self) -> Table<Message> {
        Table::Own(match &self.stage {
            Stage::Asking { .. } => ASKING,
            Stage::Told { pad } if pad.leads_to_source() => TOLD_WITH_SOURCE,
            Stage::Told { .. } => TOLD,
            Stage::Summary { wrong: 0, .. } => SUMMARY_ALL_RIGHT,
            Stage::Summary { .. } => SUMMARY,
            Stage::Review { pad, .. } if pad.leads_to_source() => REVIEW_WITH_SOURCE,
            Stage::Review { .. } => REVIEW,
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
            Stage::Review { index, .. } => {
                let check = view.training.check(self.module)?;
                let leads_to = if check.open.is_empty() { "to the summary" } else { "to the question" };
                (index + 1 == check.answered.len()).then_some(leads_to)
            }
            Stage::Asking { .. } | Stage::Told { .. } | Stage::Summary { .. } => None,
        };
        let due = || match &self.stage {
            Stage::Asking { pad, .. } => pad.due(),
            Stage::Told { .. } | Stage::Summary { .. } | Stage::Review { .. } => None,
        };
        self.shown_enter(view, body).or_else(due).or_else(end)
    }

    fn is_idle(&self, message: &Message, _view: &View<'_>, _body: Size) -> bool {
        let is_first = matches!(&self.stage, Stage::Review { index: 0, .. });
        (*message == Message::ReviewStep(Way::Back) && is_first)
            || (*message == Message::LookUp && !self.links_to_lesson())
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

    fn heading(&self, view: &View<'_>) -> Heading {
        let check = view.training.check(self.module);
        let title = check.as_ref().map(|check| Printable::new(&check.quiz.title)).unwrap_or_default();
        let status = match (&self.stage, &check) {
            (Stage::Summary { .. }, _) | (_, None) => "summary".to_owned(),
            (Stage::Review { index, .. }, Some(check)) => {
                format!("review {} of {}", index + 1, check.answered.len())
            }
            (stage, Some(check)) => {
                let answered =
                    check.answered.iter().filter(|(_, answer)| answer.round == check.round).count();
                let total = answered + check.open.len();
                // What was just handed in is counted among the answered.
                let asked = match stage {
                    Stage::Asking { question, .. } => is_open(Some(check), question),
                    Stage::Told { .. } | Stage::Summary { .. } | Stage::Review { .. } => false,
                };
                let number = if asked { answered + 1 } else { answered };
                format!("question {number} of {total}")
            }
        };
        let asked = self.pad().and_then(|pad| view.training.module_of(pad.question()));
        let elsewhere = asked.filter(|module| *module != self.module);
        let yields = Yields::detail(elsewhere.map(from_lesson));
        Heading { title, status: Printable::new(&status), yields }
    }

    fn update(&mut self, message: Message, context: &mut Context<'_>) -> Vec<Effect> {
        match message {
            Message::Pad(PadMessage::ShowSource) => {
                return look_up_source(self.pad().map(AnswerPad::question), context.training.course());
            }
            Message::HandIn | Message::Pad(PadMessage::HandIn) => return self.hand_in(context),
            Message::Pad(message) => return self.pad_message(&message, context),
            Message::Tell => self.tell(context),
            Message::GoOn => self.stage = Self::present_stage(self.module, context),
            Message::EndReview => self.end_review(context),
            Message::LookUp => return vec![look_up(self.pad().map(AnswerPad::question))],
            Message::Again => {
                let changes = context.training.start_check(self.module);
                if !changes.iter().any(|change| matches!(change, Change::CheckStarted { .. })) {
                    return vec![saying("everything was right: there is nothing to try again")];
                }
                self.stage = Self::present_stage(self.module, context);
                return saving(changes);
            }
            Message::Review(index) => {
                if let Stage::Summary { spot, .. } = &self.stage {
                    self.left = *spot;
                }
                match Self::review(self.module, index, context) {
                    Some(stage) => self.stage = stage,
                    None => return vec![saying("nothing was answered yet")],
                }
            }
            Message::ReviewStep(way) => {
                let Stage::Review { index, .. } = &self.stage else { return Vec::new() };
                let next = match way {
                    Way::Back => index.checked_sub(1),
                    Way::On => Some(index + 1),
                };
                match next.and_then(|next| Self::review(self.module, next, context)) {
                    Some(stage) => self.stage = stage,
                    None if way == Way::On => self.stage = Self::present_stage(self.module, context),
                    None => return vec![saying("this is the first answer")],
                }
            }
            Message::Step(step) => self.step(step, context),
            Message::Choose => {
                return self.choose(context).map_or_else(Vec::new, |message| self.update(message, context));
            }
            Message::NextPart => {
                return match context.training.step_after_check(self.module) {
                    Some(step) => vec![sending(going_on(step))],
                    None => vec![saying("this check is all that is missing before the assessment")],
                };
            }
            Message::Leave => return vec![sending(FaceMessage::Back)],
        }
        Vec::new()
    }

    fn view(&self, view: &View<'_>, pane: &mut Pane<'_, Message>) {
        self.draw(view, pane);
    }

    fn has_answers(&self, context: &Context<'_>) -> bool {
        context.training.check(self.module).is_some_and(|check| !check.answered.is_empty())
    }

    fn resize(&mut self, from: Size, context: &mut Context<'_>) {
        self.fit(from, context);
    }

    fn shown(&mut self, _context: &mut Context<'_>) -> Vec<Effect> {
        self.note_shown();
        Vec::new()
    }
}

/// Whether `question` is still to be handed in.
fn is_open(check: Option<&CheckView<'_>>, question: &QuestionId) -> bool {
    check.is_some_and(|check| check.open.iter().any(|open| open.id == *question))
}

/// What is said of the mark of the answer on the pad, which was handed in.
fn said_of_mark(check: Option<&CheckView<'_>>, pad: &AnswerPad) -> Option<&'static str> {
    let (check, response) = (check?, pad.response()?);
    (!check.counts(&pad.question().id, &response)).then_some(EARLIER_IS_KEPT)
}

/// Its keys, for whoever looks for two meanings of one.
pub(super) fn contexts() -> Vec<KeyContext> {
    vec![
        KeyContext::new("at an open question of a check").pad().table(ASKING),
        KeyContext::new("after an answer was handed in").table(TOLD),
        KeyContext::new("at a listed source of an answer").table(TOLD_WITH_SOURCE),
        KeyContext::new("at the end of a check").pad().table(SUMMARY_ALL_RIGHT),
        KeyContext::new("after a check that is not all right").pad().table(SUMMARY),
        KeyContext::new("in the review of a check").table(REVIEW),
        KeyContext::new("at a listed source of an answer").table(REVIEW_WITH_SOURCE),
    ]
}

#[cfg(test)]
mod tests;
