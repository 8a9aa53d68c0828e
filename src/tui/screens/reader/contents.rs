//! The headings of a text, beside it or over it.

use std::fmt::Write as _;
use std::ops::Range;

use crossterm::event::{Event, MouseEventKind};
use ratatui::style::Style;
use ratatui::text::Line;

use super::{Mode, Move, ROOM_FOR_SECTIONS, Reader, Tool};
use crate::markup::Heading;
use crate::printable::Printable;
use crate::training::PartRead;
use crate::tui::effect::{Effect, saying};
use crate::tui::pane::{Context, Pane};
use crate::tui::theme::Theme;
use crate::tui::widgets::more;
use crate::tui::widgets::number::TypedNumber;
use crate::tui::widgets::rows::{Choice, Place, Step};
use crate::tui::widgets::text;

/// From this many columns of the screen on there is room for the headings beside the text.
const BESIDE: u16 = 100;

/// The headings while they are shown.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Contents {
    place: Place,
    /// The number that is being typed, if one is.
    typed: TypedNumber,
    focus: Focus,
}

/// What the keys are for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Focus {
    #[default]
    Headings,
    Text,
}

/// How many columns headings take from a text on a screen of `width` columns, the line between the two included; none where
/// they lie over it.
pub(super) fn columns(width: u16) -> u16 {
    if width < BESIDE { 0 } else { (width / 3).min(44) }
}

impl Reader {
    /// What the keys are for, as far as headings are shown.
    pub(super) fn contents_mode(&self) -> Option<Mode> {
        self.contents.filter(|contents| contents.focus == Focus::Headings).map(|_| Mode::Contents)
    }

    pub(super) fn show_contents(&mut self) -> Vec<Effect> {
        if self.document.headings().is_empty() {
            return vec![saying("this text has no headings")];
        }
        let place = Place::default().after(
            Step::To(self.present_heading().unwrap_or(0)),
            self.document.headings().len(),
            self.rows_of_contents(),
        );
        self.let_go_of_mark();
        self.contents = Some(Contents { place, ..Contents::default() });
        self.fit();
        Vec::new()
    }

    pub(super) fn hide_contents(&mut self) {
        self.contents = None;
        self.fit();
    }

    /// The keys are for the text beside the headings.
    pub(super) fn turn_to_text(&mut self) {
        if let Some(contents) = &mut self.contents {
            *contents = Contents { focus: Focus::Text, typed: TypedNumber::default(), ..*contents };
        }
    }

    /// Where the text begins that stands beside headings to choose from.
    fn text_beside(&self) -> Option<u16> {
        self.contents_mode()?;
        Some(columns(self.size.width)).filter(|columns| *columns > 0)
    }

    /// How the wheel moves the text that it is turned over, where the keys are for the headings beside it.
    pub fn wheel_beside(&self, event: &Event) -> Option<Move> {
        let Event::Mouse(mouse) = event else { return None };
        let is_over_text = self.text_beside().is_some_and(|begin| mouse.column >= begin);
        match mouse.kind {
            MouseEventKind::ScrollDown if is_over_text => Some(Move::WheelDown),
            MouseEventKind::ScrollUp if is_over_text => Some(Move::WheelUp),
            _ => None,
        }
    }

    pub(super) fn step_contents(&mut self, step: Step) {
        let (length, height) = (self.document.headings().len(), self.rows_of_contents());
        let Some(place) = self.contents.map(|contents| contents.place) else { return };
        let place =
            place.after_in_lines(step, length, height, &mut |index, choice| self.lines_of(index, choice));
        self.contents =
            self.contents.map(|contents| Contents { place, typed: TypedNumber::default(), ..contents });
    }

    /// A digit of the number of a heading: one that makes the number too large begins another one.
    pub(super) fn type_number(&mut self, digit: usize) {
        let length = self.document.headings().len();
        let Some(contents) = &mut self.contents else { return };
        let typed = contents.typed.and(digit, length);
        if let Some(index) = typed.index() {
            self.step_contents(Step::To(index));
        }
        if let Some(contents) = &mut self.contents {
            contents.typed = typed;
        }
    }

    pub(in crate::tui::screens) fn is_typing_number(&self) -> bool {
        self.contents.is_some_and(|contents| contents.typed != TypedNumber::default())
    }

    pub(in crate::tui::screens) fn end_number(&mut self) {
        if let Some(contents) = &mut self.contents {
            contents.typed = TypedNumber::default();
        }
    }

    /// Goes to the heading with this index, or to the one that is marked. The headings stay where there is room for them.
    pub(super) fn jump_to_heading(&mut self, index: Option<usize>, context: &mut Context<'_>) -> Vec<Effect> {
        let index = index.or(self.contents.map(|contents| contents.place.selected()));
        let offset =
            index.and_then(|index| self.document.headings().get(index)).map(|heading| heading.offset);
        match &mut self.contents {
            Some(contents) if columns(self.size.width) > 0 => contents.focus = Focus::Text,
            Some(_) | None => self.hide_contents(),
        }
        let Some(offset) = offset else { return Vec::new() };
        self.remember_way_back();
        let place = self.layout.get_mut().place_of(offset);
        self.arrive(place, context);
        Vec::new()
    }

    /// The heading that the top of the page is under, or the last one where the text ends on it: its section may have no page
    /// that begins with it.
    pub(super) fn present_heading(&self) -> Option<usize> {
        let headings = self.document.headings();
        let headings_begun = if self.end_of_page() >= self.document.len() {
            headings.len()
        } else {
            let offset = self.layout.borrow_mut().offset_of(self.top);
            headings.partition_point(|heading| heading.offset <= offset)
        };
        headings_begun.checked_sub(1)
    }

    /// How many lines a heading takes while the keys are for the list.
    fn lines_of(&self, index: usize, choice: Choice) -> usize {
        let Some(heading) = self.document.headings().get(index) else { return 1 };
        let room = room_for(heading, self.columns_before_headings(), self.width_of_contents().into());
        titles(heading, choice, room).len()
    }

    /// How many columns of a list of headings stand before their indent: which one is marked, the number, and how much was read.
    fn columns_before_headings(&self) -> usize {
        let read = if self.is_all_seen() { 0 } else { 2 };
        self.document.headings().len().to_string().len() + 2 + read
    }

    fn width_of_contents(&self) -> u16 {
        match columns(self.size.width) {
            0 => self.size.width,
            beside => beside - 1,
        }
    }

    fn rows_of_contents(&self) -> usize {
        usize::from(self.size.height).max(1)
    }

    /// Which heading is marked, for the first line of the screen.
    pub(super) fn contents_status(&self) -> Option<Printable> {
        let contents = self.contents.filter(|contents| contents.focus == Focus::Headings)?;
        let (count, selected) = (self.document.headings().len(), contents.place.selected());
        let mut words = String::new();
        if !self.is_all_seen()
            && self.size.width >= ROOM_FOR_SECTIONS
            && let Some(parts) = self.frontier.parts(&self.document)
        {
            let _ = write!(words, "{parts} read  ");
        }
        let _ = write!(words, "heading {} of {count}", selected + 1);
        if !self.is_all_seen() {
            let _ = write!(words, ", {}", self.section_read(selected).words());
        }
        Some(Printable::new(&words))
    }

    /// Draws the headings, if they are shown.
    pub(super) fn view_contents<M>(
        &self,
        theme: Theme,
        pane: &mut Pane<'_, M>,
        message: fn(Tool) -> M,
    ) -> Covers {
        let Some(contents) = self.contents else { return Covers::Nothing };
        let beside = columns(self.size.width);
        if beside == 0 && contents.focus == Focus::Text {
            return Covers::Nothing;
        }
        let headings = self.document.headings();
        // The screen may have become lower since the last step.
        let (length, height) = (headings.len(), self.rows_of_contents());
        let place =
            contents.place.within_lines(length, height, &mut |index, choice| self.lines_of(index, choice));
        let read = |index| self.section_read(index);
        let list = List {
            headings,
            marked: (contents.focus == Focus::Headings).then_some(place),
            present: self.present_heading(),
            // Where nothing is left to be read, there is nothing to tell apart.
            read: (!self.is_all_seen()).then_some(&read),
            before: self.columns_before_headings(),
            top: self.top_beside(place),
        };
        list.draw(0..self.width_of_contents(), theme, pane, message);
        if beside == 0 {
            return Covers::Everything;
        }
        for row in 0..self.size.height {
            if let Some(begin) = self.text_beside() {
                pane.hit(begin..self.size.width, row, message(Tool::ToText));
            }
            pane.line(beside - 1, row, &Line::from(text::own("│", theme.muted())));
        }
        Covers::Nothing
    }

    /// Whether there are headings where the text would be.
    pub(super) fn contents_cover_everything(&self) -> bool {
        let chosen_from = self.contents.is_some_and(|contents| contents.focus == Focus::Headings);
        chosen_from && columns(self.size.width) == 0
    }

    /// The signs beside the headings, while these are shown, and what they mean.
    pub(in crate::tui::screens) fn signs_of_contents(&self) -> Vec<(&'static str, &'static str)> {
        let present = (PRESENT, "no key: the heading that you are under");
        match (self.contents, self.is_all_seen()) {
            (None, _) => Vec::new(),
            (Some(_), true) => vec![present],
            (Some(_), false) => vec![present, READ_SIGNS],
        }
    }

    /// The first heading in sight such that the present one is, too.
    fn top_beside(&self, place: Place) -> usize {
        let (length, height) = (self.document.headings().len(), self.rows_of_contents());
        place.after(Step::To(self.present_heading().unwrap_or(0)), length, height).top()
    }
}

/// The heading that the page is under, while another one is marked.
const PRESENT: &str = "•";

/// What the signs of [`read_sign`] say, for the help.
pub(super) const READ_SIGNS: (&str, &str) = ("✓ ◐ ○ ·", "no keys: read, begun, not read, to look up");

/// How a part of a text is marked that was read like this.
pub(super) fn read_sign(read: PartRead, theme: Theme) -> (&'static str, Style) {
    match read {
        PartRead::Whole => ("✓ ", theme.good()),
        PartRead::Begun => ("◐ ", theme.caution()),
        PartRead::Nothing => ("○ ", theme.text()),
        PartRead::LookedUp => ("· ", theme.text()),
    }
}

/// What of the text the headings cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Covers {
    Nothing,
    Everything,
}

/// What is drawn of the headings.
struct List<'a> {
    headings: &'a [Heading],
    /// Where the keys are, as far as they are for the headings.
    marked: Option<Place>,
    present: Option<usize>,
    /// How many columns stand before the indent of each.
    before: usize,
    /// The first heading in sight while they are for the text.
    top: usize,
    /// How much was read of what stands under each, while something is left to be read.
    read: Option<&'a dyn Fn(usize) -> PartRead>,
}

impl List<'_> {
    fn draw<M>(&self, columns: Range<u16>, theme: Theme, pane: &mut Pane<'_, M>, message: fn(Tool) -> M) {
        let width = usize::from(columns.end - columns.start);
        let height = pane.area().height;
        let first = self.marked.map_or(self.top, Place::top);
        let lines = (first..self.headings.len()).flat_map(|index| {
            let lines = self.lines(index, width, theme).into_iter().enumerate();
            lines.map(move |(nth, line)| (index, nth, line))
        });
        let mut last = None;
        for (row, (index, nth, line)) in (0..height).zip(lines) {
            pane.line(columns.start, row, &line);
            pane.hit(columns.clone(), row, message(Tool::JumpTo(index)));
            if self.is_marked(index) {
                pane.style(columns.clone(), row, theme.selected());
                if nth == 0 {
                    pane.cursor(columns.start, row);
                }
            }
            last = Some(index);
        }
        // While the keys are for the text, they turn no page here.
        if self.marked.is_some() {
            let border = columns.end.saturating_sub(1);
            if first > 0 {
                more::above(pane, border, 0, theme);
            }
            if last.is_some_and(|last| last + 1 < self.headings.len()) {
                more::below(pane, border, height.saturating_sub(1), theme);
            }
        }
    }

    fn is_marked(&self, index: usize) -> bool {
        self.marked.is_some_and(|place| place.selected() == index)
    }

    /// A heading in one line, and the marked one in as many as it needs.
    fn lines(&self, index: usize, width: usize, theme: Theme) -> Vec<Line<'static>> {
        let is_marked = self.is_marked(index);
        let digits = self.headings.len().to_string().len();
        let is_present = self.present == Some(index);
        let sign = match (is_marked, is_present) {
            (true, _) => "›",
            (false, true) => PRESENT,
            (false, false) => " ",
        };
        let heading = &self.headings[index];
        let number = format!("{sign}{:>digits$} ", index + 1);
        let read = self.read.map(|read| read(index));
        let (read_sign, read_style) = read.map_or(("", theme.text()), |read| read_sign(read, theme));
        let (before, indent) = (self.before, indent(heading, width));
        let room = room_for(heading, before, width);
        let titles = titles(heading, if is_marked { Choice::Marked } else { Choice::Other }, room);
        let words = signs_in_words(is_present && !is_marked, read, room.saturating_sub(heading.text.width()));
        let style = if is_present { theme.strong() } else { theme.text() };
        // Reversed, every colour would be a patch of its own.
        let plain = |style| if is_marked { theme.text() } else { style };
        let line = |(nth, title): (usize, Printable)| {
            let title = text::title(&title, style, theme);
            if nth > 0 {
                return Line::from(vec![text::said(&" ".repeat(before + indent), style), title]);
            }
            Line::from(vec![
                text::said(&number, plain(theme.muted())),
                text::own(read_sign, plain(read_style)),
                text::said(&" ".repeat(indent), style),
                title,
                text::said(&words, plain(read_style)),
            ])
        };
        titles.into_iter().enumerate().map(line).collect()
    }
}

/// Where there is room for it, the signs of a heading are said in words, too, at the end of so many columns.
fn signs_in_words(is_present: bool, read: Option<PartRead>, columns: usize) -> String {
    let read = read.map_or("", PartRead::words);
    let mut choices = vec![read.to_owned()];
    if is_present {
        let with_read =
            |here: &str| if read.is_empty() { here.to_owned() } else { format!("{here}, {read}") };
        choices = [with_read("you are here"), with_read("here")].into_iter().chain(choices).collect();
    }
    let at_end = |words: String| {
        let gap = columns.checked_sub(words.len()).filter(|gap| *gap > 1)?;
        Some(format!("{}{words}", " ".repeat(gap)))
    };
    choices.into_iter().find_map(at_end).unwrap_or_default()
}

/// By how many columns a heading is indented in a list of this width. Deep ones keep half of the room for their words.
fn indent(heading: &Heading, width: usize) -> usize {
    (2 * usize::from(heading.level.saturating_sub(1))).min(width / 4)
}

/// How many columns a heading has for its words.
fn room_for(heading: &Heading, before: usize, width: usize) -> usize {
    width.saturating_sub(before + indent(heading, width) + 1)
}

/// The words of a heading in one line, and of the marked one in as many as they need.
fn titles(heading: &Heading, choice: Choice, room: usize) -> Vec<Printable> {
    match (choice, u16::try_from(room)) {
        (Choice::Marked, Ok(room)) => text::wrapped(heading.text.as_str(), room),
        (Choice::Marked | Choice::Other, _) => vec![heading.text.cut(room)],
    }
}
