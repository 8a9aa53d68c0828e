//! One line of text that a person types.
//!
//! What was typed is kept as it is, without control characters; what is shown is defused, one grapheme at a time, so
//! that the cursor stands where the eye expects it even when a paste brought hidden characters along.

use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use unicode_segmentation::UnicodeSegmentation;
use zeroize::Zeroizing;

use crate::printable::Printable;

/// A text and the place in it where the next character goes. It is wiped from memory in the end.
#[derive(Clone, PartialEq, Eq)]
pub struct TextField {
    text: Zeroizing<String>,
    /// In bytes, always at the edge of a grapheme.
    cursor: usize,
    /// The most characters (Unicode scalar values) it takes.
    limit: usize,
}

impl fmt::Debug for TextField {
    /// Without the text: it may be a passphrase.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TextField(…)")
    }
}

/// What a key does to a field.
#[derive(Clone, PartialEq, Eq)]
pub enum Edit {
    /// Puts a character in.
    Insert(char),
    /// Puts a text in; line ends and tabs become spaces.
    Paste(String),
    /// One grapheme to the left.
    Left,
    /// One grapheme to the right.
    Right,
    /// To the beginning of the word.
    WordLeft,
    /// To the end of the word.
    WordRight,
    /// To the beginning.
    Home,
    /// To the end.
    End,
    /// To this byte, or the edge before it.
    MoveTo(usize),
    /// Takes the grapheme before the cursor out.
    Backspace,
    /// Takes the grapheme at the cursor out.
    Delete,
    /// Takes everything back to the beginning of the word out.
    DeleteWordLeft,
    /// Takes everything to the end of the word out.
    DeleteWordRight,
    /// Takes everything before the cursor out.
    DeleteToHome,
    /// Takes everything from the cursor on out.
    DeleteToEnd,
}

impl fmt::Debug for Edit {
    /// Without what was typed: it may belong to a passphrase.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Insert(_) => "Insert(…)",
            Self::Paste(_) => "Paste(…)",
            Self::Left => "Left",
            Self::Right => "Right",
            Self::WordLeft => "WordLeft",
            Self::WordRight => "WordRight",
            Self::Home => "Home",
            Self::End => "End",
            Self::MoveTo(_) => "MoveTo(…)",
            Self::Backspace => "Backspace",
            Self::Delete => "Delete",
            Self::DeleteWordLeft => "DeleteWordLeft",
            Self::DeleteWordRight => "DeleteWordRight",
            Self::DeleteToHome => "DeleteToHome",
            Self::DeleteToEnd => "DeleteToEnd",
        })
    }
}

/// What of a field is seen in a given width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Never wider than asked for; `…` stands where text goes on unseen.
    pub text: Printable,
    /// Column of the cursor within the width.
    pub cursor: u16,
}

impl TextField {
    /// An empty field that takes at most `limit` characters.
    #[must_use]
    pub fn new(limit: usize) -> Self {
        Self { text: Zeroizing::new(String::new()), cursor: 0, limit }
    }

    /// An empty field for a secret of at most `limit` characters. It never moves in memory, for that would leave a copy
    /// behind that nobody wipes.
    #[must_use]
    pub fn secret(limit: usize) -> Self {
        // A character takes at most four bytes.
        let text = Zeroizing::new(String::with_capacity(limit.saturating_mul(4)));
        Self { text, cursor: 0, limit }
    }

    /// A field that begins with `text`, the cursor behind it.
    #[must_use]
    pub fn with_text(limit: usize, text: &str) -> Self {
        let mut field = Self::new(limit);
        field.insert(text);
        field
    }

    /// What was typed, as it was typed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many characters (Unicode scalar values) it takes, when it holds so many.
    #[must_use]
    pub fn full(&self) -> Option<usize> {
        (self.text.chars().count() >= self.limit).then_some(self.limit)
    }

    /// Whether nothing but spaces was typed.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// What `key` would do, if it is a key for typing; keys that move between fields are not.
    #[must_use]
    pub fn edit_for(key: KeyEvent) -> Option<Edit> {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        match key.code {
            // AltGr arrives as both on Windows: `@` and `€` are typed with it on many keyboards.
            KeyCode::Char(typed) if control && alt => {
                (!typed.is_ascii_alphabetic()).then_some(Edit::Insert(typed))
            }
            KeyCode::Char('a') if control => Some(Edit::Home),
            KeyCode::Char('e') if control => Some(Edit::End),
            KeyCode::Char('h') if control => Some(Edit::Backspace),
            KeyCode::Char('w') if control => Some(Edit::DeleteWordLeft),
            KeyCode::Char('u') if control => Some(Edit::DeleteToHome),
            KeyCode::Char('k') if control => Some(Edit::DeleteToEnd),
            KeyCode::Char('b') if alt => Some(Edit::WordLeft),
            KeyCode::Char('f') if alt => Some(Edit::WordRight),
            KeyCode::Char('d') if alt => Some(Edit::DeleteWordRight),
            KeyCode::Char(typed) => (!control && !alt).then_some(Edit::Insert(typed)),
            KeyCode::Left => Some(if control || alt { Edit::WordLeft } else { Edit::Left }),
            KeyCode::Right => Some(if control || alt { Edit::WordRight } else { Edit::Right }),
            KeyCode::Home => Some(Edit::Home),
            KeyCode::End => Some(Edit::End),
            KeyCode::Backspace => Some(if control || alt { Edit::DeleteWordLeft } else { Edit::Backspace }),
            KeyCode::Delete => Some(if control || alt { Edit::DeleteWordRight } else { Edit::Delete }),
            // The keyboard is not ours to name: what is no typing key belongs to the screen around the field.
            _ => None,
        }
    }

    /// Does `edit`; whether the text (not only the cursor) has changed.
    pub fn edit(&mut self, edit: &Edit) -> bool {
        match edit {
            Edit::Insert(typed) => self.insert(typed.encode_utf8(&mut [0; 4])),
            Edit::Paste(text) => self.insert(text),
            Edit::Left => self.move_to(self.left()),
            Edit::Right => self.move_to(self.right()),
            Edit::WordLeft => self.move_to(self.word_left()),
            Edit::WordRight => self.move_to(self.word_right()),
            Edit::Home => self.move_to(0),
            Edit::End => self.move_to(self.text.len()),
            Edit::MoveTo(byte) => self.move_to(self.edge_at(*byte)),
            Edit::Backspace => self.take_out(self.left(), self.cursor),
            Edit::Delete => self.take_out(self.cursor, self.right()),
            Edit::DeleteWordLeft => self.take_out(self.word_left(), self.cursor),
            Edit::DeleteWordRight => self.take_out(self.cursor, self.word_right()),
            Edit::DeleteToHome => self.take_out(0, self.cursor),
            Edit::DeleteToEnd => self.take_out(self.cursor, self.text.len()),
        }
    }

    /// What is seen of it in `width` columns; the cursor is always among them.
    #[must_use]
    pub fn shown(&self, width: u16) -> Shown {
        let window = self.window(width);
        let mut text = String::new();
        let mut cursor = 0;
        if window.cut_left {
            text.push('…');
        }
        let mut column = usize::from(window.cut_left);
        for cell in &window.cells {
            if cell.start <= self.cursor {
                cursor = column;
            }
            text.push_str(cell.shown.as_str());
            column += cell.shown.width();
        }
        if window.cells.last().is_none_or(|last| last.end <= self.cursor) {
            cursor = column;
        }
        if window.cut_right {
            text.push('…');
        }
        let cursor = u16::try_from(cursor).unwrap_or(width).min(width.saturating_sub(1));
        Shown { text: Printable::new(&text), cursor }
    }

    /// The move to what stands in `column` of what [`TextField::shown`] shows in `width`.
    #[must_use]
    pub fn edit_at(&self, width: u16, column: u16) -> Edit {
        let window = self.window(width);
        let mut end = usize::from(window.cut_left);
        for cell in &window.cells {
            end += cell.shown.width();
            if usize::from(column) < end {
                return Edit::MoveTo(cell.start);
            }
        }
        Edit::MoveTo(window.cells.last().map_or(self.text.len(), |last| last.end))
    }

    fn insert(&mut self, text: &str) -> bool {
        let text = text.trim_end_matches(['\r', '\n']);
        let mut room = self.limit.saturating_sub(self.text.chars().count());
        let mut previous = ' ';
        // Never longer than what comes in, so that it does not move in memory either.
        let mut taken = Zeroizing::new(String::with_capacity(text.len()));
        for typed in text.chars() {
            let kept = match typed {
                '\n' if previous == '\r' => None,
                '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
                other if other.is_control() => None,
                other => Some(other),
            };
            previous = typed;
            let Some(kept) = kept else { continue };
            let Some(left) = room.checked_sub(1) else { break };
            room = left;
            taken.push(kept);
        }
        self.text.insert_str(self.cursor, &taken);
        // A combining mark joins what stands before it, and may join what stands behind: never stop inside.
        let end = self.cursor + taken.len();
        self.cursor = self.edge_from(end);
        !taken.is_empty()
    }

    fn take_out(&mut self, from: usize, to: usize) -> bool {
        self.text.replace_range(from..to, "");
        // What stood on both sides may have become one grapheme.
        self.cursor = self.edge_at(from);
        from < to
    }

    fn move_to(&mut self, byte: usize) -> bool {
        self.cursor = byte;
        false
    }

    /// Where graphemes begin, and the end.
    fn edges(&self) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.text.grapheme_indices(true).map(|(start, _)| start).chain([self.text.len()])
    }

    fn edge_at(&self, byte: usize) -> usize {
        self.edges().rfind(|edge| *edge <= byte).unwrap_or(0)
    }

    fn left(&self) -> usize {
        self.edges().rfind(|edge| *edge < self.cursor).unwrap_or(0)
    }

    fn right(&self) -> usize {
        self.edges().find(|edge| *edge > self.cursor).unwrap_or(self.text.len())
    }

    fn word_left(&self) -> usize {
        let mut words = self.text.unicode_word_indices().map(|(start, _)| start);
        self.edge_at(words.rfind(|start| *start < self.cursor).unwrap_or(0))
    }

    fn word_right(&self) -> usize {
        let mut words = self.text.unicode_word_indices().map(|(start, word)| start + word.len());
        let end = words.find(|end| *end > self.cursor).unwrap_or(self.text.len());
        self.edge_from(end)
    }

    fn edge_from(&self, byte: usize) -> usize {
        self.edges().find(|edge| *edge >= byte).unwrap_or(self.text.len())
    }

    /// The cells that are seen: everything if it fits beside the cursor, else what stands before the cursor.
    fn window(&self, width: u16) -> Window {
        let width = usize::from(width);
        let cells: Vec<Cell> = self
            .text
            .grapheme_indices(true)
            .map(|(start, grapheme)| Cell {
                start,
                end: start + grapheme.len(),
                shown: Printable::new(grapheme),
            })
            .collect();
        let total: usize = cells.iter().map(|cell| cell.shown.width()).sum();
        if total < width {
            return Window { cells, cut_left: false, cut_right: false };
        }
        // One column at either end for the sign, and the cursor's own cell (a column behind the text).
        let room = width.saturating_sub(2);
        let at = cells.iter().position(|cell| cell.end > self.cursor).unwrap_or(cells.len());
        let mut used = cells.get(at).map_or(1, |cell| cell.shown.width());
        let mut first = at;
        while first > 0 && used + cells[first - 1].shown.width() <= room {
            first -= 1;
            used += cells[first].shown.width();
        }
        let mut last = if used <= room && at < cells.len() { at + 1 } else { at };
        while last < cells.len() && used + cells[last].shown.width() <= room {
            used += cells[last].shown.width();
            last += 1;
        }
        let (cut_left, cut_right) = (first > 0 && width > 1, last < cells.len() && width > 1);
        Window { cells: cells.into_iter().take(last).skip(first).collect(), cut_left, cut_right }
    }
}

/// A grapheme and how it is shown.
struct Cell {
    start: usize,
    end: usize,
    shown: Printable,
}

struct Window {
    cells: Vec<Cell>,
    cut_left: bool,
    cut_right: bool,
}

#[cfg(test)]
mod tests;
