//! The keys of the assessment.

use super::Message;
use crate::tui::keymap::{Binding, Context as KeyContext, Key};
use crate::tui::screens::beside_answer::{looking_up, review, showing_source};
use crate::tui::widgets::answer::{PadMessage, Way};
use crate::tui::widgets::sheet;

pub(super) static INTRO: &[Binding<Message>] = &[
    sheet::choosing(Message::Choose),
    Binding::new(&[Key::Esc, Key::Char('q')], Message::Leave, "back").action("leave").hint("back"),
];

/// The next question, whatever is open in this one.
pub(super) const NEXT_KEYS: &[Key] = &[Key::Char('n'), Key::Ctrl('n')];

pub(super) static QUESTION: &[Binding<Message>] = &[
    Binding::new(
        &[Key::Enter],
        Message::Proceed,
        "next question, once all of this one is seen and what was begun is ended; in a story, decide or read on",
    )
    .action("proceed")
    .hint("next"),
    Binding::new(NEXT_KEYS, Message::Turn(Way::On), "next question").action("next"),
    Binding::new(&[Key::Char('f'), Key::Ctrl('f')], Message::Flag, "flag the question to come back to it")
        .action("flag")
        .hint("flag"),
    Binding::new(
        &[Key::Char('o'), Key::Ctrl('o')],
        Message::Overview,
        "what is answered, open and flagged; submit",
    )
    .action("overview")
    .hint("overview"),
    Binding::new(&[Key::Esc, Key::Char('q')], Message::Leave, "leave for now; every answer is kept")
        .action("leave")
        .hint("leave"),
    // Behind those for which a narrow screen has room: the last ones go first. And whoever comes to the first question by clicks on it
    // finds no way out in its place.
    Binding::new(&[Key::Char('p'), Key::Ctrl('p')], Message::Turn(Way::Back), "previous question")
        .action("previous")
        .hint("previous"),
];

pub(super) static OVERVIEW: &[Binding<Message>] = &[
    Binding::new(&[Key::Enter], Message::Choose, "go to the question, or choose").hint("choose"),
    Binding::digits(
        |digit| Message::Digit(digit + 1),
        "to the question of this number, of several digits too; Enter opens it",
    ),
    Binding::new(&[Key::Char('0')], Message::Digit(0), "a further digit"),
    Binding::new(&[Key::Char('s')], Message::AskToSubmit, "submit the attempt")
        .action("submit")
        .hint("submit"),
    Binding::new(
        &[Key::Esc, Key::Char('q'), Key::Char('o'), Key::Ctrl('o')],
        Message::EndOverview,
        "back to the question",
    )
    .action("leave")
    .hint("back"),
];

pub(super) static CONFIRM: &[Binding<Message>] = &[
    sheet::choosing(Message::Choose),
    // Not in the last line, where a click would do it: the button asks for a second one.
    Binding::new(&[Key::Char('y')], Message::Submit, "submit"),
    Binding::new(&[Key::Esc, Key::Char('q'), Key::Char('n')], Message::Overview, "do not submit yet")
        .hint("not yet"),
];

pub(super) static SUBMITTING: &[Binding<Message>] =
    &[Binding::new(&[Key::Esc, Key::Char('q')], Message::Leave, "back").action("leave").hint("back")];

pub(super) static RESULT: &[Binding<Message>] = &[
    sheet::choosing(Message::Choose),
    Binding::new(&[Key::Char('v')], Message::Review(0), "look at the answers")
        .action("review")
        .hint("review"),
    Binding::new(&[Key::Char('n')], Message::NextPart, "go on with what comes next")
        .action("go_on")
        .hint("go on"),
    Binding::new(&[Key::Esc, Key::Char('q')], Message::Leave, "back").action("leave").hint("back"),
];

pub(super) static RESULT_WITHOUT_ANSWERS: &[Binding<Message>] = &[
    sheet::choosing(Message::Choose),
    Binding::new(&[Key::Char('v')], Message::Review(0), "say when the answers can be looked at")
        .action("review"),
    Binding::new(&[Key::Char('n')], Message::NextPart, "go on with what comes next")
        .action("go_on")
        .hint("go on"),
    Binding::new(&[Key::Esc, Key::Char('q')], Message::Leave, "back").action("leave").hint("back"),
];

pub(super) static REVIEW: &[Binding<Message>] = review!("back to the result");
pub(super) static REVIEW_WITH_SOURCE: &[Binding<Message>] =
    review!("back to the result", showing_source(Message::Pad(PadMessage::ShowSource)));

impl Message {
    /// What Enter does in a word where a button that cannot be taken back has the focus.
    pub(super) fn grave_word(&self) -> Option<&'static str> {
        match self {
            Self::Begin => Some("begin"),
            Self::Submit => Some("submit"),
            Self::Pad(_)
            | Self::Turn(_)
            | Self::Proceed
            | Self::GoTo(_)
            | Self::Digit(_)
            | Self::Flag
            | Self::Overview
            | Self::EndOverview
            | Self::BeginAgain
            | Self::AskToSubmit
            | Self::Mark(_)
            | Self::Result(_)
            | Self::Review(_)
            | Self::ReviewStep(_)
            | Self::EndReview
            | Self::LookUp
            | Self::Reread(_)
            | Self::Go(_)
            | Self::Step(_)
            | Self::Choose
            | Self::NextPart
            | Self::Leave => None,
        }
    }
}

/// All of them, for whoever looks for two meanings of one.
pub(in crate::tui::screens) fn contexts() -> Vec<KeyContext> {
    vec![
        KeyContext::new("before the assessment").pad().table(INTRO),
        KeyContext::new("at a question of the assessment").pad().table(QUESTION),
        KeyContext::new("on the overview of the assessment").pad().table(OVERVIEW),
        KeyContext::new("before submitting").pad().table(CONFIRM),
        KeyContext::new("while submitting").table(SUBMITTING),
        KeyContext::new("on the result").pad().table(RESULT),
        KeyContext::new("on the result").pad().table(RESULT_WITHOUT_ANSWERS),
        KeyContext::new("in the review of the assessment").table(REVIEW),
        KeyContext::new("at a listed source of an answer").table(REVIEW_WITH_SOURCE),
    ]
}
