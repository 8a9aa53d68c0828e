//! The key table of a screen on which a text is read.

/// The key table of a screen with a text: `$on` says what Enter does, `$more` are further lines, and `$message` makes a
/// message of that screen out of a [`Move`](super::Move). A macro, because a table is a static whose messages are of the
/// screen's own type.
macro_rules! reading_keys {
    ($message:path, $on:expr, $leave:expr $(, $more:expr)* $(,)?) => {{
        use $crate::tui::keymap::{Binding, Key};
        use $crate::tui::widgets::reader::Move;
        &[
            Binding::new(&[Key::Char(' '), Key::PageDown, Key::Ctrl('f')], $message(Move::PageDown), "page down")
                .hint("page")
                .repeating(),
            $on,
            Binding::new(&[Key::Char('b'), Key::PageUp, Key::Ctrl('b')], $message(Move::PageUp), "page up")
                .repeating(),
            Binding::new(&[Key::Char('j'), Key::Down, Key::Ctrl('e')], $message(Move::Down), "line down")
                .repeating(),
            Binding::new(&[Key::Char('k'), Key::Up, Key::Ctrl('y')], $message(Move::Up), "line up").repeating(),
            Binding::new(&[Key::WheelDown], $message(Move::WheelDown), "three lines down"),
            Binding::new(&[Key::WheelUp], $message(Move::WheelUp), "three lines up"),
            Binding::new(&[Key::Char('d'), Key::Ctrl('d')], $message(Move::HalfPageDown), "half a page down")
                .repeating(),
            Binding::new(&[Key::Char('u'), Key::Ctrl('u')], $message(Move::HalfPageUp), "half a page up")
                .repeating(),
            Binding::new(&[Key::Char(']'), Key::Char('n')], $message(Move::NextHeading), "next heading")
                .repeating(),
            Binding::new(&[Key::Char('['), Key::Char('p')], $message(Move::PreviousHeading), "previous heading")
                .repeating(),
            Binding::new(&[Key::Char('g'), Key::Home], $message(Move::Top), "to the top"),
            Binding::new(&[Key::Char('G'), Key::End], $message(Move::End), "to the end"),
            $($more,)*
            Binding::new(&[Key::Esc, Key::Char('q')], $leave, "leave; your place is kept").hint("back"),
        ]
    }};
}

pub(in crate::tui) use reading_keys;
