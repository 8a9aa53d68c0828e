//! A course that is being written while a face shows it: what became of it, and what is where afterwards.

use std::sync::Arc;

use crate::course::{Course, Fault, Lesson, Shown};
use crate::id::QuestionId;
use crate::markup;
use crate::quiz::Quiz;

use super::{Step, Text};

/// What became of a course since a face was last told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edition {
    /// It can be shown.
    Good {
        /// As it is now.
        course: Arc<Course>,
        /// The part that somebody asked for, if anybody did.
        asked: Option<Step>,
    },
    /// It has faults, and nobody should take it as it is.
    Faulty {
        /// Everything that is wrong with it, at least one fault.
        faults: Vec<Fault>,
        /// What of it can be shown all the same.
        rest: Option<Rest>,
    },
}

/// What can be shown of a course with faults.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rest {
    /// The course without what is broken in it.
    pub course: Arc<Course>,
    /// How much of it that is.
    pub shown: Shown,
    /// The part that somebody asked for, if anybody did and it is there.
    pub asked: Option<Step>,
    /// The file that somebody asked for, if it cannot be shown.
    pub unshown: Option<String>,
}

impl Edition {
    /// What to tell somebody who asked for a file that cannot be shown.
    #[must_use]
    pub fn excuse(&self) -> Option<String> {
        match self {
            Self::Faulty { rest: Some(Rest { unshown: Some(path), .. }), .. } => Some(format!(
                "{path}, which you asked for, cannot be shown until it is mended. You come to the course instead."
            )),
            Self::Good { .. } | Self::Faulty { .. } => None,
        }
    }
}

/// The way from one edition of a course to the next: what the parts of the first have become in the second.
///
/// A part is the one of the same name. When no part has that name any more and the one in its place is new, that one is
/// taken for it: it was renamed.
#[derive(Debug, Clone)]
pub struct Succession {
    from: Arc<Course>,
    to: Arc<Course>,
}

impl Succession {
    /// From one edition to the next.
    #[must_use]
    pub fn new(from: Arc<Course>, to: Arc<Course>) -> Self {
        Self { from, to }
    }

    /// The edition before.
    #[must_use]
    pub fn from(&self) -> &Course {
        &self.from
    }

    /// The edition after.
    #[must_use]
    pub fn to(&self) -> &Arc<Course> {
        &self.to
    }

    /// Where the module at `index` is now. A lesson is the same as long as its file or its check is.
    #[must_use]
    pub fn module(&self, index: usize) -> Option<usize> {
        let by_check = || {
            let check = &self.from.modules.get(index)?.check.as_ref()?.id;
            let has =
                |module: &crate::course::Module| module.check.as_ref().is_some_and(|quiz| quiz.id == *check);
            self.to.modules.iter().position(has)
        };
        let paths = |course: &'_ Course| -> Vec<String> {
            course.modules.iter().map(|module| module.lesson.path.clone()).collect()
        };
        let (old, new) = (paths(&self.from), paths(&self.to));
        let path = old.get(index)?;
        new.iter().position(|other| other == path).or_else(by_check).or_else(|| renamed(&old, index, &new))
    }

    /// Where `offset` (in bytes) of a text of the edition before is now; `None` when the text is gone.
    #[must_use]
    pub fn place(&self, text: Text, offset: usize) -> Option<usize> {
        let (old, new) = match text {
            Text::Lesson(module) => {
                let now = self.module(module)?;
                (&self.from.modules.get(module)?.lesson, &self.to.modules.get(now)?.lesson)
            }
            Text::Policy => (&self.from.policy.as_ref()?.lesson, &self.to.policy.as_ref()?.lesson),
        };
        Some(followed(old, offset, new))
    }

    /// What changed, as the files that are new, other or gone, in the order of their paths.
    #[must_use]
    pub fn files(&self) -> Vec<FileChange> {
        let (old, new) = (&self.from.files, &self.to.files);
        let mut changes: Vec<FileChange> = Vec::new();
        for (path, bytes) in new.iter() {
            match old.get(path) {
                None => changes.push(FileChange::Added(path.clone())),
                Some(before) if before != bytes => changes.push(FileChange::Changed(path.clone())),
                Some(_) => {}
            }
        }
        let gone = old.keys().filter(|path| !new.contains_key(*path));
        changes.extend(gone.map(|path| FileChange::Removed(path.clone())));
        changes.sort_by(|a, b| a.path().cmp(b.path()));
        changes
    }
}

/// A file of a course that is not as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileChange {
    /// It is new.
    Added(String),
    /// Something else stands in it.
    Changed(String),
    /// It is gone.
    Removed(String),
}

impl FileChange {
    /// Which file.
    #[must_use]
    pub fn path(&self) -> &str {
        match self {
            Self::Added(path) | Self::Changed(path) | Self::Removed(path) => path,
        }
    }

    /// In words, such as `lessons/1.md added`.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Added(path) => format!("{path} added"),
            Self::Changed(path) => format!("{path} changed"),
            Self::Removed(path) => format!("{path} removed"),
        }
    }
}

/// Where `offset` of one version of a lesson is in another.
pub(super) fn followed(old: &Lesson, offset: usize, new: &Lesson) -> usize {
    if old.document == new.document {
        return offset.min(new.text().len());
    }
    markup::follow(&old.document, offset, &new.document)
}

/// What the question `id` of one version of a quiz is called in another.
#[must_use]
pub fn question_after<'q>(from: &Quiz, id: &QuestionId, to: &'q Quiz) -> Option<&'q QuestionId> {
    let ids = |quiz: &'_ Quiz| -> Vec<QuestionId> {
        quiz.questions.iter().map(|question| question.id.clone()).collect()
    };
    if let Some(same) = to.question(id) {
        return Some(&same.id);
    }
    let old = ids(from);
    let index = old.iter().position(|other| other == id)?;
    let now = renamed(&old, index, &ids(to))?;
    to.questions.get(now).map(|question| &question.id)
}

/// What stands at the place of a part that is gone, if nothing was added or taken away and it is new.
fn renamed<T: PartialEq>(old: &[T], index: usize, new: &[T]) -> Option<usize> {
    let now = new.get(index)?;
    (old.len() == new.len() && !old.contains(now)).then_some(index)
}
