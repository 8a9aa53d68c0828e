//! Links of a text that is read: where they lead, and the way back.

use std::sync::Arc;

use super::Reader;
use super::marks::{Marked, Stop};
use super::terms::tell_terms;
use crate::address::Address;
use crate::course;
use crate::markup::Link;
use crate::training::{PartRead, Training};
use crate::tui::copied::Copied;
use crate::tui::effect::{Effect, saying, sending};
use crate::tui::keymap::Key;
use crate::tui::message::{Message as FaceMessage, Told};
use crate::tui::pane::Context;

/// So many jumps can be taken back.
const JUMPS_KEPT: usize = 64;

/// What is done with links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkStep {
    /// Marks the next link or picture.
    Next,
    /// Marks the previous link or picture.
    Previous,
    /// Follows the marked link, or enlarges the marked picture.
    Follow,
    /// Marks this link, which was clicked on, or follows it where it is marked: nobody is led where they could not read to.
    Choose(usize),
    /// Follows the sign of a note that is here in the source, which was clicked on.
    FollowNote(usize),
    /// Copies the address of the marked link; of one that leads out of the course after a question.
    Copy,
    /// Takes the mark away.
    LetGo,
    /// Goes back to where the last jump began.
    Return,
}

/// Whether a link led to another place of the same text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Led {
    /// To another place of it.
    Within,
    /// Anywhere else, or nowhere.
    Elsewhere,
}

/// What is marked, and the way back.
#[derive(Debug, Default)]
pub(super) struct Links {
    pub(super) mark: Option<Marked>,
    jumps: Vec<Jump>,
}

/// Where a jump began.
#[derive(Debug)]
struct Jump {
    /// Of the line at the top, in bytes of the source.
    offset: usize,
    /// What was marked.
    marked: Option<Stop>,
    /// Where in the source the note begins that it led to, if it led to one.
    note: Option<usize>,
}

impl Links {
    fn remember(&mut self, from: Jump) {
        if self.jumps.len() == JUMPS_KEPT {
            self.jumps.remove(0);
        }
        self.jumps.push(from);
    }

    /// The text has changed: `now` says where what stood at an offset stands.
    pub(super) fn follow(&mut self, now: impl Fn(usize) -> usize) {
        self.mark = None;
        for jump in &mut self.jumps {
            (jump.offset, jump.marked, jump.note) = (now(jump.offset), None, None);
        }
    }
}

impl Reader {
    /// Does something with links.
    pub fn link(&mut self, step: LinkStep, context: &mut Context<'_>) -> Vec<Effect> {
        self.count(context.now);
        // What is clicked beside headings is in the text.
        self.turn_to_text();
        let top = self.top;
        let effects = self.do_with_links(step, context);
        if self.top != top {
            self.save_soon(context.now);
        }
        effects
    }

    fn do_with_links(&mut self, step: LinkStep, context: &mut Context<'_>) -> Vec<Effect> {
        match step {
            LinkStep::Next | LinkStep::Previous => {
                let said = if step == LinkStep::Next { self.mark_next() } else { self.mark_previous() };
                self.name_target(context.training);
                said
            }
            LinkStep::Follow => match &self.links.mark {
                Some(Marked::Link { number, .. }) => self.follow_link(*number, context).1,
                Some(Marked::Note { .. }) => self.follow_note(),
                Some(Marked::Picture(picture)) => {
                    let picture = Arc::clone(picture);
                    self.enlarge(picture);
                    Vec::new()
                }
                None => Vec::new(),
            },
            LinkStep::Choose(number) if self.marked_link() == Some(number) => {
                self.follow_link(number, context).1
            }
            LinkStep::Choose(number) => {
                self.mark(Stop::Link(number));
                self.bring_mark_into_sight();
                self.name_target(context.training);
                Vec::new()
            }
            LinkStep::FollowNote(offset) => {
                let is_marked =
                    self.number_of_note(offset).is_some_and(|number| self.mark(Stop::Note(number)));
                if is_marked { self.follow_note() } else { vec![saying("this text has no such note")] }
            }
            LinkStep::Copy => match &self.links.mark {
                Some(Marked::Link { number, .. }) => self.copy_link(*number, context.training),
                Some(Marked::Note { .. } | Marked::Picture(_)) | None => Vec::new(),
            },
            LinkStep::LetGo => {
                self.let_go_of_mark();
                self.stay_inside();
                Vec::new()
            }
            LinkStep::Return => self.return_from_jump(),
        }
    }

    /// Goes where a link leads: within the course at once, out of it after a question.
    pub fn follow_link(&mut self, number: usize, context: &mut Context<'_>) -> (Led, Vec<Effect>) {
        let Some(link) = self.document.link(number) else { return (Led::Elsewhere, Vec::new()) };
        let from = context.training.text(self.what).map(|lesson| lesson.path.as_str());
        if let Some(terms) =
            from.and_then(|from| course::linked_terms(context.training.course(), from, &link.address))
        {
            return (Led::Elsewhere, tell_terms(&terms, context));
        }
        let inside = from.and_then(|from| {
            let to = course::linked_text(context.training.course(), from, &link.address)?;
            Some((to.lesson == from, to))
        });
        let message = match inside {
            Some((true, to)) => return self.jump(to.heading.as_deref()),
            Some((false, to)) => FaceMessage::LookUp(to),
            None => asking_about(&link),
        };
        (Led::Elsewhere, vec![sending(message)])
    }

    /// Where within the course an address of this text leads, in words: the names of its files are no learner's.
    #[must_use]
    pub fn place_in_course(&self, address: &str, training: &Training) -> Option<String> {
        let from = training.text(self.what).map(|lesson| lesson.path.as_str())?;
        if course::linked_terms(training.course(), from, address).is_some() {
            return Some("the glossary".to_owned());
        }
        let to = course::linked_text(training.course(), from, address)?;
        let text = training.text_in(&to.lesson)?;
        let lesson = training.text(text)?;
        let name = if text == self.what { "this text".to_owned() } else { text.name(&lesson.title) };
        let heading = to.heading.and_then(|anchor| lesson.document.heading(&anchor));
        Some(heading.map_or(name.clone(), |heading| format!("{name} › {}", heading.text)))
    }

    /// Copies the address of a link: of one within the course at once, of one out of it after the question that opening asks.
    pub fn copy_link(&self, number: usize, training: &Training) -> Vec<Effect> {
        let Some(link) = self.document.link(number) else { return Vec::new() };
        let from = training.text(self.what).map(|lesson| lesson.path.as_str());
        let is_within = from.is_some_and(|from| {
            course::linked_text(training.course(), from, &link.address).is_some()
                || course::linked_terms(training.course(), from, &link.address).is_some()
        });
        vec![if is_within {
            Effect::Copy(Copied::Address(link.address))
        } else {
            sending(asking_about(&link))
        }]
    }

    fn jump(&mut self, heading: Option<&str>) -> (Led, Vec<Effect>) {
        let offset = match heading.filter(|heading| !heading.is_empty()) {
            None => 0,
            Some(heading) => match self.document.heading(heading) {
                Some(heading) => heading.offset,
                None => return (Led::Elsewhere, vec![saying("this text has no such heading now")]),
            },
        };
        self.leap(offset);
        (Led::Within, telling(BACK_TO_LINK))
    }

    /// Goes to the marked note: to its link, where it has one, because that is what is opened next.
    fn follow_note(&mut self) -> Vec<Effect> {
        let Some(Marked::Note { note, .. }) = &self.links.mark else { return Vec::new() };
        let note = note.clone();
        self.leap(note.range.start);
        if let Some(jump) = self.links.jumps.last_mut() {
            jump.note = Some(note.range.start);
        }
        match self.document.link_of_note(&note) {
            Some((number, _)) => {
                self.mark(Stop::Link(number));
                self.bring_mark_into_sight();
            }
            None => self.stay_inside(),
        }
        telling(BACK_TO_TEXT)
    }

    /// Goes to a place, in bytes of the source, from where Backspace comes back.
    pub(super) fn leap(&mut self, offset: usize) {
        self.remember_way_back();
        self.links.mark = None;
        self.go_to_offset(offset);
    }

    /// Makes Backspace come back to the place that is on the screen.
    pub(super) fn remember_way_back(&mut self) {
        let from = Jump { offset: self.offset_at_top(), marked: self.marked_stop(), note: None };
        self.links.remember(from);
    }

    /// Makes Backspace come back to a place that was on the screen, in bytes of the source.
    pub(super) fn remember_way_back_to(&mut self, offset: usize) {
        self.links.remember(Jump { offset, marked: None, note: None });
    }

    /// Whether the note is in sight to which a sign in the text led last: the way out leads back to the text.
    pub(super) fn is_at_note(&self) -> bool {
        let Some(note) = self.links.jumps.last().and_then(|jump| jump.note) else { return false };
        let room = self.room_for_text();
        let mut layout = self.layout.borrow_mut();
        let (place, bottom) = (layout.place_of(note), layout.down(self.top, room - 1));
        (self.top..=bottom).contains(&place)
    }

    /// Where the reader jumped to the sources at the end from, in bytes of the source, as long as they look something up there: nobody
    /// left off among sources.
    pub(super) fn place_before_sources(&self) -> Option<usize> {
        let is_source = |offset: usize| self.frontier.part(&(offset..offset + 1)) == PartRead::LookedUp;
        let before =
            self.links.jumps.iter().rev().map(|jump| jump.offset).find(|offset| !is_source(*offset))?;
        let heading = self.document.headings().get(self.present_heading()?)?;
        is_source(heading.offset).then_some(before)
    }

    fn return_from_jump(&mut self) -> Vec<Effect> {
        let Some(jump) = self.links.jumps.pop() else {
            // Where this text is only looked at, there is a screen to go back to.
            let looking_up = self.kept.is_some();
            return vec![if looking_up { sending(FaceMessage::Back) } else { saying("no jump led to here") }];
        };
        self.links.mark = None;
        self.top = self.layout.get_mut().place_of(jump.offset);
        if let Some(marked) = jump.marked {
            self.mark(marked);
        }
        self.bring_mark_into_sight();
        self.stay_inside();
        self.hold_top();
        Vec::new()
    }
}

/// The question about a link that leads out of the course.
fn asking_about(link: &Link) -> FaceMessage {
    FaceMessage::AskToOpen(Box::new(Address::of_link(link.text.as_str(), &link.address)))
}

const BACK_TO_LINK: &[Told] = &[way_back(" goes back to the link")];
const BACK_TO_TEXT: &[Told] = &[way_back(" goes back to the text")];

const fn way_back(words: &'static str) -> Told {
    Told::Key { action: Some("way_back"), key: &[Key::Backspace], words }
}

pub(super) fn telling(told: &'static [Told]) -> Vec<Effect> {
    vec![sending(FaceMessage::Tell(told))]
}
