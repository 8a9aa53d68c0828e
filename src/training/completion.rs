//! What comes after the assessment: the acknowledgement, the record's claims, the certificate.

use crate::clock::Timestamp;
use crate::course::Policy;
use crate::digest::Digest;
use crate::progress::{Acknowledgement, Attempt, Change, Completion};
use crate::quiz::mark::mark;
use crate::record::claims::{
    AcknowledgementClaim, AppClaim, AssignmentClaim, AttemptClaim, CheckClaim, CompletionClaims, CourseClaim,
    Face, LessonClaim, MEANING, ResponseClaim, ResultClaim,
};
use crate::record::{is_too_large, read_completion};

use super::assessment::Sitting;
use super::{CheckState, Purpose, Text, Training};

/// How the policy stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyState {
    /// It can be agreed to when the assessment is passed. Reading it earlier does no harm, and counts.
    Locked,
    /// It is to be read and agreed to.
    Open,
    /// It was agreed to.
    Agreed(Timestamp),
}

/// A completion as it is shown and printed: who, what, how well, when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate<'a> {
    /// The record itself.
    pub completion: &'a Completion,
    /// What it says.
    pub claims: &'a CompletionClaims,
    /// Until when it is valid; `None` when its course version is not here any more.
    pub valid_until: Option<Timestamp>,
}

impl Training {
    /// The policy to agree to.
    #[must_use]
    pub fn policy(&self) -> Option<&Policy> {
        self.course().policy.as_ref()
    }

    /// How the policy stands; `None` when the course has none.
    #[must_use]
    pub fn policy_state(&self) -> Option<PolicyState> {
        let policy = self.policy()?;
        let agreed = self.progress.acknowledgement.as_ref();
        let agreed = agreed.filter(|agreed| agreed.digest == policy.lesson.digest);
        Some(match agreed {
            Some(agreed) => PolicyState::Agreed(agreed.at),
            None if self.passed_attempt().is_some() || self.purpose == Purpose::Preview => PolicyState::Open,
            None => PolicyState::Locked,
        })
    }

    /// Agrees to the policy. Nothing happens unless it is open and all of it was seen.
    #[must_use = "what is not saved is lost"]
    pub fn acknowledge(&mut self, now: Timestamp) -> Vec<Change> {
        let open = self.policy_state() == Some(PolicyState::Open) && self.is_read(Text::Policy);
        let Some(policy) = self.policy().filter(|_| open) else { return Vec::new() };
        let acknowledgement = Acknowledgement {
            policy: policy.lesson.path.clone(),
            digest: policy.lesson.digest,
            statement: policy.statement.clone(),
            language: self.course().language.clone(),
            at: now,
        };
        self.perform(vec![Change::Acknowledged(acknowledgement)])
    }

    /// What the record of this run says; `None` while something is missing or when it was signed already.
    #[must_use]
    pub fn claims(&self, face: Face, app: AppClaim) -> Option<CompletionClaims> {
        let passed = self.passed_attempt()?;
        let submitted = passed.submitted?;
        let course = self.version_of(passed)?;
        let agreed = matches!(self.policy_state(), None | Some(PolicyState::Agreed(_)));
        if !agreed || self.completion().is_some() {
            return None;
        }
        let finished = self.attempts().filter(|attempt| attempt.submitted.is_some());
        let attempts =
            finished.map(|attempt| self.attempt_claim(attempt, course.digest)).collect::<Option<_>>()?;
        Some(CompletionClaims {
            id: self.learner.did.clone(),
            person: self.learner.person.clone(),
            course: CourseClaim {
                course_id: course.id.clone(),
                title: course.title.clone(),
                version: course.version.clone(),
                language: course.language.clone(),
                digest: course.digest,
            },
            assignment: self.assigned().map(|assigned| AssignmentClaim {
                assignment_id: assigned.id.clone(),
                digest: assigned.digest,
                nonce: assigned.nonce.clone(),
            }),
            lessons: self.lesson_claims(),
            checks: self.check_claims(),
            attempts,
            acknowledgement: self.progress.acknowledgement.as_ref().map(|agreed| AcknowledgementClaim {
                policy: agreed.policy.clone(),
                digest: agreed.digest,
                statement: agreed.statement.clone(),
                language: agreed.language.clone(),
                at: agreed.at,
                meaning: MEANING.to_owned(),
            }),
            result: ResultClaim {
                earned: submitted.earned,
                possible: submitted.possible,
                pass_percent: course.assessment.pass_percent.get(),
                passed: submitted.passed,
            },
            face,
            app,
            previous: self.last_record,
        })
    }

    /// Whether nothing is missing but the signature, and the record of this run is larger than any reader takes: it can never
    /// be signed. So many answers, and so long, are in no run that was taken in earnest.
    #[must_use]
    pub fn outgrew_its_record(&self) -> bool {
        let app = AppClaim { product: String::new(), version: String::new() };
        self.claims(Face::FullScreen, app).is_some_and(|claims| is_too_large(&claims))
    }

    /// The lessons of the completed version that were read as they stand in it; what was read in another version says
    /// nothing about this one.
    fn lesson_claims(&self) -> Vec<LessonClaim> {
        let modules = &self.course().modules;
        let claim = |lesson: &crate::course::Lesson| {
            let reading = self.progress.lessons.get(&lesson.path)?;
            (reading.digest == lesson.digest).then_some(LessonClaim {
                lesson: lesson.path.clone(),
                digest: lesson.digest,
                first_opened_at: reading.first_opened_at,
                finished_at: reading.finished_at?,
                active_seconds: reading.active_seconds,
            })
        };
        modules.iter().filter_map(|module| claim(&module.lesson)).collect()
    }

    fn check_claims(&self) -> Vec<CheckClaim> {
        let checks = (0..self.course().modules.len()).filter_map(|index| self.check(index));
        let finished = checks.filter(|check| matches!(check.state, CheckState::Finished { .. }));
        let claim = |check: super::CheckView<'_>| {
            let (earned, possible) = check.points();
            CheckClaim { quiz: check.quiz.id.clone(), earned, possible, attempts: check.tries() }
        };
        finished.map(claim).collect()
    }

    fn attempt_claim(&self, attempt: &Attempt, course: Digest) -> Option<AttemptClaim> {
        let (_, sitting) = self.sitting(attempt.number)?;
        let submitted = attempt.submitted?;
        Some(AttemptClaim {
            number: self.number_drawn(attempt),
            quiz: attempt.quiz.clone(),
            scoring: AttemptClaim::SCORING,
            started_at: attempt.started_at,
            finished_at: submitted.at,
            active_seconds: attempt.active_seconds,
            responses: response_claims(attempt, &sitting),
            earned: submitted.earned,
            possible: submitted.possible,
            course_digest: (attempt.course_digest != course).then_some(attempt.course_digest),
        })
    }

    /// Notes the signed record of this run.
    #[must_use = "what is not saved is lost"]
    pub fn complete(
        &mut self,
        record: Vec<u8>,
        digest: Digest,
        file_name: String,
        now: Timestamp,
    ) -> Vec<Change> {
        let Some(run) = self.progress.run().filter(|_| self.completion().is_none()) else {
            return Vec::new();
        };
        let completion = Completion { run: run.number, record, digest, at: now, file_name };
        self.perform(vec![Change::Completed(completion)])
    }

    /// The signed record of the present run.
    #[must_use]
    pub fn completion(&self) -> Option<&Completion> {
        let run = self.progress.run()?.number;
        self.progress.completions.iter().find(|completion| completion.run == run)
    }

    /// The signed records of earlier runs, oldest first. Whoever takes the course again still has them.
    pub fn earlier_completions(&self) -> impl DoubleEndedIterator<Item = &Completion> {
        let run = self.progress.run().map(|run| run.number);
        self.progress.completions.iter().filter(move |completion| Some(completion.run) != run)
    }

    /// The certificate of the present run.
    #[must_use]
    pub fn certificate(&self) -> Option<Certificate<'_>> {
        let completion = self.completion()?;
        let read = || read_completion(&completion.record).ok().map(|record| record.claims);
        Some(self.certificate_of(completion, self.signed.get_or_init(read).as_ref()?))
    }

    /// The certificate of a signed record, of whichever run, that says this.
    #[must_use]
    pub fn certificate_of<'a>(
        &self,
        completion: &'a Completion,
        claims: &'a CompletionClaims,
    ) -> Certificate<'a> {
        let of_version = |course: &crate::course::Course| completion.at.plus_days(course.validity_days);
        let digest = claims.course.digest;
        let version =
            [&self.newest].into_iter().chain(self.older.values()).find(|course| course.digest == digest);
        Certificate { completion, claims, valid_until: version.map(|course| of_version(course)) }
    }
}

fn response_claims(attempt: &Attempt, sitting: &Sitting) -> Vec<ResponseClaim> {
    let claim = |(question, drawn): (&crate::quiz::question::Question, &crate::quiz::draw::DrawnQuestion)| {
        let answer = attempt.answers.get(&question.id).cloned().unwrap_or_default();
        ResponseClaim {
            item: question.id.clone(),
            revision: question.revision,
            order: drawn.order.clone(),
            earned: mark(question, answer.response.as_ref()).earned,
            response: answer.response,
            certainty: answer.certainty,
            seconds: answer.seconds,
        }
    };
    sitting.questions().map(claim).collect()
}
