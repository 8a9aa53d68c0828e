//! How prompts and options are worded, in English.

use crate::author::craft::english::{Words, begins_with_vowel, flattened};
use crate::author::craft::remarks::{Remarks, quote};
use crate::author::craft::study::{Asked, OptionSet, Role, SetKind, Studied, Text};
use crate::markup::{self, Role as Look};
use crate::quiz::question::Kind;

/// Options that stand for all the others (HDR 26, Tarrant "all of the above").
const ALL: [&str; 10] = [
    "all above",
    "all answers are correct",
    "all answers are right",
    "all are correct",
    "all are right",
    "all of the above",
    "all of the answers",
    "all of the options",
    "all of these",
    "all the above",
];
/// Options that say that no other is right (HDR 25, NBME "none of the above").
const NONE: [&str; 8] = [
    "neither of the above",
    "none of the above",
    "none of the answers",
    "none of the options",
    "none of these",
    "no answer is correct",
    "no answer is right",
    "nothing of the above",
];
/// Words that join the letters of options.
const JOINTS: [&str; 10] =
    ["both", "only", "neither", "either", "and", "or", "nor", "&", "options", "answers"];
/// What asks for one of the options; a negation before it belongs to the story.
const ASKING: [&str; 6] = ["which", "what", "who", "whom", "whose", "where"];
/// What does so at the beginning of a sentence.
const TELLING: [&str; 7] = ["select", "choose", "pick", "mark", "tick", "find", "name"];
/// What begins a clause of its own; a negation in it does not turn the question round.
const CLAUSES: [&str; 16] = [
    "if", "when", "whenever", "because", "although", "though", "while", "since", "unless", "after", "before",
    "until", "that", "who", "whose", "so",
];

/// Checks every question of a quiz.
pub(super) fn check(quiz: &Studied<'_>, words: Words, remarks: &mut Remarks) {
    match words {
        Words::English => {}
        Words::Unknown => return,
    }
    for asked in &quiz.asked {
        for set in &asked.sets {
            for place in 0..set.options.len() {
                stand_in(quiz, asked, set, place, remarks);
            }
            article(quiz, asked, set, remarks);
        }
        for text in asked.texts.iter().filter(|text| text.role == Role::Asks) {
            negative(quiz, asked, text, remarks);
        }
    }
}

/// Options that are about other options.
fn stand_in(quiz: &Studied<'_>, asked: &Asked<'_>, set: &OptionSet<'_>, place: usize, remarks: &mut Remarks) {
    let plain = &set.options[place].plain;
    let flat = flattened(plain);
    let at = || quiz.at(asked, &set.to(place, "text"));
    if ALL.contains(&flat.as_str()) || flat.starts_with("all of the above") {
        remarks.note(
            "all-of-the-above",
            at(),
            format!(
                "{} is right for whoever knows two of the others, and options are shuffled",
                quote(plain)
            ),
            "make a Multiple of the question, or another wrong option of this one",
        );
    } else if NONE.contains(&flat.as_str()) || flat.starts_with("none of the above") {
        remarks.note(
            "none-of-the-above",
            at(),
            format!("{} shows what is not so, never what is known, and options are shuffled", quote(plain)),
            "replace it by something that somebody might believe, or leave it out",
        );
    } else if names_options(plain, &flat) {
        remarks.note(
            "refers-to-options",
            at(),
            format!(
                "{} names other options by their place, but options are shuffled and have no letters",
                quote(plain)
            ),
            "make a Multiple of the question",
        );
    }
}

/// `Both A and B`, `A, B and C`, `options 1 and 2`, `both of the above`.
fn names_options(plain: &str, flat: &str) -> bool {
    if flat.ends_with(" of the above") {
        return true;
    }
    let tokens: Vec<&str> = plain
        .split(|c: char| c.is_whitespace() || c == ',')
        .map(|token| token.trim_matches(['.', '(', ')', ':', ';']))
        .filter(|token| !token.is_empty())
        .collect();
    let joins = |token: &&str| JOINTS.contains(&token.to_lowercase().as_str());
    let speaks_of_options =
        tokens.iter().any(|token| matches!(token.to_lowercase().as_str(), "options" | "answers"));
    let names = |token: &str| {
        let mut letters = token.chars();
        let single = letters.next().filter(|_| letters.next().is_none());
        single.is_some_and(|c| matches!(c, 'A'..='F') || (speaks_of_options && c.is_ascii_digit()))
    };
    let others: Vec<&str> = tokens.iter().filter(|token| !joins(token)).copied().collect();
    others.len() >= 2 && others.len() < tokens.len() && others.iter().all(|token| names(token))
}

/// `a` or `an` at the end of the stem decides which options can follow (HDR 28c, NBME "grammatical cues").
fn article(quiz: &Studied<'_>, asked: &Asked<'_>, set: &OptionSet<'_>, remarks: &mut Remarks) {
    let fits: fn(bool) -> bool = match last_word(&set.stem).as_deref() {
        Some("a") => |vowel| !vowel,
        Some("an") => |vowel| vowel,
        Some(_) | None => return,
    };
    let mut out = set.options.iter().enumerate().filter(|(_, option)| {
        let first = option.plain.split_whitespace().next().unwrap_or_default();
        !option.choice.right && begins_with_vowel(first).is_some_and(|vowel| !fits(vowel))
    });
    let Some((place, option)) = out.next() else { return };
    remarks.note(
        "article-cue",
        quiz.at(asked, &set.to(place, "text")),
        format!("the article before the options rules {} out", quote(&option.plain)),
        "put the article into the options, or write `a(n)`",
    );
}

fn last_word(stem: &str) -> Option<String> {
    let trimmed =
        stem.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '…' | '_' | '.' | '-'));
    // Behind a full stop no article stands; behind `a…` one does.
    let word = trimmed.rsplit(char::is_whitespace).next()?;
    Some(word.to_lowercase())
}

/// Readers in a hurry miss a small `not` and answer the opposite (HDR 17, NBME "negatively phrased stems"). With
/// emphasis they do not; statements to be judged true or false become riddles with it.
fn negative(quiz: &Studied<'_>, asked: &Asked<'_>, text: &Text<'_>, remarks: &mut Remarks) {
    let statement = matches!(asked.question.kind, Kind::TrueFalse { .. });
    let chosen_from = asked.sets.iter().any(|set| set.kind != SetKind::Gap);
    let small = text.plain.to_lowercase();
    let may = ["not", "n't", "n’t", "never", "except", "least"].iter().any(|word| small.contains(word));
    if !may || !(statement || chosen_from) {
        return;
    }
    let Some(word) = negation(&asking_sentence(&loud(text.markdown)), statement) else { return };
    let place = text.markdown.rfind(word.as_str()).map(|start| start..start + word.len());
    let at = match place {
        Some(range) => quiz.within(asked, text, range),
        None => quiz.at(asked, &text.way),
    };
    let (message, hint) = if statement {
        (
            format!("a statement with {} asks for a negation of a negation", quote(&word)),
            "say what is so, and turn the answer round".to_owned(),
        )
    } else {
        (
            format!("the question turns on {}, which is easily missed", quote(&word)),
            format!("ask for what is so, or write **{}**", word.to_uppercase()),
        )
    };
    remarks.note("negative-prompt", at, message, hint);
}

/// The words of a text; what is emphasised in capitals, code as a word that means nothing.
fn loud(markdown: &str) -> String {
    let mut text = String::new();
    for line in markup::lines(markdown, u16::MAX) {
        for span in &line.spans {
            if span.style.role == Look::Code {
                text.push_str("code");
            } else if span.style.strong || span.style.emphasis {
                text.push_str(&span.text.as_str().to_uppercase());
            } else {
                text.push_str(span.text.as_str());
            }
        }
        text.push(' ');
    }
    text
}

/// The last question of a text, or its last sentence; what others are quoted with left out.
fn asking_sentence(text: &str) -> String {
    let mut outside = String::new();
    let mut quoted = false;
    let balanced = text.matches(['"', '“', '”']).count().is_multiple_of(2);
    for c in text.chars() {
        match c {
            '"' | '“' | '”' if balanced => {
                quoted = !quoted;
                outside.push(' ');
            }
            c if !quoted => outside.push(c),
            _ => {}
        }
    }
    let mut sentences: Vec<String> = vec![String::new()];
    let mut ended = false;
    for c in outside.chars() {
        if ended && c.is_whitespace() {
            sentences.push(String::new());
        }
        ended = matches!(c, '.' | '?' | '!' | ':');
        if let Some(sentence) = sentences.last_mut() {
            sentence.push(c);
        }
    }
    let asks = sentences.iter().rev().find(|sentence| sentence.trim_end().ends_with('?'));
    let says = sentences.iter().rev().find(|sentence| sentence.contains(char::is_alphabetic));
    asks.or(says).cloned().unwrap_or_default()
}

/// The small word that turns the main clause of a sentence round, as it is written.
fn negation(sentence: &str, statement: bool) -> Option<String> {
    let mut words: Vec<&str> = sentence.split_whitespace().collect();
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).replace('’', "'");
    let small = |word: &str| bare(word).to_lowercase();
    if !statement {
        let told = words.first().is_some_and(|word| TELLING.contains(&small(word).as_str()));
        let asked = || words.iter().position(|word| ASKING.contains(&small(word).as_str()));
        let asking = if told { 0 } else { asked()? };
        words.drain(..asking);
    } else if words.first().is_some_and(|word| CLAUSES.contains(&small(word).as_str())) {
        let comma = words.iter().position(|word| word.ends_with(','))?;
        words.drain(..=comma);
    }
    let except = |word: &&&str| !statement && bare(word) == "except";
    if let Some(word) = words.iter().find(except) {
        return Some(bare(word));
    }
    let clause = words.iter().skip(1).position(|word| CLAUSES.contains(&small(word).as_str()));
    words.truncate(clause.map_or(words.len(), |at| at + 1));
    let found = words.iter().enumerate().find(|(at, word)| {
        let before = at.checked_sub(1).map(|before| small(words[before]));
        let after = words.get(at + 1).map(|after| small(after));
        let before = before.as_deref();
        match bare(word).as_str() {
            "not" | "Not" => before != Some("or") && !matches!(after.as_deref(), Some("only" | "yet")),
            "never" | "Never" => true,
            "least" => !statement && before != Some("at"),
            other => other.ends_with("n't"),
        }
    });
    found.map(|(_, word)| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned())
}

#[cfg(test)]
mod tests {
    use crate::author::craft::tests::{check as check_remarks, remarks_in, single};

    #[test]
    fn options_that_are_about_other_options() {
        #[track_caller]
        fn check(option: &str, expected: &[&str]) {
            let written = expected.iter().map(|rule| format!("{rule}: \"{option}\"")).collect::<Vec<_>>();
            let written: Vec<&str> = written.iter().map(String::as_str).collect();
            check_remarks(
                &single("Which holds?", &["+Passwords are secret", "Keys are public", option]),
                &written,
            );
        }
        check("All of the above", &["all-of-the-above"]);
        check("all of these.", &["all-of-the-above"]);
        check("All of the above, in this order", &["all-of-the-above"]);
        check("All of them", &[]);
        check("All of the above-ground lines", &["all-of-the-above"]);
        check("None of the above", &["none-of-the-above"]);
        check("None", &[]);
        check("None of the staff", &[]);
        check("Both A and B", &["refers-to-options"]);
        check("A, B and C", &["refers-to-options"]);
        check("Answers 1 and 2", &["refers-to-options"]);
        check("Both of the above", &["refers-to-options"]);
        check("1 and 2", &[]);
        check("A", &[]);
        check("Plan A and plan B", &[]);
        check("Vitamin A and a walk", &[]);
    }

    #[test]
    fn articles_that_give_the_key_away() {
        check_remarks(
            &single("Such a message is called an", &["+email", "phishing"]),
            &["article-cue: \"phishing\""],
        );
        check_remarks(
            &single("Such a message is called a:", &["email", "+phish"]),
            &["article-cue: \"email\""],
        );
        check_remarks(&single("Such a message is called a(n)", &["email", "+phish"]), &[]);
        check_remarks(&single("Such a message is called an", &["+email", "attack"]), &[]);
        check_remarks(&single("Which plan is plan A?", &["+The email", "The phish"]), &[]);
        let cloze = |article: &str| {
            format!(
                r#"Cloze({{COMMON}} prompt: "Fill.", text: "It is {article} {{{{g}}}} of sorts.", gaps: [
                Choice(id: "g", options: [(id: "a", text: "order", right: true), (id: "b", text: "question")])])"#
            )
        };
        check_remarks(&cloze("an"), &["article-cue: \"question\""]);
        check_remarks(&cloze("the"), &[]);
    }

    #[test]
    fn small_negations_in_questions() {
        #[track_caller]
        fn check(prompt: &str, expected: Option<&str>) {
            let found = remarks_in(&single(prompt, &["+Text", "Word", "Talk"]));
            let expected: Vec<String> =
                expected.map(|word| format!("negative-prompt: {word}")).into_iter().collect();
            assert_eq!(found, expected, "{prompt}");
        }
        check("Which of these is not personal data?", Some("not"));
        check("Which of these isn't personal data?", Some("isn't"));
        check("Sam writes a mail. What should Sam never put into it?", Some("never"));
        check("Select all that apply except passwords.", Some("except"));
        check("Which is least likely to help?", Some("least"));
        check("Which of these is **not** personal data?", None);
        check("Which of these is NOT personal data?", None);
        check("Which helps at least a little?", None);
        check("What do you do if the app is not on the list?", None);
        check("The app is not on the list. What do you do?", None);
        check("If the app is not on the list, what do you do?", None);
        check("A flyer says: \"It does not collect data.\" Which answer is fair?", None);
        check("Which app that is not managed may you use?", None);
        check("Why is a padlock not enough?", None);
        check("The name is not known to you.", None);
        check("What matters, whether it is yours or not?", None);
        check("Which `not` is meant?", None);
    }

    #[test]
    fn statements_with_negations() {
        #[track_caller]
        fn check(prompt: &str, expected: Option<&str>) {
            let found = remarks_in(&format!(r#"TrueFalse({{COMMON}} prompt: "{prompt}", answer: true)"#));
            let expected: Vec<String> =
                expected.map(|word| format!("negative-prompt: {word}")).into_iter().collect();
            assert_eq!(found, expected, "{prompt}");
        }
        check("A padlock does not show who runs a site.", Some("not"));
        check("A padlock doesn't show who runs a site.", Some("doesn't"));
        check("A padlock shows who runs a site.", None);
        check("Sam does not know the sender. The mail may be opened.", None);
        check("If you do not know the sender, the mail may be opened.", None);
        check("An app that is not on the list may be used.", None);
        check("A padlock does *not* show who runs a site.", None);
        check("Not only apps collect data.", None);
    }
}
