//! A course, put together from its parts when all of them were read.

use std::collections::HashMap;
use std::sync::Arc;

use crate::course::glossary::Glossary;
use crate::course::manifest::Manifest;
use crate::course::{Assessment, Course, CourseFiles, Lesson, Module, Policy};
use crate::digest::Digest;
use crate::quiz::Quiz;

/// The course that the manifest describes, or none where a part of it is missing.
pub(super) fn assemble(
    manifest: Manifest,
    mut lessons: HashMap<String, Lesson>,
    mut quizzes: HashMap<String, Quiz>,
    files: &Arc<CourseFiles>,
    digest: Digest,
) -> Option<Course> {
    let (facts, rules) = (manifest.facts?, manifest.assessment?);
    let policy = match manifest.policy {
        // Cloned, because a module may use the policy as its lesson too.
        Some(policy) => {
            Some(Policy { lesson: lessons.get(&policy.file?.path)?.clone(), statement: policy.statement? })
        }
        None => None,
    };
    let glossary = match manifest.glossary {
        Some(named) => Some(Glossary::of(lessons.get(&named.path)?.clone())),
        None => None,
    };
    let modules = manifest.modules.into_iter().map(|module| {
        let lesson = lessons.remove(&module.lesson?.path)?;
        let check = match module.check {
            Some(named) => Some(quizzes.remove(&named.path)?),
            None => None,
        };
        Some(Module { lesson, check })
    });
    Some(Course {
        id: facts.id,
        title: facts.title,
        version: facts.version,
        language: facts.language,
        owner: facts.owner,
        reviewed: facts.reviewed,
        review_by: facts.review_by,
        validity_days: facts.validity_days,
        topics: manifest.topics?,
        modules: modules.collect::<Option<_>>()?,
        check_pass_percent: facts.check_pass_percent,
        assessment: Assessment {
            quiz: quizzes.remove(&rules.quiz?.path)?,
            pass_percent: rules.pass_percent?,
            draw: rules.draw? as usize,
            attempts: rules.attempts?,
            waits: rules.waits?,
        },
        policy,
        glossary,
        controls: facts.controls,
        deliver_to: facts.deliver_to,
        digest,
        files: Arc::clone(files),
    })
}
