//! The rows of a status list as lines of a terminal, of a table and of JSON.

use serde_json::{Value, json};

use super::super::super::columns::{filled, fitted};
use super::super::people::Basis;
use super::Totals;
use crate::clock::{Calendar, Timestamp};
use crate::printable::Printable;
use crate::registry::Dossier;
use crate::registry::listing::search::ASKED_NOTHING;
use crate::registry::person::Profile;
use crate::registry::row::{Membership, Row};
use crate::registry::status::{Kind, Status};
use crate::registry::summary::counts::Counts;
use crate::report::figures::{counted, grouped};

/// What a line is made for when standard output says no width.
const COLUMNS: usize = 80;
/// The longest status, and the longest date.
const STATUS: usize = 19;
const DATE: usize = 10;

/// One line of the list.
#[derive(Debug, Clone, Copy)]
pub(in crate::cli) enum Line<'a> {
    /// A person, a course and how the one stands with the other.
    Row(&'a Row<'a>),
    /// Somebody who is asked for nothing.
    AskedNothing(&'a Dossier),
}

impl<'a> Line<'a> {
    fn dossier(self) -> &'a Dossier {
        match self {
            Self::Row(row) => row.dossier,
            Self::AskedNothing(dossier) => dossier,
        }
    }

    fn row(self) -> Option<&'a Row<'a>> {
        match self {
            Self::Row(row) => Some(row),
            Self::AskedNothing(_) => None,
        }
    }

    fn profile(self) -> Option<&'a Profile> {
        self.dossier().roster.as_ref().map(|roster| &roster.profile)
    }

    /// The name on the roster; empty for somebody who stands on none.
    fn name(self) -> &'a str {
        self.profile().map_or("", |profile| &profile.name)
    }

    fn status(self) -> &'static str {
        self.row().map_or(ASKED_NOTHING, |row| row.status.kind().words())
    }
}

/// What becomes of a text that is longer than its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Long {
    /// It is cut, so that a line stays a line of the terminal.
    Cut,
    /// It stays whole: nobody can ask a file for the rest.
    Whole,
}

/// How wide the columns are. Rows come one at a time, so the width of what they hold is not known.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    long: Long,
    number: usize,
    name: usize,
    /// None where there is no room.
    department: usize,
    course: usize,
}

impl Layout {
    /// For so many columns, and courses whose identifiers are at most so long.
    pub(super) fn new(columns: Option<usize>, longest_course: usize) -> Self {
        let long = if columns.is_some() { Long::Cut } else { Long::Whole };
        let columns = columns.unwrap_or(COLUMNS).clamp(60, 160);
        // Between the five columns that are always there.
        let room = columns - STATUS - DATE - 4;
        let department = if columns >= 110 { 20 } else { 0 };
        let room = room - if department > 0 { department + 1 } else { 0 };
        let (number, course) = (room / 5, longest_course.clamp("course".len(), room * 2 / 5));
        Self { long, number, name: room - number - course, department, course }
    }

    pub(super) fn header(self) -> String {
        self.cells(["number", "name", "department", "course", "status", "due or end"])
    }

    pub(super) fn line(self, line: &Line<'_>, at: Timestamp, calendar: Calendar) -> String {
        let member = Membership::of(line.dossier());
        let name = match member {
            Membership::Active => line.name().to_owned(),
            Membership::Away | Membership::ToCome | Membership::Gone => {
                let words = format!(" ({})", member.words());
                let name = Printable::new(line.name());
                let name = match self.long {
                    Long::Cut => name.cut(self.name.saturating_sub(words.len())),
                    Long::Whole => name,
                };
                format!("{name}{words}")
            }
            Membership::Unlisted => format!("({})", member.words()),
        };
        let row = line.row();
        let status = match row.and_then(|row| row.days_late(at)) {
            Some(days) => format!("overdue {} d", grouped(days)),
            None => line.status().to_owned(),
        };
        let day = row.and_then(|row| row.status.day(calendar)).map(|day| day.to_string());
        self.cells([
            line.dossier().number.as_str(),
            &name,
            line.profile().and_then(|profile| profile.department.as_deref()).unwrap_or(""),
            row.map_or("", |row| row.course.as_str()),
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
        let cells = widths.iter().filter(|(_, width)| *width > 0);
        let cells = cells.map(|(text, width)| match self.long {
            Long::Cut => fitted(text, *width),
            Long::Whole => filled(text, *width),
        });
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
        counted(totals.rows.total() + totals.asked_nothing, "row", "rows"),
        counted(totals.people, "person", "people"),
        calendar.day_and_time(at)
    )];
    let said = |counts: &Counts| {
        let some = counts.each().filter(|(_, number)| *number > 0);
        some.map(|(kind, number)| format!("{} {}", grouped(number), kind.words())).collect::<Vec<_>>()
    };
    let mut statuses = said(&totals.rows);
    if totals.asked_nothing > 0 {
        statuses.push(format!("{} {ASKED_NOTHING}", grouped(totals.asked_nothing)));
    }
    wrapped(&statuses, columns, &mut lines);
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
pub(in crate::cli) fn csv(line: &Line<'_>, basis: &Basis, at: Timestamp) -> Vec<String> {
    let (profile, row) = (line.profile(), line.row());
    let said = |text: Option<&String>| text.cloned().unwrap_or_default();
    let time = |time: Option<Timestamp>| time.map(|time| time.to_string()).unwrap_or_default();
    let dates = row.map(|row| Dates::of(&row.status)).unwrap_or_default();
    let waiver = row.and_then(Row::waiver);
    vec![
        line.dossier().number.to_string(),
        line.name().to_owned(),
        said(profile.and_then(|profile| profile.email.as_ref())),
        said(profile.and_then(|profile| profile.department.as_ref())),
        said(profile.and_then(|profile| profile.manager.as_ref())),
        said(profile.and_then(|profile| profile.role.as_ref())),
        said(profile.and_then(|profile| profile.employment.as_ref())),
        Membership::of(line.dossier()).words().to_owned(),
        row.map(|row| row.course.to_string()).unwrap_or_default(),
        row.map(|row| basis.title(&row.course).to_owned()).unwrap_or_default(),
        line.status().to_owned(),
        time(dates.due),
        row.and_then(|row| row.days_late(at)).map(|days| days.to_string()).unwrap_or_default(),
        time(row.and_then(Row::earned).map(|earned| earned.at)),
        time(dates.expires),
        time(dates.waived_until),
        waiver.map(|waiver| waiver.approver.clone()).unwrap_or_default(),
        waiver.map(|waiver| waiver.reason.clone()).unwrap_or_default(),
        row.and_then(Row::record).map(|record| record.digest.to_string()).unwrap_or_default(),
        at.to_string(),
    ]
}

/// A row as JSON; what does not belong to a status is null.
pub(super) fn json(line: &Line<'_>, basis: &Basis, at: Timestamp) -> Value {
    let (profile, row) = (line.profile(), line.row());
    let dates = row.map(|row| Dates::of(&row.status)).unwrap_or_default();
    let waiver = row.and_then(Row::waiver);
    json!({
        "number": line.dossier().number,
        "name": profile.map(|profile| &profile.name),
        "department": profile.and_then(|profile| profile.department.as_ref()),
        "manager": profile.and_then(|profile| profile.manager.as_ref()),
        "role": profile.and_then(|profile| profile.role.as_ref()),
        "presence": Membership::of(line.dossier()).words(),
        "course": row.map(|row| row.course.as_str()),
        "title": row.map(|row| basis.title(&row.course)),
        "status": line.status(),
        "due": dates.due,
        "daysOverdue": row.and_then(|row| row.days_late(at)),
        "completedAt": row.and_then(Row::earned).map(|earned| earned.at),
        "expires": dates.expires,
        "waiver": waiver.map(|waiver| json!({
            "until": waiver.until,
            "approver": waiver.approver,
            "reason": waiver.reason,
        })),
        "record": row.and_then(Row::record).map(|record| record.digest),
    })
}

/// What was shown, for programs.
pub(super) fn totals_json(totals: &Totals) -> Value {
    let mut statuses: serde_json::Map<String, Value> =
        totals.rows.each().map(|(kind, number)| (kind.words().to_owned(), number.into())).collect();
    statuses.insert(ASKED_NOTHING.to_owned(), totals.asked_nothing.into());
    json!({
        "rows": totals.rows.total() + totals.asked_nothing,
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
