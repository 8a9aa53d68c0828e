//! Where a page of a text leads, and how that is offered.

use super::Reader;
use crate::plain::session::Session;
use crate::plain::{Place, Visit, contents, result, words};
use crate::training::{PolicyState, Step, Text};

impl Reader<'_> {
    /// The first page that was passed over, if the text is to be read.
    pub(super) fn passed_over(&self) -> Option<usize> {
        if self.visit.back.is_some() { None } else { self.pages.first_unheard(self.heard) }
    }

    pub(super) fn prompt(&self, session: &Session<'_, '_>) -> String {
        let middle = if self.from > 0 { ", from its middle" } else { "" };
        let page = format!("Page {} of {}{middle}.", self.page + 1, self.pages.count());
        let way = self.visit.way_back().map_or("", |_| " Type return to go back to where you came from.");
        let beside = format!("{}{}", self.way_beside(session), self.way_to_sources(session));
        let back = format!("{way}{beside}");
        if !self.at_end() {
            let missing = self.passed_over().filter(|_| self.only_sources_follow());
            if let Some(missing) = missing {
                return format!(
                    "{page} {} does not count as read: what is missing begins on page {number}. Type page {number} to hear it. Press Enter \
                     for the next page, which has sources alone.{back}",
                    words::capital(&self.name()),
                    number = missing + 1
                );
            }
            let over = self.way_over_sources(session).unwrap_or_default();
            return format!("{page} Press Enter for the next page{over}.{back}");
        }
        if let Some(passed_over) = self.passed_over() {
            return format!(
                "{page} This is the end of {}, but it does not count as read: not all of it was said in its order. Press \
                 Enter for page {}, to hear it from there on.{back}",
                self.name(),
                passed_over + 1
            );
        }
        let onward = match self.onward(session) {
            Place::Policy(_) if self.visit.text == Text::Policy => match session.training.policy_state() {
                Some(PolicyState::Open) => "hear the statement to agree to",
                Some(PolicyState::Locked | PolicyState::Agreed(_)) | None => {
                    "hear how it stands with your agreement"
                }
            },
            _ if self.visit.back.is_some() => {
                return format!(
                    "{page} This is the end of {}{}. Press Enter to go back to where you came from.{beside}",
                    self.name(),
                    self.what_is_missing()
                );
            }
            place => match self.step_after(session) {
                Some(step) if place == Place::from(step) => &contents::words_to(session, step),
                Some(_) | None => "go on",
            },
        };
        let onward = words::sentence(&format!("Press Enter to {onward}"));
        format!("{page} This is the end of {}. {onward}{back}", self.name())
    }

    /// How to go on from one section that is worth reading again to another.
    fn way_beside(&self, session: &Session<'_, '_>) -> &'static str {
        match self.visit.back.as_deref() {
            Some(Place::Assessment) if result::has_section_beside(session) => {
                " Type read again and a number for another section."
            }
            Some(_) | None => "",
        }
    }

    /// Behind the name of a text at its end: what of it does not count as read, to whoever looked something up and listened on.
    fn what_is_missing(&self) -> String {
        self.pages.first_unheard(self.heard).map_or_else(String::new, |missing| {
            format!(", which does not count as read: what is missing begins on page {}", missing + 1)
        })
    }

    /// How to pass over what is not to be read, where nothing else follows this page and the text counts as read.
    fn way_over_sources(&self, session: &Session<'_, '_>) -> Option<String> {
        let only_sources = self.only_sources_follow();
        let command = match self.onward(session) {
            Place::Check(module) => format!("check {}", module + 1),
            Place::Reading(Visit { text: Text::Lesson(module), .. }) => format!("read {}", module + 1),
            Place::Assessment => "assessment".to_owned(),
            Place::Reading(_)
            | Place::Answered(..)
            | Place::Review(..)
            | Place::List
            | Place::Contents
            | Place::Policy(_)
            | Place::Sign
            | Place::Certificate => return None,
        };
        let is_due = only_sources && self.visit.back.is_none() && session.training.is_read(self.visit.text);
        is_due.then(|| format!(", which has sources alone, or type {command} to pass over them"))
    }

    /// Whether nothing that is to be read stands behind this page. Whoever agrees to a policy agrees to all of it.
    fn only_sources_follow(&self) -> bool {
        let is_lesson = matches!(self.visit.text, Text::Lesson(_));
        is_lesson && self.begin_of(self.page + 1) >= self.document.body_end()
    }

    /// Where Enter goes from the end.
    pub(super) fn onward(&self, session: &Session<'_, '_>) -> Place {
        match (&self.visit.back, self.step_after(session)) {
            (Some(place), _) => (**place).clone(),
            (None, None) => Place::Policy(self.visit.from.clone()),
            (None, Some(step)) => step.into(),
        }
    }

    /// What comes behind a lesson.
    fn step_after(&self, session: &Session<'_, '_>) -> Option<Step> {
        match self.visit.text {
            Text::Policy => None,
            Text::Lesson(module) => {
                Some(session.training.step_after_lesson(module).unwrap_or(Step::Lesson(module)))
            }
        }
    }
}
