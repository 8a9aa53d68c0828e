//! One file of a course on its own, such as a draft that `course.ron` does not name yet.

use crate::course::bank;
use crate::course::lessons;
use crate::course::parse::MAX_RON_BYTES;
use crate::course::source::Source;
use crate::course::{Fault, Lesson, Rule, Weight};
use crate::quiz::Quiz;

/// Reads a lesson. Where its links lead is not looked at: that takes a course.
///
/// # Errors
/// Everything that is wrong with it; never an empty list.
pub fn parse_lesson(path: &str, bytes: &[u8]) -> Result<Lesson, Vec<Fault>> {
    let outlined = lessons::read(path, bytes).map_err(|fault| vec![*fault])?;
    let faults = broken(&outlined.source);
    if faults.is_empty() { Ok(outlined.lesson) } else { Err(faults) }
}

/// Reads a quiz. Topics and links are not compared with a course.
///
/// # Errors
/// Everything that is wrong with it; never an empty list.
pub fn parse_quiz(path: &str, bytes: &[u8]) -> Result<Quiz, Vec<Fault>> {
    let source = Source::read(path, bytes, MAX_RON_BYTES).map_err(|fault| vec![*fault])?;
    let bank = bank::read(&source);
    let faults = broken(&source);
    match bank.into_quiz() {
        Some(quiz) if faults.is_empty() => Ok(quiz),
        None if faults.is_empty() => {
            Err(vec![Fault::of_file(Rule::Syntax, path, "this quiz cannot be read".to_owned())])
        }
        Some(_) | None => Err(faults),
    }
}

/// What makes the file unusable, as [`super::parse()`] sees it.
fn broken(source: &Source) -> Vec<Fault> {
    let mut faults = source.take_faults();
    faults.retain(|fault| fault.rule.weight() == Weight::Broken);
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_on_its_own_has_the_faults_that_it_has_in_a_course() {
        let lesson = parse_lesson("lessons/_drafts/1.md", b"# New\n\nWords.\n").expect("a lesson");
        assert_eq!((lesson.title.as_str(), lesson.path.as_str()), ("New", "lessons/_drafts/1.md"));
        let faults = parse_lesson("lessons/1.md", b"No heading.\n").expect_err("no heading");
        assert_eq!(faults[0].message, "this lesson has no heading");

        let quiz = |question: &str| format!("(id: \"q\", title: \"Q\", questions: [{question}])");
        let good = quiz(r#"TrueFalse(id: "a", topic: "t", prompt: "So?", answer: true)"#);
        assert_eq!(parse_quiz("quizzes/q.ron", good.as_bytes()).expect("a quiz").questions.len(), 1);
        for bad in
            [quiz(r#"TrueFalse(id: "a", topic: "t", promt: "So?", answer: true)"#), quiz(""), String::new()]
        {
            let faults = parse_quiz("quizzes/q.ron", bad.as_bytes()).expect_err("faulty");
            assert!(!faults.is_empty(), "{bad}");
        }
    }
}
