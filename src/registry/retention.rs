//! What stands against erasing a person's data, and until when.

use std::collections::BTreeMap;

use super::change::RetentionSet;
use super::dossier::Dossier;
use super::person::Presence;
use crate::clock::Timestamp;
use crate::id::CourseId;

/// One thing that stands against erasing a person's data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hold {
    /// They still stand on the roster; the next one would bring them back.
    StillHere,
    /// Records and waivers of a course have to be kept for longer.
    Kept {
        /// Which course.
        course: CourseId,
        /// The retention class.
        class: String,
        /// For how many years.
        years: u32,
        /// The first moment at which all of them may go.
        until: Timestamp,
    },
    /// Nobody has said how long records and waivers of a course are kept.
    Unruled {
        /// Which course.
        course: CourseId,
    },
}

/// Everything that stands against erasing a person's data at `now`. A record is kept from its receipt, a waiver from its
/// end.
#[must_use]
pub fn holds(dossier: &Dossier, retentions: &[RetentionSet], now: Timestamp) -> Vec<Hold> {
    let mut newest: BTreeMap<&CourseId, Timestamp> = BTreeMap::new();
    let records = dossier.records.iter().map(|record| (&record.course, record.received_at));
    let waivers = dossier.waivers.iter().map(|waiver| (&waiver.course, waiver.until));
    for (course, at) in records.chain(waivers) {
        let newest = newest.entry(course).or_insert(at);
        *newest = at.max(*newest);
    }
    let here = dossier.roster.as_ref().is_some_and(|roster| roster.presence != Presence::Gone);
    let mut holds: Vec<Hold> = here.then_some(Hold::StillHere).into_iter().collect();
    for (course, at) in newest {
        let Some(rule) = retentions.iter().rev().find(|rule| rule.course == *course) else {
            holds.push(Hold::Unruled { course: course.clone() });
            continue;
        };
        let until = at.plus_months(rule.years.saturating_mul(12));
        // Where the calendar ends, nothing is ever over.
        let endless = rule.years > 0 && until <= at;
        if now < until || endless {
            let (course, class, years) = (course.clone(), rule.class.clone(), rule.years);
            holds.push(Hold::Kept { course, class, years, until });
        }
    }
    holds
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::dossier::{RecordState, WaiverState};
    use crate::registry::person::Profile;
    use crate::registry::samples::{self, course};

    fn moment(text: &str) -> Timestamp {
        format!("{text}T12:00:00Z").parse().expect("a time")
    }

    fn record(name: &str, received: &str) -> RecordState {
        RecordState { received_at: moment(received), ..samples::record(course(name), 0) }
    }

    fn person(presence: Option<Presence>, records: Vec<RecordState>, waivers: Vec<WaiverState>) -> Dossier {
        let mut dossier = samples::person("1", Profile::named("Ada"));
        dossier.roster = dossier.roster.zip(presence).map(|(mut roster, presence)| {
            (roster.said, roster.presence) = (presence, presence);
            roster
        });
        Dossier { records, waivers, ..dossier }
    }

    fn kept(name: &str, years: u32) -> RetentionSet {
        let class = "HIPAA".to_owned();
        RetentionSet { at: Timestamp::EPOCH, course: course(name), class, years, by: "Grace".to_owned() }
    }

    #[test]
    fn the_newest_record_of_every_course_decides() {
        fn check(dossier: &Dossier, rules: &[RetentionSet], now: &str, expected: &[Hold]) {
            assert_eq!(holds(dossier, rules, moment(now)), expected, "{now}");
        }
        let gone = Some(Presence::Gone);
        let two = person(gone, vec![record("a", "2020-02-29"), record("a", "2024-02-29")], Vec::new());
        let until = moment("2030-02-28");
        let held = Hold::Kept { course: course("a"), class: "HIPAA".to_owned(), years: 6, until };
        check(&two, &[kept("a", 6)], "2030-02-27", std::slice::from_ref(&held));
        check(&two, &[kept("a", 6)], "2030-02-28", &[]);
        check(&two, &[kept("a", 6), kept("a", 0)], "2024-03-01", &[]);
        check(&two, &[kept("b", 6)], "2099-01-01", &[Hold::Unruled { course: course("a") }]);
        let nothing = person(gone, Vec::new(), Vec::new());
        check(&nothing, &[], "2024-03-01", &[]);
        let here = person(Some(Presence::Away), Vec::new(), Vec::new());
        check(&here, &[], "2024-03-01", &[Hold::StillHere]);
        let waived = WaiverState { until: moment("2025-01-01"), ..samples::waiver(course("a"), 0, 0) };
        let until = moment("2026-01-01");
        let held = Hold::Kept { course: course("a"), class: "HIPAA".to_owned(), years: 1, until };
        check(&person(None, Vec::new(), vec![waived]), &[kept("a", 1)], "2025-06-01", &[held]);
    }

    #[test]
    fn years_without_end_never_end() {
        let forever = person(None, vec![record("a", "2024-02-29")], Vec::new());
        assert_eq!(holds(&forever, &[kept("a", u32::MAX)], moment("9999-12-31")).len(), 1);
    }
}
