//! Answering by finding the right side of every left side.

use std::collections::BTreeMap;

use crossterm::event::{KeyCode, KeyEvent};

use crate::id::OptionId;
use crate::markup;
use crate::quiz::draw::in_order;
use crate::quiz::question::{Item, Pair};
use crate::quiz::response::Response;
use crate::tui::widgets::answer::rows::{Page, Piece, Tone, number_key, space};
use crate::tui::widgets::answer::sight::Part;
use crate::tui::widgets::answer::{PadMessage, Way};

/// Which right side each left side has.
#[derive(Debug, Clone)]
pub(super) struct Matching {
    lefts: Vec<Side>,
    rights: Vec<Side>,
    /// By left side: the place of the right side on the screen.
    chosen: Vec<Option<usize>>,
}

#[derive(Debug, Clone)]
struct Side {
    id: String,
    text: String,
}

/// From this width on the two sides of a pair stand beside each other.
const BESIDE: u16 = 60;

impl Matching {
    pub(super) fn new(pairs: &[Pair], extra: &[Item], order: &[String], response: Option<&Response>) -> Self {
        let side = |id: &OptionId, text: &str| Side { id: id.to_string(), text: text.to_owned() };
        let lefts: Vec<Side> = pairs.iter().map(|pair| side(&pair.id, &pair.left)).collect();
        let rights = pairs.iter().map(|pair| side(&pair.id, &pair.right));
        let rights: Vec<Side> = rights.chain(extra.iter().map(|item| side(&item.id, &item.text))).collect();
        let rights = in_order(rights, order, |side| side.id.clone());
        let given = |left: &Side| match response {
            Some(Response::Map(map)) => {
                let right = map.get(&left.id)?;
                rights.iter().position(|side| side.id == *right)
            }
            Some(Response::Text(_) | Response::List(_)) | None => None,
        };
        let chosen = lefts.iter().map(given).collect();
        Self { lefts, rights, chosen }
    }

    pub(super) fn items(&self) -> usize {
        self.lefts.len()
    }

    pub(super) fn first_item(&self) -> usize {
        self.first_open().unwrap_or(0)
    }

    /// The first left side that has no right side yet.
    pub(super) fn first_open(&self) -> Option<usize> {
        self.chosen.iter().position(Option::is_none)
    }

    pub(super) fn is_open(&self, item: usize) -> bool {
        self.chosen.get(item).is_some_and(Option::is_none)
    }

    pub(super) fn message_for(key: KeyEvent) -> Option<PadMessage> {
        match key.code {
            KeyCode::Left | KeyCode::Char('h') => Some(PadMessage::Cycle(Way::Back)),
            KeyCode::Right | KeyCode::Char('l') => Some(PadMessage::Cycle(Way::On)),
            // Whoever reads on by it joins nothing.
            KeyCode::Char(' ') => Some(PadMessage::Scroll(Way::On)),
            KeyCode::Backspace | KeyCode::Delete => Some(PadMessage::Clear),
            _ => None,
        }
    }

    /// Gives the left side at `item` this right side. The focus stays, as it does on a gap: when it went on by itself,
    /// the arrow pressed behind the number left a row out.
    pub(super) fn choose(&mut self, item: usize, right: usize) {
        if let Some(chosen) = self.chosen.get_mut(item).filter(|_| right < self.rights.len()) {
            *chosen = Some(right);
        }
    }

    pub(super) fn cycle(&mut self, item: usize, way: Way) {
        let count = self.rights.len();
        if let (Some(chosen), true) = (self.chosen.get_mut(item), count > 0) {
            *chosen = Some(match (*chosen, way) {
                (None, Way::On) => 0,
                (None, Way::Back) => count - 1,
                (Some(right), Way::On) => (right + 1) % count,
                (Some(right), Way::Back) => (right + count - 1) % count,
            });
        }
    }

    pub(super) fn clear(&mut self, item: usize) {
        if let Some(chosen) = self.chosen.get_mut(item) {
            *chosen = None;
        }
    }

    pub(super) fn response(&self) -> Option<Response> {
        let map: BTreeMap<String, String> = self
            .lefts
            .iter()
            .zip(&self.chosen)
            .filter_map(|(left, right)| Some((left.id.clone(), self.rights.get((*right)?)?.id.clone())))
            .collect();
        (!map.is_empty()).then_some(Response::Map(map))
    }

    pub(super) fn write(&self, page: &mut Page) {
        if page.has_room_for(self.rows_of_all(page.width())) {
            self.write_all(page);
        } else {
            self.write_one(page);
        }
    }

    /// How many rows all sides need when every left side has the longest of the right sides, so that the layout does not
    /// become another one under whoever answers. They stand on one screen with the question, or one by one: a number never chooses
    /// what is out of sight.
    fn rows_of_all(&self, width: u16) -> usize {
        let room = PairRoom::of(width);
        let longest = self.rights.iter().map(|right| rows_of(&right.text, room.right)).max().unwrap_or(1);
        let pairs = self.lefts.iter().map(|left| match room.split {
            Some(_) => rows_of(&left.text, room.left).max(longest),
            None => rows_of(&left.text, room.left) + longest,
        });
        let listed = self.rights.iter().map(|right| rows_of(&right.text, width.saturating_sub(LISTED)));
        pairs.sum::<usize>() + 1 + listed.sum::<usize>()
    }

    /// Every left side with its right side, and below them the right sides to choose from.
    fn write_all(&self, page: &mut Page) {
        for (index, left) in self.lefts.iter().enumerate() {
            let right = self.chosen[index].and_then(|place| Some((place, self.rights.get(place)?)));
            let focused = page.has_focus(index);
            page.item(index, PadMessage::FocusOn(index), |page| {
                let lead = vec![page.focus_sign(index)];
                let asked = if focused { "← →, a number or a click" } else { "" };
                let (number, right) = right.map_or(("?".to_owned(), asked), |(place, right)| {
                    (number_key(place), right.text.as_str())
                });
                let sign = Piece::new(&format!("= {number} "), Tone::Strong);
                page.part(Part::Item(index), |page| write_pair(page, lead, &left.text, sign, right));
            });
        }
        page.blank();
        for (place, right) in self.rights.iter().enumerate() {
            let used = self.chosen.contains(&Some(place));
            let number = Piece::new(&format!("  {} ", number_key(place)), Tone::Strong);
            let sign = Piece::new(if used { "• " } else { "  " }, Tone::Muted);
            write_right(page, place, vec![number, sign], right);
        }
    }

    /// One left side, and below it the right sides to choose from.
    fn write_one(&self, page: &mut Page) {
        let count = self.lefts.len();
        let head = |page: &mut Page, index: usize, [before, behind]: [Piece; 2]| {
            let number = Piece::new(&format!("{}/{count}", index + 1), Tone::Muted);
            let lead = vec![page.focus_sign(index), before, number, behind, space(1)];
            page.markdown(lead, &self.lefts[index].text);
        };
        page.one_of(count, page.len(), head, |page, index| {
            for (place, right) in self.rights.iter().enumerate() {
                self.write_choice(page, index, place, right);
            }
        });
    }

    fn write_choice(&self, page: &mut Page, left: usize, place: usize, right: &Side) {
        let chosen = self.chosen[left] == Some(place);
        let (sign, tone) = if chosen { ("(•) ", Tone::Strong) } else { ("( ) ", Tone::Plain) };
        let used = !chosen && self.chosen.contains(&Some(place));
        let lead = vec![
            Piece::new(&format!("  {} ", number_key(place)), Tone::Strong),
            Piece::new(sign, tone),
            Piece::new(if used { "• " } else { "" }, Tone::Muted),
        ];
        if chosen && page.has_focus(left) {
            page.chosen(|page| write_right(page, place, lead, right));
        } else {
            write_right(page, place, lead, right);
        }
    }

    pub(super) fn write_revealed(&self, page: &mut Page) {
        for (left, chosen) in self.lefts.iter().zip(&self.chosen) {
            let right = chosen.and_then(|place| self.rights.get(place));
            let key = self.rights.iter().find(|right| right.id == left.id);
            let is_right = right.is_some_and(|right| right.id == left.id);
            page.markdown(vec![space(2)], &left.text);
            if let Some(right) = right {
                let (sign, tone) =
                    if is_right { ("✓ right: ", Tone::Right) } else { ("✗ your answer: ", Tone::Wrong) };
                page.markdown(vec![space(4), Piece::new(sign, tone)], &right.text);
            }
            if let (false, Some(key)) = (is_right, key) {
                page.markdown(vec![space(4), Piece::new("→ right answer: ", Tone::Right)], &key.text);
            }
        }
    }
}

/// The columns of a right side in the list of them that stand before its text.
const LISTED: u16 = 6;

fn write_right(page: &mut Page, place: usize, lead: Vec<Piece>, right: &Side) {
    page.option(PadMessage::Choose(place), |page| {
        page.part(Part::Option { of: 0, place }, |page| page.markdown(lead, &right.text));
    });
}

/// How wide the sides of a pair are.
struct PairRoom {
    /// The column of the right side, where it stands beside the left one.
    split: Option<u16>,
    left: u16,
    right: u16,
}

impl PairRoom {
    fn of(width: u16) -> Self {
        if width >= BESIDE {
            let split = width * 2 / 5;
            Self { split: Some(split), left: split.saturating_sub(4), right: width.saturating_sub(split + 4) }
        } else {
            Self { split: None, left: width.saturating_sub(2), right: width.saturating_sub(8) }
        }
    }
}

fn rows_of(text: &str, width: u16) -> usize {
    markup::lines(text, width.max(1)).len().max(1)
}

fn write_pair(page: &mut Page, lead: Vec<Piece>, left: &str, sign: Piece, right: &str) {
    if let Some(split) = PairRoom::of(page.width()).split {
        page.beside(lead, left, split, vec![sign], right);
    } else {
        page.markdown(lead, left);
        page.markdown(vec![space(4), sign], right);
    }
}
