//! What a terminal calls itself, picked out of the keys.
//!
//! Asked by `CSI > q` (XTVERSION of xterm), a terminal answers `DCS > | name ST`. crossterm, which alone reads the input,
//! knows no such answer and takes it for keys: Alt-`P`, then each letter, then Alt-`\`. What came at once, `split` has put together
//! again; here an answer is put together that took longer. So nothing else reads, nothing waits, and whatever does not go on like an
//! answer is handed on as the keys that it is.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use crossterm::event::{Event, KeyEvent, KeyEventKind, KeyModifiers};

use super::split::{ESC, ST, sent};

/// The question.
pub(super) const QUESTION: &[u8] = b"\x1b[>q";

/// A lone Esc may be the first byte of an answer that a network has cut. It waits so long for the rest.
const GAP: Duration = Duration::from_millis(100);

/// What begins like an answer beyond that is no key that means anything: the rest may take as long as a network does.
const LONG_GAP: Duration = Duration::from_secs(2);

/// An answer that comes after the program has ended would be typed into the shell. Whoever leaves at once waits so long.
const SOON: Duration = Duration::from_millis(250);

/// The longest name, in bytes.
const LONGEST: usize = 64;

/// Hands keys on, but for the answer.
#[derive(Debug, Default)]
pub(super) struct Listener {
    question: Question,
    /// What may become an answer.
    held: Vec<Event>,
    /// The same as the terminal sent it.
    text: String,
    /// When the last of it came.
    last: Option<Instant>,
    /// What is no part of one.
    let_go: VecDeque<Event>,
    /// The last that was let go is a lone Esc. It may have been the first byte of an answer whose rest is still to come.
    cut: bool,
}

/// What has become of the question.
#[derive(Debug, Default)]
enum Question {
    /// It is not to be asked, or is answered.
    #[default]
    Settled,
    /// It is to be asked.
    Wanted,
    /// It was asked then.
    Asked(Instant),
}

/// How far what is held has come.
enum Sofar<'a> {
    /// It may become an answer.
    Part,
    /// It is one, with this name.
    Whole(&'a str),
    /// It cannot become one.
    Other,
}

impl Listener {
    /// From now on the question is to be asked.
    pub(super) fn want(&mut self) {
        self.question = Question::Wanted;
    }

    /// Whether the question is to be asked now. Whoever is told so asks it.
    pub(super) fn take_question(&mut self) -> bool {
        let is_wanted = matches!(self.question, Question::Wanted);
        if is_wanted {
            self.question = Question::Asked(Instant::now());
        }
        is_wanted
    }

    /// Something came in; gives the name when an answer is complete.
    pub(super) fn hear(&mut self, event: Event) -> Option<String> {
        let Question::Asked(_) = self.question else {
            self.let_go.push_back(event);
            return None;
        };
        // The mouse may come in between.
        if !matches!(event, Event::Key(KeyEvent { kind: KeyEventKind::Press, .. })) {
            self.let_go.push_back(event);
            return None;
        }
        let sent = sent(&event);
        let cut = std::mem::take(&mut self.cut);
        self.held.push(event);
        self.last = Some(Instant::now());
        let Some(sent) = sent else {
            self.give_up();
            return None;
        };
        if cut && sent == CUT {
            self.text.push_str(ESC);
        }
        self.text.push_str(&sent);
        match so_far(&self.text) {
            // However late: an answer that was cut behind its first byte would leave the screen and type the rest.
            Sofar::Part => None,
            Sofar::Other => {
                self.give_up();
                None
            }
            Sofar::Whole(name) => {
                let name = name.to_owned();
                self.question = Question::Settled;
                self.held.clear();
                self.text.clear();
                Some(name)
            }
        }
    }

    /// A string came in; gives the name when it is the answer. What else a terminal answers nobody here has asked.
    pub(super) fn hear_string(&mut self, text: &str) -> Option<String> {
        self.give_up();
        match (&self.question, so_far(text)) {
            (Question::Asked(_), Sofar::Whole(name)) => {
                self.question = Question::Settled;
                Some(name.to_owned())
            }
            _ => None,
        }
    }

    /// What is to be handed on next.
    pub(super) fn next(&mut self) -> Option<Event> {
        self.let_go.pop_front()
    }

    /// Whether there is one.
    pub(super) fn has_next(&self) -> bool {
        !self.let_go.is_empty()
    }

    /// How long what is held still waits for what follows, if something is held.
    pub(super) fn waits(&self) -> Option<Duration> {
        let last = self.last.filter(|_| !self.held.is_empty())?;
        Some(self.gap().saturating_sub(last.elapsed()))
    }

    fn gap(&self) -> Duration {
        // What a hand may have typed does not wait long: Esc, or P behind it.
        let typed = match self.held.as_slice() {
            [Event::Key(key)] => key.modifiers.difference(KeyModifiers::SHIFT).is_empty(),
            _ => false,
        };
        if typed { GAP } else { LONG_GAP }
    }

    /// Nothing followed in time: what is held are keys.
    pub(super) fn give_up(&mut self) {
        self.cut = self.held.len() == 1 && self.text == ESC;
        self.let_go.extend(self.held.drain(..));
        self.text.clear();
    }

    /// How long whoever ends the program is to listen for an answer first.
    pub(super) fn patience(&self) -> Option<Duration> {
        let Question::Asked(at) = self.question else { return None };
        SOON.checked_sub(at.elapsed()).filter(|left| !left.is_zero())
    }
}

/// How an answer begins (ECMA-48, DCS in 7 bits).
const INTRODUCER: &str = "\x1bP>|";
/// What comes first of an answer whose first byte was taken for a key.
const CUT: &str = "P";

fn so_far(text: &str) -> Sofar<'_> {
    let Some(name) = text.strip_prefix(INTRODUCER) else {
        return if INTRODUCER.starts_with(text) { Sofar::Part } else { Sofar::Other };
    };
    if let Some(name) = name.strip_suffix(ST) {
        return Sofar::Whole(name);
    }
    let letters = name.strip_suffix(ESC).unwrap_or(name);
    let fits = letters.len() <= LONGEST && !letters.contains(char::is_control);
    if fits { Sofar::Part } else { Sofar::Other }
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, MouseEvent, MouseEventKind};
    use proptest::prelude::*;

    use super::*;
    use crate::tui::terminal::split::tests::keys;

    fn listening() -> Listener {
        let mut listener = Listener::default();
        listener.want();
        assert!(listener.take_question() && !listener.take_question());
        listener
    }

    /// Hears everything; gives the names, and what is handed on once nothing more follows.
    fn hear(listener: &mut Listener, events: Vec<Event>) -> (Vec<String>, Vec<Event>) {
        let names = events.into_iter().filter_map(|event| listener.hear(event)).collect();
        listener.give_up();
        (names, std::iter::from_fn(|| listener.next()).collect())
    }

    #[track_caller]
    fn check(bytes: &str, name: Option<&str>, typed: &str) {
        let (names, handed_on) = hear(&mut listening(), keys(bytes));
        assert_eq!(names, Vec::from_iter(name), "{bytes:?}");
        assert_eq!(handed_on, keys(typed), "{bytes:?}");
    }

    #[test]
    fn a_name_is_heard_and_is_no_key() {
        check("\x1bP>|foot(1.16.2)\x1b\\", Some("foot(1.16.2)"), "");
        check("\x1bP>|WezTerm 20240203-110809\x1b\\", Some("WezTerm 20240203-110809"), "");
        check("\x1bP>|\x1b\\", Some(""), "");
        check("jj\x1bP>|XTerm(390)\x1b\\q", Some("XTerm(390)"), "jjq");
    }

    #[test]
    fn what_came_whole_is_the_answer_or_nobodys() {
        let (answer, another) = ("\x1bP>|foot\x1b\\", "\x1b_Gi=31;OK\x1b\\");
        let mut listener = listening();
        assert_eq!((listener.hear_string(another), listener.patience().is_some()), (None, true));
        assert_eq!((listener.hear_string(answer), listener.patience()), (Some("foot".to_owned()), None));
        // To be asked once is to be answered once.
        assert_eq!((listener.hear_string(answer), Listener::default().hear_string(answer)), (None, None));
        assert_eq!(listener.next(), None);
    }

    #[test]
    fn what_only_begins_like_an_answer_is_keys() {
        check("\x1bP", None, "\x1bP");
        check("\x1bPj", None, "\x1bPj");
        check("\x1bP>x|", None, "\x1bP>x|");
        check("\x1bP>|fo\x1bot", None, "\x1bP>|fo\x1bot");
        let long = format!("\x1bP>|{}", "x".repeat(LONGEST + 1));
        check(&long, None, &long);
        // A second try succeeds.
        check("\x1bP?\x1bP>|foot\x1b\\", Some("foot"), "\x1bP?");
    }

    #[test]
    fn a_key_that_begins_like_an_answer_is_soon_a_key() {
        let gap = |bytes| {
            let mut listener = listening();
            for event in keys(bytes) {
                assert_eq!(listener.hear(event), None);
            }
            listener.waits().map(|left| {
                assert!(left <= listener.gap());
                listener.gap()
            })
        };
        assert_eq!(gap("jj"), None);
        assert_eq!((gap("\x1bP"), gap("\x1bP>|f")), (Some(LONG_GAP), Some(LONG_GAP)));
        assert_eq!(gap("\x1bP>|f\x1bo"), None);
    }

    #[test]
    fn an_answer_may_come_in_pieces_of_any_size() {
        let bytes = "\x1bP>|foot(1.16.2)\x1b\\";
        let mut pieces = keys("P>|foot(1.16.2)");
        pieces.insert(0, Event::Key(KeyEvent::from(KeyCode::Esc)));
        pieces.push(Event::Key(KeyEvent::from(KeyCode::Esc)));
        pieces.extend(keys("\\"));
        for cut in [pieces, keys(bytes)] {
            let (names, handed_on) = hear(&mut listening(), cut);
            assert_eq!((names, handed_on), (vec!["foot(1.16.2)".to_owned()], Vec::new()));
        }
        // Esc alone is a key after a moment, and at once where another key follows.
        let esc = || Event::Key(KeyEvent::from(KeyCode::Esc));
        let mut listener = listening();
        assert_eq!((listener.hear(esc()), listener.next()), (None, None));
        assert!(listener.waits().is_some_and(|left| left <= GAP));
        assert_eq!(listener.hear(keys("j").remove(0)), None);
        assert_eq!((listener.next(), listener.next()), (Some(esc()), keys("j").pop()));
    }

    /// More than two seconds after the question, its first byte alone was Esc, which left the program.
    #[test]
    fn a_late_answer_may_be_cut_too() {
        let mut listener = listening();
        let long_ago = Instant::now().checked_sub(Duration::from_secs(5)).expect("the machine runs longer");
        listener.question = Question::Asked(long_ago);
        let mut cut = keys("P>|foot");
        cut.insert(0, Event::Key(KeyEvent::from(KeyCode::Esc)));
        cut.extend(keys("\x1b\\"));
        assert_eq!(hear(&mut listener, cut), (vec!["foot".to_owned()], Vec::new()));
    }

    /// The rest of an answer that was cut for so long was typed into what Esc had opened, and the y of a name said yes to it.
    #[test]
    fn the_rest_of_an_answer_is_no_keys_even_where_its_first_byte_was() {
        let esc = || Event::Key(KeyEvent::from(KeyCode::Esc));
        let let_esc_go = || {
            let mut listener = listening();
            assert_eq!(listener.hear(esc()), None);
            listener.give_up();
            assert_eq!(listener.next(), Some(esc()));
            listener
        };
        let mut rest = keys("P>|ghostty 1.1.0\x1b\\");
        assert_eq!(hear(&mut let_esc_go(), rest.clone()), (vec!["ghostty 1.1.0".to_owned()], Vec::new()));
        // Whoever types P behind Esc does not wait for it, and whoever types on behind it has typed.
        let mut listener = let_esc_go();
        assert_eq!(listener.hear(rest.remove(0)), None);
        assert!(listener.waits().is_some_and(|left| left <= GAP));
        assert_eq!(hear(&mut let_esc_go(), keys("Pj>|f\x1b\\")), (Vec::new(), keys("Pj>|f\x1b\\")));
        assert_eq!(hear(&mut let_esc_go(), keys("jP>|f\x1b\\")), (Vec::new(), keys("jP>|f\x1b\\")));
    }

    #[test]
    fn the_mouse_may_come_in_between() {
        let moved =
            MouseEvent { kind: MouseEventKind::ScrollDown, column: 1, row: 1, modifiers: KeyModifiers::NONE };
        let mut events = keys("\x1bP>|foot\x1b\\");
        events.insert(3, Event::Mouse(moved));
        let (names, handed_on) = hear(&mut listening(), events);
        assert_eq!((names, handed_on), (vec!["foot".to_owned()], vec![Event::Mouse(moved)]));
    }

    #[test]
    fn who_did_not_ask_or_has_an_answer_hears_keys() {
        let answer = "\x1bP>|foot\x1b\\";
        let (names, handed_on) = hear(&mut Listener::default(), keys(answer));
        assert_eq!((names, handed_on), (Vec::new(), keys(answer)));
        check(&format!("{answer}{answer}"), Some("foot"), answer);
    }

    #[test]
    fn only_whoever_leaves_before_an_answer_listens_for_it() {
        assert_eq!(Listener::default().patience(), None);
        let mut listener = listening();
        assert!(listener.patience().is_some());
        hear(&mut listener, keys("\x1bP>|foot\x1b\\"));
        assert_eq!(listener.patience(), None);
    }

    proptest! {
        #[test]
        fn no_key_around_an_answer_is_lost_or_moved(
            before in r"[a-zP>|\\]{0,12}",
            name in "[a-z]{1,8}",
            after in r"[a-z\x1bP>|\\]{0,12}",
        ) {
            let answer = keys(&format!("\x1bP>|{name}\x1b\\"));
            let (before, after) = (keys(&before), keys(&after));
            let (names, handed_on) = hear(&mut listening(), [before.clone(), answer, after.clone()].concat());
            prop_assert_eq!((names, handed_on), (vec![name], [before, after].concat()));
        }

        #[test]
        fn no_key_is_lost_or_moved_without_one(typed in r"[a-z\x1bP>|\\]{0,24}") {
            prop_assume!(!typed.contains("\x1bP>|"));
            let (names, handed_on) = hear(&mut listening(), keys(&typed));
            prop_assert_eq!((names, handed_on), (Vec::new(), keys(&typed)));
        }
    }
}
