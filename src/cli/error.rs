//! Why a command could not run, in the words for the person in front of it.

use std::error::Error;
use std::io;
use std::path::Path;

use crate::course::Fault;
use crate::files::FileError;
use crate::shell::{Commands, Wording};
use crate::training::Trouble;

/// Why a command could not run: what happened, why, and what to do next.
#[derive(Debug)]
#[must_use = "what nobody is told did not fail"]
pub(super) struct Failure {
    /// What happened, with the path; may hold anything, so it is printed as printable text only.
    pub(super) message: String,
    /// Everything that is wrong in one go, a line each, such as the faults of a course.
    pub(super) details: Vec<String>,
    /// Why, outermost first.
    pub(super) causes: Vec<String>,
    /// What to do next.
    pub(super) hints: Vec<Wording>,
    /// What to do next by the keys of a full-screen face, where the hints are about command lines.
    in_face: Option<&'static str>,
    closed_pipe: bool,
}

impl Failure {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            details: Vec::new(),
            causes: Vec::new(),
            hints: Vec::new(),
            in_face: None,
            closed_pipe: false,
        }
    }

    /// Why, with everything that lies behind it.
    pub(super) fn because(mut self, error: &dyn Error) -> Self {
        let mut next = Some(error);
        while let Some(error) = next {
            self.causes.push(error.to_string());
            next = error.source();
        }
        self
    }

    /// What the world of a face could not do.
    pub(super) fn of(trouble: Trouble) -> Self {
        Self { hints: trouble.hint.map(Wording::from).into_iter().collect(), ..Self::new(trouble.message) }
    }

    /// Why, as the world of a face says it.
    pub(super) fn caused_by(mut self, trouble: Trouble) -> Self {
        self.causes.push(trouble.message);
        self.hints.extend(trouble.hint.map(Wording::from));
        self
    }

    /// A file could not be read or written.
    pub(super) fn file(message: String, error: &FileError) -> Self {
        let mut failure = Self::new(message).because(error);
        // The error names the file too; said twice it helps nobody.
        let said = |word: &str| failure.message.split(' ').any(|other| other == word);
        if failure.causes.first().is_some_and(|cause| cause.split(' ').all(said)) {
            failure.causes.remove(0);
        }
        match error.hint() {
            Some(hint) => failure.hint(hint),
            None => failure,
        }
    }

    /// Everything that is wrong with a course file, each fault with what to do about it.
    pub(super) fn with_faults(mut self, faults: &[Fault]) -> Self {
        for fault in faults {
            self.details.push(fault.to_string());
            self.details.extend(fault.hint.as_ref().map(|hint| format!("  hint: {hint}")));
        }
        self
    }

    /// This failure, told of what is to stand in `folder` and was being made in `aside`, which is gone.
    pub(super) fn told_of(mut self, folder: &Path, aside: &Path) -> Self {
        let (folder, aside) = (folder.display().to_string(), aside.display().to_string());
        for text in std::iter::once(&mut self.message).chain(&mut self.details).chain(&mut self.causes) {
            *text = text.replace(&aside, &folder);
        }
        self
    }

    /// What to do next.
    pub(super) fn hint(mut self, hint: impl Into<Wording>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// What to do next by the keys of a full-screen face, in place of the hints.
    pub(super) fn in_face(self, hint: &'static str) -> Self {
        Self { in_face: Some(hint), ..self }
    }

    /// What to do next, as a full-screen face says it.
    pub(super) fn hints_in_face(self, commands: Commands) -> Vec<String> {
        let hints = self.in_face.map_or(self.hints, |hint| vec![Wording::from(hint)]);
        hints.into_iter().map(|hint| commands.spelled(hint)).collect()
    }

    /// Standard output did not take what we had to say.
    #[expect(clippy::needless_pass_by_value, reason = "made for map_err")]
    pub(super) fn stdout(error: io::Error) -> Self {
        let closed_pipe = error.kind() == io::ErrorKind::BrokenPipe;
        Self { closed_pipe, ..Self::new("cannot write to standard output").because(&error) }
    }

    /// Whether the reader at the other end just went away, as `head` does: nothing to talk about.
    pub(super) fn is_closed_pipe(&self) -> bool {
        self.closed_pipe
    }
}
