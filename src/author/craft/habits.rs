//! What a whole quiz gives away: habits of its author that pay for who notices them.

use crate::author::craft::chance::{UNLIKELY, at_least, float};
use crate::author::craft::english::{Words, words};
use crate::author::craft::remarks::Remarks;
use crate::author::craft::study::{Asked, OptionSet, SetKind, Studied};
use crate::course::draft::Part;
use crate::quiz::question::Kind;

/// Below so many questions no habit can be told from chance.
const ENOUGH: usize = 8;
/// So many statements with a share of four in five on one side pay for whoever always says the same …
const STATEMENTS: usize = 6;
/// … and so many do if they are all alike.
const STATEMENTS_ALIKE: usize = 4;
/// So many options with absolute words are needed before their distribution says anything.
const ABSOLUTES: usize = 6;

/// Words that hardly anything true can be said with (HDR 28a).
const ABSOLUTE: [&str; 14] = [
    "absolutely",
    "always",
    "certainly",
    "completely",
    "entirely",
    "every",
    "everything",
    "guaranteed",
    "impossible",
    "never",
    "nobody",
    "none",
    "nothing",
    "totally",
];

/// Checks a quiz.
pub(super) fn check(quiz: &Studied<'_>, words: Words, remarks: &mut Remarks) {
    often_longest(quiz, remarks);
    positions(quiz, remarks);
    truth(quiz, remarks);
    match words {
        Words::English => absolutes(quiz, remarks),
        Words::Unknown => {}
    }
}

/// Every set with one right option, and the place of that.
fn keyed<'q, 'a>(quiz: &'q Studied<'a>) -> impl Iterator<Item = (&'q Asked<'a>, &'q OptionSet<'a>, usize)> {
    quiz.asked
        .iter()
        .flat_map(|asked| asked.sets.iter().map(move |set| (asked, set)))
        .filter_map(|(asked, set)| Some((asked, set, set.key()?)))
}

/// The longest option is right more often than one in as many as there are options (HDR 24a).
fn often_longest(quiz: &Studied<'_>, remarks: &mut Remarks) {
    let (mut chances, mut longest) = (Vec::new(), Vec::new());
    for (asked, set, key) in keyed(quiz).filter(|(_, set, _)| set.kind != SetKind::Gap) {
        let length = |place: usize| set.options[place].plain.chars().count();
        chances.push(1.0 / float(set.options.len()));
        if (0..set.options.len()).all(|place| place == key || length(place) < length(key)) {
            longest.push((asked, set, key));
        }
    }
    if chances.len() >= ENOUGH
        && at_least(longest.len(), &chances) < UNLIKELY
        && let Some((asked, set, key)) = longest.first()
    {
        let expected = chances.iter().sum::<f64>();
        remarks.note(
            "key-often-longest",
            quiz.at(asked, &set.to(*key, "text")),
            format!(
                "the right option is the longest in {} of {} questions, chance would make it {expected:.0}; this is \
                 the first",
                longest.len(),
                chances.len(),
            ),
            "make wrong options as long and as exact as right ones, or shorten the right ones",
        );
    }
}

/// Learners see options shuffled, in knowledge checks too, so this gives nothing away on our screens. Pages and banks
/// that are exported keep the order of the file, and so does what reviewers see.
fn positions(quiz: &Studied<'_>, remarks: &mut Remarks) {
    let sets: Vec<_> = keyed(quiz).collect();
    if sets.len() < ENOUGH {
        return;
    }
    let most = sets.iter().map(|(_, set, _)| set.options.len()).max().unwrap_or(0);
    let mut counts = vec![0_usize; most];
    for (_, _, key) in &sets {
        counts[*key] += 1;
    }
    let Some((place, count)) =
        counts.iter().copied().enumerate().max_by_key(|(place, count)| (*count, most - place))
    else {
        return;
    };
    let among = sets.iter().filter(|(_, set, _)| set.options.len() > place);
    let chances: Vec<f64> = among.map(|(_, set, _)| 1.0 / float(set.options.len())).collect();
    // The place was chosen because it is the most frequent one: as many places could have been (Bonferroni).
    if at_least(count, &chances) * float(most) < UNLIKELY
        && let Some((asked, set, key)) = sets.iter().find(|(_, _, key)| *key == place)
    {
        remarks.note(
            "uneven-key-positions",
            quiz.at(asked, &set.to(*key, "right")),
            format!(
                "the right option is number {} in {count} of {} lists; this is the first",
                place + 1,
                chances.len()
            ),
            "learners see options shuffled, but exported pages and question banks keep this order: vary it",
        );
    }
}

/// Who always says the same must not pass. About as many statements should hold as not (Frisbie and Becker, "An analysis
/// of textbook advice about true-false tests", Applied Measurement in Education 4(1), 1991).
fn truth(quiz: &Studied<'_>, remarks: &mut Remarks) {
    let statements = quiz.asked.iter().filter_map(|asked| match asked.question.kind {
        Kind::TrueFalse { answer } => Some((asked, answer)),
        Kind::Single { .. }
        | Kind::Multiple { .. }
        | Kind::Match { .. }
        | Kind::Order { .. }
        | Kind::Number(_)
        | Kind::Text(_)
        | Kind::Cloze { .. }
        | Kind::Scenario { .. } => None,
    });
    let statements: Vec<_> = statements.collect();
    let all = statements.len();
    let holding = statements.iter().filter(|(_, answer)| *answer).count();
    let (side, more) = if 2 * holding >= all { (true, holding) } else { (false, all - holding) };
    let one_sided = (all >= STATEMENTS && 5 * more >= 4 * all) || (all >= STATEMENTS_ALIKE && more == all);
    if one_sided && let Some((asked, _)) = statements.iter().find(|(_, answer)| *answer == side) {
        remarks.note(
            "one-sided-truth",
            quiz.at(asked, &[Part::Field("answer")]),
            format!("{more} of {all} statements of this quiz are {side}, so who always says {side} gets them right"),
            format!("turn some of them round, so that about half are {}", !side),
        );
    }
}

fn absolutes(quiz: &Studied<'_>, remarks: &mut Remarks) {
    let (mut options, mut wrong) = (0, 0);
    let (mut absolute, mut absolute_wrong) = (0, 0);
    let mut first = None;
    let sets = quiz.asked.iter().flat_map(|asked| asked.sets.iter().map(move |set| (asked, set)));
    for (asked, set) in sets.filter(|(_, set)| set.kind != SetKind::Gap) {
        for (place, option) in set.options.iter().enumerate() {
            let is_wrong = usize::from(!option.choice.right);
            (options, wrong) = (options + 1, wrong + is_wrong);
            if words(&option.plain).any(|word| ABSOLUTE.contains(&word.as_str())) {
                (absolute, absolute_wrong) = (absolute + 1, absolute_wrong + is_wrong);
                if is_wrong == 1 {
                    first.get_or_insert((asked, set, place));
                }
            }
        }
    }
    let chances = vec![float(wrong) / float(options.max(1)); absolute];
    if absolute >= ABSOLUTES
        && at_least(absolute_wrong, &chances) < UNLIKELY
        && let Some((asked, set, place)) = first
    {
        remarks.note(
            "absolute-words",
            quiz.at(asked, &set.to(place, "text")),
            format!(
                "of {absolute} options that say always, never or the like, {absolute_wrong} are wrong; this is the first"
            ),
            "say it with measure in wrong options too, or use absolute words in right ones where they are true",
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::author::craft::tests::{check_quiz, rules_of, single};

    fn quiz(count: usize, question: impl Fn(usize) -> String) -> Vec<String> {
        (0..count).map(question).collect()
    }

    #[test]
    fn the_longest_option_is_right_too_often() {
        // Three options, the longest is right in 8 of 8: one in 6,561.
        let always =
            quiz(8, |n| single(&format!("Question {n}?"), &rotated(n, ["+a longer text", "text", "word"])));
        check_quiz(&always, &["key-often-longest: \"a longer text\""]);
        let never =
            quiz(8, |n| single(&format!("Question {n}?"), &rotated(n, ["+text", "a longer text", "word"])));
        check_quiz(&never, &[]);
        // Seven are too few, and four of nine are chance.
        let few =
            quiz(7, |n| single(&format!("Question {n}?"), &rotated(n, ["+a longer text", "text", "word"])));
        check_quiz(&few, &[]);
        let sometimes = quiz(9, |n| {
            let options = if n % 2 == 0 {
                ["+a longer text", "text", "word"]
            } else {
                ["+text", "a longer text", "word"]
            };
            single(&format!("Question {n}?"), &rotated(n, options))
        });
        check_quiz(&sometimes, &[]);
        // Where two are equally long, none is the longest.
        let equal =
            quiz(12, |n| single(&format!("Question {n}?"), &rotated(n, ["+longer", "LONGER", "word"])));
        check_quiz(&equal, &[]);
    }

    fn rotated(by: usize, mut options: [&str; 3]) -> [&str; 3] {
        options.rotate_left(by % 3);
        options
    }

    #[test]
    fn the_right_option_stands_in_the_same_place() {
        let first = quiz(9, |n| single(&format!("Question {n}?"), &["+text", "word", "more"]));
        check_quiz(&first, &["uneven-key-positions: true"]);
        let spread = quiz(9, |n| single(&format!("Question {n}?"), &rotated(n, ["+text", "word", "more"])));
        check_quiz(&spread, &[]);
        // Two options each: six of eight on one side is chance.
        let two = quiz(8, |n| {
            single(&format!("Question {n}?"), if n < 6 { &["+text", "word"] } else { &["word", "+text"] })
        });
        check_quiz(&two, &[]);
    }

    #[test]
    fn statements_that_are_all_alike() {
        let truth = |trues: usize, falses: usize| {
            quiz(trues + falses, |n| {
                format!(
                    r#"TrueFalse({{COMMON}} prompt: "Statement {n} holds {}.", answer: {})"#,
                    n * 7,
                    n < trues
                )
            })
        };
        check_quiz(&truth(4, 0), &["one-sided-truth: true"]);
        check_quiz(&truth(0, 4), &["one-sided-truth: false"]);
        check_quiz(&truth(3, 0), &[]);
        check_quiz(&truth(3, 1), &[]);
        check_quiz(&truth(1, 5), &["one-sided-truth: false"]);
        check_quiz(&truth(2, 4), &[]);
        check_quiz(&truth(7, 3), &[]);
        check_quiz(&truth(8, 2), &["one-sided-truth: true"]);
    }

    #[test]
    fn absolute_words_in_wrong_options_alone() {
        let mixed = |right: &'static str, wrong: &'static str| {
            quiz(12, move |n| {
                let (a, b) = (format!("{wrong} text {n}"), format!("{wrong} word {n}"));
                single(&format!("Question {n}?"), &rotated(n, [&format!("+{right} note {n}"), &a, &b]))
            })
        };
        assert_eq!(rules_of(&mixed("often", "always")), ["absolute-words"]);
        assert_eq!(rules_of(&mixed("always", "always")), [""; 0]);
        assert_eq!(rules_of(&mixed("often", "seldom")), [""; 0]);
    }
}
