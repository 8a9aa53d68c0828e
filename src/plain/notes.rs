//! Bookmarks and notes, which the learner keeps for themselves: typed anywhere, made while a text is read.

use std::fmt::Write as _;

use super::links;
use super::pages::PageSaid;
use super::session::Session;
use super::{Entry, Place, Stop, Visit, words};
use crate::progress::Bookmark;
use crate::report::notes;
use crate::training::{LONGEST_NOTE, MOST_BOOKMARKS, Marked, Text};

/// What is said about bookmarks and notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Words {
    /// Marks the page that was said, or takes the mark away.
    Bookmark,
    /// Keeps a note with it.
    Write(String),
    /// Lists all of them.
    List,
    /// Goes to the one of this number.
    Go(usize),
    /// Writes another note for it.
    Change(usize, String),
    /// Takes it away.
    Remove(usize),
    /// Puts back what was taken away last.
    PutBack,
    /// Writes all of them to a file.
    Export,
}

const WRITE: &str = "Type note and your words, such as: note ask who reads this";
const NOTES: &str = "Type notes to hear all of them, notes 2 to go to the second one, notes change 2 and other words, notes \
                     remove 2 to take it away, put back to have it again, or notes export to write them to a file.";

const AFTER_LIST: &str = "Type notes 1 to go to the first one, notes change 1 and other words, notes remove 1 to take it away, \
                          or notes export to write all of them to a file.";

/// Reads a line as words about bookmarks and notes; `Err` says what is expected.
pub(super) fn parse(line: &str) -> Option<Result<Words, &'static str>> {
    let (name, rest) = split(line);
    match name.to_lowercase().as_str() {
        "bookmark" if rest.is_empty() => Some(Ok(Words::Bookmark)),
        "bookmarks" if rest.is_empty() => Some(Ok(Words::List)),
        "note" if rest.is_empty() => Some(Err(WRITE)),
        "note" => Some(Ok(Words::Write(rest.to_owned()))),
        "undo" if rest.is_empty() => Some(Ok(Words::PutBack)),
        "put" if rest.eq_ignore_ascii_case("back") => Some(Ok(Words::PutBack)),
        "notes" => Some(parse_rest(rest).ok_or(NOTES)),
        _ => None,
    }
}

fn parse_rest(rest: &str) -> Option<Words> {
    let number = |text: &str| text.parse().ok().filter(|number| *number > 0);
    let (what, rest) = split(rest);
    match (what.to_lowercase().as_str(), rest) {
        ("", _) => Some(Words::List),
        ("export", "") => Some(Words::Export),
        ("undo", "") => Some(Words::PutBack),
        ("put", back) if back.eq_ignore_ascii_case("back") => Some(Words::PutBack),
        ("remove", rest) => number(rest).map(Words::Remove),
        ("change", rest) => {
            let (which, note) = split(rest);
            number(which).filter(|_| !note.is_empty()).map(|number| Words::Change(number, note.to_owned()))
        }
        (which, "") => number(which).map(Words::Go),
        _ => None,
    }
}

/// The first word and the rest.
fn split(line: &str) -> (&str, &str) {
    let line = line.trim();
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    (word, rest.trim())
}

/// Does what was said.
pub(super) fn obey(session: &mut Session<'_, '_>, said: &Words) -> Result<(), Stop> {
    match said {
        Words::Bookmark => turn(session),
        Words::Write(note) => write(session, note),
        Words::List => list(session),
        Words::Export => export(session),
        Words::Go(number) => match numbered(session, *number)? {
            Some(marked) => go(session, &marked),
            None => Ok(()),
        },
        Words::Change(number, note) => match numbered(session, *number)? {
            Some(marked) => {
                let changes = session.training.rewrite_note(&marked.bookmark, note);
                session.save(&changes)?;
                session.say(&format!("Saved: note {number} is changed."))?;
                say_cut(session, note)
            }
            None => Ok(()),
        },
        Words::Remove(number) => match numbered(session, *number)? {
            Some(marked) => remove(session, &marked.bookmark, &format!("number {number}")),
            None => Ok(()),
        },
        Words::PutBack => put_back(session),
    }
}

/// Says what the learner keeps with the page that was just said.
pub(super) fn say_on_page(
    session: &mut Session<'_, '_>,
    text: Text,
    is_on_page: impl Fn(usize) -> bool,
) -> Result<(), Stop> {
    for (_, bookmark) in
        session.training.bookmarks_of(text).into_iter().filter(|(place, _)| is_on_page(*place))
    {
        session.pause()?;
        if bookmark.note.is_empty() {
            session.say("You have bookmarked this page.")?;
        } else {
            session.say(&format!("Your note on this page: {}", words::sentence(&bookmark.note)))?;
        }
    }
    Ok(())
}

/// Marks the page, or takes the bare mark of it away.
fn turn(session: &mut Session<'_, '_>) -> Result<(), Stop> {
    let Some(PageSaid { text, place: start, end }) = page(session)? else { return Ok(()) };
    let here = session.training.bookmarks_of(text);
    let mut here = here.into_iter().filter(|(place, _)| (start..end).contains(place)).peekable();
    if here.peek().is_none() {
        let changes = session.training.bookmark(text, start, "", session.world.now());
        return kept(session, &changes, "Saved: this page is bookmarked.");
    }
    match here.map(|(_, bookmark)| bookmark).find(|bookmark| bookmark.note.is_empty()) {
        Some(bare) => remove(session, &bare, "of this page"),
        None => session.say("Your note on this page bookmarks it already. Type notes to hear its number."),
    }
}

fn write(session: &mut Session<'_, '_>, note: &str) -> Result<(), Stop> {
    let Some(PageSaid { text, place, end }) = page(session)? else { return Ok(()) };
    let note = note.strip_prefix('=').filter(|label| is_in_the_text(session, label)).unwrap_or(note);
    let here = session.training.bookmarks_of(text).into_iter();
    let mut bare = here.filter(|(at, bookmark)| (place..end).contains(at) && bookmark.note.is_empty());
    let changes = match bare.next() {
        Some((_, bookmark)) => session.training.rewrite_note(&bookmark, note),
        None => session.training.bookmark(text, place, note, session.world.now()),
    };
    kept(session, &changes, "Saved: your note is kept with this page.")?;
    if changes.is_empty() { Ok(()) } else { say_cut(session, note) }
}

/// Saves a new bookmark and says so.
fn kept(session: &mut Session<'_, '_>, changes: &[crate::progress::Change], words: &str) -> Result<(), Stop> {
    if changes.is_empty() {
        let full =
            format!("Not kept: {MOST_BOOKMARKS} places are marked already. Take one away with notes remove.");
        return session.say(&full);
    }
    session.save(changes)?;
    session.say(&format!("{words} It is for you alone, and never part of your completion record."))
}

fn say_cut(session: &mut Session<'_, '_>, note: &str) -> Result<(), Stop> {
    if note.chars().nth(LONGEST_NOTE).is_none() {
        return Ok(());
    }
    session.say(&format!("It was too long: its first {LONGEST_NOTE} characters are kept."))
}

fn remove(session: &mut Session<'_, '_>, bookmark: &Bookmark, which: &str) -> Result<(), Stop> {
    let changes = session.training.remove_bookmark(bookmark);
    session.save(&changes)?;
    session.taken_away.push(bookmark.clone());
    let (what, said) = match bookmark.note.as_str() {
        "" => ("bookmark", String::new()),
        note => ("note", format!(" It said: {}", words::sentence(note))),
    };
    session.say(&format!("Saved: the {what} {which} is taken away.{said} Type put back to have it again."))
}

fn put_back(session: &mut Session<'_, '_>) -> Result<(), Stop> {
    let Some(bookmark) = session.taken_away.last().cloned() else {
        return session
            .say("There is nothing to be put back: no bookmark or note was taken away since you came.");
    };
    let changes = session.training.put_bookmark_back(bookmark.clone());
    session.save(&changes)?;
    session.taken_away.pop();
    let number = session.training.bookmarks().iter().position(|marked| marked.bookmark == bookmark);
    let which = number.map_or_else(String::new, |index| format!(" as number {}", index + 1));
    session.say(&match bookmark.note.as_str() {
        "" => format!("Saved: the bookmark is back{which}."),
        note => format!("Saved: the note is back{which}. It says: {}", words::sentence(note)),
    })
}

/// Whether the text that is read has a note of this name, such as a source: then nobody means these words as a note of their own.
pub(super) fn is_in_the_text(session: &Session<'_, '_>, label: &str) -> bool {
    let text = session.page_said().and_then(|page| session.training.text(page.text));
    text.is_some_and(|lesson| lesson.document.note(label).is_some())
}

fn list(session: &mut Session<'_, '_>) -> Result<(), Stop> {
    let all = session.training.bookmarks();
    if all.is_empty() {
        return session.say(
            "There are no bookmarks and notes yet. While you read, type bookmark to mark a page, or note and your words.",
        );
    }
    let count = words::count(all.len(), "bookmark or note", "bookmarks and notes");
    session.say(&format!(
        "{count}, for you alone: they stay on this device and are never part of your record."
    ))?;
    for (index, marked) in all.iter().enumerate() {
        let mut line = format!("{}. {}", index + 1, marked.text_name());
        if !marked.section.is_empty() {
            let _ = write!(line, ", section {}", marked.section);
        }
        if let Some(quoted) = marked.quoted() {
            let _ = write!(line, ": “{quoted}”");
        }
        session.say(&words::sentence(&line))?;
        if !marked.bookmark.note.is_empty() {
            session.say(&format!("Note {}: {}", index + 1, words::sentence(&marked.bookmark.note)))?;
        }
    }
    session.say(AFTER_LIST)
}

fn go(session: &mut Session<'_, '_>, marked: &Marked) -> Result<(), Stop> {
    let Some(text) = marked.text else {
        return session.say("This version of the course has no such text any more.");
    };
    let back = match session.here.clone() {
        Place::Reading(visit) => {
            if links::is_too_deep(session, &visit)? {
                return Ok(());
            }
            let entry = session.said_to().map_or(Entry::LeftOff, Entry::At);
            Some(Place::Reading(Visit { entry, ..visit }))
        }
        here @ (Place::Check(_) | Place::Answered(..) | Place::Assessment | Place::Policy) => Some(here),
        Place::Contents | Place::Sign | Place::Certificate => None,
    };
    let entry = marked.place.map_or(Entry::Top, Entry::At);
    if marked.place.is_none() {
        session.say(
            "What you marked is not in this version of the text any more. It is opened at its beginning.",
        )?;
    }
    Err(Stop::Go(Place::Reading(Visit { text, entry, back: back.map(Box::new) })))
}

fn export(session: &mut Session<'_, '_>) -> Result<(), Stop> {
    let all = session.training.bookmarks();
    if all.is_empty() {
        return session.say("There are no bookmarks and notes to be written.");
    }
    let entries: Vec<notes::Entry> = all
        .iter()
        .map(|marked| notes::Entry {
            lesson: marked.text_name(),
            section: marked.section.clone(),
            excerpt: marked.quoted().unwrap_or_default().to_owned(),
            note: marked.bookmark.note.clone(),
            at: marked.bookmark.at.day_and_time(session.zone),
        })
        .collect();
    let course = session.course();
    let page = notes::markdown(&course.title, &entries);
    match session.world.write_notes(&notes::file_name(&course.id), &page) {
        Ok(path) => {
            let path = path.display().to_string();
            session.console.say_whole("Saved: your bookmarks and notes are this file, for you alone:", &path)
        }
        Err(trouble) => {
            session.say(&format!("Not written: {}.", trouble.message))?;
            let hint = trouble.hint.map(|hint| format!("What to do: {hint}."));
            hint.map_or(Ok(()), |hint| session.say(&hint))
        }
    }
}

/// The page that was said last; says what to do where nothing is read.
fn page(session: &mut Session<'_, '_>) -> Result<Option<PageSaid>, Stop> {
    let page = session.page_said();
    if page.is_none() {
        session.say("There is nothing to mark here. Open a lesson first, such as with: read 1")?;
    }
    Ok(page)
}

/// The bookmark or note of this number; says so where there is none.
fn numbered(session: &mut Session<'_, '_>, number: usize) -> Result<Option<Marked>, Stop> {
    let mut all = session.training.bookmarks();
    if number <= all.len() {
        return Ok(Some(all.swap_remove(number - 1)));
    }
    let words = match all.len() {
        0 => "There are no bookmarks and notes yet.".to_owned(),
        count => format!("There is no number {number}. Type notes to hear numbers 1 to {count}."),
    };
    session.say(&words)?;
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_about_notes_and_what_is_not() {
        let check = |line: &str, expected: Option<Result<Words, &'static str>>| {
            assert_eq!(parse(line), expected, "{line:?}");
        };
        check("bookmark", Some(Ok(Words::Bookmark)));
        check("Note  Ask EVE about 2 ", Some(Ok(Words::Write("Ask EVE about 2".to_owned()))));
        check("note", Some(Err(WRITE)));
        check("Undo", Some(Ok(Words::PutBack)));
        check("put Back", Some(Ok(Words::PutBack)));
        check("notes put BACK", Some(Ok(Words::PutBack)));
        check("notes undo", Some(Ok(Words::PutBack)));
        check("notes", Some(Ok(Words::List)));
        check("bookmarks", Some(Ok(Words::List)));
        check("NOTES 2", Some(Ok(Words::Go(2))));
        check("notes Export", Some(Ok(Words::Export)));
        check("notes remove 3", Some(Ok(Words::Remove(3))));
        check("notes change 1 Other  words", Some(Ok(Words::Change(1, "Other  words".to_owned()))));
        for line in [
            "notes 0",
            "notes two",
            "notes 2 3",
            "notes remove",
            "notes change 1",
            "notes export now",
            "notes put",
            "notes undo 2",
        ] {
            check(line, Some(Err(NOTES)));
        }
        for line in ["bookmark 2", "", "noted", "a note", "put", "put it back", "undo that"] {
            check(line, None);
        }
    }
}
