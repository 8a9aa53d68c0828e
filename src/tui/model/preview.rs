//! The face in the hands of a trainer: the course changes under it, and everything else goes on.

use std::mem;
use std::sync::Arc;

use super::{Learning, Model, Stage};
use crate::clock::Timestamp;
use crate::course::{Course, Fault, Shown};
use crate::progress::Progress;
use crate::training::{Edition, FileChange, Learner, Rest, Step, Succession, Training};
use crate::tui::effect::Effect;
use crate::tui::message::{Destination, Message};
use crate::tui::overlay::Overlay;
use crate::tui::pane::Context;
use crate::tui::preview::{self, Preview, PreviewStart, Purpose};
use crate::tui::screens::shared::{going_on, pad_size};
use crate::tui::screens::{Screen, course};
use crate::tui::settings::Settings;

impl Model {
    /// A face for a trainer, and what is to be done first.
    #[must_use]
    pub fn open_preview(start: PreviewStart, settings: Settings, now: Timestamp) -> (Self, Vec<Effect>) {
        let PreviewStart { learner, edition, rulers, mut notices } = start;
        notices.extend(edition.excuse());
        let purpose = Purpose::Preview(Box::new(Preview::new(learner, rulers)));
        let mut model = Self::with(Stage::Waiting, purpose, settings, now);
        if !notices.is_empty() {
            model.lay_over(Overlay::Notices(notices));
        }
        let effects = model.take_edition(edition);
        (model, effects)
    }

    /// The course has changed: whoever reads or answers stays where they are, as far as that is still there.
    pub fn take_edition(&mut self, edition: Edition) -> Vec<Effect> {
        let Purpose::Preview(preview) = &mut self.purpose else { return Vec::new() };
        let shows_something = matches!(self.stage, Stage::Learning(_));
        let has_whole = shows_something && preview.shown == Shown::Whole;
        let (Rest { course, shown, asked, .. }, faults) = match edition {
            Edition::Good { course, asked } => {
                (Rest { course, shown: Shown::Whole, asked, unshown: None }, Vec::new())
            }
            // What was whole stays until there is another whole one: whoever writes on breaks it for a moment.
            Edition::Faulty { faults, rest: Some(rest) } if rest.shown == Shown::Whole || !has_whole => {
                (rest, faults)
            }
            Edition::Faulty { faults, .. } => {
                preview.faults = faults;
                self.tell_faults(shows_something);
                return Vec::new();
            }
        };
        preview.shown = shown;
        let is_news = faults != preview.faults;
        let mended = !mem::replace(&mut preview.faults, faults).is_empty() && preview.faults.is_empty();
        let learner = preview.learner.clone();
        if mended && matches!(self.overlay, Some(Overlay::Faults(_))) {
            self.overlay = None;
        }
        let effects = self.show_edition(course, asked, learner, mended);
        if is_news && !mended {
            self.tell_faults(shows_something);
        }
        effects
    }

    fn show_edition(
        &mut self,
        course: Arc<Course>,
        asked: Option<Step>,
        learner: Learner,
        mended: bool,
    ) -> Vec<Effect> {
        match mem::replace(&mut self.stage, Stage::Waiting) {
            Stage::Learning(learning) => {
                let succession = Succession::new(Arc::clone(learning.training.course()), course);
                let said = self.carry_over(*learning, &succession);
                self.tell(if mended { format!("mended; {said}") } else { said });
                Vec::new()
            }
            Stage::Waiting | Stage::Welcome(_) => {
                let training = Training::new(course, Vec::new(), learner, None, Progress::default());
                let mut effects = self.begin(training.for_preview());
                effects.extend(asked.map(|step| Effect::Send(Box::new(going_on(step)))));
                if mended {
                    self.tell("mended".to_owned());
                }
                effects
            }
        }
    }

    /// Goes on with the next edition, and says what changed.
    fn carry_over(&mut self, learning: Learning, succession: &Succession) -> String {
        let Learning { training, screen, below, looked_at_again: _ } = learning;
        let mut training = training.revised(Arc::clone(succession.to()));
        let size = self.areas().body.as_size();
        let mut context = Context { training: &mut training, now: self.now, size, settings: &self.settings };
        let below: Vec<Screen> =
            below.into_iter().filter_map(|screen| screen.in_edition(succession, &mut context)).collect();
        let mut said = changed(&succession.files());
        let screen = screen.in_edition(succession, &mut context).unwrap_or_else(|| {
            said.push_str("; what was here is gone");
            Screen::Course(course::State::open(&context))
        });
        // Its number may be that of another part now.
        let looked_at_again = None;
        self.stage = Stage::Learning(Box::new(Learning { training, screen, below, looked_at_again }));
        self.look_at_key_again();
        said
    }

    fn tell(&mut self, words: String) {
        if let Purpose::Preview(preview) = &mut self.purpose {
            preview.said = words;
        }
    }

    /// Shows what was just found to be wrong, behind a notice that nobody has read yet. Where the course was on the screen already,
    /// somebody reads or types, and the number in the last row tells them.
    fn tell_faults(&mut self, was_on_screen: bool) {
        let Purpose::Preview(preview) = &mut self.purpose else { return };
        match &self.overlay {
            Some(Overlay::Faults(_)) => self.show_faults(),
            _ if was_on_screen => {}
            Some(Overlay::Notices(_)) => preview.faults_wait = true,
            _ => self.show_faults(),
        }
    }

    /// A notice was read: shows the faults that waited behind it.
    pub(super) fn show_waiting_faults(&mut self) {
        let Purpose::Preview(preview) = &self.purpose else { return };
        if preview.faults_wait && !preview.faults.is_empty() {
            self.show_faults();
        }
    }

    fn show_faults(&mut self) {
        let Purpose::Preview(preview) = &mut self.purpose else { return };
        preview.faults_wait = false;
        let faults: Vec<Fault> = preview.faults.clone();
        if matches!(self.overlay, Some(Overlay::Faults(_))) {
            // Whoever reads on in the faults stays where they are.
            self.overlay = Some(Overlay::Faults(faults));
        } else {
            self.lay_over(Overlay::Faults(faults));
        }
    }

    /// Does what `message` says.
    pub(super) fn update_preview(&mut self, message: preview::Message) -> Vec<Effect> {
        let Purpose::Preview(preview) = &mut self.purpose else { return Vec::new() };
        match message {
            preview::Message::Faults if matches!(self.overlay, Some(Overlay::Faults(_))) => {
                self.overlay = None;
            }
            preview::Message::Faults if preview.faults.is_empty() => {
                return self.update(Message::Say(
                    "the course has no errors; warnings: countersign author check".to_owned(),
                ));
            }
            preview::Message::Faults => self.show_faults(),
            preview::Message::Ruler => {
                preview.rulers.next(self.terminal.width);
                self.resize(self.terminal);
            }
            preview::Message::Key => {
                if preview.key.take().is_none() && !self.show_key() {
                    return self.update(Message::Say("there is no question here".to_owned()));
                }
            }
            preview::Message::Pad(message) => {
                if let Some(pad) = &mut preview.key {
                    pad.update(&message);
                }
            }
            preview::Message::Afresh => return self.begin_afresh(),
            preview::Message::CompleteAll => {
                preview.key = None;
                let now = self.now;
                let Some(training) = self.training_mut() else { return Vec::new() };
                training.complete_all(now);
                let done = training.completion().is_some();
                let there = if done { Destination::Certificate } else { Destination::Sign };
                return vec![Effect::Send(Box::new(Message::Go(there)))];
            }
        }
        Vec::new()
    }

    /// Forgets what was read and answered; what is on the screen is opened anew.
    fn begin_afresh(&mut self) -> Vec<Effect> {
        let now = self.now;
        if let Purpose::Preview(preview) = &mut self.purpose {
            preview.key = None;
        }
        let Some((screens, context)) = self.learning_context() else { return Vec::new() };
        let there = screens.screen.destination();
        *context.training = context.training.afresh(now);
        *screens.screen = Screen::Course(course::State::open(&context));
        screens.below.clear();
        vec![
            Effect::Send(Box::new(Message::Go(there))),
            Effect::Send(Box::new(Message::Say("begun afresh".to_owned()))),
        ]
    }

    /// Lays the question on the screen over it, with its key; whether there is one.
    fn show_key(&mut self) -> bool {
        let pad = self.screen().and_then(Screen::pad).map(|pad| {
            let mut pad = pad.clone();
            pad.reveal();
            Box::new(pad)
        });
        let Purpose::Preview(preview) = &mut self.purpose else { return false };
        preview.key = pad;
        preview.key.is_some()
    }

    /// The face has a new size.
    pub(super) fn fit_key(&mut self) {
        let size = pad_size(self.areas().body.as_size());
        if let Purpose::Preview(preview) = &mut self.purpose
            && let Some(pad) = &mut preview.key
        {
            pad.resize(size);
        }
    }

    fn look_at_key_again(&mut self) {
        let is_shown = matches!(&self.purpose, Purpose::Preview(preview) if preview.key.is_some());
        if is_shown {
            self.show_key();
        }
    }
}

/// Which files changed, in a few words.
fn changed(files: &[FileChange]) -> String {
    match files {
        [] => "reloaded".to_owned(),
        [one] => one.words(),
        [first, rest @ ..] => format!("{} and {} more", first.words(), rest.len()),
    }
}

#[cfg(test)]
mod tests;
