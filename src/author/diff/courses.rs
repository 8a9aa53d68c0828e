//! Two versions of a course side by side: what belongs to what, and what deserves a warning.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::parts::{self, Part};
use super::text;
use super::{
    Change, Comparison, FileChange, LessonChange, Order, Presence, QuestionChange, QuizChange, Version,
    Warning, Weight,
};
use crate::course::{Course, Lesson};
use crate::quiz::question::Question;
use crate::quiz::{AskCertainty, Quiz};

pub(super) fn compare(old: &Course, new: &Course) -> Comparison {
    let facts = parts::compare(&facts(old), &facts(new));
    let mut warnings = of_versions(old, new);
    warnings.extend(facts.iter().filter(|change| change.weight == Weight::Rule).map(of_rule));
    let quizzes = Quizzes::new(old, new).compare(&mut warnings);
    let (before, after) = (lessons(old), lessons(new));
    let is_lesson = |path: &str| before.contains_key(path) || after.contains_key(path);
    Comparison {
        old: version(old),
        new: version(new),
        warnings,
        facts,
        quizzes,
        files: files(old, new).into_iter().filter(|change| !is_lesson(&change.path)).collect(),
        lessons: compare_lessons(&before, &after),
    }
}

fn version(course: &Course) -> Version {
    Version { id: course.id.to_string(), version: course.version.clone(), digest: course.digest.to_string() }
}

fn facts(course: &Course) -> Vec<Part> {
    let plain = |name: &str, value: &str| Part::new(name, value, Weight::Plain);
    let rule = |name: &str, value: String| Part::new(name, &value, Weight::Rule);
    let joined = |texts: Vec<&str>| texts.join(", ");
    let (assessment, policy) = (&course.assessment, course.policy.as_ref());
    let mut parts = vec![
        plain("id", course.id.as_str()),
        plain("title", &course.title),
        plain("version", &course.version),
        plain("language", &course.language),
        plain("owner", &course.owner),
        plain("reviewed", &course.reviewed.to_string()),
        plain("review by", &course.review_by.to_string()),
        rule("validity", format!("{} days", course.validity_days)),
        plain("modules", &joined(course.modules.iter().map(|module| module.lesson.path.as_str()).collect())),
        plain("pass mark of knowledge checks", &format!("{} %", course.check_pass_percent.get())),
        rule("pass mark", format!("{} %", assessment.pass_percent.get())),
        rule("questions drawn", assessment.draw.to_string()),
        rule("attempts", assessment.attempts.map_or("unlimited".to_owned(), |number| number.to_string())),
        rule("wait between attempts", assessment.waits.to_string()),
        rule("assessment", assessment.quiz.id.to_string()),
        plain("controls", &joined(course.controls.iter().map(String::as_str).collect())),
        plain("deliver to", &course.deliver_to),
    ];
    for topic in &course.topics {
        parts.push(plain(&format!("topic `{}`", topic.id), &topic.title));
    }
    if let Some(policy) = policy {
        parts.push(rule("policy statement", policy.statement.clone()));
        // Learners agree to this text and no other; the lines that changed are listed with the lessons.
        parts.push(rule("policy text", format!("{}, {}", policy.lesson.path, policy.lesson.digest.short())));
    }
    parts
}

fn of_versions(old: &Course, new: &Course) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if old.id != new.id {
        warnings.push(Warning {
            rule: "other-course",
            subject: "id".to_owned(),
            message: format!("the identifier changed from `{}` to `{}`", old.id, new.id),
            hint: "progress and records belong to an identifier: keep it for a new version, change it for another \
                   course"
                .to_owned(),
        });
    } else if old.version == new.version && old.digest != new.digest {
        warnings.push(Warning {
            rule: "version-kept",
            subject: "version".to_owned(),
            message: format!("the content changed and the version is still {}", new.version),
            hint: "give it a new version: nobody can tell two courses of one name and version apart, and records of \
                   the one do not verify against the other"
                .to_owned(),
        });
    }
    warnings
}

fn of_rule(change: &Change) -> Warning {
    let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
    Warning {
        rule: "rule-changed",
        subject: change.part.clone(),
        message: format!("{} → {}", shown(&change.old), shown(&change.new)),
        hint: "whoever answers for the training should have agreed to this".to_owned(),
    }
}

fn lessons(course: &Course) -> BTreeMap<&str, &Lesson> {
    let policy = course.policy.iter().map(|policy| &policy.lesson);
    let glossary = course.glossary.iter().map(|glossary| &glossary.lesson);
    let all = course.modules.iter().map(|module| &module.lesson).chain(policy).chain(glossary);
    all.map(|lesson| (lesson.path.as_str(), lesson)).collect()
}

fn compare_lessons(old: &BTreeMap<&str, &Lesson>, new: &BTreeMap<&str, &Lesson>) -> Vec<LessonChange> {
    let mut gone: Vec<&Lesson> =
        old.iter().filter(|(path, _)| !new.contains_key(*path)).map(|(_, lesson)| *lesson).collect();
    let mut changes = Vec::new();
    for (path, lesson) in new {
        let before = old.get(path).copied().or_else(|| {
            // The same lesson under another name: its bytes or its title tell.
            let found = gone
                .iter()
                .position(|gone| gone.digest == lesson.digest)
                .or_else(|| gone.iter().position(|gone| gone.title == lesson.title));
            found.map(|place| gone.remove(place))
        });
        match before {
            Some(before) if before.path == lesson.path && before.digest == lesson.digest => {}
            Some(before) => changes.push(compare_lesson(before, lesson)),
            None => changes.push(alone(Presence::Added, lesson)),
        }
    }
    changes.extend(gone.into_iter().map(|lesson| alone(Presence::Removed, lesson)));
    changes.sort_by(|one, other| one.path.cmp(&other.path));
    changes
}

fn compare_lesson(old: &Lesson, new: &Lesson) -> LessonChange {
    let facts = |lesson: &Lesson| {
        [
            Part::new("path", &lesson.path, Weight::Plain),
            Part::new("title", &lesson.title, Weight::Plain),
            Part::new("minutes", &lesson.minutes, Weight::Plain),
        ]
    };
    let (words_added, words_removed) = text::count_words(old.text(), new.text());
    LessonChange {
        presence: Presence::Changed,
        path: new.path.clone(),
        title: new.title.clone(),
        changes: parts::compare(&facts(old), &facts(new)),
        words_added,
        words_removed,
        hunks: text::hunks(old.text(), new.text()),
    }
}

fn alone(presence: Presence, lesson: &Lesson) -> LessonChange {
    let words = text::words(lesson.text()).len();
    let (words_added, words_removed) = match presence {
        Presence::Added => (words, 0),
        Presence::Removed => (0, words),
        Presence::Changed => (0, 0),
    };
    LessonChange {
        presence,
        path: lesson.path.clone(),
        title: lesson.title.clone(),
        changes: Vec::new(),
        words_added,
        words_removed,
        hunks: Vec::new(),
    }
}

/// The quizzes of both versions, by identifier, with where they are used.
struct Quizzes<'a> {
    old: BTreeMap<&'a str, (&'a Quiz, String)>,
    new: BTreeMap<&'a str, (&'a Quiz, String)>,
    /// Questions that left a quiz, by their identifier; those that two quizzes lost are not here.
    left: HashMap<&'a str, (&'a str, &'a Question)>,
    /// Questions that came into a quiz: identifier to quiz, if there is exactly one.
    came: HashMap<&'a str, &'a str>,
}

fn quizzes(course: &Course) -> BTreeMap<&str, (&Quiz, String)> {
    let checks = course.modules.iter().filter_map(|module| {
        module.check.as_ref().map(|check| (check, format!("knowledge check of {}", module.lesson.path)))
    });
    let all = checks.chain([(&course.assessment.quiz, "assessment".to_owned())]);
    all.map(|(quiz, place)| (quiz.id.as_str(), (quiz, place))).collect()
}

/// Questions of `from` that are not in the quiz of the same name of `than`, unless two quizzes have one of that name.
fn only_in<'a>(
    from: &BTreeMap<&'a str, (&'a Quiz, String)>,
    than: &BTreeMap<&'a str, (&'a Quiz, String)>,
) -> HashMap<&'a str, (&'a str, &'a Question)> {
    let mut found = HashMap::new();
    let mut twice = BTreeSet::new();
    for (id, (quiz, _)) in from {
        let other: BTreeSet<&str> = ids(than.get(id).map(|(quiz, _)| *quiz)).collect();
        for question in quiz.questions.iter().filter(|question| !other.contains(question.id.as_str())) {
            if found.insert(question.id.as_str(), (*id, question)).is_some() {
                twice.insert(question.id.as_str());
            }
        }
    }
    found.retain(|id, _| !twice.contains(id));
    found
}

fn ids(quiz: Option<&Quiz>) -> impl Iterator<Item = &str> {
    quiz.into_iter().flat_map(|quiz| &quiz.questions).map(|question| question.id.as_str())
}

impl<'a> Quizzes<'a> {
    fn new(old: &'a Course, new: &'a Course) -> Self {
        let (old, new) = (quizzes(old), quizzes(new));
        let mut left = only_in(&old, &new);
        let mut came = only_in(&new, &old);
        left.retain(|id, _| came.contains_key(id));
        came.retain(|id, _| left.contains_key(id));
        let came = came.into_iter().map(|(id, (quiz, _))| (id, quiz)).collect();
        Self { old, new, left, came }
    }

    fn compare(&self, warnings: &mut Vec<Warning>) -> Vec<QuizChange> {
        let all: BTreeSet<&str> = self.old.keys().chain(self.new.keys()).copied().collect();
        all.into_iter().filter_map(|id| self.quiz(id, warnings)).collect()
    }

    fn quiz(&self, id: &str, warnings: &mut Vec<Warning>) -> Option<QuizChange> {
        let (old, new) = (self.old.get(id), self.new.get(id));
        let facts = |quiz: Option<&(&Quiz, String)>| {
            quiz.map_or(Vec::new(), |(quiz, place)| {
                let asks = match quiz.certainty {
                    AskCertainty::Yes => "yes",
                    AskCertainty::No => "no",
                };
                vec![
                    Part::new("title", &quiz.title, Weight::Plain),
                    Part::new("used as", place, Weight::Plain),
                    Part::new("asks how sure", asks, Weight::Plain),
                ]
            })
        };
        let presence = match (old, new) {
            (None, _) => Presence::Added,
            (Some(_), None) => Presence::Removed,
            (Some(_), Some(_)) => Presence::Changed,
        };
        let (old_quiz, new_quiz) = (old.map(|(quiz, _)| *quiz), new.map(|(quiz, _)| *quiz));
        let change = QuizChange {
            presence,
            id: id.to_owned(),
            changes: parts::compare(&facts(old), &facts(new)),
            order: order(old_quiz, new_quiz),
            questions: self.questions(id, old_quiz, new_quiz, warnings),
        };
        let is_same = change.changes.is_empty() && change.order == Order::Kept && change.questions.is_empty();
        (!is_same).then_some(change)
    }

    fn questions(
        &self,
        quiz: &str,
        old: Option<&Quiz>,
        new: Option<&Quiz>,
        warnings: &mut Vec<Warning>,
    ) -> Vec<QuestionChange> {
        let known: HashMap<&str, &Question> = old
            .into_iter()
            .flat_map(|quiz| &quiz.questions)
            .map(|question| (question.id.as_str(), question))
            .collect();
        let mut changes = Vec::new();
        for question in new.into_iter().flat_map(|quiz| &quiz.questions) {
            let id = question.id.as_str();
            let moved = self.left.get(id).filter(|_| self.came.get(id) == Some(&quiz));
            let before = known.get(id).copied().or(moved.map(|(_, question)| *question));
            let moved_from = moved.map(|(from, _)| (*from).to_owned());
            match before {
                Some(before) => {
                    let change = compare_question(before, question, moved_from);
                    warnings.extend(of_question(quiz, before, question, &change.changes));
                    let is_same = change.changes.is_empty()
                        && change.moved_from.is_none()
                        && change.old_revision == change.new_revision;
                    changes.extend((!is_same).then_some(change));
                }
                None => changes.push(lone(Presence::Added, question)),
            }
        }
        let there: BTreeSet<&str> = ids(new).collect();
        let gone = old.into_iter().flat_map(|quiz| &quiz.questions).filter(|question| {
            let id = question.id.as_str();
            let moved = self.left.get(id).is_some_and(|(from, _)| *from == quiz);
            !there.contains(id) && !moved
        });
        changes.extend(gone.map(|question| lone(Presence::Removed, question)));
        changes
    }
}

/// Whether the questions that are in both stand in the same order.
fn order(old: Option<&Quiz>, new: Option<&Quiz>) -> Order {
    let (before, after): (BTreeSet<&str>, BTreeSet<&str>) = (ids(old).collect(), ids(new).collect());
    let same = ids(old).filter(|id| after.contains(id)).eq(ids(new).filter(|id| before.contains(id)));
    if same { Order::Kept } else { Order::Changed }
}

fn lone(presence: Presence, question: &Question) -> QuestionChange {
    let revision = Some(question.revision.get());
    let (old_revision, new_revision) = match presence {
        Presence::Added => (None, revision),
        Presence::Removed => (revision, None),
        Presence::Changed => (revision, revision),
    };
    let kind = Part::new("kind", question.kind.name(), Weight::Plain);
    let prompt = Part::new("prompt", &question.prompt, Weight::Plain);
    let parts = [kind, prompt];
    let changes = match presence {
        Presence::Removed => parts::compare(&parts, &[]),
        Presence::Added | Presence::Changed => parts::compare(&[], &parts),
    };
    QuestionChange {
        presence,
        id: question.id.to_string(),
        moved_from: None,
        old_revision,
        new_revision,
        changes,
    }
}

fn compare_question(old: &Question, new: &Question, moved_from: Option<String>) -> QuestionChange {
    QuestionChange {
        presence: Presence::Changed,
        id: new.id.to_string(),
        moved_from,
        old_revision: Some(old.revision.get()),
        new_revision: Some(new.revision.get()),
        changes: parts::compare(&parts::of_question(old), &parts::of_question(new)),
    }
}

fn of_question(quiz: &str, old: &Question, new: &Question, changes: &[Change]) -> Option<Warning> {
    let warning = |rule, message: String, hint: String| Warning {
        rule,
        subject: format!("{quiz}/{}", new.id),
        message,
        hint,
    };
    let substance = |question| parts::substance(&parts::of_question(question));
    let heavy: Vec<&str> = changes
        .iter()
        .filter(|change| matches!(change.weight, Weight::Key | Weight::Meaning))
        .map(|change| change.part.as_str())
        .collect();
    if !heavy.is_empty() && text::have_little_in_common(&substance(old), &substance(new)) {
        return Some(warning(
            "id-reused",
            "less than a third of its words are the same: this is another question under a used identifier"
                .to_owned(),
            "give the new question an identifier of its own".to_owned(),
        ));
    }
    match new.revision.cmp(&old.revision) {
        Ordering::Less => Some(warning(
            "revision-back",
            format!("the revision goes back from {} to {}", old.revision, new.revision),
            format!(
                "raise it to {}: answers to a used revision would count again",
                old.revision.saturating_add(1)
            ),
        )),
        Ordering::Equal if !heavy.is_empty() => Some(warning(
            "revision-kept",
            {
                let is_key = changes.iter().any(|change| change.weight == Weight::Key);
                let what = if is_key { "it means something else now" } else { "it is reworded" };
                format!("{what} ({}), and the revision is still {}", heavy.join(", "), new.revision)
            },
            format!(
                "write revision: {} so that answers to the old question do not count for the new one",
                new.revision.saturating_add(1)
            ),
        )),
        Ordering::Equal | Ordering::Greater => None,
    }
}

fn files(old: &Course, new: &Course) -> Vec<FileChange> {
    let all: BTreeSet<&String> = old.files.keys().chain(new.files.keys()).collect();
    let change = |path: &String| {
        let (before, after) = (old.files.get(path), new.files.get(path));
        let presence = match (before, after) {
            (Some(before), Some(after)) if before == after => return None,
            (Some(_), Some(_)) => Presence::Changed,
            (Some(_), None) => Presence::Removed,
            (None, _) => Presence::Added,
        };
        let (old_size, new_size) = (before.map(Vec::len), after.map(Vec::len));
        Some(FileChange { presence, path: path.clone(), old_size, new_size })
    };
    all.into_iter().filter_map(change).collect()
}
