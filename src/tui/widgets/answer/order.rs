//! Answering by putting things in order.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::quiz::draw::in_order;
use crate::quiz::question::Item;
use crate::quiz::response::Response;
use crate::tui::widgets::answer::rows::{Page, Piece, Tone, number_key, space};
use crate::tui::widgets::answer::sight::Part;
use crate::tui::widgets::answer::{PadMessage, Way};

/// The order as it stands.
#[derive(Debug, Clone)]
pub(super) struct Ordering {
    /// Places in `items`.
    places: Vec<usize>,
    /// In the right order.
    items: Vec<Item>,
    said: Said,
}

/// Whether the order on the screen is an answer, or only how the question was dealt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    Yes,
    NotYet,
}

impl Ordering {
    pub(super) fn new(items: &[Item], order: &[String], response: Option<&Response>) -> Self {
        let given = match response {
            Some(Response::List(ids)) => Some(ids),
            Some(Response::Text(_) | Response::Map(_)) | None => None,
        };
        let dealt: Vec<usize> =
            in_order((0..items.len()).collect(), order, |place: &usize| items[*place].id.to_string());
        let places = match given {
            Some(ids) => in_order(dealt, ids, |place| items[*place].id.to_string()),
            None => dealt,
        };
        let said = if given.is_some() { Said::Yes } else { Said::NotYet };
        Self { places, items: items.to_vec(), said }
    }

    pub(super) fn items(&self) -> usize {
        self.places.len()
    }

    pub(super) fn message_for(&self, item: usize, key: KeyEvent) -> Option<PadMessage> {
        let with = key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::SHIFT | KeyModifiers::ALT);
        match key.code {
            KeyCode::Up if with => Some(PadMessage::Shift(item, Way::Back)),
            KeyCode::Down if with => Some(PadMessage::Shift(item, Way::On)),
            KeyCode::Char('K' | '-') => Some(PadMessage::Shift(item, Way::Back)),
            KeyCode::Char('J' | '+' | '=') => Some(PadMessage::Shift(item, Way::On)),
            KeyCode::Char(' ') => (self.said == Said::NotYet).then_some(PadMessage::Act),
            KeyCode::Backspace | KeyCode::Delete => Some(PadMessage::Clear),
            _ => None,
        }
    }

    /// Moves the thing at `from` one place on or back; where it stands then. At the edge nothing happens, and nothing
    /// is said by it.
    pub(super) fn shift(&mut self, from: usize, way: Way) -> usize {
        let to = match way {
            Way::Back => from.checked_sub(1),
            Way::On => Some(from + 1).filter(|to| *to < self.places.len()),
        };
        to.map_or(from, |to| self.place(from, to))
    }

    /// Moves the thing at `from` to the place `to`; where it stands then.
    pub(super) fn place(&mut self, from: usize, to: usize) -> usize {
        if from.max(to) >= self.places.len() {
            return from;
        }
        self.said = Said::Yes;
        let thing = self.places.remove(from);
        self.places.insert(to, thing);
        to
    }

    /// The order as it was dealt is what the learner wants.
    pub(super) fn confirm(&mut self) {
        self.said = Said::Yes;
    }

    /// The order stays on the screen, but is no answer any more.
    pub(super) fn clear(&mut self) {
        self.said = Said::NotYet;
    }

    pub(super) fn response(&self) -> Option<Response> {
        let ids = || self.places.iter().map(|place| self.items[*place].id.to_string()).collect();
        (self.said == Said::Yes).then(|| Response::List(ids()))
    }

    pub(super) fn write(&self, page: &mut Page) {
        for (index, place) in self.places.iter().enumerate() {
            page.item(index, PadMessage::Grasp(index), |page| {
                // The keys that move what has the focus stand where they do it.
                let (back, on) = if page.has_focus(index) { ("K↑", "J↓") } else { (" ↑", " ↓") };
                let lead = vec![
                    page.focus_sign(index),
                    Piece::new(&format!("{} ", number_key(index)), Tone::Strong),
                    Piece::new(back, Tone::Muted).with_click(PadMessage::Shift(index, Way::Back)),
                    Piece::new(on, Tone::Muted).with_click(PadMessage::Shift(index, Way::On)),
                    space(1),
                ];
                page.part(Part::Item(*place), |page| page.markdown(lead, &self.items[*place].text));
            });
        }
        if self.said == Said::NotYet {
            let words = "not answered yet: move or drag one, or press Space if this is the order";
            page.option(PadMessage::TakeOrder, |page| page.words(vec![space(2)], words, Tone::Muted));
        }
    }

    pub(super) fn write_revealed(&self, page: &mut Page) {
        for (index, place) in self.places.iter().enumerate() {
            let lead = vec![space(2), Piece::new(&format!("{} ", index + 1), Tone::Strong)];
            page.markdown(lead, &self.items[*place].text);
            if self.said == Said::NotYet || *place != index {
                let sign = if self.said == Said::NotYet { "→" } else { "✗" };
                let tone = if self.said == Said::NotYet { Tone::Right } else { Tone::Wrong };
                page.words(vec![space(4)], &format!("{sign} belongs in place {}", place + 1), tone);
            } else {
                page.words(vec![space(4)], "✓ right", Tone::Right);
            }
        }
        if self.places.iter().enumerate().any(|(index, place)| index != *place) {
            page.blank();
            page.words(vec![space(2)], "→ right answer:", Tone::Right);
            for (index, item) in self.items.iter().enumerate() {
                page.markdown(
                    vec![space(2), Piece::new(&format!("{} ", index + 1), Tone::Strong)],
                    &item.text,
                );
            }
        }
    }
}
