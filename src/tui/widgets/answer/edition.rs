//! The pad after its question was rewritten, in a preview.

use std::mem::discriminant;

use super::{AnswerPad, CertaintyLine, Setting};
use crate::quiz::question::Question;

impl AnswerPad {
    /// The pad for the same question as it is written now, with what was answered as far as it still fits; what was
    /// revealed stays so.
    #[must_use]
    pub fn for_question(
        self,
        question: &Question,
        order: &[String],
        certainty: CertaintyLine,
        setting: Setting,
    ) -> Self {
        if self.question == *question && self.certainty == certainty {
            return self;
        }
        let same_kind = discriminant(&self.question.kind) == discriminant(&question.kind);
        let response = self.response().filter(|_| same_kind);
        let same_source = self.question.source == question.source;
        let mut pad = Self::new(question, order, response.as_ref(), certainty, setting).ordered_by(self.bidi);
        if same_source {
            pad.source = self.source;
        }
        pad.focus = self.focus.min(pad.stops().saturating_sub(1));
        let size = self.window.size();
        (pad.stage, pad.window) = (self.stage, self.window);
        // It was laid out for another width.
        pad.prompt.clear();
        pad.resize(size);
        pad
    }
}
