//! `countersign hr status`: how everybody stands with every course.

pub(super) mod rows;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::super::Outcome;
use super::super::environment::Environment;
use super::super::error::Failure;
use super::super::printer::{Bulk, Printer};
use super::dates::AsOf;
use super::open::{Registry, of_store};
use super::people::{self, Basis, PeopleArguments};
use super::registry::Home;
use crate::clock::{Clock as _, SystemClock};
use crate::registry::row::{Filter, Membership, Row, Rowless, Whose};
use crate::registry::status::Kind;
use crate::registry::summary::counts::Counts;
use crate::report::table::{Mark, Table};
use rows::Layout;

#[derive(Debug, Args)]
#[command(
    after_help = "One row for each person at work and each course that concerns them: that they were assigned, that a rule asks \
                  of them, that they are excepted from, or that they completed. The date beside a status is the day it is due, \
                  or the day on which a completion or a waiver ends. The exit code is 0, whatever the rows say.\n\n\
                  Examples:\n  \
                  countersign hr status\n  \
                  countersign hr status --course app-data --status overdue,failed\n  \
                  countersign hr status --status expiring --expiring 60\n  \
                  countersign hr status --as-of 2026-06-30 --csv > status.csv\n  \
                  countersign hr status --department Sales --department Care --json"
)]
pub(in crate::cli) struct StatusArguments {
    #[command(flatten)]
    people: PeopleArguments,
    /// Only these statuses, with commas between them
    #[arg(long, value_name = "STATUS", value_enum, value_delimiter = ',')]
    status: Vec<StatusWord>,
    /// Also people on leave, those to come, those who left, and those who sent a record and are not on the roster
    #[arg(long)]
    everybody: bool,
    #[command(flatten)]
    form: Form,
    /// Begin the CSV with a byte order mark, so that spreadsheets take it for UTF-8
    #[arg(long, requires = "csv")]
    bom: bool,
}

#[derive(Debug, Args)]
#[group(multiple = false)]
struct Form {
    /// A table for spreadsheets and programs, with everything that is known
    #[arg(long)]
    csv: bool,
    /// One JSON document on stdout
    #[arg(long)]
    json: bool,
}

/// The statuses as they are typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum StatusWord {
    Complete,
    Expiring,
    #[value(alias = "in-progress")]
    InProgressUnknown,
    NotStarted,
    Overdue,
    Failed,
    Expired,
    Waived,
}

impl StatusWord {
    fn kind(self) -> Kind {
        match self {
            Self::Complete => Kind::Complete,
            Self::Expiring => Kind::Expiring,
            Self::InProgressUnknown => Kind::InProgressUnknown,
            Self::NotStarted => Kind::NotStarted,
            Self::Overdue => Kind::Overdue,
            Self::Failed => Kind::Failed,
            Self::Expired => Kind::Expired,
            Self::Waived => Kind::Waived,
        }
    }
}

/// What was shown, and who was not.
#[derive(Debug, Default)]
pub(super) struct Totals {
    rows: Counts,
    people: u64,
    rowless: Rowless,
}

pub(super) fn run(
    arguments: &StatusArguments,
    home: &Home,
    environment: &Environment,
    printer: Printer,
) -> Result<Outcome, Failure> {
    let registry = Registry::open(home, printer)?;
    let now = SystemClock.now();
    let at = AsOf::or_now(arguments.people.as_of, environment.calendar, now)?;
    let basis = Basis::load(registry.store(), at)?;
    basis.mention_unknown(&arguments.people.course, printer);
    let filter = Filter {
        whose: if arguments.everybody { Whose::Everybody } else { Whose::Active },
        kinds: arguments.status.iter().map(|word| word.kind()).collect(),
        ..arguments.people.filter()
    };
    let reckoning = basis.reckoning(at, arguments.people.expiring);
    let mut totals = Totals::default();
    let mut each = |take: &mut dyn FnMut(&Row<'_>) -> Result<(), Failure>| {
        people::each(registry.store(), at, |dossier| {
            let before = totals.rows.total();
            for row in filter.rows(dossier, &reckoning) {
                totals.rows.add(row.status.kind());
                take(&row)?;
            }
            let shown = totals.rows.total() > before;
            totals.people += u64::from(shown);
            let may_be_asked = || Membership::of(dossier) == Membership::Active && !filter.kinds.is_empty();
            if !shown && filter.takes_group(dossier) && !may_be_asked() {
                totals.rowless.add(dossier);
            }
            Ok(())
        })
    };
    let mut out = printer.bulk();
    if arguments.form.csv {
        let mark = if arguments.bom { Mark::Utf8 } else { Mark::None };
        let mut table = Table::begin(out, rows::CSV, mark).map_err(Failure::stdout)?;
        each(&mut |row| table.row(rows::csv(row, &basis, at)).map_err(Failure::stdout))?;
        out = table.end().map_err(Failure::stdout)?;
    } else if arguments.form.json {
        let registry = registry.store().id().map_err(|error| of_store(&error))?;
        out.json(&format!(
            "{{\"asOf\":{},\"registry\":{},\"rows\":[",
            json!(at),
            json!(registry.to_string())
        ))?;
        let mut separator = "\n ";
        each(&mut |row| {
            out.json(separator)?;
            separator = ",\n ";
            out.json(&rows::json(row, &basis, at).to_string())
        })?;
        out.json(&format!("\n],\"totals\":{}}}\n", rows::totals_json(&totals)))?;
    } else {
        let layout = Layout::new(environment.columns, basis.longest_course());
        let mut begun = false;
        each(&mut |row| {
            if !std::mem::replace(&mut begun, true) {
                out.line(&layout.header())?;
            }
            out.line(&layout.line(row, at, environment.calendar))
        })?;
        end(&totals, at, environment, &mut out)?;
    }
    out.end()?;
    if totals.people == 0 {
        people::mention_no_roster(registry.store(), at, printer)?;
    }
    Ok(Outcome::Fine)
}

fn end(
    totals: &Totals,
    at: crate::clock::Timestamp,
    environment: &Environment,
    out: &mut Bulk,
) -> Result<(), Failure> {
    if totals.rows.total() > 0 {
        out.line("")?;
    }
    rows::totals(totals, at, environment.calendar, environment.columns)
        .iter()
        .try_for_each(|line| out.line(line))
}
