//! What every place of the conversation shares: saying, saving, and counting time.

use std::sync::Arc;

use super::command::{self, Switch};
use super::console::{Console, Heard};
use super::draft::Purpose;
use super::pages::PageSaid;
use super::sought::Sought;
use super::{Entry, Place, PlainError, Stop, Visit, words};
use crate::clock::{Calendar, Timestamp};
use crate::config::{Config, Keeper};
use crate::course::Course;
use crate::progress::{Bookmark, Change};
use crate::training::{LONGEST_PAUSE, Seen, Text, Training, Trouble, TroubleKind, World};

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
    /// The page of a text from which the learner came to the check, or to the assessment with all behind it, if they came from one.
    pub(super) before_part: Option<Visit>,
    /// What the conversation is for.
    pub(super) purpose: Purpose,
    /// The question of the assessment that was chosen in the list of all last, by its index: the way back from it leads there.
    pub(super) chosen_in_list: Option<usize>,
    /// The attempt whose result was said since the learner came.
    pub(super) result_said: Option<u32>,
    /// The attempt behind which the rules of the next one were said since then.
    pub(super) rules_said: Option<u32>,
    /// The line that was typed last.
    pub(super) typed: String,
    /// A line that is to be acted on at the next place.
    pub(super) unheard: Option<String>,
    /// Whether the line before asked for something that was heard beside the place where the learner still is.
    pub(super) heard_aside: bool,
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
            before_part: None,
            purpose: Purpose::Learn,
            chosen_in_list: None,
            result_said: None,
            rules_said: None,
            typed: String::new(),
            unheard: None,
            heard_aside: false,
            sought: None,
            taken_away: Vec::new(),
            tracked: Tracked::Nothing,
            since,
        }
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

    /// The place of the next step.
    pub(super) fn next_place(&self) -> Place {
        Place::from(self.training.next_step())
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

    /// Keeps from where the learner comes to `place`, unless they are in the same part of the course already.
    pub(super) fn comes_to(&mut self, place: &Place) {
        let Some(part) = place.answered_part() else { return };
        if self.here.answered_part() != Some(part) {
            self.before_part = match (&self.here, self.page_said()) {
                (Place::Reading(visit), Some(PageSaid { left, .. })) => {
                    Some(Visit { entry: Entry::Said(left), ..visit.clone() })
                }
                (_, _) => None,
            };
        }
    }

    /// Goes back to where the learner came from to a part of the course, and says where that is; to the contents where it was no text.
    pub(super) fn go_back(&mut self) -> Result<Stop, Stop> {
        let Some(visit) = self.before_part.take() else {
            return Ok(Stop::Back(Place::Contents));
        };
        if let Some(lesson) = self.training.text(visit.text) {
            let (which, title) = (words::text(visit.text), lesson.title.clone());
            self.say(&words::sentence(&format!("You are back in {which}, {title}")))?;
        }
        Ok(Stop::Back(Place::Reading(visit)))
    }

    /// Notes what was heard of a text. Whoever came to look something up is where they came from.
    pub(super) fn note(&mut self, text: Text, seen: Seen) -> Vec<Change> {
        let now = self.world.now();
        match &self.here {
            Place::Reading(Visit { back: Some(_), .. }) => self.training.look_up(text, seen, now),
            _ => self.training.read(text, seen, now),
        }
    }

    pub(super) fn track_nothing(&mut self) {
        self.tracked = Tracked::Nothing;
    }

    /// From now on time is spent on this page.
    pub(super) fn track_text(&mut self, page: PageSaid) {
        self.tracked = Tracked::Text(page);
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
            Tracked::Text(PageSaid { text, left_off: place, .. }) => match self.training.frontier(text) {
                Some(frontier) => self.note(text, Seen { place, frontier, active_seconds: seconds }),
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
