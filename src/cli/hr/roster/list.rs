//! `countersign hr roster list`: who must be trained.

use chrono::NaiveDate;
use clap::Args;
use serde_json::{Value, json};

use super::super::super::Outcome;
use super::super::super::environment::Environment;
use super::super::super::error::Failure;
use super::super::super::output::ForSpreadsheets;
use super::super::super::printer::Printer;
use super::super::dates::AsOf;
use super::super::open::Registry;
use super::super::people::{self, Listener, mention_no_roster};
use super::super::registry::Home;
use super::super::said::counted;
use crate::registry::dossier::Dossier;
use crate::registry::person::Profile;
use crate::registry::row::{Filter, Membership};
use crate::report::table::Table;

#[derive(Debug, Args)]
#[command(
    after_help = "Whoever has left is listed with --everybody. A day in the past shows the roster as it was known at the end \
                  of that day.\n\n\
                  Examples:\n  \
                  countersign hr roster list\n  \
                  countersign hr roster list --department Sales --csv > sales.csv\n  \
                  countersign hr roster list --as-of 2026-06-30 --everybody --json"
)]
pub(super) struct ListArguments {
    /// As it was known at the end of a day, or at a time in UTC; else now
    #[arg(long, value_name = "DATE")]
    as_of: Option<AsOf>,
    /// Only this department, whatever the case and the accents; may be repeated
    #[arg(long, value_name = "NAME")]
    department: Vec<String>,
    /// Only this role, whatever the case and the accents; may be repeated
    #[arg(long, value_name = "NAME")]
    role: Vec<String>,
    /// Also those who have left or have not come yet
    #[arg(long)]
    everybody: bool,
    #[command(flatten)]
    form: Form,
    #[command(flatten)]
    cells: ForSpreadsheets,
}

#[derive(Debug, Args)]
#[group(multiple = false)]
struct Form {
    /// A table for spreadsheets on stdout
    #[arg(long)]
    csv: bool,
    /// One JSON document on stdout
    #[arg(long)]
    json: bool,
}

pub(super) fn run(
    arguments: &ListArguments,
    home: &Home,
    environment: &Environment,
    printer: Printer,
) -> Result<Outcome, Failure> {
    let registry = Registry::open(home, printer)?;
    let at = AsOf::or_now(arguments.as_of, environment.calendar, registry.now()?)?;
    let (departments, roles) = (arguments.department.clone().into(), arguments.role.clone().into());
    let filter = Filter { departments, roles, ..Filter::default() };
    let mut listener = Listener::new(&arguments.department, &arguments.role);
    let mut number = 0;
    let mut each = |take: &mut dyn FnMut(&Listed<'_>) -> Result<(), Failure>| {
        people::each(registry.store(), at, |dossier| {
            listener.meet(dossier);
            let Some(listed) = Listed::of(dossier, &filter, arguments) else { return Ok(()) };
            number += 1;
            take(&listed)
        })
    };
    if arguments.form.json {
        let mut out = printer.bulk();
        out.json(&format!("{{\"at\":{},\"people\":[", json!(at)))?;
        let mut separator = "\n ";
        each(&mut |listed| {
            out.json(separator)?;
            separator = ",\n ";
            out.json(&listed.json().to_string())
        })?;
        out.json("\n]}\n")?;
        out.end()?;
    } else if arguments.form.csv {
        let cells = arguments.cells;
        let mut table = Table::begin(printer.bulk(), cells.separator(), &HEADER, cells.mark())
            .map_err(Failure::stdout)?;
        each(&mut |listed| table.row(listed.row()).map_err(Failure::stdout))?;
        table.end().map_err(Failure::stdout)?.end()?;
    } else {
        let mut lines = Vec::new();
        each(&mut |listed| {
            lines.push((listed.number.to_owned(), listed.words()));
            Ok(())
        })?;
        let width = lines.iter().map(|(number, _)| number.chars().count()).max().unwrap_or(0);
        let mut out = printer.bulk();
        lines.iter().try_for_each(|(number, words)| out.line(&format!("{number:<width$}  {words}")))?;
        out.end()?;
        printer.talk(&counted(number, "person", "people"));
        if number == 0 {
            mention_no_roster(registry.store(), at, arguments.as_of, printer)?;
        }
    }
    listener.mention_strangers(printer);
    Ok(registry.looked(Outcome::Fine))
}

/// Somebody who is listed.
struct Listed<'a> {
    number: &'a str,
    profile: &'a Profile,
    member: Membership,
}

impl<'a> Listed<'a> {
    /// Whoever stands on the roster and is asked for.
    fn of(dossier: &'a Dossier, filter: &Filter, arguments: &ListArguments) -> Option<Self> {
        let roster = dossier.roster.as_ref()?;
        let member = Membership::from(roster);
        let wanted = filter.takes_group(dossier) && (arguments.everybody || member != Membership::Gone);
        wanted.then(|| Self { number: dossier.number.as_str(), profile: &roster.profile, member })
    }

    fn words(&self) -> String {
        let Self { profile, member, .. } = self;
        let mut words = profile.name.clone();
        for detail in [&profile.department, &profile.role].into_iter().flatten() {
            words.push_str("  ");
            words.push_str(detail);
        }
        if *member != Membership::Active {
            words = format!("{words} ({})", member.words());
        }
        words
    }

    fn json(&self) -> Value {
        json!({ "number": self.number, "profile": self.profile, "presence": self.member.words() })
    }

    fn row(&self) -> Vec<String> {
        let profile = self.profile;
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        vec![
            self.number.to_owned(),
            profile.name.clone(),
            text(&profile.email),
            text(&profile.department),
            text(&profile.manager),
            text(&profile.role),
            text(&profile.employment),
            day(profile.hired),
            day(profile.leaves),
            text(&profile.status),
            self.member.words().to_owned(),
        ]
    }
}

/// The names that roster import knows again.
const HEADER: [&str; 11] = [
    "number",
    "name",
    "email",
    "department",
    "manager",
    "role",
    "employment",
    "hired",
    "leaves",
    "status",
    "counted as",
];
