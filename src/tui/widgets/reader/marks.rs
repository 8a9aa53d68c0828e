//! The mark in a text that is read: it goes from link to link and from picture to picture, and what it is at is told.

use std::sync::Arc;

use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Clear, Widget as _};

use super::links::{LinkStep, saying};
use super::{Mode, Reader};
use crate::address::Address;
use crate::course;
use crate::markup::{self, Picture, PictureWords};
use crate::printable::Printable;
use crate::training::Training;
use crate::tui::effect::Effect;
use crate::tui::pane::Pane;
use crate::tui::pictures::Gallery;
use crate::tui::settings::Settings;
use crate::tui::widgets::text;

/// So many rows at most say what is in a marked picture: the picture is to be seen above them.
const ROWS_ABOUT_PICTURE: usize = 5;

/// So many pictures that are not laid out as such are passed over at once.
const PASSED_OVER: usize = 16;

/// Something in a text that can be marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// The link with this number.
    Link(usize),
    /// The picture with this number.
    Picture(usize),
}

impl Stop {
    fn word(self) -> &'static str {
        match self {
            Self::Link(_) => "link",
            Self::Picture(_) => "picture",
        }
    }
}

/// What is marked, with what is told about it.
#[derive(Debug)]
pub(super) enum Marked {
    Link {
        number: usize,
        address: Address,
        /// Which text of the course it leads to, if it leads to another one.
        to: Option<String>,
    },
    Picture(Arc<Picture>),
}

impl Reader {
    /// What the keys are for while something is marked.
    pub(super) fn marked_mode(&self) -> Option<Mode> {
        self.links.mark.as_ref().map(|mark| match mark {
            Marked::Link { .. } => Mode::Marked,
            Marked::Picture(_) => Mode::MarkedPicture,
        })
    }

    /// The number of the marked link.
    pub(super) fn marked_link(&self) -> Option<usize> {
        match &self.links.mark {
            Some(Marked::Link { number, .. }) => Some(*number),
            Some(Marked::Picture(_)) | None => None,
        }
    }

    /// The marked picture.
    pub(super) fn marked_picture(&self) -> Option<&Arc<Picture>> {
        match &self.links.mark {
            Some(Marked::Picture(picture)) => Some(picture),
            Some(Marked::Link { .. }) | None => None,
        }
    }

    /// The first link on the screen, or the last one before it.
    #[must_use]
    pub fn first_link_in_sight(&self) -> Option<usize> {
        let offset = self.layout.borrow_mut().offset_of(self.top);
        let links = self.document.links();
        let next = links.partition_point(|link| link.offset < offset);
        links.len().checked_sub(1).map(|last| next.min(last))
    }

    pub(super) fn marked_stop(&self) -> Option<Stop> {
        match self.links.mark.as_ref()? {
            Marked::Link { number, .. } => Some(Stop::Link(*number)),
            Marked::Picture(picture) => self.number_of(picture).map(Stop::Picture),
        }
    }

    /// Draws what belongs to the mark, over the text: a sign beside a picture, and all that is to be known before something
    /// is done with what is marked.
    pub fn view_mark<M>(&self, settings: &Settings, pane: &mut Pane<'_, M>, message: impl Fn(LinkStep) -> M) {
        let Some(mark) = &self.links.mark else { return };
        let theme = settings.theme;
        if let Some((column, row)) = self.place_of_mark(mark, settings) {
            pane.cursor(column, row);
            if let (Marked::Picture(_), Some(beside)) = (mark, self.margin.checked_sub(1)) {
                pane.line(beside, row, &Line::from(text::own("›", theme.key())));
            }
        }
        let area = pane.area();
        let rows = self.strip(mark);
        let height = u16::try_from(rows.len()).unwrap_or(area.height).min(area.height);
        let top = area.height - height;
        Clear.render(Rect { y: area.y + top, height, ..area }, pane.buffer());
        for (row, (part, words)) in (top..area.height).zip(rows) {
            let style = match part {
                Part::Rule => theme.muted(),
                Part::Address => theme.link(),
                Part::Doubt => theme.caution(),
                Part::Title => theme.strong(),
                Part::Words => theme.text(),
            };
            pane.line(self.margin, row, &Line::from(text::title(&words, style, theme)));
            pane.hit(0..area.width, row, message(LinkStep::Follow));
        }
    }

    /// Says where the marked link leads, if that is another text of the course: the name of a file says little.
    pub(super) fn name_target(&mut self, training: &Training) {
        let from = training.text(self.what).map(|lesson| lesson.path.as_str());
        let Some((from, Some(Marked::Link { address, to, .. }))) = from.zip(Some(&mut self.links.mark))
        else {
            return;
        };
        let linked = course::linked_text(training.course(), from, address.written());
        let other = linked.filter(|linked| linked.lesson != from);
        *to = other.and_then(|linked| {
            let text = training.text_in(&linked.lesson)?;
            Some(text.name(&training.text(text)?.title))
        });
        self.bring_mark_into_sight();
    }

    /// How many rows at the bottom of the screen are taken by what is said about what is marked.
    pub(super) fn strip_height(&self) -> usize {
        self.links.mark.as_ref().map_or(0, |mark| self.strip(mark).len())
    }

    /// How many rows the text has above that.
    pub(super) fn room_for_text(&self) -> usize {
        self.height.saturating_sub(self.strip_height()).max(1)
    }

    /// The mark goes when what it is at is out of sight.
    pub(super) fn let_go_out_of_sight(&mut self) {
        if self.marked_stop().is_some_and(|stop| !self.is_in_sight(stop)) {
            self.links.mark = None;
        }
    }

    /// Moves the text so that what is marked is seen above what is said about it.
    pub(super) fn bring_mark_into_sight(&mut self) {
        let Some(stop) = self.marked_stop() else { return };
        self.stay_inside();
        let room = self.room_for_text();
        let (start, length) = match stop {
            Stop::Link(_) if self.is_in_sight(stop) => return,
            Stop::Link(number) => {
                let Some(link) = self.document.link(number) else { return };
                let layout = self.layout.get_mut();
                let shows = |line: &markup::Line| numbers(line).any(|found| found == number);
                let place = layout.place_of_shown(link.offset, shows);
                (place.unwrap_or_else(|| layout.place_of(link.offset)), 1)
            }
            Stop::Picture(number) => {
                let Some(at) = self.document.pictures().get(number).cloned() else { return };
                let layout = self.layout.get_mut();
                let shows = |line: &markup::Line| picture_at(line, &at).is_some();
                let in_sight = layout.lines(self.top, room).iter().filter(|line| shows(line)).count();
                let start = layout.place_of_shown(at.start, shows);
                let start = start.unwrap_or_else(|| layout.place_of(at.start));
                let length = layout.lines(start, room).iter().take_while(|line| shows(line)).count();
                // All of it is seen, or as much as there is room for.
                if in_sight >= length.min(room) {
                    return;
                }
                (start, length)
            }
        };
        let above = room.saturating_sub(length).min(room / 3);
        self.top = self.layout.get_mut().up(start, above);
        self.stay_inside();
    }

    pub(super) fn mark_next(&mut self) -> Vec<Effect> {
        let next = match self.marked_stop() {
            Some(marked) => self.after(marked),
            None => self.in_sight().first().copied().or_else(|| self.first_from(self.offset_below())),
        };
        if self.mark_one_of(next, Self::after) {
            return Vec::new();
        }
        let first = self.first_from(0);
        self.mark_around(first, Self::after, "from the end to the first")
    }

    pub(super) fn mark_previous(&mut self) -> Vec<Effect> {
        let previous = match self.marked_stop() {
            Some(marked) => self.before(marked),
            None => self.in_sight().last().copied().or_else(|| self.last_before(self.offset_at_top())),
        };
        if self.mark_one_of(previous, Self::before) {
            return Vec::new();
        }
        let last = self.last_before(usize::MAX);
        self.mark_around(last, Self::before, "from the beginning to the last")
    }

    /// Marks `stop`, or the next one in a direction that is there to be marked.
    fn mark_one_of(&mut self, mut stop: Option<Stop>, next: fn(&Self, Stop) -> Option<Stop>) -> bool {
        for _ in 0..PASSED_OVER {
            let Some(candidate) = stop else { return false };
            if self.mark(candidate) {
                self.bring_mark_into_sight();
                return true;
            }
            stop = next(self, candidate);
        }
        false
    }

    /// Marks what stands at the other end, and says so.
    fn mark_around(
        &mut self,
        stop: Option<Stop>,
        next: fn(&Self, Stop) -> Option<Stop>,
        words: &str,
    ) -> Vec<Effect> {
        let before = self.marked_stop();
        if !self.mark_one_of(stop, next) {
            return saying("this text has no links and no pictures");
        }
        match self.marked_stop() {
            Some(stop) if before == Some(stop) => saying(&format!("this is the only {}", stop.word())),
            Some(stop) => saying(&format!("{words} {}", stop.word())),
            None => Vec::new(),
        }
    }

    /// Marks this if it is there.
    pub(super) fn mark(&mut self, stop: Stop) -> bool {
        let marked = match stop {
            Stop::Link(number) => self.document.link(number).map(|link| {
                let address = Address::of_link(link.text.as_str(), &link.address);
                Marked::Link { number, address, to: None }
            }),
            Stop::Picture(number) => self.picture(number).map(Marked::Picture),
        };
        let is_there = marked.is_some();
        if is_there {
            self.links.mark = marked;
        }
        is_there
    }

    /// The picture with this number as it is laid out.
    fn picture(&self, number: usize) -> Option<Arc<Picture>> {
        let at = self.document.pictures().get(number)?;
        let mut layout = self.layout.borrow_mut();
        let place = layout.place_of_shown(at.start, |line| picture_at(line, at).is_some())?;
        layout.lines(place, 1).iter().find_map(|line| picture_at(line, at)).cloned()
    }

    fn number_of(&self, picture: &Picture) -> Option<usize> {
        self.document.pictures().iter().position(|at| at.contains(&picture.offset))
    }

    fn after(&self, stop: Stop) -> Option<Stop> {
        match stop {
            // Where there are no pictures, the links of a long text need not be listed.
            Stop::Link(number) if self.document.pictures().is_empty() => Some(Stop::Link(number + 1)),
            Stop::Link(_) | Stop::Picture(_) => self.first_from(self.offset_of_stop(stop)? + 1),
        }
    }

    fn before(&self, stop: Stop) -> Option<Stop> {
        match stop {
            Stop::Link(number) if self.document.pictures().is_empty() => {
                number.checked_sub(1).map(Stop::Link)
            }
            Stop::Link(_) | Stop::Picture(_) => self.last_before(self.offset_of_stop(stop)?),
        }
    }

    /// What begins first at `offset` or behind it.
    fn first_from(&self, offset: usize) -> Option<Stop> {
        let (links, pictures) = (self.document.links(), self.document.pictures());
        let link = links.partition_point(|link| link.offset < offset);
        let picture = pictures.partition_point(|at| at.start < offset);
        match (links.get(link), pictures.get(picture)) {
            (Some(found), Some(at)) if at.start < found.offset => Some(Stop::Picture(picture)),
            (Some(_), _) => Some(Stop::Link(link)),
            (None, Some(_)) => Some(Stop::Picture(picture)),
            (None, None) => None,
        }
    }

    /// What begins last before `offset`.
    fn last_before(&self, offset: usize) -> Option<Stop> {
        let (links, pictures) = (self.document.links(), self.document.pictures());
        let link = links.partition_point(|link| link.offset < offset).checked_sub(1);
        let picture = pictures.partition_point(|at| at.start < offset).checked_sub(1);
        match (link, picture) {
            (Some(link), Some(picture)) if links[link].offset < pictures[picture].start => {
                Some(Stop::Picture(picture))
            }
            (Some(link), _) => Some(Stop::Link(link)),
            (None, picture) => picture.map(Stop::Picture),
        }
    }

    fn offset_of_stop(&self, stop: Stop) -> Option<usize> {
        match stop {
            Stop::Link(number) => self.document.link(number).map(|link| link.offset),
            Stop::Picture(number) => self.document.pictures().get(number).map(|at| at.start),
        }
    }

    /// What is seen, in the order of the text.
    fn in_sight(&self) -> Vec<Stop> {
        let room = self.room_for_text();
        let lines = self.layout.borrow_mut().lines(self.top, room);
        let mut found: Vec<usize> = lines.iter().flat_map(numbers).collect();
        found.sort_unstable();
        found.dedup();
        let mut seen: Vec<Stop> = found.into_iter().map(Stop::Link).collect();
        let pictures = lines.iter().filter_map(|line| self.number_of(&line.picture.as_ref()?.picture));
        let mut pictures: Vec<Stop> = pictures.map(Stop::Picture).collect();
        pictures.dedup();
        if !pictures.is_empty() {
            seen.extend(pictures);
            seen.sort_by_key(|stop| self.offset_of_stop(*stop));
        }
        seen
    }

    fn is_in_sight(&self, stop: Stop) -> bool {
        let room = self.room_for_text();
        let lines = self.layout.borrow_mut().lines(self.top, room);
        match stop {
            Stop::Link(number) => lines.iter().flat_map(numbers).any(|found| found == number),
            Stop::Picture(number) => {
                let at = self.document.pictures().get(number);
                at.is_some_and(|at| lines.iter().any(|line| picture_at(line, at).is_some()))
            }
        }
    }

    pub(super) fn offset_at_top(&self) -> usize {
        self.layout.borrow_mut().offset_of(self.top)
    }

    /// Where what is below the screen begins, in bytes of the source.
    fn offset_below(&self) -> usize {
        let mut layout = self.layout.borrow_mut();
        let last = layout.down(self.top, self.height);
        layout.offset_of(last)
    }

    /// Column and row of the first cell of what is marked.
    fn place_of_mark(&self, mark: &Marked, settings: &Settings) -> Option<(u16, u16)> {
        let lines = self.layout.borrow_mut().lines(self.top, self.height);
        lines.iter().enumerate().find_map(|(row, line)| {
            let spans = text::ordered(line, settings.theme);
            let column: usize = match mark {
                Marked::Link { number, .. } => {
                    let found = spans.iter().position(|span| span.style.link == Some(*number))?;
                    spans[..found].iter().map(|span| span.text.width()).sum()
                }
                Marked::Picture(picture) => {
                    let shown = line.picture.as_ref()?;
                    if shown.picture.offset != picture.offset {
                        return None;
                    }
                    let room = spans.iter().position(|span| span.style.role == markup::Role::Picture);
                    let first =
                        room.or_else(|| spans.iter().position(|span| !span.text.as_str().trim().is_empty()));
                    spans[..first.unwrap_or(0)].iter().map(|span| span.text.width()).sum()
                }
            };
            Some((u16::try_from(column).ok()?.checked_add(self.margin)?, u16::try_from(row).ok()?))
        })
    }

    /// Whether the text says all about a picture where it stands.
    fn is_told(&self, picture: &Picture) -> bool {
        let words = self.gallery.as_ref().map(Gallery::words);
        picture.cells.is_none() || words == Some(PictureWords::All)
    }

    /// What is said about what is marked, a row each; at most half of the screen, because what comes next says all of it
    /// again.
    fn strip(&self, mark: &Marked) -> Vec<(Part, Printable)> {
        let width = self.width();
        let rule = |name: &str| {
            let rest = usize::from(width).saturating_sub(name.chars().count());
            (Part::Rule, Printable::new(&(name.to_owned() + &"─".repeat(rest))))
        };
        let most = (self.height / 2).max(3);
        let (mut rows, most) = match mark {
            Marked::Link { number, address, to } => {
                let mut rows = vec![rule(&format!("── link {} ", number + 1))];
                let to = to.iter().flat_map(|to| text::wrapped(to, width));
                rows.extend(to.map(|part| (Part::Title, part)));
                rows.extend(
                    text::wrapped(address.written(), width).into_iter().map(|part| (Part::Address, part)),
                );
                for doubt in address.doubts() {
                    let words = text::hanging("! ", &doubt.sentence(), width);
                    rows.extend(words.into_iter().map(|part| (Part::Doubt, part)));
                }
                (rows, most)
            }
            Marked::Picture(picture) => {
                let Picture { title, description, .. } = &**picture;
                let mut rows = vec![rule("── picture, Enter enlarges ")];
                let said = |words: &Printable| text::wrapped(words.as_str(), width);
                if self.is_told(picture) {
                    return rows;
                }
                if !title.is_empty() {
                    rows.extend(said(title).into_iter().map(|part| (Part::Title, part)));
                }
                let words = if description.is_empty() { &"no description".into() } else { description };
                rows.extend(said(words).into_iter().map(|part| (Part::Words, part)));
                (rows, most.min(ROWS_ABOUT_PICTURE))
            }
        };
        if rows.len() > most {
            rows.truncate(most - 1);
            rows.push((Part::Words, "… Enter shows all of it".into()));
        }
        rows
    }
}

/// What a row about the mark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Rule,
    Address,
    Doubt,
    Title,
    Words,
}

/// The numbers of the links on a line.
fn numbers(line: &markup::Line) -> impl Iterator<Item = usize> {
    line.spans.iter().filter_map(|span| span.style.link)
}

/// The picture that a line shows, if it is the one at this place of the source.
fn picture_at<'a>(line: &'a markup::Line, at: &std::ops::Range<usize>) -> Option<&'a Arc<Picture>> {
    line.picture.as_ref().map(|line| &line.picture).filter(|picture| at.contains(&picture.offset))
}
