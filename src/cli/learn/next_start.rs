//! What the next start shows at once: drawn from what is stored, whenever the learner rests and when they leave.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, Scope};

use crate::clock::Timestamp;
use crate::course::{self, Course};
use crate::store::sqlite::SqliteProgress;
use crate::training::{Places, Training, World as _};
use crate::tui::{self, Options, Window};

use super::super::config_file::ConfigFile;
use super::super::courses;
use super::super::first_frames::{FirstFrames, Frame, Stamped, stamped};
use super::super::world::progress_file;
use super::Launch;

/// All that the next start depends on beside what the learner does.
pub(super) struct NextStart<'a> {
    launch: &'a Launch<'a>,
    frames: FirstFrames,
    course: Arc<Course>,
    /// The assignment that was named, as it was before it was read.
    named: Vec<Stamped>,
    /// The files of the course, as they were when they were last found to be those that were read.
    of_course: Mutex<Option<Vec<Stamped>>>,
    /// How often something was to be drawn, and a last time when the learner left.
    asked: AtomicUsize,
}

/// What the next start will find.
struct Found {
    training: Training,
    places: Places,
    made_of: Vec<Stamped>,
    at: Timestamp,
}

impl<'a> NextStart<'a> {
    pub(super) fn new(
        launch: &'a Launch<'a>,
        frames: FirstFrames,
        course: Arc<Course>,
        named: Vec<Stamped>,
    ) -> Self {
        Self { launch, frames, course, named, of_course: Mutex::default(), asked: AtomicUsize::new(0) }
    }

    /// The learner rests: draws on another thread what the next start would find by now.
    pub(super) fn rest<'scope>(&'scope self, scope: &'scope Scope<'scope, '_>) {
        let asked = self.ask();
        let Ok(window) = Window::present() else { return };
        let draw = move || self.keep(window, || self.asked.load(Ordering::SeqCst) == asked);
        // Where there is no thread to be had, whoever leaves keeps one.
        let _ = thread::Builder::new().spawn_scoped(scope, draw);
    }

    /// What is being drawn is wanted no more.
    pub(super) fn stop(&self) {
        self.ask();
    }

    /// The learner has left, and the store is closed: draws what the next start will find.
    pub(super) fn leave(&self, window: Window) {
        self.keep(window, || true);
    }

    fn ask(&self) -> usize {
        self.asked.fetch_add(1, Ordering::SeqCst) + 1
    }

    /// Keeps the first frames of the next start, or none when something is to be said or done before. What is no longer `wanted` on the
    /// way is for others to keep.
    fn keep(&self, window: Window, wanted: impl Fn() -> bool) {
        // One after the other, and so that nobody writes over what is newer.
        let mut of_course = self.of_course.lock().unwrap_or_else(PoisonError::into_inner);
        if !wanted() {
            return;
        }
        let read = ConfigFile::in_folder(self.launch.environment.config.as_deref()).read();
        let options = self.launch.options(&read);
        let found = read.notices.is_empty().then(|| self.found(&mut of_course)).flatten();
        let frames = found.and_then(|found| self.drawn(&found, window, &options, &wanted));
        if wanted() {
            self.frames.keep(&self.launch.conditions(&options), frames.unwrap_or_default());
        }
    }

    /// The frame of this window, and those of the sizes that were seen before.
    fn drawn(
        &self,
        found: &Found,
        window: Window,
        options: &Options,
        wanted: impl Fn() -> bool,
    ) -> Option<Vec<Frame>> {
        let Found { training, places, made_of, at } = found;
        let draw = |window, seen| {
            let (training, course) = (Some(training.clone()), Arc::clone(&self.course));
            let start = tui::Start { training, course, expected: None, notices: Vec::new() };
            let (still, until) = tui::first_frame(window, start, options, places.clone(), *at)?;
            Some(Frame { still, made_of: made_of.clone(), from: *at, until, seen })
        };
        let mut frames = vec![draw(window, *at)?];
        let others = self.frames.others(window);
        for other in others.iter().take_while(|_| wanted()) {
            frames.extend(draw(Window { size: other.still.size(), ..window }, other.seen));
        }
        Some(frames)
    }

    /// What is stored, if it has nothing to say; read by a connection of its own, so that nobody waits for it.
    fn found(&self, of_course: &mut Option<Vec<Stamped>>) -> Option<Found> {
        let store = SqliteProgress::open_sound(&progress_file(&self.launch.data))?;
        let mut world = self.launch.world(Arc::clone(&self.course), Some(store)).ok()?;
        let (files, places) = (world.files(), world.places());
        let before = stamped(&files).ok()?;
        let (training, at) = (world.as_stored()?, world.now());
        drop(world);
        // Another running copy may have been at it meanwhile.
        let mut made_of = stamped(&files).ok().filter(|after| *after == before)?;
        made_of.extend(self.named.iter().cloned());
        made_of.extend(self.course_as_read(of_course)?);
        Some(Found { training, places, made_of, at })
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
