//! What the next start shows at once: drawn from what is stored, whenever the learner rests and when they leave.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::Scope;

use crate::clock::Timestamp;
use crate::course::{self, Course};
use crate::training::{Places, Training};
use crate::tui::{self, Window};

use super::super::config_file::ConfigFile;
use super::super::courses;
use super::super::first_frames::{FirstFrames, Frame, Stamped, stamped};
use super::Launch;

/// All that the next start depends on beside what the learner does.
pub(super) struct NextStart<'a> {
    launch: &'a Launch<'a>,
    frames: FirstFrames,
    course: Arc<Course>,
    places: Places,
    /// The files and folders of the learner that a start reads.
    files: Vec<PathBuf>,
    /// The assignment that was named, as it was before it was read.
    named: Vec<Stamped>,
    /// The files of the course, as they were when they were last found to be those that were read.
    of_course: Mutex<Option<Vec<Stamped>>>,
    /// How often something was to be drawn.
    asked: AtomicUsize,
}

/// What the next start will find.
struct Found {
    training: Training,
    made_of: Vec<Stamped>,
    at: Timestamp,
}

impl<'a> NextStart<'a> {
    pub(super) fn new(
        launch: &'a Launch<'a>,
        frames: FirstFrames,
        course: Arc<Course>,
        places: Places,
        files: Vec<PathBuf>,
        named: Vec<Stamped>,
    ) -> Self {
        let of_course = Mutex::default();
        Self { launch, frames, course, places, files, named, of_course, asked: AtomicUsize::new(0) }
    }

    /// The learner rests: draws on another thread what the next start will find by now.
    pub(super) fn rest<'scope>(
        &'scope self,
        scope: &'scope Scope<'scope, '_>,
        training: Training,
        at: Timestamp,
    ) {
        // All that was done is in these files by now, and nothing else.
        let Some(found) = self.found(Some(training), at) else { return };
        let asked = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let Ok(window) = Window::present() else { return };
        let draw = move || self.keep(window, Some(found), || self.asked.load(Ordering::SeqCst) == asked);
        // Where there is no thread to be had, whoever leaves keeps one.
        let _ = std::thread::Builder::new().spawn_scoped(scope, draw);
    }

    /// The learner has left, and the store is closed: draws what the next start will find, if it has nothing to say.
    pub(super) fn leave(&self, window: Window, training: Option<Training>, at: Timestamp) {
        self.keep(window, self.found(training, at), || true);
    }

    fn found(&self, training: Option<Training>, at: Timestamp) -> Option<Found> {
        let mut made_of = stamped(&self.files).ok()?;
        made_of.extend(self.named.iter().cloned());
        Some(Found { training: training?, made_of, at })
    }

    /// Keeps the first frames of the next start, or none when something is to be said or done before. What `is_last` no longer holds for
    /// by then is for others to keep.
    fn keep(&self, window: Window, found: Option<Found>, is_last: impl Fn() -> bool) {
        // One after the other, and so that nobody writes over what is newer.
        let mut of_course = self.of_course.lock().unwrap_or_else(PoisonError::into_inner);
        if !is_last() {
            return;
        }
        let read = ConfigFile::in_folder(self.launch.environment.config.as_deref()).read();
        let options = self.launch.options(&read);
        let conditions = self.launch.conditions(&options);
        let found = found.filter(|_| read.notices.is_empty());
        let frames = found.zip(self.course_as_read(&mut of_course)).and_then(|(found, of_course)| {
            let Found { training, mut made_of, at } = found;
            made_of.extend(of_course);
            let draw = |window, seen| {
                let (training, course) = (Some(training.clone()), Arc::clone(&self.course));
                let start = tui::Start { training, course, expected: None, notices: Vec::new() };
                let (still, until) = tui::first_frame(window, start, &options, self.places.clone(), at)?;
                Some(Frame { still, made_of: made_of.clone(), from: at, until, seen })
            };
            let present = draw(window, at)?;
            let others = self.frames.others(window);
            let others = others
                .iter()
                .filter_map(|frame| draw(Window { size: frame.still.size(), ..window }, frame.seen));
            Some(std::iter::once(present).chain(others).collect())
        });
        if is_last() {
            self.frames.keep(&conditions, frames.unwrap_or_default());
        }
    }

    /// The files of the course as they are, if they are still what was read. `before` is when that was last so.
    fn course_as_read(&self, before: &mut Option<Vec<Stamped>>) -> Option<Vec<Stamped>> {
        // What is bundled changes with the program.
        let Some(path) = &self.launch.arguments.course else { return Some(Vec::new()) };
        let now = stamped(courses::places(path, &self.course)).ok()?;
        if before.as_ref() != Some(&now) {
            let files = courses::files(path).ok()?;
            if course::digest(&files) != self.course.digest {
                return None;
            }
            *before = Some(now.clone());
        }
        Some(now)
    }
}
