//! A course to begin with: small, whole, without faults, and commented so that the format can be learned from it.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use crate::author::names;
use crate::course::{self, Course, Fault, MANIFEST};
use crate::id::CourseId;

/// What the trainer says about the new course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wishes {
    /// Its identifier; `None` keeps the one of the course that is copied.
    pub id: Option<CourseId>,
    /// Its title, in plain text.
    pub title: Option<String>,
    /// Who answers for it, in plain text.
    pub owner: Option<String>,
    /// The language of its content (BCP 47).
    pub language: Option<String>,
}

/// A new course folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scaffold {
    /// All its files, those that are no part of the course too.
    pub files: BTreeMap<String, Vec<u8>>,
    /// The course that they make.
    pub course: Course,
}

/// How long a new course may wait for its first review.
const REVIEW_AFTER: Days = Days::new(182);

const TEMPLATE: &[(&str, &[u8])] = &[
    ("README.md", include_bytes!("../../assets/_template/README.md")),
    ("assets/hook.png", include_bytes!("../../assets/_template/assets/hook.png")),
    (MANIFEST, include_bytes!("../../assets/_template/course.ron")),
    ("lessons/01-fake-messages.md", include_bytes!("../../assets/_template/lessons/01-fake-messages.md")),
    (
        "lessons/02-what-a-lesson-can-show.md",
        include_bytes!("../../assets/_template/lessons/02-what-a-lesson-can-show.md"),
    ),
    ("lessons/policy.md", include_bytes!("../../assets/_template/lessons/policy.md")),
    ("quizzes/01-fake-messages.ron", include_bytes!("../../assets/_template/quizzes/01-fake-messages.ron")),
    (
        "quizzes/02-what-a-lesson-can-show.ron",
        include_bytes!("../../assets/_template/quizzes/02-what-a-lesson-can-show.ron"),
    ),
    ("quizzes/assessment.ron", include_bytes!("../../assets/_template/quizzes/assessment.ron")),
];

/// A small course with one example of everything. What the trainer does not say is made from the identifier.
///
/// # Errors
/// What a wish makes wrong, such as a language that is none.
pub fn new(id: &CourseId, wishes: &Wishes, today: NaiveDate) -> Result<Scaffold, Vec<Fault>> {
    let title = wishes.title.clone().or_else(|| names::title(id.as_str())).unwrap_or_else(|| id.to_string());
    let owner = wishes.owner.as_deref().unwrap_or("your organisation's security-awareness team");
    let language = wishes.language.as_deref().unwrap_or("en");
    // The last day that can be written is far away, and then the review is due on the same day.
    let review_by = today.checked_add_days(REVIEW_AFTER).unwrap_or(today);
    let values = [
        // The identifier stands in a command line too, where quotes would be in the way.
        ("id: @ID@", format!("id: {}", quoted(id.as_str()))),
        ("@ID@", id.to_string()),
        ("@TITLE@", quoted(&title)),
        ("@HEADING@", title.split_whitespace().collect::<Vec<_>>().join(" ")),
        ("@OWNER@", quoted(owner)),
        ("@LANGUAGE@", quoted(language)),
        ("@REVIEWED@", today.to_string()),
        ("@REVIEW_BY@", review_by.to_string()),
    ];
    let files = TEMPLATE.iter().map(|(path, content)| {
        let content = match str::from_utf8(content) {
            Ok(text) => filled(text, &values).into_bytes(),
            Err(_) => content.to_vec(),
        };
        ((*path).to_owned(), content)
    });
    whole(files.collect())
}

/// The bundled course, to be changed. Without wishes it is that course, byte for byte, with the same digest.
///
/// # Errors
/// What a wish makes wrong, such as a language that is none.
pub fn from_bundled(wishes: &Wishes) -> Result<Scaffold, Vec<Fault>> {
    let mut files = course::embedded();
    let wanted = [
        ("id", wishes.id.as_ref().map(ToString::to_string)),
        ("title", wishes.title.clone()),
        ("owner", wishes.owner.clone()),
        ("language", wishes.language.clone()),
    ];
    if let Some(manifest) = files.get_mut(MANIFEST) {
        let mut text = String::from_utf8_lossy(manifest).into_owned();
        for (field, value) in wanted {
            if let Some(value) = value {
                text = with_field(&text, field, &value);
            }
        }
        *manifest = text.into_bytes();
    }
    whole(files)
}

fn whole(files: BTreeMap<String, Vec<u8>>) -> Result<Scaffold, Vec<Fault>> {
    let course = course::parse(files.clone())?;
    Ok(Scaffold { files, course })
}

/// Every placeholder replaced, in one pass: what a value holds is not looked at again.
fn filled(text: &str, values: &[(&str, String)]) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    let first = |text: &str| {
        let found = values.iter().filter_map(|(name, value)| Some((text.find(name)?, *name, value)));
        found.min_by_key(|(at, _, _)| *at).map(|(at, name, value)| (at, name.len(), value.clone()))
    };
    while let Some((at, length, value)) = first(rest) {
        out.push_str(&rest[..at]);
        out.push_str(&value);
        rest = &rest[at + length..];
    }
    out + rest
}

/// `course.ron` with another text in one of its own fields, which stand one step in, each on a line of its own.
fn with_field(text: &str, field: &str, value: &str) -> String {
    let lines = text.split_inclusive('\n').map(|line| {
        let is_it = line.strip_prefix("    ").and_then(|line| line.strip_prefix(field)?.strip_prefix(": \""));
        match is_it {
            Some(_) => format!("    {field}: {},\n", quoted(value)),
            None => line.to_owned(),
        }
    });
    lines.collect()
}

/// A text as RON writes it; its escapes are those of Rust.
fn quoted(text: &str) -> String {
    format!("{text:?}")
}

/// The identifier that a folder of this name suggests: `Phishing Basics` suggests `phishing-basics`. Nothing if the name
/// has no letter or digit that can be spelt in one.
#[must_use]
pub fn suggested_id(folder: &str) -> Option<CourseId> {
    names::slug(folder, names::MOST)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::mem::discriminant;

    use super::*;
    use crate::author::check::{Ink, check, human};
    use crate::quiz::question::{Drawn, GapKind, Kind, Points};
    use crate::quiz::{AskCertainty, key, mark};

    const NONE: Wishes = Wishes { id: None, title: None, owner: None, language: None };

    fn id() -> CourseId {
        "my-course".parse().expect("an identifier")
    }

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 25).expect("a day")
    }

    fn made() -> Course {
        new(&id(), &NONE, today()).expect("no faults").course
    }

    #[test]
    fn is_a_course_of_the_trainer() {
        let course = made();
        assert_eq!((course.id.as_str(), course.title.as_str()), ("my-course", "My course"));
        assert_eq!((course.reviewed, course.language.as_str()), (today(), "en"));
        assert_eq!(course.review_by.to_string(), "2027-05-26");
        let wishes = Wishes {
            id: None,
            title: Some("Say \"no\" @ID@ \\ \u{202e}".to_owned()),
            owner: Some("Öffentliche Stelle".to_owned()),
            language: Some("de-CH".to_owned()),
        };
        let course = new(&id(), &wishes, today()).expect("no faults").course;
        assert_eq!(Some(&course.title), wishes.title.as_ref());
        assert_eq!(Some(&course.owner), wishes.owner.as_ref());
        assert_eq!(Some(&course.language), wishes.language.as_ref());
    }

    #[test]
    fn passes_the_check_without_a_remark() {
        let files = new(&id(), &NONE, today()).expect("no faults").files;
        let report = check(&files, today());
        assert_eq!(report.counts(), (0, 0), "{}", human(&report, "", 100, Ink::Plain));
    }

    /// What HR is warned of, when it approves the course, is what stands in it.
    #[test]
    fn its_policy_is_still_to_be_written() {
        let unwritten = |course: &Course| course.policy.as_ref().is_some_and(course::Policy::is_unwritten);
        assert!(unwritten(&made()));
        assert!(!unwritten(&from_bundled(&NONE).expect("no faults").course));
        let mut files = made().files.as_ref().clone();
        let policy = files.get_mut("lessons/policy.md").expect("a policy");
        let broken = String::from_utf8_lossy(policy).replace("with the policy", "with\n   the policy");
        *policy = broken.into_bytes();
        assert!(unwritten(&course::parse(files).expect("no faults")));
    }

    #[test]
    fn a_wish_that_cannot_be_is_a_fault() {
        let wishes = Wishes { language: Some("English, please".to_owned()), ..NONE };
        let faults = new(&id(), &wishes, today()).expect_err("no language");
        assert!(faults[0].message.contains("language tag"), "{}", faults[0]);
        assert!(from_bundled(&wishes).is_err());
    }

    #[test]
    fn no_placeholder_is_left() {
        let files = new(&id(), &NONE, today()).expect("no faults").files;
        for (path, content) in &files {
            let text = String::from_utf8_lossy(content);
            assert!(path == "assets/hook.png" || !text.contains('@') || path.ends_with("show.md"), "{path}");
        }
        assert!(String::from_utf8_lossy(&files["README.md"]).contains("learn my-course-0.1.0.course"));
    }

    #[test]
    fn shows_every_kind_of_question_and_every_field() {
        let course = made();
        let questions = &course.assessment.quiz.questions;
        let kinds: BTreeSet<String> =
            questions.iter().map(|question| format!("{:?}", discriminant(&question.kind))).collect();
        assert_eq!(kinds.len(), 9);
        let gaps = questions.iter().find_map(|question| match &question.kind {
            Kind::Cloze { gaps, .. } => Some(gaps),
            _ => None,
        });
        let gaps = gaps.expect("a cloze");
        assert!(gaps.iter().any(|gap| matches!(gap.kind, GapKind::Choice(_))));
        assert!(gaps.iter().any(|gap| matches!(gap.kind, GapKind::Text(_))));
        assert!(gaps.iter().any(|gap| matches!(gap.kind, GapKind::Number(_))));
        assert!(questions.iter().any(|question| question.drawn == Drawn::Always));
        assert!(questions.iter().any(|question| question.points > Points::ONE));
        assert!(questions.iter().all(|question| question.why.is_some() && question.source.is_some()));
        assert_eq!(course.assessment.quiz.certainty, AskCertainty::Yes);
        assert!(course.policy.is_some() && course.modules[0].check.is_some());
        for question in questions {
            assert!(mark::is_right(question, &key::key(question)), "{}", question.id);
        }
    }

    #[test]
    fn the_bundled_course_is_copied_byte_for_byte() {
        let copy = from_bundled(&NONE).expect("no faults");
        assert_eq!(copy.files, course::embedded());
        let wishes = Wishes {
            id: Some(id()),
            title: Some("Ours".to_owned()),
            owner: Some("Us".to_owned()),
            language: Some("en-GB".to_owned()),
        };
        let changed = from_bundled(&wishes).expect("no faults").course;
        assert_eq!((changed.id, changed.title.as_str()), (id(), "Ours"));
        assert_eq!((changed.owner.as_str(), changed.language.as_str()), ("Us", "en-GB"));
        // Topics have identifiers and titles too, and keep theirs.
        assert_eq!(changed.topics, copy.course.topics);
    }

    #[test]
    fn folders_suggest_identifiers() {
        fn check(folder: &str, expected: Option<&str>) {
            assert_eq!(suggested_id(folder).as_ref().map(CourseId::as_str), expected, "{folder}");
        }
        check("phishing", Some("phishing"));
        check("Phishing Basics (2026)", Some("phishing-basics-2026"));
        check("_-x-_", Some("x"));
        check("Überblick Straße", Some("uberblick-strasse"));
        check("国", None);
        check("", None);
        check(&"a ".repeat(40), Some(&"a-".repeat(32)[..63]));
    }
}
