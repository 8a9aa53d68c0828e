//! Every question is complete, and leads back to where its answer is taught.

use countersign::quiz::question::{Choice, Kind};

use crate::none;
use crate::shipped::{Asked, course, lessons, one_of, questions};

#[test]
fn every_question_is_complete() {
    let mut missing = Vec::new();
    for asked in questions() {
        let question = asked.question;
        let parts = [
            ("difficulty", question.difficulty.is_some()),
            ("why", question.why.is_some()),
            ("source, a fact such as F005 or a section of the policy", has_source(asked)),
            ("lesson", question.lesson.is_some()),
        ];
        missing.extend(
            parts.iter().filter(|(_, there)| !there).map(|(part, _)| format!("{}: no {part}", asked.name())),
        );
    }
    none(&missing);
}

/// A question rests on facts, or on sections of the policy that are there, each in quotation marks.
fn has_source(asked: Asked) -> bool {
    let policy = course().policy.as_ref().expect("the course has a policy");
    let document = &policy.lesson.document;
    let source = asked.question.source.as_deref().unwrap_or_default();
    let mut sections = source.split('"').skip(1).step_by(2).peekable();
    let on_policy = source.starts_with("Acceptable-use policy, section") && sections.peek().is_some();
    let is_there =
        |section: &str| document.headings().iter().any(|heading| heading.text.to_string() == section);
    !asked.facts().is_empty() || (on_policy && sections.all(is_there))
}

/// A link without a heading sends somebody back to read a whole lesson.
#[test]
fn every_question_leads_to_a_heading() {
    let mut dead = Vec::new();
    for asked in questions() {
        let Some(link) = &asked.question.lesson else { continue };
        let policy = course().policy.iter().map(|policy| &policy.lesson);
        let mut read = course().modules.iter().map(|module| &module.lesson).chain(policy);
        let Some(lesson) = read.find(|lesson| lesson.path == link.lesson) else {
            dead.push(format!("{}: {} is no lesson of the course", asked.name(), link.lesson));
            continue;
        };
        let document = &lesson.document;
        match &link.heading {
            Some(heading) if document.heading(heading).is_some() => {}
            Some(heading) => dead.push(format!("{}: {} has no #{heading}", asked.name(), link.lesson)),
            None => dead.push(format!("{}: which heading of {}?", asked.name(), link.lesson)),
        }
    }
    none(&dead);
}

/// Who types an answer sees the question beside the field, on a screen of 40 columns and 12 lines too. Several statements to be
/// judged are options to tick, so that nobody counts them in the head, least of all by ear.
#[test]
fn what_is_typed_has_a_short_question() {
    const MOST: usize = 240;
    let typed = questions()
        .into_iter()
        .filter(|asked| matches!(asked.question.kind, Kind::Number(_) | Kind::Text(_)));
    let long = typed.filter(|asked| asked.question.prompt.chars().count() > MOST);
    none(&long.map(|asked| asked.name()).collect::<Vec<_>>());
}

/// Feedback on some wrong options and not on others tells a learner less than none: silence looks like agreement.
#[test]
fn wrong_options_have_feedback_all_or_none() {
    let mut uneven = Vec::new();
    for asked in questions() {
        let mut lists: Vec<Vec<&Choice>> =
            one_of(asked.question).into_iter().map(|list| list.options).collect();
        if let Kind::Multiple { options } = &asked.question.kind {
            lists.push(options.iter().collect());
        }
        for list in lists {
            let wrong: Vec<_> = list.iter().filter(|option| !option.right).collect();
            let told = wrong.iter().filter(|option| option.feedback.is_some()).count();
            if told != 0 && told != wrong.len() {
                let silent = wrong.iter().find(|option| option.feedback.is_none());
                let silent = silent.map(|option| option.id.to_string()).unwrap_or_default();
                uneven.push(format!("{}: `{silent}` has no feedback, others have", asked.name()));
            }
        }
    }
    none(&uneven);
}

#[test]
fn every_fact_of_a_question_stands_in_the_sources_of_its_lesson() {
    let mut untold = Vec::new();
    for asked in questions() {
        let Some(link) = &asked.question.lesson else { continue };
        for taught in lessons().iter().filter(|taught| taught.lesson.path == link.lesson) {
            let facts = asked.facts();
            let unknown = facts.iter().filter(|fact| !taught.sources.contains_key(**fact));
            untold.extend(unknown.map(|fact| format!("{}: {fact} is not in {}", asked.name(), link.lesson)));
        }
    }
    none(&untold);
}
