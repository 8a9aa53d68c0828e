//! Quiz files, read but not yet compared with the rest of the course.

use std::num::NonZeroU32;

use crate::course::fields::{At, all};
use crate::course::kinds;
use crate::course::source::{Source, did_you_mean, quote};
use crate::course::tree;
use crate::course::unique::Unique;
use crate::id::{QuizId, TopicId};
use crate::quiz::question::{Drawn, LessonLink, Points, Question};
use crate::quiz::{AskCertainty, Quiz};

/// What a quiz file says.
#[derive(Debug, Default)]
pub(super) struct Bank {
    /// The quiz, if nothing in it is wrong.
    pub quiz: Option<Quiz>,
    /// If something is: every question in which nothing is, with its place in the list.
    pub readable: Vec<(usize, Question)>,
    /// Its identifier and where it stands, even if something else is wrong.
    pub id: Option<(QuizId, usize)>,
    /// Every topic that could be read, and where it stands.
    pub topics: Vec<(TopicId, usize)>,
    /// Every link that could be read, and where it stands.
    pub links: Vec<(LessonLink, usize)>,
}

/// Reads a quiz file; what is wrong is noted in its source.
pub(super) fn read(source: &Source) -> Bank {
    let mut bank = Bank::default();
    let Some(node) = tree::parse(source) else { return bank };
    let at = At { source, node: &node };
    let Some(fields) = at.group("Quiz", &["id", "title", "ask_certainty", "questions"]) else { return bank };
    let id: Option<QuizId> = fields.required("id", At::id);
    bank.id = id.clone().zip(fields.at("id").map(At::start));
    let title = fields.required("title", At::text);
    let ask = fields.or("ask_certainty", false, At::flag);
    let certainty = ask.map(|ask| if ask { AskCertainty::Yes } else { AskCertainty::No });
    let questions = fields.required("questions", |at| questions(at, &mut bank));
    match (id, title, certainty, questions) {
        (Some(id), Some(title), Some(certainty), Some(questions)) => {
            bank.quiz = Some(Quiz { id, title, certainty, questions });
        }
        (_, _, _, Some(questions)) => bank.readable = questions.into_iter().enumerate().collect(),
        (_, _, _, None) => {}
    }
    bank
}

fn questions(at: At<'_>, bank: &mut Bank) -> Option<Vec<Question>> {
    let entries = at.list()?;
    if entries.is_empty() && at.is_whole() {
        return at.wrong("a quiz has at least one question");
    }
    if let Some(over) = entries.get(Quiz::MAX_QUESTIONS) {
        let message =
            format!("{} questions are too many, {} is the limit", entries.len(), Quiz::MAX_QUESTIONS);
        return over.wrong_with_hint(message, "make several quizzes of it".to_owned());
    }
    let mut ids = Unique::new("question");
    let read: Vec<_> = entries.into_iter().map(|at| question(at, &mut ids, bank)).collect();
    if at.is_whole() && read.iter().all(Option::is_some) {
        return all(read);
    }
    bank.readable =
        read.into_iter().enumerate().filter_map(|(place, question)| Some((place, question?))).collect();
    None
}

fn question(at: At<'_>, ids: &mut Unique, bank: &mut Bank) -> Option<Question> {
    const COMMON: [&str; 9] =
        ["id", "revision", "topic", "points", "mandatory", "source", "lesson", "prompt", "why"];
    let (name, fields) = at.named_group()?;
    let names = || kinds::ALL.iter().map(|(name, _)| *name);
    let Some(name) = name else {
        let names = names().collect::<Vec<_>>().join(", ");
        return at.wrong_with_hint("a question begins with its kind", format!("one of {names}"));
    };
    let Some((_, of_kind)) = kinds::ALL.iter().find(|(kind, _)| *kind == name) else {
        let hint = did_you_mean(name, names())
            .unwrap_or_else(|| format!("one of {}", names().collect::<Vec<_>>().join(", ")));
        return at.wrong_with_hint(format!("unknown kind of question {}", quote(name)), hint);
    };
    let known: Vec<&str> = COMMON.iter().chain(*of_kind).copied().collect();
    let fields = at.fields(fields, &known);

    let id = fields.required("id", |at| ids.take(at));
    let revision = fields.or("revision", NonZeroU32::MIN, |at| NonZeroU32::new(at.count(1..=u32::MAX)?));
    let topic = fields.required("topic", |at| {
        let topic: TopicId = at.id()?;
        bank.topics.push((topic.clone(), at.start()));
        Some(topic)
    });
    let points = fields.or("points", Points::ONE, |at| Points::new(at.count(1..=1000)?));
    let mandatory = fields.or("mandatory", false, At::flag);
    let prompt = fields.required("prompt", At::text);
    let why = fields.optional("why", At::text);
    let source = fields.optional("source", At::text);
    let lesson = fields.optional("lesson", |at| {
        let link = link(&at.text()?);
        bank.links.push((link.clone(), at.start()));
        Some(link)
    });
    let kind = kinds::read(name, &fields);
    Some(Question {
        id: id?,
        revision: revision?,
        topic: topic?,
        points: points?,
        drawn: if mandatory? { Drawn::Always } else { Drawn::ByChance },
        prompt: prompt?,
        why: why?,
        source: source?,
        lesson: lesson?,
        kind: kind?,
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
