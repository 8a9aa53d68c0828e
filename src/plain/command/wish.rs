//! Settings that somebody wants to be others.

use crate::config::{Config, Face, NoteSigns, Setting};

/// What is expected behind `set`.
pub(super) const EXPECTED: &str = "Type set lines and a number from 1 to 1000, set width and a number from 10 to 1000, set notes on, set notes off, set face linear, or set face full-screen. It is kept for the next time. The other settings, such as colours, are for the full screen.";

/// The same of one of them.
pub(super) const LINES: &str = "Type set lines and a number from 1 to 1000, such as: set lines 10";
pub(super) const WIDTH: &str = "Type set width and a number from 10 to 1000, such as: set width 40";
pub(super) const NOTES: &str = "Type set notes on, or set notes off.";
pub(super) const FACE: &str = "Type set face linear, or set face full-screen.";

/// A setting with its new value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::plain) enum Wish {
    /// The face in which courses open.
    Face(Face),
    /// Lines of a page.
    Lines(u16),
    /// Columns of a line.
    Width(u16),
    /// Signs of notes in a text.
    Notes(NoteSigns),
}

impl Wish {
    /// What was typed behind `set`.
    ///
    /// # Errors
    /// What is expected instead.
    pub(super) fn parse(what: Option<&str>, value: Option<&str>) -> Result<Self, &'static str> {
        let (setting, expected) = match what {
            Some("face") => (Setting::Face, FACE),
            Some("lines" | "page_lines") => (Setting::PageLines, LINES),
            Some("width" | "line_width") => (Setting::LineWidth, WIDTH),
            Some("notes" | "note_signs") => (Setting::NoteSigns, NOTES),
            Some(_) | None => return Err(EXPECTED),
        };
        let mut config = Config::default();
        if !value.is_some_and(|value| setting.set(&mut config, value)) {
            return Err(expected);
        }
        Ok(match setting {
            Setting::PageLines => Self::Lines(config.page_lines),
            Setting::LineWidth => Self::Width(config.line_width),
            Setting::NoteSigns => Self::Notes(config.note_signs),
            _ => Self::Face(config.face),
        })
    }

    pub(in crate::plain) fn setting(self) -> Setting {
        match self {
            Self::Face(_) => Setting::Face,
            Self::Lines(_) => Setting::PageLines,
            Self::Width(_) => Setting::LineWidth,
            Self::Notes(_) => Setting::NoteSigns,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::MOST_LINES;
    use crate::plain::wrap;

    #[test]
    fn what_is_expected_is_what_is_taken() {
        for expected in [EXPECTED, LINES] {
            assert!(expected.contains(&format!("set lines and a number from 1 to {MOST_LINES}, ")));
        }
        for expected in [EXPECTED, WIDTH] {
            let width = format!("set width and a number from {} to {}, ", wrap::MIN_WIDTH, wrap::MAX_WIDTH);
            assert!(expected.contains(&width), "{expected}");
        }
        let lines = |lines: u16| Wish::parse(Some("lines"), Some(&lines.to_string()));
        assert_eq!(lines(MOST_LINES), Ok(Wish::Lines(MOST_LINES)));
        assert_eq!(lines(MOST_LINES + 1), Err(LINES));
    }
}
