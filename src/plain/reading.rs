//! Reading a lesson or the policy, page by page or all at once.

mod onward;
mod signs;
mod whereabouts;

use std::sync::Arc;

use super::command::Command;
use super::pages::{Ends, PageLeft, PageSaid, Pages};
use super::session::Session;
use super::talk::{Expected, Help, Said};
use super::{Entry, FoundWords, Place, Stop, Visit, contents, links, notes, policy, result, words};
use crate::course::Lesson;
use crate::markup::{Document, Linear};
use crate::training::{Frontier, PolicyState, Seen, Text};

/// Says the text from where the learner left off, and gives where to go from its end.
pub(super) fn read(session: &mut Session<'_, '_>, visit: &Visit) -> Result<Place, Stop> {
    let read = read_pages(session, visit);
    if !matches!(read, Err(Stop::End | Stop::Fail(_))) {
        let changes = session.training.leave(visit.text);
        session.save(&changes)?;
    }
    read
}

fn read_pages(session: &mut Session<'_, '_>, visit: &Visit) -> Result<Place, Stop> {
    if let Text::Lesson(module) = visit.text {
        session.module = module;
    }
    let (Some(lesson), Some(heard)) =
        (session.training.text(visit.text).cloned(), session.training.frontier(visit.text))
    else {
        return Ok(Place::Contents);
    };
    let document = Arc::clone(&lesson.document);
    let left_off = left_off(session, visit.text);
    let offset = match &visit.entry {
        Entry::LeftOff => left_off,
        Entry::Heading(anchor) => document.heading(anchor).map_or(0, |heading| heading.offset),
        Entry::Top => 0,
        Entry::At(offset) | Entry::Found(FoundWords { offset, .. }) => *offset,
        Entry::Again(page) | Entry::Said(page) => page.place,
    };
    let mut reader = Reader::new(session, visit, &lesson, &document, heard);
    match &visit.entry {
        Entry::LeftOff => {
            reader.open_at(offset);
            reader.go_on_within_page();
        }
        Entry::Heading(_) => reader.open_from(offset),
        Entry::Found(found) => reader.open_found(found),
        Entry::Again(page) | Entry::Said(page) => reader.come_back(*page),
        Entry::Top | Entry::At(_) => reader.open_at(offset),
    }
    reader.begin(session)?;
    loop {
        let prompt = reader.prompt(session);
        let said = session.ask_beside_lesson(&prompt, Expected::Choice, Help::Reading)?;
        match reader.hear(session, said)? {
            Next::Here => {}
            Next::HereWithAside => session.heard_aside = true,
            Next::Place(place) => return Ok(place),
            Next::Back(place) => return Err(Stop::Back(place)),
        }
    }
}

/// Where to open a text; one of which all was read is opened for another look, so it begins at the top.
fn left_off(session: &Session<'_, '_>, text: Text) -> usize {
    if session.training.is_read(text) { 0 } else { contents::place_to_go_on(&session.training, text) }
}

/// Where somebody is after what they said.
enum Next {
    /// Still in the text.
    Here,
    /// Still in the text, and they heard something beside it, such as a note.
    HereWithAside,
    Place(Place),
    /// Where they came from.
    Back(Place),
}

/// Whether the pages are still those of which one was said.
#[derive(PartialEq, Eq)]
enum Fit {
    AsBefore,
    Anew,
}

/// Whether the policy can be agreed to.
enum CanAgree {
    Now,
    /// Not yet, and why.
    Later(&'static str),
}

/// Whether whoever reads the policy can agree to it now.
fn can_agree(session: &Session<'_, '_>) -> CanAgree {
    match session.training.policy_state() {
        Some(PolicyState::Locked) => CanAgree::Later(policy::LOCKED),
        Some(PolicyState::Open) if !session.training.is_read(Text::Policy) => {
            CanAgree::Later("The policy can be agreed to when all of it has been read.")
        }
        Some(PolicyState::Open | PolicyState::Agreed(_)) | None => CanAgree::Now,
    }
}

struct Reader<'a> {
    visit: &'a Visit,
    lesson: &'a Lesson,
    document: &'a Document,
    linear: Linear,
    /// How many columns the lines of the pages have.
    width: usize,
    pages: Pages,
    page: usize,
    /// The first line of the page that is said: whoever left off in its middle goes on there, and a section that is looked up is heard
    /// from its heading on.
    from: usize,
    /// Where in the source somebody is: where the page begins, or behind that where they left off in it. It is kept, so that
    /// going on in pages, which other columns and the other face do not have, leads nobody back.
    place: usize,
    /// Where the learner left off, when this visit is not to change it.
    kept: Option<usize>,
    /// How far it was heard, in the lines of these pages.
    heard: Frontier,
}

/// The text in pages of lines of `width`.
fn pages(session: &Session<'_, '_>, linear: &Linear, lesson: &Lesson, width: usize) -> Pages {
    let ends = Ends { body: lesson.document.body_end(), whole: lesson.text().len() };
    Pages::new(linear, ends, width, session.page_lines)
}

impl<'a> Reader<'a> {
    fn new(
        session: &Session<'_, '_>,
        visit: &'a Visit,
        lesson: &'a Lesson,
        document: &'a Document,
        heard: Frontier,
    ) -> Self {
        let linear = signs::said(session, lesson);
        let width = session.console.width();
        let pages = pages(session, &linear, lesson, width);
        let heard = heard.laid_out(|offset| pages.begin_of(offset));
        let kept = visit.is_to_look_up().then(|| session.training.place(visit.text));
        Self { visit, lesson, document, linear, width, pages, page: 0, from: 0, place: 0, kept, heard }
    }

    /// Opens the page on which this offset of the source stands.
    fn open_at(&mut self, offset: usize) {
        self.turn_to(self.pages.page_of(offset));
        self.place = self.place.max(offset);
    }

    /// Opens the page at this index, from its beginning.
    fn turn_to(&mut self, page: usize) {
        self.page = page;
        self.from = 0;
        self.place = self.begin_of(page);
    }

    /// Leaves out what of the page stands before the place, and was heard or seen to there.
    fn go_on_within_page(&mut self) {
        let unseen = self.heard.unseen().map_or(self.place, |unseen| unseen.offset);
        self.from = self.pages.line_at(self.page, self.place.min(unseen));
    }

    /// Opens the page with this place and leaves out what stands before it: who asked for a section, or looked for words, would hear
    /// something else first. The pages stay as they are, so that their numbers do.
    fn open_from(&mut self, offset: usize) {
        self.open_at(offset);
        self.from = self.pages.line_at(self.page, offset);
    }

    /// Opens the page on which words begin that were found, from the passage on in which they stand.
    fn open_found(&mut self, found: &FoundWords) {
        self.open_from(found.offset);
        if let Some((page, _)) =
            self.pages.line_of(found.offset, &found.words).filter(|(page, _)| *page != self.page)
        {
            self.turn_to(page);
        }
    }

    /// Opens a page as it was said.
    fn come_back(&mut self, page: PageLeft) {
        self.open_at(page.place);
        self.from = page.from.map_or(0, |from| self.pages.line_at(self.page, from));
    }

    /// Breaks the pages anew; what was being read stays in view, and what of it was left out is left out again.
    fn lay_out(&mut self, session: &Session<'_, '_>) {
        let page = self.left();
        self.width = session.console.width();
        self.linear = signs::said(session, self.lesson);
        self.pages = pages(session, &self.linear, self.lesson, self.width);
        self.come_back(page);
        self.heard = self.heard.laid_out(|offset| self.pages.begin_of(offset));
    }

    /// Breaks the pages anew if the terminal has other columns by now.
    fn fit(&mut self, session: &Session<'_, '_>) -> Fit {
        if session.console.width() == self.width {
            return Fit::AsBefore;
        }
        self.lay_out(session);
        Fit::Anew
    }

    /// Says where one is, unless that was said already.
    fn begin(&mut self, session: &mut Session<'_, '_>) -> Result<(), Stop> {
        match &self.visit.entry {
            Entry::LeftOff | Entry::Heading(_) | Entry::Top | Entry::At(_) | Entry::Again(_) => {
                self.announce(session)?;
                self.say_page(session)
            }
            Entry::Found(found) => {
                self.announce(session)?;
                self.say_where_found(session, found)?;
                self.say_page(session)
            }
            Entry::Said(_) => {
                self.track(session);
                Ok(())
            }
        }
    }

    /// Does what was said.
    fn hear(&mut self, session: &mut Session<'_, '_>, said: Said) -> Result<Next, Stop> {
        match said {
            Said::Enter | Said::Command(Command::Next) => return self.go_on(session),
            Said::Changed | Said::Repeat => {
                self.lay_out(session);
                if let Entry::Found(found) = &self.visit.entry
                    && self.is_said_from(found.offset)
                {
                    session.pause()?;
                    self.say_where_found(session, found)?;
                }
                self.say_page(session)?;
            }
            Said::Command(command) => return self.obey(session, command),
            Said::Answer(_) => session.not_here()?,
        }
        Ok(Next::Here)
    }

    /// To the next page, or the first that was passed over, or on from the end.
    fn go_on(&mut self, session: &mut Session<'_, '_>) -> Result<Next, Stop> {
        if !self.at_end() {
            self.turn_to(self.page + 1);
        } else if let Some(page) = self.passed_over() {
            self.jump_to(session, page)?;
            return Ok(Next::Here);
        } else {
            return Ok(match &self.visit.back {
                Some(back) => Next::Back((**back).clone()),
                None => Next::Place(self.onward(session)),
            });
        }
        self.say_page(session)?;
        Ok(Next::Here)
    }

    fn obey(&mut self, session: &mut Session<'_, '_>, command: Command) -> Result<Next, Stop> {
        match command {
            Command::Back if self.from > 0 => self.jump_to(session, self.page)?,
            Command::Back if self.page == 0 => session.say("This is the first page.")?,
            Command::Back => self.jump_to(session, self.page - 1)?,
            Command::Page(number) => match number.checked_sub(1).filter(|page| *page < self.pages.count()) {
                Some(page) => {
                    self.say_come_from(session, page)?;
                    self.jump_to(session, page)?;
                }
                None => session.say(&words::not_there("page", number, self.pages.count()))?,
            },
            Command::All => self.say_rest(session)?,
            Command::Read(None) => {
                self.open_at(left_off(session, self.visit.text));
                self.say_page(session)?;
            }
            Command::Where => {
                self.say_where(session)?;
                return Ok(Next::HereWithAside);
            }
            Command::Headings => {
                self.say_headings(session)?;
                return Ok(Next::HereWithAside);
            }
            Command::Heading(number) => match words::at(self.document.headings(), number) {
                Some(heading) => {
                    self.say_come_from(session, self.pages.page_of(heading.offset))?;
                    self.open_from(heading.offset);
                    self.say_page(session)?;
                }
                None => {
                    session.say(&words::not_there("heading", number, self.document.headings().len()))?;
                }
            },
            Command::Links(listed) => {
                self.say_links(session, listed)?;
                return Ok(Next::HereWithAside);
            }
            Command::Sources => {
                self.say_sources(session)?;
                return Ok(Next::HereWithAside);
            }
            Command::Address(number) => {
                links::say_address(session, &self.linear.links, number)?;
                return Ok(Next::HereWithAside);
            }
            Command::Open(number) => {
                let here = Visit { entry: Entry::Again(self.left()), ..self.visit.clone() };
                let opened = links::open(session, &self.linear.links, number, here)?;
                return Ok(opened.map_or(Next::HereWithAside, Next::Place));
            }
            Command::OpenNote(words) => {
                links::say_note(session, self.document, &self.linear, &words)?;
                return Ok(Next::HereWithAside);
            }
            Command::Return => {
                return Ok(Next::Back(self.visit.way_back().cloned().unwrap_or(Place::Contents)));
            }
            Command::ReadAgain(number) if self.visit.back.as_deref() == Some(&Place::Assessment) => {
                return Ok(result::section_of_last(session, number)?.map_or(Next::Here, Next::Place));
            }
            Command::Agree if self.visit.text == Text::Policy => match can_agree(session) {
                CanAgree::Now => return Ok(Next::Place(Place::Policy(self.visit.from.clone()))),
                CanAgree::Later(why) => session.say(why)?,
            },
            _ => session.not_here()?,
        }
        Ok(Next::Here)
    }

    fn name(&self) -> String {
        words::text(self.visit.text)
    }

    fn at_end(&self) -> bool {
        self.page + 1 >= self.pages.count()
    }

    /// Goes to a page other than the next one, and says it: in which section it begins is heard first.
    fn jump_to(&mut self, session: &mut Session<'_, '_>, page: usize) -> Result<(), Stop> {
        self.turn_to(page);
        self.fit(session);
        if let Some(section) = self.section_of_page(session) {
            session.pause()?;
            session.say(&words::sentence(&format!("In section {section}")))?;
        }
        self.say_page(session)
    }

    fn say_page(&mut self, session: &mut Session<'_, '_>) -> Result<(), Stop> {
        self.fit(session);
        session.pause()?;
        self.say_quote(session, self.page, self.from)?;
        self.say_lines(session, self.page)?;
        notes::say_on_page(session, self.visit.text, |place| self.pages.page_of(place) == self.page)?;
        self.note(session, self.page, self.page)
    }

    /// Says every page from the one behind this to the last; the present one was said already, unless it is the last or other
    /// columns gave it more.
    fn say_rest(&mut self, session: &mut Session<'_, '_>) -> Result<(), Stop> {
        let fit = self.fit(session);
        let first = self.page;
        let last = self.pages.count() - 1;
        if first == last {
            return self.say_page(session);
        }
        let from = if fit == Fit::Anew { first } else { first + 1 };
        self.from = 0;
        for page in from..=last {
            // A list is heard as one, though a page would end in it.
            if page == from || !self.pages.goes_on(page) {
                session.pause()?;
            }
            if page == from {
                self.say_quote(session, page, 0)?;
            }
            self.say_lines(session, page)?;
        }
        self.turn_to(last);
        self.note(session, from, last)
    }

    /// Says that a quote goes on at this line of a page, if one does.
    fn say_quote(&self, session: &mut Session<'_, '_>, page: usize, line: usize) -> Result<(), Stop> {
        match self.pages.quote_at(page, line) {
            Some(word) => session.say(&format!("The {} goes on:", word.to_lowercase())),
            None => Ok(()),
        }
    }

    fn say_lines(&self, session: &mut Session<'_, '_>, page: usize) -> Result<(), Stop> {
        for line in self.pages.lines(page).iter().skip(self.first_of(page)) {
            session.console.line(&line.text)?;
        }
        session.console.flush()
    }

    /// The first line that is said of a page.
    fn first_of(&self, page: usize) -> usize {
        if page == self.page { self.from } else { 0 }
    }

    /// Saves what was said, the pages from `first` to `last`; only then a text counts as read.
    fn note(&mut self, session: &mut Session<'_, '_>, first: usize, last: usize) -> Result<(), Stop> {
        let was_read = session.training.is_read(self.visit.text);
        let sight = |page| self.pages.sight_from(page, self.first_of(page));
        self.heard = (first..=last).fold(self.heard, |heard, page| heard.after(sight(page)));
        let place = self.kept.unwrap_or(self.place);
        let seen = Seen { place, frontier: self.heard, active_seconds: 0 };
        let changes = session.note(self.visit.text, seen);
        session.save(&changes)?;
        self.track(session);
        if !was_read && session.training.is_read(self.visit.text) {
            session.pause()?;
            session.say(&format!("Saved: {} counts as read.", self.name()))?;
        }
        Ok(())
    }

    /// From now on time is spent on this page.
    fn track(&self, session: &mut Session<'_, '_>) {
        session.track_text(self.page_said());
    }

    fn page_said(&self) -> PageSaid {
        PageSaid {
            text: self.visit.text,
            number: self.page + 1,
            begin: self.begin_of(self.page),
            left: self.left(),
            left_off: self.kept.unwrap_or(self.place),
            end: self.pages.end_of(self.page),
        }
    }

    /// How somebody comes back to the page as it was said.
    fn left(&self) -> PageLeft {
        let first = self.pages.lines(self.page).get(self.from).filter(|_| self.from > 0);
        PageLeft { from: first.map(|line| line.offset), place: self.place, is_looked_up: self.kept.is_some() }
    }

    /// Where in the source the page begins.
    fn begin_of(&self, page: usize) -> usize {
        self.pages.lines(page).first().map_or(0, |line| line.offset)
    }
}
