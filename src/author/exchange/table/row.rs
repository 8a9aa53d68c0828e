//! A row of a table as a question.

use std::collections::BTreeSet;
use std::num::NonZeroU32;

use csv::StringRecord;

use crate::author::exchange::Note;
use crate::author::exchange::excerpt::quote;
use crate::author::exchange::shelf::{Draft, option_ids};
use crate::author::exchange::table::columns::Columns;
use crate::quiz::question::{
    Case, Choice, Decimal, Difficulty, Drawn, Item, Kind, LessonLink, NumberKey, OrderScoring, Pair, Points,
    TextKey,
};

/// The kinds that a row can be.
const KINDS: [&str; 7] = ["single", "multiple", "truefalse", "match", "order", "number", "text"];

/// A row of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    pub columns: &'a Columns,
    pub record: &'a StringRecord,
    pub line: usize,
}

/// An option and the number of its column.
struct Numbered<'a> {
    number: usize,
    text: &'a str,
    feedback: Option<&'a str>,
}

impl<'a> Row<'a> {
    /// What stands in a column; `None` for nothing.
    pub(super) fn cell(self, name: &str) -> Option<&'a str> {
        self.at(self.columns.place(name))
    }

    fn at(self, place: Option<usize>) -> Option<&'a str> {
        self.record.get(place?).filter(|cell| !cell.is_empty())
    }

    /// The numbered columns in their order, each with its option and the feedback on it.
    fn numbered(self) -> impl Iterator<Item = (usize, Option<&'a str>, Option<&'a str>)> {
        let columns = self.columns.numbered.iter();
        columns.map(move |(number, places)| (*number, self.at(places.option), self.at(places.feedback)))
    }

    /// The question of this row.
    pub(super) fn question(self) -> Result<Draft, Vec<Note>> {
        let mut faults = Vec::new();
        let extra = self.record.iter().skip(self.columns.width).filter(|cell| !cell.is_empty()).count();
        if extra > 0 {
            let hint = "is a delimiter in a text? put the text in double quotes";
            faults.push(self.note(format!("{extra} cells stand behind the last column"), hint));
        }
        let prompt = self.cell("prompt").unwrap_or_default().to_owned();
        let kind = self.kind().map_err(|note| faults.push(note)).ok();
        let revision = self.number("revision", 1..=u32::MAX, &mut faults).and_then(NonZeroU32::new);
        let points = self.number("points", 1..=1_000, &mut faults).and_then(Points::new);
        let mandatory = self.flag("mandatory").map_err(|note| faults.push(note)).unwrap_or_default();
        let difficulty = self.difficulty().map_err(|note| faults.push(note)).unwrap_or_default();
        let Some(kind) = kind.filter(|_| faults.is_empty()) else { return Err(faults) };
        let mut draft = Draft::new(prompt, kind);
        draft.id = self.cell("id").map(str::to_owned);
        draft.revision = revision.unwrap_or(NonZeroU32::MIN);
        draft.points = points.unwrap_or(Points::ONE);
        draft.difficulty = difficulty;
        draft.drawn = if mandatory { Drawn::Always } else { Drawn::ByChance };
        draft.why = self.cell("why").map(str::to_owned);
        draft.source = self.cell("source").map(str::to_owned);
        draft.lesson = self.cell("lesson").map(|link| match link.split_once('#') {
            Some((lesson, heading)) => {
                LessonLink { lesson: lesson.to_owned(), heading: Some(heading.to_owned()) }
            }
            None => LessonLink { lesson: link.to_owned(), heading: None },
        });
        draft.losses = self.losses(&draft.kind);
        Ok(draft)
    }

    /// Cells that say something for which this kind has no place.
    fn losses(self, kind: &Kind) -> Vec<Note> {
        let unused: &[&str] = match kind {
            Kind::Single { .. } | Kind::Multiple { .. } | Kind::TrueFalse { .. } => {
                &["tolerance", "unit", "case_sensitive", "all_or_nothing"]
            }
            Kind::Match { .. } => &["right", "tolerance", "unit", "case_sensitive", "all_or_nothing"],
            Kind::Order { .. } => &["right", "tolerance", "unit", "case_sensitive"],
            Kind::Number(_) => &["case_sensitive", "all_or_nothing"],
            Kind::Text(_) => &["tolerance", "unit", "all_or_nothing"],
            Kind::Cloze { .. } | Kind::Scenario { .. } => &[],
        };
        let mut losses = Vec::new();
        for name in unused {
            if let Some(cell) = self.cell(name).filter(|cell| !is_no(cell)) {
                let message = format!("{} in `{name}` means nothing for this kind", quote(cell));
                losses.push(self.note(message, "empty the cell"));
            }
        }
        let (takes_options, takes_feedback) = match kind {
            Kind::Single { .. } | Kind::Multiple { .. } => (true, true),
            Kind::Match { .. } | Kind::Order { .. } | Kind::Text(_) => (true, false),
            Kind::TrueFalse { .. } | Kind::Number(_) | Kind::Cloze { .. } | Kind::Scenario { .. } => {
                (false, false)
            }
        };
        for (_, option, feedback) in self.numbered() {
            if let Some(cell) = option.filter(|_| !takes_options) {
                losses.push(
                    self.note(format!("the option {} is lost", quote(cell)), "this kind has no options"),
                );
            }
            if let Some(cell) = feedback.filter(|_| !takes_feedback || option.is_none()) {
                let message = format!("the feedback {} is lost", quote(cell));
                losses.push(self.note(message, "it belongs to no option; say it in `why`"));
            }
        }
        losses
    }

    fn kind(self) -> Result<Kind, Note> {
        let written = self.cell("kind").ok_or_else(|| self.note("there is no kind", &one_of_kinds()))?;
        let name: String = written.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
        match name.as_str() {
            "single" => Ok(Kind::Single { options: self.choices(Rights::One)? }),
            "multiple" => Ok(Kind::Multiple { options: self.choices(Rights::Several)? }),
            "truefalse" => match self.right()?.to_lowercase().as_str() {
                "true" | "t" | "yes" | "1" => Ok(Kind::TrueFalse { answer: true }),
                "false" | "f" | "no" | "0" => Ok(Kind::TrueFalse { answer: false }),
                other => Err(self.note(
                    format!("{} is neither true nor false", quote(other)),
                    "write true or false in `right`",
                )),
            },
            "match" => self.matching(),
            "order" => self.order(),
            "number" => self.numeric(),
            "text" => self.text(),
            "cloze" | "scenario" => {
                Err(self.note(format!("a {name} does not fit into a row"), "write it in the quiz file"))
            }
            _ => Err(self.note(format!("unknown kind {}", quote(written)), &one_of_kinds())),
        }
    }

    fn options(self) -> Result<Vec<Numbered<'a>>, Note> {
        let options: Vec<Numbered<'a>> = self
            .numbered()
            .filter_map(|(number, text, feedback)| Some(Numbered { number, text: text?, feedback }))
            .collect();
        if options.is_empty() {
            return Err(
                self.note("there are no options", "write them in the columns option_1, option_2 and so on")
            );
        }
        Ok(options)
    }

    fn choices(self, rights: Rights) -> Result<Vec<Choice>, Note> {
        let options = self.options()?;
        let right = self.rights(&options, rights)?;
        let texts: Vec<&str> = options.iter().map(|option| option.text).collect();
        let ids = option_ids(&texts, None).unwrap_or_default();
        let choices = options.iter().zip(ids).map(|(option, id)| Choice {
            id,
            text: option.text.to_owned(),
            right: right.contains(&option.number),
            feedback: option.feedback.map(str::to_owned),
        });
        Ok(choices.collect())
    }

    /// The numbers of the right options: written as numbers, letters or the text of one option.
    fn rights(self, options: &[Numbered<'_>], rights: Rights) -> Result<BTreeSet<usize>, Note> {
        let written = self.right()?;
        // A whole option first: its text may hold commas, or be a number itself.
        if let Some(option) = options.iter().find(|option| option.text == written) {
            let named = named(written, options);
            return match named {
                Some(other) if other.number != option.number => {
                    let message = format!(
                        "{} is the text of option {} and names option {}",
                        quote(written),
                        option.number,
                        other.number
                    );
                    Err(self.note(message, "write the letter of the right option"))
                }
                Some(_) | None => Ok(BTreeSet::from([option.number])),
            };
        }
        let mut found = BTreeSet::new();
        let mut words = 0;
        for word in written.split([',', ';', '|', ' ', '+']).filter(|word| !word.is_empty()) {
            words += 1;
            if words > options.len() {
                let message = "`right` names more options than there are";
                return Err(self.note(message, "name each right option once"));
            }
            let named = named(word, options).ok_or_else(|| {
                self.note(
                    format!("`right` says {}, and there is no such option", quote(word)),
                    "write the number or letter of the right option, such as 2 or B",
                )
            })?;
            found.insert(named.number);
        }
        match (rights, words) {
            (Rights::One, 2..) => Err(self.note(
                format!("{} names several options, and one is right", quote(written)),
                "set kind to multiple, or name one",
            )),
            (_, 0) => Err(self.note(
                "no option is right",
                "write the number or letter of the right option, such as 2 or B",
            )),
            (Rights::One | Rights::Several, _) => Ok(found),
        }
    }

    fn matching(self) -> Result<Kind, Note> {
        let options = self.options()?;
        let texts: Vec<&str> = options.iter().map(|option| option.text).collect();
        let ids = option_ids(&texts, None).unwrap_or_default();
        let (mut pairs, mut extra) = (Vec::new(), Vec::new());
        for (option, id) in options.iter().zip(ids) {
            let Some((left, right)) = option.text.split_once("->") else {
                let message = format!("{} has no `->`", quote(option.text));
                return Err(self.note(
                    message,
                    "write a pair as `left -> right`, and a right side too many as `-> right`",
                ));
            };
            let (left, right) = (left.trim().to_owned(), right.trim().to_owned());
            if left.is_empty() {
                extra.push(Item { id, text: right });
            } else {
                pairs.push(Pair { id, left, right });
            }
        }
        Ok(Kind::Match { pairs, extra })
    }

    fn order(self) -> Result<Kind, Note> {
        let options = self.options()?;
        let texts: Vec<&str> = options.iter().map(|option| option.text).collect();
        let ids = option_ids(&texts, None).unwrap_or_default();
        let items = ids.into_iter().zip(&texts).map(|(id, text)| Item { id, text: (*text).to_owned() });
        let all = self.flag("all_or_nothing")?;
        let scoring = if all { OrderScoring::AllOrNothing } else { OrderScoring::Partial };
        Ok(Kind::Order { items: items.collect(), scoring })
    }

    fn numeric(self) -> Result<Kind, Note> {
        let read = |cell: &str| {
            Decimal::parse(cell).ok_or_else(|| {
                self.note(
                    format!("{} is no number", quote(cell)),
                    "nothing separates thousands, decimals (up to 9) follow a point",
                )
            })
        };
        let answer = read(self.right()?)?;
        let tolerance = self.cell("tolerance").map_or(Ok(Decimal::ZERO), read)?;
        Ok(Kind::Number(NumberKey { answer, tolerance, unit: self.cell("unit").map(str::to_owned) }))
    }

    fn text(self) -> Result<Kind, Note> {
        let mut accepted: Vec<String> = self.cell("right").map(str::to_owned).into_iter().collect();
        if let Ok(options) = self.options() {
            accepted.extend(options.iter().map(|option| option.text.to_owned()));
        }
        if accepted.is_empty() {
            return Err(self.note(
                "there is no accepted text",
                "write it in `right`, and others in option_1, option_2 and so on",
            ));
        }
        let case = if self.flag("case_sensitive")? { Case::Matters } else { Case::Ignored };
        Ok(Kind::Text(TextKey { accepted, case }))
    }

    fn right(self) -> Result<&'a str, Note> {
        self.cell("right").ok_or_else(|| self.note("the column `right` is empty", "write what is right"))
    }

    fn flag(self, name: &str) -> Result<bool, Note> {
        match self.cell(name) {
            None => Ok(false),
            Some(cell) if is_no(cell) => Ok(false),
            Some(cell) if ["yes", "true", "1", "x"].contains(&cell.to_lowercase().as_str()) => Ok(true),
            Some(cell) => Err(self.note(
                format!("{} in `{name}` is neither yes nor no", quote(cell)),
                "write yes, or leave it empty",
            )),
        }
    }

    fn difficulty(self) -> Result<Option<Difficulty>, Note> {
        let Some(cell) = self.cell("difficulty") else { return Ok(None) };
        let difficulty = Difficulty::named(&cell.to_lowercase());
        difficulty.map(Some).ok_or_else(|| {
            let message = format!("{} in `difficulty` is none that there is", quote(cell));
            self.note(message, "write easy, medium or hard, or leave it empty")
        })
    }

    fn number(self, name: &str, range: std::ops::RangeInclusive<u32>, faults: &mut Vec<Note>) -> Option<u32> {
        let cell = self.cell(name)?;
        let number = cell.parse().ok().filter(|number| range.contains(number));
        if number.is_none() {
            let message = format!(
                "{} in `{name}` is no whole number from {} to {}",
                quote(cell),
                range.start(),
                range.end()
            );
            faults.push(self.note(message, "leave it empty for 1"));
        }
        number
    }

    fn note(self, message: impl Into<String>, hint: &str) -> Note {
        Note::with_hint(self.line, message, hint)
    }
}

/// How many options may be right.
#[derive(Debug, Clone, Copy)]
enum Rights {
    One,
    Several,
}

/// The option that a word names: `2` or `B`. Options stand in the order of their numbers.
fn named<'o, 'a>(word: &str, options: &'o [Numbered<'a>]) -> Option<&'o Numbered<'a>> {
    let number = match word.as_bytes() {
        [letter @ (b'a'..=b'z' | b'A'..=b'Z')] => usize::from(letter.to_ascii_lowercase() - b'a') + 1,
        [b'1'..=b'9', ..] => word.parse().ok()?,
        _ => return None,
    };
    options.get(options.binary_search_by_key(&number, |option| option.number).ok()?)
}

fn is_no(cell: &str) -> bool {
    ["no", "false", "0"].contains(&cell.to_lowercase().as_str())
}

fn one_of_kinds() -> String {
    format!("one of {}", KINDS.join(", "))
}
