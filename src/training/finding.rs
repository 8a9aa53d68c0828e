//! Finding words in everything that a course gives to read. What it asks is not looked through: no answer is found.

use std::sync::Arc;

use super::Text;
use crate::course::Course;
use crate::markup::{Document, Excerpt, Hit, Needle, Search};
use crate::printable::Printable;

/// A search in all lessons and the policy, in their order. It goes on with [`Finding::advance`].
#[derive(Debug)]
pub struct Finding {
    volumes: Vec<Volume>,
    needle: Option<Needle>,
    /// The searches in the first texts.
    searches: Vec<Search>,
}

/// So much memory, in bytes, is for the texts of a course while it is looked through.
const ROOM: usize = 64 << 20;

/// A text of the course.
#[derive(Debug)]
struct Volume {
    text: Text,
    title: Printable,
    document: Arc<Document>,
}

/// A place where the words stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finds {
    /// In which text.
    pub text: Text,
    /// Its title.
    pub title: Printable,
    /// The heading that the place stands under.
    pub section: Option<Printable>,
    /// Where in the source of the text (in bytes) it stands.
    pub offset: usize,
    /// The words with what stands around them.
    pub excerpt: Excerpt,
}

impl Finding {
    /// Nothing is looked for yet.
    #[must_use]
    pub fn new(course: &Course) -> Self {
        let lessons = course.modules.iter().map(|module| &module.lesson).enumerate();
        let lessons = lessons.map(|(index, lesson)| (Text::Lesson(index), lesson));
        let policy = course.policy.iter().map(|policy| (Text::Policy, &policy.lesson));
        let volumes = lessons.chain(policy).map(|(text, lesson)| Volume {
            text,
            title: Printable::new(&lesson.title),
            document: Arc::clone(&lesson.document),
        });
        Self { volumes: volumes.collect(), needle: None, searches: Vec::new() }
    }

    /// From now on this is looked for.
    pub fn seek(&mut self, needle: Option<Needle>) {
        if self.needle == needle {
            return;
        }
        match &needle {
            Some(needle) => self.searches.iter_mut().for_each(|search| search.seek(needle.clone(), 0)),
            None => self.searches.clear(),
        }
        self.needle = needle;
    }

    /// Gives back the memory for the texts, while nobody looks.
    pub fn rest(&mut self) {
        self.searches.iter_mut().for_each(Search::rest);
    }

    /// Looks through so many bytes more, or a little more than that.
    pub fn advance(&mut self, bytes: usize) {
        let Some(needle) = &self.needle else { return };
        let mut left = bytes.max(1);
        while left > 0 {
            if let Some(search) = self.searches.iter_mut().find(|search| !search.is_done()) {
                left = left.saturating_sub(search.advance(left));
                continue;
            }
            let Some(volume) = self.volumes.get(self.searches.len()) else { return };
            let (document, room) = (Arc::clone(&volume.document), self.room_of(volume));
            self.searches.push(Search::with_room(document, needle.clone(), 0, room));
        }
    }

    /// A long text gets more of the room than a short one.
    fn room_of(&self, volume: &Volume) -> usize {
        let length = |volume: &Volume| volume.document.source().len().max(1) as u128;
        let all: u128 = self.volumes.iter().map(length).sum();
        usize::try_from(ROOM as u128 * length(volume) / all).unwrap_or(ROOM)
    }

    /// Whether everything was looked through.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.needle.is_none()
            || self.searches.len() == self.volumes.len() && self.searches.iter().all(Search::is_done)
    }

    /// How many places were found so far.
    #[must_use]
    pub fn total(&self) -> usize {
        self.searches.iter().map(Search::total).sum()
    }

    /// Whether the words, which are nowhere, are there in small letters or other capitals.
    #[must_use]
    pub fn differs_in_capitals(&self) -> bool {
        self.total() == 0 && self.searches.iter().any(Search::differs_in_capitals)
    }

    /// In how many texts.
    #[must_use]
    pub fn texts(&self) -> usize {
        self.searches.iter().filter(|search| search.total() > 0).count()
    }

    /// The place of this number, counted from 0, with about so many characters before and behind the words.
    #[must_use]
    pub fn nth(&mut self, number: usize, around: usize) -> Option<Finds> {
        let (index, hit) = self.hit(number)?;
        let (search, volume) = (&mut self.searches[index], &self.volumes[index]);
        let offset = search.range(hit)?.start;
        Some(Finds {
            text: volume.text,
            title: volume.title.clone(),
            section: volume.document.heading_above(offset),
            offset,
            excerpt: search.excerpt(hit, around)?,
        })
    }

    /// In which text, and where in its source (in bytes), the paragraph, item or cell begins that has the place of this
    /// number: several places can stand in one.
    #[must_use]
    pub fn block(&mut self, number: usize) -> Option<(Text, usize)> {
        let (index, hit) = self.hit(number)?;
        Some((self.volumes[index].text, self.searches[index].block(hit)?))
    }

    /// How many paragraphs, items and cells have such a place.
    #[must_use]
    pub fn blocks(&mut self) -> usize {
        self.searches.iter_mut().map(Search::blocks).sum()
    }

    fn hit(&self, number: usize) -> Option<(usize, Hit)> {
        let mut left = number;
        for (index, search) in self.searches.iter().enumerate() {
            if left < search.total() {
                return search.nth(left).map(|hit| (index, hit));
            }
            left -= search.total();
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course;

    fn finding(typed: &str) -> Finding {
        let course = course::parse(course::embedded()).expect("no faults");
        let mut finding = Finding::new(&course);
        finding.seek(Needle::new(typed));
        finding
    }

    #[test]
    fn lessons_and_the_policy_are_found_in_their_order() {
        let mut finding = finding("work profile");
        assert!(!finding.is_done());
        let mut steps = 0;
        while !finding.is_done() {
            finding.advance(1);
            steps += 1;
        }
        assert!(steps > 10, "a part at a time");
        let places: Vec<Finds> =
            (0..finding.total()).map(|number| finding.nth(number, 30).expect("counted")).collect();
        assert!(!places.is_empty() && finding.nth(places.len(), 30).is_none());
        assert!(places.is_sorted_by_key(|place| (place.text, place.offset)));
        for place in &places {
            assert_eq!(place.excerpt.hit.as_str().to_lowercase(), "work profile");
            assert!(place.section.is_some(), "{place:?}");
        }
        for (number, place) in places.iter().enumerate() {
            let (text, begin) = finding.block(number).expect("counted");
            assert!(text == place.text && begin <= place.offset, "{place:?} in what begins at {begin}");
        }
        let mut texts: Vec<Text> = places.iter().map(|place| place.text).collect();
        texts.dedup();
        assert_eq!(texts.len(), finding.texts());
    }

    #[test]
    fn what_is_asked_is_not_looked_through() {
        let course = course::parse(course::embedded()).expect("no faults");
        let question = course.assessment.quiz.questions.first().expect("questions");
        let mut finding = finding(crate::markup::plain(&question.prompt).as_str());
        finding.advance(usize::MAX);
        assert!(finding.is_done());
        assert_eq!(finding.total(), 0, "{}", question.prompt);
    }

    #[test]
    fn nothing_is_found_where_nothing_is_looked_for() {
        let mut finding = finding(" ");
        finding.advance(usize::MAX);
        assert!(finding.is_done() && finding.total() == 0 && finding.nth(0, 9).is_none());
        finding.seek(Needle::new("app"));
        finding.advance(usize::MAX);
        let many = finding.total();
        assert!(many > 20);
        finding.seek(Needle::new("app"));
        assert_eq!(finding.total(), many, "it goes on");
    }
}
