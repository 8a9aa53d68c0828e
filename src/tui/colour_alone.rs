//! No state differs by colour alone: many screens are drawn, and compared with their colours taken away.
//!
//! Two lines of the screen that read the same, with the same bold, dim, underlined and reversed characters, must have the same
//! colours, or else whoever does not see colours cannot tell what these say. And two whole frames that read the same, with the
//! cursor in the same place, must be the same in all else: a screen reader knows of nothing else than these.

use std::collections::HashMap;

use crossterm::event::{Event, KeyCode};
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};

use crate::config::{Config, ThemeName};
use crate::printable::Printable;
use crate::tui::message::{Destination, Message};
use crate::tui::screens::samples::{beginning, ready_for_the_assessment, ready_for_the_policy};
use crate::tui::testing::{Stage, rows};
use crate::tui::theme::{Depth, Device, Theme};

/// A line without its colours.
type Stripped = Vec<(String, Modifier)>;

/// Its colours alone.
type Colours = Vec<(Color, Color)>;

/// What a screen reader has of a frame: what it reads, and where the cursor is.
type Spoken = (Vec<String>, Option<Position>);

/// All else of it.
type Styles = Vec<(Modifier, (Color, Color))>;

/// Every line that was seen, with its colours and the screen on which it was first.
#[derive(Default)]
pub(in crate::tui) struct Seen {
    lines: HashMap<Stripped, (Colours, String)>,
    frames: HashMap<Spoken, Styles>,
    /// Lines that differ by colour alone, and frames that differ by styles alone.
    found: Vec<String>,
}

impl Seen {
    pub(in crate::tui) fn look(&mut self, backend: &TestBackend) {
        self.look_at_lines(backend.buffer());
        self.look_at_whole(backend);
    }

    fn look_at_whole(&mut self, backend: &TestBackend) {
        let buffer = backend.buffer();
        let width = usize::from(buffer.area.width);
        let cells: Vec<&Cell> = buffer.content.chunks(width).flat_map(in_sight).collect();
        let spoken = cells.iter().map(|cell| cell.symbol().to_owned()).collect();
        let styles: Styles = cells.iter().map(|cell| (modifier_of(cell), colours_of(cell))).collect();
        let cursor = backend.cursor_visible().then(|| backend.cursor_position());
        let before = self.frames.entry((spoken, cursor)).or_insert_with(|| styles.clone());
        if *before != styles {
            let at = before.iter().zip(&styles).position(|(one, other)| one != other);
            self.found.push(format!("styles alone differ at {at:?}:\n{}", rows(buffer).join("\n")));
        }
    }

    fn look_at_lines(&mut self, buffer: &Buffer) {
        let width = usize::from(buffer.area.width);
        for row in buffer.content.chunks(width) {
            let cells = in_sight(row);
            // A rule or an empty line says nothing that could be missed.
            if !cells.iter().any(|cell| cell.symbol().chars().any(char::is_alphanumeric)) {
                continue;
            }
            let stripped = cells.iter().map(|cell| (cell.symbol().to_owned(), cell.modifier)).collect();
            let colours: Colours = cells.iter().map(|cell| colours_of(cell)).collect();
            let here = || rows(buffer).join("\n");
            let (before, there) = self.lines.entry(stripped).or_insert_with(|| (colours.clone(), here()));
            if *before != colours {
                let line: String = cells.iter().map(|cell| cell.symbol()).collect();
                let differs = before.iter().zip(&colours).position(|(one, other)| one != other);
                self.found.push(format!("{line:?} at {differs:?}:\n{there}\n\nand\n{}", here()));
            }
        }
    }

    /// Fails when colour alone told lines apart, or styles alone frames, or when fewer than `least` different ones were seen.
    #[track_caller]
    pub(in crate::tui) fn check(&self, least: usize) {
        let (lines, found) = (self.lines.len(), self.found.len());
        assert!(lines >= least, "{lines} lines are too few to be all states");
        assert!(found == 0, "{found} lines\n{}", self.found.join("\n\n---\n"));
    }
}

/// The cells of a row without those that stand behind a wide character.
fn in_sight(row: &[Cell]) -> Vec<&Cell> {
    let mut behind = 0_usize;
    let mut cells = Vec::with_capacity(row.len());
    for cell in row {
        if behind > 0 {
            behind -= 1;
            continue;
        }
        behind = Printable::new(cell.symbol()).width().saturating_sub(1);
        cells.push(cell);
    }
    cells
}

/// The style of a cell; what is blank shows none but those that draw something there.
fn modifier_of(cell: &Cell) -> Modifier {
    let drawn = Modifier::REVERSED | Modifier::UNDERLINED;
    if cell.symbol().trim().is_empty() { cell.modifier & drawn } else { cell.modifier }
}

/// The colours of a cell; what is blank shows its ground alone.
fn colours_of(cell: &Cell) -> (Color, Color) {
    let blank = cell.symbol().trim().is_empty();
    let hidden = blank && !cell.modifier.intersects(Modifier::REVERSED | Modifier::UNDERLINED);
    (if hidden { Color::Reset } else { cell.fg }, cell.bg)
}

/// Keys for going about: nothing is typed, and nothing leaves.
const KEYS: [KeyCode; 22] = [
    KeyCode::Enter,
    KeyCode::Enter,
    KeyCode::Enter,
    KeyCode::Down,
    KeyCode::Down,
    KeyCode::Up,
    KeyCode::Right,
    KeyCode::Tab,
    KeyCode::End,
    KeyCode::PageDown,
    KeyCode::Char(' '),
    KeyCode::Char('1'),
    KeyCode::Char('2'),
    KeyCode::Char('3'),
    KeyCode::Char('l'),
    KeyCode::Char('n'),
    KeyCode::Char('v'),
    KeyCode::Char('o'),
    KeyCode::Char('f'),
    KeyCode::Char('t'),
    KeyCode::Char('y'),
    KeyCode::Esc,
];

/// Goes about from `stage` in `steps` steps that `chance` decides, and looks at everything on the way.
pub(in crate::tui) fn go_about(
    mut stage: Stage,
    theme: Theme,
    chance: u64,
    steps: usize,
    look: &mut dyn FnMut(&mut Stage),
) {
    let mut drawn = chance;
    for _ in 0..steps {
        // xorshift64 (Marsaglia, "Xorshift RNGs", 2003).
        drawn ^= drawn << 13;
        drawn ^= drawn >> 7;
        drawn ^= drawn << 17;
        let key = KEYS[usize::try_from(drawn % KEYS.len() as u64).expect("an index")];
        stage.event(&Event::Key(key.into()));
        if stage.ended {
            stage = stage.restart();
        }
        stage.model.set_theme(theme);
        stage.draw();
        look(&mut stage);
    }
}

fn theme(name: ThemeName) -> Theme {
    Theme::of(&Config { theme: name, ..Config::default() }, Device::with(Depth::Full))
}

#[test]
fn a_learner_who_sees_no_colours_misses_nothing() {
    for name in ThemeName::ALL.iter().copied() {
        let mut seen = Seen::default();
        let places =
            [Destination::Course, Destination::Check(0), Destination::Assessment, Destination::Policy];
        for (number, destination) in places.into_iter().enumerate() {
            for (nth, begin) in
                [beginning, ready_for_the_assessment, ready_for_the_policy].into_iter().enumerate()
            {
                let mut stage = begin(80, 24);
                stage.message(Message::Go(destination));
                let number = u64::try_from(1 + 3 * number + nth).expect("small");
                let chance = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
                let mut look = |stage: &mut Stage| seen.look(stage.terminal.backend());
                go_about(stage, theme(name), chance, 70, &mut look);
            }
        }
        seen.check(300);
    }
}
