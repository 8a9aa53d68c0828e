//! The conversation with a trainer: what became of the course is said before a line is acted on.

use std::sync::Arc;

use super::command::{self, Parsed};
use super::console::{Console, Heard};
use super::draft::{Draft, Purpose};
use super::key::say_why;
use super::pages::PageLeft;
use super::question::say_key;
use super::session::Session;
use super::talk::Help;
use super::{
    Answers, Ended, Entry, FoundWords, Greeted, PREVIEW_FAREWELL, Place, PlainError, PreviewStart, Stop,
    Visit, end, go_on,
};
use crate::config::Keeper;
use crate::course::{Course, Fault, Shown};
use crate::phrase::counted;
use crate::progress::Progress;
use crate::quiz::Quiz;
use crate::quiz::question::Question;
use crate::training::{Edition, FileChange, Rest, Step, Succession, Text, Training, World, question_after};

/// Whether a line was dealt with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    Yes,
    No,
}

/// Whether the last fault is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mended {
    Yes,
    No,
}

/// Said to whoever types something while there is nothing of the course to be heard.
const NOTHING_HEARD: &str = "Your line was not taken: the course cannot be heard before this is mended.";

/// So many faults are said at once.
const FAULTS_SAID: usize = 20;

/// What leaving does, where nothing is kept.
pub(super) const QUIT: &str = "quit: leave. Nothing of this preview is kept, whatever is said to be saved.";

/// What can be typed in a preview alone, for the help.
pub(super) const HELP: &[&str] = &[
    "In this preview:",
    "reread: hear this part again from its beginning, as it is now.",
    "key: hear what is right here, and why. afresh: forget what was read and answered.",
    "faults: what is wrong with the course. finish: do everything up to the signature.",
];

/// Leads a trainer through the course until they quit or the input ends.
pub(super) fn converse(
    console: &mut Console<'_>,
    world: &mut dyn World,
    keeper: &mut dyn Keeper,
    start: PreviewStart,
) -> Result<Ended, PlainError> {
    let stop = match begin(console, world, keeper, start) {
        Ok((mut session, place)) => go_on(&mut session, place, Greeted::Not),
        Err(stop) => stop,
    };
    end(console, stop, PREVIEW_FAREWELL)
}

fn begin<'s, 'c>(
    console: &'s mut Console<'c>,
    world: &'s mut dyn World,
    keeper: &'s mut dyn Keeper,
    start: PreviewStart,
) -> Result<(Session<'s, 'c>, Place), Stop> {
    console.say(
        "Preview: nothing is kept, whatever is said to be saved. When you save a file of the course, the next line says what changed.",
    )?;
    let (mut edition, mut typed) = (start.edition, None);
    let (course, asked, draft) = loop {
        let excuse = edition.excuse();
        match edition {
            Edition::Good { course, asked } => break (course, asked, Draft::default()),
            Edition::Faulty { faults, rest: Some(Rest { course, shown, asked, .. }) } => {
                console.pause()?;
                say_faults(console, &faults, Some(shown), FAULTS_SAID)?;
                excuse.iter().try_for_each(|words| console.say(words))?;
                break (course, asked, Draft { faults, now: Some(shown), shown });
            }
            Edition::Faulty { faults, rest: None } => {
                if typed.take().is_some() {
                    console.say(NOTHING_HEARD)?;
                }
                console.pause()?;
                say_faults(console, &faults, None, FAULTS_SAID)?;
                (edition, typed) = wait(console, world, &faults)?;
            }
        }
    };
    let training = Training::new(course, Vec::new(), start.learner, None, Progress::default()).for_preview();
    let mut session = Session::new(console, world, keeper, training, start.zone, start.config);
    session.purpose = Purpose::Preview(draft);
    // What was typed behind the change is for the course as it is now.
    session.unheard = typed;
    // Nothing of a preview is kept, so the change that begins the run goes nowhere.
    drop(session.training.begin(session.world.now()));
    let place = match asked {
        None => Place::Contents,
        Some(Step::Lesson(module)) => Place::Reading(Visit::to(Text::Lesson(module))),
        Some(Step::Policy) => Place::Reading(Visit::to(Text::Policy)),
        Some(Step::Check(module)) => Place::Check(module),
        Some(Step::Assessment) => Place::Assessment,
        Some(Step::Sign) => Place::Sign,
        Some(Step::Certificate) => Place::Certificate,
    };
    Ok((session, place))
}

/// Waits until there is another edition; gives it with the line that was typed, if it was one.
fn wait(
    console: &mut Console<'_>,
    world: &mut dyn World,
    faults: &[Fault],
) -> Result<(Edition, Option<String>), Stop> {
    loop {
        console.pause()?;
        console.say("Mend this, then press Enter. Type quit to leave.")?;
        let line = match console.hear()? {
            Heard::End => return Err(Stop::End),
            Heard::Line(line) if command::is_quit(&line) => return Err(Stop::Quit),
            Heard::Line(line) => line,
            Heard::Unusable(why) => {
                console.say(why)?;
                continue;
            }
        };
        if let Some(edition) = world.edition() {
            return Ok((edition, Some(line).filter(|line| !line.is_empty())));
        }
        let said_at_once = match command(&line) {
            Some(Command::Faults) => usize::MAX,
            _ if line.is_empty() => {
                console.say("The course is as it was.")?;
                FAULTS_SAID
            }
            _ => {
                console.say(&format!("The course is as it was. {NOTHING_HEARD}"))?;
                FAULTS_SAID
            }
        };
        console.pause()?;
        say_faults(console, faults, None, said_at_once)?;
    }
}

fn say_faults(
    console: &mut Console<'_>,
    faults: &[Fault],
    now: Option<Shown>,
    limit: usize,
) -> Result<(), Stop> {
    let count = counted(faults.len(), "fault", "faults");
    console.say(&match now {
        None => format!("The course has {count} and cannot be shown as it is."),
        Some(Shown::Rest) => format!("The course has {count}. What of it can be shown is shown."),
        Some(Shown::Whole) => format!("The course has {count}. All of it is shown."),
    })?;
    let faults: Vec<&Fault> = faults.iter().collect();
    say_each(console, &faults, limit)
}

fn say_each(console: &mut Console<'_>, faults: &[&Fault], limit: usize) -> Result<(), Stop> {
    for fault in faults.iter().take(limit) {
        console.say(&format!("- {fault}"))?;
        if let Some(hint) = &fault.hint {
            console.say_after(&format!("Hint: {hint}"), 2)?;
        }
    }
    if faults.len() > limit {
        console.say(&format!("And {} more. Type faults to hear all of them.", faults.len() - limit))?;
    }
    Ok(())
}

/// Says what has become of the faults that were `known` and said: one that only stands elsewhere in its file is no news.
fn say_news_of_faults(
    console: &mut Console<'_>,
    known: &[Fault],
    faults: &[Fault],
    now: Option<Shown>,
) -> Result<(), Stop> {
    let is_news = |fault: &&Fault| !known.iter().any(|other| other.is_same(fault));
    let news: Vec<&Fault> = faults.iter().filter(is_news).collect();
    let count = counted(faults.len(), "fault", "faults");
    if news.len() == faults.len() {
        say_faults(console, faults, now, FAULTS_SAID)
    } else if !news.is_empty() {
        console.say(&format!("The course has {count}. New among them:"))?;
        say_each(console, &news, FAULTS_SAID)
    } else if faults.len() < known.len() {
        console.say(&format!("The course still has {count}. Type faults to hear what is left."))
    } else {
        Ok(())
    }
}

/// What a trainer can say in a preview alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Command {
    Reread,
    Key,
    Faults,
    Afresh,
    Finish,
}

fn command(line: &str) -> Option<Command> {
    match line.trim_start_matches('/').trim().to_lowercase().as_str() {
        "reread" => Some(Command::Reread),
        "key" => Some(Command::Key),
        "faults" => Some(Command::Faults),
        "afresh" => Some(Command::Afresh),
        "finish" => Some(Command::Finish),
        _ => None,
    }
}

impl Session<'_, '_> {
    /// In a preview, says what became of the course since the last line, and does what only a preview understands.
    pub(super) fn take_for_preview(&mut self, line: &str) -> Result<Taken, Stop> {
        let Purpose::Preview(draft) = &mut self.purpose else { return Ok(Taken::No) };
        match self.world.edition() {
            None => {}
            // What was whole is heard until there is another whole one.
            Some(Edition::Faulty { faults, rest: Some(Rest { course, shown, .. }) })
                if shown == Shown::Whole || draft.shown == Shown::Rest =>
            {
                let known = std::mem::replace(&mut draft.faults, faults.clone());
                (draft.now, draft.shown) = (Some(shown), shown);
                let place = self.carry_over(course, Mended::No)?;
                say_news_of_faults(self.console, &known, &faults, Some(shown))?;
                return Err(self.leave_for(place, line)?);
            }
            Some(Edition::Faulty { faults, .. }) => {
                let known = std::mem::replace(&mut draft.faults, faults.clone());
                let was_shown = draft.now.take().is_some();
                let heard = match draft.shown {
                    Shown::Whole => "The last version that was whole is what you hear until they are mended.",
                    Shown::Rest => {
                        "The last version that could be shown is what you hear until they are mended."
                    }
                };
                self.console.pause()?;
                // Whoever saves something else while they last has heard them.
                if was_shown || faults != known {
                    say_faults(self.console, &faults, None, FAULTS_SAID)?;
                } else {
                    self.say("The course cannot be shown yet, for its faults are as they were. Type faults to hear them.")?;
                }
                self.say(heard)?;
            }
            Some(Edition::Good { course, .. }) => {
                let mended = if std::mem::take(draft).faults.is_empty() { Mended::No } else { Mended::Yes };
                let place = self.carry_over(course, mended)?;
                return Err(self.leave_for(place, line)?);
            }
        }
        match command(line) {
            Some(command) => self.obey_in_preview(command).map(|()| Taken::Yes),
            None => Ok(Taken::No),
        }
    }

    /// Whether, in a preview, something of the course cannot be heard for its faults.
    pub(super) fn leaves_something_out(&self) -> bool {
        matches!(&self.purpose, Purpose::Preview(draft) if draft.now == Some(Shown::Rest))
    }

    /// Where to go on after the course has changed. A command is obeyed in the new edition; anything else was meant for
    /// what stood there before.
    fn leave_for(&mut self, place: Place, line: &str) -> Result<Stop, Stop> {
        self.here = place.clone();
        if let Some(command) = command(line) {
            self.obey_in_preview(command)?;
            return Ok(Stop::Go(place));
        }
        match command::parse(line) {
            // What can be typed, and where one is, is for the place to say.
            Parsed::Command(command::Command::Help | command::Command::HelpAll | command::Command::Where)
            | Parsed::Slashed(command::Command::Help | command::Command::HelpAll | command::Command::Where) =>
            {
                self.unheard = Some(line.to_owned());
            }
            Parsed::Notes(_) | Parsed::Asked(_) => self.unheard = Some(line.to_owned()),
            Parsed::Command(command) | Parsed::Slashed(command) => {
                if self.obey(command, Help::Contents)?.is_some() {
                    self.unheard = Some(line.to_owned());
                }
            }
            Parsed::Malformed(_) | Parsed::Other if line.is_empty() => {}
            Parsed::Malformed(_) | Parsed::Other => {
                self.say("Your line was not taken: it was typed before the course changed.")?;
            }
        }
        Ok(Stop::Go(place))
    }

    /// Goes on with the next edition and says what changed; gives the same place in it.
    fn carry_over(&mut self, course: Arc<Course>, mended: Mended) -> Result<Place, Stop> {
        let succession = Succession::new(self.course(), course);
        let place = place_after(&self.here, self.page_said().map(|page| page.left), &succession);
        let reviewed = self.reviewed_in_attempt();
        if self.is_at_result() {
            // Who was at it is there still, and hears it as it is now.
            self.result_said = None;
        }
        self.training = self.training.revised(Arc::clone(succession.to()));
        let place = reviewed.and_then(|reviewed| self.reviewed_now(&reviewed, &succession)).or(place);
        self.module = succession.module(self.module).unwrap_or(0);
        self.before_part = None;
        // What was found may stand elsewhere now.
        self.sought = None;
        self.pause()?;
        if mended == Mended::Yes {
            self.say("The faults are mended.")?;
        }
        match succession.files().as_slice() {
            [] => self.say("Reloaded.")?,
            changes => {
                let words: Vec<String> = changes.iter().map(FileChange::words).collect();
                self.say(&format!("Reloaded: {}.", words.join(", ")))?;
            }
        }
        let Some(place) = place else {
            self.say("What you were at is not in the course any more.")?;
            return Ok(Place::Contents);
        };
        if matches!(place, Place::Reading(_)) {
            self.say("Type reread to hear this text as it is now.")?;
        }
        Ok(place)
    }

    /// Which question is looked back at, and in which attempt.
    fn reviewed_in_attempt(&self) -> Option<(u32, Question)> {
        let Place::Review(Answers::Attempt(attempt), number) = self.here else { return None };
        let (_, sitting) = self.training.sitting(attempt)?;
        Some((attempt, sitting.question(number.checked_sub(1)?)?.clone()))
    }

    /// The same in the next edition, where the question is still there.
    fn reviewed_now(&self, (attempt, question): &(u32, Question), succession: &Succession) -> Option<Place> {
        let (from, to) = (&succession.from().assessment.quiz, &succession.to().assessment.quiz);
        let id = question_after(from, &question.id, to)?;
        let (_, sitting) = self.training.sitting(*attempt)?;
        let index = sitting.questions().position(|(question, _)| question.id == *id)?;
        Some(Place::Review(Answers::Attempt(*attempt), index + 1))
    }

    /// Whether the learner is at the result of an attempt, and not at the rules of the next one.
    fn is_at_result(&self) -> bool {
        let is_there = matches!(self.here, Place::Assessment | Place::Review(Answers::Attempt(_), _));
        is_there && self.rules_said != self.training.last_submitted()
    }

    fn obey_in_preview(&mut self, command: Command) -> Result<(), Stop> {
        match command {
            Command::Reread => {
                let place = match self.here.clone() {
                    Place::Reading(visit) => Place::Reading(Visit { entry: Entry::Top, ..visit }),
                    other => other,
                };
                Err(Stop::Go(place))
            }
            Command::Key => self.say_key_here(),
            Command::Faults => match &self.purpose {
                Purpose::Preview(draft) if !draft.faults.is_empty() => {
                    say_faults(self.console, &draft.faults, draft.now, usize::MAX)
                }
                Purpose::Preview(_) | Purpose::Learn => {
                    self.say("The course has no errors. Warnings are for countersign author check.")
                }
            },
            Command::Afresh => {
                self.training = self.training.afresh(self.world.now());
                self.say("Begun afresh.")?;
                Err(Stop::Go(self.here.clone()))
            }
            Command::Finish => {
                self.training.complete_all(self.world.now());
                self.say("Everything up to the signature is done.")?;
                Err(Stop::Go(self.next_place()))
            }
        }
    }

    fn say_key_here(&mut self) -> Result<(), Stop> {
        let with_order = |module: usize, question: Option<&Question>| {
            question.map(|question| (question.clone(), self.training.check_order(module, question)))
        };
        let asked = match self.here {
            Place::Check(module) => {
                self.training.check(module).and_then(|check| with_order(module, check.open.first().copied()))
            }
            Place::Answered(module, question) => self
                .training
                .check(module)
                .and_then(|check| with_order(module, check.quiz.questions.get(question))),
            Place::Assessment => self.training.attempt().and_then(|(attempt, sitting)| {
                let (question, drawn) = sitting.questions().nth(attempt.current)?;
                Some((question.clone(), drawn.order.clone()))
            }),
            // What is right was said with the answer.
            Place::Review(..)
            | Place::List
            | Place::Contents
            | Place::Reading(_)
            | Place::Policy(_)
            | Place::Sign
            | Place::Certificate => None,
        };
        let Some((question, order)) = asked else { return self.say("No question is asked here.") };
        say_key(self, &question, &order)?;
        say_why(self, &question)
    }
}

/// The same place in the next edition; `None` when it is gone. `said` is the present page of a text.
fn place_after(place: &Place, said: Option<PageLeft>, succession: &Succession) -> Option<Place> {
    let after = |back: Option<&Box<Place>>| place_after(back?, None, succession).map(Box::new);
    Some(match place {
        Place::Reading(visit) => {
            let text = match visit.text {
                Text::Lesson(module) => Text::Lesson(succession.module(module)?),
                Text::Policy => Text::Policy,
            };
            let offset_after = |offset| succession.place(visit.text, offset);
            let page_after = |page: PageLeft| {
                let (from, place) = (page.from.and_then(offset_after), offset_after(page.place)?);
                Some(PageLeft { from, place, ..page })
            };
            let entry = match (said, &visit.entry) {
                (None, Entry::At(offset) | Entry::Found(FoundWords { offset, .. })) => {
                    Entry::At(offset_after(*offset)?)
                }
                (None, Entry::Again(page)) => Entry::Again(page_after(*page)?),
                (said, _) => Entry::Said(page_after(said.unwrap_or_default())?),
            };
            let (back, from) = (after(visit.back.as_ref()), after(visit.from.as_ref()));
            Place::Reading(Visit { text, entry, back, from })
        }
        Place::Check(module) => {
            let now = succession.module(*module)?;
            check(succession.to(), now)?;
            Place::Check(now)
        }
        Place::Answered(module, question) => {
            let now = succession.module(*module)?;
            let (from, to) = (check(succession.from(), *module)?, check(succession.to(), now)?);
            let id = question_after(from, &from.questions.get(*question)?.id, to);
            let index = id.and_then(|id| to.questions.iter().position(|question| question.id == *id));
            index.map_or(Place::Check(now), |index| Place::Answered(now, index))
        }
        Place::Review(Answers::Check(module), _) => place_after(&Place::Check(*module), said, succession)?,
        Place::Review(Answers::Attempt(_), _) => Place::Assessment,
        Place::Policy(back) => {
            succession.to().policy.as_ref()?;
            Place::Policy(after(back.as_ref()))
        }
        Place::Contents | Place::Assessment | Place::List | Place::Sign | Place::Certificate => place.clone(),
    })
}

fn check(course: &Course, module: usize) -> Option<&Quiz> {
    course.modules.get(module)?.check.as_ref()
}
