//! What happened with a person, one thing after the other.

use super::*;

pub(in crate::tui::hr) trait With: Sized {
    fn asked(self, course: &str, due: &str) -> Self;
    fn sent(self, course: &str, at: &str, percent: u64, treatment: Treatment) -> Self;
    fn excepted(self, course: &str) -> Self;
}

impl With for Dossier {
    fn asked(mut self, course: &str, due: &str) -> Self {
        self.assignments.push(AssignmentState {
            id: Uuid::nil(),
            digest: digest("assignment"),
            at: time("2026-01-10"),
            due: time(due),
            course: course.parse().expect("an id"),
            version: digest("version"),
            rule: None,
        });
        self
    }

    fn sent(mut self, course: &str, at: &str, percent: u64, treatment: Treatment) -> Self {
        let identity = if treatment == Treatment::Accept { Outcome::Pass } else { Outcome::Unknown };
        self.records.push(RecordState {
            digest: digest(&format!("{} {course} {at}", self.number)),
            index: self.records.len() as u64 + 7,
            received_at: time(at),
            signed_at: time(at),
            course: course.parse().expect("an id"),
            version: digest("version"),
            assignment: None,
            earned: percent,
            possible: 100,
            passed: percent >= 80,
            levels: Levels([Outcome::Pass, Outcome::Pass, Outcome::Pass, identity, Outcome::Pass]),
            treatment,
            decision: None,
        });
        self
    }

    fn excepted(mut self, course: &str) -> Self {
        self.waivers.push(WaiverState {
            index: 0,
            id: Uuid::nil(),
            course: course.parse().expect("an id"),
            at: time("2026-01-10"),
            until: time("2027-01-10"),
            taken_back: None,
            approver: "Grace Brewster".to_owned(),
            reason: "parental leave".to_owned(),
        });
        self
    }
}
