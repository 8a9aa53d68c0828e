//! One line of text that a person types.
//!
//! What was typed is kept as it is, without control characters; what is shown is defused, one grapheme at a time, so
//! that the cursor stands where the eye expects it even when a paste brought hidden characters along, and right-to-left
//! text in the order in which it is read.

mod row;

use std::fmt;

use unicode_segmentation::UnicodeSegmentation;
use zeroize::Zeroizing;

use crate::markup::Bidi;
use crate::printable::Printable;
use crate::tui::edit::Edit;
use row::Side;

pub use row::Shown;

/// A text and the place in it where the next character goes. It is wiped from memory in the end.
#[derive(Clone, PartialEq, Eq)]
pub struct TextField {
    text: Zeroizing<String>,
    /// In bytes, always at the edge of a grapheme.
    cursor: usize,
    /// The most characters (Unicode scalar values) it takes.
    limit: usize,
    shown: Visible,
    /// Whether something had no room, and nothing was taken out since.
    cut: bool,
}

/// Whether what is typed can be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Visible {
    Yes,
    /// Dots stand for it, which always go from left to right.
    AsDots,
}

impl fmt::Debug for TextField {
    /// Without the text: it may be a passphrase.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TextField(…)")
    }
}

impl TextField {
    /// An empty field that takes at most `limit` characters.
    #[must_use]
    pub fn new(limit: usize) -> Self {
        Self { text: Zeroizing::default(), cursor: 0, limit, shown: Visible::Yes, cut: false }
    }

    /// An empty field for a secret of at most `limit` characters. It never moves in memory, for that would leave a copy
    /// behind that nobody wipes.
    #[must_use]
    pub fn secret(limit: usize) -> Self {
        // A character takes at most four bytes.
        let text = Zeroizing::new(String::with_capacity(limit.saturating_mul(4)));
        Self { text, cursor: 0, limit, shown: Visible::AsDots, cut: false }
    }

    /// A field that begins with `text`, the cursor behind it.
    #[must_use]
    pub fn with_text(limit: usize, text: &str) -> Self {
        let mut field = Self::new(limit);
        field.insert(text);
        field
    }

    /// As many dots as characters were typed, fewer than `width`.
    #[must_use]
    pub fn dots(&self, width: u16) -> Printable {
        let room = usize::from(width.saturating_sub(1));
        Printable::new(&"•".repeat(self.text.chars().count().min(room)))
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

    /// Whether something that was typed or pasted had no room in it, and nothing was taken out since.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.cut
    }

    /// Whether nothing but spaces was typed.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Does `edit` to a text that is put into order by `bidi`; whether the text (not only the cursor) has changed.
    pub fn edit(&mut self, edit: &Edit, bidi: Bidi) -> bool {
        match edit {
            Edit::Insert(typed) => self.insert(typed.encode_utf8(&mut [0; 4])),
            Edit::Paste(text) => self.insert(text),
            Edit::Left => self.move_to(self.step(Side::Left, bidi)),
            Edit::Right => self.move_to(self.step(Side::Right, bidi)),
            Edit::WordLeft => self.move_to(self.word(Side::Left, bidi)),
            Edit::WordRight => self.move_to(self.word(Side::Right, bidi)),
            Edit::WordBack => self.move_to(self.word_back()),
            Edit::WordOn => self.move_to(self.word_on()),
            Edit::Home => self.move_to(0),
            Edit::End => self.move_to(self.text.len()),
            Edit::MoveTo(byte) => self.move_to(self.edge_at(*byte)),
            Edit::Backspace => self.take_out(self.before(), self.cursor),
            Edit::Delete => self.take_out(self.cursor, self.behind()),
            Edit::DeleteWordLeft => self.take_out(self.word_back(), self.cursor),
            Edit::DeleteWordRight => self.take_out(self.cursor, self.word_on()),
            Edit::Clear => self.take_out(0, self.text.len()),
            Edit::DeleteToEnd => self.take_out(self.cursor, self.text.len()),
        }
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
            let Some(left) = room.checked_sub(1) else {
                self.cut = true;
                break;
            };
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
        self.cut &= from == to;
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

    fn step(&self, side: Side, bidi: Bidi) -> usize {
        match (self.shown, side) {
            (Visible::Yes, side) => self.beside(side, bidi),
            (Visible::AsDots, Side::Left) => self.before(),
            (Visible::AsDots, Side::Right) => self.behind(),
        }
    }

    fn word(&self, side: Side, bidi: Bidi) -> usize {
        let turned = self.shown == Visible::Yes && self.is_right_to_left(bidi);
        match (side, turned) {
            (Side::Left, false) | (Side::Right, true) => self.word_back(),
            (Side::Right, false) | (Side::Left, true) => self.word_on(),
        }
    }

    fn before(&self) -> usize {
        self.edges().rfind(|edge| *edge < self.cursor).unwrap_or(0)
    }

    fn behind(&self) -> usize {
        self.edges().find(|edge| *edge > self.cursor).unwrap_or(self.text.len())
    }

    fn word_back(&self) -> usize {
        let mut words = self.text.unicode_word_indices().map(|(start, _)| start);
        self.edge_at(words.rfind(|start| *start < self.cursor).unwrap_or(0))
    }

    fn word_on(&self) -> usize {
        let mut words = self.text.unicode_word_indices().map(|(start, word)| start + word.len());
        let end = words.find(|end| *end > self.cursor).unwrap_or(self.text.len());
        self.edge_from(end)
    }

    fn edge_from(&self, byte: usize) -> usize {
        self.edges().find(|edge| *edge >= byte).unwrap_or(self.text.len())
    }
}

#[cfg(test)]
mod tests;
