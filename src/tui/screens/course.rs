//! The course at a glance.

mod edition;
mod listed;
mod rows;

use std::fmt::Write as _;

use ratatui::layout::Size;
use ratatui::style::Style;
use ratatui::text::Line;

use crate::clock::Timestamp;
use crate::printable::{self, Printable};
use crate::training::{AssessmentState, LessonState, News, Overview, PolicyState, Step, minutes_left};
use crate::tui::effect::{Effect, sending};
use crate::tui::everywhere::LEAVE;
use crate::tui::keymap::{Binding, Context as KeyContext, Key};
use crate::tui::message::{Destination, Message as FaceMessage};
use crate::tui::pane::{Context, Pane, View};
use crate::tui::screens::shared::{CORRECT, due, other_ways, other_ways_in_a_line};
use crate::tui::screens::{Heading, ScreenState, Table, Yields};
use crate::tui::theme::Theme;
use crate::tui::widgets::panel::Way;
use crate::tui::widgets::{more, text};
use listed::Listed;
use rows::{Goes, Row, module_rows, row_lines, rows};

/// What exists on this screen.
#[derive(Debug)]
pub struct State {
    /// The row that Enter opens.
    selected: usize,
    /// What a new version of the course changed, said until the learner goes on.
    news: Vec<News>,
    /// Something that was done before the first screen, for whoever did it.
    told: Option<&'static str>,
    entered: Entered,
}

/// So many columns of a name are seen in any case; a longer one leaves the others to the title of the course.
const NAME_SHOWN: usize = 24;

/// From this height on, in rows, empty lines part what is said, the lessons, and what counts.
const ROOMY: u16 = 14;

/// Where the learner came from. Who comes back to the program may not be able to read this screen comfortably today, so its
/// first screen always says how else the course can be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entered {
    /// The program was started.
    ByStarting,
    /// Another screen was open before.
    FromWithin,
}

/// What happens on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Selects the row above.
    Up,
    /// Selects the row below.
    Down,
    /// Selects a row so far above that the list goes on where it began.
    PageUp,
    /// The same below.
    PageDown,
    /// Selects the first row.
    First,
    /// Selects the last row.
    Last,
    /// Opens the selected row.
    Open,
    /// Opens this row.
    OpenRow(usize),
    /// Goes on with what was left off, else with what comes next.
    Continue,
    /// Shows the bookmarks and notes.
    Bookmarks,
    /// Looks for words in the whole course.
    Find,
    /// Corrects who the learner is.
    Correct,
    /// Asks whether to take the course again.
    Again,
    /// Ends the program.
    Quit,
}

static KEYS: &[Binding<Message>] = &[
    Binding::new(&[Key::Enter, Key::Right, Key::Char('l')], Message::Open, "open the marked line")
        .action("open")
        .hint("open"),
    Binding::new(&[Key::Down, Key::Char('j'), Key::WheelDown], Message::Down, "next line")
        .action("down")
        .hint("choose")
        .repeating(),
    Binding::new(&[Key::Up, Key::Char('k'), Key::WheelUp], Message::Up, "previous line")
        .action("up")
        .repeating(),
    Binding::new(&[Key::PageUp, Key::Ctrl('b')], Message::PageUp, "a page of the list up").repeating(),
    Binding::new(&[Key::PageDown, Key::Ctrl('f')], Message::PageDown, "a page of the list down").repeating(),
    Binding::new(&[Key::Char('c'), Key::Char(' ')], Message::Continue, "go on with what comes next")
        .action("go_on")
        .hint("go on"),
    // Nothing is lost by it: everything is saved when it is done. But it leaves the program, so the last line names it.
    Binding::new(&[Key::Esc, Key::Char('q')], Message::Quit, LEAVE).action("leave").hint("quit"),
    Binding::new(&[Key::Home, Key::Char('g')], Message::First, "first line").action("top"),
    Binding::new(&[Key::End, Key::Char('G')], Message::Last, "last line").action("end"),
    Binding::new(&[Key::Char('M')], Message::Bookmarks, "your bookmarks and notes")
        .action("bookmarks")
        .hint("notes"),
    Binding::new(&[Key::Char('/')], Message::Find, "find words in the whole course").action("find"),
    Binding::new(&[Key::Char('e')], Message::Correct, CORRECT).action("correct").hint("name"),
    Binding::new(
        TAKE_AGAIN_KEYS,
        Message::Again,
        "take the course again, once it is completed; you are asked first",
    )
    .action(TAKE_AGAIN),
];

/// The action that asks whether to take the course again, and its keys.
const TAKE_AGAIN: &str = "take_again";
const TAKE_AGAIN_KEYS: &[Key] = &[Key::Char('R')];

impl State {
    /// The course with that marked with which one goes on.
    #[must_use]
    pub fn open(context: &Context<'_>) -> Self {
        let overview = context.training.overview(context.now);
        let mut state =
            Self { selected: 0, news: context.training.news(), told: None, entered: Entered::FromWithin };
        state.selected = row_to_go_on(&context.view(), &overview);
        state
    }

    /// The same for who comes back from a part of it: that part stays marked as long as there is something to do in it or, where
    /// everything is done or this was `again` before they went there, to look at.
    pub fn come_back_from(&mut self, part: Destination, again: bool, context: &Context<'_>) {
        let overview = context.training.overview(context.now);
        let rows = rows(&context.view(), &overview);
        let row = rows.iter().position(|row| matches!(&row.goes_to, Goes::To(to) if *to == part));
        let stays = again || is_open(part, &overview) || overview.next == Step::Certificate;
        if let Some(row) = row.filter(|_| stays) {
            self.selected = row;
        }
    }

    /// The same as the first screen of the program.
    #[must_use]
    pub fn open_first(context: &Context<'_>) -> Self {
        Self { entered: Entered::ByStarting, ..Self::open(context) }
    }

    /// The same with something told as long as it is shown.
    #[must_use]
    pub fn telling(self, told: &'static str) -> Self {
        Self { told: Some(told), ..self }
    }

    /// What is said above the list, and behind it what has no room there.
    fn asides(&self, view: &View<'_>, width: u16) -> (Vec<Line<'static>>, Vec<Line<'static>>) {
        let theme = view.settings.theme;
        let shown = |words: &str, style: Style| {
            let parts = text::wrapped(words, width);
            parts.iter().map(|part| Line::from(text::shown(part, style))).collect::<Vec<_>>()
        };
        let mut above = Vec::new();
        above.extend(due(view).map(|(words, style)| Line::from(text::said(&words, style))));
        let news = self.news.iter().map(|news| format!("! {}", news_words(news, view)));
        above.extend(renewal(view).into_iter().chain(news).flat_map(|words| shown(&words, theme.caution())));
        let mut below = Vec::new();
        let reason = view.training.reason().map(|reason| format!("why: {reason}"));
        let told = self.told.map(str::to_owned);
        for aside in told.into_iter().chain(reason).chain(self.ways_below(view, width)) {
            let lines = shown(&aside, theme.muted());
            // In sight at once where one line is enough, else behind everything else.
            let place = if lines.len() == 1 { &mut above } else { &mut below };
            place.extend(lines);
        }
        (above, below)
    }

    /// How else the course can be taken, where that is said.
    fn ways(&self, view: &View<'_>) -> Option<String> {
        match self.entered {
            Entered::ByStarting => Some(other_ways(view.settings)),
            Entered::FromWithin => None,
        }
    }

    /// The same behind the list, where one line in sight does not hold all of it.
    fn ways_below(&self, view: &View<'_>, width: u16) -> Option<String> {
        self.ways(view).filter(|ways| printable::width(ways) > width.into())
    }

    /// The same in the line that stays in sight.
    fn ways_in_sight(&self, view: &View<'_>, width: u16) -> Option<Line<'static>> {
        self.ways(view)?;
        let words = other_ways_in_a_line(view.settings, width)?;
        Some(Line::from(text::shown(&words, view.settings.theme.muted())))
    }

    /// What is to be seen on a body of this size, and around it.
    fn listed(&self, view: &View<'_>, body: Size) -> Listed {
        let theme = view.settings.theme;
        let overview = view.training.overview(view.now);
        let margin: u16 = if body.width >= 60 { 2 } else { 1 };
        let width = body.width.saturating_sub(2 * margin);
        let (said, below) = self.asides(view, width);
        let ways = self.ways_in_sight(view, width);
        let is_roomy = body.height >= ROOMY;
        let mut lines: Vec<(Line<'static>, Option<usize>)> = Vec::new();
        lines.extend(said.into_iter().map(|line| (line, None)));
        // On a small screen the ways stand there, and take no room from what comes next.
        if is_roomy || ways.is_none() {
            lines.push((Line::default(), None));
        }
        let rows = rows(view, &overview);
        let selected = self.selected.min(rows.len().saturating_sub(1));
        let modules = overview.modules.len();
        for (index, row) in rows.iter().enumerate() {
            // The lessons and checks are one list, what counts is the other.
            if index > 0 && index == module_rows(&overview) && modules > 0 && is_roomy {
                lines.push((Line::default(), None));
            }
            for line in row_lines(row, index == selected, width, theme) {
                lines.push((line, Some(index)));
            }
        }
        if !below.is_empty() {
            lines.push((Line::default(), None));
            lines.extend(below.into_iter().map(|line| (line, None)));
        }
        // Where all of it is in sight behind the list, nothing is said twice.
        let is_all_in_sight = lines.len() < usize::from(body.height);
        let ways = ways.filter(|_| !is_all_in_sight || self.ways_below(view, width).is_none());
        Listed { margin, progress: progress(&overview, width, theme), ways, lines }
    }

    /// The row to mark a page of the list further.
    fn a_page_from_here(&self, way: Way, context: &Context<'_>) -> usize {
        let listed = self.listed(&context.view(), context.size);
        listed.a_page_from(self.selected, way, context.size)
    }
}

impl ScreenState for State {
    type Message = Message;

    fn keys(&self) -> Table<Message> {
        Table::Own(KEYS)
    }

    fn heading(&self, view: &View<'_>) -> Heading {
        let title = Printable::new(&view.training.course().title);
        let name = Printable::new(&view.training.learner().person.name);
        Heading { title, status: name, yields: Yields::Status(NAME_SHOWN) }
    }

    fn update(&mut self, message: Message, context: &mut Context<'_>) -> Vec<Effect> {
        let overview = context.training.overview(context.now);
        let mut rows = rows(&context.view(), &overview);
        let last = rows.len().saturating_sub(1);
        self.selected = self.selected.min(last);
        match message {
            Message::Up => self.selected = self.selected.saturating_sub(1),
            Message::Down => self.selected = (self.selected + 1).min(last),
            Message::PageUp => self.selected = self.a_page_from_here(Way::Up, context),
            Message::PageDown => self.selected = self.a_page_from_here(Way::Down, context),
            Message::First => self.selected = 0,
            Message::Last => self.selected = last,
            Message::Open => {
                let row = rows.into_iter().nth(self.selected);
                return open_row(row);
            }
            Message::OpenRow(index) => {
                if index <= last {
                    self.selected = index;
                    return open_row(Some(rows.swap_remove(index)));
                }
            }
            Message::Continue => {
                self.selected = row_to_go_on(&context.view(), &overview);
                let row = rows.into_iter().nth(self.selected);
                return open_row(row);
            }
            Message::Bookmarks => return vec![sending(FaceMessage::Bookmarks)],
            Message::Find => return vec![sending(FaceMessage::Find)],
            Message::Correct => return vec![sending(FaceMessage::Correct)],
            Message::Again => {
                return vec![sending(FaceMessage::AskToBeginAgain)];
            }
            Message::Quit => return vec![sending(FaceMessage::Quit)],
        }
        Vec::new()
    }

    fn view(&self, view: &View<'_>, pane: &mut Pane<'_, Message>) {
        let theme = view.settings.theme;
        let area = pane.area();
        let listed = self.listed(view, area.as_size());
        let Listed { margin, lines, .. } = &listed;
        let margin = *margin;
        // How far somebody has come stays in sight, however long the course is, and so does how else it can be taken.
        pane.line(margin, 0, &listed.progress);
        if let Some(ways) = &listed.ways {
            pane.line(margin, 1, ways);
        }
        let (above, height) = (listed.above(), listed.height(area.as_size()));
        let selected = self.selected.min(listed.last());
        let first = listed.begin_of(selected);
        let top = listed.top(selected, height);
        for (row, (index, (line, of))) in (above..area.height).zip(lines.iter().enumerate().skip(top)) {
            pane.line(margin, row, line);
            if let Some(of) = of {
                // Beside a list of more than a screen the signs that turn it come and go.
                let end = if lines.len() > height { area.width.saturating_sub(1) } else { area.width };
                pane.hit(0..end, row, Message::OpenRow(*of));
                if *of == selected {
                    pane.style(margin..area.width.saturating_sub(margin), row, theme.selected());
                }
            }
            if index == first {
                pane.cursor(margin, row);
            }
        }
        let column = area.width.saturating_sub(1);
        if top > 0 {
            more::above(pane, column, above, theme);
        }
        if top + height < lines.len() {
            more::below(pane, column, area.height.saturating_sub(1), theme);
        }
    }

    fn changes_at(&self, view: &View<'_>) -> Option<Timestamp> {
        match view.training.assessment(view.now) {
            AssessmentState::Waiting { until, .. } => Some(until),
            AssessmentState::Locked(_)
            | AssessmentState::Ready { .. }
            | AssessmentState::UnderWay { .. }
            | AssessmentState::NoneLeft
            | AssessmentState::Passed { .. }
            | AssessmentState::VersionMissing => None,
        }
    }
}

/// Whether nothing is left to be done in a part of the course.
#[must_use]
pub fn is_done(part: Destination, context: &Context<'_>) -> bool {
    !is_open(part, &context.training.overview(context.now))
}

/// Whether something is left to be done in this part of the course.
fn is_open(part: Destination, overview: &Overview) -> bool {
    let module = |module: usize| overview.modules.get(module);
    match part {
        Destination::Lesson(lesson) => {
            module(lesson).is_some_and(|module| module.lesson != LessonState::Read)
        }
        Destination::Check(check) => {
            module(check).and_then(|module| module.check).is_some_and(|check| !check.is_passed())
        }
        Destination::Assessment => !matches!(overview.assessment, AssessmentState::Passed { .. }),
        Destination::Policy => matches!(overview.policy, Some(PolicyState::Locked | PolicyState::Open)),
        Destination::Course | Destination::Sign | Destination::Certificate => false,
    }
}

/// The row of what to go on with.
fn row_to_go_on(view: &View<'_>, overview: &Overview) -> usize {
    let rows = rows(view, overview);
    let step = view.training.step_to_go_on();
    let wanted = match step {
        Step::Lesson(module) => Destination::Lesson(module),
        Step::Check(module) => Destination::Check(module),
        Step::Assessment => Destination::Assessment,
        Step::Policy => Destination::Policy,
        Step::Sign | Step::Certificate => return rows.len().saturating_sub(1),
    };
    let row = rows.iter().position(|row| matches!(&row.goes_to, Goes::To(to) if *to == wanted));
    // A closed assessment is a line too: it says why.
    row.unwrap_or(match step {
        Step::Assessment => rows.iter().position(|row| matches!(row.goes_to, Goes::Nowhere(_))).unwrap_or(0),
        Step::Lesson(_) | Step::Check(_) | Step::Policy | Step::Sign | Step::Certificate => 0,
    })
}

/// What opening a row does.
fn open_row(row: Option<Row>) -> Vec<Effect> {
    let message = match row.map(|row| row.goes_to) {
        None => return Vec::new(),
        Some(Goes::To(destination)) => FaceMessage::Go(destination),
        Some(Goes::Nowhere(why)) => FaceMessage::Say(why),
    };
    vec![sending(message)]
}

/// How far the learner has come: a bar, and the same in words.
fn progress(overview: &Overview, width: u16, theme: Theme) -> Line<'static> {
    let percent = overview.percent.min(100);
    let read = overview.modules.iter().filter(|module| module.lesson == LessonState::Read).count();
    let mut words = format!(" {percent} %");
    if width >= 60 {
        let _ = write!(words, ", {read} of {} lessons read", overview.modules.len());
    }
    if overview.next != Step::Certificate {
        let _ = write!(words, ", {}", minutes_left(overview.minutes_left));
    }
    let room = usize::from(width).saturating_sub(words.chars().count()).min(40);
    let full = room * usize::try_from(percent).unwrap_or(0) / 100;
    Line::from(vec![
        text::said(&"█".repeat(full), theme.accent()),
        text::said(&"░".repeat(room.saturating_sub(full)), theme.muted()),
        text::said(&words, theme.text()),
    ])
}

/// Why the completed course may have to be taken again, and how.
fn renewal(view: &View<'_>) -> Option<String> {
    let renewals = view.training.renewals(view.now);
    let reasons: Vec<_> = renewals.iter().map(|renewal| renewal.words(view.settings.zone)).collect();
    let key = view.settings.keymap.first_key(TAKE_AGAIN, TAKE_AGAIN_KEYS);
    let way = key.map_or_else(String::new, |key| format!(" To take the course again: {}.", key.name()));
    (!reasons.is_empty()).then(|| format!("! {}{way}", reasons.join(" ")))
}

fn news_words(news: &News, view: &View<'_>) -> String {
    let modules = &view.training.course().modules;
    let title = |module: usize| {
        modules.get(module).map_or_else(Printable::default, |module| Printable::new(&module.lesson.title))
    };
    match news {
        News::LessonChanged { module, read } => {
            format!("new version of the course: “{}” is to be {}", title(*module), read.reading_words())
        }
        News::CheckChanged { module, questions: 1 } => {
            format!("new version of the course: 1 question of the check of “{}” is new", title(*module))
        }
        News::CheckChanged { module, questions } => {
            format!(
                "new version of the course: {questions} questions of the check of “{}” are new",
                title(*module)
            )
        }
        News::AttemptOnOlderVersion(versions) => versions.words(),
    }
}

/// Its keys, for whoever looks for two meanings of one.
pub(super) fn contexts() -> Vec<KeyContext> {
    vec![KeyContext::new("on the course").table(KEYS)]
}

#[cfg(test)]
mod tests;
