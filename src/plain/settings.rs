//! Settings of the linear face, said and changed.

use super::Stop;
use super::command::Wish;
use super::session::Session;
use crate::config::{Face, NoteSigns};
use crate::phrase::counted;

/// Says how everything is set that concerns this face.
pub(super) fn say(session: &mut Session<'_, '_>) -> Result<(), Stop> {
    let (lines, width) = (session.page_lines, session.console.width());
    let (face, notes) = (session.config.face, session.config.note_signs);
    let kept = usize::from(session.config.page_lines);
    let for_now =
        if kept == lines { String::new() } else { format!(" for now, {kept} from the next start on") };
    session.say(&format!("Lines of a page: {lines}{for_now}. To change: set lines 10."))?;
    let kept = usize::from(session.config.line_width);
    let for_now = if session.console.has_width_for_now() && kept != width {
        format!(" for now, at most {kept} from the next start on")
    } else {
        String::new()
    };
    session.say(&format!("Columns of a line: {width}{for_now}. To change: set width 40."))?;
    session.say(match notes {
        NoteSigns::On => {
            "Signs of notes, such as: note F002, are said where they stand in a text. To change: set notes off."
        }
        NoteSigns::Off => "Signs of notes are left out of texts. To change: set notes on.",
    })?;
    session.say(&match face {
        Face::Linear => "Courses open line by line. To change: set face full-screen.".to_owned(),
        Face::FullScreen => {
            "Courses open on the full screen where nothing asks for line by line. To change: set face linear."
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
            format!("A page has at most {}", counted(lines, "line", "lines"))
        }
        Wish::Width(width) => {
            session.config.line_width = width;
            session.console.set_most(usize::from(width));
            format!("Lines have at most {width} columns")
        }
        Wish::Notes(notes) => {
            session.config.note_signs = notes;
            match notes {
                NoteSigns::On => "Signs of notes are said where they stand in a text".to_owned(),
                NoteSigns::Off => "Signs of notes are left out of texts".to_owned(),
            }
        }
        Wish::Face(face) => {
            session.config.face = face;
            match face {
                Face::Linear => "From the next start on courses open line by line".to_owned(),
                Face::FullScreen => {
                    "From the next start on courses open on the full screen, unless something asks for line by line".to_owned()
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
