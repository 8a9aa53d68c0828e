//! How many colours a terminal has, by what the environment says of it.

/// How many colours a terminal has, and whether any are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Colours are unwanted (`NO_COLOR`).
    None,
    /// It has none, and of all ways of writing bold, underlined and reversed alone.
    Mono,
    /// Sixteen or fewer, which look as the terminal likes.
    Sixteen,
    /// 256, the first sixteen of which look as the terminal likes.
    Indexed,
    /// As many as there are in 24 bits.
    Full,
}

/// Terminals with 256 colours or more whose names do not say so.
const MODERN: [&str; 9] =
    ["xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm", "contour", "rio", "mintty", "iterm2"];

/// Names of terminals of which nothing is known (terminfo).
const UNKNOWN: [&str; 4] = ["dumb", "unknown", "network", "dialup"];

impl Depth {
    /// What the environment says, where `said` gives what stands in a variable. No database is asked: names that end as
    /// terminfo's do (term(7)) tell as much as is needed, and sixteen colours do no harm to a terminal that is not known.
    #[must_use]
    pub fn of_terminal(said: impl Fn(&str) -> Option<String>) -> Self {
        let said = |name: &str| said(name).unwrap_or_default();
        let term = said("TERM").to_lowercase();
        let direct = matches!(said("COLORTERM").as_str(), "truecolor" | "24bit");
        match term.as_str() {
            _ if !said("NO_COLOR").is_empty() => Self::None,
            // The console of Windows has no name, and as many colours as it is told.
            "" if direct => Self::Full,
            "" => {
                if cfg!(windows) {
                    Self::Indexed
                } else {
                    Self::Mono
                }
            }
            term if has_no_colours(term) => Self::Mono,
            term if direct || term.ends_with("-direct") => Self::Full,
            term if term.contains("256color") || is_modern(term) => Self::Indexed,
            _ => Self::Sixteen,
        }
    }
}

/// The video terminals of DEC, and what is to be used like one: `-m` and `-mono` suppress the colours of a terminal that has
/// some.
fn has_no_colours(term: &str) -> bool {
    let number = term.strip_prefix("vt").and_then(|rest| rest.chars().next());
    let is_video_terminal = number.is_some_and(|first| first.is_ascii_digit()) && !term.contains("color");
    let suppressed = term.ends_with("-m") || term.ends_with("-mono");
    is_video_terminal || suppressed || UNKNOWN.contains(&term)
}

fn is_modern(term: &str) -> bool {
    MODERN.iter().any(|name| {
        term.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '.']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(term: &str, colorterm: &str, expected: Depth) {
        let said = |name: &str| match name {
            "TERM" => Some(term.to_owned()),
            "COLORTERM" => Some(colorterm.to_owned()),
            _ => None,
        };
        assert_eq!(Depth::of_terminal(said), expected, "{term} {colorterm}");
        let unwanted = |name: &str| if name == "NO_COLOR" { Some("1".to_owned()) } else { said(name) };
        assert_eq!(Depth::of_terminal(unwanted), Depth::None);
    }

    #[test]
    fn a_terminal_gets_the_colours_that_its_name_says() {
        for term in
            ["xterm", "linux", "screen", "tmux", "rxvt", "ansi", "xterm-16color", "cygwin", "football"]
        {
            check(term, "", Depth::Sixteen);
            check(term, "yes", Depth::Sixteen);
            check(term, "truecolor", Depth::Full);
        }
        for term in ["xterm-256color", "screen-256color", "tmux-256color", "alacritty", "foot", "foot-extra"]
        {
            check(term, "", Depth::Indexed);
            check(term, "24bit", Depth::Full);
        }
        check("xterm-kitty", "", Depth::Indexed);
        check("xterm-direct", "", Depth::Full);
    }

    #[test]
    fn a_terminal_without_colours_gets_none() {
        for term in
            ["vt100", "vt220", "vt52", "VT320", "vt100-am", "xterm-mono", "linux-m", "dumb", "unknown"]
        {
            check(term, "", Depth::Mono);
            // Said by the terminal in which somebody asked for another one.
            check(term, "truecolor", Depth::Mono);
        }
        #[cfg(unix)]
        check("", "", Depth::Mono);
        check("vt220-color", "", Depth::Sixteen);
    }
}
