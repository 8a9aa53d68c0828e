//! The pieces of a line of a pad.

use ratatui::style::{Modifier, Style};
use unicode_segmentation::UnicodeSegmentation;

use crate::markup::{self, Level};
use crate::printable::Printable;
use crate::tui::theme::Theme;
use crate::tui::widgets::answer::PadMessage;
use crate::tui::widgets::text;

/// A run of text with one look.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) text: Printable,
    pub(super) tone: Tone,
    pub(super) click: Option<PadMessage>,
    /// How deep it stands in text of the other direction.
    pub(super) level: Level,
}

/// What a piece is, from which follows how it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    /// A text of the course.
    Text(markup::Style),
    /// Our own words.
    Plain,
    /// Our own words that a reader may skip.
    Muted,
    /// The sign of the focus, what is chosen.
    Strong,
    /// What was right.
    Right,
    /// What was wrong.
    Wrong,
    /// What is typed.
    Field,
}

impl Tone {
    pub(super) fn style(self, theme: Theme) -> Style {
        match self {
            // Links in a question cannot be opened: they would lead out of the answer.
            Self::Text(style) => text::style(markup::Style { link: None, ..style }, theme),
            Self::Plain => theme.text(),
            Self::Muted => theme.muted(),
            Self::Strong => theme.strong(),
            Self::Right => theme.good(),
            Self::Wrong => theme.bad(),
            Self::Field => theme.text().add_modifier(Modifier::UNDERLINED),
        }
    }
}

impl Piece {
    pub(super) fn new(text: &str, tone: Tone) -> Self {
        Self { text: Printable::new(text), tone, click: None, level: Level::default() }
    }

    pub(super) fn with_click(mut self, click: PadMessage) -> Self {
        self.click = Some(click);
        self
    }

    pub(super) fn width(&self) -> u16 {
        u16::try_from(self.text.width()).unwrap_or(u16::MAX)
    }
}

pub(super) fn space(width: u16) -> Piece {
    Piece::new(&" ".repeat(usize::from(width)), Tone::Plain)
}

pub(super) fn width_of(pieces: &[Piece]) -> u16 {
    pieces.iter().map(Piece::width).fold(0, u16::saturating_add)
}

/// The key that chooses the `index`th of several; there are nine such keys.
pub(super) fn number_key(index: usize) -> String {
    if index < 9 { (index + 1).to_string() } else { " ".to_owned() }
}

pub(super) fn pieces_of(line: markup::Line) -> Vec<Piece> {
    let piece = |span: markup::Span| Piece {
        text: span.text,
        tone: Tone::Text(span.style),
        click: None,
        level: span.level,
    };
    let free = (line.free > 0)
        .then(|| Piece { level: line.base, ..Piece::new(&" ".repeat(line.free), Tone::Plain) });
    line.spans.into_iter().map(piece).chain(free).collect()
}

/// Right-to-left lines without the columns that all of them leave free, so that a text stands beside the sign that it
/// belongs to and not at the other end of the screen.
pub(super) fn beside_lead(mut lines: Vec<markup::Line>) -> Vec<markup::Line> {
    let turned = |line: &&mut markup::Line| line.base != Level::default();
    let least = lines.iter_mut().filter(turned).map(|line| line.free).min().unwrap_or(0);
    lines.iter_mut().filter(turned).for_each(|line| line.free -= least);
    lines
}

/// Our own words, broken between words; what was typed into them may be one word longer than a line.
pub(super) fn wrapped(text: &str, width: u16, tone: Tone) -> Vec<Vec<Piece>> {
    let width = usize::from(width);
    let mut rows: Vec<Printable> = Vec::new();
    for word in text.split(' ') {
        let word = Printable::new(word);
        match rows.last_mut() {
            Some(row) if row.width() + 1 + word.width() <= width => {
                *row = Printable::new(&format!("{row} {word}"));
            }
            _ if word.width() <= width => rows.push(word),
            _ => rows.extend(chunks(&word, width)),
        }
    }
    rows.into_iter().map(|text| vec![Piece { text, tone, click: None, level: Level::default() }]).collect()
}

fn chunks(word: &Printable, width: usize) -> Vec<Printable> {
    let mut chunks = vec![Printable::default()];
    for grapheme in word.as_str().graphemes(true) {
        let grapheme = Printable::new(grapheme);
        match chunks.last_mut() {
            Some(chunk) if chunk.width() + grapheme.width() <= width => {
                *chunk = Printable::new(&format!("{chunk}{grapheme}"));
            }
            _ => chunks.push(grapheme),
        }
    }
    chunks
}
