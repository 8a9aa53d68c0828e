//! The page of a person: how they stand and why, and everything that happened.

use crate::digest::Digest;
use crate::phrase::Phrase;
use crate::quiz::mark::percent;
use crate::registry::dossier::{RecordState, TakenBack, WaiverState};
use crate::registry::office::{AsideNote, PersonFile};
use crate::registry::row::Membership;
use crate::registry::status::why::why;
use crate::tui::hr::screens::claims::NAMES;
use crate::tui::hr::screens::{View, leaving, whole};
use crate::tui::hr::words;
use crate::tui::keymap::{Binding, Context as KeyContext};
use crate::tui::pane::Pane;
use crate::tui::widgets::sheet::{self, Chosen, Sheet, Spot, Step, column};

/// What exists on this page.
#[derive(Debug)]
pub struct State {
    file: PersonFile,
    /// Files that were put aside and say that they are theirs.
    aside: Vec<AsideNote>,
    spot: Spot,
}

/// What happens on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// Moves.
    Step(Step),
    /// Opens what has the focus.
    Choose,
    /// Opens a record.
    Record(Digest),
    /// Opens a file that was put aside.
    Aside(Digest),
    /// Goes back.
    Leave,
}

static KEYS: &[Binding<Message>] = &[sheet::choosing(Message::Choose), leaving(Message::Leave)];

/// Where there is nothing to choose.
static BARE: &[Binding<Message>] = &[leaving(Message::Leave)];

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// A record is to be shown.
    Record(Digest),
    /// A file that was put aside is to be shown.
    Aside(Digest),
    /// The page is left.
    Leave,
}

impl State {
    pub(in crate::tui::hr) fn new(file: PersonFile, aside: Vec<AsideNote>) -> Self {
        Self { file, aside, spot: Spot::default() }
    }

    /// Whose page it is.
    #[must_use]
    pub fn file(&self) -> &PersonFile {
        &self.file
    }

    /// The same page with what is known now.
    pub(in crate::tui::hr) fn replace(&mut self, file: PersonFile, aside: Vec<AsideNote>) {
        self.file = file;
        self.aside = aside;
    }

    /// The keys that do something now.
    #[must_use]
    pub fn keys(&self) -> &'static [Binding<Message>] {
        let is_bare = self.file.dossier.records.is_empty() && self.aside.is_empty();
        if is_bare { BARE } else { KEYS }
    }

    /// What the page is called.
    #[must_use]
    pub fn title(&self) -> Phrase {
        let dossier = &self.file.dossier;
        let number = Phrase::from(dossier.number.as_str());
        match &dossier.roster {
            Some(roster) => number.own(" ").value(&roster.profile.name),
            None => number,
        }
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
            Message::Record(digest) => Some(Wish::Record(digest)),
            Message::Aside(file) => Some(Wish::Aside(file)),
            Message::Leave => Some(Wish::Leave),
        }
    }

    /// Draws the page.
    pub(in crate::tui::hr) fn view(&self, view: &View<'_>, pane: &mut Pane<'_, Message>) {
        let area = column(pane.area());
        self.sheet(view, area.width).draw(pane, area);
    }

    fn sheet(&self, view: &View<'_>, width: u16) -> Sheet<Message> {
        let mut sheet = Sheet::new(width, self.spot, view.look.theme);
        self.put_profile(&mut sheet);
        self.put_courses(&mut sheet, view);
        self.put_assignments(&mut sheet, view);
        self.put_records(&mut sheet, view);
        self.put_waivers(&mut sheet, view);
        sheet
    }

    fn put_profile(&self, sheet: &mut Sheet<Message>) {
        let dossier = &self.file.dossier;
        sheet.field("number", dossier.number.as_str(), NAMES);
        sheet.field("counted as", Membership::of(dossier).words(), NAMES);
        let profile = dossier.roster.as_ref().map(|roster| &roster.profile);
        let said = |text: Option<&String>| text.cloned();
        let fields = [
            ("name", profile.map(|profile| profile.name.clone())),
            ("department", said(profile.and_then(|profile| profile.department.as_ref()))),
            ("role", said(profile.and_then(|profile| profile.role.as_ref()))),
            ("manager", said(profile.and_then(|profile| profile.manager.as_ref()))),
            ("email", said(profile.and_then(|profile| profile.email.as_ref()))),
            ("first day", profile.and_then(|profile| profile.hired).map(|day| day.to_string())),
            ("last day", profile.and_then(|profile| profile.leaves).map(|day| day.to_string())),
        ];
        for (name, value) in fields {
            if let Some(value) = value {
                sheet.field(name, &value, NAMES);
            }
        }
        for key in &dossier.keys {
            sheet.field("key", key, NAMES);
        }
    }

    fn put_courses(&self, sheet: &mut Sheet<Message>, view: &View<'_>) {
        heading(sheet, "courses");
        let theme = sheet.theme();
        if self.file.standing.is_empty() {
            sheet.words("asked for nothing", theme.text());
        }
        let Some(at) = view.overview.map(|overview| overview.listing.at()) else { return };
        for (course, status) in &self.file.standing {
            let kind = status.kind();
            let title = view.overview.and_then(|overview| overview.titles.get(course));
            let words = Phrase::new().own(format!("{} {}: ", words::sign(kind), kind.words()));
            let words = words.value(course.as_str());
            let words = match title {
                Some(title) => words.own(" (").value(title).own(")"),
                None => words,
            };
            sheet.words(words, words::style(kind, theme));
            let why = why(status, course.as_str(), &self.file.dossier, at, view.look.calendar);
            sheet.hanging("    ", why, theme.text());
        }
    }

    fn put_assignments(&self, sheet: &mut Sheet<Message>, view: &View<'_>) {
        let dossier = &self.file.dossier;
        if dossier.assignments.is_empty() {
            return;
        }
        heading(sheet, "assignments");
        let day = |at| view.look.calendar.day(at);
        for assignment in dossier.assignments.iter().rev() {
            let by = if assignment.rule.is_some() { ", by a rule" } else { "" };
            let (at, due) = (day(assignment.at), view.look.calendar.last_day(assignment.due));
            let words = format!("assigned {at}: {}, due {due}{by}", assignment.course);
            sheet.hanging("", Phrase::new().own(words), sheet.theme().text());
        }
    }

    fn put_records(&self, sheet: &mut Sheet<Message>, view: &View<'_>) {
        let dossier = &self.file.dossier;
        heading(sheet, "records");
        let theme = sheet.theme();
        if dossier.records.is_empty() && self.aside.is_empty() {
            sheet.words("no record has come", theme.text());
        }
        let day = |at| view.look.calendar.day(at);
        for record in dossier.records.iter().rev() {
            let style = if record.counts() { theme.text() } else { theme.caution() };
            let words = format!("received {}: {}", day(record.received_at), record_words(record));
            sheet.link(Phrase::new().own(words), style, Message::Record(record.digest));
            let decided = self.file.decisions.iter().rev().find(|decided| decided.record == record.digest);
            if let Some(decided) = decided {
                sheet.hanging("    ", decided.words(view.look.calendar), theme.text());
            }
        }
        for note in &self.aside {
            let words = Phrase::new().own(format!("received {}, put aside: ", day(note.at)));
            sheet.link(words.value(&note.name), theme.caution(), Message::Aside(note.file));
            // A forged file is not seen by its name.
            for reason in note.reasons.iter().take(1) {
                let reason = view.look.calendar.localized(reason);
                sheet.hanging("    ", Phrase::new().own(reason), theme.text());
            }
        }
    }

    fn put_waivers(&self, sheet: &mut Sheet<Message>, view: &View<'_>) {
        let dossier = &self.file.dossier;
        if dossier.waivers.is_empty() {
            return;
        }
        heading(sheet, "exceptions");
        for waiver in dossier.waivers.iter().rev() {
            sheet.hanging("", waiver_words(waiver, view), sheet.theme().text());
        }
    }
}

fn heading(sheet: &mut Sheet<Message>, words: &str) {
    sheet.blank();
    let style = sheet.theme().heading(2);
    sheet.words(words, style);
}

fn record_words(record: &RecordState) -> String {
    let result = if record.passed { "passed" } else { "failed" };
    let percent = percent(record.earned, record.possible);
    let standing = record.standing();
    let age = record.kept().map(|age| format!("; {age}")).unwrap_or_default();
    format!("{}, {result} with {percent} %, {standing}, {}{age}", record.course, record.digest.short())
}

fn waiver_words(waiver: &WaiverState, view: &View<'_>) -> Phrase {
    let calendar = view.look.calendar;
    let given = |until: String| {
        let words = format!("given {}: {}{until}, approved by ", calendar.day(waiver.at), waiver.course);
        Phrase::new().own(words).value(&waiver.approver).own(": ").value(&waiver.reason)
    };
    let Some(TakenBack { by, reason, .. }) = &waiver.taken_back else {
        return given(format!(", until {}", calendar.last_day(waiver.until)));
    };
    let words = format!("; taken back on {} by ", calendar.day(waiver.until));
    given(String::new()).own(words).value(by).own(": ").value(reason)
}

/// Its keys, for whoever looks for two meanings of one.
pub(in crate::tui::hr) fn contexts() -> Vec<KeyContext> {
    vec![
        KeyContext::new("on a person").pad().table(KEYS),
        KeyContext::new("on a person without records").pad().table(BARE),
    ]
}
