//! `course.ron`, read but not yet compared with the files that it names.

use chrono::NaiveDate;

use crate::course::fields::{At, Fields};
use crate::course::path::{self, Folder};
use crate::course::source::{Source, quote};
use crate::course::unique::Unique;
use crate::course::{Percent, Topic, tree};
use crate::id::{CourseId, TopicId};

/// What `course.ron` says. Each part is `None` if it was wrong, so that the others can still be used to check the rest of
/// the course.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    pub facts: Option<Facts>,
    pub topics: Option<Vec<Topic>>,
    /// Those that could be read.
    pub modules: Vec<ModuleFiles>,
    pub assessment: Option<AssessmentRules>,
    pub policy: Option<PolicyFile>,
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
    pub offset: usize,
}

#[derive(Debug)]
pub(super) struct ModuleFiles {
    pub lesson: Option<Named>,
    pub check: Option<Named>,
}

#[derive(Debug)]
pub(super) struct AssessmentRules {
    pub quiz: Option<Named>,
    pub pass_percent: Option<Percent>,
    pub draw: Option<u32>,
    pub draw_offset: usize,
    #[expect(clippy::option_option, reason = "wrong, absent and there are three things")]
    pub attempts: Option<Option<u32>>,
    pub wait_minutes: Option<u32>,
}

#[derive(Debug)]
pub(super) struct PolicyFile {
    pub file: Option<Named>,
    pub statement: Option<String>,
}

const FIELDS: [&str; 15] = [
    "id",
    "title",
    "version",
    "language",
    "owner",
    "reviewed",
    "review_by",
    "validity_days",
    "topics",
    "modules",
    "check_pass_percent",
    "assessment",
    "policy",
    "controls",
    "deliver_to",
];

/// Reads `course.ron`; what is wrong is noted in its source.
pub(super) fn read(source: &Source) -> Manifest {
    let Some(node) = tree::parse(source) else { return Manifest::default() };
    let Some(fields) = (At { source, node: &node }).group("Course", &FIELDS) else {
        return Manifest::default();
    };
    Manifest {
        facts: facts(&fields),
        topics: fields.required("topics", topics),
        modules: fields.required("modules", modules).unwrap_or_default(),
        assessment: fields.required("assessment", assessment),
        policy: fields.optional("policy", policy).flatten(),
    }
}

fn facts(fields: &Fields<'_>) -> Option<Facts> {
    let (id, title) = (fields.required("id", At::id), fields.required("title", At::text));
    let (version, owner) = (fields.required("version", At::text), fields.required("owner", At::text));
    let language = fields.required("language", language);
    let reviewed = fields.required("reviewed", At::date);
    let review_by = fields.required("review_by", |at| {
        let date = at.date()?;
        match reviewed {
            Some(reviewed) if date < reviewed => {
                at.wrong(format!("the next review ({date}) is before the last ({reviewed})"))
            }
            Some(_) | None => Some(date),
        }
    });
    let validity_days = fields.required("validity_days", |at| at.count(1..=36_500));
    let check_pass_percent = fields.required("check_pass_percent", At::percent);
    let controls = fields.or("controls", Vec::new(), |at| at.list_of(At::text));
    let deliver_to = fields.required("deliver_to", At::text);
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
        return Some(tag);
    }
    at.wrong(format!("expected a language tag such as en or de-CH, found {}", quote(&tag)))
}

fn topics(at: At<'_>) -> Option<Vec<Topic>> {
    let mut ids = Unique::new("topic");
    let topics = at.list_of(|at| {
        let fields = at.group("", &["id", "title"])?;
        let id = fields.required("id", |at| ids.take::<TopicId>(at));
        let title = fields.required("title", At::text);
        Some(Topic { id: id?, title: title? })
    })?;
    if topics.is_empty() {
        return at.wrong("a course has at least one topic");
    }
    Some(topics)
}

fn modules(at: At<'_>) -> Option<Vec<ModuleFiles>> {
    let entries = at.list()?;
    if entries.is_empty() && at.is_whole() {
        return at.wrong("a course has at least one module");
    }
    let modules = entries.into_iter().filter_map(|at| {
        let fields = at.group("", &["lesson", "check"])?;
        let lesson = fields.required("lesson", |at| named(at, Folder::Lessons));
        let check = fields.optional("check", |at| named(at, Folder::Quizzes)).flatten();
        Some(ModuleFiles { lesson, check })
    });
    Some(modules.collect())
}

fn assessment(at: At<'_>) -> Option<AssessmentRules> {
    let fields = at.group("", &["quiz", "pass_percent", "draw", "attempts", "wait_minutes"])?;
    Some(AssessmentRules {
        quiz: fields.required("quiz", |at| named(at, Folder::Quizzes)),
        pass_percent: fields.required("pass_percent", At::percent),
        draw: fields.required("draw", |at| at.count(1..=10_000)),
        draw_offset: fields.at("draw").map_or(fields.start(), At::start),
        attempts: fields.optional("attempts", |at| at.count(1..=u32::MAX)),
        wait_minutes: fields.or("wait_minutes", 0, |at| at.count(0..=u32::MAX)),
    })
}

fn policy(at: At<'_>) -> Option<PolicyFile> {
    let fields = at.group("", &["file", "statement"])?;
    Some(PolicyFile {
        file: fields.required("file", |at| named(at, Folder::Lessons)),
        statement: fields.required("statement", At::text),
    })
}

fn named(at: At<'_>, folder: Folder) -> Option<Named> {
    let path = at.text()?;
    match path::check(&path, folder) {
        Ok(()) => Some(Named { path, offset: at.start() }),
        Err(reason) => at.wrong(format!("bad path {}, {reason}", quote(&path))),
    }
}
