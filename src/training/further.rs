//! An assignment that was named while the run under way answers another one, or none: nothing that was done is given up for
//! it before the learner has said so.

use crate::clock::{Calendar, Timestamp};
use crate::progress::Change;

use super::{AssessmentState, Assigned, Training};

impl Training {
    /// The same training with an assignment that was named just now. One that some run answers changes nothing.
    #[must_use]
    pub fn with_further(self, named: Option<Assigned>) -> Self {
        let further = named.filter(|named| !self.progress.answers(&named.nonce));
        Self { further, ..self }
    }

    /// The assignment about which the learner has to decide: whether to [begin anew](Self::begin_further) for it, or to
    /// [go on](Self::go_on) with what is under way. [`Self::begin`] takes it where there is nothing to decide.
    #[must_use]
    pub fn further(&self) -> Option<&Assigned> {
        self.further.as_ref()
    }

    /// Begins the course anew for the further assignment, unless another running copy has done something since this training was
    /// loaded: nobody gives up what they were not told of.
    #[must_use = "what is not saved is lost"]
    pub fn begin_further(&mut self, now: Timestamp) -> Vec<Change> {
        let Some(further) = self.further.take() else { return Vec::new() };
        self.assigned = Some(further);
        let known = Box::new(self.progress.clone());
        let run = self.run_after(now);
        self.perform(vec![Change::RunReplaced { known, run }])
    }

    /// Goes on with the run under way. Who names the further assignment again is asked again.
    pub fn go_on(&mut self) {
        self.further = None;
    }

    /// The same training, loaded after another running copy was first, for whoever had come as far as `before`. Who decided to go
    /// on is not asked again; who decided to begin anew is, for what they would give up is not what it was.
    #[must_use]
    pub fn reloaded_after(mut self, before: &Self) -> Self {
        if before.further.is_none() && before.assigned() != self.further() {
            self.go_on();
        }
        self
    }

    /// Whether the run under way holds something that no record holds yet, and that can still come to one.
    pub(super) fn has_something_to_lose(&self, now: Timestamp) -> bool {
        let progress = &self.progress;
        let is_begun = !progress.lessons.is_empty()
            || !progress.checks.is_empty()
            || progress.acknowledgement.is_some()
            || self.attempts().next().is_some();
        let is_over = self.completion().is_some() || self.assessment(now) == AssessmentState::NoneLeft;
        is_begun && !is_over && !self.lacks_its_assignment()
    }

    /// Whether the run under way answers an assignment that is not here any more: no record can come of it.
    fn lacks_its_assignment(&self) -> bool {
        self.progress.run().is_some_and(|run| run.nonce.is_some()) && self.assigned().is_none()
    }

    /// What there is to decide about the further assignment, in paragraphs, the same in every face; empty when there is none.
    #[must_use]
    pub fn further_words(&self, now: Timestamp, zone: Calendar) -> Vec<String> {
        let Some(further) = &self.further else { return Vec::new() };
        let due = zone.until(further.due);
        let named = further.why().map_or_else(
            || format!("You named a new assignment of this course, due {due}."),
            |why| format!("You named a new assignment of this course, due {due}. Why: “{why}”."),
        );
        let percent = self.overview(now).percent;
        let answered = self.assigned().map_or_else(
            || "without an assignment".to_owned(),
            |earlier| format!("for an earlier assignment, due {}", zone.until(earlier.due)),
        );
        let assessment = match self.assessment(now) {
            AssessmentState::Passed { .. } => " The assessment is passed.",
            AssessmentState::UnderWay { .. } => " An attempt at the assessment is under way.",
            AssessmentState::Locked(_)
            | AssessmentState::Ready { .. }
            | AssessmentState::Waiting { .. }
            | AssessmentState::NoneLeft
            | AssessmentState::VersionMissing => "",
        };
        vec![
            named,
            format!("You are at {percent} percent of the course, {answered}.{assessment}"),
            format!(
                "Going on keeps all of that. {} You are asked again when you name the new assignment again.",
                self.worth_of_going_on(now)
            ),
            "Beginning anew starts at 0 percent. What you have read and answered so far does not count for the new assignment, \
             and nothing leads back to it. Your bookmarks and notes stay."
                .to_owned(),
        ]
    }

    /// What the record of the run under way is worth to HR.
    fn worth_of_going_on(&self, now: Timestamp) -> &'static str {
        if self.can_begin_again(now) {
            "No record can come of it any more."
        } else if self.assigned().is_none() {
            "Your record then answers no assignment, and somebody at HR has to decide about it."
        } else if self.course().digest == self.newest.digest {
            "Your record then answers the earlier assignment. It is of the same version of the course, so as a rule HR accepts it for either."
        } else {
            "Your record then answers the earlier assignment, and is of another version of the course: ask HR whether that is enough."
        }
    }
}
