//! What somebody who was here before hears first: what is done, and not how every part stands.

use super::{assessment_words, course_words, say_files, say_how_far, say_tried_again};
use crate::phrase;
use crate::plain::Stop;
use crate::plain::session::Session;
use crate::training::{AssessmentState, CheckState, ModuleOverview, Overview, PolicyState, Step, Text};

/// Whether something of this run was begun.
pub(super) fn is_begun(session: &Session<'_, '_>) -> bool {
    let progress = session.training.progress();
    !(progress.lessons.is_empty() && progress.checks.is_empty())
}

/// Says what is done.
pub(super) fn say(session: &mut Session<'_, '_>) -> Result<(), Stop> {
    session.pause()?;
    session.say(&course_words(session))?;
    let overview = session.training.overview(session.world.now());
    say_how_far(session, &overview)?;
    say_files(session, &overview)?;
    // That all of it is done was just said.
    let done = if overview.next == Step::Certificate { None } else { done(session, &overview) };
    if let Some(done) = done {
        session.say(&done)?;
    }
    // The line that asks names where Enter goes on.
    let named = session.training.step_to_go_on();
    say_tried_again(session, &overview, Some(named))?;
    match session.training.last_failure() {
        Some(_) => session.say(&assessment_words(session, &overview)),
        None => Ok(()),
    }
}

/// `Read: lessons 1 to 3. Passed: their checks.`
fn done(session: &Session<'_, '_>, overview: &Overview) -> Option<String> {
    let numbers = |is: &dyn Fn(usize, &ModuleOverview) -> bool| -> Vec<usize> {
        let modules = overview.modules.iter().enumerate();
        modules.filter(|(index, module)| is(*index, module)).map(|(index, _)| index + 1).collect()
    };
    let read = numbers(&|index, _| session.training.is_read(Text::Lesson(index)));
    let passed = numbers(&|_, module| module.check.is_some_and(CheckState::is_passed));
    let checks = numbers(&|_, module| module.check.is_some());
    let checks = match passed.as_slice() {
        [] => None,
        passed if passed == checks && passed.len() > 1 => Some("all knowledge checks".to_owned()),
        [_] if passed == read => Some("its check".to_owned()),
        _ if passed == read => Some("their checks".to_owned()),
        [one] => Some(format!("the check of lesson {one}")),
        passed => Some(format!("the checks of lessons {}", phrase::numbers(passed))),
    };
    let assessment = match overview.assessment {
        AssessmentState::Passed { .. } => Some("the assessment".to_owned()),
        AssessmentState::Locked(_)
        | AssessmentState::Ready { .. }
        | AssessmentState::UnderWay { .. }
        | AssessmentState::Waiting { .. }
        | AssessmentState::NoneLeft
        | AssessmentState::VersionMissing => None,
    };
    let lessons = match read.as_slice() {
        [] => None,
        read if read.len() == overview.modules.len() && read.len() > 1 => Some("all lessons".to_owned()),
        [one] => Some(format!("lesson {one}")),
        read => Some(format!("lessons {}", phrase::numbers(read))),
    };
    let passed: Vec<String> = checks.into_iter().chain(assessment).collect();
    let passed = (!passed.is_empty()).then(|| passed.join(" and "));
    let is_agreed = matches!(overview.policy, Some(PolicyState::Agreed(_)));
    let lines = [
        lessons.map(|lessons| format!("Read: {lessons}.")),
        passed.map(|passed| format!("Passed: {passed}.")),
        is_agreed.then(|| "Agreed to: the policy.".to_owned()),
    ];
    let lines: Vec<String> = lines.into_iter().flatten().collect();
    (!lines.is_empty()).then(|| lines.join(" "))
}
