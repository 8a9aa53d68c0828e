//! What becomes of the files of a course: something to be shown, or what is wrong with it.

use std::path::Path;
use std::sync::Arc;

use crate::author::check::{errors, is_there_all_the_same};
use crate::course::{
    self, Course, CourseFiles, Fault, Lesson, Module, Reviewed, Rule, Shown, is_course_path,
};
use crate::digest::Digest;
use crate::id::QuizId;
use crate::markup::Document;
use crate::quiz::Quiz;
use crate::training::{Edition, Rest, Step};

/// What somebody wants to see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Focus {
    /// The course.
    Course,
    /// This lesson or quiz, which `course.ron` need not name yet. The path is within the course's folder.
    File(String),
}

impl Focus {
    /// The path of the file, if it is one.
    fn file(&self) -> Option<&str> {
        match self {
            Self::Course => None,
            Self::File(path) => Some(path),
        }
    }
}

/// The course that `files` are, with the file that somebody wants to see added to it as a part of its own when
/// `course.ron` does not name it, as for a draft. The questions of a quiz that counts are added too, all of them and in
/// the order of the file, beside the assessment that draws from them.
#[must_use]
pub fn edition(files: CourseFiles, focus: &Focus) -> Edition {
    edition_as_far_as_read(files, Vec::new(), focus).0
}

/// The same of `files` that are all that could be read, and of what is wrong with the others; and the digest of those of them that
/// belong to the course.
#[must_use]
pub fn edition_as_far_as_read(
    mut files: CourseFiles,
    unreadable: Vec<Fault>,
    focus: &Focus,
) -> (Edition, Digest) {
    let is_all_read = unreadable.is_empty();
    // A draft is no part of the course.
    let draft = focus.file().filter(|path| !is_course_path(path)).and_then(|path| files.remove(path));
    let Reviewed { review, course, files, digest } = course::review_and_parse(files);
    let mut faults = errors(review, unreadable);
    let (course, mut shown) = match course {
        Ok(course) => (Some(course), Shown::Whole),
        Err(broken) => {
            // It is refused for what the review has found; if that were not so, what is left would be taken for a course without faults.
            if faults.is_empty() {
                faults = broken.faults;
            }
            broken.rest.map_or((None, Shown::Rest), |rest| (Some(rest.course), rest.shown))
        }
    };
    // What could not be read cannot be shown, whatever names it.
    if !is_all_read {
        shown = Shown::Rest;
    }
    let mut unshown = None;
    let wanted = focus.file().and_then(|path| {
        let bytes = draft.as_ref().or_else(|| files.get(path));
        let wanted = find(path, course.as_ref(), bytes);
        let others = wanted.as_ref().err().into_iter().flatten();
        let new: Vec<Fault> = others.filter(|fault| !is_told(fault, &faults)).cloned().collect();
        faults.extend(new);
        if wanted.is_err() {
            (shown, unshown) = (Shown::Rest, Some(path.to_owned()));
        }
        wanted.ok()
    });
    // A draft is added where they lie, without a copy of them all.
    drop(files);
    let placed = course.map(|mut course| {
        let asked = wanted.map(|wanted| place(&mut course, wanted));
        if let (Some(_), Some(path), Some(bytes)) = (asked, focus.file(), draft) {
            // What changes in a draft is to be told like any other change.
            Arc::make_mut(&mut course.files).insert(path.to_owned(), bytes);
        }
        (Arc::new(course), asked)
    });
    let edition = match placed {
        Some((course, asked)) if faults.is_empty() => Edition::Good { course, asked },
        placed => {
            let rest = placed.map(|(course, asked)| Rest { course, shown, asked, unshown });
            Edition::Faulty { faults, rest }
        }
    };
    (edition, digest)
}

/// Whether what is wrong with the file that somebody wants to see is among the faults of the course: one that cannot be shown in it was
/// read by itself, too.
fn is_told(fault: &Fault, faults: &[Fault]) -> bool {
    faults.contains(fault) || is_there_all_the_same(fault, faults)
}

/// A file that somebody wants to see.
enum Wanted {
    /// A lesson of the course, or its policy.
    Text(Step),
    Lesson(Lesson),
    Quiz {
        quiz: Quiz,
        path: String,
    },
}

/// Finds the file at `path` in the course, or reads its `bytes` by themselves.
fn find(path: &str, course: Option<&Course>, bytes: Option<&Vec<u8>>) -> Result<Wanted, Vec<Fault>> {
    if let Some(step) = course.and_then(|course| text_of(course, path)) {
        return Ok(Wanted::Text(step));
    }
    let Some(bytes) = bytes else {
        return Err(vec![fault(Rule::MissingFile, path, "there is no such file in the course folder")]);
    };
    let extension = Path::new(path).extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    match extension {
        "md" => course::parse_lesson(path, bytes).map(Wanted::Lesson),
        "ron" => course::parse_quiz(path, bytes).map(|quiz| Wanted::Quiz { quiz, path: path.to_owned() }),
        _ => Err(vec![fault(Rule::BadPath, path, "a lesson ends in .md, a quiz in .ron")]),
    }
}

/// Which lesson of the course the file is, or whether it is its policy.
fn text_of(course: &Course, path: &str) -> Option<Step> {
    let lesson = course.modules.iter().position(|module| module.lesson.path == path).map(Step::Lesson);
    let is_policy = course.policy.as_ref().is_some_and(|policy| policy.lesson.path == path);
    lesson.or_else(|| is_policy.then_some(Step::Policy))
}

/// What this room finds itself; all other faults come from the course.
fn fault(rule: Rule, path: &str, message: &str) -> Fault {
    Fault::of_file(rule, path, message.to_owned())
}

/// Where in the course it is, after it was added if need be.
fn place(course: &mut Course, wanted: Wanted) -> Step {
    let added = course.modules.len();
    match wanted {
        Wanted::Text(step) => step,
        Wanted::Lesson(lesson) => {
            course.modules.push(Module { lesson, check: None });
            Step::Lesson(added)
        }
        Wanted::Quiz { quiz, path } => {
            if let Some(index) = course.modules.iter().position(|module| module.check.as_ref() == Some(&quiz))
            {
                return Step::Check(index);
            }
            let lesson = introduction(&quiz, &path);
            let quiz = Quiz { id: free_id(course, &quiz.id), ..quiz };
            course.modules.push(Module { lesson, check: Some(quiz) });
            Step::Check(added)
        }
    }
}

/// A lesson for a quiz that has none.
fn introduction(quiz: &Quiz, path: &str) -> Lesson {
    let text = format!(
        "# {}\n\nEvery question of `{path}`, in the order of the file. No lesson stands before it here.\n",
        quiz.title
    );
    Lesson {
        path: path.to_owned(),
        title: quiz.title.clone(),
        digest: Digest::of(text.as_bytes()),
        document: Arc::new(Document::parse(text.into())),
        minutes: 1,
    }
}

/// `id`, or another when a check of the course has it, as that of the file a draft was copied from.
fn free_id(course: &Course, id: &QuizId) -> QuizId {
    let mut candidates = (1_u32..).filter_map(|number| format!("preview-{number}").parse().ok());
    if course.check(id).is_none() {
        return id.clone();
    }
    candidates.find(|candidate| course.check(candidate).is_none()).unwrap_or_else(|| id.clone())
}
