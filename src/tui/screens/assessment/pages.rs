//! The pages of the assessment that are no questions.

use ratatui::layout::Size;

use crate::clock::Timestamp;
use crate::markup;
use crate::phrase::{numbers, one_or_many};
use crate::progress::Submitted;
use crate::quiz::mark::{self, Answered, Mark, percent};
use crate::quiz::question::LessonLink;
use crate::training::{AssessmentState, AttemptResult, Missing, Review, review_words, rules};
use crate::tui::message::Destination;
use crate::tui::pane::View;
use crate::tui::screens::assessment::{Message, Stage, current_question};
use crate::tui::screens::shared::{BEGINNING, answer_line, whole};
use crate::tui::widgets::sheet::{Sheet, Spot, Step};

/// Before a line that leads to a part of the course: among words nobody would take it for one.
const LEADS: &str = "→ ";

/// The rules, and whether an attempt can begin.
pub(super) fn intro(spot: Spot, view: &View<'_>, width: u16) -> Sheet<Message> {
    let theme = view.settings.theme;
    let mut sheet = Sheet::new(width, spot, theme);
    let course = view.training.course();
    match last_failure(view) {
        None => sheet.words("This is the part that counts.", theme.strong()),
        // Whoever failed is to see first what went wrong, and what to read.
        Some((number, end)) => {
            let result = view.training.result(number);
            let is_to_read = result.is_some_and(|result| !result.reread.is_empty());
            let what = if is_to_read { "what to read again" } else { "how it went" };
            let percent = percent(end.earned, end.possible);
            sheet.button(&format!("Last time {percent} %: {what}"), Message::Result(number));
        }
    }
    sheet.blank();
    for rule in rules(course, view.training.purpose()) {
        sheet.hanging("• ", &rule, theme.text());
    }
    sheet.blank();
    match view.training.assessment(view.now) {
        AssessmentState::Ready { left } => {
            if let Some(left) = left {
                sheet.words(&attempts_left(left), theme.text());
                sheet.blank();
            }
            // The harmless one has the focus: whoever presses Enter to go on, at the end of the last lesson, begins no attempt.
            sheet.button("Not yet", Message::Leave);
            sheet.grave_button("Begin", Message::Begin, Message::Mark);
        }
        AssessmentState::UnderWay { answered, total, .. } => {
            sheet
                .words(&format!("An attempt is under way: {answered} of {total} answered."), theme.caution());
            sheet.blank();
            sheet.button("Go on", Message::EndOverview);
        }
        AssessmentState::Waiting { until, left } => {
            waiting(&mut sheet, view, until, left);
        }
        AssessmentState::NoneLeft => {
            sheet.words("✗ no attempt is left", theme.bad());
            sheet.words(&no_attempts_hint(view), theme.text());
        }
        AssessmentState::Passed { percent, .. } => {
            sheet.words(&format!("✓ passed with {percent} %"), theme.good());
        }
        AssessmentState::VersionMissing => {
            sheet.words(
                "✗ the attempt under way began on a version of the course that is not here any more",
                theme.bad(),
            );
            let ways = format!(
                "Open that version again to finish it (ask {} for it), or take the course again from the beginning.",
                course.owner
            );
            sheet.words(&ways, theme.text());
            sheet.blank();
            sheet.button("Take the course again", Message::BeginAgain);
        }
        AssessmentState::Locked(missing) => locked(&mut sheet, &missing, view),
    }
    sheet
}

/// The attempt before the one to begin, by its number, if it did not pass.
fn last_failure(view: &View<'_>) -> Option<(u32, Submitted)> {
    view.training.last_submitted().zip(view.training.last_failure())
}

/// Where on the rules somebody begins: at “Not yet”, which stands behind the way to the last result.
pub(super) fn spot_of_rules(view: &View<'_>) -> Spot {
    let is_to_begin = matches!(view.training.assessment(view.now), AssessmentState::Ready { .. });
    Spot::at(usize::from(is_to_begin && last_failure(view).is_some()))
}

fn locked(sheet: &mut Sheet<Message>, missing: &[Missing], view: &View<'_>) {
    let theme = view.settings.theme;
    sheet.words("It opens when this is done:", theme.caution());
    let modules = &view.training.course().modules;
    for part in missing {
        let (what, module, destination) = match part {
            Missing::Lesson(module) => ("read", *module, Destination::Lesson(*module)),
            Missing::Check(module) => ("pass the check of", *module, Destination::Check(*module)),
        };
        let title = modules.get(module).map(|module| module.lesson.title.as_str()).unwrap_or_default();
        sheet.link_behind(LEADS, &format!("{what} “{title}”"), theme.text(), Message::Go(destination));
    }
}

/// Where on the overview somebody begins who comes from `stage`: at the question where they were, or at what they did not do yet.
pub(super) fn spot_of_overview(stage: &Stage, view: &View<'_>, body: Size) -> Spot {
    if !matches!(stage, Stage::Confirm(_)) {
        return Spot::at(current_question(view));
    }
    let area = whole(body);
    overview(Spot::default(), view, area.width).after(Step::Last, area.height)
}

/// What is answered, open and flagged.
pub(super) fn overview(spot: Spot, view: &View<'_>, width: u16) -> Sheet<Message> {
    let theme = view.settings.theme;
    let mut sheet = Sheet::new(width, spot, theme);
    let Some((attempt, sitting)) = view.training.attempt() else { return sheet };
    let flagged = view.training.flagged();
    let answered = view.training.answered();
    let [whole, partly, open] = [Answered::Wholly, Answered::Partly, Answered::Not]
        .map(|which| answered.iter().filter(|answered| **answered == which).count());
    // Said where there is any, so that the two lines stay short.
    let (of_these, sign) = match partly {
        0 => (String::new(), ""),
        partly => (format!("{partly} partly, "), "◐ partly, "),
    };
    let (total, flags) = (answered.len(), flagged.len());
    let counts = format!("{whole} of {total} answered, {of_these}{open} open, {flags} flagged");
    sheet.words(&counts, theme.strong());
    let unseen = view.training.answered_unseen();
    sheet.words(&format!("● answered, {sign}○ open, ⚑ flagged"), theme.muted());
    if !unseen.is_empty() {
        sheet.words(&unseen_words(&unseen), theme.caution());
    }
    sheet.blank();
    let cells = answered.iter().enumerate().map(|(index, answered)| {
        let (sign, style) = match answered {
            Answered::Wholly => ("●", theme.text()),
            Answered::Partly => ("◐", theme.caution()),
            Answered::Not => ("○", theme.caution()),
        };
        let flag = if flagged.contains(&index) { "⚑" } else { " " };
        // Where nothing is left to be seen, the cells need no room for its sign.
        let rest = match (unseen.is_empty(), unseen.contains(&index)) {
            (true, _) => "",
            (false, true) => "…",
            (false, false) => " ",
        };
        (format!("{:>3} {sign}{flag}{rest}", index + 1), style, Message::GoTo(index))
    });
    sheet.grid(cells.collect());
    sheet.blank();
    // A button leads away from none of them, or back to that one.
    let shown = if sheet.focus() < answered.len() { sheet.focus() } else { attempt.current };
    if let Some(question) = sitting.question(shown) {
        let now = if shown == attempt.current { "(you were here) " } else { "" };
        let prompt = markup::plain(&question.prompt);
        // The buttons below stay where they are.
        sheet.words_in(BEGINNING, &format!("{}. {now}{prompt}", shown + 1), theme.text());
        sheet.blank();
    }
    let unanswered = view.training.unanswered();
    if let Some(next) = unanswered.first() {
        let words = match answered.get(*next) {
            Some(Answered::Partly) => format!("Finish question {}", next + 1),
            Some(Answered::Wholly | Answered::Not) | None => "Go to the first open question".to_owned(),
        };
        sheet.button(&words, Message::GoTo(*next));
    }
    // One that is finished is seen to its end by that.
    if unseen.first().is_none_or(|unseen| unanswered.first() != Some(unseen)) {
        see_rest(&mut sheet, &unseen);
    }
    sheet.button("Submit", Message::AskToSubmit);
    sheet
}

/// A way to the first question of which not everything was seen.
fn see_rest(sheet: &mut Sheet<Message>, unseen: &[usize]) {
    if let Some(first) = unseen.first() {
        sheet.button(&format!("See the rest of question {}", first + 1), Message::GoTo(*first));
    }
}

/// `1 answered but not wholly seen: question 2`
fn unseen_words(unseen: &[usize]) -> String {
    format!("… {} answered but not wholly seen: {}", unseen.len(), questions(unseen))
}

/// Said where something that cannot be taken back has got the focus by a click.
pub(super) fn grave_again(stage: &Stage) -> &'static str {
    match stage {
        Stage::Intro(_) => "click again, or press Enter, to begin",
        Stage::Question { .. }
        | Stage::Overview(_)
        | Stage::Confirm(_)
        | Stage::Submitting(_)
        | Stage::Result { .. }
        | Stage::Review { .. } => "click again, or press Enter, to submit",
    }
}

/// Whether to submit.
pub(super) fn confirm(spot: Spot, view: &View<'_>, width: u16) -> Sheet<Message> {
    let theme = view.settings.theme;
    let mut sheet = Sheet::new(width, spot, theme);
    sheet.words("Submit this attempt? After that nothing in it can be changed.", theme.strong());
    sheet.blank();
    let answered = view.training.answered();
    let those = |which: Answered| -> Vec<usize> {
        let found = answered.iter().enumerate().filter(|(_, answered)| **answered == which);
        found.map(|(index, _)| index).collect()
    };
    let (open, partly) = (those(Answered::Not), those(Answered::Partly));
    if open.is_empty() && partly.is_empty() {
        sheet.words("✓ every question is answered", theme.good());
    }
    if !open.is_empty() {
        let words = format!("○ {} not answered, and earning nothing: {}", open.len(), questions(&open));
        sheet.words(&words, theme.caution());
    }
    if !partly.is_empty() {
        let words =
            format!("◐ {} partly answered: {}; what is there counts", partly.len(), questions(&partly));
        sheet.words(&words, theme.caution());
    }
    let unseen = view.training.answered_unseen();
    if !unseen.is_empty() {
        sheet.words(&unseen_words(&unseen), theme.caution());
    }
    let flagged = view.training.flagged();
    if !flagged.is_empty() {
        let words = format!("⚑ {} flagged: {}", flagged.len(), questions(&flagged));
        sheet.words(&words, theme.caution());
    }
    sheet.blank();
    // The harmless one has the focus: Enter pressed once too often submits nothing.
    sheet.button("Not yet", Message::Overview);
    see_rest(&mut sheet, &unseen);
    sheet.grave_button("Submit", Message::Submit, Message::Mark);
    sheet
}

/// Between submitting and the result, for as long as nothing can be saved.
pub(super) fn submitting(spot: Spot, view: &View<'_>, width: u16) -> Sheet<Message> {
    let theme = view.settings.theme;
    let mut sheet = Sheet::new(width, spot, theme);
    sheet.words("The result is shown as soon as your attempt is saved.", theme.text());
    sheet
}

/// How the attempt went.
pub(super) fn result(number: u32, spot: Spot, view: &View<'_>, width: u16) -> Sheet<Message> {
    let theme = view.settings.theme;
    let mut sheet = Sheet::new(width, spot, theme);
    let Some(result) = view.training.result(number) else {
        sheet.words(
            "This attempt cannot be shown: its version of the course is not here any more.",
            theme.caution(),
        );
        return sheet;
    };
    let (sign, style) =
        if result.passed { ("✓ passed", theme.good()) } else { ("✗ not passed", theme.bad()) };
    let score = format!(
        "{sign}: {} % ({}); {} % are needed",
        result.percent,
        mark::score(result.earned, result.possible),
        result.pass_percent
    );
    sheet.words(&score, style.patch(theme.strong()));
    sheet.blank();
    if result.passed {
        sheet.button(next_words(view), Message::NextPart);
    } else {
        after_a_fail(&mut sheet, view);
    }
    if result.review == Review::Open {
        sheet.button("Look at every answer, with explanations", Message::Review(0));
    }
    sheet.blank();
    topics(&mut sheet, &result, view);
    if !result.reread.is_empty() {
        sheet.blank();
        let words = match (result.passed, view.training.assessment(view.now)) {
            (true, _) => "Worth another look:",
            (false, AssessmentState::NoneLeft) => "Worth reading again:",
            (false, _) => "Read again before the next attempt:",
        };
        sheet.words(words, theme.strong());
        for link in &result.reread {
            sheet.link_behind(LEADS, &lesson_title(link, view), theme.link(), Message::Reread(link.clone()));
        }
    }
    if result.review == Review::AfterLastAttempt {
        sheet.blank();
        let attempts = view.training.course().assessment.attempts;
        sheet.words(review_words(attempts, view.training.purpose()), theme.muted());
    }
    if result.review == Review::Open {
        sheet.blank();
        answers(&mut sheet, number, &result.marks, view);
    }
    sheet
}

fn next_words(view: &View<'_>) -> &'static str {
    match view.training.next_step() {
        crate::training::Step::Policy => "Go on: read the policy and agree to it",
        crate::training::Step::Sign => "Go on: sign your completion record",
        crate::training::Step::Certificate => "Go on: your certificate",
        crate::training::Step::Lesson(_)
        | crate::training::Step::Check(_)
        | crate::training::Step::Assessment => "Go on",
    }
}

/// When the next attempt opens, and how many are left.
fn waiting(sheet: &mut Sheet<Message>, view: &View<'_>, until: Timestamp, left: Option<u32>) {
    let when = view.settings.day_and_time(until);
    sheet.words(&format!("The next attempt opens at {when}."), view.settings.theme.caution());
    if let Some(left) = left {
        sheet.words(&attempts_left(left), view.settings.theme.text());
    }
}

fn after_a_fail(sheet: &mut Sheet<Message>, view: &View<'_>) {
    let theme = view.settings.theme;
    match view.training.assessment(view.now) {
        AssessmentState::Ready { left } => {
            if let Some(left) = left {
                sheet.words(&attempts_left(left), theme.text());
            }
            sheet.button("To the next attempt", Message::NextPart);
        }
        AssessmentState::Waiting { until, left } => {
            waiting(sheet, view, until, left);
        }
        AssessmentState::NoneLeft => {
            sheet.words("No attempt is left.", theme.caution());
            sheet.words(&no_attempts_hint(view), theme.text());
        }
        AssessmentState::Locked(_)
        | AssessmentState::UnderWay { .. }
        | AssessmentState::Passed { .. }
        | AssessmentState::VersionMissing => {}
    }
}

/// A bar for every topic; the words say the same.
fn topics(sheet: &mut Sheet<Message>, result: &AttemptResult, view: &View<'_>) {
    const CELLS: u64 = 10;
    let theme = view.settings.theme;
    sheet.words("By topic:", theme.strong());
    for topic in &result.topics {
        let percent = percent(topic.earned, topic.possible);
        let full = (topic.earned * CELLS).checked_div(topic.possible).unwrap_or(0).min(CELLS);
        let cells = |count: u64, sign: &str| sign.repeat(usize::try_from(count).unwrap_or(0));
        let bar = format!("{}{}", cells(full, "█"), cells(CELLS - full, "░"));
        let (sign, style) = match (percent >= result.pass_percent, result.passed) {
            (true, _) => ("✓", theme.good()),
            // Nothing failed: it is only weaker than the rest.
            (false, true) => ("~", theme.caution()),
            (false, false) => ("✗", theme.bad()),
        };
        let words = format!("{}: {}", topic.title, mark::score(topic.earned, topic.possible));
        sheet.hanging(&format!("{sign} {bar} {percent:>3} %  "), &words, style);
    }
}

/// What was answered, with how it went.
fn answers(sheet: &mut Sheet<Message>, number: u32, marks: &[Option<Mark>], view: &View<'_>) {
    let Some((_, sitting)) = view.training.sitting(number) else { return };
    sheet.words("Your answers:", view.settings.theme.strong());
    for (index, ((question, _), mark)) in sitting.questions().zip(marks).enumerate() {
        answer_line(sheet, index, question, *mark, Message::Review(index));
    }
}

fn lesson_title(link: &LessonLink, view: &View<'_>) -> String {
    let Some(linked) = view.training.linked(link) else { return link.lesson.clone() };
    let title = &linked.lesson.title;
    match linked.heading {
        Some(heading) if heading.text.as_str() != title => format!("{title}: {}", heading.text),
        Some(_) | None => title.clone(),
    }
}

/// `question 2`, `questions 2, 4 and 6 to 9`.
fn questions(indices: &[usize]) -> String {
    let places: Vec<usize> = indices.iter().map(|index| index + 1).collect();
    format!("{} {}", one_or_many(places.len(), "question", "questions"), numbers(&places))
}

fn attempts_left(left: u32) -> String {
    match left {
        1 => "One attempt is left.".to_owned(),
        left => format!("{left} attempts are left."),
    }
}

fn no_attempts_hint(view: &View<'_>) -> String {
    let owner = &view.training.course().owner;
    format!(
        "Tell HR, or whoever gave you this course (its owner: {owner}): they can give you a new assignment file, and with it you begin \
         again. Nothing you did is lost."
    )
}
