//! The key tables of a screen on which a text is read.

/// The key table of a screen with a text: `$on` says what Enter does, `$leave` leaves, `$more` are further lines, and `$message`,
/// `$tool`, `$link` and `$aid` make messages of that screen out of a [`Move`](super::Move), a [`Tool`](super::Tool), a
/// [`LinkStep`](super::LinkStep), an [`Aid`](super::Aid) and a [`Look`](super::Look). In front stands `marked` for while a link
/// is marked, `pictured` for while a picture is, `found` for while the hits of a search are, and `opened` for the latter in a text that was opened from a list of places. A macro, because a table is a static
/// whose messages are of the screen's own type.
macro_rules! reading_keys {
    (@ $message:path, $tool:path, $link:path, $aid:path, $look:path, $on:expr, [$($more:expr,)*], [$($first:expr,)*],
        [$($next:expr),*], [$($previous:expr),*], $leave:expr) => {{
        use $crate::tui::keymap::{Binding, Key};
        use $crate::tui::widgets::reader::{Aid, LinkStep, Look, Move, Tool};
        &[
            $($first,)*
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
            Binding::new(&[$($next),*], $message(Move::NextHeading), "next heading")
                .action("next_heading")
                .repeating(),
            Binding::new(&[$($previous),*], $message(Move::PreviousHeading), "previous heading")
                .action("previous_heading")
                .repeating(),
            Binding::new(&[Key::Char('g'), Key::Home], $message(Move::Top), "to the top")
                .action("top"),
            Binding::new(&[Key::Char('G'), Key::End], $message(Move::End), "to the end")
                .action("end"),
            $($more,)*
            Binding::new(&[Key::Char('v')], $look(Look::Closer), "enlarge the picture in sight").action("enlarge"),
            Binding::new(&[Key::Tab], $link(LinkStep::Next), "mark the next link or picture")
                .action("next_link")
                .hint("links")
                .repeating(),
            Binding::new(&[Key::BackTab], $link(LinkStep::Previous), "mark the previous link or picture")
                .action("previous_link")
                .repeating(),
            Binding::new(&[Key::Backspace], $link(LinkStep::Return), "back to where the last jump began")
                .action("way_back"),
            Binding::new(&[Key::Char('t')], $tool(Tool::ShowContents), "headings of this text")
                .action("contents")
                .hint("contents"),
            Binding::new(&[Key::Char('/')], $tool(Tool::Find), "find words in this text")
                .action("find")
                .hint("find"),
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
    (marked $message:path, $tool:path, $link:path, $aid:path, $look:path $(, $more:expr)* $(,)?) => {
        reading_keys!(@
            $message, $tool, $link, $aid, $look,
            Binding::new(
                &[Key::Enter],
                $link(LinkStep::Follow),
                "follow the marked link; out of the course only after a question",
            )
            .action("open")
            .hint("go"),
            [
                Binding::new(&[Key::Char('c')], $link(LinkStep::Copy), "copy the address of the marked link")
                    .action("copy")
                    .hint("copy"),
                $($more,)*
            ],
            [],
            [Key::Char(']'), Key::Char('n')], [Key::Char('['), Key::Char('p')],
            Binding::new(&[Key::Esc, Key::Char('q')], $link(LinkStep::LetGo), "back to the text")
                .action("leave")
                .hint("text")
        )
    };
    (pictured $message:path, $tool:path, $link:path, $aid:path, $look:path $(, $more:expr)* $(,)?) => {
        reading_keys!(@
            $message, $tool, $link, $aid, $look,
            Binding::new(&[Key::Enter], $link(LinkStep::Follow), "enlarge the marked picture")
                .action("open")
                .hint("enlarge"),
            [$($more,)*],
            [],
            [Key::Char(']'), Key::Char('n')], [Key::Char('['), Key::Char('p')],
            Binding::new(&[Key::Esc, Key::Char('q')], $link(LinkStep::LetGo), "back to the text")
                .action("leave")
                .hint("text")
        )
    };
    (found $message:path, $tool:path, $link:path, $aid:path, $look:path, $on:expr $(, $more:expr)* $(,)?) => {
        reading_keys!(hits
            $message, $tool, $link, $aid, $look, $on, [$($more,)*],
            Binding::new(&[Key::Esc, Key::Char('q')], $tool(Tool::PutAway), "put the search away")
                .action("leave")
                .hint("clear")
        )
    };
    (opened $message:path, $tool:path, $link:path, $aid:path, $look:path, $on:expr $(, $more:expr)* $(,)?) => {
        reading_keys!(hits
            $message, $tool, $link, $aid, $look, $on, [$($more,)*],
            Binding::new(&[Key::Esc, Key::Char('q')], $tool(Tool::PutAway), "back to the list of places")
                .action("leave")
                .hint("list")
        )
    };
    (hits $message:path, $tool:path, $link:path, $aid:path, $look:path, $on:expr, [$($more:expr,)*], $leave:expr) => {
        reading_keys!(@
            $message, $tool, $link, $aid, $look, $on, [$($more,)*],
            [
                Binding::new(&[Key::Char('n')], $tool(Tool::NextHit), "next place that was found")
                    .action("next_hit")
                    .hint("next")
                    .repeating(),
                Binding::new(&[Key::Char('N')], $tool(Tool::PreviousHit), "previous place that was found")
                    .action("previous_hit")
                    .hint("previous")
                    .repeating(),
            ],
            [Key::Char(']')], [Key::Char('['), Key::Char('p')],
            $leave
        )
    };
    ($message:path, $tool:path, $link:path, $aid:path, $look:path, $on:expr, $leave:expr $(, $more:expr)* $(,)?) => {
        reading_keys!(@
            $message, $tool, $link, $aid, $look, $on, [$($more,)*],
            [],
            [Key::Char(']'), Key::Char('n')], [Key::Char('['), Key::Char('p')],
            Binding::new(&[Key::Esc, Key::Char('q')], $leave, "leave; your place is kept")
                .action("leave")
                .hint("back")
        )
    };
}

/// The key table for while the headings of the text have the keyboard.
macro_rules! contents_keys {
    ($tool:path) => {{
        use $crate::tui::keymap::{Binding, Key};
        use $crate::tui::widgets::reader::Tool;
        use $crate::tui::widgets::rows::Step;
        &[
            Binding::new(&[Key::Enter], $tool(Tool::Jump), "go to the marked heading")
                .action("open")
                .hint("go there"),
            Binding::new(
                &[Key::Down, Key::Char('j')],
                $tool(Tool::Contents(Step::Down)),
                "next heading of the list",
            )
            .action("down")
            .hint("choose")
            .repeating(),
            Binding::new(
                &[Key::Up, Key::Char('k')],
                $tool(Tool::Contents(Step::Up)),
                "previous heading of the list",
            )
            .action("up")
            .repeating(),
            Binding::new(&[Key::WheelDown], $tool(Tool::Contents(Step::WheelDown)), "three headings down"),
            Binding::new(&[Key::WheelUp], $tool(Tool::Contents(Step::WheelUp)), "three headings up"),
            Binding::new(
                &[Key::PageDown, Key::Char(' '), Key::Ctrl('f')],
                $tool(Tool::Contents(Step::PageDown)),
                "page down",
            )
            .action("page_down")
            .repeating(),
            Binding::new(
                &[Key::PageUp, Key::Char('b'), Key::Ctrl('b')],
                $tool(Tool::Contents(Step::PageUp)),
                "page up",
            )
            .action("page_up")
            .repeating(),
            Binding::new(&[Key::Home, Key::Char('g')], $tool(Tool::Contents(Step::First)), "first heading")
                .action("top"),
            Binding::new(&[Key::End, Key::Char('G')], $tool(Tool::Contents(Step::Last)), "last heading")
                .action("end"),
            Binding::digits(
                |digit| $tool(Tool::Digit(digit + 1)),
                "to the heading of this number, of several digits too",
            ),
            Binding::new(&[Key::Char('0')], $tool(Tool::Digit(0)), "a further digit"),
            Binding::new(&[Key::Char('t')], $tool(Tool::HideContents), "put the headings away")
                .action("contents"),
            Binding::new(&[Key::Esc, Key::Char('q')], $tool(Tool::HideContents), "back to the text")
                .action("leave")
                .hint("back"),
        ]
    }};
}

/// The key table for while words are typed that are looked for: in the text, or with `course` in front in all of the course.
macro_rules! finding_keys {
    (@ $tool:path, $enter:literal, $entered:literal, $scope:literal, $scoped:literal) => {{
        use $crate::tui::keymap::{Binding, Key};
        use $crate::tui::widgets::reader::Tool;
        use $crate::tui::widgets::rows::Step;
        &[
            Binding::new(&[Key::Enter], $tool(Tool::Keep), $enter).action("open").hint($entered),
            Binding::new(&[Key::Down], $tool(Tool::Along(Step::Down)), "next place")
                .action("down")
                .hint("next")
                .repeating(),
            Binding::new(&[Key::Up], $tool(Tool::Along(Step::Up)), "previous place").action("up").repeating(),
            Binding::new(&[Key::PageDown], $tool(Tool::Along(Step::PageDown)), "page down")
                .action("page_down")
                .repeating(),
            Binding::new(&[Key::PageUp], $tool(Tool::Along(Step::PageUp)), "page up").action("page_up").repeating(),
            Binding::new(&[Key::WheelDown], $tool(Tool::Along(Step::WheelDown)), "three places down"),
            Binding::new(&[Key::WheelUp], $tool(Tool::Along(Step::WheelUp)), "three places up"),
            Binding::new(&[Key::Tab], $tool(Tool::Scope), $scope).action("scope").hint($scoped),
            Binding::new(&[Key::Esc], $tool(Tool::GiveUp), "back to where you were").action("leave").hint("back"),
            Binding::typing(|edit| $tool(Tool::Type(edit)), "the words; a capital among them makes capitals matter"),
        ]
    }};
    ($tool:path) => {
        finding_keys!(@ $tool, "stay here; n and N go on from place to place", "stay", "look through the whole course", "whole course")
    };
    (course $tool:path) => {
        finding_keys!(@ $tool, "open the marked place; Esc comes back to this list", "open", "look through this text alone", "this text")
    };
}

/// The key table while a picture takes the whole screen. `$message` makes a message of the screen out of a
/// [`Look`](super::Look).
macro_rules! picture_keys {
    ($message:path) => {{
        use $crate::tui::keymap::{Binding, Key};
        use $crate::tui::widgets::reader::Look;
        &[
            Binding::new(&[Key::Esc, Key::Char('q')], $message(Look::Away), "back to the text")
                .action("leave")
                .hint("back to the text"),
            Binding::new(&[Key::Char('v')], $message(Look::Away), "back to the text").action("enlarge"),
            Binding::new(&[Key::Enter], $message(Look::Away), "back to the text").action("open"),
            Binding::new(&[Key::Down, Key::Char('j')], $message(Look::Scroll(1)), "its words, down")
                .action("down")
                .hint("words")
                .repeating(),
            Binding::new(&[Key::Up, Key::Char('k')], $message(Look::Scroll(-1)), "its words, up")
                .action("up")
                .repeating(),
            Binding::new(&[Key::WheelDown], $message(Look::Scroll(3)), "its words, three lines down"),
            Binding::new(&[Key::WheelUp], $message(Look::Scroll(-3)), "its words, three lines up"),
        ]
    }};
}

pub(in crate::tui) use {contents_keys, finding_keys, picture_keys, reading_keys};
