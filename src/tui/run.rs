//! The run loop: the only place of the face that touches the world outside.

use std::collections::VecDeque;
use std::time::Duration;

use crossterm::event::{Event, MouseEventKind};
use ratatui::Terminal;
use ratatui::backend::Backend;
use ratatui::layout::{Position, Rect};

use crate::record::claims::{AppClaim, Face};
use crate::report::certificate;
use crate::training::{Trouble, TroubleKind, World};
use crate::tui::effect::{Effect, NewLearner, Passphrase};
use crate::tui::message::{Destination, Message};
use crate::tui::model::Model;
use crate::tui::overlay::Overlay;
use crate::tui::pane::Hits;

/// Where events come from, and what is done with the terminal beside drawing.
pub trait Session {
    /// Why it cannot.
    type Error;

    /// The next thing that happens, after `timeout` at the latest. Without a timeout it waits as long as it takes, and
    /// costs nothing meanwhile.
    ///
    /// # Errors
    /// When the terminal is gone in a way that nobody announced.
    fn next(&mut self, timeout: Option<Duration>) -> Result<Occurrence, Self::Error>;

    /// Gives the terminal back to the shell until the learner returns, if there is a shell; the return comes as
    /// [`Occurrence::Resumed`].
    ///
    /// # Errors
    /// When the terminal cannot be set up again.
    fn suspend(&mut self) -> Result<(), Self::Error>;

    /// Asks the terminal to put `text` onto the clipboard. Whether it does, nobody tells.
    ///
    /// # Errors
    /// When the terminal is gone.
    fn copy(&mut self, text: &str) -> Result<(), Self::Error>;
}

/// Something that happens outside of the face.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Occurrence {
    /// A key, the mouse, a paste.
    Input(Event),
    /// Nothing happened for as long as was asked.
    TimeOut,
    /// Somebody rang: the world has something new.
    Called,
    /// The terminal has another size.
    Resized,
    /// The learner returned from the shell; nothing of what was drawn is left.
    Resumed,
    /// The face has to end.
    Ended(Ending),
}

/// Why a face ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The learner left.
    Left,
    /// The terminal is closed.
    HungUp,
    /// This signal asked for it.
    Signal(i32),
    /// Another thread of the program panicked.
    Broken,
}

/// Why a face could not go on.
#[derive(Debug)]
pub enum RunError<D, S> {
    /// Drawing failed.
    Draw(D),
    /// The session failed.
    Session(S),
}

/// At most so many events between two frames, so that a flood of input never keeps the screen from being drawn.
const EVENTS_PER_FRAME: usize = 256;

/// Runs the face until it ends.
///
/// # Errors
/// When the terminal fails; everything that was shown as done is saved.
pub fn run<B: Backend, S: Session, W: World + ?Sized>(
    terminal: &mut Terminal<B>,
    session: &mut S,
    world: &mut W,
    app: &AppClaim,
    model: &mut Model,
    first: Vec<Effect>,
) -> Result<Ending, RunError<B::Error, S::Error>> {
    let mut face = Running { world, session, app, model, waiting: VecDeque::new() };
    let outcome = face.drive(terminal, first);
    if !matches!(outcome, Ok(Ending::Left)) {
        face.last_words();
    }
    outcome
}

/// Whether the face goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    /// It does.
    On,
    /// It does not.
    End(Ending),
}

/// What is on the screen.
struct Shown {
    /// What can be clicked where.
    hits: Hits<Message>,
    /// Whether something else should be there by now.
    stale: bool,
    /// Whether a question has come up that nobody has seen yet: what is typed already was not meant as its answer.
    unseen_question: bool,
}

/// A face with everything that it runs on.
#[derive(Debug)]
pub(super) struct Running<'a, S, W: ?Sized> {
    pub(super) world: &'a mut W,
    pub(super) session: &'a mut S,
    pub(super) app: &'a AppClaim,
    pub(super) model: &'a mut Model,
    /// What failed, and what stood behind it.
    pub(super) waiting: VecDeque<Effect>,
}

impl<S: Session, W: World + ?Sized> Running<'_, S, W> {
    /// Takes what happens and draws what is so, until the face ends.
    fn drive<B: Backend>(
        &mut self,
        terminal: &mut Terminal<B>,
        first: Vec<Effect>,
    ) -> Result<Ending, RunError<B::Error, S::Error>> {
        let mut shown = Shown { hits: Hits::new(), stale: true, unseen_question: false };
        let mut flow = self.perform(first.into()).map_err(RunError::Session)?;
        loop {
            if let Flow::End(ending) = flow {
                return Ok(ending);
            }
            self.draw(terminal, &mut shown)?;
            flow = self.wait_and_take(terminal, &mut shown)?;
        }
    }

    fn draw<B: Backend>(
        &mut self,
        terminal: &mut Terminal<B>,
        shown: &mut Shown,
    ) -> Result<(), RunError<B::Error, S::Error>> {
        if shown.stale {
            self.model.set_now(self.world.now());
            self.model.resize(terminal.size().map_err(RunError::Draw)?);
            terminal.draw(|frame| shown.hits = self.model.view(frame)).map_err(RunError::Draw)?;
            shown.stale = false;
        }
        Ok(())
    }

    /// Waits until something happens, and takes whatever has happened by then: a resize storm costs one frame.
    fn wait_and_take<B: Backend>(
        &mut self,
        terminal: &mut Terminal<B>,
        shown: &mut Shown,
    ) -> Result<Flow, RunError<B::Error, S::Error>> {
        let mut timeout = self.until_wake();
        for _ in 0..EVENTS_PER_FRAME {
            let flow = match self.session.next(timeout).map_err(RunError::Session)? {
                Occurrence::TimeOut if timeout == Some(Duration::ZERO) => {
                    shown.unseen_question = false;
                    break;
                }
                Occurrence::Input(_) if shown.unseen_question => Flow::On,
                Occurrence::TimeOut => self.take(shown, Message::Tick)?,
                Occurrence::Called => self.take_edition(shown)?,
                Occurrence::Resized => {
                    shown.stale = true;
                    Flow::On
                }
                Occurrence::Resumed => {
                    let size = terminal.size().map_err(RunError::Draw)?;
                    // Not `Terminal::clear`: that asks the terminal where its cursor is and waits for the answer.
                    terminal.resize(Rect::from((Position::ORIGIN, size))).map_err(RunError::Draw)?;
                    shown.stale = true;
                    Flow::On
                }
                Occurrence::Ended(ending) => Flow::End(ending),
                Occurrence::Input(event) => {
                    // What a click means depends on what is seen.
                    if matches!(&event, Event::Mouse(mouse) if matches!(mouse.kind, MouseEventKind::Down(_)))
                    {
                        self.draw(terminal, shown)?;
                    }
                    match self.model.message_for(&event, &shown.hits) {
                        Some(message) => self.take(shown, message)?,
                        None => Flow::On,
                    }
                }
            };
            if flow != Flow::On {
                return Ok(flow);
            }
            timeout = Some(Duration::ZERO);
        }
        Ok(Flow::On)
    }

    fn take<D>(&mut self, shown: &mut Shown, message: Message) -> Result<Flow, RunError<D, S::Error>> {
        self.model.set_now(self.world.now());
        shown.stale = true;
        let flow = self.update(message).map_err(RunError::Session)?;
        // Neither a paste nor impatient fingers may say yes: to opening an address, to giving up what is not saved.
        shown.unseen_question |= self.model.overlay().is_some_and(Overlay::is_question);
        Ok(flow)
    }

    fn take_edition<D>(&mut self, shown: &mut Shown) -> Result<Flow, RunError<D, S::Error>> {
        let Some(edition) = self.world.edition() else { return Ok(Flow::On) };
        self.model.set_now(self.world.now());
        shown.stale = true;
        let effects = self.model.take_edition(edition);
        self.perform(effects.into()).map_err(RunError::Session)
    }

    fn until_wake(&mut self) -> Option<Duration> {
        let wake = self.model.wake()?;
        // At least a second: the clock counts in seconds, and a wake in the past must not become a busy loop.
        Some(Duration::from_secs(wake.seconds_since(self.world.now()).max(1)))
    }

    pub(super) fn update(&mut self, message: Message) -> Result<Flow, S::Error> {
        let effects = self.model.update(message);
        self.perform(effects.into())
    }

    pub(super) fn perform(&mut self, mut queue: VecDeque<Effect>) -> Result<Flow, S::Error> {
        if self.has_unsaved() && !queue.front().is_none_or(goes_past_what_is_unsaved) {
            // Changes build on each other: a later one is never kept before an older one, and never instead of it.
            self.waiting.append(&mut queue);
            return Ok(Flow::On);
        }
        while let Some(effect) = queue.pop_front() {
            match effect {
                Effect::Quit => return Ok(Flow::End(Ending::Left)),
                Effect::Suspend => self.session.suspend()?,
                Effect::Copy(text) => {
                    self.session.copy(&text)?;
                    prepend(
                        &mut queue,
                        self.model.update(Message::Say("copied, if the terminal allows it".to_owned())),
                    );
                }
                Effect::Send(message) => prepend(&mut queue, self.model.update(*message)),
                Effect::Retry => {
                    let waiting = std::mem::take(&mut self.waiting);
                    waiting.into_iter().rev().for_each(|effect| queue.push_front(effect));
                }
                Effect::Skip => {
                    let mut waiting = std::mem::take(&mut self.waiting);
                    waiting.retain(|effect| matches!(effect, Effect::Save(_)));
                    waiting.into_iter().rev().for_each(|effect| queue.push_front(effect));
                }
                Effect::Reload => match self.world.reload() {
                    Ok(training) => {
                        self.waiting.clear();
                        prepend(&mut queue, self.model.reloaded(training));
                    }
                    Err(trouble) => self.model.not_saved(Trouble { kind: TroubleKind::Conflict, ..trouble }),
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
                Effect::Open(address) => match self.world.open(&address) {
                    Ok(()) => {
                        prepend(&mut queue, self.model.update(Message::Say(format!("opened {address}"))));
                    }
                    // Not to be tried again at a key: every try may start another program.
                    Err(trouble) => self.model.not_opened(trouble),
                },
            }
        }
        Ok(Flow::On)
    }

    /// The face is about to end without being asked: what can still be saved is saved, in the order in which it was done.
    pub(super) fn last_words(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        for effect in waiting.into_iter().chain(self.model.leave()) {
            if let Effect::Save(changes) = effect
                && self.world.save(&changes).is_err()
            {
                // Nobody is left to be told. What came later builds on what cannot be saved.
                return;
            }
        }
    }

    fn has_unsaved(&self) -> bool {
        matches!(self.waiting.front(), Some(Effect::Save(_)))
    }

    fn wait(&mut self, failed: Effect, mut behind: VecDeque<Effect>) -> Flow {
        // What failed before in another way was told and is given up; what is not saved never is.
        let older = std::mem::take(&mut self.waiting);
        behind.extend(older.into_iter().filter(|effect| matches!(effect, Effect::Save(_))));
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
        Ok(self.model.begin(training))
    }

    fn sign(&mut self, passphrase: Option<&Passphrase>) -> Signing {
        let app = AppClaim { product: self.app.product.clone(), version: self.app.version.clone() };
        let Some(training) = self.model.training_mut() else { return Signing::Signed(Vec::new()) };
        let Some(claims) = training.claims(Face::FullScreen, app) else {
            // Signed already, or something is still to do: the course screen knows what.
            let done = training.completion().is_some();
            let there = if done { Destination::Certificate } else { Destination::Course };
            return Signing::Signed(vec![Effect::Send(Box::new(Message::Go(there)))]);
        };
        if passphrase.is_none() && self.world.key_is_protected() {
            self.model.ask_for_passphrase(None);
            return Signing::Asked;
        }
        let signed = match self.world.sign(&claims, passphrase.map(Passphrase::reveal)) {
            Ok(signed) => signed,
            Err(trouble) if trouble.kind == TroubleKind::Passphrase => {
                self.model.ask_for_passphrase(Some(trouble));
                return Signing::Asked;
            }
            Err(trouble) => return Signing::Failed(trouble),
        };
        let changes = match self.model.training_mut() {
            Some(training) => training.complete(signed.bytes, signed.digest, signed.file_name, signed.at),
            None => Vec::new(),
        };
        if let Err(trouble) = self.world.save(&changes) {
            return Signing::NotSaved(trouble, changes);
        }
        Signing::Signed(vec![Effect::Send(Box::new(Message::Go(Destination::Certificate)))])
    }

    fn deliver(&mut self, run: u32) -> Result<(), Trouble> {
        let completions = self
            .model
            .training()
            .map(|training| training.progress().completions.as_slice())
            .unwrap_or_default();
        let Some(completion) = completions.iter().find(|completion| completion.run == run) else {
            return Ok(());
        };
        self.world.deliver(completion)?;
        self.model.delivered(run);
        Ok(())
    }

    fn export(&mut self) -> Result<Vec<Effect>, Trouble> {
        let Some(training) = self.model.training() else { return Ok(Vec::new()) };
        let Some(shown) = training.certificate() else { return Ok(Vec::new()) };
        let name = certificate::page_name(&shown.completion.file_name);
        let page = certificate::html(&certificate::Page {
            claims: &shown.claims,
            signed_at: shown.completion.at,
            valid_until: shown.valid_until,
            digest: shown.completion.digest,
            file_name: &shown.completion.file_name,
            deliver_to: training.deliver_to(),
        });
        let path = self.world.export(&name, &page)?;
        Ok(self.model.update(Message::Say(format!("certificate: {}", path.display()))))
    }
}

enum Signing {
    Signed(Vec<Effect>),
    /// The learner is asked for the passphrase.
    Asked,
    Failed(Trouble),
    NotSaved(Trouble, Vec<crate::progress::Change>),
}

/// What the learner can do about something that is not saved.
fn goes_past_what_is_unsaved(effect: &Effect) -> bool {
    match effect {
        // Who goes to the shell may do so to free some space.
        Effect::Retry | Effect::Reload | Effect::Suspend | Effect::Quit => true,
        Effect::Save(_)
        | Effect::Send(_)
        | Effect::Introduce(_)
        | Effect::Sign(_)
        | Effect::Deliver(_)
        | Effect::Export
        | Effect::Open(_)
        | Effect::Copy(_)
        | Effect::Skip => false,
    }
}

fn prepend(queue: &mut VecDeque<Effect>, effects: Vec<Effect>) {
    effects.into_iter().rev().for_each(|effect| queue.push_front(effect));
}

#[cfg(test)]
mod tests;
