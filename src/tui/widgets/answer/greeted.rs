//! What is said below a question to who comes back to the program.

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::Widget as _;

use super::AnswerPad;
use super::page::text_width;
use crate::printable::Printable;
use crate::tui::theme::Theme;
use crate::tui::widgets::greeting::{Greeting, Greets};
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
    /// The rows of what is said, on a part of the screen of this size.
    fn greeting_rows(&self, size: Size) -> Vec<(Style, Printable)> {
        // Who answers has to see more than the question: something to answer it with.
        let most = usize::from(size.height / 4);
        let rows = |greeting: &Greeting| greeting.rows(text_width(size.width), most);
        self.greeting.as_ref().map_or_else(Vec::new, rows)
    }

    fn above_greeting(&self, size: Size) -> Size {
        let rows = u16::try_from(self.greeting_rows(size).len()).unwrap_or(u16::MAX);
        Size { height: size.height.saturating_sub(rows), ..size }
    }

    /// How large the part for the question is.
    pub(super) fn size_of_question(&self) -> Size {
        self.above_greeting(self.size)
    }

    /// The part of `area` for the question.
    pub(super) fn area_of_question(&self, area: Rect) -> Rect {
        Rect::from((area.as_position(), self.above_greeting(area.as_size())))
    }

    /// Draws what is said on what the question leaves of `area`.
    pub(super) fn view_greeting(&self, area: Rect, buffer: &mut Buffer, theme: Theme) {
        let rows = self.greeting_rows(area.as_size());
        let below = area.rows().skip(self.area_of_question(area).height.into());
        for (row, (style, words)) in below.zip(rows) {
            Line::from(text::title(&words, style, theme)).render(row, buffer);
        }
    }
}
