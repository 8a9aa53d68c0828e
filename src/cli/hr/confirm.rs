//! Asking before something is done that many people would notice.

use std::io::BufRead as _;

use clap::Args;

use super::super::environment::{Environment, Terminal};
use super::super::error::Failure;
use super::super::printer::Printer;

/// Whether the officer has said beforehand that it is fine.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Confirmation {
    /// Do it without asking
    #[arg(long, short)]
    yes: bool,
}

/// What came of asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    /// Do it.
    Yes,
    /// Do not.
    No,
    /// There is no terminal, and nothing was said beforehand.
    NobodyToAsk,
}

impl Confirmation {
    /// Whether nobody is asked.
    pub(super) fn is_said_beforehand(self) -> bool {
        self.yes
    }

    /// Asks at a terminal, unless it was said beforehand.
    pub(super) fn ask(
        self,
        question: &str,
        environment: &Environment,
        printer: Printer,
    ) -> Result<Answer, Failure> {
        if self.yes {
            return Ok(Answer::Yes);
        }
        if environment.terminal == Terminal::None {
            return Ok(Answer::NobodyToAsk);
        }
        printer.talk(&format!("{question} [y/N]"));
        let mut line = String::new();
        std::io::stdin()
            .lock()
            .read_line(&mut line)
            .map_err(|error| Failure::new("cannot hear the answer").because(&error))?;
        let yes = matches!(line.trim().to_lowercase().as_str(), "y" | "yes");
        Ok(if yes { Answer::Yes } else { Answer::No })
    }
}
