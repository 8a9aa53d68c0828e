//! In which order rows are shown: by any column, either way.

use super::{Entry, Listing};

/// A column that rows can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// The employee number, as text.
    Number,
    /// The name, without case and accents.
    Name,
    /// The department, within it the name; whoever has none stands last.
    Department,
    /// The role, within it the name; whoever has none stands last.
    Role,
    /// The course, within it the number.
    Course,
    /// What presses most stands first, within it the earliest date; whoever is asked for nothing stands last.
    State,
    /// The day until which somebody has time, or until which a completion or an exception counts: the earliest stands first,
    /// rows without one last.
    Date,
}

impl Column {
    /// All of them, from left to right.
    pub const ALL: [Self; 7] =
        [Self::Number, Self::Name, Self::Department, Self::Role, Self::Course, Self::State, Self::Date];

    /// What stands above it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Name => "name",
            Self::Department => "department",
            Self::Role => "role",
            Self::Course => "course",
            Self::State => "state",
            Self::Date => "due or until",
        }
    }
}

/// Which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// What stands first by the column comes first.
    Down,
    /// What stands last by the column comes first.
    Up,
}

impl Direction {
    /// The other one.
    #[must_use]
    pub fn turned(self) -> Self {
        match self {
            Self::Down => Self::Up,
            Self::Up => Self::Down,
        }
    }
}

/// By which column, and which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// By which column.
    pub column: Column,
    /// Which way.
    pub direction: Direction,
}

/// The rows in the order of every column.
#[derive(Debug, Default)]
pub(super) struct Orders([Vec<u32>; Column::ALL.len()]);

impl Orders {
    pub(super) fn of(listing: &Listing) -> Self {
        // A person's place by name is found once; rows are then compared by numbers alone.
        let mut people: Vec<(&str, u32)> =
            listing.people.iter().map(|person| listing.folded_name_of(person)).zip(0..).collect();
        people.sort_unstable();
        let mut names = vec![0_u32; people.len()];
        for (rank, (_, person)) in (0..).zip(people) {
            names[person as usize] = rank;
        }
        let (departments, roles) = (listing.departments.ranks(), listing.roles.ranks());
        let courses = listing.courses.ranks();
        let name = |entry: &Entry| names[entry.person as usize];
        let department = |entry: &Entry| departments[listing.person(entry).department as usize];
        let role = |entry: &Entry| roles[listing.person(entry).role as usize];
        let date = |entry: &Entry| (entry.date.is_none(), entry.date);
        Self(Column::ALL.map(|column| match column {
            Column::Number => (0..).take(listing.len()).collect(),
            Column::Name => sorted(listing, name),
            Column::Department => sorted(listing, |entry| (department(entry), name(entry))),
            Column::Role => sorted(listing, |entry| (role(entry), name(entry))),
            Column::Course => sorted(listing, |entry| courses[entry.course as usize]),
            Column::State => sorted(listing, |entry| {
                let pressing = entry.kind.map(|kind| u8::MAX - kind.urgency());
                (pressing.is_none(), pressing, date(entry))
            }),
            Column::Date => sorted(listing, date),
        }))
    }

    /// The row at a place of an order.
    pub(super) fn at(&self, order: Order, place: usize) -> Option<u32> {
        let rows = &self.0[order.column as usize];
        match order.direction {
            Direction::Down => rows.get(place).copied(),
            Direction::Up => rows.get(rows.len().checked_sub(place + 1)?).copied(),
        }
    }
}

/// The rows by a key; rows with the same one stay in the order of people.
fn sorted<K: Ord>(listing: &Listing, key: impl Fn(&Entry) -> K) -> Vec<u32> {
    // Keys stand beside the rows: asked for at each comparison they would be fetched from all over the memory.
    let mut keyed: Vec<(K, u32)> = listing.entries.iter().map(key).zip(0..).collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, row)| row).collect()
}
