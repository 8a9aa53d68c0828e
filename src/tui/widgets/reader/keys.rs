//! The key table of a screen on which a text is read.

/// The key table of a screen with a text: `$on` says what Enter does, `$leave` what the way out is, `$more` are further
/// lines, and `$message`, `$link` and `$aid` make a message of that screen out of a [`Move`](super::Move), a
/// [`LinkStep`](super::LinkStep) and an [`Aid`](super::Aid). A macro, because a table is a static whose messages are of the screen's own type.
macro_rules! reading_keys {
    ($message:path, $link:path, $aid:path, $on:expr, $leave:expr $(, $more:expr)* $(,)?) => {{
        use $crate::tui::keymap::{Binding, Key};
        use $crate::tui::widgets::reader::{Aid, LinkStep, Move};
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
            Binding::new(&[Key::Backspace], $link(LinkStep::Return), "back to where the last jump began")
                .action("way_back"),
            Binding::new(
                &[Key::Char('m')],
                $aid(Aid::Mark),
                "bookmark the top line, or take the bookmark away",
            )
            .action("bookmark"),
            Binding::new(&[Key::Char('a')], $aid(Aid::Note), "write a note for the top line").action("note"),
            Binding::new(&[Key::Char('M')], $aid(Aid::List), "your bookmarks and notes").action("bookmarks"),
            Binding::new(&[Key::Char('w')], $aid(Aid::Define), "what the words in sight mean")
                .action("define"),
            $leave,
        ]
    }};
}

/// The same while a link is marked.
macro_rules! marked_link_keys {
    ($message:path, $link:path, $aid:path $(, $more:expr)* $(,)?) => {
        $crate::tui::widgets::reader::reading_keys!(
            $message,
            $link,
            $aid,
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

pub(in crate::tui) use {marked_link_keys, reading_keys};
