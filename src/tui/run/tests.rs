//! The loop, run by scripts of what happens outside of a face.

mod clicks;
mod greeted;
mod saved_after;
mod typed_ahead;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::rc::Rc;
use std::sync::Arc;

use chrono::FixedOffset;
use crossterm::event::{KeyCode, KeyEvent};
use ratatui::backend::{ClearType, TestBackend, WindowSize};
use ratatui::buffer::Cell;

use super::*;
use crate::training::World as _;
use crate::tui::learner::{Before, Learner, Owed, Rest};
use crate::tui::message::Message;
use crate::tui::model::Model;
use crate::tui::settings::Settings;
use crate::tui::testing::{Journal, Script, TestKeeper, TestWorld, ada, small_course};
use crate::tui::theme::{Depth, Device};
use crate::tui::{Options, Start};

/// What became of a script.
struct Played {
    ending: Ending,
    frames: usize,
    waits: Vec<Option<Duration>>,
    world: TestWorld,
    screen: String,
    cells: usize,
    rests: usize,
}

fn play(occurrences: impl IntoIterator<Item = Occurrence>) -> Played {
    let mut world = TestWorld::unknown(small_course());
    world.person = Some(ada());
    play_in(world, occurrences)
}

fn play_in(world: TestWorld, occurrences: impl IntoIterator<Item = Occurrence>) -> Played {
    play_by(world, Script { occurrences: occurrences.into_iter().collect(), ..Script::default() })
}

fn play_by(mut world: TestWorld, script: Script) -> Played {
    let journal = Rc::clone(&world.journal);
    let course = Arc::clone(&world.course);
    let start = Start { training: world.training(), course, expected: None, notices: Vec::new() };
    let zone = FixedOffset::east_opt(0).expect("UTC").into();
    let settings = Settings::new(&Options::new(Device::with(Depth::Full), zone), world.places(), None);
    let (mut model, first) = Model::open(start, settings, Size::new(80, 24), world.now);
    let mut script = Script { journal: Rc::clone(&journal), ..script };
    let backend = Restless { journal, ..Restless::new(TestBackend::new(80, 24)) };
    let mut terminal = Terminal::new(backend).expect("in memory");
    let rests = std::cell::Cell::new(0);
    let mut face = Learner {
        world: &mut world,
        keeper: &mut TestKeeper::default(),
        model: &mut model,
        waiting: first.into(),
        once_drawn: Owed::default(),
        before: script.before,
        rest: Some(Rest { begin: &|| rests.set(rests.get() + 1), is_due: false }),
    };
    let ending = run(&mut terminal, &mut script, &mut face).expect("in memory");
    let cells = terminal.backend().cells;
    let screen = terminal.backend().inner.buffer().content.iter().map(Cell::symbol).collect();
    Played {
        ending,
        frames: terminal.get_frame().count(),
        waits: script.waits,
        world,
        screen,
        cells,
        rests: rests.get(),
    }
}

fn key(code: KeyCode) -> Occurrence {
    Occurrence::Input(Event::Key(KeyEvent::from(code)))
}

#[test]
fn at_rest_it_waits_without_end() {
    let played = play([Occurrence::TimeOut]);
    assert_eq!((played.ending, played.frames, played.waits), (Ending::HungUp, 1, vec![Some(REST), None]));
}

#[test]
fn what_changes_nothing_draws_nothing() {
    let played =
        play([key(KeyCode::Char('z')), Occurrence::TimeOut, key(KeyCode::F(7)), Occurrence::TimeOut]);
    assert_eq!(played.frames, 1);
}

#[test]
fn a_resize_storm_costs_one_frame() {
    let storm = std::iter::repeat_n(Occurrence::Resized, 200).chain([Occurrence::TimeOut]);
    assert_eq!(play(storm).frames, 2);
}

#[test]
fn a_flood_of_keys_does_not_keep_the_screen_from_being_drawn() {
    let flood = (0..4 * EVENTS_PER_FRAME).map(|_| key(KeyCode::Down));
    let frames = play(flood).frames;
    assert!((4..=6).contains(&frames), "{frames}");
}

#[test]
fn it_wakes_to_save_the_place_and_then_sleeps_again() {
    let nothing = || Occurrence::TimeOut;
    let (enter, down) = (key(KeyCode::Enter), key(KeyCode::Char('j')));
    let played = play([enter, nothing(), nothing(), down, nothing(), nothing(), nothing(), nothing()]);
    let (at_once, breath, rest, soon) =
        (Some(Duration::ZERO), Some(BREATH), Some(REST), Some(Duration::from_secs(3)));
    assert_eq!(played.waits, [rest, at_once, breath, rest, at_once, rest, soon, at_once, rest]);
    assert!(played.world.stored.lessons["lessons/1.md"].place > 0);
}

/// A kill left nothing to be shown at once.
#[test]
fn whoever_rests_after_something_was_saved_does_so_once() {
    let nothing = || Occurrence::TimeOut;
    let read = [key(KeyCode::Enter), nothing(), nothing(), nothing()];
    let played = play(read.clone());
    let (at_once, breath) = (Some(Duration::ZERO), Some(BREATH));
    assert_eq!(played.waits, [Some(REST), at_once, breath, Some(REST), None]);
    assert_eq!((played.rests, played.frames), (1, 2), "and nobody sees it");

    let looked_up = [key(KeyCode::Char('?')), nothing(), nothing()];
    let played = play(read.clone().into_iter().chain(looked_up));
    assert_eq!(played.rests, 1, "nothing was done since");
    let turned = [key(KeyCode::PageDown), nothing(), nothing(), nothing()];
    assert_eq!(play(read.into_iter().chain(turned)).rests, 2);

    let mut full = TestWorld::unknown(small_course());
    (full.person, full.saves_left) = (Some(ada()), Some(0));
    let played = play_in(full, [key(KeyCode::Enter), nothing(), nothing(), nothing()]);
    assert_eq!(played.rests, 0, "something waits to be saved");
}

#[test]
fn a_signal_ends_it_with_what_can_be_saved_saved() {
    let signal = Occurrence::Ended(Ending::Signal(15));
    let played = play([key(KeyCode::Enter), key(KeyCode::Char('j')), signal]);
    assert_eq!(played.ending, Ending::Signal(15));
    assert!(played.world.stored.lessons["lessons/1.md"].place > 0);
}

#[test]
fn whoever_rings_makes_the_face_show_the_next_edition_once() {
    use crate::tui::preview::{PreviewStart, Rulers};
    use crate::tui::testing::{draft_files, draft_with, edition_of};

    let frames = |editions: Vec<crate::training::Edition>, rings: usize| {
        let mut world = TestWorld::unknown(small_course());
        world.person = Some(ada());
        world.editions = editions.into();
        let learner = world.training().expect("a person").learner().clone();
        let zone = FixedOffset::east_opt(0).expect("UTC").into();
        let settings = Settings::new(&Options::new(Device::with(Depth::Full), zone), world.places(), None);
        let start = PreviewStart {
            learner,
            edition: edition_of(draft_files()),
            rulers: Rulers::default(),
            notices: Vec::new(),
        };
        let (mut model, first) = Model::open_preview(start, settings, world.now);
        // After every ring the face has time to draw.
        let rung = (0..rings).flat_map(|_| [Occurrence::Called, Occurrence::TimeOut]);
        let mut script = Script { occurrences: rung.collect(), ..Script::default() };
        let mut terminal = Terminal::new(TestBackend::new(80, 24)).expect("in memory");
        let mut face = Learner {
            world: &mut world,
            keeper: &mut TestKeeper::default(),
            model: &mut model,
            waiting: first.into(),
            once_drawn: Owed::default(),
            before: Before::default(),
            rest: None,
        };
        run(&mut terminal, &mut script, &mut face).expect("in memory");
        let screen = terminal.backend().buffer().content.iter().map(Cell::symbol).collect::<String>();
        (terminal.get_frame().count(), screen)
    };
    // A bell without news draws nothing, and nobody wakes by himself afterwards.
    assert_eq!(frames(Vec::new(), 3).0, 1);
    let (count, screen) = frames(vec![draft_with("course.ron", "A draft", "Another title")], 2);
    assert_eq!(count, 2);
    assert!(screen.contains("Another title") && screen.contains("course.ron changed"), "{screen}");
}

/// Reading the small course, whose first lesson has three pages on such a terminal with `lines` more of text.
fn reading(lines: usize) -> TestWorld {
    let mut files = (*small_course().files).clone();
    let text = String::from_utf8(files["lessons/1.md"].clone()).expect("UTF-8");
    files.insert("lessons/1.md".to_owned(), format!("{text}{}", "\nMore.\n".repeat(lines)).into_bytes());
    let course = crate::course::parse(files).expect("no faults");
    let mut world = TestWorld::unknown(Arc::new(course));
    world.person = Some(ada());
    world
}

fn pause() -> Occurrence {
    Occurrence::TimeOut
}

/// A window that was made narrow and wide again between two frames had lost what stood at its right.
#[test]
fn after_a_resize_everything_is_drawn_anew_also_in_the_same_size() {
    let quiet = play([]);
    let resized = play([Occurrence::Resized, pause()]);
    assert_eq!((quiet.frames, resized.frames), (1, 2));
    assert_eq!(resized.cells, 2 * quiet.cells);
}

#[test]
fn leaving_is_leaving() {
    assert_eq!(play([key(KeyCode::Char('q'))]).ending, Ending::Left);
}

/// A terminal that says other sizes first than it has, if it is told to, and notes each frame.
struct Restless {
    inner: TestBackend,
    said: RefCell<VecDeque<Size>>,
    journal: Journal,
    /// So many cells were drawn.
    cells: usize,
}

impl Restless {
    fn new(inner: TestBackend) -> Self {
        Self { inner, said: RefCell::default(), journal: Journal::default(), cells: 0 }
    }
}

impl Backend for Restless {
    type Error = Infallible;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, content: I) -> Result<(), Infallible> {
        let content: Vec<_> = content.collect();
        self.cells += content.len();
        self.inner.draw(content.into_iter())
    }

    fn hide_cursor(&mut self) -> Result<(), Infallible> {
        self.inner.hide_cursor()
    }

    fn show_cursor(&mut self) -> Result<(), Infallible> {
        self.inner.show_cursor()
    }

    fn get_cursor_position(&mut self) -> Result<Position, Infallible> {
        self.inner.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> Result<(), Infallible> {
        self.inner.set_cursor_position(position)
    }

    fn clear(&mut self) -> Result<(), Infallible> {
        self.inner.clear()
    }

    fn clear_region(&mut self, region: ClearType) -> Result<(), Infallible> {
        self.inner.clear_region(region)
    }

    fn size(&self) -> Result<Size, Infallible> {
        self.said.borrow_mut().pop_front().map_or_else(|| self.inner.size(), Ok)
    }

    fn window_size(&mut self) -> Result<WindowSize, Infallible> {
        self.inner.window_size()
    }

    fn flush(&mut self) -> Result<(), Infallible> {
        self.journal.borrow_mut().push("frame");
        self.inner.flush()
    }
}

/// Writes into the last cell of the screen that it was prepared for.
struct Corner(Size);

impl Face for Corner {
    type Message = ();

    fn begin<S: Session>(&mut self, _session: &mut S) -> Result<Flow, S::Error> {
        Ok(Flow::On)
    }

    fn prepare<S: Session>(&mut self, size: Size, _session: &mut S) -> Result<Flow, S::Error> {
        self.0 = size;
        Ok(Flow::On)
    }

    fn view(&self, frame: &mut Frame<'_>) -> Hits<()> {
        frame.buffer_mut()[(self.0.width - 1, self.0.height - 1)].set_symbol("x");
        Hits::new()
    }

    fn message_for(&self, _event: &Event, _hits: &Hits<()>) -> Option<()> {
        None
    }

    fn is_step(&self, _message: &()) -> bool {
        false
    }

    fn take<S: Session>(&mut self, _message: (), _session: &mut S) -> Result<Flow, S::Error> {
        Ok(Flow::On)
    }

    fn wake(&self) -> Option<Duration> {
        None
    }

    fn tick<S: Session>(&mut self, _session: &mut S) -> Result<Flow, S::Error> {
        Ok(Flow::On)
    }

    fn called<S: Session>(&mut self, _session: &mut S) -> Result<Option<Flow>, S::Error> {
        Ok(None)
    }

    fn no_shell(&mut self) {}

    fn question(&self) -> Option<Question> {
        None
    }

    fn last_words(&mut self) {}
}

#[test]
fn a_terminal_that_shrinks_before_it_is_drawn_on_gets_what_fits() {
    let large = Size { width: 80, height: 24 };
    // One for making the terminal, and so many that the face is prepared for in vain.
    for in_vain in 0..=2 {
        let said = std::iter::repeat_n(large, 1).chain((0..in_vain).flat_map(|_| [large, Size::new(45, 10)]));
        let backend =
            Restless { said: RefCell::new(said.collect()), ..Restless::new(TestBackend::new(45, 10)) };
        let mut terminal = Terminal::new(backend).expect("in memory");
        let mut script = Script::default();
        let ending = run(&mut terminal, &mut script, &mut Corner(large)).expect("in memory");
        assert_eq!(ending, Ending::HungUp);
        let buffer = terminal.backend().inner.buffer();
        assert_eq!(buffer[(44, 9)].symbol(), "x", "{in_vain}");
    }
}
