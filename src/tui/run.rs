//! The run loop: waits, draws, and hands what happens to a face.

mod click;

use std::time::{Duration, Instant};

use crossterm::event::Event;
use ratatui::backend::Backend;
use ratatui::layout::{Position, Rect, Size};
use ratatui::{Frame, Terminal};

use crate::tui::cells;
use crate::tui::modes::Modes;
use crate::tui::pane::Hits;
use click::{Hand, is_of_button};

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

    /// Whether something more has happened, as far as that can be said at once. A no may be a moment old: [`Session::next`] finds
    /// what it did not.
    ///
    /// # Errors
    /// When the terminal is gone in a way that nobody announced.
    fn has_more(&mut self) -> Result<bool, Self::Error> {
        Ok(true)
    }

    /// The present moment, to tell how soon one thing follows another.
    fn now(&self) -> Instant {
        Instant::now()
    }

    /// Gives the terminal back to the shell until the learner returns, if there is a shell; the return comes as
    /// [`Occurrence::Resumed`].
    ///
    /// # Errors
    /// When the terminal cannot be set up again.
    fn suspend(&mut self) -> Result<Suspension, Self::Error>;

    /// Sets mouse, order of text and cursor of the terminal.
    ///
    /// # Errors
    /// When the terminal is gone.
    fn set_modes(&mut self, modes: Modes) -> Result<(), Self::Error>;

    /// Asks the terminal to put `text` onto the clipboard. Whether it does, nobody tells.
    ///
    /// # Errors
    /// When the terminal is gone.
    fn copy(&mut self, text: &str) -> Result<(), Self::Error>;
}

/// What became of the wish to go to the shell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Suspension {
    /// The program stops as soon as the next thing is waited for.
    #[default]
    Begun,
    /// No shell is there that could continue it.
    NoShell,
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
    /// The terminal asked the program to stop, and no shell is there that could continue it: it goes on.
    NoShell,
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

/// For so long nothing is done after a frame but what somebody waits for: the system hands the frame to the terminal meanwhile, and
/// whoever turns pages fast has them saved together.
const BREATH: Duration = Duration::from_millis(5);

/// After so many frames without a breath, what is owed is done all the same.
const FRAMES_OWING: usize = 8;

/// After so long without anything a face rests: whoever goes on reads at least that long.
const REST: Duration = Duration::from_secs(1);

/// So many sizes of a terminal that is being resized are tried before the next event is taken.
const SIZES_TRIED: usize = 3;

/// What the loop runs: something that is drawn and takes messages. What is done outside of it is done by its methods that
/// are handed the session, and by no others.
pub trait Face {
    /// What happens to it.
    type Message: Clone + PartialEq;

    /// Does what is to be done before anything is drawn.
    ///
    /// # Errors
    /// When the session fails.
    fn begin<S: Session>(&mut self, session: &mut S) -> Result<Flow, S::Error>;

    /// It is about to be drawn on a terminal of this size: does what has to be done before anybody sees that.
    ///
    /// # Errors
    /// When the session fails.
    fn prepare<S: Session>(&mut self, size: Size, session: &mut S) -> Result<Flow, S::Error>;

    /// Draws everything and says what can be clicked where.
    fn view(&self, frame: &mut Frame<'_>) -> Hits<Self::Message>;

    /// Whether something is to be done that had only to be drawn before.
    fn owes(&self) -> bool {
        false
    }

    /// What is so is on the screen by now: does what it owes. `None` when nothing came of it that is to be drawn.
    ///
    /// # Errors
    /// When the session fails.
    fn drawn<S: Session>(&mut self, _session: &mut S) -> Result<Option<Flow>, S::Error> {
        Ok(None)
    }

    /// The message for `event`. `hits` is where things are on the screen as it was drawn last.
    fn message_for(&self, event: &Event, hits: &Hits<Self::Message>) -> Option<Self::Message>;

    /// Whether the message is one step of many: of everything else a double click is meant once.
    fn is_step(&self, message: &Self::Message) -> bool;

    /// Whether a click that says the message does so as soon as the button goes down, because something is held with it. Every other one
    /// acts when the button is let go, so that whoever pressed by mistake can let go elsewhere (WCAG 2.5.2).
    fn begins_when_pressed(&self, _message: &Self::Message) -> bool {
        false
    }

    /// Does what a message says.
    ///
    /// # Errors
    /// When the session fails.
    fn take<S: Session>(&mut self, message: Self::Message, session: &mut S) -> Result<Flow, S::Error>;

    /// When something happens by itself, from now on; with nothing to wait for, at once.
    fn wake(&self) -> Option<Duration>;

    /// Whether something is to be done for later, once nothing has happened for a moment.
    fn is_to_rest(&self) -> bool {
        false
    }

    /// Nothing has happened for a moment: does that. Nobody sees it, and the next key waits for it.
    fn rest(&mut self) {}

    /// Called when [`Self::wake`] is due.
    ///
    /// # Errors
    /// When the session fails.
    fn tick<S: Session>(&mut self, session: &mut S) -> Result<Flow, S::Error>;

    /// Somebody rang; `None` when nothing came of it that is to be drawn.
    ///
    /// # Errors
    /// When the session fails.
    fn called<S: Session>(&mut self, session: &mut S) -> Result<Option<Flow>, S::Error>;

    /// The learner came back from the shell: the terminal may have forgotten what it was given beside text.
    fn resumed(&mut self) {}

    /// Somebody wanted to go to the shell, and there is none.
    fn no_shell(&mut self);

    /// Whether its first frame shows what nobody can have meant who typed before.
    fn greets(&self) -> bool {
        false
    }

    /// What is asked that a key or a click answers which may have been meant for what was there before.
    fn question(&self) -> Option<Question>;

    /// It is about to end without being asked.
    fn last_words(&mut self);
}

/// Something is asked whose answer cannot be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// By the screen itself.
    Screen,
    /// By a panel over it.
    Panel,
}

/// Runs the face until it ends.
///
/// # Errors
/// When the terminal fails; everything that was shown as done is saved.
pub fn run<B: Backend, S: Session, F: Face>(
    terminal: &mut Terminal<B>,
    session: &mut S,
    face: &mut F,
) -> Result<Ending, RunError<B::Error, S::Error>> {
    let mut running = Running { session, face, hand: Hand::new() };
    let outcome = running.drive(terminal);
    if !matches!(outcome, Ok(Ending::Left)) {
        running.face.last_words();
    }
    outcome
}

/// Said to who wanted to go to the shell and cannot.
pub(super) const NO_SHELL: &str = "there is no shell to go back to";

/// Whether the face goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// It does.
    On,
    /// It does not.
    End(Ending),
}

/// What is on the screen.
struct Shown<M> {
    /// What can be clicked where.
    hits: Hits<M>,
    /// Whether something else should be there by now.
    stale: bool,
    /// Whether the terminal may have moved, or forgotten, what was drawn.
    lost: bool,
    /// Whether a question has come up that nobody has seen yet: what is typed already was not meant as its answer.
    unseen_question: bool,
}

/// A wait for something to happen.
#[derive(Debug, Clone, Copy)]
struct Wait {
    /// Without one it takes as long as it takes.
    timeout: Option<Duration>,
    /// What nothing having happened by then means.
    then: Then,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Then {
    /// Nobody typed ahead of the question that was drawn: what comes now answers it.
    Asked,
    /// What is owed can be done.
    Pay,
    /// The face rests.
    Rest,
    /// Something happens by itself.
    Tick,
}

/// A face with the session that it runs on.
struct Running<'a, S, F: Face> {
    session: &'a mut S,
    face: &'a mut F,
    hand: Hand<F::Message>,
}

impl<S: Session, F: Face> Running<'_, S, F> {
    /// Takes what happens and draws what is so, until the face ends.
    fn drive<B: Backend>(
        &mut self,
        terminal: &mut Terminal<B>,
    ) -> Result<Ending, RunError<B::Error, S::Error>> {
        let mut flow = self.face.begin(self.session).map_err(RunError::Session)?;
        let unseen_question = self.face.question().is_some() || self.face.greets();
        let mut shown = Shown { hits: Hits::new(), stale: true, lost: false, unseen_question };
        let mut owing = 0;
        loop {
            if let Flow::End(ending) = flow {
                return Ok(ending);
            }
            flow = self.draw(terminal, &mut shown)?;
            if flow != Flow::On {
                continue;
            }
            owing = if self.face.owes() { owing + 1 } else { 0 };
            if owing > FRAMES_OWING {
                flow = self.pay(&mut shown)?;
                continue;
            }
            let wait = self.next_wait(&shown, owing);
            flow = self.wait_and_take(terminal, &mut shown, wait)?;
        }
    }

    fn next_wait(&self, shown: &Shown<F::Message>, owing: usize) -> Wait {
        // What was typed before a question was drawn is looked for at once; whatever comes later answers.
        if shown.unseen_question {
            return Wait { timeout: Some(Duration::ZERO), then: Then::Asked };
        }
        if owing > 0 {
            return Wait { timeout: Some(BREATH), then: Then::Pay };
        }
        let timeout = self.face.wake();
        if self.face.is_to_rest() && timeout.is_none_or(|timeout| REST < timeout) {
            return Wait { timeout: Some(REST), then: Then::Rest };
        }
        Wait { timeout, then: Then::Tick }
    }

    fn draw<B: Backend>(
        &mut self,
        terminal: &mut Terminal<B>,
        shown: &mut Shown<F::Message>,
    ) -> Result<Flow, RunError<B::Error, S::Error>> {
        for _ in 0..SIZES_TRIED {
            if !shown.stale {
                break;
            }
            let size = terminal.size().map_err(RunError::Draw)?;
            if std::mem::take(&mut shown.lost) {
                // Not `Terminal::clear`: that asks the terminal where its cursor is and waits for the answer.
                terminal.resize(Rect::from((Position::ORIGIN, size))).map_err(RunError::Draw)?;
            }
            let before = self.face.question();
            let flow = self.face.prepare(size, self.session).map_err(RunError::Session)?;
            shown.unseen_question |= self.asks_anew(before);
            if flow != Flow::On {
                return Ok(flow);
            }
            let view = |frame: &mut Frame<'_>| {
                // The terminal may have become another one in between. What was made for more room must not be drawn.
                if frame.area().as_size() == size {
                    shown.hits = self.face.view(frame);
                    cells::mend(frame.buffer_mut());
                    shown.stale = false;
                }
            };
            terminal.draw(view).map_err(RunError::Draw)?;
        }
        Ok(Flow::On)
    }

    /// Waits until something happens, or for as long as `wait` says, and takes whatever has happened by then: a resize storm costs one frame.
    fn wait_and_take<B: Backend>(
        &mut self,
        terminal: &mut Terminal<B>,
        shown: &mut Shown<F::Message>,
        wait: Wait,
    ) -> Result<Flow, RunError<B::Error, S::Error>> {
        let mut timeout = wait.timeout;
        for taken in 0..EVENTS_PER_FRAME {
            let flow = match self.session.next(timeout).map_err(RunError::Session)? {
                Occurrence::TimeOut if taken > 0 || wait.then == Then::Asked => {
                    shown.unseen_question = false;
                    break;
                }
                Occurrence::TimeOut if wait.then == Then::Pay => return self.pay(shown),
                Occurrence::TimeOut if wait.then == Then::Rest => {
                    self.face.rest();
                    break;
                }
                Occurrence::Input(_) if shown.unseen_question => {
                    self.hand.forget();
                    Flow::On
                }
                occurrence => self.take(terminal, shown, occurrence)?,
            };
            if flow != Flow::On {
                return Ok(flow);
            }
            // What was typed before a question was seen is looked for thoroughly; anything else is taken after the frame.
            if !shown.unseen_question && !self.session.has_more().map_err(RunError::Session)? {
                break;
            }
            timeout = Some(Duration::ZERO);
        }
        Ok(Flow::On)
    }

    /// Does what follows from something that happened.
    fn take<B: Backend>(
        &mut self,
        terminal: &mut Terminal<B>,
        shown: &mut Shown<F::Message>,
        occurrence: Occurrence,
    ) -> Result<Flow, RunError<B::Error, S::Error>> {
        match occurrence {
            Occurrence::Input(event) => return self.input(terminal, shown, &event),
            Occurrence::TimeOut => {
                return self.by_itself(shown, |face, session| face.tick(session).map(Some));
            }
            Occurrence::Called => return self.by_itself(shown, Face::called),
            // It may have had another size in between.
            Occurrence::Resized => shown.lost = true,
            Occurrence::Resumed => {
                self.face.resumed();
                shown.lost = true;
            }
            Occurrence::NoShell => self.face.no_shell(),
            Occurrence::Ended(ending) => return Ok(Flow::End(ending)),
        }
        shown.stale = true;
        Ok(Flow::On)
    }

    /// Takes a key, the mouse or a paste.
    fn input<B: Backend>(
        &mut self,
        terminal: &mut Terminal<B>,
        shown: &mut Shown<F::Message>,
        event: &Event,
    ) -> Result<Flow, RunError<B::Error, S::Error>> {
        // What a click means depends on what is seen.
        if is_of_button(event) {
            let flow = self.draw(terminal, shown)?;
            // A question that was drawn just now, under the finger, is not answered.
            if flow != Flow::On || shown.unseen_question {
                self.hand.forget();
                return Ok(flow);
            }
        }
        let now = self.session.now();
        let Some((message, click)) = self.hand.meaning_of(event, self.face, &shown.hits, now) else {
            return Ok(Flow::On);
        };
        let before = self.face.question();
        let flow = self.face.take(message, self.session).map_err(RunError::Session)?;
        shown.stale = true;
        if let Some(click) = click {
            self.hand.has_clicked(click, self.session.now());
        }
        // Neither a paste nor impatient fingers may say yes: to opening an address, to giving up what is not saved, to
        // signing.
        shown.unseen_question |= self.asks_anew(before) || self.face.question() == Some(Question::Panel);
        Ok(flow)
    }

    /// Does what the face owes.
    fn pay<D>(&mut self, shown: &mut Shown<F::Message>) -> Result<Flow, RunError<D, S::Error>> {
        self.by_itself(shown, Face::drawn)
    }

    /// Lets the face do something without a key. A question that stood there before was seen, however often that happens.
    fn by_itself<D>(
        &mut self,
        shown: &mut Shown<F::Message>,
        act: impl FnOnce(&mut F, &mut S) -> Result<Option<Flow>, S::Error>,
    ) -> Result<Flow, RunError<D, S::Error>> {
        let before = self.face.question();
        let flow = act(self.face, self.session).map_err(RunError::Session)?;
        if flow.is_some() {
            shown.stale = true;
            shown.unseen_question |= self.asks_anew(before);
        }
        Ok(flow.unwrap_or(Flow::On))
    }

    /// Whether something is asked that was not asked `before`.
    fn asks_anew(&self, before: Option<Question>) -> bool {
        let now = self.face.question();
        now.is_some() && now != before
    }
}

#[cfg(test)]
mod tests;
