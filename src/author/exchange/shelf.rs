//! Where the readers of banks put what they found.

use std::collections::{HashMap, HashSet};
use std::num::NonZeroU32;

use crate::author::exchange::excerpt::{excerpt, quote};
use crate::author::exchange::{Entry, Import, Note, Outcome, write};
use crate::author::names::{Names, letter, slug};
use crate::course::{Topic, is_term_of_records, parse_quiz};
use crate::id::{OptionId, TopicId};
use crate::markup;
use crate::quiz::question::{
    Choice, Difficulty, Drawn, Gap, GapKind, Item, Kind, LessonLink, Pair, Points, Question,
};
use crate::quiz::{AskCertainty, Quiz};

/// The most parts of a bank that are listed; no honest bank of the allowed size has more.
const MOST_ENTRIES: usize = 2 * Quiz::MAX_QUESTIONS;
/// The most options, pairs, items or gaps of a question, as in quiz files.
const MOST_OPTIONS: usize = 1_000;
/// What questions are about that the bank puts into no category.
const NO_CATEGORY: (&str, &str) = ("imported", "Imported questions");

/// A question of a bank as its reader understood it.
#[derive(Debug)]
pub(super) struct Draft {
    /// What the bank calls it.
    pub id: Option<String>,
    pub revision: NonZeroU32,
    pub points: Points,
    pub difficulty: Option<Difficulty>,
    pub drawn: Drawn,
    pub prompt: String,
    pub why: Option<String>,
    pub source: Option<String>,
    pub lesson: Option<LessonLink>,
    pub kind: Kind,
    pub losses: Vec<Note>,
}

/// An import that grows.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    import: Import,
    ids: Names,
    topic_ids: Names,
    /// To the full name of a category, its topic and the title of that.
    topics: HashMap<String, (TopicId, String)>,
    /// The category that questions go into: its names from the outermost to its own.
    category: Vec<String>,
    /// The topics that are listed already.
    listed: HashSet<TopicId>,
    imported: usize,
}

/// Whether a reader should go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Room {
    Left,
    Full,
}

impl Draft {
    /// A question that is worth a point and of which nothing more is known.
    pub(super) fn new(prompt: String, kind: Kind) -> Self {
        Self {
            id: None,
            revision: NonZeroU32::MIN,
            points: Points::ONE,
            difficulty: None,
            drawn: Drawn::ByChance,
            prompt,
            why: None,
            source: None,
            lesson: None,
            kind,
            losses: Vec::new(),
        }
    }
}

impl Shelf {
    /// The category of the questions that follow, from the outermost name to its own; empty for none.
    pub(super) fn enter(&mut self, category: Vec<String>) {
        self.category = category;
    }

    /// Puts down what became of a part of the bank that begins on `line` and is called `name`.
    pub(super) fn put(&mut self, line: usize, name: &str, read: Result<Draft, Vec<Note>>) -> Room {
        if self.import.entries.len() >= MOST_ENTRIES {
            let reason = format!("nothing is read from here on: {MOST_ENTRIES} parts are listed already");
            let reasons = vec![Note::with_hint(line, reason, "cut the file in two")];
            self.push(line, name, Outcome::Refused { reasons });
            return Room::Full;
        }
        let outcome = match read.and_then(|draft| self.question(line, name, draft)) {
            Ok((question, losses)) => Outcome::Imported { question: Box::new(question), losses },
            Err(reasons) => Outcome::Refused { reasons },
        };
        self.push(line, name, outcome);
        Room::Left
    }

    /// Whether nothing was put down yet.
    pub(super) fn is_empty(&self) -> bool {
        self.import.entries.is_empty()
    }

    /// Everything that was put down.
    pub(super) fn finish(self) -> Import {
        self.import
    }

    fn push(&mut self, line: usize, name: &str, outcome: Outcome) {
        self.import.entries.push(Entry { line, name: excerpt(name), outcome });
    }

    fn question(
        &mut self,
        line: usize,
        name: &str,
        draft: Draft,
    ) -> Result<(Question, Vec<Note>), Vec<Note>> {
        let faults: Vec<Note> = faults_of(&draft).into_iter().map(|fault| Note::new(line, fault)).collect();
        if !faults.is_empty() {
            return Err(faults);
        }
        if self.imported >= Quiz::MAX_QUESTIONS {
            let reason = format!("a quiz holds {} questions at most", Quiz::MAX_QUESTIONS);
            return Err(vec![Note::with_hint(
                line,
                reason,
                "cut the file in two and make two quizzes of it",
            )]);
        }
        let mut losses = draft.losses;
        let wanted = self.wanted_id(line, name, draft.id.as_deref(), &draft.prompt, &mut losses);
        let id = self.ids.take(&wanted).ok_or_else(|| vec![Note::new(line, "it cannot be named")])?;
        if draft.id.is_some() && format!("{id}") != wanted {
            let message = format!("the id `{wanted}` is taken; it is `{id}` here");
            losses.push(Note::with_hint(line, message, "give every question an id of its own"));
        }
        let (topic, topic_title) =
            self.topic().ok_or_else(|| vec![Note::new(line, "its category cannot be named")])?;
        let question = Question {
            id,
            revision: draft.revision,
            topic: topic.clone(),
            points: draft.points,
            difficulty: draft.difficulty,
            drawn: draft.drawn,
            prompt: draft.prompt,
            why: draft.why,
            source: draft.source,
            lesson: draft.lesson,
            kind: draft.kind,
        };
        proof(&question, line)?;
        if self.listed.insert(topic.clone()) {
            self.import.topics.push(Topic { id: topic, title: topic_title });
        }
        self.imported += 1;
        Ok((question, losses))
    }

    fn wanted_id(
        &self,
        line: usize,
        name: &str,
        id: Option<&str>,
        prompt: &str,
        losses: &mut Vec<Note>,
    ) -> String {
        if let Some(id) = id {
            let wanted = slug(id, 64);
            if wanted.as_deref() != Some(id.trim()) {
                let here =
                    wanted.as_ref().map_or_else(String::new, |wanted| format!("; it is `{wanted}` here"));
                let hint = "identifiers are made of a-z, 0-9 and hyphens";
                losses.push(Note::with_hint(
                    line,
                    format!("the id {} cannot be kept{here}", quote(id)),
                    hint,
                ));
            }
            if let Some(wanted) = wanted {
                return wanted;
            }
        }
        let beginning = || {
            let beginning: String = prompt.chars().take(200).collect();
            slug(markup::plain(&beginning).as_str(), 40)
        };
        slug(name, 40).or_else(beginning).unwrap_or_else(|| format!("question-{}", self.imported + 1))
    }

    /// The topic of the present category and its title.
    fn topic(&mut self) -> Option<(TopicId, String)> {
        let path = self.category.join(" / ");
        if let Some(known) = self.topics.get(&path) {
            return Some(known.clone());
        }
        let wanted = match self.category.as_slice() {
            [] => NO_CATEGORY.0.to_owned(),
            [.., own] => slug(own, 40).unwrap_or_else(|| format!("topic-{}", self.topics.len() + 1)),
        };
        let id: TopicId = self.topic_ids.take(&wanted)?;
        // Of two topics with one name the second is told apart by the names above its own.
        let title = match self.category.as_slice() {
            [] => NO_CATEGORY.1.to_owned(),
            [.., own] if id.as_str() == wanted => own.clone(),
            [..] => path.clone(),
        };
        self.topics.insert(path, (id.clone(), title.clone()));
        Some((id, title))
    }
}

/// The names in the path of a Moodle category, from the outermost to its own; `//` is a slash in a name. `$course$/top/`
/// is where Moodle keeps the categories of a course, and says nothing about their questions.
pub(super) fn category_names(path: &str) -> Vec<String> {
    let sealed = path.replace("//", "\u{1}");
    let names = sealed.split('/').map(|name| name.replace('\u{1}', "/").trim().to_owned());
    let mut names = names.filter(|name| !name.is_empty()).peekable();
    let _ = names.next_if(|name| name.starts_with('$') && name.ends_with('$'));
    let _ = names.next_if(|name| name == "top");
    names.collect()
}

/// Identifiers for the options of a question: `given` where there is one for each, else what the texts say.
pub(super) fn option_ids(texts: &[&str], given: Option<&[&str]>) -> Option<Vec<OptionId>> {
    if let Some(given) = given.filter(|given| given.len() == texts.len()) {
        let mut seen = HashSet::new();
        let ids: Option<Vec<OptionId>> = given.iter().map(|id| id.parse().ok()).collect();
        if let Some(ids) = ids.filter(|ids| ids.iter().all(|id| seen.insert(id.clone()))) {
            return Some(ids);
        }
    }
    let mut names = Names::default();
    let wanted = texts.iter().enumerate().map(|(index, text)| {
        let beginning: String = text.chars().take(100).collect();
        let wanted = slug(markup::plain(&beginning).as_str(), 24).unwrap_or_else(|| letter(index));
        if is_term_of_records(&wanted) { format!("{wanted}-1") } else { wanted }
    });
    let wanted: Vec<String> = wanted.collect();
    wanted.iter().map(|wanted| names.take(wanted)).collect()
}

/// What is wrong with a draft, in words about the bank.
fn faults_of(draft: &Draft) -> Vec<String> {
    let mut faults = Vec::new();
    if draft.prompt.trim().is_empty() {
        faults.push("there is no question text".to_owned());
    }
    match &draft.kind {
        Kind::Single { options } | Kind::Multiple { options } => options_faults(options, &mut faults),
        Kind::Match { pairs, extra } => match_faults(pairs, extra, &mut faults),
        Kind::Order { items, .. } => {
            texts_faults("item", items.iter().map(|item| item.text.as_str()), &mut faults);
        }
        Kind::Cloze { gaps, .. } => {
            for Gap { kind, .. } in gaps {
                match kind {
                    GapKind::Choice(options) => options_faults(options, &mut faults),
                    GapKind::Text(_) | GapKind::Number(_) => {}
                }
            }
        }
        Kind::TrueFalse { .. } | Kind::Number(_) | Kind::Text(_) | Kind::Scenario { .. } => {}
    }
    faults
}

fn options_faults(options: &[Choice], faults: &mut Vec<String>) {
    texts_faults("option", options.iter().map(|option| option.text.as_str()), faults);
}

fn match_faults(pairs: &[Pair], extra: &[Item], faults: &mut Vec<String>) {
    texts_faults("left side", pairs.iter().map(|pair| pair.left.as_str()), faults);
    let rights = pairs.iter().map(|pair| pair.right.as_str());
    texts_faults("right side", rights.chain(extra.iter().map(|item| item.text.as_str())), faults);
}

/// What nobody could tell apart, and what is not there.
fn texts_faults<'a>(noun: &str, texts: impl Iterator<Item = &'a str>, faults: &mut Vec<String>) {
    let mut seen = HashSet::new();
    let mut number = 0;
    for text in texts {
        number += 1;
        if text.trim().is_empty() {
            faults.push(format!("{noun} {number} is empty"));
        } else if !seen.insert(text.trim()) {
            faults.push(format!("the {noun} {} stands there twice", quote(text)));
        }
    }
    if number > MOST_OPTIONS {
        faults.push(format!("{number} entries are too many, {MOST_OPTIONS} is the limit"));
    }
}

/// The last word has the reader of quiz files: what it would not take is not imported.
fn proof(question: &Question, line: usize) -> Result<(), Vec<Note>> {
    let quiz = Quiz {
        id: "proof".parse().map_err(|_| Vec::new())?,
        title: "Proof".to_owned(),
        certainty: AskCertainty::No,
        questions: vec![question.clone()],
    };
    match parse_quiz("proof.ron", write::ron(&quiz, &[], &|_| None).as_bytes()) {
        Ok(read) if read == quiz => Ok(()),
        Ok(_) => Err(vec![Note::new(line, "a quiz file cannot hold this question as it is")]),
        Err(faults) => {
            let notes =
                faults.into_iter().map(|fault| Note { line, message: fault.message, hint: fault.hint });
            Err(notes.collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quiz::samples;

    #[test]
    fn what_a_quiz_file_would_not_take_is_refused() {
        let mut shelf = Shelf::default();
        let kind = samples::single().kind;
        let unfit = Kind::Multiple { options: Vec::new() };
        for (line, kind) in [(1, kind.clone()), (2, kind), (3, unfit)] {
            let draft = Draft { id: Some("same".to_owned()), ..Draft::new("Which?".to_owned(), kind) };
            let _ = shelf.put(line, "it", Ok(draft));
        }
        let told = crate::author::exchange::report::lines(&shelf.finish());
        assert_eq!(
            told,
            [
                "line 1: imported as `same`: it",
                "line 2: imported with a loss as `same-2`: it",
                "  line 2: the id `same` is taken; it is `same-2` here",
                "    hint: give every question an id of its own",
                "line 3: refused: it",
                "  line 3: expected at least two options",
                "1 imported, 1 imported with a loss, 1 refused",
            ]
        );
    }

    #[test]
    fn the_path_of_a_category() {
        fn check(path: &str, expected: &[&str]) {
            assert_eq!(category_names(path), expected, "{path}");
        }
        check("$course$/top/Law/Data protection", &["Law", "Data protection"]);
        check("$system$/Law", &["Law"]);
        check("$course$/top/top", &["top"]);
        check("top/Law", &["Law"]);
        check(" Law // order / x ", &["Law / order", "x"]);
        check("$course$", &[]);
        check("//", &["/"]);
        check("", &[]);
    }

    #[test]
    fn options_are_named_by_what_they_say_or_by_letters() {
        fn check(texts: &[&str], given: Option<&[&str]>, expected: &[&str]) {
            let ids = option_ids(texts, given).expect("identifiers");
            assert_eq!(ids.iter().map(OptionId::as_str).collect::<Vec<_>>(), expected);
        }
        check(
            &["The *red* one", "The red one", "国", "Name"],
            None,
            &["the-red-one", "the-red-one-2", "c", "name-1"],
        );
        check(&["a", "b"], Some(&["x", "y"]), &["x", "y"]);
        check(&["a", "b"], Some(&["x", "x"]), &["a", "b"]);
        check(&["a", "b"], Some(&["x", "not one"]), &["a", "b"]);
        check(&["a", "b"], Some(&["x"]), &["a", "b"]);
    }
}
