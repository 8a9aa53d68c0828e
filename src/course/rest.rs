//! What of a course with faults can be shown all the same, to whoever is writing it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::course::assemble::assemble;
use crate::course::manifest::Manifest;
use crate::course::rule::Rule;
use crate::course::{Course, CourseFiles, Fault, Lesson, MANIFEST};
use crate::digest::Digest;
use crate::quiz::Quiz;

/// A course that nobody can take or give out.
#[derive(Debug)]
pub struct Broken {
    /// Everything that is wrong with it; never empty.
    pub faults: Vec<Fault>,
    /// What is left of it, if that is enough to be shown.
    pub rest: Option<Remainder>,
}

/// A course without what is broken in it.
#[derive(Debug)]
pub struct Remainder {
    /// What is left; its files are all that there are.
    pub course: Course,
    /// How much of the course that is.
    pub shown: Shown,
}

/// How much of a course is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Shown {
    /// All of it: it has no faults, or none that leaves anything out.
    #[default]
    Whole,
    /// What can be shown of it with its faults.
    Rest,
}

/// The course without the lessons and quizzes that are missing or broken. A dead link leaves its file readable; a fault in
/// `course.ron` itself, or in the quiz of the assessment, leaves no course.
pub(super) fn of(
    mut manifest: Manifest,
    mut lessons: HashMap<String, Lesson>,
    mut quizzes: HashMap<String, Quiz>,
    files: &Arc<CourseFiles>,
    digest: Digest,
    faults: &[Fault],
) -> Option<Remainder> {
    let named = parts(&manifest);
    let broken: HashSet<&str> =
        faults.iter().filter(|fault| !can_be_shown(fault)).map(|fault| fault.file.as_str()).collect();
    if broken.contains(MANIFEST) {
        return None;
    }
    lessons.retain(|path, _| !broken.contains(path.as_str()));
    quizzes.retain(|path, _| !broken.contains(path.as_str()));
    manifest
        .modules
        .retain(|module| module.lesson.as_ref().is_some_and(|named| lessons.contains_key(&named.path)));
    for module in &mut manifest.modules {
        module.check.take_if(|named| !quizzes.contains_key(&named.path));
    }
    let is_missing = |path: &str| !lessons.contains_key(path);
    manifest.policy.take_if(|policy| policy.file.as_ref().is_none_or(|named| is_missing(&named.path)));
    manifest.glossary.take_if(|named| is_missing(&named.path));
    if manifest.modules.is_empty() {
        return None;
    }
    let shown = if parts(&manifest) == named { Shown::Whole } else { Shown::Rest };
    assemble(manifest, lessons, quizzes, files, digest).map(|course| Remainder { course, shown })
}

/// How many lessons, quizzes and other texts a course names beside its assessment.
fn parts(manifest: &Manifest) -> usize {
    let checks = manifest.modules.iter().filter(|module| module.check.is_some()).count();
    let others = usize::from(manifest.policy.is_some()) + usize::from(manifest.glossary.is_some());
    manifest.modules.len() + checks + others
}

/// Whether what stands in the file of the fault can be shown with it.
fn can_be_shown(fault: &Fault) -> bool {
    let is_link = matches!(fault.rule, Rule::DeadLink | Rule::PathEscape) && fault.file != MANIFEST;
    // What is missing is left out.
    is_link || fault.rule == Rule::MissingFile
}
