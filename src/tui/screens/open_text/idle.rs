//! What cannot be done with an open text just now: the last line does not name the keys for it.
//!
//! The key for a page stands there to the end all the same: whoever turns pages by clicks on it would click on what came in its place,
//! which leads out of the text. So does the one for the next place that was found, behind the last one.

use ratatui::layout::Size;

use super::{Message, OpenText};
use crate::tui::pane::View;
use crate::tui::screens::reader::{Aid, LinkStep, Look, Tool};
use crate::tui::widgets::rows::Step;

impl OpenText {
    /// Whether `message` would change nothing, or only say why it does not, where the text is drawn on a body of this size.
    pub fn is_idle(&self, message: &Message, view: &View<'_>, body: Size) -> bool {
        let reader = &self.reader;
        match message {
            Message::Link(LinkStep::Next) => reader.has_nothing_to_mark(),
            Message::ShowLinks => reader.links_listed().is_some_and(<[_]>::is_empty),
            Message::ChooseLink(Step::Down) => reader.links_listed().is_some_and(|links| links.len() < 2),
            Message::Tool(Tool::ShowContents) => reader.headings_listed().is_some_and(<[_]>::is_empty),
            Message::Tool(Tool::Contents(Step::Down)) => {
                reader.headings_listed().is_some_and(|headings| headings.len() < 2)
            }
            Message::Tool(Tool::Keep) => reader.found_nothing(),
            Message::Tool(Tool::Along(Step::Down)) => reader.found_one_at_most(),
            Message::Look(Look::Scroll(_)) => !reader.has_more_words(view.settings, body),
            Message::Aid(Aid::Define) => view.training.course().glossary.is_none(),
            _ => false,
        }
    }
}
