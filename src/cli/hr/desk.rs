//! What HR knows when a record is judged: the archived courses, the terms, and whose assignments count.

use std::collections::BTreeMap;
use std::sync::Arc;

use uuid::Uuid;

use crate::clock::Timestamp;
use crate::course;
use crate::digest::Digest;
use crate::record::claims::CompletionClaims;
use crate::record::did::KnownKeys;
use crate::record::verdict::AttemptsBefore;
use crate::record::{Assignment, read_kept_assignment};
use crate::registry::assign::asked_anew;
use crate::registry::collect::{Known, KnownVersion, Needs, before};
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
        let signed_before = Self::signed_before(store, claims, |_| None)?;
        let attempts_before = Self::attempts_before(store, claims, &signed_before, at)?;
        Ok(Known { keys, attempts_before, ..self.known_but_others(store, claims, at)? })
    }

    /// The same without what other records of the person say: by which keys they are known, and which attempts were before.
    pub(in crate::cli) fn known_but_others(
        &self,
        store: &dyn RegistryStore,
        claims: &CompletionClaims,
        at: Timestamp,
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
        let assignment = self.assignment(store, needs.assignment)?;
        let cited = assignment.as_ref().map(|cited| cited.id);
        let asked_anew = self.asked_anew(store, claims, cited, at)?;
        let assigners = self.assigners.clone();
        Ok(Known { versions, assignment, assigners, asked_anew, ..Known::default() })
    }

    /// What is kept is what HR signed; what cannot be read is as good as not here.
    fn assignment(
        &self,
        store: &dyn RegistryStore,
        id: Option<Uuid>,
    ) -> Result<Option<Assignment>, StoreError> {
        let bytes = id.map(|id| store.assignment(id)).transpose()?.flatten();
        Ok(bytes.and_then(|bytes| read_kept_assignment(&bytes, &self.keys).ok()))
    }

    /// The assignment by which somebody was asked anew, after the one that is cited, or although none is.
    fn asked_anew(
        &self,
        store: &dyn RegistryStore,
        claims: &CompletionClaims,
        cited: Option<Uuid>,
        at: Timestamp,
    ) -> Result<Option<Assignment>, StoreError> {
        let Ok(person) = PersonNumber::new(&claims.person.number) else { return Ok(None) };
        let (course, version) = (&claims.course.course_id, &claims.course.digest);
        if !store.is_perhaps_asked_anew(&person, course, cited, version, at)? {
            return Ok(None);
        }
        let dossier = store.dossier(&person, at)?;
        let anew = dossier.as_ref().and_then(|dossier| asked_anew(dossier, course, cited, version));
        self.assignment(store, anew.map(|anew| anew.id))
    }

    /// Which records were signed before one that begins with a later attempt than the first, as far as they are here or `beside`.
    pub(in crate::cli) fn signed_before<'a>(
        store: &dyn RegistryStore,
        claims: &CompletionClaims,
        beside: impl Fn(&Digest) -> Option<&'a [u8]>,
    ) -> Result<Vec<Digest>, StoreError> {
        if !before::are_missing(claims) {
            return Ok(Vec::new());
        }
        before::signed_before(claims, |digest| match beside(digest) {
            Some(bytes) => Ok(before::named_in(bytes)),
            None => Ok(store.record(digest)?.and_then(|bytes| before::named_in(&bytes))),
        })
    }

    /// What the records that are here show of the attempts before the first one of a record.
    pub(in crate::cli) fn attempts_before(
        store: &dyn RegistryStore,
        claims: &CompletionClaims,
        signed_before: &[Digest],
        at: Timestamp,
    ) -> Result<Option<AttemptsBefore>, StoreError> {
        let person = PersonNumber::new(&claims.person.number).ok().filter(|_| !signed_before.is_empty());
        let dossier = person.map(|person| store.dossier(&person, at)).transpose()?.flatten();
        let candidates =
            dossier.iter().flat_map(|dossier| before::candidates(dossier, claims, signed_before));
        for digest in candidates {
            let shown = store.record(&digest)?.and_then(|bytes| before::shown(&bytes, claims));
            if shown.is_some() {
                return Ok(shown);
            }
        }
        Ok(None)
    }
}
