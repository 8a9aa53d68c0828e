//! What is said on the last rows of the screen to who comes back to the program, until they do something.

use std::iter;

use ratatui::layout::{Rect, Size};
use ratatui::style::Style;

use crate::printable::Printable;
use crate::tui::widgets::text;

/// Words under a title, each with its style.
#[derive(Debug, Clone)]
pub struct Greeting {
    title: (Style, String),
    words: Vec<(Style, String)>,
}

/// What says something to who comes back, below what they read or answer.
pub trait Greets {
    /// Says this, until [`Self::fall_silent`].
    fn greet(&mut self, greeting: Greeting);

    /// Whether it says something.
    fn has_greeting(&self) -> bool;

    /// They have done something.
    fn fall_silent(&mut self);
}

impl Greeting {
    /// `words` with what matters most first, under `title`. The texts may hold anything.
    #[must_use]
    pub fn new(title: (Style, String), words: Vec<(Style, String)>) -> Self {
        Self { title, words }
    }

    /// Its rows of this width, `most` at most. Words for which there is no room are left out as a whole: half a command leads nowhere.
    #[must_use]
    pub fn rows(&self, width: u16, most: usize) -> Vec<(Style, Printable)> {
        let (style, title) = &self.title;
        let title = (*style, vec![text::rule(title, width)]);
        let words = self.words.iter().map(|(style, words)| (*style, text::wrapped(words, width)));
        let mut rows = Vec::new();
        for (style, parts) in iter::once(title).chain(words) {
            if rows.len() + parts.len() > most {
                break;
            }
            rows.extend(parts.into_iter().map(|part| (style, part)));
        }
        rows
    }
}

/// The part of `area` above what is said, if anything is, and its rows of this width. Who is asked something has to see more than the
/// question: something to answer it with. All of that is to stay in sight, `needed` rows altogether, as far as it
/// leaves what is said a row.
#[must_use]
pub fn beside_what_is_asked(
    greeting: Option<&Greeting>,
    area: Rect,
    width: u16,
    needed: u16,
) -> (Rect, Vec<(Style, Printable)>) {
    let free = area.height.saturating_sub(needed).max(1);
    let most = usize::from(free.min(area.height / 4));
    let rows = greeting.map_or_else(Vec::new, |greeting| greeting.rows(width, most));
    let taken = u16::try_from(rows.len()).unwrap_or(u16::MAX);
    let above = Size { height: area.height.saturating_sub(taken), ..area.as_size() };
    (Rect::from((area.as_position(), above)), rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_without_room_are_left_out_as_a_whole() {
        let plain = Style::default();
        let words = ["due soon", "so it can be done in another way"].map(|words| (plain, words.to_owned()));
        let greeting = Greeting::new((plain, "here".to_owned()), words.into());
        let check = |width: u16, most: usize, expected: &[&str]| {
            let rows = greeting.rows(width, most);
            assert_eq!(rows.iter().map(|(_, row)| row.as_str()).collect::<Vec<_>>(), expected);
        };
        let all = ["── here ────────", "due soon", "so it can be", "done in another", "way"];
        check(16, 5, &all);
        check(16, 4, &all[..2]);
        check(16, 1, &all[..1]);
        // What is read or answered comes first.
        check(16, 0, &[]);
        check(8, 9, &["── here ", "due soon", "so it", "can be", "done in", "another", "way"]);
    }
}
