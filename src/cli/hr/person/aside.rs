//! Files that were put aside and say that they are somebody's.

use serde_json::{Value, json};

use super::super::super::error::Failure;
use super::super::open::of_store;
use super::super::pieces::{self, SETTLED};
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::registry::Dossier;
use crate::registry::belonging::{self, Belonging};
use crate::store::registry::RegistryStore;

/// A file that was put aside.
pub(super) struct Aside {
    pub(super) at: Timestamp,
    file: Digest,
    name: String,
    reasons: Vec<String>,
    /// The record that it is the beginning of, if that is here.
    whole: Option<Digest>,
}

/// Those that say that they are of this person, in the order of receipt. What was judged again since is a record.
pub(super) fn of(store: &dyn RegistryStore, dossier: &Dossier) -> Result<Vec<Aside>, Failure> {
    let mut found = Vec::new();
    // One at a time: a hundred thousand files are not held.
    let visited = store.put_aside_files(&mut |file| {
        if belonging::of(&file, dossier) == Belonging::Theirs
            && store.collected(file.record.as_slice())?.is_empty()
        {
            let whole = pieces::whole_among(store, &file, dossier)?;
            found.push(Aside { at: file.at, file: file.file, name: file.name, reasons: file.reasons, whole });
        }
        Ok(())
    });
    visited.map(|()| found).map_err(|error| of_store(&error))
}

impl Aside {
    /// What happened, with the first of the reasons.
    pub(super) fn words(&self) -> String {
        let file = self.file.short();
        let why = match self.reasons.as_slice() {
            [] => String::new(),
            [one] => format!(": {one}"),
            [first, more @ ..] => format!(": {first}; and {} more", more.len()),
        };
        let settled = self.whole.map(|_| format!("; {SETTLED}")).unwrap_or_default();
        format!("file {file} put aside, in their name ({}){why}{settled}", self.name)
    }

    /// The same for programs.
    pub(super) fn json(&self) -> Value {
        json!({ "file": self.file, "receivedAt": self.at, "name": self.name, "reasons": self.reasons, "whole": self.whole })
    }
}
