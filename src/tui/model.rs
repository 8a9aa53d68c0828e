//! The face as a value: what it holds, and which message an event is.

mod bookmarks;
mod further;
mod greeting;
mod left_off;
mod preferences;
mod preview;
mod sentences;
mod update;
mod view;

use crossterm::event::{Event, MouseButton, MouseEventKind};
use ratatui::layout::{Position, Size};

use crate::clock::Timestamp;
use crate::printable::Printable;
use crate::progress::{Completion, Person};
use crate::training::Training;
use crate::tui::Start;
use crate::tui::areas::{Areas, SMALLEST};
use crate::tui::effect::{Effect, saving};
use crate::tui::everywhere::EVERYWHERE;
use crate::tui::keymap::{self, Binding, Key};
use crate::tui::message::{Destination, Message};
use crate::tui::overlay::Overlay;
use crate::tui::pane::{Context, Hits, View};
use crate::tui::pictures::Gallery;
use crate::tui::preview::{KEY_SHOWN, KEYS as PREVIEW, Message as PreviewMessage, Purpose};
use crate::tui::screens::{Screen, course, welcome};
use crate::tui::settings::Settings;
use crate::tui::widgets::answer::Drag;
use crate::tui::widgets::text;

/// The face of one learner.
#[derive(Debug)]
pub struct Model {
    purpose: Purpose,
    stage: Stage,
    overlay: Option<Overlay>,
    /// The first row of the overlay that is seen.
    scroll: usize,
    /// The run whose record is known to stand in a file.
    delivered: Option<u32>,
    /// Said above the keys until the next message.
    notice: Vec<Notice>,
    /// Of the learner's face.
    size: Size,
    /// Of everything that can be drawn on; the learner's face has less of it in a preview.
    terminal: Size,
    now: Timestamp,
    settings: Settings,
}

/// A part of what is said above the keys.
#[derive(Debug)]
struct Notice {
    words: Printable,
    /// What a click on it presses.
    key: Option<Key>,
}

/// Before and after somebody has said who they are.
#[derive(Debug)]
enum Stage {
    /// The first start.
    Welcome(Box<welcome::State>),
    /// In the course.
    Learning(Box<Learning>),
    /// In a preview, before the course can be shown for the first time.
    Waiting,
}

#[derive(Debug)]
struct Learning {
    training: Training,
    screen: Screen,
    /// The screens that something was looked up from, the latest last.
    below: Vec<Screen>,
    /// The part that was opened on the course although it was done.
    looked_at_again: Option<Destination>,
}

/// What the same keys do before the learner has said who they are.
const LEAVE_BEFORE: &str = "leave the program; nothing is kept";
/// What they do while something is typed that is kept once it is ended.
const LEAVE_TYPING: &str = "leave the program; all but what is being typed is saved";
/// What the same keys do in a preview.
const LEAVE_PREVIEW: &str = "leave the preview; nothing of it is kept";

/// While there is no course to be shown.
static WAITING: &[Binding<Message>] =
    &[Binding::new(&[Key::Char('q'), Key::Esc], Message::Quit, "leave the preview").hint("quit")];

impl Model {
    /// A face that begins with `start` on a terminal of this size, and what is to be done first. Whoever left off in the middle of
    /// something goes on there.
    #[must_use]
    pub fn open(start: Start, settings: Settings, terminal: Size, now: Timestamp) -> (Self, Vec<Effect>) {
        let mut model = Self::welcome(settings, &start.course.title, start.expected.as_ref(), now);
        model.resize(terminal);
        let mut effects = match start.training {
            Some(training) => model.begin(training),
            None => Vec::new(),
        };
        if !start.notices.is_empty() {
            model.lay_over(Overlay::Notices(start.notices));
        }
        if model.training().is_some_and(|training| training.further().is_none()) {
            effects.extend(model.return_to_left_off());
        }
        model.ask_about_further();
        (model, effects)
    }

    /// The form of somebody who was never here, on the smallest terminal.
    #[must_use]
    pub fn welcome(settings: Settings, course: &str, expected: Option<&Person>, now: Timestamp) -> Self {
        let stage = Stage::Welcome(Box::new(welcome::State::new(&settings, course, expected)));
        Self::with(stage, Purpose::Learn, settings, now)
    }

    fn with(stage: Stage, purpose: Purpose, settings: Settings, now: Timestamp) -> Self {
        Self {
            purpose,
            stage,
            overlay: None,
            scroll: 0,
            delivered: None,
            notice: Vec::new(),
            size: SMALLEST,
            terminal: SMALLEST,
            now,
            settings,
        }
    }

    /// Begins, or goes on with, `training` on the course screen.
    pub fn begin(&mut self, mut training: Training) -> Vec<Effect> {
        let changes = training.begin(self.now);
        let size = self.areas().body.as_size();
        let context = Context { training: &mut training, now: self.now, size, settings: &self.settings };
        let screen = Screen::Course(course::State::open_first(&context));
        self.stage = Stage::Learning(Box::new(Learning {
            training,
            screen,
            below: Vec::new(),
            looked_at_again: None,
        }));
        saving(changes)
    }

    /// Begins the training of somebody who introduced themselves just now: `made` is what was made for them.
    pub fn introduced(&mut self, training: Training, made: &'static str) -> Vec<Effect> {
        let effects = self.begin(training);
        if let Some((screens, context)) = self.learning_context() {
            // Not above the keys, where it is gone with the first of them.
            *screens.screen = Screen::Course(course::State::open_first(&context).telling(made));
        }
        effects
    }

    /// Goes on with `training` as another running copy left it.
    pub fn reloaded(&mut self, training: Training) -> Vec<Effect> {
        self.overlay = None;
        let training = match self.training() {
            Some(before) => training.reloaded_after(before),
            None => training,
        };
        let effects = self.begin(training);
        self.say("your last step here was not saved");
        self.ask_about_further();
        effects
    }

    /// What the learner has done; `None` before they said who they are.
    #[must_use]
    pub fn training(&self) -> Option<&Training> {
        match &self.stage {
            Stage::Welcome(_) | Stage::Waiting => None,
            Stage::Learning(learning) => Some(&learning.training),
        }
    }

    /// The same, to be changed by what the run loop did.
    pub fn training_mut(&mut self) -> Option<&mut Training> {
        match &mut self.stage {
            Stage::Welcome(_) | Stage::Waiting => None,
            Stage::Learning(learning) => Some(&mut learning.training),
        }
    }

    /// What is worth saying on the normal screen when the face has ended, in lines that have room there: a terminal breaks others within
    /// words, and names of files are copied.
    #[must_use]
    pub fn last_lines(&self) -> Vec<String> {
        let Some(training) = self.training() else { return Vec::new() };
        if matches!(self.purpose, Purpose::Preview(_)) {
            return Vec::new();
        }
        let delivered = |completion: &&Completion| self.delivered == Some(completion.run);
        let Some(completion) = training.completion().filter(delivered) else { return Vec::new() };
        let folder = &self.settings.places.records;
        let path = folder.join(&completion.file_name).display().to_string();
        let width = self.terminal.width;
        let has_room = |line: &str| Printable::new(line).width() <= width.into();
        let (said, whole) = ("completion record:", format!("completion record: {path}"));
        let mut lines = match (has_room(&whole), has_room(&path)) {
            (true, _) => vec![whole],
            (false, true) => vec![said.to_owned(), path],
            (false, false) => {
                let folder = format!("in {}", folder.display());
                vec![said.to_owned(), completion.file_name.clone(), folder]
            }
        };
        let goes = format!("where it goes: {}", training.deliver_to());
        lines.extend(text::wrapped(&goes, width).iter().map(ToString::to_string));
        lines
    }

    /// The screen that the learner is on; `None` before they said who they are.
    #[must_use]
    pub fn screen(&self) -> Option<&Screen> {
        match &self.stage {
            Stage::Welcome(_) | Stage::Waiting => None,
            Stage::Learning(learning) => Some(&learning.screen),
        }
    }

    /// What lies over the screen.
    #[must_use]
    pub fn overlay(&self) -> Option<&Overlay> {
        self.overlay.as_ref()
    }

    /// Sets the present moment.
    pub fn set_now(&mut self, now: Timestamp) {
        self.now = now;
    }

    /// It is drawn now on a terminal of this size. What comes of that is to be done before.
    pub fn prepare(&mut self, terminal: Size) -> Vec<Effect> {
        self.resize(terminal);
        if self.overlay.is_some() || self.key_shown().is_some() || !self.is_large_enough() {
            // Nobody sees the screen.
            return Vec::new();
        }
        match self.learning_context() {
            Some((screens, mut context)) => screens.screen.shown(&mut context),
            None => Vec::new(),
        }
    }

    /// The terminal has this size.
    pub fn resize(&mut self, terminal: Size) {
        self.terminal = terminal;
        let size = match &self.purpose {
            Purpose::Learn => terminal,
            Purpose::Preview(preview) => preview.face(terminal),
        };
        if size == self.size {
            return;
        }
        let from = self.areas().body.as_size();
        self.size = size;
        if let Some(gallery) = &self.settings.pictures {
            gallery.measure();
        }
        if let Some((screens, mut context)) = self.learning_context() {
            screens.screen.resize(from, &mut context);
        }
        self.fit_key();
    }

    /// From now on pictures are drawn.
    #[cfg(test)]
    pub(in crate::tui) fn open_studio(&mut self, studio: crate::tui::pictures::Studio) {
        self.settings.open_studio(studio);
    }

    /// Whether a picture has come that is to be drawn, or all are to be drawn in another way.
    pub fn take_picture_news(&mut self) -> bool {
        if self.settings.look_for_gallery() {
            if let Some((screens, mut context)) = self.learning_context() {
                screens.screen.resize(context.size, &mut context);
            }
            return true;
        }
        self.settings.pictures.as_ref().is_some_and(Gallery::take_news)
    }

    /// The terminal may have forgotten the pictures that it was given.
    pub fn forget_pictures(&mut self) {
        self.settings.pictures.iter().for_each(Gallery::forget);
    }

    /// When something happens by itself.
    #[must_use]
    pub fn wake(&self) -> Option<Timestamp> {
        match &self.stage {
            Stage::Welcome(_) | Stage::Waiting => None,
            Stage::Learning(learning) => learning.screen.wake(&self.view_of(learning)),
        }
    }

    /// Whether something is left to be done between two keys.
    #[must_use]
    pub fn is_working(&self) -> bool {
        match &self.stage {
            Stage::Welcome(_) | Stage::Waiting => false,
            Stage::Learning(learning) => learning.screen.is_working(),
        }
    }

    /// The message for `event`. `hits` is where things are on the screen as it was drawn last.
    #[must_use]
    pub fn message_for(&self, event: &Event, hits: &Hits<Message>) -> Option<Message> {
        self.meaning_of(event, hits).or_else(|| self.touch(event))
    }

    fn meaning_of(&self, event: &Event, hits: &Hits<Message>) -> Option<Message> {
        let keymap = &self.settings.keymap;
        let everywhere = || keymap.message_for(EVERYWHERE, event);
        if !self.is_large_enough() {
            // Nobody sees what they would do.
            return everywhere().filter(|message| matches!(message, Message::Quit | Message::Suspend));
        }
        if let Some(message) = self.preview_message_for(event) {
            return Some(Message::Preview(message));
        }
        if let Event::Mouse(mouse) = event {
            let at = Position { x: mouse.column, y: mouse.row };
            match mouse.kind {
                MouseEventKind::Down(MouseButton::Left) => return self.message_at(at, hits),
                MouseEventKind::Drag(MouseButton::Left) => return self.message_for_drag(at, Drag::Carries),
                MouseEventKind::Up(MouseButton::Left) => return self.message_for_drag(at, Drag::Ends),
                _ => {}
            }
        }
        if let Some(overlay) = &self.overlay {
            let global = |message: &Message| matches!(message, Message::Quit | Message::Suspend);
            return self
                .answer_beneath(overlay, event)
                .or_else(|| overlay.message_for(event, keymap).map(Message::Overlay))
                .or_else(|| everywhere().filter(global));
        }
        self.message_on_screen(event).or_else(|| self.meaning_elsewhere(event))
    }

    /// The message that the screen has for `event`, whatever lies over it.
    fn message_on_screen(&self, event: &Event) -> Option<Message> {
        let keymap = &self.settings.keymap;
        match &self.stage {
            Stage::Welcome(state) => keymap.message_for(state.keys(), event).map(Message::Welcome),
            Stage::Learning(learning) => learning.screen.message_for(event, keymap),
            Stage::Waiting => keymap::message_for(WAITING, event),
        }
        .or_else(|| self.keymap_everywhere().message_for(EVERYWHERE, event))
    }

    /// Who goes on answering while a note lies over the question has read it, or does not want to: what belongs to the answer counts,
    /// and closes it.
    fn answer_beneath(&self, overlay: &Overlay, event: &Event) -> Option<Message> {
        // Who has just come has not seen what is asked beneath.
        if !matches!(overlay, Overlay::Notices(_)) || self.has_greeting() {
            return None;
        }
        let answer = self.message_on_screen(event).filter(Message::is_of_answer)?;
        Some(Message::Beneath(Box::new(answer)))
    }

    /// A key that does something on another screen says where, instead of nothing.
    fn meaning_elsewhere(&self, event: &Event) -> Option<Message> {
        let Stage::Learning(learning) = &self.stage else { return None };
        let meaning = learning.screen.meaning_elsewhere(event, &self.settings.keymap)?;
        Some(Message::Say(meaning.words(&[self.columns_beside_help(), self.size.width])))
    }

    /// The message for an event that a preview takes for itself.
    fn preview_message_for(&self, event: &Event) -> Option<PreviewMessage> {
        let Purpose::Preview(preview) = &self.purpose else { return None };
        let own = keymap::message_for(PREVIEW, event);
        let Some(pad) = preview.key.as_ref().filter(|_| self.overlay.is_none()) else { return own };
        own.or_else(|| keymap::message_for(KEY_SHOWN, event))
            .or_else(|| pad.message_for_event(event).map(PreviewMessage::Pad))
    }

    fn message_at(&self, at: Position, hits: &Hits<Message>) -> Option<Message> {
        let hit = hits.iter().rev().find(|(area, _)| area.contains(at)).map(|(_, message)| message.clone());
        let inner = || match &self.stage {
            Stage::Learning(learning) if self.overlay.is_none() => {
                learning.screen.message_at(&self.view_of(learning), self.areas().body, at)
            }
            Stage::Welcome(_) | Stage::Learning(_) | Stage::Waiting => None,
        };
        hit.or_else(inner)
    }

    fn message_for_drag(&self, at: Position, drag: Drag) -> Option<Message> {
        match &self.stage {
            Stage::Learning(learning) if self.overlay.is_none() => {
                learning.screen.message_for_drag(self.areas().body, at, drag)
            }
            Stage::Welcome(_) | Stage::Learning(_) | Stage::Waiting => None,
        }
    }

    fn is_large_enough(&self) -> bool {
        // The line that says that it is a preview is not the learner's.
        self.terminal.width >= SMALLEST.width && self.terminal.height >= SMALLEST.height
    }

    fn areas(&self) -> Areas {
        Areas::of(self.size)
    }

    fn view_of<'a>(&'a self, learning: &'a Learning) -> View<'a> {
        View { training: &learning.training, now: self.now, settings: &self.settings }
    }

    /// The screens, and what their updates work with.
    fn learning_context(&mut self) -> Option<(Screens<'_>, Context<'_>)> {
        let size = self.areas().body.as_size();
        match &mut self.stage {
            Stage::Welcome(_) | Stage::Waiting => None,
            Stage::Learning(learning) => {
                let Learning { training, screen, below, looked_at_again } = &mut **learning;
                let context = Context { training, now: self.now, size, settings: &self.settings };
                Some((Screens { screen, below, looked_at_again }, context))
            }
        }
    }
}

struct Screens<'a> {
    screen: &'a mut Screen,
    below: &'a mut Vec<Screen>,
    looked_at_again: &'a mut Option<Destination>,
}

/// Who goes from text to text comes back through so many screens.
const KEPT_BELOW: usize = 64;

impl Screens<'_> {
    /// Shows `shown` until somebody goes back to this screen.
    fn lay_over(self, shown: Screen) {
        let screen = std::mem::replace(self.screen, shown);
        self.below.push(screen);
        if self.below.len() > KEPT_BELOW {
            // Not the first: there is the attempt, or the lesson, that everything was looked up for.
            self.below.remove(1);
        }
    }
}
