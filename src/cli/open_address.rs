//! Other programs, which open what a face was asked to open.

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
            message: format!("no program opened {address}: {error}"),
            hint: Some("copy the address and open it yourself".to_owned()),
        }),
        Ok(Ok(())) | Err(_) => Ok(()),
    }
}
