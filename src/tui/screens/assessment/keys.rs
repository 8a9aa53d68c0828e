//! The keys of the assessment.

use super::Message;
use crate::tui::keymap::{Binding, Key};
use crate::tui::widgets::answer::Way;
use crate::tui::widgets::sheet;

pub(super) static INTRO: &[Binding<Message>] = &[
    sheet::choosing(Message::Choose),
    Binding::new(&[Key::Esc, Key::Char('q')], Message::Leave, "back").hint("back"),
];

pub(super) static QUESTION: &[Binding<Message>] = &[
    Binding::new(&[Key::Enter], Message::Proceed, "next question; a story that was begun is ended first")
        .hint("next"),
    Binding::new(&[Key::Char('n'), Key::Ctrl('n')], Message::Turn(Way::On), "next question"),
    Binding::new(&[Key::Char('p'), Key::Ctrl('p')], Message::Turn(Way::Back), "previous question"),
    Binding::new(&[Key::Char('f'), Key::Ctrl('f')], Message::Flag, "flag the question to come back to it")
        .hint("flag"),
    Binding::new(
        &[Key::Char('o'), Key::Ctrl('o')],
        Message::Overview,
        "what is answered, open and flagged; submit",
    )
    .hint("overview"),
    Binding::new(&[Key::Esc, Key::Char('q')], Message::Leave, "leave for now; every answer is kept")
        .hint("leave"),
];

pub(super) static OVERVIEW: &[Binding<Message>] = &[
    Binding::new(&[Key::Enter], Message::Choose, "go to the question, or choose").hint("choose"),
    Binding::digits(Message::GoTo, "go to this question"),
    Binding::new(&[Key::Char('s')], Message::AskToSubmit, "submit the attempt").hint("submit"),
    Binding::new(
        &[Key::Esc, Key::Char('q'), Key::Char('o'), Key::Ctrl('o')],
        Message::EndOverview,
        "back to the question",
    )
    .hint("back"),
];

pub(super) static CONFIRM: &[Binding<Message>] = &[
    sheet::choosing(Message::Choose),
    Binding::new(&[Key::Char('y')], Message::Submit, "submit").hint("submit"),
    Binding::new(&[Key::Esc, Key::Char('q'), Key::Char('n')], Message::Overview, "do not submit yet")
        .hint("not yet"),
];

pub(super) static SUBMITTING: &[Binding<Message>] =
    &[Binding::new(&[Key::Esc, Key::Char('q')], Message::Leave, "back").hint("back")];

pub(super) static RESULT: &[Binding<Message>] = &[
    sheet::choosing(Message::Choose),
    Binding::new(&[Key::Char('v')], Message::Review(0), "look at the answers").hint("review"),
    Binding::new(&[Key::Char('n')], Message::NextPart, "go on with what comes next").hint("go on"),
    Binding::new(&[Key::Esc, Key::Char('q')], Message::Leave, "back").hint("back"),
];

pub(super) static RESULT_WITHOUT_ANSWERS: &[Binding<Message>] = &[
    sheet::choosing(Message::Choose),
    Binding::new(&[Key::Char('n')], Message::NextPart, "go on with what comes next").hint("go on"),
    Binding::new(&[Key::Esc, Key::Char('q')], Message::Leave, "back").hint("back"),
];

pub(super) static REVIEW: &[Binding<Message>] = &[
    Binding::new(
        &[Key::Enter, Key::Right, Key::Char('n'), Key::Char(' ')],
        Message::ReviewStep(Way::On),
        "next question",
    )
    .hint("next"),
    Binding::new(&[Key::Left, Key::Char('p')], Message::ReviewStep(Way::Back), "previous question")
        .hint("previous"),
    Binding::new(&[Key::Char('l')], Message::LookUp, "open the lesson where it says this; Esc comes back")
        .hint("lesson"),
    Binding::new(&[Key::Esc, Key::Char('q')], Message::EndReview, "back to the result").hint("back"),
];
