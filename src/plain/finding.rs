//! Finding words in everything that the course gives to read.

use super::session::Session;
use super::{Entry, Place, Stop, Visit, words};
use crate::markup::{Excerpt, Needle};
use crate::training::{Finding, Finds, Text};

/// So many places are said in one go.
const AT_ONCE: usize = 10;

/// So many characters are said before and behind the words.
const AROUND: usize = 50;

/// What was looked for last.
#[derive(Debug)]
pub(super) struct Sought {
    words: String,
    finding: Finding,
    /// How many places were said.
    said: usize,
}

impl Session<'_, '_> {
    /// Looks for `words` and says where they stand; without words, says further places of the last search.
    pub(super) fn search(&mut self, words: &str) -> Result<(), Stop> {
        let Some(needle) = Needle::new(words) else {
            return match self.sought.take() {
                Some(sought) => self.say_places(sought),
                None => self.say("Type search and the words to look for, such as: search work profile"),
            };
        };
        let mut finding = Finding::new(&self.course());
        finding.seek(Some(needle));
        finding.advance(usize::MAX);
        let places = words::count(finding.total(), "place", "places");
        let texts = words::count(finding.texts(), "text", "texts");
        if finding.total() == 0 {
            self.sought = None;
            return self.say(&format!("“{words}” stands nowhere in the lessons and the policy."));
        }
        self.say(&format!("“{words}” stands in {places}, in {texts}."))?;
        self.say_places(Sought { words: words.to_owned(), finding, said: 0 })
    }

    /// Says the next places.
    fn say_places(&mut self, mut sought: Sought) -> Result<(), Stop> {
        let total = sought.finding.total();
        if sought.said >= total {
            self.say(&format!("These were all places of “{}”.", sought.words))?;
            sought.said = 0;
        }
        let end = total.min(sought.said + AT_ONCE);
        for number in sought.said..end {
            if let Some(found) = sought.finding.nth(number, AROUND) {
                self.say(&format!("{}. {}", number + 1, in_words(&found)))?;
            }
        }
        let example = sought.said + 1;
        sought.said = end;
        let more = match total - end {
            0 => String::new(),
            left => format!(" Type search alone to hear more; {left} are left."),
        };
        self.sought = Some(sought);
        self.say(&format!("Type found and a number to go there, such as: found {example}.{more}"))
    }

    /// Goes to a place that was found.
    pub(super) fn go_to_found(&mut self, number: usize) -> Result<(), Stop> {
        let Some(sought) = &mut self.sought else {
            return self
                .say("Nothing was looked for yet. Type search and words, such as: search work profile");
        };
        let Some(found) = sought.finding.nth(number - 1, 0) else {
            let places = words::count(sought.finding.total(), "place", "places");
            let words = format!("There is no place {number}. “{}” stands in {places}.", sought.words);
            return self.say(&words);
        };
        let back = Some(Box::new(self.way_back()));
        Err(Stop::Go(Place::Reading(Visit { text: found.text, entry: Entry::At(found.offset), back })))
    }

    /// Where `return` goes from a place that was found. Whoever looks further from there still comes back to where they
    /// were at first, so the way never gets longer.
    fn way_back(&self) -> Place {
        match &self.here {
            Place::Reading(Visit { back: Some(back), .. }) => (**back).clone(),
            Place::Reading(visit) => {
                let entry = self.said_to().map_or_else(|| visit.entry.clone(), Entry::At);
                Place::Reading(Visit { text: visit.text, entry, back: None })
            }
            here => here.clone(),
        }
    }
}

/// A place in one sentence or so.
fn in_words(found: &Finds) -> String {
    let text = match found.text {
        Text::Lesson(module) => format!("Lesson {}, {}", module + 1, found.title),
        Text::Policy => format!("Policy, {}", found.title),
    };
    let section = found.section.as_ref().filter(|section| **section != found.title);
    let section = section.map_or_else(String::new, |section| format!(", section {section}"));
    let Excerpt { before, hit, after } = &found.excerpt;
    format!("{text}{section}: {before}{hit}{after}")
}
