//! From answer to answer of an attempt that was submitted.

use super::{Message, Stage, State, answered, pages};
use crate::training::Review;
use crate::tui::effect::{Effect, saying};
use crate::tui::pane::Context;
use crate::tui::screens::shared::{back_at, whole};
use crate::tui::widgets::answer::Way;
use crate::tui::widgets::sheet::Spot;

impl State {
    /// The answer at `index` of the attempt of this number, with what was right; `None` while that is not told.
    pub(super) fn review(number: u32, index: usize, context: &Context<'_>) -> Option<Stage> {
        let result = context.training.result(number)?;
        if result.review != Review::Open {
            return None;
        }
        let (attempt, sitting) = context.training.sitting(number)?;
        let mut pad = answered(attempt, &sitting, index, context)?;
        pad.reveal();
        Some(Stage::Review { number, index, pad: Box::new(pad) })
    }

    /// Looks at the answer at `index` of the attempt that is shown.
    pub(super) fn look_at(&mut self, index: usize, context: &Context<'_>) -> Vec<Effect> {
        let (Stage::Result { number, .. } | Stage::Review { number, .. }) = self.stage else {
            return Vec::new();
        };
        let Some(stage) = Self::review(number, index, context) else {
            return vec![saying("the answers can be looked at after a pass or the last attempt")];
        };
        if let Stage::Result { spot, .. } = self.stage {
            self.left = spot;
        }
        self.stage = stage;
        Vec::new()
    }

    /// Looks at the answer before or behind; behind the last one stands the result, which leads on.
    pub(super) fn look_beside(&mut self, way: Way, context: &Context<'_>) -> Vec<Effect> {
        let Stage::Review { number, index, .. } = self.stage else { return Vec::new() };
        let next = match way {
            Way::Back => index.checked_sub(1),
            Way::On => Some(index + 1),
        };
        match next.and_then(|next| Self::review(number, next, context)) {
            Some(stage) => self.stage = stage,
            None if way == Way::On => self.stage = Self::result(number, Spot::default(), context),
            None => return vec![saying("this is the first answer")],
        }
        Vec::new()
    }

    /// Leaves the look back for where somebody was on the result, at the answer that they looked at.
    pub(super) fn end_review(&mut self, context: &Context<'_>) {
        let Stage::Review { number, index, .. } = self.stage else { return };
        let (view, area) = (context.view(), whole(context.size));
        let result = pages::result(number, self.left, &view, area.width);
        let spot = back_at(&result, &Message::Review(index), area.height);
        self.stage = Self::result(number, spot, context);
    }
}
