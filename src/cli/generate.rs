//! `countersign generate`: the manual page and shell completions, made from the same definition as the parser.

use super::Outcome;
use super::arguments::{Arguments, Generate, GenerateArguments, Shell};
use super::error::Failure;
use super::printer::Printer;

pub(super) fn run(arguments: &GenerateArguments, printer: Printer) -> Result<Outcome, Failure> {
    let mut command = Arguments::whole();
    let mut out = Vec::new();
    match arguments.what {
        Generate::Man => {
            let page = clap_mangen::Man::new(command);
            page.render(&mut out).map_err(Failure::stdout)?;
        }
        Generate::Completions { shell } => {
            let shell = match shell {
                Shell::Bash => clap_complete::Shell::Bash,
                Shell::Elvish => clap_complete::Shell::Elvish,
                Shell::Fish => clap_complete::Shell::Fish,
                Shell::Powershell => clap_complete::Shell::PowerShell,
                Shell::Zsh => clap_complete::Shell::Zsh,
            };
            clap_complete::generate(shell, &mut command, "countersign", &mut out);
        }
    }
    printer.bytes(&out)?;
    Ok(Outcome::Fine)
}
