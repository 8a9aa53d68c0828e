//! All bookmarks and notes of a course: going to them, writing, taking away, and a file of them.

mod edition;
mod writing;

use crossterm::event::Event;
use ratatui::layout::Size;

use crate::printable::Printable;
use crate::progress::Bookmark;
use crate::report::notes;
use crate::training::{Marked, NOTHING_IS_WRITTEN, Purpose, Text};
use crate::tui::edit::Edit;
use crate::tui::effect::{Effect, saving, saying, sending};
use crate::tui::keymap::{Binding, Context as KeyContext, Key};
use crate::tui::message::{Message as FaceMessage, Told};
use crate::tui::overlay::Typed;
use crate::tui::pane::{Context, Pane, View};
use crate::tui::screens::shared::{spot_in, whole};
use crate::tui::screens::{Heading, ScreenState, Table};
use crate::tui::theme::Theme;
use crate::tui::widgets::kept::Kept;
use crate::tui::widgets::sheet::{self, Sheet, Spot, Step, column};
use writing::{Then, Writing};

/// What exists on this screen.
#[derive(Debug)]
pub struct State {
    /// Taken in when something changes: where a place is in another version of a long text has to be looked for.
    marked: Vec<Marked>,
    spot: Spot,
    /// They as they were laid out last.
    laid_out: Kept<(u16, Theme), Sheet<Message>>,
    stage: Stage,
    /// What was taken away last.
    taken_away: Option<Bookmark>,
}

#[derive(Debug)]
enum Stage {
    /// All of them.
    List,
    /// A note is typed.
    Writing(Box<Writing>),
}

/// What happens on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Moves.
    Step(Step),
    /// Chooses.
    Choose,
    /// Goes to the one with this index.
    Go(usize),
    /// Writes or changes the note of the chosen one.
    Write,
    /// Takes the chosen one away.
    TakeAway,
    /// Puts back what was taken away last.
    PutBack,
    /// Writes all of them to a file.
    Export,
    /// Types.
    Edit(Edit),
    /// Keeps what was typed.
    Keep,
    /// Leaves the note as it was.
    GiveUp,
    /// The same without a question.
    StopWriting,
    /// Leaves.
    Leave,
}

const TAKEN_AWAY: &[Told] = &[
    Told::Words("taken away; "),
    Told::Key { action: Some("put_back"), key: &[Key::Char('u')], words: " puts it back" },
];

/// Said wherever something is written.
const PRIVATE: &str =
    "For you alone: bookmarks and notes stay on this device and are never part of your completion record.";

static LIST: &[Binding<Message>] = &[
    Binding::new(&[Key::Enter], Message::Choose, "go there; Backspace comes back").action("open").hint("go"),
    Binding::new(&[Key::Char('a')], Message::Write, "write or change its note").action("note").hint("note"),
    Binding::new(&[Key::Char('d')], Message::TakeAway, "take it away; u puts it back")
        .action("take_away")
        .hint("take away"),
    PUT_BACK,
    EXPORT.hint("export"),
    LEAVE,
];

/// Where there is none, nothing can be done with one.
static EMPTY: &[Binding<Message>] = &[PUT_BACK, EXPORT, LEAVE];

const PUT_BACK: Binding<Message> =
    Binding::new(&[Key::Char('u')], Message::PutBack, "put back what was taken away last").action("put_back");

const EXPORT: Binding<Message> =
    Binding::new(&[Key::Char('e')], Message::Export, "write all of them to a file, and say where")
        .action("export");

const LEAVE: Binding<Message> =
    Binding::new(&[Key::Esc, Key::Char('q'), Key::Char('M')], Message::Leave, "back to where you were")
        .action("leave")
        .hint("back");

static WRITING: &[Binding<Message>] = &[
    Binding::new(&[Key::Enter], Message::Keep, "keep the note").hint("keep"),
    Binding::new(
        &[Key::Esc],
        Message::GiveUp,
        "leave everything as it was; asks first if you have typed something",
    )
    .action("leave")
    .hint("leave it"),
    Binding::typing(Message::Edit, "type the note"),
];

impl State {
    /// Opens the list.
    #[must_use]
    pub fn open(context: &Context<'_>) -> Self {
        let marked = context.training.bookmarks();
        let (spot, laid_out) = (Spot::default(), Kept::default());
        Self { marked, spot, laid_out, stage: Stage::List, taken_away: None }
    }

    /// Opens it to write a note for the place at `place` (in bytes) of a text, or to change that of the bookmark `known`;
    /// `None` when there is no such text.
    #[must_use]
    pub fn write(text: Text, place: usize, known: Option<&Bookmark>, context: &Context<'_>) -> Option<Self> {
        let mut state = Self::open(context);
        let known =
            known.and_then(|known| state.marked.iter().find(|marked| marked.bookmark == *known).cloned());
        let writing = match known {
            Some(known) => Writing::about_known(known, Then::Back),
            None => Writing::about_place(context.training.bookmark_at(text, place, context.now)?),
        };
        state.stage = Stage::Writing(Box::new(writing));
        Some(state)
    }

    fn chosen(&self, context: &Context<'_>) -> Option<&Marked> {
        let area = whole(context.size);
        self.marked.get(self.sheet(&context.view(), area.width).focus())
    }

    /// Takes the bookmarks in as they are now, with the one of the index `chosen` chosen.
    fn take_in(&mut self, chosen: usize, context: &Context<'_>) {
        self.marked = context.training.bookmarks();
        self.laid_out.forget();
        let area = whole(context.size);
        self.spot = self.sheet(&context.view(), area.width).at(chosen, area.height);
    }

    fn go(&self, index: usize) -> Vec<Effect> {
        let Some(marked) = self.marked.get(index) else { return Vec::new() };
        let Some(text) = marked.text else {
            return vec![saying("this version of the course has no such text any more")];
        };
        match marked.place {
            Some(place) => vec![sending(FaceMessage::Show { text, place })],
            None => vec![
                sending(FaceMessage::Show { text, place: 0 }),
                saying("what you marked is not in this version of the text any more"),
            ],
        }
    }

    fn take_away(&mut self, context: &mut Context<'_>) -> Vec<Effect> {
        let Some(bookmark) = self.chosen(context).map(|marked| marked.bookmark.clone()) else {
            return Vec::new();
        };
        let changes = context.training.remove_bookmark(&bookmark);
        self.taken_away = Some(bookmark);
        self.take_in(self.spot.entry(), context);
        let mut effects = saving(changes);
        effects.push(sending(FaceMessage::Tell(TAKEN_AWAY)));
        effects
    }

    fn put_back(&mut self, context: &mut Context<'_>) -> Vec<Effect> {
        let Some(bookmark) = self.taken_away.take() else {
            return vec![saying("nothing was taken away just now")];
        };
        let mut effects = saving(context.training.put_bookmark_back(bookmark.clone()));
        let all = context.training.bookmarks();
        let index = all.iter().position(|marked| marked.bookmark == bookmark);
        self.take_in(index.unwrap_or_default(), context);
        effects.push(saying("it is back"));
        effects
    }

    fn export(&self, context: &Context<'_>) -> Vec<Effect> {
        if self.marked.is_empty() {
            return vec![saying("there is nothing to be written yet")];
        }
        if context.training.purpose() == Purpose::Preview {
            return vec![saying(NOTHING_IS_WRITTEN)];
        }
        let entries: Vec<notes::Entry> = self
            .marked
            .iter()
            .map(|marked| notes::Entry {
                lesson: marked.text_name(),
                section: marked.section.clone(),
                excerpt: marked.quoted().unwrap_or_default().to_owned(),
                note: marked.bookmark.note.clone(),
                at: context.settings.day_and_time(marked.bookmark.at).as_str().to_owned(),
            })
            .collect();
        vec![Effect::WriteNotes(notes::markdown(&context.training.course().title, &entries))]
    }

    /// Keeps what was typed.
    fn keep(&mut self, context: &mut Context<'_>) -> Vec<Effect> {
        let Stage::Writing(writing) = &self.stage else { return Vec::new() };
        let (changes, words) = writing.keep(context.training, context.now);
        let mut effects = saving(changes);
        effects.extend(self.stop_writing(context));
        effects.push(sending(FaceMessage::Say(words)));
        effects
    }

    /// Goes back to where writing began.
    fn stop_writing(&mut self, context: &Context<'_>) -> Vec<Effect> {
        let Stage::Writing(writing) = std::mem::replace(&mut self.stage, Stage::List) else {
            return Vec::new();
        };
        self.take_in(self.spot.entry(), context);
        match writing.then() {
            Then::List => Vec::new(),
            Then::Back => vec![sending(FaceMessage::Back)],
        }
    }

    fn sheet(&self, view: &View<'_>, width: u16) -> Sheet<Message> {
        let theme = view.settings.theme;
        self.laid_out.get((width, theme), || self.lay_out(width, theme)).at_spot(self.spot)
    }

    fn lay_out(&self, width: u16, theme: Theme) -> Sheet<Message> {
        let mut sheet = Sheet::new(width, Spot::default(), theme);
        sheet.words(PRIVATE, theme.muted());
        sheet.blank();
        if self.marked.is_empty() {
            let how = "There are none yet. While you read, m marks the line at the top, and a writes a note for it.";
            sheet.words(how, theme.text());
        }
        for (index, marked) in self.marked.iter().enumerate() {
            sheet.link(&place_name(marked), theme.strong(), Message::Go(index));
            if let Some(quoted) = marked.quoted() {
                sheet.hanging("    ", &format!("“{quoted}”"), theme.muted());
            }
            if !marked.bookmark.note.is_empty() {
                sheet.hanging("    ", &marked.bookmark.note, theme.text());
            }
            sheet.extend_choice();
            sheet.blank();
        }
        sheet
    }
}

/// The text and the section that it is in.
fn place_name(marked: &Marked) -> String {
    let text = marked.text_name();
    match (marked.section.as_str(), marked.place) {
        ("", Some(_)) => text,
        ("", None) => format!("{text} (gone)"),
        (section, Some(_)) => format!("{text} › {section}"),
        (section, None) => format!("{text} › {section} (gone)"),
    }
}

impl ScreenState for State {
    type Message = Message;

    fn keys(&self) -> Table<Message> {
        Table::Own(match &self.stage {
            Stage::List if self.marked.is_empty() => EMPTY,
            Stage::List => LIST,
            Stage::Writing(_) => WRITING,
        })
    }

    fn inner_keys(&self) -> Vec<(&'static str, &'static str)> {
        match &self.stage {
            Stage::List => sheet::KEYS.to_vec(),
            Stage::Writing(_) => Vec::new(),
        }
    }

    fn inner_message_for(&self, event: &Event) -> Option<Message> {
        match &self.stage {
            Stage::List => sheet::step_for(event).map(Message::Step),
            Stage::Writing(_) => None,
        }
    }

    fn has_more(&self, view: &View<'_>, body: Size) -> bool {
        let area = whole(body);
        match &self.stage {
            Stage::List => self.sheet(view, area.width).has_more(area.height),
            Stage::Writing(_) => false,
        }
    }

    fn heading(&self, _view: &View<'_>) -> Heading {
        let status = match (&self.stage, self.marked.len()) {
            (Stage::Writing(_), _) => "a note".to_owned(),
            (Stage::List, 0) => "none".to_owned(),
            (Stage::List, count) => format!("{} of {count}", self.spot.entry() + 1),
        };
        Heading { title: "Bookmarks and notes".into(), status: Printable::new(&status), ..Heading::default() }
    }

    fn update(&mut self, message: Message, context: &mut Context<'_>) -> Vec<Effect> {
        let area = whole(context.size);
        match message {
            Message::Step(step) => {
                self.spot = self.sheet(&context.view(), area.width).after(step, area.height);
            }
            Message::Choose => {
                let sheet = self.sheet(&context.view(), area.width);
                match sheet.nearer_to_focus(area.height) {
                    Some(nearer) => self.spot = nearer,
                    None => {
                        return sheet.chosen().map_or_else(Vec::new, |message| self.update(message, context));
                    }
                }
            }
            Message::Go(index) => return self.go(index),
            Message::Write => {
                if let Some(marked) = self.chosen(context).cloned() {
                    self.stage = Stage::Writing(Box::new(Writing::about_known(marked, Then::List)));
                }
            }
            Message::TakeAway => return self.take_away(context),
            Message::PutBack => return self.put_back(context),
            Message::Export => return self.export(context),
            Message::Edit(edit) => {
                if let Stage::Writing(writing) = &mut self.stage {
                    return writing
                        .edit(&edit, context.settings.theme.bidi())
                        .map(saying)
                        .into_iter()
                        .collect();
                }
            }
            Message::Keep => return self.keep(context),
            Message::GiveUp => {
                let is_changed = matches!(&self.stage, Stage::Writing(writing) if writing.is_changed());
                if is_changed {
                    return vec![sending(FaceMessage::AskToGiveUp(Typed::Note))];
                }
                return self.stop_writing(context);
            }
            Message::StopWriting => return self.stop_writing(context),
            Message::Leave => return vec![sending(FaceMessage::Back)],
        }
        Vec::new()
    }

    fn resize(&mut self, from: Size, context: &mut Context<'_>) {
        let view = context.view();
        self.spot = spot_in(|width| self.sheet(&view, width), [from, context.size].map(whole));
    }

    fn enter(&mut self, context: &mut Context<'_>) {
        // In a text that was opened from the list more can have been marked, that which was taken away too.
        self.taken_away = None;
        if matches!(self.stage, Stage::List) {
            self.take_in(self.spot.entry(), context);
        }
    }

    fn view(&self, view: &View<'_>, pane: &mut Pane<'_, Message>) {
        let area = column(pane.area());
        match &self.stage {
            Stage::List => self.sheet(view, area.width).draw(pane, area),
            Stage::Writing(writing) => writing.draw(view.settings.theme, pane, area),
        }
    }
}

/// Its keys, for whoever looks for two meanings of one.
pub(super) fn contexts() -> Vec<KeyContext> {
    vec![
        KeyContext::new("on bookmarks and notes").pad().table(LIST),
        KeyContext::new("where there are no bookmarks").pad().table(EMPTY),
        KeyContext::new("where a note is written").table(WRITING),
    ]
}

#[cfg(test)]
mod tests;
