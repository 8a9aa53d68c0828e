//! `countersign hr status`: how everybody stands with every course.

pub(super) mod rows;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::super::Outcome;
use super::super::environment::Environment;
use super::super::error::Failure;
use super::super::output::ForSpreadsheets;
use super::super::printer::{Bulk, Printer};
use super::open::{Registry, of_store};
use super::people::{self, Basis, Listener, PeopleArguments};
use super::registry::Home;
use super::soundness::Soundness;
use crate::clock::Timestamp;
use crate::registry::Dossier;
use crate::registry::row::{Filter, Membership, Row, Rowless, Whose};
use crate::registry::status::{Kind, Reckoning};
use crate::registry::summary::counts::Counts;
use crate::report::table::Table;
use rows::{Layout, Line};

#[derive(Debug, Args)]
#[command(
    after_help = "One row for each person at work and each course that concerns them: that they were assigned, that a rule asks \
                  of them, that they are excepted from, or that they completed. The day beside a status is the one on which the \
                  course is due (in progress, not started, overdue, failed), or on which a completion or a waiver ends \
                  (complete, expiring, expired, waived). Whoever has no row is asked for nothing; --everybody and --status \
                  asked-for-nothing list them, too. At a terminal long names are cut; in a pipe or a file nothing is. The exit \
                  code is 0, whatever the rows say.\n\n\
                  Examples:\n  \
                  countersign hr status\n  \
                  countersign hr status --course app-data --status overdue,failed\n  \
                  countersign hr status --status expiring --expiring 60\n  \
                  countersign hr status --status asked-for-nothing\n  \
                  countersign hr status --without-record\n  \
                  countersign hr status --as-of 2026-06-30 --csv > status.csv\n  \
                  countersign hr status --department Sales --department Care --json"
)]
pub(in crate::cli) struct StatusArguments {
    #[command(flatten)]
    people: PeopleArguments,
    /// Only these statuses, with commas between them
    #[arg(long, value_name = "STATUS", value_enum, value_delimiter = ',')]
    status: Vec<StatusWord>,
    /// Also people on leave, those to come, those who left, those who sent a record and are not on the roster, and whoever is
    /// asked for nothing
    #[arg(long)]
    everybody: bool,
    /// Only people of whom no record ever came
    #[arg(long)]
    without_record: bool,
    #[command(flatten)]
    form: Form,
    #[command(flatten)]
    cells: ForSpreadsheets,
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
    AskedForNothing,
}

impl StatusWord {
    /// The status; none of whoever is asked for nothing.
    fn kind(self) -> Option<Kind> {
        match self {
            Self::Complete => Some(Kind::Complete),
            Self::Expiring => Some(Kind::Expiring),
            Self::InProgressUnknown => Some(Kind::InProgressUnknown),
            Self::NotStarted => Some(Kind::NotStarted),
            Self::Overdue => Some(Kind::Overdue),
            Self::Failed => Some(Kind::Failed),
            Self::Expired => Some(Kind::Expired),
            Self::Waived => Some(Kind::Waived),
            Self::AskedForNothing => None,
        }
    }
}

/// Which people and statuses are listed.
struct Wanted {
    filter: Filter,
    /// Whether only some statuses are.
    some: bool,
    /// Whether people are who have no row.
    rowless: bool,
    /// Whether only people are of whom no record came.
    without_record: bool,
}

impl Wanted {
    fn of(arguments: &StatusArguments) -> Self {
        let some = !arguments.status.is_empty();
        let asked_nothing = arguments.status.contains(&StatusWord::AskedForNothing);
        let filter = Filter {
            whose: if arguments.everybody { Whose::Everybody } else { Whose::Active },
            kinds: arguments.status.iter().filter_map(|word| word.kind()).collect(),
            ..arguments.people.filter()
        };
        let whole = arguments.everybody || arguments.without_record;
        Self {
            filter,
            some,
            rowless: asked_nothing || (whole && !some),
            without_record: arguments.without_record,
        }
    }

    /// Whether somebody is looked at, whatever their statuses.
    fn takes(&self, dossier: &Dossier) -> bool {
        let has_record = || dossier.records.iter().any(|record| self.filter.takes_course(&record.course));
        self.filter.takes_group(dossier) && !(self.without_record && has_record())
    }

    /// The rows of somebody that are listed.
    fn rows<'a>(&self, dossier: &'a Dossier, reckoning: &Reckoning<'_>) -> Vec<Row<'a>> {
        // Somebody wants those alone who have no row.
        if self.some && self.filter.kinds.is_empty() {
            return Vec::new();
        }
        self.filter.rows(dossier, reckoning).collect()
    }

    /// Whether somebody of whom no row is listed is listed without one.
    fn lists_without_row(&self, dossier: &Dossier, reckoning: &Reckoning<'_>) -> bool {
        let member = match self.filter.whose {
            Whose::Active => Membership::of(dossier) == Membership::Active,
            // Of whoever was erased nothing is left.
            Whose::Everybody => dossier.roster.is_some() || !dossier.records.is_empty(),
        };
        self.rowless
            && member
            && !reckoning.standing(dossier).keys().any(|course| self.filter.takes_course(course))
    }
}

/// What was shown, and who was not.
#[derive(Debug, Default)]
pub(super) struct Totals {
    rows: Counts,
    /// People who were listed without a row.
    asked_nothing: u64,
    people: u64,
    rowless: Rowless,
}

/// Everybody who is asked about and how they stand at one moment, with what was shown of them so far.
struct Listing<'a> {
    registry: &'a Registry,
    basis: &'a Basis,
    reckoning: Reckoning<'a>,
    wanted: Wanted,
    at: Timestamp,
    listener: Listener<'a>,
    totals: Totals,
}

pub(super) fn run(
    arguments: &StatusArguments,
    home: &Home,
    environment: &Environment,
    printer: Printer,
) -> Result<Outcome, Failure> {
    let registry = Registry::open(home, printer)?;
    let at = moment(arguments, registry.now()?, environment, printer);
    let basis = Basis::load(registry.store(), at)?;
    basis.mention_unknown(&arguments.people.course, printer);
    let mut listing = Listing {
        registry: &registry,
        basis: &basis,
        reckoning: basis.reckoning(at, arguments.people.expiring),
        wanted: Wanted::of(arguments),
        at,
        listener: Listener::new(&arguments.people.department, &arguments.people.role),
        totals: Totals::default(),
    };
    let mut out = printer.bulk();
    if arguments.form.csv {
        listing.csv(arguments.cells, &mut out)?;
    } else if arguments.form.json {
        listing.json(&mut out)?;
    } else {
        listing.text(environment, &mut out)?;
    }
    out.end()?;
    listing.listener.mention_strangers(printer);
    if listing.totals.people == 0 {
        people::mention_no_roster(registry.store(), at, arguments.people.as_of, printer)?;
    }
    let soundness = Soundness::at_a_look(&registry)?;
    soundness.mention(environment.calendar, printer);
    Ok(registry.looked(soundness.outcome()))
}

/// The moment that is asked about; it is said when that lies ahead.
fn moment(
    arguments: &StatusArguments,
    now: Timestamp,
    environment: &Environment,
    printer: Printer,
) -> Timestamp {
    let at = arguments.people.as_of.map_or(now, |as_of| as_of.also_ahead(environment.calendar, now));
    if at > now {
        let day = environment.calendar.day_and_time(at);
        printer.talk(&format!("note: {day} lies ahead: this is how it stands then if nothing else comes, and nobody is asked meanwhile"));
    }
    at
}

impl Listing<'_> {
    fn csv(&mut self, cells: ForSpreadsheets, out: &mut Bulk) -> Result<(), Failure> {
        let (basis, at) = (self.basis, self.at);
        let mut table =
            Table::begin(out, cells.separator(), rows::CSV, cells.mark()).map_err(Failure::stdout)?;
        self.each(&mut |line| table.row(rows::csv(line, basis, at)).map_err(Failure::stdout))?;
        table.end().map(drop).map_err(Failure::stdout)
    }

    fn json(&mut self, out: &mut Bulk) -> Result<(), Failure> {
        let (basis, at) = (self.basis, self.at);
        let registry = self.registry.store().id().map_err(|error| of_store(&error))?;
        out.json(&format!(
            "{{\"asOf\":{},\"registry\":{},\"rows\":[",
            json!(at),
            json!(registry.to_string())
        ))?;
        let mut separator = "\n ";
        self.each(&mut |line| {
            out.json(separator)?;
            separator = ",\n ";
            out.json(&rows::json(line, basis, at).to_string())
        })?;
        out.json(&format!("\n],\"totals\":{}}}\n", rows::totals_json(&self.totals)))
    }

    /// Lines for a person. The header stands above the first one, so that nothing has none.
    fn text(&mut self, environment: &Environment, out: &mut Bulk) -> Result<(), Failure> {
        let at = self.at;
        let layout = Layout::new(environment.columns, self.basis.longest_course());
        let mut begun = false;
        self.each(&mut |line| {
            if !std::mem::replace(&mut begun, true) {
                out.line(&layout.header())?;
            }
            out.line(&layout.line(line, at, environment.calendar))
        })?;
        if self.totals.people > 0 {
            out.line("")?;
        }
        rows::totals(&self.totals, at, environment.calendar, environment.columns)
            .iter()
            .try_for_each(|line| out.line(line))
    }

    /// Hands every line that is listed to `take`.
    fn each(&mut self, take: &mut dyn FnMut(&Line<'_>) -> Result<(), Failure>) -> Result<(), Failure> {
        let registry = self.registry;
        people::each(registry.store(), self.at, |dossier| self.meet(dossier, take))
    }

    /// Hands the lines of somebody to `take`, and counts them or why there is none.
    fn meet(
        &mut self,
        dossier: &Dossier,
        take: &mut dyn FnMut(&Line<'_>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        self.listener.meet(dossier);
        if !self.wanted.takes(dossier) {
            return Ok(());
        }
        let rows = self.wanted.rows(dossier, &self.reckoning);
        for row in &rows {
            self.totals.rows.add(row.status.kind());
            take(&Line::Row(row))?;
        }
        if !rows.is_empty() {
            self.totals.people += 1;
        } else if self.wanted.lists_without_row(dossier, &self.reckoning) {
            self.totals.people += 1;
            self.totals.asked_nothing += 1;
            take(&Line::AskedNothing(dossier))?;
        } else {
            let may_be_asked = Membership::of(dossier) == Membership::Active && self.wanted.some;
            if !may_be_asked {
                self.totals.rowless.add(dossier);
            }
        }
        Ok(())
    }
}
