//! A question bank of any format, and the quiz that it becomes.

use crate::author::exchange::detect::Format;
use crate::author::exchange::heading::Heading;
use crate::author::exchange::{Import, aiken, gift, moodle, table};
use crate::author::names;
use crate::id::QuizId;
use crate::quiz::Quiz;
use crate::quiz::question::Question;

/// What was read of a bank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bank {
    /// What it says about the quiz that it was exported from.
    pub heading: Heading,
    /// Its questions.
    pub import: Import,
}

impl Bank {
    /// Reads a bank.
    #[must_use]
    pub fn read(format: Format, text: &str) -> Self {
        let (heading, import) = match format {
            Format::Gift => (gift::heading(text), gift::import(text)),
            Format::MoodleXml => (moodle::heading(text), moodle::import(text)),
            Format::Aiken => (Heading::NONE, aiken::import(text)),
            Format::Csv => (Heading::NONE, table::import(text)),
        };
        Self { heading, import }
    }

    /// The quiz of its questions; `None` if none came over. Without `id` or `title` it is called as the bank says that it
    /// was, or else after the file that is named `stem`.
    #[must_use]
    pub fn quiz(&self, id: Option<&QuizId>, title: Option<&str>, stem: &str) -> Option<Quiz> {
        let questions: Vec<Question> =
            self.import.entries.iter().filter_map(|entry| entry.question()).cloned().collect();
        if questions.is_empty() {
            return None;
        }
        let id = id.or(self.heading.id.as_ref()).cloned();
        let id =
            id.or_else(|| names::slug(stem, names::MOST)?.parse().ok()).or_else(|| "quiz".parse().ok())?;
        let title = title.or(self.heading.title.as_deref()).map(str::to_owned);
        let title = title.unwrap_or_else(|| words_of(stem));
        Some(Quiz { id, title, certainty: self.heading.certainty, questions })
    }
}

/// A file name or identifier as a title.
#[must_use]
pub fn words_of(stem: &str) -> String {
    names::title(stem).unwrap_or_else(|| "Quiz".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quiz_without_a_name_is_called_after_its_file() {
        fn check(stem: &str, id: &str, title: &str) {
            let quiz = Bank::read(Format::Gift, "Who?{=a ~b}").quiz(None, None, stem).expect("a question");
            assert_eq!((quiz.id.as_str(), quiz.title.as_str()), (id, title), "{stem:?}");
        }
        check("01-what-apps-collect", "01-what-apps-collect", "01 what apps collect");
        check("My Bank_2026", "my-bank-2026", "My Bank 2026");
        check("Über_Phishing", "uber-phishing", "Über Phishing");
        check("_draft", "draft", "Draft");
        check("国", "quiz", "国");
        check("", "quiz", "Quiz");
        assert_eq!(Bank::read(Format::Aiken, "").quiz(None, None, "x"), None);
    }

    #[test]
    fn what_the_trainer_says_comes_first() {
        let text = "// [tag:countersign-quiz=ours] [tag:countersign-title=Ours]\n\nWho?{=a ~b}";
        let bank = Bank::read(Format::Gift, text);
        let named = |id: Option<&str>, title| {
            let id = id.map(|id| id.parse().expect("an identifier"));
            let quiz = bank.quiz(id.as_ref(), title, "file").expect("a question");
            (quiz.id.to_string(), quiz.title)
        };
        assert_eq!(named(None, None), ("ours".to_owned(), "Ours".to_owned()));
        assert_eq!(named(Some("mine"), Some("Mine")), ("mine".to_owned(), "Mine".to_owned()));
    }
}
