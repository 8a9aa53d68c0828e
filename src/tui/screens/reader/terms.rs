//! What the words in sight mean.

use super::Reader;
use crate::course::{Glossary, Term};
use crate::printable::Printable;
use crate::tui::effect::{Effect, sending};
use crate::tui::message::Message as FaceMessage;
use crate::tui::pane::Context;
use crate::tui::theme::Theme;
use crate::tui::widgets::text;

impl Reader {
    /// Shows what the terms in sight mean; what all of them mean where none is in sight.
    pub(super) fn define(&self, context: &Context<'_>) -> Vec<Effect> {
        let message = match &context.training.course().glossary {
            None => FaceMessage::Say("this course has no glossary".to_owned()),
            Some(glossary) => {
                let found = glossary.terms_in(&self.words_in_sight());
                let (title, terms) = if found.is_empty() {
                    ("all terms; none is in sight", glossary.terms.iter().collect())
                } else {
                    ("terms in sight", found)
                };
                told(glossary, title, &terms)
            }
        };
        vec![sending(message)]
    }

    /// Shows what the term with this number means.
    pub(super) fn define_term(number: usize, context: &Context<'_>) -> Vec<Effect> {
        let glossary = context.training.course().glossary.as_ref();
        let term = glossary.and_then(|glossary| glossary.terms.get(number));
        term.map_or_else(Vec::new, |term| tell_terms(&[term], context))
    }

    /// The number of the term at this column and row of the screen. Text that runs from right to left is drawn in another order than it
    /// is read, so its terms are found by the key alone.
    pub(in crate::tui::screens) fn term_at(
        &self,
        column: u16,
        row: u16,
        theme: Theme,
        glossary: &Glossary,
    ) -> Option<usize> {
        if self.results().is_some() || self.contents_cover_everything() {
            return None;
        }
        let mut left = usize::from(column.checked_sub(self.margin)?);
        let room = self.room_for_text();
        let lines = self.layout.borrow_mut().lines(self.top, room);
        let (mut words, mut at) = (String::new(), None);
        for (nth, line) in lines.iter().enumerate() {
            for span in text::ordered(line, theme).iter() {
                for (place, c) in span.text.as_str().char_indices() {
                    let width = Printable::new(c.encode_utf8(&mut [0; 4])).width();
                    if nth == usize::from(row) && at.is_none() {
                        match left.checked_sub(width) {
                            Some(rest) => left = rest,
                            None => at = Some(words.len() + place),
                        }
                    }
                }
                words.push_str(span.text.as_str());
            }
            words.push(' ');
        }
        glossary.term_around(&words, at?)
    }

    /// The text on the screen, in the order in which it is read.
    fn words_in_sight(&self) -> String {
        // Not what comes with the next page.
        let room = self.room_for_text();
        let lines = self.layout.borrow_mut().lines(self.top, room);
        let mut words = String::new();
        for line in &lines {
            for span in &line.spans {
                words.push_str(span.text.as_str());
            }
            words.push(' ');
        }
        words
    }
}

/// Shows what the terms mean that a link is about.
pub(super) fn tell_terms(terms: &[&Term], context: &Context<'_>) -> Vec<Effect> {
    let glossary = context.training.course().glossary.as_ref();
    glossary.map_or_else(Vec::new, |glossary| vec![sending(told(glossary, "glossary", terms))])
}

fn told(glossary: &Glossary, title: &'static str, terms: &[&Term]) -> FaceMessage {
    let text = terms.iter().map(|term| glossary.told(term)).collect::<Vec<_>>().join("\n\n");
    FaceMessage::Terms { title, text: text.into() }
}

#[cfg(test)]
mod tests;
