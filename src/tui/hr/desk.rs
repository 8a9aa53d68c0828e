//! The dashboard for the run loop: the model, and the office in which its effects are done.

use std::time::Duration;

use crossterm::event::Event;
use ratatui::Frame;
use ratatui::layout::Size;
use zeroize::Zeroizing;

use crate::config::{Keeper, NotKept};
use crate::registry::office::{Office, Trouble, TroubleKind};
use crate::tui::hr::effect::Effect;
use crate::tui::hr::message::Message;
use crate::tui::hr::model::Model;
use crate::tui::pane::Hits;
use crate::tui::run::{Ending, Face, Flow, NO_SHELL, Question, Session, Suspension};

/// The dashboard of one officer with everything that it runs on.
pub struct Desk<'a, O: ?Sized> {
    /// Where its effects are done.
    pub office: &'a mut O,
    /// What keeps settings.
    pub keeper: &'a mut dyn Keeper,
    /// What it shows.
    pub model: &'a mut Model,
}

impl<O: Office + ?Sized> Face for Desk<'_, O> {
    type Message = Message;

    fn begin<S: Session>(&mut self, session: &mut S) -> Result<Flow, S::Error> {
        let first = self.model.begin();
        self.perform(first, session)
    }

    fn prepare<S: Session>(&mut self, size: Size, _session: &mut S) -> Result<Flow, S::Error> {
        self.model.set_now(self.office.now());
        self.model.resize(size);
        Ok(Flow::On)
    }

    fn view(&self, frame: &mut Frame<'_>) -> Hits<Message> {
        self.model.view(frame)
    }

    fn message_for(&self, event: &Event, hits: &Hits<Message>) -> Option<Message> {
        self.model.message_for(event, hits)
    }

    /// Nothing is used up here by being seen, and what is decided is asked about.
    fn is_step(&self, _message: &Message) -> bool {
        true
    }

    fn take<S: Session>(&mut self, message: Message, session: &mut S) -> Result<Flow, S::Error> {
        self.model.set_now(self.office.now());
        let effects = self.model.update(message);
        self.perform(effects, session)
    }

    fn no_shell(&mut self) {
        self.model.say(NO_SHELL);
    }

    fn wake(&self) -> Option<Duration> {
        // While there is something to look for, only as long as nothing else is to be done.
        self.model.is_busy().then_some(Duration::ZERO)
    }

    fn tick<S: Session>(&mut self, _session: &mut S) -> Result<Flow, S::Error> {
        self.model.go_on();
        Ok(Flow::On)
    }

    fn called<S: Session>(&mut self, session: &mut S) -> Result<Option<Flow>, S::Error> {
        let mut heard = None;
        while let Some(news) = self.office.news() {
            self.model.set_now(self.office.now());
            let effects = self.model.hear(news);
            let mut flow = self.perform(effects, session)?;
            while flow == Flow::On
                && let Some(event) = self.model.next_early()
            {
                if let Some(message) = self.model.message_for(&event, &Hits::new()) {
                    flow = self.take(message, session)?;
                }
            }
            heard = Some(flow);
            if flow != Flow::On {
                break;
            }
        }
        Ok(heard)
    }

    fn question(&self) -> Option<Question> {
        self.model.has_question().then_some(Question::Panel)
    }

    fn last_words(&mut self) {
        self.model.cut_short();
        // It is in the log with its signed head, or it is not: a signal ends the process in the middle.
        self.office.settle();
    }
}

impl<O: Office + ?Sized> Desk<'_, O> {
    fn perform<S: Session>(&mut self, effects: Vec<Effect>, session: &mut S) -> Result<Flow, S::Error> {
        for effect in effects {
            match effect {
                Effect::Quit => return Ok(Flow::End(Ending::Left)),
                Effect::Suspend => match session.suspend()? {
                    Suspension::Begun => {}
                    Suspension::NoShell => self.no_shell(),
                },
                Effect::Copy(copied) => {
                    session.copy(copied.text())?;
                    self.model.say(&copied.said());
                }
                Effect::SetModes(modes) => session.set_modes(modes)?,
                Effect::KeepSettings(settings) => match self.keeper.keep(self.model.config(), &settings) {
                    Ok(()) => {
                        let words = self.model.settings_kept();
                        self.model.say(&words);
                    }
                    Err(NotKept { message, hint }) => {
                        let message = format!("they hold until you leave, and are not kept: {message}");
                        let hints = hint.into_iter().collect();
                        self.model.failed(Trouble {
                            kind: TroubleKind::Other,
                            messages: vec![message],
                            hints,
                        });
                    }
                },
                Effect::Read(at) => {
                    self.office.read(at);
                    self.model.reads(at);
                }
                Effect::ReadAt(typed) => match self.office.moment(&typed) {
                    Ok(at) => {
                        self.office.read(at);
                        self.model.reads(at);
                    }
                    Err(trouble) => self.model.no_such_moment(&typed, trouble),
                },
                Effect::Person(number) => match self.office.person(&number, self.model.at()) {
                    Ok(Some(file)) => self.model.show_person(file),
                    Ok(None) => self.model.show_nobody(&number),
                    Err(trouble) => self.model.failed(trouble),
                },
                Effect::Record(digest) => match self.office.record(&digest) {
                    Ok(file) => self.model.show_record(file),
                    Err(trouble) => self.model.failed(trouble),
                },
                Effect::Aside(digest) => match self.office.aside(&digest) {
                    Ok(file) => self.model.show_aside(file),
                    Err(trouble) => self.model.failed(trouble),
                },
                Effect::Decide(ruling, None) if self.office.key_is_protected() => {
                    self.model.ask_for_passphrase(ruling, None);
                }
                Effect::Decide(ruling, passphrase) => {
                    let secret = passphrase.map(|secret| Zeroizing::new(secret.reveal().to_owned()));
                    self.model.decides(&ruling);
                    self.office.decide(ruling, secret);
                }
            }
        }
        Ok(Flow::On)
    }
}
