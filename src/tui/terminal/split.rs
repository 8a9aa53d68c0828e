//! Sequences that crossterm takes for keys.
//!
//! All keys but letters begin with ESC, and crossterm takes an ESC that nothing follows in the same read for the key Esc, and what comes
//! after it for letters. A slow line or a full queue cuts anywhere. So an Esc waits for a moment whether it is the beginning of a sequence
//! (ECMA-48, CSI; SS3), and what follows it is put together again.
//!
//! Strings (APC, DCS, OSC, PM, SOS) it does not know at all: it takes them for a key with Alt and for letters. A terminal answers in them,
//! also what a program asked that has ended, and such an answer must press no keys.

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

/// The longest string, in bytes.
const LONGEST_STRING: usize = 4096;

pub(super) const ESC: &str = "\x1b";

/// The end of a string (ECMA-48, ST in 7 bits), and what xterm takes for it.
pub(super) const ST: &str = "\x1b\\";
const BEL: &str = "\x07";

/// Puts together what was cut, and tells strings from keys.
#[derive(Debug, Default)]
pub(super) struct Splits {
    /// What may become a sequence.
    held: Vec<Event>,
    /// The same as the terminal sent it.
    text: String,
    /// When the last of it came.
    last: Option<Instant>,
}

/// What came in.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// A key, or whatever else happens.
    Event(Event),
    /// A string as the terminal sent it.
    String(String),
}

/// How far what is held has come.
#[derive(Debug, PartialEq, Eq)]
enum Sofar {
    /// It may become a sequence.
    Part,
    /// It is one; `None` if it means nothing to anybody here.
    Whole(Option<Heard>),
    /// It cannot become one.
    Other,
}

impl Splits {
    /// Something came in; gives what it is, as far as that is known.
    pub(super) fn hear(&mut self, event: Event) -> Vec<Heard> {
        let Some(sent) = sent(&event) else {
            let mut heard = self.give_up();
            heard.push(Heard::Event(event));
            return heard;
        };
        self.text.push_str(&sent);
        let mut sofar = so_far(&self.text);
        let mut heard = Vec::new();
        if sofar == Sofar::Other {
            // What does not go on may begin anew.
            heard = self.give_up();
            sofar = so_far(&sent);
            self.text = sent;
        }
        self.held.push(event);
        self.last = Some(Instant::now());
        match sofar {
            Sofar::Part => {}
            Sofar::Other => heard.extend(self.give_up()),
            Sofar::Whole(whole) => {
                self.give_up();
                heard.extend(whole);
            }
        }
        heard
    }

    /// How long what is held still waits for what follows, if something is held.
    pub(super) fn waits(&self) -> Option<Duration> {
        let last = self.last.filter(|_| !self.held.is_empty())?;
        let gap = if self.held.len() == 1 { GAP } else { LONG_GAP };
        Some(gap.saturating_sub(last.elapsed()))
    }

    /// Nothing followed in time, or something else: what is held are keys.
    pub(super) fn give_up(&mut self) -> Vec<Heard> {
        self.text.clear();
        std::mem::take(&mut self.held).into_iter().map(Heard::Event).collect()
    }
}

/// What a terminal sends for an event; `None` for what stands in no sequence.
pub(super) fn sent(event: &Event) -> Option<String> {
    let Event::Key(KeyEvent { code, modifiers, kind: KeyEventKind::Press, .. }) = event else { return None };
    match (code, modifiers.difference(KeyModifiers::SHIFT)) {
        (KeyCode::Esc, KeyModifiers::NONE) => Some(ESC.to_owned()),
        (KeyCode::Char(letter), KeyModifiers::NONE) => Some(letter.to_string()),
        (KeyCode::Char(letter), KeyModifiers::ALT) => Some(format!("{ESC}{letter}")),
        (KeyCode::Char('g'), KeyModifiers::CONTROL) => Some(BEL.to_owned()),
        _ => None,
    }
}

fn so_far(text: &str) -> Sofar {
    let mut letters = text.chars();
    match (letters.next(), letters.next(), letters.as_str()) {
        (Some('\x1b'), None, _) | (Some('\x1b'), Some('O'), "") => Sofar::Part,
        (Some('\x1b'), Some('['), rest) => control(rest),
        (Some('\x1b'), Some('O'), rest) => {
            let code = rest.chars().next().and_then(named);
            Sofar::Whole(code.map(|code| Heard::Event(key(code, ""))))
        }
        (Some('\x1b'), Some('_' | 'P' | ']' | '^' | 'X'), _) => string(text),
        _ => Sofar::Other,
    }
}

/// What stands behind the introducer of a control sequence.
fn control(text: &str) -> Sofar {
    match text.chars().next_back() {
        Some(_) if text.len() >= LONGEST => Sofar::Other,
        None | Some('0'..='9' | ';' | ':' | '<' | '=' | '>' | '?') => Sofar::Part,
        Some(end @ '@'..='~') => Sofar::Whole(sequence(&text[..text.len() - 1], end).map(Heard::Event)),
        Some(_) => Sofar::Other,
    }
}

/// How far a string has come that is introduced by two letters.
fn string(text: &str) -> Sofar {
    let said = &text[2..];
    let ended = said.strip_suffix(ST).or_else(|| said.strip_suffix(BEL));
    let letters = ended.or_else(|| said.strip_suffix(ESC)).unwrap_or(said);
    if letters.len() > LONGEST_STRING || letters.contains(char::is_control) {
        Sofar::Other
    } else if ended.is_some() {
        Sofar::Whole(Some(Heard::String(text.to_owned())))
    } else {
        Sofar::Part
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
    let pressed = match button % 32 {
        0 => MouseButton::Left,
        1 => MouseButton::Middle,
        _ => MouseButton::Right,
    };
    let kind = match (button, end) {
        (64, 'M') => MouseEventKind::ScrollUp,
        (65, 'M') => MouseEventKind::ScrollDown,
        (0..=2, 'M') => MouseEventKind::Down(pressed),
        (0..=2, 'm') => MouseEventKind::Up(pressed),
        (32..=34, 'M') => MouseEventKind::Drag(pressed),
        _ => return None,
    };
    let (column, row) = (column.checked_sub(1)?, row.checked_sub(1)?);
    Some(Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }))
}

#[cfg(test)]
pub(super) mod tests;
