//! Everybody's rows in memory, a person and a course each, and whoever has none: packed, and sorted beforehand by every column.
//!
//! A list of a million rows is looked at a screen at a time, sorted at a key and filtered at every letter. So whatever takes
//! time is done once, where nobody waits: texts stand in one string, people and courses are numbers, and each column has its
//! order.

mod names;
mod order;
pub mod search;
pub mod standings;
#[cfg(test)]
mod tests;
pub mod widths;

use chrono::NaiveDate;

use super::dossier::Dossier;
use super::row::{Filter, Membership, Rowless, Whose};
use super::status::{Kind, Reckoning, days_late};
use crate::clock::{Calendar, Timestamp};
use crate::fold::fold_into;
use names::Names;
pub use order::{Column, Direction, Order};
use widths::{Measured, Widths};

/// Everybody's rows as they were known at a moment.
#[derive(Debug)]
pub struct Listing {
    at: Timestamp,
    /// Numbers and names, one behind the other.
    texts: String,
    /// What a person is found by, folded: number, name, department and role, a line each.
    folded: String,
    people: Vec<Person>,
    departments: Names,
    roles: Names,
    courses: Names,
    entries: Vec<Entry>,
    orders: order::Orders,
    left_out: u64,
    rowless: Rowless,
    /// When people at work were first asked for each course, by its number.
    first_asked: Vec<Option<NaiveDate>>,
    widths: Widths,
}

#[derive(Debug)]
struct Person {
    /// Where the number begins in the texts; the name follows.
    text: usize,
    number: u32,
    name: u32,
    /// Where their lines begin among the folded ones.
    folded: usize,
    folded_length: u32,
    /// Where the folded name stands in those lines.
    folded_name: (u32, u32),
    department: u32,
    role: u32,
    member: Membership,
}

#[derive(Debug)]
struct Entry {
    person: u32,
    course: u32,
    date: Option<Timestamp>,
    /// The day on which the completion came in that counts now.
    earned: Option<NaiveDate>,
    /// Nothing of somebody who is asked for nothing: then there is no course either.
    kind: Option<Kind>,
}

/// A person and a course on the list, or somebody who is asked for nothing.
#[derive(Debug, Clone, Copy)]
pub struct Listed<'a> {
    listing: &'a Listing,
    entry: &'a Entry,
}

impl Listing {
    /// When this was so.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        self.at
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nobody is on it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Who stands beside the rows of people at work.
    #[must_use]
    pub fn rowless(&self) -> Rowless {
        self.rowless
    }

    /// How many rows did not fit.
    #[must_use]
    pub fn left_out(&self) -> u64 {
        self.left_out
    }

    /// How wide the texts of its columns are.
    #[must_use]
    pub fn widths(&self) -> &Widths {
        &self.widths
    }

    /// A row by its number.
    #[must_use]
    pub fn row(&self, row: u32) -> Option<Listed<'_>> {
        self.entries.get(row as usize).map(|entry| Listed { listing: self, entry })
    }

    /// The courses on the list, sorted, each with its number.
    #[must_use]
    pub fn courses(&self) -> Vec<(u32, &str)> {
        let mut courses: Vec<_> = self.courses.each().filter(|(_, name)| !name.is_empty()).collect();
        courses.sort_unstable_by_key(|(_, name)| *name);
        courses
    }

    /// The number of the row of this person and course; the course is empty where nothing is asked.
    #[must_use]
    pub fn find(&self, number: &str, course: &str) -> Option<u32> {
        // People come from a store in the order of their numbers, and their rows in that of people.
        let person = self.people.binary_search_by(|person| self.number_of(person).cmp(number)).ok()?;
        let person = u32::try_from(person).ok()?;
        let first = self.entries.partition_point(|entry| entry.person < person);
        let theirs = self.entries.iter().skip(first).take_while(|entry| entry.person == person);
        let place = theirs
            .into_iter()
            .position(|entry| self.courses.of(entry.course).unwrap_or_default() == course)?;
        u32::try_from(first + place).ok()
    }

    fn person(&self, entry: &Entry) -> &Person {
        &self.people[entry.person as usize]
    }

    fn number_of(&self, person: &Person) -> &str {
        &self.texts[person.text..person.text + person.number as usize]
    }

    fn name_of(&self, person: &Person) -> &str {
        let start = person.text + person.number as usize;
        &self.texts[start..start + person.name as usize]
    }

    fn folded_of(&self, person: &Person) -> &str {
        &self.folded[person.folded..person.folded + person.folded_length as usize]
    }

    fn folded_name_of(&self, person: &Person) -> &str {
        let (start, end) = person.folded_name;
        &self.folded_of(person)[start as usize..end as usize]
    }
}

impl<'a> Listed<'a> {
    /// Who, by employee number.
    #[must_use]
    pub fn number(&self) -> &'a str {
        self.listing.number_of(self.listing.person(self.entry))
    }

    /// Their name on the roster; empty for somebody who stands on none.
    #[must_use]
    pub fn name(&self) -> &'a str {
        self.listing.name_of(self.listing.person(self.entry))
    }

    /// Where they work.
    #[must_use]
    pub fn department(&self) -> Option<&'a str> {
        self.listing.departments.of(self.listing.person(self.entry).department)
    }

    /// What they do.
    #[must_use]
    pub fn role(&self) -> Option<&'a str> {
        self.listing.roles.of(self.listing.person(self.entry).role)
    }

    /// What they are to the organisation.
    #[must_use]
    pub fn member(&self) -> Membership {
        self.listing.person(self.entry).member
    }

    /// Which course, by its id; empty where nothing is asked.
    #[must_use]
    pub fn course(&self) -> &'a str {
        self.listing.courses.of(self.entry.course).unwrap_or_default()
    }

    /// How they stand with it; nothing where nothing is asked.
    #[must_use]
    pub fn kind(&self) -> Option<Kind> {
        self.entry.kind
    }

    /// The day that matters: due, or the end of a completion or a waiver.
    #[must_use]
    pub fn date(&self) -> Option<Timestamp> {
        self.entry.date
    }

    /// For how many days it is overdue.
    #[must_use]
    pub fn days_late(&self) -> Option<u64> {
        let due = self.entry.date.filter(|_| self.entry.kind == Some(Kind::Overdue))?;
        Some(days_late(due, self.listing.at))
    }
}

/// Takes dossiers in, sorted by number, and makes a list of them.
#[derive(Debug)]
pub struct Builder<'a> {
    reckoning: Reckoning<'a>,
    calendar: Calendar,
    everybody: Filter,
    measured: Measured,
    listing: Listing,
}

impl<'a> Builder<'a> {
    /// An empty list of how people stand by this reckoning. Days are those of `calendar`, and `cells` says how wide a text
    /// is where it will be shown.
    #[must_use]
    pub fn new(reckoning: Reckoning<'a>, calendar: Calendar, cells: fn(&str) -> usize) -> Self {
        let listing = Listing {
            at: reckoning.at,
            texts: String::new(),
            folded: String::new(),
            people: Vec::new(),
            departments: Names::default(),
            roles: Names::default(),
            courses: Names::default(),
            entries: Vec::new(),
            orders: order::Orders::default(),
            left_out: 0,
            rowless: Rowless::default(),
            first_asked: Vec::new(),
            widths: Widths::default(),
        };
        let everybody = Filter { whose: Whose::Everybody, ..Filter::default() };
        Self { reckoning, calendar, everybody, measured: Measured::by(cells), listing }
    }

    /// Adds a person with a row for each course that concerns them; whoever is asked for nothing has one without a course,
    /// which is not counted.
    pub fn add(&mut self, dossier: &Dossier) {
        let is_active = Membership::of(dossier) == Membership::Active;
        let mut person = None;
        for row in self.everybody.rows(dossier, &self.reckoning) {
            let known = match person {
                Some(person) => Some(person),
                None => self.listing.push_person(dossier, &mut self.measured),
            };
            person = known;
            let (Some(person), Ok(_)) = (known, u32::try_from(self.listing.entries.len())) else {
                self.listing.left_out += 1;
                continue;
            };
            let kind = row.status.kind();
            let earned = row.earned().filter(|_| matches!(kind, Kind::Complete | Kind::Expiring));
            let course = self.listing.courses.number(row.course.as_str());
            if is_active {
                let asked = dossier.assignments.iter().filter(|asked| asked.course == row.course);
                let asked = asked.map(|asked| asked.at).filter(|at| *at <= self.reckoning.at);
                self.listing.note_asked(course, asked.min().map(|at| self.calendar.day(at)));
            }
            let entry = Entry {
                person,
                course,
                date: row.status.date(),
                earned: earned.map(|earned| self.calendar.day(earned.at)),
                kind: Some(kind),
            };
            self.listing.entries.push(entry);
        }
        if !is_active || person.is_none() {
            self.listing.rowless.add(dossier);
        }
        // Nothing is left of whoever was erased.
        if person.is_none() && (dossier.roster.is_some() || !dossier.records.is_empty()) {
            self.add_without_row(dossier);
        }
    }

    fn add_without_row(&mut self, dossier: &Dossier) {
        let fits = u32::try_from(self.listing.entries.len()).is_ok();
        let Some(person) =
            Some(()).filter(|()| fits).and_then(|()| self.listing.push_person(dossier, &mut self.measured))
        else {
            self.listing.left_out += 1;
            return;
        };
        let course = self.listing.courses.number("");
        self.listing.entries.push(Entry { person, course, date: None, earned: None, kind: None });
    }

    /// The list, sorted by every column.
    #[must_use]
    pub fn finish(self) -> Listing {
        let mut listing = self.listing;
        listing.widths = self.measured.finish(&listing.courses);
        listing.texts.shrink_to_fit();
        listing.folded.shrink_to_fit();
        listing.people.shrink_to_fit();
        listing.entries.shrink_to_fit();
        listing.orders = order::Orders::of(&listing);
        listing
    }
}

impl Listing {
    /// Remembers on which day somebody was first asked for a course.
    fn note_asked(&mut self, course: u32, day: Option<NaiveDate>) {
        let (Some(day), place) = (day, course as usize) else { return };
        if self.first_asked.len() <= place {
            self.first_asked.resize(place + 1, None);
        }
        let first = &mut self.first_asked[place];
        *first = Some(first.map_or(day, |other| other.min(day)));
    }

    /// Adds a person and says under which number; nothing where there is no number left.
    fn push_person(&mut self, dossier: &Dossier, measured: &mut Measured) -> Option<u32> {
        measured.person(dossier);
        let index = u32::try_from(self.people.len()).ok()?;
        let profile = dossier.roster.as_ref().map(|roster| &roster.profile);
        let said = |text: Option<&String>| text.cloned().unwrap_or_default();
        let name = profile.map(|profile| profile.name.as_str()).unwrap_or_default();
        let department = said(profile.and_then(|profile| profile.department.as_ref()));
        let role = said(profile.and_then(|profile| profile.role.as_ref()));
        let text = self.texts.len();
        self.texts.push_str(dossier.number.as_str());
        self.texts.push_str(name);
        let folded = self.folded.len();
        fold_into(&mut self.folded, dossier.number.as_str());
        self.folded.push('\n');
        let name_start = self.folded.len();
        fold_into(&mut self.folded, name);
        let name_end = self.folded.len();
        for text in [&department, &role] {
            self.folded.push('\n');
            fold_into(&mut self.folded, text);
        }
        let within = |place: usize| u32::try_from(place - folded).ok();
        self.people.push(Person {
            text,
            number: u32::try_from(dossier.number.as_str().len()).ok()?,
            name: u32::try_from(name.len()).ok()?,
            folded,
            folded_length: within(self.folded.len())?,
            folded_name: (within(name_start)?, within(name_end)?),
            department: self.departments.number(&department),
            role: self.roles.number(&role),
            member: Membership::of(dossier),
        });
        Some(index)
    }
}
