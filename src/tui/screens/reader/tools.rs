//! What helps to find a place in a text: its headings, and words in it.

use super::Reader;
use super::find::{Find, Goal};
use super::pictures::Closer;
use crate::markup::Place;
use crate::tui::edit::Edit;
use crate::tui::effect::Effect;
use crate::tui::pane::Context;
use crate::tui::widgets::rows::Step;

/// What helps to find a place in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tool {
    /// Shows the headings.
    ShowContents,
    /// Puts them away.
    HideContents,
    /// Goes on reading beside them.
    ToText,
    /// Moves among them.
    Contents(Step),
    /// Types a digit of the number of a heading.
    Digit(usize),
    /// Goes to the marked heading.
    Jump,
    /// Goes to the heading with this index.
    JumpTo(usize),
    /// Opens the line for words that are looked for.
    Find,
    /// Types them.
    Type(Edit),
    /// Stays where the words were found.
    Keep,
    /// Goes back to where the reader was before.
    GiveUp,
    /// Marks nothing any more.
    PutAway,
    /// Goes to the next place that was found.
    NextHit,
    /// Goes to the previous one.
    PreviousHit,
    /// Looks through the whole course instead of this text, or the other way round.
    Scope,
    /// Moves among what was found.
    Along(Step),
    /// Opens the place with this number in the list of what was found in the course.
    OpenFound(usize),
}

/// What the keys are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Reading.
    Reading,
    /// Reading, while a link is marked.
    Marked,
    /// Reading, while the sign of a note is marked.
    MarkedNote,
    /// Reading at a note to which its sign led.
    AtNote,
    /// The same while a link is marked.
    MarkedAtNote,
    /// Reading, while a picture is marked of which more is to be seen like this.
    MarkedPicture(Closer),
    /// Reading, while what was found is marked.
    Found,
    /// The same where there are none.
    FoundNothing,
    /// Reading a text that was opened from a list of what was found, which is marked.
    Opened,
    /// Choosing a heading.
    Contents,
    /// Typing words that are looked for.
    Finding,
    /// The same while the whole course is looked through.
    FindingInCourse,
    /// Looking at a picture that takes the whole screen.
    Picture,
}

impl Reader {
    /// Uses what helps to find a place.
    pub fn use_tool(&mut self, tool: Tool, context: &mut Context<'_>) -> Vec<Effect> {
        match tool {
            Tool::ShowContents => return self.show_contents(),
            Tool::HideContents => self.hide_contents(),
            Tool::ToText => self.turn_to_text(),
            Tool::Contents(step) => self.step_contents(step),
            Tool::Digit(digit) => self.type_number(digit),
            Tool::Jump => return self.jump_to_heading(None, context),
            Tool::JumpTo(index) => return self.jump_to_heading(Some(index), context),
            Tool::Find => self.open_find(),
            Tool::Type(edit) => self.type_words(&edit, context.settings.theme.bidi()),
            Tool::Keep => return self.keep_found(context),
            Tool::GiveUp => self.give_up_find(),
            Tool::PutAway => return self.put_find_away(),
            Tool::NextHit => return self.seek(Goal::Next, context),
            Tool::PreviousHit => return self.seek(Goal::Previous, context),
            Tool::Scope => self.change_scope(context),
            Tool::Along(step) => return self.step_found(step, context),
            Tool::OpenFound(number) => return self.open_from_list(Some(number)),
        }
        Vec::new()
    }

    /// What the keys are for.
    #[must_use]
    pub fn mode(&self) -> Mode {
        if self.is_enlarged() {
            return Mode::Picture;
        }
        let mode = self.contents_mode().or(self.find_mode()).unwrap_or(Mode::Reading);
        match (mode, self.marked_mode()) {
            (Mode::Reading, None) if self.is_at_note() => Mode::AtNote,
            (Mode::Reading, Some(Mode::Marked)) if self.is_at_note() => Mode::MarkedAtNote,
            (Mode::Reading | Mode::Found | Mode::FoundNothing | Mode::Opened, Some(marked)) => marked,
            (mode, _) => mode,
        }
    }

    /// Whether something is left to be done between two keys.
    #[must_use]
    pub fn is_working(&self) -> bool {
        self.find.as_ref().is_some_and(Find::is_working)
    }

    /// Time went by: does a part of what is left to be done, and saves what is to be saved by now.
    pub fn tick(&mut self, context: &mut Context<'_>) -> Vec<Effect> {
        if !self.is_working() {
            return self.save(context);
        }
        let mut effects = self.look_on();
        if self.save_at.is_some_and(|at| at <= context.now) {
            effects.extend(self.save(context));
        }
        effects
    }

    /// Goes to a place that somebody chose.
    pub(super) fn arrive(&mut self, place: Place, context: &Context<'_>) {
        self.top = place;
        self.stay_inside();
        self.hold_top();
        self.keep_back();
        self.let_go_out_of_sight();
        self.count(context.now);
        self.save_soon(context.now);
    }
}
