//! What the words in sight mean.

use super::Reader;
use crate::course::{Glossary, Term};
use crate::markup;
use crate::tui::effect::{Effect, sending};
use crate::tui::message::Message as FaceMessage;
use crate::tui::pane::Context;
use crate::tui::theme::Theme;

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

    /// The number of the term at this column and row of the screen. Where the terminal orders text that runs from right to left, we do
    /// not know what it shows in which column, so the terms of such a line are found by the key alone.
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
        let column = usize::from(column.checked_sub(self.margin)?);
        let lines = self.lines_on_screen();
        let line = lines.get(usize::from(row))?;
        if !theme.bidi().is_ours() && !line.is_straight() {
            return None;
        }
        let hit = line.clusters().into_iter().find(|cluster| cluster.columns.contains(&column))?;
        let before: usize = line.spans[..hit.span].iter().map(|span| span.text.as_str().len()).sum();
        let (above, below) = lines.split_at(usize::from(row));
        let above = words_of(above);
        let at = above.len() + before + hit.range.start;
        glossary.term_around(&(above + &words_of(below)), at)
    }

    /// The text on the screen, in the order in which it is read.
    fn words_in_sight(&self) -> String {
        words_of(&self.lines_on_screen())
    }

    /// The lines on the screen, without what comes with the next page.
    fn lines_on_screen(&self) -> Vec<markup::Line> {
        let room = self.room_for_text();
        self.layout.borrow_mut().lines(self.top, room)
    }
}

/// The text of lines, in the order in which it is read.
fn words_of(lines: &[markup::Line]) -> String {
    let mut words = String::new();
    for line in lines {
        for span in &line.spans {
            words.push_str(span.text.as_str());
        }
        words.push(' ');
    }
    words
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
