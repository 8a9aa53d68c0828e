//! The key tables of a screen on which a text is read.

/// The key table of a screen with a text: `$on` says what Enter does, `$leave` what the way out is, `$more` are further
/// lines, and `$message` and `$link` make a message of that screen out of a [`Move`](super::Move) and a
/// [`LinkStep`](super::LinkStep). A macro, because a table is a static whose messages are of the screen's own type.
macro_rules! reading_keys {
    ($message:path, $link:path, $on:expr, $leave:expr $(, $more:expr)* $(,)?) => {{
        use $crate::tui::keymap::{Binding, Key};
        use $crate::tui::widgets::reader::{LinkStep, Move};
        &[
            Binding::new(&[Key::Char(' '), Key::PageDown, Key::Ctrl('f')], $message(Move::PageDown), "page down")
                .action("page_down")
                .hint("page")
                .repeating(),
            $on,
            Binding::new(&[Key::Char('b'), Key::PageUp, Key::Ctrl('b')], $message(Move::PageUp), "page up")
                .action("page_up")
                .repeating(),
            Binding::new(&[Key::Char('j'), Key::Down, Key::Ctrl('e')], $message(Move::Down), "line down")
                .action("down")
                .repeating(),
            Binding::new(&[Key::Char('k'), Key::Up, Key::Ctrl('y')], $message(Move::Up), "line up")
                .action("up")
                .repeating(),
            Binding::new(&[Key::WheelDown], $message(Move::WheelDown), "three lines down"),
            Binding::new(&[Key::WheelUp], $message(Move::WheelUp), "three lines up"),
            Binding::new(&[Key::Char('d'), Key::Ctrl('d')], $message(Move::HalfPageDown), "half a page down")
                .action("half_page_down")
                .repeating(),
            Binding::new(&[Key::Char('u'), Key::Ctrl('u')], $message(Move::HalfPageUp), "half a page up")
                .action("half_page_up")
                .repeating(),
            Binding::new(&[Key::Char(']'), Key::Char('n')], $message(Move::NextHeading), "next heading")
                .action("next_heading")
                .repeating(),
            Binding::new(&[Key::Char('['), Key::Char('p')], $message(Move::PreviousHeading), "previous heading")
                .action("previous_heading")
                .repeating(),
            Binding::new(&[Key::Char('g'), Key::Home], $message(Move::Top), "to the top")
                .action("top"),
            Binding::new(&[Key::Char('G'), Key::End], $message(Move::End), "to the end")
                .action("end"),
            $($more,)*
            Binding::new(&[Key::Tab], $link(LinkStep::Next), "mark the next link")
                .action("next_link")
                .hint("links")
                .repeating(),
            Binding::new(&[Key::BackTab], $link(LinkStep::Previous), "mark the previous link")
                .action("previous_link")
                .repeating(),
            Binding::new(&[Key::Backspace], $link(LinkStep::Return), "back to the link that led here")
                .action("way_back"),
            $leave,
        ]
    }};
}

/// The key table while a picture takes the whole screen. `$message` makes a message of the screen out of a
/// [`Look`](super::Look).
macro_rules! picture_keys {
    ($message:path) => {{
        use $crate::tui::keymap::{Binding, Key};
        use $crate::tui::widgets::reader::Look;
        &[
            Binding::new(
                &[Key::Esc, Key::Enter, Key::Char('v'), Key::Char('q')],
                $message(Look::Away),
                "back to the text",
            )
            .hint("back to the text"),
            Binding::new(
                &[Key::Down, Key::Char('j'), Key::WheelDown],
                $message(Look::Scroll(1)),
                "its words, down",
            )
            .hint("words")
            .repeating(),
            Binding::new(
                &[Key::Up, Key::Char('k'), Key::WheelUp],
                $message(Look::Scroll(-1)),
                "its words, up",
            )
            .repeating(),
        ]
    }};
}

/// The same while a link is marked.
macro_rules! marked_link_keys {
    ($message:path, $link:path $(, $more:expr)* $(,)?) => {
        $crate::tui::widgets::reader::reading_keys!(
            $message,
            $link,
            Binding::new(
                &[Key::Enter],
                $link($crate::tui::widgets::reader::LinkStep::Follow),
                "follow the marked link; out of the course only after a question",
            )
            .action("open")
            .hint("go"),
            Binding::new(
                &[Key::Esc, Key::Char('q')],
                $link($crate::tui::widgets::reader::LinkStep::LetGo),
                "back to the text",
            )
            .action("leave")
            .hint("text"),
            Binding::new(
                &[Key::Char('c')],
                $link($crate::tui::widgets::reader::LinkStep::Copy),
                "copy the address of the marked link",
            )
            .action("copy")
            .hint("copy"),
            $($more,)*
        )
    };
}

pub(in crate::tui) use {marked_link_keys, picture_keys, reading_keys};
