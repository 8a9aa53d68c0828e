//! That a check is passed, told while something of it is asked again.

use crate::plain::Stop;
use crate::plain::session::Session;

pub(super) fn is_passed(session: &Session<'_, '_>, module: usize) -> bool {
    session.training.check(module).is_some_and(|check| check.state.is_passed())
}

/// Said behind its title to whoever comes to it.
pub(super) fn already(session: &Session<'_, '_>, module: usize) -> &'static str {
    if is_passed(session, module) { " It is passed already; what was not right is asked again." } else { "" }
}

/// Says it behind the answer by which it is, unless its end follows, where it is said first.
pub(super) fn say_now(session: &mut Session<'_, '_>, module: usize, was_passed: bool) -> Result<(), Stop> {
    let is_asked = session.training.check(module).is_some_and(|check| !check.open.is_empty());
    if was_passed || !is_asked || !is_passed(session, module) {
        return Ok(());
    }
    session.say("The check is passed now. What is left is asked again; to leave it as it is, type contents.")
}
