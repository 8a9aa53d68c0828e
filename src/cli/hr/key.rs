//! `countersign hr key`: HR's own key, and the keys that people are known by.

use clap::{Args, Subcommand};

use super::super::Outcome;
use super::super::error::Failure;
use super::super::printer::Printer;
use super::audience::person;
use super::grounds::required;
use super::open::{Purpose, Registry, of_store};
use super::registry::Home;
use crate::record::did::PublicKey;
use crate::registry::change::KeyAccepted;
use crate::registry::{Change, PersonNumber};

#[derive(Debug, Args)]
#[command(
    after_help = "The first key that answers an assignment for a person is the one that the person is known by. A record \
                  with another key waits for review: ask the person, and if they have a new computer, accept the key and \
                  the record.\n\n\
                  Examples:\n  \
                  countersign hr key show\n  \
                  countersign hr key list 012345\n  \
                  countersign hr key accept 012345 did:key:z6Mk… --by 'J. Doe' --reason 'new laptop, ticket 4711'"
)]
pub(in crate::cli) struct KeyArguments {
    #[command(subcommand)]
    verb: KeyVerb,
}

#[derive(Debug, Subcommand)]
enum KeyVerb {
    /// Print the public half of HR's key, by which assignments and checkpoints are recognised
    Show,
    /// The keys that a person is known by, oldest first
    List {
        /// The employee number
        #[arg(value_name = "PERSON")]
        person: String,
    },
    /// Know a person by another key, too
    Accept(AcceptArguments),
}

#[derive(Debug, Args)]
struct AcceptArguments {
    /// The employee number
    #[arg(value_name = "PERSON")]
    person: String,
    /// The key, as hr review show tells it
    #[arg(value_name = "DID:KEY")]
    key: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Who decides
    #[arg(long, value_name = "NAME")]
    by: String,
}

pub(super) fn run(arguments: &KeyArguments, home: &Home, printer: Printer) -> Result<Outcome, Failure> {
    match &arguments.verb {
        KeyVerb::Show => printer.line(&Registry::examine(home)?.log().key().did())?,
        KeyVerb::List { person: typed } => {
            let registry = Registry::open(home, printer)?;
            let keys = keys(&registry, &person(typed)?)?;
            for key in &keys {
                printer.line(key)?;
            }
            if keys.is_empty() {
                printer.talk(&format!("{typed} is known by no key yet"));
            }
            return Ok(registry.looked(Outcome::Fine));
        }
        KeyVerb::Accept(arguments) => {
            accept(arguments, &mut Registry::open_to(Purpose::Append, home, printer)?, printer)?;
        }
    }
    Ok(Outcome::Fine)
}

fn accept(arguments: &AcceptArguments, registry: &mut Registry, printer: Printer) -> Result<(), Failure> {
    let person = person(&arguments.person)?;
    let key = PublicKey::from_did(&arguments.key)
        .map_err(|error| {
            Failure::new(format!("{} is no key", arguments.key))
                .because(&error)
                .hint("copy it from countersign hr review show RECORD")
        })?
        .did();
    let (reason, by) = (required("reason", &arguments.reason)?, required("by", &arguments.by)?);
    registry.unlock(printer)?;
    let lock = registry.lock()?;
    if keys(registry, &person)?.contains(&key) {
        printer.talk(&format!("note: {person} is known by this key already"));
        return Ok(());
    }
    let accepted = KeyAccepted { at: registry.now()?, person: person.clone(), key: key.clone(), by, reason };
    registry.append(&lock, &[Change::KeyAccepted(accepted)])?;
    printer.line(&format!("{person} is known by {key}"))?;
    printer.advise("note: records that wait for review still wait: countersign hr review list");
    Ok(())
}

fn keys(registry: &Registry, person: &PersonNumber) -> Result<Vec<String>, Failure> {
    registry.store().keys(person, registry.now()?).map_err(|error| of_store(&error))
}
