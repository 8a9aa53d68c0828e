//! Going to a place that was found in a text.

use std::cell::RefCell;

use super::{Find, Goal};
use crate::markup::{Hit, Place, Reach, Way};
use crate::tui::effect::{Effect, saying};
use crate::tui::pane::Context;
use crate::tui::screens::reader::Reader;

/// An end of a text, as one goes on from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Top,
    Bottom,
}

impl Find {
    /// Said where the last step led around an end of the text.
    pub(super) fn went_around(&self) -> Option<Effect> {
        self.around.map(|end| match end {
            End::Top => saying("went on from the beginning"),
            End::Bottom => saying("went on from the end"),
        })
    }
}

impl Reader {
    /// Goes to the next hit, or to another one.
    pub(in crate::tui::screens::reader) fn seek(
        &mut self,
        goal: Goal,
        context: &mut Context<'_>,
    ) -> Vec<Effect> {
        let Some(find) = &mut self.find else { return Vec::new() };
        find.goal = Some(goal);
        let effects = self.reach();
        self.arrive_at_found(context);
        effects
    }

    /// Stays where the search led; what was found is seen even where it would come with the next page.
    pub(super) fn arrive_at_found(&mut self, context: &Context<'_>) {
        let top = self.top;
        self.arrive(top, context);
        self.bring_found_into_sight();
    }

    /// Moves so that the place which is counted is seen.
    pub(in crate::tui::screens::reader) fn bring_found_into_sight(&mut self) {
        if let Some(hit) = self.find.as_ref().and_then(|find| find.current) {
            self.show(hit);
        }
    }

    /// Goes where the reader wants to go, if that is known by now.
    pub(super) fn reach(&mut self) -> Vec<Effect> {
        let in_sight = self.current_is_in_sight();
        let top = self.layout.get_mut().offset_of(self.top);
        let Some(find) = &mut self.find else { return Vec::new() };
        let (Some(goal), Some(search)) = (find.goal, &mut find.search) else { return Vec::new() };
        let search = search.get_mut();
        let current = find.current.filter(|_| in_sight);
        let reach = match (goal, current) {
            (Goal::First, _) => search.from(find.from.offset),
            (Goal::Next, Some(current)) => search.after(current),
            // Who has read on since wants to go on from here.
            (Goal::Next, None) => search.from(top),
            (Goal::Previous, Some(current)) => search.before(current),
            (Goal::Previous, None) => match search.from(top) {
                Reach::Hit(below, Way::Straight) => search.before(below),
                Reach::Hit(first, Way::Around) => match search.before(first) {
                    Reach::Hit(last, _) => Reach::Hit(last, Way::Straight),
                    reach @ (Reach::NotYet | Reach::Nowhere) => reach,
                },
                reach @ (Reach::NotYet | Reach::Nowhere) => reach,
            },
        };
        match reach {
            Reach::NotYet => Vec::new(),
            Reach::Nowhere => {
                find.goal = None;
                // It is kept, so that the next key for a place says the same again.
                if find.is_typing() { Vec::new() } else { find.not_found() }
            }
            Reach::Hit(hit, way) => {
                let is_still_there = current == Some(hit);
                find.around = match (way, goal) {
                    (Way::Straight, _) => None,
                    (Way::Around, _) if is_still_there => None,
                    (Way::Around, Goal::Previous) => Some(End::Bottom),
                    (Way::Around, Goal::First | Goal::Next) => Some(End::Top),
                };
                (find.goal, find.current) = (None, Some(hit));
                let said =
                    if is_still_there { Some(saying("this is the only place")) } else { find.went_around() };
                let said = said.filter(|_| !find.is_typing());
                self.show(hit);
                said.into_iter().collect()
            }
        }
    }

    /// Moves so that a hit is seen with what stands above it, unless it is seen already.
    fn show(&mut self, hit: Hit) {
        let Some(place) = self.place_of(hit) else { return };
        let room = self.room_for_text();
        let layout = self.layout.get_mut();
        let bottom = layout.down(self.top, room - 1);
        if place < self.top || place > bottom {
            self.top = layout.up(place, room / 3);
            self.stay_inside();
        }
    }

    fn place_of(&self, hit: Hit) -> Option<Place> {
        let mut search = self.find.as_ref()?.search.as_ref()?.borrow_mut();
        self.layout.borrow_mut().place_of_hit(&mut search, hit)
    }

    pub(in crate::tui::screens::reader) fn current_is_in_sight(&self) -> bool {
        let current = self.find.as_ref().and_then(|find| find.current);
        let Some(place) = current.and_then(|hit| self.place_of(hit)) else { return false };
        let room = self.room_for_text();
        let bottom = self.layout.borrow_mut().down(self.top, room - 1);
        (self.top..=bottom).contains(&place)
    }

    /// Whether one place alone was found in the text, and is in sight: whoever has read on since can go back to it.
    pub(super) fn is_at_the_only_place(&self) -> bool {
        let search = self
            .find
            .as_ref()
            .filter(|find| find.shown_results().is_none())
            .and_then(|find| find.search.as_ref());
        let is_only =
            search.map(RefCell::borrow).is_some_and(|search| search.is_done() && search.total() == 1);
        is_only && self.current_is_in_sight()
    }
}
