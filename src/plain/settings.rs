//! Settings of the linear face, said and changed.

use super::Stop;
use super::session::Session;
use crate::config::{Config, Face, Setting};

/// What is expected behind `set`.
pub(super) const EXPECTED: &str = "Type set lines and a number from 1 to 1000, set width and a number from 10 to 1000, set face linear, or set face full-screen. It is kept for the next time. The other settings, such as colours, are for the full screen.";

/// A setting with its new value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    /// The face in which courses open.
    Face(Face),
    /// Lines of a page.
    Lines(u16),
    /// Columns of a line.
    Width(u16),
}

impl Wish {
    /// What was typed behind `set`.
    pub(super) fn parse(what: &str, value: &str) -> Option<Self> {
        let setting = match what {
            "face" => Setting::Face,
            "lines" | "page_lines" => Setting::PageLines,
            "width" | "line_width" => Setting::LineWidth,
            _ => return None,
        };
        let mut config = Config::default();
        setting.set(&mut config, value).then_some(match setting {
            Setting::PageLines => Self::Lines(config.page_lines),
            Setting::LineWidth => Self::Width(config.line_width),
            _ => Self::Face(config.face),
        })
    }

    fn setting(self) -> Setting {
        match self {
            Self::Face(_) => Setting::Face,
            Self::Lines(_) => Setting::PageLines,
            Self::Width(_) => Setting::LineWidth,
        }
    }
}

/// Says how everything is set that concerns this face.
pub(super) fn say(session: &mut Session<'_, '_>) -> Result<(), Stop> {
    let (lines, width) = (session.page_lines, session.console.width());
    let face = session.config.face;
    session.say(&format!("Lines of a page: {lines}. To change: set lines 10."))?;
    session.say(&format!("Columns of a line: {width}. To change: set width 40."))?;
    session.say(&match face {
        Face::Linear => "Courses open line by line. To change: set face full-screen.".to_owned(),
        Face::FullScreen => {
            "Courses open on the full screen where nothing asks for this face. To change: set face linear."
                .to_owned()
        }
    })
}

/// Does it, and keeps it for the next time.
pub(super) fn change(session: &mut Session<'_, '_>, wish: Wish) -> Result<(), Stop> {
    let said = match wish {
        Wish::Lines(lines) => {
            session.config.page_lines = lines;
            session.page_lines = usize::from(lines);
            format!("A page has at most {lines} lines")
        }
        Wish::Width(width) => {
            session.config.line_width = width;
            session.console.set_width(usize::from(width));
            format!("Lines have at most {width} columns")
        }
        Wish::Face(face) => {
            session.config.face = face;
            match face {
                Face::Linear => "From the next start on courses open line by line".to_owned(),
                Face::FullScreen => {
                    "From the next start on courses open on the full screen, unless something asks for this face".to_owned()
                }
            }
        }
    };
    match session.keeper.keep(&session.config, &[wish.setting()]) {
        Ok(()) => session.say(&format!("{said}. This is kept.")),
        Err(error) => {
            session.say(&format!("{said}. It is not kept for the next time: {}.", error.message))?;
            match error.hint {
                Some(hint) => session.say(&format!("What to do: {hint}.")),
                None => Ok(()),
            }
        }
    }
}
