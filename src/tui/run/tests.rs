mod greeted;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::rc::Rc;

use chrono::FixedOffset;
use crossterm::event::{KeyCode, KeyEvent};
use ratatui::backend::{ClearType, TestBackend, WindowSize};
use ratatui::buffer::Cell;

use super::*;
use crate::digest::Digest;
use crate::training::{Assigned, World as _};
use crate::tui::learner::{Before, Learner, Owed};
use crate::tui::message::{Destination, Message};
use crate::tui::model::Model;
use crate::tui::settings::Settings;
use crate::tui::testing::{Journal, Script, TestKeeper, TestWorld, ada, small_course};
use crate::tui::theme::{Depth, Device};
use crate::tui::{Options, Start};

/// Gives what it was told to, and notes how long it was allowed to wait.
struct Played {
    ending: Ending,
    frames: usize,
    waits: Vec<Option<Duration>>,
    world: TestWorld,
    screen: String,
    cells: usize,
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
    let start =
        Start { training: world.training(), course: small_course(), expected: None, notices: Vec::new() };
    let zone = FixedOffset::east_opt(0).expect("UTC").into();
    let settings = Settings::new(&Options::new(Device::with(Depth::Full), zone), world.places(), None);
    let (mut model, first) = Model::open(start, settings, Size::new(80, 24), world.now);
    let mut script = Script { journal: Rc::clone(&journal), ..script };
    let backend = Restless { journal, ..Restless::new(TestBackend::new(80, 24)) };
    let mut terminal = Terminal::new(backend).expect("in memory");
    let mut face = Learner {
        world: &mut world,
        keeper: &mut TestKeeper::default(),
        model: &mut model,
        waiting: first.into(),
        once_drawn: Owed::default(),
        before: script.before,
    };
    let ending = run(&mut terminal, &mut script, &mut face).expect("in memory");
    let cells = terminal.backend().cells;
    let screen = terminal.backend().inner.buffer().content.iter().map(Cell::symbol).collect();
    Played { ending, frames: terminal.get_frame().count(), waits: script.waits, world, screen, cells }
}

fn key(code: KeyCode) -> Occurrence {
    Occurrence::Input(Event::Key(KeyEvent::from(code)))
}

#[test]
fn at_rest_it_waits_without_end() {
    let played = play([]);
    assert_eq!((played.ending, played.frames, played.waits), (Ending::HungUp, 1, vec![None]));
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
    let played = play([enter, nothing(), nothing(), down, nothing(), nothing(), nothing()]);
    let (at_once, breath, soon) = (Some(Duration::ZERO), Some(BREATH), Some(Duration::from_secs(3)));
    assert_eq!(played.waits, [None, at_once, breath, None, at_once, soon, at_once, None]);
    assert!(played.world.stored.lessons["lessons/1.md"].place > 0);
}

#[test]
fn a_signal_ends_it_with_what_can_be_saved_saved() {
    let signal = Occurrence::Ended(Ending::Signal(15));
    let played = play([key(KeyCode::Enter), key(KeyCode::Char('j')), signal]);
    assert_eq!(played.ending, Ending::Signal(15));
    assert!(played.world.stored.lessons["lessons/1.md"].place > 0);
}

#[test]
fn what_was_typed_before_a_question_was_seen_does_not_answer_it() {
    let type_all = |typed: &str| -> Vec<Occurrence> { typed.chars().map(KeyCode::Char).map(key).collect() };
    let mut pasted = vec![key(KeyCode::Enter)];
    pasted.extend(type_all("l1y"));
    assert_eq!(play(pasted).world.opened, Vec::<String>::new());
    let mut read = vec![key(KeyCode::Enter)];
    read.extend(type_all("l1"));
    read.push(Occurrence::TimeOut);
    read.extend(type_all("y"));
    assert_eq!(play(read).world.opened, ["https://example.com/list?a=1"]);
}

/// It was typed for the shell, or for what came after.
#[test]
fn what_was_typed_before_the_program_began_does_not_answer_what_it_asks_first() {
    let runs = |before: &[Occurrence]| {
        let mut world = TestWorld::unknown(small_course());
        world.person = Some(ada());
        let mut stage = crate::tui::testing::Stage::with_world(80, 24, world);
        stage.keys("Enter").read_through();
        stage.world.assigned = Some(Assigned {
            id: "urn:uuid:00000000-0000-4000-8000-000000000000".to_owned(),
            digest: Digest::of(b"assignment"),
            nonce: "n".repeat(22),
            due: stage.world.now,
            deliver_to: "hr@example.com".to_owned(),
            reason: None,
        });
        let yes = || key(KeyCode::Char('y'));
        let typed = before.iter().cloned().chain([yes(), pause(), yes()]);
        play_in(stage.world, typed).world.stored.runs.len()
    };
    assert_eq!(runs(&[]), 1);
    assert_eq!(runs(&[pause()]), 2);
}

/// Both in one write: the second Enter was meant for the agreement, and so was whatever stood behind it.
#[test]
fn what_was_typed_before_the_signature_was_asked_for_signs_nothing() {
    let signed = |between: &[Occurrence]| {
        let mut stage = crate::tui::screens::samples::ready_for_the_policy(80, 24);
        stage.message(Message::Go(Destination::Policy));
        stage.read_through();
        // Left and come back to by the row of the course that has the focus.
        let mut keys =
            vec![key(KeyCode::Enter), pause(), key(KeyCode::End), pause(), key(KeyCode::Enter), pause()];
        keys.extend("agree".chars().map(KeyCode::Char).map(key));
        keys.push(key(KeyCode::Enter));
        keys.extend_from_slice(between);
        keys.extend([key(KeyCode::Down), key(KeyCode::Enter)]);
        let played = play_in(stage.world, keys);
        assert!(played.world.stored.acknowledgement.is_some(), "{}", played.screen);
        played.world.stored.completions.len()
    };
    assert_eq!(signed(&[]), 0);
    assert_eq!(signed(&[key(KeyCode::Enter)]), 0);
    assert_eq!(signed(&[pause()]), 1);
}

#[test]
fn what_was_typed_before_a_save_failed_does_not_give_up_what_is_unsaved() {
    // The q of a word in an answer left the program without the answer.
    let typed = |pause: &[Occurrence]| {
        let mut world = TestWorld::unknown(small_course());
        world.person = Some(ada());
        // The first keeps that the run began.
        world.saves_left = Some(1);
        let mut keys = vec![key(KeyCode::Enter)];
        keys.extend_from_slice(pause);
        keys.push(key(KeyCode::Char('q')));
        play_in(world, keys).ending
    };
    assert_eq!(typed(&[]), Ending::HungUp);
    // It fails to be saved that the lesson was opened.
    assert_eq!(typed(&[pause(), pause()]), Ending::HungUp);
    // That is seen then, and the first key after it counts.
    assert_eq!(typed(&[pause(), pause(), pause()]), Ending::Left);
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
    let mut world = TestWorld::unknown(std::sync::Arc::new(course));
    world.person = Some(ada());
    world
}

fn pause() -> Occurrence {
    Occurrence::TimeOut
}

#[test]
fn a_turned_page_is_drawn_first_and_saved_when_no_key_follows_at_once() {
    let world = reading(100);
    let journal = Rc::clone(&world.journal);
    let page = || key(KeyCode::PageDown);
    let opened = [key(KeyCode::Enter), pause(), pause()];
    let pages = [page(), pause(), pause(), page(), page(), page(), pause(), pause()];
    let played = play_in(world, opened.into_iter().chain(pages));
    let expected = [
        // The run begins.
        &["save", "frame", "wait"][..],
        // The lesson is opened.
        &["frame", "wait", "save", "wait"],
        &["frame", "wait", "save", "wait"],
        // Three pages that were turned at once are saved together.
        &["frame", "wait", "save", "wait"],
    ];
    assert_eq!(*journal.borrow(), expected.concat());
    assert_eq!(played.waits[2], Some(BREATH));
    assert!(played.world.stored.lessons["lessons/1.md"].place > 0);
}

#[test]
fn what_was_typed_before_the_lesson_was_seen_again_turns_no_page() {
    let typed_ahead = |pause_before: bool| {
        let begun =
            play_in(reading(1000), [key(KeyCode::Enter), pause(), pause(), key(KeyCode::PageDown), pause()])
                .world;
        let place = begun.stored.lessons["lessons/1.md"].place;
        assert!(place > 0);
        let mut keys = vec![key(KeyCode::PageDown), key(KeyCode::Enter), pause()];
        if pause_before {
            keys.insert(0, pause());
        }
        let played = play_in(begun, keys);
        assert!(!played.screen.contains("Line by line") || !pause_before, "{}", played.screen);
        (place, played.world.stored.lessons["lessons/1.md"].place)
    };
    let (before, after) = typed_ahead(false);
    assert_eq!(before, after);
    let (before, after) = typed_ahead(true);
    assert!(before < after);
}

#[test]
fn what_was_typed_when_the_lesson_stood_there_before_the_face_did_turns_a_page() {
    for before in [Before::Nothing, Before::TheSame, Before::Another] {
        let keys = [key(KeyCode::Enter), pause(), pause(), key(KeyCode::PageDown), pause()];
        let begun = play_in(reading(1000), keys).world;
        let place = begun.stored.lessons["lessons/1.md"].place;
        let mut script = Script { before, ..Script::default() };
        script.occurrences.extend([key(KeyCode::PageDown), pause()]);
        let after = play_by(begun, script).world.stored.lessons["lessons/1.md"].place;
        assert_eq!(after > place, before == Before::TheSame);
    }
    // Where nobody is greeted, too, a picture of something else is not answered.
    for (before, is_opened) in [(Before::Nothing, true), (Before::TheSame, true), (Before::Another, false)] {
        let mut script = Script { before, ..Script::default() };
        script.occurrences.extend([key(KeyCode::Enter), pause()]);
        let played = play_by(reading(1000), script);
        assert_eq!(!played.world.stored.lessons.is_empty(), is_opened, "{}", played.screen);
    }
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
fn whoever_turns_pages_without_a_breath_has_them_saved_all_the_same() {
    let world = reading(1000);
    let journal = Rc::clone(&world.journal);
    let turned = (0..FRAMES_OWING).flat_map(|_| [key(KeyCode::PageDown), pause()]);
    play_in(world, [key(KeyCode::Enter), pause()].into_iter().chain(turned));
    let frames = ["frame", "wait"].repeat(FRAMES_OWING);
    assert_eq!(
        *journal.borrow(),
        [&["save", "frame", "wait"][..], &frames, &["frame", "save", "wait"]].concat()
    );
}

#[test]
fn a_key_that_nothing_seems_to_follow_is_drawn_at_once() {
    let page = || key(KeyCode::PageDown);
    let keys = [key(KeyCode::Enter), page(), page()];
    let mut script = Script { is_hasty: true, ..Script::default() };
    script.occurrences.extend(keys.clone());
    let played = play_by(reading(100), script);
    assert_eq!(played.frames, 1 + keys.len());
    assert_eq!(
        played.waits,
        [None, Some(BREATH), Some(BREATH), Some(BREATH)],
        "nobody looks for more in between"
    );
}

#[test]
fn a_lesson_that_was_read_is_saved_when_its_end_is_drawn_and_before_anything_else_is() {
    let is_read = |world: &TestWorld| world.stored.lessons["lessons/1.md"].finished_at.is_some();
    let ends = [key(KeyCode::Enter), pause(), key(KeyCode::PageDown), pause()];
    let world = reading(0);
    let journal = Rc::clone(&world.journal);
    let played = play_in(world, ends.iter().cloned().chain([pause()]));
    assert!(played.screen.contains("Enter goes on to the check"), "{}", played.screen);
    assert_eq!(journal.borrow()[4..], ["wait", "frame", "wait", "save", "wait"]);
    assert!(is_read(&played.world));
    // Whoever goes on at once has read it.
    let world = reading(0);
    let journal = Rc::clone(&world.journal);
    let played = play_in(world, ends.iter().cloned().chain([key(KeyCode::Enter), pause()]));
    assert!(played.screen.contains("question 1 of"), "{}", played.screen);
    // The second save begins the check.
    assert_eq!(journal.borrow()[4..], ["wait", "frame", "wait", "save", "save", "frame", "wait"]);
    assert!(is_read(&played.world));
    // And so has whoever goes back, which saves nothing itself.
    let world = reading(0);
    let journal = Rc::clone(&world.journal);
    let played = play_in(world, ends.iter().cloned().chain([key(KeyCode::Esc), pause()]));
    assert!(played.screen.contains("✓ First lesson"), "{}", played.screen);
    assert_eq!(journal.borrow()[4..], ["wait", "frame", "wait", "save", "frame", "wait"]);
    assert!(is_read(&played.world));
}

#[test]
fn what_was_not_drawn_yet_is_saved_before_the_end_and_before_anything_later() {
    let page = || key(KeyCode::PageDown);
    let read = |more: &[Occurrence]| {
        let keys = [key(KeyCode::Enter), pause(), page(), page()];
        let played = play_in(reading(100), keys.into_iter().chain(more.iter().cloned()));
        (played.ending, played.world.stored)
    };
    let (_, drawn) = read(&[pause()]);
    let place = drawn.lessons["lessons/1.md"].place;
    assert!(place > 0);
    for (more, ending) in [
        (vec![Occurrence::Ended(Ending::Signal(15))], Ending::Signal(15)),
        (vec![Occurrence::Ended(Ending::HungUp)], Ending::HungUp),
        (vec![key(KeyCode::Esc), key(KeyCode::Char('q'))], Ending::Left),
        // A bookmark is saved with a notice that it was.
        (vec![key(KeyCode::Char('m')), Occurrence::Ended(Ending::HungUp)], Ending::HungUp),
    ] {
        let (ended, stored) = read(&more);
        assert_eq!((ended, stored.lessons["lessons/1.md"].place), (ending, place), "{more:?}");
    }
}

#[test]
fn a_place_that_cannot_be_saved_is_told_on_the_next_frame() {
    let mut world = reading(100);
    // The run and the opening of the lesson are kept.
    world.saves_left = Some(2);
    let page = key(KeyCode::PageDown);
    let played = play_in(world, [key(KeyCode::Enter), pause(), pause(), page, pause(), pause()]);
    assert!(played.screen.contains("disk full"), "{}", played.screen);
    assert_eq!(played.frames, 4, "the course, the lesson, its next page, and what is told over that");
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
