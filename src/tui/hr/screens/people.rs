//! Everybody with how they stand: filtered while somebody types, sorted by any column, the counts always in sight.

mod layout;

use ratatui::text::{Line, Span};

use crate::printable::Printable;
use crate::registry::PersonNumber;
use crate::registry::listing::search::{Search, Wanted};
use crate::registry::listing::{Column, Direction, Listed, Listing, Order};
use crate::registry::row::{Rowless, Whose};
use crate::registry::status::Kind;
use crate::registry::summary::counts::Counts;
use crate::report::figures::{grouped, percent};
use crate::tui::hr::screens::View;
use crate::tui::hr::words;
use crate::tui::keymap::{Binding, Key};
use crate::tui::pane::Pane;
use crate::tui::theme::Theme;
use crate::tui::widgets::rows::{Place, Step};
use crate::tui::widgets::text;
use crate::tui::widgets::text_field::{Edit, TextField};
use layout::Layout;

/// The longest filter, in characters.
const LONGEST_FILTER: usize = 200;
/// Below so many columns words are shorter.
const NARROW: u16 = 60;
/// So many rows are looked at before a key is answered: more than any screen has, and less than anybody notices.
const AT_ONCE: usize = 1 << 13;
/// So many more while nothing else is to be done.
const AT_REST: usize = 1 << 15;

/// What exists on this screen.
#[derive(Debug)]
pub struct State {
    filter: TextField,
    focus: Focus,
    whose: Whose,
    order: Order,
    search: Option<Search>,
    place: Place,
    /// The person and course to be found again on a list that was read anew.
    sought: Option<(String, String)>,
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
    /// Sorts by the next column that is shown.
    NextColumn,
    /// Sorts by this column; the other way when it is sorted by it already.
    SortBy(Column),
    /// Sorts the other way.
    Turn,
    /// Shows everybody who is known, or only people at work.
    Everybody,
}

static LIST: &[Binding<Message>] = &[
    Binding::new(&[Key::Enter, Key::Right, Key::Char('l')], Message::Open, "everything about this person")
        .hint("open"),
    Binding::new(&[Key::Char('/'), Key::Char('f')], Message::Filter, "filter by words").hint("filter"),
    Binding::new(&[Key::Char('s')], Message::NextColumn, "sort by the next column").hint("sort"),
    Binding::new(&[Key::Char('S')], Message::Turn, "sort the other way"),
    Binding::new(&[Key::Char('e')], Message::Everybody, "everybody who is known, or people at work alone"),
    Binding::new(&[Key::Esc], Message::Clear, "no filter"),
    Binding::new(&[Key::Down, Key::Char('j')], Message::Step(Step::Down), "next row").repeating(),
    Binding::new(&[Key::Up, Key::Char('k')], Message::Step(Step::Up), "previous row").repeating(),
    Binding::new(&[Key::PageDown, Key::Char(' ')], Message::Step(Step::PageDown), "page down").repeating(),
    Binding::new(&[Key::PageUp, Key::Char('b')], Message::Step(Step::PageUp), "page up").repeating(),
    Binding::new(&[Key::Home, Key::Char('g')], Message::Step(Step::First), "first row"),
    Binding::new(&[Key::End, Key::Char('G')], Message::Step(Step::Last), "last row"),
    Binding::new(&[Key::WheelDown], Message::Step(Step::WheelDown), "rows down"),
    Binding::new(&[Key::WheelUp], Message::Step(Step::WheelUp), "rows up"),
];

static FILTER: &[Binding<Message>] = &[
    Binding::new(&[Key::Enter, Key::Tab], Message::ToList, "to the list").hint("list"),
    Binding::new(&[Key::Esc], Message::Clear, "no filter").hint("no filter"),
    Binding::new(&[Key::Down], Message::Step(Step::Down), "next row").repeating(),
    Binding::new(&[Key::Up], Message::Step(Step::Up), "previous row").repeating(),
    Binding::new(&[Key::PageDown], Message::Step(Step::PageDown), "page down").repeating(),
    Binding::new(&[Key::PageUp], Message::Step(Step::PageUp), "page up").repeating(),
    Binding::new(&[Key::WheelDown], Message::Step(Step::WheelDown), "rows down"),
    Binding::new(&[Key::WheelUp], Message::Step(Step::WheelUp), "rows up"),
    Binding::typing(
        Message::Edit,
        "every word must stand in number, name, department, role, course or state, such as overdue",
    ),
];

impl State {
    /// The list before anything was read.
    pub(in crate::tui::hr) fn new() -> Self {
        Self {
            filter: TextField::new(LONGEST_FILTER),
            focus: Focus::List,
            whose: Whose::Active,
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
            Focus::List => LIST,
            Focus::Filter => FILTER,
        }
    }

    /// Whether characters go into the filter.
    #[must_use]
    pub fn is_typing(&self) -> bool {
        self.focus == Focus::Filter
    }

    /// The list was read anew: what is selected stays selected, if it is still there.
    pub(in crate::tui::hr) fn refresh(&mut self, before: Option<&Listing>, listing: &Listing) {
        let selected = before.and_then(|before| self.selected(before));
        self.sought = selected.map(|row| (row.number().to_owned(), row.course().to_owned()));
        self.begin(listing);
    }

    fn begin(&mut self, listing: &Listing) {
        let wanted = Wanted { words: self.filter.text().to_owned(), whose: self.whose, order: self.order };
        self.search = Some(Search::begin(listing, wanted));
        self.place = Place::default();
        self.advance(listing, AT_ONCE);
    }

    fn advance(&mut self, listing: &Listing, rows: usize) {
        let Some(search) = &mut self.search else { return };
        let before = search.found().len();
        search.advance(listing, rows);
        let Some((number, course)) = &self.sought else { return };
        let new = search.found().iter().enumerate().skip(before);
        let row = listing.find(number, course);
        if let Some((place, _)) = new.into_iter().find(|(_, found)| Some(**found) == row) {
            self.place = self.place.after(Step::To(place), search.found().len(), 1);
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

    fn selected<'a>(&self, listing: &'a Listing) -> Option<Listed<'a>> {
        let found = self.search.as_ref()?.found();
        listing.row(*found.get(self.place.selected())?)
    }

    /// Does what `message` says; whoever is to be opened is given back.
    pub(in crate::tui::hr) fn update(&mut self, message: Message, view: &View<'_>) -> Option<PersonNumber> {
        let listing = view.overview.map(|overview| &overview.listing)?;
        match message {
            Message::Step(step) => {
                self.sought = None;
                self.step(step, view);
            }
            Message::Open => return self.number(listing),
            Message::Click(row) if row == self.place.selected() && self.focus == Focus::List => {
                return self.number(listing);
            }
            Message::Click(row) => {
                self.focus = Focus::List;
                self.step(Step::To(row), view);
            }
            Message::Filter => self.focus = Focus::Filter,
            Message::ToList => self.focus = Focus::List,
            Message::Edit(edit) => {
                if self.filter.edit(&edit) {
                    self.begin(listing);
                }
            }
            Message::Clear => {
                self.focus = Focus::List;
                if !self.filter.text().is_empty() {
                    self.filter = TextField::new(LONGEST_FILTER);
                    self.refresh(Some(listing), listing);
                }
            }
            Message::NextColumn => {
                let shown = Layout::new(view.size.width).columns();
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

    fn sort(&mut self, order: Order, listing: &Listing) {
        self.order = order;
        self.sought = None;
        self.begin(listing);
    }

    fn number(&self, listing: &Listing) -> Option<PersonNumber> {
        PersonNumber::new(self.selected(listing)?.number()).ok()
    }

    fn step(&mut self, step: Step, view: &View<'_>) {
        let found = self.search.as_ref().map_or(0, |search| search.found().len());
        self.place = self.place.after(step, found, self.height(view));
    }

    /// How many rows are in sight.
    fn height(&self, view: &View<'_>) -> usize {
        let above = 2 + self.counts(view).len();
        usize::from(view.size.height).saturating_sub(above).max(1)
    }

    fn counts(&self, view: &View<'_>) -> Vec<Line<'static>> {
        let none = Counts::default();
        let counts = self.search.as_ref().map_or(&none, Search::counts);
        // Beside people who were looked for, everybody else would be no news; with everybody on the list, nobody is beside it.
        let rowless = view.overview.map(|overview| overview.listing.rowless());
        let rowless = rowless.filter(|_| self.filter.is_blank() && self.whose == Whose::Active);
        let width = view.size.width.saturating_sub(2);
        counts_lines(counts, rowless.unwrap_or_default(), width, view.look.theme)
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
        let layout = Layout::new(view.size.width);
        layout.draw_header(self.order, header, theme, pane);
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
        if search.found().is_empty() && search.is_done(listing) {
            let words = if search.wanted().words.trim().is_empty() {
                "nobody is asked for anything; hr assign and hr rule ask people, e lists everybody"
            } else {
                "nothing fits; Esc takes the filter away, e looks among everybody"
            };
            let lines = text::wrapped(words, view.size.width.saturating_sub(4));
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
        if self.filter.text().is_empty() && self.focus == Focus::List {
            let words = Printable::new("filter by name, department, state…").cut(room.into());
            pane.line(3, 0, &Line::from(text::shown(&words, theme.muted())));
        } else {
            let shown = self.filter.shown(room);
            pane.line(3, 0, &Line::from(text::shown(&shown.text, theme.strong())));
            if self.focus == Focus::Filter {
                pane.cursor(3 + shown.cursor, 0);
            }
        }
        pane.hit(0..column, 0, Message::Filter);
    }

    fn found_words(&self, search: &Search, listing: &Listing, width: usize) -> String {
        let found = search.counts().total();
        let whose = match self.whose {
            Whose::Active => "",
            Whose::Everybody => " of everybody",
        };
        if !search.is_done(listing) {
            return format!("{} so far", grouped(found));
        }
        let rows = format!("{} {}", grouped(found), if found == 1 { "row" } else { "rows" });
        if width < usize::from(NARROW) {
            return rows;
        }
        let people = search.people();
        format!("{rows}, {} {}{whose}", grouped(people), if people == 1 { "person" } else { "people" })
    }
}

/// How many there are of each state that anybody has, how much of all is complete, and who has no row, in lines.
fn counts_lines(counts: &Counts, rowless: Rowless, width: u16, theme: Theme) -> Vec<Line<'static>> {
    let narrow = width < NARROW;
    let (word, gap): (fn(Kind) -> &'static str, _) =
        if narrow { (words::short, " ") } else { (Kind::words, "  ") };
    // Not of all people: most may be asked for nothing.
    let of = if rowless.asked_nothing > 0 { " of what is asked" } else { "" };
    let share = format!("= {} complete{of}", percent(counts.complete(), counts.total()));
    let parts = counts
        .each()
        .filter(|(_, number)| *number > 0)
        .map(|(kind, number)| {
            let words = format!("{} {} {}", words::sign(kind), grouped(number), word(kind));
            (words, words::style(kind, theme))
        })
        .chain((counts.total() > 0).then_some((share, theme.strong())));
    let mut lines: Vec<Line<'static>> = Vec::new();
    let mut used = 0;
    let mut spans: Vec<Span<'static>> = Vec::new();
    for (words, style) in parts {
        let words = Printable::new(&words).cut(width.into());
        if !spans.is_empty() && used + gap.len() + words.width() > usize::from(width) {
            lines.push(Line::from(std::mem::take(&mut spans)));
            used = 0;
        }
        if !spans.is_empty() {
            spans.push(text::own(gap, theme.text()));
            used += gap.len();
        }
        used += words.width();
        spans.push(text::shown(&words, style));
    }
    lines.push(Line::from(spans));
    let beside: Vec<String> =
        rowless.each().map(|(number, words)| format!("{} {words}", grouped(number))).collect();
    if !beside.is_empty() {
        let words = format!("without a row: {}", beside.join(", "));
        // Where the room is short, rows are worth more than the rest of the sentence.
        let most = if narrow { 1 } else { usize::MAX };
        let wrapped = text::wrapped(&words, width).into_iter().take(most);
        lines.extend(wrapped.map(|line| Line::from(text::shown(&line, theme.text()))));
    }
    lines
}
