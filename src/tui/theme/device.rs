//! What is known of the terminal that things are drawn on.

use super::Depth;
use crate::markup::Bidi;

/// What is known of the terminal that things are drawn on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Device {
    /// How many colours it has, and whether any are wanted.
    pub depth: Depth,
    /// Who puts right-to-left text into order where nobody has chosen.
    pub bidi: Bidi,
}

/// Terminals that put right-to-left text into order as they come, and pass over the mode by which they would be told not to
/// (ECMA-48, BDSM; it was tried on all of them for the terminal-wg's recommendation on bidirectional text). What we had put
/// into order they turned round again. VTE and mintty, which order as well, know the mode, so they are not listed.
const ORDERING: [Sign; 5] = [
    // Set by Konsole and by what embeds it, whatever its TERM is.
    Sign { variable: "KONSOLE_VERSION", says: Says::Anything },
    // mlterm calls itself xterm, unless it is told to use its own name.
    Sign { variable: "MLTERM", says: Says::Anything },
    Sign { variable: "TERM", says: Says::NameOf("mlterm") },
    // The terminal of macOS calls itself xterm-256color.
    Sign { variable: "TERM_PROGRAM", says: Says::NameOf("Apple_Terminal") },
    // PuTTY calls itself xterm as it comes; whoever chose its own name is helped at least.
    Sign { variable: "TERM", says: Says::NameOf("putty") },
];

/// What in the environment a terminal is known by.
struct Sign {
    variable: &'static str,
    says: Says,
}

/// What stands in a variable.
enum Says {
    Anything,
    /// This name, or one that goes on behind it with a hyphen.
    NameOf(&'static str),
}

impl Sign {
    fn is_in(&self, said: impl Fn(&str) -> Option<String>) -> bool {
        let Some(value) = said(self.variable).filter(|value| !value.is_empty()) else { return false };
        match self.says {
            Says::Anything => true,
            Says::NameOf(name) => {
                value.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
            }
        }
    }
}

impl Device {
    /// What the environment says, where `said` gives what stands in a variable.
    #[must_use]
    pub fn of_terminal(said: impl Fn(&str) -> Option<String>) -> Self {
        let orders = ORDERING.iter().any(|sign| sign.is_in(&said));
        let bidi = if orders { Bidi::Terminal } else { Bidi::App };
        Self { depth: Depth::of_terminal(said), bidi }
    }

    /// A terminal with so many colours of which nothing else is known.
    #[must_use]
    pub fn with(depth: Depth) -> Self {
        Self { depth, bidi: Bidi::Auto }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(variables: &[(&str, &str)], expected: Bidi) {
        let said = |name: &str| {
            variables.iter().find(|(variable, _)| *variable == name).map(|(_, value)| (*value).to_owned())
        };
        assert_eq!(Device::of_terminal(said).bidi, expected, "{variables:?}");
    }

    /// Hebrew came out backwards on them unless somebody found the setting.
    #[test]
    fn a_terminal_that_orders_text_whatever_it_is_told_gets_it_as_it_is_read() {
        check(&[("TERM", "xterm-256color"), ("KONSOLE_VERSION", "240802")], Bidi::Terminal);
        check(&[("TERM", "xterm"), ("MLTERM", "3.9.3")], Bidi::Terminal);
        check(&[("TERM", "mlterm")], Bidi::Terminal);
        check(&[("TERM", "mlterm-256color")], Bidi::Terminal);
        check(&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "Apple_Terminal")], Bidi::Terminal);
        check(&[("TERM", "putty-256color")], Bidi::Terminal);
    }

    #[test]
    fn every_other_terminal_gets_it_as_it_is_seen() {
        check(&[], Bidi::App);
        check(&[("TERM", "xterm-256color"), ("VTE_VERSION", "7800")], Bidi::App);
        check(&[("TERM", "xterm"), ("TERM_PROGRAM", "mintty")], Bidi::App);
        check(&[("TERM", "xterm-256color"), ("KONSOLE_VERSION", "")], Bidi::App);
        check(&[("TERM", "mltermite"), ("TERM_PROGRAM", "Apple_Terminals")], Bidi::App);
        check(&[("TERM", "foot")], Bidi::App);
    }
}
