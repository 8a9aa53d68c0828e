//! What cannot be done with an open text just now: the last line does not name the keys for it.
//!
//! The key for a page stands there to the end all the same: whoever turns pages by clicks on it would click on what came in its place,
//! which leads out of the text. So does the one for the next place that was found, behind the last one of several.

use ratatui::layout::Size;

use super::{Message, OpenText};
use crate::tui::pane::View;
use crate::tui::screens::reader::{Aid, LinkStep, Look, Reader, Tool};
use crate::tui::widgets::rows::Step;

impl OpenText {
    /// Whether `message` would change nothing, or only say why it does not, where the text is drawn on a body of this size.
    pub fn is_idle(&self, message: &Message, view: &View<'_>, body: Size) -> bool {
        let reader = &self.reader;
        match message {
            Message::Link(step) => *step == LinkStep::Next && reader.has_nothing_to_mark(),
            Message::ShowLinks => reader.has_no_link(),
            Message::ChooseLink(step) => {
                *step == Step::Down && reader.links_listed().is_some_and(|links| links.len() < 2)
            }
            Message::Tool(tool) => is_idle_tool(tool, reader),
            Message::Look(look) => {
                matches!(look, Look::Scroll(_) | Look::Pages(_))
                    && !reader.has_more_words(view.settings, body)
            }
            Message::Aid(aid) => *aid == Aid::Define && view.training.course().glossary.is_none(),
            Message::Move(_)
            | Message::On
            | Message::HideLinks
            | Message::OpenLink
            | Message::OpenLinkNumber(_)
            | Message::CopyLink
            | Message::Leave => false,
        }
    }
}

fn is_idle_tool(tool: &Tool, reader: &Reader) -> bool {
    match tool {
        Tool::ShowContents => reader.headings_listed().is_some_and(<[_]>::is_empty),
        Tool::Contents(step) => {
            *step == Step::Down && reader.headings_listed().is_some_and(|headings| headings.len() < 2)
        }
        Tool::Keep => reader.found_nothing(),
        Tool::Along(step) => *step == Step::Down && reader.found_no_other(),
        Tool::NextHit | Tool::PreviousHit => reader.found_no_other(),
        Tool::HideContents
        | Tool::ToText
        | Tool::Digit(_)
        | Tool::Jump
        | Tool::JumpTo(_)
        | Tool::Find
        | Tool::Type(_)
        | Tool::GiveUp
        | Tool::PutAway
        | Tool::Scope
        | Tool::OpenFound(_) => false,
    }
}
