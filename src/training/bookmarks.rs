//! Bookmarks and notes: places of the course's texts that a learner marked for themselves.
//!
//! They are kept over runs, and no record says anything of them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::{Text, Training};
use crate::clock::Timestamp;
use crate::course::Lesson;
use crate::digest::Digest;
use crate::markup::Landmark;
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
            let place = marked.place.unwrap_or(marked.bookmark.place);
            (marked.text.is_none(), marked.text, place, marked.bookmark.at)
        });
        all
    }

    /// Those of a text, with where they are in it (in bytes), from top to bottom.
    #[must_use]
    pub fn bookmarks_of(&self, text: Text) -> Vec<(usize, Bookmark)> {
        let Some(lesson) = self.text(text) else { return Vec::new() };
        let here = self.progress.bookmarks.iter().filter(|bookmark| bookmark.lesson == lesson.path);
        let mut here: Vec<_> =
            here.filter_map(|bookmark| Some((self.places.of(lesson, bookmark)?, bookmark.clone()))).collect();
        here.sort_by_key(|(place, bookmark)| (*place, bookmark.at));
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
        let made = self.made(text, place, note, now).map(|made| self.after_those_there(made));
        self.perform(made.into_iter().map(Change::Bookmarked).collect())
    }

    /// `made` a second after the last one that has its place and its moment: what was written first stays first, however its words are
    /// changed.
    fn after_those_there(&self, mut made: Bookmark) -> Bookmark {
        let is_there = |known: &Bookmark, made: &Bookmark| {
            (&known.lesson, known.place, known.at) == (&made.lesson, made.place, made.at)
        };
        // At the end of time there is no second more.
        for _ in 0..MOST_BOOKMARKS {
            if !self.progress.bookmarks.iter().any(|known| is_there(known, &made)) {
                break;
            }
            made.at = made.at.plus_seconds(1);
        }
        made
    }

    /// Writes another note for a bookmark, which stays where it stands among the others. Nothing changes when it is the same note.
    #[must_use = "what is not saved is lost"]
    pub fn rewrite_note(&mut self, bookmark: &Bookmark, note: &str) -> Vec<Change> {
        let note = fitting(note);
        if note == bookmark.note {
            return Vec::new();
        }
        // Where only the heading is left, what was marked is remembered on: it may come back.
        let text = self.locate(bookmark).text;
        let words =
            text.and_then(|text| landmark(bookmark).find_words(&self.text(text)?.document, bookmark.place));
        let anew = text.zip(words).and_then(|(text, place)| self.made(text, place, &note, bookmark.at));
        let anew = anew.unwrap_or_else(|| Bookmark { note, ..bookmark.clone() });
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
        let text = self.text_in(&bookmark.lesson);
        let lesson = text.and_then(|text| self.text(text));
        let place = lesson.and_then(|lesson| self.places.of(lesson, bookmark));
        let section = match lesson.zip(place) {
            // The text it was made in says which section it was, even where an empty line above a heading was marked.
            Some((lesson, place)) if bookmark.digest != lesson.digest => {
                lesson.document.heading_above(place).unwrap_or_default().as_str().to_owned()
            }
            Some(_) | None => bookmark.heading.clone(),
        };
        let title = lesson.map_or_else(|| bookmark.lesson.clone(), |lesson| lesson.title.clone());
        let section = if section == title { String::new() } else { section };
        let is_here = |lesson: &Lesson, place| {
            let here = lesson.document.source().get(place..).unwrap_or_default();
            bookmark.digest == lesson.digest || here.starts_with(&bookmark.line)
        };
        let excerpt = match lesson.zip(place) {
            Some((lesson, place)) if is_here(lesson, place) => lesson.document.shown_from(place),
            Some(_) | None => landmark(bookmark).words(),
        };
        Marked {
            bookmark: bookmark.clone(),
            text,
            place,
            title,
            section,
            excerpt: excerpt.as_str().to_owned(),
        }
    }
}

impl Marked {
    /// What stood there, unless nothing did or the name of the place says it: a heading is not quoted below itself.
    #[must_use]
    pub fn quoted(&self) -> Option<&str> {
        let name = if self.section.is_empty() { &self.title } else { &self.section };
        Some(self.excerpt.as_str()).filter(|excerpt| !excerpt.is_empty() && excerpt != name)
    }

    /// The text that it is in, such as `Lesson 1: What apps collect`.
    #[must_use]
    pub fn text_name(&self) -> String {
        let gone = || format!("{} (not in this version of the course)", self.title);
        self.text.map_or_else(gone, |text| text.name(&self.title))
    }
}

/// Where bookmarks of other versions of a text are, as far as that was asked: each is looked for in the whole text, and asked
/// about at many keys.
#[derive(Debug, Clone, Default)]
pub(super) struct Places(Arc<Mutex<BTreeMap<Digest, Sought>>>);

type Sought = BTreeMap<Bookmark, Option<usize>>;

/// Of so many versions of texts it is remembered.
const VERSIONS: usize = 64;

impl Places {
    /// Where in `lesson` the bookmark is now.
    fn of(&self, lesson: &Lesson, bookmark: &Bookmark) -> Option<usize> {
        if lesson.digest == bookmark.digest {
            return Some(bookmark.place.min(lesson.text().len()));
        }
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= VERSIONS && !all.contains_key(&lesson.digest) {
            all.clear();
        }
        let version = all.entry(lesson.digest).or_default();
        if version.len() > MOST_BOOKMARKS {
            version.clear();
        }
        if let Some(place) = version.get(bookmark) {
            return *place;
        }
        let place = landmark(bookmark).find(&lesson.document, bookmark.place);
        version.insert(bookmark.clone(), place);
        place
    }
}

fn landmark(bookmark: &Bookmark) -> Landmark {
    Landmark { heading: bookmark.heading.clone(), line: bookmark.line.clone() }
}

/// A note as it is kept: one line, not too long.
fn fitting(note: &str) -> String {
    note.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST_NOTE).collect()
}
