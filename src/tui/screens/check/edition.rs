//! The knowledge check after it was changed under whoever answers it.

use super::{Stage, State, said_of_mark};
use crate::id::QuestionId;
use crate::training::{Succession, question_after};
use crate::tui::pane::Context;
use crate::tui::screens::shared::{certainty_line, fitted};
use crate::tui::widgets::answer::{AnswerPad, Setting};

impl State {
    /// The module that it belongs to.
    pub(in crate::tui::screens) fn module(&self) -> usize {
        self.module
    }

    /// The same question with the same answer, as far as both are still there.
    pub(in crate::tui::screens) fn in_edition(
        mut self,
        succession: &Succession,
        context: &mut Context<'_>,
    ) -> Option<Self> {
        let before = self.module;
        self.module = succession.module(before)?;
        let from = succession.from().modules.get(before)?.check.as_ref()?;
        let to = succession.to().modules.get(self.module)?.check.as_ref()?;
        let now = |id: &QuestionId| question_after(from, id, to).cloned();
        let module = self.module;
        let carried = match self.stage {
            Stage::Asking { question, pad } => {
                now(&question).and_then(|id| asking(module, *pad, id, context))
            }
            Stage::Told { pad } => now(&pad.question().id).and_then(|id| told(module, *pad, id, context)),
            Stage::Review { pad, .. } => {
                now(&pad.question().id).and_then(|id| look_back_at(module, &id, context))
            }
            Stage::Summary { spot, .. } => Some(Stage::Summary { spot, wrong: 0 }),
        };
        // A check that grew after its end asks what is new.
        self.stage = match (carried, Self::present_stage(module, context)) {
            (Some(Stage::Summary { spot, .. }), Stage::Summary { wrong, .. }) => {
                Stage::Summary { spot, wrong }
            }
            (Some(Stage::Summary { .. }) | None, present) => present,
            (Some(carried), _) => carried,
        };
        Some(self)
    }
}

fn asking(module: usize, pad: AnswerPad, id: QuestionId, context: &mut Context<'_>) -> Option<Stage> {
    let pad = {
        let check = context.training.check(module)?;
        let question = *check.open.iter().find(|open| open.id == id)?;
        let order = context.training.check_order(module, question);
        let certainty = certainty_line(check.quiz, pad.certainty());
        pad.for_question(question, &order, certainty, Setting::Check)
    };
    drop(context.training.draft(module, &id, pad.response(), pad.certainty()));
    Some(Stage::Asking { question: id, pad: Box::new(pad) })
}

/// What was told stays told, unless the answer does not fit any more: then the question is open again.
fn told(module: usize, pad: AnswerPad, id: QuestionId, context: &Context<'_>) -> Option<Stage> {
    let check = context.training.check(module)?;
    if let Some(question) = check.open.iter().find(|question| question.id == id) {
        let order = context.training.check_order(module, question);
        let certainty = certainty_line(check.quiz, None);
        let pad = AnswerPad::new(question, &order, None, certainty, Setting::Check);
        let pad = fitted(pad, context.training.course(), context);
        return Some(Stage::Asking { question: id, pad: Box::new(pad) });
    }
    let (question, _) = *check.answered.iter().find(|(question, _)| question.id == id)?;
    let order = context.training.check_order(module, question);
    let certainty = certainty_line(check.quiz, pad.certainty());
    let mut pad = pad.for_question(question, &order, certainty, Setting::Check);
    pad.say_of_mark(said_of_mark(Some(&check), &pad));
    Some(Stage::Told { pad: Box::new(pad) })
}

fn look_back_at(module: usize, id: &QuestionId, context: &Context<'_>) -> Option<Stage> {
    let check = context.training.check(module)?;
    let index = check.answered.iter().position(|(question, _)| question.id == *id)?;
    State::review(module, index, context)
}
