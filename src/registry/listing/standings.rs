//! What the rows of a list come to, by department, by course and over time.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::{Entry, Listing};
use crate::registry::row::Membership;
use crate::registry::status::Kind;
use crate::registry::summary::completions::Period;
use crate::registry::summary::counts::Counts;

/// What the rows of people at work come to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standings {
    /// All of them: a person counts once for each course.
    pub all: Counts,
    /// Each person once, by the course that presses most, as a report counts them.
    pub people: Counts,
    /// The same by department, sorted; nothing said is one of its own.
    pub departments: Vec<(Option<String>, Counts)>,
    /// By course, sorted.
    pub courses: Vec<(String, Counts)>,
    /// The first day on which somebody was asked, or on which a completion that counts now came in.
    pub begins: Option<NaiveDate>,
    /// How many of the completions that count now came in on a day.
    pub days: BTreeMap<NaiveDate, u64>,
}

/// How many were complete at the end of a step of time, of those who are now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reached {
    /// The first day of the step.
    pub start: NaiveDate,
    /// How many came in during it.
    pub new: u64,
    /// How many had come in by its end.
    pub sum: u64,
}

impl Listing {
    /// What the rows of this course come to; of all courses where none is named.
    #[must_use]
    pub fn standings(&self, course: Option<u32>) -> Standings {
        let (mut all, mut people) = (Counts::default(), Counts::default());
        let mut departments = vec![Counts::default(); self.departments.len()];
        let mut courses = vec![Counts::default(); self.courses.len()];
        let mut days: BTreeMap<NaiveDate, u64> = BTreeMap::new();
        let mut count = |entry: &Entry, kind: Kind| {
            people.add(kind);
            departments[self.person(entry).department as usize].add(kind);
        };
        // The rows of a person stand together.
        let mut pressing: Option<(&Entry, Kind)> = None;
        for entry in &self.entries {
            let person = self.person(entry);
            if person.member != Membership::Active || course.is_some_and(|course| course != entry.course) {
                continue;
            }
            let Some(kind) = entry.kind else { continue };
            all.add(kind);
            pressing = match pressing {
                Some((other, most)) if other.person == entry.person => {
                    Some((other, if most.urgency() < kind.urgency() { kind } else { most }))
                }
                before => {
                    if let Some((entry, kind)) = before {
                        count(entry, kind);
                    }
                    Some((entry, kind))
                }
            };
            courses[entry.course as usize].add(kind);
            if let Some(day) = entry.earned {
                *days.entry(day).or_default() += 1;
            }
        }
        if let Some((entry, kind)) = pressing {
            count(entry, kind);
        }
        let ranks = self.departments.ranks();
        let mut by_department: Vec<_> = (0_u32..).zip(departments).collect();
        by_department.sort_unstable_by_key(|(number, _)| ranks[*number as usize]);
        let counted = |counts: &Counts| counts.total() > 0;
        let departments = by_department.into_iter().filter(|(_, counts)| counted(counts));
        let departments =
            departments.map(|(number, counts)| (self.departments.of(number).map(str::to_owned), counts));
        let courses = self.courses().into_iter().filter_map(|(number, name)| {
            let counts = *courses.get(number as usize)?;
            counted(&counts).then(|| (name.to_owned(), counts))
        });
        let asked = match course {
            Some(course) => self.first_asked.get(course as usize).copied().flatten(),
            None => self.first_asked.iter().flatten().min().copied(),
        };
        let begins = asked.into_iter().chain(days.keys().next().copied()).min();
        Standings {
            all,
            people,
            departments: departments.collect(),
            courses: courses.collect(),
            begins,
            days,
        }
    }
}

impl Standings {
    /// How the number of completions grew, from the day on which the first person was asked up to and with `today`: at most
    /// `most` steps, the last ones, each with those in which nothing came. What came before the first of them is in its sum.
    #[must_use]
    pub fn reached(&self, period: Period, today: NaiveDate, most: usize) -> Vec<Reached> {
        let mut starts = Vec::new();
        let first = self.begins.unwrap_or(today);
        let mut start = period.start(today);
        while starts.len() < most {
            starts.push(start);
            let before = start.checked_sub_days(Days::new(1)).map(|day| period.start(day));
            match before {
                Some(before) if start > first => start = before,
                Some(_) | None => break,
            }
        }
        let mut sum = 0;
        let mut days = self.days.range(..=today).peekable();
        let mut reached = Vec::with_capacity(starts.len());
        while let Some(start) = starts.pop() {
            let next = starts.last().copied();
            let mut new = 0;
            while let Some((day, number)) = days.next_if(|(day, _)| next.is_none_or(|next| **day < next)) {
                sum += number;
                new += if *day >= start { *number } else { 0 };
            }
            reached.push(Reached { start, new, sum });
        }
        reached
    }
}
