//! The signals that end a program unless it does something about them, who does, and how to end by one.

use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

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

/// Who listens to a signal, and what ends the program when nobody does.
#[derive(Debug)]
struct Listeners {
    count: usize,
    nobody: Arc<AtomicBool>,
}

/// The signals that somebody has listened to so far. A handler stays for as long as the process lives, so there is one of each.
static LISTENERS: Mutex<BTreeMap<i32, Listeners>> = Mutex::new(BTreeMap::new());

/// For as long as it lives, these signals do not end the program by themselves: whoever holds it does something about them.
/// When the last one is gone they do what they would do without us, which unregistering alone does not bring back.
#[derive(Debug)]
#[must_use = "dropped, the signals end the program again"]
pub struct Listening(Vec<i32>);

impl Listening {
    /// Begins to listen to `signals`, each of which is to be one of [`ENDING`]; `register` registers whatever hears them. Until that is
    /// done they end the program, so that none falls between the two.
    ///
    /// # Errors
    /// When the system lets nobody listen to one of them, or not in this way.
    pub fn begin<T>(signals: &[i32], register: impl FnOnce() -> io::Result<T>) -> io::Result<(Self, T)> {
        let mut listeners = LISTENERS.lock().unwrap_or_else(PoisonError::into_inner);
        for signal in signals {
            if !listeners.contains_key(signal) {
                let new = Listeners { count: 0, nobody: Arc::new(AtomicBool::new(true)) };
                end_once(&new.nobody, *signal)?;
                listeners.insert(*signal, new);
            }
        }
        let registered = register()?;
        for signal in signals {
            if let Some(those) = listeners.get_mut(signal) {
                those.count += 1;
                those.nobody.store(false, Ordering::SeqCst);
            }
        }
        Ok((Self(signals.to_vec()), registered))
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        let mut listeners = LISTENERS.lock().unwrap_or_else(PoisonError::into_inner);
        for signal in &self.0 {
            if let Some(those) = listeners.get_mut(signal) {
                those.count -= 1;
                those.nobody.store(those.count == 0, Ordering::SeqCst);
            }
        }
    }
}

/// Whether anybody listens to `signal`, so that whoever has stopped listening can leave the end to them.
#[must_use]
pub fn is_heard(signal: i32) -> bool {
    let listeners = LISTENERS.lock().unwrap_or_else(PoisonError::into_inner);
    listeners.get(&signal).is_some_and(|those| those.count > 0)
}

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
fn end_once(over: &Arc<AtomicBool>, signal: i32) -> io::Result<()> {
    if is_emulated(signal) {
        flag::register_conditional_default(signal, Arc::clone(over))?;
    } else {
        flag::register_conditional_shutdown(signal, code(signal), Arc::clone(over))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begun(signals: &[i32]) -> io::Result<Listening> {
        Listening::begin(signals, || Ok(())).map(|(listening, ())| listening)
    }

    fn state(signal: i32) -> (usize, bool) {
        let listeners = LISTENERS.lock().expect("nobody panicked");
        let those = &listeners[&signal];
        (those.count, those.nobody.load(Ordering::SeqCst))
    }

    /// Signals that no other test listens to.
    #[test]
    fn a_signal_ends_the_program_again_when_the_last_listener_is_gone() {
        let signal = SIGVTALRM;
        let first = begun(&[signal]).expect("may listen");
        assert_eq!((state(signal), is_heard(signal)), ((1, false), true));
        let second = begun(&[signal, SIGPROF]).expect("may listen");
        assert_eq!((state(signal), is_heard(signal)), ((2, false), true));
        drop(first);
        assert_eq!((state(signal), state(SIGPROF)), ((1, false), (1, false)));
        drop(second);
        assert_eq!((state(signal), state(SIGPROF)), ((0, true), (0, true)));
        assert!(!is_heard(signal));
        let third = begun(&[signal]).expect("may listen");
        assert_eq!(state(signal), (1, false));
        drop(third);
    }

    /// There is no such signal, and whoever asked for it and others listens to none.
    #[test]
    fn whoever_may_not_listen_to_all_listens_to_none() {
        let refused = begun(&[SIGTRAP, 12_345]);
        assert!(refused.is_err(), "{refused:?}");
        assert_eq!(state(SIGTRAP), (0, true));
        let refused = Listening::begin(&[SIGTRAP], || Err::<(), _>(io::Error::other("no room")));
        assert!(refused.is_err(), "{refused:?}");
        assert_eq!(state(SIGTRAP), (0, true));
    }
}
