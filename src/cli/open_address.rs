//! Other programs, which open what a face was asked to open.

use std::io;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::training::{Trouble, TroubleKind};

/// How long a launcher has to say that it cannot open something.
const OPENING: Duration = Duration::from_millis(500);

/// Opens an address or a file with the program that the system has for it.
pub(super) fn open_address(address: &str) -> Result<(), Trouble> {
    // Some launchers return at once and some when the program is closed: whoever learns does not wait for either.
    let (tell, told) = mpsc::channel();
    let wanted = address.to_owned();
    thread::spawn(move || tell.send(open::that_detached(wanted)));
    match told.recv_timeout(OPENING) {
        Ok(Err(error)) => Err(Trouble {
            kind: TroubleKind::Other,
            message: format!("no program opened the address: {}", reason(&error)),
            hint: Some("copy the address and open it yourself".to_owned()),
        }),
        Ok(Ok(())) | Err(_) => Ok(()),
    }
}

/// Why nothing was opened, as a person would say it: the error itself speaks of launchers and the status of their end.
fn reason(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::NotFound => "this computer has no program that opens addresses",
        io::ErrorKind::PermissionDenied => "the program that opens addresses may not be started",
        _ => "the program that opens addresses gave up; there may be no browser on this computer",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_reads_of_launchers_and_the_status_of_their_end() {
        let check = |error: io::Error, expected: &str| {
            let said = reason(&error);
            assert!(said.contains(expected), "{said}");
            assert!(!said.contains("status") && !said.contains('('), "{said}");
        };
        check(io::ErrorKind::NotFound.into(), "no program");
        check(io::ErrorKind::PermissionDenied.into(), "may not");
        // What `open` says where every launcher ended with an error.
        let gave_up = "Launcher \"xdg-open\" failed with ExitStatus(unix_wait_status(768))";
        check(io::Error::other(gave_up), "gave up");
    }
}
