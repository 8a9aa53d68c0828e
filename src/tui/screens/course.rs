//! The course at a glance.

mod edition;

use std::fmt::Write as _;

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::clock::Timestamp;
use crate::markup;
use crate::printable::Printable;
use crate::training::{AssessmentState, CheckState, LessonState, Missing, News, Overview, PolicyState, Step};
use crate::tui::effect::Effect;
use crate::tui::keymap::{Binding, Key};
use crate::tui::message::{Destination, Message as Face};
use crate::tui::model::LEAVE;
use crate::tui::pane::{Context, Pane, View};
use crate::tui::screens::{Heading, ScreenState};
use crate::tui::theme::Theme;
use crate::tui::widgets::text;

/// What exists on this screen.
#[derive(Debug)]
pub struct State {
    /// The row that Enter opens.
    selected: usize,
    /// What a new version of the course changed, said until the learner goes on.
    news: Vec<News>,
}

/// What happens on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Selects the row above.
    Up,
    /// Selects the row below.
    Down,
    /// Selects the first row.
    First,
    /// Selects the last row.
    Last,
    /// Opens the selected row.
    Open,
    /// Opens this row.
    OpenRow(usize),
    /// Goes where the learner left off.
    Continue,
    /// Asks whether to take the course again.
    Again,
    /// Ends the program.
    Quit,
}

static KEYS: &[Binding<Message>] = &[
    Binding::new(&[Key::Enter, Key::Right, Key::Char('l')], Message::Open, "open the marked line")
        .hint("open"),
    Binding::new(&[Key::Down, Key::Char('j'), Key::WheelDown], Message::Down, "next line")
        .hint("choose")
        .repeating(),
    Binding::new(&[Key::Up, Key::Char('k'), Key::WheelUp], Message::Up, "previous line").repeating(),
    Binding::new(&[Key::Char('c'), Key::Char(' ')], Message::Continue, "go on where you left off")
        .hint("continue"),
    Binding::new(&[Key::Home, Key::Char('g')], Message::First, "first line"),
    Binding::new(&[Key::End, Key::Char('G')], Message::Last, "last line"),
    Binding::new(
        &[Key::Char('R')],
        Message::Again,
        "take the course again, once it is completed; you are asked first",
    ),
    Binding::new(&[Key::Char('q'), Key::Esc], Message::Quit, LEAVE).hint("quit"),
];

/// A line of the list.
struct Row {
    goes_to: Goes,
    sign: &'static str,
    title: Printable,
    state: Printable,
    style: Style,
}

enum Goes {
    To(Destination),
    Nowhere(String),
}

impl State {
    /// The course with what comes next marked.
    #[must_use]
    pub fn open(context: &Context<'_>) -> Self {
        let overview = context.training.overview(context.now);
        let mut state = Self { selected: 0, news: context.training.news() };
        state.selected = row_of_next(&context.view(), &overview);
        state
    }
}

impl ScreenState for State {
    type Message = Message;

    fn keys(&self) -> &'static [Binding<Message>] {
        KEYS
    }

    fn heading(&self, view: &View<'_>) -> Heading {
        let title = Printable::new(&view.training.course().title);
        Heading { title, status: Printable::new(&view.training.learner().person.name) }
    }

    fn update(&mut self, message: Message, context: &mut Context<'_>) -> Vec<Effect> {
        let overview = context.training.overview(context.now);
        let mut rows = rows(&context.view(), &overview);
        let last = rows.len().saturating_sub(1);
        self.selected = self.selected.min(last);
        match message {
            Message::Up => self.selected = self.selected.saturating_sub(1),
            Message::Down => self.selected = (self.selected + 1).min(last),
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
                self.selected = row_of_next(&context.view(), &overview);
                let row = rows.into_iter().nth(self.selected);
                return open_row(row);
            }
            Message::Again => {
                return vec![Effect::Send(Box::new(Face::AskToBeginAgain))];
            }
            Message::Quit => return vec![Effect::Send(Box::new(Face::Quit))],
        }
        Vec::new()
    }

    fn view(&self, view: &View<'_>, pane: &mut Pane<'_, Message>) {
        let theme = view.settings.theme;
        let overview = view.training.overview(view.now);
        let area = pane.area();
        let margin: u16 = if area.width >= 60 { 2 } else { 1 };
        let width = area.width.saturating_sub(2 * margin);
        let mut lines: Vec<(Line<'static>, Option<usize>)> = Vec::new();
        lines.extend(due(view, &overview).into_iter().map(|line| (line, None)));
        for news in &self.news {
            for part in text::wrapped(&format!("! {}", news_words(news, view)), width) {
                lines.push((Line::from(text::shown(&part, theme.caution())), None));
            }
        }
        lines.push((Line::default(), None));
        let rows = rows(view, &overview);
        let selected = self.selected.min(rows.len().saturating_sub(1));
        let modules = overview.modules.len();
        for (index, row) in rows.iter().enumerate() {
            // The lessons and checks are one list, what counts is the other.
            if index > 0 && index == module_rows(&overview) && modules > 0 && area.height >= 14 {
                lines.push((Line::default(), None));
            }
            for line in row_lines(row, index == selected, width, theme) {
                lines.push((line, Some(index)));
            }
        }
        // How far somebody has come stays in sight, however long the course is.
        pane.line(margin, 0, &progress(&overview, width, theme));
        // The marked line stands in the middle, so that both ways are seen.
        let height = usize::from(area.height.saturating_sub(1));
        let place = |found: Option<usize>| found.unwrap_or(0);
        let first = place(lines.iter().position(|(_, row)| *row == Some(selected)));
        let end = place(lines.iter().rposition(|(_, row)| *row == Some(selected)));
        let top = ((first + end) / 2).saturating_sub(height / 2).min(lines.len().saturating_sub(height));
        for (row, (index, (line, of))) in (1..area.height).zip(lines.iter().enumerate().skip(top)) {
            pane.line(margin, row, line);
            if let Some(of) = of {
                pane.hit(0..area.width, row, Message::OpenRow(*of));
                if *of == selected {
                    pane.style(margin..area.width.saturating_sub(margin), row, theme.selected());
                }
            }
            if index == first {
                pane.cursor(margin, row);
            }
        }
        let more = |sign| Line::from(text::own(sign, theme.strong()));
        let column = area.width.saturating_sub(1);
        if top > 0 {
            pane.line(column, 1, &more("↑"));
        }
        if top + height < lines.len() {
            pane.line(column, area.height.saturating_sub(1), &more("↓"));
        }
    }

    fn wake(&self, view: &View<'_>) -> Option<Timestamp> {
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

/// The row of what comes next.
fn row_of_next(view: &View<'_>, overview: &Overview) -> usize {
    let rows = rows(view, overview);
    let wanted = match overview.next {
        Step::Lesson(module) => Destination::Lesson(module),
        Step::Check(module) => Destination::Check(module),
        Step::Assessment => Destination::Assessment,
        Step::Policy => Destination::Policy,
        Step::Sign | Step::Certificate => return rows.len().saturating_sub(1),
    };
    let row = rows.iter().position(|row| matches!(&row.goes_to, Goes::To(to) if *to == wanted));
    // A closed assessment is a line too: it says why.
    row.unwrap_or(match overview.next {
        Step::Assessment => rows.iter().position(|row| matches!(row.goes_to, Goes::Nowhere(_))).unwrap_or(0),
        Step::Lesson(_) | Step::Check(_) | Step::Policy | Step::Sign | Step::Certificate => 0,
    })
}

/// What opening a row does.
fn open_row(row: Option<Row>) -> Vec<Effect> {
    let message = match row.map(|row| row.goes_to) {
        None => return Vec::new(),
        Some(Goes::To(destination)) => Face::Go(destination),
        Some(Goes::Nowhere(why)) => Face::Say(why),
    };
    vec![Effect::Send(Box::new(message))]
}

/// How far the learner has come: a bar, and the same in words.
fn progress(overview: &Overview, width: u16, theme: Theme) -> Line<'static> {
    let percent = overview.percent.min(100);
    let read = overview.modules.iter().filter(|module| module.lesson == LessonState::Read).count();
    let mut words = format!(" {percent} %");
    if width >= 60 {
        let _ = write!(words, ", {read} of {} lessons read", overview.modules.len());
    }
    match overview.minutes_left {
        0 => {}
        1 => words.push_str(", 1 minute left"),
        minutes => {
            let _ = write!(words, ", {minutes} minutes left");
        }
    }
    let room = usize::from(width).saturating_sub(words.chars().count()).min(40);
    let full = room * usize::try_from(percent).unwrap_or(0) / 100;
    Line::from(vec![
        text::said(&"█".repeat(full), theme.accent()),
        text::said(&"░".repeat(room.saturating_sub(full)), theme.muted()),
        text::said(&words, theme.text()),
    ])
}

/// Until when it is to be done, if somebody said so.
fn due(view: &View<'_>, overview: &Overview) -> Option<Line<'static>> {
    let theme = view.settings.theme;
    let due = overview.due?;
    let day = view.settings.day(due);
    let (words, style) = match (overview.next == Step::Certificate, view.now > due) {
        (true, _) => (format!("assigned, due {day}: done"), theme.good()),
        (false, true) => (format!("overdue: was due {day}"), theme.bad()),
        (false, false) => (format!("due {day}"), theme.caution()),
    };
    Some(Line::from(text::said(&words, style)))
}

fn module_rows(overview: &Overview) -> usize {
    overview.modules.iter().map(|module| 1 + usize::from(module.check.is_some())).sum()
}

fn rows(view: &View<'_>, overview: &Overview) -> Vec<Row> {
    let theme = view.settings.theme;
    let mut rows = Vec::new();
    for (index, module) in overview.modules.iter().enumerate() {
        let (sign, state, style) = lesson_state(module.lesson, module.minutes, theme);
        rows.push(Row {
            goes_to: Goes::To(Destination::Lesson(index)),
            sign,
            title: markup::plain(&module.title),
            state,
            style,
        });
        if let Some(check) = module.check {
            let (sign, state, style) = check_state(check, theme);
            let quiz = view.training.check(index).map(|check| check.quiz.title.as_str());
            let title = Printable::new(&format!("  {}", quiz.unwrap_or("check")));
            rows.push(Row { goes_to: Goes::To(Destination::Check(index)), sign, title, state, style });
        }
    }
    rows.push(assessment_row(view, overview));
    if let Some(policy) = overview.policy {
        let title = view
            .training
            .policy()
            .map_or_else(Printable::default, |policy| markup::plain(&policy.lesson.title));
        let to = Goes::To(Destination::Policy);
        rows.push(match policy {
            PolicyState::Locked => Row {
                goes_to: Goes::Nowhere("the policy opens when the assessment is passed".to_owned()),
                sign: "–",
                title,
                state: "after the assessment".into(),
                style: theme.muted(),
            },
            PolicyState::Open => {
                Row {
                    goes_to: to, sign: "○", title, state: "read and agree".into(), style: theme.caution()
                }
            }
            PolicyState::Agreed(at) => {
                let state = Printable::new(&format!("agreed {}", view.settings.day(at)));
                Row { goes_to: to, sign: "✓", title, state, style: theme.good() }
            }
        });
    }
    let title = Printable::from("Completion record");
    let earlier = view.training.progress().completions.len();
    rows.push(match overview.next {
        Step::Certificate => Row {
            goes_to: Goes::To(Destination::Certificate),
            sign: "✓",
            title,
            state: "signed".into(),
            style: theme.good(),
        },
        Step::Sign => Row {
            goes_to: Goes::To(Destination::Sign),
            sign: "○",
            title,
            state: "ready to sign".into(),
            style: theme.caution(),
        },
        Step::Lesson(_) | Step::Check(_) | Step::Assessment | Step::Policy if earlier > 0 => Row {
            goes_to: Goes::To(Destination::Certificate),
            sign: "–",
            title,
            state: Printable::new(&format!("at the end; {earlier} earlier")),
            style: theme.muted(),
        },
        Step::Lesson(_) | Step::Check(_) | Step::Assessment | Step::Policy => Row {
            goes_to: Goes::Nowhere("the record is signed when everything above is done".to_owned()),
            sign: "–",
            title,
            state: "at the end".into(),
            style: theme.muted(),
        },
    });
    rows
}

fn lesson_state(state: LessonState, minutes: u32, theme: Theme) -> (&'static str, Printable, Style) {
    match state {
        LessonState::NotStarted => {
            ("○", Printable::new(&format!("not started, {minutes} min")), theme.text())
        }
        LessonState::Reading { percent } => {
            ("◐", Printable::new(&format!("reading, {percent} %")), theme.caution())
        }
        LessonState::Read => ("✓", "read".into(), theme.good()),
        LessonState::Changed => ("!", "changed, read again".into(), theme.caution()),
    }
}

fn check_state(state: CheckState, theme: Theme) -> (&'static str, Printable, Style) {
    match state {
        CheckState::NotStarted => ("○", "not started".into(), theme.text()),
        CheckState::UnderWay { answered, total } => {
            ("◐", Printable::new(&format!("answered {answered}/{total}")), theme.caution())
        }
        CheckState::Finished { right, total, passed: true } => {
            ("✓", Printable::new(&format!("passed {right}/{total}")), theme.good())
        }
        CheckState::Finished { right, total, passed: false } => {
            ("✗", Printable::new(&format!("not passed {right}/{total}")), theme.bad())
        }
    }
}

fn assessment_row(view: &View<'_>, overview: &Overview) -> Row {
    let theme = view.settings.theme;
    let allowed = view.training.course().assessment.attempts;
    let open = || Goes::To(Destination::Assessment);
    let (goes_to, sign, state, style) = match &overview.assessment {
        AssessmentState::Locked(missing) => {
            (Goes::Nowhere(missing_words(missing, overview)), "–", locked_words(missing), theme.muted())
        }
        AssessmentState::Ready { left } => {
            let state = match left {
                Some(1) => "ready, 1 attempt left".to_owned(),
                Some(left) => format!("ready, {left} attempts left"),
                None => "ready".to_owned(),
            };
            (open(), "○", Printable::new(&state), theme.caution())
        }
        AssessmentState::UnderWay { attempt, answered, total } => {
            let of = allowed.map_or_else(String::new, |allowed| format!(" of {allowed}"));
            (
                open(),
                "◐",
                Printable::new(&format!("attempt {attempt}{of}, {answered}/{total}")),
                theme.caution(),
            )
        }
        AssessmentState::Waiting { until, .. } => {
            (open(), "◷", Printable::new(&format!("waiting until {}", when(view, *until))), theme.caution())
        }
        AssessmentState::NoneLeft => (open(), "✗", "no attempts left".into(), theme.bad()),
        AssessmentState::Passed { percent, .. } => {
            (open(), "✓", Printable::new(&format!("passed, {percent} %")), theme.good())
        }
        AssessmentState::VersionMissing => (open(), "!", "course version missing".into(), theme.bad()),
    };
    Row { goes_to, sign, title: "Assessment".into(), state, style }
}

/// The time, with the day unless it is today.
fn when(view: &View<'_>, moment: Timestamp) -> Printable {
    if view.settings.day(moment) == view.settings.day(view.now) {
        view.settings.time_of_day(moment)
    } else {
        view.settings.day_and_time(moment)
    }
}

fn locked_words(missing: &[Missing]) -> Printable {
    let lessons = missing.iter().filter(|missing| matches!(missing, Missing::Lesson(_))).count();
    let checks = missing.len() - lessons;
    let count = |number: usize, one: &str, many: &str| match number {
        0 => None,
        1 => Some(format!("1 {one}")),
        number => Some(format!("{number} {many}")),
    };
    let parts = [count(lessons, "lesson", "lessons"), count(checks, "check", "checks")];
    Printable::new(&format!("after {}", parts.into_iter().flatten().collect::<Vec<_>>().join(", ")))
}

fn missing_words(missing: &[Missing], overview: &Overview) -> String {
    let title =
        |module: usize| overview.modules.get(module).map(|module| module.title.as_str()).unwrap_or_default();
    match missing.first() {
        Some(Missing::Lesson(module)) => format!("locked: first read “{}”", markup::plain(title(*module))),
        Some(Missing::Check(module)) => {
            format!("locked: first pass the check of “{}”", markup::plain(title(*module)))
        }
        None => "locked".to_owned(),
    }
}

fn news_words(news: &News, view: &View<'_>) -> String {
    let modules = &view.training.course().modules;
    let title = |module: usize| {
        modules.get(module).map_or_else(Printable::default, |module| markup::plain(&module.lesson.title))
    };
    match news {
        News::LessonChanged { module } => {
            format!("new version of the course: “{}” is to be read again", title(*module))
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
        News::AttemptOnOlderVersion { version } => {
            format!("there is a new version of the course; your attempt is finished on version {version}")
        }
    }
}

/// The line, or the two lines where one is too narrow.
fn row_lines(row: &Row, selected: bool, width: u16, theme: Theme) -> Vec<Line<'static>> {
    // Reversed, every colour would be a patch of its own.
    let (mark, style) = if selected { ("› ", theme.text()) } else { ("  ", row.style) };
    let width = usize::from(width);
    let head = [text::own(mark, style), text::own(row.sign, style), text::own(" ", theme.text())];
    let indent = 4;
    let state = text::cut(&row.state, width.saturating_sub(indent));
    let room = width.saturating_sub(indent + state.width() + 2);
    let one_line = row.title.width() <= room || room >= 30;
    let line = |parts: Vec<Span<'static>>| Line::from(head.iter().cloned().chain(parts).collect::<Vec<_>>());
    if one_line {
        let title = text::cut(&row.title, room);
        let gap = " ".repeat(width.saturating_sub(indent + title.width() + state.width()));
        return vec![line(vec![
            text::shown(&title, theme.text()),
            text::said(&gap, theme.text()),
            text::shown(&state, style),
        ])];
    }
    let mut lines: Vec<Line<'static>> = Vec::new();
    for part in
        text::wrapped(row.title.as_str(), u16::try_from(width.saturating_sub(indent)).unwrap_or(u16::MAX))
    {
        if lines.is_empty() {
            lines.push(line(vec![text::shown(&part, theme.text())]));
        } else {
            lines.push(Line::from(vec![text::own("    ", theme.text()), text::shown(&part, theme.text())]));
        }
    }
    lines.push(Line::from(vec![text::own("      ", theme.text()), text::shown(&state, style)]));
    lines
}

#[cfg(test)]
mod tests;
