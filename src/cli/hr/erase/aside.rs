//! Which files that were put aside go with a person, and what mentions them and stays.

use std::collections::BTreeSet;

use super::super::super::error::Failure;
use super::super::super::printer::Printer;
use super::super::by_digest::Prefix;
use super::super::open::{Registry, of_store};
use super::super::said::counted;
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::registry::Dossier;
use crate::registry::belonging::{self, Belonging};
use crate::shell::Wording;

/// The most files that are told one by one.
const SHOWN: usize = 20;

/// A file that was put aside.
#[derive(Debug)]
struct File {
    digest: Digest,
    name: String,
}

/// The files that were put aside, as far as they have to do with a person.
#[derive(Debug, Default)]
pub(super) struct Aside {
    theirs: Vec<File>,
    /// Somebody else's by their number, but named to go too.
    also: Vec<File>,
    mentioning: Vec<File>,
}

impl Aside {
    /// Looks at every file. `also` are fingerprints of files that are to go as well, unless they are somebody else's alone.
    pub(super) fn of(registry: &Registry, dossier: &Dossier, also: &[String]) -> Result<Self, Failure> {
        let wanted: Vec<Prefix> = also.iter().map(|typed| Prefix::of(typed)).collect::<Result<_, _>>()?;
        let mut named: Vec<Vec<Digest>> = vec![Vec::new(); wanted.len()];
        let mut aside = Self::default();
        let mut of_others = None;
        let visited = registry.store().put_aside_files(&mut |file| {
            let mut is_named = false;
            for (prefix, found) in wanted.iter().zip(&mut named) {
                if prefix.fits(&file.file) {
                    found.push(file.file);
                    is_named = true;
                }
            }
            let belonging = belonging::of(&file, dossier);
            let file = File { digest: file.file, name: file.name };
            match belonging {
                Belonging::Theirs => aside.theirs.push(file),
                Belonging::Mentions | Belonging::None if is_named => aside.also.push(file),
                Belonging::Mentions => aside.mentioning.push(file),
                Belonging::SomebodyElses if is_named => of_others = Some(file.digest),
                Belonging::SomebodyElses | Belonging::None => {}
            }
            Ok(())
        });
        visited.map_err(|error| of_store(&error))?;
        for (prefix, found) in wanted.iter().zip(named) {
            prefix.the_one(found, "file in quarantine", "countersign hr quarantine list")?;
        }
        // What was put aside is evidence against whoever altered it: it does not go with somebody it says nothing of.
        if let Some(digest) = of_others {
            let (digest, number) = (digest.short(), &dossier.number);
            return Err(Failure::new(format!(
                "{digest} is about somebody else, and nothing in it is of {number}"
            ))
            .hint(Wording::from("leave it out; what it says: countersign hr quarantine show ").and(digest)));
        }
        Ok(aside)
    }

    /// Those that go.
    pub(super) fn files(&self) -> BTreeSet<Digest> {
        self.theirs.iter().chain(&self.also).map(|file| file.digest).collect()
    }

    /// What goes, a line each.
    pub(super) fn what_goes(&self, printer: Printer) -> Result<(), Failure> {
        for (files, what) in
            [(&self.theirs, "put aside and theirs"), (&self.also, "put aside that you named")]
        {
            if files.is_empty() {
                continue;
            }
            printer.line(&format!(
                "  {}",
                counted(files.len(), &format!("file {what}"), &format!("files {what}"))
            ))?;
            list(files, |line| printer.line(line))?;
        }
        Ok(())
    }

    /// What stays although it mentions the person.
    pub(super) fn what_stays(&self, printer: Printer) {
        if self.mentioning.is_empty() {
            return;
        }
        let files = counted(self.mentioning.len(), "file put aside mentions", "files put aside mention");
        let stay = if self.mentioning.len() == 1 { "it stays" } else { "they stay" };
        printer.advise(
            Wording::from(format!("{files} this person and cannot be tied to them, so {stay}"))
                .then(" (countersign hr quarantine show says what, --also FILE takes one along):"),
        );
        let _ = list(&self.mentioning, |line| {
            printer.talk(line);
            Ok(())
        });
    }
}

fn list(files: &[File], mut line: impl FnMut(&str) -> Result<(), Failure>) -> Result<(), Failure> {
    for File { digest, name } in files.iter().take(SHOWN) {
        line(&format!("    {}  {name}", digest.short()))?;
    }
    match files.len().saturating_sub(SHOWN) {
        0 => Ok(()),
        rest => line(&format!("    and {rest} more")),
    }
}

/// How often others' rows name a person: as manager, or as the one who approved an exception. These are about the others.
pub(super) fn named_by_others(
    registry: &Registry,
    dossier: &Dossier,
    at: Timestamp,
) -> Result<usize, Failure> {
    let number = dossier.number.as_str();
    let profile = dossier.roster.as_ref().map(|roster| &roster.profile);
    let is_them = |text: &str| {
        text == number
            || profile.is_some_and(|profile| text == profile.name || profile.email.as_deref() == Some(text))
    };
    let mut named = 0;
    let visited = registry.store().dossiers(at, &mut |other| {
        let manager = other.roster.as_ref().and_then(|roster| roster.profile.manager.as_deref());
        let approvers = other.waivers.iter().map(|waiver| waiver.approver.as_str());
        let is_named = other.number != dossier.number && manager.into_iter().chain(approvers).any(is_them);
        named += usize::from(is_named);
        Ok(())
    });
    visited.map(|()| named).map_err(|error| of_store(&error))
}
