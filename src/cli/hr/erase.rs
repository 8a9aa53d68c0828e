//! `countersign hr erase`: a person's data goes; digests and the log stay.

mod aside;
mod lists;

use clap::Args;

use super::super::Outcome;
use super::super::environment::Environment;
use super::super::error::Failure;
use super::super::printer::Printer;
use super::audience::person;
use super::confirm::{Answer, Confirmation};
use super::grounds::required;
use super::open::{Purpose, Registry, of_store};
use super::registry::Home;
use super::said::counted;
use super::stranger::stranger;
use crate::clock::Timestamp;
use crate::registry::change::{Erased, ErasureGround};
use crate::registry::dossier::Dossier;
use crate::registry::retention::{Hold, holds};
use crate::registry::{Change, PersonNumber};
use aside::{Aside, named_by_others};
use lists::Lists;

/// How many lists are named one by one.
const LISTS_SHOWN: usize = 20;

#[derive(Debug, Args)]
#[command(
    after_help = "Profile, records, assignments and exceptions of the person go, the files that were put aside and are theirs, \
                  and the secret that ties the entries of the log to the person. The log itself stays and still verifies: it \
                  says that something was erased, when, by whom and on which ground. A file that was put aside is theirs when \
                  it says their number; what only mentions them is listed and stays unless --also names it. Before the retention time is over (hr course retention), or \
                  while the person is on the roster, it is refused unless --override says why.\n\n\
                  Examples:\n  \
                  countersign hr erase 007 --by 'J. Doe'\n  \
                  countersign hr erase 007 --by 'J. Doe' --also 5c1e22aa\n  \
                  countersign hr erase 007 --by 'J. Doe' --override --reason 'ordered by the data protection authority'"
)]
pub(in crate::cli) struct EraseArguments {
    /// Who, by employee number
    #[arg(value_name = "PERSON")]
    person: String,
    /// Do not wait for the end of the retention time
    #[arg(long, requires = "reason")]
    r#override: bool,
    /// Why it is not waited for
    #[arg(long, value_name = "TEXT", requires = "override")]
    reason: Option<String>,
    /// Who decides
    #[arg(long, value_name = "NAME")]
    by: String,
    /// A file in quarantine that goes too, by its fingerprint; may be repeated
    #[arg(long, value_name = "FILE")]
    also: Vec<String>,
    #[command(flatten)]
    confirmation: Confirmation,
}

pub(super) fn run(
    arguments: &EraseArguments,
    home: &Home,
    environment: &Environment,
    printer: Printer,
) -> Result<Outcome, Failure> {
    let mut registry = Registry::open_to(Purpose::Append, home, printer)?;
    let (number, by) = (person(&arguments.person)?, required("by", &arguments.by)?);
    let reason = arguments.reason.as_deref().map(|reason| required("reason", reason)).transpose()?;
    let now = registry.now()?;
    let dossier = registry.store().dossier(&number, now).map_err(|error| of_store(&error))?;
    let Some(dossier) = dossier else {
        let message = format!("nothing is known of {number}");
        let hint = "whoever was erased before is not known any more; who is known: countersign hr roster list --everybody";
        return Err(stranger(message, hint, &number, registry.store(), now));
    };
    let holds = present_holds(&registry, &dossier, now)?;
    if !holds.is_empty() && reason.is_none() {
        return Err(held(&number, &holds, environment));
    }
    what_goes(&dossier, environment, printer)?;
    let aside = Aside::of(&registry, &dossier, &arguments.also)?;
    aside.what_goes(printer)?;
    for hold in &holds {
        printer.line(&format!("  in spite of this: {}", hold_words(hold, environment)))?;
    }
    match arguments.confirmation.ask(&format!("Erase {number} for good?"), environment, printer)? {
        Answer::Yes => {}
        Answer::No => {
            printer.talk("nothing was erased");
            return Ok(Outcome::Findings);
        }
        Answer::NobodyToAsk => {
            aside.what_stays(printer);
            printer.talk("nothing was erased: there is no terminal to ask at");
            printer.talk("hint: look at what would go, then run it again with --yes");
            return Ok(Outcome::Findings);
        }
    }
    // What needed no override is logged as what it is.
    let ground = match reason {
        Some(reason) if !holds.is_empty() => ErasureGround::Override(reason),
        Some(_) | None => ErasureGround::RetentionOver,
    };
    registry.unlock(printer)?;
    let lock = registry.lock()?;
    let now = registry.now()?;
    // While somebody looked and said yes, another running copy may have taken in what has to be kept, or put more aside.
    let dossier_now = registry.store().dossier(&number, now).map_err(|error| of_store(&error))?;
    let shown = aside.files();
    let aside = Aside::of(&registry, &dossier, &arguments.also)?;
    if dossier_now.as_ref() != Some(&dossier)
        || present_holds(&registry, &dossier, now)? != holds
        || aside.files() != shown
    {
        return Err(Failure::new(format!(
            "what is kept of {number} has changed meanwhile, and nothing was erased"
        ))
        .hint("look again: run the same command once more"));
    }
    let by_others = named_by_others(&registry, &dossier, now)?;
    let files = aside.files();
    let with = match files.len() {
        0 => String::new(),
        number => format!(", with {} put aside", counted(number, "file", "files")),
    };
    let erased = Erased { at: now, person: number.clone(), ground, by, files };
    registry.append(&lock, &[Change::Erased(erased)])?;
    printer.line(&format!("{number} is erased{with}"))?;
    aside.what_stays(printer);
    for line in what_stays(by_others) {
        printer.talk(&line);
    }
    what_is_listed(&Lists::about(home, &number), printer);
    Ok(Outcome::Fine)
}

/// What keeps a person's data from being erased.
fn present_holds(registry: &Registry, dossier: &Dossier, now: Timestamp) -> Result<Vec<Hold>, Failure> {
    let retentions = registry.store().retentions(now).map_err(|error| of_store(&error))?;
    Ok(holds(dossier, &retentions, now))
}

fn held(number: &PersonNumber, holds: &[Hold], environment: &Environment) -> Failure {
    let mut failure = Failure::new(format!("{number} cannot be erased yet"));
    failure.details = holds.iter().map(|hold| hold_words(hold, environment)).collect();
    if holds.iter().any(|hold| matches!(hold, Hold::Unruled { .. })) {
        failure = failure.hint(
            "say for how long: countersign hr course retention COURSE --class TEXT --years NUMBER --by NAME",
        );
    }
    failure.hint("if the law asks for it now: --override --reason TEXT; it is logged")
}

fn hold_words(hold: &Hold, environment: &Environment) -> String {
    match hold {
        Hold::StillHere => "they stand on the roster, and the next one would bring them back".to_owned(),
        Hold::Kept { course, class, years, until } => format!(
            "records and exceptions of {course} are kept for {years} years ({class}): until {}",
            environment.calendar.day(*until)
        ),
        Hold::Unruled { course } => {
            format!("nobody has said for how long records and exceptions of {course} are kept")
        }
    }
}

fn what_goes(dossier: &Dossier, environment: &Environment, printer: Printer) -> Result<(), Failure> {
    let name = dossier.roster.as_ref().map_or("not on the roster", |roster| roster.profile.name.as_str());
    printer.line(&format!("{}  {name}", dossier.number))?;
    printer.line("  the profile and everything that rosters ever said of them")?;
    for (number, one, many) in [
        (dossier.records.len(), "record with every answer", "records with every answer"),
        (dossier.assignments.len(), "assignment", "assignments"),
        (dossier.waivers.len(), "exception", "exceptions"),
    ] {
        if number > 0 {
            printer.line(&format!("  {}", counted(number, one, many)))?;
        }
    }
    if let Some(record) = dossier.records.iter().map(|record| record.received_at).max() {
        printer.line(&format!("  the newest record was received on {}", environment.calendar.day(record)))?;
    }
    Ok(())
}

/// Names the lists beside the registry in which the person still stands, with name and mail address, or may stand. Where others
/// were written it does not know.
fn what_is_listed(lists: &Lists, printer: Printer) {
    for (words, lists) in [
        (
            "lists of assignments beside the registry that still name them: delete each, or their line in it:",
            &lists.naming,
        ),
        ("lists of assignments that cannot be read, and may name them:", &lists.unread),
    ] {
        if !lists.is_empty() {
            printer.talk(words);
        }
        for list in lists.iter().take(LISTS_SHOWN) {
            printer.talk_of(" ", list);
        }
        if let Some(more) = lists.len().checked_sub(LISTS_SHOWN).filter(|more| *more > 0) {
            printer.talk(&format!("  and {more} more: index.csv in each folder of assignments"));
        }
    }
}

fn what_stays(by_others: usize) -> Vec<String> {
    let mut lines = vec![
        "what stays: the digests in the log, so that nobody can say that nothing was there; without the person's secret, \
         which is gone, they lead to nobody"
            .to_owned(),
        "what this program cannot reach: backups, evidence packs and reports that were made before, written assignments and \
         receipts (files whose names begin with the number), lists of assignments in folders that you gave with assign --out \
         (index.csv), the person's own files"
            .to_owned(),
    ];
    if by_others > 0 {
        lines.push(format!(
            "{} as manager or as the one who approved an exception: that is about the others, and the next roster changes it",
            counted(by_others, "other person names them", "other people name them")
        ));
    }
    lines
}
