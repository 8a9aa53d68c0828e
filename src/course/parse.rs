//! Reading a whole course: every file on its own, then what they say about each other.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use crate::course::bank::{self, Bank};
use crate::course::lessons::{self, Outlined};
use crate::course::links::Targets;
use crate::course::manifest::{self, AssessmentRules, Manifest, Named};
use crate::course::source::{Source, did_you_mean, quote};
use crate::course::{
    Assessment, Course, CourseFiles, Fault, Lesson, MANIFEST, Module, Policy, digest, is_course_path, path,
};
use crate::id::TopicId;
use crate::quiz::Quiz;
use crate::quiz::question::Drawn;

pub(super) const MAX_FILES: usize = 2_000;
pub(super) const MAX_RON_BYTES: usize = 4 << 20;

/// Reads a course, or says everything that is wrong with it, file by file from top to bottom. Files that do not belong to
/// a course ([`is_course_path`]) are left aside.
///
/// # Errors
/// Every fault that could be found; never an empty list.
pub fn parse(mut files: CourseFiles) -> Result<Course, Vec<Fault>> {
    files.retain(|path, _| is_course_path(path));
    if files.len() > MAX_FILES {
        let message = format!("{} files are too many, {MAX_FILES} is the limit", files.len());
        return Err(vec![fault(MANIFEST, message, None)]);
    }
    let mut faults = check_names(&files);
    let Some(bytes) = files.get(MANIFEST) else {
        let hint = "a course folder has a course.ron, see the bundled course for its shape";
        faults.push(fault(MANIFEST, "this file is missing".to_owned(), Some(hint.to_owned())));
        return Err(faults);
    };
    let source = match Source::read(MANIFEST, bytes, MAX_RON_BYTES) {
        Ok(source) => source,
        Err(fault) => {
            faults.push(fault);
            return Err(faults);
        }
    };
    let manifest = manifest::read(&source);
    let mut reading = Reading::new(&files, &source);
    reading.read_all(&manifest);
    reading.compare(&manifest);
    let Reading { lessons, quizzes, faults: of_files, .. } = reading;
    faults.extend(source.into_faults());
    faults.extend(of_files);
    let mut outlined = HashMap::new();
    for (path, lesson) in lessons {
        if let Some(Outlined { lesson, source, .. }) = lesson {
            faults.extend(source.into_faults());
            outlined.insert(path, lesson);
        }
    }
    let mut banks = HashMap::new();
    for ReadQuiz { source, bank } in quizzes {
        banks.extend(bank.quiz.map(|quiz| (source.path.clone(), quiz)));
        faults.extend(source.into_faults());
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    assemble(manifest, outlined, banks, files)
        // Every reader that gives nothing has said why; if one has not, silence would be worse than this.
        .ok_or_else(|| vec![fault(MANIFEST, "this course cannot be read".to_owned(), None)])
}

fn fault(file: &str, message: String, hint: Option<String>) -> Fault {
    Fault { file: file.to_owned(), at: None, message, hint }
}

/// Names that some computer could not store, or not beside each other.
fn check_names(files: &CourseFiles) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut folded: HashMap<String, &str> = HashMap::new();
    for name in files.keys() {
        if let Err(reason) = path::is_portable(name) {
            faults.push(fault(name, format!("bad path, {reason}"), Some("rename the file".to_owned())));
        }
        if let Some(other) = folded.insert(name.to_lowercase(), name) {
            let message = format!("differs from {} in capitals alone", quote(other));
            faults.push(fault(name, message, Some("rename one of the two".to_owned())));
        }
    }
    faults
}

/// A quiz file as it was read.
struct ReadQuiz {
    source: Source,
    bank: Bank,
}

/// What has been read so far.
struct Reading<'a> {
    files: &'a CourseFiles,
    manifest: &'a Source,
    /// By path; a lesson that could not be read is `None`.
    lessons: BTreeMap<String, Option<Outlined>>,
    /// In the order in which `course.ron` names them.
    quizzes: Vec<ReadQuiz>,
    /// Of whole files; all others are noted in the sources.
    faults: Vec<Fault>,
}

impl<'a> Reading<'a> {
    fn new(files: &'a CourseFiles, manifest: &'a Source) -> Self {
        Self { files, manifest, lessons: BTreeMap::new(), quizzes: Vec::new(), faults: Vec::new() }
    }

    /// Reads every file that `course.ron` names.
    fn read_all(&mut self, manifest: &Manifest) {
        let (mut lessons, mut quizzes) = (HashSet::new(), HashSet::new());
        for module in &manifest.modules {
            if let Some(named) = &module.lesson
                && self.is_first(&mut lessons, named)
            {
                self.read_lesson(named);
            }
            if let Some(named) = &module.check
                && self.is_first(&mut quizzes, named)
            {
                self.read_quiz(named);
            }
        }
        if let Some(named) = manifest.assessment.as_ref().and_then(|rules| rules.quiz.as_ref())
            && self.is_first(&mut quizzes, named)
        {
            self.read_quiz(named);
        }
        if let Some(named) = manifest.policy.as_ref().and_then(|policy| policy.file.as_ref())
            && !self.lessons.contains_key(&named.path)
        {
            self.read_lesson(named);
        }
    }

    fn is_first(&self, seen: &mut HashSet<String>, named: &Named) -> bool {
        let first = seen.insert(named.path.clone());
        if !first {
            self.manifest.fault(named.offset, format!("{} is used twice", quote(&named.path)));
        }
        first
    }

    fn bytes(&self, named: &Named) -> Option<&'a [u8]> {
        let bytes = self.files.get(&named.path);
        if bytes.is_none() {
            let hint = did_you_mean(&named.path, self.files.keys().map(String::as_str));
            let message = format!("there is no file {}", quote(&named.path));
            self.manifest.fault_with_hint(named.offset, message, hint);
        }
        bytes.map(Vec::as_slice)
    }

    fn read_lesson(&mut self, named: &Named) {
        let Some(bytes) = self.bytes(named) else { return };
        let lesson = lessons::read(&named.path, bytes);
        let lesson = lesson.map_err(|fault| self.faults.push(fault)).ok();
        self.lessons.insert(named.path.clone(), lesson);
    }

    fn read_quiz(&mut self, named: &Named) {
        let Some(bytes) = self.bytes(named) else { return };
        match Source::read(&named.path, bytes, MAX_RON_BYTES) {
            Ok(source) => {
                let bank = bank::read(&source);
                self.quizzes.push(ReadQuiz { source, bank });
            }
            Err(fault) => self.faults.push(fault),
        }
    }

    fn quiz(&self, named: &Named) -> Option<&Quiz> {
        self.quizzes.iter().find(|quiz| quiz.source.path == named.path)?.bank.quiz.as_ref()
    }

    /// Compares what the files say with each other.
    fn compare(&self, manifest: &Manifest) {
        let targets = Targets { files: self.files, lessons: &self.lessons };
        let mut ids: HashMap<&str, &str> = HashMap::new();
        for ReadQuiz { source, bank } in &self.quizzes {
            if let Some((id, offset)) = &bank.id
                && let Some(other) = ids.insert(id.as_str(), &source.path)
            {
                source.fault(*offset, format!("the quiz `{id}` is in {} already", quote(other)));
            }
            if let Some(topics) = &manifest.topics {
                let known: HashSet<&str> = topics.iter().map(|topic| topic.id.as_str()).collect();
                for (topic, offset) in bank.topics.iter().filter(|(topic, _)| !known.contains(topic.as_str()))
                {
                    let hint = did_you_mean(topic.as_str(), known.iter().copied())
                        .unwrap_or_else(|| "topics are listed in course.ron".to_owned());
                    source.fault_with_hint(*offset, format!("unknown topic `{topic}`"), hint);
                }
            }
            for (link, offset) in &bank.links {
                if let Err(dead) = targets.of_question(link) {
                    source.fault_with_hint(*offset, dead.message, dead.hint);
                }
            }
        }
        for lesson in self.lessons.values().flatten() {
            for link in lesson.document.links() {
                if let Err(dead) = targets.of_markdown(lesson, &link.address) {
                    lesson.source.fault_with_hint(link.offset, dead.message, dead.hint);
                }
            }
        }
        if let (Some(rules), Some(topics)) = (&manifest.assessment, &manifest.topics)
            && let (Some(draw), Some(quiz)) =
                (rules.draw, rules.quiz.as_ref().and_then(|named| self.quiz(named)))
        {
            self.check_draw(rules, draw as usize, quiz, &topics.iter().map(|topic| &topic.id).collect());
        }
    }

    fn check_draw(&self, rules: &AssessmentRules, draw: usize, quiz: &Quiz, topics: &HashSet<&TopicId>) {
        let wrong = |message| self.manifest.fault(rules.draw_offset, message);
        let bank = quiz.questions.len();
        if draw > bank {
            wrong(format!("cannot draw {draw} questions of {bank}"));
        }
        let mandatory = quiz.questions.iter().filter(|question| question.drawn == Drawn::Always);
        let covered: HashSet<&TopicId> = mandatory.clone().map(|question| &question.topic).collect();
        let asked: HashSet<&TopicId> = quiz.questions.iter().map(|question| &question.topic).collect();
        let further = asked.intersection(topics).filter(|topic| !covered.contains(*topic)).count();
        let mandatory = mandatory.count();
        let needed = mandatory + further;
        if draw < needed {
            wrong(format!(
                "{draw} is too few, {needed} must fit in ({mandatory} mandatory, {further} of further topics)"
            ));
        }
    }
}

fn assemble(
    manifest: Manifest,
    mut lessons: HashMap<String, Lesson>,
    mut quizzes: HashMap<String, Quiz>,
    files: CourseFiles,
) -> Option<Course> {
    let (facts, rules) = (manifest.facts?, manifest.assessment?);
    let policy = match manifest.policy {
        // Cloned, because a module may use the policy as its lesson too.
        Some(policy) => {
            Some(Policy { lesson: lessons.get(&policy.file?.path)?.clone(), statement: policy.statement? })
        }
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
            wait_minutes: rules.wait_minutes?,
        },
        policy,
        controls: facts.controls,
        deliver_to: facts.deliver_to,
        digest: digest(&files),
        files: Arc::new(files),
    })
}

#[cfg(test)]
mod tests;
