//! What could be read of a course, faults or not, and where each part of it stands.
//!
//! [`crate::course::parse()`] gives a course or its faults. Whoever helps an author also has something to say about the
//! forty questions beside the faulty one.

use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::course::bank::{self, Bank};
use crate::course::fields::At;
use crate::course::manifest::{self, Named};
use crate::course::parse::{MAX_FILES, MAX_RON_BYTES};
use crate::course::source::Source;
use crate::course::tree::{self, Node, Value};
use crate::course::{CourseFiles, MANIFEST, Topic, lessons};
use crate::markup::Document;
use crate::quiz::question::Question;

/// What could be read of a course.
#[derive(Debug, Default)]
pub struct Draft {
    /// BCP 47, such as `en`.
    pub language: Option<String>,
    /// When the content must be reviewed again.
    pub review_by: Option<NaiveDate>,
    /// What questions can be about; none if one of them is faulty.
    pub topics: Vec<Topic>,
    /// How many questions an attempt of the assessment gets.
    pub draw: Option<usize>,
    /// In the order in which they are taken, then the policy. Those that are not text are missing.
    pub lessons: Vec<DraftLesson>,
    /// In the order in which they are taken, the assessment last. Those that are not text are missing.
    pub quizzes: Vec<DraftQuiz>,
    /// Where what stands in [`MANIFEST`].
    pub manifest: Shape,
}

/// A lesson as far as it could be read.
#[derive(Debug)]
pub struct DraftLesson {
    /// Path within the course.
    pub path: String,
    /// Whether it is taught or agreed to.
    pub role: LessonRole,
    /// Its text, without byte order mark and with LF line ends.
    pub text: Arc<str>,
    /// The same text as Markdown.
    pub document: Arc<Document>,
}

/// What a lesson is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LessonRole {
    /// A module teaches it.
    Module,
    /// The policy: a text to be agreed to.
    Policy,
}

/// A quiz as far as it could be read.
#[derive(Debug)]
pub struct DraftQuiz {
    /// Path within the course.
    pub path: String,
    /// Whether it counts.
    pub role: QuizRole,
    /// Whether [`DraftQuiz::questions`] are all.
    pub extent: QuizExtent,
    /// Every question in which nothing is wrong, in the order of the file.
    pub questions: Vec<Question>,
    /// The place of each of them in the list of the file.
    entries: Vec<usize>,
    /// Where what stands in the file.
    pub shape: Shape,
}

/// What a quiz is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuizRole {
    /// Asked after a lesson.
    Check,
    /// The quiz that counts.
    Assessment,
}

/// Whether all questions of a quiz could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuizExtent {
    /// They could.
    Whole,
    /// Some are missing.
    Partly,
}

/// A step into a RON file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// To the value of a field.
    Field(&'static str),
    /// To an entry of a list, counted from 0.
    Entry(usize),
}

/// The text of a RON file and where what stands in it.
#[derive(Debug, Default)]
pub struct Shape {
    source: Option<Source>,
    root: Option<Node>,
}

/// No group of ours has more fields; places are looked up often, and a hostile file must not make that slow.
const MOST_FIELDS: usize = 64;

/// Reads whatever of a course can be read. Costs about as much as [`crate::course::parse()`], and knows the same limits:
/// what is too large or too much is not read.
#[must_use]
pub fn draft(files: &CourseFiles) -> Draft {
    let readable = files.len() <= MAX_FILES;
    let manifest = files.get(MANIFEST).filter(|_| readable);
    let Some(source) = manifest.and_then(|bytes| Source::read(MANIFEST, bytes, MAX_RON_BYTES).ok()) else {
        return Draft::default();
    };
    let read = manifest::read(&source);
    let rules = read.assessment.as_ref();
    let mut draft = Draft {
        topics: read.topics.unwrap_or_default(),
        draw: rules.and_then(|rules| rules.draw).map(|draw| draw as usize),
        ..Draft::default()
    };
    for module in &read.modules {
        draft.read_lesson(files, module.lesson.as_ref(), LessonRole::Module);
        draft.read_quiz(files, module.check.as_ref(), QuizRole::Check);
    }
    draft.read_lesson(files, read.policy.and_then(|policy| policy.file).as_ref(), LessonRole::Policy);
    draft.read_quiz(files, rules.and_then(|rules| rules.quiz.as_ref()), QuizRole::Assessment);
    draft.manifest = Shape::of(source);
    draft.language = draft.manifest.at(&[Part::Field("language")]).and_then(At::text);
    draft.review_by = draft.manifest.at(&[Part::Field("review_by")]).and_then(At::date);
    draft
}

impl Draft {
    fn read_lesson(&mut self, files: &CourseFiles, named: Option<&Named>, role: LessonRole) {
        let Some((path, bytes)) = named.and_then(|named| files.get_key_value(&named.path)) else { return };
        if self.lessons.iter().any(|lesson| lesson.path == *path) {
            return;
        }
        let Ok(source) = Source::read(path, bytes, lessons::MAX_BYTES) else { return };
        let document = Arc::new(Document::parse(Arc::clone(&source.text)));
        self.lessons.push(DraftLesson { path: path.clone(), role, text: source.text, document });
    }

    fn read_quiz(&mut self, files: &CourseFiles, named: Option<&Named>, role: QuizRole) {
        let Some((path, bytes)) = named.and_then(|named| files.get_key_value(&named.path)) else { return };
        if self.quizzes.iter().any(|quiz| quiz.path == *path) {
            return;
        }
        let Ok(source) = Source::read(path, bytes, MAX_RON_BYTES) else { return };
        let Bank { all_good, good, .. } = bank::read(&source);
        let extent = if all_good { QuizExtent::Whole } else { QuizExtent::Partly };
        let (entries, questions) = good.into_iter().map(|placed| (placed.entry, placed.question)).unzip();
        let shape = Shape::of(source);
        self.quizzes.push(DraftQuiz { path: path.clone(), role, extent, questions, entries, shape });
    }
}

impl DraftQuiz {
    /// Where a part of the question with this index in [`DraftQuiz::questions`] stands; where the nearest part around
    /// it stands, if it is not there.
    #[must_use]
    pub fn place(&self, question: usize, way: &[Part]) -> Range<usize> {
        self.shape.place(&self.way(question, way))
    }

    /// Where a part of a text of a question stands: `within` counts in the bytes of the text. The whole text where
    /// they cannot be told apart, because it is written with escapes.
    #[must_use]
    pub fn place_within(&self, question: usize, way: &[Part], within: Range<usize>) -> Range<usize> {
        self.shape.place_within(&self.way(question, way), within)
    }

    fn way(&self, question: usize, way: &[Part]) -> Vec<Part> {
        let entry = self.entries.get(question).map(|entry| Part::Entry(*entry));
        [Part::Field("questions")].into_iter().chain(entry).chain(way.iter().copied()).collect()
    }
}

impl Shape {
    fn of(source: Source) -> Self {
        let root = tree::parse(&source);
        Self { source: Some(source), root }
    }

    /// The text, without byte order mark and with LF line ends.
    #[must_use]
    pub fn text(&self) -> &str {
        self.source.as_ref().map_or("", |source| &source.text)
    }

    /// Where a value stands; where the nearest one around it stands, if it is not there; the beginning of the file, if
    /// nothing is.
    #[must_use]
    pub fn place(&self, way: &[Part]) -> Range<usize> {
        let length = (0..=way.len()).rev().find(|length| self.at(&way[..*length]).is_some());
        let node = length.and_then(|length| self.at(&way[..length])).map(|at| at.node);
        node.filter(|_| length != Some(0) || way.is_empty()).map_or(0..0, |node| node.span.clone())
    }

    fn place_within(&self, way: &[Part], within: Range<usize>) -> Range<usize> {
        let whole = self.place(way);
        let exact = || {
            let at = self.at(way).filter(|at| at.node.value == Value::Text)?;
            let opening = at.written().find('"')? + 1;
            let text = at.text()?;
            // Without escapes the text stands in the file as it is.
            at.written()[opening..].starts_with(text.as_str()).then_some(())?;
            text.get(within.clone())?;
            let start = whole.start + opening;
            Some(start + within.start..start + within.end)
        };
        exact().unwrap_or(whole.clone())
    }

    fn at(&self, way: &[Part]) -> Option<At<'_>> {
        let source = self.source.as_ref()?;
        let mut node = self.root.as_ref()?;
        for step in way {
            node = match (step, &node.value) {
                (Part::Field(name), Value::Group { fields, .. }) => {
                    let named = |range: &Range<usize>| source.text.get(range.clone()) == Some(name);
                    &fields.iter().take(MOST_FIELDS).rev().find(|field| named(&field.name))?.node
                }
                (Part::Entry(entry), Value::List(items)) => items.get(*entry)?,
                (
                    Part::Field(_) | Part::Entry(_),
                    Value::Text
                    | Value::Number
                    | Value::Name
                    | Value::List(_)
                    | Value::Group { .. }
                    | Value::Tuple { .. },
                ) => return None,
            };
            if let Value::Tuple { name: Some(name), items } = &node.value
                && source.text.get(name.clone()) == Some("Some")
                && let [inside] = items.as_slice()
            {
                node = inside;
            }
        }
        Some(At { source, node })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::{embedded, parse};

    const COURSE: &str = r#"(
    language: "en-GB", review_by: "2027-05-22", owner: 3,
    topics: [(id: "law", title: "Law")],
    modules: [(lesson: "lessons/one.md", check: "quizzes/one.ron")],
    assessment: (quiz: "quizzes/all.ron", pass_percent: 800, draw: 2),
    policy: (file: "lessons/one.md"),
)"#;

    const QUIZ: &str = r#"(id: "one", questions: [
    Single(id: "BAD", topic: "law", prompt: "Which?", options: []),
    Single(id: "s", topic: "law", prompt: "Which \"one\"?", why: Some("So it is"), options: [
        (id: "a", text: "Grüße"), (id: "b", text: "B", right: true),
    ]),
    Nonsense(),
    TrueFalse(id: "t", topic: "law", prompt: r"It is \so.", answer: true),
])"#;

    fn sample() -> Draft {
        let files = [
            ("course.ron", COURSE),
            ("lessons/one.md", "\u{feff}# One\r\n\r\nText.\r\n"),
            ("quizzes/one.ron", QUIZ),
            ("quizzes/all.ron", "(id: \"all\", title: \"All\", questions: [ ?"),
        ];
        draft(&files.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect())
    }

    #[test]
    fn what_is_good_is_read_beside_what_is_faulty() {
        let draft = sample();
        assert_eq!(draft.language.as_deref(), Some("en-GB"));
        assert_eq!(draft.review_by, NaiveDate::from_ymd_opt(2027, 5, 22));
        assert_eq!((draft.topics.len(), draft.draw), (1, Some(2)));
        assert_eq!(draft.manifest.text()[draft.manifest.place(&[Part::Field("draw")])], *"");
        let way = [Part::Field("assessment"), Part::Field("draw")];
        assert_eq!(&draft.manifest.text()[draft.manifest.place(&way)], "2");
        let [lesson] = draft.lessons.as_slice() else { panic!("{:?}", draft.lessons) };
        assert_eq!((&*lesson.text, lesson.role), ("# One\n\nText.\n", LessonRole::Module));
        let [check, bank] = draft.quizzes.as_slice() else { panic!("{:?}", draft.quizzes) };
        let ids: Vec<&str> = check.questions.iter().map(|question| question.id.as_str()).collect();
        assert_eq!(
            (ids.as_slice(), check.role, check.extent),
            (["s", "t"].as_slice(), QuizRole::Check, QuizExtent::Partly)
        );
        assert_eq!((bank.questions.len(), bank.role), (0, QuizRole::Assessment));
    }

    #[test]
    fn places() {
        use Part::{Entry, Field};
        #[track_caller]
        fn check(question: usize, way: &[Part], expected: &str) {
            let draft = sample();
            let quiz = &draft.quizzes[0];
            assert_eq!(&quiz.shape.text()[quiz.place(question, way)], expected);
        }
        #[track_caller]
        fn check_within(question: usize, way: &[Part], within: Range<usize>, expected: &str) {
            let draft = sample();
            let quiz = &draft.quizzes[0];
            assert_eq!(&quiz.shape.text()[quiz.place_within(question, way, within)], expected);
        }

        check(0, &[Field("prompt")], r#""Which \"one\"?""#);
        check(0, &[Field("why")], r#""So it is""#);
        check(0, &[Field("options"), Entry(1), Field("right")], "true");
        check(0, &[Field("options"), Entry(0), Field("feedback")], "(id: \"a\", text: \"Grüße\")");
        check(1, &[Field("id")], r#""t""#);
        check(1, &[Field("answer"), Entry(3)], "true");

        check_within(0, &[Field("options"), Entry(0), Field("text")], 2..7, "üße");
        check_within(0, &[Field("prompt")], 0..5, r#""Which \"one\"?""#);
        check_within(1, &[Field("prompt")], 6..9, r"\so");
        // Neither half a character nor more than there is.
        check_within(0, &[Field("options"), Entry(0), Field("text")], 3..4, "\"Grüße\"");
        check_within(0, &[Field("options"), Entry(0), Field("text")], 0..99, "\"Grüße\"");
        check_within(0, &[Field("options")], 0..1, &{
            let draft = sample();
            let quiz = &draft.quizzes[0];
            quiz.shape.text()[quiz.place(0, &[Field("options")])].to_owned()
        });
    }

    #[test]
    fn a_good_course_is_read_whole() {
        let draft = draft(&embedded());
        let parsed = parse(embedded()).expect("the bundled course has no faults");
        let checks = parsed.modules.iter().filter_map(|module| module.check.as_ref());
        let all: Vec<&[Question]> =
            checks.chain([&parsed.assessment.quiz]).map(|quiz| quiz.questions.as_slice()).collect();
        let read: Vec<&[Question]> = draft.quizzes.iter().map(|quiz| quiz.questions.as_slice()).collect();
        assert_eq!(read, all);
        assert!(draft.quizzes.iter().all(|quiz| quiz.extent == QuizExtent::Whole));
        assert_eq!(draft.lessons.len(), parsed.modules.len() + 1);
        for quiz in &draft.quizzes {
            for (index, question) in quiz.questions.iter().enumerate() {
                let written = &quiz.shape.text()[quiz.place(index, &[Part::Field("id")])];
                assert_eq!(written, format!("\"{}\"", question.id));
            }
        }
    }

    #[test]
    fn nothing_to_read() {
        let nothing = draft(&CourseFiles::new());
        assert!(nothing.lessons.is_empty() && nothing.quizzes.is_empty());
        assert_eq!((nothing.manifest.text(), nothing.manifest.place(&[Part::Field("id")])), ("", 0..0));
    }
}
