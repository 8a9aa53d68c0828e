//! What keys mean on a pad.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseEventKind};

use super::body::Body;
use super::choice::Many;
use super::{AnswerPad, CERTAINTIES, CertaintyLine, PadMessage, Stage, Way};
use crate::training::SEVERAL_EARN;
use crate::tui::edit::Edit;

impl AnswerPad {
    /// What `key` means here; `None` leaves it to the screen. `Enter` is the screen's as soon as there is nothing left
    /// for it to do here, which includes that everything was seen.
    #[must_use]
    pub fn message_for(&self, key: KeyEvent) -> Option<PadMessage> {
        let message = self.message_for_press(key)?;
        match key.kind {
            KeyEventKind::Press => Some(message),
            // A key held down may run along a list, but must not decide a whole story or flicker a tick.
            KeyEventKind::Repeat => message.can_repeat().then_some(message),
            KeyEventKind::Release => None,
        }
    }

    fn message_for_press(&self, key: KeyEvent) -> Option<PadMessage> {
        let scrolling = match key.code {
            KeyCode::PageUp => Some(PadMessage::Scroll(Way::Back)),
            KeyCode::PageDown => Some(PadMessage::Scroll(Way::On)),
            _ => None,
        };
        match self.stage {
            // At the end they are the screen's.
            Stage::Revealed if matches!(key.code, KeyCode::Char(' ') | KeyCode::Enter) => {
                self.can_read_on().then_some(PadMessage::Scroll(Way::On))
            }
            Stage::Revealed => scrolling.or_else(|| reading_message(key)),
            Stage::Answering => scrolling.or_else(|| self.answering_message(key)),
        }
    }

    /// The keys that mean something on this pad right now, for the screen's line of keys and its help.
    #[must_use]
    pub fn keys(&self) -> Vec<(&'static str, &'static str)> {
        if self.stage == Stage::Revealed {
            let keys = if self.can_read_on() { "Space ↑ ↓ PgUp PgDn" } else { "↑ ↓ PgUp PgDn" };
            return if self.scrolls() { vec![(keys, "scroll")] } else { Vec::new() };
        }
        let mut keys = self.keys_to_answer();
        if self.scrolls() {
            let keys_to_scroll = match self.body {
                Body::Matching(_) => "PgUp PgDn Space",
                Body::Filling(_) if !self.is_typing() => "PgUp PgDn Space",
                Body::Filling(_)
                | Body::Choosing(_)
                | Body::Ordering(_)
                | Body::Typing(_)
                | Body::Story(_) => "PgUp PgDn",
            };
            keys.push((keys_to_scroll, "scroll"));
        }
        if self.has_unseen() {
            keys.push(("Enter", "see the rest before anything is handed in"));
        }
        keys
    }

    /// Those by which it is answered.
    pub(super) fn keys_to_answer(&self) -> Vec<(&'static str, &'static str)> {
        let asks_certainty = self.certainty != CertaintyLine::NotAsked;
        let next_gap = ("Tab", if asks_certainty { "next gap, then how sure" } else { "next gap" });
        let mut keys = match &self.body {
            Body::Choosing(choosing) if choosing.many() == Many::Several => {
                vec![("1-9 Space", "tick"), ("↑ ↓", "move"), ("[x]", SEVERAL_EARN)]
            }
            Body::Choosing(_) => vec![("1-9 Space", "choose"), ("↑ ↓", "move")],
            Body::Matching(_) => {
                vec![
                    ("↑ ↓", "left side"),
                    ("1-9 ← →", "right side"),
                    ("Backspace", "clear"),
                    ("•", "a sign, no key: another left side has this right side"),
                ]
            }
            Body::Ordering(_) => {
                let mut keys = vec![
                    ("↑ ↓", "go to"),
                    ("K J", "move it"),
                    ("Shift-↑ ↓ - +", "move it, too; K and J are capitals"),
                    ("1-9", "to this place"),
                    ("mouse", "hold a line, and let it go in another place"),
                ];
                if self.response().is_none() {
                    keys.push(("Space", "answer with the order as it is"));
                }
                keys
            }
            Body::Typing(_) => vec![("← → Home End", "move"), ("Ctrl-U", "clear")],
            Body::Filling(_) if self.is_typing() => {
                vec![next_gap, ("Ctrl-U", "clear"), ("↑ ↓", "to another gap"), ("← → Home End", "move")]
            }
            Body::Filling(_) => {
                vec![
                    next_gap,
                    ("1-9 ← →", "choose"),
                    ("↑ ↓ Home End", "to another gap"),
                    ("Backspace", "clear"),
                ]
            }
            Body::Story(story) => {
                let mut keys = Vec::new();
                if story.items() > 0 && story.is_pausing() {
                    keys.push(("Enter Space", "read on"));
                } else if story.items() > 0 {
                    keys.extend([("1-9 Space", "mark"), ("Enter", "decide"), ("↑ ↓", "move")]);
                }
                if story.can_go_back() {
                    keys.extend([("Backspace", "step back"), ("r", "begin again")]);
                }
                keys
            }
        };
        if asks_certainty && !matches!(self.body, Body::Filling(_)) {
            keys.push(("Tab", "how sure"));
        }
        keys
    }

    /// Whether not all of it is seen at once.
    fn scrolls(&self) -> bool {
        self.window.len() > self.window.height()
    }

    /// What Enter does here, in a few words, as long as that is not the screen's.
    #[must_use]
    pub fn enter(&self) -> Option<&'static str> {
        if self.stage == Stage::Revealed {
            return self.can_read_on().then_some("see rest");
        }
        let own = match &self.body {
            Body::Story(story) => story.enter(),
            Body::Matching(_)
            | Body::Choosing(_)
            | Body::Ordering(_)
            | Body::Typing(_)
            | Body::Filling(_) => None,
        };
        let next_open = self.next_open().map(|open| self.way_to(open, "to open side", "to empty gap"));
        // Where nothing more is to be seen of the one with the focus, another one comes.
        let unseen =
            || self.unseen_elsewhere().map(|item| self.way_to(item, "to unseen side", "to unseen gap"));
        let rest = || self.has_unseen().then_some("see rest");
        next_open.or_else(unseen).or_else(rest).or(own)
    }

    /// What Enter does that goes to this left side or gap, in the words for one that lies before the focus unless it lies behind.
    fn way_to(&self, item: usize, side_before: &'static str, gap_before: &'static str) -> &'static str {
        let lies_before = item < self.focus;
        match &self.body {
            Body::Matching(_) if lies_before => side_before,
            Body::Matching(_) => "next side",
            Body::Filling(_) if lies_before => gap_before,
            Body::Filling(_) => "next gap",
            Body::Choosing(_) | Body::Ordering(_) | Body::Typing(_) | Body::Story(_) => "see rest",
        }
    }

    /// What is to be done before Enter can hand in, in a few words, or where Enter goes because that is out of sight.
    #[must_use]
    pub fn due(&self) -> Option<&'static str> {
        let open = self.body.first_open();
        let nothing = || self.response().is_none();
        let (due, way) = match &self.body {
            Body::Matching(_) => (open.map(|_| "needs a choice"), "to open side"),
            Body::Filling(filling) => {
                (open.or(self.field_in_trouble()).and_then(|gap| filling.due(gap)), "to the gap")
            }
            Body::Choosing(_) => (nothing().then_some("needs a choice"), "to the choices"),
            Body::Ordering(_) => (nothing().then_some("needs an order"), "to the order"),
            Body::Typing(typing) => {
                ((nothing() || typing.trouble().is_some()).then(|| typing.due()), "to the field")
            }
            Body::Story(_) => (None, "see rest"),
        };
        due.map(|due| if self.is_answered_in_sight() { due } else { way })
    }

    /// The left side or gap that Enter goes to: the first open one. On that one Enter is not for this.
    fn next_open(&self) -> Option<usize> {
        self.body.first_open().filter(|open| *open != self.focus)
    }

    /// What a key, a paste or the wheel means here; clicks are [`Self::message_at`]'s.
    #[must_use]
    pub fn message_for_event(&self, event: &Event) -> Option<PadMessage> {
        match event {
            Event::Key(key) => self.message_for(*key),
            Event::Paste(text) => self.message_for_paste(text),
            Event::Mouse(mouse) => match mouse.kind {
                MouseEventKind::ScrollUp => Some(PadMessage::ScrollLines(Way::Back, 3)),
                MouseEventKind::ScrollDown => Some(PadMessage::ScrollLines(Way::On, 3)),
                _ => None,
            },
            Event::FocusGained | Event::FocusLost | Event::Resize(..) => None,
        }
    }

    /// What pasting a text means here.
    #[must_use]
    pub fn message_for_paste(&self, text: &str) -> Option<PadMessage> {
        self.is_typing().then(|| PadMessage::Edit(Edit::Paste(text.to_owned())))
    }

    fn answering_message(&self, key: KeyEvent) -> Option<PadMessage> {
        let items = self.body.items();
        let plain = !key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
        if self.is_typing()
            && let Some(edit) = Edit::for_key(key)
        {
            return Some(PadMessage::Edit(edit));
        }
        if key.code == KeyCode::Enter {
            // What is still to be seen of an open side or gap is seen when it has the focus.
            if let Some(open) = self.next_open() {
                return Some(PadMessage::FocusOn(open));
            }
            if self.has_unseen() {
                return Some(PadMessage::SeeRest);
            }
        }
        let own =
            (self.focus < items || items == 0).then(|| self.body.message_for(self.focus, key)).flatten();
        if own.is_some() {
            return own;
        }
        if self.on_certainty()
            && let Some(message) = self.certainty_message(key)
        {
            return Some(message);
        }
        match key.code {
            KeyCode::Up => Some(PadMessage::Previous),
            KeyCode::Down => Some(PadMessage::Next),
            KeyCode::Char('k') if plain => Some(PadMessage::Previous),
            KeyCode::Char('j') if plain => Some(PadMessage::Next),
            KeyCode::Tab => Some(PadMessage::NextStop),
            KeyCode::BackTab => Some(PadMessage::PreviousStop),
            KeyCode::Home => Some(PadMessage::FocusOn(0)),
            KeyCode::End => Some(PadMessage::FocusOn(self.stops().saturating_sub(1))),
            KeyCode::Char('g') if plain => Some(PadMessage::FocusOn(0)),
            KeyCode::Char('G') if plain => Some(PadMessage::FocusOn(self.stops().saturating_sub(1))),
            KeyCode::Char(digit @ '1'..='9') if plain && !self.is_typing() && !self.on_certainty() => {
                digit.to_digit(10).map(|digit| PadMessage::Choose(digit as usize - 1))
            }
            _ => None,
        }
    }

    fn certainty_message(&self, key: KeyEvent) -> Option<PadMessage> {
        let CertaintyLine::Asked(said) = self.certainty else { return None };
        let at = said.and_then(|said| CERTAINTIES.iter().position(|(certainty, _)| *certainty == said));
        let choose =
            |index: usize| CERTAINTIES.get(index).map(|(certainty, _)| PadMessage::Certainty(*certainty));
        match key.code {
            KeyCode::Char(digit @ '1'..='3') => choose(digit as usize - '1' as usize),
            KeyCode::Right | KeyCode::Char('l' | ' ') => {
                choose(at.map_or(0, |at| (at + 1) % CERTAINTIES.len()))
            }
            KeyCode::Left | KeyCode::Char('h') => choose(
                at.map_or(CERTAINTIES.len() - 1, |at| (at + CERTAINTIES.len() - 1) % CERTAINTIES.len()),
            ),
            KeyCode::Backspace | KeyCode::Delete => said.map(PadMessage::Certainty),
            _ => None,
        }
    }
}

/// Keys on a pad that can only be read.
fn reading_message(key: KeyEvent) -> Option<PadMessage> {
    match key.code {
        KeyCode::Up | KeyCode::Char('k') => Some(PadMessage::ScrollLines(Way::Back, 1)),
        KeyCode::Down | KeyCode::Char('j') => Some(PadMessage::ScrollLines(Way::On, 1)),
        KeyCode::Home | KeyCode::Char('g') => Some(PadMessage::ScrollAll(Way::Back)),
        KeyCode::End | KeyCode::Char('G') => Some(PadMessage::ScrollAll(Way::On)),
        _ => None,
    }
}

impl PadMessage {
    /// Whether it is one step of many.
    #[must_use]
    pub fn is_step(&self) -> bool {
        matches!(
            self,
            Self::Previous
                | Self::Next
                | Self::PreviousStop
                | Self::NextStop
                | Self::Cycle(_)
                | Self::Edit(_)
                | Self::EditIn(..)
                | Self::ScrollLines(..)
        )
    }

    /// Whether something is held with it as long as the button of the mouse is.
    #[must_use]
    pub fn takes_hold(&self) -> bool {
        match self {
            Self::Grasp(_) => true,
            Self::Choose(_)
            | Self::ChooseIn(..)
            | Self::Edit(_)
            | Self::EditIn(..)
            | Self::Certainty(_)
            | Self::Previous
            | Self::Next
            | Self::PreviousStop
            | Self::NextStop
            | Self::FocusOn(_)
            | Self::CarryOver(_)
            | Self::DropAt(_)
            | Self::LetGo
            | Self::Act
            | Self::TakeOrder
            | Self::Decide
            | Self::Cycle(_)
            | Self::Shift(..)
            | Self::Clear
            | Self::Restart
            | Self::SeeRest
            | Self::ShowSource
            | Self::HandIn
            | Self::Scroll(_)
            | Self::ScrollLines(..)
            | Self::ScrollAll(_) => false,
        }
    }

    /// Whether it says what is answered by itself, wherever one is on the pad.
    #[must_use]
    pub fn is_of_answer(&self) -> bool {
        match self {
            Self::Choose(_) | Self::ChooseIn(..) | Self::Edit(_) | Self::EditIn(..) | Self::Certainty(_) => {
                true
            }
            Self::Previous
            | Self::Next
            | Self::PreviousStop
            | Self::NextStop
            | Self::FocusOn(_)
            | Self::Grasp(_)
            | Self::CarryOver(_)
            | Self::DropAt(_)
            | Self::LetGo
            | Self::Act
            | Self::TakeOrder
            | Self::Decide
            | Self::Cycle(_)
            | Self::Shift(..)
            | Self::Clear
            | Self::Restart
            | Self::SeeRest
            | Self::ShowSource
            | Self::HandIn
            | Self::Scroll(_)
            | Self::ScrollLines(..)
            | Self::ScrollAll(_) => false,
        }
    }

    /// Whether a key that says it may be held down.
    fn can_repeat(&self) -> bool {
        match self {
            Self::Previous
            | Self::Next
            | Self::PreviousStop
            | Self::NextStop
            | Self::Shift(..)
            | Self::Edit(_)
            | Self::EditIn(..)
            | Self::Scroll(_)
            | Self::ScrollLines(..)
            | Self::ScrollAll(_) => true,
            Self::FocusOn(_)
            | Self::Grasp(_)
            | Self::CarryOver(_)
            | Self::DropAt(_)
            | Self::LetGo
            | Self::Choose(_)
            | Self::ChooseIn(..)
            | Self::Act
            | Self::TakeOrder
            | Self::Decide
            | Self::Cycle(_)
            | Self::Clear
            | Self::Restart
            | Self::SeeRest
            | Self::ShowSource
            | Self::HandIn
            | Self::Certainty(_) => false,
        }
    }
}
