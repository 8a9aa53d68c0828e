//! What waits for a decision, and what was put aside, each with its reasons.

use std::fmt::Write as _;

use ratatui::text::Line;

use crate::digest::Digest;
use crate::phrase::Phrase;
use crate::registry::claimant::Claimant;
use crate::registry::office::Overview;
use crate::report::figures::grouped;
use crate::tui::hr::screens::{View, list_keys};
use crate::tui::keymap::{Binding, Context as KeyContext, Key};
use crate::tui::pane::Pane;
use crate::tui::theme::Theme;
use crate::tui::widgets::phrases;
use crate::tui::widgets::rows::{Place, Step};
use crate::tui::widgets::text;

/// What exists on this screen.
#[derive(Debug, Default)]
pub struct State {
    place: Place,
    /// How many rows there were when it was read.
    length: usize,
}

/// What happens on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// Moves.
    Step(Step),
    /// Opens the selected row.
    Open,
    /// Selects a row; opens it when it is selected already.
    Click(usize),
}

static KEYS: &[Binding<Message>] = list_keys!(
    Message::Step,
    "row",
    [Binding::new(
        &[Key::Enter, Key::Right, Key::Char('l')],
        Message::Open,
        "the five levels; there you decide",
    )
    .action("open")
    .hint("look"),]
);

/// What is to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// This record.
    Record(Digest),
    /// This file that was put aside.
    Aside(Digest),
}

impl State {
    /// The keys that do something now.
    #[must_use]
    pub fn keys(&self) -> &'static [Binding<Message>] {
        if self.length > 0 { KEYS } else { &[] }
    }

    /// Everything was read anew: what is selected stays selected, if it is still there.
    pub(in crate::tui::hr) fn refresh(&mut self, before: Option<&Overview>, overview: &Overview) {
        let place = before.and_then(|before| self.wish(before)).and_then(|wish| match wish {
            Wish::Record(digest) => overview.waiting.shown.iter().position(|record| record.digest == digest),
            Wish::Aside(file) => {
                let aside = overview.aside.shown.iter().position(|note| note.file == file);
                aside.map(|aside| overview.waiting.shown.len() + aside)
            }
        });
        self.length = length(overview);
        if let Some(selected) = place {
            self.place = self.place.moved_to(selected);
        }
    }

    /// Selects a row that was found elsewhere.
    pub(in crate::tui::hr) fn show(&mut self, row: usize) {
        self.place = self.place.moved_to(row);
    }

    pub(in crate::tui::hr) fn update(&mut self, message: Message, view: &View<'_>) -> Option<Wish> {
        let overview = view.overview?;
        match message {
            Message::Step(step) => self.step(step, view),
            Message::Open => return self.wish(overview),
            Message::Click(row) if row == self.place.selected() => return self.wish(overview),
            Message::Click(row) => self.step(Step::To(row), view),
        }
        None
    }

    fn step(&mut self, step: Step, view: &View<'_>) {
        let length = view.overview.map_or(0, length);
        self.place = self.place.after(step, length, list_height(view.size.height));
    }

    fn wish(&self, overview: &Overview) -> Option<Wish> {
        let selected = self.place.selected();
        match selected.checked_sub(overview.waiting.shown.len()) {
            None => Some(Wish::Record(overview.waiting.shown.get(selected)?.digest)),
            Some(aside) => Some(Wish::Aside(overview.aside.shown.get(aside)?.file)),
        }
    }

    /// Draws what stands between heading and hints.
    pub(in crate::tui::hr) fn view(&self, view: &View<'_>, pane: &mut Pane<'_, Message>) {
        let theme = view.look.theme;
        let Some(overview) = view.overview else { return };
        let width = view.size.width;
        // Nobody decides in the past.
        let today = if view.past.is_some() { "of today: " } else { "" };
        let summary = Phrase::new().own(format!("{today}{}", summary(overview)));
        pane.line(1, 0, &phrases::line(&summary, width.saturating_sub(2).into(), theme.strong(), theme));
        let (height, length) = (list_height(view.size.height), length(overview));
        let place = self.place.within(length, height);
        for (row, index) in (1..).zip((place.top()..length).take(height)) {
            let (words, style) = line(overview, index, view, theme);
            let selected = index == place.selected();
            let sign = if selected { "›" } else { " " };
            pane.line(0, row, &Line::from(text::own(sign, theme.strong())));
            pane.line(2, row, &phrases::line(&words, width.saturating_sub(3).into(), style, theme));
            pane.hit(0..width, row, Message::Click(index));
            if selected {
                pane.style(0..width, row, theme.selected());
                pane.cursor(0, row);
            }
        }
        draw_reasons(overview, place.selected(), height.min(length), view, pane);
    }
}

fn draw_reasons(
    overview: &Overview,
    selected: usize,
    rows_above: usize,
    view: &View<'_>,
    pane: &mut Pane<'_, Message>,
) {
    let theme = view.look.theme;
    let width = view.size.width.saturating_sub(2);
    let reasons = match selected.checked_sub(overview.waiting.shown.len()) {
        None => overview.waiting.shown.get(selected).map(|record| {
            let reason = |(level, words): &(crate::registry::terms::Level, String)| {
                let words = view.look.calendar.localized(words);
                Phrase::new().own(format!("{}: {words}", level.word()))
            };
            let whole = line(overview, selected, view, theme).0;
            whole_if_cut(whole, width).chain(record.reasons.iter().map(reason)).collect::<Vec<_>>()
        }),
        Some(aside) => overview.aside.shown.get(aside).map(|note| {
            let whole = line(overview, selected, view, theme).0;
            let reasons =
                note.reasons.iter().map(|reason| Phrase::new().own(view.look.calendar.localized(reason)));
            whole_if_cut(whole, width).chain(reasons).collect()
        }),
    };
    let first = u16::try_from(rows_above).unwrap_or(u16::MAX).saturating_add(2);
    let lines =
        reasons.iter().flatten().flat_map(|reason| phrases::lines(reason, width, theme.text(), theme));
    let room = usize::from(view.size.height.saturating_sub(first));
    for (row, line) in (first..).zip(lines.take(room)) {
        pane.line(1, row, &line);
    }
}

/// The words of a row that has no room for all of them.
fn whole_if_cut(words: Phrase, width: u16) -> impl Iterator<Item = Phrase> {
    let cut = phrases::width(&words) >= usize::from(width);
    cut.then_some(words).into_iter()
}

/// How many rows of a body are for the list: what is left is for the reasons of the one that is selected.
fn list_height(body: u16) -> usize {
    usize::from(body).saturating_sub(2).div_ceil(2).max(1)
}

fn length(overview: &Overview) -> usize {
    overview.waiting.shown.len() + overview.aside.shown.len()
}

fn summary(overview: &Overview) -> String {
    let all = |first: usize, more: u64| grouped(first as u64 + more);
    let waiting = &overview.waiting;
    let aside = &overview.aside;
    let mut words = if waiting.shown.is_empty() {
        "nothing waits for a decision".to_owned()
    } else {
        let count = all(waiting.shown.len(), waiting.more);
        let verb = if count == "1" { "record waits" } else { "records wait" };
        format!("{count} {verb} for a decision")
    };
    if !aside.shown.is_empty() {
        let _ = write!(words, ", {} put aside", all(aside.shown.len(), aside.more));
    }
    if waiting.more + aside.more > 0 {
        words.push_str("; not all are shown");
    }
    words
}

/// A row and how it looks. What it is, what is wrong and whose stand first, because a narrow screen shows no more.
fn line(overview: &Overview, index: usize, view: &View<'_>, theme: Theme) -> (Phrase, ratatui::style::Style) {
    let day = |at| view.look.calendar.day(at);
    match index.checked_sub(overview.waiting.shown.len()) {
        None => {
            let record = &overview.waiting.shown[index];
            let name = record.claimant.as_ref().map(Claimant::called).unwrap_or_default();
            let words = Phrase::new().own(format!("? waits  {}  ", record.digest.short()));
            let words = words.value(record.person.as_str()).own(" ").then(name);
            let rest = format!(", {}, received {}", record.course, day(record.received_at));
            (words.own(rest), theme.caution())
        }
        Some(aside) => {
            let words = overview.aside.shown.get(aside).map(|note| {
                let wrong =
                    note.levels.wrong().map(|level| format!(": {}", level.word())).unwrap_or_default();
                let words = Phrase::new().own(format!("✗ aside{wrong}  {}  ", note.file.short()));
                let claimed = note.claimed.as_deref().zip(note.called.as_deref()).into_iter();
                let words = claimed.fold(words, |words, (number, name)| match (number.trim(), name.trim()) {
                    ("", "") => words.own("names nobody, "),
                    _ => words.own("says: ").value_if_any(number).own(" ").value_if_any(name).own(", "),
                });
                words.value(&note.name).own(format!(", received {}", day(note.at)))
            });
            (words.unwrap_or_default(), theme.text())
        }
    }
}

/// Its keys, for whoever looks for two meanings of one.
pub(in crate::tui::hr) fn contexts() -> Vec<KeyContext> {
    vec![KeyContext::new("on what waits").table(KEYS)]
}
