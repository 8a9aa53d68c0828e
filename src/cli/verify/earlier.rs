//! Which attempts were before the first one of a record, as other records show that are verified with it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::files;
use crate::record::claims::CompletionClaims;
use crate::record::json::MAX_BYTES;
use crate::record::verdict::{AttemptsBefore, Outcome, Reading, Shown, Verifier};
use crate::registry::collect::before::{are_missing, shown};

/// How many years are followed: whoever makes up a thousand must not make everybody wait.
const MOST: usize = 16;

/// The files that are verified together.
pub(super) struct Earlier<'a> {
    named: &'a [PathBuf],
    /// Those of an evidence pack, which were read before.
    held: &'a [(PathBuf, Vec<u8>)],
    /// The places of those that were passed, by what has to be the same of the record that goes on from them. Read when the first
    /// one asks.
    by_run: Option<BTreeMap<Run, Vec<usize>>>,
    /// Whether attempts could be followed from the first one on, by the place.
    followed: BTreeMap<usize, bool>,
}

/// Whose record it is, for what, and its last attempt.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Run {
    key: String,
    person: String,
    course: String,
    last: u32,
}

impl Run {
    fn of(claims: &CompletionClaims, last: u32) -> Self {
        Self {
            key: claims.id.clone(),
            person: claims.person.number.clone(),
            course: claims.course.course_id.to_string(),
            last,
        }
    }
}

impl<'a> Earlier<'a> {
    pub(super) fn of(named: &'a [PathBuf], held: &'a [(PathBuf, Vec<u8>)]) -> Self {
        Self { named, held, by_run: None, followed: BTreeMap::new() }
    }

    /// What the others show of the attempts before the first one of a record.
    pub(super) fn attempts(
        &mut self,
        claims: &CompletionClaims,
        verifier: &mut Verifier,
    ) -> Option<AttemptsBefore> {
        self.shown(claims, verifier, MOST)
    }

    fn shown(
        &mut self,
        claims: &CompletionClaims,
        verifier: &mut Verifier,
        years: usize,
    ) -> Option<AttemptsBefore> {
        let last = claims.attempts.first().filter(|_| are_missing(claims))?.number.checked_sub(1)?;
        let places = self.by_run().get(&Run::of(claims, last)).cloned().unwrap_or_default();
        places.into_iter().take(MOST).find_map(|place| {
            let before = shown(&self.bytes(place)?, claims)?;
            self.is_followed(place, verifier, years).then_some(AttemptsBefore { by: Shown::Beside, ..before })
        })
    }

    /// Whether a record was graded from its first attempt on, by itself or by those before it.
    fn is_followed(&mut self, place: usize, verifier: &mut Verifier, years: usize) -> bool {
        if let Some(known) = self.followed.get(&place) {
            return *known;
        }
        let Some(years) = years.checked_sub(1) else { return false };
        let Some(bytes) = self.bytes(place) else { return false };
        let reading = Reading::of(&bytes);
        let attempts_before = reading.claims().and_then(|claims| self.shown(claims, verifier, years));
        let of_another = std::mem::replace(&mut verifier.attempts_before, attempts_before);
        let is_followed = reading.judge(verifier).grading.outcome == Outcome::Pass;
        verifier.attempts_before = of_another;
        self.followed.insert(place, is_followed);
        is_followed
    }

    fn by_run(&mut self) -> &BTreeMap<Run, Vec<usize>> {
        if self.by_run.is_none() {
            let mut by_run: BTreeMap<Run, Vec<usize>> = BTreeMap::new();
            for place in 0..self.named.len() + self.held.len() {
                let Some(bytes) = self.bytes(place) else { continue };
                let reading = Reading::of(&bytes);
                let passed =
                    reading.record().map(|record| &record.claims).filter(|claims| claims.result.passed);
                if let Some((claims, last)) =
                    passed.and_then(|claims| Some((claims, claims.attempts.last()?)))
                {
                    by_run.entry(Run::of(claims, last.number)).or_default().push(place);
                }
            }
            self.by_run = Some(by_run);
        }
        self.by_run.get_or_insert_default()
    }

    /// A file by its place; nothing of one that cannot be read, which is told where it is verified itself.
    fn bytes(&self, place: usize) -> Option<Cow<'a, [u8]>> {
        let read = |path: &Path| files::read_beginning(path, MAX_BYTES as u64 + 1).ok();
        match self.named.get(place) {
            Some(path) => read(path).map(Cow::Owned),
            None => self.held.get(place - self.named.len()).map(|(_, bytes)| Cow::Borrowed(bytes.as_slice())),
        }
    }
}
