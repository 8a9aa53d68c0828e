//! The pictures in a text that is read: the room for them, what is drawn there, and one of them as large as the screen.

use std::ops::Range;
use std::sync::Arc;

use ratatui::layout::{Position, Rect, Size};
use ratatui::style::Style;
use ratatui::text::Line;

use super::{Context, Reader};
use crate::markup::{self, Cells, Picture, PictureLine, PictureRoom, PictureWords, Role};
use crate::picture::Unshown;
use crate::printable::Printable;
use crate::training::Text;
use crate::tui::pane::Pane;
use crate::tui::pictures::{Hung, Outcome, Seen};
use crate::tui::settings::Settings;
use crate::tui::theme::Theme;
use crate::tui::widgets::{more, text};

/// So many rows of the screen stay for words beside a picture.
const ROWS_FOR_WORDS: usize = 2;
/// The widest that words about an enlarged picture get.
const WIDEST_WORDS: u16 = 90;
/// What can be done with a picture, said beside it.
const CLOSER: &str = "v enlarges";
/// While it is being made.
const COMING: &str = "picture: being drawn";

/// A picture as large as the screen, with everything that is said about it.
#[derive(Debug, Clone)]
pub(super) struct Enlarged {
    picture: Arc<Picture>,
    telling: Telling,
}

/// How much is told about an enlarged picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Telling {
    /// As much as there is room for below it, a line at least.
    Below,
    /// Everything in its place, from this line on.
    InFull(usize),
}

/// What happens with pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Enlarges the first picture in sight.
    Closer,
    /// Enlarges the picture that begins at this offset of the source.
    At(usize),
    /// Scrolls the words about it by lines; negative is up.
    Scroll(isize),
    /// The same by pages.
    Pages(isize),
    /// Goes back to the text.
    Away,
}

/// What is to be seen of a picture that takes the whole screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closer {
    /// The picture, larger.
    Picture,
    /// Its words: pictures are described here.
    Words,
    /// Its words, and why it is not shown.
    Reason,
}

/// The pictures of a text, if it has any and they are drawn.
pub(super) fn hang(what: Text, height: usize, context: &Context<'_>) -> Option<Arc<Hung>> {
    let gallery = context.settings.pictures.clone()?;
    let lesson = context.training.text(what)?;
    let files = Arc::clone(&context.training.course().files);
    let rows = rows(height, gallery.words());
    lesson.text().contains("![").then(|| Arc::new(Hung::new(gallery, files, &lesson.path, rows)))
}

/// The most rows that a picture gets on a part of the screen with so many: nearly all, or half of them where its words have
/// to be seen together with it.
fn rows(height: usize, words: PictureWords) -> u16 {
    let rows = match words {
        PictureWords::Line => height.saturating_sub(ROWS_FOR_WORDS),
        PictureWords::All => height / 2,
    };
    u16::try_from(rows).unwrap_or(u16::MAX).max(1)
}

/// How many lines at the end of a page are rows of a picture that goes on below it. Only whole pictures can be seen on some
/// terminals, and on all it is better.
pub(super) fn cut_at_bottom(lines: &[markup::Line]) -> usize {
    let Some(PictureLine { picture, row: Some(row) }) = lines.last().and_then(|line| line.picture.as_ref())
    else {
        return 0;
    };
    let is_cut = picture.cells.is_some_and(|cells| row + 1 < cells.rows);
    let shown = lines.iter().rev().take_while(|line| continues(line, picture)).count();
    if is_cut { shown } else { 0 }
}

/// Whether a line is a row of a picture.
pub(super) fn is_row_of_picture(line: &markup::Line) -> bool {
    line.picture.as_ref().is_some_and(|shown| shown.row.is_some())
}

/// Whether a page whose first line is this one begins within a picture.
pub(super) fn begins_within(line: &markup::Line) -> bool {
    line.picture.as_ref().and_then(|shown| shown.row).is_some_and(|row| row > 0)
}

impl Reader {
    /// Lays the text out with room for `pictures`. Places lose their meaning.
    pub(super) fn show_pictures(&mut self, pictures: Option<Arc<Hung>>) {
        let room = pictures.clone().map(|hung| -> Arc<dyn PictureRoom> { hung });
        self.layout.get_mut().set_pictures(room);
        self.pictures = pictures;
    }

    /// The pictures as they are to be on a screen of the present height, if that is not how they are.
    pub(super) fn pictures_to_change(&self) -> Option<Arc<Hung>> {
        let (hung, gallery) = (self.pictures.as_ref()?, self.gallery.as_ref()?);
        // The line for words that are looked for makes no picture smaller: nothing is to move when it comes.
        let rows = rows(self.size.height.into(), gallery.words());
        let changes = hung.rows() != rows || hung.cell() != gallery.cell();
        changes.then(|| Arc::new(hung.at_height(rows)))
    }

    /// Whether a picture takes the whole screen.
    #[must_use]
    pub fn is_enlarged(&self) -> bool {
        self.enlarged.is_some()
    }

    /// Does what `look` says; gives what is to be said if it cannot.
    pub fn look_at(&mut self, look: Look, context: &Context<'_>) -> Option<&'static str> {
        match look {
            // Whoever marked one means that.
            Look::Closer => {
                return self.enlarge_in_sight(self.marked_picture().map(|picture| picture.offset));
            }
            Look::At(offset) => return self.enlarge_in_sight(Some(offset)),
            Look::Pages(pages) => {
                let page = isize::try_from(context.size.height.saturating_sub(1).max(1)).unwrap_or(1);
                return self.look_at(Look::Scroll(pages * page), context);
            }
            Look::Scroll(lines) => {
                let hung = self.pictures.clone().filter(|_| context.settings.pictures.is_some());
                if let Some(enlarged) = &mut self.enlarged {
                    let area = Rect::from((Position::ORIGIN, context.size));
                    enlarged.scroll(lines, hung.as_deref(), area, context.settings.theme);
                }
            }
            Look::Away => self.enlarged = None,
        }
        None
    }

    /// Whether more is said about the enlarged picture below what is seen on a body of this size.
    #[must_use]
    pub fn has_more_words(&self, settings: &Settings, body: Size) -> bool {
        let hung = self.pictures.as_deref().filter(|_| settings.pictures.is_some());
        let area = Rect::from((Position::ORIGIN, body));
        let goes_on = |enlarged: &Enlarged| enlarged.plan(hung, area, settings.theme).goes_on(area);
        self.enlarged.as_ref().is_some_and(goes_on)
    }

    /// Enlarges the picture at `offset`, or the first one in sight; gives what is to be said if there is none.
    fn enlarge_in_sight(&mut self, offset: Option<usize>) -> Option<&'static str> {
        let lines = self.layout.get_mut().lines(self.top, self.height);
        let mut pictures = lines.iter().filter_map(|line| Some(&line.picture.as_ref()?.picture));
        match pictures.find(|picture| offset.is_none_or(|offset| picture.offset == offset)) {
            Some(picture) => {
                self.enlarge(Arc::clone(picture));
                None
            }
            None => Some("no picture is in sight"),
        }
    }

    /// What is to be seen of a picture when it is enlarged.
    pub(super) fn closer(&self, picture: &Picture) -> Closer {
        let hung = self.pictures.as_ref().filter(|_| self.gallery.is_some());
        match hung.map(|hung| hung.unshown(picture)) {
            Some(None) => Closer::Picture,
            Some(Some(_)) => Closer::Reason,
            None => Closer::Words,
        }
    }

    /// Gives a picture the whole screen.
    pub(super) fn enlarge(&mut self, picture: Arc<Picture>) {
        self.enlarged = Some(Enlarged { picture, telling: Telling::Below });
    }

    /// Draws the picture that takes the whole screen, if one does.
    pub fn view_enlarged<M>(&self, settings: &Settings, pane: &mut Pane<'_, M>) -> bool {
        let Some(enlarged) = &self.enlarged else { return false };
        let hung = self.pictures.as_deref().filter(|_| settings.pictures.is_some());
        enlarged.view(hung, settings.theme, pane);
        true
    }

    /// Where `lines` show pictures: columns, row, and where each begins in the source.
    pub(super) fn pictures_in_sight(
        &self,
        lines: &[markup::Line],
    ) -> impl Iterator<Item = (Range<u16>, u16, usize)> {
        let columns = self.margin..self.margin.saturating_add(self.width());
        (0..u16::MAX).zip(lines).filter_map(move |(row, line)| {
            Some((columns.clone(), row, line.picture.as_ref()?.picture.offset))
        })
    }

    /// Draws the pictures into the room that `lines` keep free for them.
    pub(super) fn draw_pictures<M>(
        &self,
        lines: &[markup::Line],
        settings: &Settings,
        pane: &mut Pane<'_, M>,
    ) {
        self.pictures.iter().for_each(|hung| hung.begin_frame());
        let mut rows = (0..pane.area().height).zip(lines).peekable();
        while let Some((top, line)) = rows.next() {
            let Some(PictureLine { picture, row: Some(first) }) = &line.picture else { continue };
            let Some(cells) = picture.cells else { continue };
            let mut height = 1;
            while rows.next_if(|(_, next)| continues(next, picture)).is_some() {
                height += 1;
            }
            let column = self.margin.saturating_add(column_of(line, settings.theme));
            let place = Rect { x: column, y: top, width: cells.columns, height };
            let end = self.margin.saturating_add(self.width());
            if let Some(why) = self.draw_picture(picture, cells, *first, place, settings, pane) {
                let words = format!("picture, not shown: {why}");
                // A picture may be narrower than any word.
                let lines = said(&words, end.saturating_sub(column), settings.theme.caution());
                (top..top + height).zip(&lines).for_each(|(row, line)| pane.line(column, row, line));
                continue;
            }
            // Beside its last row, where there is room for it.
            let right = column.saturating_add(cells.columns + 2);
            if first + height == cells.rows && usize::from(end.saturating_sub(right)) >= CLOSER.len() {
                pane.line(right, top + height - 1, &Line::from(text::own(CLOSER, settings.theme.muted())));
            }
        }
    }

    /// Draws the rows of a picture from `first` on at a `place` of the pane, or says what it shows; gives why it cannot be shown.
    fn draw_picture<M>(
        &self,
        picture: &Picture,
        cells: Cells,
        first: u16,
        place: Rect,
        settings: &Settings,
        pane: &mut Pane<'_, M>,
    ) -> Option<Unshown> {
        let hung = self.pictures.as_ref().filter(|_| settings.pictures.is_some());
        let screen = on_screen(place, pane.area());
        let described = || format!("picture: {}", picture.description.as_str());
        let words = match hung.map(|hung| hung.see(picture, cells)) {
            Some(Seen::Drawn(drawn)) => match drawn.draw(pane.buffer(), screen, first) {
                Outcome::Drawn => return None,
                Outcome::OnlyWhole => described(),
            },
            Some(Seen::Coming) => COMING.to_owned(),
            Some(Seen::Unshown(why)) => return Some(why),
            None => described(),
        };
        let lines = said(&words, cells.columns, settings.theme.muted());
        let shown = usize::from(place.height);
        for (row, line) in (place.y..).zip(lines.iter().take(shown)) {
            pane.line(place.x, row, line);
        }
        None
    }
}

fn continues(line: &markup::Line, picture: &Arc<Picture>) -> bool {
    is_row_of_picture(line) && line.picture.as_ref().is_some_and(|next| Arc::ptr_eq(&next.picture, picture))
}

/// How many columns stand before the room for a picture.
fn column_of(line: &markup::Line, theme: Theme) -> u16 {
    let spans = text::ordered(line, theme);
    let before = spans.iter().take_while(|span| span.style.role != Role::Picture);
    u16::try_from(before.map(|span| span.text.width()).sum::<usize>()).unwrap_or(u16::MAX)
}

/// A place of the pane as a place of the screen.
fn on_screen(place: Rect, area: Rect) -> Rect {
    let (x, y) = (area.x.saturating_add(place.x), area.y.saturating_add(place.y));
    Rect { x, y, ..place }.intersection(area)
}

fn said(words: &str, width: u16, style: Style) -> Vec<Line<'static>> {
    text::wrapped(words, width).iter().map(|part| Line::from(text::shown(part, style))).collect()
}

impl Enlarged {
    /// Everything that is said about the picture, in lines for `area`.
    fn words(&self, unshown: Option<Unshown>, area: Rect, theme: Theme) -> Vec<Line<'static>> {
        let width = area.width.saturating_sub(4).clamp(1, WIDEST_WORDS);
        let mut lines = Vec::new();
        let Picture { description, title, address, .. } = &*self.picture;
        if !title.is_empty() {
            lines.extend(said(title.as_str(), width, theme.strong()));
        }
        let words =
            if description.is_empty() { Printable::new("no description") } else { description.clone() };
        lines.extend(said(words.as_str(), width, theme.text()));
        if let Some(why) = unshown {
            lines.extend(said(&format!("The picture is not shown: {why}."), width, theme.caution()));
            lines.extend(said(address, width, theme.muted()));
        }
        lines
    }

    /// What goes where on `area`.
    fn plan(&self, hung: Option<&Hung>, area: Rect, theme: Theme) -> Plan {
        // A line stays for its words, however small the screen is.
        let most = Cells { columns: area.width.max(1), rows: area.height.saturating_sub(1).max(1) };
        let largest = hung.map(|hung| hung.largest(&self.picture.address, most));
        let words = self.words(largest.and_then(Result::err), area, theme);
        let picture = largest.and_then(Result::ok);
        match (picture, self.telling) {
            (Some(cells), Telling::Below) => {
                let free = area.height.saturating_sub(cells.rows);
                // A line of air where there is room for it.
                let top = cells.rows + u16::from(free > 2);
                Plan { cells: Some(cells), words, top, scroll: 0, goes_back: false }
            }
            (_, Telling::InFull(scroll)) => {
                let last = words.len().saturating_sub(area.height.into());
                let scroll = scroll.min(last);
                Plan { cells: None, words, top: 0, scroll, goes_back: scroll > 0 || picture.is_some() }
            }
            (None, Telling::Below) => Plan { cells: None, words, top: 0, scroll: 0, goes_back: false },
        }
    }

    /// Scrolls its words by lines. Where not all of them have room below the picture they take its place, until somebody
    /// scrolls up beyond their beginning.
    fn scroll(&mut self, lines: isize, hung: Option<&Hung>, area: Rect, theme: Theme) {
        let plan = self.plan(hung, area, theme);
        self.telling = match self.telling {
            Telling::Below if lines > 0 && plan.goes_on(area) => {
                // Where there is no picture, that is its first line already.
                Telling::InFull(if plan.cells.is_some() { 0 } else { lines.unsigned_abs() })
            }
            Telling::Below => Telling::Below,
            Telling::InFull(_) if lines < 0 && plan.scroll == 0 => Telling::Below,
            Telling::InFull(_) => {
                let last = plan.words.len().saturating_sub(area.height.into());
                Telling::InFull(plan.scroll.saturating_add_signed(lines).min(last))
            }
        };
    }

    fn view<M>(&self, hung: Option<&Hung>, theme: Theme, pane: &mut Pane<'_, M>) {
        let area = pane.area();
        hung.into_iter().for_each(Hung::begin_frame);
        let plan = self.plan(hung, area, theme);
        if let (Some(hung), Some(cells)) = (hung, plan.cells) {
            self.view_picture(hung, cells, theme, pane);
        }
        let left = area.width.saturating_sub(WIDEST_WORDS.min(area.width.saturating_sub(4))) / 2;
        // Where its words begin.
        pane.cursor(left, plan.top);
        for (row, line) in (plan.top..area.height).zip(plan.words.iter().skip(plan.scroll)) {
            pane.line(left, row, line);
        }
        let column = area.width.saturating_sub(1);
        if plan.goes_back {
            more::above(pane, column, 0, theme);
        }
        if plan.goes_on(area) && area.height > 0 {
            more::below(pane, column, area.height - 1, theme);
        }
    }

    fn view_picture<M>(&self, hung: &Hung, cells: Cells, theme: Theme, pane: &mut Pane<'_, M>) {
        let area = pane.area();
        let left = area.width.saturating_sub(cells.columns) / 2;
        let place = Rect { x: left, y: 0, width: cells.columns, height: cells.rows };
        match hung.see(&self.picture, cells) {
            Seen::Drawn(drawn) => {
                drawn.draw(pane.buffer(), on_screen(place, area), 0);
            }
            Seen::Coming => pane.line(left, 0, &Line::from(text::own(COMING, theme.muted()))),
            Seen::Unshown(why) => {
                let words = format!("The picture is not shown: {why}.");
                for (row, line) in (0..).zip(said(&words, cells.columns.max(20), theme.caution())) {
                    pane.line(left, row, &line);
                }
            }
        }
    }
}

/// What goes where on a screen that a picture takes.
struct Plan {
    /// How large the picture is, if it is drawn.
    cells: Option<Cells>,
    words: Vec<Line<'static>>,
    /// The row in which they begin.
    top: u16,
    /// The first of them that is seen.
    scroll: usize,
    /// Whether something is seen by going up: words, or the picture whose place they took.
    goes_back: bool,
}

impl Plan {
    /// Whether there are more words than are seen on `area`.
    fn goes_on(&self, area: Rect) -> bool {
        self.words.len() - self.scroll.min(self.words.len())
            > usize::from(area.height.saturating_sub(self.top))
    }
}

#[cfg(test)]
mod tests;
