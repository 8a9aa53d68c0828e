//! What is said below a question to who comes back to the program.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::Widget as _;

use super::AnswerPad;
use super::page::text_width;
use crate::printable::Printable;
use crate::tui::theme::Theme;
use crate::tui::widgets::greeting::{Greeting, Greets, beside_what_is_asked};
use crate::tui::widgets::text;

impl Greets for AnswerPad {
    fn greet(&mut self, greeting: Greeting) {
        self.greeting = Some(greeting);
        self.resize(self.size);
    }

    fn has_greeting(&self) -> bool {
        self.greeting.is_some()
    }

    fn fall_silent(&mut self) {
        if self.greeting.take().is_some() {
            self.resize(self.size);
        }
    }
}

impl AnswerPad {
    fn parts(&self, area: Rect) -> (Rect, Vec<(Style, Printable)>) {
        beside_what_is_asked(self.greeting.as_ref(), area, text_width(area.width), 0)
    }

    /// How large the part for the question is.
    pub(super) fn size_of_question(&self) -> Size {
        self.area_of_question(Rect::from((Position::ORIGIN, self.size))).as_size()
    }

    /// The part of `area` for the question.
    pub(super) fn area_of_question(&self, area: Rect) -> Rect {
        self.parts(area).0
    }

    /// Draws what is said on what the question leaves of `area`.
    pub(super) fn view_greeting(&self, area: Rect, buffer: &mut Buffer, theme: Theme) {
        let (question, rows) = self.parts(area);
        let below = area.rows().skip(question.height.into());
        for (row, (style, words)) in below.zip(rows) {
            Line::from(text::title(&words, style, theme)).render(row, buffer);
        }
    }
}
