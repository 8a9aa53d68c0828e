//! What a learner can type instead of an answer.

mod asked;
mod notes;
mod wish;

pub(super) use asked::Asked;
pub(super) use notes::NoteWords;
pub(super) use wish::Wish;

use zeroize::Zeroizing;

use super::words;
use crate::quiz::response::Certainty;

/// A typed command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Command {
    Next,
    Back,
    Contents,
    Read(Option<usize>),
    /// Reads the section of this number among those that are worth reading again.
    ReadAgain(usize),
    Check(Option<usize>),
    /// Looks for these words, as they were typed; for what was looked for last when there are none.
    Search(String),
    Found(usize),
    Assessment,
    Policy,
    Certificate,
    Status,
    Where,
    Help,
    HelpAll,
    Quit,
    Ids(Switch),
    Width(usize),
    Lines(usize),
    Settings,
    Correct,
    Set(Wish),
    All,
    Page(usize),
    Headings,
    Heading(usize),
    /// The links of the page, or of all of the text.
    Links(Listed),
    /// The notes, such as sources, that are referred to on the page.
    Sources,
    Open(usize),
    /// Opens the note of this name, as it was typed; the word “note” may stand before it.
    OpenNote(String),
    Address(usize),
    Return,
    Repeat,
    Why,
    Retry,
    Review,
    Start,
    Flag,
    List,
    Go(usize),
    Gap(usize),
    Clear,
    /// Takes the last decision of a story back.
    StepBack,
    /// How sure the learner is of their answer; only behind a slash, because without one it may be an answer.
    HowSure(HowSure),
    Submit,
    SubmitAgain,
    Agree,
    Sign,
    Export,
    Verify,
    Again,
}

/// What is said of how sure the learner is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HowSure {
    Is(Certainty),
    /// Nothing any more.
    Unsaid,
}

impl HowSure {
    /// What these words say of it.
    pub(super) fn typed(words: &str) -> Option<Self> {
        if words.eq_ignore_ascii_case("none") {
            return Some(Self::Unsaid);
        }
        words::typed_certainty(words).map(Self::Is)
    }

    pub(super) fn certainty(self) -> Option<Certainty> {
        match self {
            Self::Is(certainty) => Some(certainty),
            Self::Unsaid => None,
        }
    }
}

/// Which links of a text are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Listed {
    /// Those of the page that is said.
    OfPage,
    OfText,
}

/// On or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Switch {
    On,
    Off,
}

/// What a typed line is, before the place at which it was typed has its say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Parsed {
    /// A command, as plain words.
    Command(Command),
    /// A command behind a slash, which nothing else can mean.
    Slashed(Command),
    /// Something about bookmarks and notes.
    Notes(NoteWords),
    /// What words mean.
    Asked(Asked),
    /// The words of a command with something missing or wrong in it: what is expected.
    Malformed(&'static str),
    /// Anything else.
    Other,
}

/// Whether somebody wants to leave.
pub(super) fn is_quit(line: &str) -> bool {
    matches!(parse(line), Parsed::Command(Command::Quit) | Parsed::Slashed(Command::Quit))
}

/// Reads a line as a command. Capitals do not matter.
pub(super) fn parse(line: &str) -> Parsed {
    let line = line.trim();
    let bare = line.strip_prefix('/').unwrap_or(line);
    match asked::parse(bare) {
        Some(Ok(asked)) => return Parsed::Asked(asked),
        Some(Err(expected)) => return Parsed::Malformed(expected),
        None => {}
    }
    match notes::parse(bare) {
        Some(Ok(words)) => return Parsed::Notes(words),
        Some(Err(expected)) => return Parsed::Malformed(expected),
        None => {}
    }
    // It may be a passphrase.
    let lower = Zeroizing::new(line.to_lowercase());
    let (slashed, words) = match lower.strip_prefix('/') {
        Some(words) => (true, words.trim()),
        None => (false, lower.as_str()),
    };
    match command(words, words_behind(line)) {
        Some(Ok(command)) if slashed => Parsed::Slashed(command),
        Some(Ok(command)) => Parsed::Command(command),
        Some(Err(expected)) => Parsed::Malformed(expected),
        None if slashed => match HowSure::typed(words) {
            Some(said) => Parsed::Slashed(Command::HowSure(said)),
            None => Parsed::Malformed("There is no such command. Type help for the commands."),
        },
        None => Parsed::Other,
    }
}

/// The first word of a line, if it is one of a command.
pub(super) fn first_word(line: &str) -> Option<&str> {
    let word = line.split_whitespace().next().filter(|word| !word.starts_with(['/', '=']))?;
    match parse(word) {
        Parsed::Other => None,
        Parsed::Command(_)
        | Parsed::Slashed(_)
        | Parsed::Notes(_)
        | Parsed::Asked(_)
        | Parsed::Malformed(_) => Some(word),
    }
}

/// The first word of a line as a command is named, whatever stands behind it.
pub(super) fn name(line: &str) -> Option<String> {
    let word = line.trim_start_matches('/').split_whitespace().next()?.to_lowercase();
    Some(meant(&word).map_or(word, str::to_owned))
}

/// The command that people mean by a word of another program, in our word for it.
pub(super) fn meant(word: &str) -> Option<&'static str> {
    Some(match word {
        "skip" | "continue" => "next",
        "prev" => "back",
        "home" | "menu" => "contents",
        "begin" => "start",
        "overview" => "list",
        "find" => "search",
        _ => return None,
    })
}

/// What stands behind the first word of a line, as it was typed.
pub(super) fn words_behind(line: &str) -> &str {
    let line = line.trim_start_matches('/').trim_start();
    line.split_once(char::is_whitespace).map_or("", |(_, words)| words.trim())
}

/// What `open` expects.
const OPEN: &str = "Type open and the number of a link, such as: open 3, or the name of a note as it is said, such as: open F002";
/// What `open note` expects.
const OPEN_NOTE: &str = "Type open note and the name of a note as it is said, such as: open note F002";

/// What `read again` expects.
const READ_AGAIN: &str = "Type read again and the number of a section, such as: read again 1";

/// What `help` expects.
const HELP: &str =
    "Type help alone to hear what can be typed here, or help all to hear everything that can be typed.";

/// The command in `words`, which are in small letters; `behind` is what stands behind the first of them as it was typed.
fn command(words: &str, behind: &str) -> Option<Result<Command, &'static str>> {
    let mut words = words.split_whitespace();
    let (name, argument, third) = (words.next()?, words.next(), words.next());
    // `go back` is said as often as `back`.
    let (name, argument) = match (name, argument.map(|to| meant(to).unwrap_or(to)), third) {
        ("go", Some("on"), None) => ("next", None),
        ("go", Some(to @ ("back" | "next" | "contents")), None) => (to, None),
        (name, _, _) => (meant(name).unwrap_or(name), argument),
    };
    if name == "search" {
        return Some(Ok(Command::Search(behind.to_owned())));
    }
    if name == "open" && argument == Some("note") && third.is_none() {
        return Some(Err(OPEN_NOTE));
    }
    let is_note = |name: &str| name.parse::<usize>().is_err();
    if name == "open" && (argument == Some("note") || (third.is_none() && argument.is_some_and(is_note))) {
        return Some(Ok(Command::OpenNote(behind.to_owned())));
    }
    if name == "set" && words.next().is_none() {
        return Some(Wish::parse(argument, third).map(Command::Set));
    }
    if name == "read" && argument == Some("again") {
        let number = third.and_then(|text| text.parse().ok());
        return Some(number.map(Command::ReadAgain).ok_or(READ_AGAIN));
    }
    if third.is_some() {
        return None;
    }
    // That there is no thing of this number, 0 among them, says who knows which there are.
    let number = |expected: &'static str| argument.and_then(|text| text.parse().ok()).ok_or(expected);
    let alone = |command| argument.is_none().then_some(Ok(command));
    match name {
        "next" => alone(Command::Next),
        "back" | "previous" => alone(Command::Back),
        "contents" | "course" => alone(Command::Contents),
        "read" | "lesson" if argument.is_none() => Some(Ok(Command::Read(None))),
        "read" | "lesson" => Some(
            number("Type read and the number of a lesson, such as: read 3").map(|n| Command::Read(Some(n))),
        ),
        "check" if argument.is_none() => Some(Ok(Command::Check(None))),
        "check" => Some(
            number("Type check and the number of a lesson, such as: check 2")
                .map(|n| Command::Check(Some(n))),
        ),
        "found" => Some(number("Type found and the number of a place, such as: found 2").map(Command::Found)),
        "assessment" => alone(Command::Assessment),
        "policy" => alone(Command::Policy),
        "certificate" => alone(Command::Certificate),
        "status" => alone(Command::Status),
        "where" => alone(Command::Where),
        "help" | "?" if argument == Some("all") => Some(Ok(Command::HelpAll)),
        "help" | "?" if argument.is_some() => Some(Err(HELP)),
        "help" | "?" => Some(Ok(Command::Help)),
        "quit" | "exit" | "q" => alone(Command::Quit),
        "ids" => match argument {
            Some("on") | None => Some(Ok(Command::Ids(Switch::On))),
            Some("off") => Some(Ok(Command::Ids(Switch::Off))),
            Some(_) => Some(Err("Type ids on or ids off.")),
        },
        "width" => Some(number("Type width and a number of columns, such as: width 40").map(Command::Width)),
        "lines" => Some(number("Type lines and how many make a page, such as: lines 10").map(Command::Lines)),
        "settings" => alone(Command::Settings),
        "correct" => alone(Command::Correct),
        "all" => alone(Command::All),
        "page" => Some(number("Type page and its number, such as: page 2").map(Command::Page)),
        "headings" => alone(Command::Headings),
        "heading" => Some(number("Type heading and its number, such as: heading 2").map(Command::Heading)),
        "links" if argument == Some("all") => Some(Ok(Command::Links(Listed::OfText))),
        "links" => alone(Command::Links(Listed::OfPage)),
        "sources" => alone(Command::Sources),
        "open" | "link" => Some(number(OPEN).map(Command::Open)),
        "address" => {
            Some(number("Type address and the number of a link, such as: address 3").map(Command::Address))
        }
        "return" => alone(Command::Return),
        "repeat" => alone(Command::Repeat),
        "why" => alone(Command::Why),
        "retry" => alone(Command::Retry),
        "review" => alone(Command::Review),
        "start" => alone(Command::Start),
        "flag" => alone(Command::Flag),
        "list" => alone(Command::List),
        "go" => Some(number("Type go and the number of a question, such as: go 7").map(Command::Go)),
        "gap" => Some(number("Type gap and its number, such as: gap 2").map(Command::Gap)),
        "clear" => alone(Command::Clear),
        "step" if argument == Some("back") => Some(Ok(Command::StepBack)),
        "submit" if argument == Some("again") => Some(Ok(Command::SubmitAgain)),
        "submit" => alone(Command::Submit),
        "agree" => alone(Command::Agree),
        "sign" => alone(Command::Sign),
        "export" => alone(Command::Export),
        "verify" => alone(Command::Verify),
        "again" => alone(Command::Again),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Face, NoteSigns};

    #[test]
    fn lines_that_are_commands_and_lines_that_are_not() {
        let check = |line: &str, expected: Parsed| assert_eq!(parse(line), expected, "{line:?}");
        check("next", Parsed::Command(Command::Next));
        check("  NEXT ", Parsed::Command(Command::Next));
        check("/next", Parsed::Slashed(Command::Next));
        check("read 3", Parsed::Command(Command::Read(Some(3))));
        check("read", Parsed::Command(Command::Read(None)));
        check("read three", Parsed::Malformed("Type read and the number of a lesson, such as: read 3"));
        check("step back", Parsed::Command(Command::StepBack));
        check("step on it", Parsed::Other);
        check("read again 2", Parsed::Command(Command::ReadAgain(2)));
        check("read again", Parsed::Malformed(READ_AGAIN));
        check("go 0", Parsed::Command(Command::Go(0)));
        check("width 0", Parsed::Command(Command::Width(0)));
        check("width wide", Parsed::Malformed("Type width and a number of columns, such as: width 40"));
        check(
            "go 99999999999999999999999",
            Parsed::Malformed("Type go and the number of a question, such as: go 7"),
        );
        let search = |words: &str| Command::Search(words.to_owned());
        check("search", Parsed::Command(search("")));
        check("Search the Work  Profile ", Parsed::Command(search("the Work  Profile")));
        check("/search a", Parsed::Slashed(search("a")));
        check("/ search a", Parsed::Slashed(search("a")));
        check("search /next", Parsed::Command(search("/next")));
        check("find the Work Profile", Parsed::Command(search("the Work Profile")));
        check("searching a", Parsed::Other);
        check("open 3", Parsed::Command(Command::Open(3)));
        check("open F002", Parsed::Command(Command::OpenNote("F002".to_owned())));
        check("/open note 2", Parsed::Slashed(Command::OpenNote("note 2".to_owned())));
        check("link 3", Parsed::Command(Command::Open(3)));
        check("links", Parsed::Command(Command::Links(Listed::OfPage)));
        check("links all", Parsed::Command(Command::Links(Listed::OfText)));
        check("sources", Parsed::Command(Command::Sources));
        check("link", Parsed::Malformed(OPEN));
        check("open", Parsed::Malformed(OPEN));
        check("open 0", Parsed::Command(Command::Open(0)));
        check("/open note", Parsed::Malformed(OPEN_NOTE));
        check("open the window", Parsed::Other);
        check("found 3", Parsed::Command(Command::Found(3)));
        check("submit", Parsed::Command(Command::Submit));
        check("submit again", Parsed::Command(Command::SubmitAgain));
        check("settings", Parsed::Command(Command::Settings));
        check("set width 40", Parsed::Command(Command::Set(Wish::Width(40))));
        check("set notes off", Parsed::Command(Command::Set(Wish::Notes(NoteSigns::Off))));
        check("SET face Linear", Parsed::Command(Command::Set(Wish::Face(Face::Linear))));
        for (wrong, expected) in [
            ("set", wish::EXPECTED),
            ("set width", wish::WIDTH),
            ("set width 4", wish::WIDTH),
            ("set lines many", wish::LINES),
            ("set notes", wish::NOTES),
            ("set face", wish::FACE),
            ("set sail now", wish::EXPECTED),
        ] {
            check(wrong, Parsed::Malformed(expected));
        }
        check("set up a new account", Parsed::Other);
        check("ids off", Parsed::Command(Command::Ids(Switch::Off)));
        check("/Fairly sure", Parsed::Slashed(Command::HowSure(HowSure::Is(Certainty::Fairly))));
        check("/none", Parsed::Slashed(Command::HowSure(HowSure::Unsaid)));
        check("sure", Parsed::Other);
        check("/nonsense", Parsed::Malformed("There is no such command. Type help for the commands."));
        check("/note Ask Eve", Parsed::Notes(NoteWords::Write("Ask Eve".to_owned())));
        check("next to nothing", Parsed::Other);
        check("policy of the state", Parsed::Other);
        check("help all", Parsed::Command(Command::HelpAll));
        check("help notes", Parsed::Malformed(HELP));
        check("help me to leave", Parsed::Other);
        check("Skip", Parsed::Command(Command::Next));
        check("/menu", Parsed::Slashed(Command::Contents));
        check("home", Parsed::Command(Command::Contents));
        check("prev", Parsed::Command(Command::Back));
        check("begin", Parsed::Command(Command::Start));
        check("overview", Parsed::Command(Command::List));
        check("go back", Parsed::Command(Command::Back));
        check("go on", Parsed::Command(Command::Next));
        check("go home", Parsed::Command(Command::Contents));
        check("go home now", Parsed::Other);
        check("begin anew", Parsed::Other);
        check("2", Parsed::Other);
        check("", Parsed::Other);
        check("/", Parsed::Malformed("There is no such command. Type help for the commands."));
    }

    #[test]
    fn a_line_that_begins_like_a_command() {
        let check = |line: &str, expected: Option<&str>| assert_eq!(first_word(line), expected, "{line:?}");
        check("quit now", Some("quit"));
        check("Policy", Some("Policy"));
        check("note the sender", Some("note"));
        check("go there", Some("go"));
        check("article 7", None);
        check("=quit now", None);
        check("/quit now", None);
        check("", None);
    }
}
