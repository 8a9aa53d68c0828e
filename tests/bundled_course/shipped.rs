//! The shipped course as these tests look at it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;

use countersign::course::{self, Course, CourseFiles, Lesson};
use countersign::files::{self, TreeLimits};
use countersign::quiz::Quiz;
use countersign::quiz::question::{Branch, Choice, Gap, GapKind, Kind, Question, Step};

/// The course in the repository.
pub(crate) fn course() -> &'static Course {
    static COURSE: OnceLock<Course> = OnceLock::new();
    COURSE.get_or_init(|| course::parse(files()).expect("the shipped course has no faults"))
}

/// Its files.
pub(crate) fn files() -> CourseFiles {
    let limits = TreeLimits { entries: 2_000, bytes_each: 1 << 24, bytes_total: 1 << 26 };
    let in_course = |path: &str| match path.strip_suffix('/') {
        Some(folder) => course::is_course_path(&format!("{folder}/x")),
        None => course::is_course_path(path),
    };
    files::read_tree(&repository(), &in_course, limits).expect("the course can be read")
}

pub(crate) fn repository() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// The heading over the footnotes.
const SOURCES: &str = "\n## Sources\n";

/// A lesson, cut into what is read and what is looked up.
pub(crate) struct Taught {
    pub(crate) lesson: &'static Lesson,
    /// Everything above the sources.
    pub(crate) body: &'static str,
    /// What each footnote says.
    pub(crate) sources: BTreeMap<&'static str, &'static str>,
}

/// Every lesson of a module.
pub(crate) fn lessons() -> Vec<Taught> {
    course().modules.iter().map(|module| taught(&module.lesson)).collect()
}

fn taught(lesson: &'static Lesson) -> Taught {
    let text: &'static str = lesson.text();
    let (body, sources) = text.split_once(SOURCES).unwrap_or((text, ""));
    let definition = |line: &'static str| line.strip_prefix("[^")?.split_once("]:");
    let sources = sources.lines().filter_map(definition).map(|(label, said)| (label, said.trim())).collect();
    Taught { lesson, body, sources }
}

/// Whether an answer counts for the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counts {
    /// It is in the bank of the assessment.
    Scored,
    /// It is in a knowledge check.
    Practice,
}

/// A question and where it stands.
#[derive(Clone, Copy)]
pub(crate) struct Asked {
    pub(crate) quiz: &'static Quiz,
    pub(crate) question: &'static Question,
    pub(crate) counts: Counts,
}

impl Asked {
    /// What to call it in a complaint.
    pub(crate) fn name(&self) -> String {
        format!("{}/{}", self.quiz.id, self.question.id)
    }

    /// The facts that its source names.
    pub(crate) fn facts(&self) -> BTreeSet<&'static str> {
        self.question.source.as_deref().map(facts).unwrap_or_default()
    }
}

/// Every question of the course.
pub(crate) fn questions() -> Vec<Asked> {
    let checks = course().modules.iter().filter_map(|module| module.check.as_ref());
    let practice = checks.map(|quiz| (quiz, Counts::Practice));
    let all = practice.chain([(&course().assessment.quiz, Counts::Scored)]);
    all.flat_map(|(quiz, counts)| quiz.questions.iter().map(move |question| Asked { quiz, question, counts }))
        .collect()
}

/// The questions of the assessment.
pub(crate) fn bank() -> Vec<Asked> {
    questions().into_iter().filter(|asked| asked.counts == Counts::Scored).collect()
}

/// The numbers such as `F005` in a text.
pub(crate) fn facts(text: &str) -> BTreeSet<&str> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let is_fact = |word: &&str| {
        word.strip_prefix('F')
            .is_some_and(|digits| digits.len() == 3 && digits.bytes().all(|b| b.is_ascii_digit()))
    };
    words.filter(is_fact).collect()
}

/// The labels of the footnotes that a text cites.
pub(crate) fn cited(text: &str) -> BTreeSet<&str> {
    let signs = text.split("[^").skip(1);
    signs.filter_map(|rest| rest.split_once(']')).map(|(label, _)| label).collect()
}

/// A list of options of which exactly one is right.
pub(crate) struct OneOf {
    pub(crate) options: Vec<&'static Choice>,
}

impl OneOf {
    pub(crate) fn key(&self) -> usize {
        self.options.iter().position(|option| option.right).expect("one option is right")
    }
}

/// Every list of a question of which exactly one option is right.
pub(crate) fn one_of(question: &'static Question) -> Vec<OneOf> {
    let list = |options: &'static [Choice]| OneOf { options: options.iter().collect() };
    match &question.kind {
        Kind::Single { options } => vec![list(options)],
        Kind::Cloze { gaps, .. } => gaps
            .iter()
            .filter_map(|gap| match &gap.kind {
                GapKind::Choice(options) => Some(list(options)),
                GapKind::Text(_) | GapKind::Number(_) => None,
            })
            .collect(),
        Kind::Scenario { steps } => steps.iter().map(|step| OneOf { options: step_options(step) }).collect(),
        Kind::Multiple { .. }
        | Kind::TrueFalse { .. }
        | Kind::Match { .. }
        | Kind::Order { .. }
        | Kind::Number(_)
        | Kind::Text(_) => Vec::new(),
    }
}

pub(crate) fn step_options(step: &'static Step) -> Vec<&'static Choice> {
    step.options.iter().map(|Branch { choice, .. }| choice).collect()
}

/// What a text of a question is to the learner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Voice {
    /// The course speaks.
    Ours,
    /// Somebody asks or claims; what holds is said elsewhere.
    Theirs,
    /// The right answer: what we say, unless the question asks for what is not so.
    Chosen,
}

/// A text of a question that learners read.
pub(crate) struct Spoken {
    pub(crate) voice: Voice,
    pub(crate) text: Cow<'static, str>,
    /// What the course says to it.
    pub(crate) answers: Vec<&'static str>,
}

/// Every text of a question that learners read. A wrong option is somebody's mistake; its feedback and the explanation
/// answer it. What is asked is answered by what is right and by the explanation.
pub(crate) fn spoken(question: &'static Question) -> Vec<Spoken> {
    let why = question.why.as_deref();
    let ours = |text: &'static str| Spoken { voice: Voice::Ours, text: text.into(), answers: Vec::new() };
    let theirs = |text: &'static str, answer: Option<&'static str>| {
        let answers = answer.into_iter().chain(why).collect();
        Spoken { voice: Voice::Theirs, text: text.into(), answers }
    };
    let mut spoken: Vec<Spoken> = Vec::new();
    let mut choose = |choice: &'static Choice| {
        let feedback = choice.feedback.as_deref();
        let text = choice.text.as_str();
        let right =
            || Spoken { voice: Voice::Chosen, text: text.into(), answers: vec![question.prompt.as_str()] };
        spoken.push(if choice.right { right() } else { theirs(text, feedback) });
        spoken.extend(feedback.map(ours));
    };
    match &question.kind {
        Kind::Single { options } | Kind::Multiple { options } => options.iter().for_each(choose),
        Kind::Match { pairs, extra } => {
            for pair in pairs {
                spoken.push(theirs(&pair.left, Some(&pair.right)));
                spoken.push(ours(&pair.right));
            }
            spoken.extend(extra.iter().map(|item| theirs(&item.text, None)));
        }
        Kind::Order { items, .. } => spoken.extend(items.iter().map(|item| ours(&item.text))),
        Kind::Cloze { text, gaps } => {
            // It says what it says when it is filled in rightly.
            let mut filled = text.clone();
            for Gap { id, kind } in gaps {
                if let GapKind::Choice(options) = kind {
                    options.iter().for_each(&mut choose);
                    let right = options.iter().find(|option| option.right).map_or("", |option| &option.text);
                    filled = filled.replace(&format!("{{{{{id}}}}}"), right);
                }
            }
            spoken.push(Spoken { text: filled.into(), ..ours("") });
        }
        Kind::Scenario { steps } => {
            steps.iter().flat_map(step_options).for_each(&mut choose);
            spoken.extend(steps.iter().map(|step| ours(&step.text)));
        }
        Kind::TrueFalse { .. } | Kind::Number(_) | Kind::Text(_) => {}
    }
    let right = spoken.iter().filter(|said| said.voice != Voice::Theirs).filter_map(|said| match said.text {
        Cow::Borrowed(text) => Some(text),
        Cow::Owned(_) => None,
    });
    let right: Vec<&'static str> = right.collect();
    let mut prompt = match question.kind {
        Kind::TrueFalse { answer: true } => ours(&question.prompt),
        _ => theirs(&question.prompt, None),
    };
    prompt.answers.extend(right);
    spoken.push(prompt);
    spoken.extend(why.map(ours));
    spoken
}

#[test]
fn the_program_carries_the_course_of_the_repository() {
    assert_eq!(course::digest(&course::embedded()), course::digest(&files()));
}
