//! That the questions of a check come one after the other, to whoever wants to go to another one.

use crate::plain::session::Session;
use crate::plain::{Stop, elsewhere, question};
use crate::quiz::question::Question;

/// Says how questions come, to whoever wants to go to another one; and how to come to the gap that lies that way.
pub(super) fn say_in_turn(session: &mut Session<'_, '_>, gap: Option<String>) -> Result<(), Stop> {
    session.say(&format!("{}{}", gap.unwrap_or_default(), elsewhere::ASKED_IN_TURN))
}

/// How to come to the gap before the one that is `asked` for, if there is one.
pub(super) fn gap_before(asked: Option<usize>) -> Option<String> {
    let gap = asked.filter(|gap| *gap > 0)?;
    Some(format!("For the gap before, type gap {gap}. "))
}

/// The same for the one behind it.
pub(super) fn gap_behind(question: &Question, asked: Option<usize>) -> Option<String> {
    let gap = asked.filter(|gap| gap + 1 < question::gaps(question))?;
    Some(format!("For the next gap, type gap {}. ", gap + 2))
}
