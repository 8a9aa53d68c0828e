//! What our questions know and Moodle's do not, as tags that come back with the question.
//!
//! Every tag is `countersign:name:value`. Moodle keeps the first 50 characters of a tag.

use std::num::NonZeroU32;

use crate::author::exchange::moodle::tree::Element;
use crate::quiz::question::{Difficulty, Drawn, LessonLink, Points, Question};

const PREFIX: &str = "countersign:";

/// The tags of a question, taken apart.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// Whether the question was exported by us.
    pub own: bool,
    ours: Vec<(String, String)>,
    /// The tags of others.
    pub foreign: Vec<String>,
}

impl Facts {
    /// Reads the tags of a question.
    pub(super) fn of(question: &Element) -> Self {
        let mut facts = Self::default();
        let lists =
            question.children.iter().filter(|child| matches!(child.name.as_str(), "tags" | "coursetags"));
        for tag in lists.flat_map(|list| list.all("tag")) {
            let text = tag.content();
            match text.strip_prefix(PREFIX).and_then(|fact| fact.split_once(':')) {
                Some((name, value)) => {
                    facts.own = true;
                    facts.ours.push((name.to_owned(), value.to_owned()));
                }
                None if text.is_empty() => {}
                None => facts.foreign.push(text.to_owned()),
            }
        }
        facts
    }

    /// The value of a fact.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.ours.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The identifiers that a fact lists, in their order.
    pub(super) fn ids(&self, name: &str) -> Vec<&str> {
        self.get(name).unwrap_or_default().split(' ').filter(|id| !id.is_empty()).collect()
    }

    pub(super) fn revision(&self) -> NonZeroU32 {
        self.get("revision").and_then(|revision| revision.parse().ok()).unwrap_or(NonZeroU32::MIN)
    }

    pub(super) fn points(&self) -> Option<Points> {
        Points::new(self.get("points")?.parse().ok()?)
    }

    /// What a full answer earns, where the question says so elsewhere than in `defaultgrade`.
    pub(super) fn set_points(&mut self, points: u32) {
        self.ours.push(("points".to_owned(), points.to_string()));
    }

    pub(super) fn difficulty(&self) -> Option<Difficulty> {
        Difficulty::named(self.get("difficulty")?)
    }

    pub(super) fn drawn(&self) -> Drawn {
        if self.get("mandatory").is_some() { Drawn::Always } else { Drawn::ByChance }
    }

    pub(super) fn lesson(&self) -> Option<LessonLink> {
        let link = self.get("lesson")?;
        let (lesson, heading) = match link.split_once('#') {
            Some((lesson, heading)) => (lesson, Some(heading.to_owned())),
            None => (link, None),
        };
        Some(LessonLink { lesson: lesson.to_owned(), heading })
    }
}

/// The tags of every question of ours; its kind adds its own.
pub(super) fn tags(question: &Question) -> Vec<String> {
    let mut tags = vec![tag("revision", &question.revision.to_string())];
    if let Some(difficulty) = question.difficulty {
        tags.push(tag("difficulty", difficulty.name()));
    }
    if question.drawn == Drawn::Always {
        tags.push(tag("mandatory", "yes"));
    }
    if let Some(source) = &question.source {
        tags.push(tag("source", source));
    }
    if let Some(link) = &question.lesson {
        let heading = link.heading.as_ref().map(|heading| format!("#{heading}")).unwrap_or_default();
        tags.push(tag("lesson", &format!("{}{heading}", link.lesson)));
    }
    tags
}

/// One tag.
pub(super) fn tag(name: &str, value: &str) -> String {
    format!("{PREFIX}{name}:{value}")
}
