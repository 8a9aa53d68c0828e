//! Reading a whole course: every file on its own, then what they say about each other.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::mem;
use std::sync::Arc;

use crate::course::assemble::assemble;
use crate::course::bank::{self, Bank};
use crate::course::digest::digest_knowing;
use crate::course::lessons::{self, Outlined};
use crate::course::links::{Followed, Targets};
use crate::course::manifest::{self, AssessmentRules, Manifest, Named};
use crate::course::path::Folder;
use crate::course::rest::{self, Broken};
use crate::course::rule::{Rule, Weight};
use crate::course::source::{Source, did_you_mean, file_meant, quote};
use crate::course::{Course, CourseFiles, Fault, Lesson, MANIFEST, is_course_path, pack, path};
use crate::digest::Digest;
use crate::id::TopicId;
use crate::quiz::Quiz;
use crate::quiz::question::Drawn;

pub(super) const MAX_FILES: usize = 2_000;
pub(super) const MAX_RON_BYTES: usize = 4 << 20;
/// The most faults of a course that are kept: a course made to be complained about must not fill the memory.
const MAX_FAULTS: usize = 20_000;

/// Reads a course, or says everything that makes it unusable, file by file from top to bottom. Files that do not belong
/// to a course ([`is_course_path`]) are left aside.
///
/// This is the gate for whoever takes a course or verifies a record of it, so it asks for what they need and no more:
/// faults of [`Weight::Unfit`] are the author's business, and a record of last year must not become unverifiable by a
/// rule of this year. [`super::review()`] finds those too.
///
/// # Errors
/// Every fault that could be found; never an empty list.
pub fn parse(mut files: CourseFiles) -> Result<Course, Vec<Fault>> {
    files.retain(|path, _| is_course_path(path));
    let files = Arc::new(files);
    let (manifest, mut reading) = read(&files, Scope::Named);
    let faults = mem::take(&mut reading.drain(manifest.as_ref()).kept);
    let faults = faults.into_iter().filter(makes_unusable).collect();
    made_of(manifest, reading, &files, None, faults).map_err(|broken| broken.faults)
}

pub(super) fn makes_unusable(fault: &Fault) -> bool {
    fault.rule.weight() == Weight::Broken
}

/// The course that was read, or what is left of it with these faults, which make it unusable; `digest` where it is known.
///
/// # Errors
/// The faults; never an empty list.
pub(super) fn made_of(
    manifest: Option<ReadManifest>,
    reading: Reading<'_>,
    files: &Arc<CourseFiles>,
    digest: Option<Digest>,
    faults: Vec<Fault>,
) -> Result<Course, Box<Broken>> {
    let unreadable = |mut faults: Vec<Fault>| {
        // Every reader that gives nothing has said why; if one has not, silence would be worse than this.
        if faults.is_empty() {
            faults.push(Fault::of_file(Rule::Syntax, MANIFEST, "this course cannot be read".to_owned()));
        }
        Box::new(Broken { faults, rest: None })
    };
    let Some(ReadManifest { manifest, .. }) = manifest else { return Err(unreadable(faults)) };
    let digest = digest.unwrap_or_else(|| reading.digest());
    let (lessons, quizzes) = reading.into_parts();
    if faults.is_empty() {
        return assemble(manifest, lessons, quizzes, files, digest).ok_or_else(|| unreadable(faults));
    }
    let rest = rest::of(manifest, lessons, quizzes, files, digest, &faults);
    Err(Box::new(Broken { faults, rest }))
}

/// The title that a `course.ron` says, if all that it says of the course as a whole can be understood.
#[must_use]
pub fn title(manifest: &[u8]) -> Option<String> {
    let source = Source::read(MANIFEST, manifest, MAX_RON_BYTES).ok()?;
    manifest::read(&source).facts.map(|facts| facts.title)
}

/// Which files are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// Those that `course.ron` names.
    Named,
    /// Those, and all others if there is no telling which `course.ron` would name: a fault in there hides none elsewhere.
    AllInDoubt,
}

/// Reads and compares everything.
pub(super) fn read(files: &CourseFiles, scope: Scope) -> (Option<ReadManifest>, Reading<'_>) {
    let mut reading = Reading::new(files);
    if files.len() > MAX_FILES {
        let message = format!("{} files are too many, {MAX_FILES} is the limit", files.len());
        reading.faults.add(Fault::of_file(Rule::TooMany, MANIFEST, message));
        return (None, reading);
    }
    reading.check_names();
    let manifest = reading.read_manifest();
    if let Some(ReadManifest { source, manifest }) = &manifest {
        reading.read_all(manifest, source);
    }
    if scope == Scope::AllInDoubt && manifest.as_ref().is_none_or(|read| !read.manifest.names_all) {
        reading.read_rest();
    }
    reading.compare(manifest.as_ref());
    reading.linked = reading.follow_links();
    (manifest, reading)
}

/// `course.ron` as it was read.
pub(super) struct ReadManifest {
    pub source: Source,
    pub manifest: Manifest,
}

/// A quiz file as it was read.
pub(super) struct ReadQuiz {
    pub source: Source,
    pub bank: Bank,
}

/// The faults of a course, up to a limit.
#[derive(Debug, Default)]
pub(super) struct Faults {
    pub kept: Vec<Fault>,
    /// How many are missing.
    pub left_out: usize,
    /// How many of all of them make the course unusable. Counted apart from the others: they must not be lost behind
    /// what does not.
    pub broken: usize,
    others: usize,
}

impl Faults {
    pub(super) fn add(&mut self, fault: Fault) {
        let count = match fault.rule.weight() {
            Weight::Broken => &mut self.broken,
            Weight::Unfit | Weight::Advice => &mut self.others,
        };
        *count += 1;
        if *count <= MAX_FAULTS {
            self.kept.push(fault);
        } else {
            self.left_out += 1;
        }
    }

    fn add_all(&mut self, faults: Vec<Fault>) {
        for fault in faults {
            self.add(fault);
        }
    }
}

/// What has been read so far.
pub(super) struct Reading<'a> {
    pub files: &'a CourseFiles,
    /// By path; a lesson that could not be read is `None`.
    pub lessons: BTreeMap<String, Option<Outlined>>,
    /// In the order in which `course.ron` names them.
    pub quizzes: Vec<ReadQuiz>,
    /// Every other quiz file that was named or looked at.
    unread: HashSet<String>,
    /// Every file of the course that a lesson links to.
    pub linked: BTreeSet<String>,
    /// Of whole files; all others are noted in the sources.
    pub faults: Faults,
}

impl<'a> Reading<'a> {
    fn new(files: &'a CourseFiles) -> Self {
        Self {
            files,
            lessons: BTreeMap::new(),
            quizzes: Vec::new(),
            unread: HashSet::new(),
            linked: BTreeSet::new(),
            faults: Faults::default(),
        }
    }

    /// Whether a lesson or quiz was looked at.
    pub(super) fn has_seen(&self, path: &str) -> bool {
        self.lessons.contains_key(path)
            || self.unread.contains(path)
            || self.quizzes.iter().any(|quiz| quiz.source.path == path)
    }

    /// Names that some computer could not store, or not beside each other.
    fn check_names(&mut self) {
        let mut folded: HashMap<String, &str> = HashMap::new();
        for name in self.files.keys() {
            if let Err(reason) = path::is_portable(name) {
                self.faults.add(Fault {
                    hint: Some("rename the file".to_owned()),
                    ..Fault::of_file(reason.rule(), name, format!("bad path, {reason}"))
                });
            }
            if let Some(other) = folded.insert(pack::folded(name), name) {
                let alike = if other.to_lowercase() == name.to_lowercase() { "capitals" } else { "spelling" };
                let message = format!("differs from {} in {alike} alone", quote(other));
                self.faults.add(Fault {
                    hint: Some("rename one of the two".to_owned()),
                    ..Fault::of_file(Rule::NameClash, name, message)
                });
            }
        }
    }

    fn read_manifest(&mut self) -> Option<ReadManifest> {
        let Some(bytes) = self.files.get(MANIFEST) else {
            let hint = "a course folder has a course.ron; to begin a course: countersign author new DIR";
            self.faults.add(Fault {
                hint: Some(hint.to_owned()),
                ..Fault::of_file(Rule::MissingFile, MANIFEST, "this file is missing".to_owned())
            });
            return None;
        };
        match Source::read(MANIFEST, bytes, MAX_RON_BYTES) {
            Ok(source) => Some(ReadManifest { manifest: manifest::read(&source), source }),
            Err(fault) => {
                self.faults.add(*fault);
                None
            }
        }
    }

    /// Reads every file that `course.ron` names.
    fn read_all(&mut self, manifest: &Manifest, source: &Source) {
        let (mut lessons, mut quizzes) = (HashSet::new(), HashSet::new());
        for module in &manifest.modules {
            if let Some(named) = &module.lesson
                && is_first(&mut lessons, named, source)
                && self.is_there(named, source)
            {
                self.read_lesson(&named.path);
            }
            if let Some(named) = &module.check
                && is_first(&mut quizzes, named, source)
                && self.is_there(named, source)
            {
                self.read_quiz(&named.path);
            }
        }
        if let Some(named) = manifest.assessment.as_ref().and_then(|rules| rules.quiz.as_ref())
            && is_first(&mut quizzes, named, source)
            && self.is_there(named, source)
        {
            self.read_quiz(&named.path);
        }
        let policy = manifest.policy.as_ref().and_then(|policy| policy.file.as_ref());
        for named in [policy, manifest.glossary.as_ref()].into_iter().flatten() {
            if !self.lessons.contains_key(&named.path) && self.is_there(named, source) {
                self.read_lesson(&named.path);
            }
        }
    }

    /// Reads every lesson and quiz that was not read yet.
    fn read_rest(&mut self) {
        for path in self.files.keys() {
            if self.has_seen(path) {
                continue;
            }
            match Folder::of(path).filter(|folder| path::check(path, *folder).is_ok()) {
                Some(Folder::Lessons) => self.read_lesson(path),
                Some(Folder::Quizzes) => self.read_quiz(path),
                Some(Folder::Assets) | None => {}
            }
        }
    }

    fn is_there(&self, named: &Named, source: &Source) -> bool {
        let there = self.files.contains_key(&named.path);
        if !there {
            let guess = || file_meant(&named.path, self.files.keys().map(String::as_str));
            let message = format!("there is no file {}", quote(&named.path));
            source.fault_with_guess(Rule::MissingFile, named.span.clone(), message, guess);
        }
        there
    }

    fn read_lesson(&mut self, path: &str) {
        let Some(bytes) = self.files.get(path) else { return };
        let lesson = lessons::read(path, bytes);
        let lesson = lesson.map_err(|fault| self.faults.add(*fault)).ok();
        self.lessons.insert(path.to_owned(), lesson);
    }

    fn read_quiz(&mut self, path: &str) {
        let Some(bytes) = self.files.get(path) else { return };
        match Source::read(path, bytes, MAX_RON_BYTES) {
            Ok(source) => {
                let bank = bank::read(&source);
                self.quizzes.push(ReadQuiz { source, bank });
            }
            Err(fault) => {
                self.unread.insert(path.to_owned());
                self.faults.add(*fault);
            }
        }
    }

    /// Compares what the files say with each other.
    fn compare(&self, manifest: Option<&ReadManifest>) {
        let topics = manifest.and_then(|read| read.manifest.topic_ids.as_ref());
        let known: Option<HashSet<&str>> = topics.map(|topics| topics.iter().map(TopicId::as_str).collect());
        let targets = Targets { files: self.files, lessons: &self.lessons };
        let mut ids: HashMap<&str, &str> = HashMap::new();
        for ReadQuiz { source, bank } in &self.quizzes {
            if let Some((id, span)) = &bank.id
                && let Some(other) = ids.insert(id.as_str(), &source.path)
            {
                let message = format!("the quiz `{id}` is in {} already", quote(other));
                source.fault(Rule::DuplicateId, span.clone(), message);
            }
            let unknown =
                |topic: &TopicId| known.as_ref().is_some_and(|known| !known.contains(topic.as_str()));
            for (topic, span) in bank.topics.iter().filter(|(topic, _)| unknown(topic)) {
                let guess = || {
                    did_you_mean(topic.as_str(), known.iter().flatten().copied())
                        .or_else(|| Some("topics are listed in course.ron".to_owned()))
                };
                let message = format!("unknown topic `{topic}`");
                source.fault_with_guess(Rule::UnknownTopic, span.clone(), message, guess);
            }
            for (link, span) in &bank.links {
                if let Err(dead) = targets.of_question(link) {
                    source.fault_with_guess(dead.rule, span.clone(), dead.message, dead.hint);
                }
            }
        }
        if let Some(ReadManifest { source, manifest }) = manifest
            && let (Some(rules), Some(topics)) = (&manifest.assessment, topics)
            && let (Some(draw), Some(named)) = (rules.draw, &rules.quiz)
            && let Some(quiz) = self.quizzes.iter().find(|quiz| quiz.source.path == named.path)
        {
            check_draw(source, rules, draw as usize, &quiz.bank, &topics.iter().collect());
        }
    }

    /// Follows the links of all lessons; says to which files they lead.
    fn follow_links(&self) -> BTreeSet<String> {
        let targets = Targets { files: self.files, lessons: &self.lessons };
        let mut linked = BTreeSet::new();
        for lesson in self.lessons.values().flatten() {
            for link in &lesson.lesson.document.links_within() {
                match targets.follow(&lesson.lesson.path, Some(lesson), &link.address) {
                    Followed::Out => {}
                    Followed::To(target) => drop(linked.insert(target)),
                    Followed::Nowhere(dead) => {
                        lesson.source.fault_with_guess(dead.rule, link.range(), dead.message, dead.hint);
                    }
                }
            }
        }
        linked
    }

    /// All faults so far: those of whole files, then file by file from top to bottom.
    pub(super) fn drain(&mut self, manifest: Option<&ReadManifest>) -> &mut Faults {
        if let Some(read) = manifest {
            self.faults.add_all(read.source.take_faults());
        }
        for lesson in self.lessons.values().flatten() {
            self.faults.add_all(lesson.source.take_faults());
        }
        for quiz in &self.quizzes {
            self.faults.add_all(quiz.source.take_faults());
        }
        &mut self.faults
    }

    /// The digest of all files; what was read as a lesson is not hashed again.
    pub(super) fn digest(&self) -> Digest {
        digest_knowing(self.files, |path| Some(self.lessons.get(path)?.as_ref()?.lesson.digest))
    }

    /// Lessons and quizzes by path, as far as nothing is wrong in them.
    pub(super) fn into_parts(self) -> (HashMap<String, Lesson>, HashMap<String, Quiz>) {
        let lessons = self.lessons.into_iter().filter_map(|(path, read)| Some((path, read?.lesson)));
        let quizzes =
            self.quizzes.into_iter().filter_map(|quiz| Some((quiz.source.path, quiz.bank.into_quiz()?)));
        (lessons.collect(), quizzes.collect())
    }
}

fn is_first(seen: &mut HashSet<String>, named: &Named, source: &Source) -> bool {
    let first = seen.insert(named.path.clone());
    if !first {
        source.fault(Rule::UsedTwice, named.span.clone(), format!("{} is used twice", quote(&named.path)));
    }
    first
}

/// Whether what must be in a draw has room in it and the bank can fill it. What could not be read of the bank is given
/// the benefit of the doubt, so the fault is one whatever stands there.
fn check_draw(
    source: &Source,
    rules: &AssessmentRules,
    draw: usize,
    bank: &Bank,
    topics: &HashSet<&TopicId>,
) {
    let wrong = |message| source.fault(Rule::BadDraw, rules.draw_span.clone(), message);
    if let Some(count) = bank.count.filter(|count| draw > *count) {
        wrong(format!("cannot draw {draw} questions of {count}"));
    }
    let mandatory = bank.asked.iter().filter(|(_, drawn)| *drawn == Drawn::Always);
    let covered: HashSet<&TopicId> = mandatory.clone().map(|(topic, _)| topic).collect();
    let asked: HashSet<&TopicId> = bank.asked.iter().map(|(topic, _)| topic).collect();
    let further = asked.intersection(topics).filter(|topic| !covered.contains(*topic)).count();
    let mandatory = mandatory.count();
    let needed = mandatory + further;
    if draw < needed {
        wrong(format!(
            "{draw} is too few, {needed} must fit in ({mandatory} mandatory, {further} of further topics)"
        ));
    }
}

#[cfg(test)]
mod tests;
