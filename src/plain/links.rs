//! The links of a text: where they lead, and going there.

use super::command::Listed;
use super::session::Session;
use super::talk::{Expected, Help, Said};
use super::{Entry, Place, Stop, Visit, glossary, words};
use crate::address::{Address, Doubt};
use crate::course;
use crate::markup::{Document, Linear, Link};
use crate::phrase::{self, counted};
use crate::printable::Printable;
use crate::quiz::question::LessonLink;
use crate::training::Text;

/// From text to text somebody goes so many times before `return` has to be typed.
const DEEPEST: usize = 64;

/// Where a link stands for whoever has heard a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    OnPage,
    /// In a note that the page refers to.
    InNote,
    Elsewhere,
}

/// Says links with where they lead, and what is to be known before one of them is opened.
pub(super) fn list(
    session: &mut Session<'_, '_>,
    text: Text,
    linear: &Linear,
    listed: Listed,
    stands: impl Fn(&Link) -> Stands,
) -> Result<(), Stop> {
    let links = &linear.links;
    if links.is_empty() {
        return session.say("This text has no links.");
    }
    let (mut others, mut of_notes) = (links.len(), Vec::new());
    for (number, link) in (1..).zip(links) {
        match (listed, stands(link)) {
            (Listed::OfText, _) | (Listed::OfPage, Stands::OnPage) => {
                others -= 1;
                say_link(session, text, linear, number, link)?;
            }
            (Listed::OfPage, Stands::InNote) => of_notes.push(number),
            (Listed::OfPage, Stands::Elsewhere) => {}
        }
    }
    if others == 0 {
        return Ok(());
    }
    let has_none = others == links.len();
    let in_notes = match of_notes.as_slice() {
        [] => None,
        [one] => Some(format!("link {one}")),
        several => Some(format!("links {}", phrase::numbers(several))),
    };
    let in_notes =
        in_notes.map(|which| format!("To hear the notes of this page, which have {which}, type sources."));
    let here = match (has_none, &in_notes) {
        (true, None) => Some("This page has no links.".to_owned()),
        (true, Some(_)) => Some("This page has no links of its own.".to_owned()),
        (false, _) => None,
    };
    let all = if has_none {
        format!("To hear the {} of the text, type links all.", counted(others, "link", "links"))
    } else {
        "To hear the links of the whole text, type links all.".to_owned()
    };
    let sentences: Vec<String> = here.into_iter().chain(in_notes).chain([all]).collect();
    session.say(&sentences.join(" "))
}

fn say_link(
    session: &mut Session<'_, '_>,
    text: Text,
    linear: &Linear,
    number: usize,
    link: &Link,
) -> Result<(), Stop> {
    let name = &link.text;
    if about_terms(session, text, &link.address).is_some() {
        return session.say(&format!("Link {number}: {name}, in the glossary"));
    }
    if let Some((_, to)) = within(session, text, &link.address) {
        let place = words::link(&session.training, &to);
        // “lesson 9, in lesson 9” says one thing twice.
        let is_named = place.starts_with(&format!("{}, ", name.as_str().to_lowercase()));
        let place = if is_named { words::capital(&place) } else { format!("{name}, in {place}") };
        return session.say(&format!("Link {number}: {place}"));
    }
    let named = words::at(&linear.names, number).unwrap_or(name);
    session.console.say_before(&format!("Link {number}: {named},"), &link.address)?;
    say_doubts(session, Address::of_link(name.as_str(), &link.address).doubts(), number)
}

/// Says the address of a link on a line of its own, and what is to be known before it is copied.
pub(super) fn say_address(session: &mut Session<'_, '_>, links: &[Link], number: usize) -> Result<(), Stop> {
    match words::at(links, number) {
        // Not wrapped: half an address cannot be copied.
        Some(link) => {
            session.console.line(&Printable::new(&link.address))?;
            say_doubts(session, Address::of_link(link.text.as_str(), &link.address).doubts(), number)
        }
        None => no_such_link(session, links),
    }
}

/// Follows a link from the page `here`; gives the place that it leads to in the course.
pub(super) fn open(
    session: &mut Session<'_, '_>,
    links: &[Link],
    number: usize,
    here: Visit,
) -> Result<Option<Place>, Stop> {
    let Some(link) = words::at(links, number) else { return no_such_link(session, links).map(|()| None) };
    if let Some(terms) = about_terms(session, here.text, &link.address) {
        glossary::say_terms(session, &terms)?;
        return Ok(None);
    }
    let Some((text, LessonLink { heading, .. })) = within(session, here.text, &link.address) else {
        return ask_to_open(session, link, number).map(|()| None);
    };
    if is_too_deep(session, &here)? {
        return Ok(None);
    }
    let entry = match heading {
        Some(heading) if !heading.is_empty() => Entry::Heading(heading),
        Some(_) | None => Entry::Top,
    };
    let back = Some(Box::new(Place::Reading(here)));
    Ok(Some(Place::Reading(Visit { entry, back, ..Visit::to(text) })))
}

/// Says the note that somebody asked for in these `words`, as it is said at its place; it stays the page that is read.
pub(super) fn say_note(
    session: &mut Session<'_, '_>,
    document: &Document,
    linear: &Linear,
    words: &str,
) -> Result<(), Stop> {
    let label = label(words);
    let Some(note) = document.note(label) else {
        let label = words::said_back(label);
        let example = document.note_signs().first().map(|sign| &sign.label);
        return match example {
            Some(example) => session.say(&format!(
                "There is no link or note {label}. Notes are opened by their names, such as: open note {example}"
            )),
            None => session.say(&format!("There is no link {label}, and the text has no notes.")),
        };
    };
    let passages = linear.passages.iter().filter(|passage| note.range.contains(&passage.offset));
    passages.map(|passage| &passage.text).try_for_each(|text| session.say(text.as_str()))
}

/// The name of a note, before which the word “note” may stand.
pub(super) fn label(words: &str) -> &str {
    match words.split_once(char::is_whitespace) {
        Some((word, label)) if word.eq_ignore_ascii_case("note") => label.trim(),
        Some(_) | None => words,
    }
}

/// The terms that an address in `from` is about, as Markdown.
fn about_terms(session: &Session<'_, '_>, from: Text, address: &str) -> Option<Vec<String>> {
    let course = session.course();
    let from = session.training.text(from)?;
    let terms = course::linked_terms(&course, &from.path, address)?;
    let glossary = course.glossary.as_ref()?;
    Some(terms.into_iter().map(|term| glossary.told(term)).collect())
}

/// The text of the course that an address in `from` leads to, and the heading in it.
fn within(session: &Session<'_, '_>, from: Text, address: &str) -> Option<(Text, LessonLink)> {
    let course = session.course();
    let from = session.training.text(from)?;
    let to = course::linked_text(&course, &from.path, address)?;
    Some((session.training.text_in(&to.lesson)?, to))
}

fn ask_to_open(session: &mut Session<'_, '_>, link: &Link, number: usize) -> Result<(), Stop> {
    let address = Address::of_link(link.text.as_str(), &link.address);
    let prompt = "Type yes to open it. Press Enter to stay here.";
    loop {
        say_where_to(session, &address, number)?;
        let target = match address.target() {
            Ok(target) => target,
            Err(refusal) => return session.say(&format!("It is not opened: {refusal}.")),
        };
        say_how_it_is_opened(session, &address, target, number)?;
        match session.ask(prompt, Expected::Choice, Help::Link)? {
            Said::Answer(answer) if answer.eq_ignore_ascii_case("yes") => {
                return open_outside(session, target);
            }
            Said::Changed | Said::Repeat => {}
            Said::Enter | Said::Command(_) | Said::Answer(_) => return session.say("Not opened."),
        }
    }
}

fn say_where_to(session: &mut Session<'_, '_>, address: &Address, number: usize) -> Result<(), Stop> {
    session.pause()?;
    let leads = format!("Link {number} leads out of the course, to this address:");
    session.console.say_whole(&leads, address.written())
}

/// Says what is opened where it is not written like that, and what to look out for.
fn say_how_it_is_opened(
    session: &mut Session<'_, '_>,
    address: &Address,
    target: &str,
    number: usize,
) -> Result<(), Stop> {
    if target != address.written() {
        session.console.say_whole("It is opened as:", target)?;
    }
    if let Some(host) = address.host() {
        session.say(&format!("Its host is {host}."))?;
    }
    say_doubts(session, address.doubts(), number)
}

fn open_outside(session: &mut Session<'_, '_>, target: &str) -> Result<(), Stop> {
    match session.world.open(target) {
        Ok(()) => session.say("Opened."),
        Err(trouble) => {
            session.console.say_trouble("Not opened", &trouble)?;
            session.console.say_whole("The address:", target)
        }
    }
}

fn say_doubts(session: &mut Session<'_, '_>, doubts: &[Doubt], number: usize) -> Result<(), Stop> {
    doubts.iter().try_for_each(|doubt| session.say(&format!("Careful with link {number}: {doubt}.")))
}

fn no_such_link(session: &mut Session<'_, '_>, links: &[Link]) -> Result<(), Stop> {
    match links.len() {
        0 => session.say("This text has no links."),
        1 => session.say("There is no such link. The text has one link."),
        count => session.say(&format!("There is no such link. The text has links 1 to {count}.")),
    }
}

/// Whether nobody goes on from `here` before they have gone back; says so.
pub(super) fn is_too_deep(session: &mut Session<'_, '_>, here: &Visit) -> Result<bool, Stop> {
    if depth(here) < DEEPEST {
        return Ok(false);
    }
    session.say(&format!("You have gone on {DEEPEST} times. Type return to go back first."))?;
    Ok(true)
}

/// How many texts `return` goes back through.
fn depth(visit: &Visit) -> usize {
    let mut depth = 0;
    let mut back = visit.way_back();
    while let Some(place) = back {
        back = match place {
            Place::Reading(visit) => {
                depth += 1;
                visit.way_back()
            }
            Place::Policy(back) => back.as_deref(),
            Place::Contents
            | Place::Check(_)
            | Place::Answered(..)
            | Place::Review(..)
            | Place::Assessment
            | Place::List
            | Place::Sign
            | Place::Certificate => None,
        };
    }
    depth
}
