//! Pairs of left and right sides as people type them: `1=3 2=1`, `1-3, 2-1`, `1 a 2 c`, `1a`, or the right sides alone in turn. What can be
//! read in two ways is not guessed at.

use std::collections::BTreeMap;
use std::fmt;

use super::{Spelling, is_a_number, range};
use crate::phrase::counted;
use crate::plain::question::{Shown, open_parts};
use crate::plain::words::said_back;

const EXAMPLE: &str = "Type left number, equals sign, right number, such as: 1=3 2=1";

/// The pairs after a line: those of `map` with what was typed.
///
/// # Errors
/// A sentence about what is expected.
pub(super) fn read(
    spelling: Spelling<'_>,
    lefts: &[&str],
    rights: &[Shown<'_>],
    mut map: BTreeMap<String, String>,
) -> Result<BTreeMap<String, String>, String> {
    let pairs: Vec<(String, String)> = match spelling {
        Spelling::Identifiers(text) => by_identifiers(text, lefts, rights, &map)?,
        Spelling::Shown(text) => by_place(text, lefts, rights.len(), &map)?
            .into_iter()
            .map(|(left, right)| Ok((named_left(lefts, left)?, named_right(rights, right)?)))
            .collect::<Result<_, String>>()?,
    };
    let mut said = BTreeMap::new();
    for (left, right) in pairs {
        if said.insert(left, right).is_some() {
            return Err(format!("That line names a left side twice. {EXAMPLE}"));
        }
    }
    map.extend(said);
    Ok(map)
}

fn named_left(lefts: &[&str], place: usize) -> Result<String, String> {
    let id = place.checked_sub(1).and_then(|index| lefts.get(index));
    id.map(|id| (*id).to_owned())
        .ok_or_else(|| format!("{place} is not a left number from 1 to {}. {EXAMPLE}", lefts.len()))
}

fn named_right(rights: &[Shown<'_>], place: usize) -> Result<String, String> {
    let right = place.checked_sub(1).and_then(|index| rights.get(index));
    right
        .map(|right| right.id.to_owned())
        .ok_or_else(|| format!("{place} is not {}. {EXAMPLE}", range(rights)))
}

/// `law=binding tip=friendly`. A right side alone goes to the first left side that has none.
fn by_identifiers(
    text: &str,
    lefts: &[&str],
    rights: &[Shown<'_>],
    map: &BTreeMap<String, String>,
) -> Result<Vec<(String, String)>, String> {
    let joined = text.split('=').map(str::trim).collect::<Vec<_>>().join("=");
    let words: Vec<&str> = Spelling::Identifiers(&joined).words().collect();
    if words.is_empty() {
        return Err(EXAMPLE.to_owned());
    }
    let mut open = open_parts(lefts.iter().copied(), map).into_iter().map(|index| &lefts[index]);
    let mut pairs = Vec::new();
    for word in words {
        let (left, right) = match word.split_once('=') {
            Some(("", _)) => return Err(EXAMPLE.to_owned()),
            Some((left, right)) => {
                let known = lefts.iter().find(|id| **id == left);
                (known.ok_or_else(|| none_of_these(left, "left"))?, right)
            }
            None => (open.next().ok_or_else(all_paired)?, word),
        };
        // The identifiers are not listed: those of a pair are the same on both sides.
        let known = rights.iter().find(|known| known.id == right);
        let right = known.ok_or_else(|| none_of_these(right, "right"))?;
        pairs.push(((*left).to_owned(), right.id.to_owned()));
    }
    Ok(pairs)
}

/// That no side of that hand has this identifier; of a number, how it is typed.
fn none_of_these(word: &str, hand: &str) -> String {
    let word_said = said_back(word);
    if is_a_number(word) {
        return format!(
            "With an equals sign in front, {word_said} would be an identifier, and there is none such on the {hand}. To join by numbers, \
             leave the first equals sign out, such as: 1=3 2=1"
        );
    }
    format!("There is no {word_said} on the {hand}. {EXAMPLE}")
}

fn all_paired() -> String {
    format!("Every left side has its right side, and can be given another. {EXAMPLE}")
}

/// The places, from 1, of the left and the right sides that `text` puts together.
fn by_place(
    text: &str,
    lefts: &[&str],
    rights: usize,
    map: &BTreeMap<String, String>,
) -> Result<Vec<(usize, usize)>, String> {
    let said = said(text).map_err(|slip| format!("{slip}. {EXAMPLE}"))?;
    if let Some(letter) = said.iter().find_map(|said| said.letter_beyond(rights)) {
        return Err(format!("{letter} is none of the right sides, which are 1 to {rights}. {EXAMPLE}"));
    }
    let pairs: Vec<(usize, usize)> = said.iter().filter_map(Said::pair).collect();
    let alone: Vec<Side> = said.iter().filter_map(Said::alone).collect();
    if alone.is_empty() && !pairs.is_empty() {
        return Ok(pairs);
    }
    if let Some(side) = alone.first().filter(|_| !pairs.is_empty()) {
        return Err(format!("Beside pairs, {side} alone is not understood. {EXAMPLE}"));
    }
    if alone.is_empty() {
        return Err(EXAMPLE.to_owned());
    }
    let open = open_parts(lefts.iter().copied(), map).into_iter().map(|index| index + 1);
    let open: Vec<usize> = open.collect();
    let in_turn = |lefts: &[usize]| -> Vec<(usize, usize)> {
        lefts.iter().copied().zip(alone.iter().map(|side| side.place())).collect()
    };
    if alone.len() == 1 {
        return if open.is_empty() { Err(all_paired()) } else { Ok(in_turn(&open)) };
    }
    let all: Vec<usize> = (1..=lefts.len()).collect();
    let list = [&all, &open].into_iter().find(|lefts| lefts.len() == alone.len());
    match (list.map(|lefts| in_turn(lefts)), two_by_two(&alone, lefts.len(), rights)) {
        (Some(pairs), None) | (None, Some(pairs)) => Ok(pairs),
        (Some(list), Some(pairs)) if list == pairs => Ok(list),
        (Some(list), Some(pairs)) => {
            Err(format!("That can mean {}, or {}. Type the one that you mean.", spelt(&pairs), spelt(&list)))
        }
        (None, None) => {
            let sides = counted(alone.len(), "right side", "right sides");
            Err(format!("That is {sides}, and there are {} left ones. {EXAMPLE}", lefts.len()))
        }
    }
}

/// Numbers in turn as left, right, left, right, if they can be that.
fn two_by_two(alone: &[Side], lefts: usize, rights: usize) -> Option<Vec<(usize, usize)>> {
    let places: Vec<usize> = alone.iter().filter_map(|side| side.number()).collect();
    let (pairs, rest) = places.as_chunks::<2>();
    if places.len() < alone.len() || !rest.is_empty() {
        return None;
    }
    let mut taken = Vec::new();
    for [left, right] in pairs {
        if taken.contains(left) || !(1..=lefts).contains(left) || !(1..=rights).contains(right) {
            return None;
        }
        taken.push(*left);
    }
    Some(pairs.iter().map(|[left, right]| (*left, *right)).collect())
}

fn spelt(pairs: &[(usize, usize)]) -> String {
    pairs.iter().map(|(left, right)| format!("{left}={right}")).collect::<Vec<_>>().join(" ")
}

/// A side as it was typed. Letters count like numbers, and mean the right side: people know such questions with letters there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Number(usize),
    /// One of the ASCII ones.
    Letter(char),
}

impl Side {
    fn place(self) -> usize {
        match self {
            Self::Number(place) => place,
            Self::Letter(letter) => usize::from(letter.to_ascii_lowercase() as u8 - b'a') + 1,
        }
    }

    fn number(self) -> Option<usize> {
        match self {
            Self::Number(place) => Some(place),
            Self::Letter(_) => None,
        }
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(place) => place.fmt(f),
            Self::Letter(letter) => letter.fmt(f),
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Said {
    Pair(usize, Side),
    Alone(Side),
}

impl Said {
    fn pair(&self) -> Option<(usize, usize)> {
        match self {
            Self::Pair(left, right) => Some((*left, right.place())),
            Self::Alone(_) => None,
        }
    }

    /// The letter that was typed, if there are not so many right sides.
    fn letter_beyond(&self, rights: usize) -> Option<char> {
        let (Self::Pair(_, side) | Self::Alone(side)) = self;
        match side {
            Side::Letter(letter) if side.place() > rights => Some(*letter),
            Side::Letter(_) | Side::Number(_) => None,
        }
    }

    fn alone(&self) -> Option<Side> {
        match self {
            Self::Pair(..) => None,
            Self::Alone(side) => Some(*side),
        }
    }
}

/// What stands between two sides of a pair.
const JOINING: &[char] = &['=', '-', '–', '—', ':', '>', '→', '/'];

/// Reads sides and what joins them; `Err` gives what is none of that, in words.
fn said(text: &str) -> Result<Vec<Said>, String> {
    let mut said: Vec<Said> = Vec::new();
    let mut joining = None;
    // A number that was said alone may get its right side behind it.
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '0'..='9' => rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()),
            c if c.is_alphabetic() => rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len()),
            c => c.len_utf8(),
        };
        let (word, behind) = rest.split_at(length);
        rest = behind;
        let side = match c {
            ' ' | ',' | ';' | '.' | ')' | '(' => continue,
            c if JOINING.contains(&c) => {
                joining = Some(c);
                continue;
            }
            '0'..='9' => Side::Number(word.parse().map_err(|_| no_side(word))?),
            'a'..='z' | 'A'..='Z' if length == 1 => Side::Letter(c),
            _ => return Err(no_side(word)),
        };
        let joiner = joining.take();
        let joins = joiner.is_some() || matches!(side, Side::Letter(_));
        match said.last_mut() {
            Some(last @ Said::Alone(Side::Number(_))) if joins => {
                let left = last.alone().map_or(0, Side::place);
                *last = Said::Pair(left, side);
            }
            last => match (joiner, last) {
                (None, _) => said.push(Said::Alone(side)),
                // The left sides have no letters: `a=b` would be taken for two right sides.
                (Some(joiner), Some(Said::Alone(left))) => {
                    return Err(no_pair(*left, joiner, word));
                }
                // `=3` and `1=2=3` say nothing.
                (Some(joiner), Some(Said::Pair(..)) | None) => {
                    return Err(no_side(&format!("{joiner}{word}")));
                }
            },
        }
    }
    match (joining, said.last()) {
        (None, _) => Ok(said),
        (Some(joiner), Some(Said::Alone(left @ Side::Number(_)))) => {
            Err(format!("After {left}{joiner} no right side follows"))
        }
        (Some(joiner), Some(Said::Alone(left @ Side::Letter(_)))) => Err(no_pair(*left, joiner, "")),
        (Some(joiner), Some(Said::Pair(..)) | None) => Err(no_side(&joiner.to_string())),
    }
}

fn no_pair(left: Side, joiner: char, right: &str) -> String {
    format!("{left}{joiner}{right} is no pair: left sides are named by numbers")
}

fn no_side(word: &str) -> String {
    format!("{} is no number of a side", said_back(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::printable::Printable;

    /// What a line makes of nothing yet for so many left sides and four right ones, as `1=2 2=1`; a sentence with `!` in front.
    fn check(lefts: usize, line: &str, expected: &str) {
        check_after(lefts, "", line, expected);
    }

    /// The same after pairs like `1=2`.
    fn check_after(lefts: usize, before: &str, line: &str, expected: &str) {
        let names = ["l1", "l2", "l3", "l4", "l5"];
        let rights = ["r1", "r2", "r3", "r4"].map(|id| Shown { id, text: Printable::new(id) });
        let pair = |pair: &str| {
            let (left, right) = pair.split_once('=').expect("a pair");
            (format!("l{left}"), format!("r{right}"))
        };
        let map = before.split_whitespace().map(pair).collect();
        let found = match read(Spelling::of(line), &names[..lefts], &rights, map) {
            Ok(map) => map
                .iter()
                .map(|(left, right)| format!("{}={}", &left[1..], &right[1..]))
                .collect::<Vec<_>>()
                .join(" "),
            Err(sentence) => format!("!{sentence}"),
        };
        assert!(
            found == expected || (expected == "!" && found.len() > 10 && found.starts_with('!')),
            "{line:?} gave {found}"
        );
    }

    /// A letter was said back as its number, and a sign as another one.
    #[test]
    fn what_is_none_of_the_sides_is_said_back_as_it_was_typed() {
        check(
            3,
            "t",
            "!t is none of the right sides, which are 1 to 4. Type left number, equals sign, right number, such as: 1=3 2=1",
        );
        check(
            3,
            "1F",
            "!F is none of the right sides, which are 1 to 4. Type left number, equals sign, right number, such as: 1=3 2=1",
        );
        check(
            3,
            "-1",
            "!-1 is no number of a side. Type left number, equals sign, right number, such as: 1=3 2=1",
        );
        // They were taken for two right sides, and handed in.
        for (line, pair) in [("a=b", "a=b"), ("1=2 c-1", "c-1"), ("b=1", "b=1"), ("a=", "a=")] {
            check(
                2,
                line,
                &format!(
                    "!{pair} is no pair: left sides are named by numbers. Type left number, equals sign, right number, such as: 1=3 2=1"
                ),
            );
        }
        check(
            3,
            "2=1 3=",
            "!After 3= no right side follows. Type left number, equals sign, right number, such as: 1=3 2=1",
        );
        check(
            3,
            "2 3 4 1",
            "!That is 4 right sides, and there are 3 left ones. Type left number, equals sign, right number, such as: 1=3 2=1",
        );
        // Which of them is not understood was not told.
        let beside = |side: &str| {
            format!(
                "!Beside pairs, {side} alone is not understood. Type left number, equals sign, right number, such as: 1=3 2=1"
            )
        };
        check(3, "1=3 2", &beside("2"));
        check(3, "b 1=3", &beside("b"));
        check(3, "==", "!Type left number, equals sign, right number, such as: 1=3 2=1");
    }

    #[test]
    fn no_left_side_is_typed_twice() {
        // The second one won without a word.
        check(3, "1=1 1=2", "!");
        check(3, "id:l1=r1 l1=r2", "!");
        check(3, "1=1 1=1 2=2", "!");
    }

    #[test]
    fn pairs_are_joined_in_many_ways() {
        for line in [
            "1=3 2=1",
            "1 = 3, 2 = 1",
            "1-3 2-1",
            "1:3;2:1",
            "1->3 2 -> 1",
            "1→3 2→1",
            "1–3, 2–1",
            "(1/3) (2/1)",
        ] {
            check(3, line, "1=3 2=1");
        }
        for line in ["1a 2c", "1 a 2 c", "1-a 2-c", "1=A, 2=C", "1. a 2) c", "1 a, 2 c"] {
            check(3, line, "1=1 2=3");
        }
        check(3, "1a", "1=1");
        check_after(3, "1=2 2=2", "1=4", "1=4 2=2");
    }

    #[test]
    fn right_sides_alone_go_to_the_left_ones_in_turn() {
        check(3, "3", "1=3");
        check(3, "c", "1=3");
        check_after(3, "1=2", "3", "1=2 2=3");
        check(3, "3 1 2", "1=3 2=1 3=2");
        check(3, "c, a, b", "1=3 2=1 3=2");
        check_after(3, "1=2", "3 1 2", "1=3 2=1 3=2");
        check_after(3, "1=2", "c a", "1=2 2=3 3=1");
        check(2, "d c", "1=4 2=3");
    }

    #[test]
    fn numbers_two_by_two_are_pairs_where_they_can_be_nothing_else() {
        check(3, "1 3 2 1 3 2", "1=3 2=1 3=2");
        check(3, "1 3", "1=3");
        check(5, "2 1 4 3", "2=1 4=3");
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_asked_about() {
        check(2, "2 1", "!That can mean 2=1, or 1=2 2=1. Type the one that you mean.");
        check(4, "2 1 4 3", "!That can mean 2=1 4=3, or 1=2 2=1 3=4 4=3. Type the one that you mean.");
        check_after(3, "1=2", "3 1", "!That can mean 3=1, or 2=3 3=1. Type the one that you mean.");
        // Not where one way says nothing: there is no left side 3, and no side is said twice.
        check(2, "3 1", "1=3 2=1");
        check(4, "2 1 2 3", "1=2 2=1 3=2 4=3");
    }

    #[test]
    fn what_says_nothing_is_answered_by_an_example() {
        for line in [
            "",
            "=",
            "1=",
            "=3",
            "1=2=3",
            "4=1",
            "1=5",
            "0=1",
            "e",
            "tip",
            "1 tip",
            "1 2 3 4 5",
            "1=2 3",
            "a=1",
            "99999999999999999999999=1",
            "1=é",
            "a b",
            "1 1 1 2",
            "5 5 5",
        ] {
            check(3, line, "!");
        }
        check_after(
            2,
            "1=1 2=2",
            "1",
            "!Every left side has its right side, and can be given another. Type left number, equals sign, right number, such as: 1=3 2=1",
        );
    }

    #[test]
    fn identifiers_may_hold_whatever_joins_numbers() {
        check(3, "=l1=r2, l3 = r1", "1=2 3=1");
        check(3, "id:r2", "1=2");
        check_after(3, "1=1", "=r2 r3", "1=1 2=2 3=3");
        check(3, "=l1-r2", "!");
        // It was "There is no 1 on the left", of a side that was just heard with this number.
        let left_out = "To join by numbers, leave the first equals sign out, such as: 1=3 2=1";
        check(
            3,
            "=1=2",
            &format!(
                "!With an equals sign in front, 1 would be an identifier, and there is none such on the left. {left_out}"
            ),
        );
        check(3, "=l9=r1", "!");
    }
}
