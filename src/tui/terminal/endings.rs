//! The signals that end a program unless it does something about them, and how to end by one.

use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

#[cfg(target_os = "linux")]
use rustix::process::Signal;
use signal_hook::consts::{
    SIGABRT, SIGALRM, SIGHUP, SIGINT, SIGPROF, SIGQUIT, SIGSYS, SIGTERM, SIGTRAP, SIGUSR1, SIGUSR2,
    SIGVTALRM, SIGXCPU,
};
use signal_hook::{flag, low_level};

/// Every signal whose default action ends a program (POSIX.1-2024, `<signal.h>`; Linux' signal(7)) and that one can live to tell of.
///
/// Left out are SIGKILL, which nobody hears; SIGSEGV, SIGBUS, SIGILL and SIGFPE, whose cause is still there after the handler; SIGPIPE
/// and SIGXFSZ, whose cause is a write that fails and is told like any other that fails; and the real-time signals, which mean
/// nothing but what two programs have agreed.
pub const ENDING: &[i32] = &[
    SIGTERM,
    SIGHUP,
    SIGINT,
    SIGQUIT,
    SIGALRM,
    SIGUSR1,
    SIGUSR2,
    SIGVTALRM,
    SIGPROF,
    SIGXCPU,
    SIGABRT,
    SIGSYS,
    SIGTRAP,
    // Elsewhere it is ignored by default.
    #[cfg(target_os = "linux")]
    Signal::IO.as_raw(),
    #[cfg(target_os = "linux")]
    Signal::POWER.as_raw(),
    #[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64")))]
    Signal::STKFLT.as_raw(),
];

/// Whether [`low_level::emulate_default_handler`] ends the program by `signal`: it knows neither SIGPWR nor SIGSTKFLT, and holds SIGIO
/// for one that is ignored.
fn is_emulated(signal: i32) -> bool {
    #[cfg(target_os = "linux")]
    let is_io = signal == Signal::IO.as_raw();
    #[cfg(not(target_os = "linux"))]
    let is_io = false;
    !is_io && low_level::signal_name(signal).is_some()
}

/// What a shell makes of the end by `signal`.
fn code(signal: i32) -> i32 {
    128 + signal
}

/// Ends this process as `signal` would have ended it without us, so that the shell sees the same.
pub fn die_of(signal: i32) -> ! {
    if is_emulated(signal) {
        let _ = low_level::emulate_default_handler(signal);
    }
    low_level::exit(code(signal))
}

/// Lets `signal` end the program as it would without us, as soon as `over` says so.
pub(super) fn end_once(over: &Arc<AtomicBool>, signal: i32) -> io::Result<()> {
    if is_emulated(signal) {
        flag::register_conditional_default(signal, Arc::clone(over))?;
    } else {
        flag::register_conditional_shutdown(signal, code(signal), Arc::clone(over))?;
    }
    Ok(())
}
