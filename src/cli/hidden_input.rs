//! A terminal that does not show what is typed, for as long as a secret is asked for.

/// While it lives, the terminal on standard input does not show what is typed.
#[cfg(unix)]
pub(super) struct HiddenInput {
    before: rustix::termios::Termios,
    signals: signal_hook::iterator::Handle,
    /// `None` as soon as what is typed is shown again.
    listening: Option<crate::endings::Listening>,
}

#[cfg(unix)]
impl HiddenInput {
    /// `None` when standard input is no terminal, or one that always shows what is typed.
    pub(super) fn begin() -> Option<Self> {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};

        use crate::endings::{self, ENDING, Listening};

        let input = rustix::stdio::stdin();
        let before = tcgetattr(input).ok()?;
        let listening = Listening::begin(ENDING).ok()?;
        let mut signals = signal_hook::iterator::Signals::new(ENDING).ok()?;
        let handle = signals.handle();
        let restored = before.clone();
        // Who presses Ctrl-C here, or hangs up a line that somebody else goes on with, leaves the terminal as it was.
        std::thread::spawn(move || {
            let arrived = signals.forever().next();
            // One that came just before the end of listening is passed over by the iterator, and nobody else would hear of it.
            if let Some(signal) = arrived.or_else(|| signals.pending().next()) {
                let _ = tcsetattr(rustix::stdio::stdin(), OptionalActions::Now, &restored);
                // Whoever listens too has something to say first, and then ends it.
                if !endings::is_shared(signal) {
                    endings::die_of(signal);
                }
            }
        });
        let mut hidden = before.clone();
        hidden.local_modes.remove(LocalModes::ECHO);
        // The end of the line is shown, so that the next words stand on a line of their own.
        hidden.local_modes.insert(LocalModes::ECHONL);
        let begun = Self { before, signals: handle, listening: Some(listening) };
        tcsetattr(input, OptionalActions::Now, &hidden).ok()?;
        Some(begun)
    }
}

#[cfg(unix)]
impl Drop for HiddenInput {
    fn drop(&mut self) {
        use rustix::termios::{OptionalActions, tcsetattr};
        let _ = tcsetattr(rustix::stdio::stdin(), OptionalActions::Now, &self.before);
        // In this order, so that no signal falls between the two.
        drop(self.listening.take());
        self.signals.close();
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
