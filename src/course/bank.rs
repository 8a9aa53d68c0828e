//! Quiz files, read but not yet compared with the rest of the course.

use std::num::NonZeroU32;
use std::ops::Range;

use crate::course::fields::At;
use crate::course::kinds;
use crate::course::path::{self, Folder};
use crate::course::reference;
use crate::course::rule::Rule;
use crate::course::source::{Source, did_you_mean, quote};
use crate::course::tree;
use crate::course::unique::Unique;
use crate::id::{QuizId, TopicId};
use crate::quiz::question::{Difficulty, Drawn, LessonLink, Points, Question};
use crate::quiz::{AskCertainty, Quiz};

/// What a quiz file says.
#[derive(Debug, Default)]
pub(super) struct Bank {
    /// What stands above the questions, if nothing in it is wrong.
    head: Option<Head>,
    /// Whether no question is missing from `good`.
    pub all_good: bool,
    /// Its identifier and where it stands, even if something else is wrong.
    pub id: Option<(QuizId, Range<usize>)>,
    /// Every topic that could be read, and where it stands.
    pub topics: Vec<(TopicId, Range<usize>)>,
    /// Every link that could be read, and where it stands.
    pub links: Vec<(LessonLink, Range<usize>)>,
    /// Every question in which nothing is wrong.
    pub good: Vec<Placed>,
    /// Every topic that is asked about, and how, as far as both could be read.
    pub asked: Vec<(TopicId, Drawn)>,
    /// How many questions there are, if that is certain.
    pub count: Option<usize>,
}

/// A question and where it stands.
#[derive(Debug)]
pub(super) struct Placed {
    pub question: Question,
    /// What to point at.
    pub span: Range<usize>,
    /// Its place in the list of the file, counted from 0.
    pub entry: usize,
}

#[derive(Debug)]
struct Head {
    id: QuizId,
    title: String,
    certainty: AskCertainty,
}

impl Bank {
    /// The quiz, if nothing in it is wrong.
    pub(super) fn into_quiz(self) -> Option<Quiz> {
        let Head { id, title, certainty } = self.head.filter(|_| self.all_good)?;
        let questions = self.good.into_iter().map(|placed| placed.question).collect();
        Some(Quiz { id, title, certainty, questions })
    }
}

/// Reads a quiz file; what is wrong is noted in its source.
pub(super) fn read(source: &Source) -> Bank {
    let mut bank = Bank::default();
    let Some(node) = tree::parse(source) else { return bank };
    let at = At { source, node: &node };
    let Some(fields) = at.group("Quiz", reference::QUIZ.fields) else { return bank };
    let id: Option<QuizId> = fields.required("id", At::id);
    bank.id = id.clone().zip(fields.at("id").map(At::span));
    let title = fields.required("title", At::title);
    let ask = fields.or("ask_certainty", false, At::flag);
    let certainty = ask.map(|ask| if ask { AskCertainty::Yes } else { AskCertainty::No });
    bank.all_good = fields.required("questions", |at| questions(at, &mut bank)).is_some();
    bank.head = id.zip(title).zip(certainty).map(|((id, title), certainty)| Head { id, title, certainty });
    bank
}

/// Reads all questions; nothing if there is something wrong with one of them or with the list.
fn questions(at: At<'_>, bank: &mut Bank) -> Option<()> {
    let entries = at.list()?;
    at.at_least(1, "a quiz has at least one question");
    bank.count = at.is_whole().then_some(entries.len());
    if let Some(over) = entries.get(Quiz::MAX_QUESTIONS) {
        let message =
            format!("{} questions are too many, {} is the limit", entries.len(), Quiz::MAX_QUESTIONS);
        return over.wrong_with_hint(Rule::TooMany, message, "make several quizzes of it".to_owned());
    }
    let mut ids = Unique::new("question");
    let count = entries.len();
    for (entry, at) in entries.into_iter().enumerate() {
        let question = question(at, &mut ids, bank);
        bank.good.extend(question.map(|question| Placed { question, span: at.span(), entry }));
    }
    (at.is_whole() && count > 0 && bank.good.len() == count).then_some(())
}

fn question(at: At<'_>, ids: &mut Unique, bank: &mut Bank) -> Option<Question> {
    let (name, fields) = at.named_group()?;
    let names = || kinds::ALL.iter().map(|kind| kind.name);
    let Some(name) = name else {
        let names = names().collect::<Vec<_>>().join(", ");
        let message = "a question begins with its kind";
        return at.wrong_with_hint(Rule::UnknownKind, message, format!("one of {names}"));
    };
    let Some(of_kind) = kinds::ALL.iter().find(|kind| kind.name == name) else {
        let hint = did_you_mean(name, names())
            .unwrap_or_else(|| format!("one of {}", names().collect::<Vec<_>>().join(", ")));
        let message = format!("unknown kind of question {}", quote(name));
        return at.wrong_with_hint(Rule::UnknownKind, message, hint);
    };
    let known = [reference::QUESTION.fields, of_kind.fields].concat();
    let fields = at.fields(fields, &known);

    let id = fields.required("id", |at| ids.take(at));
    let revision = fields.or("revision", NonZeroU32::MIN, |at| NonZeroU32::new(at.count(1..=u32::MAX)?));
    let topic = fields.required("topic", |at| {
        let topic: TopicId = at.id()?;
        bank.topics.push((topic.clone(), at.span()));
        Some(topic)
    });
    let points = fields.or("points", Points::ONE, |at| Points::new(at.count(1..=1000)?));
    let mandatory = fields.or("mandatory", false, At::flag);
    if let (Some(topic), Some(mandatory)) = (&topic, mandatory) {
        bank.asked.push((topic.clone(), if mandatory { Drawn::Always } else { Drawn::ByChance }));
    }
    let difficulty = fields.optional("difficulty", difficulty);
    let prompt = fields.required("prompt", At::markdown);
    let why = fields.optional("why", At::markdown);
    let source = fields.optional("source", At::text);
    let lesson = fields.optional("lesson", |at| {
        let is_lesson =
            |link: &str| path::check(link.split('#').next().unwrap_or_default(), Folder::Lessons).is_ok();
        let link = link(&at.path(is_lesson)?);
        bank.links.push((link.clone(), at.span()));
        Some(link)
    });
    let kind = kinds::read(name, &fields);
    Some(Question {
        id: id?,
        revision: revision?,
        topic: topic?,
        points: points?,
        difficulty: difficulty?,
        drawn: if mandatory? { Drawn::Always } else { Drawn::ByChance },
        prompt: prompt?,
        why: why?,
        source: source?,
        lesson: lesson?,
        kind: kind?,
    })
}

fn difficulty(at: At<'_>) -> Option<Difficulty> {
    let name = at.text()?;
    let known = || Difficulty::ALL.map(Difficulty::name).into_iter();
    Difficulty::named(&name).or_else(|| {
        let hint = did_you_mean(&name, known());
        let message = format!("expected one of easy, medium and hard, found {}", quote(&name));
        at.wrong_with_hint(Rule::BadValue, message, hint)
    })
}

fn link(text: &str) -> LessonLink {
    match text.split_once('#') {
        Some((lesson, heading)) => {
            LessonLink { lesson: lesson.to_owned(), heading: Some(heading.to_owned()) }
        }
        None => LessonLink { lesson: text.to_owned(), heading: None },
    }
}
