//! What came of the decisions of a story.

use crate::plain::Stop;
use crate::plain::question;
use crate::plain::session::Session;
use crate::quiz::question::{Kind, Question};
use crate::quiz::response::Response;
use crate::quiz::walk::walk;

/// Says what came of the decisions of a story that were made since `before`: it teaches what to do next, so that is heard
/// before the next step.
pub(super) fn say_consequences(
    session: &mut Session<'_, '_>,
    question: &Question,
    before: Option<&Response>,
    now: &Response,
) -> Result<(), Stop> {
    let Kind::Scenario { steps } = &question.kind else { return Ok(()) };
    let heard = question::chosen(before).len();
    for (_, branch) in walk(steps, question::chosen(Some(now))).made.iter().skip(heard) {
        session.pause()?;
        session.say(&format!("Saved, you decided: {}", question::decided(branch)))?;
        let feedback = branch.choice.feedback.as_deref().unwrap_or_default();
        let verdict = if branch.choice.right { "Right." } else { "Not right." };
        if let Some(verdict) = question::unless_repeated(verdict, feedback) {
            session.say(verdict)?;
        }
        question::say_markdown(session, feedback)?;
    }
    session.pause()
}
