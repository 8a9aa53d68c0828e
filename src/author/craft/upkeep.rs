//! What the course as a whole needs: reviews, topics that are asked, a bank that is large enough.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::author::craft::places::line;
use crate::author::craft::remarks::Remarks;
use crate::course::MANIFEST;
use crate::course::draft::{Draft, DraftQuiz, LessonRole, Part, QuizExtent, QuizRole};
use crate::phrase::counted;
use crate::quiz::question::Drawn;

/// So many days before its review is due a course is told about it.
const SOON: i64 = 30;
/// An attempt draws a question of every topic; a topic with fewer than this asks the second attempt what it asked the
/// first more often than not.
const ENOUGH_OF_TOPIC: usize = 3;

/// Checks the course.
pub(super) fn check(draft: &Draft, today: NaiveDate, remarks: &mut Remarks) {
    review(draft, today, remarks);
    let assessment = draft.quizzes.iter().find(|quiz| quiz.role == QuizRole::Assessment);
    // What is missing from a bank with faults may be in it.
    if let Some(bank) = assessment.filter(|bank| bank.extent == QuizExtent::Whole) {
        topics(draft, bank, remarks);
        bank_size(draft, bank, remarks);
        if draft.quizzes.iter().all(|quiz| quiz.extent == QuizExtent::Whole) {
            lessons(draft, remarks);
        }
    }
}

fn at(draft: &Draft, way: &[Part]) -> (&'static str, std::ops::Range<usize>) {
    (MANIFEST, draft.manifest.place(way))
}

fn review(draft: &Draft, today: NaiveDate, remarks: &mut Remarks) {
    let Some(due) = draft.review_by else { return };
    let days = due.signed_duration_since(today).num_days();
    let at = || at(draft, &[Part::Field("review_by")]);
    let hint = "review the content, then set `reviewed` and `review_by`";
    if days < 0 {
        remarks.note("review-overdue", at(), format!("the review was due on {due}"), hint);
    } else if days <= SOON {
        let left = usize::try_from(days).unwrap_or(0);
        let when =
            if left == 0 { "today".to_owned() } else { format!("in {}", counted(left, "day", "days")) };
        remarks.note("review-soon", at(), format!("the review is due {when}"), hint);
    }
}

fn topics(draft: &Draft, bank: &DraftQuiz, remarks: &mut Remarks) {
    let draw = draft.draw.unwrap_or(usize::MAX);
    for (entry, topic) in draft.topics.iter().enumerate() {
        let at = || at(draft, &[Part::Field("topics"), Part::Entry(entry), Part::Field("id")]);
        let asked = || bank.questions.iter().filter(|question| question.topic == topic.id);
        let count = asked().count();
        if count == 0 {
            let checked =
                draft.quizzes.iter().flat_map(|quiz| &quiz.questions).any(|asked| asked.topic == topic.id);
            let but = if checked { ", only knowledge checks do" } else { "" };
            remarks.note(
                "topic-never-asked",
                at(),
                format!("the assessment never asks about `{}`{but}", topic.id),
                "ask about it, or leave the topic out",
            );
        } else if count < ENOUGH_OF_TOPIC
            && draw < bank.questions.len()
            && asked().all(|question| question.drawn == Drawn::ByChance)
        {
            remarks.note(
                "thin-topic",
                at(),
                format!(
                    "the assessment has only {} about `{}`, and every attempt asks one of them",
                    counted(count, "question", "questions"),
                    topic.id
                ),
                format!("add questions until there are {ENOUGH_OF_TOPIC} or more"),
            );
        }
    }
}

fn bank_size(draft: &Draft, bank: &DraftQuiz, remarks: &mut Remarks) {
    let all = bank.questions.len();
    let Some(draw) = draft.draw.filter(|draw| *draw <= all) else { return };
    let always = bank.questions.iter().filter(|question| question.drawn == Drawn::Always).count();
    let (by_chance, pool) = (draw.saturating_sub(always), all - always);
    if pool >= 2 * by_chance && by_chance > 0 {
        return;
    }
    let shared = always + (2 * by_chance).saturating_sub(pool);
    let fewer = if draw > 1 { ", or draw fewer" } else { "" };
    remarks.note(
        "small-bank",
        at(draft, &[Part::Field("assessment"), Part::Field("draw")]),
        if shared >= draw {
            format!("every attempt asks the same {}", counted(draw, "question", "questions"))
        } else {
            format!("any two attempts share at least {shared} of their {draw} questions")
        },
        format!("add questions until the bank has {} or more{fewer}", always + 2 * by_chance.max(1)),
    );
}

fn lessons(draft: &Draft, remarks: &mut Remarks) {
    let questions = || draft.quizzes.iter().flat_map(|quiz| &quiz.questions);
    let linked: HashSet<&str> = questions()
        .filter_map(|question| question.lesson.as_ref())
        .map(|link| link.lesson.as_str())
        .collect();
    // Where no question leads back, each of them is told so already.
    if linked.is_empty() {
        return;
    }
    for lesson in draft.lessons.iter().filter(|lesson| lesson.role == LessonRole::Module) {
        if !linked.contains(lesson.path.as_str()) {
            let title = lesson.document.headings().first().map_or(0, |heading| heading.offset);
            remarks.note(
                "lesson-never-asked",
                (&lesson.path, line(&lesson.text, title)),
                "no question leads back to this lesson",
                "ask about what it teaches, or name it in the `lesson` of the questions that do",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use std::slice;

    use crate::author::craft::remarks;
    use crate::author::craft::tests::{COMMON, check_manifest, day, draft_of, single};

    #[test]
    fn reviews() {
        let draft = draft_of(&[], &[]);
        let check = |today: &str, expected: Option<(&str, &str)>| {
            let found = remarks(&draft, day(today));
            let review = found.iter().find(|remark| remark.rule.starts_with("review-"));
            let review = review.map(|remark| (remark.rule, remark.message.as_str()));
            assert_eq!(review, expected, "{today}");
        };
        check("2027-04-21", None);
        check("2027-04-22", Some(("review-soon", "the review is due in 30 days")));
        check("2027-05-21", Some(("review-soon", "the review is due in 1 day")));
        check("2027-05-22", Some(("review-soon", "the review is due today")));
        check("2027-05-23", Some(("review-overdue", "the review was due on 2027-05-22")));
    }

    /// So many questions about each of the two topics, so many of the first mandatory.
    fn bank(law: usize, apps: usize, mandatory: usize) -> Vec<String> {
        let question = |n: usize, topic: &str| {
            let text =
                single(&format!("What is number {n} of {topic}, the {}th?", n * 31), &["+This", "That"]);
            let common = COMMON.replace("topic: \"law\"", &format!("topic: \"{topic}\""));
            let always = if topic == "law" && n < mandatory { "mandatory: true," } else { "" };
            text.replace("{COMMON}", &[&common, always].concat())
        };
        (0..law).map(|n| question(n, "law")).chain((0..apps).map(|n| question(n, "apps"))).collect()
    }

    #[test]
    fn topics_of_the_assessment() {
        check_manifest(2, &bank(3, 3, 0), &[]);
        check_manifest(2, &bank(6, 0, 0), &["topic-never-asked: \"apps\""]);
        check_manifest(2, &bank(6, 2, 0), &["thin-topic: \"apps\""]);
        // One that every attempt asks anyway was meant so.
        check_manifest(2, &bank(1, 6, 1), &[]);
        // Where everything is drawn, no topic is drawn from.
        check_manifest(4, &bank(2, 2, 0), &["small-bank: 4"]);
    }

    #[test]
    fn banks() {
        check_manifest(4, &bank(4, 4, 0), &[]);
        check_manifest(4, &bank(3, 4, 0), &["small-bank: 4"]);
        check_manifest(3, &bank(3, 4, 3), &["small-bank: 3"]);
        check_manifest(4, &bank(4, 3, 3), &[]);
    }

    #[test]
    fn what_is_shared() {
        let remark = |draw, bank: &[String]| {
            let draft = crate::author::craft::tests::draft_drawing(draw, &[], bank);
            let found = remarks(&draft, day("2027-01-01"));
            found.into_iter().find(|remark| remark.rule == "small-bank")
        };
        let message = |draw, bank: &[String]| remark(draw, bank).map(|remark| remark.message);
        assert_eq!(
            message(4, &bank(3, 3, 0)).as_deref(),
            Some("any two attempts share at least 2 of their 4 questions")
        );
        assert_eq!(
            message(5, &bank(3, 4, 1)).as_deref(),
            Some("any two attempts share at least 3 of their 5 questions")
        );
        assert_eq!(message(6, &bank(3, 3, 0)).as_deref(), Some("every attempt asks the same 6 questions"));
        assert_eq!(message(7, &bank(3, 3, 0)), None);
        // Of one question nothing less can be drawn.
        let hint = |draw| remark(draw, &bank(1, 1, 0)).and_then(|remark| remark.hint);
        assert_eq!(hint(1), None);
        assert_eq!(hint(2).as_deref(), Some("add questions until the bank has 4 or more, or draw fewer"));
        let hint = remark(1, &bank(1, 0, 0)).and_then(|remark| remark.hint);
        assert_eq!(hint.as_deref(), Some("add questions until the bank has 2 or more"));
    }

    #[test]
    fn lessons_that_no_question_leads_back_to() {
        let found = |check: &[String], bank: &[String]| {
            let found = remarks(&draft_of(check, bank), day("2027-01-01"));
            found
                .into_iter()
                .filter(|remark| remark.rule == "lesson-never-asked")
                .map(|remark| remark.file)
                .collect::<Vec<_>>()
        };
        let one = single("Which?", &["+This", "That"]).replace("{COMMON}", COMMON);
        let other = one.replace("lessons/one.md", "lessons/two.md");
        assert_eq!(found(slice::from_ref(&one), slice::from_ref(&one)), ["lessons/two.md"]);
        assert_eq!(found(slice::from_ref(&one), slice::from_ref(&other)), [""; 0]);
        assert_eq!(found(&[one.clone(), "Single(".to_owned()], slice::from_ref(&one)), [""; 0]);
        let none = one.replace("lesson: \"lessons/one.md#one\",", "");
        assert_eq!(found(slice::from_ref(&none), slice::from_ref(&none)), [""; 0]);
    }
}
