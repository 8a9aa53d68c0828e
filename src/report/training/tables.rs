//! The tables of a training report, with the charts above them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{GROUPS, Page, capital, chart, percent};
use crate::registry::status::Kind;
use crate::registry::summary::ageing::Age;
use crate::registry::summary::counts::Counts;
use crate::report::escape;
use crate::report::figures::{counted, grouped};

/// How many bars a chart has at most: those with the most open are shown.
const BARS: usize = 15;

/// Begins a table that may be wider than the page. Its id must be its own within the page.
pub(super) fn begin(out: &mut String, id: &str, caption: &str, columns: &[Column]) {
    let _ = write!(
        out,
        "<div class=\"scroll\" role=\"region\" aria-labelledby=\"{id}\" tabindex=\"0\">\n<table class=\"sortable\">\n\
         <caption id=\"{id}\">{caption}</caption>\n<thead><tr>"
    );
    for column in columns {
        let (class, words) = match column {
            Column::Text(words) => ("", *words),
            Column::Number(words) => (" class=\"number\"", words.as_str()),
        };
        let _ = write!(out, "<th scope=\"col\"{class}>{words}</th>");
    }
    out.push_str("</tr></thead>\n<tbody>\n");
}

/// Ends a table, with the row of totals if it has one.
pub(super) fn end(out: &mut String, totals: Option<&str>) {
    out.push_str("</tbody>\n");
    if let Some(totals) = totals {
        let _ = writeln!(out, "<tfoot><tr>{totals}</tr></tfoot>");
    }
    out.push_str("</table>\n</div>\n");
}

/// The head of a column.
#[derive(Debug, Clone)]
pub(super) enum Column {
    Text(&'static str),
    Number(String),
}

fn number_column(words: &str) -> Column {
    Column::Number(words.to_owned())
}

fn columns_of_counts(first: &'static str) -> Vec<Column> {
    let mut columns = vec![Column::Text(first), number_column("People"), number_column("Complete, %")];
    columns.extend(Kind::ALL.map(|kind| Column::Number(capital(kind.words()))));
    columns
}

fn cells_of_counts(counts: &Counts) -> String {
    let total = counts.total();
    let share = (u128::from(counts.complete()) * 1000).checked_div(u128::from(total)).unwrap_or_default();
    let mut cells = format!(
        "<td class=\"number\">{}</td><td class=\"number\" data-value=\"{share}\">{}</td>",
        grouped(total),
        percent(counts.complete(), total)
    );
    for (_, counted) in counts.each() {
        cells.push_str(&count(counted));
    }
    cells
}

/// A cell; a nothing is quieter than a something.
fn count(counted: u64) -> String {
    let soft = if counted == 0 { " soft" } else { "" };
    format!("<td class=\"number{soft}\" data-value=\"{counted}\">{}</td>", grouped(counted))
}

/// How everybody stands with each course, and for how long it has been overdue.
pub(super) fn courses(out: &mut String, page: &Page<'_>) {
    let summary = page.summary;
    out.push_str("<h2>Courses</h2>\n");
    if summary.courses.is_empty() {
        out.push_str("<p>No course concerns anybody yet.</p>\n");
        return;
    }
    let rows = summary.courses.iter().filter(|(_, course)| course.people.all.total() > 0);
    let bars = rows.map(|(id, course)| (page.title(id).to_owned(), &course.people.all)).collect();
    chart::stacked(out, "chart-courses", "Status by course", &most_open(bars));
    begin(out, "table-courses", "Status by course, people at work", &columns_of_counts("Course"));
    for (id, course) in &summary.courses {
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{} <code>{}</code></th>{}</tr>",
            escape(page.title(id)),
            escape(id.as_str()),
            cells_of_counts(&course.people.all)
        );
    }
    end(out, None);
    let mut columns = vec![Column::Text("Course")];
    columns.extend(Age::ALL.map(|age| Column::Number(capital(age.words()))));
    columns.push(number_column("In all"));
    begin(out, "table-ageing", "How long it has been overdue", &columns);
    for (id, course) in &summary.courses {
        let cells: String = Age::ALL.map(|age| count(course.overdue.of(age))).concat();
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{}</th>{cells}{}</tr>",
            escape(page.title(id)),
            count(course.overdue.total())
        );
    }
    let sums: String = Age::ALL.map(|age| count(summary.overdue(age))).concat();
    let all = Age::ALL.into_iter().map(|age| summary.overdue(age)).sum();
    end(out, Some(&format!("<th scope=\"row\">All courses</th>{sums}{}", count(all))));
    if summary.population.away > 0 {
        let _ = writeln!(
            out,
            "<p class=\"soft\">Apart from these: {} on leave; their dates do not run.</p>",
            grouped(summary.population.away),
        );
    }
}

/// By department and by role, each person once.
pub(super) fn groups(out: &mut String, page: &Page<'_>) {
    let people = &page.summary.people;
    out.push_str("<h2>Departments and roles</h2>\n<p>Each person is counted once, by the course that presses most.</p>\n");
    for (id, title, what, groups) in [
        ("departments", "Status by department", "Department", &people.departments),
        ("roles", "Status by role", "Role", &people.roles),
    ] {
        if groups.is_empty() {
            continue;
        }
        // A chart of one bar that nobody named says nothing.
        if groups.len() > 1 || groups.keys().any(Option::is_some) {
            let bars = groups.iter().map(|(name, counts)| (named(name.as_ref()), counts)).collect();
            chart::stacked(out, &format!("chart-{id}"), title, &most_open(bars));
        }
        table_of_groups(out, &format!("table-{id}"), title, what, groups);
    }
}

fn table_of_groups(
    out: &mut String,
    id: &str,
    caption: &str,
    what: &'static str,
    groups: &BTreeMap<Option<String>, Counts>,
) {
    begin(out, id, caption, &columns_of_counts(what));
    for (name, counts) in groups.iter().take(GROUPS) {
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\"><bdi>{}</bdi></th>{}</tr>",
            escape(&named(name.as_ref())),
            cells_of_counts(counts)
        );
    }
    end(out, None);
    let left_out = groups.len().saturating_sub(GROUPS);
    if left_out > 0 {
        let _ = writeln!(
            out,
            "<p>{left_out} more are not shown here: <code>countersign hr report --csv DIR</code> writes them all.</p>"
        );
    }
}

fn named(name: Option<&String>) -> String {
    name.map_or_else(|| "(none said)".to_owned(), Clone::clone)
}

/// Those with the most people who still have to do something, when there are too many for a chart.
fn most_open(mut bars: Vec<(String, &Counts)>) -> Vec<(String, &Counts)> {
    if bars.len() > BARS {
        let open = |counts: &Counts| counts.total() - counts.complete() - counts.of(Kind::Waived);
        bars.sort_by_key(|(_, counts)| std::cmp::Reverse(open(counts)));
        bars.truncate(BARS);
    }
    bars
}

/// Completions over time.
pub(super) fn time(out: &mut String, page: &Page<'_>) {
    let summary = page.summary;
    let steps = summary.completions.steps(summary.span, summary.period);
    let word = summary.period.word();
    let _ = writeln!(
        out,
        "<h2>Completions over time</h2>\n<p>By the day of receipt, from {} on; renewals and people who left are \
         among them.</p>",
        summary.span.from,
    );
    let title = format!("Completions by {word}");
    chart::columns(out, "chart-time", &title, summary.period, &steps);
    let mut columns = vec![Column::Text("Beginning"), number_column("Completions")];
    let by_course: Vec<_> =
        summary.courses.iter().filter(|(_, course)| course.completions.total() > 0).take(8).collect();
    let shown = if by_course.len() > 1 { by_course } else { Vec::new() };
    columns.extend(shown.iter().map(|(id, _)| Column::Number(escape(page.title(id)))));
    let each: Vec<_> =
        shown.iter().map(|(_, course)| course.completions.steps(summary.span, summary.period)).collect();
    begin(out, "table-time", &title, &columns);
    for (index, (start, counted)) in steps.iter().enumerate() {
        let courses: String = each.iter().map(|steps| count(steps[index].1)).collect();
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\" class=\"day\">{start}</th>{}{courses}</tr>",
            count(*counted)
        );
    }
    let sums: String = shown.iter().map(|(_, course)| count(course.completions.total())).collect();
    end(out, Some(&format!("<th scope=\"row\">In all</th>{}{sums}", count(summary.completions.total()))));
}

/// Whether new hires were in time.
pub(super) fn hires(out: &mut String, page: &Page<'_>) {
    let summary = page.summary;
    let _ = writeln!(
        out,
        "<h2>New hires</h2>\n<p>{} at work began between {} and {}. What counts is the first date that each was given \
         for each course.</p>",
        counted(summary.hired, "person", "people"),
        summary.span.from,
        summary.span.to.min(page.calendar.day(summary.at)),
    );
    if summary.hires.total() == 0 {
        return;
    }
    let columns = [
        Column::Text("Course"),
        number_column("In time"),
        number_column("Late"),
        number_column("Open, not due"),
        number_column("Open, overdue"),
        number_column("Waived"),
    ];
    let cells = |hires: &crate::registry::summary::hires::Hires| {
        [hires.in_time, hires.late, hires.open, hires.overdue, hires.waived].map(count).concat()
    };
    begin(out, "table-hires", "What new hires did about their first date", &columns);
    for (id, course) in summary.courses.iter().filter(|(_, course)| course.hires.total() > 0) {
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{}</th>{}</tr>",
            escape(page.title(id)),
            cells(&course.hires)
        );
    }
    end(out, Some(&format!("<th scope=\"row\">All courses</th>{}", cells(&summary.hires))));
}

/// Who is missing on either side.
pub(super) fn completeness(out: &mut String, page: &Page<'_>) {
    let summary = page.summary;
    let rows = [
        ("At work", "those who must be trained", summary.population.active),
        ("At work, asked for nothing", "no assignment, no rule, no record", summary.asked_nothing),
        ("At work, without any record", "nothing ever came back", summary.without_record),
        ("On leave", "counted apart; their dates do not run", summary.population.away),
        ("To come", "on the roster, before their first day", summary.population.to_come),
        ("Left", "what they completed stays", summary.population.gone),
        (
            "People with records and not on the roster",
            "whoever they are, they are not among the figures above",
            summary.population.unlisted,
        ),
        ("Records of those people", "", summary.unlisted_records),
        ("Records that wait for a decision", "countersign hr review list", summary.waiting),
        ("Files put aside", "no records that could count; countersign hr quarantine list", page.put_aside),
    ];
    out.push_str("<h2>Who and what is missing</h2>\n");
    let columns = [Column::Text("What"), number_column("Number"), Column::Text("Note")];
    begin(out, "table-completeness", "People without records, and records without people", &columns);
    for (what, note, counted) in rows {
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{what}</th>{}<td class=\"soft\">{note}</td></tr>",
            count(counted)
        );
    }
    end(out, None);
}
