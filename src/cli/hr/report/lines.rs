//! A report as lines for a terminal.

use std::collections::BTreeMap;

use super::super::super::columns::{filled, fitted};
use super::super::super::environment::Environment;
use super::super::super::printer::Printer;
use super::super::people::Basis;
use crate::bar;
use crate::registry::status::Kind;
use crate::registry::summary::Summary;
use crate::registry::summary::ageing::Age;
use crate::registry::summary::completions::Period;
use crate::registry::summary::counts::Counts;
use crate::report::figures::{counted, grouped, percent, shares};

/// What lines are made for when standard output says no width.
const COLUMNS: usize = 80;
/// How many groups are shown; the others have fewer people with something open.
const GROUPS: usize = 12;
/// Everything of a line about a group but its name: people, share, and what presses.
const FIGURES: usize = 7 + 7 + 9 + 8 + 9;

/// How wide lines are, and what becomes of a name that is longer than its column.
#[derive(Clone, Copy)]
struct Width {
    columns: usize,
    fit: fn(&str, usize) -> String,
}

impl Width {
    fn name(self, name: &str) -> String {
        (self.fit)(name, self.columns - FIGURES)
    }
}

/// The whole summary.
pub(super) fn lines(
    summary: &Summary,
    basis: &Basis,
    put_aside: u64,
    environment: &Environment,
    printer: Printer,
) -> Vec<String> {
    let columns = environment.columns.unwrap_or(COLUMNS).clamp(60, 120);
    // In a pipe or a file nothing is cut.
    let width = Width { columns, fit: if environment.columns.is_some() { fitted } else { filled } };
    let mut lines = vec![
        format!("Training status as of {}", environment.calendar.day_and_time(summary.at)),
        String::new(),
    ];
    people(summary, columns, &mut lines);
    heads("course", width, &mut lines);
    for (id, course) in &summary.courses {
        lines.push(line(basis.title(id), &course.people.all, width));
    }
    overdue(summary, &mut lines);
    groups("department, each person once", &summary.people.departments, width, &mut lines);
    groups("role, each person once", &summary.people.roles, width, &mut lines);
    completions(summary, columns, &mut lines);
    hires(summary, &mut lines);
    lines.push(String::new());
    for (number, what) in [
        (
            summary.asked_nothing,
            "at work and asked for nothing: countersign hr status --status asked-for-nothing",
        ),
        (summary.without_record, "at work without any record: countersign hr status --without-record"),
        (summary.population.away, "on leave; their dates do not run"),
        (summary.population.to_come, "to come: on the roster, before their first day"),
        (summary.population.unlisted, "with records and not on the roster"),
        (summary.waiting, "to be decided about: countersign hr review list"),
        (put_aside, "put aside: countersign hr quarantine list"),
    ] {
        if number > 0 {
            lines.push(format!("{:>9}  {}", grouped(number), printer.commands().spelled(what)));
        }
    }
    if lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

/// Everybody once, by what presses most.
fn people(summary: &Summary, columns: usize, lines: &mut Vec<String>) {
    let counts = &summary.people.all;
    let total = counts.total();
    lines.push(format!(
        "{} at work, {} with something to take, each once, by what presses most:",
        counted(summary.population.active, "person", "people"),
        grouped(total)
    ));
    // They stand below one another and are added up.
    let shares = shares(Kind::ALL.map(|kind| counts.of(kind)));
    for (kind, share) in Kind::ALL.into_iter().zip(shares) {
        let number = counts.of(kind);
        let figures = format!("{:<19} {:>9} {share:>6} ", kind.words(), grouped(number));
        let room = columns.saturating_sub(figures.chars().count() + 2).min(40);
        lines.push(format!("  {figures}{}", bar::drawn(number, total, room)).trim_end().to_owned());
    }
}

fn heads(what: &str, width: Width, lines: &mut Vec<String>) {
    lines.push(String::new());
    let name = width.name(what);
    lines.push(format!("{name}{:>7}{:>7}{:>9}{:>8}{:>9}", "people", "done", "overdue", "failed", "expired"));
}

fn line(name: &str, counts: &Counts, width: Width) -> String {
    let total = counts.total();
    format!(
        "{}{:>7}{:>7}{:>9}{:>8}{:>9}",
        width.name(name),
        grouped(total),
        percent(counts.complete(), total),
        grouped(counts.of(Kind::Overdue)),
        grouped(counts.of(Kind::Failed)),
        grouped(counts.of(Kind::Expired)),
    )
}

fn overdue(summary: &Summary, lines: &mut Vec<String>) {
    let ages = Age::ALL.map(|age| (age.words(), summary.overdue(age)));
    if ages.iter().all(|(_, number)| *number == 0) {
        return;
    }
    lines.push(String::new());
    lines.push("overdue for".to_owned());
    lines.extend(ages.map(|(words, number)| format!("  {words:<19} {:>9}", grouped(number))));
}

fn groups(what: &str, groups: &BTreeMap<Option<String>, Counts>, width: Width, lines: &mut Vec<String>) {
    // One group that nobody named is everybody.
    if groups.keys().all(Option::is_none) {
        return;
    }
    heads(what, width, lines);
    let open = |counts: &Counts| counts.total() - counts.complete() - counts.of(Kind::Waived);
    let mut shown: Vec<_> = groups.iter().collect();
    shown.sort_by_key(|(_, counts)| std::cmp::Reverse(open(counts)));
    for (name, counts) in shown.iter().take(GROUPS) {
        lines.push(line(name.as_deref().unwrap_or("(none said)"), counts, width));
    }
    if shown.len() > GROUPS {
        lines.push(format!("… {} more: --csv DIR writes all", shown.len() - GROUPS));
    }
}

fn completions(summary: &Summary, columns: usize, lines: &mut Vec<String>) {
    let steps = summary.completions.steps(summary.span, summary.period);
    let highest = steps.iter().map(|(_, number)| *number).max().unwrap_or_default();
    lines.push(String::new());
    lines.push(format!(
        "{} completions since {}, by {}, renewals and leavers among them",
        grouped(summary.completions.total()),
        summary.span.from,
        summary.period.word()
    ));
    for (start, number) in steps {
        let start = match summary.period {
            Period::Day | Period::Week => start.to_string(),
            Period::Month => start.format("%Y-%m").to_string(),
            Period::Year => start.format("%Y").to_string(),
        };
        let figures = format!("  {start:<10} {:>9} ", grouped(number));
        let room = columns.saturating_sub(figures.chars().count()).min(60);
        lines.push(format!("{figures}{}", bar::drawn(number, highest, room)).trim_end().to_owned());
    }
}

fn hires(summary: &Summary, lines: &mut Vec<String>) {
    let hires = &summary.hires;
    if hires.total() == 0 {
        return;
    }
    lines.push(String::new());
    lines.push(format!(
        "new hires since {}: {}; their first dates:",
        summary.span.from,
        grouped(summary.hired)
    ));
    for (number, what) in [
        (hires.in_time, "in time"),
        (hires.late, "late"),
        (hires.open, "open, not due"),
        (hires.overdue, "open, overdue"),
        (hires.waived, "waived"),
    ] {
        lines.push(format!("  {what:<19} {:>9}", grouped(number)));
    }
}
