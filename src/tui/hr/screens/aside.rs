//! The page of a file that was put aside: why, and its five levels as they are now.

use crate::phrase::Phrase;
use crate::registry::office::AsideFile;
use crate::report::figures::grouped;
use crate::tui::hr::screens::claims::{self, NAMES};
use crate::tui::hr::screens::{View, leaving, levels, whole};
use crate::tui::hr::words::Deciding;
use crate::tui::keymap::{Binding, Context as KeyContext};
use crate::tui::pane::Pane;
use crate::tui::widgets::sheet::{Sheet, Spot, Step, column};

/// What exists on this page.
#[derive(Debug)]
pub struct State {
    file: AsideFile,
    spot: Spot,
}

/// What happens on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// Moves.
    Step(Step),
    /// Goes back.
    Leave,
}

static KEYS: &[Binding<Message>] = &[leaving(Message::Leave)];

impl State {
    pub(in crate::tui::hr) fn new(file: AsideFile) -> Self {
        Self { file, spot: Spot::default() }
    }

    /// What it shows.
    #[must_use]
    pub fn file(&self) -> &AsideFile {
        &self.file
    }

    /// The same page with what is known now.
    pub(in crate::tui::hr) fn replace(&mut self, file: AsideFile) {
        self.file = file;
    }

    /// The keys that do something now.
    #[must_use]
    pub fn keys(&self) -> &'static [Binding<Message>] {
        KEYS
    }

    /// What the page is called.
    #[must_use]
    pub fn title(&self) -> String {
        format!("put aside {}", self.file.note.file.short())
    }

    /// Does what `message` says; whether the page is left.
    pub(in crate::tui::hr) fn update(&mut self, message: Message, view: &View<'_>) -> bool {
        let area = column(whole(view.size));
        match message {
            Message::Step(step) => {
                self.spot = self.sheet(view, area.width).after(step, area.height);
                false
            }
            Message::Leave => true,
        }
    }

    /// Draws the page.
    pub(in crate::tui::hr) fn view(&self, view: &View<'_>, pane: &mut Pane<'_, Message>) {
        let area = column(pane.area());
        self.sheet(view, area.width).draw(pane, area);
    }

    fn sheet(&self, view: &View<'_>, width: u16) -> Sheet<Message> {
        let mut sheet = Sheet::new(width, self.spot, view.look.theme);
        let note = &self.file.note;
        let theme = view.look.theme;
        sheet.field("came as", &note.name, NAMES);
        sheet.field("received", &view.look.calendar.day_and_time(note.at), NAMES);
        sheet.field("size", &format!("{} bytes", grouped(self.file.bytes)), NAMES);
        sheet.field("fingerprint", &note.file.to_string(), NAMES);
        sheet.blank();
        sheet.words("put aside, because", theme.heading(2));
        for reason in &note.reasons {
            let reason = view.look.calendar.localized(reason);
            sheet.hanging("  ", Phrase::new().own(reason), theme.text());
        }
        sheet.blank();
        sheet.words("what it says of itself", theme.heading(2));
        match &self.file.claims {
            Some(claimed) => claims::put(&mut sheet, claimed, view.look.calendar),
            None => sheet.words("nothing that can be read as a record", theme.text()),
        }
        sheet.blank();
        sheet.words("the five levels now", theme.heading(2));
        levels::put(&mut sheet, &self.file.levels, Deciding::Nowhere, view.look);
        sheet.blank();
        let next = "It never counts as it is. When the reason is gone, it is collected again in a shell: countersign hr \
                    collect --again PATH";
        sheet.words(Phrase::new().own(view.look.commands.spelled(next)), theme.muted());
        sheet
    }
}

/// Its keys, for whoever looks for two meanings of one.
pub(in crate::tui::hr) fn contexts() -> Vec<KeyContext> {
    vec![KeyContext::new("on a file put aside").table(KEYS)]
}
