//! A text as it is drawn, and what can be clicked on it.

use ratatui::text::Line;

use super::aids::Aid;
use super::contents::Covers;
use super::find::Find;
use super::{LinkStep, Look, Reader, Tool};
use crate::markup::{self, Mark};
use crate::tui::pane::Pane;
use crate::tui::settings::Settings;
use crate::tui::widgets::text;

impl Reader {
    /// Draws the text, and what helps to find a place in it. Gives the column where the text begins, and the first row behind
    /// its end if that is on the screen and free. `message` and those behind it make messages of clicks.
    pub fn view<M>(
        &self,
        settings: &Settings,
        pane: &mut Pane<'_, M>,
        message: fn(Tool) -> M,
        link: fn(LinkStep) -> M,
        look: fn(Look) -> M,
        aid: fn(Aid) -> M,
    ) -> (u16, Option<u16>) {
        if self.view_contents(settings.theme, pane, message) == Covers::Everything {
            return (self.margin, None);
        }
        self.view_find(settings, pane, message);
        if self.view_results(settings.theme, pane, message) {
            return (self.margin, None);
        }
        let lines = self.lines_in_sight();
        let mut current = None;
        for (row, line) in (0..pane.area().height).zip(&lines) {
            pane.line(self.margin, row, &self.drawn(line, settings));
            let mut column = self.margin;
            for span in text::ordered(line, settings.theme).iter() {
                let start = column;
                column = column.saturating_add(u16::try_from(span.text.width()).unwrap_or(u16::MAX));
                if span.style.mark == Mark::Current {
                    current = current.or(Some((start, row)));
                }
                if let Some(number) = span.style.link {
                    pane.hit(start..column, row, link(LinkStep::Choose(number)));
                }
                if let Some(offset) = span.style.note {
                    pane.hit(start..column, row, link(LinkStep::FollowNote(offset)));
                }
            }
        }
        if let Some((column, row)) = current.filter(|_| self.is_at_found()) {
            pane.cursor(column, row);
        }
        self.view_pointed(lines.len(), settings.theme, pane);
        self.view_bookmarks(lines.len(), settings, pane, aid);
        self.draw_pictures(&lines, settings, pane);
        for (columns, row, offset) in self.pictures_in_sight(&lines) {
            pane.hit(columns, row, look(Look::At(offset)));
        }
        // While words are typed the row below is theirs, and Enter is not for what stands behind the text.
        let is_typing = self.find.as_ref().is_some_and(Find::is_typing);
        let end = (!is_typing && lines.len() + self.rows_kept_back() < self.height)
            .then(|| u16::try_from(lines.len()).ok())
            .flatten();
        (self.margin, end)
    }

    /// A line as it is drawn, its links known to the terminal, and one of them marked.
    fn drawn(&self, line: &markup::Line, settings: &Settings) -> Line<'static> {
        let mut drawn = text::line(line, settings.theme);
        let shown = line.picture.as_ref().filter(|shown| shown.row.is_none());
        if shown
            .zip(self.marked_picture())
            .is_some_and(|(shown, marked)| shown.picture.offset == marked.offset)
        {
            drawn = drawn.patch_style(settings.theme.selected());
        }
        for (span, source) in drawn.spans.iter_mut().zip(text::ordered(line, settings.theme).iter()) {
            if source.style.note.is_some() && source.style.note == self.marked_note() {
                span.style = span.style.patch(settings.theme.selected());
            }
            let Some(number) = source.style.link else { continue };
            if self.marked_link() == Some(number) {
                span.style = span.style.patch(settings.theme.selected());
            }
            let mark = settings.links.as_ref().and_then(|known| {
                let mut targets = self.targets.borrow_mut();
                targets.mark(number, &self.document, |link| known.mark_link(link))
            });
            if let Some(mark) = mark {
                span.style = span.style.underline_color(mark);
            }
        }
        drawn
    }
}
