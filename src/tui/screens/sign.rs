//! The page before signing: what will be signed, what that means, where it goes.

use crossterm::event::Event;
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::Style;
use ratatui::text::Line;

use crate::phrase::counted;
use crate::printable::Printable;
use crate::quiz::mark::{percent, score};
use crate::record::claims::{AppClaim, CompletionClaims, Face};
use crate::training::{ANSWERED_AFTER_SIGNING, DECLARATION, IN_THE_RECORD, OUTGROWN, Training};
use crate::tui::effect::{Effect, saying, sending};
use crate::tui::keymap::{Binding, Context as KeyContext, Key};
use crate::tui::message::Message as FaceMessage;
use crate::tui::pane::{Context, Pane, View};
use crate::tui::screens::shared::{CORRECT, spot_in};
use crate::tui::screens::{Heading, ScreenState, Table};
use crate::tui::widgets::greeting::{Greeting, Greets, beside_what_is_asked};
use crate::tui::widgets::sheet::{self, Sheet, Spot, Step, column};
use crate::tui::widgets::text;

/// What exists on this screen.
#[derive(Debug)]
pub struct State {
    /// What the record will say. It stays while the learner reads it.
    claims: Box<CompletionClaims>,
    record: Record,
    spot: Spot,
    greeting: Option<Greeting>,
}

/// What becomes of the claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Record {
    CanBeSigned,
    /// It would be larger than any reader takes.
    Outgrown,
}

impl Record {
    fn of(training: &Training) -> Self {
        if training.outgrew_its_record() { Self::Outgrown } else { Self::CanBeSigned }
    }
}

/// What happens on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Signs.
    Sign,
    /// Gives the focus to the thing to choose with this index, and nothing else.
    Mark(usize),
    /// Asks whether to take the course again.
    Again,
    /// Moves.
    Step(Step),
    /// Chooses; as long as there is more to read, reads on.
    Choose,
    /// Corrects who the learner is.
    Correct,
    /// Leaves without signing.
    Leave,
}

static KEYS: &[Binding<Message>] = &[
    Binding::new(&[Key::Enter], Message::Choose, "sign, or choose; reads on where there is more to read")
        .hint("sign"),
    Binding::new(&[Key::Char('e')], Message::Correct, CORRECT).action("correct").hint("correct"),
    Binding::new(&[Key::Esc, Key::Char('q')], Message::Leave, "do not sign now")
        .action("leave")
        .hint("not now"),
];

impl State {
    /// Opens it; `None` while something is missing or when it was signed already.
    #[must_use]
    pub fn open(context: &Context<'_>) -> Option<Self> {
        let claims = context.training.claims(Face::FullScreen, AppClaim::of_this_program())?;
        let record = Record::of(context.training);
        Some(Self { claims: Box::new(claims), record, spot: Spot::default(), greeting: None })
    }

    /// The column for the words within `body`, and what is said below it to who comes back.
    fn parts(&self, view: &View<'_>, body: Rect) -> (Rect, Vec<(Style, Printable)>) {
        let column = column(body);
        let needed = self.sheet(view, column.width).height();
        beside_what_is_asked(self.greeting.as_ref(), column, column.width, needed)
    }

    /// The column on a body of this size, wherever that is on the screen.
    fn area(&self, view: &View<'_>, body: Size) -> Rect {
        self.parts(view, Rect::from((Position::ORIGIN, body))).0
    }

    fn sheet(&self, view: &View<'_>, width: u16) -> Sheet<Message> {
        const NAMES: usize = 14;
        let theme = view.settings.theme;
        let mut sheet = Sheet::new(width, self.spot, theme);
        let claims = &self.claims;
        match self.record {
            Record::CanBeSigned => {}
            Record::Outgrown => {
                sheet.words("✗ This record cannot be signed", theme.bad());
                sheet.words(OUTGROWN, theme.text());
                sheet.blank();
                sheet.button("Take the course again", Message::Again);
                sheet.button("Not now", Message::Leave);
                return sheet;
            }
        }
        sheet.words("Everything is done. What is left is your signature.", theme.strong());
        sheet.blank();
        sheet.field("name", &claims.person.name, NAMES);
        sheet.field("employee no.", &claims.person.number, NAMES);
        sheet.field("e-mail", claims.person.email.as_deref().unwrap_or("none"), NAMES);
        sheet.field("course", &format!("{}, version {}", claims.course.title, claims.course.version), NAMES);
        sheet.field("result", &result(claims), NAMES);
        if let Some(agreed) = &claims.acknowledgement {
            sheet.field("agreed to", &format!("“{}”", agreed.statement), NAMES);
        }
        sheet.field_to_copy("written to", &view.settings.places.records.display().to_string(), NAMES);
        sheet.blank();
        sheet.words(IN_THE_RECORD, theme.text());
        sheet.blank();
        let tried_again: Vec<String> =
            view.training.tried_again().filter_map(|tried| said_of(tried, view)).collect();
        if !tried_again.is_empty() {
            for words in tried_again {
                sheet.words(&words, theme.caution());
            }
            sheet.words(ANSWERED_AFTER_SIGNING, theme.text());
            sheet.blank();
        }
        sheet.words("By signing you say:", theme.text());
        sheet.hanging("  ", &format!("“{DECLARATION}”"), theme.strong());
        sheet.blank();
        // The harmless one has the focus: Enter pressed once too often signs nothing.
        sheet.button("Not now", Message::Leave);
        sheet.grave_button("Sign my completion record", Message::Sign, Message::Mark);
        sheet.button("Correct name, number or e-mail", Message::Correct);
        sheet
    }
}

/// That so many questions are left of the check of a module that is being tried again.
fn said_of((module, left): (usize, usize), view: &View<'_>) -> Option<String> {
    let title = &view.training.check(module)?.quiz.title;
    let left = counted(left, "question", "questions");
    Some(format!("“{title}” is being tried again, {left} left."))
}

/// Where Enter reads on instead of choosing: towards what has the focus, and nobody signs before the other choices were
/// on the screen, where there is room for them.
fn further(sheet: &Sheet<Message>, height: u16) -> Option<Spot> {
    let to_the_others = || {
        let further = sheet.after(Step::PageDown, height);
        let keeps_focus = sheet.at_spot(further).nearer_to_focus(height).is_none();
        (sheet.chosen() == Some(Message::Sign) && sheet.has_more(height) && keeps_focus).then_some(further)
    };
    sheet.nearer_to_focus(height).or_else(to_the_others)
}

fn result(claims: &CompletionClaims) -> String {
    let result = &claims.result;
    let attempts = counted(claims.attempts.len(), "attempt", "attempts");
    let (earned, possible) = (result.earned, result.possible);
    format!("passed with {} % ({}), {attempts}", percent(earned, possible), score(earned, possible))
}

impl ScreenState for State {
    type Message = Message;

    fn keys(&self) -> Table<Message> {
        Table::Own(KEYS)
    }

    fn inner_keys(&self) -> Vec<(&'static str, &'static str)> {
        sheet::KEYS.to_vec()
    }

    fn inner_message_for(&self, event: &Event) -> Option<Message> {
        sheet::step_for(event).map(Message::Step)
    }

    fn inner_enter(&self, view: &View<'_>, body: Size) -> Option<&'static str> {
        let area = self.area(view, body);
        let sheet = self.sheet(view, area.width);
        match (further(&sheet, area.height), sheet.chosen()) {
            (Some(_), _) => Some("see rest"),
            (None, Some(Message::Sign)) => None,
            (None, _) => Some("choose"),
        }
    }

    fn touched(&mut self, context: &mut Context<'_>) {
        let area = self.area(&context.view(), context.size);
        let sheet = self.sheet(&context.view(), area.width);
        if let Some(entry) = sheet.harmless() {
            self.spot = sheet.at(entry, area.height);
        }
    }

    fn has_more(&self, view: &View<'_>, body: Size) -> bool {
        let area = self.area(view, body);
        self.sheet(view, area.width).has_more(area.height)
    }

    fn is_question(&self) -> bool {
        self.record == Record::CanBeSigned
    }

    fn heading(&self, _view: &View<'_>) -> Heading {
        Heading {
            title: Printable::new("Completion record"),
            status: Printable::new("sign?"),
            ..Heading::default()
        }
    }

    fn resize(&mut self, from: Size, context: &mut Context<'_>) {
        let view = context.view();
        let areas = [from, context.size].map(|size| self.area(&view, size));
        self.spot = spot_in(|width| self.sheet(&view, width), areas);
    }

    fn update(&mut self, message: Message, context: &mut Context<'_>) -> Vec<Effect> {
        let area = self.area(&context.view(), context.size);
        let sheet = self.sheet(&context.view(), area.width);
        match message {
            Message::Sign => return vec![Effect::Sign(None)],
            Message::Mark(entry) => {
                self.spot = sheet.at(entry, area.height);
                return vec![saying("click again, or press Enter, to sign")];
            }
            Message::Again => return vec![sending(FaceMessage::AskToBeginAgain)],
            Message::Step(step) => self.spot = sheet.after(step, area.height),
            Message::Choose => match further(&sheet, area.height) {
                Some(further) => self.spot = further,
                None => {
                    return sheet.chosen().map_or_else(Vec::new, |message| self.update(message, context));
                }
            },
            Message::Correct => return vec![sending(FaceMessage::Correct)],
            Message::Leave => return vec![sending(FaceMessage::Back)],
        }
        Vec::new()
    }

    fn enter(&mut self, context: &mut Context<'_>) {
        if let Some(claims) = context.training.claims(Face::FullScreen, AppClaim::of_this_program()) {
            *self.claims = claims;
            self.record = Record::of(context.training);
        }
        // What is asked now is asked anew: Enter pressed twice where somebody comes from signs nothing.
        self.spot = Spot::default();
    }

    fn view(&self, view: &View<'_>, pane: &mut Pane<'_, Message>) {
        let (area, said) = self.parts(view, pane.area());
        self.sheet(view, area.width).draw(pane, area);
        let left = area.x - pane.area().x;
        for (row, (style, words)) in (area.bottom() - pane.area().y..).zip(said) {
            pane.line(left, row, &Line::from(text::title(&words, style, view.settings.theme)));
        }
    }
}

impl Greets for State {
    fn greet(&mut self, greeting: Greeting) {
        self.greeting = Some(greeting);
    }

    fn has_greeting(&self) -> bool {
        self.greeting.is_some()
    }

    fn fall_silent(&mut self) {
        self.greeting = None;
    }
}

/// Its keys, for whoever looks for two meanings of one.
pub(super) fn contexts() -> Vec<KeyContext> {
    vec![KeyContext::new("before signing").pad().table(KEYS)]
}

#[cfg(test)]
mod tests;
