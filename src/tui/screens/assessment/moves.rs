//! From question to question of an attempt.

use super::keys::NEXT_KEYS;
use super::{Stage, State, current_question};
use crate::progress::Change;
use crate::tui::effect::{Effect, saving, saying, sending};
use crate::tui::message::{Message as FaceMessage, Told};
use crate::tui::pane::Context;
use crate::tui::screens::shared::PadOrSheet;
use crate::tui::widgets::answer::{AnswerPad, HalfDone, Way};
use crate::tui::widgets::sheet::Spot;

impl State {
    /// Goes to a drawn question, and keeps the time spent on the one before.
    pub(super) fn go_to(&mut self, index: usize, context: &mut Context<'_>) -> Vec<Effect> {
        let changes = self.move_to(index, context);
        self.stage = Self::present_question(context);
        saving(changes)
    }

    /// Notes that the learner is at the question at `index` now, and what is to be kept of the one before.
    pub(super) fn move_to(&mut self, index: usize, context: &mut Context<'_>) -> Vec<Change> {
        let mut changes = self.shown_wholly(context);
        changes.extend(context.training.go_to(index, self.clock.take()));
        changes
    }

    /// Notes the question on the screen if everything that it asks was there by now.
    pub(super) fn shown_wholly(&self, context: &mut Context<'_>) -> Vec<Change> {
        let Stage::Question { index, pad } = &self.stage else { return Vec::new() };
        if pad.was_shown_wholly() { context.training.shown_wholly(*index) } else { Vec::new() }
    }

    pub(super) fn turn(&mut self, way: Way, context: &mut Context<'_>) -> Vec<Effect> {
        let Stage::Question { index, .. } = &self.stage else { return Vec::new() };
        let last = context.training.attempt().map_or(0, |(_, sitting)| sitting.drawn.len().saturating_sub(1));
        match way {
            Way::Back => match index.checked_sub(1) {
                Some(before) => self.go_to(before, context),
                None => vec![saying("this is the first question")],
            },
            // Behind the last question stands what is still to do: the first open question, or submitting.
            Way::On if *index >= last => self.open_overview(Spot::at(last + 1), context),
            Way::On => {
                let next = index + 1;
                self.go_to(next, context)
            }
        }
    }

    /// Goes on, once all of the question was seen and what was begun is whole.
    pub(super) fn proceed(&mut self, context: &mut Context<'_>) -> Vec<Effect> {
        if self.see_rest() {
            return Vec::new();
        }
        let half_done = |pad: &mut AnswerPad| {
            let open = pad.left_half_done()?;
            pad.go_to_trouble();
            Some(open)
        };
        match self.pad_mut().and_then(half_done) {
            Some(open) => vec![sending(FaceMessage::Tell(leaving_open(open)))],
            None => self.turn(Way::On, context),
        }
    }

    pub(super) fn open_overview(&mut self, spot: Spot, context: &mut Context<'_>) -> Vec<Effect> {
        let current = current_question(&context.view());
        let changes = self.move_to(current, context);
        self.stage = Stage::Overview(spot);
        saving(changes)
    }
}

/// What is said to somebody who goes on by habit: the key that goes on all the same can be clicked there.
fn leaving_open(open: HalfDone) -> &'static [Told] {
    const LEAVES: Told = Told::Key { action: Some("next"), key: NEXT_KEYS, words: " leaves it" };
    const SIDE: &[Told] = &[Told::Words("a left side is open; "), LEAVES];
    const GAP: &[Told] = &[Told::Words("a gap is open; "), LEAVES];
    const STORY: &[Told] = &[Told::Words("the story goes on; "), LEAVES];
    match open {
        HalfDone::Side => SIDE,
        HalfDone::Gap => GAP,
        HalfDone::Story => STORY,
    }
}
