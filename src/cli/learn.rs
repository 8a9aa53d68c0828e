//! `countersign learn`: a course in the face that fits the terminal.

use std::env;
use std::io;
use std::path::{self, Path, PathBuf};
use std::sync::Arc;

use crate::clock::{Clock as _, SystemClock};
use crate::config::Config;
use crate::course::Course;
use crate::plain;
use crate::progress::Person;
use crate::shell::quoted;
use crate::store::sqlite::SqliteProgress;
use crate::training::World as _;
use crate::tui::{self, Canvas, Ended, Options, TuiError};

use super::arguments::LearnArguments;
use super::config_file::ConfigFile;
use super::environment::{Environment, Terminal};
use super::error::Failure;
use super::face::{is_linear, linear_failure, linear_width};
use super::first_page::FirstPage;
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
    let settings = ConfigFile::in_folder(environment.config.as_deref());
    let (config, notices) = settings.read();
    let start = Beginning { arguments, environment, data, records, settings, config, notices };
    if is_linear(arguments.plain, arguments.full_screen, environment, &start.config, printer) {
        start.linear()
    } else {
        start.full_screen(printer)
    }
}

/// All that is known before anything of the course and of the learner is read.
struct Beginning<'a> {
    arguments: &'a LearnArguments,
    environment: &'a Environment,
    data: PathBuf,
    records: PathBuf,
    settings: ConfigFile,
    config: Config,
    notices: Vec<String>,
}

/// What was read.
struct Read {
    world: RealWorld,
    start: tui::Start,
}

impl Beginning<'_> {
    fn linear(self) -> Result<Outcome, Failure> {
        let (course, (), store) = beside_store(&self.data, || self.course(), || ());
        let Read { mut world, start } = self.read(course?, store)?;
        let tui::Start { training, course, expected, notices } = start;
        let Self { arguments, environment, mut settings, config, .. } = self;
        let width = arguments.width.map_or_else(|| linear_width(environment, &config), usize::from);
        let can_switch = environment.terminal == Terminal::Full;
        let start = plain::Start {
            training,
            course,
            expected,
            notices,
            zone: environment.calendar,
            config,
            width,
            other_face: can_switch.then(|| in_face(arguments.course.as_deref(), "--full-screen")),
            farewell: plain::Farewell::default(),
        };
        let farewell = start.farewell.clone();
        let (mut output, last) = Remembering::new(io::stdout().lock());
        let _interruptions = Interruptions::begin(last, move || farewell.words());
        plain::run(&mut io::stdin().lock(), &mut output, &mut world, &mut settings, start)
            .map_err(linear_failure)?;
        Ok(Outcome::Fine)
    }

    fn full_screen(mut self, printer: Printer) -> Result<Outcome, Failure> {
        let options = self.options(self.config.clone());
        let first = self.environment.cache.as_deref().map(FirstPage::within);
        let page = first.as_ref().and_then(|first| first.read(&self.wanted(&options)));
        let no_screen = |error| no_screen(&error);
        // First of all: it begins a thread, and the system leaves the first one of a program on the processor of its main thread. The
        // one that reads the course is to run beside it.
        let canvas = Canvas::prepare(&options, page).map_err(no_screen)?;
        let (course, screen, store) = beside_store(&self.data, || self.course(), || canvas.screen());
        let Read { mut world, start } = self.read(course?, store)?;
        let course = Arc::clone(&start.course);
        let ended = screen
            .and_then(|screen| tui::run(start, &mut world, &mut self.settings, options, canvas, screen))
            .map_err(no_screen)?;
        if let Some(first) = first {
            self.keep(&first, world, course, &ended);
        }
        ended.pass_on();
        for line in ended.lines {
            printer.line(&line)?;
        }
        Ok(Outcome::Fine)
    }

    fn course(&self) -> Result<Arc<Course>, Failure> {
        match &self.arguments.course {
            Some(path) => courses::load(path).map_err(|failure| unless_a_command(path, failure)),
            None => courses::bundled(),
        }
    }

    fn options(&self, config: Config) -> Options {
        let line_by_line = in_face(self.arguments.course.as_deref(), "--plain");
        Options { line_by_line, ..self.environment.options(config) }
    }

    /// Everything but files that a first page depends on.
    fn wanted(&self, options: &Options) -> String {
        let named = |path: &Option<PathBuf>| path.as_deref().map(path::absolute);
        let LearnArguments { course, assignment, .. } = self.arguments;
        format!("{:?} {:?} {}", named(course), named(assignment), options.look(SystemClock.now()))
    }

    /// Reads what the learner has done.
    fn read(&self, course: Arc<Course>, store: Option<SqliteProgress>) -> Result<Read, Failure> {
        let assignment = self.arguments.assignment.as_deref();
        let assignment = assignment.map(|path| assignment_in(path, &course)).transpose()?;
        let expected = assignment.as_ref().map(|given| given.assignment.claims.person.clone());
        let expected = expected.or_else(|| person_of(&self.config));
        let (data, records) = (self.data.clone(), self.records.clone());
        let mut world = RealWorld::new(data, records, Arc::clone(&course), assignment, store);
        let training = world.start().map_err(Failure::of)?;
        let mut notices = self.notices.clone();
        notices.extend(world.take_notices());
        Ok(Read { world, start: tui::Start { training, course, expected, notices } })
    }

    /// Keeps what the next start will show first, if nothing stands in the way of that.
    fn keep(&self, first: &FirstPage, mut world: RealWorld, course: Arc<Course>, ended: &Ended) {
        let (config, notices) = self.settings.read();
        let Ok(Some(training)) = world.start() else { return };
        if !notices.is_empty() || !world.take_notices().is_empty() {
            return;
        }
        let mut made_of = world.files();
        // The bundled course is in the program itself.
        made_of.extend(env::current_exe());
        made_of.extend(self.arguments.course.iter().flat_map(|path| courses::places(path, &course)));
        made_of.extend(self.arguments.assignment.clone());
        let options = self.options(config);
        let start = tui::Start { training: Some(training), course, expected: None, notices: Vec::new() };
        let (wanted, now) = (self.wanted(&options), world.now());
        let page = tui::first_page(start, &options, world.places(), ended.size, now);
        // Only then is everything in the file of the store.
        drop(world);
        if let Some(page) = page {
            first.keep(&wanted, made_of, page);
        }
    }
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
fn assignment_in(path: &Path, course: &Course) -> Result<GivenAssignment, Failure> {
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
