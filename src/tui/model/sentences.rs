//! Keys that sentences on a screen name: a click on one does what it does.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;

use super::{Model, Stage};
use crate::tui::message::Message;
use crate::tui::pane::Hits;
use crate::tui::screens::Screen;
use crate::tui::screens::shared::ways_named;

impl Model {
    /// Where they stand on `body`, as it was drawn. Which row they come to, and where in it, is known to nobody before: they are wrapped
    /// with what stands around them, by each screen in its own way.
    pub(super) fn sentence_hits(&self, buffer: &Buffer, body: Rect) -> Hits<Message> {
        let names_keys = match &self.stage {
            Stage::Welcome(_) => true,
            Stage::Learning(learning) => {
                learning.screen.has_greeting() || matches!(learning.screen, Screen::Course(_))
            }
            Stage::Waiting => false,
        };
        let ways = if names_keys { ways_named(&self.settings.keymap) } else { Vec::new() };
        // Each row is read once; most of them name none.
        let body = if ways.is_empty() { Rect::ZERO } else { body.intersection(buffer.area) };
        let rows: Vec<(Rect, String)> = body.rows().map(|row| (row, text_of(row, buffer))).collect();
        let mut hits = Hits::new();
        for (words, event) in &ways {
            let Some(message) = self.message_on_screen(event) else { continue };
            let named = rows.iter().filter(|(_, text)| text.contains(words.as_str()));
            let places = named.filter_map(|(row, _)| place_of(words, *row, buffer));
            hits.extend(places.map(|place| (place, message.clone())));
        }
        hits
    }
}

fn text_of(row: Rect, buffer: &Buffer) -> String {
    let begin = buffer.index_of(row.x, row.y);
    buffer.content[begin..begin + usize::from(row.width)].iter().map(Cell::symbol).collect()
}

/// Where `words`, of which each character has a cell, stand in a row.
fn place_of(words: &str, row: Rect, buffer: &Buffer) -> Option<Rect> {
    let symbols: Vec<&str> = row.columns().map(|cell| buffer[cell.as_position()].symbol()).collect();
    let length = words.chars().count();
    let stands_in = |part: &[&str]| part.iter().zip(words.chars()).all(|(symbol, c)| symbol.chars().eq([c]));
    let at = symbols.windows(length).position(stands_in)?;
    let x = row.x.checked_add(u16::try_from(at).ok()?)?;
    let width = u16::try_from(length).ok()?;
    Some(Rect { x, width, ..row })
}
