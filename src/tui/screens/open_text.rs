//! A text that is open to be read, whichever screen it is on, with the list of its links.

mod idle;
mod keys;
mod link_list;

use crossterm::event::Event;
use ratatui::layout::{Position, Rect};

use crate::printable::Printable;
use crate::training::Text;
use crate::tui::effect::{Effect, saying, sending};
use crate::tui::keymap::{Binding, Key, Keymap};
use crate::tui::message::Message as FaceMessage;
use crate::tui::pane::{Context, Pane, View};
use crate::tui::screens::reader::{Aid, Entry, Led, LinkStep, Look, Move, Reader, Tool};
use crate::tui::widgets::rows::{Place, Step};

pub(super) use keys::{LEAVE, LEAVE_KEYS, contexts};

/// The text, and what lies over it.
#[derive(Debug)]
pub struct OpenText {
    reader: Reader,
    /// Where somebody is in the list of links, while that is shown.
    links: Option<Place>,
}

/// What happens to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Moves through the text.
    Move(Move),
    /// Uses what helps to find a place in it.
    Tool(Tool),
    /// Looks at a picture.
    Look(Look),
    /// Does something with a link of the text.
    Link(LinkStep),
    /// Helps along.
    Aid(Aid),
    /// A page further; what comes at the end is the screen's to say.
    On,
    /// Shows the list of links.
    ShowLinks,
    /// Puts the list of links away.
    HideLinks,
    /// Moves in it.
    ChooseLink(Step),
    /// Follows the selected link.
    OpenLink,
    /// Follows this link.
    OpenLinkNumber(usize),
    /// Copies the address of the selected link, out of the course after a question.
    CopyLink,
    /// Leaves.
    Leave,
}

impl Message {
    /// Whether it is one step of many.
    #[must_use]
    pub fn is_step(&self) -> bool {
        match self {
            Self::Move(movement) => matches!(movement, Move::Up | Move::Down),
            Self::Tool(Tool::Contents(step) | Tool::Along(step)) | Self::ChooseLink(step) => step.is_single(),
            Self::Look(Look::Scroll(lines)) => lines.unsigned_abs() == 1,
            Self::Tool(_)
            | Self::Look(_)
            | Self::Link(_)
            | Self::Aid(_)
            | Self::On
            | Self::ShowLinks
            | Self::HideLinks
            | Self::OpenLink
            | Self::OpenLinkNumber(_)
            | Self::CopyLink
            | Self::Leave => false,
        }
    }
}

impl OpenText {
    /// Opens a text where the learner left off, with `tail` rows behind its end; `None` when the course has no such text.
    #[must_use]
    pub fn open(what: Text, tail: usize, context: &Context<'_>) -> Option<Self> {
        Some(Self { reader: Reader::open(what, tail, context)?, links: None })
    }

    /// Opens it at `entry` to look something up, which does not change where the learner left off.
    #[must_use]
    pub fn look_up(what: Text, tail: usize, entry: Entry<'_>, context: &Context<'_>) -> Option<Self> {
        Some(Self { reader: Reader::look_up(what, tail, entry, context)?, links: None })
    }

    /// The text as it is read.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// The same, to be changed.
    pub fn reader_mut(&mut self) -> &mut Reader {
        &mut self.reader
    }

    /// Whether its end is in sight and nothing lies over it: what comes next is the screen's to say.
    pub fn is_at_end(&self) -> bool {
        self.links.is_none() && self.reader.at_end()
    }

    /// Whether Enter does there what the screen says at the end: not while it is for something that is marked.
    pub fn enter_leads_on(&self, keymap: &Keymap) -> bool {
        self.is_at_end() && keymap.message_for(self.keys(), &Key::Enter.event()) == Some(Message::On)
    }

    /// Reads on in the text as the course has it now, from the same words.
    pub fn follow(&mut self, what: Text, context: &mut Context<'_>) {
        self.reader.follow(what, context);
        if self.reader.document().links().is_empty() {
            self.links = None;
        }
        if let Some(place) = self.links {
            self.choose_link(Step::To(place.selected()), context);
        }
    }

    /// The keys that do something now.
    pub fn keys(&self) -> &'static [Binding<Message>] {
        if self.links.is_some() { keys::LINKS } else { keys::of(self.reader.mode()) }
    }

    /// The signs beside what is shown, and what they mean.
    pub fn signs(&self) -> Vec<(&'static str, &'static str)> {
        if self.links.is_some() { Vec::new() } else { self.reader.signs_of_contents() }
    }

    /// What the mouse does over it beside [`Self::keys`].
    pub fn message_for_mouse(&self, event: &Event) -> Option<Message> {
        let reads = self.links.is_none() && !self.reader.is_enlarged();
        reads.then(|| self.reader.wheel_beside(event)).flatten().map(Message::Move)
    }

    /// What a click at `at` means where it hits nothing else: a term of the glossary is told. `body` is where it is drawn.
    pub fn message_at(&self, view: &View<'_>, body: Rect, at: Position) -> Option<Message> {
        if self.links.is_some() || self.reader.is_enlarged() || !body.contains(at) {
            return None;
        }
        let glossary = view.training.course().glossary.as_ref()?;
        let term = self.reader.term_at(at.x - body.x, at.y - body.y, view.settings.theme, glossary)?;
        Some(Message::Aid(Aid::DefineTerm(term)))
    }

    /// Where the reader is, in words.
    pub fn status(&self) -> Printable {
        self.reader.status()
    }

    /// Does what `message` says.
    pub fn update(&mut self, message: Message, context: &mut Context<'_>) -> Vec<Effect> {
        match message {
            Message::Move(step) => self.reader.go(step, context),
            Message::Tool(tool) => return self.reader.use_tool(tool, context),
            Message::Look(look) => {
                return self.reader.look_at(look, context).into_iter().map(saying).collect();
            }
            Message::Link(step) => return self.reader.link(step, context),
            Message::Aid(aid) => return self.reader.aid(aid, context),
            Message::On => self.reader.go(Move::PageDown, context),
            Message::ShowLinks => match self.reader.first_link_in_sight() {
                Some(first) => {
                    self.links = Some(Place::default());
                    self.choose_link(Step::To(first), context);
                }
                None => return vec![saying("this text has no links")],
            },
            Message::HideLinks => self.links = None,
            Message::ChooseLink(step) => self.choose_link(step, context),
            Message::OpenLink => {
                return self.links.map_or_else(Vec::new, |place| self.follow_link(place.selected(), context));
            }
            Message::OpenLinkNumber(number) => return self.follow_link(number, context),
            Message::CopyLink => {
                let copy = |place: Place| self.reader.copy_link(place.selected(), context.training);
                return self.links.map_or_else(Vec::new, copy);
            }
            Message::Leave => return vec![sending(FaceMessage::Back)],
        }
        Vec::new()
    }

    /// Follows a link of the list, which goes away when that leads to another place of the text.
    fn follow_link(&mut self, number: usize, context: &mut Context<'_>) -> Vec<Effect> {
        let (led, effects) = self.reader.follow_link(number, context);
        if led == Led::Within {
            self.links = None;
        }
        effects
    }

    /// Draws it. Where nothing lies over the text and its end is in sight, gives the column where the text begins and the first
    /// row behind its end, where the screen says what comes next.
    pub fn view(&self, view: &View<'_>, pane: &mut Pane<'_, Message>) -> Option<(u16, u16)> {
        if let Some(place) = self.links {
            self.view_links(place, view, pane);
            return None;
        }
        if self.reader.view_enlarged(view.settings, pane) {
            return None;
        }
        // Where reading begins, while nothing in the text is marked.
        pane.cursor(self.reader.margin(), 0);
        let (column, end) =
            self.reader.view(view.settings, pane, Message::Tool, Message::Link, Message::Look, Message::Aid);
        end.map(|row| (column, row))
    }

    /// Draws what is said about a marked link or picture, over what the screen says at the end of the text.
    pub fn view_mark(&self, view: &View<'_>, pane: &mut Pane<'_, Message>) {
        if self.links.is_none() && !self.reader.is_enlarged() {
            self.reader.view_mark(view.settings, pane, Message::Link);
        }
    }

    /// It is drawn now: takes in what is in sight, unless the list of links lies over it.
    pub fn shown(&mut self, context: &mut Context<'_>) -> Vec<Effect> {
        if self.links.is_some() { Vec::new() } else { self.reader.shown(context) }
    }

    /// The learner comes back from looking something up.
    pub fn enter(&mut self, context: &mut Context<'_>) {
        self.reader.resize(context);
        self.reader.return_to_text(context);
    }
}

#[cfg(test)]
mod tests;
