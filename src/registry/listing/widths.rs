//! How wide the texts of a list are, so that whoever draws it gives each column what it needs, wherever in the list they are.

use std::collections::BTreeMap;

use super::Column;
use super::names::Names;
use crate::registry::dossier::Dossier;
use crate::registry::row::Membership;

/// What is wider counts as this wide.
const WIDEST: usize = 160;

/// How wide the texts of each column are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Widths {
    number: Width,
    name: Width,
    department: Width,
    role: Width,
    course: Width,
}

/// How wide the texts of one column are, in cells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Width {
    /// Nineteen of twenty texts are no wider.
    pub most: u16,
    /// No text is wider.
    pub widest: u16,
}

impl Widths {
    /// That of a column; nothing for one whose texts are not from a roster.
    #[must_use]
    pub fn of(&self, column: Column) -> Option<Width> {
        match column {
            Column::Number => Some(self.number),
            Column::Name => Some(self.name),
            Column::Department => Some(self.department),
            Column::Role => Some(self.role),
            Column::Course => Some(self.course),
            Column::State | Column::Date => None,
        }
    }
}

impl Width {
    /// This width where one text is as wide as `cells`.
    fn and_somewhere(self, cells: usize) -> Self {
        let cells = u16::try_from(cells.min(WIDEST)).unwrap_or(u16::MAX);
        Self { widest: self.widest.max(cells), ..self }
    }
}

/// Measures people as they come.
#[derive(Debug)]
pub(super) struct Measured {
    cells: fn(&str) -> usize,
    number: Tally,
    name: Tally,
    /// The widest name with what somebody is behind it.
    with_tail: usize,
    department: Shared,
    role: Shared,
}

impl Measured {
    /// Nothing is measured yet; `cells` says how wide a text is.
    pub(super) fn by(cells: fn(&str) -> usize) -> Self {
        let (department, role) = (Shared::default(), Shared::default());
        Self { cells, number: Tally::default(), name: Tally::default(), with_tail: 0, department, role }
    }

    pub(super) fn person(&mut self, dossier: &Dossier) {
        self.number.add((self.cells)(dossier.number.as_str()));
        let Some(roster) = &dossier.roster else { return };
        let profile = &roster.profile;
        // Behind the names of others stands what they are: `Ada (on leave)`.
        let tail = match Membership::of(dossier) {
            Membership::Active => 0,
            member => member.words().len() + 3,
        };
        let name = (self.cells)(&profile.name);
        self.name.add(name);
        self.with_tail = self.with_tail.max(name + tail);
        self.department.add(profile.department.as_deref(), self.cells);
        self.role.add(profile.role.as_deref(), self.cells);
    }

    /// What came of it, with the courses on the list.
    pub(super) fn finish(self, courses: &Names) -> Widths {
        let mut course = Tally::default();
        courses.each().for_each(|(_, name)| course.add((self.cells)(name)));
        Widths {
            number: self.number.finish(),
            // Where there is no room for it a sign stands for it.
            name: self.name.finish().and_somewhere(self.with_tail),
            department: self.department.tally.finish(),
            role: self.role.tally.finish(),
            // There are few of them, and each may fill the screen.
            course: Width { most: course.finish().widest, ..course.finish() },
        }
    }
}

/// Texts that many people share, each measured once.
#[derive(Debug, Default)]
struct Shared {
    known: BTreeMap<String, usize>,
    tally: Tally,
}

impl Shared {
    fn add(&mut self, text: Option<&str>, cells: fn(&str) -> usize) {
        let Some(text) = text else { return };
        let known = self.known.get(text).copied();
        let width = known.unwrap_or_else(|| cells(text));
        if known.is_none() {
            self.known.insert(text.to_owned(), width);
        }
        self.tally.add(width);
    }
}

/// How many texts there are of each width.
#[derive(Debug)]
struct Tally(Box<[u32; WIDEST + 1]>);

impl Default for Tally {
    fn default() -> Self {
        Self(Box::new([0; WIDEST + 1]))
    }
}

impl Tally {
    fn add(&mut self, width: usize) {
        let number = &mut self.0[width.min(WIDEST)];
        *number = number.saturating_add(1);
    }

    fn finish(&self) -> Width {
        let all: u64 = self.0.iter().map(|number| u64::from(*number)).sum();
        let mut width = Width::default();
        let mut sum = 0_u64;
        for (cells, number) in (0_u16..).zip(self.0.iter()) {
            if *number == 0 {
                continue;
            }
            if sum * 20 < all * 19 {
                width.most = cells;
            }
            sum += u64::from(*number);
            width.widest = cells;
        }
        width
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nineteen_of_twenty_decide_and_the_widest_is_known() {
        let check = |widths: &[usize], most: u16, widest: u16| {
            let mut tally = Tally::default();
            for width in widths {
                tally.add(*width);
            }
            assert_eq!(tally.finish(), Width { most, widest }, "{widths:?}");
        };
        check(&[], 0, 0);
        check(&[7], 7, 7);
        check(&[[5; 19].as_slice(), &[60]].concat(), 5, 60);
        check(&[[5; 18].as_slice(), &[8, 60]].concat(), 8, 60);
        check(&[4000], 160, 160);
    }
}
