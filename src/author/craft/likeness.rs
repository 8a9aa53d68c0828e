//! Questions and options that say the same as others.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::author::craft::english::words;
use crate::author::craft::remarks::Remarks;
use crate::author::craft::study::{Asked, OptionSet, Role, Studied};
use crate::course::draft::QuizRole;
use crate::course::quote;
use crate::phrase::counted;

/// Two questions are alike when so many percent of their words and pairs of neighbouring words are the same (their
/// Jaccard index). A question with other numbers or another name in it is, one with other options is not.
const ALIKE: usize = 75;
/// Of a longer question only the beginning is compared.
const MOST_FEATURES: usize = 512;
/// Words that more questions share are compared with the last of these only, and a question with so many others at
/// most: a bank made from one template must not cost the square of its size.
const MOST_SHARING: usize = 16;
const MOST_COMPARED: usize = 100;

/// Checks all quizzes together, and the options of every question.
pub(super) fn check(quizzes: &[Studied<'_>], remarks: &mut Remarks) {
    questions(quizzes, remarks);
    for quiz in quizzes {
        for asked in &quiz.asked {
            for set in &asked.sets {
                options(quiz, asked, set, remarks);
            }
        }
    }
}

/// A question as the set of what stands in it, rarest first.
struct Featured<'q, 'a> {
    quiz: &'q Studied<'a>,
    asked: &'q Asked<'a>,
    features: Vec<(usize, u64)>,
}

/// Two sets that are alike must share one of their rarest members, so only questions that share one of those are
/// compared (prefix filtering: Bayardo, Ma and Srikant, "Scaling up all pairs similarity search", WWW 2007).
fn questions(quizzes: &[Studied<'_>], remarks: &mut Remarks) {
    let all = featured(quizzes);
    let mut sharing: HashMap<u64, Vec<usize>> = HashMap::new();
    for (index, this) in all.iter().enumerate() {
        let length = this.features.len();
        let rarest = length + 1 - (length * ALIKE).div_ceil(100).max(1);
        let mut compared = HashSet::new();
        let mut best: Option<(usize, usize)> = None;
        for (_, feature) in this.features.iter().take(rarest) {
            for other in sharing.entry(*feature).or_default().iter().rev().take(MOST_SHARING) {
                // No more can be in both than the smaller set has.
                let (fewer, more) = order(length, all[*other].features.len());
                if fewer * 100 < more * ALIKE || compared.len() >= MOST_COMPARED {
                    continue;
                }
                if compared.insert(*other) {
                    let percent = likeness(&this.features, &all[*other].features);
                    if percent >= ALIKE && best.is_none_or(|(most, _)| percent > most) {
                        best = Some((percent, *other));
                    }
                }
            }
        }
        for (_, feature) in this.features.iter().take(rarest) {
            sharing.entry(*feature).or_default().push(index);
        }
        if let Some((percent, other)) = best {
            note(this, &all[other], percent, remarks);
        }
    }
}

fn order(one: usize, other: usize) -> (usize, usize) {
    (one.min(other), one.max(other))
}

fn note(this: &Featured<'_, '_>, other: &Featured<'_, '_>, percent: usize, remarks: &mut Remarks) {
    let twin = quote(other.asked.question.id.as_str());
    let elsewhere = this.quiz.quiz.path != other.quiz.quiz.path;
    let place = if elsewhere { format!("{twin} in {}", quote(&other.quiz.quiz.path)) } else { twin };
    let like = if percent == 100 { "the same".to_owned() } else { format!("nearly the same ({percent} %)") };
    let hint = match (elsewhere, this.quiz.quiz.role) {
        (true, QuizRole::Assessment) => "learners know its answer from the check: ask about another case",
        (true, QuizRole::Check) | (false, QuizRole::Check | QuizRole::Assessment) => {
            "keep the better one, or ask about another case"
        }
    };
    remarks.note("similar-questions", this.quiz.of(this.asked), format!("this asks {like} as {place}"), hint);
}

fn featured<'q, 'a>(quizzes: &'q [Studied<'a>]) -> Vec<Featured<'q, 'a>> {
    let mut counts: HashMap<u64, usize> = HashMap::new();
    let mut all = Vec::new();
    for quiz in quizzes {
        for asked in &quiz.asked {
            let features = features(asked);
            for feature in &features {
                *counts.entry(*feature).or_insert(0) += 1;
            }
            all.push((quiz, asked, features));
        }
    }
    let ranked = all.into_iter().map(|(quiz, asked, features)| {
        let mut features: Vec<(usize, u64)> = features
            .into_iter()
            .map(|feature| (counts.get(&feature).copied().unwrap_or(0), feature))
            .collect();
        features.sort_unstable();
        Featured { quiz, asked, features }
    });
    ranked.collect()
}

/// Every word and every pair of neighbouring words of what a question asks and offers.
fn features(asked: &Asked<'_>) -> HashSet<u64> {
    let mut features = HashSet::new();
    for text in asked.texts.iter().filter(|text| text.role != Role::Explains) {
        let mut before: Option<String> = None;
        for word in words(&text.plain) {
            if features.len() >= MOST_FEATURES {
                return features;
            }
            if let Some(before) = before {
                features.insert(hashed(&(before.as_str(), word.as_str())));
            }
            features.insert(hashed(&word));
            before = Some(word);
        }
    }
    features
}

fn hashed(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// How many percent of all that stands in either stands in both, rounded down.
fn likeness(one: &[(usize, u64)], other: &[(usize, u64)]) -> usize {
    let (mut at, mut beside, mut both) = (0, 0, 0);
    while let (Some(left), Some(right)) = (one.get(at), other.get(beside)) {
        at += usize::from(left <= right);
        beside += usize::from(right <= left);
        both += usize::from(left == right);
    }
    (both * 100).checked_div(one.len() + other.len() - both).unwrap_or(0)
}

fn options(quiz: &Studied<'_>, asked: &Asked<'_>, set: &OptionSet<'_>, remarks: &mut Remarks) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (place, option) in set.options.iter().enumerate() {
        // Code may differ in what does not matter elsewhere.
        if option.choice.text.contains('`') {
            continue;
        }
        let said = said(&option.plain);
        if said.is_empty() {
            continue;
        }
        if let Some(first) = seen.get(&said) {
            let twin = &set.options[*first].choice;
            let weight =
                if twin.right == option.choice.right { "" } else { ", and only one of the two is right" };
            remarks.note(
                "similar-options",
                quiz.at(asked, &set.to(place, "text")),
                format!("this says the same as option `{}`{weight}", twin.id),
                format!(
                    "leave one of the {} out, or say what makes them differ",
                    counted(2, "option", "options")
                ),
            );
        } else {
            seen.insert(said, place);
        }
    }
}

/// What an option says when articles, the first capital and the punctuation at the end do not count. Capitals further
/// on do: in a question about passwords they may be what it is about.
fn said(plain: &str) -> String {
    let mut text = String::new();
    for word in
        plain.split_whitespace().map(|word| word.trim_matches(['.', ',', ';', ':', '!', '?', '"', '“', '”']))
    {
        if matches!(word, "a" | "an" | "the" | "A" | "An" | "The" | "") {
            continue;
        }
        if text.is_empty() {
            let mut letters = word.chars();
            text.extend(letters.next().into_iter().flat_map(char::to_lowercase));
            text.push_str(letters.as_str());
        } else {
            text.extend([" ", word]);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use std::slice;

    use crate::author::craft::tests::{check, check_quiz, draft_of, single};
    use crate::author::craft::{remarks, tests};
    use crate::course::draft::Part;

    #[test]
    fn questions_that_are_nearly_the_same() {
        let ask = |name: &str, friends: usize| {
            single(
                &format!(
                    "{name}'s phone book holds 120 customers, 60 colleagues and {friends} friends. Whose details can the app read?"
                ),
                &["+Everybody in it", "The friends alone", "Nobody without asking"],
            )
        };
        check_quiz(&[ask("Sam", 20), ask("Kim", 20)], &["similar-questions: \"q1\""]);
        check_quiz(
            &[ask("Sam", 20), ask("Sam", 20), ask("Sam", 20)],
            &["similar-questions: \"q1\"", "similar-questions: \"q2\""],
        );
        let same_prompt = |options: [&str; 3]| single("Which of these is the best answer?", &options);
        check_quiz(
            &[
                same_prompt([
                    "+Report the message to the service desk",
                    "Delete the message at once",
                    "Ask a friend",
                ]),
                same_prompt([
                    "Open a private window first",
                    "+Use the managed browser for it",
                    "Type quickly",
                ]),
            ],
            &[],
        );
    }

    #[test]
    fn across_check_and_assessment() {
        let question = single(
            "Who can open the data, from where, and under which law?",
            &["+Ask it", "Leave it", "Forget it"],
        );
        let draft = draft_of(slice::from_ref(&question), slice::from_ref(&question));
        let found = remarks(&draft, tests::day("2027-01-01"));
        let similar =
            found.iter().find(|remark| remark.rule == "similar-questions").expect("they are the same");
        assert_eq!(similar.message, "this asks the same as `q0` in `quizzes/one.ron`");
        assert_eq!(similar.file, "quizzes/all.ron");
        assert_eq!(similar.span, Some(draft.quizzes[1].place(0, &[Part::Field("id")])));
    }

    #[test]
    fn options_that_say_the_same() {
        check(
            &single("Which?", &["+The service desk", "the service desk.", "A friend"]),
            &["similar-options: \"the service desk.\""],
        );
        check(&single("Which?", &["+Password1", "passworD1", "Secret"]), &[]);
        check(&single("Which?", &["+`rm -r`", "`rm -R`", "`RM -r`"]), &[]);
        check(&single("Which?", &["+in Ireland", "in Iceland", "on Iceland"]), &[]);
        check(&single("Which?", &["+5", "-5", "5.0"]), &[]);
    }

    #[test]
    fn a_bank_made_from_one_template() {
        let bank: Vec<String> = (0..300)
            .map(|n| {
                let prompt = format!("How many of the {n} people in the phone book were asked before?");
                single(&prompt, &["+None", "All", "Some"])
            })
            .collect();
        let found = remarks(&draft_of(&bank, &[]), tests::day("2027-01-01"));
        let similar: Vec<_> = found.iter().filter(|remark| remark.rule == "similar-questions").collect();
        assert_eq!(similar.len(), 101);
        assert_eq!(similar[100].message, "199 more of this kind are not listed");
    }
}
