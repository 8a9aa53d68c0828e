//! Reading a course for its author: everything that [`super::parse()`] asks for, and what the course should not go out with.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::mem;
use std::ops::Range;
use std::sync::Arc;

use memchr::memmem;

use crate::course::lessons::Outlined;
use crate::course::links::{Followed, Targets};
use crate::course::parse::{ReadManifest, Reading, Scope, made_of, makes_unusable, read};
use crate::course::path::Folder;
use crate::course::rest::Broken;
use crate::course::rule::Rule;
use crate::course::source::Source;
use crate::course::{
    Course, CourseFiles, Fault, Lesson, MANIFEST, Position, assets, glossary, hidden, is_course_path,
};
use crate::digest::Digest;
use crate::markup::{Document, front_matter};
use crate::quiz::question::Question;

/// A course as far as it can be read, and everything that is wrong with it.
#[derive(Debug)]
pub struct Review {
    /// Every fault of every weight: of whole files first, then file by file from top to bottom.
    pub faults: Vec<Fault>,
    /// How many faults there are beyond those, because there are absurdly many.
    pub left_out: usize,
    /// Every lesson that could be read, by path.
    pub lessons: Vec<Lesson>,
    /// Every question in which nothing is wrong, file by file.
    pub questions: Vec<ReadQuestion>,
}

/// A course that was read once, for its author and for what is shown of it.
#[derive(Debug)]
pub struct Reviewed {
    /// What [`review`] says.
    pub review: Review,
    /// The course that [`super::parse()`] makes; of one that it refuses, what is left of it.
    pub course: Result<Course, Box<Broken>>,
    /// All files that belong to a course.
    pub files: Arc<CourseFiles>,
    /// Their digest ([`super::digest()`]).
    pub digest: Digest,
}

/// A question and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadQuestion {
    /// Path of its quiz.
    pub file: String,
    /// What to point at: the name of its kind.
    pub span: Range<usize>,
    /// Where that begins.
    pub at: Position,
    /// What is asked.
    pub question: Question,
}

/// Reads a course for its author. Files that do not belong to a course ([`is_course_path`]) are left aside.
#[must_use]
pub fn review(files: &CourseFiles) -> Review {
    let belongs = |path: &String| is_course_path(path);
    let files = if files.keys().all(belongs) {
        Cow::Borrowed(files)
    } else {
        let all = files.iter().filter(|(path, _)| belongs(path));
        Cow::Owned(all.map(|(path, bytes)| (path.clone(), bytes.clone())).collect())
    };
    let (manifest, mut reading) = read(&files, Scope::AllInDoubt);
    of_reading(&mut reading, manifest.as_ref())
}

/// Reviews a course and makes it of the same reading. Files that do not belong to a course ([`is_course_path`]) are left aside.
///
/// Where a faulty `course.ron` leaves in doubt which files it names, all are read, so the faults for which it is refused can be more
/// than those that [`super::parse()`] gives; of such a course nothing is left.
#[must_use]
pub fn review_and_parse(mut files: CourseFiles) -> Reviewed {
    files.retain(|path, _| is_course_path(path));
    let files = Arc::new(files);
    let (manifest, mut reading) = read(&files, Scope::AllInDoubt);
    let review = of_reading(&mut reading, manifest.as_ref());
    let broken = review.faults.iter().filter(|fault| makes_unusable(fault)).cloned().collect();
    let digest = reading.digest();
    let course = made_of(manifest, reading, &files, Some(digest), broken);
    Reviewed { review, course, files, digest }
}

/// What is wrong with what was read, beside the faults that were noted at reading.
fn of_reading(reading: &mut Reading<'_>, manifest: Option<&ReadManifest>) -> Review {
    let (mut used, mut hung) = (mem::take(&mut reading.linked), BTreeSet::new());
    for lesson in reading.lessons.values().flatten() {
        follow_lesson(reading, lesson, &mut used, &mut hung);
    }
    for quiz in &reading.quizzes {
        follow_quiz(reading, &quiz.source, &mut used);
    }
    let glossary = manifest.and_then(|read| read.manifest.glossary.as_ref());
    if let Some(read) = glossary.and_then(|named| reading.lessons.get(&named.path)?.as_ref()) {
        glossary::check(read);
    }
    check_hidden(reading, manifest);
    check_assets(reading, &hung);
    let names_all = manifest.is_some_and(|read| read.manifest.names_all);
    if names_all {
        check_used(reading, &used);
    }
    if let Some(ReadManifest { source, manifest }) = manifest
        && let Some(rules) = &manifest.assessment
        && rules.pass_percent.is_some_and(|percent| percent.get() == 0)
    {
        source.fault_with_hint(
            Rule::PassMark,
            rules.pass_span.clone(),
            "everybody passes, even with every answer wrong",
            "ask for more than 0, or make it a knowledge check".to_owned(),
        );
    }
    reading.drain(manifest);
    let faults = mem::take(&mut reading.faults);
    let questions = reading.quizzes.iter().flat_map(|quiz| {
        quiz.bank.good.iter().map(|placed| ReadQuestion {
            file: quiz.source.path.clone(),
            span: placed.span.clone(),
            at: quiz.source.position(placed.span.start),
            question: placed.question.clone(),
        })
    });
    let questions = questions.collect();
    let lessons = reading.lessons.values().flatten().map(|read| read.lesson.clone()).collect();
    Review { faults: faults.kept, left_out: faults.left_out, lessons, questions }
}

/// How long the line is that front matter begins with, in bytes.
const FRONT_MATTER_FENCE: usize = 3;

/// How a lesson begins, its pictures (`hung`), and its HTML.
fn follow_lesson(
    reading: &Reading<'_>,
    lesson: &Outlined,
    used: &mut BTreeSet<String>,
    hung: &mut BTreeSet<String>,
) {
    let targets = Targets { files: reading.files, lessons: &reading.lessons };
    let path = &lesson.lesson.path;
    if let Some(place) = front_matter(&lesson.source.text) {
        let first_line = place.start..place.start + FRONT_MATTER_FENCE;
        lesson.source.fault_with_hint(
            Rule::FrontMatter,
            first_line,
            "this lesson begins with front matter, which learners read as text",
            "delete it, down to the line that ends it; the title is the heading behind `#`".to_owned(),
        );
    }
    // Most lessons have no picture and no HTML, and a survey reads all of a text.
    if ["![", "<"].iter().any(|sign| memmem::find(lesson.source.text.as_bytes(), sign.as_bytes()).is_some()) {
        let survey = lesson.lesson.document.survey();
        for picture in survey.pictures {
            let followed = targets.follow(path, Some(lesson), &picture.address);
            if let Followed::To(target) = &followed {
                hung.insert(target.clone());
            }
            note(&lesson.source, followed, picture.place, used);
        }
        for place in survey.html.into_iter().take(MOST_HTML) {
            note_html(&lesson.source, place);
        }
    }
}

/// Links and pictures in the texts of questions. They begin at the folder of the quiz, as everywhere in Markdown, or at
/// the course folder, as the field `lesson` does.
fn follow_quiz(reading: &Reading<'_>, source: &Source, used: &mut BTreeSet<String>) {
    let targets = Targets { files: reading.files, lessons: &reading.lessons };
    for markdown in source.take_markdown() {
        let survey = Document::parse(Arc::from(markdown.text.as_str())).survey();
        let links = survey.links.into_iter().map(|link| (link.address, link.place));
        let pictures = survey.pictures.into_iter().map(|picture| (picture.address, picture.place));
        for (address, range) in links.chain(pictures) {
            let from_course = targets.follow(MANIFEST, None, &address);
            let followed = match from_course {
                Followed::Nowhere(_) => targets.follow(&source.path, None, &address),
                Followed::Out | Followed::To(_) => from_course,
            };
            note(source, followed, markdown.place(range), used);
        }
    }
}

/// More of it in a lesson is the same mistake.
const MOST_HTML: usize = 20;

/// A tag or a comment that learners would see. Of a block it is the first line that is pointed at.
fn note_html(source: &Source, place: Range<usize>) {
    let text = &source.text[place.clone()];
    let end = place.start + text.trim_end().find('\n').unwrap_or(text.trim_end().len());
    let (message, hint) = if text.starts_with("<!--") {
        (
            "learners see this comment as it stands here",
            "delete it; quizzes and course.ron take notes behind //",
        )
    } else {
        ("learners see this HTML as it stands here", "write it in Markdown, or in `` if it is to be seen")
    };
    source.fault_with_hint(Rule::RawHtml, place.start..end, message, hint.to_owned());
}

fn note(source: &Source, followed: Followed<'_>, span: Range<usize>, used: &mut BTreeSet<String>) {
    match followed {
        Followed::Out => {}
        Followed::To(target) => drop(used.insert(target)),
        Followed::Nowhere(dead) => {
            source.fault_with_guess(Rule::DeadReference, span, dead.message, dead.hint);
        }
    }
}

/// Hidden characters, in whatever can be read as text and in the names of files.
fn check_hidden(reading: &mut Reading<'_>, manifest: Option<&ReadManifest>) {
    if let Some(read) = manifest {
        hidden::check(&read.source);
    }
    for lesson in reading.lessons.values().flatten() {
        hidden::check(&lesson.source);
    }
    for quiz in &reading.quizzes {
        hidden::check(&quiz.source);
    }
    for path in reading.files.keys() {
        if let Some((_, c)) = hidden::characters(path).next() {
            reading.faults.add(Fault {
                hint: Some("rename the file".to_owned()),
                ..Fault::of_file(
                    Rule::HiddenCharacter,
                    path,
                    format!("the name of this file holds {}", hidden::named(c)),
                )
            });
        }
    }
}

/// What is wrong with the assets, and which of those that hang in lessons nobody will see.
fn check_assets(reading: &mut Reading<'_>, hung: &BTreeSet<String>) {
    for (path, bytes) in reading.files {
        if Folder::of(path) != Some(Folder::Assets) {
            continue;
        }
        let mut faults = assets::check(path, bytes);
        // What is no asset is no picture either, and that is said.
        if faults.is_empty() && hung.contains(path) {
            faults.extend(assets::never_drawn(path, bytes));
        }
        for fault in faults {
            reading.faults.add(fault);
        }
    }
}

/// As much of a file as is looked through although nothing leads to it: what a lesson may have.
const MAX_UNUSED: usize = 16 << 20;

/// Files that nothing leads to. Somebody wrote them, so somebody means them to be seen.
fn check_used(reading: &mut Reading<'_>, used: &BTreeSet<String>) {
    for (path, bytes) in reading.files {
        let (message, hint) = match Folder::of(path) {
            None => continue,
            Some(Folder::Assets) => {
                ("no lesson and no question shows or links to this file", "use it or delete it")
            }
            Some(Folder::Lessons | Folder::Quizzes) => (
                "no module of course.ron uses this file",
                "use it, delete it, or put `_` in front of its name while it is a draft",
            ),
        };
        // What is no asset cannot be used, and that is said.
        let is_no_asset = Folder::of(path) == Some(Folder::Assets) && !assets::can_be(path);
        if reading.has_seen(path) || used.contains(path) || is_no_asset {
            continue;
        }
        reading.faults.add(Fault {
            hint: Some(hint.to_owned()),
            ..Fault::of_file(Rule::UnusedFile, path, message.to_owned())
        });
        if Folder::of(path) != Some(Folder::Assets)
            && let Ok(source) = Source::read(path, bytes, MAX_UNUSED)
        {
            hidden::check(&source);
            for fault in source.take_faults() {
                reading.faults.add(fault);
            }
        }
    }
}
