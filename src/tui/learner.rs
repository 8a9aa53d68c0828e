//! The learner's face for the run loop: the model, and the world in which its effects are done.

mod written;

use std::collections::VecDeque;
use std::time::Duration;

use crossterm::event::Event;
use ratatui::Frame;
use ratatui::layout::Size;

use crate::config::{Keeper, NotKept};
use crate::progress::{Change, Person};
use crate::training::{Protection, Training, Trouble, TroubleKind, World};
use crate::tui::effect::{Due, Effect, NewLearner, Passphrase};
use crate::tui::message::{Destination, Message};
use crate::tui::model::Model;
use crate::tui::pane::Hits;
use crate::tui::run::{Ending, Face, Flow, NO_SHELL, Question, Session, Suspension};
use written::Signing;

/// The face of one learner with everything that it runs on.
pub struct Learner<'a, W: ?Sized> {
    /// Where its effects are done.
    pub world: &'a mut W,
    /// What keeps settings.
    pub keeper: &'a mut dyn Keeper,
    /// What it shows.
    pub model: &'a mut Model,
    /// What is to be done first; later what failed, and what stood behind it.
    pub waiting: VecDeque<Effect>,
    /// What is to be saved as soon as the next frame is drawn.
    pub once_drawn: Owed,
    /// What was on the screen before it, which what is typed already was meant for.
    pub before: Before,
    /// What is done for the next start, if something is.
    pub rest: Option<Rest<'a>>,
}

/// What is done for the next start while nothing happens.
pub struct Rest<'a> {
    /// Does it. The next key waits for it.
    pub begin: &'a dyn Fn(),
    /// Whether the next start may find something else than when that was done last.
    pub is_due: bool,
}

/// What was on the screen before the face.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Before {
    /// Nothing of ours, as far as anybody typed.
    #[default]
    Nothing,
    /// What it begins with.
    TheSame,
    /// Something that is not so any more.
    Another,
}

/// What is to be saved after a frame.
#[derive(Debug, Default)]
pub struct Owed {
    changes: Vec<Change>,
    due: Due,
}

impl Owed {
    fn add(&mut self, changes: Vec<Change>, due: Due) {
        self.changes.extend(changes);
        self.due = self.due.max(due);
    }
}

impl<W: World + ?Sized> Face for Learner<'_, W> {
    type Message = Message;

    fn begin<S: Session>(&mut self, session: &mut S) -> Result<Flow, S::Error> {
        let first = std::mem::take(&mut self.waiting);
        self.perform(first, session)
    }

    fn prepare<S: Session>(&mut self, size: Size, session: &mut S) -> Result<Flow, S::Error> {
        self.model.set_now(self.world.now());
        if self.once_drawn.due == Due::NextFrame
            && let Some(save) = self.take_once_drawn()
        {
            let flow = self.perform(VecDeque::from([save]), session)?;
            if flow != Flow::On {
                return Ok(flow);
            }
        }
        let effects = self.model.prepare(size);
        self.perform(effects.into(), session)
    }

    fn view(&self, frame: &mut Frame<'_>) -> Hits<Message> {
        self.model.view(frame)
    }

    fn owes(&self) -> bool {
        !self.once_drawn.changes.is_empty()
    }

    fn drawn<S: Session>(&mut self, session: &mut S) -> Result<Option<Flow>, S::Error> {
        let Some(save) = self.take_once_drawn() else { return Ok(None) };
        let flow = self.perform(VecDeque::from([save]), session)?;
        // Nobody sees that a place was saved, only that it was not.
        Ok(self.has_unsaved().then_some(flow))
    }

    fn message_for(&self, event: &Event, hits: &Hits<Message>) -> Option<Message> {
        self.model.message_for(event, hits)
    }

    fn is_step(&self, message: &Message) -> bool {
        message.is_step()
    }

    fn begins_when_pressed(&self, message: &Message) -> bool {
        message.takes_hold()
    }

    fn take<S: Session>(&mut self, message: Message, session: &mut S) -> Result<Flow, S::Error> {
        self.model.set_now(self.world.now());
        let is_deed = self.model.shows_greeting() && message != Message::Tick;
        let flow = self.update(message, session)?;
        if is_deed {
            // Not before: what stands behind the words was not seen.
            self.model.fall_silent();
        }
        Ok(flow)
    }

    fn is_to_rest(&self) -> bool {
        self.rest.as_ref().is_some_and(|rest| rest.is_due) && self.waiting.is_empty()
    }

    fn rest(&mut self) {
        if let Some(rest) = &mut self.rest {
            rest.is_due = false;
            (rest.begin)();
        }
    }

    fn tick<S: Session>(&mut self, session: &mut S) -> Result<Flow, S::Error> {
        self.take(Message::Tick, session)
    }

    fn called<S: Session>(&mut self, session: &mut S) -> Result<Option<Flow>, S::Error> {
        let news = self.model.take_picture_news();
        let Some(edition) = self.world.edition() else { return Ok(news.then_some(Flow::On)) };
        self.model.set_now(self.world.now());
        let effects = self.model.take_edition(edition);
        self.perform(effects.into(), session).map(Some)
    }

    fn resumed(&mut self) {
        self.model.forget_pictures();
    }

    fn no_shell(&mut self) {
        self.model.note(NO_SHELL);
    }

    fn wake(&self) -> Option<Duration> {
        if self.model.is_working() {
            // A key that is there already comes first.
            return Some(Duration::ZERO);
        }
        let wake = self.model.wake()?;
        // At least a second: the clock counts in seconds, and a wake in the past must not become a busy loop.
        Some(Duration::from_secs(wake.seconds_since(self.world.now()).max(1)))
    }

    fn greets(&self) -> bool {
        match self.before {
            Before::Nothing => self.model.has_greeting(),
            Before::TheSame => false,
            Before::Another => true,
        }
    }

    fn question(&self) -> Option<Question> {
        match self.model.overlay() {
            Some(overlay) => overlay.is_question().then_some(Question::Panel),
            None => self.model.screen()?.is_question().then_some(Question::Screen),
        }
    }

    /// What can still be saved is saved, in the order in which it was done.
    fn last_words(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        let once_drawn = self.take_once_drawn();
        for effect in waiting.into_iter().chain(once_drawn).chain(self.model.leave()) {
            if let Effect::KeepSettings(settings) = &effect {
                // Nobody is left to be told.
                let _ = self.keeper.keep(self.model.config(), settings);
            }
            if let Effect::Save(changes) | Effect::SaveOnceDrawn(changes, _) = effect
                && self.world.save(&changes).is_err()
            {
                // Nobody is left to be told. What came later builds on what cannot be saved.
                return;
            }
        }
    }
}

impl<W: World + ?Sized> Learner<'_, W> {
    pub(super) fn update<S: Session>(&mut self, message: Message, session: &mut S) -> Result<Flow, S::Error> {
        let effects = self.model.update(message);
        self.perform(effects.into(), session)
    }

    pub(super) fn perform<S: Session>(
        &mut self,
        mut queue: VecDeque<Effect>,
        session: &mut S,
    ) -> Result<Flow, S::Error> {
        if self.has_unsaved() && !queue.front().is_none_or(goes_past_what_is_unsaved) {
            // Changes build on each other: a later one is never kept before an older one, and never instead of it.
            self.waiting.append(&mut queue);
            return Ok(Flow::On);
        }
        while let Some(effect) = queue.pop_front() {
            if !touches_nothing(&effect)
                && let Some(save) = self.take_once_drawn()
            {
                // What is done next may build on it, or be the last thing that is done.
                queue.push_front(effect);
                queue.push_front(save);
                continue;
            }
            self.rest.iter_mut().for_each(|rest| rest.is_due |= !touches_nothing(&effect));
            match effect {
                Effect::SaveOnceDrawn(changes, due) => self.once_drawn.add(changes, due),
                Effect::Quit => return Ok(Flow::End(Ending::Left)),
                Effect::Suspend => self.suspend(session)?,
                Effect::Copy(copied) => {
                    session.copy(copied.text())?;
                    prepend(&mut queue, self.model.update(Message::Say(copied.said())));
                }
                Effect::SetModes(modes) => session.set_modes(modes)?,
                Effect::KeepSettings(settings) => match self.keeper.keep(self.model.config(), &settings) {
                    Ok(()) => {
                        prepend(&mut queue, self.model.update(Message::Say(self.model.settings_kept())));
                    }
                    Err(NotKept { message, hint }) => {
                        let message = format!("they hold until you leave, and are not kept: {message}");
                        let trouble = Trouble { kind: TroubleKind::Other, message, hint };
                        return Ok(self.fail(trouble, Effect::KeepSettings(settings), queue));
                    }
                },
                Effect::Send(message) => prepend(&mut queue, self.model.update(*message)),
                Effect::Retry => {
                    let waiting = std::mem::take(&mut self.waiting);
                    waiting.into_iter().rev().for_each(|effect| queue.push_front(effect));
                }
                Effect::Skip => {
                    let mut waiting = std::mem::take(&mut self.waiting);
                    waiting.retain(is_save);
                    waiting.into_iter().rev().for_each(|effect| queue.push_front(effect));
                }
                Effect::Reload => match self.world.reload() {
                    Ok(training) => {
                        self.waiting.clear();
                        prepend(&mut queue, self.model.reloaded(training));
                    }
                    Err(trouble) => self.model.not_reloaded(trouble),
                },
                Effect::Save(changes) => {
                    if let Err(trouble) = self.world.save(&changes) {
                        self.model.not_saved(trouble);
                        return Ok(self.wait(Effect::Save(changes), queue));
                    }
                }
                Effect::Introduce(learner) => match self.introduce(&learner) {
                    Ok(effects) => prepend(&mut queue, effects),
                    Err(trouble) => return Ok(self.fail(trouble, Effect::Introduce(learner), queue)),
                },
                Effect::Correct(person) => match self.correct(&person) {
                    Ok(effects) => prepend(&mut queue, effects),
                    Err(trouble) => return Ok(self.fail(trouble, Effect::Correct(person), queue)),
                },
                Effect::Sign(passphrase) => match self.sign(passphrase.as_ref()) {
                    Signing::Signed(effects) => prepend(&mut queue, effects),
                    Signing::Asked => {}
                    Signing::Failed(trouble) => {
                        return Ok(self.fail(trouble, Effect::Sign(passphrase), queue));
                    }
                    Signing::NotSaved(trouble, changes) => {
                        self.model.not_saved(trouble);
                        queue.push_front(Effect::Send(Box::new(Message::Go(Destination::Certificate))));
                        return Ok(self.wait(Effect::Save(changes), queue));
                    }
                },
                Effect::Deliver(run) => {
                    if let Err(trouble) = self.deliver(run) {
                        return Ok(self.fail(trouble, Effect::Deliver(run), queue));
                    }
                }
                Effect::Export => match self.export() {
                    Ok(effects) => prepend(&mut queue, effects),
                    Err(trouble) => return Ok(self.fail(trouble, Effect::Export, queue)),
                },
                Effect::WriteNotes(page) => match self.write_notes(&page) {
                    Ok(effects) => prepend(&mut queue, effects),
                    Err(trouble) => return Ok(self.fail(trouble, Effect::WriteNotes(page), queue)),
                },
                Effect::Open(address) => match self.world.open(&address) {
                    Ok(()) => {
                        prepend(&mut queue, self.model.update(Message::Say(format!("opened {address}"))));
                    }
                    // Not to be tried again at a key: every try may start another program.
                    Err(trouble) => self.model.not_opened(address, trouble),
                },
            }
        }
        Ok(Flow::On)
    }

    fn suspend<S: Session>(&mut self, session: &mut S) -> Result<(), S::Error> {
        match session.suspend()? {
            Suspension::Begun => {}
            Suspension::NoShell => self.no_shell(),
        }
        Ok(())
    }

    /// The save of what waited for a frame, if something did.
    fn take_once_drawn(&mut self) -> Option<Effect> {
        let Owed { changes, .. } = std::mem::take(&mut self.once_drawn);
        (!changes.is_empty()).then_some(Effect::Save(changes))
    }

    fn has_unsaved(&self) -> bool {
        matches!(self.waiting.front(), Some(Effect::Save(_)))
    }

    fn wait(&mut self, failed: Effect, mut behind: VecDeque<Effect>) -> Flow {
        // What failed before in another way was told and is given up; what is not saved never is.
        let older = std::mem::take(&mut self.waiting);
        behind.extend(older.into_iter().filter(is_save));
        behind.push_front(failed);
        self.waiting = behind;
        Flow::On
    }

    fn fail(&mut self, trouble: Trouble, failed: Effect, behind: VecDeque<Effect>) -> Flow {
        self.model.failed(trouble);
        self.wait(failed, behind)
    }

    fn introduce(&mut self, learner: &NewLearner) -> Result<Vec<Effect>, Trouble> {
        let passphrase = learner.passphrase.as_ref().map(Passphrase::reveal);
        let training = self.world.introduce(&learner.person, passphrase)?;
        // What was typed could not be read.
        Ok(self.model.introduced(training, Protection::by(passphrase).made()))
    }

    fn correct(&mut self, person: &Person) -> Result<Vec<Effect>, Trouble> {
        let answered = self.model.training().and_then(Training::assigned).cloned();
        self.world.correct(person, answered.as_ref())?;
        if let Some(training) = self.model.training_mut() {
            training.correct(person.clone());
        }
        let mut effects = self.model.update(Message::Back);
        effects.extend(self.model.update(Message::Say("kept: who you are".to_owned())));
        Ok(effects)
    }
}

/// What the learner can do about something that is not saved.
fn goes_past_what_is_unsaved(effect: &Effect) -> bool {
    match effect {
        // Who goes to the shell may do so to free some space.
        Effect::Retry
        | Effect::Reload
        | Effect::Suspend
        | Effect::KeepSettings(_)
        | Effect::SetModes(_)
        | Effect::Quit => true,
        Effect::Save(_)
        | Effect::SaveOnceDrawn(..)
        | Effect::Send(_)
        | Effect::Introduce(_)
        | Effect::Correct(_)
        | Effect::Sign(_)
        | Effect::Deliver(_)
        | Effect::Export
        | Effect::WriteNotes(_)
        | Effect::Open(_)
        | Effect::Copy(_)
        | Effect::Skip => false,
    }
}

fn is_save(effect: &Effect) -> bool {
    matches!(effect, Effect::Save(_) | Effect::SaveOnceDrawn(..))
}

/// Whether it neither saves anything nor ends anything, so that what waits for a frame can go on waiting.
fn touches_nothing(effect: &Effect) -> bool {
    match effect {
        Effect::SaveOnceDrawn(..) | Effect::Send(_) | Effect::Copy(_) | Effect::SetModes(_) => true,
        Effect::Save(_)
        | Effect::Introduce(_)
        | Effect::Correct(_)
        | Effect::Sign(_)
        | Effect::Deliver(_)
        | Effect::Export
        | Effect::WriteNotes(_)
        | Effect::Open(_)
        | Effect::KeepSettings(_)
        | Effect::Reload
        | Effect::Retry
        | Effect::Skip
        | Effect::Suspend
        | Effect::Quit => false,
    }
}

fn prepend(queue: &mut VecDeque<Effect>, effects: Vec<Effect>) {
    effects.into_iter().rev().for_each(|effect| queue.push_front(effect));
}
