//! The end of the program by a signal, put off until nothing half made is left behind.

#[cfg(unix)]
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use super::super::error::Failure;
use super::super::printer::Printer;
#[cfg(unix)]
use crate::endings::{self, ENDING, Listening};

/// While it lives, no signal ends the program by itself: whoever holds it asks for the end between two steps.
#[cfg(unix)]
pub(super) struct Postponed {
    /// The signal that came last; 0 when none did.
    arrived: Arc<AtomicUsize>,
    _listening: Listening,
}

#[cfg(unix)]
impl Postponed {
    /// Puts off the end from now on.
    pub(super) fn begin() -> Result<Self, Failure> {
        let arrived = Arc::new(AtomicUsize::new(0));
        let register = || {
            ENDING.iter().try_for_each(|signal| {
                let number = usize::try_from(*signal).expect("signals are numbered from 1");
                signal_hook::flag::register_usize(*signal, Arc::clone(&arrived), number).map(drop)
            })
        };
        let (listening, ()) = Listening::begin(ENDING, register)
            .map_err(|error| Failure::new("cannot listen for Ctrl-C").because(&error))?;
        Ok(Self { arrived, _listening: listening })
    }

    /// Whether the program is to end.
    pub(super) fn is_due(&self) -> bool {
        self.arrived.load(Ordering::SeqCst) != 0
    }

    /// Ends the program by the signal that asked for it, if one did.
    pub(super) fn end(&self, farewell: &str, printer: Printer) {
        if let Ok(signal @ 1..) = i32::try_from(self.arrived.load(Ordering::SeqCst)) {
            // The terminal has shown ^C on the line on which it was pressed.
            printer.talk("");
            printer.talk(farewell);
            endings::die_of(signal);
        }
    }
}

/// Elsewhere the system ends the program at once.
#[cfg(not(unix))]
pub(super) struct Postponed;

#[cfg(not(unix))]
impl Postponed {
    pub(super) fn begin() -> Result<Self, Failure> {
        Ok(Self)
    }

    pub(super) fn is_due(&self) -> bool {
        false
    }

    pub(super) fn end(&self, _farewell: &str, _printer: Printer) {}
}
