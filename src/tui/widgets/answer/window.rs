//! The rows of a pad as far as they are seen.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

use super::rows::{Layout, Page, Row, Tone};
use super::{PadMessage, Way};
use crate::tui::theme::Theme;

/// The rows that are laid out, and which of them are seen.
#[derive(Debug, Clone, Default)]
pub(super) struct Window {
    layout: Layout,
    /// The rows of what was chosen for what has the focus, or else of what has the cursor.
    current: Option<Range<usize>>,
    /// The first row that is seen, or would be if no heading lay over it.
    top: usize,
    size: Size,
}

impl Window {
    pub(super) fn width(&self) -> u16 {
        self.size.width
    }

    pub(super) fn size(&self) -> Size {
        self.size
    }

    pub(super) fn set_size(&mut self, size: Size) {
        self.size = size;
    }

    /// Shows what is laid out for the present size in the place of what was before.
    pub(super) fn set_layout(&mut self, layout: Layout) {
        self.take(layout);
        self.top = self.top.min(self.last_top());
    }

    fn take(&mut self, layout: Layout) {
        self.current = current(&layout.rows);
        self.layout = layout;
    }

    /// The same place with what `lay_out` gives where `area` has another width.
    pub(super) fn in_area(&self, area: Rect, lay_out: impl FnOnce(Size) -> Layout) -> Cow<'_, Self> {
        if area.width == self.size.width {
            return Cow::Borrowed(self);
        }
        let mut other = Self { top: self.top, size: area.as_size(), ..Self::default() };
        other.take(lay_out(area.as_size()));
        Cow::Owned(other)
    }

    /// Where the rows of `item` stand.
    pub(super) fn range_of(&self, item: usize) -> Option<Range<usize>> {
        Page::range_of(self.rows(), item)
    }

    pub(super) fn rows(&self) -> &[Row] {
        &self.layout.rows
    }

    pub(super) fn len(&self) -> usize {
        self.rows().len()
    }

    /// Where the story goes on.
    pub(super) fn here(&self) -> Option<usize> {
        self.layout.here
    }

    /// Items that have no rows as long as they do not have the focus.
    pub(super) fn items_elsewhere(&self) -> impl Iterator<Item = usize> {
        self.layout.elsewhere.iter().copied()
    }

    /// Goes back to the first row.
    pub(super) fn go_to_beginning(&mut self) {
        self.top = 0;
    }

    /// Goes on to `row`, as far as there are rows below to fill the screen.
    pub(super) fn go_to(&mut self, row: usize) {
        self.top = row.min(self.last_top());
    }

    /// Goes to a screen that begins a line before `row`, so that the eye finds its place again.
    pub(super) fn read_on_to(&mut self, row: usize) {
        // Its own further rows are seen below the heading, too, where it is higher than what it covers.
        let covered = self.layout.heading.as_ref().map(|heading| (heading.start, self.most_covered(heading)));
        let heading = covered.map_or(0, |(start, most)| if row >= start + most { most } else { 0 });
        let before = usize::from(self.height() > heading + 1);
        self.go_to(row.saturating_sub(heading + before));
    }

    /// Goes back towards `row` by half a screen at most, if it stands above what is seen; whether it did.
    pub(super) fn reach_back(&mut self, row: usize) -> bool {
        let above = row < self.top;
        if above {
            self.top -= (self.top - row).min(self.half());
        }
        above
    }

    /// Goes on towards the row before `end` by half a screen at most, if it stands below what is seen; whether it did.
    pub(super) fn reach_on(&mut self, end: usize) -> bool {
        let below = end > self.bottom();
        if below {
            self.top += (end - self.bottom()).min(self.half());
        }
        below
    }

    /// Half a screen.
    pub(super) fn scroll_half(&mut self, way: Way) {
        self.scroll(way, self.half());
    }

    pub(super) fn scroll(&mut self, way: Way, rows: usize) {
        self.top = match way {
            Way::Back => self.top.saturating_sub(rows),
            Way::On => self.top.saturating_add(rows).min(self.last_top()),
        };
    }

    /// Scrolls no further than needed to see the end of `item` or, where that is longer than the screen, of what it begins with; as far
    /// as its beginning is seen, and no row that is `unseen` goes out of sight by it.
    pub(super) fn complete(&mut self, item: usize, unseen: &BTreeSet<usize>) {
        let Some(range) = self.range_of(item).filter(|range| self.shows(range.start)) else { return };
        let end = if range.len() <= self.height() { range.end } else { self.end_of_beginning(range.start) };
        let needed = end.saturating_sub(self.height());
        let top = unseen.range(self.top..).next().map_or(needed, |first| needed.min(*first));
        self.top = self.top.max(top.min(range.start));
    }

    /// Where ends the part that begins with the row `start`, or the first thing to choose below it if it is a heading.
    fn end_of_beginning(&self, start: usize) -> usize {
        let part = part_from(self.rows(), start);
        if self.begins_with_heading(start) && part.end < self.len() {
            part_from(self.rows(), part.end).end
        } else {
            part.end
        }
    }

    /// Scrolls no further than needed to see `item`, its first row before its last.
    pub(super) fn show(&mut self, item: usize) {
        let height = self.height().max(1);
        let Some(range) = self.range_of(item) else { return };
        if range.end > self.top + height {
            self.top = range.end - height;
        }
        // The first item brings the prompt along where both fit.
        let start = if item == 0 && range.end <= height { 0 } else { range.start };
        let headed = self.top_with_heading().filter(|_| self.begins_with_heading(range.start));
        self.top = headed.unwrap_or(self.top.min(start));
        // What was chosen or has the cursor, if the item is longer than the screen.
        if let Some(current) = self.current.clone() {
            self.top = self.top.max(current.end.saturating_sub(height));
            if !self.shows(current.start) {
                self.top = current.start.saturating_sub(self.covered(self.top));
            }
        }
    }

    /// In which line of the window `item` begins; above it, it is less than nothing.
    pub(super) fn line_of(&self, item: usize) -> Option<isize> {
        let start = self.range_of(item)?.start;
        Some(start.cast_signed() - self.top.cast_signed())
    }

    /// `item` begins in this line again, as far as there are rows above it: what stands there may have other rows than before, and what
    /// somebody chooses from does not move under their eyes.
    pub(super) fn keep_in_line(&mut self, item: usize, line: isize) {
        let Some(range) = self.range_of(item) else { return };
        self.go_to(range.start.saturating_add_signed(-line));
    }

    /// Where ends what was chosen for the item that is shown by itself.
    pub(super) fn end_of_chosen(&self) -> Option<usize> {
        let heading = self.layout.heading.as_ref()?;
        self.current.as_ref().filter(|current| current.start >= heading.end).map(|current| current.end)
    }

    /// Whether the beginning of `item` is seen.
    pub(super) fn sees(&self, item: usize) -> bool {
        self.range_of(item).is_none_or(|range| self.shows(range.start))
    }

    /// Whether all of `item` is seen.
    pub(super) fn sees_whole(&self, item: usize) -> bool {
        self.range_of(item).is_some_and(|mut range| range.all(|row| self.shows(row)))
    }

    /// Whether this row is seen.
    pub(super) fn shows(&self, row: usize) -> bool {
        self.place_of(row, self.top, self.height()).is_some()
    }

    pub(super) fn top(&self) -> usize {
        self.top
    }

    /// The row behind the last one that there is room for.
    pub(super) fn bottom(&self) -> usize {
        self.top + self.height()
    }

    pub(super) fn height(&self) -> usize {
        usize::from(self.size.height)
    }

    fn half(&self) -> usize {
        (self.height() / 2).max(1)
    }

    fn last_top(&self) -> usize {
        self.last_top_of(self.height())
    }

    /// The last first row of a window of `height` lines: below it are no empty ones, unless a heading is to stand in its line.
    fn last_top_of(&self, height: usize) -> usize {
        self.len().saturating_sub(height).max(self.top_with_heading().unwrap_or(0))
    }

    /// Whether the row `start` is the first one of the heading.
    fn begins_with_heading(&self, start: usize) -> bool {
        self.layout.heading.as_ref().is_some_and(|heading| heading.start == start)
    }

    /// The first row with which the heading stands in its line, if it has one.
    fn top_with_heading(&self) -> Option<usize> {
        let heading = self.layout.heading.as_ref()?;
        Some(heading.start.saturating_sub(self.layout.heading_line?))
    }

    /// How many rows the heading covers when `top` is the first row below it: it stays when it would be scrolled away.
    fn covered(&self, top: usize) -> usize {
        match &self.layout.heading {
            Some(heading) if heading.start < top => self.most_covered(heading),
            Some(_) | None => 0,
        }
    }

    /// What a heading says may not leave less than half of the screen to what stands below it, and no less than what was chosen
    /// needs, but for its first row.
    fn most_covered(&self, heading: &Range<usize>) -> usize {
        let chosen = self.current.as_ref().filter(|current| current.start >= heading.end);
        let left = self.height().saturating_sub(chosen.map_or(0, Range::len)).max(1);
        heading.len().min(self.height() / 2).min(left)
    }

    /// The row that is seen in line `y` of a window that begins with `top`.
    pub(super) fn row_in(&self, y: usize, top: usize) -> usize {
        match &self.layout.heading {
            Some(heading) if y < self.covered(top) => heading.start + y,
            Some(_) | None => top + y,
        }
    }

    /// Whether `line` stands right below a heading and shows the rest of something whose beginning the heading covers: one would
    /// read on from the heading into it.
    fn goes_on_below_heading(&self, line: usize, top: usize) -> bool {
        let Some(above) = line.checked_sub(1).filter(|above| above + 1 == self.covered(top)) else {
            return false;
        };
        let row = self.row_in(line, top);
        self.row_in(above, top) + 1 < row && part_from(self.rows(), row - 1).contains(&row)
    }

    /// The line in which `row` is seen in a window of `height` lines that begins with `top`.
    fn place_of(&self, row: usize, top: usize, height: usize) -> Option<usize> {
        let covered = self.covered(top);
        let in_heading = self.layout.heading.as_ref().and_then(|heading| row.checked_sub(heading.start));
        match in_heading {
            Some(y) if y < covered => Some(y),
            Some(_) | None => row.checked_sub(top).filter(|y| (covered..height).contains(y)),
        }
    }

    /// The first row that is seen in `area`.
    fn top_in(&self, area: Rect) -> usize {
        self.top.min(self.last_top_of(usize::from(area.height)))
    }

    /// What a click in `area`, where it is drawn, means.
    pub(super) fn click_at(&self, area: Rect, at: Position) -> Option<&PadMessage> {
        const BACK: &PadMessage = &PadMessage::Scroll(Way::Back);
        const ON: &PadMessage = &PadMessage::Scroll(Way::On);
        // The signs lie upon what stands in their rows.
        if at.x + 1 == area.right() {
            match self.more(area) {
                (_, true) if at.y + 1 == area.bottom() => return Some(ON),
                (true, _) if at.y == area.y => return Some(BACK),
                _ => {}
            }
        }
        let row = self.rows().get(self.row_in(usize::from(at.y - area.y), self.top_in(area)))?;
        row.click_at(at.x - area.x)
    }

    /// Which thing stands at `at` in `area`, where it is drawn.
    pub(super) fn item_at(&self, area: Rect, at: Position) -> Option<usize> {
        self.rows().get(self.row_in(usize::from(at.y - area.y), self.top_in(area)))?.item
    }

    /// Where in `area` the terminal's cursor stands, if a row that has it is seen: in a field before its heading.
    pub(super) fn cursor(&self, area: Rect) -> Option<Position> {
        let (top, height) = (self.top_in(area), usize::from(area.height));
        self.rows().iter().enumerate().rev().find_map(|(index, row)| {
            let column = row.cursor?;
            let y = u16::try_from(self.place_of(index, top, height)?).ok()?;
            Some(Position::new(area.x + column.min(area.width - 1), area.y + y))
        })
    }

    /// Whether signs at the border say that there is more above, and below.
    fn more(&self, area: Rect) -> (bool, bool) {
        let (top, height) = (self.top_in(area), usize::from(area.height));
        let has_room = area.width > 2 && height > 0;
        (has_room && top > 0, has_room && top + height < self.len())
    }

    /// Draws it in `area`, which lies within `buffer`.
    pub(super) fn draw(&self, area: Rect, buffer: &mut Buffer, theme: Theme) {
        let top = self.top_in(area);
        for (line, y) in (area.y..area.bottom()).enumerate() {
            let Some(row) = self.rows().get(self.row_in(line, top)) else { break };
            let mut x = area.x;
            for piece in row.drawn(theme).iter() {
                let room = area.right().saturating_sub(x);
                let (next, _) =
                    buffer.set_stringn(x, y, piece.text.as_str(), usize::from(room), piece.tone.style(theme));
                x = next;
            }
            if self.goes_on_below_heading(line, top) {
                let column = row.indent().saturating_sub(2);
                let room = area.width.saturating_sub(column).min(1);
                let style = Tone::Muted.style(theme);
                buffer.set_stringn(area.x.saturating_add(column), y, "…", room.into(), style);
            }
        }
        // The last column tells that there is more; the layout leaves it free.
        let style = Tone::Strong.style(theme);
        let (above, below) = self.more(area);
        if above {
            buffer.set_stringn(area.right() - 1, area.y, "↑", 1, style);
        }
        if below {
            buffer.set_stringn(area.right() - 1, area.bottom() - 1, "↓", 1, style);
        }
    }
}

/// What was chosen or else has the cursor, with the rows below it that show the same part of the question.
fn current(rows: &[Row]) -> Option<Range<usize>> {
    let chosen = rows.iter().position(|row| row.chosen);
    let first = chosen.or_else(|| rows.iter().rposition(|row| row.cursor.is_some()))?;
    Some(part_from(rows, first))
}

/// The row `first` with those below it that show the same part of the question.
fn part_from(rows: &[Row], first: usize) -> Range<usize> {
    let part = rows[first].part;
    let more = rows[first + 1..].iter().take_while(|row| part.is_some() && row.part == part).count();
    first..first + 1 + more
}
