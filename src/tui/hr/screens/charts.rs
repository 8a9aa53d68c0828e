//! How completion grew, and how departments and courses stand, as charts with their numbers in words.

mod bars;
mod growth;

use chrono::NaiveDate;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::phrase::Phrase;
use crate::registry::listing::search::Scope;
use crate::registry::listing::standings::{Reached, Standings};
use crate::registry::office::Overview;
use crate::registry::summary::completions::Period;
use crate::registry::summary::counts::Counts;
use crate::report::figures::{grouped, percent};
use crate::tui::hr::screens::people::NO_DEPARTMENT;
use crate::tui::hr::screens::{View, list_keys};
use crate::tui::keymap::{Binding, Context as KeyContext, Key};
use crate::tui::pane::Pane;
use crate::tui::widgets::rows::{Place, Step};
use crate::tui::widgets::{phrases, text};

/// What exists on this screen.
#[derive(Debug)]
pub struct State {
    chart: Chart,
    /// Which course, by its name; all of them where none is named.
    course: Option<String>,
    period: Period,
    standings: Standings,
    place: Place,
    /// How many steps before the last one the marked step of time is.
    back: usize,
}

/// What is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chart {
    /// Completions over time.
    Growth,
    /// A bar for each department.
    Departments,
    /// A bar for each course.
    Courses,
}

impl Chart {
    const ALL: [Self; 3] = [Self::Growth, Self::Departments, Self::Courses];

    fn word(self) -> &'static str {
        match self {
            Self::Growth => "over time",
            Self::Departments => "by department",
            Self::Courses => "by course",
        }
    }

    fn next(self) -> Self {
        match self {
            Self::Growth => Self::Departments,
            Self::Departments => Self::Courses,
            Self::Courses => Self::Growth,
        }
    }
}

/// What happens on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// Shows the next chart.
    NextChart,
    /// Shows this chart.
    Show(Chart),
    /// Shows the next course.
    NextCourse,
    /// Takes the next longer step of time, after the longest the shortest.
    NextPeriod,
    /// Moves up or down.
    Step(Step),
    /// Shows the people of the selected bar.
    Open,
    /// Selects a bar; shows its people when it is selected already.
    Click(usize),
    /// Marks an earlier step of time.
    Earlier,
    /// Marks a later step of time.
    Later,
    /// Marks the step of time that is so many before the last one.
    Mark(usize),
}

static GROWTH: &[Binding<Message>] = &[
    Binding::new(&[Key::Char('v')], Message::NextChart, "next chart").action("chart").hint("next chart"),
    Binding::new(&[Key::Char('c')], Message::NextCourse, "next course").action("course").hint("course"),
    Binding::new(&[Key::Char('p')], Message::NextPeriod, "by day, week, month or year")
        .action("period")
        .hint("period"),
    Binding::new(&[Key::Left, Key::Char('h')], Message::Earlier, "an earlier time")
        .action("left")
        .hint("move")
        .repeating(),
    Binding::new(&[Key::Right, Key::Char('l')], Message::Later, "a later time").action("right").repeating(),
    Binding::new(&[Key::WheelUp], Message::Earlier, "an earlier time"),
    Binding::new(&[Key::WheelDown], Message::Later, "a later time"),
    Binding::new(&[Key::End, Key::Char('G')], Message::Mark(0), "the last time").action("end"),
    Binding::new(&[Key::Home, Key::Char('g')], Message::Mark(usize::MAX), "the first time").action("top"),
];

static BARS: &[Binding<Message>] = list_keys!(
    Message::Step,
    "bar",
    hint,
    [
        Binding::new(&[Key::Enter], Message::Open, "the people of this bar").action("open").hint("people"),
        Binding::new(&[Key::Char('v')], Message::NextChart, "next chart").action("chart").hint("next chart"),
        Binding::new(&[Key::Char('c')], Message::NextCourse, "next course").action("course").hint("course"),
    ]
);

impl State {
    pub(in crate::tui::hr) fn new() -> Self {
        Self {
            chart: Chart::Growth,
            course: None,
            period: Period::Week,
            standings: Standings::default(),
            place: Place::default(),
            back: 0,
        }
    }

    /// The keys that do something now.
    #[must_use]
    pub fn keys(&self) -> &'static [Binding<Message>] {
        match self.chart {
            Chart::Growth => GROWTH,
            Chart::Departments | Chart::Courses => BARS,
        }
    }

    /// Everything was read anew.
    pub(in crate::tui::hr) fn refresh(&mut self, overview: &Overview) {
        let courses = overview.listing.courses();
        let wanted = self.course.as_deref();
        let course = wanted.and_then(|wanted| courses.iter().find(|(_, name)| *name == wanted));
        self.course = course.map(|(_, name)| (*name).to_owned());
        self.standings = overview.listing.standings(course.map(|(number, _)| *number));
    }

    /// Does what `message` says; the part of the list whose people are to be shown is given back.
    pub(in crate::tui::hr) fn update(&mut self, message: Message, view: &View<'_>) -> Option<Scope> {
        let overview = view.overview?;
        match message {
            Message::NextChart => self.show(self.chart.next()),
            Message::Show(chart) => self.show(chart),
            Message::NextCourse => {
                let courses = overview.listing.courses();
                let at = self.course.as_deref();
                let at = at.and_then(|at| courses.iter().position(|(_, name)| *name == at));
                let next = at.map_or(0, |at| at + 1);
                self.course = courses.get(next).map(|(_, name)| (*name).to_owned());
                self.refresh(overview);
                self.place = Place::default();
            }
            Message::NextPeriod => {
                self.period = match self.period {
                    Period::Day => Period::Week,
                    Period::Week => Period::Month,
                    Period::Month => Period::Year,
                    Period::Year => Period::Day,
                };
                self.back = 0;
            }
            Message::Step(step) => self.step(step, view),
            Message::Open => return self.scope(),
            Message::Click(bar) if bar == self.place.selected() => return self.scope(),
            Message::Click(bar) => self.step(Step::To(bar), view),
            Message::Earlier => self.mark(self.back.saturating_add(1), view),
            Message::Later => self.mark(self.back.saturating_sub(1), view),
            Message::Mark(back) => self.mark(back, view),
        }
        None
    }

    fn step(&mut self, step: Step, view: &View<'_>) {
        let groups = self.groups();
        self.place =
            self.place.after(step, groups.len(), bars::height(&groups, chart_area(view), view.look.theme));
    }

    /// The part of the list that the selected bar stands for.
    fn scope(&self) -> Option<Scope> {
        let (selected, course) = (self.place.selected(), self.course.clone());
        match self.chart {
            Chart::Growth => None,
            Chart::Departments => {
                let (department, _) = self.standings.departments.get(selected)?;
                Some(Scope { department: Some(department.clone().unwrap_or_default()), course })
            }
            Chart::Courses => {
                let (course, _) = self.standings.courses.get(selected)?;
                Some(Scope { department: None, course: Some(course.clone()) })
            }
        }
    }

    fn show(&mut self, chart: Chart) {
        self.chart = chart;
        self.place = Place::default();
    }

    fn mark(&mut self, back: usize, view: &View<'_>) {
        let steps = self.steps(view).len();
        self.back = back.min(steps.saturating_sub(1));
    }

    fn groups(&self) -> Vec<(&str, &Counts)> {
        match self.chart {
            Chart::Growth => Vec::new(),
            Chart::Departments => {
                let departments = self.standings.departments.iter();
                departments.map(|(name, counts)| (name.as_deref().unwrap_or(NO_DEPARTMENT), counts)).collect()
            }
            Chart::Courses => {
                self.standings.courses.iter().map(|(name, counts)| (name.as_str(), counts)).collect()
            }
        }
    }

    /// The steps of time that the chart has room for.
    fn steps(&self, view: &View<'_>) -> Vec<Reached> {
        let Some(today) = today(view) else { return Vec::new() };
        let room = growth::room(chart_area(view).width, self.standings.all.total());
        self.standings.reached(self.period, today, room)
    }

    /// Draws what stands between heading and hints.
    pub(in crate::tui::hr) fn view(&self, view: &View<'_>, pane: &mut Pane<'_, Message>) {
        let theme = view.look.theme;
        let Some(overview) = view.overview else { return };
        let mut left = 1_u16;
        for chart in Chart::ALL {
            let shown = chart == self.chart;
            let words = if shown { format!("[{}]", chart.word()) } else { format!(" {} ", chart.word()) };
            let style = if shown { theme.strong() } else { theme.muted() };
            let width = u16::try_from(words.len()).unwrap_or(u16::MAX);
            pane.line(left, 0, &Line::from(text::said(&words, style)));
            pane.hit(left..left.saturating_add(width), 0, Message::Show(chart));
            left = left.saturating_add(width);
        }
        let width = usize::from(view.size.width.saturating_sub(2));
        let all = &self.standings.all;
        let counted = match self.chart {
            Chart::Departments => &self.standings.people,
            Chart::Growth | Chart::Courses => all,
        };
        let sum = format!(
            "{} of {} complete ({}): ",
            grouped(counted.complete()),
            grouped(counted.total()),
            percent(counted.complete(), counted.total())
        );
        // Behind the sum, because titles may be long.
        let sum = Phrase::new().own(sum);
        let line = match &self.course {
            None => sum.own(match self.chart {
                // As a report counts them: by the course that presses most.
                Chart::Departments => "all courses, each person once",
                // A person has a row for each course.
                Chart::Growth | Chart::Courses => "all rows",
            }),
            Some(course) => {
                let id = course.parse().ok();
                let title = id.and_then(|id: crate::id::CourseId| overview.titles.get(&id));
                let named = sum.value(course);
                title.into_iter().fold(named, |named, title| named.own(" (").value(title).own(")"))
            }
        };
        pane.line(1, 1, &phrases::line(&line, width, theme.accent(), theme));
        if all.total() == 0 {
            pane.line(1, 2, &Line::from(text::own("nobody at work is asked for anything", theme.text())));
            return;
        }
        let area = chart_area(view);
        match self.chart {
            Chart::Growth => {
                let steps = self.steps(view);
                growth::draw(&steps, self.back, self.period, all.total(), area, theme, pane);
            }
            Chart::Departments | Chart::Courses => {
                bars::draw(&self.groups(), self.place, area, theme, pane);
            }
        }
    }
}

/// The part of the body below the two lines that say what is shown.
fn chart_area(view: &View<'_>) -> Rect {
    Rect { x: 1, y: 2, width: view.size.width.saturating_sub(2), height: view.size.height.saturating_sub(2) }
}

/// The last day that is known.
fn today(view: &View<'_>) -> Option<NaiveDate> {
    view.overview.map(|overview| view.look.calendar.day(overview.listing.at()))
}

/// Its keys, for whoever looks for two meanings of one.
pub(in crate::tui::hr) fn contexts() -> Vec<KeyContext> {
    vec![KeyContext::new("on the growth").table(GROWTH), KeyContext::new("on the bars").table(BARS)]
}
