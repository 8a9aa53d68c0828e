//! Everybody with how they stand: filtered while somebody types, sorted by any column, the counts always in sight.

mod counts;
mod keys;
mod layout;
mod nobody;
mod sought;

use ratatui::text::Line;

use crate::phrase::Phrase;
use crate::printable::Printable;
use crate::registry::PersonNumber;
use crate::registry::listing::search::{Scope, Search, Wanted};
use crate::registry::listing::{Column, Direction, Listed, Listing, Order};
use crate::registry::row::Whose;
use crate::registry::summary::counts::Counts;
use crate::report::figures::{counted, grouped};
use crate::tui::edit::Edit;
use crate::tui::hr::screens::View;
use crate::tui::keymap::Binding;
use crate::tui::pane::Pane;
use crate::tui::theme::Theme;
use crate::tui::widgets::rows::{Place, Step};
use crate::tui::widgets::text_field::TextField;
use crate::tui::widgets::{phrases, text};
use counts::{Beside, NARROW};
use keys::{FILTER, LIST, PART};
pub(in crate::tui::hr) use keys::{contexts, part};
use layout::Layout;
use nobody::Because;
use sought::Sought;

/// The longest filter, in characters.
const LONGEST_FILTER: usize = 200;
/// From so many rows on there are two lines for what narrow columns do not show.
const HIGH: u16 = 14;
/// So many rows are looked at before a key is answered: more than any screen has, and less than anybody notices.
const AT_ONCE: usize = 1 << 13;
/// So many more while nothing else is to be done.
const AT_REST: usize = 1 << 15;

/// How those are called who have no department.
pub(super) const NO_DEPARTMENT: &str = "(no department)";

/// What exists on this screen.
#[derive(Debug)]
pub struct State {
    filter: TextField,
    focus: Focus,
    whose: Whose,
    /// The part of the list that a bar of a chart stands for.
    scope: Scope,
    order: Order,
    search: Option<Search>,
    place: Place,
    /// What is to be found again on a list that was read anew.
    sought: Option<Sought>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Focus {
    List,
    Filter,
}

/// What happens on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Moves.
    Step(Step),
    /// Opens the selected person.
    Open,
    /// Selects a row; opens it when it is selected already.
    Click(usize),
    /// Goes to the filter.
    Filter,
    /// Types into the filter.
    Edit(Edit),
    /// Goes back to the list.
    ToList,
    /// Empties the filter.
    Clear,
    /// Empties the filter; where it is empty, goes back to the chart on which this part of the list was opened.
    Leave,
    /// Sorts by the next column that is shown.
    NextColumn,
    /// Sorts by this column; the other way when it is sorted by it already.
    SortBy(Column),
    /// Sorts the other way.
    Turn,
    /// Shows everybody who is known, or only people at work.
    Everybody,
}

/// What is to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// This person.
    Person(PersonNumber),
    /// The chart on which this part of the list was opened.
    Charts,
}

impl State {
    /// The list before anything was read.
    pub(in crate::tui::hr) fn new() -> Self {
        Self {
            filter: TextField::new(LONGEST_FILTER),
            focus: Focus::List,
            whose: Whose::Active,
            scope: Scope::default(),
            order: Order { column: Column::Number, direction: Direction::Down },
            search: None,
            place: Place::default(),
            sought: None,
        }
    }

    /// The keys that do something now.
    #[must_use]
    pub fn keys(&self) -> &'static [Binding<Message>] {
        match self.focus {
            Focus::List if self.is_part() => PART,
            Focus::List => LIST,
            Focus::Filter => FILTER,
        }
    }

    /// Whether only that is shown which a bar of a chart stands for.
    #[must_use]
    pub fn is_part(&self) -> bool {
        !self.scope.is_everything()
    }

    /// Whether characters go into the filter.
    #[must_use]
    pub fn is_typing(&self) -> bool {
        self.focus == Focus::Filter
    }

    /// The list was read anew: what is selected stays selected, if it is still there.
    pub(in crate::tui::hr) fn refresh(&mut self, before: Option<&Listing>, listing: &Listing) {
        // What was not found yet is still what is meant.
        if self.sought.is_none() {
            let selected = before.and_then(|before| self.selected(before));
            self.sought = selected.map(|row| Sought::new(&row, self.place));
        }
        self.begin(listing);
    }

    /// Shows the people at work of one part of the list, and nothing else.
    pub(in crate::tui::hr) fn show(&mut self, scope: Scope, listing: &Listing) {
        self.filter = TextField::new(LONGEST_FILTER);
        self.focus = Focus::List;
        self.whose = Whose::Active;
        self.scope = scope;
        self.sought = None;
        self.begin(listing);
    }

    fn begin(&mut self, listing: &Listing) {
        let words = self.filter.text().to_owned();
        let wanted = Wanted { words, whose: self.whose, scope: self.scope.clone(), order: self.order };
        self.search = Some(Search::begin(listing, wanted));
        self.place = Place::default();
        self.advance(listing, AT_ONCE);
    }

    fn advance(&mut self, listing: &Listing, rows: usize) {
        let Some(search) = &mut self.search else { return };
        let before = search.found().len();
        search.advance(listing, rows);
        let Some(sought) = &self.sought else { return };
        let new = search.found().iter().enumerate().skip(before);
        let row = sought.row(listing);
        if let Some((place, _)) = new.into_iter().find(|(_, found)| Some(**found) == row) {
            self.place = sought.found_at(place, search.found().len());
            self.sought = None;
        } else if search.is_done(listing) {
            self.sought = None;
        }
    }

    /// Whether there are rows that were not looked at.
    #[must_use]
    pub fn is_busy(&self, listing: &Listing) -> bool {
        self.search.as_ref().is_some_and(|search| !search.is_done(listing))
    }

    /// Looks at more rows.
    pub(in crate::tui::hr) fn go_on(&mut self, listing: &Listing) {
        self.advance(listing, AT_REST);
    }

    /// The words of the filter when nobody here fits them.
    #[must_use]
    pub fn unfitting(&self, listing: &Listing) -> Option<&str> {
        let search = self.search.as_ref()?;
        (search.found().is_empty() && search.is_done(listing)).then_some(&*search.wanted().words)
    }

    fn selected<'a>(&self, listing: &'a Listing) -> Option<Listed<'a>> {
        let found = self.search.as_ref()?.found();
        listing.row(*found.get(self.place.selected())?)
    }

    /// Does what `message` says; gives what is to be shown.
    pub(in crate::tui::hr) fn update(&mut self, message: Message, view: &View<'_>) -> Option<Wish> {
        let listing = view.overview.map(|overview| &overview.listing)?;
        match message {
            Message::Step(step) => {
                let height = self.height(view);
                if !self.sought.as_mut().is_some_and(|sought| sought.takes(step, height)) {
                    self.sought = None;
                    self.step(step, view);
                }
            }
            Message::Open => return self.number(listing).map(Wish::Person),
            Message::Click(row)
                if row == self.place.selected() && self.focus == Focus::List && self.sought.is_none() =>
            {
                return self.number(listing).map(Wish::Person);
            }
            Message::Click(row) => {
                // What is pointed at is meant.
                self.sought = None;
                self.focus = Focus::List;
                self.step(Step::To(row), view);
            }
            Message::Filter => self.focus = Focus::Filter,
            Message::ToList => self.focus = Focus::List,
            Message::Edit(edit) => {
                if self.filter.edit(&edit, view.look.theme.bidi()) {
                    self.sought = None;
                    self.begin(listing);
                }
            }
            Message::Leave if self.filter.text().is_empty() => {
                self.scope = Scope::default();
                self.refresh(Some(listing), listing);
                return Some(Wish::Charts);
            }
            Message::Clear | Message::Leave => self.clear(listing),
            Message::NextColumn => {
                let shown = Layout::new(view.size.width, listing.widths()).columns();
                let at = shown.iter().position(|column| *column == self.order.column);
                let next = at.map_or(0, |at| (at + 1) % shown.len());
                let column = shown.get(next).copied().unwrap_or(Column::Number);
                self.sort(Order { column, direction: Direction::Down }, listing);
            }
            Message::SortBy(column) => {
                let direction = match self.order {
                    order if order.column == column => order.direction.turned(),
                    _ => Direction::Down,
                };
                self.sort(Order { column, direction }, listing);
            }
            Message::Turn => {
                let direction = self.order.direction.turned();
                self.sort(Order { direction, ..self.order }, listing);
            }
            Message::Everybody => {
                self.whose = match self.whose {
                    Whose::Active => Whose::Everybody,
                    Whose::Everybody => Whose::Active,
                };
                self.refresh(Some(listing), listing);
            }
        }
        None
    }

    fn clear(&mut self, listing: &Listing) {
        self.focus = Focus::List;
        if !self.filter.text().is_empty() {
            self.filter = TextField::new(LONGEST_FILTER);
            self.refresh(Some(listing), listing);
        }
    }

    fn sort(&mut self, order: Order, listing: &Listing) {
        self.order = order;
        self.sought = None;
        self.begin(listing);
    }

    /// Who is meant: whoever was selected before the list was read anew, until they are found or gone.
    fn number(&self, listing: &Listing) -> Option<PersonNumber> {
        let sought = self.sought.as_ref().and_then(|sought| sought.meant(listing));
        let number = match sought {
            Some(number) => number,
            None => self.selected(listing)?.number(),
        };
        PersonNumber::new(number).ok()
    }

    fn step(&mut self, step: Step, view: &View<'_>) {
        let found = self.search.as_ref().map_or(0, |search| search.found().len());
        self.place = self.place.after(step, found, self.height(view));
    }

    /// How many rows are in sight.
    fn height(&self, view: &View<'_>) -> usize {
        let above = 2 + self.counts(view).len();
        usize::from(view.size.height).saturating_sub(above + usize::from(detail_rows(view))).max(1)
    }

    /// The columns for which there is no room.
    pub(in crate::tui::hr) fn left_out(view: &View<'_>) -> Vec<Column> {
        let layout = view.overview.map(|overview| Layout::new(view.size.width, overview.listing.widths()));
        layout.map(|layout| layout.left_out().to_vec()).unwrap_or_default()
    }

    /// The lines above the list.
    fn counts(&self, view: &View<'_>) -> Vec<Line<'static>> {
        let none = Counts::default();
        let counts = self.search.as_ref().map_or(&none, Search::counts);
        let listing = view.overview.map(|overview| &overview.listing);
        let all = self.filter.is_blank() && self.scope.is_everything();
        let rowless = listing.map(Listing::rowless).unwrap_or_default();
        // Beside people who were looked for, everybody else would be no news; with everybody on the list, nobody is beside it.
        let beside = match self.whose {
            Whose::Active if all => Beside::WithoutRow(rowless),
            Whose::Active => Beside::Nobody,
            Whose::Everybody => Beside::Among(rowless),
        };
        let left_out = listing.map(Listing::left_out).unwrap_or_default();
        let width = view.size.width.saturating_sub(2);
        counts::lines(counts, beside, left_out, width, view.look.theme)
    }

    /// Draws what stands between heading and hints.
    pub(in crate::tui::hr) fn view(&self, view: &View<'_>, pane: &mut Pane<'_, Message>) {
        let theme = view.look.theme;
        let Some((overview, search)) = view.overview.zip(self.search.as_ref()) else { return };
        let listing = &overview.listing;
        self.draw_filter(search, listing, theme, pane);
        let counts = self.counts(view);
        pane.lines(1, 1, &counts);
        let header = u16::try_from(1 + counts.len()).unwrap_or(u16::MAX);
        let layout = Layout::new(view.size.width, listing.widths());
        let everything = search.wanted().words.trim().is_empty() && self.scope.is_everything();
        let because = if everything { Because::NobodyIsThere } else { Because::NothingFits };
        let is_empty = search.found().is_empty() && search.is_done(listing);
        // Of a list of nobody most columns have no width.
        if !(is_empty && because == Because::NobodyIsThere) {
            layout.draw_header(self.order, header, theme, pane);
        }
        let height = self.height(view);
        let place = self.place.within(search.found().len(), height);
        let shown = search.found().iter().enumerate().skip(place.top()).take(height);
        for (row, (index, number)) in (header + 1..).zip(shown) {
            let Some(listed) = listing.row(*number) else { continue };
            let selected = index == place.selected();
            let sign = if selected { "›" } else { " " };
            pane.line(0, row, &Line::from(text::own(sign, theme.strong())));
            pane.line(2, row, &Line::from(layout.cells(&listed, view.look)));
            pane.hit(0..view.size.width, row, Message::Click(index));
            if selected {
                pane.style(0..view.size.width, row, theme.selected());
                if self.focus == Focus::List {
                    pane.cursor(0, row);
                }
            }
        }
        if let Some(listed) = self.selected(listing) {
            draw_detail(&layout.missing(&listed, view.look), view, pane);
        }
        if is_empty {
            let words = nobody::words(because, self.whose, listing, view);
            let elsewhere = overview.in_review(&search.wanted().words).count();
            let also = match elsewhere {
                0 => String::new(),
                1 => ". 1 record that waits or file that was put aside does: 3 shows it".to_owned(),
                number => {
                    let number = grouped(number as u64);
                    format!(". {number} records that wait or files that were put aside do: 3 shows them")
                }
            };
            let lines = text::wrapped(&format!("{words}{also}"), view.size.width.saturating_sub(4));
            for (row, line) in (header + 2..).zip(lines) {
                pane.line(2, row, &Line::from(text::shown(&line, theme.text())));
            }
            if self.focus == Focus::List {
                pane.cursor(0, header);
            }
        }
    }

    fn draw_filter(&self, search: &Search, listing: &Listing, theme: Theme, pane: &mut Pane<'_, Message>) {
        let width = usize::from(pane.area().width).saturating_sub(2);
        let found = Printable::new(&self.found_words(search, listing, width));
        let column = u16::try_from(1 + width.saturating_sub(found.width())).unwrap_or(u16::MAX);
        pane.line(column, 0, &Line::from(text::shown(&found, theme.accent())));
        let lead = "/ ";
        let room = width.saturating_sub(found.width() + 2 + lead.len());
        let room = u16::try_from(room).unwrap_or(u16::MAX);
        pane.line(1, 0, &Line::from(text::own(lead, theme.key())));
        // What is typed has a place beside the part that is shown.
        let part = phrases::cut(&self.scope_words(), usize::from(room / 2), theme);
        pane.line(3, 0, &Line::from(text::shown(&part, theme.accent())));
        let gap = u16::try_from(part.width()).unwrap_or(u16::MAX);
        let gap = if gap == 0 { 0 } else { gap.saturating_add(1) };
        let (left, room) = (3 + gap, room.saturating_sub(gap));
        if self.filter.text().is_empty() && self.focus == Focus::List {
            let words = if gap > 0 { "Esc goes back" } else { "filter by name, department, state…" };
            let words = Printable::new(words).cut(room.into());
            pane.line(left, 0, &Line::from(text::shown(&words, theme.muted())));
        } else {
            let shown = self.filter.shown(room, theme.bidi());
            pane.line(left, 0, &Line::from(shown.spans(theme.strong(), ' ', theme.text()).to_vec()));
            if self.focus == Focus::Filter {
                pane.cursor(left + shown.cursor, 0);
            }
        }
        pane.hit(0..column, 0, Message::Filter);
        if self.focus == Focus::Filter {
            self.filter.hit(pane, (left, 0), room, theme.bidi(), Message::Edit);
        }
    }

    /// The part of the list that is shown: `[Sales, app-data]`.
    fn scope_words(&self) -> Phrase {
        let Scope { department, course } = &self.scope;
        let department = department.as_deref().map(|name| match name {
            "" => Phrase::new().own(NO_DEPARTMENT),
            name => Phrase::from(name),
        });
        let parts = [department, course.as_deref().map(Phrase::from)].into_iter().flatten();
        let words = parts.reduce(|one, other| one.own(", ").then(other));
        words.map(|words| Phrase::new().own("[").then(words).own("]")).unwrap_or_default()
    }

    fn found_words(&self, search: &Search, listing: &Listing, width: usize) -> String {
        let found = search.found().len() as u64;
        let whose = match self.whose {
            Whose::Active => "",
            Whose::Everybody => " of everybody",
        };
        if !search.is_done(listing) {
            return format!("{} so far", grouped(found));
        }
        let rows = counted(found, "row", "rows");
        if width < usize::from(NARROW) {
            return rows;
        }
        let people = search.people();
        format!("{rows}, {}{whose}", counted(people, "person", "people"))
    }
}

/// How many rows below the list tell what the columns do not show of the selected row.
fn detail_rows(view: &View<'_>) -> u16 {
    let widths = view.overview.map(|overview| overview.listing.widths());
    match widths {
        Some(widths) if !Layout::new(view.size.width, widths).is_whole() => {
            if view.size.width < NARROW && view.size.height >= HIGH { 2 } else { 1 }
        }
        Some(_) | None => 0,
    }
}

fn draw_detail(words: &Phrase, view: &View<'_>, pane: &mut Pane<'_, Message>) {
    let (theme, rows) = (view.look.theme, detail_rows(view));
    let width = view.size.width.saturating_sub(3);
    let lines = phrases::wrapped(words, width, theme);
    let first = view.size.height.saturating_sub(rows);
    // What does not fit into the last line ends with the sign that there is more.
    let fits = lines.len() <= usize::from(rows);
    if rows == 1 && !fits {
        pane.line(2, first, &phrases::line(words, width.into(), theme.strong(), theme));
        return;
    }
    for (row, (index, line)) in (first..view.size.height).zip(lines.iter().enumerate()) {
        let is_last = row + 1 == view.size.height && index + 1 < lines.len();
        let line =
            if is_last { Printable::new(&format!("{line} …")).cut(width.into()) } else { line.clone() };
        pane.line(2, row, &Line::from(text::shown(&line, theme.strong())));
    }
}
