//! The keys of the form.

use super::Message;
use crate::tui::keymap::{Binding, Key};

/// The keys of the form, which differ in what is done with it. That it can be kept from every field stands first, so that a narrow
/// screen says it too.
macro_rules! form_keys {
    (done: $done:expr, enter: $enter:expr, leave: $leave:expr) => {
        &[
            $done,
            $enter,
            Binding::new(&[Key::Tab, Key::Down], Message::Next, "next field").repeating(),
            Binding::new(&[Key::BackTab, Key::Up], Message::Previous, "previous field").repeating(),
            Binding::new(&[Key::PageDown, Key::WheelDown], Message::Scroll(3), "scroll down").repeating(),
            Binding::new(&[Key::PageUp, Key::WheelUp], Message::Scroll(-3), "scroll up").repeating(),
            $leave,
            Binding::typing(Message::Edit, "goes into the field"),
        ]
    };
}

const DONE: &[Key] = &[Key::Ctrl('s'), Key::F(10)];
const BEGIN: Binding<Message> = Binding::new(DONE, Message::Done, "begin");
const KEEP: Binding<Message> = Binding::new(DONE, Message::Done, "keep it");
const ENTER_OR_BEGIN: Binding<Message> = Binding::new(
    &[Key::Enter],
    Message::Enter,
    "next field; begin from “Once more”, or from “Passphrase” while it is empty",
);
const ENTER_OR_KEEP: Binding<Message> =
    Binding::new(&[Key::Enter], Message::Enter, "next field; keep it from “E-mail”");
const LEAVE: Binding<Message> = Binding::new(
    &[Key::Esc],
    Message::Leave,
    "leave without beginning; asks first if you have typed something",
)
.hint("leave");
const BACK: Binding<Message> = Binding::new(
    &[Key::Esc],
    Message::Leave,
    "back without keeping it; asks first if you have changed something",
)
.hint("back");

pub(super) static KEYS: &[Binding<Message>] =
    form_keys!(done: BEGIN.hint("begin"), enter: ENTER_OR_BEGIN.hint("next"), leave: LEAVE);

/// Where Enter begins.
pub(super) static KEYS_AT_END: &[Binding<Message>] =
    form_keys!(done: BEGIN, enter: ENTER_OR_BEGIN.hint("begin"), leave: LEAVE);

pub(super) static CORRECTION: &[Binding<Message>] =
    form_keys!(done: KEEP.hint("keep"), enter: ENTER_OR_KEEP.hint("next"), leave: BACK);

/// Where Enter keeps it.
pub(super) static CORRECTION_AT_END: &[Binding<Message>] =
    form_keys!(done: KEEP, enter: ENTER_OR_KEEP.hint("keep"), leave: BACK);
