//! How long a lesson takes and how hard it is to read.

use crate::author::craft::chance::float;
use crate::author::craft::english::{Words, words};
use crate::author::craft::places::line;
use crate::author::craft::remarks::Remarks;
use crate::author::craft::syllables::syllables;
use crate::course::draft::{Draft, DraftLesson};
use crate::markup::Survey;

/// How long attention lasts for one lesson, in minutes of reading.
const LONG: u32 = 12;
/// The last school year of the United States; more asks for a university. Guidance for public texts asks for 8 or 9.
const HARD: f64 = 12.0;
/// Below so many words of prose a grade says nothing.
const ENOUGH: usize = 100;
/// Words before whose full stop no sentence ends.
const ABBREVIATIONS: [&str; 9] = ["cf", "dr", "e.g", "i.e", "mr", "mrs", "ms", "prof", "vs"];
/// The same where a number follows.
const NUMBERED: [&str; 6] = ["art", "fig", "no", "p", "sec", "vol"];

/// How a lesson reads.
#[derive(Debug, Clone, PartialEq)]
pub struct Readability {
    /// Path within the course.
    pub lesson: String,
    /// Words of its paragraphs and items; footnotes are looked up, not read, and count nowhere.
    pub words: usize,
    /// Minutes that reading takes, tables and code included; at least one.
    pub minutes: u32,
    /// The Flesch-Kincaid grade: years of school in the United States. None for other languages than English and for
    /// lessons with fewer than a hundred words.
    pub grade: Option<f64>,
}

/// How the lessons of a course read, in their order.
#[must_use]
pub fn readability(draft: &Draft) -> Vec<Readability> {
    let words = Words::of(draft.language.as_deref());
    draft.lessons.iter().map(|lesson| of_lesson(lesson, &lesson.document.survey(), words)).collect()
}

/// Checks a lesson.
pub(super) fn check(lesson: &DraftLesson, survey: &Survey, words: Words, remarks: &mut Remarks) {
    let reads = of_lesson(lesson, survey, words);
    let title = survey.headings.first().map_or(0, |(_, place)| place.start);
    let at = || (lesson.path.as_str(), line(&lesson.text, title));
    if reads.minutes > LONG {
        remarks.note(
            "long-lesson",
            at(),
            format!("reading this takes {} minutes, attention lasts for about {LONG}", reads.minutes),
            "make two lessons of it",
        );
    }
    if let Some(grade) = reads.grade.filter(|grade| *grade > HARD) {
        remarks.note(
            "hard-to-read",
            at(),
            format!("this reads like a text for grade {grade:.0} (Flesch-Kincaid), for most readers {HARD:.0} is hard"),
            "write shorter sentences and simpler words",
        );
    }
}

fn of_lesson(lesson: &DraftLesson, survey: &Survey, language: Words) -> Readability {
    let mut count = Count::default();
    for prose in &survey.prose {
        count.add(prose.text.as_str());
    }
    let grade = match language {
        Words::English if count.words >= ENOUGH => Some(count.grade()),
        Words::English | Words::Unknown => None,
    };
    Readability { lesson: lesson.path.clone(), words: count.words, minutes: lesson.document.minutes(), grade }
}

/// What the formula needs to know of a text.
#[derive(Debug, Default, PartialEq, Eq)]
struct Count {
    words: usize,
    sentences: usize,
    syllables: usize,
}

impl Count {
    /// Adds a paragraph or an item. It ends a sentence even without a full stop.
    fn add(&mut self, text: &str) {
        let mut open = false;
        let mut tokens = text.split_whitespace().peekable();
        while let Some(token) = tokens.next() {
            for word in words(token) {
                self.words += 1;
                self.syllables += syllables(&word);
                open = true;
            }
            let next = tokens.peek().copied();
            if open && (next.is_none() || ends_sentence(token, next)) {
                self.sentences += 1;
                open = false;
            }
        }
        self.sentences += usize::from(open);
    }

    /// 0.39 words per sentence + 11.8 syllables per word − 15.59 (Kincaid, Fishburne, Rogers and Chissom, "Derivation of
    /// new readability formulas for Navy enlisted personnel", Research Branch Report 8-75, 1975).
    fn grade(&self) -> f64 {
        let words = float(self.words.max(1));
        0.39 * words / float(self.sentences.max(1)) + 11.8 * float(self.syllables) / words - 15.59
    }
}

fn ends_sentence(token: &str, next: Option<&str>) -> bool {
    let token = token.trim_end_matches(['"', '”', '’', '\'', ')', ']']);
    if token.ends_with(['!', '?', '…']) {
        return true;
    }
    let Some(word) = token.strip_suffix('.') else { return false };
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    // `J. Smith`, `e.g. this`, `approx. three`: what follows a sentence begins with a capital or a digit.
    let numbered = next.is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()));
    let abbreviated = ABBREVIATIONS.contains(&word.as_str())
        || word.chars().count() == 1
        || (numbered && NUMBERED.contains(&word.as_str()));
    !abbreviated && next.is_none_or(|next| !next.starts_with(char::is_lowercase))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::author::craft::tests::{check_lesson, check_lesson_in, lesson_draft};

    #[test]
    fn words_sentences_and_syllables() {
        #[track_caller]
        fn check(text: &str, words: usize, sentences: usize, syllables: usize) {
            let mut count = Count::default();
            count.add(text);
            assert_eq!(count, Count { words, sentences, syllables }, "{text}");
        }
        check("The cat sat on the mat.", 6, 1, 6);
        check("Ask! Who? Me.", 3, 3, 3);
        check("He said \"No.\" She left.", 5, 2, 5);
        check("It costs 3.5 pounds, e.g. in May.", 7, 1, 7);
        check("an item without an end", 5, 1, 7);
        check("J. Smith wrote it", 4, 1, 4);
        check("See art. 5 of it.", 5, 1, 5);
        check("It is art. We like it.", 6, 2, 6);
        check("— … —", 0, 0, 0);
        check("", 0, 0, 0);
    }

    /// Worked by hand from the formula: 6 words, 1 sentence, 6 syllables.
    #[test]
    fn the_formula() {
        let count = Count { words: 6, sentences: 1, syllables: 6 };
        assert!((count.grade() - -1.45).abs() < 1e-9, "{}", count.grade());
        let count = Count { words: 100, sentences: 5, syllables: 150 };
        assert!((count.grade() - 9.91).abs() < 1e-9, "{}", count.grade());
    }

    const HARD_TEXT: &str = "Organisational accountability necessitates comprehensive documentation of international \
                             administrative communication, considering particularly the responsibilities of \
                             information security professionals in multinational organisations.\n\n";

    #[test]
    fn lessons_that_are_hard_or_long() {
        check_lesson(&format!("# A\n\n{}", HARD_TEXT.repeat(6)), &["hard-to-read: # A"]);
        check_lesson_in("de", &format!("# A\n\n{}", HARD_TEXT.repeat(6)), &[]);
        check_lesson(&format!("# A\n\n{}", HARD_TEXT.repeat(4)), &[]);
        let easy = "Ask who sent it. Do not click on it. Tell the desk.\n\n";
        check_lesson(&format!("# A\n\n{}", easy.repeat(40)), &[]);
        let sections = format!("## B\n\n{}", easy.repeat(40)).repeat(6);
        check_lesson(&format!("# A\n\n{sections}"), &["long-lesson: # A"]);
    }

    #[test]
    fn how_lessons_read() {
        let reads = readability(&lesson_draft("en", &format!("# A\n\n{}", HARD_TEXT.repeat(6))));
        assert_eq!((reads[0].lesson.as_str(), reads[0].words, reads[0].minutes), ("lessons/one.md", 120, 1));
        assert!(reads[0].grade.is_some_and(|grade| grade > 20.0), "{reads:?}");
        assert_eq!(readability(&lesson_draft("en", "# A\n\nShort."))[0].grade, None);
        assert_eq!(readability(&lesson_draft("fr", &HARD_TEXT.repeat(9)))[0].grade, None);
    }
}
