//! Answering by choosing options: one, several, or true or false.

use crossterm::event::{KeyCode, KeyEvent};

use crate::markup;
use crate::quiz::question::{Branch, Choice};
use crate::quiz::response::Response;
use crate::tui::widgets::answer::PadMessage;
use crate::tui::widgets::answer::rows::{Page, Piece, Tone, number_key, space, width_of};
use crate::tui::widgets::answer::sight::Part;

/// Which options are chosen.
#[derive(Debug, Clone)]
pub(super) struct Choosing {
    options: Vec<ShownOption>,
    chosen: Vec<bool>,
    many: Many,
}

/// How many options an answer has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Many {
    /// A new choice takes the place of the old one.
    One,
    /// Each is ticked for itself.
    Several,
}

/// An option at its place on the screen.
#[derive(Debug, Clone)]
pub(super) struct ShownOption {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) right: bool,
    pub(super) feedback: Option<String>,
}

impl ShownOption {
    pub(super) fn of_choice(choice: &Choice) -> Self {
        Self {
            id: choice.id.to_string(),
            text: choice.text.clone(),
            right: choice.right,
            feedback: choice.feedback.clone(),
        }
    }

    pub(super) fn of_branch(branch: &Branch) -> Self {
        Self::of_choice(&branch.choice)
    }

    /// The two answers to a statement.
    pub(super) fn truths(answer: bool) -> Vec<Self> {
        let option = |truth: bool, text: &str| Self {
            id: truth.to_string(),
            text: text.to_owned(),
            right: truth == answer,
            feedback: None,
        };
        vec![option(true, "True"), option(false, "False")]
    }
}

impl Choosing {
    pub(super) fn new(options: Vec<ShownOption>, many: Many, response: Option<&Response>) -> Self {
        let is_chosen = |option: &ShownOption| match (response, many) {
            (Some(Response::Text(id)), Many::One) => *id == option.id,
            (Some(Response::List(ids)), Many::Several) => ids.contains(&option.id),
            (Some(Response::Text(_) | Response::List(_) | Response::Map(_)) | None, _) => false,
        };
        let chosen = options.iter().map(is_chosen).collect();
        Self { options, chosen, many }
    }

    pub(super) fn items(&self) -> usize {
        self.options.len()
    }

    pub(super) fn many(&self) -> Many {
        self.many
    }

    pub(super) fn first_item(&self) -> usize {
        self.chosen.iter().position(|chosen| *chosen).unwrap_or(0)
    }

    /// Enter is the screen's: it goes on or hands in, and is pressed without reading.
    pub(super) fn message_for(key: KeyEvent) -> Option<PadMessage> {
        match key.code {
            KeyCode::Char(' ') => Some(PadMessage::Act),
            KeyCode::Backspace | KeyCode::Delete => Some(PadMessage::Clear),
            _ => None,
        }
    }

    pub(super) fn choose(&mut self, option: usize) {
        match self.many {
            Many::One => {
                for (index, chosen) in self.chosen.iter_mut().enumerate() {
                    *chosen = index == option;
                }
            }
            Many::Several => {
                if let Some(chosen) = self.chosen.get_mut(option) {
                    *chosen = !*chosen;
                }
            }
        }
    }

    pub(super) fn clear(&mut self) {
        self.chosen.fill(false);
    }

    pub(super) fn response(&self) -> Option<Response> {
        let chosen = self.options.iter().zip(&self.chosen).filter(|(_, chosen)| **chosen);
        let mut ids: Vec<String> = chosen.map(|(option, _)| option.id.clone()).collect();
        match self.many {
            Many::One => ids.into_iter().next().map(Response::Text),
            Many::Several => {
                ids.sort_unstable();
                (!ids.is_empty()).then_some(Response::List(ids))
            }
        }
    }

    pub(super) fn instruction(&self) -> &'static str {
        match self.many {
            Many::One => "Choose one.",
            Many::Several => "Choose all that apply.",
        }
    }

    pub(super) fn write(&self, page: &mut Page) {
        for (index, (option, chosen)) in self.options.iter().zip(&self.chosen).enumerate() {
            page.item(index, PadMessage::Choose(index), |page| {
                page.part(Part::Option { of: 0, place: index }, |page| {
                    write_option(page, index, option, *chosen, self.many, page.focus_sign(index));
                });
            });
        }
    }

    pub(super) fn write_revealed(&self, page: &mut Page) {
        for (index, (option, chosen)) in self.options.iter().zip(&self.chosen).enumerate() {
            write_option(page, index, option, *chosen, self.many, space(2));
            write_verdict(page, *chosen, option, 8);
        }
    }
}

/// `› 1 (•) text`, or `[x]` where several can be chosen.
pub(super) fn write_option(
    page: &mut Page,
    index: usize,
    option: &ShownOption,
    chosen: bool,
    many: Many,
    focus_sign: Piece,
) {
    let sign = match (many, chosen) {
        (Many::One, true) => "(•) ",
        (Many::One, false) => "( ) ",
        (Many::Several, true) => "[x] ",
        (Many::Several, false) => "[ ] ",
    };
    let tone = if chosen { Tone::Strong } else { Tone::Plain };
    let number = Piece::new(&format!("{} ", number_key(index)), Tone::Muted);
    page.markdown(vec![focus_sign, number, Piece::new(sign, tone)], &option.text);
}

/// Below an option: what choosing it, or not, was worth, and what its author says to those who chose it.
pub(super) fn write_verdict(page: &mut Page, chosen: bool, option: &ShownOption, indent: u16) {
    match (chosen, option.right) {
        (true, true) => page.words(vec![space(indent)], "✓ right", Tone::Right),
        (true, false) => page.words(vec![space(indent)], "✗ your answer", Tone::Wrong),
        (false, true) => page.words(vec![space(indent)], "→ right answer", Tone::Right),
        (false, false) => {}
    }
    if let (true, Some(feedback)) = (chosen, &option.feedback) {
        page.markdown(vec![space(indent)], feedback);
    }
}

/// An option of several that stand beside their label where they are short.
pub(super) struct Beside<'a> {
    /// The key and the sign of the choice.
    pub(super) sign: Vec<Piece>,
    pub(super) text: &'a str,
    pub(super) tone: Tone,
    pub(super) click: PadMessage,
    /// What of the question it is.
    pub(super) part: Part,
    /// Whether it was chosen for what has the focus.
    pub(super) chosen: bool,
}

/// Options behind their label as long as each fits a row with it; otherwise one below the other, wrapped: half an option
/// cannot be chosen between.
pub(super) fn write_beside(page: &mut Page, lead: Vec<Piece>, options: &[Beside<'_>]) {
    let indent = width_of(&lead);
    let inline: Vec<Vec<Piece>> = options.iter().map(Beside::inline).collect();
    if inline.iter().any(|option| indent.saturating_add(width_of(option)) > page.width()) {
        page.row(lead);
        for option in options {
            let sign: Vec<Piece> = std::iter::once(space(4)).chain(option.sign.iter().cloned()).collect();
            let write = |page: &mut Page| {
                page.option(option.click.clone(), |page| {
                    page.part(option.part, |page| page.markdown(sign, option.text));
                });
            };
            if option.chosen { page.chosen(write) } else { write(page) }
        }
        return;
    }
    let mut row = lead;
    for (index, option) in inline.into_iter().enumerate() {
        if index > 0 && width_of(&row) + width_of(&option) > page.width() {
            page.row(std::mem::replace(&mut row, vec![space(indent)]));
        }
        row.extend(option);
    }
    page.row(row);
}

impl Beside<'_> {
    fn inline(&self) -> Vec<Piece> {
        let text = Piece::new(&format!("{}  ", markup::plain(self.text)), self.tone);
        let pieces = self.sign.iter().cloned().chain([text]);
        pieces.map(|piece| piece.with_click(self.click.clone())).collect()
    }
}
