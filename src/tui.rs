//! The full-screen face: a model, what messages do to it, how it is drawn, and the loop that runs it.
//!
//! [`run::run`] takes any ratatui backend, any [`run::Session`] of events and any [`run::Face`], so one process can serve many
//! learners; [`terminal`] is the session on the terminal of this process, and [`learner`] the face of whoever learns.

mod areas;
mod cells;
#[cfg(test)]
mod colour_alone;
pub mod copied;
#[cfg(test)]
mod cursor;
pub mod edit;
pub mod effect;
mod everywhere;
pub mod hr;
pub mod hyperlinks;
pub mod keymap;
pub mod learner;
pub mod message;
pub mod model;
pub mod modes;
#[cfg(test)]
mod mouse_alone;
pub mod overlay;
pub mod pane;
#[cfg(test)]
mod pasted;
pub mod pictures;
pub mod preferences;
pub mod preview;
pub mod run;
pub mod screens;
pub mod settings;
mod sgr;
pub mod still;
pub mod tables;
pub mod terminal;
#[cfg(test)]
pub(crate) mod testing;
pub mod theme;
pub mod widgets;

use std::fmt;
use std::io::{self, Write as _};
use std::sync::{Arc, OnceLock};

use ratatui::layout::Size;

use crate::clock::{Calendar, Timestamp};
use crate::config::{Config, Keeper, Pictures};
use crate::course::Course;
use crate::picture::Pixels;
use crate::printable::Printable;
use crate::progress::Person;
use crate::training::{Places, Training, World};
use effect::Effect;
use hyperlinks::Hyperlinks;
use keymap::Keymap;
use learner::{Before, Learner, Owed, Rest};
use model::Model;
use modes::Modes;
use pictures::{Gallery, Shelf, Studio, Surroundings, is_to_be_asked, manner};
use preview::PreviewStart;
use run::{Ending, Face, RunError, Session as _};
use settings::Settings;
use still::Still;
use terminal::{Bell, OpenError, ProcessSession};
use theme::Device;

/// What a face begins with.
#[derive(Debug)]
pub struct Start {
    /// What the learner has done; `None` at the first start.
    pub training: Option<Training>,
    /// What is to be learned.
    pub course: Arc<Course>,
    /// Who is probably learning it, as far as anybody knows.
    pub expected: Option<Person>,
    /// To be said once, such as that a damaged file was set aside. The texts may hold anything.
    pub notices: Vec<String>,
}

/// How the learner wants it.
#[derive(Debug, Clone)]
pub struct Options {
    /// What is kept of that.
    pub config: Config,
    /// Which keys are others: what can be had of those in `config`.
    pub keymap: Keymap,
    /// What is known of the terminal for text and colours.
    pub device: Device,
    /// The days and clocks where the learner is.
    pub zone: Calendar,
    /// Whether the terminal takes links (OSC 8).
    pub links: Links,
    /// What the terminal says about itself, which tells how it can show pictures.
    pub surroundings: Surroundings,
    /// The command that opens the same line by line.
    pub line_by_line: String,
}

/// Whether a terminal takes links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Links {
    /// It takes them, or passes over them.
    Taken,
    /// It would print them as rubbish.
    Garbled,
}

impl Options {
    /// How somebody without settings has it who opens the bundled course on such a terminal, if that says nothing about itself.
    #[must_use]
    pub fn new(device: Device, zone: Calendar) -> Self {
        Self {
            config: Config::default(),
            keymap: Keymap::default(),
            device,
            zone,
            links: Links::Garbled,
            surroundings: Surroundings::default(),
            line_by_line: "countersign --plain".to_owned(),
        }
    }

    /// All of it that says how things look at `now`, as one text: where it is the same, and nothing else but the time has changed, so is
    /// what is drawn.
    #[must_use]
    pub fn look(&self, now: Timestamp) -> String {
        // The keymap is what `config` says.
        let Self { config, keymap: _, device, zone, links, surroundings, line_by_line } = self;
        let (offset, pictures) = (zone.offset(now), manner(config.pictures, surroundings, None));
        format!("{config:?} {device:?} {offset} {links:?} {pictures:?} {line_by_line:?}")
    }
}

/// How it ended.
#[derive(Debug)]
pub struct Ended {
    /// What is to be said on the normal screen. The texts may hold anything.
    pub lines: Vec<String>,
    /// As it was last.
    pub window: Window,
    /// What ends the program if it goes on for too long after it was asked to end, and how it is to end.
    last: Option<(ProcessSession, Ending)>,
}

impl Ended {
    /// Ends the process the way that a signal, or the closing of the terminal, would have ended it without us, if one of them did.
    pub fn pass_on(&mut self) {
        if let Some((session, ending)) = self.last.take() {
            session.die_of(ending);
        }
    }

    fn passed_on(mut self) -> Self {
        self.pass_on();
        self
    }
}

/// How large a terminal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// In cells.
    pub size: Size,
    /// How many pixels a cell has, if anybody knows.
    pub cell: Option<Pixels>,
}

impl Window {
    /// That of the terminal of this process.
    ///
    /// # Errors
    /// When it does not say how large it is.
    pub fn present() -> io::Result<Self> {
        Ok(Self { size: terminal::size()?, cell: terminal::cell_size() })
    }
}

/// Why the face could not go on. Everything that was shown as done is saved.
#[derive(Debug)]
pub enum TuiError {
    /// There is no terminal, or it cannot be set up.
    Open(OpenError),
    /// The terminal failed on the way.
    Terminal(io::Error),
    /// Another thread of the program panicked; it has said so itself.
    Broken,
}

impl fmt::Display for TuiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Open(_) => "the terminal cannot be used",
            Self::Terminal(_) => "the terminal failed",
            Self::Broken => "a part of the program broke down",
        })
    }
}

impl std::error::Error for TuiError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Open(error) => Some(error),
            Self::Terminal(error) => Some(error),
            Self::Broken => None,
        }
    }
}

/// Runs the face on the terminal of this process until the learner leaves, or it is ended, which is to be passed on, see
/// [`Ended::pass_on`]. Whenever the learner rests after something was saved, `rest` is called.
///
/// # Errors
/// When there is no terminal, it fails, or another thread panicked.
pub fn run(
    start: Start,
    world: &mut dyn World,
    keeper: &mut dyn Keeper,
    options: Options,
    canvas: Canvas,
    screen: terminal::Screen,
    rest: &dyn Fn(),
) -> Result<Ended, TuiError> {
    let open = |settings, size, now| Model::open(start, settings, size, now);
    let stage = Stage::open(canvas, screen)?;
    // Who sees a frame at once needs no other one yet.
    let rest = Rest { begin: rest, is_due: stage.shown.is_none() };
    show(world, keeper, options, stage, open, drop, Some(rest))
}

/// What [`run()`] would show first, in such a window and in places like these, and until when, as far as anybody looked; `None` when
/// something is to be done first, or the screen changes by itself.
#[must_use]
pub fn first_frame(
    window: Window,
    start: Start,
    options: &Options,
    places: Places,
    now: Timestamp,
) -> Option<(Still, Timestamp)> {
    let Window { size, cell } = window;
    let mut settings = settings_beforehand(options, places);
    let surroundings = options.surroundings.clone();
    settings.open_studio(studio(surroundings, Arc::default(), Shelf::default(), move || cell, || ()));
    let (mut model, effects) = Model::open(start, settings, size, now);
    if !effects.iter().all(Effect::is_visit) {
        return None;
    }
    // What comes of that is done when it is shown in earnest.
    let _ = model.prepare(size);
    let still = model.still()?;
    // What is due today is overdue tomorrow. What looks the same at both ends does so in between.
    let later = LOOKED_AHEAD.iter().map(|hours| now.plus_seconds(hours * 60 * 60));
    let same = later.take_while(|then| {
        model.set_now(*then);
        model.still().as_ref() == Some(&still)
    });
    let until = same.last().unwrap_or(now);
    Some((still, until))
}

/// What [`run()`] would show first to somebody who was never here: the form, with the title of the course and whoever is expected.
#[must_use]
pub fn first_form(
    window: Window,
    course: &str,
    expected: Option<&Person>,
    options: &Options,
    places: Places,
    now: Timestamp,
) -> Option<Still> {
    let mut model = Model::welcome(settings_beforehand(options, places), course, expected, now);
    model.resize(window.size);
    model.still()
}

/// Settings for a frame that is drawn before there is a screen.
fn settings_beforehand(options: &Options, places: Places) -> Settings {
    let links = matches!(options.links, Links::Taken).then(Hyperlinks::default);
    Settings::new(options, places, links)
}

/// After so many hours it is looked whether the first frame is still the same: within a day, after a day, a week and a month.
const LOOKED_AHEAD: [u64; 5] = [1, 8, 24, 168, 720];

/// Runs the face for a trainer who looks at a course while writing it. Whoever rings the bell that `listen` is given makes
/// the face ask its world for the next edition. What ended it ends the process, see [`Ended::pass_on`].
///
/// # Errors
/// When there is no terminal, it fails, or another thread panicked.
pub fn preview(
    start: PreviewStart,
    world: &mut dyn World,
    keeper: &mut dyn Keeper,
    options: Options,
    listen: impl FnOnce(Bell),
) -> Result<Ended, TuiError> {
    let stage = Stage::prepare(&options)?;
    let open = |settings, _: Size, now| Model::open_preview(start, settings, now);
    show(world, keeper, options, stage, open, listen, None).map(Ended::passed_on)
}

fn show(
    world: &mut dyn World,
    keeper: &mut dyn Keeper,
    options: Options,
    mut stage: Stage,
    open: impl FnOnce(Settings, Size, Timestamp) -> (Model, Vec<Effect>),
    listen: impl FnOnce(Bell),
    rest: Option<Rest<'_>>,
) -> Result<Ended, TuiError> {
    let mut settings = Settings::new(&options, world.places(), stage.links());
    settings.open_studio(stage.studio(options.surroundings, settings.config.pictures));
    let size = stage.terminal.size().map_err(TuiError::Terminal)?;
    let (mut model, mut effects) = open(settings, size, world.now());
    listen(stage.bell());
    let before = stage.before(&mut model, &mut effects).map_err(TuiError::Terminal)?;
    let (waiting, once_drawn) = (effects.into(), Owed::default());
    let mut learner = Learner { world, keeper, model: &mut model, waiting, once_drawn, before, rest };
    let outcome = stage.run(&mut learner);
    stage.close(outcome, model.last_lines(), &[])
}

/// The terminal that was found, with what a face makes known to it: links and pictures.
#[derive(Debug)]
pub struct Canvas {
    found: terminal::Found,
    known: Option<Hyperlinks>,
    shelf: Shelf,
}

impl Canvas {
    /// Looks for the terminal, which will be used as `options` want it. If there is a `still` that fits it, it is taken over to show that
    /// at once; otherwise nothing of it changes.
    ///
    /// # Errors
    /// When there is no terminal, or it cannot be set up.
    pub fn prepare(options: &Options, still: Option<Still>) -> Result<Self, TuiError> {
        let (known, shelf) = (Hyperlinks::default(), Shelf::default());
        let modes = Modes::of(&options.config, options.device);
        let found = terminal::find(known.clone(), shelf.clone(), modes, still).map_err(TuiError::Open)?;
        let known = match options.links {
            Links::Taken => Some(known),
            Links::Garbled => None,
        };
        Ok(Self { found, known, shelf })
    }

    /// Makes what frames are drawn with; any thread may do it.
    ///
    /// # Errors
    /// When the terminal does not say how large it is.
    pub fn screen(&self) -> Result<terminal::Screen, TuiError> {
        self.found.screen().map_err(TuiError::Terminal)
    }

    /// Whether the terminal is ours already, to show something.
    #[must_use]
    pub fn is_shown(&self) -> bool {
        self.found.is_taken()
    }

    /// Says this on the last row of what is shown already, if something is, until the face begins.
    ///
    /// # Errors
    /// When the terminal does not take it.
    pub fn say(&self, screen: &mut terminal::Screen, words: &str) -> Result<(), TuiError> {
        self.found.say(screen, words).map_err(TuiError::Terminal)
    }
}

/// The terminal of this process with what a face runs on.
struct Stage {
    terminal: terminal::Screen,
    session: ProcessSession,
    known: Option<Hyperlinks>,
    shelf: Shelf,
    /// What is on it before the face is.
    shown: Option<Still>,
    cell: Option<Pixels>,
}

impl Stage {
    fn prepare(options: &Options) -> Result<Self, TuiError> {
        let canvas = Canvas::prepare(options, None)?;
        let screen = canvas.screen()?;
        Self::open(canvas, screen)
    }

    fn open(canvas: Canvas, mut terminal: terminal::Screen) -> Result<Self, TuiError> {
        let Canvas { found, known, shelf } = canvas;
        let (session, shown) = found.take(&mut terminal).map_err(TuiError::Open)?;
        Ok(Self { terminal, session, known, shelf, shown, cell: terminal::cell_size() })
    }

    /// What was on the screen before the face, which is asked only where something was typed meanwhile. What is to be done before the
    /// face is drawn comes to `effects`.
    fn before(&mut self, model: &mut Model, effects: &mut Vec<Effect>) -> io::Result<Before> {
        let Some(shown) = self.shown.take() else { return Ok(Before::Nothing) };
        if !self.session.has_more()? {
            return Ok(Before::Nothing);
        }
        effects.extend(model.prepare(shown.size()));
        Ok(if model.still() == Some(shown) { Before::TheSame } else { Before::Another })
    }

    /// Where links are made known to the terminal.
    fn links(&self) -> Option<Hyperlinks> {
        self.known.clone()
    }

    /// Where pictures are drawn as somebody wishes; the face is woken when one is there, and when it is known that they can be
    /// drawn better.
    fn studio(&mut self, surroundings: Surroundings, wish: Pictures) -> Studio {
        let asks = is_to_be_asked(wish, &surroundings);
        let name = if asks { self.session.ask_name() } else { Arc::default() };
        let bell = self.bell();
        studio(surroundings, name, self.shelf.clone(), terminal::cell_size, move || bell.ring())
    }

    /// What wakes the face.
    fn bell(&self) -> Bell {
        self.session.bell()
    }

    fn run<F: Face>(&mut self, face: &mut F) -> Result<Ending, RunError<io::Error, io::Error>> {
        run::run(&mut self.terminal, &mut self.session, face)
    }

    /// Gives the terminal back. `lines` are for whoever left; `last_words` are said when it ended in any other way. The texts may hold
    /// anything.
    fn close(
        self,
        outcome: Result<Ending, RunError<io::Error, io::Error>>,
        lines: Vec<String>,
        last_words: &[String],
    ) -> Result<Ended, TuiError> {
        let Self { mut terminal, mut session, cell, .. } = self;
        let window = Window { size: terminal.current_buffer_mut().area.as_size(), cell };
        // Before anything is printed, also by ratatui, whose terminal complains on standard error when it cannot show the
        // cursor.
        session.give_back();
        drop(terminal);
        if !matches!(outcome, Ok(Ending::Left)) {
            for words in last_words {
                // Whoever closed the terminal hears nothing any more.
                let _ = writeln!(io::stderr(), "{}", Printable::new(words).as_str());
            }
        }
        let outcome = match outcome {
            // It was closed, and the signal that says so has not come yet.
            Err(RunError::Draw(error) | RunError::Session(error)) if terminal::is_hang_up(&error) => {
                Ok(Ending::HungUp)
            }
            outcome => outcome,
        };
        match outcome {
            Ok(Ending::Broken) => Err(TuiError::Broken),
            Ok(ending @ (Ending::Left | Ending::HungUp | Ending::Signal(_))) => {
                let lines = if ending == Ending::Left { lines } else { Vec::new() };
                Ok(Ended { lines, window, last: Some((session, ending)) })
            }
            Err(RunError::Draw(error) | RunError::Session(error)) => Err(TuiError::Terminal(error)),
        }
    }
}

/// Where pictures are drawn, in cells that `measure` measures; `ring` is called when one is there.
fn studio(
    surroundings: Surroundings,
    name: Arc<OnceLock<String>>,
    shelf: Shelf,
    measure: impl Fn() -> Option<Pixels> + Clone + Send + Sync + 'static,
    ring: impl Fn() + Clone + Send + Sync + 'static,
) -> Studio {
    Studio::new(surroundings, name, move |manner| {
        Gallery::new(manner, shelf.clone(), measure.clone(), ring.clone())
    })
}

#[cfg(test)]
mod tests;
