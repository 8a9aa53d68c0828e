//! What a trainer's preview has beside the learner's face: a line that says so, rulers, the faults, keys of its own.

use std::fmt::Write as _;

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::text::Line;

use crate::course::{Fault, Shown};
use crate::printable::Printable;
use crate::training::{Edition, Learner};
use crate::tui::keymap::{Binding, Key};
use crate::tui::pane::Pane;
use crate::tui::theme::Theme;
use crate::tui::widgets::answer::{AnswerPad, PadMessage};
use crate::tui::widgets::text;

/// From how many columns on the line of the preview has room for its keys.
const ROOM_FOR_KEYS: u16 = 72;

/// What a face is for.
#[derive(Debug)]
pub enum Purpose {
    /// Somebody learns.
    Learn,
    /// A trainer looks at what learners will see.
    Preview(Box<Preview>),
}

/// What a preview begins with.
#[derive(Debug)]
pub struct PreviewStart {
    /// The made-up learner.
    pub learner: Learner,
    /// The course, or what is wrong with it.
    pub edition: Edition,
    /// The rulers that the trainer asked for.
    pub rulers: Rulers,
    /// What is to be said first, such as faults of the settings.
    pub notices: Vec<String>,
}

/// What a preview knows beside what the learner's face knows.
#[derive(Debug)]
pub struct Preview {
    /// The made-up learner.
    pub(super) learner: Learner,
    /// What is wrong with the course as it stands now; nothing while it can be shown.
    pub(super) faults: Vec<Fault>,
    /// Whether they are to be shown as soon as the notice over the screen is read.
    pub(super) faults_wait: bool,
    /// How much of it is shown.
    pub(super) shown: Shown,
    pub(super) rulers: Rulers,
    /// The question on the screen with its key, over the screen.
    pub(super) key: Option<Box<AnswerPad>>,
    /// What changed last.
    pub(super) said: String,
}

/// What happens in a preview alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Shows the faults, or puts them away.
    Faults,
    /// The next width.
    Ruler,
    /// Shows the key of the question, or puts it away.
    Key,
    /// On the question with its key.
    Pad(PadMessage),
    /// Forgets everything that was answered and read.
    Afresh,
    /// Does everything up to the signature.
    CompleteAll,
}

/// What can be done everywhere in a preview.
pub static KEYS: &[Binding<Message>] = &[
    Binding::new(&[Key::F(2)], Message::Faults, "preview: what is wrong with the course"),
    Binding::new(&[Key::F(3)], Message::Ruler, "preview: the next reading width, as if the terminal had it"),
    Binding::new(&[Key::F(4)], Message::Key, "preview: the key of this question and why"),
    Binding::new(&[Key::F(5)], Message::Afresh, "preview: forget what was read and answered"),
    Binding::new(&[Key::F(6)], Message::CompleteAll, "preview: do everything up to the signature"),
];

/// While the key of a question is shown.
pub static KEY_SHOWN: &[Binding<Message>] =
    &[Binding::new(&[Key::Esc, Key::Enter, Key::Char('q')], Message::Key, "back to the question")
        .hint("back")];

impl Preview {
    /// A preview of which nothing was seen yet.
    #[must_use]
    pub fn new(learner: Learner, rulers: Rulers) -> Self {
        Self {
            learner,
            faults: Vec::new(),
            faults_wait: false,
            shown: Shown::Whole,
            rulers,
            key: None,
            said: String::new(),
        }
    }

    /// How large the learner's face is on a terminal of this size: all of it but a line, or as wide as is simulated.
    #[must_use]
    pub fn face(&self, terminal: Size) -> Size {
        let width = self.rulers.simulated(terminal.width).unwrap_or(terminal.width);
        Size { width, height: terminal.height.saturating_sub(1) }
    }

    /// Draws the rulers over the face.
    pub(super) fn draw_rulers(&self, face: Size, theme: Theme, buffer: &mut Buffer) {
        self.rulers.draw(face, theme, buffer);
    }

    /// Draws the line below the face, which says that this is a preview.
    pub(super) fn draw_line(&self, theme: Theme, buffer: &mut Buffer) {
        let screen = buffer.area;
        let row = Rect { y: screen.bottom().saturating_sub(1), height: screen.height.min(1), ..screen };
        let mut pane = Pane::<Message>::new(buffer, row);
        let width = usize::from(row.width);
        let state = Printable::new(&self.state(screen.width));
        let sign = ["PREVIEW · nothing is saved", "PREVIEW"];
        let sign = sign.into_iter().find(|sign| sign.chars().count() + state.width() + 4 <= width);
        let sign = Printable::new(sign.unwrap_or("PREVIEW"));
        let room = width.saturating_sub(sign.width() + 4);
        let state = state.cut(room);
        pane.line(0, 0, &Line::from(text::said(&" ".repeat(width), theme.selected())));
        pane.line(1, 0, &Line::from(text::shown(&sign, theme.selected().patch(theme.strong()))));
        let column = u16::try_from(width.saturating_sub(state.width() + 1)).unwrap_or(u16::MAX);
        pane.line(column, 0, &Line::from(text::shown(&state, theme.selected())));
    }

    /// How the course stands and how it is shown, in a few words.
    fn state(&self, terminal: u16) -> String {
        let mut words = match (self.faults.len(), self.said.as_str()) {
            (0, "") if terminal >= ROOM_FOR_KEYS => "F3 width  F4 key  F5 afresh  ? all keys".to_owned(),
            (0, "") => "? keys".to_owned(),
            (0, said) if terminal >= ROOM_FOR_KEYS => format!("✓ {said} · ? all keys"),
            (0, said) => format!("✓ {said}"),
            (1, _) => "✗ 1 fault: F2".to_owned(),
            (faults, _) => format!("✗ {faults} faults: F2"),
        };
        match (self.rulers.at, self.rulers.simulated(terminal)) {
            (Ruler::Marks, _) => words.push_str(" · widths marked"),
            (Ruler::As(_), Some(width)) => {
                let _ = write!(words, " · as {width} columns");
            }
            (Ruler::Off, _) | (Ruler::As(_), None) => {}
        }
        words
    }
}

/// Widths at which a course is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rulers {
    /// In columns, ascending.
    widths: Vec<u16>,
    at: Ruler,
}

/// What the rulers do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ruler {
    /// Nothing.
    Off,
    /// They mark where each width ends.
    Marks,
    /// The face is as wide as the width at this index.
    As(usize),
}

impl Default for Rulers {
    /// Rulers at 40, 80 and 100 columns that do nothing yet.
    fn default() -> Self {
        Self { widths: vec![40, 80, 100], at: Ruler::Off }
    }
}

impl Rulers {
    /// The narrowest width that a face can have, in columns.
    pub const NARROWEST: u16 = super::areas::SMALLEST.width;

    /// Rulers at these widths (in columns), marked from the beginning. Widths that no face can have are left out.
    #[must_use]
    pub fn marked(mut widths: Vec<u16>) -> Self {
        widths.retain(|width| *width >= Self::NARROWEST);
        widths.sort_unstable();
        widths.dedup();
        Self { widths, at: Ruler::Marks }
    }

    /// Goes on: marks, then every width that fits into the terminal, then nothing again.
    pub(super) fn next(&mut self, terminal: u16) {
        let fits = |index: usize| self.widths.get(index).is_some_and(|width| *width <= terminal);
        let next = match self.at {
            Ruler::Off => Some(Ruler::Marks),
            Ruler::Marks => fits(0).then_some(Ruler::As(0)),
            Ruler::As(index) => fits(index + 1).then_some(Ruler::As(index + 1)),
        };
        self.at = next.unwrap_or(Ruler::Off);
    }

    /// The width that the face has instead of the terminal's.
    fn simulated(&self, terminal: u16) -> Option<u16> {
        match self.at {
            Ruler::Off | Ruler::Marks => None,
            Ruler::As(index) => self.widths.get(index).copied().filter(|width| *width <= terminal),
        }
    }

    /// Marks where each width ends, beside what is written there.
    fn draw(&self, face: Size, theme: Theme, buffer: &mut Buffer) {
        let screen = buffer.area;
        match self.at {
            Ruler::Off => return,
            Ruler::Marks | Ruler::As(_) => {}
        }
        for width in self.widths.iter().copied().filter(|width| *width < screen.width) {
            let simulated = width == face.width && self.simulated(screen.width).is_some();
            let (sign, style) = if simulated { ("│", theme.accent()) } else { ("┊", theme.muted()) };
            for y in 0..screen.height.saturating_sub(1) {
                if let Some(cell) = buffer.cell_mut((width, y)).filter(|cell| cell.symbol() == " " || y == 1)
                {
                    cell.set_symbol(sign).set_style(style);
                }
            }
            // The number ends where the width ends, on the line under the title if there is one.
            let label = width.to_string();
            let column = width.saturating_sub(u16::try_from(label.len()).unwrap_or(0));
            let free = |x| buffer.cell((x, 1)).is_some_and(|cell| matches!(cell.symbol(), " " | "─"));
            if (column..width).all(free) {
                buffer.set_string(column, 1, &label, theme.key());
            }
        }
    }
}
