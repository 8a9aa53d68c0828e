//! Who is asked, and who is not: looked up before anything is signed, and once more when others may have changed it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use uuid::Uuid;

use super::super::super::Outcome;
use super::super::super::environment::Environment;
use super::super::super::error::Failure;
use super::super::super::printer::Printer;
use super::super::audience::audience;
use super::super::course::archive;
use super::super::open::{Registry, of_store};
use super::super::said::counted;
use super::{AssignArguments, SHOWN, rules, version};
use crate::clock::Timestamp;
use crate::id::CourseId;
use crate::registry::assign::{Again, Choice, choice, is_complete};
use crate::registry::change::Audience;
use crate::registry::row::Membership;
use crate::registry::{PersonNumber, Profile};
use crate::shell::{Wording, operand};
use crate::store::registry::ArchivedCourse;

/// By what people are asked.
pub(super) enum Planner {
    /// By the recurring rules.
    Rules,
    /// By an officer.
    Hand(Hand),
}

/// What an officer asks for.
pub(super) struct Hand {
    course: CourseId,
    version: Arc<ArchivedCourse>,
    due: Timestamp,
    audience: Audience,
    again: Again,
}

/// Somebody who is asked.
pub(super) struct Asked {
    pub(super) number: PersonNumber,
    pub(super) profile: Profile,
    pub(super) version: Arc<ArchivedCourse>,
    pub(super) due: Timestamp,
    pub(super) rule: Option<Uuid>,
}

/// Who is asked, and how many are not.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) asked: Vec<Asked>,
    pub(super) left_out: LeftOut,
    /// The courses that rules ask for and that cannot be asked for, and why: the other ones go on.
    pub(super) refused: BTreeMap<CourseId, Failure>,
}

/// How many of those whom it was meant for are not asked.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    open: usize,
    complete: usize,
    waived: usize,
    away: usize,
    to_come: usize,
    gone: usize,
}

impl Planner {
    /// Who is asked, by what is known at `now`.
    pub(super) fn plan(
        &self,
        registry: &Registry,
        environment: &Environment,
        now: Timestamp,
    ) -> Result<Plan, Failure> {
        match self {
            Self::Rules => rules::plan(registry, environment, now),
            Self::Hand(hand) => hand.plan(registry, now),
        }
    }
}

impl Hand {
    /// What was typed, if it can be asked for.
    pub(super) fn new(
        arguments: &AssignArguments,
        registry: &Registry,
        environment: &Environment,
        now: Timestamp,
    ) -> Result<Self, Failure> {
        let (Some(course), Some(day)) = (&arguments.course, arguments.due) else {
            return Err(Failure::new("a course and a date are needed").hint("say --course ID --due DATE"));
        };
        let due = environment.calendar.last_moment_of(day);
        if due <= now {
            return Err(
                Failure::new(format!("{day} is over")).hint("choose a day that people can still make")
            );
        }
        let version = version(course, arguments.version.as_deref(), archive(registry)?, registry)?;
        Ok(Self {
            course: course.clone(),
            version: Arc::new(version),
            due,
            audience: audience(&arguments.to, registry.store(), now)?,
            again: if arguments.again { Again::Yes } else { Again::No },
        })
    }

    fn plan(&self, registry: &Registry, now: Timestamp) -> Result<Plan, Failure> {
        let Self { course, version, due, audience, again } = self;
        let mut plan = Plan::default();
        registry
            .store()
            .dossiers(now, &mut |dossier| {
                match choice(&dossier, audience, course, *again, now) {
                    Choice::Ask
                        if *again == Again::No
                            && is_complete(&dossier, &version.digest, version.validity_days, *due) =>
                    {
                        plan.left_out.complete += 1;
                    }
                    Choice::Ask => plan.asked.extend(dossier.roster.map(|roster| Asked {
                        number: dossier.number,
                        profile: roster.profile,
                        version: Arc::clone(version),
                        due: *due,
                        rule: None,
                    })),
                    Choice::NotMeant => {}
                    Choice::Gone => plan.left_out.gone += 1,
                    Choice::ToCome => plan.left_out.to_come += 1,
                    Choice::Away => plan.left_out.away += 1,
                    Choice::Waived { .. } => plan.left_out.waived += 1,
                    Choice::Open { .. } => plan.left_out.open += 1,
                }
                Ok(())
            })
            .map_err(|error| of_store(&error))?;
        // Everybody who ever left would be told each time.
        if audience.people.is_none() {
            plan.left_out.gone = 0;
        }
        Ok(plan)
    }
}

impl Plan {
    /// Says which courses nobody is asked to take, and why, but for those of which it was said before.
    pub(super) fn tell_refused(&self, before: &BTreeSet<CourseId>, printer: Printer) {
        for (course, failure) in self.refused.iter().filter(|(course, _)| !before.contains(*course)) {
            printer.warning(failure);
            printer.talk(&format!("nobody is asked to take {course} by its rules until then"));
        }
    }

    /// What is left of it to do by hand.
    pub(super) fn outcome(&self) -> Outcome {
        if self.refused.is_empty() { Outcome::Fine } else { Outcome::Findings }
    }

    /// Says who was to be asked by this plan and is not by a later one, and what became of them.
    pub(super) fn tell_difference(
        &self,
        later: &Self,
        registry: &Registry,
        now: Timestamp,
        printer: Printer,
    ) -> Result<(), Failure> {
        let still: BTreeSet<_> =
            later.asked.iter().map(|asked| (&asked.number, &asked.version.course)).collect();
        let dropped: Vec<&PersonNumber> = self
            .asked
            .iter()
            .filter(|asked| !still.contains(&(&asked.number, &asked.version.course)))
            .map(|asked| &asked.number)
            .collect();
        if dropped.is_empty() {
            return Ok(());
        }
        printer.talk(&format!(
            "{} not asked any more: somebody else changed the registry meanwhile",
            counted(dropped.len(), "person is", "people are")
        ));
        for number in dropped.iter().take(SHOWN) {
            let dossier = registry.store().dossier(number, now).map_err(|error| of_store(&error))?;
            let what = match dossier.and_then(|dossier| dossier.roster) {
                Some(_) => Wording::from("countersign hr person ")
                    .and(operand(number.as_str()))
                    .then(" says what happened"),
                None => {
                    Wording::from("was erased; to ask them all the same, import a roster with them first")
                }
            };
            printer.advise(Wording::from(format!("  {number}: ")).with(what));
        }
        if dropped.len() > SHOWN {
            printer.talk(&format!("  and {} more", dropped.len() - SHOWN));
        }
        Ok(())
    }
}

impl LeftOut {
    /// What is said of them, a line for each reason.
    pub(super) fn lines(&self) -> Vec<String> {
        let told = [
            (self.open, "an assignment is open (--again asks once more)"),
            (self.complete, "this version is completed beyond that day (--again asks once more)"),
            (self.waived, "excepted from the course"),
            (self.away, Membership::Away.words()),
            (self.to_come, Membership::ToCome.words()),
            (self.gone, Membership::Gone.words()),
        ];
        let there = told.into_iter().filter(|(number, _)| *number > 0);
        there
            .map(|(number, why)| {
                let verb = if number == 1 { "is" } else { "are" };
                format!("{} {verb} not asked: {why}", counted(number, "person", "people"))
            })
            .collect()
    }
}
