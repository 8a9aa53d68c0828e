//! `countersign hr report`: what all people together come to.

mod json;
mod lines;
mod tables;

use std::path::{Path, PathBuf};

use chrono::{Datelike as _, Months, NaiveDate};
use clap::Args;

use super::super::Outcome;
use super::super::environment::Environment;
use super::super::error::Failure;
use super::super::output::{ForSpreadsheets, Replacing};
use super::super::printer::Printer;
use super::dates::{AsOf, day};
use super::open::{Registry, of_store};
use super::people::{self, Basis, Listener, PeopleArguments};
use super::registry::Home;
use super::soundness::Soundness;
use crate::clock::Timestamp;
use crate::registry::row::{Filter, Whose};
use crate::registry::summary::completions::Period;
use crate::registry::summary::{Question, Span, Summary, Tally};
use crate::report::training::{Page, Source, html};
use crate::store::registry::RegistryStore;

/// How many people a list of the page has at most, so that a browser takes it well.
const LONGEST: usize = 300;
/// How many months before the moment completions are counted from, unless it is said.
const MONTHS: u32 = 12;
/// The longest time over which is counted, in days: a hundred years.
const MOST_DAYS: u64 = 36_600;

#[derive(Debug, Args)]
#[command(
    after_help = "Counted are people at work, each once with each course; people on leave are counted apart. Without an option \
                  the summary is printed. --html writes one page that needs nothing else: it can be mailed, printed and read \
                  without scripts. --csv writes tables: people.csv with a row for each person and course, courses.csv, \
                  departments.csv, roles.csv and completions.csv.\n\n\
                  Examples:\n  \
                  countersign hr report\n  \
                  countersign hr report --html status.html --by \"Grace, HR\"\n  \
                  countersign hr report --as-of 2026-06-30 --course app-data\n  \
                  countersign hr report --from 2026-01-01 --to 2026-03-31 --csv quarter/\n  \
                  countersign hr report --json"
)]
pub(in crate::cli) struct ReportArguments {
    #[command(flatten)]
    people: PeopleArguments,
    /// First day over which completions and new hires are counted; else a year back
    #[arg(long, value_name = "DATE", value_parser = day)]
    from: Option<NaiveDate>,
    /// Last day over which they are counted; else the day of the report
    #[arg(long, value_name = "DATE", value_parser = day)]
    to: Option<NaiveDate>,
    #[command(flatten)]
    form: Form,
    /// Who makes the report, to be named in the page
    #[arg(long, value_name = "NAME", requires = "html")]
    by: Option<String>,
    #[command(flatten)]
    cells: ForSpreadsheets,
    #[command(flatten)]
    replacing: Replacing,
}

#[derive(Debug, Args)]
#[group(multiple = false)]
struct Form {
    /// A page for a browser or the printer; `-` for stdout
    #[arg(long, value_name = "FILE|-")]
    html: Option<PathBuf>,
    /// Folder for tables that spreadsheets and programs read
    #[arg(long, value_name = "DIR")]
    csv: Option<PathBuf>,
    /// One JSON document on stdout
    #[arg(long)]
    json: bool,
}

pub(super) fn run(
    arguments: &ReportArguments,
    home: &Home,
    environment: &Environment,
    printer: Printer,
) -> Result<Outcome, Failure> {
    let registry = Registry::open(home, printer)?;
    let soundness = Soundness::at_a_look(&registry)?;
    soundness.mention(environment.calendar, printer);
    let store = registry.store();
    let now = registry.now()?;
    let at = AsOf::or_now(arguments.people.as_of, environment.calendar, now)?;
    let span = span(arguments, environment, at)?;
    let basis = Basis::load(store, at)?;
    basis.mention_unknown(&arguments.people.course, printer);
    let filter = arguments.people.filter();
    let mut listener = Listener::new(&arguments.people.department, &arguments.people.role);
    let question = Question {
        reckoning: basis.reckoning(at, arguments.people.expiring),
        filter: &filter,
        span,
        calendar: environment.calendar,
        period: Period::fitting(span),
        longest: LONGEST,
    };
    if let Some(folder) = &arguments.form.csv {
        let shelf = tables::Shelf {
            folder,
            replacing: arguments.replacing,
            separator: arguments.cells.separator(),
            mark: arguments.cells.mark(),
            printer,
        };
        shelf.write(store, &basis, question, &mut listener)?;
        listener.mention_strangers(printer);
        return Ok(registry.looked(soundness.outcome()));
    }
    let mut tally = Tally::new(question);
    people::each(store, at, |dossier| {
        listener.meet(dossier);
        tally.add(dossier);
        Ok(())
    })?;
    listener.mention_strangers(printer);
    let summary = tally.finish();
    let put_aside = store.number_aside(at).map_err(|error| of_store(&error))?;
    if let Some(path) = &arguments.form.html {
        let page = Report {
            arguments,
            basis: &basis,
            filter: &filter,
            summary: &summary,
            put_aside,
            soundness: &soundness,
        };
        let page = page.html(store, now, environment)?;
        written(path, page.as_bytes(), arguments.replacing, printer)?;
        return Ok(registry.looked(soundness.outcome()));
    }
    if arguments.form.json {
        let registry = store.id().map_err(|error| of_store(&error))?.to_string();
        printer.json(&json::document(&summary, &basis, put_aside, &registry))?;
    } else {
        for line in lines::lines(&summary, &basis, put_aside, environment, printer) {
            printer.line(&line)?;
        }
    }
    Ok(registry.looked(soundness.outcome()))
}

/// The days over which completions and new hires are counted.
fn span(arguments: &ReportArguments, environment: &Environment, at: Timestamp) -> Result<Span, Failure> {
    let today = environment.calendar.day(at);
    let to = arguments.to.unwrap_or(today);
    let year_back = || {
        let back = to.checked_sub_months(Months::new(MONTHS)).unwrap_or(to);
        // The first month is a whole one.
        back.with_day(1).and_then(|first| first.checked_add_months(Months::new(1))).unwrap_or(back)
    };
    let from = arguments.from.unwrap_or_else(year_back);
    let span = Span { from, to };
    if from > to {
        return Err(
            Failure::new(format!("{from} is after {to}")).hint("--from names the first day, --to the last")
        );
    }
    if span.days() > MOST_DAYS {
        return Err(Failure::new(format!("from {from} to {to} are more than a hundred years"))
            .hint("name a later first day with --from"));
    }
    Ok(span)
}

/// What a page is made of.
struct Report<'a> {
    arguments: &'a ReportArguments,
    basis: &'a Basis,
    filter: &'a Filter,
    summary: &'a Summary,
    put_aside: u64,
    soundness: &'a Soundness,
}

impl Report<'_> {
    fn html(
        &self,
        store: &dyn RegistryStore,
        now: Timestamp,
        environment: &Environment,
    ) -> Result<String, Failure> {
        let told = |error| of_store(&error);
        let size = store.log_size().map_err(told)?;
        let root = store.log_root(size).map_err(told)?;
        Ok(html(&Page {
            summary: self.summary,
            titles: &self.basis.titles,
            filter: self.filter,
            expiring_days: self.arguments.people.expiring,
            put_aside: self.put_aside,
            source: Source {
                registry: &store.id().map_err(told)?.to_string(),
                log_size: size.get(),
                log_root: &root.map_or_else(|| "none".to_owned(), |root| root.to_string()),
                soundness: &self.soundness.words(environment.calendar).to_string(),
                made_at: now,
                made_by: self.arguments.by.as_deref(),
                version: env!("CARGO_PKG_VERSION"),
            },
            calendar: environment.calendar,
        }))
    }
}

fn written(path: &Path, bytes: &[u8], replacing: Replacing, printer: Printer) -> Result<(), Failure> {
    if path.as_os_str() == "-" {
        printer.bytes(bytes)?;
    } else {
        replacing.write(path, bytes)?;
        printer.talk_of("wrote", path);
    }
    Ok(())
}

/// Everybody who is known, for a table of people.
fn everybody(filter: &Filter) -> Filter {
    Filter { whose: Whose::Everybody, ..filter.clone() }
}
