//! Bookmarks and notes: places of the course's texts that a learner marked for themselves.
//!
//! They are kept over runs, and no record says anything of them.

use super::{Text, Training};
use crate::clock::Timestamp;
use crate::course::Lesson;
use crate::markup::{self, Landmark};
use crate::progress::{Bookmark, Change};

/// The longest note, in characters (Unicode scalar values).
pub const LONGEST_NOTE: usize = 4000;

/// So many places of a course can be marked.
pub const MOST_BOOKMARKS: usize = 1000;

/// A bookmark, and where it is in the course as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// As it is kept.
    pub bookmark: Bookmark,
    /// The text that it is in; `None` when this version of the course has no such text.
    pub text: Option<Text>,
    /// Byte offset in the source of that text; `None` when what was marked is not there any more.
    pub place: Option<usize>,
    /// The title of the text; its path where it is gone.
    pub title: String,
    /// The heading that it stands under; empty before the first one and under the title.
    pub section: String,
    /// What stood there when it was marked, without markup.
    pub excerpt: String,
}

impl Training {
    /// Every bookmark, in the order of the course; those whose text is gone stand last.
    #[must_use]
    pub fn bookmarks(&self) -> Vec<Marked> {
        let mut all: Vec<Marked> =
            self.progress.bookmarks.iter().map(|bookmark| self.locate(bookmark)).collect();
        all.sort_by_key(|marked| {
            (marked.text.is_none(), marked.text, marked.place.unwrap_or(marked.bookmark.place))
        });
        all
    }

    /// Those of a text, with where they are in it (in bytes), from top to bottom.
    #[must_use]
    pub fn bookmarks_of(&self, text: Text) -> Vec<(usize, Bookmark)> {
        let Some(lesson) = self.text(text) else { return Vec::new() };
        let here = self.progress.bookmarks.iter().filter(|bookmark| bookmark.lesson == lesson.path);
        let mut here: Vec<_> =
            here.filter_map(|bookmark| Some((place_in(lesson, bookmark)?, bookmark.clone()))).collect();
        here.sort_by_key(|(place, _)| *place);
        here
    }

    /// What a bookmark at the byte offset `place` of a text would be; nothing is kept.
    #[must_use]
    pub fn bookmark_at(&self, text: Text, place: usize, now: Timestamp) -> Option<Marked> {
        Some(self.locate(&self.made(text, place, "", now)?))
    }

    /// Marks the byte offset `place` of a text. An empty `note` makes a bare bookmark; a long one is cut off at
    /// [`LONGEST_NOTE`]. Nothing changes when [`MOST_BOOKMARKS`] places are marked.
    #[must_use = "what is not saved is lost"]
    pub fn bookmark(&mut self, text: Text, place: usize, note: &str, now: Timestamp) -> Vec<Change> {
        if self.progress.bookmarks.len() >= MOST_BOOKMARKS {
            return Vec::new();
        }
        let made = self.made(text, place, note, now);
        self.perform(made.into_iter().map(Change::Bookmarked).collect())
    }

    /// Writes another note for a bookmark. Nothing changes when it is the same note.
    #[must_use = "what is not saved is lost"]
    pub fn rewrite_note(&mut self, bookmark: &Bookmark, note: &str, now: Timestamp) -> Vec<Change> {
        let note = fitting(note);
        if note == bookmark.note {
            return Vec::new();
        }
        let found = self.locate(bookmark);
        let anew = found.text.zip(found.place).and_then(|(text, place)| self.made(text, place, &note, now));
        let anew = anew.unwrap_or_else(|| Bookmark { note, at: now, ..bookmark.clone() });
        self.perform(vec![Change::BookmarkRemoved(bookmark.clone()), Change::Bookmarked(anew)])
    }

    /// Takes a bookmark away, with its note.
    #[must_use = "what is not saved is lost"]
    pub fn remove_bookmark(&mut self, bookmark: &Bookmark) -> Vec<Change> {
        if !self.progress.bookmarks.contains(bookmark) {
            return Vec::new();
        }
        self.perform(vec![Change::BookmarkRemoved(bookmark.clone())])
    }

    /// Puts a bookmark back that was taken away.
    #[must_use = "what is not saved is lost"]
    pub fn put_bookmark_back(&mut self, bookmark: Bookmark) -> Vec<Change> {
        self.perform(vec![Change::Bookmarked(bookmark)])
    }

    fn made(&self, text: Text, place: usize, note: &str, now: Timestamp) -> Option<Bookmark> {
        let lesson = self.text(text)?;
        let Landmark { heading, line } = Landmark::of(&lesson.document, place);
        Some(Bookmark {
            lesson: lesson.path.clone(),
            place: place.min(lesson.text().len()),
            at: now,
            note: fitting(note),
            digest: lesson.digest,
            heading,
            line,
        })
    }

    fn locate(&self, bookmark: &Bookmark) -> Marked {
        let course = self.course();
        let module = course.modules.iter().position(|module| module.lesson.path == bookmark.lesson);
        let policy = course.policy.as_ref().is_some_and(|policy| policy.lesson.path == bookmark.lesson);
        let text = module.map(Text::Lesson).or(policy.then_some(Text::Policy));
        let lesson = text.and_then(|text| self.text(text));
        let place = lesson.and_then(|lesson| place_in(lesson, bookmark));
        let section = match lesson.zip(place) {
            // The text it was made in says which section it was, even where an empty line above a heading was marked.
            Some((lesson, place)) if bookmark.digest != lesson.digest => {
                markup::heading_above(&lesson.document, place).to_owned()
            }
            Some(_) | None => bookmark.heading.clone(),
        };
        let title = lesson.map_or_else(|| bookmark.lesson.clone(), |lesson| lesson.title.clone());
        let section = if section == title { String::new() } else { section };
        let excerpt = markup::plain(&bookmark.line);
        Marked {
            bookmark: bookmark.clone(),
            text,
            place,
            title,
            section,
            excerpt: if excerpt.is_empty() { bookmark.line.clone() } else { excerpt.as_str().to_owned() },
        }
    }
}

impl Marked {
    /// The text that it is in, such as `Lesson 1: What apps collect`.
    #[must_use]
    pub fn text_name(&self) -> String {
        match self.text {
            Some(Text::Lesson(module)) => format!("Lesson {}: {}", module + 1, self.title),
            Some(Text::Policy) => format!("Policy: {}", self.title),
            None => format!("{} (not in this version of the course)", self.title),
        }
    }
}

/// Where in `lesson` the bookmark is now.
fn place_in(lesson: &Lesson, bookmark: &Bookmark) -> Option<usize> {
    if lesson.digest == bookmark.digest {
        return Some(bookmark.place.min(lesson.text().len()));
    }
    let landmark = Landmark { heading: bookmark.heading.clone(), line: bookmark.line.clone() };
    landmark.find(&lesson.document, bookmark.place)
}

/// A note as it is kept: one line, not too long.
fn fitting(note: &str) -> String {
    note.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST_NOTE).collect()
}
