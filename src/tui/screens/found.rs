//! What was found in the whole course, as a list.

use std::cell::RefCell;

use ratatui::layout::Size;
use ratatui::text::Line;

use crate::course::Course;
use crate::markup::Needle;
use crate::printable::Printable;
use crate::training::{Finding, Finds, Text};
use crate::tui::effect::{Effect, saying};
use crate::tui::message::FoundPlace;
use crate::tui::pane::Pane;
use crate::tui::theme::Theme;
use crate::tui::widgets::rows::{Choice, Place, Step};
use crate::tui::widgets::{more, text};

/// The longest that somebody looks for, in characters.
pub(super) const LONGEST: usize = 200;

/// How much is looked through between two keys, in bytes of the source: a few milliseconds' work.
pub(super) const SLICE: usize = 128 * 1024;

/// Each place takes two rows: where it is, and what stands there. The marked one takes as many as it needs.
const ROWS: u16 = 2;

/// A search in the whole course.
#[derive(Debug)]
pub(super) struct Results {
    /// Looking at it finds places again, which changes nothing that anybody sees.
    finding: RefCell<Finding>,
    place: Place,
}

impl Results {
    pub(super) fn new(course: &Course) -> Self {
        Self { finding: RefCell::new(Finding::new(course)), place: Place::default() }
    }

    /// Looks for these words.
    pub(super) fn seek(&mut self, words: &str) {
        self.finding.get_mut().seek(Needle::new(words));
        self.place = Place::default();
    }

    /// Gives memory back, while nobody looks at them.
    pub(super) fn rest(&mut self) {
        self.finding.get_mut().rest();
    }

    pub(super) fn advance(&mut self, bytes: usize) {
        self.finding.get_mut().advance(bytes);
    }

    pub(super) fn is_working(&self) -> bool {
        !self.finding.borrow().is_done()
    }

    /// Whether there is none, and none is looked for any more.
    pub(super) fn is_empty(&self) -> bool {
        !self.is_working() && self.finding.borrow().total() == 0
    }

    /// The same or one alone.
    pub(super) fn has_no_other(&self) -> bool {
        !self.is_working() && self.finding.borrow().total() < 2
    }

    /// Moves among what was found, of which so much is in sight.
    pub(super) fn step(&mut self, step: Step, room: Size) {
        let finding = self.finding.get_mut();
        let total = finding.total();
        let digits = digits(total);
        let mut needs = |number, choice| lines_needed(finding, (number, digits), choice, room.width);
        self.place = self.place.after_in_lines(step, total, room.height.into(), &mut needs);
    }

    /// The number of the marked place, from 0.
    pub(super) fn marked(&self) -> usize {
        self.place.selected()
    }

    /// How many there are, and which one is marked.
    pub(super) fn count(&self, words: &str) -> String {
        let finding = self.finding.borrow();
        match (finding.is_done(), finding.total()) {
            _ if words.trim().is_empty() => String::new(),
            (false, total) => format!("{total}…"),
            (true, 0) => format!("not found{}", capitals_count(finding.differs_in_capitals())),
            (true, total) => format!("{} of {total}", self.place.selected() + 1),
        }
    }

    /// Why the words stand nowhere, if that is known, to be said behind it.
    pub(super) fn why_not_found(&self) -> &'static str {
        capitals_count(self.finding.borrow().differs_in_capitals())
    }

    /// The marked place.
    pub(super) fn chosen(&mut self, words: &str) -> Option<FoundPlace> {
        let Finds { text, offset, .. } = self.finding.get_mut().nth(self.place.selected(), 0)?;
        Some(FoundPlace { text, offset, words: words.to_owned() })
    }

    /// Draws the list on the first rows of `pane`; `open` says that a place of it, by its number, is to be opened.
    pub(super) fn draw<M>(
        &self,
        height: u16,
        theme: Theme,
        pane: &mut Pane<'_, M>,
        open: impl Fn(usize) -> M,
    ) {
        let mut finding = self.finding.borrow_mut();
        let total = finding.total();
        let width = pane.area().width;
        let digits = digits(total);
        let mut needs = |number, choice| lines_needed(&mut finding, (number, digits), choice, width);
        let place = self.place.within_lines(total, height.into(), &mut needs);
        let room = room_for_words(width);
        let mut lines = |number: usize| -> Option<Vec<Line<'static>>> {
            let found = finding.nth(number, usize::from(width) / 2)?;
            let mut lines = if number == place.selected() {
                where_it_is_wholly((number, digits), &found, room, theme)
            } else {
                vec![where_it_is((number, digits), &found, room.into(), theme)]
            };
            lines.push(what_stands_there(&found, room.into(), theme));
            Some(lines)
        };
        let border = width.saturating_sub(1);
        let top = place.top();
        let (mut row, mut shown) = (0, top);
        for number in top..total {
            let Some(lines) = lines(number).filter(|_| row + ROWS <= height) else { break };
            shown = number + 1;
            let (first, heading) = (row, lines.len() - 1);
            for (nth, line) in lines.iter().enumerate().take(usize::from(height - first)) {
                pane.line(1, row, line);
                // In the last column the signs that there is more come and go.
                pane.hit(0..border, row, open(number));
                if number == place.selected() && nth < heading {
                    pane.style(1..width.saturating_sub(1), row, theme.selected());
                }
                row += 1;
            }
            if number == place.selected() {
                pane.line(0, first, &Line::from(text::own("›", theme.key())));
            }
        }
        if top > 0 {
            more::above(pane, border, 0, theme);
        }
        if shown < total {
            more::below(pane, border, height.saturating_sub(1), theme);
        }
    }
}

/// The number of a place, from 0, and how many digits the largest one has.
type Number = (usize, usize);

/// How many digits the number of the last of so many places has.
fn digits(total: usize) -> usize {
    total.to_string().len()
}

/// How many lines a place takes.
fn lines_needed(finding: &mut Finding, number: Number, choice: Choice, width: u16) -> usize {
    match choice {
        Choice::Other => ROWS.into(),
        Choice::Marked => finding.nth(number.0, 0).map_or(0, |found| {
            where_it_is_wholly(number, &found, room_for_words(width), Theme::PLAIN).len() + 1
        }),
    }
}

/// How wide a line of a place can be on a list of this width.
fn room_for_words(width: u16) -> u16 {
    width.saturating_sub(2)
}

/// In as many lines as it takes; further ones begin below the name of the text.
fn where_it_is_wholly(number: Number, found: &Finds, width: u16, theme: Theme) -> Vec<Line<'static>> {
    let head = place_head(number, found);
    let indent = head.width();
    let room = width.saturating_sub(u16::try_from(indent).unwrap_or(u16::MAX)).max(1);
    let section = found.section.as_ref().filter(|section| **section != found.title);
    let words =
        section.map_or_else(|| found.title.to_string(), |section| format!("{} › {section}", found.title));
    let line = |(nth, part): (usize, &Printable)| {
        let lead = if nth == 0 { head.clone() } else { Printable::new(&" ".repeat(indent)) };
        Line::from(vec![text::shown(&lead, theme.text()), text::title(part, theme.strong(), theme)])
    };
    text::wrapped(&words, room).iter().enumerate().map(line).collect()
}

/// `3 lesson 2, `
fn place_head((number, digits): Number, found: &Finds) -> Printable {
    let text = match found.text {
        Text::Lesson(module) => format!("lesson {}", module + 1),
        Text::Policy => "policy".to_owned(),
    };
    Printable::new(&format!("{:digits$} {text}, ", number + 1))
}

fn where_it_is(number: Number, found: &Finds, width: usize, theme: Theme) -> Line<'static> {
    let head = place_head(number, found);
    // The section says more than the title where there is no room for both.
    let section = found.section.as_ref().filter(|section| **section != found.title);
    let left = width.saturating_sub(head.width());
    let mut words = found.title.clone();
    if let Some(section) = section {
        let room = left.saturating_sub(section.width() + 3).max(left / 3);
        words = words.cut(room);
        words.push(&" › ".into());
        words.push(section);
    }
    Line::from(vec![text::shown(&head, theme.text()), text::title(&words.cut(left), theme.strong(), theme)])
}

fn what_stands_there(found: &Finds, width: usize, theme: Theme) -> Line<'static> {
    let excerpt = &found.excerpt;
    let room = width.saturating_sub(3);
    let hit = excerpt.hit.cut(room);
    let left = room - hit.width().min(room);
    // Either side has half of the room, and what the other one does not need.
    let before = end_of(&excerpt.before, left - excerpt.after.width().min(left / 2));
    let after = excerpt.after.cut(left - before.width().min(left));
    Line::from(vec![
        text::own("   ", theme.text()),
        text::title(&before, theme.text(), theme),
        text::title(&hit, theme.hit(), theme),
        text::title(&after, theme.text(), theme),
    ])
}

/// The end of a text in at most `width` columns.
fn end_of(words: &Printable, width: usize) -> Printable {
    if words.width() <= width {
        return words.clone();
    }
    let mut end = Printable::default();
    for part in words.as_str().split_inclusive(' ').rev() {
        let mut longer = Printable::new(part);
        longer.push(&end);
        if longer.width() + 1 > width {
            break;
        }
        end = longer;
    }
    let mut cut = Printable::new(if width == 0 { "" } else { "…" });
    cut.push(&end);
    cut
}

/// Says that the words stand nowhere, with why behind it.
pub(super) fn not_found(words: &str, why: &str) -> Vec<Effect> {
    if words.trim().is_empty() {
        return Vec::new();
    }
    vec![saying(format!("not found: “{words}”{why}"))]
}

/// What is said behind words that are nowhere, if they are there with other capitals.
pub(super) fn capitals_count(differs: bool) -> &'static str {
    if differs { "; capitals count" } else { "" }
}
