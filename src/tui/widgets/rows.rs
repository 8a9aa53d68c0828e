//! Where somebody is in a list of which only the rows in sight are drawn.

/// The row that the next key acts on, and the first one in sight.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Place {
    selected: usize,
    top: usize,
}

/// A move in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// To the row above.
    Up,
    /// To the row below.
    Down,
    /// A screen up.
    PageUp,
    /// A screen down.
    PageDown,
    /// A few rows up.
    WheelUp,
    /// A few rows down.
    WheelDown,
    /// To the first row.
    First,
    /// To the last row.
    Last,
    /// To this row.
    To(usize),
}

impl Step {
    /// Whether it is one row.
    #[must_use]
    pub fn is_single(self) -> bool {
        matches!(self, Self::Up | Self::Down)
    }
}

/// Whether a row is the one that the next key acts on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// It is.
    Marked,
    /// It is another one.
    Other,
}

/// How many rows a turn of the wheel is.
const WHEEL: usize = 3;

impl Place {
    /// The row that the next key acts on.
    #[must_use]
    pub fn selected(self) -> usize {
        self.selected
    }

    /// The first row in sight.
    #[must_use]
    pub fn top(self) -> usize {
        self.top
    }

    /// Where somebody is after a step in a list of `length` rows, `height` of which are in sight. A page and the wheel turn the list
    /// with the mark: whoever has a mouse looks for other rows, not for another mark.
    #[must_use]
    pub fn after(self, step: Step, length: usize, height: usize) -> Self {
        // From what is seen: the list or the screen may have another size since the last step.
        let Self { selected, top } = self.within(length, height);
        let page = height.saturating_sub(1).max(1);
        let at = |selected| Self { selected, top };
        let up = |rows| Self { selected: selected.saturating_sub(rows), top: top.saturating_sub(rows) };
        let down = |rows| Self { selected: selected.saturating_add(rows), top: top.saturating_add(rows) };
        let after = match step {
            Step::Up => at(selected.saturating_sub(1)),
            Step::Down => at(selected.saturating_add(1)),
            Step::PageUp => up(page),
            Step::PageDown => down(page),
            Step::WheelUp => up(WHEEL),
            Step::WheelDown => down(WHEEL),
            Step::First => at(0),
            Step::Last => at(length),
            Step::To(row) => at(row),
        };
        after.within(length, height)
    }

    /// The same where a row takes as many lines as `needs` says, and `lines` are in sight. No row is passed over that was out of sight.
    /// A page marks its first row; the wheel takes the mark along no further than it has to.
    #[must_use]
    pub fn after_in_lines(
        self,
        step: Step,
        length: usize,
        lines: usize,
        needs: &mut dyn FnMut(usize, Choice) -> usize,
    ) -> Self {
        let place = self.within_lines(length, lines, needs);
        let after = match step {
            Step::PageUp => {
                let turned = place.turned_up(usize::MAX, lines, needs);
                Self { selected: turned.top, ..turned }
            }
            Step::WheelUp => place.turned_up(WHEEL, lines, needs),
            Step::PageDown => place.turned_down(usize::MAX, length, lines, needs),
            Step::WheelDown => place.turned_down(WHEEL, length, lines, needs),
            Step::Up | Step::Down | Step::First | Step::Last | Step::To(_) => {
                Self { selected: place.after(step, length, lines).selected, ..place }
            }
        };
        after.within_lines(length, lines, needs)
    }

    /// The same by so many rows at most; where the end is in sight, it is the mark that moves.
    fn turned_down(
        self,
        most: usize,
        length: usize,
        lines: usize,
        needs: &mut dyn FnMut(usize, Choice) -> usize,
    ) -> Self {
        let mut left = lines;
        let is_whole = |row: &usize| {
            let needed = needs(*row, self.choice(*row));
            let fits = needed <= left;
            left = left.saturating_sub(needed);
            fits
        };
        let end = (self.top..length).take_while(is_whole).last().map_or(self.top, |last| last + 1);
        if end >= length {
            return Self { selected: self.selected.saturating_add(most), ..self };
        }
        // The last one that was seen is the first one then.
        let row = end.saturating_sub(1).max(self.top + 1).min(self.top.saturating_add(most));
        Self { selected: self.selected.max(row), top: row }
    }

    fn turned_up(self, most: usize, lines: usize, needs: &mut dyn FnMut(usize, Choice) -> usize) -> Self {
        if self.top == 0 {
            return Self { selected: self.selected.saturating_sub(most), ..self };
        }
        // The first one that was seen is the last one then.
        let (mut row, mut below) = (self.top, 0);
        while let Some(above) = row.checked_sub(1) {
            below += needs(row, Choice::Other);
            if needs(above, Choice::Marked) + below > lines {
                break;
            }
            row = above;
        }
        let top = row.min(self.top - 1).max(self.top.saturating_sub(most));
        let mut is_whole = |mark: &usize| {
            let above: usize = (top..*mark).map(|row| needs(row, Choice::Other)).sum();
            above + needs(*mark, Choice::Marked) <= lines
        };
        let selected = (self.top..=self.selected).rev().find(&mut is_whole).unwrap_or(top);
        Self { selected, top }
    }

    /// The same place in a list of `length` rows that take as many lines as `needs` says: all of the selected one is seen on a screen of
    /// `lines` where it has room, and no line stays empty that could be filled.
    #[must_use]
    pub fn within_lines(
        self,
        length: usize,
        lines: usize,
        needs: &mut dyn FnMut(usize, Choice) -> usize,
    ) -> Self {
        let place = Self { selected: self.selected.min(length.saturating_sub(1)), ..self };
        // The first row in sight where `row` is the last one that is seen whole.
        let mut top_with = |row: usize| {
            let mut left = lines.saturating_sub(needs(row, place.choice(row)));
            let fits = |above: &usize| {
                let needed = needs(*above, place.choice(*above));
                let fits = needed <= left;
                left = left.saturating_sub(needed);
                fits
            };
            (0..row).rev().take_while(fits).last().unwrap_or(row)
        };
        let (last, lowest) = (top_with(length.saturating_sub(1)), top_with(place.selected));
        Self { top: place.top.min(last).min(place.selected).max(lowest), ..place }
    }

    /// Whether a row is the selected one.
    #[must_use]
    pub fn choice(self, row: usize) -> Choice {
        if row == self.selected { Choice::Marked } else { Choice::Other }
    }

    /// The place of a row that stands elsewhere now, as far below the first row in sight as it was.
    #[must_use]
    pub fn moved_to(self, selected: usize) -> Self {
        let above = self.selected.saturating_sub(self.top);
        Self { selected, top: selected.saturating_sub(above) }
    }

    /// The same place in a list of another length or height: the selected row stays in sight, and no row stays empty that
    /// could be filled.
    #[must_use]
    pub fn within(self, length: usize, height: usize) -> Self {
        let height = height.max(1);
        let selected = self.selected.min(length.saturating_sub(1));
        let top = self.top.min(selected).max((selected + 1).saturating_sub(height));
        Self { selected, top: top.min(length.saturating_sub(height)) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_selected_row_stays_in_sight() {
        let check = |steps: &[Step], selected: usize, top: usize| {
            let place = steps.iter().fold(Place::default(), |place, step| place.after(*step, 20, 5));
            assert_eq!((place.selected(), place.top()), (selected, top), "{steps:?}");
        };
        check(&[], 0, 0);
        check(&[Step::Up], 0, 0);
        check(&[Step::Down; 4], 4, 0);
        check(&[Step::Down; 5], 5, 1);
        check(&[Step::PageDown, Step::PageDown], 8, 8);
        check(&[Step::Down, Step::PageDown], 5, 4);
        check(&[Step::PageDown, Step::PageUp], 0, 0);
        check(&[Step::Last], 19, 15);
        check(&[Step::Last, Step::PageUp], 15, 11);
        check(&[Step::Last, Step::WheelUp, Step::WheelUp], 13, 9);
        check(&[Step::WheelDown], 3, 3);
        check(&[Step::WheelUp], 0, 0);
        check(&[Step::Last, Step::First], 0, 0);
        check(&[Step::To(7)], 7, 3);
        check(&[Step::To(70)], 19, 15);
    }

    /// The first turns after the window had grown moved the mark alone.
    #[test]
    fn a_step_begins_where_the_list_is_seen_now() {
        let check = |step: Step, height: usize, selected: usize, top: usize| {
            let place = Place::default().after(Step::Last, 20, 5).after(step, 20, height);
            assert_eq!((place.selected(), place.top()), (selected, top), "{step:?} of {height}");
        };
        check(Step::WheelUp, 12, 16, 5);
        check(Step::PageUp, 12, 8, 0);
        check(Step::PageUp, 3, 17, 15);
        check(Step::Up, 12, 18, 8);
        // Of a list that got shorter, too.
        let place = Place::default().after(Step::Last, 20, 5).moved_to(9).after(Step::WheelUp, 10, 8);
        assert_eq!((place.selected(), place.top()), (6, 0));
    }

    #[test]
    fn a_selected_row_of_several_lines_is_seen_whole() {
        let check = |selected: usize, needed: usize, each: usize, lines: usize, expected: usize| {
            let mut needs = |_, choice| if choice == Choice::Marked { needed } else { each };
            let place = Place::default().after_in_lines(Step::To(selected), 20, lines, &mut needs);
            assert_eq!((place.selected(), place.top()), (selected, expected), "{needed} of {lines}");
        };
        check(0, 3, 1, 5, 0);
        check(2, 3, 1, 5, 0);
        check(3, 3, 1, 5, 1);
        check(4, 2, 1, 5, 1);
        check(7, 1, 1, 5, 3);
        check(3, 4, 2, 8, 1);
        check(3, 9, 2, 8, 3);
        check(19, 4, 2, 8, 17);
    }

    #[test]
    fn pages_of_rows_of_several_lines_go_on_with_the_last_one_that_was_seen() {
        let check = |steps: &[Step], selected: usize, top: usize| {
            let mut needs = |_, choice| if choice == Choice::Marked { 4 } else { 2 };
            let place = steps
                .iter()
                .fold(Place::default(), |place, step| place.after_in_lines(*step, 20, 9, &mut needs));
            assert_eq!((place.selected(), place.top()), (selected, top), "{steps:?}");
        };
        check(&[Step::PageDown], 2, 2);
        check(&[Step::PageDown, Step::PageDown], 4, 4);
        check(&[Step::PageDown, Step::PageDown, Step::PageUp], 2, 2);
        check(&[Step::WheelDown], 2, 2);
        check(&[Step::Last], 19, 17);
        check(&[Step::Last, Step::PageDown], 19, 17);
        check(&[Step::Last, Step::PageUp], 15, 15);
        check(&[Step::PageUp], 0, 0);
    }

    #[test]
    fn a_row_that_stands_elsewhere_is_where_it_was_on_the_screen() {
        let place = Place::default().after(Step::Last, 20, 5).after(Step::Up, 20, 5);
        let moved = place.moved_to(9);
        assert_eq!((moved.selected(), moved.top()), (9, 6));
        assert_eq!(place.moved_to(1).top(), 0);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Whoever turns pages, or the wheel, sees every row, however large the window is made meanwhile.
        #[test]
        fn no_row_is_passed_over(
            tall in prop::collection::vec((1_usize..4, 0_usize..4), 1..30),
            windows in prop::collection::vec(1_usize..12, 1..4),
            down in prop::sample::select(vec![Step::PageDown, Step::WheelDown]),
            up in prop::sample::select(vec![Step::PageUp, Step::WheelUp]),
        ) {
            let mut needs = |row: usize, choice| match (tall[row], choice) {
                ((other, more), Choice::Marked) => other + more,
                ((other, _), Choice::Other) => other,
            };
            let length = tall.len();
            let end = |place: Place, mut left: usize, needs: &mut dyn FnMut(usize, Choice) -> usize| {
                (place.top()..length)
                    .take_while(|row| {
                        let needed = needs(*row, place.choice(*row));
                        let fits = needed <= left;
                        left = left.saturating_sub(needed);
                        fits
                    })
                    .last()
                    .map_or(place.top() + 1, |last| last + 1)
            };
            let mut windows = windows.iter().copied().cycle();
            let mut place = Place::default();
            while place.selected() + 1 < length {
                let lines = windows.next().expect("a cycle");
                let seen = place.within_lines(length, lines, &mut needs);
                let next = place.after_in_lines(down, length, lines, &mut needs);
                prop_assert!(next != seen && next.selected() >= seen.selected());
                prop_assert!(next.top() <= end(seen, lines, &mut needs));
                place = next;
            }
            while place.selected() > 0 {
                let lines = windows.next().expect("a cycle");
                let seen = place.within_lines(length, lines, &mut needs);
                let next = place.after_in_lines(up, length, lines, &mut needs);
                prop_assert!(next != seen && next.selected() <= seen.selected());
                prop_assert!(end(next, lines, &mut needs) >= seen.top());
                place = next;
            }
            prop_assert_eq!(place.top(), 0);
        }

        /// In rows of one line each as in those of several.
        #[test]
        fn a_step_is_one_from_what_is_seen(
            (selected, top) in (0_usize..60, 0_usize..60),
            (length, height) in (1_usize..50, 1_usize..20),
            tall in 1_usize..4,
            step in prop::sample::select(vec![
                Step::Up, Step::Down, Step::PageUp, Step::PageDown, Step::WheelUp, Step::WheelDown, Step::Last, Step::To(7),
            ]),
        ) {
            let place = Place { selected, top };
            prop_assert_eq!(place.after(step, length, height), place.within(length, height).after(step, length, height));
            let mut needs = |_, _| tall;
            let seen = place.within_lines(length, height, &mut needs);
            let after = place.after_in_lines(step, length, height, &mut needs);
            prop_assert_eq!(after, seen.after_in_lines(step, length, height, &mut needs));
        }

        #[test]
        fn a_place_is_always_in_the_list(to in any::<usize>(), length in 0_usize..50, height in 0_usize..9) {
            let place = Place::default().after(Step::To(to), 100, 3).within(length, height);
            prop_assert!(place.selected() < length.max(1));
            prop_assert!(place.top() <= place.selected() && place.selected() < place.top() + height.max(1));
        }
    }
}
