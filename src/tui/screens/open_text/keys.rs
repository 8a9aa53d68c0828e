//! The keys of a text that is open to be read.

use super::Message;
use crate::tui::keymap::{Binding, Context, Key};
use crate::tui::screens::reader::{Aid, Closer, LinkStep, Look, Mode, Move, Tool};
use crate::tui::widgets::rows::Step;

/// The keys for what is done with the text just now.
pub(super) fn of(mode: Mode) -> &'static [Binding<Message>] {
    match mode {
        Mode::Reading => READING,
        Mode::Marked => MARKED,
        Mode::MarkedNote => NOTED,
        Mode::AtNote => AT_NOTE,
        Mode::MarkedAtNote => MARKED_AT_NOTE,
        Mode::MarkedPicture(Closer::Picture) => PICTURED,
        Mode::MarkedPicture(Closer::Words) => DESCRIBED,
        Mode::MarkedPicture(Closer::Reason) => UNSHOWN,
        Mode::Found => FOUND,
        Mode::FoundNothing => FOUND_NOTHING,
        Mode::Opened => OPENED,
        Mode::Contents => CONTENTS,
        Mode::Finding => FINDING,
        Mode::FindingInCourse => FINDING_IN_COURSE,
        Mode::Picture => PICTURE,
    }
}

/// All of them, for whoever looks for two meanings of one.
pub(in crate::tui::screens) fn contexts() -> Vec<Context> {
    vec![
        Context::new("in a lesson").table(READING),
        Context::new("at a marked link").table(MARKED),
        Context::new("at a marked note").table(NOTED),
        Context::new("at a note").table(AT_NOTE),
        Context::new("at a marked link").table(MARKED_AT_NOTE),
        Context::new("at a marked picture").table(PICTURED),
        Context::new("at a marked picture").table(DESCRIBED),
        Context::new("at a marked picture").table(UNSHOWN),
        Context::new("on the list of links").table(LINKS),
        Context::new("at an enlarged picture").table(PICTURE),
        Context::new("where words were found").table(FOUND),
        Context::new("where words were not found").table(FOUND_NOTHING),
        Context::new("where words were found").table(OPENED),
        Context::new("on the headings").table(CONTENTS),
        Context::new("where words are looked for").table(FINDING),
        Context::new("where words are looked for").table(FINDING_IN_COURSE),
    ]
}

/// The keys of a text, which differ in what Enter does, in keys of their own, in those of headings, and in what leaving is.
/// The action that leads out of the text, and its keys.
pub(in crate::tui::screens) const LEAVE: &str = "leave";
pub(in crate::tui::screens) const LEAVE_KEYS: &[Key] = &[Key::Esc, Key::Char('q')];

macro_rules! reading {
    (on: $on:expr, first: [$($first:expr),*], more: [$($more:expr),*], next: [$($next:expr),*], previous: [$($previous:expr),*], leave: $leave:expr $(,)?) => {
        &[
            $($first,)*
            Binding::new(
                &[Key::Char(' '), Key::PageDown, Key::Ctrl('f')],
                Message::Move(Move::PageDown),
                "page down",
            )
            .action("page_down")
            .hint("page")
            .repeating(),
            $on,
            Binding::new(
                &[Key::Char('b'), Key::PageUp, Key::Ctrl('b')],
                Message::Move(Move::PageUp),
                "page up",
            )
            .action("page_up")
            .repeating(),
            Binding::new(
                &[Key::Char('j'), Key::Down, Key::Ctrl('e')],
                Message::Move(Move::Down),
                "line down",
            )
            .action("down")
            .repeating(),
            Binding::new(&[Key::Char('k'), Key::Up, Key::Ctrl('y')], Message::Move(Move::Up), "line up")
                .action("up")
                .repeating(),
            Binding::new(&[Key::WheelDown], Message::Move(Move::WheelDown), "three lines down"),
            Binding::new(&[Key::WheelUp], Message::Move(Move::WheelUp), "three lines up"),
            Binding::new(
                &[Key::Char('d'), Key::Ctrl('d')],
                Message::Move(Move::HalfPageDown),
                "half a page down",
            )
            .action("half_page_down")
            .repeating(),
            Binding::new(&[Key::Char('u'), Key::Ctrl('u')], Message::Move(Move::HalfPageUp), "half a page up")
                .action("half_page_up")
                .repeating(),
            Binding::new(&[$($next),*], Message::Move(Move::NextHeading), "next heading")
                .action("next_heading")
                .repeating(),
            Binding::new(&[$($previous),*], Message::Move(Move::PreviousHeading), "previous heading")
                .action("previous_heading")
                .repeating(),
            Binding::new(&[Key::Char('g'), Key::Home], Message::Move(Move::Top), "to the top").action("top"),
            Binding::new(&[Key::Char('G'), Key::End], Message::Move(Move::End), "to the end").action("end"),
            $($more,)*
            Binding::new(&[Key::Char('v')], Message::Look(Look::Closer), "enlarge the picture in sight")
                .action("enlarge"),
            Binding::new(&[Key::Tab], Message::Link(LinkStep::Next), "mark the next link, note or picture")
                .action("next_link")
                .hint("links")
                .repeating(),
            Binding::new(
                &[Key::BackTab],
                Message::Link(LinkStep::Previous),
                "mark the previous link, note or picture",
            )
            .action("previous_link")
            .repeating(),
            Binding::new(
                &[Key::Backspace],
                Message::Link(LinkStep::Return),
                "back to where the last jump began",
            )
            .action("way_back"),
            Binding::new(&[Key::Char('t')], Message::Tool(Tool::ShowContents), "headings of this text")
                .action("contents")
                .hint("contents"),
            Binding::new(&[Key::Char('/')], Message::Tool(Tool::Find), "find words in this text")
                .action("find")
                .hint("find"),
            // Before those for which a narrow screen has no room: the last ones go first.
            $leave,
            Binding::new(
                &[Key::Char('m')],
                Message::Aid(Aid::Mark),
                "bookmark the top line, or take the bookmark away",
            )
            .action("bookmark")
            .hint("mark"),
            Binding::new(&[Key::Char('a')], Message::Aid(Aid::Note), "write a note for the top line")
                .action("note")
                .hint("note"),
            Binding::new(&[Key::Char('M')], Message::Aid(Aid::List), "your bookmarks and notes")
                .action("bookmarks")
                .hint("notes"),
            Binding::new(&[Key::Char('w')], Message::Aid(Aid::Define), "what the words in sight mean; or click one")
                .action("define")
                .hint("words"),
            Binding::new(&[Key::Char('l')], Message::ShowLinks, "list of links with their addresses")
                .action("links")
                .hint("link list"),
        ]
    };
}

const ON: Binding<Message> = Binding::new(
    &[Key::Enter],
    Message::On,
    "page down; at the end, on to what was not seen or what comes next",
)
.action("go_on")
.hint("on");

const NEXT_HIT: Binding<Message> =
    Binding::new(&[Key::Char('n')], Message::Tool(Tool::NextHit), "next place that was found")
        .action("next_hit")
        .hint("next")
        .repeating();

const PREVIOUS_HIT: Binding<Message> =
    Binding::new(&[Key::Char('N')], Message::Tool(Tool::PreviousHit), "previous place that was found")
        .action("previous_hit")
        .hint("previous")
        .repeating();

/// Lets go of what is marked.
const TO_TEXT: Binding<Message> =
    Binding::new(&[Key::Esc, Key::Char('q')], Message::Link(LinkStep::LetGo), "back to the text")
        .action("leave")
        .hint("text");

/// Goes back from a note to its sign.
const TO_SIGN: Binding<Message> = Binding::new(
    &[Key::Esc, Key::Char('q')],
    Message::Link(LinkStep::Return),
    "back to the text, where the note is referred to",
)
.action("leave")
.hint("text");

static READING: &[Binding<Message>] = reading!(
    on: ON,
    first: [],
    more: [],
    next: [Key::Char(']'), Key::Char('n')],
    previous: [Key::Char('['), Key::Char('p')],
    leave: Binding::new(LEAVE_KEYS, Message::Leave, "leave; your place is kept")
        .action(LEAVE)
        .hint("back"),
);

/// The keys at a marked link, which differ in what leaving is.
macro_rules! at_link {
    ($leave:expr) => {
        reading!(
            on: Binding::new(
                &[Key::Enter],
                Message::Link(LinkStep::Follow),
                "follow the marked link; out of the course only after a question",
            )
            .action("open")
            .hint("go"),
            first: [],
            more: [
                Binding::new(
                    &[Key::Char('c')],
                    Message::Link(LinkStep::Copy),
                    "copy the address of the marked link; out of the course only after a question",
                )
                .action("copy")
                .hint("copy")
            ],
            next: [Key::Char(']'), Key::Char('n')],
            previous: [Key::Char('['), Key::Char('p')],
            leave: $leave,
        )
    };
}

static MARKED: &[Binding<Message>] = at_link!(TO_TEXT);

static MARKED_AT_NOTE: &[Binding<Message>] = at_link!(TO_SIGN);

static AT_NOTE: &[Binding<Message>] = reading!(
    on: ON,
    first: [],
    more: [],
    next: [Key::Char(']'), Key::Char('n')],
    previous: [Key::Char('['), Key::Char('p')],
    leave: TO_SIGN,
);

static NOTED: &[Binding<Message>] = reading!(
    on: Binding::new(&[Key::Enter], Message::Link(LinkStep::Follow), "go to the marked note; Backspace comes back")
        .action("open")
        .hint("go"),
    first: [],
    more: [],
    next: [Key::Char(']'), Key::Char('n')],
    previous: [Key::Char('['), Key::Char('p')],
    leave: TO_TEXT,
);

/// The keys at a marked picture, which differ in what is to be seen of it.
macro_rules! at_picture {
    ($help:expr, $hint:expr) => {
        reading!(
            on: Binding::new(&[Key::Enter], Message::Link(LinkStep::Follow), $help)
                .action("open")
                .hint($hint),
            first: [],
            more: [],
            next: [Key::Char(']'), Key::Char('n')],
            previous: [Key::Char('['), Key::Char('p')],
            leave: TO_TEXT,
        )
    };
}

static PICTURED: &[Binding<Message>] = at_picture!("enlarge the marked picture", "enlarge");

static DESCRIBED: &[Binding<Message>] = at_picture!("the words of the marked picture", "its words");

static UNSHOWN: &[Binding<Message>] = at_picture!("why the marked picture is not shown", "why");

const PUT_AWAY: Binding<Message> =
    Binding::new(&[Key::Esc, Key::Char('q')], Message::Tool(Tool::PutAway), "put the search away")
        .action("leave")
        .hint("clear");

static FOUND: &[Binding<Message>] = reading!(
    on: ON,
    first: [NEXT_HIT, PREVIOUS_HIT],
    more: [],
    next: [Key::Char(']')],
    previous: [Key::Char('['), Key::Char('p')],
    leave: PUT_AWAY,
);

/// The same where nothing was found: there is nothing to go to, and the keys for it, pressed by habit, lead to no heading either.
static FOUND_NOTHING: &[Binding<Message>] = reading!(
    on: ON,
    first: [
        Binding::new(&[Key::Char('n')], Message::Tool(Tool::NextHit), "say again that nothing was found")
            .action("next_hit"),
        Binding::new(&[Key::Char('N')], Message::Tool(Tool::PreviousHit), "say again that nothing was found").action("previous_hit")
    ],
    more: [],
    next: [Key::Char(']')],
    previous: [Key::Char('['), Key::Char('p')],
    leave: PUT_AWAY,
);

/// The same in a text that was opened from a list of places.
static OPENED: &[Binding<Message>] = reading!(
    on: ON,
    first: [NEXT_HIT, PREVIOUS_HIT],
    more: [],
    next: [Key::Char(']')],
    previous: [Key::Char('['), Key::Char('p')],
    leave: Binding::new(
        &[Key::Esc, Key::Char('q')],
        Message::Tool(Tool::PutAway),
        "back to the list of places",
    )
    .action("leave")
    .hint("list"),
);

pub(super) static LINKS: &[Binding<Message>] = &[
    Binding::new(&[Key::Enter], Message::OpenLink, "open the marked link; the browser only after a question")
        .action("open")
        .hint("open"),
    Binding::new(&[Key::Down, Key::Char('j')], Message::ChooseLink(Step::Down), "next link")
        .action("down")
        .hint("choose")
        .repeating(),
    Binding::new(&[Key::Up, Key::Char('k')], Message::ChooseLink(Step::Up), "previous link")
        .action("up")
        .repeating(),
    Binding::new(&[Key::WheelDown], Message::ChooseLink(Step::WheelDown), "links down"),
    Binding::new(&[Key::WheelUp], Message::ChooseLink(Step::WheelUp), "links up"),
    Binding::new(
        &[Key::PageDown, Key::Char(' '), Key::Ctrl('f')],
        Message::ChooseLink(Step::PageDown),
        "page down",
    )
    .action("page_down")
    .repeating(),
    Binding::new(
        &[Key::PageUp, Key::Char('b'), Key::Ctrl('b')],
        Message::ChooseLink(Step::PageUp),
        "page up",
    )
    .action("page_up")
    .repeating(),
    Binding::new(&[Key::Home, Key::Char('g')], Message::ChooseLink(Step::First), "first link").action("top"),
    Binding::new(&[Key::End, Key::Char('G')], Message::ChooseLink(Step::Last), "last link").action("end"),
    Binding::digits(
        Message::OpenLinkNumber,
        "open the link of this number; the browser only after a question",
    ),
    Binding::new(
        &[Key::Char('c')],
        Message::CopyLink,
        "copy the address; of a link out of the course only after a question",
    )
    .action("copy")
    .hint("copy"),
    Binding::new(&[Key::Esc, Key::Char('q'), Key::Char('l')], Message::HideLinks, "back to the text")
        .action("leave")
        .hint("back"),
];

static CONTENTS: &[Binding<Message>] = &[
    Binding::new(&[Key::Enter], Message::Tool(Tool::Jump), "go to the marked heading")
        .action("open")
        .hint("go there"),
    Binding::new(
        &[Key::Down, Key::Char('j')],
        Message::Tool(Tool::Contents(Step::Down)),
        "next heading of the list",
    )
    .action("down")
    .hint("choose")
    .repeating(),
    Binding::new(
        &[Key::Up, Key::Char('k')],
        Message::Tool(Tool::Contents(Step::Up)),
        "previous heading of the list",
    )
    .action("up")
    .repeating(),
    Binding::new(&[Key::WheelDown], Message::Tool(Tool::Contents(Step::WheelDown)), "headings down"),
    Binding::new(&[Key::WheelUp], Message::Tool(Tool::Contents(Step::WheelUp)), "headings up"),
    Binding::new(
        &[Key::PageDown, Key::Char(' '), Key::Ctrl('f')],
        Message::Tool(Tool::Contents(Step::PageDown)),
        "page down",
    )
    .action("page_down")
    .repeating(),
    Binding::new(
        &[Key::PageUp, Key::Char('b'), Key::Ctrl('b')],
        Message::Tool(Tool::Contents(Step::PageUp)),
        "page up",
    )
    .action("page_up")
    .repeating(),
    Binding::new(&[Key::Home, Key::Char('g')], Message::Tool(Tool::Contents(Step::First)), "first heading")
        .action("top"),
    Binding::new(&[Key::End, Key::Char('G')], Message::Tool(Tool::Contents(Step::Last)), "last heading")
        .action("end"),
    Binding::digits(
        |digit| Message::Tool(Tool::Digit(digit + 1)),
        "to the heading of this number, of several digits too",
    ),
    Binding::new(&[Key::Char('0')], Message::Tool(Tool::Digit(0)), "a further digit"),
    Binding::new(&[Key::Char('t')], Message::Tool(Tool::HideContents), "put the headings away")
        .action("contents"),
    Binding::new(&[Key::Esc, Key::Char('q')], Message::Tool(Tool::HideContents), "back to the text")
        .action("leave")
        .hint("back"),
];

/// The keys while words are typed that are looked for, which differ in what Enter, Tab and the wheel do.
macro_rules! finding {
    ($enter:literal, $entered:literal, $scope:literal, $scoped:literal, $down:literal, $up:literal) => {
        &[
            Binding::new(&[Key::Enter], Message::Tool(Tool::Keep), $enter).action("open").hint($entered),
            Binding::new(&[Key::Down], Message::Tool(Tool::Along(Step::Down)), "next place")
                .action("down")
                .hint("next")
                .repeating(),
            Binding::new(&[Key::Up], Message::Tool(Tool::Along(Step::Up)), "previous place")
                .action("up")
                .repeating(),
            Binding::new(&[Key::PageDown], Message::Tool(Tool::Along(Step::PageDown)), "page down")
                .action("page_down")
                .repeating(),
            Binding::new(&[Key::PageUp], Message::Tool(Tool::Along(Step::PageUp)), "page up")
                .action("page_up")
                .repeating(),
            Binding::new(&[Key::WheelDown], Message::Tool(Tool::Along(Step::WheelDown)), $down),
            Binding::new(&[Key::WheelUp], Message::Tool(Tool::Along(Step::WheelUp)), $up),
            Binding::new(&[Key::Tab], Message::Tool(Tool::Scope), $scope).action("scope").hint($scoped),
            Binding::new(&[Key::Esc], Message::Tool(Tool::GiveUp), "back to where you were")
                .action("leave")
                .hint("back"),
            Binding::typing(
                |edit| Message::Tool(Tool::Type(edit)),
                "the words; a capital among them makes capitals matter",
            ),
        ]
    };
}

static FINDING: &[Binding<Message>] = finding!(
    "read on from here; n and N go on from place to place",
    "read",
    "look through the whole course",
    "whole course",
    "three lines down",
    "three lines up"
);

static FINDING_IN_COURSE: &[Binding<Message>] = finding!(
    "open the marked place; Esc comes back to this list",
    "open",
    "look through this text alone",
    "this text",
    "places down",
    "places up"
);

static PICTURE: &[Binding<Message>] = &[
    Binding::new(&[Key::Esc, Key::Char('q')], Message::Look(Look::Away), "back to the text")
        .action("leave")
        .hint("back to the text"),
    Binding::new(&[Key::Char('v')], Message::Look(Look::Away), "back to the text").action("enlarge"),
    Binding::new(&[Key::Enter], Message::Look(Look::Away), "back to the text").action("open"),
    Binding::new(&[Key::Down, Key::Char('j')], Message::Look(Look::Scroll(1)), "its words, down")
        .action("down")
        .hint("words")
        .repeating(),
    Binding::new(&[Key::Up, Key::Char('k')], Message::Look(Look::Scroll(-1)), "its words, up")
        .action("up")
        .repeating(),
    Binding::new(
        &[Key::Char(' '), Key::PageDown, Key::Ctrl('f')],
        Message::Look(Look::Pages(1)),
        "its words, a page down",
    )
    .action("page_down")
    .repeating(),
    Binding::new(
        &[Key::Char('b'), Key::PageUp, Key::Ctrl('b')],
        Message::Look(Look::Pages(-1)),
        "its words, a page up",
    )
    .action("page_up")
    .repeating(),
    Binding::new(&[Key::WheelDown], Message::Look(Look::Scroll(3)), "its words, three lines down"),
    Binding::new(&[Key::WheelUp], Message::Look(Look::Scroll(-3)), "its words, three lines up"),
];
