//! The pad once it shows what was right.

use super::{AnswerPad, Source, Stage};

impl AnswerPad {
    /// Shows what was right, what was answered and why; from now on the pad can only be read.
    pub fn reveal(&mut self) {
        self.stage = Stage::Revealed;
        self.window.go_to_beginning();
        self.lay_out();
    }

    /// Says this below the mark, once that is shown.
    pub fn say_of_mark(&mut self, words: Option<&'static str>) {
        self.of_mark = words;
        self.lay_out();
    }

    /// Whether what was right and why goes on below what is seen.
    #[must_use]
    pub fn can_read_on(&self) -> bool {
        self.stage == Stage::Revealed && self.window.bottom() < self.window.len()
    }

    /// Whether what is right is shown with a source that leads somewhere.
    #[must_use]
    pub fn leads_to_source(&self) -> bool {
        self.stage == Stage::Revealed && matches!(self.source, Some(Source::Listed(_)))
    }
}
