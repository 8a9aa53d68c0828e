//! Finding words in everything that the course gives to read.

use super::session::Session;
use super::sought::Sought;
use super::{Entry, FoundWords, Place, Stop, Visit, elsewhere, links, words};
use crate::markup::{Excerpt, Needle};
use crate::phrase::counted;
use crate::printable::Printable;
use crate::training::{Finding, Finds, Text};

/// So many paragraphs are said in one go.
const AT_ONCE: usize = 10;

/// So many characters are said before and behind the words.
const AROUND: usize = 50;

impl Session<'_, '_> {
    /// Looks for `words` and says where they stand; without words, says further places of the last search.
    pub(super) fn search(&mut self, words: &str) -> Result<(), Stop> {
        let Some(needle) = Needle::new(words) else {
            return match self.sought.take() {
                Some(sought) => self.say_places(sought),
                None => self.say("Type search and the words to look for, such as: search work profile"),
            };
        };
        let mut finding = self.found(needle);
        let typed = words::said_back(words);
        let times = counted(finding.total(), "time", "times");
        let texts = counted(finding.texts(), "text", "texts");
        if finding.total() == 0 {
            self.sought = None;
            self.say(&format!("“{typed}” stands nowhere in the lessons and the policy."))?;
            self.say_found_without_quotes(words)?;
            return self.say_found_without_capitals(words);
        }
        // A place is a paragraph: so many numbers there are to go to.
        let places = match finding.blocks() {
            blocks if blocks == finding.total() => String::new(),
            blocks => format!(", at {}", counted(blocks, "place", "places")),
        };
        self.say(&format!("“{typed}” was found {times}{places}, in {texts}."))?;
        let words = words.to_owned();
        self.say_places(Sought { words, finding, said: Vec::new(), next: 0, last: None })
    }

    /// What there is of `needle` in everything that the course gives to read.
    fn found(&self, needle: Needle) -> Finding {
        let mut finding = Finding::new(&self.course());
        finding.seek(Some(needle));
        finding.advance(usize::MAX);
        finding
    }

    /// Says how often `words`, which stand nowhere, are there without the quotation marks around them.
    fn say_found_without_quotes(&mut self, words: &str) -> Result<(), Stop> {
        let bare = words.trim_matches(['"', '“', '”', '„', '«', '»']);
        let Some(needle) = Needle::new(bare).filter(|_| bare != words) else { return Ok(()) };
        match self.found(needle).total() {
            0 => Ok(()),
            total => self.say(&format!(
                "Quotation marks are looked for, too. Without them, it is there {}. Type: search {bare}",
                counted(total, "time", "times")
            )),
        }
    }

    /// Says how often `words`, which stand nowhere, are there in small letters.
    fn say_found_without_capitals(&mut self, words: &str) -> Result<(), Stop> {
        let small = words.to_lowercase();
        let Some(needle) = Needle::new(&small).filter(|_| small != words) else { return Ok(()) };
        match self.found(needle).total() {
            0 => Ok(()),
            total => self.say(&format!(
                "Capitals count where you type one. Whatever the capitals, it is there {}. Type: search {small}",
                counted(total, "time", "times")
            )),
        }
    }

    /// Says the next places.
    fn say_places(&mut self, mut sought: Sought) -> Result<(), Stop> {
        let before = sought.said.len();
        while sought.said.len() < before + AT_ONCE
            && let Some(number) = sought.go_on()
        {
            if let Some(found) = sought.finding.nth(number, AROUND) {
                self.say(&format!("{}. {}", sought.said.len(), in_words(&found)))?;
            }
        }
        if sought.said.len() == before {
            let words = format!("You have heard every place of “{}”.", words::said_back(&sought.words));
            self.sought = Some(sought);
            return self.say(&words);
        }
        let more = if sought.next < sought.finding.total() { " Type search alone to hear more." } else { "" };
        self.sought = Some(sought);
        self.say(&format!("Type found and a number to go there, such as: found {}.{more}", before + 1))
    }

    /// Goes to a place that was said.
    pub(super) fn go_to_found(&mut self, number: usize) -> Result<(), Stop> {
        let Some(sought) = &mut self.sought else {
            return self.say(elsewhere::NOTHING_FOUND);
        };
        let said = words::at(&sought.said, number).copied();
        let Some(found) = said.and_then(|number| sought.finding.nth(number, AROUND)) else {
            let places = counted(sought.said.len(), "place was", "places were");
            let more = sought.next < sought.finding.total();
            let more = if more { " so far. Type search alone to hear more." } else { "." };
            return self.say(&format!("There is no place {number} to go to: {places} said{more}"));
        };
        let Some(back) = self.way_back()? else { return Ok(()) };
        let back = Some(Box::new(back));
        let Finds { text, offset, excerpt, .. } = found;
        let (words, whole) = (excerpt.hit.to_string(), excerpt.whole_words());
        let entry = Entry::Found(FoundWords { offset, words, whole });
        Err(Stop::Go(Place::Reading(Visit { entry, back, ..Visit::to(text) })))
    }

    /// Where `return` goes from a place that was found; `None` where the way back is too long, which is said. Whoever looks further from
    /// there still comes back to where they were at first, unless they have read on, so the way gets no longer by looking.
    fn way_back(&mut self) -> Result<Option<Place>, Stop> {
        let here = match self.here.clone() {
            Place::Reading(here) => here,
            place => return Ok(Some(place)),
        };
        if let Visit { back: Some(back), entry: Entry::Found(found), .. } = &here
            && self.page_said().is_some_and(|page| (page.begin..page.end).contains(&found.offset))
        {
            return Ok(Some((**back).clone()));
        }
        let is_too_deep = links::is_too_deep(self, &here)?;
        Ok((!is_too_deep).then(|| self.page_of(here)))
    }
}

/// A place in one sentence or so.
fn in_words(found: &Finds) -> String {
    let text = match found.text {
        Text::Lesson(module) => format!("Lesson {}, {}", module + 1, found.title),
        Text::Policy => format!("Policy, {}", found.title),
    };
    let section = found.section.as_ref().filter(|section| **section != found.title);
    let Excerpt { before, hit, after } = &found.excerpt;
    let around = format!("{before}{hit}{after}");
    // Where the words stand in the heading itself, it was said.
    let heading = section.map_or(found.title.as_str(), Printable::as_str);
    let is_said = heading.contains(around.trim_matches('…'));
    match section.map_or_else(String::new, |section| format!(", section {section}")) {
        section if is_said => words::sentence(&format!("{text}{section}")),
        section => format!("{text}{section}: {around}"),
    }
}
