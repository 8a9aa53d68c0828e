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

    /// Draws the signs before them, in the first `rows` rows of the screen; the cursor stands on the first one.
    pub(super) fn view_pointed<M>(&self, rows: usize, theme: Theme, pane: &mut Pane<'_, M>) {
        // Where somebody wants no margin, there is no room for signs.
        let Some(column) = self.margin.checked_sub(1).filter(|_| !self.pointed.is_empty()) else { return };
        let mut layout = self.layout.borrow_mut();
        let places: Vec<_> = self.pointed.iter().map(|offset| layout.place_of(*offset)).collect();
        let is_pointed = |row: &u16| places.contains(&layout.down(self.top, (*row).into()));
        let signed: Vec<u16> = (0..pane.area().height).take(rows).filter(is_pointed).collect();
        for row in &signed {
            pane.line(column, *row, &Line::from(text::own("›", theme.key())));
        }
        if let Some(first) = signed.first() {
            pane.cursor(column, *first);
        }
    }
}
