//! The page of a record: what it claims, its five levels, its entry in the log, and what can be decided about it.

use std::ops::Range;

use crate::phrase::Phrase;
use crate::record::LIMITS;
use crate::record::verdict::Outcome;
use crate::registry::change::Decision;
use crate::registry::dossier::RecordState;
use crate::registry::office::{LevelFile, RecordFile};
use crate::registry::terms::Treatment;
use crate::report::figures::counted;
use crate::shell::Commands;
use crate::tui::copied::Copied;
use crate::tui::hr::screens::claims::{self, NAMES};
use crate::tui::hr::screens::{View, leaving, levels, whole};
use crate::tui::hr::words::{self, Deciding};
use crate::tui::keymap::{Binding, Context as KeyContext, Key};
use crate::tui::pane::Pane;
use crate::tui::widgets::sheet::{self, Chosen, Sheet, Spot, Step, column};

/// What exists on this page.
#[derive(Debug)]
pub struct State {
    file: RecordFile,
    spot: Spot,
    entry: Entry,
}

/// Whether the entry in the log is shown, which is long and made for machines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entry {
    Folded,
    Open,
}

/// What happens on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// Moves.
    Step(Step),
    /// Does what has the focus; as long as there is more to read, reads on.
    Choose,
    /// Begins to decide.
    Decide(Decision),
    /// Shows the entry in the log, or folds it away.
    Entry,
    /// Copies the whole fingerprint.
    Copy,
    /// Goes back.
    Leave,
}

static KEYS: &[Binding<Message>] = &[ENTRY, COPY.hint("copy"), LEAVE];

static WAITING: &[Binding<Message>] = &[
    Binding::new(&[Key::Char('a')], Message::Decide(Decision::Accepted), "accept it: you are asked why")
        .hint("accept"),
    Binding::new(&[Key::Char('x')], Message::Decide(Decision::Refused), "refuse it: you are asked why")
        .hint("refuse"),
    sheet::choosing(Message::Choose),
    ENTRY,
    COPY,
    LEAVE,
];

const ENTRY: Binding<Message> =
    Binding::new(&[Key::Char('o')], Message::Entry, "the entry in the log, as it was hashed")
        .action("log_entry")
        .hint("log entry");
const COPY: Binding<Message> =
    Binding::new(&[Key::Char('c')], Message::Copy, "copy the fingerprint").action("copy");
const LEAVE: Binding<Message> = leaving(Message::Leave);

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// This is to be decided.
    Decide(Decision),
    /// This is to be put onto the clipboard.
    Copy(Copied),
    /// The page is left.
    Leave,
}

impl State {
    pub(in crate::tui::hr) fn new(file: RecordFile) -> Self {
        Self { file, spot: Spot::default(), entry: Entry::Folded }
    }

    /// What it shows.
    #[must_use]
    pub fn file(&self) -> &RecordFile {
        &self.file
    }

    /// The same page with what is known now.
    pub(in crate::tui::hr) fn replace(&mut self, file: RecordFile) {
        self.file = file;
    }

    /// Whether somebody has to decide about it.
    #[must_use]
    pub fn waits(&self) -> bool {
        let waits = |state: &RecordState| state.decision.is_none() && state.treatment == Treatment::Review;
        self.file.state.as_ref().is_some_and(waits)
    }

    /// The keys that do something now.
    #[must_use]
    pub fn keys(&self) -> &'static [Binding<Message>] {
        if self.waits() { WAITING } else { KEYS }
    }

    /// What the page is called.
    #[must_use]
    pub fn title(&self) -> String {
        format!("record {}", self.file.digest.short())
    }

    pub(in crate::tui::hr) fn update(&mut self, message: Message, view: &View<'_>) -> Option<Wish> {
        let area = column(whole(view.size));
        match message {
            Message::Step(step) => {
                self.spot = self.sheet(view, area.width).after(step, area.height);
                None
            }
            Message::Choose => {
                match self.sheet(view, area.width).choose(area.height) {
                    Chosen::Nearer(spot) => self.spot = spot,
                    Chosen::Says(message) => return self.update(message, view),
                    Chosen::Nothing => {}
                }
                None
            }
            Message::Decide(decision) => self.waits().then_some(Wish::Decide(decision)),
            Message::Entry => {
                self.entry = match self.entry {
                    Entry::Folded => Entry::Open,
                    Entry::Open => Entry::Folded,
                };
                if self.entry == Entry::Open {
                    // It stands below everything that people read first.
                    let (sheet, log) = self.sheet_and_log(view, area.width);
                    self.spot = sheet.with_rows(log, area.height);
                }
                None
            }
            Message::Copy => Some(Wish::Copy(Copied::Fingerprint(self.file.digest.to_string()))),
            Message::Leave => Some(Wish::Leave),
        }
    }

    /// Draws the page.
    pub(in crate::tui::hr) fn view(&self, view: &View<'_>, pane: &mut Pane<'_, Message>) {
        let area = column(pane.area());
        self.sheet(view, area.width).draw(pane, area);
    }

    fn sheet(&self, view: &View<'_>, width: u16) -> Sheet<Message> {
        self.sheet_and_log(view, width).0
    }

    /// The sheet, and the rows of the entry in the log.
    fn sheet_and_log(&self, view: &View<'_>, width: u16) -> (Sheet<Message>, Range<u16>) {
        let mut sheet = Sheet::new(width, self.spot, view.look.theme);
        if self.waits() {
            self.put_reasons(&mut sheet, view);
        }
        self.put_claims(&mut sheet, view);
        sheet.blank();
        let deciding = if self.waits() { Deciding::Here } else { Deciding::Nowhere };
        levels::put(&mut sheet, &self.file.levels, deciding, view.look);
        sheet.blank();
        let begin = sheet.height();
        self.put_log(&mut sheet, view.look.commands);
        let log = begin..sheet.height();
        sheet.blank();
        sheet.words(LIMITS, view.look.theme.muted());
        // Behind everything that is to be read first.
        if self.waits() {
            sheet.blank();
            sheet.button("Accept this record …", Message::Decide(Decision::Accepted));
            sheet.button("Refuse this record …", Message::Decide(Decision::Refused));
        }
        (sheet, log)
    }

    /// Why somebody has to decide, before everything else: the levels tell it once more, with all that belongs to it.
    fn put_reasons(&self, sheet: &mut Sheet<Message>, view: &View<'_>) {
        let theme = sheet.theme();
        let open = self.file.levels.iter().filter(|level| level.now.outcome != Outcome::Pass);
        let mut reasons = open.filter_map(|file| Some((file, file.now.reasons.first()?))).peekable();
        if reasons.peek().is_none() {
            return;
        }
        sheet.words("it waits, because", theme.heading(2));
        for (LevelFile { level, now, .. }, reason) in reasons {
            let lead = format!("{} {}: ", words::outcome_sign(now.outcome), level.word());
            let reason = Phrase::new().own(view.look.calendar.localized(reason));
            sheet.hanging(&lead, reason, words::outcome_style(now.outcome, theme));
        }
        sheet.blank();
    }

    fn put_claims(&self, sheet: &mut Sheet<Message>, view: &View<'_>) {
        let theme = sheet.theme();
        let time = |at: crate::clock::Timestamp| view.look.calendar.day_and_time(at);
        match &self.file.claims {
            Some(claimed) => claims::put(sheet, claimed, view.look.calendar),
            None => sheet.words("not even the form of this file is that of a record", theme.bad()),
        }
        match &self.file.state {
            Some(state) => {
                sheet.field("received", &time(state.received_at), NAMES);
                let decided = self.file.decided.as_ref();
                let decided = decided.map(|decided| decided.words(view.look.calendar));
                sheet.field("standing", decided.unwrap_or_else(|| state.standing().into()), NAMES);
            }
            None => sheet.words("the registry knows nothing more of it", theme.text()),
        }
        sheet.field("fingerprint", &self.file.digest.to_string(), NAMES);
    }

    fn put_log(&self, sheet: &mut Sheet<Message>, commands: Commands) {
        let theme = sheet.theme();
        let Some(state) = &self.file.state else { return };
        sheet.field("log", &format!("entry {} (the first is 0)", state.index), NAMES);
        match &self.file.entry {
            Some(entry) if self.entry == Entry::Open => sheet.field("entry", entry, NAMES),
            Some(entry) => {
                let words = format!("{} of JSON; o shows them", counted(entry.len() as u64, "byte", "bytes"));
                sheet.field("entry", Phrase::new().own(words), NAMES);
            }
            None => {
                let words =
                    "the entry is not there; in a shell, countersign hr log verify says what is wrong";
                sheet.words(Phrase::new().own(commands.spelled(words)), theme.bad());
            }
        }
        let receipt = commands.hr(&format!("log receipt {}", self.file.digest.short()));
        sheet.field("receipt", Phrase::new().own(format!("written in a shell: {receipt}")), NAMES);
    }
}

/// Its keys, for whoever looks for two meanings of one.
pub(in crate::tui::hr) fn contexts() -> Vec<KeyContext> {
    vec![
        KeyContext::new("on a record").pad().table(KEYS),
        KeyContext::new("on a record that waits").pad().table(WAITING),
    ]
}
