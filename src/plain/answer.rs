//! Typed lines read as answers. What cannot be read gives a sentence about what is expected.

mod matching;

use std::collections::BTreeMap;

use super::question::{Shown, chosen, parts, shown};
use super::words::said_back;
use crate::quiz::decimal::NoNumber;
use crate::quiz::key::tidy;
use crate::quiz::question::{Decimal, Gap, GapKind, Kind, NumberKey, Question, Step};
use crate::quiz::response::Response;
use crate::quiz::walk::walk;
use crate::training::LONGEST_ANSWER;

/// A typed answer: by displayed numbers and words, or by identifiers, which do not depend on the draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spelling<'a> {
    Shown(&'a str),
    Identifiers(&'a str),
}

impl<'a> Spelling<'a> {
    fn of(line: &'a str) -> Self {
        let by_word = line.get(..3).filter(|word| word.eq_ignore_ascii_case("id:")).map(|_| &line[3..]);
        match line.strip_prefix('=').or(by_word) {
            Some(rest) => Self::Identifiers(rest.trim()),
            None => Self::Shown(line.trim()),
        }
    }

    fn text(self) -> &'a str {
        match self {
            Self::Shown(text) | Self::Identifiers(text) => text,
        }
    }

    /// The words, with commas and semicolons taken for spaces.
    fn words(self) -> impl Iterator<Item = &'a str> {
        self.text().split([' ', ',', ';']).filter(|word| !word.is_empty())
    }

    /// The identifier that a word means among what is shown; else what is wrong with it, and a hint.
    fn find(self, word: &str, options: &[Shown<'_>], hint: &str) -> Result<String, String> {
        let found = match self {
            Self::Identifiers(_) => options.iter().find(|option| option.id == word),
            Self::Shown(_) => {
                let number = word.trim_end_matches(['.', ')']).parse::<usize>().ok();
                number.and_then(|number| options.get(number.checked_sub(1)?))
            }
        };
        let found = found.map(|option| option.id.to_owned());
        found.ok_or_else(|| format!("{} {hint}", unknown(self, word, options)))
    }
}

/// Whether a line answers by identifiers, and so is no command.
pub(super) fn is_by_identifiers(line: &str) -> bool {
    matches!(Spelling::of(line), Spelling::Identifiers(_))
}

const ONE: &str = "Type one number.";
const SEVERAL: &str = "Type the numbers of all that are right, such as: 1 3";

/// The answer to the question after this line: a new one, or `before` with a part more. `gap` is the gap that the
/// learner was asked for.
///
/// # Errors
/// A sentence about what is expected; nothing has changed then.
pub(super) fn read(
    question: &Question,
    order: &[String],
    before: Option<&Response>,
    gap: Option<usize>,
    line: &str,
) -> Result<Response, String> {
    let spelling = Spelling::of(line);
    let response = match &question.kind {
        Kind::Single { .. } => one(spelling, &shown(question, order, None)).map(Response::Text)?,
        Kind::TrueFalse { .. } => Response::Text(truth(spelling)?),
        Kind::Multiple { .. } => Response::List(several(spelling, &shown(question, order, None))?),
        Kind::Match { pairs, .. } => {
            let lefts: Vec<&str> = pairs.iter().map(|pair| pair.id.as_str()).collect();
            let rights = shown(question, order, None);
            Response::Map(matching::read(spelling, &lefts, &rights, parts(before).clone())?)
        }
        Kind::Order { .. } => Response::List(permutation(spelling, &shown(question, order, None))?),
        Kind::Number(key) => Response::Text(number(spelling.text(), key)?),
        Kind::Text(_) => Response::Text(free_text(spelling.text())?),
        Kind::Cloze { gaps, .. } => {
            Response::Map(cloze(question, order, spelling, gaps, gap, parts(before).clone())?)
        }
        Kind::Scenario { steps } => {
            Response::List(story(question, order, spelling, steps, chosen(before).to_vec())?)
        }
    };
    Ok(tidy(question, response))
}

/// What is expected when an option was not understood.
fn range(options: &[Shown<'_>]) -> String {
    format!("a number from 1 to {}", options.len())
}

fn unknown(spelling: Spelling<'_>, word: &str, options: &[Shown<'_>]) -> String {
    let word = said_back(word);
    match spelling {
        Spelling::Shown(_) => format!("{word} is not {}.", range(options)),
        Spelling::Identifiers(_) => {
            let known: Vec<&str> = options.iter().map(|option| option.id).collect();
            let known = known.join(", ");
            if is_a_number(word.as_str()) {
                return format!(
                    "With an equals sign in front, {word} would be an identifier, and those are: {known}. To choose by number, leave it out."
                );
            }
            format!("There is no {word} here. The identifiers are: {known}.")
        }
    }
}

/// Whether somebody may have meant the number of something by a word.
fn is_a_number(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_ascii_digit())
}

fn one(spelling: Spelling<'_>, options: &[Shown<'_>]) -> Result<String, String> {
    let words: Vec<&str> = spelling.words().collect();
    match words.as_slice() {
        [word] => spelling.find(word, options, ONE),
        [] | [_, _, ..] => Err(format!("One answer is expected: {}.", range(options))),
    }
}

fn truth(spelling: Spelling<'_>) -> Result<String, String> {
    match spelling.text().to_lowercase().as_str() {
        "t" | "true" | "1" => Ok("true".to_owned()),
        "f" | "false" | "2" => Ok("false".to_owned()),
        _ => Err("Type 1 or t for true, 2 or f for false.".to_owned()),
    }
}

fn several(spelling: Spelling<'_>, options: &[Shown<'_>]) -> Result<Vec<String>, String> {
    let found = each_once(spelling, options, SEVERAL)?;
    if found.is_empty() { Err(SEVERAL.to_owned()) } else { Ok(found) }
}

fn permutation(spelling: Spelling<'_>, items: &[Shown<'_>]) -> Result<Vec<String>, String> {
    let hint = format!("Type all {} numbers in the right order, each once.", items.len());
    let found = each_once(spelling, items, &hint)?;
    if found.len() == items.len() {
        Ok(found)
    } else {
        Err(format!("That is {} of {}. {hint}", found.len(), items.len()))
    }
}

/// What the words mean. One that is there twice stands most often for another one, which was missed by a key.
fn each_once(spelling: Spelling<'_>, options: &[Shown<'_>], hint: &str) -> Result<Vec<String>, String> {
    let mut found: Vec<String> = Vec::new();
    for word in spelling.words() {
        let id = spelling.find(word, options, hint)?;
        if found.contains(&id) {
            return Err(format!("{} is there twice. {hint}", said_back(word)));
        }
        found.push(id);
    }
    Ok(found)
}

/// A number; its unit, which is said before, may stand behind it.
fn number(text: &str, key: &NumberKey) -> Result<String, String> {
    let unit = key.unit.as_deref().unwrap_or_default();
    let start = text.len().saturating_sub(unit.len());
    let text = match text.get(start..) {
        Some(end) if !unit.is_empty() && end.eq_ignore_ascii_case(unit) => text[..start].trim_end(),
        Some(_) | None => text,
    };
    match Decimal::read(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(NoNumber::TooLong) => {
            Err("That is too long. At most 18 digits before the point and 9 after it are taken.".to_owned())
        }
        Err(NoNumber::Unreadable) => {
            Err("Type a number such as 12 or 12.5, with a point and without spaces or commas.".to_owned())
        }
    }
}

fn free_text(text: &str) -> Result<String, String> {
    if text.is_empty() {
        Err("Type your answer in words.".to_owned())
    } else if text.chars().count() > LONGEST_ANSWER {
        Err(format!("That is too long. At most {LONGEST_ANSWER} characters are taken."))
    } else {
        Ok(text.to_owned())
    }
}

fn cloze(
    question: &Question,
    order: &[String],
    spelling: Spelling<'_>,
    gaps: &[Gap],
    focus: Option<usize>,
    mut map: BTreeMap<String, String>,
) -> Result<BTreeMap<String, String>, String> {
    let several = several_named(spelling, gaps);
    // Where it is named, those behind it would be taken for words of it.
    if let (Spelling::Identifiers(_), Some(fault)) = (spelling, &several) {
        return Err(fault.clone());
    }
    let named = match spelling {
        Spelling::Identifiers(text) => text.split_once('=').and_then(|(name, value)| {
            let gap = gaps.iter().find(|gap| gap.id.as_str() == name.trim())?;
            Some((gap, Spelling::Identifiers(value.trim())))
        }),
        Spelling::Shown(_) => None,
    };
    let focused = focus.and_then(|index| gaps.get(index)).map(|gap| (gap, spelling));
    let Some((gap, spelling)) = named.or(focused) else {
        return Err("Every gap is filled. To change one, type gap and its number, such as: gap 2".to_owned());
    };
    let value = match &gap.kind {
        GapKind::Choice(_) => one(spelling, &shown(question, order, Some(gap.id.as_str()))),
        GapKind::Text(_) => free_text(spelling.text()),
        GapKind::Number(key) => number(spelling.text(), key),
    };
    let value = value.map_err(|fault| several.unwrap_or(fault))?;
    map.insert(gap.id.to_string(), value);
    Ok(map)
}

/// What to do instead, for whoever names several gaps in a line, as the sides of a matching question can be named.
fn several_named(spelling: Spelling<'_>, gaps: &[Gap]) -> Option<String> {
    let is_gap = |name: &str| gaps.iter().any(|gap| gap.id.as_str() == name);
    let mut named =
        spelling.words().filter(|word| word.split_once('=').is_some_and(|(name, _)| is_gap(name)));
    let (first, _second) = (named.next()?, named.next()?);
    let first = said_back(first);
    Some(format!(
        "Nothing was filled: gaps go one at a time, identifiers with an equals sign in front, such as: ={first}"
    ))
}

/// One decision more. Of several in a line, those behind the first would answer what was not said yet.
fn story(
    question: &Question,
    order: &[String],
    spelling: Spelling<'_>,
    steps: &[Step],
    mut chosen: Vec<String>,
) -> Result<Vec<String>, String> {
    let step = walk(steps, &chosen).current.ok_or("Everything is decided.")?;
    chosen.push(one(spelling, &shown(question, order, Some(step.id.as_str())))?);
    Ok(chosen)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::plain::question::gap_asked;
    use crate::quiz::mark::is_well_formed;
    use crate::quiz::samples;

    /// What a line makes of the answer before, written as in a record; a fault with `!` in front.
    fn answer(question: &Question, order: &[&str], before: Option<&Response>, line: &str) -> String {
        let order: Vec<String> = order.iter().map(ToString::to_string).collect();
        match read(question, &order, before, gap_asked(question, before, None), line) {
            Ok(response) => serde_json::to_string(&response).expect("plain data"),
            Err(sentence) => format!("!{sentence}"),
        }
    }

    fn faulty(answer: &str) -> bool {
        answer.starts_with('!') && answer.len() > 10
    }

    #[test]
    fn single() {
        let question = samples::single();
        let check = |line: &str, expected: &str| {
            let found = answer(&question, &["three", "one", "two"], None, line);
            assert!(found == expected || (expected == "!" && faulty(&found)), "{line:?} gave {found}");
        };
        check("1", "\"three\"");
        check(" 3. ", "\"two\"");
        check("=two", "\"two\"");
        check("ID: one", "\"one\"");
        check("0", "!");
        check("4", "!");
        check("1 2", "!");
        check("=four", "!");
        check("=", "!");
        check("", "!");
        check("-1", "!");
        check("two", "!");
        check("99999999999999999999999999", "!");
        check(
            "=2",
            "!With an equals sign in front, 2 would be an identifier, and those are: three, one, two. To choose by number, leave it out. Type one number.",
        );
    }

    #[test]
    fn true_or_false() {
        let question = samples::true_false();
        for (line, expected) in
            [("t", "true"), ("TRUE", "true"), ("1", "true"), ("f", "false"), ("=false", "false")]
        {
            assert_eq!(answer(&question, &["true", "false"], None, line), format!("\"{expected}\""));
        }
        assert!(faulty(&answer(&question, &["true", "false"], None, "maybe")));
    }

    #[test]
    fn multiple_is_sorted_and_no_tick_stands_twice() {
        let question = samples::multiple();
        let order = ["y", "x", "c", "b", "a"];
        assert_eq!(answer(&question, &order, None, "5, 3"), r#"["a","c"]"#);
        // It was taken for one tick, and in a check that stood.
        let twice = "!3 is there twice. Type the numbers of all that are right, such as: 1 3";
        assert_eq!(answer(&question, &order, None, "5, 3,3"), twice);
        assert!(faulty(&answer(&question, &order, None, "=x x")));
        assert_eq!(answer(&question, &order, None, "=x a"), r#"["a","x"]"#);
        assert!(faulty(&answer(&question, &order, None, "1 6")));
        assert!(faulty(&answer(&question, &order, None, "")));
    }

    #[test]
    fn pairs_at_once_and_one_by_one() {
        let question = samples::matching();
        let order = ["x", "c", "b", "a"];
        assert_eq!(answer(&question, &order, None, "1=4 2 = 1"), r#"{"a":"a","b":"x"}"#);
        assert_eq!(answer(&question, &order, None, "=c=c, a=x"), r#"{"a":"x","c":"c"}"#);
        let before = Response::Map([("a".to_owned(), "a".to_owned())].into());
        assert_eq!(answer(&question, &order, Some(&before), "3"), r#"{"a":"a","b":"b"}"#);
        assert_eq!(answer(&question, &order, Some(&before), "1=1"), r#"{"a":"x"}"#);
        assert!(faulty(&answer(&question, &order, Some(&before), "4=1")));
        assert!(faulty(&answer(&question, &order, Some(&before), "1=5")));
        assert!(faulty(&answer(&question, &order, Some(&before), "=z=a")));
        assert_eq!(answer(&question, &order, Some(&before), "4 3 2"), r#"{"a":"a","b":"b","c":"c"}"#);
    }

    #[test]
    fn an_order_names_everything_once() {
        let question = samples::order();
        let order = ["e", "d", "c", "b", "a"];
        assert_eq!(answer(&question, &order, None, "5 4 3 2 1"), r#"["a","b","c","d","e"]"#);
        assert_eq!(answer(&question, &order, None, "=b a c d e"), r#"["b","a","c","d","e"]"#);
        assert!(faulty(&answer(&question, &order, None, "1 2 3 4")));
        assert!(faulty(&answer(&question, &order, None, "1 2 3 4 4")));
        assert!(faulty(&answer(&question, &order, None, "1 2 3 4 6")));
    }

    #[test]
    fn numbers_and_texts() {
        let number = samples::question("number", Kind::Number(samples::number("530", "5")));
        assert_eq!(answer(&number, &[], None, "530.0"), "\"530.0\"");
        assert!(faulty(&answer(&number, &[], None, "530,5")));
        assert!(answer(&number, &[], None, "5300000000000000000").contains("At most 18 digits"));
        let with_unit =
            Kind::Number(NumberKey { unit: Some("million euros".to_owned()), ..samples::number("530", "5") });
        let with_unit = samples::question("number", with_unit);
        for line in ["530", "530 million euros", "530 Million Euros", "530million euros"] {
            assert_eq!(answer(&with_unit, &[], None, line), "\"530\"", "{line}");
        }
        for line in ["million euros", "530 euros", "530 million euros or so", "é"] {
            assert!(faulty(&answer(&with_unit, &[], None, line)), "{line}");
        }
        let text = samples::question("text", Kind::Text(samples::text(&["article 7"])));
        assert_eq!(answer(&text, &[], None, "Article 7"), "\"Article 7\"");
        assert_eq!(answer(&text, &[], None, "=next"), "\"next\"");
        assert_eq!(answer(&text, &[], None, "==2"), "\"=2\"");
        assert!(faulty(&answer(&text, &[], None, "=")));
        assert!(faulty(&answer(&text, &[], None, &"x".repeat(1001))));
    }

    #[test]
    fn gaps_in_turn_and_by_name() {
        let question = samples::cloze();
        let order = ["law/nine", "law/seven"];
        assert_eq!(answer(&question, &order, None, "2"), r#"{"law":"seven"}"#);
        assert_eq!(answer(&question, &order, None, "=year=2017"), r#"{"year":"2017"}"#);
        let before = Response::Map([("law".to_owned(), "nine".to_owned())].into());
        assert_eq!(
            answer(&question, &order, Some(&before), "secret=1"),
            r#"{"law":"nine","word":"secret=1"}"#
        );
        assert_eq!(answer(&question, &order, Some(&before), "=law=seven"), r#"{"law":"seven"}"#);
        let full = [("law", "seven"), ("word", "seven"), ("year", "7")];
        let full = full.map(|(id, given)| (id.to_owned(), given.to_owned()));
        assert!(faulty(&answer(&question, &order, Some(&Response::Map(full.into())), "7")));
    }

    /// They were refused as if it were no option or number, or the rest was taken for words of the first.
    #[test]
    fn several_gaps_by_name_go_one_at_a_time() {
        let question = samples::cloze();
        let order = ["law/nine", "law/seven"];
        let refused = |first: &str| {
            format!(
                "!Nothing was filled: gaps go one at a time, identifiers with an equals sign in front, such as: ={first}"
            )
        };
        for line in ["=law=nine, year=2017", "law=nine year=2017", "id: law=nine;word=secret"] {
            assert_eq!(answer(&question, &order, None, line), refused("law=nine"), "{line}");
        }
        assert_eq!(answer(&question, &order, None, "=word=secrets year=2017"), refused("word=secrets"));
        // Where words are asked for they are words.
        let before = Response::Map([("law".to_owned(), "nine".to_owned())].into());
        let words = "law=a year=b";
        assert_eq!(
            answer(&question, &order, Some(&before), words),
            format!(r#"{{"law":"nine","word":"{words}"}}"#)
        );
    }

    #[test]
    fn a_story_goes_on_from_where_it_stands() {
        let question = samples::scenario();
        let order = ["call/wait", "call/report", "after/ignore", "after/change", "late/tell", "late/hide"];
        assert_eq!(answer(&question, &order, None, "2"), r#"["report"]"#);
        let before = Response::List(vec!["report".to_owned()]);
        assert_eq!(answer(&question, &order, Some(&before), "1"), r#"["report","ignore"]"#);
        assert!(faulty(&answer(&question, &order, Some(&before), "=wait")));
        // Several at once answered situations that were not said, and where they were refused, the refusal told where the story ends.
        for line in ["1 2", "2 1", "1 1 1", "=report change", "1, 2", "1;2"] {
            let refused = "!One answer is expected: a number from 1 to 2.";
            assert_eq!(answer(&question, &order, None, line), refused, "{line}");
            assert_eq!(answer(&question, &order, Some(&before), line), refused, "{line}");
        }
        let whole = Response::List(vec!["report".to_owned(), "change".to_owned()]);
        assert_eq!(answer(&question, &order, Some(&whole), "1"), "!Everything is decided.");
    }

    proptest! {
        #[test]
        fn whatever_is_taken_fits_the_question(
            line in r"(=|id:)?([0-9]{1,2}|[a-z]{1,6}|[ ,;=.]|\PC){0,12}", kind in 0_usize..9,
        ) {
            let question = &samples::every_kind()[kind];
            match read(question, &[], None, Some(0), &line) {
                Ok(response) => prop_assert!(is_well_formed(question, &response), "{line:?} gave {response:?}"),
                Err(sentence) => prop_assert!(!sentence.is_empty()),
            }
        }
    }
}
