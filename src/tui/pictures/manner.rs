//! What a terminal can show, concluded from what it says of itself: in the environment, or when it was asked for its name.

use std::collections::BTreeMap;

use crate::config::Pictures;
use crate::tui::theme::Depth;

/// What the environment says about the terminal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surroundings {
    said: BTreeMap<&'static str, String>,
    cells: CellSize,
}

/// Whether the terminal says how many pixels it has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CellSize {
    /// It does.
    Known,
    /// It does not.
    #[default]
    Unknown,
}

/// The variables that say something about a terminal. iTerm2 hands `LC_TERMINAL` on to other computers; `STY` is set by
/// screen, `ZELLIJ` by Zellij, which stand between us and the terminal.
const VARIABLES: [&str; 10] = [
    "COLORTERM",
    "KITTY_WINDOW_ID",
    "KONSOLE_VERSION",
    "LC_TERMINAL",
    "NO_COLOR",
    "STY",
    "TERM",
    "TERM_PROGRAM",
    "TMUX",
    "ZELLIJ",
];

impl Surroundings {
    /// Asks `variable` for the value of every variable that matters. Empty ones count as not set.
    pub fn new(variable: impl Fn(&'static str) -> Option<String>) -> Self {
        let set = |name| Some((name, variable(name).filter(|value| !value.is_empty())?));
        Self { said: VARIABLES.into_iter().filter_map(set).collect(), cells: CellSize::Unknown }
    }

    /// These surroundings, with whether the terminal says how large a cell is.
    #[must_use]
    pub fn with_cells(mut self, cells: CellSize) -> Self {
        self.cells = cells;
        self
    }

    fn value(&self, name: &str) -> &str {
        self.said.get(name).map_or("", String::as_str)
    }

    fn has(&self, name: &str) -> bool {
        self.said.contains_key(name)
    }
}

/// How pictures are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Manner {
    /// In which way.
    pub protocol: Protocol,
    /// Whether tmux has to be told to pass them on.
    pub tmux: Tmux,
}

/// A way to show a picture on a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Protocol {
    /// The graphics protocol of kitty, with placeholders: every cell of the picture is a character.
    Kitty,
    /// Sixels (DEC, VT340).
    Sixel,
    /// The inline images of iTerm2, a row of cells each.
    Iterm2,
    /// Two colours a cell.
    Blocks(Colours),
}

/// How many colours there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Colours {
    /// Red, green and blue with 256 steps each.
    All,
    /// The 256 of xterm.
    Few,
}

/// Whether the terminal is tmux.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tmux {
    /// It is.
    Between,
    /// It is not.
    Absent,
}

/// How pictures are shown on a terminal; `None` when they are described in words. `name` is what it calls itself, if that is
/// known (XTVERSION of xterm).
#[must_use]
pub fn manner(wish: Pictures, at: &Surroundings, name: Option<&str>) -> Option<Manner> {
    let term = at.value("TERM");
    if matches!(term, "" | "dumb") {
        return None;
    }
    let is_tmux = at.has("TMUX") && (term.starts_with("tmux") || term.starts_with("screen"));
    let protocol = match wish {
        Pictures::Auto => known(term, at).or_else(|| named(name?, at)).or_else(|| blocks(wish, at)),
        Pictures::Kitty => kitty(at),
        Pictures::Sixel => Some(Protocol::Sixel),
        Pictures::Iterm2 => Some(Protocol::Iterm2),
        Pictures::Blocks => blocks(wish, at),
        Pictures::None => None,
    };
    let tmux = if is_tmux { Tmux::Between } else { Tmux::Absent };
    protocol.map(|protocol| Manner { protocol, tmux })
}

/// The protocol that this terminal is known for. Without the size of its cells every picture would be too large or too
/// small, and what stands between may swallow it or take it for text.
fn known(term: &str, at: &Surroundings) -> Option<Protocol> {
    if !reaches(term, at) {
        return None;
    }
    let program = at.value("TERM_PROGRAM");
    if at.has("KITTY_WINDOW_ID") || matches!(term, "xterm-kitty" | "xterm-ghostty") || program == "ghostty" {
        return kitty(at);
    }
    let iterm = at.value("LC_TERMINAL").contains("iTerm") || at.has("KONSOLE_VERSION");
    if iterm || matches!(program, "iTerm.app" | "WezTerm" | "mintty" | "rio" | "WarpTerminal") {
        return Some(Protocol::Iterm2);
    }
    let sixel = ["foot", "mlterm", "contour", "yaft"];
    sixel.iter().any(|name| term == *name || term.starts_with(&format!("{name}-"))).then_some(Protocol::Sixel)
}

/// Whether the terminal should be asked for its name: it may show pictures, and says only that it is like xterm, as nearly
/// all do where the environment does not come along (`ssh`, `sudo`, containers).
#[must_use]
pub fn is_to_be_asked(wish: Pictures, at: &Surroundings) -> bool {
    let term = at.value("TERM");
    wish == Pictures::Auto && term.starts_with("xterm") && reaches(term, at) && known(term, at).is_none()
}

/// The protocol that the terminal of this name is known for, such as `foot(1.16.2)`, `WezTerm 20240203` or `kitty(0.35.2)`.
fn named(name: &str, at: &Surroundings) -> Option<Protocol> {
    let program = name.split(['(', ' ']).next()?.to_ascii_lowercase();
    match program.as_str() {
        "kitty" | "ghostty" => kitty(at),
        "iterm2" | "wezterm" | "mintty" | "rio" | "konsole" => Some(Protocol::Iterm2),
        "foot" | "mlterm" | "contour" => Some(Protocol::Sixel),
        _ => None,
    }
}

/// Whether pictures reach the terminal, and in the right size.
fn reaches(term: &str, at: &Surroundings) -> bool {
    let between = ["TMUX", "STY", "ZELLIJ"].iter().any(|name| at.has(name));
    !between && !term.starts_with("tmux") && !term.starts_with("screen") && at.cells == CellSize::Known
}

/// The number of a picture is the colour of its cells, and where colours are unwanted none are written.
fn kitty(at: &Surroundings) -> Option<Protocol> {
    (!at.has("NO_COLOR")).then_some(Protocol::Kitty)
}

/// Half blocks, with as many colours as there are.
fn blocks(wish: Pictures, at: &Surroundings) -> Option<Protocol> {
    let colours = match Depth::of_terminal(|name| at.said.get(name).cloned()) {
        Depth::Full => Some(Colours::All),
        Depth::Indexed => Some(Colours::Few),
        // With sixteen a picture is no picture, and whoever wants them knows more of the terminal than its name says.
        Depth::Sixteen => (wish == Pictures::Blocks).then_some(Colours::Few),
        Depth::None | Depth::Mono => None,
    };
    colours.map(Protocol::Blocks)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terminal(term: &str) -> Surroundings {
        Surroundings::default().with_cells(CellSize::Known).with("TERM", term)
    }

    impl Surroundings {
        fn with(&self, name: &'static str, value: &str) -> Self {
            let mut with = self.clone();
            with.said.insert(name, value.to_owned());
            with
        }
    }

    #[track_caller]
    fn check(wish: Pictures, at: &Surroundings, expected: Option<Protocol>) {
        assert_eq!(manner(wish, at, None).map(|manner| manner.protocol), expected, "{at:?}");
    }

    #[test]
    fn terminals_are_known_by_what_they_say_of_themselves() {
        let few = Some(Protocol::Blocks(Colours::Few));
        let auto = |at: &Surroundings, expected| check(Pictures::Auto, at, expected);
        auto(&terminal("xterm-kitty"), Some(Protocol::Kitty));
        auto(&terminal("xterm-256color").with("KITTY_WINDOW_ID", "1"), Some(Protocol::Kitty));
        auto(&terminal("xterm-ghostty"), Some(Protocol::Kitty));
        auto(&terminal("foot"), Some(Protocol::Sixel));
        auto(&terminal("foot-extra"), Some(Protocol::Sixel));
        auto(&terminal("football"), None);
        for program in ["iTerm.app", "WezTerm", "mintty", "rio"] {
            let at = terminal("xterm-256color").with("TERM_PROGRAM", program);
            auto(&at, Some(Protocol::Iterm2));
            auto(&at.clone().with_cells(CellSize::Unknown), few);
            auto(&at.with("TMUX", "/tmp/tmux-0/default,1,0"), few);
            auto(&at.with("ZELLIJ", "0"), few);
        }
        let over_ssh = terminal("xterm-256color").with("LC_TERMINAL", "iTerm2");
        auto(&over_ssh, Some(Protocol::Iterm2));
        auto(&terminal("xterm-256color").with("KONSOLE_VERSION", "230805"), Some(Protocol::Iterm2));
        // Off there unless somebody switched it on.
        auto(&terminal("xterm-256color").with("TERM_PROGRAM", "vscode"), few);
    }

    #[test]
    fn a_terminal_like_xterm_is_known_by_its_name() {
        let far = terminal("xterm-256color");
        let check = |name, expected| {
            let manner = manner(Pictures::Auto, &far, Some(name));
            assert_eq!(manner.map(|manner| manner.protocol), expected, "{name}");
        };
        let few = Some(Protocol::Blocks(Colours::Few));
        check("kitty(0.35.2)", Some(Protocol::Kitty));
        check("ghostty 1.1.0", Some(Protocol::Kitty));
        check("foot(1.16.2)", Some(Protocol::Sixel));
        check("iTerm2 3.5.0", Some(Protocol::Iterm2));
        check("WezTerm 20240203-110809-5046fc22", Some(Protocol::Iterm2));
        // xterm itself shows sixels only when it was built and started for it.
        check("XTerm(390)", few);
        check("tmux 3.4", few);
        check("footpath(1)", few);
        check("", few);
        let blind = far.with("NO_COLOR", "1");
        assert_eq!(manner(Pictures::Auto, &blind, Some("kitty(0.35.2)")), None);
    }

    #[test]
    fn only_who_may_show_pictures_and_did_not_say_so_is_asked() {
        let far = terminal("xterm-256color");
        assert!(is_to_be_asked(Pictures::Auto, &far));
        let not = |wish, at: &Surroundings| assert!(!is_to_be_asked(wish, at), "{at:?}");
        not(Pictures::None, &far);
        not(Pictures::Kitty, &far);
        not(Pictures::Auto, &far.with("TMUX", "1"));
        not(Pictures::Auto, &far.with("TERM_PROGRAM", "WezTerm"));
        not(Pictures::Auto, &far.clone().with_cells(CellSize::Unknown));
        for term in ["", "dumb", "linux", "vt220", "foot", "tmux-256color"] {
            not(Pictures::Auto, &terminal(term));
        }
    }

    #[test]
    fn any_terminal_of_many_colours_shows_blocks_and_others_nothing() {
        let auto = |at: &Surroundings, expected| check(Pictures::Auto, at, expected);
        let all = Some(Protocol::Blocks(Colours::All));
        auto(&terminal("xterm-256color"), Some(Protocol::Blocks(Colours::Few)));
        auto(&terminal("xterm").with("COLORTERM", "truecolor"), all);
        auto(&terminal("xterm-256color").with("NO_COLOR", "1"), None);
        for plain in ["", "dumb", "linux", "vt220", "xterm", "ansi"] {
            auto(&terminal(plain), None);
        }
        auto(&Surroundings::default(), None);
        auto(&terminal("xterm-kitty").with("NO_COLOR", "1"), None);
        auto(&terminal("foot").with("NO_COLOR", "1"), Some(Protocol::Sixel));
    }

    #[test]
    fn variables_are_asked_for_once_and_empty_ones_are_none() {
        let at = Surroundings::new(|name| Some(if name == "TMUX" { "" } else { "x" }.to_owned()));
        assert_eq!((at.has("TMUX"), at.value("TERM"), at.has("HOME")), (false, "x", false));
    }

    #[test]
    fn who_wishes_something_gets_it() {
        check(Pictures::None, &terminal("xterm-kitty"), None);
        check(Pictures::Sixel, &terminal("xterm"), Some(Protocol::Sixel));
        check(Pictures::Blocks, &terminal("xterm"), Some(Protocol::Blocks(Colours::Few)));
        check(Pictures::Blocks, &terminal("xterm").with("NO_COLOR", "1"), None);
        check(Pictures::Blocks, &terminal("vt220"), None);
        check(Pictures::Kitty, &terminal("dumb"), None);
        let tmux = terminal("tmux-256color").with("TMUX", "1");
        assert_eq!(
            manner(Pictures::Kitty, &tmux, None),
            Some(Manner { protocol: Protocol::Kitty, tmux: Tmux::Between })
        );
    }
}
