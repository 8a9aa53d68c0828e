//! The rows of a status list as lines of a terminal, of a table and of JSON.

use serde_json::{Value, json};

use super::super::super::columns::fitted;
use super::super::people::Basis;
use super::Totals;
use crate::clock::{Calendar, Timestamp};
use crate::printable::Printable;
use crate::registry::row::{Membership, Row};
use crate::registry::status::{Kind, Status};
use crate::registry::summary::counts::Counts;
use crate::report::figures::{counted, grouped};

/// What a line is made for when standard output says no width.
const COLUMNS: usize = 80;
/// The longest status, and the longest date.
const STATUS: usize = 19;
const DATE: usize = 10;

/// How wide the columns are. Rows come one at a time, so the width of what they hold is not known.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    number: usize,
    name: usize,
    /// None where there is no room.
    department: usize,
    course: usize,
}

impl Layout {
    /// For so many columns, and courses whose identifiers are at most so long.
    pub(super) fn new(columns: Option<usize>, longest_course: usize) -> Self {
        let columns = columns.unwrap_or(COLUMNS).clamp(60, 160);
        // Between the five columns that are always there.
        let room = columns - STATUS - DATE - 4;
        let department = if columns >= 110 { 20 } else { 0 };
        let room = room - if department > 0 { department + 1 } else { 0 };
        let (number, course) = (room / 5, longest_course.clamp("course".len(), room * 2 / 5));
        Self { number, name: room - number - course, department, course }
    }

    pub(super) fn header(self) -> String {
        self.cells(["number", "name", "department", "course", "status", "date"])
    }

    pub(super) fn line(self, row: &Row<'_>, at: Timestamp, calendar: Calendar) -> String {
        let profile = row.dossier.roster.as_ref().map(|roster| &roster.profile);
        let member = Membership::of(row.dossier);
        let name = match member {
            Membership::Active => row.name().to_owned(),
            Membership::Away | Membership::ToCome | Membership::Gone => {
                let words = member.words();
                let room = self.name.saturating_sub(words.len() + 3);
                format!("{} ({words})", Printable::new(row.name()).cut(room))
            }
            Membership::Unlisted => format!("({})", member.words()),
        };
        let status = match row.days_late(at) {
            Some(days) => format!("overdue {} d", grouped(days)),
            None => row.status.kind().words().to_owned(),
        };
        let day = row.status.date().map(|at| calendar.day(at).to_string());
        self.cells([
            row.dossier.number.as_str(),
            &name,
            profile.and_then(|profile| profile.department.as_deref()).unwrap_or(""),
            row.course.as_str(),
            &status,
            day.as_deref().unwrap_or(""),
        ])
    }

    fn cells(self, [number, name, department, course, status, date]: [&str; 6]) -> String {
        let widths = [
            (number, self.number),
            (name, self.name),
            (department, self.department),
            (course, self.course),
            (status, STATUS),
            (date, DATE),
        ];
        let cells = widths.iter().filter(|(_, width)| *width > 0).map(|(text, width)| fitted(text, *width));
        cells.collect::<Vec<_>>().join(" ").trim_end().to_owned()
    }
}

/// What was shown, in lines of at most as many columns.
pub(super) fn totals(
    totals: &Totals,
    at: Timestamp,
    calendar: Calendar,
    columns: Option<usize>,
) -> Vec<String> {
    let columns = columns.unwrap_or(COLUMNS).clamp(60, 160);
    let mut lines = vec![format!(
        "{} of {}, as of {}",
        counted(totals.rows.total(), "row", "rows"),
        counted(totals.people, "person", "people"),
        calendar.day_and_time(at)
    )];
    let said = |counts: &Counts| {
        let some = counts.each().filter(|(_, number)| *number > 0);
        some.map(|(kind, number)| format!("{} {}", grouped(number), kind.words())).collect::<Vec<_>>()
    };
    wrapped(&said(&totals.rows), columns, &mut lines);
    let apart = totals.rowless.each();
    let mut apart: Vec<String> =
        apart.map(|(number, words)| format!("{} {words}", grouped(number))).collect();
    if let Some(first) = apart.first_mut() {
        first.insert_str(0, "without a row: ");
        wrapped(&apart, columns, &mut lines);
    }
    lines
}

/// Parts with commas between them, in indented lines.
fn wrapped(parts: &[String], columns: usize, lines: &mut Vec<String>) {
    let mut line = String::new();
    for (index, part) in parts.iter().enumerate() {
        if !line.is_empty() && line.chars().count() + part.chars().count() + 4 > columns {
            lines.push(std::mem::take(&mut line));
        }
        line.push_str(if line.is_empty() { "  " } else { " " });
        line.push_str(part);
        if index + 1 < parts.len() {
            line.push(',');
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
}

/// The names of the columns of a table.
pub(in crate::cli) const CSV: &[&str] = &[
    "number",
    "name",
    "email",
    "department",
    "manager",
    "role",
    "employment",
    "presence",
    "course",
    "title",
    "status",
    "due",
    "days_overdue",
    "completed",
    "expires",
    "waived_until",
    "waiver_approver",
    "waiver_reason",
    "record",
    "as_of",
];

/// A row of a table.
pub(in crate::cli) fn csv(row: &Row<'_>, basis: &Basis, at: Timestamp) -> Vec<String> {
    let profile = row.dossier.roster.as_ref().map(|roster| &roster.profile);
    let said = |text: Option<&String>| text.cloned().unwrap_or_default();
    let time = |time: Option<Timestamp>| time.map(|time| time.to_string()).unwrap_or_default();
    let dates = Dates::of(&row.status);
    let waiver = row.waiver();
    vec![
        row.dossier.number.to_string(),
        row.name().to_owned(),
        said(profile.and_then(|profile| profile.email.as_ref())),
        said(profile.and_then(|profile| profile.department.as_ref())),
        said(profile.and_then(|profile| profile.manager.as_ref())),
        said(profile.and_then(|profile| profile.role.as_ref())),
        said(profile.and_then(|profile| profile.employment.as_ref())),
        Membership::of(row.dossier).words().to_owned(),
        row.course.to_string(),
        basis.title(&row.course).to_owned(),
        row.status.kind().words().to_owned(),
        time(dates.due),
        row.days_late(at).map(|days| days.to_string()).unwrap_or_default(),
        time(row.earned().map(|earned| earned.at)),
        time(dates.expires),
        time(dates.waived_until),
        waiver.map(|waiver| waiver.approver.clone()).unwrap_or_default(),
        waiver.map(|waiver| waiver.reason.clone()).unwrap_or_default(),
        row.record().map(|record| record.digest.to_string()).unwrap_or_default(),
        at.to_string(),
    ]
}

/// A row as JSON; what does not belong to a status is null.
pub(super) fn json(row: &Row<'_>, basis: &Basis, at: Timestamp) -> Value {
    let profile = row.dossier.roster.as_ref().map(|roster| &roster.profile);
    let dates = Dates::of(&row.status);
    let waiver = row.waiver();
    json!({
        "number": row.dossier.number,
        "name": profile.map(|profile| &profile.name),
        "department": profile.and_then(|profile| profile.department.as_ref()),
        "manager": profile.and_then(|profile| profile.manager.as_ref()),
        "role": profile.and_then(|profile| profile.role.as_ref()),
        "presence": Membership::of(row.dossier).words(),
        "course": row.course.as_str(),
        "title": basis.title(&row.course),
        "status": row.status.kind().words(),
        "due": dates.due,
        "daysOverdue": row.days_late(at),
        "completedAt": row.earned().map(|earned| earned.at),
        "expires": dates.expires,
        "waiver": waiver.map(|waiver| json!({
            "until": waiver.until,
            "approver": waiver.approver,
            "reason": waiver.reason,
        })),
        "record": row.record().map(|record| record.digest),
    })
}

/// What was shown, for programs.
pub(super) fn totals_json(totals: &Totals) -> Value {
    let statuses: serde_json::Map<String, Value> =
        totals.rows.each().map(|(kind, number)| (kind.words().to_owned(), number.into())).collect();
    json!({
        "rows": totals.rows.total(),
        "people": totals.people,
        "statuses": statuses,
        "withoutRow": {
            "onLeave": totals.rowless.away,
            "toCome": totals.rowless.to_come,
            "left": totals.rowless.gone,
            "notOnTheRoster": totals.rowless.unlisted,
            "askedForNothing": totals.rowless.asked_nothing,
        },
    })
}

/// The date of a status, by what it is the date of.
#[derive(Debug, Default)]
struct Dates {
    due: Option<Timestamp>,
    expires: Option<Timestamp>,
    waived_until: Option<Timestamp>,
}

impl Dates {
    fn of(status: &Status) -> Self {
        let date = status.date();
        match status.kind() {
            Kind::Complete | Kind::Expiring | Kind::Expired => Self { expires: date, ..Self::default() },
            Kind::InProgressUnknown | Kind::NotStarted | Kind::Overdue | Kind::Failed => {
                Self { due: date, ..Self::default() }
            }
            Kind::Waived => Self { waived_until: date, ..Self::default() },
        }
    }
}
