//! The keys beside what was right, in a check and in the assessment.

use crate::tui::keymap::{Binding, Key};

/// Opens the lesson that a question links to.
pub(super) const fn looking_up<M: Clone>(message: M) -> Binding<M> {
    Binding::new(&[Key::Char('l')], message, "open the lesson where it says this; Esc comes back")
        .action("lesson")
        .hint("lesson")
}

/// Opens the list that has the source. Where that is stands beside the source itself.
pub(super) const fn showing_source<M: Clone>(message: M) -> Binding<M> {
    Binding::new(&[Key::Char('s')], message, "open the list that has the source; Esc comes back")
        .action("source")
        .hint("source")
}

/// The keys of a look back over answers, which differ in what leaving is, and in a key for the source. The screen has a
/// `Message` of its own with `ReviewStep`, `LookUp` and `EndReview`, and imports `Way` and [`looking_up`].
macro_rules! review {
    ($leave:expr $(, $source:expr)?) => {
        &[
            Binding::new(
                &[Key::Enter, Key::Right, Key::Char('n'), Key::Char(' ')],
                Message::ReviewStep(Way::On),
                "next question",
            )
            .action("next")
            .hint("next"),
            looking_up(Message::LookUp),
            $($source,)?
            Binding::new(&[Key::Esc, Key::Char('q')], Message::EndReview, $leave)
                .action("leave")
                .hint("back"),
            // Behind the others: whoever comes to the first answer by clicks on it finds no way out in its place.
            Binding::new(&[Key::Left, Key::Char('p')], Message::ReviewStep(Way::Back), "previous question")
                .action("previous")
                .hint("previous"),
        ]
    };
}
pub(super) use review;
