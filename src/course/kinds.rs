//! The kinds of questions as quiz files write them.

mod cloze;
mod scenario;

use std::ops::Range;

use crate::course::fields::{At, Fields};
use crate::course::reference::{self, Group};
use crate::course::rule::Rule;
use crate::course::unique::Unique;
use crate::id::OptionId;
use crate::quiz::question::{Case, Choice, Decimal, Item, Kind, NumberKey, OrderScoring, Pair, TextKey};

/// Every kind, with the fields that it has beyond those of every question.
pub(super) const ALL: [&Group; 9] = [
    &reference::SINGLE,
    &reference::MULTIPLE,
    &reference::TRUE_FALSE,
    &reference::MATCH,
    &reference::ORDER,
    &reference::NUMBER,
    &reference::TEXT,
    &reference::CLOZE,
    &reference::SCENARIO,
];

/// Reads what belongs to the kind of this name, one of [`ALL`].
pub(super) fn read(name: &str, fields: &Fields<'_>) -> Option<Kind> {
    match name {
        "Single" => {
            let options = fields.required("options", |at| choices(at, Rights::One))?;
            Some(Kind::Single { options })
        }
        "Multiple" => {
            let options = fields.required("options", |at| choices(at, Rights::Some))?;
            Some(Kind::Multiple { options })
        }
        "TrueFalse" => Some(Kind::TrueFalse { answer: fields.required("answer", At::flag)? }),
        "Match" => matching(fields),
        "Order" => order(fields),
        "Number" => number(fields).map(Kind::Number),
        "Text" => text(fields).map(Kind::Text),
        "Cloze" => cloze::read(fields),
        "Scenario" => scenario::read(fields),
        _ => None,
    }
}

/// How many of the options may be right.
#[derive(Debug, Clone, Copy)]
enum Rights {
    /// Exactly one.
    One,
    /// At least one, and at least one may not.
    Some,
}

fn choices(at: At<'_>, rights: Rights) -> Option<Vec<Choice>> {
    let (mut ids, mut texts) = (Unique::new("option"), Unique::new("option text"));
    at.at_least(2, "expected at least two options");
    let options = at.list_of(|at| {
        let fields = at.group("", reference::OPTION.fields)?;
        Some((choice(&fields, &mut ids, &mut texts)?, right_of(&fields)))
    })?;
    check_rights(
        at,
        rights,
        &options.iter().map(|(option, at)| (option.right, at.clone())).collect::<Vec<_>>(),
    )?;
    Some(options.into_iter().map(|(option, _)| option).collect())
}

fn choice(fields: &Fields<'_>, ids: &mut Unique, texts: &mut Unique) -> Option<Choice> {
    let id = fields.required("id", |at| ids.take(at));
    let text = fields.required("text", |at| texts.take_text(at));
    let right = fields.or("right", false, At::flag);
    let feedback = fields.optional("feedback", At::markdown);
    Some(Choice { id: id?, text: text?, right: right?, feedback: feedback? })
}

/// Where an option says that it is right, or where it stands.
fn right_of(fields: &Fields<'_>) -> Range<usize> {
    fields.at("right").map_or(fields.head(), At::span)
}

/// Whether the right number of options is right; each comes with the place of its `right`.
fn check_rights(at: At<'_>, rights: Rights, options: &[(bool, Range<usize>)]) -> Option<()> {
    if options.len() < 2 {
        return None;
    }
    let mut right = options.iter().filter(|(right, _)| *right);
    let Some((_, first)) = right.next() else {
        return at.wrong_with_hint(Rule::BadKey, "no option is right", "add right: true to one".to_owned());
    };
    match (rights, right.next()) {
        (Rights::One, Some((_, second))) => {
            let message = "a second option is right, expected exactly one";
            at.source.fault_beside(Rule::BadKey, second.clone(), message, first.clone(), "first here");
            None
        }
        (Rights::Some, _) if options.iter().all(|(right, _)| *right) => {
            at.wrong(Rule::BadKey, "every option is right, expected at least one that is wrong")
        }
        (Rights::One, None) | (Rights::Some, _) => Some(()),
    }
}

fn matching(fields: &Fields<'_>) -> Option<Kind> {
    let (mut ids, mut lefts, mut rights) =
        (Unique::new("identifier"), Unique::new("left side"), Unique::new("right side"));
    let pairs = fields.required("pairs", |at| {
        at.at_least(2, "expected at least two pairs");
        let pairs = at.list_of(|at| {
            let fields = at.group("", reference::PAIR.fields)?;
            let id = fields.required("id", |at| member_id(at, "pair", &mut ids));
            let left = fields.required("left", |at| lefts.take_text(at));
            let right = fields.required("right", |at| rights.take_text(at));
            Some(Pair { id: id?, left: left?, right: right? })
        })?;
        (pairs.len() >= 2).then_some(pairs)
    });
    let extra = fields.or("extra", Vec::new(), |at| at.list_of(|at| item(at, &mut ids, &mut rights)));
    Some(Kind::Match { pairs: pairs?, extra: extra? })
}

/// The terms of the W3C context of completion records (`credentials/v2`) that an identifier can spell: `id` and `type`
/// are the node's own, the others come from JSON Web Tokens and schema.org and have types and meanings of their own.
const TERMS_OF_RECORDS: [&str; 14] = [
    "aud",
    "cnf",
    "description",
    "exp",
    "iat",
    "id",
    "iss",
    "jku",
    "kid",
    "name",
    "nbf",
    "sub",
    "type",
    "x5u",
];

/// Whether this identifier has a meaning of its own in completion records, so that no pair and no gap can have it.
#[must_use]
pub fn is_term_of_records(id: &str) -> bool {
    TERMS_OF_RECORDS.contains(&id)
}

/// Reads an identifier that becomes the name of a member in the answers of a record. Were it a term of the context,
/// common credential libraries would refuse the record, or read the answer as something else.
fn member_id(at: At<'_>, noun: &str, ids: &mut Unique) -> Option<OptionId> {
    let id: OptionId = ids.take(at)?;
    if is_term_of_records(id.as_str()) {
        return at.wrong_with_hint(
            Rule::ReservedId,
            format!(
                "a {noun} cannot be called `{id}`: the word has a meaning of its own in completion records"
            ),
            format!("use another identifier, such as `{id}-1`"),
        );
    }
    Some(id)
}

fn order(fields: &Fields<'_>) -> Option<Kind> {
    let (mut ids, mut texts) = (Unique::new("item"), Unique::new("item text"));
    let items = fields.required("items", |at| {
        at.at_least(3, "expected at least three items");
        let items = at.list_of(|at| item(at, &mut ids, &mut texts))?;
        (items.len() >= 3).then_some(items)
    });
    let scoring = fields.or("all_or_nothing", false, At::flag)?;
    let scoring = if scoring { OrderScoring::AllOrNothing } else { OrderScoring::Partial };
    Some(Kind::Order { items: items?, scoring })
}

fn item(at: At<'_>, ids: &mut Unique, texts: &mut Unique) -> Option<Item> {
    let fields = at.group("", reference::ITEM.fields)?;
    let id = fields.required("id", |at| ids.take(at));
    let text = fields.required("text", |at| texts.take_text(at));
    Some(Item { id: id?, text: text? })
}

fn number(fields: &Fields<'_>) -> Option<NumberKey> {
    let answer = fields.required("answer", At::decimal);
    let tolerance = fields.or("tolerance", Decimal::ZERO, |at| {
        let tolerance = at.decimal()?;
        if tolerance.is_negative() {
            return at.wrong(Rule::BadValue, "a tolerance is not negative");
        }
        Some(tolerance)
    });
    let unit = fields.optional("unit", At::text);
    Some(NumberKey { answer: answer?, tolerance: tolerance?, unit: unit? })
}

fn text(fields: &Fields<'_>) -> Option<TextKey> {
    let accepted = fields.required("accepted", |at| {
        at.at_least(1, "expected at least one accepted text");
        let accepted = at.list_of(|at| {
            let text = at.text()?;
            if text.chars().all(|c| c == '*' || c.is_whitespace()) {
                return at.wrong(Rule::BadKey, "this accepts every answer");
            }
            Some(text)
        })?;
        (!accepted.is_empty()).then_some(accepted)
    });
    let case_matters = fields.or("case_sensitive", false, At::flag)?;
    let case = if case_matters { Case::Matters } else { Case::Ignored };
    Some(TextKey { accepted: accepted?, case })
}
