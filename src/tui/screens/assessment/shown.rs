//! What of the assessment is on the screen: a question, or a page.

use super::{Message, Stage, State, pages};
use crate::tui::pane::View;
use crate::tui::screens::shared::PadOrSheet;
use crate::tui::widgets::answer::{AnswerPad, PadMessage};
use crate::tui::widgets::sheet::{Sheet, Spot, Step};

impl PadOrSheet for State {
    type Message = Message;

    const PAD: fn(PadMessage) -> Message = Message::Pad;
    const STEP: fn(Step) -> Message = Message::Step;

    fn pad(&self) -> Option<&AnswerPad> {
        match &self.stage {
            Stage::Question { pad, .. } | Stage::Review { pad, .. } => Some(pad),
            Stage::Intro(_)
            | Stage::Overview(_)
            | Stage::Confirm(_)
            | Stage::Submitting(_)
            | Stage::Result { .. } => None,
        }
    }

    fn pad_mut(&mut self) -> Option<&mut AnswerPad> {
        match &mut self.stage {
            Stage::Question { pad, .. } | Stage::Review { pad, .. } => Some(pad),
            Stage::Intro(_)
            | Stage::Overview(_)
            | Stage::Confirm(_)
            | Stage::Submitting(_)
            | Stage::Result { .. } => None,
        }
    }

    fn sheet(&self, view: &View<'_>, width: u16) -> Option<Sheet<Message>> {
        match &self.stage {
            Stage::Intro(spot) => Some(pages::intro(*spot, view, width)),
            Stage::Overview(spot) => Some(pages::overview(*spot, view, width)),
            Stage::Confirm(spot) => Some(pages::confirm(*spot, view, width)),
            Stage::Submitting(spot) => Some(pages::submitting(*spot, view, width)),
            Stage::Result { number, spot, .. } => Some(pages::result(*number, *spot, view, width)),
            Stage::Question { .. } | Stage::Review { .. } => None,
        }
    }

    fn spot_mut(&mut self) -> Option<&mut Spot> {
        match &mut self.stage {
            Stage::Intro(spot)
            | Stage::Overview(spot)
            | Stage::Confirm(spot)
            | Stage::Submitting(spot)
            | Stage::Result { spot, .. } => Some(spot),
            Stage::Question { .. } | Stage::Review { .. } => None,
        }
    }
}
