//! The policy screen: the text, and once all of it was seen, the statement that is agreed to.

mod edition;

use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::clock::Timestamp;
use crate::printable::Printable;
use crate::training::{PolicyState, Text};
use crate::tui::effect::Effect;
use crate::tui::keymap::{Binding, Context as KeyContext, Key};
use crate::tui::message::Message as Face;
use crate::tui::pane::{Context, Pane, View};
use crate::tui::screens::shared::{going_on, saving, saying, sending, whole};
use crate::tui::screens::{Heading, ScreenState};
use crate::tui::widgets::reader::{
    Aid, Entry, LinkStep, Look, Mode, Move, Reader, Tool, UNSEEN, contents_keys, finding_keys, picture_keys,
    reading_keys,
};
use crate::tui::widgets::sheet::{Sheet, Spot, Step, column};
use crate::tui::widgets::text;
use crate::tui::widgets::text_field::{Edit, TextField};

/// What exists on this screen.
#[derive(Debug)]
pub struct State {
    reader: Reader,
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
    /// Moves through the text.
    Move(Move),
    /// Uses what helps to find a place in it.
    Tool(Tool),
    /// Looks at a picture.
    Look(Look),
    /// Does something with a link of the text.
    Link(LinkStep),
    /// Helps along.
    Aid(Aid),
    /// A page further; at the end to the statement, or to what comes next when it was agreed to.
    On,
    /// Types.
    Edit(Edit),
    /// Agrees.
    Agree,
    /// Back to the text.
    BackToText,
    /// Scrolls the statement.
    Step(Step),
    /// Leaves.
    Leave,
}

/// The longest name that somebody types.
const LONGEST: usize = 300;

/// What is typed to agree, for those who do not want to type their name.
const AGREE: &str = "agree";

/// Rows behind the end of the text: an empty one, and what to do next.
const TAIL: usize = 2;

static READING: &[Binding<Message>] = reading_keys!(
    Message::Move,
    Message::Tool,
    Message::Link,
    Message::Aid,
    Message::Look,
    Binding::new(
        &[Key::Enter],
        Message::On,
        "page down; at the end, on to what was not seen or the statement"
    )
    .action("go_on")
    .hint("on"),
    Message::Leave,
);

static MARKED: &[Binding<Message>] = reading_keys!(
    marked Message::Move,
    Message::Tool,
    Message::Link,
    Message::Aid,
    Message::Look,
);

static PICTURED: &[Binding<Message>] = reading_keys!(
    pictured Message::Move,
    Message::Tool,
    Message::Link,
    Message::Aid,
    Message::Look,
);

static FOUND: &[Binding<Message>] = reading_keys!(
    found Message::Move,
    Message::Tool,
    Message::Link,
    Message::Aid,
    Message::Look,
    Binding::new(&[Key::Enter], Message::On, "page down; at the end, on to what was not seen or the statement")
        .action("go_on")
        .hint("on"),
);

static OPENED: &[Binding<Message>] = reading_keys!(
    opened Message::Move,
    Message::Tool,
    Message::Link,
    Message::Aid,
    Message::Look,
    Binding::new(&[Key::Enter], Message::On, "page down; at the end, on to what was not seen or the statement")
        .action("go_on")
        .hint("on"),
);

static CONTENTS: &[Binding<Message>] = contents_keys!(Message::Tool);

static FINDING: &[Binding<Message>] = finding_keys!(Message::Tool);

static FINDING_IN_COURSE: &[Binding<Message>] = finding_keys!(course Message::Tool);

static PICTURE: &[Binding<Message>] = picture_keys!(Message::Look);

static STATEMENT: &[Binding<Message>] = &[
    Binding::new(&[Key::Enter], Message::Agree, "agree, after typing").hint("confirm"),
    Binding::new(&[Key::Up, Key::WheelUp], Message::Step(Step::Up), "scroll up").action("up").repeating(),
    Binding::new(&[Key::Down, Key::WheelDown], Message::Step(Step::Down), "scroll down")
        .action("down")
        .repeating(),
    Binding::new(&[Key::Esc], Message::BackToText, "back to the text; nothing is agreed to")
        .action("leave")
        .hint("text"),
    Binding::typing(Message::Edit, "type agree, or your name"),
];

impl State {
    /// Opens the policy where the learner left off; `None` when the course has none, or something comes first.
    pub fn open(context: &mut Context<'_>) -> Option<(Self, Vec<Effect>)> {
        match context.training.policy_state()? {
            PolicyState::Locked => return None,
            PolicyState::Open | PolicyState::Agreed(_) => {}
        }
        let (reader, effects) = Reader::open(Text::Policy, TAIL, context)?;
        Some((Self { reader, stage: Stage::Reading }, effects))
    }

    /// Opens it to look something up, whatever comes before agreeing to it: reading early does no harm.
    pub fn look_up(entry: Entry<'_>, context: &mut Context<'_>) -> Option<(Self, Vec<Effect>)> {
        let (reader, effects) = Reader::look_up(Text::Policy, TAIL, entry, context)?;
        Some((Self { reader, stage: Stage::Reading }, effects))
    }

    /// Goes to `place`, in bytes of its source, from where Backspace comes back.
    pub fn leap_to(&mut self, place: usize, context: &Context<'_>) {
        self.reader.leap_to(place, context);
    }

    fn on(&mut self, context: &mut Context<'_>) -> Vec<Effect> {
        if !self.reader.at_end() {
            return self.reader.go(Move::PageDown, context);
        }
        let mut effects = self.reader.save(context);
        match context.training.policy_state() {
            Some(PolicyState::Agreed(_)) => effects.push(sending(going_on(context.training.next_step()))),
            Some(PolicyState::Open) if context.training.is_read(Text::Policy) => {
                self.stage = Stage::Statement { field: TextField::new(LONGEST), spot: Spot::default() };
            }
            Some(PolicyState::Locked) => effects.push(sending(Face::Back)),
            Some(PolicyState::Open) | None => effects.extend(self.reader.go_to_unseen(context)),
        }
        effects
    }

    fn agree(&mut self, context: &mut Context<'_>) -> Vec<Effect> {
        let Stage::Statement { field, .. } = &self.stage else { return Vec::new() };
        if !confirms(field.text(), &context.training.learner().person.name) {
            return vec![saying("type agree, or your name as it stands above, then press Enter")];
        }
        // The time spent reading belongs to the record that is signed next.
        let mut effects = self.reader.save(context);
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
        let meaning = format!(
            "With your agreement, your name ({}), the date, this statement and a fingerprint of the exact text of the policy stand in your signed completion record.",
            person.name
        );
        sheet.words(&meaning, theme.text());
        sheet
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

    fn keys(&self) -> &'static [Binding<Message>] {
        match &self.stage {
            Stage::Reading => match self.reader.mode() {
                Mode::Picture => PICTURE,
                Mode::Reading => READING,
                Mode::Marked => MARKED,
                Mode::MarkedPicture => PICTURED,
                Mode::Found => FOUND,
                Mode::Opened => OPENED,
                Mode::Contents => CONTENTS,
                Mode::Finding => FINDING,
                Mode::FindingInCourse => FINDING_IN_COURSE,
            },
            Stage::Statement { .. } => STATEMENT,
        }
    }

    fn heading(&self, view: &View<'_>) -> Heading {
        let title =
            view.training.policy().map(|policy| Printable::new(&policy.lesson.title)).unwrap_or_default();
        let status = match (&self.stage, view.training.policy_state()) {
            (Stage::Statement { .. }, _) => Printable::new("agree?"),
            (Stage::Reading, Some(PolicyState::Agreed(_))) => {
                Printable::new(&format!("✓ agreed  {}", self.reader.status()))
            }
            (Stage::Reading, Some(PolicyState::Open | PolicyState::Locked) | None) => self.reader.status(),
        };
        Heading { title, status }
    }

    fn update(&mut self, message: Message, context: &mut Context<'_>) -> Vec<Effect> {
        match message {
            Message::Move(step) => return self.reader.go(step, context),
            Message::Tool(tool) => return self.reader.use_tool(tool, context),
            Message::Look(look) => {
                let said = self.reader.look_at(look, context);
                return said.into_iter().map(saying).collect();
            }
            Message::Link(step) => return self.reader.link(step, context),
            Message::Aid(aid) => return self.reader.aid(aid, context),
            Message::On => return self.on(context),
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
            Message::Leave => return vec![sending(Face::Back)],
        }
        Vec::new()
    }

    fn view(&self, view: &View<'_>, pane: &mut Pane<'_, Message>) {
        let theme = view.settings.theme;
        match &self.stage {
            Stage::Reading if self.reader.view_enlarged(view.settings, pane) => {}
            Stage::Reading => {
                pane.cursor(self.reader.margin(), 0);
                let (left, end) =
                    self.reader.view(view.settings, pane, Message::Tool, Message::Link, Message::Look);
                if let Some(row) = end {
                    let (mut style, state) = (theme.good(), view.training.policy_state());
                    let words = match state {
                        Some(PolicyState::Agreed(at)) => {
                            format!("✓ you agreed at {}; Enter goes on", view.settings.day_and_time(at))
                        }
                        Some(PolicyState::Locked) if pane.area().width < 72 => {
                            "agree after the assessment; Enter: back".to_owned()
                        }
                        Some(PolicyState::Locked) => {
                            "you agree to it when the assessment is passed; Enter goes back".to_owned()
                        }
                        Some(PolicyState::Open) | None if !self.reader.is_all_seen() => {
                            style = theme.caution();
                            UNSEEN.to_owned()
                        }
                        Some(PolicyState::Open) | None => "✓ read to the end; Enter: agree".to_owned(),
                    };
                    pane.line(left, row + 1, &Line::from(text::said(&words, style)));
                    pane.hit(left..pane.area().width, row + 1, Message::On);
                }
                self.reader.view_mark(view.settings, pane, Message::Link);
            }
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
                pane.line(left, last, &Line::from(line));
                pane.cursor(left + 3 + shown.cursor, last);
            }
        }
    }

    fn resize(&mut self, context: &mut Context<'_>) {
        self.reader.resize(context);
    }

    fn wake(&self, _view: &View<'_>) -> Option<Timestamp> {
        self.reader.wake()
    }

    fn is_working(&self) -> bool {
        self.reader.is_working()
    }

    fn tick(&mut self, context: &mut Context<'_>) -> Vec<Effect> {
        self.reader.tick(context)
    }

    fn leave(&mut self, context: &mut Context<'_>) -> Vec<Effect> {
        self.reader.save(context)
    }

    fn enter(&mut self, context: &mut Context<'_>) {
        self.reader.return_to_text(context);
        self.resize(context);
    }
}

/// An empty row, what to type, and the row to type in.
const FIELD_ROWS: u16 = 3;

/// Its keys, for whoever looks for two meanings of one.
pub(super) fn contexts() -> Vec<KeyContext> {
    vec![
        KeyContext::new("in the policy").table(READING),
        KeyContext::new("at a marked link").table(MARKED),
        KeyContext::new("at a marked picture").table(PICTURED),
        KeyContext::new("at an enlarged picture").table(PICTURE),
        KeyContext::new("where words were found").table(FOUND),
        KeyContext::new("where words were found").table(OPENED),
        KeyContext::new("on the headings").table(CONTENTS),
        KeyContext::new("where words are looked for").table(FINDING),
        KeyContext::new("where words are looked for").table(FINDING_IN_COURSE),
        KeyContext::new("at the statement to agree to").table(STATEMENT),
    ]
}

#[cfg(test)]
mod tests;
