//! The lists of people in a training report: whom to look at, and who is excepted.

use std::fmt::Write as _;

use super::Page;
use super::tables::{Column, begin, end};
use crate::registry::status::{Kind, days_late};
use crate::registry::summary::{Entry, List};
use crate::report::escape;
use crate::report::figures::grouped;

/// Everybody about whom something is to be done, what presses most first.
pub(super) fn pressing(out: &mut String, page: &Page<'_>) {
    let lists = &page.summary.lists;
    out.push_str("<h2>Whom to look at</h2>\n");
    let expiring = format!("Expiring within {} days", page.expiring_days);
    for (kind, title, date, list) in [
        (Kind::Overdue, "Overdue", "Due", &lists.overdue),
        (Kind::Failed, "Failed", "Due", &lists.failed),
        (Kind::Expired, "Expired", "Expired", &lists.expired),
        (Kind::Expiring, expiring.as_str(), "Expires", &lists.expiring),
    ] {
        let _ = writeln!(out, "<h3>{title}: {}</h3>", grouped(list.seen()));
        if list.seen() == 0 {
            out.push_str("<p class=\"soft\">Nobody.</p>\n");
            continue;
        }
        people(out, page, kind, (title, date), list);
    }
}

fn people(out: &mut String, page: &Page<'_>, kind: Kind, (title, date): (&str, &'static str), list: &List) {
    let mut columns = who();
    columns.push(Column::Text("Manager"));
    columns.push(Column::Text(date));
    if kind == Kind::Overdue {
        columns.push(Column::Number("Days".to_owned()));
    }
    let id = format!("list-{}", kind.words());
    begin(out, &id, title, &columns);
    for entry in list.entries() {
        let days = entry.date.filter(|_| kind == Kind::Overdue).map(|due| days_late(due, page.summary.at));
        let days =
            days.map(|days| format!("<td class=\"number\" data-value=\"{days}\">{}</td>", grouped(days)));
        let _ = writeln!(
            out,
            "<tr>{}<td class=\"text\"><bdi>{}</bdi></td><td class=\"day\">{}</td>{}</tr>",
            who_cells(entry, page),
            escape(entry.manager.as_deref().unwrap_or("")),
            day(kind, entry, page),
            days.unwrap_or_default(),
        );
    }
    end(out, None);
    left_out(out, kind, list);
}

/// Who is excepted, by whom and why: apart from everybody who completed anything.
pub(super) fn waivers(out: &mut String, page: &Page<'_>) {
    let list = &page.summary.lists.waived;
    let _ = writeln!(
        out,
        "<h2>Waivers</h2>\n<p>{} now. A waiver is no completion; when it ends, what it excepted from is due again.</p>",
        if list.seen() == 1 { "1 holds".to_owned() } else { format!("{} hold", grouped(list.seen())) },
    );
    if list.seen() == 0 {
        return;
    }
    let mut columns = who();
    columns.extend([Column::Text("Until"), Column::Text("Approved by"), Column::Text("Reason")]);
    begin(out, "list-waived", "Waivers, the soonest end first", &columns);
    for entry in list.entries() {
        let grounds = entry.waiver.as_ref();
        let _ = writeln!(
            out,
            "<tr>{}<td class=\"day\">{}</td><td class=\"text\"><bdi>{}</bdi></td><td class=\"text\"><bdi>{}</bdi></td></tr>",
            who_cells(entry, page),
            day(Kind::Waived, entry, page),
            escape(grounds.map_or("", |grounds| &grounds.approver)),
            escape(grounds.map_or("", |grounds| &grounds.reason)),
        );
    }
    end(out, None);
    left_out(out, Kind::Waived, list);
}

/// Whoever is at work and never sent anything, asked or not.
pub(super) fn without_record(out: &mut String, page: &Page<'_>) {
    let list = &page.summary.lists.without_record;
    let _ = writeln!(out, "<h3>Without any record: {}</h3>", grouped(list.seen()));
    if list.seen() == 0 {
        out.push_str("<p class=\"soft\">Nobody.</p>\n");
        return;
    }
    let columns = ["Name", "Number", "Department", "Manager"].map(Column::Text);
    begin(out, "list-without-record", "At work, without any record", &columns);
    for silent in list.entries() {
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\"><bdi>{}</bdi></th><td class=\"text\"><bdi>{}</bdi></td><td class=\"text\"><bdi>{}</bdi></td><td class=\"text\"><bdi>{}</bdi></td></tr>",
            escape(&silent.name),
            escape(silent.number.as_str()),
            escape(silent.department.as_deref().unwrap_or("")),
            escape(silent.manager.as_deref().unwrap_or("")),
        );
    }
    end(out, None);
    if list.left_out() > 0 {
        let _ = writeln!(
            out,
            "<p>The first {} are shown, {} more are not. <code>countersign hr status --without-record --csv</code> lists them all.</p>",
            grouped(list.seen() - list.left_out()),
            grouped(list.left_out()),
        );
    }
}

fn who() -> Vec<Column> {
    vec![Column::Text("Name"), Column::Text("Number"), Column::Text("Department"), Column::Text("Course")]
}

fn who_cells(entry: &Entry, page: &Page<'_>) -> String {
    format!(
        "<th scope=\"row\"><bdi>{}</bdi></th><td class=\"text\"><bdi>{}</bdi></td><td class=\"text\"><bdi>{}</bdi></td><td class=\"text\">{}</td>",
        escape(&entry.name),
        escape(entry.number.as_str()),
        escape(entry.department.as_deref().unwrap_or("")),
        escape(page.title(&entry.course)),
    )
}

fn day(kind: Kind, entry: &Entry, page: &Page<'_>) -> String {
    entry.date.map(|at| kind.day(at, page.calendar).to_string()).unwrap_or_default()
}

fn left_out(out: &mut String, kind: Kind, list: &List) {
    if list.left_out() > 0 {
        let _ = writeln!(
            out,
            "<p>The first {} are shown, {} more are not. <code>countersign hr status --status {} --csv</code> lists them \
             all, and so does <code>people.csv</code> of <code>countersign hr report --csv DIR</code>.</p>",
            grouped(list.seen() - list.left_out()),
            grouped(list.left_out()),
            kind.words(),
        );
    }
}
