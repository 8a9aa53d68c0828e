//! Assignments: the one named on the command line, and copies of those that were ever named.

use std::path::{Path, PathBuf};

use crate::files::{self, Found, Privacy};
use crate::progress::{Person, Progress};
use crate::record::{Assignment, json, read_assignment};
use crate::training::{Assigned, Trouble};

use super::person::named_by;
use super::troubles::{of_file, other};

/// An assignment with the bytes that its copy is made of.
pub(in crate::cli) struct GivenAssignment {
    pub(in crate::cli) assignment: Assignment,
    pub(in crate::cli) bytes: Vec<u8>,
}

/// In which way an assignment is an earlier one than that which the run under way answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Over {
    /// It was begun before.
    Begun,
    /// It was issued before, and never begun.
    Issued,
}

impl Over {
    /// What somebody is told who names it.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Begun => {
                "The assignment that you named is an earlier one: you have begun the course anew since, and go on with that."
            }
            Self::Issued => {
                "The assignment that you named is an earlier one: you have begun a later one, and go on with that."
            }
        }
    }
}

/// What this learner was assigned.
pub(super) struct Assignments {
    folder: PathBuf,
    /// The assignment named on the command line.
    given: Option<GivenAssignment>,
}

impl Assignments {
    pub(super) fn within(data: &Path, given: Option<GivenAssignment>) -> Self {
        Self { folder: data.join("assignments"), given }
    }

    /// The assignment that was given.
    pub(super) fn given(&self) -> Option<&GivenAssignment> {
        self.given.as_ref()
    }

    /// Where the copies are.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The assignment named on the command line, kept from now on, unless it is the one that the run under way answers or an
    /// earlier one.
    pub(super) fn further(&self, person: &Person, progress: &Progress) -> Result<Option<Assigned>, Trouble> {
        let Some(given) = &self.given else { return Ok(None) };
        named_by(&given.assignment, person)?;
        self.keep(given)?;
        let is_answered = progress.answers(&given.assignment.claims.nonce);
        let is_further = !is_answered && self.over(progress)?.is_none();
        Ok(is_further.then(|| assigned(&given.assignment)))
    }

    /// The kept assignment that the run under way answers. Who named a further one can do without it.
    pub(super) fn answered(
        &self,
        progress: &Progress,
        further: Option<&Assigned>,
    ) -> Result<Option<Assigned>, Trouble> {
        let Some(nonce) = progress.run().and_then(|run| run.nonce.as_ref()) else { return Ok(None) };
        let kept = self.kept()?;
        match kept.iter().find(|assignment| assignment.claims.nonce == *nonce) {
            Some(assignment) => Ok(Some(assigned(assignment))),
            None if further.is_some() => Ok(None),
            None => Err(other(
                format!("the assignment that you answer is missing from {}", self.folder.display()),
                "name it again with --assignment FILE",
            )),
        }
    }

    /// Why the assignment named on the command line changes nothing: it was begun before the run under way, or issued before
    /// the one that this run answers.
    pub(super) fn over(&self, progress: &Progress) -> Result<Option<Over>, Trouble> {
        let (Some(given), Some(run)) = (&self.given, progress.run()) else { return Ok(None) };
        let claims = &given.assignment.claims;
        if run.nonce.as_ref() == Some(&claims.nonce) {
            return Ok(None);
        }
        if progress.answers(&claims.nonce) {
            return Ok(Some(Over::Begun));
        }
        let kept = self.kept()?;
        let answered = kept.iter().find(|kept| run.nonce.as_ref() == Some(&kept.claims.nonce));
        let is_earlier = answered.is_some_and(|answered| claims.issued_at < answered.claims.issued_at);
        Ok(is_earlier.then_some(Over::Issued))
    }

    /// Refuses a learner whom the assignment named on the command line, or the one that is answered, does not name.
    pub(super) fn require_named(&self, person: &Person, answered: Option<&Assigned>) -> Result<(), Trouble> {
        if let Some(given) = &self.given {
            named_by(&given.assignment, person)?;
        }
        let Some(answered) = answered else { return Ok(()) };
        let kept = self.kept()?;
        let kept = kept.iter().find(|assignment| assignment.digest == answered.digest);
        kept.map_or(Ok(()), |assignment| named_by(assignment, person))
    }

    fn keep(&self, given: &GivenAssignment) -> Result<(), Trouble> {
        // The same assignment in another layout is the same assignment.
        if self.kept()?.iter().any(|kept| kept.digest == given.assignment.digest) {
            return Ok(());
        }
        files::make_folder(&self.folder, Privacy::Private).map_err(|error| of_file(&error))?;
        let copy = self.folder.join(format!("{}.json", given.assignment.digest.hex()));
        files::write_new(&copy, &given.bytes, Privacy::Private).map_err(|error| of_file(&error))
    }

    fn kept(&self) -> Result<Vec<Assignment>, Trouble> {
        if !self.folder.exists() {
            return Ok(Vec::new());
        }
        let mut kept = Vec::new();
        let Found { files: found, errors, .. } = files::find(&self.folder, ".json");
        if let Some(error) = errors.first() {
            return Err(of_file(error));
        }
        for path in found {
            let bytes =
                files::read_limited(&path, json::MAX_BYTES as u64).map_err(|error| of_file(&error))?;
            kept.extend(read_assignment(&bytes));
        }
        Ok(kept)
    }
}

fn assigned(assignment: &Assignment) -> Assigned {
    let claims = &assignment.claims;
    Assigned {
        id: assignment.urn(),
        digest: assignment.digest,
        nonce: claims.nonce.clone(),
        due: claims.due,
        deliver_to: claims.deliver_to.clone(),
        reason: claims.reason.clone(),
    }
}
