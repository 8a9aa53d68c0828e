//! The course at a glance.

mod briefly;

use super::command::Command;
use super::session::Session;
use super::talk::{Expected, Help, Said};
use super::{AnsweredPart, Answers, Arrival, Greeted, Place, Stop, Visit, certificate, words};
use crate::phrase::counted;
use crate::printable::Printable;
use crate::quiz::mark::percent;
use crate::training::{
    AssessmentState, CheckState, Frontier, LessonState, News, Overview, PolicyState, Renewal, Step, Text,
    Training, minutes_left,
};

/// Says how every part stands and asks where to go.
pub(super) fn show(session: &mut Session<'_, '_>, arrival: Arrival, greeted: Greeted) -> Result<Place, Stop> {
    let mut others = None;
    match (arrival, greeted) {
        // Whoever comes back wants to go on, and would hear every part before the line that asks.
        (Arrival::Anew, Greeted::Back) if briefly::is_begun(session) => {
            briefly::say(session)?;
            others = Some("Type contents to hear how every part stands, or help.");
        }
        (Arrival::Anew, _) => say(session)?,
        (Arrival::Back, _) => {
            session.say("You are at the contents. Type repeat to hear how everything stands.")?;
        }
    }
    loop {
        let step = session.training.step_to_go_on();
        let onward = format!("Press Enter to {}", words_to(session, step));
        let prompt = match others {
            Some(others) => format!("{} {others}", words::sentence(&onward)),
            None => words::or(&onward, "type help"),
        };
        match session.ask(&prompt, Expected::Choice, Help::Contents)? {
            Said::Enter | Said::Command(Command::Next) => return Ok(step.into()),
            // Begins the course; behind that, it is the word that begins an attempt.
            Said::Command(Command::Start) if step == Step::Assessment || !briefly::is_begun(session) => {
                return Ok(step.into());
            }
            Said::Command(Command::Again) => {
                if let Some(place) = certificate::again(session)? {
                    return Ok(place);
                }
            }
            Said::Changed => {}
            Said::Repeat => say(session)?,
            Said::Command(_) | Said::Answer(_) => session.not_here()?,
        }
    }
}

fn course_words(session: &Session<'_, '_>) -> String {
    let course = session.training.course();
    words::course(&course.title, &course.version)
}

/// How the assessment stands.
fn assessment_words(session: &Session<'_, '_>, overview: &Overview) -> String {
    let last = session.training.last_failure();
    let which = if session.training.attempt().is_some() { "attempt before" } else { "last attempt" };
    let last = last.map_or_else(String::new, |end| {
        let percent = percent(end.earned, end.possible);
        format!(
            " The {which} was not passed, with {percent} percent, on {}.",
            end.at.day_and_time(session.zone)
        )
    });
    let state = words::assessment(&overview.assessment, session.training.course(), session.zone);
    format!("Assessment: {state}.{last}")
}

fn say(session: &mut Session<'_, '_>) -> Result<(), Stop> {
    session.pause()?;
    session.say(&course_words(session))?;
    let overview = session.training.overview(session.world.now());
    say_status(session)?;
    session.pause()?;
    for (index, module) in overview.modules.iter().enumerate() {
        let number = index + 1;
        // The time it takes stands before the state: behind “read” it sounded like the time that was spent.
        let minutes = words::minutes(module.minutes);
        session.say(&format!(
            "Lesson {number}, {}, {minutes}: {}.",
            module.title,
            lesson_words(&session.training, index)
        ))?;
        if let Some(check) = module.check {
            session.say(&words::check_of(&session.training, index, check))?;
        }
    }
    session.say(&assessment_words(session, &overview))?;
    if let Some(policy) = overview.policy {
        let state = match policy {
            PolicyState::Open if session.training.is_read(Text::Policy) => "read, to be agreed to".to_owned(),
            PolicyState::Open | PolicyState::Locked | PolicyState::Agreed(_) => {
                words::policy(policy, session.zone)
            }
        };
        session.say(&format!("Policy: {state}."))?;
    }
    let record = match overview.next {
        Step::Certificate => "Completion record: signed.",
        Step::Sign => "Completion record: ready to be signed.",
        Step::Lesson(_) | Step::Check(_) | Step::Assessment | Step::Policy
            if session.training.earlier_completions().next().is_some() =>
        {
            "Completion record of this run: comes when everything above is done."
        }
        Step::Lesson(_) | Step::Check(_) | Step::Assessment | Step::Policy => {
            "Completion record: comes when everything above is done."
        }
    };
    session.say(record)
}

/// How much is done and left, and what was done in earlier runs.
pub(super) fn say_status(session: &mut Session<'_, '_>) -> Result<(), Stop> {
    let overview = session.training.overview(session.world.now());
    say_how_far(session, &overview)?;
    say_files(session, &overview)?;
    say_next(session, &overview)
}

/// The same for whoever asks where they are: a file is no answer to that.
pub(super) fn say_progress(session: &mut Session<'_, '_>) -> Result<(), Stop> {
    let overview = session.training.overview(session.world.now());
    say_how_far(session, &overview)?;
    say_next(session, &overview)
}

/// What comes next, and what is being tried again.
fn say_next(session: &mut Session<'_, '_>, overview: &Overview) -> Result<(), Stop> {
    if session.here == Place::Certificate {
        return Ok(());
    }
    let (words, named) = next_from_here(session);
    session.say(&words::sentence(&format!("Next: {words}")))?;
    say_tried_again(session, overview, named)
}

/// Says which checks are being tried again, but for the step that is `named` already and the check where the learner is: nothing is missing
/// for it.
fn say_tried_again(
    session: &mut Session<'_, '_>,
    overview: &Overview,
    named: Option<Step>,
) -> Result<(), Stop> {
    // An attempt under way is left for nothing that is not needed.
    if overview.next == Step::Certificate || session.training.attempt().is_some() {
        return Ok(());
    }
    let here = match session.here.answered_part() {
        Some(AnsweredPart::Check(module)) => Some(module),
        Some(AnsweredPart::Assessment) | None => None,
    };
    let told: Vec<String> = session
        .training
        .tried_again()
        .filter(|(module, _)| Some(*module) != here && named != Some(Step::Check(*module)))
        .map(|(module, left)| words::tried_again(module, left))
        .collect();
    told.iter().try_for_each(|told| session.say(told))
}

/// How much is done and left, and by when.
fn say_how_far(session: &mut Session<'_, '_>, overview: &Overview) -> Result<(), Stop> {
    let done = format!("Done: {} percent.", overview.percent);
    if overview.next == Step::Certificate {
        say_completed(session, &done)?;
    } else {
        session.say(&format!("{done} {}.", words::capital(&minutes_left(overview.minutes_left))))?;
    }
    if let Some(due) = overview.due {
        let when = if due < session.world.now() { "It was due on" } else { "Due on" };
        session.say(&format!("{when} {}.", session.zone.until(due)))?;
        if let Some(reason) = session.training.reason() {
            let reason = words::sentence(&reason);
            session.say(&format!("Why you were asked: {reason}"))?;
        }
    }
    Ok(())
}

/// Says where damaged progress and the records of earlier runs lie; at the certificate those are told behind it.
fn say_files(session: &mut Session<'_, '_>, overview: &Overview) -> Result<(), Stop> {
    if let Some(aside) = session.world.set_aside() {
        let path = aside.display().to_string();
        session.console.say_whole("A file with progress that was damaged lies in:", &path)?;
    }
    if overview.next == Step::Certificate { Ok(()) } else { certificate::say_earlier(session) }
}

/// What comes next, in the words in which Enter offers it: two names for one thing are heard as two things. Only who is there already
/// hears what is to be done there. Beside it the step that is named.
fn next_from_here(session: &Session<'_, '_>) -> (String, Option<Step>) {
    let step = step_from_here(session);
    let words = match (&session.here, step) {
        (Place::Answered(module, _), _) if !is_asked(session, *module) => {
            return ("hear how the check went".to_owned(), None);
        }
        (Place::Policy(_), Step::Policy)
        | (Place::Sign, Step::Sign)
        | (Place::Assessment | Place::List, Step::Assessment) => deed(session, step),
        (here, Step::Check(module)) if here.answered_part() == Some(AnsweredPart::Check(module)) => {
            if is_asked(session, module) {
                format!("go on with {}", check_named(&session.training, module))
            } else {
                "try what was not right again".to_owned()
            }
        }
        (here, step) => match here.answered_part() {
            Some(AnsweredPart::Check(module)) if is_asked(session, module) => {
                format!("go on with what is asked again, or {}", words_to(session, step))
            }
            Some(AnsweredPart::Check(_) | AnsweredPart::Assessment) | None => words_to(session, step),
        },
    };
    (words, Some(step))
}

/// Whether a question of the check of this module is still to be answered.
fn is_asked(session: &Session<'_, '_>, module: usize) -> bool {
    session.training.check(module).is_some_and(|check| !check.open.is_empty())
}

/// The check of a module, with the title of its lesson.
fn check_named(training: &Training, module: usize) -> String {
    format!("the knowledge check of lesson {}, {}", module + 1, title(training, module))
}

fn title(training: &Training, module: usize) -> &str {
    training.course().modules.get(module).map_or("", |module| module.lesson.title.as_str())
}

/// Where going on leads from the place at which the learner is: the same that Enter offers there at its end, unless it leads back to
/// where they looked something up for.
fn step_from_here(session: &Session<'_, '_>) -> Step {
    let training = &session.training;
    match session.here {
        Place::Reading(Visit { text: Text::Lesson(module), back: None, .. }) => {
            let after = training.step_after_lesson(module).filter(|_| training.is_read(Text::Lesson(module)));
            after.unwrap_or(Step::Lesson(module))
        }
        Place::Check(module) | Place::Answered(module, _) | Place::Review(Answers::Check(module), _) => {
            let check = training.check(module);
            let is_done = check.is_some_and(|check| match check.state {
                CheckState::Finished { passed, .. } => passed || check.wrong().next().is_none(),
                CheckState::NotStarted | CheckState::UnderWay { .. } => false,
            });
            training.step_after_check(module).filter(|_| is_done).unwrap_or(Step::Check(module))
        }
        Place::Reading(_)
        | Place::Review(Answers::Attempt(_), _)
        | Place::Contents
        | Place::Assessment
        | Place::List
        | Place::Policy(_)
        | Place::Sign
        | Place::Certificate => training.step_to_go_on(),
    }
}

/// Says that the course is completed, or why it may have to be taken again, and how.
fn say_completed(session: &mut Session<'_, '_>, done: &str) -> Result<(), Stop> {
    let renewals = session.training.renewals(session.world.now());
    let over = renewals.iter().any(|renewal| matches!(renewal, Renewal::Over { .. }));
    session.say(&if over { done.to_owned() } else { format!("{done} Nothing is left to do.") })?;
    if renewals.is_empty() {
        return Ok(());
    }
    for renewal in renewals {
        session.say(&renewal.words(session.zone))?;
    }
    let typed = if session.can_be_taken_again() { "again" } else { "contents, then again" };
    session.say(&format!("To take the course again: type {typed}."))
}

/// What is to be done before there is something to sign: that to which Enter leads, of several things that are missing.
pub(super) fn next_deed(session: &Session<'_, '_>) -> String {
    deed(session, session.training.step_to_go_on())
}

/// What this step is.
fn deed(session: &Session<'_, '_>, step: Step) -> String {
    match step {
        // Hearing how it stands changes nothing.
        Step::Assessment if session.training.attempt().is_none() => {
            match session.training.assessment(session.world.now()) {
                AssessmentState::Waiting { until, .. } => {
                    format!("wait until the next attempt can begin, at {}", until.day_and_time(session.zone))
                }
                AssessmentState::NoneLeft => "ask for a new assignment, for no attempt is left".to_owned(),
                AssessmentState::Locked(_)
                | AssessmentState::Ready { .. }
                | AssessmentState::UnderWay { .. }
                | AssessmentState::Passed { .. }
                | AssessmentState::VersionMissing => "pass the assessment".to_owned(),
            }
        }
        Step::Policy if session.training.is_read(Text::Policy) => "agree to the policy".to_owned(),
        Step::Policy => "read the policy and agree to it".to_owned(),
        Step::Sign => "sign your completion record".to_owned(),
        Step::Lesson(_) | Step::Check(_) | Step::Assessment | Step::Certificate => words_to(session, step),
    }
}

/// What Enter does to come to the next step.
pub(super) fn next_words(session: &Session<'_, '_>) -> String {
    words_to(session, session.training.next_step())
}

/// What Enter does to come to this step: it opens a text or a page, and never begins, agrees or signs.
pub(super) fn words_to(session: &Session<'_, '_>, step: Step) -> String {
    let training = &session.training;
    match step {
        Step::Lesson(module) => {
            let lesson = format!("lesson {}, {}", module + 1, title(training, module));
            match training.lesson_state(module) {
                LessonState::Reading { percent, parts } => {
                    let section = parts.and_then(|_| {
                        let text = Text::Lesson(module);
                        section_at(training, text, place_to_go_on(training, text))
                    });
                    let from = section.map_or_else(
                        || format!("of which {percent} percent is read"),
                        |section| format!("in section {section}"),
                    );
                    format!("go on with {lesson}, {from}")
                }
                LessonState::NotStarted if is_without_beginning(training, Text::Lesson(module)) => {
                    format!("read {lesson}, from its beginning")
                }
                LessonState::NotStarted | LessonState::Read | LessonState::Changed(_) => {
                    format!("read {lesson}")
                }
            }
        }
        Step::Check(module) => {
            let check = training.check(module);
            let is_tried_again = check.as_ref().is_some_and(|check| check.left_to_try_again().is_some());
            let (what, how) = match check.map(|check| check.state) {
                Some(CheckState::UnderWay { .. }) => ("go on with", ""),
                Some(CheckState::Finished { passed: false, .. }) if is_tried_again => {
                    ("go on with", ", which is not passed yet")
                }
                // How it went is heard there, and what can be done about it.
                Some(CheckState::Finished { passed: false, .. }) => {
                    ("go back to", ", which is not passed yet")
                }
                Some(CheckState::Finished { passed: true, .. } | CheckState::NotStarted) | None => {
                    ("take", "")
                }
            };
            format!("{what} {}{how}", check_named(training, module))
        }
        Step::Assessment => match training.assessment(session.world.now()) {
            AssessmentState::UnderWay { .. } => "go on with the assessment".to_owned(),
            AssessmentState::Waiting { .. } | AssessmentState::NoneLeft => {
                "hear how the assessment stands".to_owned()
            }
            AssessmentState::Locked(_)
            | AssessmentState::Ready { .. }
            | AssessmentState::Passed { .. }
            | AssessmentState::VersionMissing => "go to the assessment".to_owned(),
        },
        Step::Policy if training.is_read(Text::Policy) => "hear the statement to agree to".to_owned(),
        Step::Policy if training.frontier(Text::Policy).is_some_and(|heard| !heard.is_at_beginning()) => {
            "go on with the policy".to_owned()
        }
        Step::Policy => "read the policy".to_owned(),
        Step::Sign => "come to the signature".to_owned(),
        Step::Certificate => "hear your certificate".to_owned(),
    }
}

/// How the lesson of a module stands: of one that was heard, but not from its beginning on, nothing counts yet, and it is more than
/// not started.
pub(super) fn lesson_words(training: &Training, module: usize) -> String {
    if !is_without_beginning(training, Text::Lesson(module)) {
        return words::lesson(training.lesson_state(module));
    }
    let text = Text::Lesson(module);
    let heard = section_at(training, text, training.place(text));
    let heard =
        heard.map_or_else(|| "looked into".to_owned(), |section| format!("last heard in section {section}"));
    format!("{heard}, its beginning is not read yet")
}

/// Whether something of a text was heard or seen, and not its beginning.
pub(super) fn is_without_beginning(training: &Training, text: Text) -> bool {
    let begins = training.frontier(text).is_some_and(Frontier::is_at_beginning);
    begins
        && !training.is_read(text)
        && training.read_before_change(text).is_none()
        && training.reading(text).is_some()
}

/// The heading above a place in a text, unless that is its title.
pub(super) fn section_at(training: &Training, text: Text, place: usize) -> Option<Printable> {
    let heading = training.text(text)?.document.headings().get(heading_at(training, text, place)?)?;
    Some(heading.text.clone())
}

/// Where a text goes on of which not all was heard. One whose beginning is missing begins with it: what was heard behind that is to be
/// heard again after it. Whoever came past a gap to the sources has nothing to be read before them but what is missing.
pub(super) fn place_to_go_on(training: &Training, text: Text) -> usize {
    let place = training.place(text);
    let missing = training.frontier(text).and_then(|heard| {
        let is_past_all = heard.percent_before(place) == 100;
        heard.unseen().filter(|_| heard.is_at_beginning() || is_past_all)
    });
    missing.map_or(place, |missing| missing.offset)
}

/// The heading above the place where somebody left off in a text of which the beginning is missing, as its index among all.
pub(super) fn heading_left_off_at(training: &Training, text: Text) -> Option<usize> {
    heading_at(training, text, training.place(text))
}

/// The index of the heading above this place among all headings, unless that is the title.
fn heading_at(training: &Training, text: Text, place: usize) -> Option<usize> {
    let lesson = training.text(text)?;
    let headings = lesson.document.headings();
    let index = headings.iter().rposition(|heading| heading.offset <= place)?;
    (headings[index].text.as_str() != lesson.title).then_some(index)
}

/// Says what a new version of the course changed.
pub(super) fn say_news(session: &mut Session<'_, '_>) -> Result<(), Stop> {
    for news in session.training.news() {
        let words = match news {
            News::LessonChanged { module, read } => {
                let (changed, to_be_read) = (read.change_words(), read.reading_words());
                format!("New: lesson {} has {changed}. It is to be {to_be_read}.", module + 1)
            }
            News::CheckChanged { module, questions } => {
                let which = counted(questions, "question", "questions");
                let check = format!("in the knowledge check of lesson {}", module + 1);
                if questions == 1 {
                    format!("New: {which} {check} is new or has changed. Only that is asked.")
                } else {
                    format!("New: {which} {check} are new or have changed. Only those are asked.")
                }
            }
            News::AttemptOnOlderVersion(versions) => versions.words(),
        };
        session.say(&words)?;
    }
    let waiting = session.training.policy_state() == Some(PolicyState::Open);
    if waiting { session.say("Your assessment is passed; the policy is waiting for you.") } else { Ok(()) }
}
