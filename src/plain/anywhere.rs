//! What can be done anywhere in the conversation.

use super::command::{Command, Switch};
use super::help;
use super::here;
use super::session::Session;
use super::talk::{Help, Said};
use super::{
    Entry, Place, Stop, Visit, assessment, certificate, contents, links, settings, sources, welcome, words,
};
use crate::config::MOST_LINES;
use crate::phrase::counted;
use crate::training::{Step, Text};

/// Said where nothing tells which lesson is meant.
const READ_WHICH: &str = "Type read and the number of a lesson, such as: read 3";

impl Session<'_, '_> {
    /// Whether the course is begun anew from here.
    pub(super) fn can_be_taken_again(&self) -> bool {
        match self.here {
            Place::Certificate => true,
            Place::Contents => self.training.completion().is_some(),
            Place::Sign => self.training.outgrew_its_record(),
            Place::Reading(_)
            | Place::Check(_)
            | Place::Answered(..)
            | Place::Review(..)
            | Place::Assessment
            | Place::List
            | Place::Policy(_) => false,
        }
    }

    /// Does what can be done anywhere; `None` when it is done and the question stands as before.
    pub(super) fn obey(&mut self, command: Command, help: Help) -> Result<Option<Said>, Stop> {
        self.heard_aside = is_heard_aside(&command);
        match command {
            Command::Help => help::say(self, help)?,
            Command::HelpAll => help::say_all(self, help)?,
            Command::Again if self.here == Place::Contents && !self.can_be_taken_again() => {
                self.say(
                    "The course can be taken again once it is completed. To hear this again, type repeat.",
                )?;
            }
            // Where it does not begin the course anew, it asks to hear something again.
            Command::Again if !self.can_be_taken_again() => return Ok(Some(Said::Repeat)),
            Command::Sign if self.here != Place::Sign => return self.go_to_sign().map(|()| None),
            Command::List => return self.list(),
            // A text says more of where one is in it.
            Command::Where if help == Help::Reading => return Ok(Some(Said::Command(command))),
            Command::Where => here::say(self, help)?,
            Command::Status => contents::say_status(self)?,
            Command::Quit => return Err(Stop::Quit),
            Command::Contents => return Err(Stop::Go(Place::Contents)),
            Command::Assessment => assessment::go_there(self, help)?,
            Command::OpenNote(words) if self.page_said().is_none() => sources::say(self, &words)?,
            Command::Export if self.here != Place::Certificate => {
                return self.do_there(certificate::Deed::Export).map(|()| None);
            }
            Command::Verify if self.here != Place::Certificate => {
                return self.do_there(certificate::Deed::Verify).map(|()| None);
            }
            Command::Certificate => return self.go_to_certificate().map(|()| None),
            Command::Policy => return self.go_to_policy().map(|()| None),
            Command::Read(number) => return self.go_to_lesson(number).map(|()| None),
            Command::Check(number) => return self.go_to_check(number).map(|()| None),
            Command::Ids(switch) => return self.switch_ids(switch),
            Command::Width(width) => {
                return Ok(self.console.say_width(width)?.then_some(Said::Changed));
            }
            Command::Lines(lines) => {
                if !(1..=usize::from(MOST_LINES)).contains(&lines) {
                    self.say(&format!("A page can have 1 to {MOST_LINES} lines. Nothing was changed."))?;
                    return Ok(None);
                }
                self.page_lines = lines;
                let lines = counted(self.page_lines, "line", "lines");
                self.say(&format!("A page has at most {lines} from now on."))?;
                return Ok(Some(Said::Changed));
            }
            Command::Search(words) => self.search(&words)?,
            Command::Found(number) => self.go_to_found(number)?,
            Command::Settings => settings::say(self)?,
            Command::Correct => {
                welcome::correct(self)?;
                return Ok(Some(Said::Changed));
            }
            Command::Set(wish) => {
                settings::change(self, wish)?;
                return Ok(Some(Said::Changed));
            }
            Command::Repeat => return Ok(Some(Said::Repeat)),
            Command::Next
            | Command::Back
            | Command::All
            | Command::Page(_)
            | Command::Headings
            | Command::Heading(_)
            | Command::Links(_)
            | Command::Sources
            | Command::Open(_)
            | Command::OpenNote(_)
            | Command::Address(_)
            | Command::Return
            | Command::ReadAgain(_)
            | Command::Why
            | Command::Retry
            | Command::Review
            | Command::Start
            | Command::Flag
            | Command::Go(_)
            | Command::Gap(_)
            | Command::Clear
            | Command::StepBack
            | Command::HowSure(_)
            | Command::Submit
            | Command::SubmitAgain
            | Command::Agree
            | Command::Sign
            | Command::Export
            | Command::Verify
            | Command::Again => return Ok(Some(Said::Command(command))),
        }
        Ok(None)
    }

    fn switch_ids(&mut self, switch: Switch) -> Result<Option<Said>, Stop> {
        self.ids = switch;
        self.say(match switch {
            Switch::On => "Identifiers are said beside questions and options from now on.",
            Switch::Off => "Identifiers are no longer said.",
        })?;
        // What has none is not said again for it.
        let has_some = match self.here {
            Place::Check(_) | Place::Answered(..) | Place::Review(..) | Place::Assessment => true,
            Place::Contents
            | Place::Reading(_)
            | Place::List
            | Place::Policy(_)
            | Place::Sign
            | Place::Certificate => false,
        };
        Ok(has_some.then_some(Said::Changed))
    }

    /// The list of what there is: in an attempt its questions, elsewhere the contents.
    fn list(&mut self) -> Result<Option<Said>, Stop> {
        match self.here {
            Place::Assessment | Place::List | Place::Check(_) | Place::Answered(..) | Place::Review(..) => {
                Ok(Some(Said::Command(Command::List)))
            }
            Place::Contents => Ok(Some(Said::Repeat)),
            // Whoever came from a question means its list, and would lose the way back.
            Place::Reading(ref visit)
                if matches!(visit.way_back(), Some(Place::Assessment | Place::List)) =>
            {
                self.say(
                    "The list of all questions is heard where they are asked. Type return to go back there.",
                )?;
                Ok(None)
            }
            Place::Reading(_) | Place::Policy(_) | Place::Sign | Place::Certificate => {
                Err(Stop::Go(Place::Contents))
            }
        }
    }

    /// Goes to the lesson of this number. Without one from the contents to what comes next to be read, and from a check to its lesson, to
    /// look something up there.
    fn go_to_lesson(&mut self, number: Option<usize>) -> Result<(), Stop> {
        let count = self.training.course().modules.len();
        let wanted = match (number, &self.here) {
            (Some(number), _) => number,
            (None, Place::Contents) => match self.training.step_to_go_on() {
                Step::Lesson(module) | Step::Check(module) => module + 1,
                Step::Policy => return Err(Stop::Go(Place::Reading(Visit::to(Text::Policy)))),
                Step::Assessment | Step::Sign | Step::Certificate => return self.say(READ_WHICH),
            },
            // Their questions come from every lesson.
            (None, Place::Assessment | Place::List | Place::Sign | Place::Certificate) => {
                return self.say(READ_WHICH);
            }
            (
                None,
                Place::Reading(_)
                | Place::Check(_)
                | Place::Answered(..)
                | Place::Review(..)
                | Place::Policy(_),
            ) => self.module + 1,
        };
        if let Some(module) = wanted.checked_sub(1).filter(|module| *module < count) {
            let visit = Visit::to(Text::Lesson(module));
            let from = match self.here.clone() {
                Place::Contents => None,
                // From page to page of one text the way back grows no longer.
                Place::Reading(Visit { text, back, from, .. }) if text == visit.text => back.or(from),
                // Nor on the way through the course, where Enter leads there, too.
                Place::Reading(here) if self.leads_on_to(&here, module) => None,
                Place::Reading(here) => {
                    if links::is_too_deep(self, &here)? {
                        return Ok(());
                    }
                    Some(Box::new(self.page_of(here)))
                }
                place @ (Place::Check(_)
                | Place::Answered(..)
                | Place::Review(..)
                | Place::Assessment
                | Place::List
                | Place::Policy(_)
                | Place::Sign
                | Place::Certificate) => Some(Box::new(place)),
            };
            // Who names a lesson goes on from its end.
            let visit = match number {
                Some(_) => Visit { from, ..visit },
                None => Visit { back: from, ..visit },
            };
            return Err(Stop::Go(Place::Reading(visit)));
        }
        self.say(&format!("There is no lesson {wanted}. The course has lessons 1 to {count}."))
    }

    /// Whether the lesson of this module stands behind what is read here, and comes next.
    fn leads_on_to(&self, here: &Visit, module: usize) -> bool {
        let Text::Lesson(from) = here.text else { return false };
        let next = self.training.step_after_lesson(from);
        let comes_next = module > from && next == Some(Step::Lesson(module));
        comes_next && here.back.is_none() && self.training.is_read(here.text)
    }

    /// The page of a text that is read, to come back to as it was said.
    pub(super) fn page_of(&self, visit: Visit) -> Place {
        let entry = self.page_said().map_or_else(|| visit.entry.clone(), |page| Entry::Again(page.left));
        Place::Reading(Visit { entry, ..visit })
    }

    fn go_to_check(&mut self, number: Option<usize>) -> Result<(), Stop> {
        let course = self.course();
        let number = number.unwrap_or(self.module + 1);
        match number.checked_sub(1).and_then(|module| Some((module, course.modules.get(module)?))) {
            Some((module, found)) if found.check.is_some() => Err(Stop::Go(Place::Check(module))),
            Some(_) if self.leaves_something_out() => self.say(&format!(
                "Lesson {number} has no knowledge check that can be heard: the course has faults. Type faults to hear them."
            )),
            Some(_) => self.say(&format!("Lesson {number} has no knowledge check.")),
            None => self.say(&format!(
                "There is no check {number}. The course has lessons 1 to {}.",
                course.modules.len()
            )),
        }
    }

    fn go_to_policy(&mut self) -> Result<(), Stop> {
        match self.training.policy() {
            Some(_) => {
                let back = match self.here.clone() {
                    // Who came to it from the policy itself goes back to where they were before.
                    Place::Policy(back) => back,
                    Place::Reading(visit) => match (visit.way_back(), visit.text) {
                        (Some(Place::Policy(back)), _) => back.clone(),
                        (_, Text::Policy) => visit.back.or(visit.from),
                        (_, Text::Lesson(_)) => {
                            if links::is_too_deep(self, &visit)? {
                                return Ok(());
                            }
                            Some(Box::new(self.page_of(visit)))
                        }
                    },
                    Place::Contents => None,
                    place => Some(Box::new(place)),
                };
                Err(Stop::Go(Place::Policy(back)))
            }
            None => self.say("This course has no policy to agree to."),
        }
    }

    fn go_to_sign(&mut self) -> Result<(), Stop> {
        match self.training.next_step() {
            Step::Sign | Step::Certificate => Err(Stop::Go(Place::Sign)),
            Step::Lesson(_) | Step::Check(_) | Step::Assessment | Step::Policy => self.say_nothing_to_sign(),
        }
    }

    fn go_to_certificate(&mut self) -> Result<(), Stop> {
        if self.training.certificate().is_some() {
            return Err(Stop::Go(Place::Certificate));
        }
        let deed = words::sentence(&contents::next_deed(self));
        if self.training.earlier_completions().next().is_none() {
            return self.say(&format!("There is no certificate yet. What comes first: {deed}"));
        }
        certificate::show_earlier(self)?;
        self.say(&format!("There is no certificate of this run yet. What comes first: {deed}"))
    }

    /// Goes to the certificate, once there is one, and does there what was typed; before, does it with the record of the run before.
    fn do_there(&mut self, deed: certificate::Deed) -> Result<(), Stop> {
        if self.training.certificate().is_some() {
            self.unheard = Some(self.typed.clone());
        } else if certificate::do_with_earlier(self, deed)? {
            return Ok(());
        }
        self.go_to_certificate()
    }

    /// Says why nothing can be signed, and what comes first.
    pub(super) fn say_nothing_to_sign(&mut self) -> Result<(), Stop> {
        if self.training.next_step() == Step::Sign {
            return self.say(
                "Nothing can be signed: an attempt rests on a version of the course that is not here any more. Ask whoever \
                 gave you the course for that version.",
            );
        }
        let deed = words::sentence(&contents::next_deed(self));
        self.say(&format!("There is nothing to sign yet. What comes first: {deed}"))
    }
}

/// Whether somebody who asks for this hears it beside the place where they are, and stays there.
fn is_heard_aside(command: &Command) -> bool {
    matches!(
        command,
        Command::Help
            | Command::HelpAll
            | Command::Where
            | Command::Status
            | Command::Settings
            | Command::Search(_)
            | Command::OpenNote(_)
            // Where nothing is there yet, what comes first is told, or the record of an earlier run.
            | Command::Assessment
            | Command::Certificate
            | Command::Export
            | Command::Verify
    )
}
