//! What a question leaves its learners and its reviewers without.

use crate::author::craft::remarks::Remarks;
use crate::author::craft::study::{Asked, SetKind, Studied};
use crate::course::draft::Part;
use crate::quiz::question::Question;

/// From so many questions on, a field that more than half of them lack is told once: it is the quiz's habit.
const HABIT: usize = 4;

/// Checks every question of a quiz.
pub(super) fn check(quiz: &Studied<'_>, remarks: &mut Remarks) {
    missing(
        quiz,
        remarks,
        ("missing-why", "why", |question| question.why.is_none()),
        "say in `why` what makes the key right; it is shown after answering and teaches most",
    );
    missing(
        quiz,
        remarks,
        ("missing-source", "source", |question| question.source.is_none()),
        "name in `source` where the key comes from, for the next reviewer and for auditors",
    );
    missing(
        quiz,
        remarks,
        ("missing-lesson-link", "lesson", |question| question.lesson.is_none()),
        "name in `lesson` what to re-read, such as `lesson: \"lessons/01.md#a-heading\"`",
    );
    for asked in &quiz.asked {
        feedback(quiz, asked, remarks);
    }
}

fn missing(
    quiz: &Studied<'_>,
    remarks: &mut Remarks,
    (rule, field, lacks): (&'static str, &str, fn(&Question) -> bool),
    hint: &str,
) {
    let lacking: Vec<&Asked<'_>> = quiz.asked.iter().filter(|asked| lacks(asked.question)).collect();
    let all = quiz.asked.len();
    if let Some(first) = lacking.first().filter(|_| lacking.len() >= HABIT && 2 * lacking.len() > all) {
        let message = format!("{} of {all} questions have no `{field}`; this is the first", lacking.len());
        return remarks.note(rule, quiz.of(first), message, hint);
    }
    for asked in lacking {
        remarks.note(rule, quiz.of(asked), format!("`{}` has no `{field}`", asked.question.id), hint);
    }
}

/// Feedback on no option is a decision, feedback on some was forgotten on the others.
fn feedback(quiz: &Studied<'_>, asked: &Asked<'_>, remarks: &mut Remarks) {
    // Options of gaps are single words; those that need a comment are few.
    for set in asked.sets.iter().filter(|set| set.kind != SetKind::Gap) {
        let wrong = || set.options.iter().enumerate().filter(|(_, option)| !option.choice.right);
        let bare: Vec<usize> =
            wrong().filter(|(_, option)| option.choice.feedback.is_none()).map(|(place, _)| place).collect();
        if let Some(first) = bare.first().filter(|_| bare.len() < wrong().count()) {
            let ids: Vec<String> =
                bare.iter().take(5).map(|place| format!("`{}`", set.options[*place].choice.id)).collect();
            remarks.note(
                "uneven-feedback",
                quiz.at(asked, &[set.way.as_slice(), &[Part::Entry(*first), Part::Field("id")]].concat()),
                format!("other wrong options have feedback, {} has none", ids.join(", ")),
                "say to those who choose it why it is wrong",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::author::craft::tests::{check, check_quiz};

    fn statement(fields: &str) -> String {
        format!(
            r#"TrueFalse(id: "{{ID}}", topic: "law", {fields} prompt: "It holds {{ID}}.", answer: {{TURN}})"#
        )
    }

    #[test]
    fn fields_that_help() {
        let (why, source, lesson) = ("why: \"So.\",", "source: \"F1\",", "lesson: \"lessons/one.md\",");
        check(&statement(&[why, source, lesson].concat()), &[]);
        check(&statement(&[source, lesson].concat()), &["missing-why: \"q0\""]);
        check(&statement(&[why, lesson].concat()), &["missing-source: \"q0\""]);
        check(&statement(&[why, source].concat()), &["missing-lesson-link: \"q0\""]);
    }

    #[test]
    fn a_habit_is_told_once() {
        let (good, bare) = (
            statement("why: \"So.\", source: \"F1\", lesson: \"lessons/one.md\","),
            statement("source: \"F1\", lesson: \"lessons/one.md\","),
        );
        let quiz = |bare_ones: usize, all: usize| -> Vec<String> {
            (0..all).map(|n| if n < bare_ones { bare.clone() } else { good.clone() }).collect()
        };
        check_quiz(&quiz(3, 4), &["missing-why: \"q0\"", "missing-why: \"q1\"", "missing-why: \"q2\""]);
        check_quiz(&quiz(4, 5), &["missing-why: \"q0\""]);
        check_quiz(
            &quiz(4, 8),
            &["missing-why: \"q0\"", "missing-why: \"q1\"", "missing-why: \"q2\"", "missing-why: \"q3\""],
        );
    }

    #[test]
    fn feedback_on_some_wrong_options() {
        let options = |first: &str, second: &str| {
            format!(
                r#"Single({{COMMON}} prompt: "Which?", options: [(id: "a", text: "One"{first}), (id: "b", text: "Two"{second}), (id: "c", text: "Six", right: true)])"#
            )
        };
        let said = ", feedback: \"No.\"";
        check(&options(said, ""), &["uneven-feedback: \"b\""]);
        check(&options(said, said), &[]);
        check(&options("", ""), &[]);
    }
}
