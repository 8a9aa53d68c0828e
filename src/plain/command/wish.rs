//! Settings that somebody wants to be others.

use crate::config::{Config, Face, NoteSigns, Setting};

/// What is expected behind `set`.
pub(super) const EXPECTED: &str = "Type set lines and a number from 1 to 1000, set width and a number from 10 to 1000, set notes on, set notes off, set face linear, or set face full-screen. It is kept for the next time. The other settings, such as colours, are for the full screen.";

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
    pub(super) fn parse(what: &str, value: &str) -> Option<Self> {
        let setting = match what {
            "face" => Setting::Face,
            "lines" | "page_lines" => Setting::PageLines,
            "width" | "line_width" => Setting::LineWidth,
            "notes" | "note_signs" => Setting::NoteSigns,
            _ => return None,
        };
        let mut config = Config::default();
        setting.set(&mut config, value).then_some(match setting {
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

    #[test]
    fn what_is_expected_is_what_is_taken() {
        assert!(EXPECTED.contains(&format!("set lines and a number from 1 to {MOST_LINES}, ")));
        assert_eq!(Wish::parse("lines", &MOST_LINES.to_string()), Some(Wish::Lines(MOST_LINES)));
        assert_eq!(Wish::parse("lines", &(MOST_LINES + 1).to_string()), None);
    }
}
