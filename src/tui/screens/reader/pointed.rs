//! The footnotes of a text that somebody was led to from elsewhere: a list has others beside them on the screen.

use ratatui::text::Line;

use super::Reader;
use crate::tui::pane::Pane;
use crate::tui::theme::Theme;
use crate::tui::widgets::text;

impl Reader {
    /// Goes to the first of these footnotes, as far as the end of the text lets it come to the top, and gives all of them a sign.
    pub(super) fn point_at(&mut self, places: &[usize]) {
        self.pointed = places.to_vec();
        self.go_to_offset(places.first().copied().unwrap_or(0));
    }

    /// Draws the signs before them, in the first `rows` rows of the screen. The cursor stands on the first one, unless somebody looks for
    /// words or goes among the headings.
    pub(super) fn view_pointed<M>(&self, rows: usize, theme: Theme, pane: &mut Pane<'_, M>) {
        if self.pointed.is_empty() || self.columns_for_signs() == 0 {
            return;
        }
        let column = self.margin - 1;
        let mut layout = self.layout.borrow_mut();
        let places: Vec<_> = self.pointed.iter().map(|offset| layout.place_of(*offset)).collect();
        let is_pointed = |row: &u16| places.contains(&layout.down(self.top, (*row).into()));
        let signed: Vec<u16> = (0..pane.area().height).take(rows).filter(is_pointed).collect();
        for row in &signed {
            pane.line(column, *row, &Line::from(text::own("›", theme.key())));
        }
        let is_elsewhere = self.find.is_some() || self.contents.is_some();
        if let Some(first) = signed.first().filter(|_| !is_elsewhere) {
            pane.cursor(column, *first);
        }
    }
}
