//! A stage for key scripts: the whole face on a made-up terminal in a made-up world.

mod cells;
mod course;
mod draft;
mod script;
mod world;

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;

use chrono::FixedOffset;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::Terminal;
use ratatui::backend::{Backend as _, TestBackend};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Size;

use crate::clock::Timestamp;
use crate::config::{Config, Keeper, NotKept, Setting};
use crate::course::Course;
use crate::progress::Person;
use crate::training::{Edition, World as _};
use crate::tui::hyperlinks::Hyperlinks;
use crate::tui::keymap::{self, Checked};
use crate::tui::learner::{Before, Learner, Owed};
use crate::tui::message::Message;
use crate::tui::model::Model;
use crate::tui::pane::Hits;
use crate::tui::preview::{PreviewStart, Rulers};
use crate::tui::run::{Face as _, Flow};
use crate::tui::settings::Settings;
use crate::tui::tables;
use crate::tui::theme::{Depth, Device, Theme};
use crate::tui::{Options, Start, effect::Effect};

use cells::hidden_cells;
pub(crate) use cells::{rows, styled};
pub(crate) use course::{ada, small_course};
pub(crate) use draft::{draft_files, draft_with, edition_of, good};
pub(crate) use script::Script;
pub(crate) use world::{Journal, TestWorld, trouble};

/// The moment at which every script begins: 2026-11-22 09:00 UTC.
pub(crate) const MORNING: i64 = 1_795_338_000;

/// A face on a made-up terminal.
pub(crate) struct Stage {
    pub(crate) terminal: Terminal<TestBackend>,
    pub(crate) model: Model,
    pub(crate) world: TestWorld,
    pub(crate) keeper: TestKeeper,
    pub(crate) session: Script,
    pub(crate) ended: bool,
    hits: Hits<Message>,
    waiting: VecDeque<Effect>,
    once_drawn: Owed,
}

/// Keeps settings in memory, unless it cannot.
#[derive(Debug, Default)]
pub(crate) struct TestKeeper {
    pub(crate) kept: Vec<(Setting, String)>,
    pub(crate) full: bool,
}

impl Keeper for TestKeeper {
    fn keep(&mut self, config: &Config, settings: &[Setting]) -> Result<(), NotKept> {
        if self.full {
            let hint = Some("free some space".to_owned());
            return Err(NotKept { message: "cannot write config.ron: disk full".to_owned(), hint });
        }
        self.kept.extend(settings.iter().map(|setting| (*setting, setting.value(config))));
        Ok(())
    }
}

impl Stage {
    /// A learner who begins `course` now.
    pub(crate) fn new(width: u16, height: u16, course: Arc<Course>) -> Self {
        let mut world = TestWorld::unknown(course);
        world.person = Some(ada());
        Self::with_world(width, height, world)
    }

    /// Somebody whom nobody knows yet.
    pub(crate) fn first_start(width: u16, height: u16, course: Arc<Course>) -> Self {
        Self::with_world(width, height, TestWorld::unknown(course))
    }

    /// The program is started in this world.
    pub(crate) fn with_world(width: u16, height: u16, world: TestWorld) -> Self {
        let start = Start {
            training: world.training(),
            course: Arc::clone(&world.course),
            expected: None,
            notices: Vec::new(),
        };
        Self::start(width, height, world, start, Theme::COLOURED)
    }

    /// The program is started with all of this.
    pub(crate) fn start(width: u16, height: u16, world: TestWorld, start: Start, theme: Theme) -> Self {
        let zone = FixedOffset::east_opt(3600).expect("an hour").into();
        let options = Options::new(Device::with(Depth::Full), zone);
        let settings = Settings { theme, ..Settings::new(&options, world.places(), None) };
        let (model, effects) = Model::open(start, settings, Size::new(width, height), world.now);
        Self::play(width, height, world, model, effects)
    }

    /// The program is started in this world by somebody with these settings.
    pub(crate) fn configured(width: u16, height: u16, world: TestWorld, config: &Config) -> Self {
        let zone = FixedOffset::east_opt(3600).expect("an hour").into();
        let Checked { keymap, faults } = keymap::check("", &config.keys, tables::contexts);
        assert_eq!(faults, []);
        let options =
            Options { config: config.clone(), keymap, ..Options::new(Device::with(Depth::Full), zone) };
        let settings = Settings::new(&options, world.places(), None);
        Self::with_settings(width, height, world, settings)
    }

    /// The same, on a terminal to which links are made known by `links`.
    pub(crate) fn linking(width: u16, height: u16, course: Arc<Course>, links: Hyperlinks) -> Self {
        let mut world = TestWorld::unknown(course);
        world.person = Some(ada());
        let zone = FixedOffset::east_opt(3600).expect("an hour").into();
        let options = Options::new(Device::with(Depth::Full), zone);
        let settings = Settings::new(&options, world.places(), Some(links));
        Self::with_settings(width, height, world, settings)
    }

    fn with_settings(width: u16, height: u16, world: TestWorld, settings: Settings) -> Self {
        let start = Start {
            training: world.training(),
            course: Arc::clone(&world.course),
            expected: None,
            notices: Vec::new(),
        };
        let (model, effects) = Model::open(start, settings, Size::new(width, height), world.now);
        Self::play(width, height, world, model, effects)
    }

    /// A trainer opens a preview.
    pub(crate) fn preview(width: u16, height: u16, edition: Edition) -> Self {
        Self::preview_with(width, height, edition, Vec::new())
    }

    /// The same, with something to be said first.
    pub(crate) fn preview_with(width: u16, height: u16, edition: Edition, notices: Vec<String>) -> Self {
        let mut world = TestWorld::unknown(small_course());
        world.person = Some(Person { email: None, name: "Preview".to_owned(), number: "0".to_owned() });
        let zone = FixedOffset::east_opt(3600).expect("an hour").into();
        let options = Options::new(Device::with(Depth::Full), zone);
        let settings = Settings::new(&options, world.places(), None);
        let learner = world.training().expect("a person").learner().clone();
        let start = PreviewStart { learner, edition, rulers: Rulers::default(), notices };
        let (model, effects) = Model::open_preview(start, settings, world.now);
        Self::play(width, height, world, model, effects)
    }

    fn play(width: u16, height: u16, world: TestWorld, model: Model, effects: Vec<Effect>) -> Self {
        let mut stage = Self {
            terminal: Terminal::new(TestBackend::new(width, height)).expect("in memory"),
            model,
            world,
            keeper: TestKeeper::default(),
            session: Script::default(),
            ended: false,
            hits: Hits::new(),
            waiting: VecDeque::new(),
            once_drawn: Owed::default(),
        };
        stage.with_learner(|learner, session| learner.perform(effects.into(), session));
        stage.draw_and_save();
        stage
    }

    /// The program is killed and started again.
    pub(crate) fn restart(self) -> Self {
        let area = self.terminal.size().expect("in memory");
        Self::with_world(area.width, area.height, self.world)
    }

    fn with_learner(
        &mut self,
        act: impl FnOnce(&mut Learner<'_, TestWorld>, &mut Script) -> Result<Flow, Infallible>,
    ) {
        let mut learner = Learner {
            world: &mut self.world,
            keeper: &mut self.keeper,
            model: &mut self.model,
            waiting: std::mem::take(&mut self.waiting),
            once_drawn: std::mem::take(&mut self.once_drawn),
            before: Before::default(),
            rest: None,
        };
        let Ok(flow) = act(&mut learner, &mut self.session);
        (self.waiting, self.once_drawn) = (learner.waiting, learner.once_drawn);
        self.ended |= flow != Flow::On;
    }

    /// Somebody rang.
    pub(crate) fn called(&mut self) {
        self.with_learner(|learner, session| Ok(learner.called(session)?.unwrap_or(Flow::On)));
        self.draw();
    }

    /// Draws what is so.
    pub(crate) fn draw(&mut self) {
        let size = self.terminal.size().expect("in memory");
        self.with_learner(|learner, session| learner.prepare(size, session));
        let Self { terminal, model, hits, .. } = self;
        terminal.draw(|frame| *hits = model.view(frame)).expect("in memory");
        let hidden = hidden_cells(terminal.backend().buffer());
        let blank = hidden.iter().map(|at| (at.x, at.y, &Cell::EMPTY));
        terminal.backend_mut().draw(blank).expect("in memory");
    }

    /// The course that is previewed has changed.
    pub(crate) fn edition(&mut self, edition: Edition) -> &mut Self {
        self.with_learner(|learner, session| {
            let effects = learner.model.take_edition(edition);
            learner.perform(effects.into(), session)
        });
        self.draw();
        self
    }

    /// The terminal is closed.
    pub(crate) fn hang_up(&mut self) {
        self.with_learner(|learner, _| {
            learner.last_words();
            Ok(Flow::On)
        });
        self.ended = true;
    }

    /// Something comes in.
    pub(crate) fn event(&mut self, event: &Event) {
        self.model.set_now(self.world.now);
        if let Some(message) = self.model.message_for(event, &self.hits) {
            self.message(message);
        }
    }

    /// A message comes in.
    pub(crate) fn message(&mut self, message: Message) {
        self.with_learner(|learner, session| learner.take(message, session));
        self.draw_and_save();
    }

    /// Draws what is so, and does what waited for that, as the run loop does.
    fn draw_and_save(&mut self) {
        self.draw();
        let mut changed = false;
        self.with_learner(|learner, session| {
            let flow = learner.drawn(session)?;
            changed = flow.is_some();
            Ok(flow.unwrap_or(Flow::On))
        });
        if changed {
            self.draw();
        }
    }

    /// Nobody presses a key until everything that is to be done between two keys is done.
    pub(crate) fn work(&mut self) -> &mut Self {
        while self.model.is_working() {
            self.message(Message::Tick);
        }
        self
    }

    /// Something is to be done outside of the face.
    pub(crate) fn perform(&mut self, effects: Vec<Effect>) {
        self.with_learner(|learner, session| learner.perform(effects.into(), session));
        self.draw();
    }

    /// Presses the keys of `script` one after the other, as [`events`] reads it.
    pub(crate) fn keys(&mut self, script: &str) -> &mut Self {
        for event in events(script) {
            self.event(&event);
        }
        self
    }

    /// All the keys of `script` are there before a frame is drawn.
    pub(crate) fn burst(&mut self, script: &str) -> &mut Self {
        self.model.set_now(self.world.now);
        for event in events(script) {
            if let Some(message) = self.model.message_for(&event, &self.hits) {
                self.with_learner(|learner, session| learner.take(message, session));
            }
        }
        self.draw_and_save();
        self
    }

    /// Reads the text on the screen, page by page, to its end.
    pub(crate) fn read_through(&mut self) -> &mut Self {
        loop {
            let before = self.screen();
            self.keys("PgDn");
            if self.screen() == before {
                return self;
            }
        }
    }

    /// Pastes.
    pub(crate) fn paste(&mut self, text: &str) -> &mut Self {
        self.event(&Event::Paste(text.to_owned()));
        self
    }

    /// Turns the wheel.
    pub(crate) fn wheel(&mut self, kind: MouseEventKind) -> &mut Self {
        self.wheel_at(kind, 1, 1)
    }

    /// Turns the wheel over this cell.
    pub(crate) fn wheel_at(&mut self, kind: MouseEventKind, column: u16, row: u16) -> &mut Self {
        self.event(&Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }));
        self
    }

    /// Clicks on the first place where `words` stand.
    pub(crate) fn click(&mut self, words: &str) -> &mut Self {
        let click = click_on(self.terminal.backend().buffer(), words);
        self.event(&click);
        self
    }

    /// Clicks there.
    pub(crate) fn click_at(&mut self, column: u16, row: u16) -> &mut Self {
        let kind = MouseEventKind::Down(MouseButton::Left);
        self.event(&Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }));
        self
    }

    /// What a click there would say.
    pub(crate) fn message_at(&self, column: u16, row: u16) -> Option<Message> {
        let kind = MouseEventKind::Down(MouseButton::Left);
        let click = Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE });
        self.model.message_for(&click, &self.hits)
    }

    /// The row at the bottom.
    pub(crate) fn last_row(&self) -> u16 {
        self.terminal.backend().buffer().area.height - 1
    }

    /// Time goes by, and the face wakes if it wanted to.
    pub(crate) fn wait(&mut self, seconds: i64) -> &mut Self {
        self.world.now = Timestamp::from_unix(self.world.now.unix() + seconds).expect("in range");
        let wakes = self.model.wake().is_some_and(|at| at <= self.world.now);
        self.model.set_now(self.world.now);
        if wakes {
            self.message(Message::Tick);
        }
        self
    }

    /// The terminal gets another size.
    pub(crate) fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.terminal.backend_mut().resize(width, height);
        self.draw_and_save();
        self
    }

    fn rows(&self) -> Vec<String> {
        rows(self.terminal.backend().buffer())
    }

    /// What is on the screen.
    pub(crate) fn screen(&self) -> String {
        self.rows().join("\n")
    }

    /// What was said just now: on a screen of some height, above the keys.
    pub(crate) fn said(&self) -> String {
        self.rows().iter().rev().nth(1).map_or_else(String::new, |row| row.trim().to_owned())
    }

    /// What is on the screen, with `[colour+attributes:words]` wherever something does not look like running text.
    pub(crate) fn styled(&self) -> String {
        styled(self.terminal.backend().buffer())
    }
}

/// The events of a key script. Keys are parted by spaces and named as in the help (`Enter`, `Esc`, `Space`, `Up`, `PgDn`,
/// `Ctrl-D`, `j`); `'some words'` is typed.
pub(crate) fn events(script: &str) -> Vec<Event> {
    let mut events = Vec::new();
    for (index, part) in script.split('\'').enumerate() {
        if index % 2 == 1 {
            events.extend(part.chars().map(|typed| Event::Key(KeyCode::Char(typed).into())));
        } else {
            events.extend(part.split_whitespace().map(|name| Event::Key(key_named(name))));
        }
    }
    events
}

/// A click on the first place of a screen where `words` stand.
pub(crate) fn click_on(buffer: &Buffer, words: &str) -> Event {
    let screen = rows(buffer);
    let found = screen.iter().enumerate().find_map(|(row, line)| Some((row, line.find(words)?, line)));
    let (row, byte, line) =
        found.unwrap_or_else(|| panic!("{words:?} is not on the screen:\n{}", screen.join("\n")));
    let column = crate::printable::Printable::new(&line[..byte]).width();
    Event::Mouse(MouseEvent {
        kind: MouseEventKind::Down(MouseButton::Left),
        column: u16::try_from(column).expect("on the screen"),
        row: u16::try_from(row).expect("on the screen"),
        modifiers: KeyModifiers::NONE,
    })
}

fn key_named(name: &str) -> KeyEvent {
    let code = match name {
        "Enter" => KeyCode::Enter,
        "Esc" => KeyCode::Esc,
        "Tab" => KeyCode::Tab,
        "Shift-Tab" => KeyCode::BackTab,
        "Backspace" => KeyCode::Backspace,
        "Space" => KeyCode::Char(' '),
        "Up" => KeyCode::Up,
        "Down" => KeyCode::Down,
        "Left" => KeyCode::Left,
        "Right" => KeyCode::Right,
        "PgUp" => KeyCode::PageUp,
        "PgDn" => KeyCode::PageDown,
        "Home" => KeyCode::Home,
        "End" => KeyCode::End,
        "F1" => KeyCode::F(1),
        "F2" => KeyCode::F(2),
        "F3" => KeyCode::F(3),
        "F4" => KeyCode::F(4),
        "F5" => KeyCode::F(5),
        "F6" => KeyCode::F(6),
        "F8" => KeyCode::F(8),
        "F9" => KeyCode::F(9),
        "F10" => KeyCode::F(10),
        other => {
            if let Some(letter) = other.strip_prefix("Ctrl-") {
                let letter = letter.to_lowercase().chars().next().expect("a letter after Ctrl-");
                return KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL);
            }
            let mut letters = other.chars();
            match (letters.next(), letters.next()) {
                (Some(typed), None) => KeyCode::Char(typed),
                (Some(_), Some(_)) | (None, _) => panic!("no key is called {other}"),
            }
        }
    };
    code.into()
}
