//! `course.ron`, read but not yet compared with the files that it names.

use std::ops::Range;

use chrono::NaiveDate;

use crate::course::fields::{At, Fields, all};
use crate::course::path::{self, Folder};
use crate::course::reference;
use crate::course::rule::Rule;
use crate::course::source::{Source, quote};
use crate::course::tree::{self, Extent, Value};
use crate::course::unique::Unique;
use crate::course::waits::Waits;
use crate::course::{Percent, Topic};
use crate::id::{CourseId, TopicId};

/// What `course.ron` says. Each part is `None` if it was wrong, so that the others can still be used to check the rest of
/// the course.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    pub facts: Option<Facts>,
    pub topics: Option<Vec<Topic>>,
    /// The identifiers of all topics, if they could be read, whatever else is wrong with the topics.
    pub topic_ids: Option<Vec<TopicId>>,
    /// Those that could be read.
    pub modules: Vec<ModuleFiles>,
    /// Whether it is certain that `course.ron` names no other files.
    pub names_all: bool,
    pub assessment: Option<AssessmentRules>,
    pub policy: Option<PolicyFile>,
    pub glossary: Option<Named>,
}

/// What concerns no other file.
#[derive(Debug)]
pub(super) struct Facts {
    pub id: CourseId,
    pub title: String,
    pub version: String,
    pub language: String,
    pub owner: String,
    pub reviewed: NaiveDate,
    pub review_by: NaiveDate,
    pub validity_days: u32,
    pub check_pass_percent: Percent,
    pub controls: Vec<String>,
    pub deliver_to: String,
}

/// A path and where `course.ron` names it.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub path: String,
    pub span: Range<usize>,
}

#[derive(Debug)]
pub(super) struct ModuleFiles {
    pub lesson: Option<Named>,
    pub check: Option<Named>,
    /// A check is named, and it could not be understood.
    pub check_is_wrong: bool,
}

#[derive(Debug)]
pub(super) struct AssessmentRules {
    pub quiz: Option<Named>,
    pub pass_percent: Option<Percent>,
    pub draw: Option<u32>,
    pub draw_span: Range<usize>,
    pub pass_span: Range<usize>,
    #[expect(clippy::option_option, reason = "wrong, absent and there are three things")]
    pub attempts: Option<Option<u32>>,
    pub waits: Option<Waits>,
}

#[derive(Debug)]
pub(super) struct PolicyFile {
    pub file: Option<Named>,
    pub statement: Option<String>,
}

/// Reads `course.ron`; what is wrong is noted in its source.
pub(super) fn read(source: &Source) -> Manifest {
    let Some(node) = tree::parse(source) else { return Manifest::default() };
    let Some(fields) = (At { source, node: &node }).group("Course", reference::COURSE.fields) else {
        return Manifest::default();
    };
    let (topic_ids, topics) = fields.required("topics", topics).unwrap_or_default();
    let manifest = Manifest {
        facts: facts(&fields),
        topics,
        topic_ids,
        modules: fields.required("modules", modules).unwrap_or_default(),
        assessment: fields.required("assessment", assessment),
        policy: fields.optional("policy", policy).flatten(),
        glossary: fields.optional("glossary", |at| named(at, Folder::Lessons)).flatten(),
        names_all: false,
    };
    Manifest { names_all: node.extent == Extent::Whole && names_all(&fields, &manifest), ..manifest }
}

/// Whether every place where a file can be named was understood.
fn names_all(fields: &Fields<'_>, manifest: &Manifest) -> bool {
    let entries = fields.at("modules").and_then(|at| match &at.node.value {
        Value::List(entries) => Some(entries.len()),
        Value::Text | Value::Number | Value::Name | Value::Group { .. } | Value::Tuple { .. } => None,
    });
    !manifest.modules.is_empty()
        && entries == Some(manifest.modules.len())
        && manifest.modules.iter().all(|module| module.lesson.is_some() && !module.check_is_wrong)
        && manifest.assessment.as_ref().is_some_and(|rules| rules.quiz.is_some())
        && (fields.at("policy").is_none()
            || manifest.policy.as_ref().is_some_and(|policy| policy.file.is_some()))
        && (fields.at("glossary").is_none() || manifest.glossary.is_some())
}

fn facts(fields: &Fields<'_>) -> Option<Facts> {
    let (id, title) = (fields.required("id", At::id), fields.required("title", At::title));
    let (version, owner) = (fields.required("version", At::text), fields.required("owner", At::text));
    let language = fields.required("language", language);
    let reviewed = fields.required("reviewed", At::date);
    let review_by = fields.required("review_by", |at| {
        let date = at.date()?;
        match reviewed {
            Some(reviewed) if date < reviewed => {
                at.wrong(Rule::BadValue, format!("the next review ({date}) is before the last ({reviewed})"))
            }
            Some(_) | None => Some(date),
        }
    });
    let validity_days = fields.required("validity_days", |at| at.count(1..=36_500));
    let check_pass_percent = fields.required("check_pass_percent", At::percent);
    let controls = fields.or("controls", Vec::new(), |at| at.list_of(At::text));
    let deliver_to = fields.required("deliver_to", At::line);
    Some(Facts {
        id: id?,
        title: title?,
        version: version?,
        language: language?,
        owner: owner?,
        reviewed: reviewed?,
        review_by: review_by?,
        validity_days: validity_days?,
        check_pass_percent: check_pass_percent?,
        controls: controls?,
        deliver_to: deliver_to?,
    })
}

/// The shape of RFC 5646 tags, without the registry of languages.
fn language(at: At<'_>) -> Option<String> {
    let tag = at.text()?;
    let mut subtags = tag.split('-');
    let primary = subtags.next().unwrap_or_default();
    let plausible = (2..=8).contains(&primary.len())
        && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
        && subtags.all(|tag| (1..=8).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric()));
    if plausible {
        // RFC 5646 keeps four letters for later and five to eight for languages that are registered as such; there is none.
        if primary.len() > 3 {
            let message = format!("{} is no code of a language", quote(primary));
            let hint = "such a code has two or three letters: en, de, gsw".to_owned();
            at.source.fault_with_hint(Rule::OddLanguage, at.span(), message, hint);
        }
        return Some(tag);
    }
    at.wrong(Rule::BadValue, format!("expected a language tag such as en or de-CH, found {}", quote(&tag)))
}

/// All identifiers, and the topics themselves.
type Topics = (Option<Vec<TopicId>>, Option<Vec<Topic>>);

fn topics(at: At<'_>) -> Option<Topics> {
    let mut ids = Unique::new("topic");
    at.at_least(1, "a course has at least one topic");
    let read = at.list_of(|at| {
        let Some(fields) = at.group("", reference::TOPIC.fields) else { return Some((None, None)) };
        let id = fields.required("id", |at| ids.take::<TopicId>(at));
        let title = fields.required("title", At::title);
        Some((id.clone(), id.zip(title).map(|(id, title)| Topic { id, title })))
    })?;
    if read.is_empty() {
        return None;
    }
    let ids = read.iter().map(|(id, _)| id.clone()).collect();
    Some((all(ids), all(read.into_iter().map(|(_, topic)| topic).collect())))
}

fn modules(at: At<'_>) -> Option<Vec<ModuleFiles>> {
    let entries = at.list()?;
    at.at_least(1, "a course has at least one module");
    let modules = entries.into_iter().filter_map(|at| {
        let fields = at.group("", reference::MODULE.fields)?;
        let lesson = fields.required("lesson", |at| named(at, Folder::Lessons));
        let check = fields.optional("check", |at| named(at, Folder::Quizzes));
        Some(ModuleFiles { lesson, check_is_wrong: check.is_none(), check: check.flatten() })
    });
    Some(modules.collect())
}

fn assessment(at: At<'_>) -> Option<AssessmentRules> {
    let fields = at.group("", reference::ASSESSMENT.fields)?;
    Some(AssessmentRules {
        quiz: fields.required("quiz", |at| named(at, Folder::Quizzes)),
        pass_percent: fields.required("pass_percent", At::percent),
        draw: fields.required("draw", |at| at.count(1..=10_000)),
        draw_span: fields.at("draw").map_or(fields.head(), At::span),
        pass_span: fields.at("pass_percent").map_or(fields.head(), At::span),
        attempts: fields.optional("attempts", |at| at.count(1..=u32::MAX)),
        waits: fields.or("wait_minutes", Waits::NONE, waits),
    })
}

/// One number, or a list of them.
fn waits(at: At<'_>) -> Option<Waits> {
    let minutes = |at: At<'_>| at.count(0..=u32::MAX);
    match &at.node.value {
        Value::Number => minutes(at).map(Waits::always),
        Value::List(entries) if entries.len() > Waits::MOST => {
            let message = format!("{} numbers are too many, {} is the limit", entries.len(), Waits::MOST);
            let hint = "the last number holds after all later attempts".to_owned();
            at.wrong_with_hint(Rule::TooMany, message, hint)
        }
        Value::List(_) => {
            at.at_least(1, "expected at least one number of minutes");
            Waits::growing(&at.list_of(minutes)?)
        }
        Value::Text | Value::Name | Value::Group { .. } | Value::Tuple { .. } => {
            let found = at.node.described(at.source);
            at.wrong(
                Rule::WrongType,
                format!("expected a number of minutes, or a list such as [0, 1440], found {found}"),
            )
        }
    }
}

fn policy(at: At<'_>) -> Option<PolicyFile> {
    let fields = at.group("", reference::POLICY.fields)?;
    Some(PolicyFile {
        file: fields.required("file", |at| named(at, Folder::Lessons)),
        statement: fields.required("statement", At::text),
    })
}

fn named(at: At<'_>, folder: Folder) -> Option<Named> {
    let path = at.path(|path| path::check(path, folder).is_ok())?;
    match path::check(&path, folder) {
        Ok(()) => Some(Named { path, span: at.span() }),
        Err(reason) => at.wrong(reason.rule(), format!("bad path {}, {reason}", quote(&path))),
    }
}
