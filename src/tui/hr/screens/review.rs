//! What waits for a decision, and what was put aside, each with its reasons.

use std::fmt::Write as _;

use ratatui::text::Line;

use crate::digest::Digest;
use crate::printable::Printable;
use crate::registry::claimant::Claimant;
use crate::registry::office::Overview;
use crate::report::figures::grouped;
use crate::tui::hr::screens::View;
use crate::tui::keymap::{Binding, Key};
use crate::tui::pane::Pane;
use crate::tui::theme::Theme;
use crate::tui::widgets::rows::{Place, Step};
use crate::tui::widgets::text;

/// What exists on this screen.
#[derive(Debug, Default)]
pub struct State {
    place: Place,
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

static KEYS: &[Binding<Message>] = &[
    Binding::new(
        &[Key::Enter, Key::Right, Key::Char('l')],
        Message::Open,
        "the five levels; there you decide",
    )
    .hint("look and decide"),
    Binding::new(&[Key::Down, Key::Char('j')], Message::Step(Step::Down), "next row").repeating(),
    Binding::new(&[Key::Up, Key::Char('k')], Message::Step(Step::Up), "previous row").repeating(),
    Binding::new(&[Key::PageDown, Key::Char(' ')], Message::Step(Step::PageDown), "page down").repeating(),
    Binding::new(&[Key::PageUp, Key::Char('b')], Message::Step(Step::PageUp), "page up").repeating(),
    Binding::new(&[Key::Home, Key::Char('g')], Message::Step(Step::First), "first row"),
    Binding::new(&[Key::End, Key::Char('G')], Message::Step(Step::Last), "last row"),
    Binding::new(&[Key::WheelDown], Message::Step(Step::WheelDown), "rows down"),
    Binding::new(&[Key::WheelUp], Message::Step(Step::WheelUp), "rows up"),
];

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
        KEYS
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
        let summary = Printable::new(&summary(overview)).cut(usize::from(width.saturating_sub(2)));
        pane.line(1, 0, &Line::from(text::shown(&summary, theme.strong())));
        let (height, length) = (list_height(view.size.height), length(overview));
        let place = self.place.within(length, height);
        for (row, index) in (1..).zip((place.top()..length).take(height)) {
            let (words, style) = line(overview, index, view, theme);
            let selected = index == place.selected();
            let sign = if selected { "›" } else { " " };
            pane.line(0, row, &Line::from(text::own(sign, theme.strong())));
            let words = Printable::new(&words).cut(usize::from(width.saturating_sub(3)));
            pane.line(2, row, &Line::from(text::shown(&words, style)));
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
                format!("{}: {words}", level.word())
            };
            record.reasons.iter().map(reason).collect::<Vec<_>>()
        }),
        Some(aside) => overview.aside.shown.get(aside).map(|note| note.reasons.clone()),
    };
    let reasons = reasons.unwrap_or_default();
    let first = u16::try_from(rows_above).unwrap_or(u16::MAX).saturating_add(2);
    let lines = reasons.iter().flat_map(|reason| text::wrapped(reason, width));
    let room = usize::from(view.size.height.saturating_sub(first));
    for (row, line) in (first..).zip(lines.take(room)) {
        pane.line(1, row, &Line::from(text::shown(&line, theme.text())));
    }
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

fn line(overview: &Overview, index: usize, view: &View<'_>, theme: Theme) -> (String, ratatui::style::Style) {
    let day = |at| view.look.calendar.day(at);
    match index.checked_sub(overview.waiting.shown.len()) {
        None => {
            let record = &overview.waiting.shown[index];
            let name = record.claimant.as_ref().map(Claimant::called).unwrap_or_default();
            let words = format!(
                "? waits  {}  {} {name}, {}, received {}",
                record.digest.short(),
                record.person,
                record.course,
                day(record.received_at)
            );
            (words, theme.caution())
        }
        Some(aside) => {
            let words = match overview.aside.shown.get(aside) {
                Some(note) => {
                    let claimed = note.claimed.as_ref().map(|number| format!(" (says: {number})"));
                    let claimed = claimed.unwrap_or_default();
                    format!(
                        "✗ aside  {}  {}{claimed}, received {}",
                        note.file.short(),
                        note.name,
                        day(note.at)
                    )
                }
                None => String::new(),
            };
            (words, theme.text())
        }
    }
}
