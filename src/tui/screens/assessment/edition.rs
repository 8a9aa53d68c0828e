//! The assessment after it was changed under whoever takes it.

use super::{Stage, State, pages};
use crate::training::{Succession, question_after};
use crate::tui::pane::Context;
use crate::tui::screens::shared::{certainty_line, whole};
use crate::tui::widgets::answer::{AnswerPad, Setting};
use crate::tui::widgets::sheet::Spot;

impl State {
    /// The same question with the same answer, or the same page, as far as they are still there.
    pub(in crate::tui::screens) fn in_edition(
        mut self,
        succession: &Succession,
        context: &mut Context<'_>,
    ) -> Self {
        let (from, to) = (&succession.from().assessment.quiz, &succession.to().assessment.quiz);
        let under_way = context.training.attempt().is_some();
        self.stage = match self.stage {
            Stage::Question { pad, .. } => {
                let id = question_after(from, &pad.question().id, to).cloned();
                match (Self::present_question(context), id) {
                    (Stage::Question { index, pad: present }, Some(id)) if present.question().id == id => {
                        Stage::Question { index, pad: Box::new(continued(*pad, index, context)) }
                    }
                    (present, _) => present,
                }
            }
            Stage::Overview(_) | Stage::Confirm(_) if !under_way => Stage::Intro(Spot::default()),
            Stage::Result { number, spot, .. } => {
                // What had the focus may be gone.
                let area = whole(context.size);
                let sheet = pages::result(number, spot, &context.view(), area.width);
                Self::result(number, sheet.at(spot.entry(), area.height), context)
            }
            Stage::Review { number, pad, .. } => {
                let id = question_after(from, &pad.question().id, to);
                let index = context.training.sitting(number).and_then(|(_, sitting)| {
                    sitting.questions().position(|(question, _)| Some(&question.id) == id)
                });
                let stage = index.and_then(|index| Self::review(number, index, context));
                stage.unwrap_or_else(|| Self::result(number, Spot::default(), context))
            }
            stage @ (Stage::Intro(_) | Stage::Overview(_) | Stage::Confirm(_) | Stage::Submitting(_)) => {
                stage
            }
        };
        self
    }
}

/// The pad as far as the answer on it fits the question at `index` of the draw.
fn continued(pad: AnswerPad, index: usize, context: &mut Context<'_>) -> AnswerPad {
    let Some((_, sitting)) = context.training.attempt() else { return pad };
    let Some((question, drawn)) = sitting.questions().nth(index) else { return pad };
    let certainty = certainty_line(&sitting.course.assessment.quiz, pad.certainty());
    let pad = pad.for_question(question, &drawn.order, certainty, Setting::Assessment);
    drop(context.training.answer(index, pad.response(), pad.certainty(), 0));
    pad
}
