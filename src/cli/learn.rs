//! `countersign learn`: a course in the face that fits the terminal.

use std::io;
use std::path::Path;
use std::sync::Arc;

use crate::clock::{Clock as _, SystemClock};
use crate::config::Config;
use crate::course::Course;
use crate::plain;
use crate::progress::Person;
use crate::shell::quoted;
use crate::tui::{self, Canvas, TuiError};

use super::arguments::LearnArguments;
use super::config_file::ConfigFile;
use super::environment::{Environment, Terminal};
use super::error::Failure;
use super::face::{is_linear, linear_failure, linear_width};
use super::interruptions::{Interruptions, Remembering};
use super::printer::Printer;
use super::verify;
use super::world::{GivenAssignment, RealWorld, beside_store};
use super::{Outcome, courses};

/// By how many seconds the clocks of two computers may differ.
const CLOCKS_DIFFER: u64 = 300;

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
    let mut settings = ConfigFile::in_folder(environment.config.as_deref());
    let (config, mut notices) = settings.read();
    let mut options = environment.options(config);
    options.line_by_line = in_face(arguments.course.as_deref(), "--plain");
    let read = || match &arguments.course {
        Some(path) => courses::load(path).map_err(|failure| unless_a_command(path, failure)),
        None => courses::bundled(),
    };
    let linear = is_linear(arguments.plain, arguments.full_screen, environment, &options.config, printer);
    // First of all: it begins a thread, and the system leaves the first one of a program on the processor of its main thread. The one
    // that reads the course is to run beside it.
    let canvas =
        (!linear).then(|| Canvas::prepare(&options)).transpose().map_err(|error| no_screen(&error))?;
    let (course, screen, early) = beside_store(&data, read, || canvas.as_ref().map(Canvas::screen));
    let course = course?;
    let assignment = arguments.assignment.as_deref().map(|path| assignment(path, &course)).transpose()?;
    let expected = assignment.as_ref().map(|given| given.assignment.claims.person.clone());
    let expected = expected.or_else(|| person_of(&options.config));
    let mut world = RealWorld::new(data, records, Arc::clone(&course), assignment, early);
    let training = world.start().map_err(Failure::of)?;
    notices.extend(world.take_notices());
    let Some((canvas, screen)) = canvas.zip(screen) else {
        let width = arguments.width.map_or_else(|| linear_width(environment, &options.config), usize::from);
        let can_switch = environment.terminal == Terminal::Full;
        let start = plain::Start {
            training,
            course,
            expected,
            notices,
            zone: environment.calendar,
            config: options.config,
            width,
            other_face: can_switch.then(|| in_face(arguments.course.as_deref(), "--full-screen")),
            farewell: plain::Farewell::default(),
        };
        let farewell = start.farewell.clone();
        let (mut output, last) = Remembering::new(io::stdout().lock());
        let _interruptions = Interruptions::begin(last, move || farewell.words());
        plain::run(&mut io::stdin().lock(), &mut output, &mut world, &mut settings, start)
            .map_err(linear_failure)?;
        return Ok(Outcome::Fine);
    };
    let start = tui::Start { training, course, expected, notices };
    let ended = screen
        .and_then(|screen| tui::run(start, &mut world, &mut settings, options, canvas, screen))
        .map_err(|error| no_screen(&error))?;
    for line in ended.lines {
        printer.line(&line)?;
    }
    Ok(Outcome::Fine)
}

/// The command that opens the same course with this option.
fn in_face(course: Option<&Path>, option: &str) -> String {
    match course {
        Some(path) => format!("countersign learn {} {option}", quoted(path.display().to_string())),
        None => format!("countersign {option}"),
    }
}

fn no_screen(error: &TuiError) -> Failure {
    Failure::new("the full-screen face cannot run here").because(error)
}

/// Who the learner is, as far as the settings say.
fn person_of(config: &Config) -> Option<Person> {
    let known = config.name.is_some() || config.employee_id.is_some();
    known.then(|| Person {
        name: config.name.clone().unwrap_or_default(),
        number: config.employee_id.clone().unwrap_or_default(),
        email: None,
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Whoever took the bundled course for the one that they were asked to take read the wrong one to its end.
    #[test]
    fn the_other_face_opens_the_same_course() {
        assert_eq!(in_face(None, "--plain"), "countersign --plain");
        assert_eq!(
            in_face(Some(Path::new("courses/a b")), "--plain"),
            "countersign learn 'courses/a b' --plain"
        );
    }
}
