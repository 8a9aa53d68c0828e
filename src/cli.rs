//! The command line: arguments in, words and exit codes out; the one room that wires real clock, paths and stores together.

mod arguments;
mod author;
mod columns;
mod config_file;
mod courses;
mod environment;
mod error;
mod face;
mod first_frames;
mod generate;
mod hidden_input;
mod hr;
mod interruptions;
mod learn;
mod mailed;
mod name;
mod open_address;
mod output;
mod printer;
mod records;
#[cfg(test)]
mod told;
mod typed_ahead;
mod verify;
mod world;

use std::io::{self, Write as _};
use std::panic;
use std::process::ExitCode;

use arguments::{Arguments, Verb};
use environment::Environment;
use error::Failure;
use printer::Printer;

/// How a command ended that could run at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "it becomes the exit code"]
enum Outcome {
    /// Everything is as it should be.
    Fine,
    /// What was looked at has faults.
    Findings,
}

/// Runs the program: 0 fine, 1 findings, 2 could not run, 255 a bug of ours.
#[must_use]
pub fn main() -> ExitCode {
    let printer = Printer::new();
    let arguments = match Arguments::read(std::env::args_os().collect()) {
        Ok(arguments) => arguments,
        Err(usage) => return tell_usage(&usage, printer),
    };
    // A panic may repeat what a file held. The full-screen face gives the terminal back before it hands on to this.
    panic::set_hook(Box::new(move |panic| {
        printer.talk(&format!("error: a bug in countersign: {}", panic.to_string().replace('\n', " ")));
        printer.talk("hint: please report it; everything that was said to be saved is safe");
    }));
    // The panic hook has said what happened and restored the terminal; what is left is the exit code.
    let outcome = panic::catch_unwind(|| run(arguments, printer));
    match outcome {
        Ok(Ok(Outcome::Fine)) => ExitCode::SUCCESS,
        Ok(Ok(Outcome::Findings)) => ExitCode::from(1),
        Ok(Err(failure)) => tell_failure(&failure, printer),
        Err(_) => ExitCode::from(255),
    }
}

/// Says what could not be done; a closed pipe is quiet.
fn tell_failure(failure: &Failure, printer: Printer) -> ExitCode {
    if failure.is_closed_pipe() {
        return ExitCode::SUCCESS;
    }
    printer.failure(failure);
    ExitCode::from(2)
}

/// Help and version are data on stdout, wrong usage is talk on stderr; clap knows which.
fn tell_usage(usage: &clap::Error, printer: Printer) -> ExitCode {
    // What has no line end stays with the standard library, which keeps a failure at the end to itself.
    let told = usage.print().and_then(|()| io::stdout().flush());
    match told {
        Err(error) if !usage.use_stderr() => tell_failure(&Failure::stdout(error), printer),
        Ok(()) | Err(_) => ExitCode::from(u8::try_from(usage.exit_code()).unwrap_or(2)),
    }
}

fn run(arguments: Arguments, printer: Printer) -> Result<Outcome, Failure> {
    let environment = Environment::read();
    match arguments.verb {
        Some(Verb::Author(arguments)) => author::run(&arguments, &environment, printer),
        Some(Verb::Hr(arguments)) => hr::run(&arguments, &environment, printer),
        Some(Verb::Verify(arguments)) => verify::run(&arguments, printer),
        Some(Verb::Generate(arguments)) => generate::run(&arguments, printer),
        Some(Verb::Learn(arguments)) => learn::run(&arguments, &environment, printer),
        None => learn::run(&arguments.learn, &environment, printer),
    }
}
