//! A terminal that does not show what is typed, for as long as a secret is asked for.

/// While it lives, the terminal on standard input does not show what is typed.
#[cfg(unix)]
pub(super) struct HiddenInput {
    signals: signal_hook::iterator::Handle,
    /// Shows what is typed again at a signal or at the end; `None` when it has.
    listener: Option<std::thread::JoinHandle<()>>,
}

#[cfg(unix)]
impl HiddenInput {
    /// `None` when standard input is no terminal, or one that always shows what is typed.
    pub(super) fn begin() -> Option<Self> {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
        use signal_hook::consts::SIGCONT;
        use signal_hook::iterator::Signals;

        use crate::endings::{self, ENDING, Listening};

        let input = rustix::stdio::stdin();
        let before = tcgetattr(input).ok()?;
        let mut hidden = before.clone();
        hidden.local_modes.remove(LocalModes::ECHO);
        // The end of the line is shown, so that the next words stand on a line of their own.
        hidden.local_modes.insert(LocalModes::ECHONL);
        let (listening, mut signals) =
            Listening::begin(ENDING, || Signals::new(ENDING.iter().chain([&SIGCONT]))).ok()?;
        let handle = signals.handle();
        tcsetattr(input, OptionalActions::Now, &hidden).ok()?;
        // Who presses Ctrl-C here, or hangs up a line that somebody else goes on with, leaves the terminal as it was.
        let listener = std::thread::spawn(move || {
            // A shell that continues us has made the terminal show what is typed.
            let ends = |signal: &i32| {
                if *signal == SIGCONT {
                    let _ = tcsetattr(rustix::stdio::stdin(), OptionalActions::Now, &hidden);
                }
                *signal != SIGCONT
            };
            let arrived = signals.forever().find(ends);
            let _ = tcsetattr(rustix::stdio::stdin(), OptionalActions::Now, &before);
            drop(listening);
            // One that came just before the end of listening is passed over by the iterator, and nobody else would hear of it.
            let Some(signal) = arrived.or_else(|| signals.pending().find(|signal| *signal != SIGCONT)) else {
                return;
            };
            // Whoever else listens has something to say first, and then ends it.
            if !endings::is_heard(signal) {
                endings::die_of(signal);
            }
        });
        Some(Self { signals: handle, listener: Some(listener) })
    }
}

#[cfg(unix)]
impl Drop for HiddenInput {
    fn drop(&mut self) {
        self.signals.close();
        // So that whoever listens next hears of no signal that came before.
        if let Some(listener) = self.listener.take() {
            let _ = listener.join();
        }
    }
}

/// Elsewhere what is typed is shown, and the face says so.
#[cfg(not(unix))]
pub(super) enum HiddenInput {}

#[cfg(not(unix))]
impl HiddenInput {
    pub(super) fn begin() -> Option<Self> {
        None
    }
}
