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

    /// The first row in sight when the selected one takes `needed` lines and each other one `each`, so that all of it is seen on
    /// a screen of `lines`.
    #[must_use]
    pub fn top_with(self, needed: usize, each: usize, lines: usize) -> usize {
        let above = lines.saturating_sub(needed) / each.max(1);
        self.top.max(self.selected.saturating_sub(above))
    }

    /// Where somebody is after a step in a list of `length` rows, `height` of which are in sight.
    #[must_use]
    pub fn after(self, step: Step, length: usize, height: usize) -> Self {
        let page = height.saturating_sub(1).max(1);
        let selected = match step {
            Step::Up => self.selected.saturating_sub(1),
            Step::Down => self.selected.saturating_add(1),
            Step::PageUp => self.selected.saturating_sub(page),
            Step::PageDown => self.selected.saturating_add(page),
            Step::WheelUp => self.selected.saturating_sub(WHEEL),
            Step::WheelDown => self.selected.saturating_add(WHEEL),
            Step::First => 0,
            Step::Last => length,
            Step::To(row) => row,
        };
        Self { selected, ..self }.within(length, height)
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
        check(&[Step::PageDown, Step::PageDown], 8, 4);
        check(&[Step::Last], 19, 15);
        check(&[Step::Last, Step::PageUp], 15, 15);
        check(&[Step::Last, Step::WheelUp, Step::WheelUp], 13, 13);
        check(&[Step::Last, Step::First], 0, 0);
        check(&[Step::To(7)], 7, 3);
        check(&[Step::To(70)], 19, 15);
    }

    #[test]
    fn a_selected_row_of_several_lines_is_seen_whole() {
        let check = |selected: usize, needed: usize, each: usize, lines: usize, expected: usize| {
            let place = Place::default().after(Step::To(selected), 20, lines / each);
            assert_eq!(place.top_with(needed, each, lines), expected, "{selected}, {needed} of {lines}");
        };
        check(0, 3, 1, 5, 0);
        check(2, 3, 1, 5, 0);
        check(3, 3, 1, 5, 1);
        check(4, 2, 1, 5, 1);
        check(7, 1, 1, 5, 3);
        check(3, 4, 2, 8, 1);
        check(3, 9, 2, 8, 3);
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

        #[test]
        fn a_place_is_always_in_the_list(to in any::<usize>(), length in 0_usize..50, height in 0_usize..9) {
            let place = Place::default().after(Step::To(to), 100, 3).within(length, height);
            prop_assert!(place.selected() < length.max(1));
            prop_assert!(place.top() <= place.selected() && place.selected() < place.top() + height.max(1));
        }
    }
}
