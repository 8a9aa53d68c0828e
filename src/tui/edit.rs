//! What is done to a text while it is typed, and by which keys.

use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// What is done to a text while it is typed.
#[derive(Clone, PartialEq, Eq)]
pub enum Edit {
    /// Puts a character in.
    Insert(char),
    /// Puts a text in; line ends and tabs become spaces.
    Paste(String),
    /// One grapheme to the left, as it is seen.
    Left,
    /// One grapheme to the right, as it is seen.
    Right,
    /// A word to the left; where the text is read from right to left, that is on.
    WordLeft,
    /// A word to the right; where the text is read from right to left, that is back.
    WordRight,
    /// Back to the beginning of the word.
    WordBack,
    /// On to the end of the word.
    WordOn,
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
    /// Takes everything out.
    Clear,
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
            Self::WordBack => "WordBack",
            Self::WordOn => "WordOn",
            Self::Home => "Home",
            Self::End => "End",
            Self::MoveTo(_) => "MoveTo(…)",
            Self::Backspace => "Backspace",
            Self::Delete => "Delete",
            Self::DeleteWordLeft => "DeleteWordLeft",
            Self::DeleteWordRight => "DeleteWordRight",
            Self::Clear => "Clear",
            Self::DeleteToEnd => "DeleteToEnd",
        })
    }
}

impl Edit {
    /// What `key` would do, if it is a key for typing; keys that move between fields are not.
    #[must_use]
    pub fn for_key(key: KeyEvent) -> Option<Self> {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        match key.code {
            // AltGr arrives as both on Windows: `@` and `€` are typed with it on many keyboards.
            KeyCode::Char(typed) if control && alt => {
                (!typed.is_ascii_alphabetic()).then_some(Self::Insert(typed))
            }
            KeyCode::Char('a') if control => Some(Self::Home),
            KeyCode::Char('e') if control => Some(Self::End),
            KeyCode::Char('h') if control => Some(Self::Backspace),
            KeyCode::Char('w') if control => Some(Self::DeleteWordLeft),
            // Not to the cursor alone, as shells have it: a click puts that anywhere.
            KeyCode::Char('u') if control => Some(Self::Clear),
            KeyCode::Char('k') if control => Some(Self::DeleteToEnd),
            KeyCode::Char('b') if alt => Some(Self::WordBack),
            KeyCode::Char('f') if alt => Some(Self::WordOn),
            KeyCode::Char('d') if alt => Some(Self::DeleteWordRight),
            KeyCode::Char(typed) => (!control && !alt).then_some(Self::Insert(typed)),
            KeyCode::Left => Some(if control || alt { Self::WordLeft } else { Self::Left }),
            KeyCode::Right => Some(if control || alt { Self::WordRight } else { Self::Right }),
            KeyCode::Home => Some(Self::Home),
            KeyCode::End => Some(Self::End),
            KeyCode::Backspace => Some(if control || alt { Self::DeleteWordLeft } else { Self::Backspace }),
            KeyCode::Delete => Some(if control || alt { Self::DeleteWordRight } else { Self::Delete }),
            // The keyboard is not ours to name: what is no typing key belongs to the screen around the field.
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(code: KeyCode, modifiers: KeyModifiers) -> Option<Edit> {
        Edit::for_key(KeyEvent::new(code, modifiers))
    }

    #[test]
    fn keys_for_typing_and_keys_for_the_screen() {
        assert_eq!(key(KeyCode::Char('q'), KeyModifiers::NONE), Some(Edit::Insert('q')));
        assert_eq!(key(KeyCode::Char('Q'), KeyModifiers::SHIFT), Some(Edit::Insert('Q')));
        assert_eq!(key(KeyCode::Char('c'), KeyModifiers::CONTROL), None);
        assert_eq!(
            key(KeyCode::Char('@'), KeyModifiers::CONTROL | KeyModifiers::ALT),
            Some(Edit::Insert('@'))
        );
        assert_eq!(key(KeyCode::Left, KeyModifiers::CONTROL), Some(Edit::WordLeft));
        assert_eq!(key(KeyCode::Enter, KeyModifiers::NONE), None);
        assert_eq!(key(KeyCode::Tab, KeyModifiers::NONE), None);
        assert_eq!(key(KeyCode::Up, KeyModifiers::NONE), None);
    }
}
