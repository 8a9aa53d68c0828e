//! Answers that are more alike than chance makes them, and answers given faster than anybody reads: hints where to look, and
//! never a verdict.
//!
//! Right answers are alike because they are right, so only wrong ones are compared: of the questions that two people both
//! answered wrongly, how many did they answer with the same wrong answer (Bellezza and Bellezza, "Detection of cheating on
//! multiple-choice tests by using error-similarity analysis", Teaching of Psychology 16, 1989)? A wrong answer that many
//! choose is shared by chance, so the chance is reckoned for each question from what everybody else answered; and because all
//! pairs are compared, only what would be rare among all of them is told (Wesolowsky, "Detecting excessive similarity in
//! answers on multiple choice exams", Journal of Applied Statistics 27, 2000). What is right in part is wrong here: whoever
//! passes has few answers that are worth nothing, and two who leave out the same part err alike.
//!
//! Of a question that somebody was asked in several attempts the first answer counts: nobody had told them anything of it then.

use std::collections::BTreeMap;

use super::PersonNumber;
use crate::id::QuestionId;

/// The fewest questions that both answered wrongly, for a pair to be compared.
pub const FEWEST_BOTH_WRONG: usize = 3;
/// The fewest wrong answers of other people, for the chance at a question to be known.
pub const FEWEST_OTHERS: u32 = 10;
/// What is told would come about by chance in one of so many organisations like this.
const RARE: f64 = 0.01;
/// How fast nobody reads, in words a second: more than twice what people do (238 words a minute on average; Brysbaert, "How
/// many words do we read per minute?", Journal of Memory and Language 109, 2019).
pub const WORDS_A_SECOND: u64 = 10;
/// The fewest right answers given faster than that, for a person to be named.
pub const FEWEST_HURRIED: usize = 5;

/// What one person answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Who.
    pub person: PersonNumber,
    /// What they answered first, by question and revision.
    pub answers: BTreeMap<(QuestionId, u32), Answer>,
    /// Their attempts, in order.
    pub attempts: Vec<Pace>,
}

/// How long one attempt took, and what was done in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Which attempt it is, as its record counts them.
    pub number: u32,
    /// Time spent on all of it, without pauses, in seconds, by the learner's device.
    pub seconds: u64,
    /// Right answers to questions whose length is known.
    pub right: usize,
    /// How many words those questions have.
    pub words: u64,
}

/// An answer to one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The answer in a spelling that is the same for the same answer.
    pub response: String,
    /// Whether it was right, and all of it.
    pub is_right: bool,
    /// Time spent on it, in seconds, by the learner's device.
    pub seconds: u64,
    /// How many words there were to read, if that is known.
    pub words: Option<u64>,
}

/// Two people whose wrong answers are alike.
#[derive(Debug, Clone, PartialEq)]
pub struct Alike {
    /// The one.
    pub one: PersonNumber,
    /// The other.
    pub other: PersonNumber,
    /// Questions that both answered wrongly and whose chance is known.
    pub both_wrong: usize,
    /// Those of them that they answered with the same wrong answer.
    pub identical: usize,
    /// How many would be by chance.
    pub expected: f64,
    /// The chance of so many or more, for these two alone.
    pub chance: f64,
}

/// Somebody who answered rightly faster than anybody reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hurried {
    /// Who.
    pub person: PersonNumber,
    /// Right answers that were given faster than the question can be read.
    pub hurried: usize,
    /// Right answers to questions whose length is known.
    pub right: usize,
}

/// An attempt that was over before its questions can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rushed {
    /// Whose.
    pub person: PersonNumber,
    /// Which attempt, and how it went.
    pub pace: Pace,
}

/// What the comparison of all pairs gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// How many pairs had enough in common to be compared.
    pub pairs: u64,
    /// The rarest first.
    pub alike: Vec<Alike>,
}

/// How many others gave which wrong answer to a question.
type Popularity<'a> = BTreeMap<&'a (QuestionId, u32), BTreeMap<&'a str, u32>>;

/// Compares everybody with everybody: time grows with the square of the number of sheets.
#[must_use]
pub fn compare(sheets: &[Sheet]) -> Compared {
    let popularity = popularity(sheets);
    let mut compared = Compared { pairs: 0, alike: Vec::new() };
    for (place, one) in sheets.iter().enumerate() {
        for other in &sheets[place + 1..] {
            if let Some(alike) = pair(one, other, &popularity) {
                compared.pairs += 1;
                // Without anything in common there is nothing to remember.
                if alike.identical > 0 && alike.chance <= RARE {
                    compared.alike.push(alike);
                }
            }
        }
    }
    let pairs = as_float(compared.pairs);
    compared.alike.retain(|alike| alike.chance * pairs <= RARE);
    compared.alike.sort_by(|one, other| one.chance.total_cmp(&other.chance));
    compared
}

fn popularity(sheets: &[Sheet]) -> Popularity<'_> {
    let mut popularity = Popularity::new();
    for (question, answer) in sheets.iter().flat_map(|sheet| &sheet.answers) {
        if !answer.is_right {
            *popularity.entry(question).or_default().entry(answer.response.as_str()).or_default() += 1;
        }
    }
    popularity
}

/// Two people, if they have enough in common.
fn pair(one: &Sheet, other: &Sheet, popularity: &Popularity<'_>) -> Option<Alike> {
    let (mut chances, mut identical) = (Vec::new(), 0);
    for (question, answer) in one.answers.iter().filter(|(_, answer)| !answer.is_right) {
        let Some(theirs) = other.answers.get(question).filter(|theirs| !theirs.is_right) else {
            continue;
        };
        let Some(chance) = popularity.get(question).and_then(|wrong| chance(wrong, answer, theirs)) else {
            continue;
        };
        chances.push(chance);
        identical += usize::from(answer.response == theirs.response);
    }
    (chances.len() >= FEWEST_BOTH_WRONG).then(|| Alike {
        one: one.person.clone(),
        other: other.person.clone(),
        both_wrong: chances.len(),
        identical,
        expected: chances.iter().sum(),
        chance: at_least(identical, &chances),
    })
}

/// The chance that two wrong answers are the same one, from the wrong answers of everybody else; none when there are too few.
fn chance(wrong: &BTreeMap<&str, u32>, one: &Answer, other: &Answer) -> Option<f64> {
    let of_others = |response: &str, count: u32| {
        count - u32::from(one.response == response) - u32::from(other.response == response)
    };
    let others: u32 = wrong.iter().map(|(response, count)| of_others(response, *count)).sum();
    if others < FEWEST_OTHERS {
        return None;
    }
    let share = |(response, count): (&&str, &u32)| f64::from(of_others(response, *count)) / f64::from(others);
    Some(wrong.iter().map(share).map(|share| share * share).sum())
}

/// The chance that `least` or more of independent events happen.
fn at_least(least: usize, chances: &[f64]) -> f64 {
    // How likely each number is, one event after the other.
    let mut likely = vec![1.0];
    for chance in chances {
        let mut next = vec![0.0; likely.len() + 1];
        for (number, before) in likely.iter().enumerate() {
            next[number] += before * (1.0 - chance);
            next[number + 1] += before * chance;
        }
        likely = next;
    }
    likely.iter().skip(least).sum::<f64>().min(1.0)
}

fn as_float(number: u64) -> f64 {
    // Of some thousand sheets there are fewer pairs than a u32 counts.
    u32::try_from(number).map_or(f64::INFINITY, f64::from)
}

/// Those who gave at least [`FEWEST_HURRIED`] right answers, and half of all their right answers, faster than anybody reads
/// the question.
#[must_use]
pub fn hurried(sheets: &[Sheet]) -> Vec<Hurried> {
    let person = |sheet: &Sheet| {
        let right = sheet.answers.values().filter(|answer| answer.is_right);
        let known: Vec<bool> = right.filter_map(is_hurried).collect();
        let hurried = known.iter().filter(|hurried| **hurried).count();
        let counts = hurried >= FEWEST_HURRIED && 2 * hurried >= known.len();
        counts.then(|| Hurried { person: sheet.person.clone(), hurried, right: known.len() })
    };
    sheets.iter().filter_map(person).collect()
}

/// Those attempts with at least [`FEWEST_HURRIED`] right answers that took less time than anybody needs to read the questions
/// that were answered rightly, and those alone. Short questions hide one by one in the second that may have been cut off, and
/// not all together.
#[must_use]
pub fn rushed(sheets: &[Sheet]) -> Vec<Rushed> {
    let of_sheet = |sheet: &Sheet| {
        let rushed = sheet.attempts.iter().filter(|pace| is_rushed(pace));
        let told = rushed.map(|pace| Rushed { person: sheet.person.clone(), pace: *pace });
        told.collect::<Vec<_>>()
    };
    sheets.iter().flat_map(of_sheet).collect()
}

fn is_rushed(pace: &Pace) -> bool {
    pace.right >= FEWEST_HURRIED && is_too_fast(pace.seconds, pace.words)
}

/// Whether an answer came before its question could be read.
fn is_hurried(answer: &Answer) -> Option<bool> {
    Some(is_too_fast(answer.seconds, answer.words?))
}

/// Whether so many words cannot be read in so many seconds, which are whole ones: one more may have passed.
fn is_too_fast(seconds: u64, words: u64) -> bool {
    seconds.saturating_add(1).saturating_mul(WORDS_A_SECOND) < words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(response: &str, is_right: bool) -> Answer {
        Answer { response: response.to_owned(), is_right, seconds: 40, words: Some(30) }
    }

    /// A sheet of wrong answers, one letter a question; `.` is right.
    fn sheet(number: usize, wrong: &str) -> Sheet {
        let answers = wrong.chars().enumerate().map(|(place, letter)| {
            let question = (format!("q{place}").parse().expect("an id"), 1);
            (question, answer(&letter.to_string(), letter == '.'))
        });
        let person = PersonNumber::new(&number.to_string()).expect("a number");
        Sheet { person, answers: answers.collect(), attempts: Vec::new() }
    }

    #[track_caller]
    fn close(value: f64, expected: f64) {
        assert!((value - expected).abs() < 1e-12, "{value} is not {expected}");
    }

    #[test]
    fn so_many_or_more() {
        // Two coins: 3/4 for one head or more, 1/4 for two.
        close(at_least(0, &[0.5, 0.5]), 1.0);
        close(at_least(1, &[0.5, 0.5]), 0.75);
        close(at_least(2, &[0.5, 0.5]), 0.25);
        // 0.1 × 0.2 × 0.7 + 0.1 × 0.8 × 0.3 + 0.9 × 0.2 × 0.3 + 0.1 × 0.2 × 0.3, by hand.
        close(at_least(2, &[0.1, 0.2, 0.3]), 0.014 + 0.024 + 0.054 + 0.006);
        close(at_least(4, &[0.1, 0.2, 0.3]), 0.0);
    }

    #[test]
    fn a_popular_wrong_answer_is_shared_by_chance() {
        // Of the ten others eight chose a and two b: 0.64 + 0.04.
        let wrong = BTreeMap::from([("a", 10), ("b", 2)]);
        let both = answer("a", false);
        close(chance(&wrong, &both, &both).expect("enough"), 0.68);
        let other = answer("b", false);
        // And of these ten, nine chose a.
        close(chance(&wrong, &both, &other).expect("enough"), 0.81 + 0.01);
        let few = BTreeMap::from([("a", 9), ("b", 2)]);
        assert_eq!(chance(&few, &both, &other), None);
    }

    #[test]
    fn two_who_err_alike_are_named_and_nobody_else() {
        // Twenty people spread over four wrong answers, each with a pattern of their own; two with the same six.
        let letters = ['a', 'b', 'c', 'd'];
        let mut sheets: Vec<Sheet> = (0..20_usize)
            .map(|person| {
                let pattern: String =
                    (0..6).map(|place| letters[(person * (place + 3) + person / 4) % 4]).collect();
                sheet(person, &pattern)
            })
            .collect();
        sheets.push(sheet(100, "abdcabcdabcd"));
        sheets.push(sheet(101, "abdcabcdabcd"));
        for person in 0..20 {
            let pattern: String =
                (0..12).map(|place| letters[(person + place * place + person * place) % 4]).collect();
            sheets.push(sheet(200 + person, &pattern));
        }
        let compared = compare(&sheets);
        let named: Vec<(&str, &str)> =
            compared.alike.iter().map(|alike| (alike.one.as_str(), alike.other.as_str())).collect();
        assert!(named.contains(&("100", "101")), "{compared:?}");
        let alike = compared.alike.iter().find(|alike| alike.one.as_str() == "100").expect("named");
        assert_eq!((alike.both_wrong, alike.identical), (12, 12));
        assert!(compared.alike.iter().all(|alike| alike.identical > 8), "{compared:?}");
    }

    #[test]
    fn right_answers_and_few_wrong_ones_say_nothing() {
        let mut sheets: Vec<Sheet> =
            (0..40).map(|person| sheet(person, if person % 2 == 0 { "ab" } else { "cd" })).collect();
        assert_eq!(compare(&sheets), Compared { pairs: 0, alike: Vec::new() }, "two questions are too few");
        sheets = (0..40).map(|person| sheet(person, "........")).collect();
        assert_eq!(compare(&sheets).pairs, 0);
        // Everybody chooses the same wrong answer: it is a bad question, and nobody's fault.
        sheets = (0..40).map(|person| sheet(person, "aaaaaa")).collect();
        let compared = compare(&sheets);
        assert_eq!((compared.pairs, compared.alike.len()), (780, 0));
    }

    #[test]
    fn faster_than_reading() {
        fn check(seconds: &[u64], words: u64, expected: Option<(usize, usize)>) {
            let mut sheet = sheet(1, &".".repeat(seconds.len()));
            for (answer, seconds) in sheet.answers.values_mut().zip(seconds) {
                (answer.seconds, answer.words) = (*seconds, Some(words));
            }
            let found = hurried(&[sheet]).first().map(|one| (one.hurried, one.right));
            assert_eq!(found, expected, "{seconds:?} {words}");
        }
        check(&[1; 6], 21, Some((6, 6)));
        // A second may have been cut off: 20 words in almost two seconds.
        check(&[1; 6], 20, None);
        check(&[1, 1, 1, 1, 40, 40], 40, None);
        check(&[1, 1, 1, 1, 1, 40, 40, 40, 40, 40], 40, Some((5, 10)));
        check(&[1, 1, 1, 1, 1, 40, 40, 40, 40, 40, 40], 40, None);
        check(&[0; 6], 9, None);
    }

    #[test]
    fn an_attempt_that_was_over_before_it_could_be_read() {
        fn check(seconds: u64, right: usize, words: u64, expected: bool) {
            let mut sheet = sheet(1, "");
            let slow = Pace { number: 4, seconds: 900, right: 20, words: 400 };
            sheet.attempts = vec![slow, Pace { number: 5, seconds, right, words }];
            let found: Vec<u32> = rushed(&[sheet]).iter().map(|one| one.pace.number).collect();
            assert_eq!(found, if expected { vec![5] } else { vec![] }, "{seconds} {right} {words}");
        }
        // Twenty questions of four words: one by one none can be told from a slow one.
        check(2, 20, 80, true);
        check(7, 20, 81, true);
        check(7, 20, 80, false);
        check(2, FEWEST_HURRIED, 80, true);
        check(2, FEWEST_HURRIED - 1, 80, false);
    }
}
