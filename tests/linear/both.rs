//! Both faces agree on what was read: whichever way somebody goes through a text, in one face or in both by turns, nothing
//! counts that was not drawn or said, from the beginning on and without a gap.
//!
//! Who watches knows nothing of lines, pages and places: the words of the text are numbered, and they are looked for among
//! the characters of every frame and of everything that is said.

use std::cell::RefCell;
use std::collections::{BTreeSet, VecDeque};
use std::convert::Infallible;
use std::fmt::Write as _;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use chrono::FixedOffset;
use countersign::course;
use countersign::id::CourseId;
use countersign::plain::Ended;
use countersign::store::ProgressStore as _;
use countersign::store::memory::MemoryProgress;
use countersign::training::World as _;
use countersign::tui::learner::{Before, Learner, Owed};
use countersign::tui::model::Model;
use countersign::tui::modes::Modes;
use countersign::tui::run::{Ending, Occurrence, Session, Suspension, run};
use countersign::tui::settings::Settings;
use countersign::tui::theme::{Depth, Device};
use countersign::tui::{Options, Start};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseEvent, MouseEventKind};
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::{Backend, ClearType, TestBackend, WindowSize};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Size};

use crate::course::files;
use crate::talk::{listen, talk};
use crate::world::MadeUp;

/// The lesson that is read.
const LESSON: &str = "lessons/1.md";

/// What a lesson is made of, with how many words.
#[derive(Debug, Clone)]
enum Block {
    Heading,
    Paragraph(usize),
    /// With two spaces after some words, as typewriters had them: its lines know only roughly where they begin.
    Loose(usize),
    /// A paragraph with code in it that is longer than a line.
    Inline(usize),
    /// A table with a row of so many words.
    Row(usize),
    Code(usize),
    List(usize),
    Quote(usize),
    Picture(usize),
    Chart(usize),
    /// Something that is not shown.
    Definitions,
}

fn block() -> impl Strategy<Value = Block> {
    prop_oneof![
        2 => Just(Block::Heading),
        2 => (1_usize..150).prop_map(Block::Paragraph),
        2 => (1_usize..150).prop_map(Block::Loose),
        2 => (1_usize..150).prop_map(Block::Inline),
        4 => (1_usize..250).prop_map(Block::Row),
        2 => (1_usize..50).prop_map(Block::Code),
        1 => (1_usize..30).prop_map(Block::List),
        1 => (1_usize..60).prop_map(Block::Quote),
        1 => (1_usize..40).prop_map(Block::Picture),
        2 => (1_usize..40).prop_map(Block::Chart),
        1 => Just(Block::Definitions),
    ]
}

/// A lesson of these blocks; its words are numbered.
fn lesson(blocks: &[Block]) -> String {
    let mut count = 0;
    let mut words = |number: usize, between: &str| -> String {
        let words: Vec<String> = (count..count + number).map(|word| format!("w{word}")).collect();
        count += number;
        words.join(between)
    };
    let mut text = format!("# Reading\n\n{}\n", words(3, " "));
    for block in blocks {
        let _ = match block {
            Block::Heading => writeln!(text, "\n## Part"),
            Block::Paragraph(number) => writeln!(text, "\n{}", words(*number, " ")),
            Block::Loose(number) => writeln!(text, "\n*{}* {}", words(2, " "), words(*number, "  ")),
            Block::Inline(number) => {
                writeln!(text, "\n{} `{}` {}", words(2, " "), words(*number, " "), words(2, " "))
            }
            Block::Row(number) => {
                writeln!(
                    text,
                    "\n| What it is | Why |\n|---|---|\n| this | {} |\n| that | {} |",
                    words(*number, " "),
                    words(1, " ")
                )
            }
            Block::Code(number) => writeln!(text, "\n```\n{}\n```", words(*number, "\n")),
            Block::List(number) => writeln!(text, "\n- {}", words(*number, "\n- ")),
            Block::Quote(number) => writeln!(text, "\n> {}", words(*number, "\n> ")),
            Block::Picture(number) => writeln!(text, "\n![{}](phone.png)", words(*number, " ")),
            Block::Chart(number) => writeln!(text, "\n```chart\n{}: 3\n```", words(*number, ": 3\n")),
            Block::Definitions => writeln!(text, "\n[a]: https://example.org\n[b]: https://example.org"),
        };
    }
    let _ = writeln!(text, "\n{}", words(3, " "));
    text
}

/// Where numbered words begin in a text, and their numbers.
fn numbered(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let begins = text.match_indices('w').map(|(at, _)| at);
    begins.filter_map(|at| {
        let before = text[..at].chars().next_back();
        let digits = text[at + 1..].split(|c: char| !c.is_ascii_digit()).next()?;
        Some((at, digits.parse().ok()?)).filter(|_| !before.is_some_and(char::is_alphanumeric))
    })
}

/// Who watches what is drawn and said of a lesson, and what counts as read.
struct Watch {
    /// Where in the source each numbered word begins.
    places: Vec<usize>,
    /// The first word that was not seen or heard.
    next: usize,
    store: MemoryProgress,
    course: CourseId,
}

impl Watch {
    fn of(world: &MadeUp) -> Self {
        let text = std::str::from_utf8(&world.course.files[LESSON]).expect("UTF-8");
        let places: Vec<usize> = numbered(text).map(|(at, _)| at).collect();
        Self { places, next: 0, store: world.store.clone(), course: world.course.id.clone() }
    }

    /// This is on the screen, or was said; what counts by now must have been seen by now.
    fn sees(&mut self, shown: &str) {
        let numbers: BTreeSet<usize> = numbered(shown).map(|(_, number)| number).collect();
        while numbers.contains(&self.next) {
            self.next += 1;
        }
        let progress = self.store.progress(&self.course).expect("a store in memory");
        let Some(reading) = progress.lessons.get(LESSON) else { return };
        let counted = match reading.finished_at {
            Some(_) => self.places.len(),
            None => self.places.partition_point(|place| *place < reading.farthest),
        };
        let next = self.next;
        assert!(
            counted <= next,
            "{counted} words count as read, and w{next} was not seen; now there is:\n{shown}"
        );
    }

    fn is_read(&self) -> bool {
        let progress = self.store.progress(&self.course).expect("a store in memory");
        progress.lessons.get(LESSON).is_some_and(|reading| reading.finished_at.is_some())
    }
}

/// What is done to the full-screen face.
#[derive(Debug, Clone)]
enum Act {
    Keys(&'static [KeyCode]),
    Wheel(MouseEventKind),
    Size(u16, u16),
}

fn act() -> impl Strategy<Value = Act> {
    const FIND: &[KeyCode] =
        &[KeyCode::Char('/'), KeyCode::Char('p'), KeyCode::Char('a'), KeyCode::Char('r'), KeyCode::Enter];
    const JUMP: &[KeyCode] = &[KeyCode::Char('t'), KeyCode::Down, KeyCode::Down, KeyCode::Enter];
    const RETURN: &[KeyCode] = &[KeyCode::Esc, KeyCode::Enter];
    const KEYS: [&[KeyCode]; 18] = [
        &[KeyCode::Char(' ')],
        &[KeyCode::Char(' '), KeyCode::Char(' ')],
        &[KeyCode::Enter],
        &[KeyCode::Char('j')],
        &[KeyCode::Char('k')],
        &[KeyCode::Char('b')],
        &[KeyCode::Char('d')],
        &[KeyCode::Char('u')],
        &[KeyCode::Char('g')],
        &[KeyCode::End],
        &[KeyCode::End, KeyCode::Enter],
        &[KeyCode::Char('n')],
        &[KeyCode::Char('p')],
        &[KeyCode::Tab],
        &[KeyCode::Backspace],
        FIND,
        JUMP,
        RETURN,
    ];
    prop_oneof![
        12 => prop::sample::select(&KEYS[..]).prop_map(Act::Keys),
        1 => Just(Act::Wheel(MouseEventKind::ScrollDown)),
        1 => Just(Act::Wheel(MouseEventKind::ScrollUp)),
        3 => (40_u16..100, 12_u16..40).prop_map(|(width, height)| Act::Size(width, height)),
    ]
}

/// What is typed at the linear face.
fn line() -> impl Strategy<Value = String> {
    const LINES: [&str; 15] = [
        "",
        "",
        "",
        "",
        "next",
        "back",
        "page 1",
        "all",
        "repeat",
        "where",
        "headings",
        "search part",
        "found 1",
        "return",
        "contents",
    ];
    prop_oneof![
        8 => prop::sample::select(&LINES[..]).prop_map(str::to_owned),
        2 => (1_usize..12).prop_map(|page| format!("page {page}")),
        1 => (1_usize..4).prop_map(|heading| format!("heading {heading}")),
        1 => (2_usize..30).prop_map(|lines| format!("lines {lines}")),
        1 => (20_usize..90).prop_map(|width| format!("width {width}")),
    ]
}

/// A while in one of the faces.
#[derive(Debug, Clone)]
enum Sitting {
    Screen((u16, u16), Vec<Act>),
    Spoken(usize, Vec<String>),
}

fn sitting() -> impl Strategy<Value = Sitting> {
    prop_oneof![
        ((40_u16..100, 12_u16..40), prop::collection::vec(act(), 0..14))
            .prop_map(|(size, acts)| Sitting::Screen(size, acts)),
        (20_usize..90, prop::collection::vec(line(), 0..14))
            .prop_map(|(width, lines)| Sitting::Spoken(width, lines)),
    ]
}

/// A terminal that others can look at and pull at.
#[derive(Clone)]
struct Shared(Rc<RefCell<TestBackend>>);

impl Shared {
    fn text(&self) -> String {
        let backend = self.0.borrow();
        let buffer: &Buffer = backend.buffer();
        let rows = buffer.content.chunks(usize::from(buffer.area.width).max(1));
        rows.map(|row| row.iter().map(Cell::symbol).collect::<String>() + "\n").collect()
    }
}

impl Backend for Shared {
    type Error = Infallible;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, content: I) -> Result<(), Infallible> {
        self.0.borrow_mut().draw(content)
    }

    fn hide_cursor(&mut self) -> Result<(), Infallible> {
        self.0.borrow_mut().hide_cursor()
    }

    fn show_cursor(&mut self) -> Result<(), Infallible> {
        self.0.borrow_mut().show_cursor()
    }

    fn get_cursor_position(&mut self) -> Result<Position, Infallible> {
        self.0.borrow_mut().get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> Result<(), Infallible> {
        self.0.borrow_mut().set_cursor_position(position)
    }

    fn clear(&mut self) -> Result<(), Infallible> {
        self.0.borrow_mut().clear()
    }

    fn clear_region(&mut self, clear_type: ClearType) -> Result<(), Infallible> {
        self.0.borrow_mut().clear_region(clear_type)
    }

    fn size(&self) -> Result<Size, Infallible> {
        self.0.borrow().size()
    }

    fn window_size(&mut self) -> Result<WindowSize, Infallible> {
        self.0.borrow_mut().window_size()
    }

    fn flush(&mut self) -> Result<(), Infallible> {
        self.0.borrow_mut().flush()
    }
}

/// The other end of the terminal: looks at every frame, then does what `next` says; `None` leaves.
struct Hands<'a, F> {
    terminal: Shared,
    watch: &'a mut Watch,
    next: F,
    typed: VecDeque<KeyCode>,
    /// Whether something was done since the last frame.
    acted: bool,
}

impl<F: FnMut(&str) -> Option<Act>> Session for Hands<'_, F> {
    type Error = Infallible;

    fn next(&mut self, timeout: Option<Duration>) -> Result<Occurrence, Infallible> {
        if std::mem::take(&mut self.acted) {
            return Ok(Occurrence::TimeOut);
        }
        let shown = self.terminal.text();
        self.watch.sees(&shown);
        // What is left to be done between two keys is done first.
        if timeout == Some(Duration::ZERO) {
            return Ok(Occurrence::TimeOut);
        }
        self.acted = true;
        let key = |code| Occurrence::Input(Event::Key(KeyEvent::new(code, KeyModifiers::NONE)));
        if let Some(code) = self.typed.pop_front() {
            return Ok(key(code));
        }
        Ok(match (self.next)(&shown) {
            None => Occurrence::Ended(Ending::HungUp),
            Some(Act::Keys(codes)) => {
                self.typed.extend(codes);
                self.typed.pop_front().map_or(Occurrence::TimeOut, key)
            }
            Some(Act::Wheel(kind)) => {
                let event = MouseEvent { kind, column: 9, row: 4, modifiers: KeyModifiers::NONE };
                Occurrence::Input(Event::Mouse(event))
            }
            Some(Act::Size(width, height)) => {
                self.terminal.0.borrow_mut().resize(width, height);
                Occurrence::Resized
            }
        })
    }

    fn suspend(&mut self) -> Result<Suspension, Infallible> {
        Ok(Suspension::Begun)
    }

    fn set_modes(&mut self, _modes: Modes) -> Result<(), Infallible> {
        Ok(())
    }

    fn copy(&mut self, _text: &str) -> Result<(), Infallible> {
        Ok(())
    }
}

/// A while in the full-screen face.
fn sit(
    world: &mut MadeUp,
    watch: &mut Watch,
    (width, height): (u16, u16),
    next: impl FnMut(&str) -> Option<Act>,
) {
    let shared = Shared(Rc::new(RefCell::new(TestBackend::new(width, height))));
    let mut terminal = Terminal::new(shared.clone()).expect("in memory");
    let zone = FixedOffset::east_opt(0).expect("UTC").into();
    let settings = Settings::new(&Options::new(Device::with(Depth::None), zone), world.places(), None);
    let start = Start {
        training: world.training(),
        course: Arc::clone(&world.course),
        expected: None,
        notices: Vec::new(),
    };
    let size = Size::new(width, height);
    let (mut model, effects) = Model::open(start, settings, size, world.now());
    let mut keeper = world.shelf.clone();
    let (waiting, once_drawn) = (effects.into(), Owed::default());
    let mut face = Learner {
        world,
        keeper: &mut keeper,
        model: &mut model,
        waiting,
        once_drawn,
        before: Before::default(),
        rest: None,
    };
    let mut hands = Hands { terminal: shared, watch, next, typed: VecDeque::new(), acted: false };
    let ending = run(&mut terminal, &mut hands, &mut face);
    assert!(ending.is_ok());
}

/// A while in the linear face.
fn hear(world: &mut MadeUp, watch: &mut Watch, width: usize, mut next: impl FnMut(&str) -> Option<String>) {
    let mut heard = 0;
    let (_, ended) = listen(world, width, |said| {
        watch.sees(&said[heard..]);
        heard = said.len();
        next(said)
    });
    assert!(matches!(ended, Ok(Ended::InputEnded | Ended::Quit)), "{ended:?}");
}

fn begun(lesson: &str) -> MadeUp {
    let mut files = files();
    files.insert(LESSON.to_owned(), format!("{lesson}\n## Habits\n\nThe end.\n").into_bytes());
    let course = Arc::new(course::parse(files).unwrap_or_else(|faults| panic!("{faults:?}")));
    let mut world = MadeUp::new(&course);
    let (_, ended) = talk(&mut world, 72, &["Ada Example", "0042", "", "", ""]);
    assert!(matches!(ended, Ok(Ended::InputEnded)), "{ended:?}");
    world
}

/// Whoever only ever goes on reads the rest.
fn read_to_the_end(world: &mut MadeUp, watch: &mut Watch, size: (u16, u16)) {
    let store = world.store.clone();
    let course = world.course.id.clone();
    let is_read = move || {
        let progress = store.progress(&course).expect("a store in memory");
        progress.lessons.get(LESSON).is_some_and(|reading| reading.finished_at.is_some())
    };
    let mut keys = 0;
    sit(world, watch, size, |shown| {
        keys += 1;
        assert!(keys < 3000, "it is never read; now there is:\n{shown}");
        (!is_read()).then_some(Act::Keys(&[KeyCode::Enter]))
    });
    assert!(watch.is_read());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_counts_in_either_face_that_was_not_seen_or_heard(
        blocks in prop::collection::vec(block(), 1..9),
        sittings in prop::collection::vec(sitting(), 1..5),
        size in (40_u16..100, 12_u16..40),
    ) {
        let mut world = begun(&lesson(&blocks));
        let mut watch = Watch::of(&world);
        for sitting in sittings {
            match sitting {
                Sitting::Screen(size, acts) => {
                    let open = Act::Keys(&[KeyCode::Enter]);
                    let mut acts = [open].into_iter().chain(acts);
                    sit(&mut world, &mut watch, size, |_| acts.next());
                }
                Sitting::Spoken(width, lines) => {
                    let mut lines = ["read 1".to_owned()].into_iter().chain(lines);
                    hear(&mut world, &mut watch, width, |_| lines.next());
                }
            }
        }
        read_to_the_end(&mut world, &mut watch, size);
    }
}

/// Each face by itself reads a text to its end, page by page.
#[test]
fn page_by_page_all_of_it_is_read_in_either_face() {
    let blocks = [
        Block::Row(250),
        Block::Chart(40),
        Block::Heading,
        Block::Loose(150),
        Block::Code(50),
        Block::Inline(150),
        Block::Picture(40),
    ];
    for size in [(40, 12), (80, 24)] {
        let mut world = begun(&lesson(&blocks));
        let mut watch = Watch::of(&world);
        read_to_the_end(&mut world, &mut watch, size);
    }
    for width in [40, 80] {
        let mut world = begun(&lesson(&blocks));
        let mut watch = Watch::of(&world);
        let mut first = true;
        hear(&mut world, &mut watch, width, |said| {
            let line = if std::mem::take(&mut first) { "read 1" } else { "" };
            (!said.contains("Saved: lesson 1 counts as read.")).then(|| line.to_owned())
        });
        assert!(watch.is_read());
    }
}
