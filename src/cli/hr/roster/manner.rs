//! How a roster is read, as it is said on the command line and remembered by the registry.

use std::collections::BTreeMap;

use super::super::super::error::Failure;
use crate::registry::person::Presence;
use crate::registry::roster::Manner;
use crate::registry::roster::columns::Field;
use crate::registry::roster::dates::DateOrder;
use crate::registry::roster::plan;

/// The order of day and month, among what is remembered.
const DATES: &str = "dates";
/// Before a word of the status column, among what is remembered.
const STATUS: &str = "status word: ";
/// Before a field, among what is remembered.
const COLUMN: &str = "column: ";

/// What is remembered, as a manner. What cannot be read any more is left out.
pub(super) fn of_remembered(remembered: &BTreeMap<String, String>) -> Manner {
    let mut manner = Manner::default();
    for (name, value) in remembered {
        if let Some(field) = name.strip_prefix(COLUMN).and_then(Field::of_word) {
            manner.remembered.insert(field, value.clone());
        } else if let Some((word, presence)) = name.strip_prefix(STATUS).zip(presence_of(value)) {
            manner.words.insert(word.to_owned(), presence);
        } else if name == DATES {
            manner.remembered_dates = order_of(value);
        }
    }
    manner
}

/// A manner, as it is remembered.
pub(super) fn to_remember(manner: &Manner) -> BTreeMap<String, String> {
    let newest = manner.mapping.iter();
    let older = manner.remembered.iter().filter(|(field, _)| !manner.mapping.contains_key(field));
    let columns =
        newest.chain(older).map(|(field, name)| (format!("{COLUMN}{}", field.word()), name.clone()));
    let words = manner
        .words
        .iter()
        .map(|(word, presence)| (format!("{STATUS}{word}"), word_of(*presence).to_owned()));
    let dates = manner.dates.or(manner.remembered_dates);
    let dates = dates.map(|order| (DATES.to_owned(), order_word(order).to_owned()));
    columns.chain(words).chain(dates).collect()
}

/// `number=Personalnummer`
pub(super) fn mapping(text: &str) -> Result<(Field, String), Failure> {
    let (word, name) = text.split_once('=').ok_or_else(|| {
        Failure::new(format!("{text} does not say which column is what"))
            .hint("write --map number=\"Name of the column\"")
    })?;
    let field = Field::of_word(word.trim()).ok_or_else(|| {
        let words: Vec<&str> = Field::ALL.iter().map(|field| field.word()).collect();
        Failure::new(format!("{word} is nothing that a column can hold"))
            .hint(format!("it is one of: {}", words.join(", ")))
    })?;
    Ok((field, name.trim().to_owned()))
}

/// `Karenz=on leave`
pub(super) fn status_word(text: &str) -> Result<(String, Presence), Failure> {
    let said =
        text.rsplit_once('=').and_then(|(word, means)| Some((word.trim(), presence_of(means.trim())?)));
    match said {
        Some((word, presence)) if !word.is_empty() => Ok((word.to_owned(), presence)),
        Some(_) | None => Err(Failure::new(format!("{text} does not say what a status means"))
            .hint("write --status \"WORD=at work\", \"WORD=on leave\" or \"WORD=left\"; who is to come is at work from \
                   the first day on that the roster names")),
    }
}

fn presence_of(word: &str) -> Option<Presence> {
    let known = [Presence::Active, Presence::Away, Presence::Gone];
    // What screens call them, and how it is remembered.
    known.into_iter().find(|presence| plan::word_of(*presence) == word || word_of(*presence) == word)
}

fn word_of(presence: Presence) -> &'static str {
    match presence {
        Presence::Active => "active",
        Presence::Away => "on leave",
        Presence::Gone => "left",
    }
}

fn order_of(word: &str) -> Option<DateOrder> {
    [DateOrder::DayFirst, DateOrder::MonthFirst].into_iter().find(|order| order_word(*order) == word)
}

/// The word for an order, as on the command line.
pub(super) fn order_word(order: DateOrder) -> &'static str {
    match order {
        DateOrder::DayFirst => "day-first",
        DateOrder::MonthFirst => "month-first",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_comes_back() {
        let mut manner = Manner { dates: Some(DateOrder::MonthFirst), ..Manner::default() };
        manner
            .mapping
            .extend([mapping("number= Personal Nr").expect("said"), mapping("email=a=b").expect("said")]);
        manner
            .words
            .extend([status_word("Karenz=on leave").expect("said"), status_word("a=b=left").expect("said")]);
        assert_eq!(manner.mapping[&Field::Email], "a=b");
        assert_eq!(manner.words["a=b"], Presence::Gone);
        for word in ["Karenz=at work", "Karenz=active"] {
            assert_eq!(status_word(word).expect("said").1, Presence::Active);
        }
        manner.remembered.extend([(Field::Email, "Mail".to_owned()), (Field::Role, "Job".to_owned())]);
        let later = of_remembered(&to_remember(&manner));
        assert_eq!(
            (later.words, later.remembered_dates, later.mapping.len()),
            (manner.words, manner.dates, 0)
        );
        let names: Vec<&str> = later.remembered.values().map(String::as_str).collect();
        assert_eq!(names, ["Personal Nr", "a=b", "Job"]);
    }

    #[test]
    fn what_says_nothing_is_refused() {
        assert!(mapping("number").is_err());
        assert!(mapping("shoe=x").is_err());
        assert!(status_word("Karenz").is_err());
        assert!(status_word("Karenz=away").is_err());
        assert!(status_word("=left").is_err());
    }
}
