//! Reading a lesson.

mod edition;
mod link_list;

use ratatui::text::Line;

use crate::clock::Timestamp;
use crate::printable::Printable;
use crate::training::{CheckState, Step, Text};
use crate::tui::effect::Effect;
use crate::tui::keymap::{Binding, Context as KeyContext, Key};
use crate::tui::message::{Destination, Message as Face};
use crate::tui::pane::{Context, Pane, View};
use crate::tui::screens::{Heading, ScreenState};
use crate::tui::widgets::reader::{
    Aid, Entry, Led, LinkStep, Look, Mode, Move, Reader, Tool, UNSEEN, contents_keys, finding_keys,
    picture_keys, reading_keys,
};
use crate::tui::widgets::text;

/// What exists on this screen.
#[derive(Debug)]
pub struct State {
    module: usize,
    title: Printable,
    reader: Reader,
    /// Whether somebody comes from a question and goes back to it.
    visit: Visit,
    links: Option<Links>,
}

/// Why the lesson is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Visit {
    /// To be read.
    Reading,
    /// To look something up for a question.
    LookingUp,
}

/// The list of links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Links {
    selected: usize,
}

/// What happens on it.
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
    /// Goes on: a page further, and at the end to what comes next.
    On,
    /// Shows the list of links.
    ShowLinks,
    /// Puts the list of links away.
    HideLinks,
    /// Selects the next link.
    NextLink,
    /// Selects the previous link.
    PreviousLink,
    /// Follows the selected link.
    OpenLink,
    /// Follows this link.
    OpenLinkNumber(usize),
    /// Copies the address of the selected link.
    CopyLink,
    /// Leaves.
    Leave,
}

static READING: &[Binding<Message>] = reading_keys!(
    Message::Move,
    Message::Tool,
    Message::Link,
    Message::Aid,
    Message::Look,
    Binding::new(
        &[Key::Enter],
        Message::On,
        "page down; at the end, on to what was not seen or what comes next"
    )
    .action("go_on")
    .hint("on"),
    Message::Leave,
    Binding::new(&[Key::Char('l')], Message::ShowLinks, "list of links with their addresses").action("links"),
);

static MARKED: &[Binding<Message>] = reading_keys!(
    marked Message::Move,
    Message::Tool,
    Message::Link,
    Message::Aid,
    Message::Look,
    Binding::new(&[Key::Char('l')], Message::ShowLinks, "list of links with their addresses").action("links"),
);

static PICTURED: &[Binding<Message>] = reading_keys!(
    pictured Message::Move,
    Message::Tool,
    Message::Link,
    Message::Aid,
    Message::Look,
    Binding::new(&[Key::Char('l')], Message::ShowLinks, "list of links with their addresses").action("links"),
);

static FOUND: &[Binding<Message>] = reading_keys!(
    found Message::Move,
    Message::Tool,
    Message::Link,
    Message::Aid,
    Message::Look,
    Binding::new(&[Key::Enter], Message::On, "page down; at the end, on to what was not seen or what comes next")
        .action("go_on")
        .hint("on"),
    Binding::new(&[Key::Char('l')], Message::ShowLinks, "list of links with their addresses").action("links"),
);

static OPENED: &[Binding<Message>] = reading_keys!(
    opened Message::Move,
    Message::Tool,
    Message::Link,
    Message::Aid,
    Message::Look,
    Binding::new(&[Key::Enter], Message::On, "page down; at the end, on to what was not seen or what comes next")
        .action("go_on")
        .hint("on"),
    Binding::new(&[Key::Char('l')], Message::ShowLinks, "list of links with their addresses").action("links"),
);

static CONTENTS: &[Binding<Message>] = contents_keys!(Message::Tool);

static FINDING: &[Binding<Message>] = finding_keys!(Message::Tool);

static FINDING_IN_COURSE: &[Binding<Message>] = finding_keys!(course Message::Tool);

static PICTURE: &[Binding<Message>] = picture_keys!(Message::Look);

static LINKS: &[Binding<Message>] = &[
    Binding::new(&[Key::Enter], Message::OpenLink, "open the marked link; the browser only after a question")
        .action("open")
        .hint("open"),
    Binding::new(&[Key::Down, Key::Char('j'), Key::WheelDown], Message::NextLink, "next link")
        .action("down")
        .hint("choose")
        .repeating(),
    Binding::new(&[Key::Up, Key::Char('k'), Key::WheelUp], Message::PreviousLink, "previous link")
        .action("up")
        .repeating(),
    Binding::digits(
        Message::OpenLinkNumber,
        "open the link of this number; the browser only after a question",
    ),
    Binding::new(&[Key::Char('c')], Message::CopyLink, "copy the address").action("copy").hint("copy"),
    Binding::new(&[Key::Esc, Key::Char('q'), Key::Char('l')], Message::HideLinks, "back to the text")
        .action("leave")
        .hint("back"),
];

impl State {
    /// Opens the lesson of a module to be read, where the learner left off; `None` when there is no such lesson.
    pub fn open(module: usize, context: &mut Context<'_>) -> Option<(Self, Vec<Effect>)> {
        let (reader, effects) = Reader::open(Text::Lesson(module), TAIL, context)?;
        Some((Self::reading(module, reader, Visit::Reading, context)?, effects))
    }

    /// Opens it to look something up.
    pub fn look_up(
        module: usize,
        entry: Entry<'_>,
        context: &mut Context<'_>,
    ) -> Option<(Self, Vec<Effect>)> {
        let (reader, effects) = Reader::look_up(Text::Lesson(module), TAIL, entry, context)?;
        Some((Self::reading(module, reader, Visit::LookingUp, context)?, effects))
    }

    fn reading(module: usize, reader: Reader, visit: Visit, context: &Context<'_>) -> Option<Self> {
        let title = Printable::new(&context.training.text(Text::Lesson(module))?.title);
        Some(Self { module, title, reader, visit, links: None })
    }

    /// Goes to `place`, in bytes of its source, from where Backspace comes back.
    pub fn leap_to(&mut self, place: usize, context: &Context<'_>) {
        self.reader.leap_to(place, context);
    }

    /// Whether the lesson is to be read and something before its end was never in sight.
    fn has_gap(&self) -> bool {
        self.visit == Visit::Reading && !self.reader.is_all_seen()
    }

    /// What comes after the end, in words, and where it is.
    fn next(&self, view: &View<'_>) -> (String, Face) {
        if self.visit == Visit::LookingUp {
            return ("Enter goes back to where you were".to_owned(), Face::Back);
        }
        let training = view.training;
        let check = training.check(self.module).map(|check| check.state);
        if let Some(state) = check
            && !matches!(state, CheckState::Finished { passed: true, .. })
        {
            let words = match state {
                CheckState::NotStarted => "Enter goes on to the check".to_owned(),
                CheckState::UnderWay { answered, total } => {
                    format!("Enter goes on with the check ({answered} of {total} answered)")
                }
                CheckState::Finished { .. } => "Enter repeats what was wrong in the check".to_owned(),
            };
            return (words, Face::Go(Destination::Check(self.module)));
        }
        match training.next_step() {
            Step::Lesson(module) if module != self.module => {
                let title = training.text(Text::Lesson(module)).map(|lesson| Printable::new(&lesson.title));
                let title = title.unwrap_or_default();
                (format!("Enter goes on to “{title}”"), Face::Go(Destination::Lesson(module)))
            }
            Step::Check(module) => {
                ("Enter goes on to the next check".to_owned(), Face::Go(Destination::Check(module)))
            }
            // Where a check follows, it is the check that leads on to the assessment.
            Step::Assessment if check.is_none() => {
                ("Enter goes on to the assessment".to_owned(), Face::Go(Destination::Assessment))
            }
            Step::Lesson(_) | Step::Assessment | Step::Policy | Step::Sign | Step::Certificate => {
                ("Enter goes back to the course".to_owned(), Face::Go(Destination::Course))
            }
        }
    }

    /// Follows a link of the list, which goes away when that leads to another place of the text.
    fn follow_link(&mut self, number: usize, context: &mut Context<'_>) -> Vec<Effect> {
        let (led, effects) = self.reader.follow_link(number, context);
        if led == Led::Within {
            self.links = None;
        }
        effects
    }
}

/// Rows behind the end of the text: a line of air, a rule or what was not seen, and what comes next.
const TAIL: usize = 3;

impl ScreenState for State {
    type Message = Message;

    fn keys(&self) -> &'static [Binding<Message>] {
        if self.links.is_some() {
            return LINKS;
        }
        match self.reader.mode() {
            Mode::Picture => PICTURE,
            Mode::Reading => READING,
            Mode::Marked => MARKED,
            Mode::MarkedPicture => PICTURED,
            Mode::Found => FOUND,
            Mode::Opened => OPENED,
            Mode::Contents => CONTENTS,
            Mode::Finding => FINDING,
            Mode::FindingInCourse => FINDING_IN_COURSE,
        }
    }

    fn heading(&self, _view: &View<'_>) -> Heading {
        Heading { title: self.title.clone(), status: self.reader.status() }
    }

    fn update(&mut self, message: Message, context: &mut Context<'_>) -> Vec<Effect> {
        match message {
            Message::Move(step) => return self.reader.go(step, context),
            Message::Tool(tool) => return self.reader.use_tool(tool, context),
            Message::Look(look) => {
                let said = self.reader.look_at(look, context);
                return said
                    .into_iter()
                    .map(|words| Effect::Send(Box::new(Face::Say(words.to_owned()))))
                    .collect();
            }
            Message::Link(step) => return self.reader.link(step, context),
            Message::Aid(aid) => return self.reader.aid(aid, context),
            Message::On if self.reader.at_end() => {
                let mut effects = self.reader.save(context);
                if self.has_gap() {
                    effects.extend(self.reader.go_to_unseen(context));
                    return effects;
                }
                effects.push(Effect::Send(Box::new(self.next(&context.view()).1)));
                return effects;
            }
            Message::On => return self.reader.go(Move::PageDown, context),
            Message::ShowLinks => {
                let Some(selected) = self.reader.first_link_in_sight() else {
                    return vec![Effect::Send(Box::new(Face::Say("this lesson has no links".to_owned())))];
                };
                self.links = Some(Links { selected });
            }
            Message::HideLinks => self.links = None,
            Message::NextLink => {
                // Counted here and not for every key: in a long text, whoever turns a page does not wait for it.
                let last = self.reader.document().links().len().saturating_sub(1);
                if let Some(links) = &mut self.links {
                    links.selected = (links.selected + 1).min(last);
                }
            }
            Message::PreviousLink => {
                if let Some(links) = &mut self.links {
                    links.selected = links.selected.saturating_sub(1);
                }
            }
            Message::OpenLink => {
                return self.links.map_or_else(Vec::new, |links| self.follow_link(links.selected, context));
            }
            Message::OpenLinkNumber(index) => return self.follow_link(index, context),
            Message::CopyLink => {
                let link = self.links.and_then(|links| self.reader.document().links().get(links.selected));
                return link.map_or_else(Vec::new, |link| vec![Effect::Copy(link.address.clone())]);
            }
            Message::Leave => return vec![Effect::Send(Box::new(Face::Back))],
        }
        Vec::new()
    }

    fn view(&self, view: &View<'_>, pane: &mut Pane<'_, Message>) {
        if let Some(links) = self.links {
            self.view_links(links, view, pane);
            return;
        }
        if self.reader.view_enlarged(view.settings, pane) {
            return;
        }
        let theme = view.settings.theme;
        // Where reading begins, while nothing in the text is marked.
        pane.cursor(self.reader.margin(), 0);
        let (column, end) =
            self.reader.view(view.settings, pane, Message::Tool, Message::Link, Message::Look);
        if let Some(row) = end {
            let width = self.reader.width();
            let (above, style, words) = if self.has_gap() {
                let seen = format!("read up to {} % so far", self.reader.percent_seen());
                (seen, theme.caution(), UNSEEN.to_owned())
            } else {
                ("─".repeat(usize::from(width).min(20)), theme.muted(), self.next(view).0)
            };
            pane.line(column, row + 1, &Line::from(text::said(&above, style)));
            let words = Printable::new(&words).cut(usize::from(width));
            pane.line(column, row + 2, &Line::from(text::shown(&words, theme.key())));
            pane.hit(column..column.saturating_add(width), row + 2, Message::On);
        }
        self.reader.view_mark(view.settings, pane, Message::Link);
    }

    fn resize(&mut self, context: &mut Context<'_>) {
        self.reader.resize(context);
    }

    fn wake(&self, _view: &View<'_>) -> Option<Timestamp> {
        self.reader.wake()
    }

    fn is_working(&self) -> bool {
        self.reader.is_working()
    }

    fn tick(&mut self, context: &mut Context<'_>) -> Vec<Effect> {
        self.reader.tick(context)
    }

    fn leave(&mut self, context: &mut Context<'_>) -> Vec<Effect> {
        self.reader.save(context)
    }

    fn enter(&mut self, context: &mut Context<'_>) {
        self.reader.resize(context);
        self.reader.return_to_text(context);
    }
}

/// Its keys, for whoever looks for two meanings of one.
pub(super) fn contexts() -> Vec<KeyContext> {
    vec![
        KeyContext::new("in a lesson").table(READING),
        KeyContext::new("at a marked link").table(MARKED),
        KeyContext::new("at a marked picture").table(PICTURED),
        KeyContext::new("on the links of a lesson").table(LINKS),
        KeyContext::new("at an enlarged picture").table(PICTURE),
        KeyContext::new("where words were found").table(FOUND),
        KeyContext::new("where words were found").table(OPENED),
        KeyContext::new("on the headings").table(CONTENTS),
        KeyContext::new("where words are looked for").table(FINDING),
        KeyContext::new("where words are looked for").table(FINDING_IN_COURSE),
    ]
}

#[cfg(test)]
mod tests;
