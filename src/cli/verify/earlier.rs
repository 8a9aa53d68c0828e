//! Which attempts were before the first one of a record, as other records show that are verified with it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::path::{Path, PathBuf};

use crate::digest::Digest;
use crate::files;
use crate::record::Completion;
use crate::record::claims::CompletionClaims;
use crate::record::json::MAX_BYTES;
use crate::record::verdict::{AttemptsBefore, Outcome, Reading, Shown, Verifier};
use crate::registry::collect::before::{are_missing, shown, signed_before};

/// The files that are verified together.
pub(super) struct Earlier<'a> {
    named: &'a [PathBuf],
    /// Those of an evidence pack, which were read before.
    held: &'a [(PathBuf, Vec<u8>)],
    /// The records among them, by digest. Read when the first one asks.
    here: Option<BTreeMap<Digest, Here>>,
    /// Whether attempts could be followed from the first one on, by the record.
    followed: BTreeMap<Digest, bool>,
}

/// A record that is among them.
struct Here {
    place: usize,
    /// What has to be the same of a record that goes on from it, if it was passed.
    run: Option<Run>,
    /// The one that its device signed before.
    previous: Option<Digest>,
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
        Self { named, held, here: None, followed: BTreeMap::new() }
    }

    /// What the others show of the attempts before the first one of a record.
    pub(super) fn attempts(
        &mut self,
        claims: &CompletionClaims,
        verifier: &mut Verifier,
    ) -> Option<AttemptsBefore> {
        let before = self.before(claims)?;
        self.follow(before, verifier);
        self.shown(before)
    }

    /// Judges the records that lead to one, the earliest first, and it: each once, in whatever order they are asked about.
    fn follow(&mut self, newest: AttemptsBefore, verifier: &mut Verifier) {
        let (mut path, mut next) = (Vec::new(), Some(newest.record));
        while let Some(digest) = next.filter(|digest| !self.followed.contains_key(digest)) {
            let Some(place) = self.here().get(&digest).map(|here| here.place) else { break };
            let Some(bytes) = self.bytes(place) else { break };
            let before = Reading::of(&bytes).claims().and_then(|claims| self.before(claims));
            path.push((digest, place, before));
            next = before.map(|before| before.record);
        }
        while let Some((digest, place, before)) = path.pop() {
            let Some(bytes) = self.bytes(place) else { continue };
            let shown = before.and_then(|before| self.shown(before));
            let of_another = std::mem::replace(&mut verifier.attempts_before, shown);
            let is_followed = Reading::of(&bytes).judge(verifier).grading.outcome == Outcome::Pass;
            verifier.attempts_before = of_another;
            self.followed.insert(digest, is_followed);
        }
    }

    /// What a record shows that could be followed.
    fn shown(&self, before: AttemptsBefore) -> Option<AttemptsBefore> {
        let is_followed = self.followed.get(&before.record).copied().unwrap_or(false);
        is_followed.then_some(AttemptsBefore { by: Shown::Beside, ..before })
    }

    /// The record that one goes on from, if it does and that is here. No record leads to itself: each has the digest of the
    /// one before it.
    fn before(&mut self, claims: &CompletionClaims) -> Option<AttemptsBefore> {
        let last = claims.attempts.first().filter(|_| are_missing(claims))?.number.checked_sub(1)?;
        let (run, here) = (Run::of(claims, last), self.here());
        let Ok(chain) = signed_before(claims, |digest| {
            Ok::<_, Infallible>(here.get(digest).and_then(|here| here.previous))
        });
        let of_the_run = |digest: &Digest| here.get(digest).filter(|here| here.run.as_ref() == Some(&run));
        let places: Vec<usize> = chain.iter().filter_map(of_the_run).map(|here| here.place).collect();
        places.into_iter().find_map(|place| shown(&self.bytes(place)?, claims))
    }

    fn here(&mut self) -> &BTreeMap<Digest, Here> {
        if self.here.is_none() {
            let places = 0..self.named.len() + self.held.len();
            self.here = Some(places.filter_map(|place| Here::of(place, &self.bytes(place)?)).collect());
        }
        self.here.get_or_insert_default()
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

impl Here {
    fn of(place: usize, bytes: &[u8]) -> Option<(Digest, Self)> {
        let reading = Reading::of(bytes);
        let Completion { claims, digest, .. } = reading.record()?;
        let last = claims.attempts.last().filter(|_| claims.result.passed);
        let run = last.map(|last| Run::of(claims, last.number));
        Some((*digest, Self { place, run, previous: claims.previous }))
    }
}
