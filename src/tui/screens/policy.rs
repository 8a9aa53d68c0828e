//! The policy screen: the text, and once all of it was seen, the statement that is agreed to.

mod edition;

use crossterm::event::Event;
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::Style;
use ratatui::text::Line;

use crate::clock::Timestamp;
use crate::printable::Printable;
use crate::training::{PolicyState, Text, in_the_agreement};
use crate::tui::edit::Edit;
use crate::tui::effect::{Effect, saving, saying, sending};
use crate::tui::keymap::{Binding, Context as KeyContext, Key};
use crate::tui::message::{Message as FaceMessage, Told};
use crate::tui::pane::{Context, Pane, View};
use crate::tui::screens::open_text::{self, OpenText};
use crate::tui::screens::reader::{Entry, UNSEEN};
use crate::tui::screens::shared::{going_on, whole};
use crate::tui::screens::words_line::columns;
use crate::tui::screens::{Heading, ScreenState, Table};
use crate::tui::widgets::sheet::{Sheet, Spot, Step, column};
use crate::tui::widgets::text;
use crate::tui::widgets::text_field::TextField;

/// What exists on this screen.
#[derive(Debug)]
pub struct State {
    pub(super) text: OpenText,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    /// The text.
    Reading,
    /// The statement, and what is typed under it.
    Statement { field: TextField, spot: Spot },
}

/// What happens on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// In the text. At its end [`open_text::Message::On`] leads to the statement, or to what comes next when it was agreed to.
    Text(open_text::Message),
    /// Types.
    Edit(Edit),
    /// Agrees.
    Agree,
    /// Back to the text.
    BackToText,
    /// Scrolls the statement.
    Step(Step),
}

/// The longest name that somebody types.
const LONGEST: usize = 300;

/// What is typed to agree, for those who do not want to type their name.
const AGREE: &str = "agree";

/// Rows behind the end of the text: an empty one, and what to do next.
const TAIL: usize = 2;

const ENTER: &[Key] = &[Key::Enter];

/// Said where Enter showed more of the statement than it was pressed for.
const MORE: &[Told] =
    &[Told::Words("there is more of it; "), Told::Key { action: None, key: ENTER, words: " shows it" }];
const REST: &[Told] =
    &[Told::Words("this is the rest of it; "), Told::Key { action: None, key: ENTER, words: " agrees" }];

static STATEMENT: &[Binding<Message>] = &[
    Binding::new(ENTER, Message::Agree, "agree, after typing; reads on where there is more to read")
        .hint("confirm"),
    Binding::new(&[Key::Up, Key::WheelUp], Message::Step(Step::Up), "scroll up").action("up").repeating(),
    Binding::new(&[Key::Down, Key::WheelDown], Message::Step(Step::Down), "scroll down")
        .action("down")
        .repeating(),
    Binding::new(&[Key::PageUp], Message::Step(Step::PageUp), "page up").action("page_up").repeating(),
    Binding::new(&[Key::PageDown], Message::Step(Step::PageDown), "page down")
        .action("page_down")
        .repeating(),
    Binding::new(&[Key::Esc], Message::BackToText, "back to the text; nothing is agreed to")
        .action("leave")
        .hint("text"),
    Binding::typing(Message::Edit, "type agree, or your name"),
];

impl State {
    /// Opens the policy where the learner left off, which is the statement when nothing is left but to agree; `None` when the course
    /// has none. It may be read before it can be agreed to.
    #[must_use]
    pub fn open(context: &Context<'_>) -> Option<Self> {
        let text = OpenText::open(Text::Policy, TAIL, context)?;
        let stage = if can_agree(context) { Stage::statement() } else { Stage::Reading };
        Some(Self { text, stage })
    }

    /// Opens it to look something up.
    #[must_use]
    pub fn look_up(entry: Entry<'_>, context: &Context<'_>) -> Option<Self> {
        let text = OpenText::look_up(Text::Policy, TAIL, entry, context)?;
        Some(Self { text, stage: Stage::Reading })
    }

    /// Goes to `place`, in bytes of its source, from where Backspace comes back.
    pub fn leap_to(&mut self, place: usize, context: &Context<'_>) {
        self.text.reader_mut().leap_to(place, context);
    }

    /// Goes on from the end of the text.
    fn go_on(&mut self, context: &mut Context<'_>) -> Vec<Effect> {
        let mut effects = self.text.reader_mut().save(context);
        match context.training.policy_state() {
            Some(PolicyState::Agreed(_)) => effects.push(sending(going_on(context.training.next_step()))),
            Some(PolicyState::Open) if can_agree(context) => self.stage = Stage::statement(),
            Some(PolicyState::Locked) => effects.push(sending(FaceMessage::Back)),
            Some(PolicyState::Open) | None => self.text.reader_mut().go_to_unseen(context),
        }
        effects
    }

    /// Agrees, once all that is agreed to was on the screen.
    fn agree(&mut self, context: &mut Context<'_>) -> Vec<Effect> {
        let area = whole(context.size);
        let Stage::Statement { field, spot } = &mut self.stage else { return Vec::new() };
        let (sheet, height) = (Self::statement(*spot, &context.view(), area.width), area.height);
        let says_yes = confirms(field.text(), &context.training.learner().person.name);
        let room = height.saturating_sub(FIELD_ROWS);
        if sheet.has_more(room) {
            *spot = sheet.after(Step::PageDown, room);
            return vec![match (sheet.at_spot(*spot).has_more(room), says_yes) {
                (true, _) => sending(FaceMessage::Tell(MORE)),
                (false, true) => sending(FaceMessage::Tell(REST)),
                (false, false) => saying("the rest of it; type agree, then Enter"),
            }];
        }
        if !says_yes {
            return vec![saying("type agree, or your name as above")];
        }
        // The time spent reading belongs to the record that is signed next.
        let mut effects = self.text.reader_mut().save(context);
        let changes = context.training.acknowledge(context.now);
        if changes.is_empty() {
            effects.push(saying("this policy is not open to be agreed to"));
            return effects;
        }
        self.stage = Stage::Reading;
        effects.extend(saving(changes));
        effects.push(sending(going_on(context.training.next_step())));
        effects
    }

    /// What comes after the end of the text, in words for a body of this width, and how they look.
    fn next(&self, view: &View<'_>, width: u16) -> (String, Style) {
        let theme = view.settings.theme;
        let words = match view.training.policy_state() {
            Some(PolicyState::Agreed(at)) => {
                format!("✓ you agreed at {}; Enter goes on", view.settings.day_and_time(at))
            }
            Some(PolicyState::Locked) if width < 72 => "agree after the assessment; Enter: back".to_owned(),
            Some(PolicyState::Locked) => {
                "you agree to it when the assessment is passed; Enter goes back".to_owned()
            }
            Some(PolicyState::Open) | None if !self.text.reader().is_all_seen() => {
                return (UNSEEN.to_owned(), theme.caution());
            }
            Some(PolicyState::Open) | None => "✓ all of it was read; Enter: agree".to_owned(),
        };
        (words, theme.good())
    }

    /// The statement and what agreeing means.
    fn statement(spot: Spot, view: &View<'_>, width: u16) -> Sheet<Message> {
        let theme = view.settings.theme;
        let mut sheet = Sheet::new(width, spot, theme);
        let person = &view.training.learner().person;
        let statement = view.training.policy().map(|policy| policy.statement.as_str()).unwrap_or_default();
        sheet.words("You agree to this:", theme.text());
        sheet.blank();
        sheet.hanging("  ", &format!("“{statement}”"), theme.strong());
        sheet.blank();
        sheet.words(&in_the_agreement(&person.name), theme.text());
        sheet
    }
}

/// Whether all of it was read, and it is to be agreed to.
fn can_agree(context: &Context<'_>) -> bool {
    context.training.policy_state() == Some(PolicyState::Open) && context.training.is_read(Text::Policy)
}

impl Stage {
    fn statement() -> Self {
        Self::Statement { field: TextField::new(LONGEST), spot: Spot::default() }
    }
}

/// Whether what was typed says yes. Capitals and spaces around do not matter.
fn confirms(typed: &str, name: &str) -> bool {
    let folded = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let typed = folded(typed);
    typed == AGREE || (!typed.is_empty() && typed == folded(name))
}

impl ScreenState for State {
    type Message = Message;

    fn keys(&self) -> Table<Message> {
        match &self.stage {
            Stage::Reading => Table::OfText(self.text.keys(), Message::Text),
            Stage::Statement { .. } => Table::Own(STATEMENT),
        }
    }

    fn inner_message_for(&self, event: &Event) -> Option<Message> {
        match &self.stage {
            Stage::Reading => self.text.message_for_mouse(event).map(Message::Text),
            Stage::Statement { .. } => None,
        }
    }

    fn inner_message_at(&self, view: &View<'_>, body: Rect, at: Position) -> Option<Message> {
        match &self.stage {
            Stage::Reading => self.text.message_at(view, body, at).map(Message::Text),
            Stage::Statement { .. } => None,
        }
    }

    fn signs(&self) -> Vec<(&'static str, &'static str)> {
        match &self.stage {
            Stage::Reading => self.text.signs(),
            Stage::Statement { .. } => Vec::new(),
        }
    }

    fn is_idle(&self, message: &Message, view: &View<'_>, body: Size) -> bool {
        matches!(message, Message::Text(message) if self.text.is_idle(message, view, body))
    }

    fn heading(&self, view: &View<'_>) -> Heading {
        let title =
            view.training.policy().map(|policy| Printable::new(&policy.lesson.title)).unwrap_or_default();
        let status = match (&self.stage, view.training.policy_state()) {
            (Stage::Statement { .. }, _) => Printable::new("agree?"),
            (Stage::Reading, Some(PolicyState::Agreed(_))) => {
                Printable::new(&format!("✓ agreed  {}", self.text.status()))
            }
            (Stage::Reading, Some(PolicyState::Open | PolicyState::Locked) | None) => self.text.status(),
        };
        Heading { title, status, ..Heading::default() }
    }

    fn inner_enter(&self, view: &View<'_>, body: Size) -> Option<&'static str> {
        let Stage::Statement { field, spot } = &self.stage else {
            let is_locked = view.training.policy_state() == Some(PolicyState::Locked);
            return (is_locked && self.text.enter_leads_on(&view.settings.keymap)).then_some("back");
        };
        let area = whole(body);
        let sheet = Self::statement(*spot, view, area.width);
        if sheet.has_more(area.height.saturating_sub(FIELD_ROWS)) {
            return Some("see rest");
        }
        (!confirms(field.text(), &view.training.learner().person.name)).then_some("needs words")
    }

    fn update(&mut self, message: Message, context: &mut Context<'_>) -> Vec<Effect> {
        match message {
            Message::Text(open_text::Message::On) if self.text.is_at_end() => return self.go_on(context),
            Message::Text(message) => return self.text.update(message, context),
            Message::Edit(edit) => {
                if let Stage::Statement { field, .. } = &mut self.stage {
                    field.edit(&edit, context.settings.theme.bidi());
                }
            }
            Message::Agree => return self.agree(context),
            Message::BackToText => self.stage = Stage::Reading,
            Message::Step(step) => {
                let area = whole(context.size);
                if let Stage::Statement { spot, .. } = &mut self.stage {
                    let sheet = Self::statement(*spot, &context.view(), area.width);
                    *spot = sheet.after(step, area.height.saturating_sub(FIELD_ROWS));
                }
            }
        }
        Vec::new()
    }

    fn view(&self, view: &View<'_>, pane: &mut Pane<'_, Message>) {
        let theme = view.settings.theme;
        match &self.stage {
            Stage::Reading => pane.drawn_by(Message::Text, |pane| {
                if let Some((left, row)) = self.text.view(view, pane) {
                    let (words, style) = self.next(view, pane.area().width);
                    pane.line(left, row + 1, &Line::from(text::said(&words, style)));
                    pane.hit(left..pane.area().width, row + 1, open_text::Message::On);
                }
                self.text.view_mark(view, pane);
            }),
            Stage::Statement { field, spot } => {
                let area = column(pane.area());
                let (left, top) = (area.x - pane.area().x, area.y - pane.area().y);
                let sheet = Self::statement(*spot, view, area.width);
                // Right below the words; where they do not fit, they scroll above it.
                let height = sheet.height().min(area.height.saturating_sub(FIELD_ROWS));
                sheet.draw(pane, Rect { height, ..area });
                let last = (top + height + FIELD_ROWS).saturating_sub(1);
                let room = area.width.saturating_sub(6).max(1);
                let shown = field.shown(room, theme.bidi());
                let style = theme.text().underlined();
                let mut line = vec![text::own("› [", theme.strong())];
                line.extend(shown.spans(style, ' ', style));
                line.push(text::own("]", theme.strong()));
                // Not among the words, which may have to be scrolled to.
                let what = format!("Type {AGREE}, or your name, then Enter:");
                pane.line(left, last.saturating_sub(1), &Line::from(text::said(&what, theme.text())));
                pane.hit(left..left + columns(&what), last.saturating_sub(1), Message::Agree);
                pane.line(left, last, &Line::from(line));
                field.hit(pane, (left + 3, last), room, theme.bidi(), Message::Edit);
                pane.cursor(left + 3 + shown.cursor, last);
            }
        }
    }

    fn resize(&mut self, _from: Size, context: &mut Context<'_>) {
        self.text.reader_mut().resize(context);
    }

    fn shown(&mut self, context: &mut Context<'_>) -> Vec<Effect> {
        match self.stage {
            Stage::Reading => self.text.shown(context),
            Stage::Statement { .. } => Vec::new(),
        }
    }

    fn saves_at(&self) -> Option<Timestamp> {
        self.text.reader().saves_at()
    }

    fn is_typing_number(&self) -> bool {
        self.text.reader().is_typing_number()
    }

    fn end_number(&mut self) {
        self.text.reader_mut().end_number();
    }

    fn is_working(&self) -> bool {
        self.text.reader().is_working()
    }

    fn tick(&mut self, context: &mut Context<'_>) -> Vec<Effect> {
        self.text.reader_mut().tick(context)
    }

    fn leave(&mut self, context: &mut Context<'_>) -> Vec<Effect> {
        self.text.reader_mut().save(context)
    }

    fn enter(&mut self, context: &mut Context<'_>) {
        self.text.enter(context);
    }
}

/// An empty row, what to type, and the row to type in.
const FIELD_ROWS: u16 = 3;

/// Its keys, for whoever looks for two meanings of one.
pub(super) fn contexts() -> Vec<KeyContext> {
    vec![KeyContext::new("at the statement to agree to").table(STATEMENT)]
}

#[cfg(test)]
mod tests;
