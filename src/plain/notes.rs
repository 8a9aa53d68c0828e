//! Bookmarks and notes, which the learner keeps for themselves: typed anywhere, made while a text is read.

use std::fmt::Write as _;

use super::command::NoteWords;
use super::links;
use super::pages::PageSaid;
use super::session::Session;
use super::{Entry, Place, Stop, Visit, elsewhere, sources, words};
use crate::phrase::counted;
use crate::progress::{Bookmark, Change};
use crate::report::notes;
use crate::training::{LONGEST_NOTE, MOST_BOOKMARKS, Marked, NOTHING_IS_WRITTEN, Purpose, Text};

const AFTER_LIST: &str = "Type notes 1 to go to the first one, notes change 1 and other words, notes remove 1 to take it away, \
                          or notes export to write all of them to a file.";

/// Does what was said.
pub(super) fn obey(session: &mut Session<'_, '_>, said: &NoteWords) -> Result<(), Stop> {
    match said {
        NoteWords::Bookmark => turn(session),
        NoteWords::Write(note) => write(session, note),
        NoteWords::List => list(session),
        NoteWords::Export => export(session),
        NoteWords::Go(number) => match numbered(session, *number)? {
            Some(marked) => go(session, &marked),
            None => Ok(()),
        },
        NoteWords::Change(number, note) => match numbered(session, *number)? {
            Some(marked) => {
                let changes = session.training.rewrite_note(&marked.bookmark, note);
                session.save(&changes)?;
                session.say(&format!("Saved: note {number} is “{}” now.", words::said_back(note)))?;
                say_cut(session, note)
            }
            None => Ok(()),
        },
        NoteWords::Remove(number) => match numbered(session, *number)? {
            Some(marked) => remove(session, &marked.bookmark, Some(*number)),
            None => Ok(()),
        },
        NoteWords::PutBack => put_back(session),
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
    let Some(said) = page(session)? else { return Ok(()) };
    let (PageSaid { text, begin, end, .. }, from) = (said, said.from());
    let here = session.training.bookmarks_of(text);
    let mut here = here.into_iter().filter(|(place, _)| (begin..end).contains(place)).peekable();
    if here.peek().is_none() {
        let changes = session.training.bookmark(text, from, "", session.world.now());
        if changes.is_empty() {
            return say_full(session);
        }
        session.save(&changes)?;
        let more = said_of_the_first(session, FOR_YOU_ALONE);
        return session.say(&format!("Saved: this page is bookmarked.{more}"));
    }
    match here.map(|(_, bookmark)| bookmark).find(|bookmark| bookmark.note.is_empty()) {
        Some(bare) => remove(session, &bare, None),
        None => session.say("Your note on this page bookmarks it already. Type notes to hear its number."),
    }
}

fn write(session: &mut Session<'_, '_>, note: &str) -> Result<(), Stop> {
    // Beside a question the name of its source is heard, and this is how a source is asked for in a text.
    if session.page_said().is_none() && sources::text_with(session, note).is_some() {
        return sources::say(session, note);
    }
    let Some(said) = page(session)? else { return Ok(()) };
    let (PageSaid { text, begin, end, .. }, from) = (said, said.from());
    let is_name = |note: &str| is_in_the_text(session, note) || is_like_a_name(note);
    let own = note.strip_prefix('=').filter(|note| is_name(note.trim_start_matches('=')));
    let (note, meant) = own.map_or((note, OwnNote::Perhaps), |own| (own, OwnNote::Surely));
    let here = session.training.bookmarks_of(text).into_iter();
    let mut bare = here.filter(|(at, bookmark)| (begin..end).contains(at) && bookmark.note.is_empty());
    let bare = bare.next();
    let instead = bare.as_ref().map_or("", |_| ", in place of the bookmark");
    let changes = match bare {
        Some((_, bookmark)) => session.training.rewrite_note(&bookmark, note),
        None => session.training.bookmark(text, from, note, session.world.now()),
    };
    let Some(Change::Bookmarked(bookmark)) = changes.last() else { return say_full(session) };
    session.save(&changes)?;
    let number = number_of(session, bookmark);
    let which = number.map_or_else(String::new, |number| format!(" as note {number}"));
    let words = words::said_back(&bookmark.note);
    let more = said_of_the_first(session, &format!("It is kept with this page. {FOR_YOU_ALONE}"));
    session.say(&format!("Saved{which}{instead}: “{words}”.{more}"))?;
    say_cut(session, note)?;
    match (meant, bookmark.note.parse::<usize>()) {
        // Who typed a number alone may have meant the command to go there.
        (OwnNote::Perhaps, Ok(number)) => {
            session.say(&format!("To go to note {number}, type notes {number}."))
        }
        (OwnNote::Perhaps, Err(_)) if is_like_a_name(&bookmark.note) => {
            let number = number.map_or_else(String::new, |number| format!(" {number}"));
            session.say(&format!(
                "The text has no note {words}, so that is a note of your own. To take it away, type notes remove{number}."
            ))
        }
        (OwnNote::Surely, _) | (OwnNote::Perhaps, Err(_)) => Ok(()),
    }
}

/// Whether somebody meant words as a note of their own.
enum OwnNote {
    Surely,
    /// They may have meant something that has this name.
    Perhaps,
}

/// Whether somebody may have meant a note of the text by these words: they are one word with a digit, as the names of sources are.
fn is_like_a_name(note: &str) -> bool {
    let is_of_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    note.chars().all(is_of_name) && note.contains(|c: char| c.is_ascii_digit())
}

/// What is said when the first bookmark was made, and not again.
fn said_of_the_first(session: &Session<'_, '_>, words: &str) -> String {
    if session.training.progress().bookmarks.len() == 1 { format!(" {words}") } else { String::new() }
}

const FOR_YOU_ALONE: &str = "It is for you alone, and never part of your completion record.";

fn say_full(session: &mut Session<'_, '_>) -> Result<(), Stop> {
    session.say(&format!(
        "Not kept: {MOST_BOOKMARKS} places are marked already. Take one away with notes remove."
    ))
}

/// The number of a bookmark in the list of all.
fn number_of(session: &Session<'_, '_>, bookmark: &Bookmark) -> Option<usize> {
    let all = session.training.bookmarks();
    all.iter().position(|marked| marked.bookmark == *bookmark).map(|index| index + 1)
}

fn say_cut(session: &mut Session<'_, '_>, note: &str) -> Result<(), Stop> {
    if note.chars().nth(LONGEST_NOTE).is_none() {
        return Ok(());
    }
    session.say(&format!("It was too long: its first {LONGEST_NOTE} characters are kept."))
}

/// Takes away the bookmark or note of this number, or the one of the page.
fn remove(session: &mut Session<'_, '_>, bookmark: &Bookmark, number: Option<usize>) -> Result<(), Stop> {
    let is_only_mark = is_only_mark(session, bookmark);
    let changes = session.training.remove_bookmark(bookmark);
    session.save(&changes)?;
    session.taken_away.push(bookmark.clone());
    let (what, said) = match bookmark.note.as_str() {
        "" => ("bookmark", String::new()),
        note => {
            // It may have been written in place of a bookmark.
            let mark = if is_only_mark { " This page is not bookmarked any more." } else { "" };
            ("note", format!(" It said: {}{mark}", words::sentence(note)))
        }
    };
    let which =
        number.map_or_else(|| format!("the {what} of this page"), |number| format!("{what} {number}"));
    session.say(&format!("Saved: {which} is taken away.{said} Type put back to have it again."))
}

/// Whether the page that was just said has this bookmark and no other.
fn is_only_mark(session: &Session<'_, '_>, bookmark: &Bookmark) -> bool {
    let Some(PageSaid { text, begin, end, .. }) = session.page_said() else { return false };
    let here = session.training.bookmarks_of(text).into_iter();
    let here: Vec<_> = here.filter(|(place, _)| (begin..end).contains(place)).collect();
    matches!(here.as_slice(), [(_, only)] if only == bookmark)
}

fn put_back(session: &mut Session<'_, '_>) -> Result<(), Stop> {
    while session.taken_away.last().is_some_and(|taken| is_marked_again(session, taken)) {
        session.taken_away.pop();
    }
    let Some(bookmark) = session.taken_away.last().cloned() else {
        return session.say(
            "There is nothing to be put back: of what was taken away since you came, nothing is missing.",
        );
    };
    let changes = session.training.put_bookmark_back(bookmark.clone());
    session.save(&changes)?;
    session.taken_away.pop();
    let number = number_of(session, &bookmark);
    let which = number.map_or_else(String::new, |number| format!(" as number {number}"));
    session.say(&match bookmark.note.as_str() {
        "" => format!("Saved: the bookmark is back{which}."),
        note => format!("Saved: the note is back{which}. It says: {}", words::sentence(note)),
    })
}

/// Whether the place of a bookmark that was taken away has one again. A note is never written again by itself.
fn is_marked_again(session: &Session<'_, '_>, taken: &Bookmark) -> bool {
    let page = session.page_said();
    let on_page =
        |bookmark: &Bookmark| page.is_some_and(|page| (page.begin..page.end).contains(&bookmark.place));
    let is_same = |other: &Bookmark| other.place == taken.place || on_page(other) && on_page(taken);
    let all = session.training.bookmarks();
    let mut marks = all.iter().map(|marked| &marked.bookmark).filter(|other| other.note.is_empty());
    taken.note.is_empty() && marks.any(|other| other.lesson == taken.lesson && is_same(other))
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
    let notes = all.iter().filter(|marked| !marked.bookmark.note.is_empty()).count();
    let count = match all.len() - notes {
        0 => counted(notes, "note", "notes"),
        bare if notes == 0 => counted(bare, "bookmark", "bookmarks"),
        bare => format!("{} and {}", counted(bare, "bookmark", "bookmarks"), counted(notes, "note", "notes")),
    };
    session.say(&format!(
        "{count}, for you alone. All of it stays on this device and is never part of your record."
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
            Some(session.page_of(visit))
        }
        here @ (Place::Check(_)
        | Place::Answered(..)
        | Place::Review(..)
        | Place::Assessment
        | Place::List
        | Place::Policy(_)
        | Place::Sign
        | Place::Certificate) => Some(here),
        Place::Contents => None,
    };
    let entry = marked.place.map_or(Entry::Top, Entry::At);
    if marked.place.is_none() {
        session.say(
            "What you marked is not in this version of the text any more. It is opened at its beginning.",
        )?;
    }
    Err(Stop::Go(Place::Reading(Visit { entry, back: back.map(Box::new), ..Visit::to(text) })))
}

fn export(session: &mut Session<'_, '_>) -> Result<(), Stop> {
    let all = session.training.bookmarks();
    if all.is_empty() {
        return session.say("There are no bookmarks and notes to be written.");
    }
    if session.training.purpose() == Purpose::Preview {
        return session.say(&words::sentence(&words::capital(NOTHING_IS_WRITTEN)));
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
        session.say(elsewhere::KEPT_WITH_A_TEXT)?;
    }
    Ok(page)
}

/// The bookmark or note of this number; says so where there is none.
fn numbered(session: &mut Session<'_, '_>, number: usize) -> Result<Option<Marked>, Stop> {
    let mut all = session.training.bookmarks();
    if (1..=all.len()).contains(&number) {
        return Ok(Some(all.swap_remove(number - 1)));
    }
    let words = match all.len() {
        0 => "There are no bookmarks and notes yet.".to_owned(),
        count => format!("There is no number {number}. Type notes to hear numbers 1 to {count}."),
    };
    session.say(&words)?;
    Ok(None)
}
