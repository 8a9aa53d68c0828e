//! `countersign learn`: a course in the face that fits the terminal.

use std::fs;
use std::io;
use std::path::{self, Path, PathBuf};
use std::sync::Arc;
use std::thread;

use crate::clock::{Clock as _, SystemClock};
use crate::config::{Config, Face};
use crate::course::Course;
use crate::plain;
use crate::progress::Person;
use crate::shell::quoted;
use crate::store::sqlite::SqliteProgress;
use crate::tui::still::Still;
use crate::tui::{self, Canvas, Options, TuiError, Window};

use super::arguments::LearnArguments;
use super::config_file::{ConfigFile, Read};
use super::environment::{Environment, Terminal};
use super::error::Failure;
use super::face::{is_linear, linear_failure, linear_width};
use super::first_frames::{FirstFrames, Stamped, stamped};
use super::interruptions::{Interruptions, Remembering};
use super::printer::Printer;
use super::verify;
use super::world::{GivenAssignment, RealWorld, beside_store, progress_file};
use super::{Outcome, courses};
use next_start::NextStart;

mod next_start;

/// Said when the store cannot be opened in a moment: another program holds it, or what is wrong with it is to be found out. It fits the
/// smallest screen.
const STILL_OPENING: &str = "opening your progress: one moment";
/// The same on the normal screen.
const OPENING: &str = "Opening your progress: one moment.";

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
    let read = settings.read();
    let program = Stamped::program();
    let launch = Launch { arguments, environment, data, records, read, program };
    if is_linear(arguments.plain, arguments.full_screen, environment, &launch.read.config, printer) {
        launch.linear(&mut settings, printer)
    } else {
        launch.full_screen(&mut settings, printer)
    }
}

/// All that is known before anything of the course and of the learner is read.
struct Launch<'a> {
    arguments: &'a LearnArguments,
    environment: &'a Environment,
    data: PathBuf,
    records: PathBuf,
    read: Read,
    /// The program, as it is on the disk by now; it may be exchanged while it runs.
    program: Option<Stamped>,
}

/// What was read before a face begins.
struct Opened {
    world: RealWorld,
    start: tui::Start,
}

impl Launch<'_> {
    fn linear(self, settings: &mut ConfigFile, printer: Printer) -> Result<Outcome, Failure> {
        let (course, (), store) = beside_store(&self.data, || self.course(), || ());
        let course = course?;
        if self.is_to_wait_for(store.as_ref()) {
            printer.line(OPENING)?;
        }
        let Opened { mut world, start } = self.open(course, store)?;
        let tui::Start { training, course, expected, notices } = start;
        let Self { arguments, environment, read: Read { config, .. }, .. } = self;
        let width = linear_width(arguments.width, &config);
        // Whoever set this face for good need not hear at every start how to leave it.
        let can_switch = environment.terminal == Terminal::Full && config.face == Face::FullScreen;
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
        plain::run(&mut io::stdin().lock(), &mut output, &mut world, settings, start)
            .map_err(linear_failure)?;
        Ok(Outcome::Fine)
    }

    fn full_screen(self, settings: &mut ConfigFile, printer: Printer) -> Result<Outcome, Failure> {
        let options = self.options(&self.read);
        let frames = self.first_frames();
        // Where something is to be said first, nothing is shown before it.
        let window = Window::present().ok().filter(|_| self.read.notices.is_empty());
        let still = window.and_then(|window| {
            let kept =
                |frames: &FirstFrames| frames.read(window, &self.conditions(&options), SystemClock.now());
            self.form(window, &options).or_else(|| frames.as_ref().and_then(kept))
        });
        // First of all: it shows what is there to be shown, and then begins a thread. The system leaves the first one of a program on the
        // processor of its main thread, and the one that reads the course is to run beside it.
        let canvas = Canvas::prepare(&options, still).map_err(|error| no_screen(&error))?;
        let named = stamped(self.arguments.assignment.as_deref());
        let (course, mut screen, store) = beside_store(&self.data, || self.course(), || canvas.screen());
        let course = course?;
        if self.is_to_wait_for(store.as_ref()) {
            match &mut screen {
                // What stands there looks as if it could be used. Whoever cannot be told so will be told, when the face begins, what is
                // wrong with the terminal.
                Ok(screen) if canvas.is_shown() => drop(canvas.say(screen, STILL_OPENING)),
                Ok(_) | Err(_) => printer.line(OPENING)?,
            }
        }
        let Opened { mut world, start } = self.open(course, store)?;
        let course = Arc::clone(&start.course);
        let next = frames.zip(named.ok()).map(|(frames, named)| NextStart::new(&self, frames, course, named));
        let mut ended = thread::scope(|scope| {
            let rest = || next.iter().for_each(|next| next.rest(scope));
            let ended = screen
                .and_then(|screen| tui::run(start, &mut world, settings, options, canvas, screen, &rest))
                .map_err(|error| no_screen(&error))?;
            next.iter().for_each(NextStart::stop);
            // Before it is waited for a thread that draws.
            ended.lines.iter().try_for_each(|line| printer.line(line))?;
            Ok::<_, Failure>(ended)
        })?;
        // Only then is everything in its file.
        drop(world);
        if let Some(next) = &next {
            next.leave(ended.window);
        }
        ended.pass_on();
        Ok(Outcome::Fine)
    }

    /// Whether something is stored that could not be opened in a moment.
    fn is_to_wait_for(&self, store: Option<&SqliteProgress>) -> bool {
        store.is_none() && fs::metadata(progress_file(&self.data)).is_ok_and(|file| file.len() > 0)
    }

    fn course(&self) -> Result<Arc<Course>, Failure> {
        match &self.arguments.course {
            Some(path) => courses::load(path).map_err(|failure| unless_a_command(path, failure)),
            None => courses::bundled(),
        }
    }

    fn options(&self, read: &Read) -> Options {
        let line_by_line = in_face(self.arguments.course.as_deref(), "--plain");
        let Read { config, keymap, .. } = read;
        Options { line_by_line, ..self.environment.options(config.clone(), keymap.clone()) }
    }

    /// The form of somebody who was never here. It needs nothing of the course but its title.
    fn form(&self, window: Window, options: &Options) -> Option<Still> {
        let LearnArguments { course, assignment, .. } = self.arguments;
        let places = RealWorld::places_within(&self.data, &self.records);
        let is_first = assignment.is_none() && RealWorld::is_untouched(&places);
        let title = is_first.then(|| courses::title(course.as_deref())).flatten()?;
        let expected = person_of(&self.read.config);
        tui::first_form(window, &title, expected.as_ref(), options, places, SystemClock.now())
    }

    /// Where first frames are kept. Those of the bundled course are of one program, so of one that nobody knows there are none.
    fn first_frames(&self) -> Option<FirstFrames> {
        let is_known = self.program.is_some() || self.arguments.course.is_some();
        self.environment.cache.as_deref().filter(|_| is_known).map(FirstFrames::within)
    }

    /// What a first frame depends on beside the content of files.
    fn conditions(&self, options: &Options) -> String {
        let absolute = |path: &Path| path::absolute(path).ok();
        let LearnArguments { course, assignment, .. } = self.arguments;
        let [course, assignment] = [course, assignment].map(|named| named.as_deref().map(absolute));
        let data = absolute(&self.data);
        // A course in a folder stays what it is, whatever program shows it.
        let program = self.program.as_ref().filter(|_| course.is_none());
        format!("{data:?} {course:?} {assignment:?} {program:?} {}", options.look(SystemClock.now()))
    }

    /// The world with the assignment that was named, if one was.
    fn world(&self, course: Arc<Course>, store: Option<SqliteProgress>) -> Result<RealWorld, Failure> {
        let assignment = self.arguments.assignment.as_deref();
        let assignment = assignment.map(|path| assignment_in(path, &course)).transpose()?;
        Ok(RealWorld::new(self.data.clone(), self.records.clone(), course, assignment, store))
    }

    /// Reads what the learner has done.
    fn open(&self, course: Arc<Course>, store: Option<SqliteProgress>) -> Result<Opened, Failure> {
        let mut world = self.world(Arc::clone(&course), store)?;
        let expected = world.expected().or_else(|| person_of(&self.read.config));
        let training = world.start().map_err(Failure::of)?;
        let mut notices = self.read.notices.clone();
        notices.extend(world.take_notices());
        Ok(Opened { world, start: tui::Start { training, course, expected, notices } })
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
