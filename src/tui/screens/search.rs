//! Finding words in the whole course, from the course at a glance.

mod edition;

use ratatui::layout::Size;

use crate::tui::edit::Edit;
use crate::tui::effect::{Effect, sending};
use crate::tui::keymap::{Binding, Context as KeyContext, Key};
use crate::tui::message::Message as FaceMessage;
use crate::tui::pane::{Context, Pane, View};
use crate::tui::screens::found::{LONGEST, Results, SLICE, not_found};
use crate::tui::screens::{Heading, ScreenState, Table, words_line};
use crate::tui::widgets::rows::Step;
use crate::tui::widgets::text_field::TextField;

/// What exists on this screen.
#[derive(Debug)]
pub struct State {
    field: TextField,
    results: Results,
}

/// What happens on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Types words.
    Type(Edit),
    /// Moves among what was found.
    Step(Step),
    /// Opens the marked place.
    Open,
    /// Opens the place with this number.
    OpenNumber(usize),
    /// Leaves.
    Leave,
}

// The words for what the keys do are those of the list in a text.
static KEYS: &[Binding<Message>] = &[
    Binding::new(&[Key::Enter], Message::Open, "open the marked place; Esc comes back to this list")
        .action("open")
        .hint("open"),
    Binding::new(&[Key::Down], Message::Step(Step::Down), "next place")
        .action("down")
        .hint("next")
        .repeating(),
    Binding::new(&[Key::Up], Message::Step(Step::Up), "previous place").action("up").repeating(),
    Binding::new(&[Key::PageDown], Message::Step(Step::PageDown), "page down")
        .action("page_down")
        .repeating(),
    Binding::new(&[Key::PageUp], Message::Step(Step::PageUp), "page up").action("page_up").repeating(),
    Binding::new(&[Key::WheelDown], Message::Step(Step::WheelDown), "places down"),
    Binding::new(&[Key::WheelUp], Message::Step(Step::WheelUp), "places up"),
    Binding::new(&[Key::Esc], Message::Leave, "back to where you were").action("leave").hint("back"),
    Binding::typing(Message::Type, "the words; a capital among them makes capitals matter"),
];

impl State {
    /// Nothing is looked for yet.
    #[must_use]
    pub fn open(context: &Context<'_>) -> Self {
        Self { field: TextField::new(LONGEST), results: Results::new(context.training.course()) }
    }

    /// Opens a place of the list, or the marked one.
    fn open_place(&mut self, number: Option<usize>, context: &Context<'_>) -> Vec<Effect> {
        if let Some(number) = number {
            // Whoever comes back to the list goes on from there.
            self.results.step(Step::To(number), room(context.size));
        }
        let words = self.field.text();
        match self.results.chosen(words) {
            Some(place) => {
                // The text that is opened is looked through as well.
                self.results.rest();
                vec![sending(FaceMessage::OpenFound(place))]
            }
            None if self.results.is_working() => Vec::new(),
            None => not_found(words, self.results.why_not_found()),
        }
    }
}

/// What a body of this size has for what was found: the last row is for the words.
fn room(body: Size) -> Size {
    Size { height: body.height.saturating_sub(1), ..body }
}

impl ScreenState for State {
    type Message = Message;

    fn keys(&self) -> Table<Message> {
        Table::Own(KEYS)
    }

    fn is_idle(&self, message: &Message, _view: &View<'_>, _body: Size) -> bool {
        match message {
            Message::Open => self.results.is_empty(),
            Message::Step(Step::Down) => self.results.has_no_other(),
            Message::Step(_) | Message::Type(_) | Message::OpenNumber(_) | Message::Leave => false,
        }
    }

    fn heading(&self, _view: &View<'_>) -> Heading {
        Heading { title: "Find words in the whole course".into(), ..Heading::default() }
    }

    fn update(&mut self, message: Message, context: &mut Context<'_>) -> Vec<Effect> {
        match message {
            Message::Type(edit) => {
                if self.field.edit(&edit, context.settings.theme.bidi()) {
                    self.results.seek(self.field.text());
                    self.results.advance(SLICE);
                }
                Vec::new()
            }
            Message::Step(step) => {
                self.results.step(step, room(context.size));
                Vec::new()
            }
            Message::Open => self.open_place(None, context),
            Message::OpenNumber(number) => self.open_place(Some(number), context),
            Message::Leave => vec![sending(FaceMessage::Back)],
        }
    }

    fn view(&self, view: &View<'_>, pane: &mut Pane<'_, Message>) {
        let theme = view.settings.theme;
        let row = room(pane.area().as_size()).height;
        self.results.draw(row, theme, pane, Message::OpenNumber);
        let count = self.results.count(self.field.text());
        words_line::draw(pane, row, words_line::IN_COURSE, &self.field, &count, theme, Message::Type);
    }

    fn is_working(&self) -> bool {
        self.results.is_working()
    }

    fn tick(&mut self, _context: &mut Context<'_>) -> Vec<Effect> {
        self.results.advance(SLICE);
        Vec::new()
    }
}

/// Its keys, for whoever looks for two meanings of one.
pub(super) fn contexts() -> Vec<KeyContext> {
    vec![KeyContext::new("where words are looked for").table(KEYS)]
}

#[cfg(test)]
mod tests;
