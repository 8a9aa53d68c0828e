//! The keys of the list of people.

use super::Message;
use crate::tui::hr::screens::list_keys;
use crate::tui::keymap::{Binding, Context as KeyContext, Key};
use crate::tui::widgets::rows::Step;

/// On everybody.
pub(super) static LIST: &[Binding<Message>] = list_keys!(
    Message::Step,
    "row",
    [OPEN, FIND, SORT, TURN, EVERYBODY, Binding::new(&[Key::Esc], Message::Clear, "no filter"),]
);

/// Where a bar of a chart was opened.
pub(super) static PART: &[Binding<Message>] = list_keys!(
    Message::Step,
    "row",
    [
        OPEN,
        FIND,
        SORT,
        TURN,
        EVERYBODY,
        Binding::new(
            &[Key::Char('q'), Key::Esc, Key::Backspace],
            Message::Leave,
            "back to the chart; Esc first takes the filter away",
        )
        .action("leave")
        .hint("back"),
    ]
);

const OPEN: Binding<Message> =
    Binding::new(&[Key::Enter, Key::Right, Key::Char('l')], Message::Open, "everything about this person")
        .action("open")
        .hint("open");
const FIND: Binding<Message> =
    Binding::new(&[Key::Char('/'), Key::Char('f')], Message::Filter, "filter by words")
        .action("filter")
        .hint("filter");
const SORT: Binding<Message> =
    Binding::new(&[Key::Char('s')], Message::NextColumn, "sort by the next column")
        .action("sort")
        .hint("sort");
const TURN: Binding<Message> =
    Binding::new(&[Key::Char('S')], Message::Turn, "sort the other way").action("turn");
const EVERYBODY: Binding<Message> =
    Binding::new(&[Key::Char('e')], Message::Everybody, "everybody who is known, or people at work alone")
        .action("everybody");

/// In the filter.
pub(super) static FILTER: &[Binding<Message>] = &[
    Binding::new(&[Key::Enter, Key::Tab], Message::ToList, "to the list").hint("list"),
    Binding::new(&[Key::Esc], Message::Clear, "no filter").hint("no filter"),
    Binding::new(&[Key::Down], Message::Step(Step::Down), "next row").action("down").repeating(),
    Binding::new(&[Key::Up], Message::Step(Step::Up), "previous row").action("up").repeating(),
    Binding::new(&[Key::PageDown], Message::Step(Step::PageDown), "page down")
        .action("page_down")
        .repeating(),
    Binding::new(&[Key::PageUp], Message::Step(Step::PageUp), "page up").action("page_up").repeating(),
    Binding::new(&[Key::WheelDown], Message::Step(Step::WheelDown), "rows down"),
    Binding::new(&[Key::WheelUp], Message::Step(Step::WheelUp), "rows up"),
    Binding::typing(
        Message::Edit,
        "every word must stand in number, name, department, role, course or state, such as overdue",
    ),
];

/// Its keys, for whoever looks for two meanings of one.
pub(in crate::tui::hr) fn contexts() -> Vec<KeyContext> {
    vec![KeyContext::new("on the list of people").table(LIST), KeyContext::new("in the filter").table(FILTER)]
}

/// Those where a bar of a chart was opened.
pub(in crate::tui::hr) fn part() -> KeyContext {
    KeyContext::new("on the people of a bar").table(PART)
}
