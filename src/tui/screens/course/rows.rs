//! The lines of the course at a glance: lessons, checks, and what counts.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::clock::Timestamp;
use crate::phrase::counted;
use crate::printable::{self, Printable};
use crate::quiz::mark::percent;
use crate::training::{
    AssessmentState, CheckState, CheckView, LessonState, Missing, Overview, PolicyState, Step,
};
use crate::tui::message::Destination;
use crate::tui::pane::View;
use crate::tui::screens::shared::reached;
use crate::tui::theme::Theme;
use crate::tui::widgets::text;

/// A line of the list.
pub(super) struct Row {
    pub(super) goes_to: Goes,
    sign: &'static str,
    title: Printable,
    state: Printable,
    style: Style,
}

/// What opening a line does.
pub(super) enum Goes {
    To(Destination),
    Nowhere(String),
}

/// How many lines the lessons and their checks have.
pub(super) fn module_rows(overview: &Overview) -> usize {
    overview.modules.iter().map(|module| 1 + usize::from(module.check.is_some())).sum()
}

/// All of them, from top to bottom.
pub(super) fn rows(view: &View<'_>, overview: &Overview) -> Vec<Row> {
    let theme = view.settings.theme;
    let mut rows = Vec::new();
    for (index, module) in overview.modules.iter().enumerate() {
        let (sign, state, style) = lesson_state(module.lesson, module.minutes, theme);
        rows.push(Row {
            goes_to: Goes::To(Destination::Lesson(index)),
            sign,
            title: Printable::new(&module.title),
            state,
            style,
        });
        if let Some(check) = view.training.check(index) {
            let (sign, state, style) = check_state(&check, view);
            let title = Printable::new(&format!("  {}", check.quiz.title));
            rows.push(Row { goes_to: Goes::To(Destination::Check(index)), sign, title, state, style });
        }
    }
    rows.push(assessment_row(view, overview));
    if let Some(policy) = overview.policy {
        let title = view
            .training
            .policy()
            .map_or_else(Printable::default, |policy| Printable::new(&policy.lesson.title));
        let to = Goes::To(Destination::Policy);
        rows.push(match policy {
            PolicyState::Locked => Row {
                goes_to: to,
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
        LessonState::Reading { percent, parts } => {
            let parts = parts.map_or_else(String::new, |parts| format!(", {parts}"));
            ("◐", Printable::new(&format!("read {percent} %{parts}")), theme.caution())
        }
        LessonState::Read => ("✓", "read".into(), theme.good()),
        LessonState::Changed(read) => {
            ("!", Printable::new(&format!("changed, {}", read.reading_words())), theme.caution())
        }
    }
}

fn check_state(check: &CheckView<'_>, view: &View<'_>) -> (&'static str, Printable, Style) {
    let theme = view.settings.theme;
    match check.state {
        CheckState::NotStarted => ("○", "not started".into(), theme.text()),
        CheckState::UnderWay { answered, total } => {
            ("◐", Printable::new(&format!("answered {answered}/{total}")), theme.caution())
        }
        CheckState::Finished { right, total, passed, .. } => {
            let (sign, outcome, style) =
                if passed { ("✓", "passed", theme.good()) } else { ("✗", "not passed", theme.bad()) };
            let score = || reached(check.state, view).unwrap_or_else(|| format!("{right}/{total}"));
            // A line of forty columns has no room for both.
            let state = match check.left_to_try_again() {
                Some(left) => format!("{outcome}, trying again, {left} left"),
                None => format!("{outcome} {}", score()),
            };
            (sign, Printable::new(&state), style)
        }
    }
}

fn assessment_row(view: &View<'_>, overview: &Overview) -> Row {
    let theme = view.settings.theme;
    let allowed = view.training.course().assessment.attempts;
    let open = || Goes::To(Destination::Assessment);
    let last = view.training.last_failure().map(|end| percent(end.earned, end.possible));
    let (goes_to, sign, state, style) = match &overview.assessment {
        AssessmentState::Locked(missing) => {
            (Goes::Nowhere(missing_words(missing, overview)), "–", locked_words(missing), theme.muted())
        }
        AssessmentState::Ready { left } => {
            let begin = last.map_or_else(|| "ready".to_owned(), |percent| format!("{percent} % last time"));
            let state = match left {
                Some(left) => format!("{begin}, {} left", counted(*left, "attempt", "attempts")),
                None if last.is_some() => format!("{begin}, ready again"),
                None => begin,
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
        AssessmentState::NoneLeft => {
            let last = last.map_or_else(String::new, |percent| format!("{percent} % last time, "));
            (open(), "✗", Printable::new(&format!("{last}no attempts left")), theme.bad())
        }
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
        Some(Missing::Lesson(module)) => format!("locked: first read “{}”", Printable::new(title(*module))),
        Some(Missing::Check(module)) => {
            format!("locked: first pass the check of “{}”", Printable::new(title(*module)))
        }
        None => "locked".to_owned(),
    }
}

/// The fewest columns of a title that has its state beside it in another line than its end.
const ROOM_BESIDE: usize = 30;

/// The line, or as many as the title needs: its state stands beside its first one, or below it where there is little room,
/// in as many lines as it needs.
pub(super) fn row_lines(row: &Row, selected: bool, width: u16, theme: Theme) -> Vec<Line<'static>> {
    // Reversed, every colour would be a patch of its own.
    let (mark, style) = if selected { ("› ", theme.text()) } else { ("  ", row.style) };
    let width = usize::from(width);
    let head = [text::own(mark, style), text::own(row.sign, style), text::own(" ", theme.text())];
    let indent = 4;
    let state = &row.state;
    let beside = width.saturating_sub(indent + state.width() + 2);
    let is_beside = row.title.width() <= beside || beside >= ROOM_BESIDE;
    let room = if is_beside { beside } else { width.saturating_sub(indent) };
    // What belongs to the line above stands further in.
    let deeper = row.title.width() - printable::width(row.title.as_str().trim_start());
    let words =
        text::wrapped(row.title.as_str(), u16::try_from(room.saturating_sub(deeper)).unwrap_or(u16::MAX));
    let mut lines: Vec<Line<'static>> = Vec::new();
    for (nth, part) in words.iter().enumerate() {
        let mut spans: Vec<Span<'static>> =
            if nth == 0 { head.to_vec() } else { vec![text::own("    ", theme.text())] };
        spans.push(text::said(&" ".repeat(deeper), theme.text()));
        spans.push(text::title(part, theme.text(), theme));
        if nth == 0 && is_beside {
            let gap = width.saturating_sub(indent + deeper + part.width() + state.width());
            spans.extend([text::said(&" ".repeat(gap), theme.text()), text::shown(state, style)]);
        }
        lines.push(Line::from(spans));
    }
    if !is_beside {
        let below = "      ";
        let room = u16::try_from(width.saturating_sub(below.len())).unwrap_or(u16::MAX);
        let parts = text::wrapped(state.as_str(), room);
        lines.extend(
            parts
                .iter()
                .map(|part| Line::from(vec![text::own(below, theme.text()), text::shown(part, style)])),
        );
    }
    lines
}
