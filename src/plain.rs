//! The linear face: append-only lines for screen readers, braille displays, dumb terminals and pipes.
//!
//! It says whole lines and hears whole lines; it never moves the cursor, draws a box, sets a colour or waits for a
//! clock. Everything that counts goes through [`Training`], so the record is the same as that of the full-screen face.

mod answer;
mod anywhere;
mod assessment;
mod certainty;
mod certificate;
mod check;
mod command;
mod console;
mod contents;
mod draft;
mod elsewhere;
mod finding;
mod further;
mod glossary;
mod hearing;
mod help;
mod here;
mod key;
mod links;
mod notes;
mod pages;
mod place;
mod policy;
mod preview;
mod question;
mod reading;
mod result;
mod review;
mod session;
mod settings;
mod sought;
mod sources;
mod talk;
mod typed;
mod welcome;
mod words;
pub(crate) mod wrap;

use std::fmt;
use std::io::{self, BufRead, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::clock::Calendar;
use crate::config::{Config, Keeper};
use crate::course::Course;
use crate::progress::Person;
use crate::training::{Edition, Learner, Training, Trouble, World};

use console::Console;
use place::{AnsweredPart, Answers, Arrival, Entry, FoundWords, Greeted, Place, Visit};
use session::Session;

/// Said to whoever leaves.
const FAREWELL: &str = "Everything said to be saved is safe. Goodbye.";

/// Said to whoever leaves before anything was kept.
const NOTHING_KEPT: &str = "Nothing was kept. Goodbye.";

/// What is said to whoever leaves, also by others than the conversation, which may be interrupted at any moment.
#[derive(Debug, Clone, Default)]
pub struct Farewell {
    something_is_kept: Arc<AtomicBool>,
}

impl Farewell {
    /// The words for now.
    #[must_use]
    pub fn words(&self) -> &'static str {
        if self.something_is_kept.load(Ordering::Relaxed) { FAREWELL } else { NOTHING_KEPT }
    }

    fn something_is_kept(&self) {
        self.something_is_kept.store(true, Ordering::Relaxed);
    }
}

/// Said to whoever leaves a preview.
pub const PREVIEW_FAREWELL: &str = "Nothing of this preview was saved. Goodbye.";

/// Said to whoever wanted to go to the shell and cannot.
pub const NO_SHELL: &str = "There is no shell to go back to, so this goes on. To leave, type quit.";

/// How many columns a line may have.
#[derive(Debug, Clone, Copy)]
pub struct Width {
    /// How many are wanted.
    wanted: usize,
    fit: Fit,
    /// How many the terminal has now; `None` where there is none.
    terminal: fn() -> Option<usize>,
}

/// Whether lines keep to the columns of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    /// They have as many as are wanted, however many the terminal has.
    Whatever,
    /// They have no more than the terminal has while something is said.
    ToTerminal,
}

impl Width {
    /// So many, however many the terminal has. `terminal` tells that, for whoever asks for another width later; `None` where
    /// there is none.
    #[must_use]
    pub fn fixed(columns: usize, terminal: fn() -> Option<usize>) -> Self {
        Self { wanted: columns, fit: Fit::Whatever, terminal }
    }

    /// At most so many, and no more than the terminal has while something is said.
    #[must_use]
    pub fn at_most(most: usize, terminal: fn() -> Option<usize>) -> Self {
        Self { wanted: most, fit: Fit::ToTerminal, terminal }
    }

    /// How many columns a line has now.
    fn columns(self) -> usize {
        match self.fit {
            Fit::Whatever => self.wanted,
            Fit::ToTerminal => (self.terminal)().map_or(self.wanted, |columns| columns.min(self.wanted)),
        }
    }

    /// The same, but so many columns, however many the terminal has.
    fn with_fixed(self, columns: usize) -> Self {
        Self::fixed(columns, self.terminal)
    }

    /// The same, but as wide as that where the terminal has so many columns.
    fn with_most(self, most: usize) -> Self {
        Self::at_most(most, self.terminal)
    }
}

/// Where the conversation begins.
#[derive(Debug, Clone)]
pub struct Start {
    /// What the learner has done so far; `None` on the very first start, when they are asked who they are.
    pub training: Option<Training>,
    /// The course.
    pub course: Arc<Course>,
    /// Who is probably learning it, as far as anybody knows: Enter takes it over.
    pub expected: Option<Person>,
    /// To be said once, such as that a damaged file was set aside. The texts may hold anything.
    pub notices: Vec<String>,
    /// The days and clocks where the learner is.
    pub zone: Calendar,
    /// What the learner wants.
    pub config: Config,
    /// How many columns a line may have.
    pub width: Width,
    /// What starts the other face, where there can be one.
    pub other_face: Option<String>,
    /// What is said at the end.
    pub farewell: Farewell,
}

/// How the conversation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The learner quit. Everything is saved.
    Quit,
    /// The input ended. Everything is saved.
    InputEnded,
}

/// Why the conversation broke off.
#[derive(Debug)]
pub enum PlainError {
    /// The input could not be read.
    Input(io::Error),
    /// The output could not be written.
    Output(io::Error),
    /// The learner left, or the input ended, while something could not be saved.
    NotSaved(Trouble),
}

impl fmt::Display for PlainError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(_) => f.write_str("cannot read what is typed"),
            Self::Output(_) => f.write_str("cannot write to the terminal"),
            Self::NotSaved(_) => f.write_str("the last step was not saved"),
        }
    }
}

impl std::error::Error for PlainError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Input(error) | Self::Output(error) => Some(error),
            Self::NotSaved(trouble) => Some(trouble),
        }
    }
}

/// Why a place is left other than by its own last line.
#[derive(Debug)]
enum Stop {
    /// The learner wants to be elsewhere.
    Go(Place),
    /// The learner goes back to where they came from: they know how it is there.
    Back(Place),
    /// The learner quits.
    Quit,
    /// The input has ended.
    End,
    /// Nothing works any more.
    Fail(PlainError),
}

impl From<PlainError> for Stop {
    fn from(error: PlainError) -> Self {
        Self::Fail(error)
    }
}

/// Leads a learner through the course until they quit or the input ends.
///
/// # Errors
/// When input or output break, or the learner left while something could not be saved. Nothing that was said to be
/// saved is lost then.
pub fn run(
    input: &mut dyn BufRead,
    output: &mut dyn Write,
    world: &mut dyn World,
    keeper: &mut dyn Keeper,
    start: Start,
) -> Result<Ended, PlainError> {
    let mut console = Console::new(input, output, start.width);
    console.know(&world.places(), keeper.place());
    let farewell = start.farewell.clone();
    let stop = converse(&mut console, world, keeper, start);
    end(&mut console, stop, farewell.words())
}

/// What a preview begins with.
#[derive(Debug, Clone)]
pub struct PreviewStart {
    /// The made-up learner.
    pub learner: Learner,
    /// The course, or what is wrong with it.
    pub edition: Edition,
    /// The days and clocks where the learner is.
    pub zone: Calendar,
    /// What the trainer wants.
    pub config: Config,
    /// How many columns a line may have.
    pub width: Width,
}

/// Leads a trainer, who looks at a course while writing it, until they quit or the input ends.
///
/// # Errors
/// When input or output break.
pub fn preview(
    input: &mut dyn BufRead,
    output: &mut dyn Write,
    world: &mut dyn World,
    keeper: &mut dyn Keeper,
    start: PreviewStart,
) -> Result<Ended, PlainError> {
    let mut console = Console::new(input, output, start.width);
    console.know(&world.places(), keeper.place());
    preview::converse(&mut console, world, keeper, start)
}

/// Says goodbye.
fn end(console: &mut Console<'_>, stop: Stop, words: &str) -> Result<Ended, PlainError> {
    let (ended, words) = match stop {
        Stop::Fail(error) => return Err(error),
        Stop::End => (Ended::InputEnded, format!("The input has ended. {words}")),
        Stop::Quit | Stop::Go(_) | Stop::Back(_) => (Ended::Quit, words.to_owned()),
    };
    let farewell = console.pause().and_then(|()| console.say(&words));
    match farewell {
        Err(Stop::Fail(error)) => Err(error),
        Ok(()) | Err(Stop::Go(_) | Stop::Back(_) | Stop::Quit | Stop::End) => Ok(ended),
    }
}

fn converse(console: &mut Console<'_>, world: &mut dyn World, keeper: &mut dyn Keeper, start: Start) -> Stop {
    let first = start.training.is_none();
    for notice in &start.notices {
        if let Err(stop) = console.say(notice).and_then(|()| console.pause()) {
            return stop;
        }
    }
    if let Some(command) = start.other_face {
        let words = "You take the course line by line. For the full screen, type quit, then:";
        if let Err(stop) = console.say_whole(words, &command).and_then(|()| console.pause()) {
            return stop;
        }
    }
    let training = match start.training {
        Some(training) => training,
        None => match welcome::introduce(console, world, &start.course, start.expected.as_ref()) {
            Ok(training) => training,
            Err(stop) => return stop,
        },
    };
    start.farewell.something_is_kept();
    let greeted = if first { Greeted::Not } else { Greeted::Back };
    let greeting =
        (!first).then(|| words::sentence(&format!("Welcome back, {}", training.learner().person.name)));
    let mut session = Session::new(console, world, keeper, training, start.zone, start.config);
    let place = match begin(&mut session, greeting.as_deref()) {
        Ok(place) | Err(Stop::Go(place)) => place,
        Err(stop) => return stop,
    };
    go_on(&mut session, place, greeted)
}

/// Begins a run if there is none, greets, says what is new, and gives the first place.
fn begin(session: &mut Session<'_, '_>, greeting: Option<&str>) -> Result<Place, Stop> {
    let changes = session.training.begin(session.world.now());
    session.save(&changes)?;
    if let Some(greeting) = greeting {
        session.say(greeting)?;
    }
    let elsewhere = further::decide(session)?;
    contents::say_news(session)?;
    Ok(elsewhere.unwrap_or(Place::Contents))
}

/// Goes from place to place.
fn go_on(session: &mut Session<'_, '_>, mut place: Place, greeted: Greeted) -> Stop {
    let (mut arrival, mut greeted) = (Arrival::Anew, greeted);
    loop {
        let greeted = std::mem::replace(&mut greeted, Greeted::Not);
        session.track_nothing();
        session.heard_aside = false;
        session.here = place.clone();
        let next = match place {
            Place::Contents => contents::show(session, arrival, greeted),
            Place::Reading(visit) => reading::read(session, &visit),
            Place::Check(module) => check::take(session, module),
            Place::Answered(module, question) => check::hear_answer_again(session, module, question),
            Place::Review(Answers::Check(module), number) => check::look_back(session, module, number),
            Place::Review(Answers::Attempt(attempt), number) => result::look_back(session, attempt, number),
            Place::Assessment => assessment::take(session, arrival),
            Place::List => assessment::at_list(session, arrival),
            Place::Policy(back) => policy::agree(session, back),
            Place::Sign => certificate::sign(session),
            Place::Certificate => certificate::show(session, arrival),
        };
        (place, arrival) = match next {
            Ok(next) | Err(Stop::Go(next)) => (next, Arrival::Anew),
            Err(Stop::Back(next)) => (next, Arrival::Back),
            Err(stop) => return stop,
        };
        if arrival == Arrival::Anew {
            session.comes_to(&place);
        }
    }
}
