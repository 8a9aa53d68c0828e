//! What stands in a pad, line by line, with what a click on it means.

use std::borrow::Cow;
use std::ops::Range;

use ratatui::layout::Size;
use unicode_segmentation::UnicodeSegmentation;

use crate::markup::{self, Bidi, Level};
use crate::printable::Printable;
use crate::tui::theme::Theme;
use crate::tui::widgets::answer::PadMessage;
use crate::tui::widgets::answer::pieces::{beside_lead, pieces_of, wrapped};
use crate::tui::widgets::answer::sight::Part;
use crate::tui::widgets::text_field::TextField;

pub(super) use crate::tui::widgets::answer::pieces::{Piece, Tone, number_key, space, width_of};

/// One line of a pad.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    /// From left to right.
    pub(super) pieces: Vec<Piece>,
    /// Which of the things that take the focus it belongs to.
    pub(super) item: Option<usize>,
    /// What of the question it shows, if anything that must have been seen.
    pub(super) part: Option<Part>,
    /// What a click means where no piece says otherwise.
    pub(super) click: Option<PadMessage>,
    /// Column of the terminal's cursor, on a line that may have it.
    pub(super) cursor: Option<u16>,
    /// Whether it begins what was chosen for what has the focus, and is to be seen together with it.
    pub(super) chosen: bool,
}

impl Row {
    /// What a click in `column` means.
    pub(super) fn click_at(&self, column: u16) -> Option<&PadMessage> {
        let mut end = 0_u16;
        for piece in &self.pieces {
            end = end.saturating_add(piece.width());
            if column < end {
                return piece.click.as_ref().or(self.click.as_ref());
            }
        }
        self.click.as_ref()
    }

    /// A click on `words`, if they stand in one piece of it, means `click` from now on.
    fn click_on(&mut self, words: &str, click: &PadMessage) {
        let place = |(index, piece): (usize, &Piece)| Some((index, piece.text.as_str().find(words)?));
        let Some((index, at)) = self.pieces.iter().enumerate().find_map(place) else { return };
        let piece = self.pieces[index].clone();
        let text = piece.text.as_str();
        let part = |text: &str| Piece { text: Printable::new(text), ..piece.clone() };
        let end = at + words.len();
        let parts = [part(&text[..at]), part(&text[at..end]).with_click(click.clone()), part(&text[end..])];
        self.pieces.splice(index..=index, parts);
    }

    /// Its pieces from left to right as they go into cells. Only texts of the course change places, and only among each
    /// other: whatever can be clicked stands where the layout put it.
    pub(super) fn drawn(&self, theme: Theme) -> Cow<'_, [Piece]> {
        let levels: Vec<Level> = self.pieces.iter().map(|piece| piece.level).collect();
        if !theme.bidi().is_ours() || levels.iter().all(|level| *level == Level::default()) {
            return Cow::Borrowed(&self.pieces);
        }
        let pieces = markup::visual_order(&levels).into_iter().flat_map(|index| {
            let piece = &self.pieces[index];
            let texts = piece.level.drawn(&piece.text).into_iter();
            texts.map(|text| Piece { text, ..piece.clone() })
        });
        Cow::Owned(pieces.collect())
    }

    /// How many columns its text leaves free.
    pub(super) fn indent(&self) -> u16 {
        self.pieces.first().filter(|piece| piece.text.as_str().trim().is_empty()).map_or(0, Piece::width)
    }

    /// What of it comes from the course.
    pub(super) fn course_text(&self) -> String {
        let is_course = |tone: Tone| match tone {
            Tone::Text(_) => true,
            Tone::Plain | Tone::Muted | Tone::Strong | Tone::Right | Tone::Wrong | Tone::Field => false,
        };
        self.pieces.iter().filter(|piece| is_course(piece.tone)).map(|piece| piece.text.as_str()).collect()
    }

    #[cfg(test)]
    pub(super) fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }
}

/// What stands in a pad.
#[derive(Debug, Clone, Default)]
pub(super) struct Layout {
    pub(super) rows: Vec<Row>,
    /// Where the story goes on, or whatever else a reader wants to see next.
    pub(super) here: Option<usize>,
    /// Rows that stay in sight when what stands below them is scrolled.
    pub(super) heading: Option<Range<usize>>,
    /// In which line of the window they begin when their item is gone to, whichever of several that is: the signs in them that lead to
    /// the others are clicked one after the other.
    pub(super) heading_line: Option<usize>,
    /// Items that have no rows as long as they do not have the focus.
    pub(super) elsewhere: Vec<usize>,
}

/// A layout under construction.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) layout: Layout,
    width: u16,
    height: u16,
    /// Rows that are needed behind the answer.
    free: usize,
    focus: Option<usize>,
    carried_over: Option<usize>,
    item: Option<usize>,
    part: Option<Part>,
    click: Option<PadMessage>,
    bidi: Bidi,
}

impl Page {
    /// A page of this width to be seen on a screen of this height; `focus` is what the next key acts on, and `bidi` puts
    /// into order what is typed.
    pub(super) fn new(room: Size, focus: Option<usize>, bidi: Bidi) -> Self {
        Self {
            layout: Layout::default(),
            width: room.width.max(1),
            height: room.height,
            free: 0,
            focus,
            carried_over: None,
            item: None,
            part: None,
            click: None,
            bidi,
        }
    }

    /// The same while the mouse holds something over this thing, whose place it would take.
    pub(super) fn carrying_over(self, item: Option<usize>) -> Self {
        Self { carried_over: item, ..self }
    }

    pub(super) fn width(&self) -> u16 {
        self.width
    }

    /// How many rows are seen at once.
    pub(super) fn height(&self) -> usize {
        usize::from(self.height)
    }

    /// Whether so many rows more are seen together with those before them and what is kept free.
    pub(super) fn has_room_for(&self, rows: usize) -> bool {
        self.len() + rows + self.free <= self.height()
    }

    /// How many rows there are so far.
    pub(super) fn len(&self) -> usize {
        self.layout.rows.len()
    }

    /// Those from `first` on.
    pub(super) fn rows_from(&mut self, first: usize) -> &mut [Row] {
        self.layout.rows.get_mut(first..).unwrap_or_default()
    }

    /// What the next key acts on.
    pub(super) fn focus(&self) -> Option<usize> {
        self.focus
    }

    /// The rows that `write` adds show `part` of the question.
    pub(super) fn part(&mut self, part: Part, write: impl FnOnce(&mut Self)) {
        let around = self.part.replace(part);
        write(self);
        self.part = around;
    }

    /// The rows that `write` adds belong to `item`; a click on them means `click`.
    pub(super) fn item(&mut self, item: usize, click: PadMessage, write: impl FnOnce(&mut Self)) {
        self.item = Some(item);
        self.click = Some(click);
        let first = self.len();
        write(self);
        let rows = self.layout.rows.get_mut(first..).unwrap_or_default();
        if self.focus == Some(item)
            && let Some(row) = rows.first_mut()
        {
            // The sign of the focus; a field further down has the cursor as long as it is seen.
            row.cursor = row.cursor.or(Some(0));
        }
        self.item = None;
        self.click = None;
    }

    /// One item of so many, by itself because there is no room for all: what belongs together is seen together all the same.
    /// `head` writes what stays on the screen, with the signs of the keys that lead to the items before and behind, for the
    /// mouse as well; `below` writes the rest. It begins at the row `begin`, as [`Self::begin_at`] has it for the longest of them.
    pub(super) fn one_of(
        &mut self,
        count: usize,
        begin: usize,
        head: impl Fn(&mut Self, usize, [Piece; 2]),
        below: impl Fn(&mut Self, usize),
    ) {
        let Some(last) = count.checked_sub(1) else { return };
        // On the line of certainty the last one stays.
        let index = self.focus().unwrap_or(0).min(last);
        let write = |page: &mut Self, index: usize| {
            let first = page.len();
            let way =
                |sign: &str, to: usize| Piece::new(sign, Tone::Muted).with_click(PadMessage::FocusOn(to));
            let ways = [way("↑", index.saturating_sub(1)), way("↓", (index + 1).min(last))];
            page.part(Part::Item(index), |page| head(page, index, ways));
            page.layout.heading = Some(first..page.len());
            below(page, index);
        };
        let rows = |index: usize| {
            let mut alone = Self::new(Size::new(self.width, self.height), Some(index), self.bidi);
            write(&mut alone, index);
            alone.len()
        };
        let most = (0..count).map(rows).max().unwrap_or(0);
        // With the longest text above, or one that is filled with less would have the item jump down.
        if self.len().max(begin) + most > self.height() {
            // As low as the longest of them leaves it, so that as much as fits of what they belong to is seen above.
            let line = self.height().saturating_sub(most);
            self.fill_up_to(line);
            self.layout.heading_line = Some(line);
        } else {
            self.begin_at(begin, most);
        }
        self.layout.elsewhere = (0..count).filter(|other| *other != index).collect();
        self.item(index, PadMessage::FocusOn(index), |page| write(page, index));
    }

    /// The rows that `write` adds do not take the focus by themselves; a click on them means `click`.
    pub(super) fn option(&mut self, click: PadMessage, write: impl FnOnce(&mut Self)) {
        let around = self.click.replace(click);
        write(self);
        self.click = around;
    }

    /// The rows that `write` adds are what was chosen for what has the focus.
    pub(super) fn chosen(&mut self, write: impl FnOnce(&mut Self)) {
        let first = self.len();
        write(self);
        if let Some(row) = self.layout.rows.get_mut(first) {
            row.chosen = true;
        }
    }

    /// The sign in the first column: the focus must be seen without colours, and where something that is held would go.
    pub(super) fn focus_sign(&self, item: usize) -> Piece {
        let sign = match (self.carried_over == Some(item), self.focus == Some(item)) {
            (true, _) => "→ ",
            (false, true) => "› ",
            (false, false) => "  ",
        };
        Piece::new(sign, Tone::Strong)
    }

    pub(super) fn has_focus(&self, item: usize) -> bool {
        self.focus == Some(item)
    }

    /// An empty row, unless there is one already.
    pub(super) fn blank(&mut self) {
        if self.layout.rows.last().is_some_and(|row| !row.pieces.is_empty()) {
            self.layout.rows.push(Row::default());
        }
    }

    /// So many rows are needed behind the answer.
    pub(super) fn keep_free(&mut self, rows: usize) {
        self.free = rows;
    }

    /// What follows, of so many rows, begins at this row, as far as that leaves all of it in sight and the page has not come further.
    pub(super) fn begin_at(&mut self, row: usize, needed: usize) {
        let last = self.height().saturating_sub(needed + self.free);
        self.fill_up_to(row.min(last));
    }

    /// What follows begins at this row, unless the page has come further.
    fn fill_up_to(&mut self, row: usize) {
        self.layout.rows.resize_with(self.len().max(row), Row::default);
    }

    pub(super) fn row(&mut self, pieces: Vec<Piece>) {
        let click = self.click.clone();
        self.layout.rows.push(Row { pieces, item: self.item, part: self.part, click, ..Row::default() });
    }

    /// A text of the course behind `lead`; its further lines begin below its first.
    pub(super) fn markdown(&mut self, lead: Vec<Piece>, text: &str) {
        let indent = width_of(&lead);
        let lines = markup::lines(text, self.width.saturating_sub(indent).max(1));
        self.lines(lead, indent, lines);
    }

    /// Our own words behind `lead`, wrapped like everything else.
    pub(super) fn words(&mut self, lead: Vec<Piece>, text: &str, tone: Tone) {
        let indent = width_of(&lead);
        let lines = wrapped(text, self.width.saturating_sub(indent).max(1), tone);
        self.lead_in(lead, indent, lines);
    }

    /// The same, where clicks on some of the words, as far as these stand in one row, mean something.
    pub(super) fn words_with_clicks(&mut self, text: &str, tone: Tone, clicks: &[(String, PadMessage)]) {
        let first = self.len();
        self.words(Vec::new(), text, tone);
        for row in self.layout.rows.get_mut(first..).unwrap_or_default() {
            for (words, click) in clicks {
                row.click_on(words, click);
            }
        }
    }

    pub(super) fn lines(&mut self, lead: Vec<Piece>, indent: u16, lines: Vec<markup::Line>) {
        let lines = if indent > 0 { beside_lead(lines) } else { lines };
        self.lead_in(lead, indent, lines.into_iter().map(pieces_of).collect());
    }

    fn lead_in(&mut self, lead: Vec<Piece>, indent: u16, lines: Vec<Vec<Piece>>) {
        let mut lead = Some(lead);
        for line in lines {
            let mut pieces = lead.take().unwrap_or_else(|| vec![space(indent)]);
            pieces.extend(line);
            self.row(pieces);
        }
        if let Some(lead) = lead {
            self.row(lead);
        }
    }

    /// Two texts side by side, the second from column `split` on.
    pub(super) fn beside(&mut self, lead: Vec<Piece>, left: &str, split: u16, sign: Vec<Piece>, right: &str) {
        let (indent, sign_width) = (width_of(&lead), width_of(&sign));
        let left_width = split.saturating_sub(indent + 2).max(1);
        let mut left = beside_lead(markup::lines(left, left_width)).into_iter().map(pieces_of);
        let right_width = self.width.saturating_sub(split + sign_width).max(1);
        let mut right = beside_lead(markup::lines(right, right_width)).into_iter().map(pieces_of);
        let (mut lead, mut sign) = (Some(lead), Some(sign));
        loop {
            let (on_left, on_right) = (left.next(), right.next());
            if lead.is_none() && on_left.is_none() && on_right.is_none() {
                return;
            }
            let mut pieces = lead.take().unwrap_or_else(|| vec![space(indent)]);
            pieces.extend(on_left.into_iter().flatten());
            pieces.push(space(split.saturating_sub(width_of(&pieces))));
            pieces.extend(sign.take().unwrap_or_else(|| vec![space(sign_width)]));
            pieces.extend(on_right.into_iter().flatten());
            self.row(pieces);
        }
    }

    /// A field behind `lead`, in brackets so that it is seen without colours, with `unit` behind it.
    pub(super) fn field(&mut self, item: usize, lead: Vec<Piece>, field: &TextField, unit: Option<&str>) {
        let start = width_of(&lead) + 1;
        let unit = unit.map(|unit| Piece::new(&format!(" {unit}"), Tone::Plain));
        let room = self.width.saturating_sub(start + 1);
        let beside = unit.as_ref().map_or(0, Piece::width);
        // A unit that leaves no room to type goes to the next row.
        let (same_row, room) = if room > beside + 8 { (true, room - beside) } else { (false, room) };
        let width = room.clamp(1, FIELD_WIDTH);
        let shown = field.shown(width, self.bidi);
        let mut pieces = lead;
        pieces.push(Piece::new("[", Tone::Strong));
        let mut column = 0;
        // Each cell knows what a click on it means.
        let blank = |columns: u16| " ".repeat(columns.into());
        let cells = Printable::new(&format!("{}{}{}", blank(shown.before), shown.text, blank(shown.after)));
        for character in cells.as_str().graphemes(true) {
            let edit = field.edit_at(width, column, self.bidi);
            let piece = Piece::new(character, Tone::Field).with_click(PadMessage::EditIn(item, edit));
            column += piece.width();
            pieces.push(piece);
        }
        pieces.push(Piece::new("]", Tone::Strong));
        let unit = if same_row {
            pieces.extend(unit);
            None
        } else {
            unit
        };
        self.row(pieces);
        if self.has_focus(item)
            && let Some(row) = self.layout.rows.last_mut()
        {
            row.cursor = Some(start + shown.cursor);
        }
        if let Some(unit) = unit {
            self.row(vec![space(start), unit]);
        }
    }

    /// Where the rows of `item` stand.
    pub(super) fn range_of(rows: &[Row], item: usize) -> Option<Range<usize>> {
        let first = rows.iter().position(|row| row.item == Some(item))?;
        let last = rows.iter().rposition(|row| row.item == Some(item))?;
        Some(first..last + 1)
    }
}

/// Wider than any answer that is asked for, narrow enough to look like a field.
const FIELD_WIDTH: u16 = 44;
