//! The mark in a text that is read: it goes from link to link, from note to note and from picture to picture.

use std::sync::Arc;

use super::{Mode, Reader};
use crate::address::Address;
use crate::course;
use crate::markup::{self, Note, Picture};
use crate::printable::Printable;
use crate::training::Training;
use crate::tui::effect::{Effect, saying};
use crate::tui::settings::Settings;
use crate::tui::widgets::text;

/// So many pictures that are not laid out as such are passed over at once.
const PASSED_OVER: usize = 16;

/// Something in a text that can be marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// The link with this number.
    Link(usize),
    /// The sign of a note with this number.
    Note(usize),
    /// The picture with this number.
    Picture(usize),
}

impl Stop {
    fn word(self) -> &'static str {
        match self {
            Self::Link(_) => "link",
            Self::Note(_) => "note",
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
    Note {
        number: usize,
        /// Where its sign is in the source, in bytes.
        offset: usize,
        label: Printable,
        note: Note,
    },
    Picture(Arc<Picture>),
}

impl Reader {
    /// What the keys are for while something is marked.
    pub(super) fn marked_mode(&self) -> Option<Mode> {
        self.links.mark.as_ref().map(|mark| match mark {
            Marked::Link { .. } => Mode::Marked,
            Marked::Note { .. } => Mode::MarkedNote,
            Marked::Picture(picture) => Mode::MarkedPicture(self.closer(picture)),
        })
    }

    /// The number of the marked link.
    pub(super) fn marked_link(&self) -> Option<usize> {
        match &self.links.mark {
            Some(Marked::Link { number, .. }) => Some(*number),
            Some(Marked::Note { .. } | Marked::Picture(_)) | None => None,
        }
    }

    /// Where the marked sign of a note is in the source.
    pub(super) fn marked_note(&self) -> Option<usize> {
        match &self.links.mark {
            Some(Marked::Note { offset, .. }) => Some(*offset),
            Some(Marked::Link { .. } | Marked::Picture(_)) | None => None,
        }
    }

    /// The marked picture.
    pub(super) fn marked_picture(&self) -> Option<&Arc<Picture>> {
        match &self.links.mark {
            Some(Marked::Picture(picture)) => Some(picture),
            Some(Marked::Link { .. } | Marked::Note { .. }) | None => None,
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
            Marked::Note { number, .. } => Some(Stop::Note(*number)),
            Marked::Picture(picture) => self.number_of(picture).map(Stop::Picture),
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

    /// How many rows the text has above that, and above what comes with the next page.
    pub(super) fn room_for_text(&self) -> usize {
        self.height.saturating_sub(self.strip_height().max(self.rows_kept_back())).max(1)
    }

    /// The mark goes. What it brought into sight in a smaller window stays there.
    pub(super) fn let_go_of_mark(&mut self) {
        if self.links.mark.take().is_some() {
            self.let_go_of_held();
        }
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
            Stop::Link(_) | Stop::Note(_) if self.is_in_sight(stop) => return,
            Stop::Link(number) => {
                let Some(link) = self.document.link(number) else { return };
                let layout = self.layout.get_mut();
                let shows = |line: &markup::Line| numbers(line).any(|found| found == number);
                let place = layout.place_of_shown(link.offset, shows);
                (place.unwrap_or_else(|| layout.place_of(link.offset)), 1)
            }
            Stop::Note(number) => {
                let Some(offset) = self.document.note_signs().get(number).map(|sign| sign.offset) else {
                    return;
                };
                let layout = self.layout.get_mut();
                let place = layout.place_of_shown(offset, |line| notes(line).any(|found| found == offset));
                (place.unwrap_or_else(|| layout.place_of(offset)), 1)
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

    /// Whether neither a link nor a note nor a picture is there, in a text that is not too long to look.
    #[must_use]
    pub fn has_nothing_to_mark(&self) -> bool {
        self.has_no_link() && self.has_links_alone()
    }

    /// Whether there is no link in it, if it is not too long to look. The first one ends the search: to list all of them is work that no
    /// first frame waits for.
    #[must_use]
    pub fn has_no_link(&self) -> bool {
        self.counts_sections() && self.document.link(0).is_none()
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
            return vec![saying("this text has no links, no notes and no pictures")];
        }
        match self.marked_stop() {
            Some(stop) if before == Some(stop) => vec![saying(format!("this is the only {}", stop.word()))],
            Some(stop) => vec![saying(format!("{words} {}", stop.word()))],
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
            Stop::Note(number) => self.document.note_signs().get(number).and_then(|sign| {
                let (label, note) = (Printable::new(&sign.label), self.document.note(&sign.label)?.clone());
                Some(Marked::Note { number, offset: sign.offset, label, note })
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
            // Where there is nothing else, the links of a long text need not be listed.
            Stop::Link(number) if self.has_links_alone() => Some(Stop::Link(number + 1)),
            Stop::Link(_) | Stop::Note(_) | Stop::Picture(_) => {
                self.first_from(self.offset_of_stop(stop)? + 1)
            }
        }
    }

    fn before(&self, stop: Stop) -> Option<Stop> {
        match stop {
            Stop::Link(number) if self.has_links_alone() => number.checked_sub(1).map(Stop::Link),
            Stop::Link(_) | Stop::Note(_) | Stop::Picture(_) => self.last_before(self.offset_of_stop(stop)?),
        }
    }

    fn has_links_alone(&self) -> bool {
        self.document.pictures().is_empty() && self.document.note_signs().is_empty()
    }

    /// How many links, signs of notes and pictures begin before `offset`.
    fn counts_before(&self, offset: usize) -> [usize; 3] {
        [
            self.document.links().partition_point(|link| link.offset < offset),
            self.document.note_signs().partition_point(|sign| sign.offset < offset),
            self.document.pictures().partition_point(|at| at.start < offset),
        ]
    }

    /// What begins first at `offset` or behind it.
    fn first_from(&self, offset: usize) -> Option<Stop> {
        let [link, note, picture] = self.counts_before(offset);
        [Stop::Picture(picture), Stop::Note(note), Stop::Link(link)]
            .into_iter()
            .filter_map(|stop| Some((self.offset_of_listed(stop)?, stop)))
            .min_by_key(|(offset, _)| *offset)
            .map(|(_, stop)| stop)
    }

    /// What begins last before `offset`.
    fn last_before(&self, offset: usize) -> Option<Stop> {
        let [link, note, picture] = self.counts_before(offset).map(|count| count.checked_sub(1));
        [link.map(Stop::Link), note.map(Stop::Note), picture.map(Stop::Picture)]
            .into_iter()
            .flatten()
            .filter_map(|stop| Some((self.offset_of_listed(stop)?, stop)))
            .max_by_key(|(offset, _)| *offset)
            .map(|(_, stop)| stop)
    }

    /// Where it begins, for what is in the lists of the text.
    fn offset_of_listed(&self, stop: Stop) -> Option<usize> {
        match stop {
            Stop::Link(number) => self.document.links().get(number).map(|link| link.offset),
            Stop::Note(_) | Stop::Picture(_) => self.offset_of_stop(stop),
        }
    }

    fn offset_of_stop(&self, stop: Stop) -> Option<usize> {
        match stop {
            Stop::Link(number) => self.document.link(number).map(|link| link.offset),
            Stop::Note(number) => self.document.note_signs().get(number).map(|sign| sign.offset),
            Stop::Picture(number) => self.document.pictures().get(number).map(|at| at.start),
        }
    }

    /// The number of the sign of a note that is at `offset` in the source.
    pub(super) fn number_of_note(&self, offset: usize) -> Option<usize> {
        self.document.note_signs().binary_search_by_key(&offset, |sign| sign.offset).ok()
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
        let mut others: Vec<Stop> = pictures.map(Stop::Picture).collect();
        let notes = lines.iter().flat_map(notes).filter_map(|offset| self.number_of_note(offset));
        others.extend(notes.map(Stop::Note));
        others.dedup();
        if !others.is_empty() {
            seen.extend(others);
            seen.sort_by_key(|stop| self.offset_of_stop(*stop));
        }
        seen
    }

    fn is_in_sight(&self, stop: Stop) -> bool {
        let room = self.room_for_text();
        let lines = self.layout.borrow_mut().lines(self.top, room);
        match stop {
            Stop::Link(number) => lines.iter().flat_map(numbers).any(|found| found == number),
            Stop::Note(_) => {
                let offset = self.offset_of_stop(stop);
                lines.iter().flat_map(notes).any(|found| Some(found) == offset)
            }
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
    pub(super) fn place_of_mark(&self, mark: &Marked, settings: &Settings) -> Option<(u16, u16)> {
        let lines = self.layout.borrow_mut().lines(self.top, self.height);
        lines.iter().enumerate().find_map(|(row, line)| {
            let spans = text::ordered(line, settings.theme);
            let column: usize = match mark {
                Marked::Link { number, .. } => {
                    let found = spans.iter().position(|span| span.style.link == Some(*number))?;
                    spans[..found].iter().map(|span| span.text.width()).sum()
                }
                Marked::Note { offset, .. } => {
                    let found = spans.iter().position(|span| span.style.note == Some(*offset))?;
                    let lead = &spans[found].text.as_str();
                    let blank = lead.len() - lead.trim_start().len();
                    spans[..found].iter().map(|span| span.text.width()).sum::<usize>() + blank
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
}

/// The numbers of the links on a line.
fn numbers(line: &markup::Line) -> impl Iterator<Item = usize> {
    line.spans.iter().filter_map(|span| span.style.link)
}

/// Where the signs of notes on a line are in the source.
fn notes(line: &markup::Line) -> impl Iterator<Item = usize> {
    line.spans.iter().filter_map(|span| span.style.note)
}

/// The picture that a line shows, if it is the one at this place of the source.
fn picture_at<'a>(line: &'a markup::Line, at: &std::ops::Range<usize>) -> Option<&'a Arc<Picture>> {
    line.picture.as_ref().map(|line| &line.picture).filter(|picture| at.contains(&picture.offset))
}
