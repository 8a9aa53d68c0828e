//! Reading lessons and the policy.

use crate::clock::Timestamp;
use crate::course::Lesson;
use crate::markup::Heading;
use crate::progress::{Change, Reading};
use crate::quiz::question::{LessonLink, Question};

use super::{Frontier, Text, Training};

/// The longest time in seconds between two signs of life that still counts as spent on what is shown; whoever is silent
/// for longer was elsewhere. A full screen of 90 columns takes a slow reader that long.
pub const LONGEST_PAUSE: u64 = 120;

/// How far a text had been read when it changed with a new version of the course.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadBeforeChange {
    /// To its end.
    Wholly,
    /// A part from its beginning on.
    Partly,
}

impl ReadBeforeChange {
    /// That it changed, in a few words.
    #[must_use]
    pub fn change_words(self) -> &'static str {
        match self {
            Self::Wholly => "changed since you read it",
            Self::Partly => "changed since you began it",
        }
    }

    /// How it is to be read now, in a few words.
    #[must_use]
    pub fn reading_words(self) -> &'static str {
        match self {
            Self::Wholly => "read again",
            Self::Partly => "read from its beginning",
        }
    }
}

/// What a face showed of a text since it last said so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// Byte offset in the source of the first line on the screen.
    pub place: usize,
    /// How far it was seen by now.
    pub frontier: Frontier,
    /// Seconds spent, without pauses.
    pub active_seconds: u64,
}

/// A text that a question links to.
#[derive(Debug, Clone, Copy)]
pub struct LinkedText<'a> {
    /// Which one.
    pub text: Text,
    /// The text itself.
    pub lesson: &'a Lesson,
    /// The heading in it that is meant, if the text has it.
    pub heading: Option<&'a Heading>,
}

/// From which lesson a question is that is asked elsewhere than in the check of it: it may say “by the lesson”.
#[must_use]
pub fn from_lesson(module: usize) -> String {
    format!("from lesson {}", module + 1)
}

impl Training {
    /// The text itself; `None` when the course has no such module or no policy.
    #[must_use]
    pub fn text(&self, text: Text) -> Option<&Lesson> {
        match text {
            Text::Lesson(index) => self.course().modules.get(index).map(|module| &module.lesson),
            Text::Policy => self.course().policy.as_ref().map(|policy| &policy.lesson),
        }
    }

    /// The text that stands in the file at `path`.
    #[must_use]
    pub fn text_in(&self, path: &str) -> Option<Text> {
        let course = self.course();
        let module = course.modules.iter().position(|module| module.lesson.path == path);
        let is_policy = course.policy.as_ref().is_some_and(|policy| policy.lesson.path == path);
        module.map(Text::Lesson).or(is_policy.then_some(Text::Policy))
    }

    /// What a link of a question leads to; `None` when the course has no such text.
    #[must_use]
    pub fn linked(&self, link: &LessonLink) -> Option<LinkedText<'_>> {
        let text = self.text_in(&link.lesson)?;
        let lesson = self.text(text)?;
        let heading = link.heading.as_deref().and_then(|anchor| lesson.document.heading(anchor));
        Some(LinkedText { text, lesson, heading })
    }

    /// The module of the one lesson that a question is about; `None` when it names none.
    #[must_use]
    pub fn module_of(&self, question: &Question) -> Option<usize> {
        match self.text_in(&question.lesson.as_ref()?.lesson)? {
            Text::Lesson(module) => Some(module),
            Text::Policy => None,
        }
    }

    /// How far it was read in this run, whatever version it was.
    #[must_use]
    pub fn reading(&self, text: Text) -> Option<&Reading> {
        self.progress.lessons.get(&self.text(text)?.path)
    }

    /// Whether all of it was seen in the version that is shown.
    #[must_use]
    pub fn is_read(&self, text: Text) -> bool {
        let same = self.text(text).and_then(|lesson| self.reading_of(lesson));
        same.is_some_and(|reading| reading.finished_at.is_some())
    }

    /// How far it was read before it changed; `None` when it did not change since, or had not been begun.
    #[must_use]
    pub fn read_before_change(&self, text: Text) -> Option<ReadBeforeChange> {
        let digest = self.text(text)?.digest;
        let reading = self.reading(text).filter(|reading| reading.digest != digest)?;
        match (reading.finished_at, reading.farthest) {
            (Some(_), _) => Some(ReadBeforeChange::Wholly),
            (None, 0) => None,
            (None, _) => Some(ReadBeforeChange::Partly),
        }
    }

    /// Where to open it: where the learner left off; at the beginning when it has changed since.
    #[must_use]
    pub fn place(&self, text: Text) -> usize {
        let Some(lesson) = self.text(text) else { return 0 };
        self.reading_of(lesson).map_or(0, |reading| reading.place.min(lesson.text().len()))
    }

    /// Notes what was read, and that the learner is there now. Nothing changes when nothing new was seen and they were here before.
    #[must_use = "what is not saved is lost"]
    pub fn read(&mut self, text: Text, seen: Seen, now: Timestamp) -> Vec<Change> {
        let read = self.reading_after(text, seen, now);
        let visit = match text {
            Text::Lesson(module) if self.text(text).is_some() => self.visit_lesson(module, &seen),
            Text::Lesson(_) | Text::Policy => None,
        };
        self.perform(read.into_iter().chain(visit).collect())
    }

    /// The same of somebody who looks something up in it and is elsewhere: that is where they go on another time.
    #[must_use = "what is not saved is lost"]
    pub fn look_up(&mut self, text: Text, seen: Seen, now: Timestamp) -> Vec<Change> {
        let read = self.reading_after(text, seen, now);
        self.perform(read.into_iter().collect())
    }

    /// How far a text is read after this was seen of it, if that changes anything.
    fn reading_after(&self, text: Text, seen: Seen, now: Timestamp) -> Option<Change> {
        let lesson = self.text(text)?;
        let before = self.reading(text);
        // A lesson that was rewritten is read anew; that it was opened before stays true.
        let same = self.reading_of(lesson);
        let seen_to = seen.frontier.offset_in(lesson);
        let is_whole = seen_to.is_some() && seen.frontier.unseen().is_none();
        let active_seconds = before.map_or(0, |reading| reading.active_seconds) + seen.active_seconds;
        let reading = match (before, same) {
            // Whoever only looked at a place of it is still to be told that it changed.
            (Some(before), None) if seen.frontier.is_at_beginning() => {
                Reading { active_seconds, ..before.clone() }
            }
            (_, _) => Reading {
                digest: lesson.digest,
                place: seen.place,
                farthest: same.map_or(0, |reading| reading.farthest).max(seen_to.unwrap_or(0)),
                first_opened_at: before.map_or(now, |reading| reading.first_opened_at),
                finished_at: same.and_then(|reading| reading.finished_at).or(is_whole.then_some(now)),
                active_seconds,
            },
        };
        (before != Some(&reading)).then(|| Change::LessonRead { lesson: lesson.path.clone(), reading })
    }
}
