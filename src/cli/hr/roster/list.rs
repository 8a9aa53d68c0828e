//! `countersign hr roster list`: who must be trained.

use chrono::NaiveDate;
use clap::Args;
use serde_json::json;

use super::super::super::Outcome;
use super::super::super::environment::Environment;
use super::super::super::error::Failure;
use super::super::super::printer::Printer;
use super::super::dates::AsOf;
use super::super::open::{Registry, of_store};
use super::super::people::{Listener, mention_no_roster};
use super::super::registry::Home;
use super::super::said::counted;
use crate::clock::{Clock as _, SystemClock};
use crate::registry::dossier::Dossier;
use crate::registry::person::Profile;
use crate::registry::row::{Filter, Membership};
use crate::report::table::{self, Mark};

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
    /// A table for spreadsheets on stdout
    #[arg(long, conflicts_with = "json")]
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
    let at = AsOf::or_now(arguments.as_of, environment.calendar, SystemClock.now())?;
    let (departments, roles) = (arguments.department.clone().into(), arguments.role.clone().into());
    let filter = Filter { departments, roles, ..Filter::default() };
    let mut listener = Listener::new(&arguments.department, &arguments.role);
    let mut people = Vec::new();
    registry
        .store()
        .dossiers(at, &mut |dossier| {
            listener.meet(&dossier);
            people.extend(listed(dossier, &filter, arguments));
            Ok(())
        })
        .map_err(|error| of_store(&error))?;
    if arguments.json {
        let people: Vec<_> = people
            .iter()
            .map(|(number, profile, member)| {
                json!({ "number": number, "profile": profile, "presence": member.words() })
            })
            .collect();
        printer.json(&json!({ "at": at, "people": people }))?;
    } else if arguments.csv {
        printer.bytes(&table::csv(&HEADER, people.iter().map(row), Mark::None))?;
    } else {
        let width = people.iter().map(|(number, ..)| number.chars().count()).max().unwrap_or(0);
        for (number, profile, member) in &people {
            let mut line = format!("{number:<width$}  {}", profile.name);
            for detail in [&profile.department, &profile.role].into_iter().flatten() {
                line.push_str("  ");
                line.push_str(detail);
            }
            if *member != Membership::Active {
                line = format!("{line} ({})", member.words());
            }
            printer.line(&line)?;
        }
        printer.talk(&counted(people.len(), "person", "people"));
        if people.is_empty() {
            mention_no_roster(registry.store(), at, printer)?;
        }
    }
    listener.mention_strangers(printer);
    Ok(Outcome::Fine)
}

type Listed = (String, Profile, Membership);

/// Whoever stands on the roster and is asked for.
fn listed(dossier: Dossier, filter: &Filter, arguments: &ListArguments) -> Option<Listed> {
    let is_wanted = filter.takes_group(&dossier);
    let roster = dossier.roster?;
    let member = Membership::from(&roster);
    let wanted = is_wanted && (arguments.everybody || member != Membership::Gone);
    wanted.then(|| (dossier.number.as_str().to_owned(), roster.profile, member))
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

fn row((number, profile, member): &Listed) -> Vec<String> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    vec![
        number.clone(),
        profile.name.clone(),
        text(&profile.email),
        text(&profile.department),
        text(&profile.manager),
        text(&profile.role),
        text(&profile.employment),
        day(profile.hired),
        day(profile.leaves),
        text(&profile.status),
        member.words().to_owned(),
    ]
}
