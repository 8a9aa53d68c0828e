//! Keys whose first byte came alone.
//!
//! All keys but letters begin with ESC, and crossterm takes an ESC that nothing follows in the same read for the key Esc, and what comes
//! after it for letters. A slow line or a full queue cuts anywhere. So an Esc waits for a moment whether it is the beginning of a sequence
//! (ECMA-48, CSI; SS3), and what follows it is put together again.

use std::time::{Duration, Instant};

use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

/// An Esc waits so long for the rest: shorter than a finger, longer than the gap between two packets.
const GAP: Duration = Duration::from_millis(25);

/// What no finger types waits as long as a network may take.
const LONG_GAP: Duration = Duration::from_millis(200);

/// The longest sequence that is put together, in bytes.
const LONGEST: usize = 32;

/// Puts together what was cut behind its first byte.
#[derive(Debug, Default)]
pub(super) struct Splits {
    /// What may become a sequence.
    held: Vec<Event>,
    /// The same as the terminal sent it, without its ESC.
    text: String,
    /// When the last of it came.
    last: Option<Instant>,
}

/// How far what is held has come.
#[derive(Debug, PartialEq, Eq)]
enum Sofar {
    /// It may become a sequence.
    Part,
    /// It is one; `None` if it means nothing to anybody here.
    Whole(Option<Event>),
    /// It cannot become one.
    Other,
}

impl Splits {
    /// Something came in; gives what it is, as far as that is known.
    pub(super) fn hear(&mut self, event: Event) -> Vec<Event> {
        let letter = match &event {
            Event::Key(key) if key.kind == KeyEventKind::Press => match (key.code, key.modifiers) {
                (KeyCode::Esc, KeyModifiers::NONE) => {
                    let before = self.give_up();
                    self.hold(event);
                    return before;
                }
                (KeyCode::Char(letter), KeyModifiers::NONE | KeyModifiers::SHIFT) => Some(letter),
                _ => None,
            },
            _ => None,
        };
        if self.held.is_empty() {
            return vec![event];
        }
        self.hold(event);
        let Some(letter) = letter else { return self.give_up() };
        self.text.push(letter);
        match so_far(&self.text) {
            Sofar::Part => Vec::new(),
            Sofar::Other => self.give_up(),
            Sofar::Whole(event) => {
                self.give_up();
                event.into_iter().collect()
            }
        }
    }

    fn hold(&mut self, event: Event) {
        self.held.push(event);
        self.last = Some(Instant::now());
    }

    /// How long what is held still waits for what follows, if something is held.
    pub(super) fn waits(&self) -> Option<Duration> {
        let last = self.last.filter(|_| !self.held.is_empty())?;
        let gap = if self.held.len() == 1 { GAP } else { LONG_GAP };
        Some(gap.saturating_sub(last.elapsed()))
    }

    /// Nothing followed in time, or something else: what is held are keys.
    pub(super) fn give_up(&mut self) -> Vec<Event> {
        self.text.clear();
        std::mem::take(&mut self.held)
    }
}

/// What stands behind an ESC.
fn so_far(text: &str) -> Sofar {
    let mut letters = text.chars();
    let (kind, rest) = (letters.next(), letters.as_str());
    let last = rest.chars().next_back();
    match (kind, last) {
        (Some('O'), Some(end)) => Sofar::Whole(named(end).map(|code| key(code, ""))),
        (Some('['), Some(_)) if text.len() > LONGEST => Sofar::Other,
        (Some('[' | 'O'), None) | (Some('['), Some('0'..='9' | ';' | ':' | '<' | '=' | '>' | '?')) => {
            Sofar::Part
        }
        (Some('['), Some(end @ '@'..='~')) => Sofar::Whole(sequence(&rest[..rest.len() - 1], end)),
        _ => Sofar::Other,
    }
}

/// The event of a control sequence with these parameters and this end.
fn sequence(parameters: &str, end: char) -> Option<Event> {
    if let Some(mouse) = parameters.strip_prefix('<') {
        return mouse_report(mouse, end);
    }
    let (number, modifiers) = parameters.split_once(';').unwrap_or((parameters, ""));
    let code = match (end, number) {
        ('~', "1" | "7") => KeyCode::Home,
        ('~', "2") => KeyCode::Insert,
        ('~', "3") => KeyCode::Delete,
        ('~', "4" | "8") => KeyCode::End,
        ('~', "5") => KeyCode::PageUp,
        ('~', "6") => KeyCode::PageDown,
        ('Z', _) => KeyCode::BackTab,
        (end, _) => named(end)?,
    };
    Some(key(code, modifiers))
}

/// The key that a letter at the end of a sequence names.
fn named(end: char) -> Option<KeyCode> {
    Some(match end {
        'A' => KeyCode::Up,
        'B' => KeyCode::Down,
        'C' => KeyCode::Right,
        'D' => KeyCode::Left,
        'H' => KeyCode::Home,
        'F' => KeyCode::End,
        'P' => KeyCode::F(1),
        'Q' => KeyCode::F(2),
        'R' => KeyCode::F(3),
        'S' => KeyCode::F(4),
        _ => return None,
    })
}

/// A key with the modifiers that xterm's number stands for: one more than the sum of shift 1, alt 2 and control 4.
fn key(code: KeyCode, modifiers: &str) -> Event {
    let number = modifiers.parse::<u8>().unwrap_or(1).saturating_sub(1);
    let bits = [(1, KeyModifiers::SHIFT), (2, KeyModifiers::ALT), (4, KeyModifiers::CONTROL)];
    let held = bits.into_iter().filter(|(bit, _)| number & bit != 0);
    Event::Key(KeyEvent::new(code, held.map(|(_, modifier)| modifier).collect()))
}

/// A report of the mouse in the form of SGR: button, column and row from 1.
fn mouse_report(parameters: &str, end: char) -> Option<Event> {
    let numbers: Vec<u16> = parameters.split(';').map(str::parse).collect::<Result<_, _>>().ok()?;
    let [button, column, row] = numbers[..] else { return None };
    let pressed = match button {
        0 => MouseButton::Left,
        1 => MouseButton::Middle,
        _ => MouseButton::Right,
    };
    let kind = match (button, end) {
        (64, 'M') => MouseEventKind::ScrollUp,
        (65, 'M') => MouseEventKind::ScrollDown,
        (0..=2, 'M') => MouseEventKind::Down(pressed),
        (0..=2, 'm') => MouseEventKind::Up(pressed),
        _ => return None,
    };
    let (column, row) = (column.checked_sub(1)?, row.checked_sub(1)?);
    Some(Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn esc() -> Event {
        Event::Key(KeyCode::Esc.into())
    }

    fn letters(text: &str) -> Vec<Event> {
        let letter = |letter: char| {
            let shift = if letter.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
            Event::Key(KeyEvent::new(KeyCode::Char(letter), shift))
        };
        text.chars().map(letter).collect()
    }

    /// What is heard of an Esc and these letters, once nothing more follows.
    fn heard(text: &str) -> Vec<Event> {
        let mut splits = Splits::default();
        let mut heard: Vec<Event> = Vec::new();
        for event in std::iter::once(esc()).chain(letters(text)) {
            heard.extend(splits.hear(event));
        }
        heard.extend(splits.give_up());
        heard
    }

    #[test]
    fn what_was_cut_behind_its_first_byte_is_put_together() {
        let check = |text: &str, code: KeyCode, modifiers: KeyModifiers| {
            assert_eq!(heard(text), [Event::Key(KeyEvent::new(code, modifiers))], "{text:?}");
        };
        check("[B", KeyCode::Down, KeyModifiers::NONE);
        check("OB", KeyCode::Down, KeyModifiers::NONE);
        check("[6~", KeyCode::PageDown, KeyModifiers::NONE);
        check("[4~", KeyCode::End, KeyModifiers::NONE);
        check("[1;5C", KeyCode::Right, KeyModifiers::CONTROL);
        check("[1;4D", KeyCode::Left, KeyModifiers::SHIFT | KeyModifiers::ALT);
        check("[Z", KeyCode::BackTab, KeyModifiers::NONE);
        check("OP", KeyCode::F(1), KeyModifiers::NONE);
    }

    #[test]
    fn reports_of_the_mouse_are_put_together_too() {
        let check = |text: &str, kind: MouseEventKind| {
            let report = MouseEvent { kind, column: 9, row: 4, modifiers: KeyModifiers::NONE };
            assert_eq!(heard(text), [Event::Mouse(report)], "{text:?}");
        };
        check("[<65;10;5M", MouseEventKind::ScrollDown);
        check("[<64;10;5M", MouseEventKind::ScrollUp);
        check("[<0;10;5M", MouseEventKind::Down(MouseButton::Left));
        check("[<0;10;5m", MouseEventKind::Up(MouseButton::Left));
    }

    #[test]
    fn what_means_nothing_here_types_nothing() {
        for text in ["[I", "[15~", "[?62;4c", "[<35;1;1M", "[<0;0;5M", "[<1M", "[999999u", "[1;1;1R"] {
            let typed = heard(text);
            assert!(typed.iter().all(|event| !letters(text).contains(event)), "{text:?}: {typed:?}");
        }
    }

    #[test]
    fn an_esc_that_begins_nothing_is_a_key_and_so_is_what_follows() {
        for text in ["", "j", "[", "[12", "[é", "P>|foot", "x[B"] {
            assert_eq!(heard(text), [vec![esc()], letters(text)].concat(), "{text:?}");
        }
        let long = format!("[{}", "1".repeat(LONGEST + 1));
        assert_eq!(heard(&long), [vec![esc()], letters(&long)].concat());
        // Whatever comes in between is no part of it.
        let mut splits = Splits::default();
        assert_eq!(splits.hear(esc()), []);
        assert_eq!(splits.hear(esc()), [esc()]);
        assert_eq!(splits.hear(Event::FocusGained), [esc(), Event::FocusGained]);
        assert_eq!((splits.waits(), splits.hear(letters("[").remove(0))), (None, letters("[")));
    }
}
