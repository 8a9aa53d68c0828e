//! Keys in words: as the help calls them, and as somebody writes them into their settings.

use crossterm::event::Event;

use super::Key;

/// The keys that have a name of their own, as they are written.
const NAMED: [(&str, Key); 15] = [
    ("Enter", Key::Enter),
    ("Esc", Key::Esc),
    ("Space", Key::Char(' ')),
    ("Tab", Key::Tab),
    ("Shift-Tab", Key::BackTab),
    ("Backspace", Key::Backspace),
    ("Up", Key::Up),
    ("Down", Key::Down),
    ("Left", Key::Left),
    ("Right", Key::Right),
    ("PgUp", Key::PageUp),
    ("PgDn", Key::PageDown),
    ("Home", Key::Home),
    ("End", Key::End),
    ("Comma", Key::Char(',')),
];

/// Why something cannot be a key of somebody's choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoKey {
    /// No key is called that.
    Unknown,
    /// A terminal sends the same for another key.
    SameAs(&'static str),
    /// It always does this.
    Taken(&'static str),
}

impl Key {
    /// What the help calls it.
    pub(in crate::tui) fn name(self) -> String {
        match self {
            Self::Char(' ') => "Space".to_owned(),
            Self::Char(typed) => typed.to_string(),
            Self::Ctrl(letter) => format!("Ctrl-{}", letter.to_ascii_uppercase()),
            Self::Enter => "Enter".to_owned(),
            Self::Esc => "Esc".to_owned(),
            Self::Tab => "Tab".to_owned(),
            Self::BackTab => "Shift-Tab".to_owned(),
            Self::Backspace => "Backspace".to_owned(),
            Self::Up => "↑".to_owned(),
            Self::Down => "↓".to_owned(),
            Self::Left => "←".to_owned(),
            Self::Right => "→".to_owned(),
            Self::PageUp => "PgUp".to_owned(),
            Self::PageDown => "PgDn".to_owned(),
            Self::Home => "Home".to_owned(),
            Self::End => "End".to_owned(),
            Self::F(number) => format!("F{number}"),
            Self::WheelUp => "wheel-up".to_owned(),
            Self::WheelDown => "wheel-down".to_owned(),
        }
    }

    /// What comes in for the keys that a line of the help names, if it names keys alone: `j ↓ Ctrl-E`.
    pub(in crate::tui) fn events_of(names: &str) -> Option<Vec<Event>> {
        const ARROWS: [Key; 4] = [Key::Up, Key::Down, Key::Left, Key::Right];
        let event = |name: &str| {
            let arrow = ARROWS.into_iter().find(|key| key.name() == name);
            let ends = (name == "Ctrl-C").then_some(Key::Ctrl('c'));
            let goes = (name == "Ctrl-Z").then_some(Key::Ctrl('z'));
            let key = arrow.or(ends).or(goes).or_else(|| Self::written(name).ok());
            key.map(Self::event)
        };
        names.split(' ').filter(|name| !name.starts_with("wheel-")).map(event).collect()
    }

    /// The key that `written` names. Capitals matter in a character alone.
    pub(super) fn written(written: &str) -> Result<Self, NoKey> {
        let mut letters = written.chars();
        if let (Some(typed), None) = (letters.next(), letters.next()) {
            // What is shown as something else than itself cannot be seen on a keyboard either.
            let plain = crate::printable::Printable::new(written).as_str() == written;
            return if plain { Ok(Self::Char(typed)) } else { Err(NoKey::Unknown) };
        }
        let lower = written.to_ascii_lowercase();
        if let Some((_, key)) = NAMED.iter().find(|(name, _)| name.eq_ignore_ascii_case(&lower)) {
            return Ok(*key);
        }
        if let Some(letter) = lower.strip_prefix("ctrl-") {
            let mut letters = letter.chars();
            return match (letters.next(), letters.next()) {
                (Some(letter), None) => control(letter),
                (Some(_) | None, _) => Err(NoKey::Unknown),
            };
        }
        let number = lower.strip_prefix('f').and_then(|number| number.parse().ok());
        number.filter(|number| (1..=12).contains(number)).map(Self::F).ok_or(NoKey::Unknown)
    }

    /// Every name, for "did you mean".
    pub(super) fn names() -> impl Iterator<Item = &'static str> {
        NAMED.iter().map(|(name, _)| *name)
    }
}

/// A letter with Ctrl, as far as a terminal has it.
fn control(letter: char) -> Result<Key, NoKey> {
    match letter {
        'c' => Err(NoKey::Taken("ends the program")),
        'z' => Err(NoKey::Taken("goes to the shell")),
        'i' => Err(NoKey::SameAs("Tab")),
        'm' | 'j' => Err(NoKey::SameAs("Enter")),
        'h' => Err(NoKey::SameAs("Backspace")),
        'a'..='y' => Ok(Key::Ctrl(letter)),
        _ => Err(NoKey::Unknown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_written_as_the_help_names_them() {
        let check = |written: &str, expected: Result<Key, NoKey>| {
            assert_eq!(Key::written(written), expected, "{written:?}");
        };
        check("x", Ok(Key::Char('x')));
        check("X", Ok(Key::Char('X')));
        check("ä", Ok(Key::Char('ä')));
        check("?", Ok(Key::Char('?')));
        check("Ctrl-n", Ok(Key::Ctrl('n')));
        check("ctrl-N", Ok(Key::Ctrl('n')));
        check("pgdn", Ok(Key::PageDown));
        check("Comma", Ok(Key::Char(',')));
        check("F7", Ok(Key::F(7)));
        check("Ctrl-i", Err(NoKey::SameAs("Tab")));
        check("Ctrl-c", Err(NoKey::Taken("ends the program")));
        for unknown in
            ["", "F0", "F13", "Ctrl-", "Ctrl-ab", "Ctrl-1", "Alt-x", "PageDn", "\u{1b}", "\u{202e}", "xy"]
        {
            check(unknown, Err(NoKey::Unknown));
        }
        for (name, key) in NAMED {
            check(name, Ok(key));
        }
        for names in ["j ↓ Ctrl-E wheel-down", "? F1", "Ctrl-C", "Esc q"] {
            let events = Key::events_of(names).expect("keys");
            let expected = names.split(' ').filter(|name| !name.starts_with("wheel")).count();
            assert_eq!(events.len(), expected, "{names}");
        }
        for no_keys in ["1-9 Space", "typing", "+3", ""] {
            assert_eq!(Key::events_of(no_keys), None, "{no_keys}");
        }
        // Except for the arrows, which are signs there.
        for key in
            [Key::Enter, Key::Char(' '), Key::Ctrl('n'), Key::BackTab, Key::PageUp, Key::End, Key::F(12)]
        {
            check(&key.name(), Ok(key));
        }
    }
}
