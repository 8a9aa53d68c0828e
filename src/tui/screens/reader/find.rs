//! Finding words in a text that is being read.

mod reach;
mod view;

use std::cell::RefCell;
use std::sync::Arc;

use ratatui::layout::Size;

use super::{Mode, Move, Reader};
use crate::markup::{Bidi, Document, Hit, Needle, Place, Search};
use crate::tui::edit::Edit;
use crate::tui::effect::{Effect, saying, sending};
use crate::tui::message::Message as FaceMessage;
use crate::tui::pane::Context;
use crate::tui::screens::found::{LONGEST, Results, SLICE, capitals_count, not_found};
use crate::tui::widgets::rows::Step;
use crate::tui::widgets::text_field::TextField;
use reach::End;

/// A search in a text.
#[derive(Debug)]
pub(super) struct Find {
    field: TextField,
    stage: Stage,
    scope: Scope,
    /// What was found in the whole course, once somebody has asked for that.
    results: Option<Results>,
    /// Where the reader was when it began.
    from: Origin,
    /// What goes on by itself; `None` as long as nothing is typed. Looking at it finds places again, which changes nothing
    /// that anybody sees.
    search: Option<RefCell<Search>>,
    current: Option<Hit>,
    /// Where the reader wants to go as soon as that is known.
    goal: Option<Goal>,
    /// From which end of the text the last step went on, where it led around.
    around: Option<End>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The words are being typed.
    Typing,
    /// They stay marked while the reader reads.
    Kept,
    /// They stay marked in a text that was opened from a list of places.
    Opened,
}

/// What is looked through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    Text,
    Course,
}

/// What is said of the places that were found, in parts: the first one alone where the others are said elsewhere or have no room.
#[derive(Debug, Default)]
struct Count {
    /// How many there are, and which one the reader is at.
    places: String,
    /// That the way to that one led around the end.
    around: &'static str,
    /// Why there are none.
    why: &'static str,
}

/// A place to come back to.
#[derive(Debug, Clone, Copy)]
struct Origin {
    top: Place,
    /// How often places had lost their meaning by then.
    turns: u64,
    offset: usize,
}

/// Where the reader wants to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Goal {
    /// The first one from where the search began.
    First,
    Next,
    Previous,
}

impl Find {
    pub(super) fn is_typing(&self) -> bool {
        self.stage == Stage::Typing
    }

    pub(super) fn is_working(&self) -> bool {
        match self.scope {
            Scope::Text => self.search.as_ref().is_some_and(|search| !search.borrow().is_done()),
            Scope::Course => self.results.as_ref().is_some_and(Results::is_working),
        }
    }

    fn shown_results(&self) -> Option<&Results> {
        self.results.as_ref().filter(|_| self.scope == Scope::Course && self.is_typing())
    }

    /// Begins anew from the same place, for other words or in another text.
    fn begin(&mut self, document: &Arc<Document>) {
        if let (Scope::Course, Some(results)) = (self.scope, &mut self.results) {
            return results.seek(self.field.text());
        }
        (self.current, self.goal, self.around) = (None, Some(Goal::First), None);
        let (needle, from) = (Needle::new(self.field.text()), self.from.offset);
        let before = self.search.take().filter(|search| Arc::ptr_eq(search.borrow().document(), document));
        self.search = match (needle, before) {
            (Some(needle), Some(search)) => {
                search.borrow_mut().seek(needle, from);
                Some(search)
            }
            (Some(needle), None) => Some(RefCell::new(Search::new(Arc::clone(document), needle, from))),
            (None, _) => None,
        };
    }

    /// Whether the words are known to stand nowhere in the text.
    fn is_nowhere(&self) -> bool {
        self.search
            .as_ref()
            .map(RefCell::borrow)
            .is_some_and(|search| search.is_done() && search.total() == 0)
    }

    fn not_found(&self) -> Vec<Effect> {
        let differs = self.search.as_ref().is_some_and(|search| search.borrow().differs_in_capitals());
        not_found(self.field.text(), capitals_count(differs))
    }

    fn count(&self) -> Count {
        if let Some(results) = self.shown_results() {
            return Count { places: results.count(self.field.text()), ..Count::default() };
        }
        let Some(search) = &self.search else { return Count::default() };
        let search = search.borrow();
        let total = search.total();
        match (search.is_done(), self.current.and_then(|hit| search.number(hit))) {
            (false, _) => Count { places: format!("{total}…"), ..Count::default() },
            (true, Some(number)) => {
                let around = if self.around.is_some() { ", around" } else { "" };
                Count { places: format!("{number} of {total}"), around, ..Count::default() }
            }
            (true, None) if total == 0 => {
                let why = capitals_count(search.differs_in_capitals());
                Count { places: "not found".to_owned(), why, ..Count::default() }
            }
            (true, None) => Count { places: format!("{total} found"), ..Count::default() },
        }
    }
}

impl Reader {
    pub(super) fn find_mode(&self) -> Option<Mode> {
        self.find.as_ref().map(|find| match (find.stage, find.scope) {
            (Stage::Typing, Scope::Text) => Mode::Finding,
            (Stage::Typing, Scope::Course) => Mode::FindingInCourse,
            (Stage::Kept, _) if find.is_nowhere() => Mode::FoundNothing,
            (Stage::Kept, _) => Mode::Found,
            (Stage::Opened, _) => Mode::Opened,
        })
    }

    /// Whether the words that are typed are known to stand nowhere, or there are none: nothing can be opened.
    #[must_use]
    pub fn found_nothing(&self) -> bool {
        self.find.as_ref().is_some_and(|find| match find.shown_results() {
            Some(results) => results.is_empty(),
            None => find.search.is_none() || find.is_nowhere(),
        })
    }

    /// Whether there is no other place to go to.
    #[must_use]
    pub fn found_no_other(&self) -> bool {
        let in_course = self.results().is_some_and(Results::has_no_other);
        in_course || self.found_nothing() || self.is_at_the_only_place()
    }

    /// Whether somebody goes among the places that were found, the words being typed.
    pub(super) fn is_at_found(&self) -> bool {
        self.find.as_ref().is_some_and(|find| !find.is_typing())
    }

    /// The last row is for the words.
    fn room_for_results(&self) -> Size {
        Size { height: self.size.height.saturating_sub(1), ..self.size }
    }

    pub(super) fn results(&self) -> Option<&Results> {
        self.find.as_ref().and_then(Find::shown_results)
    }

    /// Opens the line for the words.
    pub(super) fn open_find(&mut self) {
        self.let_go_of_mark();
        self.find = Some(self.new_find(TextField::new(LONGEST), Stage::Typing));
        self.fit();
    }

    /// Goes to the place at `offset` where these words stand, from a list of such places.
    pub(super) fn open_found(&mut self, words: &str, offset: usize) {
        let layout = self.layout.get_mut();
        let place = layout.place_of(offset);
        // With what stands above it.
        self.top = layout.up(place, self.height / 3);
        let mut find = self.new_find(TextField::with_text(LONGEST, words), Stage::Opened);
        find.from.offset = offset;
        find.begin(&self.document);
        self.find = Some(find);
        self.stay_inside();
        self.look_on();
    }

    fn new_find(&mut self, field: TextField, stage: Stage) -> Find {
        Find {
            field,
            stage,
            scope: Scope::Text,
            results: None,
            from: self.origin(),
            search: None,
            current: None,
            goal: None,
            around: None,
        }
    }

    fn origin(&mut self) -> Origin {
        let layout = self.layout.get_mut();
        Origin { top: self.top, turns: layout.turns(), offset: layout.offset_of(self.top) }
    }

    /// Looks through the whole course instead of this text, or the other way round.
    pub(super) fn change_scope(&mut self, context: &Context<'_>) {
        let Some(find) = &mut self.find else { return };
        match find.scope {
            Scope::Text => {
                find.search.iter_mut().for_each(|search| search.get_mut().rest());
                find.results.get_or_insert_with(|| Results::new(context.training.course()));
                find.scope = Scope::Course;
            }
            Scope::Course => {
                find.results.iter_mut().for_each(Results::rest);
                find.scope = Scope::Text;
            }
        }
        find.begin(&self.document);
        self.come_back();
        self.look_on();
    }

    /// Moves among the places that were found.
    pub(super) fn step_found(&mut self, step: Step, context: &mut Context<'_>) -> Vec<Effect> {
        let room = self.room_for_results();
        let Some(find) = &mut self.find else { return Vec::new() };
        if let (Scope::Course, Some(results)) = (find.scope, &mut find.results) {
            results.step(step, room);
            return Vec::new();
        }
        match step {
            Step::Down => self.seek(Goal::Next, context),
            Step::Up => self.seek(Goal::Previous, context),
            Step::PageUp => self.look_around(Move::PageUp, context),
            Step::PageDown => self.look_around(Move::PageDown, context),
            Step::WheelUp => self.look_around(Move::WheelUp, context),
            Step::WheelDown => self.look_around(Move::WheelDown, context),
            Step::First | Step::Last | Step::To(_) => Vec::new(),
        }
    }

    /// Moves through the text around what was found: Enter reads on from there.
    fn look_around(&mut self, step: Move, context: &Context<'_>) -> Vec<Effect> {
        self.go(step, context);
        let from = self.origin();
        if let Some(find) = self.find.as_mut().filter(|find| find.current.is_none()) {
            // Where nothing is found, whoever leaves it stays there, too.
            find.from = from;
        }
        Vec::new()
    }

    /// Opens a place of the list, or the marked one.
    pub(super) fn open_from_list(&mut self, number: Option<usize>) -> Vec<Effect> {
        let room = self.room_for_results();
        let Some(find) = &mut self.find else { return Vec::new() };
        let Some(results) = &mut find.results else { return Vec::new() };
        if let Some(number) = number {
            // Whoever comes back to the list goes on from there.
            results.step(Step::To(number), room);
        }
        match results.chosen(find.field.text()) {
            Some(place) => {
                // The text that is opened is looked through as well.
                results.rest();
                vec![sending(FaceMessage::OpenFound(place))]
            }
            None if results.is_working() => Vec::new(),
            None => not_found(find.field.text(), results.why_not_found()),
        }
    }

    /// Types; what is found is gone to at once.
    pub(super) fn type_words(&mut self, edit: &Edit, bidi: Bidi) {
        let Some(find) = &mut self.find else { return };
        if find.field.edit(edit, bidi) {
            find.begin(&self.document);
            self.come_back();
            self.look_on();
        }
    }

    /// Stays where the search led.
    pub(super) fn keep_found(&mut self, context: &mut Context<'_>) -> Vec<Effect> {
        let Some(find) = &mut self.find else { return Vec::new() };
        if find.scope == Scope::Course {
            return self.open_from_list(None);
        }
        if find.search.is_none() {
            self.give_up_find();
            return vec![saying("nothing was looked for")];
        }
        find.stage = Stage::Kept;
        if find.is_nowhere() {
            // It is kept so that n, which looks for the next place, says it again and goes to no heading.
            let effects = find.not_found();
            self.come_back();
            self.fit();
            return effects;
        }
        let began = find.from.offset;
        let is_in_sight = self.current_is_in_sight();
        self.remember_way_back_to(began);
        self.fit();
        if is_in_sight {
            self.arrive_at_found(context);
        } else {
            self.arrive(self.top, context);
        }
        // Whoever typed saw it beside the words alone, which are gone; whoever read on since is not where it led.
        let found = self.find.as_ref().filter(|_| is_in_sight);
        found.and_then(Find::went_around).into_iter().collect()
    }

    /// Goes back to where the search began.
    pub(super) fn give_up_find(&mut self) {
        self.come_back();
        self.put_find_away();
    }

    /// Stays here, and nothing is marked any more; or goes back to the list of places.
    pub(super) fn put_find_away(&mut self) -> Vec<Effect> {
        let opened = self.find.as_ref().is_some_and(|find| find.stage == Stage::Opened);
        self.find = None;
        self.fit();
        if opened { vec![sending(FaceMessage::Back)] } else { Vec::new() }
    }

    /// The search goes on by itself.
    pub(super) fn look_on(&mut self) -> Vec<Effect> {
        let Some(find) = &mut self.find else { return Vec::new() };
        if let (Scope::Course, Some(results)) = (find.scope, &mut find.results) {
            results.advance(SLICE);
            return Vec::new();
        }
        if let Some(search) = &mut find.search {
            search.get_mut().advance(SLICE);
        }
        self.reach()
    }

    /// The search begins again in a text that has changed.
    pub(super) fn find_again(&mut self) {
        let from = self.origin();
        if let Some(find) = &mut self.find {
            find.from = from;
            // What was found in the course before is not there any more.
            (find.scope, find.results) = (Scope::Text, None);
            find.begin(&self.document);
            find.goal = None;
        }
    }

    /// Where the reader was before the words were typed, while they are.
    pub(super) fn place_before_find(&self) -> Option<usize> {
        self.find.as_ref().filter(|find| find.is_typing()).map(|find| find.from.offset)
    }

    fn come_back(&mut self) {
        let Some(find) = &self.find else { return };
        let layout = self.layout.get_mut();
        let same = find.from.turns == layout.turns();
        self.top = if same { find.from.top } else { layout.place_of(find.from.offset) };
        self.stay_inside();
    }
}
