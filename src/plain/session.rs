//! What every place of the conversation shares: saying, saving, counting time, and what can be done anywhere.

use std::sync::Arc;

use super::command::{self, Command, Switch};
use super::console::{Console, Heard};
use super::finding::Sought;
use super::hearing::Said;
use super::help::{self, Help};
use super::pages::PageSaid;
use super::preview::Purpose;
use super::{Place, PlainError, Stop, Visit, contents, further, settings, welcome};
use crate::clock::{Calendar, Timestamp};
use crate::config::{Config, Keeper};
use crate::course::Course;
use crate::progress::{Bookmark, Change};
use crate::training::{LONGEST_PAUSE, Seen, Step, Text, Training, Trouble, TroubleKind, World};

/// A conversation under way.
pub(super) struct Session<'s, 'c> {
    pub(super) console: &'s mut Console<'c>,
    pub(super) world: &'s mut dyn World,
    /// What keeps settings.
    pub(super) keeper: &'s mut dyn Keeper,
    /// What is kept of them.
    pub(super) config: Config,
    pub(super) training: Training,
    /// Whether identifiers are said beside questions and options.
    pub(super) ids: Switch,
    /// The days and clocks where the learner is.
    pub(super) zone: Calendar,
    /// How many lines make a page.
    pub(super) page_lines: usize,
    /// The module that the learner was last in, for `read` and `check` without a number.
    pub(super) module: usize,
    /// Where the learner is, for the way back from a lesson.
    pub(super) here: Place,
    /// What the conversation is for.
    pub(super) purpose: Purpose,
    /// A line that is to be acted on at the next place.
    pub(super) unheard: Option<String>,
    /// What was looked for last.
    pub(super) sought: Option<Sought>,
    /// The bookmarks that were taken away since the learner came.
    pub(super) taken_away: Vec<Bookmark>,
    tracked: Tracked,
    since: Timestamp,
}

/// What the time between two lines is spent on.
#[derive(Debug, Clone, Copy)]
enum Tracked {
    Nothing,
    Text(PageSaid),
    Attempt,
}

impl<'s, 'c> Session<'s, 'c> {
    pub(super) fn new(
        console: &'s mut Console<'c>,
        world: &'s mut dyn World,
        keeper: &'s mut dyn Keeper,
        training: Training,
        zone: Calendar,
        config: Config,
    ) -> Self {
        let since = world.now();
        Self {
            console,
            world,
            keeper,
            training,
            ids: Switch::Off,
            zone,
            page_lines: usize::from(config.page_lines),
            config,
            module: 0,
            here: Place::Contents,
            purpose: Purpose::Learn,
            unheard: None,
            sought: None,
            taken_away: Vec::new(),
            tracked: Tracked::Nothing,
            since,
        }
    }

    /// Begins a run if there is none, says what is new, and gives the first place.
    pub(super) fn begin(&mut self, first: bool) -> Result<Place, Stop> {
        let now = self.world.now();
        let changes = self.training.begin(now);
        self.save(&changes)?;
        if !first {
            let greeting = format!("Welcome back, {}.", self.training.learner().person.name);
            self.say(&greeting)?;
        }
        let elsewhere = further::decide(self)?;
        contents::say_news(self)?;
        Ok(elsewhere.unwrap_or(Place::Contents))
    }

    /// The course version in force. Held apart from the training, so that both can be used at once.
    pub(super) fn course(&self) -> Arc<Course> {
        Arc::clone(self.training.course())
    }

    pub(super) fn say(&mut self, text: &str) -> Result<(), Stop> {
        self.console.say(text)
    }

    pub(super) fn pause(&mut self) -> Result<(), Stop> {
        self.console.pause()
    }

    /// Whether the course is begun anew from here.
    pub(super) fn can_be_taken_again(&self) -> bool {
        match self.here {
            Place::Certificate => true,
            Place::Contents => self.training.completion().is_some(),
            Place::Sign => self.training.outgrew_its_record(),
            Place::Reading(_) | Place::Check(_) | Place::Answered(..) | Place::Assessment | Place::Policy => {
                false
            }
        }
    }

    /// Does what can be done anywhere; `None` when it is done and the question stands as before.
    pub(super) fn obey(&mut self, command: Command, help: Help) -> Result<Option<Said>, Stop> {
        match command {
            Command::Help => help::say(self, help)?,
            Command::HelpAll => help::say_all(self, help)?,
            // Where it does not begin the course anew, it asks to hear something again.
            Command::Again if !self.can_be_taken_again() => return Ok(Some(Said::Repeat)),
            Command::Sign if self.here != Place::Sign => return self.go_to_sign().map(|()| None),
            Command::List => return self.list(),
            Command::Where if matches!(self.here, Place::Reading(_)) => {
                return Ok(Some(Said::Command(command)));
            }
            Command::Status | Command::Where => contents::say_status(self)?,
            Command::Quit => return Err(Stop::Quit),
            Command::Contents => return Err(Stop::Go(Place::Contents)),
            Command::Assessment => return Err(Stop::Go(Place::Assessment)),
            Command::Export if self.here != Place::Certificate => {
                return self.do_there("export").map(|()| None);
            }
            Command::Verify if self.here != Place::Certificate => {
                return self.do_there("verify").map(|()| None);
            }
            Command::Certificate => return self.go_to_certificate().map(|()| None),
            Command::Policy => return self.go_to_policy().map(|()| None),
            Command::Read(number) => return self.go_to_lesson(number).map(|()| None),
            Command::Check(number) => return self.go_to_check(number).map(|()| None),
            Command::Ids(switch) => {
                self.ids = switch;
                self.say(match switch {
                    Switch::On => "Identifiers are said beside questions and options from now on.",
                    Switch::Off => "Identifiers are no longer said.",
                })?;
                // What has none is not said again for it.
                let has_some = matches!(self.here, Place::Check(_) | Place::Answered(..) | Place::Assessment);
                return Ok(has_some.then_some(Said::Changed));
            }
            Command::Width(width) => {
                self.console.say_width(width)?;
                return Ok(Some(Said::Changed));
            }
            Command::Lines(lines) => {
                self.page_lines = lines.clamp(1, 1000);
                self.say(&format!("A page has at most {} lines from now on.", self.page_lines))?;
                return Ok(Some(Said::Changed));
            }
            Command::Search(words) => self.search(&words)?,
            Command::Found(number) => self.go_to_found(number)?,
            Command::Settings => settings::say(self)?,
            Command::Correct => {
                welcome::correct(self)?;
                return Ok(Some(Said::Changed));
            }
            Command::Set(wish) => {
                settings::change(self, wish)?;
                return Ok(Some(Said::Changed));
            }
            Command::Repeat => return Ok(Some(Said::Repeat)),
            Command::Next
            | Command::Back
            | Command::All
            | Command::Page(_)
            | Command::Headings
            | Command::Heading(_)
            | Command::Links
            | Command::Open(_)
            | Command::OpenNote(_)
            | Command::Address(_)
            | Command::Return
            | Command::Why
            | Command::Retry
            | Command::Review
            | Command::Start
            | Command::Flag
            | Command::Go(_)
            | Command::Gap(_)
            | Command::Clear
            | Command::Submit
            | Command::SubmitAgain
            | Command::Agree
            | Command::Sign
            | Command::Export
            | Command::Verify
            | Command::Again => return Ok(Some(Said::Command(command))),
        }
        Ok(None)
    }

    /// The list of what there is: in an attempt its questions, elsewhere the contents.
    fn list(&self) -> Result<Option<Said>, Stop> {
        match self.here {
            Place::Assessment | Place::Check(_) | Place::Answered(..) => {
                Ok(Some(Said::Command(Command::List)))
            }
            Place::Contents => Ok(Some(Said::Repeat)),
            Place::Reading(_) | Place::Policy | Place::Sign | Place::Certificate => {
                Err(Stop::Go(Place::Contents))
            }
        }
    }

    fn go_to_lesson(&mut self, number: Option<usize>) -> Result<(), Stop> {
        let count = self.training.course().modules.len();
        let module = number.map_or(self.module, |number| number - 1);
        if module < count {
            let back = match &self.here {
                Place::Check(_) | Place::Answered(..) | Place::Assessment | Place::Policy => {
                    Some(Box::new(self.here.clone()))
                }
                Place::Contents | Place::Reading(_) | Place::Sign | Place::Certificate => None,
            };
            let visit = Visit { back, ..Visit::to(Text::Lesson(module)) };
            return Err(Stop::Go(Place::Reading(visit)));
        }
        self.say(&format!("There is no lesson {}. The course has lessons 1 to {count}.", module + 1))
    }

    fn go_to_check(&mut self, number: Option<usize>) -> Result<(), Stop> {
        let course = self.course();
        let module = number.map_or(self.module, |number| number - 1);
        match course.modules.get(module) {
            Some(found) if found.check.is_some() => Err(Stop::Go(Place::Check(module))),
            Some(_) => self.say(&format!("Lesson {} has no knowledge check.", module + 1)),
            None => self.say(&format!(
                "There is no check {}. The course has lessons 1 to {}.",
                module + 1,
                course.modules.len()
            )),
        }
    }

    fn go_to_policy(&mut self) -> Result<(), Stop> {
        match self.training.policy() {
            Some(_) => Err(Stop::Go(Place::Policy)),
            None => self.say("This course has no policy to agree to."),
        }
    }

    fn go_to_sign(&mut self) -> Result<(), Stop> {
        match self.training.next_step() {
            Step::Sign | Step::Certificate => Err(Stop::Go(Place::Sign)),
            Step::Lesson(_) | Step::Check(_) | Step::Assessment | Step::Policy => self.say_nothing_to_sign(),
        }
    }

    fn go_to_certificate(&mut self) -> Result<(), Stop> {
        if self.training.certificate().is_some() {
            return Err(Stop::Go(Place::Certificate));
        }
        self.say(&format!("There is no certificate yet. What comes first: {}.", contents::next_deed(self)))
    }

    /// Goes to the certificate, once there is one, and does there what was typed.
    fn do_there(&mut self, typed: &str) -> Result<(), Stop> {
        if self.training.certificate().is_some() {
            self.unheard = Some(typed.to_owned());
        }
        self.go_to_certificate()
    }

    /// Says why nothing can be signed, and what comes first.
    pub(super) fn say_nothing_to_sign(&mut self) -> Result<(), Stop> {
        if self.training.next_step() == Step::Sign {
            return self.say(
                "Nothing can be signed: an attempt rests on a version of the course that is not here any more. Ask whoever \
                 gave you the course for that version.",
            );
        }
        self.say(&format!("There is nothing to sign yet. What comes first: {}.", contents::next_deed(self)))
    }

    /// What to say when a line fits neither the place nor any command.
    pub(super) fn not_here(&mut self) -> Result<(), Stop> {
        self.say("That does nothing here. Type help to hear what can be typed.")
    }

    /// The place of the next step.
    pub(super) fn next_place(&self) -> Place {
        match self.training.next_step() {
            Step::Lesson(module) => Place::Reading(Visit::to(Text::Lesson(module))),
            Step::Check(module) => Place::Check(module),
            Step::Assessment => Place::Assessment,
            Step::Policy => Place::Policy,
            Step::Sign => Place::Sign,
            Step::Certificate => Place::Certificate,
        }
    }

    /// Saves changes before anything is said about them. When it returns, they are safe.
    pub(super) fn save(&mut self, changes: &[Change]) -> Result<(), Stop> {
        if changes.is_empty() {
            return Ok(());
        }
        loop {
            let trouble = match self.world.save(changes) {
                Ok(()) => return Ok(()),
                Err(trouble) => trouble,
            };
            self.pause()?;
            match trouble.kind {
                TroubleKind::Conflict => {
                    self.say(&format!("Not saved: {}.", trouble.message))?;
                    return Err(self.reload());
                }
                TroubleKind::Passphrase | TroubleKind::Other => self.try_again(&trouble)?,
            }
        }
    }

    /// Says what went wrong and waits until the learner wants to try again. Leaving gives up what was not saved.
    fn try_again(&mut self, trouble: &Trouble) -> Result<(), Stop> {
        self.console.say_trouble("Not saved", trouble)?;
        loop {
            self.say("Press Enter to try again. Type quit to leave without it.")?;
            match self.console.hear()? {
                Heard::Line(line) if line.is_empty() => return Ok(()),
                Heard::Line(line) if command::is_quit(&line) => {
                    return Err(PlainError::NotSaved(trouble.clone()).into());
                }
                Heard::Line(_) | Heard::Unusable(_) => {}
                Heard::End => return Err(PlainError::NotSaved(trouble.clone()).into()),
            }
        }
    }

    /// Takes over what another running copy saved and goes on from there.
    fn reload(&mut self) -> Stop {
        self.track_nothing();
        loop {
            let trouble = match self.world.reload() {
                Ok(training) => {
                    self.training = training.reloaded_after(&self.training);
                    let said = self.say("Another running copy was first. What it saved is shown now.");
                    return said.err().unwrap_or(Stop::Go(Place::Contents));
                }
                Err(trouble) => trouble,
            };
            if let Err(stop) = self.try_again(&trouble) {
                return stop;
            }
        }
    }

    /// The page that was said last, while a text is read.
    pub(super) fn page_said(&self) -> Option<PageSaid> {
        match self.tracked {
            Tracked::Text(page) => Some(page),
            Tracked::Nothing | Tracked::Attempt => None,
        }
    }

    /// Where in the text that is read the page begins that was said last.
    pub(super) fn said_to(&self) -> Option<usize> {
        self.page_said().map(|page| page.place)
    }

    pub(super) fn track_nothing(&mut self) {
        self.tracked = Tracked::Nothing;
    }

    /// From now on time is spent on this text.
    pub(super) fn track_text(&mut self, text: Text, place: usize, end: usize) {
        self.tracked = Tracked::Text(PageSaid { text, place, end });
        self.since = self.world.now();
    }

    /// From now on time is spent on the attempt under way.
    pub(super) fn track_attempt(&mut self) {
        if !matches!(self.tracked, Tracked::Attempt) {
            self.tracked = Tracked::Attempt;
            self.since = self.world.now();
        }
    }

    /// Adds the time since the last line to what it was spent on.
    pub(super) fn count_time(&mut self) -> Result<(), Stop> {
        let now = self.world.now();
        let seconds = now.seconds_since(self.since).min(LONGEST_PAUSE);
        self.since = now;
        if seconds == 0 {
            return Ok(());
        }
        let changes = match self.tracked {
            Tracked::Nothing => Vec::new(),
            Tracked::Text(PageSaid { text, place, .. }) => match self.training.frontier(text) {
                Some(frontier) => {
                    self.training.read(text, Seen { place, frontier, active_seconds: seconds }, now)
                }
                None => Vec::new(),
            },
            Tracked::Attempt => {
                let current = self.training.attempt().map(|(attempt, _)| attempt.current);
                current.map_or_else(Vec::new, |current| self.training.go_to(current, seconds))
            }
        };
        self.save(&changes)
    }
}
