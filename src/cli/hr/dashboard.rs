//! `countersign hr dashboard`, and `countersign hr` alone: the registry on a full screen.

mod office;
mod reader;
mod watch;

use clap::Args;

use super::super::Outcome;
use super::super::config_file::{ConfigFile, Read};
use super::super::environment::{Environment, Terminal};
use super::super::error::Failure;
use super::super::printer::Printer;
use super::dates::AsOf;
use super::people::EXPIRING_DAYS;
use super::registry::Home;
use crate::config::Face;
use crate::printable::Printable;
use crate::registry::change::Decision;
use crate::registry::office::{Office as _, Ruling, Trouble};
use crate::shell::{Wording, option};
use crate::tui;
use office::RealOffice;

#[derive(Debug, Args)]
#[command(
    after_help = "Keys: / filters, s sorts, Enter opens a person or a record, Tab goes on to charts and to what waits for a \
                  decision, d shows another day, ? shows all keys. A decision is entered as hr review enters it, after you \
                  were asked why and by whom.\n\n\
                  Line by line, for screen readers and scripts: hr status, hr person, hr review, hr report.\n\n\
                  Examples:\n  \
                  countersign hr\n  \
                  countersign hr dashboard --as-of 2026-06-30"
)]
pub(in crate::cli) struct DashboardArguments {
    /// As it was known at the end of a day, or at a time in UTC; else now
    #[arg(long, value_name = "DATE")]
    as_of: Option<AsOf>,
    /// Within how many days a completion that ends counts as expiring
    #[arg(long, value_name = "DAYS", default_value_t = EXPIRING_DAYS)]
    expiring: u32,
    /// Say what does the same line by line
    #[arg(long)]
    plain: bool,
    /// On the full screen, whatever the settings and ACCESSIBLE say
    #[arg(long, conflicts_with = "plain")]
    full_screen: bool,
}

impl Default for DashboardArguments {
    fn default() -> Self {
        Self { as_of: None, expiring: EXPIRING_DAYS, plain: false, full_screen: false }
    }
}

/// What does the same line by line.
const LINE_BY_LINE: [(&str, &str); 4] = [
    ("countersign hr status", "how everybody stands with every course"),
    ("countersign hr person NUMBER", "everything about one person"),
    ("countersign hr review", "what waits for a decision"),
    ("countersign hr report", "what all people together come to"),
];

pub(super) fn run(
    arguments: &DashboardArguments,
    home: &Home,
    environment: &Environment,
    printer: Printer,
) -> Result<Outcome, Failure> {
    let mut settings = ConfigFile::in_folder(environment.config.as_deref());
    let Read { config, keymap, mut notices } = settings.read();
    let wished = arguments.plain || environment.accessible || config.face == Face::Linear;
    if environment.terminal == Terminal::Dumb || (wished && !arguments.full_screen) {
        if let Some(refusal) = environment.terminal.refusal().filter(|_| arguments.full_screen) {
            printer.talk(&format!("note: {refusal}"));
        }
        printer.line("The dashboard fills a screen. Line by line, the same is told by:")?;
        let commands = LINE_BY_LINE.map(|(command, words)| (printer.commands().spelled(command), words));
        let width = |command: &str| Printable::new(command).width();
        let widest = commands.iter().map(|(command, _)| width(command)).max().unwrap_or_default();
        for (command, words) in commands {
            let room = " ".repeat(widest - width(&command));
            printer.line(&format!("  {command}{room}  {words}"))?;
        }
        return Ok(Outcome::Fine);
    }
    if environment.terminal == Terminal::None {
        let failure = Failure::new("the dashboard needs a terminal");
        let hints = LINE_BY_LINE.map(|(command, words)| Wording::from(command).then(" tells ").then(words));
        return Err(hints.into_iter().fold(failure, Failure::hint));
    }
    let commands = printer.commands();
    let (mut office, more) = RealOffice::open(home, environment.calendar, arguments.expiring, commands)?;
    notices.extend(more);
    let at = arguments.as_of.map(|as_of| AsOf::or_now(Some(as_of), environment.calendar, office.now()));
    let at = at.transpose()?;
    let start = tui::hr::Start { at, calendar: environment.calendar, commands, notices };
    let options = environment.options(config, keymap);
    let teller = office.teller();
    let ran = tui::hr::run(&mut office, &mut settings, start, options, |bell| teller.use_bell(bell))
        .map_err(|error| Failure::new("the full-screen face cannot run here").because(&error));
    match office.unheard() {
        None => {}
        Some(Ok(ruling)) => {
            printer.talk(&format!("{} {}; it is in the log", ruling.decision.word(), ruling.record.short()));
        }
        Some(Err((ruling, trouble))) => return Err(not_entered(&ruling, trouble, home)),
    }
    for words in ran?.lines {
        printer.talk(&words);
    }
    Ok(Outcome::Fine)
}

/// A decision was not entered, and the face that would have said so is gone.
fn not_entered(ruling: &Ruling, trouble: Trouble, home: &Home) -> Failure {
    let record = ruling.record.short();
    let mut failure = Failure::new(format!("the decision about {record} was not entered"));
    failure.causes = trouble.messages;
    let verb = match ruling.decision {
        Decision::Accepted => "accept",
        Decision::Refused => "refuse",
    };
    failure.hint(format!(
        "to enter it: countersign hr {} review {verb} {record} {} {}",
        option("--registry", home.folder()),
        option("--by", &ruling.by),
        option("--reason", &ruling.reason)
    ))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::digest::Digest;
    use crate::registry::office::TroubleKind;

    /// `./` was put before a reason that began with a hyphen, for good if the command was copied.
    #[cfg(not(windows))]
    #[test]
    fn a_decision_that_was_not_entered_is_told_word_for_word() {
        let ruling = Ruling {
            record: Digest::of(b"a record"),
            decision: Decision::Refused,
            by: "~jd".to_owned(),
            reason: "- no show, see mail".to_owned(),
        };
        let trouble = Trouble {
            kind: TroubleKind::Other,
            messages: vec!["the disk is full".to_owned()],
            hints: Vec::new(),
        };
        let failure = not_entered(&ruling, trouble, &Home::new(Path::new("my training")));
        let record = ruling.record.short();
        assert_eq!(
            failure.hints.iter().map(ToString::to_string).collect::<Vec<_>>(),
            [format!(
                "to enter it: countersign hr --registry 'my training' review refuse {record} --by '~jd' --reason='- no show, \
                 see mail'"
            )]
        );
    }
}
