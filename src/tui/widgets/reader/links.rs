//! Links of a text that is read: the mark that goes from one to the next, where they lead, and the way back.

use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Clear, Widget as _};

use super::{Reader, SAVE_AFTER, later};
use crate::address::Address;
use crate::course;
use crate::markup;
use crate::printable::Printable;
use crate::tui::effect::Effect;
use crate::tui::message::Message as Face;
use crate::tui::pane::{Context, Pane};
use crate::tui::settings::Settings;
use crate::tui::widgets::text;

/// So many jumps can be taken back.
const JUMPS_KEPT: usize = 64;

/// What is done with links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkStep {
    /// Marks the next link.
    Next,
    /// Marks the previous link.
    Previous,
    /// Follows the marked link.
    Follow,
    /// Follows this link, which was clicked on.
    FollowThis(usize),
    /// Copies the address of the marked link.
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

/// The marked link, and the way back.
#[derive(Debug, Default)]
pub(super) struct Links {
    focus: Option<Focus>,
    jumps: Vec<Jump>,
}

#[derive(Debug)]
struct Focus {
    number: usize,
    address: Address,
}

/// Where a jump began.
#[derive(Debug)]
struct Jump {
    /// Of the line at the top, in bytes of the source.
    offset: usize,
    /// The link that was marked.
    marked: Option<usize>,
}

impl Links {
    pub(super) fn marked(&self) -> Option<usize> {
        self.focus.as_ref().map(|focus| focus.number)
    }

    /// Takes the mark away.
    pub(super) fn let_go(&mut self) {
        self.focus = None;
    }

    /// The text has changed: `now` says where what stood at an offset stands.
    pub(super) fn follow(&mut self, now: impl Fn(usize) -> usize) {
        self.focus = None;
        for jump in &mut self.jumps {
            (jump.offset, jump.marked) = (now(jump.offset), None);
        }
    }
}

impl Reader {
    /// Whether a link is marked, which the keys are about then.
    #[must_use]
    pub fn has_marked_link(&self) -> bool {
        self.links.focus.is_some()
    }

    /// Does something with links.
    pub fn link(&mut self, step: LinkStep, context: &mut Context<'_>) -> Vec<Effect> {
        self.count(context.now);
        let top = self.top;
        let effects = self.do_with_links(step, context);
        if self.top != top {
            self.save_at.get_or_insert(later(context.now, SAVE_AFTER));
        }
        effects
    }

    fn do_with_links(&mut self, step: LinkStep, context: &mut Context<'_>) -> Vec<Effect> {
        match step {
            LinkStep::Next => self.mark_next(),
            LinkStep::Previous => self.mark_previous(),
            LinkStep::Follow => match self.links.marked() {
                Some(number) => self.follow_link(number, context).1,
                None => Vec::new(),
            },
            LinkStep::FollowThis(number) => {
                self.mark(number);
                self.follow_link(number, context).1
            }
            LinkStep::Copy => {
                let focus = self.links.focus.as_ref();
                focus.map(|focus| Effect::Copy(focus.address.written().to_owned())).into_iter().collect()
            }
            LinkStep::LetGo => {
                self.links.let_go();
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
        let inside = from.and_then(|from| {
            let to = course::linked_text(context.training.course(), from, &link.address)?;
            Some((to.lesson == from, to))
        });
        let message = match inside {
            Some((true, to)) => return self.jump(to.heading.as_deref()),
            Some((false, to)) => Face::LookUp(to),
            None => {
                let address = Address::of_link(link.text.as_str(), &link.address);
                match address.target() {
                    Ok(_) => Face::AskToOpen(Box::new(address)),
                    Err(refusal) => Face::Say(format!("{refusal}: {}", link.address)),
                }
            }
        };
        (Led::Elsewhere, sending(message))
    }

    /// Draws what belongs to the marked link, over the text: the whole address, and what is to be known about it.
    pub fn view_marked_link<M>(
        &self,
        settings: &Settings,
        pane: &mut Pane<'_, M>,
        message: impl Fn(LinkStep) -> M,
    ) {
        let Some(focus) = &self.links.focus else { return };
        if let Some((column, row)) = self.place_of_mark(focus.number, settings) {
            pane.cursor(column, row);
        }
        let area = pane.area();
        let rows = self.strip(focus);
        let height = u16::try_from(rows.len()).unwrap_or(area.height).min(area.height);
        let top = area.height - height;
        Clear.render(Rect { y: area.y + top, height, ..area }, pane.buffer());
        let theme = settings.theme;
        for (row, (part, words)) in (top..area.height).zip(rows) {
            let style = match part {
                Part::Rule => theme.muted(),
                Part::Address => theme.link(),
                Part::Doubt => theme.caution(),
                Part::More => theme.text(),
            };
            pane.line(self.margin, row, &Line::from(text::shown(&words, style)));
            pane.hit(0..area.width, row, message(LinkStep::Follow));
        }
    }

    /// How many rows at the bottom of the screen are taken by what is said about the marked link.
    pub(super) fn strip_height(&self) -> usize {
        self.links.focus.as_ref().map_or(0, |focus| self.strip(focus).len())
    }

    /// The mark goes when its link is out of sight.
    pub(super) fn let_go_out_of_sight(&mut self) {
        if let Some(number) = self.links.marked()
            && !self.links_in_sight().contains(&number)
        {
            self.links.focus = None;
        }
    }

    /// Moves the text so that the marked link is seen above what is said about it.
    pub(super) fn bring_mark_into_sight(&mut self) {
        let Some(number) = self.links.marked() else { return };
        self.stay_inside();
        if self.links_in_sight().contains(&number) {
            return;
        }
        let Some(link) = self.document.link(number) else { return };
        let room = self.room_for_text();
        let layout = self.layout.get_mut();
        let place = layout.place_of_link(number, link.offset);
        self.top = layout.up(place, room / 3);
        self.stay_inside();
    }

    fn mark_next(&mut self) -> Vec<Effect> {
        let next = match self.links.marked() {
            Some(marked) => Some(marked + 1),
            None => self.links_in_sight().first().copied().or_else(|| {
                let below = self.offset_below();
                Some(self.document.links().partition_point(|link| link.offset < below))
            }),
        };
        if next.is_some_and(|next| self.mark(next)) {
            self.bring_mark_into_sight();
            return Vec::new();
        }
        self.mark_around(0, "from the end to the first link")
    }

    fn mark_previous(&mut self) -> Vec<Effect> {
        let previous = match self.links.marked() {
            Some(marked) => marked.checked_sub(1),
            None => self.links_in_sight().last().copied().or_else(|| {
                let top = self.offset_at_top();
                self.document.links().partition_point(|link| link.offset < top).checked_sub(1)
            }),
        };
        if previous.is_some_and(|previous| self.mark(previous)) {
            self.bring_mark_into_sight();
            return Vec::new();
        }
        let last = self.document.links().len().saturating_sub(1);
        self.mark_around(last, "from the beginning to the last link")
    }

    /// Marks the link at the other end, and says so.
    fn mark_around(&mut self, number: usize, words: &str) -> Vec<Effect> {
        let before = self.links.marked();
        if !self.mark(number) {
            return saying("this text has no links");
        }
        self.bring_mark_into_sight();
        saying(if before == Some(number) { "this is the only link" } else { words })
    }

    /// Marks a link if there is one of this number.
    fn mark(&mut self, number: usize) -> bool {
        let Some(link) = self.document.link(number) else { return false };
        let address = Address::of_link(link.text.as_str(), &link.address);
        self.links.focus = Some(Focus { number, address });
        true
    }

    fn jump(&mut self, heading: Option<&str>) -> (Led, Vec<Effect>) {
        let offset = match heading.filter(|heading| !heading.is_empty()) {
            None => 0,
            Some(heading) => match self.document.heading(heading) {
                Some(heading) => heading.offset,
                None => return (Led::Elsewhere, saying("this text has no such heading any more")),
            },
        };
        self.leap(offset);
        (Led::Within, saying("Backspace goes back to the link"))
    }

    /// Goes to a place, in bytes of the source, from where Backspace comes back.
    pub(super) fn leap(&mut self, offset: usize) {
        if self.links.jumps.len() == JUMPS_KEPT {
            self.links.jumps.remove(0);
        }
        let from = Jump { offset: self.offset_at_top(), marked: self.links.marked() };
        self.links.jumps.push(from);
        self.links.focus = None;
        self.go_to_offset(offset);
    }

    fn return_from_jump(&mut self) -> Vec<Effect> {
        let Some(jump) = self.links.jumps.pop() else {
            // Where this text is only looked at, there is a screen to go back to.
            let looking_up = self.kept.is_some();
            return if looking_up { sending(Face::Back) } else { saying("no link was followed to here") };
        };
        self.links.focus = None;
        self.top = self.layout.get_mut().place_of(jump.offset);
        if let Some(marked) = jump.marked {
            self.mark(marked);
        }
        self.bring_mark_into_sight();
        self.stay_inside();
        Vec::new()
    }

    /// The numbers of the links that are seen, in order.
    fn links_in_sight(&self) -> Vec<usize> {
        let room = self.room_for_text();
        let lines = self.layout.borrow_mut().lines(self.top, room);
        let mut seen: Vec<usize> = lines.iter().flat_map(numbers).collect();
        seen.sort_unstable();
        seen.dedup();
        seen
    }

    /// How many rows the text has above what is said about the marked link.
    pub(super) fn room_for_text(&self) -> usize {
        self.height.saturating_sub(self.strip_height()).max(1)
    }

    fn offset_at_top(&self) -> usize {
        self.layout.borrow_mut().offset_of(self.top)
    }

    /// Where what is below the screen begins, in bytes of the source.
    fn offset_below(&self) -> usize {
        let mut layout = self.layout.borrow_mut();
        let last = layout.down(self.top, self.height);
        layout.offset_of(last)
    }

    /// Column and row of the first cell of a link.
    fn place_of_mark(&self, number: usize, settings: &Settings) -> Option<(u16, u16)> {
        let lines = self.layout.borrow_mut().lines(self.top, self.height);
        lines.iter().enumerate().find_map(|(row, line)| {
            let spans = text::ordered(line, settings.theme);
            let before = spans.iter().take_while(|span| span.style.link != Some(number));
            let column = before.map(|span| span.text.width()).sum::<usize>();
            let found = spans.iter().any(|span| span.style.link == Some(number));
            let column = u16::try_from(column).ok()?.checked_add(self.margin)?;
            found.then_some((column, u16::try_from(row).ok()?))
        })
    }

    /// What is said about the marked link, a row each; at most half of the screen, because the question whether to open it
    /// says all of it again.
    fn strip(&self, focus: &Focus) -> Vec<(Part, Printable)> {
        let width = self.width();
        let name = format!("── link {} ", focus.number + 1);
        let rest = usize::from(width).saturating_sub(name.chars().count());
        let mut rows = vec![(Part::Rule, Printable::new(&(name + &"─".repeat(rest))))];
        rows.extend(
            text::wrapped(focus.address.written(), width).into_iter().map(|part| (Part::Address, part)),
        );
        for doubt in focus.address.doubts() {
            let words = text::hanging("! ", &doubt.sentence(), width);
            rows.extend(words.into_iter().map(|part| (Part::Doubt, part)));
        }
        let most = (self.height / 2).max(3);
        if rows.len() > most {
            rows.truncate(most - 1);
            rows.push((Part::More, "… Enter shows all of it".into()));
        }
        rows
    }
}

/// What a row about the marked link is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Rule,
    Address,
    Doubt,
    More,
}

/// The numbers of the links on a line.
fn numbers(line: &markup::Line) -> impl Iterator<Item = usize> {
    line.spans.iter().filter_map(|span| span.style.link)
}

fn sending(message: Face) -> Vec<Effect> {
    vec![Effect::Send(Box::new(message))]
}

fn saying(words: &str) -> Vec<Effect> {
    sending(Face::Say(words.to_owned()))
}
