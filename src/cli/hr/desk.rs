//! What HR knows when a record is judged: the archived courses, the terms, and whose assignments count.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::clock::Timestamp;
use crate::course;
use crate::digest::Digest;
use crate::record::claims::CompletionClaims;
use crate::record::did::KnownKeys;
use crate::record::read_kept_assignment;
use crate::registry::collect::{Known, KnownVersion, Needs};
use crate::registry::{PersonNumber, Terms};
use crate::store::StoreError;
use crate::store::registry::RegistryStore;

/// What is the same for every record that is judged in one go. Courses are taken apart once.
#[derive(Debug)]
pub(in crate::cli) struct Desk {
    versions: BTreeMap<Digest, KnownVersion>,
    /// The terms for records.
    pub(in crate::cli) terms: Terms,
    assigners: Vec<String>,
    /// Theirs, read once.
    keys: KnownKeys,
    /// Versions that cannot be used any more, and why.
    pub(in crate::cli) notices: Vec<String>,
}

impl Desk {
    /// Everything that is needed, as the registry knows it at `at`. `assigners` are HR's did:keys.
    pub(in crate::cli) fn load(
        store: &dyn RegistryStore,
        at: Timestamp,
        assigners: Vec<String>,
    ) -> Result<Self, StoreError> {
        let (terms, keys) = (store.terms(at)?, KnownKeys::of(&assigners));
        let mut desk = Self { versions: BTreeMap::new(), terms, assigners, keys, notices: Vec::new() };
        for archived in store.courses(at)? {
            let files = store.course_files(&archived.digest)?;
            match files.map(course::parse) {
                Some(Ok(course)) if course.digest == archived.digest => {
                    let version = KnownVersion { course: Arc::new(course), state: archived.state };
                    desk.versions.insert(archived.digest, version);
                }
                Some(Ok(_) | Err(_)) | None => desk.notices.push(format!(
                    "{} {} is in the registry and cannot be read as it was added; records of it cannot be graded",
                    archived.course, archived.version
                )),
            }
        }
        Ok(desk)
    }

    /// What the registry knows of what a record claims.
    pub(in crate::cli) fn known(
        &self,
        store: &dyn RegistryStore,
        claims: &CompletionClaims,
        at: Timestamp,
    ) -> Result<Known, StoreError> {
        let keys = match PersonNumber::new(&claims.person.number) {
            Ok(person) => store.keys(&person, at)?,
            // Whoever has no number cannot be known.
            Err(_) => Vec::new(),
        };
        Ok(Known { keys, ..self.known_but_keys(store, claims)? })
    }

    /// The same without the keys that the person is known by.
    pub(in crate::cli) fn known_but_keys(
        &self,
        store: &dyn RegistryStore,
        claims: &CompletionClaims,
    ) -> Result<Known, StoreError> {
        let needs = Needs::of(claims);
        let mut versions: Vec<_> =
            needs.versions.iter().filter_map(|digest| self.versions.get(digest)).cloned().collect();
        if !self.versions.contains_key(&claims.course.digest) {
            // What is here under the same name is told beside what is not here.
            let namesakes = self.versions.values().filter(|version| {
                version.course.id == claims.course.course_id
                    && !needs.versions.contains(&version.course.digest)
            });
            versions.extend(namesakes.cloned());
        }
        let assignment = match needs.assignment {
            // What is kept is what HR signed; what cannot be read is as good as not here.
            Some(id) => store.assignment(id)?.and_then(|bytes| read_kept_assignment(&bytes, &self.keys).ok()),
            None => None,
        };
        Ok(Known { versions, assignment, keys: Vec::new(), assigners: self.assigners.clone() })
    }
}
