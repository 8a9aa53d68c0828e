//! The screens of a dashboard, one file each, and what they look at.

pub mod aside;
pub mod charts;
mod claims;
mod levels;
pub mod people;
pub mod person;
pub mod record;
pub mod review;

use ratatui::layout::{Position, Rect, Size};

use crate::clock::Timestamp;
use crate::registry::office::Overview;
use crate::tui::hr::Look;
use crate::tui::keymap::{Binding, Key};

/// The keys of a screen on which somebody moves in a list: those of its own, and those that move, which are the same
/// everywhere. `$one` is what a row is called; with `hint` the last line of the screen names the keys that move.
macro_rules! list_keys {
    ($step:path, $one:literal, $($hint:ident,)? [$($own:expr),+ $(,)?]) => {
        &[
            $($own,)+
            Binding::new(&[Key::Down, Key::Char('j')], $step(Step::Down), concat!("next ", $one))
                .action("down")
                $(.$hint("next"))?
                .repeating(),
            Binding::new(&[Key::Up, Key::Char('k')], $step(Step::Up), concat!("previous ", $one))
                .action("up")
                $(.$hint("previous"))?
                .repeating(),
            Binding::new(
                &[Key::PageDown, Key::Char(' '), Key::Ctrl('f'), Key::Ctrl('d')],
                $step(Step::PageDown),
                "page down",
            )
            .action("page_down")
            .repeating(),
            Binding::new(
                &[Key::PageUp, Key::Char('b'), Key::Ctrl('b'), Key::Ctrl('u')],
                $step(Step::PageUp),
                "page up",
            )
            .action("page_up")
            .repeating(),
            Binding::new(&[Key::Home, Key::Char('g')], $step(Step::First), concat!("first ", $one)).action("top"),
            Binding::new(&[Key::End, Key::Char('G')], $step(Step::Last), concat!("last ", $one)).action("end"),
            Binding::new(&[Key::WheelDown], $step(Step::WheelDown), concat!($one, "s down")),
            Binding::new(&[Key::WheelUp], $step(Step::WheelUp), concat!($one, "s up")),
        ]
    };
}
use list_keys;

/// The key that leaves a page. `q` goes one step back everywhere, and from the first screens out of the dashboard.
const fn leaving<M: Clone + 'static>(message: M) -> Binding<M> {
    Binding::new(
        &[Key::Char('q'), Key::Esc, Key::Backspace],
        message,
        "back; from the first screens q leaves",
    )
    .action("leave")
    .hint("back")
}

/// What a screen looks at.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// Everything at a glance; nothing before it was read for the first time.
    pub overview: Option<&'a Overview>,
    /// The moment of it, when that is not the present.
    pub past: Option<Timestamp>,
    /// How the officer wants it.
    pub look: Look,
    /// How large the part of the screen between heading and hints is.
    pub size: Size,
}

impl<'a> View<'a> {
    /// What is seen of an overview that was asked for as of `moment`.
    #[must_use]
    pub fn new(overview: Option<&'a Overview>, moment: Option<Timestamp>, look: Look, size: Size) -> Self {
        Self { overview, past: moment, look, size }
    }
}

/// Keys and what they do, for the help.
pub type Help = Vec<(String, &'static str)>;

/// A body of this size, wherever it is on the screen.
fn whole(size: Size) -> Rect {
    Rect::from((Position::ORIGIN, size))
}
