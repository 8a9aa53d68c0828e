//! What the words in sight mean.

use super::Reader;
use crate::course::{Glossary, Term};
use crate::tui::effect::{Effect, sending};
use crate::tui::message::Message as FaceMessage;
use crate::tui::pane::Context;

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
