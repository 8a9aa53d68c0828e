//! Lines that were typed before the question was asked that they seem to answer.

/// Drops what was typed on the terminal on standard input and is not read yet; whether that was a whole line or more. A pipe or a
/// file has no such queue: what comes from there is a script, and is written before any question.
#[cfg(unix)]
pub(super) fn drop_typed_ahead() -> bool {
    use rustix::termios::{QueueSelector, tcflush};

    let input = rustix::stdio::stdin();
    // A terminal gives whole lines, one a read, so that nothing of the next one lies in a buffer of ours.
    let waiting = rustix::io::ioctl_fionread(input).unwrap_or(0);
    tcflush(input, QueueSelector::IFlush).is_ok() && waiting > 0
}

/// Elsewhere everything that is typed counts.
#[cfg(not(unix))]
pub(super) fn drop_typed_ahead() -> bool {
    false
}
