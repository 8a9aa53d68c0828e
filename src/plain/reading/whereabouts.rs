//! Where in a text somebody is, and what its headings are.

use std::fmt::Write as _;

use super::Reader;
use crate::phrase::counted;
use crate::plain::pages::TextLine;
use crate::plain::session::Session;
use crate::plain::{Entry, FoundWords, Stop, contents, words};
use crate::printable::Printable;
use crate::training::{Text, minutes_left};

impl Reader<'_> {
    /// Says which text it is, how it stands, and where in it somebody is.
    pub(super) fn announce(&self, session: &mut Session<'_, '_>) -> Result<(), Stop> {
        session.pause()?;
        let title = if self.says_title() { String::new() } else { format!(": {}", self.lesson.title) };
        let section = self.section_going_on(session);
        let section = section.map_or_else(String::new, |section| format!(", in section {section}"));
        let what = match self.visit.text {
            Text::Lesson(module) => {
                let count = session.training.course().modules.len();
                let state = contents::lesson_words(&session.training, module);
                let which = words::sentence(&format!("Lesson {} of {count}{title}{section}", module + 1));
                format!("{which} State: {state}.")
            }
            Text::Policy => words::sentence(&format!("Policy{title}{section}")),
        };
        session.say(&what)?;
        self.say_beginning_is_missing(session)?;
        self.say_where_they_were(session)?;
        if self.from == 0 || self.visit.entry != Entry::LeftOff {
            return Ok(());
        }
        session.say(
            "You go on where you left off, in the middle of a page. Type back to hear it from its beginning.",
        )
    }

    /// Says to whoever heard a text from its middle on that it is heard from its beginning, and how they come to where they were.
    fn say_beginning_is_missing(&self, session: &mut Session<'_, '_>) -> Result<(), Stop> {
        let (training, text) = (&session.training, self.visit.text);
        if self.visit.entry != Entry::LeftOff || !contents::is_without_beginning(training, text) {
            return Ok(());
        }
        let way = contents::heading_left_off_at(training, text).map_or_else(String::new, |heading| {
            format!(" To go on in the section where you were, type heading {}.", heading + 1)
        });
        let missing = match text {
            // Of a lesson that was said with its state.
            Text::Lesson(_) => "",
            Text::Policy => "Its beginning is not read yet. ",
        };
        session.say(&format!("{missing}You hear it from there.{way}"))
    }

    /// Whether the page begins with the title, so that nobody has to say it before.
    fn says_title(&self) -> bool {
        let first = self.linear.passages.first();
        (self.page, self.from) == (0, 0)
            && first.is_some_and(|passage| passage.text.as_str() == format!("Title: {}", self.lesson.title))
    }

    /// Says where words stand that were found, in the lines that follow.
    pub(super) fn say_where_found(
        &self,
        session: &mut Session<'_, '_>,
        found: &FoundWords,
    ) -> Result<(), Stop> {
        let FoundWords { offset, words, whole } = found;
        let part = if words == whole { String::new() } else { format!(", in “{whole}”") };
        let place = self.pages.line_of(*offset, words).filter(|(page, _)| *page == self.page);
        // Empty lines are not heard, and that a quote goes on is said in a line of its own.
        let heard = |line: usize| {
            let lines = self.pages.lines(self.page).iter().take(line + 1).skip(self.from);
            let above = self.pages.quote_at(self.page, self.from).is_some();
            lines.filter(|line| !line.text.is_empty()).count() + usize::from(above)
        };
        session.say(&match place.map(|(_, line)| heard(line)) {
            Some(1) => format!("“{words}” stands in the next line{part}."),
            Some(line) => {
                format!("“{words}” stands in line {line} from here{part}; empty lines are not counted.")
            }
            // A sign stands between them, or is what was found and is left out where nobody wants to hear signs.
            None => format!(
                "“{words}” stands in the passage that follows{part}, which is said with other signs or without them."
            ),
        })
    }

    /// Says to whoever goes to another page by its number or a heading which one they leave: they may want to go on there.
    pub(super) fn say_come_from(&self, session: &mut Session<'_, '_>, to: usize) -> Result<(), Stop> {
        if to == self.page { Ok(()) } else { session.say(&format!("You come from page {}.", self.page + 1)) }
    }

    /// The section that is named before a page, where one is; of words that were found, that in which they stand, which is how they
    /// were listed.
    pub(super) fn section_going_on(&self, session: &Session<'_, '_>) -> Option<Printable> {
        if let Entry::Found(found) = &self.visit.entry {
            return contents::section_at(&session.training, self.visit.text, found.offset);
        }
        self.section_of_page(session)
    }

    /// The heading of the section in whose middle the first line stands that is said.
    pub(super) fn section_of_page(&self, session: &Session<'_, '_>) -> Option<Printable> {
        let first = self.pages.lines(self.page).get(self.from)?.offset;
        let mut headings = self.document.headings().iter();
        if headings.any(|heading| self.pages.begin_of(heading.offset) == first) {
            return None;
        }
        contents::section_at(&session.training, self.visit.text, first)
    }

    /// Says to whoever begins once more what is read where in it they were last, and how they come there. Of a text that was heard to its
    /// end that is its last page, which pages of another length have in their middle.
    pub(super) fn say_where_they_were(&self, session: &mut Session<'_, '_>) -> Result<(), Stop> {
        let (training, text) = (&session.training, self.visit.text);
        if self.visit.entry != Entry::LeftOff || !training.is_read(text) {
            return Ok(());
        }
        let place = training.place(text);
        let page = self.pages.page_of(place);
        let is_last = page + 1 == self.pages.count() || self.begin_of(page + 1) >= self.document.body_end();
        if page == 0 || is_last {
            return Ok(());
        }
        let section = contents::section_at(training, text, place);
        let section = section.map_or_else(String::new, |section| format!(", in section {section}"));
        let page = page + 1;
        let were =
            words::sentence(&format!("Apart from what you looked up, you were last on page {page}{section}"));
        session.say(&format!("{were} Type page {page} to go there."))
    }

    pub(super) fn say_where(&self, session: &mut Session<'_, '_>) -> Result<(), Stop> {
        let mut words = words::sentence(&format!(
            "This is page {} of {} of {}, {}",
            self.page + 1,
            self.pages.count(),
            self.name(),
            self.lesson.title
        ));
        if let Some(sections) = self.sections_of_page() {
            let _ = write!(words, " {}", words::sentence(&sections));
        }
        let heard = session.training.frontier(self.visit.text);
        match heard.and_then(|heard| heard.minutes_left(self.document)) {
            Some(minutes) => {
                let _ = write!(words, " {} in {}.", words::capital(&minutes_left(minutes)), self.name());
            }
            None => {
                let _ = write!(words, " All of {} was read.", self.name());
            }
        }
        session.say(&words)
    }

    /// Which sections were said with the page; only that of words that were found on it, for these are where one is.
    fn sections_of_page(&self) -> Option<String> {
        let lines = self.pages.lines(self.page);
        let offset = |line: Option<&TextLine>| line.map_or(self.place, |line| line.offset);
        let (first, last) = match &self.visit.entry {
            Entry::Found(found) if self.is_said_from(found.offset) => (found.offset, found.offset),
            Entry::LeftOff
            | Entry::Heading(_)
            | Entry::Top
            | Entry::At(_)
            | Entry::Found(_)
            | Entry::Again(_)
            | Entry::Said(_) => (offset(lines.get(self.from)), offset(lines.last())),
        };
        let headings = self.document.headings();
        let section = |offset| headings.partition_point(|heading| heading.offset <= offset);
        let sections = self.heard.sections(self.document);
        // The sources behind the last section are none.
        let (first, last) = (section(first), section(last).min(sections));
        // What stands before the first heading has none.
        let first = first.max(usize::from(last > 0));
        let begins = &words::at(headings, first)?.text;
        let ends = words::at(headings, last).filter(|_| last > first);
        Some(match ends {
            Some(ends) => format!("Sections {first} to {last} of {sections}, from {begins} to {}", ends.text),
            None if first > sections => format!("{begins}, to be looked up"),
            None => format!("Section {first} of {sections}, {begins}"),
        })
    }

    /// Whether what is said of the page begins with the passage in which this place is.
    pub(super) fn is_said_from(&self, offset: usize) -> bool {
        self.pages.shows(self.page, offset) && self.pages.line_at(self.page, offset) == self.from
    }

    pub(super) fn say_headings(&self, session: &mut Session<'_, '_>) -> Result<(), Stop> {
        let count = counted(self.document.headings().len(), "heading", "headings");
        let read = self.heard.unseen().and_then(|_| self.heard.parts(self.document));
        let all = self.document.headings().len();
        let read = read.map_or_else(String::new, |parts| {
            let rest = if parts.all < all { "; sources are not counted" } else { "" };
            format!(" {parts} are read{rest}.")
        });
        session.say(&format!("This text has {count}.{read}"))?;
        for (index, heading) in self.document.headings().iter().enumerate() {
            let page = self.pages.page_of(heading.offset) + 1;
            let mut words = format!("{}. {}, page {page}", index + 1, heading.text);
            // Where nothing is left to be read, there is nothing to tell apart.
            if self.heard.unseen().is_some() {
                let read = self.heard.part(&self.document.section(index));
                let _ = write!(words, ", {}", read.words());
            }
            session.say(&words)?;
        }
        Ok(())
    }
}
