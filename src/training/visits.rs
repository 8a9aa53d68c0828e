//! In which part of a course somebody was last.

use crate::progress::{Change, ModulePart};

use super::{Missing, Seen, Text, Training};

/// The longest time in seconds that is only a glance: who opens a text, sees that it is not what they looked for, and goes back.
const LONGEST_GLANCE: u64 = 5;

/// A lesson that somebody went to and has not moved in yet: it may turn out to be only glanced at.
#[derive(Debug, Clone)]
pub(super) struct Glance {
    module: usize,
    /// Where they were last until then.
    before: Option<ModulePart>,
    /// For how long they have been in it.
    seconds: u64,
}

impl Training {
    /// Of the lessons and checks that are begun the one that was visited last. One that was only [looked up](Self::look_up) is none of
    /// them, nor one that was looked into ahead.
    pub(super) fn begun_last(&self) -> Option<Missing> {
        let missing = self.missing();
        let left_off = |part: &Missing| {
            self.is_begun(*part)
                && self.place_among_visits(*part).is_some()
                && !self.was_looked_into_ahead(*part, &missing)
        };
        missing.iter().copied().filter(left_off).max_by_key(|part| self.place_among_visits(*part))
    }

    /// The same, if it was visited after this part was done: whoever has just done that goes on from there.
    pub(super) fn begun_since(&self, done: Missing, missing: &[Missing]) -> Option<Missing> {
        let begun = self.begun_last().filter(|_| !missing.contains(&done))?;
        (self.place_among_visits(begun) > self.place_among_visits(done)).then_some(begun)
    }

    /// Where in the order of visits the last one to it stands.
    fn place_among_visits(&self, part: Missing) -> Option<usize> {
        let part = self.part(part)?;
        self.progress.visited.iter().position(|visited| *visited == part)
    }

    /// Whether something before it is missing, and something before it was done since it was visited: whoever is on their way through
    /// the course goes on with what comes next.
    fn was_looked_into_ahead(&self, part: Missing, missing: &[Missing]) -> bool {
        // What is done is visited no more, so its last visit was on the way to that.
        let is_done_since = |other: &Missing| {
            other.place() < part.place()
                && !missing.contains(other)
                && self.place_among_visits(*other) > self.place_among_visits(part)
        };
        let modules = 0..self.course().modules.len();
        missing.first() != Some(&part)
            && modules
                .flat_map(|module| [Missing::Lesson(module), Missing::Check(module)])
                .any(|other| is_done_since(&other))
    }

    /// As it is kept; `None` when the course has none such.
    fn part(&self, missing: Missing) -> Option<ModulePart> {
        match missing {
            Missing::Lesson(module) => {
                Some(ModulePart::Lesson(self.text(Text::Lesson(module))?.path.clone()))
            }
            Missing::Check(module) => Some(ModulePart::Check(self.check(module)?.quiz.id.clone())),
        }
    }

    /// That the learner is in it now, where that is news.
    pub(super) fn visit(&self, part: Missing) -> Option<Change> {
        let part = self.part(part)?;
        (self.progress.visited.last() != Some(&part)).then_some(Change::Visited(part))
    }

    /// That the learner is in this lesson now, where that is news: whoever reads once more what they have read goes on elsewhere. It is so at
    /// once, for the program may end in any way; whether it was more than a glance is known when they [leave](Self::leave) it.
    pub(super) fn visit_lesson(&mut self, module: usize, seen: &Seen) -> Option<Change> {
        if self.is_read(Text::Lesson(module)) {
            self.glance = None;
            return None;
        }
        let visit = self.visit(Missing::Lesson(module));
        if visit.is_some() {
            let before = self.progress.visited.last().cloned();
            self.glance = Some(Glance { module, before, seconds: 0 });
        }
        let has_moved = seen.place != self.place(Text::Lesson(module));
        let glance = self.glance.take().filter(|glance| glance.module == module && !has_moved);
        self.glance = glance
            .map(|glance| Glance { seconds: glance.seconds + seen.active_seconds, ..glance })
            .filter(|glance| glance.seconds <= LONGEST_GLANCE);
        visit
    }

    /// That the learner is in this check now, where that is news: whoever tries again what they have passed goes on elsewhere.
    pub(super) fn visit_check(&self, module: usize) -> Option<Change> {
        let is_passed = self.check(module).is_some_and(|check| check.state.is_passed());
        if is_passed { None } else { self.visit(Missing::Check(module)) }
    }

    /// The learner leaves a text, of which all that they saw was noted by [`Self::read`]. If they only glanced at it, they were last where
    /// they had been before.
    #[must_use = "what is not saved is lost"]
    pub fn leave(&mut self, text: Text) -> Vec<Change> {
        let glance = self.glance.take().filter(|glance| Text::Lesson(glance.module) == text);
        let is_last = |glance: &Glance| self.visit(Missing::Lesson(glance.module)).is_none();
        let before = glance.filter(is_last).and_then(|glance| glance.before);
        self.perform(before.map(Change::Visited).into_iter().collect())
    }
}
