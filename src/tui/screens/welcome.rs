//! Who are you? Asked at the first start, and whenever the learner corrects it.

mod fields;
mod keys;

use std::borrow::Cow;

use ratatui::layout::Size;
use ratatui::style::Style;
use ratatui::text::Line;

use crate::markup::Bidi;
use crate::progress::Person;
use crate::training::person::{self, Unfit};
use crate::training::{self, Protection};
use crate::tui::edit::Edit;
use crate::tui::effect::{Effect, NewLearner, Passphrase, sending};
use crate::tui::keymap::{Binding, Context as KeyContext};
use crate::tui::message::Message as FaceMessage;
use crate::tui::overlay::Typed;
use crate::tui::pane::Pane;
use crate::tui::screens::Heading;
use crate::tui::screens::shared::other_ways;
use crate::tui::settings::Settings;
use crate::tui::theme::Theme;
use crate::tui::widgets::more;
use crate::tui::widgets::text;
use crate::tui::widgets::text_field::{Shown, TextField};
use fields::{AGAIN, EMAIL, FIELDS, NAME, NUMBER, PASSPHRASE, Secret};
use keys::{CORRECTION, CORRECTION_AT_END, KEYS, KEYS_AT_END};

/// What exists on this screen.
#[derive(Debug)]
pub struct State {
    fields: [TextField; FIELDS.len()],
    focus: usize,
    /// What is wrong with each field.
    trouble: [Option<Cow<'static, str>>; FIELDS.len()],
    form: Form,
    /// What was known of the learner before they typed.
    known: Option<Box<Person>>,
    /// The row at the top as far as the field with the focus is in sight there.
    top: usize,
    sight: Sight,
}

/// What the learner looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sight {
    /// Where they type.
    Field,
    /// What stands further on or back, to be read.
    Elsewhere,
}

/// Why somebody is asked who they are.
#[derive(Debug)]
enum Form {
    /// They are here for the first time.
    FirstStart {
        /// The title of the course.
        course: String,
        /// What the learner is told about, below the fields.
        places: [String; 3],
        /// How else the course can be taken.
        other_ways: String,
    },
    /// They correct what they said.
    Correction,
}

/// What happens on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// To the next field, or off the last one: done.
    Enter,
    /// To the next field.
    Next,
    /// To the previous field.
    Previous,
    /// To this field.
    Focus(usize),
    /// Into the field.
    Edit(Edit),
    /// To a place in this field.
    Place(usize, Edit),
    /// Begin, or keep the correction, wherever the cursor is.
    Done,
    /// Shows what stands further on or back, by rows; negative is back.
    Scroll(isize),
    /// Leaves the program, or the form; nothing is kept.
    Leave,
}

/// Said of a field that takes no more.
const FULL: &str = "the field is full: what was typed or pasted beyond this is not in it. Shorten it";

impl State {
    /// A form with what is known already.
    #[must_use]
    pub fn new(settings: &Settings, course: &str, expected: Option<&Person>) -> Self {
        let places = &settings.places;
        let form = Form::FirstStart {
            course: course.to_owned(),
            other_ways: other_ways(settings),
            places: [
                format!("Progress: {}", places.progress.display()),
                format!("Device key: {}", places.key.display()),
                format!("Completion records: {}", places.records.display()),
            ],
        };
        Self::with(form, expected)
    }

    /// A form with what a learner said, to be corrected.
    #[must_use]
    pub fn correcting(person: &Person) -> Self {
        Self::with(Form::Correction, Some(person))
    }

    fn with(form: Form, known: Option<&Person>) -> Self {
        Self {
            fields: std::array::from_fn(|field| match FIELDS[field].secret {
                Secret::Yes => TextField::secret(FIELDS[field].limit),
                Secret::No => TextField::with_text(FIELDS[field].limit, said(known, field)),
            }),
            focus: NAME,
            trouble: Default::default(),
            form,
            known: known.cloned().map(Box::new),
            top: 0,
            sight: Sight::Field,
        }
    }

    /// How many fields there are; the key and its passphrase stay as they are.
    fn count(&self) -> usize {
        match self.form {
            Form::FirstStart { .. } => FIELDS.len(),
            Form::Correction => PASSPHRASE,
        }
    }

    /// Whether Enter does not go to another field: nobody who wants no passphrase should have to confirm none.
    fn is_done_by_enter(&self) -> bool {
        self.focus + 1 == self.count()
            || (self.focus == PASSPHRASE && self.fields[PASSPHRASE].text().is_empty())
    }

    /// The keys that do something now.
    #[must_use]
    pub fn keys(&self) -> &'static [Binding<Message>] {
        match (&self.form, self.is_done_by_enter()) {
            (Form::FirstStart { .. }, false) => KEYS,
            (Form::FirstStart { .. }, true) => KEYS_AT_END,
            (Form::Correction, false) => CORRECTION,
            (Form::Correction, true) => CORRECTION_AT_END,
        }
    }

    /// The first line of the screen.
    #[must_use]
    pub fn heading(&self) -> Heading {
        match self.form {
            Form::FirstStart { .. } => Heading {
                title: "Welcome to countersign".into(),
                status: "first start".into(),
                ..Heading::default()
            },
            Form::Correction => {
                Heading { title: "Who you are".into(), status: "correction".into(), ..Heading::default() }
            }
        }
    }

    /// Does what `message` says on a body of this size.
    pub fn update(&mut self, message: Message, body: Size, bidi: Bidi) -> Vec<Effect> {
        let last = self.count() - 1;
        let rows = self.rows(Layout::of(body), Theme::COLOURED);
        self.top = self.top(&rows, body.height);
        if let Message::Scroll(by) = message {
            self.top = self.top.saturating_add_signed(by).min(last_top(&rows, body.height));
            self.sight = Sight::Elsewhere;
            return Vec::new();
        }
        // Whoever types wants to see where.
        self.sight = Sight::Field;
        match message {
            Message::Enter if self.is_done_by_enter() => return self.finish(),
            Message::Enter => {
                self.trouble[self.focus] = self.trouble_with(self.focus);
                if self.trouble[self.focus].is_none() {
                    self.focus += 1;
                }
            }
            Message::Next => self.go_to((self.focus + 1) % self.count()),
            Message::Previous => self.go_to((self.focus + last) % self.count()),
            Message::Focus(field) => self.go_to(field.min(last)),
            Message::Place(field, edit) => {
                self.go_to(field.min(last));
                self.fields[self.focus].edit(&edit, bidi);
            }
            Message::Edit(edit) => {
                let field = &mut self.fields[self.focus];
                let changed = field.edit(&edit, bidi);
                if field.is_cut() {
                    self.trouble[self.focus] = Some(FULL.into());
                } else if changed {
                    self.trouble[self.focus] = None;
                }
            }
            Message::Scroll(_) => {}
            Message::Done => return self.finish(),
            Message::Leave => return self.leave(),
        }
        Vec::new()
    }

    /// Leaves the form, after a question where something was typed: Esc may be pressed by mistake, or be the beginning of what a
    /// terminal says.
    fn leave(&self) -> Vec<Effect> {
        let is_changed =
            (0..self.count()).any(|field| self.fields[field].text() != said(self.known.as_deref(), field));
        let ask = |typed| vec![sending(FaceMessage::AskToGiveUp(typed))];
        match (&self.form, is_changed) {
            (Form::FirstStart { .. }, true) => ask(Typed::FirstStart),
            (Form::FirstStart { .. }, false) => vec![Effect::Quit],
            (Form::Correction, true) => ask(Typed::Correction),
            (Form::Correction, false) => back(),
        }
    }

    /// Goes to `field`. What is wrong with the one that is left is said; one that is empty may be filled in later.
    fn go_to(&mut self, field: usize) {
        if !self.fields[self.focus].is_blank() {
            self.trouble[self.focus] = self.trouble_with(self.focus);
        }
        self.focus = field;
    }

    fn finish(&mut self) -> Vec<Effect> {
        // All at once: nobody should mend a form field by field.
        let count = self.count();
        self.trouble =
            std::array::from_fn(|field| (field < count).then(|| self.trouble_with(field)).flatten());
        if let Some(field) = self.trouble.iter().position(Option::is_some) {
            self.focus = field;
            return Vec::new();
        }
        let text = |field: usize| person::tidy(self.fields[field].text()).into_owned();
        let person = Person {
            name: text(NAME),
            number: text(NUMBER),
            email: Some(text(EMAIL)).filter(|email| !email.is_empty()),
        };
        if let Form::Correction = self.form {
            let same = self.known.as_deref() == Some(&person);
            return if same { back() } else { vec![Effect::Correct(Box::new(person))] };
        }
        let passphrase = training::passphrase(self.fields[PASSPHRASE].text());
        let passphrase = passphrase.ok().flatten().map(Passphrase::new);
        vec![Effect::Introduce(Box::new(NewLearner { person, passphrase }))]
    }

    fn trouble_with(&self, field: usize) -> Option<Cow<'static, str>> {
        let text = self.fields[field].text();
        // What is lost at the end of it would be missing in the record, or in a passphrase that nobody could type again.
        if self.fields[field].is_cut() {
            return Some(FULL.into());
        }
        let said = |unfit: Unfit| Cow::Owned(unfit.to_string());
        match field {
            NAME => person::name(text).err().map(said),
            NUMBER => person::number(text).err().map(said),
            EMAIL => person::email(text).err().map(said),
            PASSPHRASE => training::passphrase(text).err().map(|unfit| Cow::Owned(unfit.to_string())),
            // Whoever typed that they want none need not say it twice.
            AGAIN if text.is_empty() && training::passphrase(self.fields[PASSPHRASE].text()) == Ok(None) => {
                None
            }
            AGAIN if text != self.fields[PASSPHRASE].text() => Some("the two passphrases differ".into()),
            _ => None,
        }
    }

    /// What the key will be protected by, said where the passphrase is typed, for nobody can read there what was typed; `None` while
    /// that is not decided.
    fn protection(&self) -> Option<Protection> {
        let typed = self.fields[PASSPHRASE].text();
        match training::passphrase(typed) {
            Ok(None) => Some(Protection::Nothing),
            Ok(Some(_)) if self.fields[AGAIN].text() == typed => Some(Protection::Passphrase),
            Ok(Some(_)) | Err(_) => None,
        }
    }

    /// Draws the form.
    pub fn view(&self, settings: &Settings, pane: &mut Pane<'_, Message>) {
        let theme = settings.theme;
        let area = pane.area();
        let layout = Layout::of(area.as_size());
        let rows = self.rows(layout, theme);
        let top = self.top(&rows, area.height);
        // Where reading begins, unless the field with the focus is seen.
        pane.cursor(layout.margin, 0);
        for (row, content) in (0..area.height).zip(rows.iter().skip(top)) {
            match content {
                Row::Words(line) | Row::Said(line) => pane.line(layout.margin, row, line),
                Row::Field(index) => self.draw_field(*index, layout.margin, row, settings, pane),
            }
        }
        let right = area.width.saturating_sub(1);
        if top > 0 {
            more::above(pane, right, 0, theme);
        }
        if top < last_top(&rows, area.height) {
            more::below(pane, right, area.height.saturating_sub(1), theme);
        }
    }

    /// The form from top to bottom.
    fn rows(&self, Layout { width, .. }: Layout, theme: Theme) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        let words = |rows: &mut Vec<Row>, words: &str| {
            rows.extend(
                text::wrapped(words, width)
                    .into_iter()
                    .map(|part| Row::Words(Line::from(text::shown(&part, theme.text())))),
            );
        };
        words(
            &mut rows,
            &match &self.form {
                Form::FirstStart { course, .. } => {
                    format!("“{course}” ends with a completion record that you sign. Who are you?")
                }
                Form::Correction => CORRECTED.to_owned(),
            },
        );
        // Before anything that has to be scrolled to.
        if let Form::FirstStart { other_ways, .. } = &self.form {
            words(&mut rows, other_ways);
        }
        rows.push(Row::Words(Line::default()));
        // Further lines begin below the first.
        let behind = |sign: &'static str, words: &str, style: Style| -> Vec<Line<'static>> {
            let parts = text::wrapped(words, width.saturating_sub(2)).into_iter().enumerate();
            let line = |(nth, part)| {
                let lead = if nth == 0 { sign } else { "  " };
                Line::from(vec![text::own(lead, style), text::shown(&part, style)])
            };
            parts.map(line).collect()
        };
        let indented = |words: &str| behind("  ", words, theme.muted());
        // Every field keeps the rows of what may be said about it, so that nothing moves away under a mouse that is pressed twice.
        let padded = |mut said: Vec<Line<'static>>, rows: usize| {
            let rows = rows.max(said.len());
            said.resize(rows, Line::default());
            said.into_iter().map(Row::Said)
        };
        for (index, field) in FIELDS.iter().enumerate().take(self.count()) {
            rows.push(Row::Field(index));
            let note = indented(field.note);
            let kept = note.len();
            let said = self.trouble[index].as_ref().map(|what| behind("✗ ", what, theme.bad()));
            rows.extend(padded(said.unwrap_or(note), kept));
            if index == PASSPHRASE {
                let ahead = self.protection().map_or_else(Vec::new, |known| indented(known.ahead()));
                rows.extend(padded(ahead, indented(Protection::Passphrase.ahead()).len()));
            }
        }
        if let Form::FirstStart { places, .. } = &self.form {
            words(&mut rows, "Everything stays on this computer:");
            rows.extend(places.iter().flat_map(|place| indented(place)).map(Row::Words));
        }
        rows
    }

    /// The first row that is seen: it stays as long as the field with the focus and what is said about it are in sight, unless the
    /// learner has gone further to read.
    fn top(&self, rows: &[Row], height: u16) -> usize {
        let last = last_top(rows, height);
        match self.sight {
            Sight::Elsewhere => self.top.min(last),
            Sight::Field => {
                let at = |row: &Row| matches!(row, Row::Field(field) if *field == self.focus);
                let at = rows.iter().position(at).unwrap_or(0);
                let said = rows.iter().skip(at + 1).take_while(|row| matches!(row, Row::Said(_))).count();
                let height = usize::from(height);
                let needed = (at + 1 + said).min(at + height);
                self.top.max(needed.saturating_sub(height)).min(at).min(last)
            }
        }
    }

    fn draw_field(
        &self,
        index: usize,
        margin: u16,
        row: u16,
        settings: &Settings,
        pane: &mut Pane<'_, Message>,
    ) {
        let theme = settings.theme;
        let focused = self.focus == index;
        let (sign, style) = if focused { ("› ", theme.key()) } else { ("  ", theme.text()) };
        pane.line(
            margin,
            row,
            &Line::from(vec![text::own(sign, style), text::own(FIELDS[index].label, style)]),
        );
        let column = margin + 2 + LABELS;
        let room = pane.area().width.saturating_sub(column + margin);
        let field = &self.fields[index];
        let shown = match FIELDS[index].secret {
            Secret::Yes => {
                let text = field.dots(room);
                let cursor = u16::try_from(text.width()).unwrap_or(room);
                Shown { before: 0, text, after: room.saturating_sub(cursor), cursor }
            }
            Secret::No => field.shown(room, theme.bidi()),
        };
        // An empty line to write on is seen without colours too.
        pane.line(column, row, &Line::from(shown.spans(theme.strong(), '_', theme.muted()).to_vec()));
        pane.hit(0..pane.area().width, row, Message::Focus(index));
        // Among dots nobody can tell where they are.
        if FIELDS[index].secret == Secret::No {
            field.hit(pane, (column, row), room, theme.bidi(), |edit| Message::Place(index, edit));
        }
        if focused {
            pane.cursor(column + shown.cursor, row);
        }
    }
}

/// Said above the fields of a correction.
const CORRECTED: &str =
    "Records that you sign from now on say this. What is signed already stays as it was signed.";

fn back() -> Vec<Effect> {
    vec![sending(FaceMessage::Back)]
}

/// What `known` says of somebody in `field`.
fn said(known: Option<&Person>, field: usize) -> &str {
    match (field, known) {
        (NAME, Some(person)) => &person.name,
        (NUMBER, Some(person)) => &person.number,
        (EMAIL, Some(person)) => person.email.as_deref().unwrap_or_default(),
        _ => "",
    }
}

/// The column of the labels, the longest of them and a space.
const LABELS: u16 = 22;

/// Where the form stands on a body.
#[derive(Debug, Clone, Copy)]
struct Layout {
    margin: u16,
    width: u16,
}

impl Layout {
    fn of(body: Size) -> Self {
        let margin = (body.width / 20).clamp(1, 4);
        Self { margin, width: body.width.saturating_sub(2 * margin) }
    }
}

fn last_top(rows: &[Row], height: u16) -> usize {
    rows.len().saturating_sub(usize::from(height))
}

enum Row {
    Words(Line<'static>),
    Field(usize),
    /// About the field above.
    Said(Line<'static>),
}

/// Its keys, for whoever looks for two meanings of one.
pub(super) fn contexts() -> Vec<KeyContext> {
    vec![
        KeyContext::new("on the form of the first start").table(KEYS),
        KeyContext::new("on the form with who you are").table(CORRECTION),
    ]
}

#[cfg(test)]
mod tests;
