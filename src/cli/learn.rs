//! `countersign learn`: a course in the face that fits the terminal.

use std::io;
use std::path::Path;
use std::sync::Arc;

use crate::clock::{Clock as _, SystemClock};
use crate::course::Course;
use crate::plain::PlainError;
use crate::tui::pictures::Pictures;
use crate::{plain, tui};

use super::arguments::LearnArguments;
use super::environment::{Environment, Terminal};
use super::error::Failure;
use super::printer::Printer;
use super::verify;
use super::world::{GivenAssignment, RealWorld};
use super::{Outcome, courses};

/// By how many seconds the clocks of two computers may differ.
const CLOCKS_DIFFER: u64 = 300;

/// How wide the linear face writes at most: comfortable to read.
pub(super) const LINEAR_WIDTH: usize = 72;

pub(super) fn run(
    arguments: &LearnArguments,
    environment: &Environment,
    printer: Printer,
) -> Result<Outcome, Failure> {
    let no_home = || {
        Failure::new("the system names no folder for your progress")
            .hint("set COUNTERSIGN_HOME to a folder of your own")
    };
    let data = environment.data.clone().ok_or_else(no_home)?;
    let records = environment.records.clone().ok_or_else(no_home)?;
    let course = match &arguments.course {
        Some(path) => courses::load(path).map_err(|failure| unless_a_command(path, failure))?,
        None => courses::bundled()?,
    };
    let assignment = arguments.assignment.as_deref().map(|path| assignment(path, &course)).transpose()?;
    let expected = assignment.as_ref().map(|given| given.assignment.claims.person.clone());
    let mut world = RealWorld::new(data, records, Arc::clone(&course), assignment);
    let training = world.start().map_err(Failure::of)?;
    let notices = world.take_notices();
    let linear = arguments.plain || environment.accessible || environment.terminal != Terminal::Full;
    if linear {
        let width = environment.columns.map_or(LINEAR_WIDTH, |columns| columns.min(LINEAR_WIDTH));
        let start = plain::Start { training, course, expected, notices, zone: environment.zone, width };
        plain::run(&mut io::stdin().lock(), &mut io::stdout().lock(), &mut world, start)
            .map_err(linear_failure)?;
    } else {
        let start = tui::Start { training, course, expected, notices };
        let theme = if environment.no_color { tui::theme::Theme::PLAIN } else { tui::theme::Theme::COLOURED };
        let pictures = environment.pictures(Pictures::Auto);
        let options = tui::Options { theme, zone: environment.zone, links: environment.links, pictures };
        let ended = tui::run(start, &mut world, options)
            .map_err(|error| Failure::new("the full-screen face cannot run here").because(&error))?;
        for line in ended.lines {
            printer.line(&line)?;
        }
    }
    Ok(Outcome::Fine)
}

pub(super) fn linear_failure(error: PlainError) -> Failure {
    match error {
        PlainError::Output(error) => Failure::stdout(error),
        PlainError::NotSaved(trouble) => Failure::new("the last step was not saved").caused_by(trouble),
        PlainError::Input(_) => Failure::new("the linear face cannot go on").because(&error),
    }
}

/// Who misspells a command gets here with it as the name of a course.
fn unless_a_command(path: &Path, failure: Failure) -> Failure {
    if path.exists() || path.components().count() > 1 {
        return failure;
    }
    failure.hint("commands are learn, author, verify and generate; see countersign --help")
}

/// An assignment that this course can answer.
fn assignment(path: &Path, course: &Course) -> Result<GivenAssignment, Failure> {
    let (bytes, assignment) = verify::assignment(path)?;
    let wanted = &assignment.claims.course;
    if wanted.course_id != course.id {
        return Err(Failure::new(format!(
            "the assignment is for the course {} ({}), and this is {} ({})",
            wanted.course_id, wanted.title, course.id, course.title
        ))
        .hint("name the folder or pack of that course: countersign learn COURSE --assignment FILE"));
    }
    if wanted.digest != course.digest {
        return Err(Failure::new(format!(
            "the assignment is for another version of this course: {} ({}), and this is {} ({})",
            wanted.version,
            wanted.digest.short(),
            course.version,
            course.digest.short()
        ))
        .hint("ask HR for that version of the course, or for a new assignment"));
    }
    let issued = assignment.claims.issued_at;
    if issued.seconds_since(SystemClock.now()) > CLOCKS_DIFFER {
        return Err(Failure::new(format!(
            "the assignment was issued at {issued}, and the clock of this computer is before that"
        ))
        .hint("set the clock: a record from before its assignment counts for nothing"));
    }
    Ok(GivenAssignment { assignment, bytes })
}
