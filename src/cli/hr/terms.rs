//! `countersign hr terms`: on which terms a record counts.

use clap::{Args, Subcommand, ValueEnum};

use super::super::Outcome;
use super::super::error::Failure;
use super::super::printer::Printer;
use super::grounds::required;
use super::open::{Purpose, Registry, of_store};
use super::registry::Home;
use super::said::treatment;
use crate::registry::change::TermsSet;
use crate::registry::terms::Treatment;
use crate::registry::{Change, Terms};

#[derive(Debug, Args)]
#[command(
    after_help = "A record that passes at all five levels counts. For everything else you say what happens: accept (it \
                  counts), review (a person decides with hr review) or quarantine (it is kept aside and never counts). \
                  The strictest of them wins. A wrong signature and wrong marks always go to quarantine. A record that \
                  was signed longer ago than its course counts (an old one, used again?), one that nobody assigned and whose course \
                  is not in the registry to say for how long, and one that was signed before its person was asked anew, are never \
                  accepted without a person. Terms hold for what is collected afterwards and are logged.\n\n\
                  Examples:\n  \
                  countersign hr terms\n  \
                  countersign hr terms set --unknown-identity accept --by 'J. Doe'     nobody has to be assigned\n  \
                  countersign hr terms set --unknown-content quarantine --by 'J. Doe'  other courses never count"
)]
pub(in crate::cli) struct TermsArguments {
    #[command(subcommand)]
    verb: Option<TermsVerb>,
}

#[derive(Debug, Subcommand)]
enum TermsVerb {
    /// The terms that hold now
    #[command(alias = "list")]
    Show(ShowArguments),
    /// Change some of them
    Set(Box<SetArguments>),
}

#[derive(Debug, Default, Args)]
struct ShowArguments {
    /// One JSON document on stdout
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct SetArguments {
    /// The course is not in the registry
    #[arg(long, value_name = "WHAT", value_enum)]
    unknown_content: Option<What>,
    /// The course is in the registry and not approved, or the text was another one
    #[arg(long, value_name = "WHAT", value_enum)]
    failed_content: Option<What>,
    /// The marks could not be derived again
    #[arg(long, value_name = "WHAT", value_enum)]
    unknown_grading: Option<What>,
    /// Nobody assigned it, or the assignment is not in the registry
    #[arg(long, value_name = "WHAT", value_enum)]
    unknown_identity: Option<What>,
    /// Another key than the person's, or another person's assignment
    #[arg(long, value_name = "WHAT", value_enum)]
    failed_identity: Option<What>,
    /// Only the clock of the learner's computer says when it was
    #[arg(long, value_name = "WHAT", value_enum)]
    unknown_time: Option<What>,
    /// Before its assignment, after its receipt, or its times contradict each other
    #[arg(long, value_name = "WHAT", value_enum)]
    failed_time: Option<What>,
    /// Who decides
    #[arg(long, value_name = "NAME")]
    by: String,
}

/// What happens with a record, as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// It counts
    Accept,
    /// A person decides
    Review,
    /// It is kept aside and never counts
    Quarantine,
}

impl From<What> for Treatment {
    fn from(what: What) -> Self {
        match what {
            What::Accept => Self::Accept,
            What::Review => Self::Review,
            What::Quarantine => Self::Quarantine,
        }
    }
}

pub(super) fn run(arguments: &TermsArguments, home: &Home, printer: Printer) -> Result<Outcome, Failure> {
    let purpose = match &arguments.verb {
        None | Some(TermsVerb::Show(_)) => Purpose::Look,
        Some(TermsVerb::Set(_)) => Purpose::Append,
    };
    let mut registry = Registry::open_to(purpose, home, printer)?;
    match &arguments.verb {
        None => show(&ShowArguments::default(), present(&registry)?, printer)?,
        Some(TermsVerb::Show(arguments)) => show(arguments, present(&registry)?, printer)?,
        Some(TermsVerb::Set(arguments)) => set(arguments, &mut registry, printer)?,
    }
    Ok(registry.looked(Outcome::Fine))
}

fn present(registry: &Registry) -> Result<Terms, Failure> {
    registry.store().terms(registry.now()?).map_err(|error| of_store(&error))
}

fn show(arguments: &ShowArguments, terms: Terms, printer: Printer) -> Result<(), Failure> {
    if arguments.json {
        let terms = serde_json::to_value(terms)
            .map_err(|error| Failure::new("cannot write the terms").because(&error))?;
        return printer.json(&terms);
    }
    for (option, what, happens) in rows(terms) {
        printer.sentence(&format!("{:<11} ", treatment(happens)), &format!("{what} ({option})"))?;
    }
    for always in OLD {
        printer.sentence("review      ", always)?;
    }
    printer.line("quarantine  a wrong signature or wrong marks, always")
}

/// What no terms accept.
const OLD: [&str; 3] = [
    "signed longer ago than the course counts: always, where nothing stricter holds",
    "nobody assigned it, and its course is not in the registry to say for how long it counts: always, where nothing stricter \
     holds",
    "signed before its person was asked for the course anew: always, where nothing stricter holds",
];

/// Every term: option, words, what happens.
fn rows(terms: Terms) -> [(&'static str, &'static str, Treatment); 7] {
    let Terms {
        unknown_content,
        failed_content,
        unknown_grading,
        unknown_identity,
        failed_identity,
        unknown_time,
        failed_time,
    } = terms;
    [
        ("--unknown-content", "the course is not in the registry", unknown_content),
        ("--failed-content", "the course is not approved, or the text was another one", failed_content),
        ("--unknown-grading", "the marks could not be derived again", unknown_grading),
        ("--unknown-identity", "nobody assigned it", unknown_identity),
        (
            "--failed-identity",
            "another key than the person's, or another person's assignment",
            failed_identity,
        ),
        ("--unknown-time", "only the clock of the learner's computer says when", unknown_time),
        ("--failed-time", "before its assignment, after its receipt, or contradictory", failed_time),
    ]
}

fn set(arguments: &SetArguments, registry: &mut Registry, printer: Printer) -> Result<(), Failure> {
    let by = required("by", &arguments.by)?;
    registry.unlock(printer)?;
    let lock = registry.lock()?;
    let before = present(registry)?;
    let or = |typed: Option<What>, before: Treatment| typed.map_or(before, Treatment::from);
    let terms = Terms {
        unknown_content: or(arguments.unknown_content, before.unknown_content),
        failed_content: or(arguments.failed_content, before.failed_content),
        unknown_grading: or(arguments.unknown_grading, before.unknown_grading),
        unknown_identity: or(arguments.unknown_identity, before.unknown_identity),
        failed_identity: or(arguments.failed_identity, before.failed_identity),
        unknown_time: or(arguments.unknown_time, before.unknown_time),
        failed_time: or(arguments.failed_time, before.failed_time),
    };
    if terms == before {
        printer.talk("note: nothing changes; these terms hold already");
    } else {
        let at = registry.now()?;
        registry.append(&lock, &[Change::TermsSet(TermsSet { at, terms, by })])?;
    }
    show(&ShowArguments::default(), terms, printer)
}
