//! The rules of the assessment in sentences, the same in every face.

use crate::course::Course;
use crate::training::{Purpose, SEVERAL_EARN, only_whole_earns};

/// What the record tells of a learner besides the result: said before the first attempt and again before signing.
pub const IN_THE_RECORD: &str = "Your completion record holds every attempt and its answers, the points of your knowledge \
                                 checks, and how long you read and answered.";

/// What a learner says by signing.
pub const DECLARATION: &str = "I took this course and gave the answers in this record myself.";

/// What of an agreement to the policy stands in the record; said before `name` agrees.
#[must_use]
pub fn in_the_agreement(name: &str) -> String {
    format!(
        "With your agreement, your name ({name}), the date, this statement and a fingerprint of the exact text of the policy stand in \
         your signed completion record."
    )
}

/// What to do with the file of a record.
pub const THE_FILE_COUNTS: &str = "The record file is what counts. Keep a copy; any change to it is noticed.";

/// Why a run that is done cannot be signed, and what is left to do.
pub const OUTGROWN: &str = "With so many attempts and such long answers the record of this run would be larger than 1 MiB, and \
                            no reader takes that for a record. What you did is kept. To have a record, take the course \
                            again and answer more briefly.";

const IN_THIS_PREVIEW: &str = "in this preview you have as many as you need.";

/// What a learner is told before an attempt begins, a sentence or two for each rule.
#[must_use]
pub fn rules(course: &Course, purpose: Purpose) -> Vec<String> {
    let assessment = &course.assessment;
    let drawn = match assessment.draw.min(assessment.quiz.questions.len()) {
        1 => "1 question is drawn; every attempt is drawn anew.".to_owned(),
        drawn => format!("{drawn} questions are drawn; every attempt is drawn anew."),
    };
    let attempts = match (assessment.attempts, purpose) {
        (Some(1), Purpose::Learning) => "There is one attempt.".to_owned(),
        (Some(allowed), Purpose::Learning) => format!("There are {allowed} attempts in all."),
        (Some(1), Purpose::Preview) => format!("Learners have one attempt; {IN_THIS_PREVIEW}"),
        (Some(allowed), Purpose::Preview) => {
            format!("Learners have {allowed} attempts in all; {IN_THIS_PREVIEW}")
        }
        (None, Purpose::Learning | Purpose::Preview) => {
            "You can take as many attempts as you need.".to_owned()
        }
    };
    let rules =
        [drawn, format!("You pass with {} percent of the points.", assessment.pass_percent.get()), attempts];
    let always = [
        "Until you submit, every answer can be changed; the result comes after that.",
        "There is no time limit: stop at any moment, and go on later where you were.",
    ];
    let unless = if assessment.quiz.questions.iter().any(|question| only_whole_earns(question).is_some()) {
        ", unless the question says otherwise"
    } else {
        ""
    };
    let marked =
        format!("Partly right answers earn a part{unless}; where several are right, {SEVERAL_EARN}.");
    let review = review_words(assessment.attempts, purpose);
    let wait = assessment.waits.words(assessment.attempts);
    rules
        .into_iter()
        .chain(wait)
        .chain(always.map(str::to_owned))
        .chain([review.to_owned(), marked, IN_THE_RECORD.to_owned()])
        .collect()
}

/// When the answers of an attempt can be looked back at, with what was right, in a sentence.
#[must_use]
pub fn review_words(attempts: Option<u32>, purpose: Purpose) -> &'static str {
    match (attempts, purpose) {
        (Some(1), _) => "What was right is told when the attempt is submitted.",
        (Some(_), Purpose::Learning) => {
            "What was right is told after an attempt that passes, or after the last one."
        }
        (None, Purpose::Learning) => "What was right is told after an attempt that passes.",
        (Some(_), Purpose::Preview) => {
            "Learners are told what was right after an attempt that passes, or after the last one; in this preview you are told after each."
        }
        (None, Purpose::Preview) => {
            "Learners are told what was right after an attempt that passes; in this preview you are told after each."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_is_said_in_words() {
        let mut course = crate::course::parse(crate::course::embedded()).expect("no faults");
        let mut check = |draw: usize, attempts: Option<u32>, expected: [&str; 2]| {
            course.assessment.draw = draw;
            course.assessment.attempts = attempts;
            let rules = rules(&course, Purpose::Learning);
            assert_eq!([rules[0].as_str(), rules[2].as_str()], expected);
            assert_eq!(rules.last().map(String::as_str), Some(IN_THE_RECORD));
        };
        check(1, Some(1), ["1 question is drawn; every attempt is drawn anew.", "There is one attempt."]);
        check(
            20,
            Some(3),
            ["20 questions are drawn; every attempt is drawn anew.", "There are 3 attempts in all."],
        );
        check(
            2,
            None,
            [
                "2 questions are drawn; every attempt is drawn anew.",
                "You can take as many attempts as you need.",
            ],
        );
        course.assessment.attempts = Some(1);
        let preview = "Learners have one attempt; in this preview you have as many as you need.";
        assert_eq!(rules(&course, Purpose::Preview)[2], preview);
    }

    /// Who submitted early to look at the answers was told behind that when they can be looked at.
    #[test]
    fn when_answers_can_be_looked_at_is_a_rule() {
        let mut course = crate::course::parse(crate::course::embedded()).expect("no faults");
        let passes = "told what was right after an attempt that passes";
        for (attempts, purpose, expected) in [
            (Some(1), Purpose::Learning, "What was right is told when the attempt is submitted."),
            (
                Some(3),
                Purpose::Learning,
                "What was right is told after an attempt that passes, or after the last one.",
            ),
            (None, Purpose::Learning, "What was right is told after an attempt that passes."),
            (Some(1), Purpose::Preview, "What was right is told when the attempt is submitted."),
            (
                Some(3),
                Purpose::Preview,
                &format!(
                    "Learners are {passes}, or after the last one; in this preview you are told after each."
                ),
            ),
            (
                None,
                Purpose::Preview,
                &format!("Learners are {passes}; in this preview you are told after each."),
            ),
        ] {
            course.assessment.attempts = attempts;
            let rules = rules(&course, purpose);
            assert_eq!(rules.iter().filter(|rule| *rule == expected).count(), 1, "{rules:?}");
        }
    }
}
